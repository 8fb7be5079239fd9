"""The ledger as a whole, on either database: what goes in comes out, acts as a batch would give them, any past day."""

from __future__ import annotations

import json
import random
import time
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest

from attache.ledger.act import acts as batch
from attache.ledger.light import lit, media
from attache.ledger.noun import Act, Verdict
from attache.record import Record
from attache.shelf import pages
from attache.shelf.dialect import ShelfError
from attache.shelf.pages import Taken
from attache.shelf.revision import instant, now
from attache.shelf.store import Failure, Shelf, Wanted, open_shelf
from attache.shelf.verdicts import parsed, written
from crash import faults
from crash import records as kept


def content(act: Act) -> bytes:
    """An act without what depends on when it came in."""
    tellings = [msgspec.structs.replace(one, taken_in=None) for one in act.tellings]
    return msgspec.json.encode(msgspec.structs.replace(act, id="", tellings=tellings))


def told(act: Act) -> list[str]:
    return sorted(telling.ref for telling in act.tellings)


def filled(shelf: Shelf, takens: list[Taken], size: int = 7) -> None:
    for start in range(0, len(takens), size):
        shelf.put(takens[start : start + size])


def several(shelf: Shelf) -> Act:
    """An act that several pages tell."""
    return max(shelf.acts(), key=lambda act: (act.reports, act.id))


# --- in and out


def test_what_goes_in_comes_out(place: str, takens: list[Taken], records: dict[Path, Record]) -> None:
    with open_shelf(place, write=True) as shelf:
        filled(shelf, takens)
        for record in records.values():
            assert pages.record(shelf.base, record.capture.id) == record
            assert shelf.text(record.capture.id) == record.capture.text
        assert [one.capture.id for one in kept(shelf)] == [taken.digest for taken in takens]
        counts = shelf.counts()
        assert counts.pages == len(records)
        assert counts.events == sum(len(record.events) for record in records.values())
        assert shelf.base.check() == []


def test_the_same_bytes_change_nothing(place: str, takens: list[Taken]) -> None:
    with open_shelf(place, write=True) as shelf:
        assert shelf.put(takens[:5]) == ["new"] * 5
        before = [content(act) for act in shelf.acts()], shelf.revisions(), shelf.counts()
        assert shelf.put(takens[:5]) == ["known"] * 5
        assert shelf.put([takens[5], takens[5]]) == ["new", "known"]
    with open_shelf(place, write=True) as shelf:
        assert shelf.put(takens[:6]) == ["known"] * 6
        assert before[0] == [content(act) for act in shelf.acts()][: len(before[0])]
        assert before[1] == [one for one in shelf.revisions() if one.number <= before[1][0].number]


def test_what_is_known_is_told_with_its_reader(place: str, takens: list[Taken]) -> None:
    with open_shelf(place, write=True) as shelf:
        shelf.put(takens[:2])
        asked = [taken.digest for taken in takens[:3]]
        assert shelf.known(asked) == {taken.digest: (taken.version, taken.lexicon) for taken in takens[:2]}


# --- acts


@pytest.mark.parametrize("seed", range(3))
def test_acts_that_grow_page_by_page_are_those_of_the_batch(
    place: str, takens: list[Taken], records: dict[Path, Record], seed: int
) -> None:
    """Whatever the order of pages and the size of what is taken in at once."""
    order = list(takens)
    random.Random(seed).shuffle(order)
    with open_shelf(place, write=True) as shelf:
        filled(shelf, order, size=[1, 4, 28][seed])
        grown = {tuple(told(act)): content(act) for act in shelf.acts()}
    expected = {tuple(told(act)): content(act) for act in batch([lit(one, media()) for one in records.values()])}
    assert grown.keys() == expected.keys()
    assert grown == expected
    assert sum(len(refs) > 1 for refs in grown) > 5


