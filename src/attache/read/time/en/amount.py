"""English amounts of time: three hours 30 minutes, a year and a half; two weeks ago, in 3 days, the next two months."""

from __future__ import annotations

from datetime import date as day_of
from datetime import datetime
from typing import NamedTuple

from attache.read.time import calendar
from attache.read.time.calendar import Stretch
from attache.read.time.en.span import when
from attache.read.time.en.text import Text, cardinal, military, whole
from attache.read.time.en.when import When, anchored, derived
from attache.read.time.en.words import GLUED_UNITS, IN_DAYS, IN_MONTHS, IN_SECONDS, SOME, UNITS, Unit
from attache.read.time.hit import Modifier
from attache.read.time.length import Length, shift, shift_clock

FINE = "hours and minutes do not tell the day"
_WEEKS = "周"  # the unit by which ``Length`` writes weeks
# "a day" after these tells how often or how much, not how long: two dollars a day
_PER = frozenset(
    ["once", "twice", "times", "dollars", "euros", "pounds", "percent", "%", "million", "billion", "people"]
)
_SIGN = {"last": -1, "past": -1, "previous": -1, "preceding": -1, "next": 1, "coming": 1, "upcoming": 1, "following": 1}


_HELPERS = frozenset(["will", "to", "would", "could", "can", "may", "might", "should", "not", "must", "ll"])


class Amount(NamedTuple):
    """A length, its coarsest unit, and whether the number is only "some"."""

    by: Length
    unit: Unit
    few: bool = False


class Counted(NamedTuple):
    """What an amount tells: a length alone, a date reckoned by it, or, in hours, a moment so far from now.

    ``low``: the least, of a length between two; ``led``: "in" stands before it, which leads lengths too.
    ``sign``: which way ``by`` is counted from now, for what is told in hours; ``span``: all the time to it.
    """

    amount: Amount
    end: int
    when: When | None = None
    sign: int = 0
    span: bool = False
    modifier: Modifier | None = None
    low: Length | None = None
    led: bool = False


def _length(value: float, unit: Unit, few: bool) -> Amount | None:
    if value > 100000:
        return None
    name = _WEEKS if unit in ("week", "fortnight") else unit
    if unit in IN_MONTHS:
        return Amount(Length(value * IN_MONTHS[unit], 0, 0, few, False, name), unit, few)
    if unit in IN_DAYS:
        days = value * IN_DAYS[unit]
        rest = 0.0 if unit in ("week", "fortnight") else round((days - int(days)) * 86400)
        return Amount(Length(0, days if not rest else int(days), rest, few, False, name), unit, few)
    return Amount(Length(0, 0, round(value * IN_SECONDS[unit]), few, False, name), unit, few)


def _number(t: Text, i: int) -> tuple[float, int, bool] | None:
    """Return a number before a unit, where it ends, and whether it is only "some"."""
    word = t.words[i]
    if t.kinds[i] == "n":
        return _figure(t, i)
    if word in ("½", "¼", "¾"):
        return {"½": 0.5, "¼": 0.25, "¾": 0.75}[word], i + 1, False
    if word == "half":
        return 0.5, i + 1 + (t.words[i + 1] in ("a", "an")), False
    if word in ("a", "an") and t.words[i + 1] not in SOME and t.words[i + 1] not in ("hundred", "thousand", "half"):
        return 1, i + 1, False
    j = i + 1 if word in ("a", "an") else i
    if t.words[j] == "half" and j > i:
        return 0.5, j + 1, False
    if t.words[j] in SOME and not (j > i and t.words[j] in ("some", "several")):
        couple = t.words[j] == "couple"
        return SOME[t.words[j]], j + 1 + (couple and t.words[j + 1] == "of"), not couple
    told = cardinal(t, i)
    if told is None:
        return None
    value, j = told
    if t.words[j : j + 6] == ["-", "and", "-", "a", "-", "half"]:
        return value + 0.5, j + 6, False
    if t.words[j] == "and" and (t.words[j + 1] == "half" or t.words[j + 1 : j + 3] == ["a", "half"]):
        return value + 0.5, j + 2 + (t.words[j + 1] == "a"), False
    return value, j, False


