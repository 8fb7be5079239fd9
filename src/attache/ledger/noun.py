"""The nouns of the ledger: what many pages say together, as frozen typed records.

``ref`` names one event of one page: the first 16 hexadecimal digits of the capture's id, a colon, the event's id.
Dates are EDTF strings, instants ISO 8601 in UTC. Nothing here has been averaged: where pages differ, both stand.
"""

from __future__ import annotations

from typing import Literal

from attache.record import Claimant, Commitment, Event, EventType, Mark, Noun, Place, Quantity, Span

Reason = Literal[
    "same type", "kin type", "same parties", "parties overlap", "same day", "dates overlap", "dates a day apart",
    "published together", "same place", "same figure", "same words", "like words", "like titles", "a person said so",
]  # fmt: skip
Standing = Literal["told", "corroborated", "disputed", "denied", "retracted"]
Disputed = Literal["act", "first step", "words", "figure", "date"]
Bond = Literal[
    "one capture", "one address", "one outlet", "one account", "copy of the page", "same words", "one medium",
    "one unnamed source", "one document",
]  # fmt: skip
Answer = Literal["open", "kept", "broken", "withdrawn"]


class Told(Noun, frozen=True, kw_only=True):
    """One event of one page with what a join needs of it, so that no page is opened for one.

    ``context``: the sentence that tells it; ``published``, ``title``: of its page.
    """

    ref: str
    page: str
    published: str | None
    title: str | None
    event: Event
    context: str


class Denial(Noun, frozen=True, kw_only=True):
    """A denial that a page tells. ``declined``: its words only do not confirm.

    ``ref``: the page's 16 digits, ``:d`` and the number of the statement in the record. ``events``: refs of the events
    of this page that it is about; ``about``: the words denied, else none; ``parties``: codes of its sources and of
    whoever is named in what it denies, for finding what other pages tell of it.
    """

    ref: str
    page: str
    published: str | None
    statement: int
    by: list[Claimant]
    declined: bool
    evidence: Span
    about: list[Span]
    events: list[str]
    parties: list[str]


class Report(Noun, frozen=True, kw_only=True):
    """What the ledger needs of one page's record beside its events: small, kept, so that nothing is read twice.

    ``id`` is the capture's; ``address`` the address without what changes between versions of one page; ``makers`` the
    folded names of outlet and account; ``country`` the outlet's (ISO 3166-1 alpha-3) where the lexicon knows it.
    ``signature`` is a MinHash of the body (``words.signature``), ``shingles`` how many different ones it stands for.
    ``credits``: media that sign the text (a dateline's agency). ``corrects``: the page says that it corrects or
    withdraws an earlier text. ``taken_in``: when the ledger took it in.
    """

    id: str
    uri: str
    address: str
    outlet: str | None
    account: str | None
    makers: list[str]
    country: str | None
    published: str | None
    taken_in: str | None
    language: str
    title: str | None
    signature: bytes
    shingles: int
    credits: list[str]
    corrects: Literal["correction", "withdrawal"] | None
    commitments: list[Commitment]


class Party(Noun, frozen=True, kw_only=True):
    """A side of an act, without a place on a page. ``name`` as the fullest telling words it."""

    code: str | None
    name: str


class Telling(Noun, frozen=True, kw_only=True):
    """One event of one page as one telling of an act.

    ``origin`` numbers the origins of the act from 1; tellings with the same number are one source of this claim.
    ``origin_why`` says what binds it to that origin; "" where it is the origin's first or only telling.
    ``denies``: a telling that the act did not happen.
    """

    ref: str
    page: str
    event: str
    uri: str
    outlet: str | None
    account: str | None
    country: str | None
    published: str | None
    taken_in: str | None
    status: Mark
    claimants: list[Claimant]
    when: str | None
    where: list[Place]
    quantities: list[Quantity]
    evidence: Span
    confidence: float
    origin: int
    origin_why: str
    denies: bool


class Join(Noun, frozen=True, kw_only=True):
    """Why two tellings (refs, ``one`` < ``two``) may be one act; ``weight`` says how much speaks for it, 0 and more."""

    one: str
    two: str
    reasons: list[Reason]
    by: Literal["rule", "person"]
    weight: float


class Verdict(Noun, frozen=True, kw_only=True):
    """A person's word on two tellings (refs): one act, or two. A later verdict on the same pair takes its place."""

    kind: Literal["together", "apart"]
    one: str
    two: str
    at: str
    why: str = ""


class Side(Noun, frozen=True, kw_only=True):
    """One of several values told: its words or EDTF, the tellings (refs) that give it, their origins by number."""

    value: str
    tellings: list[str]
    origins: list[int]


class Dispute(Noun, frozen=True, kw_only=True):
    """Who disputes what of an act, where.

    A denial has ``by``, ``denial`` and ``page`` (the capture that tells it), with ``statement`` or ``event`` (a ref)
    as its place in that page's record; ``declined`` where it only does not confirm. Figures and dates that contradict
    each other have ``sides`` instead, and ``about`` says what is counted.
    """

    what: Disputed
    by: list[Claimant]
    declined: bool
    denial: Span | None
    page: str | None
    statement: int | None
    event: str | None
    about: str
    sides: list[Side]


class Act(Noun, frozen=True, kw_only=True):
    """One act with its reports, origins and disputes.

    ``id`` is a digest of its first telling's ref at birth and stays when the act grows. ``status`` is the mark under
    which it is told, ``standing`` what the reports together make of it, ``standing_why`` the rule that says so.
    ``when`` is the date that the tellings agree on, else the most precise; others stand in ``disputes``.
    ``outlets`` counts outlets and accounts, ``origins`` independent ones, ``reports`` pages that tell it.
    """

    id: str
    type: EventType
    mode: str | None
    contexts: list[str]
    cameo: str | None
    goldstein: float | None
    actors: list[Party]
    recipients: list[Party]
    status: Mark
    standing: Standing
    standing_why: str
    when: str | None
    where: list[Place]
    tellings: list[Telling]
    joins: list[Join]
    disputes: list[Dispute]
    reports: int
    outlets: int
    origins: int
    countries: list[str]


class Step(Noun, frozen=True, kw_only=True):
    """One step of an undertaking: what a page told of it, and when."""

    page: str
    event: str | None
    what: Literal["made", "repeated", "accepted", "refused", "kept", "broken", "withdrawn"]
    span: Span
    when: str | None


class Undertaking(Noun, frozen=True, kw_only=True):
    """A pledge, offer or demand followed across pages. ``fields``: PLOVER contexts; ``act``: the act that made it."""

    id: str
    kind: Literal["pledge", "offer", "demand"]
    by: Party
    to: list[Party]
    fields: list[str]
    status: Answer
    act: str
    steps: list[Step]


class Revision(Noun, frozen=True, kw_only=True):
    """One change of the ledger. ``act`` is the act changed, ``into`` the one that took its place, if any."""

    number: int
    at: str
    kind: Literal["ingest", "join", "part", "person", "reread"]
    act: str | None
    what: str
    why: str
    into: str | None = None
