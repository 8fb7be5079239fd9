"""The patterns of quantities, made once from the table of units."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from attache.read.quantity.number import DIGITS, MULTIPLIERS
from attache.read.quantity.table import Unit, UnitTable
from attache.record import Bound

Z = f"{DIGITS}十百千万亿兆廿"
_DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,6}(?:\.[0-9]{1,6})?|[0-9]{1,15}(?:\.[0-9]{1,6})?)(?![0-9])"
# 1.5万亿; 1亿2000万; 3万5千
_MIXED = rf"{_DIGITS}(?: ?[{MULTIPLIERS}]{{1,3}}(?:[0-9][0-9,]{{0,6}}[{MULTIPLIERS}]{{0,2}}(?![0-9]))?)?"
NUMERAL = (
    rf"(?:{_MIXED}|(?:好几|[数几])[{MULTIPLIERS}]{{0,4}}|[二三四五六七八九]?十几[万亿]{{0,2}}"
    rf"|[{Z}]{{1,12}}(?:点[{DIGITS}]{{1,6}})?|半)"
)


class Patterns(NamedTuple):
    """Compiled patterns; ``meanings`` are the bound words before, inside and after a number."""

    gate: re.Pattern[str]  # finds the places where a quantity may begin
    figure: re.Pattern[str]  # one numeral with the words inside it
    to: re.Pattern[str]
    unit: re.Pattern[str]
    share: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    money_before: re.Pattern[str]
    sign_before: re.Pattern[str]
    meanings: tuple[dict[str, Bound], dict[str, Bound], dict[str, Bound]]


@lru_cache(maxsize=4)
def patterns(table: UnitTable) -> Patterns:
    """Return the patterns of a table."""
    bounds = table.bounds
    inside = _any(bounds.inside)
    vague = _either(table.ranges)
    names = sorted(table.units, key=lambda name: (-len(name), name))
    return Patterns(
        gate=re.compile(_gate(names, vague)),
        figure=re.compile(
            rf"(?P<number>{vague}"
            rf"|{NUMERAL})(?P<inside>(?:{inside})(?!来))?(?P<scale>[{MULTIPLIERS}]{{1,3}})?(?P<inside2>{inside})?"
        ),
        to=re.compile(r" ?(?:至|到|—|-|~) ?"),
        unit=re.compile(" ?(" + "|".join(re.escape(name) + _unless(table.units[name]) for name in names) + ")"),
        share=re.compile(_share()),
        before=re.compile(rf"({_any(bounds.before)})(?:有|了)? ?$"),
        after=re.compile(_any(bounds.after)),
        money_before=re.compile(rf"({_either(table.before)}) ?$"),
        sign_before=re.compile(rf"({_either(table.signs)}) ?$"),
        meanings=(_meaning(bounds.before), _meaning(bounds.inside), _meaning(bounds.after)),
    )


def _gate(names: list[str], vague: str) -> str:
    """Return a numeral that runs on into a unit's first character, a multiplier, a bound or a range."""
    firsts = re.escape("".join(sorted({name[0] for name in names})))
    digits = rf"(?<![0-9A-Za-z.,第/\-])(?=[0-9][0-9,.]{{0,20}} ?[{MULTIPLIERS}多余几来至到—~%成分\-{firsts}])"
    signed = r"(?<=[$€£¥￥])(?=[0-9])"
    chinese = rf"(?<![{Z}第0-9数几好])(?=[{Z}]{{1,12}}[点多余几来至到成分—~\-{firsts}])"
    return (
        rf"{digits}|{signed}|{chinese}|[百千](?=分之)|(?:好几|(?<!第)[数几])(?=[{Z}{firsts}])|半(?=年|小时|个|天)"
        rf"|(?={vague})"
    )


def _share() -> str:
    return (
        rf"(?P<base>百分之|千分之)(?P<share>{NUMERAL})(?: ?(?:至|到|—|-|~) ?(?:百分之)?(?P<share_to>{NUMERAL}))?"
        rf"|(?P<tenths>[{DIGITS}]{{1,2}}|[1-9])成(?P<half>半)?(?![为员立功都本果分绩长熟交品就效像])"
        rf"|(?P<of>[{Z}0-9]{{1,3}})分之(?P<part>[{Z}0-9]{{1,3}})"
    )


def _either(words: dict[str, str] | dict[str, tuple[int, int]]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or r"(?!)"


def _any(words: dict[Bound, list[str]]) -> str:
    flat = sorted((word for group in words.values() for word in group), key=len, reverse=True)
    return "|".join(map(re.escape, flat)) or r"(?!)"


def _unless(unit: Unit) -> str:
    return f"(?!{'|'.join(map(re.escape, unit.not_before))})" if unit.not_before else ""


def _meaning(words: dict[Bound, list[str]]) -> dict[str, Bound]:
    return {word: bound for bound, group in words.items() for word in group}
