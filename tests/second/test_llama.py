"""The real protocol: llama.cpp's server with a tiny model of random weights, bound to the schema, end to end."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from attache.pipeline import Reader
from attache.second.desk import Live
from attache.second.hold import decode
from attache.second.prompt import questions
from attache.second.reader import SecondReader
from attache.second.server import Server
from attache.second.settings import Settings
from attache.second.tape import Tape
from pages import ROOT, misplaced

PYTHON = Path(os.environ.get("LLAMA_PYTHON", ROOT / ".venv" / "llama" / "bin" / "python"))
SECONDS = 60  # that the server may take to load


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if not PYTHON.exists():
        pytest.skip(f"{PYTHON} is absent: `make llama` builds llama.cpp's server")
    folder = tmp_path_factory.mktemp("llama")
    subprocess.run([PYTHON, ROOT / "tests/second/tiny_model.py", folder / "tiny.gguf"], check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (folder / "log").open("wb") as log:
        command = [str(PYTHON), "-m", "llama_cpp.server", "--model", "tiny.gguf", "--n_ctx", "65536"]
        server = subprocess.Popen([*command, "--port", str(port)], cwd=folder, stdout=log, stderr=log)
    try:
        address = f"http://127.0.0.1:{port}/v1"
        _wait(address, server, folder / "log")
        yield address
    finally:
        server.terminate()
        server.wait()


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            if httpx.get(f"{address}/models", trust_env=False).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.2)
    pytest.fail("the server did not start:\n" + log.read_text(errors="replace")[-2000:])


def test_a_page_is_read_with_llama_cpp(base: str, reader: Reader, tmp_path: Path) -> None:
    settings = Settings(timeout=200, tries=1, max_tokens=20_000)
    desk = Live(Server(base, None, None, settings), settings, None, lambda *_: Tape(tmp_path))
    path = ROOT / "samples" / "16-broadcast-rome.txt"
    taken = reader.take(path.read_bytes(), path.name)
    try:
        (found,) = SecondReader(reader, desk, "either").read([taken])
    finally:
        desk.close()
    assert desk.model == "tiny.gguf"
    assert desk.summary().startswith("tiny.gguf: 1 questions asked")
    assert found.failures == [], "the seed of the weights is one that comes to an end"
    assert misplaced(found.record) == []
    assert [event for event in found.record.events if event.readers == ["second"]] == found.held.events
    assert Tape(tmp_path).recall("form") == "json_object", "the form of schema that this server knows"
    reply = Tape(tmp_path).get(questions(taken)[0].id)
    assert reply is not None
    answer = decode(reply.content)
    assert answer.events or answer.voices
    assert found.held.refused, "random words stand on no page"
    assert not any("missing required field" in line.why for line in found.held.refused), "bound by the schema"
