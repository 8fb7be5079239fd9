"""Parties as a command is given them: by code or by a name that the lexicon has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attache.face.pages import leave, plain

if TYPE_CHECKING:
    from attache.lexicon.tables import Tables


SOME_DAY = "2000-01-01"  # readings do not hang on it
SEVERAL = 4  # sides that a name may stand for before they are no longer told one by one


def party(given: str, option: str, tables: Tables) -> str:
    """The code of a party given by code (``USA``) or name (美国, ``United States``); leaves with 2 where it is none."""
    from attache.lexicon.exchange import PARTIES  # noqa: PLC0415  (start-up time)
    from attache.lexicon.fold import fold  # noqa: PLC0415

    name = plain(given).strip()
    if name.upper() in tables.names:
        return name.upper()
    entry = tables.entry(fold(name).text)
    found = [reading.code for reading in entry.readings if reading.kind in PARTIES] if entry else []
    if not found:
        leave(f"{option} {name}: {_no_side(name, tables)}")
    return found[0]


def _no_side(name: str, tables: Tables) -> str:
    """Why a name is no side of an act, and which side stands for it, if the lexicon has it at all."""
    from attache.face.who import who  # noqa: PLC0415  (start-up time)
    from attache.lexicon.load import load  # noqa: PLC0415

    codes = {one.code: one.kind for one in who(name, SOME_DAY, load(), tables) if one.code}
    if not codes:
        return "no party of the lexicon; attache who tells what a name may mean"
    kind = next(iter(codes.values()))
    sides = " or ".join(sorted(codes)) if len(codes) < SEVERAL else "the state's"
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}; a side of an act is a state, body or group: ask for {sides}"


def dyad(given: str, option: str, tables: Tables) -> tuple[str, str]:
    """The codes of two parties parted by a comma; leaves with 2 where they are not two."""
    names = [name for name in plain(given).replace("，", ",").split(",") if name.strip()]
    if len(names) != 2:
        leave(f"{option} {plain(given)}: two parties parted by a comma are wanted, as in USA,CHN")
    one, two = (party(name, option, tables) for name in names)
    return one, two


def one_of(given: str | None, option: str, known: tuple[str, ...], *, upper: bool = False) -> str | None:
    """A value out of a closed list; leaves with 2 where it is none of it."""
    if given is None:
        return None
    value = plain(given).upper() if upper else plain(given)
    if value not in known:
        leave(f"{option} {plain(given)}: one of {', '.join(known)}")
    return value
