"""A capture taken apart: its parts, title, outlet, account, authors, date and language.

The steps: rows from lines, the title, where the article stands, then labels for what is before, in and after it,
then parts that cover the text from its first to its last character.
"""

from __future__ import annotations

import re
from collections import Counter

from attache.lexicon.fold import fold
from attache.read.page.body import Body, find_body
from attache.read.page.capture import CaptureRead
from attache.read.page.html import Box
from attache.read.page.layout import label_body, label_head, label_marks
from attache.read.page.rows import Row, clean, make_rows, stops
from attache.read.page.source import (
    find_account,
    find_authors,
    find_credit,
    find_outlet,
    find_published,
    first_piece,
    head_titles,
    name_outlet,
    same,
    stated_site,
    stated_source,
    strip_site,
)
from attache.read.page.tail import ends_body, label_tail
from attache.read.page.words import PageWords, load_page_words
from attache.record import Page, Part, PartKind

__all__ = ["PageWords", "load_page_words", "read_page"]

_HAN = re.compile("[㐀-鿿]")
_KANA = re.compile("[぀-ヿ]")
_HANGUL = re.compile("[가-힣]")
_LATIN = re.compile("[A-Za-z]")
MOST_TITLE = 120
MOST_TITLE_LATIN = 250
MOST_DECK = 3  # lines right above the first paragraph that may be of the article
_HEAD_TAGS = ("h1", "h2", "h3")


def read_page(read: CaptureRead, words: PageWords) -> Page:
    """Take ``read`` apart. Its parts cover the text without gap or overlap, whatever the text is."""
    rows = make_rows(read, words)
    text = read.capture.text
    heads = head_titles(read)
    if read.boxes:
        title, first, last = _label_html(read, rows, heads, words)
    else:
        title, first, last = _label_plain(rows, words)
    name = _title_name(rows, title, heads, words)
    _add_dates(rows)
    said = find_authors(rows, words, read.meta)
    site = find_outlet(read, rows, words, rows[title].raw if title is not None else None)
    credit = find_credit(rows, words)
    source = stated_source(said, read.meta)
    body = "".join(row.raw for row in rows if row.kind in ("paragraph", "heading", "title"))
    return Page(
        title=name,
        outlet=name_outlet(site, source, credit[0] if credit else None, stated_site(read), words),
        account=find_account(read, rows, site, source),
        authors=said.get("author", []),
        published=find_published(read, rows, title=title, first=first, last=last),
        language=language_of(body or text),
        parts=make_parts(rows, text, title, name or ""),
    )


def _label_plain(rows: list[Row], words: PageWords) -> tuple[int | None, int, int]:
    """Label the rows of a plain text; gives the title's row and the article's [first, last)."""
    title, first = _plain_title(rows)
    head = 0 if title is None else title
    for index in range(head):
        cue = rows[index].cue
        rows[index].kind = "dateline" if rows[index].bare else cue.kind if cue else "navigation"
    if title is not None:
        rows[title].kind = "title"
    after = head if title is None else title + 1
    last = ends_body(rows, first)
    label_marks(rows, after, last)
    label_head(rows, after, first)
    label_body(rows, after, last, words)
    label_tail(rows, last, words)
    return title, first, last


def _plain_title(rows: list[Row]) -> tuple[int | None, int]:
    """The row of the title, if one stands there, and the row where the article begins."""
    # A first line that only asks or exclaims is a title, however long; breadcrumbs may stand above it.
    top = next((i for i, row in enumerate(rows) if row.cue is None and not row.bare and " > " not in row.text), 0)
    short = bool(rows) and not stops(rows[top]) and rows[top].size <= 80
    first = next((i for i, row in enumerate(rows) if _is_body(row) and not (i == top and short)), None)
    if len(rows) > 1 and rows[1].bare and not rows[0].bare and rows[0].size <= MOST_TITLE_LATIN:
        # Nothing but a date below it: whatever its words are, the first line is the title.
        return 0, next((i for i in range(2, len(rows)) if _is_body(rows[i])), min(2, len(rows)))
    if first is None:
        # No running text at all: the first line is the title of the others, or all that there is.
        plain = [i for i, row in enumerate(rows) if row.cue is None and not row.bare]
        if len(plain) < 2:
            return None, 0
        return plain[0], plain[0] + 1
    best: tuple[float, int] | None = None
    dated = False
    for index in range(first):
        row = rows[index]
        dated = dated or row.bare
        if row.cue is not None or row.dates or row.size < 4 or row.size > (MOST_TITLE if row.han else MOST_TITLE_LATIN):
            continue
        if row.text.isdigit() or (dated and row.size < 12) or " > " in row.text:
            continue
        score = float(min(row.size, 30)) - (20 if row.size < 7 else 0) + (8 if best is None else 0)
        score += 12 if any(_announces(r) for r in rows[index + 1 : min(first, index + 5)]) else 0
        if best is None or score > best[0]:
            best = score, index
    return (best[1] if best else None), first


