from __future__ import annotations

import io
import re

import msgspec
import pytest
from rich.cells import cell_len
from rich.console import Console

import scene
from attache.face.terminal import show
from attache.lexicon.tables import Tables, tables
from attache.record import Check, Record
from build import Draft

WIDTHS = [60, 80, 109, 110, 140, 200]


@pytest.fixture(scope="module")
def known() -> Tables:
    return tables()


def printed(record: Record, known: Tables, width: int = 100, *, terminal: bool = False) -> str:
    out = io.StringIO()
    show(record, Console(file=out, width=width, force_terminal=terminal, color_system="truecolor"), known)
    return out.getvalue()


def flat(text: str) -> str:
    """Without line breaks and the blanks that wrapping brings."""
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_is_wider_than_the_console(known: Tables, width: int) -> None:
    for line in printed(scene.page(), known, width).splitlines():
        assert cell_len(line) <= width
        assert line == line.rstrip()


@pytest.mark.parametrize("width", WIDTHS)
def test_everything_is_shown_at_every_width(known: Tables, width: int) -> None:
    text = flat(printed(scene.page(), known, width))
    for words in (
        "法德代表在里昂会谈", "榕江社", "林简", "2024-05-08(stated:adateline)", "zh-Hans", "lyon.txt",
        "events5", "sentences9", "Negotiations", "shutout:USA美国", "planned:movedfrom美因茨",
        "Positions", "Pledges,offers,demands", "pledge,open", "Disputes", "denies", "Forecasts", "thewriter",
        "nothingcoulddecideit", "Reasons", "“六月仍无答复”", "judgement", "1of9", "“说到底，这不过是一场秀。”",
        "Notdecided", "namesnoparty", "areasonwithoutaspan",
    ):  # fmt: skip
        assert words in text, words


@pytest.mark.parametrize("width", [60, 200])
def test_an_event_tells_who_when_according_to_whom_and_how_sure(known: Tables, width: int) -> None:
    lines = printed(scene.page(), known, width)
    text = flat(lines)
    for words in (
        "2024-05-09", "disclosed", "2024-05-10", "USA→FRA,DEU", "美国→法国,德国", "Reject(meet)", "拒绝反对",
        "《莱茵晚报》citing", "知情人士", "actual0.50", "future0.50", "美国国务院", ">300,000,000EUR“3亿欧元”",
        "venue里昂(Lyon,FRA)", "法国总统马克龙→德国", "FRA,DEU→unlinked", "thepage",
    ):  # fmt: skip
        assert words in text, words
    event = scene.page().events[2]
    assert f"[{event.evidence.start}–{event.evidence.end}]" in text


def test_columns_are_aligned_without_a_terminal(known: Tables) -> None:
    lines = printed(scene.page(), known, 120).splitlines()
    header = next(line for line in lines if line.startswith("date "))
    at = header.index("words")
    rows = [line for line in lines[lines.index(header) + 1 :] if re.match(r"2024-05-0|2025|no date", line)]
    assert len(rows) == 5
    for row in rows:
        before = row[: row.index("“")]
        assert cell_len(before) == at
    assert not re.search("[─-╿]", "\n".join(lines))


def test_plain_without_a_terminal_and_styled_on_one(known: Tables) -> None:
    assert "\x1b" not in printed(scene.page(), known)
    assert "\x1b[1m" in printed(scene.page(), known, terminal=True)


def test_no_color_is_obeyed(known: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert not re.search(r"\x1b\[[\d;]*(?:3|4|9|10)\d[\d;]*m", printed(scene.page(), known, terminal=True))


def test_the_same_record_prints_the_same(known: Tables) -> None:
    assert printed(scene.page(), known) == printed(scene.page(), known)


def test_an_event_that_is_taken_away_is_not_shown(known: Tables) -> None:
    record = scene.page()
    gone = record.events[4].evidence
    shorter = msgspec.structs.replace(record, events=record.events[:4])
    assert gone.text in printed(record, known, 200)
    assert gone.text not in printed(shorter, known, 200)


def test_a_page_without_anything(known: Tables) -> None:
    record = msgspec.structs.replace(Draft("空白", []).record(), sentences=[])
    text = printed(record, known)
    assert "Events (0)" in text
    assert "none" in text
    assert "Forecasts" not in text


def test_words_of_a_page_are_neither_markup_nor_commands(known: Tables) -> None:
    page = Draft("[bold]标题[/bold] :smile:", ["法国\x1b]0;x\x07批评[red]德国\u202e。"], outlet=None, account="[/]")
    page.event("ACCUSE", [scene.FRANCE], [scene.GERMANY], "法国\x1b]0;x\x07批评[red]德国\u202e")
    text = printed(page.record(), known, 200, terminal=False)
    assert "[bold]标题[/bold] :smile:" in text
    assert "批评[red]德国" in text
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", text)


def test_long_lists_say_how_many_more(known: Tables) -> None:
    page = Draft("清单", ["法国批评德国。"])
    page.checks = [Check(kind="unnamed source", message=f"finding {i}", spans=[page.span("法国")]) for i in range(20)]
    text = printed(page.record(), known)
    assert "To check (20)" in text
    assert "finding 11" in text
    assert "finding 12" not in text
    assert "8 more, see --json" in text


def test_an_english_page_has_english_names(known: Tables) -> None:
    record = scene.page()
    english = msgspec.structs.replace(record, page=msgspec.structs.replace(record.page, language="en"))
    text = flat(printed(english, known, 60))
    assert "theUnitedStates→France,Germany" in text
    assert "PresidentEmmanuelMacronofFrance→Germany" in text
