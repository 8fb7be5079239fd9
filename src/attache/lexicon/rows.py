"""What compiled tables hold: what each string may mean, and the file that keeps it all."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec

from attache.lexicon import schema
from attache.lexicon.terms import covers


class Row(msgspec.Struct, array_like=True, frozen=True):
    """Base of the rows of compiled tables."""


class Term(Row, array_like=True, frozen=True):
    """An office by id and in words, with its sector and EDTF bounds (None: open). ``rank``: 0 is the first in state."""

    office: str
    title: str
    sector: str
    start: str | None
    end: str | None
    rank: int = 0

    def covers(self, day: str) -> bool:
        """Whether the office was held that day, as fine as the dates are known."""
        return covers(self.start, self.end, day)


class Reading(Row, array_like=True, frozen=True):
    """One party that a string may name. ``loose``: not by this string alone."""

    code: str
    kind: str
    name: str
    sector: str
    loose: bool = False
    terms: list[Term] = []


class Clip(Row, array_like=True, frozen=True):
    """A clipped name inside a compound: offsets in the string, code, how it stands there, kind of what follows."""

    start: int
    end: int
    code: str
    role: str
    head: str


class PlaceRow(Row, array_like=True, frozen=True):
    """A place. ``city``: its English name; ``geonames``: its number in GeoNames."""

    country: str | None
    city: str | None
    kind: str
    geonames: int | None = None


class FrameRow(Row, array_like=True, frozen=True):
    """A frame, ready for use. ``with_`` empty: no object noun is asked for."""

    id: str
    type: str
    mode: str | None
    cameo: str | None
    contexts: list[str]
    case: str
    with_: list[str]
    required: bool
    embeds: str | None
    status: str
    goldstein: float | None
    mutual: bool


class Entry(Row, array_like=True, frozen=True):
    """All that one string may mean. ``office``: ids of offices. ``homonym``: another thing, whatever stands in it."""

    readings: list[Reading] = []
    clips: list[Clip] = []
    office: list[str] = []
    frames: list[int] = []
    nouns: list[int] = []
    place: PlaceRow | None = None
    medium: str | None = None
    speech: str | None = None
    homonym: bool = False


PEOPLE = ("person", "proposed")  # kinds of readings that are people
PROPOSED = ("proposed", "proposed body")  # kinds of readings that the lexicon does not hold
# What a string can be, for the lexer to know before it unpacks the entry.
IS_NAME, IS_CLIP, IS_VERB, IS_PERSON = 1, 2, 4, 8


class Stored(msgspec.Struct):
    """What the cache file holds."""

    digest: str
    strings: list[str]
    entries: list[msgspec.Raw]
    ranks: bytes
    frames: list[FrameRow]
    words: dict[str, dict[str, list[str]]]
    script: dict[int, str]
    parsed: dict[str, Any]
    full: dict[str, list[str]]
    cues: dict[str, dict[str, list[str]]]
    patterns: dict[str, dict[str, str]]
    loaded: dict[str, str]
    names: dict[str, tuple[str, str]]
    labels: dict[str, tuple[str, str]]
    plain: dict[str, FrameRow]
    word_class: dict[str, str]
    naming: schema.NameFile
    shared_clips: dict[str, list[str]]
    private: list[str]


class Spot(NamedTuple):
    """A place: ISO 3166-1 alpha-3, English name of the city and its number in GeoNames."""

    country: str | None
    city: str | None
    geonames: int | None


def spot_of(entry: Entry | None) -> Spot | None:
    """The place that a string names: a place of the lexicon, or a state taken as one."""
    if entry is None:
        return None
    if entry.place:
        return Spot(entry.place.country, entry.place.city if entry.place.kind == "city" else None, entry.place.geonames)
    if entry.readings and entry.readings[0].kind == "state":
        return Spot(entry.readings[0].code, None, None)
    return None
