"""The page as citations are checked against it: where words stand, whom they name, which day they tell."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import msgspec

from attache.lexicon.fold import fold
from attache.lexicon.tables import Tables
from attache.pipeline import Taken
from attache.read.event import actor, quantity_record, time_record
from attache.read.reading import Read
from attache.read.time.hit import TimeHit
from attache.read.when import day_told
from attache.read.where import place_record
from attache.record import Actor, Mark, Place, Quantity, Span, Time
from attache.second.answer import Cited, CitedParty

JOINING = frozenset("、和与同及跟，,/&以")  # between parties that one citation names side by side
LONGEST = 600  # characters of a citation
SHOWN = 40  # characters of what is refused that its reason shows


class Refused(Exception):  # noqa: N818  (it is listed, not raised at users)
    """A citation that does not hold; the message says why."""


class Spot(NamedTuple):
    """Where cited words stand: the sentence, and offsets in the capture."""

    reading: Read
    span: Span


class Ground:
    """One page, as far as a question showed it: an answer to it is held against this and nothing else."""

    def __init__(self, taken: Taken, tables: Tables, within: range) -> None:
        self.within = within
        self.text = taken.capture.text
        self.tables = tables
        self.day = taken.page.published.edtf
        self._title = taken.title
        self._readings = taken.readings
        self._names: dict[int, list[Actor]] = {}

    def find(self, cited: Cited) -> Spot:
        """Where the words stand in their sentence, white space aside.

        Raises:
            Refused: if there is no such sentence, or they do not stand there.
        """
        if cited.n != 0 and cited.n - 1 not in self.within:
            raise Refused(f"no sentence {shown(str(cited.n))} was shown")
        words = "".join(cited.words.split())
        if len(words) > LONGEST:
            raise Refused(f"more than {LONGEST} characters are cited")
        if not any(map(str.isalnum, words)):
            raise Refused("no words are cited")
        lines = self._readings[cited.n - 1 : cited.n] if cited.n else self._title
        flat, back = self._squashed(lines)
        at = flat.find(words)
        if at < 0 or self._cut(back[at], back[at + len(words) - 1] + 1):
            where = f"sentence {cited.n}" if cited.n else "the title"
            raise Refused(f"“{shown(cited.words)}” does not stand in {where}")
        start, end = back[at], back[at + len(words) - 1] + 1
        holding = next((one for one in reversed(lines) if one.line.place(0, 1)[0] <= start), lines[0])
        return Spot(holding, Span(start=start, end=end, text=self.text[start:end]))

    def _cut(self, start: int, end: int) -> bool:
        """Whether a stretch begins or ends within a word of letters (man in Romanian)."""
        inside = self.text[start - 1 : start + 1], self.text[end - 1 : end + 1]
        return any(len(pair) == 2 and pair.isascii() and pair.isalnum() for pair in inside)

    def _squashed(self, lines: list[Read]) -> tuple[str, list[int]]:
        """Sentences that follow each other without white space, and where each of the characters stands."""
        if not lines:
            return "", []
        last = lines[-1].line
        start, end = lines[0].line.place(0, 1)[0], last.place(0, len(last.text))[1]
        kept = [i for i in range(start, end) if not self.text[i].isspace()]
        return "".join(self.text[i] for i in kept), kept

    def named(self, reading: Read) -> list[Actor]:
        """The parties that a sentence names or points back to, with their places; found once."""
        at = id(reading)
        if at not in self._names:
            self._names[at] = self._found(reading)
        return self._names[at]

    def _found(self, reading: Read) -> list[Actor]:
        found = [actor(party, reading.line, self.day, self.text) for party in reading.names]
        for item in reading.chunks:
            if item.phrase is not None and item.phrase.meant:
                start, end = reading.line.place(item.start, item.end)
                for party in item.phrase.meant:
                    one = actor(party, reading.line, self.day, self.text)
                    found.append(msgspec.structs.replace(one, text=self.text[start:end], start=start, end=end))
        return found

    def party(self, cited: CitedParty) -> list[Actor]:
        """Whom the words name, by our linker: one party, several where they stand side by side, or one unlinked.

        Raises:
            Refused: where the words, or those that tell its state, do not stand on the page.
        """
        spot = self.find(cited)
        if cited.unnamed:
            return [_unlinked(spot.span, "UNK")]
        linked = [one for one in self._linked(spot) if one.code]
        if cited.of is None:
            return linked or [_unlinked(spot.span, self._seat(spot))]
        home = self.find(cited.of)
        code = next((one.code for one in self._linked(home) if one.code), self._seat(home))
        if code is None or code in {one.code for one in linked}:
            return linked or [_unlinked(spot.span, None)]
        return [_unlinked(spot.span, code)]

    def _seat(self, spot: Spot) -> str | None:
        """The state whose city or region the words name, where they name no party: it stands for its government."""
        return next((place.country for place in reversed(self.places(spot)) if place.country), None)

    def _linked(self, spot: Spot) -> list[Actor]:
        """Parties that the built-in reader finds in the words."""
        inside = [one for one in self.named(spot.reading) if _overlap(one, spot.span)]
        return _side_by_side([one for one in inside if not self._posted(one)] or inside, self.text)

    def _posted(self, one: Actor) -> bool:
        """Whether a party is only where another's envoy is, or whom another is for (俄驻韩使馆)."""
        before = fold(self.text[max((one.start or 0) - 1, 0) : one.start], self.tables.script).text
        return before in self.tables.naming.beside.matter_before

    def code(self, cited: Cited) -> str | None:
        """The state or body of a source, if our linker finds one."""
        return next((one.code for one in reversed(self._linked(self.find(cited))) if one.code), None)

    def time(self, cited: list[Cited], status: Mark) -> tuple[str | None, Time | None]:
        """The EDTF date that the words tell, by our time reader, and the time that they are; None for no words.

        Raises:
            Refused: where they do not stand on the page, or tell no date.
        """
        told = [self._day(self.find(one), status) for one in cited[:2]]
        if not told:
            return None, None
        days = [day for day, _ in told]
        if len(told) == 2 and days[0] != days[1] and not any("/" in day for day in days):
            return "/".join(sorted(days)), told[0][1]
        return told[0]

    def _day(self, spot: Spot, status: Mark) -> tuple[str, Time]:
        hits: list[tuple[int, int, TimeHit]] = []
        for hit in spot.reading.times:
            here = spot.reading.line.span(hit.start, hit.end, self.text)
            shared = min(here.end, spot.span.end) - max(here.start, spot.span.start)
            if hit.edtf and shared > 0:
                hits.append((shared, -len(hits), hit))
        if not hits:
            raise Refused(f"“{shown(spot.span.text)}” tells no date that our reader of times can tell")
        hit = max(hits)[2]
        return day_told(hit, status, spot.reading.anchor), time_record(hit, spot.reading.line, self.text)

    def figures(self, spot: Spot) -> list[Quantity]:
        """The figures that stand in the words."""
        found = (quantity_record(hit, spot.reading.line, self.text) for hit in spot.reading.figures)
        return [one for one in found if spot.span.start <= one.start and one.end <= spot.span.end]

    def places(self, spot: Spot) -> list[Place]:
        """The places that stand in the words, but for states."""
        line = spot.reading.line
        found = (place_record(named, line, self.text) for named in spot.reading.spots if not named.state)
        return [one for one in found if spot.span.start <= one.start and one.end <= spot.span.end]


def shown(words: str, most: int = SHOWN) -> str:
    """Words that an answer made up, as a reason may show them: printable, short."""
    plain = "".join(c if c.isprintable() else " " for c in words[: most + 1])
    return plain if len(plain) <= most else plain[:most] + "…"


def _overlap(one: Actor, span: Span) -> bool:
    return one.start is not None and one.end is not None and one.start < span.end and span.start < one.end


def _side_by_side(found: list[Actor], text: str) -> list[Actor]:
    """All of them where only joining words part them, else the last: the head comes last."""
    ordered = sorted(found, key=lambda one: (one.start or 0, one.end or 0))
    if not ordered or all((one.start, one.end) == (ordered[0].start, ordered[0].end) for one in ordered):
        return ordered
    gaps = [text[a.end : b.start].split() for a, b in pairwise(ordered)]
    if all(set("".join(gap)) <= JOINING or gap == ["and"] for gap in gaps):
        return ordered
    return ordered[-1:]


def _unlinked(span: Span, code: str | None) -> Actor:
    return Actor(code=code, text=span.text, start=span.start, end=span.end, proposed=code not in (None, "UNK"))
