"""The wording of the report: ``lang/<xx>/brief.toml``, strict, frozen, with the same keys in every language."""

from __future__ import annotations

import re
import string
from functools import cache
from pathlib import Path
from typing import Literal, get_args

import msgspec

from attache.lexicon.load import HOME, read_toml
from attache.lexicon.raw import LexiconError
from attache.lexicon.schema import Codebook
from attache.record import EventType

Lang = Literal["zh", "en"]
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_FORMATTER = string.Formatter()


class Dates(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[date]``. ``months``: twelve names; ``short``: which end of an interval goes without its year."""

    year: str
    month: str
    day: str
    month_short: str
    day_short: str
    short: Literal["first", "last"]
    range: str
    about: str
    moment: str
    since: str
    until: str
    months: list[str]


class Figures(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[figure]``. ``scales``: words for large numbers and their values; ``group``: what parts thousands."""

    names: str
    amount: str
    what: str
    scale: str
    group: str
    scales: list[tuple[str, int]]


class Parties(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[party]``. ``article``: English names that take "the"."""

    office: str
    own: str
    person: str
    holder: str
    organ: str
    unnamed: str
    each_other: str
    more: str
    joiner: str
    last: str
    article: list[str]


class Wording(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All wording of one language, table by table as in the file, where each is explained."""

    act: dict[str, list[str]]
    status: dict[str, str]
    event: dict[str, str]
    party: Parties
    source: dict[str, str]
    kind: dict[str, str]
    place: dict[str, str]
    date: Dates
    figure: Figures
    bound: dict[str, str]
    unit: dict[str, str]
    quote: dict[str, str]
    report: dict[str, str]
    commitment: dict[str, str]
    dispute: dict[str, str]
    forecast: dict[str, str]
    judgement: dict[str, str]
    unsure: dict[str, str]
    what: dict[str, str]
    why: dict[str, str]
    origin: dict[str, str]

    def predicate(self, type_: EventType, mode: str | None, told: bool) -> str:
        """The predicate of a type and mode; ``told``: as a fact, else after will, may, did not."""
        forms = self.act.get(f"{type_}.{mode}") or self.act[type_]
        return forms[0] if told else forms[-1]


def fill(template: str, **values: str | int) -> str:
    """Fill the braces of a template; a stretch in square brackets falls away where one of its braces stays empty."""

    def keep(match: re.Match[str]) -> str:
        names = [name for _, name, _, _ in _FORMATTER.parse(match[1]) if name]
        return match[1] if all(values.get(name) not in (None, "") for name in names) else ""

    return _OPTIONAL.sub(keep, template).format(**values)


@cache
def load_wording(lang: Lang, home: Path = HOME) -> Wording:
    """The wording of one language.

    Raises:
        LexiconError: for an unknown or missing key, a predicate of no type or mode, or keys and braces that differ
            from those of the other languages.
    """
    path = home / "lang" / lang / "brief.toml"
    wording = read_toml(path, Wording)
    ours = _keys(wording)
    for other in sorted(home.glob("lang/*/brief.toml")):
        theirs = _keys(read_toml(other, Wording))
        for key in sorted(ours.keys() | theirs.keys()):
            if key not in ours:
                raise LexiconError(path, key, f"is missing, {other} has it")
            if key not in theirs:
                raise LexiconError(other, key, f"is missing, {path} has it")
    _check(path, wording, home)
    return wording


def _keys(wording: Wording) -> dict[str, object]:
    """Every key of a file as ``table.key``."""
    tables: dict[str, dict[str, object]] = msgspec.to_builtins(wording)
    return {f"{table}.{key}": value for table, rows in tables.items() for key, value in rows.items()}


def _check(path: Path, wording: Wording, home: Path) -> None:
    """Predicates cover the types and name nothing else; templates can be parsed."""
    book = read_toml(home / "codebook.toml", Codebook)
    types = set(get_args(EventType))
    known = types | {f"{mode.type}.{mode.code}" for mode in book.mode}
    for name, forms in wording.act.items():
        if name not in known:
            raise LexiconError(path, f"act.{name}", "no such type or mode in codebook.toml")
        if not 1 <= len(forms) <= 2:
            raise LexiconError(path, f"act.{name}", "needs one form or two")
    for name in sorted(types - wording.act.keys()):
        raise LexiconError(path, f"act.{name}", "is missing")
    if len(wording.date.months) != 12:
        raise LexiconError(path, "date.months", "needs twelve names")
    for key, value in _keys(wording).items():
        for template in value if isinstance(value, list) else [value]:
            try:
                list(_FORMATTER.parse(template if isinstance(template, str) else ""))
            except ValueError as error:
                raise LexiconError(path, key, str(error)) from None
