"""Sentences of a page's body: folded for reading, with the way back to the capture."""

from __future__ import annotations

import re
from typing import NamedTuple

from attache.lexicon.fold import Folded, fold
from attache.record import Page, Span

READ = frozenset(["heading", "paragraph"])
TITLE = frozenset(["title"])
END = re.compile("[。！？!?]+[”’）)」]*|(?<=[A-Za-z0-9”])(?<!\\.[A-Z])\\.(?=\\s+[A-Z“])|\n")
# An agency's dateline, with its month and day: 某社首尔9月18日电, 某社9月18日 -; and what ends it, or who signs
DATELINE = re.compile(
    "[^据引《，。；：！？]{0,24}?(?:([0-9]{1,2})月)?([0-9]{1,2})日(?:[外专]?[电讯]|综合|报[道导](?=[）\\s])| ?[-—])"
)
SIGNED = re.compile("[^，。；：！？]{0,8}[）】\\]]|\\s*（[^（）]{1,30}）|\\s+")
# Of a headline: blanks part its sentences
PIECE = re.compile(r"\S(?:(?![ \u3000]{1,3}(?=[\u4e00-\u9fff])).)*", re.DOTALL)
CLAUSE_END = re.compile("[，；。！？]")
LONGEST = 500


class Paragraph(NamedTuple):
    """A heading, a paragraph or a title: index of its part, offset in the capture, folded text."""

    part: int
    start: int
    heading: bool
    folded: Folded
    title: bool = False


class Line(NamedTuple):
    """A sentence [start, end) of a paragraph's folded text."""

    paragraph: Paragraph
    start: int
    end: int

    @property
    def text(self) -> str:
        """The folded sentence."""
        return self.paragraph.folded.text[self.start : self.end]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the capture of [start, end) of this sentence."""
        first, last = self.paragraph.folded.original(self.start + start, self.start + end)
        return self.paragraph.start + first, self.paragraph.start + last

    def span(self, start: int, end: int, capture: str) -> Span:
        """The span of the capture that [start, end) of this sentence stands for, blanks at its ends left out."""
        first, last = self.place(start, end)
        while first < last and capture[first].isspace():
            first += 1
        while last > first and capture[last - 1].isspace():
            last -= 1
        return Span(start=first, end=last, text=capture[first:last])


def paragraphs(page: Page, capture: str, script: dict[int, str], kinds: frozenset[str] = READ) -> list[Paragraph]:
    """Headings and paragraphs of a page, or its parts of other ``kinds``, folded."""
    return [
        Paragraph(
            index,
            part.start,
            part.kind == "heading",
            fold(capture[part.start : part.end], script),
            part.kind == "title",
        )
        for index, part in enumerate(page.parts)
        if part.kind in kinds
    ]


def lines(paragraph: Paragraph) -> list[Line]:
    """Sentences of a paragraph. One that never ends is cut at a comma, so that reading stays linear."""
    text = paragraph.folded.text
    out: list[Line] = []
    at = 0
    if paragraph.title:
        return [Line(paragraph, *piece.span()) for piece in PIECE.finditer(text)]
    credit = DATELINE.match(text)
    head = SIGNED.match(text, credit.end()) if credit and credit[0][-1] not in "-—" else None  # a sentence of its own
    for stop in [*([head.end()] if head else []), *(match.end() for match in END.finditer(text)), len(text)]:
        while stop - at > LONGEST:
            comma = text.rfind("，", at + 100, at + LONGEST)
            cut = comma + 1 if comma > 0 else at + LONGEST
            out.append(Line(paragraph, at, cut))
            at = cut
        if text[at:stop].strip():
            out.append(Line(paragraph, at, stop))
        at = stop
    return out


def clause_start(text: str, at: int) -> int:
    """Where the clause begins that holds ``at``: after the comma, semicolon or colon before it."""
    return max(text.rfind(mark, 0, at) for mark in "，；：") + 1


def clause_around(text: str, place: tuple[int, int]) -> tuple[int, int]:
    """The clause that holds a place, without the punctuation at its ends."""
    start = max(text.rfind(mark, 0, place[0]) for mark in "，；。！？：") + 1
    match = CLAUSE_END.search(text, place[1])
    return start, match.start() if match else len(text)
