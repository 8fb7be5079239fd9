"""Figures in sentences: how many are read right, and how fast, beside what others do with the same sentences.

The lent specs (``shared/data/time/specs``) are Recognizers-Text's for Chinese: a sentence and each number, percentage
or sum of money in it. A mention counts as read where the hit that overlaps it most has its value (to a billionth) and,
for money, its currency; of a range that ends with the mention, the upper end. Silence is wrong. Left out are the
cases that the suite's own runner in Python leaves out, and names of currencies without a number. "Left alone" are
sentences in which the specs find nothing and we find nothing.

Peers that are not installed are left out, and said so: ``make bench`` installs those that the package index has.
"""

from __future__ import annotations

import contextlib
import io
import json
import logging
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from reading import SENTENCE, pages, show, timed

from attache.lexicon.fold import fold, script_table
from attache.lexicon.load import HOME
from attache.read.quantity.find import find_quantities, load_units
from attache.read.quantity.numbers import find_numbers

SPECS = Path(__file__).parents[2] / "shared" / "data" / "time" / "specs"
SUITES = {
    "numbers": "Number/Chinese/NumberModel.json",
    "percentages": "Number/Chinese/PercentModel.json",
    "money": "NumberWithUnit/Chinese/CurrencyModel.json",
}
CLOSE = 1e-9  # relative difference under which two values are the same
ROUNDS = 3
UNITS = load_units(HOME)
# What the specs call by name where they give no code, and what we print for it.
NAMES = {"Dollar": "USD", "Bitcoin": "bitcoin"}


class Reading(NamedTuple):
    """A value that a reader finds in a stretch; ``high`` of a range; ``unit``: "percent", a currency, or None."""

    start: int
    end: int
    value: float
    high: float | None
    unit: str | None


Peer = Callable[[str], Iterable[Reading]]


class Score(NamedTuple):
    """Mentions read right and all; sentences without a mention left alone and all; cases left out; what is wrong."""

    right: int
    total: int
    alone: int
    empty: int
    left_out: int
    wrong: list[str]


def cases(suite: str) -> tuple[list[dict[str, Any]], int]:
    """The cases of a suite that its runner in Python takes, and how many it leaves out."""
    rows = json.loads((SPECS / SUITES[suite]).read_bytes().decode("utf-8-sig"))
    kept = [row for row in rows if "python" not in row.get("NotSupported", "")]
    return kept, len(rows) - len(kept)


def wanted(mention: dict[str, Any]) -> tuple[float | None, str | None]:
    """Value and currency of a mention; None for a currency's bare name, or where there is no currency."""
    gold = mention["Resolution"]
    value = gold.get("value")
    unit = gold.get("isoCurrency") or NAMES.get(gold.get("unit"), gold.get("unit"))
    return (None if value is None else float(value.rstrip("%"))), unit


def same(got: float | None, want: float) -> bool:
    """Whether two values are one to a billionth."""
    return got is not None and abs(got - want) <= CLOSE * max(abs(want), CLOSE)


def score(peer: Peer, suite: str) -> Score:
    """What a reader makes of a suite."""
    right = total = alone = empty = 0
    wrong: list[str] = []
    kept, left_out = cases(suite)
    for case in kept:
        found = list(peer(case["Input"]))
        if not case["Results"]:
            empty += 1
            alone += not found
            if found:
                wrong.append(f"{case['Input'][:70]} | nothing | {found}")
        for mention in case["Results"]:
            value, unit = wanted(mention)
            if value is None:
                continue
            total += 1
            first, last = mention["Start"], mention["End"] + 1
            over = [(min(r.end, last) - max(r.start, first), r) for r in found]
            most = max((shared for shared, _ in over), default=0)
            best = [r for shared, r in over if shared == most > 0]
            good = any(
                (same(r.value, value) or (r.end == last and same(r.high, value)))
                and (suite != "money" or r.unit == unit)
                for r in best
            )
            right += good
            if not good:
                wrong.append(f"{case['Input'][:70]} | {mention['Text']} = {value} {unit or ''} | {best}")
    return Score(right, total, alone, empty, left_out, wrong)


