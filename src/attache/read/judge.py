"""The judge: weighs what the grammar proposes, keeps at most one act a site, and says how likely it is right.

A linear model over short feature strings, one weight for the feature as such and one for it with the type.
Its weights are data (``lexicon/judge.json``); without them the grammar's own first choice stands.
"""

from __future__ import annotations

import math
from itertools import repeat
from pathlib import Path

import msgspec

from attache.lexicon.load import LexiconError
from attache.read.act import Act, Site

MENTION = 0.04  # an unlikely act may still be another mention of one that was kept
NOTHING = repeat(0.0)
IN_OPINION = 0.45
UNJUDGED = 0.5  # measured share of the grammar's own choices that are right


class Kept(msgspec.Struct):
    """``judge.json``: the weights, the threshold, and what they were learnt from."""

    pages: int
    data: str
    floor: float
    weights: dict[str, float]
    by_type: dict[str, dict[str, float]]


class Judge:
    """Weights by feature, the threshold under which an act is left out."""

    def __init__(self, weights: dict[str, float], by_type: dict[str, dict[str, float]], floor: float) -> None:
        self.weights = weights
        self.by_type = by_type
        self.floor = floor
        self._whole: dict[str, dict[str, float]] = {}

    @classmethod
    def load(cls, path: Path) -> Judge | None:
        """The judge of a file, None where there is none. Raises LexiconError for one that is damaged."""
        if not path.exists():
            return None
        try:
            kept = msgspec.json.decode(path.read_bytes(), type=Kept)
        except msgspec.DecodeError as error:
            raise LexiconError(path, "", str(error)) from None
        return cls(kept.weights, kept.by_type, kept.floor)

    def why(self, act: Act, most: int = 8) -> list[tuple[str, float]]:
        """The features that weighed most in the choice."""
        whole = self._of(act.frame.type)
        weighed = [(name, whole.get(name, 0.0)) for name in (*site_features(act), *role_features(act))]
        return sorted(weighed, key=lambda pair: -abs(pair[1]))[:most]

    def _of(self, kind: str) -> dict[str, float]:
        """The weights for one type: of each feature as such and with the type, added up."""
        if kind not in self._whole:
            whole = dict(self.weights)
            for name, weight in self.by_type.get(kind, {}).items():
                whole[name] = whole.get(name, 0.0) + weight
            self._whole[kind] = whole
        return self._whole[kind]

    def choose(self, sites: list[Site]) -> tuple[list[Act], list[Act]]:
        """The best act of each site if it is likely enough, and the best of the other sites: perhaps other mentions.

        The chance is that of the act against all others of its site and against none, as in training.
        """
        kept: list[Act] = []
        weak: list[Act] = []
        for site in sites:
            names = ("bias", *site.features)
            shared = {kind: sum(map(self._of(kind).get, names, NOTHING)) for kind in site.types}
            scored = [(shared[act.frame.type] + self._roles(act), act) for act in site.acts]
            if not scored:
                continue
            best, act = max(scored, key=lambda pair: pair[0])
            high = max(best, 0.0)
            whole = math.exp(-high) + sum([math.exp(total - high) for total, _ in scored])
            act = act._replace(confidence=round(math.exp(best - high) / whole, 3))
            if act.confidence >= self.floor:
                kept.append(act)
            elif act.confidence >= MENTION:
                weak.append(act)
        return kept, weak

    def _roles(self, act: Act) -> float:
        return sum(map(self._of(act.frame.type).get, role_features(act), NOTHING))


def site_features(act: Act) -> tuple[str, ...]:
    """Features that all acts of a site share."""
    return ("bias", *act.features)


def role_features(act: Act) -> tuple[str, ...]:
    """Features of how the parties of this act were found."""
    return (*act.roles, f"plain={act.plain}", f"{act.frame.case}.{act.roles[-1] if act.roles else ''}")


def first_choices(sites: list[Site]) -> tuple[list[Act], list[Act]]:
    """What the grammar alone would keep of each site."""
    plain = (next((act for act in site.acts if act.plain), None) for site in sites)
    return [act._replace(confidence=UNJUDGED) for act in plain if act is not None], []


def doubted(kept: list[Act], weak: list[Act]) -> tuple[list[Act], list[Act]]:
    """Of a sentence that is the writer's judgement only what is likely is kept: opinions are no events."""
    sure = [act for act in kept if act.confidence >= IN_OPINION]
    return sure, [*weak, *(act for act in kept if act.confidence < IN_OPINION)]
