"""Named occasions in English text (Christmas Eve, the Munich Security Conference), by year, nearness or last and next.

The names are those of the calendar's table; they are found by tokens, so that a text is looked through once.
"""

from __future__ import annotations

from datetime import date as day_of
from functools import lru_cache

from attache.read.time import calendar
from attache.read.time import occasion as shared
from attache.read.time.calendar import Stretch
from attache.read.time.en.figures import year_at
from attache.read.time.en.text import Text
from attache.read.time.en.when import When
from attache.read.time.en.words import PLAIN_WORDS, RELATIVE
from attache.read.time.hit import Anchor
from attache.read.time.point import NO_ANCHOR, Context, Lean, Read, Reading
from attache.read.time.table import Named, TimeTable

Names = dict[str, list[tuple[list[str], Named]]]


@lru_cache(maxsize=4)
def names(table: TimeTable) -> Names:
    """Return the names by their first token, the longest first."""
    known: Names = {}
    for name, named in table.names["en"].items():
        text = Text(name)
        words = text.words[: text.count]
        known.setdefault(words[0], []).append((words, named))
    for entries in known.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return known


def occasion(t: Text, i: int, known: Names) -> tuple[When, int, int] | None:
    """Return the occasion named at token i, where it ends, and where the words that belong to it begin."""
    for words, named in known.get(t.words[i], ()):
        end = i + len(words)
        if t.words[i:end] != words and [word.replace("’", "'") for word in t.words[i:end]] != words:
            continue
        if (t.kinds[end] == "w" and t.glued[end]) or (words[0] in PLAIN_WORDS and not t.capital(i)):
            continue
        return _settled(t, i, end, named)
    return None


def _settled(t: Text, i: int, end: int, named: Named) -> tuple[When, int, int] | None:
    before, start = t.before(i), i
    year: int | None = None
    offset: int | None = None
    value = t.number(i - 1) if i else None
    if value is not None and len(before) == 4 and 1000 <= value <= 2999:
        year, start = value, i - 1
    elif found := year_at(t, end):
        told, after = found
        year, offset = (told.value, None) if told.base == "given" else (None, told.value)
        end = after
    pick = RELATIVE.get(before, 0) if before in ("last", "next", "previous", "following", "coming") else 0
    if pick:
        start = i - 1
    if named.edition is None and named.occasion.near == 0 and year is None:
        return None

    def read(ref: day_of | None, at: Context, lean: Lean) -> Reading:
        if offset is not None:
            return _by_year(named, ref.year + offset, ref, at) if ref else NO_ANCHOR
        if pick and ref is None:
            return NO_ANCHOR
        if pick and ref and named.edition is None:
            near = [_by_year(named, ref.year + step, ref, at) for step in (-1, 0, 1)]
            days = [one.days for one in near if isinstance(one, Read)]
            if pick > 0 and (later := [one for one in days if one.lo > ref]):
                return Read(later[0], "anchor")
            if pick < 0 and (past := [one for one in days if one.hi < ref]):
                return Read(past[-1], "anchor")
        return _by_year(named, year, ref, at, lean)

    when = When(read, f"occasion.{named.occasion.id}", kind="occasion", one_day=True)
    return when, end, start


def _by_year(named: Named, year: int | None, ref: day_of | None, at: Context, lean: Lean = None) -> Reading:
    """Return the days of an occasion as the common reader of occasions tells them."""
    anchor = Anchor(ref.isoformat() if ref else None, "")
    hit, _ = shared.settle_plain(named, "", (0, 0), year, anchor, lean, at)
    if hit.edtf is None:
        return hit.unsure or NO_ANCHOR
    lo, hi = calendar.bounds(hit.edtf)
    if lo is None or hi is None:
        return NO_ANCHOR
    return Read(_grained(hit.edtf, lo, hi), "anchor" if hit.anchor else None)


def _grained(edtf: str, lo: day_of, hi: day_of) -> Stretch:
    fine = len(edtf.partition("/")[0].rstrip("~")) == 10
    return Stretch(lo, hi) if fine else Stretch(lo, hi, "month", "month")
