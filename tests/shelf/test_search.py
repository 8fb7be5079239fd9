"""Search finds exactly what stands in the text, in either script, and marks where."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attache.lexicon.exchange import Exchange
from attache.lexicon.tables import tables
from attache.record import Record, Sentence
from attache.shelf import listing
from attache.shelf.bigram import fts5, grams, pattern, places, plain, terms
from attache.shelf.dialect import Base, ShelfError, open_base
from attache.shelf.index import SHIFT
from attache.shelf.pages import Taken
from attache.shelf.search import Facets, QueryError, find, marks
from attache.shelf.store import Shelf, open_shelf
from build import Draft
from database import location

TAKEN_IN = "2026-01-01T12:00:00.000000Z"
CHINESE = [
    "会谈", "外长", "制裁", "关税", "俄罗斯", "澤連斯基", "声明", "中国", "美国", "协议", "导弹",
    "总统", "谈", "中", "战", "不", "会", "北京", "联合声明", "使馆", "AUKUS", "2022年", "12日", "中,美",
    "乌克兰总统泽连斯基", "3000亿", "F-16", "普京·",
]  # fmt: skip


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def base(
    request: pytest.FixtureRequest, records: dict[Path, Record], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Base]:
    """The sample pages on a shelf."""
    with location(request, tmp_path_factory.mktemp("search")) as place, closing(open_base(place, write=True)) as one:
        with one.write():
            listing.create(one)
            for page, record in enumerate(records.values(), 1):
                listing.add(one, page, listing.prepare(record), TAKEN_IN)
        yield one


def sentences(base: Base) -> list[tuple[int, str]]:
    return [(id_, text) for id_, text in base.run("select id, text from search_sentence")]


def held(query: str, text: str) -> bool:
    """Whether a sentence holds the letters of a query, punctuation aside, told without any index."""
    (term,) = terms(query)
    return pattern(term).search(plain(text).text) is not None


@pytest.mark.parametrize("query", CHINESE)
def test_a_query_finds_the_sentences_that_hold_it_and_no_other(base: Base, query: str) -> None:
    wanted = {id_ for id_, text in sentences(base) if held(query, text)}
    hits = find(base, f'"{query}"', limit=1000)
    assert hits.total == hits.ranked == len(wanted)
    assert {page.page for page in hits.found} == {id_ >> SHIFT for id_ in wanted}
    assert hits.pages == len(hits.found)


def test_most_of_these_queries_stand_somewhere(base: Base) -> None:
    """Else the test above could pass on nothing."""
    assert sum(find(base, f'"{query}"').total > 0 for query in CHINESE) >= len(CHINESE) - 4


def indexed(text: str, query: str) -> bool:
    """Whether an index of one text finds a query."""
    with closing(sqlite3.connect(":memory:")) as memory:
        memory.execute("create virtual table z using fts5(words, content='', tokenize='ascii')")
        memory.execute("insert into z (rowid, words) values (1, ?)", (" ".join(grams(plain(text).text)),))
        return bool(memory.execute("select rowid from z where z match ?", (query,)).fetchall())


@given(st.text(alphabet="中美会谈，a", max_size=20), st.text(alphabet="中美会谈", min_size=1, max_size=4))
def test_the_index_finds_what_plain_search_finds(text: str, query: str) -> None:
    assert indexed(text, fts5(terms(query)[0])) == (query in text)


@given(st.text(alphabet="中美會，·aÉ1 -", max_size=20), st.text(alphabet="中美会，·aé1 -", min_size=1, max_size=6))
def test_the_index_finds_what_the_marks_are_found_by(text: str, query: str) -> None:
    """Runs of several scripts and the breaks between them: index and marks agree on every text."""
    for term in terms(f'"{query}"'):
        assert indexed(text, fts5(term)) == any(places(term, plain(text)))


def test_scripts_are_folded_together(base: Base) -> None:
    simplified, traditional = find(base, "声明", limit=100), find(base, "聲明", limit=100)
    assert simplified == traditional
    scripts = {char for page in simplified.found for hit in page.hits for char in hit.text if char in "声聲"}
    assert scripts == {"声", "聲"}


@pytest.mark.parametrize("query", ["会谈", "谈", "AUKUS", "聯合聲明"])
def test_marks_are_the_words_asked_for(base: Base, query: str) -> None:
    hits = [hit for page in find(base, query, limit=50).found for hit in page.hits]
    assert hits
    for hit in hits:
        assert {plain(hit.text[start:end]).text for start, end in hit.marks} == {plain(query).text}


def test_english_is_found_in_all_its_forms_and_marked(base: Base) -> None:
    one, many = find(base, "tariff"), find(base, "tariffs")
    assert one.total == many.total > 1
    marked = {hit.text[a:b].lower() for page in one.found for hit in page.hits for a, b in hit.marks}
    assert marked == {"tariff", "tariffs"}


def test_hits_stand_where_they_say(base: Base, records: dict[Path, Record]) -> None:
    texts = {record.capture.id: record.capture.text for record in records.values()}
    found = find(base, "会谈", limit=100).found
    assert found
    for page in found:
        for hit in page.hits:
            assert texts[page.capture][hit.start : hit.end] == hit.text


def test_all_terms_stand_in_one_sentence_and_what_is_out_does_not(base: Base) -> None:
    both = find(base, "沙特 伊朗", limit=100)
    assert both.total == sum(held("沙特", text) and held("伊朗", text) for _, text in sentences(base)) > 0
    out = find(base, "沙特 -伊朗", limit=100)
    assert out.total == sum(held("沙特", text) and not held("伊朗", text) for _, text in sentences(base)) > 0


MIXED = ["The tariff (关税) was raised.", "The tariff stood.", "Tariffs 关税壁垒.", "A quota, 配额, no tariff."]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def mixed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Base]:
    """Pages in English of a sentence each, with Chinese words in some: these stand in both indexes."""
    with location(request, tmp_path_factory.mktemp("mixed")) as place, closing(open_base(place, write=True)) as one:
        with one.write():
            listing.create(one)
            for page, text in enumerate(MIXED):
                listing.add(one, page, listing.prepare(in_english(text)), TAKEN_IN)
        yield one


def in_english(text: str) -> Record:
    page = Draft("A page", [text])
    page.page = msgspec.structs.replace(page.page, language="en")
    at = page.text.index(text)
    page.sentences = [Sentence(start=at, end=at + len(text), part=1, outcome=["unsure"])]
    return page.record()


def test_english_is_found_in_the_same_forms_on_either_engine(place: str) -> None:
    """Each word of CAMEO's labels, frequent ones too; FTS5 tells which labels hold a form of it."""
    labels = [
        "The new, generic and generically made relation",
        *(one.label_en for one in Exchange(tables()).cameo.values()),
    ]
    prepared = [listing.prepare(in_english(label)) for label in labels]
    with closing(sqlite3.connect(":memory:")) as memory, closing(open_base(place, write=True)) as one:
        memory.execute("create virtual table labels using fts5(words, tokenize='porter unicode61')")
        with one.write():
            listing.create(one)
            for page, label in enumerate(prepared):
                listing.add(one, page, label, TAKEN_IN)
                memory.execute("insert into labels values (?)", (" ".join(label.units[1].en or []),))
        words = {word for label in prepared for word in label.units[1].en or []}
        assert {"the", "new", "generic", "generically"} <= words
        assert len(words) > 250
        for word in sorted(words - {"a", "page"}):  # which stand in the titles
            ((wanted,),) = memory.execute("select count(*) from labels where labels match ?", (f'"{word}"',))
            assert (word, find(one, word).total) == (word, wanted)


