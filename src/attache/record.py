"""The nouns: what one page says, as frozen typed records.

Offsets are code points into ``Capture.text``, end exclusive. Times are EDTF (ISO 8601-2) strings;
``None`` where the page gives no ground for one. Codes are ISO 3166-1 alpha-3 for states and the usual
abbreviation for bodies and groups (``EU``, ``NATO``, ``HAMAS``). One file, long as it is: it is the contract.
"""

from __future__ import annotations

from typing import Literal

import msgspec

PartKind = Literal[
    "navigation",
    "title",
    "share bar",
    "byline",
    "dateline",
    "heading",
    "paragraph",
    "paragraph mark",
    "caption",
    "notice",
    "recommendation",
    "account card",
    "channel headline",
    "related link",
    "comment",
    "advertisement",
    "footer",
    "blank",
]
MentionKind = Literal["actor", "time", "place", "quantity"]
Voice = Literal["page", "attributed", "opinion"]
Mark = Literal["actual", "future", "hypothetical", "negated"]
Wording = Literal["verbatim", "paraphrase", "label"]
ClaimantKind = Literal["medium", "official", "person", "document", "party", "hearsay", "unnamed"]
Certainty = Literal["confirmed", "stated", "probable", "possible", "unconfirmed"]
CheckKind = Literal[
    "headline against body", "loaded word", "loaded word of a source", "label in quotation marks",
    "label posing as a quotation", "unnamed source", "agreement without a source", "office at another date",
    "city in another country", "edition and year do not fit", "disclosed before the act", "dates out of order",
    "no publication date",
]  # fmt: skip
StatementKind = Literal[
    "report",
    "position",
    "pledge",
    "offer",
    "demand",
    "denial",
    "forecast",
    "reason",
    "tie",
    "channel",
    "reading",
    "judgement",
]
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
MUTUAL = frozenset(["AGREE", "CONSULT", "COOPERATE"])  # types whose two sides stand alike
Precision = Literal["second", "minute", "hour", "part of day", "day", "month", "year"]
Modifier = Literal["early", "mid", "late", "about", "since", "until", "before", "after", "within"]
PartOfDay = Literal["dawn", "morning", "noon", "afternoon", "evening", "night"]
TimeKind = Literal["date", "duration", "clock", "vague", "set", "occasion"]
PlaceRole = Literal["venue", "moved from", "destination", "target", "place"]
Reader = Literal["built-in", "second"]
Trust = Literal["agree", "either", "second", "first"]
Bound = Literal["exact", "over", "under", "about", "at least", "at most", "between"]


