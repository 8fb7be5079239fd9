from __future__ import annotations

from typing import Any

import pytest

from attache.ledger.light import lit, media
from attache.record import Quantity, Statement
from build import Draft
from ledger_pages import AMERICA, FILL, FRANCE, GERMANY, acts_of, one_act, tell

TOLD = "法国外长在里昂与德国外长举行会谈"
SECOND = "法德外长里昂会谈"
THIRD = "里昂那天有法德两国外长的会谈"


def deny(
    page: Draft,
    words: str,
    who: str,
    *,
    about: str = "",
    mark: str = "actual",
    event: int | None = 0,
    code: str = "DEU",
) -> Statement:
    """Add a denial to a page, of its event with that number; None: of none that the page tells."""
    claimant = page.claimant(who, "official", code)
    if event is not None:
        old = page.events[event]
        page.events[event] = type(old)(
            **{f: getattr(old, f) for f in old.__struct_fields__} | {"disputed_by": [claimant]}
        )
    spans = [page.span(about)] if about else []
    return page.statement("attributed", "denial", words, claimants=[claimant], about=spans, mark=mark)


def denied_page(uri: str = "b", words: str = SECOND, denial: str = "柏林发言人否认有过此事", **more: Any) -> Draft:
    page = tell(words, uri=uri, body=f"{denial}。")
    deny(page, denial, "柏林发言人", **more)
    return page


def test_a_denial_reaches_the_act_that_other_pages_tell() -> None:
    act = one_act(tell(TOLD, uri="a"), denied_page())
    (dispute,) = act.disputes
    assert (dispute.what, [one.text for one in dispute.by], dispute.declined) == ("act", ["柏林发言人"], False)
    assert dispute.denial is not None
    assert dispute.denial.text == "柏林发言人否认有过此事"
    assert (act.standing, act.origins) == ("disputed", 2)
    assert act.standing_why == "2 independent origins tell it and it is denied"


def test_one_origin_and_a_denial_make_it_denied() -> None:
    assert one_act(denied_page()).standing == "denied"


def test_origins_make_it_corroborated_and_copies_do_not() -> None:
    assert one_act(tell(TOLD, uri="a")).standing == "told"
    assert one_act(tell(TOLD, uri="a"), tell(SECOND, uri="b")).standing == "corroborated"
    assert one_act(tell(TOLD, uri="a"), tell(TOLD, uri="b")).standing == "told"


def test_who_does_not_confirm_disputes_nothing() -> None:
    act = one_act(denied_page(denial="柏林发言人不予置评", mark="negated"))
    assert [dispute.declined for dispute in act.disputes] == [True]
    assert act.standing == "told"


@pytest.mark.parametrize(("denial", "what"), [
    ("柏林发言人否认有过此事", "act"),
    ("柏林发言人说媒体断章取义", "words"),
    ("柏林发言人说人数不实", "figure"),
    ("柏林发言人说日期不对", "date"),
    ("柏林发言人否认是德方先开的口", "first step"),  # the talks were held, whoever asked for them
])  # fmt: skip
def test_what_is_denied(denial: str, what: str) -> None:
    act = one_act(denied_page(denial=denial))
    assert [dispute.what for dispute in act.disputes] == [what]
    assert act.standing == ("denied" if what == "act" else "told")


def test_of_a_request_who_made_it_is_the_act() -> None:
    denial = "柏林发言人否认是德方先开的口"
    page = tell("德国请求与法国会谈", "REQUEST", actors=[GERMANY], recipients=[FRANCE], uri="b", body=f"{denial}。")
    deny(page, denial, "柏林发言人")
    act = one_act(page)
    assert ([dispute.what for dispute in act.disputes], act.standing) == (["act"], "denied")


def test_a_denier_without_a_told_denial_is_kept() -> None:
    page = denied_page()
    page.statements.clear()
    (dispute,) = one_act(page).disputes
    assert ([one.text for one in dispute.by], dispute.denial, dispute.about) == (["柏林发言人"], None, SECOND)


