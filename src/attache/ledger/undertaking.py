"""Pledges, offers and demands followed across pages: who made them, who said them again, what came of them.

An act is an undertaking where the page of one of its tellings reads it as one. What comes later between the same two
sides answers it where it is of a kind that answers, not told before it, and about the same: a figure, a field or words
in common. A silence is no answer: what nobody tells stays open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from attache.ledger.item import days
from attache.ledger.noun import Act, Answer, Party, Report, Step, Telling, Undertaking
from attache.ledger.words import grams, near, words
from attache.record import MUTUAL, Commitment

Kind = Literal["pledge", "offer", "demand"]
What = Literal["accepted", "refused", "kept", "broken", "withdrawn"]

ABOUT = 0.3  # of word pairs shared: about the same
MAKING = frozenset(["AGREE", "REQUEST"])  # what a page reads as an undertaking
DELIVERED = frozenset(["AID", "COOPERATE", "CONCEDE", "RETREAT"])  # a pledge kept
YIELDED = frozenset(["AGREE", "CONCEDE", "COOPERATE", "AID", "RETREAT"])  # what was asked for, granted
TAKEN = frozenset(["AGREE", "SUPPORT", "COOPERATE"])  # an offer taken up
STATUS: dict[tuple[Kind, What], Answer] = {
    ("pledge", "kept"): "kept",
    ("pledge", "broken"): "broken",
    ("pledge", "withdrawn"): "withdrawn",
    ("offer", "accepted"): "kept",
    ("offer", "refused"): "withdrawn",
    ("offer", "withdrawn"): "withdrawn",
    ("demand", "accepted"): "kept",
    ("demand", "refused"): "withdrawn",
    ("demand", "withdrawn"): "withdrawn",
}


class _Made(NamedTuple):
    """An act that makes an undertaking, and how its pages read it."""

    act: Act
    kind: Kind
    read: dict[str, Commitment]  # by ref of the telling


def pairs(act: Act) -> list[tuple[str, str]]:
    """The unordered pairs of codes between which an act stands: undertakings and answers share one."""
    ours, theirs = _codes(act.actors), _codes(act.recipients)
    return sorted({(min(one, two), max(one, two)) for one in ours for two in theirs if one != two})


def undertakings(acts: Sequence[Act], reports: Mapping[str, Report]) -> list[Undertaking]:
    """The undertakings among acts, in order of the acts' ids.

    Args:
        acts: acts that share a pair of parties, or all; answers are found among them.
        reports: the report of each page that tells one of them, by capture id.
    """
    found = [one for act in sorted(acts, key=lambda act: act.id) if (one := _made(act, reports)) is not None]
    made = _once(found)
    by_pair: dict[tuple[str, str], list[Act]] = {}
    for act in acts:
        for pair in pairs(act):
            by_pair.setdefault(pair, []).append(act)
    return [_undertaking(one, _others(one.act, by_pair)) for one in made]


def _others(act: Act, by_pair: Mapping[tuple[str, str], Iterable[Act]]) -> list[Act]:
    found = {other.id: other for pair in pairs(act) for other in by_pair.get(pair, ()) if other.id != act.id}
    return [found[id_] for id_ in sorted(found)]


def _made(act: Act, reports: Mapping[str, Report]) -> _Made | None:
    read: dict[str, Commitment] = {}
    for telling in act.tellings:
        for commitment in reports[telling.page].commitments:
            about = commitment.about
            if (about.start, about.end) == (telling.evidence.start, telling.evidence.end) and not telling.denies:
                read[telling.ref] = commitment
    if not read or not act.actors:
        return None
    kinds = Counter(commitment.kind for commitment in read.values())
    return _Made(act, max(sorted(kinds), key=lambda kind: kinds[kind]), read)


def _once(found: Sequence[_Made]) -> list[_Made]:
    """The undertakings without other acts that the same words tell: who promises to lift sanctions, lifts none yet."""
    made = {place for one in found if one.act.type in MAKING for place in _places(one)}
    return [one for one in found if one.act.type in MAKING or not _places(one) <= made]


def _places(made: _Made) -> set[tuple[str, int, int]]:
    """Where the words of an undertaking stand: page, start, end."""
    told = [telling for telling in made.act.tellings if telling.ref in made.read]
    return {(telling.page, telling.evidence.start, telling.evidence.end) for telling in told}


def _undertaking(made: _Made, others: Iterable[Act]) -> Undertaking:
    act = made.act
    steps = _own_steps(made)
    for other in others:
        what = _answer(made, other)
        if what is not None:
            first = other.tellings[0]
            step = Step(page=first.page, event=first.ref, what=what, span=first.evidence, when=other.when)
            if all((step.page, step.span) != (known.page, known.span) for known in steps):
                steps.append(step)
    steps[1:] = sorted(steps[1:], key=_order)
    by, to = (_sides(act)[0], _sides(act)[1:]) if act.type in MUTUAL else (act.actors[0], act.recipients)
    return Undertaking(
        id=act.id, kind=made.kind, by=by, to=list(to), fields=act.contexts, status=_status(made.kind, steps),
        act=act.id, steps=steps,
    )  # fmt: skip


def _sides(act: Act) -> list[Party]:
    """The parties of a mutual act, each once: whoever it is told of first leads."""
    once = {party.code or party.name: party for party in [*act.actors, *act.recipients]}
    return list(once.values())


def _own_steps(made: _Made) -> list[Step]:
    """The making, each telling again, and the answers that its own pages tell."""
    steps: list[Step] = []
    tellings = [telling for telling in made.act.tellings if not telling.denies]
    for i, telling in enumerate(tellings):
        said: Literal["made", "repeated"] = "repeated" if i else "made"
        steps.append(Step(page=telling.page, event=telling.ref, what=said, span=telling.evidence, when=telling.when))
    for telling in tellings:
        commitment = made.read.get(telling.ref)
        if commitment is None or commitment.status == "open":
            continue
        what: What = "accepted" if commitment.status == "kept" else "refused"
        steps += [
            Step(page=telling.page, event=None, what=what, span=span, when=None)
            for span in commitment.steps[1:]
            if span != telling.evidence
        ]
    return steps


def _order(step: Step) -> tuple[bool, str, str, int]:
    return step.when is None, step.when or "", step.page, step.span.start


def _answer(made: _Made, other: Act) -> What | None:
    """What another act does to an undertaking; None where it does nothing, comes before it, or is about another."""
    act = made.act
    if other.status not in ("actual", "negated") or not _after(act, other) or not _about_same(act, other):
        return None
    ours, theirs = _codes(act.actors), _codes(act.recipients)
    doers, whom = _codes(other.actors), _codes(other.recipients)
    by_us = bool(doers & ours and whom & theirs)
    by_them = bool(doers & theirs and whom & ours)
    if other.status == "negated":
        return "broken" if made.kind == "pledge" and by_us and other.type in DELIVERED else None
    if made.kind == "pledge":
        if by_us and other.type in DELIVERED:
            return "kept"
        return "withdrawn" if by_us and other.type == "REJECT" else None
    if by_them and other.type == "REJECT":
        return "refused"
    if by_them and other.type in (YIELDED if made.kind == "demand" else TAKEN):
        return "accepted"
    return "withdrawn" if by_us and other.type == "REJECT" else None


def _codes(parties: Iterable[Party]) -> set[str]:
    return {party.code or party.name for party in parties}


def _after(act: Act, other: Act) -> bool:
    """Whether an act is not told as before another. One without a date is as late as the page that tells it."""
    mine, theirs = _day(act), _day(other)
    return mine is not None and theirs is not None and theirs >= mine


def _day(act: Act) -> int | None:
    """The day of an act, else the first day on which it was told."""
    told = [act.when] if act.when else sorted({t.published for t in act.tellings if t.published})
    first = days(told[0])[0] if told else None
    return first.toordinal() if first else None


def _about_same(act: Act, other: Act) -> bool:
    """Whether two acts share a figure, or a field and some words, or many words."""
    if _figures(act.tellings) & _figures(other.tellings):
        return True
    alike = max(near(one, two) for one in map(_grams, act.tellings) for two in map(_grams, other.tellings))
    return alike >= (ABOUT / 2 if set(act.contexts) & set(other.contexts) else ABOUT)


def _figures(tellings: Iterable[Telling]) -> set[tuple[float, str]]:
    return {(float(q.value), q.unit) for t in tellings for q in t.quantities if q.value is not None and q.unit}


def _grams(telling: Telling) -> frozenset[str]:
    return grams(words(telling.evidence.text))


def _status(kind: Kind, steps: Sequence[Step]) -> Answer:
    """What the last decisive step says; steps without a date count as told last."""
    decisive = [STATUS[kind, step.what] for step in steps if (kind, step.what) in STATUS]  # type: ignore[index]
    return decisive[-1] if decisive else "open"
