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


class UnitEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A unit of measure, as written in TOML."""

    id: str
    zh: list[str]
    not_before: list[str] = []
    of: bool = False


class CounterEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A set of classifiers, as written in TOML."""

    unit: str
    zh: list[str]
    article: bool = False
    not_before: list[str] = []


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


class Unit(NamedTuple):
    """What stands after a number: the unit printed, its kind, what may not follow it.

    ``article``: 一 before it is no count; ``of``: the stuff measured may follow.
    """

    id: str
    kind: Kind
    not_before: tuple[str, ...] = ()
    article: bool = False
    of: bool = False


@dataclass(frozen=True, eq=False)
class UnitTable:
    """Everything the reader of quantities knows. Hashed by identity, so that patterns are made once."""

    units: dict[str, Unit]  # name → unit
    before: dict[str, str]  # name of a currency before a number with 元 → code
    signs: dict[str, str]  # sign before a number → code
    bounds: BoundWords
    ranges: dict[str, tuple[int, int]]


def load_units(folder: Path) -> UnitTable:
    """Return the table from a lexicon folder (the one that holds ``lang/``).

    Raises:
        LexiconError: bad TOML, an unknown key, or a word that stands twice.

    """
    path = folder / "lang/zh/units.toml"
    file = read_toml(path, UnitFile)
    units: dict[str, Unit] = {}
    for money in file.money:
        _add(path, units, money.code, money.zh, Unit(money.code, "money"))
    for unit in file.unit:
        _add(path, units, unit.id, unit.zh, Unit(unit.id, "unit", tuple(unit.not_before), of=unit.of))
    for counter in file.counter:
        unit_of = Unit(counter.unit, "counter", tuple(counter.not_before), counter.article)
        _add(path, units, f"counter {counter.zh[0]}", counter.zh, unit_of)
    for place in (file.bound.before, file.bound.inside, file.bound.after):
        _once(path, "bound", [word for words in place.values() for word in words])
    before = [(word, money.code) for money in file.money for word in money.before]
    signs = [(sign, money.code) for money in file.money for sign in money.sign]
    for name, pairs in (("before", before), ("sign", signs)):
        _once(path, name, [word for word, _ in pairs])
    for name, (low, high) in file.range.items():
        if low < 0 or (high and high < low):
            raise LexiconError(path, f"range {name}", f"[{low}, {high}] is no range")
    return UnitTable(units, dict(before), dict(signs), file.bound, file.range)


def _add(path: Path, units: dict[str, Unit], entry: str, names: list[str], unit: Unit) -> None:
    for name in names:
        if name in units:
            raise LexiconError(path, entry, f"{name!r} is a name of {units[name].id} already")
        units[name] = unit


def _once(path: Path, entry: str, words: list[str]) -> None:
    twice = sorted({word for word in words if words.count(word) > 1 or not word})
    if twice:
        raise LexiconError(path, entry, f"stands twice or is empty: {', '.join(twice)}")
