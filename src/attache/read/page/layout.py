"""The labeller of the article itself: head (title, date, byline) and body (paragraphs, headings, marks, captions).

It works on rows in place; what follows the article is ``tail.py``'s.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from attache.read.page.html import Box
from attache.read.page.rows import Row, stops
from attache.read.page.words import PageWords
from attache.record import PartKind

_NUMBER = re.compile(r"[(第]?\d{1,6}[).、部分]*")
_MARK = re.compile(
    r"(?:part|no|chapter)?[.\s]*[(\[【]?0?(\d{1,3})[)\]】.、/]?|[(]?([一二三四五六七八九十]{1,3})[).、]?|part ([a-z]+)"
)
_DIGITS = {c: i for i, c in enumerate("一二三四五六七八九十", 1)}
_NAME = re.compile(r"[A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|de|van|von|der|al|bin|el)){1,4}|/")
_CRUMB = re.compile(r"\S.{0,20}\s*[>›»]\s*\S")
_NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十]{1,3}\)|第[一二三四五六七八九十]{1,3}[,:、章节部]|\d{1,2}[、.．)](?!\d))\s*\S"
)
_LATIN = re.compile(r"[^㐀-鿿]+")
_WIRED = re.compile(r"\d日|讯|消息|报道|电[)\]]")
_SOURCE = re.compile(r"\([^()]{1,16}\)")
_POINTED = re.compile(r"[(（](?:左|右|中|前|后|左[一二三四]|右[一二三四]|图|圖|前中|左起|前排).{0,3}[)）]")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_ASKS = ("请问", "对此", "那么", "是不是", "难道")
MOST_HEADING = 40
MOST_HEADING_LATIN = 120


def label_head(rows: list[Row], first: int, last: int) -> None:
    """Label the rows between the title and the first paragraph."""
    for index in range(first, last):
        row = rows[index]
        if row.kind is not None:
            continue
        cue = row.cue
        if _is_dateline(row):
            row.kind = "dateline"
        elif _is_count(rows, index):
            row.kind = "share bar"
        elif cue is not None:
            row.kind = cue.kind
            if cue.beside:
                _take_neighbour(rows, index, first, last)
        elif _NAME.fullmatch(row.raw) and row.size <= 60 and not row.final:
            row.kind = "byline"
        elif _CRUMB.match(row.text) and not row.prose:
            row.kind = "navigation"


def _is_dateline(row: Row) -> bool:
    """A line that is a date, with or without the source beside it."""
    if not row.dates or row.prose:
        return False
    return row.bare or row.size - sum(d.end - d.start for d in row.dates) <= 40


def _is_count(rows: list[Row], index: int) -> bool:
    """A bare number beside a share bar."""
    if not _NUMBER.fullmatch(rows[index].text):
        return False
    near = rows[max(0, index - 1) : index] + rows[index + 1 : index + 2]
    return any(row.kind == "share bar" or (row.cue is not None and row.cue.kind == "share bar") for row in near)


def _take_neighbour(rows: list[Row], index: int, first: int, last: int) -> None:
    """Give the line before or after a cue the cue's kind, where it is short enough to belong to it."""
    cue = rows[index].cue
    if cue is None or cue.beside is None:
        return
    step = 1 if cue.beside == "after" else -1
    near = index + step
    if not first <= near < last:
        return
    row = rows[near]
    most = 12 if cue.kind == "byline" else 60
    if row.kind not in (None, "heading", "paragraph") or row.cue is not None or row.dates:
        return
    credit = cue.kind == "caption" and _LATIN.fullmatch(row.text) and row.size <= 40 and row.han
    if row.size > most or (cue.kind == "caption" and stops(row) > 1):
        return
    if row.prose and row.size > 45:
        return
    if (
        row.prose
        and "," in row.text
        and cue.beside == "after"
        and not any(r.kind == "paragraph" or r.prose for r in rows[first:index])
    ):
        return  # under the first picture stands the lead, not a caption
    row.kind = cue.kind
    if credit and near + 1 < last:
        # A picture's agency on its own line may be followed by what the picture shows.
        after = rows[near + 1]
        if after.kind is None and after.cue is None and 12 <= after.size <= 40 and not after.prose:
            after.kind = "caption"


