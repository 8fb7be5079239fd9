"""How fast pages come into the ledger, how the join grows, how fast it answers, how large it is.

Made-up pages (``world.py``) are taken in as `attache ingest` does, reading included: one reader a core and one writer.
Prints pages a second, the time of the join at several sizes with its slope (1: linear; n log n is about 1.1 here), the
time of searches and of act pages, and bytes an event. ``--pages N`` for other than 20,000; ``--ledger`` for another
place, ``postgresql://…`` included.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from world import EACH, World

from attache.face.acts import shown
from attache.face.ingest import Ingest
from attache.pipeline import Reader
from attache.shelf import search, store
from attache.shelf.store import Shelf, Wanted, open_shelf

MARKS = (10_000, 30_000, 100_000)  # events at which the join is timed
ASKED = 1_000  # act pages and searches that are timed
WORDS = ["制裁", "会谈", "关税", "访问", "导弹", "协议", "抗议", "军演", "外长", "总统", "边境", "驱逐", "谴责", "停火"]


class Mark(NamedTuple):
    """How many events there were after how many seconds of joining."""

    events: int
    seconds: float


class Clock:
    """Adds up the CPU time that functions take: other processes share the cores."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def around(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, timed."""

        def timed(*args: Any, **named: Any) -> Any:
            start = time.process_time()
            try:
                return function(*args, **named)
            finally:
                self.seconds += time.process_time() - start

        return timed


class Watched(Ingest):
    """A run that notes the time of the join as the ledger grows."""

    clock = Clock()
    marks: list[Mark]
    events = 0

    def _write(self) -> None:
        self.events += sum(len(page.events) for page in self._taken)
        super()._write()
        self.marks.append(Mark(self.events, self.clock.seconds))


def taken_in(shelf: Shelf, names: Sequence[str]) -> Watched:
    """Take the files in, with a clock on what joins."""
    run = Watched(shelf, len(names), again=False, json=False)
    run.marks = []
    for name in ("bind", "resettle"):
        setattr(store, name, run.clock.around(getattr(store, name)))
    run.over(list(names), os.cpu_count() or 1)
    return run


def cpu() -> float:
    """CPU seconds of this process and of those that it started and that have ended."""
    return sum(os.times()[:4])


def slope(marks: Sequence[Mark]) -> None:
    """Print the time of the join at each size, with the exponent between two of them."""
    sizes = [size for size in MARKS if size <= marks[-1].events] or [marks[-1].events]
    if marks[-1].events > sizes[-1] * 0.9 and len(sizes) < len(MARKS) and marks[-1].events > MARKS[-1] * 0.9:
        sizes.append(marks[-1].events)
    before: Mark | None = None
    for size in sizes:
        here = next(mark for mark in marks if mark.events >= size)
        each = here.seconds / here.events * 1e3
        line = f"join of {here.events:>8,} events {here.seconds:8.1f} s {each:8.2f} ms an event"
        if before is not None:
            line += f"   slope {math.log(here.seconds / before.seconds) / math.log(here.events / before.events):.2f}"
        print(line)
        before = here


def asked(name: str, calls: Iterable[Callable[[], object]]) -> None:
    """Print the median and the 95th percentile of calls, in milliseconds."""
    times = []
    for call in calls:
        start = time.perf_counter()
        call()
        times.append((time.perf_counter() - start) * 1e3)
    cut = statistics.quantiles(times, n=20)
    print(f"{name:40}{statistics.median(times):8.2f} ms median{cut[18]:8.2f} ms p95")


def answers(shelf: Shelf) -> None:
    """Time searches and act pages."""
    chosen = random.Random(1)
    acts = [
        row[0] for row in shelf.base.run("select a.id from act a join state s using (act_pk) where s.until is null")
    ]

    def act_page(id_: str) -> None:
        found = shelf.find(id_)
        act = shelf.act(found)
        if act is None:
            raise SystemExit(f"{id_} has no state")
        _, wrong = shown(act, shelf.revisions(act=found.number), shelf.text)
        if wrong:
            raise SystemExit(wrong[0])

    def find(words: str) -> None:
        search.find(shelf.base, words, search.Facets(), limit=10)

    ids = chosen.choices(acts, k=ASKED)
    asked("act page, its words checked", [lambda id_=id_: act_page(id_) for id_ in ids])  # type: ignore[misc]
    words = [WORDS[i % len(WORDS)] for i in range(ASKED // 5)]
    asked("search of two characters", [lambda one=one: find(one) for one in words])  # type: ignore[misc]
    dyads = [Wanted(parties=chosen.sample(("CHN", "USA", "RUS", "JPN", "IND", "FRA"), 2)) for _ in range(ASKED // 5)]
    asked("acts of a dyad, the latest 40", [lambda one=one: shelf.heads(one, limit=40) for one in dyads])  # type: ignore[misc]


def main() -> None:
    """Run the bench."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--ledger")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        world = World(Reader(), given.pages * EACH)
        names = []
        for number, data in enumerate(world.pages(given.pages)):
            path = Path(folder, f"{number:06}.txt")
            path.write_bytes(data)
            names.append(str(path))
        size = sum(os.path.getsize(name) for name in names)
        print(f"{len(names):,} made-up pages of {world.templates} sentences, {size / len(names):,.0f} bytes a page")
        location = given.ledger or str(Path(folder, "bench.db"))
        with open_shelf(location, write=True) as shelf:
            start, spent = time.perf_counter(), cpu()
            run = taken_in(shelf, names)
            took, spent = time.perf_counter() - start, cpu() - spent
            counts = shelf.counts()
            print(f"{run.summary()}: {counts.events:,} events, {counts.acts:,} acts")
            rate = f"{run.new / took:8.1f} pages a second on {os.cpu_count()} cores"
            busy = spent / (took * (os.cpu_count() or 1))
            print(f"ingest {rate}, reading included ({took:.0f} s, {busy:.0%} of the cores)")
            print(f"CPU time {spent / run.new * 1e3:6.1f} ms a page, readers and writer together")
            slope(run.marks)
        with open_shelf(location) as shelf:
            answers(shelf)
            if shelf.base.kind == "sqlite":
                whole = sum(os.path.getsize(location + end) for end in ("", "-wal") if os.path.exists(location + end))
                print(f"{whole / 1e6:,.0f} MB, {whole / counts.events / 1024:.1f} KB an event, captures included")
                print("integrity check:", "; ".join(shelf.base.check()) or "clean")


if __name__ == "__main__":
    main()
