"""Bare numerals in a text, whatever they count: 4.78万亿 · 三百五又三分之一 · -1 3/5 · 2e5 · 十打.

What holds numeral characters but is a word (一切, 放肆, 四川) is none, by the ``[idiom]`` table of units.toml.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from attache.lexicon.load import HOME
from attache.read.quantity.scan import ZH, ZH_SCALES, Numeral, Value, scan
from attache.read.quantity.table import UnitTable, load_units

__all__ = ["NumberHit", "find_numbers", "fraction"]

_START = re.compile(rf"[0-9.½¼¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞{ZH}几数半]")
_VULGAR = {
    "½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3),
    "⅕": Fraction(1, 5), "⅖": Fraction(2, 5), "⅗": Fraction(3, 5), "⅘": Fraction(4, 5), "⅙": Fraction(1, 6),
    "⅚": Fraction(5, 6), "⅛": Fraction(1, 8), "⅜": Fraction(3, 8), "⅝": Fraction(5, 8), "⅞": Fraction(7, 8),
}  # fmt: skip
_OVER = re.compile(r" {0,2}分 {0,2}之 {0,2}(负 ?|-)?")
_AND = re.compile(r" {0,2}又 {0,2}")
_SLASH = re.compile(r"(?:([0-9]{1,9}) )?([0-9]{1,9}) ?/ ?([0-9]{1,9})(?![0-9/.])")
_DATE = re.compile(r"[0-9]{1,4}/[0-9]{1,2}/[0-9]{1,4}(?![0-9/])|(?:19|20)[0-9]{2}/[01]?[0-9](?![0-9/])")
_POINT_ONLY = re.compile(r"\.[0-9]{1,15}(?![0-9]|[.][0-9])")
_DIGITS = re.compile(r"[0-9]{1,18}(?![0-9])")
_POWER = re.compile(r"\^([+-]{0,2})([0-9]{1,3})(?![0-9])")
_TENFOLD = re.compile(r"[eE]([+-]?)([0-9]{1,3})(?![0-9A-Za-z])")
_SIGN = re.compile(r"(?:(?<!负)负 ?|(?<![-\w)%])-)$")
_DOZEN = re.compile(r" ?打")
_ENDLESS = re.compile(rf"[{ZH}]{{40,}}")  # no numeral is that long, nor is its tail one
_SCALES = re.compile(r"[万亿兆]+")
_BARE = re.compile(rf"[{ZH_SCALES}]+(?<![十拾])")
# Banker's numerals that are surnames or verbs as often: alone they count only where something says so.
_SHY = "拾陆伍肆仟佰"
_COUNTING = re.compile(r" {0,2}(?:点|分之|[折成打元个%岁]|$|[^㐀-鿿 ])")


class NumberHit(NamedTuple):
    """A numeral: ``text == source[start:end]``; ``high`` closes a range (两三百). 二十几万 is told as its low end."""

    start: int
    end: int
    text: str
    value: Value
    high: Value | None


class _Read(NamedTuple):
    start: int
    end: int
    value: Fraction
    high: Value | None = None


@cache
def _own_table() -> UnitTable:
    return load_units(HOME)


def find_numbers(text: str, table: UnitTable | None = None) -> list[NumberHit]:
    """Return the numerals of folded text, in order, without overlap. ``table``: the lexicon's own where not given."""
    table = table or _own_table()
    hits: list[NumberHit] = []
    pos = 0
    while match := _START.search(text, pos):
        at = match.start()
        if "0" <= text[at] <= "9" and (passed := _passed(text, at)):
            pos = passed
            continue
        if text[at] > "9" and table.ends_word(text, at):
            pos = at + 1
            continue
        if endless := _ENDLESS.match(text, at):
            pos = endless.end()
            continue
        read = _read(text, at)
        if read is None:
            pos = at + 1
            continue
        pos = read.end
        if table.is_word(text, at, read.end) or (read.end == at + 1 and not _counts_alone(text, at)):
            pos = at + 1
            continue
        hit = _signed(text, read, hits[-1].end if hits else 0, table)
        if hit is not None:
            hits.append(hit)
    return hits


def _passed(text: str, at: int) -> int:
    """Where to go on if the figures at ``at`` are part of a longer run, a Latin word, or a date; 0 if they are not."""
    before = text[at - 1 : at]
    if before.isascii() and (before.isalnum() or before == "_"):
        return at + 1
    date = _DATE.match(text, at)
    if date is None and (slash := _SLASH.match(text, at)) and not int(slash[3]):
        return slash.end()  # 3/0 is no number
    return date.end() if date else 0


