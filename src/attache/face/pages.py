"""The pages that a command is given: which files, their bytes, a record of each, and what stood in the way."""

from __future__ import annotations

import datetime
import os
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, TypeVar

import typer

if TYPE_CHECKING:
    from attache.pipeline import Reader
    from attache.record import Record

T = TypeVar("T")
LARGEST = 20_000_000  # bytes; the largest page that capture.py takes
PROGRESS_FROM = 20  # pages; below that a bar only flickers

Paths = Annotated[
    list[str], typer.Argument(help="Captured pages; a folder stands for all files in it.", metavar="PATH...")
]


class Problem(Exception):  # noqa: N818  (it is reported, not raised at users)
    """A page that could not be read; the message names it and the cause in one line."""


def expand(paths: list[str]) -> Iterator[str]:
    """The files that the paths name, folders in a fixed order; what does not exist stays, to be reported."""
    for name in paths:
        path = Path(name)
        if name and os.path.isdir(name):
            yield from (str(found) for found in sorted(path.rglob("*")) if found.is_file() and _is_page(found, path))
        else:
            yield name


def _is_page(path: Path, folder: Path) -> bool:
    """Whether a file of a folder is to be read: nothing hidden, no read-me."""
    parts = path.relative_to(folder).parts
    return not any(part.startswith(".") for part in parts) and not parts[-1].upper().startswith("README")


def load_page(name: str) -> bytes:
    """The bytes of a file. Raises Problem for whatever stands in the way."""
    try:
        status = os.stat(name)
        if not stat.S_ISREG(status.st_mode):
            raise Problem(f"{name}: not a regular file")
        if status.st_size > LARGEST:
            raise Problem(f"{name}: {status.st_size:,} bytes, the limit is {LARGEST:,}")
        return Path(name).read_bytes()
    except (OSError, ValueError) as error:
        cause = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise Problem(f"{name}: {cause}") from None


def records(paths: list[str], reader: Reader, problems: list[str]) -> Iterator[Record]:
    """The record of page after page; what fails is told on standard error and kept in ``problems``."""
    yield from each(paths, problems, reader.read)


def each(paths: list[str], problems: list[str], take: Callable[[bytes, str], T]) -> Iterator[T]:
    """What ``take`` makes of the bytes and name of page after page; what fails is told and kept in ``problems``."""
    from attache.read.page.capture import CaptureError  # noqa: PLC0415  (start-up time)

    names = list(expand(paths))
    if not names:
        problems.append("no files")
        complain("no files in the given folders")
    for name in _with_progress(names):
        try:
            yield take(load_page(name), plain(name))
        except (Problem, CaptureError) as error:
            problems.append(name)
            complain(" ".join(str(error).split()))


def plain(words: str) -> str:
    """Words as given on the command line, with what is no text replaced."""
    return words.encode(errors="surrogateescape").decode(errors="replace")


def counted(count: int, noun: str) -> str:
    """So many of a noun."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def day(given: str | None, option: str) -> str:
    """The day that an option gives, today if left out; leaves with 2 where it is none."""
    try:
        return (datetime.date.today() if given is None else datetime.date.fromisoformat(given)).isoformat()
    except ValueError:
        leave(f"{option} {given}: no date, YYYY-MM-DD")


def complain(message: str) -> None:
    """Tell on standard error what is wrong: one line, harmless to a terminal whatever a page or its name holds."""
    from attache.brief.phrases import safe  # noqa: PLC0415  (start-up time)

    typer.echo(safe(f"attache: {message}"), err=True)


def leave(message: str) -> NoReturn:
    """Tell what is wrong with the call and leave with 2."""
    complain(message)
    raise typer.Exit(2)


def _with_progress(names: list[str]) -> Iterator[str]:
    if len(names) < PROGRESS_FROM or not sys.stderr.isatty():
        yield from names
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import track  # noqa: PLC0415

    yield from track(names, description="reading", console=Console(stderr=True))


def open_reader(*, judged: bool = True) -> Reader:
    """A reader, with its judge or by the grammar alone; leaves with 2 where the lexicon does not hold together."""
    from attache.lexicon.raw import LexiconError  # noqa: PLC0415
    from attache.pipeline import Reader  # noqa: PLC0415

    try:
        return Reader(judged=judged)
    except LexiconError as error:
        leave(f"lexicon: {error}")


def finish(problems: list[str]) -> None:
    """Leave with 2 if any page failed."""
    if problems:
        raise typer.Exit(2)
