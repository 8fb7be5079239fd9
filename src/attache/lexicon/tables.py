"""Compiled tables: one automaton over all names, titles and predicates, and what each string may mean.

Compiling takes seconds, loading a fraction of one: tables are cached under the lexicon's digest.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
from bisect import bisect_left
from functools import cache
from pathlib import Path
from typing import Any

import ahocorasick_rs
import msgspec
import platformdirs

from attache.lexicon import load
from attache.lexicon.fold import fold, script_table


class Row(msgspec.Struct, array_like=True, frozen=True):
    """Base of the rows of compiled tables."""


class Term(Row, array_like=True, frozen=True):
    """An office in words, with its sector and EDTF bounds (None: open)."""

    title: str
    sector: str
    start: str | None
    end: str | None


class Reading(Row, array_like=True, frozen=True):
    """One party that a string may name. ``loose``: not by this string alone."""

    code: str
    kind: str
    name: str
    sector: str
    loose: bool = False
    terms: list[Term] = []


class Clip(Row, array_like=True, frozen=True):
    """A clipped name inside a compound: offsets in the string, code, how it stands there, kind of what follows."""

    start: int
    end: int
    code: str
    role: str
    head: str


class PlaceRow(Row, array_like=True, frozen=True):
    """A place."""

    country: str | None
    city: str | None
    kind: str


class FrameRow(Row, array_like=True, frozen=True):
    """A frame, ready for use. ``with_`` empty: no object noun is asked for."""

    id: str
    type: str
    mode: str | None
    cameo: str | None
    contexts: list[str]
    case: str
    with_: list[str]
    required: bool
    embeds: str | None
    status: str
    goldstein: float | None
    mutual: bool


class Entry(Row, array_like=True, frozen=True):
    """All that one string may mean."""

    readings: list[Reading] = []
    clips: list[Clip] = []
    office: list[str] = []
    frames: list[int] = []
    nouns: list[int] = []
    place: PlaceRow | None = None
    medium: str | None = None
    speech: str | None = None


CHECK = hashlib.sha256().digest_size  # bytes at the head of a cache file: the digest of the rest

# What a string can be, for the lexer to know before it unpacks the entry.
IS_NAME, IS_CLIP, IS_VERB = 1, 2, 4


def _rank(entry: Entry) -> int:
    named = bool(entry.readings or entry.place or entry.medium is not None or entry.office)
    verb = bool(entry.frames or entry.nouns or entry.speech)
    return IS_NAME * named + IS_CLIP * bool(entry.clips and not named) + IS_VERB * verb


_ENTRY = msgspec.msgpack.Decoder(Entry)


class Stored(msgspec.Struct):
    """What the cache file holds."""

    digest: str
    strings: list[str]
    entries: list[msgspec.Raw]
    ranks: bytes
    frames: list[FrameRow]
    words: dict[str, dict[str, list[str]]]
    script: dict[int, str]
    parsed: dict[str, Any]
    full: dict[str, list[str]]
    cues: dict[str, dict[str, list[str]]]
    patterns: dict[str, dict[str, str]]
    loaded: dict[str, str]
    names: dict[str, tuple[str, str]]
    labels: dict[str, tuple[str, str]]


class Tables:
    """Everything the readers need to know beforehand, immutable after construction."""

    def __init__(self, stored: Stored) -> None:
        self.digest = stored.digest
        self.strings = stored.strings
        self._raw = stored.entries
        self.entries: list[Entry | None] = [None] * len(stored.entries)
        self.ranks = stored.ranks
        self.named_kinds: dict[str, tuple[str, str]] = {}  # filled by read/lex.py, at most one a string
        self.frames = stored.frames
        self.plain_kinds: dict[tuple[str, str], tuple[str, str]] = {}  # filled by read/lex.py as words are met
        self.script = stored.script
        self.words = {
            table: {name: frozenset(words) for name, words in lists.items()} for table, lists in stored.words.items()
        }
        self._full = {clip: full[0] for clip, full in stored.full.items()}
        self.cues = {table: {name: frozenset(words) for name, words in c.items()} for table, c in stored.cues.items()}
        self.patterns = {table: {name: re.compile(p) for name, p in c.items()} for table, c in stored.patterns.items()}
        self.loaded = stored.loaded
        self.names = stored.names
        self.labels = stored.labels
        flat = sorted({word for c in stored.cues.values() for words in c.values() for word in words} | set(self.loaded))
        self.cue_words = flat
        self.cue_classes = [
            tuple(f"{t}.{n}" for t, c in stored.cues.items() for n, words in c.items() if word in words)
            for word in flat
        ]
        self.cue_automaton = ahocorasick_rs.AhoCorasick(flat, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
        self.plain = {name: _plain_frame(name) for name in stored.labels}
        self.documents = tuple(sorted(self.words["noun"]["documents"]))
        self.unnamed = tuple(sorted(self.cues["unnamed"]["words"]))
        self.function = _function_words(self.words)
        self.automaton = ahocorasick_rs.AhoCorasick(
            stored.strings,
            matchkind=ahocorasick_rs.MatchKind.Standard,
            implementation=ahocorasick_rs.Implementation.ContiguousNFA,
            store_patterns=False,
        )

    def at(self, index: int) -> Entry:
        """The entry of the string with that number. Entries are unpacked when first met: most never are."""
        entry = self.entries[index]
        if entry is None:
            entry = self.entries[index] = _ENTRY.decode(self._raw[index])
        return entry

    def entry(self, string: str) -> Entry | None:
        """The entry of a folded string, None if it has none."""
        at = bisect_left(self.strings, string)
        return self.at(at) if at < len(self.strings) and self.strings[at] == string else None

    def verb(self, clip: str) -> Entry | None:
        """The entry of the full verb that a clipped one stands for (访 for 访问), None if none is known."""
        full = self._full.get(clip)
        return self.entry(full) if full else None


# the root CAMEO code of each type, for acts that no frame but only their meaning tells
_ROOTS = {
    "AGREE": ("030", 4.0), "CONSULT": ("040", 1.0), "SUPPORT": ("050", 3.5), "CONCEDE": ("080", 5.0),
    "COOPERATE": ("060", 6.0), "AID": ("070", 7.0), "RETREAT": ("080", 5.0), "REQUEST": ("100", -5.0),
    "ACCUSE": ("110", -2.0), "REJECT": ("120", -4.0), "THREATEN": ("130", -4.4), "PROTEST": ("140", -6.5),
    "SANCTION": ("160", -4.0), "MOBILIZE": ("150", -7.2), "COERCE": ("170", -7.0), "ASSAULT": ("190", -10.0),
}  # fmt: skip


def _plain_frame(name: str) -> FrameRow:
    cameo, goldstein = _ROOTS[name]
    return FrameRow(
        f"{name.lower()}.meaning", name, None, cameo, [], "target", [], True, None, "actual", goldstein, False
    )


def _function_words(words: dict[str, dict[str, frozenset[str]]]) -> dict[str, tuple[str, str]]:
    """One look-up over all classes of function words: word to (token kind, role); scopes win over adverbs."""
    function = dict.fromkeys(words["adverb"]["words"], ("d", ""))
    for role in ("past", "future", "hypothetical", "negated"):
        function.update(dict.fromkeys(words["mark"][role], ("k", role)))
    function.update(dict.fromkeys(words["light"]["verbs"], ("l", "")))
    for role, group in words["pronoun"].items():
        function.update(dict.fromkeys(group, ("r", role)))
    for role, group in words["preposition"].items():
        function.update(dict.fromkeys(group, ("p", role)))
    function.update(dict.fromkeys(words["hearsay"]["words"], ("h", "")))
    function.update(dict.fromkeys(words["localiser"]["words"], ("f", "")))
    function.update({"的": ("de", ""), "之": ("de", ""), "将": ("k", "future")})
    return function


@cache
def tables(home: Path = load.HOME, cache_folder: Path | None = None) -> Tables:
    """The compiled tables of the lexicon in ``home``, from the cache where it holds them.

    Raises:
        LexiconError: if the lexicon does not hold together.
    """
    digest = load.digest(home)
    folder = cache_folder or Path(os.environ.get("ATTACHE_CACHE") or platformdirs.user_cache_dir("attache"))
    path = folder / f"tables-{digest[:32]}.msgpack"
    try:
        data = path.read_bytes()
        whole = hashlib.sha256(data[CHECK:]).digest() == data[:CHECK]  # entries are unpacked later: check them now
        stored = msgspec.msgpack.decode(data[CHECK:], type=Stored) if whole else None
        if stored is not None and stored.digest == digest:
            for name, found in stored.parsed.items():
                load.PARSED[home / name] = (load.stamp(home / name), found)
            return Tables(stored)
    except (OSError, msgspec.DecodeError):
        pass  # no cache, or one cut short: compile afresh
    stored = compile_lexicon(load.load(home), digest, _parse_others(home))
    data = msgspec.msgpack.encode(stored)
    _keep(path, hashlib.sha256(data).digest() + data)
    return Tables(stored)


def _keep(path: Path, data: bytes) -> None:
    """Write the cache in one move; a folder that cannot be written only costs time at the next start."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.replace(name, path)
        except OSError:
            os.unlink(name)
            raise


