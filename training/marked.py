"""The marked pages: hand-made records with the text that they were made from.

Ours are kept as offsets into pages that are lent and not ours to keep (``marks.jsonl``); the others stand beside
their texts in the lent folder. Where that folder is absent there is nothing to learn from, and this says so.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

HERE = Path(__file__).parent
LENT = HERE.parents[1] / "shared"
LEARNT_UP_TO = "t113"  # t081 and after were kept unseen until they had been scored once


class Marked(NamedTuple):
    """A page and its record. ``blind``: not to be learnt from. ``key``: what our marks call a lent page.

    ``by``: who made the marks. ``unknown``: stretches of which they do not say whether an act is told (``agreed.py``).
    """

    name: str
    text: str
    events: list[dict[str, Any]]
    blind: bool
    key: str = ""
    by: Literal["marker", "both readers"] = "marker"
    unknown: Sequence[tuple[int, int]] = ()


class Spot(NamedTuple):
    """A place of an act: offsets of its words, ISO 3166-1 alpha-3, English name of the city, role."""

    start: int
    end: int
    country: str | None
    city: str | None
    role: str


class Figure(NamedTuple):
    """A figure of an act: offsets of its words, and what a ``Quantity`` of the record says."""

    start: int
    end: int
    value: float | None
    unit: str | None
    bound: str
    high: float | None
    what: str | None


def lent_text(row: dict[str, str]) -> str:
    """The text of a lent page, as it was marked: title, day, blank line, body."""
    return f"{row['title']}\n{row['published'][:10]}\n\n{row['text'].strip()}\n"


def page_key(row_id: str) -> str:
    """What a lent row is called in our marks: a digest, for some rows are named by their own words."""
    return hashlib.sha256(row_id.encode()).hexdigest()[:16]


def ours(file: str = "marks.jsonl") -> Iterator[Marked]:
    """Pages marked for this project, their words fetched from the lent data by offset.

    ``file``: ``marks.jsonl``, or ``dates.jsonl``: pages with the place and figures of each act too, all blind, or
    ``voices.jsonl``: pages marked for their voices too, all blind.
    """
    marks = [json.loads(line) for line in (HERE / file).read_text(encoding="utf-8").splitlines()]
    texts = lent_texts({mark["page"] for mark in marks})
    for mark in marks:
        text = texts[mark["page"]]
        events = [
            event
            | {
                "evidence": {"start": event["evidence"][0], "end": event["evidence"][1]},
                "also": [{"start": start, "end": end} for start, end in event["also"]],
                "claimants": [text[start:end] for start, end in event["claimants"]],
                "disputed_by": [text[start:end] for start, end in event["disputed_by"]],
                "where": [Spot(*place)._asdict() for place in event.get("where", [])],
                "figures": [Figure(*figure)._asdict() for figure in event.get("figures", [])],
            }
            for event in mark["events"]
        ]
        yield Marked(mark["mark"], text, events, mark["blind"], mark["page"])


class MarkedVoices(NamedTuple):
    """A page and its voices by offset: each with its chain of sources, quoted strings, judgement, denials."""

    name: str
    text: str
    voices: list[tuple[int, int, list[str]]]
    quotes: list[tuple[int, int, str]]
    judgement: list[tuple[int, int]]
    denials: list[tuple[int, int, str]]


def marked_voices() -> Iterator[MarkedVoices]:
    """Pages marked for who says what (``voices.jsonl``), their words fetched by offset."""
    marks = [json.loads(line) for line in (HERE / "voices.jsonl").read_text(encoding="utf-8").splitlines()]
    texts = lent_texts({mark["page"] for mark in marks})
    for mark in marks:
        text = texts[mark["page"]]
        yield MarkedVoices(
            mark["mark"],
            text,
            [(*one["content"], [text[start:end] for start, end in one["chain"]]) for one in mark["voices"]],
            [(*one["at"], one["wording"]) for one in mark["quotes"]],
            [tuple(span) for span in mark["judgement"]],
            [(*one["words"], text[slice(*one["who"])]) for one in mark["denials"]],
        )


class MarkedParties(NamedTuple):
    """A page and the parties that it mentions. ``outside``: stretches that are no running text, title and captions."""

    name: str
    text: str
    parties: list[tuple[int, int, str, str]]
    outside: list[tuple[int, int]]
    blind: bool


def marked_parties() -> Iterator[MarkedParties]:
    """Pages marked for the parties that they mention (``parties.jsonl``), their words fetched by offset."""
    marks = [json.loads(line) for line in (HERE / "parties.jsonl").read_text(encoding="utf-8").splitlines()]
    texts = lent_texts({mark["page"] for mark in marks})
    for mark in marks:
        yield MarkedParties(mark["mark"], texts[mark["page"]], mark["parties"], mark["outside"], mark["blind"])


def lent_texts(wanted: set[str]) -> dict[str, str]:
    """Texts of lent pages by what our marks call them."""
    texts = {}
    for name in ("news", "cctv"):
        with gzip.open(LENT / "data" / "zh" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as rows:
            for line in rows:
                row = json.loads(line)
                key = page_key(row["id"])
                if key in wanted:
                    texts[key] = lent_text(row)
    return texts


def lent(folder: str, last: str = "~") -> Iterator[Marked]:
    """Pages of a folder of the lent gold, up to the name ``last``."""
    for path in sorted((LENT / "gold" / folder).glob("*.json")):
        if path.stem <= last:
            text = path.with_suffix(".txt").read_text(encoding="utf-8")
            yield Marked(path.stem, text, json.loads(path.read_text(encoding="utf-8"))["events"], False)


def learnt() -> list[Marked]:
    """All pages that may be learnt from."""
    return [*lent("news"), *lent("train", LEARNT_UP_TO), *(page for page in ours() if not page.blind)]
