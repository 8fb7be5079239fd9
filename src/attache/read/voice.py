"""Voices: who is answerable for which stretch of a sentence.

A source phrase (据X报道) answers for what follows it, a speech verb for its content: what stands after it, or,
where nothing does, the quotation before it. Whoever is quoted (援引Y的话), whoever it was learnt from (从Y获悉) and
whoever interviewed (接受Z采访时) has a scope of its own. Scopes nest, outermost first.
"""

from __future__ import annotations

from typing import NamedTuple

from attache.lexicon.tables import Tables
from attache.read.chunk import Chunk
from attache.read.discourse import Discourse
from attache.read.roles import Chosen, Left, look_left
from attache.read.sentence import DATELINE, clause_start
from attache.read.speaker import PASSING_ON, WITNESSES, Source, answers, named_surely, source_of

SINCE = frozenset(["后", "之后", "以后", "时", "之时", "以来", "前", "之前", "期间", "之际"])
AGAINST = frozenset(["而", "但", "但是", "不过", "然而", "与此同时"])
UNSAID = frozenset(["say", "reveal", "explain", "announce", "show"])  # 没有透露: what is not told has no scope
OTHERWISE = frozenset(
    ["urge", "threaten", "promise", "praise", "oppose", "warn", "criticise"]
)  # nouns as often as verbs
NARROW = OTHERWISE | {"deny", "doubt"}  # what they say is an object, not all that follows
ADDRESSING = frozenset(["tell", "urge", "warn", "ask"])  # 告诉记者，: to whom, then what
SUBJECTLESS = frozenset(["say", "stress", "explain", "admit", "answer", "see"])  # stances whose speaker may be left out
AFTERWARDS = frozenset(["say", "think", "predict", "reveal", "report", "stress"])  # …，X说: may follow what is said
REACH = 14  # pieces that a source phrase may have (据天诚公司的一位不愿具名的工人介绍)
SHORT = 12  # characters between the verb of a source phrase and its comma
ASIDE = 4  # pieces between a speaker and the medium that he speaks to


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


class Sentence(NamedTuple):
    """What the rules of this module look at: the folded words, their pieces, the frames of its predicates."""

    text: str
    chunks: list[Chunk]
    chosen: Chosen
    tables: Tables
    discourse: Discourse
    dateline: int

    def stance(self, i: int) -> str:
        """The stance of the speech verb at ``i``, empty where it is none."""
        item = self.chunks[i]
        if item.kind not in "SVh" or item.token is None or item.token.entry is None:
            return ""
        return item.token.entry.speech or ""


def scopes(text: str, chunks: list[Chunk], chosen: Chosen, tables: Tables, discourse: Discourse) -> list[Scope]:
    """The scopes of a sentence, outermost first."""
    credit = DATELINE.match(text)
    here = Sentence(text, chunks, chosen, tables, discourse, credit.end() if credit else 0)
    found: list[Scope] = []
    for i, item in enumerate(chunks):
        if item.kind == "h":
            found.append(_hearsay(here, i))
        elif item.kind == "P" and (message := _message(here, i)):
            found.append(message)
        elif item.text in tables.words["source"]["prepositions"] and item.kind in "pdv":
            found += _sourced(here, i)
        elif item.kind in "SV" and here.stance(i) and not (i and chunks[i - 1].kind == "de"):
            found += _spoken(here, i)
    if discourse.open_quote and discourse.source is not None:
        found.insert(0, _carried(text, discourse.source))
    return [scope for i, scope in enumerate(found) if not _repeats(scope, found[:i])]


def _hearsay(here: Sentence, i: int) -> Scope:
    """据悉, 报道称: nobody answers for it, but for whom the clause (某报|报道说) or the page named before."""
    item = here.chunks[i]
    if here.stance(i):
        named = _spoken(here, i)
        if named and "，" not in here.text[named[-1].source.end : item.start]:
            return named[-1]
        if here.discourse.medium is not None and item.text[:2] in ("报道", "报导"):
            return Scope(item.end, len(here.text), here.discourse.medium, item.text, "report", item.start)
    return Scope(item.end, len(here.text), Source(item.start, item.end, item.text, "hearsay", ()), item.text, "report")


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


