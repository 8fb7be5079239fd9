"""JSON Lines: an act a line with everything that the ledger holds of it, and where it comes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import IO

import msgspec

from attache.face.export.about import About, Exported, Written
from attache.ledger.noun import Act


def write(acts: Iterable[Exported], out: IO[bytes], about: About) -> Written:
    """Write acts as JSON, one a line, each with where it comes from."""
    encoder = msgspec.json.Encoder()
    count = 0
    for act in acts:
        line = {
            "provenance": "read" if isinstance(act, Act) else act.provenance,
            "version": about.version,
            "lexicon": about.lexicon,
            "written_with": about.written_with,
            "as_of": about.as_of,
            "act": act,
        }
        out.write(encoder.encode(line) + b"\n")
        count += 1
    return Written(count, count, Counter())
