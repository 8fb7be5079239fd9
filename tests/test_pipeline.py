"""The whole line: what holds for every page, however it is written and whatever stands on it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from opencc import OpenCC

from attache.lexicon.fold import fold
from attache.pipeline import Reader
from attache.record import Record
from pages import SAMPLES, gaps, kinds, misplaced, outline

PLAIN = [path for path in SAMPLES if path.suffix == ".txt" and not path.stem.startswith(("25-english", "27-"))]
each_sample = pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
each_plain = pytest.mark.parametrize("path", PLAIN, ids=lambda path: path.stem)
QUESTION = re.compile("[？?][”’」』\"']*$")


# --- what holds for every record


@each_sample
def test_the_parts_cover_the_text(records: dict[Path, Record], path: Path) -> None:
    record = records[path]
    assert gaps(record.page.parts, len(record.capture.text)) == []


@each_sample
def test_every_span_is_the_words_that_it_says(records: dict[Path, Record], path: Path) -> None:
    assert misplaced(records[path]) == []


@each_sample
def test_every_paragraph_is_accounted_for(records: dict[Path, Record], path: Path) -> None:
    """Its sentences cover its words in order, and each came to something."""
    record = records[path]
    for index, part in enumerate(record.page.parts):
        if part.kind != "paragraph":
            continue
        inside = [sentence for sentence in record.sentences if sentence.part == index]
        at = part.start
        for sentence in inside:
            assert sentence.outcome, record.capture.text[sentence.start : sentence.end]
            assert len(set(sentence.outcome)) == len(sentence.outcome)
            assert at <= sentence.start < sentence.end <= part.end
            assert not visible(record.capture.text[at : sentence.start])
            at = sentence.end
        assert not visible(record.capture.text[at : part.end])


def visible(text: str) -> str:
    """Text without blanks and characters that nobody sees."""
    return "".join(fold(text).text.split())


@each_sample
def test_outcomes_are_borne_out_by_the_record(records: dict[Path, Record], path: Path) -> None:
    """`events` stands where an event does, `statements` where a statement or a forecast does."""
    record = records[path]
    told = [(span.start, span.end) for event in record.events for span in [event.evidence, *event.also]]
    said = [(s.evidence.start, s.evidence.end) for s in record.statements if s.kind != "judgement"]
    said += [(forecast.evidence.start, forecast.evidence.end) for forecast in record.forecasts]
    open_ = [(one.span.start, one.span.end) for one in record.unsure if one.span]
    for sentence in record.sentences:
        for name, spans in (("events", told), ("statements", said), ("unsure", open_)):
            if name in sentence.outcome:
                assert any(start < sentence.end and sentence.start < end for start, end in spans), (
                    name, record.capture.text[sentence.start : sentence.end],
                )  # fmt: skip


@each_sample
def test_events_stand_in_body_paragraphs_only(records: dict[Path, Record], path: Path) -> None:
    """Titles, headings, captions, notices, recommendations and comments hold no events."""
    record = records[path]
    body = [(part.start, part.end) for part in record.page.parts if part.kind == "paragraph"]
    for event in record.events:
        for span in [event.evidence, *event.also]:
            assert any(start <= span.start < span.end <= end for start, end in body), span
        here = record.sentences[event.sentence]
        assert here.start <= event.evidence.start < event.evidence.end <= here.end
        assert "events" in here.outcome


@each_sample
def test_a_rhetorical_question_makes_no_event(records: dict[Path, Record], path: Path) -> None:
    record = records[path]
    for event in record.events:
        here = record.sentences[event.sentence]
        assert not QUESTION.search(record.capture.text[here.start : here.end].rstrip())


@each_sample
def test_events_say_who_when_and_by_which_rule(records: dict[Path, Record], reader: Reader, path: Path) -> None:
    record = records[path]
    assert len({event.id for event in record.events}) == len(record.events)
    for event in record.events:
        assert event.actors
        assert all(actor.code in reader.tables.names for actor in event.actors + event.recipients)
        assert event.rule
        assert 0 < event.confidence <= 1
        assert (event.when is None) == (event.when_basis is None)
        assert 0 <= event.sentence < len(record.sentences)


def test_samples_of_every_kind_give_events(records: dict[Path, Record]) -> None:
    """The tests above say nothing about pages without events: those are the two English ones."""
    empty = [path.stem for path, record in records.items() if not record.events]
    assert [name for name in empty if "english" not in name] == []


def test_the_clock_of_a_page_is_no_act_on_it(records: dict[Path, Record]) -> None:
    """Where a page tells no date it is bounded from below by a dated act;

    今天 and 当天 only give back its own clock.
    """
    bounded = [record for record in records.values() if record.page.published.basis == "bounded"]
    assert bounded
    for record in bounded:
        (span,) = record.page.published.evidence
        assert re.search("[0-9一二三四五六七八九十]", span.text), (record.capture.uri, record.page.published)


# --- the same page, the same record

SCRIPT = """
import sys
from pathlib import Path
import msgspec
from attache.pipeline import Reader
reader = Reader()
for name in sys.argv[1:]:
    sys.stdout.buffer.write(msgspec.json.encode(reader.read_file(Path(name))) + b"\\n")