class Noun(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of every record: immutable, and strict about unknown fields when read back."""


class Span(Noun, frozen=True, kw_only=True):
    """A stretch of the capture: ``text == capture.text[start:end]``."""

    start: int
    end: int
    text: str


class Capture(Noun, frozen=True, kw_only=True):
    """What was fetched. ``id`` is the SHA-256 of the bytes in hexadecimal."""

    id: str
    uri: str
    media_type: str
    captured_at: str | None = None
    text: str


class Part(Noun, frozen=True, kw_only=True):
    """One stretch of a page and what it is; the parts of a page cover its text without gap or overlap.

    ``fields`` by kind: recommendation: title, account, published; account card: name, bio,
    article_count, follower_count, as_of; channel headline: channel, title; share bar: count.
    """

    kind: PartKind
    start: int
    end: int
    fields: dict[str, str | int | None] = {}


class Published(Noun, frozen=True, kw_only=True):
    """When the page was published: an EDTF date or interval, never made up.

    ``basis`` says what it rests on: ``stated`` (a date that stands on the page), ``bounded`` (an
    interval reasoned from dated acts and the page's clock) or ``given`` (told by whoever captured it).
    """

    edtf: str | None
    basis: Literal["stated", "bounded", "given", "unknown"]
    why: str
    evidence: list[Span] = []


class Page(Noun, frozen=True, kw_only=True):
    """A capture taken apart."""

    title: str | None
    outlet: str | None
    account: str | None
    authors: list[str]
    published: Published
    language: str
    parts: list[Part]


class Sentence(Noun, frozen=True, kw_only=True):
    """A sentence of a heading or paragraph. ``part`` indexes ``Page.parts``; ``outcome`` accounts for it."""

    start: int
    end: int
    part: int
    outcome: list[Literal["events", "statements", "judgement", "unsure"]] = []


class Actor(Noun, frozen=True, kw_only=True):
    """A party. ``code`` is None where the words link to no lexicon entry (``unlinked``)."""

    code: str | None
    text: str
    name: str | None = None
    office: str | None = None
    sector: str | None = None
    start: int | None = None
    end: int | None = None
    proposed: bool = False


class Claimant(Noun, frozen=True, kw_only=True):
    """Who is answerable for a report, as the page words it.

    ``code``: the state or body that he speaks for or belongs to. ``count`` and ``office``: of one without a name, the
    words that say how many and what they are (多名, 外交人士); of an official the office as the page says it.
    """

    text: str
    kind: ClaimantKind
    code: str | None = None
    count: str | None = None
    office: str | None = None
    start: int
    end: int


class Place(Noun, frozen=True, kw_only=True):
    """Where: ``country`` is ISO 3166-1 alpha-3, ``city`` the usual English name, ``geonames`` its number there."""

    text: str
    start: int
    end: int
    country: str | None = None
    city: str | None = None
    geonames: int | None = None
    role: PlaceRole = "place"


class Quantity(Noun, frozen=True, kw_only=True):
    """How much. ``value`` in units of ``unit`` (ISO 4217 for money); ``high`` closes a range."""

    text: str
    start: int
    end: int
    value: float | int | None
    unit: str | None
    bound: Bound = "exact"
    high: float | int | None = None
    what: str | None = None


class Time(Noun, frozen=True, kw_only=True):
    """A time expression and its reading. ``anchor`` is the date it was reckoned from.

    ``clock``: hours of the day, an ISO 8601 time or interval, by ``zone`` (an IANA name, or ``local``).
    ``duration``: ISO 8601, for a length of time. ``direction``: which side of the anchor the words around pull a date
    to that lacks its year, month or week, and ``direction_why`` the word that does.
    """

    text: str
    start: int
    end: int
    edtf: str | None
    rule: str
    kind: TimeKind = "date"
    precision: Precision | None = None
    modifier: Modifier | None = None
    clock: str | None = None
    part_of_day: PartOfDay | None = None
    zone: str | None = None
    duration: str | None = None
    anchor: str | None = None
    anchor_why: str | None = None
    direction: Literal["ahead", "behind"] | None = None
    direction_why: str | None = None


class Mention(Noun, frozen=True, kw_only=True):
    """An actor, time, place or quantity in a sentence (``sentence`` indexes ``Record.sentences``).

    What it belongs to: ``events`` by their ids, ``statement`` as an index of ``Record.statements``.
    """

    kind: MentionKind
    sentence: int
    start: int
    end: int
    actors: list[Actor] = []
    time: Time | None = None
    place: Place | None = None
    quantity: Quantity | None = None
    events: list[str] = []
    statement: int | None = None


class Statement(Noun, frozen=True, kw_only=True):
    """A stretch with one voice.

    ``stance``: what its verb of speech lends (``verb``, its words): say, warn, urge, deny, ask …; ``credit`` for what a
    medium signs as a whole. ``certainty``: how sure its words are, and ``certainty_why`` the words that say so.
    ``about`` and ``about_statements`` (indices of ``Record.statements``): what a denial is about.
    """

    voice: Voice
    kind: StatementKind
    mark: Mark
    evidence: Span
    sentence: int
    claimants: list[Claimant] = []
    speaker: Actor | None = None
    addressee: Actor | None = None
    wording: Wording | None = None
    stance: str | None = None
    verb: Span | None = None
    certainty: Certainty = "stated"
    certainty_why: Span | None = None
    about: list[Span] = []
    about_statements: list[int] = []
    cause: Span | None = None
    effect: Span | None = None
    persona: str | None = None
    readers: list[Reader] = msgspec.field(default_factory=lambda: ["built-in"])


class Version(Noun, frozen=True, kw_only=True):
    """How one reader has an event, where the two readers of a page differ about it. Parties by code, else in words."""

    reader: Reader
    type: EventType
    mode: str | None
    actors: list[str]
    recipients: list[str]
    status: Mark
    claimants: list[str]
    when: str | None
    evidence: Span


class Event(Noun, frozen=True, kw_only=True):
    """One act of a page. ``when`` is its date, ``reported`` that of its report, ``disclosed`` of its disclosure.

    ``readers``: who holds it. ``versions``: each reader's own, where both do and differ.
    """

    id: str
    type: EventType
    mode: str | None
    contexts: list[str]
    cameo: str | None
    goldstein: float | None
    actors: list[Actor]
    recipients: list[Actor]
    status: Mark
    claimants: list[Claimant]
    disputed_by: list[Claimant]
    when: str | None
    when_basis: Time | None
    disclosed: str | None
    reported: str | None = None
    where: list[Place]
    quantities: list[Quantity]
    evidence: Span
    also: list[Span]
    sentence: int
    rule: str
    confidence: float
    readers: list[Reader]
    versions: list[Version] = []


class Forecast(Noun, frozen=True, kw_only=True):
    """Who predicts what, under which condition, by when. ``scorable`` is False where nothing could decide it."""

    who: str | None
    by_writer: bool
    condition: Span | None
    what: Span
    horizon: Span | None
    scorable: bool
    evidence: Span


class Commitment(Noun, frozen=True, kw_only=True):
    """A pledge, offer or demand on this page, and whether the page tells an answer."""

    kind: Literal["pledge", "offer", "demand"]
    by: Actor
    to: list[Actor]
    about: Span
    status: Literal["open", "kept", "broken", "withdrawn"]
    steps: list[Span]


class Round(Noun, frozen=True, kw_only=True):
    """One meeting of a process."""

    when: str | None
    venue: Place | None
    planned_venue: Place | None
    present: list[str]
    evidence: list[Span]


class Process(Noun, frozen=True, kw_only=True):
    """A negotiation as this page tells it."""

    name: str
    parties: list[str]
    shut_out: list[str]
    rounds: list[Round]


class Check(Noun, frozen=True, kw_only=True):
    """A finding for a fact-checker, with the spans that it rests on."""

    kind: CheckKind
    message: str
    spans: list[Span]


class Unsure(Noun, frozen=True, kw_only=True):
    """What a step could not decide, where and why."""

    what: Literal["sentence", "date", "speaker", "quotation", "second reader"]
    why: str
    span: Span | None = None


class Second(Noun, frozen=True, kw_only=True):
    """The second reader of a page. ``prompt`` is the SHA-256 of what it was asked with, but for the page itself.

    ``trust``: the policy by which the events shown were chosen. ``asked`` counts the sentences that its answers are
    about, and ``answered`` says whether these are all; why not stands in ``Record.unsure``.
    """

    model: str
    prompt: str
    trust: Trust
    asked: int
    answered: bool


class Record(Noun, frozen=True, kw_only=True):
    """Everything that one page says. One line of ``attache read --json``.

    ``aside``: events that one of two readers holds and the policy does not show; empty where one reader read.
    """

    version: str
    lexicon: str
    capture: Capture
    page: Page
    sentences: list[Sentence]
    mentions: list[Mention]
    statements: list[Statement]
    events: list[Event]
    forecasts: list[Forecast]
    commitments: list[Commitment]
    processes: list[Process]
    checks: list[Check]
    unsure: list[Unsure]
    aside: list[Event] = []
    second: Second | None = None
