"""Predicates to acts: each frame that finds the parties its case asks for proposes one act.

Frames propose, scope constrains: what is asked for, promised, denied or refused is the asking, promising, denying
or refusing, not the deed; a noun is no act unless a light verb carries it or its parties stand before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from msgspec import structs

from attache.lexicon.rows import FrameRow
from attache.lexicon.tables import Tables
from attache.read.actor import Party
from attache.read.assign import apart, assign, find_subject
from attache.read.chunk import Chunk
from attache.read.discourse import Discourse
from attache.read.features import describe, describe_speech
from attache.read.roles import GOVERNING, NEGATIVE_LIGHT, Left, clause_end, look_left, look_right
from attache.read.sides import Side, addressees, sides
from attache.read.speaker import PASSING_ON

if TYPE_CHECKING:
    from attache.read.scope import Scope

HOSTILE = frozenset(["THREATEN", "SANCTION", "ASSAULT", "COERCE", "MOBILIZE", "REJECT"])
ENDED = frozenset(["CONSULT", "COOPERATE", "AID", "ASSAULT", "MOBILIZE", "SUPPORT"])
# marks under which a frame's words are hardly ever the act: 未举行会谈, 若批评
NEVER = {
    "CONSULT": ("negated",), "SUPPORT": ("negated", "hypothetical"), "ACCUSE": ("hypothetical",),
    "REQUEST": ("negated",), "COOPERATE": ("negated",), "MOBILIZE": ("negated",), "ASSAULT": ("negated",),
    "CONCEDE": ("negated",), "REJECT": ("negated",),
}  # fmt: skip
# types that the words of a type often turn out to be
ALSO = {
    "REQUEST": ("ACCUSE", "AGREE"), "THREATEN": ("ACCUSE", "REQUEST"), "REJECT": ("ACCUSE",), "SUPPORT": ("AGREE",),
    "AGREE": ("CONSULT", "SUPPORT"), "AID": ("AGREE",), "COERCE": ("ASSAULT",), "COOPERATE": ("AGREE",),
    "CONSULT": ("AGREE",),
}  # fmt: skip
ALONE = frozenset(["MOBILIZE", "PROTEST", "COERCE", "THREATEN", "ASSAULT", "SANCTION"])
SPOKEN = ("ACCUSE", "AGREE", "REQUEST", "SUPPORT", "REJECT", "THREATEN")
OF_OTHERS = frozenset(["report", "deny", "show", "learn", "see", "ask"])  # stances that tell what others say or do
MOST_RETYPED = 9  # proposals of a site for which other types are tried too
ROUND = re.compile("(?:第[一二三四五六七八九十0-9]+|首|新一|本|此)轮")
MOVED = re.compile("[把将被遭]")
_OBJECTS: dict[str, re.Pattern[str]] = {}  # by frame; compiled when first asked for
STATUS_RANK = ("hypothetical", "negated", "future")
CONDITIONALS = frozenset(
    ["如果", "若", "如", "一旦", "假如", "倘若", "假使", "要是", "万一", "除非", "只要", "若是", "倘", "否则", "不然"]
)


class Act(NamedTuple):
    """A proposed act: offsets in the folded sentence; ``clause``: the stretch that tells it.

    ``site`` numbers the predicate or the speech that it was read from: of the acts of one site at most one is kept.
    ``plain``: the grammar alone would choose it. ``features`` tell the judge about the site, ``roles`` about how
    the parties were found.
    """

    site: int
    frame: FrameRow
    trigger: tuple[int, int, str]
    clause: tuple[int, int]
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    status: str
    rule: str
    plain: bool
    features: tuple[str, ...]
    roles: tuple[str, ...]
    confidence: float = 0.5


class Decided(NamedTuple):
    """Per predicate chunk: what stands left of it, the frame that its clause allows, and whether it is a noun."""

    left: dict[int, Left]
    frame: dict[int, FrameRow | None]
    noun: dict[int, bool]


def decide(text: str, chunks: list[Chunk], tables: Tables) -> Decided:
    """Choose a frame for each predicate from left to right, so that each knows what governs it."""
    out = Decided({}, {}, {})
    compound = tables.words["noun"]["compound"]
    for v, item in enumerate(chunks):
        if item.kind != "V" or item.token is None or item.token.entry is None:
            continue
        left = look_left(chunks, v, out.frame)
        frame, noun = _choose(text, chunks, v, clause_end(chunks, v), left, tables.frames)
        if frame is not None and (_attribute(chunks, v, left, noun, frame, compound) or _interview(chunks, v)):
            frame = None
        if frame is None and tables.function.get(item.text, ("", ""))[0] == "l":
            chunks[v] = item._replace(role="light")
        out.left[v], out.frame[v], out.noun[v] = left, frame, noun
    return out


class Choice(NamedTuple):
    """One thing that a site may be: a pair of sides and a type. ``roles`` tell the judge how the sides were found."""

    side: Side
    kind: str
    plain: bool
    roles: tuple[str, ...]


class Site:
    """A predicate or a speech of which at most one act is kept.

    ``trigger``: the word that tells it; ``entry``: the id of its frame, "speech" for a speech; ``barred``: it is what
    somebody is told not to do or refuses, and no act whatever it looks like. The choices, pairs of sides and types in
    all their combinations, are made when somebody asks, and only what is chosen becomes an act.
    """

    def __init__(
        self, trigger: tuple[int, int, str], entry: str, barred: bool, features: tuple[str, ...],
        types: tuple[str, ...], choices: Callable[[], list[Choice]], build: Callable[[Choice], Act],
    ) -> None:  # fmt: skip
        self.trigger, self.entry, self.barred = trigger, entry, barred
        self.features, self.types = features, types
        self.build, self._make = build, choices
        self._choices: list[Choice] | None = None

    @property
    def choices(self) -> list[Choice]:
        """All that the site may be, the grammar's own reading first."""
        if self._choices is None:
            self._choices = self._make()
        return self._choices


