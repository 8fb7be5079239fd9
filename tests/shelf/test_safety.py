"""Nothing told as taken in is lost: killed in the middle, a full disk, a file that cannot be written, damage."""

from __future__ import annotations

import os
import random
import resource
import shutil
import subprocess
import sys
import threading
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from attache.shelf.dialect import ShelfError
from attache.shelf.pages import Taken, record
from attache.shelf.profile import profile
from attache.shelf.revision import Log
from attache.shelf.store import Shelf, Wanted, open_shelf
from crash import ENTRY, after, copies, faults, killed, records
from pages import SAMPLES

SHORT = [path for path in SAMPLES if path.stat().st_size < 2000]
TRY = """
import os, sys
from attache.shelf.store import open_shelf
from attache.shelf.dialect import ShelfError
if os.geteuid() == 0:
    os.setgid(65534); os.setuid(65534)
with open_shelf(sys.argv[1]) as shelf:
    print(shelf.counts().pages)
try:
    with open_shelf(sys.argv[1], write=True) as shelf:
        shelf.put([], [])
except ShelfError as error:
    print(error)
"""
KILLS = 10  # bench/kill.py does more


@pytest.mark.skipif(not Path("/proc").exists(), reason="looks for the readers in /proc")
def test_killed_in_the_middle_nothing_told_as_safe_is_lost(tmp_path: Path) -> None:
    chosen = random.Random(8)
    total = copies(SHORT, tmp_path / "pages", 14)
    ledger = tmp_path / "ledger.db"
    acknowledged: set[str] = set()
    for number in range(KILLS):
        acknowledged |= killed(tmp_path / "pages", ledger, chosen, jobs=1 + number % 2)
        assert after(ledger, acknowledged) == []
    assert acknowledged
    done = subprocess.run([*ENTRY, "ingest", "--ledger", str(ledger), str(tmp_path / "pages")], capture_output=True,
                          text=True, check=True)  # fmt: skip
    with open_shelf(str(ledger)) as shelf:
        assert shelf.counts().pages == total, done.stdout
        assert faults(shelf, acknowledged) == []


def test_a_full_disk_loses_nothing(tmp_path: Path, takens: list[Taken]) -> None:
    place = str(tmp_path / "a.db")
    with open_shelf(place, write=True) as shelf:
        shelf.put(takens[:2])
        size = shelf.base.run("pragma page_count")[0][0]
        shelf.base.run(f"pragma max_page_count = {size + 10}")
        with pytest.raises(ShelfError) as error:
            shelf.put(takens[2:8])
        assert str(error.value).startswith(f"{place}: the disk is full; what was taken in before is safe")
        assert shelf.counts().pages == 2
        shelf.base.run("pragma max_page_count = 1000000")
        assert shelf.put(takens[2:8]) == ["new"] * 6
        assert faults(shelf, {taken.digest for taken in takens[:8]}) == []


def test_what_was_undone_is_forgotten(place: str, takens: list[Taken], monkeypatch: pytest.MonkeyPatch) -> None:
    """The numbers of a batch that could not be written are given to the next, which is not taken for the former."""

    def full(_: Log) -> None:
        raise ShelfError("the disk is full")

    with open_shelf(place, write=True) as shelf:
        with monkeypatch.context() as patch:
            patch.setattr(Log, "write", full)
            with pytest.raises(ShelfError, match="the disk is full"):
                shelf.put(takens[8:])
        assert shelf.put(takens[:8]) == ["new"] * 8
        refs = sorted(telling.ref for act in shelf.acts() for telling in act.tellings)
        assert refs == sorted(row.ref for taken in takens[:8] for row in taken.events)
        grown = list(shelf.acts())
    with open_shelf(place, write=True) as shelf:
        assert list(shelf.acts()) == grown


