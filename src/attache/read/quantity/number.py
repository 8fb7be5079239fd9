"""Numerals, Chinese and Arabic, to values: 3,500 · 1.5亿 · 三千五百万 · 二〇二五 · 两三百 · 数十 · 十几.

All functions are pure and bounded: a numeral longer than ``LONGEST`` characters is no number that a news
page would spell out, and reads as None rather than slowly.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

Value = int | float

LONGEST = 24
DIGITS = "〇零一二两三四五六七八九"
_DIGIT = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
# 兆 is 10^12 in the usage of Taiwan's agencies, the only news usage in which it multiplies a count.
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8, "兆": 10**12}
_TENS = {"廿": 20, "卅": 30}
MULTIPLIERS = "十百千万亿兆"

_CHUNK = re.compile(rf"([0-9]+(?:,[0-9]{{3}})*(?:\.[0-9]+)?)([{MULTIPLIERS}]*)")
_PAIR = re.compile(rf"(十)?([一二两三四五六七八九])([二两三四五六七八九])([{MULTIPLIERS}]*)")
_VAGUE = re.compile(rf"(?:好几|[数几])([{MULTIPLIERS}]*)")
_TEEN = re.compile(r"([二三四五六七八九]?)十几([万亿兆]*)")


class Amount(NamedTuple):
    """A numeral's reading: ``low`` alone, or a range up to and including ``high``."""

    low: Value
    high: Value | None = None


def tidy(value: Decimal) -> Value:
    """Return an int where the value is whole, else a float."""
    return int(value) if value == value.to_integral_value() else float(value)


def scale(multipliers: str) -> int:
    """Return the product of a run of multipliers: 万亿 is 10^12, 百万 10^6, the empty run 1."""
    product = 1
    for char in multipliers:
        product *= _SMALL.get(char) or _LARGE[char]
    return product


def small_chinese(text: str) -> int | None:
    """Return a Chinese numeral of at most two digits (七, 十二, 二十五, 廿五), for days, months and hours."""
    if len(text) > 3:
        return None
    value = chinese(text)
    return value if value is not None and value < 100 else None


def chinese(text: str) -> int | None:
    """Return a Chinese numeral's value, by digits (二〇二五) or by place (三千五百万); None where it is neither."""
    if not text or len(text) > LONGEST:
        return None
    if all(c in _DIGIT for c in text):
        return int("".join(str(_DIGIT[c]) for c in text))
    return _by_place(text)


def _by_place(text: str) -> int | None:
    total = section = digit = 0
    unit = 1  # the last multiplier, for the clipped tail of 三万五 (35,000)
    seen_digit = False
    for char in text:
        if char in _DIGIT:
            if seen_digit and digit:
                return None
            digit, seen_digit = _DIGIT[char], True
            if digit == 0:
                seen_digit, unit = False, 1
        elif char in _TENS:
            section += _TENS[char]
            digit, seen_digit, unit = 0, False, 10
        elif char in _SMALL:
            unit = _SMALL[char]
            section += (digit if seen_digit else 1) * unit
            digit, seen_digit = 0, False
        elif char in _LARGE:
            unit = _LARGE[char]
            section += digit
            if section == 0:
                if total == 0:
                    total = 1
                total *= unit
            else:
                total = total + section * unit if unit < (total or unit + 1) else (total + section) * unit
            section, digit, seen_digit = 0, 0, False
        else:
            return None
    if seen_digit and digit and unit >= 100:
        digit *= unit // 10
    return total + section + digit


def number(text: str) -> Value | None:
    """Return the value of one plain numeral, Arabic, Chinese or mixed (1亿2000万, 3万5千). None where it is none."""
    if not text or len(text) > LONGEST:
        return None
    if not ("0" <= text[0] <= "9"):
        whole, point, rest = text.partition("点")
        value = chinese(whole)
        if not point or value is None:
            return None if point else value
        return float(f"{value}.{''.join(str(_DIGIT[c]) for c in rest)}") if rest and set(rest) <= set(_DIGIT) else None
    total = Decimal(0)
    end = 0
    for part in _CHUNK.finditer(text):
        if part.start() != end:
            return None
        end = part.end()
        try:
            total += Decimal(part[1].replace(",", "")) * scale(part[2])
        except InvalidOperation:
            return None
    return tidy(total) if end == len(text) else None


def amount(text: str) -> Amount | None:
    """Like ``number``, and the vague numerals as honest ranges: 数十 20–99, 十几 11–19, 两三百 200–300, 几 2–9."""
    if len(text) > LONGEST:
        return None
    if vague := _VAGUE.fullmatch(text):
        unit = scale(vague[1])
        return Amount(2 * unit, 10 * unit - 1)
    if teen := _TEEN.fullmatch(text):
        tens, unit = 10 * (_DIGIT[teen[1]] if teen[1] else 1), scale(teen[2])
        return Amount((tens + 1) * unit, (tens + 10) * unit - 1)
    if (pair := _PAIR.fullmatch(text)) and _neighbours(pair[2], pair[3]):
        base, unit = (10 if pair[1] else 0), scale(pair[4])
        return Amount((base + _DIGIT[pair[2]]) * unit, (base + _DIGIT[pair[3]]) * unit)
    value = number(text)
    return None if value is None else Amount(value)


def _neighbours(first: str, second: str) -> bool:
    """Whether two digits side by side mean "from … to …": 两三, 七八, and 三五 by custom."""
    return _DIGIT[second] - _DIGIT[first] == 1 or first + second == "三五"
