"""`attache search`, `attache source` and `attache import` as a user meets them."""

from __future__ import annotations

import gzip
import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from attache.face.cli import app
from attache.shelf.foreign import gdelt
from command import output
from pages import ROOT, SAMPLES

ROW = {"GLOBALEVENTID": "7", "SQLDATE": "20230310", "Actor1CountryCode": "SAU", "EventCode": "057"}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("search") / "ledger.db")
    output("ingest", "--jobs", "1", "--ledger", path, *map(str, SAMPLES))
    return path


def rows(*changes: dict[str, str]) -> str:
    """Lines of a GDELT file."""
    return "".join("\t".join({**ROW, **one}.get(name, "") for name in gdelt.COLUMNS) + "\n" for one in changes)


def test_search_shows_pages_with_marked_words_and_their_place(ledger: str) -> None:
    lines = output("search", "会谈", "美国", "--ledger", ledger).splitlines()
    assert lines[0] == "3 sentences, 3 pages"
    heads = [line for line in lines[1:] if line and not line.startswith(" ")]
    assert len(heads) == 3
    hits = [line for line in lines if line.startswith("  [")]
    assert all("【会谈】" in line and "【美国】" in line for line in hits)


def test_offsets_of_what_is_shown_are_the_capture_s(ledger: str) -> None:
    found = json.loads(output("search", "聲明", "--json", "--limit", "50", "--ledger", ledger))
    assert found["total"] > 3
    with closing(sqlite3.connect(ledger)) as base:
        texts = dict(base.execute("select id, text from search_sentence").fetchall())
    for page in found["found"]:
        for hit in page["hits"]:
            assert hit["text"] in texts.values()
            for start, end in hit["marks"]:
                assert hit["text"][start - hit["start"] : end - hit["start"]] in ("声明", "聲明")


def test_a_long_sentence_is_cut_around_what_was_found(ledger: str) -> None:
    lines = output("search", "协议", "--limit", "50", "--ledger", ledger).splitlines()
    cut = [line for line in lines if line.startswith("  [") and "…" in line]
    assert cut
    for line in cut:
        start, end = line[3 : line.index("]")].split("–")
        shown = line[line.index("]") + 2 :].strip("…").replace("【", "").replace("】", "")
        assert int(end) - int(start) == len(shown) == 90
        assert "协议" in shown or "協議" in shown


@pytest.mark.parametrize(
    ("words", "fewer"),
    [
        (["--actor", "SAU"], True),
        (["--actor", "沙特"], True),
        (["--actor", "Saudi Arabia"], True),
        (["--dyad", "沙特,伊朗"], True),
        (["--type", "agree"], True),
        (["--status", "future"], True),
        (["--outlet", "榕江社"], True),
        (["--from", "2023-03-10", "--to", "2023-03-10"], True),
        (["--as-of", "2020-01-01"], True),
        (["--as-of", "2999-01-01"], False),
    ],
)
def test_facets_narrow(ledger: str, words: list[str], fewer: bool) -> None:
    everything = json.loads(output("search", "沙特", "--json", "--ledger", ledger))["total"]
    result = CliRunner().invoke(app, ["search", "沙特", *words, "--json", "--ledger", ledger])
    found = json.loads(result.output)["total"]
    assert found < everything if fewer else found == everything
    assert result.exit_code == (0 if found else 1)


