"""What a proposed act looks like to the judge: short strings, the same in training and in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attache.lexicon.rows import FrameRow
from attache.lexicon.tables import Tables
from attache.read.chunk import Chunk
from attache.read.roles import Left

if TYPE_CHECKING:
    from attache.read.scope import Scope

WORDY = frozenset("nvVjdkSlrx")
CONTENT_WORDS = 24


def _end(item: Chunk | None) -> str:
    """A chunk in short: kind and role for phrases, the word itself for others."""
    if item is None:
        return "#"
    return f"P:{item.role}" if item.kind == "P" else f"{item.kind}:{item.text[-3:]}"


def _at(chunks: list[Chunk], i: int) -> Chunk | None:
    return chunks[i] if 0 <= i < len(chunks) else None


def describe(
    chunks: list[Chunk],
    v: int,
    left: Left,
    frame: FrameRow,
    how: str,
    noun: bool,
    status: str,
    scopes: list[Scope],
    forbidden: bool,
    tables: Tables,
) -> tuple[str, ...]:
    """Features of an act read from the predicate at ``v``."""
    item = chunks[v]
    inside = [scope for scope in scopes if scope.start <= item.start < scope.end]
    out = [
        f"id={frame.id}", f"tr={item.text}", f"case={frame.case}", f"how={how}", f"st={status}",
        f"-1={_end(_at(chunks, v - 1))}", f"-2={_end(_at(chunks, v - 2))}", f"+1={_end(_at(chunks, v + 1))}",
        f"+2={_end(_at(chunks, v + 2))}",
        f"in={inside[-1].source.kind if inside else ''}", f"deep={min(len(inside), 3)}",
        f"len={min(len(chunks) // 8, 6)}", f"at={min(4 * v // max(len(chunks), 1), 3)}",
    ]  # fmt: skip
    next_ = _end(_at(chunks, v + 1))
    out += [f"id.how={frame.id}.{how}", f"tr+1={item.text}.{next_}"]
    out += [f"case.st={frame.case}.{status}.{noun}", f"many={min(sum(c.kind == 'V' for c in chunks), 6)}"]
    out.append(f"dated={any(c.kind == 'T' for c in chunks[:v])}")
    begin = next((j + 1 for j in range(v - 1, -1, -1) if chunks[j].kind == "u"), 0)
    out += [f"kw={c.text}" for c in chunks[begin:v] if c.kind == "k" or c.text in tables.modal]
    out += _classes(chunks, v, begin, tables.word_class)
    if forbidden:
        out.append("forbidden")
    if noun:
        out += ["noun", f"light={left.light}"]
    if left.passive:
        out.append("passive")
    if left.topic:
        out.append("topic")
    if left.quoted:
        out.append("quoted")
    if left.governor is not None:
        out.append(f"gov={left.governor.type}")
    if left.subject is not None:
        out += [f"subj={left.subject.role}", f"subjend={left.subject.text[-2:]}"]
    out += [f"role={role}" for role in left.roles]
    out += [f"mark={mark}" for mark in set(left.marks)]
    after = next((c for c in chunks[v + 1 : v + 4] if c.kind == "P"), None)
    if after is not None:
        out += [f"obj={after.role}", f"objend={after.text[-2:]}"]
    return tuple(dict.fromkeys(out))


def _classes(chunks: list[Chunk], v: int, begin: int, word_class: dict[str, str]) -> list[str]:
    """The classes of the words around the predicate, by place, and of those of its clause, wherever in it."""
    out: list[str] = []
    for i in (v - 2, v - 1, v + 1, v + 2):
        found = _class(_at(chunks, i), word_class)
        if found:
            out.append(f"{i - v:+}c={found}")
    for i in range(begin, len(chunks)):
        item = chunks[i]
        if i > v and item.kind == "u":
            break
        found = _class(item, word_class) if i != v and (item.kind in WORDY or item.kind == "P") else None
        if found:
            out.append(f"near={found}")
    return out


def _class(item: Chunk | None, word_class: dict[str, str]) -> str | None:
    """The class of a word or of the last two characters of a phrase that names nobody."""
    if item is None or (item.kind == "P" and item.role != "unknown"):
        return None
    if item.kind == "P":
        return word_class.get(item.text[-2:])
    return word_class.get(item.text[-4:]) or word_class.get(item.text[-2:])


def describe_speech(text: str, inside: list[Chunk], scope: Scope, tables: Tables) -> tuple[str, ...]:
    """Features of an act that the content of a speech may be."""
    out = [
        "speech", f"verb={scope.verb}", f"stance={scope.stance}", f"src={scope.source.kind}",
        f"quoted={'“' in text[scope.start : scope.end]}", f"first={_end(_at(inside, 0))}",
        f"second={_end(_at(inside, 1))}", f"many={min(len(inside) // 8, 5)}",
    ]  # fmt: skip
    out += _clauses(inside, frozenset(party.code for party in scope.source.parties), tables)
    for item in inside[: CONTENT_WORDS * 2]:
        if item.kind in WORDY:
            out.append(f"w={item.text[-4:]}")
        elif item.kind == "P" and item.role in ("unknown", "about"):
            out += [f"p={item.text[-2:]}", f"p={item.text[-4:]}"]
    return tuple(dict.fromkeys(out))


def _clauses(inside: list[Chunk], own: frozenset[str], tables: Tables) -> list[str]:
    """Of each clause of a speech whose side its subject is, how it is put (应, 将, 不) and its likely predicate."""
    out: list[str] = []
    subject, modal = "", ""
    for item in inside:
        if item.kind == "u" and item.text in "，。；：！？":
            modal = ""
        elif item.kind == "P" and not modal:
            subject = _whose(item, own) or subject
        elif item.text in tables.modal:
            modal = tables.modal[item.text]
        elif item.kind == "k":
            modal = modal or item.role
        elif item.kind == "V" and item.token is not None and item.token.entry is not None:
            entry = item.token.entry
            types = sorted({tables.frames[i].type for i in (*entry.frames, *entry.nouns)})[:2]
            for kind in types:
                out += [f"c={subject}.{modal}.{kind}", f"ct={kind}"]
            out.append(f"cs={subject}.{modal}")
    return out


def _whose(item: Chunk, own: frozenset[str]) -> str:
    phrase = item.phrase
    if phrase is None or not phrase.codes:
        return "we" if phrase is not None and phrase.pronoun in ("own", "both") else ""
    return "both" if phrase.codes > own and own else "own" if phrase.codes & own else "other"
