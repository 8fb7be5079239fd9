from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attache.ledger.act import act_id, acts, assemble
from attache.ledger.block import keys
from attache.ledger.group import groups, joins
from attache.ledger.item import prepare
from attache.ledger.light import Lit, lit, media
from attache.ledger.noun import Act, Join, Told, Verdict
from attache.ledger.same import same
from attache.record import Record
from build import party
from ledger_pages import AMERICA, FRANCE, GERMANY, TOLD, acts_of, lights, one_act, tell

OTHER = "巴黎的使者同柏林来客谈了一个下午"

PAGE = st.fixed_dictionaries({
    "words": st.sampled_from([TOLD, OTHER, "法国外长在里昂与德国外长会谈", "法国外长批评德国外长迟到", "法国批评德国"]),
    "type_": st.sampled_from(["CONSULT", "CONSULT", "ACCUSE", "REQUEST"]),
    "actors": st.sampled_from([[FRANCE], [FRANCE], [GERMANY], [FRANCE, AMERICA], []]),
    "recipients": st.sampled_from([[GERMANY], [GERMANY], [FRANCE], [GERMANY, AMERICA], [AMERICA], []]),
    "when": st.sampled_from([None, "2024-05-07", "2024-05-08", "2024-05-09", "2024-05"]),
    "status": st.sampled_from(["actual", "actual", "negated", "future"]),
    "title": st.sampled_from(["里昂来电", "里昂又来电", "别处"]),
    "published": st.sampled_from(["2024-05-08", "2024-05-09", None]),
})  # fmt: skip
PAGES = st.lists(PAGE, max_size=9)


def read(drawn: list[dict[str, Any]]) -> list[Lit]:
    return lights(*[tell(uri=f"{i}.txt", **page) for i, page in enumerate(drawn)])


def members(found: list[Act]) -> set[frozenset[str]]:
    return {frozenset(telling.ref for telling in act.tellings) for act in found}


@settings(deadline=None)
@given(PAGES, st.randoms(use_true_random=False))
def test_the_order_of_pages_changes_nothing(drawn: list[dict[str, Any]], chance: Any) -> None:
    pages = read(drawn)
    shuffled = list(pages)
    chance.shuffle(shuffled)
    assert acts(pages) == acts(shuffled)


@settings(deadline=None)
@given(PAGES)
def test_each_event_stands_in_one_act_and_no_act_ties_two_dyads(drawn: list[dict[str, Any]]) -> None:
    pages = read(drawn)
    found = acts(pages)
    refs = [telling.ref for act in found for telling in act.tellings]
    assert sorted(refs) == sorted({told.ref for page in pages for told in page.tolds})
    items = {told.ref: prepare(told) for page in pages for told in page.tolds}
    for act in found:
        told = [items[telling.ref] for telling in act.tellings]
        for one in told:
            for two in told:
                assert one.dyads & two.dyads or not (one.recipients and two.recipients)
                assert one.quad == two.quad


@settings(deadline=None)
@given(PAGES)
def test_pages_given_twice_change_nothing(drawn: list[dict[str, Any]]) -> None:
    pages = read(drawn)
    assert acts(pages + pages) == acts(pages)


@settings(deadline=None)
@given(PAGES)
def test_a_ledger_that_grows_page_by_page_comes_to_the_same(drawn: list[dict[str, Any]]) -> None:
    """Joins made against the candidates of each new event, then its neighbourhood grouped anew: as a store does it."""
    pages = read(drawn)
    known: list[Told] = []
    found: list[Join] = []
    for page in pages:
        for told in page.tolds:
            item = prepare(told)
            near = [prepare(other) for other in known if set(keys(item)) & set(keys(prepare(other)))]
            found += [join for other in near if (join := same(item, other)) is not None]
        known += [told for told in page.tolds if told.ref not in {one.ref for one in known}]
    grown = {frozenset(told.ref for told in group) for part in parts(known, found) for group in groups(part, found)}
    assert grown == members(acts(pages))


def parts(known: list[Told], found: list[Join]) -> list[list[Told]]:
    """Events by what joins tie together, however loosely."""
    of = {told.ref: {told.ref} for told in known}
    for join in found:
        if of[join.one] is not of[join.two]:
            of[join.one] |= of[join.two]
            for ref in of[join.two]:
                of[ref] = of[join.one]
    return [[told for told in known if told.ref in part] for part in {id(part): part for part in of.values()}.values()]


@pytest.mark.parametrize("whole", [False, True])
def test_samples_come_to_the_same_in_any_order(records: dict[Path, Record], whole: bool) -> None:
    pages = [lit(record, media()) for record in records.values()]
    there, back = acts(pages, known=media()), acts(pages[::-1], known=media())
    assert there == back if whole else members(there) == members(back)
    assert any(act.origins > 1 for act in there)


# what an act says


