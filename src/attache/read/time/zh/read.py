"""The reader of Chinese times: scans a text once and settles each expression in its surroundings."""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import date
from typing import NamedTuple

from attache.read.time import calendar, occasion
from attache.read.time.calendar import Stretch
from attache.read.time.clock import Clock
from attache.read.time.hit import Anchor, Kind, Modifier, TimeHit, reckon, refs
from attache.read.time.point import NO_ANCHOR, NO_DAY, Context, Lean, Point, Read, Reading, resolve
from attache.read.time.table import TimeTable
from attache.read.time.zh import amount, clock
from attache.read.time.zh.lean import pull
from attache.read.time.zh.patterns import Patterns, patterns
from attache.read.time.zh.point import Found, point_at
from attache.read.time.zh.range import between
from attache.read.time.zh.twin import disagreement, twin_of

_TOLD_BEFORE = "the date told before it"
_CIRCLE = re.compile("(?<=[〇零一二三四五六七八九○])○|○(?=[〇零一二三四五六七八九○])")  # ○ is written for 〇
_TITLE = re.compile("《[^《》]{1,80}》|〈[^〈〉]{1,80}〉")
_TWO_READINGS = "may be so many days ago or before that day of the month"


class _Place(NamedTuple):
    """The text and everything that the reading of it needs; the same for all hits of a text but the context."""

    text: str
    anchor: Anchor
    table: TimeTable
    p: Patterns


def read(text: str, anchor: Anchor, table: TimeTable, context: Context) -> tuple[list[TimeHit], Context]:
    """All times of a text, in order, without overlap, and the context after the last."""
    hits, context = _scan(_CIRCLE.sub("〇", text), anchor, table, context)
    return [hit._replace(text=text[hit.start : hit.end]) for hit in hits] if "○" in text else hits, context


def _scan(text: str, anchor: Anchor, table: TimeTable, context: Context) -> tuple[list[TimeHit], Context]:
    place = _Place(text, anchor, table, patterns(table))
    titles = [match.span() for match in _TITLE.finditer(text)]
    occasions = occasion.spans(text, table, place.p)
    gate = place.p.gate.search
    hits: list[TimeHit] = []
    pos = floor = 0
    while True:
        match = gate(text, pos)
        at = match.start() if match else len(text)
        while occasions and occasions[0].start <= at:
            span = occasions.pop(0)
            if span.start >= floor:
                hit, after = occasion.settle(span, text, anchor, table, place.p, context)
                floor = hit.end
                if not _in_title(hit, titles):
                    hits.append(hit)
                    context = after
        if match is None:
            return _joined(hits, place), context
        if at < floor:
            pos = floor
            continue
        found = _at(place, at, floor, context)
        if found is None:
            pos = at + 1
        else:
            hit, after = found
            pos = floor = max(hit.end, at + 1)
            if not _in_title(hit, titles):
                hits.append(hit)
                context = after


def _in_title(hit: TimeHit, titles: list[tuple[int, int]]) -> bool:
    """Whether a time is but a part of a title: 《星期日泰晤士报》, 《2025年国防白皮书》."""
    before = bisect_left(titles, (hit.start, 0))
    if not before:
        return False
    lo, hi = titles[before - 1]
    return hit.end < hi and hi - lo - 2 > hit.end - hit.start


def _at(place: _Place, at: int, floor: int, context: Context) -> tuple[TimeHit, Context] | None:
    text, p = place.text, place.p
    if text.startswith("今明两", at) and text[at + 3 : at + 4] in ("年", "天", "日"):
        return _both(place, at), context
    if text[at] in "每逢一两三四五" and (match := p.every.match(text, at)):
        return _plain(place, at, match.end(), "set", "set"), context
    if (found := amount.with_prefix(text, at, place.anchor, place.table, p, context)) is not None:
        return found, context
    if (found := amount.ranged(text, at, place.anchor, p, context)) is not None:
        return found, context
    if (point := point_at(text, at, place.table, p)) is not None:
        return _date(place, at, floor, point, context)
    if (found := amount.plain(text, at, floor, place.anchor, p, context)) is not None:
        return found, context
    if (hit := _clock(place, at, floor, context)) is not None:
        days = refs(hit.edtf).days if hit.edtf and context.last is None else ()
        return hit, context._replace(last=Stretch(days[0], days[0])) if days else context
    if match := p.vague.match(text, at):
        return _plain(place, at, match.end(), "vague", "vague"), context
    return None