def label_body(
    rows: list[Row],
    first: int,
    last: int,
    words: PageWords,
    *,
    boxes: tuple[Box, ...] = (),
    kinds: Sequence[PartKind | None] = (),
) -> None:
    """Label the rows of the article in [first, last). ``kinds``: per box what its markup says."""
    for index in range(first, last):
        if rows[index].kind is None:
            _label_by_evidence(rows, index, words, boxes, kinds)
    _label_sections(rows, first, last)
    for index in range(first, last):
        row = rows[index]
        if row.cue is not None and row.cue.beside and row.kind == row.cue.kind:
            _take_neighbour(rows, index, first, last)
    label_marks(rows, first, last)
    _label_leads(rows, first, last)
    _label_short(rows, first, last, words)
    for index, row in enumerate(rows[first:last], first):
        if row.kind is None:
            row.kind = "paragraph"
        elif row.kind == "byline" and _SOURCE.fullmatch(row.text) and any(_is_text(r) for r in rows[index + 1 : last]):
            row.kind = "caption"  # a source in brackets amid the text is that of a picture


def _is_text(row: Row) -> bool:
    return row.prose and row.kind in (None, "paragraph")


def _label_by_evidence(
    rows: list[Row], index: int, words: PageWords, boxes: tuple[Box, ...], kinds: Sequence[PartKind | None]
) -> None:
    """What markup, links and cue words say of a row of the article."""
    row = rows[index]
    box = row.line.box
    if box >= 0:
        kind = kinds[box]
        if (
            kind is not None
            and (kind != "byline" or (row.size <= 60 and not row.prose))
            and (kind != "caption" or row.size <= 160)
        ):
            row.kind = kind
            return
        if boxes[box].hidden:
            row.kind = "navigation"
            return
        if row.line.tag in _HEADINGS and row.size <= MOST_HEADING_LATIN:
            row.kind = "heading" if row.links < 0.8 else "related link"
            return
        if (
            index < 6
            and row.links > 0.9
            and _NAME.fullmatch(row.raw)
            and any(r.bare for r in rows[index + 1 : index + 6])
        ):
            row.kind = "byline"
            return
        if row.links > 0.9 and row.size >= 6 and not row.prose and row.line.tag != "td":
            row.kind = "related link"
            return
    credit = words.credit.match(row.text) if row.size <= 60 else None
    if row.bare or (credit is not None and credit.end() == row.size and _WIRED.search(row.text)):
        row.kind = "dateline"
        return
    cue = row.cue
    if cue is None or cue.where == "head" or cue.opens:
        return
    if cue.where == "tail" and index == 0:
        return
    if row.prose and cue.id.endswith(".inside"):
        return
    # Running text is claimed only by notices and captions: 记者 or 来源 may open a sentence of the article.
    if row.prose and cue.kind not in ("notice", "caption", "footer", "advertisement") and row.size > 40:
        return
    row.kind = cue.kind


def _label_sections(rows: list[Row], first: int, last: int) -> None:
    """Lists of links inside the article: a header opens one, running text closes it."""
    opened: PartKind | None = None
    for index in range(first, last):
        row = rows[index]
        cue = row.cue
        if cue is not None and cue.opens and row.kind in (None, "navigation") and index > first:
            row.kind, opened = "navigation", cue.opens
        elif row.prose and row.size >= 40:
            opened = None
        elif opened is not None and row.kind in (None, "heading", "related link") and row.size <= 80:
            row.kind = opened


def label_marks(rows: list[Row], first: int, last: int) -> None:
    """Numbers on lines of their own that count the paragraphs: at least two, each one more than the last."""
    marks: list[int] = []
    expected = 1
    for index in range(first, last):
        row = rows[index]
        if row.kind is not None and row.kind not in ("heading",):
            continue
        match = _MARK.fullmatch(row.text)
        if match is None:
            continue
        value = int(match[1]) if match[1] else _chinese_number(match[2]) if match[2] else expected
        if value == 1 and len(marks) <= 1:
            marks, expected = [index], 2  # a count beside a share bar may look like the first mark
        elif value == expected:
            marks.append(index)
            expected += 1
    if len(marks) >= 2:
        for index in marks:
            rows[index].kind = "paragraph mark"


