"""Pages in the ledger: the capture's bytes and the record, put in packed and checked on the way out.

A capture's text is not kept: it is decoded again from the bytes, whose digest is checked, and so is the text's own.
The record is kept without it.
"""

from __future__ import annotations

import contextlib
import hashlib
import zlib
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from attache.ledger import block, light
from attache.ledger.item import prepare
from attache.ledger.noun import Denial, Report, Told
from attache.read.page.capture import CaptureError, read_capture
from attache.record import Record, Span
from attache.shelf.dialect import Base, ShelfError

LEVEL = 6  # zlib; more costs time and saves little
_ENCODE = msgspec.msgpack.Encoder()
_RECORD = msgspec.msgpack.Decoder(Record)
_REPORT = msgspec.msgpack.Decoder(Report)
_TOLD = msgspec.msgpack.Decoder(Told)
_DENIAL = msgspec.msgpack.Decoder(Denial)


class EventRow(NamedTuple):
    """One event as its rows need it: ``told`` packed, the keys of its blocks."""

    ref: str
    told: bytes
    keys: list[int]


class Taken(NamedTuple):
    """A page that was read, packed for the writer: what a reader process hands over. ``words`` are the search's."""

    digest: str
    uri: str
    captured_at: str | None
    text_digest: str
    packed: bytes
    version: str
    lexicon: str
    outlet: str | None
    account: str | None
    record: bytes
    report: bytes
    address: str
    corrects: str | None
    events: list[EventRow]
    denials: list[tuple[bytes, list[int]]]
    words: Any = None


def read_with(record: Record) -> str:
    """The lexicon that a record was read with, and the second reader, if there was one: by both records differ."""
    second = record.second
    return record.lexicon + (f"+{second.model}/{second.prompt[:8]}/{second.trust}" if second else "")


def digest(text: str) -> str:
    """SHA-256 of a text, lone surrogates and all."""
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def pack(noun: msgspec.Struct) -> bytes:
    """A noun as it is kept: MessagePack, packed by zlib."""
    return zlib.compress(_ENCODE.encode(noun), LEVEL)


def take(record: Record, data: bytes, known: light.Media, words: Any = None, address: str | None = None) -> Taken:
    """Pack a record and the bytes it was read from.

    ``known``: the media, as ``light.media`` gives them; ``address``: as of ``light.light``.
    """
    bare = msgspec.structs.replace(record, capture=msgspec.structs.replace(record.capture, text=""))
    page = record.page
    report = light.light(record, known, address_=address)
    return Taken(
        digest=record.capture.id, uri=record.capture.uri, captured_at=record.capture.captured_at,
        text_digest=digest(record.capture.text), packed=zlib.compress(data, LEVEL), version=record.version,
        lexicon=read_with(record), outlet=page.outlet, account=page.account, record=pack(bare), report=pack(report),
        address=report.address, corrects=report.corrects,
        events=[_row(told) for told in light.tolds(record)],
        denials=[(pack(one), sorted(set(block.denial_keys(one)))) for one in light.denials(record)], words=words,
    )  # fmt: skip


def _row(told: Told) -> EventRow:
    return EventRow(told.ref, pack(told), sorted(set(block.keys(prepare(told)))))


def known(base: Base, digest_: str) -> tuple[int, str, str] | None:
    """The present page of a capture with the version and lexicon that read it, None where the ledger lacks it."""
    sql = """select page_pk, version, lexicon from page join capture using (capture_pk)
             where digest = ? and until is null"""
    row = base.one(sql, [digest_])
    return None if row is None else (row[0], row[1], row[2])


class Put(NamedTuple):
    """A page that was put in: its number, and its events and denials by number with the keys of their blocks."""

    page: int
    events: dict[int, list[int]]
    denials: dict[int, list[int]]


def put(base: Base, taken: Taken, since: int, at: str) -> Put:
    """Put a page in, inside the caller's transaction."""
    capture = base.one("select capture_pk from capture where digest = ?", [taken.digest])
    capture_pk = capture[0] if capture else _next(base, "capture", "capture_pk")
    if capture is None:
        base.run(
            "insert into capture values (?, ?, ?, ?, ?, ?, ?)",
            [capture_pk, taken.digest, taken.uri, taken.captured_at, at, taken.text_digest, taken.packed],
        )
    page_pk = _next(base, "page", "page_pk")
    base.run(
        "insert into page values (?, ?, ?, null, ?, ?, ?, ?, ?, ?, ?, ?)",
        [page_pk, capture_pk, since, taken.version, taken.lexicon, taken.outlet, taken.account, taken.address,
         taken.corrects, taken.record, taken.report],
    )  # fmt: skip
    first = _next(base, "denial", "denial_pk")
    base.many("insert into denial values (?, ?, ?)", [(first + i, page_pk, d[0]) for i, d in enumerate(taken.denials)])
    rows = [(key, first + i) for i, (_, keys) in enumerate(taken.denials) for key in keys]
    base.many("insert into denial_block values (?, ?)", rows)
    denials = {first + i: keys for i, (_, keys) in enumerate(taken.denials)}
    events = _put_events(base, page_pk, taken.events)
    return Put(page_pk, {pk: row.keys for pk, row in zip(events, taken.events, strict=True)}, denials)


