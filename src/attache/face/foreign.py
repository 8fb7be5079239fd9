"""``attache import``: events of GDELT, ICEWS and POLECAT files, as acts of their own provenance; and their table."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from attache.face.pages import complain, counted, leave, plain
from attache.face.shelves import Ledger, opened

if TYPE_CHECKING:
    from attache.ledger.noun import Party
    from attache.lexicon.exchange import Exchange
    from attache.shelf.acts import Wanted
    from attache.shelf.foreign.noun import ForeignAct, Provenance
    from attache.shelf.store import Shelf

TOLD = 20  # bad rows of a file that are told one by one


def import_command(
    format_: Annotated[str, typer.Argument(help="gdelt, icews or polecat.", metavar="FORMAT")],
    files: Annotated[
        list[str], typer.Argument(help="Files as published; gzip and zip are unpacked.", metavar="FILE...")
    ],
    ledger: Ledger = None,
) -> None:
    """Take in events that others have coded; they are kept apart and never joined with what was read from pages."""
    from attache.face.parties import one_of  # noqa: PLC0415  (start-up time)
    from attache.lexicon.exchange import Exchange  # noqa: PLC0415
    from attache.lexicon.raw import LexiconError  # noqa: PLC0415
    from attache.lexicon.tables import tables  # noqa: PLC0415
    from attache.shelf.foreign.noun import PROVENANCES  # noqa: PLC0415

    one_of(format_, "FORMAT", PROVENANCES)
    try:
        exchange = Exchange(tables())
    except LexiconError as error:
        leave(f"lexicon: {error}")
    with opened(ledger, write=True) as shelf:
        provenance = next(one for one in PROVENANCES if one == format_)
        failed = [name for name in files if not _take(name, provenance, exchange, shelf)]
    if failed:
        raise typer.Exit(2)


def _take(name: str, format_: Provenance, exchange: Exchange, shelf: Shelf) -> bool:
    """Take one file in and tell what came of it; whether all of its rows could be taken."""
    from attache.brief.phrases import safe  # noqa: PLC0415
    from attache.shelf.foreign import FORMATS  # noqa: PLC0415
    from attache.shelf.foreign.noun import BadRow  # noqa: PLC0415
    from attache.shelf.foreign.rows import FileError  # noqa: PLC0415
    from attache.shelf.foreign.store import add  # noqa: PLC0415

    bad: Counter[str] = Counter()
    unlinked = 0
    whole = True

    def good() -> Iterator[ForeignAct]:
        """The acts up to where the file breaks off, if it does."""
        nonlocal whole
        try:
            yield from sound()
        except FileError as error:
            complain(plain(str(error)))
            whole = False

    def sound() -> Iterator[ForeignAct]:
        nonlocal unlinked
        for number, act in FORMATS[format_](name, exchange):
            if isinstance(act, BadRow):
                if bad.total() < TOLD:
                    complain(f"{plain(name)}: line {number}: {act}")
                bad["bad"] += 1
                continue
            unlinked += not any(party.code for party in act.actors + act.recipients)
            yield act

    counts: Counter[str] = Counter()
    for taken in add(shelf.base, _with_progress(good(), plain(name))):
        counts.update(taken._asdict())
    if bad.total() > TOLD:
        complain(f"{plain(name)}: {counted(bad.total() - TOLD, 'more row')} skipped")
    typer.echo(
        f"{safe(plain(name))}: {counted(counts['new'], 'act')} new, {counts['changed']:,} changed,"
        f" {counts['same']:,} known, {counted(bad.total(), 'row')} skipped;"
        f" {counted(unlinked, 'act')} without a party of the lexicon"
    )
    return whole and not bad


def _with_progress(acts: Iterator[ForeignAct], name: str) -> Iterator[ForeignAct]:
    if not sys.stderr.isatty():
        yield from acts
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.markup import escape  # noqa: PLC0415
    from rich.progress import track  # noqa: PLC0415

    from attache.brief.phrases import safe  # noqa: PLC0415

    yield from track(acts, description=escape(safe(name)), console=Console(stderr=True), total=None)


def beside(shelf: Shelf, given: list[str], wanted: Wanted, as_of: str | None, limit: int) -> list[ForeignAct]:
    """Acts of the named collections that fit what read ones are asked for; leaves with 2 for what they cannot tell."""
    from attache.face.parties import one_of  # noqa: PLC0415  (start-up time)
    from attache.shelf.foreign.noun import PROVENANCES  # noqa: PLC0415
    from attache.shelf.foreign.store import Asked, find  # noqa: PLC0415

    for name in given:
        one_of(name, "--with", PROVENANCES)
    if given and (as_of or wanted.status or wanted.standing or wanted.makers or wanted.origins):
        leave("--with: acts of other collections have no history, status, standing, outlet or origins here")
    asked = Asked(wanted.parties, wanted.actor, wanted.recipient, wanted.type, wanted.low, wanted.high)
    return find(shelf.base, [one for one in PROVENANCES if one in given], asked, limit=limit) if given else []


def listed_foreign(acts: Sequence[ForeignAct]) -> Iterator[str]:
    """A table of foreign acts, a row each, the collection first."""
    from attache.brief.phrases import clean  # noqa: PLC0415
    from attache.face.acts import aligned  # noqa: PLC0415

    rows = [("from", "id", "date", "type", "parties", "CAMEO", "reports")]
    rows += [
        (act.provenance, clean(act.id), act.when, (act.type or "-") + (f" ({act.mode})" if act.mode else ""),
         " → ".join(filter(None, (_named(act.actors), _named(act.recipients)))) or "-", act.cameo or "-",
         "-" if act.reports is None else f"{act.reports}")
        for act in acts
    ]  # fmt: skip
    return aligned(rows)


def _named(parties: Sequence[Party]) -> str:
    from attache.brief.phrases import clean  # noqa: PLC0415

    return ", ".join(clean(party.code or f"“{party.name}”") for party in parties)
