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

MENTION = 0.04  # an unlikely act may still be another mention of one that was kept
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

    def choose(self, proposed: list[Act]) -> tuple[list[Act], list[Act]]:
        """The best act of each site if it is likely enough, and the best of the other sites: perhaps other mentions.

        The chance is that of the act against all others of its site and against none, as in training.
        """
        scored: dict[int, list[tuple[float, Act]]] = {}
        shared: dict[tuple[int, str], float] = {}
        for act in proposed:
            kind = act.frame.type
            if (act.site, kind) not in shared:
                shared[act.site, kind] = self._sum(kind, site_features(act))
            total = shared[act.site, kind] + self._sum(kind, role_features(act))
            scored.setdefault(act.site, []).append((total, act))
        kept, weak = [], []
        for site in sorted(scored):
            best, act = max(scored[site], key=lambda pair: pair[0])
            high = max(best, 0.0)
            whole = math.exp(-high) + sum(math.exp(total - high) for total, _ in scored[site])
            chance = math.exp(best - high) / whole
            (kept if chance >= self.floor else weak).append(act._replace(confidence=round(chance, 3)))
        return kept, [act for act in weak if act.confidence >= MENTION]


def site_features(act: Act) -> tuple[str, ...]:
    """Features that all acts of a site share."""
    return ("bias", *act.features)


def role_features(act: Act) -> tuple[str, ...]:
    """Features of how the parties of this act were found."""
    first = act.actors[0]
    kind = first.reading.kind if first.reading else ""
    other = act.recipients[0].reading.kind if act.recipients and act.recipients[0].reading else ""
    return (
        *act.roles, f"n={min(len(act.actors), 3)}-{min(len(act.recipients), 3)}", f"akind={kind}", f"rkind={other}",
        f"unk={first.code == 'UNK'}", f"plain={act.plain}", f"{act.frame.case}.{act.roles[-1] if act.roles else ''}",
        f"carried={first.span is not None}",
    )  # fmt: skip


def first_choices(proposed: list[Act]) -> tuple[list[Act], list[Act]]:
    """What the grammar alone would keep: the first act of each predicate, none of speech."""
    seen: set[int] = set()
    kept = []
    for act in proposed:
        if act.plain and act.site not in seen:
            seen.add(act.site)
            kept.append(act._replace(confidence=UNJUDGED))
    return kept, []
