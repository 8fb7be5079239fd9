"""Parts of English months and years: the second week of 2021, q1 2019, the 1990s, last winter, year to date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date as day_of
from datetime import timedelta

from attache.read.time import calendar
from attache.read.time.calendar import Nth, Stretch
from attache.read.time.en.date import date
from attache.read.time.en.figures import year_at
from attache.read.time.en.text import Text, ordinal, whole
from attache.read.time.en.when import When, anchored, derived, given, nth, of, relative
from attache.read.time.en.words import RELATIVE, SEASONS, UNITS, WEEKDAYS
from attache.read.time.point import Context, Part, Point, Read

Found = tuple[When, int]
Reads = Callable[[Text, int, bool], Found | None]  # the reader of any date, for what these are parts of
NINETIES = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80,
    "nineties": 90,
}  # fmt: skip


def _period(t: Text, i: int, when: Reads) -> Found | None:
    """Return the month, year or other stretch that something is a part of."""
    if t.words[i] == "the" and t.words[i + 1] in ("week", "month", "year", "quarter", "decade", "century"):
        return relative(t.words[i + 1], 0), i + 2
    if t.words[i] == "the" and t.words[i + 1] == "same":
        return None
    return when(t, i, True)


def nth_of(t: Text, i: int, when: Reads) -> Found | None:
    """The second week of 2021, last Monday of May, first ten days of June, the 12th day of this month."""
    if t.words[i] in ("week", "month") and (number := whole(t, i + 1)) and t.words[number[1]] == "of":
        period = _period(t, number[1] + 1, when)
        return _part_of(Nth(number[0], "week" if t.words[i] == "week" else "month"), *period) if period else None
    which, j = -1, i + 1
    if t.words[i] not in ("last", "final"):
        number = ordinal(t, i)
        if number is None:
            return None
        which, j = number
    run, count = 0, whole(t, j)
    if count:
        run, j = count
    word = t.words[j]
    day = WEEKDAYS.get(word, -1) if word.endswith("day") else -1
    unit = UNITS.get(word)
    if unit in ("quarter", "century", "decade"):
        return None
    if unit not in ("day", "week", "month", "weekend") and day < 0:
        return None
    k = j + 1
    if t.words[k] not in ("of", "in"):
        return None
    period = _period(t, k + 1, when)
    if period is None or period[0].one_day:
        return None
    if day >= 0:
        return _part_of(Nth(which, "weekday", day), *period)
    if unit == "weekend":
        return None
    assert unit in ("day", "week", "month")
    of_it: Nth = Nth(which, "day", 0, run) if unit == "day" else Nth(which, "week", 0, run)
    return _part_of(Nth(which, "month", 0, run) if unit == "month" else of_it, *period)


def _part_of(part: Nth, base: When, end: int) -> Found | None:
    if base.one_day:
        return None
    one_day = not part.run and part.unit in ("day", "weekday")
    return derived(base, "en.nth", lambda days: nth(days, part), one_day), end


def quarter(t: Text, i: int, when: Reads) -> Found | None:
    """Q1 2019, 2019-Q1, first quarter of 2019, next year's first quarter, H2, the first half of the year."""
    year: Part | None = None
    j = i
    if t.number(i) is not None and len(t.words[i]) == 4 and 1000 <= int(t.words[i]) <= 2999:
        year, j = Part("given", int(t.words[i])), i + 1
        j += t.words[j] == "-"
        if t.words[j] not in ("q", "h"):
            return None
    elif t.words[i] in RELATIVE and t.words[i + 1] == "year" and t.words[i + 2] == "'s":
        year, j = Part("anchor", RELATIVE[t.words[i]]), i + 3
    if t.words[j] in ("q", "h"):
        number = t.number(j + 1, 1) if t.glued[j + 1] else None
        size = 3 if t.words[j] == "q" else 6
        if number is None or not 1 <= number <= 12 // size or not (t.capital(j) or size == 3 or year):
            return None
        j += 2
    elif (told := ordinal(t, j)) and t.words[told[1]] in ("quarter", "half") and 1 <= told[0] <= 4:
        number, j = told
        size = 3 if t.words[j] == "quarter" else 6
        j += 1
        if number * size > 12:
            return None
        if year is None:
            return _half_of(t, j, size, number, when)
    else:
        return None
    if year is None and (found := year_at(t, j)):
        year, j = found
    months = (size * (number - 1) + 1, size * number)
    return of(Point(year=year, of_year=months), "en.part of year", deictic=year is None), j


def _half_of(t: Text, i: int, size: int, number: int, when: Reads) -> Found | None:
    """Return the first half or quarter of a year, month or decade; alone only the quarter is a date."""
    months = (size * (number - 1) + 1, size * number)
    if year := year_at(t, i):
        return of(Point(year=year[0], of_year=months), "en.part of year"), year[1]
    if t.words[i] in ("of", "in"):
        period = _period(t, i + 1, when)
        if period is None or period[0].one_day:
            return None
        base, end = period
        if base.point and base.point.year and not base.point.month:
            return of(base.point._replace(of_year=months), "en.part of year", base.deictic), end
        return derived(base, "en.part of year", lambda days: _cut(days, size, number)), end
    if size == 6 or t.kinds[i] == "w":
        return None
    return of(Point(of_year=months), "en.part of year", deictic=True), i


