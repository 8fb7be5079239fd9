"""Marks that nobody made: what both readers say of a page and the words of the page bear out.

They are made anew from pages and recorded answers each time they are learnt from, and never written among people's
marks. Where only one reader holds an act, or the readers differ, nothing is known, and nothing is taught.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from marked import Marked

from attache.pipeline import Reader
from attache.record import Event
from attache.second.desk import Replay
from attache.second.hold import hold
from attache.second.merge import paired
from attache.second.prompt import codebook
from attache.second.reader import ask, heard
from attache.second.tape import Tape


def agreed(pages: Iterable[tuple[str, str]], answers: Path, reader: Reader) -> Iterator[Marked]:
    """Pages, by name and text, as far as there are answers about them, with the events that both readers hold."""
    desk = Replay(Tape(answers))
    for name, text in pages:
        taken = reader.take(text.encode(), name)
        back = heard(ask(desk, taken))
        if len(back.sentences) < len(taken.readings) or taken.capture.text != text:
            continue  # a part of the page was not read
        held = hold(back.answers, taken, reader.tables, codebook())
        pairs, first, second = paired(taken.events, held.events)
        marks = [_mark(pair.second) for pair in pairs if pair.same]
        open_ = [*first, *second, *(event for pair in pairs if not pair.same for event in (pair.first, pair.second))]
        unknown = [(span.start, span.end) for event in open_ for span in (event.evidence, *event.also)]
        yield Marked(name, text, marks, False, by="both readers", unknown=unknown)


def _mark(event: Event) -> dict[str, object]:
    """An event as marks have it."""
    return {
        "type": event.type, "status": event.status, "when": event.when,
        "actors": [one.code or one.text for one in event.actors],
        "recipients": [one.code or one.text for one in event.recipients],
        "evidence": {"start": event.evidence.start, "end": event.evidence.end},
        "also": [{"start": span.start, "end": span.end} for span in event.also],
        "claimants": [one.text for one in event.claimants], "disputed_by": [one.text for one in event.disputed_by],
    }  # fmt: skip
