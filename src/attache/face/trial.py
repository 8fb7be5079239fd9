"""Sentences read by themselves: for ``attache try``, and those that frames must and must not code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from attache.lexicon.schema import Frame
from attache.pipeline import Reader
from attache.read.event import events
from attache.read.reading import Read
from attache.record import MUTUAL, Actor, Event, Page, Part, Published

WEDNESDAY = "2024-05-08"  # the day that the sentences of frames speak from
Told = tuple[tuple[str, ...], tuple[str, ...], str]


class Failure(NamedTuple):
    """A sentence that does not give what its frame promises."""

    frame: str
    sentence: str
    wanted: str
    got: str

    def __str__(self) -> str:
        return f"{self.frame}: {self.sentence} — wanted {self.wanted}, got {self.got}"


def read_alone(reader: Reader, text: str, day: str = WEDNESDAY) -> tuple[list[Read], list[Event]]:
    """What a Chinese text yields as the whole body of a page of ``day`` (EDTF)."""
    page = Page(
        title=None, outlet=None, account=None, authors=[], language="zh-Hans",
        published=Published(edtf=day, basis="given", why="given with the sentence"),
        parts=[Part(kind="paragraph", start=0, end=len(text))],
    )  # fmt: skip
    readings = reader.sentences(page, text)
    return readings, events(readings, text, reader.tables)


def codes(side: list[Actor]) -> list[str]:
    """The codes of a side, in order."""
    return [actor.code or "unlinked" for actor in side]


def promised(gives: str, kind: str) -> Told:
    """Sides and status of ``gives`` ("FRA+DEU>RUS future"); one sorted side where the type has no order."""
    sides, _, status = gives.partition(" ")
    actors, _, recipients = sides.partition(">")
    return _told([*filter(None, actors.split("+"))], [*filter(None, recipients.split("+"))], status or "actual", kind)


def _told(actors: list[str], recipients: list[str], status: str, kind: str) -> Told:
    if kind in MUTUAL:
        return tuple(sorted({*actors, *recipients})), (), status
    return tuple(sorted(set(actors))), tuple(sorted(set(recipients))), status


def of_frame(event: Event, frame: Frame) -> bool:
    """Whether the rule of an event starts with the frame."""
    return event.rule.split("/")[0] == frame.id


def shown(event: Event) -> str:
    """An event as ``gives`` would have it, with its type and the frame that made it."""
    sides = ">".join("+".join(codes(side)) for side in (event.actors, event.recipients))
    return f"{event.type} {sides} {event.status} ({event.rule})"


def failures(reader: Reader, frame: Frame) -> Iterator[Failure]:
    """Sentences of a frame that do not give what it promises. ``reader``: the grammar alone, without a judge."""
    for sentence in frame.yes:
        _, found = read_alone(reader, sentence.text)
        own = [e for e in found if of_frame(e, frame)] or [e for e in found if e.type == frame.type]
        told = [_told(codes(e.actors), codes(e.recipients), e.status, frame.type) for e in own]
        if told != [promised(sentence.gives, frame.type)]:
            got = "; ".join(map(shown, found)) or "nothing"
            yield Failure(frame.id, sentence.text, f"{frame.type} {sentence.gives}", got)
    for text in frame.no:
        own = [event for event in read_alone(reader, text)[1] if of_frame(event, frame)]
        if own:
            yield Failure(frame.id, text, "none of this frame", "; ".join(map(shown, own)))
