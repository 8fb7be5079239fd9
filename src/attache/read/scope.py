"""Scopes: stretches of a sentence that one source answers for; and the sentence as the rules of voices look at it."""

from __future__ import annotations

from typing import NamedTuple

from attache.lexicon.tables import Tables
from attache.read.actor import Party
from attache.read.chunk import Chunk
from attache.read.discourse import Discourse
from attache.read.roles import Chosen
from attache.read.speaker import Source


class Scope(NamedTuple):
    """The content [start, end) that ``source`` answers for; ``verb`` opens it, ``to`` is whom it is said to."""

    start: int
    end: int
    source: Source
    verb: str
    stance: str
    verb_start: int | None = None
    to: tuple[Party, ...] = ()

    @property
    def opens(self) -> int:
        """Where in the sentence it begins, the source's own words included where they stand there."""
        return self.start if self.source.home is not None else min(self.source.start, self.start)


class Sentence(NamedTuple):
    """What the rules of this module look at: the folded words, their pieces, the frames of its predicates."""

    text: str
    chunks: list[Chunk]
    chosen: Chosen
    tables: Tables
    discourse: Discourse
    dateline: int

    def stance(self, i: int) -> str:
        """The stance of the speech verb at ``i``, empty where it is none."""
        item = self.chunks[i]
        if item.kind not in "SVh" or item.token is None or item.token.entry is None:
            return ""
        return item.token.entry.speech or ""
