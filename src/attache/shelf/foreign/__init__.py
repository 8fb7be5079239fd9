"""Acts that other collections of events have coded: read from their files, kept apart from what was read here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from types import ModuleType

import msgspec

from attache.lexicon.exchange import Exchange
from attache.shelf.foreign import gdelt, icews, polecat
from attache.shelf.foreign.noun import BadRow, ForeignAct, Provenance
from attache.shelf.foreign.rows import table

Reading = Iterator[tuple[int, ForeignAct | BadRow]]


def _read(module: ModuleType, path: str, exchange: Exchange) -> Reading:
    """The acts of a file with the numbers of their lines; a row that cannot be taken in stands as a BadRow.

    So does one with the id of a row above that says something else.

    Raises:
        FileError: where the file is no table of that collection.
    """
    above: dict[str, tuple[int, int]] = {}  # line and hash by id
    for number, row in table(path, module.COLUMNS, head=module.HEAD):
        if isinstance(row, BadRow):
            yield number, row
            continue
        try:
            act: ForeignAct | None = module.act(row, exchange)
        except BadRow as error:
            yield number, error
            continue
        if act is not None:
            content = hash(msgspec.msgpack.encode(act))
            first, same = above.setdefault(act.id, (number, content))
            yield number, act if same == content else BadRow(f"{act.id} is the id of line {first} too, which differs")


FORMATS: dict[Provenance, Callable[[str, Exchange], Reading]] = {
    "gdelt": partial(_read, gdelt),
    "icews": partial(_read, icews),
    "polecat": partial(_read, polecat),
}
