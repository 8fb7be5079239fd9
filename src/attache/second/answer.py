"""What a second reader answers: proposals that cite the page, and the JSON Schema that binds a server to them."""

from __future__ import annotations

from typing import Any

import msgspec

from attache.lexicon.schema import Codebook
from attache.record import ClaimantKind, EventType, Mark, StatementKind, Wording


class Cited(msgspec.Struct, frozen=True):
    """Words of the page: ``words`` stand letter for letter in sentence ``n``; sentence 0 is the title."""

    n: int
    words: str


class CitedParty(Cited, frozen=True):
    """A party by its words. ``of``: words that name its state or body, where its own do not tell.

    ``unnamed``: the page does not say whose it is.
    """

    of: Cited | None = None
    unnamed: bool = False


class CitedSource(Cited, frozen=True):
    """Whoever answers for a report, and what kind of source that is."""

    kind: ClaimantKind = "party"


class ProposedEvent(Cited, frozen=True, kw_only=True):
    """An act: ``n`` and ``words`` are its evidence. ``when``: what dates it; two where from and to stand apart."""

    type: EventType
    mode: str | None = None
    status: Mark
    actors: list[CitedParty]
    recipients: list[CitedParty] = []
    claimants: list[CitedSource] = []
    disputed_by: list[CitedSource] = []
    when: list[Cited] = []
    also: list[Cited] = []


class ProposedVoice(Cited, frozen=True, kw_only=True):
    """A stretch with one voice; of a denial ``about`` cites what is denied."""

    kind: StatementKind
    speaker: list[CitedSource] = []
    to: CitedParty | None = None
    wording: Wording = "paraphrase"
    mark: Mark = "actual"
    about: Cited | None = None


class Answer(msgspec.Struct, frozen=True):
    """One answer, each proposal still raw: one that does not fit the schema is refused without the others."""

    events: list[Any]
    voices: list[Any] = []


class Wanted(msgspec.Struct, frozen=True):
    """An answer as the schema asks for it."""

    events: list[ProposedEvent]
    voices: list[ProposedVoice]


def schema(codebook: Codebook) -> dict[str, Any]:
    """The JSON Schema of an answer, in the strict form that servers ask for: an object, all keys required, no other."""
    found: dict[str, Any] = msgspec.json.schema(Wanted)
    for shape in found["$defs"].values():
        shape["required"] = list(shape["properties"])
        shape["additionalProperties"] = False
        shape.pop("description", None)
        for field in shape["properties"].values():
            field.pop("default", None)
    modes = sorted({mode.code for mode in codebook.mode})
    found["$defs"]["ProposedEvent"]["properties"]["mode"] = {"enum": [*modes, None]}
    root: dict[str, Any] = found["$defs"].pop("Wanted")
    return root | {"$defs": found["$defs"]}