def _figure(t: Text, i: int) -> tuple[float, int, bool] | None:
    value = t.number(i, 6)
    if value is None or t.before(i) in ("$", "€", "£") or (t.before(i) in (".", ",") and t.glued[i]):
        return None
    j, told = i + 1, float(value)
    if t.words[j] == "," and t.glued[j] and t.glued[j + 1] and len(t.words[j + 1]) == 3 and t.kinds[j + 1] == "n":
        told, j = told * 1000 + (t.number(j + 1) or 0), j + 2
    elif t.words[j] == "." and t.glued[j] and t.glued[j + 1] and (t.number(j + 1) is not None):
        told, j = float(f"{t.words[i]}.{t.words[j + 1]}"), j + 2
    elif t.kinds[j] == "n" and t.words[j + 1] in ("/", "⁄") and t.words[j + 2] == "2":
        told, j = told + 0.5, j + 3
    elif t.words[j] in ("/", "⁄") and t.words[j + 1] == "2" and value == 1:
        told, j = 0.5, j + 2
    if t.words[j] == "½":
        told, j = told + 0.5, j + 1
    if t.words[j] == "and" and t.words[j + 1 : j + 3] == ["a", "half"]:
        told, j = told + 0.5, j + 3
    return told, j, False


def _unit(t: Text, i: int, glued_to: bool) -> tuple[Unit, int] | None:
    word = t.words[i]
    if word in ("business", "working", "trading") and t.words[i + 1] in ("day", "days"):
        return "weekday", i + 2
    if word in ("calendar", "full", "whole", "consecutive", "straight") and t.words[i + 1] in UNITS:
        return UNITS[t.words[i + 1]], i + 2
    if word in UNITS:
        return UNITS[word], i + 1
    if glued_to and t.glued[i] and word in GLUED_UNITS and word not in ("m", "d"):
        return GLUED_UNITS[word], i + 1
    return None


def _one(t: Text, i: int) -> tuple[Amount, int] | None:
    number = None if military(t, i) else _number(t, i)
    if number is None:
        return None
    value, j, few = number
    hyphen = t.words[j] == "-" and t.glued[j] and t.glued[j + 1]
    found = _unit(t, j + hyphen, t.kinds[i] == "n" and not hyphen and len(t.words[i]) < 4)
    if found is None:
        return None
    unit, end = found
    plain = t.words[end - 1]
    if t.words[end] == "past" and unit == "minute":
        return None  # 20 minutes past eight
    if t.words[i] in ("a", "an") and (t.kinds[i - 1] == "n" or t.before(i) in _PER) and i:
        return None
    if unit == "second" and (t.words[i] in ("a", "an", "half", "some") or value > 1 > len(plain) - 6):
        return None  # a second attempt; two second chances
    if plain.endswith("s") and len(plain) > 1 and value == 1 and t.words[i] in ("a", "an"):
        return None
    made = _length(value, unit, few)
    if made is None or (unit == "quarter" and t.words[end] == "of"):
        return None
    if t.words[end] == "and" and value >= 1:
        j = end + 1 + (t.words[end + 1] == "a")
        if t.words[j] in ("half", "quarter") and t.words[j + 1] not in ("of", "a", "an", "past", *UNITS):
            part = _length(0.5 if t.words[j] == "half" else 0.25, unit, few)
            return (Amount(made.by.plus(part.by), unit, few), j + 1) if part else None
    return made, end


def amount(t: Text, i: int) -> tuple[Amount, int] | None:
    """Return an amount of time: 2 years 1 month 21 days, an hour and a half, 3h."""
    first = _one(t, i)
    if first is None:
        return None
    total, end = first
    for _ in range(5):
        j = end + (t.words[end] in ("and", ",")) + (t.words[end] == "," and t.words[end + 1] == "and")
        rest = _one(t, j) if t.words[j] not in ("a", "an", "half", "few", "some", "several") else None
        if rest is None or _size(rest[0].by) >= _size(total.by) or rest[0].unit == total.unit or rest[0].few:
            break
        if t.words[rest[1]] in ("ago", "later", "earlier", "before", "after") and j > end:
            break  # the last 3 months, and 2 days ago
        total, end = Amount(total.by.plus(rest[0].by), total.unit), rest[1]
    return total, end


def _size(by: Length) -> float:
    return by.months * 2592000 + by.days * 86400 + by.seconds


