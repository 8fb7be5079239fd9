"""The table of a negotiation as sentences tell it: where a round was moved to, and who was kept away from it."""

from __future__ import annotations

import re
from typing import NamedTuple

from attache.read.chunk import Chunk
from attache.read.reading import Read
from attache.record import Place, Span

TURN = re.compile("改至|改到|改在|变更至|变更为|变更到|移至|移师|易地至")
ROUND = re.compile("(第([一二三四五六七八九十])|首)轮")
AWAY = re.compile(
    "排除在|被排除|未获邀|没有受邀|未受邀|蒙在鼓里|毫不知情|未事先通报|未通报|没有通报|绕开|绕过|拒之门外|边缘化"
)
DIGITS = "一二三四五六七八九十"


class Move(NamedTuple):
    """A round that was to be in one place and was held in another. ``number`` of the round, where it is told."""

    planned: Place
    venue: Place | None
    number: int | None
    span: Span


class Absent(NamedTuple):
    """A party that was not asked or not told."""

    code: str
    span: Span


def moves(readings: list[Read], capture: str) -> list[Move]:
    """原定于 A 举行的第二轮会谈改至 B: the last place before the turn, and the last after it."""
    out = []
    for read in readings:
        turn = TURN.search(read.line.text)
        named = [item for item in read.chunks if item.place is not None and item.place.city] if turn else []
        before = [item for item in named if turn and item.end <= turn.start()]
        after = [item for item in named if turn and item.start >= turn.end()]
        if before:
            match = ROUND.search(read.line.text)
            number = (DIGITS.index(match[2]) + 1 if match[2] else 1) if match else None
            venue = _place(after[0], read, capture, "venue") if after else None
            span = read.line.span(0, len(read.line.text), capture)
            out.append(Move(_place(before[-1], read, capture, "moved from"), venue, number, span))
    return out


def _place(item: Chunk, read: Read, capture: str, role: str) -> Place:
    span = read.line.span(item.start, item.end, capture)
    spot = item.place._asdict() if item.place else {}
    return Place(text=span.text, start=span.start, end=span.end, role=role, **spot)  # type: ignore[arg-type]


def absent(readings: list[Read], capture: str) -> list[Absent]:
    """Parties beside words that say they were left out: the last before a passive one, the next after 未通报."""
    out = []
    for read in readings:
        for match in AWAY.finditer(read.line.text):
            named = [item for item in read.chunks if item.phrase is not None and item.phrase.parties]
            after = [item for item in named if match.end() <= item.start <= match.end() + 12]
            before = [item for item in named if item.end <= match.start()]
            active = match[0].endswith(("通报", "绕开", "绕过"))
            item = (after[0] if after else None) if active else (before[-1] if before else None)
            if item is not None and item.phrase is not None:
                span = read.line.span(item.start, item.end, capture)
                out += [Absent(party.code, span) for party in item.phrase.parties]
    return out
