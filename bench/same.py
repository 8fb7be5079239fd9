"""Near-copies found among pages, and how the cost of joining grows with the ledger.

    python bench/same.py [NEWS]    NEWS: a file of pages, one JSON object a line with `text`, gzipped; else the samples

Copies are made of each page: head and foot changed, a paragraph cut, the script converted, and all three; each is read
like any page. A copy is found where its page and its model are one text. What is found between pages that are no
copies of each other is printed too: a news file holds real reprints, so it is read by eye and not called wrong.

Joining is measured on events made of the samples' own, a third of their characters changed, parties and dates drawn
anew: half of them dated, dyads as unequal as in the news (1/rank of 26 codes).
"""

from __future__ import annotations

import gzip
import json
import random
import sys
from collections.abc import Callable, Sequence
from itertools import islice
from math import log
from pathlib import Path
from time import process_time

import msgspec
from opencc import OpenCC

from attache.ledger.group import groups, joins
from attache.ledger.light import light, media, tolds
from attache.ledger.noun import Report, Told
from attache.ledger.origin import LEAST_RUNS, copies
from attache.pipeline import Reader
from attache.record import Actor, Span

SAMPLES = sorted(Path(__file__).parents[1].glob("samples/*.*"))
PAGES = 400  # of a news file
SIZES = (10_000, 30_000, 100_000)
CODES = [
    "USA", "CHN", "RUS", "UKR", "IRN", "ISR", "GBR", "FRA", "DEU", "JPN", "KOR", "PRK", "IND",
    "PAK", "TUR", "SAU", "EGY", "BRA", "CAN", "AUS", "EU", "NATO", "UN", "TWN", "PHL", "VNM",
]  # fmt: skip
EVENTS_A_PAGE = 5


def framed(text: str) -> str:
    """Another head and foot."""
    return "\n".join(
        ["某某转载网", "首页 > 国际 > 正文", text, "责任编辑：某某", "版权归原作者所有，如有侵权请联系删除"]
    )


def cut(text: str) -> str:
    """Without the paragraph of middling length."""
    lines = text.splitlines()
    ranked = sorted((line for line in lines if len(line) > 10), key=len)
    if len(ranked) > 2:
        lines.remove(ranked[len(ranked) // 2])
    return "\n".join(lines)


def texts(path: Path | None) -> list[str]:
    """The pages to copy."""
    if path is None:
        reader = Reader()
        return [reader.read_file(one).capture.text for one in SAMPLES if one.suffix != ".md"]
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line)["text"] for line in islice(file, PAGES)]


def found(pages: Sequence[str], change: Callable[[str], str], reader: Reader) -> tuple[int, int, int, int]:
    """Copies found, copies made, pages too short to be copied, pairs of other pages found to be one text."""
    known = media()

    def read(text: str, name: str) -> Report:
        return light(reader.read(text.encode(), name), known)

    models = [read(text, f"{i}") for i, text in enumerate(pages)]
    again = [read(change(text), f"copy/{i}") for i, text in enumerate(pages)]
    number = {report.id: i for reports in (models, again) for i, report in enumerate(reports)}
    pairs = {(number[one], number[two]) for one, two in copies([*models, *again])}
    short = sum(1 for report in models if report.shingles < LEAST_RUNS)
    made = [i for i, report in enumerate(models) if report.id != again[i].id and report.shingles >= LEAST_RUNS]
    others = {(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]}
    return sum((i, i) in pairs for i in made), len(made), short, len(others)


def print_copies(pages: Sequence[str]) -> None:
    """One line for each kind of change."""
    reader = Reader()
    convert = OpenCC("s2t").convert
    kinds: list[tuple[str, Callable[[str], str]]] = [
        ("head and foot changed", framed), ("a paragraph cut", cut), ("script converted", convert),
        ("all three", lambda text: convert(framed(cut(text)))),
    ]  # fmt: skip
    for name, change in kinds:
        right, made, short, others = found(pages, change, reader)
        print(f"{name}: {right} of {made} copies found, {right / made:.3f}; too short: {short}; other pairs: {others}")


def synthetic(base: Sequence[Told], count: int) -> list[Told]:
    """Events of five a page, made of those of the samples."""
    chance = random.Random(1)
    stock = [c for told in base for c in told.event.evidence.text if c > "\u4e00"]
    weights = [1 / rank for rank in range(1, len(CODES) + 1)]
    out = []
    for number in range(count):
        page = number // EVENTS_A_PAGE
        if number % EVENTS_A_PAGE == 0:
            day = f"{chance.randrange(2021, 2024)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
            title = "".join(chance.sample(stock, 12))
        told = chance.choice(base)
        letters = list(told.event.evidence.text)
        for _ in range(len(letters) // 3):
            letters[chance.randrange(len(letters))] = chance.choice(stock)
        words = "".join(letters)
        sides = [[Actor(code=code, text=code)] for code in chance.choices(CODES, weights, k=2)]
        event = msgspec.structs.replace(
            told.event, id=str(number), actors=sides[0], recipients=sides[1],
            when=day if chance.random() < 0.5 else None, evidence=Span(start=0, end=len(words), text=words),
        )  # fmt: skip
        context = words + "".join(chance.sample(stock, 20))
        out.append(Told(ref=f"{page:016x}:{number}", page=f"{page:016x}", published=day, title=title, event=event,
                        context=context))  # fmt: skip
    return out


def print_slope() -> None:
    """Processor seconds to join and group each size, and the slope between the smallest and the largest."""
    reader = Reader()
    base = [told for path in SAMPLES if path.suffix != ".md" for told in tolds(reader.read_file(path))]
    taken = []
    for size in SIZES:
        events = synthetic(base, size)
        start = process_time()
        made = joins(events)
        acts = groups(events, made)
        taken.append(process_time() - start)
        print(f"{size} events: {taken[-1]:.1f} s, {len(made)} joins, {len(acts)} acts")
    slope = log(taken[-1] / taken[0]) / log(SIZES[-1] / SIZES[0])
    even = log(SIZES[-1] * log(SIZES[-1]) / (SIZES[0] * log(SIZES[0]))) / log(SIZES[-1] / SIZES[0])
    print(f"slope {slope:.2f}; of n log n {even:.2f}")


def main() -> None:
    """Print both."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    print_copies(texts(path))
    print_slope()


if __name__ == "__main__":
    main()