def _cut(days: Stretch, size: int, number: int) -> Stretch | None:
    count = 12 // size
    length = (days.hi - days.lo).days + 1
    if length < count:
        return None
    if days.lo_grain == "year":
        years = days.hi.year - days.lo.year + 1
        first = days.lo.year + years * (number - 1) // count
        return calendar.years(first, days.lo.year + years * number // count - 1)
    lo = days.lo + timedelta(days=length * (number - 1) // count)
    return Stretch(lo, days.lo + timedelta(days=length * number // count - 1))


def season(t: Text, i: int) -> Found | None:
    """Spring 2019, the summer of 2020; in the winter."""
    word = t.words[i]
    if word not in SEASONS:
        return None
    year = year_at(t, i + 1)
    if year:
        return of(Point(year=year[0], of_year=SEASONS[word]), "en.season"), year[1]
    if t.before(i) == "the" and t.before(i - 1) in ("in", "during", "until", "since", "by") and word != "fall":
        if t.words[i + 1] == "of" or t.kinds[i + 1] == "w":
            return None
        return of(Point(of_year=SEASONS[word]), "en.season", True), i + 1
    return None


def season_of(months: tuple[int, int], value: int) -> When:
    """Last winter, this summer, next spring: the last begun before the anchor's, the anchor's year's, the next."""
    if not value:
        return of(Point(year=Part("anchor", 0), of_year=months), "en.season", True)

    def make(ref: day_of) -> Stretch | None:
        near = [days for step in (-2, -1, 0, 1) if (days := calendar.months(ref.year + step, *months))]
        if value > 0:
            return next((days for days in near if days.lo > ref), None)
        return next((days for days in reversed(near) if days.hi < ref), None)

    return anchored("en.season", make)


def decade(t: Text, i: int) -> Found | None:
    """The 1990s, 1990 s, the '90s, the nineties, the 15th century."""
    value = t.number(i)
    if value is not None and value % 10 == 0:
        j = i + 1 + (t.words[i + 1] in ("'", "’"))
        plural = t.words[j] in ("s", "'s")
        if plural and len(t.words[i]) == 4 and 1000 <= value <= 2990:
            return of(Point(years=(value, value + 9)), "en.decade"), j + 1
        if plural and len(t.words[i]) == 2 and t.before(i) in ("'", "’", "the") and t.glued[j] and value >= 20:
            return of(Point(years=(1900 + value, 1909 + value)), "en.decade"), j + 1
    if t.words[i] in NINETIES and t.before(i) == "the" and t.before(i - 1) in ("in", "since", "during", "of", "from"):
        first = 1900 + NINETIES[t.words[i]]
        return of(Point(years=(first, first + 9)), "en.decade"), i + 1
    told = ordinal(t, i)
    if told and t.words[told[1]] == "century" and 1 <= told[0] <= 30:
        first = max(100 * (told[0] - 1), 1)
        return of(Point(years=(first, 100 * told[0] - 1)), "en.century"), told[1] + 1
    return None


def week(t: Text, i: int) -> Found | None:
    """Week 10, the week of (starting, commencing) February 4, w/c Feb 4."""
    if t.words[i] == "w" and t.words[i + 1] == "/" and t.words[i + 2] == "c":
        base = date(t, i + 3, True)
    elif t.words[i] == "week" and t.words[i + 1] in ("of", "starting", "beginning", "commencing", "from"):
        j = i + 2 + (t.words[i + 2] in ("on", "the"))
        base = date(t, j, True)
    elif t.words[i] == "week" and (number := t.number(i + 1, 2)) and t.ends_number(i + 1) and number <= 53:
        week = Nth(number, "week")
        base_year = of(Point(year=Part("anchor", 0)), "en.week", True)
        return derived(base_year, "en.week", lambda days: nth(days, week)), i + 2
    else:
        return None
    if base is None or not base[0].one_day:
        return None
    return derived(base[0], "en.week", lambda days: calendar.week(days.lo, 0)), base[1]


def to_date(t: Text, i: int) -> Found | None:
    """Year to date, month-to-date; cy18."""
    if t.words[i] in ("cy", "fy") and (year := t.number(i + 1)) is not None and len(t.words[i + 1]) in (2, 4):
        value = year if len(t.words[i + 1]) == 4 else 2000 + year
        return of(Point(year=given(value)), "en.year"), i + 2
    if t.words[i] not in ("year", "month", "week", "quarter"):
        return None
    j = i + 1 + (t.words[i + 1] == "-")
    if t.words[j] != "to" or t.words[j + 1 + (t.words[j + 1] == "-")] != "date":
        return None
    base = relative(t.words[i], 0)
    end = j + 2 + (t.words[j + 1] == "-")

    def make(ref: day_of) -> Stretch | None:
        days = base.read(ref, Context(), None)
        return Stretch(days.days.lo, ref) if isinstance(days, Read) else None

    return anchored("en.to date", make), end
