"""Speech verbs: who speaks by one, and which words it carries.

The content is what stands after the verb, or, where nothing does, the quotation before it. It ends where somebody
else speaks; what the verb only takes as its object (回应指控, 支持谈判) is no content.
"""

from __future__ import annotations

from attache.read.actor import Party
from attache.read.attribution import interviewer, learnt, quoted
from attache.read.chunk import Chunk
from attache.read.discourse import resolve
from attache.read.roles import Left, look_left
from attache.read.scope import Scope, Sentence
from attache.read.sentence import clause_start
from attache.read.speaker import WITNESSES, Source, answers, named_surely, source_of

SINCE = frozenset(["后", "之后", "以后", "时", "之时", "以来", "前", "之前", "期间", "之际"])
AGAINST = frozenset(["而", "但", "但是", "不过", "然而", "与此同时"])
# 没有透露: what is not told has no scope
UNSAID = frozenset(["say", "reveal", "explain", "announce", "show", "admit", "answer", "tell"])
NOUNS = frozenset(["think", "predict"])  # stances whose verbs are nouns as often (判断, 预期)
KEPT_BACK = frozenset(["拒绝", "拒不", "避免", "不肯", "不愿"])
# nouns as often as verbs: only what is surely a source speaks by them
OTHERWISE = frozenset(["urge", "threaten", "promise", "praise", "oppose", "warn", "criticise"])
NARROW = OTHERWISE | {"deny", "doubt"}  # what they say is an object, not all that follows
ADDRESSING = frozenset(["tell", "urge", "warn", "ask"])  # 告诉记者，: to whom, then what
ASKED = frozenset(["urge", "praise", "oppose"])  # whose object is the subject of a speech yet to come
DIRECTED = ADDRESSING | {"criticise", "threaten", "praise", "doubt", "answer"}  # whose object is whom it is said to
SUBJECTLESS = frozenset(["say", "stress", "explain", "admit", "answer", "see"])  # stances whose speaker may be left out
AFTERWARDS = frozenset(["say", "think", "predict", "reveal", "report", "stress"])  # …，X说: may follow what is said
LEAST = 3  # characters of a content


def spoken(here: Sentence, i: int, *, within: bool = False) -> list[Scope]:
    """X说…: the subject of the speech verb answers for its content, and whoever he speaks to or quotes with him.

    ``within``: the verb stands in what somebody says already.
    """
    chunks, tables, item, stance = here.chunks, here.tables, here.chunks[i], here.stance(i)
    if i and chunks[i - 1].kind in "SVvl" and (here.stance(i - 1) or _ended(chunks, i)):
        return []  # 发文|说: one speech, opened by the first; 构成|威胁，: a noun
    if i + 1 < len(chunks) and chunks[i + 1].kind == "f":
        return []  # 在声明中
    at, left = _subject(here, i)
    if left.passive:
        return []
    if at < 0:
        return _unsaid(here, i)
    subject = chunks[at]
    if subject.phrase is not None and subject.phrase.pronoun == "own" and stance in WITNESSES and within:
        return []  # 他说，我们看到…: what he says
    doubtful = not named_surely(subject, tables) or subject.text.endswith(tables.documents)
    if stance in NOUNS and "的" in subject.text and doubtful and _ended(chunks, i):
        return []  # 机遇的战略|判断，: a noun
    if at and here.stance(at - 1) in ASKED:
        return []  # 呼吁各国要求撤军: what another is asked to say
    if subject.end <= here.dateline:
        return []
    if not named_surely(subject, tables) and (_otherwise(item, stance) or "negated" in left.marks):
        return []
    if not answers(subject, stance, tables) or (left.topic and not named_surely(subject, tables)):
        return []
    kept_back = i > 0 and chunks[i - 1].text in KEPT_BACK
    if ("negated" in left.marks or kept_back) and stance in UNSAID:
        return []
    source = source_of(here.text, chunks, at, tables, here.discourse)
    out = []
    for start, end in _contents(here, i, subject, source):
        out += [Scope(start, end, source, item.text, stance, item.start, _addressee(here, i, left))]
        out += [scope._replace(end=end) for scope in quoted(here, i, start)]
        out += [scope._replace(end=end) for scope in learnt(here, at, i, start)]
        if medium := interviewer(here, at, i, source):
            out.insert(len(out) - 1, Scope(start, end, medium, item.text, "report", item.start))
    return out


def _addressee(here: Sentence, i: int, left: Left) -> tuple[Party, ...]:
    """Who is spoken to: 对X说, 向X表示, 敦促X."""
    told = left.roles.get("to")
    after = here.chunks[i + 1] if i + 1 < len(here.chunks) else None
    if told is None and here.stance(i) in DIRECTED and after is not None and after.role in ("party", "pronoun"):
        told = after.phrase
    return resolve(told, here.discourse)


