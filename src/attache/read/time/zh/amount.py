"""Amounts of time in a sentence: lengths (三天), and stretches and days told by them (过去三天, 三年前, 两天后)."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import NamedTuple

from attache.read.time import calendar
from attache.read.time.calendar import Grain, Stretch
from attache.read.time.hit import Anchor, Kind, Modifier, TimeHit, reckon
from attache.read.time.length import Length, length, run, shift, shift_clock
from attache.read.time.point import NO_ANCHOR, NO_DAY, Context, Lean, Read, Reading
from attache.read.time.table import TimeTable
from attache.read.time.zh.lean import ahead
from attache.read.time.zh.patterns import Patterns

_FINE = "hours and minutes do not tell the day"
_FROM_ACT = "it is counted from an act whose date is not told"
_ABOUT = re.compile("约|近")
_CLAUSE = " ，。；：、！？\n（(“在于"


class _Place(NamedTuple):
    """The text, where the amount begins, and all that its reading needs."""

    text: str
    at: int
    anchor: Anchor
    context: Context


def with_prefix(text: str, at: int, anchor: Anchor, table: TimeTable, p: Patterns, context: Context) -> TimeHit | None:
    """过去三天, 未来十年, 此前两周: a stretch up to or from the anchor, or the date told last."""
    match = p.amount.match(text, at)
    if not match or not match["pre"] or p.relative_day.match(text, at):
        return None
    if match["pre"] in table.words.words.span_initial and not _heads_clause(match, text, at):
        return None
    found = run(match, p.amount_further)
    if found is None or (match["unit"] == "年" and len(match["num"]) == 4 and match["num"].isdigit()):
        return None
    by, end = found
    place = _Place(text, at, anchor, context)
    direction = table.words.span_before[match["pre"]]
    tail = p.amount_suffix.match(text, end)
    if match["pre"] == "近" and not (tail and (tail["since"] or tail["within"])) and _took(text, at, by, p):
        return None
    if direction == 3:
        return _point(place, end, 1, "after", False, by) if not by.few else _vague(place, end, True)
    if tail and (tail["since"] or tail["within"]):
        end = tail.end()
    if tail and tail["front"]:
        return _vague(place, tail.end())
    if by.few and by.months:
        return _vague(place, end, direction > 0)
    rule = "span.past" if direction < 0 else "span.future"
    return _stretch(place, end, by, direction, rule)


def _took(text: str, at: int, by: Length, p: Patterns) -> bool:
    """Whether 近 before an amount means nearly: 持续了近三个月, 会谈近3个小时."""
    if by.fine:
        return bool(by.seconds % 43200) or not (at == 0 or text[at - 1] in _CLAUSE)  # 近24小时，… is up to now
    return p.length_before.search(text, max(0, at - 8), at) is not None


def _heads_clause(match: re.Match[str], text: str, at: int) -> bool:
    """Whether 前, 上, 后 before an amount count from the anchor: not 前三个月, the first of many, 上一年, 前两天."""
    if at and text[at - 1] not in _CLAUSE:
        return False
    if match["num"] in ("一", "半", "几", "数"):
        return False
    fine = not any(unit in match["unit"] for unit in ("年", "月", "季", "日"))
    return match["pre"] != "前" or (fine and match["num"] != "两") or match["unit"] in ("周", "星期", "个星期")


def plain(text: str, at: int, floor: int, anchor: Anchor, p: Patterns, context: Context) -> TimeHit | None:
    """三年 (a length), 三年前, 两天后, 三年来, 三天内, 三到六个月."""
    match = p.amount.match(text, at)
    if not match or match["pre"]:
        return None
    place = _Place(text, at, anchor, context)
    found = run(match, p.amount_further)
    if found is None:
        return None
    by, end = found
    tail = p.amount_suffix.match(text, end)
    assert tail  # it may be empty
    if by.iso() == "P" or (match["num"] == "一" and match["unit"] in ("天", "日") and text.endswith("最后", 0, at)):
        return None  # 0年, 最后一天
    if _is_date(match, tail):
        return None
    if tail["front"] or tail["after"]:
        return _ago(place, tail, floor, p, by)
    if tail["since"]:
        if by.few:
            return _vague(place, tail.end())
        return _stretch(place, tail.end(), by, -1, "span.past")
    if tail["within"] and not by.few and ahead(text, at, tail.end(), p):
        return _stretch(place, tail.end(), by, 1, "span.future")
    before = p.duration_prefix.search(text, max(floor, at - 6), at)
    hit = _length(place, before.start() if before else at, end, tail.end() if tail["within"] else end, by, p)
    if tail["within"]:
        return hit._replace(modifier="within")
    return hit._replace(modifier="about") if before and _ABOUT.search(before[0]) else hit


def ranged(text: str, at: int, anchor: Anchor, p: Patterns, context: Context) -> TimeHit | None:
    """13至18天, 三到六个月: a length between two, whose first has no unit of its own; 一到两年后 is a stretch."""
    match = p.amount_range.match(text, at)
    if not match:
        return None
    low = length(match["low"], match["unit"])
    high = length(match["num"], match["unit"], bool(match["half"]))
    if low is None or high is None or low >= high:
        return None
    if match["unit"] in ("年", "月", "日") and match["num"].isdigit():
        return None  # 2014至2016年, 5至7日
    tail = p.amount_suffix.match(text, match.end())
    assert tail  # it may be empty
    place = _Place(text, at, anchor, context)
    if (tail["front"] or tail["after"]) and not (low.few or high.few):
        return _between(place, tail, low, high)
    hit = _made(place, tail.end() if tail["within"] else match.end(), None, "duration", "duration")
    return hit._replace(length=f"{low.iso()}/{high.iso()}", modifier="within" if tail["within"] else None)


def _between(place: _Place, tail: re.Match[str], low: Length, high: Length) -> TimeHit:
    """一到两年后, 三四天前: from the one to the other, counted from the anchor."""
    sign = -1 if tail["front"] else 1

    def read(ref: date | None) -> Reading:
        if ref is None:
            return NO_ANCHOR
        first, last = (_day(by, ref, sign, "anchor") for by in (low, high)[::sign])
        if isinstance(first, str) or isinstance(last, str):
            return first if isinstance(first, str) else last
        lo, hi = first.days, last.days
        return Read(Stretch(lo.lo, hi.hi, lo.lo_grain, hi.hi_grain), "anchor")

    reading = _FROM_ACT if sign > 0 and not _initial(place) else reckon(place.anchor, True, read)
    return _made(place, tail.end(), reading, "date", "ago" if sign < 0 else "later", sign > 0)


def _initial(place: _Place) -> bool:
    return place.at == 0 or place.text[place.at - 1] in _CLAUSE


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


def _length(place: _Place, start: int, at: int, end: int, by: Length, p: Patterns) -> TimeHit:
    """A length, or one between two (三天至八天)."""
    hit = _made(place._replace(at=start), end, None, "duration", "duration")._replace(length=by.iso())
    to = p.to.match(place.text, at)
    other = p.amount.match(place.text, to.end()) if to and end == at else None
    if other and not other["pre"] and (high := run(other, p.amount_further)) and high[0].iso() != by.iso():
        words = place.text[start : high[1]]
        return hit._replace(end=high[1], text=words, length=f"{by.iso()}/{high[0].iso()}")
    return hit


def _stretch(place: _Place, end: int, by: Length, direction: int, rule: str) -> TimeHit:
    """From so much before (after) the anchor or the date told last, to it."""
    pulled = direction > 0
    if by.fine and by.seconds % 86400:
        return _to_the_minute(place, end, by, direction, rule)
    reading = reckon(place.anchor, True, lambda ref: _days(by, direction, ref, place.context))
    edge = "" if not (by.months or by.few or by.more) else "hi" if pulled else "lo"
    if by.more and isinstance(reading, Read) and by.months:
        grain: Grain = "year" if by.unit in ("年", "载") else "month"
        days = reading.days
        reading = reading._replace(days=days._replace(hi_grain=grain) if pulled else days._replace(lo_grain=grain))
    return _made(place, end, reading, "date", rule, pulled, edge)


def _days(by: Length, direction: int, ref: date | None, context: Context) -> Reading:
    start: date | None = ref
    told = abs(direction) == 2 and context.last is not None and context.last.one_day
    if told and context.last:
        start = context.last.lo
    if start is None:
        return NO_ANCHOR
    if by.few and direction > 0:
        start = calendar.shift_days(start, 1) or start
    other = shift(start, by, 1 if direction > 0 else -1)
    if by.few and direction > 0 and other:
        other = calendar.shift_days(other, -1)
    if other is None:
        return NO_DAY
    lo, hi = (start, other) if direction > 0 else (other, start)
    return Read(Stretch(lo, hi), "told" if told else "anchor")


def _to_the_minute(place: _Place, end: int, by: Length, direction: int, rule: str) -> TimeHit:
    """过去六小时, where the hour is known that the page speaks from; else which days they touch is not known."""
    pulled = direction > 0
    now, moved = _moments(place, by, 1 if pulled else -1)
    told = abs(direction) == 2 and place.context.last is not None
    if now is None or moved is None or told:
        reading: Reading | None = _FINE
        if by.seconds + by.days * 86400 >= 43200:
            reading = reckon(place.anchor, True, lambda ref: _days(by, direction, ref, place.context))
        return _made(place, end, reading, "date", rule, pulled)
    lo, hi = (now, moved) if pulled else (moved, now)
    hit = _made(place, end, Read(Stretch(lo.date(), hi.date()), "anchor"), "date", rule, pulled)
    return hit._replace(clock=f"{lo:%H:%M}/{hi:%H:%M}")


def _moments(place: _Place, by: Length, sign: int) -> tuple[datetime | None, datetime | None]:
    """Return the anchor's minute, where it is known, and the one so much before or after it."""
    lo, hi = calendar.bounds(place.anchor.date)
    if place.anchor.clock is None or lo is None or lo != hi:
        return None, None
    now = datetime.combine(lo, place.anchor.clock)
    return now, shift_clock(lo, place.anchor.clock, by, sign)


