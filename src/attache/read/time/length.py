"""Amounts of time: so many years, months, days or seconds, alone, added up (四年六个月) or from … to (三到六个月)."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from attache.read.quantity.number import amount
from attache.read.time import calendar

_FEW = 5  # 几天, 数日: about so many
_VAGUE_NUMBERS = frozenset(["几", "数", "多", "好几", "若干"])
_SPOKEN = {"俩": "两", "仨": "三", "双": "两"}
_MONTHS = {"年": 12, "载": 12, "月": 1, "季度": 3, "世纪": 1200}
_DAYS = {"周": 7, "星期": 7, "礼拜": 7, "天": 1, "日": 1, "昼夜": 1, "工作日": 1, "交易日": 1}
_SECONDS = {"小时": 3600, "钟头": 3600, "时": 3600, "刻钟": 900, "分钟": 60, "分": 60, "秒钟": 1, "秒": 1}


class Length(NamedTuple):
    """So many months, days and seconds; ``unit`` is the last one counted.

    ``few``: the number is only "some" (几天, 数十年); ``more``: it is that many and some more (三年多).
    """

    months: float
    days: float
    seconds: float
    few: bool
    more: bool
    unit: str

    @property
    def fine(self) -> bool:
        """Whether hours or less are counted."""
        return self.seconds > 0

    def plus(self, other: Length) -> Length:
        """Both together: 四年六个月."""
        return Length(
            self.months + other.months, self.days + other.days, self.seconds + other.seconds,
            self.few or other.few, self.more or other.more, other.unit,
        )  # fmt: skip

    def iso(self) -> str:
        """Return the ISO 8601 duration: P4Y6M, P2W, PT1H30M."""
        years, months = divmod(self.months, 12)
        days = _written(self.days, "D")
        if self.unit in ("周", "星期", "礼拜") and not self.days % 7:
            days = _written(self.days / 7, "W")
        hours, rest = divmod(self.seconds, 3600)
        minutes, seconds = divmod(rest, 60)
        clock = _written(hours, "H") + _written(minutes, "M") + _written(seconds, "S")
        return f"P{_written(years, 'Y')}{_written(months, 'M')}{days}{'T' + clock if clock else ''}"


def _written(value: float, unit: str) -> str:
    if not value:
        return ""
    return f"{int(value) if value == int(value) else value}{unit}"


def length(number: str, unit: str, half: bool = False, more: bool = False) -> Length | None:
    """Return so many of a unit; None where the number is none."""
    number = _SPOKEN.get(number, number)
    unit = unit.removeprefix("个")
    if unit.startswith("半"):
        half, unit = True, unit.removeprefix("半")
    unit = unit.removeprefix("个")
    if unit.endswith("半钟"):
        half, unit = True, unit.removesuffix("半钟") + "钟"
    if number in ("半", "大半", "小半"):
        value, few = 0.5, number != "半"
    elif number in _VAGUE_NUMBERS:
        value, few = float(_FEW), True
    else:
        read = amount(number.replace(",", ""))
        if read is None:
            return None
        # 二十多年 may be anything up to thirty
        value, few = float(read.low), read.high is not None or (more and read.low >= 10 and not read.low % 10)
        few = few or (more and unit == "世纪")
    value += 0.5 if half else 0
    return _in_units(value, unit, few, more)


def _in_units(value: float, unit: str, few: bool, more: bool) -> Length:
    if unit in _MONTHS:
        return Length(value * _MONTHS[unit], 0, 0, few, more, unit)
    if unit in _DAYS:
        days = value * _DAYS[unit]
        whole = math.floor(days) if unit in ("天", "日", "昼夜") else days
        return Length(0, whole, round((days - whole) * 86400), few, more, unit)
    return Length(0, 0, round(value * _SECONDS[unit]), few, more, unit)


def run(match: re.Match[str], further: re.Pattern[str]) -> tuple[Length, int] | None:
    """Return the amount of a match and those joined to it (四年六个月, 8天又二十个小时), and where they end."""
    more = bool(match["more"] or match["more2"])
    total = length(match["num"], match["unit"], bool(match["half"]), more)
    if total is None:
        return None
    end = match.end()
    while rest := further.match(match.string, end):
        other = length(rest["num"], rest["unit"], bool(rest["half"]))
        if other is None or not (rest["and"] or _finer(other, total)):
            break
        if rest["unit"] == "时" and total.unit not in ("天", "日"):
            break
        total, end = total.plus(other), rest.end()
    return total, end


def _finer(one: Length, other: Length) -> bool:
    sizes = [item.months * 2592000 + item.days * 86400 + item.seconds for item in (one, other)]
    ranks = [0 if item.unit in _MONTHS else 1 if item.unit in _DAYS else 2 for item in (one, other)]
    return ranks[0] > ranks[1] or (ranks[0] == ranks[1] and one.unit != other.unit and sizes[0] < sizes[1])


def shift(start: date, by: Length, sign: int) -> date | None:
    """``by`` before (-1) or after (1) a day, hours and less rounded up to days; None outside the calendar."""
    if by.months > 12 * 9000 or by.days > 4e6 or by.seconds > 4e11:
        return None
    moved: date | None = start
    if by.months:
        whole = math.floor(by.months)
        moved = calendar.shift_months(start, sign * whole)
        rest = round((by.months - whole) * 30)
        moved = calendar.shift_days(moved, sign * rest) if moved else None
    days = math.ceil(by.days + by.seconds / 86400)
    return calendar.shift_days(moved, sign * days) if moved and days else moved


def shift_clock(start: date, at: time, by: Length, sign: int) -> datetime | None:
    """Like ``shift``, to the minute."""
    day = shift(start, by._replace(seconds=0), sign)
    if day is None or by.seconds > 4e11:
        return None
    try:
        moved = datetime.combine(day, at) + sign * timedelta(seconds=by.seconds)
    except OverflowError:
        return None
    return moved if calendar.FIRST_YEAR <= moved.year <= calendar.LAST_YEAR else None
