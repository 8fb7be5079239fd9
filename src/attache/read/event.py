"""From acts of sentences to events of a page: date, place, figures, sources, disputes; one act once.

A date belongs to the act in whose clause it stands; an act without a date of its own takes none from what a
speech only tells about. Repeats of one act become its other mentions.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple

import msgspec

from attache.lexicon.rows import PROPOSED, Reading
from attache.lexicon.tables import Tables
from attache.lexicon.terms import day_of
from attache.read.act import Act
from attache.read.actor import Party
from attache.read.denial import disputes
from attache.read.quantity.find import QuantityHit
from attache.read.reading import Read
from attache.read.scope import Scope
from attache.read.sentence import Line
from attache.read.speaker import PASSING_ON, Source
from attache.read.time.hit import TimeHit
from attache.read.when import SPEECH_TYPES, Dated, cues, dates, telling
from attache.read.where import places
from attache.record import MUTUAL, Actor, Claimant, Event, Quantity, Time

MOST_ALSO = 20  # other mentions kept of one act
CLAIMED = frozenset(["ASSAULT", "MOBILIZE", "COERCE"])
CARRIED_PARTS = 6  # parts, blank ones and paragraph marks among them


class Draft(NamedTuple):
    """An act with what belongs to it, before repeats are merged."""

    act: Act
    reading: Read
    sources: tuple[Source, ...]
    when: Dated | None
    disclosed: str | None
    reported: str | None


def events(readings: list[Read], capture: str, tables: Tables, page: str = "") -> list[Event]:
    """The events of a page, in order of their first mention. ``page``: the capture's id, part of each event's own."""
    days = dates(readings, tables)
    groups = _grouped(_carried(readings, days, tables))
    weak: dict[Key, list[Draft]] = {}
    for reading in readings:
        for act in reading.weak:
            draft = Draft(act, reading, (), days.get(id(act)), None, None)
            weak.setdefault(_key(draft), []).append(draft)
    mentions = [_mentioned(group, weak) for group in groups]
    denied = disputes(readings, groups, tables)
    return [_event(group, mentions[i], denied.get(i, []), tables, capture, page) for i, group in enumerate(groups)]


Key = tuple[str, frozenset[str], frozenset[str]]


def _key(draft: Draft) -> Key:
    """What two tellings of one act have in common; a strike is not the shelling of the sentence before."""
    frame = draft.act.frame
    return (frame.id if frame.type == "ASSAULT" else frame.type, *_sides(draft))


def _grouped(drafts: list[Draft]) -> list[list[Draft]]:
    """Drafts that tell one act, together: type (of attacks the frame too), sides, mark, dates that do not contradict.

    Within a sentence half of the parties are enough; what is said anew in a new sentence is new. Each draft is held
    against the groups of its own sentence and looked up by key in those before, so that cost grows with the drafts.
    """
    groups: list[list[Draft]] = []
    known: dict[tuple[Key, str], dict[str | None, list[Draft]]] = {}
    here: list[list[Draft]] = []
    for draft in drafts:
        if here and here[0][-1].reading is not draft.reading:
            here = []
        group = next((group for group in here if _alike(group[-1], draft)), None)
        if group is None and draft.act.frame.type not in SPEECH_TYPES:
            dates = known.setdefault((_key(draft), draft.act.status), {})
            day = _told_day(draft)
            group = dates.get(day) or dates.get(None) or (next(iter(dates.values()), None) if day is None else None)
            if group is None:
                group = []
                groups.append(group)
            dates.setdefault(day, group)
        elif group is None:
            group = []
            groups.append(group)
        group.append(draft)
        if all(group is not other for other in here):
            here.append(group)
    return groups


def _told_day(draft: Draft) -> str | None:
    """The day that the act's own words tell; one that is only reckoned (a telling's) keeps no two acts apart."""
    return draft.when.edtf if draft.when and draft.when.how == "clause" else None


def _alike(first: Draft, second: Draft) -> bool:
    """Whether two drafts of one sentence are one act: the same type, half of the parties of each side."""
    if first.act.frame.type != second.act.frame.type:
        return False
    return all(alike(one, two) for one, two in zip(_sides(first), _sides(second), strict=True))


class _Running(NamedTuple):
    """A medium that disclosed who said what, for as long as the page goes on telling it."""

    source: Source
    codes: frozenset[str]
    part: int
    disclosed: str | None


def _carried(readings: list[Read], days: dict[int, Dated], tables: Tables) -> list[Draft]:
    """All drafts; what a medium disclosed of a talk goes on being its report in the paragraphs that tell the rest."""
    out: list[Draft] = []
    running: _Running | None = None
    words = cues(tables).disclosing
    for reading in readings:
        part = reading.line.paragraph.part
        if running is not None and part - running.part > CARRIED_PARTS:
            running = None
        for act in reading.acts:
            draft = _draft(act, reading, days, tables)
            codes = {party.code for party in act.actors}
            if running and not draft.sources and act.frame.type in SPEECH_TYPES and codes <= running.codes:
                draft = draft._replace(sources=(running.source,), disclosed=running.disclosed)
            out.append(draft)
        disclosing = next(
            (s for s in reading.scopes if s.source.kind == "medium" and s.verb in words),
            None,
        )
        if disclosing is not None:
            parties = frozenset(c for item in reading.chunks if item.phrase for c in item.phrase.codes)
            source = disclosing.source
            running = _Running(
                source._replace(home=reading.line), parties, part, _told(reading, (source,), tables, disclosing=True)
            )
    return out


def _mentioned(group: list[Draft], weak: dict[Key, list[Draft]]) -> list[Draft]:
    """Unlikely acts of other sentences that can only be this one again; what is said again is said anew."""
    first = group[0]
    if first.act.frame.type in SPEECH_TYPES:
        return []
    days = {_told_day(draft) for draft in group} - {None}
    return [draft for draft in weak.get(_key(first), []) if _told_day(draft) in {None, *days}][:MOST_ALSO]


def _draft(act: Act, reading: Read, days: dict[int, Dated], tables: Tables) -> Draft:
    sources = _sources(act, reading, tables)
    # whoever discloses an act, a party of it too
    around = tuple(scope.source for scope in reading.scopes if scope.start <= act.trigger[0] < scope.end)
    disclosed = _told(reading, around, tables, disclosing=True)
    reported = _told(reading, sources, tables, disclosing=False)
    return Draft(act, reading, sources, days.get(id(act)), disclosed, reported)


def _sources(act: Act, reading: Read, tables: Tables) -> tuple[Source, ...]:
    """Who answers for the report of an act: every scope around it but the actor's own speech."""
    out: list[Source] = []
    granted = _granted(act, reading.line.text, tables)
    noun = "noun" in act.features and "light=" in act.features and act.frame.type not in CLAIMED
    for scope in reading.scopes:
        carried = scope.source.kind == "medium" and scope.verb_start == act.trigger[0]  # the medium of an interview
        if not (carried or scope.start <= act.trigger[0] < scope.end) or not _claims(act, scope):
            continue
        if granted or (noun and scope.source.kind in ("official", "party", "person")):
            continue  # a deed that a speech only names is taken for granted, not reported by the speaker
        if scope.source.text not in (source.text for source in out):
            out.append(scope.source)
    return tuple(out)


