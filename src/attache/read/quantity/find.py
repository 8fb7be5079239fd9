"""Quantities in a sentence: how much of what, in which unit, and how surely (over, about, at least ...).

``find_quantities`` reads folded text in one pass: a cheap pattern finds numerals that run on into a unit, and
only there is anything more looked at. Ordinals (第62届) and dates are no quantities; ranks (第三大, 排名第五) are, in
the unit "rank". A vague numeral is read as the range that it honestly tells: 数十 is between 20 and 99, 上千 over
1,000.
"""

from __future__ import annotations

import re
from decimal import Decimal

from attache.read.quantity.figure import Figure, bare_range, figure, unit_at, with_unit
from attache.read.quantity.hit import Counts, QuantityHit, make_hit
from attache.read.quantity.money import code_of, parts, spent
from attache.read.quantity.number import chinese
from attache.read.quantity.patterns import Patterns, patterns
from attache.read.quantity.scan import ZH, tidy
from attache.read.quantity.share import share
from attache.read.quantity.table import Unit, UnitTable, load_units

__all__ = ["QuantityHit", "UnitTable", "find_quantities", "load_units"]

_OTHER_SIDE = re.compile(rf"[0-9{ZH}][对比]$")
_SHRUNK = re.compile(r"负增长了?$")
_DAY = 31
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_FEW, _ALL = 10, 250  # states: 两国, 七国外长 are names as often as counts
_HALF_MORE = re.compile(r"半(?=小时|钟头|月|星期|礼拜)")
_HALF_END = re.compile(r"半(?=[^㐀-鿿]|[的多左]|$)")  # 一吨半, not 一吨半成品
_HALVES = frozenset(["年", "天", "小时", "个小时", "倍"])
_BELOW_ZERO = frozenset(["percent", "percentage point", "degC", "degF"])
_BARE_YEARS = frozenset(["百", "千", "万", "一"])
_BARE_COUNTS = frozenset(["百", "千", "万", "亿", "十", "零", "〇"])
# classifiers that name what they count: what stands behind 人 is what people do
_WHOLE = frozenset(["人", "个人", "人口", "口人"])
# 千名, 万艘: classifiers before which a bare multiplier is a count all the same
_FIRM = frozenset(["名", "位", "架", "艘", "枚", "辆", "吨"])
# how many of the smaller unit are in one of the greater
_IN_ONE: dict[tuple[str | None, str | None], int] = {
    ("year", "month"): 12,
    ("day", "hour"): 24,
    ("hour", "minute"): 60,
    ("minute", "second"): 60,
}


def find_quantities(text: str, table: UnitTable) -> list[QuantityHit]:
    """Return the quantities of one sentence or paragraph of folded text, in order, without overlap."""
    p = patterns(table)
    hits: list[QuantityHit] = []
    pos = floor = 0
    while match := p.gate.search(text, pos):
        at = match.start()
        hit = _read(text, at, floor, table, p) if at >= floor else None
        if hit:
            whole = _joined(text, hits[-1], hit) if hits else None
            hits[-1 if whole else len(hits) :] = [whole or hit]
            floor = hit.end
        pos = max(at + 1, floor)
    return hits


def _joined(text: str, first: QuantityHit, second: QuantityHit) -> QuantityHit | None:
    """约2小时15分钟, 2年零6个月: one length, in the smaller unit."""
    times = _IN_ONE.get((first.unit, second.unit))
    between = text[first.end : second.start]
    if times is None or between not in ("", "零", "又") or first.high or second.high or first.what:
        return None
    if first.value is None or second.value is None or second.value >= times:
        return None
    start, bound = first.start, first.bound if first.bound != "exact" else second.bound
    value = tidy(Decimal(str(first.value)) * times + Decimal(str(second.value)))
    return second._replace(start=start, text=text[start : second.end], value=value, bound=bound)


