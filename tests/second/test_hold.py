"""Whatever a model answers, nothing comes into a record that its page does not bear out."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from attache.pipeline import Reader, Taken
from attache.record import Record
from attache.second.answer import Answer, CitedParty
from attache.second.ground import Ground
from attache.second.hold import MOST, Held, Unreadable, decode, hold
from attache.second.prompt import codebook, questions
from attache.second.reader import Heard, read
from attache.second.tape import Tape
from pages import ROOT, misplaced

ANSWERS = Tape(ROOT / "cases" / "answers")
PAGES = ("12-agency-seoul-summons.txt", "16-broadcast-rome.txt", "19-site-pelosi-trad.html")


def take(reader: Reader, name: str) -> tuple[Taken, dict[str, Any]]:
    """A sample and what a model answered about it."""
    taken = reader.take((ROOT / "samples" / name).read_bytes(), name)
    (question,) = questions(taken)
    reply = ANSWERS.get(question.id)
    assert reply is not None, f"{name}: its recorded answer is to another prompt or page"
    return taken, json.loads(reply.content)


def held(reader: Reader, taken: Taken, answer: Any) -> Held:
    return hold([(everything(taken), decode(json.dumps(answer)))], taken, reader.tables, codebook())


def everything(taken: Taken) -> range:
    return range(len(taken.readings))


def page(reader: Reader, *lines: str) -> Taken:
    text = "外长会晤\n2024-05-10\n\n" + "\n\n".join(lines) + "\n"
    return reader.take(text.encode(), "page.txt")


def event(n: int, words: str, **fields: Any) -> dict[str, Any]:
    return {"n": n, "words": words, "type": "CONSULT", "mode": None, "status": "actual", "actors": [],
            "recipients": []} | fields  # fmt: skip


def party(n: int, words: str, **fields: Any) -> dict[str, Any]:
    return {"n": n, "words": words, "of": None, "unnamed": False} | fields


def borne_out(record: Record) -> None:
    """Everything in the record with words has them from the page, events and their parties most of all."""
    assert misplaced(record) == []
    text = record.capture.text
    for one in [*record.events, *record.aside]:
        assert one.evidence.text
        for claimant in [*one.claimants, *one.disputed_by]:
            assert text[claimant.start : claimant.end] == claimant.text
        for actor in one.actors + one.recipients:
            assert actor.text in text
            assert actor.code is None or actor.code.isupper()
    for statement in record.statements:
        assert statement.evidence.text == text[statement.evidence.start : statement.evidence.end]


JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 10**6), st.floats(allow_nan=False), st.text(max_size=20),
    st.sampled_from(["美国", "CONSULT", "轰炸北京", "{}", "USA", "<|im_start|>", "\x00\u202e"]),
    st.lists(st.integers(), max_size=3), st.dictionaries(st.text(max_size=5), st.integers(), max_size=2),
)  # fmt: skip


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every value inside."""
    found = [path] if path else []
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        found += places(value, (*path, key))
    return found


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_mangled_answer_brings_words_into_a_record_that_its_page_lacks(data: st.DataObject, reader: Reader) -> None:
    taken, answer = take(reader, data.draw(st.sampled_from(PAGES)))
    answer = json.loads(json.dumps(answer))
    for _ in range(data.draw(st.integers(1, 12))):
        *way, last = data.draw(st.sampled_from(places(answer)))
        at = answer
        for key in way:
            at = at[key]
        at[last] = data.draw(JUNK)
        if not isinstance(answer.get("events"), list) or not isinstance(answer.get("voices"), list):
            break
    try:
        answers = [(everything(taken), decode(json.dumps(answer)))]
    except Unreadable:
        answers = []
    heard = Heard(answers, ["m"], [])
    for trust in ("second", "agree"):
        found = read(reader, taken, heard, trust, "m")
        borne_out(found.record)
        assert msgspec.json.decode(msgspec.json.encode(found.record), type=Record) == found.record


@settings(max_examples=100, deadline=None)
@given(
    content=st.one_of(st.text(), st.binary().map(lambda raw: raw.decode(errors="replace")), st.from_regex(r"\{.*\}"))
)
def test_any_text_is_an_answer_or_said_to_be_none(content: str) -> None:
    with contextlib.suppress(Unreadable):
        assert isinstance(decode(content), Answer)


