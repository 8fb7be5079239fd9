"""``attache ingest``: what comes of each page: twice, in parts, by several processes, and of what cannot be read."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import Result

import command
from attache.face import ingest, readers
from attache.face.ingest import pace
from attache.face.readers import Done, Fetched, ReadersError, read_beside
from attache.pipeline import Reader
from attache.shelf.store import Failure, open_shelf
from crash import ENTRY, records
from pages import SAMPLES

PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)


def run(*args: object) -> Result:
    return command.run("ingest", *args)


def outcomes(result: Result) -> dict[str, str]:
    told = [json.loads(line) for line in result.stdout.splitlines()]
    return {Path(row["uri"]).name: row["outcome"] for row in told}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of five good pages and one that is none."""
    path = tmp_path / "pages"
    path.mkdir()
    for sample in SAMPLES[6:11]:
        (path / sample.name).write_bytes(sample.read_bytes())
    (path / "photo.png").write_bytes(PNG)
    return path


def test_what_comes_of_each_page_is_told_and_the_rest_goes_on(tmp_path: Path, folder: Path) -> None:
    ledger = tmp_path / "a.db"
    result = run("--json", "--ledger", ledger, folder, tmp_path / "missing.txt")
    assert result.exit_code == 2
    told = outcomes(result)
    assert {name for name, outcome in told.items() if outcome == "new"} == {path.name for path in SAMPLES[6:11]}
    assert {name for name, outcome in told.items() if outcome == "failed"} == {"photo.png", "missing.txt"}
    lines = result.stderr.splitlines()
    assert f"attache: {folder / 'photo.png'}: it is a PNG image, not text" in lines
    assert f"attache: {tmp_path / 'missing.txt'}: No such file or directory" in lines
    assert lines[-1] == "5 pages taken in, 2 failed, kept for attache ingest --failed"
    with open_shelf(str(ledger)) as shelf:
        assert {Path(uri).name: cause for uri, cause, *_ in shelf.failed()} == {
            "photo.png": "it is a PNG image, not text",
            "missing.txt": "No such file or directory",
        }


def test_the_second_time_nothing_is_read(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "photo.png").unlink()
    ledger = tmp_path / "a.db"
    assert run("--ledger", ledger, folder).stdout == "5 pages taken in\n"
    monkeypatch.setattr(Reader, "take", None)
    assert run("--ledger", ledger, folder).stdout == "0 pages taken in, 5 known before\n"


def test_what_was_left_off_is_taken_up(tmp_path: Path, folder: Path) -> None:
    (folder / "photo.png").unlink()
    ledger = tmp_path / "a.db"
    run("--ledger", ledger, *sorted(folder.iterdir())[:3])
    assert run("--ledger", ledger, folder).stdout == "2 pages taken in, 3 known before\n"


def test_failed_pages_are_tried_again(tmp_path: Path, folder: Path) -> None:
    ledger = tmp_path / "a.db"
    run("--ledger", ledger, folder)
    assert run("--failed", "--ledger", ledger).exit_code == 2
    (folder / "photo.png").write_bytes(SAMPLES[12].read_bytes())
    result = run("--failed", "--ledger", ledger)
    assert (result.exit_code, result.stdout) == (0, "1 page taken in\n")
    result = run("--failed", "--ledger", ledger)
    assert (result.exit_code, result.stderr) == (2, "attache: no page failed before\n")


def test_a_failed_page_whose_bytes_are_known_by_now_is_no_failure(tmp_path: Path, folder: Path) -> None:
    ledger = tmp_path / "a.db"
    run("--ledger", ledger, folder)
    (folder / "photo.png").write_bytes(SAMPLES[7].read_bytes())
    result = run("--failed", "--ledger", ledger)
    assert (result.exit_code, result.stdout) == (0, "0 pages taken in, 1 known before\n")
    with open_shelf(str(ledger)) as shelf:
        assert shelf.failed() == []