def _both(place: _Place, at: int) -> TimeHit:
    """今明两年, 今明两天: this one and the next."""
    of_years = place.text[at + 3] == "年"

    def read(ref: date | None) -> Reading:
        if ref is None:
            return NO_ANCHOR
        end = calendar.shift_days(ref, 1)
        days = calendar.years(ref.year, ref.year + 1) if of_years else Stretch(ref, end) if end else None
        return Read(days, "anchor") if days else NO_DAY

    reading = reckon(place.anchor, True, read)
    if isinstance(reading, str):
        return _hit(place, at, at + 4, None, "both", None, None, reading)
    return _hit(place, at, at + 4, calendar.edtf(reading.days), "both", reading, None, None)


def _joined(hits: list[TimeHit], place: _Place) -> list[TimeHit]:
    """Join what two readers found into one stretch: 去年春节到元宵节, 下午两点至次日凌晨四点."""
    out: list[TimeHit] = []
    for hit in hits:
        last = out[-1] if out else None
        if last is None or not (last.edtf and hit.edtf) or not place.p.to.fullmatch(place.text, last.end, hit.start):
            out.append(hit)
            continue
        if last.rule.endswith(".range") or hit.rule.endswith(".range"):
            out.append(hit)  # from … to … to … is no stretch
            continue
        (lo, _), (_, hi) = calendar.bounds(last.edtf), calendar.bounds(hit.edtf)
        hours = (last.clock, hit.clock)
        if lo is None or hi is None or hi < lo or (None in hours and any(hours)):
            out.append(hit)
            continue
        ends = last.edtf.partition("/")[0], hit.edtf.rpartition("/")[2]
        clock = "/".join(str(x).partition("/")[0] for x in hours) if all(hours) else None
        out[-1] = last._replace(
            end=hit.end, text=place.text[last.start : hit.end], edtf=ends[0] if ends[0] == ends[1] else "/".join(ends),
            rule=last.rule + ".range", kind="date", clock=clock, part=None,
        )  # fmt: skip
    return out


def _plain(place: _Place, start: int, end: int, kind: Kind, rule: str) -> TimeHit:
    return TimeHit(start, end, place.text[start:end], None, rule, None, None, kind, None, None)


def _date(place: _Place, at: int, floor: int, found: Found, context: Context) -> tuple[TimeHit, Context] | None:
    """Return a date with all that belongs to it: brackets, clock, the range's end, 前, 后, 自, 约."""
    text, p = place.text, place.p
    found, end, twin = twin_of(text, found, place.table, p)
    hours = clock.tail(text, found, end, place.table, p)
    right, end, till = _range_end(place, found, hours.end)
    if found.point and _is_same_period(place.text, found):
        end = found.end + 2
    while text[end - 1] == " ":
        end -= 1
    suffix = p.suffix.match(text, end)
    if (
        suffix
        and found.point
        and found.point == Point(day=found.point.day)
        and right is None
        and hours.clock is None
        and _two_readings(found, suffix)
    ):
        hit = _hit(place, at, suffix.end(), None, "date", None, None, _TWO_READINGS)
        return hit, context
    prefix = p.prefix.search(text, max(floor, at - 12), at)
    if suffix and suffix["begun"] and not (prefix and (prefix["since"] or prefix["from"])):
        suffix = None  # 周四开始谈判 is Thursday's act
    start = _start(prefix, suffix, at, right is not None)
    if suffix:
        end = suffix.end()
    by = pull(text, start, end, p)
    pulled = by.ahead if by else _deadline(found, right, suffix)
    here = context._replace(alone=start == 0 and end == len(text))
    reading = _settle(place, found, right, here, pulled, beside=at - floor == 1 and text[floor] in "和、及与")
    for told in (hours.clock, till):
        if isinstance(told, str):
            reading = told
    if twin and isinstance(reading, Read) and right is None:
        reading = disagreement(reading.days, twin) or reading
    if isinstance(reading, str):
        return _hit(place, start, end, None, found.rule, None, pulled, reading), context
    head = prefix["zone"] if prefix and prefix["zone"] and prefix.start("zone") == start else ""
    last = context.frame if found.rule.startswith("date") and context.frame else context.last
    timed = isinstance(hours.clock, Clock) and hours.clock.iso is not None
    edtf = _written(reading.days, prefix, suffix, right is not None, timed)
    hit = _hit(place, start, end, edtf, found.rule + (".range" if right else ""), reading, pulled, None)
    hit = hit._replace(pull=by.by if by else None, modifier=_modifier(found, prefix, suffix), lead=_lead(place, head))
    if reading.used == "told" and last:
        hit = hit._replace(anchor=calendar.edtf(last))
    if isinstance(hours.clock, Clock):
        zone = hours.zone or place.table.words.zone.get((prefix and prefix["zone"]) or "")
        iso = hours.clock.iso
        if isinstance(till, Clock) and iso and till.iso:
            iso = f"{iso}/{till.iso}"
        hit = hit._replace(clock=iso, part=hours.clock.part if right is None else None, zone=zone)
    return hit, _after(context, found, reading.days)