WANG = [party(1, "王毅")]
REFUSALS = {
    "words of no sentence": (event(1, "美国轰炸北京", actors=WANG), "“美国轰炸北京” does not stand in sentence 1"),
    "words of another sentence": (event(2, "王毅10日", actors=WANG), "“王毅10日” does not stand in sentence 2"),
    "no such sentence": (event(9, "王毅", actors=WANG), "no sentence 9 was shown"),
    "a sentence before the first": (event(-1, "王毅", actors=WANG), "no sentence -1 was shown"),
    "the title": (event(0, "外长会晤", actors=WANG), "a title tells no event of its own"),
    "no letters": (event(1, "。", actors=WANG), "no words are cited"),
    "a name alone": (event(1, "王毅", actors=WANG), "a party's name and tell no act"),
    "no words": (event(1, "  ", actors=WANG), "no words are cited"),
    "too many words": (event(1, "王" * 700, actors=WANG), "more than 600 characters"),
    "a code for a party": (event(1, "会见布林肯", actors=[party(1, "CHN")]), "“CHN” does not stand in sentence 1"),
    "a party of elsewhere": (event(1, "会见布林肯", actors=[party(1, "普京")]), "“普京” does not stand"),
    "a state of elsewhere": (
        event(1, "会见布林肯", actors=[party(2, "经贸", of={"n": 1, "words": "法国"})]), "“法国” does not stand",
    ),
    "a part of a word": (event(3, "批评会谈", actors=[party(3, "中国")]), "none of its parties"),
    "a part of a Latin word": (event(3, "man", actors=WANG), "“man” does not stand in sentence 3"),
    "an unnamed party alone": (event(1, "会见布林肯", actors=[party(1, "北京", unnamed=True)]), "none of its parties"),
    "nobody that is a party": (event(2, "就经贸问题交换意见", actors=[party(2, "经贸")]), "none of its parties"),
    "an unknown type": (event(1, "会见布林肯", type="NUKE", actors=WANG), "Invalid enum value 'NUKE'"),
    "an unknown status": (event(1, "会见布林肯", status="sure", actors=WANG), "Invalid enum value 'sure'"),
    "no object": ("CONSULT", "Expected `object`, got `str`"),
}  # fmt: skip


@pytest.mark.parametrize(("proposed", "why"), REFUSALS.values(), ids=REFUSALS)
def test_what_does_not_hold_is_refused_with_the_reason(proposed: Any, why: str, reader: Reader) -> None:
    lines = ("中国外长王毅10日在北京会见布林肯。", "双方就经贸问题交换意见。", "发展中国家和Romanian代表批评会谈。")
    found = held(reader, page(reader, *lines), {"events": [proposed], "voices": []})
    assert found.events == []
    (line,) = found.refused
    assert why in line.why
    assert line.why.startswith("event 1")


def test_parties_come_from_the_linker_and_dates_from_the_time_reader(reader: Reader) -> None:
    taken = page(
        reader, "中国外长王毅10日在北京会见美国国务卿布林肯。", "伊朗方面上周四批评了会谈。", "哈桑尼对此表示不满。"
    )
    china, america = party(1, "中国外长王毅"), party(1, "美国国务卿布林肯")
    (meeting, blame, other) = held(
        reader, taken,
        {"events": [
            event(1, "在北京会见美国国务卿布林肯", actors=[china], recipients=[america],
                  when=[{"n": 1, "words": "10日"}]),
            event(2, "上周四批评了会谈", type="ACCUSE", mode="disapprove", actors=[party(2, "伊朗方面")],
                  recipients=[china, america], when=[{"n": 2, "words": "上周四"}]),
            event(3, "表示不满", type="ACCUSE", mode="phone", actors=[party(3, "哈桑尼", of={"n": 2, "words": "伊朗"})],
                  recipients=[china], when=[{"n": 3, "words": "对此"}]),
        ], "voices": []},
    ).events  # fmt: skip
    assert ([one.code for one in meeting.actors], [one.code for one in meeting.recipients]) == (["CHN"], ["USA"])
    assert meeting.actors[0].name == "王毅"
    assert meeting.when == "2024-05-10"
    assert meeting.where[0].city == "Beijing"
    assert (meeting.cameo, meeting.rule, meeting.readers) == ("040", "second", ["second"])
    assert blame.when == "2024-05-02"
    assert blame.mode == "disapprove"
    assert [one.code for one in blame.recipients] == ["CHN", "USA"]
    assert (other.actors[0].code, other.actors[0].text, other.actors[0].proposed) == ("IRN", "哈桑尼", True)
    assert (other.mode, other.when) == (None, None), "no mode of another type, no date from words that tell none"


def test_names_side_by_side_are_all_meant_and_else_the_last(reader: Reader) -> None:
    taken = page(reader, "英国、法国和德国10日谴责俄罗斯。", "中国驻美国大使谢锋10日会见美方官员，俄驻韩使馆反对。")
    ground = Ground(taken, reader.tables, everything(taken))

    def cite(n: int, words: str, *, unnamed: bool = False) -> list[str | None]:
        return [one.code for one in ground.party(CitedParty(n, words, unnamed=unnamed))]

    assert cite(1, "英国、法国和德国") == ["GBR", "FRA", "DEU"]
    assert cite(2, "中国驻美国大使谢锋") == ["CHN"]
    assert cite(1, "德国10日谴责俄罗斯") == ["RUS"]
    assert cite(2, "俄驻韩使馆") == ["RUS"]
    assert cite(2, "官员", unnamed=True) == ["UNK"]


