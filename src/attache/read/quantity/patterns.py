"""The patterns of quantities, made once from the table of units."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from attache.read.quantity.scan import ZH, ZH_SCALES
from attache.read.quantity.table import Unit, UnitTable
from attache.record import Bound

_SIGNS = "$€£¥￥₽₩₹"


class Nouns(NamedTuple):
    """Words of the noun counted: what the segmenter cuts, and what ends a chain of nouns besides a noun."""

    whole: frozenset[str]
    level: tuple[str, ...]
    force: frozenset[str]
    worth: tuple[str, ...]
    majority: re.Pattern[str]


class Patterns(NamedTuple):
    """Compiled patterns; ``meanings`` are the bound words before, inside and after a number.

    Where a search backwards would begin, the characters that it could end with are asked first: that is cheap.
    """

    gate: re.Pattern[str]  # finds the places where a quantity may begin
    ranges: re.Pattern[str]
    to: re.Pattern[str]
    inside: re.Pattern[str]
    units: dict[str, list[tuple[str, Unit]]]  # first character → names, the longest first
    figures: re.Pattern[str]  # words that are a figure in themselves
    before: re.Pattern[str]
    before_ends: frozenset[str]
    after: re.Pattern[str]
    money_before: re.Pattern[str]
    sign_before: re.Pattern[str]
    sign_ends: frozenset[str]
    scale: re.Pattern[str]
    spend: re.Pattern[str]
    warm: re.Pattern[str]
    parts: dict[str, re.Pattern[str]]
    ranked: re.Pattern[str]
    rank: re.Pattern[str]
    votes: list[str]
    recent_after: tuple[str, ...]
    round_only: frozenset[str]
    day_word: re.Pattern[str]
    era: re.Pattern[str]
    range_before: re.Pattern[str]
    tally: re.Pattern[str]
    fraction_of: re.Pattern[str]
    digit_words: tuple[str, ...]
    objects: tuple[str, ...]
    nouns: Nouns
    meanings: tuple[dict[str, Bound], dict[str, Bound], dict[str, Bound]]


@lru_cache(maxsize=4)
def patterns(table: UnitTable) -> Patterns:
    """Return the patterns of a table."""
    bounds, words = table.bounds, table.words
    units: dict[str, list[tuple[str, Unit]]] = {}
    for name in sorted(table.units, key=lambda name: (-len(name), name)):
        units.setdefault(name[0], []).append((name, table.units[name]))
    bound_words = [word for group in bounds.before.values() for word in group]
    between = either(words.between)
    return Patterns(
        gate=re.compile(_gate(table, units)),
        ranges=re.compile(either(table.ranges)),
        to=re.compile(r" ?(?:至|到|—|-|~) ?"),
        inside=re.compile(rf"(?:{_any(bounds.inside)})(?![来数])"),
        units=units,
        figures=re.compile(
            "|".join(
                re.escape(word) + _unless(table.figures[word].not_before)
                for word in sorted(table.figures, key=len, reverse=True)
            )
            or r"(?!)"
        ),
        before=re.compile(rf"({_any(bounds.before)})(?:{between})? ?$"),
        before_ends=frozenset(word[-1] for word in (*bound_words, *words.between)),
        after=re.compile(rf"(?!多[{re.escape(words.not_more)}])(?:{_any(bounds.after)})"),
        money_before=re.compile(rf"({either(table.before)}) {{0,2}}$"),
        sign_before=re.compile(rf"({_spelled(table.signs)}) {{0,2}}$"),
        sign_ends=frozenset(sign[-1] for sign in table.signs),
        scale=re.compile(rf" ?({either(table.scale)})(?![0-9A-Za-z])"),
        warm=re.compile(either(words.warm)),
        spend=re.compile(either(words.spend)),
        parts={code: re.compile(rf" ?({either(parts)})") for code, parts in table.parts.items()},
        ranked=re.compile(rf"(?:{either(words.rank_before)})(?:在|为|到|至)?$"),
        rank=re.compile(
            rf"第(?P<number>[0-9]{{1,4}}|[一二三四五六七八九十百]{{1,5}})"
            rf"(?:(?!{either(words.rank_not_after)})(?P<degree>[{re.escape(words.rank_after)}])"
            rf"|(?:位|名)?)"
        ),
        votes=words.votes,
        recent_after=tuple(words.recent_after),
        round_only=frozenset(words.round_only),
        day_word=re.compile(either(words.after["day"]) + _unless(words.after["not_day"])),
        era=re.compile(
            rf"(?<![{re.escape(''.join(words.before['not_era']))}])(?:{either(words.before['era'])}) ?"
            rf"(?:[0-9{ZH}]{{1,5}} ?年? ?(?:至|到|—|-|~) ?)?$"
        ),
        range_before=re.compile(rf"(?:{either(words.before['range'])})(?:{_any(bounds.before)})?$"),
        tally=re.compile(either(words.after["votes"])),
        fraction_of=re.compile(rf"的?(?:{either({*words.nouns['majority'], *words.after['fraction']})})"),
        digit_words=tuple(words.after["digits"]),
        objects=tuple(words.after["object"]),
        nouns=Nouns(
            frozenset(words.nouns["whole"]),
            tuple(words.nouns["level"]),
            frozenset(words.nouns["force"]),
            tuple(words.nouns["worth"]),
            re.compile(rf"的?({either(words.nouns['majority'])})"),
        ),
        meanings=(_meaning(bounds.before), _meaning(bounds.inside), _meaning(bounds.after)),
    )


def _gate(table: UnitTable, units: Iterable[str]) -> str:
    """Return what a quantity begins with: a character of a numeral that runs on into what may make it a quantity.

    The first character is read at once, so that the search skips all others; what surrounds it is looked at after.
    """
    firsts = re.escape("".join(sorted(units)))
    goes_on = rf"{ZH_SCALES}多余几数来至到—~%成折分又点\-{firsts}"
    words = [*table.ranges, *table.figures]
    starts: dict[str, list[str]] = {}
    for word in words:
        starts.setdefault(word[0], []).append(word[1:])
    spelled = "|".join(rf"(?<={first})(?:{either(rests)})" for first, rests in sorted(starts.items()))
    digits = (
        r"(?<=[0-9])(?<![0-9A-Za-z.,第/%=_&][0-9])(?<![0-9A-Za-z)\]]-[0-9])"
        rf"(?=[0-9,，.·]{{0,22}} {{0,4}}(?:[{goes_on}kKMGTmbt/]|[0-9] 折))"
    )
    money = "".join(sorted({sign[-1] for sign in table.signs if not sign.isascii() and sign not in _SIGNS}))
    signed = (
        rf"(?<=[{re.escape(_SIGNS)}][0-9])|(?<=[{re.escape(_SIGNS)}] [0-9])"
        rf"|(?<=[A-Z]{{3}}[0-9])|(?<=[A-Z]{{3}} [0-9])|(?<=[{money}][0-9])|(?<=[{money}] [0-9])"
    )
    chinese = rf"(?<=[{ZH}])(?<![{ZH}第0-9数几好][{ZH}])(?=[{ZH} ]{{0,16}}[{goes_on}{ZH}])"
    some = rf"(?<=[几数])(?<![第多少半人总票指倍参无][几数])(?=[{ZH}{firsts}])|(?<=好)(?=几[{ZH}{firsts}])"
    half = r"(?<![上下前后一大小]半)(?<=半)(?=年|小时|个|天|成|折)"
    rank = (
        rf"(?<=第)(?=[0-9一二三四五六七八九十百]{{1,5}}[{re.escape(table.words.rank_after)}])|(?<=[名居列排占位至]第)"
    )
    against = rf"(?<=[0-9{ZH}][比对][0-9{ZH}])"
    first = "".join(sorted({*starts, *ZH, *"0123456789几数好半第"}))
    return rf"[{re.escape(first)}](?:{digits}|{signed}|{spelled}|{chinese}|{some}|{half}|{rank}|{against})"


def either(words: Iterable[str]) -> str:
    """Return a pattern of any of the words, the longest first; of none if there are none."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))) or r"(?!)"


def _spelled(signs: Iterable[str]) -> str:
    """Return a pattern of signs; those that are letters must not be the tail of a word."""
    letters = [sign for sign in signs if sign[0].isascii() and sign[0].isalpha()]
    others = [sign for sign in signs if sign not in letters]
    return f"(?<![A-Za-z])(?:{either(letters)})|{either(others)}"


def _any(words: dict[Bound, list[str]]) -> str:
    return either(word for group in words.values() for word in group)


def _unless(words: list[str]) -> str:
    return f"(?!{either(words)})" if words else ""


def _meaning(words: dict[Bound, list[str]]) -> dict[str, Bound]:
    return {word: bound for bound, group in words.items() for word in group}
