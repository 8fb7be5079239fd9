"""``attache lexicon coverage``: words between two parties that made no event, for whoever extends the lexicon."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from attache.brief.phrases import clean
from attache.face.pages import each
from attache.pipeline import Reader
from attache.read.chunk import Chunk
from attache.read.page.capture import read_capture
from attache.read.reading import Read

ASIDE = 12  # characters of the page shown on either side of a word


@dataclass
class Coverage:
    """Counts over pages. ``told``, ``silent``: predicates by frame and word; ``unknown``: verbs without a frame."""

    sentences: int = 0
    bare: int = 0
    told: Counter[tuple[str, str]] = field(default_factory=Counter)
    silent: Counter[tuple[str, str]] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    where: dict[tuple[str, str] | str, str] = field(default_factory=dict)

    def note(self, here: Read) -> None:
        """Take in a sentence that names two parties."""
        self.sentences += 1
        self.bare += not here.acts
        told = {act.trigger for act in here.acts}
        for site in here.proposed:
            key = (site.entry, site.trigger[2])
            (self.told if site.trigger in told else self.silent)[key] += 1
            if site.trigger not in told:
                self.where.setdefault(key, _around(here, *site.trigger[:2]))
        if not here.acts:
            for item in _between(here):
                self.unknown[item.text] += 1
                self.where.setdefault(item.text, _around(here, item.start, item.end))


def coverage(paths: list[str], reader: Reader, problems: list[str]) -> Coverage:
    """Read the pages and count; what cannot be read is told on standard error and kept in ``problems``."""
    out = Coverage()
    for readings in each(paths, problems, lambda data, uri: reader.taken_apart(read_capture(data, uri))[1]):
        for here in readings:
            if len(_parties(here)) > 1:
                out.note(here)
    return out


def rows(found: Coverage, most: int) -> Iterator[str]:
    """The two lists for a person, the most frequent first."""
    yield f"{found.sentences:,} sentences name two parties, {found.bare:,} of them made no event"
    yield ""
    yield "Predicates of the lexicon: made no event, made one, frame, word, where first"
    for key, count in sorted(found.silent.items(), key=lambda pair: (-pair[1], pair[0]))[:most]:
        yield f"{count:>6}{found.told[key]:>6}  {key[0]}  {key[1] or '(quotation)'}  {found.where[key]}"
    yield ""
    yield "Verbs that no frame has, between two parties in sentences without an event"
    for word, count in sorted(found.unknown.items(), key=lambda pair: (-pair[1], pair[0]))[:most]:
        yield f"{count:>6}  {word}  {found.where[word]}"


def _parties(here: Read) -> set[str]:
    return {code for item in here.chunks if item.phrase is not None for code in item.phrase.codes}


def _between(here: Read) -> Iterator[Chunk]:
    """Plain verbs with a party on either side."""
    named = [i for i, item in enumerate(here.chunks) if item.phrase is not None and item.phrase.codes]
    for i, item in enumerate(here.chunks):
        if item.kind == "v" and named[0] < i < named[-1]:
            yield item


def _around(here: Read, start: int, end: int) -> str:
    text = here.line.text
    return clean("…" + text[max(start - ASIDE, 0) : end + ASIDE] + "…")
