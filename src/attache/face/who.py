"""Who that is: every reading of a name, from the files of the lexicon, with terms and memberships by date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, NamedTuple

from attache.lexicon.fold import fold
from attache.lexicon.raw import Lexicon, people, short
from attache.lexicon.schema import Member, Office, Term
from attache.lexicon.tables import Tables
from attache.lexicon.terms import before, covers, plain
from attache.read.actor import Party
from attache.read.known import Known
from attache.read.mention import parties


class Reading(NamedTuple):
    """One thing that a name may mean. ``lines``: what else the lexicon says of it, for people to read."""

    kind: str
    code: str | None
    name: str
    file: str
    lines: list[str]

    def json(self) -> dict[str, Any]:
        """For machines."""
        return self._asdict()


def who(name: str, day: str, lexicon: Lexicon, tables: Tables) -> list[Reading]:
    """Every reading of ``name``; of a phrase (美国国务卿鲁比奥, 中国外长) the party that it names.

    Args:
        name: as a page words it, in any script.
        day: EDTF date at which offices and memberships are asked for.
        lexicon: the raw lexicon.
        tables: its compiled tables.
    """
    wanted = fold(name).text.casefold()
    found = [*_entities(wanted, day, lexicon), *_persons(wanted, day, lexicon), *_others(wanted, lexicon, tables)]
    return found or _phrase(name, day, lexicon, tables)


def near(name: str, lexicon: Lexicon) -> list[str]:
    """Names of the lexicon that look like one that it does not hold."""
    known = {one for file in lexicon.states.values() for one in file.state.zh + file.state.en}
    known |= {one for holder in people(lexicon) for one in holder.person.zh + holder.person.en}
    known |= {one for bodies in lexicon.bodies.values() for body in bodies for one in body.zh + body.en}
    return get_close_matches(name, sorted(known), n=4, cutoff=0.5)


def _is(wanted: str, names: list[str]) -> bool:
    return any(fold(name).text.casefold() == wanted for name in names)


def _names(zh: list[str], en: list[str]) -> str:
    return " · ".join([*zh, *en])


def _entities(wanted: str, day: str, lexicon: Lexicon) -> Iterator[Reading]:
    """States with their organs, bodies, groups."""
    general = {office.id: office for office in lexicon.offices}
    for path, file in lexicon.states.items():
        state = file.state
        if _is(wanted, [state.code, *state.zh, *state.en, *state.demonym, *state.demonym_en, *state.clip]):
            lines = [_names(state.zh, state.en)]
            if state.capital:
                lines.append(f"capital {state.capital} {state.capital_en or ''}".rstrip())
            lines += _heads(file.state.code, day, lexicon)
            member_of = [
                body.zh[0]
                for bodies in lexicon.bodies.values()
                for body in bodies
                if any(m.code == state.code and covers(m.start, m.end, day) for m in body.members)
            ]
            if member_of:
                lines.append(f"on {day} member of " + ", ".join(dict.fromkeys(member_of)))
            yield Reading("state", state.code, state.zh[0], path, lines)
        for organ in file.organ:
            if _is(wanted, organ.zh + organ.en):
                bare = "" if organ.bare else f"; only beside {state.zh[0]}"
                yield Reading(
                    f"organ ({organ.kind})", state.code, organ.zh[0], path, [_names(organ.zh, organ.en) + bare]
                )
    for path, bodies in lexicon.bodies.items():
        for body in bodies:
            if _is(wanted, [body.code, *body.zh, *body.en, *body.clip]):
                lines = [_names(body.zh, body.en), *_members(body.members, day)]
                lines += [
                    f"{_held(term, general)}: {person.zh[0]} {person.en[0]}"
                    for person in body.person
                    for term in person.terms
                    if covers(term.start, term.end, day)
                ]
                yield Reading("body", body.code, body.zh[0], path, lines)
    for path, groups in lexicon.groups.items():
        for group in groups:
            if _is(wanted, [group.code, *group.zh, *group.en]):
                base = [f"based in {group.base}"] if group.base else []
                yield Reading("group", group.code, group.zh[0], path, [_names(group.zh, group.en), *base])


def _members(members: list[Member], day: str) -> list[str]:
    """Who is in a body that day, and who has left it."""
    now = [m.code for m in members if covers(m.start, m.end, day)]
    left = [f"{m.code} ({m.start or '..'}/{m.end})" for m in members if before(plain(m.end), day)]
    lines = [f"on {day} {len(now)} members: {' '.join(now)}"] if now else []
    return lines + ([f"no longer: {' '.join(left)}"] if left else [])


LAST = 5  # former holders of an office that are told
HEADS = ("president", "state_president", "monarch", "prime_minister", "premier", "supreme_leader", "foreign_minister")


def _heads(code: str, day: str, lexicon: Lexicon) -> list[str]:
    """Who leads a state that day."""
    found = [
        (HEADS.index(term.office), f"{_held(term, offices)}: {person.zh[0]} {person.en[0]}")
        for _, whose, _, person, offices in people(lexicon)
        for term in person.terms
        if whose == code and term.office in HEADS and covers(term.start, term.end, day)
    ]
    return [line for _, line in sorted(found)]


def _persons(wanted: str, day: str, lexicon: Lexicon) -> Iterator[Reading]:
    for path, code, _, person, offices in people(lexicon):
        if _is(wanted, person.zh + person.titled + person.en):
            lines = [_names(person.zh + person.titled, person.en)]
            lines += [_held(term, offices, day) for term in person.terms]
            brief = [name for name in person.zh if person.shared and short(name)]
            if _is(wanted, person.titled + brief):
                lines.append("this name links only beside a title, or once a page has told who is meant")
            yield Reading("person", code, person.zh[0], path, lines)


def _held(term: Term, offices: Mapping[str, Office], day: str | None = None) -> str:
    """A term in a line, with ``*`` before it if it is held that day."""
    office = offices[term.office]
    doubt = " uncertain" if term.uncertain else ""
    sign = ("* " if covers(term.start, term.end, day) else "  ") if day else ""
    return f"{sign}{office.zh[0]} {office.en[0] if office.en else ''} {term.start or '..'}/{term.end or '..'}{doubt}"


def _others(wanted: str, lexicon: Lexicon, tables: Tables) -> Iterator[Reading]:
    """Clipped compounds, media, places, titles."""
    entry = tables.entry(wanted)
    for clip in entry.clips if entry else []:
        part = wanted[clip.start : clip.end]
        whose = tables.shared_clips.get(part, [])
        code = clip.code or None
        shared = [f"short for {' or '.join(whose)}: the one that the page named last"] if whose else []
        yield Reading(
            "clipped name", code, tables.names[code][0] if code else part, "lang/zh/clips.toml", [part, *shared]
        )
    for path, media in lexicon.media.items():
        for medium in media:
            if _is(wanted, medium.zh + medium.en):
                yield Reading("medium", medium.country, medium.zh[0], path, [_names(medium.zh, medium.en), medium.kind])
    for path, places in lexicon.places.items():
        for place in places:
            if _is(wanted, place.zh + place.en):
                lines = [_names(place.zh, place.en), place.kind]
                if place.party:
                    lines.append(f"also stands for {place.stands_for or place.country}")
                if place.shared:
                    lines.append("also a common word: never linked")
                yield Reading("place", place.country, place.zh[0], path, lines)
    for office in lexicon.offices:
        if _is(wanted, office.zh + office.en):
            yield Reading(
                "title", None, office.zh[0], "lang/zh/offices.toml", [_names(office.zh, office.en), office.sector]
            )


def _phrase(name: str, day: str, lexicon: Lexicon, tables: Tables) -> list[Reading]:
    """The parties that a phrase names, with whoever holds the office that it tells without a name."""
    text = fold(name).text
    _, found = parties(text, tables, Known(), day)
    if not found or (found[0].start, found[-1].end) != (0, len(text)):
        return []
    return [_party(party, text, day, lexicon, tables) for party in found]


def _party(party: Party, text: str, day: str, lexicon: Lexicon, tables: Tables) -> Reading:
    """The party that a phrase names: a person with the terms, else whoever holds the office that it tells."""
    reading = party.reading
    words = text[party.start : party.end]
    state = tables.names.get(party.code, ("", ""))[0]
    if reading is not None and reading.kind == "proposed":
        return Reading("proposed", party.code or None, reading.name, "", [f"{words}: not in the lexicon"])
    if reading is not None and reading.kind == "person":
        terms = [f"{'* ' if t.covers(day) else '  '}{t.title} {t.start or '..'}/{t.end or '..'}" for t in reading.terms]
        return Reading("person", party.code, reading.name, "", [words, *terms])
    stage, title = tables.naming.stage(party.office)
    seats = {body.id for found in lexicon.bodies.values() for body in found if reading and body.zh[0] == reading.name}
    held = [
        (term, f"{_held(term, holder.offices)}: {holder.person.zh[0]} {holder.person.en[0]}")
        for holder in people(lexicon)
        if holder.code == party.code and (not seats or holder.seat in seats)
        for term in holder.person.terms
        if title and _is(title, holder.offices[term.office].zh)
    ]
    if stage == "former":
        past = [(term.end or "", line) for term, line in held if before(plain(term.end), day)]
        lines = [f"  {line}" for _, line in sorted(past, reverse=True)[:LAST]]
    else:
        lines = [f"* {line}" for term, line in held if covers(term.start, term.end, day)]
    return Reading(reading.kind if reading else "party", party.code, state, "", [words, *lines])
