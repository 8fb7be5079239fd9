"""The commands on a ledger as a person meets them: what they print, what they refuse, where they leave with what."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from command import run
from pages import ROOT, SAMPLES
from released import PAGES

Call = Callable[..., Result]


def rows(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All samples in one ledger; tests that write take a copy."""
    path = tmp_path_factory.mktemp("ledger") / "samples.db"
    result = run("ingest", "--jobs", 1, "--ledger", path, *SAMPLES)
    assert result.exit_code == 0
    return path


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Two pages that tell one meeting, in a ledger of their own."""
    for name, text in PAGES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    path = tmp_path / "small.db"
    assert run("ingest", "--ledger", path, *(tmp_path / name for name in PAGES)).exit_code == 0
    return path


def meeting(path: Path) -> dict[str, Any]:
    """The act that both pages of the small ledger tell."""
    found = [act for act in rows(run("acts", "--json", "--ledger", path)) if act["reports"] == 2]
    assert len(found) == 1
    return rows(run("act", "--json", "--ledger", path, found[0]["id"]))[0]


# --- acts


def test_acts_are_listed_the_latest_first(ledger: Path) -> None:
    result = run("acts", "--ledger", ledger, "--limit", 5)
    assert result.exit_code == 0
    head, *lines, more = result.stdout.splitlines()
    assert head.split() == ["id", "date", "type", "parties", "standing", "reports", "outlets", "origins"]
    assert len(lines) == 5
    dates = [line.split()[1] for line in lines]
    assert dates == sorted(dates, reverse=True)
    assert more.startswith("1–5 of ")


def test_acts_of_a_dyad_of_a_type_of_a_year(ledger: Path) -> None:
    found = rows(run("acts", "--json", "--ledger", ledger, "--actor", "chn", "--actor", "美国", "--type", "consult",
                     "--from", "2025-01-01", "--to", "2025-12-31", "--status", "actual"))  # fmt: skip
    assert found
    for act in found:
        assert {"CHN", "USA"} <= {party["code"] for party in act["actors"] + act["recipients"]}
        assert (act["type"], act["status"], act["when"][:4]) == ("CONSULT", "actual", "2025")
    assert rows(run("acts", "--json", "--ledger", ledger, "--standing", "corroborated", "--origins", 2))
    dyad = rows(run("acts", "--json", "--ledger", ledger, "--dyad", "CHN,USA", "--by", "CHN", "--recipient", "USA"))
    assert dyad
    assert all("CHN" in {party["code"] for party in act["actors"]} for act in dyad)


def test_where_there_is_no_such_act_it_says_so(ledger: Path) -> None:
    result = run("acts", "--ledger", ledger, "--dyad", "FJI,TUV")
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", "attache: no such act\n")
    result = run("act", "--ledger", ledger, "ffffffffffffffff")
    assert (result.exit_code, result.stderr) == (1, f"attache: {ledger}: no act ffffffffffffffff\n")


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--standing", "true", "--standing true: one of told, corroborated, disputed, denied, retracted"),
        ("--status", "past", "--status past: one of actual, future, hypothetical, negated"),
        ("--from", "2024", "--from 2024: no date, YYYY-MM-DD"),
        ("--as-of", "long ago", "long ago: no day (YYYY-MM-DD) and no instant (YYYY-MM-DDThh:mm:ss)"),
    ],
)
def test_what_cannot_be_asked_is_refused(ledger: Path, option: str, value: str, told: str) -> None:
    result = run("acts", "--ledger", ledger, option, value)
    assert (result.exit_code, result.stderr) == (2, f"attache: {told}\n")


def test_an_act_is_shown_with_its_ground(small: Path) -> None:
    act = meeting(small)
    result = run("act", "--ledger", small, act["id"][:6])
    assert result.exit_code == 0
    assert f"{act['id']}  CONSULT" in result.stdout
    assert "FRA → DEU" in result.stdout
    assert "reports 2, outlets 0, independent origins" in result.stdout
    for telling in act["tellings"]:
        assert telling["ref"] in result.stdout
        words = telling["evidence"]
        assert f"“{words['text'].strip()}” [{words['start']}–{words['end']}]" in result.stdout
    assert "Joined because (1)" in result.stdout
    assert "History (" in result.stdout


def test_an_act_is_followed_to_what_it_is_part_of_now(small: Path) -> None:
    """Also where it became part of an act that then became part of another."""
    act = meeting(small)
    connection = sqlite3.connect(small)
    (number,) = connection.execute("select act_pk from act where id = ?", [act["id"]]).fetchone()
    connection.execute("insert into act values (901, 'bbbbbbbbbbbbbbbb', ?)", [number])
    connection.execute("insert into act values (900, 'cccccccccccccccc', 901)")
    connection.commit()
    connection.close()
    result = run("act", "--json", "--ledger", small, "cccccccc")
    assert rows(result) == [act]
    assert result.stderr.splitlines() == [
        "attache: cccccccccccccccc is one act with bbbbbbbbbbbbbbbb now",
        f"attache: bbbbbbbbbbbbbbbb is one act with {act['id']} now",
    ]


def test_words_that_do_not_stand_in_the_capture_are_not_shown(small: Path) -> None:
    act = meeting(small)
    connection = sqlite3.connect(small)
    connection.execute("update capture set text_digest = 'another' where uri like '%lyon.txt'")
    connection.commit()
    connection.close()
    hidden = next(one for one in act["tellings"] if one["uri"].endswith("lyon.txt"))
    shown = next(one for one in act["tellings"] if one is not hidden and one["uri"].endswith("lyon-2.txt"))
    result = run("act", "--ledger", small, act["id"])
    assert result.exit_code == 2
    assert "not shown" in result.stdout
    assert shown["evidence"]["text"].strip() in result.stdout
    assert "decodes it to another text" in result.stderr
    result = run("act", "--json", "--ledger", small, act["id"])
    assert result.exit_code == 2
    words = {one["uri"]: one["evidence"]["text"] for one in json.loads(result.stdout)["tellings"]}
    assert words == {hidden["uri"]: "", shown["uri"]: shown["evidence"]["text"]}


def test_undertakings_are_listed_with_their_steps(ledger: Path) -> None:
    found = rows(run("undertakings", "--json", "--ledger", ledger))
    assert {one["kind"] for one in found} == {"pledge", "offer", "demand"}
    assert all(one["steps"][0]["what"] == "made" for one in found)
    kind = rows(run("undertakings", "--json", "--ledger", ledger, "--kind", "demand", "--actor", "USA"))
    assert 0 < len(kind) < len(found)
    plain = run("undertakings", "--ledger", ledger, "--kind", "demand", "--actor", "USA")
    assert plain.stdout.count("demand, ") == len(kind)
    assert run("undertakings", "--ledger", ledger, "--actor", "FJI").exit_code == 1
    assert run("undertakings", "--ledger", ledger, "--kind", "wish").exit_code == 2
    assert run("undertakings", "--ledger", ledger, "--actor", "nobody").exit_code == 2


# --- as of a past day


def test_any_answer_can_be_given_as_of_a_past_day(small: Path) -> None:
    act = meeting(small)
    for command in (["acts"], ["undertakings"]):
        assert run(*command, "--ledger", small, "--as-of", "2020-01-01").exit_code == 1
    result = run("act", "--ledger", small, act["id"], "--as-of", "2020-01-01")
    assert (result.exit_code, result.stderr) == (1, f"attache: {act['id']}: no such act as of 2020-01-01\n")
    assert rows(run("act", "--json", "--ledger", small, act["id"], "--as-of", "2999-01-01")) == [act]
    assert run("log", "--ledger", small, "--as-of", "2020-01-01").stdout == ""


# --- a person's word


def test_one_telling_is_taken_out_and_put_back(small: Path) -> None:
    act = meeting(small)
    one, two = (telling["ref"] for telling in act["tellings"])
    apart = rows(run("apart", "--json", "--ledger", small, act["id"], two, "--why", "another meeting"))
    assert sorted(telling["ref"] for found in apart for telling in found["tellings"]) == sorted([one, two])
    assert len(apart) == 2
    last = rows(run("log", "--json", "--ledger", small, "--limit", 1))[0]
    assert last["kind"] == "person"
    assert "a person said that they are two acts: another meeting" in last["why"]
    same = rows(run("same", "--json", "--ledger", small, one, two))
    assert [found["id"] for found in same] == [act["id"]]
    assert len(same[0]["tellings"]) == 2
    gone = next(found["id"] for found in apart if found["id"] != act["id"])
    result = run("act", "--ledger", small, gone)
    assert result.exit_code == 0
    assert f"{gone} is one act with {act['id']} now" in result.stderr


def tellings(path: Path, id_: str) -> list[str]:
    (act,) = rows(run("act", "--json", "--ledger", path, id_))
    return [telling["ref"] for telling in act["tellings"]]


def several(path: Path, least: int) -> list[str]:
    """Ids of acts with at least so many tellings."""
    found = rows(run("acts", "--json", "--ledger", path, "--limit", 1000))
    return [act["id"] for act in found if act["reports"] >= least]


def test_two_acts_become_one_with_all_their_tellings(ledger: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(ledger, tmp_path))
    one, *_, two = several(path, 2)
    expected = sorted(tellings(path, one) + tellings(path, two))
    (same,) = rows(run("same", "--json", "--ledger", path, one, two))
    assert sorted(telling["ref"] for telling in same["tellings"]) == expected
    apart = rows(run("apart", "--json", "--ledger", path, same["id"], expected[0]))  # whichever it is, the rest stays
    assert sorted(len(act["tellings"]) for act in apart) == [1, len(expected) - 1]


def test_what_was_taken_out_of_an_act_of_several_is_put_back(ledger: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(ledger, tmp_path))
    id_ = several(path, 3)[0]
    refs = tellings(path, id_)
    apart = rows(run("apart", "--json", "--ledger", path, id_, refs[0]))  # the first, by which the act is led
    assert sorted(len(act["tellings"]) for act in apart) == [1, len(refs) - 1]
    assert len(tellings(path, id_)) == len(refs) - 1
    (same,) = rows(run("same", "--json", "--ledger", path, id_, refs[0]))
    assert (same["id"], sorted(telling["ref"] for telling in same["tellings"])) == (id_, sorted(refs))


def test_a_telling_moved_out_of_its_act_names_those_it_left(ledger: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(ledger, tmp_path))
    one, *_, two = several(path, 2)
    moved, *others = tellings(path, one)
    result = run("same", "--ledger", path, two, moved)
    assert result.exit_code == 1
    assert all(ref in result.stderr for ref in others)
    assert moved in tellings(path, two)


def test_words_go_out_as_text_and_come_in_again(small: Path, tmp_path: Path) -> None:
    act = meeting(small)
    assert run("apart", "--ledger", small, act["id"], act["tellings"][0]["ref"], "--why", "two rounds").exit_code == 0
    text = run("verdicts", "export", "--ledger", small).stdout_bytes
    (tmp_path / "words.jsonl").write_bytes(text)
    other = tmp_path / "other.db"
    result = run("verdicts", "replay", "--ledger", other, tmp_path / "words.jsonl")
    assert (result.exit_code, result.stdout) == (0, "1 of 1 taken in, the others were known\n")
    run("ingest", "--ledger", other, *(tmp_path / name for name in PAGES))
    assert all(found["reports"] == 1 for found in rows(run("acts", "--json", "--ledger", other)))
    assert run("verdicts", "replay", "--ledger", other, "-", given=text).stdout.startswith("0 of 1 ")
    result = run("verdicts", "replay", "--ledger", other, "-", given=b'{"kind": "together"}\n')
    assert result.exit_code == 2
    assert result.stderr.startswith("attache: -, line 1: ")
    assert run("verdicts", "replay", "--ledger", other, tmp_path / "none").exit_code == 2


def test_words_about_nothing_are_refused(small: Path) -> None:
    act = meeting(small)
    ref = act["tellings"][0]["ref"]
    for words in (["same", ref, "0123456789abcdef:000000000000"], ["same", ref, ref], ["apart", ref, "nothing"]):
        result = run(*words[:1], "--ledger", small, *words[1:])
        assert result.exit_code == 2
        assert result.stderr.startswith("attache: ")
        assert result.stderr.count("\n") == 1
    assert run("verdicts", "export", "--ledger", small).stdout == ""


# --- the log, and ledgers that are none


def test_the_log_tells_what_changed_and_why(small: Path) -> None:
    act = meeting(small)
    everything = rows(run("log", "--json", "--ledger", small))
    assert [one["number"] for one in everything] == list(range(len(everything), 0, -1))
    own = rows(run("log", "--json", "--ledger", small, "--act", act["id"]))
    assert own
    assert {one["act"] for one in own} == {act["id"]}
    plain = run("log", "--ledger", small).stdout.splitlines()
    assert len(plain) == len(everything)
    assert sum("page " in line for line in plain) == 2


@pytest.mark.parametrize(
    "command",
    [["acts"], ["act", "a"], ["log"], ["undertakings"], ["verdicts", "export"]],
    ids=" ".join,
)
def test_without_a_ledger_each_command_says_so(tmp_path: Path, command: list[str]) -> None:
    result = run(*command, "--ledger", tmp_path / "none.db")
    assert result.exit_code == 2
    assert result.stderr == f"attache: {tmp_path / 'none.db'}: there is no ledger; attache ingest makes one\n"


def test_without_the_option_the_ledger_is_in_the_users_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    page = tmp_path / "lyon.txt"
    page.write_text(PAGES["lyon.txt"], encoding="utf-8")
    assert run("ingest", page).exit_code == 0
    assert list(tmp_path.rglob("attache.db"))
    assert run("acts").exit_code == 0
    assert ROOT not in next(tmp_path.rglob("attache.db")).parents
