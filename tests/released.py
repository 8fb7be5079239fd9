"""Writes a small ledger as the present schema keeps it: two pages, a person's word, a page that failed.

Run once for each version that is released (``.venv/bin/python tests/released.py``); the file stays for good, and later
versions must open it. A packed file, not SQL: a dump does not bring the tables of the search back as they were.
"""

from __future__ import annotations

import gzip
import sqlite3
import tempfile
from pathlib import Path

from attache.ledger.light import media
from attache.pipeline import Reader
from attache.shelf import listing, schema
from attache.shelf.pages import take
from attache.shelf.store import Failure, open_shelf

FOLDER = Path(__file__).parent / "shelf"
PAGES = {
    "lyon.txt": """里昂会谈结束

远江日报  2024-05-08 10:00

2024年5月7日，法国总统在里昂会见德国总理。法国外交部随后谴责德国拒绝让步。德国政府否认拒绝让步。
""",
    "lyon-2.txt": """法德会谈

北渡晚报  2024-05-08 18:30

2024年5月7日，法国总统在里昂会见德国总理，双方谈了两个小时。日本当天召见俄罗斯大使，抗议军机进入领空。
""",
}


def packed(version: int) -> Path:
    """Where the ledger of a version is kept."""
    return FOLDER / f"schema{version}.db.gz"


def restored(version: int, folder: Path) -> str:
    """A ledger as a version wrote it, unpacked into a folder."""
    path = folder / f"schema{version}.db"
    path.write_bytes(gzip.decompress(packed(version).read_bytes()))
    return str(path)


def make(path: Path) -> None:
    """Make the ledger."""
    reader = Reader()
    with open_shelf(str(path), write=True) as shelf:
        for uri, text in PAGES.items():
            record = reader.read(text.encode(), uri)
            shelf.put([take(record, text.encode(), media(), listing.prepare(record, reader.tables.script))])
        shelf.put([], [Failure("gone.html", "it is empty")])
        one, two = [act.tellings[0].ref for act in shelf.acts() if len(act.tellings) == 1][:2]
        shelf.judge("apart", [(one, two)], "an example")
    connection = sqlite3.connect(path)
    connection.execute("pragma journal_mode = delete")
    connection.execute("vacuum")
    connection.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as here:
        made = Path(here, "made.db")
        make(made)
        packed(schema.VERSION).write_bytes(gzip.compress(made.read_bytes(), mtime=0))
