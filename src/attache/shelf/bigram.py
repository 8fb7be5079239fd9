"""Words to look for: character bigrams of Chinese, whole words of other scripts, over folded text.

A full-text index splits on blanks, which Chinese has none of. So a run of Chinese characters is written out as its
pairs of neighbours and its last character: 中美会谈 gives 中美 美会 会谈 谈. Two characters are then one word of the
index, three or more a phrase of them, one a prefix; each finds exactly what stands in the text, in either script.
Words and numbers of other scripts are whole words of the index. Punctuation parts runs and is not looked for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from attache.lexicon.fold import Folded, fold

VERSION = 1  # to be raised when the same text would give other words: the shelf then writes its index anew

# Scripts written without blanks: Han with its marks 々〆〇, kana, hangul.
_CJK = "々-〇぀-ヿ㄀-ㄯ㐀-䶿一-鿿가-힯豈-﫿\U00020000-\U0003ffff"
_RUN = re.compile(rf"[{_CJK}]+|[^\W_{_CJK}]+")
_HAS_CJK = re.compile(f"[{_CJK}]")
_TERM = re.compile(r'(-?)(?:"([^"]*)"|“([^”]*)”|(\S+))')
LONGEST = 64  # characters of a word of another script that count: what is longer is no word
_GAP, _CLOSE = r"[\W_]+", r"[\W_]*"


class Term(NamedTuple):
    """One thing to look for: its ``runs`` one after the other. ``out``: what must not stand there.

    ``prefix``: the last run, of another script than Chinese, only begins so (given as ``nucl*``).
    """

    runs: tuple[str, ...]
    out: bool
    prefix: bool

    @property
    def cjk(self) -> bool:
        """Whether any of it is in a script without blanks."""
        return any(_HAS_CJK.match(run) for run in self.runs)


def has_cjk(text: str) -> bool:
    """Whether any character is of a script that is written without blanks."""
    return _HAS_CJK.search(text) is not None


def plain(text: str, script: dict[int, str] | None = None) -> Folded:
    """Text folded, in lower case and without accents; the way back as in ``Folded``."""
    folded = fold(text, script)
    low = folded.text.lower()
    if not low.isascii() or len(low) != len(folded.text):
        low = "".join(map(_bare, folded.text))
    return Folded(low, folded.back)


def _bare(char: str) -> str:
    """One character in lower case and without its accent; it stays one, so that places still count."""
    if char.isascii() or _HAS_CJK.match(char):
        return char.lower()
    low = unicodedata.normalize("NFD", char)[0].lower()
    return low if len(low) == 1 else char


def grams(folded: str) -> list[str]:
    """The words of the index for a text as ``plain`` gives it, in order."""
    return [gram for run in _RUN.findall(folded) for gram in _pairs(run)]


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run))] if _HAS_CJK.match(run) else [run[:LONGEST]]


def terms(query: str, script: dict[int, str] | None = None) -> list[Term]:
    """The terms of a query: parted by blanks, those in quotation marks kept whole; ``-`` before what must not be.

    What is only punctuation is no term.
    """
    found = []
    for match in _TERM.finditer(query.replace("\u3000", " ")):
        words = next(group for group in match.groups()[1:] if group is not None)
        runs = tuple(_RUN.findall(plain(words, script).text))
        if runs:
            found.append(Term(runs, bool(match[1]), words.endswith("*") and not _HAS_CJK.match(runs[-1])))
    return found


def phrase(term: Term) -> tuple[list[str], bool]:
    """The words of the index that stand one after the other where a term stands, and whether the last one is a prefix.

    The last character of a run is a word of the index of its own only where the text ends the run there too: it is left
    out at the end of the term, where the text may go on, and kept before a break.
    """
    words = [gram for run in term.runs for gram in _pairs(run)]
    last = term.runs[-1]
    if not _HAS_CJK.match(last):
        return words, term.prefix
    return (words, True) if len(last) == 1 else (words[:-1], False)


def fts5(term: Term) -> str:
    """A term in the query language of FTS5."""
    words, prefix = phrase(term)
    return '"' + " ".join(words) + '"' + (" *" if prefix else "")


def pattern(term: Term) -> re.Pattern[str]:
    """What finds a term in a text as ``plain`` gives it: the same places that the index finds."""
    parts = []
    for i, run in enumerate(term.runs):
        cjk = bool(_HAS_CJK.match(run))
        if i:
            parts.append(_GAP if cjk == bool(_HAS_CJK.match(term.runs[i - 1])) else _CLOSE)
        edge = rf"(?<![^\W_{_CJK}])", rf"(?![^\W_{_CJK}])"
        open_ended = term.prefix and i == len(term.runs) - 1
        parts.append(re.escape(run) if cjk else edge[0] + re.escape(run) + ("" if open_ended else edge[1]))
    return re.compile("".join(parts))


def places(term: Term, text: Folded) -> Iterator[tuple[int, int]]:
    """Where a term stands in a text: offsets in the original, end exclusive."""
    for match in pattern(term).finditer(text.text):
        yield text.original(match.start(), match.end())
