"""The words of page furniture, compiled from the lexicon's TOML: ``lang/<xx>/page.toml`` and ``outlets/*.toml``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, NamedTuple

from attache.lexicon.fold import fold
from attache.lexicon.load import read_toml
from attache.lexicon.raw import LexiconError
from attache.lexicon.schema import Shape
from attache.record import PartKind

Where = Literal["head", "tail", "any"]
_NARROW = str.maketrans("，：；？！（）【】", ",:;?!()[]")
_BLANKS = re.compile(r"\s+")
EDGES = "[]()<>《》〈〉「」|｜:·•-—>›»▼▲▶►↓★☆=*#■●◆◎、.。!? _~～“”\"'/\\+×"


class Cue(Shape, frozen=True, kw_only=True):
    """Words that give a line away; the fields are explained at the head of ``lang/zh/page.toml``."""

    id: str
    kind: PartKind
    match: Literal["whole", "start", "end", "inside", "suffix"]
    words: list[str]
    most: int = 40
    where: Where = "any"
    opens: PartKind | None = None
    returns: bool = False
    ends: bool = False
    beside: Literal["before", "after"] | None = None


class Pattern(Shape, frozen=True, kw_only=True):
    """A regular expression that a whole line must match."""

    id: str
    kind: PartKind
    regex: str
    most: int = 40
    where: Where = "any"
    ends: bool = False


class Role(Shape, frozen=True, kw_only=True):
    """What stands before a name in a byline."""

    id: Literal["author", "editor", "source"]
    words: list[str]


class Markup(Shape, frozen=True, kw_only=True):
    """Words in class and id attributes that give an element away."""

    kind: PartKind
    words: list[str]


class Layout(Shape, frozen=True, kw_only=True):
    """What else a language's page layouts need."""

    channel_ends: tuple[str, ...] = ()
    channel_most: int = 6
    noise: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()


class PageFile(Shape, frozen=True, kw_only=True):
    """One ``page.toml``."""

    cue: tuple[Cue, ...] = ()
    pattern: tuple[Pattern, ...] = ()
    role: tuple[Role, ...] = ()
    markup: tuple[Markup, ...] = ()
    layout: Layout = Layout()


class Outlet(Shape, frozen=True, kw_only=True):
    """A medium or platform, and how a page tells that it is its own."""

    name: str
    en: str
    kind: Literal["agency", "broadcaster", "newspaper", "official", "portal", "platform"]
    hosts: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    account_metas: tuple[str, ...] = ()


class OutletFile(Shape, frozen=True, kw_only=True):
    """One file of ``outlets/``."""

    outlet: list[Outlet]


class Found(NamedTuple):
    """What a cue or pattern says of a line."""

    id: str
    kind: PartKind
    where: Where
    opens: PartKind | None = None
    returns: bool = False
    ends: bool = False
    beside: Literal["before", "after"] | None = None
    match: re.Match[str] | None = None


class _Affixes(NamedTuple):
    """Words that open or close a line, longest first, ready for ``str.startswith``."""

    words: tuple[str, ...]
    cues: dict[str, Cue]

    def at_start(self, text: str) -> Cue | None:
        return next((self.cues[w] for w in self.words if text.startswith(w)), None) if self.words else None

    def at_end(self, text: str) -> tuple[Cue, str] | None:
        return next(((self.cues[w], w) for w in self.words if text.endswith(w)), None) if self.words else None