def _read(text: str, at: int, floor: int, table: UnitTable, p: Patterns) -> QuantityHit | None:
    """Return the quantity whose numeral begins at ``at``: a rank, a word, a share, a count, money or a measure."""
    if text[at] == "第":
        return _rank(text, at, floor, p)
    if word := p.figures.match(text, at):
        entry = table.figures[word[0]]
        value = tidy(Decimal(str(entry.value)))
        told = Figure(value, None, word.end(), entry.bound, word[0], False)
        counts: Counts = "thing of" if entry.unit == "fraction" else ""
        start = at - (entry.unit == "rank" and at > floor and text[at - 1] in "位高名")  # 位居榜首, 高居榜首
        return make_hit(text, (start, word.end()), floor, p, entry.unit, told, f"word.{entry.unit}", counts)
    if text[at] > "9" and table.ends_word(text, at) and text[at - 2 : at] != "每周":
        at += 1
        if at == len(text) or text[at] not in ZH:
            return None
    first = figure(text, at, p, table)
    if first is None:
        return None
    return share(text, at, floor, first, table, p) or _counted(text, at, floor, first, table, p)


def _against(text: str, at: int, first: Figure, table: UnitTable, p: Patterns) -> bool:
    """Whether ``first`` is one side's votes: 243对163票; 以141比7通过, either of them."""
    end = first.end + 1
    if text[first.end : end] in ("对", "比"):
        other = figure(text, end, p, table) if end < len(text) else None
        return other is not None and (text.startswith("票", other.end) or p.tally.match(text, other.end) is not None)
    return bool(_OTHER_SIDE.search(text, max(0, at - 2), at) and p.tally.match(text, first.end))


def _rank(text: str, at: int, floor: int, p: Patterns) -> QuantityHit | None:
    """第三大经济体; 排名第五: the place in an order."""
    match = p.rank.match(text, at)
    if not match:
        return None
    before = p.ranked.search(text, max(floor, at - 6), at)
    if not match["degree"] and (
        not before or text[match.end() : match.end() + 1] in tuple("届次季轮个天年月日周期阶步批")
    ):
        return None
    value = int(match["number"]) if match["number"].isdigit() else chinese(match["number"])
    if not value:
        return None
    told = Figure(value, None, match.end(), "exact", match[0], False)
    start = before.start() if before and not match["degree"] else at
    counts: Counts = "thing of" if match["degree"] else ""
    hit = make_hit(text, (start, match.end()), floor, p, "rank", told, "rank", counts, bounded=False)
    return hit._replace(bound="exact")


def _counted(text: str, at: int, floor: int, first: Figure, table: UnitTable, p: Patterns) -> QuantityHit | None:
    """Return a numeral, or a range of two, with its unit or its sign of money."""
    if _against(text, at, first, table, p):
        return make_hit(text, (at, first.end), floor, p, "vote", first, "vote.against")  # 243对163票
    told, end, name, unit = with_unit(text, first, table, p)
    if unit is None:
        return _without_unit(text, at, floor, first, table, p)
    if name == "个" and (half := _HALF_MORE.match(text, end)):  # 两个半小时
        told, found = told._replace(low=told.low + 0.5), unit_at(text, half.end(), p)
        if found:
            name, unit, end = found
        elif text.startswith("月", half.end()):
            name, unit, end = "个月", table.units["个月"], half.end() + 1
    if _no_quantity(text, at, floor, told, name, unit, table, p) or _day_word(text, end, told, name, p):
        return None
    money = unit.kind == "money" or name in table.loose
    hit = _money(text, (at, end), floor, table, p, name, unit, told) if money else None
    if hit or unit.kind == "money":
        return hit
    signed = _signed(text, at, floor, told, unit)
    if signed is None:
        return None
    start, told = signed
    if name[:2] in ("个多", "个余"):
        told = told._replace(bound="over")
    halves = name in _HALVES or (unit.kind == "unit" and _HALF_END.match(text, end))
    if halves and text.startswith("半", end) and told.high is None:
        told, end = told._replace(low=told.low + 0.5), end + 1
    # of a round (轮) the act is what is counted, even behind a noun
    thing = unit.kind == "counter" and name != "轮"
    counts: Counts = "thing" if thing else "thing of" if unit.of or name == "轮" else ""
    if unit.id == "vote":
        counts = "vote"
    elif unit.id == "percent":
        counts = "thing of"
    elif name in _WHOLE:
        counts = ""
    if name == "国":  # 20余国: the classifier is the noun, and stands behind the figure
        return make_hit(text, (start, told.end), floor, p, unit.id, told, "counter.国")._replace(what=name)
    hit = make_hit(text, (start, end), floor, p, unit.id, told, f"{unit.kind}.{name}", counts)
    for before, rate in table.rates.get(unit.id, ()):
        if text.endswith(before, floor, hit.start):
            return hit._replace(unit=rate)
    return hit


