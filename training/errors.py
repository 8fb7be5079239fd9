"""What the reader misses and gets wrong on the marked pages that may be learnt from, grouped by cause.

Each page is read by a judge that has not learnt from it (``FOLDS`` judges, as in cross-validation), so that the causes
are those of unseen pages. ``--show CAUSE`` prints cases of one cause, a line each. Blind pages are left alone.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

import train
from marked import LENT, learnt

import scoring
from attache.pipeline import Reader
from attache.read.judge import Judge

Told = dict[str, Any]


class Fault(NamedTuple):
    """A missed mark or a wrong event. ``mark``: what is marked, ``read``: what was read, of the same sentences."""

    missed: bool
    cause: str
    page: str
    type: str
    words: str
    mark: str
    read: str


class Page:
    """One page with its marks, what was told and what was proposed, each with the sentences that it touches."""

    def __init__(self, sample: train.Sample, judge: Judge) -> None:
        told = train.read_with(sample, judge)
        self.name, self.text = sample.page.name, sample.page.text
        self.marks = scoring.sentences(self.text)
        self.gold: list[Told] = sample.page.events
        self.told: list[Told] = told
        self.near_gold = [scoring.touched(event, self.text, self.marks) for event in self.gold]
        self.near_told = [scoring.touched(event, self.text, self.marks) for event in self.told]
        pairs = scoring.pairs(self.gold, self.told, self.text, scoring.strict)
        self.found, self.right = {i for i, _ in pairs}, {j for _, j in pairs}
        self.tried = list(self._tried(sample, judge))

    def _tried(self, sample: train.Sample, judge: Judge) -> Iterator[tuple[Told, set[int], int, float]]:
        """All proposals: the act, its sentences, its rank at its site, and the chance of the best of that site."""
        for read in sample.reads:
            for site in read.proposed:
                weighed = judge.weigh(site)
                for rank, (_, choice) in enumerate(weighed):
                    act = site.build(choice)
                    told = train.proposed(act, read)
                    yield told, scoring.touched(told, self.text, self.marks), rank, weighed[0][0]

    def faults(self, floor: float) -> Iterator[Fault]:
        """Everything missed, then everything wrong."""
        for i, mark in enumerate(self.gold):
            if i not in self.found and not mark.get("optional"):
                yield self._fault(True, self._missed(i, floor), mark, self.near_gold[i])
        for j, told in enumerate(self.told):
            if j not in self.right:
                yield self._fault(False, self._wrong(j), told, self.near_told[j])

    def _missed(self, i: int, floor: float) -> str:
        mark = self.gold[i]
        here = [one for one in self.tried if one[1] & self.near_gold[i]]
        if not here:
            return "no predicate with a party"
        right = [one for one in here if scoring.strict(mark, one[0])]
        if right:
            if any(rank == 0 and best >= floor for _, _, rank, best in right):
                return "read, but joined to another act"
            if any(rank == 0 for _, _, rank, _ in right):
                return "likeliest of its site, under the floor"
            return "proposed, another reading of its site won"
        if any(one["type"] == mark["type"] for one, _, _, _ in here):
            swapped = any(one["type"] == mark["type"] and _parties(one) == _parties(mark) for one, _, _, _ in here)
            return "type proposed, sides swapped" if swapped else "type proposed, sides not"
        return "sides proposed, type not" if any(_parties(one) == _parties(mark) for one, *_ in here) else "neither"

    def _wrong(self, j: int) -> str:
        told = self.told[j]
        near = [i for i, where in enumerate(self.near_gold) if where & self.near_told[j]]
        same = [i for i in near if scoring.strict(self.gold[i], told)]
        if same:
            return "the same act again"
        if not near:
            return "sentence without a mark"
        if any(self.gold[i]["type"] == told["type"] and _parties(self.gold[i]) == _parties(told) for i in near):
            return "sides swapped"
        if any(_parties(self.gold[i]) == _parties(told) for i in near):
            return "right sides, other type"
        if any(self.gold[i]["type"] == told["type"] for i in near):
            return "right type, other sides"
        return "neither side nor type of the marks there"

    def _fault(self, missed: bool, cause: str, event: Told, near: set[int]) -> Fault:
        marked = [_shown(mark) for mark, where in zip(self.gold, self.near_gold, strict=True) if where & near]
        told = [_shown(one) for one, where in zip(self.told, self.near_told, strict=True) if where & near]
        words = event["evidence"]
        span = (words["start"], words["end"]) if isinstance(words, dict) else scoring.find(words, self.text)
        text = self.text[slice(*span)] if span else ""
        mark, read = (_shown(event), "; ".join(told)) if missed else ("; ".join(marked), _shown(event))
        return Fault(missed, cause, self.name, event["type"], " ".join(text.split()), mark, read)


def _parties(event: Told) -> set[str]:
    return scoring.codes(event["actors"]) | scoring.codes(event["recipients"])


def _shown(event: Told) -> str:
    sides = ">".join("+".join(sorted(scoring.codes(event[side]))) for side in ("actors", "recipients"))
    return f"{event['type']} {sides}" + (f" by {event['rule']}" if "rule" in event else "")


def faults(pages: list[Page], floor: float) -> list[Fault]:
    """The faults of all pages."""
    return [fault for page in pages for fault in page.faults(floor)]


def read_all() -> list[Page]:
    """The pages that may be learnt from, each read by a judge that has not."""
    samples = train.read_samples(learnt(), Reader(judged=False))
    proposals = train.gather(samples)
    return [Page(sample, judge) for judge, unseen in train.held_out(samples, proposals) for sample in unseen]


def main() -> None:
    """Print the causes with their counts, or the cases of one."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--show", metavar="CAUSE", help="print cases whose cause begins so")
    options.add_argument("--most", type=int, default=40, help="cases printed")
    chosen = options.parse_args()
    if not LENT.exists():
        sys.exit(f"errors: {LENT} is absent: the marked pages' texts are lent, not ours to keep")
    pages = read_all()
    found = faults(pages, train.FLOOR)
    if chosen.show:
        for fault in [one for one in found if one.cause.startswith(chosen.show)][: chosen.most]:
            print(f"{fault.page}  marked {fault.mark or '-'} | read {fault.read or '-'} | {fault.words}")
        return
    marks = sum(not mark.get("optional") for page in pages for mark in page.gold)
    print(
        f"{marks} marks, {sum(len(page.told) for page in pages)} events, {sum(len(page.right) for page in pages)} right"
    )
    for missed in (True, False):
        print("\nmissed" if missed else "\nwrong")
        for cause, count in Counter(one.cause for one in found if one.missed == missed).most_common():
            types = Counter(one.type for one in found if (one.missed, one.cause) == (missed, cause)).most_common(4)
            print(f"{count:6}  {cause}  ({', '.join(f'{name} {times}' for name, times in types)})")


if __name__ == "__main__":
    main()
