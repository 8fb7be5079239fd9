"""Search: sentences that hold the words asked for, page by page, narrowed by who, what, where told and when.

All terms of a query stand in one sentence. Of frequent words the sentences taken in last are ranked (``Hits.ranked``),
and of very frequent ones not all are counted (``Hits.more``). The marks are found in the sentence itself, so that what
is shown is what stands there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any, NamedTuple

from attache.lexicon.fold import Folded
from attache.shelf.bigram import Term, fts5, has_cjk, places, plain, terms
from attache.shelf.dialect import Base, ShelfError
from attache.shelf.index import SHIFT, Source, engine
from attache.shelf.listing import days, key, stale
from attache.shelf.revision import instant

RANKED = 1000  # hits that are ranked, those taken in last; more would cost more than anybody reads
COUNTED = 10_000  # hits that are counted; of a word in every fifth sentence the count would cost more than all the rest
PER_PAGE = 3  # hits of a page that are shown and ranked by
LONGEST = 200  # characters of a query
OPEN, SHUT = "\x01", "\x02"  # around a word found
BLANK = str.maketrans({OPEN: " ", SHUT: " "})  # so that a text has none of its own


class Facets(NamedTuple):
    """What narrows a search; all that is given must hold.

    ``actor``: a party that the sentence names or whose act it tells; ``dyad``, ``type``, ``status``: of one event that
    it tells; ``outlet``: an outlet or account by name; ``since``, ``until``: EDTF dates that the page's own date must
    meet; ``as_of``: a day (to its end in UTC) or ISO instant by which the page had been taken in.
    """

    actor: str | None = None
    dyad: tuple[str, str] | None = None
    type: str | None = None
    outlet: str | None = None
    status: str | None = None
    since: str | None = None
    until: str | None = None
    as_of: str | None = None


class Hit(NamedTuple):
    """A sentence found: its place in the capture, its words, where in it the words asked for stand."""

    start: int
    end: int
    text: str
    marks: list[tuple[int, int]]
    rank: float


class PageHits(NamedTuple):
    """A page found: the best of its sentences, how many there are among those ranked."""

    page: int
    capture: str
    uri: str
    title: str | None
    outlet: str | None
    account: str | None
    published: str | None
    hits: list[Hit]
    many: int


class Hits(NamedTuple):
    """What a search found: ``total`` sentences, of which ``ranked`` stand on ``pages`` pages; the pages asked for.

    ``more``: there are more than ``total``, which was not counted on.
    """

    total: int
    more: bool
    ranked: int
    pages: int
    found: list[PageHits]


class QueryError(ValueError):
    """A query that cannot be asked; the message says why in one line."""


EVERYTHING = Facets()


def find(
    base: Base, query: str, facets: Facets = EVERYTHING, *, limit: int = 10, offset: int = 0, counted: int = COUNTED
) -> Hits:
    """The pages with sentences that hold all terms of a query, the best first.

    Args:
        base: the database.
        query: words parted by blanks; in quotation marks what must stand together; ``-`` before what must not stand
            there; ``nucl*`` for the beginning of a word that is not Chinese.
        facets: what narrows it.
        limit: pages given.
        offset: pages left out before them.
        counted: sentences that are counted at most.

    Raises:
        QueryError: where nothing is left to look for, the query is too long, a facet is no date, or another version
            made the index.
        ShelfError: where the ledger cannot be read, or the index is damaged.
    """
    if stale(base):
        raise QueryError("another version indexed the words of this ledger; attache ingest indexes them anew")
    asked = _terms(query)
    sources = _sources(base, asked)
    conditions, params = _narrowed(facets)
    ranked = _ranked(base, sources, conditions, params)
    total = len(ranked)
    if total == RANKED:
        total = _counted(base, sources, conditions, params, counted + 1)
    pages: dict[int, list[tuple[float, int]]] = {}
    for id_, rank in ranked:
        pages.setdefault(id_ >> SHIFT, []).append((rank, id_))
    for hits in pages.values():
        hits.sort()
    order = sorted(pages, key=lambda page: (sum(rank for rank, _ in pages[page][:PER_PAGE]), -page))
    found = _shown(base, {page: pages[page] for page in order[offset : offset + limit]}, asked)
    return Hits(min(total, counted), total > counted, len(ranked), len(pages), found)


def _terms(query: str) -> list[Term]:
    if len(query) > LONGEST:
        raise QueryError(f"the query has {len(query):,} characters, the limit is {LONGEST}")
    asked = terms(query)
    if not any(not term.out for term in asked):
        raise QueryError("nothing to look for" if not asked else "only what must not stand there")
    return asked


def _sources(base: Base, asked: Sequence[Term]) -> list[Source]:
    """Chinese terms stand in the index of bigrams only; others may stand in either.

    A sentence that stands in both indexes is left out where either finds in it what must not stand there.
    """
    if any(term.cjk for term in asked if not term.out):
        return [engine(base).source("zh", asked)]
    out = [term for term in asked if term.out]
    sources = []
    for lang, other in (("zh", "en"), ("en", "zh")):
        source = engine(base).source(lang, asked)
        if out:
            but, unwanted = engine(base).barred(other, out)
            source = source._replace(but=but, unwanted=(unwanted,))
        sources.append(source)
    return sources


def _narrowed(facets: Facets) -> tuple[str, list[Any]]:
    """Conditions on the sentence ``w`` and its page, each with ``and`` before it, and their parameters."""
    out: list[str] = []
    params: list[Any] = []
    page, of_page = _page_conditions(facets)
    if page:
        out.append(f"exists (select 1 from search_page p where p.page = {{id}} >> {SHIFT} and {' and '.join(page)})")
        params += of_page
    if facets.actor:
        out.append("exists (select 1 from search_names n where n.sentence = {id} and n.code = ?)")
        params.append(facets.actor)
    told, of_event = _event_conditions(facets)
    if told:
        out.append(f"exists (select 1 from search_tells t where t.sentence = {{id}} and {' and '.join(told)})")
        params += of_event
    return "".join(f" and {condition}" for condition in out), params


def _page_conditions(facets: Facets) -> tuple[list[str], list[Any]]:
    out: list[str] = []
    params: list[Any] = []
    if facets.outlet:
        out.append("(p.outlet_key = ? or p.account_key = ?)")
        params += [key(facets.outlet)] * 2
    for name, given, edge, condition in (
        ("--from", facets.since, 0, "p.high >= ?"), ("--to", facets.until, 1, "p.low <= ?")
    ):  # fmt: skip
        if given:
            day = days(given)[edge]
            if day is None:
                raise QueryError(f"{name} {given}: no date")
            out.append(condition)
            params.append(day)
    if facets.as_of:
        try:
            params.append(instant(facets.as_of))
        except ValueError:
            raise QueryError(f"--as-of {facets.as_of}: no day (YYYY-MM-DD) and no instant") from None
        out.append("p.taken_in <= ?")
    return out, params


def _event_conditions(facets: Facets) -> tuple[list[str], list[Any]]:
    out: list[str] = []
    params: list[Any] = []
    if facets.dyad:
        out.append("t.one = ? and t.other = ?")
        params += sorted(facets.dyad)
    if facets.type:
        out.append("t.type = ?")
        params.append(facets.type)
    if facets.status:
        out.append("t.status = ?")
        params.append(facets.status)
    return out, params


def _ranked(base: Base, sources: Sequence[Source], conditions: str, params: list[Any]) -> list[tuple[int, float]]:
    """The sentences taken in last with their ranks; one that two indexes find counts once, with its better rank."""
    ranks: dict[int, float] = {}
    for source in sources:
        more = source.but + conditions.replace("{id}", source.id)
        sql = source.ranked.replace("{more}", more).replace("{most}", str(RANKED))
        for id_, rank in base.run(sql, [*[source.query] * source.asks, *source.unwanted, *params]):
            ranks[id_] = min(rank, ranks.get(id_, rank))
    return sorted(ranks.items(), reverse=True)[:RANKED]


def _counted(base: Base, sources: Sequence[Source], conditions: str, params: list[Any], most: int) -> int:
    """How many sentences there are, ``most`` at most."""
    each = [f"select {one.id} {one.where}{one.but}{conditions.replace('{id}', one.id)}" for one in sources]
    sql = f"select count(*) from ({' union '.join(each)} limit {most:d}) as found"
    return int(base.run(sql, [value for one in sources for value in (one.query, *one.unwanted, *params)])[0][0])


def _shown(base: Base, pages: dict[int, list[tuple[float, int]]], asked: Sequence[Term]) -> list[PageHits]:
    """The pages with the best of their sentences."""
    best = [id_ for ranked in pages.values() for _, id_ in ranked[:PER_PAGE]]
    if not best:
        return []
    sql = f"select id, start, stop, text from search_sentence where id in ({', '.join('?' * len(best))})"
    rows = {row[0]: row[1:] for row in base.run(sql, best)}
    if len(rows) < len(best):
        raise ShelfError(f"{base.name}: the index of words holds sentences that are not there; it is damaged")
    marked = dict(zip(best, marks([rows[id_][2] for id_ in best], asked), strict=True))
    out = []
    for page, ranked in pages.items():
        hits = [_hit(rows[id_], marked[id_], rank) for rank, id_ in ranked[:PER_PAGE]]
        sql = "select capture, uri, title, outlet, account, published from search_page where page = ?"
        capture, uri, title, outlet, account, published = base.run(sql, (page,))[0]
        out.append(PageHits(page, capture, uri, title, outlet, account, published, hits, len(ranked)))
    return out


def _hit(row: tuple[Any, ...], marked: list[tuple[int, int]], rank: float) -> Hit:
    start, stop, text = row
    return Hit(start, stop, text, marked, rank)


def marks(texts: Sequence[str], asked: Sequence[Term]) -> list[list[tuple[int, int]]]:
    """Where the terms stand in each sentence: stretches without overlap, in order.

    English words are found in all their forms, as the index finds them.
    """
    wanted = [term for term in asked if not term.out]
    folded = [plain(text) for text in texts]
    found = [{place for term in wanted for place in places(term, one)} for one in folded]
    stems = [term for term in wanted if not term.cjk]
    if stems and not all(map(has_cjk, texts)):
        for place, stretch in _stemmed(folded, stems):
            found[place].add(stretch)
    return [_merged(sorted(one)) for one in found]


def _merged(stretches: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for start, end in stretches:
        if out and start <= out[-1][1]:
            out[-1] = out[-1][0], max(end, out[-1][1])
        else:
            out.append((start, end))
    return out


def _stemmed(texts: Sequence[Folded], stems: Sequence[Term]) -> Iterator[tuple[int, tuple[int, int]]]:
    """Where words of the same stems stand in which text, told by the index's own tokenizer over these alone."""
    with closing(sqlite3.connect(":memory:")) as memory:
        memory.execute("create virtual table one using fts5(words, tokenize='porter unicode61')")
        memory.executemany(
            "insert into one (rowid, words) values (?, ?)", enumerate(text.text.translate(BLANK) for text in texts)
        )
        query = " OR ".join(map(fts5, stems))
        sql = "select rowid, highlight(one, 0, ?, ?) from one where one match ?"
        for place, marked in memory.execute(sql, (OPEN, SHUT, query)):
            at = start = 0
            for char in marked:
                if char == OPEN:
                    start = at
                elif char == SHUT:
                    yield place, texts[place].original(start, at)
                else:
                    at += 1
