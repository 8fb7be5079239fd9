"""What earlier sentences of a page leave behind for later ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from attache.read.actor import Party
from attache.read.chunk import Phrase

if TYPE_CHECKING:
    from attache.lexicon.tables import Tables
    from attache.read.chunk import Chunk
    from attache.read.reading import Read
    from attache.read.sentence import Line
    from attache.read.speaker import Source


class Discourse:
    """What earlier sentences leave behind: the last subject, the last pair, the last speaker, an open quotation."""

    def __init__(self, reads: list[Read], tables: Tables, interviews: Iterable[tuple[str, Source]]) -> None:
        lists = tables.cues["speaker"]
        self._back = {kind: lists[f"{kind}_back"] for kind in ("medium", "document", "person")}
        self.medium: Source | None = None
        self.document: Source | None = None
        self.person: Source | None = None
        self._interviews = dict(interviews)
        self._line: Line | None = None
        self.subject: tuple[Party, ...] = ()
        self.pair: tuple[Party, ...] = ()
        self.speaker: tuple[Party, ...] = ()
        self.source: Source | None = None
        self.table: tuple[Party, ...] = ()
        self.open_quote = False
        self._part = -1
        self._spoke_in = -2
        self._index = -1
        self.turn: tuple[Source, str] | None = None
        self.asked = False
        self._quoted = -2
        self.together: dict[str, Counter[str]] = {}
        self.named: dict[str, Party] = {}
        self._partners: dict[frozenset[str], tuple[Party, ...]] = {}
        self._survey(reads)

    def _survey(self, reads: list[Read]) -> None:
        """Which parties the page names together, before its acts are read."""
        for read in reads:
            parties = [p for item in read.chunks if item.phrase is not None for p in item.phrase.parties]
            codes = {party.code for party in parties}
            for party in self._kept(tuple(p for p in parties if p.code not in self.named), read):
                self.named.setdefault(party.code, party)
            for code in codes:
                self.together.setdefault(code, Counter()).update(codes - {code})

    def partner(self, parties: tuple[Party, ...]) -> tuple[Party, ...]:
        """The party that the page names with these most often, if one stands out."""
        codes = frozenset([party.code for party in parties])
        if codes not in self._partners:
            self._partners[codes] = self._find_partner(codes)
        return self._partners[codes]

    def known(self, one: frozenset[str], two: frozenset[str]) -> str:
        """How often the page names two sides together, against what it names with the first most often."""
        if not two:
            return "alone"
        most = max((max(self.together[code].values(), default=0) for code in one if code in self.together), default=0)
        both = max((self.together[a][b] for a in one if a in self.together for b in two), default=0)
        return "never" if not both else "most" if both == most else "half" if 2 * both >= most else "some"

    def _find_partner(self, codes: frozenset[str]) -> tuple[Party, ...]:
        count: Counter[str] = Counter()
        for code in sorted(codes):
            count.update(self.together.get(code, Counter()))
        ranked = sorted(((-n, code) for code, n in count.items() if code not in codes))
        if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
            return ()
        return (self.named[ranked[0][1]],)

    def begin(self, line: Line) -> None:
        """A sentence begins: a quotation runs over the end of a paragraph only where the next one opens it anew."""
        self._line, part = line, line.paragraph.part
        self.turn = self.turn if part == self._part else None
        self._index += 1
        if part != self._part:
            self._part = part
            self.open_quote = self.open_quote and line.text.lstrip().startswith("“")

    def note(self, read: Read) -> None:
        """Take in a sentence once it is read."""
        named = [item.phrase.parties for item in read.chunks if item.phrase is not None and item.phrase.parties]
        seen = {party.code: party for parties in reversed(named) for party in reversed(parties)}
        if len(seen) >= 2:
            self.pair = self._kept(tuple(reversed(seen.values()))[:2], read)
        if read.acts:
            self.subject = self._kept(read.acts[-1].actors, read)
        elif named:
            self.subject = self._kept(named[0], read)
        for act in read.acts:
            here = all(any(p.home is None for p in side) for side in (act.actors, act.recipients))
            if act.frame.type == "CONSULT" and here and len({p.code for p in act.actors + act.recipients}) > 1:
                self.table = self._kept(act.actors + act.recipients, read)
        self._note_sources(read)
        spoken = [scope for scope in read.scopes if scope.source.parties]
        if spoken:
            self.speaker = self._kept(spoken[-1].source.parties, read)
        text = read.line.text
        if text.count("“") > text.count("”") and read.scopes:
            source = read.scopes[-1].source
            parties = self._kept(source.parties, read)
            self.open_quote, self.source = True, source._replace(parties=parties, home=source.home or read.line)
        elif "”" in text:
            self.open_quote = False

    def _kept(self, parties: tuple[Party, ...], read: Read) -> tuple[Party, ...]:
        """Parties with their sentence, as it is left behind."""
        return tuple(party if party.home or not party.end else party._replace(home=read.line) for party in parties)

    def _note_sources(self, read: Read) -> None:
        """The medium, the document and the speaker that later words may point back to."""
        for scope in read.scopes:
            if scope.stance == "ask" and not scope.verb:
                continue  # who asks in an interview is nobody's 他
            source = scope.source
            source = (
                source if source.home else source._replace(home=read.line, parties=self._kept(source.parties, read))
            )
            if source.kind == "medium":
                self.medium = source
            elif source.kind == "document":
                self.document = source
            elif source.kind in ("official", "person", "unnamed"):
                self.person, self._spoke_in = source, self._part
                if "”" in read.line.text:
                    self._quoted = self._index

    def pointed(self, item: Chunk) -> Source | None:
        """Whom a phrase points back to as a source: 该报, 这份报告, 这位官员, 他; None where it names one itself."""
        if item.text in self._back["medium"]:
            return self.medium
        if item.text in self._back["document"]:
            return self.document
        if item.text in self._back["person"]:
            return self.person
        if item.phrase is not None and item.phrase.pronoun == "person":
            return self.person
        return None

    def speaking(self) -> Source | None:
        """Who spoke last, if in this paragraph: a sentence that begins with its verb goes on with him."""
        return self.person if self.person is not None and self._spoke_in == self._part else None

    @property
    def opens_paragraph(self) -> bool:
        """Whether the sentence is the first of its paragraph."""
        return self._line is not None and self._line.start == 0

    def take_turn(self, source: Source, stance: str) -> None:
        """Remember whose turn it is in a paragraph of an interview."""
        self.turn = (source if source.home else source._replace(home=self._line), stance)
        self.asked = self.asked or stance == "ask"

    def quoting(self) -> Source | None:
        """Who was quoted in the sentence before: a quotation by itself goes on with him, over paragraphs too."""
        return self.person if self.person is not None and self._quoted == self._index - 1 else None

    def interviewed(self, source: Source, medium: Source) -> None:
        """Remember that ``source`` speaks in an interview of ``medium``."""
        for name in self._names(source):
            self._interviews[name] = medium if medium.home else medium._replace(home=self._line)

    def interviewer(self, source: Source) -> Source | None:
        """The medium that interviewed this speaker before on the page."""
        return next((self._interviews[name] for name in self._names(source) if name in self._interviews), None)

    def _names(self, source: Source) -> list[str]:
        return [party.reading.name for party in source.parties if party.reading is not None and party.reading.name]

    def across(self, actors: tuple[Party, ...]) -> tuple[Party, ...]:
        """Who sat across the table when these last met somebody; empty if they were not there."""
        codes = {party.code for party in actors}
        if not codes or not codes <= {party.code for party in self.table}:
            return ()
        return tuple(party for party in self.table if party.code not in codes)

    def other(self, than: tuple[Party, ...]) -> tuple[Party, ...]:
        """The other side of the last pair, if ``than`` is one side of it."""
        codes = {party.code for party in than}
        rest = tuple(party for party in self.pair if party.code not in codes)
        return rest if len(rest) == 1 and len(self.pair) == 2 else ()


def resolve(phrase: Phrase | None, discourse: Discourse) -> tuple[Party, ...]:
    """The parties of a phrase, pronouns by what came before; empty where that is not sure."""
    if phrase is None:
        return ()
    if phrase.parties or phrase.meant:
        return phrase.parties or phrase.meant
    if phrase.head != "pronoun":
        return ()
    if phrase.pronoun == "both":
        return discourse.pair
    if phrase.pronoun in ("person", "own", "office"):
        return discourse.speaker or discourse.subject
    if phrase.pronoun == "other":
        return discourse.other(discourse.subject)
    return ()
