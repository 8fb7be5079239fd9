"""The Chinese lunar calendar and its solar terms, from lunar_python: months, days, 清明, 冬至.

A lunar year is named by the year that most of it lies in: 2020年腊月 falls in January and February 2021.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from lunar_python import Lunar, LunarYear, Solar

from attache.read.time import calendar
from attache.read.time.calendar import Stretch

FIRST, LAST = 600, 2200  # years that the tables are good for
TERMS = (
    "小寒", "大寒", "立春", "雨水", "惊蛰", "春分", "清明", "谷雨", "立夏", "小满", "芒种",
    "夏至", "小暑", "大暑",
    "立秋", "处暑", "白露", "秋分", "寒露", "霜降", "立冬", "小雪", "大雪", "冬至",
)  # fmt: skip


def _solar(day: Solar) -> date:
    """Return the library's day, which before 1582 is Julian: 29 February 1000 is the first of March here."""
    return date(day.getYear(), day.getMonth(), 1) + timedelta(days=day.getDay() - 1)


@lru_cache(maxsize=256)
def _months(year: int) -> dict[tuple[int, bool], tuple[date, int]]:
    """Each month of a lunar year (number, whether it is the leap one) with its first day and its length."""
    out = {}
    for month in LunarYear.fromYear(year).getMonthsInYear():
        first = Lunar.fromYmd(year, month.getMonth(), 1).getSolar()
        out[abs(month.getMonth()), month.isLeap()] = (
            _solar(first),
            month.getDayCount(),
        )
    return out


def month(year: int, number: int, leap: bool = False) -> Stretch | None:
    """Return the days of a lunar month; None where the year has none such."""
    known = _months(year).get((number, leap)) if FIRST <= year <= LAST else None
    return Stretch(known[0], known[0] + timedelta(days=known[1] - 1)) if known else None


def day(year: int, number: int, of: int, leap: bool = False) -> Stretch | None:
    """Return one day of a lunar month; ``of`` -1 is its last, None where it has none such."""
    whole = month(year, number, leap)
    if whole is None:
        return None
    only = whole.hi if of == -1 else whole.lo + timedelta(days=of - 1)
    return Stretch(only, only) if of and whole.lo <= only <= whole.hi else None


@lru_cache(maxsize=256)
def _terms(year: int) -> dict[str, date]:
    table = Solar.fromYmd(year, 6, 1).getLunar().getJieQiTable()
    days = {name: _solar(day) for name, day in table.items()}
    return {name: day for name, day in days.items() if day.year == year} | {"冬至": days["DONG_ZHI"]}


def term(year: int, name: str) -> Stretch | None:
    """Return the day on which a solar term begins in a year."""
    if not max(FIRST, calendar.FIRST_YEAR) <= year <= LAST:
        return None
    only = _terms(year).get(name)
    return Stretch(only, only) if only else None
