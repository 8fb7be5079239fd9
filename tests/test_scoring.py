"""The scorer of events: what is tied to an act."""

from __future__ import annotations

from typing import Any

from scoring import Tally

TEXT = "甲国袭击乙国，造成3人死亡。"


def act(**tied: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "type": "ASSAULT", "actors": ["AAA"], "recipients": ["BBB"], "status": "actual", "when": None,
        "evidence": {"start": 0, "end": 6}, "also": [], "claimants": [], "disputed_by": [], **tied,
    }  # fmt: skip


def test_places_and_figures_count_on_the_same_words_with_the_same_sense() -> None:
    place = {"start": 4, "end": 6, "country": "BBB", "role": "target"}
    three = {"start": 9, "end": 11, "value": 3, "bound": "exact"}
    gold = act(where=[place, place | {"start": 0, "end": 2}], figures=[three])
    tally = Tally()
    tally.add([gold], [act(where=[place | {"end": 5}], quantities=[three | {"bound": "over"}])], TEXT)
    figures = tally.figures()
    assert (figures["where"], figures["figures"]) == (0.5, 0.0)


def test_pages_without_such_marks_have_no_such_figures() -> None:
    tally = Tally()
    tally.add([act()], [act(where=[], quantities=[])], TEXT)
    assert not {"where", "figures"} & set(tally.figures())
