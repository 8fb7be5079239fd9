"""How fast a page is read, beside what others do on the same text in the same run.

Reads the lent news pages where they are, else the project's samples, on one core: the whole reader, then jieba's
segmentation alone and JioNLP's time parser alone. Speeds are printed as sentences and characters a second and as
ratios to jieba's; a sentence ends at 。！？ or a line's end, for all of them.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import logging
import re
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from attache.face.cli import seldom_collect
from attache.pipeline import Reader

ROOT = Path(__file__).parents[1]
NEWS = ROOT.parent / "shared" / "data" / "zh" / "news.jsonl.gz"
SENTENCE = re.compile(r"[^。！？!?\n]+")
FEW = 1500  # sentences for the slow time parser


def pages() -> list[str]:
    """Texts of the pages to read: title, day, blank line, body."""
    if not NEWS.exists():
        found = sorted((ROOT / "samples").glob("*.txt"))
        return [path.read_bytes().decode("utf-8", "ignore") for path in found] * 8
    with gzip.open(NEWS, "rt", encoding="utf-8") as rows:
        read = [json.loads(line) for line in rows]
    return [f"{row['title']}\n{row['published'][:10]}\n\n{row['text']}" for row in read]


def timed(run: Callable[[], object]) -> float:
    """CPU seconds of one run."""
    start = time.process_time()
    run()
    return time.process_time() - start


def show(name: str, sentences: int, characters: int, seconds: float, beside: float | None) -> float:
    """Print a row; the speed in characters a second."""
    speed = characters / seconds
    ratio = f"{speed / beside:8.2f}" if beside else "    1.00"
    print(f"{name:34}{sentences / seconds:12,.0f}{speed:14,.0f}{ratio}")
    return speed


def read_all(reader: Reader, data: list[bytes]) -> None:
    """Read page after page and keep none, as ``attache read --json`` does."""
    for one in data:
        reader.read(one, "page")


def main() -> None:
    """Run the bench."""
    seldom_collect()
    texts = pages()
    sentences = [sentence for text in texts for sentence in SENTENCE.findall(text)]
    characters = sum(map(len, texts))
    print(
        f"{len(texts)} pages of {'news' if NEWS.exists() else 'samples'}, "
        f"{len(sentences):,} sentences, {characters:,} characters"
    )
    print(f"{'one core':34}{'sentences/s':>12}{'characters/s':>14}{'ratio':>8}")
    base = None
    try:
        import jieba  # noqa: PLC0415  (a peer: only where it is installed)

        jieba.setLogLevel(logging.ERROR)
        jieba.initialize()
        base = show(
            "jieba, segmentation only",
            len(sentences),
            characters,
            timed(lambda: [list(jieba.cut(t)) for t in texts]),
            None,
        )
    except ImportError:
        print("jieba is not installed: make bench")
    reader = Reader()
    data = [text.encode() for text in texts]
    for one in data[:20]:
        reader.read(one, "warm")
    show(
        "attache, the whole reader",
        len(sentences),
        characters,
        timed(lambda: read_all(reader, data)),
        base,
    )
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            import jionlp  # noqa: PLC0415
        logging.disable(logging.CRITICAL)  # it logs what it cannot parse
        few = sentences[:: max(len(sentences) // FEW, 1)][:FEW]

        def parse() -> None:
            for sentence in few:
                with contextlib.suppress(Exception):
                    jionlp.ner.extract_time(sentence, time_base=0)

        show("JioNLP, times only", len(few), sum(map(len, few)), timed(parse), base)
    except ImportError:
        print("JioNLP is not installed: make bench")
    print(
        f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB with the peers loaded",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