class _Builder:
    """Gathers entries by folded string."""

    def __init__(self) -> None:
        self.found: dict[str, dict[str, list[object]]] = {}

    def add(self, string: str, field: str, value: object) -> None:
        if not string:
            return
        values = self.found.setdefault(fold(string).text, {}).setdefault(field, [])
        if value not in values:
            values.append(value)

    def entries(self) -> tuple[list[str], list[Entry]]:
        """Strings in order, and the entry of each."""
        strings = sorted(self.found)
        single = {"place", "medium", "speech"}
        rows = [
            Entry(**{k: (v[0] if k in single else v) for k, v in self.found[string].items()})  # type: ignore[arg-type]
            for string in strings
        ]
        return strings, rows


def _parse_others(home: Path) -> dict[str, Any]:
    """Files that the readers load by themselves, parsed: page furniture, outlets, times, units."""
    paths = [*home.glob("lang/*/*.toml"), *home.glob("outlets/*.toml"), *home.glob("calendar/*.toml")]
    return {str(path.relative_to(home)): load.read_toml(path, dict[str, Any]) for path in sorted(paths)}


def compile_lexicon(lexicon: load.Lexicon, digest: str, parsed: dict[str, Any]) -> Stored:
    """Compile a checked lexicon. ``parsed``: other files to keep with it."""
    build = _Builder()
    _add_states(build, lexicon)
    _add_people(build, lexicon)
    _add_others(build, lexicon)
    _add_clips(build, lexicon)
    _add_fixed_pairs(build, lexicon.clips["pair"])
    frames = _add_frames(build, lexicon)
    for stance, words in lexicon.speech.items():
        for word in words:
            build.add(word, "speech", stance)
    strings, entries = build.entries()
    classes = {
        table: {name: sorted({fold(word).text for word in group}) for name, group in lists.items()}
        for table, lists in lexicon.words.items()
    }
    return Stored(
        digest,
        strings,
        [msgspec.Raw(msgspec.msgpack.encode(entry)) for entry in entries],
        bytes(_rank(entry) for entry in entries),
        frames,
        classes,
        script_table(),
        parsed,
        lexicon.clips["verb"],
        cues={
            t: {k: [fold(w).text for w in v] for k, v in c.items() if isinstance(v, list)}
            for t, c in lexicon.statements.items()
        },
        patterns={t: {k: v for k, v in c.items() if isinstance(v, str)} for t, c in lexicon.statements.items()},
        names=_names(lexicon),
        labels={entry.code: (entry.label_zh, entry.label_en) for entry in lexicon.codebook.type},
        loaded={fold(word.loaded).text: word.neutral for word in lexicon.loaded},
    )


