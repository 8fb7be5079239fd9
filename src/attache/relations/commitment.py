"""Pledges, offers and demands of one page: from whom, to whom, about what, answered or open."""

from __future__ import annotations

from attache.ledger.item import days
from attache.ledger.words import grams, near, words
from attache.record import Commitment, Event

OFFERS = ("愿", "提议", "提出", "邀请", "建议")
ANSWERS = frozenset(["REJECT", "AGREE"])
ABOUT = 0.15  # of word pairs shared with what is answered
BARE = 14  # words; a longer answer says itself what it is about


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
    """The first refusal or consent of the other side to this side that the page tells afterwards, about the same."""
    return next((other for other in later if _answers(event, other)), None)


def _answers(event: Event, other: Event) -> bool:
    if other.type not in ANSWERS or other.status != "actual" or not _turned(event, other):
        return False
    return not _before(other, event) and _about_same(event, other)


def _turned(event: Event, other: Event) -> bool:
    """Whether an act goes from the other side of an event to this side."""
    ours = {actor.code for actor in event.actors}
    theirs = {actor.code for actor in event.recipients}
    return bool({a.code for a in other.actors} & theirs) and bool({a.code for a in other.recipients} & ours)


def _before(one: Event, two: Event) -> bool:
    """Whether an act ended before another began, as far as the page dates them."""
    last, first = days(one.when)[1], days(two.when)[0]
    return last is not None and first is not None and last < first


def _about_same(event: Event, other: Event) -> bool:
    """Whether an answer has words of what it answers, or follows it and is too short to be about anything else."""
    told, said = words(event.evidence.text), words(other.evidence.text)
    if near(grams(told), grams(said)) >= ABOUT:
        return True
    return 0 <= other.sentence - event.sentence <= 1 and len(said) <= BARE
