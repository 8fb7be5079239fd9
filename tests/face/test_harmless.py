"""What a page, a file name or a row holds cannot steer the terminal, also where it is told as a mistake."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from attache.face.cli import app
from attache.ledger.light import media
from attache.pipeline import Reader
from attache.shelf import listing
from attache.shelf.foreign import gdelt
from attache.shelf.pages import take
from attache.shelf.store import open_shelf
from ledger_pages import tell
from pages import SAMPLES

ESCAPE = "\x1b[31m\u202e"


def said(*words: object, code: int) -> str:
    """All that a command prints, which must hold the name but nothing that steers."""
    result = CliRunner().invoke(app, [str(one) for one in words])
    assert result.exit_code == code, result.output
    assert "远江" in result.output
    assert not {"\x1b", "\u202e"} & set(result.output)
    return result.output


@pytest.mark.parametrize("command", [["read"], ["ingest", "--ledger"]])
def test_a_file_name(command: list[str], tmp_path: Path) -> None:
    page = tmp_path / f"远江{ESCAPE}.txt"
    page.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    said(*command, *([tmp_path / "a.db"] if len(command) > 1 else []), page, code=2)


def test_the_address_of_a_page_whose_words_are_not_shown(tmp_path: Path) -> None:
    ledger, page = tmp_path / "a.db", tmp_path / f"远江{ESCAPE}.txt"
    page.write_bytes(SAMPLES[6].read_bytes())
    assert CliRunner().invoke(app, ["ingest", "--ledger", str(ledger), str(page)]).exit_code == 0
    with closing(sqlite3.connect(ledger)) as base, base:
        base.execute("update capture set text_digest = 'another'")
        ((act,),) = base.execute("select id from act order by act_pk limit 1").fetchall()
    assert "another text" in said("act", act, "--ledger", ledger, code=2)


def test_a_ledger_that_cannot_be_opened(tmp_path: Path) -> None:
    said("acts", "--ledger", tmp_path / f"远江{ESCAPE}.db", code=2)


def test_names_like_that_of_a_source(tmp_path: Path, reader: Reader) -> None:
    ledger = str(tmp_path / "a.db")
    record = tell(outlet=f"远江{ESCAPE}日报").record()
    with open_shelf(ledger, write=True) as shelf:
        shelf.put([take(record, b"", media(), listing.prepare(record, reader.tables.script))])
    assert "names like it: 远江" in said("source", "远江", "--ledger", ledger, code=1)


def test_a_foreign_file(tmp_path: Path) -> None:
    table = tmp_path / f"远江{ESCAPE}.tsv"
    table.write_text("\t".join("x" for _ in gdelt.COLUMNS) + "\n")
    assert "is no CAMEO code" in said("import", "gdelt", table, "--ledger", tmp_path / "a.db", code=2)
