"""Who says it, how sure, in whose words: every case under cases/voices, and what holds for any page."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from attache.pipeline import Reader
from attache.record import Record, Statement

CASES = Path(__file__).parents[2] / "cases" / "voices"
COMMENT = "小编认为，这场闹剧背后的算计令人深思，实质上正是霸权逻辑在作祟，归根结底是一种短视。"


def cases(name: str) -> list[Any]:
    found = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    return [pytest.param(case, id=case["text"][:24]) for case in found]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def read(reader: Reader, *paragraphs: str) -> Record:
    return reader.read(("标题\n2024-05-10\n\n" + "\n\n".join(paragraphs) + "\n").encode(), "case")


def chain(statement: Statement) -> list[str]:
    return [claimant.text for claimant in statement.claimants]


def bare(words: str) -> str:
    return words.strip('“”「」"。')


def voiced(record: Record) -> list[Statement]:
    """What sources say, quoted strings and denials apart."""
    return [
        s for s in record.statements
        if s.voice == "attributed" and s.claimants and s.stance is not None and s.kind != "denial"
    ]  # fmt: skip


@pytest.mark.parametrize("case", cases("attribution"))
def test_who_says_it(reader: Reader, case: dict[str, Any]) -> None:
    told = voiced(read(reader, case["text"]))
    shown = [[chain(s), s.evidence.text[:12], s.stance] for s in told]
    for sources, words, stance in case["voices"]:
        assert any(
            chain(s) == sources and s.evidence.text.lstrip("“").startswith(words) and (s.stance == stance) for s in told
        ), shown
    if not case["voices"]:
        assert shown == []


@pytest.mark.parametrize("case", cases("wording"))
def test_whose_words_a_quoted_string_is(reader: Reader, case: dict[str, Any]) -> None:
    found = read(reader, case["text"]).statements
    for words, wording, speaker in case["quotes"]:
        told = [(s.wording, chain(s)) for s in found if bare(s.evidence.text) == bare(words)]
        assert told == [(wording, [speaker] if speaker else [])]


@pytest.mark.parametrize("case", cases("certainty"))
def test_how_sure_it_is(reader: Reader, case: dict[str, Any]) -> None:
    words, certainty, mark = case["statement"]
    (told,) = [s for s in voiced(read(reader, case["text"])) if s.evidence.text.startswith(words)]
    assert (told.certainty, told.mark) == (certainty, mark)
    assert (told.certainty_why is None) == (certainty == "stated")


@pytest.mark.parametrize("case", cases("denials"))
def test_who_denies_what(reader: Reader, case: dict[str, Any]) -> None:
    record = read(reader, case["text"])
    disputed = [[e.type, [c.text for c in e.disputed_by]] for e in record.events if e.disputed_by]
    assert disputed == case["disputed"]
    denials = [s for s in record.statements if s.kind == "denial"]
    assert [[s.claimants[0].text, s.stance] for s in denials] == case["denials"]
    for one in denials:
        for number in one.about_statements:
            about = record.statements[number].evidence
            assert any(about.start < span.end and span.start < about.end for span in one.about)


@pytest.mark.parametrize("case", cases("judgement"))
def test_the_writer_is_told_by_shape(reader: Reader, case: dict[str, Any]) -> None:
    record = read(reader, COMMENT, case["text"], COMMENT)
    told = [s for s in record.sentences if record.capture.text[s.start : s.end].startswith(case["text"][:8])]
    assert [("judgement" in s.outcome) for s in told] == [case["judges"]]


def test_an_interview_keeps_questions_and_answers_apart(reader: Reader) -> None:
    record = read(
        reader,
        "2023年4月4日，芬兰外交部发言人在赫尔辛基回答了本报记者关于入约和边界的提问，以下是谈话的节录。",
        "记者：芬兰入约之后，边界上的军力部署会不会增加，政府有没有具体的计划和预算？",
        "发言人：我们没有这样的计划。边界已经封闭了一部分，其余口岸照常开放，旅客可以通行。",
    )
    told = [(s.stance, chain(s)[0], s.evidence.text[:6]) for s in voiced(record)]
    assert ("ask", "记者", "芬兰入约之后") in told
    assert ("say", "发言人", "我们没有这样") in told
    assert ("say", "发言人", "边界已经封闭") in told
    assert not [event for event in record.events if "会不会" in event.evidence.text]


def test_an_unnamed_source_keeps_number_state_and_office(reader: Reader) -> None:
    told = voiced(read(reader, "三名德国外交官透露，谈判将延期。"))
    (who,) = told[0].claimants
    assert (who.kind, who.count, who.code, who.office) == ("unnamed", "三名", "DEU", "外交官")


def test_the_credit_of_a_medium_covers_its_paragraph(reader: Reader) -> None:
    record = read(reader, "北城社赫尔辛基4月4日电 芬兰4日成为北约成员国。仪式在布鲁塞尔举行。")
    (credit,) = [s for s in record.statements if s.stance == "credit"]
    assert chain(credit) == ["北城社"]
    assert credit.evidence.text.startswith("芬兰4日")
    assert credit.evidence.text.endswith("布鲁塞尔举行。")
    assert all(not event.claimants for event in record.events)


def test_a_quotation_runs_on_over_paragraphs_that_open_it_anew(reader: Reader) -> None:
    record = read(reader, "尼尼斯托说：“这是一个新的时代。", "“我们不再孤单。”", "仪式随后结束。")
    told = {s.evidence.text.strip("“”"): chain(s) for s in voiced(record)}
    assert told["我们不再孤单。"] == ["尼尼斯托"]
    assert not any("仪式" in words for words in told)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("尼尼斯托说：“这是一个新的时代，我们", "quotation"),
        ("这是一个新的时代”，仪式随后结束。", "quotation"),
        ("表示，谈判将于下周恢复，地点未定。", "speaker"),
    ],
)
def test_what_is_not_closed_or_not_named_is_said(reader: Reader, text: str, what: str) -> None:
    record = read(reader, text, "仪式随后结束，各代表团离开了会场。")
    assert what in {one.what for one in record.unsure}


@pytest.mark.parametrize(
    "text",
    [
        "他说" * 900, "“" * 2000, "”" * 2000, "据" * 1500 + "报道", "「『" * 600 + "』」" * 600, "说，" * 1000 + "。",
        '"' * 999 + "普京说", "普京说：“" + "我们将继续，" * 400 + "。",
    ],
)  # fmt: skip
def test_long_and_broken_sentences_close_their_scopes(reader: Reader, text: str) -> None:
    record = read(reader, text)
    for statement in record.statements:
        span = statement.evidence
        assert record.capture.text[span.start : span.end] == span.text
