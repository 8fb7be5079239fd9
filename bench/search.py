"""How exact and how fast search is: answers held against plain search through the text, timed on 100,000 sentences.

Takes the lent news pages where they are, else the project's samples, read as `attache ingest` reads them, and puts them
on a shelf as often as it takes. Prints what queries of one and of two characters find, miss and make up, the time of
queries (10 pages shown, marks included) without and with facets, how fast sentences are indexed, and how much they
take. Times are CPU time, as other processes may share the cores; of PostgreSQL, which works in processes of its own,
they are wall time. ``--ledger postgresql://…`` for another shelf, ``--sentences N`` for another number.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from attache.pipeline import Reader
from attache.shelf import listing
from attache.shelf.bigram import pattern, plain, terms
from attache.shelf.dialect import Base, open_base
from attache.shelf.index import SHIFT
from attache.shelf.listing import Prepared
from attache.shelf.search import EVERYTHING, Facets, find

ROOT = Path(__file__).parents[1]
NEWS = ROOT.parent / "shared" / "data" / "zh" / "news.jsonl.gz"
SENTENCES = 100_000
NAMED = [
    "会谈",
    "外长",
    "制裁",
    "关税",
    "导弹",
    "军演",
    "峰会",
    "声明",
    "停火",
    "使馆",
    "俄军",
    "欧盟",
    "中国",
    "美国",
    "總統",
]
SINGLE = ["谈", "税", "核", "俄", "弹", "盟", "援", "和"]
DRAWN = 300  # stretches of two Chinese characters, drawn from the text: frequent ones come often
ROUNDS = 3
FACETS = {
    "a party": Facets(actor="USA"),
    "a dyad": Facets(dyad=("CHN", "USA")),
    "a type": Facets(type="ACCUSE"),
    "a year": Facets(since="2022", until="2022"),
}


def pages() -> Iterator[tuple[bytes, str]]:
    """Pages to read: bytes and name."""
    if NEWS.exists():
        with gzip.open(NEWS, "rt", encoding="utf-8") as file:
            for line in file:
                page = json.loads(line)
                yield page["raw"].encode(), page["id"]
    else:
        for path in sorted((ROOT / "samples").iterdir()):
            if path.suffix in (".txt", ".html"):
                yield path.read_bytes(), path.name


def fill(base: Base, read: Sequence[Prepared], least: int) -> tuple[int, float]:
    """Put pages on the shelf until there are enough sentences; how many, and the seconds it took."""
    start = time.process_time()
    count = page = 0
    while count < least:
        with base.write():
            for one in read:
                page += 1
                listing.add(base, page, one, "2026-01-01T00:00:00Z")
                count += len(one.units)
    return count, time.process_time() - start


def exact(base: Base, queries: Sequence[str]) -> tuple[int, int, int]:
    """Sentences that queries should find, that they miss, and that they find though they should not."""
    rows = [(id_, plain(text).text) for id_, text in base.run("select id, text from search_sentence")]
    wanted = missed = wrong = 0
    for query in queries:
        (term,) = terms(query)
        there = {id_ for id_, text in rows if pattern(term).search(text)}
        hits = find(base, query, limit=10**6, counted=10**9)
        wanted += len(there)
        missed += max(len(there) - hits.total, 0)
        wrong += max(hits.total - len(there), 0)
        strange = {page.page for page in hits.found} - {id_ >> SHIFT for id_ in there}
        assert not strange, f"{query}: pages without it: {strange}"
    return wanted, missed, wrong


def timed(base: Base, queries: Sequence[str], facets: Facets = EVERYTHING) -> list[float]:
    """Milliseconds of each query, the median of a few rounds."""
    clock = time.process_time if base.kind == "sqlite" else time.perf_counter
    out = []
    for query in queries:
        took = []
        for _ in range(ROUNDS):
            start = clock()
            find(base, query, facets)
            took.append((clock() - start) * 1000)
        out.append(statistics.median(took))
    return sorted(out)


def told(name: str, took: Sequence[float]) -> None:
    """Print the median, the 95th percentile and the most."""
    p95 = took[min(int(len(took) * 0.95), len(took) - 1)]
    p50 = statistics.median(took)
    print(f"  {name:<36}{len(took):>4} queries  p50 {p50:6.2f} ms  p95 {p95:6.2f} ms  most {took[-1]:6.2f} ms")


def drawn(base: Base) -> list[str]:
    """Stretches of two Chinese characters from the text."""
    chance = random.Random(8)
    texts = [row[0] for row in base.run("select text from search_sentence where english = 0 order by id limit 50000")]
    found: list[str] = []
    while len(found) < DRAWN:
        text = chance.choice(texts)
        start = chance.randrange(len(text))
        part = text[start : start + 2]
        if len(part) == 2 and all("一" <= char <= "鿿" for char in part):
            found.append(part)
    return found


def main() -> None:
    """Read, fill, ask."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--ledger")
    options.add_argument("--sentences", type=int, default=SENTENCES)
    asked = options.parse_args()
    given = asked.ledger
    reader = Reader()
    read = [listing.prepare(reader.read(data, name), reader.tables.script) for data, name in pages()]
    with tempfile.TemporaryDirectory() as folder:
        place = given or str(Path(folder) / "search.db")
        with closing(open_base(place, write=True)) as base:
            with base.write():
                listing.create(base)
            count, seconds = fill(base, read, asked.sentences)
            print(f"{count:,} sentences of {len(read):,} pages; put in at {count / seconds:,.0f} a second (CPU)")
            if not given:
                base.run("pragma wal_checkpoint(truncate)")
                print(f"{Path(place).stat().st_size / count:,.0f} bytes a sentence, its text included")
            for name, queries in (("two characters", NAMED), ("one character", SINGLE)):
                wanted, missed, wrong = exact(base, queries)
                print(
                    f"{len(queries)} queries of {name}: in {wanted:,} sentences; {missed:,} missed, {wrong:,} made up"
                )
            told("two characters, named", timed(base, NAMED))
            told("two characters, drawn from the text", timed(base, drawn(base)))
            told("one character", timed(base, SINGLE))
            told("two words of two characters", timed(base, [" ".join(pair) for pair in itertools.pairwise(NAMED)]))
            for name, facets in FACETS.items():
                told(f"two characters with {name}", timed(base, NAMED, facets))


if __name__ == "__main__":
    main()
