"""Shares: 百分之五 · 三成五 · 七折 · 三分之二 · 万分之三. Percent, but for thousandths (per mille) and fractions."""

from __future__ import annotations

import re
from decimal import Decimal

from attache.read.quantity.figure import Figure
from attache.read.quantity.hit import QuantityHit, make_hit
from attache.read.quantity.numbers import fraction
from attache.read.quantity.patterns import Patterns
from attache.read.quantity.scan import ZH_DIGITS, Numeral, Value, scan, tidy
from attache.read.quantity.table import UnitTable

_TO = re.compile(r" ?(?:至|到|—|-|~) ?(?:百分之)?")
_TENTHS = re.compile(r" {0,2}成")
_TENTH_MORE = re.compile(rf" ?(?:(半)|([{ZH_DIGITS}1-9])(?![{ZH_DIGITS}0-9十百千万亿个名人年月天家架次倍成]))")
_OFF = re.compile(r" {0,2}折")
_TWO = re.compile(rf"([{ZH_DIGITS}0-9]) ?([{ZH_DIGITS}0-9]) {{0,2}}折")
_SLASH = re.compile(r"([0-9]{1,2})/([0-9]{1,3})(?![0-9/.])")


def share(text: str, at: int, floor: int, first: Figure, table: UnitTable, p: Patterns) -> QuantityHit | None:
    """Return the share whose numeral is ``first``, at ``at``; None where it is none."""
    if (wide := _to_tenths(text, first)) and (hit := _tenths(text, at, floor, wide, table, p)):
        return hit
    after = text[first.end : first.end + 3].lstrip(" ")[:1]
    near = after in ("成", "折") or text.startswith(" ", first.end)
    if near and (hit := _tenths(text, at, floor, first, table, p) or _off(text, at, floor, first, table, p)):
        return hit
    if after in ("分", "又"):
        return _parts(text, at, floor, p)
    slash = _SLASH.match(text, at) if after == "/" else None
    if slash and 0 < int(slash[1]) < int(slash[2]) and _shares(text, slash, floor, p):
        told = Figure(int(slash[1]) / int(slash[2]), None, slash.end(), "exact", slash[0], False)
        return make_hit(text, slash.span(), floor, p, "fraction", told, "share.fraction", "thing of")
    return None


def _shares(text: str, slash: re.Match[str], floor: int, p: Patterns) -> bool:
    """Whether 1/3 is told as a share and not as a date: by what follows, or by a bound before it."""
    if p.fraction_of.match(text, slash.end()):
        return True
    bound = p.before.search(text, max(floor, slash.start() - 9), slash.start())
    return bool(bound and bound[1] not in p.round_only and text[slash.end() : slash.end() + 1] not in ("日", "号"))


def _to_tenths(text: str, first: Figure) -> Figure | None:
    """Return the figure of 两到三成, whose 成 stands behind the second numeral alone; None where there is none."""
    to = _TO.match(text, first.end) if first.high is None else None
    second = scan(text, to.end()) if to else None
    if not second or second.high is not None or not first.low < second.low <= 10 or not _TENTHS.match(text, second.end):
        return None
    return first._replace(high=second.low, end=second.end, text=text[first.at : second.end])


def _parts(text: str, at: int, floor: int, p: Patterns) -> QuantityHit | None:
    """百分之五 and 三分之二."""
    first = scan(text, at)
    parted = fraction(text, at, first) if first else None
    if first is None or parted is None:
        return None
    value, start, end = parted
    if value is None:
        return None
    if value < 0 and start == at:
        return None
    if start == at:
        whole = value.denominator == 1
        told = Figure(int(value) if whole else float(value), None, end, "exact", text[at:end], False)
        return make_hit(text, (at, end), floor, p, "fraction", told, "share.fraction", "thing of")
    told_share = scan(text, start)
    if told_share is None:
        return None
    low, high = told_share.low, told_share.high
    to = _TO.match(text, end) if high is None else None
    second = scan(text, to.end()) if to else None
    if second and second.low > low and not _goes_on(text, second):
        high, end = second.low, second.end
    unit, size = _base(first.low)
    top = None if high is None else tidy(Decimal(str(high)) * size)
    figure = Figure(tidy(Decimal(str(low)) * size), top, end, "exact", text[at:end], False)
    if value < 0:
        figure = figure._replace(low=-abs(figure.low), high=None)
    more = p.inside.match(text, end)
    if more:
        figure, end = figure._replace(bound=p.meanings[1][more[0]]), more.end()
    return make_hit(text, (at, end), floor, p, unit, figure, f"share.{unit}", "thing of")


def _goes_on(text: str, second: Numeral) -> bool:
    """Whether what stands behind 到 is a quantity of its own: 百分之三到5月."""
    return text[second.end : second.end + 1] in ("年", "月", "日", "个", "人", "名")


def _base(below: Value) -> tuple[str, Decimal]:
    """Return the unit of a share of 100, 1,000, 10,000 …, and what one of them is worth in it."""
    if below == 1000:
        return "per mille", Decimal(1)
    return "percent", Decimal(100) / Decimal(str(below))


def _tenths(text: str, at: int, floor: int, first: Figure, table: UnitTable, p: Patterns) -> QuantityHit | None:
    match = _TENTHS.match(text, first.end)
    if not match or first.low > 10 or first.low <= 0:
        return None
    end, low = match.end(), Decimal(str(first.low)) * 10
    if text[end : end + 1] in tuple(table.words.not_tenths) and not (
        text.startswith("为", end) and text[at - 1 : at] in tuple(table.words.tenths_after)
    ):
        return None
    if table.in_idiom(text, at, end):
        return None
    high = None if first.high is None else tidy(Decimal(str(first.high)) * 10)
    if first.high is None and (more := _TENTH_MORE.match(text, end)):
        digit = scan(text, more.start(2)) if more[2] else None
        low, end = low + (5 if more[1] else Decimal(str(digit.low)) if digit else 0), more.end()
    told = Figure(tidy(low), high, end, first.bound, text[at:end], False)
    to = _TO.match(text, end) if high is None else None
    second = scan(text, to.end()) if to else None
    again = _TENTHS.match(text, second.end) if second else None
    if second and again and first.low < second.low <= 10:
        end = again.end()
        told = told._replace(high=tidy(Decimal(str(second.low)) * 10), end=end)
    return make_hit(text, (at, end), floor, p, "percent", told, "share.percent", "thing of")


def _off(text: str, at: int, floor: int, first: Figure, table: UnitTable, p: Patterns) -> QuantityHit | None:
    """七折, 七五折, 75折: what is left of a price, in percent."""
    two = _TWO.match(text, at)
    match = two or _OFF.match(text, first.end)
    if not match or text[match.end() : match.end() + 1] in tuple(table.words.not_discounts):
        return None
    if two:
        low = Decimal(_digit(two[1]) * 10 + _digit(two[2]))
    else:
        low = Decimal(50) if first.text == "半" else Decimal(str(first.low)) * 10
    if not 0 < low < 100 or table.in_idiom(text, at, match.end()):
        return None
    told = Figure(tidy(low), None, match.end(), "exact", text[at : match.end()], False)
    return make_hit(text, (at, match.end()), floor, p, "percent", told, "share.discount")


def _digit(char: str) -> int:
    read = scan(char, 0)
    return int(read.low) if read else 0
