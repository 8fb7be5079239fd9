"""Scores the voices of records against pages marked by hand: who says what, in whose words, whose judgement.

A marked voice is found where a statement with a source shares half of the words of the shorter of both and its
innermost source is the one marked (one holds the other's words); its chain is right where each marked source is told
around it. A voice told is right where it is the one of some mark. A quoted string is right by its wording. Judgement
counts by sentence, a denial by a shared word and who denies.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any, NamedTuple

Marked = dict[str, Any]


class MarkedVoice(NamedTuple):
    """A stretch and its sources in words, outermost first."""

    start: int
    end: int
    chain: list[str]


class VoiceMarks(NamedTuple):
    """What a page says in which voice: ``quotes``: offsets and wording; ``denials``: offsets and who."""

    voices: list[MarkedVoice]
    quotes: list[tuple[int, int, str]]
    judgement: list[tuple[int, int]]
    denials: list[tuple[int, int, str]]


def bare(words: str) -> str:
    """Words without brackets, quotation marks and blanks."""
    return re.sub(r"[\s《》〈〉“”\"'「」『』（）()]", "", words)


def alike(want: str, told: str) -> bool:
    """Whether one holds the other's words."""
    want, told = bare(want), bare(told)
    return bool(want and told) and (want in told or told in want)


def _common(one: tuple[int, int], two: tuple[int, int]) -> int:
    return max(0, min(one[1], two[1]) - max(one[0], two[0]))


class VoiceTally:
    """Counts over pages; ``figures`` gives the shares."""

    def __init__(self) -> None:
        self.n: Counter[str] = Counter()

    def add(self, marks: VoiceMarks, record: Marked) -> None:
        """Take in one page."""
        n = self.n
        told = [s for s in record["statements"] if s["voice"] == "attributed" and s["claimants"]]
        spans = [(s["evidence"]["start"], s["evidence"]["end"]) for s in told]
        matched: set[int] = set()
        good: set[int] = set()
        for voice in marks.voices:
            place = (voice.start, voice.end)
            near = [
                i
                for i, span in enumerate(spans)
                if 2 * _common(place, span) >= min(voice.end - voice.start, span[1] - span[0])
            ]
            matched |= set(near)
            right = [i for i in near if alike(voice.chain[-1], told[i]["claimants"][-1]["text"])]
            good |= set(right)
            names = [c["text"] for i in near for c in told[i]["claimants"]]
            n["voices"] += 1
            n["speaker"] += bool(right)
            n["chain"] += bool(right) and all(any(alike(w, name) for name in names) for w in voice.chain)
        speech = [i for i, s in enumerate(told) if s["wording"] != "verbatim" or i in matched]
        n["told"] += len(speech)
        n["told right"] += len(good)
        self._words(marks, record)

    def _words(self, marks: VoiceMarks, record: Marked) -> None:
        n = self.n
        worded = [s for s in record["statements"] if s["wording"] in ("verbatim", "label")]
        for start, end, wording in marks.quotes:
            near = [s for s in worded if _common((start, end), (s["evidence"]["start"], s["evidence"]["end"]))]
            inner = min(near, key=lambda s: s["evidence"]["end"] - s["evidence"]["start"], default=None)
            n["quotes"] += 1
            n["wording"] += inner is not None and inner["wording"] == wording
        for sentence in record["sentences"]:
            place = (sentence["start"], sentence["end"])
            want = any(
                2 * _common(place, span) > min(place[1] - place[0], span[1] - span[0]) for span in marks.judgement
            )
            got = "judgement" in sentence["outcome"]
            n["judging"] += want
            n["judged"] += got
            n["judged right"] += want and got
            n["sentences"] += 1
        denied = [s for s in record["statements"] if s["kind"] == "denial"]
        for start, end, who in marks.denials:
            n["denials"] += 1
            n["denials found"] += any(
                _common((start, end), (s["evidence"]["start"], s["evidence"]["end"]))
                and any(alike(who, c["text"]) for c in s["claimants"]) for s in denied
            )  # fmt: skip

    def figures(self) -> dict[str, float]:
        """The shares, to three digits, and how many voices are marked."""
        n = self.n

        def ratio(part: str, whole: str) -> float:
            return round(n[part] / n[whole], 3) if n[whole] else 0.0

        return {
            "marks": n["voices"],
            "speaker": ratio("speaker", "voices"),
            "chain": ratio("chain", "voices"),
            "voices told right": ratio("told right", "told"),
            "wording": ratio("wording", "quotes"),
            "judgement recall": ratio("judged right", "judging"),
            "judgement precision": ratio("judged right", "judged"),
            "denials": ratio("denials found", "denials"),
        }
