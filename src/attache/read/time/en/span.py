"""English dates told by their place: yesterday, next week, q1 2019, the 1990s, the second week of 2021, last winter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date as day_of
from datetime import timedelta

from attache.read.time import calendar
from attache.read.time.calendar import Stretch
from attache.read.time.en.date import date, weekday
from attache.read.time.en.part import NINETIES, decade, nth_of, quarter, season, season_of, to_date, week
from attache.read.time.en.text import Text, by_first
from attache.read.time.en.when import When, anchored, later_in, narrowed, of, relative
from attache.read.time.en.words import (
    EDGES,
    MONTHS,
    NAMED_DAYS,
    ORDINALS,
    PARTS,
    RELATIVE,
    SEASONS,
    TENS,
    UNITS,
    WEEKDAYS,
)
from attache.read.time.point import Context, Part, Point, Read

Found = tuple[When, int]
_DEEPEST = 3
_KINDS_OF_YEAR = ("calendar", "fiscal", "financial", "school", "working", "business", "work", "academic")
_EDGES = by_first(EDGES)
_SAME = {"same": 0, "that": 0}


def place(t: Text, i: int) -> Found | None:
    """Return a date told by its place, at token i; the article before it is not part of it."""
    if t.kinds[i] == "n":
        return decade(t, i) or quarter(t, i, when) or nth_of(t, i, when)
    for rule in _RULES.get(t.words[i], ()):
        if found := rule(t, i):
            return found
    return None


def when(t: Text, i: int, loose: bool = False) -> Found | None:
    """Return any date at token i, with what narrows it to a week or month after it: tuesday of last week."""
    if t.depth > _DEEPEST:
        return None
    skip = t.words[i] == "the" and t.words[i + 1] not in MONTHS and t.kinds[i + 1] == "w"
    t.depth += 1
    found = place(t, i + skip)
    t.depth -= 1
    if found is None:
        found = date(t, i, loose)
    if found is None and skip:
        found = date(t, i + 1, loose)
    return of_week(t, *found) if found else None


def of_week(t: Text, base: When, i: int) -> Found:
    """Tuesday of last week, Wednesday next week; next week (on) Tuesday."""
    point = base.point
    if point and point.weekday is not None and point.week is None and not point.weekend:
        j = i + (t.words[i] == "of")
        j += t.words[j] == "the"
        if t.words[j] in RELATIVE and t.words[j + 1] == "week":
            return of(point._replace(week=RELATIVE[t.words[j]]), "en.weekday", True), j + 2
    if point and point.week is not None and point.weekday is None:
        j = i + (t.words[i] == "on")
        if t.words[j] in WEEKDAYS and (t.capital(j) or len(t.words[j]) > 5) and t.words[j + 1] not in MONTHS:
            return of(point._replace(weekday=WEEKDAYS[t.words[j]]), "en.weekday", True), j + 1
    return base, i


def _named_day(t: Text, i: int) -> Found | None:
    word = t.words[i]
    if word in NAMED_DAYS:
        named = of(Point(day=Part("anchor", NAMED_DAYS[word])), "en.named day", True)
        return named._replace(part="night" if word.startswith("toni") else None), i + 1
    if word == "day" and t.words[i + 1] in ("before", "after"):
        sign = -1 if t.words[i + 1] == "before" else 1
        if t.words[i + 2] == ("yesterday" if sign < 0 else "tomorrow"):
            return of(Point(day=Part("anchor", 2 * sign)), "en.named day", True), i + 3
        if t.kinds[i + 2] in ("p", "") and t.before(i) == "the":
            return of(Point(day=Part("told", sign)), "en.day told"), i + 2
    if t.words[i + 1] == "day" and t.before(i) == "the" and word in ("next", "following", "previous", "same"):
        if t.words[i + 2] in ("of", "that", "in"):
            return None
        return of(Point(day=Part("told", {"previous": -1, "same": 0}.get(word, 1))), "en.day told"), i + 2
    if word == "current" and t.words[i + 1] in ("date", "day"):
        return of(Point(day=Part("anchor", 0)), "en.named day", True), i + 2
    if word == "otd" or (word == "eod" and t.before(i) in ("by", "at", "the", "until")):
        return of(Point(day=Part("anchor", 0)), "en.named day", True), i + 1
    return None


def _part_of_now(t: Text, i: int) -> Found | None:
    """Last night, this morning, next evening, late this morning."""
    late = t.words[i] in ("early", "late", "earlier", "later")
    j = i + late
    part = PARTS.get(t.words[j + 1])
    if t.words[j] not in ("this", "last", "next", "yesterday", "tomorrow") or part is None:
        return None
    if t.words[j + 1] in ("dawn", "noon", "night") and t.words[j] == "this":
        return None
    named = {"yesterday": -1, "tomorrow": 1}
    offset = named.get(t.words[j], RELATIVE.get(t.words[j], 0))
    told = t.before(i) == "the" and t.words[j] in ("next", "last")
    base = of(Point(day=Part("told" if told else "anchor", offset)), "en.named day", not told)._replace(part=part)
    if late:
        base = base._replace(modifier="early" if t.words[i].startswith("early") or t.words[i] == "earlier" else "late")
    return base, j + 2


def _relative(t: Text, i: int) -> Found | None:
    """Next week, this past Wednesday, last May, the week after next, the same week, this calendar year."""
    word, j = t.words[i], i + 1
    if word in _SAME and (word == "that" or t.before(i) == "the"):
        same = UNITS.get(t.words[j])
        if same in ("week", "month", "year", "weekend") and t.words[j].endswith(same[-1]):
            return _told(same), j + 1
        return None
    if word in ("week", "month", "year", "weekend") and t.words[j] in ("after", "before"):
        wanted = "next" if t.words[j] == "after" else "last"
        if t.words[j + 1] == wanted:
            return relative(word, 2 if wanted == "next" else -2), j + 2
    if word not in RELATIVE and not (word == "the" and t.before(i) in ("in", "for")):
        return None
    value = RELATIVE.get(word, 0)
    if word in ("this", "the") and t.words[j] in ("past", "coming", "upcoming", "current"):
        word, value, j = t.words[j], RELATIVE[t.words[j]], j + 1
    j += t.words[j] in _KINDS_OF_YEAR
    unit = t.words[j]
    if unit in ("week", "weekend", "month", "quarter", "year", "decade", "century", "fortnight"):
        if t.words[j + 1] == "-" and t.glued[j + 1]:
            return None
        if unit == "week" and t.words[j - 1] in ("working", "business", "work"):
            return anchored("en.named span", lambda ref: _working(ref, value)), j + 1
        return relative(unit, value, told=word != "the"), j + 1
    if unit in SEASONS:
        return season_of(SEASONS[unit], value), j + 1
    return _relative_date(t, j, word, value)


def _relative_date(t: Text, i: int, word: str, value: int) -> Found | None:
    """Last Friday, next May, this 5/12."""
    if t.words[i] in WEEKDAYS:
        found = weekday(t, i, True)
        if found is None:
            return None
        point = found[0].point
        if point is None or point.weekday is None:
            return found
        # "last Friday" is the last such day, "this", "next" and "previous" count weeks
        if word in ("this", "next", "previous", "following"):
            return of(point._replace(week=value), "en.weekday", True), found[1]
        return _nearest_weekday(point.weekday, value), found[1]
    if t.words[i] in MONTHS:
        if t.words[i] in ("may", "march", "mar") and not t.capital(i):
            return None
        found = date(t, i, True)
        if found and found[0].rule == "en.bare month" and found[0].point:
            return _pulled(found[0].point, value), found[1]
        return found
    if t.kinds[i] == "n" and t.words[i + 1] == "/" and (found := date(t, i, True)):
        point = found[0].point
        plain = point is not None and point.year is None
        return (_pulled(point, value) if plain and point else found[0]), found[1]
    return None


def _nearest_weekday(number: int, sign: int) -> When:
    def make(ref: day_of) -> Stretch | None:
        away = (number - ref.weekday()) % 7 or 7
        moved = calendar.shift_days(ref, away if sign > 0 else (away - 7 if away != 7 else -7))
        return Stretch(moved, moved) if moved else None

    return anchored("en.weekday", make, one_day=True)._replace(
        point=Point(weekday=number, week=None) if False else None
    )


def _pulled(point: Point, value: int) -> When:
    """Return a month or day of the year before, of this one, or the next such: last May, this May, next 5/12."""
    if not value:
        return of(point._replace(year=Part("anchor", 0)), "en.bare month", True)

    def make(ref: day_of) -> Stretch | None:
        for step in (0, value):
            month = point.month.value if point.month else 1
            year = ref.year + step
            days = calendar.day(year, month, point.day.value) if point.day else calendar.month(year, month)
            if days and (days.lo > ref if value > 0 else days.hi < ref):
                return days
        return None

    return anchored("en.bare month", make, one_day=point.day is not None)


def _working(ref: day_of, offset: int) -> Stretch | None:
    days = calendar.week(ref, offset)
    return days._replace(hi=days.hi - timedelta(days=2)) if days else None


def _told(unit: str) -> When:
    """That week, the same month: of the date told last, else the anchor's."""
    if unit in ("week", "weekend"):
        return of(Point(week=0, weekday=5 if unit == "weekend" else None, weekend=unit == "weekend"), "en.told", True)
    point = Point(month=Part("told", 0)) if unit == "month" else Point(year=Part("told", 0))
    return of(point, "en.told")


