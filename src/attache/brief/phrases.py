"""Dates, figures and quoted words in the words of a language."""

from __future__ import annotations

import re

from attache.brief.wording import Wording, fill
from attache.lexicon.fold import fold
from attache.record import Quantity

_ATOM = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?([~?%]?)")
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?")
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
_EDGES = " ，。；：、,;"
# from here a quotation is cut in a sentence; its footnote has it whole
LONGEST = 44


def safe(text: str) -> str:
    """Text on one line, without control characters and marks that turn the direction of writing."""
    return _UNSAFE.sub(" ", text)


def clean(text: str) -> str:
    """Words of a page on one line, safe to print, without blanks around them."""
    return safe(text).strip()


def simplified(text: str) -> str:
    """Words of a page as a report prints them unquoted: simplified script, one width."""
    return clean(fold(text).text)


def quoted(text: str, wording: Wording) -> str:
    """Words of a page in quotation marks, cut where they are long."""
    words = clean(text).strip(_EDGES)
    if len(words) > LONGEST:
        words = fill(wording.quote["cut"], words=words[:LONGEST].rstrip(_EDGES))
    return fill(wording.quote["inner" if "“" in words or "”" in words else "mark"], words=words)


def _atom(text: str, wording: Wording, short: bool = False) -> str | None:
    """One EDTF date in words, None if it is none of year, month or day."""
    match = _ATOM.fullmatch(text)
    if not match:
        return None
    year, month, day, mark = match.groups()
    if month and not 1 <= int(month) <= 12:
        return None
    w = wording.date
    grain = "day" if day else "month" if month else "year"
    template: str = getattr(w, f"{grain}_short" if short and month else grain)
    name = w.months[int(month) - 1] if month else ""
    words = fill(template, y=int(year), m=int(month or 0), d=int(day or 0), month=name)
    return fill(w.about, date=words) if mark and not short else words


def date_words(edtf: str, wording: Wording) -> str:
    """An EDTF date, moment or interval in words; one in a form that is not known here is printed as it is."""
    w = wording.date
    first, slash, last = edtf.partition("/")
    if moment := _MOMENT.fullmatch(edtf):
        zone = " UTC" if moment[3] == "Z" else f" UTC{moment[3]}" if moment[3] else ""
        return fill(w.moment, date=_atom(moment[1], wording) or moment[1], clock=moment[2] + zone)
    if not slash or first == last:
        return _atom(first, wording) or edtf
    if last in ("", ".."):
        one = _atom(first, wording)
        return fill(w.since, date=one) if one else edtf
    if first in ("", ".."):
        one = _atom(last, wording)
        return fill(w.until, date=one) if one else edtf
    about = first[-1:] in "~?%" or last[-1:] in "~?%"
    ends = [first.rstrip("~?%"), last.rstrip("~?%")]
    same = ends[0][:4] == ends[1][:4]
    words = [_atom(end, wording, same and w.short == which) for end, which in zip(ends, ("first", "last"), strict=True)]
    if words[0] is None or words[1] is None:
        return edtf
    both = fill(w.range, first=words[0], last=words[1])
    return fill(w.about, date=both) if about else both


def _number(value: float, wording: Wording) -> str:
    """A number with a word for its thousands where that is exact to four decimals."""
    w = wording.figure
    for name, size in w.scales:
        share = round(value / size, 4)
        if abs(value) >= size and abs(share * size - value) < 1e-6 * size:
            return fill(w.scale, number=f"{share:,.4f}".rstrip("0").rstrip(".").replace(",", w.group), scale=name)
    text = f"{value:,}" if isinstance(value, int) else f"{value:,.4f}".rstrip("0").rstrip(".")
    return text.replace(",", w.group)


def figure_words(quantity: Quantity, wording: Wording) -> str:
    """A figure with its bound; in the page's own words where its value or unit cannot be put into ours."""
    if quantity.value is None or (quantity.unit is not None and quantity.unit not in wording.unit):
        return quoted(quantity.text, wording)
    unit = wording.unit[quantity.unit] if quantity.unit else ""

    def amount(value: float) -> str:
        return fill(wording.figure.amount, number=_number(value, wording), unit=unit).strip()

    high = amount(quantity.high) if quantity.high is not None else ""
    bound = quantity.bound if quantity.bound != "between" or high else "at least"
    low = _number(quantity.value, wording) if bound == "between" else amount(quantity.value)
    words = fill(wording.bound[bound], amount=low, high=high)
    if quantity.what and quantity.what not in words:
        words = fill(wording.figure.what, amount=words, what=simplified(quantity.what))
    return words
