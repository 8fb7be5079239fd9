"""What a text says of times and figures, for `attache when` and `attache amount`: each reading with its rule."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time
from typing import Any

from attache.lexicon.fold import Folded, fold
from attache.lexicon.load import HOME
from attache.read.page.capture import CaptureError
from attache.read.page.decode import UnreadableError, decode
from attache.read.quantity.find import find_quantities, load_units
from attache.read.quantity.hit import QuantityHit
from attache.read.quantity.numbers import find_numbers
from attache.read.time.calendar import bounds
from attache.read.time.find import NO_CONTEXT, find_times, load_times
from attache.read.time.hit import Anchor, TimeHit

_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}):([0-9]{2})")


def decoded(data: bytes, name: str) -> str:
    """The text of bytes in any encoding that pages come in. Raises CaptureError, naming ``name``, as a page would."""
    try:
        return decode(data).text if data.strip() else ""
    except UnreadableError as error:
        raise CaptureError(name, str(error)) from error


def anchor(at: str | None) -> Anchor | None:
    """The date that a text speaks from, as given: an EDTF date or interval, or a day with its minute.

    None where it is no such date.
    """
    if at is None:
        return Anchor(None, "no date was given (--at)")
    if match := _MOMENT.fullmatch(at):
        day, hour, minute = match[1], int(match[2]), int(match[3])
        if hour > 23 or minute > 59 or bounds(day) == (None, None):
            return None
        return Anchor(day, "given with --at", time(hour, minute))
    lo, hi = bounds(at)
    return Anchor(at, "given with --at") if lo is not None and hi is not None and lo <= hi else None


def times(text: str, at: Anchor) -> Iterator[dict[str, Any]]:
    """The times of a text, in order; offsets are code points of ``text``. Each line is a paragraph of its own."""
    table = load_times(HOME)
    for folded, offset, line in _lines(text):
        for hit in find_times(folded.text, at, table, NO_CONTEXT):
            yield _time(hit, folded, offset, line)


def _lines(text: str) -> Iterator[tuple[Folded, int, str]]:
    offset = 0
    for line in text.split("\n"):
        yield fold(line), offset, line
        offset += len(line) + 1


def _time(hit: TimeHit, folded: Folded, offset: int, line: str) -> dict[str, Any]:
    start, end = folded.original(hit.start, hit.end)
    return {
        "text": line[start:end], "start": start + offset, "end": end + offset, "edtf": hit.edtf, "kind": hit.kind,
        "precision": hit.precision, "modifier": hit.modifier, "clock": hit.clock, "part_of_day": hit.part,
        "zone": hit.zone, "duration": hit.length, "place": hit.at, "rule": hit.rule, "anchor": hit.anchor,
        "anchor_why": hit.anchor_why, "direction": hit.direction, "direction_why": hit.pull, "unsure": hit.unsure,
    }  # fmt: skip


def amounts(text: str) -> Iterator[dict[str, Any]]:
    """The figures of a text, in order, bare numerals among them; offsets are code points of ``text``."""
    table = load_units(HOME)
    for folded, offset, line in _lines(text):
        found = find_quantities(folded.text, table)
        taken = [(hit.start, hit.end) for hit in found]
        dated = [(hit.start, hit.end) for hit in find_times(folded.text, Anchor(None, ""), load_times(HOME))]
        bare = [
            QuantityHit(
                one.start, one.end, one.text, one.value,
                None, "between" if one.high else "exact", one.high, None, "number",
            )
            for one in find_numbers(folded.text)
            if not any(start < one.end and one.start < end for start, end in (*taken, *dated))
        ]  # fmt: skip
        for hit in sorted([*found, *bare]):
            start, end = folded.original(hit.start, hit.end)
            yield {
                "text": line[start:end], "start": start + offset, "end": end + offset, "value": hit.value,
                "high": hit.high, "unit": hit.unit, "bound": hit.bound, "what": hit.what, "rule": hit.rule,
            }  # fmt: skip


def shown(reading: dict[str, Any]) -> list[str]:
    """A reading as lines for a person: its words, then what there is to say, one a line."""
    lines = [f"{reading['text']}  [{reading['start']}–{reading['end']}]"]
    told = _told_time(reading) if "edtf" in reading else _told_amount(reading)
    return lines + [f"    {name:12}{value}" for name, value in told if value]


def _told_time(reading: dict[str, Any]) -> Iterator[tuple[str, str | None]]:
    dated = reading["kind"] in ("date", "occasion", "clock")
    yield "date", reading["edtf"] or (f"none: {reading['unsure']}" if reading["unsure"] else None if dated else "none")
    yield "kind", reading["kind"]
    yield "precision", reading["precision"]
    yield "modifier", reading["modifier"]
    clock = reading["clock"] or reading["part_of_day"]
    yield "hours", f"{clock}{', ' + reading['zone'] if reading['zone'] else ''}" if clock else None
    yield "zone", None if clock else reading["zone"]
    yield "length", reading["duration"]
    yield "held in", reading["place"]
    yield "rule", reading["rule"]
    if reading["anchor_why"]:
        yield "reckoned", f"from {reading['anchor'] or 'it'} ({reading['anchor_why']})"
    because = f", because of {reading['direction_why']}" if reading["direction_why"] else ""
    yield "direction", reading["direction"] and reading["direction"] + because


def _told_amount(reading: dict[str, Any]) -> Iterator[tuple[str, str | None]]:
    high = f" to {reading['high']:,}" if reading["high"] is not None else ""
    yield "value", f"{reading['value']:,}{high}" if reading["value"] is not None else None
    yield "unit", reading["unit"]
    yield "bound", reading["bound"]
    yield "counts", reading["what"]
    yield "rule", reading["rule"]
