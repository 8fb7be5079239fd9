"""From joins of pairs to groups, the same whatever came first.

The strongest join is made first; a join is made only where no member of the one group is refused by a member of the
other, so that a chain of likenesses never ties two dyads or two days together. Ties are broken by refs. What persons
said comes before all rules, the newest word first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

from attache.ledger.block import keys
from attache.ledger.item import Item, prepare
from attache.ledger.noun import Join, Told, Verdict
from attache.ledger.same import refused, same

Pair = tuple[str, str]


def paired(one: str, two: str) -> Pair:
    """Two refs in order."""
    return (one, two) if one < two else (two, one)


def standing(verdicts: Iterable[Verdict]) -> dict[Pair, Verdict]:
    """The word that holds for each pair: the newest; of two of one instant the later in the list."""
    out: dict[Pair, Verdict] = {}
    for verdict in verdicts:
        pair = paired(verdict.one, verdict.two)
        if pair not in out or out[pair].at <= verdict.at:
            out[pair] = verdict
    return out


def bonds_for_one(left: Sequence[str], right: Sequence[str], verdicts: Iterable[Verdict]) -> list[Pair]:
    """The pairs to be told together so that all tellings (refs) of two sides are one act, whatever was said before.

    Each is tied to the first, and whatever word holds one of the left apart from one of the right is taken back.
    """
    refs = sorted({*left, *right})
    across = {paired(one, two) for one in left for two in right}
    held = [pair for pair, word in standing(verdicts).items() if word.kind == "apart" and pair in across]
    return sorted({*((refs[0], ref) for ref in refs[1:]), *held})


def joins(tolds: Iterable[Told]) -> list[Join]:
    """All joins of pairs that share a key, by refs."""
    blocks: dict[int, list[Item]] = defaultdict(list)
    for told in tolds:
        item = prepare(told)
        for key in keys(item):
            blocks[key].append(item)
    seen: set[Pair] = set()
    out = []
    for block in blocks.values():
        for one, two in combinations(block, 2):
            pair = paired(one.ref, two.ref)
            if pair in seen:
                continue
            seen.add(pair)
            join = same(one, two)
            if join is not None:
                out.append(join)
    return sorted(out, key=lambda join: (join.one, join.two))


class _Groups:
    """Groups that grow together. ``of``: the group of a ref, a list that its members share."""

    def __init__(self, tolds: Sequence[Told], apart: set[Pair]) -> None:
        self.items = {told.ref: prepare(told) for told in tolds}
        self.of = {ref: [ref] for ref in sorted(self.items)}
        self.apart = apart

    def merge(self, one: str, two: str, *, person: bool = False) -> None:
        """Put the groups of two refs together unless a pair of their members forbids it."""
        left, right = self.of.get(one), self.of.get(two)
        if left is None or right is None or left is right:
            return
        if any(self._forbidden(a, b, person=person) for a in left for b in right):
            return
        left.extend(right)
        for ref in right:
            self.of[ref] = left

    def _forbidden(self, one: str, two: str, *, person: bool) -> bool:
        if paired(one, two) in self.apart:
            return True
        return not person and refused(self.items[one], self.items[two])


def groups(tolds: Sequence[Told], found: Iterable[Join], verdicts: Iterable[Verdict] = ()) -> list[list[Told]]:
    """The acts among events, each a list by ref; all in order of their first ref.

    ``found``: joins among them (others are passed over). Every event stands in exactly one group, and the groups of
    events that no join and no verdict ties together do not depend on each other.
    """
    words = standing(verdicts)
    apart = {pair for pair, verdict in words.items() if verdict.kind == "apart"}
    made = _Groups(tolds, apart)
    together = [item for item in words.items() if item[1].kind == "together"]
    for pair, _ in sorted(sorted(together, key=lambda item: item[0]), key=lambda item: item[1].at, reverse=True):
        made.merge(*pair, person=True)
    for join in sorted(found, key=lambda join: (-join.weight, join.one, join.two)):
        made.merge(join.one, join.two)
    by_ref = {told.ref: told for told in tolds}
    distinct = {id(group): sorted(group) for group in made.of.values()}
    return [[by_ref[ref] for ref in group] for group in sorted(distinct.values())]
