"""Made-up pages in any number: sentences of the lexicon's frames and of the samples, with other parties and days.

A world of acts is drawn first, each with its words, parties and day; then pages that each tell a few of them, so that
one act is told by several pages, as in news. The same seed gives the same pages.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from attache.lexicon.load import read_verbs
from attache.pipeline import Reader
from attache.record import Record

SAMPLES = Path(__file__).parents[1] / "samples"
STATES = re.findall(
    r"\w+",
    "CHN USA RUS JPN KOR PRK IND PAK FRA DEU GBR ITA ESP POL UKR TUR IRN IRQ SAU ISR EGY ZAF BRA MEX CAN AUS "
    "VNM PHL IDN MYS THA SGP KAZ BLR SRB HUN FIN SWE NOR GRC",
)
KINDS = ("日报", "晚报", "新闻网", "电台")
OUTLETS = [f"{place}{kind}" for place in ("远江", "北渡", "榕城", "长堤", "白塔") for kind in KINDS]
FIRST = date(2023, 1, 1)
DAYS = 720
EACH = 5  # acts that a page tells
TOLD = 3  # pages that tell an act, on average
_DAY = re.compile(r"(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日|今天|昨天|当天|周[一二三四五六日]")


class Template(NamedTuple):
    """A sentence with places for day, actor and recipient."""

    text: str


class Told(NamedTuple):
    """An act of the made-up world."""

    template: Template
    actor: str
    recipient: str
    day: date

    def words(self) -> str:
        """The sentence that tells it."""
        return self.template.text.format(
            day=f"{self.day.year}年{self.day.month}月{self.day.day}日", actor=self.actor, recipient=self.recipient
        )


class World:
    """Acts and the pages that tell them. ``events``: about how many events the pages shall tell."""

    def __init__(self, reader: Reader, events: int, seed: int = 8) -> None:
        self._random = random.Random(seed)
        known = {code: reader.tables.names[code][0] for code in STATES}
        records = [reader.read_file(path) for path in sorted(SAMPLES.glob("*.txt"))]
        templates, names = sorted(set(_templates(known))), list(known.values())
        self._filler = sorted({words for record in records for words in _filler(record)})
        found = (self._act(templates, names) for _ in range(max(events // TOLD, 1)))
        self._acts = sorted(found, key=lambda act: act.day)
        self.templates = len(templates)

    def _act(self, templates: list[Template], names: list[str]) -> Told:
        actor, recipient = self._random.sample(names, 2)
        return Told(self._random.choice(templates), actor, recipient, FIRST + timedelta(self._random.randrange(DAYS)))

    def pages(self, count: int) -> Iterator[bytes]:
        """Pages in the order of their days, each of its own words."""
        for number in range(count):
            near = int(number / count * len(self._acts))
            low, high = max(near - EACH * TOLD, 0), min(near + EACH * TOLD, len(self._acts))
            acts = self._random.sample(self._acts[low:high], min(EACH, high - low))
            yield self._page(number, acts).encode()

    def _page(self, number: int, acts: list[Told]) -> str:
        day = max(act.day for act in acts) + timedelta(1)
        body = [act.words() for act in acts] + self._random.sample(self._filler, 3)
        self._random.shuffle(body)
        outlet = self._random.choice(OUTLETS)
        head = f"各方动态第{number}期\n\n来源：{outlet}  {day.isoformat()} 10:{number % 60:02d}\n\n"
        return head + "\n".join("".join(body[i : i + 2]) for i in range(0, len(body), 2)) + "\n"


def _templates(names: Mapping[str, str]) -> Iterator[Template]:
    """Sentences of the frames that tell an act between two states, each by its plain name."""
    for file in read_verbs().values():
        for sentence in (one for frame in file.frame for one in frame.yes):
            codes = re.findall("[A-Z]{3}", sentence.gives)
            found = [name for code, name in names.items() if name in sentence.text]
            if len(codes) != 2 or sorted(names.get(code, "") for code in codes) != sorted(found):
                continue
            bare = _DAY.sub("", sentence.text).replace(names[codes[0]], "{actor}")
            yield Template("{day}，" + bare.replace(names[codes[1]], "{recipient}").lstrip("，"))


def _filler(record: Record) -> Iterator[str]:
    """Sentences that tell no event and name no party."""
    told = {event.sentence for event in record.events}
    named = {mention.sentence for mention in record.mentions if mention.kind == "actor"}
    for index, sentence in enumerate(record.sentences):
        words = record.capture.text[sentence.start : sentence.end].replace("\n", "")
        if index not in told | named and 8 <= len(words) <= 60:
            yield words
