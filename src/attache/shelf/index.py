"""The index of words, on either engine: FTS5 tables in SQLite, tsvector columns in PostgreSQL.

A sentence with Chinese characters goes into the index of bigrams, one without, or of an English page, into the English
one; what is in both is found in either. The number of a sentence holds its page: ``page << SHIFT | place``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from attache.shelf.bigram import Term, fts5, phrase
from attache.shelf.dialect import Base

SHIFT = 20  # bits for the sentences of a page; more than a page of the largest size can hold


class Words(NamedTuple):
    """A sentence by the words of the index: ``zh`` its bigrams, ``en`` its English words; None where not indexed so."""

    id: int
    zh: list[str] | None
    en: list[str] | None


class Source(NamedTuple):
    """Where a query looks: ``where``: table and condition; ``id`` of a sentence; the ``query`` itself.

    ``ranked``: a statement for the number and rank (least is best) of the sentences with the highest numbers, with
    ``{more}`` for further conditions and ``{most}`` for how many; ``asks``: how often it takes the query before the
    parameters of those conditions. ``but``, ``unwanted``: a further condition and its parameters, where the other index
    is to be asked as well for what must not stand there.
    """

    where: str
    id: str
    query: str
    ranked: str
    asks: int
    but: str = ""
    unwanted: tuple[str, ...] = ()


class Fts5:
    """SQLite's own full-text index, without a copy of the text; it ranks by BM25."""

    DDL = """
        create virtual table search_zh using fts5(words, content='', tokenize='ascii');
        create virtual table search_en using fts5(words, content='', tokenize='porter unicode61');
    """
    DROP = "drop table search_zh;\ndrop table search_en;"

    @staticmethod
    def add(base: Base, rows: Sequence[Words]) -> None:
        """Put sentences in."""
        for lang in ("zh", "en"):
            base.many(f"insert into search_{lang} (rowid, words) values (?, ?)", _joined(rows, lang))

    @staticmethod
    def remove(base: Base, rows: Sequence[Words]) -> None:
        """Take sentences out; ``rows`` are exactly what was put in, else the index would keep remains of them."""
        for lang in ("zh", "en"):
            sql = f"insert into search_{lang} (search_{lang}, rowid, words) values ('delete', ?, ?)"
            base.many(sql, _joined(rows, lang))

    @staticmethod
    def source(lang: str, terms: Sequence[Term]) -> Source:
        """Where to look for terms that must all stand in one sentence, without those that must not."""
        within = " AND ".join(fts5(term) for term in terms if not term.out)
        without = " OR ".join(fts5(term) for term in terms if term.out)
        query = f"({within}) NOT ({without})" if without else within
        where = f"from search_{lang} as w where w.search_{lang} match ?"
        ranked = f"select w.rowid, w.rank {where}{{more}} order by w.rowid desc limit {{most}}"
        return Source(where, "w.rowid", query, ranked, 1)

    @staticmethod
    def barred(lang: str, terms: Sequence[Term]) -> tuple[str, str]:
        """A condition on a sentence of the other index, and its parameter: this one finds none of the terms in it."""
        within = f"select o.rowid from search_{lang} as o where o.search_{lang} match ?"
        return f" and w.rowid not in ({within})", " OR ".join(map(fts5, terms))


class TsVector:
    """PostgreSQL's full-text search: our bigrams as lexemes with their places; it ranks by ts_rank."""

    # Its "english" would drop frequent words and has other stems than FTS5's.
    DDL = """
        create text search dictionary search_porter (template = snowball, language = porter);
        create text search configuration search_english (copy = simple);
        alter text search configuration search_english
            alter mapping for asciiword, word, numword with search_porter;
        create table search_words (id {int} primary key, zh tsvector, en tsvector);
        create index search_words_zh on search_words using gin (zh);
        create index search_words_en on search_words using gin (en);
    """
    DROP = """
        drop table search_words;
        drop text search configuration search_english;
        drop text search dictionary search_porter;
    """

    @staticmethod
    def add(base: Base, rows: Sequence[Words]) -> None:
        """Put sentences in."""
        sql = "insert into search_words (id, zh, en) values (?, ?::tsvector, to_tsvector('search_english', ?))"
        base.many(sql, [(r.id, _lexemes(r.zh), " ".join(map(_whole, r.en)) if r.en else None) for r in rows])

    @staticmethod
    def remove(base: Base, rows: Sequence[Words]) -> None:
        """Take sentences out."""
        base.many("delete from search_words where id = ?", [(row.id,) for row in rows])

    @staticmethod
    def source(lang: str, terms: Sequence[Term]) -> Source:
        """As of ``Fts5``."""
        parts = [("!" if term.out else "") + _tsquery(term, lang) for term in terms]
        query = " & ".join(parts)
        kind = "?::tsquery" if lang == "zh" else "to_tsquery('search_english', ?)"
        where = f"from search_words as w where w.{lang} @@ {kind}"
        # the rank is asked of what is left only: PostgreSQL would else reckon it for all that is found
        last = f"select w.id, w.{lang} {where}{{more}} order by w.id desc limit {{most}}"
        return Source(where, "w.id", query, f"select l.id, -ts_rank(l.{lang}, {kind}) from ({last}) as l", 2)

    @staticmethod
    def barred(lang: str, terms: Sequence[Term]) -> tuple[str, str]:
        """As of ``Fts5``."""
        kind = "?::tsquery" if lang == "zh" else "to_tsquery('search_english', ?)"
        return f" and (w.{lang} @@ {kind}) is not true", " | ".join(_tsquery(term, lang) for term in terms)


Engine = type[Fts5] | type[TsVector]
LAST_PLACE = 16383  # PostgreSQL knows no place in a text beyond this one


def engine(base: Base) -> Engine:
    """The engine of a database."""
    return TsVector if base.kind == "postgresql" else Fts5


def _joined(rows: Sequence[Words], lang: str) -> list[tuple[int, str]]:
    return [(row.id, " ".join(words)) for row in rows if (words := getattr(row, lang)) is not None]


def _quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"


def _lexemes(words: list[str] | None) -> str | None:
    """Words with their places as PostgreSQL writes a tsvector."""
    if words is None:
        return None
    return " ".join(f"{_quoted(word)}:{place}" for place, word in enumerate(words[:LAST_PLACE], 1))


def _whole(word: str) -> str:
    """A word as PostgreSQL's Porter is given it, which would cut two letters as well (us to u), as FTS5's does not."""
    return f"{word}0" if len(word) == 2 and word[1] == "s" else word


def _tsquery(term: Term, lang: str) -> str:
    words, prefix = phrase(term)
    if lang == "en":
        words = [*map(_whole, words[:-1]), words[-1] if prefix else _whole(words[-1])]
    lexemes = [_quoted(word) for word in words]
    if prefix:
        lexemes[-1] += ":*"
    return "(" + " <-> ".join(lexemes) + ")"
