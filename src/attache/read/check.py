"""Findings for a fact-checker, each with the spans it rests on. The tool takes no side: it points, a person judges."""

from __future__ import annotations

import re
from itertools import pairwise

from attache.lexicon.rows import PEOPLE, Term
from attache.lexicon.tables import Tables
from attache.lexicon.terms import day_of
from attache.read.actor import Party
from attache.read.cues import Cues
from attache.read.headline import headline
from attache.read.reading import Read
from attache.record import Check, CheckKind, Event, Page, Span

YEAR_BEFORE = re.compile(r"([12][0-9]{3})年[^，。；：]{0,4}$")
SPEECH_LIKE = re.compile("我|你|您|吗|吧|必须|应该|不会|不能|将|已经|[。！？，]")
POSING = 12  # characters from which a quoted string that nobody spoke reads like speech


def checks(
    page: Page, readings: list[Read], titles: list[Read], events: list[Event], tables: Tables, capture: str
) -> list[Check]:
    """All findings of a page, in order of kind and place. ``titles``: the headline as it was read."""
    out = [one for title in titles for one in headline(title, readings, events, capture)]
    out += _loaded(readings, tables, capture) + _labels(readings, capture) + _sources(readings, events, capture)
    out += _offices(readings, page, tables, capture) + _places(readings, tables, capture) + _editions(readings, capture)
    out += _dates(events, page)
    if page.published.basis in ("bounded", "unknown"):
        out.append(Check(kind="no publication date", message=page.published.why, spans=list(page.published.evidence)))
    return out


def _loaded(readings: list[Read], tables: Tables, capture: str) -> list[Check]:
    """Words that take a side: the writer's, and apart from them those of whom the page quotes."""
    out = []
    for read in readings:
        for start, end in Cues(read.line.text, tables).loaded:
            around = [scope for scope in read.scopes if scope.start <= start < scope.end]
            neutral = tables.loaded[read.line.text[start:end]]
            hint = f"neutral: {neutral}" if neutral else "can be left out"
            kind: CheckKind = "loaded word of a source" if around else "loaded word"
            hint += f"; said by {around[-1].source.text}" if around else ""
            out.append(Check(kind=kind, message=hint, spans=[read.line.span(start, end, capture)]))
    return out


def _labels(readings: list[Read], capture: str) -> list[Check]:
    """Quotation marks around words that nobody is said to have spoken: names for things, or labels posing as speech."""
    out = []
    for read in readings:
        for remark in read.said.remarks if read.said is not None else []:
            if remark.wording != "label":
                continue
            words = read.line.text[remark.start : remark.end]
            posing = len(words) >= POSING and SPEECH_LIKE.search(words) is not None
            kind: CheckKind = "label posing as a quotation" if posing else "label in quotation marks"
            span = read.line.span(remark.start, remark.end, capture)
            out.append(Check(kind=kind, message="nobody is said to have spoken these words", spans=[span]))
    return sorted(out, key=lambda check: check.kind, reverse=True)


def _sources(readings: list[Read], events: list[Event], capture: str) -> list[Check]:
    """Sources without a name, and agreement told without any source."""
    out = []
    for read in readings:
        for scope in read.scopes:
            if scope.source.kind in ("unnamed", "hearsay") and scope.source.home is None:
                span = read.line.span(scope.source.start, scope.source.end, capture)
                out.append(Check(kind="unnamed source", message="the source has no name", spans=[span]))
    told = [event for event in events if event.type == "AGREE" and event.status == "actual" and not event.claimants]
    agreed = [event.evidence for event in told]
    agreed = [span for span in agreed if "双方" in span.text or "雙方" in span.text]
    for read in readings:
        for remark in read.said.remarks if read.said is not None else []:
            if (remark.kind, remark.mark, remark.wording, remark.sources) == ("pledge", "actual", None, ()):
                agreed.append(read.line.span(remark.start, remark.end, capture))
    kept: list[Span] = []
    for span in agreed:
        if all(span.end <= other.start or other.end <= span.start for other in kept):
            kept.append(span)
    message = "who told it is not said"
    return out + [Check(kind="agreement without a source", message=message, spans=[span]) for span in kept]


