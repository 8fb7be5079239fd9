"""The shapes of the lexicon's TOML files. Unknown keys are refused by msgspec; references by ``load.py``."""

from __future__ import annotations

from typing import Literal

import msgspec

from attache.record import EventType, Mark


class Shape(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of every table of the lexicon."""


class Term(Shape, frozen=True, kw_only=True):
    """An office held from one EDTF date to another; no ``end`` while in office."""

    office: str
    start: str | None = msgspec.field(default=None, name="from")
    end: str | None = msgspec.field(default=None, name="to")
    uncertain: bool = False


class Person(Shape, frozen=True, kw_only=True):
    """Someone in a public office. ``shared``: a bare short name is not enough to link; of ``titled`` names none is."""

    zh: list[str]
    titled: list[str] = []
    en: list[str]
    terms: list[Term]
    shared: bool = False


class Office(Shape, frozen=True, kw_only=True):
    """What a person in office is called.

    ``many``: several may hold it at one time. ``private``: people out of public service bear such titles as well.
    """

    id: str
    zh: list[str]
    en: list[str] = []
    sector: str = "GOV"
    many: bool = False
    private: bool = False


class Organ(Shape, frozen=True, kw_only=True):
    """A ministry, parliament, army, service, party, seat of power, or a firm or think tank that news treats as one.

    ``bare``: the name alone tells the state.
    """

    zh: list[str]
    en: list[str] = []
    kind: Literal[
        "executive", "legislature", "court", "ministry", "army", "intelligence", "police", "party", "bank", "agency",
        "region", "company", "think_tank",
    ]  # fmt: skip
    bare: bool = False


class State(Shape, frozen=True, kw_only=True):
    """A state, or an entity that news treats as one."""

    code: str
    zh: list[str]
    en: list[str]
    clip: list[str] = []
    demonym: list[str] = []
    demonym_en: list[str] = []
    capital: str | None = None
    capital_en: str | None = None


class StateFile(Shape, frozen=True, kw_only=True):
    """``actors/<iso3>.toml``."""

    state: State
    organ: list[Organ] = []
    office: list[Office] = []
    person: list[Person] = []


class Member(Shape, frozen=True, kw_only=True):
    """A state's membership of a body."""

    code: str
    start: str | None = msgspec.field(default=None, name="from")
    end: str | None = msgspec.field(default=None, name="to")


class Body(Shape, frozen=True, kw_only=True):
    """An intergovernmental body or bloc."""

    code: str
    id: str
    zh: list[str]
    en: list[str]
    clip: list[str] = []
    members: list[Member] = []
    person: list[Person] = []


class BodyFile(Shape, frozen=True, kw_only=True):
    """``bodies/*.toml``."""

    body: list[Body]


class Group(Shape, frozen=True, kw_only=True):
    """An armed or political group."""

    code: str
    zh: list[str]
    en: list[str]
    base: str | None = None
    person: list[Person] = []


class GroupFile(Shape, frozen=True, kw_only=True):
    """``groups/*.toml``."""

    group: list[Group]


class Medium(Shape, frozen=True, kw_only=True):
    """A medium or news agency."""

    zh: list[str]
    en: list[str] = []
    country: str | None
    kind: Literal["state", "public", "private"]


class LedgerWords(Shape, frozen=True, kw_only=True):
    """``lang/<xx>/ledger.toml``: how pages mend earlier ones, and what of an act denials are about."""

    correction: list[str]
    withdrawal: list[str]
    first_step: list[str]
    words: list[str]
    figure: list[str]
    date: list[str]


class MediumFile(Shape, frozen=True, kw_only=True):
    """``media/*.toml``."""

    medium: list[Medium]


class PlaceEntry(Shape, frozen=True, kw_only=True):
    """A city, region, sea or site. ``party``: the bare name also stands for the government seated there.

    ``geonames``: its number in GeoNames.
    """

    zh: list[str]
    en: list[str] = []
    country: str | None = None
    geonames: int | None = None
    kind: Literal["city", "region", "sea", "site"] = "city"
    party: bool = False
    stands_for: str | None = None
    disputed: bool = False
    shared: bool = False


class PlaceFile(Shape, frozen=True, kw_only=True):
    """``places/*.toml``."""

    place: list[PlaceEntry]


class OfficeFile(Shape, frozen=True, kw_only=True):
    """``lang/<xx>/offices.toml``."""

    office: list[Office]


class Surnames(Shape, frozen=True, kw_only=True):
    """How names in characters begin: one character (a string of them), two, or as Japanese ones do."""

    one: str
    two: tuple[str, ...]
    japanese: tuple[str, ...]


class TitleWords(Shape, frozen=True, kw_only=True):
    """Words before a title: who held the office, who will, who stands in, who would, who holds it, of which rank."""

    former: tuple[str, ...]
    elect: tuple[str, ...]
    acting: tuple[str, ...]
    shadow: tuple[str, ...]
    then: tuple[str, ...]
    rank: tuple[str, ...]


class Transliteration(Shape, frozen=True, kw_only=True):
    """The characters that foreign names are written with."""

    characters: str


class BodyNames(Shape, frozen=True, kw_only=True):
    """How names of bodies end."""

    endings: tuple[str, ...]


class Homonyms(Shape, frozen=True, kw_only=True):
    """Names of other things that hold a party's name."""

    words: tuple[str, ...]


class BesideWords(Shape, frozen=True, kw_only=True):
    """Words that tell what the name beside them is."""

    charged: tuple[str, ...]
    matter_before: tuple[str, ...]
    matter_after: tuple[str, ...]
    place_before: tuple[str, ...]
    sites: tuple[str, ...]
    seats: tuple[str, ...]
    credits: tuple[str, ...]
    organ_ends: tuple[str, ...]
    back_ends: tuple[str, ...]
    not_after: tuple[str, ...]


class NameFile(Shape, frozen=True, kw_only=True):
    """``lang/<xx>/names.toml``."""

    surname: Surnames
    transliteration: Transliteration
    title: TitleWords
    body: BodyNames
    homonym: Homonyms
    beside: BesideWords


class CodedSentence(Shape, frozen=True, kw_only=True):
    """A sentence that a frame must code, and what it gives: ``"FRA+DEU>RUS future"``."""

    text: str
    gives: str


class NounClass(Shape, frozen=True, kw_only=True):
    """A set of object nouns, named ``@id`` in frames."""

    id: str
    words: list[str]


class Frame(Shape, frozen=True, kw_only=True):
    """A family of predicates that share event type, CAMEO code and case frame."""

    id: str
    type: EventType
    words: list[str]
    case: Literal["target", "partner", "directed", "alone"]
    mode: str | None = None
    cameo: str | None = None
    contexts: list[str] = []
    nouns: list[str] = []
    with_: list[str] = msgspec.field(default=[], name="with")
    recipient: Literal["required", "optional"] | None = None
    embeds: Literal["speech", "pivot", "plan"] | None = None
    status: Mark = "actual"
    mutual: bool = False
    yes: list[CodedSentence]
    no: list[str]


class VerbFile(Shape, frozen=True, kw_only=True):
    """``lang/<xx>/verbs/<type>.toml``."""

    class_: list[NounClass] = msgspec.field(default=[], name="class")
    frame: list[Frame] = []


class WordClasses(Shape, frozen=True, kw_only=True):
    """``lang/<xx>/word_classes.json``: words that stand in the same surroundings, learnt; and what from."""

    sentences: int
    data: str
    classes: list[list[str]]


class LoadedWord(Shape, frozen=True, kw_only=True):
    """A word that takes a side, and the neutral one ("" where it just falls away)."""

    loaded: str
    neutral: str


class LoadedFile(Shape, frozen=True, kw_only=True):
    """``lang/<xx>/loaded.toml``."""

    word: list[LoadedWord]


class CodebookType(Shape, frozen=True, kw_only=True):
    """A PLOVER event type. ``quad``: 1 verbal cooperation, 2 material cooperation, 3 and 4 conflict likewise.

    ``cameo``: the CAMEO code that an event of the type is written as, where nothing more is known of it.
    """

    code: EventType
    label_en: str
    label_zh: str
    definition: str
    score: float
    cameo: str
    quad: Literal[1, 2, 3, 4]
    recipient_required: bool


class CodebookMode(Shape, frozen=True, kw_only=True):
    """A PLOVER mode of one type. ``cameo``: the CAMEO code that it is written as."""

    type: EventType
    code: str
    label_en: str
    label_zh: str
    definition: str
    cameo: str
    score: float | None = None


class CodebookContext(Shape, frozen=True, kw_only=True):
    """A PLOVER context."""

    code: str
    label_en: str
    label_zh: str
    definition: str


class CodebookCameo(Shape, frozen=True, kw_only=True):
    """A CAMEO code with its Goldstein value; ``type`` is empty for mere statements."""

    code: str
    label_en: str
    label_zh: str
    type: str
    root: str
    goldstein: float | None = None
    mode: str | None = None


class CodebookSector(Shape, frozen=True, kw_only=True):
    """A PLOVER sector of an actor."""

    code: str
    label_en: str
    label_zh: str


class Codebook(Shape, frozen=True, kw_only=True):
    """``codebook.toml``."""

    type: list[CodebookType]
    mode: list[CodebookMode]
    context: list[CodebookContext]
    cameo: list[CodebookCameo]
    sector: list[CodebookSector]


class ExchangeFile(Shape, frozen=True, kw_only=True):
    """``exchange.toml``: codes and names of other collections of events, each with our code."""

    country: dict[str, str]
    group: dict[str, str]
    name: dict[str, str]
    fips: dict[str, str]