def _modifier(found: Found, prefix: re.Match[str] | None, suffix: re.Match[str] | None) -> Modifier | None:
    """Return what the words add to the date: 自 since, 前 before, 底 late; of several the outermost."""
    if (prefix and prefix["until"]) or (suffix and suffix["until"]):
        return "before" if suffix and suffix["until"] and suffix["until"][-1] == "前" else "until"
    if suffix and suffix["since"]:
        return "after" if suffix["since"][-1] == "后" else "since"
    if prefix and prefix["since"]:
        return "since"
    if (prefix and prefix["about"]) or (suffix and suffix["about"]):
        return "about"
    return found.part


def _two_readings(found: Found, suffix: re.Match[str]) -> bool:
    return (
        suffix["until"] is not None
        and found.rule == "date"
        and found.point is not None
        and found.point.day is not None
        and found.point.day.base == "given"
    )


def _deadline(found: Found, right: Found | None, suffix: re.Match[str] | None) -> Lean:
    """月底前, 年底前 look ahead where nothing says otherwise."""
    until = suffix and suffix["until"] and suffix["until"][-1] == "前"
    return True if until and right is None and found.rule == "part" else None


def _range_end(place: _Place, found: Found, end: int) -> tuple[Found | None, int, Clock | str | None]:
    """Return the second date of a range, where the whole ends, and the hours told at its end."""
    if found.to:
        return Found(found.end, found.to, "date"), end, None
    to = place.p.to.match(place.text, end)
    if not to or to.end() >= len(place.text) or found.point is None:
        return None, end, None
    right = point_at(place.text, to.end(), place.table, place.p)
    if right is None:
        return None, end, None
    hours = clock.tail(place.text, right, right.end, place.table, place.p)
    return right, hours.end, hours.clock


def _start(prefix: re.Match[str] | None, suffix: re.Match[str] | None, at: int, is_range: bool) -> int:
    """Where the span begins: 自, 截至, 约 and the clock's zone belong to it, 从 only if something closes it."""
    if prefix is None or prefix.start() == at:
        return at
    if prefix["from"] and not (is_range or (suffix and suffix["since"])):
        rest = [prefix.start(name) for name in ("about", "zone") if prefix[name]]
        return min(rest, default=at)
    named = [prefix.start(name) for name in ("since", "from", "until", "about", "zone") if prefix[name]]
    return min(named, default=at)


def _settle(place: _Place, found: Found, right: Found | None, context: Context, pulled: Lean, beside: bool) -> Reading:
    if found.point is None:
        return found.why or NO_DAY
    point = found.point
    if _is_same_period(place.text, found):
        return reckon(place.anchor, True, lambda ref: _same_period(point, ref, context))
    if right is None and beside and point.weekday is not None and point.week is None and context.last:
        # 下周一和周三: the second day counts from the first
        return resolve(point, context.last.lo, context, True)
    if right is None:
        return reckon(place.anchor, found.deictic, lambda ref: resolve(point, ref, context, pulled))
    return reckon(place.anchor, found.deictic or right.deictic, lambda ref: between(point, right, ref, context, pulled))