def _ago(place: _Place, tail: re.Match[str], floor: int, p: Patterns, by: Length) -> TimeHit:
    """三年前, 两天后; 三年以前 is that day or before."""
    sign = -1 if tail["front"] else 1
    before = p.prefix.search(place.text, max(floor, place.at - 12), place.at)
    about = bool(before and before["about"])
    place = place._replace(at=before.start("about") if before and about else place.at)
    alone = place.at == 0 and tail.end() == len(place.text)
    if by.few or (by.more and sign > 0 and not (alone or ahead(place.text, place.at, tail.end(), p))):
        return _vague(place, tail.end(), sign > 0)
    modifier: Modifier | None = "about" if about else None
    if tail[0].startswith(("之", "以")):
        modifier = "before" if sign < 0 else "after"
    return _point(place, tail.end(), sign, modifier, about, by)


def _point(place: _Place, end: int, sign: int, modifier: Modifier | None, about: bool, by: Length) -> TimeHit:
    """A day, month or year so far from the anchor or, ahead, from the day told last; as fine as the unit counted."""
    context, clause_initial = place.context, _initial(place)
    rule = "ago" if sign < 0 else "later"
    told = context.last is not None and context.last.one_day

    def read(ref: date | None) -> Reading:
        if sign > 0 and context.last is not None and told:
            return _day(by, context.last.lo, sign, "told")
        if sign > 0 and not clause_initial:
            return _FROM_ACT
        return _day(by, ref, sign, "anchor") if ref else NO_ANCHOR

    _, moved = _moments(place, by, sign)
    if by.fine and moved and not (sign > 0 and (told or not clause_initial)):
        hit = _made(place, end, Read(Stretch(moved.date(), moved.date()), "anchor"), "date", rule, sign > 0)
        return hit._replace(clock=f"{moved:%H:%M}", modifier=modifier)
    rough = about or by.more or by.months % 1 or by.unit in ("周", "星期", "礼拜")
    hit = _made(place, end, reckon(place.anchor, True, read), "date", rule, sign > 0, "both" if rough else "")
    return hit._replace(modifier=modifier)


