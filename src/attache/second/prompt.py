"""The prompt: the marking guide, the codebook and an example as instructions; the page as data and nothing else."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec

from attache.lexicon import load
from attache.lexicon.raw import LexiconError
from attache.lexicon.schema import Codebook
from attache.pipeline import Taken
from attache.read.sentence import Line
from attache.second.answer import schema

Language = Literal["zh", "en"]
HERE = Path(__file__).parent
GUIDES = (HERE / "guide", Path(__file__).parents[3] / "docs")  # an installed package; a checkout
GUIDE = {"zh": ("marking.zh.md", ("标什么", "哪一类", "哪一方")),
         "en": ("marking.md", ("What to mark", "Which type", "Which side"))}  # fmt: skip
LONGEST = 300  # characters of a title or outlet that it shows
LARGEST = 12_000  # characters of a page that one question shows
MOST = 6  # questions for one page
_TOKEN = re.compile(
    r"(?<=[<＜\[])(?=[|｜/a-zA-Z_<])"
)  # <|im_end|>, [INST]: what a chat template takes for its own marks


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A page of ours with the answer that it should get: ``example.<xx>.json``."""

    sample: str
    page: dict[str, Any]
    answer: dict[str, Any]


class Prompt(NamedTuple):
    """All that does not depend on the page. ``digest``: SHA-256 of instructions and schema."""

    instructions: str
    schema: dict[str, Any]
    digest: str


class Question(NamedTuple):
    """One question about a page: messages in chat form; ``id``: SHA-256 of messages and schema.

    ``sentences``: the indices of those that it shows.
    """

    id: str
    messages: list[dict[str, str]]
    schema: dict[str, Any]
    sentences: range


@cache
def codebook() -> Codebook:
    """The codebook that ships."""
    return load.read_toml(load.HOME / "codebook.toml", Codebook)


@cache
def prompt(language: Language) -> Prompt:
    """The prompt in a language.

    Raises:
        LexiconError: where the guide, or a section that the prompt is made of, is missing.
    """
    example = msgspec.json.decode((HERE / f"example.{language}.json").read_bytes(), type=Example)
    parts = {
        "guide": guide(language),
        "types": _types(language),
        "page": _shown(example.page),
        "answer": _shown(example.answer),
    }
    form = (HERE / f"form.{language}.md").read_text(encoding="utf-8")
    text = re.sub(r"\{(guide|types|page|answer)\}", lambda match: parts[match[1]], form)
    bound = schema(codebook())
    return Prompt(text, bound, _digest([text, bound]))


def guide(language: Language) -> str:
    """The sections of the marking guide that say what to mark, by which type, on which side."""
    name, wanted = GUIDE[language]
    path = next((folder / name for folder in GUIDES if (folder / name).exists()), None)
    if path is None:
        raise LexiconError(name, "the marking guide", "the file is missing")
    sections = {
        section.split("\n", 1)[0].strip(): section for section in path.read_text(encoding="utf-8").split("\n## ")[1:]
    }
    for title in wanted:
        if title not in sections:
            raise LexiconError(name, title, "the section that the prompt is made of is missing")
    return "\n\n".join(f"## {sections[title].strip()}" for title in wanted)


def _types(language: Language) -> str:
    """Types with their modes, a line each."""
    book = codebook()
    lines = []
    for kind in book.type:
        label = kind.label_zh if language == "zh" else kind.label_en
        modes = [
            f"{mode.code}（{mode.label_zh}）" if language == "zh" else f"{mode.code} ({mode.definition.rstrip('.')})"
            for mode in book.mode
            if mode.type == kind.code
        ]
        joined = "、".join(modes) if language == "zh" else "; ".join(modes)
        lines.append(f"- {kind.code} {label}: {joined or '–'}")
    return "\n".join(lines)


def language(taken: Taken) -> Language:
    """The language in which a page is asked about."""
    return "en" if taken.page.language == "en" else "zh"


def questions(taken: Taken) -> list[Question]:
    """What to ask about a page; the end of one that is longer than all of them may show is left out."""
    base, page = prompt(language(taken)), taken.page
    title, outlet = (defanged((words or "")[:LONGEST]) for words in (page.title, page.outlet or page.account))
    head = {"title": title, "outlet": outlet, "published": page.published.edtf}
    windows: list[list[tuple[int, str]]] = []
    size = LARGEST
    for reading in taken.readings:
        words = defanged(words_of(reading.line, taken.capture.text))
        if size + len(words) > LARGEST:
            windows.append([])
            size = 0
        windows[-1].append((reading.index + 1, words))
        size += len(words)
    return [_question(base, head, window) for window in windows[:MOST]]


def words_of(line: Line, capture: str) -> str:
    """A sentence as the page has it."""
    start, end = line.place(0, len(line.text))
    return " ".join(capture[start:end].split())


def defanged(text: str) -> str:
    """Text whose look-alikes of a chat template's own marks are broken by a blank; citations are compared without."""
    return _TOKEN.sub(" ", text)


def _question(base: Prompt, head: dict[str, Any], window: list[tuple[int, str]]) -> Question:
    messages = [
        {"role": "system", "content": base.instructions},
        {"role": "user", "content": _shown({**head, "sentences": window})},
    ]
    shows = range(window[0][0] - 1, window[-1][0])
    return Question(_digest([messages, base.schema]), messages, base.schema, shows)


def _shown(data: Any) -> str:
    """JSON with a sentence or proposal a line, which a model counts better than one long line."""
    text = msgspec.json.encode(data).decode()
    return re.sub(
        r'(\],)(?=\[\d+,")|(\},)(?=\{"n":\d+,"words":"[^"]*","(?:type|kind":"[a-z]+","speaker))', r"\g<0>\n", text
    )


def _digest(data: Any) -> str:
    return hashlib.sha256(msgspec.json.encode(data)).hexdigest()
