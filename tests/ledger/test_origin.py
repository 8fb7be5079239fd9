from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from attache.ledger.light import address, lit, media, medium, own_address
from attache.ledger.origin import bands, copied, copies, page_origins
from attache.ledger.words import grams, hashes, near, shared, signature, words
from attache.pipeline import Reader
from attache.record import Record
from build import Draft
from ledger_pages import TOLD, lights, one_act, tell

BODY = (
    "会谈持续了三个小时，双方各派出十二人，随员在隔壁的房间里等候。午饭是当地的鱼和一种叫不出名字的奶酪。"
    "下午四点，两位外长并肩走出大门，没有回答任何提问，各自上车离去。当地警方说封路措施将持续到次日清晨。"
)
OTHER_BODY = (
    "记者在现场看到，旧港一带的道路从清早就已封闭，咖啡馆的老板抱怨说生意少了七成。"
    "一位退休教师认为，两国之间的账迟早要算，只是不该在他家门口算。傍晚时分下起了小雨，人群很快散去。"
)


def bound(one: Draft, two: Draft) -> tuple[int, str]:
    """How many origins two tellings of one act have, and what binds the second."""
    act = one_act(one, two)
    return act.origins, next((telling.origin_why for telling in act.tellings if telling.origin_why), "").split(":")[0]


def cited(
    uri: str, source: str, kind: str, words_: str = TOLD, *, first: str = "", rest: str = "", **more: Any
) -> Draft:
    """A page whose act is told by a source (``first``: a medium that cites it), with the ``rest`` of its text."""
    page = tell(words_, uri=uri, body=f"此事据{first}{source}说。{rest}", **more)
    (event,) = page.events
    page.events.clear()
    claimants = [*([page.claimant(first)] if first else []), page.claimant(source, kind)]
    page.event(event.type, event.actors, event.recipients, words_, when=event.when, claimants=claimants)
    return page


SHORT, PLAIN = "法德外长里昂会谈", "法国外长同德国外长在里昂谈"


@pytest.mark.parametrize(("one", "two", "expected"), [
    (tell(SHORT, uri="a"), tell(PLAIN, uri="b"), (2, "")),
    (tell(SHORT, uri="a", outlet="甲报"), tell(PLAIN, uri="b", outlet="甲報"), (1, "one outlet")),
    (tell(SHORT, uri="a", outlet="网", account="小禾"), tell(PLAIN, uri="b", outlet="网", account="小麦"), (2, "")),
    (tell(SHORT, uri="a", outlet="网", account="小禾", body=BODY),
     tell(PLAIN, uri="b", outlet="网", account="小麦", body=BODY), (1, "copy of the page")),
    (tell(SHORT, uri="a", account="小禾"), tell(PLAIN, uri="b", account="小禾"), (1, "one account")),
    (tell(SHORT, uri="https://a.cn/1?utm_source=x"), tell(PLAIN, uri="https://www.a.cn/1", outlet="乙报"),
     (1, "one address")),
    (tell(SHORT, uri="a", body=BODY), tell(PLAIN, uri="b", body=BODY), (1, "copy of the page")),
    (tell(SHORT, uri="a", body=BODY), tell(PLAIN, uri="b", body=OTHER_BODY), (2, "")),
    (tell(TOLD, uri="a"), tell(TOLD, uri="b"), (1, "same words")),
    (cited("a", "路透社", "medium", SHORT), cited("b", "路透", "medium", PLAIN), (1, "one medium")),
    (cited("a", "路透社", "medium", SHORT), cited("b", "法新社", "medium", PLAIN), (2, "")),
    (cited("a", "路透社", "medium", SHORT), tell(PLAIN, uri="b", outlet="路透社"), (1, "one medium")),
    (cited("a", "法国官员", "unnamed", SHORT), cited("b", "法国官员", "unnamed", PLAIN), (1, "one unnamed source")),
    (cited("a", "法国官员", "unnamed", SHORT, first="路透社"),
     cited("b", "法国官员", "unnamed", PLAIN, first="法新社"), (2, "")),  # two media heard officials
    (cited("a", "联合声明", "document", SHORT), cited("b", "联合声明", "document", PLAIN), (1, "one document")),
    (cited("a", "外交部发言人", "official", SHORT), cited("b", "外交部发言人", "official", PLAIN), (2, "")),
])  # fmt: skip
def test_what_makes_two_pages_one_origin(one: Draft, two: Draft, expected: tuple[int, str]) -> None:
    assert bound(one, two) == expected


def test_two_accounts_of_one_platform_are_two_makers() -> None:
    def posted(uri: str, words_: str, account: str) -> Draft:
        return tell(words_, uri=uri, outlet="网", account=account)

    assert one_act(posted("a", SHORT, "小禾"), posted("b", PLAIN, "小麦")).outlets == 2
    assert one_act(posted("a", SHORT, "小禾"), posted("b", PLAIN, "小禾")).outlets == 1


