"""What an English date says, not yet reckoned: a ``When``, and how larger ones are made of smaller ones."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from attache.read.time import calendar
from attache.read.time.calendar import Nth, Stretch
from attache.read.time.en.words import MONTHS_OF, THIRDS
from attache.read.time.hit import Kind, Modifier, PartOfDay
from attache.read.time.point import NO_ANCHOR, NO_DAY, Context, Lean, Part, Point, Read, Reading, resolve

BACKWARDS = "the range runs backwards"
Reader = Callable[[date | None, Context, Lean], Reading]


class When(NamedTuple):
    """A date as the words tell it; ``read`` reckons it from an anchor's day.

    ``point``: what it says, where a point can hold it, so that the other end of a range may take from it what it lacks.
    ``deictic``: it needs the anchor itself; ``one_day``: hours may stand beside it; ``weak``: a date only where
    something around it says so.
    """

    read: Reader
    rule: str
    point: Point | None = None
    deictic: bool = False
    one_day: bool = False
    kind: Kind = "date"
    modifier: Modifier | None = None
    part: PartOfDay | None = None
    weak: bool = False


def given(value: int | None) -> Part | None:
    """Return a part told in figures."""
    return None if value is None else Part("given", value)


def of(point: Point, rule: str, deictic: bool = False, weak: bool = False) -> When:
    """Return what a point says."""
    one_day = bool(point.day) or (point.weekday is not None and not point.weekend)
    return When(lambda ref, at, lean: resolve(point, ref, at, lean), rule, point, deictic, one_day, weak=weak)


def never(rule: str, why: str = NO_DAY) -> When:
    """Return a date that cannot be."""
    return When(lambda _ref, _at, _lean: why, rule)


def anchored(rule: str, make: Callable[[date], Stretch | None], one_day: bool = False) -> When:
    """Return what is reckoned from the anchor's day."""

    def read(ref: date | None, _at: Context, _lean: Lean) -> Reading:
        if ref is None:
            return NO_ANCHOR
        days = make(ref)
        return Read(days, "anchor") if days else NO_DAY

    return When(read, rule, None, True, one_day)


def derived(base: When, rule: str, make: Callable[[Stretch], Stretch | None], one_day: bool = False) -> When:
    """Return what is made of the days of another."""

    def read(ref: date | None, at: Context, lean: Lean) -> Reading:
        first = base.read(ref, at, lean)
        if isinstance(first, str):
            return first
        days = make(first.days)
        return Read(days, first.used) if days else NO_DAY

    return When(read, rule, None, base.deictic, one_day)


def nth(whole: Stretch, part: Nth) -> Stretch | None:
    """Return the so-manieth part of a stretch. A week belongs to the month or year that its Thursday is in."""
    if part.unit != "week":
        if part.unit == "weekday" or part.run or part.unit == "day":
            return calendar.nth(whole, part)
        index = part.which if part.which > 0 else 12
        return calendar.month(whole.lo.year, index) if whole.lo_grain == "year" else None
    run = part.run or 1
    if run > 60 or abs(part.which) > 60:
        return None
    if part.which > 0:
        thursday = whole.lo + timedelta(days=(3 - whole.lo.weekday()) % 7 + 7 * (part.which - 1))
        monday = thursday - timedelta(days=3)
    else:
        thursday = whole.hi - timedelta(days=(whole.hi.weekday() - 3) % 7)
        monday = thursday - timedelta(days=3 + 7 * (run - 1))
    if not whole.lo <= thursday <= whole.hi:
        return None
    last = calendar.shift_days(monday, 7 * run - 1)
    return Stretch(monday, last) if last else None


