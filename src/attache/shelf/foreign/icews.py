"""ICEWS's coded events as Dataverse gives them: 20 columns parted by tabs, with a head (doi:10.7910/DVN/28075)."""

from __future__ import annotations

from attache.ledger.noun import Party
from attache.lexicon.exchange import Exchange
from attache.lexicon.schema import CodebookCameo
from attache.shelf.foreign.gdelt import plover
from attache.shelf.foreign.noun import BadRow, ForeignAct, Where
from attache.shelf.foreign.rows import day, degrees, number

COLUMNS: tuple[str, ...] = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City",
    "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip
HEAD = True
EMPTY = frozenset(["", "NULL", "None", "null", "NA", "\\N"])


def act(row: list[str], exchange: Exchange) -> ForeignAct | None:
    """The event of a row. Raises BadRow."""
    cells = filled(COLUMNS, row)
    if "Event ID" not in cells:
        raise BadRow("no Event ID")
    known = _cameo(cells.get("CAMEO Code", ""), cells.get("Event Text", ""), exchange)
    when = day(cells.get("Event Date", ""), "Event Date")
    return ForeignAct(
        provenance="icews",
        id=f"{cells['Event ID']}:{when}",  # an Event ID alone stands for events of several days
        type=plover(known.type),
        mode=known.mode,
        contexts=[],
        cameo=known.code,
        goldstein=number(cells.get("Intensity", ""), "Intensity"),
        actors=_party(cells, "Source", exchange),
        recipients=_party(cells, "Target", exchange),
        when=when,
        where=_where(cells, exchange),
        published=None,
        source=cells.get("Publisher"),
        reports=None,
        fields=cells,
    )


def filled(columns: tuple[str, ...], row: list[str]) -> dict[str, str]:
    """The cells of a row that hold something, by column."""
    return {name: value.strip() for name, value in zip(columns, row, strict=True) if value.strip() not in EMPTY}


def _cameo(code: str, text: str, exchange: Exchange) -> CodebookCameo:
    """The codebook's entry; where zeros before it are lost (42 for 042) the text of the event decides."""
    found = [exchange.cameo[one] for one in (code, "0" + code) if one in exchange.cameo]
    if not found:
        raise BadRow(f"CAMEO Code {code!r} is none")
    same = [entry for entry in found if entry.label_en.lower() == text.lower()]
    return (same or found)[0]


def _party(cells: dict[str, str], which: str, exchange: Exchange) -> list[Party]:
    name, country = cells.get(f"{which} Name", ""), cells.get(f"{which} Country", "")
    if not (name or country):
        return []
    return [Party(code=exchange.named(name) or exchange.named(country), name=name or country)]


def _where(cells: dict[str, str], exchange: Exchange) -> Where | None:
    names = [cells[name] for name in ("City", "District", "Province", "Country") if name in cells]
    if not names:
        return None
    return Where(
        name=", ".join(names),
        country=exchange.named(cells.get("Country", "")),
        latitude=degrees(cells.get("Latitude", ""), "Latitude", 90),
        longitude=degrees(cells.get("Longitude", ""), "Longitude", 180),
    )
