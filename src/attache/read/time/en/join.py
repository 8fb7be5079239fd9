"""A day and its hours in any order, joined: 3pm today, Tuesday from 2:00 to 2:30 pm, Sunday evening at 10."""

from __future__ import annotations

from typing import NamedTuple

from attache.read.time.clock import offset
from attache.read.time.en import clock
from attache.read.time.en.amount import Counted, amount
from attache.read.time.en.clock import Hours
from attache.read.time.en.span import of_week, when
from attache.read.time.en.text import Text, by_first
from attache.read.time.en.when import When
from attache.read.time.en.words import FULL_WEEKDAYS, NAMED_DAYS, ONES, PARTS, RELATIVE, TENS, UNITS, ZONES
from attache.read.time.hit import Modifier, PartOfDay
from attache.read.time.length import Length

_HOURS_AFTER = frozenset(["at", "@", ",", "around", "about", "by", "before", "after", "until", "from", "between", "-"])
_DAY_AFTER = frozenset(["on", ",", "of", "in", "("])
_ZONES = by_first(ZONES)
PART_EDGES: dict[str, Modifier] = {"early": "early", "earlier": "early", "late": "late", "later": "late"}


class Spot(NamedTuple):
    """An expression in the tokens [start, end): a date, hours, both, or an amount, and its modifier.

    ``inner``: where the date begins behind what opens it.
    """

    start: int
    end: int
    when: When | None = None
    hours: Hours | None = None
    part: PartOfDay | None = None
    modifier: Modifier | None = None
    counted: Counted | None = None
    inner: int = 0
    zone: str | None = None


def is_hours(t: Text, i: int, hours: Hours, end: int, loose: bool) -> bool:
    """Whether hours that stand alone are hours: not the score 3:1, nor a verse."""
    if loose or t.before(i) in ("at", "@", "around", "by", "before", "after", "until", "from", "between", "since"):
        if not hours.weak or loose:
            return True
        part = clock.part(t, end) if t.words[end] in ("in", "at") else None
        return t.before(i) in ("at", "@") and (t.kinds[end] in ("p", "") or part is not None)
    lo = hours.lo
    assert lo
    if hours.weak:
        return False
    if lo.half or (hours.hi and hours.hi.half):
        return True
    if t.kinds[i] == "n" and t.words[i + 1] == ":":
        before = i == 0 or t.kinds[i - 1] in ("p", "n") or not t.capital(i - 1)
        return before and (len(t.words[i]) == 2 or _followed(t, end))
    return t.words[i + 1] != "." or bool(lo.half)


def _followed(t: Text, i: int) -> bool:
    """Whether a day or a part of the day follows, that tells hours from a score."""
    j = i + (t.words[i] == "on")
    return t.words[j] in NAMED_DAYS or t.words[j] in FULL_WEEKDAYS or clock.part(t, i) is not None


def is_part(t: Text, i: int, end: int) -> bool:
    """Whether a part of the day is told as a time: in the morning, at night, lunchtime."""
    word = t.words[i]
    if word in ("in", "during", "early", "late", "later", "earlier"):
        return t.words[end - 1] not in ("dawn", "noon") and t.words[end] not in ("of", "-")
    if word in ("lunchtime", "dinnertime", "daytime"):
        return True
    return word in ("morning", "afternoon", "evening") and (t.before(i) in ONES or t.before(i) == "1")


def more(t: Text, spot: Spot, weak: bool = False) -> Spot | None:
    """Add to a day its hours, to hours their day, and to either the part of the day."""
    spot = _stamped(t, spot)
    for _ in range(4):
        longer = _part_after(t, spot) or _hours_after(t, spot) or _day_after(t, spot, weak)
        if longer is None:
            break
        spot = longer
    if (
        weak
        and spot.hours
        and spot.hours.weak
        and not spot.when
        and spot.part is None
        and t.before(spot.start) not in ("at", "@")
    ):
        return None
    if spot.hours and spot.hours.lo and spot.zone is None and (zone := _zone(t, spot.end)):
        spot = spot._replace(end=zone[1], zone=zone[0])
        spot = _day_after(t, spot, weak) or spot
    if spot.hours and spot.part and spot.hours.part is None:
        spot = spot._replace(hours=spot.hours._replace(part=spot.part))
    return spot


def _stamped(t: Text, spot: Spot) -> Spot:
    """Return a day with the hours of its timestamp: 2025-05-14T14:30:00Z."""
    j = spot.end + 1
    hour = t.number(j, 2)
    if spot.when is None or t.words[j - 1] != "t" or not (t.glued[j - 1] and t.glued[j]) or t.words[j + 1] != ":":
        return spot
    minute, second, end = t.number(j + 2, 2), None, j + 3
    if hour is None or minute is None:
        return spot
    if t.words[end] == ":" and (second := t.number(end + 1, 2)) is not None:
        end += 2
    if t.words[end] == "." and t.glued[end] and t.glued[end + 1] and t.kinds[end + 1] == "n":
        end += 2
    zone, end = _offset(t, end) or (("UTC", end + 1) if t.words[end] == "z" and t.glued[end] else (None, end))
    return spot._replace(end=end, hours=Hours(clock.Moment(hour, minute, second)), zone=zone)


def _zone(t: Text, i: int) -> tuple[str, int] | None:
    """Return the zone after the hours and where it ends: GMT, (GMT+3), UTC+05:30, Moscow time."""
    j = i + (t.words[i] == "(")
    zone = t.phrase(j, _ZONES)
    if zone is None:
        return None
    told = ZONES[zone], j + len(zone)
    if told[0] == "UTC":
        told = _offset(t, told[1]) or told
    if j == i:
        return told
    return (told[0], told[1] + 1) if t.words[told[1]] == ")" else None


