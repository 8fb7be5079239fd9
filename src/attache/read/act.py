"""Predicates to acts: each frame that finds the parties its case asks for proposes one act.

Frames propose, scope constrains: what is asked for, promised, denied or refused is the asking, promising, denying
or refusing, not the deed; a noun is no act unless a light verb carries it or its parties stand before it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from msgspec import structs

from attache.lexicon.tables import FrameRow, Tables
from attache.read.chunk import Chunk, Party, Phrase
from attache.read.roles import GOVERNING, NEGATIVE_LIGHT, Left, clause_end, look_left, look_right

if TYPE_CHECKING:
    from attache.read.reading import Read
    from attache.read.voice import Scope, Source

VERBAL = frozenset(["ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT", "AGREE", "CONCEDE"])
HOSTILE = frozenset(["THREATEN", "SANCTION", "ASSAULT", "COERCE", "MOBILIZE", "REJECT"])
ENDED = frozenset(["CONSULT", "COOPERATE", "AID", "ASSAULT", "MOBILIZE", "SUPPORT"])
# marks under which a frame's words are hardly ever the act: 未举行会谈, 若批评
NEVER = {
    "CONSULT": ("negated",), "SUPPORT": ("negated", "hypothetical"), "ACCUSE": ("hypothetical",),
    "REQUEST": ("negated",), "COOPERATE": ("negated",), "MOBILIZE": ("negated",), "ASSAULT": ("negated",),
    "CONCEDE": ("negated",), "REJECT": ("negated",),
}  # fmt: skip
ADDING = frozenset(["并", "还", "也", "又", "并且", "同时", "另", "此外", "亦", "再次", "再度", "且"])
ALONE = frozenset(["MOBILIZE", "PROTEST", "COERCE", "THREATEN", "ASSAULT", "SANCTION"])
ONE_SIDED = frozenset(["PROTEST"])  # an act that news often tells without naming whom it is against
MUTUAL = frozenset(["CONSULT", "AGREE", "COOPERATE"])
STATUS_RANK = ("hypothetical", "negated", "future")
CONDITIONALS = frozenset(["如果", "若", "如", "一旦", "假如", "倘若", "假使", "要是", "万一", "除非", "只要", "若是", "倘"])


class Act(NamedTuple):
    """A proposed act: offsets in the folded sentence; ``clause``: the stretch that tells it."""

    frame: FrameRow
    trigger: tuple[int, int, str]
    clause: tuple[int, int]
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    status: str
    rule: str
    speech: Chunk | None
    features: tuple[str, ...]


class Discourse:
    """What earlier sentences leave behind: the last subject, the last pair, the last speaker, an open quotation."""

    def __init__(self, capture: str) -> None:
        self.capture = capture
        self.subject: tuple[Party, ...] = ()
        self.pair: tuple[Party, ...] = ()
        self.speaker: tuple[Party, ...] = ()
        self.source: Source | None = None
        self.open_quote = False
        self._part = -1
        self.together: dict[str, Counter[str]] = {}
        self.named: dict[str, Party] = {}

    def survey(self, reads: list[Read]) -> None:
        """Which parties the page names together, before its acts are read."""
        for read in reads:
            parties = [p for item in read.chunks if item.phrase is not None for p in item.phrase.parties]
            codes = {party.code for party in parties}
            for party in self._kept(tuple(parties), read):
                self.named.setdefault(party.code, party)
            for code in codes:
                self.together.setdefault(code, Counter()).update(codes - {code})

    def partner(self, parties: tuple[Party, ...]) -> tuple[Party, ...]:
        """The party that the page names with these most often, if one stands out."""
        codes = {party.code for party in parties}
        count: Counter[str] = Counter()
        for code in sorted(codes):
            count.update(self.together.get(code, Counter()))
        ranked = sorted(((-n, code) for code, n in count.items() if code not in codes))
        if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
            return ()
        return (self.named[ranked[0][1]],)

    def begin(self, part: int) -> None:
        """A sentence of part ``part`` begins: quotations do not run over the end of a paragraph."""
        if part != self._part:
            self._part = part
            self.open_quote = False

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
        spoken = [scope for scope in read.scopes if scope.source.parties]
        if spoken:
            self.speaker = self._kept(spoken[-1].source.parties, read)
        text = read.line.text
        if text.count("“") > text.count("”") and read.scopes:
            source = read.scopes[-1].source
            span = source.span or read.line.span(source.start, source.end, self.capture)
            self.open_quote, self.source = True, source._replace(parties=self._kept(source.parties, read), span=span)
        elif "”" in text:
            self.open_quote = False

    def _kept(self, parties: tuple[Party, ...], read: Read) -> tuple[Party, ...]:
        """Parties with their places in the capture, as their sentence is left behind."""
        return tuple(
            party if party.span or not party.end
            else party._replace(span=read.line.span(party.start, party.end, self.capture))
            for party in parties
        )  # fmt: skip

    def other(self, than: tuple[Party, ...]) -> tuple[Party, ...]:
        """The other side of the last pair, if ``than`` is one side of it."""
        codes = {party.code for party in than}
        rest = tuple(party for party in self.pair if party.code not in codes)
        return rest if len(rest) == 1 and len(self.pair) == 2 else ()


def resolve(phrase: Phrase | None, discourse: Discourse) -> tuple[Party, ...]:
    """The parties of a phrase, pronouns by what came before; empty where that is not sure."""
    if phrase is None:
        return ()
    if phrase.parties:
        return phrase.parties
    if phrase.head != "pronoun":
        return ()
    if phrase.pronoun == "both":
        return discourse.pair
    if phrase.pronoun in ("person", "own", "office"):
        return discourse.speaker or discourse.subject
    if phrase.pronoun == "other":
        return discourse.other(discourse.subject)
    return ()


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


def acts(text: str, chunks: list[Chunk], decided: Decided, scopes: list[Scope], discourse: Discourse) -> list[Act]:
    """The acts that the predicates of one sentence propose, in order."""
    out: list[Act] = []
    for v, frame in decided.frame.items():
        if frame is not None:
            act = _act(chunks, v, decided, scopes, discourse)
            if act is not None:
                out.append(act)
    return _without_empty_promises(out)


def _without_empty_promises(found: list[Act]) -> list[Act]:
    """誓言让以色列自食苦果: where a promise only carries a hostile act, the act is what it says."""
    hostile = [act for act in found if act.frame.type in HOSTILE]
    return [
        act
        for act in found
        if not (
            act.frame.type == "AGREE"
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


def _act(chunks: list[Chunk], v: int, decided: Decided, scopes: list[Scope], discourse: Discourse) -> Act | None:
    item, left, frame, nominal = chunks[v], decided.left[v], decided.frame[v], decided.noun[v]
    assert frame is not None  # only decided predicates come here
    end = clause_end(chunks, v)
    governor = left.governor
    planned = governor is not None and governor.embeds == "plan"
    if governor is not None and not planned and (governor.type in GOVERNING or governor.embeds == "pivot" or (governor.type in ("SANCTION", "COERCE") and frame.type not in HOSTILE)):
        if governor.type != "AGREE" or frame.type not in HOSTILE:
            return None
        planned = True
    if nominal and left.light in NEGATIVE_LIGHT and frame.type in ENDED:
        return None
    objects = look_right(chunks, v, end)
    subject, how = _subject(chunks, v, left, frame, scopes, discourse)
    actors, recipients = _assign(frame, left, subject, objects, discourse)
    actors, recipients = _apart(frame, actors, recipients)
    if frame.embeds == "speech" or frame.embeds == "pivot":
        recipients = recipients or _addressed(chunks, end, actors)
    how_to = ""
    if not recipients and frame.type not in ONE_SIDED and actors and actors[0].end:
        recipients, how_to = discourse.other(actors), "pair"
        if not recipients:
            recipients, how_to = discourse.partner(actors), "page"
    if not actors or (not recipients and frame.type not in ALONE):
        return None
    if frame.type in MUTUAL and len({p.code for p in actors + recipients}) < 2 and frame.required:
        return None
    if nominal and not left.light and not left.roles and len(actors + recipients) < 2:
        return None
    status = _status(frame, left, chunks, v)
    if status in NEVER.get(frame.type, ()):
        return None
    if planned and status == "actual":
        status = "future"
    frame, status = _promised(frame, status, left)
    last = max([o.end for o in objects[:2]] + [item.end])
    stop = chunks[end].start if end < len(chunks) else chunks[-1].end
    start = left.start
    return Act(
        frame, (item.start, item.end, item.text), (start, max(stop, last)), actors, recipients,
        status, f"{frame.id}/{how}{'/passive' if left.passive else ''}{'/noun' if nominal else ''}{'/' + how_to if how_to and recipients else ''}",
        left.speech, (),
    )  # fmt: skip


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


def _subject(
    chunks: list[Chunk], v: int, left: Left, frame: FrameRow, scopes: list[Scope], discourse: Discourse
) -> tuple[tuple[Party, ...], str]:
    """Who acts: the subject; in speech, where none is said, the speaker; in a relative clause, the noun it describes."""
    trigger = chunks[v].start
    scope = next((s for s in reversed(scopes) if s.start <= trigger < s.end and s.source.parties), None)
    phrase = left.subject.phrase if left.subject is not None else None
    if phrase is not None and phrase.head == "pronoun" and phrase.pronoun == "own" and scope is not None:
        return scope.source.parties, "speaker"
    if left.subject is None or left.topic:
        described = _described(chunks, v)
        if described:
            return described, "relative"
        told = scope is not None and scope.source.kind not in ("unnamed", "medium", "hearsay", "document")
        if scope is not None and told and (left.subject is None or (frame.type in VERBAL and _added(chunks, v))):
            return scope.source.parties, "speaker"
    if left.subject is None:
        return ((), "none") if left.passive or not left.quoted else (discourse.speaker, "speaker")
    if left.blocked:
        return (), "blocked"
    return resolve(phrase, discourse), "topic" if left.topic else "subject"


def _added(chunks: list[Chunk], v: int) -> bool:
    """并谴责, 还呼吁: an adverb of addition returns to the outer speaker, unless the content has its own topic."""
    for j in range(v - 1, max(v - 6, -1), -1):
        if chunks[j].kind == "u":
            return j + 1 == v or chunks[j + 1].text in ADDING or chunks[j].text == "；"
    return True


def _described(chunks: list[Chunk], v: int) -> tuple[Party, ...]:
    """突访基辅的美国总统: the party that a relative clause without subject describes."""
    tail = chunks[v + 1 : v + 4]
    if len(tail) == 3 and tail[0].kind == "P" and tail[1].kind == "de" and tail[2].phrase and tail[2].role == "party":
        return tail[2].phrase.parties
    if len(tail) >= 2 and tail[0].kind == "de" and tail[1].phrase and tail[1].role == "party":
        return tail[1].phrase.parties
    return ()


def _assign(
    frame: FrameRow, left: Left, subject: tuple[Party, ...], objects: list[Chunk], discourse: Discourse
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Actors and recipients by the case of the frame."""
    target = next((resolve(left.roles[role], discourse) for role in ("to", "give", "benefit") if role in left.roles and left.roles[role].parties), ())
    if not target and frame.type in ("RETREAT", "SANCTION", "COERCE", "COOPERATE", "MOBILIZE") and "place" in left.roles:
        target = left.roles["place"].parties
    moved = left.roles.get("object")
    object_parties = next((resolve(o.phrase, discourse) for o in objects if resolve(o.phrase, discourse)), ())
    if left.passive:
        agent = resolve(left.roles.get("passive") or left.roles.get("agent"), discourse)
        patient = left.subject.phrase.parties if left.subject is not None and left.subject.phrase else ()
        return agent or (Party("UNK", 0, 0, None, ""),), patient or subject
    if frame.case == "partner" and frame.mutual and len(subject + (resolve(left.roles.get("with"), discourse) or object_parties)) > 1:
        everyone = subject + (resolve(left.roles.get("with"), discourse) or (() if len(subject) > 1 else object_parties))
        return everyone, everyone
    if frame.case == "partner":
        phrase = left.subject.phrase if left.subject is not None else None
        if subject and phrase is not None and phrase.second and phrase.parties:
            return phrase.parties[: phrase.second], phrase.parties[phrase.second :]
        partner = resolve(left.roles.get("with"), discourse) or target
        if subject and partner:
            return subject, partner
        if not subject and len(partner) > 1:
            return partner[:1], partner[1:]
        if len(subject) > 1:
            return subject[:1], subject[1:]
        return subject, object_parties
    if frame.case == "alone":
        return subject, target or object_parties
    return subject, target or (moved.parties if moved else ()) or object_parties


def _addressed(chunks: list[Chunk], end: int, actors: tuple[Party, ...]) -> tuple[Party, ...]:
    """呼吁，平壤必须停止…: whom speech is about where only its content says so, the subject of the next clause."""
    doers = {party.code for party in actors}
    for j in range(end + 1, min(end + 8, len(chunks))):
        item = chunks[j]
        if item.kind in "VS" or (item.kind == "u" and item.text not in "“‘"):
            return ()
        if item.phrase is not None:
            named = item.phrase.parties if item.role in ("party", "about") else ()
            return named if named and not doers & {party.code for party in named} else ()
    return ()


def _apart(
    frame: FrameRow, actors: tuple[Party, ...], recipients: tuple[Party, ...]
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Each party once, and on one side only."""
    if frame.mutual and {party.code for party in actors} == {party.code for party in recipients}:
        both = tuple({party.code: party for party in actors}.values())
        return both, both
    first: dict[str, Party] = {}
    for party in actors:
        first.setdefault(party.code, party)
    second: dict[str, Party] = {}
    for party in recipients:
        if party.code not in first:
            second.setdefault(party.code, party)
    if not second and recipients and frame.case != "partner":
        return tuple(first.values()), ()
    return tuple(first.values()), tuple(second.values())


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