def propose(
    text: str, chunks: list[Chunk], decided: Decided, scopes: list[Scope], tables: Tables, discourse: Discourse
) -> list[Site]:
    """The sites of one sentence: its predicates, then its speech."""
    out = [
        _at_predicate(chunks, v, decided, scopes, tables, discourse)
        for v, frame in decided.frame.items()
        if frame is not None
    ]
    taken = {chunks[v].start for v, frame in decided.frame.items() if frame is not None}
    return out + at_speech(text, chunks, scopes, tables, discourse, taken)


def _choose(
    text: str, chunks: list[Chunk], v: int, end: int, left: Left, frames: list[FrameRow]
) -> tuple[FrameRow | None, bool]:
    """The reading of a predicate that its clause allows: one whose object noun is there before one that asks none."""
    item = chunks[v]
    entry = item.token.entry  # type: ignore[union-attr]
    assert entry is not None
    following = chunks[v + 1] if v + 1 < len(chunks) else None
    after_de = following is not None and following.kind == "de"
    as_noun = left.nominal or (bool(entry.nouns) and (bool(left.light) or after_de))
    rows = [frames[i] for i in (entry.nouns if as_noun and entry.nouns else entry.frames or entry.nouns)]
    nominal = as_noun if entry.frames else True
    stop = chunks[end].start if end < len(chunks) else len(text)
    right = text[item.end : stop]
    for frame in rows:
        if frame.with_ and (objects_of(frame).search(right) or _before_object(text, chunks, v, frame)):
            return frame, nominal
    return next((frame for frame in rows if not frame.with_), None), nominal


def _before_object(text: str, chunks: list[Chunk], v: int, frame: FrameRow) -> bool:
    """Object nouns that 把 or 将 or a passive put before the verb."""
    i = v - 1
    while i >= 0 and not (chunks[i].kind == "u" and chunks[i].text in "，。；："):
        i -= 1
    before = text[chunks[i + 1].start : chunks[v].start]
    return bool(MOVED.search(before)) and bool(objects_of(frame).search(before))


def objects_of(frame: FrameRow) -> re.Pattern[str]:
    """The object nouns of a frame as one expression."""
    if frame.id not in _OBJECTS:
        _OBJECTS[frame.id] = re.compile("|".join(map(re.escape, sorted(frame.with_, key=len, reverse=True))))
    return _OBJECTS[frame.id]


def _forbidden(left: Left, frame: FrameRow, noun: bool) -> bool:
    """What is asked for, refused or promised by another predicate is that predicate's content, not an act."""
    governor = left.governor
    if noun and left.light in NEGATIVE_LIGHT and frame.type in ENDED:
        return True
    if governor is None or governor.embeds == "plan":
        return False
    if governor.type == "AGREE":
        return frame.type not in HOSTILE
    if governor.type in ("SANCTION", "COERCE"):
        return frame.type not in HOSTILE
    return governor.type in GOVERNING or governor.embeds == "pivot"


