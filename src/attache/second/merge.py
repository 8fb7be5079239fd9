"""Two readers, one record: what both hold, what one holds, where they differ, and what a policy shows.

Nothing is averaged. A policy (``Trust``) decides whose reading of an event stands, and which events are shown; the
others are kept aside.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from attache.lexicon.load import read_toml
from attache.lexicon.schema import Shape
from attache.read.event import alike
from attache.record import MUTUAL, Actor, Event, Reader, Span, Statement, Trust, Version

SHARED = 0.5  # of the shorter words, from which two stretches are one
CHANCES = Path(__file__).parent / "chances.toml"


class Chances(Shape, frozen=True, kw_only=True):
    """``chances.toml``: how often events are right that both readers hold, or one of them, as measured.

    ``differ``: the second reader's version where they differ, ``differ_first``: the built-in reader's. ``first``: a
    share of its own confidence.
    """

    both: float
    differ: float
    differ_first: float
    second: float
    first: float


@cache
def chances() -> Chances:
    """The measured chances that ship."""
    return read_toml(CHANCES, Chances)


class Merged(NamedTuple):
    """The events of a page that are shown, and those set aside."""

    shown: list[Event]
    aside: list[Event]


class Pair(NamedTuple):
    """One act as each reader has it; ``same``: type and parties agree."""

    first: Event
    second: Event
    same: bool


def merge(first: Sequence[Event], second: Sequence[Event], trust: Trust) -> Merged:
    """The events of both readers under a policy."""
    found, only_first, only_second = paired(first, second)
    lead: Reader = "built-in" if trust == "first" else "second"
    both = [(_joined(pair, lead), pair.same) for pair in found]
    one = [_sure(event, event.confidence * chances().first) for event in only_first]
    two = [_sure(event, chances().second) for event in only_second]
    shown = [event for event, same in both if same or trust != "agree"]
    aside = [event for event, same in both if not same and trust == "agree"]
    (shown if trust in ("either", "first") else aside).extend(one)
    (shown if trust in ("either", "second") else aside).extend(two)
    return Merged(
        *(sorted(events, key=lambda e: (e.evidence.start, e.evidence.end, e.id)) for events in (shown, aside))
    )


def _sure(event: Event, confidence: float) -> Event:
    return msgspec.structs.replace(event, confidence=round(confidence, 2))


def paired(first: Sequence[Event], second: Sequence[Event]) -> tuple[list[Pair], list[Event], list[Event]]:
    """Events of the same words that are one act to both readers, those that agree first; and what only one holds."""
    wishes = []
    for i, one in enumerate(first):
        for j, two in enumerate(second):
            words = _shared([one.evidence, *one.also], [two.evidence, *two.also])
            same = one.type == two.type and one.status == two.status and _sides_agree(one, two)
            if (words and (same or _kin(one, two))) or (same and one.sentence == two.sentence):
                wishes.append((not same, -words, i, j))
    left, right, out = set[int](), set[int](), []
    for differ, _, i, j in sorted(wishes):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            out.append(Pair(first[i], second[j], not differ))
    return (
        out,
        [event for i, event in enumerate(first) if i not in left],
        [event for j, event in enumerate(second) if j not in right],
    )


def _shared(one: Sequence[Span], two: Sequence[Span]) -> float:
    """The largest share of the shorter of two stretches that the other covers."""
    return max(
        (min(a.end, b.end) - max(a.start, b.start)) / max(min(a.end - a.start, b.end - b.start), 1)
        for a in one for b in two
    ) if _touch(one, two) else 0.0  # fmt: skip


def _touch(one: Sequence[Span], two: Sequence[Span]) -> bool:
    return any(a.start < b.end and b.start < a.end for a in one for b in two)


def _kin(one: Event, two: Event) -> bool:
    """Whether two events of the same words are one act read differently: the type is the same, or the parties are."""
    return one.type == two.type or alike(_codes(one.actors + one.recipients), _codes(two.actors + two.recipients))


def _sides_agree(one: Event, two: Event) -> bool:
    if one.type in MUTUAL:
        return alike(_codes(one.actors + one.recipients), _codes(two.actors + two.recipients))
    return alike(_codes(one.actors), _codes(two.actors)) and alike(_codes(one.recipients), _codes(two.recipients))


def _codes(actors: Sequence[Actor]) -> frozenset[str]:
    return frozenset(actor.code or actor.text for actor in actors)


def _joined(pair: Pair, lead: Reader) -> Event:
    """One event held by both: the leading reader's, what only the other tells, and both versions if they differ."""
    first, second = pair.first, pair.second
    own, other = (first, second) if lead == "built-in" else (second, first)
    differ = chances().differ if lead == "second" else chances().differ_first
    versions = [version(first, "built-in"), version(second, "second")]
    kept = own if own.type == other.type and own.mode is None and other.mode else None
    coded = other if kept else own
    return msgspec.structs.replace(
        own,
        mode=coded.mode, cameo=coded.cameo, goldstein=coded.goldstein,
        contexts=first.contexts if first.type == own.type else own.contexts,
        disclosed=first.disclosed, reported=first.reported,
        where=first.where or second.where, quantities=first.quantities or second.quantities,
        disputed_by=own.disputed_by or other.disputed_by,
        also=_also(own, other), confidence=chances().both if pair.same else differ, readers=["built-in", "second"],
        versions=versions if differs(*versions) else [],
    )  # fmt: skip


def _also(own: Event, other: Event) -> list[Span]:
    """The other mentions of both, without those that stand within the evidence."""
    spans = {(span.start, span.end): span for span in [*own.also, *other.also]}
    return [spans[key] for key in sorted(spans) if not _touch([spans[key]], [own.evidence])]


def version(event: Event, reader: Reader) -> Version:
    """How a reader has an event."""
    return Version(
        reader=reader, type=event.type, mode=event.mode,
        actors=[one.code or one.text for one in event.actors],
        recipients=[one.code or one.text for one in event.recipients], status=event.status,
        claimants=[one.text for one in event.claimants], when=event.when, evidence=event.evidence,
    )  # fmt: skip


def differs(one: Version, two: Version) -> bool:
    """Whether two versions differ in more than whose they are and which words were taken for evidence."""
    keys = ("type", "status", "claimants", "when")
    sides = [sorted(side) for version in (one, two) for side in (version.actors, version.recipients)]
    return any(getattr(one, key) != getattr(two, key) for key in keys) or sides[:2] != sides[2:]


def voices(first: Sequence[Statement], second: Sequence[Statement]) -> list[Statement]:
    """The statements of both readers, one that both hold once, as the first has it with what only the second tells."""
    out = list(first)
    for voice in second:
        held = next((i for i, one in enumerate(first) if out[i] is one and _one_voice(one, voice)), None)
        if held is None:
            out.append(voice)
            continue
        one = first[held]
        out[held] = msgspec.structs.replace(
            one, readers=["built-in", "second"], claimants=one.claimants or voice.claimants,
            speaker=one.speaker or voice.speaker, addressee=one.addressee or voice.addressee,
            about=one.about or voice.about,
        )  # fmt: skip
    return out


def _one_voice(one: Statement, two: Statement) -> bool:
    """Whether two statements of one kind stand on the same words."""
    return one.sentence == two.sentence and one.kind == two.kind and _shared([one.evidence], [two.evidence]) >= SHARED