def test_a_disk_that_takes_no_more_is_told_and_the_command_goes_on_later(tmp_path: Path) -> None:
    """The system refuses to let the file grow, as it does where a quota or the disk is used up."""
    ledger, folder = tmp_path / "a.db", tmp_path / "pages"
    total = copies(SHORT, folder, 4)
    limit = 1_500_000

    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    call = [*ENTRY, "ingest", "--jobs", "1", "--ledger", str(ledger), str(folder)]
    done = subprocess.run(call, preexec_fn=bounded, capture_output=True, text=True, check=False)
    assert done.returncode == 2, done.stderr
    told = [line for line in done.stderr.splitlines() if str(ledger) in line]
    assert len(told) == 1
    assert "disk" in told[0]
    assert "Traceback" not in done.stderr
    assert after(ledger, set()) == []
    subprocess.run(call, capture_output=True, check=True)
    with open_shelf(str(ledger)) as shelf:
        assert shelf.counts().pages == total


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path, takens: list[Taken]) -> None:
    """It can still be read, even in a folder that cannot be written. Root may write anything: another user tries."""
    ledger = tmp_path / "a.db"
    with open_shelf(str(ledger), write=True) as shelf:
        shelf.put(takens[:2])
        shelf.base.run("pragma wal_checkpoint(truncate)")
    ledger.chmod(0o444)
    tmp_path.chmod(0o555)
    for folder in list(tmp_path.parents)[:2]:
        folder.chmod(0o755)
    try:
        done = subprocess.run([sys.executable, "-c", TRY, str(ledger)], capture_output=True, text=True, check=False)
    finally:
        tmp_path.chmod(0o755)
    assert done.stderr == ""
    count, told = done.stdout.splitlines()
    assert count == "2"
    assert told.startswith(f"{ledger}: it cannot be written")


def test_a_log_that_cannot_be_read_is_told_not_passed_over(tmp_path: Path, takens: list[Taken]) -> None:
    """A copy of a ledger whose writer was killed: some of its pages stand in the log alone."""
    ledger, folder = tmp_path / "a.db", tmp_path / "copy"
    folder.mkdir()
    with open_shelf(str(ledger), write=True) as shelf:
        shelf.put(takens[:1])
        shelf.base.run("pragma wal_checkpoint(truncate)")
        shelf.put(takens[1:2])
        for end in ("", "-wal"):
            shutil.copy(f"{ledger}{end}", folder / f"a.db{end}")
    copy = folder / "a.db"
    for path in folder.iterdir():
        path.chmod(0o444)
    folder.chmod(0o555)
    for above in list(folder.parents)[:3]:
        above.chmod(0o755)
    look = TRY.replace("    print(shelf.counts", "    print('pages', shelf.counts")
    try:
        done = subprocess.run([sys.executable, "-c", look, str(copy)], capture_output=True, text=True, check=False)
    finally:
        folder.chmod(0o755)
    assert done.stdout == ""
    assert f"{copy}: its log a.db-wal holds what is not in the file yet" in done.stderr
    for path in folder.iterdir():
        path.chmod(0o644)
    with open_shelf(str(copy), write=True) as shelf:
        assert shelf.counts().pages == 2


def test_two_who_write_at_once_both_get_through(place: str, takens: list[Taken], tmp_path: Path) -> None:
    with open_shelf(place, write=True):
        pass
    errors: list[BaseException] = []

    def writes(mine: list[Taken]) -> None:
        try:
            with open_shelf(place, write=True) as shelf:
                for taken in mine:
                    shelf.put([taken])
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=writes, args=[part]) for part in (takens[:16], takens[12:])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert errors == []
    with open_shelf(place, write=True) as shelf:
        assert faults(shelf, {taken.digest for taken in takens}) == []
        both = sorted(sorted(telling.ref for telling in act.tellings) for act in shelf.acts())
    with open_shelf(str(tmp_path / "alone.db"), write=True) as alone:
        alone.put(takens)
        assert sorted(sorted(telling.ref for telling in act.tellings) for act in alone.acts()) == both


def test_two_who_make_a_ledger_at_once_make_one(place: str) -> None:
    errors: list[BaseException] = []

    def makes() -> None:
        try:
            with open_shelf(place, write=True) as shelf:
                shelf.counts()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=makes) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []


@pytest.mark.parametrize("where", range(4))
def test_a_damaged_file_is_told_never_shown_as_whole(tmp_path: Path, takens: list[Taken], where: int) -> None:
    """A stretch of the file is overwritten: whatever is asked either fails with the cause or is right."""
    ledger = tmp_path / "a.db"
    with open_shelf(str(ledger), write=True) as shelf:
        shelf.put(takens[:6])
        right = list(shelf.acts())
        shelf.base.run("pragma wal_checkpoint(truncate)")
    data = bytearray(ledger.read_bytes())
    start = [0, 4096, len(data) // 2, len(data) * 3 // 4][where]
    data[start : start + 20_000] = random.Random(where).randbytes(20_000)
    ledger.write_bytes(data)
    told = ""
    try:
        with open_shelf(str(ledger)) as shelf:
            acts = list(shelf.acts())
            whole = records(shelf)
            assert acts == right
            assert len(whole) == 6
            told = "; ".join(shelf.base.check())
    except ShelfError as error:
        told = str(error)
    assert told, "damage is never passed over in silence"
    assert "\n" not in told


def test_a_capture_that_was_changed_is_not_shown(place: str, takens: list[Taken]) -> None:
    with open_shelf(place, write=True) as shelf:
        shelf.put(takens[:3])
        one, two, three = (taken.digest for taken in takens[:3])
        shelf.base.run("update capture set bytes = ? where digest = ?", [takens[1].packed, one])
        shelf.base.run("update capture set bytes = ? where digest = ?", [b"no zlib", two])
        shelf.base.run("update capture set text_digest = 'another' where digest = ?", [three])
        for digest, cause in ((one, "its digest is another"), (two, "the capture is damaged"), (three, "another text")):
            for ask in (shelf.text, partial(record, shelf.base)):
                with pytest.raises(ShelfError, match=cause):
                    ask(digest)
        with pytest.raises(ShelfError, match="no capture nowhere"):
            shelf.text("nowhere")


@pytest.mark.parametrize(("column", "what"), [
    ("state.body", "act"), ("state.head", "the head of act number"), ("event.told", "event"), ("denial.body", "denial"),
    ("page.light", "what is kept of page"), ("page.record", "the record of capture"),
])  # fmt: skip
@pytest.mark.parametrize("damage", [b"\1\2", zlib.compress(b"\xc1"), b""])
def test_a_row_that_was_changed_is_told(
    tmp_path: Path, takens: list[Taken], column: str, what: str, damage: bytes
) -> None:
    place = str(tmp_path / "a.db")
    with open_shelf(place, write=True) as shelf:
        shelf.put(takens)
        table, name = column.split(".")
        shelf.base.run(f"update {table} set {name} = ? where {name} is not null", [damage])
    with open_shelf(place) as shelf:
        ways: list[Callable[[], object]] = [
            lambda: list(shelf.acts()),
            lambda: shelf.heads(Wanted(), limit=9),
            lambda: [shelf.memory.tolds([1]), shelf.memory.reports([1]), shelf.memory.denials([1])],
            lambda: record(shelf.base, takens[0].digest),
            lambda: profile(shelf.base, takens[0].outlet or ""),
        ]
        told = [error for error in map(refusal, ways) if error]
    assert told
    assert all(one.startswith(f"{place}: {what} ") and one.endswith("is damaged or of another version") for one in told)


def refusal(ask: Callable[[], object]) -> str:
    """What a ledger says where it refuses."""
    try:
        ask()
    except ShelfError as error:
        return str(error)
    return ""


def test_a_ledger_can_be_copied_while_nobody_writes(tmp_path: Path, takens: list[Taken]) -> None:
    ledger = tmp_path / "a.db"
    with open_shelf(str(ledger), write=True) as shelf:
        shelf.put(takens[:3])
    assert not os.path.exists(f"{ledger}-wal"), "one file, once the last who had it open has closed it"
    shutil.copy(ledger, tmp_path / "b.db")
    with open_shelf(str(tmp_path / "b.db")) as shelf:
        assert isinstance(shelf, Shelf)
        assert shelf.counts().pages == 3
