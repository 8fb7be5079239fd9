"""English dates in figures: 2019-08-01, 2019-aug-1, 23/Sep/2020, 03/18/40, 11/20, 12-2015; and years beside months."""

from __future__ import annotations

from attache.read.time.en.text import Text, year_words
from attache.read.time.en.when import When, given, never, of
from attache.read.time.en.words import LEADS, MONTHS, RELATIVE, WEEKDAYS
from attache.read.time.point import Part, Point

Found = tuple[When, int]
SIGNS = ("-", "/", ".")
_NO_MONTH = "there is no such month"
_FRACTION = frozenset(["of", "inch", "inches", "cup", "share", "stake", "majority", "the", "cups", "odds"])


def year_at(t: Text, i: int) -> tuple[Part, int] | None:
    """Return the year after a month or quarter: 2015, , 2015, of 2015, in 2015, of '87, of this year."""
    j = i
    if t.words[j] in (",", "-", "/") or (t.words[j] == "." and t.glued[j]):
        j += 1
    if t.words[j] in ("of", "in"):
        j += 1
    if t.words[j] == "the" and t.words[j + 1] == "year":
        j += 2 if t.words[j + 2] == "of" else 1
    elif t.words[j] == "year":
        j += 1
    value = t.number(j)
    if value is not None and len(t.words[j]) == 4 and 1000 <= value <= 2999 and t.ends_number(j):
        return Part("given", value), j + 1
    of_it = t.words[j - 1] == "of" or t.words[j] in ("'", "’")
    j += t.words[j] in ("'", "’")
    if of_it and value is None and t.kinds[j] == "n":
        value = t.number(j)
    if of_it and value is not None and len(t.words[j]) == 2 and t.ends_number(j):
        return Part("given", _century(value)), j + 1
    if t.words[j] in ("last", "this", "next") and t.words[j + 1] == "year" and t.words[j + 2] not in ("'s", "’s"):
        return Part("anchor", RELATIVE[t.words[j]]), j + 2
    words = year_words(t, j)
    return (Part("given", words[0]), words[1]) if words else None


def _century(value: int) -> int:
    """Return a year told in two figures: 35 and before are of this century."""
    return value + (2000 if value <= 35 else 1900)


def figures(t: Text, i: int, loose: bool) -> Found | None:
    """Dates in figures, with one sign between: 2025-12-07, 18/03/40, 23/Sep/2020, 11/20, 2019-08."""
    if t.before(i) in (".", ",", "$", "€", "£") and t.glued[i] and i > 1 and t.kinds[i - 2] == "n":
        return None
    sign = t.words[i + 1]
    if sign in MONTHS and t.glued[i + 1] and t.kinds[i + 2] == "n":
        return None
    if sign not in SIGNS:
        return _spaced(t, i)
    if not t.glued[i + 1] or not t.glued[i + 2]:
        return None
    three = t.words[i + 3] == sign and t.glued[i + 3] and t.glued[i + 4]
    if three and t.kinds[i + 4] in ("n", "w"):
        found = _three(t, i, sign)
        if found:
            return found
    return _two(t, i, sign, loose)


def _spaced(t: Text, i: int) -> Found | None:
    """2016 10 16."""
    year, month, day = (t.number(i + step) for step in range(3))
    if year is None or month is None or day is None or len(t.words[i]) != 4 or not 1000 <= year <= 2999:
        return None
    if len(t.words[i + 1]) != 2 or len(t.words[i + 2]) != 2 or month > 12 or day > 31 or not t.ends_number(i + 2):
        return None
    return of(Point(given(year), given(month), given(day)), "en.figures"), i + 3