def _add_states(build: _Builder, lexicon: load.Lexicon) -> None:
    for file in lexicon.states.values():
        state = file.state
        for name in state.zh + state.demonym:
            build.add(name, "readings", Reading(state.code, "state", state.zh[0], "GOV"))
        for name in state.en + state.demonym_en:
            build.add(name, "readings", Reading(state.code, "state", state.zh[0], "GOV"))
        for organ in file.organ:
            sector = {"army": "MIL", "intelligence": "SPY", "legislature": "LEG", "court": "JUD", "police": "COP"}
            reading = Reading(state.code, "organ", organ.zh[0], sector.get(organ.kind, "GOV"), loose=not organ.bare)
            for name in organ.zh + (organ.en if organ.bare else []):
                build.add(name, "readings", reading)
    for office in [*lexicon.offices, *(office for file in lexicon.states.values() for office in file.office)]:
        for title in office.zh:
            build.add(title, "office", office.sector)


def _add_people(build: _Builder, lexicon: load.Lexicon) -> None:
    for _, code, person, offices in load.people(lexicon):
        terms = [
            Term(offices[term.office].zh[0], offices[term.office].sector, term.start, term.end) for term in person.terms
        ]
        terms.sort(key=lambda term: term.start or "")
        for name in person.zh:
            bare = "·" not in name and len(name) <= 4
            loose = person.shared and bare
            build.add(name, "readings", Reading(code, "person", person.zh[0], terms[-1].sector, loose, terms))
        for name in person.en:
            if " " in name:
                build.add(name, "readings", Reading(code, "person", person.zh[0], terms[-1].sector, False, terms))


