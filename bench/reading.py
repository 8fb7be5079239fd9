"""How fast a page is read, beside what others do on the same text in the same run.

Reads the lent news pages where they are, else the project's samples, on one core: the whole reader and that of the
commit before, each in a process of its own; jieba's segmentation and its tagger, rjieba's tagger and JioNLP's time
parser alone. Speeds are printed as sentences and characters a second and as ratios to jieba's segmentation; a sentence
ends at a full stop, a question or exclamation mark or a line's end, for all of them.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import logging
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import rjieba

from attache.face.cli import seldom_collect
from attache.pipeline import Reader

ROOT = Path(__file__).parents[1]
NEWS = ROOT.parent / "shared" / "data" / "zh" / "news.jsonl.gz"
SENTENCE = re.compile(r"[^。！？!?\n]+")
FEW = 1500  # sentences for the slow time parser
FEW_PAGES = 200  # for the slow tagger


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


def reading(source: Path) -> float | None:
    """CPU seconds that the reader of a source folder takes for all pages; None where it fails."""
    run = subprocess.run(
        [sys.executable, __file__, "--alone"], env=os.environ | {"PYTHONPATH": str(source)}, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    return float(run.stdout) if run.returncode == 0 else None


def alone() -> None:
    """Print the CPU seconds of reading all pages, the better of two runs."""
    seldom_collect()
    reader = Reader()
    data = [text.encode() for text in pages()]
    read_all(reader, data[:20])
    print(min(timed(lambda: read_all(reader, data)) for _ in range(2)))


def before() -> float | None:
    """The reader of the commit before, on the same pages; None where there is no history."""
    with tempfile.TemporaryDirectory() as folder:
        packed = subprocess.run(
            ["git", "-C", str(ROOT), "archive", "HEAD^", "src"], capture_output=True, check=False
        ).stdout  # fmt: skip
        if not packed:
            return None
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            archive.extractall(folder, filter="data")
        return reading(Path(folder) / "src")


def main() -> None:
    """Run the bench."""
    texts = pages()
    sentences = [sentence for text in texts for sentence in SENTENCE.findall(text)]
    size, characters = len(sentences), sum(map(len, texts))
    print(
        f"{len(texts)} pages of {'news' if NEWS.exists() else 'samples'}, {size:,} sentences, {characters:,} characters"
    )
    print(f"{'one core':34}{'sentences/s':>12}{'characters/s':>14}{'ratio':>8}")
    base = None
    try:
        import jieba  # noqa: PLC0415  (peers: only where they are installed)
        import jieba.posseg  # noqa: PLC0415

        jieba.setLogLevel(logging.ERROR)
        jieba.initialize()
        took = timed(lambda: [list(jieba.cut(text)) for text in texts])
        base = show("jieba, segmentation only", size, characters, took, None)
        few = texts[:: max(len(texts) // FEW_PAGES, 1)]
        took = timed(lambda: [list(jieba.posseg.cut(text)) for text in few])
        show("jieba, words with tags", sum(len(SENTENCE.findall(t)) for t in few), sum(map(len, few)), took, base)
    except ImportError:
        print("jieba is not installed: make bench")
    took = timed(lambda: [rjieba.tag(text, False) for text in texts])
    show("rjieba, words with tags", size, characters, took, base)
    for name, seconds in (
        ("attache, the whole reader", reading(ROOT / "src")),
        ("attache, the commit before", before()),
    ):
        if seconds is None:
            print(f"{name}: could not be run")
        else:
            show(name, size, characters, seconds, base)
    jionlp_times(sentences, base)


def jionlp_times(sentences: list[str], base: float | None) -> None:
    """JioNLP's time parser on a sample of the sentences."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            import jionlp  # noqa: PLC0415
    except ImportError:
        print("JioNLP is not installed: make bench")
        return
    logging.disable(logging.CRITICAL)  # it logs what it cannot parse
    few = sentences[:: max(len(sentences) // FEW, 1)][:FEW]

    def parse() -> None:
        for sentence in few:
            with contextlib.suppress(Exception):
                jionlp.ner.extract_time(sentence, time_base=0)

    show("JioNLP, times only", len(few), sum(map(len, few)), timed(parse), base)


if __name__ == "__main__":
    alone() if "--alone" in sys.argv else main()
