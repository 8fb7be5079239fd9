"""What a page has told so far that later names on it lean on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from attache.lexicon.rows import Entry

DOTS = "·-."  # between the parts of a name


def family_name(name: str) -> str:
    """The last part of a name with dots or hyphens; the name itself where it has none."""
    return re.split(f"[{re.escape(DOTS)}]", name)[-1]


class Known:
    """Whom a page has named in full or beside a title, by what it may call them later, and which states."""

    def __init__(self) -> None:
        self.names: dict[str, Entry] = {}
        self.states: dict[str, None] = {}  # as an ordered set, the last named last
        self._doubtful: set[str] = set()

    def meet(self, name: str, entry: Entry) -> None:
        """Keep a name in mind, and its last part: 鲍里斯·皮斯托里乌斯 is 皮斯托里乌斯 from then on.

        A last part that two people of the page share is nobody's.
        """
        if not entry.readings:
            return
        self.names[name] = entry
        family = family_name(name)
        if family in (name, "") or len(family) < 2:
            return
        other = self.names.get(family)
        if other is not None and other.readings[0].name != entry.readings[0].name:
            self._doubtful.add(family)
            del self.names[family]
        elif family not in self._doubtful:
            self.names[family] = entry

    def tell(self, codes: Iterable[str]) -> None:
        """Keep in mind that states were named, in this order."""
        for code in codes:
            self.states.pop(code, None)
            self.states[code] = None

    def last(self, codes: Sequence[str]) -> str | None:
        """Which of these states the page named last; None if none of them."""
        return next((code for code in reversed(self.states) if code in codes), None)
