"""Which events are worth comparing: those that share a key. Cost stays near linear because keys are narrow.

Each key holds the kin of a type and one dyad, and one of: the day (two grids of two days, so that neighbours always
meet), a rare figure, a band of the words' MinHash. Copies meet in nearly every band; events of the same dyad that only
have a few words in common meet in none. Whatever `same` would join but no key brings together stays apart, in the batch
as in the ledger that grows: keys are part of the rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b

from attache.ledger.item import Item
from attache.ledger.noun import Denial
from attache.ledger.words import grams, hashes, words

BANDS, ROWS = 16, 2  # of the MinHash: a quarter of words in common meets with .64, half with .99
MOST_DYADS = 6  # of a conference; its dyads come in the order of their codes


def keys(item: Item) -> list[int]:
    """The keys of an event, signed numbers of 64 bits. Two events are compared where they share one."""
    dyads = sorted(item.dyads)[:MOST_DYADS]
    said = list(_bands(item.context))
    out = []
    for one, two in dyads:
        head = f"{item.quad}|{min(one, two)}|{max(one, two)}|"
        out += [_key(head + tail) for tail in (*said, *_days(item), *_figures(item))]
    return sorted(set(out))


def denial_keys(denial: Denial) -> list[int]:
    """The keys of a denial that may be about events of other pages: of any kin, its words, each two of its parties."""
    parties = denial.parties[:4]
    said = [band for span in (denial.about or [denial.evidence]) for band in _bands(grams(words(span.text)))]
    pairs = [(one, two) for one in parties for two in parties if one < two]
    quads = ("VC", "MC", "VK", "MK")
    return sorted({_key(f"{quad}|{one}|{two}|{band}") for quad in quads for one, two in pairs for band in said})


def _bands(found: frozenset[str]) -> Iterator[str]:
    numbers = hashes(found, BANDS * ROWS)
    for band in range(BANDS):
        yield f"w{band}:{numbers[band * ROWS : (band + 1) * ROWS]}"


def _days(item: Item) -> Iterator[str]:
    if item.first is None or item.last is None:
        return
    for day in range(item.first, item.last + 1):
        yield f"d{day // 2}"
        yield f"e{(day + 1) // 2}"


def _figures(item: Item) -> Iterator[str]:
    for value, unit in sorted(item.figures):
        yield f"q{value:g}{unit}"


def _key(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)
