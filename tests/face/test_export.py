"""Every export gives the sample ledger back: read again by another reader, column by column."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from attache.face.export import gdelt as gdelt_export
from attache.face.export.about import About
from attache.face.export.flat import COLUMNS
from attache.ledger.noun import Act, Party
from attache.lexicon.exchange import Exchange
from attache.pipeline import Reader
from attache.shelf.foreign import FORMATS, gdelt, store
from attache.shelf.foreign.noun import ForeignAct
from attache.shelf.store import open_shelf
from build import party
from command import output
from ledger_pages import one_act, tell
from pages import ROOT, SAMPLES

FOREIGN = {"GLOBALEVENTID": "7", "SQLDATE": "20230310", "Actor1Name": "SAUDI", "Actor1CountryCode": "SAU",
           "EventCode": "057", "NumArticles": "3", "AvgTone": "1.25", "SOURCEURL": "https://example.org/a"}  # fmt: skip


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> str:
    """All sample pages, and one act of another collection."""
    folder = tmp_path_factory.mktemp("export")
    path = str(folder / "ledger.db")
    output("ingest", "--jobs", "1", "--ledger", path, *(str(page.relative_to(ROOT)) for page in SAMPLES))
    (folder / "events.csv").write_text(
        "\t".join(FOREIGN.get(name, "") for name in gdelt.COLUMNS) + "\n", encoding="utf-8"
    )
    output("import", "gdelt", str(folder / "events.csv"), "--ledger", path)
    return path


@pytest.fixture(autouse=True)
def at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.fixture(scope="module")
def acts(ledger: str) -> list[Act]:
    with open_shelf(ledger) as shelf:
        return list(shelf.acts())


@pytest.fixture(scope="module")
def exchange(reader: Reader) -> Exchange:
    return Exchange(reader.tables)


def test_there_is_something_to_export(acts: list[Act]) -> None:
    assert len(acts) > 100
    assert any(len(act.tellings) > 1 for act in acts)
    assert any(act.disputes for act in acts)
    assert {act.status for act in acts} == {"actual", "future", "hypothetical", "negated"}


def test_parquet_comes_back_with_types_and_digest(
    ledger: str, acts: list[Act], tmp_path: Path, exchange: Exchange
) -> None:
    out = tmp_path / "acts.parquet"
    output("export", "parquet", str(out), "--ledger", ledger)
    table = pq.read_table(out)
    kinds = {"text": pa.string(), "number": pa.float64(), "count": pa.int64()}
    for name, kind in COLUMNS.items():
        found = table.schema.field(name).type
        assert found == kinds.get(kind, found)
        assert kind != "list" or pa.types.is_list(found)
    assert table.schema.metadata[b"attache.lexicon"].decode() == exchange.digest
    rows = table.to_pylist()
    assert [row["id"] for row in rows] == [act.id for act in acts]
    for row, act in zip(rows, acts, strict=True):
        assert row["provenance"] == "read"
        assert (row["type"], row["status"], row["standing"], row["when"]) == (
            act.type,
            act.status,
            act.standing,
            act.when,
        )
        assert row["actors"] == [party.code or "" for party in act.actors]
        assert (row["reports"], row["outlets"], row["origins"]) == (act.reports, act.outlets, act.origins)
        assert [(one["uri"], one["start"], one["end"], one["words"]) for one in row["tellings"]] == [
            (one.uri, one.evidence.start, one.evidence.end, one.evidence.text) for one in act.tellings
        ]
        assert [one["what"] for one in row["disputes"]] == [one.what for one in act.disputes]


def test_csv_comes_back(ledger: str, acts: list[Act], tmp_path: Path, exchange: Exchange) -> None:
    out = tmp_path / "acts.csv"
    output("export", "csv", str(out), "--ledger", ledger)
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["id"] for row in rows] == [act.id for act in acts]
    for row, act in zip(rows, acts, strict=True):
        assert row["actors"].split("|") == [party.code or "" for party in act.actors] or not act.actors
        assert row["words"] == f"“{act.tellings[0].evidence.text}”"
        assert (row["reports"], row["goldstein"]) == (
            str(act.reports),
            "" if act.goldstein is None else str(act.goldstein),
        )
        assert row["lexicon"] == exchange.digest
        assert not any(cell[:1] in "=+@" for cell in row.values() if cell)


def test_json_lines_come_back_whole(ledger: str, acts: list[Act], tmp_path: Path, exchange: Exchange) -> None:
    out = tmp_path / "acts.jsonl"
    output("export", "jsonl", str(out), "--ledger", ledger, "--with", "gdelt")
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [line["provenance"] for line in lines] == ["read"] * len(acts) + ["gdelt"]
    assert {line["lexicon"] for line in lines} == {exchange.digest}
    assert [msgspec.convert(line["act"], Act) for line in lines[:-1]] == acts
    assert msgspec.convert(lines[-1]["act"], ForeignAct).fields == FOREIGN


def told(acts: list[Act]) -> Counter[tuple[str, ...]]:
    """What GDELT's table should hold of the acts, told without the code that writes it."""
    rows: Counter[tuple[str, ...]] = Counter()
    for act in acts:
        day = (act.when or "").partition("T")[0]
        if act.status != "actual" or act.standing in ("denied", "retracted") or len(day) != 10:
            continue
        ones, twos = [p.code or "" for p in act.actors], [p.code or "" for p in act.recipients]
        alike = act.type in ("AGREE", "CONSULT", "COOPERATE") and (
            {p.code or p.name for p in act.actors} == {p.code or p.name for p in act.recipients}
        )
        if alike:
            pairs = [(one, two) for i, one in enumerate(ones) for two in ones[i + 1 :]] or [(ones[0], "")]
        else:
            pairs = [(one, two) for one in ones or [""] for two in twos or [""]]
        for one, two in pairs:
            rows[(day, act.type, one, two, str(act.reports), act.tellings[0].uri)] += 1
    return rows


