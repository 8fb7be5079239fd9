"""What of an act is disputed: denials that attach to it, figures and dates that contradict each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from math import inf
from typing import NamedTuple

from attache.ledger.item import SPEECH, Item, days, prepare
from attache.ledger.noun import Denial, Dispute, Disputed, Side, Told
from attache.ledger.words import grams, near, words
from attache.lexicon.fold import fold
from attache.lexicon.load import read_ledger_words
from attache.record import Quantity, Span

ABOUT = 0.5  # of the words denied that stand in what another page tells
ABOUT_LENGTH = 6  # words; fewer deny nothing in particular
WITHIN_DAYS = 7  # between a denial and the page that tells what it denies
ROUNDED = 0.1  # of a figure that is told as "about"


class Denied(NamedTuple):
    """A denial made ready for comparison: codes of its last source, the words that it is about, its days."""

    denial: Denial
    deniers: frozenset[str]
    about: frozenset[str]
    length: int
    published: tuple[int, int] | None


def denied(denial: Denial) -> Denied:
    """Make a denial ready. What it is about are the words denied, else its own."""
    told = words(" ".join(span.text for span in (denial.about or [denial.evidence])))
    first, last = days(denial.published)
    published = (first.toordinal(), last.toordinal()) if first and last else None
    deniers = frozenset(claimant.code for claimant in denial.by[-1:] if claimant.code)
    return Denied(denial, deniers, grams(told), len(told), published)


def concerns(here: Denied, item: Item, evidence: Span) -> bool:
    """Whether a denial is about an event.

    On its own page the reader has said so, but for a party's own speech that denies: that is no dispute of itself. Of
    another page, where its own tells no act that it is about, the denial must name both sides of a dyad, have half of
    its words there, and stand within a week.
    """
    if item.ref in here.denial.events:
        inside = evidence.start <= here.denial.evidence.start and here.denial.evidence.end <= evidence.end
        return not (inside and item.type in SPEECH and here.deniers & item.actors)
    if here.denial.events or item.page == here.denial.page or here.length < ABOUT_LENGTH:
        return False
    named = set(here.denial.parties)
    if not any(one in named and two in named for one, two in item.dyads):
        return False
    if here.published and item.published:
        gap = max(here.published[0] - item.published[1], item.published[0] - here.published[1])
        if gap > WITHIN_DAYS:
            return False
    return near(here.about, item.evidence) >= ABOUT


@cache
def _cues() -> tuple[tuple[Disputed, tuple[str, ...]], ...]:
    found = read_ledger_words()
    return (
        ("first step", tuple(fold(word).text for word in found.first_step)),
        ("figure", tuple(fold(word).text for word in found.figure)),
        ("date", tuple(fold(word).text for word in found.date)),
        ("words", tuple(fold(word).text for word in found.words)),
    )


def what(denial: Denial, *, speech: bool = False) -> Disputed:
    """What of an act a denial is about: who took the first step, a figure, the date, the words as told, else the act.

    ``speech``: the act is a request, a charge or the like, which is itself the first step.
    """
    text = fold(denial.evidence.text).text
    found: Disputed = next((kind for kind, cues in _cues() if any(cue in text for cue in cues)), "act")
    return "act" if found == "first step" and speech else found


def disputes(group: Sequence[Told], denials: Sequence[Denial], number: Mapping[str, int]) -> list[Dispute]:
    """All that is disputed of an act. ``number``: the origin of each telling."""
    items = [prepare(told) for told in group]
    met = [denial for denial in denials if _met(denied(denial), items, group)]
    met.sort(key=lambda denial: (denial.published or "", denial.ref))
    speech = any(item.type in SPEECH for item in items)
    out = [_dispute(denial, speech=speech) for denial in met]
    said = {(denial.page, claimant.start) for denial in denials for claimant in denial.by}
    out += [one for told in group for one in _unsaid(told, said)]
    out += _negated(group)
    return [*out, *_figures(group, number), *_dates(group, number)]


def _met(here: Denied, items: Sequence[Item], group: Sequence[Told]) -> bool:
    return any(concerns(here, item, told.event.evidence) for item, told in zip(items, group, strict=True))


def _dispute(denial: Denial, *, speech: bool) -> Dispute:
    return Dispute(
        what=what(denial, speech=speech), by=denial.by[-1:], declined=denial.declined, denial=denial.evidence,
        page=denial.page, statement=denial.statement, event=None,
        about=denial.about[0].text if denial.about else "", sides=[],
    )  # fmt: skip


def _unsaid(told: Told, said: set[tuple[str, int]]) -> list[Dispute]:
    """Who disputes an event on its own page without a told denial."""
    left = [claimant for claimant in told.event.disputed_by if (told.page, claimant.start) not in said]
    if not left:
        return []
    return [
        Dispute(
            what="act", by=left, declined=False, denial=None, page=told.page, statement=None, event=told.ref,
            about=told.event.evidence.text, sides=[],
        )
    ]  # fmt: skip


def _negated(group: Sequence[Told]) -> list[Dispute]:
    """Tellings that the act did not happen, beside others that it did."""
    against = [told for told in group if told.event.status == "negated"]
    if len(against) == len(group):
        return []
    return [
        Dispute(
            what="act", by=told.event.claimants, declined=False, denial=told.event.evidence, page=told.page,
            statement=None, event=told.ref, about="", sides=[],
        )
        for told in against
    ]  # fmt: skip


def _sides(values: Mapping[str, list[str]], number: Mapping[str, int]) -> list[Side]:
    return [
        Side(value=value, tellings=sorted(refs), origins=sorted({number[ref] for ref in refs}))
        for value, refs in sorted(values.items())
    ]


def _contradiction(kind: Disputed, about: str, sides: list[Side]) -> Dispute:
    return Dispute(
        what=kind, by=[], declined=False, denial=None, page=None, statement=None, event=None, about=about, sides=sides
    )


def _dates(group: Sequence[Told], number: Mapping[str, int]) -> list[Dispute]:
    """The dates told, side by side, where two of them cannot both be right."""
    values: dict[str, list[str]] = defaultdict(list)
    for told in group:
        if told.event.when:
            values[told.event.when].append(told.ref)
    windows = [days(value) for value in values]
    apart = any(a[0] and b[1] and a[0] > b[1] for a in windows for b in windows)
    return [_contradiction("date", "", _sides(values, number))] if apart else []


def _figures(group: Sequence[Told], number: Mapping[str, int]) -> list[Dispute]:
    """Figures of one unit and one thing counted, of which two cannot both be right. Two on one page tell none."""
    told: dict[tuple[str, str], dict[str, Quantity]] = defaultdict(dict)
    for one in group:
        for counted_in, quantity in _single(one).items():
            told[counted_in][one.ref] = quantity
    out = []
    for (unit, counted), single in sorted(told.items()):
        if _contradict(single.values()):
            values: dict[str, list[str]] = defaultdict(list)
            for ref, quantity in single.items():
                values[quantity.text].append(ref)
            out.append(_contradiction("figure", counted or unit, _sides(values, number)))
    return out


def figures_apart(one: Told, two: Told) -> bool:
    """Whether two tellings give figures of one unit and one thing counted that cannot both be right."""
    ours, theirs = _single(one), _single(two)
    return any(_contradict([ours[kind], theirs[kind]]) for kind in ours.keys() & theirs.keys())


def _single(told: Told) -> dict[tuple[str, str], Quantity]:
    """The figures of a telling by unit and thing counted, where it gives one of them only."""
    found: dict[tuple[str, str], list[Quantity]] = defaultdict(list)
    for quantity in told.event.quantities:
        if quantity.value is not None:
            found[quantity.unit or "", fold(quantity.what or "").text].append(quantity)
    return {kind: quantities[0] for kind, quantities in found.items() if len(quantities) == 1}


def _contradict(quantities: Iterable[Quantity]) -> bool:
    ranges = [_range(quantity) for quantity in quantities]
    return any(a[0] > b[1] for a in ranges for b in ranges)


def _range(quantity: Quantity) -> tuple[float, float]:
    """The least and the greatest value that a figure allows."""
    value = float(quantity.value or 0)
    high = float(quantity.high if quantity.high is not None else value)
    if quantity.bound in ("over", "at least"):
        return value, inf
    if quantity.bound in ("under", "at most"):
        return -inf, value
    spread = abs(value) * ROUNDED if quantity.bound == "about" else 0.0
    return value - spread, max(value, high) + spread