def test_an_act_keeps_its_id_while_it_grows(place: str, takens: list[Taken]) -> None:
    with open_shelf(place, write=True) as shelf:
        born: dict[str, str] = {}
        for taken in takens:
            shelf.put([taken])
            for act in shelf.acts():
                for ref in told(act):
                    born.setdefault(ref, act.id)
        for act in shelf.acts():
            ids = {born[ref] for ref in told(act)}
            assert act.id in ids
            for other in ids - {act.id}:
                assert shelf.find(other).became == act.id, "an act that is part of another now says of which"


def test_listing_asks_by_every_facet(place: str, takens: list[Taken]) -> None:
    with open_shelf(place, write=True) as shelf:
        filled(shelf, takens)
        everything = list(shelf.acts())

        def found(wanted: Wanted) -> set[str]:
            heads = shelf.heads(wanted, limit=1000)
            assert shelf.count(wanted) == len(heads)
            return {act.id for act in heads}

        def meant(test: object) -> set[str]:
            assert callable(test)
            ids = {act.id for act in everything if test(act)}
            assert 0 < len(ids) < len(everything)
            return ids

        def codes(act: Act) -> set[str | None]:
            return {party.code for party in (*act.actors, *act.recipients)}

        assert found(Wanted()) == {act.id for act in everything}
        assert found(Wanted(parties=["USA", "CHN"])) == meant(lambda act: {"USA", "CHN"} <= codes(act))
        assert found(Wanted(actor="USA")) == meant(lambda act: "USA" in {one.code for one in act.actors})
        assert found(Wanted(recipient="USA")) == meant(lambda act: "USA" in {one.code for one in act.recipients})
        assert found(Wanted(type="CONSULT")) == meant(lambda act: act.type == "CONSULT")
        assert found(Wanted(status="future")) == meant(lambda act: act.status == "future")
        assert found(Wanted(standing="denied")) == meant(lambda act: act.standing == "denied")
        assert found(Wanted(origins=2)) == meant(lambda act: act.origins >= 2)
        maker = next(t.outlet for act in everything for t in act.tellings if t.outlet)
        assert found(Wanted(makers=[maker])) == meant(lambda act: maker in {t.outlet for t in act.tellings})
        inside = found(Wanted(low="2025-01-01", high="2025-12-31"))
        assert inside == meant(lambda act: act.when is not None and "2025" in act.when)


def test_the_latest_come_first_and_undated_ones_last(place: str, takens: list[Taken]) -> None:
    with open_shelf(place, write=True) as shelf:
        filled(shelf, takens)
        dates = [act.when for act in shelf.heads(Wanted(), limit=1000)]
        first = dates.index(None)
        assert first > 50
        assert set(dates[first:]) == {None}
        assert [one for one in dates[:first] if one and len(one) == 10] == sorted(
            (one for one in dates[:first] if one and len(one) == 10), reverse=True
        )
        paged = [act.id for start in range(0, 60, 20) for act in shelf.heads(Wanted(), limit=20, offset=start)]
        assert paged == [act.id for act in shelf.heads(Wanted(), limit=60)]


def test_an_act_is_found_by_the_first_digits_of_its_id(place: str, takens: list[Taken]) -> None:
    with open_shelf(place, write=True) as shelf:
        filled(shelf, takens[:8])
        act = next(shelf.acts())
        assert shelf.find(act.id[:10]).id == act.id
        with pytest.raises(ShelfError, match="no act zz"):
            shelf.find("zz")
        with pytest.raises(ShelfError, match="no act"):
            shelf.find("")
        digits = {other.id[0] for other in shelf.acts()}
        with pytest.raises(ShelfError, match="more than one act begins with"):
            shelf.find(sorted(digits)[0])


# --- history


