"""Rows: the lines of a capture with what their words, dates and punctuation say, before they are labelled."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from attache.lexicon.fold import fold
from attache.read.page.capture import CaptureRead
from attache.read.page.dates import Dated, find_dates, find_yearless, without_dates
from attache.read.page.html import Line
from attache.read.page.words import Found, PageWords, normal
from attache.record import PartKind

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]+")
_TRIM = (
    " \t\r\n\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
)
_TRIM += "\u2028\u2029\u202f\u205f\u3000\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
_HAN = re.compile("[㐀-鿿]")
# A full stop: the ideographic one, or a point after a word that is no decimal point.
_STOP = re.compile(r"。|[㐀-鿿\"”’)\]%]\.(?![\d.])|[a-z0-9\"”’)]\.(?=[\s\"”’)]|$)")
_FINAL = re.compile(r"(?:[。!?…;:~]|(?<=[^\s.])\.|,)[\"”’)\]》」』]*$")
_AGENCY_END = re.compile(r"\((?:完|记者.{0,20}|(?:编辑|译者|编译|核稿|实习编译).{0,40})\)\s*\d{0,7}$")
_STAMP_WORDS = re.compile(
    r"发布时间|发表时间|更新时间|发布日期|发稿时间|首次发表|最后更新|最新更新|出版日期|发布于|更新于|发表于|发布|更新|"
    r"发表|时间|日期|published|updated|posted|last|first|date|on|at|edited|modified|\bam\b|\bpm\b"
)
_NOTHING = re.compile(r"[\s:|·,.\-—/()\[\]>]*")


@dataclass(slots=True)
class Row:
    """One line that is not blank. ``start``/``end`` are trimmed; ``text`` is its normal form, ``size`` its length."""

    line: Line
    start: int
    end: int
    text: str
    han: bool
    raw: str = ""  # as it stands, trimmed, without invisible characters
    cue: Found | None = None
    dates: list[Dated] = field(default_factory=list)
    bare: bool = False  # nothing but a date
    prose: bool = False  # running text: sentences
    final: bool = False  # closes with a mark that closes a sentence
    kind: PartKind | None = None
    fields: dict[str, str | int | None] = field(default_factory=dict)
    joined: bool = False  # belongs to the part of the row before it
    cut: int = 0  # where a part of another kind begins in it (0: nowhere), of kind ``cut_kind``
    cut_kind: PartKind | None = None

    @property
    def size(self) -> int:
        """Length of its normal form."""
        return len(self.text)

    @property
    def links(self) -> float:
        """Share of its characters that stand in links."""
        return self.line.linked / max(1, self.end - self.start)


def make_rows(read: CaptureRead, words: PageWords) -> list[Row]:
    """Rows of ``read`` in order; blank lines have none."""
    text = read.capture.text
    if not read.lines:
        return []
    # One folding for the whole text: it never changes the number of lines, as lines hold no line ends.
    pieces = [text[line.start : line.end].replace("\n", " ") for line in read.lines]
    folded = fold("\n".join(pieces)).text.split("\n")
    han = bool(_HAN.search(text))
    rows = []
    for line, raw, piece in zip(read.lines, pieces, folded, strict=True):
        plain = normal(piece)
        if not plain:
            continue
        left = len(raw) - len(raw.lstrip(_TRIM))
        start, end = line.start + left, line.start + len(raw.rstrip(_TRIM))
        if start < end:
            rows.append(_examine(Row(line, start, end, plain, han, _INVISIBLE.sub("", text[start:end])), words))
    return rows


def _examine(row: Row, words: PageWords) -> Row:
    text, size = row.text, row.size
    row.final = bool(_FINAL.search(text))
    row.prose = is_prose(row)
    if size <= 400:
        row.cue = words.find(text)
    if size <= 100:
        row.dates = find_dates(text)
        if not row.dates and size <= 40 and (short := find_yearless(text)):
            row.dates = [short]
        if row.dates:
            rest = _STAMP_WORDS.sub("", without_dates(text, row.dates))
            row.bare = bool(_NOTHING.fullmatch(rest))
    if "," in text[-40:] or "," in text[-12:]:
        _cut_suffix(row, words)
    return row


def _cut_suffix(row: Row, words: PageWords) -> None:
    """Mark furniture at the end of a paragraph, as a part of its own."""
    hit = words.suffix.at_end(row.text)
    if hit is not None and len(hit[1]) < row.size:
        row.cut = row.end - len(hit[1])
        row.cut_kind = hit[0].kind
        row.text = row.text[: -len(hit[1])].strip()


def is_prose(row: Row) -> bool:
    """Whether a line is running text: it has sentences, or is long."""
    text, size = row.text, row.size
    if _HAN.search(text):
        if _STOP.search(text) and size >= 8:
            return True
        return (
            size >= 70 or (size >= 24 and row.final and "," in text) or (size >= 30 and bool(_AGENCY_END.search(text)))
        )
    words = text.count(" ") + 1
    return (row.final and words >= 8) or size >= 180


def stops(row: Row) -> int:
    """How many full stops stand in a row."""
    return len(_STOP.findall(row.text))


def clean(raw: str) -> str:
    """Words of a page as a field prints them: no invisible characters, single blanks."""
    return " ".join(_INVISIBLE.sub("", raw).split())
