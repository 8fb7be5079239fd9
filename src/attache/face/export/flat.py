"""An act as one row: what Parquet and CSV hold of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attache.face.export.about import Exported
from attache.ledger.noun import Act, Party
from attache.record import Place
from attache.shelf.foreign.noun import ForeignAct
from attache.shelf.listing import days

# Name of each column with what it holds: text, number (float), count (int), list (of text).
COLUMNS: dict[str, str] = {
    "provenance": "text", "id": "text", "type": "text", "mode": "text", "contexts": "list", "cameo": "text",
    "goldstein": "number", "actors": "list", "actor_names": "list", "recipients": "list", "recipient_names": "list",
    "status": "text", "standing": "text", "standing_why": "text", "when": "text", "first_day": "text",
    "last_day": "text", "where": "list", "where_countries": "list", "reports": "count", "outlets": "count",
    "origins": "count", "countries": "list", "uri": "text", "words": "text",
}  # fmt: skip


def row(act: Exported) -> dict[str, Any]:
    """An act by column; None where there is nothing to say."""
    found = _read(act) if isinstance(act, Act) else _foreign(act)
    low, high = days(act.when)
    return {
        **dict.fromkeys(COLUMNS),
        "id": act.id, "type": act.type, "mode": act.mode, "contexts": act.contexts, "cameo": act.cameo,
        "goldstein": act.goldstein, "when": act.when, "first_day": low, "last_day": high, "reports": act.reports,
        "actors": _codes(act.actors), "actor_names": [one.name for one in act.actors],
        "recipients": _codes(act.recipients), "recipient_names": [one.name for one in act.recipients],
        **found,
    }  # fmt: skip


def _codes(parties: Sequence[Party]) -> list[str]:
    """Codes, beside their names: "" for a party without one."""
    return [party.code or "" for party in parties]


def _read(act: Act) -> dict[str, Any]:
    first = act.tellings[0]
    return {
        "provenance": "read", "status": act.status, "standing": act.standing, "standing_why": act.standing_why,
        "where": [_place(place) for place in act.where],
        "where_countries": sorted({place.country for place in act.where if place.country}),
        "outlets": act.outlets, "origins": act.origins, "countries": act.countries,
        "uri": first.uri, "words": first.evidence.text,
    }  # fmt: skip


def _place(place: Place) -> str:
    return place.city or place.text


def _foreign(act: ForeignAct) -> dict[str, Any]:
    return {
        "provenance": act.provenance,
        "where": [act.where.name] if act.where and act.where.name else [],
        "where_countries": [act.where.country] if act.where and act.where.country else [],
        "countries": [], "uri": act.source,
    }  # fmt: skip
