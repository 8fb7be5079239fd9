"""Why an event was read as it was: the pieces of its sentence, scopes, sides, frame, weights, and what lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from attache.lexicon.schema import VerbFile
from attache.pipeline import Reader
from attache.read.act import Act, Choice, Site
from attache.read.actor import Party
from attache.read.judge import Judge
from attache.read.reading import Read
from attache.record import Actor, Event

# how a side was found, as the names of sides and the second part of a rule have it
FOUND = {
    "subject": "the subject of the predicate",
    "topic": "the topic that the clause goes on with",
    "speaker": "the speaker of the words around it",
    "relative": "what the relative clause describes",
    "blocked": "nobody: the subject is no party",
    "none": "nobody",
    "own": "by the case of the frame",
    "content": "whom the content names first",
    "left": "the nearest party before the predicate",
    "right": "the nearest party after the predicate",
    "last": "the actor of the sentence before",
    "pair": "the other side of the pair last named",
    "page": "the other side that the page names most",
}
KINDS = {
    "P": "phrase", "V": "predicate", "S": "speech verb", "T": "time", "Q": "figure", "O": "office", "p": "preposition",
    "k": "mark", "d": "adverb", "l": "light verb", "de": "的", "c": "conjunction", "v": "verb",
    "j": "adjective", "f": "place word", "n": "noun", "r": "pronoun",
}  # fmt: skip


class Piece(msgspec.Struct):
    """A piece of the sentence. ``what``: phrase, predicate ...; ``role``: of a phrase or a mark; ``codes``: parties."""

    text: str
    what: str
    role: str
    codes: list[str]


class Around(msgspec.Struct):
    """A scope around the predicate: whose words they are, by which verb, with which stance."""

    source: str
    kind: str
    verb: str
    stance: str


class Entry(msgspec.Struct):
    """The entry of the lexicon that made the act. ``word``: its word on the page."""

    id: str
    file: str
    type: str
    case: str
    word: str


class Taken(msgspec.Struct):
    """A side: codes, words, how it was found, and whether an earlier sentence names it."""

    side: str
    codes: list[str]
    words: list[str]
    how: str
    earlier: bool


class Option(msgspec.Struct):
    """One thing that the predicate may be; ``chance`` None where nothing weighs."""

    chance: float | None
    type: str
    actors: list[str]
    recipients: list[str]
    how: str


class Reasons(msgspec.Struct):
    """How one event was read, or (``event`` None) ``why`` a predicate or a speech gave none.

    ``nothing``: the chance that it is no act; ``floor``: the chance under which an act is left out; both None where
    nothing weighs. ``weighed``: features of the choice, the weightiest first.
    """

    words: str
    pieces: list[Piece]
    scopes: list[Around]
    entry: Entry | None
    nothing: float | None
    floor: float | None
    options: list[Option]
    event: str | None = None
    why: str | None = None
    type: str | None = None
    status: str | None = None
    when: str | None = None
    confidence: float | None = None
    rule: str | None = None
    sides: list[Taken] = []
    weighed: list[tuple[str, float]] = []


def reasons(event: Event, readings: list[Read], reader: Reader, verbs: dict[str, VerbFile]) -> Reasons:
    """Why an event of a page was read as it was. ``readings``: all its sentences; ``verbs``: the files of frames."""
    here = readings[event.sentence]
    act = next(act for act in here.acts if _is(event, act, here))
    site = next(site for site in here.proposed if site.features is act.features)
    out = _weighed(site, here, act.clause, reader, verbs)
    return msgspec.structs.replace(
        out, words=event.evidence.text, event=event.id, type=event.type, status=event.status, when=event.when,
        confidence=event.confidence, rule=event.rule, sides=list(_sides(act, event)),
        weighed=reader.judge.why(act) if reader.judge else [],
    )  # fmt: skip


def passed_over(
    readings: list[Read], events: list[Event], reader: Reader, verbs: dict[str, VerbFile]
) -> Iterator[Reasons]:
    """The predicates and speeches of a page that gave no event of their own, and why."""
    for here in readings:
        told = [act for event in events if event.sentence == here.index for act in here.acts if _is(event, act, here)]
        for site in here.proposed:
            if any(site.features is act.features for act in told):
                continue
            clause = site.build(site.choices[0]).clause if site.choices else site.trigger[:2]
            out = _weighed(site, here, clause, reader, verbs)
            yield msgspec.structs.replace(out, why=_why(site, here, out.options, reader.judge))


def _weighed(site: Site, here: Read, clause: tuple[int, int], reader: Reader, verbs: dict[str, VerbFile]) -> Reasons:
    """What a site was made of and all that it may be."""
    options, nothing = _options(site, reader.judge)
    return Reasons(
        words=here.line.text[slice(*clause)], pieces=_pieces(here, *clause), scopes=_scopes(here, site),
        entry=_entry(site, verbs), nothing=nothing, floor=reader.judge.floor if reader.judge else None,
        options=options,
    )  # fmt: skip


def _why(site: Site, here: Read, options: list[Option], judge: Judge | None) -> str:
    """Why a predicate or a speech gave no event of its own."""
    word = site.trigger[2]
    if site.barred:
        return f"“{word}” is what somebody is told not to do, or refuses"
    if not options:
        return f"“{word}” finds no party for its sides"
    if any(site.features is act.features for act in here.acts):
        return f"“{word}” tells an act that another event tells"
    if judge is None:
        return f"the grammar alone does not keep “{word}” here"
    best = options[0].chance or 0.0
    if best < judge.floor:
        return f"the likeliest reading of “{word}” has a chance of {best}, the least that is kept is {judge.floor}"
    return f"“{word}” stands in a denial, a question or the writer's opinion"


def _is(event: Event, act: Act, here: Read) -> bool:
    """Whether the event is told by this act: the same clause, rule and sides."""
    sides = zip((event.actors, event.recipients), (act.actors, act.recipients), strict=True)
    start, end = here.line.place(*act.clause)  # the evidence leaves blanks at its ends out
    same = act.rule == event.rule and start <= event.evidence.start <= event.evidence.end <= end
    return same and all(_actor_codes(told) == _codes(found) for told, found in sides)


def _actor_codes(side: Iterable[Actor]) -> list[str]:
    return [actor.code or "" for actor in side]


def _codes(side: Iterable[Party]) -> list[str]:
    return [party.code for party in side]


def _pieces(here: Read, start: int, end: int) -> list[Piece]:
    """The pieces of a stretch, punctuation left out."""
    inside = [item for item in here.chunks if start <= item.start < end and item.kind != "u"]
    return [
        Piece(item.text, KINDS.get(item.kind, "word"), item.role, _codes(item.phrase.parties) if item.phrase else [])
        for item in inside
    ]


def _scopes(here: Read, site: Site) -> list[Around]:
    start = site.trigger[0]
    around = [scope for scope in here.scopes if scope.start <= start < scope.end or scope.verb_start == start]
    return [Around(scope.source.text, scope.source.kind, scope.verb, scope.stance) for scope in around]


def _entry(site: Site, verbs: dict[str, VerbFile]) -> Entry | None:
    """The frame that made the proposals; a speech has none, its verb tells."""
    for name, file in verbs.items():
        for frame in file.frame:
            if frame.id == site.entry:
                return Entry(frame.id, name, frame.type, frame.case, site.trigger[2])
    return None


def _sides(act: Act, event: Event) -> Iterator[Taken]:
    """Both sides with what the rule tells of how they were found."""
    _, how, *rest = act.rule.partition(">")[0].split("/")
    pair = rest[-1].rsplit("-", 1) if rest and "-" in rest[-1] else [how, "own" if act.recipients else "none"]
    for side, name, told, found in (
        ("actors", pair[0].removeprefix("own-"), event.actors, act.actors),
        ("recipients", pair[1], event.recipients, act.recipients),
    ):
        words = [actor.text for actor in told if actor.text]
        yield Taken(side, _codes(found), words, FOUND.get(name, name), any(party.home is not None for party in found))


def _options(site: Site, judge: Judge | None) -> tuple[list[Option], float | None]:
    """All that a site may be, the likeliest first, and the chance that it is nothing."""
    if judge is None:
        return [_option(None, choice) for choice in site.choices], None
    weighed = judge.weigh(site)
    return [_option(round(chance, 3), choice) for chance, choice in weighed], round(1 - sum(c for c, _ in weighed), 3)


def _option(chance: float | None, choice: Choice) -> Option:
    side = choice.side
    return Option(chance, choice.kind, _codes(side.actors), _codes(side.recipients), side.name)
