"""Sample pages marked by hand: the marks parse, name known codes and stand on the page."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Literal

import msgspec
import pytest

from attache.lexicon.load import load
from attache.lexicon.raw import actor_codes
from attache.record import EventType, Mark, Record
from pages import ROOT
from scoring import Tally, find

CASES = sorted((ROOT / "cases/pages").glob("*.json"))
EDTF = re.compile(r"\d{4}(-\d\d(-\d\d)?)?(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?)?[~?%]?")
ONE_SIDED = ("MOBILIZE", "ASSAULT", "SANCTION", "COERCE", "PROTEST")
each = pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)


class Marked(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """An event as a reader marked it."""

    type: EventType
    actors: list[str]
    recipients: list[str]
    evidence: str
    status: Mark
    claimants: list[str]
    disputed_by: list[str]
    when: str | None
    also: list[str]
    optional: bool = False


class Case(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """``cases/pages/<sample>.json``."""

    page: str
    title: str
    published: str | None
    events: list[Marked]


def case_of(path: Path) -> Case:
    return msgspec.json.decode(path.read_bytes(), type=Case)


def text_of(path: Path, records: dict[Path, Record]) -> str:
    return records[ROOT / "samples" / case_of(path).page].capture.text


@pytest.fixture(scope="module")
def known() -> set[str]:
    """Codes of parties; WEST stands for a side of the world and for no state or body."""
    return actor_codes(load()) | {"WEST"}


def test_there_are_marked_pages_of_every_layout() -> None:
    kinds = {path.stem.split("-")[1] for path in CASES}
    assert {"selfmedia", "agency", "broadcast", "site"} <= kinds


def test_every_type_is_marked_somewhere() -> None:
    marked = {event.type for path in CASES for event in case_of(path).events}
    assert len(marked) >= 12


@each
def test_marks_have_the_shape_that_they_should(path: Path) -> None:
    case = case_of(path)
    assert case.page.startswith(path.stem)
    assert case.events
    for event in case.events:
        assert event.actors
        assert event.recipients or event.type in ONE_SIDED, event.evidence
        assert len(set(event.actors)) == len(event.actors)
        assert len(set(event.recipients)) == len(event.recipients)


@each
def test_marks_stand_on_the_page(path: Path, records: dict[Path, Record]) -> None:
    """Evidence word for word, white space and line ends aside; sources and denials as they are worded."""
    text, case = text_of(path, records), case_of(path)
    for event in case.events:
        for words in [event.evidence, *event.also, *event.claimants, *event.disputed_by]:
            assert words.strip()
            assert find(words, text), words
    assert find(case.title, text)


@each
def test_marks_name_known_codes_and_dates(path: Path, known: set[str]) -> None:
    case = case_of(path)
    for event in case.events:
        assert set(event.actors + event.recipients) <= known
    for when in [case.published, *(event.when for event in case.events)]:
        for side in (when or "").split("/"):
            assert side in ("", "..") or EDTF.fullmatch(side), when


@each
def test_no_act_is_marked_twice(path: Path) -> None:
    """The same words may tell several acts, but not one of the same type with the same parties."""
    keys = [(e.type, sorted(e.actors), sorted(e.recipients), e.evidence) for e in case_of(path).events]
    assert all(keys.count(key) == 1 for key in keys)


@each
def test_the_date_of_the_page_is_found(path: Path, records: dict[Path, Record]) -> None:
    """Where the page states its date the day must agree; where not, its bounds must hold what a careful reader says."""
    marked = case_of(path).published
    record = records[ROOT / "samples" / case_of(path).page]
    told = record.page.published.edtf
    assert marked is not None
    assert told is not None
    told_days, marked_days = ([side[:10] for side in when.split("/")] for when in (told, marked))
    assert told_days[-1] == marked_days[-1]
    assert told_days[0] == marked_days[0] if len(marked_days) == 1 else told_days[0] <= marked_days[0]


@each
def test_the_marks_score_full_against_themselves(path: Path, records: dict[Path, Record]) -> None:
    """The scorer finds every mark in its own sentence: else a perfect reader would not score 1."""
    events = json.loads(path.read_text(encoding="utf-8"))["events"]
    tally = Tally()
    tally.add(events, events, text_of(path, records))
    figures = tally.figures()
    names: tuple[Literal["strict f1", "relaxed f1", "status", "claimant"], ...] = (
        "strict f1", "relaxed f1", "status", "claimant",
    )  # fmt: skip
    assert [figures[name] for name in names] == [1.0] * 4
