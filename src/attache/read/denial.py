"""Denials: who says that something told is not so, and who declines to say; each a statement about another.

Words of denial have a subject (中方否认), or stand in what somebody says (他说，这是无稽之谈). What they deny is found
among the acts told before them: those laid to the denier, those that he is accused of, or, where it is a report or a
quotation that is denied, what that source told.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import dropwhile, takewhile
from operator import itemgetter
from typing import NamedTuple, Protocol

from attache.lexicon.tables import Tables
from attache.read.act import Act
from attache.read.chunk import Chunk
from attache.read.reading import Read
from attache.read.roles import look_left
from attache.read.sentence import DATELINE, clause_around
from attache.read.speaker import PASSING_ON, Source, kind_of, named_surely
from attache.read.when import SPEECH_TYPES

ADDRESSED = frozenset(["ACCUSE", "REQUEST", "THREATEN", "REJECT"])  # said to somebody: no answer is no dispute
JOINED = re.compile("[^、和与及同跟]+")
WITHIN = 5  # sentences between what is told and who denies it
SPREAD = 1  # sentences by which what the denier is accused of is nearer than what is only reported
SILENT_WITHIN = 2  # the same for who declines to say
PASSED_BY = 1  # a medium that cannot confirm speaks of what it told just before


class Denial(NamedTuple):
    """A denial or non-confirmation [start, end) of a sentence: who, by which words, of words or of an act.

    ``asked``: a medium asked for a comment and got none; that disputes nothing. ``of_quotes``: of what is said to have
    been said, not of the act of saying it. ``chain``: who tells of the denial, outermost first.
    ``types``: of the acts that whoever speaks says his own side did not do.
    """

    start: int
    end: int
    source: Source
    confirmed: bool
    of_words: bool
    cue: tuple[int, int]
    asked: bool
    of_quotes: bool
    chain: tuple[Source, ...] = ()
    types: frozenset[str] = frozenset()


class Told(Protocol):
    """An act as its sentence tells it, with who answers for it."""

    @property
    def act(self) -> Act:
        """The act."""

    @property
    def reading(self) -> Read:
        """Its sentence."""

    @property
    def sources(self) -> tuple[Source, ...]:
        """Who answers for it."""


def denials(read: Read, tables: Tables) -> list[Denial]:
    """Who denies or does not confirm something in a sentence."""
    text = read.line.text
    patterns = tables.patterns["denial"]
    out: list[Denial] = []
    for name, confirmed in (("deny_re", True), ("unconfirmed_re", False)):
        for match in patterns[name].finditer(text):
            by_verb = bool(patterns["verb_re"].match(match[0])) or not confirmed
            for source in _deniers(read, match.start(), tables, by_verb=by_verb):
                start, end = clause_around(text, match.span())
                if any(found.source[:3] == source[:3] and found.end == end for found in out):
                    continue
                credit = DATELINE.match(text)
                start = max(start, credit.end()) if credit else start
                of_words = bool(patterns["words_re"].search(text, start, end)) or not confirmed
                asked = bool(patterns["asked_re"].search(text, start, min(end + 1, len(text))))
                of_quotes = bool(patterns["quotes_re"].search(text, start, end))
                chain = tuple(
                    scope.source for scope in read.scopes
                    if scope.start <= match.start() < scope.end and scope.source[:3] != source[:3]
                    and scope.stance != "deny"
                )  # fmt: skip
                out.append(Denial(start, end, source, confirmed, of_words, match.span(), asked, of_quotes, chain))
    return out


def _deniers(read: Read, at: int, tables: Tables, *, by_verb: bool) -> list[Source]:
    """The subject of words of denial at ``at``, or whoever says them; who says a thing is untrue comes first."""
    chunks = read.chunks
    index = next((i for i, c in enumerate(chunks) if c.end > at), None)
    if index is None:
        return []
    around = [s for s in read.scopes if s.start <= at < s.end and s.source.kind != "hearsay"]
    if chunks[index].kind in "kd" and index + 1 < len(chunks):
        index += 1
    subject = look_left(chunks, index, {}).subject
    own = subject is not None and (not around or subject.start >= around[-1].start)
    told = [s.source for s in around if s.source.kind not in ("medium", "document")]
    if told and not by_verb and (subject is None or not _says(chunks, subject, index)):
        return told[-1:]
    if own and subject is not None and subject.phrase is not None and subject.end <= at and _can_deny(subject, tables):
        return _each(subject, tables)
    return told[-1:]


def _says(chunks: list[Chunk], subject: Chunk, index: int) -> bool:
    """Whether a subject of the same clause says what piece ``index`` tells (中方严斥是假消息)."""
    between = chunks[chunks.index(subject) + 1 : index]
    if between and between[0].kind == "de":
        return False  # 德方的说法毫无根据
    return any(c.kind in "vVS" for c in between) and not any(c.kind == "u" for c in between)


def _can_deny(subject: Chunk, tables: Tables) -> bool:
    """Whether a phrase can deny anything: a party, a medium, an office by its last word."""
    if named_surely(subject, tables):
        return True
    return subject.text.endswith((*tables.cues["speaker"]["organisations"], "宫", "府", "使馆", "发言人"))


def _each(subject: Chunk, tables: Tables) -> list[Source]:
    """Whoever a phrase names, one by one where it joins as many names as parties (X发言人与Y办公室)."""
    parties = subject.phrase.parties or subject.phrase.meant if subject.phrase is not None else ()
    kind = kind_of(subject, tables)
    pieces = [match.span() for match in JOINED.finditer(subject.text)]
    if len(parties) < 2 or len(pieces) != len(parties):
        return [Source(subject.start, subject.end, subject.text, kind, () if kind == "medium" else parties)]
    return [
        Source(subject.start + start, subject.start + end, subject.text[start:end], kind, (party,))
        for (start, end), party in zip(pieces, parties, strict=True)
    ]


def disputes(
    readings: list[Read], groups: Iterable[Iterable[Told]], tables: Tables
) -> dict[int, list[tuple[Read, Source]]]:
    """Who denies what, by the index of the group of tellings that is denied."""
    tellings = sorted(
        ((told.reading.index, i, told) for i, group in enumerate(groups) for told in group), key=itemgetter(0, 1)
    )
    out: dict[int, list[tuple[Read, Source]]] = {}
    by_sentence = [index for index, _, _ in tellings]
    media = [telling for telling in tellings if any(source.kind == "medium" for source in telling[2].sources)]
    for reading in readings:
        for denial in [*(reading.said.denials if reading.said else []), *_counters(reading, tables)]:
            if denial.asked:
                continue
            first = bisect_left(by_sentence, reading.index - WITHIN)
            last = bisect_right(by_sentence, reading.index + WITHIN)
            near = tellings[first:last]
            for i in _denied(denial, reading, near, media, tables):
                if all(source[:3] != denial.source[:3] for _, source in out.get(i, [])):
                    out.setdefault(i, []).append((reading, denial.source))
    return out


def _counters(read: Read, tables: Tables) -> list[Denial]:
    """Who says that his own side did not do such a thing (X说X军没有越线): against it without a denial."""
    out = []
    for scope in read.scopes:
        codes = {party.code for party in scope.source.parties}
        inside = (item for item in read.chunks if scope.start <= item.start < scope.end)
        said = list(dropwhile(lambda item: item.kind == "u" or item.text.isspace(), inside))
        if not codes or scope.source.kind not in ("official", "party") or not said:
            continue
        phrase = said[0].phrase
        own = phrase is not None and (codes & {*phrase.codes} or phrase.pronoun == "own")
        clause = takewhile(lambda item: item.kind not in "uvS", said) if own else ()
        negated: Chunk | None = None
        for item in clause:
            negated = item if item.role == "negated" else negated
            entry = item.token.entry if item.kind == "V" and item.token is not None else None
            if negated is not None and entry is not None:
                types = frozenset(tables.frames[i].type for i in (*entry.frames, *entry.nouns)) - SPEECH_TYPES
                if types:
                    cue = (negated.start, item.end)
                    out.append(Denial(scope.start, cue[1], scope.source, True, False, cue, False, False, (), types))
                break
    return out


Telling = tuple[int, int, Told]


def _denied(denial: Denial, reading: Read, near: list[Telling], by_media: list[Telling], tables: Tables) -> set[int]:
    """Which of the acts told before it a denial is about: those of the medium that it names, else of the nearest."""
    codes = {party.code for party in denial.source.parties}
    media = {
        bare(item.text) for item in reading.chunks
        if item.role == "medium" and denial.start <= item.start < denial.end and item.start != denial.source.start
    }  # fmt: skip
    found: list[tuple[int, int]] = []
    answers = False  # 甲方指责…，乙方否认: nothing before the sentence
    content = _content_codes(denial, reading)
    for index, i, told in near:
        distance = reading.index - index
        if -WITHIN <= distance < 0 and _same_parties(told, content):
            found.append((-distance, i))
        if distance == 0 and denial.confirmed and denial.cue[1] <= told.act.trigger[0] < denial.end:
            if not tables.patterns["speaker"]["granted_re"].match(reading.line.text, told.act.trigger[1]):
                found.append((-SPREAD, i))  # 否认发动袭击: what is denied stands in the denial itself
            continue
        if distance < 0 or (distance == 0 and told.act.trigger[0] >= denial.start):
            continue
        if distance <= WITHIN and _is_about(denial, codes, told, distance):
            accused = not (denial.of_words and told.sources)
            answers = answers or (distance == 0 and told.act.frame.type in SPEECH_TYPES)
            found.append((distance - SPREAD * (accused and distance > 0) + bool(media), i))
    found += [
        (0, i) for index, i, told in (by_media if media else ())
        if index <= reading.index and any(name in source.text for name in media for source in told.sources)
    ]  # fmt: skip
    nearest = min((distance for distance, _ in found), default=0)
    here = {i for index, i, _ in near if index == reading.index}
    return {i for distance, i in found if distance == nearest and (i in here or not answers)}


def _content_codes(denial: Denial, reading: Read) -> set[str]:
    """The parties of what is denied, where the denial tells it itself (否认与乙方通过电话)."""
    if not denial.confirmed:
        return set()
    inside = [item for item in reading.chunks if denial.cue[1] <= item.start < denial.end and item.phrase is not None]
    return {code for item in inside if item.phrase for code in item.phrase.codes}


def _same_parties(told: Told, content: set[str]) -> bool:
    """Whether an act that a source tells after the denial is between the parties of what was denied."""
    sides = {party.code for party in (*told.act.actors, *told.act.recipients)}
    return len(sides) > 1 and sides <= content and bool(told.sources) and told.act.frame.type not in SPEECH_TYPES


def bare(words: str) -> str:
    """The words of a source without the brackets of its title."""
    return words.strip("《》〈〉“”")


def _is_about(denial: Denial, codes: set[str], told: Told, distance: int) -> bool:
    """Whether a denial is about an act."""
    doers = {party.code for party in told.act.actors}
    others = {party.code for party in told.act.recipients}
    speech = told.act.frame.type in SPEECH_TYPES
    own = any(
        codes & {party.code for party in source.parties} for source in told.sources if source.kind not in PASSING_ON
    )
    if denial.types:
        return bool(told.sources) and not own and told.act.frame.type in denial.types and bool(codes & doers)
    if own or (denial.start <= told.act.trigger[0] < denial.end and distance == 0):
        return False
    if denial.source.kind in PASSING_ON and not codes:
        return not denial.confirmed and distance <= PASSED_BY and not speech
    if denial.of_quotes and told.sources:
        return speech and distance > 0
    if not denial.confirmed and (told.act.frame.type in ADDRESSED or distance > SILENT_WITHIN):
        return False
    concerned = not codes or bool(codes & (doers | others))
    if concerned and not speech and (told.sources or (denial.of_words and distance == 0)):
        return True
    if speech and told.sources and codes & doers and denial.confirmed and not denial.of_words:
        return True  # 我方没有提出这样的请求
    if denial.of_words and told.sources and concerned:
        return True
    if speech:
        return bool(codes & others) and not codes & doers
    return bool(codes & doers) or (bool(codes & others) and not denial.confirmed)


def not_denials(found: list[Act], denied: list[Denial]) -> list[Act]:
    """Denying or not confirming (拒绝指控, 未予置评) is a statement about what was told, not an act."""
    spans = [denial.cue if denial.confirmed else (denial.start, denial.end) for denial in denied]
    return [act for act in found if not any(s < act.trigger[1] and act.trigger[0] < e for s, e in spans)]
