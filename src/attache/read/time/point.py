"""From what an expression says (a ``Point``) to the days that it means (a ``Stretch``), given anchor and context.

A point holds only what stands in the text; what is missing is taken from the dates told before it (context) or
from the anchor, and where neither decides, the answer is a reason in words instead of a date.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal, NamedTuple

from attache.read.time import calendar, lunar
from attache.read.time.calendar import Nth, Stretch

Base = Literal["given", "anchor", "told"]
# A date without year or month lies behind the anchor unless the next such date is several times nearer than the
# last: reports look back, but "2 March" on 28 February is Saturday's meeting, not last year's. Another year would
# be named (去年, 明年), so a month later in the anchor's own year needs to be only a little nearer.
# Where nothing but the date is said, no narration pulls it back, and the anchor's own year is as good.
YEAR_BIAS, SAME_YEAR_BIAS, ALONE_BIAS, MONTH_BIAS, PART_BIAS, SEASON_BIAS = 5, 1.5, 0.8, 3, 2, 1
_STEPS = 9  # 29 February comes round within eight years

NO_ANCHOR = "it is reckoned from a date that is not known"
NO_DAY = "there is no such day"
NO_TOLD = "it is reckoned from a date told before, and none was"
WIDE = "the date that it is reckoned from is known too roughly"


class Part(NamedTuple):
    """A year, month or day: ``given`` in figures, or so many from the ``anchor``'s or the last one ``told``."""

    base: Base
    value: int


class Point(NamedTuple):
    """What one date expression says. At least one field is set.

    ``of_month``: first and last day; ``of_year``: first and last month, counted in the quarter where one is set;
    ``years``: first and last year; ``nth``: the so-manieth day or week of its month or year; ``lunar``: month and day
    are of the Chinese lunar calendar, ``leap`` the month that is put in; ``weekday``: 0 to 6, 5 with ``weekend``;
    ``week``, ``quarter``: so many from the anchor's.
    """

    year: Part | None = None
    month: Part | None = None
    day: Part | None = None
    of_month: tuple[int, int] | None = None
    of_year: tuple[int, int] | None = None
    years: tuple[int, int] | None = None
    week: int | None = None
    quarter: int | None = None
    weekday: int | None = None
    weekend: bool = False
    nth: Nth | None = None
    lunar: bool = False
    leap: bool = False


class Context(NamedTuple):
    """What earlier dates of the paragraph leave behind, for later ones.

    ``last``: the date told last (当天, 次日, 同年); ``frame``: the last date with a month in figures, which later
    partial dates inherit (5日 after 12月4日); ``year_told``: its year was told too, not reckoned from the anchor,
    so that later months inherit it (5月 after 2014年3月). ``alone``: the text holds nothing but the date.
    """

    last: Stretch | None = None
    frame: Stretch | None = None
    year_told: bool = False
    alone: bool = False


class Read(NamedTuple):
    """A point read: the days, and what they were reckoned from (None: the text alone)."""

    days: Stretch
    used: Literal["anchor", "told"] | None


Reading = Read | str
Lean = bool | None  # True: ahead of the anchor; False: behind it; None: nothing says


