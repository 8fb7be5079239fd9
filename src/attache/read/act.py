"""Predicates to acts: each frame that finds the parties its case asks for proposes one act.

Frames propose, scope constrains: what is asked for, promised, denied or refused is the asking, promising, denying
or refusing, not the deed; a noun is no act unless a light verb carries it or its parties stand before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec import structs

from attache.lexicon.tables import FrameRow, Tables
from attache.read.assign import apart, assign, find_subject
from attache.read.chunk import Chunk, Party
from attache.read.discourse import Discourse
from attache.read.features import describe, describe_speech
from attache.read.sides import addressees, sides
from attache.read.roles import GOVERNING, NEGATIVE_LIGHT, Left, clause_end, look_left, look_right

if TYPE_CHECKING:
    from attache.read.voice import Scope

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
    "ACCUSE": ("REQUEST", "THREATEN", "REJECT"), "REQUEST": ("ACCUSE", "AGREE"), "THREATEN": ("ACCUSE", "REQUEST"),
    "REJECT": ("ACCUSE",), "SUPPORT": ("AGREE",), "AGREE": ("SUPPORT", "CONSULT", "REQUEST"), "AID": ("AGREE",),
    "SANCTION": ("COERCE",), "COERCE": ("SANCTION", "ASSAULT"), "MOBILIZE": ("ASSAULT",), "COOPERATE": ("AGREE",),
    "CONSULT": ("AGREE",),
}  # fmt: skip
ALONE = frozenset(["MOBILIZE", "PROTEST", "COERCE", "THREATEN", "ASSAULT", "SANCTION"])
SPOKEN = ("ACCUSE", "REQUEST", "SUPPORT", "REJECT", "THREATEN", "AGREE")
MOST_RETYPED = 9  # proposals of a site for which other types are tried too
STATUS_RANK = ("hypothetical", "negated", "future")
CONDITIONALS = frozenset(["如果", "若", "如", "一旦", "假如", "倘若", "假使", "要是", "万一", "除非", "只要", "若是", "倘"])


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
        if frame is not None and _attribute(chunks, v, left, noun, frame, compound):
            frame = None
        if frame is None and tables.function.get(item.text, ("", ""))[0] == "l":
            chunks[v] = item._replace(role="light")
        out.left[v], out.frame[v], out.noun[v] = left, frame, noun
    return out


def propose(
    text: str, chunks: list[Chunk], decided: Decided, scopes: list[Scope], tables: Tables, discourse: Discourse
) -> list[Act]:
    """All acts that the predicates and the speech of one sentence may be, site by site."""
    out: list[Act] = []
    for v, frame in decided.frame.items():
        if frame is not None:
            out += _at_predicate(chunks, v, decided, scopes, tables, discourse)
    out = _without_empty_promises(out)
    return out + at_speech(text, chunks, scopes, tables, discourse, {act.trigger[0] for act in out})


def _without_empty_promises(found: list[Act]) -> list[Act]:
    """誓言让以色列自食苦果: where a promise only carries a hostile act, the act is what it says."""
    hostile = [act for act in found if act.frame.type in HOSTILE and act.plain]
    return [
        act
        for act in found
        if not (
            act.frame.id.startswith("agree")
            and any(act.trigger[1] <= other.trigger[0] < act.clause[1] and other.actors == act.actors for other in hostile)
        )
    ]


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
        if frame.with_ and (any(word in right for word in frame.with_) or _before_object(text, chunks, v, frame)):
            return frame, nominal
    return next((frame for frame in rows if not frame.with_), None), nominal


def _before_object(text: str, chunks: list[Chunk], v: int, frame: FrameRow) -> bool:
    """Object nouns that 把 or 将 or a passive put before the verb."""
    i = v - 1
    while i >= 0 and not (chunks[i].kind == "u" and chunks[i].text in "，。；："):
        i -= 1
    before = text[chunks[i + 1].start : chunks[v].start]
    return any(mark in before for mark in ("把", "将", "被", "遭")) and any(word in before for word in frame.with_)


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
) -> list[Act]:
    """The act of one predicate as its frame reads it, then what else it may be: other parties, other types."""
    item, left, frame, noun = chunks[v], decided.left[v], decided.frame[v], decided.noun[v]
    assert frame is not None  # only decided predicates come here
    end = clause_end(chunks, v)
    objects = look_right(chunks, v, end)
    subject, how = find_subject(chunks, v, left, frame, scopes, discourse)
    actors, recipients = apart(frame, *assign(frame, left, subject, objects, discourse))
    status = _status(frame, left, chunks, v)
    forbidden = _forbidden(left, frame, noun) or status in NEVER.get(frame.type, ())
    if left.governor is not None and status == "actual":
        status = "future"
    read, status = _promised(frame, status, left)
    stop = chunks[end].start if end < len(chunks) else chunks[-1].end
    clause = (left.start, max([stop, item.end, *(o.end for o in objects[:2])]))
    rule = "/".join([frame.id, how] + ["passive"] * left.passive + ["noun"] * noun)
    features = describe(chunks, v, left, frame, how, noun, status, scopes, forbidden)
    trigger = (item.start, item.end, item.text)
    base = Act(v, read, trigger, clause, actors, recipients, status, rule, False, features, ())
    out: list[Act] = []
    for side in sides(chunks, v, end, actors, recipients, how, scopes, discourse, mutual=frame.mutual):
        act = base._replace(
            actors=side.actors, recipients=side.recipients, roles=side.features,
            rule=rule if side.plain else f"{rule}/{side.name}",
        )  # fmt: skip
        types = [read.type, *(ALSO.get(read.type, ()) if len(out) < MOST_RETYPED else ())]
        for name in types:
            if not side.recipients and name not in ALONE:
                continue
            own = name == read.type
            row = read if own else tables.plain[name]
            out.append(act._replace(frame=row, rule=act.rule if own else f"{act.rule}>{name}"))
    return _plain_first(out, forbidden or not _holds(frame, actors, left, noun))


def _plain_first(found: list[Act], unholy: bool) -> list[Act]:
    """Mark the first act as the grammar's own choice, unless the sentence forbids it."""
    if found and not unholy:
        found[0] = found[0]._replace(plain=True)
    return found


