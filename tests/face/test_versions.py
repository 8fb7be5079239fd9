"""Which pages are versions of one: by the address that they give themselves, else by where they are kept."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from command import output

HEAD = '<html><head><title>{}</title><link rel="alternate canonical" href="{}"><meta name="x" content="y"></head>'
BODY = "<body><h1>{}</h1><p>来源：榕江社 2024年5月8日</p><p>{}</p></body></html>"
TOLD = "法国外长5月7日在里昂与德国外长举行会谈。"


def addresses(ledger: Path) -> list[str]:
    with closing(sqlite3.connect(ledger)) as base:
        return [address for (address,) in base.execute("select address from page order by page_pk")]


def saved(path: Path, title: str, text: str, address: str) -> Path:
    path.write_text(HEAD.format(title, address) + BODY.format(title, text), encoding="utf-8")
    return path


@pytest.mark.parametrize(("address", "standing"), [
    ("https://www.a.example/2024/7731?utm_source=x", "retracted"), ("https://a.example/2024/7732", "told"),
])  # fmt: skip
def test_a_withdrawal_saved_under_another_name_withdraws(tmp_path: Path, address: str, standing: str) -> None:
    ledger = tmp_path / "a.db"
    page = saved(tmp_path / "meeting.html", "里昂会谈", TOLD, "https://a.example/2024/7731")
    notice = saved(tmp_path / "notice.html", "撤稿说明", "该稿与事实不符，特此撤回，并向读者致歉。", address)
    output("ingest", "--ledger", ledger, page)
    output("ingest", "--ledger", ledger, notice)
    lines = output("acts", "--json", "--ledger", ledger).splitlines()
    assert {msgspec.json.decode(line)["standing"] for line in lines} == {standing}


def test_a_file_is_one_address_however_its_path_is_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger, page = tmp_path / "a.db", tmp_path / "x" / "a.txt"
    page.parent.mkdir()
    monkeypatch.chdir(tmp_path)
    for number, typed in enumerate(["x/a.txt", "./x/a.txt", str(page)]):
        page.write_text(f"里昂会谈\n{TOLD}第{number}版。\n", encoding="utf-8")
        output("ingest", "--ledger", ledger, typed)
    assert addresses(ledger) == [str(page)] * 3
