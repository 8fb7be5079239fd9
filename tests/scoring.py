"""Scores records against pages marked by hand, as ``docs/marking.md`` tells.

Strict: type, parties in their roles (half of them shared; CONSULT, AGREE and COOPERATE without order) and a common
sentence. Relaxed: quad class for type, parties without roles. Status, claimant and date among relaxed matches; a date
is made up where the mark has none. Of matched marks with places and figures: those found at the same words with the
same country and role, the same value and bound. An optional mark counts neither way.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

QUADS = {
    "verbal cooperation": ("AGREE", "CONSULT", "SUPPORT", "CONCEDE"),
    "material cooperation": ("COOPERATE", "AID", "RETREAT"),
    "verbal conflict": ("REQUEST", "ACCUSE", "REJECT", "THREATEN"),
    "material conflict": ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}
QUAD = {name: quad for quad, names in QUADS.items() for name in names}
MUTUAL = ("CONSULT", "AGREE", "COOPERATE")
BREAK = re.compile(r"(?<=[。!?！？;；\n])")
# What marks may tie to an act: its name in the record, and what must be equal.
TIED = {"where": ("where", ("country", "role")), "figures": ("quantities", ("value", "bound"))}
Marked = dict[str, Any]


def sentences(text: str) -> list[tuple[int, int]]:
    """Sentence spans of a text."""
    out, at = [], 0
    for piece in BREAK.split(text):
        if piece:
            out.append((at, at + len(piece)))
            at += len(piece)
    return out


def find(words: str, text: str) -> tuple[int, int] | None:
    """Where ``words`` stand in ``text``, white space passed over."""
    pattern = r"\s*".join(re.escape(c) for c in words if not c.isspace())
    match = re.search(pattern, text) if pattern else None
    return match.span() if match else None


def touched(event: Marked, text: str, marks: list[tuple[int, int]]) -> set[int]:
    """Indices of the sentences that an event's evidence and other mentions touch."""
    out: set[int] = set()
    for item in [event.get("evidence"), *event.get("also", [])]:
        span = (item["start"], item["end"]) if isinstance(item, dict) else find(item or "", text)
        if span:
            out |= {i for i, (start, end) in enumerate(marks) if span[0] < end and span[1] > start}
    return out


def codes(items: Iterable[Any]) -> set[str]:
    """Codes of a list of actors, given as codes or objects."""
    found = (item.get("code") if isinstance(item, dict) else item for item in items)
    return {code for code in found if code}


def share(one: set[str], two: set[str]) -> bool:
    """Both empty, or half or more in common."""
    return one == two or (bool(one | two) and len(one & two) / len(one | two) >= 0.5)


def strict(gold: Marked, told: Marked) -> bool:
    """Same type and the same parties in their roles."""
    if gold["type"] != told["type"]:
        return False
    sides = [codes(event[side]) for event in (gold, told) for side in ("actors", "recipients")]
    if gold["type"] in MUTUAL:
        return share(sides[0] | sides[1], sides[2] | sides[3])
    return share(sides[0], sides[2]) and share(sides[1], sides[3])


def relaxed(gold: Marked, told: Marked) -> bool:
    """Same quad class and the same parties."""
    if QUAD[gold["type"]] != QUAD[told["type"]]:
        return False
    return share(codes(gold["actors"]) | codes(gold["recipients"]), codes(told["actors"]) | codes(told["recipients"]))


def pairs(
    gold: list[Marked], told: list[Marked], text: str, same: Callable[[Marked, Marked], bool]
) -> list[tuple[int, int]]:
    """One-to-one pairs: exact type first, then the most shared sentences."""
    marks = sentences(text)
    near_gold = [touched(event, text, marks) for event in gold]
    near_told = [touched(event, text, marks) for event in told]
    wishes = sorted(
        (-(one["type"] == two["type"]), -len(near_gold[i] & near_told[j]), i, j)
        for i, one in enumerate(gold)
        for j, two in enumerate(told)
        if near_gold[i] & near_told[j] and same(one, two)
    )
    left, right, out = set[int](), set[int](), []
    for _, _, i, j in wishes:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            out.append((i, j))
    return out


