"""One form for every way of writing Chinese: script, width, punctuation, invisible characters.

Names and triggers are folded when the lexicon is compiled, text when it is read, by this one function;
so whatever it merges (著 and 着, 「 and “) merges on both sides and nothing else needs to know.
Offsets of the folded text lead back to the original through ``Folded.back``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

_INVISIBLE = dict.fromkeys(
    [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF, 0x00AD, 0x180E, 0xFE0E, 0xFE0F]
)
_MARKS = str.maketrans(
    {
        "「": "“", "」": "”", "『": "‘", "』": "’", "﹁": "“", "﹂": "”", "〝": "“", "〞": "”", "＂": '"',
        "﹃": "‘", "﹄": "’", "«": "“", "»": "”", "｡": "。", "､": "、", "･": "·", "•": "·", "‧": "·",
        "・": "·", "∙": "·", "⋅": "·", "．": "·",
        "—": "—", "―": "—", "─": "—", "–": "—", "‐": "-", "‑": "-", "−": "-", "～": "~", "〜": "~",
        "\u00a0": " ", "\u3000": " ", "\u2002": " ", "\u2003": " ", "\u2009": " ", "\u202f": " ", "\t": " ", "\r": " ",
        "﹐": "，", "﹑": "、", "﹔": "；", "﹕": "：", "﹖": "？", "﹗": "！", "﹙": "（", "﹚": "）",
    }
)  # fmt: skip
# Characters that OpenCC folds only inside words, or not at all, because a dictionary would be needed to
# unfold them again; we never unfold.
_EXTRA = str.maketrans(
    "著乾幹瞭藉儘佔淨瀋彙麼裏裡臺檯颱週迴揹捲鬥併昇嚐咀妳祂污汙衞敍覆綫峯羣牀啓墻麪綉恆祕脣癡鈎艷滙栢説稅脫悅兌銳閱產爲僞溫蘊內黃錄淸靑戶敎敘綠郞",
    "着干干了借尽占净沈汇么里里台台台周回背卷斗并升尝嘴你他污污卫叙复线峰群床启墙面绣恒秘唇痴钩艳汇柏说税脱悦兑锐阅产为伪温蕴内黄录清青户教叙绿郎",
)
# Full-width ASCII becomes plain, but for the punctuation that Chinese keeps wide.
_NARROW = {c: chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F) if chr(c) not in "，：；？！（）．＂～"}
_TO_WIDE = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"}
_WIDE = re.compile(r"(?<![0-9])[,:](?![/])|[,:](?![0-9/])|[;?!()]")
_PLAN = re.compile("(?<=[规企策筹]|(?<!设)计)画(?![像面家报展作廊])")  # 計畫: 畫 folds to 画, but a plan is 划
_HIDDEN = re.compile("[" + "".join(map(chr, _INVISIBLE)) + "]")
_HAN = re.compile(r"[㐀-鿿]")
_QUOTE = re.compile('["\n]')


class Folded(NamedTuple):
    """Folded text and the way back: character ``i`` of ``text`` is character ``back[i]`` of the original.

    ``back`` has one entry more than ``text`` (the end), and is None where nothing moved.
    """

    text: str
    back: list[int] | None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original of the folded stretch [start, end)."""
        if self.back is None:
            return start, end
        return self.back[start], (self.back[end - 1] + 1 if end > start else self.back[start])


@cache
def script_table() -> dict[int, str]:
    """What each character folds to: script by OpenCC's tables, width and marks by ours."""
    from opencc import OpenCC  # noqa: PLC0415  (loaded only when tables are compiled or script is met)

    convert = OpenCC("t2s").convert
    block = [chr(c) for c in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), *range(0xF900, 0xFB00))]
    table = {}
    for start in range(0, len(block), 64):
        for old in block[start : start + 64]:
            new = convert(old)
            if new != old and len(new) == 1:
                table[ord(old)] = new
    table.update({k: chr(v) if isinstance(v, int) else v for k, v in _EXTRA.items()})
    # width and marks in the same pass; a mark may be full-width first (＂ to " to “)
    for code, mark in _MARKS.items():
        table[code] = str(mark)
    for code, plain in _NARROW.items():
        table[code] = table.get(ord(plain), plain)
    return table


def _pair_quotes(text: str) -> str:
    """Straight double quotes to “ and ” in turn, afresh in each line."""
    if '"' not in text:
        return text
    opened = False

    def turn(match: re.Match[str]) -> str:
        nonlocal opened
        if match[0] == "\n":
            opened = False
            return "\n"
        opened = not opened
        return "“" if opened else "”"

    return _QUOTE.sub(turn, text)


def fold(text: str, script: dict[int, str] | None = None) -> Folded:
    """Fold ``text``. ``script`` is ``script_table`` kept from before (making it takes a while)."""
    back: list[int] | None = None
    kept = text
    if _HIDDEN.search(text):
        pairs = [(c, i) for i, c in enumerate(text) if ord(c) not in _INVISIBLE]
        kept = "".join(c for c, _ in pairs)
        back = [i for _, i in pairs] + [len(text)]
    kept = kept.translate(script_table() if script is None else script)
    if _HAN.search(kept):
        kept = _PLAN.sub("划", _WIDE.sub(lambda m: _TO_WIDE[m[0]], kept))
    return Folded(_pair_quotes(kept), back)
