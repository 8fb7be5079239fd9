"""Measures which events of ECOB's pages on world affairs are joined to one act, against groups marked by hand.

A pair is two events, as the reader reads them, of two different pages; every pair of the marked pages counts, those
across ECOB's groups too. A pair is right where both events carry one mark. What the reader misses or takes for
something else is not measured here: marks are put on events as they were read.

    python training/ecob.py FOLDER    the folder with dev.doc.json (https://github.com/.../ECOB, CC BY-NC-SA 4.0)
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from attache.ledger.act import acts
from attache.ledger.light import Lit, lit, media
from attache.ledger.noun import Act
from attache.pipeline import Reader

MARKS = Path(__file__).parent / "acts.jsonl"
TUNED = frozenset([591, 596, 600, 605, 610, 614, 640, 654])  # the weights were set on these groups
HELD = frozenset([603, 616, 618, 624, 631, 635, 637, 641, 642, 649, 650, 652, 665])  # and not on these


class Score(NamedTuple):
    """Pairs joined and marked, joined in all, marked in all, joined across dyads."""

    right: int
    joined: int
    marked: int
    across: int

    def line(self, name: str) -> str:
        """One line for a person."""
        precision = self.right / self.joined if self.joined else 1.0
        recall = self.right / self.marked if self.marked else 1.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return (
            f"{name}: precision {precision:.2f} ({self.right} of {self.joined}), recall {recall:.2f} "
            f"({self.right} of {self.marked}), F1 {f1:.2f}; pairs joined that share no dyad: {self.across}"
        )


def read_pages(folder: Path, groups: Iterable[int]) -> dict[str, Lit]:
    """The pages of some groups, read, by the number of the document."""
    reader, known = Reader(), media()
    wanted = set(groups)
    out = {}
    for entry in json.loads((folder / "dev.doc.json").read_text(encoding="utf-8")):
        group, doc = entry["Descriptor"]["event_id"], entry["Doc"]
        if group in wanted:
            text = "\n".join([doc["title"], *(sentence["sent_text"] for sentence in doc["content"])])
            name = str(doc["doc_id"])
            out[name] = lit(reader.read(text.encode(), f"ecob/{group}/{name}.txt"), known)
    return out


def marked(pages: dict[str, Lit]) -> dict[str, str]:
    """The mark of each event (by ref) that carries one. Says which marks find no event any more."""
    out = {}
    for line in MARKS.read_text(encoding="utf-8").splitlines():
        entry: dict[str, Any] = json.loads(line)
        for doc, start, end, type_ in entry["tellings"]:
            if str(doc) not in pages:
                continue
            found = [
                told.ref
                for told in pages[str(doc)].tolds
                if (told.event.evidence.start, told.event.evidence.end, told.event.type) == (start, end, type_)
            ]
            if not found:
                print(f"no event at {doc}, {start}–{end}, {type_}", file=sys.stderr)
            out.update(dict.fromkeys(found, entry["act"]))
    return out


def score(pages: dict[str, Lit], marks: dict[str, str], made: Sequence[Act]) -> Score:
    """Compare acts with marks, over pairs of events of different pages."""
    page_of = {told.ref: told.page for page in pages.values() for told in page.tolds}
    dyads = {told.ref: _dyads(told.event) for page in pages.values() for told in page.tolds}
    told = {pair for refs in _by_mark(marks) for pair in _pairs(refs, page_of)}
    joined = {pair for act in made for pair in _pairs([telling.ref for telling in act.tellings], page_of)}
    across = sum(1 for one, two in joined if dyads[one] and dyads[two] and not dyads[one] & dyads[two])
    return Score(len(told & joined), len(joined), len(told), across)


def score_pages(pages: dict[str, Lit], marks: dict[str, str], made: Sequence[Act]) -> Score:
    """The same over pairs of pages: do they tell one act at all."""
    page_of = {told.ref: told.page for page in pages.values() for told in page.tolds}
    told = {pair for refs in _by_mark(marks) for pair in combinations(sorted({page_of[ref] for ref in refs}), 2)}
    groups = [sorted({telling.page for telling in act.tellings}) for act in made]
    joined = {pair for group in groups for pair in combinations(group, 2)}
    return Score(len(told & joined), len(joined), len(told), 0)


def _by_mark(marks: dict[str, str]) -> list[list[str]]:
    groups: dict[str, list[str]] = {}
    for ref, mark in marks.items():
        groups.setdefault(mark, []).append(ref)
    return list(groups.values())


def _dyads(event: Any) -> set[tuple[str, str]]:
    """Unordered pairs of an event's parties; none where it tells one party only."""
    return set(combinations(sorted({actor.code or actor.text for actor in (*event.actors, *event.recipients)}), 2))


def _pairs(refs: Iterable[str], page_of: dict[str, str]) -> set[tuple[str, str]]:
    return {(one, two) for one, two in combinations(sorted(refs), 2) if page_of[one] != page_of[two]}


def main() -> None:
    """Print the scores of both halves and of all."""
    folder = Path(sys.argv[1])
    for name, groups in (("tuned on", TUNED), ("held out", HELD), ("all", TUNED | HELD)):
        pages = read_pages(folder, groups)
        made = acts(pages.values(), known=media())
        events = sum(len(page.tolds) for page in pages.values())
        print(f"{name}: {len(groups)} groups, {len(pages)} pages, {events} events, {len(made)} acts")
        marks = marked(pages)
        print("  " + score(pages, marks, made).line("pairs of events"))
        print("  " + score_pages(pages, marks, made).line("pairs of pages"))


if __name__ == "__main__":
    main()
