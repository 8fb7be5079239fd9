"""Clock times in Chinese: the hours after a day (5日晚上8时), and hours that stand alone (当地时间下午三点)."""

from __future__ import annotations

import re
from typing import NamedTuple

from attache.read.time.clock import Clock, clock, offset
from attache.read.time.table import TimeTable
from attache.read.time.zh.patterns import Patterns
from attache.read.time.zh.point import Found

_DAY_WORDS = ("今", "明", "昨", "次", "翌")


class Hours(NamedTuple):
    """What follows a day: where it ends, the hours told there (or why they are none), and their zone."""

    end: int
    clock: Clock | str | None = None
    zone: str | None = None


class Alone(NamedTuple):
    """Hours without a day, their zone's words included."""

    start: int
    end: int
    clock: Clock | str
    zone: str | None


def tail(text: str, found: Found, end: int, table: TimeTable, p: Patterns) -> Hours:
    """Return the part of the day and the hours after a day."""
    point = found.point
    if found.clock:
        return Hours(end, found.clock, found.zone)
    if point is None or not (point.day or point.weekday is not None or point.nth) or point.weekend:
        return Hours(end)
    w = table.words
    last = text[found.end - 1]
    by_name = w.part_after_day.get(last) if last != "午" else None
    match = p.tail.match(text, end)
    if not match or not (match["part"] or match["hour"]):
        return Hours(end, Clock(None, by_name) if by_name else None)
    part = w.part_of_day.get(match["part"]) or w.part_after_day.get(match["part"]) or by_name
    end_part = w.part_of_day.get(match["to_part"]) if match["to_part"] else None
    zone, end = w.zone.get(match["zone"] or ""), match.end()
    if match["hour"] and zone is None:
        zone, end = _offset(text, end, p)
    return Hours(end, clock(match, part, end_part), zone)


def _offset(text: str, end: int, p: Patterns) -> tuple[str | None, int]:
    """Return the zone that stands after the hours in letters (UTC+8), and where it ends."""
    match = p.offset.match(text, end)
    zone = offset(match[0].strip(" （()）")) if match else None
    return (zone, match.end()) if match and zone else (None, end)


def alone(text: str, at: int, floor: int, table: TimeTable, p: Patterns) -> Alone | None:
    """Return hours, or a part of the day, that no day stands before."""
    w = table.words
    match = p.clock.match(text, at)
    hours: Clock | str
    prefix = p.prefix.search(text, max(floor, at - 12), at)
    if match:
        if not _sure(match, text, at, prefix, p):
            return None
        end = match.end()
        part, end_part = (
            w.part_of_day.get(match[name]) or w.part_after_day.get(match[name]) if match[name] else None
            for name in ("part", "to_part")
        )
        hours = clock(match, part, end_part)
    else:
        word = next((word for word in w.part_of_day if text.startswith(word, at)), None)
        if word is None:
            return None
        end, hours = at + len(word), Clock(None, w.part_of_day[word])
    start = prefix.start("zone") if prefix and prefix["zone"] else at
    zone = w.zone.get(prefix["zone"]) if prefix and prefix["zone"] else None
    if match and zone is None:
        zone, end = _offset(text, end, p)
    return Alone(start, end, hours, zone)


def _sure(match: re.Match[str], text: str, at: int, prefix: re.Match[str] | None, p: Patterns) -> bool:
    """Whether hours without a day are hours: not the 时 of 小时, nor two points."""
    if match["part"] or match["colon"]:
        return True
    if match["unit"] == "时":
        told = match["minute"] or match["hour"].isdigit()
        return bool(told) and (bool(match["minute"]) or text[at - 1 : at] not in ("小", "同"))
    around = (prefix and (prefix["zone"] or prefix["about"])) or text.startswith(("左右", "许", "前后"), match.end())
    if match["hour"] in ("一", "几", "两") and not match["minute"]:
        return match["unit"] == "点钟"  # 这一点
    to = p.to.match(text, match.end())
    around = around or (to and text[to.end() : to.end() + 1] in _DAY_WORDS)
    return bool(match["minute"] or match["to_hour"] or around) or match["unit"] == "点钟" or match["hour"] in "零〇"
