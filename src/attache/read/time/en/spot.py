"""One English expression of time in a text: day and hours in any order, ranges of them, and what opens them."""

from __future__ import annotations

from typing import Literal

from attache.read.time.en import clock
from attache.read.time.en.amount import amount, away_from, counted
from attache.read.time.en.clock import Hours
from attache.read.time.en.date import date
from attache.read.time.en.join import PART_EDGES, Spot, is_hours, is_part, more
from attache.read.time.en.occasion import Names, occasion
from attache.read.time.en.part import NINETIES
from attache.read.time.en.span import when
from attache.read.time.en.text import Text, by_first
from attache.read.time.en.when import When, of, span
from attache.read.time.en.words import (
    CLOSERS,
    EDGES,
    FULL_WEEKDAYS,
    MONTHS,
    NAMED_DAYS,
    ONES,
    OPENERS,
    ORDINALS,
    PARTS,
    PLURAL_WEEKDAYS,
    RELATIVE,
    SEASONS,
    SOME,
    TENS,
    UNITS,
    VAGUE,
    WEEKDAYS,
)
from attache.read.time.hit import Modifier
from attache.read.time.point import Part, Point

_TO = frozenset(["-", "–", "—", "~", "to", "till", "until", "til", "through", "thru"])
_NOW = frozenset(["now", "present"])

_OPENERS, _CLOSERS, _VAGUE = by_first(OPENERS), by_first(CLOSERS), by_first(VAGUE)

STARTS: frozenset[str] = frozenset(
    {*MONTHS, *WEEKDAYS, *ONES, *TENS, *ORDINALS, *RELATIVE, *NAMED_DAYS, *PARTS, *SEASONS, *SOME, *PLURAL_WEEKDAYS}
    | {"noon", "midday", "noonish", "midnight", "half", "quarter", "a", "an", "between", "from", "the", "same", "that"}
    | {"q", "h", "cy", "fy", "w", "week", "month", "year", "weekend", "day", "all", "whole", "within", "in"}
    | {"more", "less", "fewer", "every", "each", "final", "eod", "otd", "during", "mid", "½", "¼", "¾"}
    | {*NINETIES, *(phrase[0] for phrase in (*EDGES, *OPENERS, *VAGUE))}
)
# words that begin an expression only with another that may stand in one behind them
_LIGHT = frozenset(
    ["the", "a", "an", "in", "from", "between", "by", "before", "after", "around", "about", "since", "until", "till",
     "that", "same", "this", "last", "next", "past", "all", "within", "during", "one", "first", "second", "more"]
)  # fmt: skip
_INNER = (
    STARTS
    | {*UNITS, "calendar", "fiscal", "financial", "school", "working", "business", "work", "academic", "trading"}
    | {"than", "now", "mid", "hundred", "thousand", "'", "’", "-", "pm", "am", "o'clock", "o’clock", "oclock", "of"}
    | {"date", "space", "full", "straight", "consecutive", "and"}
)


def vague_or_set(t: Text, i: int) -> tuple[Literal["vague", "set"], int] | None:
    """Return what has no date of its own: recently, in recent years; every Friday, each week."""
    if found := t.phrase(i, _VAGUE):
        return "vague", i + len(found)
    if t.words[i] in ("every", "each"):
        j = i + 1
        if t.words[j] in ("other", "second", "third", "few"):
            j += 1
        elif (by := amount(t, j)) and t.words[by[1] - 1] in UNITS:
            return "set", by[1]
        known = t.words[j] in UNITS or t.words[j] in FULL_WEEKDAYS or t.words[j] in PARTS or t.words[j] in SEASONS
        return ("set", j + 1) if known and t.words[j] not in ("second", "noon", "dawn") else None
    if t.words[i] in PLURAL_WEEKDAYS and t.before(i) == "on":
        return "set", i + 1
    return None


def expression(t: Text, i: int, floor: int, known: Names) -> Spot | None:
    """Return the expression at token i; ``floor``: where the one before it ended."""
    word, after = t.words[i], t.words[i + 1]
    if word in _LIGHT and t.kinds[i + 1] == "w" and after not in _INNER and after not in known:
        return None
    if opened := _opened(t, i, known):
        return opened
    if word in ("between", "from") and (ranged := _range(t, i + 1, known, word)):
        return ranged._replace(start=i)
    if word == "during":
        return None
    spot = _range(t, i, known, "")
    if spot is None:
        return None
    if spot.when and spot.when.weak and not spot.hours:
        return None
    return _closed(t, _with_article(t, spot, floor))


