"""What a foreign collection says of one event, in our codes, with every column that it filled."""

from __future__ import annotations

from typing import Literal, get_args

from attache.ledger.noun import Party
from attache.record import EventType, Noun

Provenance = Literal["gdelt", "icews", "polecat"]
PROVENANCES: tuple[Provenance, ...] = get_args(Provenance)


class Where(Noun, frozen=True, kw_only=True):
    """The place of an event: ``country`` is ISO 3166-1 alpha-3, latitude and longitude are degrees."""

    name: str | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geonames: int | None = None


class ForeignAct(Noun, frozen=True, kw_only=True):
    """One event of a foreign collection.

    ``id`` is the collection's own, unique within it. ``type`` is None for CAMEO's mere statements, which PLOVER
    does not have. ``goldstein`` is the collection's own value, else CAMEO's. ``reports``: articles,
    where it counts them.
    ``fields``: what its columns hold, by its own names, empty ones left out.
    """

    provenance: Provenance
    id: str
    type: EventType | None
    mode: str | None
    contexts: list[str]
    cameo: str | None
    goldstein: float | None
    actors: list[Party]
    recipients: list[Party]
    when: str
    where: Where | None
    published: str | None
    source: str | None
    reports: int | None
    fields: dict[str, str]


class BadRow(Exception):  # noqa: N818  (it is told and counted, not raised at users)
    """A row that cannot be taken in; the message says why in a few words."""
