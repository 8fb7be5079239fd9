"""The reader of English times, for text that is mainly Latin: a grammar over tokens.

An expression is a date (``date``, ``span``, ``occasion``), hours (``clock``), both in either order, a range
of these, or an amount of time (``amount``), with what opens it on one side (since, until, before, after) before it.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import NamedTuple

from attache.read.time import calendar
from attache.read.time.calendar import Stretch
from attache.read.time.en import amount, occasion
from attache.read.time.en.amount import FINE, Counted
from attache.read.time.en.join import Spot
from attache.read.time.en.lean import lean
from attache.read.time.en.occasion import Names
from attache.read.time.en.spot import STARTS, expression, vague_or_set
from attache.read.time.en.text import Text
from attache.read.time.en.when import When
from attache.read.time.hit import Anchor, Kind, TimeHit, reckon, refs
from attache.read.time.length import shift
from attache.read.time.point import NO_ANCHOR, Context, Lean, Read, Reading
from attache.read.time.table import TimeTable

_NO_DAY_TOLD = "no day is told for this hour"
_PAST = re.compile(r"\b(?:had|was|were|did|[a-z]{2,12}ed)\b")
_HALF_A_DAY = 43200
_FROM_ACT = "it is counted from an act whose date is not told"
_TOLD_BEFORE = "the date told before it"


class _Page(NamedTuple):
    """The text and everything that the reading of it needs; the same for all hits of a text but the context."""

    t: Text
    anchor: Anchor
    known: Names


def read(text: str, anchor: Anchor, table: TimeTable, context: Context) -> tuple[list[TimeHit], Context]:
    """All times of a text, in order, without overlap, and the context after the last."""
    page = _Page(Text(text), anchor, occasion.names(table))
    t = page.t
    hits: list[TimeHit] = []
    i = floor = 0
    while i < t.count:
        if t.kinds[i] == "w" and t.words[i] not in STARTS and t.words[i] not in page.known:
            i += 1
            continue
        found = _at(page, i, floor, context)
        if found is None:
            i += 1
            continue
        hit, i, context = found
        floor = i
        hits.append(hit)
    return hits, context


def _at(page: _Page, i: int, floor: int, context: Context) -> tuple[TimeHit, int, Context] | None:
    t = page.t
    if t.glued[i] and i and t.kinds[i - 1] in ("w", "n") and t.kinds[i] != t.kinds[i - 1] and i != floor:
        return None  # the 12 of A12
    if told := vague_or_set(t, i):
        kind, end = told
        return _plain(page, i, end, kind), end, context
    spot = expression(t, i, floor, page.known)
    if spot is None or spot.end <= i:
        return None
    spot = spot._replace(start=max(spot.start, floor))
    if spot.counted and spot.counted.led and not (_pulled(page, spot) or _initial(t, spot.start)):
        # killed in two weeks: how long it took, not when it will be
        spot = spot._replace(start=spot.start + 1, when=None, counted=spot.counted._replace(when=None, sign=0))
    if spot.counted and spot.counted.when is None:
        return _amount(page, spot, spot.counted), spot.end, context
    if spot.when is None:
        return _hours(page, spot, context), spot.end, context
    return _date(page, spot, context)


def _plain(page: _Page, i: int, end: int, kind: Kind) -> TimeHit:
    start, last = page.t.starts[i], page.t.ends[end - 1]
    return TimeHit(start, last, page.t.source[start:last], None, f"en.{kind}", None, None, kind, None, None)


def _hit(page: _Page, spot: Spot, edtf: str | None, reading: Reading | None, pulled: Lean, kind: Kind) -> TimeHit:
    t = page.t
    start, end = t.starts[spot.start], t.ends[spot.end - 1]
    anchor = why = None
    if isinstance(reading, Read) and reading.used == "anchor":
        anchor, why = page.anchor.date, page.anchor.why
    elif isinstance(reading, Read) and reading.used == "told":
        why = _TOLD_BEFORE
    unsure = reading if isinstance(reading, str) else None
    rule = spot.when.rule if spot.when else f"en.{kind}"
    return TimeHit(
        start, end, t.source[start:end], edtf, rule, anchor, why, kind, pulled, unsure,
        part=spot.part, zone=spot.zone, modifier=spot.modifier or (spot.when.modifier if spot.when else None),
    )  # fmt: skip


def _date(page: _Page, spot: Spot, context: Context) -> tuple[TimeHit, int, Context]:
    """Return a date, with its hours, and the context after it."""
    when = spot.when
    assert when
    if when.rule == "vague":
        return _plain(page, spot.start, spot.end, "vague"), spot.end, context
    pulled = _pulled(page, spot)
    at = context if when.rule != "en.year" else Context()
    if when.rule == "en.later" and when.deictic and not (spot.counted and spot.counted.led):
        reading = _later(page, spot, when, context, pulled)
    else:
        reading = reckon(page.anchor, when.deictic, lambda ref: when.read(ref, at, pulled))
    iso, why = _iso(spot)
    if why and isinstance(reading, Read):
        reading = why
    kind: Kind = "occasion" if when.kind == "occasion" else "date"
    if isinstance(reading, str):
        return _hit(page, spot, None, reading, pulled, kind), spot.end, context
    hit = _hit(page, spot, _written(spot, reading.days), reading, pulled, kind)
    hit = hit._replace(clock=iso)
    if when.rule.startswith("en.span."):
        return hit, spot.end, context
    framed = when.point is not None and when.point.month is not None and when.point.day is not None
    told = bool(when.point and when.point.year)
    return hit, spot.end, Context(reading.days, reading.days if framed else context.frame, told)


def _pulled(page: _Page, spot: Spot) -> Lean:
    """Return which way the words pull it; since looks back, and by is counted among what pulls ahead."""
    t = page.t
    if spot.modifier == "since" and t.words[spot.start] in ("since", "ever"):
        return False
    source, start, end = t.source, t.starts[spot.start], t.ends[spot.end - 1]
    pulled = lean(source, start, end)
    if spot.modifier == "until" and spot.inner and pulled is None:
        # by Friday is a Friday to come, unless what is told to the right or left of it is past
        return not (_PAST.search(source, end, end + 40) or _PAST.search(source, max(0, start - 40), start))
    return pulled


def _initial(t: Text, i: int) -> bool:
    return i == 0 or t.kinds[i - 1] == "p" or t.words[i - 1] in ("or", "and")


def _later(page: _Page, spot: Spot, when: When, context: Context, pulled: Lean) -> Reading:
    """Two days later: from the day told last, else from the anchor where nothing says that it is past."""
    told = context.last
    from_now = page.t.words[spot.end - 2 : spot.end] == ["from", "now"] or page.t.words[spot.end - 1] == "hence"
    if told and told.one_day and not from_now:
        reading = when.read(told.lo, Context(), None)
        return Read(reading.days, "told") if isinstance(reading, Read) else reading
    if not from_now and (pulled is False or not _initial(page.t, spot.start)):
        return _FROM_ACT
    return reckon(page.anchor, True, lambda ref: when.read(ref, Context(), None))


def _iso(spot: Spot) -> tuple[str | None, str | None]:
    """Return the hours as ISO 8601, or why there are none such."""
    if spot.hours is None:
        return None, None
    try:
        return spot.hours.iso(), None
    except ValueError as error:
        return None, str(error)


def _written(spot: Spot, days: Stretch) -> str:
    """Return EDTF: open before or after, as the words say; before and after a day, month or year leave it out."""
    modifier = spot.modifier
    edge = spot.when.modifier if spot.when else None
    if (modifier, edge) in (("before", "late"), ("after", "early")):
        modifier = "until" if modifier == "before" else "since"  # before the end of the year
    timed = spot.hours is not None and spot.hours.lo is not None
    if modifier == "since" or (modifier == "after" and timed):
        return calendar.since(days)
    if modifier == "until" or (modifier == "before" and timed):
        return calendar.until(days)
    if modifier == "before":
        last = calendar.shift_days(days.lo, -1)
        return calendar.until(days._replace(lo=last, hi=last, hi_grain=days.lo_grain)) if last else calendar.until(days)
    if modifier == "after":
        first = calendar.shift_days(days.hi, 1)
        if first and not days.one_day:
            return calendar.since(days._replace(lo=first, lo_grain=days.hi_grain))
        return calendar.since(days)
    return calendar.edtf(days, about=modifier == "about" and not timed)


def _hours(page: _Page, spot: Spot, context: Context) -> TimeHit:
    """Hours without a day: of the day told last, else the anchor's."""
    iso, why = _iso(spot)
    days, bounded = refs(page.anchor.date)
    reading: Reading
    if why:
        reading = why
    elif context.last and context.last.one_day:
        reading = Read(context.last, "told")
    elif bounded and len(days) == 1:
        reading = Read(Stretch(days[0], days[0]), "anchor")
    else:
        reading = _NO_DAY_TOLD
    edtf = calendar.edtf(reading.days) if isinstance(reading, Read) else None
    return _hit(page, spot, edtf, reading, None, "clock")._replace(clock=iso)


