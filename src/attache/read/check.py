"""Findings for a fact-checker, each with the spans it rests on. The tool takes no side: it points, a person judges."""

from __future__ import annotations

from attache.lexicon.tables import Tables
from attache.read.cues import Cues
from attache.read.reading import Read
from attache.record import Check, Event, Page, Span


def checks(page: Page, readings: list[Read], events: list[Event], tables: Tables, capture: str) -> list[Check]:
    """All findings of a page, in order of kind and place."""
    out = _loaded(readings, tables, capture) + _labels(readings, capture) + _sources(readings, events, capture)
    out += _dates(events)
    if page.published.basis == "bounded":
        out.append(Check(kind="no publication date", message=page.published.why, spans=list(page.published.evidence)))
    return out


def _loaded(readings: list[Read], tables: Tables, capture: str) -> list[Check]:
    """Words that take a side where the writer speaks; what a source says is the source's."""
    out = []
    for read in readings:
        for start, end in Cues(read.line.text, tables).loaded:
            if any(scope.start <= start < scope.end for scope in read.scopes):
                continue
            word = read.line.text[start:end]
            neutral = tables.loaded[word]
            hint = f"neutral: {neutral}" if neutral else "can be left out"
            out.append(Check(kind="loaded word", message=hint, spans=[read.line.span(start, end, capture)]))
    return out


def _labels(readings: list[Read], capture: str) -> list[Check]:
    """Quotation marks around words that nobody is said to have spoken."""
    return [
        Check(
            kind="label in quotation marks",
            message="nobody is said to have spoken these words",
            spans=[read.line.span(remark.start, remark.end, capture)],
        )
        for read in readings
        if read.said is not None
        for remark in read.said.remarks
        if remark.wording == "label"
    ]


def _sources(readings: list[Read], events: list[Event], capture: str) -> list[Check]:
    """Sources without a name, and agreement told without any source."""
    out = []
    for read in readings:
        for scope in read.scopes:
            if scope.source.kind in ("unnamed", "hearsay") and scope.source.home is None:
                span = read.line.span(scope.source.start, scope.source.end, capture)
                out.append(Check(kind="unnamed source", message="the source has no name", spans=[span]))
    for event in events:
        if event.type == "AGREE" and not event.claimants and "双方" in event.evidence.text:
            out.append(
                Check(kind="agreement without a source", message="who told it is not said", spans=[event.evidence])
            )
    return out


def _dates(events: list[Event]) -> list[Check]:
    """Disclosure before the act."""
    out = []
    for event in events:
        if event.when and event.disclosed and event.disclosed[:10] < event.when[:10] and len(event.when) >= 10:
            spans: list[Span] = [event.evidence]
            message = f"disclosed {event.disclosed}, before the act of {event.when}"
            out.append(Check(kind="dates out of order", message=message, spans=spans))
    return out
