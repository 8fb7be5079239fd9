from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attache.ledger.block import keys
from attache.ledger.item import Item, prepare
from attache.ledger.same import same
from attache.record import Place, Quantity
from ledger_pages import AMERICA, FRANCE, GERMANY, TOLD, lights, tell

OTHER = "巴黎的使者同柏林来客谈了一个下午"
LONG = "法国外交部在五月里连续发表声明批评德国政府拖延交付里昂造船厂所需要的二十台发动机"


def items(*pages: Any) -> list[Item]:
    return [prepare(page.tolds[0]) for page in lights(*pages)]


def joined(one: dict[str, Any], two: dict[str, Any]) -> bool:
    first, second = items(tell(**one), tell(**{"uri": "other.txt", "title": "外电", **two}))
    found = same(first, second)
    assert (found is None) == (same(second, first) is None)
    return found is not None


@pytest.mark.parametrize(("one", "two", "expected"), [
    ({}, {"words": OTHER}, True),  # a deed of one day between the same two, in other words
    ({"cameo": "042"}, {"words": OTHER, "cameo": "040"}, False),  # a visit and talks ask for words in common
    ({"cameo": "042"}, {"words": "法国外长会见了德国外长", "cameo": "040"}, True),
    ({"cameo": "042", "title": "里昂来电"}, {"words": OTHER, "cameo": "040", "title": "里昂来电"}, True),  # or a title
    ({}, {"words": OTHER, "when": "2024-05-08"}, False),  # the next day asks for words in common
    ({}, {"words": "法国外长在里昂与德国外长会谈", "when": "2024-05-08"}, True),
    ({}, {"when": "2024-05-09"}, False),  # the same words, two days apart: a second meeting
    ({}, {"words": OTHER, "when": None}, False),
    ({}, {"when": None}, True),
    ({"when": None}, {"when": None}, True),
    ({"when": None, "published": "2024-05-08"}, {"when": None, "words": "法国外长与德国外长在里昂会谈过",
      "published": "2024-06-30"}, False),  # undated, told weeks apart, not in the same words
    ({}, {"recipients": [AMERICA]}, False),
    ({}, {"actors": [GERMANY], "recipients": [FRANCE]}, True),  # of a meeting either side may stand first
    ({"type_": "ACCUSE"}, {"type_": "ACCUSE", "actors": [GERMANY], "recipients": [FRANCE]}, False),
    ({}, {"recipients": [GERMANY, AMERICA]}, True),
    ({}, {"recipients": [GERMANY, AMERICA], "actors": [FRANCE, AMERICA]}, True),
    ({"type_": "ACCUSE", "words": "法国外长批评德国外长迟到"}, {"type_": "ACCUSE", "words": OTHER}, False),
    ({"status": "future", "words": OTHER}, {}, False),  # to come, and held
    ({"status": "negated", "words": OTHER}, {}, True),  # held, and not held: one act, disputed
    ({"type_": "SANCTION", "status": "future"}, {"type_": "SANCTION"}, True),  # announced, and done
    ({"type_": "ACCUSE"}, {"type_": "REQUEST"}, True),  # kin types in the same words
    ({"type_": "ACCUSE"}, {"type_": "REQUEST", "words": OTHER}, False),
    ({"type_": "CONSULT"}, {"type_": "ASSAULT"}, False),
    ({"type_": "ASSAULT"}, {"type_": "ASSAULT", "words": OTHER}, False),  # two strikes of one day
    ({"status": "hypothetical", "type_": "SANCTION"}, {"type_": "SANCTION", "words": OTHER}, False),  # if, and done
    ({"type_": "THREATEN", "when": None}, {"type_": "THREATEN", "when": None, "recipients": []}, True),
    ({"type_": "THREATEN", "when": None}, {"type_": "THREATEN", "when": None, "recipients": [], "words": OTHER}, False),
    ({"words": LONG, "type_": "ACCUSE"}, {"words": LONG, "type_": "ACCUSE", "when": "2024-05-20"}, True),
])  # fmt: skip
def test_two_events_are_one_act_where_all_agrees(one: dict[str, Any], two: dict[str, Any], expected: bool) -> None:
    assert joined(one, two) is expected


def test_a_join_says_why() -> None:
    one, two = items(tell(when=None), tell(uri="b", when=None))
    found = same(one, two)
    assert found is not None
    assert found.reasons == ["same type", "same parties", "published together", "like titles", "same words"]
    assert (found.by, found.one < found.two) == ("rule", True)


