"""What the reading of one sentence yields, step by step, before it becomes part of the record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from attache.lexicon.rows import Spot
from attache.read.actor import Party
from attache.read.chunk import Chunk
from attache.read.lex import Token
from attache.read.quantity.find import QuantityHit
from attache.read.sentence import Line
from attache.read.time.hit import TimeHit

if TYPE_CHECKING:
    from attache.read.act import Act, Site
    from attache.read.scope import Scope
    from attache.read.statement import Said


class Named(NamedTuple):
    """A place where the sentence names it; ``state``: by nothing but the name of a state."""

    start: int
    end: int
    spot: Spot
    state: bool = False


@dataclass
class Read:
    """A sentence and what was found in it; all offsets are in the sentence's folded text.

    ``anchor``: the EDTF date that the page speaks from, as far as it is known.
    """

    index: int
    line: Line
    times: list[TimeHit]
    figures: list[QuantityHit]
    anchor: str | None = None
    spots: list[Named] = field(default_factory=list)
    names: list[Party] = field(default_factory=list)
    chunks: list[Chunk] = field(default_factory=list)
    scopes: list[Scope] = field(default_factory=list)
    proposed: list[Site] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    weak: list[Act] = field(default_factory=list)
    said: Said | None = None

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Stretches that are times already; not occasions and zones, which may name a party (日本时间)."""
        return [(hit.start + hit.lead, hit.end) for hit in self.times if hit.kind != "occasion"]

    def keep_times(self, tokens: Iterable[Token]) -> None:
        """Drop what a longer name holds (扎卢|日内): times whose ``tokens`` did not come back."""
        left = {(token.start, token.end) for token in tokens}
        self.times = [hit for hit in self.times if hit.kind == "occasion" or (hit.start + hit.lead, hit.end) in left]
