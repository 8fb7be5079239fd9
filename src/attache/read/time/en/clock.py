"""Clock times in English: 8pm, 8.10 pm, 1140 a.m., half past seven, five-thirty, noon, from 9.30 to 4.30pm."""

from __future__ import annotations

from typing import NamedTuple

from attache.read.time.clock import NO_HOUR
from attache.read.time.en.text import Text, military, small, whole
from attache.read.time.en.words import ONES, PARTS
from attache.read.time.hit import Modifier, PartOfDay

_NAMED = {"noon": 12, "midday": 12, "noonish": 12, "midnight": 0}
_TO = frozenset(["-", "–", "—", "~", "to", "till", "until", "til", "through", "and"])
_FROM_NOON = {"noon": 4, "afternoon": 12, "evening": 12, "night": 12}  # below which hour twelve are added


class Moment(NamedTuple):
    """An hour of the day. ``half``: a.m. or p.m.; ``weak``: a bare number, an hour only if something says so."""

    hour: int
    minute: int | None = None
    second: int | None = None
    half: str = ""
    weak: bool = False

    @property
    def size(self) -> int:
        """Minutes since midnight."""
        return 60 * self.hour + (self.minute or 0)

    def at(self) -> str | None:
        """Return the hour of twenty-four as ISO 8601, None where there is no such hour."""
        hour = self.hour
        if self.half and not 1 <= hour <= 12:
            return None if hour > 23 else self._iso(hour)
        if self.half:
            hour = hour % 12 + (12 if self.half == "p" else 0)
        return self._iso(hour)

    def _iso(self, hour: int) -> str | None:
        over = hour > 24 or (hour == 24 and bool(self.minute or self.second))
        if over or (self.minute or 0) > 59 or (self.second or 0) > 59:
            return None
        return ":".join(f"{x:02}" for x in (hour, self.minute, self.second) if x is not None)

    def turned(self) -> Moment:
        """Return it as its hour of twenty-four."""
        told = self.at()
        return self if told is None else self._replace(hour=int(told[:2]), half="")


class Hours(NamedTuple):
    """Hours of a day: a moment or the time between two, or only a part of the day, and what opens it on one side."""

    lo: Moment | None
    hi: Moment | None = None
    part: PartOfDay | None = None
    modifier: Modifier | None = None

    @property
    def weak(self) -> bool:
        """Whether it is but bare numbers."""
        return bool(self.lo and self.lo.weak and (self.hi is None or self.hi.weak))

    def iso(self) -> str | None:
        """Return ISO 8601, None where only a part of the day is told.

        Raises:
            ValueError: there is no such hour.

        """
        if self.lo is None:
            return None
        lo, hi = self._halves()
        first, last = lo.at(), hi.at() if hi else ""
        if first is None or last is None:
            raise ValueError(NO_HOUR)
        return f"{first}/{last}" if last else first

    def _halves(self) -> tuple[Moment, Moment | None]:
        assert self.lo
        lo, hi = self.lo, self.hi
        if hi is None:
            return _by_part(lo, self.part), None
        if not lo.half and hi.half and hi._replace(half="").size % 720 > lo.size % 720 and lo.hour <= 12:
            lo = lo._replace(half=hi.half)
        lo, hi = _by_part(lo, self.part).turned(), _by_part(hi, self.part)
        hi = hi if hi.half and hi.at() is None else hi.turned()
        if self.hi and not self.hi.half and hi.size < lo.size < hi.size + 720 and hi.hour <= 12:
            hi = hi._replace(hour=hi.hour + 12)
        return lo, hi


def _by_part(moment: Moment, part: PartOfDay | None) -> Moment:
    """Return five in the afternoon as 17."""
    if moment.half or part is None or moment.hour > 12:
        return moment
    if part == "night" and moment.hour < 6:
        return moment  # two at night
    if part in _FROM_NOON and moment.hour < _FROM_NOON[part]:
        return moment._replace(hour=moment.hour + 12)
    return moment._replace(hour=24 if part == "night" else 0) if moment.hour == 12 and part != "noon" else moment


def moment(t: Text, i: int, loose: bool = False) -> tuple[Moment, int] | None:
    """Return a moment at token i and where it ends. ``loose``: a dot for the colon and bare numbers will do."""
    word = t.words[i]
    if word in _NAMED:
        return Moment(_NAMED[word], 0), i + 1
    if word == "mid" and t.words[i + 1] == "night":
        return Moment(0, 0), i + 2
    if (told := _past(t, i)) is not None:
        return told
    if t.kinds[i] == "n":
        return _figures(t, i, loose)
    return _words(t, i, loose)


def _half(t: Text, i: int, dotted: bool) -> tuple[str, int]:
    """Return "a" or "p" and where it ends, for am, p.m., and after figures with a colon also a and p."""
    word = t.words[i]
    if t.kinds[i] == "a" or word in ("am", "pm"):
        return word[0], i + 1
    if word == "ampm":
        return "", i + 1
    if t.glued[i] and (word == "p" or (word == "a" and dotted)):
        return word, i + 1
    return "", i