def _counts_alone(text: str, at: int) -> bool:
    """Whether a numeral of one character is one: 万 and 百 are none, 陆 only before what is counted."""
    char = text[at]
    if char in "百千万亿兆几数半":
        return False
    if char in "两俩仨":
        return text[at - 1 : at] != char
    if char in _SHY:
        return _COUNTING.match(text, at + 1) is not None and text[at - 1 : at] not in _SHY
    return True


def _read(text: str, at: int) -> _Read | None:
    """Return the number at ``at`` without its sign; None where none begins there or it has no value."""
    if text[at] in _VULGAR:
        return _Read(at, at + 1, _VULGAR[text[at]])
    if text.startswith("半百", at):
        return _Read(at, at + 2, Fraction(50))
    if slash := _SLASH.match(text, at):
        return _divided(slash, at) if text[at - 1 : at] != "/" else None
    if text[at] == ".":
        only = _POINT_ONLY.match(text, at) if at == 0 or text[at - 1] not in "0123456789." else None
        return _raised(text, _Read(at, only.end(), Fraction(only[0]))) if only else None
    parted = text[at - 1 : at] == "." and text[at - 2 : at - 1].isdigit() and text[at].isdigit()  # 8 of 7.5.8
    numeral = None if parted else scan(text, at)
    if numeral is None:
        # a row of figures with stray points and commas is no figure; each of its parts is
        digits = _DIGITS.match(text, at)
        return _Read(at, digits.end(), Fraction(digits[0])) if digits else None
    if (text[at] in "几数" and numeral.end == at + 1) or _SCALES.fullmatch(text, at, numeral.end):
        return None
    if share := fraction(text, at, numeral):
        value, start, end = share
        return None if value is None else _Read(start, end, value)
    read = _Read(at, numeral.end, _exactly(numeral.floor), numeral.high)
    if numeral.arabic:
        read = _raised(text, read) or read
        if text[read.end : read.end + 1] in _VULGAR:
            return _Read(at, read.end + 1, read.value + _VULGAR[text[read.end]])
    return read


def _exactly(value: Value) -> Fraction:
    return Fraction(value) if isinstance(value, int) else Fraction(repr(value))


def _divided(slash: re.Match[str], at: int) -> _Read | None:
    below = int(slash[3])
    if not below:
        return None
    return _Read(at, slash.end(), int(slash[1] or 0) + Fraction(int(slash[2]), below))


def fraction(text: str, at: int, first: Numeral) -> tuple[Fraction | None, int, int] | None:
    """Return the value, start and end of 三分之一 or 一又三分之一 at ``at``, ``first`` its first numeral.

    Of 百分之五 only the share is told, beginning where it stands: what it is a share of is no numeral. A fraction of
    nothing (零分之一) has the value None.
    """
    whole = Fraction(0)
    below: Numeral | None = first
    if mixed := _AND.match(text, first.end):
        whole, below = _exactly(first.low), scan(text, mixed.end())
    over = _OVER.match(text, below.end) if below else None
    if not below or not over:
        return None
    above = scan(text, over.end())
    if above is None:
        return None
    part = -_exactly(above.low) if over[1] else _exactly(above.low)
    if not mixed and _BARE.fullmatch(text, at, first.end):
        return part, over.end(), above.end
    return (whole + part / _exactly(below.low) if below.low else None), at, above.end


def _raised(text: str, read: _Read) -> _Read | None:
    """Return the number with a power behind it: 2e5, 1.1^23, 2^-1. None where there is none or it has no value."""
    match = _TENFOLD.match(text, read.end) or _POWER.match(text, read.end)
    if match is None:
        return read if text[read.start] == "." else None
    exponent = int(match[2]) * (-1 if match[1].count("-") == 1 else 1)
    try:
        base = float(read.value)
        value = base**exponent if match[0][0] == "^" else float(Decimal(repr(base)).scaleb(exponent))
    except (ArithmeticError, ValueError):
        return None
    return _Read(read.start, match.end(), Fraction(repr(value))) if math.isfinite(value) else None


def _signed(text: str, read: _Read, floor: int, table: UnitTable) -> NumberHit | None:
    """Return the hit with its sign, and a dozen (打) counted out; None where it is too great to be told."""
    start, end, value, high = read.start, read.end, read.value, read.high
    sign = _SIGN.search(text, max(floor, start - 2), start)
    if sign:
        start, value = sign.start(), -value
    if (dozen := _DOZEN.match(text, end)) and text[dozen.end() : dozen.end() + 1] not in tuple(table.words.no_dozen):
        end, value, high = dozen.end(), value * 12, None if high is None else high * 12
    if sign and high is not None:
        high = None
    if abs(value) > 10**300:
        return None
    plain = int(value) if value.denominator == 1 else float(value)
    return NumberHit(start, end, text[start:end], plain, high)
