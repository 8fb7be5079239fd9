"""Reads one date expression at a given place: what stands there, not yet what it means."""

from __future__ import annotations

import re
from typing import NamedTuple

from attache.read.quantity.number import amount, chinese, number, small_chinese
from attache.read.time.point import Part, Point
from attache.read.time.table import TimeTable
from attache.read.time.zh_patterns import Patterns

_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}
# thirds of a decade and of a century, first and last year
_DECADE_PARTS = {"初": (0, 2), "前": (0, 2), "中": (4, 6), "后": (7, 9), "末": (7, 9)}
_CENTURY_PARTS = {"初": (0, 9), "前": (0, 39), "中": (40, 59), "后": (60, 99), "末": (90, 99)}
_ANNIVERSARY_OR_AMOUNT = re.compile(
    r"(?:之|以)?(?:后|内)(?!瓦|陆|地|阁)|(?:的)?(?:时间|期限|行程|假期|访问之旅|之久|有余)|余|来"
)
_NUMBER_CONTEXT = re.compile(
    r" ?(?:上午|下午|中午|傍晚|晚|凌晨|早|清晨|夜|深夜|在|于|对|与|同|和|就|向|将|会|抵|到访|访|举行|召开|开始|起"
    r"|前|表示|说|称|宣布|发|公|签|会见|会晤|通|证实|报|，|。|、|$|[）)]|至|到|—|-|~)"
)


class Found(NamedTuple):
    """A date expression: where it ends, what it says, the rule. ``why``: it is a date, but no real one."""

    end: int
    point: Point | None
    rule: str
    why: str | None = None
    deictic: bool = False


def _integer(text: str) -> int | None:
    value = number(text)
    return value if isinstance(value, int) else None


def point_at(text: str, at: int, table: TimeTable, p: Patterns) -> Found | None:
    """Return the date expression that begins at ``at``, if one does."""
    if "0" <= text[at] <= "9" and (found := _in_figures(text, at, p)):
        return found
    return (
        _relative_day(text, at, table, p)
        or _week(text, at, table, p)
        or _century(text, at, p)
        or _calendar(text, at, table, p)
    )


def _in_figures(text: str, at: int, p: Patterns) -> Found | None:
    if match := p.iso.match(text, at):
        year, month, day = int(match[1]), int(match[3]), int(match[4])
        return Found(match.end(), _full(year, month, day), "date.figures")
    if match := p.slash.match(text, at):
        first, second = int(match[1]), int(match[2])
        if match[3]:
            return _day_month_year(match, first, second)
        if 1 <= first <= 12 and 1 <= second <= 31 and first != 1:
            return Found(match.end(), Point(month=Part("given", first), day=Part("given", second)), "date.slash")
    return None


def _day_month_year(match: re.Match[str], first: int, second: int) -> Found:
    year = int(match[3])
    if first > 12:
        return Found(match.end(), _full(year, second, first), "date.slash")
    if second > 12:
        return Found(match.end(), _full(year, first, second), "date.slash")
    if first == second:
        return Found(match.end(), _full(year, first, second), "date.slash")
    return Found(match.end(), None, "date.slash", why="day and month may stand in either order")


def _full(year: int, month: int, day: int) -> Point:
    return Point(Part("given", year), Part("given", month), Part("given", day))


def _relative_day(text: str, at: int, table: TimeTable, p: Patterns) -> Found | None:
    match = p.relative_day.match(text, at)
    if not match:
        return None
    w = table.words
    if match[0] in w.day:
        return Found(match.end(), Point(day=Part("anchor", w.day[match[0]])), "day.relative", deictic=True)
    return Found(match.end(), Point(day=Part("told", w.day_told[match[0]])), "day.told", deictic=True)


def _week(text: str, at: int, table: TimeTable, p: Patterns) -> Found | None:
    match = p.week.match(text, at)
    if not match:
        return None
    w = table.words
    week = w.week[match["week"]] if match["week"] else None
    if match["weekday"]:
        point = Point(week=week, weekday=w.weekday[match["weekday"]])
        return Found(match.end(), point, "weekday", deictic=True)
    if match["weekend"] is not None:
        return Found(match.end(), Point(week=week, weekday=5, weekend=True), "weekend", deictic=True)
    return Found(match.end(), Point(week=week), "week", deictic=True) if week is not None else None


def _century(text: str, at: int, p: Patterns) -> Found | None:
    match = p.century.match(text, at)
    if not match:
        return None
    part = (match["part"] or "")[:1]
    decade = None
    if match["decade"] or match["bare"]:
        tens = _integer(match["decade"] or match["bare"])
        if tens is None:
            return None
        decade = tens
    if match["year"]:
        year = _integer(match["year"])
        return _years(match.end(), year, _DECADE_PARTS.get(part, (0, 9))) if year else None
    if match["bare"]:
        # 90年代 is told from this side of 2020: the nearest such decade that has begun
        year = (1900 if decade and decade >= 30 else 2000) + (decade or 0)
        return _years(match.end(), year, _DECADE_PARTS.get(part, (0, 9)))
    if match["number"]:
        count = _integer(match["number"])
        if not count:
            return None
        start = 100 * (count - 1)
    else:
        start = {"上": 1900, "本": 2000, "这": 2000, "下": 2100}[match["relative"][0]]
    if decade is not None:
        return _years(match.end(), start + decade, _DECADE_PARTS.get(part, (0, 9)))
    return _years(match.end(), start, _CENTURY_PARTS.get(part, (0, 99)))