def _otherwise(item: Chunk, stance: str) -> bool:
    """Whether a verb of speech is a noun as often; 指责称 never is."""
    return stance in OTHERWISE and not item.text.endswith(("称", "说", "道"))


def _unsaid(here: Sentence, i: int) -> list[Scope]:
    """A sentence that begins with its verb of speech goes on with the speaker of the one before; or nobody is there."""
    chunks = here.chunks
    if any(c.kind not in "dTka" for c in chunks[:i]) or here.stance(i) not in SUBJECTLESS or not _opens(here, i):
        return []
    if i + 1 < len(chunks) and chunks[i + 1].kind == "de":
        return []  # 需要指出的是，: the page's own words
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
    nameless = chunks[j].text in here.tables.cues["unnamed"]["words"]  # 一批观察|人士
    relative = j > 0 and chunks[j].kind == "P" and chunks[j - 1].kind in "VvS" and ("的" in chunks[j].text or nameless)
    if relative and named_surely(chunks[j], here.tables) and chunks[j].role != "party":
        return j, left  # 一位接近|此事的消息人士: the relative clause has a verb of its own
    while j > 0 and chunks[j].kind in "dPk":
        j -= 1
    if j > 0 and chunks[j].kind == "de" and here.stance(j - 1):
        left = look_left(chunks, j - 1, here.chosen)
    if left.subject is None:
        return _document_in(here, i), left
    return chunks.index(left.subject), left


def _document_in(here: Sentence, i: int) -> int:
    """信中说, 在声明中写道: the document in which it stands, where nobody else speaks; -1 for none."""
    j = i - 1
    while j > 1 and here.chunks[j].kind in "dTka":
        j -= 1
    inside = j > 0 and here.chunks[j].text in ("中", "里", "内", "当中")
    document = here.chunks[j - 1] if inside else None
    told = document is not None and document.kind == "P" and document.text.endswith(here.tables.documents)
    return j - 1 if told else -1


def _contents(here: Sentence, i: int, speaker: Chunk, source: Source) -> list[tuple[int, int]]:
    """What a speech verb says: the rest of the sentence, and a quotation right before its speaker.

    Where it stands last, the quotation or the clauses before it.
    """
    chunks, text = here.chunks, here.text
    last = i
    while last + 1 < len(chunks) and chunks[last + 1].kind in "SVh" and here.stance(last + 1):
        last += 1
    item = chunks[last]
    quote = _quote_before(text, speaker.start)
    rest = text[item.end :].strip("，。：！？ ”")
    if rest:
        if not _opens(here, last):
            return []
        stop = _stop(here, last, source)
        begin = _after_addressee(here, last)
        after = [(begin, stop)] if stop - begin >= LEAST else []
        return ([quote] if quote else []) + after
    if quote:
        return [quote]
    close = text.rfind("”", 0, item.start)
    open_ = text.rfind("“", 0, close) if close > 0 else -1
    if open_ < 0 and here.stance(i) not in AFTERWARDS:
        return []
    # 美国应撤军，普京说: the clauses before the speaker's own; 普京拒绝了停火要求 tells of no speech
    start, end = (open_ + 1, close) if open_ >= 0 else (0, clause_start(text, speaker.start))
    return [(start, end)] if end - start >= LEAST else []


def _after_addressee(here: Sentence, i: int) -> int:
    """Where what is said begins: right after the verb, or after whom it is told (告诉记者，…)."""
    chunks = here.chunks
    if here.stance(i) in ADDRESSING and i + 1 < len(chunks) and chunks[i + 1].kind == "P" and _ended(chunks, i + 1):
        return chunks[i + 1].end
    aspect = i + 1 < len(chunks) and chunks[i + 1].kind == "a"
    return chunks[i + 1].end if aspect else chunks[i].end


def _quote_before(text: str, at: int) -> tuple[int, int] | None:
    """“…，”X说: the quotation that ends right before its speaker."""
    head = text[:at].rstrip("， ")
    if not head.endswith("”"):
        return None
    open_ = head.rfind("“")
    close = len(head) - 1
    start = open_ + 1
    return (start, close) if close - start >= LEAST else None


def _opens(here: Sentence, i: int) -> bool:
    """Whether words follow the verb, not only the thing that it is about (透露细节, 回应指控)."""
    chunks = here.chunks
    rest = [c for c in chunks[i + 1 :] if not (c.kind == "a" or c.text.isspace())]
    if rest and rest[0].text in "、；）":
        return False
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
    return i + 1 >= len(chunks) or (chunks[i + 1].kind == "u" and chunks[i + 1].text in "，、。；！？）：“")


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
