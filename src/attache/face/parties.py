"""Parties as a command is given them: by code or by a name that the lexicon has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attache.face.pages import leave, plain

if TYPE_CHECKING:
    from attache.lexicon.tables import Tables


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
        leave(f"{option} {name}: no party of the lexicon; attache who tells what a name may mean")
    return found[0]


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
