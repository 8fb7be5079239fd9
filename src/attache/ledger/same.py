"""Whether two events of two pages are one act: what forbids it, what speaks for it, how much.

Nothing is joined by words alone: a pair that shares no dyad, whose types are not kin, whose dates contradict each other
or of which one is a plan and the other a deed is refused before anything is weighed. What then speaks for it is added
up; each part that counts is a reason of the join. The weights were set on half of the marked pages
(decisions/0013-one-act.md) and are few enough to be read.
"""

from __future__ import annotations

from typing import NamedTuple

from attache.ledger.item import SPEECH, Item
from attache.ledger.noun import Join, Reason
from attache.ledger.words import near, within

COPIED = 0.8  # of shared pairs of words: the same words
REPEATED = 0.9  # within one page, whose reader has told its acts apart: joined only where the words are the same
SAID_AGAIN = 0.35  # within one page: may stand in one act where other pages join them
HELD = 0.9  # what words count that stand in the other's sentence, not in its act
LIKE = 0.4  # words that are alike
HELD_ALL = 0.8  # and only where so much of them does
COPY_LENGTH = 8  # words; shorter ones agree by chance
LONG_ENOUGH = 12  # words of a copy that tells one act whatever the reader made of its time or its other side
LONG = 24  # words of a copy that tells one act even under another date
LEAST = 0.25  # words that two tellings must share, where no day is told of both
LEAST_TITLED, ONE_MATTER = 0.1, 0.45  # and where the titles share so much, but for what a page tells several of
TITLES, TITLES_MOST = 0.25, 0.6  # titles that are alike, and so much so that more adds nothing
PUBLISHED_APART = 7  # days between pages that may tell one undated act
TOGETHER = 2  # days between pages that are published together
MEETING = "CONSULT"
AHEAD = frozenset(["planned", "supposed"])
MANY = frozenset(["AGREE", "ACCUSE", "ASSAULT", "REQUEST", "THREATEN"])  # of one side to another a day tells several
ENOUGH, ENOUGH_OF_MANY = 1.4, 1.7

Part = tuple[Reason, float]


class _Words(NamedTuple):
    """How alike two tellings are, 0 to 1.

    ``own``: the words of the acts alone; ``share``: those of their sentences too; ``copied``: they are the same words,
    and enough of them.
    """

    own: float
    share: float
    copied: bool


def same(one: Item, two: Item) -> Join | None:
    """The join of two events, None where they are two acts. Symmetric."""
    if refused(one, two):
        return None
    told = _alike(one, two)
    if not _allowed(one, two, told):
        return None
    parts = [*_kind(one, two), *_who(one, two), *_when(one, two), *_else(one, two), *_said(told)]
    weight = sum(value for _, value in parts)
    if weight < (ENOUGH_OF_MANY if {one.type, two.type} & MANY else ENOUGH):
        return None
    first, second = sorted((one.ref, two.ref))
    reasons = [reason for reason, value in parts if value > 0 or reason in ("same type", "kin type")]
    if told.share < LIKE and "like words" in reasons:
        reasons.remove("like words")  # they count a little, but are no reason
    return Join(one=first, two=second, reasons=reasons, by="rule", weight=round(weight, 3))


def refused(one: Item, two: Item) -> bool:
    """Whether two events cannot stand in one act, whatever else joins them. Symmetric."""
    if one.ref == two.ref or one.quad != two.quad:
        return True
    return _parties_apart(one, two) or _times_apart(one, two) or (one.page == two.page and _told_apart(one, two))


def _parties_apart(one: Item, two: Item) -> bool:
    """Whether two events share no dyad, or less than half of a side. A side not told is no other side to a copy."""
    if _half_told(one, two):
        return one.actors != two.actors or not _copies(one, two)
    return (
        not one.dyads & two.dyads or _side_apart(one.actors, two.actors) or _side_apart(one.recipients, two.recipients)
    )


def _half_told(one: Item, two: Item) -> bool:
    return bool(one.recipients) != bool(two.recipients)


def _times_apart(one: Item, two: Item) -> bool:
    """Whether a meeting is to come for the one and held for the other, or a deed only supposed, or the days are apart.

    Of an act without a day the day is that of its page, within a week, unless both tell it in the same words.
    """
    if not _copies(one, two):
        if _planned_apart(one, two) and (MEETING in (one.type, two.type) or "supposed" in (one.ground, two.ground)):
            return True
        if (one.first is None or two.first is None) and (_published_gap(one, two) or 0) > PUBLISHED_APART:
            return True
    return _gap(one, two) > 1 and min(one.length, two.length) < LONG


def _told_apart(one: Item, two: Item) -> bool:
    """Whether one page tells two events as two: other types, one sentence, or words that have little in common.

    A deed that a page tells as a plan and as done is one where other pages join them: told alike, the reader had joined
    it itself.
    """
    if one.type != two.type:
        return True
    if _planned_apart(one, two) and one.type not in SPEECH:
        return False
    if near(one.context, two.context) >= REPEATED:
        return near(one.evidence, two.evidence) < REPEATED
    return _alike(one, two).share < SAID_AGAIN


