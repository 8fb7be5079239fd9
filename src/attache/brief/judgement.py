"""How much of a page rests on a named source, an unnamed one, none, and how much is the writer's own judgement."""

from __future__ import annotations

from collections.abc import Sequence

from attache.brief.phrases import clean, quoted
from attache.brief.telling import Line, maker, notes
from attache.brief.wording import Wording, fill
from attache.ledger.ground import Share, share
from attache.record import Record, Span

EXAMPLES = 3


def judgement_lines(records: Sequence[Record], wording: Wording) -> list[Line]:
    """One sentence a page, the page with most judgement first."""
    found = [(record, share(record)) for record in records]
    found.sort(key=lambda item: -len(item[1].opinion) / max(item[1].total, 1))
    lines = [_line(record, sorted_, wording) for record, sorted_ in found]
    return [line for line in lines if line is not None]


def _line(record: Record, found: Share, wording: Wording) -> Line | None:
    text = record.capture.text
    shown = (found.opinion or [*found.named, *found.unnamed, *found.none])[:EXAMPLES]
    cited = notes(record, [Span(start=s.start, end=s.end, text=text[s.start : s.end]) for s in shown])
    examples = [quoted(note.words, wording) for note in cited if found.opinion]
    name = clean(record.page.title or maker(record.page))
    line = fill(
        wording.judgement["line"],
        page=fill(wording.origin["title"], title=name) if name else wording.origin["untitled"],
        total=found.total,
        named=len(found.named),
        unnamed=len(found.unnamed),
        none=len(found.none),
        opinion=len(found.opinion),
        examples=wording.judgement["joiner"].join(examples),
    )
    return Line(line, tuple(cited)) if cited else None