def _without_unit(text: str, at: int, floor: int, first: Figure, table: UnitTable, p: Patterns) -> QuantityHit | None:
    """Return a figure with a sign of money before it, a vague one, or a bare one with a bound (逾3万)."""
    near = text[at - 1 : at] if text[at - 1 : at] != " " else text[at - 2 : at - 1].strip(" ") or text[at - 3 : at - 2]
    sign = p.sign_before.search(text, max(floor, at - 5), at) if near in p.sign_ends else None
    if sign:
        code = table.signs[sign[1]]
        return make_hit(text, (sign.start(), first.end), floor, p, code, first, "money.sign", "thing of")
    if first.text in table.ranges and first.text.endswith("位数"):
        return make_hit(text, (at, first.end), floor, p, None, first, "digits")
    if text.startswith("度", first.end) and (warm := _degrees(text, at, floor, first, p)):
        return warm
    if first.text in table.ranges and not "㐀" <= text[first.end : first.end + 1] <= "鿿":
        return make_hit(text, (at, first.end), floor, p, None, first, "bare")  # 伤亡上千
    if first.text in table.ranges and text.startswith("的", first.end):
        return make_hit(text, (at, first.end), floor, p, "item", first, "count", "thing of")
    if first.scaled and first.factor >= 10**4 and not text[first.end - 1].isascii():
        first = bare_range(text, first, table, p)
        hit = make_hit(text, (at, first.end), floor, p, None, first, "bare", "thing of")
        return hit if hit.start < at or (hit.what and text[at] not in "百千万亿兆") else None
    return None


def _degrees(text: str, at: int, floor: int, first: Figure, p: Patterns) -> QuantityHit | None:
    """零下20度, 气温38度, 华氏100度."""
    cold = text[at - 2 : at] == "零下" and at - 2 >= floor and first.high is None
    heard = text[max(floor, at - 9) : at]
    if not cold and not p.warm.search(heard):
        return None
    told = first._replace(low=-first.low) if cold else first
    unit = "degF" if "华氏" in heard else "degC"
    return make_hit(text, (at - 2 * cold, first.end + 1), floor, p, unit, told, "unit.度")


def _signed(text: str, at: int, floor: int, told: Figure, unit: Unit) -> tuple[int, Figure] | None:
    """Return where a figure begins with its sign, and the figure with it; None where the sign makes it none."""
    either = 2 if text[at - 2 : at] == "正负" else 1 if text[at - 1 : at] == "±" else 0
    if either and at - either >= floor and told.high is None and told.low and unit.id in _BELOW_ZERO:
        return at - either, told._replace(low=-told.low, high=told.low)  # 正负3个百分点: from -3 to 3
    shrunk = _SHRUNK.search(text, max(floor, at - 4), at) if unit.id in _BELOW_ZERO else None
    if shrunk:
        low, high = (told.low, None) if told.high is None else (told.high, -told.low)
        return shrunk.start(), told._replace(low=-low, high=high)
    if minus := _below_zero(text, at, floor, unit):
        if told.high is not None or text[at - 2 : at] in ("负负", "--", "负-", "-负"):
            return None
        return at - minus, told._replace(low=-told.low)
    if text[at - 1 : at] == "-" and "㐀" <= text[at - 2 : at - 1] <= "鿿":
        return None  # 苏-35架
    return at, told


