"""One act in one sentence, with the spans it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from attache.brief.names import MOST, Names
from attache.brief.phrases import date_words, figure_words, quoted
from attache.brief.told import Act, Report
from attache.brief.wording import Wording, fill
from attache.record import Actor, Claimant, Event, Page, Place, Quantity, Record, Span, Time


class Note(NamedTuple):
    """A footnote: the stretch [start, end) of the capture at ``uri``, made by ``maker``, reads ``words``."""

    uri: str
    maker: str
    start: int
    end: int
    words: str


class Line(NamedTuple):
    """A sentence with its footnotes, never without one. ``label`` stands before it (the date)."""

    text: str
    notes: tuple[Note, ...]
    label: str = ""


def maker(page: Page) -> str:
    """Outlet or account of a page, both where they differ; "" where neither is known."""
    return " / ".join(dict.fromkeys(name for name in (page.outlet, page.account) if name))


def notes(record: Record, spans: Iterable[Span | Claimant | Time | Quantity | Place]) -> list[Note]:
    """Footnotes for spans of one page; a stretch that does not read as the record says is no evidence, and left out."""
    out = []
    text = record.capture.text
    for span in spans:
        words = text[span.start : span.end]
        if words.strip() and words == span.text:
            out.append(Note(record.capture.uri, maker(record.page), span.start, span.end, words))
    return list(dict.fromkeys(out))


class Teller:
    """Words acts in one language."""

    def __init__(self, records: Sequence[Record], wording: Wording, names: Names) -> None:
        self.records = records
        self.wording = wording
        self.names = names

    def line(self, act: Act) -> Line | None:
        """The sentence of an act; None where no report of it has words to stand on."""
        cited = self.notes(act)
        lead = self._lead(act)
        w = self.wording.event
        details = [part for part in self._details(act, lead) if part]
        text = fill(
            w["line"],
            who=self.who(lead),
            did=self.did(lead),
            quote=fill(w["quote"], words=quoted(lead.evidence.text, self.wording)),
            details=fill(w["details"], names=w["joiner"].join(details)) if details else "",
        )
        label = fill(w["label"], date=date_words(lead.when, self.wording) if lead.when else w["undated"])
        return Line(capital(text), cited, capital(label)) if cited else None

    def notes(self, act: Act) -> tuple[Note, ...]:
        """All that an act rests on: what every page says of it, its sources and its denials."""
        out: list[Note] = []
        for report in act.reports:
            event = report.event
            told = notes(self.records[report.page], [event.evidence, *event.also])
            rests = notes(self.records[report.page], [*_basis(event), *event.claimants, *event.disputed_by])
            inside = [n for n in rests if any(t.start <= n.start and n.end <= t.end for t in told)]
            out += told + [note for note in rests if note not in inside] if told else []
        return tuple(dict.fromkeys(out))

    def who(self, event: Event) -> str:
        """The doers."""
        return self.names.parties(event.actors) or self.wording.party.unnamed

    def did(self, event: Event) -> str:
        """What they did, to whom, where, in the form that the act's status asks for."""
        w = self.wording
        doers = {actor.code or actor.text for actor in event.actors}
        others: list[Actor] = [a for a in event.recipients if (a.code or a.text) not in doers]
        whom = self.names.parties(others)
        if event.recipients and not others and len(doers) > 1:
            whom = w.party.each_other
        act = fill(w.predicate(event.type, event.mode, event.status == "actual"), whom=whom)
        venues = self.names.listed([self.names.place(place) for place in event.where if place.role == "venue"])
        return fill(w.status[event.status], act=act, place=fill(w.place["at"], names=venues) if venues else "")

    def _lead(self, act: Act) -> Event:
        """The report that speaks for an act: dated, with most sources, the first of equals."""
        return max(
            (report.event for report in act.reports), key=lambda event: (event.when is not None, len(event.claimants))
        )

    def _details(self, act: Act, lead: Event) -> list[str]:
        w = self.wording
        events = [report.event for report in act.reports]
        disclosed = next((event.disclosed for event in [lead, *events] if event.disclosed), None)
        # copies say the same of their source in other words
        heard = [lead] if act.copies else [lead, *events]
        chains = dict.fromkeys(self.names.sources(event.claimants) for event in heard)
        pages = len(act.reports)
        told = fill(w.event["copies" if act.copies else "reports"], pages=pages, origins=act.origins)
        deniers = self.names.listed(
            [self.names.source(c) for event in events for c in event.disputed_by]
            + [self._against(report) for report in act.denying]
        )
        figures = [figure_words(quantity, w) for quantity in lead.quantities[:MOST]]
        return [
            *[chain for chain in chains if chain][:MOST],
            fill(w.event["disclosed"], date=date_words(disclosed, w)) if disclosed else "",
            *self._places(lead),
            fill(w.figure.names, names=w.party.joiner.join(dict.fromkeys(figures))) if figures else "",
            fill(w.event["disputed"], names=deniers) if deniers else "",
            told if pages > 1 else "",
        ]

    def _against(self, report: Report) -> str:
        """Who says that an act did not happen: the source of that report, else its page."""
        page = self.records[report.page].page
        sources = self.names.sources(report.event.claimants)
        return sources or quoted(maker(page) or page.title or "", self.wording)

    def _places(self, event: Event) -> list[str]:
        """Places other than the venue, role by role."""
        out = []
        for role in ("moved from", "destination", "target", "place"):
            named = self.names.listed([self.names.place(place) for place in event.where if place.role == role])
            if named:
                out.append(fill(self.wording.place[role.replace(" ", "_")], names=named))
        return out


def _basis(event: Event) -> list[Time]:
    return [event.when_basis] if event.when_basis else []


def capital(text: str) -> str:
    """A sentence with its first letter large; Chinese stays as it is."""
    return text[:1].upper() + text[1:]