def _years(end: int, start: int, part: tuple[int, int]) -> Found:
    return Found(end, Point(years=(start + part[0], start + part[1])), "years")


def _year(match: re.Match[str], table: TimeTable) -> tuple[Part | None, str | None]:
    """Return the year that a calendar match tells, or why it is no year."""
    if match["year"]:
        value = _integer(match["year"]) if match["year"][0].isdigit() else chinese(match["year"])
        return (Part("given", value), None) if value else (None, "the year is no number")
    if match["roc"]:
        count = _integer(match["roc"])
        return (Part("given", count + 1911), None) if count else (None, "the year is no number")
    if short := match["short"] or match["short_sure"]:
        value = _integer(short)
        if value is None:
            return None, "the year is no number"
        return Part("given", value + (1900 if value >= 50 else 2000)), None
    if match["short_zh"]:  # 九七年; but 三四年 is three or four years
        value = chinese(match["short_zh"])
        if value is None or (read := amount(match["short_zh"])) is None or read.high is not None:
            return None, None
        return Part("given", value + (1900 if value >= 30 else 2000)), None
    if match["year_word"]:
        w = table.words
        word = match["year_word"]
        return (Part("anchor", w.year[word]) if word in w.year else Part("told", w.year_told[word])), None
    return None, None


def _calendar(text: str, at: int, table: TimeTable, p: Patterns) -> Found | None:
    match = p.calendar.match(text, at)
    if not match or match.end() == at:
        return None
    w = table.words
    if match["season"]:
        offset, first, last = w.season[match["season"]]
        return Found(match.end(), Point(year=Part("anchor", offset), of_year=(first, last)), "season", deictic=True)
    if text.endswith(("农历", "阴历", "旧历", "闰"), 0, at):
        return Found(match.end(), None, "date", why="a day of the lunar calendar")
    if match["quarter_word"]:
        offset = {"上": -1, "本": 0, "这": 0, "下": 1}[match["quarter_word"][0]]
        return Found(match.end(), Point(quarter=offset), "quarter", deictic=True)
    year, why = _year(match, table)
    month, why_month = _month(match, table)
    point = Point(
        year=year,
        month=month,
        day=_day(match),
        of_month=w.part_of_month.get(match["of_month"] or match["of_month_1"] or ""),
        of_year=_of_year(match, table),
    )
    why = why or why_month
    if match["day"] and not point.day:
        why = why or "the day is no number"
    if match["day"] and point.day and not 1 <= point.day.value <= 31:
        if not month:
            return None
        why = why or "there is no such day"
    if why:
        return Found(match.end(), None, "date", why=why)
    if point == Point():
        return None
    if point.day and not month and (year or _no_bare_day(text, at, match, p)):
        return None
    words = match["year_word"] or match["month_word"]
    end = match.end() - (text[match.end() - 1] == "的")
    return Found(end, point, "date" if month or point.day else "year" if year else "part", deictic=bool(words))


def _no_bare_day(text: str, at: int, match: re.Match[str], p: Patterns) -> bool:
    """Whether 7日 or 7号 without its month is something else: seven days, number seven."""
    if text[match.end() - 1] == "日":
        return match["day"] in ("一", "〇", "零", "两") or _ANNIVERSARY_OR_AMOUNT.match(text, match.end()) is not None
    if text[match.end() - 1] == "号":
        return (
            p.bare_number_before.search(text, max(0, at - 4), at) is not None
            or _NUMBER_CONTEXT.match(text, match.end()) is None
        )
    return False


def _month(match: re.Match[str], table: TimeTable) -> tuple[Part | None, str | None]:
    if match["month"]:
        value = _integer(match["month"])
        if value is None or not 1 <= value <= 12:
            return None, "there is no such month"
        return Part("given", value), None
    if match["month_word"]:
        w = table.words
        word = match["month_word"]
        return (Part("anchor", w.month[word]) if word in w.month else Part("told", w.month_told[word])), None
    return None, None


def _day(match: re.Match[str]) -> Part | None:
    if not match["day"]:
        return None
    value = _integer(match["day"]) if match["day"][0].isdigit() else small_chinese(match["day"])
    return Part("given", value) if value is not None else None


def _of_year(match: re.Match[str], table: TimeTable) -> tuple[int, int] | None:
    if match["quarter"]:
        quarter = _QUARTERS.get(match["quarter"]) or int(match["quarter"])
        return 3 * quarter - 2, 3 * quarter
    if match["first"]:
        count = (_integer(match["first"]) or 0) * (1 if match["first_unit"] == "月" else 3)
        return (1, count) if 1 <= count <= 12 else None
    return table.words.part_of_year.get(match["of_year"] or match["of_year_1"] or "")