def narrowed(base: When, edge: Modifier) -> When:
    """Return the beginning, middle or end of a month, year or week; a half where no third is meant."""
    point = base.point
    if point and not (point.day or point.weekday is not None or point.of_year or point.nth):
        if point.month:
            return of(point._replace(of_month=THIRDS[edge]), base.rule, base.deictic)._replace(modifier=edge)
        if point.year and not point.years:
            return of(point._replace(of_year=MONTHS_OF[edge]), base.rule, base.deictic)._replace(modifier=edge)

    def cut(days: Stretch) -> Stretch | None:
        count = days.hi.year - days.lo.year + 1
        if days.lo_grain == "year" and count >= 10:  # the early, mid and late nineties
            first, last = {"early": (0, 4), "mid": (4, 7), "late": (7, 10)}[edge]
            return calendar.years(days.lo.year + count * first // 10, days.lo.year + count * last // 10 - 1)
        length = (days.hi - days.lo).days + 1
        if length < 3:
            return days
        third, half = timedelta(days=length // 3), timedelta(days=length // 2)
        if edge == "mid":
            return Stretch(days.lo + third, days.hi - third)
        return Stretch(days.lo, days.lo + half) if edge == "early" else Stretch(days.lo + half, days.hi)

    return derived(base, base.rule, cut)._replace(modifier=edge)


def later_in(base: When, late: bool) -> When:
    """Later (earlier) this week: its second (first) half, as far as it is still ahead."""

    def read(ref: date | None, at: Context, lean: Lean) -> Reading:
        first = base.read(ref, at, lean)
        if isinstance(first, str):
            return first
        days = first.days
        half = timedelta(days=((days.hi - days.lo).days + 1) // 2)
        if not late:
            return Read(Stretch(days.lo, days.lo + half - timedelta(days=1) if half else days.lo), first.used)
        lo = days.lo + half
        if days.lo_grain == "year":
            lo = days.lo.replace(month=7)
        if ref and lo < ref <= days.hi:
            lo = ref
        return Read(Stretch(lo, days.hi), first.used)

    return When(read, base.rule, None, base.deictic, modifier="late" if late else "early")


def agreeing(base: When, weekday: int) -> When:
    """Return a day of the month as the nearest such day that falls on a weekday: Tue 13th, Friday the 26th."""
    point = base.point
    if point is None or point.year or point.month or point.day is None:
        return base
    number = point.day.value

    def on(ref: date, step: int) -> Stretch | None:
        year, index = divmod(ref.year * 12 + ref.month - 1 + step, 12)
        days = calendar.day(year, index + 1, number)
        return days if days and days.lo.weekday() == weekday else None

    def read(ref: date | None, at: Context, lean: Lean) -> Reading:
        first = base.read(ref, at, lean)
        if ref is None or (isinstance(first, Read) and first.days.lo.weekday() == weekday):
            return first
        near = [days for step in range(-12, 13) if (days := on(ref, step))]
        side = [days for days in near if lean is None or (days.hi >= ref if lean else days.lo <= ref)]
        best = min(side or near, key=lambda days: abs((days.lo - ref).days), default=None)
        return Read(best, "anchor") if best else first

    return base._replace(read=read, point=None)


def span(left: When, right: When) -> When:
    """Return the days from one date to another, each taking from the other what it leaves out."""

    def read(ref: date | None, at: Context, lean: Lean) -> Reading:
        first = _left(left, right, ref, at, lean)
        if isinstance(first, str):
            return first
        second = _right(right, first.days, ref, at)
        if isinstance(second, str):
            return second
        lo, hi = first.days, second.days
        if hi.hi < lo.lo:
            return BACKWARDS
        return Read(Stretch(lo.lo, hi.hi, lo.lo_grain, hi.hi_grain), first.used or second.used)

    deictic = left.deictic or right.deictic
    return When(read, f"{left.rule}.range", None, deictic, one_day=left.one_day and right.one_day)


def _left(left: When, right: When, ref: date | None, at: Context, lean: Lean) -> Reading:
    one, other = left.point, right.point
    if one is None or other is None or one.year or one.years or not (one.month or one.day):
        return left.read(ref, at, lean)
    if one.day and one.day.base != "given":
        return left.read(ref, at, lean)
    if one.month is None and other.month:
        turned = bool(one.day and other.day and one.day.value > other.day.value)
        month = other.month.value - turned
        if other.month.base != "given":
            one = one._replace(month=Part(other.month.base, month))
        else:
            one = one._replace(month=Part("given", month or 12), year=other.year)
            return resolve(one, ref, at, lean) if month else NO_DAY
    if other.year and other.year.base == "given" and other.month and one.month:
        back = other.month.base == "given" and one.month.value > other.month.value
        return resolve(one._replace(year=Part("given", other.year.value - back)), ref, at, lean)
    if other.year and other.year.base == "anchor" and other.month and one.month:
        back = other.month.base == "given" and one.month.value > other.month.value
        return resolve(one._replace(year=Part("anchor", other.year.value - back)), ref, at, lean)
    if lean and other.month and one.month and not (one.year or other.year):
        # from August to October, said in September of what will be: it is under way
        last = resolve(other, ref, at, True)
        if isinstance(last, Read):
            back = one.month.value > other.month.value
            first = resolve(one._replace(year=Part("given", last.days.lo.year - back)), ref, at, lean)
            return first if isinstance(first, str) else first._replace(used=last.used)
    return resolve(one, ref, at, lean)


def _right(right: When, left: Stretch, ref: date | None, at: Context) -> Reading:
    point = right.point
    if point is None or point.year or point.years or point.week is not None or point.quarter is not None:
        return right.read(ref, at, None)
    if point.weekday is not None:
        return resolve(point, left.lo, Context(), True)
    if point.month and point.month.base == "given":
        turned = point.month.value < left.lo.month
        return resolve(point._replace(year=Part("given", left.lo.year + turned)), ref, Context(), None)
    if point.day and point.day.base == "given" and point.month is None:
        turned = point.day.value < left.lo.day
        start = calendar.shift_months(left.lo.replace(day=1), 1) if turned else left.lo
        if start is None:
            return NO_DAY
        whole = point._replace(year=Part("given", start.year), month=Part("given", start.month))
        return resolve(whole, ref, Context(), None)
    return right.read(ref, at, None)


def relative(unit: str, n: int, told: bool = True) -> When:
    """Return the so-manieth unit from the one that the anchor is in."""
    if unit == "week":
        return of(Point(week=n), "en.named span", True)
    if unit == "weekend":
        return of(Point(week=n if told else None, weekday=5, weekend=True), "en.named span", True)
    if unit == "month":
        return of(Point(month=Part("anchor", n)), "en.named span", True)
    if unit == "quarter":
        return of(Point(quarter=n), "en.named span", True)
    if unit == "year":
        return of(Point(year=Part("anchor", n)), "en.named span", True)
    if unit == "fortnight":
        return anchored("en.named span", lambda ref: _fortnight(ref, n))
    size = 10 if unit == "decade" else 100

    def make(ref: date) -> Stretch | None:
        first = (ref.year // size + n) * size
        return calendar.years(first, first + size - 1)

    return anchored("en.named span", make)


def _fortnight(ref: date, n: int) -> Stretch | None:
    first, last = calendar.week(ref, 2 * n), calendar.week(ref, 2 * n + 1)
    return Stretch(first.lo, last.hi) if first and last else None
