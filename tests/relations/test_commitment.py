"""What a page reads as an answer to a pledge, an offer or a demand, and what it does not."""

from __future__ import annotations

from typing import Any

import pytest

from attache.record import Commitment
from attache.relations.commitment import commitments
from build import Draft
from ledger_pages import FRANCE, GERMANY

ASKED = "法国要求德国六月底以前交付二十台发动机"
GRANTED = "德国同意六月底以前交付二十台发动机"
BARE = "德国没有犹豫就答应了"
ELSEWHERE = "德国答应协助法国修复里昂河上那一座旧铁桥"


def answered(words: str, type_: Any = "AGREE", *, between: str = "", **more: Any) -> Commitment:
    page = Draft("发动机", [f"{ASKED}。{between}{words}。"])
    page.event("REQUEST", [FRANCE], [GERMANY], ASKED, when="2024-05-07")
    page.event(type_, [GERMANY], [FRANCE], words, **({"when": None} | more))
    return commitments(page.events)[0]


@pytest.mark.parametrize(("words", "more", "status"), [
    (GRANTED, {}, "kept"),
    (BARE, {}, "kept"),  # follows, and says too little to be about anything else
    (BARE, {"between": "当天风很大。"}, "open"),
    (ELSEWHERE, {}, "open"),
    (GRANTED, {"status": "negated"}, "open"),
    (GRANTED, {"status": "future"}, "open"),
    (GRANTED, {"when": "2024-05-09"}, "kept"),
    (GRANTED, {"when": "2024-05"}, "kept"),
    (GRANTED, {"when": "2024-05-01"}, "open"),  # before it was asked for
    ("德国拒绝六月底以前交付二十台发动机", {"type_": "REJECT"}, "withdrawn"),
    ("德国拒绝六月底以前交付二十台发动机", {"type_": "REJECT", "when": "2024-02"}, "open"),
])  # fmt: skip
def test_an_answer_comes_after_and_is_about_the_same(words: str, more: dict[str, Any], status: str) -> None:
    found = answered(words, **more)
    assert found.status == status
    assert [span.text for span in found.steps] == [ASKED, *([] if status == "open" else [words])]
