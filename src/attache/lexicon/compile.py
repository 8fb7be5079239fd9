"""From the checked lexicon to the tables: every name, clip, title and predicate by its folded string."""

from __future__ import annotations

from typing import Any

import msgspec

from attache.lexicon import schema
from attache.lexicon.fold import fold, script_table
from attache.lexicon.raw import Lexicon, expand, people, short
from attache.lexicon.rows import (
    IS_CLIP,
    IS_NAME,
    IS_PERSON,
    IS_VERB,
    Clip,
    Entry,
    FrameRow,
    PlaceRow,
    Reading,
    Stored,
    Term,
)
from attache.lexicon.terms import plain

SPEECH_ROOT = 2  # characters of a verb of speech that 称, 说 and 道 may follow


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

    def has(self, string: str, field: str) -> bool:
        """Whether a string has such a value."""
        return field in self.found.get(fold(string).text, {})

    def entries(self) -> tuple[list[str], list[Entry]]:
        """Strings in order, and the entry of each."""
        strings = sorted(self.found)
        single = {"place", "medium", "speech", "homonym"}
        rows = [
            Entry(**{k: (v[0] if k in single else v) for k, v in self.found[string].items()})  # type: ignore[arg-type]
            for string in strings
        ]
        return strings, rows


def _rank(entry: Entry) -> int:
    named = bool(entry.readings or entry.place or entry.medium is not None or entry.office or entry.homonym)
    verb = bool(entry.frames or entry.nouns or entry.speech)
    person = bool(entry.readings) and all(reading.kind == "person" for reading in entry.readings)
    return IS_NAME * named + IS_CLIP * bool(entry.clips and not named) + IS_VERB * verb + IS_PERSON * person


def compile_lexicon(lexicon: Lexicon, digest: str, parsed: dict[str, Any]) -> Stored:
    """Compile a checked lexicon. ``parsed``: other files to keep with it."""
    build = _Builder()
    _add_states(build, lexicon)
    _add_people(build, lexicon)
    _add_others(build, lexicon)
    _add_clips(build, lexicon)
    _add_fixed_pairs(build, lexicon.clips["pair"])
    _add_shared_clips(build, lexicon)
    frames = _add_frames(build, lexicon)
    for stance, words in lexicon.speech.items():
        for word in words:
            build.add(word, "speech", stance)
        for word in (word + tail for word in words if len(word) == SPEECH_ROOT for tail in "称说道"):
            if word[-2] not in "称说道" and not build.has(word, "speech"):
                build.add(word, "speech", stance)  # 回应道, 警告说
    for word in lexicon.naming.homonym.words:
        build.add(word, "homonym", True)
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
        plain=_plain_frames(lexicon),
        word_class={word: str(number) for number, words in enumerate(lexicon.word_classes) for word in words},
        loaded={fold(word.loaded).text: word.neutral for word in lexicon.loaded},
        naming=_naming(lexicon.naming),
        shared_clips=lexicon.clips["shared"],
        private=[office.id for office in lexicon.offices if office.private],
    )


def _add_states(build: _Builder, lexicon: Lexicon) -> None:
    for file in lexicon.states.values():
        state = file.state
        for name in state.zh + state.demonym:
            build.add(name, "readings", Reading(state.code, "state", state.zh[0], "GOV"))
        for name in state.en + state.demonym_en:
            build.add(name, "readings", Reading(state.code, "state", state.zh[0], "GOV"))
        for organ in file.organ:
            sector = {"army": "MIL", "intelligence": "SPY", "legislature": "LEG", "court": "JUD", "police": "COP"}
            of = sector.get(organ.kind, "GOV")
            for name in organ.zh + (organ.en if organ.bare else []):
                build.add(name, "readings", Reading(state.code, "organ", name, of, loose=not organ.bare))
    for office in lexicon.offices:
        for title in office.zh:
            build.add(title, "office", office.id)
    for file in lexicon.states.values():
        for office in file.office:
            for title in office.zh:  # the state in front of a title is a token of its own
                own = next((name for name in file.state.zh if title.startswith(name) and len(title) > len(name)), "")
                build.add(title.removeprefix(own), "office", office.id)