def _claims(act: Act, scope: Scope) -> bool:
    """Whether the source of a scope claims an act: what a party does by its words alone is no claim.

    A strike, a meeting that a party tells of as of a fact is one; what it announces of itself is its act.
    """
    own = {party.code for party in scope.source.parties}
    doers = {party.code for party in act.actors}
    if scope.stance == "deny":
        return False
    if not own & doers or scope.source.kind in PASSING_ON:
        return True
    if act.frame.type in CLAIMED:
        return True
    if scope.stance == "announce":
        return False
    named = any(party.home is None and scope.start <= party.start < scope.end for party in act.actors)
    if named and act.frame.type in MUTUAL and _joint(act):
        return True
    if act.frame.type not in SPEECH_TYPES:
        return named
    return named and bool(doers - own)


def _joint(act: Act) -> bool:
    """Whether one phrase names both sides of an act (中印双方同意): told of both, not said by one."""
    return {"r=own", "afar=away", "rfar=away"} <= set(act.roles)  # no phrase names either of them alone


def _granted(act: Act, text: str, tables: Tables) -> bool:
    """Whether a source only takes an act for granted, to tell the time by it (自…入侵以来)."""
    return bool(tables.patterns["speaker"]["granted_re"].match(text, act.trigger[1]))


def _told(reading: Read, sources: tuple[Source, ...], tables: Tables, *, disclosing: bool) -> str | None:
    """The day that stands between a source and its verb: of its disclosure, or of its report."""
    for scope in reading.scopes:
        known = any(scope.source is source for source in sources) and scope.source.home is None
        if known and (scope.verb in cues(tables).disclosing) == disclosing:
            hit = telling(cues(tables), reading, scope.source.start, scope.start)
            if hit:
                return hit.edtf
    return None


def _sides(draft: Draft) -> tuple[frozenset[str], frozenset[str]]:
    actors = frozenset(party.code for party in draft.act.actors)
    recipients = frozenset(party.code for party in draft.act.recipients)
    return (actors | recipients, frozenset()) if draft.act.frame.type in MUTUAL else (actors, recipients)


def alike(one: frozenset[str], two: frozenset[str]) -> bool:
    """Whether two tellings of a side share half of its parties or more."""
    return one == two or (bool(one & two) and len(one & two) / len(one | two) >= 0.5)


