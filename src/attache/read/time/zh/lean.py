"""Which way the words around a date pull it: ahead (将于…), behind (已于…), or neither."""

from __future__ import annotations

import re
from typing import NamedTuple

from attache.read.time.point import Lean
from attache.read.time.zh.patterns import Patterns

_STOP = re.compile(r"[，。；：！？\n“”（）()【】]")
# what another date begins with: a marker beyond it belongs to that date
_OTHER = re.compile(r"[今明昨后][天日晚]|(?:周|星期|礼拜)[一二三四五六日天末]|[0-9] ?[日月年]")
_REACH = 30
# after a date, 了 and 过 tell that it was done: 30日发射了…
_DONE = re.compile(r"了(?!解|结|望|若)|过(?!去|程|境|渡|度|后)")


class Pull(NamedTuple):
    """Which way a date is pulled, and by which word."""

    ahead: bool
    by: str


def ahead(text: str, start: int, end: int, p: Patterns) -> Lean:
    """Return true where the clause pulls the date ahead of the anchor, False where behind it, else None."""
    pulled = pull(text, start, end, p)
    return pulled.ahead if pulled else None


def pull(text: str, start: int, end: int, p: Patterns) -> Pull | None:
    """Return what pulls the date in text[start:end] ahead of the anchor or behind it, if anything in its clause does.

    The last marker before the date decides. After it, only a marker that no verb of speech comes before counts:
    周四将访问 is a Thursday to come, 周四表示将访问 is not.
    """
    left = text[max(0, start - _REACH) : start]
    cut = max((m.end() for m in _STOP.finditer(left)), default=0)
    left = _plain(left[cut:], p)
    forward, back = _last(p.forward, left), _last(p.back, left)
    if forward or back:
        if forward and (back is None or forward.end() > back.end()):
            return Pull(True, forward[0])
        return Pull(False, back[0]) if back else None
    right = text[end : end + _REACH]
    if stop := _STOP.search(right):
        right = right[: stop.start()]
    if other := _OTHER.search(right):
        right = right[: other.start()]
    return _from_right(_plain(right, p), p)


def _from_right(right: str, p: Patterns) -> Pull | None:
    if told := p.speech.search(right):
        right = right[: told.start()]
    forward = p.forward.search(right)
    if forward and not (forward[0] == "将" and p.object_verbs.match(right, forward.start())):
        done = p.back.search(right, 0, forward.start())
        return Pull(False, done[0]) if done else Pull(True, forward[0])
    behind = p.back.search(right) or _DONE.search(right)
    return Pull(False, behind[0]) if behind else None


def _plain(clause: str, p: Patterns) -> str:
    """Return the clause with words blanked that hold a marker and mean none (将军, 资料)."""
    return p.no_forward.sub(lambda m: "□" * len(m[0]), clause)


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    last = None
    for last in pattern.finditer(text):  # noqa: B007  (the last is what is wanted)
        pass
    return last
