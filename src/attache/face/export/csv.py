"""CSV: an act a line, lists parted by a bar, the lexicon's digest in the last columns (RFC 4180, UTF-8)."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable
from typing import IO, Any

from attache.face.export.about import About, Exported, Written
from attache.face.export.flat import COLUMNS, row

PARTED = "|"
ABOUT = ("version", "lexicon", "written_with", "as_of")


def write(acts: Iterable[Exported], out: IO[bytes], about: About) -> Written:
    """Write acts as CSV."""
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    try:
        writer = csv.writer(text)
        writer.writerow([*COLUMNS, *ABOUT])
        last = [about.version, about.lexicon, about.written_with, about.as_of or ""]
        count = 0
        for act in acts:
            writer.writerow([*(_cell(name, value) for name, value in row(act).items()), *last])
            count += 1
        text.flush()
    finally:
        text.detach()  # the file is closed by whoever opened it
    return Written(count, count, Counter())


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    if COLUMNS[name] == "list":
        return PARTED.join(one.replace(PARTED, "/") for one in value)
    # words of a page stand in quotation marks: no spreadsheet takes them for a formula
    return f"“{value}”" if name == "words" and value else str(value)
