"""``attache explain``: how one event was read; ``attache try``: what one sentence yields, and how."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from attache.face.pages import Problem, complain, day, leave, load_page, open_reader, plain

if TYPE_CHECKING:
    from attache.face.reasons import Option, Reasons, Taken
    from attache.record import Event

MOST = 6  # readings shown before it says how many more there are
LONGEST = 10_000  # characters of a text that is tried
Json = Annotated[bool, typer.Option("--json", help="One object a line, for machines.")]


def explain_command(
    path: Annotated[str, typer.Argument(help="The page.", metavar="PATH")],
    event: Annotated[str, typer.Argument(help="Its number as attache read shows it, or the first digits of its id.")],
    json: Json = False,
) -> None:
    """How one event was read: pieces, scopes, sides, entry, rule, what weighed, and the readings that lost."""
    from attache.face.reasons import reasons  # noqa: PLC0415
    from attache.lexicon.load import read_verbs  # noqa: PLC0415
    from attache.read.page.capture import CaptureError, read_capture  # noqa: PLC0415

    reader = open_reader()
    uri = plain(path)
    try:
        _, readings, events = reader.taken_apart(read_capture(load_page(path), uri))
    except (Problem, CaptureError) as error:
        leave(" ".join(str(error).split()))
    _print(reasons(_asked(events, plain(event), uri), readings, reader, read_verbs()), json)


def try_command(
    sentence: Annotated[str, typer.Argument(help="One sentence, or a few.", metavar="SENTENCE")],
    at: Annotated[str | None, typer.Option(help="The day that it speaks from, YYYY-MM-DD; today if left out.")] = None,
    json: Json = False,
) -> None:
    """What a sentence yields, and how: each event with its reasons, or each predicate with why nothing came of it."""
    from attache.face.reasons import passed_over, reasons  # noqa: PLC0415
    from attache.face.trial import read_alone  # noqa: PLC0415
    from attache.lexicon.load import read_verbs  # noqa: PLC0415

    words = plain(sentence)
    if not words.strip() or len(words) > LONGEST:
        leave("no sentence" if not words.strip() else f"more than {LONGEST:,} characters")
    spoken = day(at, "--at")
    reader, verbs = open_reader(), read_verbs()
    readings, events = read_alone(reader, words, spoken)
    found = [reasons(event, readings, reader, verbs) for event in events]
    found += passed_over(readings, events, reader, verbs)
    for one in found:
        _print(one, json)
    if not found:
        complain("no predicate of the lexicon and no speech of a party (only Chinese is read)")
    if not events:
        raise typer.Exit(1)


def _asked(events: list[Event], asked: str, uri: str) -> Event:
    """The event of a page by number or by the first digits of its id; leaves with 2 where there is no such one."""
    if asked.isdecimal() and 1 <= int(asked) <= len(events):
        return events[int(asked) - 1]
    meant = [event for event in events if asked and event.id.startswith(asked.lower())]
    if len(meant) != 1:
        cause = "several events begin so" if meant else f"no such event; the page has {len(events)}"
        leave(f"{uri}: event {asked!r}: {cause}; attache read --json has their ids")
    return meant[0]


def _print(found: Reasons, json: bool) -> None:
    if json:
        import msgspec  # noqa: PLC0415

        sys.stdout.buffer.write(msgspec.json.encode(found) + b"\n")
        sys.stdout.flush()
        return
    typer.echo("\n".join(_shown(found)))


def _shown(found: Reasons) -> Iterator[str]:
    """Reasons for a person, line by line."""
    from attache.brief.phrases import clean  # noqa: PLC0415

    yield clean(f"“{found.words}”")
    if found.event is not None:
        dated = f", {found.when}" if found.when else ""
        yield f"  event       {found.event}  {found.type}, {found.status}{dated}, {found.confidence}"
        yield f"  rule        {clean(found.rule or '')}"
    else:
        yield clean(f"  no event    {found.why}")
    if found.entry is not None:
        entry = found.entry
        yield f"  entry       {entry.id} in {entry.file}: {entry.type}, case {entry.case}, by “{clean(entry.word)}”"
    for side in found.sides:
        yield f"  {side.side:12}{_side(side)}"
    for scope in found.scopes:
        yield f"  scope       {clean(scope.source)} ({scope.kind}) {clean(scope.verb)} ({scope.stance})".rstrip()
    yield "  pieces      " + " | ".join(
        clean(piece.text) + (f" [{'+'.join(piece.codes) or piece.role or piece.what}]" if piece.what != "的" else "")
        for piece in found.pieces
    )
    if found.weighed:
        yield "  weighed     " + ", ".join(f"{clean(name)} {weight:+.2f}" for name, weight in found.weighed)
    if found.nothing is not None:
        yield f"  {found.nothing:<12.3f}no act at all; the likeliest is kept from {found.floor}"
    for option in found.options[:MOST]:
        yield "  " + _option(option)
    if len(found.options) > MOST:
        yield f"              {len(found.options) - MOST} more readings, see --json"


def _side(side: Taken) -> str:
    from attache.brief.phrases import clean  # noqa: PLC0415

    codes = ", ".join(side.codes) or "-"
    words = f" “{clean('”, “'.join(side.words))}”" if side.words else ""
    return f"{codes}{words}: {side.how}" + (", named in an earlier sentence" if side.earlier else "")


def _option(option: Option) -> str:
    chance = f"{option.chance:<12.3f}" if option.chance is not None else " " * 12
    sides = " → ".join("+".join(side) or "-" for side in (option.actors, option.recipients))
    return f"{chance}{option.type} {sides} ({option.how})"
