"""GDELT 2's event table: 61 columns parted by tabs, without a head (GDELT Event Database, codebook 2.0)."""

from __future__ import annotations

from typing import cast

from attache.ledger.noun import Party
from attache.lexicon.exchange import Exchange
from attache.record import EventType
from attache.shelf.foreign.noun import BadRow, ForeignAct, Where
from attache.shelf.foreign.rows import day, degrees, number, whole

_ACTOR = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code")
_TYPES = ("Type1Code", "Type2Code", "Type3Code")
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
COLUMNS: tuple[str, ...] = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor{i}{name}" for i in (1, 2) for name in _ACTOR + _TYPES),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
    *(f"{place}Geo_{name}" for place in ("Actor1", "Actor2", "Action") for name in _GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
HEAD = False


def act(row: list[str], exchange: Exchange) -> ForeignAct | None:
    """The event of a row; None for a line that only names the columns. Raises BadRow."""
    cells = dict(zip(COLUMNS, row, strict=True))
    if cells["GLOBALEVENTID"] == "GLOBALEVENTID":
        return None
    if not cells["GLOBALEVENTID"].strip():
        raise BadRow("no GLOBALEVENTID")
    code = cells["EventCode"].strip()
    known = exchange.cameo.get(code)
    if known is None:
        raise BadRow(f"EventCode {code!r} is no CAMEO code")
    return ForeignAct(
        provenance="gdelt",
        id=cells["GLOBALEVENTID"].strip(),
        type=plover(known.type),
        mode=known.mode,
        contexts=[],
        cameo=code,
        goldstein=number(cells["GoldsteinScale"], "GoldsteinScale"),
        actors=party(cells, "Actor1", exchange),
        recipients=party(cells, "Actor2", exchange),
        when=day(cells["SQLDATE"], "SQLDATE"),
        where=_where(cells, exchange),
        published=_added(cells["DATEADDED"]),
        source=cells["SOURCEURL"].strip() or None,
        reports=whole(cells["NumArticles"], "NumArticles"),
        fields={name: value for name, value in cells.items() if value},
    )


def plover(kind: str) -> EventType | None:
    """The codebook's type of a CAMEO code; it is empty for mere statements."""
    return cast("EventType", kind) if kind else None


def party(cells: dict[str, str], which: str, exchange: Exchange) -> list[Party]:
    """The party of the columns that begin with ``which``, ``Actor1`` or ``Actor2``; none where they are empty."""
    name, raw = cells[f"{which}Name"].strip(), cells[f"{which}Code"].strip()
    country, group = cells[f"{which}CountryCode"].strip(), cells[f"{which}KnownGroupCode"].strip()
    if not (name or raw or country or group):
        return []
    code = exchange.group(group) or exchange.country(country) or exchange.named(name)
    return [Party(code=code, name=name or raw or country or group)]


def _where(cells: dict[str, str], exchange: Exchange) -> Where | None:
    name, fips = cells["ActionGeo_FullName"].strip(), cells["ActionGeo_CountryCode"].strip()
    if not (name or fips):
        return None
    return Where(
        name=name or None,
        country=exchange.place(fips),
        latitude=degrees(cells["ActionGeo_Lat"], "ActionGeo_Lat", 90),
        longitude=degrees(cells["ActionGeo_Long"], "ActionGeo_Long", 180),
    )


def _added(text: str) -> str | None:
    """DATEADDED, YYYYMMDDHHMMSS in UTC, as EDTF."""
    digits = text.strip()
    if not digits:
        return None
    if len(digits) not in (8, 14) or not digits.isdecimal():
        raise BadRow(f"DATEADDED {text!r} is no time")
    clock = digits[8:]
    if clock and not (clock[:2] < "24" and clock[2:4] < "60" and clock[4:] < "60"):
        raise BadRow(f"DATEADDED {text!r} is no time")
    added = day(digits[:8], "DATEADDED")
    return f"{added}T{clock[:2]}:{clock[2:4]}:{clock[4:]}Z" if clock else added
