"""The log of what changed, and the way from a past instant to the number that stood then."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from attache.ledger.noun import Revision
from attache.shelf.dialect import Base, ShelfError

_CLOCK = re.compile(r"[Tt ]\d\d(?P<minute>:?\d\d(?P<second>:?\d\d(?P<part>[.,]\d+)?)?)?")
_SHORTEST = datetime.timedelta(microseconds=1)


def now() -> str:
    """The present instant, ISO 8601 in UTC, to the microsecond: such strings sort as instants do."""
    return _written(datetime.datetime.now(datetime.UTC))


def _written(instant: datetime.datetime) -> str:
    return instant.astimezone(datetime.UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


class Log:
    """The revisions of one transaction: numbered on from the last, all at one instant, never before the last."""

    def __init__(self, base: Base) -> None:
        self._base = base
        last = base.one("select number, at from revision order by number desc limit 1")
        self.number = last[0] if last else 0
        self.at = max(now(), last[1]) if last else now()
        self._rows: list[tuple[int, str, str, int | None, str, str, int | None]] = []

    def add(self, kind: str, act: int | None, what: str, why: str, became: int | None = None) -> int:
        """Note a change; gives its number."""
        self.number += 1
        self._rows.append((self.number, self.at, kind, act, what, why, became))
        return self.number

    def write(self) -> None:
        """Put what was noted into the ledger."""
        self._base.many("insert into revision values (?, ?, ?, ?, ?, ?, ?)", self._rows)
        self._rows = []


def instant(as_of: str) -> str:
    """The last instant that ``as_of`` takes in: a day, hour, minute or second to its end, UTC where it names no zone.

    Raises:
        ValueError: where it is no ISO 8601 day and no instant.
    """
    found = datetime.datetime.fromisoformat(as_of)
    found = (found if found.tzinfo else found.replace(tzinfo=datetime.UTC)) + (_length(as_of) - _SHORTEST)
    try:
        return _written(found)
    except OverflowError:
        raise ValueError(as_of) from None


def _length(as_of: str) -> datetime.timedelta:
    """How long what ``as_of`` names lasts, as finely as it is told."""
    clock = _CLOCK.search(as_of)
    if clock is None:
        return datetime.timedelta(days=1)
    if clock["part"]:
        return _SHORTEST
    return datetime.timedelta(**{"seconds" if clock["second"] else "minutes" if clock["minute"] else "hours": 1})


def moment(base: Base, as_of: str | None) -> int | None:
    """The number of the last revision at an instant: 0 before the first, None for the present.

    Raises:
        ShelfError: where ``as_of`` is no day and no instant.
    """
    if as_of is None:
        return None
    try:
        at = instant(as_of)
    except ValueError:
        raise ShelfError(f"{as_of}: no day (YYYY-MM-DD) and no instant (YYYY-MM-DDThh:mm:ss)") from None
    row = base.one("select number from revision where at <= ? order by at desc, number desc limit 1", [at])
    return row[0] if row else 0


_SELECT = """select r.number, r.at, r.kind, a.id, r.what, r.why, b.id from revision r
    left join act a on a.act_pk = r.act_pk left join act b on b.act_pk = r.became"""


def revisions(
    base: Base, *, act: int | None = None, until: int | None = None, limit: int | None = None
) -> Iterator[Revision]:
    """Revisions, the latest first: all or those of one act, up to a number."""
    tests = [("r.number <= ?", [until])] if until is not None else []
    tests += [("(r.act_pk = ? or r.became = ?)", [act, act])] if act is not None else []
    where = " and ".join(test for test, _ in tests)
    sql = _SELECT + (f" where {where}" if where else "") + " order by r.number desc"
    params = [value for _, values in tests for value in values]
    for row in base.run(sql + (f" limit {limit:d}" if limit is not None else ""), params):
        number, at, kind, id_, what, why, became = row
        yield Revision(number=number, at=at, kind=kind, act=id_, what=what, why=why, into=became)
