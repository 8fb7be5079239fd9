"""One day told twice side by side (周五（8月19日）, 8月19日周五), and whether the two agree."""

from __future__ import annotations

from attache.read.time.calendar import Stretch
from attache.read.time.point import Context, Part, Point, Read, resolve
from attache.read.time.table import TimeTable
from attache.read.time.zh.patterns import Patterns
from attache.read.time.zh.point import Found, point_at

_WEEKDAY = "the day of the week told beside it is another"
_LUNAR = "the day of the lunar calendar told beside it is another"


def disagreement(days: Stretch, twin: Point) -> str | None:
    """Return why a day is none: 2025年5月12日星期四 was a Monday."""
    if not days.one_day:
        return None
    if twin.weekday is not None:
        return _WEEKDAY if days.lo.weekday() != twin.weekday else None
    if not (twin.lunar and twin.month and twin.day) or (twin.year and twin.year.base != "given"):
        return None
    years = (days.lo.year - 1, days.lo.year)
    same = (resolve(twin._replace(year=Part("given", year)), None, Context(), None) for year in years)
    return None if any(isinstance(read, Read) and read.days == days for read in same) else _LUNAR


def twin_of(text: str, found: Found, table: TimeTable, p: Patterns) -> tuple[Found, int, Point | None]:
    """周五（8月19日）, 8月19日（周五）, 8月19日周五: one day told twice; figures win, the other is told last."""
    end = found.end
    if found.point is None:
        return found, end, None
    told_by_name = found.point.weekday is not None or (found.point.day is not None and found.point.day.base != "given")
    bracket = p.bracket.match(text, end)
    if bracket:
        inner = point_at(text, bracket.start("inner"), table, p)
        if inner and inner.end == bracket.end("inner") and inner.point and inner.point.weekday is None and told_by_name:
            return inner._replace(end=bracket.end()), bracket.end(), found.point
        if inner and inner.end == bracket.end("inner") and found.point.day and not told_by_name:
            return found, bracket.end(), inner.point
    elif found.point.day and not told_by_name:
        week = p.week.match(text, end)
        if week and week["weekday"] and not week["week"]:
            return found, week.end(), Point(weekday=table.words.weekday[week["weekday"]])
    return found, end, None
