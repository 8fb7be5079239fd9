"""The judge: weighs what the grammar proposes, keeps at most one act a site, and says how likely it is right.

A linear model over short feature strings, one weight for the feature as such and one for it with the type.
Its weights are data (``lexicon/judge.json``); without them the grammar's own first choice stands.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from pathlib import Path

from attache.read.act import Act

UNJUDGED = 0.4  # measured share of the grammar's own choices that are right


class Judge:
    """Weights by feature, the threshold under which an act is left out."""

    def __init__(self, weights: dict[str, float], floor: float) -> None:
        self.weights = {name: weight for name, weight in weights.items() if "|" not in name}
        self.by_type: dict[str, dict[str, float]] = {}
        for name, weight in weights.items():
            kind, bar, feature = name.partition("|")
            if bar:
                self.by_type.setdefault(kind, {})[feature] = weight
        self.floor = floor

    @classmethod
    def load(cls, path: Path) -> Judge | None:
        """The judge of a file, None where there is none."""
        if not path.exists():
            return None
        data = json.loads(path.read_text(encoding="utf-8"))
        return cls(data["weights"], data["floor"])

    def chance(self, act: Act) -> float:
        """How likely an act is right, between 0 and 1."""
        return 1 / (1 + math.exp(-self._sum(act.frame.type, site_features(act)) - self._sum(act.frame.type, role_features(act))))

    def _sum(self, kind: str, features: Iterable[str]) -> float:
        get = self.weights.get
        own = self.by_type.get(kind, {}).get
        return sum(get(feature, 0.0) + own(feature, 0.0) for feature in features)

    def why(self, act: Act, most: int = 8) -> list[tuple[str, float]]:
        """The features that weighed most in the choice."""
        own = self.by_type.get(act.frame.type, {})
        names = (*site_features(act), *role_features(act))
        weighed = [(name, self.weights.get(name, 0.0) + own.get(name, 0.0)) for name in names]
        return sorted(weighed, key=lambda pair: -abs(pair[1]))[:most]

    def choose(self, proposed: list[Act]) -> list[Act]:
        """The best act of each site, if it is likely enough."""
        best: dict[int, tuple[float, Act]] = {}
        sites: dict[tuple[int, str], float] = {}
        for act in proposed:
            kind = act.frame.type
            if (act.site, kind) not in sites:
                sites[act.site, kind] = self._sum(kind, site_features(act))
            total = sites[act.site, kind] + self._sum(kind, role_features(act))
            if act.site not in best or total > best[act.site][0]:
                best[act.site] = (total, act)
        kept = []
        for site in sorted(best):
            total, act = best[site]
            chance = 1 / (1 + math.exp(-total))
            if chance >= self.floor:
                kept.append(act._replace(confidence=round(chance, 3)))
        return kept


def site_features(act: Act) -> tuple[str, ...]:
    """Features that all acts of a site share."""
    return ("bias", *act.features)


def role_features(act: Act) -> tuple[str, ...]:
    """Features of how the parties of this act were found."""
    first = act.actors[0]
    kind = first.reading.kind if first.reading else ""
    return (*act.roles, f"n={len(act.actors)}-{len(act.recipients)}", f"akind={kind}", f"unk={first.code == 'UNK'}", f"plain={act.plain}")


def first_choices(proposed: list[Act]) -> list[Act]:
    """What the grammar alone would keep: the first act of each predicate, none of speech."""
    seen: set[int] = set()
    kept = []
    for act in proposed:
        if act.plain and act.site not in seen:
            seen.add(act.site)
            kept.append(act._replace(confidence=UNJUDGED))
    return kept
