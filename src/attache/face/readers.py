"""Reads pages in several processes at once and hands them on packed, in the order in which they are done."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing.connection import wait as wait_for
from typing import NamedTuple

from attache.ledger.light import media, own_address
from attache.lexicon.load import HOME
from attache.pipeline import Reader
from attache.pipeline import Taken as Page
from attache.read.page.capture import CaptureError
from attache.record import Record
from attache.second.reader import Read, SecondReader
from attache.shelf import listing, pages
from attache.shelf.pages import Taken
from attache.shelf.store import Failure

CHUNK = 8  # pages that a process is given at a time
MOST_SUSPECTS = 500  # pages under way when a process died, before they are looked at one by one
MOST_DEATHS = 5  # processes that die one after the other before it is given up
AHEAD = 3  # chunks for each process that wait for it or for the writer


class Fetched(NamedTuple):
    """A page's bytes and where they came from."""

    uri: str
    data: bytes


class Done(NamedTuple):
    """What reading some pages gave."""

    taken: list[Taken]
    failures: list[Failure]


def read_one(reader: Reader, page: Fetched) -> Taken | Failure:
    """A page read and packed; or why it was not, a mistake of the reader's own included."""
    try:
        taken = reader.take(page.data, page.uri)
        return packed(reader, reader.record(taken), page.data, taken.meta)
    except Exception as error:
        return failure(page, error)


def packed(reader: Reader, record: Record, data: bytes, meta: Mapping[str, str]) -> Taken:
    """A record packed for the writer, with the bytes that it was read from. ``meta``: what the page's head says."""
    uri = record.capture.uri
    address = own_address(meta) or (uri if "://" in uri else os.path.abspath(uri))
    return pages.take(record, data, media(HOME), listing.prepare(record, reader.tables.script), address)


def failure(page: Fetched, error: Exception) -> Failure:
    """Why a page was not read: its own fault, or the reader's."""
    if isinstance(error, CaptureError):
        return Failure(page.uri, error.why)
    return Failure(page.uri, f"the reader failed: {type(error).__name__}: {' '.join(str(error).split())}")


def read_both(
    second: SecondReader, fetched: Iterable[Fetched], tell: Callable[[Read], None]
) -> Generator[Done, None, None]:
    """Read in this process with a second reader, whose answers are waited for; ``tell`` says where one is missing."""
    failures: list[Failure] = []
    given: dict[int, Fetched] = {}

    def apart() -> Iterator[Page]:
        for page in fetched:
            try:
                taken = second.reader.take(page.data, page.uri)
            except Exception as error:
                failures.append(failure(page, error))
                continue
            given[id(taken)] = page
            yield taken

    for taken, asked in second.under_way(apart()):
        page = given.pop(id(taken))
        done = Done([], failures[:])
        failures.clear()
        try:
            found = second.finish(taken, asked)
            done.taken.append(packed(second.reader, found.record, page.data, taken.meta))
            tell(found)
        except Exception as error:
            done.failures.append(failure(page, error))
        yield done
    yield Done([], failures)


def read_all(reader: Reader, chunk: Iterable[Fetched]) -> Done:
    """Pages read one after the other."""
    done = Done([], [])
    for page in chunk:
        found = read_one(reader, page)
        if isinstance(found, Taken):
            done.taken.append(found)
        else:
            done.failures.append(found)
    return done


def read_here(reader: Reader, fetched: Iterable[Fetched]) -> Generator[Done, None, None]:
    """Read in this process, for few pages or one core."""
    for page in fetched:
        yield read_all(reader, [page])


class ReadersError(Exception):
    """The processes that read cannot be kept alive, whatever they are given."""


def read_beside(fetched: Iterator[Fetched], jobs: int) -> Generator[Done, None, None]:
    """Read in ``jobs`` processes. Pages that end a process (out of memory, say) fail, and only they.

    Raises:
        ReadersError: where processes die on page after page.
    """
    suspects: list[Fetched] = []
    while True:
        broken = yield from _round(fetched, jobs)
        if not broken:
            break
        suspects += broken
        if len(suspects) > MOST_SUSPECTS:
            yield from _one_by_one(suspects)
            suspects = []
    yield from _one_by_one(suspects)


def _one_by_one(suspects: Iterable[Fetched]) -> Generator[Done, None, None]:
    """Read each page in a process of its own, to tell which of them ends it."""
    died = 0
    for page in suspects:
        dead = yield from _round(iter([page]), 1)
        died = died + 1 if dead else 0
        if died == MOST_DEATHS:
            raise ReadersError(f"the processes that read die, {died} pages in a row, the last of them {page.uri}")
        if dead:
            yield Done([], [Failure(page.uri, "the process that read it died")])


def _round(fetched: Iterator[Fetched], jobs: int) -> Generator[Done, None, list[Fetched]]:
    """Read until all is read or a process dies; gives back what was under way then."""
    waiting: dict[Future[Done], list[Fetched]] = {}
    chunk: list[Fetched] = []
    with ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), _begin) as pool:
        try:
            while True:
                for chunk in _chunks(fetched, jobs * AHEAD - len(waiting)):
                    waiting[pool.submit(_work, chunk)] = chunk
                    chunk = []  # noqa: PLW2901  (what could not even be submitted must not be lost)
                if not waiting:
                    return []
                for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                    done = future.result()
                    del waiting[future]
                    yield done
        except BrokenProcessPool:
            return [page for under_way in (*waiting.values(), chunk) for page in under_way]
        finally:
            for future in waiting:
                future.cancel()


def _chunks(fetched: Iterator[Fetched], most: int) -> Iterator[list[Fetched]]:
    for _ in range(most):
        chunk = list(islice(fetched, CHUNK))
        if not chunk:
            return
        yield chunk


_READER: Reader | None = None


def _begin() -> None:
    """Make a process ready: it reads, leaves interrupts to its parent, and ends when its parent does."""
    global _READER  # noqa: PLW0603  (one reader a process)
    from attache.face.cli import seldom_collect  # noqa: PLC0415  (a ring otherwise)

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=[parent.sentinel], daemon=True).start()
    seldom_collect()
    _READER = Reader()


def _end_with(sentinel: int) -> None:
    wait_for([sentinel])
    os._exit(1)


def _work(chunk: list[Fetched]) -> Done:
    if _READER is None:
        raise RuntimeError("the process was not made ready")
    return read_all(_READER, chunk)