def _with_article(t: Text, spot: Spot, floor: int) -> Spot:
    """Return it with the article before it."""
    start = spot.start
    takes = spot.when is not None and spot.when.kind != "occasion" and not spot.when.rule.startswith("en.year")
    return spot._replace(start=start - 1) if takes and start > floor and t.words[start - 1] == "the" else spot


def _closed(t: Text, spot: Spot) -> Spot:
    """Return it with or later, or earlier, onwards after it."""
    if spot.when is None or spot.modifier or spot.counted:
        return spot
    closer = t.phrase(spot.end, _CLOSERS)
    if closer is None:
        return spot
    end = spot.end + len(closer)
    if closer[0] in ("and", "or") and t.kinds[end] not in ("p", "") and t.words[end] not in ("than",):
        return spot
    return spot._replace(end=end, modifier=CLOSERS[closer])


def _opened(t: Text, i: int, known: Names) -> Spot | None:
    """Since 2014, by the end of 2026, no later than Friday, after 3pm."""
    phrase = t.phrase(i, _OPENERS)
    if phrase is None:
        return None
    j = i + len(phrase)
    modifier = OPENERS[phrase]
    if modifier in ("after", "before") and t.words[j] in ("around", "about"):
        j += 1
    start = j + (t.words[j] == "the")
    loose = modifier not in ("about",)
    if phrase[0] in ("about", "around"):
        spot = _range(t, start, known, "")
    else:
        spot = _spot(t, start, known) or (_spot(t, j, known) if start > j else None)
    if spot is None and (found := clock.hours(t, j, loose=True)) and not found[0].weak:
        spot = Spot(j, found[1], hours=found[0])
    if spot is None or (spot.when and spot.when.weak and not loose):
        return None
    if spot.counted or (spot.part and spot.when is None) or t.words[spot.end] == "'s" or t.words[spot.end] == "’s":
        return None if not spot.counted or modifier != "about" else spot
    if spot.modifier:
        return spot._replace(start=i)
    if modifier == "about" and spot.when and spot.when.one_day and spot.hours is None:
        return spot._replace(start=i, modifier="about")
    return spot._replace(start=i, modifier=modifier, inner=spot.start)


def _spot(t: Text, i: int, known: Names, loose: bool = False) -> Spot | None:
    """Return a day, hours and a part of the day in any order, or an amount."""
    inner = i + (t.words[i] == "the")
    if named := occasion(t, inner, known):
        return more(t, Spot(named[2], named[1], named[0]))
    if told := _counted(t, inner, known):
        return told
    if told_day := _day(t, i, loose):
        return more(t, Spot(i, told_day[1], told_day[0], part=told_day[0].part, modifier=None))
    hours = clock.hours(t, i, loose or t.before(i) in ("at", "@"))
    if hours and is_hours(t, i, hours[0], hours[1], loose):
        return more(t, Spot(i, hours[1], hours=hours[0]), weak=hours[0].weak)
    part = clock.part(t, i)
    if part and is_part(t, i, part[1]):
        edge: Modifier | None = PART_EDGES.get(t.words[i])
        return more(t, Spot(i, part[1], part=part[0], hours=Hours(None, part=part[0]), modifier=edge))
    return None


def _counted(t: Text, i: int, known: Names) -> Spot | None:
    told = counted(t, i)
    if told is None:
        return None
    j = told.end
    if told.when is None and not told.sign and t.words[j] in ("before", "after", "from"):
        k = j + 1 + (t.words[j + 1] == "the")
        if named := occasion(t, k, known):
            sign = -1 if t.words[j] == "before" else 1
            made = away_from(named[0], told.amount, sign, "en.before" if sign < 0 else "en.after", run=False)
            return Spot(i, named[1], made, counted=told._replace(when=made, end=named[1]))
    return Spot(i, j, told.when, counted=told, modifier=told.modifier)


