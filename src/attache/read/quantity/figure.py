"""A numeral with the words of a bound inside it, its range and its unit: 6500多万 · 3至5枚 · 10至20万人."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from attache.read.quantity.patterns import Patterns
from attache.read.quantity.scan import Value, scan, tidy
from attache.read.quantity.table import Unit, UnitTable
from attache.record import Bound

MOST = 10**18  # no figure of a news page is greater; what reads so is no numeral


class Figure(NamedTuple):
    """A numeral read: value or range, where it ends, and the bound told inside it (三十多).

    ``scaled``: a multiplier from 万 up is in it; ``factor``: their product;
    ``at``: where it begins.
    """

    low: Value
    high: Value | None
    end: int
    bound: Bound
    text: str
    scaled: bool
    factor: int = 1
    at: int = 0


def figure(text: str, at: int, p: Patterns, table: UnitTable) -> Figure | None:
    """Return the numeral at ``at``: 6500多万, 三十余, 数百, 两三, 上千, 半; None where none is or it is too long."""
    vague = p.ranges.match(text, at)
    if vague and not (vague[0].endswith("位数") and text.startswith(p.digit_words, vague.end() - 1)):
        least, most = table.ranges[vague[0]]
        return Figure(least, most or None, vague.end(), "exact" if most else "over", vague[0], False)
    if text[at] == "半":
        return Figure(0.5, None, at + 1, "exact", "半", False)
    if text[at] == "." or text[at - 2 : at].endswith("."):
        return None
    begin = at + text.startswith("好几", at)
    read = scan(text, begin)
    if read and text[at - 1 : at] in p.sign_ends and "，" in text[begin : read.end]:
        read = scan(text[: text.index("，", begin)], begin)  # $20，300 yen: two sums
    if read is None:
        return None
    end, bound = read.end, p.meanings[1].get("多", "over") if read.more else "exact"
    if inside := p.inside.match(text, end):
        end, bound = inside.end(), p.meanings[1][inside[0]]
    if text[begin:end].startswith("百十"):
        bound = "about"
    factor, top = read.factor, read.high
    low: Value = read.low
    if read.arabic and (times := p.scale.match(text, end)):
        size = table.scale[times[1]]
        low, end, factor = tidy(Decimal(str(low)) * size), times.end(), factor * size
    if (low if top is None else top) > MOST:
        return None
    return Figure(low, top, end, bound, text[begin:end], read.scaled or factor > 1, factor, at)


def unit_at(text: str, at: int, p: Patterns) -> tuple[str, Unit, int] | None:
    """Return the name of the unit at ``at``, the unit, and where it ends; a blank may stand before it."""
    if text.startswith(" ", at):
        at += 1
    for name, unit in p.units.get(text[at : at + 1], ()):
        if text.startswith(name, at):
            end = at + len(name)
            of = p.digit_words if unit.id == "person" else p.objects if unit.article else ()
            counts = bool(of) and text.startswith(of, end)  # 两位|数学家, 三批|人道物资
            if unit.not_before and not counts and text.startswith(unit.not_before, end):
                continue
            if (
                name.isascii()
                and name[-1].isalpha()
                and text[end : end + 1].isascii()
                and text[end : end + 1].isalnum()
            ):
                continue
            return name, unit, end
    return None


def with_unit(text: str, first: Figure, table: UnitTable, p: Patterns) -> tuple[Figure, int, str, Unit | None]:
    """Return the figure with its range's other end if it has one, where its unit ends, and the unit with its name."""
    unit = unit_at(text, first.end, p)
    if text[first.end - 1] in ("千", "兆") and first.end > first.at + 1 and (own := unit_at(text, first.end - 1, p)):
        short = figure(text[: first.end - 1], first.at, p, table)  # 500兆瓦, 12千米: the unit's own multiplier
        first, unit = (short, own) if short and short.end == own[2] - len(own[0]) else (first, unit)
    if unit is None or (unit[0] == "个" and text.startswith(" ", unit[2])):
        unit = _spaced(text, first.end, p) or unit
    end = unit[2] if unit else first.end
    to = p.to.match(text, end)
    joined = text[end : end + 1] in ("和", "与") and p.range_before.search(text, max(0, first.at - 7), first.at)
    if (to or joined) and first.high is None:
        begin = to.end() if to else end + 1
        second = figure(text, begin, p, table) if begin < len(text) else None
        other = unit_at(text, second.end, p) if second else None
        if joined and not (other and text.startswith("之间", other[2])):
            other = None
        if second and other and second.high is None and (unit is None or unit[0] == other[0]):
            low: Value = first.low
            if not first.scaled and second.scaled and first.low < 10000 and unit is None:
                # 10至20万: the multiplier holds for both
                low = tidy(Decimal(str(first.low)) * second.factor)
                low = low if low <= second.low else first.low
            if second.low > low:
                both = Figure(low, second.low, second.end, second.bound, second.text, True, second.factor)
                return both, other[2], other[0], other[1]
    return (first, end, unit[0], unit[1]) if unit else (first, end, "", None)


def bare_range(text: str, first: Figure, table: UnitTable, p: Patterns) -> Figure:
    """Return 50万至100万 as a range; the first figure alone where there is none."""
    to = p.to.match(text, first.end) if first.high is None else None
    second = figure(text, to.end(), p, table) if to and to.end() < len(text) else None
    if second is None or second.high is not None or not second.scaled or second.low <= first.low:
        return first
    return second._replace(low=first.low, high=second.low)


def _spaced(text: str, at: int, p: Patterns) -> tuple[str, Unit, int] | None:
    """个 百 分 点 with blanks in it, as pages that are set wide have it."""
    pos = at
    for char in "个百分点":
        pos += min(len(text[pos : pos + 4]) - len(text[pos : pos + 4].lstrip(" ")), 4)
        if not text.startswith(char, pos):
            return None
        pos += 1
    found = unit_at("个百分点", 0, p)
    return (found[0], found[1], pos) if found else None