def _is_same_period(text: str, found: Found) -> bool:
    """Whether this is 去年同期."""
    return bool(found.point and found.point == Point(year=found.point.year) and text.startswith("同期", found.end))


def _same_period(point: Point, ref: date | None, context: Context) -> Reading:
    """去年同期: the stretch told last, so many years off; else the anchor's month."""
    year = resolve(point, ref, context, None)
    if isinstance(year, str):
        return year
    told = context.last
    if told is None:
        month = calendar.month(year.days.lo.year, ref.month) if ref else None
        return Read(month, "anchor") if month else NO_DAY
    lo = calendar.shift_months(told.lo, 12 * (year.days.lo.year - told.lo.year))
    hi = calendar.shift_months(told.hi, 12 * (year.days.lo.year - told.lo.year))
    return Read(told._replace(lo=lo, hi=hi), "told") if lo and hi else NO_DAY


def _written(
    days: Stretch, prefix: re.Match[str] | None, suffix: re.Match[str] | None, is_range: bool, timed: bool
) -> str:
    # 5月18日凌晨3时左右: it is the hour that is about
    about = not timed and bool((prefix and prefix["about"]) or (suffix and suffix["about"]))
    if not is_range:
        if (suffix and suffix["until"]) or (prefix and prefix["until"]):
            return calendar.until(days, about)
        if (prefix and prefix["since"]) or (suffix and suffix["since"]):
            return calendar.since(days, about)
    return calendar.edtf(days, about)


def _after(context: Context, found: Found, days: Stretch) -> Context:
    """Return the context after a date. Only one told by its month, and by its day or year too, frames later ones."""
    point = found.point
    if point is None:
        return context
    told_month = point.month is not None and (point.day is not None or point.year is not None)
    told_day = point.day is not None and point.day.base == "told"
    if told_day and point.day and point.day.value == 0:
        return context
    if not told_month:
        return context._replace(last=days)
    # within a frame whose year was told, a month without a year has that year told too
    return Context(days, days, point.year is not None or context.year_told)


def _hit(
    place: _Place,
    start: int,
    end: int,
    edtf: str | None,
    rule: str,
    reading: Read | None,
    pulled: Lean,
    unsure: str | None,
) -> TimeHit:
    anchor = why = None
    if reading and reading.used == "anchor":
        anchor, why = place.anchor.date, place.anchor.why
    elif reading and reading.used == "told":
        why = _TOLD_BEFORE
    return TimeHit(start, end, place.text[start:end], edtf, rule, anchor, why, "date", pulled, unsure)


def _clock(place: _Place, at: int, floor: int, context: Context) -> TimeHit | None:
    """Return a clock, or part of the day, without a day: the day told last, else the anchor's."""
    found = clock.alone(place.text, at, floor, place.table, place.p)
    if found is None:
        return None
    if isinstance(found.clock, str):
        return _hit(place, found.start, found.end, None, "clock", None, None, found.clock)._replace(kind="clock")
    days, bounded = refs(place.anchor.date)
    reading = why = None
    if context.last and context.last.one_day:
        reading = Read(context.last, "told")
    elif bounded and len(days) == 1:
        reading = Read(Stretch(days[0], days[0]), "anchor")
    else:
        why = "no day is told for this hour"
    edtf = calendar.edtf(reading.days) if reading else None
    hit = _hit(place, found.start, found.end, edtf, "clock", reading, None, why)
    hit = hit._replace(kind="clock", clock=found.clock.iso, part=found.clock.part, zone=found.zone)
    return hit._replace(lead=_lead(place, place.text[found.start : at]) if found.start < at else 0)


def _lead(place: _Place, zone: str) -> int:
    """How many characters of a zone's name are a state's."""
    state = next((name for name in place.table.words.words.zone_states if zone.startswith(name)), "")
    return len(state)
