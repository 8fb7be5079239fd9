"""The judge: weighs what the grammar proposes, keeps at most one act a site, and says how likely it is right.

A linear model over short feature strings, one weight for the feature as such and one for it with the type.
Its weights are data (``lexicon/judge.json``); without them the grammar's own first choice stands.
"""

from __future__ import annotations

import math
from itertools import repeat
from operator import itemgetter
from pathlib import Path

import msgspec

from attache.lexicon.raw import LexiconError
from attache.read.act import Act, Choice, Site

MENTION = 0.04  # an unlikely act may still be another mention of one that was kept
NOTHING = repeat(0.0)
IN_OPINION = 0.37  # confidence that an act told in the writer's opinion must have
UNJUDGED = 0.39  # measured share of the grammar's own choices that are right


class Kept(msgspec.Struct):
    """``judge.json``: the weights, the threshold, and what they were learnt from.

    ``calibration``: slope and rise of the log odds that a kept act is right, over those that the weights give.
    ``agreed``: how many of the pages carry no marks but what two readers agree on.
    """

    pages: int
    data: str
    floor: float
    calibration: tuple[float, float]
    weights: dict[str, float]
    by_type: dict[str, dict[str, float]]
    agreed: int = 0


class Judge:
    """Weights by feature, the chance under which an act is left out, and how chances become confidences."""

    def __init__(
        self,
        weights: dict[str, float],
        by_type: dict[str, dict[str, float]],
        floor: float,
        calibration: tuple[float, float] = (1.0, 0.0),
    ) -> None:
        self.weights = weights
        self.by_type = by_type
        self.floor = floor
        self.calibration = calibration
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
        return cls(kept.weights, kept.by_type, kept.floor, kept.calibration)

    def confidence(self, chance: float) -> float:
        """How likely a kept act of such a chance is right, as measured on pages not learnt from."""
        slope, rise = self.calibration
        chance = min(max(chance, 1e-6), 1 - 1e-6)
        return 1 / (1 + math.exp(-(slope * math.log(chance / (1 - chance)) + rise)))

    def why(self, act: Act, most: int = 8) -> list[tuple[str, float]]:
        """The features that weighed most in the choice."""
        whole = self._of(act.frame.type)
        weighed = [(name, whole.get(name, 0.0)) for name in ("bias", *act.features, *act.roles)]
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
            scored = self._scored(site)
            if not scored:
                continue
            best, choice = max(scored, key=itemgetter(0))
            high = max(best, 0.0)
            chance = math.exp(best - high) / _mass(scored, high)
            if chance >= MENTION:
                act = site.build(choice)._replace(confidence=round(self.confidence(chance), 3))
                (kept if chance >= self.floor else weak).append(act)
        return kept, weak

    def weigh(self, site: Site) -> list[tuple[float, Choice]]:
        """All that a site may be with its chance, the likeliest first; what is left of 1 is the chance of nothing."""
        scored = sorted(self._scored(site), key=itemgetter(0), reverse=True)
        high = max([0.0, *(total for total, _ in scored)])
        mass = _mass(scored, high)
        return [(math.exp(total - high) / mass, choice) for total, choice in scored]

    def _scored(self, site: Site) -> list[tuple[float, Choice]]:
        names = site_features(site)
        weights = {kind: self._of(kind).get for kind in site.types}
        shared = {kind: sum(map(get, names, NOTHING)) for kind, get in weights.items()}
        return [
            (shared[choice.kind] + sum(map(weights[choice.kind], choice.roles, NOTHING)), choice)
            for choice in site.choices
        ]


def _mass(scored: list[tuple[float, Choice]], high: float) -> float:
    """The sum over all choices and none, scaled by the highest score."""
    return math.exp(-high) + sum([math.exp(total - high) for total, _ in scored])


def site_features(site: Site) -> tuple[str, ...]:
    """Features that all choices of a site share."""
    return ("bias", *site.features)


def first_choices(sites: list[Site]) -> tuple[list[Act], list[Act]]:
    """What the grammar alone would keep of each site."""
    plain = [(site, choice) for site in sites for choice in site.choices if choice.plain]
    return [site.build(choice)._replace(confidence=UNJUDGED) for site, choice in plain], []


def doubted(kept: list[Act], weak: list[Act]) -> tuple[list[Act], list[Act]]:
    """Of a sentence that is the writer's judgement only what is likely is kept: opinions are no events."""
    sure = [act for act in kept if act.confidence >= IN_OPINION]
    return sure, [*weak, *(act for act in kept if act.confidence < IN_OPINION)]