def _announces(row: Row) -> bool:
    """A line that stands under titles: date, byline, share bar."""
    return bool(row.dates) or (row.cue is not None and row.cue.kind in ("share bar", "dateline", "byline"))


def _is_body(row: Row) -> bool:
    return row.prose and not (row.cue is not None and row.cue.kind in ("caption", "notice", "navigation", "share bar"))


def _label_html(read: CaptureRead, rows: list[Row], heads: list[str], words: PageWords) -> tuple[int | None, int, int]:
    """Label the rows of an HTML page; gives the title's row and the article's [first, last)."""
    title = _html_title(rows, heads, words)
    body = find_body(rows, read.boxes, words, title)
    first, last = body.first, body.last
    if body.box < 0:
        first = last = 0 if title is None else title + 1
    if title is not None and title >= first:
        # The best element holds the title too: the article begins after it.
        if title < last:
            first = title + 1
        elif rows[title].line.tag != "title":
            title = 0 if rows and rows[0].line.tag == "title" else None
    start = next((i for i in range(first, last) if _is_body(rows[i])), first)
    for index in range(start):
        if index < first:
            rows[index].kind = _before(rows[index], body, index, title)
    if title is not None:
        rows[title].kind = "title"
    head = first if title is None else min(first, title + 1)
    for row in rows[head:start]:
        if row.line.tag in _HEAD_TAGS or row.kind == "navigation":
            row.kind = None if row.links < 0.5 else row.kind
    label_head(rows, head, start)
    for index in range(head, start):
        row = rows[index]
        if row.kind is None and body.kinds[row.line.box] == "byline" and row.size <= 40 and not row.prose:
            row.kind = "byline"
        near = index >= max(first, start - MOST_DECK) and row.links < 0.5 and row.size >= (12 if row.han else 30)
        if row.kind is None and not (near or row.line.tag in _HEAD_TAGS):
            row.kind = "navigation"
    label_body(rows, first, last, words, boxes=read.boxes, kinds=body.kinds)
    end = _trim(rows, first, last, read.boxes)
    label_tail(rows, end, words, body.kinds)
    return title, start, end


def _before(row: Row, body: Body, index: int, title: int | None) -> PartKind:
    """The kind of a row above the article: by its date, cue or markup."""
    if row.bare and (title is None or index > title):
        return "dateline"
    if row.cue is not None and row.cue.where != "tail":
        return row.cue.kind
    kind = body.kinds[row.line.box]
    return "navigation" if kind is None or kind == "byline" else kind


def _shape(row: Row, boxes: tuple[Box, ...]) -> tuple[int, str]:
    """Which element a line's element stands in, and its tag: paragraphs of one article have the same."""
    return boxes[row.line.box].parent, row.line.tag


def _trim(rows: list[Row], first: int, last: int, boxes: tuple[Box, ...]) -> int:
    """The end of the article within its element: after the last paragraph, caption or byline.

    Short lines after the last paragraph are of the article only where they are marked up like it.
    """
    end = last
    prose = [row for row in rows[first:last] if row.prose and row.kind == "paragraph"]
    shape = _shape(prose[-1], boxes) if len(prose) >= 3 else None
    while end > first:
        row = rows[end - 1]
        if row.kind in ("caption", "byline") or (row.kind == "paragraph" and (row.prose or row.final)):
            break
        if row.kind in ("paragraph", "heading") and (shape is None or _shape(row, boxes) == shape):
            break
        end -= 1
    for row in rows[end:last]:
        if row.kind in ("heading", "paragraph"):
            row.kind = None
    return end


def _html_title(rows: list[Row], heads: list[str], words: PageWords) -> int | None:
    """The row that agrees best with what the head calls the page, else the first top heading."""
    if not rows:
        return None
    wanted = [same(strip_site(t, words)) for t in heads]
    best: tuple[float, int] | None = None
    for index, row in enumerate(rows):
        if row.line.tag == "title" or row.size > MOST_TITLE_LATIN or row.size < 4:
            continue
        score = _title_score(row, same(row.raw), wanted)
        if score > 0 and (best is None or score > best[0]):
            best = score, index
    if best is not None:
        return best[1]
    return 0 if rows[0].line.tag == "title" else None


