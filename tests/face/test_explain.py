"""``attache explain``, ``try``, ``lexicon test`` and ``lexicon coverage``: how it was read, and what was not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from attache.face.cli import app
from attache.face.coverage import coverage
from attache.face.reasons import passed_over, reasons
from attache.face.trial import read_alone
from attache.lexicon.load import read_verbs
from attache.pipeline import Reader
from attache.read.page.capture import read_capture

FOLDER = Path(__file__).parents[2] / "samples"
SAMPLE = str(FOLDER / "03-selfmedia-alaska.txt")
WARNED = "法国谴责俄罗斯，并要求俄罗斯不要攻击波兰。"


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(arguments))
    return result.exit_code, result.stdout, result.stderr


def test_every_event_of_every_sample_can_be_explained(reader: Reader) -> None:
    verbs = read_verbs()
    for path in sorted(FOLDER.glob("*.txt")):
        data = path.read_bytes()
        _, readings, events = reader.taken_apart(read_capture(data, path.name))
        for event in events:
            found = reasons(event, readings, reader, verbs)
            best = found.options[0]
            assert best.chance is not None
            assert reader.judge is not None
            sure = reader.judge.confidence(best.chance)
            assert sure <= event.confidence + 0.002  # of several tellings the likeliest counts
            assert best.type == event.type
            assert best.actors == [actor.code or "" for actor in event.actors]
            assert [side.codes for side in found.sides] == [best.actors, best.recipients]
            assert found.nothing is not None
            told = [option.chance or 0 for option in found.options]
            assert told == sorted(told, reverse=True)
            assert 0 <= found.nothing < 1
            assert (found.entry is None) == event.rule.startswith("speech.")


def test_the_record_and_its_taking_apart_have_the_same_events(reader: Reader) -> None:
    data = Path(SAMPLE).read_bytes()
    _, _, events = reader.taken_apart(read_capture(data, SAMPLE))
    assert [event.id for event in events] == [event.id for event in reader.read(data, SAMPLE).events]


def test_explain_by_number_and_by_id() -> None:
    status, text, _ = run("explain", SAMPLE, "1")
    assert status == 0
    ident = text.split("event", 1)[1].split()[0]
    assert run("explain", SAMPLE, ident[:8])[1] == text
    told = json.loads(run("explain", "--json", SAMPLE, "1")[1])
    assert told["event"] == ident
    assert told["entry"]["file"].endswith(".toml")
    assert told["options"][0]["chance"] >= told["options"][-1]["chance"]


@pytest.mark.parametrize(
    ("arguments", "cause"),
    [
        (["explain", SAMPLE, "999"], "the page has"),
        (["explain", SAMPLE, "0"], "the page has"),
        (["explain", SAMPLE, "zz"], "no such event"),
        (["explain", SAMPLE, "9" * 13], "the page has"),
        (["explain", SAMPLE, ""], "no such event"),
        (["explain", "nowhere.txt", "1"], "nowhere.txt"),
        (["explain", str(FOLDER), "1"], "not a regular file"),
        (["try", " "], "no sentence"),
        (["try", "法" * 10_001], "10,000"),
        (["try", "法国谴责德国。", "--at", "morgen"], "no date"),
    ],
)
def test_what_cannot_be_explained_is_told(arguments: list[str], cause: str) -> None:
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert cause in err


def test_the_chances_are_those_that_the_judge_decides_by(reader: Reader) -> None:
    """The confidence of an event that is told once is that of the chance shown, to the third digit."""
    readings, (event,) = read_alone(reader, "法国谴责德国。")
    found = reasons(event, readings, reader, read_verbs())
    assert reader.judge is not None
    assert reader.judge.confidence(found.options[0].chance or 0) == pytest.approx(event.confidence, abs=0.002)


def test_reasons_name_clause_sides_scope_and_weights(reader: Reader) -> None:
    readings, events = read_alone(reader, "据共同社报道，法国总统马克龙谴责德国。")
    (found,) = [reasons(event, readings, reader, read_verbs()) for event in events]
    assert [(side.codes, side.how) for side in found.sides] == [
        (["FRA"], "the subject of the predicate"), (["DEU"], "by the case of the frame"),
    ]  # fmt: skip
    assert next((scope.source, scope.kind) for scope in found.scopes) == ("共同社", "medium")
    assert [(piece.text, piece.what) for piece in found.pieces] == [
        ("法国总统马克龙", "phrase"), ("谴责", "predicate"), ("德国", "phrase"),
    ]  # fmt: skip
    assert found.entry is not None
    assert found.entry.id == "accuse.condemn"
    assert max(abs(weight) for _, weight in found.weighed) > 0


def test_of_two_tellings_that_of_the_evidence_is_explained(reader: Reader) -> None:
    readings, (event,) = read_alone(reader, "法国谴责俄罗斯，法国5月3日谴责俄罗斯。")
    found = reasons(event, readings, reader, read_verbs())
    assert any(piece.text == "5月3日" for piece in found.pieces) == ("5月3日" in event.evidence.text)


def test_try_shows_events_and_what_gave_none(reader: Reader) -> None:
    readings, events = read_alone(reader, WARNED)
    assert {event.type for event in events} == {"ACCUSE", "REQUEST"}
    silent = list(passed_over(readings, events, reader, read_verbs()))
    assert any("攻击" in (one.why or "") for one in silent)
    assert all(one.event is None for one in silent)
    status, text, _ = run("try", WARNED, "--at", "2024-05-08")
    assert status == 0
    assert text.count("\n  event ") == 2
    assert "no event" in text


def test_try_leaves_with_one_where_nothing_happened() -> None:
    status, _, err = run("try", "天气晴朗。")
    assert status == 1
    assert "no predicate" in err
    assert run("try", "法国不要攻击德国。")[0] == 1


def test_the_day_is_what_a_sentence_speaks_from() -> None:
    for day in ("2024-05-08", "2019-01-02"):
        assert day in run("try", "法国总统今天访问德国。", "--at", day)[1]


def test_lexicon_test_runs_the_sentences_of_frames() -> None:
    status, out, _ = run("lexicon", "test", "accuse.condemn")
    assert status == 0
    assert " 1 frames, 0 fail" in out
    status, out, err = run("lexicon", "test", "no.such")
    assert (status, out) == (2, "")
    assert "no.such" in err


def test_coverage_counts_what_made_no_event(reader: Reader, tmp_path: Path) -> None:
    page = tmp_path / "one.txt"
    page.write_text(
        "法德近况\n\n2024-05-08\n\n法国不要攻击德国。法国是德国的邻居。\n\n法国谴责德国。\n", encoding="utf-8"
    )
    problems: list[str] = []
    found = coverage([str(page), str(tmp_path / "none.txt")], reader, problems)
    assert problems == [str(tmp_path / "none.txt")]
    assert found.silent["assault.attack", "攻击"] == 1
    assert found.told["accuse.condemn", "谴责"] == 1
    assert found.unknown["是"] == 1
    assert (found.sentences, found.bare) == (3, 2)
    empty = tmp_path / "empty"
    empty.mkdir()
    assert run("lexicon", "coverage", str(empty))[0] == 2
    status, out, _ = run("lexicon", "coverage", str(page))
    assert status == 0
    assert "assault.attack" in out
