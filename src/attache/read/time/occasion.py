"""Named occasions (第62届慕尼黑安全会议, 圣诞节, 马德里峰会): found by name, settled by number, year or nearness."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from attache.read.quantity.number import number
from attache.read.time import calendar, yearly
from attache.read.time.calendar import Stretch
from attache.read.time.clock import clock
from attache.read.time.hit import Anchor, TimeHit, reckon
from attache.read.time.point import NO_ANCHOR, NO_DAY, Context, Lean, Read, Reading
from attache.read.time.table import Edition, Named, Occasion, TimeTable
from attache.read.time.zh.lean import pull
from attache.read.time.zh.patterns import Patterns

_UNKNOWN = "the calendar does not list this edition"
_FAR = "no edition known lies near the date that the page speaks from"


class Span(NamedTuple):
    """A name of an occasion in the text, with the number or year before it, and the word or the hours after it."""

    start: int
    end: int
    named: Named
    before: re.Match[str] | None
    after: re.Match[str] | None
    hours: re.Match[str] | None = None


def spans(text: str, table: TimeTable, p: Patterns) -> list[Span]:
    """All occasions named in the text, in order."""
    found = p.occasions.find_matches_as_indexes(text)
    return [span for index, start, end in found if (span := _span(text, table, p, index, start, end))]


def _span(text: str, table: TimeTable, p: Patterns, index: int, start: int, end: int) -> Span | None:
    if p.occasion_blocked.match(text, end):
        return None
    named = table.names["zh"][p.occasion_names[index]]
    if named.alone and not (p.alone_before.search(text, max(0, start - 1), start) and p.alone_after.match(text, end)):
        return None
    before = p.occasion_before.search(text, max(0, start - 10), start)
    if not before and named.edition is None and named.occasion.near == 0:
        return None
    after = p.occasion_after.match(text, end)
    hours = p.tail.match(text, end) if after is None else None
    if hours and (hours["part"] or hours["hour"]):
        return Span(before.start() if before else start, hours.end(), named, before, None, hours)
    return Span(before.start() if before else start, after.end() if after else end, named, before, after)


def settle(
    span: Span, text: str, anchor: Anchor, table: TimeTable, p: Patterns, context: Context
) -> tuple[TimeHit, Context]:
    """Return the occasion's date, and the context after it."""
    pulled = pull(text, span.start, span.end, p)
    lean = pulled.ahead if pulled else None
    hit, context = _hit(span, text, reckon(anchor, False, lambda ref: _read(span, ref, lean)), anchor, lean, context)
    hit = hit._replace(pull=pulled.by if pulled else None)
    if span.hours and hit.edtf:
        w = table.words
        part = w.part_of_day.get(span.hours["part"]) or w.part_after_day.get(span.hours["part"])
        hours = clock(span.hours, part, None)
        if isinstance(hours, str):
            hit = hit._replace(edtf=None, unsure=hours)
        else:
            hit = hit._replace(clock=hours.iso, part=hours.part)
    return hit, context


def _hit(
    span: Span, text: str, reading: Reading, anchor: Anchor, pulled: Lean, context: Context
) -> tuple[TimeHit, Context]:
    words = text[span.start : span.end]
    rule = f"occasion.{span.named.occasion.id}"
    if isinstance(reading, str):
        return TimeHit(span.start, span.end, words, None, rule, None, None, "occasion", pulled, reading), context
    edtf = _written(span, reading.days)
    used = reading.used == "anchor"
    hit = TimeHit(
        span.start,
        span.end,
        words,
        edtf,
        rule,
        anchor.date if used else None,
        anchor.why if used else None,
        "occasion",
        pulled,
        None,
        at=next((edition.at for edition in span.named.occasion.editions if edition.days == reading.days), None),
    )
    return hit, context._replace(last=reading.days)


