"""The records of the reader of times, and the anchor's part in them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from functools import lru_cache
from typing import Literal, NamedTuple

from attache.read.time import calendar
from attache.read.time.point import NO_ANCHOR, WIDE, Read, Reading
from attache.record import Modifier, PartOfDay, Precision, TimeKind

Kind = TimeKind


class Anchor(NamedTuple):
    """The date that relative expressions are reckoned from (EDTF day, month or interval), and what it rests on.

    ``clock``: the hour of that day, where it is known, for what is told in hours (三小时前).
    """

    date: str | None
    why: str
    clock: time | None = None


class TimeHit(NamedTuple):
    """A time expression: ``text == source[start:end]``.

    ``rule`` names the rule that read it. ``anchor`` and ``anchor_why`` say what it was reckoned from, None where
    the words alone tell the date. ``forward``: the words around pull it ahead of the anchor (True) or behind it
    (False), and ``pull`` is the word that does. ``unsure``: why ``edtf`` is None although the words are a date.

    ``clock``: hours of the day, ISO 8601, a time (15:30) or interval (20/21), by ``zone``: an IANA name or "local";
    ``part`` of the day (晚). ``length``: of a duration, ISO 8601 (P3D). ``modifier``: what the words add to the date
    (early, mid, late, about, since, until, before, after, within).
    ``lead``: how many characters at the head name a state, and only tell the zone (日本时间).
    ``at``: the Chinese name of the place where a named occasion is held.
    """

    start: int
    end: int
    text: str
    edtf: str | None
    rule: str
    anchor: str | None
    anchor_why: str | None
    kind: Kind
    forward: bool | None
    unsure: str | None
    clock: str | None = None
    part: PartOfDay | None = None
    zone: str | None = None
    length: str | None = None
    modifier: Modifier | None = None
    pull: str | None = None
    lead: int = 0
    at: str | None = None

    @property
    def direction(self) -> Literal["ahead", "behind"] | None:
        """Which side of the anchor the words around pull it to."""
        return None if self.forward is None else "ahead" if self.forward else "behind"

    @property
    def precision(self) -> Precision | None:
        """How fine the words tell the time."""
        if self.clock:
            return ("hour", "minute", "second")[self.clock.partition("/")[0].count(":")]
        if self.edtf is None or self.kind == "duration":
            return None
        if self.part:
            return "part of day"
        ends = (end.strip("~?%") for end in self.edtf.split("/"))
        fine = max(len(end) for end in ends if end != "..")
        return "day" if fine == 10 else "month" if fine == 7 else "year"


class Refs(NamedTuple):
    """The days that an anchor may be. ``bounded`` is False where one of its ends is open."""

    days: tuple[date, ...]
    bounded: bool


@lru_cache(maxsize=256)
def refs(anchor: str | None) -> Refs:
    """First and last day of the anchor; an unreadable anchor is no anchor."""
    if anchor is None:
        return Refs((), False)
    lo, hi = calendar.bounds(anchor)
    days = tuple(dict.fromkeys(d for d in (lo, hi) if d is not None))
    return Refs(days, lo is not None and hi is not None)


def reckon(anchor: Anchor, deictic: bool, read: Callable[[date | None], Reading]) -> Reading:
    """Read from every day that the anchor may be, and answer only where they agree.

    ``deictic``: the expression (昨天, 本周) needs the anchor itself; an open bound will not do for it.
    """
    days, bounded = refs(anchor.date)
    if not days:
        return read(None)
    answers = [read(day) for day in days]
    first = answers[0]
    if isinstance(first, Read) and first.used == "anchor" and deictic and not bounded:
        return WIDE
    if any(answer != first for answer in answers[1:]):
        return WIDE
    return first


__all__ = ["NO_ANCHOR", "Anchor", "Kind", "Modifier", "PartOfDay", "Refs", "TimeHit", "reckon", "refs"]
