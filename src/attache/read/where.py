"""Where an act took place, by the words that tie a place to it: venue, destination, target, where it was moved from.

Never a default: a place counts that stands in the act's clause behind a preposition or a verb of movement, as what
force is used on, or where an occasion named there is held (慕安会). A state counts only behind a preposition of place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from attache.lexicon.fold import fold
from attache.lexicon.rows import Spot, spot_of
from attache.lexicon.tables import Tables
from attache.read.act import Act
from attache.read.lex import Token
from attache.read.reading import Named, Read
from attache.read.sentence import Line, clause_start
from attache.read.when import FORCE, SPEECH_TYPES, cues
from attache.record import Place, PlaceRole

WITHOUT_SUBJECT = ("与", "同", "和", "跟")  # 某人在华沙，与某某会谈: a clause that goes on with the one before
REACH = 16  # characters behind a verb of force in which its target stands


def spots(tokens: list[Token], text: str, tables: Tables) -> list[Named]:
    """The places that a sentence names, in order; what stands side by side (沙特阿拉伯吉达) is one, the narrowest."""
    out: list[Named] = []
    between = tables.patterns["where"]["between_re"]
    for token in tokens:
        spot = _spot(token)
        if spot is None:
            continue
        last = out[-1] if out else None
        state = token.entry is not None and token.entry.place is None
        if last and last.spot.city is None and not state and between.fullmatch(text, last.end, token.start):
            same = spot.country in (None, last.spot.country)
            out[-1 if same else len(out) :] = [Named(last.start if same else token.start, token.end, spot)]
        else:
            out.append(Named(token.start, token.end, spot, state))
    return out


def _spot(token: Token) -> Spot | None:
    return None if token.kind == "A" and token.text.endswith(("方", "军")) else spot_of(token.entry)


@lru_cache(maxsize=2)
def _before(tables: Tables) -> re.Pattern[str]:
    """What stands right before a place, by what it makes it: venue, destination, source, aim."""
    named = (
        f"(?P<{name}>{'|'.join(sorted(tables.words['where'][name], key=len, reverse=True))})"
        for name in ("venue", "destination", "source", "aim")
    )
    return re.compile(f"(?<!{tables.patterns['where']['not_to_re'].pattern})(?:{'|'.join(named)})(?:了|过)?$")


def places(reading: Read, act: Act, tables: Tables, capture: str) -> list[Place]:
    """The places of an act, in order."""
    out = []
    for named, role in sorted([*_named(reading, act, tables), *_occasions(reading, act, tables)]):
        out.append(place_record(named, reading.line, capture, role))
    return out


def place_record(named: Named, line: Line, capture: str, role: PlaceRole = "place") -> Place:
    """The record of a place that a sentence names."""
    span = line.span(named.start, named.end, capture)
    return Place(text=span.text, start=span.start, end=span.end, role=role, **named.spot._asdict())


def _named(reading: Read, act: Act, tables: Tables) -> Iterator[tuple[Named, PlaceRole]]:
    """Places named from the beginning of the act's clause, its comma before the subject, to its end."""
    text, patterns = reading.line.text, tables.patterns["where"]
    start = clause_start(text, act.clause[0] + 1)
    if start and text.startswith(WITHOUT_SUBJECT, start):
        start = clause_start(text, start - 1)
    for named in reading.spots:
        # 在台湾问题上, 在俄罗斯总统普京访华期间: a matter, a party
        other = patterns["matter_re"].match(text, named.end) or (named.state and _of_party(named, act, reading))
        if start <= named.start < act.clause[1] and not other:
            role = _role(named, act, text, tables)
            # 袭击以色列 names a party, 袭击以色列北部 a place
            if role and (
                not named.state or role not in ("destination", "target") or patterns["within_re"].match(text, named.end)
            ):
                yield named, role


def _of_party(named: Named, act: Act, reading: Read) -> bool:
    """Whether the name of a state is that of a doer, or only opens that of an organ or of a person in office."""
    return any(party.home is None and party.start == named.start < party.end for party in act.actors) or any(
        item.phrase is not None and item.start <= named.start and named.end < item.end for item in reading.chunks
    )


def _role(named: Named, act: Act, text: str, tables: Tables) -> PlaceRole | None:
    """The role that the words around a place give it; None where nothing ties it to the act."""
    patterns = tables.patterns["where"]
    force = act.frame.type in FORCE
    before = _before(tables).search(text, max(0, named.start - 6), named.start)
    if act.frame.type in SPEECH_TYPES and named.start >= act.trigger[1]:
        return None  # 指责对方在边境地区违反停火协定: where that was done of which it speaks
    if before and before["source"]:
        # only a meeting has a place that it was moved from; what leaves one acts there (从平壤发射)
        return "moved from" if act.frame.type == "CONSULT" else "place"
    if before and before["aim"]:
        return "target" if force else None
    if before and before["venue"]:
        # 在南海的政策: of a noun, unless that names the act (在布鲁塞尔的会谈)
        of_noun = text.startswith("的", named.end) and not named.end < act.trigger[0] <= named.end + 8
        return None if of_noun and not force else "target" if force else "venue"
    if before and before["destination"]:
        return "destination"
    behind = named.start >= act.trigger[1]
    if force and behind and named.start - act.trigger[1] <= REACH and "，" not in text[act.trigger[1] : named.start]:
        return "target"
    if force and not behind and patterns["suffered_re"].match(text, named.end):
        return "target"
    return "venue" if not (force or named.state) and patterns["held_re"].match(text, named.end) else None


def _occasions(reading: Read, act: Act, tables: Tables) -> Iterator[tuple[Named, PlaceRole]]:
    """Where the occasions are held that the clause names, or a clause before it: 在慕安会期间，…会见了."""
    text = reading.line.text
    start = clause_start(text, act.clause[0] + 1)
    by, trigger = cues(tables), act.trigger[0]
    other = by.not_then.search(text, start, trigger) or by.also.search(text, start, trigger)
    for hit in reading.times:
        spot = place_of(hit.at, tables) if hit.at and hit.edtf else None
        if spot is None:
            continue
        gap = text[hit.end : start] if hit.end <= start and not other else ""
        if (gap.count("，") == 1 and "；" not in gap) or start <= hit.start < act.clause[1]:
            yield Named(hit.start, hit.end, spot), "venue"


def place_of(name: str, tables: Tables) -> Spot | None:
    """The place that a Chinese name stands for in the lexicon, a state's too; None where it has none."""
    return spot_of(tables.entry(fold(name).text))