def test_gdelt_s_table_gives_the_same_acts_when_imported(
    ledger: str, acts: list[Act], tmp_path: Path, exchange: Exchange
) -> None:
    out = tmp_path / "acts.gdelt"
    output("export", "gdelt", str(out), "--ledger", ledger)
    lines = out.read_text(encoding="utf-8").splitlines()
    assert {len(line.split("\t")) for line in lines} == {61}
    back = [act for _, act in FORMATS["gdelt"](str(out), exchange)]
    assert all(isinstance(act, ForeignAct) for act in back)
    found = Counter(
        (
            act.when, act.type or "", *(side[0].code or "" if side else "" for side in (act.actors, act.recipients)),
            str(act.reports), act.source or "",
        )
        for act in back if isinstance(act, ForeignAct)
    )  # fmt: skip
    assert found == told(acts)
    assert len(found) > 50
    assert len({act.id for act in back if isinstance(act, ForeignAct)}) == len(back)
    about = json.loads((tmp_path / "acts.gdelt.about.json").read_text(encoding="utf-8"))
    assert (about["lexicon"], about["rows"]) == (exchange.digest, len(lines))
    assert about["acts"] + sum(about["left_out"].values()) == len(acts)


def test_a_meeting_of_two_that_the_lexicon_does_not_know_keeps_both(tmp_path: Path, exchange: Exchange) -> None:
    def rows(actors: list[str], recipients: list[str]) -> list[tuple[str, str]]:
        sides = [[party(None, name) for name in names] for names in (actors, recipients)]
        act = one_act(tell("张三同李四会谈", actors=sides[0], recipients=sides[1]))
        with (tmp_path / "acts").open("w+b") as out:
            gdelt_export.write([act], out, About("1", "", None, exchange))
            out.seek(0)
            cells = [dict(zip(gdelt.COLUMNS, line.decode().rstrip("\n").split("\t"), strict=True)) for line in out]
        return [(row["Actor1Name"], row["Actor2Name"]) for row in cells]

    assert rows(["张三"], ["李四"]) == [("张三", "李四")]
    assert rows(["张三", "李四"], ["张三", "李四"]) == [("张三", "李四")]
    assert rows(["张三"], []) == [("张三", "")]