def _day(by: Length, start: date, sign: int, used: str) -> Reading:
    if by.fine and by.seconds % 86400:
        return _FINE
    moved = shift(start, by, sign)
    if moved is None:
        return NO_DAY
    days: Stretch | None = Stretch(moved, moved)
    if by.months % 1:
        pass  # half a month is told in days
    elif by.months and by.months % 12 == 0 and not by.days:
        days = calendar.years(moved.year, moved.year)
    elif by.months and not by.days:
        days = calendar.month(moved.year, moved.month)
    return Read(days, "told" if used == "told" else "anchor") if days else NO_DAY


def _vague(place: _Place, end: int, forward: Lean = None) -> TimeHit:
    return _made(place, end, None, "vague", "vague", forward)


def _made(
    place: _Place, end: int, reading: Reading | None, kind: Kind, rule: str, forward: Lean = None, edge: str = ""
) -> TimeHit:
    text = place.text[place.at : end]
    if not isinstance(reading, Read):
        return TimeHit(place.at, end, text, None, rule, None, None, kind, forward, reading)
    days = reading.days
    lo, hi = calendar.atom(days.lo, days.lo_grain), calendar.atom(days.hi, days.hi_grain)
    lo += "~" if edge in ("lo", "both") else ""
    hi += "~" if edge in ("hi", "both") else ""
    edtf = lo if lo.rstrip("~") == hi.rstrip("~") else f"{lo}/{hi}"
    told = reading.used == "told"
    why = "the date told before it" if told else place.anchor.why
    return TimeHit(place.at, end, text, edtf, rule, None if told else place.anchor.date, why, kind, forward, None)