def test_any_past_state_can_be_told(place: str, takens: list[Taken]) -> None:
    """After each step, and after a person's word, what stood is noted; at the end every note is told again."""
    notes: list[tuple[str, list[bytes], list[str], int]] = []
    with open_shelf(place, write=True) as shelf:

        def note() -> None:
            time.sleep(0.002)
            at = shelf.revisions(limit=1)[0].at
            heads = [act.id for act in shelf.heads(Wanted(), limit=1000)]
            notes.append((at, [msgspec.json.encode(act) for act in shelf.acts()], heads, shelf.count(Wanted())))
            time.sleep(0.002)

        for start in range(0, len(takens), 7):
            shelf.put(takens[start : start + 7])
            note()
        act = several(shelf)
        shelf.judge("apart", [(act.tellings[0].ref, one.ref) for one in act.tellings[1:]], "another meeting")
        note()
        alone = [one for one in shelf.acts() if len(one.tellings) == 1][:2]
        shelf.judge("together", [(alone[0].tellings[0].ref, alone[1].tellings[0].ref)], "one and the same")
        note()
        for at, acts, heads, count in notes:
            assert [msgspec.json.encode(act) for act in shelf.acts(at)] == acts
            assert [act.id for act in shelf.heads(Wanted(), at, limit=1000)] == heads
            assert shelf.count(Wanted(), at) == count
        assert list(shelf.acts("2020-01-01")) == []
        with pytest.raises(ShelfError, match="no page of capture"):
            pages.record(shelf.base, takens[0].digest, shelf.moment("2020-01-01"))


def test_the_log_tells_each_change_with_its_reason(place: str, takens: list[Taken]) -> None:
    with open_shelf(place, write=True) as shelf:
        for taken in takens:
            shelf.put([taken])
        log = shelf.revisions()
        assert [one.number for one in log] == list(range(len(log), 0, -1))
        assert all(one.at >= two.at for one, two in pairwise(log))
        pages = [one for one in log if one.kind == "ingest" and one.act is None]
        assert len(pages) == len(takens)
        joined = [one for one in log if one.kind == "join"]
        assert joined
        assert all(one.why for one in joined if one.what.startswith("also told by"))
        act = several(shelf)
        own = shelf.revisions(act=shelf.find(act.id).number)
        assert own[-1].what.startswith("first told by")
        assert {one.act for one in own} <= {act.id} | {one.act for one in own if one.into == act.id}


# --- a person's word


def test_a_persons_word_parts_and_joins_and_is_kept(place: str, takens: list[Taken]) -> None:
    with open_shelf(place, write=True) as shelf:
        filled(shelf, takens)
        act = several(shelf)
        first, rest = act.tellings[0].ref, [one.ref for one in act.tellings[1:]]
        shelf.judge("apart", [(first, ref) for ref in rest], "another day")
        assert shelf.act_of(first) != shelf.act_of(rest[0])
        assert [one.kind for one in shelf.revisions(limit=1)] == ["person"]
        shelf.judge("together", [(first, ref) for ref in rest], "a slip")
        assert {shelf.act_of(ref) for ref in (first, *rest)} == {act.id}
        assert len(shelf.verdicts()) == 2 * len(rest), "an earlier word is superseded, not overwritten"
        joined = shelf.act(shelf.find(act.id))
        assert joined is not None
        assert any(join.by == "person" for join in joined.joins)


@pytest.mark.parametrize("seed", range(4))
def test_pages_and_words_in_any_order_give_the_acts_of_the_batch(
    tmp_path: Path, takens: list[Taken], records: dict[Path, Record], seed: int
) -> None:
    """Words come between pages, on tellings that are there, on ones that come later, and on each other's."""
    chosen = random.Random(seed)
    order = chosen.sample(takens, len(takens))
    refs = [row.ref for taken in takens for row in taken.events]
    with open_shelf(str(tmp_path / "a.db"), write=True) as shelf:
        for start in range(0, len(order), 4):
            shelf.put(order[start : start + 4])
            joined = [told(act) for act in shelf.acts() if len(act.tellings) > 1]
            pair = chosen.sample(chosen.choice(joined) if joined and chosen.random() < 0.5 else refs, 2)
            time.sleep(0.001)
            given = Verdict(kind=chosen.choice(("together", "apart")), one=pair[0], two=pair[1], at=now())
            assert shelf.replay([given, given]) == 1
        grown = {tuple(told(act)): content(act) for act in shelf.acts()}
        expected = batch([lit(one, media()) for one in records.values()], shelf.verdicts())
        assert faults(shelf, {taken.digest for taken in takens}) == []
    assert grown.keys() == {tuple(told(act)) for act in expected}
    assert grown == {tuple(told(act)): content(act) for act in expected}


