"""``attache source``: the profile of an outlet or account."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from attache.face.pages import complain, plain
from attache.face.shelves import AsOf, Json, Ledger, opened

if TYPE_CHECKING:
    from attache.shelf.profile import Profile

LEFT = 14  # cells of the left column
SELDOM = 0.05  # pages a day below which the rate is told by the year
YEAR = 365.25  # days
FLOOR = 2  # pages below which shares say little
WHICH = {"this": "later than", "other": "earlier than", "unknown": "beside"}


def source_command(
    name: Annotated[str, typer.Argument(help="An outlet or account as its pages call it, in either script.")],
    as_of: AsOf = None,
    ledger: Ledger = None,
    json: Json = False,
) -> None:
    """What an outlet or account is like: pages, rate, named sources, judgement, personas, copies, corrections."""
    from attache.shelf.profile import makers_like, profile  # noqa: PLC0415  (start-up time)

    name = plain(name)
    with opened(ledger) as shelf, shelf.base.read():
        at = shelf.moment(as_of)
        found = profile(shelf.base, name, at)
        like = [] if found else makers_like(shelf.base, name, at)
    if found is None:
        hint = f"; names like it: {', '.join(like)}" if like else ""
        complain(f"no page in the ledger is of {name}{hint}")
        raise typer.Exit(1)
    if json:
        import msgspec  # noqa: PLC0415

        typer.echo(msgspec.json.encode(found).decode())
        return
    from attache.brief.phrases import safe  # noqa: PLC0415

    for line in lines(found):
        typer.echo(safe(line))


def lines(found: Profile) -> Iterator[str]:
    """A profile for a person, line by line."""
    yield " / ".join(found.names) + (f" ({found.country})" if found.country else "")
    versions = f", {found.addresses:,} without their versions" if found.addresses < found.pages else ""
    yield row("pages", f"{found.pages:,}{versions}; {found.events:,} events, {found.denied_events:,} of them disputed")
    dated = f"{found.first} – {found.last}" if found.first else "none told"
    yield row("published", dated + (f"; {found.undated:,} without a date" if found.undated else ""))
    for rate in found.rates:
        yield row("rate", f"{pace(rate.per_day)}, {rate.first} – {rate.last} ({rate.ground})")
    for card in found.cards[-1:]:
        said = [f"{n:,} {what}" for n, what in ((card.articles, "articles"), (card.followers, "followers")) if n]
        yield row("card", ", ".join([*said, f"as of {card.as_of}" if card.as_of else "no date told"]))
    if found.unread < found.pages:
        yield from grounds(found)
    if found.unread:
        yield row("not read", f"{found.unread:,} in English: of its sentences neither source nor judgement is read yet")
    if found.personas:
        yield row("personas", weighed(found.personas))
    if found.sources:
        yield row("cites", weighed(found.sources))
    yield row(
        "copies",
        f"{len({copy.uri for copy in found.copies}):,} of its pages carry one text with a page of another source",
    )
    for copy in found.copies:
        yield row("", f"{copy.uri} {WHICH[copy.which]} {copy.other}" + (f" ({copy.maker})" if copy.maker else ""))
    yield row("corrections", f"{found.corrections:,}, withdrawals {found.withdrawals:,}")
    if found.pages < FLOOR:
        yield row("", "one page: too few to say what the source is like")


def grounds(found: Profile) -> Iterator[str]:
    """What the statements and sentences of a source rest on."""
    yield row("sources", f"{of(found.attributed_named, found.attributed)} attributed statements have a named source")
    told = found.sentences
    yield row("sentences", f"{told.total:,}; by a named source {of(told.named, told.total)}, by an unnamed one "
              f"{of(told.unnamed, told.total)}, by none {of(told.none, told.total)}")  # fmt: skip
    yield row("judgement", f"{of(told.judgement, told.total)} sentences are the writer's own judgement")


def pace(per_day: float) -> str:
    """A rate in the unit in which it can be read."""
    return f"{per_day:g} a day" if per_day >= SELDOM else f"{per_day * YEAR:.2g} a year"


def row(label: str, words: str) -> str:
    """A line of two columns."""
    return f"  {label:<{LEFT}}{words}"


def of(part: int, total: int) -> str:
    """A share as counts and a fraction; no fraction of nothing."""
    return f"{part:,} of {total:,}" + (f" ({part / total:.2f})" if total else "")


def weighed(words: dict[str, int]) -> str:
    """Words with how often they come."""
    return ", ".join(f"{word} {count:,}" for word, count in words.items())
