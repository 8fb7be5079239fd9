"""The profile of a source, against the records it is made of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from attache.ledger.ground import share
from attache.ledger.light import media
from attache.pipeline import Reader
from attache.record import Record
from attache.shelf import listing
from attache.shelf.pages import Taken, take
from attache.shelf.profile import Card, Profile, Rate, makers_like, profile, rate_of_cards
from attache.shelf.store import Shelf, open_shelf
from database import location
from ledger.test_origin import BODY
from ledger_pages import tell

ORIGINAL, COPY = "01-selfmedia-geneva.txt", "02-selfmedia-geneva-repost.txt"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def shelf(
    request: pytest.FixtureRequest, takens: list[Taken], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Shelf]:
    """All sample pages in a ledger."""
    with location(request, tmp_path_factory.mktemp("profile")) as place, open_shelf(place, write=True) as one:
        one.put(takens)
        yield one


@pytest.fixture(scope="module")
def by_name(records: dict[Path, Record]) -> dict[str, Record]:
    return {path.name: record for path, record in records.items()}


def of(shelf: Shelf, record: Record) -> Profile:
    maker = record.page.outlet or record.page.account
    assert maker
    found = profile(shelf.base, maker)
    assert found is not None
    return found


def test_every_source_of_the_samples_has_the_pages_that_name_it(shelf: Shelf, by_name: dict[str, Record]) -> None:
    makers = {m for record in by_name.values() for m in (record.page.outlet, record.page.account) if m}
    assert len(makers) > 10
    for maker in makers:
        mine = [r for r in by_name.values() if maker in (r.page.outlet, r.page.account)]
        found = profile(shelf.base, maker)
        assert found is not None
        assert (found.names, found.pages, found.events) == ([maker], len(mine), sum(len(r.events) for r in mine))
        read = [record for record in mine if record.page.language != "en"]
        assert found.unread == len(mine) - len(read)
        shares = [share(record) for record in read]
        assert found.sentences.total == sum(one.total for one in shares)
        assert found.sentences.judgement == sum(len(one.opinion) for one in shares)
        told = [s for r in read for s in r.statements if s.voice == "attributed" and s.stance != "credit"]
        assert found.attributed == len(told)
        assert found.attributed_named <= found.attributed


def test_a_name_in_the_other_script_means_the_same_source(shelf: Shelf) -> None:
    assert profile(shelf.base, "磺溪时报") == profile(shelf.base, "磺溪時報") is not None


def test_a_copy_is_told_with_the_page_that_it_copies(shelf: Shelf, by_name: dict[str, Record]) -> None:
    mine, other = of(shelf, by_name[COPY]), of(shelf, by_name[ORIGINAL])
    assert [(Path(c.uri).name, Path(c.other).name, c.maker) for c in mine.copies] == [
        (COPY, ORIGINAL, by_name[ORIGINAL].page.account)
    ]
    assert [(Path(c.uri).name, Path(c.other).name) for c in other.copies] == [(ORIGINAL, COPY)]


def test_which_of_two_copies_is_later_is_told_where_their_days_tell_it(
    shelf: Shelf, by_name: dict[str, Record]
) -> None:
    (copy,) = of(shelf, by_name["18-site-saudi-iran-copy.html"]).copies
    assert (Path(copy.other).name, copy.which) == ("07-agency-saudi-iran.txt", "this")


def test_a_persona_is_counted_by_the_pages_that_have_it(shelf: Shelf, by_name: dict[str, Record]) -> None:
    record = by_name["03-selfmedia-alaska.txt"]
    found = of(shelf, record)
    assert found.personas == dict.fromkeys({s.persona for s in record.statements if s.persona}, 1)
    assert found.personas


def test_articles_a_day_come_from_two_cards(shelf: Shelf, by_name: dict[str, Record]) -> None:
    cards = [Card("2026-02-17T08:00:00", 5227, None), Card("2026-03-11", 5569, 80), Card(None, 9999, None)]
    assert list(rate_of_cards(cards)) == [Rate(15.55, "2026-02-17", "2026-03-11", "article counts of its account card")]
    assert list(rate_of_cards(cards[:1])) == []
    assert list(rate_of_cards([])) == []
    found = of(shelf, by_name[ORIGINAL])
    assert len(found.cards) == 1
    assert found.rates == []  # one page, one card: nothing to reckon from


def test_a_source_that_is_not_there_has_no_profile(shelf: Shelf) -> None:
    assert profile(shelf.base, "不存在的报") is None
    assert makers_like(shelf.base, "时报") == ["磺溪時報", "长堤时报"]


def test_before_anything_was_taken_in_there_is_no_profile(shelf: Shelf) -> None:
    assert profile(shelf.base, "南岬日报", shelf.moment("2020-01-01")) is None


def test_a_copy_by_another_account_of_the_platform_is_told(place: str, reader: Reader) -> None:
    def posted(uri: str, account: str, body: str) -> Taken:
        record = tell("法德外长里昂会谈", uri=uri, outlet="网", account=account, body=body).record()
        return take(record, record.capture.text.encode(), media(), listing.prepare(record, reader.tables.script))

    with open_shelf(place, write=True) as shelf:
        shelf.put([posted("a", "小禾", BODY), posted("b", "小麦", BODY), posted("c", "小禾", BODY)])
        mine, platform = profile(shelf.base, "小麦"), profile(shelf.base, "网")
        assert mine is not None
        assert {(copy.uri, copy.other, copy.maker) for copy in mine.copies} == {("b", "a", "小禾"), ("b", "c", "小禾")}
        assert platform is not None
        assert platform.copies == []  # all of them are its own