def test_words_are_exported_and_replayed(place: str, takens: list[Taken], tmp_path: Path) -> None:
    """Into another ledger, before its pages come: the acts are the same in the end."""
    with open_shelf(place, write=True) as shelf:
        filled(shelf, takens)
        act = several(shelf)
        shelf.judge("apart", [(act.tellings[0].ref, one.ref) for one in act.tellings[1:]], "")
        text = written(shelf.verdicts())
        acts = sorted(told(one) for one in shelf.acts())
        assert shelf.replay(parsed(text, "text")) == 0
    with open_shelf(str(tmp_path / "other.db"), write=True) as shelf:
        assert shelf.replay(parsed(text, "text")) == len(act.tellings) - 1
        filled(shelf, takens)
        assert sorted(told(one) for one in shelf.acts()) == acts
        assert written(shelf.verdicts()) == text


@pytest.mark.parametrize(
    ("kind", "one", "two", "at", "cause"),
    [
        ("perhaps", "0" * 16 + ":" + "1" * 12, "0" * 16 + ":" + "2" * 12, "2024-01-01T00:00:00Z", "perhaps"),
        ("apart", "x", "0" * 16 + ":" + "2" * 12, "2024-01-01T00:00:00Z", "'x' is no ref of a telling"),
        ("apart", "0" * 16 + ":" + "2" * 12, "b:1", "2024-01-01T00:00:00Z", "'b:1' is no ref of a telling"),
        ("apart", "0" * 16 + ":" + "2" * 12, "0" * 16 + ":" + "2" * 12, "2024-01-01T00:00:00Z", "twice"),
        ("apart", "0" * 16 + ":" + "1" * 12, "0" * 16 + ":" + "2" * 12, "2024", "'2024' is no instant"),
        ("apart", "0" * 16 + ":" + "1" * 12, "0" * 16 + ":" + "2" * 12, "2024-13-01T00:00:00Z", "is no instant"),
    ],
)
def test_a_line_that_is_no_verdict_is_named(kind: str, one: str, two: str, at: str, cause: str) -> None:
    good = {"kind": "apart", "one": "0" * 16 + ":" + "1" * 12, "two": "f" * 16 + ":" + "a" * 12, "at": now()}
    lines = [json.dumps(line).encode() for line in (good, {"kind": kind, "one": one, "two": two, "at": at})]
    with pytest.raises(ShelfError, match=rf"words\.jsonl, line 2: .*{cause}"):
        parsed(b"\n".join(lines), "words.jsonl")


@pytest.mark.parametrize(
    ("given", "last"),
    [
        ("2026-11-22", "2026-11-22T23:59:59.999999Z"),
        ("2026-11-22T18", "2026-11-22T18:59:59.999999Z"),
        ("2026-11-22T18:14", "2026-11-22T18:14:59.999999Z"),
        ("2026-11-22T18:14:44", "2026-11-22T18:14:44.999999Z"),
        ("2026-11-22 18:14:44+02:00", "2026-11-22T16:14:44.999999Z"),
        ("2026-11-22T18:14:44.5", "2026-11-22T18:14:44.500000Z"),
        ("0999-01-01", "0999-01-01T23:59:59.999999Z"),
    ],
)
def test_an_instant_lasts_as_long_as_it_is_told_finely(given: str, last: str) -> None:
    assert instant(given) == last