def test_a_page_without_a_maker_is_no_outlet() -> None:
    def unnamed(uri: str) -> Draft:
        page = tell(SHORT, uri=uri, outlet=uri)
        page.page = replace(page.page, outlet=None)
        return page

    assert (one_act(unnamed("a")).outlets, one_act(unnamed("a"), tell(PLAIN, uri="b")).outlets) == (0, 1)


def test_a_page_signed_by_an_agency_leans_on_it() -> None:
    def signed(uri: str, words_: str) -> Draft:
        page = tell(words_, uri=uri, body="新华社里昂5月7日电 会谈结束。")
        page.statement("attributed", "report", "会谈结束", claimants=[page.claimant("新华社")], stance="credit")
        return page

    assert bound(signed("a", SHORT), signed("b", PLAIN)) == (1, "one medium")
    assert bound(signed("a", SHORT), tell(PLAIN, uri="b", outlet="新华网")) == (1, "one medium")
    assert bound(signed("a", SHORT), tell(PLAIN, uri="b", outlet="远峰网")) == (2, "")


def test_bonds_chain_and_the_first_published_leads() -> None:
    late = tell(SHORT, uri="c", body=BODY, outlet="丙报", published="2024-05-09")
    act = one_act(late, tell(PLAIN, uri="b", body=BODY, published="2024-05-08"), tell(PLAIN, uri="a", outlet="丙报",
                  published="2024-05-07", body=OTHER_BODY))  # fmt: skip
    assert act.origins == 1
    assert [telling.uri for telling in act.tellings] == ["a", "b", "c"]
    assert [bool(telling.origin_why) for telling in act.tellings] == [False, True, True]
    assert {telling.origin for telling in act.tellings} == {1}


@pytest.mark.parametrize("order", [("a", "b", "c"), ("b", "c", "a"), ("c", "a", "b")])
def test_a_page_that_repeats_nameless_words_does_not_tie_two_media_together(order: tuple[str, ...]) -> None:
    days = {uri: f"2024-05-0{day}" for day, uri in enumerate(order, 7)}
    one = cited("a", "法国官员", "unnamed", SHORT, first="路透社", published=days["a"])
    two = cited("b", "法国官员", "unnamed", PLAIN, first="法新社", published=days["b"])
    plain = cited("c", "法国官员", "unnamed", "法国外长会见德国外长，地点在里昂", published=days["c"])
    act = one_act(one, two, plain)
    assert act.origins == 2
    assert [telling.origin_why.split(":")[0] for telling in act.tellings].count("one unnamed source") == 1


def test_a_copy_is_bound_before_nameless_words_are() -> None:
    """A page that repeats 法新社's text and nameless words is 法新社's, though 路透社 has those words too."""
    plain = cited("a", "法国官员", "unnamed", SHORT, rest=BODY, published="2024-05-06")
    one = cited("b", "法国官员", "unnamed", PLAIN, first="路透社", published="2024-05-07")
    two = cited("c", "法国官员", "unnamed", SHORT, first="法新社", rest=BODY, published="2024-05-08")
    act = one_act(plain, one, two)
    assert [telling.origin for telling in act.tellings] == [1, 2, 1]


def test_the_reason_of_a_telling_is_its_own_bond() -> None:
    """The last page copies the first and is of one outlet with the second: the second is bound by that alone."""
    first = tell(SHORT, uri="a", title="甲", published="2024-05-06", body=BODY)
    second = tell(PLAIN, uri="b", title="乙", published="2024-05-07", body=OTHER_BODY, outlet="乙报")
    other = tell(
        "法国外长会见德国外长，地点在里昂", uri="c", title="丙", published="2024-05-08", outlet="丙报", body=OTHER_BODY
    )
    last = tell("德国外长与法国外长于里昂一谈", uri="d", title="丁", published="2024-05-09", outlet="丙报", body=BODY)
    act = one_act(first, second, other, last)
    assert [(telling.uri, telling.origin_why) for telling in act.tellings] == [
        ("a", ""), ("b", "copy of the page: 丙"), ("c", "one outlet: 丁"), ("d", "copy of the page: 甲"),
    ]  # fmt: skip


@pytest.mark.parametrize(("one", "two"), [
    ("https://www.a.cn/x/index.html?from=wx&id=3", "http://a.cn/x?id=3"),
    ("https://m.a.cn/x/", "https://a.cn/x"),
    ("https://a.cn/x?a=1&b=2", "https://a.cn/x?b=2&a=1&utm_medium=mail"),
])  # fmt: skip
def test_one_address_however_it_was_shared(one: str, two: str) -> None:
    assert address(one) == address(two)