def _offset(t: Text, i: int) -> tuple[str, int] | None:
    """Return so many hours from UTC: +8, -05:30."""
    if t.words[i] not in ("+", "-") or t.kinds[i + 1] != "n" or not t.glued[i + 1]:
        return None
    end, written = i + 2, t.words[i] + t.words[i + 1]
    if t.words[end] == ":" and t.glued[end] and t.glued[end + 1] and len(t.words[end + 1]) == 2:
        end, written = end + 2, f"{written}:{t.words[end + 1]}"
    zone = offset(written)
    return (zone, end) if zone else None


def _part_after(t: Text, spot: Spot) -> Spot | None:
    if spot.part is not None or (spot.when and not spot.when.one_day):
        return None
    j = spot.end + (t.words[spot.end] == ",")
    named = t.words[j] in PARTS and spot.when is None
    found = clock.part(t, j)
    if found is None or (t.words[j] in ("dawn", "noon", "midday")) or (named and spot.hours is None):
        return None
    if t.words[j] == "at" and t.words[j + 1] not in ("night",):
        return None
    when, end = of_week(t, spot.when, found[1]) if spot.when else (None, found[1])
    return spot._replace(end=end, when=when, part=found[0], hours=spot.hours or Hours(None, part=found[0]))


def _hours_after(t: Text, spot: Spot) -> Spot | None:
    """Return a day or part of it with the hours after it: at 5, from 2 to 4pm, before 5pm, 8:00am."""
    if spot.hours and spot.hours.lo:
        return _run_on(t, spot)
    if spot.when and not spot.when.one_day:
        return None
    j, word = spot.end, t.words[spot.end]
    if word == "," and t.words[j + 1] in ("at", "from", "between"):
        j, word = j + 1, t.words[j + 1]
    loose = word in ("at", "@", "around", "from", "between", "about", "by")
    k = j + 1 if word in _HOURS_AFTER else j
    k += t.words[k] in ("around", "about")
    last = t.before(spot.end)
    by_name = last in NAMED_DAYS or (spot.when is not None and t.before(spot.end - 1) in RELATIVE)
    found = clock.hours(t, k, loose or (by_name and k == j), to=word in ("between",))
    if found is None:
        found = clock.hours(t, k, True) if k == j and _pair(t, k) else None
    if found is None or (found[0].weak and not loose and not (found[0].hi and by_name)):
        return None
    if found[0].weak and (t.words[found[1]] in UNITS or (word == "by" and found[0].hi is None and not _part(t, found))):
        return None
    if found[0].weak and t.kinds[found[1]] == "w" and t.words[found[1]] not in ("in", "on", "with", "and", "or", "for"):
        return None
    modifier: Modifier | None = spot.modifier
    if word in ("before", "by", "until"):
        modifier = "before" if word == "before" else "until"
    elif word == "after" or (t.words[found[1] : found[1] + 2] == ["or", "later"]):
        modifier = "after"
    if word in ("after", "before") and spot.when is None:
        return None
    return spot._replace(end=found[1], hours=found[0], modifier=modifier)


def _part(t: Text, found: tuple[Hours, int]) -> bool:
    return clock.part(t, found[1]) is not None


def _pair(t: Text, i: int) -> bool:
    """Whether an hour and minutes in words stand here: nine thirty."""
    return t.words[i] in ONES and t.words[i + 1] in TENS


def _run_on(t: Text, spot: Spot) -> Spot | None:
    """From 9:30am for 7 hours; 3 pm or later."""
    assert spot.hours
    assert spot.hours.lo
    if t.words[spot.end : spot.end + 2] in (["or", "later"], ["and", "later"], ["or", "after"]) and not spot.modifier:
        return spot._replace(end=spot.end + 2, modifier="after")
    if t.words[spot.end] != "for" or spot.hours.hi or (found := amount(t, spot.end + 1)) is None:
        return None
    hi = _added(spot.hours, found[0].by)
    return spot._replace(end=found[1], hours=hi) if hi else None


def _added(hours: Hours, by: Length) -> Hours | None:
    lo = hours.lo
    if lo is None or by.months or by.days or not by.seconds or by.seconds % 60:
        return None
    told = lo.turned()
    end = told.size + int(by.seconds) // 60
    if end > 24 * 60:
        return None
    return hours._replace(lo=told, hi=clock.Moment(end // 60, end % 60))


def _day_after(t: Text, spot: Spot, weak: bool) -> Spot | None:
    if spot.when is not None or spot.hours is None:
        return None
    j, word = spot.end, t.words[spot.end]
    ranged = spot.hours.lo is not None and spot.hours.hi is not None
    j += word in _DAY_AFTER
    j += t.words[j] == "the" and t.kinds[j + 1] != "n"
    found = when(t, j, True) if word in ("on",) else when(t, j)
    if found is None or not found[0].one_day or found[0].weak or found[0].rule == "en.day told":
        return None
    # it fell from 20 to 10 on Tuesday: bare numbers are hours only right before today, and between … and
    if weak and (not ranged or word in _DAY_AFTER or t.before(spot.start) == "from" or found[0].rule != "en.named day"):
        return None
    part = spot.part or found[0].part
    hours = spot.hours._replace(part=part)
    return spot._replace(end=found[1], when=found[0], hours=hours, part=part)
