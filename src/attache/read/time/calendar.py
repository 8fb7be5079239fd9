"""Days, months and stretches of days, and how they are written in EDTF (ISO 8601-2).

Only real calendar days of the years 1 to 9998 exist here: whatever would fall outside, or on a
31 February, is None, and the caller says why it is unsure.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Literal, NamedTuple

Grain = Literal["day", "month", "year"]
_ATOM = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?[~?%]?")
FIRST_YEAR, LAST_YEAR = 1, 9998


class Nth(NamedTuple):
    """The so-manieth day, week, month or ``weekday`` of a month or year; -1 is the last.

    With ``run``, that many of them from the first (4月前4天), or up to the last where ``which`` is -1 (上月最后五天).
    """

    which: int
    unit: Literal["day", "week", "month", "weekday"]
    weekday: int = 0
    run: int = 0


class Stretch(NamedTuple):
    """The days ``lo`` to ``hi`` inclusive. Each end is printed as finely as its grain."""

    lo: date
    hi: date
    lo_grain: Grain = "day"
    hi_grain: Grain = "day"

    @property
    def one_day(self) -> bool:
        """Whether this is a single day."""
        return self.lo == self.hi


def day(year: int, month: int, number: int) -> Stretch | None:
    """One day, or None where there is no such day."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        only = date(year, month, number)
    except ValueError:
        return None
    return Stretch(only, only)


def month(year: int, number: int) -> Stretch | None:
    """One month; None for a thirteenth."""
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= number <= 12:
        return None
    return Stretch(date(year, number, 1), date(year, number, monthrange(year, number)[1]), "month", "month")


def months(year: int, first: int, last: int) -> Stretch | None:
    """Return the months ``first`` to ``last`` of a year; ``last`` may run on into the next year (13 is January)."""
    start, end = month(year, first), month(year + (last - 1) // 12, (last - 1) % 12 + 1)
    return Stretch(start.lo, end.hi, "month", "month") if start and end else None


def years(first: int, last: int) -> Stretch | None:
    """Return the years ``first`` to ``last``."""
    if not FIRST_YEAR <= first <= last <= LAST_YEAR:
        return None
    return Stretch(date(first, 1, 1), date(last, 12, 31), "year", "year")


def days_of_month(year: int, number: int, first: int, last: int) -> Stretch | None:
    """Days ``first`` to ``last`` of a month; ``last`` is cut to the month's length."""
    whole = month(year, number)
    if not whole:
        return None
    return Stretch(whole.lo.replace(day=first), whole.lo.replace(day=min(last, whole.hi.day)))


def shift_days(start: date, count: int) -> date | None:
    """``count`` days after ``start``, None outside the calendar."""
    try:
        moved = start + timedelta(days=count)
    except OverflowError:
        return None
    return moved if FIRST_YEAR <= moved.year <= LAST_YEAR else None


def shift_months(start: date, count: int) -> date | None:
    """``count`` months after ``start``, on the same day or the month's last."""
    total = start.year * 12 + start.month - 1 + count
    year, index = divmod(total, 12)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return date(year, index + 1, min(start.day, monthrange(year, index + 1)[1]))


def week(ref: date, offset: int) -> Stretch | None:
    """Return the week (Monday to Sunday) ``offset`` weeks after the one that ``ref`` is in."""
    monday = shift_days(ref, 7 * offset - ref.weekday())
    sunday = shift_days(monday, 6) if monday else None
    return Stretch(monday, sunday) if monday and sunday else None


def nth(whole: Stretch, part: Nth) -> Stretch | None:
    """Return the so-manieth part of a month or year, None where it has none such.

    The first week of a month is the one that its first Monday begins; weeks of a year are those of ISO 8601.
    """
    if part.run:
        return _run(whole, part)
    if part.unit == "month":
        index = part.which if part.which > 0 else 12
        return month(whole.lo.year, index) if whole.lo_grain == "year" and index <= 12 else None
    if part.unit == "week" and whole.lo_grain == "year":
        try:
            first = date.fromisocalendar(whole.lo.year, part.which if part.which > 0 else 52, 1)
        except ValueError:
            return None
        return Stretch(first, first + timedelta(days=6))
    step = 1 if part.unit == "day" else 7
    weekday = part.weekday if part.unit == "weekday" else 0
    away = (weekday - whole.lo.weekday()) % 7 if step == 7 else 0
    if part.which > 0:
        only = shift_days(whole.lo, away + step * (part.which - 1))
    else:
        only = whole.hi - timedelta(days=(whole.hi.weekday() - weekday) % 7 if step == 7 else 0)
    if only is None or only > whole.hi:
        return None
    return Stretch(only, only + timedelta(days=6)) if part.unit == "week" else Stretch(only, only)


def _run(whole: Stretch, part: Nth) -> Stretch | None:
    if part.unit == "month":
        first = 1 if part.which > 0 else 13 - part.run
        fits = whole.lo_grain == "year" and 1 <= part.run <= 12
        return months(whole.lo.year, first, first + part.run - 1) if fits else None
    length = timedelta(days=part.run * (7 if part.unit == "week" else 1) - 1)
    if length > whole.hi - whole.lo:
        return None
    return Stretch(whole.lo, whole.lo + length) if part.which > 0 else Stretch(whole.hi - length, whole.hi)


def atom(value: date, grain: Grain) -> str:
    """Return a date as EDTF, to the grain."""
    return value.isoformat()[: {"day": 10, "month": 7, "year": 4}[grain]]


def edtf(stretch: Stretch, about: bool = False) -> str:
    """Return a stretch as EDTF: one date, or an interval; ``~`` after each end where it is approximate."""
    mark = "~" if about else ""
    first, last = atom(stretch.lo, stretch.lo_grain) + mark, atom(stretch.hi, stretch.hi_grain) + mark
    return first if first == last else f"{first}/{last}"


def since(stretch: Stretch, about: bool = False) -> str:
    """From the stretch's beginning on, open."""
    return atom(stretch.lo, stretch.lo_grain) + ("~" if about else "") + "/.."


def until(stretch: Stretch, about: bool = False) -> str:
    """Up to the stretch's end, open before it. A part of a year or month ends with a day."""
    parts = stretch.lo_grain == stretch.hi_grain and atom(stretch.lo, stretch.lo_grain) != atom(
        stretch.hi, stretch.hi_grain
    )
    return "../" + atom(stretch.hi, "day" if parts else stretch.hi_grain) + ("~" if about else "")


def _ends(text: str) -> Stretch | None:
    match = _ATOM.fullmatch(text)
    if not match:
        return None
    if match[3]:
        return day(int(match[1]), int(match[2]), int(match[3]))
    if match[2]:
        return month(int(match[1]), int(match[2]))
    return years(int(match[1]), int(match[1]))


def bounds(text: str | None) -> tuple[date | None, date | None]:
    """First and last day of an EDTF date or interval; None for an open, missing or unreadable end."""
    if not text:
        return None, None
    first, slash, last = text.partition("/")
    lo, hi = _ends(first), _ends(last if slash else first)
    return (lo.lo if lo else None), (hi.hi if hi else None)


def one_day(text: str | None) -> date | None:
    """Return the day of an EDTF date that is one; None for a month, an interval or none."""
    lo, hi = bounds(text)
    return lo if lo is not None and lo == hi and text and "/" not in text else None
