"""Refuses a lexicon that does not hold together, naming file and entry."""

from __future__ import annotations

import re
from typing import NamedTuple

from attache.lexicon import schema
from attache.lexicon.fold import fold
from attache.lexicon.raw import Lexicon, LexiconError, actor_codes, expand, people
from attache.lexicon.terms import before, is_date, plain

_HAN = re.compile(r"[\u3400-\u9fff]")
# The lists that the grammar of Chinese asks for by name.
WORD_LISTS = {
    "preposition": frozenset(
        ["agent", "benefit", "cause", "give", "object", "passive", "place", "to", "topic", "with"]
    ),
    "mark": frozenset(["future", "hypothetical", "negated", "past", "prohibited"]),
    "modal": frozenset(["may", "must", "not", "will"]),
    "adverb": frozenset(["words"]),
    "pronoun": frozenset(["both", "its", "other", "own", "person", "three"]),
    "light": frozenset(["verbs"]),
    "hearsay": frozenset(["words"]),
    "source": frozenset(["prepositions", "tails"]),
    "noun": frozenset(["compound", "documents", "organs", "other", "teams"]),
    "localiser": frozenset(["words"]),
    "where": frozenset(["aim", "destination", "source", "venue"]),
}
CLIP_LISTS = {"prefix": frozenset(["against", "aid", "favour", "never", "other", "passive", "place", "to", "with"])}


def check(lexicon: Lexicon) -> None:
    """Refuse what does not hold together.

    Raises:
        LexiconError: at the first such thing.
    """
    _check_codes(lexicon)
    _check_offices(lexicon)
    _check_people(lexicon)
    _check_frames(lexicon)
    _check_words(lexicon)
    _check_names(lexicon)


def _once(seen: dict[str, str], key: str, path: str, entry: str) -> None:
    if key in seen:
        raise LexiconError(path, entry, f"{key!r} is claimed already by {seen[key]}")
    seen[key] = f"{path}: {entry}"


def _check_codes(lexicon: Lexicon) -> None:
    codes: dict[str, str] = {}
    names: dict[str, str] = {}
    for path, file in lexicon.states.items():
        _once(codes, file.state.code, path, "state")
        for name in file.state.zh:
            _once(names, fold(name).text, path, f"state {file.state.code}")
    ids: dict[str, str] = {}
    parties = actor_codes(lexicon)
    for path, bodies in lexicon.bodies.items():
        for body in bodies:
            if body.code in codes:
                raise LexiconError(path, f"body {body.id}", f"{body.code} is the code of a state")
            _once(ids, body.id, path, f"body {body.id}")
            for name in body.zh:
                _once(names, fold(name).text, path, f"body {body.id}")
            _check_members(path, body, parties)
    for path, groups in lexicon.groups.items():
        for group in groups:
            if group.base is not None and group.base not in parties:
                raise LexiconError(path, f"group {group.code}", f"unknown code {group.base}")
            for name in group.zh:
                _once(names, fold(name).text, path, f"group {group.code}")
    for path, places in lexicon.places.items():
        for place in places:
            for code in (place.country, place.stands_for):
                if code is not None and code not in parties:
                    raise LexiconError(path, f"place {place.zh[0]}", f"unknown code {code}")
    for path, media in lexicon.media.items():
        for medium in media:
            if medium.country is not None and medium.country not in parties:
                raise LexiconError(path, f"medium {medium.zh[0]}", f"unknown code {medium.country}")


def _check_offices(lexicon: Lexicon) -> None:
    """Every office with a title and a known sector, once in its file."""
    sectors = {sector.code for sector in lexicon.codebook.sector}
    found = {"lang/zh/offices.toml": lexicon.offices} | {path: file.office for path, file in lexicon.states.items()}
    for path, offices in found.items():
        ids: dict[str, str] = {}
        for office in offices:
            entry = f"office {office.id}"
            _once(ids, office.id, path, entry)
            if not office.zh:
                raise LexiconError(path, entry, "has no title")
            if office.sector not in sectors:
                raise LexiconError(path, entry, f"unknown sector {office.sector}")


def _check_members(path: str, body: schema.Body, parties: set[str]) -> None:
    for member in body.members:
        if member.code not in parties:
            raise LexiconError(path, f"body {body.id}", f"unknown code {member.code} of a member")
        for date in (member.start, member.end):
            if date is not None and not is_date(date):
                raise LexiconError(path, f"body {body.id}", f"membership of {member.code}: {date} is no date")
        if before(plain(member.end), plain(member.start)):
            raise LexiconError(path, f"body {body.id}", f"membership of {member.code} ends before it starts")