def _at_predicate(
    chunks: list[Chunk], v: int, decided: Decided, scopes: list[Scope], tables: Tables, discourse: Discourse
) -> Site:
    """The act of one predicate as its frame reads it, then what else it may be: other parties, other types."""
    item, left, frame, noun = chunks[v], decided.left[v], decided.frame[v], decided.noun[v]
    assert frame is not None  # only decided predicates come here
    end = clause_end(chunks, v)
    subject, how = find_subject(chunks, v, left, frame, scopes, discourse)
    status = _status(frame, left, chunks, v)
    forbidden = _forbidden(left, frame, noun) or status in NEVER.get(frame.type, ())
    governor = left.governor
    if governor is not None and status == "actual" and (governor.embeds == "plan" or governor.type == "AGREE"):
        status = "future"
    read, status = _promised(frame, status, left)
    features = describe(chunks, v, left, frame, how, noun, status, scopes, forbidden, tables)
    later = next((row.type for w, row in decided.frame.items() if row is not None and v < w < end), "")
    features += (f"then={later}", f"{read.type}.then={later}", f"read={read.type}.{frame.type}")

    objects = look_right(chunks, v, end)
    stop = chunks[end].start if end < len(chunks) else chunks[-1].end
    clause = (left.start, max([stop, item.end, *(o.end for o in objects[:2])]))
    trigger = (item.start, item.end, item.text)
    barred = _refused(chunks, v, end, left, noun) or _prohibited(chunks, v)

    def choices() -> list[Choice]:
        if barred:
            return []
        actors, recipients = apart(frame, *assign(frame, left, subject, objects, discourse))
        if not recipients and read.type == "CONSULT":
            recipients = discourse.across(actors)
        found = sides(chunks, v, end, actors, recipients, how, scopes, discourse, mutual=frame.mutual)
        return _combine(read, found, not forbidden and _holds(frame, actors, left, noun))

    def build(choice: Choice) -> Act:
        side, own = choice.side, choice.kind == read.type
        rule = "/".join([frame.id, how] + ["passive"] * left.passive + ["noun"] * noun)
        rule = rule + ("" if side.plain else f"/{side.name}") + ("" if own else f">{choice.kind}")
        return Act(
            v, read if own else tables.plain[choice.kind], trigger, clause, side.actors, side.recipients, status, rule,
            choice.plain, features, choice.roles,
        )  # fmt: skip

    return Site(trigger, frame.id, barred, features, (read.type, *ALSO.get(read.type, ())), choices, build)


def _combine(frame: FrameRow, found: list[Side], allowed: bool) -> list[Choice]:
    """Choices of a site: each pair of sides with the frame's type, the first few with other types too.

    ``allowed``: the grammar alone would keep the first of them.
    """
    out: list[Choice] = []
    own = frame.type
    for side in found:
        last = side.features[-1]
        actors, _, recipients = side.name.rpartition("-")
        own_words = (f"a.{frame.id}={actors}", f"r.{frame.id}={recipients}")
        unknown = side.actors[0].code == "UNK" and not side.recipients  # 他被拘留: nobody did it to nobody
        if side.recipients or own in ALONE or not frame.required:
            plain = allowed and not out and not unknown
            out.append(
                Choice(side, own, plain, (*side.features, *own_words, "plain=" + str(plain), frame.case + "." + last))
            )
        if len(out) < MOST_RETYPED:
            roles = (*side.features, *own_words, "plain=False", "target." + last)
            for name in ALSO.get(own, ()):
                if side.recipients or name in ALONE:
                    out.append(Choice(side, name, False, roles))
    return out


def _holds(frame: FrameRow, actors: tuple[Party, ...], left: Left, noun: bool) -> bool:
    """Whether a nominal act has what makes it more than a noun."""
    return bool(actors) and not (
        noun and not left.light and not left.roles and len(actors) < 2 and frame.case != "partner"
    )


def is_round(act: Act, text: str) -> bool:
    """A numbered round of talks (首轮磋商, 第二轮谈判) that has its date is a meeting, however unlikely it looks."""
    near = text[max(act.trigger[0] - 10, 0) : act.trigger[1]]
    return act.frame.type == "CONSULT" and act.status == "actual" and act.plain and bool(ROUND.search(near))


def _attribute(
    chunks: list[Chunk], v: int, left: Left, nominal: bool, frame: FrameRow, compound: frozenset[str]
) -> bool:
    """A predicate that only describes a noun (制裁的机制, 谈判渠道) is no act."""
    following = chunks[v + 1] if v + 1 < len(chunks) else None
    if following is None:
        return False
    if following.kind == "de":
        return not left.passive
    if following.kind != "P" or following.role != "unknown" or left.passive:
        return False
    if (frame.case == "partner" or nominal) and following.text.startswith(tuple(compound)):
        return not left.light
    return nominal and not left.light


