"""Amounts of time: three days, and the stretches told by them (过去三天, 三年前, 两天后, 未来十年)."""

from __future__ import annotations

import math
import re
from datetime import date
from typing import NamedTuple

from attache.read.quantity.number import amount
from attache.read.time import calendar
from attache.read.time.calendar import Stretch
from attache.read.time.hit import Anchor, Kind, TimeHit, reckon
from attache.read.time.point import NO_ANCHOR, NO_DAY, NO_TOLD, Context, Lean, Read, Reading
from attache.read.time.table import TimeTable
from attache.read.time.zh_lean import lean
from attache.read.time.zh_patterns import Patterns

_FEW = 5  # 几天, 数日: about so many
_VAGUE_NUMBERS = frozenset("几数多")
_FINE = "hours and minutes do not tell the day"
_FROM_ACT = "it is counted from an act whose date is not told"


class _Amount(NamedTuple):
    """So many months or days; ``few`` where the number is only "some"; ``fine`` below a day."""

    months: float
    days: float
    few: bool
    fine: bool


def with_prefix(text: str, at: int, anchor: Anchor, table: TimeTable, p: Patterns, context: Context) -> TimeHit | None:
    """过去三天, 未来十年, 此前两周: a stretch up to or from the anchor, or the date told last."""
    match = p.amount.match(text, at)
    if not match or not match["pre"] or p.relative_day.match(text, at):
        return None
    quantity = _amount(match)
    if quantity is None or (match["unit"] == "年" and len(match["num"]) == 4 and match["num"].isdigit()):
        return None
    direction = table.words.span_before[match["pre"]]
    tail = p.amount_suffix.match(text, match.end())
    end = tail.end() if tail and (tail["since"] or tail["within"]) else match.end()
    if tail and tail["front"]:
        return _made(text, at, tail.end(), anchor, "vague", "vague", None, None)
    reading = reckon(anchor, True, lambda ref: _stretch(quantity, direction, ref, context))
    if quantity.few and quantity.months:
        return _made(text, at, end, anchor, "vague", "vague", None, direction > 0)
    return _made(
        text,
        at,
        end,
        anchor,
        "date",
        "span.past" if direction < 0 else "span.future",
        reading,
        direction > 0,
        _edge(quantity, direction),
    )


def plain(text: str, at: int, floor: int, anchor: Anchor, p: Patterns, context: Context) -> TimeHit | None:
    """三年 (a duration), 三年前, 两天后, 三年来, 三天内."""
    match = p.amount.match(text, at)
    if not match or match["pre"]:
        return None
    tail = p.amount_suffix.match(text, match.end())
    assert tail  # it may be empty
    quantity = _amount(match)
    if quantity is None or _is_date(match, tail):
        return None
    if tail["front"] or tail["after"]:
        return _point(text, at, tail, floor, anchor, p, context, quantity)
    if tail["since"]:
        if quantity.few or match["more"] or match["more2"]:
            return _made(text, at, tail.end(), anchor, "vague", "vague", None, None)
        reading = reckon(anchor, True, lambda ref: _stretch(quantity, -1, ref, context))
        return _made(text, at, tail.end(), anchor, "date", "span.past", reading, False, _edge(quantity, -1))
    if tail["within"] and lean(text, at, tail.end(), p) and not quantity.few:
        reading = reckon(anchor, True, lambda ref: _stretch(quantity, 1, ref, context))
        return _made(text, at, tail.end(), anchor, "date", "span.future", reading, True, _edge(quantity, 1))
    before = p.duration_prefix.search(text, max(floor, at - 6), at)
    return _made(
        text,
        before.start() if before else at,
        tail.end() if tail["within"] else match.end(),
        anchor,
        "duration",
        "duration",
        None,
        None,
    )


def _is_date(match: re.Match[str], tail: re.Match[str]) -> bool:
    """7日, 三月, 2014年 are dates; 两日, 三月内, 7日后, 14年 are amounts."""
    number, unit = match["num"], match["unit"]
    counted = bool(
        match["more"]
        or match["more2"]
        or tail["after"]
        or tail["within"]
        or (number[0] in "两几数半多好若十百" and len(number) > 1 and number[0] != "十")
    )
    if number in ("两", "几", "数", "半", "多"):
        counted = True
    if unit in ("日", "月"):
        return not counted and not (number.isdigit() and int(number) > 31)
    return unit == "年" and len(number) == 4 and number.isdigit() and not counted


def _amount(match: re.Match[str]) -> _Amount | None:
    number, unit = match["num"], match["unit"]
    if number == "半":
        value, few = 0.5, False
    elif number in _VAGUE_NUMBERS or number in ("好几", "若干"):
        value, few = float(_FEW), True
    else:
        read = amount(number)
        if read is None:
            return None
        value, few = float(read.low), read.high is not None
    if match["half"] or "半" in unit:
        value += 0.5
    few = few or bool(match["more"] or match["more2"])
    return _in_units(value, unit.replace("个", "").replace("半", ""), few)


