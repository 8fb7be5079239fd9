"""The one way to speak SQL, and what is said where a ledger cannot be had."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from attache.shelf import dialect
from attache.shelf.dialect import ShelfError, open_base
from attache.shelf.store import open_shelf


def refused(location: Path | str, *, write: bool = False) -> str:
    """What is said where a ledger is not opened."""
    with pytest.raises(ShelfError) as error, open_shelf(str(location), write=write):
        pass
    told = str(error.value)
    assert "\n" not in told
    assert told.startswith(str(location))
    return told.removeprefix(str(location))


def test_where_there_is_none_none_is_made_by_asking(tmp_path: Path) -> None:
    assert refused(tmp_path / "a.db") == ": there is no ledger; attache ingest makes one"
    assert list(tmp_path.iterdir()) == []


def test_folders_are_made_for_a_new_one(tmp_path: Path) -> None:
    with open_shelf(str(tmp_path / "some" / "where" / "a.db"), write=True) as shelf:
        assert shelf.counts().pages == 0


@pytest.mark.parametrize("write", [True, False])
def test_what_is_no_ledger_is_left_alone(tmp_path: Path, write: bool) -> None:
    (tmp_path / "folder").mkdir()
    assert refused(tmp_path / "folder", write=write) == ": it is a folder"
    text = tmp_path / "text.db"
    text.write_bytes(b"these are words, no database\n" * 100)
    assert refused(text, write=write).startswith(": it is no ledger, or its head is damaged")
    other = tmp_path / "other.db"
    connection = sqlite3.connect(other)
    connection.execute("create table songs (name text)")
    connection.commit()
    connection.close()
    before = other.read_bytes()
    assert refused(other, write=write) == ": it is an SQLite file, but no ledger"
    assert other.read_bytes() == before


def test_an_exception_leaves_all_as_it_was(place: str) -> None:
    with open_shelf(place, write=True) as shelf:

        def half() -> None:
            with shelf.base.write():
                shelf.base.run("insert into failed values ('a', 'b', 'c', 1)")
                raise KeyError

        with pytest.raises(KeyError):
            half()
        assert shelf.failed() == []
        with shelf.base.write():
            shelf.base.run("insert into failed values ('a', 'b', 'c', 1)")
        assert [row[0] for row in shelf.failed()] == ["a"]


def test_one_of_many_values(place: str) -> None:
    with open_shelf(place, write=True) as shelf:
        rows = [(f"u{i}", "why", "at", i) for i in range(3000)]
        shelf.base.many("insert into failed values (?, ?, ?, ?)", rows)
        for column, values in (("uri", ["u1", "u2999", "nobody"]), ("tries", list(range(1000, 1002))), ("uri", [])):
            where, params = shelf.base.within(column, values)
            found = {(row[0], row[1]) for row in shelf.base.run(f"select uri, tries from failed where {where}", params)}
            assert found == {(uri, tries) for uri, _, _, tries in rows if uri in values or tries in values}


def test_a_reader_sees_one_state_while_another_writes(place: str) -> None:
    with open_shelf(place, write=True) as shelf, open_shelf(place) as other:
        with other.base.read():
            assert other.failed() == []
            with shelf.base.write():
                shelf.base.run("insert into failed values ('a', 'b', 'c', 1)")
            assert other.failed() == []
        assert [row[0] for row in other.failed()] == ["a"]


def test_a_text_may_hold_any_character(place: str) -> None:
    with open_shelf(place, write=True) as shelf:
        for text in ("a\0b", "\U0001f600", "%s ? {x}", "'"):
            shelf.base.run("insert into failed values (?, ?, 'at', 1)", [text, text])
        assert {row[1][-1] for row in shelf.failed()} == {"b", "\U0001f600", "}", "'"}


def test_a_state_may_be_asked_for_within_another(place: str) -> None:
    with open_shelf(place, write=True) as shelf, shelf.base.read(), shelf.base.read():
        assert shelf.failed() == []


def test_who_reads_cannot_write(place: str) -> None:
    with open_shelf(place, write=True):
        pass
    with open_shelf(place) as shelf, pytest.raises(ShelfError, match=r"cannot be written|read-only"):
        shelf.base.run("insert into failed values ('a', 'b', 'c', 1)")


def test_writers_take_turns(place: str) -> None:
    with open_shelf(place, write=True) as shelf:
        done: list[float] = []

        def second() -> None:
            with open_shelf(place, write=True) as other, other.base.write():
                done.append(time.monotonic())
                other.base.run("insert into failed values ('b', 'b', 'c', 1)")

        with shelf.base.write():
            thread = threading.Thread(target=second)
            thread.start()
            time.sleep(0.3)
            shelf.base.run("insert into failed values ('a', 'b', 'c', 1)")
            assert done == []
            left = time.monotonic()
        thread.join(10)
        assert done
        assert done[0] >= left
        assert [row[0] for row in shelf.failed()] == ["a", "b"]


def test_a_writer_waits_only_so_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = str(tmp_path / "a.db")
    with open_shelf(place, write=True) as shelf:
        monkeypatch.setattr(dialect, "WAIT", 0.2)
        match = "another process has been writing"
        with open_shelf(place, write=True) as other, shelf.base.write(), pytest.raises(ShelfError, match=match):
            other.base.run("begin immediate")
        with open_shelf(place, write=True) as other, other.base.write():
            pass


@pytest.mark.parametrize(("location", "name"), [
    ("postgresql://someone:secret@127.0.0.1:1/ledger", "postgresql://someone@127.0.0.1:1/ledger"),
    ("postgresql://127.0.0.1:1/ledger?user=someone&password=secret", "postgresql://127.0.0.1:1/ledger"),
    ("postgresql://someone:my@secret@127.0.0.1:1/ledger", "postgresql://someone@127.0.0.1:1/ledger"),
    ("postgresql://someone:my/secret@127.0.0.1:1/ledger", "postgresql://someone@127.0.0.1:1/ledger"),
    ("postgresql://someone:my?secret@127.0.0.1:1/ledger", "postgresql://…"),
    ("postgresql://someone:se%63ret@127.0.0.1:1/ledger", "postgresql://someone@127.0.0.1:1/ledger"),
    ("postgresql://someone:%secret@127.0.0.1:1/ledger", "postgresql://someone@127.0.0.1:1/ledger"),
    ("postgresql://127.0.0.1:1/ledger?secret", "postgresql://127.0.0.1:1/ledger"),
    ("postgresql://127.0.0.1:1,127.0.0.1:2/ledger?password=a@secret", "postgresql://…"),
])  # fmt: skip
def test_a_password_is_never_told(location: str, name: str) -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(ShelfError) as error:
        open_base(location, write=False)
    told = str(error.value)
    assert "secret" not in told
    assert "se%63ret" not in told
    assert "my" not in told
    assert told.startswith(f"{name}: ")
    assert "\n" not in told


def test_without_its_driver_the_extra_is_named() -> None:
    code = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from attache.shelf.dialect import open_base, ShelfError\n"
        "try: open_base('postgresql://x@y/z', write=False)\n"
        "except ShelfError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "postgresql://x@y/z: psycopg is not installed: pip install 'attache[postgres]'\n"
