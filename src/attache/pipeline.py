"""The whole line for one page: bytes → capture → page → sentences → mentions → statements → events."""

from __future__ import annotations

from pathlib import Path

from attache import __version__
from attache.lexicon.load import HOME
from attache.lexicon.tables import tables
from attache.read import account, dating
from attache.read.act import Discourse, acts, decide
from attache.read.capture import read_capture
from attache.read.check import checks
from attache.read.chunk import chunk
from attache.read.event import events
from attache.read.lex import lex
from attache.read.page import read_page
from attache.read.pagewords import load_page_words
from attache.read.quantity import find_quantities, load_units
from attache.read.reading import Read
from attache.read.sentence import lines, paragraphs
from attache.read.statement import said
from attache.read.time import find_times
from attache.read.time_table import load_times
from attache.read.voice import scopes
from attache.record import Record
from attache.relations.commitment import commitments
from attache.relations.process import processes


class Reader:
    """Reads captured pages with one set of tables. Holds no state between pages."""

    def __init__(self, home: Path = HOME) -> None:
        self.tables = tables(home)
        self.page_words = load_page_words(home)
        self.times = load_times(home)
        self.units = load_units(home)

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
        captured = read_capture(data, uri, media_type=media_type, captured_at=captured_at)
        page = read_page(captured, self.page_words)
        text = captured.capture.text
        body = paragraphs(page, text, self.tables.script)
        opening = next((p.folded.text for p in body if not p.heading), "")
        anchor = dating.anchor(page, captured_at, opening)
        commentary = account.commentary(page)
        discourse = Discourse(text)
        readings: list[Read] = []
        for paragraph in body:
            times = find_times(paragraph.folded.text, anchor, self.times)
            figures = find_quantities(paragraph.folded.text, self.units)
            for line in lines(paragraph):
                here = Read(len(readings), line, account.within(times, line), account.within(figures, line))
                here.chunks = chunk(line.text, lex(line.text, self.tables, here.spans), self.tables, anchor.date)
                readings.append(here)
        discourse.survey(readings)
        for here in readings:
            words = here.line.text
            discourse.begin(here.line.paragraph.part)
            decided = decide(words, here.chunks, self.tables)
            here.scopes = scopes(words, here.chunks, decided.frame, self.tables, discourse)
            if not here.line.paragraph.heading:
                here.acts = acts(words, here.chunks, decided, here.scopes, discourse)
            here.said = said(words, here, self.tables, commentary)
            discourse.note(here)
        found = events(readings, text)
        page = dating.settle(page, captured_at, readings, text)
        return Record(
            version=__version__,
            lexicon=self.tables.digest[:16],
            capture=captured.capture,
            page=page,
            sentences=account.sentences(readings, found),
            mentions=account.mentions(readings, text),
            statements=account.statements(readings, text),
            events=found,
            forecasts=account.forecasts(readings, text),
            commitments=commitments(found),
            processes=processes(found, account.moved(readings, text)),
            checks=checks(page, readings, found, self.tables, text),
            unsure=account.unsure(readings, found, text),
        )

    def read_file(self, path: Path) -> Record:
        """The record of a page in a file; ``capture.uri`` is the path as given."""
        return self.read(path.read_bytes(), str(path))
