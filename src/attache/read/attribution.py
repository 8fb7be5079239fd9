"""Source phrases: 据X报道, 据悉, X消息, 援引Y的话, 从Y获悉, 接受Z采访时: who answers for what follows them."""

from __future__ import annotations

from attache.read.scope import Scope, Sentence
from attache.read.speaker import WITNESSES, Source, answers, named_surely, source_of

REACH = 14  # pieces that a source phrase may have (据天诚公司的一位不愿具名的工人介绍)
SHORT = 12  # characters between the verb of a source phrase and its comma
ASIDE = 4  # pieces between a speaker and the medium that he speaks to
# stances by which a source phrase may end: 据X介绍, not 根据X判断
TELLING = frozenset(["say", "explain", "stress", "announce", "reveal", "report", "show", "tell", "admit", "learn"])
HEADS = ("消息", "报道", "报导", "快讯", "最新消息")


def sourced(here: Sentence, i: int) -> list[Scope]:
    """据X报道，…: the phrase after the preposition answers for what follows the comma; 据了解，…: nobody does."""
    chunks, tables = here.chunks, here.tables
    if said := word_of_mouth(here, i):
        return [said]
    at = told = -1
    for j in range(i + 1, min(i + REACH, len(chunks))):
        item = chunks[j]
        if item.kind == "u" and item.text in "，：。；！？“":
            break
        if (
            here.stance(j) in TELLING
            or item.kind == "h"
            or (item.text in tables.words["source"]["tails"] and item.kind != "P")
        ):
            told = j
            break
        if item.kind == "P":
            at = j
    if chunks[i].text == "经" and (told < 0 or here.stance(told) != "show"):
        return []
    start = _after_comma(here, max(told, at, i))
    if at < 0:
        if told < 0:
            return []
        words = here.text[chunks[i].start : chunks[told].end]
        if words.endswith(tables.documents):  # 按照声明，
            return [Scope(start, len(here.text), _document(here, told), words, "report")]
        nobody = Source(chunks[i].start, chunks[told].end, words, "hearsay", ())
        return [Scope(start, len(here.text), nobody, words, "report")]
    item = chunks[at]
    titled = "《" in here.text[max(item.start - 1, 0) : item.end]
    if not (titled or named_surely(item, tables) or (told > 0 and answers(item, "say", tables))):
        return []
    if any(chunks[j].kind not in "TdPkfp" and chunks[j].kind != "de" for j in range(i + 1, at)) and told < 0:
        return []
    source = source_of(here.text, chunks, at, tables, here.discourse)
    if source.kind == "document" and told < 0 and not item.text.endswith(tuple(tables.cues["speaker"]["outlets"])):
        return []
    return [Scope(start, len(here.text), source, chunks[i].text, "report"), *quoted(here, i, start)]


def _document(here: Sentence, i: int) -> Source:
    """A document named by a word that may be a verb of speech too (声明, 通报)."""
    item = here.chunks[i]
    before = here.discourse.pointed(item)
    return before or Source(item.start, item.end, item.text, "document", ())


def word_of_mouth(here: Sentence, i: int) -> Scope | None:
    """據報，…: hearsay that the segmenter took apart."""
    start = here.chunks[i].start
    if not here.text.startswith(here.tables.hearsay, start):
        return None
    for word in here.tables.hearsay:
        end = start + len(word)
        if here.text.startswith(word, start) and here.text[end : end + 1] in ("，", "：", "称", ""):
            return Scope(end, len(here.text), Source(start, end, word, "hearsay", ()), word, "report")
    return None


def message(here: Sentence, i: int) -> Scope | None:
    """某社消息，…: a medium that begins the sentence with its news."""
    item = here.chunks[i]
    if item.role not in ("medium", "unknown", "about") or not item.text.endswith(HEADS) or item.start > SHORT:
        return None
    named = here.tables.cues["speaker"]["organisations"]
    body = next(item.text.removesuffix(head) for head in HEADS if item.text.endswith(head))
    if here.text[item.end : item.end + 1] not in ("，", "：") or not (
        item.role == "medium" or body.endswith(tuple(named))
    ):
        return None
    source = Source(item.start, item.start + len(body), body, "medium", ())
    return Scope(item.end + 1, len(here.text), source, "", "report")


def _after_comma(here: Sentence, at: int) -> int:
    """Where the words begin that a source phrase announces: after the comma or colon that ends it."""
    end = here.chunks[at].end
    comma = next((c for c in here.chunks[at + 1 :] if c.kind == "u" and c.text in "，："), None)
    if here.chunks[at].kind in "Sh":
        return comma.end if comma is not None and comma.start - end < SHORT else end
    return comma.end if comma is not None else end


def quoted(here: Sentence, i: int, start: int) -> list[Scope]:
    """援引Y的话: whoever is quoted in the clause of piece ``i``, for what starts at ``start`` or after its comma."""
    chunks, tables = here.chunks, here.tables
    for j in range(i, len(chunks) - 1):
        if j > i and chunks[j].kind == "u" and chunks[j].text in "，：。；“":
            return []
        if chunks[j].text not in tables.cues["speaker"]["quoting"]:
            continue
        k = next((k for k in range(j + 1, min(j + 4, len(chunks))) if chunks[k].kind not in "Td"), j)
        if chunks[k].kind != "P" or not answers(chunks[k], "say", tables):
            return []
        source = source_of(here.text, chunks, k, tables, here.discourse)
        comma = next((c for c in chunks[k + 1 :] if c.text in "，："), None)
        begin = max(start, comma.end if comma else chunks[k].end)
        return [Scope(begin, len(here.text), source, chunks[j].text, "report", chunks[j].start)]
    return []


def learnt(here: Sentence, at: int, i: int, start: int) -> list[Scope]:
    """记者从Y获悉: whom it was learnt from."""
    if here.stance(i) not in WITNESSES:
        return []
    chunks = here.chunks
    for j in range(at + 1, i):
        if chunks[j].text in ("从", "自", "向", "由") and j + 1 < i and chunks[j + 1].kind == "P":
            source = source_of(here.text, chunks, j + 1, here.tables, here.discourse)
            return [Scope(start, len(here.text), source, chunks[i].text, "report", chunks[i].start)]
    return []


def interviewer(here: Sentence, at: int, i: int, source: Source) -> Source | None:
    """The medium that a speaker speaks to or by: 对X说, 告诉X, 接受X采访时; or that interviewed him before."""
    chunks = here.chunks
    if source.kind == "medium":
        return None
    words = here.tables.cues["speaker"]["interview"]
    asked = any(word in here.text[: chunks[i].start] for word in words)
    first = max(at - ASIDE, 0)
    for j in [*range(at + 1, i), *range(first, at), *range(i + 1, min(i + 3, len(chunks)))]:
        item = chunks[j]
        titled = here.text[max(item.start - 1, 0)] == "《"  # a paper that the lexicon does not hold
        if item.kind != "P" or not (item.role == "medium" or titled) or j == 0:
            continue
        before = chunks[j - 1].text
        told = (before in ("对", "向", "跟", "同") and at < j < i) or (j > i and before in ("告诉", "对", "向"))
        if told or (asked and j < i):
            medium = source_of(here.text, chunks, j, here.tables, here.discourse)
            if asked:
                here.discourse.interviewed(source, medium)
            return medium
    return here.discourse.interviewer(source)
