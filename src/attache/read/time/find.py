"""Times in a sentence or paragraph: where they stand and what they mean in EDTF.

``find_times`` reads folded text. It never makes a date up: an expression that has no date of its own is
``vague``, and one that cannot be settled has ``edtf`` None and says why in ``unsure``.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from attache.read.time.en import read as english
from attache.read.time.hit import Anchor, Kind, TimeHit
from attache.read.time.point import Context
from attache.read.time.table import TimeTable, load_times
from attache.read.time.zh import read as chinese

__all__ = [
    "NO_CONTEXT",
    "Anchor",
    "Context",
    "Kind",
    "Reading",
    "TimeHit",
    "TimeTable",
    "find_times",
    "load_times",
    "read_times",
]

NO_CONTEXT = Context()
_HAN = re.compile(r"[㐀-鿿]")
_LATIN = re.compile(r"[A-Za-z]")


class Reading(NamedTuple):
    """The hits of one text, in order and without overlap, and the context for the text after it."""

    hits: list[TimeHit]
    context: Context


def find_times(text: str, anchor: Anchor, table: TimeTable, context: Context = NO_CONTEXT) -> list[TimeHit]:
    """Return the times of one sentence or paragraph of folded text, offsets in that text."""
    return read_times(text, anchor, table, context).hits


def read_times(text: str, anchor: Anchor, table: TimeTable, context: Context = NO_CONTEXT) -> Reading:
    """Like ``find_times``; hands on the context, so that 5日 finds its month in the sentence before.

    Hand it on within a paragraph, and start each paragraph with ``NO_CONTEXT``.
    """
    reader = chinese if _mainly_han(text) else english
    return Reading(*reader.read(text, anchor, table, context))


def _mainly_han(text: str) -> bool:
    """Whether Han characters make up at least a quarter of the letters."""
    first = _HAN.search(text)
    if first is None:
        return _LATIN.search(text) is None
    if _LATIN.search(text) is None:
        return True
    return 3 * len(_HAN.findall(text)) >= len(_LATIN.findall(text))
