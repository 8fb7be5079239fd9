"""The two pages that the project grew from. They belong to their platform and lie beside the project, if at all."""

from __future__ import annotations

import json
from typing import Any

import pytest

from attache.pipeline import Reader
from attache.record import Claimant, Event, Part, Record, Round
from pages import ROOT, codes, gaps, misplaced

SHARED = ROOT.parent / "shared"
GOLD = SHARED / "gold/seeds-parts.json"
SEEDS = {"munich": "000_86a52667dd7f9c5c.txt", "brussels": "002_7838fce540fbb3fb.txt"}

pytestmark = pytest.mark.skipif(not GOLD.exists(), reason=f"the seed pages do not lie in {SHARED}")
each = pytest.mark.parametrize("name", SEEDS)


@pytest.fixture(scope="module")
def seeds(reader: Reader) -> dict[str, Record]:
    return {name: reader.read_file(SHARED / "seeds" / file) for name, file in SEEDS.items()}


@pytest.fixture(scope="module")
def gold() -> dict[str, dict[str, Any]]:
    return dict(json.loads(GOLD.read_text(encoding="utf-8")))


def of(record: Record, *kinds: str) -> list[Part]:
    return [part for part in record.page.parts if part.kind in kinds]


def words(record: Record, *kinds: str) -> list[str]:
    return [record.capture.text[part.start : part.end] for part in of(record, *kinds)]


# --- the page


@each
def test_the_body_is_all_there_and_nothing_else(
    seeds: dict[str, Record], gold: dict[str, dict[str, Any]], name: str
) -> None:
    record, marked = seeds[name], gold[name]
    assert gaps(record.page.parts, len(record.capture.text)) == []
    assert misplaced(record) == []
    assert words(record, "heading", "paragraph") == marked["body"]
    assert words(record, "heading") == marked["headings"]
    assert words(record, "paragraph mark") == marked["paragraph_marks"]
    assert words(record, "title") == [marked["title"]]
    assert record.page.title == marked["title"]


@each
def test_the_furniture_is_named(seeds: dict[str, Record], gold: dict[str, dict[str, Any]], name: str) -> None:
    record, marked = seeds[name], gold[name]
    assert words(record, "navigation")[0] == marked["nav"]
    assert [part.fields["count"] for part in of(record, "share bar")] == [int(marked["comment_count"])]
    assert words(record, "notice") == marked["notice"]
    assert [part.fields["language"] for part in of(record, "notice")] == ["zh", "en"]
    assert {part.kind for part in record.page.parts} <= {
        "navigation", "title", "share bar", "heading", "paragraph", "paragraph mark", "notice", "recommendation",
        "account card", "channel headline", "related link", "footer", "blank",
    }  # fmt: skip


@each
def test_recommendations_have_title_account_and_time(
    seeds: dict[str, Record], gold: dict[str, dict[str, Any]], name: str
) -> None:
    told = [part.fields for part in of(seeds[name], "recommendation")]
    assert told == [
        {"title": one["title"], "account": one["account"], "published": one["time"].replace(" ", "T")}
        for one in gold[name]["recommendations"]
    ]
    assert len(told) == 20


@each
def test_the_account_card_has_its_counts_and_its_clock(
    seeds: dict[str, Record], gold: dict[str, dict[str, Any]], name: str
) -> None:
    record, marked = seeds[name], gold[name]
    card = marked["author_card"]
    (part,) = of(record, "account card")
    assert part.fields == {
        "name": card["account"],
        "bio": card["bio"],
        "article_count": card["articles"],
        "follower_count": card["followers"],
        "as_of": marked["as_of"].replace(" ", "T"),
    }
    assert record.page.account == card["account"]


@each
def test_what_follows_the_card_is_told_apart_line_by_line(
    seeds: dict[str, Record], gold: dict[str, dict[str, Any]], name: str
) -> None:
    record, marked = seeds[name], gold[name]
    assert [part.fields for part in of(record, "channel headline")] == marked["channel_headlines"]
    (card,) = of(record, "account card")
    after = record.page.parts[record.page.parts.index(card) + 1 :]
    text = record.capture.text
    told = [line for p in after for line in text[p.start : p.end].splitlines() if line.strip()]
    assert [line.strip() for line in told] == marked["after_card"]
    assert {part.kind for part in after} == {"blank", "channel headline", "navigation", "related link", "footer"}
    assert words(record, "footer") == [marked["after_card"][-1]]


def test_the_date_is_bounded_and_not_made_up(seeds: dict[str, Record]) -> None:
    munich, brussels = seeds["munich"].page.published, seeds["brussels"].page.published
    assert (brussels.edtf, brussels.basis) == ("2025-12-07/2026-03-12", "bounded")
    assert munich.basis == "bounded"
    assert munich.edtf is not None
    low, high = munich.edtf.split("/")
    assert "2026-02-13" <= low <= high <= "2026-02-18"
    for published in (munich, brussels):
        assert published.evidence
        assert published.why


# --- the acts


@each
def test_events_stand_in_body_paragraphs_only(seeds: dict[str, Record], name: str) -> None:
    record = seeds[name]
    assert record.events
    body = [(part.start, part.end) for part in of(record, "paragraph")]
    for event in record.events:
        for span in [event.evidence, *event.also]:
            assert any(start <= span.start < span.end <= end for start, end in body), span


