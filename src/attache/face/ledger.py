"""``attache acts``, ``act``, ``same``, ``apart``, ``verdicts``, ``log``: what the ledger holds, a person's word."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from attache.face.pages import complain, day, leave, plain
from attache.face.shelves import MOST, AsOf, Json, Ledger, opened

if TYPE_CHECKING:
    import msgspec

    from attache.ledger.noun import Act
    from attache.shelf.acts import Found
    from attache.shelf.store import Shelf

verdicts_app = typer.Typer(no_args_is_help=True, help="What persons said of acts, as text.")
Id = Annotated[str, typer.Argument(help="An act's id, or its first digits.", metavar="ID")]
One = Annotated[str, typer.Argument(help="An act's id, or the ref of a telling as attache act shows it.", metavar="A")]
Two = Annotated[str, typer.Argument(help="Another one.", metavar="B")]
Why = Annotated[str, typer.Option(help="The reason, in a sentence.")]
LONGEST = 100_000_000  # bytes of a text of verdicts


def acts_command(
    actor: Annotated[
        list[str] | None, typer.Option(help="A party, on whichever side: USA, 美国. Several must all take part.")
    ] = None,
    by: Annotated[str | None, typer.Option(help="Who acts.")] = None,
    recipient: Annotated[str | None, typer.Option(help="Whom it is done to.")] = None,
    dyad: Annotated[str | None, typer.Option(help="Two parties, on whichever sides: USA,CHN.")] = None,
    type_: Annotated[str | None, typer.Option("--type", help="PLOVER type: CONSULT, SANCTION …")] = None,
    status: Annotated[str | None, typer.Option(help="actual, future, hypothetical or negated.")] = None,
    standing: Annotated[str | None, typer.Option(help="told, corroborated, disputed, denied or retracted.")] = None,
    since: Annotated[str | None, typer.Option("--from", help="On that day or later, YYYY-MM-DD.")] = None,
    until: Annotated[str | None, typer.Option("--to", help="On that day or earlier, YYYY-MM-DD.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Told by that outlet or account, in either script.")] = None,
    origins: Annotated[int, typer.Option(help="Told by at least so many independent origins.", min=0, max=MOST)] = 0,
    with_: Annotated[
        list[str] | None,
        typer.Option("--with", help="Acts of gdelt, icews or polecat as well, below these; may be repeated."),
    ] = None,
    limit: Annotated[int, typer.Option(help="How many.", min=1, max=MOST)] = 40,
    offset: Annotated[int, typer.Option(help="After how many.", min=0, max=MOST)] = 0,
    as_of: AsOf = None,
    ledger: Ledger = None,
    json: Json = False,
) -> None:
    """Acts that the ledger holds, the latest first, with how many tell them and how many of these are independent."""
    from typing import get_args  # noqa: PLC0415  (start-up time)

    from attache.face.acts import listed  # noqa: PLC0415
    from attache.face.foreign import beside, listed_foreign  # noqa: PLC0415
    from attache.face.parties import one_of  # noqa: PLC0415
    from attache.ledger.noun import Standing  # noqa: PLC0415
    from attache.record import EventType, Mark  # noqa: PLC0415
    from attache.shelf.acts import Wanted  # noqa: PLC0415

    wanted = Wanted(
        parties=[*_parties(actor or [], "--actor"), *_dyad(dyad)], actor=_party(by, "--by"),
        recipient=_party(recipient, "--recipient"), type=one_of(type_, "--type", get_args(EventType), upper=True),
        status=one_of(status, "--status", get_args(Mark)), standing=one_of(standing, "--standing", get_args(Standing)),
        low=_day("--from", since), high=_day("--to", until), origins=origins,
    )  # fmt: skip
    with opened(ledger) as shelf, shelf.base.read():
        wanted = wanted._replace(makers=_makers(shelf, outlet, as_of))
        found = shelf.heads(wanted, as_of, limit=limit, offset=offset)
        total = shelf.count(wanted, as_of)
        foreign = beside(shelf, with_ or [], wanted, as_of, limit)
    if json:
        for act in (*found, *foreign):
            _line(act)
    else:
        for row in (*(listed(found) if found else ()), *(listed_foreign(foreign) if foreign else ())):
            typer.echo(row)
    if not found and not foreign:
        complain("no such act")
        raise typer.Exit(1)
    if total > offset + len(found) and not json:
        typer.echo(f"{offset + 1:,}–{offset + len(found):,} of {total:,}; --limit, --offset")


def act_command(id_: Id, as_of: AsOf = None, ledger: Ledger = None, json: Json = False) -> None:
    """One act: who tells it, how many of them are independent and why, who disputes it, and what changed when."""
    from attache.face.acts import founded, shown  # noqa: PLC0415  (start-up time)

    with opened(ledger) as shelf:
        found = _found(shelf, id_)
        act = shelf.act(found, as_of)
        while act is None and found.became and as_of is None:
            complain(f"{found.id} is one act with {found.became} now")
            found = shelf.find(found.became)
            act = shelf.act(found)
        if act is None:
            complain(f"{found.id}: no such act {f'as of {as_of}' if as_of else 'any longer'}")
            raise typer.Exit(1)
        if json:
            act, wrong = founded(act, shelf.text)
            _line(act)
        else:
            history = shelf.revisions(as_of, act=found.number)
            lines, wrong = shown(act, history, shelf.text)
            typer.echo("\n".join(lines))
    for words in dict.fromkeys(wrong):
        complain(words)
    if wrong:
        raise typer.Exit(2)


def undertakings_command(
    actor: Annotated[list[str] | None, typer.Option(help="A party, on whichever side: USA, 美国.")] = None,
    dyad: Annotated[str | None, typer.Option(help="Two parties, on whichever sides: USA,CHN.")] = None,
    kind: Annotated[str | None, typer.Option(help="pledge, offer or demand.")] = None,
    status: Annotated[str | None, typer.Option(help="open, kept, broken or withdrawn.")] = None,
    as_of: AsOf = None,
    ledger: Ledger = None,
    json: Json = False,
) -> None:
    """Pledges, offers and demands, each with what pages told of it later: kept, broken, withdrawn, or still open."""
    from typing import get_args  # noqa: PLC0415  (start-up time)

    from attache.face.acts import followed, followed_up  # noqa: PLC0415
    from attache.face.parties import one_of  # noqa: PLC0415
    from attache.ledger.noun import Answer  # noqa: PLC0415
    from attache.ledger.undertaking import Kind  # noqa: PLC0415

    kind, status = one_of(kind, "--kind", get_args(Kind)), one_of(status, "--status", get_args(Answer))
    parties = [*_parties(actor or [], "--actor"), *_dyad(dyad)]
    wrong: list[str] = []
    told = 0
    with opened(ledger) as shelf:
        for one in shelf.undertakings(parties, as_of):
            if (kind and one.kind != kind) or (status and one.status != status):
                continue
            told += 1
            if json:
                sound, faults = followed_up(one, shelf.text)
                _line(sound)
            else:
                lines, faults = followed(one, shelf.text)
                typer.echo("\n".join(lines))
            wrong += faults
    for words in dict.fromkeys(wrong):
        complain(words)
    if wrong:
        raise typer.Exit(2)
    if not told:
        complain("no such undertaking")
        raise typer.Exit(1)


def same_command(one: One, two: Two, why: Why = "", ledger: Ledger = None, json: Json = False) -> None:
    """Say that two acts, or two tellings, are one act. The word is kept and holds against the rules."""
    from attache.ledger.group import bonds_for_one  # noqa: PLC0415  (start-up time)

    with opened(ledger, write=True, make=False) as shelf:
        left, right = _tellings(shelf, one), _tellings(shelf, two)
        if left == right:
            leave(f"{one} and {two} are the same {'telling' if len(left) == 1 else 'act'}")
        named = list(dict.fromkeys([*left, *right]))
        before = [telling.ref for act in _acts_of(shelf, named) for telling in act.tellings]
        shelf.judge("together", bonds_for_one(left, right, shelf.verdicts()), why)
        acts = _acts_of(shelf, named)
        _settled(acts, json)
        joined = {telling.ref for act in acts for telling in act.tellings}
        left_out = [ref for ref in before if ref not in joined]
        if len(acts) != 1:
            complain("kept, but an earlier word holds some of their tellings apart")
        if left_out:
            complain(f"kept, but no longer with them: {', '.join(left_out)}")
        if len(acts) != 1 or left_out:
            raise typer.Exit(1)


def apart_command(one: One, two: Two, why: Why = "", ledger: Ledger = None, json: Json = False) -> None:
    """Say that two acts, or two tellings, are not one act; an act and one of its tellings: take that one out."""
    from attache.ledger.group import bonds_for_one  # noqa: PLC0415  (start-up time)

    with opened(ledger, write=True, make=False) as shelf:
        left, right = _tellings(shelf, one), _tellings(shelf, two)
        if left == right and len(left) > 1:
            leave(f"{one} and {two} are the same act; say apart of it and of the telling that is to be taken out")
        pairs = [(a, b) for a in left for b in right if a != b]
        if not pairs:
            leave(f"{one} and {two} are the same telling, and no other tells that act")
        if len(left) > 1 and len(right) > 1:
            pairs = pairs[:1]  # two acts: one pair holds them apart
        for rest in _tied_through(shelf, left, right), _tied_through(shelf, right, left):
            if rest:
                shelf.judge("together", bonds_for_one(rest, rest, ()), why)
        shelf.judge("apart", pairs, why)
        _settled(_acts_of(shelf, [*left, *right]), json)


def log_command(
    act: Annotated[str | None, typer.Option(help="Of that act only.")] = None,
    limit: Annotated[int, typer.Option(help="How many.", min=1, max=MOST)] = 40,
    as_of: AsOf = None,
    ledger: Ledger = None,
    json: Json = False,
) -> None:
    """What changed in the ledger and why, the latest first."""
    from attache.face.acts import revised  # noqa: PLC0415  (start-up time)

    with opened(ledger) as shelf:
        number = _found(shelf, act).number if act is not None else None
        for revision in shelf.revisions(as_of, act=number, limit=limit):
            if json:
                _line(revision)
            else:
                typer.echo(revised(revision))


@verdicts_app.command("export")
def export_command(ledger: Ledger = None) -> None:
    """Print all that persons said, one JSON object a line."""
    from attache.shelf.verdicts import written  # noqa: PLC0415

    with opened(ledger) as shelf:
        sys.stdout.buffer.write(written(shelf.verdicts()))
        sys.stdout.buffer.flush()


@verdicts_app.command("replay")
def replay_command(
    file: Annotated[str, typer.Argument(help="A text that attache verdicts export wrote; - for standard input.")],
    ledger: Ledger = None,
) -> None:
    """Take what persons said into this ledger; what it has already changes nothing."""
    from attache.shelf.dialect import ShelfError  # noqa: PLC0415
    from attache.shelf.verdicts import parsed  # noqa: PLC0415

    try:
        data = sys.stdin.buffer.read(LONGEST) if file == "-" else Path(file).read_bytes()
    except OSError as error:
        leave(f"{file}: {error.strerror}")
    try:
        given = parsed(data, plain(file))  # before the ledger is opened: for a text that is none, none is made
    except ShelfError as error:
        leave(" ".join(str(error).split()))
    with opened(ledger, write=True) as shelf:
        new = shelf.replay(given)
    typer.echo(f"{new:,} of {len(given):,} taken in, the others were known")


def _found(shelf: Shelf, id_: str) -> Found:
    """The act of an id or its first digits; leaves with 1 where there is none."""
    from attache.shelf.acts import NoActError  # noqa: PLC0415  (start-up time)

    try:
        return shelf.find(plain(id_).lower())
    except NoActError as error:
        complain(str(error))
        raise typer.Exit(1) from None


def _tellings(shelf: Shelf, name: str) -> list[str]:
    """The refs that a ref or an act's id stands for; leaves with 2 where there is none."""
    if ":" in name:
        if shelf.act_of(name) is None:
            leave(f"{shelf.base.name}: no telling {name}")
        return [name]
    act = shelf.act(shelf.find(name.lower()))
    if act is None:
        leave(f"{shelf.base.name}: {name} is no act any longer; attache act {name} says what it became")
    return [telling.ref for telling in act.tellings]


