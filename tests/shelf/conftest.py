"""Ledgers to test on: SQLite in a folder, and PostgreSQL where its programs are installed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from attache.ledger.light import media
from attache.pipeline import Reader
from attache.record import Record
from attache.shelf import listing
from attache.shelf.pages import Taken, take
from database import Server, location, missing, running


@pytest.fixture(scope="session")
def takens(reader: Reader, records: dict[Path, Record]) -> list[Taken]:
    """Every sample page, read and packed."""
    script = reader.tables.script
    return [
        take(record, path.read_bytes(), media(), listing.prepare(record, script)) for path, record in records.items()
    ]


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A server of its own for this run."""
    cause = missing()
    if cause:
        pytest.skip(cause)
    with running() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where an empty ledger can be made."""
    with location(request, tmp_path) as found:
        yield found
