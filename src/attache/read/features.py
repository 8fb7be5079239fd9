"""What a proposed act looks like to the judge: short strings, the same in training and in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attache.lexicon.rows import FrameRow
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


def describe_speech(text: str, inside: list[Chunk], scope: Scope) -> tuple[str, ...]:
    """Features of an act that the content of a speech may be."""
    out = [
        "speech", f"verb={scope.verb}", f"stance={scope.stance}", f"src={scope.source.kind}",
        f"quoted={'“' in text[scope.start : scope.end]}", f"first={_end(_at(inside, 0))}",
        f"second={_end(_at(inside, 1))}", f"many={min(len(inside) // 8, 5)}",
    ]  # fmt: skip
    for item in inside[: CONTENT_WORDS * 2]:
        if item.kind in WORDY:
            out.append(f"w={item.text[-4:]}")
        elif item.kind == "P" and item.role in ("unknown", "about"):
            out += [f"p={item.text[-2:]}", f"p={item.text[-4:]}"]
    return tuple(dict.fromkeys(out))