def _acts_of(shelf: Shelf, refs: list[str]) -> list[Act]:
    """The acts that tellings tell now, each once."""
    ids = dict.fromkeys(filter(None, map(shelf.act_of, refs)))
    return [act for act in (shelf.act(shelf.find(id_)) for id_ in ids) if act is not None]


def _tied_through(shelf: Shelf, refs: list[str], out: list[str]) -> list[str]:
    """What stays of an act that a telling is taken out of, where a person's word tied it together through that one."""
    rest = [ref for ref in refs if ref not in out]
    if len(out) != 1 or len(rest) < 2 or len(rest) == len(refs):
        return []
    joins = [join for act in _acts_of(shelf, out) for join in act.joins]
    return rest if any(join.by == "person" and out[0] in (join.one, join.two) for join in joins) else []


def _settled(acts: list[Act], json: bool) -> None:
    for act in acts:
        if json:
            _line(act)
        else:
            typer.echo(f"{act.id}: {act.type}, told by {', '.join(telling.ref for telling in act.tellings)}")


def _line(noun: msgspec.Struct) -> None:
    import msgspec  # noqa: PLC0415  (start-up time)

    sys.stdout.buffer.write(msgspec.json.encode(noun) + b"\n")
    sys.stdout.buffer.flush()


def _makers(shelf: Shelf, outlet: str | None, as_of: str | None) -> list[str]:
    """The exact names that a name of an outlet or account means; itself where it means none, so that nothing fits."""
    from attache.shelf.profile import makers_of  # noqa: PLC0415

    if outlet is None:
        return []
    name = plain(outlet)
    return makers_of(shelf.base, name, shelf.moment(as_of)) or [name]


def _parties(given: list[str], option: str) -> list[str]:
    """The codes of parties given by code or name; leaves with 2 for what is none."""
    if not given:
        return []
    from attache.face.parties import party  # noqa: PLC0415
    from attache.lexicon.tables import tables  # noqa: PLC0415

    return [party(one, option, tables()) for one in given]


def _party(given: str | None, option: str) -> str | None:
    return _parties([given], option)[0] if given else None


def _dyad(given: str | None) -> list[str]:
    """The codes of two parties parted by a comma, none where nothing is given; leaves with 2 where they are not two."""
    if not given:
        return []
    from attache.face.parties import dyad  # noqa: PLC0415
    from attache.lexicon.tables import tables  # noqa: PLC0415

    return list(dyad(given, "--dyad", tables()))


def _day(option: str, given: str | None) -> str | None:
    return None if given is None else day(given, option)
