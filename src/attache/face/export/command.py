"""``attache export``: the acts of the ledger as Parquet, CSV, JSON Lines or GDELT's table."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import chain
from typing import TYPE_CHECKING, Annotated

import typer

from attache.face.pages import complain, leave, plain
from attache.face.shelves import AsOf, Ledger, files, opened

if TYPE_CHECKING:
    from attache.face.export.about import About, Exported, Written
    from attache.ledger.noun import Act
    from attache.shelf.store import Shelf

FORMATS = ("parquet", "csv", "jsonl", "gdelt")


def export_command(
    format_: Annotated[str, typer.Argument(help="parquet, csv, jsonl or gdelt.", metavar="FORMAT")],
    out: Annotated[str, typer.Argument(help="The file to write; - for standard output.", metavar="OUT")],
    with_: Annotated[
        list[str] | None, typer.Option("--with", help="Acts of gdelt, icews or polecat as well; may be repeated.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if there is one.")] = False,
    as_of: AsOf = None,
    ledger: Ledger = None,
) -> None:
    """Write all acts of the ledger to a file, with the digest of the lexicon that they were read with."""
    from attache.face.parties import one_of  # noqa: PLC0415  (start-up time)
    from attache.shelf.foreign.noun import PROVENANCES  # noqa: PLC0415

    one_of(format_, "FORMAT", FORMATS)
    for name in with_ or []:
        one_of(name, "--with", PROVENANCES)
    if with_ and as_of:
        leave("--with and --as-of: acts of other collections have no history here")
    about_file = None if format_ != "gdelt" or out == "-" else f"{out}.about.json"
    for path in (out, about_file):
        if path and path != "-" and os.path.exists(path):
            if not os.path.isfile(path):
                leave(f"{plain(path)}: not a regular file")
            if not force:
                leave(f"{plain(path)}: there is such a file; --force replaces it")
    write = _writer(format_)
    wrong: dict[str, None] = {}
    with opened(ledger) as shelf, shelf.base.read():
        for path in (out, about_file):
            if path and path != "-" and os.path.realpath(path) in files(shelf):
                leave(f"{plain(path)}: it is a file of the ledger itself")
        try:
            read = shelf.acts(as_of)
            checked = read if format_ == "gdelt" else _founded(read, shelf, wrong)  # that table holds no words
            written, about = _write(write, out, checked, shelf, as_of, with_ or [])
            if about_file:
                _about(about_file, written, about)
        except OSError as error:
            if isinstance(error, BrokenPipeError):
                raise
            leave(f"{plain(out)}: {error.strerror or error}")
    if out != "-":
        typer.echo(f"{plain(out)}: {written.acts:,} acts, {written.rows:,} rows")
    for why, count in sorted(written.left_out.items()):
        complain(f"left out {count:,} acts {why}")
    for words in wrong:
        complain(f"{words}; written without its words")
    if wrong:
        raise typer.Exit(2)


def _writer(format_: str) -> Callable[..., Written]:
    try:
        module = import_module(f"attache.face.export.{format_}")
    except ImportError as error:
        leave(f"{format_}: {error.name} is not installed: pip install 'attache[{format_}]'")
    write: Callable[..., Written] = module.write
    return write


def _write(
    write: Callable[..., Written],
    out: str,
    read: Iterator[Act],
    shelf: Shelf,
    as_of: str | None,
    provenances: list[str],
) -> tuple[Written, About]:
    from attache import __version__  # noqa: PLC0415
    from attache.face.export.about import About, whole  # noqa: PLC0415
    from attache.lexicon.exchange import Exchange  # noqa: PLC0415
    from attache.lexicon.tables import tables  # noqa: PLC0415
    from attache.shelf.foreign import store  # noqa: PLC0415
    from attache.shelf.foreign.noun import PROVENANCES  # noqa: PLC0415

    about = About(__version__, " ".join(shelf.lexicons(as_of)), as_of, Exchange(tables()))
    foreign = store.each(shelf.base, [one for one in PROVENANCES if one in provenances])
    acts: Iterator[Exported] = chain(read, foreign)
    with whole(out) as file:
        return write(acts, file, about), about


def _founded(acts: Iterator[Act], shelf: Shelf, wrong: dict[str, None]) -> Iterator[Act]:
    """Acts without the words that do not stand in their captures; the causes are put into ``wrong``."""
    from attache.face.acts import founded  # noqa: PLC0415

    for act in acts:
        sound, faults = founded(act, shelf.text)
        wrong.update(dict.fromkeys(faults))
        yield sound


def _about(path: str, written: Written, about: About) -> None:
    """What GDELT's table has no place for, in a file beside it."""
    import msgspec  # noqa: PLC0415

    from attache.face.export.about import whole  # noqa: PLC0415

    said = {
        "format": "GDELT 2 events, 61 columns", "version": about.version, "lexicon": about.lexicon,
        "written_with": about.written_with, "as_of": about.as_of, "acts": written.acts, "rows": written.rows,
        "left_out": dict(written.left_out),
    }  # fmt: skip
    with whole(path) as file:
        file.write(msgspec.json.format(msgspec.json.encode(said), indent=2) + b"\n")
