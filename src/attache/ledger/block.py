"""Which events are worth comparing: those that share a key. Cost stays near linear because keys are narrow.

Each key holds the kin of a type and one dyad, and one of: the day (two grids of two days, so that neighbours always
meet), a rare figure, a band of the MinHash of its words or of its sentence's, a word pair of its page's title with the
fortnight of its publication. The words are keys of an actor alone too, for copies that do not tell the other side.
Copies meet in nearly every band; events of one dyad that only have a few words in common meet in none.

Whatever `same` would join but no key brings together stays apart, in the batch
as in the ledger that grows: keys are part of the rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b

from attache.ledger.item import Item
from attache.ledger.noun import Denial
from attache.ledger.words import grams, hashes, words

BANDS, ROWS = 8, 2  # of words: two thirds in common meet with .99, a quarter with .40
CONTEXT_BANDS = 4  # of their sentence's
TITLE_BANDS = 10  # a third of a title in common meets with .98, a sixth with .84
FORTNIGHT = 14
MOST_DYADS = 6  # of a conference; its dyads come in the order of their codes


def keys(item: Item) -> list[int]:
    """The keys of an event, signed numbers of 64 bits. Two events are compared where they share one."""
    dyads = sorted(item.dyads)[:MOST_DYADS]
    said = [*_bands("v", item.evidence), *_bands("w", item.context, CONTEXT_BANDS), *_titles(item)]
    out = []
    for one, two in dyads:
        head = f"{item.quad}|{min(one, two)}|{max(one, two)}|"
        out += [_key(head + tail) for tail in (*said, *_days(item), *_figures(item))]
    for one in sorted(item.actors)[:MOST_DYADS]:
        out += [_key(f"{item.quad}|{one}|{tail}") for tail in _bands("v", item.evidence)]
    return sorted(set(out))


def denial_keys(denial: Denial) -> list[int]:
    """The keys of a denial that may be about events of other pages: of any kin, its words, each two of its parties."""
    parties = denial.parties[:4]
    about = [grams(words(span.text)) for span in (denial.about or [denial.evidence])]
    said = [band for found in about for band in (*_bands("v", found), *_bands("w", found, CONTEXT_BANDS))]
    pairs = [(one, two) for one in parties for two in parties if one < two]
    quads = ("VC", "MC", "VK", "MK")
    return sorted({_key(f"{quad}|{one}|{two}|{band}") for quad in quads for one, two in pairs for band in said})


def _bands(kind: str, found: frozenset[str], bands: int = BANDS) -> Iterator[str]:
    numbers = hashes(found, bands * ROWS)
    for band in range(bands):
        yield f"{kind}{band}:{numbers[band * ROWS : (band + 1) * ROWS]}"


def _titles(item: Item) -> Iterator[str]:
    """Title and time: pages of one week always share a fortnight; those that tell no day meet among themselves."""
    if not item.title:
        return
    first, last = item.published or (0, FORTNIGHT)
    day = first if last - first < FORTNIGHT else None
    times = ["?"] if day is None else [f"f{day // FORTNIGHT}", f"g{(day + FORTNIGHT // 2) // FORTNIGHT}"]
    for band, number in enumerate(hashes(item.title, TITLE_BANDS)):
        for time in times:
            yield f"t{band}:{number}{time}"


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
