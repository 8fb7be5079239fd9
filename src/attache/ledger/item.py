"""An event as told, made ready for comparison."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from attache.ledger.noun import Told
from attache.ledger.words import grams, words
from attache.lexicon.fold import fold
from attache.read.time.calendar import bounds
from attache.record import MUTUAL, Actor, Event

SPEECH = frozenset(["SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN"])
QUADS = {
    "AGREE": "VC", "CONSULT": "VC", "SUPPORT": "VC", "CONCEDE": "VC",
    "COOPERATE": "MC", "AID": "MC", "RETREAT": "MC",
    "REQUEST": "VK", "ACCUSE": "VK", "REJECT": "VK", "THREATEN": "VK",
    "PROTEST": "MK", "SANCTION": "MK", "MOBILIZE": "MK", "COERCE": "MK", "ASSAULT": "MK",
}  # fmt: skip
NARROW = 8  # days; a date that is no narrower dates no act
TELLING_FIGURE = 100  # from here on a count is hardly shared by chance
NOBODY = ""
MENTIONS, ENOUGH_SAID = 4, 8  # of an act on its page, each with so many pairs of words
KEPT = 8192  # items, some 10 kB each

Dyad = tuple[str, str]

_FINE = re.compile(r"[~?%]|T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?")


class Item(NamedTuple):
    """What of an event a join compares.

    ``low``, ``high``: days between which its date lies, as ordinals, as far as told; ``first``, ``last``: the same
    where it is narrow enough to date an act; ``when``: that date as told. ``dyads``: pairs of an actor and a recipient,
    sorted within the pair where the act is mutual, "" where one side is not told. ``ground``: "happened", "planned",
    "supposed" or "denied". ``evidence``, ``context`` and ``title``: pairs of words, ``mentions``: those of each
    mention; ``length``: of the evidence, in words.
    """

    ref: str
    page: str
    type: str
    quad: str
    mode: str
    cameo: str
    ground: str
    actors: frozenset[str]
    recipients: frozenset[str]
    dyads: frozenset[Dyad]
    low: int | None
    high: int | None
    first: int | None
    last: int | None
    when: str
    published: tuple[int, int] | None
    cities: frozenset[str]
    figures: frozenset[tuple[float, str]]
    evidence: frozenset[str]
    mentions: tuple[frozenset[str], ...]
    context: frozenset[str]
    title: frozenset[str]
    length: int


def days(edtf: str | None) -> tuple[date | None, date | None]:
    """First and last day of an EDTF date or instant; doubts and hours are left out."""
    return bounds(_FINE.sub("", edtf) if edtf else None)


def party(actor: Actor) -> str:
    """What makes an actor the same party on two pages: its code, else its words."""
    return actor.code if actor.code and actor.code != "UNK" else fold(actor.text).text.lower()


_kept: dict[str, tuple[Told, Item]] = {}


def prepare(told: Told) -> Item:
    """The item of an event; those asked for last are kept, for each is asked for several times."""
    known = _kept.get(told.ref)
    if known is not None and known[0] == told:
        return known[1]
    if len(_kept) >= KEPT:
        _kept.clear()
    item = _prepared(told)
    _kept[told.ref] = told, item
    return item


def _prepared(told: Told) -> Item:
    event = told.event
    actors, recipients = ({party(one) for one in side} - {NOBODY} for side in (event.actors, event.recipients))
    mutual = event.type in MUTUAL
    if mutual:
        actors = recipients = actors | recipients
    first, last = days(event.when)
    low, high = first.toordinal() if first else None, last.toordinal() if last else None
    narrow = low is not None and high is not None and 0 <= high - low < NARROW
    shown, told_of = days(told.published)
    letters = words(event.evidence.text)
    return Item(
        ref=told.ref, page=told.page, type=event.type, quad=QUADS[event.type], mode=event.mode or "",
        cameo=event.cameo or "", ground=_ground(event), actors=frozenset(actors), recipients=frozenset(recipients),
        dyads=_dyads(actors, recipients, mutual=mutual),
        low=low, high=high, first=low if narrow else None, last=high if narrow else None,
        when=event.when or "",
        published=(shown.toordinal(), told_of.toordinal()) if shown and told_of else None,
        cities=frozenset(place.city for place in event.where if place.city), figures=_figures(event),
        evidence=grams(letters), mentions=_mentions(event), context=grams(words(told.context)),
        title=_title(told.title or ""), length=len(letters),
    )  # fmt: skip


def _mentions(event: Event) -> tuple[frozenset[str], ...]:
    """The words of the mentions of an act on its page, the fullest first; others only where they say enough."""
    others = (grams(words(span.text)) for span in event.also)
    said = [found for found in others if len(found) >= ENOUGH_SAID]
    return (grams(words(event.evidence.text)), *said[: MENTIONS - 1])


@lru_cache(maxsize=64)
def _title(text: str) -> frozenset[str]:
    """The pairs of words of a title, asked for once for each event of its page."""
    return grams(words(text))


def _ground(event: Event) -> str:
    return {"actual": "happened", "negated": "denied", "future": "planned"}.get(event.status, "supposed")


def _dyads(actors: set[str], recipients: set[str], *, mutual: bool) -> frozenset[Dyad]:
    if mutual:
        pairs = {(one, two) for one, two in product(actors, recipients) if one < two}
        return frozenset(pairs or {(NOBODY, one) for one in actors})
    pairs = {(one, two) for one, two in product(actors or {NOBODY}, recipients or {NOBODY}) if one != two or one}
    return frozenset(pairs)


def _figures(event: Event) -> frozenset[tuple[float, str]]:
    """Figures that are hardly shared by chance: sums, shares, counts of three digits."""
    return frozenset(
        (float(one.value), one.unit or "")
        for one in event.quantities
        if one.value is not None and (abs(one.value) >= TELLING_FIGURE or (one.unit or "").isupper())
    )
