"""What the commands on a ledger share: which ledger, which day, and how its errors are told."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from attache.face.pages import leave

if TYPE_CHECKING:
    from attache.shelf.store import Shelf

Ledger = Annotated[
    str | None,
    typer.Option(
        "--ledger",
        help="The ledger: a file, or postgresql://…; attache.db in the user's data folder if left out.",
        metavar="LEDGER",
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", help="What was known on that day (YYYY-MM-DD, to its end in UTC) or at that instant."),
]
MOST = 1_000_000_000  # of whatever is counted or asked for; a database counts no further than it must
Json = Annotated[bool, typer.Option("--json", help="One object a line, for machines.")]


@contextlib.contextmanager
def opened(ledger: str | None, *, write: bool = False, make: bool = True) -> Iterator[Shelf]:
    """The ledger asked for; whatever it refuses is told in one line, and the command leaves with 2.

    ``write``: it is to be changed; ``make``: and made where there is none.
    """
    from attache.shelf.dialect import ShelfError  # noqa: PLC0415  (start-up time)
    from attache.shelf.store import default_file, open_shelf  # noqa: PLC0415

    if ledger is not None and not ledger.strip():
        leave("--ledger: it has no name; leave the option out for attache.db in the user's data folder")
    name = str(default_file()) if ledger is None else ledger
    if write and not make and "://" not in name and not Path(name).exists():
        leave(f"{name}: there is no ledger; attache ingest makes one")
    try:
        with open_shelf(name, write=write) as shelf:
            yield shelf
    except ShelfError as error:
        leave(" ".join(str(error).split()))


def files(shelf: Shelf) -> frozenset[str]:
    """The real paths of a ledger's files, whether they are there now or not; none of them is a page or an export."""
    if shelf.base.kind != "sqlite":
        return frozenset()
    real = os.path.realpath(shelf.base.name)
    return frozenset(real + end for end in ("", "-wal", "-shm", "-journal"))
