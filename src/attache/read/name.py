"""Where a personal name that nobody knows begins and ends: transliterations, names in characters, Japanese names.

Only ever asked beside a title. A run ends before any word of the grammar; a run of ordinary words is none.
"""

from __future__ import annotations

from attache.lexicon.rows import PEOPLE
from attache.lexicon.tables import Names
from attache.read.known import DOTS
from attache.read.lex import Token

SHUT = frozenset("STQMOGcurhl")  # kinds that no name holds, single characters of some apart
PARTS = frozenset("dpkvjfa")  # kinds that only one character of a name may seem to be
NEVER_LAST = "又也还则并已将都就再亦均曾才便却仍会能可要与和同及在对向被把让给为以于从到去来赴称说指率抵访"
LONGEST = 20


def run(tokens: list[Token], start: int, names: Names) -> int:
    """Index after the name that begins with the token at ``start``; ``start`` itself where none does."""
    end = _longest(tokens, start, names)
    if end == start + 1 and _is_word(tokens, start):
        return start
    return end


def _is_word(tokens: list[Token], i: int) -> bool:
    """Whether what the segmenter takes for a name of one word is rather a verb: it goes on to an object (杜绝|腐败)."""
    token = tokens[i]
    if token.kind in "AN" or len(token.text) == 1 or token.tag == "nrt" or token.kind == "x":
        return False
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    return len(token.text) > 3 or (after is not None and after.kind not in "SuTpVk")


def _longest(tokens: list[Token], start: int, names: Names) -> int:
    foreign = _foreign(tokens, start, names)
    size = sum(len(token.text) for token in tokens[start:foreign])
    if size < 4 and not (foreign > start and tokens[start].kind == "A" and foreign == start + 1):
        native = _native(tokens, start, names)
        if native > start:
            return native
    if foreign < len(tokens) and tokens[foreign].text.startswith(names.beside.not_after):
        return start
    return foreign


def ends_before(tokens: list[Token], end: int, names: Names) -> int:
    """Index where the name begins that ends before the token at ``end`` (a title); ``end`` itself where none does."""
    for start in range(max(end - 6, 0), end):
        before = tokens[start - 1] if start else None
        if before is not None and before.kind not in "ucdpSVvkA":
            continue
        if any(token.kind not in "nx" and token.text not in DOTS for token in tokens[start:end]):
            continue
        if any(len(t.text) > 1 and not t.tag.startswith("nr") for t in tokens[start:end]):
            continue
        size = sum(len(token.text) for token in tokens[start:end])
        if size >= 3 and run(tokens, start, names) == end:
            return start
    return end


def _foreign(tokens: list[Token], start: int, names: Names) -> int:
    """Index after a run of transliteration."""
    k = start
    size = 0
    plain = True  # nothing but ordinary words so far
    dotted = False
    known = tokens[start].kind == "A"  # a name of the lexicon: what follows needs a dot, or two single characters
    while k < len(tokens) and size < LONGEST:
        token = tokens[k]
        if token.text in DOTS and k > start:
            k, plain, dotted = k + 1, False, True
            continue
        if token.kind == "sp" and k > start and _beside_dot(tokens, k):
            k += 1
            continue
        linked = k > start and tokens[k - 1].text in DOTS
        if not linked and not _dotted(tokens, k) and not _part(token, start == k or dotted):
            break
        if not all(c in names.transliteration for c in token.text):
            break
        if known and k > start and not dotted and (len(token.text) > 1 or token.kind not in "nx"):
            break
        plain = plain and len(token.text) > 1 and not token.tag.startswith("nr") and token.kind not in "AN"
        size += len(token.text)
        k += 1
    while k > start and (tokens[k - 1].text in DOTS or tokens[k - 1].kind == "sp"):
        k -= 1
    if known and not dotted and k - start < 3:
        return start + 1
    if k == start + 1 and size == 2 and tokens[start].kind not in "AN" and tokens[start].tag != "nrt":
        return start  # 官员|明白: the segmenter takes many a word for a name
    return k if size >= 2 and not plain else start


