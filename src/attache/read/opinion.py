"""The writer's own voice: judgement told from report by its shape, with or without a persona.

Inference verbs, flat superlatives and evaluation speak for it, figures and days against it; what a source says is
never the writer's judgement, whatever words it uses. The weights were fitted by logistic regression on sentences of
other people's marks (opinion spans of news and self-media pages) and of marked commentary, and rounded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from attache.lexicon.tables import Tables
from attache.read.cues import Cues, Place, within
from attache.read.reading import Read
from attache.read.scope import Scope

QUOTED = re.compile("“([^“”]+)”|‘([^‘’]+)’")
FIGURE = re.compile(r"[0-9]+(?:\.[0-9]+)?%?")
COPULA = re.compile("(?<![但可于总还])是")
QUESTION = re.compile("？[”’）]*$")
BIAS = -0.95
# by class of cue: weight of each word, and how many count
WORDS = {
    "judgement.strong": (0.92, 3), "judgement.weak": (0.36, 4), "judgement.link": (0.35, 3),
    "judgement.evaluative": (0.25, 3), "judgement.person": (0.22, 3), "forecast.cues": (0.56, 2),
    "question.rhetorical": (0.2, 2),
}  # fmt: skip
PERSONA, IS, ASKS, FIGURES, DATED, CLOSING = 3.0, 0.17, 0.26, -0.54, -0.38, 0.3
FRAMED = -0.3  # what an opening frames (令人震惊的是，) is told as a fact
RHETORIC = 1.5  # a question that a comment piece asks
COVERED = 0.7  # share of a sentence above which what its sources say is all of it
LEAST = {True: -0.45, False: 0.3}  # score of a judgement, in a comment piece and elsewhere
LEANING = 0.2  # share of a page's sentences above which its words show a comment piece


def quotes(text: str) -> list[Place]:
    """Quoted strings with their marks."""
    return [match.span() for match in QUOTED.finditer(text)] if "“" in text or "‘" in text else []


def persona(text: str, tables: Tables) -> str | None:
    """The writer's name for himself (小编认为, 在笔者看来)."""
    match = tables.patterns["judgement"]["persona_re"].search(text)
    return match[0] if match else None


def is_writer(scope: Scope, tables: Tables) -> bool:
    """Whether the source of a scope is the writer himself."""
    source = scope.source
    return not source.parties and bool(tables.patterns["judgement"]["persona_re"].match(source.text + scope.verb))


def leaning(readings: Sequence[Read], tables: Tables) -> bool:
    """Whether a page is a comment piece by its words: a fair share of its sentences judge."""
    body = [read for read in readings if not read.line.paragraph.heading]
    judging = sum(_score(read, Cues(read.line.text, tables), quotes(read.line.text), tables) > 0 for read in body)
    return len(body) > 2 and judging >= LEANING * len(body)


def judges(read: Read, cues: Cues, covered: list[Place], tables: Tables, *, commentary: bool, closing: bool) -> bool:
    """Whether a sentence is the writer's judgement. ``covered``: what its sources say; ``closing``: ends the page."""
    text = read.line.text
    if sum(end - start for start, end in covered) > COVERED * len(text):
        return False
    score = _score(read, cues, covered, tables)
    if commentary:
        score += CLOSING * closing
        asked = QUESTION.search(text)
        if asked and not within((asked.start(), asked.start() + 1), covered):
            score += RHETORIC
    return score >= LEAST[commentary]


def _score(read: Read, cues: Cues, covered: list[Place], tables: Tables) -> float:
    """How much a sentence looks like judgement, by its words outside of what is covered."""
    text = read.line.text
    frame = tables.patterns["judgement"]["frame_re"].match(text)
    covered = [*covered, frame.span()] if frame else covered
    own = text
    for start, end in covered:
        own = own[:start] + " " * (min(end, len(text)) - start) + own[end:]
    score = BIAS + sum(weight * min(cues.outside(name, covered), most) for name, (weight, most) in WORDS.items())
    score += PERSONA * (persona(own, tables) is not None) + IS * bool(COPULA.search(own))
    score += ASKS * bool(QUESTION.search(own)) + FRAMED * (frame is not None)
    score += FIGURES * min(len(FIGURE.findall(own)), 4) + DATED * any(hit.edtf for hit in read.times)
    return score
