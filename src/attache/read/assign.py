"""Parties to roles: who acts and to whom it is done, by the case of the frame and the sentence around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attache.lexicon.rows import FrameRow
from attache.read.actor import Party
from attache.read.chunk import Chunk
from attache.read.discourse import Discourse, resolve
from attache.read.roles import Left

if TYPE_CHECKING:
    from attache.read.scope import Scope

VERBAL = frozenset(["ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT", "AGREE", "CONCEDE"])
ADDING = frozenset(["并", "还", "也", "又", "并且", "同时", "另", "此外", "亦", "再次", "再度", "且"])


def find_subject(
    chunks: list[Chunk], v: int, left: Left, frame: FrameRow, scopes: list[Scope], discourse: Discourse
) -> tuple[tuple[Party, ...], str]:
    """Who acts: the subject; in speech where none is said the speaker; in a relative clause what it describes."""
    trigger = chunks[v].start
    scope = next((s for s in reversed(scopes) if s.start <= trigger < s.end and s.source.parties), None)
    phrase = left.subject.phrase if left.subject is not None else None
    if phrase is not None and phrase.head == "pronoun" and phrase.pronoun == "own" and scope is not None:
        return scope.source.parties, "speaker"
    if left.subject is None or left.topic:
        described = _described(chunks, v)
        if described:
            return described, "relative"
        told = scope is not None and scope.source.kind not in ("unnamed", "medium", "hearsay", "document")
        if scope is not None and told and (left.subject is None or (frame.type in VERBAL and _added(chunks, v))):
            return scope.source.parties, "speaker"
    if left.subject is None:
        return ((), "none") if left.passive or not left.quoted else (discourse.speaker, "speaker")
    if left.blocked and not (frame.type == "PROTEST" and left.blocked == "about"):
        return (), "blocked"  # a nameless crowd (法国农民) counts for its state, nothing else does
    return resolve(phrase, discourse), "topic" if left.topic else "subject"


def _added(chunks: list[Chunk], v: int) -> bool:
    """并谴责, 还呼吁: an adverb of addition returns to the outer speaker, unless the content has its own topic."""
    for j in range(v - 1, max(v - 6, -1), -1):
        if chunks[j].kind == "u":
            return j + 1 == v or chunks[j + 1].text in ADDING or chunks[j].text == "；"
    return True


def _described(chunks: list[Chunk], v: int) -> tuple[Party, ...]:
    """突访基辅的美国总统: the party that a relative clause without subject describes."""
    tail = chunks[v + 1 : v + 4]
    if len(tail) == 3 and tail[0].kind == "P" and tail[1].kind == "de" and tail[2].phrase and tail[2].role == "party":
        return tail[2].phrase.parties
    if len(tail) >= 2 and tail[0].kind == "de" and tail[1].phrase and tail[1].role == "party":
        return tail[1].phrase.parties
    return ()


def _codes(parties: tuple[Party, ...]) -> set[str]:
    return {party.code for party in parties}


def assign(
    frame: FrameRow, left: Left, subject: tuple[Party, ...], objects: list[Chunk], discourse: Discourse
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Actors and recipients by the case of the frame."""
    target = next(
        (
            resolve(left.roles[role], discourse)
            for role in ("to", "give", "benefit")
            if role in left.roles and left.roles[role].parties
        ),
        (),
    )
    if (
        not target
        and frame.type in ("RETREAT", "SANCTION", "COERCE", "COOPERATE", "MOBILIZE")
        and "place" in left.roles
    ):
        target = left.roles["place"].parties
    moved = left.roles.get("object")
    object_parties = next((resolve(o.phrase, discourse) for o in objects if resolve(o.phrase, discourse)), ())
    if left.passive:
        agent = resolve(left.roles.get("passive") or left.roles.get("agent"), discourse)
        patient = left.subject.phrase.parties if left.subject is not None and left.subject.phrase else ()
        return agent or (Party("UNK", 0, 0, None, ""),), patient or subject
    if (
        frame.case == "partner"
        and frame.mutual
        and len(subject + (resolve(left.roles.get("with"), discourse) or object_parties)) > 1
    ):
        everyone = subject + (
            resolve(left.roles.get("with"), discourse) or (() if len(subject) > 1 else object_parties)
        )
        return everyone, everyone
    if frame.case == "partner":
        phrase = left.subject.phrase if left.subject is not None else None
        facing = object_parties and "with" not in left.roles and not _codes(subject) & _codes(object_parties)
        if len(subject) > 1 and facing:
            return subject, object_parties  # 马克龙、默茨集体连线泽连斯基
        if subject and phrase is not None and phrase.second and phrase.parties:
            return phrase.parties[: phrase.second], phrase.parties[phrase.second :]
        partner = resolve(left.roles.get("with"), discourse) or target
        if subject and partner:
            return subject, partner
        if not subject and len(partner) > 1:
            return partner[:1], partner[1:]
        if len(subject) > 1:
            return subject[:1], subject[1:]
        return subject, object_parties
    if frame.case != "alone":
        target = target or (moved.parties if moved else ())
    return subject, target or object_parties or _owners(frame, objects, left, subject)


def _owners(frame: FrameRow, objects: list[Chunk], left: Left, subject: tuple[Party, ...]) -> tuple[Party, ...]:
    """Whose the place is that a material act is done to or in: 占领克里米亚, 在加沙扩大行动. Never the actor's own."""
    if frame.type not in ("ASSAULT", "COERCE"):
        return ()
    doers = {party.code for party in subject}
    for item in [*objects, *left.places]:
        if item.place is not None and item.place.country and item.place.country not in doers:
            return (Party(item.place.country, item.start, item.end, None, ""),)
    return ()


def addressed(chunks: list[Chunk], end: int, actors: tuple[Party, ...]) -> tuple[Party, ...]:
    """呼吁，平壤必须停止…: whom speech is about where only its content says so, the subject of the next clause."""
    doers = {party.code for party in actors}
    for j in range(end + 1, min(end + 8, len(chunks))):
        item = chunks[j]
        if item.kind in "VS" or (item.kind == "u" and item.text not in "“‘"):
            return ()
        if item.phrase is not None:
            named = item.phrase.parties if item.role in ("party", "about") else ()
            return named if named and not doers & {party.code for party in named} else ()
    return ()


def apart(
    frame: FrameRow, actors: tuple[Party, ...], recipients: tuple[Party, ...]
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Each party once, and on one side only."""
    if frame.mutual and {party.code for party in actors} == {party.code for party in recipients}:
        both = tuple({party.code: party for party in actors}.values())
        return both, both
    first: dict[str, Party] = {}
    for party in actors:
        first.setdefault(party.code, party)
    second: dict[str, Party] = {}
    for party in recipients:
        if party.code not in first:
            second.setdefault(party.code, party)
    if not second and recipients and frame.case != "partner":
        return tuple(first.values()), ()
    return tuple(first.values()), tuple(second.values())
