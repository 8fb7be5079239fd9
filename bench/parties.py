"""How fast the parties of a text are found, beside what it is built of, in the same run on one core.

The stage is one pass of the automaton over all names and predicates, a segmenter's boundaries, and the linker:
tokens, titles with their names, parties. Beside it the segmenter alone (rjieba, with tags) and the bare automaton.
Sentences are cut and folded before the clock starts. Also: how long the lexicon takes to load from its cache.
"""

from __future__ import annotations

from collections.abc import Callable

import rjieba
from reading import SENTENCE, pages, show, timed

from attache.face.cli import seldom_collect
from attache.lexicon.fold import fold
from attache.lexicon.load import HOME
from attache.lexicon.tables import Tables, tables
from attache.read.known import Known
from attache.read.mention import parties

ROUNDS = 3


def find_parties(texts: list[list[str]], known: Tables) -> None:
    """The whole stage, page after page."""
    for sentences in texts:
        told = Known()
        for sentence in sentences:
            parties(sentence, known, told, "2022-01-01")


def best(run: Callable[[], object]) -> float:
    """CPU seconds of the fastest of some runs."""
    return min(timed(run) for _ in range(ROUNDS))


def main() -> None:
    """Run the bench."""
    seldom_collect()
    known = tables()
    texts = [[fold(sentence).text for sentence in SENTENCE.findall(text)] for text in pages()]
    sentences = [sentence for page in texts for sentence in page]
    characters = sum(map(len, sentences))
    print(f"{len(texts)} pages, {len(sentences):,} sentences, {characters:,} characters")
    print(f"{'one core':34}{'sentences/s':>12}{'characters/s':>14}{'ratio':>8}")
    size = len(sentences)
    base = show(
        "rjieba, words with tags", size, characters, best(lambda: [rjieba.tag(s, False) for s in sentences]), None
    )
    automaton = known.automaton
    show(
        "the automaton alone", size, characters,
        best(lambda: [automaton.find_matches_as_indexes(s, overlapping=True) for s in sentences]), base,
    )  # fmt: skip
    show("attache, parties", size, characters, best(lambda: find_parties(texts, known)), base)
    seconds = best(lambda: tables.__wrapped__(HOME, None))
    print(f"lexicon from its cache: {seconds:.3f} s for {len(known.strings):,} strings")


if __name__ == "__main__":
    main()
