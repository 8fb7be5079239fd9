"""The report home in Markdown, its evidence in footnotes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from attache.brief.compose import Report, compose
from attache.brief.names import Names
from attache.brief.phrases import clean
from attache.brief.telling import Line, Note
from attache.brief.wording import Lang, Wording, fill, load_wording
from attache.lexicon.load import HOME
from attache.record import Record

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~&])")


def brief(records: list[Record], lang: Lang, names: Mapping[str, tuple[str, str]], *, home: Path = HOME) -> str:
    """The report home over pages.

    Args:
        records: the pages, in the order in which the sources are listed.
        lang: language of the report; quoted words stay in the language of their page.
        names: code → (Chinese, English) name, as in ``tables().names``.
        home: the lexicon's folder, for wording and for English names.

    Raises:
        LexiconError: if the wording of the languages does not agree.
    """
    wording = load_wording(lang, home)
    return markdown(compose(records, wording, Names(lang, wording, names, home)), wording)


def escape(text: str) -> str:
    """Text in which nothing is Markdown or HTML."""
    return _SPECIAL.sub(r"\\\1", clean(text))


class _Footnotes:
    """Numbers notes in the order of their first use; one stretch has one number."""

    def __init__(self) -> None:
        self.numbers: dict[Note, int] = {}

    def marks(self, line: Line) -> str:
        return "".join(f"[^{self.numbers.setdefault(note, len(self.numbers) + 1)}]" for note in line.notes)


def markdown(report: Report, wording: Wording) -> str:
    """Print a report; ends with a line break."""
    feet = _Footnotes()
    out = [f"# {escape(report.title)}"]
    if report.lead:
        out.append(escape(report.lead.text) + feet.marks(report.lead))
    for section in report.sections:
        lines = [f"- {_labelled(line)}{feet.marks(line)}" for line in section.lines]
        if section.more:
            lines.append(f"- {escape(section.more.text)}{feet.marks(section.more)}")
        out += [f"## {escape(section.heading)}", "\n".join(lines)]
    if feet.numbers:
        out.append("\n".join(f"[^{number}]: {_foot(note, wording)}" for note, number in feet.numbers.items()))
    return "\n\n".join(out) + "\n"


def _labelled(line: Line) -> str:
    return f"**{escape(line.label)}** {escape(line.text)}" if line.label else escape(line.text)


def _foot(note: Note, wording: Wording) -> str:
    """File, outlet or account, offsets, words."""
    words = fill(wording.quote["mark"], words=escape(note.words))
    foot = wording.report["foot"]
    return fill(foot, uri=escape(note.uri), maker=escape(note.maker), start=note.start, end=note.end, words=words)
