"""The whole line for one page: bytes → capture → page → sentences → mentions → statements → events."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from attache import __version__
from attache.lexicon.load import HOME
from attache.lexicon.tables import tables
from attache.read import account, dating
from attache.read.act import decide, is_round, propose
from attache.read.check import checks
from attache.read.chunk import chunk
from attache.read.denial import not_denials
from attache.read.discourse import Discourse
from attache.read.event import events
from attache.read.judge import Judge, doubted, first_choices
from attache.read.known import Known
from attache.read.mention import parties
from attache.read.opinion import leaning
from attache.read.page.assemble import read_page
from attache.read.page.capture import CaptureRead, read_capture
from attache.read.page.words import load_page_words
from attache.read.quantity.find import find_quantities, load_units
from attache.read.reading import Read
from attache.read.refer import refer
from attache.read.sentence import TITLE, Paragraph, lines, paragraphs
from attache.read.speaker import interviews
from attache.read.statement import not_questions, said
from attache.read.table import absent, moves
from attache.read.time.find import NO_CONTEXT, read_times
from attache.read.time.hit import Anchor
from attache.read.time.table import load_times
from attache.read.voice import scopes
from attache.read.where import spots
from attache.record import Capture, Event, Page, Record, Statement
from attache.relations.commitment import commitments
from attache.relations.process import processes

LOOK_BACK = 12  # sentences that a word may point back over
LOOK_AHEAD = 7  # sentences after which a quotation may name its speaker


class Taken(NamedTuple):
    """A page taken apart: its sentences with all that was found in them, those of its title, and its events.

    ``meta``: what its head says, as of ``CaptureRead``.
    """

    capture: Capture
    page: Page
    title: list[Read]
    readings: list[Read]
    events: list[Event]
    meta: Mapping[str, str]


class Reader:
    """Reads captured pages with one set of tables. Holds no state between pages."""

    def __init__(self, home: Path = HOME, *, judged: bool = True) -> None:
        """Load the lexicon of ``home``; without ``judged`` the grammar's own first choices stand.

        Raises:
            LexiconError: if the lexicon does not hold together.
        """
        self.tables = tables(home)
        self.page_words = load_page_words(home)
        self.times = load_times(home)
        self.units = load_units(home)
        self.judge = Judge.load(home / "judge.json") if judged else None
        gc.freeze()  # what is loaded by now stays for good: leave it out of every collection

    def read(self, data: bytes, uri: str, *, media_type: str | None = None, captured_at: str | None = None) -> Record:
        """The record of one captured page.

        Args:
            data: the bytes as fetched.
            uri: where from; a path or an address, kept as given.
            media_type: as told by the server, if known.
            captured_at: EDTF time of the capture, if known.

        Raises:
            CaptureError: if the bytes are no page (empty, binary, cut, too large), naming ``uri`` and the cause.
        """
        return self.record(self.take(data, uri, media_type=media_type, captured_at=captured_at))

    def take(self, data: bytes, uri: str, *, media_type: str | None = None, captured_at: str | None = None) -> Taken:
        """A captured page with all that was weighed in it. Arguments and errors are those of ``read``."""
        captured = read_capture(data, uri, media_type=media_type, captured_at=captured_at)
        text = captured.capture.text
        page, readings, found = self.taken_apart(captured, captured_at)
        title = self.headlines(page, text, captured_at)
        page = dating.settle(page, captured_at, readings, text)
        return Taken(captured.capture, page, title, readings, found, captured.meta)

    def record(self, taken: Taken, stated: list[Statement] | None = None) -> Record:
        """The record of a page from what was found in it; ``stated``: its statements, where they are known."""
        capture, page, title, readings, found, _ = taken
        text = capture.text
        stated = self.stated(taken) if stated is None else stated
        return Record(
            version=__version__,
            lexicon=self.tables.digest[:16],
            capture=capture,
            page=page,
            sentences=account.sentences(readings, found),
            mentions=account.tied(account.mentions(readings, text, page.published.edtf), stated, found),
            statements=stated,
            events=found,
            forecasts=account.forecasts(readings, text),
            commitments=commitments(found),
            processes=processes(found, moves(readings, text), absent(readings, text)),
            checks=checks(page, readings, title, found, self.tables, text),
            unsure=account.unsure(readings, found, text),
        )

    def stated(self, taken: Taken) -> list[Statement]:
        """The statements of a page."""
        return account.statements(taken.readings, taken.events, taken.capture.text, self.tables)

    def taken_apart(
        self, captured: CaptureRead, captured_at: str | None = None
    ) -> tuple[Page, list[Read], list[Event]]:
        """The page of a capture, its sentences with all that was weighed in them, and the events that came of it."""
        page = read_page(captured, self.page_words)
        readings = self.sentences(page, captured.capture.text, captured_at)
        return page, readings, events(readings, captured.capture.text, self.tables, captured.capture.id)

    def sentences(self, page: Page, text: str, captured_at: str | None = None) -> list[Read]:
        """Each sentence of a page with its mentions, scopes, acts and statements, in order."""
        body = paragraphs(page, text, self.tables.script)
        opening = next((p.folded.text for p in body if not p.heading), "")
        anchor = dating.anchor(page, captured_at, opening)
        known = Known()
        readings = [here for paragraph in body for here in self._mentions(paragraph, anchor, known)]
        return self._voiced(readings, commentary=account.commentary(page) or leaning(readings, self.tables))

    def headlines(self, page: Page, text: str, captured_at: str | None = None) -> list[Read]:
        """The page's title read by itself, for what it says against the body: blanks part its sentences."""
        titles = paragraphs(page, text, self.tables.script, TITLE)
        anchor = dating.anchor(page, captured_at, "")
        read = [here for paragraph in titles[:1] for here in self._mentions(paragraph, anchor, Known())]
        return self._voiced(read, commentary=False)

    def _voiced(self, readings: list[Read], *, commentary: bool) -> list[Read]:
        """Sentences with their scopes, acts and statements, each in the light of those before it."""
        for index, here in enumerate(readings):
            here.index = index
        last = max((here.line.paragraph.part for here in readings), default=-1)
        discourse = Discourse(readings, self.tables, interviews(readings, self.tables))
        for here in readings:
            self._voice(here, readings, discourse, commentary=commentary, closing=here.line.paragraph.part == last)
        return readings

    def _voice(
        self, here: Read, readings: list[Read], discourse: Discourse, *, commentary: bool, closing: bool
    ) -> None:
        """One sentence: who says what, which acts that tells, what else is said."""
        refer(here, self.tables, readings[max(here.index - LOOK_BACK, 0) : here.index])
        words = here.line.text
        discourse.begin(here.line)
        decided = decide(words, here.chunks, self.tables)
        later = readings[here.index + 1 : here.index + LOOK_AHEAD]
        here.scopes = scopes(words, here.chunks, decided.frame, self.tables, discourse, later)
        if not here.line.paragraph.heading:
            here.proposed = propose(words, here.chunks, decided, here.scopes, self.tables, discourse)
            here.acts, here.weak = (self.judge.choose if self.judge else first_choices)(here.proposed)
        here.said = said(words, here, self.tables, commentary=commentary, closing=closing)
        here.acts = not_denials(not_questions(here.acts, here), here.said.denials)
        numbered = [act for act in here.weak if is_round(act, words)]
        here.acts += numbered
        here.weak = [act for act in here.weak if act not in numbered]
        if here.said.judgement:
            here.acts, here.weak = doubted(here.acts, here.weak)
        discourse.note(here)

    def _mentions(self, paragraph: Paragraph, anchor: Anchor, known: Known) -> Iterator[Read]:
        """The sentences of a paragraph with their times, figures and pieces; ``known``: whom the page has named."""
        context = NO_CONTEXT
        for line in lines(paragraph):
            times, context = read_times(line.text, anchor, self.times, context)
            here = Read(0, line, times, find_quantities(line.text, self.units), anchor.date)
            tokens, here.names = parties(line.text, self.tables, known, anchor.date, here.spans)
            here.keep_times(token for token in tokens if token.kind == "T")
            here.spots = spots(tokens, line.text, self.tables)
            here.chunks = chunk(line.text, tokens, self.tables, anchor.date)
            yield here

    def read_file(self, path: Path) -> Record:
        """The record of a page in a file; ``capture.uri`` is the path as given."""
        return self.read(path.read_bytes(), str(path))
