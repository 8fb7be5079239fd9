"""Who does it to whom: the chunks around a predicate, read by its case frame.

Walking left from the predicate: adverbs and marks are noted, prepositional phrases set aside under their role,
objects of earlier verbs passed over; the first free noun phrase is the subject. One that nothing explains blocks.
Over a comma the topic of the clause before carries on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from attache.lexicon.rows import FrameRow
from attache.read.chunk import Chunk, Phrase

STOPS = frozenset("。！？；\n")
COMMAS = frozenset("，：—…")
GOVERNING = frozenset(["REQUEST", "REJECT", "AGREE", "THREATEN", "ACCUSE", "CONCEDE", "SUPPORT"])
CAUSATIVE = frozenset(
    [
        "让",
        "令",
        "使",
        "使得",
        "致使",
        "导致",
        "允许",
        "帮助",
        "协助",
        "迫使",
        "逼",
        "派",
        "派遣",
        "请",
        "邀请",
        "邀",
        "获得",
    ]
)
EXPECTED = frozenset(["预计", "预期", "料将", "势将", "预料", "有望", "可望", "预估", "届时", "原定", "原计划"])
NEGATIVE_LIGHT = frozenset(
    ["停止", "暂停", "中止", "取消", "推迟", "解除", "撤销", "拒绝", "反对", "呼吁", "敦促", "要求"]
)


@dataclass
class Left:
    """What stands left of a predicate."""

    subject: Chunk | None = None
    topic: bool = False
    blocked: str = ""
    passive: bool = False
    light: str = ""
    nominal: bool = False
    roles: dict[str, Phrase] = field(default_factory=dict)
    marks: list[str] = field(default_factory=list)
    governor: FrameRow | None = None
    speech: Chunk | None = None
    start: int = 0
    quoted: bool = False
    expected: bool = False
    places: list[Chunk] = field(default_factory=list)


def clause_end(chunks: list[Chunk], at: int) -> int:
    """Index of the punctuation that ends the clause of chunk ``at``, or the number of chunks."""
    depth = 0
    for j in range(at, len(chunks)):
        if chunks[j].kind == "u":
            text = chunks[j].text
            if text in STOPS or (text in COMMAS and depth <= 0):
                return j
            depth += (text == "“") - (text == "”")
    return len(chunks)


Chosen = Mapping[int, FrameRow | None]


def look_left(chunks: list[Chunk], v: int, chosen: Chosen) -> Left:  # noqa: PLR0915  (one walk, one loop)
    """Walk left from predicate ``v`` to its subject. ``chosen``: the frames of the predicates before it."""
    left = Left(start=chunks[v].start)
    topic = False
    i = v - 1
    steps = 0
    while i >= 0 and steps < 60:
        steps += 1
        item = chunks[i]
        kind = item.kind
        if kind == "u":
            if item.text in STOPS:
                break
            if item.text == "“":
                left.quoted = True
            elif item.text == "”":
                i = _before_quote(chunks, i)
                continue
            elif item.text in COMMAS:
                if left.subject is None and _closed(left):
                    break
                topic = True
        elif kind == "f":
            i = _before_phrase_of_place(chunks, i)
            continue
        elif kind == "P":
            before = chunks[i - 1] if i else None
            if before is not None and before.kind == "p" and not _clausal(before, item, chunks, i):
                if not topic:
                    _note_role(left, before, item)
                    left.start = before.start
                i -= 2
                continue
            if item.role == "place" or _adverbial(chunks, i):
                i -= 1
                continue
            if before is not None and before.kind in "VvSl" and not _pivot(before, chosen.get(i - 1), topic):
                i -= 1
                continue
            if topic and not _can_be_topic(chunks, i):
                i -= 1
                continue
            left.subject, left.topic = item, topic
            if not topic:
                left.start = item.start
            break
        elif not topic:
            _note(left, chunks, i, v, chosen)
        elif kind == "S" and left.speech is None:
            left.speech = item
        i -= 1
    if left.subject is not None and left.subject.role in ("unknown", "about", "medium"):
        left.blocked = left.subject.role
    return left


def _adverbial(chunks: list[Chunk], i: int) -> bool:
    """美方近期密集向…: a short word that nothing explains, between a subject or time and a verb, is no subject."""
    item = chunks[i]
    if item.role != "unknown" or len(item.text) > 2 or not 0 < i < len(chunks) - 1:
        return False
    return chunks[i - 1].kind in "PT" and chunks[i + 1].kind in "pV"


def _before_phrase_of_place(chunks: list[Chunk], i: int) -> int:
    """Left of 在…后, 在…的情况下, 会谈期间: what a localiser closes is a time or place, whatever stands in it."""
    for j in range(i - 1, max(i - 14, -1), -1):
        if chunks[j].kind == "u" and chunks[j].text in "，。；：！？":
            break
        if chunks[j].kind == "p" and chunks[j].role == "place":
            return j - 1
    return i - 2 if i and chunks[i - 1].kind == "P" else i - 1


def _clausal(preposition: Chunk, item: Chunk, chunks: list[Chunk], i: int) -> bool:
    """Whether a preposition introduces a clause, whose subject then follows it (因其入侵…, 随着美国退出…)."""
    after = chunks[i + 1]
    if item.role not in ("party", "pronoun") or after.kind not in "VSdkvl":
        return False
    if preposition.role == "place":
        tail = chunks[i + 1 : i + 10]
        closed = next((j for j, c in enumerate(tail) if c.kind in "fu" or c.text == "，"), None)
        return closed is not None and tail[closed].kind == "f" and preposition.text in ("在", "自", "从")
    return preposition.role in ("cause", "topic")


def _closed(left: Left) -> bool:
    """A clause that is complete without a subject of its own needs no topic (bare passives keep looking)."""
    return left.nominal and "with" in left.roles and len(left.roles["with"].parties) > 1


def _before_quote(chunks: list[Chunk], i: int) -> int:
    for j in range(i - 1, -1, -1):
        if chunks[j].text == "“":
            return j - 1
    return i - 1


def _note_role(left: Left, preposition: Chunk, item: Chunk) -> None:
    assert item.phrase is not None  # a P chunk has one
    if preposition.role == "passive":
        left.passive = True
    if item.place is not None:
        left.places.append(item)
    left.roles.setdefault(preposition.role, item.phrase)


def _note(left: Left, chunks: list[Chunk], i: int, v: int, chosen: Chosen) -> None:
    """Take note of what is neither a noun phrase nor punctuation, in the predicate's own clause."""
    item = chunks[i]
    kind = item.kind
    if kind == "k" and i and chunks[i - 1].kind == "de":
        return  # 美方的决定: a noun
    if kind == "k":
        left.marks.append("negated" if item.role == "prohibited" else item.role)
        left.expected = left.expected or item.text in EXPECTED
    elif kind == "l" or (kind == "V" and chosen.get(i) is None and item.role == "light"):
        left.light = left.light or item.text
        noun = i and chunks[i - 1].kind == "P" and chunks[i - 1].role not in ("party", "pronoun")  # 贷款|计划
        if item.role == "future" and not noun:
            left.marks.append(item.role)
    elif kind == "p" and item.role == "passive":
        left.passive = True
    elif kind == "de":
        left.nominal = left.nominal or i == v - 1
        return
    elif kind == "V":
        noun = i and chunks[i - 1].kind == "de"  # 对美方的决定表示不满: a noun governs nothing
        left.governor = left.governor or (None if noun else chosen.get(i))
    elif kind == "S":
        left.speech = left.speech or item
    else:
        return
    left.start = item.start


