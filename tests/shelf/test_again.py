"""A page that is read again: what its first reading said of other pages' acts is gone, as if it had never been read."""

from __future__ import annotations

import time
from collections.abc import Sequence

import msgspec
import pytest

from attache.ledger.act import acts as batch
from attache.ledger.light import lit, media
from attache.ledger.noun import Act
from attache.pipeline import Reader
from attache.record import Published, Record
from attache.shelf import listing
from attache.shelf.pages import Taken, take
from attache.shelf.store import Wanted, open_shelf
from build import Draft, party
from ledger_pages import AMERICA, FRANCE, GERMANY, TOLD, tell

PLACE = "https://a.cn/1"
DENIAL = f"柏林和巴黎否认{TOLD}"


def withdrawing() -> Record:
    return Draft("撤稿声明", ["本报撤回此前报道，并向读者致歉。"], uri=PLACE, outlet="甲报").record()


def not_withdrawing(record: Record) -> Record:
    """As a reader has it that finds no title and no paragraphs."""
    return msgspec.structs.replace(record, lexicon="another", page=msgspec.structs.replace(record.page, parts=[]))


def denying() -> Record:
    shown = Published(edtf="2024-05-09", basis="stated", why="by hand")
    page = Draft("消息", [f"{DENIAL}。"], uri="b", outlet="乙报", published=shown)
    both = [page.claimant("柏林", "party", "DEU"), page.claimant("巴黎", "party", "FRA")]
    page.statement("attributed", "denial", DENIAL, claimants=both, about=[page.span(TOLD)], mark="actual")
    return page.record()


def not_denying(record: Record) -> Record:
    return msgspec.structs.replace(record, lexicon="another", statements=[])


def taken(reader: Reader, record: Record) -> Taken:
    """A record as a reader hands it over; its bytes are those of its text."""
    return take(record, record.capture.text.encode(), media(), listing.prepare(record, reader.tables.script))


def content(acts: Sequence[Act]) -> list[Act]:
    """Acts without what depends on when they came in."""
    return [
        msgspec.structs.replace(act, id="", tellings=[msgspec.structs.replace(t, taken_in=None) for t in act.tellings])
        for act in acts
    ]


@pytest.mark.parametrize(
    ("other", "reread", "before"),
    [(withdrawing(), not_withdrawing, "retracted"), (denying(), not_denying, "denied")],
    ids=["withdrawal", "denial"],
)
def test_what_a_page_no_longer_says_of_others_is_undone(
    place: str, reader: Reader, other: Record, reread: object, before: str
) -> None:
    assert callable(reread)
    first, second = tell(TOLD, uri=PLACE, outlet="甲报").record(), reread(other)
    with open_shelf(place, write=True) as shelf:
        assert shelf.put([taken(reader, first), taken(reader, other)]) == ["new", "new"]
        (act,) = shelf.acts()
        assert act.standing == before
        assert shelf.put([taken(reader, second)], again=True) == ["again"]
        (act,) = shelf.acts()
        assert act.standing == "told"
        assert content([act]) == content(batch([lit(first, media()), lit(second, media())], known=media()))
        log = shelf.revisions(act=shelf.find(act.id).number)
        assert (log[0].kind, log[0].what) == ("reread", f"now told: {act.standing_why}")


def test_parties_are_those_that_an_act_has_at_the_time(place: str, reader: Reader) -> None:
    """One that a reading no longer gives is not found under its name, and one that came later was not there before."""
    first = tell(TOLD, actors=[FRANCE], recipients=[GERMANY, AMERICA]).record()
    second = tell(TOLD, actors=[FRANCE, party("JPN", "日本")], recipients=[GERMANY]).record()
    second = msgspec.structs.replace(second, lexicon="another")
    with open_shelf(place, write=True) as shelf:
        shelf.put([taken(reader, first)])
        at = shelf.revisions(limit=1)[0].at
        time.sleep(0.002)
        assert shelf.put([taken(reader, second)], again=True) == ["again"]
        for wanted, then, present in (
            (Wanted(parties=["USA"]), 1, 0), (Wanted(recipient="USA"), 1, 0), (Wanted(parties=["FRA", "USA"]), 1, 0),
            (Wanted(parties=["JPN"]), 0, 1), (Wanted(actor="JPN"), 0, 1), (Wanted(parties=["FRA", "DEU"]), 1, 1),
        ):  # fmt: skip
            assert (shelf.count(wanted, at), shelf.count(wanted)) == (then, present)
            assert len(shelf.heads(wanted, limit=9)) == present