def _offices(readings: list[Read], page: Page, tables: Tables, capture: str) -> list[Check]:
    """People with an office that the lexicon knows them to have held at another time."""
    day = day_of(page.published.edtf)
    if day is None:
        return []
    out: list[Check] = []
    seen: set[tuple[str, str]] = set()
    for read in readings:
        told = next((hit.edtf for hit in read.times if hit.kind == "date" and hit.edtf), None)
        then = day_of(told) or day
        for party in read.names:
            terms = _terms_of(party, tables)
            name = party.reading.name if party.reading is not None else ""
            if not terms or any(term.covers(then) for term in terms) or (name, party.office) in seen:
                continue
            seen.add((name, party.office))
            held = ", ".join(f"{term.start or '..'}/{term.end or '..'}" for term in terms)
            message = f"{name} held it {held}, {'the sentence' if told else 'the page'} is of {then}"
            span = read.line.span(party.start, party.end, capture)
            out.append(Check(kind="office at another date", message=message, spans=[span]))
    return out


def _terms_of(party: Party, tables: Tables) -> list[Term]:
    """The terms in which a person held the very office that stands beside the name, without 前 or 候任."""
    reading = party.reading
    if reading is None or reading.kind not in PEOPLE or not party.office:
        return []
    stage, title = tables.naming.stage(party.office)
    if stage is not None:
        return []
    entry = tables.entry(title)
    ids = set(entry.office) if entry is not None else set()
    return [term for term in reading.terms if term.office in ids]


def _places(readings: list[Read], tables: Tables, capture: str) -> list[Check]:
    """A city right behind a state that it is not in."""
    out = []
    between = tables.patterns["where"]["between_re"]
    for read in readings:
        for state, city in pairwise(read.spots):
            if not (state.state and city.spot.city and between.fullmatch(read.line.text, state.end, city.start)):
                continue
            if state.spot.country and city.spot.country and state.spot.country != city.spot.country:
                message = f"{city.spot.city} is known in {city.spot.country}, not in {state.spot.country}"
                span = read.line.span(state.start, city.end, capture)
                out.append(Check(kind="city in another country", message=message, spans=[span]))
    return out


def _editions(readings: list[Read], capture: str) -> list[Check]:
    """A numbered meeting with a year that is not its own, or with a number that the calendar does not list."""
    out = []
    for read in readings:
        for hit in read.times:
            if hit.kind != "occasion":
                continue
            told = YEAR_BEFORE.search(read.line.text[: hit.start + hit.lead])
            if told and hit.edtf and told[1] not in hit.edtf:
                span = read.line.span(told.start(), hit.end, capture)
                message = f"that meeting is of {hit.edtf}, not of {told[1]}"
                out.append(Check(kind="edition and year do not fit", message=message, spans=[span]))
    return out


def _dates(events: list[Event], page: Page) -> list[Check]:
    """Disclosure before the act; an act told as past that is later than the page."""
    out = []
    published = page.published.edtf if page.published.basis in ("stated", "given") else None
    for event in events:
        spans: list[Span] = [event.evidence]
        if event.when and event.disclosed and event.disclosed[:10] < event.when[:10] and len(event.when) >= 10:
            message = f"disclosed {event.disclosed}, before the act of {event.when}"
            out.append(Check(kind="disclosed before the act", message=message, spans=spans))
        late = published and event.when and len(event.when) >= 10 and "/" not in event.when
        if late and event.status == "actual" and event.type != "AGREE" and str(event.when)[:10] > str(published)[:10]:
            message = f"told as past, dated {event.when}, the page is of {published}"
            out.append(Check(kind="dates out of order", message=message, spans=spans))
    return out
