"""Each party that a sentence names: its state, organ, title and person as one mention."""

from __future__ import annotations

from collections.abc import Sequence

from attache.lexicon.rows import PEOPLE, Reading
from attache.lexicon.tables import Tables
from attache.read.actor import STAGES, Party, choose, settle
from attache.read.compound import opened
from attache.read.known import Known
from attache.read.lex import Token, lex
from attache.read.name import body_end

OPENING = frozenset("AOGLNj")  # kinds that a party's name begins with


def parties(
    text: str, tables: Tables, known: Known, day: str | None, times: Sequence[tuple[int, int]] = ()
) -> tuple[list[Token], list[Party]]:
    """The settled tokens of a folded sentence and the parties that it names; ``known`` grows by both.

    ``day``: EDTF date of the page; of people who share a name, whoever is in office then is meant. ``times``: spans
    that look like time expressions; those that are none get no token of kind T.
    """
    tokens = settle(opened(lex(text, tables, known, times), tables), tables, known, day)
    found = named(tokens, tables, day)
    known.tell(party.code for party in found if party.code and party.reading is not None)
    return tokens, found


def named(tokens: list[Token], tables: Tables, day: str | None) -> list[Party]:
    """Each party that a sentence names, in order: its state, organ, title and person as one."""
    out: list[Party] = []
    endings = tables.naming.endings
    bodies = any(token.kind in "nxG" and token.text.endswith(endings) for token in tokens)
    i = 0
    while i < len(tokens):
        j = body_end(tokens, i, tables.naming) if bodies else i
        if j > i:
            name = "".join(token.text for token in tokens[i:j])
            out.append(Party("", tokens[i].start, tokens[j - 1].end, Reading("", "proposed body", name, "IGO"), ""))
            i = j
            continue
        if tokens[i].kind not in OPENING:
            i += 1
            continue
        j, found = _group(tokens, i, tables, day)
        sender = _sender(tokens, i, out) if tokens[i].kind == "O" and not found else None
        if sender is not None:
            found = [Party(sender.code, tokens[i].start, tokens[i].end, None, tokens[i].text)]
        if not (found and out and _glosses(tokens, i, out[-1], found[0])):
            out += found
        i = max(j, i + 1)
    return out


def _sender(tokens: list[Token], i: int, out: list[Party]) -> Party | None:
    """Whose envoy the title at ``i`` is, after the place of his post (日本驻韩国|大使); None if it stands elsewhere."""
    if i < 3 or tokens[i - 2].text != "驻":
        return None
    return next((party for party in reversed(out) if party.end == tokens[i - 2].start), None)


def _glosses(tokens: list[Token], i: int, last: Party, found: Party) -> bool:
    """Whether a Latin name in brackets only repeats the party before it: 普赖斯（Ned Price）."""
    return (
        i > 0 and tokens[i - 1].text in "（(" and tokens[i - 1].start == last.end and found.code == last.code
        and tokens[i].text.isascii()
    )  # fmt: skip


def _group(tokens: list[Token], i: int, tables: Tables, day: str | None) -> tuple[int, list[Party]]:
    """The party whose name begins at ``i`` and the index after it; none where no name begins."""
    first = i
    while first < len(tokens) and (tokens[first].kind == "O" or tokens[first].role in STAGES or _organ(tokens, first)):
        first += 1  # 外长王毅, 前总统, 外交部发言人毛宁
    if first >= len(tokens) or tokens[first].kind not in "ALN":
        return i, []
    token = tokens[first]
    posted = bool(first) and tokens[first - 1].text in tables.naming.beside.matter_before
    if token.clips:
        return _clipped(tokens, i, first, posted=posted)
    if token.kind == "N":
        if token.role != "proposed" or token.entry is None:
            return i, []
        whose = token.entry.readings[0]
        return first + 1, [Party("", tokens[i].start, token.end, whose, office_words(tokens[i:first]))]
    if token.kind == "L":
        return _placed(tokens, first, tables, posted=posted)
    assert token.entry is not None  # an A token comes from the lexicon
    reading = choose(token.entry.readings, day)
    about = first + 1 < len(tokens) and tokens[first + 1].text.startswith(tables.naming.beside.matter_after)
    if (posted or about) and reading.kind not in PEOPLE:
        return first + 1, [Party(reading.code, tokens[first].start, token.end, reading, "")]
    end, last = _extend(tokens, first + 1, reading.code, reading)
    return end, [Party(reading.code, tokens[i].start, tokens[end - 1].end, last, office_words(tokens[i:end]))]


def _organ(tokens: list[Token], i: int) -> bool:
    """Whether an organ without its state opens a title: 外交部|发言人."""
    return tokens[i].kind == "G" and i + 1 < len(tokens) and tokens[i + 1].kind == "O"


def _clipped(tokens: list[Token], i: int, first: int, *, posted: bool) -> tuple[int, list[Party]]:
    """The parties of a clipped name; a single one goes on with its organs and people (美财长耶伦)."""
    token = tokens[first]
    if len(token.clips) > 1 or posted:
        return first + 1, [Party(c.code, token.start + c.start, token.start + c.end, None, "") for c in token.clips]
    code = token.clips[0].code
    end, last = _extend(tokens, first + 1, code, None)
    return end, [Party(code, tokens[i].start, tokens[end - 1].end, last, office_words(tokens[i:end]))]


def _placed(tokens: list[Token], i: int, tables: Tables, *, posted: bool) -> tuple[int, list[Party]]:
    """The state of a place: whose official is named (加州州长), whose name opens that of the place (俄罗斯远东)."""
    token = tokens[i]
    place = token.entry.place if token.entry else None
    if place is None or place.country is None or posted:
        return i, []
    country = place.country
    if i + 1 < len(tokens) and tokens[i + 1].kind == "O":
        end, last = _extend(tokens, i + 1, country, None)
        return end, [Party(country, token.start, tokens[end - 1].end, last, office_words(tokens[i:end]))]
    state = tables.names[country][0]
    if place.kind != "city" and token.text.startswith(state) and token.text != state:
        return i + 1, [Party(country, token.start, token.start + len(state), None, "")]
    return i, []


def _extend(tokens: list[Token], j: int, code: str, reading: Reading | None) -> tuple[int, Reading | None]:
    """How far the name of a party of ``code`` goes on: organs, titles, its people; and its reading after that."""
    end = j
    while j < len(tokens):
        token = tokens[j]
        if token.kind == "A" and token.entry and not token.clips:
            own = [r for r in token.entry.readings if r.code == code]
            if not own:
                break
            reading = own[0]
            end = j + 1
        elif token.kind in "OG" or token.role in STAGES:
            end = j + 1 if token.kind in "OG" else end
        elif token.kind not in "nLxj":
            break
        j += 1
    return end, reading


def office_words(tokens: list[Token]) -> str:
    """The title in words, with 前 or 候任 before it; of titles around a name the one before it."""
    words, told = "", False
    for token in tokens:
        if token.kind == "O" or token.role in STAGES or (token.role == "and" and words):
            words += token.text
            told = told or token.kind == "O"
        elif words and token.kind in "AN":
            break
    return words if told else ""