def test_a_failed_page_is_tried_again_from_wherever(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = tmp_path / "a.db"
    monkeypatch.chdir(folder)
    result = run("--ledger", ledger, "photo.png")
    assert result.stderr.startswith("attache: photo.png: it is a PNG image")
    monkeypatch.chdir(tmp_path)
    result = run("--failed", "--ledger", ledger, "pages/photo.png")
    assert result.stderr.startswith("attache: pages/photo.png: it is a PNG image"), "once, as it was given now"
    assert "1 failed" in result.stdout + result.stderr
    result = run("--failed", "--ledger", ledger)
    assert f"attache: {folder / 'photo.png'}: it is a PNG image, not text" in result.stderr.splitlines()
    with open_shelf(str(ledger)) as shelf:
        assert [(uri, tries) for uri, _, _, tries in shelf.failed()] == [(str(folder / "photo.png"), 3)]
    monkeypatch.chdir(folder)
    Path("photo.png").write_bytes(SAMPLES[12].read_bytes())
    assert run("--ledger", ledger, "photo.png").exit_code == 0
    with open_shelf(str(ledger)) as shelf:
        assert shelf.failed() == []


def test_pages_that_another_lexicon_read_are_read_again(tmp_path: Path, folder: Path) -> None:
    (folder / "photo.png").unlink()
    ledger = tmp_path / "a.db"
    run("--ledger", ledger, folder)
    with open_shelf(str(ledger), write=True) as shelf:
        shelf.base.run("update page set lexicon = 'older' where page_pk = 2")
    assert run("--ledger", ledger, folder).stdout == "0 pages taken in, 5 known before\n"
    assert run("--again", "--ledger", ledger, folder).stdout == "0 pages taken in, 1 read again, 4 known before\n"
    assert run("--again", "--ledger", ledger, folder).stdout == "0 pages taken in, 5 known before\n"


def test_several_processes_read_what_one_does(tmp_path: Path) -> None:
    one, two = tmp_path / "one.db", tmp_path / "two.db"
    assert len(SAMPLES) > ingest.FEW, "enough for other processes to be started"
    assert run("--jobs", 1, "--ledger", one, *SAMPLES).exit_code == 0
    assert run("--jobs", 2, "--ledger", two, *SAMPLES).exit_code == 0
    with open_shelf(str(one)) as left, open_shelf(str(two)) as right:
        by_id = {one.capture.id: one for one in records(right)}
        assert {one.capture.id: one for one in records(left)} == by_id
        told = [
            sorted(sorted(telling.ref for telling in act.tellings) for act in shelf.acts()) for shelf in (left, right)
        ]
        assert told[0] == told[1]


def test_a_mistake_of_the_reader_stops_one_page_only(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = Reader.take

    def stumbles(self: Reader, data: bytes, uri: str) -> object:
        if uri.endswith(SAMPLES[7].name):
            raise ZeroDivisionError("of a kind\nthat nobody thought of")
        return take(self, data, uri)

    monkeypatch.setattr(Reader, "take", stumbles)
    result = run("--json", "--ledger", tmp_path / "a.db", folder)
    assert sorted(outcomes(result).values()) == ["failed", "failed", "new", "new", "new", "new"]
    assert "the reader failed: ZeroDivisionError: of a kind that nobody thought of" in result.stderr


def dies(chunk: list[Fetched]) -> Done:
    """Stands for a reader that the system ends: out of memory, say."""
    if any(page.uri == "bad" for page in chunk):
        os.kill(os.getpid(), signal.SIGKILL)
    return readers.read_all(Reader(), chunk)


def test_a_page_that_ends_its_reader_fails_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "_work", dies)
    monkeypatch.setattr(readers, "_begin", None)
    monkeypatch.setattr(readers, "CHUNK", 2)
    good = SAMPLES[12].read_bytes()
    fetched: Iterator[Fetched] = iter(
        [Fetched("bad" if number == 3 else f"good{number}", good + str(number).encode()) for number in range(8)]
    )
    taken, failures = set(), []
    for done in read_beside(fetched, 2):
        taken |= {page.uri for page in done.taken}
        failures += done.failures
    assert taken == {f"good{number}" for number in range(8) if number != 3}
    assert failures == [Failure("bad", "the process that read it died")]


@pytest.mark.parametrize(
    ("done", "total", "seconds", "words"),
    [
        (8, 240, 0.0001, ""),
        (8, 240, 2.0, "4.0 pages/s, 0:00:58 left"),
        (128, 240, 4.0, "32 pages/s, 0:00:04 left"),
        (240, 240, 8.0, "30 pages/s"),
        (0, 240, 8.0, "0.0 pages/s"),
        (100_000, 500_000, 20.0, "5,000 pages/s, 0:01:20 left"),
    ],
)
def test_the_pace_is_that_of_the_whole_run(done: int, total: int, seconds: float, words: str) -> None:
    assert pace(done, total, seconds) == words


def test_on_a_terminal_a_bar_tells_how_far_it_is_and_how_fast(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    call = [*ENTRY, "ingest", "--jobs", "1", "--ledger", str(tmp_path / "a.db"), *map(str, SAMPLES[6:])]
    known = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "NO_COLOR")}
    with subprocess.Popen(
        call, stderr=theirs, stdout=subprocess.PIPE, env=known | {"TERM": "xterm-256color", "COLUMNS": "100"}
    ) as process:
        os.close(theirs)
        told = b""
        while select.select([ours], [], [], 60)[0]:
            try:
                part = os.read(ours, 65536)
            except OSError:  # the other end is closed
                break
            told += part
        assert process.stdout is not None
        assert process.stdout.read().decode() == f"{len(SAMPLES[6:])} pages taken in\n"
    os.close(ours)
    assert "taking in" in told.decode()
    assert f"{len(SAMPLES[6:])}/{len(SAMPLES[6:])}" in told.decode()
    assert re.search(r"[\d,]+ pages/s", told.decode())


def test_readers_that_die_whatever_they_read_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "_work", dies)
    monkeypatch.setattr(readers, "_begin", None)
    with pytest.raises(ReadersError, match=r"die, 5 pages in a row, the last of them bad"):
        list(read_beside((Fetched("bad", b"words") for _ in range(40)), 1))


def test_the_ledger_is_no_page_of_its_folder(folder: Path) -> None:
    (folder / "photo.png").unlink()
    assert run("--ledger", folder / "a.db", folder).exit_code == 0
    assert run("--ledger", folder / "a.db", folder).stdout == "0 pages taken in, 5 known before\n"


def test_without_pages_there_is_nothing_to_do(tmp_path: Path) -> None:
    assert run().exit_code == 2
    result = run("--ledger", tmp_path / "a.db", tmp_path)
    assert (result.exit_code, result.stderr) == (2, "attache: no files in the given folders\n")
