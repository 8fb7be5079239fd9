"""The scorer of voices: what counts as found, by speaker, chain, wording, judgement and denial."""

from __future__ import annotations

from typing import Any

from voice_scoring import MarkedVoice, VoiceMarks, VoiceTally


def statement(start: int, end: int, *chain: str, wording: str = "paraphrase", kind: str = "report") -> dict[str, Any]:
    return {
        "voice": "attributed" if chain else "page", "kind": kind, "wording": wording,
        "claimants": [{"text": words} for words in chain], "evidence": {"start": start, "end": end},
    }  # fmt: skip


def test_shares_of_what_was_marked_and_found() -> None:
    marks = VoiceMarks(
        [
            MarkedVoice(10, 30, ["《海港晚报》", "知情人士"]),
            MarkedVoice(40, 60, ["挪威首相"]),
            MarkedVoice(70, 80, ["他"]),
        ],
        [(12, 18, "verbatim"), (42, 46, "label")],
        [(90, 100)],
        [(40, 60, "挪威首相")],
    )
    record = {
        "statements": [
            statement(11, 30, "海港晚报", "一名知情人士"), statement(41, 60, "丹麦首相"), statement(200, 220, "某人"),
            statement(12, 18, "知情人士", wording="verbatim"), statement(42, 46, wording="label"),
            statement(40, 60, "挪威首相", kind="denial"),
        ],
        "sentences": [
            {"start": 90, "end": 100, "outcome": ["judgement"]}, {"start": 100, "end": 120, "outcome": ["judgement"]},
        ],
    }  # fmt: skip
    tally = VoiceTally()
    tally.add(marks, record)
    told = tally.figures()
    assert (told["marks"], told["speaker"], told["chain"]) == (3, 0.667, 0.667)
    assert (told["wording"], told["denials"]) == (1.0, 1.0)
    assert (told["judgement recall"], told["judgement precision"]) == (1.0, 0.5)
    assert told["voices told right"] < 1.0
