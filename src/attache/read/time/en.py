"""The reader of English times, for text that is mainly Latin: a small set of rules over the same points.

Handles figures (2025-12-07), 7 December 2025, December 7, weekdays, last/this/next week, N days ago, since and
until, early/mid/late, quarters and halves, decades, and the named occasions.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from attache.read.time import calendar
from attache.read.time import zh_occasion as time_zh_occasion
from attache.read.time.calendar import Stretch
from attache.read.time.hit import Anchor, Kind, TimeHit, reckon
from attache.read.time.point import Context, Lean, Part, Point, Read, Reading, resolve
from attache.read.time.table import TimeTable

_MONTHS = {
    name: i + 1
    for i, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"])
}
_DAYS = {name: i for i, name in enumerate(["mon", "tue", "wed", "thu", "fri", "sat", "sun"])}
_NUMBERS = {
    w: i + 1
    for i, w in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
} | {"a": 1, "an": 1}
_RELATIVE = {"last": -1, "past": -1, "previous": -1, "this": 0, "next": 1, "coming": 1, "the": 0}
_NAMED_DAYS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}

_MONTH = (
    r"(?P<{0}month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?"
    r"|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)(?![\d,]*\d|%)"
_DAY = r"(?P<{0}day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\d.,]*\d|%|:)"
_DASH = r" ?(?:-|—|to|and|through|until) ?"
_COUNT = r"(?P<count>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_UNIT = r"(?P<unit>day|week|month|year|decade|hour)s?"
_PART = r"(?:(?P<part>early|mid|late|the beginning of|the start of|the end of|end of|the middle of)[ -])?"

_RULES: dict[str, str] = {
    "figures": r"(?P<year>[12]\d{3})([-./])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?![\d-])(?:T[\d:.]{4,15}Z?)?",
    "day month": (
        rf"{_DAY.format('')}(?:{_DASH}{_DAY.format('to_')})? (?:of )?{_MONTH.format('')}(?:,? {_YEAR})?(?![a-z])"
    ),
    "month day": (
        rf"{_MONTH.format('')} {_DAY.format('')}(?:{_DASH}(?:{_MONTH.format('to_')} )?{_DAY.format('to_')})?"
        rf"(?:,? {_YEAR})?"
    ),
    "month": (
        rf"(?:(?P<lead>(?i:in|since|by|until|till|from|before|after"
        rf"|during)) )?{_PART}{_MONTH.format('')}(?:,? (?:of )?{_YEAR})(?![a-z])"
    ),
    "bare month": (
        rf"(?:(?P<lead>(?i:in|since|by|until|till|from|before|after|during|last|next"
        rf"|this)) ){_PART}{_MONTH.format('')}(?![a-z])"
    ),
    "weekday": (
        r"(?:(?P<relative>[Ll]ast|[Tt]his|[Nn]ext|[Cc]oming) )?(?P<weekday>Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri"
        r"|Sat(?:ur)?|Sun)(?:day)(?!s)\b"
    ),
    "named day": r"(?i:(?P<name>today|tonight|yesterday|tomorrow))\b",
    "named span": (
        r"(?i:(?P<relative>last|this|next|past|previous|coming)) (?P<unit>week|weekend|month|year|quarter)\b"
    ),
    "ago": rf"(?i:{_COUNT} {_UNIT} (?:ago|earlier))\b",
    "past span": rf"(?i:(?:the )?(?P<relative>last|past|previous|next|coming) {_COUNT} {_UNIT})\b",
    "part of year": rf"(?i:(?:the )?(?P<which>first|second|third|fourth) (?P<unit>half|quarter) of ){_YEAR}",
    "decade": r"(?:the )?(?P<decade>(?:1[5-9]|20)\d0)s\b",
    "year": (
        rf"(?:(?P<lead>(?i:in|since|by|until|till|from|before|after|during|of|for|around|about|circa)) )?"
        rf"{_PART}{_YEAR}(?![a-z-])"
    ),
    "duration": rf"(?i:{_COUNT}[ -]{_UNIT})\b",
    "vague": (
        r"(?i:recently|in recent (?:days|weeks|months|years)|currently|at present|in the coming (?:days|weeks"
        r"|months|years)|soon|lately|these days)\b"
    ),
}
_FIRSTS = re.compile(r"(?<![A-Za-z0-9$€£.,-])[A-Za-z0-9]")
_BEFORE = re.compile(r"(?i:\b(since|by|until|till|before|after|around|about|circa)(?: the)?) $")
_STOP = re.compile(r"[,.;:!?]\s")
_AHEAD = re.compile(
    r"(?i:\b(?:will|would|plans?|planned|to be|due|scheduled|expected|set|slated|upcoming|shall|is to|are to"
    r"|intends?|by)\b)"
)
_BACK = re.compile(r"(?i:\b(?:had|was|were|has|have|did|ago)\b)")
_SPEECH = re.compile(r"(?i:\b(?:said|says|told|announced|warned|added|reported|confirmed|stated)\b)")


class _Rule(NamedTuple):
    name: str
    pattern: re.Pattern[str]


@lru_cache(maxsize=1)
def _rules() -> tuple[_Rule, ...]:
    return tuple(_Rule(name, re.compile(source)) for name, source in _RULES.items())


@lru_cache(maxsize=4)
def _names(table: TimeTable) -> re.Pattern[str]:
    known = sorted(table.names["en"], key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, known)) + r")\b" if known else r"(?!)", re.IGNORECASE)


def read(text: str, anchor: Anchor, table: TimeTable, context: Context) -> tuple[list[TimeHit], Context]:
    """All times of a text, in order, without overlap, and the context after the last."""
    named = _names(table).finditer(text)
    occasion = next(named, None)
    hits: list[TimeHit] = []
    pos = 0
    while match := _FIRSTS.search(text, pos):
        at = match.start()
        if occasion and occasion.start() < at:
            occasion = next(named, None)
            continue
        if occasion and occasion.start() == at:
            found = _occasion(text, occasion, anchor, table, context)
            occasion = next(named, None)
        else:
            found = _at(text, at, anchor, context)
        if found is None:
            pos = at + 1
            continue
        hit, context = found
        hits.append(hit)
        pos = hit.end
    return hits, context


def _occasion(
    text: str, match: re.Match[str], anchor: Anchor, table: TimeTable, context: Context
) -> tuple[TimeHit, Context] | None:
    named = table.names["en"][match[0].lower()]
    year = re.compile(r"(?P<year>[12]\d{3}) $").search(text, max(0, match.start() - 5), match.start())
    if named.edition is None and named.occasion.near == 0 and not year:
        return None
    pulled = _lean(text, match.start(), match.end())
    return time_zh_occasion.settle_plain(
        named, text, match.span(), int(year["year"]) if year else None, anchor, pulled, context
    )


def _at(text: str, at: int, anchor: Anchor, context: Context) -> tuple[TimeHit, Context] | None:
    for rule in _rules():
        match = rule.pattern.match(text, at)
        if match and (hit := _read(rule.name, match, text, anchor, context)):
            return hit
    return None


def _read(
    rule: str, match: re.Match[str], text: str, anchor: Anchor, context: Context
) -> tuple[TimeHit, Context] | None:
    groups = match.groupdict()
    start = match.start()
    if groups.get("lead"):
        start = match.end("lead") + 1
        if groups["lead"].lower() in ("last", "next", "this"):
            start = match.start()
    if rule == "duration":
        return _hit(text, start, match.end(), None, rule, anchor, None, "duration", None), context
    if rule == "vague":
        return _hit(text, start, match.end(), None, rule, anchor, None, "vague", None), context
    pulled = _lean(text, match.start(), match.end())
    deictic = rule in ("weekday", "named day", "named span", "ago", "past span")
    if rule in ("ago", "past span"):
        reading = reckon(anchor, True, lambda ref: _counted(rule, groups, ref))
    else:
        reading = reckon(anchor, deictic, lambda ref: _days(rule, groups, ref, context, pulled))
    lead = _BEFORE.search(text, max(0, start - 14), start)  # includes the lead that the rule itself took
    word = lead[1].lower() if lead else ""
    if isinstance(reading, str):
        return _hit(text, start, match.end(), None, rule, anchor, reading, "date", pulled), context
    if word in ("since", "until", "till", "by", "before", "around", "about", "circa"):
        start = lead.start() if lead else start
    edtf = _written(word, reading.days)
    context = Context(
        reading.days, reading.days if "month" in rule and groups.get("day") else context.frame, bool(groups.get("year"))
    )
    return _hit(text, start, match.end(), edtf, rule, anchor, reading, "date", pulled), context


def _written(word: str, days: Stretch) -> str:
    if word == "since":
        return calendar.since(days)
    if word in ("until", "till", "by", "before"):
        return calendar.until(days)
    return calendar.edtf(days, about=word in ("around", "about", "circa"))


def _hit(
    text: str,
    start: int,
    end: int,
    edtf: str | None,
    rule: str,
    anchor: Anchor,
    reading: Reading | None,
    kind: Kind,
    pulled: Lean,
) -> TimeHit:
    used = isinstance(reading, Read) and reading.used == "anchor"
    return TimeHit(
        start, end, text[start:end], edtf, f"en.{rule}", anchor.date if used else None, anchor.why if used else None,
        kind, pulled, reading if isinstance(reading, str) else None,
    )  # fmt: skip


def _part(value: str | None, names: dict[str, int] | None = None) -> Part | None:
    if not value:
        return None
    return Part("given", names[value[:3].lower()] if names else int(value))


def _days(rule: str, groups: dict[str, str | None], ref: date | None, context: Context, pulled: Lean) -> Reading:
    point = _point(rule, groups)
    first = resolve(point, ref, context if rule != "year" else Context(), pulled)
    if isinstance(first, str) or not groups.get("to_day"):
        return first
    lo = first.days
    month = _part(groups.get("to_month"), _MONTHS) or Part("given", lo.lo.month)
    year = lo.lo.year + (1 if month.value < lo.lo.month and not groups.get("year") else 0)
    second = resolve(Point(Part("given", year), month, _part(groups["to_day"])), ref, Context(), None)
    if isinstance(second, str):
        return second
    if second.days.hi < lo.lo:
        return "the range runs backwards"
    return Read(Stretch(lo.lo, second.days.hi), first.used)


def _point(rule: str, groups: dict[str, str | None]) -> Point:
    year = _part(groups.get("year"))
    relative = _RELATIVE.get((groups.get("relative") or "").lower())
    if rule == "figures":
        return Point(year, _part(groups["month"]), _part(groups["day"]))
    if rule == "named day":
        return Point(day=Part("anchor", _NAMED_DAYS[str(groups["name"]).lower()]))
    if rule == "weekday":
        # English "last Friday" is the last such day, "this" and "next" count weeks
        week = relative if relative in (0, 1) else None
        return Point(week=week, weekday=_DAYS[str(groups["weekday"])[:3].lower()])
    if rule == "named span":
        return _named_span(str(groups["unit"]), relative or 0)
    if rule == "part of year":
        which = ["first", "second", "third", "fourth"].index(str(groups["which"]).lower())
        size = 6 if groups["unit"] == "half" else 3
        return Point(year=year, of_year=(size * which % 12 + 1, size * which % 12 + size))
    if rule == "decade":
        start = int(str(groups["decade"]))
        return Point(years=(start, start + 9))
    month, part = _part(groups.get("month"), _MONTHS), (groups.get("part") or "")
    kind = "lo" if re.match("early|the (?:beg|sta)", part) else "mid" if "mid" in part else "hi" if part else ""
    if (groups.get("lead") or "").lower() in ("last", "next") and month:
        return Point(month=month)
    if month:
        thirds = {"lo": (1, 10), "mid": (11, 20), "hi": (21, 31)}
        return Point(year, month, _part(groups.get("day")), of_month=thirds.get(kind))
    return Point(year=year, of_year={"lo": (1, 2), "mid": (6, 7), "hi": (11, 12)}.get(kind))


def _named_span(unit: str, relative: int) -> Point:
    if unit == "week":
        return Point(week=relative)
    if unit == "weekend":
        return Point(week=relative, weekday=5, weekend=True)
    if unit == "month":
        return Point(month=Part("anchor", relative))
    return Point(year=Part("anchor", relative))


def _counted(rule: str, groups: dict[str, str | None], ref: date | None) -> Reading:
    """Days for "three days ago" and "the past two weeks"."""
    if ref is None:
        return "it is reckoned from a date that is not known"
    word = str(groups["count"]).lower()
    count = _NUMBERS.get(word) or int(word) if word in _NUMBERS or word.isdigit() else 0
    unit = str(groups["unit"]).lower()
    ahead = (groups.get("relative") or "").lower() in ("next", "coming")
    months = {"month": 1, "year": 12, "decade": 120}.get(unit, 0) * count
    days = {"day": 1, "week": 7}.get(unit, 0) * count
    if unit == "hour":
        if count % 24:
            return "hours and minutes do not tell the day"
        days = count // 24
    sign = 1 if ahead else -1
    moved = calendar.shift_months(ref, sign * months) if months else calendar.shift_days(ref, sign * days)
    if moved is None:
        return "there is no such day"
    if rule == "past span":
        return Read(Stretch(ref, moved) if ahead else Stretch(moved, ref), "anchor")
    whole = calendar.years(moved.year, moved.year) if months and months % 12 == 0 else None
    whole = whole or (calendar.month(moved.year, moved.month) if months else Stretch(moved, moved))
    return Read(whole, "anchor") if whole else "there is no such day"


def _lean(text: str, start: int, end: int) -> Lean:
    left = text[max(0, start - 60) : start]
    left = left[max((m.end() for m in _STOP.finditer(left)), default=0) :]
    ahead = max((m.end() for m in _AHEAD.finditer(left)), default=-1)
    behind = max((m.end() for m in (*_BACK.finditer(left), *_SPEECH.finditer(left))), default=-1)
    if ahead >= 0 or behind >= 0:
        return ahead > behind
    right = _STOP.split(text[end : end + 40])[0]
    told = _SPEECH.search(right)
    forward = _AHEAD.search(right, 0, told.start() if told else len(right))
    return True if forward else None