@pytest.mark.parametrize(
    ("words", "cause"),
    [
        (["谈", "--actor", "Nobody"], "--actor Nobody: no party of the lexicon"),
        (
            ["谈", "--actor", "佩洛西"],
            "--actor 佩洛西: a person; a side of an act is a state, body or group: ask for USA",
        ),
        (["谈", "--actor", "Putin"], "ask for RUS"),
        (["谈", "--dyad", "王毅,USA"], "ask for CHN"),
        (["谈", "--actor", "国务院"], "ask for CHN or USA"),
        (
            ["谈", "--actor", "外交部"],
            "--actor 外交部: an organ (ministry); a side of an act is a state, body or group: ask for the",
        ),
        (["谈", "--dyad", "USA"], "--dyad USA: two parties parted by a comma"),
        (["谈", "--type", "DANCE"], "--type DANCE: one of AGREE, CONSULT"),
        (["谈", "--status", "maybe"], "--status maybe: one of actual, future"),
        (["谈", "--from", "soon"], "--from soon: no date"),
        (["谈", "--as-of", "soon"], "soon"),
        (["，。"], "nothing to look for"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_its_cause(ledger: str, words: list[str], cause: str) -> None:
    assert cause in output("search", *words, "--ledger", ledger, code=2)


def test_where_nothing_is_found_the_status_says_so(ledger: str) -> None:
    assert output("search", "量子纠缠", "--ledger", ledger, code=1) == "0 sentences, 0 pages\n"


def test_without_a_ledger_nothing_is_made(tmp_path: Path) -> None:
    assert "no ledger" in output("search", "谈", "--ledger", str(tmp_path / "no.db"), code=2)
    assert list(tmp_path.iterdir()) == []


def test_words_that_do_not_stand_in_the_capture_are_not_shown(ledger: str, tmp_path: Path) -> None:
    other = tmp_path / "changed.db"
    with closing(sqlite3.connect(ledger)) as base, closing(sqlite3.connect(other)) as copy:
        base.backup(copy)
        copy.execute("update search_sentence set text = replace(text, '会谈', '争吵') where text like '%会谈%'")
        copy.commit()
    assert "the index holds other words" in output("search", "会谈", "--ledger", str(other), code=2)


def test_the_profile_of_a_source(ledger: str) -> None:
    out = output("source", "榕江社", "--ledger", ledger)
    assert out.startswith("榕江社\n  pages         1; ")
    assert "copies        1 of its pages carry one text" in out
    assert "one page: too few" in out
    assert json.loads(output("source", "榕江社", "--json", "--ledger", ledger))["pages"] == 1


def test_a_source_that_publishes_seldom_has_a_rate_that_can_be_read(ledger: str) -> None:
    out = output("source", "南岬日报", "--ledger", ledger)
    rate = next(line for line in out.splitlines() if line.startswith("  rate"))
    assert re.search(r" [1-9][\d.]* a year, | 0\.\d+ a year, ", rate)


def test_of_a_page_whose_sentences_are_not_read_no_grounds_are_told(ledger: str) -> None:
    out = output("source", "The Harbour Ledger", "--ledger", ledger)
    assert "  not read      1 in English" in out
    assert not any(label in out for label in ("  sources", "  sentences", "  judgement"))
    told = json.loads(output("source", "The Harbour Ledger", "--json", "--ledger", ledger))
    assert (told["unread"], sum(told["sentences"].values())) == (1, 0)


def test_an_outlet_is_known_by_either_script(ledger: str) -> None:
    found = output("acts", "--outlet", "南岬日报", "--json", "--ledger", ledger)
    assert found
    assert output("acts", "--outlet", "南岬日報", "--json", "--ledger", ledger) == found
    assert output("acts", "--outlet", "南岬", "--ledger", ledger, code=1) == "attache: no such act\n"


def test_an_unknown_source_is_told_with_names_like_it(ledger: str) -> None:
    assert "no page in the ledger is of 时报; names like it: 磺溪時報, 长堤时报" in output(
        "source", "时报", "--ledger", ledger, code=1
    )


def test_import_takes_the_good_rows_and_names_the_bad(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text(rows({"GLOBALEVENTID": "1"}, {"EventCode": "999"}, {"GLOBALEVENTID": "3"}), encoding="utf-8")
    ledger = str(tmp_path / "ledger.db")
    out = output("import", "gdelt", str(path), "--ledger", ledger, code=2)
    assert f"attache: {path}: line 2: EventCode '999' is no CAMEO code\n" in out
    assert "2 acts new, 0 changed, 0 known, 1 row skipped" in out
    path.write_text(rows({"GLOBALEVENTID": "1"}, {"GLOBALEVENTID": "3", "NumArticles": "9"}), encoding="utf-8")
    assert "0 acts new, 1 changed, 1 known, 0 rows skipped" in output("import", "gdelt", str(path), "--ledger", ledger)


def test_two_rows_of_one_id_that_differ_are_told(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text(rows({}, {"GLOBALEVENTID": "8"}, {"NumArticles": "9"}, {}), encoding="utf-8")
    out = output("import", "gdelt", str(path), "--ledger", str(tmp_path / "ledger.db"), code=2)
    assert f"attache: {path}: line 3: 7 is the id of line 1 too, which differs\n" in out
    assert "2 acts new, 0 changed, 1 known, 1 row skipped" in out


def test_good_rows_before_and_behind_a_fault_are_taken(tmp_path: Path) -> None:
    path, ledger = tmp_path / "events.csv", str(tmp_path / "ledger.db")
    path.write_text(rows({"SOURCEURL": "a\0b"}, {"GLOBALEVENTID": "8"}), encoding="utf-8")
    out = output("import", "gdelt", str(path), "--ledger", ledger, code=2)
    assert f"{path}: line 1: a NUL byte" in out
    assert "1 act new, 0 changed, 0 known, 1 row skipped" in out
    many = rows(*({"GLOBALEVENTID": str(number)} for number in range(100, 3000)))
    path.write_bytes(gzip.compress(many.encode())[:-2000])
    out = output("import", "gdelt", str(path), "--ledger", ledger, code=2)
    assert f"attache: {path}: Compressed file ended before the end-of-stream marker was reached\n" in out
    taken = int(out.rpartition("events.csv: ")[2].partition(" acts new")[0].replace(",", ""))
    assert 1000 < taken < 2900


def test_many_bad_rows_are_counted_not_all_told(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text(rows(*[{"EventCode": "999"}] * 50), encoding="utf-8")
    out = output("import", "gdelt", str(path), "--ledger", str(tmp_path / "ledger.db"), code=2)
    assert out.count("is no CAMEO code") == 20
    assert f"attache: {path}: 30 more rows skipped\n" in out


def test_a_file_that_is_none_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    good = tmp_path / "events.csv"
    good.write_text(rows({}), encoding="utf-8")
    out = output("import", "gdelt", str(tmp_path / "no.csv"), str(good), "--ledger", str(tmp_path / "l.db"), code=2)
    assert f"attache: {tmp_path}/no.csv: No such file or directory\n" in out
    assert f"{good}: 1 act new" in out


def test_imported_acts_are_not_among_those_read(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text(rows({}), encoding="utf-8")
    ledger = str(tmp_path / "ledger.db")
    output("ingest", "--jobs", "1", "--ledger", ledger, str(ROOT / "samples/07-agency-saudi-iran.txt"))
    before = output("acts", "--json", "--ledger", ledger)
    output("import", "gdelt", str(path), "--ledger", ledger)
    assert output("acts", "--json", "--ledger", ledger) == before


def test_acts_of_others_stand_below_those_read_where_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text(rows({}, {"GLOBALEVENTID": "8", "Actor1CountryCode": "FRA"}), encoding="utf-8")
    ledger = str(tmp_path / "ledger.db")
    output("ingest", "--jobs", "1", "--ledger", ledger, str(ROOT / "samples/07-agency-saudi-iran.txt"))
    output("import", "gdelt", str(path), "--ledger", ledger)
    out = output("acts", "--actor", "SAU", "--with", "gdelt", "--ledger", ledger).splitlines()
    head = next(i for i, line in enumerate(out) if line.startswith("from"))
    assert out[0].startswith("id")
    assert [line.split()[:3] for line in out[head + 1 : head + 2]] == [["gdelt", "7", "2023-03-10"]]
    assert not any(line.startswith("gdelt  8") for line in out)
    lines = output("acts", "--actor", "FRA", "--with", "gdelt", "--json", "--ledger", ledger).splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["8"]
    assert "have no history" in output("acts", "--with", "gdelt", "--as-of", "2026-01-01", "--ledger", ledger, code=2)
    assert "one of gdelt, icews, polecat" in output("acts", "--with", "acled", "--ledger", ledger, code=2)


def test_a_format_that_is_unknown_is_refused(tmp_path: Path) -> None:
    assert "FORMAT acled: one of gdelt, icews, polecat" in output("import", "acled", str(tmp_path), code=2)
