"""What persons said of two tellings, in the order in which it was taken; never changed, only superseded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from attache.ledger.noun import Verdict
from attache.shelf.dialect import Base, ShelfError
from attache.shelf.neighbour import numbers
from attache.shelf.revision import Log, instant

_REF = re.compile(r"[0-9a-f]{16}:[0-9a-f]{12}")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")


def all_of(base: Base, at: int | None = None) -> list[Verdict]:
    """All verdicts, or those that stood at a revision, in the order in which they were taken."""
    sql = "select kind, one, two, at, why from verdict"
    sql += " order by number" if at is None else f" where since <= {at:d} order by number"
    return [Verdict(kind=kind, one=one, two=two, at=instant, why=why) for kind, one, two, instant, why in base.run(sql)]


def put(base: Base, log: Log, given: Iterable[Verdict]) -> list[Verdict]:
    """Keep the verdicts that are not kept yet; gives those."""
    kept = set(map(_key, all_of(base)))
    number = int(base.run("select coalesce(max(number), 0) from verdict")[0][0])
    new = []
    for verdict in given:
        if _key(verdict) in kept:
            continue
        kept.add(_key(verdict))
        number += 1
        since = log.add("person", None, f"{verdict.kind}: {verdict.one} {verdict.two}", verdict.why)
        row = [number, verdict.at, verdict.kind, verdict.one, verdict.two, verdict.why, since]
        base.run("insert into verdict values (?, ?, ?, ?, ?, ?, ?)", row)
        new.append(verdict)
    return new


def _key(verdict: Verdict) -> tuple[str, str, str, str]:
    one, two = sorted((verdict.one, verdict.two))
    return verdict.kind, one, two, verdict.at


def reason(verdict: Verdict) -> str:
    """A verdict as the reason of a change."""
    said = (
        "a person said that they are one act" if verdict.kind == "together" else "a person said that they are two acts"
    )
    return f"{said}: {verdict.why}" if verdict.why else said


def tellings(base: Base, verdict: Verdict) -> list[int]:
    """The present events that a verdict speaks of."""
    return sorted(numbers(base, [verdict.one, verdict.two]).values())


def written(found: Sequence[Verdict]) -> bytes:
    """Verdicts as text: one JSON object a line."""
    return b"".join(msgspec.json.encode(verdict) + b"\n" for verdict in found)


def parsed(data: bytes, name: str) -> list[Verdict]:
    """The verdicts of such a text. Raises ShelfError, naming ``name`` and the line, for one that is none."""
    out = []
    for number, line in enumerate(data.splitlines(), 1):
        if not line.strip():
            continue
        try:
            verdict = msgspec.json.decode(line, type=Verdict)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise ShelfError(f"{name}, line {number}: {error}") from None
        if wrong := _wrong(verdict):
            raise ShelfError(f"{name}, line {number}: {wrong}")
        out.append(verdict)
    return out


def _wrong(verdict: Verdict) -> str | None:
    """What keeps a verdict from being one, None where nothing does."""
    for ref in (verdict.one, verdict.two):
        if not _REF.fullmatch(ref):
            return f"{ref!r} is no ref of a telling, as attache act shows it"
    if verdict.one == verdict.two:
        return f"{verdict.one} twice; two tellings are wanted"
    if not _INSTANT.match(verdict.at):
        return f"at: {verdict.at!r} is no instant, YYYY-MM-DDThh:mm:ssZ"
    try:
        instant(verdict.at)
    except ValueError:
        return f"at: {verdict.at!r} is no instant, YYYY-MM-DDThh:mm:ssZ"
    return None