def _check_people(lexicon: Lexicon) -> None:
    """Every person dated and in a known office, no office with two holders at a time, no name of two people."""
    held: dict[tuple[str, str], list[_Held]] = {}
    named: dict[str, list[_Named]] = {}
    for path, code, seat, person, offices in people(lexicon):
        entry = f"person {person.zh[0]}" if person.zh else "person"
        _check_scripts(path, entry, person.zh + person.titled, person.en)
        if not person.terms:
            raise LexiconError(path, entry, "has no dated term")
        for term in person.terms:
            if term.office not in offices:
                raise LexiconError(path, entry, f"unknown office {term.office}")
            if not term.start and not term.end:
                raise LexiconError(path, entry, f"term of {term.office} has no date")
            for date in (term.start, term.end):
                if date is not None and not is_date(date):
                    raise LexiconError(path, entry, f"term of {term.office}: {date} is no date")
            start, end = plain(term.start), plain(term.end)
            if before(end, start):
                raise LexiconError(path, entry, f"term of {term.office} ends before it starts")
            others = held.setdefault((seat, term.office), [])
            for rival in others:
                same = rival.person is person
                if (same or not offices[term.office].many) and _overlap(start, end, rival.start, rival.end):
                    whose = "its own" if same else f"that of {rival.entry}"
                    raise LexiconError(path, entry, f"term of {term.office} from {term.start} overlaps {whose}")
            others.append(_Held(entry, person, start, end))
        for name in dict.fromkeys(fold(name).text for name in person.zh):
            for other in named.get(name, ()):
                if other.code == code:
                    fine = person.shared and other.person.shared
                else:
                    fine = person.shared or other.person.shared or _same(person, other.person)
                if not fine:
                    raise LexiconError(
                        path, entry, f"{name} is claimed already by {other.entry} of {other.code}; see shared"
                    )
            named.setdefault(name, []).append(_Named(entry, code, person))


class _Held(NamedTuple):
    """A term of an office."""

    entry: str
    person: schema.Person
    start: str | None
    end: str | None


class _Named(NamedTuple):
    """Who bears a name."""

    entry: str
    code: str
    person: schema.Person


def _overlap(start: str | None, end: str | None, start2: str | None, end2: str | None) -> bool:
    """Whether two terms surely share a day; one that ends when the other begins does not."""
    return (not end or not start2 or before(start2, end)) and (not end2 or not start or before(start, end2))


def _same(one: schema.Person, two: schema.Person) -> bool:
    """Whether two entries are one person in the service of two parties: they share an English name."""
    return bool({name.casefold() for name in one.en} & {name.casefold() for name in two.en})


def _check_scripts(path: str, entry: str, zh: list[str], en: list[str]) -> None:
    """A name in either script."""
    if not zh or not en:
        raise LexiconError(path, entry, "has no Chinese name" if not zh else "has no English name")
    for name in zh:
        if not _HAN.search(name):
            raise LexiconError(path, entry, f"{name!r} among the Chinese names has no Chinese character")
    for name in en:
        if _HAN.search(name) or not name.strip():
            raise LexiconError(path, entry, f"{name!r} among the English names is none")


def _check_crosswalk(lexicon: Lexicon) -> None:
    """CAMEO codes name types and modes that there are; types and modes name a code of that type."""
    book = lexicon.codebook
    types = {kind.code for kind in book.type}
    modes = {(mode.type, mode.code) for mode in book.mode}
    cameo = {entry.code: entry.type for entry in book.cameo}
    for entry in book.cameo:
        if entry.type not in {"", *types} or (entry.mode is not None and (entry.type, entry.mode) not in modes):
            raise LexiconError("codebook.toml", f"cameo {entry.code}", f"no {entry.type} {entry.mode or ''}".rstrip())
    named: list[tuple[str, str, str]] = [(kind.code, kind.code, kind.cameo) for kind in book.type]
    named += [(mode.type, f"{mode.type} {mode.code}", mode.cameo) for mode in book.mode]
    for kind, name, code in named:
        if cameo.get(code) != kind:
            raise LexiconError("codebook.toml", name, f"CAMEO {code} is {cameo.get(code, 'unknown')}, not {kind}")


