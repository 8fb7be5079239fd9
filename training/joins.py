"""Measures which events of different pages are joined to one act, against acts marked by hand on lent pages.

A group is a few pages that tell one event: ECOB's groups on world affairs, and news of one day under like titles. A
pair is two events, as the reader reads them, of two pages of one group; it is right where both carry one mark. The same
over pairs of pages: do they tell one act at all. Joins between pages of different groups are counted apart. What the
reader misses is not measured here: marks are put on events as they were read, and lost when it reads them otherwise.

The weights were set on the groups called "tuned"; of ECOB's "held" ones the errors were looked at, of the news' not.

    python training/joins.py FOLDER    the lent folder with ecob/dev.doc.json and news.jsonl.gz
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from attache.ledger.act import acts
from attache.ledger.item import prepare
from attache.ledger.light import Lit, lit, media
from attache.pipeline import Reader

MARKS = Path(__file__).parent / "acts.jsonl"
Pair = tuple[str, str]


class Told(NamedTuple):
    """One event of a marked page. ``group``: the number of its group; ``mark``: the act it tells, "" for one alone."""

    page: str
    group: int
    half: str
    mark: str


class Score(NamedTuple):
    """Pairs joined and marked, joined in all, marked in all."""

    right: int
    joined: int
    marked: int

    def line(self, name: str) -> str:
        """One line for a person."""
        precision = self.right / self.joined if self.joined else 1.0
        recall = self.right / self.marked if self.marked else 1.0
        f1 = 2 * self.right / (self.joined + self.marked) if self.joined + self.marked else 1.0
        return (
            f"  {name}: P {precision:.2f} ({self.right} of {self.joined}), R {recall:.2f} of {self.marked}, F1 {f1:.2f}"
        )


def texts(folder: Path, name: str) -> dict[int, str]:
    """The pages of a set by the number that marks know them by: of ECOB the document, of the news the row."""
    if name == "ecob":
        entries = [entry["Doc"] for entry in json.loads((folder / "ecob/dev.doc.json").read_text(encoding="utf-8"))]
        return {
            doc["doc_id"]: "\n".join([doc["title"], *(one["sent_text"] for one in doc["content"])]) for doc in entries
        }
    with gzip.open(folder / "news.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return {i: f"{row['title']}\n{row['published'][:10]}\n\n{row['text']}" for i, row in enumerate(rows)}


def read(folder: Path, name: str, wanted: Iterable[int]) -> dict[int, Lit]:
    """The marked pages of a set, read."""
    reader, known, found = Reader(), media(), texts(folder, name)
    return {page: lit(reader.read(found[page].encode(), f"{name}/{page}"), known) for page in wanted}


def told(
    pages: Mapping[int, Lit], groups: Sequence[dict[str, Any]], marks: Sequence[dict[str, Any]]
) -> dict[str, Told]:
    """The events of the pages by ref. Says which marks find no event any more."""
    places = {
        (page, one.event.evidence.start, one.event.evidence.end, one.event.type): one.ref
        for page, found in pages.items()
        for one in found.tolds
    }
    mark_of: dict[str, str] = {}
    for entry in marks:
        for place in entry["tellings"]:
            ref = places.get(tuple(place))
            if ref is None:
                print(f"no event at {place}", file=sys.stderr)
            else:
                mark_of[ref] = entry["act"]
    return {
        one.ref: Told(one.page, number, group["half"], mark_of.get(one.ref, ""))
        for number, group in enumerate(groups)
        for page in group["pages"]
        for one in pages[page].tolds
    }


def scores(events: Mapping[str, Told], act_of: Mapping[str, str], half: str) -> tuple[Score, Score]:
    """Of pairs of events and of pairs of pages of one group of a half."""
    pairs = [
        (one, two)
        for one, two in combinations(sorted(ref for ref in events if events[ref].half == half), 2)
        if events[one].group == events[two].group and events[one].page != events[two].page
    ]
    marked = {pair for pair in pairs if events[pair[0]].mark and events[pair[0]].mark == events[pair[1]].mark}
    joined = {pair for pair in pairs if act_of[pair[0]] == act_of[pair[1]]}

    def pages(found: Iterable[Pair]) -> set[frozenset[str]]:
        return {frozenset((events[one].page, events[two].page)) for one, two in found}

    return (
        Score(len(marked & joined), len(joined), len(marked)),
        Score(len(pages(marked) & pages(joined)), len(pages(joined)), len(pages(marked))),
    )


def print_set(folder: Path, name: str, entries: Sequence[dict[str, Any]]) -> None:
    """The scores of a set."""
    groups = [entry for entry in entries if entry["set"] == name and "pages" in entry]
    marks = [entry for entry in entries if entry["set"] == name and "act" in entry]
    pages = read(folder, name, [page for group in groups for page in group["pages"]])
    events = told(pages, groups, marks)
    made = acts(pages.values(), known=media())
    act_of = {telling.ref: act.id for act in made for telling in act.tellings}
    print(f"{name}: {len(groups)} groups, {len(pages)} pages, {len(events)} events, {len(made)} acts")
    for half in ("tuned", "held"):
        of_events, of_pages = scores(events, act_of, half)
        print(of_events.line(f"{half}, pairs of events"))
        print(of_pages.line(f"{half}, pairs of pages"))
    joined = [pair for act in made for pair in combinations([telling.ref for telling in act.tellings], 2)]
    beyond = [(one, two) for one, two in joined if events[one].group != events[two].group]
    same = sum(1 for one, two in beyond if events[one].mark and events[one].mark == events[two].mark)
    print(f"  joined between groups: {len(beyond)}, of them under one mark: {same}")
    items = {one.ref: prepare(one) for page in pages.values() for one in page.tolds}
    apart = sum(
        1 for one, two in joined
        if items[one].recipients and items[two].recipients and not items[one].dyads & items[two].dyads
    )  # fmt: skip
    print(f"  pairs joined that share no dyad: {apart}")


def main() -> None:
    """Print the scores of both sets."""
    entries = [json.loads(line) for line in MARKS.read_text(encoding="utf-8").splitlines()]
    for name in ("ecob", "news"):
        print_set(Path(sys.argv[1]), name, entries)


if __name__ == "__main__":
    main()
