"""Statements of one sentence: whose voice, what kind, in whose words."""

from __future__ import annotations

import re
from typing import NamedTuple

from attache.lexicon.tables import Tables
from attache.read.act import Act
from attache.read.actor import Party
from attache.read.cues import Cues, Place, within
from attache.read.denial import Denial, denials
from attache.read.opinion import is_writer, judges, persona, quotes
from attache.read.reading import Read
from attache.read.scope import Scope
from attache.read.sentence import CLAUSE_END, clause_around
from attache.read.speaker import Source

SPOKEN_NOUN = re.compile("的?(?:观点|说法|言论|表态|警告|主张|评论|论调|看法|声明|呼声|口号)")
ASKING = re.compile("[是会能]否|有何|如何|为何|怎么|什么|吗|哪|何时|会不会|有没有|请问")  # a clause that asks
JOINING = "，：、；。！？“”‘’ "
# marks of acts that leave a statement as it is: what one can, tries or is used to do is said plainly
ABLE = frozenset(["可", "可以", "能够", "能否", "试图", "企图", "意图", "图谋", "会", "要", "安排", "决定", "准备"])
FORESEEING = frozenset(["predict", "warn", "think"])  # stances by which a source forecasts
LABEL_LENGTH = 8
SPOKEN_LENGTH = 6  # characters, marks included, from which a quoted string makes what is said verbatim
OF_A_MEDIUM = 14  # characters of a quoted string up to which what a medium tells names a thing
KIND_OF_STANCE = {"deny": "denial", "promise": "pledge", "urge": "demand", "predict": "forecast"}
SPEAKING = frozenset(["official", "party", "person", "unnamed"])  # sources who speak themselves
LONG_LABEL = 26
CALLED_BEFORE = re.compile("(?:所谓|所谓的|名为|称为|被称为|称作|誉为|叫做|代号)$")
NAMED_THING = re.compile("[^，。；！？：、）”的是将会在和与及等 ]")  # 豹2|坦克: a noun joins what is quoted
LABEL_BEFORE = re.compile("(?:所谓|所谓的|这一|的|名为|称为|被称为|称作|誉为)$")
RELATION = re.compile("[关互信裂同合盟]")


class Remark(NamedTuple):
    """A statement in sentence offsets, before it becomes a record."""

    voice: str
    kind: str
    mark: str
    start: int
    end: int
    sources: tuple[Source, ...] = ()
    wording: str | None = None
    cause: tuple[int, int] | None = None
    effect: tuple[int, int] | None = None
    persona: str | None = None
    stance: str = ""
    verb: Place | None = None
    to: tuple[Party, ...] = ()
    certainty: tuple[str, Place | None] = ("stated", None)


class Prediction(NamedTuple):
    """A forecast in sentence offsets. ``sources`` empty: the writer's own."""

    start: int
    end: int
    condition: tuple[int, int] | None
    horizon: tuple[int, int] | None
    sources: tuple[Source, ...]
    scorable: bool


class Said(NamedTuple):
    """All that a sentence says besides its acts."""

    remarks: list[Remark]
    predictions: list[Prediction]
    denials: list[Denial]
    judgement: bool


def said(text: str, read: Read, tables: Tables, *, commentary: bool, closing: bool) -> Said:
    """Read the statements of a sentence. ``commentary``: the page is a comment piece; ``closing``: it ends there."""
    cues = Cues(text, tables)
    strings = quotes(text)
    voiced = [scope for scope in read.scopes if not is_writer(scope, tables)]
    covered = strings + [(scope.start, scope.end) for scope in voiced]
    judgement = judges(read, cues, covered, tables, commentary=commentary, closing=closing)
    out = _attributed(read, cues, voiced, strings, tables)
    own = [(s, e) for s, e in _gaps(voiced, len(text)) if e - s > 4]
    voice = "opinion" if judgement else "page"
    out += _own(read, cues, own, voice, tables)
    out += _strings(text, strings, voiced, voice)
    if judgement:
        out.append(Remark("opinion", "judgement", "actual", 0, len(text), persona=persona(text, tables)))
    predictions = _predictions(text, cues, voiced, tables, judgement)
    return Said(out, predictions, denials(read, tables), judgement)


def _gaps(scopes: list[Scope], size: int) -> list[tuple[int, int]]:
    """What no scope covers; the source phrase itself belongs to nobody's content."""
    out: list[tuple[int, int]] = []
    at = 0
    for scope in sorted(scopes, key=lambda scope: scope.opens):
        begin = scope.opens
        if begin > at:
            out.append((at, begin))
        at = max(at, scope.end)
    if at < size:
        out.append((at, size))
    return out


