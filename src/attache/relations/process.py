"""Negotiations of one page: the meetings of one set of parties, who was shut out, where each round was to be."""

from __future__ import annotations

from attache.record import Event, Place, Process, Round


def processes(events: list[Event], where: list[Place]) -> list[Process]:
    """Meetings grouped by who sat there. ``where``: places told as venues that were changed (moved from)."""
    tables: dict[frozenset[str], list[Event]] = {}
    for event in events:
        if event.type == "CONSULT" and event.status == "actual":
            codes = frozenset(actor.code for actor in event.actors + event.recipients if actor.code)
            if len(codes) >= 2:
                tables.setdefault(codes, []).append(event)
    return [_process(parties, meetings, events, where) for parties, meetings in tables.items()]


def _process(parties: frozenset[str], meetings: list[Event], events: list[Event], where: list[Place]) -> Process:
    shut_out = sorted(
        {
            actor.code
            for event in events
            if event.type == "REJECT" and {a.code for a in event.actors} & parties
            for actor in event.recipients
            if actor.code and actor.code not in parties
        }
    )
    rounds = [
        Round(
            when=meeting.when,
            venue=next((place for place in meeting.where if place.role in ("venue", "destination")), None),
            planned_venue=next(
                (place for place in [*meeting.where, *where] if place.role == "moved from" and _inside(place, meeting)),
                None,
            ),
            present=sorted(parties),
            evidence=[meeting.evidence, *meeting.also],
        )
        for meeting in sorted(meetings, key=lambda event: (event.when or "9", event.evidence.start))
    ]
    return Process(name="–".join(sorted(parties)), parties=sorted(parties), shut_out=shut_out, rounds=rounds)


def _inside(place: Place, meeting: Event) -> bool:
    return any(span.start - 40 <= place.start < span.end + 40 for span in [meeting.evidence, *meeting.also])
