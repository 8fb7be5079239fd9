"""The ledger as a whole: open it, put pages in, take a person's word, ask what stands or stood."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

import platformdirs

from attache.ledger.noun import Act, Revision, Undertaking, Verdict
from attache.shelf import acts, listing, pages, schema, verdicts
from attache.shelf.acts import Found, Wanted
from attache.shelf.dialect import Base, open_base
from attache.shelf.joining import end, resettle
from attache.shelf.neighbour import Memory, bind, hold
from attache.shelf.pages import Taken, standing
from attache.shelf.revision import Log, moment, now, revisions

MOST_TEXTS = 64  # decoded captures kept in memory

Outcome = Literal["new", "known", "again"]


class Failure(NamedTuple):
    """A page that could not be read: where it is and why."""

    uri: str
    cause: str


class Counts(NamedTuple):
    """What a ledger holds at present."""

    pages: int
    events: int
    acts: int
    verdicts: int
    failed: int


def default_file() -> Path:
    """Where the ledger is unless told otherwise."""
    return Path(platformdirs.user_data_dir("attache")) / "attache.db"


@contextlib.contextmanager
def open_shelf(location: str, *, write: bool = False) -> Iterator[Shelf]:
    """A ledger in a file or at ``postgresql://…``, made where there is none and ``write`` is set.

    Raises:
        ShelfError: where there is none, it is damaged, newer than this program, or may not be written.
    """
    base = open_base(location, write=write)
    try:
        schema.ensure(base, write=write)
        yield Shelf(base)
    finally:
        base.close()


class Shelf:
    """An open ledger. One thread at a time; any number of processes may read, writers take turns."""

    def __init__(self, base: Base) -> None:
        self.base = base
        self.memory = Memory(base)
        self.text = lru_cache(maxsize=MOST_TEXTS)(self._text)

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """All or nothing; what was read of what is undone is forgotten, for its numbers are given again to others."""
        try:
            with self.base.write():
                yield
        except BaseException:
            self.memory = Memory(self.base)
            raise

    # --- what comes in

    def known(self, digests: Sequence[str]) -> dict[str, tuple[str, str]]:
        """Captures that the ledger has, with the version and lexicon that read each."""
        where, params = self.base.within("c.digest", digests)
        sql = f"""select c.digest, p.version, p.lexicon from capture c join page p using (capture_pk)
            where p.until is null and {where}"""
        return {row[0]: (row[1], row[2]) for row in self.base.run(sql, params)}

    def put(
        self,
        batch: Sequence[Taken],
        failures: Sequence[Failure] = (),
        *,
        again: bool = False,
        found: Sequence[str] = (),
    ) -> list[Outcome]:
        """Take pages in, all or none; when this returns they are safe. The same bytes change nothing.

        Args:
            batch: pages that were read.
            failures: pages that were not; they are kept to be tried again.
            again: whether a page that another version or lexicon read is to be replaced.
            found: where pages are that failed before and are no failures any longer.

        Returns: what became of each page of the batch.

        Raises:
            ShelfError: where nothing could be written; the ledger is as before.
        """
        with self._writing():
            log = Log(self.base)
            put = _Put(self.base, log, again=again)
            out = [put.page(taken) for taken in batch]
            bind(self.memory, put.events)
            seeds = put.seeds | hold(self.base, put.events, put.denials)
            said = verdicts.all_of(self.base)
            resettle(self.memory, log, seeds, said, cause="reread" if "again" in out else "ingest")
            self.base.many("delete from failed where uri = ?", [(uri,) for uri in found])
            self._fail(failures, log.at)
            log.write()
        return out

    def _fail(self, failures: Iterable[Failure], at: str) -> None:
        self.base.many(
            """insert into failed (uri, cause, at, tries) values (?, ?, ?, 1)
               on conflict (uri) do update set cause = excluded.cause, at = excluded.at, tries = failed.tries + 1""",
            [(one.uri, one.cause, at) for one in failures],
        )

    def failed(self) -> list[tuple[str, str, str, int]]:
        """Pages that could not be read: where, why, when last tried, how often."""
        return [
            (r[0], r[1], r[2], r[3]) for r in self.base.run("select uri, cause, at, tries from failed order by uri")
        ]

    def judge(self, kind: Literal["together", "apart"], pairs: Sequence[tuple[str, str]], why: str) -> None:
        """Take a person's word on pairs of tellings (refs) and settle what hangs on it. Raises ShelfError."""
        at = now()
        self.replay([Verdict(kind=kind, one=one, two=two, at=at, why=why) for one, two in pairs])

    def replay(self, given: Sequence[Verdict]) -> int:
        """Take verdicts that the ledger lacks; gives how many. Tellings that it lacks may come later."""
        with self._writing():
            log = Log(self.base)
            new = verdicts.put(self.base, log, given)
            said = verdicts.all_of(self.base)
            seeds = {event for verdict in new for event in verdicts.tellings(self.base, verdict)}
            why = "; ".join(dict.fromkeys(map(verdicts.reason, new)))
            resettle(self.memory, log, seeds, said, cause="person", why=why)
            log.write()
        return len(new)

    # --- what comes out

    def moment(self, as_of: str | None) -> int | None:
        """The number of the last revision at a day or instant. Raises ShelfError where it is neither."""
        return moment(self.base, as_of)

    def find(self, id_: str) -> Found:
        """The act that an id or its first digits name. Raises ShelfError."""
        return acts.find(self.base, id_)

    def act(self, found: Found, as_of: str | None = None) -> Act | None:
        """An act as it stands or stood, None where it did not."""
        with self.base.read():
            return acts.act(self.memory, found, self.moment(as_of))

    def act_of(self, ref: str) -> str | None:
        """The id of the act that a telling tells now, None where there is no such telling."""
        sql = """select a.id from event e join telling t on t.event_pk = e.event_pk and t.until is null
            join act a on a.act_pk = t.act_pk where e.ref = ?"""
        row = self.base.one(sql, [ref])
        return row[0] if row else None

    def heads(self, wanted: Wanted, as_of: str | None = None, *, limit: int, offset: int = 0) -> list[Act]:
        """Acts without their tellings, the latest first."""
        return acts.heads(self.base, wanted, self.moment(as_of), limit=limit, offset=offset)

    def count(self, wanted: Wanted, as_of: str | None = None) -> int:
        """How many acts there are of a kind."""
        return acts.count(self.base, wanted, self.moment(as_of))

    def acts(self, as_of: str | None = None) -> Iterator[Act]:
        """All acts with their tellings, in the order of their birth."""
        return acts.acts(self.memory, self.moment(as_of))

    def undertakings(self, parties: Sequence[str] = (), as_of: str | None = None) -> list[Undertaking]:
        """Pledges, offers and demands with what became of them: all, or those between parties (codes)."""
        with self.base.read():
            return acts.followed(self.memory, self.moment(as_of), parties)

    def revisions(
        self, as_of: str | None = None, *, act: int | None = None, limit: int | None = None
    ) -> list[Revision]:
        """What changed, the latest first."""
        return list(revisions(self.base, act=act, until=self.moment(as_of), limit=limit))

    def verdicts(self) -> list[Verdict]:
        """All that persons said, in the order in which it was taken."""
        return verdicts.all_of(self.base)

    def _text(self, capture: str) -> str:
        """The text of a capture, its digests checked. Raises ShelfError."""
        return pages.capture(self.base, capture).text

    def lexicons(self, as_of: str | None = None) -> list[str]:
        """Digests of the lexicons that the pages were read with."""
        sql = f"select distinct lexicon from page p where {standing('p', self.moment(as_of))} order by lexicon"
        return [str(row[0]) for row in self.base.run(sql)]

    def counts(self) -> Counts:
        """How much the ledger holds."""
        asked = (
            "select count(*) from page where until is null",
            "select count(*) from event join page using (page_pk) where until is null",
            "select count(*) from state where until is null",
            "select count(*) from verdict",
            "select count(*) from failed",
        )
        return Counts(*(int(self.base.run(sql)[0][0]) for sql in asked))