"""


def printed(paths: list[Path], **env: str) -> list[bytes]:
    """The records of pages, one a line, from a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *map(str, paths)], capture_output=True, check=True, env=os.environ | env
    )
    return done.stdout.splitlines()


def test_the_same_bytes_come_out_whatever_the_hash_seed_the_locale_and_the_order() -> None:
    one = printed(SAMPLES, PYTHONHASHSEED="1", LC_ALL="C.UTF-8")
    two = printed(SAMPLES[::-1], PYTHONHASHSEED="4242", LC_ALL="C", LANG="C", TZ="Pacific/Auckland")
    assert one == two[::-1]
    assert len(one) == len(SAMPLES)


def test_a_page_read_twice_gives_the_same(reader: Reader, records: dict[Path, Record]) -> None:
    """The reader keeps nothing of the pages that it read before."""
    for path in SAMPLES[::5]:
        assert reader.read_file(path) == records[path]


def test_the_capture_is_named_as_given(reader: Reader) -> None:
    record = reader.read("法国谴责德国。".encode(), "https://example.org/页?a=1#b", captured_at="2024-05-01T10:00:00Z")
    assert record.capture.uri == "https://example.org/页?a=1#b"
    assert record.capture.captured_at == "2024-05-01T10:00:00Z"


# --- ways of writing

ASCII = str.maketrans("，：；？！（）“”", ',:;?!()""')
WIDE = str.maketrans({",": "，", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"})
HAN = re.compile("(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])")
WRITTEN: dict[str, Callable[[str], str]] = {
    "ascii punctuation": lambda text: text.translate(ASCII),
    "full-width punctuation": lambda text: text.translate(WIDE),
    "full-width digits": lambda text: text.translate({ord(c): chr(ord(c) + 0xFEE0) for c in "0123456789"}),
    "corner brackets": lambda text: text.translate(str.maketrans("“”‘’", "「」『』")),
    "crlf": lambda text: text.replace("\r\n", "\n").replace("\n", "\r\n"),
    "zero width": lambda text: HAN.sub("\u200b", text),
    "joiners and marks": lambda text: "\ufeff" + re.sub("(?<=[，。])", "\u2060", text),
    "traditional": OpenCC("s2t").convert,
    "traditional of Taiwan": OpenCC("s2tw").convert,
    "traditional of Hong Kong": OpenCC("s2hk").convert,
    "simplified": OpenCC("t2s").convert,
}  # fmt: skip
ENCODED = {"gb18030": "simplified", "utf-16": "simplified", "utf-8-sig": "simplified", "big5hkscs": "traditional"}


def assert_same(told: Record, plain: Record) -> None:
    """The same parts, dates and events, however the page is written."""
    assert kinds(told) == kinds(plain)
    assert told.page.published.edtf == plain.page.published.edtf
    assert sorted(map(outline, told.events)) == sorted(map(outline, plain.events))
    assert misplaced(told) == []


@each_plain
@pytest.mark.parametrize("name", WRITTEN)
def test_ways_of_writing_change_no_event(reader: Reader, records: dict[Path, Record], path: Path, name: str) -> None:
    text = WRITTEN[name](records[path].capture.text)
    assert_same(reader.read(text.encode(), str(path)), records[path])


@each_plain
@pytest.mark.parametrize("encoding", ENCODED)
def test_encodings_change_no_event(reader: Reader, records: dict[Path, Record], path: Path, encoding: str) -> None:
    """What an encoding cannot write is left out of both pages."""
    text = WRITTEN[ENCODED[encoding]](records[path].capture.text)
    data = text.encode(encoding, "ignore")
    assert_same(reader.read(data, str(path)), reader.read(data.decode(encoding).encode(), str(path)))
