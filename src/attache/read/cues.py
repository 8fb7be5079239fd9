"""Cue words of a sentence by class, with their places: one pass of an automaton over all lists of statements.toml."""

from __future__ import annotations

from collections.abc import Iterable

from attache.lexicon.tables import Tables

Place = tuple[int, int]


def within(place: Place, spans: Iterable[Place]) -> bool:
    """Whether a place lies in one of the spans."""
    return any(start <= place[0] and place[1] <= end for start, end in spans)


class Cues:
    """The cue words of a folded sentence."""

    def __init__(self, text: str, tables: Tables) -> None:
        self.found: dict[str, list[Place]] = {}
        self.loaded: list[Place] = []
        for index, start, end in tables.cue_automaton.find_matches_as_indexes(text):
            for name in tables.cue_classes[index]:
                self.found.setdefault(name, []).append((start, end))
            if tables.cue_words[index] in tables.loaded:
                self.loaded.append((start, end))

    def at(self, name: str) -> list[Place]:
        """Places of a class, such as ``"forecast.cues"``."""
        return self.found.get(name, [])

    def inside(self, name: str, spans: Iterable[Place]) -> list[Place]:
        """Places of a class that lie within one of the spans."""
        return [place for place in self.at(name) if within(place, spans)]

    def outside(self, name: str, spans: Iterable[Place]) -> int:
        """How many places of a class lie in none of the spans."""
        return len(self.at(name)) - len(self.inside(name, spans))