class _Put:
    """Puts the pages of one transaction in; afterwards it has their events and denials with their keys."""

    def __init__(self, base: Base, log: Log, *, again: bool) -> None:
        self.base = base
        self.log = log
        self.again = again
        self.events: dict[int, list[int]] = {}
        self.denials: dict[int, list[int]] = {}
        self.seeds: set[int] = set()

    def page(self, taken: Taken) -> Outcome:
        """Put one page in, or leave it where the ledger has it."""
        old = pages.known(self.base, taken.digest)
        if old is not None and (not self.again or old[1:] == (taken.version, taken.lexicon)):
            return "known"
        kind: Literal["ingest", "reread"] = "ingest" if old is None else "reread"
        why = (
            ""
            if old is None
            else f"read by {old[1]} with lexicon {old[2]}, now by {taken.version} with {taken.lexicon}"
        )
        since = self.log.add(kind, None, f"page {taken.digest[:16]} {taken.uri}", why)
        put = pages.put(self.base, taken, since, self.log.at)
        listing.add(self.base, put.page, taken.words, self._taken_in(put.page))
        self.events |= put.events
        self.denials |= put.denials
        self.seeds.update(put.events)
        if taken.corrects:
            self._stir("p.address = ?", taken.address)
        if old is not None:
            self._replace(old[0], dict(zip((row.ref for row in taken.events), put.events, strict=True)), since)
        return "new" if old is None else "again"

    def _taken_in(self, page: int) -> str:
        sql = "select taken_in from capture join page using (capture_pk) where page_pk = ?"
        return str(self.base.run(sql, [page])[0][0])

    def _stir(self, where: str, value: object) -> None:
        """Have the events that stand on certain pages settled again."""
        sql = f"select event_pk from event join page p using (page_pk) where p.until is null and {where}"
        self.seeds.update(row[0] for row in self.base.run(sql, [value]))

    def _unsay(self, page: int) -> None:
        """Have settled again what a page said of other pages: they no longer stand under its denials and its notice."""
        sql = "select n.event_pk from near n join denial d using (denial_pk) where d.page_pk = ?"
        self.seeds.update(row[0] for row in self.base.run(sql, [page]))
        self._stir("p.address = (select address from page where page_pk = ? and corrects is not null)", page)

    def _replace(self, old: int, new: dict[str, int], since: int) -> None:
        """End a page that was read again: its events that are told again hand their act on, others leave it."""
        self.base.run("update page set until = ? where page_pk = ?", [since, old])
        self._unsay(old)
        rows = self.base.run("select event_pk, ref from event where page_pk = ?", [old])
        where, params = self.base.within("event_pk", [row[0] for row in rows])
        told = self.base.run(f"select event_pk, act_pk from telling where until is null and {where}", params)
        refs: dict[int, str] = dict(rows)
        for event, act in told:
            again = new.get(refs[event])
            until = since if again is not None else self._lost(act, refs[event])
            sql = "update telling set until = ? where act_pk = ? and event_pk = ? and until is null"
            self.base.run(sql, [until, act, event])
            if again is not None:
                self.base.run("insert into telling values (?, ?, ?, null)", [act, again, since])
        pages.unblock(self.base, old)
        listing.remove(self.base, old)
        for act in sorted({act for _, act in told}):
            left = self.base.run("select event_pk from telling where act_pk = ? and until is null", [act])
            self.seeds.update(row[0] for row in left)
            if not left:  # its last telling is gone
                end(self.base, act, self.log.add("reread", act, "no page tells it any longer", "a page was read again"))

    def _lost(self, act: int, ref: str) -> int:
        return self.log.add("reread", act, f"no longer told by {ref}", "a page was read again")


__all__ = ["Counts", "Failure", "Outcome", "Shelf", "Wanted", "default_file", "open_shelf"]
