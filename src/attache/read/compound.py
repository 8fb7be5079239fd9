"""Clipped compounds that hide a preposition or a verb."""

from __future__ import annotations

from attache.lexicon.rows import Clip
from attache.lexicon.tables import Tables
from attache.read.lex import Token

SPLIT_ROLES = frozenset(["to", "with", "passive"])  # clips before which a preposition stands


def opened(tokens: list[Token], tables: Tables) -> list[Token]:
    """Such compounds taken apart: 对乌 to 对 + 乌, 访美 to 访 + 美."""
    if not [token for token in tokens if token.clips and token.role not in ("", "pair")]:
        return tokens
    out: list[Token] = []
    for token in tokens:
        if not token.clips or token.role in ("", "pair"):
            out.append(token)
            continue
        clip = token.clips[0]
        cut = token.start + clip.start
        front = token.text[: clip.start]
        state = Token(
            cut, token.end, token.text[clip.start :], "A", "", "", token.entry,
            (Clip(0, clip.end - clip.start, clip.code, "", ""),),
        )  # fmt: skip
        if token.role in SPLIT_ROLES:
            out.append(Token(token.start, cut, front, "p", token.role, "p", None))
        else:
            entry = tables.verb(front)
            kind = "V" if entry else ("p" if token.role in ("place", "other") else "v")
            out.append(Token(token.start, cut, front, kind, "place" if kind == "p" else "", "v", entry))
        out.append(state)
    return out