class PageWords(NamedTuple):
    """All words of page furniture, compiled. Texts given to it are normal (``normal``)."""

    whole: dict[str, Cue]
    start: _Affixes
    end: _Affixes
    suffix: _Affixes
    inside: list[tuple[re.Pattern[str], Cue]]
    patterns: list[tuple[re.Pattern[str], Pattern]]
    roles: dict[str, Literal["author", "editor", "source"]]
    role_words: re.Pattern[str]
    markup: re.Pattern[str]
    markup_kinds: dict[str, PartKind]
    layout: Layout
    outlets: list[Outlet]
    marked: list[Outlet]
    outlet_names: dict[str, Outlet]
    credit: re.Pattern[str]

    def find(self, text: str) -> Found | None:
        """What the line ``text`` (normal form) is by its words; None for most lines of an article."""
        size = len(text)
        if size <= 40:
            cue = self.whole.get(text) or self.whole.get(text.strip(EDGES))
            if cue is not None and size <= cue.most + 6:
                return _found(cue)
        for regex, pattern in self.patterns:
            if size <= pattern.most and (match := regex.fullmatch(text)):
                return Found(pattern.id, pattern.kind, pattern.where, ends=pattern.ends, match=match)
        if text.startswith(self.start.words):
            cue = self.start.at_start(text)
            if cue is not None and size <= cue.most:
                return _found(cue)
        if size <= 60:
            if self.end.words and text.endswith(self.end.words) and (hit := self.end.at_end(text)):
                return _found(hit[0]) if size <= hit[0].most else None
            for inner, cue in self.inside:
                if size <= cue.most and inner.search(text):
                    return _found(cue)
        return None

    def markup_kind(self, classes: str) -> PartKind | None:
        """What an element is by its class and id, lower case; None where they say nothing."""
        match = self.markup.search(classes)
        return self.markup_kinds[str(match.lastgroup)] if match else None


def _found(cue: Cue) -> Found:
    return Found(cue.id, cue.kind, cue.where, cue.opens, cue.returns, cue.ends, cue.beside)


def normal(folded: str) -> str:
    """Folded text in the form that cues are compared in: ASCII punctuation, lower case, single blanks."""
    return _BLANKS.sub(" ", folded.translate(_NARROW)).strip().lower()


def load_page_words(folder: Path) -> PageWords:
    """Compile ``folder``/lang/*/page.toml and ``folder``/outlets/*.toml. Raises LexiconError for any fault."""
    files = {path: read_toml(path, PageFile) for path in sorted(folder.glob("lang/*/page.toml"))}
    outlet_files = {path: read_toml(path, OutletFile) for path in sorted(folder.glob("outlets/*.toml"))}
    if not files:
        raise LexiconError(folder, "", "no lang/*/page.toml")
    cues = _cues(files)
    roles = _roles(files)
    markup = [entry for file in files.values() for entry in file.markup]
    outlets, names = _outlets(outlet_files)
    layouts = [file.layout for file in files.values()]
    return PageWords(
        whole=cues["whole"],
        start=_affixes(cues["start"]),
        end=_affixes(cues["end"]),
        suffix=_affixes(cues["suffix"]),
        inside=[(re.compile(re.escape(word)), cue) for word, cue in cues["inside"].items()],
        patterns=_patterns(files),
        roles=roles,
        role_words=re.compile("|".join(re.escape(w) for w in sorted(roles, key=len, reverse=True)) or "(?!)"),
        markup=_markup_regex(files),
        markup_kinds={f"k{i}": entry.kind for i, entry in enumerate(markup)},
        layout=Layout(
            channel_ends=tuple(w for one in layouts for w in one.channel_ends),
            channel_most=max(one.channel_most for one in layouts),
            noise=tuple(w for one in layouts for w in one.noise),
            headings=tuple(normal(fold(w).text) for one in layouts for w in one.headings),
        ),
        outlets=outlets,
        marked=[outlet for outlet in outlets if outlet.marks or outlet.inside],
        outlet_names=names,
        credit=_credit_regex(outlets),
    )


def _affixes(cues: dict[str, Cue]) -> _Affixes:
    return _Affixes(tuple(sorted(cues, key=len, reverse=True)), cues)


def _cues(files: dict[Path, PageFile]) -> dict[str, dict[str, Cue]]:
    """Cues by way of matching, then by word in normal form; a word or an id that stands twice is refused."""
    found: dict[str, dict[str, Cue]] = {way: {} for way in ("whole", "start", "end", "inside", "suffix")}
    ids: set[str] = set()
    for path, file in files.items():
        for name in [*(cue.id for cue in file.cue), *(pattern.id for pattern in file.pattern)]:
            if name in ids:
                raise LexiconError(path, name, "this id stands twice")
            ids.add(name)
        for cue in file.cue:
            for word in cue.words:
                key = word_key(word, cue.match)
                if not key:
                    raise LexiconError(path, cue.id, "an empty word")
                if key in found[cue.match]:
                    raise LexiconError(path, cue.id, f"{word!r} already stands in {found[cue.match][key].id}")
                found[cue.match][key] = cue
    return found