def _mark(read: Read, start: int, end: int, tables: Tables) -> str:
    """Mark of a stretch by the words before its first predicate; a condition makes all of it hypothetical."""
    if tables.patterns["forecast"]["condition_re"].search(read.line.text, start, end):
        return "hypothetical"
    marks: set[str] = set()
    for item in read.chunks:
        if not start <= item.start < end:
            continue
        if item.kind == "k" and item.text not in ABLE:
            marks.add(item.role)
        elif item.kind in "Vvl":  # a frame may hold its mark: 不会派兵
            marks |= {role for role, words in tables.words["mark"].items() if item.text.startswith(tuple(words))}
        if (marks and item.kind in "Vvlu") or item.text in "；。":
            break
    if "past" in marks:
        marks.discard("future")  # 已将部队部署: 将 puts the object first
    if "prohibited" in marks:
        marks.add("negated")
    return next((mark for mark in ("hypothetical", "negated", "future") if mark in marks), "actual")


def _certainty(text: str, start: int, end: int, tables: Tables) -> tuple[str, Place | None]:
    """How sure the words of a stretch are, and which words say so."""
    for name in ("unconfirmed", "confirmed", "probable", "possible"):
        match = tables.patterns["certainty"][f"{name}_re"].search(text, start, end)
        if match:
            return name, match.span()
    return "stated", None


def _content_kind(scope: Scope, cues: Cues) -> str:
    """Kind of what a source says."""
    span = [(scope.start, scope.end)]
    if scope.stance in KIND_OF_STANCE:
        return KIND_OF_STANCE[scope.stance]
    if cues.inside("offer.cues", span):
        return "offer"
    if cues.inside("pledge.cues", span):
        return "pledge"
    if cues.inside("demand.cues", span):
        return "demand"
    if cues.inside("forecast.cues", span):
        return "forecast"
    if cues.inside("position.cues", span) or scope.stance == "stress":
        return "position"
    if scope.source.kind in ("medium", "hearsay", "document", "unnamed"):
        return "report"
    return "position" if scope.source.parties else "report"


def _attributed(read: Read, cues: Cues, scopes: list[Scope], strings: list[Place], tables: Tables) -> list[Remark]:
    """What sources say, each with the chain of those around it."""
    out = []
    text = read.line.text
    for index, scope in enumerate(scopes):
        chain = tuple(
            outer.source for outer in scopes[:index]
            if outer.start <= scope.start and scope.end <= outer.end
            and outer.source[:3] != scope.source[:3]
        )  # fmt: skip
        whole = text[scope.start : scope.end].strip(JOINING)
        spoken = any(
            scope.start - 1 <= s and e <= scope.end + 1
            and (e - s >= SPOKEN_LENGTH or text[s:e].strip(JOINING) == whole)
            for s, e in strings
        )  # fmt: skip
        verb = None if scope.verb_start is None else (scope.verb_start, scope.verb_start + len(scope.verb))
        certainty = _certainty(text, scope.opens, scope.end, tables)
        mark = _mark(read, scope.start, scope.end, tables)
        mark = "hypothetical" if certainty[0] == "possible" and mark == "actual" else mark
        out.append(
            Remark(
                "attributed", _content_kind(scope, cues), mark,
                scope.start, scope.end, (*chain, scope.source), "verbatim" if spoken else "paraphrase",
                stance=scope.stance, verb=verb, to=scope.to, certainty=certainty,
            )
        )  # fmt: skip
    return out


def _own(read: Read, cues: Cues, own: list[Place], voice: str, tables: Tables) -> list[Remark]:
    """Reasons, ties, channels, readings, positions that the page itself tells."""
    out: list[Remark] = []
    text = read.line.text
    for place in cues.inside("reason.cues", own)[:1]:
        cause, effect = _reason(text, place, tables)
        if cause and effect:
            out.append(
                Remark(
                    voice,
                    "reason",
                    "actual",
                    min(cause[0], effect[0]),
                    max(cause[1], effect[1]),
                    cause=cause,
                    effect=effect,
                )
            )
    for kind in ("tie", "channel"):
        for place in cues.inside(f"{kind}.cues", own)[:1]:
            start, end = clause_around(text, place)
            out.append(Remark(voice, kind, _mark(read, start, end, tables), start, end))
    patterns = tables.patterns["reading"]
    for start, end in own if RELATION.search(text) else ():
        relation = patterns["relation_re"].search(text, start, end)
        direction = patterns["direction_re"].search(text, start, end)
        if relation and direction and abs(relation.start() - direction.start()) < 24:
            place = (min(relation.start(), direction.start()), max(relation.end(), direction.end()))
            out.append(Remark(voice, "reading", "actual", *clause_around(text, place)))
            break
    for place in cues.inside("position.cues", own)[:1]:
        if voice == "page":
            out.append(Remark("page", "position", "actual", *clause_around(text, place)))
    if voice == "page" and cues.inside("agreement.cues", own):
        start, end = clause_around(text, cues.inside("agreement.cues", own)[0])
        out.append(Remark("page", "pledge", "actual", start, end))
    return out