def _refused(chunks: list[Chunk], v: int, end: int, left: Left, noun: bool) -> bool:
    """拒绝加入西方对俄制裁: what somebody refuses, where it is a noun or may be one and ends its clause."""
    if left.governor is None or left.governor.type != "REJECT":
        return False
    token = chunks[v].token
    return noun or (v + 1 == end and token is not None and token.entry is not None and bool(token.entry.nouns))


def _prohibited(chunks: list[Chunk], v: int) -> bool:
    """不要对乌克兰使用武力: whether a word that forbids reaches the predicate, past adverbs and prepositions."""
    for i in range(v - 1, -1, -1):
        item = chunks[i]
        if item.role == "prohibited":
            return True
        if item.kind in "VvSu" or (item.kind == "P" and not (i and chunks[i - 1].kind == "p")):
            return False
    return False


def _interview(chunks: list[Chunk], v: int) -> bool:
    """接受某社访问: whoever lets a medium visit him gives an interview."""
    after = v > 1 and chunks[v - 1].role == "medium" and chunks[v - 2].text == "接受"
    return after and chunks[v].text.startswith("访问")


def _promised(frame: FrameRow, status: str, left: Left) -> tuple[FrameRow, str]:
    """A cooperative act to come is AGREE: actual where it was promised or announced, future where only expected."""
    if status == "future" and frame.type == "RETREAT":
        return structs.replace(frame, type="CONCEDE", mode=None, cameo="080", goldstein=5.0), status
    if status != "future" or frame.type not in ("CONSULT", "SUPPORT", "COOPERATE", "AID"):
        return frame, status
    row = structs.replace(
        frame, type="AGREE", mode=None, cameo="036" if frame.type == "CONSULT" else "030", goldstein=4.0
    )
    return row, "future" if left.expected else "actual"


def _status(frame: FrameRow, left: Left, chunks: list[Chunk], v: int) -> str:
    if frame.status != "actual":
        return frame.status
    marks = set(left.marks)
    i = v - 1
    while i >= 0 and not (chunks[i].kind == "u" and chunks[i].text in "。；！？"):
        if chunks[i].text in CONDITIONALS:
            marks.add("hypothetical")
        i -= 1
    for mark in STATUS_RANK:
        if mark in marks:
            if frame.type == "THREATEN" or (mark == "future" and frame.type == "AGREE"):
                continue  # a threat is conditional and a promise looks ahead by nature
            return mark
    return "actual"


def at_speech(
    text: str, chunks: list[Chunk], scopes: list[Scope], tables: Tables, discourse: Discourse, taken: set[int]
) -> list[Site]:
    """What a party's speech about another may be as an act: type by meaning, the other side by its content."""
    out: list[Site] = []
    for number, scope in enumerate(scopes):
        told = scope.source.kind in PASSING_ON or scope.stance in OF_OTHERS
        if scope.source.parties and not told and scope.verb_start is not None and scope.verb_start not in taken:
            inside = [c for c in chunks if scope.start <= c.start < scope.end]
            features = describe_speech(text, inside, scope, tables)
            choices = partial(_meanings, inside, scope.source.parties, discourse)
            trigger = (scope.verb_start, scope.start, scope.verb)
            build = partial(_spoken, 1000 + number, scope, trigger, features, tables)
            out.append(Site(trigger, "speech", False, features, SPOKEN, choices, build))
    return out


def _meanings(inside: list[Chunk], speakers: tuple[Party, ...], discourse: Discourse) -> list[Choice]:
    """All that a speech may be: each addressee with each type."""
    out: list[Choice] = []
    for side in addressees(inside, speakers, discourse):
        roles = (*side.features, "plain=False", "target." + side.features[-1])
        out += [Choice(side, name, False, roles) for name in SPOKEN]
    return out


def _spoken(
    site: int, scope: Scope, trigger: tuple[int, int, str], features: tuple[str, ...], tables: Tables, choice: Choice
) -> Act:
    """The act of a speech."""
    clause = (scope.opens, scope.end)
    rule = f"speech.{scope.stance}/{scope.verb or 'quotation'}/{choice.side.name}>{choice.kind}"
    return Act(
        site, tables.plain[choice.kind], trigger, clause, choice.side.actors, choice.side.recipients, "actual", rule,
        False, features, choice.roles,
    )  # fmt: skip
