"""Tokens of a folded sentence: one pass of the automaton, word boundaries from a segmenter to refuse false hits.

A name inside a longer word is none (中国 in 发展中国家), nor is one that straddles two words (美方 in 完美方案).
Clipped names lose against full ones that they would cut (对俄|罗斯).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import rjieba

from attache.lexicon.rows import IS_CLIP, IS_NAME, IS_PERSON, IS_VERB, Clip, Entry
from attache.lexicon.tables import Tables
from attache.read.known import Known

# Token kinds. Upper case: from the lexicon. Lower case: from word classes and the segmenter's tags.
#   A party   O office   G organ   M medium   L place   V frame   S speech   T time   Q figure
#   p preposition   k mark   d adverb   r pronoun   l light verb   de   c conjunction   u punctuation
#   n noun   j adjective   v other verb   f localiser   x other
PUNCTUATION = frozenset("，。；：！？、“”‘’（）《》〈〉【】[]…—~·/\n\"'-.,;:!?()|")
REMEMBERED = 50_000  # words whose kind is kept at hand
COUNTED = ("两国", "三国", "四国", "五国")  # 中日韩三国: the segmenter cuts such pairs anyhow
OF_STATE = frozenset(["state", "organ", "capital"])  # kinds of readings that name a state or what is its own
ASPECT = frozenset("了过着")
JOINERS = frozenset(["和", "与", "及", "以及", "同", "跟", "、", "暨", "或", "并"])
NOUN_TAGS = ("n", "an", "vn", "j", "i", "l", "nz", "q", "m", "r", "b", "eng", "s")


class Token(NamedTuple):
    """A token [start, end) of the folded sentence. ``role``: class of a preposition, mark or clip."""

    start: int
    end: int
    text: str
    kind: str
    role: str
    tag: str
    entry: Entry | None
    clips: tuple[Clip, ...] = ()


class _Hit(NamedTuple):
    start: int
    end: int
    entry: Entry
    clips: tuple[Clip, ...]
    met: bool = False


def _by_place(hit: _Hit) -> tuple[int, int]:
    return hit.start, -hit.end


def _segment(text: str) -> tuple[list[tuple[int, int, str]], bytearray]:
    """Words with offsets and tags, and a map that is 1 where a word begins or the text ends."""
    words: list[tuple[int, int, str]] = []
    edge = bytearray(len(text) + 1)
    at = 0
    for word, tag in rjieba.tag(text, False):
        edge[at] = 1
        words.append((at, at + len(word), tag))
        at += len(word)
    edge[at] = 1
    return words, edge


_ROLE = ("身份", "身分", "名义", "资格")  # 以首相身份: here 以 is "as", not Israel


def _gather(text: str, tables: Tables, edge: bytearray, known: Known) -> tuple[list[_Hit], list[_Hit], list[_Hit]]:
    """Hits by rank: full names, clipped compounds, then predicates and speech verbs; boundaries held."""
    names: list[_Hit] = []
    clipped: list[_Hit] = []
    verbs: list[_Hit] = []
    entries, ranks = tables.entries, tables.ranks
    size = len(text)
    for index, start, end in tables.automaton.find_matches_as_indexes(text, overlapping=True):
        rank = ranks[index]
        at_start, at_end = edge[start], edge[end]
        if rank & (IS_NAME | IS_CLIP) and (at_start or at_end or (rank & IS_CLIP and text.startswith(COUNTED, end))):
            entry = entries[index] or tables.at(index)
            if rank & IS_CLIP:
                if _is_compound(text, start, end, entry.clips[0], edge, tables):
                    clipped.append(_Hit(start, end, entry, tuple(entry.clips)))
            elif _is_name(text, start, end, entry, edge) and not (
                rank & IS_PERSON and _within_name(text, start, end, edge, tables)
            ):
                names.append(_Hit(start, end, entry, ()))
        closed = at_end or (end < size and text[end] in ASPECT)
        if rank & IS_VERB and closed and (end - start > 1 or (at_start and at_end)):
            verbs.append(_Hit(start, end, entries[index] or tables.at(index), ()))
    return names, _in_context(text, clipped, names, tables, known), verbs


def _is_compound(text: str, start: int, end: int, clip: Clip, edge: bytearray, tables: Tables) -> bool:
    """Whether a clipped compound stands there and not a piece of other words."""
    inner = start + clip.start
    if inner > start and not (edge[start] and (edge[end] or not edge[inner])):
        return False  # 对|中小企业: the clip begins a longer word; 采访|中: what seems to govern it ends one
    if text[start] == "以" and text.startswith(_ROLE, end):
        return False
    if inner == start and not edge[start] and clip.role != "pair":
        return False  # 合法|政府
    if clip.role and _spelt_on(text, end, edge, tables.naming.transliteration):
        return False  # 与伊|姆霍夫: it begins a name
    cut = inner + clip.end - clip.start
    return inner > start or bool(edge[cut]) or edge.find(1, start + 1, end) < 0  # 德国|会: cut elsewhere


def _is_name(text: str, start: int, end: int, entry: Entry, edge: bytearray) -> bool:
    """Whether a name or title stands there and not a piece of other words."""
    if not (edge[start] or edge[end]):
        return False
    if entry.homonym and not (edge[start] and edge[end]):
        return False  # 美国银行|家
    if entry.office and not edge[end] and text[end - 1 : end + 1] != "长沙":
        # 能源|相当, 大使馆: the title's end begins another word, or it is but the front of one; but 外长|沙阿
        return not edge[end - 1] and edge.find(1, start + 1, end) > 0
    return text[start] > "\x7f" or _latin_word(text, start, end)


def _within_name(text: str, start: int, end: int, edge: bytearray, tables: Tables) -> bool:
    """Whether a person's name is but a piece of somebody else's: spelt on, begun before, or with another given name.

    莫迪|利亚尼, 梅|拉尼娅, 亨特·|拜登.
    """
    if text[start] <= "\x7f":
        return False
    letters = tables.naming.transliteration
    if text[start - 1 : start] in ("·", "-") and start > 1 and text[start - 2] > "\x7f":
        return True
    if text[end : end + 1] == "·":
        return False  # the given name of somebody: the linker looks on
    if not all(c in letters for c in text[start:end].replace("·", "")):
        return False
    cut_before = not edge[start] and text[start - 1 : start] in letters
    cut_after = not edge[end] and text[end : end + 1] in letters
    return cut_before or cut_after or _spelt_on(text, end, edge, letters)


def _spelt_on(text: str, at: int, edge: bytearray, transliteration: frozenset[str]) -> bool:
    """Whether two characters of a transliteration follow, each a word of its own to the segmenter."""
    return at + 2 <= len(text) and all(edge[i] and edge[i + 1] and text[i] in transliteration for i in (at, at + 1))


def _in_context(text: str, clipped: list[_Hit], names: list[_Hit], tables: Tables, known: Known) -> list[_Hit]:
    """Clips that several states may share as of the one named last before them, here or on the page (巴方), if any."""
    if not clipped:
        return []
    told: list[tuple[int, str]] = []
    free = 0
    for name in sorted(names, key=_by_place):
        if name.end > free:  # 印度 in 印度尼西亚 names nobody
            told += [
                (name.start, reading.code)
                for reading in name.entry.readings
                if reading.kind in OF_STATE and not reading.loose
            ]
            free = name.end
    return [hit for hit in (_settled(text, hit, told, tables, known) for hit in clipped) if hit is not None]


def _settled(text: str, hit: _Hit, told: list[tuple[int, str]], tables: Tables, known: Known) -> _Hit | None:
    """A compound with the state of each clip; None where one is anybody's. ``told``: states named in the sentence."""
    clips = []
    for clip in hit.clips:
        shared = tables.shared_clips.get(text[hit.start + clip.start : hit.start + clip.end])
        code: str | None = clip.code
        if shared:
            before = [one for start, one in told if one in shared and start < hit.start]
            after = [one for start, one in told if one in shared and start > hit.start]
            code = before[-1] if before else known.last(shared) or (after[0] if after else code)
        if not code:
            return None
        clips.append(clip if code == clip.code else Clip(clip.start, clip.end, code, clip.role, clip.head))
    return hit._replace(clips=tuple(clips))