def resolve(point: Point, ref: date | None, context: Context, lean: Lean) -> Reading:
    """Return the days that ``point`` means, or why they cannot be told. ``ref`` is the anchor's day."""
    if point.years:
        days = calendar.years(*point.years)
        return Read(days, None) if days else NO_DAY
    if point.day and point.day.base != "given":
        return _relative_day(point.day, ref, context)
    if point.weekday is not None or point.week is not None:
        return NO_ANCHOR if ref is None else _weekday(point, ref, lean)
    if point.quarter is not None:
        moved = calendar.shift_months(ref.replace(day=1), 3 * point.quarter) if ref else None
        first = 3 * ((moved.month - 1) // 3) + 1 if moved else 1
        lo, hi = point.of_year or (1, 3)
        return _made(calendar.months(moved.year, first + lo - 1, first + hi - 1), "anchor") if moved else NO_ANCHOR
    if point.month and point.month.base != "given":
        return _relative_month(point, ref, context)
    if point.year:
        return _in_year(point, point.year, ref, context)
    if point.month:
        return _month_of_some_year(point, point.month.value, ref, context, lean)
    if point.of_year:
        return _part_of_some_year(point.of_year, ref, context, lean)
    return _day_of_some_month(point, ref, context, lean)


def _made(days: Stretch | None, used: Literal["anchor", "told"] | None) -> Reading:
    return Read(days, used) if days else NO_DAY


def _relative_day(part: Part, ref: date | None, context: Context) -> Reading:
    if part.base == "told":
        if context.last:
            start = context.last.hi if part.value > 0 else context.last.lo
            if not context.last.one_day and context.last.hi_grain != "day":
                return NO_TOLD
            moved = calendar.shift_days(start, part.value)
            if part.value == 0:
                return Read(context.last, "told")
            return _made(Stretch(moved, moved) if moved else None, "told")
        if part.value:
            return NO_TOLD
    if ref is None:
        return NO_ANCHOR
    moved = calendar.shift_days(ref, part.value)
    return _made(Stretch(moved, moved) if moved else None, "anchor")


def _weekday(point: Point, ref: date, lean: Lean) -> Reading:
    if point.weekday is None:
        return _made(calendar.week(ref, point.week or 0), "anchor")
    if point.week is not None:
        monday = calendar.shift_days(ref, 7 * point.week - ref.weekday())
        first = calendar.shift_days(monday, point.weekday) if monday else None
    else:
        away = (ref.weekday() - point.weekday) % 7
        if point.weekend and lean and away == 1:
            away = 1  # on Sunday, the weekend to come is the one under way
        elif lean and away:
            away -= 7
        first = calendar.shift_days(ref, -away)
    last = calendar.shift_days(first, 1 if point.weekend else 0) if first else None
    return _made(Stretch(first, last) if first and last else None, "anchor")


def _relative_month(point: Point, ref: date | None, context: Context) -> Reading:
    assert point.month
    start, used = ref, "anchor"
    if point.month.base == "told":
        if not context.last:
            if point.month.value:
                return NO_TOLD
        elif context.last.lo_grain == "year":
            return NO_TOLD
        else:
            start, used = context.last.lo, "told"
    if start is None:
        return NO_ANCHOR
    years = point.year.value if point.year and point.year.base == "anchor" else 0  # 去年本月
    moved = calendar.shift_months(start.replace(day=1), point.month.value + 12 * years)
    return _made(_within(point, moved.year, moved.month) if moved else None, "told" if used == "told" else "anchor")


def _in_year(point: Point, part: Part, ref: date | None, context: Context) -> Reading:
    used: Literal["anchor", "told"] | None = None
    year = part.value
    if part.base == "told":
        if context.last:
            year, used = context.last.lo.year + part.value, "told"
        elif part.value:
            return NO_TOLD
        elif ref is None:
            return NO_ANCHOR
        else:
            year, used = ref.year, "anchor"
    elif part.base == "anchor":
        if ref is None:
            return NO_ANCHOR
        year, used = ref.year + part.value, "anchor"
    if point.of_year:
        whole = calendar.months(year, *point.of_year)
        return _made(calendar.nth(whole, point.nth) if whole and point.nth else whole, used)
    if point.month:
        return _made(_within(point, year, point.month.value), used)
    if point.nth:
        of = calendar.years(year, year)
        return _made(calendar.nth(of, point.nth) if of else None, used)
    if point.day:
        return "a day of the month stands without its month"
    return _made(calendar.years(year, year), used)


def _within(point: Point, year: int, month: int) -> Stretch | None:
    """Return the point's day, part or whole of a month that is known."""
    if point.lunar:
        leap, number = point.leap, point.day.value if point.day else 0
        return lunar.day(year, month, number, leap) if number else lunar.month(year, month, leap)
    if point.nth:
        whole = calendar.month(year, month)
        return calendar.nth(whole, point.nth) if whole else None
    if point.day:
        return calendar.day(year, month, point.day.value)
    if point.of_month:
        return calendar.days_of_month(year, month, *point.of_month)
    return calendar.month(year, month)


def _month_of_some_year(point: Point, month: int, ref: date | None, context: Context, lean: Lean) -> Reading:
    if context.frame and context.year_told and not point.lunar:
        return _made(_after_frame(point, month, context.frame, ref), "told")
    if ref is None:
        return NO_ANCHOR if point.lunar or _within(point, 2024, month) else NO_DAY  # 31 February is none in any year
    bias = ALONE_BIAS if context.alone else YEAR_BIAS
    return _made(_nearest(lambda year: _within(point, year, month), ref.year, ref, lean, bias), "anchor")


def _after_frame(point: Point, month: int, frame: Stretch, ref: date | None) -> Stretch | None:
    """Return the frame's year, or the next where that would lie half a year back and the next is not ahead of now."""
    same, following = (_within(point, frame.lo.year + step, month) for step in (0, 1))
    late = (frame.lo - same.lo).days > 183 if same else False
    if late and following and (ref is None or following.lo <= ref):
        return following
    return same


def _part_of_some_year(part: tuple[int, int], ref: date | None, context: Context, lean: Lean) -> Reading:
    if context.frame and context.year_told and lean is None:
        return _made(calendar.months(context.frame.lo.year, *part), "told")
    if ref is None:
        return NO_ANCHOR
    if part[1] - part[0] == 2 and part[0] % 3 == 0:  # a season
        return _made(_nearest(lambda year: calendar.months(year, *part), ref.year, ref, lean, SEASON_BIAS), "anchor")
    days = calendar.months(ref.year, *part)
    if days and lean is False and days.lo > ref:
        days = calendar.months(ref.year - 1, *part)
    elif days and lean and days.hi < ref:
        days = calendar.months(ref.year + 1, *part)
    return _made(days, "anchor")


def _day_of_some_month(point: Point, ref: date | None, context: Context, lean: Lean) -> Reading:
    def build(index: int) -> Stretch | None:
        return _within(point, index // 12, index % 12 + 1)

    frame = context.frame
    if frame and frame.lo_grain == "day":
        index = frame.lo.year * 12 + frame.lo.month - 1
        days, following = build(index), build(index + 1)
        if not days:
            return NO_DAY
        # 12月30日 … 2日: the month has turned
        turned = frame.one_day and (frame.lo - days.lo).days > 15
        if turned and following and (ref is None or following.lo <= ref or lean):
            days = following
        recent = _nearest(build, ref.year * 12 + ref.month - 1, ref, lean, MONTH_BIAS) if ref else None
        # 外长16日说, in a paragraph about another month: the reporter's today or yesterday
        if (
            ref
            and recent
            and not lean
            and recent != days
            and 0 <= (ref - recent.lo).days <= 1 < (ref - days.lo).days - 45
        ):
            return Read(recent, "anchor")
        return Read(days, "told")
    if ref is None:
        return NO_ANCHOR
    bias = MONTH_BIAS if point.day else PART_BIAS
    return _made(_nearest(build, ref.year * 12 + ref.month - 1, ref, lean, bias), "anchor")


def _nearest(build: Callable[[int], Stretch | None], start: int, ref: date, lean: Lean, bias: float) -> Stretch | None:
    """Of the readings ``build(start ± n)``, the last one begun by ``ref``, or the next where it is much nearer."""
    steps = range(_STEPS)
    past = next((s for n in steps if (s := build(start - n)) and s.lo <= ref), None)
    future = next((s for n in steps if (s := build(start + n)) and s.hi >= ref), None)
    if lean or past is None:
        return future or past
    if lean is False or future is None or past.hi >= ref:
        return past
    if bias == YEAR_BIAS and future.lo.year == ref.year:
        bias = SAME_YEAR_BIAS
    return future if (future.lo - ref).days * bias < (ref - past.hi).days else past