def test_a_lesser_citation_that_does_not_hold_leaves_the_event_and_is_listed(reader: Reader) -> None:
    taken = page(reader, "中国外长王毅10日在北京会见布林肯。", "法国否认此事。")
    wrong = {"n": 1, "words": "路透社", "kind": "medium"}
    proposed = event(
        1, "在北京会见布林肯", actors=[party(1, "中国外长王毅")], claimants=[wrong], when=[{"n": 1, "words": "在北京"}],
        disputed_by=[{"n": 2, "words": "法国", "kind": "party"}, wrong], also=[{"n": 2, "words": "会见"}],
    )  # fmt: skip
    found = held(reader, taken, {"events": [proposed], "voices": []})
    (one,) = found.events
    assert (one.claimants, [who.text for who in one.disputed_by], one.when, one.also) == ([], ["法国"], None, [])
    assert [line.why.split(":")[0] for line in found.refused] == ["date", "other mention", "source", "denier"]
    assert all(line.span == one.evidence for line in found.refused)


def test_voices_are_held_like_events(reader: Reader) -> None:
    taken = page(reader, "王毅表示，中方愿与美方“相向而行”。", "法国外交部否认会谈破裂。", "这无异于自断后路。")
    source = {"n": 1, "words": "王毅", "kind": "official"}
    denier = {"n": 2, "words": "法国外交部", "kind": "official"}
    found = held(reader, taken, {"events": [], "voices": [
        {"n": 1, "words": "中方愿与美方“相向而行”", "kind": "offer", "speaker": [source], "to": party(1, "美方"),
         "wording": "paraphrase", "mark": "future", "about": None},
        {"n": 2, "words": "否认会谈破裂", "kind": "denial", "speaker": [denier], "to": None, "wording": "paraphrase",
         "mark": "actual", "about": {"n": 2, "words": "会谈破裂"}},
        {"n": 3, "words": "这无异于自断后路", "kind": "judgement", "speaker": [], "to": None, "wording": "label",
         "mark": "actual", "about": None},
        {"n": 2, "words": "会谈破裂", "kind": "report", "speaker": [{"n": 2, "words": "德国", "kind": "party"}]},
        {"n": 2, "words": "会谈破裂", "kind": "rumour", "speaker": []},
    ]})  # fmt: skip
    offer, denial, own = found.statements
    assert (offer.voice, offer.kind, offer.speaker and offer.speaker.code) == ("attributed", "offer", "CHN")
    assert offer.addressee is not None
    assert offer.addressee.code == "USA"
    assert [span.text for span in denial.about] == ["会谈破裂"]
    assert (own.voice, own.wording) == ("opinion", None)
    assert [line.why.split(":")[0] for line in found.refused] == ["voice 4 (report)", "voice 5"]


def test_an_answer_without_end_is_taken_so_far(reader: Reader) -> None:
    taken = page(reader, "中国外长王毅10日在北京会见布林肯。")
    one = event(1, "在北京会见布林肯", actors=[party(1, "王毅")], also=[{"n": 1, "words": "柏林"}] * 50)
    voice = {"n": 1, "words": "在北京会见布林肯", "kind": "report", "speaker": []}
    found = held(reader, taken, {"events": [one] + [one | {"also": []}] * (MOST + 6), "voices": [voice] * 5})
    assert len(found.events) == 1, "told again and again is told once"
    assert len(found.statements) == 1
    told = [line.why for line in found.refused]
    assert f"7 events beyond the {MOST} that one answer may propose" in told
    assert "other mention: 30 beyond the 20 taken" in told
    assert told.count("an event (CONSULT) of the same words and parties again") == MOST - 1


def test_a_reason_never_carries_a_whole_answer(reader: Reader) -> None:
    taken = page(reader, "中国外长王毅10日在北京会见布林肯。")
    long = "x\x1b" * 5000
    proposals = [
        event(1, "会见布林肯", type=long),
        event(10**60, long),
        event(1, long),
        event(1, "会见布林肯", status=long),
    ]
    found = held(reader, taken, {"events": proposals, "voices": []})
    assert len(found.refused) == len(proposals)
    assert all(len(line.why) < 300 and line.why.isprintable() for line in found.refused)


def test_an_answer_is_held_to_the_sentences_that_its_question_showed(reader: Reader) -> None:
    taken = page(reader, "中国外长王毅10日在北京会见布林肯。", "法国外长10日在柏林会见德国外长。")
    meetings = [event(1, "会见布林肯", actors=[party(1, "王毅")]), event(2, "会见德国外长", actors=[party(2, "法国")])]
    both = {"events": meetings, "voices": []}
    heard = Heard([(range(1), decode(json.dumps(both)))], ["m"], ["the rest failed"])
    found = read(reader, taken, heard, "second", "m")
    assert [one.sentence for one in found.held.events] == [0]
    assert [line.why for line in found.held.refused] == ["event 2 (CONSULT): no sentence 2 was shown"]
    assert [(one.sentence, one.readers) for one in found.record.events if one.sentence == 1] == [(1, ["built-in"])]
    assert found.record.second is not None
    assert (found.record.second.asked, found.record.second.answered) == (1, False)
    assert all(one.sentence == 0 for one in found.first)


def test_brackets_without_end_are_no_answer() -> None:
    with pytest.raises(Unreadable):
        decode('{"events": ' + "[" * 100_000 + "]" * 100_000 + "}")