def _add_others(build: _Builder, lexicon: load.Lexicon) -> None:
    for bodies in lexicon.bodies.values():
        for body in bodies:
            for name in body.zh + body.en:
                build.add(name, "readings", Reading(body.code, "body", body.zh[0], "IGO"))
    for groups in lexicon.groups.values():
        for group in groups:
            for name in group.zh + group.en:
                build.add(name, "readings", Reading(group.code, "group", group.zh[0], "REB"))
    for media in lexicon.media.values():
        for medium in media:
            for name in medium.zh + [name for name in medium.en if len(name) > 3]:
                build.add(name, "medium", medium.country or "")
    for places in lexicon.places.values():
        for place in places:
            if place.shared:
                continue
            row = PlaceRow(place.country, place.en[0] if place.en else place.zh[0], place.kind)
            for name in place.zh:
                build.add(name, "place", row)
                if place.party and place.country:
                    code = place.stands_for or place.country
                    build.add(name, "readings", Reading(code, "capital", name, "GOV"))


def _add_clips(build: _Builder, lexicon: load.Lexicon) -> None:
    """Compounds of one-character names: pairs, and with what may stand before or after one."""
    clips = [(clip, file.state.code) for file in lexicon.states.values() for clip in file.state.clip]
    clips += [(clip, body.code) for bodies in lexicon.bodies.values() for body in bodies for clip in body.clip]
    never = set(lexicon.clips["prefix"]["never"])
    prefixed = clips + [(clip, codes[0]) for clip, codes in lexicon.clips["after"].items()]
    for clip, code in prefixed:
        for role, prefixes in lexicon.clips["prefix"].items():
            for prefix in prefixes if role != "never" else ():
                if prefix + clip not in never:
                    start = len(prefix)
                    build.add(prefix + clip, "clips", Clip(start, start + len(clip), code, role, ""))
    for clip, code in clips:
        for head, suffixes in lexicon.clips["suffix"].items():
            for suffix in suffixes:
                if clip + suffix in never:
                    continue
                build.add(clip + suffix, "clips", Clip(0, len(clip), code, "", head))
        for other, second in clips:
            if code != second and clip + other not in never and clip + other not in lexicon.clips["pair"]:
                build.add(clip + other, "clips", Clip(0, len(clip), code, "pair", ""))
                build.add(clip + other, "clips", Clip(len(clip), len(clip + other), second, "pair", ""))


def _add_fixed_pairs(build: _Builder, pairs: dict[str, list[str]]) -> None:
    for pair, (one, two) in pairs.items():
        build.add(pair, "clips", Clip(0, 1, one, "pair", ""))
        build.add(pair, "clips", Clip(1, 2, two, "pair", ""))


def _add_frames(build: _Builder, lexicon: load.Lexicon) -> list[FrameRow]:
    goldstein = {entry.code: entry.goldstein for entry in lexicon.codebook.cameo}
    rows: list[FrameRow] = []
    for path, frames in lexicon.frames.items():
        for frame in frames:
            wanted = load.expand(frame.with_, lexicon.classes, path, frame.id)
            required = frame.recipient == "required" or (
                frame.recipient is None and frame.case in ("target", "partner")
            )
            rows.append(
                FrameRow(
                    frame.id, frame.type, frame.mode, frame.cameo, frame.contexts, frame.case,
                    [fold(word).text for word in wanted], required, frame.embeds, frame.status,
                    goldstein.get(frame.cameo or ""), frame.mutual,
                )
            )  # fmt: skip
            for word in frame.words:
                build.add(word, "frames", len(rows) - 1)
            for word in frame.nouns:
                build.add(word, "nouns", len(rows) - 1)
    return rows


def _names(lexicon: load.Lexicon) -> dict[str, tuple[str, str]]:
    """Printed names of every code, Chinese and English; a body's first entry speaks for its code."""
    names: dict[str, tuple[str, str]] = {"UNK": ("不明方", "an unnamed party")}
    for file in lexicon.states.values():
        names[file.state.code] = (file.state.zh[0], file.state.en[0])
    for bodies in lexicon.bodies.values():
        for body in bodies:
            if body.code not in names or body.id.upper() == body.code:
                names[body.code] = (body.zh[0], body.en[0])
    for groups in lexicon.groups.values():
        for group in groups:
            names.setdefault(group.code, (group.zh[0], group.en[0]))
    return names
