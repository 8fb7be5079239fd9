"""Reads one date expression at a given place: what stands there, not yet what it means."""

from __future__ import annotations

import re
from typing import NamedTuple

from attache.read.quantity.number import amount, chinese, number, small_chinese
from attache.read.time.calendar import Nth
from attache.read.time.clock import Clock, offset
from attache.read.time.hit import Modifier
from attache.read.time.point import Part, Point
from attache.read.time.table import TimeTable
from attache.read.time.zh.patterns import Patterns

_QUARTERS = {"首": 1, "一": 1, "二": 2, "三": 3, "四": 4}
# thirds of a decade and of a century, first and last year
_DECADE_PARTS = {"初": (0, 2), "前": (0, 2), "中": (4, 6), "后": (7, 9), "末": (7, 9)}
_CENTURY_PARTS = {"初": (0, 9), "前": (0, 39), "中": (40, 59), "后": (60, 99), "末": (90, 99)}
_ANNIVERSARY_OR_AMOUNT = re.compile(r"(?:之|以)?(?:后|内)|(?:的)?(?:时间|期限|行程|假期|访问之旅|之久|有余)|余|来")
_NUMBER_CONTEXT = re.compile(
    r" ?(?:上午|下午|中午|傍晚|晚|凌晨|早|清晨|夜|深夜|在|于|对|与|同|和|就|向|将|会|抵|到访|访|举行|召开|开始|起"
    r"|前|表示|说|称|宣布|发|公|签|会见|会晤|通|证实|报|，|。|、|$|[）)]|至|到|—|-|~)"
)

_WITH_CLOCK = re.compile(r"([01][0-9])-([0-3][0-9])(?= [0-2][0-9]:[0-5][0-9])")
_DAY_FIRST = re.compile(
    r"([0-3]?[0-9])([./])([0-3]?[0-9])\2([0-9]{2})(?![0-9])"
    r"|([0-3]?[0-9])([.-])([01]?[0-9])\6([12][0-9]{3})(?![0-9])"
)
_MONTH = r"(0[1-9]|1[0-2])"
_YEAR_MONTH = re.compile(rf"((?:19|20)[0-9]{{2}})\.{_MONTH}(?=-(?:19|20)[0-9]{{2}}(?:\.{_MONTH})?(?![0-9.]))")
_YEAR_MONTH_END = re.compile(rf"(?<=[0-9]-)((?:19|20)[0-9]{{2}})(?:\.{_MONTH})?(?![0-9.]| ?[年财])")
_RUN_TOGETHER = re.compile(r"([12][0-9]{3})( ?)([01][0-9])\2([0-3][0-9])(?![0-9])")


_BEFORE_CHRIST = "years before the first are not reckoned"
_UNKNOWN = "years of this calendar or era are not reckoned"


class Found(NamedTuple):
    """A date expression: where it ends, what it says, the rule. ``why``: it is a date, but no real one.

    ``part``: early, mid or late in its month or year. ``to``: its last month, where one 月 serves two (五六月).
    ``clock``, ``zone``: of a timestamp (2025-05-14T14:30Z).
    """

    end: int
    point: Point | None
    rule: str
    why: str | None = None
    deictic: bool = False
    part: Modifier | None = None
    to: Point | None = None
    clock: Clock | None = None
    zone: str | None = None


def _integer(text: str) -> int | None:
    value = number(text)
    return value if isinstance(value, int) else None


def point_at(text: str, at: int, table: TimeTable, p: Patterns) -> Found | None:
    """Return the date expression that begins at ``at``, if one does."""
    if "0" <= text[at] <= "9" and (found := _in_figures(text, at, p)):
        return found
    if match := p.unknown.match(text, at):
        return Found(match.end(), None, "date", why=_BEFORE_CHRIST if match[0].startswith("公元") else _UNKNOWN)
    return (
        _relative_day(text, at, table, p)
        or _pair(text, at, table, p)
        or _week(text, at, table, p)
        or _century(text, at, p)
        or _lunar(text, at, table, p)
        or _calendar(text, at, table, p)
    )


