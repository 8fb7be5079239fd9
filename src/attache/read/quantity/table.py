"""The table of quantities, ``lang/zh/units.toml``: loaded, checked and frozen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from attache.lexicon.load import read_toml
from attache.lexicon.raw import LexiconError
from attache.record import Bound

Kind = Literal["money", "unit", "counter"]


class MoneyEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A currency, as written in TOML."""

    code: str
    zh: list[str]
    before: list[str] = []
    sign: list[str] = []
    parts: dict[str, float] = {}
    loose: list[str] = []


class DenominationEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A name of currencies that several states share, as written in TOML."""

    zh: str
    id: str
    code: str
    of: dict[str, list[str]]


class UnitEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A unit of measure, as written in TOML."""

    id: str
    zh: list[str]
    not_before: list[str] = []
    of: bool = False
    least: float = 0


class CounterEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A set of classifiers, as written in TOML."""

    unit: str
    zh: list[str]
    article: bool = False
    not_before: list[str] = []


class WordEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that are a figure in themselves, as written in TOML."""

    zh: list[str]
    value: float
    unit: str
    bound: Bound = "exact"
    not_before: list[str] = []


class RateEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a measure is behind words like 时速, as written in TOML."""

    before: list[str]
    of: dict[str, str]


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Lists of words and of characters, explained in the file."""

    votes: list[str]
    recent_after: list[str]
    round_only: list[str]
    between: list[str]
    spend: list[str]
    warm: list[str]
    not_tenths: str
    not_discounts: str
    tenths_after: str
    no_sign: list[str]
    not_more: str
    no_dozen: str
    rank_before: list[str]
    rank_after: str
    rank_not_after: list[str]
    before: dict[str, list[str]]
    after: dict[str, list[str]]
    nouns: dict[str, list[str]]


class Idioms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that hold numeral characters: whole, and by what follows or precedes a numeral of one character."""

    words: list[str]
    after: dict[str, str]
    before: dict[str, str]


class BoundWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of bounds by where they stand and what they mean."""

    before: dict[Bound, list[str]]
    inside: dict[Bound, list[str]]
    after: dict[Bound, list[str]]


class UnitFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``lang/zh/units.toml``."""

    money: list[MoneyEntry]
    unit: list[UnitEntry]
    counter: list[CounterEntry]
    bound: BoundWords
    range: dict[str, tuple[int, int]]
    denomination: list[DenominationEntry]
    scale: dict[str, int]
    word: list[WordEntry]
    rate: list[RateEntry]
    words: Words
    idiom: Idioms


class Unit(NamedTuple):
    """What stands after a number: the unit printed, its kind, what may not follow it.

    ``article``: 一 before it is no count; ``of``: the stuff measured may follow; ``worth``: what one is in ``id``;
    ``least``: whole numbers below are none of it (三点).
    """

    id: str
    kind: Kind
    not_before: tuple[str, ...] = ()
    article: bool = False
    of: bool = False
    worth: float = 1
    least: float = 0


@dataclass(frozen=True, eq=False)
class UnitTable:
    """Everything the reader of quantities knows. Hashed by identity: patterns are made once."""

    units: dict[str, Unit]  # name → unit
    before: dict[str, str]  # name of a currency before a number with 元 → code
    signs: dict[str, str]  # sign, code or name before a number → code
    parts: dict[str, dict[str, float]]  # code → name of a part → its worth
    loose: dict[str, str]  # classifier that may be money → code
    denominations: dict[str, DenominationEntry]
    bounds: BoundWords
    ranges: dict[str, tuple[int, int]]
    scale: dict[str, int]
    figures: dict[str, WordEntry]  # word that is a figure in itself → what it tells
    rates: dict[str, list[tuple[tuple[str, ...], str]]]  # unit → words before it and the unit that it then is
    words: Words
    idioms: Idioms
    idiom_words: frozenset[str]
    longest_idiom: int

    def is_word(self, text: str, start: int, end: int) -> bool:
        """Whether the numeral at ``text[start:end]`` is part of a word that is no number: 一切, 放肆, 五角大楼."""
        if end == start + 1:
            char = text[start]
            if text[end : end + 1] in tuple(self.idioms.after.get(char, "")):
                return True
            if start and text[start - 1] in self.idioms.before.get(char, ""):
                return True
        return self.in_idiom(text, start, end)

    def ends_word(self, text: str, at: int) -> bool:
        """Whether the numeral character at ``at`` ends a word; a numeral may begin behind it: 大陆|三架."""
        if not at:
            return False
        if text[at - 1] in self.idioms.before.get(text[at], ""):
            return True
        return text[at - 1 : at + 1] in self.idiom_words or (at > 1 and text[at - 2 : at + 1] in self.idiom_words)

    def in_idiom(self, text: str, start: int, end: int) -> bool:
        """Whether a word of ``idiom.words`` covers ``text[start:end]``."""
        if end - start > self.longest_idiom:
            return False
        return any(
            text[first : first + size] in self.idiom_words
            for size in range(max(end - start, 2), self.longest_idiom + 1)
            for first in range(max(end - size, 0), start + 1)
        )


def load_units(folder: Path) -> UnitTable:
    """Return the table from a lexicon folder (the one that holds ``lang/``).

    Raises:
        LexiconError: bad TOML, an unknown key, or a word that stands twice.

    """
    path = folder / "lang/zh/units.toml"
    file = read_toml(path, UnitFile)
    units: dict[str, Unit] = {}
    for money in file.money:
        _add(path, units, money.code, [*money.zh, money.code], Unit(money.code, "money"))
        for part, worth in money.parts.items():
            if len(part) > 1:
                _add(path, units, money.code, [part], Unit(money.code, "money", worth=worth))
    for shared in file.denomination:
        _add(path, units, shared.zh, [shared.zh], Unit(shared.code or shared.id, "money"))
        for code, states in shared.of.items():
            _add(path, units, shared.zh, [state + shared.zh for state in states], Unit(code, "money"))
            units.setdefault(code, Unit(code, "money"))  # two names may share a code: 盾 and 卢比 IDR
    for unit in file.unit:
        _add(path, units, unit.id, unit.zh, Unit(unit.id, "unit", tuple(unit.not_before), of=unit.of, least=unit.least))
    for counter in file.counter:
        unit_of = Unit(counter.unit, "counter", tuple(counter.not_before), counter.article)
        _add(path, units, f"counter {counter.zh[0]}", counter.zh, unit_of)
    for place in (file.bound.before, file.bound.inside, file.bound.after):
        _once(path, "bound", [word for words in place.values() for word in words])
    _once(path, "idiom", file.idiom.words)
    for name, (low, high) in file.range.items():
        if low < 0 or (high and high < low):
            raise LexiconError(path, f"range {name}", f"[{low}, {high}] is no range")
    return _table(path, file, units)


def _table(path: Path, file: UnitFile, units: dict[str, Unit]) -> UnitTable:
    before = [(word, money.code) for money in file.money for word in money.before]
    signs = [(sign, money.code) for money in file.money for sign in money.sign]
    for name, pairs in (("before", before), ("sign", signs)):
        _once(path, name, [word for word, _ in pairs])
    codes = {
        name: unit.id
        for name, unit in units.items()
        if unit.kind == "money" and name == unit.id and name not in file.words.no_sign
    }
    figures = [(word, entry) for entry in file.word for word in entry.zh]
    _once(path, "word", [word for word, _ in figures])
    return UnitTable(
        units=units,
        before=dict(before),
        signs=codes | dict(before) | dict(signs),
        parts={money.code: money.parts for money in file.money if money.parts},
        loose={word: money.code for money in file.money for word in money.loose},
        denominations={shared.zh: shared for shared in file.denomination},
        bounds=file.bound,
        ranges=file.range,
        scale=file.scale,
        figures=dict(figures),
        rates={
            unit: [(tuple(rate.before), rate.of[unit]) for rate in file.rate if unit in rate.of]
            for unit in {unit for rate in file.rate for unit in rate.of}
        },
        words=file.words,
        idioms=file.idiom,
        idiom_words=frozenset(file.idiom.words),
        longest_idiom=max(map(len, file.idiom.words), default=0),
    )


def _add(path: Path, units: dict[str, Unit], entry: str, names: list[str], unit: Unit) -> None:
    for name in names:
        if name in units:
            raise LexiconError(path, entry, f"{name!r} is a name of {units[name].id} already")
        units[name] = unit


def _once(path: Path, entry: str, words: list[str]) -> None:
    twice = sorted({word for word in words if words.count(word) > 1 or not word})
    if twice:
        raise LexiconError(path, entry, f"stands twice or is empty: {', '.join(twice)}")
