"""What the sentences of a page rest on: a named source, an unnamed one, none, or the writer's own judgement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from attache.record import Claimant, Record, Sentence

Ground = Literal["named", "unnamed", "none", "opinion"]
NAMELESS = frozenset(["hearsay", "unnamed"])


class Share(NamedTuple):
    """The sentences of a page's body by what they rest on."""

    named: list[Sentence]
    unnamed: list[Sentence]
    none: list[Sentence]
    opinion: list[Sentence]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(map(len, self))


def share(record: Record) -> Share:
    """Sort the sentences of a page; headings, which have no outcome, are left out."""
    sources: dict[int, list[Claimant]] = {}
    for statement in record.statements:
        if statement.stance == "credit":
            continue  # what a medium signs as a whole is the page itself
        sources.setdefault(statement.sentence, []).extend(statement.claimants)
    for event in record.events:
        sources.setdefault(event.sentence, []).extend(event.claimants)
    out = Share([], [], [], [])
    for index, sentence in enumerate(record.sentences):
        if sentence.outcome:
            getattr(out, _ground(sentence, sources.get(index, []))).append(sentence)
    return out


def _ground(sentence: Sentence, sources: Sequence[Claimant]) -> Ground:
    if "judgement" in sentence.outcome:
        return "opinion"
    if not sources:
        return "none"
    return "unnamed" if all(source.kind in NAMELESS for source in sources) else "named"