def numbers(text: str) -> Iterable[Reading]:
    """Our bare numerals."""
    folded = fold(text)
    for hit in find_numbers(folded.text, UNITS):
        yield Reading(*folded.original(hit.start, hit.end), hit.value, hit.high, None)


def quantities(kinds: Callable[[str], bool], shares: dict[str, float]) -> Peer:
    """Our quantities of some units; ``shares``: what one of a unit is in percent."""

    def peer(text: str) -> Iterable[Reading]:
        folded = fold(text)
        for hit in find_quantities(folded.text, UNITS):
            if hit.value is not None and hit.unit and kinds(hit.unit):
                size = shares.get(hit.unit, 1)
                high = None if hit.high is None else hit.high * size
                yield Reading(*folded.original(hit.start, hit.end), hit.value * size, high, hit.unit)

    return peer


SHARES = {"percent": 1.0, "percentage point": 1.0, "per mille": 0.1}
MONEY = {unit.id for unit in UNITS.units.values() if unit.kind == "money"} | {"bitcoin"}
OURS: dict[str, Peer] = {
    "numbers": numbers,
    "percentages": quantities(SHARES.__contains__, SHARES),
    "money": quantities(MONEY.__contains__, {}),
}


def jionlp_money() -> Peer | None:
    """JioNLP's reader of money; None where it is not installed."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            import jionlp  # noqa: PLC0415
    except ImportError:
        return None
    logging.disable(logging.CRITICAL)  # it logs what it cannot parse

    def peer(text: str) -> Iterable[Reading]:
        found: list[dict[str, Any]] = []
        with contextlib.suppress(Exception):
            found = jionlp.ner.extract_money(text, with_parsing=True)
        for one in found:
            detail = one["detail"]
            ends = detail["num"] if isinstance(detail["num"], list) else [detail["num"], None]
            start, end = one["offset"]
            name = fold(detail["case"] or "").text
            unit = UNITS.units[name].id if name in UNITS.units else name
            yield Reading(start, end, float(ends[0]), ends[1] and float(ends[1]), unit)

    return peer


def row(name: str, told: Score) -> None:
    """Print a row of a suite."""
    share = told.right / max(told.total, 1)
    print(f"{name:34}{told.right:>6}/{told.total:<6}{share:8.3f}{told.alone:>8}/{told.empty:<6}{told.left_out:>8}")


def accuracy() -> None:
    """Print how many mentions are read right; with a suite's name as argument, those that are not."""
    if not SPECS.exists():
        print(f"skipped: the specs, as {SPECS} is absent")
        return
    print(f"{'read right':34}{'mentions':>10}{'share':>11}{'left alone':>15}{'left out':>9}")
    for suite, ours in OURS.items():
        told = score(ours, suite)
        row(f"attache, {suite}", told)
        if suite in sys.argv:
            print("\n".join(told.wrong))
    peer = jionlp_money()
    if peer:
        row("JioNLP, money", score(peer, "money"))
    else:
        print("JioNLP is not installed: make bench")


def speed() -> None:
    """Print sentences a second on one core, beside jieba's segmentation of the same."""
    script = script_table()
    sentences = [fold(sentence, script).text for text in pages() for sentence in SENTENCE.findall(text)]
    size, characters = len(sentences), sum(map(len, sentences))
    print(f"\n{size:,} sentences, folded, {characters:,} characters")
    print(f"{'one core':34}{'sentences/s':>12}{'characters/s':>14}{'ratio':>8}")
    base = None
    try:
        import jieba  # noqa: PLC0415  (a peer: only where it is installed)

        jieba.setLogLevel(logging.ERROR)
        jieba.initialize()
        seconds = timed(lambda: [list(jieba.cut(sentence)) for sentence in sentences])
        base = show("jieba, segmentation only", size, characters, seconds, None)
    except ImportError:
        print("jieba is not installed: make bench")
    for name, run in (
        ("attache, quantities", lambda: [find_quantities(sentence, UNITS) for sentence in sentences]),
        ("attache, bare numerals", lambda: [find_numbers(sentence, UNITS) for sentence in sentences]),
    ):
        show(name, size, characters, min(timed(run) for _ in range(ROUNDS)), base)


if __name__ == "__main__":
    accuracy()
    speed()
