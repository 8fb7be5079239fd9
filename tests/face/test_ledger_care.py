"""What the commands on a ledger do where something is wrong: with a number, a name, a text, a capture."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from attache.face.acts import followed
from attache.ledger.noun import Party, Step, Undertaking
from attache.record import Span
from command import run
from pages import ROOT

HUGE = "99999999999999999999"
DAMAGED = "24-site-call-denied.html"
PAGES = ("01-selfmedia-geneva.txt", "02-selfmedia-geneva-repost.txt", DAMAGED)
REF = "0123456789abcdef:0123456789ab"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("care") / "three.db"
    assert run("ingest", "--jobs", 1, "--ledger", path, *(ROOT / "samples" / name for name in PAGES)).exit_code == 0
    return path


@pytest.fixture
def damaged(ledger: Path, tmp_path: Path) -> Path:
    """The ledger with one byte of one capture changed."""
    path = Path(shutil.copy(ledger, tmp_path))
    with closing(sqlite3.connect(path)) as base:
        where = f"uri like '%{DAMAGED}'"
        packed = bytearray(base.execute(f"select bytes from capture where {where}").fetchone()[0])
        packed[len(packed) // 2] ^= 1
        base.execute(f"update capture set bytes = ? where {where}", [bytes(packed)])
        base.commit()
    return path


# --- numbers and names


@pytest.mark.parametrize(
    "command",
    [
        ["acts", "--limit"],
        ["acts", "--offset"],
        ["acts", "--origins"],
        ["log", "--limit"],
        ["search", "谈", "--offset"],
    ],
    ids=" ".join,
)
def test_a_number_beyond_all_reckoning_is_refused(ledger: Path, command: list[str]) -> None:
    result = run(*command, HUGE, "--ledger", ledger)
    assert result.exit_code == 2
    assert "1000000000" in result.stderr
    assert run(*command, 1_000_000_000, "--ledger", ledger).exit_code in (0, 1)


@pytest.mark.parametrize("command", [["act", "zz"], ["act", ""], ["log", "--act", "zz"]], ids=" ".join)
def test_where_there_is_no_such_act_the_status_is_one(ledger: Path, command: list[str]) -> None:
    result = run(*command, "--ledger", ledger)
    assert (result.exit_code, result.stderr) == (1, f"attache: {ledger}: no act {command[-1]}\n")


def test_a_name_that_fits_several_acts_is_refused(ledger: Path) -> None:
    ids = [json.loads(line)["id"] for line in run("acts", "--json", "--ledger", ledger).stdout.splitlines()]
    first = max({id_[0] for id_ in ids}, key=lambda digit: sum(id_.startswith(digit) for id_ in ids))
    assert run("act", first, "--ledger", ledger).exit_code == 2


def test_an_instant_as_the_log_shows_it_takes_in_what_came_of_it(ledger: Path) -> None:
    at = run("log", "--limit", 1, "--ledger", ledger).stdout.split()[1]
    assert len(at) == len("2026-11-22T18:14:44")
    now = run("acts", "--ledger", ledger).stdout
    assert now
    assert run("acts", "--as-of", at, "--ledger", ledger).stdout == now


def test_a_ledger_without_a_name_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    result = run("ingest", ROOT / "samples" / DAMAGED, "--ledger", "")
    assert (result.exit_code, list(tmp_path.rglob("*.db"))) == (2, [])
    assert result.stderr.startswith("attache: --ledger: it has no name")


@pytest.mark.parametrize(
    ("command", "given"),
    [
        (["ingest", "--failed"], None),
        (["same", REF, REF[::-1]], None),
        (["apart", "a", "b"], None),
        (["verdicts", "replay", "-"], b'{"kind":"together","one":"x","two":"y","at":"2024","why":""}\n'),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, list) else "",
)
def test_what_puts_nothing_in_makes_no_ledger(tmp_path: Path, command: list[str], given: bytes | None) -> None:
    result = run(*command, "--ledger", tmp_path / "none.db", given=given)
    assert result.exit_code == 2
    assert result.stderr.startswith("attache: ")
    assert list(tmp_path.iterdir()) == []


def test_an_act_apart_from_itself_is_refused(ledger: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(ledger, tmp_path))
    found = [json.loads(line) for line in run("acts", "--json", "--ledger", path).stdout.splitlines()]
    id_ = next(act["id"] for act in found if act["reports"] > 1)
    result = run("apart", id_, id_[:8], "--ledger", path)
    assert result.exit_code == 2
    assert "are the same act; say apart of it and of the telling" in result.stderr
    assert run("verdicts", "export", "--ledger", path).stdout == ""


# --- a capture that is damaged


def test_a_search_shows_what_stands_and_names_what_does_not(ledger: Path, damaged: Path) -> None:
    whole = json.loads(run("search", "元首", "--json", "--ledger", ledger).stdout)
    result = run("search", "元首", "--json", "--ledger", damaged)
    assert result.exit_code == 2
    found = json.loads(result.stdout)["found"]
    assert found == [page for page in whole["found"] if not page["uri"].endswith(DAMAGED)]
    assert 0 < len(found) < len(whole["found"])
    assert result.stderr.count(DAMAGED) == result.stderr.count("\n") == 1
    shown = run("search", "元首", "--ledger", damaged)
    assert (shown.exit_code, shown.stderr) == (2, result.stderr)
    assert "【元首】" in shown.stdout
    assert DAMAGED not in shown.stdout


def told(path: Path) -> dict[str, str]:
    """Words of all tellings by ref, as a machine is given them."""
    words = {}
    for line in run("acts", "--json", "--limit", 1000, "--ledger", path).stdout.splitlines():
        for one in json.loads(run("act", json.loads(line)["id"], "--json", "--ledger", path).stdout)["tellings"]:
            words[one["ref"]] = "" if one["uri"].endswith(DAMAGED) else one["evidence"]["text"]
    return words


def test_an_act_for_machines_is_told_without_the_words_that_fail(ledger: Path, damaged: Path) -> None:
    expected = told(ledger)
    ids = [json.loads(line)["id"] for line in run("acts", "--json", "--ledger", ledger).stdout.splitlines()]
    statuses = set()
    for id_ in ids:
        result = run("act", id_, "--json", "--ledger", damaged)
        statuses.add(result.exit_code)
        assert {one["ref"]: one["evidence"]["text"] for one in json.loads(result.stdout)["tellings"]}.items() <= (
            expected.items()
        )
        assert (result.exit_code == 2) == (DAMAGED in result.stdout) == bool(result.stderr)
    assert statuses == {0, 2}


@pytest.mark.parametrize("format_", ["csv", "jsonl", "parquet"])
def test_no_export_has_words_that_fail(ledger: Path, damaged: Path, tmp_path: Path, format_: str) -> None:
    out = tmp_path / f"acts.{format_}"
    result = run("export", format_, out, "--ledger", damaged)
    assert result.exit_code == 2
    assert result.stderr.count("written without its words") == 1
    expected = told(ledger)
    if format_ == "csv":
        with out.open(encoding="utf-8-sig", newline="") as file:
            rows = [(row["uri"], row["words"]) for row in csv.DictReader(file)]
        assert {words for uri, words in rows if uri.endswith(DAMAGED)} == {""}
        assert all(words for uri, words in rows if not uri.endswith(DAMAGED))
    elif format_ == "jsonl":
        acts = [json.loads(line)["act"] for line in out.read_text(encoding="utf-8").splitlines()]
        assert {one["ref"]: one["evidence"]["text"] for act in acts for one in act["tellings"]} == expected
    else:
        acts = pq.read_table(out).to_pylist()
        assert sorted(one["words"] for act in acts for one in act["tellings"]) == sorted(expected.values())


def test_gdelt_s_table_has_no_words_to_fail(damaged: Path, tmp_path: Path) -> None:
    assert run("export", "gdelt", tmp_path / "acts.tsv", "--ledger", damaged).exit_code == 0


# --- columns


def test_a_long_date_does_not_run_into_the_next_column() -> None:
    span = Span(start=0, end=1, text="谈")
    steps = [
        Step(page="a2bf3d12" * 8, event=None, span=span, what="made", when=when)
        for when in ("2023-03-20/2023-03-22", "2023-03", None)
    ]
    party = Party(code="CHN", name="中国")
    one = Undertaking(
        id="1", act="2", kind="pledge", by=party, to=[], fields=[], status="open", steps=steps
    )  # fmt: skip
    lines, wrong = followed(one, lambda _: "谈")
    assert not wrong
    assert [line.split("  ")[-2].strip() for line in lines[1:]] == ["a2bf3d12"] * 3
    assert len({line.index("a2bf3d12") for line in lines[1:]}) == 1
