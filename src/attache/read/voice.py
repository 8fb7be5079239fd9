"""Voices: who is answerable for which stretch of a sentence.

A source phrase (据X报道) answers for what follows it, a speech verb for its content: what stands after it, or,
where nothing does, the quotation before it. Scopes nest, outermost first.
"""

from __future__ import annotations

from typing import NamedTuple

from attache.lexicon.tables import Tables
from attache.read.actor import Party
from attache.read.chunk import Chunk
from attache.read.discourse import Discourse, resolve
from attache.read.roles import Chosen, Left, look_left
from attache.read.sentence import Line, clause_start


class Source(NamedTuple):
    """Whoever answers for a stretch: words [start, end) of the sentence, kind as in ``record.Claimant``.

    ``home``: the sentence, for one that an earlier sentence named.
    """

    start: int
    end: int
    text: str
    kind: str
    parties: tuple[Party, ...]
    home: Line | None = None


class Scope(NamedTuple):
    """The content [start, end) that ``source`` answers for; ``verb`` is the word that opens it."""

    start: int
    end: int
    source: Source
    verb: str
    stance: str
    verb_start: int = 0

    @property
    def opens(self) -> int:
        """Where in the sentence it begins, the source's own words included where they stand there."""
        return self.start if self.source.home is not None else min(self.source.start, self.start)


def scopes(text: str, chunks: list[Chunk], chosen: Chosen, tables: Tables, discourse: Discourse) -> list[Scope]:
    """The scopes of a sentence, outermost first."""
    found: list[Scope] = []
    prepositions = tables.words["source"]["prepositions"]
    for i, item in enumerate(chunks):
        if item.kind == "h":
            found.append(_hearsay(text, chunks, i, chosen, tables, discourse))
        elif item.text in prepositions and item.kind in "pdv":
            scope = _sourced(text, chunks, i, tables, discourse)
            if scope:
                found.append(scope)
        elif item.kind in "SV" and item.token and item.token.entry and item.token.entry.speech:
            scope = _spoken(text, chunks, i, chosen, tables, discourse)
            if scope:
                found.append(scope)
    if discourse.open_quote and discourse.source is not None:
        found.insert(0, _carried(text, discourse.source))
    return [scope for i, scope in enumerate(found) if not _repeats(scope, found[:i])]


def _hearsay(text: str, chunks: list[Chunk], i: int, chosen: Chosen, tables: Tables, discourse: Discourse) -> Scope:
    """据悉, 报道称: nobody answers for it, but for whom the clause names before such a verb (某报|报道说)."""
    item = chunks[i]
    if item.token and item.token.entry and item.token.entry.speech:
        named = _spoken(text, chunks, i, chosen, tables, discourse)
        if named and "，" not in text[named.source.end : item.start]:
            return named
    return Scope(item.end, len(text), Source(item.start, item.end, item.text, "hearsay", ()), item.text, "report")


def _repeats(scope: Scope, outer: list[Scope]) -> bool:
    """Whether a scope only goes on with what its own source says already (王毅强调，… 他指出，…)."""
    if any(other.source[:3] == scope.source[:3] for other in outer):
        return True  # 据彭博社报道: the preposition and the verb open the same scope
    codes = {party.code for party in scope.source.parties}
    return bool(codes) and any(
        other.start <= scope.start and scope.end <= other.end and codes == {p.code for p in other.source.parties}
        for other in outer
    )


def _sourced(text: str, chunks: list[Chunk], i: int, tables: Tables, discourse: Discourse) -> Scope | None:
    """据X报道，…: the phrase after the preposition answers for what follows the comma."""
    for j in range(i + 1, min(i + 4, len(chunks))):
        item = chunks[j]
        if item.kind == "P" and item.phrase is not None:
            if not _answerable(item, tables) and "《" not in text[max(item.start - 1, 0) : item.end]:
                return None
            kind = _kind(item, tables)
            tail = next((c for c in chunks[j + 1 :] if c.kind != "T"), None)
            told = tail is not None and (tail.kind == "S" or tail.text in tables.words["source"]["tails"])
            if kind == "document" and not told:
                return None
            comma = next((c for c in chunks[j + 1 :] if c.text in "，："), None)
            start = comma.end if comma else (tail.end if tail is not None and told else item.end)
            source = _source(text, item, tables, discourse)
            return Scope(start, len(text), source, chunks[i].text, "report")
        if item.kind not in ("T", "d"):
            return None
    return None