def _event(
    group: list[Draft],
    mentioned: list[Draft],
    denied: list[tuple[Read, Source]],
    tables: Tables,
    capture: str,
    page: str,
) -> Event:
    fullest = max(group, key=lambda d: (_told_day(d) is not None, -d.reading.index))
    act, reading = fullest.act, fullest.reading
    line = reading.line
    evidence = line.span(*act.clause, capture)
    also = [d.reading.line.span(*d.act.clause, capture) for d in [*group, *mentioned] if d is not fullest]
    sources = fullest.sources
    when = fullest.when or next((d.when for d in group if d.when), None)
    parties = [[party.code for party in side] for side in (act.actors, act.recipients)]
    key = f"{page}|{act.frame.type}|{evidence.start}|{act.trigger[0]}|{parties}"
    frame = act.frame
    return Event(
        id=hashlib.sha256(key.encode()).hexdigest()[:12],
        type=frame.type,  # type: ignore[arg-type]  # checked against the codebook at load
        mode=frame.mode,
        contexts=list(frame.contexts),
        cameo=frame.cameo,
        goldstein=frame.goldstein,
        actors=[actor(party, line, when.edtf if when else None, capture) for party in act.actors],
        recipients=[actor(party, line, when.edtf if when else None, capture) for party in act.recipients],
        status=act.status,  # type: ignore[arg-type]
        claimants=[claimant(source, line, capture) for source in sources],
        disputed_by=[claimant(source, other.line, capture) for other, source in denied],
        when=when.edtf if when else None,
        when_basis=basis(when, capture) if when else None,
        disclosed=fullest.disclosed,
        reported=fullest.reported,
        where=places(reading, act, tables, capture),
        quantities=[
            quantity_record(hit, line, capture) for hit in reading.figures
            if act.clause[0] <= hit.start < act.clause[1]
        ],
        evidence=evidence,
        also=[span for span in also if span.text != evidence.text],
        sentence=reading.index,
        rule=act.rule,
        confidence=max(draft.act.confidence for draft in group),
        readers=["built-in"],
    )  # fmt: skip


def _holds(reading: Reading, day: str | None) -> tuple[str | None, str]:
    """Office and sector of a person at a date; where no date is told the one held last, of several the highest."""
    if not reading.terms:
        return None, reading.sector
    first = day_of(day)
    if first:
        held = [term for term in reading.terms if term.covers(first)]
        if not held:
            return None, reading.sector
        highest = min(held, key=lambda term: term.rank)
        return highest.title, highest.sector
    last = max(reading.terms, key=lambda term: (term.end or "9999", -term.rank))
    return last.title, last.sector


def actor(party: Party, line: Line, day: str | None, capture: str) -> Actor:
    """The record of a party: office as the page says it, else as held at that date."""
    if party.end == 0:
        return Actor(code=party.code, text="")
    span = (party.home or line).span(party.start, party.end, capture)
    reading = party.reading
    office, sector = _holds(reading, day) if reading else (None, "GOV")
    return Actor(
        code=party.code or None, text=span.text, name=reading.name if reading else None, office=party.office or office,
        sector=sector, start=span.start, end=span.end,
        proposed=reading is not None and reading.kind in PROPOSED,
    )  # fmt: skip


def claimant(source: Source, line: Line, capture: str) -> Claimant:
    """The record of a source."""
    span = (source.home or line).span(source.start, source.end, capture)
    return Claimant(
        text=span.text, kind=source.kind,  # type: ignore[arg-type]
        code=source.parties[0].code or None if source.parties else None, count=source.number or None,
        office=source.office or None, start=span.start, end=span.end,
    )  # fmt: skip


def time_record(hit: TimeHit, line: Line, capture: str) -> Time:
    """The record of a time."""
    span = line.span(hit.start, hit.end, capture)
    return Time(
        text=span.text, start=span.start, end=span.end, edtf=hit.edtf, rule=hit.rule, kind=hit.kind,
        precision=hit.precision, modifier=hit.modifier, clock=hit.clock, part_of_day=hit.part, zone=hit.zone,
        duration=hit.length, anchor=hit.anchor, anchor_why=hit.anchor_why,
        direction=hit.direction, direction_why=hit.pull,
    )  # fmt: skip


def basis(when: Dated, capture: str) -> Time:
    """The record of the time that dates an act; its rule ends in how it does, but for one in the act's own clause."""
    time = time_record(when.hit, when.line, capture)
    return time if when.how == "clause" else msgspec.structs.replace(time, rule=f"{time.rule}/{when.how}")


def quantity_record(hit: QuantityHit, line: Line, capture: str) -> Quantity:
    """The record of a figure."""
    span = line.span(hit.start, hit.end, capture)
    return Quantity(
        text=span.text, start=span.start, end=span.end, value=hit.value, unit=hit.unit, bound=hit.bound,
        high=hit.high, what=hit.what,
    )  # fmt: skip