def _holds(frame: FrameRow, actors: tuple[Party, ...], left: Left, noun: bool) -> bool:
    """Whether a nominal act has what makes it more than a noun."""
    return bool(actors) and not (noun and not left.light and not left.roles and len(actors) < 2 and frame.case != "partner")


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


def _promised(frame: FrameRow, status: str, left: Left) -> tuple[FrameRow, str]:
    """A cooperative act to come is AGREE: actual where it was promised or announced, future where only expected."""
    if status == "future" and frame.type == "RETREAT":
        return structs.replace(frame, type="CONCEDE", mode=None, cameo="080", goldstein=5.0), status
    if status != "future" or frame.type not in ("CONSULT", "SUPPORT", "COOPERATE", "AID"):
        return frame, status
    row = structs.replace(frame, type="AGREE", mode=None, cameo="036" if frame.type == "CONSULT" else "030", goldstein=4.0)
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
) -> list[Act]:
    """What a party's speech about another may be as an act: the type by what it means, the other side by its content."""
    out: list[Act] = []
    for number, scope in enumerate(scopes):
        speakers = scope.source.parties
        if not speakers or scope.source.kind in ("medium", "unnamed", "document", "hearsay") or scope.verb_start in taken:
            continue
        inside = [c for c in chunks if scope.start <= c.start < scope.end]
        features = describe_speech(text, inside, scope)
        clause = (min(scope.source.start, scope.start) if scope.source.end else scope.start, scope.end)
        rule = f"speech.{scope.stance}/{scope.verb or 'quotation'}"
        for side in addressees(inside, speakers, discourse):
            act = Act(
                1000 + number, tables.plain["ACCUSE"], (scope.verb_start, scope.start, scope.verb), clause, speakers,
                side.recipients, "actual", "", False, features, side.features,
            )  # fmt: skip
            out += [act._replace(frame=tables.plain[name], rule=f"{rule}/{side.name}>{name}") for name in SPOKEN]
    return out
