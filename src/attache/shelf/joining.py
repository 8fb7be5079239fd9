"""Brings the acts of a ledger from what stood to what its events now tell, and notes every change.

The rules stand in ``attache.ledger``; here their answers are kept: acts with their tellings and states through time.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from attache.ledger.act import act_id, assemble, said
from attache.ledger.group import groups
from attache.ledger.noun import Act, Denial, Join, Party, Told, Verdict
from attache.read.time.calendar import bounds
from attache.shelf.dialect import Base
from attache.shelf.neighbour import Bound, Memory, Neighbourhood, denials_about, mended, neighbourhoods
from attache.shelf.pages import whole
from attache.shelf.revision import Log

_ENCODE = msgspec.msgpack.Encoder()


def resettle(
    memory: Memory, log: Log, seeds: Iterable[int], verdicts: Sequence[Verdict], *, cause: str = "ingest", why: str = ""
) -> None:
    """Settle the neighbourhoods of events again and note what changes. ``cause`` is a kind of revision."""
    hoods = neighbourhoods(memory.base, seeds, verdicts)
    about = denials_about(memory, [event for hood in hoods for event in hood.events])
    for hood in hoods:
        Change(memory.base, log, cause, why).apply(hood, settled(memory, hood, about))


def settled(memory: Memory, hood: Neighbourhood, about: Mapping[int, Sequence[Denial]]) -> list[Act]:
    """The acts of a neighbourhood. Each keeps the oldest id that most of its tellings have; others get a new one."""
    tolds = memory.tolds(hood.events)
    refs = {bound.ref: event for event, bound in hood.events.items()}
    joins = [*said(hood.verdicts), *hood.joins]
    found = groups([tolds[event] for event in sorted(tolds)], hood.joins, hood.verdicts)
    return [
        put_together(memory, {refs[told.ref]: told for told in group}, joins, about, id_, hood.events)
        for group, id_ in zip(found, names(memory.base, found, hood), strict=True)
    ]


def put_together(
    memory: Memory,
    group: Mapping[int, Told],
    joins: Sequence[Join],
    about: Mapping[int, Sequence[Denial]],
    id_: str,
    places: Mapping[int, Bound],
    at: int | None = None,
) -> Act:
    """The act that events tell, given by number, with where each stands in ``places``; now, or as of a revision."""
    reports = {report.id: report for report in memory.reports(places[event].page for event in group).values()}
    denials = {denial.ref: denial for event in group for denial in about.get(event, ())}
    return assemble(
        list(group.values()), reports, joins, [denials[ref] for ref in sorted(denials)], id_,
        known=memory.media, mended=mended(memory, reports.values(), at),
    )  # fmt: skip


def names(base: Base, found: Sequence[Sequence[Told]], hood: Neighbourhood) -> list[str]:
    """The ids of the acts that groups are: an old act lives on where most of its tellings are, the older act first."""
    shares: dict[tuple[int, str], dict[int, int]] = {}
    of = {bound.ref: bound for bound in hood.events.values()}
    for place, group in enumerate(found):
        for told in group:
            bound = of[told.ref]
            if bound.act is not None and bound.id is not None:
                count = shares.setdefault((bound.act, bound.id), {})
                count[place] = count.get(place, 0) + 1
    named: dict[int, str] = {}
    for (_, id_), count in sorted(shares.items()):
        place = max(count, key=lambda one: (count[one], -one))
        named.setdefault(place, id_)
    taken = {bound.id for bound in hood.events.values()}
    return [named.get(place) or _new(base, group, taken) for place, group in enumerate(found)]


def _new(base: Base, group: Sequence[Told], taken: Collection[str | None]) -> str:
    """A new id that no living act has; that of an act that became part of another may come back to life."""
    id_ = act_id(list(group))
    alive = "select 1 from act join state using (act_pk) where id = ? and until is null"
    while id_ in taken or base.one(alive, [id_]):
        id_ = hashlib.sha256(id_.encode()).hexdigest()[: len(id_)]
    return id_


def end(base: Base, act: int, since: int, gone: Sequence[int] | None = None) -> None:
    """End the present state of an act, and its tellings: all, or those events that are given."""
    base.run("update state set until = ?, body = null where act_pk = ? and until is null", [since, act])
    if gone is None:
        base.run("update telling set until = ? where act_pk = ? and until is null", [since, act])
    for event in gone or ():
        sql = "update telling set until = ? where act_pk = ? and event_pk = ? and until is null"
        base.run(sql, [since, act, event])


class Change:
    """Brings the acts of one neighbourhood from what stood to what is found now."""

    def __init__(self, base: Base, log: Log, cause: str, why: str) -> None:
        self.base = base
        self.log = log
        self.cause = cause
        self.why = why

    def apply(self, hood: Neighbourhood, acts: Sequence[Act]) -> None:
        """Write new acts, grown and shrunk ones, and end those that are now part of others."""
        refs = {bound.ref: event for event, bound in hood.events.items()}
        before: dict[str, set[str]] = {}
        numbers: dict[str, int] = {}
        for bound in hood.events.values():
            if bound.id is not None and bound.act is not None:
                before.setdefault(bound.id, set()).add(bound.ref)
                numbers[bound.id] = bound.act
        for act in acts:
            if act.id not in numbers:
                numbers[act.id] = self._number(act.id)
        for id_ in sorted(before.keys() - {act.id for act in acts}):
            heir = max(acts, key=lambda act: (len(before[id_] & {t.ref for t in act.tellings}), act.id))
            since = self.log.add(
                "join" if self.cause == "ingest" else self.cause, numbers[id_], f"is one act with {heir.id}",
                self.why or _reasons(heir, before[id_]), numbers[heir.id],
            )  # fmt: skip
            end(self.base, numbers[id_], since)
            self.base.run("update act set became = ? where act_pk = ?", [numbers[heir.id], numbers[id_]])
        for act in acts:
            self._one(act, numbers[act.id], before.get(act.id, set()), refs)

    def _one(self, act: Act, number: int, before: set[str], refs: dict[str, int]) -> None:
        body = _ENCODE.encode(act)
        after = {telling.ref for telling in act.tellings}
        if before:
            row = self.base.one("select body from state where act_pk = ? and until is null", [number])
            if row is not None and row[0] is not None:
                with whole(self.base, f"act {act.id}"):
                    if zlib.decompress(row[0]) == body:
                        return
        kind, what, why = self._told(act, before, after)
        since = self.log.add(kind, number, what, why)
        end(self.base, number, since, [refs[ref] for ref in before - after])
        self.base.run("update act set became = null where act_pk = ? and became is not null", [number])
        rows = [(number, refs[ref], since) for ref in sorted(after - before)]
        self.base.many("insert into telling values (?, ?, ?, null)", rows)
        self._state(act, number, since, body)

    def _told(self, act: Act, before: set[str], after: set[str]) -> tuple[str, str, str]:
        """Kind, what and why of an act's change."""
        added, gone = sorted(after - before), sorted(before - after)
        if not before:
            kind = "ingest" if self.cause == "ingest" else self.cause
            return kind, "first told by " + ", ".join(added), self.why or _reasons(act, after)
        what = "; ".join(
            part for part in (
                "also told by " + ", ".join(added) if added else "",
                "no longer told by " + ", ".join(gone) if gone else "",
            ) if part
        )  # fmt: skip
        kind = self.cause if self.cause != "ingest" else "join" if added else "part" if gone else "ingest"
        return kind, what or f"now {act.standing}: {act.standing_why}", self.why or _reasons(act, set(added))

    def _number(self, id_: str) -> int:
        row = self.base.one("select act_pk from act where id = ?", [id_])
        if row is not None:
            return int(row[0])
        number = int(self.base.run("select coalesce(max(act_pk), 0) + 1 from act")[0][0])
        self.base.run("insert into act values (?, ?, null)", [number, id_])
        return number

    def _state(self, act: Act, number: int, since: int, body: bytes) -> None:
        low, high = bounds(act.when)
        head = msgspec.structs.replace(act, tellings=[], joins=[], disputes=[])
        self.base.run(
            "insert into state values (?, ?, null, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [number, since, act.type, act.status, act.standing, low.isoformat() if low else None,
             high.isoformat() if high else None, act.reports, act.outlets, act.origins, _ENCODE.encode(head),
             zlib.compress(body)],
        )  # fmt: skip
        sides = {(code(one), "actor", number, since) for one in act.actors}
        sides |= {(code(one), "recipient", number, since) for one in act.recipients}
        self.base.many("insert into side values (?, ?, ?, ?)", sorted(sides))


def code(party: Party) -> str:
    """How an index calls a side: its code, else its name in quotation marks."""
    return party.code or f"“{party.name}”"


def _reasons(act: Act, refs: set[str]) -> str:
    """Why the tellings of some refs belong to an act, in the words of its joins."""
    told = dict.fromkeys(reason for join in act.joins if {join.one, join.two} & refs for reason in join.reasons)
    return ", ".join(told)
