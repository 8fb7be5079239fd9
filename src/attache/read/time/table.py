"""The tables of times: ``lang/zh/times.toml`` and ``calendar/*.toml``, loaded, checked and frozen.

Folder in, table out; nothing here reads text. A wrong entry stops the load with a ``LexiconError`` that names
file and entry.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import msgspec

from attache.lexicon.fold import fold
from attache.lexicon.load import read_toml
from attache.lexicon.raw import LexiconError
from attache.read.time import calendar, yearly
from attache.read.time.hit import PartOfDay
from attache.read.time.yearly import Yearly

_UNDATED = "none: "  # before the reason why an occasion of each year has no day that the name tells


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of the files' shapes: an unknown key stops the load."""


class EditionEntry(_Strict, frozen=True):
    """One edition of an occasion, as written in TOML."""

    when: str
    at: str | None = None
    n: int | None = None
    zh: list[str] = []
    en: list[str] = []


class OccasionEntry(_Strict, frozen=True):
    """One occasion, as written in TOML: either ``yearly`` or ``editions``.

    ``alone``: further Chinese names, good only where no other word runs into them (国庆, 五一).
    """

    id: str
    zh: list[str]
    en: list[str]
    alone: list[str] = []
    yearly: str | None = None
    editions: list[EditionEntry] = []
    at: str | None = None
    near: int = 45


class OccasionFile(_Strict, frozen=True):
    """A file of ``calendar/``."""

    occasion: list[OccasionEntry]


class TimeWords(_Strict, frozen=True):
    """The plain lists of ``[words]``; what each is for is told beside it in the file."""

    span_initial: list[str]
    zone_states: list[str]
    day_tail: list[str]
    vague: list[str]
    vague_not_before: list[str]
    forward: list[str]
    back: list[str]
    speech: list[str]
    object_verbs: list[str]
    no_forward: list[str]
    day_not_before: list[str]
    number_not_before: list[str]
    number_not_after: list[str]
    front_not_before: list[str]
    after_not_before: list[str]
    from_not_before: list[str]
    occasion_not_before: list[str]
    year_not_before: list[str]
    within_not_before: list[str]
    within_but_before: list[str]
    after_but_before: list[str]
    month_not_before: list[str]
    length_after: list[str]


class TimeFile(_Strict, frozen=True):
    """``lang/zh/times.toml``."""

    day: dict[str, int]
    day_told: dict[str, int]
    year: dict[str, int]
    year_told: dict[str, int]
    month: dict[str, int]
    month_told: dict[str, int]
    week: dict[str, int]
    weekday: dict[str, int]
    era: dict[str, tuple[int, int]]
    part_of_month: dict[str, tuple[int, int]]
    part_of_year: dict[str, tuple[int, int]]
    season: dict[str, tuple[int, int, int]]
    span_before: dict[str, int]
    zone: dict[str, str]
    part_of_day: dict[str, PartOfDay]
    part_after_day: dict[str, PartOfDay]
    words: TimeWords


class Edition(NamedTuple):
    """One edition: its number, its EDTF date, and that date's stretch; ``at``: the Chinese name of where it is held."""

    number: int | None
    when: str
    days: calendar.Stretch
    at: str | None = None


class Occasion(NamedTuple):
    """A named occasion. ``yearly``: the rule for its days, where it comes round each year; ``undated``: why none is."""

    id: str
    near: int
    editions: tuple[Edition, ...]
    yearly: Yearly | None
    undated: str | None = None


class Named(NamedTuple):
    """What a name stands for: an occasion, and one edition of it where the name tells that too.

    ``alone``: it does so only where no other word runs into it.
    """

    occasion: Occasion
    edition: Edition | None
    alone: bool = False


@dataclass(frozen=True, eq=False)
class TimeTable:
    """Everything the reader of times knows. Compared and hashed by identity, so that patterns are made once."""

    words: TimeFile
    names: dict[str, dict[str, Named]]  # language → folded name → what it stands for


def load_times(folder: Path) -> TimeTable:
    """Return the table from a lexicon folder (the one that holds ``lang/`` and ``calendar/``).

    Raises:
        LexiconError: bad TOML, an unknown key, a day that does not exist, a name or id that stands twice.

    """
    path = folder / "lang/zh/times.toml"
    words = read_toml(path, TimeFile)
    _check_words(path, words)
    names: dict[str, dict[str, Named]] = {"zh": {}, "en": {}}
    seen: set[str] = set()
    for file in sorted((folder / "calendar").glob("*.toml")):
        for entry in read_toml(file, OccasionFile).occasion:
            if entry.id in seen:
                raise LexiconError(file, f"occasion {entry.id}", "stands twice")
            seen.add(entry.id)
            for language, name, named in _names(file, entry):
                known = names[language]
                if name in known:
                    raise LexiconError(file, f"occasion {entry.id}", f"{name!r} is a name of {known[name].occasion.id}")
                known[name] = named
    return TimeTable(words, names)


def _check_words(path: Path, words: TimeFile) -> None:
    lists = {name: getattr(words.words, name) for name in words.words.__struct_fields__}
    for name, entries in lists.items():
        twice = sorted({entry for entry in entries if entries.count(entry) > 1 or not entry})
        if twice:
            raise LexiconError(path, name, f"stands twice or is empty: {', '.join(twice)}")
    spans = {**words.part_of_month, **words.part_of_year}
    for name, (first, last) in spans.items():
        if not 1 <= first <= last <= 31:
            raise LexiconError(path, name, f"[{first}, {last}] is no stretch of days or months")


def _names(file: Path, entry: OccasionEntry) -> Iterator[tuple[str, str, Named]]:
    if bool(entry.yearly) == bool(entry.editions):
        raise LexiconError(file, f"occasion {entry.id}", "needs either yearly or editions")
    editions = tuple(_edition(file, entry, edition) for edition in entry.editions)
    rule = entry.yearly or ""
    undated = rule.removeprefix(_UNDATED) if rule.startswith(_UNDATED) else None
    occasion = Occasion(entry.id, entry.near, editions, None if undated else _yearly(file, entry), undated)
    for language in ("zh", "en"):
        for name in getattr(entry, language):
            yield language, _key(name, language), Named(occasion, None)
        for name in entry.alone if language == "zh" else []:
            yield language, _key(name, language), Named(occasion, None, alone=True)
        for written, edition in zip(entry.editions, editions, strict=True):
            for name in getattr(written, language):
                yield language, _key(name, language), Named(occasion, edition)


def _key(name: str, language: str) -> str:
    return fold(name, {}).text if language == "zh" else name.lower()


def _edition(file: Path, entry: OccasionEntry, edition: EditionEntry) -> Edition:
    lo, hi = calendar.bounds(edition.when)
    if lo is None or hi is None or hi < lo:
        raise LexiconError(file, f"occasion {entry.id}", f"{edition.when!r} is no date or interval")
    return Edition(edition.n, edition.when, calendar.Stretch(lo, hi), edition.at or entry.at)


def _yearly(file: Path, entry: OccasionEntry) -> Yearly | None:
    if entry.yearly is None:
        return None
    rule = yearly.parse(entry.yearly)
    if rule is None:
        raise LexiconError(file, f"occasion {entry.id}", f"{entry.yearly!r} is no day of the year")
    return rule
