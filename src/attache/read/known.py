"""What a page has told so far that later names on it lean on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attache.lexicon.rows import Entry


class Known:
    """Whom a page has named in full or beside a title, by what it may call them later, and which states."""

    def __init__(self) -> None:
        self.names: dict[str, Entry] = {}
        self.states: dict[str, None] = {}  # as an ordered set, the last named last

    def meet(self, name: str, entry: Entry) -> None:
        """Keep a name in mind, and its last part: 鲍里斯·皮斯托里乌斯 is 皮斯托里乌斯 from then on."""
        for short in (name, name.rpartition("·")[2]):
            if entry.readings and len(short) > 1:
                self.names[short] = entry

    def tell(self, codes: Iterable[str]) -> None:
        """Keep in mind that states were named, in this order."""
        for code in codes:
            self.states.pop(code, None)
            self.states[code] = None

    def last(self, codes: Sequence[str]) -> str | None:
        """Which of these states the page named last; None if none of them."""
        return next((code for code in reversed(self.states) if code in codes), None)