def test_a_party_that_rejects_a_charge_does_not_dispute_its_own_words() -> None:
    words = "柏林发言人否认里昂方面的指责"
    page = tell(words, "ACCUSE", actors=[GERMANY], recipients=[FRANCE])
    deny(page, "否认里昂方面的指责", "柏林发言人")
    assert one_act(page).disputes == []


def test_a_party_that_denies_its_own_deed_disputes_it() -> None:
    page = tell(
        "德国外长请求法国外长增援", "REQUEST", actors=[GERMANY], recipients=[FRANCE], body="柏林发言人否认提过。"
    )
    deny(page, "柏林发言人否认提过", "柏林发言人")
    assert one_act(page).standing == "denied"


def elsewhere(about: str, published: str = "2024-05-09") -> Draft:
    """A page that tells no act, only that somebody denies one."""
    page = Draft("柏林来电", [f"柏林发言人否认{about}。"], uri="denial.txt", outlet="远峰网")
    page.page = type(page.page)(
        **{f: getattr(page.page, f) for f in page.page.__struct_fields__}
        | {"published": type(page.page.published)(edtf=published, basis="stated", why="by hand")}
    )
    deny(page, f"柏林发言人否认{about}", "柏林发言人", about=about, event=None)
    return page


@pytest.mark.parametrize(("about", "published", "parties", "met"), [
    ("法国外长在里昂与德国外长会谈", "2024-05-09", ["DEU", "FRA"], True),
    ("法国外长在里昂与德国外长会谈", "2024-06-09", ["DEU", "FRA"], False),  # a month later
    ("法国外长在里昂与德国外长会谈", "2024-05-09", ["DEU", "USA"], False),  # another dyad
    ("法国总统下周要去波恩看球赛", "2024-05-09", ["DEU", "FRA"], False),  # other words
    ("此事", "2024-05-09", ["DEU", "FRA"], False),  # nothing in particular
])  # fmt: skip
def test_a_page_that_only_denies_reaches_the_act(about: str, published: str, parties: list[str], met: bool) -> None:
    import msgspec

    from attache.ledger.act import acts

    here = lit(elsewhere(about, published).record(), media())
    (denial,) = here.denials
    here = here._replace(denials=[msgspec.structs.replace(denial, parties=parties)])
    (act,) = acts([lit(tell(TOLD, uri="a").record(), media()), here])
    assert bool(act.disputes) is met


def test_one_page_says_no() -> None:
    act = one_act(tell(TOLD, uri="a"), tell(f"据查{TOLD}一事并未发生", uri="b", status="negated"))
    assert (act.status, act.standing) == ("actual", "denied")
    assert [telling.denies for telling in act.tellings] == [False, True]
    (dispute,) = act.disputes
    assert dispute.event == act.tellings[1].ref


def test_all_pages_say_no() -> None:
    act = one_act(tell(TOLD, uri="a", status="negated"), tell(SECOND, uri="b", status="negated"))
    assert (act.status, act.standing, act.disputes) == ("negated", "corroborated", [])
    assert not any(telling.denies for telling in act.tellings)


# figures and dates


def aid(uri: str, words: str, figure: str, value: float, *, body: str = "", **more: Any) -> Draft:
    page = tell(words, "AID", uri=uri, body=body)
    (event,) = page.events
    page.events.clear()
    quantities = [page.quantity(figure, value, more.pop("unit", "EUR"), **more)]
    page.event("AID", event.actors, event.recipients, words, when=event.when, quantities=quantities)
    return page


