"""Compiled tables: one automaton over all names, titles and predicates, and what each string may mean.

Compiling takes seconds, loading a fraction of one: tables are cached under the lexicon's digest.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
from bisect import bisect_left
from functools import cache
from pathlib import Path
from typing import Any

import ahocorasick_rs
import msgspec
import platformdirs

from attache.lexicon import load
from attache.lexicon.compile import compile_lexicon
from attache.lexicon.rows import Entry, Stored
from attache.lexicon.schema import NameFile

CHECK = hashlib.sha256().digest_size  # bytes at the head of a cache file: the digest of the rest

_ENTRY = msgspec.msgpack.Decoder(Entry)


class Names:
    """How names look, ready to ask."""

    def __init__(self, file: NameFile) -> None:
        self.one = frozenset(file.surname.one)
        self.two = frozenset(file.surname.two)
        self.japanese = frozenset(file.surname.japanese)
        self.transliteration = frozenset(file.transliteration.characters)
        self.stages = {word: stage for stage in file.title.__struct_fields__ for word in getattr(file.title, stage)}
        self.endings = file.body.endings
        self.beside = file.beside

    def stage(self, title: str) -> tuple[str | None, str]:
        """The word before a folded title that says who held, will hold or would hold it, by its use; and the title."""
        for word in sorted(self.stages, key=len, reverse=True):
            if title.startswith(word) and self.stages[word] != "rank":
                return self.stages[word], title[len(word) :]
        return None, title


class Tables:
    """Everything the readers need to know beforehand, immutable after construction."""

    def __init__(self, stored: Stored) -> None:
        self.digest = stored.digest
        self.strings = stored.strings
        self._raw = stored.entries
        self.entries: list[Entry | None] = [None] * len(stored.entries)
        self.ranks = stored.ranks
        self.named_kinds: dict[str, tuple[str, str]] = {}  # filled by read/lex.py, at most one a string
        self.frames = stored.frames
        self.plain_kinds: dict[tuple[str, str], tuple[str, str]] = {}  # filled by read/lex.py as words are met
        self.script = stored.script
        self.words = {
            table: {name: frozenset(words) for name, words in lists.items()} for table, lists in stored.words.items()
        }
        self._full = {clip: full[0] for clip, full in stored.full.items()}
        self.cues = {table: {name: frozenset(words) for name, words in c.items()} for table, c in stored.cues.items()}
        self.patterns = {table: {name: re.compile(p) for name, p in c.items()} for table, c in stored.patterns.items()}
        self.loaded = stored.loaded
        self.names = stored.names
        self.labels = stored.labels
        self.shared_clips = stored.shared_clips
        self.private = frozenset(stored.private)
        flat = sorted({word for c in stored.cues.values() for words in c.values() for word in words} | set(self.loaded))
        self.cue_words = flat
        self.cue_classes = [
            tuple(f"{t}.{n}" for t, c in stored.cues.items() for n, words in c.items() if word in words)
            for word in flat
        ]
        self.cue_automaton = ahocorasick_rs.AhoCorasick(flat, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
        self.plain = stored.plain
        self.word_class = stored.word_class
        self.documents = tuple(sorted(self.words["noun"]["documents"]))
        self.unnamed = tuple(sorted(self.cues["unnamed"]["words"]))
        self.naming = Names(stored.naming)
        self.hearsay = tuple(sorted(self.words["hearsay"]["words"]))
        self.modal = {word: name for name, words in self.words["modal"].items() for word in words}
        self.function = _function_words(self.words)
        self.automaton = ahocorasick_rs.AhoCorasick(
            stored.strings,
            matchkind=ahocorasick_rs.MatchKind.Standard,
            implementation=ahocorasick_rs.Implementation.ContiguousNFA,
            store_patterns=False,
        )

    def at(self, index: int) -> Entry:
        """The entry of the string with that number. Entries are unpacked when first met: most never are."""
        entry = self.entries[index]
        if entry is None:
            entry = self.entries[index] = _ENTRY.decode(self._raw[index])
        return entry

    def entry(self, string: str) -> Entry | None:
        """The entry of a folded string, None if it has none."""
        at = bisect_left(self.strings, string)
        return self.at(at) if at < len(self.strings) and self.strings[at] == string else None

    def verb(self, clip: str) -> Entry | None:
        """The entry of the full verb that a clipped one stands for (访 for 访问), None if none is known."""
        full = self._full.get(clip)
        return self.entry(full) if full else None


def _function_words(words: dict[str, dict[str, frozenset[str]]]) -> dict[str, tuple[str, str]]:
    """One look-up over all classes of function words: word to (token kind, role); scopes win over adverbs."""
    function = dict.fromkeys(words["adverb"]["words"], ("d", ""))
    for role in ("past", "future", "hypothetical", "negated", "prohibited"):
        function.update(dict.fromkeys(words["mark"][role], ("k", role)))
    function.update({word: ("l", function.get(word, ("", ""))[1]) for word in words["light"]["verbs"]})  # 计划: future
    for role, group in words["pronoun"].items():
        function.update(dict.fromkeys(group, ("r", role)))
    for role, group in words["preposition"].items():
        function.update(dict.fromkeys(group, ("p", role)))
    function.update(dict.fromkeys(words["hearsay"]["words"], ("h", "")))
    function.update(dict.fromkeys(words["localiser"]["words"], ("f", "")))
    function.update({"的": ("de", ""), "之": ("de", ""), "将": ("k", "future")})
    return function


@cache
def tables(home: Path = load.HOME, cache_folder: Path | None = None) -> Tables:
    """The compiled tables of the lexicon in ``home``, from the cache where it holds them.

    Raises:
        LexiconError: if the lexicon does not hold together.
    """
    digest = load.digest(home)
    folder = cache_folder or Path(os.environ.get("ATTACHE_CACHE") or platformdirs.user_cache_dir("attache"))
    path = folder / f"tables-{digest[:32]}.msgpack"
    try:
        data = path.read_bytes()
        whole = hashlib.sha256(data[CHECK:]).digest() == data[:CHECK]  # entries are unpacked later: check them now
        stored = msgspec.msgpack.decode(data[CHECK:], type=Stored) if whole else None
        if stored is not None and stored.digest == digest:
            for name, found in stored.parsed.items():
                load.PARSED[home / name] = (load.stamp(home / name), found)
            return Tables(stored)
    except (OSError, msgspec.DecodeError):
        pass  # no cache, or one cut short: compile afresh
    stored = compile_lexicon(load.load(home), digest, _parse_others(home))
    data = msgspec.msgpack.encode(stored)
    _keep(path, hashlib.sha256(data).digest() + data)
    return Tables(stored)


def _keep(path: Path, data: bytes) -> None:
    """Write the cache in one move; a folder that cannot be written only costs time at the next start."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.replace(name, path)
        except OSError:
            os.unlink(name)
            raise


def _parse_others(home: Path) -> dict[str, Any]:
    """Files that the readers load by themselves, parsed: page furniture, outlets, times, units."""
    paths = [*home.glob("lang/*/*.toml"), *home.glob("outlets/*.toml"), *home.glob("calendar/*.toml")]
    return {str(path.relative_to(home)): load.read_toml(path, dict[str, Any]) for path in sorted(paths)}
