"""English text as tokens (words, figures, signs), and the numbers in it: 14, fourteen, 14th, two thousand and five."""

from __future__ import annotations

import re
from collections.abc import Iterable

from attache.read.time.en.words import ONES, ORDINALS, SUFFIXES, TENS

_TOKEN = re.compile(
    r"(?P<a>(?<![A-Za-z.])[AaPp]\. ?[Mm]\b\.?)|(?P<w>o['’]clock\b|[^\W\d_]+)|(?P<n>[0-9]+)|(?P<p>['’]s\b|\S)",
    re.IGNORECASE,
)
_PAD = 8  # no pattern looks further ahead than this without looking where it is


Phrases = dict[str, list[tuple[str, ...]]]


def by_first(phrases: Iterable[tuple[str, ...]]) -> Phrases:
    """Return phrases by their first word, the longest first."""
    known: Phrases = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        known.setdefault(phrase[0], []).append(phrase)
    return known


class Text:
    """A text in tokens. Behind the last stand empty ones, so that looking ahead needs no care.

    ``words``: lower case; ``kinds``: w(ord), n(umber), p(unctuation), a (a.m., p.m.); ``glued``: no space before it.
    """

    __slots__ = ("count", "depth", "ends", "glued", "kinds", "source", "starts", "words")

    def __init__(self, source: str) -> None:
        self.source = source
        self.depth = 0  # of dates within dates: the end of the first week of next year
        self.words: list[str] = []
        self.kinds: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.glued: list[bool] = []
        last = -1
        for match in _TOKEN.finditer(source):
            start, end = match.span()
            self.words.append(match[0].lower())
            self.kinds.append(match.lastgroup or "p")
            self.starts.append(start)
            self.ends.append(end)
            self.glued.append(start == last)
            last = end
        self.count = len(self.words)
        self.words += [""] * _PAD
        self.kinds += [""] * _PAD
        self.starts += [len(source)] * _PAD
        self.ends += [len(source)] * _PAD
        self.glued += [False] * _PAD

    def number(self, i: int, digits: int = 4) -> int | None:
        """Return the value of figures of at most so many digits."""
        return int(self.words[i]) if self.kinds[i] == "n" and len(self.words[i]) <= digits else None

    def capital(self, i: int) -> bool:
        """Whether the word begins with a capital."""
        return self.source[self.starts[i] : self.starts[i] + 1].isupper()

    def before(self, i: int) -> str:
        """Return the token before, "" at the start."""
        return self.words[i - 1] if i > 0 else ""

    def phrase(self, i: int, phrases: Phrases) -> tuple[str, ...] | None:
        """Return the longest of some phrases that stands here."""
        for phrase in phrases.get(self.words[i], ()):
            if len(phrase) == 1 or tuple(self.words[i : i + len(phrase)]) == phrase:
                return phrase
        return None

    def ends_number(self, i: int) -> bool:
        """Whether the figures at i are a number of their own: not the 12 of 12,5, 12:30, 12% or A12B."""
        if self.before(i) in ("$", "€", "£", "¥") and self.glued[i]:
            return False
        if i > 1 and self.glued[i] and self.before(i) in (".", ",", ":") and self.kinds[i - 2] == "n":
            return False
        after = i + 1
        if not self.glued[after]:
            return self.words[after] not in ("%", "percent")
        if self.words[after] in (".", ",", ":"):
            return not (self.kinds[after + 1] == "n" and self.glued[after + 1])
        return self.words[after] not in ("%", "°", "€", "$") and self.kinds[after] != "w"


def military(t: Text, i: int) -> bool:
    """Whether figures are hours as soldiers tell them, not so many hours: at 1500 hours, 0630 hrs."""
    if t.kinds[i] != "n" or len(t.words[i]) != 4 or t.words[i + 1] not in ("hours", "hrs"):
        return False
    lead = t.before(i - 1) if t.before(i) in ("about", "around", "approximately") else t.before(i)
    told = lead in ("at", "from", "until", "till", "since") or t.words[i][0] == "0"
    return told and int(t.words[i]) < 2400 and int(t.words[i][2:]) < 60


def small(t: Text, i: int) -> tuple[int, int] | None:
    """Return a number word up to 99 and where it ends: twenty-five, twenty five."""
    word = t.words[i]
    if word in ONES:
        return ONES[word], i + 1
    if word not in TENS:
        return None
    j = i + 2 if t.words[i + 1] == "-" else i + 1
    one = ONES.get(t.words[j], 10)
    return (TENS[word] + one, j + 1) if one < 10 else (TENS[word], i + 1)


def cardinal(t: Text, i: int) -> tuple[int, int] | None:
    """Return a number word up to some thousands: two thousand and fifteen, a hundred."""
    word = t.words[i]
    if word in ("a", "one") and t.words[i + 1] in ("hundred", "thousand"):
        first: tuple[int, int] | None = (1, i + 1)
    else:
        first = small(t, i)
    if first is None:
        return None
    value, j = first
    if t.words[j] == "thousand":
        value, j = value * 1000, j + 1
        rest = _rest(t, j)
        if rest and t.words[rest[1]] == "hundred" and rest[0] < 10:
            value, j = value + 100 * rest[0], rest[1] + 1
            rest = _rest(t, j)
        return (value + rest[0], rest[1]) if rest else (value, j)
    if t.words[j] == "hundred":
        value, j = value * 100, j + 1
        rest = _rest(t, j)
        return (value + rest[0], rest[1]) if rest else (value, j)
    return value, j


def _rest(t: Text, i: int) -> tuple[int, int] | None:
    return small(t, i + 1 if t.words[i] == "and" else i)


def year_words(t: Text, i: int) -> tuple[int, int] | None:
    """Return a year in words: nineteen ninety-six, twenty fifteen, two thousand and fifteen."""
    first = small(t, i)
    if first is None:
        return None
    value, j = first
    if value == 2 and t.words[j] == "thousand":
        rest = _rest(t, j + 1)
        return (2000 + rest[0], rest[1]) if rest else (2000, j + 1)
    if not 15 <= value <= 20:
        return None
    if t.words[j] == "hundred":
        return 100 * value, j + 1
    if t.words[j] in ("oh", "o") and ONES.get(t.words[j + 1], 10) < 10:
        return 100 * value + ONES[t.words[j + 1]], j + 2
    last = small(t, j + 1 if t.words[j] == "-" else j)
    return (100 * value + last[0], last[1]) if last and last[0] >= 10 else None


def ordinal(t: Text, i: int) -> tuple[int, int] | None:
    """Return an ordinal: 1st, first, twenty-third, twenty third."""
    word = t.words[i]
    if t.kinds[i] == "n":
        value = t.number(i, 2)
        return (value, i + 2) if value is not None and t.words[i + 1] in SUFFIXES and t.glued[i + 1] else None
    if word in ORDINALS:
        return ORDINALS[word], i + 1
    if word in TENS:
        j = i + 2 if t.words[i + 1] == "-" else i + 1
        one = ORDINALS.get(t.words[j], 10)
        return (TENS[word] + one, j + 1) if one < 10 else None
    return None


def whole(t: Text, i: int) -> tuple[int, int] | None:
    """Return a whole number in figures or words, of at most four digits."""
    value = t.number(i)
    return (value, i + 1) if value is not None else cardinal(t, i)
