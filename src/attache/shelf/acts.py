"""Acts as the ledger holds them: one or many, now or as of a revision."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from attache.ledger.act import said
from attache.ledger.noun import Act, Revision, Undertaking
from attache.ledger.undertaking import undertakings
from attache.shelf import verdicts
from attache.shelf.dialect import Base, ShelfError
from attache.shelf.joining import put_together
from attache.shelf.neighbour import Bound, Memory, denials_about, joins_among
from attache.shelf.pages import standing, whole
from attache.shelf.revision import revisions

_ACT = msgspec.msgpack.Decoder(Act)


class Wanted(NamedTuple):
    """Which acts: every field that is set must fit. ``parties``: codes that all take part, on whichever side.

    ``actor``, ``recipient``: codes on that side. ``low``, ``high``: days (ISO) that its date must meet.
    ``makers``: exact names of outlets or accounts, one of which tells it. ``origins``: at least so many.
    """

    parties: Sequence[str] = ()
    actor: str | None = None
    recipient: str | None = None
    type: str | None = None
    status: str | None = None
    standing: str | None = None
    low: str | None = None
    high: str | None = None
    makers: Sequence[str] = ()
    origins: int = 0


EVERY = Wanted()


class Found(NamedTuple):
    """An act by number; ``became``: the act that it is part of now."""

    number: int
    id: str
    became: str | None


class NoActError(ShelfError):
    """There is no act of that id."""


def find(base: Base, id_: str) -> Found:
    """The act that an id, or its first digits, names.

    Raises:
        NoActError: where there is none.
        ShelfError: where there is more than one.
    """
    sql = "select a.act_pk, a.id, b.id from act a left join act b on b.act_pk = a.became where "
    rows = base.run(sql + "a.id = ?", [id_]) or base.run(sql + "a.id >= ? and a.id < ? limit 3", [id_, id_ + "g"])
    if not rows or not id_:
        raise NoActError(f"{base.name}: no act {id_}")
    if len(rows) > 1:
        raise ShelfError(f"{base.name}: more than one act begins with {id_}")
    return Found(*rows[0])


def act(memory: Memory, found: Found, at: int | None = None) -> Act | None:
    """An act as it stands, or as it stood at a revision; None where it does not, or did not yet."""
    sql = f"select s.until, s.body from state s where s.act_pk = ? and {standing('s', at)}"
    row = memory.base.one(sql, [found.number])
    if row is None:
        return None
    if row[0] is None:
        with whole(memory.base, f"act {found.id}"):
            return _ACT.decode(zlib.decompress(row[1]))
    return _again(memory, found, at)


def _again(memory: Memory, found: Found, at: int | None) -> Act:
    """An act put together anew from what told it at a revision."""
    sql = f"""select t.event_pk, e.page_pk, e.ref from telling t join event e using (event_pk)
        where t.act_pk = ? and {standing("t", at)}"""
    places = {row[0]: Bound(row[1], row[2], found.number, found.id) for row in memory.base.run(sql, [found.number])}
    joins = [*said(verdicts.all_of(memory.base, at)), *joins_among(memory.base, places)]
    about = denials_about(memory, places, at)
    return put_together(memory, memory.tolds(places), joins, about, found.id, places, at)


def heads(base: Base, wanted: Wanted, at: int | None = None, *, limit: int, offset: int = 0) -> list[Act]:
    """Acts without their tellings, joins and disputes, the latest first, undated ones last."""
    where, params = _where(wanted, at)
    sql = f"""select s.act_pk, s.head from state s where {where}
        order by s.low desc nulls last, s.act_pk desc limit ? offset ?"""
    return [_head(base, *row) for row in base.run(sql, [*params, limit, offset])]


def _head(base: Base, number: int, packed: bytes) -> Act:
    with whole(base, f"the head of act number {number}"):
        return _ACT.decode(packed)


def count(base: Base, wanted: Wanted, at: int | None = None) -> int:
    """How many acts there are of a kind."""
    where, params = _where(wanted, at)
    return int(base.run(f"select count(*) from state s where {where}", params)[0][0])


_SIDE = "(s.act_pk, s.since) in (select x.act_pk, x.since from side x where x.code = ?{role})"  # of that very state
_MAKER = """exists (select 1 from telling t join event e using (event_pk) join page p using (page_pk)
    where t.act_pk = s.act_pk and {standing} and (p.outlet in ({these}) or p.account in ({these})))"""


def _where(wanted: Wanted, at: int | None) -> tuple[str, list[object]]:
    tests: list[tuple[str, list[object]]] = [(standing("s", at), [])]
    tests += [(_SIDE.format(role=""), [code]) for code in wanted.parties]
    for role, code in (("actor", wanted.actor), ("recipient", wanted.recipient)):
        if code:
            tests.append((_SIDE.format(role=f" and x.role = '{role}'"), [code]))
    for column in ("type", "status", "standing"):
        value = getattr(wanted, column)
        if value:
            tests.append((f"s.{column} = ?", [value]))
    if wanted.low:
        tests.append(("s.low is not null and coalesce(s.high, s.low) >= ?", [wanted.low]))
    if wanted.high:
        tests.append(("s.low <= ?", [wanted.high]))
    if wanted.makers:
        these = ", ".join("?" * len(wanted.makers))
        tests.append((_MAKER.format(standing=standing("t", at), these=these), [*wanted.makers, *wanted.makers]))
    if wanted.origins:
        tests.append(("s.origins >= ?", [wanted.origins]))
    return " and ".join(test for test, _ in tests), [value for _, values in tests for value in values]


def acts(memory: Memory, at: int | None = None, wanted: Wanted = EVERY) -> Iterator[Act]:
    """Acts with all that tells them, in the order of their birth."""
    where, params = _where(wanted, at)
    sql = f"select a.act_pk, a.id from act a join state s using (act_pk) where {where} order by a.act_pk"
    for number, id_ in memory.base.run(sql, params):
        found = act(memory, Found(number, id_, None), at)
        if found is not None:
            yield found


def followed(memory: Memory, at: int | None = None, parties: Sequence[str] = ()) -> list[Undertaking]:
    """Pledges, offers and demands with what became of them; ``parties``: among acts that all these take part in."""
    found = list(acts(memory, at, Wanted(parties=parties)))
    told = {telling.page for one in found for telling in one.tellings}
    where, params = memory.base.within("c.digest", sorted(told))
    sql = f"select page_pk from page p join capture c using (capture_pk) where {standing('p', at)} and {where}"
    reports = memory.reports(row[0] for row in memory.base.run(sql, params))
    return undertakings(found, {report.id: report for report in reports.values()})


def history(base: Base, found: Found, at: int | None = None) -> list[Revision]:
    """What changed an act, the latest first."""
    return list(revisions(base, act=found.number, until=at))