def _day(t: Text, i: int, loose: bool) -> tuple[When, int] | None:
    found = when(t, i, loose)
    if found is None and t.before(i) == "the":
        found = date(t, i - 1)
    if found is None or found[1] <= i:
        return None
    return found


def _range(t: Text, i: int, known: Names, lead: str) -> Spot | None:
    """Return a range of days, months, years or moments: jan 2019 and today, august to october, 2014-2018.

    Without from or between before it, also what stands here alone.
    """
    i += lead != "" and t.words[i] == "the" and t.kinds[i + 1] != "n" and t.words[i + 1] not in ORDINALS
    sure = lead != ""
    if sure and (hours := clock.hours(t, i, loose=True, to=True)) and not _then_date(t, hours[1]):
        return more(t, Spot(i, hours[1], hours=hours[0]), weak=hours[0].weak)
    left = _end(t, i, known, sure or (t.words[i + 1] == "/" and t.words[i + 3] == "-" and t.words[i + 5] == "/"))
    if left is None or left.counted:
        return None if sure else left or _hours_range(t, i)
    alone = None if sure else left
    j = left.end
    if not (t.words[j] in _TO or (t.words[j] == "and" and lead == "between")):
        return alone
    right = _end(t, j + 1 + (t.words[j + 1] == "the" and t.kinds[j + 2] == "w"), known, True)
    if right is None or right.when is None or right.counted:
        if left.when and left.hours and left.hours.lo and (later := clock.hours(t, j + 1, True)) and not later[0].hi:
            return left._replace(start=i, end=later[1], hours=left.hours._replace(hi=later[0].lo))
        return alone
    if left.when is None or (left.when.weak and not sure and left.when.rule != "en.bare month"):
        return _from_hours(left, right, i) or alone
    if not sure and not _sure_range(t, left, right, j):
        return alone
    hours_of = None
    if left.hours and right.hours and left.hours.lo and right.hours.lo:
        hours_of = Hours(left.hours.lo, right.hours.lo)
    return Spot(i, right.end, span(left.when, right.when), hours_of)


def _from_hours(left: Spot, right: Spot, i: int) -> Spot | None:
    """From 2pm till tomorrow 4:30pm: the first hour is of today."""
    if left.hours is None or right.hours is None or right.when is None or left.hours.hi or right.hours.hi:
        return None
    today = of(Point(day=Part("anchor", 0)), "en.named day", True)
    return Spot(i, right.end, span(today, right.when), Hours(left.hours.lo, right.hours.lo))


def _then_date(t: Text, i: int) -> bool:
    """Whether what looked like hours are days of a month: between 3 and 12 of Sept, 5-7 March."""
    return t.words[i] in MONTHS or (t.words[i] == "of" and t.words[i + 1] in MONTHS) or t.words[i] in ("/", "-")


def _end(t: Text, i: int, known: Names, loose: bool) -> Spot | None:
    """Return one end of a range."""
    if t.words[i] in _NOW and loose:
        return Spot(i, i + 1, of(Point(day=Part("anchor", 0)), "en.named day", True))
    if t.kinds[i] == "n" or t.words[i] in STARTS or t.words[i] in known or t.words[i] in ("the",):
        spot = _spot(t, i, known, False)
        if spot is None and loose:
            found = _day(t, i, True)
            spot = Spot(i, found[1], found[0]) if found else None
        return spot
    return None


def _hours_range(t: Text, i: int) -> Spot | None:
    """Return hours to hours before a day: five to seven today."""
    found = clock.hours(t, i, to=True)
    if found is None or (found[0].weak and t.words[found[1]] not in NAMED_DAYS):
        return None
    return more(t, Spot(i, found[1], hours=found[0]), weak=found[0].weak)


def _sure_range(t: Text, left: Spot, right: Spot, at: int) -> bool:
    """Whether two dates with a sign or "to" between are a range: 2014-2018, Jan-Feb 2017, Monday to Friday."""
    if left.when is None or right.when is None:
        return False
    if t.words[at] == "until" and left.when.rule == "en.year":
        return True
    if left.when.rule == "en.bare month" and t.words[at] == "-" and not t.capital(left.start):
        return False
    return not (right.when.weak and right.when.rule != "en.bare month")
