"""How alike two stretches of text are: shared pairs of neighbouring words, and MinHash for whole pages.

Text is folded first, so both scripts of Chinese and all widths of letters meet. A word is one Chinese character, or one
run of other letters or digits.
"""

from __future__ import annotations

import re
import struct
from functools import lru_cache
from operator import eq

from rensa import RMinHash

from attache.lexicon.fold import fold

PERMUTATIONS = 128  # of a page's signature: a resemblance is told to within about .04
SEED = 20260101  # of all signatures; another one makes kept signatures useless
_WORD = re.compile(r"[㐀-鿿]|[^\W_㐀-鿿]+")


def words(text: str) -> list[str]:
    """The words of folded text in order, small letters, punctuation left out."""
    return _WORD.findall(fold(text).text.lower())


def grams(found: list[str], size: int = 2) -> frozenset[str]:
    """Runs of ``size`` neighbouring words; of a shorter text the whole as one."""
    if len(found) < size:
        return frozenset([" ".join(found)] if found else [])
    return frozenset(map(" ".join, zip(*(found[i:] for i in range(size)), strict=False)))


def near(one: frozenset[str], two: frozenset[str]) -> float:
    """Dice's coefficient of two sets, 0 to 1."""
    total = len(one) + len(two)
    return 2 * len(one & two) / total if total else 0.0


def within(one: frozenset[str], two: frozenset[str]) -> float:
    """Share of the smaller set that stands in the larger, 0 to 1."""
    least = min(len(one), len(two))
    return len(one & two) / least if least else 0.0


def hashes(found: frozenset[str], count: int) -> list[int]:
    """A MinHash of a set: ``count`` numbers of 32 bits."""
    sketch = RMinHash(num_perm=count, seed=SEED)
    sketch.update(sorted(found))
    return list(sketch.digest())


def signature(text: str) -> tuple[bytes, int]:
    """MinHash of a page's runs of three words, as little-endian numbers of 32 bits, and how many runs there are."""
    found = grams(words(text), 3)
    return struct.pack(f"<{PERMUTATIONS}I", *hashes(found, PERMUTATIONS)), len(found)


@lru_cache(maxsize=4096)
def unpacked(sketch: bytes) -> tuple[int, ...]:
    """The numbers of a signature."""
    return struct.unpack(f"<{len(sketch) // 4}I", sketch)


def resemblance(one: bytes, two: bytes) -> float:
    """Share of runs that two texts have in common of all that they have, guessed from their signatures; 0 to 1."""
    alike: int = sum(map(eq, unpacked(one), unpacked(two)))
    return alike * 4 / len(one)


def shared(one: bytes, many: int, two: bytes, more: int) -> float:
    """Share of the shorter text's runs that stand in the longer one, guessed from signatures and counts; 0 to 1."""
    alike = resemblance(one, two)
    least = min(many, more)
    return min(1.0, alike / (1 + alike) * (many + more) / least) if least else 0.0