def _figures(t: Text, i: int, loose: bool) -> tuple[Moment, int] | None:
    hour = t.number(i)
    if hour is None:
        return None
    if military(t, i):
        return Moment(*divmod(hour, 100)), i + 2
    j, minute, second = i + 1, None, None
    colon = t.words[j] if t.glued[j] and t.glued[j + 1] else ""
    if colon in (":", ".") and len(t.words[i]) <= 2 and t.kinds[j + 1] == "n" and len(t.words[j + 1]) == 2:
        minute, j = t.number(j + 1), j + 2
        if t.words[j] == ":" and t.glued[j] and t.glued[j + 1] and len(t.words[j + 1]) == 2:
            second, j = t.number(j + 1), j + 2
    elif len(t.words[i]) in (3, 4):
        hour, minute = divmod(hour, 100)
    half, end = _half(t, j, minute is not None)
    if end > j:
        return Moment(hour, minute, second, half), end
    if t.words[j] in ("o'clock", "o’clock", "oclock"):
        return Moment(hour, minute, second), j + 1
    if minute is None:
        return (Moment(hour, weak=True), j) if loose and hour <= 24 and t.ends_number(i) else None
    if len(t.words[i]) in (3, 4):
        four = loose and len(t.words[i]) == 4 and t.words[i][0] in "01" and hour < 24 and minute < 60
        sure = t.words[i][0] == "0" or t.words[j] in ("gmt", "utc")
        four = four or (len(t.words[i]) == 4 and t.words[j] in ("gmt", "utc"))
        return (Moment(hour, minute, weak=not sure), j) if four and t.ends_number(i) else None
    if colon == "." and not loose:
        return None
    if t.glued[j] and (t.words[j] in (".", ",", ":", "%", "°") and t.kinds[j + 1] == "n" and t.glued[j + 1]):
        return None
    return (Moment(hour, minute, second), j) if colon == ":" or hour < 24 else None


def _words(t: Text, i: int, loose: bool) -> tuple[Moment, int] | None:
    word = t.words[i]
    hour = ONES.get(word, 13)
    if hour > 12:
        return None
    j = i + 1
    if t.words[j] in ("o'clock", "o’clock", "oclock"):
        return Moment(hour), j + 1
    k = j + 1 if t.words[j] == "-" else j
    minutes = small(t, k)
    if minutes and 10 <= minutes[0] < 60:
        end = minutes[1] + (t.words[minutes[1]] == "minutes")
        half, after = _half(t, end, False)
        told = t.words[j] == "-" or after > end or end > minutes[1] or loose
        if told:
            return Moment(hour, minutes[0], half=half), after
        return None
    half, after = _half(t, j, False)
    if after > j:
        return Moment(hour, half=half), after
    return (Moment(hour, weak=True), j) if loose else None


def _past(t: Text, i: int) -> tuple[Moment, int] | None:
    """Half past seven, a quarter to six, 20 min past eight."""
    j = i + 1 if t.words[i] == "a" else i
    if t.words[j] in ("half", "quarter"):
        minutes, j = (30, j + 1) if t.words[j] == "half" else (15, j + 1)
    else:
        number = whole(t, i)
        if number is None or not 1 <= number[0] < 60:
            return None
        minutes, j = number
        j += t.words[j] in ("min", "mins", "minute", "minutes")
        if t.words[j] == "to" and j == number[1]:
            return None  # five to seven
    if t.words[j] not in ("past", "to"):
        return None
    hour = moment(t, j + 1, loose=True) if t.kinds[j + 1] == "n" or t.words[j + 1] in ONES else None
    if hour is None or hour[0].minute is not None or not 1 <= hour[0].hour <= 12:
        return None
    base, end = hour
    if t.words[j] == "to":
        return base._replace(hour=(base.hour - 2) % 12 + 1, minute=60 - minutes, weak=False), end
    return base._replace(minute=minutes, weak=False), end


def hours(t: Text, i: int, loose: bool = False, to: bool = False) -> tuple[Hours, int] | None:
    """Return a moment or the time from one to another. ``to``: only the latter will do."""
    first = moment(t, i, loose=True)
    if first is None:
        return None
    lo, j = first
    second: tuple[Moment, int] | None = None
    if t.words[j] in _TO and (t.words[j] != "and" or loose):
        second = moment(t, j + 1, loose=True)
    if second and t.words[j] in ("-", "–", "—") and t.words[second[1]] in ("-", "/") and t.glued[second[1]]:
        second = None  # 9-11-2001
    if second and (loose or not (lo.weak and second[0].weak) or to):
        weak = lo.weak and second[0].weak
        if not (weak and second[0].hour > 24):
            return Hours(lo, second[0]), second[1]
    if to:
        return None
    strict = moment(t, i, loose)
    return (Hours(strict[0]), strict[1]) if strict else None


def part(t: Text, i: int) -> tuple[PartOfDay, int] | None:
    """Return a part of the day: in the morning, at night, morning."""
    j = i
    if t.words[j] in ("in", "at", "during") and t.words[j + 1] in ("the", *PARTS):
        j += 1
    if t.words[j] == "the" and j > i:
        j += 1
    if t.words[j] in ("early", "earlier", "late", "later", "mid") and t.words[j + 1] == "in":
        j += 2 + (t.words[j + 2] == "the")
    elif t.words[j] in ("early", "late", "mid") and (t.words[j + 1] in PARTS or t.words[j + 1] == "-"):
        j += 2 if t.words[j + 1] == "-" else 1
    found = PARTS.get(t.words[j])
    if found is None:
        return None
    if t.words[j] == "night" and t.words[j + 1] == "-" and t.words[j + 2] == "time":
        j += 2
    return found, j + 1
