"""Reads the lexicon's TOML and refuses what does not hold together, naming file and entry.

The raw lexicon is only for compiling (``compile.py``), checking and statistics; reading pages uses tables.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec

from attache.lexicon import schema
from attache.lexicon.fold import fold

HOME = Path(__file__).parent
T = TypeVar("T")


# The lists that the grammar of Chinese asks for by name.
WORD_LISTS = {
    "preposition": frozenset(
        (
            "agent",
            "benefit",
            "cause",
            "give",
            "object",
            "passive",
            "place",
            "to",
            "topic",
            "with",
        )
    ),
    "mark": frozenset(
        (
            "future",
            "hypothetical",
            "negated",
            "past",
        )
    ),
    "adverb": frozenset(("words",)),
    "pronoun": frozenset(
        (
            "both",
            "its",
            "other",
            "own",
            "person",
            "three",
        )
    ),
    "light": frozenset(("verbs",)),
    "hearsay": frozenset(("words",)),
    "source": frozenset(
        (
            "prepositions",
            "tails",
        )
    ),
    "noun": frozenset(("compound", "documents", "organs", "other", "teams")),
    "localiser": frozenset(("words",)),
}
CLIP_LISTS = {
    "prefix": frozenset(
        (
            "against",
            "aid",
            "favour",
            "never",
            "other",
            "passive",
            "place",
            "to",
            "with",
        )
    ),
}


class LexiconError(Exception):
    """The lexicon does not hold together. The message names the file and the entry."""

    def __init__(self, path: Path | str, entry: str, why: str) -> None:
        super().__init__(f"{path}: {entry}: {why}" if entry else f"{path}: {why}")


class Lexicon(NamedTuple):
    """The raw lexicon; each mapping is keyed by file path relative to the lexicon's folder."""

    states: dict[str, schema.StateFile]
    bodies: dict[str, list[schema.Body]]
    groups: dict[str, list[schema.Group]]
    media: dict[str, list[schema.Medium]]
    places: dict[str, list[schema.PlaceEntry]]
    offices: list[schema.Office]
    classes: dict[str, list[str]]
    frames: dict[str, list[schema.Frame]]
    codebook: schema.Codebook
    words: dict[str, dict[str, list[str]]]
    clips: dict[str, dict[str, list[str]]]
    speech: dict[str, list[str]]
    statements: dict[str, dict[str, list[str] | str]]
    loaded: list[schema.LoadedWord]


# Parsed files by path, filled from the cache of compiled tables when its digest holds: parsing TOML takes longer
# than all else at start-up.
PARSED: dict[Path, tuple[tuple[int, int], Any]] = {}


def stamp(path: Path) -> tuple[int, int]:
    """Size and time of change of a file: while they stay, its parsed form does."""
    status = path.stat()
    return status.st_size, status.st_mtime_ns


def read_toml(path: Path, shape: type[T]) -> T:
    """One TOML file in its shape. Raises LexiconError for bad syntax, unknown keys and wrong types."""
    try:
        kept = PARSED.get(path)
        found = kept[1] if kept and kept[0] == stamp(path) else tomllib.loads(path.read_text(encoding="utf-8"))
        return msgspec.convert(found, shape)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LexiconError(path, "", str(error)) from None
    except msgspec.ValidationError as error:
        raise LexiconError(path, "", str(error)) from None
    except OSError as error:
        raise LexiconError(path, "", error.strerror or str(error)) from None


def files(home: Path = HOME) -> list[Path]:
    """All files of the lexicon in a fixed order."""
    return sorted(home.rglob("*.toml"))


def digest(home: Path = HOME) -> str:
    """SHA-256 over names and bytes of all files of the lexicon, the judge and the code that compiles them."""
    total = hashlib.sha256()
    code = [HOME / f"{name}.py" for name in ("fold", "schema", "rows", "compile", "tables")]
    for path in [*files(home), home / "judge.json", *code]:
        data = path.read_bytes() if path.exists() else b""
        name = path.relative_to(home) if path.is_relative_to(home) else path.name
        total.update(f"{name}\0{len(data)}\0".encode())
        total.update(data)
    return total.hexdigest()


def load(home: Path = HOME) -> Lexicon:
    """Read and check the whole lexicon.

    Raises:
        LexiconError: at the first thing that does not hold together.
    """

    def each(folder: str, shape: type[T]) -> Iterator[tuple[str, T]]:
        for path in sorted((home / folder).glob("*.toml")):
            yield str(path.relative_to(home)), read_toml(path, shape)

    verbs = dict(each("lang/zh/verbs", schema.VerbFile))
    classes: dict[str, list[str]] = {}
    for name, file in verbs.items():
        for group in file.class_:
            if group.id in classes:
                raise LexiconError(name, f"class {group.id}", "stands twice")
            classes[group.id] = group.words
    lexicon = Lexicon(
        states=dict(each("actors", schema.StateFile)),
        bodies={name: file.body for name, file in each("bodies", schema.BodyFile)},
        groups={name: file.group for name, file in each("groups", schema.GroupFile)},
        media={name: file.medium for name, file in each("media", schema.MediumFile)},
        places={name: file.place for name, file in each("places", schema.PlaceFile)},
        offices=read_toml(home / "lang/zh/offices.toml", schema.OfficeFile).office,
        classes=classes,
        frames={name: file.frame for name, file in verbs.items()},
        codebook=read_toml(home / "codebook.toml", schema.Codebook),
        words=read_toml(home / "lang/zh/words.toml", dict[str, dict[str, list[str]]]),
        clips=read_toml(home / "lang/zh/clips.toml", dict[str, dict[str, list[str]]]),
        speech=read_toml(home / "lang/zh/speech.toml", dict[str, list[str]]),
        statements=read_toml(home / "lang/zh/statements.toml", dict[str, dict[str, list[str] | str]]),
        loaded=read_toml(home / "lang/zh/loaded.toml", schema.LoadedFile).word,
    )
    _check_codes(lexicon)
    _check_people(lexicon)
    _check_frames(lexicon)
    _check_words(lexicon)
    return lexicon


