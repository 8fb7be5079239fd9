"""Noun phrases and the other pieces of a clause.

The head comes last: 默茨办公室 is an office, not a person, 俄罗斯资产 no party at all. A phrase whose head names
a party (a state, its organs, its people) is one; one that is only about a party (俄罗斯资产) keeps the party for
whoever asks, but never acts; one that nothing explains is unknown, and blocks.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from attache.lexicon.rows import Spot, spot_of
from attache.lexicon.tables import Tables
from attache.read.actor import Party, choose
from attache.read.known import DOTS
from attache.read.lex import Token
from attache.read.mention import office_words
from attache.read.name import run

NOMINAL = frozenset("AOGMLNnrx")
ETC = frozenset(["等", "等国", "等人", "等国家", "等多国", "等方", "等地"])
BRACKET = re.compile("[（《〈(\\[【》〉]")
BRACKETS = {"（": "）", "《": "》", "〈": "〉", "(": ")", "[": "]", "【": "】"}


class Phrase(NamedTuple):
    """A noun phrase. ``head``: party, about, medium, pronoun, place, unknown. ``second``: the first after 与/同/和.

    ``meant``: whom a pronoun surely means.
    """

    head: str
    parties: tuple[Party, ...]
    pronoun: str = ""
    second: int = 0
    codes: frozenset[str] = frozenset()
    meant: tuple[Party, ...] = ()


NAMING = frozenset("AOGMLNr")  # kinds that can make a phrase more than an unknown noun
UNKNOWN = Phrase("unknown", ())


class Chunk(NamedTuple):
    """A piece of a sentence: ``kind`` as of tokens, with ``P`` for a noun phrase."""

    start: int
    end: int
    text: str
    kind: str
    role: str
    token: Token | None
    phrase: Phrase | None
    place: Spot | None = None


def chunk(text: str, tokens: list[Token], tables: Tables, day: str | None = None) -> list[Chunk]:
    """The pieces of a sentence in order. Brackets that only gloss a name are left out.

    ``day``: EDTF date of the page; of people who share a name, whoever is in office then is meant.
    """
    tokens = _whole_names(list(tokens), tables) if any(dot in text for dot in DOTS) else list(tokens)
    if BRACKET.search(text):
        tokens = _without_glosses(tokens)
    out: list[Chunk] = []
    i = 0
    while i < len(tokens):
        token = tokens[i]
        if token.kind == "V" and token.end - token.start == 1 and not _governs(tokens, i):
            token = tokens[i] = token._replace(kind="n", entry=None)
        published = i > 1 and tokens[i - 1].kind == "de" and tokens[i - 2].kind in "vVlS"
        if token.kind == "S" and published and token.text.endswith(tables.documents):
            token = tokens[i] = token._replace(kind="n", entry=None)  # 军方发表的声明: here a noun
        if (token.kind in NOMINAL or _qualifies(tokens, i)) and not (token.kind == "x" and token.text in ETC):
            j = _phrase_end(tokens, i, out)
            out.append(_phrase(text, tokens[i:j], tables, day))
            i = j
        else:
            if token.kind != "sp":
                out.append(Chunk(token.start, token.end, token.text, token.kind, token.role, token, None))
            i += 1
    return _disposed(out) if "将" in text else out


def _whole_names(tokens: list[Token], tables: Tables) -> list[Token]:
    """Names with a dot that nothing links (詹姆斯·某某) as one piece each; the segmenter cuts them at will."""
    out: list[Token] = []
    i = 0
    while i < len(tokens):
        dotted = i + 1 < len(tokens) and tokens[i + 1].text in DOTS and tokens[i].kind in "nx"
        end = run(tokens, i, tables.naming) if dotted else i
        if end > i + 2 and all(token.kind != "A" for token in tokens[i:end]):
            words = "".join(token.text for token in tokens[i:end])
            out.append(Token(tokens[i].start, tokens[end - 1].end, words, "n", "", "nr", None))
            i = end
        else:
            out.append(tokens[i])
            i += 1
    return out


def _disposed(chunks: list[Chunk]) -> list[Chunk]:
    """将 right before a noun phrase that a verb follows puts the object first (将企业列入清单); else it is future."""
    for i, item in enumerate(chunks[:-2]):
        if (
            item.text == "将"
            and chunks[i + 1].kind == "P"
            and chunks[i + 1].role != "pronoun"
            and chunks[i + 2].kind in "Vvd"
        ):
            chunks[i] = item._replace(kind="p", role="object")
    return chunks


def _without_glosses(tokens: list[Token]) -> list[Token]:
    """Leave out brackets that gloss what stands before them: (Michael Gove), (7月5日) stays as it dates the act."""
    out: list[Token] = []
    i = 0
    while i < len(tokens):
        close = BRACKETS.get(tokens[i].text)
        if close and tokens[i].text not in "《〈":
            j = next((j for j in range(i, min(i + 12, len(tokens))) if tokens[j].text == close), -1)
            if j > 0:
                out += [t for t in tokens[i + 1 : j] if t.kind == "T"]
                i = j + 1
                continue
        if tokens[i].text not in "《》〈〉":
            out.append(tokens[i])
        i += 1
    return out


def _phrase_end(tokens: list[Token], start: int, before: list[Chunk]) -> int:
    """Index after the noun phrase that begins at ``start``."""
    after_verb = bool(before) and before[-1].kind in "Vv"
    j = start + 1
    while j < len(tokens):
        token = tokens[j]
        following = tokens[j + 1] if j + 1 < len(tokens) else None
        nominal_next = following is not None and following.kind in NOMINAL and following.text not in ETC
        between = following is not None and following.kind == "A" and tokens[j - 1].kind in "AOG"
        if token.kind == "n" and token.tag == "vn" and between:
            tokens[j] = token._replace(kind="v")  # 澳大利亚效仿华盛顿: between two parties it is a verb
            break
        if token.text in ETC or token.kind in NOMINAL or token.kind == "sp" or _qualifies(tokens, j):
            j += 1
        elif token.kind == "V" and token.end - token.start == 1 and not _governs(tokens, j):
            tokens[j] = token._replace(kind="n", entry=None)
            j += 1
        elif token.kind == "de" and nominal_next:
            if after_verb and any(t.kind == "A" for t in tokens[start:j]) and _has_party(tokens, j + 1):
                return j  # 访问中国的美国总统: what stands before 的 is the verb's object, not the head's owner
            j += 2
        elif (
            ((token.kind == "c" and token.text != "，") or (token.kind == "p" and token.role == "with"))
            and nominal_next
        ) or (token.kind == "v" and token.text == "驻" and nominal_next):
            j += 2
        else:
            break
    return j


def _qualifies(tokens: list[Token], i: int) -> bool:
    """An adjective right before a noun belongs to its phrase."""
    return tokens[i].kind == "j" and i + 1 < len(tokens) and tokens[i + 1].kind in NOMINAL


def _governs(tokens: list[Token], i: int) -> bool:
    """A predicate of one character (批, 促, 轰) is one only right before a party and not after a number."""
    if i and (tokens[i - 1].tag == "m" or tokens[i - 1].text[-1] in "大这首几数整该另每两一二三四五六七八九十百千万半"):
        return False
    return i + 1 < len(tokens) and tokens[i + 1].kind in "AN"


def _has_party(tokens: list[Token], start: int) -> bool:
    for token in tokens[start:]:
        if token.kind == "A":
            return True
        if token.kind not in NOMINAL:
            return False
    return False


def _phrase(text: str, tokens: list[Token], tables: Tables, day: str | None) -> Chunk:
    """Read the head and the parties of a run of nominal tokens."""
    begin, end = tokens[0].start, tokens[-1].end
    if not [token for token in tokens if token.kind in NAMING]:
        return Chunk(begin, end, text[begin:end], "P", "unknown", None, UNKNOWN)
    units: list[list[Token]] = [[]]
    second_unit = 0
    for token in tokens:
        if token.kind == "c" or (token.kind == "p" and token.role == "with"):
            units.append([])
            if token.text in ("与", "同", "和", "跟", "及") and not second_unit:
                second_unit = len(units) - 1
        elif token.text not in ETC and token.kind != "sp":
            units[-1].append(token)
    read = [_unit(unit, tables, day) for unit in units if unit]
    parties: list[Party] = []
    second = 0
    for index, (_, found, _) in enumerate(read):
        if index == second_unit and second_unit:
            second = len(parties)
        parties += found
    heads = [head for head, _, _ in read]
    last = heads[-1]
    pronoun = next((p for _, _, p in read if p), "")
    if last == "about" and len(heads) > 1:
        head = "about"
    elif "party" in heads and last != "unknown":
        head = "party"
    elif "party" in heads:
        head = "party" if heads[0] == "party" else "unknown"
    else:
        head = last
    return Chunk(
        begin,
        end,
        text[begin:end],
        "P",
        head,
        None,
        Phrase(head, tuple(parties), pronoun, second, frozenset([p.code for p in parties])),
        _where(tokens),
    )


def _where(tokens: list[Token]) -> Spot | None:
    """Where a phrase is that may be a place: a named place, or a state taken as one."""
    last = None
    for token in tokens:
        last = (spot_of(token.entry) if token.kind == "A" or (token.entry and token.entry.place) else None) or last
    return last


def _owner(unit: list[Token]) -> int:
    """Index of the token that names the party of a unit, -1 for none. 驻 makes the name after it a place."""
    found = -1
    for i, token in enumerate(unit):
        if token.kind == "A" and not (i and unit[i - 1].text == "驻"):
            found = i
    return found


def _unit(unit: list[Token], tables: Tables, day: str | None) -> tuple[str, list[Party], str]:
    """Head, parties and pronoun of one unit of a coordination."""
    at = _owner(unit)
    pronouns = [token.role for token in unit if token.kind == "r"]
    if at < 0:
        return _unowned(unit, pronouns, tables)
    owner = unit[at]
    tail = [token for token in unit[at + 1 :] if token.kind != "r"]
    if any(token.text in tables.words["noun"]["teams"] for token in tail):
        return "unknown", [], ""
    parties = _parties(unit, at, day)
    head = _head(tail, tables)
    if head == "party" and owner.clips and owner.clips[-1].head == "medium":
        head = "medium"
    return head, parties, ""


def _head(tail: list[Token], tables: Tables) -> str:
    """What the words after a party's name make of it."""
    if not tail:
        return "party"
    last = tail[-1]
    if last.kind in "OGN" or last.text in tables.words["noun"]["organs"]:
        return "party"
    if last.kind == "M":
        return "medium"
    if last.kind == "x" or (last.kind == "n" and last.tag.startswith("nr")):
        # an unknown name after an office is a person of that office; otherwise nothing explains it
        return "party" if any(token.kind in "OG" for token in tail) else "unknown"
    if last.kind == "L":
        return "place"
    if len(tail) >= 2 and last.kind == "n" and last.text.isascii():
        return "party" if any(token.kind in "OG" for token in tail) else "about"
    return "about"