def test_gdelt_s_own_rows_go_out_as_they_came_in(ledger: str, tmp_path: Path) -> None:
    out = tmp_path / "acts.gdelt"
    output("export", "gdelt", str(out), "--ledger", ledger, "--with", "gdelt")
    last = out.read_text(encoding="utf-8").splitlines()[-1].split("\t")
    assert {name: cell for name, cell in zip(gdelt.COLUMNS, last, strict=True) if cell} == FOREIGN


def test_each_party_of_the_lexicon_comes_back_from_gdelt_s_columns(exchange: Exchange, reader: Reader) -> None:
    lost = []
    for code in reader.tables.names:
        cells = dict.fromkeys(gdelt.COLUMNS, "") | gdelt_export.party_cells(
            "Actor1", Party(code=code, name=code), exchange
        )
        found = gdelt.party(cells, "Actor1", exchange)
        if [party.code for party in found] != [code]:
            lost.append(code)
    assert lost == ["UNK"]  # nobody: its columns stay empty


def test_nothing_of_others_goes_out_unless_asked_for(ledger: str, tmp_path: Path) -> None:
    with open_shelf(ledger) as shelf:
        assert store.count(shelf.base, ("gdelt",)) == 1
    out = tmp_path / "acts.csv"
    output("export", "csv", str(out), "--ledger", ledger)
    assert "gdelt" not in out.read_text(encoding="utf-8")


def test_a_file_that_is_there_is_kept_unless_forced(ledger: str, tmp_path: Path) -> None:
    out = tmp_path / "acts.csv"
    out.write_text("mine", encoding="utf-8")
    assert "there is such a file" in output("export", "csv", str(out), "--ledger", ledger, code=2)
    assert out.read_text(encoding="utf-8") == "mine"
    output("export", "csv", str(out), "--ledger", ledger, "--force")
    assert out.read_text(encoding="utf-8").startswith("provenance,")


def test_the_ledger_itself_is_never_replaced(ledger: str, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(ledger)
    before = Path(ledger).read_bytes()
    for out in (ledger, str(tmp_path / "link"), f"{ledger}-wal"):
        for given in (ledger, str(tmp_path / "link")):
            said = output("export", "jsonl", out, "--force", "--ledger", given, code=2)
            assert said == f"attache: {out}: it is a file of the ledger itself\n"
    assert Path(ledger).read_bytes() == before


def test_what_is_no_file_is_not_replaced(ledger: str, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("/dev/null")
    for place in (tmp_path, tmp_path / "link"):
        assert "not a regular file" in output("export", "csv", str(place), "--force", "--ledger", ledger, code=2)
    assert (tmp_path / "link").is_symlink()


def test_an_export_that_fails_leaves_nothing_behind(
    ledger: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    assert "No space left on device" in output("export", "jsonl", str(tmp_path / "a.jsonl"), "--ledger", ledger, code=2)
    assert list(tmp_path.iterdir()) == []
    assert "No such file" in output("export", "csv", str(tmp_path / "no" / "a.csv"), "--ledger", ledger, code=2)


@pytest.mark.parametrize(
    ("words", "cause"),
    [
        (("excel", "a"), "FORMAT excel: one of parquet, csv, jsonl, gdelt"),
        (("csv", "a", "--with", "acled"), "--with acled: one of gdelt, icews, polecat"),
        (("csv", "a", "--with", "gdelt", "--as-of", "2026-01-01"), "have no history"),
    ],
)
def test_wrong_usage_says_why(ledger: str, words: tuple[str, ...], cause: str) -> None:
    assert cause in output("export", *words, "--ledger", ledger, code=2)


def test_as_of_a_day_before_anything_was_known_there_is_nothing(ledger: str, tmp_path: Path) -> None:
    out = tmp_path / "acts.csv"
    output("export", "csv", str(out), "--ledger", ledger, "--as-of", "2020-01-01")
    assert len(out.read_text(encoding="utf-8").splitlines()) == 1


def test_standard_output_holds_nothing_but_the_table(ledger: str, acts: list[Act]) -> None:
    lines = output("export", "jsonl", "-", "--ledger", ledger).splitlines()
    assert len(lines) == len(acts)
    assert all(json.loads(line)["act"]["id"] for line in lines)
