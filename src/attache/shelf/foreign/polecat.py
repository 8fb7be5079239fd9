"""POLECAT's events as NGEC writes them: 40 columns, by tabs or commas, with a head."""

from __future__ import annotations

import re

from attache.ledger.noun import Party
from attache.lexicon.exchange import Exchange
from attache.shelf.foreign.gdelt import plover
from attache.shelf.foreign.icews import filled
from attache.shelf.foreign.noun import BadRow, ForeignAct, Where
from attache.shelf.foreign.rows import day, degrees, whole

COLUMNS: tuple[str, ...] = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title",
    "Actor Name Raw", "Wikipedia Actor ID", "Recipient Name", "Recipient Country", "Recipient COW",
    "Primary Recipient Sector", "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename",
    "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language",
    "Version",
)  # fmt: skip
HEAD = True
_PARTED = re.compile(r"\s*[;|]\s*")


def act(row: list[str], exchange: Exchange) -> ForeignAct | None:
    """The event of a row. Raises BadRow."""
    cells = filled(COLUMNS, row)
    if "Event ID" not in cells:
        raise BadRow("no Event ID")
    kind = cells.get("Event Type", "").upper()
    if kind not in exchange.types:
        raise BadRow(f"Event Type {cells.get('Event Type', '')!r} is none of PLOVER's")
    mode = cells.get("Event Mode", "").lower()
    published = cells.get("Publication Date")
    return ForeignAct(
        provenance="polecat",
        id=cells["Event ID"],
        type=plover(kind),
        mode=mode if (kind, mode) in exchange.modes else None,
        contexts=[one for one in _parts(cells.get("Contexts", "").lower()) if one in exchange.contexts],
        cameo=None,
        goldstein=None,  # its Intensity is PLOVER's, another scale
        actors=_parties(cells, "Actor", exchange),
        recipients=_parties(cells, "Recipient", exchange),
        when=day(cells.get("Event Date", ""), "Event Date"),
        where=_where(cells, exchange),
        published=day(published[:10], "Publication Date") if published else None,
        source=cells.get("Source"),
        reports=None,
        fields=cells,
    )


def _parts(text: str) -> list[str]:
    return [part for part in _PARTED.split(text) if part]


def _parties(cells: dict[str, str], which: str, exchange: Exchange) -> list[Party]:
    """The parties of a side: name by name, each with its country where as many stand beside, else by name alone."""
    names = _parts(cells.get(f"{which} Name", "") or cells.get(f"{which} Name Raw", ""))
    countries = _parts(cells.get(f"{which} Country", ""))
    if not names:
        return [Party(code=_state(country, exchange), name=country) for country in countries]
    if len(countries) == 1:
        countries *= len(names)
    beside = countries if len(countries) == len(names) else [""] * len(names)
    return [
        Party(code=exchange.named(name) or _state(country, exchange), name=name)
        for name, country in zip(names, beside, strict=True)
    ]


def _state(country: str, exchange: Exchange) -> str | None:
    """A state by its ISO 3166-1 alpha-3 code or its name."""
    return exchange.country(country) or exchange.named(country)


def _where(cells: dict[str, str], exchange: Exchange) -> Where | None:
    name = cells.get("Placename") or cells.get("Raw Placename")
    if not name and "Country" not in cells:
        return None
    number = cells.get("GeoNames ID", "")
    return Where(
        name=name,
        country=_state(cells.get("Country", ""), exchange),
        latitude=degrees(cells.get("Latitude", ""), "Latitude", 90),
        longitude=degrees(cells.get("Longitude", ""), "Longitude", 180),
        geonames=whole(number, "GeoNames ID") if number.removesuffix(".0").isdecimal() else None,
    )
