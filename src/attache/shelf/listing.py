"""What search keeps of a page: its sentences with their place, the parties that each names, the events that it tells.

All of it is made from the record by ``prepare``, away from the database; ``add`` only writes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from attache.read.time.calendar import bounds
from attache.record import Actor, Event, Record
from attache.shelf.bigram import VERSION, grams, has_cjk, plain
from attache.shelf.dialect import Base
from attache.shelf.index import SHIFT, Words, engine

BATCH = 500
DDL = """
    create table search_meta (name text primary key, value text not null);
    create table search_page (
        page {int} primary key, capture text not null, uri text not null, title text, outlet text, account text,
        outlet_key text, account_key text, published text, low text, high text, taken_in text not null
    );
    create table search_sentence (
        id {int} primary key, start {int} not null, stop {int} not null, english {int} not null,
        text text not null
    );
    create table search_names (sentence {int} not null, code text not null, primary key (sentence, code)){compact};
    create table search_tells (
        sentence {int} not null, event text not null, type text, status text,
        one text not null, other text not null, primary key (sentence, event, one, other)
    ){compact};
"""
_COLUMNS = "page, capture, uri, title, outlet, account, outlet_key, account_key, published, low, high, taken_in"


class Tells(msgspec.Struct, frozen=True, array_like=True):
    """An event of a sentence between two parties, by code in their order; ``other`` is empty where it names one."""

    event: str
    type: str
    status: str
    one: str
    other: str


class Unit(msgspec.Struct, frozen=True, array_like=True):
    """A sentence or title of a page: its words, their place in the capture, the parties named, the events told."""

    start: int
    end: int
    text: str
    english: bool
    zh: list[str] | None
    en: list[str] | None
    names: list[str]
    tells: list[Tells]


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """All that search keeps of a page."""

    capture: str
    uri: str
    title: str | None
    outlet: str | None
    account: str | None
    published: str | None
    units: list[Unit]


def prepare(record: Record, script: dict[int, str] | None = None) -> Prepared:
    """What search keeps of a page's record: pure, to be made beside the reading. ``script``: as of ``fold``."""
    page = record.page
    english = page.language.startswith("en")
    named: dict[int, set[str]] = {}
    for mention in record.mentions:
        named.setdefault(mention.sentence, set()).update(actor.code for actor in mention.actors if actor.code)
    told: dict[int, list[Event]] = {}
    for event in record.events:
        told.setdefault(event.sentence, []).append(event)
    text = record.capture.text
    units = [
        _unit((part.start, part.end), text, english, script, set(), []) for part in page.parts if part.kind == "title"
    ]
    for index, sentence in enumerate(record.sentences):
        place = sentence.start, sentence.end
        units.append(_unit(place, text, english, script, named.get(index, set()), told.get(index, [])))
    return Prepared(
        capture=record.capture.id, uri=record.capture.uri, title=page.title, outlet=page.outlet, account=page.account,
        published=page.published.edtf, units=units,
    )  # fmt: skip


def _unit(
    place: tuple[int, int],
    text: str,
    english: bool,
    script: dict[int, str] | None,
    names: set[str],
    events: list[Event],
) -> Unit:
    words = text[slice(*place)]
    tells = sorted({tells for event in events for tells in _tells(event)}, key=msgspec.structs.astuple)
    names = names | {code for one in tells for code in (one.one, one.other) if code}
    zh, en = _indexed(words, english, script)
    return Unit(*place, words, english, zh, en, sorted(names), tells)


def _indexed(text: str, english: bool, script: dict[int, str] | None) -> tuple[list[str] | None, list[str] | None]:
    """The words under which a text stands in the Chinese index and in the English one."""
    cjk = has_cjk(text)
    words = grams(plain(text, script).text)
    latin = [word for word in words if not has_cjk(word)] if english or not cjk else None
    return words if cjk else None, latin


