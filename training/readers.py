"""Score the second reader on marked pages from recorded answers: each policy beside the built-in reader alone.

``readers.py REPLAY_DIR``: the lent gold (``news`` and t081–t113) and our sample pages, as far as the
folder has answers to their prompts. Prints what ``chances.toml`` holds, measured on the same pages.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, get_args

import marked
import msgspec

import scoring
from attache.pipeline import Reader, Taken
from attache.record import Event, Record, Trust
from attache.second.desk import Replay
from attache.second.merge import paired
from attache.second.reader import Heard, ask, heard, read
from attache.second.tape import Tape

ROOT = Path(__file__).parents[1]
EXAMPLES = frozenset(["11-agency-call-denied.txt", "26-english-woodside.html"])  # they stand in the prompt
SHOWN = (
    "strict precision", "strict recall", "strict f1", "relaxed f1", "status", "claimant", "when", "no date made up",
    "disputes",
)  # fmt: skip


class Page(NamedTuple):
    """A marked page with what both readers have of it."""

    name: str
    taken: Taken
    marks: list[scoring.Marked]
    heard: Heard


def sets() -> Iterator[tuple[str, list[tuple[str, bytes, list[scoring.Marked]]]]]:
    """The marked pages by set."""
    if marked.LENT.exists():
        for name, wanted in (("news", ""), ("train", "t081")):
            pages = [page for page in marked.lent(name) if page.name >= wanted]
            yield name + (" t081–t113" if wanted else ""), [(p.name, p.text.encode(), p.events) for p in pages]
    yield "samples", samples()


def samples() -> list[tuple[str, bytes, list[scoring.Marked]]]:
    """The marked sample pages that do not stand in the prompt."""
    found = []
    for path in sorted((ROOT / "cases" / "pages").glob("*.json")):
        case = json.loads(path.read_text(encoding="utf-8"))
        if case["page"] not in EXAMPLES:
            found.append((case["page"], (ROOT / "samples" / case["page"]).read_bytes(), case["events"]))
    return found


def taken(raw: list[tuple[str, bytes, list[scoring.Marked]]], reader: Reader, desk: Replay) -> list[Page]:
    """Pages taken apart, with the recorded answers about them."""
    apart = [(name, reader.take(data, name), marks) for name, data, marks in raw]
    return [Page(name, one, marks, heard(ask(desk, one))) for name, one, marks in apart]


def figures(pages: Iterable[Page], reader: Reader, trust: Trust | None) -> dict[str, float]:
    """Scores of the pages under a policy; None for the built-in reader alone."""
    tally = scoring.Tally()
    for page in pages:
        if trust is None:
            record: Record = reader.record(page.taken)
        else:
            record = read(reader, page.taken, page.heard, trust, "replay").record
        tally.add(page.marks, msgspec.to_builtins(record.events), record.capture.text)
    return tally.figures()


def chances(pages: Iterable[Page], reader: Reader) -> dict[str, tuple[int, int, float]]:
    """How many events are right, how many there are, and how sure the built-in reader was, by who holds them."""
    right, all_, sure = Counter[str](), Counter[str](), Counter[str]()
    for page in pages:
        found = read(reader, page.taken, page.heard, "second", "replay")
        pairs, first, second = paired(found.first, found.held.events)
        groups: dict[str, list[Event]] = {
            "both": [pair.second for pair in pairs if pair.same],
            "differ": [pair.second for pair in pairs if not pair.same],
            "second": second,
            "first": first,
            "first, .8 and surer": [event for event in first if event.confidence >= 0.8],
            "differ, the first reader's": [pair.first for pair in pairs if not pair.same],
        }
        text = page.taken.capture.text
        for name, events in groups.items():
            told = msgspec.to_builtins(events)
            hits = scoring.pairs(page.marks, told, text, scoring.strict)
            free = sum(bool(page.marks[i].get("optional")) for i, _ in hits)
            right[name] += len(hits) - free
            all_[name] += len(told) - free
            sure[name] += sum(event.confidence for event in events)  # type: ignore[assignment]  # a Counter counts floats
    return {name: (right[name], all_[name], sure[name] / max(all_[name], 1)) for name in all_}


def main() -> None:
    """Print the tables."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("replay", type=Path)
    chosen = options.parse_args()
    reader, desk = Reader(), Replay(Tape(chosen.replay))
    every: list[Page] = []
    for name, raw in sets():
        pages = taken(raw, reader, desk)
        answered = [page for page in pages if page.heard.answers]
        print(f"\n{name}: {len(answered)} of {len(pages)} pages answered")
        if not answered:
            continue
        every += answered
        refused = [why for page in answered for why in read(reader, page.taken, page.heard, "second", "").held.refused]
        print(f"  refused: {len(refused)}")
        for trust in (None, *get_args(Trust)):
            told = figures(answered, reader, trust)
            print(f"  {trust or 'built-in':9}", ", ".join(f"{key} {told[key]}" for key in SHOWN))
    print("\nchances:")
    for name, (hit, all_, sure) in chances(every, reader).items():
        print(f"  {name}: {hit} of {all_}, {hit / max(all_, 1):.2f}, confidence {sure:.2f}")


if __name__ == "__main__":
    main()
