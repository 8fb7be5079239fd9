from __future__ import annotations

from typing import Any

import pytest

from attache.ledger.act import acts
from attache.ledger.light import media
from attache.ledger.noun import Undertaking
from attache.ledger.undertaking import undertakings
from attache.record import Commitment
from build import Draft
from ledger_pages import FRANCE, GERMANY, lights, tell

ASKED = "法国要求德国六月底以前交付二十台发动机"
PROMISED = "德国承诺六月底以前交付二十台发动机"


def commit(words: str, kind: Any, **more: Any) -> Draft:
    """A page with an act that is read as a commitment."""
    sides = {"actors": [GERMANY], "recipients": [FRANCE]} if kind == "pledge" else {}
    page = tell(words, "REQUEST" if kind == "demand" else "AGREE", **(sides | more))
    (event,) = page.events
    page.commitments.append(
        Commitment(kind=kind, by=event.actors[0], to=event.recipients, about=event.evidence, status="open",
                   steps=[event.evidence])
    )  # fmt: skip
    return page


def follow(*pages: Draft) -> list[Undertaking]:
    found = lights(*pages)
    return undertakings(acts(found, known=media()), {page.report.id: page.report for page in found})


def answer(words: str, type_: Any, when: str, **more: Any) -> Draft:
    return tell(words, type_, uri=f"{type_}.txt", title="后续", when=when, published=when,
                **({"actors": [GERMANY], "recipients": [FRANCE]} | more))  # fmt: skip


def test_a_demand_told_by_two_pages_is_one_and_open() -> None:
    (one,) = follow(commit(ASKED, "demand"), commit(f"据悉{ASKED}", "demand", uri="b", published="2024-05-09"))
    assert (one.kind, one.by.code, [party.code for party in one.to], one.status) == ("demand", "FRA", ["DEU"], "open")
    assert [step.what for step in one.steps] == ["made", "repeated"]
    assert [step.span.text for step in one.steps] == [ASKED, f"据悉{ASKED}"]


@pytest.mark.parametrize(("kind", "first", "type_", "later", "more", "status", "step"), [
    ("demand", ASKED, "REJECT", "德国拒绝六月底以前交付二十台发动机", {}, "withdrawn", "refused"),
    ("demand", ASKED, "AGREE", "德国同意六月底以前交付二十台发动机", {}, "kept", "accepted"),
    ("demand", ASKED, "ACCUSE", "德国批评法国催交二十台发动机", {}, "open", None),
    ("demand", ASKED, "REJECT", "德国拒绝参加巴黎航空展", {}, "open", None),  # about something else
    ("demand", ASKED, "REJECT", "法国撤回交付二十台发动机的要求", {"actors": [FRANCE], "recipients": [GERMANY]},
     "withdrawn", "withdrawn"),
    ("pledge", PROMISED, "AID", "德国向法国交付二十台发动机", {}, "kept", "kept"),
    ("pledge", PROMISED, "AID", "德国没有向法国交付二十台发动机", {"status": "negated"}, "broken", "broken"),
    ("pledge", PROMISED, "AID", "法国向德国交付二十台发动机", {"actors": [FRANCE], "recipients": [GERMANY]}, "open",
     None),
    ("offer", "法国提议六月交换二十台发动机", "REJECT", "德国拒绝六月交换二十台发动机", {}, "withdrawn", "refused"),
])  # fmt: skip
def test_what_comes_later_between_the_same_two_answers_it(
    kind: Any, first: str, type_: Any, later: str, more: dict[str, Any], status: str, step: str | None
) -> None:
    (one,) = follow(commit(first, kind), answer(later, type_, "2024-06-20", **more))
    assert one.status == status
    assert [s.what for s in one.steps] == ["made", *([step] if step else [])]
    assert (one.steps[-1].when == "2024-06-20") is (step is not None)


def test_what_came_before_answers_nothing() -> None:
    (one,) = follow(commit(ASKED, "demand"), answer("德国拒绝六月底以前交付二十台发动机", "REJECT", "2024-05-01"))
    assert one.status == "open"


def test_the_last_answer_holds() -> None:
    (one,) = follow(
        commit(ASKED, "demand"), answer("德国拒绝六月底以前交付二十台发动机", "REJECT", "2024-05-20"),
        answer("德国让步，六月底以前交付二十台发动机", "CONCEDE", "2024-06-20"),
    )  # fmt: skip
    assert [step.what for step in one.steps] == ["made", "refused", "accepted"]
    assert one.status == "kept"


def test_an_answer_on_the_same_page_counts() -> None:
    page = commit(ASKED, "demand", body="柏林方面没有答应。")
    known = page.commitments.pop()
    page.commitments.append(
        Commitment(kind="demand", by=known.by, to=known.to, about=known.about, status="withdrawn",
                   steps=[known.about, page.span("柏林方面没有答应")])
    )  # fmt: skip
    (one,) = follow(page)
    assert ([step.what for step in one.steps], one.status) == (["made", "refused"], "withdrawn")


def test_what_is_no_commitment_makes_none() -> None:
    assert follow(tell(uri="a")) == []


def test_what_the_same_words_tell_as_another_act_is_no_second_undertaking() -> None:
    page = commit(PROMISED, "pledge")
    (event,) = page.events
    page.event("CONCEDE", event.actors, event.recipients, PROMISED, status="future")
    (one,) = follow(page)
    assert (one.kind, [step.what for step in one.steps]) == ("pledge", ["made"])
