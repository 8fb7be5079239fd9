"""Being here, this file puts the folder on the path of every test: `import build`, `import scoring`.

Readers and the records of all samples are made once a session: loading the lexicon takes longer than reading.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from attache.pipeline import Reader
from attache.record import Record
from pages import SAMPLES


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The reader as users have it."""
    return Reader()


@pytest.fixture(scope="session")
def grammar() -> Reader:
    """The reader without its judge: what the grammar alone proposes first."""
    return Reader(judged=False)


@pytest.fixture(scope="session")
def records(reader: Reader) -> dict[Path, Record]:
    """The record of every sample page."""
    return {path: reader.read_file(path) for path in SAMPLES}
