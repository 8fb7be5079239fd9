"""The lexicon as it stands in the files, for compiling, checking and counting; reading pages uses tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from attache.lexicon import schema


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
    word_classes: list[list[str]]
    clips: dict[str, dict[str, list[str]]]
    speech: dict[str, list[str]]
    statements: dict[str, dict[str, list[str] | str]]
    loaded: list[schema.LoadedWord]
    naming: schema.NameFile


def short(name: str) -> bool:
    """Whether a Chinese name is a family name or a bare one, which somebody else may bear."""
    return "·" not in name


class Holder(NamedTuple):
    """A person in the file of a party: ``seat`` tells apart the organs that share a code (agencies of the UN)."""

    path: str
    code: str
    seat: str
    person: schema.Person
    offices: dict[str, schema.Office]


def people(lexicon: Lexicon) -> Iterator[Holder]:
    """Every person, with the offices known where they stand."""
    general = {office.id: office for office in lexicon.offices}
    for path, file in lexicon.states.items():
        known = general | {office.id: office for office in file.office}
        for person in file.person:
            yield Holder(path, file.state.code, file.state.code, person, known)
    for path, bodies in lexicon.bodies.items():
        for body in bodies:
            for person in body.person:
                yield Holder(path, body.code, body.id, person, general)
    for path, groups in lexicon.groups.items():
        for group in groups:
            for person in group.person:
                yield Holder(path, group.code, group.code, person, general)


def actor_codes(lexicon: Lexicon) -> set[str]:
    """Codes that name a party."""
    codes = {file.state.code for file in lexicon.states.values()}
    codes |= {body.code for bodies in lexicon.bodies.values() for body in bodies}
    return codes | {group.code for groups in lexicon.groups.values() for group in groups} | {"UNK"}


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
