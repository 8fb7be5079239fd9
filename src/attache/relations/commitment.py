"""Pledges, offers and demands of one page: from whom, to whom, about what, answered or open."""

from __future__ import annotations

from attache.record import Commitment, Event

OFFERS = ("愿", "提议", "提出", "邀请", "建议")
ANSWERS = frozenset(["REJECT", "AGREE"])


def commitments(events: list[Event]) -> list[Commitment]:
    """Each promise is a pledge or an offer, each request a demand; open unless the page tells an answer."""
    out = []
    for position, event in enumerate(events):
        if event.type not in ("AGREE", "REQUEST") or not event.actors or event.status in ("negated",):
            continue
        offer = any(word in event.evidence.text for word in OFFERS)
        kind = "demand" if event.type == "REQUEST" else ("offer" if offer else "pledge")
        answer = _answer(event, events[position + 1 :]) if kind != "pledge" else None
        out.append(
            Commitment(
                kind=kind,  # type: ignore[arg-type]
                by=event.actors[0],
                to=event.recipients,
                about=event.evidence,
                status="withdrawn" if answer and answer.type == "REJECT" else ("kept" if answer else "open"),
                steps=[event.evidence, *([answer.evidence] if answer else [])],
            )
        )
    return out


def _answer(event: Event, later: list[Event]) -> Event | None:
    """The first refusal or consent of the other side to this side that the page tells afterwards."""
    ours = {actor.code for actor in event.actors}
    theirs = {actor.code for actor in event.recipients}
    for other in later:
        if (
            other.type in ANSWERS
            and {a.code for a in other.actors} & theirs
            and {a.code for a in other.recipients} & ours
        ):
            return other
    return None
