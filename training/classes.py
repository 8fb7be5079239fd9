"""Classes of words that stand in the same surroundings, for the judge: ``lexicon/lang/zh/word_classes.json``.

From the lent pages as the reader cuts them into pieces: positive pointwise mutual information of a word and its
neighbours (three on either side, the nearest by side), 100 dimensions by singular values, 100 classes by k-means. No
marks are used, nor any page kept blind for events.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any, TypeAlias

import msgspec
import numpy as np
import scipy.sparse as sp
from marked import LENT, lent_text, ours, page_key
from scipy.cluster.vq import kmeans2
from scipy.sparse.linalg import svds

from attache.lexicon.load import HOME, WORD_CLASSES
from attache.lexicon.schema import WordClasses
from attache.pipeline import Reader
from attache.read.chunk import Chunk
from attache.read.page.assemble import read_page
from attache.read.page.capture import read_capture

SEEN = 5  # a word met less often has no class
NEIGHBOURS = 6_000  # most frequent words that count as surroundings
WINDOW = 3
DIMENSIONS = 100
COUNT = 100
START = 40  # characters of a body that tell one page from another
Array: TypeAlias = "np.ndarray[Any, np.dtype[Any]]"


def pages() -> Iterator[str]:
    """Texts of the lent pages, each once, without those kept blind for events."""
    blind = {page.key for file in ("marks.jsonl", "dates.jsonl", "voices.jsonl") for page in ours(file) if page.blind}
    seen = set[str]()
    for name in ("news", "cctv"):
        with gzip.open(LENT / "data" / "zh" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as rows:
            for row in map(json.loads, rows):
                text = lent_text(row)
                if page_key(row["id"]) not in blind and _start(text) not in seen:
                    seen.add(_start(text))
                    yield text


def _start(text: str) -> str:
    """The first words of a page's body, for pages that stand in two places."""
    return "".join(text.partition("\n\n")[2].split())[:START]


def word(item: Chunk) -> str:
    """What a piece counts as: parties, times, figures each as one word, other phrases by their last two characters."""
    if item.kind == "P":
        return "<P>" if item.phrase is not None and item.phrase.codes else item.text[-2:]
    return f"<{item.kind}>" if item.kind in "TQ" else item.text[-4:]


def sentences(reader: Reader) -> Iterator[list[str]]:
    """The words of each sentence of the pages."""
    for text in pages():
        captured = read_capture(text.encode(), "lent")
        for read in reader.sentences(read_page(captured, reader.page_words), captured.capture.text):
            yield [word(item) for item in read.chunks]


def surroundings(told: list[list[str]], words: list[str], near: list[str]) -> Any:
    """Positive pointwise mutual information of words and neighbours, a sparse matrix."""
    at = {word: i for i, word in enumerate(words)}
    beside = {word: i for i, word in enumerate(near)}
    counts: Counter[tuple[int, int]] = Counter()
    for row in told:
        places = [beside.get(word, -1) for word in row]
        for i, word in enumerate(row):
            for j in range(max(i - WINDOW, 0), min(i + WINDOW + 1, len(row))):
                if j != i and places[j] >= 0 and word in at:
                    side = 0 if abs(i - j) > 1 else 1 if j < i else 2
                    counts[at[word], places[j] + side * len(near)] += 1
    where = np.array(list(counts))
    shape = (len(words), 3 * len(near))
    found = sp.coo_matrix((np.array(list(counts.values()), dtype=float), (where[:, 0], where[:, 1])), shape=shape)
    total = found.sum()
    of_word = np.asarray(found.sum(1)).ravel() + 1e-9
    of_near = np.asarray(found.sum(0)).ravel() ** 0.75
    of_near = of_near / of_near.sum() * total + 1e-9
    shared = np.log(found.data * total / (of_word[found.row] * of_near[found.col]))
    return sp.csr_matrix((np.maximum(shared, 0.0), (found.row, found.col)), shape=shape)


def cluster(shared: Any) -> Array:
    """The class of each word."""
    left, values, _ = svds(shared, k=DIMENSIONS, random_state=0)
    points = left * np.sqrt(values)
    points /= np.linalg.norm(points, axis=1, keepdims=True) + 1e-9
    return np.asarray(kmeans2(points, COUNT, iter=30, minit="++", seed=0)[1])


def main() -> None:
    """Write the classes, each with its words, the most frequent first."""
    if not LENT.exists():
        sys.exit(f"classes: {LENT} is absent: the pages are lent, not ours to keep")
    told = list(sentences(Reader(judged=False)))
    count = Counter(word for row in told for word in row)
    words = [word for word, times in count.items() if times >= SEEN]
    near = [word for word, _ in count.most_common(NEIGHBOURS)]
    groups: list[list[str]] = [[] for _ in range(COUNT)]
    for name, number in zip(words, cluster(surroundings(told, words, near)).tolist(), strict=True):
        groups[number].append(name)
    ranked = sorted(sorted(group, key=lambda one: (-count[one], one)) for group in groups if group)
    digest = hashlib.sha256("\n".join(" ".join(row) for row in told).encode()).hexdigest()
    data = msgspec.json.encode(WordClasses(sentences=len(told), data=digest, classes=ranked))
    (HOME / WORD_CLASSES).write_bytes(data.replace(b"],[", b"],\n[") + b"\n")
    print(f"{len(words)} words in {len(ranked)} classes from {len(told)} sentences")


if __name__ == "__main__":
    main()
