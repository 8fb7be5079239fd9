"""The second reader's own cost: milliseconds a page on our side, and memory with 64 requests in flight.

Our side is what comes on top of the built-in reader: making the questions, decoding answers, holding them to the page,
merging. Answers are the recorded ones of the sample pages. The limits are the project's: 5 ms a page, 300 MB.
"""

from __future__ import annotations

import resource
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

from attache.pipeline import Reader
from attache.second.desk import Live, Replay
from attache.second.reader import SecondReader, ask, heard, read
from attache.second.server import Server
from attache.second.settings import Settings
from attache.second.tape import Tape

ROOT = Path(__file__).parents[1]
RUNS, FLIGHT = 9, 64


def overhead(reader: Reader) -> None:
    """Time both lines over the sample pages, one after the other in each run."""
    desk = Replay(Tape(ROOT / "cases" / "answers"))
    paths = [path for path in sorted((ROOT / "samples").glob("*-*.*")) if path.name[:2] not in ("11", "26")]
    pages = [reader.take(path.read_bytes(), path.name) for path in paths]
    ours, alone = [], []
    for _ in range(RUNS):
        start = time.perf_counter()
        for page in pages:
            reader.record(page)
        middle = time.perf_counter()
        for page in pages:
            read(reader, page, heard(ask(desk, page)), "second", "")
        alone.append(1000 * (middle - start) / len(pages))
        ours.append(1000 * (time.perf_counter() - middle) / len(pages) - alone[-1])
    low, mid, high = min(ours), statistics.median(ours), max(ours)
    print(
        f"our side, {len(pages)} sample pages: {mid:.2f} ms a page ({low:.2f}–{high:.2f}), {mid / 5:.2f} of the limit"
    )


def flight(reader: Reader) -> None:
    """Hold as many requests open as a run may, against a server in this very process, and tell the peak of memory."""
    sys.path.insert(0, str(ROOT / "tests"))
    from faulty import double  # noqa: PLC0415  (the tests' server)

    text = (ROOT / "samples" / "16-broadcast-rome.txt").read_text(encoding="utf-8")
    settings = Settings(concurrency=FLIGHT, timeout=60, tokens=None)
    most = 0
    with double() as server, tempfile.TemporaryDirectory() as folder:
        desk = Live(Server(server.base, "held", None, settings), settings, None, lambda *_: Tape(Path(folder)))
        pages = (reader.take(text.replace("罗马", f"罗马{n}").encode(), f"{n}") for n in range(2 * FLIGHT))
        release = threading.Timer(3.0, server.released.set)
        release.start()
        found = list(SecondReader(reader, desk, "second").read(pages))
        most = server.most
        desk.close()
        assert not any(one.failures for one in found)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{most} requests in flight: {peak:.0f} MB at the peak with the server's own, {peak / 300:.2f} of the limit")


if __name__ == "__main__":
    one = Reader()
    overhead(one)
    flight(one)
