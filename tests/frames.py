"""Runs the example sentences of frames: each `yes` must give exactly its act, each `no` none of its frame."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from attache.lexicon.load import HOME
from attache.lexicon.schema import Frame, VerbFile
from attache.pipeline import Reader
from attache.read.event import events
from attache.record import Event, Page, Part, Published
from pages import codes
from scoring import MUTUAL

FILES = sorted((HOME / "lang/zh/verbs").glob("*.toml"))
Told = tuple[tuple[str, ...], tuple[str, ...], str]


class Failure(NamedTuple):
    """A sentence that does not give what its frame promises."""

    frame: str
    sentence: str
    wanted: str
    got: str

    def __str__(self) -> str:
        return f"{self.frame}: {self.sentence} — wanted {self.wanted}, got {self.got}"


def frames(path: Path) -> list[Frame]:
    """The frames of one file."""
    return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), VerbFile).frame


def read_sentence(reader: Reader, text: str) -> list[Event]:
    """The events of a sentence that is the whole body of a page dated Wednesday, 8 May 2024."""
    page = Page(
        title=None,
        outlet=None,
        account=None,
        authors=[],
        published=Published(edtf="2024-05-08", basis="given", why="by the test"),
        language="zh-Hans",
        parts=[Part(kind="paragraph", start=0, end=len(text))],
    )
    return events(reader.sentences(page, text), text, reader.tables)


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
    """Sentences of a frame that do not give what it promises."""
    for sentence in frame.yes:
        found = read_sentence(reader, sentence.text)
        own = [e for e in found if of_frame(e, frame)] or [e for e in found if e.type == frame.type]
        told = [_told([*codes(e.actors)], [*codes(e.recipients)], e.status, frame.type) for e in own]
        if told != [promised(sentence.gives, frame.type)]:
            got = "; ".join(map(shown, found)) or "nothing"
            yield Failure(frame.id, sentence.text, f"{frame.type} {sentence.gives}", got)
    for text in frame.no:
        own = [event for event in read_sentence(reader, text) if of_frame(event, frame)]
        if own:
            yield Failure(frame.id, text, "none of this frame", "; ".join(map(shown, own)))
