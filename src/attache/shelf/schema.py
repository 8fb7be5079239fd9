"""The tables of a ledger, their version, and the way from older versions.

What changes through time has ``since`` and ``until``: the numbers of the revisions that brought it and that ended it
(null: it still stands). Nothing of that kind is deleted, so any past state can be told.
"""

from __future__ import annotations

from collections.abc import Callable

from attache.shelf import listing
from attache.shelf.dialect import OURS, Base, ShelfError
from attache.shelf.foreign import store as foreign

VERSION = 1

TABLES = """
create table meta (
    key text primary key,
    value text not null
);
create table capture (
    capture_pk {int} primary key,
    digest text not null unique,
    uri text not null,
    captured_at text,
    taken_in text not null,
    text_digest text not null,
    bytes {blob} not null
);
create table page (
    page_pk {int} primary key,
    capture_pk {int} not null references capture (capture_pk),
    since {int} not null,
    until {int},
    version text not null,
    lexicon text not null,
    outlet text,
    account text,
    address text not null,
    corrects text,
    record {blob} not null,
    light {blob} not null
);
create index page_capture on page (capture_pk);
create index page_address on page (address);
create table event (
    event_pk {int} primary key,
    page_pk {int} not null references page (page_pk),
    ref text not null,
    told {blob} not null
);
create index event_page on event (page_pk);
create index event_ref on event (ref);
create table block (
    key {int} not null,
    event_pk {int} not null references event (event_pk),
    primary key (key, event_pk)
){compact};
create table denial (
    denial_pk {int} primary key,
    page_pk {int} not null references page (page_pk),
    body {blob} not null
);
create index denial_page on denial (page_pk);
create table denial_block (
    key {int} not null,
    denial_pk {int} not null references denial (denial_pk),
    primary key (key, denial_pk)
){compact};
create table near (
    event_pk {int} not null references event (event_pk),
    denial_pk {int} not null references denial (denial_pk),
    primary key (event_pk, denial_pk)
){compact};
create table edge (
    one {int} not null references event (event_pk),
    two {int} not null references event (event_pk),
    weight {real},
    reasons text,
    primary key (one, two)
){compact};
create index edge_two on edge (two);
create table act (
    act_pk {int} primary key,
    id text not null unique,
    became {int} references act (act_pk)
);
create table state (
    act_pk {int} not null references act (act_pk),
    since {int} not null,
    until {int},
    type text not null,
    status text not null,
    standing text not null,
    low text,
    high text,
    reports {int} not null,
    outlets {int} not null,
    origins {int} not null,
    head {blob} not null,
    body {blob},
    primary key (act_pk, since)
);
create index state_now on state (low, act_pk) where until is null;
create table side (
    code text not null,
    role text not null,
    act_pk {int} not null references act (act_pk),
    since {int} not null,
    primary key (code, role, act_pk, since)
){compact};
create table telling (
    act_pk {int} not null references act (act_pk),
    event_pk {int} not null references event (event_pk),
    since {int} not null,
    until {int},
    primary key (act_pk, event_pk, since)
){compact};
create index telling_event on telling (event_pk);
create table verdict (
    number {int} primary key,
    at text not null,
    kind text not null,
    one text not null,
    two text not null,
    why text not null,
    since {int} not null
);
create index verdict_one on verdict (one);
create index verdict_two on verdict (two);
create table revision (
    number {int} primary key,
    at text not null,
    kind text not null,
    act_pk {int},
    what text not null,
    why text not null,
    became {int}
);
create index revision_at on revision (at);
create index revision_act on revision (act_pk);
create index revision_became on revision (became) where became is not null;
create table failed (
    uri text primary key,
    cause text not null,
    at text not null,
    tries {int} not null
);
"""

# Columns of compact tables outside the key are not declared "not null": SQLite 3.40 takes each of their rows for an
# error when it checks the file.
# A step for each version that was released: what brings a ledger of that version to the next.
STEPS: dict[int, Callable[[Base], None]] = {}


def version(base: Base) -> int | None:
    """The version of a ledger's tables, None where there are none yet. Raises ShelfError for a damaged head."""
    if not base.has("meta"):
        return None
    row = base.one("select value from meta where key = 'schema'")
    if row is None or not str(row[0]).isdigit():
        raise ShelfError(f"{base.name}: it does not say by which schema it was written; it is damaged or no ledger")
    return int(row[0])


def ensure(base: Base, *, write: bool, latest: int = VERSION) -> None:
    """Make the tables, or bring those of an older version up to date; all in one transaction.

    Raises:
        ShelfError: where a newer version wrote the ledger, or an older one's tables may not be written.
    """
    found = version(base)
    if found == latest:
        if write and listing.stale(base):
            with base.write():
                listing.mend(base)
        return
    if found is not None and found > latest:
        raise ShelfError(
            f"{base.name}: a newer Attaché wrote it (schema {found}); this one knows up to schema {latest}"
        )
    if not write:
        told = "there is no ledger in it" if found is None else f"schema {found} is older; attache ingest brings it up"
        raise ShelfError(f"{base.name}: {told}")
    with base.write():
        _raise(base, latest)


def _raise(base: Base, latest: int) -> None:
    """Make or migrate, in the caller's transaction: another process may have done it meanwhile."""
    found = version(base)
    if found is None:
        create(base)
        return
    while found < latest:
        STEPS[found](base)
        found += 1
        base.run("update meta set value = ? where key = 'schema'", [str(found)])


def create(base: Base) -> None:
    """All tables of the present version, in the caller's transaction."""
    if base.kind == "sqlite":
        base.run(f"pragma application_id = {OURS}")
    base.script(TABLES)
    listing.create(base)
    foreign.create(base)
    base.run("insert into meta (key, value) values ('schema', ?)", [str(VERSION)])
