"""The day and the place of each act: every case under cases/acts."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from attache.lexicon.load import HOME
from attache.lexicon.tables import tables
from attache.pipeline import Reader
from attache.read.time.find import load_times
from attache.read.where import place_of
from attache.record import Event

CASES = Path(__file__).parents[2] / "cases" / "acts"


def cases(name: str) -> list[Any]:
    found = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    return [pytest.param(case, id=case["text"][:24]) for case in found]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def events(reader: Reader, text: str, published: str) -> list[Event]:
    return reader.read(f"标题\n{published}\n\n{text}\n".encode(), "case").events


@pytest.mark.parametrize("case", cases("days"))
def test_the_day_of_an_act(reader: Reader, case: dict[str, Any]) -> None:
    found = events(reader, case["text"], case["published"])
    for kind, words, when, how in case["acts"]:
        event = next((e for e in found if e.type == kind and words in e.evidence.text), None)
        assert event, [(e.type, e.evidence.text) for e in found]
        told = event.when_basis.rule.rpartition("/")[2] if event.when_basis else ""
        assert (event.when or "", told if told in ("telling", "carried", "anniversary") else told and "clause") == (
            when,
            how,
        )


@pytest.mark.parametrize("case", cases("places"))
def test_the_places_of_acts(reader: Reader, case: dict[str, Any]) -> None:
    found = events(reader, case["text"], "2024-05-10")
    told = [
        [event.type, place.text, place.country or "", place.city or "", place.role]
        for event in found
        for place in event.where
    ]
    assert told == case["places"]


def test_times_and_figures_say_what_they_belong_to(reader: Reader) -> None:
    text = "标题\n2024-05-10\n\n美国国防部7日宣布，美国向乌克兰提供了4亿美元军事援助。\n"
    record = reader.read(text.encode(), "case")
    (money,) = (mention for mention in record.mentions if mention.kind == "quantity")
    assert [event.type for event in record.events if event.id in money.events] == ["AID"]
    assert money.statement is not None
    statement = record.statements[money.statement]
    assert statement.evidence.start <= money.start < money.end <= statement.evidence.end


def test_cities_of_the_lexicon_have_their_number_in_geonames(reader: Reader) -> None:
    (event,) = events(reader, "法国总统马克龙8日在日内瓦会见德国总理朔尔茨。", "2024-05-10")
    assert event.where[0].geonames == 2660646


def test_every_place_of_an_occasion_is_known() -> None:
    named = {
        edition.at
        for known in load_times(HOME).names["zh"].values()
        for edition in known.occasion.editions
        if edition.at
    }
    assert len(named) > 30
    assert not [name for name in named if place_of(name, tables()) is None]


def test_what_a_party_discloses_of_itself_keeps_the_day_of_the_disclosure_apart(reader: Reader) -> None:
    (event,) = events(reader, "美国国务院8日披露，美国向乌克兰提供了4亿美元军事援助。", "2024-05-10")
    assert (event.type, event.disclosed, event.reported) == ("AID", "2024-05-08", None)


def test_a_dateline_is_no_part_of_who_speaks(reader: Reader) -> None:
    text = "晨光通讯日内瓦5月9日电（记者 某某）黎巴嫩卫生部8日晚说，以色列7日空袭黎巴嫩南部。"
    event = next(e for e in events(reader, text, "2024-05-10") if e.type == "ASSAULT")
    assert [claimant.text for claimant in event.claimants] == ["黎巴嫩卫生部"]


@pytest.mark.parametrize(
    ("text", "claimant"),
    [
        ("朝日电视台报道说，俄军空袭了基辅。", ("朝日电视台", "medium")),
        ("报道说，俄军空袭了基辅。", ("报道说", "hearsay")),
        ("美国继续提供导弹，报道称，俄军空袭了基辅。", ("报道称", "hearsay")),
    ],
)
def test_whom_the_clause_names_answers_for_a_report(reader: Reader, text: str, claimant: tuple[str, str]) -> None:
    event = next(e for e in events(reader, text, "2024-05-10") if e.type == "ASSAULT")
    assert [(one.text, one.kind) for one in event.claimants] == [claimant]


def test_a_verb_of_speech_at_the_end_of_its_own_clause_tells_of_no_speech(reader: Reader) -> None:
    found = events(reader, "克里姆林宫9日披露，普京在通话中拒绝了乌克兰的停火要求。", "2024-05-10")
    told = [(one.when, one.disclosed) for one in found if one.type == "REJECT"]
    assert told == [(None, "2024-05-09")]
