"""Which events are worth comparing: those that share a key. Cost stays near linear because keys are narrow.

Each key holds the kin of a type and one dyad, and one of: the day (two grids of two days, so that neighbours always
meet); a rare figure; a band of the MinHash of its words, of its sentence's or of its page's title, with the fortnight
in which the page was published (two grids, so that a week always meets); a narrower band of its words without a time,
for copies long after and pages that tell no day. That narrow one is a key of an actor alone too, for copies that do not
tell the other side. As the ledger grows by the year, an event meets no more of the others than before.

Whatever `same` would join but no key brings together stays apart, in the batch as in the ledger that grows: keys are
part of the rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b

from attache.ledger.item import Item
from attache.ledger.noun import Denial
from attache.ledger.words import grams, hashes, words

WORD_BANDS, CONTEXT_BANDS, ROWS = 6, 3, 2  # half of the words in common meet with .82, a quarter with .32
COPY_BANDS, COPY_ROWS = 6, 3  # two thirds in common meet with .88, half with .55, a tenth with .006
TITLE_BANDS = 8  # a third of a title in common meets with .96, a sixth with .77
FORTNIGHT = 14
SLOT_BITS = 16  # of a key's 63, for the number of a fortnight since the year 1
QUADS = ("VC", "MC", "VK", "MK")
MOST_DYADS = 6  # of a conference; its dyads come in the order of their codes


def keys(item: Item) -> list[int]:
    """The keys of an event, signed numbers of 64 bits. Two events are compared where they share one."""
    copied = list(_bands("c", item.evidence, COPY_BANDS, COPY_ROWS))
    timed = [
        *_bands("v", item.evidence, WORD_BANDS, ROWS),
        *_bands("w", item.context, CONTEXT_BANDS, ROWS),
        *(_bands("t", item.title, TITLE_BANDS, 1) if item.title else ()),
    ]
    tails = [(tail, 0) for tail in (*copied, *_figures(item))]
    tails += [*_days(item), *((band + time, slot) for band in timed for time, slot in _times(item))]
    heads = [f"{item.quad}|{min(pair)}|{max(pair)}|" for pair in sorted(item.dyads)[:MOST_DYADS]]
    out = [_key(head + tail, slot) for head in heads for tail, slot in tails]
    out += [_key(f"{item.quad}|{one}|{tail}") for one in sorted(item.actors)[:MOST_DYADS] for tail in copied]
    return sorted(set(out))


def denial_keys(denial: Denial) -> list[int]:
    """The keys of a denial that may be about events of other pages: of any kin, its words, each two of its parties."""
    parties = denial.parties[:4]
    about = [grams(words(span.text)) for span in (denial.about or [denial.evidence])]
    said = [band for found in about for band in _bands("c", found, COPY_BANDS, COPY_ROWS)]
    pairs = [(one, two) for one in parties for two in parties if one < two]
    return sorted({_key(f"{quad}|{one}|{two}|{band}") for quad in QUADS for one, two in pairs for band in said})


def _bands(kind: str, found: frozenset[str], bands: int, rows: int) -> Iterator[str]:
    numbers = hashes(found, bands * rows)
    for band in range(bands):
        yield f"{kind}{band}:{numbers[band * rows : (band + 1) * rows]}"


def _times(item: Item) -> list[tuple[str, int]]:
    """The fortnights of publication, by name and number; pages that tell no day meet among themselves."""
    first, last = item.published or (0, FORTNIGHT)
    if last - first >= FORTNIGHT:
        return [("?", 0)]
    one, two = first // FORTNIGHT, (first + FORTNIGHT // 2) // FORTNIGHT
    return [(f"f{one}", one), (f"g{two}", two)]


def _days(item: Item) -> Iterator[tuple[str, int]]:
    if item.first is None or item.last is None:
        return
    for day in range(item.first, item.last + 1):
        yield f"d{day // 2}", day // 2 * 2 // FORTNIGHT
        yield f"e{(day + 1) // 2}", (day + 1) // 2 * 2 // FORTNIGHT


def _figures(item: Item) -> Iterator[str]:
    for value, unit in sorted(item.figures):
        yield f"q{value:g}{unit}"


def _key(text: str, slot: int = 0) -> int:
    """The number of a key. Its upper bits are the fortnight, so that what is new stands together in a large index."""
    digest = int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")
    return (slot % (1 << SLOT_BITS) << (63 - SLOT_BITS)) | digest >> (SLOT_BITS + 1)