def _sourced(here: Sentence, i: int) -> list[Scope]:
    """据X报道，…: the phrase after the preposition answers for what follows the comma; 据了解，…: nobody does."""
    chunks, tables = here.chunks, here.tables
    if said := _word_of_mouth(here, i):
        return [said]
    at = told = -1
    for j in range(i + 1, min(i + REACH, len(chunks))):
        item = chunks[j]
        if item.kind == "u" and item.text in "，：。；！？“":
            break
        if here.stance(j) or item.kind == "h" or (item.text in tables.words["source"]["tails"] and item.kind != "P"):
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
    return [Scope(start, len(here.text), source, chunks[i].text, "report"), *_quoted(here, i, start)]


def _word_of_mouth(here: Sentence, i: int) -> Scope | None:
    """據報，…: hearsay that the segmenter took apart."""
    start = here.chunks[i].start
    for word in here.tables.words["hearsay"]["words"]:
        end = start + len(word)
        if here.text.startswith(word, start) and here.text[end : end + 1] in ("，", "：", "称"):
            return Scope(end, len(here.text), Source(start, end, word, "hearsay", ()), word, "report")
    return None


def _message(here: Sentence, i: int) -> Scope | None:
    """某社消息，…: a medium that begins the sentence with its news."""
    item = here.chunks[i]
    heads = ("消息", "报道", "报导", "快讯", "最新消息")
    if item.role not in ("medium", "unknown", "about") or not item.text.endswith(heads) or item.start > SHORT:
        return None
    named = here.tables.cues["speaker"]["organisations"]
    body = item.text.removesuffix("消息").removesuffix("报道").removesuffix("报导").removesuffix("快讯")
    if here.text[item.end : item.end + 1] not in ("，", "：") or not (
        item.role == "medium" or body.endswith(tuple(named))
    ):
        return None
    source = source_of(here.text, here.chunks, i, here.tables, here.discourse)._replace(kind="medium", parties=())
    return Scope(item.end + 1, len(here.text), source, "", "report")


def _after_comma(here: Sentence, at: int) -> int:
    """Where the words begin that a source phrase announces: after the comma or colon that ends it."""
    end = here.chunks[at].end
    comma = next((c for c in here.chunks[at + 1 :] if c.kind == "u" and c.text in "，："), None)
    if here.chunks[at].kind in "Sh":
        return comma.end if comma is not None and comma.start - end < SHORT else end
    return comma.end if comma is not None else end


def _spoken(here: Sentence, i: int) -> list[Scope]:
    """X说…: the subject of the speech verb answers for its content, and whoever he speaks to or quotes with him."""
    chunks, tables, item, stance = here.chunks, here.tables, here.chunks[i], here.stance(i)
    if i and chunks[i - 1].kind in "SVvl" and (here.stance(i - 1) or _ended(chunks, i)):
        return []  # 发文|说: one speech, opened by the first; 构成|威胁，: a noun
    at, left = _subject(here, i)
    if left.passive:
        return []
    if at < 0:
        return _unsaid(here, i)
    subject = chunks[at]
    if subject.end <= here.dateline:
        return []
    if not named_surely(subject, tables) and stance in OTHERWISE:
        return []
    if not answers(subject, stance, tables) or (left.topic and not named_surely(subject, tables)):
        return []
    if "negated" in left.marks and stance in UNSAID:
        return []
    source = source_of(here.text, chunks, at, tables, here.discourse)
    out = []
    for start, end in _contents(here, i, source):
        out += [Scope(start, end, source, item.text, stance, item.start)]
        out += [scope._replace(end=end) for scope in _quoted(here, i, start)]
        out += [scope._replace(end=end) for scope in _learnt(here, at, i, start)]
        if medium := _interviewer(here, at, i, source):
            out.insert(len(out) - 1, Scope(min(start, item.start), end, medium, item.text, "report", item.start))
    return out


def _unsaid(here: Sentence, i: int) -> list[Scope]:
    """A sentence that begins with its verb of speech goes on with the speaker of the one before; or nobody is there."""
    chunks = here.chunks
    if any(c.kind not in "dTka" for c in chunks[:i]) or here.stance(i) not in SUBJECTLESS or not _opens(here, i):
        return []
    item, before = chunks[i], here.discourse.speaking()
    source = before or Source(item.start, item.end, item.text, "unnamed", ())
    return [Scope(item.end, len(here.text), source, item.text, here.stance(i), item.start)]