def _reason(text: str, place: tuple[int, int], tables: Tables) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """Cause and effect around a cue: before and after it, or the other way round for 因为 and its like."""
    word = text[place[0] : place[1]]
    start, end = clause_around(text, place)
    before, after = (start, place[0]), (place[1], end)
    if before[1] - before[0] < 3:
        previous = text.rfind("，", 0, max(start - 1, 0))
        before = (previous + 1, max(start - 1, 0))
    if word in tables.cues["reason"]["backward"]:
        cause, effect = after, before
        if place[0] - start < 2:
            match = CLAUSE_END.search(text, end + 1)
            effect = (min(end + 1, len(text)), match.start() if match else len(text))
    else:
        cause, effect = before, after
    return (cause if cause[1] - cause[0] >= 3 else None), (effect if effect[1] - effect[0] >= 3 else None)


def _strings(text: str, quotes: list[tuple[int, int]], scopes: list[Scope], voice: str) -> list[Remark]:
    """Each quoted string: somebody's words where a source speaks them, else a label of whoever writes."""
    out = []
    whole = {text[scope.start : scope.end].strip(JOINING) for scope in scopes}
    for start, end in quotes:
        if text[start:end].strip(JOINING) in whole:
            continue  # all that a source says there, and told as that already
        around = [scope for scope in scopes if scope.start - 1 <= start and end <= scope.end + 1]
        told = any(scope.source.kind in SPEAKING for scope in around)
        if around and not told and end - start <= OF_A_MEDIUM and around[-1].source.kind != "document":
            around = []  # what a medium quotes in passing is nobody's words
        if (around or SPOKEN_NOUN.match(text, end)) and not _names_something(text, start, end, told=told):
            sources = tuple(scope.source for scope in around)
            out.append(Remark("attributed", "report", "actual", start, end, sources, "verbatim"))
        else:
            out.append(Remark(voice, "report", "actual", start, end, wording="label"))
    return out


def _names_something(text: str, start: int, end: int, *, told: bool) -> bool:
    """所谓“X”, “X”的模式, “X”方案: the string is a name for a thing, not what somebody said.

    ``told``: it stands in what somebody says, whose words it then is unless it is short and names what follows it.
    """
    if SPOKEN_NOUN.match(text, end):
        return False
    before = text[:start]
    if told:
        joined = NAMED_THING.match(text, end) is not None and end - start <= LABEL_LENGTH
        return CALLED_BEFORE.search(before) is not None or joined
    if LABEL_BEFORE.search(before):
        return True
    after = text[end : end + 1]
    return end - start <= LONG_LABEL and bool(after) and after not in "，。；！？：、）”"


def _predictions(text: str, cues: Cues, scopes: list[Scope], tables: Tables, judgement: bool) -> list[Prediction]:
    """Forecasts: a cue of the future in the writer's judgement, or a condition with its consequence, or a source's."""
    patterns = tables.patterns["forecast"]
    places = cues.at("forecast.cues")
    out: list[Prediction] = []
    if not places:
        return out
    condition = patterns["condition_re"].search(text)
    if text.rstrip("”").endswith("？"):
        return out
    place = places[-1] if condition and places[-1][0] > condition.start() else places[0]
    scope = next((s for s in reversed(scopes) if s.start <= place[0] and place[1] <= s.end), None)
    if not (condition or judgement or (scope and scope.stance in FORESEEING)):
        return out
    start, end = clause_around(text, place)
    horizon = patterns["horizon_re"].search(text, start, end)
    if condition and condition.start() < start:
        start = condition.start()
    vague = any(word in text[start:end] for word in tables.cues["forecast"]["unscorable"])
    out.append(
        Prediction(
            start, end, condition.span() if condition and condition.end() <= end else None,
            horizon.span() if horizon else None, (scope.source,) if scope else (), not vague,
        )
    )  # fmt: skip
    return out


def not_questions(found: list[Act], read: Read) -> list[Act]:
    """What the page only asks is no act; what a source says within a question still may be."""
    if not read.line.text.rstrip(" ”’」").endswith("？"):
        return found
    spans = [(scope.start, scope.end) for scope in read.scopes]
    asked = [(scope.start, scope.end) for scope in read.scopes if scope.stance == "ask"]
    return [
        act for act in found
        if within(act.trigger[:2], spans)
        and not (within(act.trigger[:2], asked) and ASKING.search(read.line.text, *act.clause))
    ]  # fmt: skip
