"""What every export says of itself, and the file that it goes to."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from typing import IO, NamedTuple

from attache.ledger.noun import Act
from attache.lexicon.exchange import Exchange
from attache.shelf.foreign.noun import ForeignAct

Exported = Act | ForeignAct


class About(NamedTuple):
    """Where an export comes from.

    ``version``: of this program; ``lexicon``: digests of the lexicons that the pages were read with;
    ``written_with``: that of the present one, whose codes are written; ``as_of``: the day or instant that it tells of,
    None for now.
    """

    version: str
    lexicon: str
    as_of: str | None
    exchange: Exchange

    @property
    def written_with(self) -> str:
        """The digest of the lexicon whose codes are written."""
        return self.exchange.digest


class Written(NamedTuple):
    """What an export wrote: ``acts`` of which came ``rows``; ``left_out``: acts that the format cannot hold, by why."""

    acts: int
    rows: int
    left_out: Counter[str]


@contextlib.contextmanager
def whole(out: str) -> Iterator[IO[bytes]]:
    """A file that appears under its name only once all of it is written; ``-`` is standard output.

    Raises:
        OSError: where it cannot be written; nothing is left behind.
    """
    if out == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    folder = os.path.dirname(os.path.abspath(out))
    handle, name = tempfile.mkstemp(dir=folder, prefix=".export-")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, out)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def _umask() -> int:
    """The mask that new files are made with; it can only be read by setting it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
