"""A quantity with the words of a bound around it and the noun that it counts."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

import rjieba

from attache.read.quantity.figure import Figure
from attache.read.quantity.patterns import Patterns
from attache.read.quantity.scan import Value
from attache.record import Bound

_REACH = 16  # characters looked at for the noun counted
_IN_PHRASE = frozenset(
    ["a", "ad", "an", "b", "j", "t", "n", "nr", "ns", "nt", "nz", "ng", "vn", "l", "f", "i", "eng", "x", "s"]
)
_HEAD = frozenset(["n", "nr", "ns", "nt", "nz", "ng", "vn", "j", "l"])
_BREAK = re.compile(r"[^㐀-鿿A-Za-z0-9·-]")
_COMMON = ("城市", "岛国", "国家", "港口")  # tagged as names of places
_SPANS = frozenset(["day", "week", "month", "year", "hour"])
Counts = Literal["", "thing", "thing of", "vote"]  # what follows: nothing, a noun, a noun after 的 or none, a vote


class QuantityHit(NamedTuple):
    """A quantity: ``text == source[start:end]``, bound words included.

    ``value`` is in units of ``unit`` (ISO 4217 for money, else an id of units.toml; None for a bare 两位数 or 逾3万).
    ``high`` closes a range, which then has the bound "between". ``what`` is the noun counted, where it directly
    follows, or the vote that is told before its number (赞成13票).
    """

    start: int
    end: int
    text: str
    value: Value | None
    unit: str | None
    bound: Bound
    high: Value | None
    what: str | None
    rule: str


def make_hit(
    text: str,
    span: tuple[int, int],
    floor: int,
    p: Patterns,
    unit: str | None,
    figure: Figure,
    rule: str,
    counts: Counts = "",
    *,
    bounded: bool = True,
) -> QuantityHit:
    """Return the hit with the bound words before and after it, and the noun that it counts."""
    start, end = span
    bound, number = figure.bound, start
    if bounded and (before := _before(text, span, floor, p, unit, figure)):
        outer = p.meanings[0][before[1]]
        bound = outer if outer != "exact" else bound
        start = before.start()
    if bounded and (after := p.after.match(text, end)):
        outer = p.meanings[2][after[0]]
        bound = outer if bound in ("exact", "about") or outer == "about" else bound
        end = after.end()
    if figure.high is not None and bound in ("exact", "about", "over", "under"):
        bound = "between"
    noun = None
    if counts == "vote":
        votes = p.votes
        noun = next((vote for vote in votes if text.startswith(vote, end)), None)
        noun = noun or next((vote for vote in votes if text.endswith((vote, f"{vote}票"), floor, number)), None)
    elif counts:
        majority = p.nouns.majority.match(text, end) if unit == "fraction" else None
        begin = end + (counts == "thing of" and text.startswith("的", end))
        noun = majority[1] if majority else _noun(text, begin, p, thing=counts == "thing")
    return QuantityHit(start, end, text[start:end], figure.low, unit, bound, figure.high, noun, rule)


def _before(
    text: str, span: tuple[int, int], floor: int, p: Patterns, unit: str | None, figure: Figure
) -> re.Match[str] | None:
    """Return the bound before a number; None where the word only looks like one: 用过三枚, 最近三周."""
    start, end = span
    last = text[start - 1 : start]
    if last not in p.before_ends and last != " ":
        return None
    before = p.before.search(text, max(floor, start - 9), start)
    if before is None:
        return None
    word = before[1]
    if word in p.round_only and text[start] not in "百千万亿":
        return None
    if word == "近":
        if text[before.start() - 1 : before.start()] in ("最", "附", "靠", "临", "邻"):
            return None
        if unit in _SPANS and (text.startswith(p.recent_after, end) or (figure.high and not figure.scaled)):
            return None
    return before


def _noun(text: str, at: int, p: Patterns, *, thing: bool) -> str | None:
    """Return the noun phrase that begins at ``at``, up to its head, by the segmenter's tags; None where none does.

    After a classifier (``thing``), an act behind a noun is what the thing does: 难民|入境, not 军事援助.
    """
    tail = text[at : at + _REACH]
    if stop := _BREAK.search(tail):
        tail = tail[: stop.start()]
    if not tail or tail[0] == "之" or tail.startswith(p.nouns.worth):
        return None
    phrase = _chain(rjieba.tag(tail), p)
    while phrase and phrase[-1][1] not in _HEAD:
        phrase.pop()
    cut = len("".join(word for word, _ in phrase)) < len(tail)
    if cut and phrase and phrase[-1][1] == "ns" and not phrase[-1][0].endswith(_COMMON):
        return None  # a state is whose the things are, and its noun was not found
    while thing and len(phrase) > 1 and phrase[-1][1] == "vn" and not phrase[-2][0].endswith(p.nouns.level):
        phrase.pop()
    return "".join(word for word, _ in phrase) or None


def _chain(words: list[tuple[str, str]], p: Patterns) -> list[tuple[str, str]]:
    """Return the words of a noun phrase: nouns and what goes before them, an act only where it is of the name."""
    phrase: list[tuple[str, str]] = []
    for i, (word, tag) in enumerate(words):
        last = phrase[-1][0] if phrase else ""
        if last + word in p.nouns.whole:
            phrase[-1] = (last + word, "n")
        elif tag == "v" and last.endswith(p.nouns.level):
            phrase.append((word, "vn"))  # 部长级|会谈: the act is what is counted
        elif tag == "v" and i + 1 < len(words) and words[i + 1][0] in p.nouns.force:
            phrase.append((word, "vn"))  # 航母|打击|群
        elif tag not in _IN_PHRASE or (tag == "f" and phrase):
            break
        else:
            phrase.append((word, tag))
    return phrase