def _latin_word(text: str, start: int, end: int) -> bool:
    """Whether a Latin name is no part of a longer Latin word (US in USSR)."""
    if not text[start].isalnum():
        return True
    before = start == 0 or not (text[start - 1].isascii() and text[start - 1].isalnum())
    after = end == len(text) or not (text[end].isascii() and text[end].isalnum())
    return before and after


def _chain(text: str, hits: list[_Hit], names: list[_Hit], edge: bytearray, tables: Tables) -> list[_Hit]:
    """Clipped compounds that cut no full name; pairs that overlap by one character become one (美日+日韩)."""
    cover: dict[int, tuple[int, int]] = {}
    for name in names:
        if name.entry.readings or name.entry.place:
            for i in range(name.start, name.end):
                if i not in cover or name.end - name.start > cover[i][1] - cover[i][0]:
                    cover[i] = (name.start, name.end)
    kept: list[_Hit] = []
    pairs = {hit.start for hit in hits if hit.clips[0].role == "pair" and edge[hit.end]}
    for hit in sorted(hits, key=_by_place):
        if hit.clips[0].start and hit.start + hit.clips[0].start in pairs:
            continue  # 在|俄乌
        spans = [cover.get(hit.start + clip.start) for clip in hit.clips]
        if any(s and (s[1] > hit.end or s[0] < hit.start) for s in spans):
            continue
        pair = hit.clips[0].role == "pair"
        last = kept[-1] if kept else None
        if pair and last and last.clips[-1].role == "pair" and last.end - 1 == hit.start and hit.end - hit.start == 2:
            shift = hit.start - last.start
            tail = hit.clips[-1]
            more = Clip(tail.start + shift, tail.end + shift, tail.code, "pair", "")
            kept[-1] = _Hit(last.start, hit.end, last.entry, (*last.clips, more))
            continue
        kept.append(hit)
    kept = [_trimmed(hit, text, edge) for hit in kept]
    return [hit for hit in kept if hit.clips[0].role != "pair" or len(hit.clips) > 2 or _apart(hit, text, edge, tables)]


