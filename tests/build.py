"""Builds records by hand: a page of a title and paragraphs, and nouns that stand on its words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Any

from attache.record import (
    Actor,
    Capture,
    Check,
    Claimant,
    Commitment,
    Event,
    EventType,
    Forecast,
    Page,
    Part,
    Place,
    Process,
    Published,
    Quantity,
    Record,
    Sentence,
    Span,
    Statement,
    Time,
    Unsure,
)

_SENTENCE = re.compile("[^。？！]+[。？！]?")


def party(code: str | None, name: str | None = None, office: str | None = None, text: str = "") -> Actor:
    """A party without a place on the page."""
    return Actor(code=code, text=text or name or "", name=name, office=office, sector="GOV")


class Draft:
    """A page under construction; every span is found by its words, which must stand on the page once."""

    def __init__(
        self,
        title: str,
        paragraphs: Sequence[str],
        *,
        uri: str = "page.txt",
        outlet: str | None = "榕江社",
        account: str | None = None,
        published: Published | None = None,
    ) -> None:
        self.text = "\n".join([title, *paragraphs])
        self.uri = uri
        self.page = Page(
            title=title,
            outlet=outlet,
            account=account,
            authors=["林简"],
            published=published or Published(edtf="2024-05-08", basis="stated", why="a date line"),
            language="zh-Hans",
            parts=self._parts(title, paragraphs),
        )
        self.sentences = self._sentences()
        self.statements: list[Statement] = []
        self.events: list[Event] = []
        self.forecasts: list[Forecast] = []
        self.commitments: list[Commitment] = []
        self.processes: list[Process] = []
        self.checks: list[Check] = []
        self.unsure: list[Unsure] = []

    def _parts(self, title: str, paragraphs: Sequence[str]) -> list[Part]:
        parts, at = [Part(kind="title", start=0, end=len(title) + bool(paragraphs))], len(title) + 1
        for i, paragraph in enumerate(paragraphs):
            end = at + len(paragraph) + (i + 1 < len(paragraphs))
            parts.append(Part(kind="paragraph", start=at, end=end))
            at = end
        return parts

    def _sentences(self) -> list[Sentence]:
        out = []
        for index, part in enumerate(self.page.parts):
            if part.kind == "paragraph":
                for match in _SENTENCE.finditer(self.text[part.start : part.end].rstrip("\n")):
                    start, end = part.start + match.start(), part.start + match.end()
                    out.append(Sentence(start=start, end=end, part=index, outcome=["unsure"]))
        return out

    def place(self, words: str) -> tuple[int, int]:
        """Offsets of words that stand on the page exactly once."""
        if self.text.count(words) != 1:
            raise ValueError(f"{words!r} stands {self.text.count(words)} times on the page")
        start = self.text.index(words)
        return start, start + len(words)

    def span(self, words: str) -> Span:
        """The span of words."""
        start, end = self.place(words)
        return Span(start=start, end=end, text=words)

    def claimant(self, words: str, kind: str = "medium", code: str | None = None) -> Claimant:
        """A source in the page's words."""
        start, end = self.place(words)
        return Claimant(text=words, kind=kind, code=code, start=start, end=end)  # type: ignore[arg-type]

    def where(self, words: str, country: str | None, city: str | None, role: str = "venue") -> Place:
        """A place in the page's words."""
        start, end = self.place(words)
        return Place(text=words, start=start, end=end, country=country, city=city, role=role)  # type: ignore[arg-type]

    def quantity(self, words: str, value: float | int | None, unit: str | None, **more: Any) -> Quantity:
        """A figure in the page's words."""
        start, end = self.place(words)
        return Quantity(text=words, start=start, end=end, value=value, unit=unit, **more)

    def time(self, words: str, edtf: str) -> Time:
        """A time in the page's words."""
        start, end = self.place(words)
        return Time(text=words, start=start, end=end, edtf=edtf, rule="date")

    def sentence_of(self, start: int) -> int:
        """The sentence that holds an offset."""
        return next(i for i, s in enumerate(self.sentences) if s.start <= start < s.end)

    def outcome(self, words: str, *outcome: str) -> None:
        """Say what the sentence that holds these words came to."""
        index = self.sentence_of(self.place(words)[0])
        old = self.sentences[index]
        self.sentences[index] = Sentence(start=old.start, end=old.end, part=old.part, outcome=list(outcome))  # type: ignore[arg-type]

    def event(
        self,
        type_: EventType,
        actors: Sequence[Actor],
        recipients: Sequence[Actor],
        words: str,
        *,
        when: str | None = None,
        **more: Any,
    ) -> Event:
        """Add an event that stands on ``words``; ``more`` overrides any field."""
        evidence = self.span(words)
        fields: dict[str, Any] = {
            "mode": None, "contexts": [], "cameo": None, "goldstein": None, "status": "actual", "claimants": [],
            "disputed_by": [], "when_basis": None, "disclosed": None, "where": [], "quantities": [], "also": [],
            "rule": "by hand", "confidence": 0.5, "readers": ["built-in"],
        }  # fmt: skip
        event = Event(
            id=hashlib.sha256(f"{self.uri}{type_}{evidence.start}".encode()).hexdigest()[:12],
            type=type_, actors=list(actors), recipients=list(recipients), evidence=evidence, when=when,
            sentence=self.sentence_of(evidence.start), **(fields | more),
        )  # fmt: skip
        self.events.append(event)
        return event

    def statement(self, voice: str, kind: str, words: str, **more: Any) -> Statement:
        """Add a statement that stands on ``words``."""
        evidence = self.span(words)
        fields = {"mark": "actual", "sentence": self.sentence_of(evidence.start)} | more
        statement = Statement(voice=voice, kind=kind, evidence=evidence, **fields)  # type: ignore[arg-type]
        self.statements.append(statement)
        return statement

    def record(self) -> Record:
        """The record as it stands."""
        data = self.text.encode()
        capture = Capture(id=hashlib.sha256(data).hexdigest(), uri=self.uri, media_type="text/plain", text=self.text)
        return Record(
            version="0", lexicon="0", capture=capture, page=self.page, sentences=list(self.sentences), mentions=[],
            statements=list(self.statements), events=list(self.events), forecasts=list(self.forecasts),
            commitments=list(self.commitments), processes=list(self.processes), checks=list(self.checks),
            unsure=list(self.unsure),
        )  # fmt: skip