def test_an_act_carries_what_its_pages_tell() -> None:
    act = one_act(
        tell(uri="a", mode="visit", contexts=["diplomatic"]),
        tell(OTHER, uri="b", actors=[party("FRA", "马克龙")], when="2024-05-06/2024-05-08", title="里昂来电：会谈"),
        tell(uri="c", mode="visit"),
    )
    assert (act.type, act.mode, act.contexts, act.status) == ("CONSULT", "visit", ["diplomatic"], "actual")
    assert [one.name for one in act.actors] == ["法国"]
    assert (act.when, act.reports, act.outlets) == ("2024-05-07", 3, 3)
    assert all(telling.evidence.text in (TOLD, OTHER) for telling in act.tellings)


def test_an_id_is_born_with_the_first_telling_and_kept_by_whoever_keeps_it() -> None:
    pages = lights(tell(uri="a"), tell(OTHER, uri="b"))
    tolds = [told for page in pages for told in page.tolds]
    (group,) = groups(tolds, joins(tolds))
    assert act_id(group) == act_id([min(tolds, key=lambda told: told.ref)])
    reports = {page.report.id: page.report for page in pages}
    assert assemble(group, reports, joins(tolds), [], "kept").id == "kept"


def test_the_date_is_that_of_most_origins_then_the_narrowest() -> None:
    act = one_act(
        tell(uri="a", when="2024-05-08"), tell(uri="b", when="2024-05-07", body="别的话。"),
        tell(uri="c", when="2024-05-06/2024-05-07", words="法国外长在里昂与德国外长会谈"),
    )  # fmt: skip
    assert act.when == "2024-05-07"
    (dispute,) = [one for one in act.disputes if one.what == "date"]
    assert [side.value for side in dispute.sides] == ["2024-05-06/2024-05-07", "2024-05-07", "2024-05-08"]


def test_countries_are_those_of_known_outlets() -> None:
    act = one_act(tell(uri="a", outlet="路透社"), tell(OTHER, uri="b", outlet="新华社"), tell(uri="c"))
    assert act.countries == ["CHN", "GBR"]


# what persons say


def verdict(kind: Any, one: str, two: str, at: str = "2024-06-01") -> Verdict:
    return Verdict(kind=kind, one=one, two=two, at=at)


def test_a_person_parts_and_puts_together() -> None:
    pages = (tell(uri="a"), tell(OTHER, uri="b"), tell("法国批评德国", "ACCUSE", uri="c"))
    a, b, c = [page.tolds[0].ref for page in lights(*pages)]
    assert members(acts_of(*pages)) == {frozenset([a, b]), frozenset([c])}
    parted = acts_of(*pages, verdicts=(verdict("apart", b, a),))
    assert members(parted) == {frozenset([a]), frozenset([b]), frozenset([c])}
    put = acts_of(*pages, verdicts=(verdict("apart", a, b), verdict("together", a, c)))
    assert members(put) == {frozenset([a, c]), frozenset([b])}
    (act,) = [act for act in put if len(act.tellings) == 2]
    assert [(join.by, join.reasons) for join in act.joins] == [("person", ["a person said so"])]


def test_the_newest_word_on_a_pair_holds_whatever_the_order_of_the_list() -> None:
    pages = (tell(uri="a"), tell(OTHER, uri="b"))
    a, b = [page.tolds[0].ref for page in lights(*pages)]
    old, new = verdict("together", a, b, "2024-06-01"), verdict("apart", b, a, "2024-06-02")
    for verdicts in ((old, new), (new, old)):
        assert len(acts_of(*pages, verdicts=verdicts)) == 2


def test_a_word_about_pages_that_are_not_there_does_nothing() -> None:
    assert len(acts_of(tell(), verdicts=(verdict("together", "x", "y"),))) == 1


def test_what_a_person_put_together_is_not_torn_by_a_chain() -> None:
    """Two words that contradict each other: the newer together stands, the apart keeps the third away."""
    pages = (tell(uri="a"), tell(OTHER, uri="b"), tell("法外长会德外长", uri="c"))
    a, b, c = [page.tolds[0].ref for page in lights(*pages)]
    found = acts_of(*pages, verdicts=(
        verdict("together", a, b, "2024-06-03"), verdict("apart", a, c, "2024-06-02"),
        verdict("together", b, c, "2024-06-01"),
    ))  # fmt: skip
    assert members(found) == {frozenset([a, b]), frozenset([c])}


# what one page tells


def test_repeats_on_one_page_stay_apart_unless_the_words_are_the_same() -> None:
    page = tell("法国上午批评德国", "ACCUSE", body="法国下午批评德国。法国再三批评德国在里昂造船厂问题上的做法。"
                "据称法国再三批评德国在里昂造船厂问题上的做法！")  # fmt: skip
    page.event("ACCUSE", [FRANCE], [GERMANY], "法国下午批评德国", when="2024-05-07")
    for words in ("。法国再三批评德国在里昂造船厂问题上的做法", "称法国再三批评德国在里昂造船厂问题上的做法"):
        page.event("ACCUSE", [FRANCE], [GERMANY], words, when="2024-05-07")
    assert sorted(len(act.tellings) for act in acts_of(page)) == [1, 1, 2]