def test_another_mention_of_a_deed_counts_and_one_of_a_charge_does_not() -> None:
    again = "法国外交官当晚离开柏林使馆回国去了"

    def page(uri: str, type_: str, words: str, **more: Any) -> Item:
        told = tell(words, type_, uri=uri, title="使馆", when=None, body=f"{again}。", **more)  # type: ignore[arg-type]
        (event,) = told.events
        told.events.clear()
        told.event(event.type, event.actors, event.recipients, words, also=[told.span(again)])
        return items(told)[0]

    first, second = "德国驱逐法国外交官若干名", "柏林方面下达了逐客令给法方"
    for type_, expected in (("SANCTION", True), ("ACCUSE", False)):
        one, two = page("a", type_, first), page("b", type_, second)
        assert (same(one, two) is not None) is expected


def test_a_mention_that_one_page_lays_to_two_acts_does_not_join_them() -> None:
    again, later = "此前两国外交官曾在巴黎谈过几次", "德国外长还将在秋天回访巴黎同法方再谈"

    def page(words: str, *, shared: bool) -> list[Item]:
        told = tell(TOLD, when=None, body=f"{words}。{again}。")
        (event,) = told.events
        told.events.clear()
        for one in (TOLD, words):
            told.event(event.type, event.actors, event.recipients, one, also=[told.span(again)] if shared else [])
        return [prepare(told) for told in lights(told)[0].tolds]

    assert same(*page(later, shared=True)) is None
    found = same(*page("法國外長在里昂與德國外長舉行會談", shared=False))  # in the other script
    assert found is not None
    assert found.reasons == ["same type", "same parties", "same words"]


def test_figures_and_places_tip_the_scale() -> None:
    def aid(uri: str, words: str, amount: str, value: int, city: str) -> Item:
        page = tell(words, "AID", uri=uri, title=uri, when=None)
        quantity = Quantity(text=amount, start=0, end=0, value=value, unit="EUR")
        place = Place(text=city, start=0, end=0, country="FRA", city=city)
        (event,) = page.events
        page.events.clear()
        page.event("AID", event.actors, event.recipients, words, quantities=[quantity], where=[place])
        return items(page)[0]

    one = aid("a", "法国向德国拨出三亿欧元修复桥梁", "三亿欧元", 300_000_000, "Lyon")
    same_sum = aid("b", "法国给德国三亿欧元用于修桥", "三亿欧元", 300_000_000, "Lyon")
    other_sum = aid("c", "法国给德国两亿欧元用于修桥", "两亿欧元", 200_000_000, "Nice")
    found = same(one, same_sum)
    assert found is not None
    assert {"same figure", "same place"} <= set(found.reasons)
    assert same(one, other_sum) is None


WORDS = st.sampled_from([TOLD, OTHER, LONG, "法国外长批评德国外长迟到", "中方决定采取必要措施", "会谈"])
SIDES = st.lists(st.sampled_from([FRANCE, GERMANY, AMERICA]), max_size=3, unique_by=lambda actor: actor.code)
EVENTS = st.fixed_dictionaries({
    "words": WORDS, "type_": st.sampled_from(["CONSULT", "ACCUSE", "SANCTION", "REQUEST", "AID"]), "actors": SIDES,
    "recipients": SIDES, "status": st.sampled_from(["actual", "future", "negated", "hypothetical"]),
    "when": st.sampled_from([None, "2024-05", "2024-05-07", "2024-05-08", "2024-05-20",
                             "2024-05-06/2024-05-09", "19XX"]),
    "published": st.sampled_from([None, "2024-05-08", "2024-05-30", "../2024-06-01"]),
})  # fmt: skip


@given(EVENTS, EVENTS)
def test_joining_is_symmetric_and_never_ties_two_dyads(one: dict[str, Any], two: dict[str, Any]) -> None:
    first, second = items(tell(uri="a", **one), tell(uri="b", **two))
    there, back = same(first, second), same(second, first)
    assert there == back
    if there is not None:
        assert first.dyads & second.dyads or not (first.recipients and second.recipients)
        assert len(first.actors & second.actors) * 2 >= len(first.actors | second.actors)


@given(EVENTS)
def test_a_copy_always_meets_its_model(one: dict[str, Any]) -> None:
    first, second = items(tell(uri="a", **one), tell(uri="b", **one))
    assert set(keys(first)) == set(keys(second))
    assert keys(first) or not (one["actors"] or one["recipients"])


def test_neighbouring_days_always_share_a_key() -> None:
    for day in range(1, 28):
        one, two = items(
            tell(TOLD, uri="a", title="甲乙丙", when=f"2024-05-{day:02}", published=None),
            tell(OTHER, uri="b", title="丁戊己", when=f"2024-05-{day + 1:02}", published=None),
        )
        assert set(keys(one)) & set(keys(two))