def _in_figures(text: str, at: int, p: Patterns) -> Found | None:
    if match := _RUN_TOGETHER.match(text, at):
        year, month, day = int(match[1]), int(match[3]), int(match[4])
        if 1900 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= 31:
            return Found(match.end(), _full(year, month, day), "date.figures")
    if match := p.iso.match(text, at):
        year, month, day = int(match[1]), int(match[3]), int(match[4])
        stamp = Clock(match["stamp"], None) if match["stamp"] else None
        zone = offset(match["offset"]) if stamp and match["offset"] else None
        return Found(match.end(), _full(year, month, day), "date.figures", clock=stamp, zone=zone)
    if match := _WITH_CLOCK.match(text, at):
        return Found(
            match.end(), Point(month=Part("given", int(match[1])), day=Part("given", int(match[2]))), "date.figures"
        )
    if match := _YEAR_MONTH.match(text, at) or _YEAR_MONTH_END.match(text, at):
        told = Part("given", int(match[2])) if match[2] else None
        return Found(match.end(), Point(Part("given", int(match[1])), told), "date.figures")
    if match := p.slash.match(text, at):
        first, second = int(match[1]), int(match[2])
        if match[3]:
            return _day_month_year(match.end(), first, second, int(match[3]))
        if 1 <= first <= 12 and 1 <= second <= 31 and first != 1 and not _DAY_FIRST.match(text, at):
            return Found(match.end(), Point(month=Part("given", first), day=Part("given", second)), "date.slash")
    if match := _DAY_FIRST.match(text, at):
        if match[8]:
            return _day_month_year(match.end(), int(match[5]), int(match[7]), int(match[8]))
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        if match[2] == "/" and (first == second or (first > 12) != (second > 12)):
            return _day_month_year(match.end(), first, second, year + (1900 if year >= 50 else 2000))
    return None


def _day_month_year(end: int, first: int, second: int, year: int) -> Found | None:
    """Return a day of which the year stands last (13.5.2015), where only one of the numbers can be the month."""
    if not 1 <= first <= 31 or not 1 <= second <= 31 or min(first, second) > 12:
        return None
    if max(first, second) <= 12 and first != second:
        return Found(end, None, "date.slash", why="day and month may stand in either order")
    return Found(end, _full(year, min(first, second), max(first, second)), "date.slash")


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


def _pair(text: str, at: int, table: TimeTable, p: Patterns) -> Found | None:
    """Months in a row with one 月: 五六月间, 5、6月, 去年七八月."""
    match = p.pair.match(text, at)
    if not match:
        return None
    year, why = _year(match, table)
    row = [_integer(name) or 0 for name in (match["row"].split("、") if "、" in match["row"] else match["row"])]
    if why or row != list(range(row[0], row[0] + len(row))):
        return None  # 3、6、9月
    ends = [Point(year, Part("given", month)) for month in (row[0], row[-1])]
    return Found(match.end(), ends[0], "date", deictic=bool(match["year_word"]), to=ends[1]._replace(year=None))


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
        if not count or match["number"] == "两":
            return None
        start = 100 * (count - 1)
    else:
        start = {"上": 1900, "本": 2000, "这": 2000, "下": 2100}[match["relative"][0]]
    if decade is not None:
        return _years(match.end(), start + decade, _DECADE_PARTS.get(part, (0, 9)))
    return _years(match.end(), start, _CENTURY_PARTS.get(part, (0, 99)))


def _years(end: int, start: int, part: tuple[int, int]) -> Found:
    # the first century has no year nought
    return Found(end, Point(years=(max(1, start + part[0]), start + part[1])), "years")


def _year(match: re.Match[str], table: TimeTable) -> tuple[Part | None, str | None]:
    """Return the year that a calendar match tells, or why it is no year."""
    if match["year"]:
        value = _integer(match["year"]) if match["year"][0].isdigit() else chinese(match["year"])
        return (Part("given", value), None) if value else (None, "the year is no number")
    if match["before_christ"]:
        return None, _BEFORE_CHRIST
    if match["nought"]:
        return None, "there is no such year"
    if match["ad"] or match["by_place"]:
        text = match["ad"] or match["by_place"]
        value = _integer(text) if text[0] in "0123456789" else chinese(text)
        if match["by_place"] and text.isdecimal() and text[0] in "0123456789" and value and 50 <= value <= 200:
            value += 1911  # 112年3月14日: three figures are a year of the Republic of China
        return (Part("given", value), None) if value else (None, "there is no such year")
    if match["era"]:
        first, last = table.words.era[match["era"]]
        if not first and not last:
            return None, _UNKNOWN
        count = 1 if match["era_year"] == "元" else _integer(match["era_year"])
        if not count or (last and count > last - first + 1):
            return None, f"there is no such year of {match['era']}"
        return Part("given", first + count - 1), None
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


