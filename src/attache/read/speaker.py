"""Who may answer for words: a party, a medium, a document, a person, or somebody whom the page does not name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from attache.lexicon.rows import PEOPLE
from attache.lexicon.tables import Tables
from attache.read.actor import Party
from attache.read.chunk import Chunk
from attache.read.discourse import resolve
from attache.read.sentence import Line

if TYPE_CHECKING:
    from attache.read.discourse import Discourse
    from attache.read.reading import Read

COUNTED = re.compile(
    "(?:其中)?(?:[0-9一二两三四五六七八九十百]+|[多数几某另]|一些|部分|众多|不少|若干)(?:余|多)?(?:名|位|个|家|批|国)|有(?=[^关])"
)
DETERMINER = re.compile("[这那该此一两三多数几某每各]?(?:[0-9]+|[些份名位个篇家种项则封次批])")
ACRONYM = re.compile("[A-Z][A-Z&.-]{1,9}")
PERSONAL = frozenset(["person", "own", "office", "both", "three"])
WITNESSES = frozenset(["see", "learn"])  # stances of whoever came to know it: no party states by these
PASSING_ON = frozenset(["medium", "hearsay", "document", "unnamed"])  # who tells of acts, whosever they are
MOST_BACK = 8  # pieces that a relative clause before a source may have


class Source(NamedTuple):
    """Whoever answers for a stretch: words [start, end) of the sentence, kind as in ``record.Claimant``.

    ``home``: the sentence, for one that an earlier sentence named. ``number``: the ``count`` of ``record.Claimant``.
    """

    start: int
    end: int
    text: str
    kind: str
    parties: tuple[Party, ...]
    home: Line | None = None
    number: str = ""
    office: str = ""


def answers(item: Chunk, stance: str, tables: Tables) -> bool:
    """Whether a phrase can answer for words by a verb of that stance: 显示 asks for a document, 看到 a witness."""
    if DETERMINER.fullmatch(item.text):
        return False  # 这份|报道称: what it points at comes after it
    if item.role in ("party", "medium"):
        return stance not in WITNESSES
    if item.phrase is not None and item.phrase.head == "pronoun":
        return item.phrase.pronoun in PERSONAL
    lists = tables.cues["speaker"]
    if item.text.endswith(tables.documents) or item.text.endswith(tables.unnamed):
        return True
    if stance == "show" or len(item.text) < 2:
        return False
    if stance in WITNESSES:
        return item.text.endswith(tuple(lists["witnesses"]))
    return not item.text.endswith(tuple(lists["never"]))


def named_surely(item: Chunk, tables: Tables) -> bool:
    """Whether a phrase is a source by what it says, not only by where it stands."""
    if item.role in ("party", "medium", "pronoun") or ACRONYM.fullmatch(item.text):
        return True
    return item.text.endswith(tables.documents) or item.text.endswith(tables.unnamed)


def source_of(text: str, chunks: list[Chunk], i: int, tables: Tables, discourse: Discourse) -> Source:
    """The source that the phrase at ``i`` names; what points back (他, 该报) stands for whom the page named before."""
    item = chunks[i]
    kind = kind_of(item, tables)
    before = _meant(item, text) or discourse.pointed(item)
    if before is not None:
        return before
    first = _publisher(chunks, i) if kind == "document" else i
    start = chunks[first].start if first < i else _whole(chunks, i, kind)
    start, end = _bracketed(text, start, item.end)
    parties = () if kind == "medium" else resolve(chunks[first].phrase, discourse)
    words = text[start:end]
    if words.startswith("《") and kind in ("person", "unnamed", "party"):
        kind, parties = "medium", ()
    return Source(start, end, words, kind, parties, None, *_described(words, kind, parties, tables))


def _meant(item: Chunk, text: str) -> Source | None:
    """The one person whom 他 or 她 surely means, in the words that named him."""
    phrase = item.phrase
    if phrase is None or phrase.pronoun != "person" or len(phrase.meant) != 1:
        return None
    (party,) = phrase.meant
    words = (party.home.text if party.home is not None else text)[party.start : party.end]
    return Source(party.start, party.end, words, "official", phrase.meant, party.home, "", party.office)


def _described(words: str, kind: str, parties: tuple[Party, ...], tables: Tables) -> tuple[str, str]:
    """How many, and what they are or which office is told."""
    if kind == "unnamed":
        counted = COUNTED.match(words)
        tail = max((tail for tail in tables.unnamed if words.endswith(tail)), key=len, default="")
        return (counted[0] if counted else ""), tail
    return "", parties[-1].office if parties and kind == "official" else ""


def kind_of(item: Chunk, tables: Tables) -> str:
    """Kind of a claimant by the head of its phrase."""
    assert item.phrase is not None  # a P chunk has one
    person = any(p.reading is not None and p.reading.kind in PEOPLE for p in item.phrase.parties)
    if item.phrase.pronoun in ("both", "three") and item.phrase.head == "pronoun":
        return "party"
    if item.phrase.head == "medium":
        return "medium"
    if item.text.endswith(tables.unnamed) and not person:
        return "unnamed"
    if item.text.endswith(tables.documents) and item.phrase.head != "pronoun":
        return "document"
    if item.phrase.head == "pronoun" or not item.phrase.parties:
        own = item.phrase.head != "pronoun" and item.text.endswith(tuple(tables.cues["speaker"]["organisations"]))
        return "party" if own else "unnamed" if COUNTED.match(item.text) else "person"
    return "official" if item.phrase.parties[-1].office or person else "party"


def interviews(readings: Iterable[Read], tables: Tables) -> Iterator[tuple[str, Source]]:
    """Whom a medium interviewed (Y接受X采访), wherever the page tells it: what he says there he says to that medium."""
    words = tables.cues["speaker"]["interview"]
    for read in readings:
        text = read.line.text
        if "接受" not in text or not any(word in text for word in words):
            continue
        people = [party for party in read.names if party.reading is not None and party.reading.kind in PEOPLE]
        for i, item in enumerate(read.chunks):
            if item.role == "medium" and people and i and read.chunks[i - 1].text.endswith("接受"):
                start, end = _bracketed(text, item.start, item.end)
                nearest = min(people, key=lambda party: abs(party.start - start))
                name = nearest.reading.name if nearest.reading is not None else ""
                yield name, Source(start, end, text[start:end], "medium", (), read.line)


def _bracketed(text: str, start: int, end: int) -> tuple[int, int]:
    """With the brackets of its title."""
    if text[end : end + 1] in ("》", "〉"):
        end += 1
    if start and text[start - 1] in "《〈" and text[start - 1] not in text[start:end]:
        start -= 1
    return start, end


def _publisher(chunks: list[Chunk], i: int) -> int:
    """Index of whoever published the document at ``i`` (军方周一发表的|声明), of the document if nobody did."""
    if i < 2 or chunks[i - 1].kind != "de" or chunks[i - 2].kind not in "vVlS":
        return i
    for j in range(i - 3, max(i - MOST_BACK, -1), -1):
        if chunks[j].role in ("party", "medium") and chunks[j].phrase is not None:
            return j
        if chunks[j].kind not in "dTpfalP":
            return i
    return i


def _whole(chunks: list[Chunk], i: int, kind: str) -> int:
    """Where the phrase of a source begins: with the number before its relative clause (一位接近此事的|消息人士)."""
    item = chunks[i]
    if kind not in ("unnamed", "person") or COUNTED.match(item.text):
        return item.start
    relative = "的" in item.text or (i and (chunks[i - 1].kind == "de" or chunks[i - 1].kind in "vV"))
    for j in range(i - 1, max(i - MOST_BACK, -1), -1):
        token = chunks[j].token
        spoken = token is not None and token.entry is not None and token.entry.speech
        if not relative or chunks[j].kind == "u" or spoken:
            break
        if chunks[j].kind == "P" and COUNTED.match(chunks[j].text):
            return chunks[j].start
    return item.start