def _three(t: Text, i: int, sign: str) -> Found | None:
    words = (t.words[i], t.words[i + 2], t.words[i + 4])
    numbers = [t.number(i + step) for step in (0, 2, 4)]
    end = i + 5
    after_sign = t.glued[end] and t.words[end] in SIGNS and t.kinds[end + 1] == "n" and t.glued[end + 1]
    named = [n for n, word in enumerate(words) if word in MONTHS]
    if named:
        return _with_name(words, numbers, named[0], end) if len(named) == 1 else None
    if t.kinds[i + 2] != "n" or t.kinds[i + 4] != "n":
        return None
    first, second, third = numbers
    if first is None or second is None or third is None:
        return None
    if len(words[0]) == 4 and len(words[1]) <= 2 and len(words[2]) <= 2 and 1000 <= first <= 2999:
        if after_sign and t.words[end] == sign and sign != "-":
            return None
        return of(Point(given(first), given(second), given(third)), "en.figures"), end
    if len(words[0]) > 2 or len(words[1]) > 2 or len(words[2]) not in (2, 4):
        return None
    short = len(words[2]) == 2
    if (short and sign == "." and t.before(i) not in LEADS) or (after_sign and sign != "-" and short):
        return None
    if len(words[2]) == 4 and not 1000 <= third <= 2999:
        return None
    if short and sign == "-" and (t.words[end] == "-" or t.before(i) == "-" or not 1 <= first <= 31):
        return None
    year = _century(third) if short else third
    day_first = sign == "." and second <= 12
    month, day = (second, first) if (first > 12 >= second) or day_first else (first, second)
    if month > 12:
        return never("en.figures", _NO_MONTH), end
    return of(Point(given(year), given(month), given(day)), "en.figures"), end


def _with_name(words: tuple[str, ...], numbers: list[int | None], at: int, end: int) -> Found | None:
    """23/Sep/2020, 2019-aug-1, 2020/23/Sep, sep-23-2020."""
    rest = [(words[n], numbers[n]) for n in range(3) if n != at]
    if any(value is None for _, value in rest):
        return None
    years = [value for word, value in rest if len(word) == 4]
    days = [value for word, value in rest if len(word) <= 2]
    if len(days) == 2 and at < 2:  # 23-Sep-20: the year is last
        years, days = [_century(int(rest[1][0]))], [rest[0][1]]
    if len(years) != 1 or len(days) != 1:
        return None
    return of(Point(given(years[0]), given(MONTHS[words[at]]), given(days[0])), "en.figures"), end


def _two(t: Text, i: int, sign: str, loose: bool) -> Found | None:
    """11/20, 22/04, 12-2015, 2019-08, 22/Jan, 2019-aug; figures only where something says that they are a date."""
    first, second = t.words[i], t.words[i + 2]
    if not t.ends_number(i + 2) and t.kinds[i + 2] == "n" and t.words[i + 3] not in ("-", "–", "/"):
        return None
    a, b = t.number(i), t.number(i + 2)
    if second in MONTHS and a is not None and sign != ".":
        if len(first) == 4:
            return of(Point(given(a), given(MONTHS[second])), "en.figures"), i + 3
        year = year_at(t, i + 3) if len(first) <= 2 else None
        point = Point(year[0] if year else None, given(MONTHS[second]), given(a))
        return (of(point, "en.figures"), year[1] if year else i + 3) if 1 <= a <= 31 else None
    if a is None or b is None or sign == "." or (t.words[i + 3] == sign and t.glued[i + 3] and sign == "/"):
        return None
    alone = loose or t.before(i) in LEADS or _whole_text(t, i, i + 3)
    if len(first) <= 2 and len(second) == 4 and 1 <= a <= 12 and 1500 <= b <= 2199:
        return of(Point(given(b), given(a)), "en.figures"), i + 3
    if len(first) == 4 and len(second) == 2 and 1500 <= a <= 2199 and 1 <= b <= 12 and (sign == "/" or alone):
        turn = loose or sign == "/" or t.words[i + 3] == ""
        return (of(Point(given(a), given(b)), "en.figures"), i + 3) if turn else None
    if len(first) == 4 and len(second) == 2 and 12 < b == (a + 1) % 100 and 1500 <= a <= 2199:
        return of(Point(years=(a, a + 1)), "en.years"), i + 3  # the 2024-25 season
    clause = i == 0 or t.before(i) in ("?", "(")
    before = t.before(i) in RELATIVE or t.before(i) in WEEKDAYS
    if sign != "/":
        return None
    if not (alone or before or (clause and len(second) == 2)) or t.words[i + 3] in _FRACTION or (a, b) == (9, 11):
        return None
    month, day = (b, a) if a > 12 >= b else (a, b)
    if month > 12 or not month or not 1 <= day <= 31:
        return None
    year = _comma_year(t, i + 3)
    return of(Point(year[0] if year else None, given(month), given(day)), "en.month day"), year[1] if year else i + 3


def _comma_year(t: Text, i: int) -> tuple[Part, int] | None:
    return year_at(t, i) if t.words[i] == "," else None


def _whole_text(t: Text, i: int, j: int) -> bool:
    return i == 0 and j >= t.count - 1