def _check_frames(lexicon: Lexicon) -> None:
    modes = {(mode.type, mode.code) for mode in lexicon.codebook.mode}
    cameo = {entry.code: entry.type for entry in lexicon.codebook.cameo}
    contexts = {context.code for context in lexicon.codebook.context}
    ids: dict[str, str] = {}
    claimed: dict[tuple[str, str], str] = {}
    for path, frames in lexicon.frames.items():
        for frame in frames:
            entry = f"frame {frame.id}"
            _once(ids, frame.id, path, entry)
            if frame.mode is not None and (frame.type, frame.mode) not in modes:
                raise LexiconError(path, entry, f"{frame.type} has no mode {frame.mode}")
            if frame.cameo is not None and frame.cameo not in cameo:
                raise LexiconError(path, entry, f"unknown CAMEO code {frame.cameo}")
            if frame.cameo is not None and cameo[frame.cameo] not in ("", frame.type):
                raise LexiconError(path, entry, f"CAMEO {frame.cameo} is {cameo[frame.cameo]}, not {frame.type}")
            for context in frame.contexts:
                if context not in contexts:
                    raise LexiconError(path, entry, f"unknown context {context}")
            if not frame.yes or not frame.no:
                raise LexiconError(path, entry, "needs a sentence that it must code and one that it must not")
            for word in frame.words + frame.nouns:
                for noun in expand(frame.with_, lexicon.classes, path, entry) or [""]:
                    key = (fold(word).text, fold(noun).text)
                    if claimed.get(key, frame.id) != frame.id:
                        raise LexiconError(path, entry, f"{word} {noun} collides with {claimed[key]}")
                    claimed[key] = frame.id


def _check_names(lexicon: Lexicon) -> None:
    """No word twice in a list of names.toml, no homonym that is somebody's name."""
    path = "lang/zh/names.toml"
    for table in lexicon.naming.__struct_fields__:
        lists = getattr(lexicon.naming, table)
        for name in lists.__struct_fields__:
            words = [fold(word).text for word in getattr(lists, name)]
            doubled = {word for word in words if words.count(word) > 1}
            if doubled:
                raise LexiconError(path, f"{table}.{name}", f"{min(doubled)} stands twice")
    own = {fold(name).text for file in lexicon.states.values() for name in file.state.zh}
    own |= {fold(name).text for file in lexicon.states.values() for organ in file.organ for name in organ.zh}
    own |= {fold(name).text for bodies in lexicon.bodies.values() for body in bodies for name in body.zh}
    own |= {fold(name).text for places in lexicon.places.values() for place in places for name in place.zh}
    for word in lexicon.naming.homonym.words:
        if fold(word).text in own:
            raise LexiconError(path, "homonym.words", f"{word} is the name of a party or a place")


def _check_lists(path: str, found: dict[str, dict[str, list[str]]], wanted: dict[str, frozenset[str]]) -> None:
    """The tables and lists that the grammar asks for: none missing, none unknown."""
    for table, names in wanted.items():
        if table not in found:
            raise LexiconError(path, table, "is missing")
        for name in names - found[table].keys():
            raise LexiconError(path, f"{table}.{name}", "is missing")
        for name in found[table].keys() - names:
            raise LexiconError(path, f"{table}.{name}", "is unknown")
    for table in found.keys() - wanted.keys():
        raise LexiconError(path, table, "is unknown")


def _check_pattern(entry: str, pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        raise LexiconError("lang/zh/statements.toml", entry, f"no regular expression: {error}") from None


def _check_words(lexicon: Lexicon) -> None:
    _check_lists("lang/zh/words.toml", lexicon.words, WORD_LISTS)
    _check_lists("lang/zh/clips.toml", {k: v for k, v in lexicon.clips.items() if k == "prefix"}, CLIP_LISTS)
    for name in ("suffix", "verb", "pair", "core", "after", "shared", "shared_suffix", "shared_prefix"):
        if name not in lexicon.clips:
            raise LexiconError("lang/zh/clips.toml", name, "is missing")
    known = actor_codes(lexicon)
    for table in ("pair", "after", "shared"):
        for clip, codes in lexicon.clips[table].items():
            for code in codes:
                if code not in known:
                    raise LexiconError("lang/zh/clips.toml", f"{table}.{clip}", f"unknown code {code}")
    for table, entries in lexicon.statements.items():
        for name, pattern in entries.items():
            if isinstance(pattern, str):
                _check_pattern(f"{table}.{name}", pattern)
    seen: dict[str, str] = {}
    for word in lexicon.loaded:
        _once(seen, fold(word.loaded).text, "lang/zh/loaded.toml", f"word {word.loaded}")
    codes_seen: dict[str, str] = {}
    for entry in lexicon.codebook.cameo:
        _once(codes_seen, entry.code, "codebook.toml", f"cameo {entry.code}")
    _check_crosswalk(lexicon)
    for table, lists in lexicon.words.items():
        for name, words in lists.items():
            doubled = {word for word in words if words.count(word) > 1}
            if doubled:
                raise LexiconError("lang/zh/words.toml", f"{table}.{name}", f"{sorted(doubled)[0]} stands twice")
