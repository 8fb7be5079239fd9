"""One record for a person at a terminal: what happened, according to whom, how sure, and what stays open.

Everything that stems from a page is cleaned of control characters and never read as markup. Without a terminal the
output is plain, aligned text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from attache.brief.names import Names
from attache.brief.phrases import clean, safe
from attache.brief.telling import maker
from attache.brief.wording import Lang, load_wording
from attache.ledger.ground import share
from attache.lexicon.tables import Tables
from attache.record import Actor, Claimant, Event, Place, Quantity, Record, Round, Span, Statement, Version

WIDE = 110  # cells from which events stand in one table
MARGIN = 14  # cells that the left column of a list may always take
MOST = 12  # rows of a list before it says how many more there are
BOUNDS = {
    "exact": "", "over": ">", "under": "<", "about": "~", "at least": "≥", "at most": "≤", "between": "",
}  # fmt: skip
COLUMNS = {"date": 11, "parties": 18, "what": 12, "according to": 14, "how sure": 12, "words": 33}  # shares of width
READERS = {("built-in", "second"): ", both readers", ("second",): ", the second reader alone"}
TIES = {"tie": "tie", "channel": "channel", "reading": "state of relations"}

Row = tuple[str, str]


class Cells(NamedTuple):
    """One event in words, cell by cell."""

    date: str
    disclosed: str
    parties: str
    names: str
    what: str
    by: str
    sure: str
    disputed: str
    figures: str
    words: str


def show(record: Record, console: Console, tables: Tables) -> None:
    """Print a record. Names are in the page's language, labels in English; the same record prints the same."""
    lang: Lang = "zh" if record.page.language.startswith("zh") else "en"
    face = _Face(console, Names(lang, load_wording(lang), tables.names), tables)
    if console.is_terminal:
        _tell(record, face)
        return
    with console.capture() as captured:
        _tell(record, face)
    # rich fills lines up with blanks, which only a screen needs
    console.out("\n".join(line.rstrip() for line in captured.get().splitlines()), highlight=False)


def _tell(record: Record, face: _Face) -> None:
    face.head(record)
    face.events(record)
    face.rows("Negotiations", _processes(record, face))
    face.rows("Positions", _statements(record, face, {"position": ""}))
    face.rows("Pledges, offers, demands", _commitments(record, face))
    face.rows("Disputes", _disputes(record, face))
    face.rows("Forecasts", _forecasts(record))
    face.rows("Reasons, as claimed", _reasons(record, face))
    face.rows("Ties and channels, as claimed", _statements(record, face, TIES))
    face.rows("The writer's own judgement", _judgement(record))
    face.rows("To check", [(check.kind, _found(check.message, check.spans)) for check in record.checks])
    face.rows("Not decided", [(one.what, _found(one.why, [one.span] if one.span else [])) for one in record.unsure])


def quote(span: Span | Claimant | Quantity) -> str:
    """The words of a span in quotation marks, with its offsets."""
    return f"“{clean(span.text)}” [{span.start}–{span.end}]"


def _found(message: str, spans: Sequence[Span]) -> str:
    return "; ".join([clean(message), *map(quote, spans[:2])])