def word_key(word: str, way: str) -> str:
    """The normal form of a cue word; a blank at the end of an opening word counts."""
    key = normal(fold(word).text)
    return key + " " if way == "start" and word.endswith(" ") else key


def _patterns(files: dict[Path, PageFile]) -> list[tuple[re.Pattern[str], Pattern]]:
    compiled = []
    for path, file in files.items():
        for pattern in file.pattern:
            try:
                compiled.append((re.compile(pattern.regex), pattern))
            except re.error as error:
                raise LexiconError(path, pattern.id, f"bad regular expression: {error}") from None
    return compiled


def _roles(files: dict[Path, PageFile]) -> dict[str, Literal["author", "editor", "source"]]:
    roles: dict[str, Literal["author", "editor", "source"]] = {}
    for path, file in files.items():
        for role in file.role:
            for word in role.words:
                key = normal(fold(word).text)
                if key in roles:
                    raise LexiconError(path, role.id, f"{word!r} stands twice")
                roles[key] = role.id
    return roles


def _markup_regex(files: dict[Path, PageFile]) -> re.Pattern[str]:
    """One alternation over all words; each entry is a group of its own."""
    groups: list[str] = []
    seen: set[str] = set()
    for path, file in files.items():
        for entry in file.markup:
            for word in entry.words:
                if word in seen and word != "banner":
                    raise LexiconError(path, entry.kind, f"{word!r} stands twice")
                seen.add(word)
            words = [re.escape(w.rstrip("*")) + ("" if w.endswith("*") else r"(?![a-z0-9])") for w in entry.words]
            groups.append(f"(?P<k{len(groups)}>{'|'.join(words)})")
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(groups) or '(?!)'})")


def _outlets(files: dict[Path, OutletFile]) -> tuple[list[Outlet], dict[str, Outlet]]:
    names: dict[str, Outlet] = {}
    hosts: set[str] = set()
    for path, file in files.items():
        for outlet in file.outlet:
            for name in dict.fromkeys(normal(fold(n).text) for n in [outlet.name, outlet.en, *outlet.names]):
                if name in names:
                    raise LexiconError(path, outlet.name, f"{name!r} is already {names[name].name}")
                names[name] = outlet
            for host in outlet.hosts:
                if host in hosts:
                    raise LexiconError(path, outlet.name, f"the host {host!r} stands twice")
                hosts.add(host)
    return [outlet for file in files.values() for outlet in file.outlet], names


def _credit_regex(outlets: Iterable[Outlet]) -> re.Pattern[str]:
    """Matches the credit of an agency at the head of a text (normal form); group ``name`` is who it is of."""
    words = sorted((normal(fold(c).text) for o in outlets for c in o.credits), key=len, reverse=True)
    names = "|".join(re.escape(w) for w in words) or "(?!)"
    wire = r"(?:综合外电|外电|综合)?(?:专电|电报|电|讯|消息|特讯|专讯)"
    by = r"(?:\([^()]{0,24}\))?"
    day = r"(?:\d{1,2}月)?\d{1,2}日"
    bracketed = rf"[\[(]\s*(?P<name>{names})(?P<place>[^。;:\[\]()]{{0,30}}){by}[\])]{by}"
    dated = rf"(?P<name2>{names})(?P<place2>[^。,:;\[\]()]{{0,20}}?{day})\s*(?:{wire}\s*{by}|[-—]+\s)\s*:?"
    undated = rf"(?P<name3>{names})(?:(?:(?<=讯)|(?<=消息)|(?<=报道)){by}|{wire}{by}\s*(?=[:\s]|$))\s*:?"
    return re.compile(rf"(?:{bracketed}|{dated}|{undated})\s*")
