"""Quantities in a sentence: how much of what, in which unit, and how surely (over, about, at least ...).

``find_quantities`` reads folded text in one pass: a cheap pattern finds numerals that run on into a unit, and
only there is anything more looked at. Ordinals (第62届) and dates are no quantities. A vague numeral is read as
the range that it honestly tells: 数十 is between 20 and 99, 上千 over 1,000.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal, NamedTuple

import rjieba

from attache.read.quantity.number import Value, amount, number, scale, tidy
from attache.read.quantity.patterns import Patterns, patterns
from attache.read.quantity.table import Unit, UnitTable, load_units
from attache.record import Bound

__all__ = ["QuantityHit", "UnitTable", "find_quantities", "load_units"]

_REACH = 16  # characters looked at for the noun counted
_IN_PHRASE = frozenset(
    ["a", "ad", "an", "b", "j", "t", "n", "nr", "ns", "nt", "nz", "ng", "vn", "l", "f", "i", "eng", "x"]
)
_HEAD = frozenset(["n", "nr", "ns", "nt", "nz", "ng", "vn", "j", "l"])
_BREAK = re.compile(r"[^㐀-鿿A-Za-z0-9·-]")
_VOTES = ("赞成", "反对", "弃权", "支持")
_HALVES = frozenset(["年", "天", "小时", "个小时", "倍"])
_Counts = Literal["", "thing", "thing of", "vote"]  # what follows: nothing, a noun, a noun after 的 or none, a vote


class QuantityHit(NamedTuple):
    """A quantity: ``text == source[start:end]``, bound words included.

    ``value`` is in units of ``unit`` (ISO 4217 for money, else an id of units.toml; None for a bare 两位数).
    ``high`` closes a range, which then has the bound "between". ``what`` is the noun counted, where it directly
    follows.
    """

    start: int
    end: int
    text: str
    value: Value | None
    unit: str | None
    bound: Bound
    high: Value | None
    what: str | None
    rule: str


class _Figure(NamedTuple):
    """A numeral read: value or range, where it ends, and the bound told inside it (三十多)."""

    low: Value
    high: Value | None
    end: int
    bound: Bound
    text: str
    scaled: bool


def find_quantities(text: str, table: UnitTable) -> list[QuantityHit]:
    """Return the quantities of one sentence or paragraph of folded text, in order, without overlap."""
    p = patterns(table)
    hits: list[QuantityHit] = []
    pos = floor = 0
    while match := p.gate.search(text, pos):
        at = match.start()
        hit = _share(text, at, floor, p) or _counted(text, at, floor, table, p) if at >= floor else None
        if hit:
            hits.append(hit)
            floor = hit.end
        pos = max(at + 1, floor)
    return hits


def _share(text: str, at: int, floor: int, p: Patterns) -> QuantityHit | None:
    """百分之五, 三成, 三分之二: percent; a fraction as such."""
    match = p.share.match(text, at)
    if not match:
        return None
    high: Value | None = None
    if match["base"]:
        share = amount(match["share"])
        share_to = amount(match["share_to"]) if match["share_to"] else None
        if share is None:
            return None
        unit, low = ("percent" if match["base"] == "百分之" else "per mille"), share.low
        high = share_to.low if share_to else share.high
    elif match["tenths"]:
        tenths = amount(match["tenths"])
        if tenths is None or not 1 <= tenths.low <= 10:
            return None
        unit, low = "percent", tenths.low * 10 + (5 if match["half"] else 0)
        high = tenths.high * 10 if tenths.high else None
    else:
        of, part = number(match["of"]), number(match["part"])
        if not of or part is None:
            return None
        unit, low = "fraction", part / of
    figure = _Figure(low, high, match.end(), "exact", match[0], False)
    return _hit(text, (at, match.end()), floor, p, unit, figure, f"share.{unit}")


def _counted(text: str, at: int, floor: int, table: UnitTable, p: Patterns) -> QuantityHit | None:
    """Return a numeral, or a range of two, with its unit or its sign of money."""
    first = _figure(text, at, table, p)
    if first is None:
        return None
    sign = p.sign_before.search(text, max(floor, at - 4), at)
    figure, end, name = _with_unit(text, first, table, p)
    if name is None:
        if sign:
            code = table.signs[sign[1]]
            return _hit(text, (sign.start(), first.end), floor, p, code, first, "money.sign", "thing of")
        if first.text in table.ranges and first.text.endswith("位数"):
            return _hit(text, (at, first.end), floor, p, None, first, "digits")
        if first.text in table.ranges and text.startswith("的", first.end):
            return _hit(text, (at, first.end), floor, p, "item", first, "count", "thing of")
        return None
    unit = table.units[name]
    if _no_quantity(text, at, figure, name, unit):
        return None
    if unit.kind == "money":
        return _money(text, (at, end), floor, table, p, name, figure)
    if name in _HALVES and text.startswith("半", end):
        figure, end = figure._replace(low=figure.low + 0.5), end + 1
    counts: _Counts = (
        "vote" if unit.id == "vote" else "thing" if unit.kind == "counter" else "thing of" if unit.of else ""
    )
    return _hit(text, (at, end), floor, p, unit.id, figure, f"{unit.kind}.{name}", counts)


def _with_unit(text: str, first: _Figure, table: UnitTable, p: Patterns) -> tuple[_Figure, int, str | None]:
    """Return the figure with its range's other end if it has one, where its unit ends, and the unit's name."""
    unit = p.unit.match(text, first.end)
    end = unit.end() if unit else first.end
    to = p.to.match(text, end)
    if to and first.high is None:
        second = _figure(text, to.end(), table, p)
        other = p.unit.match(text, second.end) if second else None
        if second and other and (unit is None or unit[1] == other[1]):
            low = first.low
            if not first.scaled and second.scaled and first.low < 10000 and unit is None:
                # 10至20万: the multiplier holds for both
                factor = scale("".join(c for c in second.text if c in "万亿兆"))
                low = tidy(Decimal(str(first.low)) * factor) if first.low * factor <= second.low else first.low
            if second.low > low:
                return _Figure(low, second.low, second.end, second.bound, second.text, True), other.end(), other[1]
    return first, end, unit[1] if unit else None


def _figure(text: str, at: int, table: UnitTable, p: Patterns) -> _Figure | None:
    """Return the numeral at ``at``: 6500多万, 三十余, 数百, 两三, 上千."""
    match = p.figure.match(text, at)
    if not match:
        return None
    words = match["number"]
    inside = match["inside"] or match["inside2"]
    bound: Bound = p.meanings[1][inside] if inside else "exact"
    if words in table.ranges:
        low, high = table.ranges[words]
        return _Figure(low, high or None, match.end(), "exact" if high else "over", words, False)
    read = amount("0.5" if words == "半" else words.replace(" ", ""))
    if read is None:
        return None
    factor = scale(match["scale"] or "")
    low_value = tidy(Decimal(str(read.low)) * factor)
    high_value = None if read.high is None else tidy(Decimal(str(read.high)) * factor)
    scaled = factor > 1 or any(c in words for c in "万亿兆")
    return _Figure(low_value, high_value, match.end(), bound, match[0], scaled)


def _no_quantity(text: str, at: int, figure: _Figure, name: str, unit: Unit) -> bool:
    """Whether the words are a year (2014年), an article (一个), or a numeral inside a word."""
    if name == "年":
        digits = figure.text[:1].isdigit() and figure.text.isdigit()
        return (digits and (len(figure.text) == 4 or figure.text[0] == "0")) or figure.text in ("百", "千", "万", "一")
    if unit.article and figure.text == "一":
        return True
    if unit.kind == "counter" and figure.text in ("百", "千", "万", "亿", "十", "零", "〇"):
        return text[at - 1 : at] not in ("近", "上", "逾", "超", "约", "过")
    return text[at - 1 : at] == "第"


def _money(
    text: str, span: tuple[int, int], floor: int, table: UnitTable, p: Patterns, name: str, figure: _Figure
) -> QuantityHit:
    """Money by its name, or by a name before the number (新台币30亿元)."""
    start, end = span
    before = p.money_before.search(text, max(floor, start - 5), start) if name == "元" else None
    if before:
        return _hit(text, (before.start(), end), floor, p, table.before[before[1]], figure, "money.before", "thing of")
    rule = "money.yuan" if name == "元" else "money"
    return _hit(text, span, floor, p, table.units[name].id, figure, rule, "thing of")


def _hit(
    text: str,
    span: tuple[int, int],
    floor: int,
    p: Patterns,
    unit: str | None,
    figure: _Figure,
    rule: str,
    counts: _Counts = "",
) -> QuantityHit:
    """Return the hit with the bound words before and after it, and the noun that it counts."""
    start, end = span
    bound = figure.bound
    if before := p.before.search(text, max(floor, start - 8), start):
        outer = p.meanings[0][before[1]]
        bound = outer if outer != "exact" else bound
        start = before.start()
    if after := p.after.match(text, end):
        outer = p.meanings[2][after[0]]
        bound = outer if bound in ("exact", "about") or outer == "about" else bound
        end = after.end()
    if figure.high is not None and bound in ("exact", "about", "over", "under"):
        bound = "between"
    noun = None
    if counts == "vote":
        noun = next((vote for vote in _VOTES if text.startswith(vote, end)), None)
    elif counts:
        noun = _noun(text, end + (counts == "thing of" and text.startswith("的", end)), counts == "thing")
    return QuantityHit(start, end, text[start:end], figure.low, unit, bound, figure.high, noun, rule)


def _noun(text: str, at: int, thing: bool) -> str | None:
    """Return the noun phrase that begins at ``at``, up to its head, by the segmenter's tags; None where none does.

    After a classifier (``thing``), an act behind a noun is what the thing does: 难民|入境, not 军事援助.
    """
    tail = text[at : at + _REACH]
    if stop := _BREAK.search(tail):
        tail = tail[: stop.start()]
    if not tail:
        return None
    phrase: list[tuple[str, str]] = []
    for word, tag in rjieba.tag(tail):
        if tag not in _IN_PHRASE:
            break
        phrase.append((word, tag))
    while phrase and phrase[-1][1] not in _HEAD:
        phrase.pop()
    while thing and len(phrase) > 1 and phrase[-1][1] == "vn":
        phrase.pop()
    return "".join(word for word, _ in phrase) or None