def _in_units(value: float, unit: str, few: bool) -> _Amount | None:
    months = {"年": 12, "载": 12, "月": 1, "季度": 3, "世纪": 1200}.get(unit)
    if months:
        return _Amount(value * months, 0, few, False)
    days = {"周": 7.0, "星期": 7.0, "礼拜": 7.0, "天": 1.0, "日": 1.0, "昼夜": 1.0, "小时": 1 / 24, "钟头": 1 / 24}.get(
        unit, 1 / 1440
    )
    return _Amount(0, value * days, few, days < 1)


def _shift(start: date, quantity: _Amount, sign: int) -> date | None:
    if quantity.months:
        whole = math.floor(quantity.months)
        moved = calendar.shift_months(start, sign * whole) if whole < 12 * 9000 else None
        rest = round((quantity.months - whole) * 30)
        return calendar.shift_days(moved, sign * rest) if moved else None
    return calendar.shift_days(start, sign * math.ceil(quantity.days)) if quantity.days < 4e6 else None


def _stretch(quantity: _Amount, direction: int, ref: date | None, context: Context) -> Reading:
    """From so much before (after) the anchor or the date told last, to it."""
    if quantity.fine and (quantity.days < 0.5):
        return _FINE
    start: date | None = ref
    told = abs(direction) == 2 and context.last is not None and context.last.one_day
    if told and context.last:
        start = context.last.lo
    if start is None:
        return NO_ANCHOR
    if quantity.few and direction > 0:
        start = calendar.shift_days(start, 1) or start
    other = _shift(start, quantity, 1 if direction > 0 else -1)
    if quantity.few and direction > 0 and other:
        other = calendar.shift_days(other, -1)
    if other is None:
        return NO_DAY
    lo, hi = (start, other) if direction > 0 else (other, start)
    return Read(Stretch(lo, hi), "told" if told else "anchor")


def _edge(quantity: _Amount, direction: int) -> str:
    """Which end is only about right: the far one, where months are counted or days are but a few."""
    if not (quantity.months or quantity.few):
        return ""
    return "hi" if direction > 0 else "lo"


def _point(
    text: str,
    at: int,
    tail: re.Match[str],
    floor: int,
    anchor: Anchor,
    p: Patterns,
    context: Context,
    quantity: _Amount,
) -> TimeHit:
    """三年前, 两天后: a day, month or year, as fine as the unit counted."""
    sign = -1 if tail["front"] else 1
    before = p.prefix.search(text, max(floor, at - 12), at)
    about = bool(before and before["about"])
    start = before.start("about") if before and about else at
    if quantity.few:
        return _made(text, start, tail.end(), anchor, "vague", "vague", None, sign > 0)
    clause_initial = start == 0 or text[start - 1] in " ，。；：、！？\n（(“在于"

    def read(ref: date | None) -> Reading:
        told = context.last is not None and context.last.one_day
        if sign > 0 and context.last is not None and told:
            return _day(quantity, context.last.lo, sign, "told")
        if sign > 0 and not clause_initial:
            return _FROM_ACT
        return _day(quantity, ref, sign, "anchor") if ref else NO_ANCHOR

    reading = reckon(anchor, True, read)
    return _made(
        text,
        start,
        tail.end(),
        anchor,
        "date",
        "ago" if sign < 0 else "later",
        reading,
        sign > 0,
        "both" if about else "",
    )


def _day(quantity: _Amount, start: date, sign: int, used: str) -> Reading:
    if quantity.fine and quantity.days % 1:
        return _FINE
    moved = _shift(start, quantity, sign)
    if moved is None:
        return NO_DAY
    days: Stretch | None = Stretch(moved, moved)
    if quantity.months and quantity.months % 12 == 0:
        days = calendar.years(moved.year, moved.year)
    elif quantity.months:
        days = calendar.month(moved.year, moved.month)
    return Read(days, "told" if used == "told" else "anchor") if days else NO_DAY


def _made(
    text: str,
    start: int,
    end: int,
    anchor: Anchor,
    kind: Kind,
    rule: str,
    reading: Reading | None,
    forward: Lean,
    edge: str = "",
) -> TimeHit:
    if not isinstance(reading, Read):
        return TimeHit(start, end, text[start:end], None, rule, None, None, kind, forward, reading)
    days = reading.days
    lo, hi = calendar.atom(days.lo, days.lo_grain), calendar.atom(days.hi, days.hi_grain)
    lo += "~" if edge in ("lo", "both") else ""
    hi += "~" if edge in ("hi", "both") else ""
    edtf = lo if lo.rstrip("~") == hi.rstrip("~") else f"{lo}/{hi}"
    told = reading.used == "told"
    why = "the date told before it" if told else anchor.why
    return TimeHit(start, end, text[start:end], edtf, rule, None if told else anchor.date, why, kind, forward, None)


__all__ = ["NO_TOLD", "plain", "with_prefix"]