def people(lexicon: Lexicon) -> Iterator[tuple[str, str, schema.Person, dict[str, schema.Office]]]:
    """Every person as (file, actor code, person, offices known in that file)."""
    general = {office.id: office for office in lexicon.offices}
    for name, file in lexicon.states.items():
        known = general | {office.id: office for office in file.office}
        for person in file.person:
            yield name, file.state.code, person, known
    holders: list[tuple[str, schema.Body | schema.Group]] = [
        (name, entry) for name, entries in lexicon.bodies.items() for entry in entries
    ]
    holders += [(name, entry) for name, groups in lexicon.groups.items() for entry in groups]
    for name, entry in holders:
        for person in entry.person:
            yield name, entry.code, person, general


def actor_codes(lexicon: Lexicon) -> set[str]:
    """Codes that name a party."""
    codes = {file.state.code for file in lexicon.states.values()}
    codes |= {body.code for bodies in lexicon.bodies.values() for body in bodies}
    return codes | {group.code for groups in lexicon.groups.values() for group in groups} | {"UNK"}


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
    for path, bodies in lexicon.bodies.items():
        for body in bodies:
            _once(ids, body.id, path, f"body {body.id}")
            for name in body.zh:
                _once(names, fold(name).text, path, f"body {body.id}")
    for path, groups in lexicon.groups.items():
        for group in groups:
            for name in group.zh:
                _once(names, fold(name).text, path, f"group {group.code}")
    known = actor_codes(lexicon)
    for path, places in lexicon.places.items():
        for place in places:
            for code in (place.country, place.stands_for):
                if code is not None and code not in known:
                    raise LexiconError(path, f"place {place.zh[0]}", f"unknown code {code}")
    for path, media in lexicon.media.items():
        for medium in media:
            if medium.country is not None and medium.country not in known:
                raise LexiconError(path, f"medium {medium.zh[0]}", f"unknown code {medium.country}")


def _check_people(lexicon: Lexicon) -> None:
    seen: dict[tuple[str, str], str] = {}
    for path, code, person, offices in people(lexicon):
        entry = f"person {person.zh[0]}"
        if not person.terms:
            raise LexiconError(path, entry, "has no dated term")
        for term in person.terms:
            if term.office not in offices:
                raise LexiconError(path, entry, f"unknown office {term.office}")
            if term.start and term.end and term.end[: len(term.start)] < term.start[: len(term.end)]:
                raise LexiconError(path, entry, f"term of {term.office} ends before it starts")
        for name in person.zh:
            key = (code, fold(name).text)
            if key in seen and not person.shared:
                raise LexiconError(path, entry, f"{name} is claimed already by {seen[key]}")
            seen.setdefault(key, entry)


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


def expand(words: Iterable[str], classes: dict[str, list[str]], path: str, entry: str) -> list[str]:
    """Replace each ``@class`` by its words. Raises LexiconError for a class that nothing defines."""
    out: list[str] = []
    for word in words:
        if word.startswith("@"):
            if word[1:] not in classes:
                raise LexiconError(path, entry, f"undefined class {word}")
            out += classes[word[1:]]
        else:
            out.append(word)
    return list(dict.fromkeys(out))


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
    for name in ("suffix", "verb", "pair", "after"):
        if name not in lexicon.clips:
            raise LexiconError("lang/zh/clips.toml", name, "is missing")
    for pair, codes in lexicon.clips["pair"].items():
        for code in codes:
            if code not in actor_codes(lexicon):
                raise LexiconError("lang/zh/clips.toml", f"pair.{pair}", f"unknown code {code}")
    for table, entries in lexicon.statements.items():
        for name, pattern in entries.items():
            if isinstance(pattern, str):
                _check_pattern(f"{table}.{name}", pattern)
    seen: dict[str, str] = {}
    for word in lexicon.loaded:
        _once(seen, fold(word.loaded).text, "lang/zh/loaded.toml", f"word {word.loaded}")
    ids: dict[str, str] = {}
    for office in lexicon.offices:
        _once(ids, office.id, "lang/zh/offices.toml", f"office {office.id}")
    codes_seen: dict[str, str] = {}
    for entry in lexicon.codebook.cameo:
        _once(codes_seen, entry.code, "codebook.toml", f"cameo {entry.code}")
    for table, lists in lexicon.words.items():
        for name, words in lists.items():
            doubled = {word for word in words if words.count(word) > 1}
            if doubled:
                raise LexiconError("lang/zh/words.toml", f"{table}.{name}", f"{sorted(doubled)[0]} stands twice")
