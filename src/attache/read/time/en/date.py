"""English calendar dates: 14 Nov 2023, November 14th, 2019-aug-1, 03/18/40, tuesday the eleventh, April, 2015."""

from __future__ import annotations

from collections.abc import Iterator

from attache.read.time.en.figures import SIGNS, figures, year_at
from attache.read.time.en.text import Text, ordinal, small, year_words
from attache.read.time.en.when import When, agreeing, given, of, span
from attache.read.time.en.words import (
    COUNTED,
    FULL_WEEKDAYS,
    LEADS,
    MONTHS,
    NUMBERED,
    PERSONS,
    PLAIN_WORDS,
    RELATIVE,
    UNITS,
    WEEKDAYS,
)
from attache.read.time.point import Point

Found = tuple[When, int]
_DASHES = ("-", "–", "—", "to", "through", "until", "till", "and")
_LOOSE_LEADS = ("of", "for", "on", "to")


def date(t: Text, i: int, loose: bool = False) -> Found | None:
    """Return a calendar date at token i. ``loose``: something around says that it is one (the end of a range)."""
    if t.kinds[i] == "n":
        return figures(t, i, loose) or _day_month(t, i) or _bare_year(t, i, loose) or _on_day(t, i)
    word = t.words[i]
    if word in MONTHS:
        return _month_day(t, i) or _signed_month(t, i) or _month(t, i, loose)
    if word in WEEKDAYS:
        return weekday(t, i, loose)
    if word == "year" and (named := _bare_year(t, i + 1, True)):
        return named
    if word == "the" and (t.kinds[i + 1] == "n" or ordinal(t, i + 1)):
        return _day_month(t, i + 1) or _the_day(t, i + 1)
    if found := _day_month(t, i):
        return found
    if (told := year_words(t, i)) and (loose or t.before(i) in LEADS or t.words[told[1]] == "") and told[1] > i + 1:
        return of(Point(year=given(told[0])), "en.year"), told[1]
    return None


def day_number(t: Text, i: int) -> tuple[int, int] | None:
    """Return the number of a day: 14, 14th, fourteenth, fourteen."""
    if told := ordinal(t, i):
        return told if 1 <= told[0] <= 31 else None
    value = t.number(i, 2)
    if value is not None:
        return (value, i + 1) if 1 <= value <= 31 and t.ends_number(i) else None
    return None


def _days(t: Text, i: int) -> Iterator[tuple[int, int]]:
    """Days at i, and in words too: twenty five, for before a month only."""
    if told := day_number(t, i):
        yield told
    elif (words := small(t, i)) and words[0] <= 31:
        yield words


def _day_month(t: Text, i: int) -> Found | None:
    """14 nov 2023, 14th of November, 5-7 March, sixth of feb, the twenty second day of April."""
    glued = t.kinds[i] == "n" and t.words[i + 1] in MONTHS
    first = next(_days(t, i), None)
    if glued and first is None and t.number(i, 2) and t.glued[i + 1]:
        first = (t.number(i, 2) or 0, i + 1)
    if first is None or (t.before(i) in (",", ".") and t.glued[i]) or t.before(i) in ("$", "€", "£"):
        return None
    value, j = first
    left = None
    if t.words[j] in _DASHES and (t.words[j] != "and" or t.before(i) in ("between", "the", "on", "of")):
        k = j + 2 if t.words[j + 1] == "the" else j + 1
        if (second := next(_days(t, k), None)) and _month_after(t, second[1]):
            left, (value, j) = value, second
    k = _month_after(t, j)
    if not k or not 1 <= value <= 31:
        return None
    year = year_at(t, k + _dot(t, k))
    month = given(MONTHS[t.words[k - 1]])
    right = of(Point(year[0] if year else None, month, given(value)), "en.day month")
    end = year[1] if year else k
    return (right if left is None else span(of(Point(day=given(left)), "en.day month"), right)), end


def _month_after(t: Text, i: int) -> int:
    """Return where a month ends that stands here, perhaps after of or day of; 0 where none does."""
    j = i
    if t.words[j] == "day" and t.words[j + 1] == "of":
        j += 2
    elif t.words[j] in ("of", "/", "-") and (t.words[j] == "of" or t.glued[j]):
        j += 1
    word = t.words[j]
    if word not in MONTHS or (word in ("may", "march") and not t.capital(j) and j == i and t.kinds[i - 1] != "w"):
        return 0
    return j + 1