def _unowned(unit: list[Token], pronouns: list[str], tables: Tables) -> tuple[str, list[Party], str]:
    """A unit that names no party: a pronoun, a medium, a place, an office whose state is told elsewhere, or unknown."""
    last = unit[-1]
    if pronouns and (last.kind == "r" or last.kind in "OG" or last.text in tables.words["noun"]["organs"]):
        return "pronoun", [], pronouns[0]
    if last.kind == "M" or any(token.kind == "M" for token in unit[-2:]):
        return "medium", [], ""
    if all(token.kind in "OG" for token in unit):
        return "pronoun", [], "office"
    if last.kind == "L" or (last.tag in ("ns", "s") and any(token.kind == "L" for token in unit)):
        return "place", [], ""
    return "unknown", [], ""


def _parties(unit: list[Token], at: int, day: str | None) -> list[Party]:
    owner = unit[at]
    begin, end = unit[0].start, unit[-1].end
    office = office_words(unit)
    if owner.clips:
        return (
            [Party(clip.code, owner.start + clip.start, owner.start + clip.end, None, office) for clip in owner.clips]
            if len(owner.clips) > 1
            else [Party(owner.clips[0].code, begin, end, None, office)]
        )
    assert owner.entry is not None  # an A token comes from the lexicon
    if len(owner.entry.readings) == 1:
        return [Party(owner.entry.readings[0].code, begin, end, owner.entry.readings[0], office)]
    beside = {reading.code for token in unit if token is not owner and token.entry for reading in token.entry.readings}
    titles = {one for token in unit if token.kind == "O" and token.entry for one in token.entry.office}
    reading = choose(owner.entry.readings, day, titles=titles, beside=beside)
    return [Party(reading.code, begin, end, reading, office)]