def _trimmed(hit: _Hit, text: str, edge: bytearray) -> _Hit:
    """A chain of pairs without a last member that begins a longer word (中俄|越来越)."""
    if len(hit.clips) < 3 or edge[hit.end] or text.startswith(COUNTED, hit.end):
        return hit
    return hit._replace(end=hit.start + hit.clips[-2].end, clips=hit.clips[:-1])


def _apart(hit: _Hit, text: str, edge: bytearray, tables: Tables) -> bool:
    """Whether a pair stands by itself, or opens a word that says what is between the two (中美关系)."""
    if "·" in (text[max(hit.start - 1, 0) : hit.start], text[hit.end : hit.end + 1]):
        return False  # 卡迈勒·阿德万: a part of a name
    return bool(edge[hit.start]) and (
        bool(edge[hit.end]) or text[hit.end : edge.find(1, hit.end)] in tables.words["noun"]["other"]
    )


def _leftmost_longest(hits: list[_Hit], taken: bytearray) -> list[_Hit]:
    """Hits that do not overlap each other or what is taken, leftmost first, the longest at each place."""
    out: list[_Hit] = []
    free = 0
    for hit in sorted(hits, key=_by_place):
        if hit.start >= free and taken.find(1, hit.start, hit.end) < 0:
            out.append(hit)
            free = hit.end
    for hit in out:
        taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
    return out


def _met(text: str, known: Known, edge: bytearray) -> list[_Hit]:
    """Names that the page has settled before; two characters need a word boundary on both sides, more on one."""
    hits: list[_Hit] = []
    for name, entry in known.names.items():
        at = text.find(name)
        while at >= 0:
            end = at + len(name)
            if (edge[at] and edge[end]) if len(name) < 3 else (edge[at] or edge[end]):
                hits.append(_Hit(at, end, entry, (), True))
            at = text.find(name, end)
    return hits


def lex(text: str, tables: Tables, known: Known, times: Sequence[tuple[int, int]] = ()) -> list[Token]:
    """Tokens of ``text`` in order, covering it; ``compound.opened`` takes clipped compounds apart.

    ``times``: spans that look like time expressions. ``known``: what the page has told before.
    """
    segments, edge = _segment(text)
    names, clipped, verbs = _gather(text, tables, edge, known)
    taken = bytearray(len(text))
    times = [(start, end) for start, end in times if not _named_whole(start, end, names)]
    for start, end in times:
        taken[start:end] = b"\1" * (end - start)
    chained = _chain(text, clipped, names, edge, tables) if clipped else []
    met = _met(text, known, edge) if known.names else []
    found = _leftmost_longest(met + names + chained, taken)
    found += _leftmost_longest(verbs, taken)
    tokens = [_named(text, hit, tables) for hit in found]
    tokens += [Token(start, end, text[start:end], "T", "", "t", None) for start, end in times]
    tokens.sort()
    return _fill(text, tokens, segments, tables)


