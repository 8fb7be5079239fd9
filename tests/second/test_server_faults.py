"""A real client against a server that does everything wrong: each fault a clear line, the page read by one reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from attache.pipeline import Reader
from attache.record import Record
from attache.second.desk import Live
from attache.second.prompt import questions
from attache.second.reader import ALONE, SecondReader
from attache.second.server import FORMS, Failed, Server
from attache.second.settings import Settings
from attache.second.tape import Tape
from faulty import Double, double
from pages import ROOT

SAMPLE = ROOT / "samples" / "16-broadcast-rome.txt"
QUICK = Settings(timeout=0.6, tries=2, backoff=0.01, concurrency=2)


@pytest.fixture(scope="module")
def server() -> Iterator[Double]:
    with double() as running:
        yield running


def read(
    reader: Reader, server: Double, model: str, folder: Path, settings: Settings = QUICK, base: str | None = None
) -> tuple[Record, list[str], Live]:
    desk = Live(Server(base or server.base, model, "secret-key", settings), settings, None, lambda *_: Tape(folder))
    try:
        (found,) = SecondReader(reader, desk, "second").read([reader.take(SAMPLE.read_bytes(), "page.txt")])
    finally:
        desk.close()
    return found.record, found.failures, desk


FAULTS = {
    "busy": "429 slow down, tried 2 times",
    "broken": "500 <html>oops</html>, tried 2 times",
    "cut": "truncated",
    "length": "cut at the limit of tokens",
    "half": "peer closed connection",
    "wrong-schema": "Expected `array`",
    "deep": "recursion",
    "echo": "401 invalid key …",
    "no-json": "no JSON object in the answer",
    "no-completion": "no chat completion",
    "no-http-json": "the answer is no JSON",
    "unknown": "404 model unknown not found",
    "locked": "401 invalid key",
    "endless": "longer than 4,000,000 bytes",
    "drip": "no answer within 0.6 s, tried 2 times",
}


@pytest.mark.parametrize(("model", "why"), FAULTS.items())
def test_a_fault_is_told_and_the_page_is_read_by_the_built_in_reader(
    model: str, why: str, reader: Reader, server: Double, tmp_path: Path
) -> None:
    record, failures, _ = read(reader, server, model, tmp_path)
    (failure,) = failures
    assert why in failure
    assert "secret" not in failure
    alone = reader.read(SAMPLE.read_bytes(), "page.txt")
    assert record.events == alone.events
    assert record.second is not None
    assert not record.second.answered
    (line,) = [one for one in record.unsure if one.what == "second reader"]
    assert line.why == f"the page {ALONE}: {failure}"


def test_tls_to_a_server_that_has_none(reader: Reader, server: Double, tmp_path: Path) -> None:
    base = server.base.replace("http:", "https:")
    _, failures, _ = read(reader, server, "good", tmp_path, base=base)
    assert base in failures[0]
    assert "SSL" in failures[0]


def test_nobody_listens(reader: Reader, server: Double, tmp_path: Path) -> None:
    _, failures, desk = read(reader, server, "good", tmp_path, base="http://127.0.0.1:9/v1")
    assert "0 tokens in, 0 out" in desk.summary()
    assert failures == ["http://127.0.0.1:9/v1: All connection attempts failed, tried 2 times"]


def test_a_server_that_is_busy_once_is_asked_again(reader: Reader, server: Double, tmp_path: Path) -> None:
    record, failures, _ = read(reader, server, "busy-once", tmp_path)
    assert failures == []
    assert record.second is not None
    assert record.second.answered
    assert record.second.model == "double-1"


@pytest.mark.parametrize(
    ("model", "form"),
    [("good", "json_schema"), ("fenced", "json_schema"), ("tools-only", "tool"), ("plain-only", "plain")],
)
def test_the_form_that_a_server_knows_is_found_once_and_remembered(
    model: str, form: str, reader: Reader, server: Double, tmp_path: Path
) -> None:
    before = len(server.seen)
    _, failures, _ = read(reader, server, model, tmp_path)
    assert failures == []
    assert len(server.seen) - before == FORMS.index(form) + 1
    for path in tmp_path.glob("*.json"):
        path.unlink()
    before = len(server.seen)
    read(reader, server, model, tmp_path)
    assert len(server.seen) - before == 1, "asked in the known form at once"
    assert server.keys[-1] == "Bearer secret-key"


def test_nothing_is_asked_twice(reader: Reader, server: Double, tmp_path: Path) -> None:
    first, _, _ = read(reader, server, "good", tmp_path)
    before = len(server.seen)
    second, _, desk = read(reader, server, "good", tmp_path)
    assert len(server.seen) == before
    assert first == second
    assert "0 questions asked, 1 answered from the cache" in desk.summary()


def test_the_only_model_is_taken_and_of_several_one_must_be_named(server: Double, tmp_path: Path) -> None:
    live = Live(Server(server.base, None, None, QUICK), QUICK, None, lambda *_: Tape(tmp_path))
    assert live.model == "good"
    live.close()
    server.models.append("other")
    try:
        with pytest.raises(Failed, match="which model\\? name one after #; it has good, other"):
            Live(Server(server.base, None, None, QUICK), QUICK, None, lambda *_: Tape(tmp_path))
    finally:
        server.models.remove("other")


def test_a_server_that_fails_is_left_alone_after_a_few_pages(reader: Reader, server: Double, tmp_path: Path) -> None:
    settings = Settings(timeout=0.6, tries=1, backoff=0.0, concurrency=1)
    desk = Live(Server(server.base, "broken", None, settings), settings, None, lambda *_: Tape(tmp_path))
    before = len(server.seen)
    text = SAMPLE.read_text(encoding="utf-8")
    pages = [reader.take(text.replace("罗马", f"罗马{n}").encode(), f"{n}.txt") for n in range(6)]
    found = list(SecondReader(reader, desk, "second").read(pages))
    desk.close()
    assert len(server.seen) - before == 3
    assert [one.failures[0].startswith("not asked: ") for one in found] == [False] * 3 + [True] * 3


def test_what_is_no_answer_counts_as_a_failure_and_is_not_kept(reader: Reader, server: Double, tmp_path: Path) -> None:
    settings = Settings(timeout=5, tries=1, concurrency=1)
    desk = Live(Server(server.base, "no-json", None, settings), settings, None, lambda *_: Tape(tmp_path))
    text = SAMPLE.read_text(encoding="utf-8")
    pages = [reader.take(text.replace("罗马", f"罗马{n}").encode(), f"{n}.txt") for n in range(5)]
    found = list(SecondReader(reader, desk, "second").read(pages))
    desk.close()
    assert [one.failures[0].startswith("not asked: ") for one in found] == [False] * 3 + [True] * 2
    assert "3 questions asked, 0 answered from the cache, 3 without an answer; 15,000 tokens in" in desk.summary()
    assert list(tmp_path.glob("*.json")) == []


def test_equal_pages_under_way_are_one_question(reader: Reader, server: Double, tmp_path: Path) -> None:
    settings = Settings(concurrency=8)
    desk = Live(Server(server.base, "slow", None, settings), settings, None, lambda *_: Tape(tmp_path))
    before = len(server.seen)
    found = list(
        SecondReader(reader, desk, "second").read([reader.take(SAMPLE.read_bytes(), str(n)) for n in range(6)])
    )
    desk.close()
    assert len(server.seen) - before == 1
    assert not any(one.failures for one in found)


def test_a_cache_that_cannot_be_written_costs_no_answer(reader: Reader, server: Double, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    for folder in (tmp_path / "file", tmp_path / "broken"):
        (tmp_path / "broken").mkdir(exist_ok=True)
        for question in questions(reader.take(SAMPLE.read_bytes(), "page.txt")):
            (tmp_path / "broken" / f"{question.id}.json").write_text("{", encoding="utf-8")
        record, failures, _ = read(reader, server, "good", folder)
        assert failures == []
        assert record.second is not None
        assert record.second.answered


def test_a_page_with_many_forms_refused_at_once_finds_the_one_known(
    reader: Reader, server: Double, tmp_path: Path
) -> None:
    settings = Settings(concurrency=6)
    desk = Live(Server(server.base, "tools-only", None, settings), settings, None, lambda *_: Tape(tmp_path))
    text = SAMPLE.read_text(encoding="utf-8")
    pages = [reader.take(text.replace("罗马", f"罗马{n}").encode(), f"{n}.txt") for n in range(12)]
    found = list(SecondReader(reader, desk, "second").read(pages))
    desk.close()
    assert not any(one.failures for one in found)


@pytest.mark.parametrize(("model", "spent"), [("length", "5,000 tokens in, 100 out"), ("drip", "1,000 out")])
def test_an_answer_that_fails_is_booked_too(
    model: str, spent: str, reader: Reader, server: Double, tmp_path: Path
) -> None:
    settings = Settings(timeout=0.4, tries=1, backoff=0.0, max_tokens=1000)
    _, _, desk = read(reader, server, model, tmp_path, settings)
    assert spent in desk.summary()


def test_a_budget_stops_cleanly_and_is_not_passed(reader: Reader, server: Double, tmp_path: Path) -> None:
    settings = Settings(concurrency=4, max_tokens=1000, tokens=40_000, money=1.0, price_in=1.0, price_out=2.0)
    desk = Live(Server(server.base, "slow", None, settings), settings, None, lambda *_: Tape(tmp_path))
    before = len(server.seen)
    pages = [reader.take(path.read_bytes(), path.name) for path in sorted((ROOT / "samples").glob("0*.txt"))]
    found = list(SecondReader(reader, desk, "second").read(pages))
    desk.close()
    asked = len(server.seen) - before
    assert 1 <= asked < len(pages)
    assert [bool(one.failures) for one in found] == [False] * asked + [True] * (len(pages) - asked)
    assert found[-1].failures == ["not asked: the budget of 40,000 tokens is spent"]
    assert f"{asked * 5000:,} tokens in, {asked * 100:,} out, {asked * 0.0052:.4f} in money" in desk.summary()