def _add_people(build: _Builder, lexicon: Lexicon) -> None:
    ranks = {office.id: rank for rank, office in enumerate(lexicon.offices)}
    for _, code, _, person, offices in people(lexicon):
        terms = [
            Term(
                term.office,
                offices[term.office].zh[0],
                offices[term.office].sector,
                plain(term.start),
                plain(term.end),
                ranks.get(term.office, len(ranks)),
            )
            for term in person.terms
        ]
        terms.sort(key=lambda term: term.start or "")
        sure = Reading(code, "person", person.zh[0], terms[-1].sector, terms=terms)
        loose = msgspec.structs.replace(sure, loose=True)
        for name in person.zh:
            build.add(name, "readings", loose if person.shared and short(name) else sure)
        for name in person.titled:
            build.add(name, "readings", loose)
        for name in person.en:
            if " " in name:
                build.add(name, "readings", sure)


def _add_others(build: _Builder, lexicon: Lexicon) -> None:
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
            row = PlaceRow(place.country, place.en[0] if place.en else place.zh[0], place.kind, place.geonames)
            for name in place.zh:
                build.add(name, "place", row)
                if place.party and place.country:
                    code = place.stands_for or place.country
                    build.add(name, "readings", Reading(code, "capital", name, "GOV"))


def _add_clips(build: _Builder, lexicon: Lexicon) -> None:
    """Compounds of one-character names: pairs, and with what may stand before or after one."""
    clips = [(clip, file.state.code) for file in lexicon.states.values() for clip in file.state.clip]
    clips += [(clip, body.code) for bodies in lexicon.bodies.values() for body in bodies for clip in body.clip]
    never = set(lexicon.clips["prefix"]["never"])
    core = set(lexicon.clips["core"]["clips"])
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
            if not core & {clip, other}:
                continue  # 洪波, 马格: two rare ones side by side are a word or a piece of a name
            if code != second and clip + other not in never and clip + other not in lexicon.clips["pair"]:
                build.add(clip + other, "clips", Clip(0, len(clip), code, "pair", ""))
                build.add(clip + other, "clips", Clip(len(clip), len(clip + other), second, "pair", ""))


def _add_shared_clips(build: _Builder, lexicon: Lexicon) -> None:
    """Compounds of names that several states share: the page tells whose; those of one state alone are built before."""
    never = set(lexicon.clips["prefix"]["never"])
    for clip in lexicon.clips["shared"]:
        for head, suffixes in lexicon.clips["shared_suffix"].items():
            for suffix in suffixes:
                if clip + suffix not in never and not build.has(clip + suffix, "clips"):
                    build.add(clip + suffix, "clips", Clip(0, len(clip), "", "", head))
        for role, prefixes in lexicon.clips["shared_prefix"].items():
            for prefix in prefixes:
                if prefix + clip not in never and not build.has(prefix + clip, "clips"):
                    build.add(prefix + clip, "clips", Clip(len(prefix), len(prefix + clip), "", role, ""))


def _add_fixed_pairs(build: _Builder, pairs: dict[str, list[str]]) -> None:
    for pair, (one, two) in pairs.items():
        build.add(pair, "clips", Clip(0, 1, one, "pair", ""))
        build.add(pair, "clips", Clip(1, 2, two, "pair", ""))


def _add_frames(build: _Builder, lexicon: Lexicon) -> list[FrameRow]:
    goldstein = {entry.code: entry.goldstein for entry in lexicon.codebook.cameo}
    rows: list[FrameRow] = []
    for path, frames in lexicon.frames.items():
        for frame in frames:
            wanted = expand(frame.with_, lexicon.classes, path, frame.id)
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


def _plain_frames(lexicon: Lexicon) -> dict[str, FrameRow]:
    """A frame without words for each type, for acts that only their meaning tells."""
    goldstein = {entry.code: entry.goldstein for entry in lexicon.codebook.cameo}
    return {
        kind.code: FrameRow(
            f"{kind.code.lower()}.meaning", kind.code, None, kind.cameo, [], "target", [], True, None, "actual",
            goldstein[kind.cameo], False,
        )
        for kind in lexicon.codebook.type
    }  # fmt: skip


def _naming(names: schema.NameFile) -> schema.NameFile:
    """How names look, folded as pages are."""
    return msgspec.convert(_folded(msgspec.to_builtins(names)), schema.NameFile)


def _folded(value: Any) -> Any:
    """All strings of a table, folded."""
    if isinstance(value, dict):
        return {key: _folded(one) for key, one in value.items()}
    return [fold(word).text for word in value] if isinstance(value, list | tuple) else fold(value).text


def _names(lexicon: Lexicon) -> dict[str, tuple[str, str]]:
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