class _Face:
    """A console with the names of one language."""

    def __init__(self, console: Console, names: Names, tables: Tables) -> None:
        self.console = console
        self.names = names
        self.tables = tables
        self.wide = console.width >= WIDE
        self.bold = "bold" if console.is_terminal else ""
        self.lead = "second"  # the reader whose version of an event stands

    def line(self, text: str, style: str = "") -> None:
        """One paragraph, wrapped."""
        self.console.print(Text(safe(text), style=style, overflow="fold"), highlight=False, soft_wrap=False)

    def heading(self, text: str) -> None:
        self.console.print()
        self.line(text, self.bold)

    def rows(self, heading: str, rows: Iterable[Row]) -> None:
        """A list of two columns under a heading; nothing at all where it is empty."""
        all_rows = list(rows)
        if not all_rows:
            return
        self.heading(f"{heading} ({len(all_rows)})")
        left = [*all_rows[:MOST], *([("", f"{len(all_rows) - MOST} more, see --json")] if len(all_rows) > MOST else [])]
        self._grid(left)

    def _grid(self, rows: Sequence[Row], indent: int = 2) -> None:
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(max_width=max(MARGIN, self.console.width // 4), overflow="fold")
        grid.add_column(ratio=1, overflow="fold")
        for key, value in rows:
            grid.add_row(Text(safe(key)), Text(safe(value)))
        self.console.print(Padding(grid, (0, 0, 0, indent)), highlight=False)

    def head(self, record: Record) -> None:
        """The page: what it is, whose, of when, and how much was found."""
        page = record.page
        self.line(page.title or "(no title)", self.bold)
        published = page.published
        date = f"{published.edtf or 'unknown'} ({published.basis}: {published.why})"
        counts: dict[str, Sequence[object]] = {
            "parts": page.parts, "sentences": record.sentences, "mentions": record.mentions, "events": record.events,
            "statements": record.statements, "forecasts": record.forecasts, "checks": record.checks,
            "not decided": record.unsure,
        }  # fmt: skip
        second = record.second
        self.lead = "built-in" if second and second.trust == "first" else "second"
        told = second and f"{second.model} ({second.trust}), {second.asked} of {len(record.sentences)} sentences"
        rows = [
            ("outlet/account", maker(page) or "unknown"),
            ("authors", ", ".join(page.authors)),
            ("published", date),
            ("language", page.language),
            ("capture", f"{record.capture.uri} (sha256 {record.capture.id[:12]})"),
            ("second reader", f"{told}, {len(record.aside)} events set aside" if told else ""),
            ("found", ", ".join(f"{name} {len(items)}" for name, items in counts.items())),
        ]
        self._grid([row for row in rows if row[1]])

    def events(self, record: Record) -> None:
        """All events in the order of the page: one table where there is room, else a block each."""
        self.heading(f"Events ({len(record.events)})")
        if not record.events:
            self.line("  none")
        elif self.wide:
            self._table([self.cells(event) for event in record.events])
        else:
            for number, event in enumerate(record.events, 1):
                self._block(number, self.cells(event))

    def _table(self, rows: Sequence[Cells]) -> None:
        plain = not self.console.is_terminal
        table = Table(
            box=None if plain else box.SIMPLE_HEAD, padding=(0, 2, 0, 0), expand=True, pad_edge=False,
            header_style=self.bold,
        )  # fmt: skip
        for name, ratio in COLUMNS.items():
            table.add_column(name, ratio=ratio, overflow="fold")
        for row in rows:
            table.add_row(
                _cell(row.date, row.disclosed),
                _cell(row.parties, row.names),
                _cell(row.what),
                _cell(row.by),
                _cell(row.sure, f"disputed by {row.disputed}" if row.disputed else ""),
                _cell(row.words, row.figures),
            )
        self.console.print(table, highlight=False)

    def _block(self, number: int, row: Cells) -> None:
        self._grid([(f"{number:>3}", f"{row.date}  {row.parties}  {row.what}")], indent=0)
        pairs = [
            ("", row.disclosed), ("names", row.names), ("according to", row.by), ("how sure", row.sure),
            ("disputed by", row.disputed), ("where, figures", row.figures), ("words", row.words),
        ]  # fmt: skip
        self._grid([pair for pair in pairs if pair[1]], indent=5)

    def cells(self, event: Event) -> Cells:
        """An event in words."""
        arrow = " → " if event.recipients else ""
        held = READERS.get(tuple(event.readers), "")
        told = [_version(one) for one in sorted(event.versions, key=lambda one: one.reader != self.lead)]
        other = "second" if self.lead == "built-in" else "built-in"
        differs = f"; the {other} reader: {told[1]}" if len(set(told)) > 1 else ""
        where = "; ".join(_place(place) for place in event.where)
        label = self.tables.labels.get(event.type, (event.type, event.type))
        return Cells(
            date=event.when or "no date",
            disclosed=f"disclosed {event.disclosed}" if event.disclosed else "",
            parties=f"{_codes(event.actors)}{arrow}{_codes(event.recipients)}",
            names=f"{self.named(event.actors)}{arrow}{self.named(event.recipients)}",
            what=f"{label[1]}{f' ({event.mode})' if event.mode else ''} {label[0]}",
            by=_chain(event.claimants) or "the page",
            sure=f"{event.status} {event.confidence:.2f}{held}{differs}",
            disputed=", ".join(map(_source, event.disputed_by)),
            figures="; ".join(part for part in (where, *map(_figure, event.quantities)) if part),
            words=quote(event.evidence) + "".join(f", also [{span.start}–{span.end}]" for span in event.also),
        )

    def named(self, actors: Sequence[Actor]) -> str:
        """Parties by name."""
        return ", ".join(dict.fromkeys(self.names.party(actor) for actor in actors))

    def code(self, code: str) -> str:
        """A code with its name."""
        return f"{code} {self.names.code(code)}"


def _version(one: Version) -> str:
    arrow = " → " if one.recipients else ""
    return f"{one.type} {', '.join(one.actors)}{arrow}{', '.join(one.recipients)} {one.status}"


def _cell(*parts: str) -> Text:
    """A cell of the table, one line a part, empty parts left out."""
    return Text("\n".join(safe(part) for part in parts if part))


def _codes(actors: Sequence[Actor]) -> str:
    return ", ".join(dict.fromkeys(actor.code or "unlinked" for actor in actors))


def _source(claimant: Claimant) -> str:
    return clean(claimant.text) or claimant.code or claimant.kind


def _chain(claimants: Sequence[Claimant]) -> str:
    """Sources, outermost first."""
    return " citing ".join(dict.fromkeys(map(_source, claimants)))


def _place(place: Place) -> str:
    where = ", ".join(part for part in (place.city, place.country) if part)
    return f"{place.role} {clean(place.text)}{f' ({where})' if where else ''}"


def _figure(quantity: Quantity) -> str:
    value = "?" if quantity.value is None else f"{quantity.value:,}"
    high = f"–{quantity.high:,}" if quantity.high is not None else ""
    unit = f" {quantity.unit}" if quantity.unit else ""
    return f"{BOUNDS[quantity.bound]}{value}{high}{unit} “{clean(quantity.text)}”"


def _processes(record: Record, face: _Face) -> Iterator[Row]:
    for process in record.processes:
        shut = f"; shut out: {', '.join(map(face.code, process.shut_out))}" if process.shut_out else ""
        yield process.name, f"{', '.join(map(face.code, process.parties))}; rounds: {len(process.rounds)}{shut}"
        for meeting in process.rounds:
            yield f"  {meeting.when or 'no date'}", _round(meeting)


def _round(meeting: Round) -> str:
    venue = [_place(meeting.venue)] if meeting.venue else []
    planned = [f"planned: {_place(meeting.planned_venue)}"] if meeting.planned_venue else []
    return "; ".join([*venue, *planned, f"present: {', '.join(meeting.present)}", *map(quote, meeting.evidence[:1])])


def _speaker(statement: Statement, face: _Face) -> str:
    if statement.claimants:
        return _chain(statement.claimants)
    if statement.speaker:
        return face.named([statement.speaker])
    return "the writer" if statement.voice == "opinion" else "the page"


def _statements(record: Record, face: _Face, kinds: dict[str, str]) -> Iterator[Row]:
    for statement in record.statements:
        if statement.kind in kinds:
            label = f"{kinds[statement.kind]}: " if kinds[statement.kind] else ""
            mark = "" if statement.mark == "actual" else f" ({statement.mark})"
            yield _speaker(statement, face), f"{label}{quote(statement.evidence)}{mark}"


def _commitments(record: Record, face: _Face) -> Iterator[Row]:
    """What events pledge, offer or ask, then what statements do beside them."""
    for item in record.commitments:
        to = f" → {face.named(item.to)}" if item.to else ""
        yield f"{item.kind}, {item.status}", f"{face.named([item.by])}{to}: {quote(item.about)}"
    for statement in record.statements:
        if statement.kind in ("pledge", "offer", "demand") and not any(
            item.about.start < statement.evidence.end and statement.evidence.start < item.about.end
            for item in record.commitments
        ):
            yield statement.kind, f"{_speaker(statement, face)}: {quote(statement.evidence)}"


def _disputes(record: Record, face: _Face) -> Iterator[Row]:
    for statement in record.statements:
        if statement.kind == "denial":
            about = f"; about {quote(statement.about[0])}" if statement.about else ""
            verb = "does not confirm" if statement.mark == "negated" else "denies"
            yield f"{_speaker(statement, face)} {verb}", f"{quote(statement.evidence)}{about}"
    for event in record.events:
        for claimant in event.disputed_by:
            yield f"{_source(claimant)} disputes", f"{event.type} {quote(event.evidence)}"


def _forecasts(record: Record) -> Iterator[Row]:
    for item in record.forecasts:
        parts = [quote(item.what)]
        parts += [f"if {quote(item.condition)}"] if item.condition else []
        parts += [f"by {quote(item.horizon)}"] if item.horizon else []
        parts += [] if item.scorable else ["nothing could decide it"]
        yield "the writer" if item.by_writer else item.who or "unnamed", "; ".join(parts)


def _reasons(record: Record, face: _Face) -> Iterator[Row]:
    for statement in record.statements:
        if statement.kind == "reason":
            both = [statement.cause, statement.effect]
            words = " → ".join(quote(span) for span in both if span) or quote(statement.evidence)
            yield _speaker(statement, face), words


def _judgement(record: Record) -> Iterator[Row]:
    """How much there is of it, then the sentences."""
    found = share(record)
    if found.total:
        counts = f"named source {len(found.named)}, unnamed {len(found.unnamed)}, none {len(found.none)}"
        yield f"{len(found.opinion)} of {found.total}", f"sentences are judgement; {counts}"
    for sentence in found.opinion:
        words = record.capture.text[sentence.start : sentence.end]
        yield "", quote(Span(start=sentence.start, end=sentence.end, text=words))