def _chinese_number(text: str) -> int:
    tens, _, ones = text.rpartition("十")
    if "十" not in text:
        return _DIGITS.get(text, 0)
    return (_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)


def _label_leads(rows: list[Row], first: int, last: int) -> None:
    """Captions without a cue: a picture's alternative text, a line that points at who stands where."""
    for index in range(first, last):
        row = rows[index]
        if row.kind is not None:
            continue
        if row.han and row.line.box < 0 and not row.final and _LATIN.fullmatch(row.text) and row.text.count(" ") >= 3:
            row.kind = "caption"
        elif row.size <= 150 and stops(row) <= 2 and _POINTED.search(row.text):
            near = rows[index - 1 : index + 2] if index else rows[:2]
            if row.text.endswith(")") or (len(near) > 1 and not row.final):
                row.kind = "caption"


def _label_short(rows: list[Row], first: int, last: int, words: PageWords) -> None:
    """Lines that are no running text: a lone one before a paragraph is a heading, a row of them a list of links."""
    for index in range(first, last):
        if (
            rows[index].kind is None
            and rows[index].line.box < 0
            and _beside_link(rows, index)
            and rows[index].size >= 10
        ):
            rows[index].kind = "related link"
    index = first
    prose = sum(1 for row in rows[first:last] if row.prose)
    if prose >= 3 and rows[first].line.box < 0:
        _label_links(rows, first, last)
    while index < last:
        run = index
        while run < last and _is_short(rows[run], words):
            run += 1
        if run == index:
            index += 1
            continue
        _label_run(rows, index, run, last, prose)
        index = run


def _beside_link(rows: list[Row], index: int) -> bool:
    """Whether a line that is no sentence stands next to a link to another page."""
    row = rows[index]
    near = rows[max(0, index - 1) : index] + rows[index + 1 : index + 2]
    return not row.prose and not row.final and any(r.kind == "related link" for r in near)


def _label_links(rows: list[Row], first: int, last: int) -> None:
    """What follows the last sentence of a plain text without being a sentence: tags and links to other pages."""
    index = last
    while index > first and not (stops(rows[index - 1]) and rows[index - 1].kind in (None, "caption")):
        index -= 1
    for row in rows[index:last]:
        if row.kind in (None, "heading") and not (row.final and row.size > 40):
            row.kind = "related link"


def _is_short(row: Row, words: PageWords) -> bool:
    if row.kind is not None or row.prose:
        return False
    text = row.text
    most = MOST_HEADING if row.han else MOST_HEADING_LATIN
    if row.size > most or text.endswith((",", ";", ":", "、")):
        return False
    if _NUMBERED.match(text) or text.strip(" :") in words.layout.headings:
        return True
    if text.endswith("……"):
        return True
    if row.final and text.endswith(("?", "!", "?”", "!”", '?"', '!"')):
        asked = any(word in text for word in _ASKS) or "," in text
        return row.size <= 22 and not asked and text.count("?") + text.count("!") == 1
    return not row.final or (text.endswith(("”", '"')) and not re.search(r"[。.!?,][”\"]$", text))


def _label_run(rows: list[Row], first: int, last: int, end: int, prose: int) -> None:
    """Label the short rows [first, last) of a body that has ``prose`` rows of running text and ends at ``end``."""
    count = last - first
    for index in range(first, last):
        row = rows[index]
        bulleted = row.text.startswith("· ") and count <= 8 and row.size > 8
        if bulleted and row.line.box < 0:
            row.kind = "related link"
    followed = last < end and rows[last].kind in (None, "paragraph mark", "heading", "caption", "dateline")
    plain = [row for row in rows[first:last] if row.kind is None]
    if not plain or prose == 0:
        return
    if len(plain) == 1 and followed:
        plain[0].kind = "heading"
    elif count > 1 and followed and rows[first].line.box < 0 and count <= 8 and all(r.size >= 10 for r in plain[:-1]):
        kind: PartKind = "related link" if len(plain) > 2 or count > 2 or plain[-1].size < 10 else "heading"
        for row in plain:
            row.kind = kind
        if plain[-1].size < 10:
            plain[-1].kind = "heading"
    elif followed and plain[-1] is rows[last - 1] and (plain[-1].line.bold * 2 > plain[-1].size):
        plain[-1].kind = "heading"
