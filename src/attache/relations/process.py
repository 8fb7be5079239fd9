"""Negotiations of one page: the meetings of one set of parties, who was shut out, where each round was to be."""

from __future__ import annotations

from attache.read.table import Absent, Move
from attache.record import Event, Process, Round


def processes(events: list[Event], moves: list[Move], absent: list[Absent]) -> list[Process]:
    """Meetings grouped by who sat there, with the changes of venue and the absent that the page tells."""
    tables: dict[frozenset[str], list[Event]] = {}
    for event in events:
        if event.type == "CONSULT" and event.status == "actual":
            codes = frozenset(actor.code for actor in event.actors + event.recipients if actor.code)
            if len(codes) >= 2:
                tables.setdefault(codes, []).append(event)
    largest = max(tables, key=lambda parties: len(tables[parties]), default=frozenset())
    return [
        _process(parties, meetings, moves if parties == largest else [], absent if parties == largest else [])
        for parties, meetings in tables.items()
    ]


def _process(parties: frozenset[str], meetings: list[Event], moves: list[Move], absent: list[Absent]) -> Process:
    """One process. A move or an absence that names no parties is that of the page's main process."""
    ordered = sorted(meetings, key=lambda event: (event.when or "9", event.evidence.start))
    return Process(
        name="–".join(sorted(parties)),
        parties=sorted(parties),
        shut_out=sorted({item.code for item in absent} - parties),
        rounds=[_round(i, meeting, parties, moves) for i, meeting in enumerate(ordered, 1)],
    )


def _round(number: int, meeting: Event, parties: frozenset[str], moves: list[Move]) -> Round:
    told = next((move for move in moves if move.number == number), None)
    venue = next((place for place in meeting.where if place.role in ("venue", "destination")), None)
    return Round(
        when=meeting.when,
        venue=venue or (told.venue if told else None),
        planned_venue=told.planned if told else None,
        present=sorted(parties),
        evidence=[meeting.evidence, *meeting.also, *([told.span] if told else [])],
    )