def _spoken(
    text: str, chunks: list[Chunk], i: int, chosen: Chosen, tables: Tables, discourse: Discourse
) -> Scope | None:
    """X说…: the subject of the speech verb answers for its content."""
    item = chunks[i]
    left = look_left(chunks, i, chosen)
    left = _discloser(chunks, i, left, chosen)
    if left.subject is None or left.subject.phrase is None or left.passive:
        return None
    if not _answerable(left.subject, tables):
        return None
    start, end = _content(text, chunks, i)
    if end - start < 3:
        return None
    source = _source(text, left.subject, tables, discourse)
    entry = item.token.entry  # type: ignore[union-attr]
    return Scope(start, end, source, item.text, (entry.speech if entry else None) or "say", item.start)


def _discloser(chunks: list[Chunk], i: int, left: Left, chosen: Chosen) -> Left:
    """《X》披露的纪要显示: whoever published the document answers for it, not the document."""
    j = i - 1
    while j > 0 and chunks[j].kind in "dPk":
        j -= 1
    if j > 0 and chunks[j].kind == "de" and chunks[j - 1].kind == "S":
        return look_left(chunks, j - 1, chosen)
    return left


def _source(text: str, item: Chunk, tables: Tables, discourse: Discourse) -> Source:
    """The source that a phrase names, with the brackets of its title; a medium speaks for nobody but itself."""
    start, end = item.start, item.end
    kind = _kind(item, tables)
    if text[end : end + 1] in ("》", "〉"):
        end += 1
    if start and text[start - 1] in "《〈" and text[start - 1] not in text[start:end]:
        start -= 1
    parties = () if kind == "medium" else resolve(item.phrase, discourse)
    return Source(start, end, text[start:end], kind, parties)


def _answerable(item: Chunk, tables: Tables) -> bool:
    """Whether a phrase can answer for words: a party, a medium, a person, a document; not any noun before 说."""
    if item.role in ("party", "medium"):
        return True
    if item.phrase is not None and item.phrase.head == "pronoun":
        return item.phrase.pronoun in ("person", "office", "both", "three", "own")
    return item.text.endswith(tables.documents) or item.text.endswith(tables.unnamed)


def _content(text: str, chunks: list[Chunk], i: int) -> tuple[int, int]:
    """What a speech verb says: the rest of the sentence; where it stands last, the quotation or clauses before it."""
    item = chunks[i]
    rest = text[item.end :].strip("，。：！？ ”")
    if rest:
        return item.end, _unquoted_stop(text, item.end)
    close = text.rfind("”", 0, item.start)
    open_ = text.rfind("“", 0, close) if close > 0 else -1
    # 美国应撤军，普京说: the clauses before the speaker's own; 普京拒绝了停火要求 tells of no speech
    return (open_ + 1, close) if open_ >= 0 else (0, clause_start(text, item.start))


def _unquoted_stop(text: str, start: int) -> int:
    """The first semicolon outside quotation marks, else the end."""
    depth = 0
    for i in range(start, len(text)):
        depth += (text[i] == "“") - (text[i] == "”")
        if text[i] == "；" and depth <= 0:
            return i
    return len(text)


def _kind(item: Chunk, tables: Tables) -> str:
    """Kind of a claimant by the head of its phrase."""
    assert item.phrase is not None  # a P chunk has one
    if item.text.endswith(tables.unnamed) and not any(
        p.reading and p.reading.kind == "person" for p in item.phrase.parties
    ):
        return "unnamed"
    if item.phrase.head == "medium":
        return "medium"
    if item.text.endswith(tables.documents):
        return "document"
    if item.phrase.parties:
        party = item.phrase.parties[-1]
        person = party.reading is not None and party.reading.kind == "person"
        return "official" if party.office or person else "party"
    return "person" if item.phrase.head == "pronoun" else "document"


def _carried(text: str, source: Source) -> Scope:
    """A quotation that an earlier sentence opened and nothing has closed yet."""
    close = text.find("”")
    return Scope(0, close if close >= 0 else len(text), source, "", "say")
