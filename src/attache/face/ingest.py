"""``attache ingest``: pages into the ledger. Several processes read, one writes; what is told as taken in is safe."""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from attache.face.pages import complain, counted, expand, leave, load_page, open_reader, plain
from attache.face.shelves import Json, Ledger, files, opened
from attache.face.wish import NOBODY, Wish, both, tell, wishing

if TYPE_CHECKING:
    from attache.face.readers import Done, Fetched
    from attache.shelf.pages import Taken
    from attache.shelf.store import Failure, Shelf

BATCH = 128  # pages written at once
SOON = 0.1  # seconds before which a rate says nothing
FAST = 10  # pages a second from which tenths say nothing
PATIENCE = 2.0  # seconds after which fewer are written
LOOK_UP = 200  # pages whose digests are looked up at once
FEW = 12  # pages for which it does not pay to start other processes


@wishing
def ingest_command(
    paths: Annotated[
        list[str] | None, typer.Argument(help="Captured pages; a folder stands for all files in it.", metavar="PATH...")
    ] = None,
    ledger: Ledger = None,
    again: Annotated[
        bool, typer.Option("--again", help="Read pages again that another version or lexicon has read.")
    ] = False,
    failed: Annotated[bool, typer.Option("--failed", help="Try the pages again that failed before.")] = False,
    jobs: Annotated[int, typer.Option(help="Processes that read; 0 for one a core.", min=0, max=256)] = 0,
    json: Json = False,
    wish: Wish = NOBODY,
) -> None:
    """Take captured pages into the ledger: read them, join their events with the acts that are known, keep them."""
    if not paths and not failed:
        leave("no paths; --failed alone tries again what failed before")
    with opened(ledger, write=True, make=bool(paths)) as shelf:
        own = files(shelf)
        names = [name for name in expand(paths or []) if os.path.realpath(name) not in own]
        if failed:
            given = {_place(name) for name in names}
            names += [uri for uri, *_ in shelf.failed() if uri not in given]
        if not names:
            leave("no files in the given folders" if paths else "no page failed before")
        run = Ingest(shelf, len(names), again=again, json=json, wish=wish)
        try:
            run.over(names, jobs or os.cpu_count() or 1)
        except KeyboardInterrupt:
            run.tell(f"interrupted; {run.summary()}; the same command goes on from here")
            raise typer.Exit(130) from None
        run.tell(run.summary())
        if run.bad:
            raise typer.Exit(2)


def pace(done: int, total: int, seconds: float) -> str:
    """How fast a run has been from its start, and how long the rest takes at that.

    Reckoned over the whole run: pages are told many at once, when they are safe, so that the last few say nothing.
    """
    if seconds < SOON:
        return ""
    rate = done / seconds
    left = datetime.timedelta(seconds=round((total - done) / rate)) if done else None
    return f"{rate:,.{0 if rate >= FAST else 1}f} pages/s" + (f", {left} left" if left else "")