def _beside_dot(tokens: list[Token], k: int) -> bool:
    """Whether a blank stands before or after the dot of a name."""
    return tokens[k - 1].text in DOTS or (k + 1 < len(tokens) and tokens[k + 1].text in DOTS)


def _dotted(tokens: list[Token], k: int) -> bool:
    return k + 1 < len(tokens) and tokens[k + 1].text in DOTS


def _part(token: Token, open_: bool) -> bool:
    """Whether a token may be part of a transliteration by its kind. ``open_``: at its head, or after a dot."""
    if token.kind in "AN":
        people = token.entry is not None and any(r.kind in PEOPLE for r in token.entry.readings)
        return people and open_  # a known name may begin a longer one, never end one without a dot
    if token.kind == "V":
        return len(token.text) == 1  # 派特森: a verb of one character is none here
    if token.kind in SHUT or token.kind in ("de", "L"):
        return False
    return token.kind not in PARTS or (len(token.text) == 1 and token.kind not in "pk")


def _native(tokens: list[Token], start: int, names: Names) -> int:
    """Index after a Chinese, Korean, Vietnamese or Japanese name in characters."""
    text = "".join(token.text for token in tokens[start : start + 5])
    most = 0
    if text[:3] in names.japanese or text[:2] in names.japanese:
        most = 5
    elif (text[:1] in names.japanese and text[:1] not in names.one) or text[:2] in names.two:
        most = 4
    elif text[:1] in names.one:
        most = 4 if text[1:2] == "氏" else 3
    least = 3 if most > 3 else 2
    best, risky_best = start, start
    size, risky = 0, False
    if tokens[start].kind in "kdp" or (
        len(tokens[start].text) > 1 and not tokens[start].tag.startswith("nr") and most < 5
    ):
        return start  # 总统|任期, 部长|曾|任
    for k in range(start, min(start + 5, len(tokens))):
        token = tokens[k]
        single = len(token.text) == 1
        if k > start and not single and tokens[start].kind in "dpkvr" and most == 3:
            break  # 总统|曾|三次
        if token.kind in "STQMGOVcuhlA" or token.kind in ("de", "sp") or (token.kind in PARTS and not single):
            break
        if token.kind == "r" and not single:
            break
        size += len(token.text)
        if size > most:
            break
        sure = not (single and token.kind in "dpkvr" and k > start)
        risky = risky or not sure
        if size >= least:
            if not risky:
                best = k + 1
            elif sure or most == 5:
                risky_best = k + 1
    if best > start and most == 3 and sum(len(token.text) for token in tokens[start:best]) == 2:
        return _third(tokens, best)
    return best if best > start else risky_best


def _third(tokens: list[Token], k: int) -> int:
    """Index after a third character that looks like a verb too (黄文启|说), where a clause goes on after it."""
    if (
        k + 1 < len(tokens)
        and len(tokens[k].text) == 1
        and tokens[k].kind in "dvf"
        and tokens[k].text not in NEVER_LAST
    ):
        after = tokens[k + 1]
        if after.kind in "SVuT" or (after.kind in "dk" and len(after.text) > 1):
            return k + 1
    return k


def body_end(tokens: list[Token], start: int, names: Names) -> int:
    """Index after the name of a body that nobody knows (东加勒比国家组织); ``start`` where none begins there.

    What opens with the name of one state is an organ of it (菲律宾海事委员会) and none of its own; what opens with two
    is (台湾乌克兰阵线). An everyday phrase (调查委员会) has no name in it.
    """
    before = tokens[start - 1] if start else None
    if before is not None and (before.kind in "nLAj" or before.kind == "de"):
        return start
    states, proper, k = [], False, start
    while k < len(tokens) and tokens[k].kind in "nLAxjG" and k - start < 8:
        token = tokens[k]
        if token.kind == "A":
            if token.clips or token.entry is None:
                return start
            states.append(token.entry.readings[0].code)
        proper = proper or token.kind == "L" or token.tag in ("ns", "nz")
        k += 1
        ends = k == len(tokens) or tokens[k].kind not in "nLAxjG"
        if ends and k - start > 1 and token.kind in "nxG" and token.text.endswith(names.endings):
            several = len(set(states)) > 1 and len(states) == len(set(states))
            return k if several or (proper and not states) else start
    return start