def _lunar(text: str, at: int, table: TimeTable, p: Patterns) -> Found | None:
    """Return a month or day of the lunar calendar (农历八月十五, 正月初八, 去年腊月), told by words or numerals."""
    match = p.lunar.match(text, at)
    if not match:
        return None
    year, why = _year(match, table)
    name, written = match["lunar_month"], match["lunar_day"] or ""
    month = {"正": 1, "大年": 1, "冬": 11, "腊": 12}.get(name) or _integer(name)
    by_word = (
        match["mark"]
        or match["new_year"]
        or match["mark2"]
        or match["leap"]
        or name in ("正", "腊")
        or written[:1] in ("初", "廿")
    )
    if not by_word and not (match["era"] and year and year.value < 1912):
        return None
    number = _integer(written.replace("初", "").replace("卅", "三十")) if written else 0
    if why or not month or number is None or not (1 <= month <= 12 and number <= 30):
        return Found(match.end(), None, "date.lunar", why=why or "there is no such day")
    point = Point(
        year, Part("given", month), Part("given", number) if number else None, lunar=True, leap=bool(match["leap"])
    )
    return Found(match.end(), point, "date.lunar", deictic=bool(match["year_word"]))


def _nth(match: re.Match[str], table: TimeTable) -> Nth | None:
    """Return 第二周, 第三个星期日, 最后五天, 前两月, 首月 of a calendar match."""
    groups = match.groupdict()
    unit = groups["nth_unit"] or groups["run_unit"] or groups["head_unit"]
    if not unit:
        return None
    unit = unit.removeprefix("个")
    if unit[-1] in table.words.weekday and len(unit) > 1 and unit[0] in "周星礼":
        kind, weekday = "weekday", table.words.weekday[unit[-1]]
    else:
        kind, weekday = {"天": "day", "日": "day", "月": "month"}.get(unit, "week"), 0
    if groups["head_unit"]:
        return Nth(1, kind, weekday)  # type: ignore[arg-type]  # one of the four
    if groups["nth_unit"]:
        count = -1 if groups["nth"] == "最后一" else _integer(groups["nth"].removeprefix("第"))
        return Nth(count, kind, weekday) if count else None  # type: ignore[arg-type]
    run = _integer(groups["run_count"])
    return Nth(1 if groups["run"] in ("前", "头") else -1, kind, weekday, run) if run else None  # type: ignore[arg-type]


def _calendar(text: str, at: int, table: TimeTable, p: Patterns) -> Found | None:
    match = p.calendar.match(text, at)
    if not match or match.end() == at:
        return None
    w = table.words
    if match["season"]:
        offset, first, last = w.season[match["season"]]
        return Found(match.end(), Point(year=Part("anchor", offset), of_year=(first, last)), "season", deictic=True)
    if match["quarter_word"]:
        offset = {"上": -1, "本": 0, "这": 0, "下": 1}[match["quarter_word"][0]]
        edge = {"初": "early", "末": "late", "底": "late"}.get(match["quarter_word_part"] or "")
        inner = {"early": (1, 1), "late": (3, 3)}.get(edge or "")
        return Found(match.end(), Point(quarter=offset, of_year=inner), "quarter", deictic=True, part=edge)  # type: ignore[arg-type]
    year, why = _year(match, table)
    month, why_month = _month(match, table)
    point = Point(
        year=year,
        month=month,
        day=_day(match),
        of_month=w.part_of_month.get(match["of_month"] or match["of_month_1"] or ""),
        of_year=_of_year(match, table),
        nth=_nth(match, table),
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
    rule = "date" if month or point.day else "year" if year else "part"
    return Found(end, point, rule, deictic=bool(words), part=_part(match))


def _part(match: re.Match[str]) -> Modifier | None:
    """Whether the beginning, middle or end of a month or year is meant."""
    word = (
        match["of_month"]
        or match["of_month_1"]
        or match["of_year"]
        or match["of_year_1"]
        or match["quarter_part"]
        or ""
    )
    for letters, part in (("初始上", "early"), ("中", "mid"), ("底末", "late")):
        if (word and word[-1] in letters) or word == letters[-1] + "旬":
            return part  # type: ignore[return-value]  # one of the three
    return None


def _no_bare_day(text: str, at: int, match: re.Match[str], p: Patterns) -> bool:
    """Whether 7日 or 7号 without its month is something else: seven days, number seven."""
    if text[match.end() - 1] == "日":
        if p.name_after.match(text, match.end()):
            return False  # 7日内塔尼亚胡, 3日后藤
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
        first, last = 3 * quarter - 2, 3 * quarter
        part = match["quarter_part"] or ""
        return (first, first) if part == "初" else (last, last) if part else (first, last)
    if match["first"]:
        count = (_integer(match["first"]) or 0) * (1 if match["first_unit"] == "月" else 3)
        return (1, count) if 1 <= count <= 12 else None
    return table.words.part_of_year.get(match["of_year"] or match["of_year_1"] or "")
