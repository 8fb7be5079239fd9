"""Who is meant: cases as data; names proposed beside titles only; nothing breaks on foreign words."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attache.lexicon.fold import fold
from attache.lexicon.rows import PROPOSED, Entry, Reading, Term
from attache.pipeline import Reader
from attache.read.actor import in_office
from attache.read.known import Known
from attache.read.mention import parties as find_parties
from attache.record import Mention

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "parties" / "zh.toml").read_text(encoding="utf-8"))["case"]
PIECES = [
    *(
        [
            "法国",
            "中方",
            "总统",
            "外长",
            "皮斯托里乌斯",
            "马克龙",
            "驻",
            "前",
            "的",
            "和",
            "、",
            "，",
            "。",
            "（",
            "）",
            "·",
            "他",
            "双方",
            "莫斯科",
            "在",
            "委员会",
            "巴方",
            "访华",
        ]
    ),
    *(["Biden", "NATO", "🙂", "アメリカ", "서울", "nǐ", "12月7日", "说", "长"]),
    "\n",
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def told(reader: Reader, text: str) -> list[tuple[Mention, str]]:
    """The parties that a page of that text mentions, in order, each with its words."""
    page = f"会谈消息\n2023-03-01\n\n{text}\n"
    record = reader.read(page.encode(), "page")
    return [(mention, page[mention.start : mention.end]) for mention in record.mentions if mention.kind == "actor"]


def parties(reader: Reader, text: str) -> list[Mention]:
    """The parties that a page of that text mentions, in order."""
    return [mention for mention, _ in told(reader, text)]


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:20] for case in CASES])
def test_every_party_of_the_cases(reader: Reader, case: dict[str, object]) -> None:
    found = [
        f"{words} {'+'.join(actor.code or '?' for actor in mention.actors)}{'*' if mention.actors[0].proposed else ''}"
        for mention, words in told(reader, str(case["text"]))
    ]
    assert found == case["parties"]


def test_a_name_beside_no_title_is_not_proposed(reader: Reader) -> None:
    assert [m for m in parties(reader, "穆斯特曼周三在家，卡萨诺夫斯基走了。") if m.actors[0].proposed] == []


def test_a_proposed_name_has_the_state_of_its_office_and_keeps_it_on_the_page(reader: Reader) -> None:
    first, second = parties(reader, "德国国防部长鲍里斯·穆斯特曼到访。穆斯特曼说，援助将继续。")
    for mention in (first, second):
        (actor,) = mention.actors
        assert (actor.code, actor.proposed) == ("DEU", True)
    assert first.actors[0].name == second.actors[0].name == "鲍里斯·穆斯特曼"
    assert first.actors[0].office == "国防部长"


def test_what_one_page_told_does_not_reach_the_next(reader: Reader) -> None:
    parties(reader, "德国国防部长穆斯特曼到访。")
    assert parties(reader, "穆斯特曼说，援助将继续。") == []


def test_a_pronoun_between_two_people_means_nobody(reader: Reader) -> None:
    found = parties(reader, "法国总统马克龙会见德国总理朔尔茨。他说，会谈很好。")
    assert [mention.actors[0].name for mention in found] == ["马克龙", "朔尔茨"]


def test_both_sides_of_three_are_nobody(reader: Reader) -> None:
    found = parties(reader, "法国、德国和意大利的代表到场。双方没有达成协议。")
    assert [len(mention.actors) for mention in found] == [1, 1, 1]


@pytest.mark.parametrize(
    ("day", "held"),
    [
        ("2022-05-09", False), ("2022-05-10", True), ("2022", True), ("2025-04", True), ("2025-04-30", True),
        ("2025-05", False),
    ],
)  # fmt: skip
def test_in_office_is_as_fine_as_the_dates(day: str, held: bool) -> None:
    term = Term("president", "总统", "GOV", "2022-05-10", "2025-04")
    assert in_office(Reading("KOR", "person", "某某", "GOV", terms=[term]), day)[0] is held


@given(st.one_of(st.lists(st.sampled_from(PIECES), max_size=25).map("".join), st.text(max_size=120)))
@settings(max_examples=250, deadline=None)
def test_names_lie_in_the_text_and_have_a_code_of_the_lexicon(reader: Reader, text: str) -> None:
    folded = fold(text).text
    tokens, found = find_parties(folded, reader.tables, Known(), "2023-03-01")
    assert [token.start for token in tokens[1:]] == [token.end for token in tokens[:-1]]
    assert not tokens or (tokens[0].start, tokens[-1].end) == (0, len(folded))
    for party in found:
        assert 0 <= party.start < party.end <= len(folded)
        assert party.code in reader.tables.names or party.code == ""
        if party.reading is not None and party.reading.kind in PROPOSED:
            assert party.reading.name in folded


def test_a_name_that_two_people_of_a_page_bear_is_nobodys() -> None:
    known = Known()
    for code, name in (("DEU", "鲍里斯·穆斯特曼"), ("FRA", "皮埃尔-穆斯特曼")):
        known.meet(name, Entry(readings=[Reading(code, "person", name, "GOV")]))
    assert set(known.names) == {"鲍里斯·穆斯特曼", "皮埃尔-穆斯特曼"}


def test_an_organ_that_points_back_is_its_states_and_nobodys_person(reader: Reader) -> None:
    organ = parties(reader, "法国总统马克龙表示遗憾。外交部没有回应。")[-1].actors[0]
    assert (organ.code, organ.name, organ.office) == ("FRA", None, None)


def test_offices_are_told_on_a_page_that_is_only_bounded(reader: Reader) -> None:
    record = reader.read("外长王毅会见法国总统马克龙。\n".encode(), "page", captured_at="2024-06-01")
    offices = [mention.actors[0].office for mention in record.mentions if mention.kind == "actor"]
    assert offices == ["外长", "总统"]


def test_words_that_are_never_short_for_a_state_stay_so_whatever_the_page_names(reader: Reader) -> None:
    found = parties(reader, "马来西亚和立陶宛的代表到场。马总统没有出席，供气五百立方。")
    assert [mention.actors[0].code for mention in found] == ["MYS", "LTU"]


def test_many_names_take_time_in_proportion(reader: Reader) -> None:
    """400 coordinated names: read to the end, each once."""
    text = "、".join(["法国总统马克龙", "德国国防部长穆斯特曼"] * 200)
    _, found = find_parties(fold(text).text, reader.tables, Known(), None)
    assert len(found) == 400