def _amount(page: _Page, spot: Spot, told: Counted) -> TimeHit:
    """Return a length, or in hours and minutes the time so far from now."""
    by = told.amount.by
    if not told.sign or told.modifier == "within":
        length = by.iso()
        if told.low and length != "P":
            length = f"{told.low.iso()}/{length}"
        hit = _hit(page, spot, None, None, None, "duration")
        return hit._replace(length=length if length != "P" else None, modifier=told.modifier)
    rule = "en.span." + ("future" if told.sign > 0 else "past") if told.span else "en.ago"
    rule = "en.later" if told.sign > 0 and not told.span else rule
    pulled = told.sign > 0
    lo, hi = calendar.bounds(page.anchor.date)
    if lo is None or lo != hi:
        return _hit(page, spot, None, NO_ANCHOR if lo is None else FINE, pulled, "date")._replace(rule=rule)
    moved_day = shift(lo, by, told.sign) if told.span and by.days * 86400 + by.seconds >= _HALF_A_DAY else None
    if page.anchor.clock is None and moved_day:
        days = Stretch(lo, moved_day) if pulled else Stretch(moved_day, lo)
        return _hit(page, spot, calendar.edtf(days), Read(days, "anchor"), pulled, "date")._replace(rule=rule)
    if page.anchor.clock is None:
        return _hit(page, spot, None, FINE, pulled, "date")._replace(rule=rule)
    now = datetime.combine(lo, page.anchor.clock)
    moved = amount.moved_clock(now, by, told.sign)
    if moved is None:
        return _hit(page, spot, None, "there is no such day", pulled, "date")._replace(rule=rule)
    first, last = (now, moved) if pulled else (moved, now)
    days = Stretch(first.date(), last.date()) if told.span else Stretch(moved.date(), moved.date())
    clock = f"{first:%H:%M}/{last:%H:%M}" if told.span else f"{moved:%H:%M}"
    hit = _hit(page, spot, calendar.edtf(days), Read(days, "anchor"), pulled, "date")
    return hit._replace(rule=rule, clock=clock)


__all__ = ["read"]