def counted(t: Text, i: int) -> Counted | None:
    """Return what an amount at token i tells, with the words before and after it that reckon by it."""
    word = t.words[i]
    if word in ("all", "whole") and t.words[i + 1] in ("day", "night", "week", "month", "year"):
        made = _length(1, UNITS[t.words[i + 1]], False)
        return Counted(made, i + 2) if made else None
    if word == "last" and t.before(i) in _HELPERS:
        return None  # it will last three days
    if word in _SIGN or (word == "this" and t.words[i + 1] in _SIGN):
        j = i + 1 + (word == "this")
        return _run(t, j, _SIGN[t.words[j - 1]])
    if word in ("within", "in", "over") and (told := _led(t, i, word)):
        return told
    if word in ("more", "less", "fewer") and t.words[i + 1] == "than":
        base = amount(t, i + 2)
        tail = _tail(t, *base) if base else None
        if tail is None or tail.when is None or word == "less":
            return tail if tail is None or tail.when is None else tail._replace(modifier=None)
        return tail._replace(modifier="before" if tail.sign < 0 else "after")
    return _inverted(t, i) or _tailed(t, i)


def _tailed(t: Text, i: int) -> Counted | None:
    low = whole(t, i)
    if low and t.words[low[1]] in ("to", "or", "-", "–") and (high := _one(t, low[1] + 1)) and not high[0].few:
        least = _length(low[0], high[0].unit, False)
        if least and _size(least.by) < _size(high[0].by) and t.words[high[1]] not in ("ago", "old", "later", "-"):
            return Counted(high[0], high[1], low=least.by)
    base = amount(t, i)
    return _tail(t, *base) if base else None


def _run(t: Text, i: int, sign: int) -> Counted | None:
    """Next two days, last 3 months and 2 weeks, next hour, past few years."""
    if t.words[i] in ("week", "month", "year", "decade", "century") and t.before(i) == "past":
        made = _length(1, UNITS[t.words[i]], False) if t.words[i + 1] not in ("'s", "’s", "-") else None
        return _stretch(made, i + 1, sign) if made else None
    if t.words[i] in ("minute", "hour") and not (t.words[i + 1] == "-" or t.kinds[i + 1] == "w"):
        made = _length(1, UNITS[t.words[i]], False)
        return Counted(made, i + 1, None, sign, True) if made else None
    if t.words[i] in ("a", "an", "half") or (t.words[i] == "some"):
        return None
    base = amount(t, i)
    if base is None or t.words[base[1]] == "of":
        return None
    if t.words[base[1]] == "in" and t.words[base[1] + 1] in ("the", "this", "last", "next"):
        return None
    return _stretch(base[0], base[1], sign)


def _inverted(t: Text, i: int) -> Counted | None:
    """10 previous weeks, 5 upcoming years, 13 last minutes."""
    number = _number(t, i)
    if number is None or number[2] or t.words[number[1]] not in _SIGN or t.words[i] in ("a", "an", "half"):
        return None
    found = _unit(t, number[1] + 1, False)
    made = _length(number[0], found[0], False) if found else None
    return _stretch(made, found[1], _SIGN[t.words[number[1]]]) if found and made else None