def _put_events(base: Base, page_pk: int, events: Sequence[EventRow]) -> list[int]:
    first = _next(base, "event", "event_pk")
    numbers = list(range(first, first + len(events)))
    pairs = list(zip(numbers, events, strict=True))
    base.many("insert into event values (?, ?, ?, ?)", [(pk, page_pk, e.ref, e.told) for pk, e in pairs])
    base.many("insert into block values (?, ?)", [(key, pk) for pk, e in pairs for key in e.keys])
    return numbers


def unblock(base: Base, page: int) -> None:
    """Take the events and denials of a page that was read again out of their blocks, so that nothing new meets them."""
    events = base.run("select event_pk, told from event where page_pk = ?", [page])
    denials = base.run("select denial_pk, body from denial where page_pk = ?", [page])
    for sql, rows in (
        (
            "delete from block where key = ? and event_pk = ?",
            [(key, pk) for pk, packed in events for key in block.keys(prepare(told(base, pk, packed)))],
        ),
        (
            "delete from denial_block where key = ? and denial_pk = ?",
            [(key, pk) for pk, packed in denials for key in block.denial_keys(denial(base, pk, packed))],
        ),
    ):
        base.many(sql, rows)


def _next(base: Base, table: str, key: str) -> int:
    """The next free number of a table; the writer is alone, so it stays free."""
    return int(base.run(f"select coalesce(max({key}), 0) + 1 from {table}")[0][0])


@contextlib.contextmanager
def whole(base: Base, what: str) -> Iterator[None]:
    """While something packed is taken out. Raises ShelfError, with what it is, where it is not as it was put in."""
    try:
        yield
    except (zlib.error, msgspec.DecodeError):
        raise ShelfError(f"{base.name}: {what} is damaged or of another version") from None


def report(base: Base, page: int, packed: bytes, taken_in: str | None) -> Report:
    """The report of a page, with the instant at which the ledger took it in. Raises ShelfError where it is damaged."""
    with whole(base, f"what is kept of page {page}"):
        return msgspec.structs.replace(_REPORT.decode(zlib.decompress(packed)), taken_in=taken_in)


def told(base: Base, number: int, packed: bytes) -> Told:
    """An event as it was put in. Raises ShelfError where it is damaged."""
    with whole(base, f"event {number}"):
        return _TOLD.decode(zlib.decompress(packed))


def denial(base: Base, number: int, packed: bytes) -> Denial:
    """A denial as it was put in. Raises ShelfError where it is damaged."""
    with whole(base, f"denial {number}"):
        return _DENIAL.decode(zlib.decompress(packed))


class Kept(NamedTuple):
    """A capture as it came out: its text is what the ledger's offsets count in."""

    id: str
    uri: str
    data: bytes
    text: str


_CAPTURE = "select digest, uri, captured_at, text_digest, bytes from capture where digest = ?"


def capture(base: Base, id_: str) -> Kept:
    """The bytes and the text of a capture. Raises ShelfError where either is not what was taken in."""
    row = base.one(_CAPTURE, [id_])
    if row is None:
        raise ShelfError(f"{base.name}: no capture {id_}")
    uri, packed = row[1], row[4]
    try:
        data = zlib.decompress(packed)
    except zlib.error:
        raise ShelfError(f"{base.name}: {uri}: the capture is damaged") from None
    if hashlib.sha256(data).hexdigest() != row[0]:
        raise ShelfError(f"{base.name}: {uri}: the capture is damaged: its digest is another")
    try:
        text = read_capture(data, uri, captured_at=row[2]).capture.text
    except CaptureError as error:
        raise ShelfError(f"{base.name}: {error.uri}: the capture no longer decodes: {error.why}") from None
    if digest(text) != row[3]:
        raise ShelfError(
            f"{base.name}: {uri}: this version decodes it to another text; attache ingest --again reads it"
        )
    return Kept(row[0], uri, data, text)


def stands(text: str, span: Span) -> bool:
    """Whether the words of a span are where it says."""
    return text[span.start : span.end] == span.text


def record(base: Base, id_: str, until: int | None = None) -> Record:
    """The record of a capture, present or as of a revision, with its text. Raises ShelfError where there is none."""
    sql = "select p.record from page p join capture c using (capture_pk) where c.digest = ? and " + standing("p", until)
    row = base.one(sql, [id_])
    if row is None:
        raise ShelfError(f"{base.name}: no page of capture {id_}")
    return _whole(base, id_, row[0])


def _whole(base: Base, id_: str, packed: bytes) -> Record:
    with whole(base, f"the record of capture {id_}"):
        found = _RECORD.decode(zlib.decompress(packed))
    text = capture(base, id_).text
    return msgspec.structs.replace(found, capture=msgspec.structs.replace(found.capture, text=text))


def standing(table: str, at: int | None) -> str:
    """The condition that a row of a table with ``since`` and ``until`` stands now, or stood at a revision."""
    if at is None:
        return f"{table}.until is null"
    return f"{table}.since <= {at:d} and ({table}.until is null or {table}.until > {at:d})"