def _title_score(row: Row, name: str, wanted: list[str]) -> float:
    tag = row.line.tag
    score = {"h1": 3.0, "h2": 1.5, "h3": 0.5}.get(tag, 0.0)
    agrees = 0.0
    for want in wanted:
        if want and name == want:
            agrees = max(agrees, 6.0)
        elif len(name) >= 6 and want.startswith(name):
            agrees = max(agrees, 3.0 + 2.0 * len(name) / len(want))
        elif len(want) >= 8 and name.startswith(want):
            agrees = max(agrees, 3.0)
    if not agrees and (tag != "h1" or row.links > 0.5 or row.size < 6):
        return 0.0
    return score + agrees - (2.0 if row.links > 0.5 else 0.0)


def _title_name(rows: list[Row], title: int | None, heads: list[str], words: PageWords) -> str | None:
    """The title as a reader would give it: without the site's name."""
    if title is None:
        return first_piece(strip_site(clean(heads[0]), words)) if heads else None
    name = strip_site(clean(rows[title].raw), words)
    return first_piece(name) if rows[title].line.tag == "title" else name


def _add_dates(rows: list[Row]) -> None:
    """Fields of datelines: the date, for whoever bounds the time of the page."""
    for row in rows:
        if row.kind == "dateline" and row.dates and not row.fields:
            row.fields = {"published": row.dates[0].edtf}
        elif row.kind == "notice" and not row.fields:
            row.fields = {"language": "zh" if _HAN.search(row.text) else "en"}


def make_parts(rows: list[Row], text: str, title: int | None, name: str) -> list[Part]:
    """Parts over ``text``: rows by their kinds, what lies between them blank."""
    length = len(text)
    parts: list[Part] = []
    at = 0
    index = 0
    while index < len(rows):
        row = rows[index]
        last = index
        while last + 1 < len(rows) and (rows[last + 1].joined or _same_bar(rows, last)):
            last += 1
        kind = row.kind or "paragraph"
        start, end = row.start, rows[last].end
        if start > at:
            parts.append(Part(kind="blank", start=at, end=start))
        fields = dict(row.fields)
        if kind == "share bar":
            fields |= _bar_count(rows[index : last + 1])
        stop, rest = _cut(row, end, index == title, name, text)
        parts.append(Part(kind=kind, start=start, end=stop, fields=fields))
        if rest is not None:
            middle = stop + len(text[stop:end]) - len(text[stop:end].lstrip())
            if middle > stop:
                parts.append(Part(kind="blank", start=stop, end=middle))
            parts.append(Part(kind=rest, start=middle, end=end))
        at = end
        index = last + 1
    if at < length:
        parts.append(Part(kind="blank", start=at, end=length))
    return parts


def _cut(row: Row, end: int, is_title: bool, name: str, text: str) -> tuple[int, PartKind | None]:
    """Where the part of a row ends, and of what kind the rest of its line is."""
    if row.cut and row.cut_kind is not None and row.start < row.cut < end:
        stop = row.start + len(text[row.start : row.cut].rstrip())
        return (stop, row.cut_kind) if stop > row.start else (end, None)
    if is_title and name:
        # the cleaned prefix only grows, so that the place where it first equals the name can be searched by halves
        low, high = row.start + len(name), end
        while low < high:
            middle = (low + high) // 2
            if len(clean(text[row.start : middle])) < len(name):
                low = middle + 1
            else:
                high = middle
        if low < end and clean(text[row.start : low]) == name:
            return low, "navigation"
    return end, None


def _same_bar(rows: list[Row], index: int) -> bool:
    """Whether the next row belongs to the same share bar: a bare number and the words beside it."""
    this, after = rows[index], rows[index + 1]
    return (
        this.kind == after.kind == "share bar" and this.line.box < 0 and (this.text.isdigit() or after.text.isdigit())
    )


def _bar_count(rows: list[Row]) -> dict[str, str | int | None]:
    for row in rows:
        if row.text.isdigit() and len(row.text) < 10:
            return {"count": int(row.text)}
    return {}


def language_of(text: str) -> str:
    """The language tag of a text: zh-Hans, zh-Hant, en; ja, ko and und for what is none of them."""
    counts = Counter(text[:1_500])  # as much as tells one language from another
    han = "".join(c for c in counts if _HAN.match(c))
    weight = sum(counts[c] for c in han)
    latin = sum(n for c, n in counts.items() if _LATIN.match(c))
    kana = sum(n for c, n in counts.items() if _KANA.match(c))
    hangul = sum(n for c, n in counts.items() if _HANGUL.match(c))
    if kana > 0.15 * (weight + kana) and kana > 5:
        return "ja"
    if hangul > weight and hangul * 4 > latin:
        return "ko"
    if weight * 6 > latin and weight:
        changed = sum(counts[old] for old, new in zip(han, fold(han).text, strict=True) if old != new)
        return "zh-Hant" if changed > 0.05 * weight else "zh-Hans"
    return "en" if latin else "und"
