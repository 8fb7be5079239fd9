"""The acts of the ledger as a report tells them: with the events of the pages at hand, in order of first mention."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from attache.ledger import act as ledger
from attache.ledger import origin
from attache.ledger.light import light, lit, media
from attache.ledger.words import grams, near, words
from attache.record import Event, Record

SAME = 0.8  # of word pairs shared: nearly the same words


class Report(NamedTuple):
    """One event as one page tells it; ``page`` is the record's place in the list."""

    page: int
    event: Event


class Act(NamedTuple):
    """One act with all its reports. ``origins``: how many of them are independent; ``copies``: same words.

    ``denying``: those of its reports that say it did not happen, beside others that it did.
    """

    reports: list[Report]
    origins: int
    copies: bool
    denying: list[Report]


def pairs(text: str) -> frozenset[str]:
    """Pairs of neighbouring words of a stretch."""
    return grams(words(text))


def alike(one: frozenset[str], two: frozenset[str]) -> bool:
    """Whether two stretches, as pairs of words, are nearly the same words."""
    return near(one, two) >= SAME


def page_origins(records: Sequence[Record]) -> list[int]:
    """For each page the first page of its origin, by place in the list."""
    known = media()
    return origin.page_origins([light(record, known) for record in records])


def acts(records: Sequence[Record]) -> list[Act]:
    """The acts that the pages tell, in order of first mention. A page given twice is told once."""
    known = media()
    places = {(record.capture.id, event.id): (i, j) for i, record in reversed(list(enumerate(records)))
              for j, event in enumerate(record.events)}  # fmt: skip
    found = []
    for act in ledger.acts([lit(record, known) for record in records], known=known):
        at = {telling.ref: places[telling.page, telling.event] for telling in act.tellings}
        told = {ref: Report(page, records[page].events[number]) for ref, (page, number) in at.items()}
        ordered = sorted(at, key=lambda ref: at[ref])
        reports = [told[ref] for ref in ordered]
        denying = [told[telling.ref] for telling in act.tellings if telling.denies]
        found.append((at[ordered[0]], Act(reports, act.origins, _copies(reports), denying)))
    return [act for _, act in sorted(found, key=lambda item: item[0])]


def _copies(reports: Sequence[Report]) -> bool:
    """Whether all reports of an act, two at least, are nearly the same words."""
    said = [pairs(report.event.evidence.text) for report in reports]
    return len(said) > 1 and all(alike(one, two) for one, two in combinations(said, 2))
