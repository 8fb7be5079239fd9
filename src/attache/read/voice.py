"""Voices: who is answerable for which stretch of a sentence. Scopes nest, outermost first.

A source phrase (据X报道) answers for what follows it (``attribution``), a speech verb for its content (``speech``);
a quotation runs on over sentences until it is closed, and may name its speaker only then.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from attache.lexicon.tables import Tables
from attache.read.attribution import message, sourced, word_of_mouth
from attache.read.chunk import Chunk
from attache.read.discourse import Discourse
from attache.read.roles import Chosen
from attache.read.scope import Scope, Sentence
from attache.read.sentence import DATELINE
from attache.read.speaker import PASSING_ON, Source, answers, source_of
from attache.read.speech import spoken

if TYPE_CHECKING:
    from attache.read.reading import Read


def scopes(
    text: str, chunks: list[Chunk], chosen: Chosen, tables: Tables, discourse: Discourse, later: Sequence[Read] = ()
) -> list[Scope]:
    """The scopes of a sentence, outermost first. ``later``: the sentences after it, which may name the speaker."""
    credit = DATELINE.match(text)
    here = Sentence(text, chunks, chosen, tables, discourse, credit.end() if credit else 0)
    found: list[Scope] = []
    for i, item in enumerate(chunks):
        if item.kind == "h":
            found.append(_hearsay(here, i))
        elif _opens_clause(chunks, i) and (said := word_of_mouth(here, i)):
            found.append(said)
        elif item.kind == "P" and (news := message(here, i)):
            found.append(news)
        elif item.text in tables.words["source"]["prepositions"] and item.kind in "pdvP":
            found += sourced(here, i)
        elif item.kind in "SV" and here.stance(i) and not (i and chunks[i - 1].kind == "de"):
            found += spoken(here, i, within=any(s.start <= item.start < s.end for s in found))
    if turn := _turn(here):
        found = [turn, *(scope for scope in found if scope.source[:3] != turn.source[:3])]
    elif discourse.open_quote and discourse.source is not None:
        found.insert(0, _carried(text, discourse.source))
    elif not found and "“" in text and (scope := _unsigned(text, later, tables, discourse)):
        found.append(scope)
    return [scope for i, scope in enumerate(found) if not _repeats(scope, found[:i])]


def _opens_clause(chunks: list[Chunk], i: int) -> bool:
    return i == 0 or chunks[i - 1].kind == "u"


def _turn(here: Sentence) -> Scope | None:
    """A turn of an interview or a press conference (记者：…, 问：…, 发言人：…): who asks or answers, to its end."""
    talk = here.discourse
    if not talk.opens_paragraph:
        return Scope(0, len(here.text), talk.turn[0], "", talk.turn[1]) if talk.turn is not None else None
    patterns = here.tables.patterns["speaker"]
    match = patterns["turn_re"].match(here.text)
    first = here.chunks[0] if here.chunks else None
    if match is not None:
        end, words = match.end(), match["who"]
        stance = "ask" if patterns["asker_re"].search(words) else "say"
    elif talk.asked and first is not None and first.role == "party" and here.text[first.end : first.end + 1] == "：":
        end, words, stance = first.end + 1, first.text, "say"  # 汪文斌：…, once somebody has asked
    else:
        return None
    whole = first is not None and first.kind == "P" and first.end == end - 1
    if words in ("答", "A") and talk.person is not None:
        source = talk.person
    elif whole and stance == "say":
        source = source_of(here.text, here.chunks, 0, here.tables, talk)
    else:
        start = here.text.index(words)
        source = Source(start, start + len(words), words, "person", ())
    talk.take_turn(source, stance)
    return Scope(end, len(here.text), source, "", stance)


def _hearsay(here: Sentence, i: int) -> Scope:
    """据悉, 报道称: nobody answers for it, but for whom the clause (某报|报道说) or the page named before."""
    item = here.chunks[i]
    if here.stance(i):
        named = spoken(here, i)
        if named and "，" not in here.text[named[-1].source.end : item.start]:
            return named[-1]
        if here.discourse.medium is not None and item.text[:2] in ("报道", "报导"):
            return Scope(item.end, len(here.text), here.discourse.medium, item.text, "report", item.start)
    said = [w for w in here.tables.words["hearsay"]["words"] if here.text.endswith(w, 0, item.end)]
    start = item.end - len(max([*said, item.text], key=len))  # 有|消息称: the segmenter cut it
    nobody = Source(start, item.end, here.text[start : item.end], "hearsay", ())
    return Scope(item.end, len(here.text), nobody, nobody.text, "report")


def _repeats(scope: Scope, outer: list[Scope]) -> bool:
    """Whether a scope only goes on with what its own source says already (王毅强调，… 他指出，…)."""
    for other in outer:
        same = other.source[:3] == scope.source[:3]
        inside = other.start <= scope.start and scope.end <= other.end
        if same and other.start < scope.end and scope.start < other.end:
            return True  # 据彭博社报道: the preposition and the verb open the same scope
        codes = {party.code for party in scope.source.parties}
        of_one = scope.source.kind not in PASSING_ON and other.source.kind not in PASSING_ON
        if inside and of_one and codes and codes == {p.code for p in other.source.parties}:
            return True
    return False


def _carried(text: str, source: Source) -> Scope:
    """A quotation that an earlier sentence opened and nothing has closed yet."""
    close = text.find("”")
    return Scope(0, close if close >= 0 else len(text), source, "", "say")


def _unsigned(text: str, later: Sequence[Read], tables: Tables, discourse: Discourse) -> Scope | None:
    """A quotation that its sentence lays to nobody: of whoever is named after it, else of whoever spoke last."""
    named = _named_later(text, later, tables, discourse)
    if named is not None:
        return named
    open_, close = text.find("“"), text.rfind("”")
    whole = text[:open_].strip() == "" and (close < 0 or not text[close + 1 :].strip("。，！？ "))
    source = discourse.quoting() if whole else None
    return Scope(open_ + 1, close if close > 0 else len(text), source, "", "say") if source is not None else None


def _named_later(text: str, later: Sequence[Read], tables: Tables, discourse: Discourse) -> Scope | None:
    """“…。…。”X说。: a quotation without a speaker is of whoever is named right after it is closed."""
    open_ = text.find("“")
    if open_ < 0 or not (text.count("“") > text.count("”") or text.rstrip().endswith("”")):
        return None
    closed = text.count("“") <= text.count("”")
    for read in later:
        words = read.line.text
        after = 0 if closed else words.find("”") + 1
        if not closed and not after:
            continue
        if not closed and not words[after:].strip():
            closed = True
            continue
        source = _speaker_at(read, after, tables, discourse)
        end = text.rfind("”") if text.rstrip().endswith("”") else len(text)
        return Scope(open_ + 1, end, source, "", "say") if source else None
    return None


def _speaker_at(read: Read, after: int, tables: Tables, discourse: Discourse) -> Source | None:
    """Who speaks by a verb that has nothing after it, at ``after`` in a sentence (X说。)."""
    chunks = [c for c in read.chunks if c.start >= after and c.text not in "，"]
    stop = next((n for n, c in enumerate(chunks) if c.text in "“：。"), len(chunks))
    verbs = [c for c in chunks[:stop] if c.token is not None and c.token.entry is not None and c.token.entry.speech]
    if not chunks or chunks[0].kind != "P" or not verbs or not answers(chunks[0], "say", tables):
        return None
    after_verb = read.line.text[verbs[-1].end :].lstrip("，： ")
    if after_verb.strip("。，：！？ ”") and not after_verb.startswith("“"):
        return None
    source = source_of(read.line.text, read.chunks, read.chunks.index(chunks[0]), tables, discourse)
    return source if source.home is not None else source._replace(home=read.line)