def meetings(record: Record, when: str, *parties: str) -> list[Event]:
    """Meetings of exactly these parties on a day."""
    return [
        event for event in record.events
        if event.type == "CONSULT" and event.when == when and event.status == "actual"
        and codes(event.actors + event.recipients) == tuple(sorted(parties))
    ]  # fmt: skip


@pytest.mark.parametrize("day", ["2025-11-30", "2025-12-04"])
def test_both_rounds_of_talks_are_told_once(seeds: dict[str, Record], day: str) -> None:
    assert len(meetings(seeds["brussels"], day, "USA", "UKR")) == 1


def rounds(record: Record) -> dict[str | None, Round]:
    """The rounds of the one process of these two parties, by date."""
    (found,) = [process for process in record.processes if sorted(process.parties) == ["UKR", "USA"]]
    assert "EU" in found.shut_out
    return {one.when: one for one in found.rounds}


def test_the_rounds_make_one_process_without_the_third_party(seeds: dict[str, Record]) -> None:
    told = rounds(seeds["brussels"])
    assert {"2025-11-30", "2025-12-04"} <= set(told)
    venue = told["2025-11-30"].venue
    assert venue is not None
    assert (venue.city, venue.country) == ("Geneva", "CHE")


def test_the_second_round_was_moved_from_one_city_to_another(seeds: dict[str, Record]) -> None:
    second = rounds(seeds["brussels"])["2025-12-04"]
    assert [place and place.city for place in (second.planned_venue, second.venue)] == ["Brussels", "Miami"]


def test_the_meeting_at_the_conference_takes_its_days(seeds: dict[str, Record]) -> None:
    assert len(meetings(seeds["munich"], "2026-02-13/2026-02-15", "CHN", "USA")) == 1


def call(record: Record) -> Event:
    (found,) = meetings(record, "2025-12-01", "FRA", "DEU", "FIN", "NATO", "UKR")
    return found


def test_the_call_and_the_day_on_which_it_was_disclosed(seeds: dict[str, Record]) -> None:
    event = call(seeds["brussels"])
    assert event.disclosed == "2025-12-04"
    assert any("明镜" in claimant.text for claimant in event.claimants)
    assert event.disputed_by == []  # the words are disputed and not the call


def disputing(record: Record) -> list[Claimant]:
    """Who objects or does not confirm, by the events and by the statements of denial."""
    out = [claimant for event in record.events for claimant in event.disputed_by]
    return out + [c for statement in record.statements if statement.kind == "denial" for c in statement.claimants]


@pytest.mark.parametrize("office", ["爱丽舍宫", "泽连斯基发言人", "默茨办公室"])
def test_offices_that_object_or_do_not_confirm_are_kept(seeds: dict[str, Record], office: str) -> None:
    assert any(office in claimant.text for claimant in disputing(seeds["brussels"]))


def test_what_was_said_in_the_call_is_disputed(seeds: dict[str, Record]) -> None:
    """Macron's warning and Merz's advice carry the objections, with the record of the call as their source."""
    said = [e for e in seeds["brussels"].events if e.when in (None, "2025-12-01") and e.disputed_by]
    assert {("FRA",), ("DEU",)} <= {codes(event.actors) for event in said}
    for event in said:
        assert {claimant.code for claimant in event.disputed_by} >= {"FRA"}
        assert any("明镜" in claimant.text for claimant in event.claimants)


def test_two_offices_that_do_not_confirm_are_two(seeds: dict[str, Record]) -> None:
    silent = [c for c in disputing(seeds["brussels"]) if "办公室" in c.text or "发言人" in c.text]
    assert {claimant.code for claimant in silent} == {"UKR", "DEU"}


def test_a_medium_and_its_unnamed_sources_answer_for_the_pressure(seeds: dict[str, Record]) -> None:
    """Told as pressing and demanding, or told as neither: then in a statement of those sources at least."""
    record = seeds["brussels"]
    chains = [[c.text for c in event.claimants] for event in record.events]
    chains += [[c.text for c in statement.claimants] for statement in record.statements]
    assert any(len(chain) > 1 and "彭博社" in chain[0] and "外交人士" in chain[1] for chain in chains)


@pytest.mark.parametrize(
    ("value", "unit", "bound"), [(300_000_000_000, "USD", "over"), (162_000_000_000, "EUR", "exact")]
)
def test_sums_are_read_with_their_bounds(seeds: dict[str, Record], value: int, unit: str, bound: str) -> None:
    told = [mention.quantity for mention in seeds["brussels"].mentions if mention.quantity]
    assert (value, unit, bound) in [(one.value, one.unit, one.bound) for one in told]


@each
def test_the_writer_is_told_apart(seeds: dict[str, Record], name: str) -> None:
    """Commentary: judgements and forecasts of the writer, and none of them an event."""
    record = seeds[name]
    assert any("judgement" in sentence.outcome for sentence in record.sentences)
    assert any(forecast.by_writer for forecast in record.forecasts)
    questions = [s for s in record.sentences if record.capture.text[s.start : s.end].rstrip().endswith(("？", "?"))]
    assert questions
    for event in record.events:
        assert record.sentences[event.sentence] not in questions
