"""``attache search``: sentences of the ledger's pages that hold the words asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from attache.face.pages import complain, counted, leave, plain
from attache.face.shelves import MOST, AsOf, Json, Ledger, opened

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from attache.shelf.search import Facets, Hit, Hits, PageHits
    from attache.shelf.store import Shelf

WIDTH = 90  # characters of a sentence that are shown around what was found
LEAD = 30  # of them before it


def search_command(
    query: Annotated[
        list[str],
        typer.Argument(
            help="Words; in quotation marks what stands together, - before what must not be.", metavar="WORD..."
        ),
    ],
    actor: Annotated[str | None, typer.Option(help="A party that the sentence names: USA, 美国.")] = None,
    dyad: Annotated[str | None, typer.Option(help="Two parties of an act that the sentence tells: USA,CHN.")] = None,
    type_: Annotated[str | None, typer.Option("--type", help="PLOVER type of that act.")] = None,
    status: Annotated[str | None, typer.Option(help="actual, future, hypothetical or negated, of that act.")] = None,
    outlet: Annotated[str | None, typer.Option(help="An outlet or account, by its name.")] = None,
    since: Annotated[str | None, typer.Option("--from", help="Pages published on or after that date (EDTF).")] = None,
    until: Annotated[str | None, typer.Option("--to", help="Pages published on or before that date (EDTF).")] = None,
    as_of: AsOf = None,
    limit: Annotated[int, typer.Option(help="Pages shown.", min=1, max=1000)] = 10,
    offset: Annotated[int, typer.Option(help="Pages left out before them.", min=0, max=MOST)] = 0,
    json: Json = False,
    ledger: Ledger = None,
) -> None:
    """Find sentences in the ledger, the best pages first; simplified and traditional script are one."""
    from attache.shelf.search import QueryError, find  # noqa: PLC0415  (start-up time)

    facets = _facets(actor, dyad, type_, status, outlet, since, until, as_of)
    with opened(ledger) as shelf, shelf.base.read():
        try:
            hits = find(shelf.base, plain(" ".join(query)), facets, limit=limit, offset=offset)
        except QueryError as error:
            leave(str(error))
        shown, wrong = _sound(hits, shelf)
    if json:
        typer.echo(_json(shown))
    else:
        _print(shown, offset, len(hits.found))
    for words in dict.fromkeys(wrong):
        complain(words)
    if wrong:
        raise typer.Exit(2)
    if not hits.total:
        raise typer.Exit(1)


def _facets(
    actor: str | None, dyad: str | None, type_: str | None, status: str | None,
    outlet: str | None, since: str | None, until: str | None, as_of: str | None,
) -> Facets:  # fmt: skip
    from typing import get_args  # noqa: PLC0415

    from attache.face.parties import dyad as two  # noqa: PLC0415
    from attache.face.parties import one_of, party  # noqa: PLC0415
    from attache.lexicon.tables import tables  # noqa: PLC0415
    from attache.record import EventType, Mark  # noqa: PLC0415
    from attache.shelf.search import Facets  # noqa: PLC0415

    return Facets(
        actor=party(actor, "--actor", tables()) if actor else None,
        dyad=two(dyad, "--dyad", tables()) if dyad else None,
        type=one_of(type_, "--type", get_args(EventType), upper=True),
        status=one_of(status, "--status", get_args(Mark)),
        outlet=plain(outlet) if outlet else None,
        since=plain(since) if since else None,
        until=plain(until) if until else None,
        as_of=as_of,
    )


def _sound(hits: Hits, shelf: Shelf) -> tuple[Hits, list[str]]:
    """What was found without the words that do not stand in the capture where the index says; and the causes."""
    from attache.shelf.dialect import ShelfError  # noqa: PLC0415

    found: list[PageHits] = []
    wrong: list[str] = []
    for page in hits.found:
        try:
            text = shelf.text(page.capture)
        except ShelfError as error:
            wrong.append(f"{error}; {counted(page.many, 'sentence')} not shown")
            continue
        good = [hit for hit in page.hits if text[hit.start : hit.end] == hit.text]
        wrong += [
            f"{shelf.base.name}: {page.uri}: the index holds other words at {hit.start}–{hit.end}"
            for hit in page.hits
            if hit not in good
        ]
        if good:
            found.append(page._replace(hits=good))
    return hits._replace(found=found), wrong


def _json(hits: Hits) -> str:
    """All that was found as one object; marks are offsets of the capture."""
    import msgspec  # noqa: PLC0415

    pages = [
        {
            "capture": page.capture, "uri": page.uri, "title": page.title, "outlet": page.outlet,
            "account": page.account, "published": page.published, "count": page.many,
            "hits": [
                {
                    "start": hit.start, "end": hit.end, "text": hit.text,
                    "marks": [[hit.start + start, hit.start + end] for start, end in hit.marks], "rank": hit.rank,
                }
                for hit in page.hits
            ],
        }
        for page in hits.found
    ]  # fmt: skip
    found = {"total": hits.total, "more": hits.more, "ranked": hits.ranked, "pages": hits.pages, "found": pages}
    return msgspec.json.encode(found).decode()


def _print(hits: Hits, offset: int, pages: int) -> None:
    """``pages``: how many were found from the offset on, whether they can be shown or not."""
    from rich.console import Console  # noqa: PLC0415

    console = Console(highlight=False, soft_wrap=True)
    shown = f", {offset + 1}–{offset + pages} shown" if pages and pages < hits.pages else ""
    if hits.ranked < hits.total:
        many = (
            f"{'more than ' if hits.more else ''}{counted(hits.total, 'sentence')}; the {hits.ranked:,} taken in last"
        )
        console.print(f"{many} stand on {counted(hits.pages, 'page')}{shown}", markup=False)
    else:
        console.print(f"{counted(hits.total, 'sentence')}, {counted(hits.pages, 'page')}{shown}", markup=False)
    for page in hits.found:
        _print_page(page, console)


def _print_page(page: PageHits, console: Console) -> None:
    from attache.brief.phrases import clean  # noqa: PLC0415

    head = [page.uri, page.published or "no date", page.outlet or page.account, page.title]
    console.print()
    console.print(
        "  ".join(clean(one) for one in head if one), markup=False, style="bold" if console.is_terminal else ""
    )
    for hit in page.hits:
        console.print(_line(hit, bold=console.is_terminal))
    if page.many > len(page.hits):
        console.print(f"  … {page.many - len(page.hits)} more", markup=False)


def _line(hit: Hit, *, bold: bool) -> Text:
    """A sentence around its first mark, with its offsets; marks are bold on a terminal, else in 【】."""
    from rich.text import Text  # noqa: PLC0415

    from attache.brief.phrases import safe  # noqa: PLC0415

    first = hit.marks[0][0] if hit.marks else 0
    start = 0 if len(hit.text) <= WIDTH or first <= LEAD else first - LEAD
    end = min(len(hit.text), start + WIDTH)
    line = Text(f"  [{hit.start + start}–{hit.start + end}] {'…' if start else ''}")
    at = start
    for left, right in hit.marks:
        if right <= start or left >= end:
            continue
        line.append(safe(hit.text[at:left]))
        words = safe(hit.text[max(left, start) : min(right, end)])
        line.append(words if bold else f"【{words}】", style="bold reverse" if bold else "")
        at = min(right, end)
    line.append(safe(hit.text[at:end]) + ("…" if end < len(hit.text) else ""))
    return line