def _dot(t: Text, i: int) -> bool:
    """Whether a short month's dot stands here: Nov. 14; not the sentence's last."""
    short = len(t.words[i - 1]) <= 4 and t.words[i - 1] not in ("may", "june", "july")
    return t.words[i] == "." and t.glued[i] and short


def _month_day(t: Text, i: int) -> Found | None:
    """Nov 14th, 2023; Dec31; march eighteenth; april the ninth; November 19-20; May 5 to June 7."""
    dotted = i + 1 + _dot(t, i + 1)
    j = dotted + (t.words[dotted] in ("-", "/") and t.glued[dotted] and t.glued[dotted + 1])
    j += t.words[j] == "the"
    first = ordinal(t, j) if t.kinds[j] != "n" else day_number(t, j)
    if first is None:
        return None
    value, j = first
    if t.words[j] in SIGNS and t.glued[j] and t.glued[j + 1] and (t.number(j + 1) or 0) > 999 and t.words[j] != ".":
        return of(Point(given(t.number(j + 1)), given(MONTHS[t.words[i]]), given(value)), "en.month day"), j + 2
    j += t.words[j] == "," and t.glued[j] is False
    year = year_at(t, j)
    month = given(MONTHS[t.words[i]])
    left = of(Point(year[0] if year else None, month, given(value)), "en.month day")
    end = year[1] if year else first[1]
    if year is None and t.words[end] in _DASHES and t.words[end] != "and":
        k = end + 2 if t.words[end + 1] == "the" else end + 1
        second = day_number(t, k)
        hours = second and (t.words[second[1]] in (":", "am", "pm") or t.kinds[second[1]] == "a")
        if second and not hours and not _month_after(t, second[1]) and second[0] > value:
            year = year_at(t, second[1])
            right = of(Point(year[0] if year else None, month, given(second[0])), "en.month day")
            return span(left, right), year[1] if year else second[1]
    return left, end


def _signed_month(t: Text, i: int) -> Found | None:
    """Dec-2018, Dec 2018, Dec, 2018, April of 87, october two thousand."""
    k = i + 1 + _dot(t, i + 1)
    year = year_at(t, k)
    if year is None:
        return None
    return of(Point(year[0], given(MONTHS[t.words[i]])), "en.month"), year[1]


_ROW = 16  # tokens that a row of months may run back


def _listed(t: Text, i: int) -> bool:
    """Whether a month stands last in a row that a word leads: in May, June and July."""
    j = i
    while i - _ROW < j > 1 and t.before(j) in ("and", "or", ",") and (step := 2 + (t.before(j - 1) == ",")) <= j:
        if t.words[j - step] not in MONTHS:
            break
        j -= step
    return j < i and t.before(j) in LEADS


def _month(t: Text, i: int, loose: bool) -> Found | None:
    """A month alone: weak without a word before it that wants a date."""
    word, before = t.words[i], t.before(i)
    end = i + 1 + (_dot(t, i + 1) and t.words[i + 2] != "" and not t.capital(i + 2))
    point = Point(month=given(MONTHS[word]))
    if not t.capital(i):
        if not loose and before == "the" and t.before(i - 1) == "in" and word not in PLAIN_WORDS:
            return of(point, "en.bare month"), end
        named = before in ("in", "since") and (t.kinds[i + 1] != "w" or t.words[i + 1] in _DASHES)
        plain = word in ("may", "march", "mar") or (word in PLAIN_WORDS and not named)
        if not (loose or before in LEADS) or (plain and not loose):
            return None
    sure = loose or before in LEADS or _listed(t, i) or before in ("early", "mid", "late", "-")
    if t.glued[i + 1] and (t.kinds[i + 1] == "w" or (t.words[i + 1] == "-" and t.words[i + 2] not in MONTHS)):
        return None
    if before == "by" and word in PERSONS and t.kinds[i + 1] == "w" and t.capital(i + 1):
        return None  # by May Smith
    return of(point, "en.bare month", weak=not sure or (not loose and before in _LOOSE_LEADS)), end