def _pivot(before: Chunk, frame: FrameRow | None, topic: bool) -> bool:
    """Whether the noun phrase after verb ``before`` is the subject of what follows rather than its object."""
    if topic:
        return False
    if before.kind == "S" or before.text in CAUSATIVE:
        return True
    spoken = before.token is not None and before.token.entry is not None and before.token.entry.speech is not None
    return before.kind == "V" and (spoken or (frame is not None and frame.embeds in ("pivot", "speech")))


def _can_be_topic(chunks: list[Chunk], i: int) -> bool:
    """A topic stands at the head of its clause and is followed by something verbal."""
    for j in range(i - 1, -1, -1):
        kind = chunks[j].kind
        if kind == "u":
            break
        if kind in "VvSlp":
            return False
    after = chunks[i + 1] if i + 1 < len(chunks) else None
    return after is None or (after.kind not in ("f", "de") and after.text != "、")


def look_right(chunks: list[Chunk], v: int, end: int) -> list[Chunk]:
    """The object right of predicate ``v`` and phrases with 对, 向, 给 after it, up to the end of the clause.

    The object is the first noun phrase that is more than a number; what comes later belongs to something else.
    """
    found: list[Chunk] = []
    seen = False
    for j in range(v + 1, end):
        item = chunks[j]
        if item.kind == "P":
            directed = chunks[j - 1].kind == "p" and chunks[j - 1].role in ("to", "give", "with", "benefit")
            owner = j + 2 < end and chunks[j + 1].kind == "de" and chunks[j + 2].kind in "PV"
            if directed or not seen or chunks[j - 1].kind == "de":
                found.append(item)
            seen = seen or not (_number(item) or owner or (chunks[j - 1].kind == "p" and not directed))
        elif item.kind == "S" or (item.kind == "V" and found):
            break
    return found


def _number(item: Chunk) -> bool:
    """A phrase that only counts what follows: 三名, 一系列, 新一轮."""
    return (
        len(item.text) <= 4
        and item.role == "unknown"
        and any(c in "一二两三四五六七八九十百千万亿多数几0123456789第" for c in item.text)
    )