def _names(items: Iterable[Any]) -> list[str]:
    texts = ((item.get("text") or "") if isinstance(item, dict) else item for item in items)
    return [re.sub(r"[\s《》“”\"'「」『』]", "", text).lower() for text in texts if text]


def _claimants(gold: Marked, told: Marked) -> bool:
    want, got = _names(gold.get("claimants", [])), _names(told.get("claimants", []))
    return (not want and not got) or bool(want and got and all(any(w in g or g in w for g in got) for w in want))


def _when(event: Marked) -> str:
    return (event.get("when") or "").rstrip("~?%")


def _same(want: Marked, told: list[Marked], keys: tuple[str, ...]) -> bool:
    """Whether something told stands on the same words and says the same of ``keys``."""
    return any(
        one["start"] < want["end"] and want["start"] < one["end"] and all(one[key] == want[key] for key in keys)
        for one in told
    )


class Tally:
    """Counts over pages; ``figures`` gives the scores."""

    def __init__(self) -> None:
        self.n: Counter[str] = Counter()

    def add(self, gold: list[Marked], told: list[Marked], text: str) -> None:
        """Take in one page."""
        free = {i for i, event in enumerate(gold) if event.get("optional")}
        n = self.n
        n["gold"] += len(gold) - len(free)
        n["told"] += len(told)
        for name, same in (("strict", strict), ("relaxed", relaxed)):
            found = pairs(gold, told, text, same)
            n[name] += sum(i not in free for i, _ in found)
            n[name + " free"] += sum(i in free for i, _ in found)
        for i, j in found:
            if i in free:
                continue
            n["status"] += gold[i]["status"] == told[j]["status"]
            n["claimant"] += _claimants(gold[i], told[j])
            if gold[i]["type"] != "AGREE":
                n["dated"] += 1
                n["when"] += _when(gold[i]) == _when(told[j])
                n["not made up"] += bool(_when(gold[i])) or not _when(told[j])
            for kind, (told_as, keys) in TIED.items():
                n[kind] += len(gold[i].get(kind, []))
                n[f"{kind} found"] += sum(_same(want, told[j].get(told_as, []), keys) for want in gold[i].get(kind, []))
            n["disputes found"] += bool(gold[i].get("disputed_by")) and bool(told[j].get("disputed_by"))
        n["disputes"] += sum(bool(event.get("disputed_by")) for i, event in enumerate(gold) if i not in free)

    def _f1(self, name: str) -> tuple[float, float, float]:
        hit = self.n[name]
        told = self.n["told"] - self.n[name + " free"]
        precision = hit / told if told else 0.0
        recall = hit / self.n["gold"] if self.n["gold"] else 0.0
        f1 = 2 * precision * recall / (precision + recall) if hit else 0.0
        return round(precision, 3), round(recall, 3), round(f1, 3)

    def figures(self) -> dict[str, float]:
        """Scores between 0 and 1, and the number of marks."""

        def ratio(part: str, whole: str) -> float:
            return round(self.n[part] / self.n[whole], 3) if self.n[whole] else 0.0

        out: dict[str, float] = {"marks": self.n["gold"]}
        for name in ("strict", "relaxed"):
            out[f"{name} precision"], out[f"{name} recall"], out[f"{name} f1"] = self._f1(name)
        out |= {key: ratio(key, "relaxed") for key in ("status", "claimant")}
        out["when"] = ratio("when", "dated")
        out["no date made up"] = ratio("not made up", "dated")
        out |= {kind: ratio(f"{kind} found", kind) for kind in TIED if self.n[kind]}
        out["disputes"] = ratio("disputes found", "disputes")
        return out
