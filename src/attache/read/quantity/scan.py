"""One numeral at a place of a text, whatever it is written in: 3,500 · 7万5千4百 · 三百五 · 贰拾萬 · 十几万 · 五百余万.

``scan`` reads token by token and stops where the next one does not go on with the numeral, so that 五十千 is 50 and
一千零十二章一千 begins with 1,012. It is bounded: at most ``TOKENS`` tokens, 18 digits in a row, two spaces between.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

Value = int | float

TOKENS = 24
_PLAIN = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟俩仨弐参〇零两", "一二三四五六七八九十百千二三二三00二")
_DIGITS = {digit: value for value, digit in enumerate("0一二三四五六七八九")}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8, "兆": 10**12}
_TENS = {"廿": 20, "卅": 30}
_LETTERS = {"k": 10**3, "K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}
ZH_DIGITS = "〇零一二两三四五六七八九壹贰叁肆伍陆柒捌玖俩仨"
ZH_SCALES = "十百千万亿兆拾佰仟"
ZH = f"{ZH_DIGITS}{ZH_SCALES}廿卅"
_POINT_DIGITS = ZH_DIGITS.replace("两", "").replace("俩", "").replace("仨", "")
# Full-width points and commas fold to · and ，; both stand in figures on pages that are set in full width.
ARABIC = r"(?:[0-9]{1,3}(?:[,，][0-9]{3}){1,6}|[0-9]{1,18})(?:[.·][0-9]{1,15})?(?![0-9]|[.·,][0-9])"
_TOKEN = re.compile(
    rf"(?P<gap> {{0,2}})(?:(?P<arabic>{ARABIC})|(?P<run>[{ZH_DIGITS}]{{1,13}})"
    rf"|(?P<some>几(?!内亚|何|乎)|数(?![据字学量目额值码控论]))"
    rf"|(?P<scale>[{ZH_SCALES}])|(?P<tens>[廿卅])|(?P<more>[多余来]) ?(?=[{ZH_SCALES}]))"
)
_POINT = re.compile(rf" ?点 ?([{_POINT_DIGITS}]{{1,12}})(?![{ZH_DIGITS}]|[十拾])((?: ?[万亿兆]){{0,2}})")
# Most numerals: figures alone, or one Chinese digit. What could go on is left to the long way.
_SHORT = re.compile(rf"(?:[0-9]{{1,18}}|[一二两三四五六七八九])(?![0-9,，.· 多余来几数点kKMGT{ZH}])")
_LETTER = re.compile(r" ?([kKMGT])(?![0-9A-Za-z])")


def tidy(value: Decimal) -> Value:
    """Return an int where the value is whole, else a float."""
    return int(value) if value == value.to_integral_value() else float(value)


class Numeral(NamedTuple):
    """A numeral read: ``low`` alone, or a range up to ``high``.

    ``floor`` is what is told for sure: 20 of 二十几, where ``low`` is 21. ``factor`` is the product of its large
    multipliers. ``more``: 多 or 余 stand inside it. ``scaled``: it has a multiplier from 万 up, or any after figures.
    """

    low: Value
    high: Value | None
    floor: Value
    end: int
    more: bool
    scaled: bool
    factor: int
    arabic: bool


class _Token(NamedTuple):
    """``kind`` is number, some, scale, tens (廿) or zero; ``high`` differs from ``value`` in 两三 and 几."""

    kind: str
    value: Decimal
    high: Decimal
    exact: bool  # of more than one digit, or behind 零: never clipped (三万五)
    end: int
    figures: bool = False


def scan(text: str, at: int) -> Numeral | None:
    """Return the numeral that begins at ``at``; None where none does, or where it is too long to be one."""
    if short := _SHORT.match(text, at):
        figures = short[0].isascii()
        value = int(short[0]) if figures else _DIGITS[short[0].translate(_PLAIN)]
        return Numeral(value, None, value, short.end(), False, False, 1, figures)
    tokens, more = _tokens(text, at)
    if not tokens:
        return None
    end = tokens[-1].end
    if len(tokens) >= TOKENS:
        return None
    low, factor = _value(tokens, "low")
    arabic = "0" <= text[at] <= "9" or text[at] == "."
    vague = any(token.kind == "some" for token in tokens)
    high = _value(tokens, "high")[0] if vague or any(t.high != t.value for t in tokens) else None
    floor = _value(tokens, "floor")[0] if vague else low
    if vague and high is not None:
        high -= 1
    if not arabic and high is None and (point := _POINT.match(text, end)):
        low += Decimal("0." + "".join(str(_DIGITS[c]) for c in point[1].translate(_PLAIN)))
        for char in point[2].replace(" ", ""):
            factor *= _LARGE[char]
            low *= _LARGE[char]
        floor, end = low, point.end()
    if arabic and len(tokens) == 1 and (letter := _LETTER.match(text, end)):
        low, end, factor = low * _LETTERS[letter[1]], letter.end(), _LETTERS[letter[1]]
        floor = low
    scaled = factor > 1 or (arabic and len(tokens) > 1)
    if high is not None and high <= max(low, floor):
        return None  # 亿数万: no number
    top = None if high is None else tidy(high)
    return Numeral(tidy(low), top, tidy(floor), end, more, scaled, factor, arabic)


def _tokens(text: str, at: int) -> tuple[list[_Token], bool]:
    """Return the tokens of the numeral, as far as they go on, and whether 多 or 余 stand between them."""
    tokens: list[_Token] = []
    pos, more, small = at, False, 10**6  # small: the last multiplier below 万 in this section
    while len(tokens) < TOKENS and (match := _TOKEN.match(text, pos)):
        before = tokens[-1] if tokens else None
        if match["gap"] and before is None:
            break
        if match["more"]:
            if before is None or more:
                break
            more, pos = True, match.end()
            continue
        if match["scale"] or match["tens"]:
            char = (match["scale"] or match["tens"]).translate(_PLAIN)
            unit = _SMALL.get(char, 0)
            dozens = unit == 10 and len(tokens) == 1 and text.startswith("百", at)  # 百十来人
            if unit and before and not dozens and not _goes_on(before, unit, small, more):
                if before.kind in ("number", "some") and len(tokens) > 1 and unit >= small:
                    tokens.pop()  # 五百三千: the 三 belongs to what follows
                break
            value = Decimal(unit or _LARGE.get(char) or _TENS[char])
            kind = "tens" if char in _TENS else "scale"
            small = unit or (10 if char in _TENS else 10**6)
            tokens.append(_Token(kind, value, value, False, match.end()))
        else:
            token = _number(text, match, tokens)
            if token is None:
                break
            if token.kind == "some" and before and before.figures:
                small = 10 ** (len(str(before.value)) - len(str(before.value).rstrip("0")))  # 1000几百
            tokens.append(token)
        pos = match.end()
    while tokens and tokens[-1].kind == "zero" and len(tokens) > 1:
        tokens.pop()
    return tokens, more


def _goes_on(before: _Token, unit: int, small: int, more: bool) -> bool:
    """Whether a multiplier below 万 goes on after a token: it must fall within its section."""
    if before.kind == "scale":
        return before.value >= 10**4 or more  # 一万千 is odd, but no nonsense; 五十千 is
    row = not before.figures and before.value == before.high >= 10  # 三三十
    return unit < small and not (row and before.kind == "number")


def _number(text: str, match: re.Match[str], tokens: list[_Token]) -> _Token | None:
    """Return the token of a number within a numeral; None where it does not go on with what stands before it."""
    before = tokens[-1] if tokens else None
    fits = before is None or before.kind in ("scale", "zero", "tens")
    end = match.end()
    if match["some"]:
        # 10几人: 几 alone, as 2020数 may begin 数据
        round_figures = before and before.figures and len(tokens) == 1 and match[0] == "几" and not before.value % 10
        return _Token("some", Decimal(2), Decimal(10), False, end) if fits or round_figures else None
    if not match["arabic"]:
        return _run(match, tokens) if fits and (before is None or before.kind != "zero") else None
    written = match["arabic"].replace(",", "").replace("，", "").replace("·", ".")
    value = Decimal(written)
    if tokens:
        # 3万4000, 7万 5千: figures go on after figures, with less than the last multiplier is worth
        unit = next((token.value for token in reversed(tokens) if token.kind == "scale"), Decimal(0))
        apart = match["gap"] and text[end : end + 2].strip(" ")[:1] not in tuple(ZH_SCALES)
        if not fits or apart or "." in written or value >= unit or tokens[0].kind != "number" or not tokens[0].figures:
            return None
    return _Token("number", value, value, len(written) > 1, end, True)


def _run(match: re.Match[str], tokens: list[_Token]) -> _Token | None:
    """Return the token of a run of Chinese digits: one digit, 零 before one, neighbours (两三), or a row (二〇二五)."""
    run, end = match["run"].translate(_PLAIN), match.end()
    digits = [Decimal(_DIGITS[c]) for c in run.lstrip("0") or "0"]
    if run == "0":
        return _Token("zero", Decimal(0), Decimal(0), False, end)
    if len(run) == 2 and "0" not in run and (digits[1] - digits[0] == 1 or run == "三五"):
        return _Token("number", digits[0], digits[1], True, end)
    if tokens:
        return _Token("number", digits[0], digits[0], run[0] == "0", end) if len(digits) == 1 else None
    if match["run"] in ("两两", "俩俩", "仨仨"):
        return None
    value = Decimal("".join(str(_DIGITS[c]) for c in run))
    return _Token("number", value, value, len(run) > 1, end)


def _value(tokens: list[_Token], which: str) -> tuple[Decimal, int]:
    """Return the value of a row of tokens, and the product of its large multipliers.

    ``which``: "low", "high" (几 as ten, so that one less is its most) or "floor" (几 after a ten as nothing).
    """
    total = section = Decimal(0)
    digit: Decimal | None = None
    factor, unit, loose = 1, Decimal(1), True
    for i, token in enumerate(tokens):
        value = token.high if which == "high" else token.value
        if token.kind == "scale" and value < 10**4:
            section += (Decimal(1) if digit is None else digit) * value
            digit, unit, loose = None, value, True
        elif token.kind == "scale":
            alone = digit is None and section == 0  # 万 of 一万亿
            section += digit or 0
            factor *= int(value)
            if alone:
                total = (total or Decimal(1)) * value
            else:
                total = total + section * value if not total or value < total else (total + section) * value
            section, digit, unit, loose = Decimal(0), None, value, True
        elif token.kind == "zero":
            loose = False
        elif token.kind == "tens":
            section, unit = section + value, Decimal(10)
        elif token.kind == "some" and i > 0:
            section += digit or 0  # 10几
            digit, loose = value if which == "high" else Decimal(0 if which == "floor" else 1), False
        else:
            digit, loose = value, loose and not token.exact
    if digit is not None:
        section += digit * (unit / 10 if loose and unit >= 100 and digit < 10 else 1)
    return total + section, factor
