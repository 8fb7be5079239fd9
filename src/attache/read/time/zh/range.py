"""The end of a Chinese range of days (5月12日至18日), which inherits from the first what it leaves out."""

from __future__ import annotations

from datetime import date

from attache.read.time import calendar
from attache.read.time.calendar import Stretch
from attache.read.time.point import NO_DAY, Context, Lean, Part, Point, Read, Reading, resolve
from attache.read.time.zh.point import Found

_BACKWARDS = "the range runs backwards"


def between(left: Point, right: Found, ref: date | None, context: Context, pulled: Lean) -> Reading:
    """Both ends of a range, the right one inheriting what it leaves out."""
    first = resolve(left, ref, context, pulled)
    if isinstance(first, str):
        return first
    if right.point is None:
        return right.why or NO_DAY
    second = _right(right.point, first.days, ref, context)
    if isinstance(second, str):
        return second
    lo, hi = first.days, second.days
    if hi.hi < lo.lo:
        return _BACKWARDS
    used = first.used or second.used
    return Read(Stretch(lo.lo, hi.hi, lo.lo_grain, hi.hi_grain), used)


def _right(point: Point, left: Stretch, ref: date | None, context: Context) -> Reading:
    if point.weekday is not None and point.week is None:
        return resolve(point, left.lo, context, True)
    if point.year or point.years or point.week is not None or (point.day and point.day.base != "given"):
        return resolve(point, ref, Context(left, left, True), None)
    here = left.lo
    if point.month and point.month.base == "given":
        return _turned(
            point._replace(year=Part("given", here.year)), point._replace(year=Part("given", here.year + 1)), left, 150
        )
    if point.of_year:
        return resolve(point._replace(year=Part("given", here.year)), ref, context, None)
    if point.month:
        return resolve(point, ref, context, None)
    following = calendar.shift_months(here.replace(day=1), 1)
    if following is None:
        return NO_DAY
    months = [point._replace(year=Part("given", d.year), month=Part("given", d.month)) for d in (here, following)]
    return _turned(months[0], months[1], left, 12)


def _turned(same: Point, following: Point, left: Stretch, longest: int) -> Reading:
    """Return the right end in the left end's year or month, or in the next if the range is then ``longest`` days."""
    empty = Context()
    first, second = resolve(same, None, empty, None), resolve(following, None, empty, None)
    if isinstance(first, Read) and first.days.hi >= left.lo:
        return first
    if isinstance(second, Read) and (second.days.hi - left.lo).days <= longest:
        return second
    return first if isinstance(first, str) else _BACKWARDS
