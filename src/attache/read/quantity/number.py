"""A string that is nothing but a numeral, to its value: 3,500 · 1.5亿 · 三千五百万 · 二〇二五 · 两三百 · 数十 · 十几.

All functions are pure and bounded: a numeral longer than ``LONGEST`` characters is no number that a news
page would spell out, and reads as None rather than slowly.
"""

from __future__ import annotations

from typing import NamedTuple

from attache.read.quantity.scan import Value, scan

LONGEST = 24
DIGITS = "〇零一二两三四五六七八九"
_FIGURES = str.maketrans(DIGITS, "001223456789")


class Amount(NamedTuple):
    """A numeral's reading: ``low`` alone, or a range up to and including ``high``."""

    low: Value
    high: Value | None = None


def amount(text: str) -> Amount | None:
    """A numeral, the vague ones as honest ranges: 数十 20–99, 十几 11–19, 两三百 200–300, 几 2–9; else None."""
    text = text.removeprefix("好")
    read = scan(text, 0) if text and len(text) <= LONGEST else None
    return Amount(read.low, read.high) if read and read.end == len(text) and not read.more else None


def number(text: str) -> Value | None:
    """Return the value of one plain numeral, Arabic, Chinese or mixed (1亿2000万, 3万5千). None where it is none."""
    told = amount(text)
    return told.low if told and told.high is None else None


def chinese(text: str) -> int | None:
    """Return a Chinese numeral's value, by digits (二〇二五) or by place (三千五百万); None where it is neither."""
    if not text or len(text) > LONGEST:
        return None
    if set(text) <= set(DIGITS):
        return int(text.translate(_FIGURES))
    value = number(text)
    return value if isinstance(value, int) else None


def small_chinese(text: str) -> int | None:
    """Return a Chinese numeral of at most two digits (七, 十二, 二十五, 廿五), for days, months and hours."""
    value = chinese(text) if len(text) <= 3 else None
    return value if value is not None and value < 100 else None