def _subject(here: Sentence, i: int) -> tuple[int, Left]:
    """Index of whoever speaks by the verb at ``i``, -1 for none, and what stands left of the verb.

    《X》披露的纪要显示: whoever published the document answers for it, not the document.
    """
    chunks = here.chunks
    left = look_left(chunks, i, here.chosen)
    j = i - 1
    while j > 0 and chunks[j].kind in "dTka":
        j -= 1
    relative = j > 0 and chunks[j].kind == "P" and chunks[j - 1].kind in "VvS" and "的" in chunks[j].text
    if relative and named_surely(chunks[j], here.tables) and chunks[j].role != "party":
        return j, left  # 一位接近|此事的消息人士: the relative clause has a verb of its own
    while j > 0 and chunks[j].kind in "dPk":
        j -= 1
    if j > 0 and chunks[j].kind == "de" and here.stance(j - 1):
        left = look_left(chunks, j - 1, here.chosen)
    if left.subject is None:
        return -1, left
    return chunks.index(left.subject), left


def _contents(here: Sentence, i: int, source: Source) -> list[tuple[int, int]]:
    """What a speech verb says: the rest of the sentence, and a quotation right before its speaker.

    Where it stands last, the quotation or the clauses before it.
    """
    chunks, text = here.chunks, here.text
    last = i
    while last + 1 < len(chunks) and chunks[last + 1].kind in "SVh" and here.stance(last + 1):
        last += 1
    item = chunks[last]
    quote = _quote_before(text, source.start) if source.home is None else None
    rest = text[item.end :].strip("，。：！？ ”")
    if rest:
        if not _opens(here, last):
            return []
        stop = _stop(here, last, source)
        after = [(item.end, stop)] if stop - item.end >= 3 else []
        return ([quote] if quote else []) + after
    if quote:
        return [quote]
    close = text.rfind("”", 0, item.start)
    open_ = text.rfind("“", 0, close) if close > 0 else -1
    if open_ < 0 and here.stance(i) not in AFTERWARDS:
        return []
    # 美国应撤军，普京说: the clauses before the speaker's own; 普京拒绝了停火要求 tells of no speech
    start, end = (
        (open_ + 1, close) if open_ >= 0 else (0, clause_start(text, source.start if not source.home else item.start))
    )
    return [(start, end)] if end - start >= 3 else []


def _quote_before(text: str, at: int) -> tuple[int, int] | None:
    """“…，”X说: the quotation that ends right before its speaker."""
    head = text[:at].rstrip("， ")
    if not head.endswith("”"):
        return None
    open_ = head.rfind("“")
    close = len(head) - 1
    start = open_ + 1
    return (start, close) if close - start >= 3 else None


def _opens(here: Sentence, i: int) -> bool:
    """Whether words follow the verb, not only the thing that it is about (透露细节, 回应指控)."""
    chunks = here.chunks
    rest = [c for c in chunks[i + 1 :] if not (c.kind == "a" or c.text.isspace())]
    if not rest or rest[0].text in "，：“‘—" or rest[0].kind == "h":
        return True
    if here.stance(i) in ADDRESSING and rest[0].kind == "P" and _ended(chunks, chunks.index(rest[0])):
        return True
    if chunks[i].text in here.tables.cues["speaker"]["before_words"]:
        return False
    for item in rest:
        if item.kind in "VvSljkh" or item.text in "“”":
            return True
        if item.kind == "u" and item.text in "，。；！？：":
            return False
    return False


def _ended(chunks: list[Chunk], i: int) -> bool:
    """Whether the clause ends right after piece ``i``."""
    return i + 1 >= len(chunks) or (chunks[i + 1].kind == "u" and chunks[i + 1].text in "，、。；！？）")