def _tells(event: Event) -> Iterator[Tells]:
    """An event by its pairs of parties; one whose other side has no code stands alone."""
    actors, recipients = _codes(event.actors), _codes(event.recipients)
    for actor in actors or [""]:
        for recipient in [code for code in recipients if code != actor] or [""]:
            one, other = sorted((actor, recipient)) if actor and recipient else (actor or recipient, "")
            yield Tells(event.id, event.type, event.status, one, other)


def _codes(actors: Sequence[Actor]) -> list[str]:
    return sorted({actor.code for actor in actors if actor.code})


def create(base: Base) -> None:
    """Make the tables, in the caller's transaction."""
    base.script(DDL)
    base.script(engine(base).DDL)
    base.run("insert into search_meta (name, value) values ('words', ?)", (str(VERSION),))


def add(base: Base, page: int, prepared: Prepared, taken_in: str) -> None:
    """Put a page in, in the caller's transaction.

    Args:
        base: the database.
        page: the page's number, below 2 ** 43.
        prepared: what ``prepare`` made of its record.
        taken_in: the ISO instant at which the ledger took the page in first.
    """
    low, high = days(prepared.published)
    head = (
        page, prepared.capture, prepared.uri, prepared.title, prepared.outlet, prepared.account,
        key(prepared.outlet), key(prepared.account), prepared.published,
        low, high, taken_in,
    )  # fmt: skip
    base.run(f"insert into search_page ({_COLUMNS}) values ({', '.join('?' * len(head))})", head)
    numbered = [(page << SHIFT | place, unit) for place, unit in enumerate(prepared.units[: 1 << SHIFT])]
    base.many(
        "insert into search_sentence (id, start, stop, english, text) values (?, ?, ?, ?, ?)",
        [(id_, unit.start, unit.end, int(unit.english), unit.text) for id_, unit in numbered],
    )
    base.many(
        "insert into search_names (sentence, code) values (?, ?)",
        [(id_, code) for id_, unit in numbered for code in unit.names],
    )
    base.many(
        "insert into search_tells (sentence, event, type, status, one, other) values (?, ?, ?, ?, ?, ?)",
        [(id_, *msgspec.structs.astuple(one)) for id_, unit in numbered for one in unit.tells],
    )
    engine(base).add(base, [Words(id_, unit.zh, unit.en) for id_, unit in numbered])


def remove(base: Base, page: int) -> None:
    """Take a page out, in the caller's transaction."""
    within = (page << SHIFT, (page + 1) << SHIFT)
    rows = base.run("select id, english, text from search_sentence where id >= ? and id < ?", within)
    engine(base).remove(base, [Words(id_, *_indexed(text, bool(english), None)) for id_, english, text in rows])
    base.run("delete from search_sentence where id >= ? and id < ?", within)
    base.run("delete from search_tells where sentence >= ? and sentence < ?", within)
    base.run("delete from search_names where sentence >= ? and sentence < ?", within)
    base.run("delete from search_page where page = ?", (page,))


def stale(base: Base) -> bool:
    """Whether another version of ``bigram`` made the words of the index, so that queries would miss some."""
    return base.run("select value from search_meta where name = 'words'") != [(str(VERSION),)]


def mend(base: Base) -> None:
    """Write the index anew from the sentences, in the caller's transaction."""
    base.script(engine(base).DROP)
    base.script(engine(base).DDL)
    last = -1
    while rows := base.run(
        "select id, english, text from search_sentence where id > ? order by id limit ?", (last, BATCH)
    ):
        engine(base).add(base, [Words(id_, *_indexed(text, bool(english), None)) for id_, english, text in rows])
        last = rows[-1][0]
    base.run("update search_meta set value = ? where name = 'words'", (str(VERSION),))


def days(edtf: str | None) -> tuple[str | None, str | None]:
    """First and last day of an EDTF date, time or interval; an open end is the first or last day of all."""
    ends = [end.partition("T")[0] for end in (edtf or "").split("/")]
    low, high = bounds("/".join(ends))
    if low is None and high is None:
        return None, None
    return (low or date.min).isoformat(), (high or date.max).isoformat()


def key(name: str | None) -> str | None:
    """A name as names are compared: folded, in lower case, without accents."""
    return plain(name).text.strip() if name else None