def settle_plain(
    named: Named, text: str, where: tuple[int, int], year: int | None, anchor: Anchor, pulled: Lean, context: Context
) -> tuple[TimeHit, Context]:
    """Return the date of an occasion in a language without numbers before the name: by year, or nearness."""
    start, end = where
    span = Span(start, end, named, None, None)

    def read(ref: date | None) -> Reading:
        if year is not None and named.edition is None:
            return _listed(_in_year(named.occasion, year), None)
        return _read(span, ref, pulled)

    return _hit(span, text, reckon(anchor, False, read), anchor, pulled, context)


def _written(span: Span, days: Stretch) -> str:
    if span.after and span.after["about"]:
        return calendar.edtf(days, about=True)
    if span.after and span.after["front"]:
        return calendar.until(Stretch(days.lo, days.lo))
    if span.after and span.after["after"]:
        return calendar.since(Stretch(days.hi, days.hi))
    if span.named.edition:
        return span.named.edition.when
    listed = next((e.when for e in span.named.occasion.editions if e.days == days), None)
    return listed or calendar.edtf(days)


def _read(span: Span, ref: date | None, pulled: Lean) -> Reading:
    occasion, before = span.named.occasion, span.before
    if occasion.undated:
        return occasion.undated
    if span.named.edition:
        return Read(span.named.edition.days, None)
    if before and (before["number"] or before["first"]):
        count = 1 if before["first"] else number(before["number"])
        return _listed([e for e in occasion.editions if e.number == count], None)
    if before and before["year"]:
        year = _year(before["year"])
        reading = _listed(_in_year(occasion, year), None)
        whole = calendar.years(year, year)
        return Read(whole, None) if reading == _UNKNOWN and whole else reading
    if ref is None:
        return NO_ANCHOR
    if before and before["relative"]:
        offset = {"今": 0, "本": 0, "去": -1, "上": -1, "前": -2, "明": 1, "来": 1, "下": 1, "后": 2, "大": -3}[
            before["relative"][0]
        ]
        return _listed(_in_year(occasion, ref.year + offset), "anchor")
    editions = list(occasion.editions) or [e for y in (-1, 0, 1) for e in _in_year(occasion, ref.year + y)]
    if before and before["last"]:
        return _listed([e for e in editions if e.days.hi < ref][-1:], "anchor")
    if before and before["next"]:
        return _listed([e for e in editions if e.days.lo > ref][:1], "anchor")
    return _near(occasion, editions, ref, pulled)


def _year(text: str) -> int:
    """Return a year told in figures or numerals, of four or two (零六年端午)."""
    value = number(text)
    assert isinstance(value, int)
    return value + (2000 if value < 100 else 0)


def _in_year(occasion: Occasion, year: int) -> list[Edition]:
    if occasion.yearly is None:
        return [e for e in occasion.editions if e.days.lo.year == year]
    days = yearly.days(occasion.yearly, year)
    return [Edition(None, "", days)] if days else []


def _listed(editions: list[Edition], used: str | None) -> Reading:
    if not editions:
        return _UNKNOWN
    if len({e.days for e in editions}) > 1:
        return "more than one edition fits"
    return Read(editions[0].days, "anchor" if used else None)


def _near(occasion: Occasion, editions: list[Edition], ref: date, pulled: Lean) -> Reading:
    """Return the edition next to the anchor, on the side that the words pull to, if one lies near enough."""

    def away(edition: Edition) -> int:
        if edition.days.lo <= ref <= edition.days.hi:
            return 0
        return (edition.days.lo - ref).days if edition.days.lo > ref else (ref - edition.days.hi).days

    side = [e for e in editions if pulled is None or (e.days.hi >= ref if pulled else e.days.lo <= ref)]
    best = min(side, key=away, default=None)
    if best is None or away(best) > (366 if occasion.yearly else occasion.near):
        return _FAR
    return Read(best.days, "anchor")


__all__ = ["NO_DAY", "Span", "settle", "spans"]