# --- pages read again, pages that failed


def test_a_page_that_is_read_again_takes_the_place_of_its_first_reading(
    place: str, takens: list[Taken], tmp_path: Path
) -> None:
    """The acts are those of a ledger that never knew the first reading; what it told stays in the past."""
    chosen = takens[6]
    newer = chosen._replace(lexicon="another", events=chosen.events[2:])
    with open_shelf(str(tmp_path / "fresh.db"), write=True) as fresh:
        filled(fresh, [newer if one is chosen else one for one in takens])
        expected = sorted(told(act) for act in fresh.acts())
    with open_shelf(place, write=True) as shelf:
        filled(shelf, takens)
        before = {act.id: told(act) for act in shelf.acts()}
        at = shelf.revisions(limit=1)[0].at
        time.sleep(0.002)
        assert shelf.put([newer]) == ["known"]
        assert shelf.put([newer], again=True) == ["again"]
        assert shelf.put([newer], again=True) == ["known"]
        after = {act.id: told(act) for act in shelf.acts()}
        assert sorted(after.values()) == expected
        assert sorted(before.values()) != expected
        kept = [id_ for id_, refs in before.items() if any(ref.startswith(chosen.digest[:16]) for ref in refs)]
        assert sum(after.get(id_) == before[id_] for id_ in kept) > 5, "what is told again stays with its act"
        assert {act.id: told(act) for act in shelf.acts(at)} == before
        assert shelf.counts().pages == len(takens)
        gone = {row.ref for row in chosen.events[:2]}
        log = [one for one in shelf.revisions() if one.kind == "reread"]
        assert gone == {one.what.removeprefix("no longer told by ") for one in log if one.what.startswith("no longer")}
        assert shelf.base.check() == []


def test_failed_pages_are_kept_until_they_are_read(place: str, takens: list[Taken]) -> None:
    page = takens[0]
    with open_shelf(place, write=True) as shelf:
        shelf.put([], [Failure(page.uri, "it is empty"), Failure("b.html", "it is a PNG image, not text")])
        shelf.put([], [Failure("b.html", "it is binary data")])
        assert [(uri, cause, tries) for uri, cause, _, tries in shelf.failed()] == sorted(
            [(page.uri, "it is empty", 1), ("b.html", "it is binary data", 2)]
        )
        shelf.put([page], found=[page.uri])
        assert [row[0] for row in shelf.failed()] == ["b.html"]
        shelf.put([page], found=["b.html"])
        assert shelf.failed() == [], "also where the bytes were known"


def test_nothing_of_a_batch_is_kept_where_a_part_of_it_fails(place: str, takens: list[Taken]) -> None:
    broken = takens[3]._replace(report=b"no report")
    with open_shelf(place, write=True) as shelf:
        shelf.put(takens[:2])
        before = shelf.counts(), shelf.revisions()
        with pytest.raises(Exception):  # noqa: B017, PT011  (whatever it is, nothing may be kept)
            shelf.put([takens[2], broken])
        assert (shelf.counts(), shelf.revisions()) == before
        assert shelf.put([takens[2], takens[3]]) == ["new", "new"]


def test_days_and_instants_that_are_none_are_refused(place: str, takens: list[Taken]) -> None:
    with open_shelf(place, write=True) as shelf:
        shelf.put(takens[:1])
        for wrong in ("yesterday", "2024-13-01", "2024-02-30", "20240101x", "9999-12-31T23:00:00-05:00"):
            with pytest.raises(ShelfError, match="no day"):
                shelf.count(Wanted(), wrong)
        assert shelf.moment("2020-01-01") == 0
        assert shelf.moment("2999-01-01T00:00:00+08:00") == shelf.revisions(limit=1)[0].number
        assert shelf.moment(None) is None
