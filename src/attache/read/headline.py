"""The headline against the body: what it says that the body does not, and what it says more firmly than the body."""

from __future__ import annotations

from attache.read.act import Act
from attache.read.opinion import QUOTED
from attache.read.reading import Read
from attache.record import Check, Event

SURE = 0.42  # an act of a headline less likely than this is not held against the body
FIRM = "actual"
TELLING = 10  # figures below that without a unit only count what follows (一名, 一周)


def headline(title: Read, readings: list[Read], events: list[Event], capture: str) -> list[Check]:
    """Findings about a headline."""
    body = "".join(read.line.text for read in readings if not read.line.paragraph.heading)
    out = _quoted(title, body, capture) + _figures(title, readings, capture)
    for act in title.acts:
        if act.confidence >= SURE and act.status == FIRM:
            out += _act(act, title, events, capture)
    return out


def _quoted(title: Read, body: str, capture: str) -> list[Check]:
    """Words in quotation marks that the body does not have."""
    out = []
    for remark in title.said.remarks if title.said is not None else []:
        words = title.line.text[remark.start : remark.end].strip("“”‘’")
        quoted = QUOTED.fullmatch(title.line.text[remark.start : remark.end]) is not None
        if quoted and remark.wording in ("verbatim", "label") and len(words) > 1 and words not in body:
            span = title.line.span(remark.start, remark.end, capture)
            message = "the headline quotes words that the body does not have"
            out.append(Check(kind="headline against body", message=message, spans=[span]))
    return out


def _figures(title: Read, readings: list[Read], capture: str) -> list[Check]:
    """Figures that the body does not have."""
    told = {(figure.value, figure.unit) for read in readings for figure in read.figures}
    out = []
    for figure in title.figures:
        counted = figure.unit is not None or (figure.value or 0) >= TELLING
        if figure.value is not None and counted and (figure.value, figure.unit) not in told and not figure.high:
            span = title.line.span(figure.start, figure.end, capture)
            message = "the body does not have this figure"
            out.append(Check(kind="headline against body", message=message, spans=[span]))
    return out


def _act(act: Act, title: Read, events: list[Event], capture: str) -> list[Check]:
    """An act told as a fact that the body tells otherwise: as a plan, as somebody's claim, as denied, or not at all."""
    span = title.line.span(*act.clause, capture)
    codes = {party.code for party in act.actors + act.recipients}
    same = [
        event for event in events
        if event.type == act.frame.type and codes & {actor.code for actor in event.actors + event.recipients}
    ]  # fmt: skip
    if not same:
        if any(codes <= {actor.code for actor in event.actors + event.recipients} for event in events):
            return []  # the body words it as another type
        message = "the body tells no such act of these parties"
        return [Check(kind="headline against body", message=message, spans=[span])]
    if all(event.status != FIRM for event in same):
        message = f"the headline tells it as a fact, the body as {same[0].status}"
    elif all(event.disputed_by for event in same):
        message = f"the headline does not say that {same[0].disputed_by[0].text} disputes it"
    elif all(event.claimants for event in same) and not title.scopes and "：" not in title.line.text:
        message = f"the headline tells it as a fact, the body by {same[0].claimants[0].text}"
    else:
        return []
    return [Check(kind="headline against body", message=message, spans=[span, same[0].evidence])]