def _edge(t: Text, i: int) -> Found | None:
    """Early September 2024, mid-November, the end of 2026, later this week, end of month."""
    edge = t.phrase(i, _EDGES)
    if edge is None:
        return None
    j = i + len(edge)
    j += t.words[j] == "-" or t.words[j] == "in"
    kind = EDGES[edge]
    half = edge[0] in ("earlier", "later", "rest", "remainder", "remaining")
    if t.words[j] == "the" and t.words[j + 1] in ("week", "month", "year", "quarter", "decade", "day"):
        j += 1
        if t.words[j] == "day" or t.words[j + 1] in ("of", "and", "'s"):
            return None
    unit = t.words[j]
    if unit in ("week", "month", "year", "quarter", "decade") and (edge[-1] in ("of", "in") or half):
        base: Found | None = (relative(unit, 0), j + 1)
    elif unit in ("today", "tomorrow") and edge[-1] in ("in", "later", "earlier"):
        base = when(t, j, True)
        part = "afternoon" if kind == "late" else "morning"
        return (base[0]._replace(modifier=kind, part=None), base[1]) if base and part else None
    else:
        base = when(t, j, True)
    if base is None or base[0].one_day or base[0].rule.endswith("range") or base[0].part:
        return base if base and half and base[0].one_day else None
    if edge[0] in ("rest", "remainder", "remaining"):
        return _rest_of(base[0]), base[1]
    return (later_in(base[0], kind == "late") if half else narrowed(base[0], kind)), base[1]