def test_other_addresses_and_paths_stay_apart() -> None:
    assert len({address(uri) for uri in ("https://a.cn/x?id=3", "https://a.cn/x?id=4", "https://b.cn/x?id=3")}) == 3
    assert address("https://a.cn/show?10023") != address("https://a.cn/show?10024")
    assert address("https://a.cn/x?shareholder=1") != address("https://a.cn/x?shareholder=2")
    assert address("https://a.cn/x?share_token=1&share=2") == address("https://a.cn/x")
    assert address("pages/www.a.cn/1.txt") == "pages/www.a.cn/1.txt"
    assert address("https://[a") == "https://[a"


@pytest.mark.parametrize(("meta", "own"), [
    ({"canonical": "https://a.cn/1", "og:url": "https://a.cn/2"}, "https://a.cn/1"),
    ({"canonical": "/1", "og:url": "https://a.cn/2"}, "https://a.cn/2"),
    ({"canonical": "https://a.cn/", "og:url": "https://a.cn/index.html"}, None),  # of the site, not of the page
    ({"canonical": "https://a.cn/?p=3"}, "https://a.cn/?p=3"),
    ({"canonical": "https://[a", "og:url": "javascript:x"}, None),
    ({}, None),
])  # fmt: skip
def test_the_address_that_a_page_gives_itself(meta: dict[str, str], own: str | None) -> None:
    assert own_address(meta) == own


def test_a_medium_has_one_name() -> None:
    known = media()
    assert medium("路透", known) == medium("路透社", known) == medium("Reuters", known) == "路透社"
    assert medium("《某某報》", known) == "某某报"


# near-copies


def changed(text: str, how: str) -> str:
    lines = text.splitlines()
    if how == "head and foot":
        return "\n".join(["某某转载网", "首页 > 国际 > 正文", *lines, "责任编辑：某某", "版权归原作者所有"])
    if how == "a paragraph cut":
        longest = sorted((line for line in lines if len(line) > 10), key=len, reverse=True)
        lines.remove(longest[len(longest) // 2])
        return "\n".join(lines)
    from opencc import OpenCC

    return str(OpenCC("s2t").convert(text))


@pytest.mark.parametrize("how", ["head and foot", "a paragraph cut", "script"])
def test_near_copies_of_the_samples_are_found_and_nothing_else(
    how: str, records: dict[Path, Record], reader: Reader
) -> None:
    """The two near-copies that stand among the samples, and each sample's own; no pair of different stories."""
    chinese = {path: record for path, record in records.items() if record.page.language.startswith("zh")}
    models = {path.name: lit(record, media()).report for path, record in chinese.items()}
    again = {
        path.name: lit(reader.read(changed(record.capture.text, how).encode(), f"copy/{path.name}"), media()).report
        for path, record in chinese.items()
    }
    names = {report.id: name for found in (models, again) for name, report in found.items()}
    found = {tuple(sorted((names[one], names[two]))) for one, two in copies([*models.values(), *again.values()])}
    own = {(name, name) for name in models if models[name].id != again[name].id}
    assert found - own == {
        ("01-selfmedia-geneva.txt", "02-selfmedia-geneva-repost.txt"),
        ("07-agency-saudi-iran.txt", "18-site-saudi-iran-copy.html"),
    }
    assert len(own & found) >= 0.95 * len(own)


def test_too_short_a_text_is_no_copy() -> None:
    one, two = [page.report for page in lights(tell("法国批评德国", uri="a"), tell("法国批评德国", uri="b"))]
    assert one.shingles < 24
    assert not copied(one, two)
    assert bands(one) == []


def test_pages_of_a_report_share_their_origin_by_place() -> None:
    pages = lights(tell(uri="a", body=BODY), tell(uri="b", body=OTHER_BODY), tell(uri="c", body=BODY))
    assert page_origins([page.report for page in pages]) == [0, 1, 0]


# words


def test_words_fold_script_width_and_case() -> None:
    assert words("中國ＡＢＣ，abc 12") == ["中", "国", "abc", "abc", "12"]
    assert grams(["中"], 2) == {"中"}
    assert grams([], 2) == frozenset()
    assert near(frozenset(), frozenset()) == 0.0


def test_a_signature_is_the_same_from_run_to_run() -> None:
    """It is kept in ledgers: if another release of the hash gives other numbers, copies are no longer found."""
    assert hashes(frozenset(["法 国", "国 外"]), 4) == hashes(frozenset(["国 外", "法 国"]), 4)
    sketch, count = signature("法国外长在里昂与德国外长举行会谈")
    assert (len(sketch), count) == (512, 13)
    assert sketch[:8].hex() == "d73930c21872210d"
    assert shared(sketch, count, sketch, count) == 1.0
