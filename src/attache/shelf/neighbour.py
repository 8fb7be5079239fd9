"""Which events hang together: candidates by the keys of blocks, possible joins as edges, neighbourhoods of what is new.

A neighbourhood holds all events that edges, persons' verdicts or a present act tie to an event; what stands outside it
cannot change an act inside, so it alone is settled again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple, TypeVar

from attache.ledger.item import Item, prepare
from attache.ledger.light import Media, media
from attache.ledger.noun import Denial, Join, Report, Told, Verdict
from attache.ledger.same import same
from attache.shelf import pages
from attache.shelf.dialect import Base, Row

MOST_KEPT = 10_000  # of each in memory: reports, events, denials
MOST_ITEMS = 50_000  # events made ready for comparison, which takes longer than reading them
T = TypeVar("T")


class Bound(NamedTuple):
    """An event where it stands: its page, its ref, the act (number, id) that it tells now."""

    page: int
    ref: str
    act: int | None
    id: str | None


class Neighbourhood(NamedTuple):
    """Events by number, the possible joins and the verdicts among them."""

    events: dict[int, Bound]
    joins: list[Join]
    verdicts: list[Verdict]


class Memory:
    """What was read from the ledger, by number. A number once written always means the same; nothing here grows old.

    What a transaction that was undone had read is not to be kept: its numbers are given again.
    """

    def __init__(self, base: Base) -> None:
        self.base = base
        self._reports: dict[int, Report] = {}
        self._tolds: dict[int, Told] = {}
        self._items: dict[int, Item] = {}
        self._denials: dict[int, Denial] = {}

    def reports(self, numbers: Iterable[int]) -> dict[int, Report]:
        """The reports of pages."""
        sql = "select p.page_pk, p.light, c.taken_in from page p join capture c using (capture_pk) where "
        return self._get(self._reports, numbers, sql, "p.page_pk", lambda row: pages.report(self.base, *row))

    def tolds(self, numbers: Iterable[int]) -> dict[int, Told]:
        """Events as told."""
        sql = "select event_pk, told from event where "
        return self._get(self._tolds, numbers, sql, "event_pk", lambda row: pages.told(self.base, *row))

    def denials(self, numbers: Iterable[int]) -> dict[int, Denial]:
        """Denials as told."""
        sql = "select denial_pk, body from denial where "
        return self._get(self._denials, numbers, sql, "denial_pk", lambda row: pages.denial(self.base, *row))

    @cached_property
    def media(self) -> Media:
        """The media of the lexicon by every name; read when first asked for."""
        return media()

    def items(self, numbers: Iterable[int]) -> dict[int, Item]:
        """Events made ready for comparison."""
        sql = "select event_pk, told from event where "
        return self._get(
            self._items, numbers, sql, "event_pk", lambda row: prepare(pages.told(self.base, *row)), MOST_ITEMS
        )

    def _get(
        self,
        kept: dict[int, T],
        numbers: Iterable[int],
        sql: str,
        key: str,
        make: Callable[[Row], T],
        most: int = MOST_KEPT,
    ) -> dict[int, T]:
        asked = set(numbers)
        found = {one: kept[one] for one in asked & kept.keys()}
        lacking = asked - found.keys()
        if lacking:
            where, params = self.base.within(key, sorted(lacking))
            for row in self.base.run(sql + where, params):
                found[row[0]] = kept[row[0]] = make(row)
            while len(kept) > most:
                del kept[next(iter(kept))]  # the oldest
        return found


def bind(memory: Memory, events: Mapping[int, Sequence[int]]) -> None:
    """Find the possible joins of new events, each given with its keys, and keep them as edges."""
    base = memory.base
    pairs = {(min(pair), max(pair)) for pair in _meeting(base, events, "block", "event_pk") if pair[0] != pair[1]}
    items = memory.items({one for pair in pairs for one in pair})
    rows = []
    for one, two in sorted(pairs):
        join = same(items[one], items[two])
        if join is not None:
            rows.append((one, two, join.weight, "|".join(join.reasons)))
    base.many("insert into edge values (?, ?, ?, ?) on conflict do nothing", rows)


def hold(base: Base, events: Mapping[int, Sequence[int]], denials: Mapping[int, Sequence[int]]) -> set[int]:
    """Note which denials may be about which events, of what is new, given with its keys, and what is there.

    Gives the events that new denials may be about.
    """
    met = {(event, denial) for event, denial in _meeting(base, events, "denial_block", "denial_pk")}
    hit = {(event, denial) for denial, event in _meeting(base, denials, "block", "event_pk")}
    base.many("insert into near values (?, ?) on conflict do nothing", sorted(met | hit))
    return {event for event, _ in hit}


def _meeting(base: Base, new: Mapping[int, Sequence[int]], table: str, column: str) -> Iterator[tuple[int, int]]:
    """Pairs of what is new and what stands in a table of keys, that share a key."""
    by_key = _by_key(new)
    if by_key:
        where, params = base.within("key", sorted(by_key))
        for key, other in base.run(f"select key, {column} from {table} where {where}", params):
            yield from ((one, other) for one in by_key[key])


def _by_key(new: Mapping[int, Sequence[int]]) -> dict[int, list[int]]:
    out: dict[int, list[int]] = {}
    for one, keys in new.items():
        for key in keys:
            out.setdefault(key, []).append(one)
    return out


def denials_about(memory: Memory, events: Iterable[int], at: int | None = None) -> dict[int, list[Denial]]:
    """For each event the denials that may be about it: of its own page, or of others that share a key with it.

    Of pages that stand now, or stood at a revision.
    """
    where, params = memory.base.within("e.event_pk", sorted(set(events)))
    stands = pages.standing("p", at)
    own = memory.base.run(
        f"""select e.event_pk, d.denial_pk from event e join denial d on d.page_pk = e.page_pk where {where}""", params
    )
    keyed = memory.base.run(
        f"""select e.event_pk, e.denial_pk from near e join denial d on d.denial_pk = e.denial_pk
            join page p on p.page_pk = d.page_pk where {stands} and {where}""",
        params,
    )
    found = memory.denials({row[1] for row in (*own, *keyed)})
    tolds = memory.tolds({row[0] for row in own})
    about = {(event, one) for event, one in own if tolds[event].ref in found[one].events} | set(keyed)
    out: dict[int, list[Denial]] = {}
    for event, one in sorted(about):
        out.setdefault(event, []).append(found[one])
    return out


def mended(memory: Memory, reports: Iterable[Report], at: int | None = None) -> list[Report]:
    """The reports that correct or withdraw an earlier text at the address of one of these."""
    where, params = memory.base.within("p.address", sorted({report.address for report in reports}))
    sql = f"select page_pk from page p where corrects is not null and {pages.standing('p', at)} and {where}"
    return list(memory.reports(row[0] for row in memory.base.run(sql, params)).values())


def neighbourhoods(base: Base, seeds: Iterable[int], verdicts: Sequence[Verdict]) -> list[Neighbourhood]:
    """What hangs together with the events given; each event stands in exactly one neighbourhood."""
    events, ties, joins = _reached(base, seeds, verdicts)
    root = {one: one for one in events}

    def top(one: int) -> int:
        while root[one] != one:
            root[one] = root[root[one]]
            one = root[one]
        return one

    for one, two in ties:
        low, high = sorted((top(one), top(two)))
        root[high] = low
    groups: dict[int, Neighbourhood] = {}
    for one in sorted(events):
        groups.setdefault(top(one), Neighbourhood({}, [], [])).events[one] = events[one]
    by_ref = {bound.ref: one for one, bound in events.items()}
    for join in joins:
        groups[top(by_ref[join.one])].joins.append(join)
    for verdict in verdicts:
        for group in {top(by_ref[ref]) for ref in (verdict.one, verdict.two) if ref in by_ref}:
            groups[group].verdicts.append(verdict)
    return list(groups.values())


def _reached(
    base: Base, seeds: Iterable[int], verdicts: Sequence[Verdict]
) -> tuple[dict[int, Bound], list[tuple[int, int]], list[Join]]:
    """All present events that can be reached from the seeds, the pairs that are tied, the possible joins."""
    events: dict[int, Bound] = {}
    rows: dict[tuple[int, int], tuple[float, str]] = {}
    together = [(one.one, one.two) for one in verdicts if one.kind == "together"]
    new = set(seeds)
    while new:
        layer = present(base, sorted(new))
        events.update(layer)
        reached = _along_edges(base, layer, rows)
        reached |= _members(base, {bound.act for bound in layer.values() if bound.act is not None})
        refs = {bound.ref for bound in layer.values()}
        linked = {ref for pair in together if refs & set(pair) for ref in pair}
        reached |= set(numbers(base, sorted(linked - refs)).values())
        new = reached - events.keys() - new
    by_ref = {bound.ref: one for one, bound in events.items()}
    ties = [pair for pair in sorted(rows) if pair[0] in events and pair[1] in events]
    joins = sorted((_join(events, pair, *rows[pair]) for pair in ties), key=_refs)
    ties += [(by_ref[one], by_ref[two]) for one, two in together if one in by_ref and two in by_ref]
    first: dict[int, int] = {}
    for one, bound in events.items():
        if bound.act is not None:
            ties.append((first.setdefault(bound.act, one), one))
    return events, ties, joins


def _join(events: Mapping[int, Bound], pair: tuple[int, int], weight: float, reasons: str) -> Join:
    one, two = sorted(events[number].ref for number in pair)
    return Join(one=one, two=two, reasons=reasons.split("|"), by="rule", weight=weight)  # type: ignore[arg-type]


def _refs(join: Join) -> tuple[str, str]:
    return join.one, join.two


def joins_among(base: Base, events: Mapping[int, Bound]) -> list[Join]:
    """The possible joins between events."""
    rows: dict[tuple[int, int], tuple[float, str]] = {}
    _along_edges(base, events, rows)
    inside = (pair for pair in rows if pair[0] in events and pair[1] in events)
    return sorted((_join(events, pair, *rows[pair]) for pair in inside), key=_refs)


def present(base: Base, events: Sequence[int]) -> dict[int, Bound]:
    """Those of the events that stand on a present page."""
    where, params = base.within("e.event_pk", events)
    sql = f"""select e.event_pk, e.page_pk, e.ref, t.act_pk, a.id from event e join page p using (page_pk)
        left join telling t on t.event_pk = e.event_pk and t.until is null
        left join act a on a.act_pk = t.act_pk where p.until is null and {where}"""
    return {row[0]: Bound(*row[1:]) for row in base.run(sql, params)}


def _along_edges(base: Base, layer: Iterable[int], rows: dict[tuple[int, int], tuple[float, str]]) -> set[int]:
    reached: set[int] = set()
    for side in ("one", "two"):
        where, params = base.within(side, sorted(layer))
        for one, two, weight, reasons in base.run(f"select one, two, weight, reasons from edge where {where}", params):
            rows[one, two] = weight, reasons
            reached |= {one, two}
    return reached


def _members(base: Base, acts: set[int]) -> set[int]:
    if not acts:
        return set()
    where, params = base.within("act_pk", sorted(acts))
    return {row[0] for row in base.run(f"select event_pk from telling where until is null and {where}", params)}


def numbers(base: Base, refs: Sequence[str]) -> dict[str, int]:
    """The present events of refs."""
    if not refs:
        return {}
    where, params = base.within("e.ref", refs)
    sql = f"select e.ref, e.event_pk from event e join page p using (page_pk) where p.until is null and {where}"
    return dict(base.run(sql, params))
