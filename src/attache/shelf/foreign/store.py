"""Keeps foreign acts in tables of their own: nothing that is read from pages can be joined with them."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

import msgspec

from attache.shelf.dialect import Base
from attache.shelf.foreign.noun import ForeignAct, Provenance
from attache.shelf.pages import whole

BATCH = 1000
DDL = """
    create table foreign_act (
        foreign_pk {int} primary key, provenance text not null, id text not null, type text, day text not null,
        body {blob} not null
    );
    create unique index foreign_act_id on foreign_act (provenance, id);
    create index foreign_act_day on foreign_act (provenance, day);
    create table foreign_party (
        code text not null, foreign_pk {int} not null, side text not null, primary key (code, foreign_pk, side)
    ){compact};
    create index foreign_party_act on foreign_party (foreign_pk);
"""
_DECODER = msgspec.msgpack.Decoder(ForeignAct)


class Asked(NamedTuple):
    """What narrows foreign acts: every field that is set must fit. ``parties``: codes that all take part.

    ``actor``, ``recipient``: codes on that side. ``low``, ``high``: ISO days from and to, both included.
    """

    parties: Sequence[str] = ()
    actor: str | None = None
    recipient: str | None = None
    type: str | None = None
    low: str | None = None
    high: str | None = None


ANY = Asked()


class Taken(NamedTuple):
    """What came of an import: acts new, changed by the file, and there already."""

    new: int
    changed: int
    same: int


def create(base: Base) -> None:
    """Make the tables, in the caller's transaction."""
    base.script(DDL)


def add(base: Base, acts: Iterable[ForeignAct]) -> Iterator[Taken]:
    """Put acts in, a thousand in a transaction; one that is there already is left, or replaced where it differs.

    Gives what came of each thousand once it is safe.
    """
    stream = iter(acts)
    while batch := list(islice(stream, BATCH)):
        counts: Counter[str] = Counter()
        ones: dict[tuple[str, str], ForeignAct] = {(act.provenance, act.id): act for act in batch}
        counts["same"] = len(batch) - len(ones)  # rows that say twice what one says
        with base.write():
            _add(base, ones, counts)
        yield Taken(counts["new"], counts["changed"], counts["same"])


def _add(base: Base, batch: dict[tuple[str, str], ForeignAct], counts: Counter[str]) -> None:
    there = _there(base, batch)
    last = base.run("select coalesce(max(foreign_pk), 0) from foreign_act")[0][0]
    rows: list[tuple[Any, ...]] = []
    parties: list[tuple[Any, ...]] = []
    gone: list[tuple[Any, ...]] = []
    for key, act in batch.items():
        body = zlib.compress(msgspec.msgpack.encode(act), 6)
        if key in there and bytes(there[key][1]) == body:
            counts["same"] += 1
            continue
        counts["changed" if key in there else "new"] += 1
        if key in there:
            gone.append((there[key][0],))
        last += 1
        rows.append((last, act.provenance, act.id, act.type, act.when, body))
        sides = {(one.code, "a") for one in act.actors} | {(one.code, "r") for one in act.recipients}
        parties += [(code, last, side) for code, side in sides if code]
    base.many("delete from foreign_party where foreign_pk = ?", gone)
    base.many("delete from foreign_act where foreign_pk = ?", gone)
    base.many("insert into foreign_act (foreign_pk, provenance, id, type, day, body) values (?, ?, ?, ?, ?, ?)", rows)
    base.many("insert into foreign_party (code, foreign_pk, side) values (?, ?, ?)", parties)


def _there(base: Base, batch: dict[tuple[str, str], ForeignAct]) -> dict[tuple[str, str], tuple[int, bytes]]:
    """Which of a batch are kept already: number and body."""
    found = {}
    for provenance in {key[0] for key in batch}:
        ids = [key[1] for key in batch if key[0] == provenance]
        sql = (
            f"select id, foreign_pk, body from foreign_act where provenance = ? and id in ({', '.join('?' * len(ids))})"
        )
        for id_, number, body in base.run(sql, [provenance, *ids]):
            found[provenance, id_] = (number, body)
    return found


def find(base: Base, provenances: Sequence[Provenance], asked: Asked = ANY, *, limit: int = 20) -> list[ForeignAct]:
    """Acts of the named collections that fit, the latest first."""
    where, params = _where(provenances, asked)
    sql = f"select foreign_pk, body from foreign_act f where {where} order by day desc, provenance, id limit ?"
    return [_decoded(base, *row) for row in base.run(sql, [*params, limit])]


def each(base: Base, provenances: Sequence[Provenance], asked: Asked = ANY) -> Iterator[ForeignAct]:
    """All acts of the named collections that fit, as they were taken in, a thousand at a time."""
    where, params = _where(provenances, asked)
    sql = (
        f"select foreign_pk, body from foreign_act f where {where} and foreign_pk > ? order by foreign_pk limit {BATCH}"
    )
    last = 0
    while rows := base.run(sql, [*params, last]):
        for last, body in rows:  # the last one is where the next batch begins
            yield _decoded(base, last, body)


def count(base: Base, provenances: Sequence[Provenance], asked: Asked = ANY) -> int:
    """How many acts fit."""
    where, params = _where(provenances, asked)
    return int(base.run(f"select count(*) from foreign_act f where {where}", params)[0][0])


def _decoded(base: Base, number: int, body: bytes) -> ForeignAct:
    with whole(base, f"foreign act {number}"):
        return _DECODER.decode(zlib.decompress(body))


def _where(provenances: Sequence[Provenance], asked: Asked) -> tuple[str, list[Any]]:
    out = [f"f.provenance in ({', '.join('?' * len(provenances))})"] if provenances else ["1 = 0"]
    params: list[Any] = list(provenances)
    sides = [*((code, "") for code in asked.parties), (asked.actor, "a"), (asked.recipient, "r")]
    for code, side in sides:
        if code:
            at = " and p.side = ?" if side else ""
            out.append(f"exists (select 1 from foreign_party p where p.foreign_pk = f.foreign_pk and p.code = ?{at})")
            params += [code, side] if side else [code]
    for column, sign, value in (("type", "=", asked.type), ("day", ">=", asked.low), ("day", "<=", asked.high)):
        if value:
            out.append(f"f.{column} {sign} ?")
            params.append(value)
    return " and ".join(out), params