def _stretch(by: Amount, end: int, sign: int) -> Counted:
    """Return the time from now to so much before or after it: today and before, or tomorrow and after."""
    if by.by.seconds:
        return Counted(by, end, None, sign, True)

    def make(ref: day_of) -> Stretch | None:
        if by.unit == "quarter" and by.by.months % 3 == 0:
            return _quarters(ref, int(by.by.months // 3), sign)
        moved = _workday(ref, int(by.by.days), sign) if by.unit == "weekday" else shift(ref, by.by, sign)
        start = calendar.shift_days(ref, 1)
        if moved is None or start is None or (sign > 0 and moved < start):
            return None
        if sign > 0 and by.unit == "weekday":
            start = _workday(ref, 1, 1) or start
        return Stretch(start, moved) if sign > 0 else Stretch(moved, ref)

    rule = "en.span.future" if sign > 0 else "en.span.past"
    if by.few:
        return Counted(by, end, anchored("vague", make), sign)
    return Counted(by, end, anchored(rule, make), sign)


def _quarters(ref: day_of, count: int, sign: int) -> Stretch | None:
    begun = ref.replace(month=3 * ((ref.month - 1) // 3) + 1, day=1)
    lo = calendar.shift_months(begun, 3 if sign > 0 else -3 * count)
    hi = calendar.shift_months(begun, 3 * count if sign > 0 else -3)
    if lo is None or hi is None or not count:
        return None
    last = calendar.months(hi.year, hi.month, hi.month + 2)
    return Stretch(lo, last.hi, "month", "month") if last else None


def _workday(ref: day_of, count: int, sign: int) -> day_of | None:
    moved: day_of | None = ref
    for _ in range(min(count, 1000)):
        moved = calendar.shift_days(moved, sign) if moved else None
        while moved and moved.weekday() > 4:
            moved = calendar.shift_days(moved, sign)
    return moved


def _led(t: Text, i: int, word: str) -> Counted | None:
    """Within 5 minutes, in two weeks, in a year's time; "in two weeks" as the time that it took is not told apart."""
    base = amount(t, i + 1 + (word == "within" and t.words[i + 1] == "the" and t.words[i + 2] in ("space",)))
    if base is None or word == "over":
        return None
    made, end = base
    if word == "within":
        return Counted(made, end + 2 * (t.words[end : end + 2] == ["from", "now"]), None, 1, False, "within")
    if made.few or t.words[end] in ("old", "-", "of", "and") or (t.glued[end] and t.words[end] == "-"):
        return None
    if t.words[end] in ("ago", "before", "after", "since", "that", "he", "she", "they", "to", "or"):
        return None
    end += 2 * (t.words[end] in ("'s", "'", "’") and t.words[end + 1] == "time")
    if made.unit in ("decade", "century", "second") or made.by.months > 600:
        return None
    return _away(made, end, 1, "en.later")._replace(led=True)


def _tail(t: Text, made: Amount, end: int) -> Counted | None:
    """Return what stands after an amount: ago, later, from now, before Christmas, starting next Monday, or nothing."""
    word = t.words[end]
    if word == "old" or (word == "-" and t.words[end + 1] == "old"):
        return None
    if word in ("ago", "earlier") or (word == "back" and t.kinds[end + 1] in ("p", "")):
        return _away(made, end + 1, -1, "en.ago")
    if word in ("later", "hence"):
        return _away(made, end + 1, 1, "en.later")
    if word == "from" and t.words[end + 1] == "now":
        return _away(made, end + 2, 1, "en.later")
    j = end + (word == ",")
    start = t.words[j] in ("starting", "beginning", "commencing")
    j += start
    if start or t.words[j] in ("from", "before", "after", "prior"):
        sign = -1 if t.words[j] in ("before", "prior") else 1
        k = j + (t.words[j] in ("from", "before", "after", "on")) + 2 * (t.words[j] == "prior")
        base = when(t, k, True)
        if base and not base[0].weak and not made.few:
            rule = "en.before" if sign < 0 else "en.after"
            run = start or word in (",", "for")
            return Counted(made, base[1], away_from(base[0], made, sign, rule, run), sign)
    return Counted(made, end)


def away_from(base: When, made: Amount, sign: int, rule: str, run: bool) -> When:
    """Return the day so far from another date, or with ``run`` all days from that date on."""

    def make(days: Stretch) -> Stretch | None:
        start = days.lo
        moved = shift(start, made.by, sign) if not made.by.seconds else None
        if moved is None:
            return None
        last = calendar.shift_days(moved, -1)
        if run:
            return Stretch(start, last) if last and last >= start else None
        return Stretch(moved, moved)

    return derived(base, rule, make, one_day=not run)


def _away(made: Amount, end: int, sign: int, rule: str) -> Counted:
    """Return the day so far from the anchor, or the month or year, as finely as is counted."""
    by = made.by
    if made.few or by.months >= 12000:
        return Counted(made, end, anchored("vague", lambda ref: Stretch(ref, ref)), sign)

    def make(ref: day_of) -> Stretch | None:
        moved = shift(ref, by, sign) if made.unit != "weekday" else _workday(ref, int(by.days), sign)
        if moved is None:
            return None
        if by.days or by.months % 1 or not by.months:
            return Stretch(moved, moved)
        return (
            calendar.years(moved.year, moved.year) if by.months % 12 == 0 else calendar.month(moved.year, moved.month)
        )

    fine = by.seconds and by.seconds % 86400
    return Counted(made, end, None if fine else anchored(rule, make, one_day=True), sign)


def moved_clock(now: datetime, by: Length, sign: int) -> datetime | None:
    """Return the minute so far from now; None outside the calendar."""
    return shift_clock(now.date(), now.time(), by, sign)
