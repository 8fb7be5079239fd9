"""Answers held to the page: what cites it rightly becomes events and statements, the rest is refused with a reason."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

import msgspec

from attache.lexicon.schema import Codebook
from attache.lexicon.tables import Tables
from attache.pipeline import Taken
from attache.record import Actor, Claimant, Event, Span, Statement, Unsure
from attache.second.answer import Answer, CitedParty, CitedSource, ProposedEvent, ProposedVoice
from attache.second.ground import Ground, Refused, shown

MOST = 300  # proposals of each kind that one answer may make
_CONTROL = re.compile(r"[\x00-\x1f]")  # some models write line ends into strings as they are
_OPENING = re.compile(r'\{\s*"(?:events|voices)"')
MOST_CITED = 20  # sources, deniers or other mentions of one event
LONGEST_WHY = 240  # characters of a reason, which may hold what a model made up
UNMEASURED = 0.5  # confidence until the two readers are laid side by side

P = TypeVar("P", ProposedEvent, ProposedVoice)
N = TypeVar("N", Event, Statement)
C = TypeVar("C")
T = TypeVar("T")


class Held(NamedTuple):
    """What came of the answers about a page."""

    events: list[Event]
    statements: list[Statement]
    refused: list[Unsure]


class Unreadable(ValueError):  # noqa: N818  (what an answer is)
    """An answer that is not the JSON object asked for; the message says where it departs."""


def decode(content: str) -> Answer:
    """The answer in a server's words; what stands around the one JSON object (a fence, a remark) is passed over.

    Raises:
        Unreadable: naming the place where it is no such object.
    """
    content = _CONTROL.sub(" ", content)
    opening = _OPENING.search(content)
    start, end = opening.start() if opening else content.find("{"), content.rfind("}")
    if start < 0:
        raise Unreadable("no JSON object in the answer" if content.strip() else "the answer is empty")
    try:
        return msgspec.json.decode(content[start : end + 1], type=Answer)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:  # lone surrogates; brackets without end
        raise Unreadable(f"{error}{' (cut off?)' if not content.rstrip().endswith(('}', '`')) else ''}") from None


def hold(answers: Sequence[tuple[range, Answer]], taken: Taken, tables: Tables, codebook: Codebook) -> Held:
    """The events and statements that the answers propose and the page bears out.

    Args:
        answers: each with the indices of the sentences that its question showed.
        taken: the page that was asked about.
        tables: the lexicon that parties are linked by.
        codebook: types and modes with their codes.
    """
    refused: list[Unsure] = []
    events, voices = dict[str, Event](), dict[tuple[int, int, str], Statement]()
    for within, answer in answers:
        scale = _Scale(Ground(taken, tables, within), codebook, taken.capture.id, refused)
        for event in scale.each("event", answer.events, ProposedEvent, scale.event):
            if any(_again(event, told) for told in events.values()):
                refused.append(refusal(f"an event ({event.type}) of the same words and parties again", event.evidence))
            else:
                events[event.id] = event
        for voice in scale.each("voice", answer.voices, ProposedVoice, scale.statement):
            voices.setdefault((voice.evidence.start, voice.evidence.end, voice.kind), voice)
    return Held(list(events.values()), list(voices.values()), refused)


def _again(event: Event, told: Event) -> bool:
    """Whether an event only repeats another: the same type, the same parties, words that overlap."""
    sides = [[one.code or one.text for one in side] for one in (event, told) for side in (one.actors, one.recipients)]
    return (
        event.type == told.type and sides[:2] == sides[2:]
        and event.evidence.start < told.evidence.end and told.evidence.start < event.evidence.end
    )  # fmt: skip


def refusal(why: str, span: Span | None = None) -> Unsure:
    """A line of ``unsure`` about the second reader."""
    return Unsure(what="second reader", why=shown(why, LONGEST_WHY), span=span)


class _Scale(NamedTuple):
    """What proposals are weighed against, and the list of what was refused."""

    ground: Ground
    codebook: Codebook
    page: str
    refused: list[Unsure]

    def each(self, name: str, raw: list[Any], shape: type[P], make: Callable[[P], N]) -> Iterator[N]:
        """What comes of each proposal that fits the schema and the page; the others are listed."""
        for number, item in enumerate(raw[:MOST], 1):
            try:
                yield make(msgspec.convert(item, shape))
            except (msgspec.ValidationError, Refused) as error:
                kind = f" ({item.get('type') or item.get('kind')})" if isinstance(error, Refused) else ""
                self.refused.append(refusal(f"{name} {number}{kind}: {error}"))
        if len(raw) > MOST:
            self.refused.append(refusal(f"{len(raw) - MOST:,} {name}s beyond the {MOST} that one answer may propose"))

    def kept(self, what: str, cite: Callable[[C], T], cited: Sequence[C], span: Span) -> list[T]:
        """What holds of the lesser citations of an event, which stands without the others; those are listed."""
        out = []
        for one in cited[:MOST_CITED]:
            try:
                out.append(cite(one))
            except Refused as error:
                self.refused.append(refusal(f"{what}: {error}", span))
        if len(cited) > MOST_CITED:
            self.refused.append(refusal(f"{what}: {len(cited) - MOST_CITED:,} beyond the {MOST_CITED} taken", span))
        return out

    def event(self, proposed: ProposedEvent) -> Event:
        """The event that a proposal stands for; Refused where its words or its parties do not hold."""
        ground = self.ground
        spot = ground.find(proposed)
        if proposed.n == 0:
            raise Refused("a title tells no event of its own")
        sides = [_parties(side, ground) for side in (proposed.actors, proposed.recipients)]
        if any(
            (one.start or 0) <= spot.span.start and spot.span.end <= (one.end or 0) for side in sides for one in side
        ):
            raise Refused("its words are a party's name and tell no act")
        if not any(one.code not in (None, "UNK") for side in sides for one in side):
            raise Refused("none of its parties is a state, body or group that our linker knows")
        times = self.kept("date", lambda one: ground.time(one, proposed.status), [proposed.when], spot.span)
        when, basis = times[0] if times else (None, None)
        also = self.kept("other mention", lambda one: ground.find(one).span, proposed.also, spot.span)
        mode, cameo, goldstein = coded(proposed.type, proposed.mode, self.codebook)
        parties = [[one.code or one.text for one in side] for side in sides]
        key = f"{self.page}|{proposed.type}|{spot.span.start}|{spot.span.end}|second|{parties}|{proposed.status}|{when}"
        return Event(
            id=hashlib.sha256(key.encode()).hexdigest()[:12],
            type=proposed.type, mode=mode, contexts=[], cameo=cameo, goldstein=goldstein,
            actors=sides[0], recipients=sides[1], status=proposed.status,
            claimants=self.kept("source", self.claimant, proposed.claimants, spot.span),
            disputed_by=self.kept("denier", self.claimant, proposed.disputed_by, spot.span),
            when=when, when_basis=basis, disclosed=None,
            where=ground.places(spot), quantities=ground.figures(spot),
            evidence=spot.span, also=list(dict.fromkeys(one for one in also if one.text != spot.span.text)),
            sentence=spot.reading.index, rule="second", confidence=UNMEASURED, readers=["second"],
        )  # fmt: skip

    def claimant(self, cited: CitedSource) -> Claimant:
        """The record of a source; Refused where its words do not stand there."""
        span = self.ground.find(cited).span
        return Claimant(text=span.text, kind=cited.kind, code=self.ground.code(cited), start=span.start, end=span.end)

    def statement(self, proposed: ProposedVoice) -> Statement:
        """The statement that a proposal stands for; Refused where any of its words do not stand there."""
        ground = self.ground
        spot = ground.find(proposed)
        if proposed.n == 0:
            raise Refused("a title has no voice of its own")
        sources = [self.claimant(one) for one in proposed.speaker]
        last = proposed.speaker[-1:]
        speaker = [one for cited in last for one in ground.party(CitedParty(cited.n, cited.words)) if one.code]
        own = proposed.kind == "judgement"
        return Statement(
            voice="opinion" if own else "attributed" if sources else "page",
            kind=proposed.kind, mark=proposed.mark, evidence=spot.span, sentence=spot.reading.index,
            claimants=sources, speaker=speaker[0] if speaker else None,
            addressee=ground.party(proposed.to)[0] if proposed.to else None, wording=None if own else proposed.wording,
            about=[ground.find(proposed.about).span] if proposed.about else [], readers=["second"],
        )  # fmt: skip


def coded(kind: str, mode: str | None, codebook: Codebook) -> tuple[str | None, str, float | None]:
    """The mode if the type has it, the CAMEO code and the Goldstein value."""
    own = next((one for one in codebook.mode if one.type == kind and one.code == mode), None)
    cameo = own.cameo if own else next(one.cameo for one in codebook.type if one.code == kind)
    value = next((one.goldstein for one in codebook.cameo if one.code == cameo), None)
    return (own.code if own else None), cameo, value


def _parties(cited: Sequence[CitedParty], ground: Ground) -> list[Actor]:
    """The parties of one side, each once."""
    found: dict[str, Actor] = {}
    for one in cited:
        for party in ground.party(one):
            found.setdefault(party.code or party.text, party)
    return list(found.values())
