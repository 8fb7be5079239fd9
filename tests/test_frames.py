"""Every frame codes the sentences that it must code, and none of those that it must not; by grammar alone."""

from __future__ import annotations

import pytest

from attache.face.trial import failures, promised, read_alone
from attache.lexicon.load import read_verbs
from attache.lexicon.schema import CodedSentence, Frame
from attache.pipeline import Reader

VERBS = read_verbs()


@pytest.mark.parametrize("name", VERBS)
def test_the_sentences_of_every_frame(grammar: Reader, name: str) -> None:
    told = [str(failure) for frame in VERBS[name].frame for failure in failures(grammar, frame)]
    assert not told, "\n".join([f"{len(told)} sentences of {name}:", *told])


def test_all_types_have_frames() -> None:
    assert len({frame.type for file in VERBS.values() for frame in file.frame}) == 16


@pytest.mark.parametrize("name", VERBS)
def test_no_sentence_stands_twice_or_on_both_sides(name: str) -> None:
    for frame in VERBS[name].frame:
        texts = [sentence.text for sentence in frame.yes] + frame.no
        assert len(set(texts)) == len(texts), frame.id


def test_what_a_sentence_gives_is_read_as_it_is_written() -> None:
    assert promised("FRA+DEU>RUS future", "SANCTION") == (("DEU", "FRA"), ("RUS",), "future")
    assert promised("PRK>", "MOBILIZE") == (("PRK",), (), "actual")
    assert promised("USA>CHN", "CONSULT") == promised("CHN>USA", "CONSULT")


def test_a_wrong_promise_is_seen(grammar: Reader) -> None:
    """The check itself can fail: wrong side, wrong party, wrong mark, an act where none must be."""
    text = "法国谴责德国。"
    _, (event,) = read_alone(grammar, text)
    name = event.rule.split("/")[0]

    def frame(gives: str, no: str = "天气晴朗。") -> Frame:
        yes = [CodedSentence(text=text, gives=gives)]
        return Frame(id=name, type="ACCUSE", words=["谴责"], case="target", yes=yes, no=[no])

    assert not list(failures(grammar, frame("FRA>DEU")))
    for gives in ("DEU>FRA", "FRA>ITA", "FRA>", "FRA>DEU future"):
        assert len(list(failures(grammar, frame(gives)))) == 1
    assert len(list(failures(grammar, frame("FRA>DEU", no=text)))) == 1