class Ingest:
    """One run: counts what comes of each page, and tells it once it is safe."""

    def __init__(self, shelf: Shelf, total: int, *, again: bool, json: bool, wish: Wish = NOBODY) -> None:
        self.shelf = shelf
        self.wish = wish
        self.again = again
        self.json = json
        self.total = total
        self.new = self.known = self.read_again = self.bad = 0
        self._digest: str | None = None
        self._taken: list[Taken] = []
        self._failures: list[Failure] = []
        self._missed = {uri for uri, *_ in shelf.failed()}
        self._found: list[str] = []  # of these, what turns out to be known
        self._written = time.monotonic()
        self._advance: Callable[[int], None] = lambda _: None

    def over(self, names: list[str], jobs: int) -> None:
        """Read and write page after page."""
        from attache.face.readers import ReadersError, read_beside, read_both, read_here  # noqa: PLC0415  (start-up)

        fetched = self._fetched(names)
        reader = open_reader()  # also where others read: a lexicon that does not hold together is told once
        with contextlib.ExitStack() as held:
            if self.wish:
                done = read_both(held.enter_context(both(self.wish, reader)), fetched, tell)
            elif jobs == 1 or len(names) <= FEW:
                done = read_here(reader, fetched)
            else:
                done = read_beside(fetched, jobs)
            held.enter_context(contextlib.closing(done))
            held.enter_context(self._progress())
            try:
                for one in done:
                    self._take(one)
            except ReadersError as error:
                self._write()
                leave(f"{error}; {self.summary()}")
            self._write()

    def _fetched(self, names: list[str]) -> Iterator[Fetched]:
        """The pages that the ledger lacks; those that cannot be loaded are noted as failures."""
        for start in range(0, len(names), LOOK_UP):
            yield from self._lacking(names[start : start + LOOK_UP])

    def _lacking(self, names: list[str]) -> Iterator[Fetched]:
        from attache.face.pages import Problem  # noqa: PLC0415
        from attache.face.readers import Fetched  # noqa: PLC0415
        from attache.shelf.store import Failure  # noqa: PLC0415

        found: list[tuple[Fetched, str]] = []
        for name in names:
            try:
                data = load_page(name)
                found.append((Fetched(plain(name), data), hashlib.sha256(data).hexdigest()))
            except Problem as error:
                uri = plain(name)
                self._failures.append(Failure(uri, plain(str(error)).removeprefix(f"{uri}: ")))
        known = self.shelf.known([digest for _, digest in found])
        for page, digest in found:
            if digest in known and not (self.again and (self.wish or known[digest] != self._reader())):
                self._told(page.uri, digest, "known")
                if self._missed and _place(page.uri) in self._missed:
                    self._found.append(_place(page.uri))
            else:
                yield page

    def _reader(self) -> tuple[str, str]:
        """Version and lexicon of a page that is read now."""
        from attache import __version__  # noqa: PLC0415
        from attache.lexicon.load import digest  # noqa: PLC0415

        if self._digest is None:
            self._digest = digest()[:16]
        return __version__, self._digest

    def _take(self, done: Done) -> None:
        self._taken += done.taken
        self._failures += done.failures
        waiting = len(self._taken) + len(self._failures)
        if waiting >= BATCH or (waiting and time.monotonic() - self._written > PATIENCE):
            self._write()

    def _write(self) -> None:
        """Write what was read; tell it when it is safe."""
        taken, failures = self._taken, self._failures
        self._taken, self._failures = [], []
        found = [*self._found, *(_place(page.uri) for page in taken)]
        self._found = []
        if found or failures:
            missed = [failure._replace(uri=_place(failure.uri)) for failure in failures]
            outcomes = self.shelf.put(taken, missed, again=self.again, found=found)
            for page, outcome in zip(taken, outcomes, strict=True):
                self._told(page.uri, page.digest, outcome)
        for failure in failures:
            self._failed(failure)
        self._written = time.monotonic()

    def _told(self, uri: str, digest: str, outcome: str) -> None:
        self.new += outcome == "new"
        self.known += outcome == "known"
        self.read_again += outcome == "again"
        self._line({"uri": uri, "capture": digest, "outcome": outcome})

    def _failed(self, failure: Failure) -> None:
        self.bad += 1
        complain(f"{' '.join(failure.uri.split())}: {failure.cause}")
        self._line({"uri": failure.uri, "capture": None, "outcome": "failed", "cause": failure.cause})

    def _line(self, row: dict[str, str | None]) -> None:
        self._advance(1)
        if self.json:
            import msgspec  # noqa: PLC0415

            sys.stdout.buffer.write(msgspec.json.encode(row) + b"\n")
            sys.stdout.buffer.flush()

    @contextlib.contextmanager
    def _progress(self) -> Iterator[None]:
        """A bar with rates on standard error, where that is a terminal."""
        if not sys.stderr.isatty():
            yield
            return
        from rich.console import Console  # noqa: PLC0415
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

        columns = (TextColumn("taking in"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[pace]}"))
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("", total=self.total, pace="")
            begun = time.monotonic()

            def advance(count: int) -> None:
                bar.advance(task, count)
                done = int(bar.tasks[0].completed)
                bar.update(task, pace=pace(done, self.total, time.monotonic() - begun))

            self._advance = advance
            yield
            self._advance = lambda _: None

    def summary(self) -> str:
        """What came of it, in one line."""
        parts = [f"{counted(self.new, 'page')} taken in"]
        parts += [f"{self.read_again:,} read again"] if self.read_again else []
        parts += [f"{self.known:,} known before"] if self.known else []
        parts += [f"{self.bad:,} failed, kept for attache ingest --failed"] if self.bad else []
        return ", ".join(parts)

    def tell(self, words: str) -> None:
        """Words for a person: not among the lines for machines."""
        typer.echo(words, err=self.json)


def _place(name: str) -> str:
    """By what a page that failed is kept, so that it can be tried again from another folder."""
    return plain(os.path.abspath(name))
