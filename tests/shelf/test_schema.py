"""The tables: each released version opens and answers as it did, a newer one is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from attache.shelf import schema
from attache.shelf.dialect import Base, ShelfError, open_base
from attache.shelf.pages import Taken
from attache.shelf.store import Wanted, open_shelf
from released import restored

FIRST = 1


def tables(base: Base) -> set[str]:
    """What makes the tables and indices of a file, blanks aside."""
    rows = base.run("select sql from sqlite_master where sql is not null")
    return {" ".join(row[0].split()) for row in rows}


def test_a_ledger_of_schema_1_answers(tmp_path: Path) -> None:
    with open_shelf(restored(FIRST, tmp_path), write=True) as shelf:
        counts = shelf.counts()
        assert (counts.pages, counts.verdicts, counts.failed) == (2, 1, 1)
        assert counts.events > 4
        acts = list(shelf.acts())
        assert len(acts) == counts.acts
        assert max(act.reports for act in acts) == 2
        for act in acts:
            for telling in act.tellings:
                text = shelf.text(telling.page)
                assert text[telling.evidence.start : telling.evidence.end] == telling.evidence.text
        assert [one.kind for one in shelf.verdicts()] == ["apart"]
        first = shelf.revisions()[-1].at
        assert shelf.count(Wanted(), first) > 0
        assert shelf.base.check() == []


def test_a_ledger_of_schema_1_takes_more(tmp_path: Path, takens: list[Taken]) -> None:
    with open_shelf(restored(FIRST, tmp_path), write=True) as shelf:
        before = shelf.counts().pages
        assert set(shelf.put(takens[:4])) == {"new"}
        assert shelf.counts().pages == before + 4


def test_tables_do_not_change_without_a_new_version(tmp_path: Path) -> None:
    """A change of the tables calls for a new VERSION, a step in STEPS, and a ledger of it by tests/released.py."""
    old, new = open_base(restored(FIRST, tmp_path), write=False), tmp_path / "new.db"
    with open_shelf(str(new), write=True) as shelf:
        assert schema.VERSION == 1
        assert tables(shelf.base) == tables(old)
    old.close()


def test_a_newer_schema_is_refused(place: str) -> None:
    with open_shelf(place, write=True) as shelf:
        shelf.base.run("update meta set value = '7' where key = 'schema'")
    match = r"a newer Attaché wrote it \(schema 7\); this one knows up to schema 1"
    for write in (True, False):
        with pytest.raises(ShelfError, match=match), open_shelf(place, write=write):
            pass


def test_a_ledger_without_its_version_is_refused(place: str) -> None:
    with open_shelf(place, write=True) as shelf:
        shelf.base.run("delete from meta")
    with pytest.raises(ShelfError, match="does not say by which schema"), open_shelf(place, write=True):
        pass


def test_older_tables_are_brought_up_step_by_step(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(schema.STEPS, 1, lambda base: base.script("alter table failed add column first text;"))
    monkeypatch.setitem(schema.STEPS, 2, lambda base: base.script("create table more (name text);"))
    with open_shelf(place, write=True):
        pass
    base = open_base(place, write=True)
    with pytest.raises(ShelfError, match="schema 1 is older; attache ingest brings it up"):
        schema.ensure(base, write=False, latest=3)
    schema.ensure(base, write=True, latest=3)
    assert schema.version(base) == 3
    assert base.run("select first from failed") == []
    assert base.has("more")
    base.close()


def test_a_step_that_fails_leaves_the_older_version(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(schema.STEPS, 1, lambda base: base.script("create table more (name text);"))
    monkeypatch.setitem(schema.STEPS, 2, lambda base: base.script("alter table nothing add column x text;"))
    with open_shelf(place, write=True):
        pass
    base = open_base(place, write=True)
    with pytest.raises(ShelfError):
        schema.ensure(base, write=True, latest=3)
    assert schema.version(base) == 1
    assert not base.has("more")
    base.close()
