"""Which reports tell one act, and which of them are one origin: same maker, same words, same source cited."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from attache.lexicon.fold import fold
from attache.record import Actor, Event, Record

NEAR = 0.8  # share of character bigrams from which two texts are copies
SHORTEST = 8  # characters; shorter texts agree by chance
MUTUAL = frozenset(["AGREE", "CONSULT", "COOPERATE"])
BODY = frozenset(["paragraph", "heading"])
_WORD = re.compile(r"\w")

Key = tuple[str, str, frozenset[str], frozenset[str]]


class Report(NamedTuple):
    """One event as one page tells it; ``page`` is the record's place in the list."""

    page: int
    event: Event


class Act(NamedTuple):
    """One act with all its reports. ``origins``: how many of them are independent; ``copies``: same words."""

    reports: list[Report]
    origins: int
    copies: bool


def bigrams(text: str) -> frozenset[str]:
    """Pairs of neighbouring letters of folded text, punctuation left out."""
    letters = "".join(_WORD.findall(fold(text).text)).lower()
    return frozenset(letters[i : i + 2] for i in range(len(letters) - 1))


def near(one: frozenset[str], two: frozenset[str]) -> float:
    """Dice's coefficient of two sets of bigrams, 0 to 1."""
    total = len(one) + len(two)
    return 2 * len(one & two) / total if total else 0.0


def _copies(one: frozenset[str], two: frozenset[str]) -> bool:
    return min(len(one), len(two)) >= SHORTEST - 1 and near(one, two) >= NEAR


def _contained(one: frozenset[str], two: frozenset[str]) -> bool:
    """Whether nearly all of the shorter text stands in the longer one, which may add a head or a tail."""
    least = min(len(one), len(two))
    return least >= 4 * SHORTEST and len(one & two) / least >= NEAR


def page_origins(records: Sequence[Record]) -> list[int]:
    """For each page the first page of its origin: pages of one outlet or account, and copies of one text."""
    makers = [{fold(name).text for name in (r.page.outlet, r.page.account) if name} for r in records]
    bodies = [
        bigrams("".join(r.capture.text[part.start : part.end] for part in r.page.parts if part.kind in BODY))
        for r in records
    ]
    first = list(range(len(records)))
    for i in range(len(records)):
        for j in range(i):
            if first[i] != first[j] and (
                records[i].capture.id == records[j].capture.id
                or makers[i] & makers[j]
                or _contained(bodies[i], bodies[j])
            ):
                low, high = sorted((first[i], first[j]))
                first = [low if one == high else one for one in first]
    return first


def _who(actors: Sequence[Actor]) -> frozenset[str]:
    return frozenset(actor.code or fold(actor.text).text for actor in actors)


def _key(event: Event) -> Key:
    actors, recipients = _who(event.actors), _who(event.recipients)
    if event.type in MUTUAL:
        actors, recipients = actors | recipients, frozenset()
    return event.type, event.status, actors, recipients


def acts(records: Sequence[Record]) -> list[Act]:
    """The acts that the pages tell, in order of first mention: joined where type, status, parties and date agree.

    Two events of one page stay two acts: its reader has joined what is one. An event without a date joins a dated
    one only where their words are copies.
    """
    origins = page_origins(records)
    groups: list[list[tuple[Report, frozenset[str]]]] = []
    by_key: dict[Key, list[list[tuple[Report, frozenset[str]]]]] = {}
    for page, record in enumerate(records):
        for event in record.events:
            words = bigrams(event.evidence.text)
            found = by_key.setdefault(_key(event), [])
            fits = [(near(words, g[0][1]), -i) for i, g in enumerate(found) if _joins(page, event, words, g)]
            if fits:
                found[-max(fits)[1]].append((Report(page, event), words))
            else:
                group = [(Report(page, event), words)]
                found.append(group)
                groups.append(group)
    return [_act(group, origins) for group in groups]


def _joins(page: int, event: Event, words: frozenset[str], group: list[tuple[Report, frozenset[str]]]) -> bool:
    if any(report.page == page for report, _ in group):
        return False
    when = next((report.event.when for report, _ in group if report.event.when), None)
    if event.when and when:
        return event.when == when
    return any(_copies(words, other) for _, other in group)


def _act(group: list[tuple[Report, frozenset[str]]], pages: Sequence[int]) -> Act:
    """Count the origins of an act's reports."""
    first = list(range(len(group)))
    copied = True
    for i, (report, words) in enumerate(group):
        for j in range(i):
            other, others = group[j]
            same_words = _copies(words, others)
            copied = copied and same_words
            if same_words or pages[report.page] == pages[other.page] or _medium(report.event) & _medium(other.event):
                low, high = sorted((first[i], first[j]))
                first = [low if one == high else one for one in first]
    return Act([report for report, _ in group], len(set(first)), copied and len(group) > 1)


def _medium(event: Event) -> set[str]:
    """The medium that a report cites as its outermost source."""
    return {fold(claimant.text).text for claimant in event.claimants[:1] if claimant.kind == "medium" and claimant.text}
