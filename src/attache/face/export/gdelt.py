"""GDELT 2's event table: 61 columns by tabs, a row for each pair of parties of an act that took place on a known day.

GDELT has no place for what is planned, denied to have happened or only possible, and none for a date that is no day:
such acts are left out and counted, never bent to fit. What it says of tone, religions and coordinates stays empty.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations, product
from typing import IO, NamedTuple

from attache.face.export.about import About, Exported, Written
from attache.ledger.noun import Act, Party
from attache.lexicon.exchange import Exchange
from attache.record import MUTUAL
from attache.shelf.foreign.gdelt import COLUMNS
from attache.shelf.listing import days

NOBODY = "UNK"  # the lexicon's code of a party that nobody names: GDELT leaves its columns empty
UNSURE = tuple("~?%")  # EDTF's marks of doubt
DIGITS = 12  # hexadecimal digits of an id that a row's number holds
PAIRS = 1000  # pairs of parties of one act at most: the last three digits of a row's number


class _Fits(NamedTuple):
    """What a row needs of an act."""

    number: int
    day: str
    cameo: str
    goldstein: float | None
    pairs: list[tuple[Party | None, Party | None]]
    where: tuple[str | None, str | None]
    counts: tuple[int | None, int | None, int | None]
    added: str
    source: str


def write(acts: Iterable[Exported], out: IO[bytes], about: About) -> Written:
    """Write acts as GDELT's rows."""
    left_out: Counter[str] = Counter()
    count = rows = 0
    for act in acts:
        if not isinstance(act, Act) and act.provenance == "gdelt":
            out.write(_line(act.fields))
            count, rows = count + 1, rows + 1
            continue
        why = unfit(act)
        if why:
            left_out[why] += 1
            continue
        count += 1
        for cells in _rows(act, about.exchange):
            out.write(_line(cells))
            rows += 1
    return Written(count, rows, left_out)


def unfit(act: Exported) -> str | None:
    """Why GDELT's table cannot hold an act, None where it can."""
    if isinstance(act, Act):
        if act.status != "actual":
            return f"told as {act.status}"
        if act.standing in ("denied", "retracted"):
            return act.standing
    low, high = days(act.when)
    if low is None or low != high:
        return "without a day"
    if (act.when or "")[-1:] in UNSURE:
        return "with a day that is not sure"
    return None if any(one.code != NOBODY for one in act.actors + act.recipients) else "without a party"


def _line(cells: dict[str, str]) -> bytes:
    line = "\t".join(" ".join(cells.get(name, "").split()) for name in COLUMNS)
    return line.encode() + b"\n"


def _rows(act: Exported, exchange: Exchange) -> Iterator[dict[str, str]]:
    fits = _fits(act, exchange)
    for i, (one, two) in enumerate(fits.pairs[:PAIRS]):
        yield {
            "GLOBALEVENTID": str(fits.number * PAIRS + i),
            **_date(fits.day),
            **party_cells("Actor1", one, exchange),
            **party_cells("Actor2", two, exchange),
            **_code(fits.cameo, fits.goldstein),
            **dict(zip(("NumMentions", "NumSources", "NumArticles"), map(_number, fits.counts), strict=True)),
            **_where(*fits.where, exchange),
            "DATEADDED": fits.added,
            "SOURCEURL": fits.source,
        }


def _fits(act: Exported, exchange: Exchange) -> _Fits:
    day = days(act.when)[0] or ""
    cameo = cameo_of(act, exchange)
    goldstein = act.goldstein if act.goldstein is not None else exchange.cameo[cameo].goldstein
    pairs = list(_pairs(act))
    if isinstance(act, Act):
        place = act.where[0] if act.where else None
        where = (place.city, place.country) if place else (None, None)
        counts = len(act.tellings), act.outlets, act.reports
        added = min((one.taken_in for one in act.tellings if one.taken_in), default="")
        return _Fits(
            int(act.id[:DIGITS], 16), day, cameo, goldstein, pairs, where, counts, _digits(added), act.tellings[0].uri
        )
    number = int(hashlib.sha256(f"{act.provenance}:{act.id}".encode()).hexdigest()[:DIGITS], 16)
    place_name = (act.where.name, act.where.country) if act.where else (None, None)
    return _Fits(
        number, day, cameo, goldstein, pairs, place_name, (None, None, act.reports), _digits(act.published or ""),
        act.source or "",
    )  # fmt: skip