def _the_day(t: Text, i: int) -> Found | None:
    """The 18th, the thirty-first; weak, for it is mostly the so-manieth of something else."""
    told = ordinal(t, i)
    bare = t.number(i, 2) if told is None else None
    if bare and t.before(i - 1) == "on" and t.words[i + 1] in ("from", "at", "between", ".", "", ","):
        told = (bare, i + 1)
    if told is None or not 1 <= told[0] <= 31:
        return None
    stop = t.kinds[told[1]] in ("p", "") or t.words[told[1]] in (
        "at", "from", "between", "around", "to", "till", "until", "and",
    )  # fmt: skip
    weak = not stop or t.before(i - 1) not in ("on", "by", "until", "since", "from", "till", "between", "to")
    return of(Point(day=given(told[0])), "en.day", weak=weak), told[1]


def _on_day(t: Text, i: int) -> Found | None:
    """On 29th; figures alone are no day."""
    told = ordinal(t, i)
    if told is None or t.before(i) != "on" or t.kinds[told[1]] not in ("p", "") or not 1 <= told[0] <= 31:
        return None
    return of(Point(day=given(told[0])), "en.day"), told[1]


def weekday(t: Text, i: int, loose: bool = False) -> Found | None:
    """Tuesday, Tue. March 7, tuesday the eleventh, Sunday 31, friday (jun-15), friday 5/12."""
    word = t.words[i]
    if word not in FULL_WEEKDAYS and word in PLAIN_WORDS and not t.capital(i) and t.kinds[i + 1] != "n":
        return None
    short = word not in FULL_WEEKDAYS
    j = i + 1
    dot = short and t.words[j] == "." and t.glued[j]
    k = j + dot
    k += t.words[k] in (",", "(") or (t.words[k] == "the" and ordinal(t, k + 1) is not None)
    if twin := _twin(t, k, word):
        when, end = twin
        when = agreeing(when, WEEKDAYS[word])
        return when, end + (t.words[k - 1] == "(" and t.words[end] == ")")
    alone = loose or t.before(i) in LEADS or t.before(i) in RELATIVE or t.before(i) in ("or", "and", "week", ",", "(")
    if short and not (t.capital(i) and (alone or dot)):
        return None
    return of(Point(weekday=WEEKDAYS[word]), "en.weekday", deictic=True), j + dot


def _twin(t: Text, i: int, word: str) -> Found | None:
    """Return the date in figures that tells a weekday again; a bare number is the day of its month."""
    if t.kinds[i] == "n" or t.words[i] in MONTHS:
        if t.words[i] in MONTHS and not t.capital(i) and t.kinds[i + 1] not in ("n", "p"):
            return None
        found = figures(t, i, True) if t.kinds[i] == "n" else None
        found = found or _day_month(t, i) or (_month_day(t, i) if t.words[i] in MONTHS else None)
        if found:
            return found
        if t.words[i] in MONTHS:
            return None
    told = ordinal(t, i)
    before = t.before(i)
    if told is None and before == word and (value := t.number(i, 2)) and t.ends_number(i) and 1 <= value <= 31:
        j = i + 1
        if t.words[j] in ("at", "between", "from", "!", ".", "?", "") or (t.words[j] == "," and not t.glued[j + 1]):
            told = (value, j)
    if told is None or not 1 <= told[0] <= 31 or t.words[told[1]] in UNITS or before == ",":
        return None
    return of(Point(day=given(told[0])), "en.day"), told[1]


def _bare_year(t: Text, i: int, loose: bool) -> Found | None:
    """1998; 2150 only after a preposition; not 2000 people."""
    value = t.number(i)
    if value is None or len(t.words[i]) != 4 or not 1500 <= value <= 2199 or not t.ends_number(i):
        return None
    before, after = t.before(i), t.words[i + 1]
    if before in NUMBERED or (after == "-" and t.glued[i + 2] and 1500 > (t.number(i + 2) or 0) > 99):
        return None
    if before in ("$", "€", "£") or (before == "-" and t.glued[i] and not loose and i > 1 and t.kinds[i - 2] == "n"):
        return None
    lead = loose or before in ("in", "since", "by", "until", "till", "before", "during", "from", "year", "cy", "fy")
    if value >= 2100 and not lead:
        return None
    plural = after.endswith("s") and len(after) > 4 and not t.capital(i + 1) and after not in ("across", "towards")
    if after in ("gmt", "utc") or (not lead and (after in COUNTED or plural or after in UNITS)):
        return None
    if t.glued[i] and i and t.kinds[i - 1] == "w":
        return None
    if after == "-" and t.glued[i + 1] and t.kinds[i + 2] == "w" and t.glued[i + 2]:
        return None
    return of(Point(year=given(value)), "en.year"), i + 1