@pytest.mark.parametrize(("query", "wanted"), [
    ("tariff", [0, 1, 2, 3]), ("tariff -关税", [1, 3]), ("tariff -关", [1, 3]), ("tariff -关税 -配额", [1]),
    ("tariff -关税 -quotas", [1]), ("quota -tariffs", []), ("tariff -关税 -stood", [3]), ("-关税 stood", [1]),
    ("tariff -壁垒", [0, 1, 3]),
])  # fmt: skip
def test_what_must_not_stand_there_is_looked_for_in_both_indexes(
    mixed: Base, query: str, wanted: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    hits = find(mixed, query)
    assert sorted(page.page for page in hits.found) == wanted
    assert hits.total == len(wanted)
    monkeypatch.setattr("attache.shelf.search.RANKED", 1)  # the others are only counted
    assert find(mixed, query).total == len(wanted)


@pytest.mark.parametrize(
    "facets",
    [
        Facets(actor="SAU"),
        Facets(dyad=("SAU", "IRN")),
        Facets(dyad=("IRN", "SAU")),
        Facets(type="AGREE"),
        Facets(type="AGREE", dyad=("IRN", "SAU"), status="actual"),
        Facets(outlet="榕江社"),
        Facets(since="2023-03-11"),
        Facets(until="2023-03-10"),
    ],
)
def test_a_facet_narrows(base: Base, records: dict[Path, Record], facets: Facets) -> None:
    """Each facet against the records themselves."""
    wanted = {
        (record.capture.id, sentence.start)
        for record in records.values()
        for index, sentence in enumerate(record.sentences)
        if held("沙特", record.capture.text[sentence.start : sentence.end]) and fits(record, index, facets)
    }
    found = find(base, "沙特", facets, limit=100)
    all_of_them = find(base, "沙特", limit=100)
    assert 0 < found.total < all_of_them.total
    title = {page.capture: page.title for page in found.found}
    starts = {(page.capture, hit.start) for page in found.found for hit in page.hits if hit.text != title[page.capture]}
    assert starts <= wanted
    assert found.total - len(wanted) in range(len(title) + 1)  # titles are listed too, and bear no events


def fits(record: Record, index: int, facets: Facets) -> bool:
    """Whether a sentence of a record has what the facets ask for."""
    named = {a.code for m in record.mentions if m.sentence == index for a in m.actors}
    events = [event for event in record.events if event.sentence == index]
    named |= {a.code for event in events for a in event.actors + event.recipients}
    if facets.actor and facets.actor not in named:
        return False
    if facets.outlet and facets.outlet not in (record.page.outlet, record.page.account):
        return False
    low, high = listing.days(record.page.published.edtf)
    if (facets.since and not (high and high >= facets.since)) or (facets.until and not (low and low <= facets.until)):
        return False
    if not (facets.dyad or facets.type or facets.status):
        return True
    return any(
        (not facets.type or event.type == facets.type)
        and (not facets.status or event.status == facets.status)
        and (not facets.dyad or any(
            {a.code, r.code} == set(facets.dyad) for a in event.actors for r in event.recipients
        ))
        for event in events
    )  # fmt: skip


@pytest.mark.parametrize(
    ("as_of", "there"),
    [
        ("2025-12-31", False),
        ("2026-01-01", True),
        ("2026-01-01T11:59:59Z", False),
        ("2026-01-01T12:00:00Z", True),
        ("2026-01-01T12:00:00", True),
        ("2026-01-01T19:59:59+08:00", False),
        ("2026-01-01T20:00:00+08:00", True),
    ],
)
def test_what_was_not_yet_taken_in_is_not_found(base: Base, as_of: str, there: bool) -> None:
    assert find(base, "会谈", Facets(as_of=as_of)).total == (find(base, "会谈").total if there else 0)


def test_pages_come_one_after_the_other(base: Base) -> None:
    whole = find(base, "会谈", limit=100)
    paged = [page for offset in range(0, whole.pages, 2) for page in find(base, "会谈", limit=2, offset=offset).found]
    assert paged == whole.found


@pytest.mark.parametrize(
    ("query", "cause"),
    [
        ("", "nothing to look for"),
        ("…“”", "nothing to look for"),
        ("-制裁", "only what must not"),
        ("谈" * 201, "limit is 200"),
    ],
)
def test_a_query_that_cannot_be_asked_says_why(base: Base, query: str, cause: str) -> None:
    with pytest.raises(QueryError, match=cause):
        find(base, query)


def test_a_date_that_is_none_is_refused(base: Base) -> None:
    with pytest.raises(QueryError, match="--as-of soon: no day"):
        find(base, "会谈", Facets(as_of="soon"))
    with pytest.raises(QueryError, match="--from soon: no date"):
        find(base, "会谈", Facets(since="soon"))


@pytest.mark.parametrize(
    "query", ['"', "''", "NOT", "AND OR", "a*", "*", '会谈"', "(会谈", "col:会谈", "会谈^2", "\x00会谈", "NEAR(a b)"]
)
def test_no_query_is_taken_for_the_index_s_own_language(base: Base, query: str) -> None:
    try:
        find(base, query)
    except QueryError:
        assert not terms(query)


def test_a_page_taken_out_leaves_nothing(records: dict[Path, Record], place: str) -> None:
    with closing(open_base(place, write=True)) as one:
        with one.write():
            listing.create(one)
            for page, record in enumerate(records.values(), 1):
                listing.add(one, page, listing.prepare(record), TAKEN_IN)
            for page in range(1, len(records) + 1):
                listing.remove(one, page)
        for table in ("page", "sentence", "names", "tells", *(["words"] if one.kind == "postgresql" else [])):
            assert one.run(f"select count(*) from search_{table}") == [(0,)]
        if one.kind == "sqlite":
            for lang, word in (("zh", '"会谈"'), ("en", "tariff"), ("zh", '"谈" *')):
                assert one.run(f"select count(*) from search_{lang} where search_{lang} match ?", [word]) == [(0,)]
        assert find(one, "会谈").total == 0


def test_the_index_is_written_anew_where_another_version_made_it(base: Base) -> None:
    assert not listing.stale(base)
    before = find(base, "会谈", limit=100)
    with base.write():
        base.run("update search_meta set value = '0'")
        table, column, id_ = ("zh", "words", "rowid") if base.kind == "sqlite" else ("words", "zh", "id")
        base.run(f"insert into search_{table} ({id_}, {column}) values (99, '会谈')")
    with pytest.raises(QueryError, match="another version"):
        find(base, "会谈")
    with base.write():
        listing.mend(base)
    assert not listing.stale(base)
    assert find(base, "会谈", limit=100) == before


def test_a_ledger_that_is_opened_to_write_is_mended(tmp_path: Path, takens: list[Taken]) -> None:
    place = str(tmp_path / "ledger.db")
    with open_shelf(place, write=True) as shelf:
        shelf.put(takens)
        before = find(shelf.base, "会谈", limit=100)
        with shelf.base.write():
            shelf.base.run("update search_meta set value = '0'")
    with open_shelf(place) as shelf, pytest.raises(QueryError, match="attache ingest"):
        find(shelf.base, "会谈")
    with open_shelf(place, write=True) as shelf:
        assert find(shelf.base, "会谈", limit=100) == before


@pytest.mark.parametrize("query", [" ".join("中美会谈外长关税" * 12), " ".join(["tariff"] * 28), "-谈 " * 60 + "会"])
def test_a_query_of_many_terms_is_asked(base: Base, query: str) -> None:
    assert find(base, query).total >= 0


def test_a_control_character_moves_no_mark() -> None:
    (marked,) = marks(["a \x01 tariff \x02 and tariffs"], terms("tariffs"))
    assert marked == [(4, 10), (17, 24)]


def test_an_index_that_holds_what_is_not_there_is_told(place: str, records: dict[Path, Record]) -> None:
    with closing(open_base(place, write=True)) as one:
        with one.write():
            listing.create(one)
            listing.add(one, 1, listing.prepare(next(iter(records.values()))), TAKEN_IN)
            one.run("delete from search_sentence")
        with pytest.raises(ShelfError, match="it is damaged"):
            find(one, "中")


@given(st.text(max_size=40))
def test_plain_text_leads_back_to_every_place(text: str) -> None:
    """Lower case, accents and script may change characters, never how many there are or where they stand."""
    folded = plain(text)
    back = folded.back or range(len(text) + 1)
    assert len(folded.text) == len(back) - 1
    for place in range(len(folded.text)):
        start, end = folded.original(place, place + 1)
        assert 0 <= start < end <= len(text)


@given(
    st.text(alphabet="中美谈İÉéßﬁｱ　“a-1é\u200b", max_size=20), st.text(alphabet="中美谈Éé1a", min_size=1, max_size=3)
)
def test_places_hold_the_words_asked_for(text: str, query: str) -> None:
    for term in terms(query):
        for start, end in places(term, plain(text)):
            assert plain(text[start:end]).text.startswith(term.runs[0])


def test_of_frequent_words_the_last_are_ranked_and_so_many_counted(place: str, records: dict[Path, Record]) -> None:
    """The last page is ranked, the first is not; beyond the limit it says that there are more."""
    prepared = listing.prepare(next(iter(records.values())))
    one = msgspec.structs.replace(prepared, units=[unit for unit in prepared.units if unit.zh][:1] * 400)
    with closing(open_base(place, write=True)) as base:
        with base.write():
            listing.create(base)
            for page in range(1, 5):
                listing.add(base, page, one, TAKEN_IN)
        word = one.units[0].zh[0] if one.units[0].zh else ""
        hits = find(base, word, limit=10)
        assert (hits.total, hits.more, hits.ranked, hits.pages) == (1600, False, 1000, 3)
        assert {page.page for page in hits.found} == {2, 3, 4}
        hits = find(base, word, counted=1500)
        assert (hits.total, hits.more) == (1500, True)
        hits = find(base, word, Facets(until="1900"), counted=1500)
        assert (hits.total, hits.more) == (0, False)


def test_a_page_that_is_read_again_is_found_once(place: str, takens: list[Taken]) -> None:
    def told(shelf: Shelf) -> list[tuple[str, int, int]]:
        found = find(shelf.base, "会谈", limit=1000).found
        return sorted((page.capture, hit.start, hit.end) for page in found for hit in page.hits)

    with open_shelf(place, write=True) as shelf:
        shelf.put(takens)
        before = told(shelf)
        taken_in = shelf.base.run("select capture, taken_in from search_page order by capture")
        outcomes = shelf.put([taken._replace(version="another") for taken in takens], again=True)
        assert set(outcomes) == {"again"}
        assert told(shelf) == before
        assert shelf.base.run("select capture, taken_in from search_page order by capture") == taken_in
        assert shelf.base.run("select count(*) from search_page") == [(len(takens),)]