def cameo_of(act: Exported, exchange: Exchange) -> str:
    """The CAMEO code of an act: its own, else the one that its mode or type is written as."""
    if act.cameo:
        return act.cameo
    mode = exchange.modes.get((act.type or "", act.mode or ""))
    return mode.cameo if mode else exchange.types[act.type or ""].cameo


def _pairs(act: Exported) -> Iterator[tuple[Party | None, Party | None]]:
    """Who did it to whom, pair by pair; where the sides stand alike, each two once."""
    if act.type in MUTUAL and set(map(_who, act.actors)) == set(map(_who, act.recipients)):
        if len(act.actors) > 1:
            yield from combinations(act.actors, 2)
            return
        yield act.actors[0], None
        return
    actors: list[Party | None] = [*act.actors] or [None]
    recipients: list[Party | None] = [*act.recipients] or [None]
    yield from product(actors, recipients)


def _who(party: Party) -> tuple[str | None, str]:
    """Who a party is: its code, and only where it has none its name."""
    return party.code, "" if party.code else party.name


def _date(day: str) -> dict[str, str]:
    """The five ways in which GDELT writes a day; its fraction counts thirty days a month."""
    year, month, number = day.split("-")
    fraction = ((int(month) - 1) * 30 + int(number)) / 365
    return {
        "SQLDATE": year + month + number, "MonthYear": year + month, "Year": year,
        "FractionDate": f"{int(year) + min(fraction, 0.9999):.4f}",
    }  # fmt: skip


def party_cells(which: str, party: Party | None, exchange: Exchange) -> dict[str, str]:
    """The columns of a party: its name, and its codes as far as CAMEO has them."""
    if party is None or party.code == NOBODY:
        return {}
    name = exchange.english(party.code) if party.code else party.name
    country = exchange.to_country(party.code) if party.code else None
    group = exchange.to_group(party.code) if party.code else None
    cells = {f"{which}Name": name.upper()}
    if country:
        cells |= {f"{which}Code": country, f"{which}CountryCode": country}
    elif group:
        body = exchange.is_body(party.code or "")
        cells |= {f"{which}Code": f"IGO{group}" if body else group, f"{which}KnownGroupCode": group}
        if body:
            cells[f"{which}Type1Code"] = "IGO"
    return cells


def _code(cameo: str, goldstein: float | None) -> dict[str, str]:
    root = int(cameo[:2])
    quad = next(i for i, last in enumerate((5, 8, 13, 20), 1) if root <= last)
    return {
        "EventCode": cameo, "EventBaseCode": cameo[:3], "EventRootCode": cameo[:2], "QuadClass": str(quad),
        "GoldsteinScale": "" if goldstein is None else str(float(goldstein)),
    }  # fmt: skip


def _where(name: str | None, country: str | None, exchange: Exchange) -> dict[str, str]:
    """The place of the act: 1 a country, 3 a city of the United States, 4 another city."""
    fips = exchange.to_place(country) if country else None
    if not fips or not country:
        return {}
    state = exchange.english(country)
    kind = "1" if not name or name == state else "3" if country == "USA" else "4"
    full = state if kind == "1" else name if name and "," in name else f"{name}, {state}"
    return {"ActionGeo_Type": kind, "ActionGeo_FullName": full, "ActionGeo_CountryCode": fips}


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _digits(instant: str) -> str:
    """An ISO instant or day as YYYYMMDDHHMMSS."""
    digits = "".join(char for char in instant.partition(".")[0].partition("+")[0] if char.isdecimal())
    return digits[:14].ljust(14, "0") if digits else ""