def _side_apart(one: frozenset[str], two: frozenset[str]) -> bool:
    """Whether two tellings of a side share less than half of its parties."""
    return one != two and len(one & two) * 2 < len(one | two)


def _planned_apart(one: Item, two: Item) -> bool:
    return (one.ground in AHEAD) != (two.ground in AHEAD) or {one.ground, two.ground} == AHEAD


def _copies(one: Item, two: Item) -> bool:
    """Whether two acts are told in the same words, so that what sets them apart is the reader's doing."""
    return min(one.length, two.length) >= LONG_ENOUGH and near(one.evidence, two.evidence) >= COPIED


def _gap(one: Item, two: Item) -> int:
    """Days between two dates, 0 where they meet or an end is not told."""
    before = 0 if one.high is None or two.low is None else two.low - one.high
    after = 0 if two.high is None or one.low is None else one.low - two.high
    return max(0, before, after)


def _published_gap(one: Item, two: Item) -> int | None:
    if one.published is None or two.published is None:
        return None
    return max(0, two.published[0] - one.published[1], one.published[0] - two.published[1])


def _alike(one: Item, two: Item) -> _Words:
    if {one.type, two.type} & MANY:
        own = share = near(one.evidence, two.evidence)  # of other mentions set phrases are the likest
    else:
        own = share = max(near(a, b) for a in one.mentions for b in two.mentions)
    least = min(one.length, two.length)
    if least >= COPY_LENGTH:
        held = max(_held(one, two), _held(two, one))
        share = max(share, HELD * held if held >= HELD_ALL else 0.0, near(one.context, two.context) * share**0.5)
    return _Words(own, share, share >= COPIED and least >= COPY_LENGTH)


def _held(short: Item, other: Item) -> float:
    """Share of an act's words that stand in the sentence of one told no shorter."""
    if short.length > other.length or len(short.evidence) > len(other.context):
        return 0.0
    return within(short.evidence, other.context)


def _allowed(one: Item, two: Item, told: _Words) -> bool:
    """What asks for words in common: another type or kind of it, a repeat on one page, another date, no date."""
    if one.type != two.type and told.own < (LIKE if near(one.title, two.title) >= ONE_MATTER else COPIED):
        return False
    if one.page == two.page and near(one.evidence, two.evidence) < REPEATED:
        return False  # nor by another mention, which the reader may have laid to both
    if _gap(one, two) > 1 and not told.copied:
        return False
    many = bool({one.type, two.type} & MANY)
    if one.cameo != two.cameo and told.share < LEAST_TITLED and near(one.title, two.title) < TITLES:
        return False  # a visit and talks of one day
    if one.first is not None and two.first is not None:
        return not many or told.share >= LEAST
    titled = not many and one.ground == two.ground and near(one.title, two.title) >= ONE_MATTER
    return told.copied or told.share >= (LEAST_TITLED if titled else LEAST)


def _kind(one: Item, two: Item) -> list[Part]:
    planned = -0.3 if _planned_apart(one, two) else 0.0
    if one.type != two.type:
        return [("kin type", planned - 0.3)]
    if one.mode and two.mode and one.mode != two.mode:
        return [("same type", planned - 0.3)]
    return [("same type", planned + (0.2 if one.cameo == two.cameo and one.mode == two.mode else 0.0))]


def _who(one: Item, two: Item) -> list[Part]:
    if one.actors == two.actors and one.recipients == two.recipients:
        return [("same parties", 0.5)]
    return [("parties overlap", 0.2)]


def _when(one: Item, two: Item) -> list[Part]:
    if one.first is not None and two.first is not None:
        if one.first == one.last == two.first == two.last:
            return [("same day", 0.9)]
        return [("dates overlap", 0.5)] if _gap(one, two) == 0 else [("dates a day apart", 0.2)]
    if one.when and one.when == two.when:
        return [("dates overlap", 0.5)]
    published = None if one.page == two.page else _published_gap(one, two)
    return [("published together", 0.3)] if published is not None and published <= TOGETHER else []


def _else(one: Item, two: Item) -> list[Part]:
    out: list[Part] = []
    if one.cities and two.cities:
        out.append(("same place", 0.4 if one.cities & two.cities else -0.5))
    if one.figures and two.figures:
        out.append(("same figure", 0.6 if one.figures & two.figures else -0.2))
    titles = near(one.title, two.title)
    if titles >= TITLES and one.page != two.page:
        out.append(("like titles", min(titles, TITLES_MOST) / TITLES_MOST))
    return out


def _said(told: _Words) -> list[Part]:
    reason: Reason = "same words" if told.copied else "like words"
    return [(reason, 1.4 * told.share + (0.2 if told.copied else 0.0))]