def _day_word(text: str, end: int, told: Figure, name: str, p: Patterns) -> bool:
    """Whether what looks like money is a day or year and a word: 2日|元首会晤, 15日|圆满结束, 2025|元旦."""
    if name not in ("日元", "日圆", "元", "圆") or told.high is not None or told.scaled:
        return False
    if len(name) == 1:  # 两元首, 2025元旦, but 20元首饰, 5元老人票
        few = told.low < _FEW and text.startswith("元首", end - 1)
        dated = few or (_FIRST_YEAR <= told.low <= _LAST_YEAR and text.startswith("元旦", end - 1))
    else:
        dated = 1 <= told.low <= _DAY
    return dated and p.day_word.match(text, end - 1) is not None


def _below_zero(text: str, at: int, floor: int, unit: Unit) -> int:
    """How long the sign of a share or temperature below zero is (-5%, 零下20度); 0 where there is none."""
    if unit.id not in _BELOW_ZERO:
        return 0
    if text[at - 2 : at] == "零下" and at - 2 >= floor:
        return 2
    if text[at - 1 : at] in ("-", "负") and at - 1 >= floor and text[at - 2 : at - 1] not in ("%", ")"):
        return 1
    return 0


def _no_quantity(
    text: str, at: int, floor: int, told: Figure, name: str, unit: Unit, table: UnitTable, p: Patterns
) -> bool:
    """Whether the words are a year (2014年), an article (一个), or a numeral inside a word."""
    words = told.text
    before = p.before.search(text, max(floor, at - 9), at)
    if name == "年":
        digits = words.isdigit() and words.isascii()
        if p.era.search(text, max(0, at - 14), at):
            return True  # 民国114年
        return (digits and (len(words) == 4 or words[0] == "0")) or words in _BARE_YEARS
    if unit.article and words == "一":
        return True
    if text[at - 1 : at] == "每" and words in _BARE_COUNTS:
        return True  # 每千立方米: what a rate is of
    if unit.kind == "counter" and words in _BARE_COUNTS and not (name in _FIRM and words in ("千", "百", "万")):
        return text[at - 1 : at] != "上" and not before
    if name == "国" and (not _FEW <= told.low <= _ALL or (not before and table.in_idiom(text, at, told.end))):
        return True  # 两国, 20国集团, but 逾20国代表
    if told.low < unit.least and isinstance(told.low, int):
        return True
    if not "0" <= text[at] <= "9" and text[at - 2 : at] != "每周" and table.in_idiom(text, at, max(told.end, at + 1)):
        return True
    if text[at - 1 : at] == "前" and name == "名":
        return True  # 前十名: the first ten
    return text[at - 1 : at] == "第" or (name == "升" and text[at - 1 : at] == "连")  # 连3升: three rises


def _money(
    text: str, span: tuple[int, int], floor: int, table: UnitTable, p: Patterns, name: str, unit: Unit, told: Figure
) -> QuantityHit | None:
    """Money by its name, by a name before the number (新台币30亿元), with its parts (三元五角)."""
    start, end = span
    code = table.loose.get(name) or code_of(text, start, name, unit, table)
    if code is None:
        return None
    low, after = parts(text, end, told.low, code, p, table) if told.high is None else (told.low, end)
    if name in table.loose and after == end and not spent(text, start, end, p):
        return None
    if unit.worth != 1:
        low = tidy(Decimal(str(told.low)) * Decimal(str(unit.worth)))
        high = None if told.high is None else tidy(Decimal(str(told.high)) * Decimal(str(unit.worth)))
        told = told._replace(high=high)
    told = told._replace(low=low)
    before = p.money_before.search(text, max(floor, start - 6), start) if name == "元" else None
    if before:
        code, start = table.before[before[1]], before.start()
        return make_hit(text, (start, after), floor, p, code, told, "money.before", "thing of")
    rule = "money.yuan" if name == "元" else "money"
    return make_hit(text, (start, after), floor, p, code, told, rule, "thing of")
