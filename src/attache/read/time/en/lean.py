"""Which way the words around an English date pull it: ahead (will meet on …), behind (met on …), or neither."""

from __future__ import annotations

import re

from attache.read.time.point import Lean

_STOP = re.compile(r"[,.;:!?]\s")
_AHEAD = re.compile(
    r"\b(?:will|would|plans?|planned|to be|due|scheduled?|expected|set|slated|upcoming|shall|is to|are to"
    r"|intends?)\b|['’]ll\b",
    re.IGNORECASE,
)
_BACK = re.compile(r"\b(?:had|was|were|has|(?<!will )(?<!ll )have|did|ago)\b", re.IGNORECASE)
_DONE = re.compile(r"\b(?:had|was|were|did)\b", re.IGNORECASE)
_SPEECH = re.compile(r"\b(?:said|says|told|announced|warned|added|reported|confirmed|stated)\b", re.IGNORECASE)


def lean(text: str, start: int, end: int) -> Lean:
    """Return the way that the clause pulls the date in text[start:end].

    The last marker before it decides; after it, only one that no verb of speech comes before.
    """
    left = text[max(0, start - 60) : start]
    left = left[max((m.end() for m in _STOP.finditer(left)), default=0) :]
    ahead = max((m.end() for m in _AHEAD.finditer(left)), default=-1)
    behind = max((m.end() for m in (*_BACK.finditer(left), *_SPEECH.finditer(left))), default=-1)
    if ahead >= 0 or behind >= 0:
        return ahead > behind
    right = text[end : end + 40]
    if right.startswith(", ") and not left.strip(" ").count(" "):
        right = right[2:]  # On 7 January, he was buried
    right = _STOP.split(right)[0]
    told = _SPEECH.search(right)
    if _AHEAD.search(right, 0, told.start() if told else len(right)):
        return True
    return False if _DONE.search(right) else None