def _named_whole(start: int, end: int, names: list[_Hit]) -> bool:
    """Whether a longer name holds what looks like a time (扎卢|日内, 唐宁街|十号); 今日|俄罗斯 is a day and a state."""
    return any(
        hit.start <= start and end <= hit.end and hit.end - hit.start > end - start
        and not (hit.entry.frames or hit.entry.nouns)
        and not any(
            rest.start == end and rest.end == hit.end and any(one.kind in OF_STATE for one in rest.entry.readings)
            for rest in names
        )
        for hit in names
    )  # fmt: skip


def _named(text: str, hit: _Hit, tables: Tables) -> Token:
    """The token of a hit of the lexicon."""
    string = text[hit.start : hit.end]
    if hit.clips:
        kind, role = "A", hit.clips[0].role
    elif hit.met:
        kind, role = "A", ""
    else:
        found = tables.named_kinds.get(string)
        if found is None:
            found = tables.named_kinds[string] = _named_kind(string, hit.entry, tables)
        kind, role = found
    return Token(hit.start, hit.end, string, kind, role, "", hit.entry, hit.clips)


def _named_kind(string: str, entry: Entry, tables: Tables) -> tuple[str, str]:
    """Kind and role of a string of the lexicon: a function word unless it names a party, else by what it may mean."""
    if string in tables.function and not entry.readings:
        kind, role = tables.function[string]
        if entry.frames or entry.nouns:
            return "V", role
        return ("S" if entry.speech and kind in ("d", "l") else kind), role
    if entry.readings and not all(reading.loose for reading in entry.readings):
        return "A", ""
    if entry.frames or entry.nouns:
        return "V", ""
    if entry.medium is not None:
        return "M", ""
    if entry.office:
        return "O", ""
    if entry.readings:
        return ("G" if entry.readings[0].kind == "organ" else "N"), ""
    return ("L" if entry.place else "S" if entry.speech else "n" if entry.homonym else "x"), ""


def _fill(text: str, tokens: list[Token], segments: list[tuple[int, int, str]], tables: Tables) -> list[Token]:
    """Put the segmenter's words into the gaps between tokens of the lexicon."""
    out: list[Token] = []
    at = 0
    index = 0
    for token in [*tokens, None]:
        stop = token.start if token else len(text)
        while at < stop:
            while segments[index][1] <= at:
                index += 1
            start, end, tag = segments[index]
            whole = start == at and end <= stop
            end = min(end, stop)
            out.append(_plain(at, end, text[at:end], tag if whole else "", tables))
            at = end
        if token:
            out.append(token)
            at = token.end
    return out


def _plain(start: int, end: int, word: str, tag: str, tables: Tables) -> Token:
    """A word that the lexicon of names and verbs does not hold."""
    key = (word, tag)
    found = tables.plain_kinds.get(key)
    if found is None:
        found = _plain_kind(word, tag, tables)
        if len(tables.plain_kinds) < REMEMBERED:
            tables.plain_kinds[key] = found
    return Token(start, end, word, found[0], found[1], tag, None)


def _plain_kind(word: str, tag: str, tables: Tables) -> tuple[str, str]:
    """Kind and role of such a word: by the classes of function words, else by the segmenter's tag."""
    function = tables.function.get(word)
    if function:
        return function
    if word in JOINERS:
        return "c", ""
    if word[0] in PUNCTUATION:
        return "u", ""
    if word in tables.words["noun"]["organs"]:
        return "G", ""
    if word in ASPECT:
        return "a", ""
    if tag.startswith("v") and tag != "vn":
        return "v", ""
    if tag == "a":
        return "j", ""
    if tag.startswith(("d", "u")) or tag in ("c", "p", "t", "ad", "z", "y", "e", "o"):
        return "d", ""
    if tag == "f":
        return "f", ""
    if tag.startswith(NOUN_TAGS) or word[0].isdigit():
        return "n", ""
    return ("sp" if word.isspace() else "x"), ""
