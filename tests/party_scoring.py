"""Scores the parties that a record mentions against pages marked by hand (``training/parties.jsonl``).

A mention is a stretch of words that names one party; where it ends is a matter of taste, so one that is found counts
when it shares words with a marked one of the same code. What a doubtful mark covers counts neither way. Words that
point back (双方, 他) are marked and counted apart.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple


class Mark(NamedTuple):
    """A marked stretch. ``codes``: several only for one that points back. ``named``: t beside a title, n alone."""

    start: int
    end: int
    codes: frozenset[str]
    kind: str  # "party", "back" or "doubt"
    named: str = ""


class Found(NamedTuple):
    """A party that a record mentions. ``person``: a name of the lexicon, or a proposed one."""

    start: int
    end: int
    code: str | None
    person: bool


def read_mark(start: int, end: int, codes: str, named: str) -> Mark:
    """A row of ``parties.jsonl``."""
    kind = {"=": "back", "?": "doubt"}.get(codes[:1], "party")
    return Mark(start, end, frozenset(codes.lstrip("=?").split("+")), kind, named)


def mentioned(record: dict[str, Any], people: set[str]) -> list[Found]:
    """All parties of a record's mentions."""
    return [
        Found(mention["start"], mention["end"], actor["code"], actor["proposed"] or actor["name"] in people)
        for mention in record["mentions"]
        if mention["kind"] == "actor"
        for actor in mention["actors"]
    ]


def _share(one: Mark | Found, two: Mark | Found) -> bool:
    return one.start < two.end and two.start < one.end


class PartyTally:
    """Counts over pages."""

    def __init__(self) -> None:
        self.count: Counter[str] = Counter()

    def add(self, marks: list[Mark], found: list[Found], outside: list[tuple[int, int]]) -> None:
        """Take in a page. ``outside``: stretches that are no running text (the title, captions, links)."""
        found = [one for one in found if not any(one.start < end and start < one.end for start, end in outside)]
        parties = [mark for mark in marks if mark.kind == "party"]
        self._precision(marks, parties, [one for one in found if one.code])
        for mark in parties:
            here = [one for one in found if _share(one, mark) and one.code in mark.codes]
            self.count["marked"] += 1
            self.count["matched"] += bool(here)
            if mark.named == "t":
                known = any(one.person for one in here)
                self.count["titled"] += 1
                self.count["titled known"] += known
        for mark in [mark for mark in marks if mark.kind == "back"]:
            here = [one for one in found if _share(one, mark)]
            codes = {one.code for one in here}
            self.count["back"] += 1
            self.count["back told"] += bool(here)
            self.count["back right"] += codes == mark.codes

    def _precision(self, marks: list[Mark], parties: list[Mark], found: list[Found]) -> None:
        for one in found:
            here = [mark for mark in parties if _share(one, mark)]
            if not here and any(_share(one, mark) for mark in marks):
                continue  # doubtful, or a word that points back
            right = any(one.code in mark.codes for mark in here)
            self.count["found"] += 1
            self.count["right"] += right
            self.count["wrong"] += bool(here) and not right

    def figures(self) -> dict[str, float]:
        """Shares, to three digits. ``right code``: of the links, those whose words name no other party."""
        n = self.count

        def part(some: str, of: str) -> float:
            return round(n[some] / n[of], 3) if n[of] else 0.0

        precision, recall = part("right", "found"), part("matched", "marked")
        both = precision + recall
        return {
            "marks": n["marked"], "precision": precision, "recall": recall,
            "f1": round(2 * precision * recall / both, 3) if both else 0.0,
            "right code": round(1 - part("wrong", "found"), 3),
            "titled": n["titled"], "titled known": part("titled known", "titled"),
            "back": n["back"], "back told": part("back told", "back"), "back right": part("back right", "back told"),
        }  # fmt: skip
