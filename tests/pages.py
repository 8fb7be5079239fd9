"""The sample pages, and what the tests ask of any record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from attache.record import Actor, Event, Part, Record
from scoring import MUTUAL

ROOT = Path(__file__).parents[1]
SAMPLES = sorted(path for path in (ROOT / "samples").iterdir() if path.suffix in (".txt", ".html"))


class Stretch(NamedTuple):
    """A span somewhere in a record: where it stands there, its offsets, its words (None if it carries none)."""

    path: str
    start: int
    end: int
    text: str | None


def stretches(noun: Any, path: str = "record") -> Iterator[Stretch]:
    """Every noun inside a record that has offsets; parties without a place on the page are left out."""
    if isinstance(noun, list):
        for index, item in enumerate(noun):
            yield from stretches(item, f"{path}[{index}]")
    elif isinstance(noun, msgspec.Struct):
        start, end = getattr(noun, "start", None), getattr(noun, "end", None)
        if isinstance(start, int) and isinstance(end, int):
            yield Stretch(path, start, end, getattr(noun, "text", None))
        for name in noun.__struct_fields__:
            yield from stretches(getattr(noun, name), f"{path}.{name}")


def misplaced(record: Record) -> list[str]:
    """Every stretch of a record that is not the words of the capture that it says it is."""
    text = record.capture.text
    out = []
    for one in stretches(record):
        if not 0 <= one.start <= one.end <= len(text):
            out.append(f"{one.path}: [{one.start}, {one.end}) is outside of a text of {len(text)}")
        elif one.text is not None and one.text != text[one.start : one.end]:
            out.append(f"{one.path}: says {one.text!r} where {text[one.start : one.end]!r} stands")
    return out


def gaps(parts: list[Part], length: int) -> list[str]:
    """Where parts leave a gap, overlap, are empty or end before the text does."""
    out, at = [], 0
    for part in parts:
        if part.start != at or part.end <= part.start:
            out.append(f"{part.kind} [{part.start}, {part.end}) after {at}")
        at = part.end
    return out if at == length else [*out, f"the parts end at {at}, the text at {length}"]


def kinds(record: Record) -> list[str]:
    """Kinds of the parts in order, without the blank ones."""
    return [part.kind for part in record.page.parts if part.kind != "blank"]


def codes(actors: list[Actor]) -> tuple[str, ...]:
    """Codes of parties, each once, in a fixed order."""
    return tuple(sorted({actor.code or "unlinked" for actor in actors}))


def outline(event: Event) -> tuple[str, tuple[str, ...], tuple[str, ...], str, str]:
    """What an event says, without its words: type, sides, status, date ("" for none)."""
    sides = codes(event.actors), codes(event.recipients)
    if event.type in MUTUAL:
        sides = codes(event.actors + event.recipients), ()
    return event.type, *sides, event.status, event.when or ""
