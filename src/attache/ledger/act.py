"""From the tellings of one act to the act: what it is, who tells it, what stands of it.

Nothing is averaged. Where tellings differ, the act carries what most independent origins tell, and the others stand in
its disputes and in the tellings themselves.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from attache.ledger.block import denial_keys, keys
from attache.ledger.dispute import disputes
from attache.ledger.group import groups, joins, standing
from attache.ledger.item import days, party, prepare
from attache.ledger.light import NO_MEDIA, Lit, Media
from attache.ledger.noun import Act, Denial, Dispute, Join, Party, Report, Standing, Telling, Told, Verdict
from attache.ledger.origin import Origins, origins
from attache.record import Actor, Mark, Place

ID_DIGITS = 16
FOREVER = 10**7  # days; of a date that is open on one side


class Stands(NamedTuple):
    """What the reports together make of an act, and the rule."""

    standing: Standing
    why: str


def act_id(group: Sequence[Told]) -> str:
    """The id of an act at its birth: 16 hexadecimal digits of the digest of its first telling by ref."""
    return hashlib.sha256(min(told.ref for told in group).encode()).hexdigest()[:ID_DIGITS]


def acts(pages: Iterable[Lit], verdicts: Iterable[Verdict] = (), known: Media = NO_MEDIA) -> list[Act]:
    """The acts that pages tell, by id; the same whatever the order of the pages. One capture counts once."""
    once = {page.report.id: page for page in sorted(pages, key=lambda page: page.report.uri, reverse=True)}
    reports = {id_: page.report for id_, page in once.items()}
    tolds = [told for page in once.values() for told in page.tolds]
    found = joins(tolds)
    made = groups(tolds, found, verdicts)
    near = _near(made, [denial for page in once.values() for denial in page.denials])
    tied = _tied(made, found, verdicts)
    out = [
        assemble(group, reports, tied[i], near[i], act_id(group), known=known, mended=reports.values())
        for i, group in enumerate(made)
    ]
    return sorted(out, key=lambda act: act.id)


def _near(made: Sequence[Sequence[Told]], denials: Sequence[Denial]) -> dict[int, list[Denial]]:
    """For each group the denials worth holding against it: of its own pages, and those that share a key."""
    out: dict[int, dict[str, Denial]] = defaultdict(dict)
    by_ref = {told.ref: i for i, group in enumerate(made) for told in group}
    by_key: dict[int, list[int]] = defaultdict(list)
    if denials:
        for i, group in enumerate(made):
            for key in {key for told in group for key in keys(prepare(told))}:
                by_key[key].append(i)
    for denial in denials:
        for i in {by_ref[ref] for ref in denial.events if ref in by_ref}:
            out[i][denial.ref] = denial
        for key in denial_keys(denial):
            for i in by_key.get(key, ()):
                out[i][denial.ref] = denial
    return defaultdict(list, {i: list(found.values()) for i, found in out.items()})


def _tied(made: Sequence[Sequence[Told]], found: Iterable[Join], verdicts: Iterable[Verdict]) -> dict[int, list[Join]]:
    """The joins that hold each group together, those of persons first."""
    of = {told.ref: i for i, group in enumerate(made) for told in group}
    out: dict[int, list[Join]] = defaultdict(list)
    for join in [*said(verdicts), *found]:
        if join.one in of and of[join.one] == of.get(join.two, -1):
            out[of[join.one]].append(join)
    return out


def said(verdicts: Iterable[Verdict]) -> list[Join]:
    """The joins that persons made, in order of refs."""
    return [
        Join(one=pair[0], two=pair[1], reasons=["a person said so"], by="person", weight=0.0)
        for pair, verdict in sorted(standing(verdicts).items())
        if verdict.kind == "together"
    ]


def assemble(
    group: Sequence[Told],
    reports: Mapping[str, Report],
    found: Iterable[Join],
    denials: Sequence[Denial],
    id_: str,
    *,
    known: Media = NO_MEDIA,
    mended: Iterable[Report] = (),
) -> Act:
    """One act.

    Args:
        group: its tellings, at least one.
        reports: the report of each of their pages, by capture id.
        found: joins; those between two of its tellings are kept.
        denials: denials that may be about it.
        id_: its id.
        known: the media of the lexicon, so that two names of one agency are one source.
        mended: reports among which are those that correct or withdraw pages of the group.
    """
    ordered = sorted(group, key=lambda told: (told.published is None, told.published or "", told.ref))
    refs = {told.ref for told in group}
    source = origins(group, reports, known)
    disputed = disputes(ordered, denials, source.number)
    lead = _lead(group)
    told_of = [told for told in group if told.event.type == lead.event.type]
    status = _status(group, lead)
    stands = _standing(ordered, reports, source, disputed, mended)
    event = lead.event
    return Act(
        id=id_, type=event.type, mode=event.mode,
        contexts=list(dict.fromkeys(c for told in ordered for c in told.event.contexts)),
        cameo=event.cameo, goldstein=event.goldstein,
        actors=_parties(event.actors, [a for told in told_of for a in told.event.actors]),
        recipients=_parties(event.recipients, [a for told in told_of for a in told.event.recipients]),
        status=status, standing=stands.standing, standing_why=stands.why, when=_when(ordered, source),
        where=_where(ordered),
        tellings=[_telling(told, reports[told.page], source, denies=_denies(told, status)) for told in ordered],
        joins=[join for join in found if join.one in refs and join.two in refs],
        disputes=disputed,
        reports=len({told.page for told in group}),
        outlets=len({maker for told in group for maker in reports[told.page].makers[-1:]}),
        origins=source.total,
        countries=sorted({country for told in group if (country := reports[told.page].country)}),
    )  # fmt: skip


def _lead(group: Sequence[Told]) -> Told:
    """The telling whose coding speaks for the act: the commonest type, mode and sides, then the surest telling."""
    kinds = Counter((told.event.type, told.event.mode, told.event.cameo) for told in group)
    sides = Counter(_coded(told) for told in group)

    def rank(told: Told) -> tuple[int, int, bool, float, str]:
        event = told.event
        often = kinds[event.type, event.mode, event.cameo], sides[_coded(told)]
        return (*often, event.status != "negated", event.confidence, told.ref)

    return max(group, key=rank)


def _coded(told: Told) -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(map(party, told.event.actors)), frozenset(map(party, told.event.recipients))


def _parties(side: Sequence[Actor], everywhere: Sequence[Actor]) -> list[Party]:
    """The parties of a side, each by the name that most tellings give it, of equals the longest."""
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for actor in everywhere:
        names[party(actor)][actor.name or actor.text] += 1
    once = {party(actor): actor for actor in side}
    return [
        Party(code=actor.code, name=max(names[key].items(), key=lambda item: (item[1], len(item[0]), item[0]))[0])
        for key, actor in once.items()
    ]


def _status(group: Sequence[Told], lead: Told) -> Mark:
    """Actual where any telling says so: a denial beside it is a dispute, not another act."""
    marks = {told.event.status for told in group}
    return "actual" if "actual" in marks else lead.event.status


def _denies(told: Told, status: Mark) -> bool:
    return told.event.status == "negated" and status != "negated"


def _window(when: str) -> tuple[int, int]:
    first, last = days(when)
    return first.toordinal() if first else 0, last.toordinal() if last else FOREVER


def _when(group: Sequence[Told], source: Origins) -> str | None:
    """The date that most origins allow, of equals the narrowest, then the first."""
    values = {told.event.when for told in group if told.event.when}
    windows = [(source.number[told.ref], _window(told.event.when)) for told in group if told.event.when]

    def rank(value: str) -> tuple[int, int, str]:
        first, last = _window(value)
        allowed = {number for number, (low, high) in windows if first <= high and low <= last}
        return -len(allowed), last - first, value

    return min(values, key=rank) if values else None


def _where(group: Sequence[Told]) -> list[Place]:
    """Each place once for each role, as first told."""
    once: dict[tuple[str, str, str], Place] = {}
    for told in group:
        for place in told.event.where:
            once.setdefault((place.role, place.country or "", place.city or place.text), place)
    return list(once.values())


def _telling(told: Told, report: Report, source: Origins, *, denies: bool) -> Telling:
    event = told.event
    return Telling(
        ref=told.ref, page=told.page, event=event.id, uri=report.uri, outlet=report.outlet, account=report.account,
        country=report.country, published=report.published, taken_in=report.taken_in, status=event.status,
        claimants=event.claimants, when=event.when, where=event.where, quantities=event.quantities,
        evidence=event.evidence, confidence=event.confidence, origin=source.number[told.ref],
        origin_why=source.why[told.ref], denies=denies,
    )  # fmt: skip


def _standing(
    group: Sequence[Told],
    reports: Mapping[str, Report],
    source: Origins,
    disputed: Sequence[Dispute],
    mended: Iterable[Report],
) -> Stands:
    """What stands of an act. The first rule that holds: withdrawn, denied or disputed, corroborated, told."""
    telling = [told for told in group if told.event.status != "negated"] or list(group)
    if _withdrawn([reports[told.page] for told in telling], mended):
        return Stands("retracted", "whoever told it has withdrawn the page")
    told_by = len({source.number[told.ref] for told in telling})
    denials = [one for one in disputed if one.what == "act" and not one.declined]
    if denials and told_by == 1:
        return Stands("denied", "one origin tells it and it is denied")
    if denials:
        return Stands("disputed", f"{told_by} independent origins tell it and it is denied")
    if told_by > 1:
        return Stands("corroborated", f"{told_by} independent origins tell it and none denies it")
    return Stands("told", "one origin tells it")


def _withdrawn(telling: Sequence[Report], mended: Iterable[Report]) -> bool:
    """Whether each page that tells an act is withdrawn by another version of it that is not told to be older."""
    notices = [report for report in mended if report.corrects == "withdrawal"]
    return bool(notices) and all(any(_withdraws(notice, page) for notice in notices) for page in telling)


def _withdraws(notice: Report, page: Report) -> bool:
    if notice.address != page.address or notice.id == page.id or page.corrects == "withdrawal":
        return False
    return not (notice.published and page.published) or _window(notice.published)[1] >= _window(page.published)[0]