@pytest.mark.parametrize(("other", "contradicts"), [
    ({"value": 5e8}, True),
    ({"value": 3e8}, False),
    ({"value": 2e8, "bound": "over"}, False),
    ({"value": 4e8, "bound": "over"}, True),
    ({"value": 4e8, "bound": "at most"}, False),
    ({"value": 3.2e8, "bound": "about"}, False),
    ({"value": 1e8, "bound": "between", "high": 4e8}, False),
    ({"value": 5e8, "unit": "USD"}, False),  # not held against each other without a rate
    ({"value": 5e8, "what": "贷款"}, False),
])  # fmt: skip
def test_figures_that_contradict_each_other_stand_side_by_side(other: dict[str, Any], contradicts: bool) -> None:
    pages = (
        aid("a", "法国向德国拨出三亿欧元修复桥梁", "三亿欧元", 3e8),
        aid("b", "法国向德国拨出另款修复桥梁", "另款", **other),
    )
    act = one_act(*pages)
    assert bool(act.disputes) is contradicts
    if contradicts:
        (dispute,) = act.disputes
        assert (dispute.what, [side.value for side in dispute.sides]) == ("figure", ["三亿欧元", "另款"])
        assert sorted(side.origins for side in dispute.sides) == [[1], [2]]


def test_a_page_with_two_figures_contradicts_none() -> None:
    page = aid("a", "法国向德国拨出三亿欧元修复桥梁", "三亿欧元", 3e8)
    (event,) = page.events
    event.quantities.append(Quantity(text="一亿", start=0, end=0, value=1e8, unit="EUR"))
    assert one_act(page, aid("b", "法国向德国拨出另款修复桥梁", "另款", 5e8)).disputes == []


def test_dates_a_day_apart_stand_side_by_side() -> None:
    act = one_act(tell(TOLD, uri="a"), tell(THIRD, uri="b", when="2024-05-08"))
    assert [side.value for dispute in act.disputes for side in dispute.sides] == ["2024-05-07", "2024-05-08"]
    assert act.standing == "corroborated"


# what is taken back


def withdrawal(uri: str) -> Draft:
    return Draft("撤稿声明", ["本报撤回此前报道，并向读者致歉。"], uri=uri, outlet="甲报")


def test_an_act_whose_only_page_is_withdrawn_is_retracted() -> None:
    first = tell(TOLD, uri="https://a.cn/1", outlet="甲报")
    (act,) = acts_of(first, withdrawal("https://a.cn/1?from=wx"))
    assert (act.standing, act.standing_why) == ("retracted", "whoever told it has withdrawn the page")
    (kept,) = acts_of(first, tell(SECOND, uri="b"), withdrawal("https://a.cn/1"))
    assert kept.standing == "corroborated"
    (other,) = acts_of(first, withdrawal("https://a.cn/2"))
    assert other.standing == "told"


def test_a_page_about_a_withdrawal_withdraws_neither_itself_nor_what_came_after() -> None:
    about = tell(TOLD, uri="https://a.cn/1", title="期刊撤稿之后", outlet="甲报")
    assert one_act(about).standing == "told"
    late = tell(TOLD, uri="https://a.cn/1", outlet="甲报", published="2024-05-20")
    (act,) = acts_of(late, withdrawal("https://a.cn/1"))  # published on 8 May
    assert act.standing == "told"


def test_sides_never_mix() -> None:
    assert len(acts_of(denied_page(), tell(TOLD, uri="c", recipients=[AMERICA]))) == 2


def test_the_same_words_with_another_figure_are_another_origin() -> None:
    words = "法国政府当天在里昂宣布向德国提供{}的修桥援助款项"
    more, less = ((words.format(one), one) for one in ("三亿欧元", "五亿欧元"))
    other = "桥梁专家们认为，整个工程要到后年春季才能完成，届时河上的航运也将恢复正常。"
    act = one_act(aid("a", *more, 3e8, body=other), aid("b", *less, 5e8, body=FILL))
    (dispute,) = act.disputes
    assert [side.origins for side in dispute.sides] == [[1], [2]]
    assert act.origins == 2
    assert one_act(aid("a", *more, 3e8, body=other), aid("b", *more, 3e8, body=FILL)).origins == 1