def _stop(here: Sentence, i: int, source: Source) -> int:
    """Where what is said ends: at another's speech after a semicolon or after 而, 但 that sets it against.

    Where it is only told when it was said (要求…后，), or it is the object of the verb, it ends with its clause.
    """
    chunks = here.chunks
    wide = source.kind in ("medium", "document", "hearsay", "unnamed")
    bare = i + 1 < len(chunks) and chunks[i + 1].kind != "u"
    narrow = bare and here.stance(i) in NARROW
    depth = 0
    for j in range(i + 1, len(chunks)):
        item = chunks[j]
        depth += (item.text == "“") - (item.text == "”")
        if depth > 0 or item.kind != "u" or item.text not in "；，" or j == i + 1:
            continue
        if bare and chunks[j - 1].kind == "f" and chunks[j - 1].text in SINCE:
            return item.start
        if narrow and _turns(chunks, j + 1, source):
            return item.start
        if (item.text == "；" or not wide) and _another(here, j + 1, source, against=item.text == "，"):
            return item.start
    return len(here.text)


def _turns(chunks: list[Chunk], j: int, source: Source) -> bool:
    """Whether a clause begins at piece ``j`` that tells of another party or sets something against what was said."""
    if j >= len(chunks):
        return False
    if chunks[j].text in AGAINST:
        return True
    phrase = chunks[j].phrase
    return phrase is not None and phrase.head == "party" and not phrase.codes & {p.code for p in source.parties}


def _another(here: Sentence, j: int, source: Source, *, against: bool) -> bool:
    """Whether somebody else's speech begins at piece ``j``; ``against``: only one that 而 or 但 sets apart."""
    chunks = here.chunks
    if against:
        if j >= len(chunks) or chunks[j].text not in AGAINST:
            return False
        j += 1
    for k in range(j, min(j + 4, len(chunks))):
        phrase = chunks[k].phrase
        if chunks[k].kind == "u":
            return False
        if phrase is not None:
            follows = next((n for n in range(k + 1, min(k + 5, len(chunks))) if chunks[n].kind not in "dTkaf"), None)
            speech = follows is not None and chunks[follows].kind in "SV" and bool(here.stance(follows))
            return speech and phrase.head != "pronoun" and not phrase.codes & {p.code for p in source.parties}
    return False


def _quoted(here: Sentence, i: int, start: int) -> list[Scope]:
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
        begin = max(start, comma.end if comma else source.end)
        return [Scope(begin, len(here.text), source, chunks[j].text, "report", chunks[j].start)]
    return []


def _learnt(here: Sentence, at: int, i: int, start: int) -> list[Scope]:
    """记者从Y获悉: whom it was learnt from."""
    if here.stance(i) not in WITNESSES:
        return []
    chunks = here.chunks
    for j in range(at + 1, i):
        if chunks[j].text in ("从", "自", "向", "由") and j + 1 < i and chunks[j + 1].kind == "P":
            source = source_of(here.text, chunks, j + 1, here.tables, here.discourse)
            return [Scope(start, len(here.text), source, chunks[i].text, "report", chunks[i].start)]
    return []


def _interviewer(here: Sentence, at: int, i: int, source: Source) -> Source | None:
    """The medium that a speaker speaks to or by: 对X说, 告诉X, 接受X采访时; or that interviewed him before."""
    chunks = here.chunks
    if source.kind == "medium":
        return None
    words = here.tables.cues["speaker"]["interview"]
    asked = any(word in here.text[: chunks[i].start] for word in words)
    first = max(at - ASIDE, 0)
    for j in [*range(at + 1, i), *range(first, at), *range(i + 1, min(i + 3, len(chunks)))]:
        item = chunks[j]
        if item.kind != "P" or item.role != "medium" or j == 0:
            continue
        before = chunks[j - 1].text
        told = (before in ("对", "向", "跟", "同") and at < j < i) or (j > i and before in ("告诉", "对", "向"))
        if told or (asked and j < i):
            medium = source_of(here.text, chunks, j, here.tables, here.discourse)
            here.discourse.interviewed(source, medium)
            return medium
    return here.discourse.interviewer(source)


def _carried(text: str, source: Source) -> Scope:
    """A quotation that an earlier sentence opened and nothing has closed yet."""
    close = text.find("”")
    return Scope(0, close if close >= 0 else len(text), source, "", "say")