def _rest_of(base: When) -> When:
    """Return what of it is still ahead of the anchor."""
    days = base.read

    def make(ref: day_of) -> Stretch | None:
        whole_of = days(ref, Context(), None)
        if not isinstance(whole_of, Read):
            return None
        return Stretch(max(ref, whole_of.days.lo), whole_of.days.hi) if ref <= whole_of.days.hi else whole_of.days

    return anchored(base.rule, make)


def _part_rules(t: Text, i: int) -> Found | None:
    return nth_of(t, i, when) or quarter(t, i, when)


def _rules() -> dict[str, tuple[Callable[[Text, int], Found | None], ...]]:
    """Return the rules by the word that they begin with."""
    known: dict[str, list[Callable[[Text, int], Found | None]]] = {}
    for rule, words in (
        (_named_day, {*NAMED_DAYS, "day", "next", "following", "previous", "same", "current", "otd", "eod"}),
        (_part_of_now, {"early", "late", "earlier", "later", "this", "last", "next", "yesterday", "tomorrow"}),
        (_part_rules, {*ORDINALS, *TENS, "week", "month", "last", "final", "next", "this", "q", "h"}),
        (_relative, {*RELATIVE, *_SAME, "week", "month", "year", "weekend", "the"}),
        (_edge, {edge[0] for edge in EDGES}),
        (season, set(SEASONS)),
        (decade, {*NINETIES, *ORDINALS, *TENS}),
        (week, {"w", "week"}),
        (to_date, {"cy", "fy", "year", "month", "week", "quarter"}),
    ):
        for word in words:
            known.setdefault(word, []).append(rule)
    return {word: tuple(rules) for word, rules in known.items()}


_RULES = _rules()
