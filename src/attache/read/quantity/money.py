"""Money: which state's currency a shared name means, and sums in parts (三元五角, 两美元又三美分)."""

from __future__ import annotations

import re
from decimal import Decimal

from attache.read.quantity.patterns import Patterns
from attache.read.quantity.scan import Value, scan, tidy
from attache.read.quantity.table import Unit, UnitTable

_MOST_PARTS = 2
_CLAUSE_END = re.compile(r"[^㐀-鿿0-9A-Za-z]|$|[左上]右?")
_SPENT = 6  # characters before a sum in which a word of spending is looked for
_FAR = 120  # characters before a sum in which its state is looked for


def code_of(text: str, start: int, name: str, unit: Unit, table: UnitTable) -> str | None:
    """Return the code of a currency; a name that several states have goes by the state told nearest before it."""
    shared = table.denominations.get(name)
    if shared is None:
        return unit.id
    heard = text[max(0, start - _FAR) : start]
    # (where it ends, its length, code): 白俄罗斯 goes before 俄罗斯
    told = [
        (heard.rfind(state) + len(state), len(state), code)
        for code, states in shared.of.items()
        for state in states
        if len(state) > 1 and state in heard
    ]
    return max(told)[2] if told else shared.code or shared.id


def parts(text: str, end: int, low: Value, code: str, p: Patterns, table: UnitTable) -> tuple[Value, int]:
    """Return the sum with the parts behind it, and where they end."""
    pattern = p.parts.get(code)
    total, below = Decimal(str(low)), Decimal(1)
    for _ in range(_MOST_PARTS if pattern else 0):
        numeral = scan(text, end + text.startswith("又", end)) if end < len(text) else None
        match = pattern.match(text, numeral.end) if pattern and numeral and numeral.high is None else None
        if numeral is None or match is None:
            break
        worth = Decimal(str(table.parts[code][match[1]]))
        if worth >= below or float(numeral.low) * float(worth) >= below:
            break
        total, below, end = total + Decimal(str(numeral.low)) * worth, worth, match.end()
    return tidy(total), end


def spent(text: str, start: int, end: int, p: Patterns) -> bool:
    """Whether 三块 is money: at the end of a clause, behind a word of spending."""
    return bool(_CLAUSE_END.match(text, end) and p.spend.search(text, max(0, start - _SPENT), start))
