"""The fact-checker's sheet of one page: its claims by how checkable they are, its findings, its paragraphs.

How checkable a claim is, in points: told as happened 3, as not happened 2, as planned 1; its day 2, or its month or
year 1; a place 1; a figure 2; both sides known 1; somebody's own words 1. A person decides; nothing here says what is
true.
"""

from __future__ import annotations

import hashlib
from typing import Literal

from attache.ledger.ground import share
from attache.record import Check, Claimant, Event, Mark, Noun, Record, Sentence, Span, Statement

STATUS = {"actual": 3, "negated": 2, "future": 1, "hypothetical": 0}
CLAIMING = frozenset(["report", "denial", "forecast", "reason", "tie", "channel", "pledge", "offer", "demand"])
NO_CLAIM = frozenset(["credit", "ask"])  # stances that claim nothing by themselves
DAY = len("2024-01-01")

Rating = Literal["true", "mostly true", "misleading", "mostly false", "false", "unproven"]


class Claim(Noun, frozen=True, kw_only=True):
    """Something that the page says and that could be checked. ``id``: the event's, or made from its place.

    ``points`` and ``why``: how checkable it is and why. ``sources``: outermost first; none: the page itself.
    """

    id: str
    kind: str
    mark: Mark
    words: Span
    sources: list[Claimant]
    disputed_by: list[Claimant]
    points: int
    why: list[str]


class Verdict(Noun, frozen=True, kw_only=True):
    """What a person found about a claim: kept apart from what the machine found, never changed, only added to."""

    page: str
    uri: str
    claim: str
    words: str
    rating: Rating
    by: str
    date: str
    evidence: list[str]
    note: str = ""


class Account(Noun, frozen=True, kw_only=True):
    """What a paragraph of the body came to: its outcomes, and how many sentences it has."""

    part: int
    start: int
    end: int
    sentences: int
    outcome: list[str]


class Sheet(Noun, frozen=True, kw_only=True):
    """The sheet of a page. ``shares``: sentences with a named source, an unnamed one, none, and those of judgement."""

    uri: str
    page: str
    title: str | None
    published: str | None
    shares: dict[str, int]
    findings: list[Check]
    claims: list[Claim]
    paragraphs: list[Account]
    verdicts: list[Verdict]


def sheet(record: Record, verdicts: list[Verdict]) -> Sheet:
    """The sheet of a page. ``verdicts``: those of any pages; the page's own are taken."""
    found = share(record)
    return Sheet(
        uri=record.capture.uri,
        page=record.capture.id,
        title=record.page.title,
        published=record.page.published.edtf,
        shares={
            "named": len(found.named), "unnamed": len(found.unnamed), "none": len(found.none),
            "judgement": len(found.opinion),
        },
        findings=record.checks,
        claims=claims(record),
        paragraphs=accounts(record),
        verdicts=[one for one in verdicts if one.page == record.capture.id],
    )  # fmt: skip


def claims(record: Record) -> list[Claim]:
    """What can be checked, the most checkable first; what an event tells already is no claim of its own."""
    out = [_of_event(event) for event in record.events]
    told = [event.evidence for event in record.events]
    for statement in record.statements:
        words = statement.evidence
        apart = all(words.end <= span.start or span.end <= words.start for span in told)
        if statement.kind in CLAIMING and statement.wording != "label" and statement.stance not in NO_CLAIM and apart:
            out.append(_of_statement(statement, record))
    return sorted(out, key=lambda claim: (-claim.points, claim.words.start))


def _of_event(event: Event) -> Claim:
    points, why = _weigh(event.status, event.when, bool(event.where), len(event.quantities))
    if event.recipients and all(actor.code for actor in [*event.actors, *event.recipients]):
        points, why = points + 1, [*why, "both sides known"]
    return Claim(
        id=event.id, kind=event.type, mark=event.status, words=event.evidence, sources=event.claimants,
        disputed_by=event.disputed_by, points=points, why=why,
    )  # fmt: skip


def _of_statement(statement: Statement, record: Record) -> Claim:
    words = statement.evidence
    inside = [m for m in record.mentions if words.start <= m.start and m.end <= words.end]
    when = next((m.time.edtf for m in inside if m.time is not None and m.time.edtf), None)
    points, why = _weigh(
        statement.mark, when, any(m.place for m in inside), sum(m.quantity is not None for m in inside)
    )
    if statement.wording == "verbatim":
        points, why = points + 1, [*why, "own words"]
    chain = ">".join(f"{source.text}@{source.start}" for source in statement.claimants)
    key = f"{record.capture.id}|{statement.kind}|{words.start}|{words.end}|{chain}"
    return Claim(
        id=hashlib.sha256(key.encode()).hexdigest()[:12], kind=statement.kind, mark=statement.mark, words=words,
        sources=statement.claimants, disputed_by=[], points=points, why=why,
    )  # fmt: skip


def _weigh(mark: str, when: str | None, placed: bool, figures: int) -> tuple[int, list[str]]:
    """Points for what any claim may have."""
    points, why = STATUS[mark], [mark]
    if when:
        day = len(when.split("/")[0].rstrip("~?%")) >= DAY
        points += 2 if day else 1
        why.append("day" if day else "month or year")
    if placed:
        points, why = points + 1, [*why, "place"]
    if figures:
        points, why = points + 2, [*why, "figure"]
    return points, why


def accounts(record: Record) -> list[Account]:
    """What each paragraph of the body came to, in order; none is blank."""
    by_part: dict[int, list[Sentence]] = {}
    for sentence in record.sentences:
        by_part.setdefault(sentence.part, []).append(sentence)
    out = []
    for number, part in enumerate(record.page.parts):
        inside = by_part.get(number, [])
        if part.kind != "paragraph" or not inside:
            continue
        outcome = sorted({what for sentence in inside for what in sentence.outcome})
        out.append(Account(part=number, start=part.start, end=part.end, sentences=len(inside), outcome=list(outcome)))
    return out


def claim_review(claim: Claim, verdict: Verdict, found: Sheet) -> dict[str, object]:
    """A verdict as schema.org's ClaimReview."""
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "datePublished": verdict.date,
        "claimReviewed": claim.words.text,
        "author": {"@type": "Person", "name": verdict.by},
        "itemReviewed": {
            "@type": "Claim",
            "appearance": {"@type": "CreativeWork", "url": found.uri, "headline": found.title},
            "author": [{"@type": "Thing", "name": source.text} for source in claim.sources],
        },
        "reviewRating": {"@type": "Rating", "alternateName": verdict.rating},
        "citation": verdict.evidence,
        "reviewBody": verdict.note,
    }
