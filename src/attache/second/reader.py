"""The line with a second reader: page → questions → answers → held to the page → merged → record."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from typing import NamedTuple

import msgspec

from attache.pipeline import Reader, Taken
from attache.record import Event, Record, Second, Trust, Unsure
from attache.second.answer import Answer
from attache.second.desk import Desk
from attache.second.hold import Held, Unreadable, decode, hold, refusal
from attache.second.merge import merge, voices
from attache.second.prompt import Question, codebook, language, prompt, questions
from attache.second.server import Failed
from attache.second.tape import Reply

Asked = list[tuple[Question, Future[Reply]]]  # the questions about a page, with the replies to come
ALONE = "read by the built-in reader alone"


class Heard(NamedTuple):
    """What came back about a page: answers with the sentences that they are about, makers, and what went wrong."""

    answers: list[tuple[range, Answer]]
    models: list[str]
    failures: list[str]

    @property
    def sentences(self) -> frozenset[int]:
        """All sentences that an answer is about."""
        return frozenset(index for within, _ in self.answers for index in within)


class Read(NamedTuple):
    """A page read by both: its record, what each holds of the sentences that both read, why an answer is missing."""

    record: Record
    first: list[Event]
    held: Held
    failures: list[str]


class SecondReader:
    """Reads pages with both readers. ``desk`` answers, ``trust`` is the policy."""

    def __init__(self, reader: Reader, desk: Desk, trust: Trust) -> None:
        self.reader = reader
        self.desk = desk
        self.trust = trust

    def read(self, pages: Iterable[Taken]) -> Iterator[Read]:
        """Each page in its order; questions about those that follow are under way meanwhile."""
        for taken, asked in self.under_way(pages):
            yield self.finish(taken, asked)

    def under_way(self, pages: Iterable[Taken]) -> Iterator[tuple[Taken, Asked]]:
        """Each page with the questions about it; as many pages are ahead of it as the desk has room for."""
        waiting: deque[tuple[Taken, Asked]] = deque()
        for taken in pages:
            waiting.append((taken, ask(self.desk, taken)))
            if len(waiting) >= self.desk.width or all(future.done() for _, future in waiting[0][1]):
                yield waiting.popleft()
        while waiting:
            yield waiting.popleft()

    def finish(self, taken: Taken, asked: Asked) -> Read:
        """A page as both readers have it; waits for the answers about it."""
        return read(self.reader, taken, heard(asked), self.trust, self.desk.model)


def ask(desk: Desk, taken: Taken) -> Asked:
    """The questions about a page, with the replies to come."""
    return [(question, desk.ask(question)) for question in questions(taken)]


def heard(asked: Asked) -> Heard:
    """Wait for the replies to the questions about a page, and decode them."""
    found = Heard([], [], [])
    for question, future in asked:
        try:
            reply = future.result()
            found.answers.append((question.sentences, decode(reply.content)))
            found.models.append(reply.model)
        except (Failed, Unreadable) as error:
            found.failures.append(str(error))
    return found._replace(failures=list(dict.fromkeys(found.failures)))


def read(reader: Reader, taken: Taken, heard: Heard, trust: Trust, model: str) -> Read:
    """The record of a page from what both readers say; sentences without an answer are the built-in reader's alone."""
    held = hold(heard.answers, taken, reader.tables, codebook())
    asked = heard.sentences
    alone = [event for event in taken.events if event.sentence not in asked]
    shared = [event for event in taken.events if event.sentence in asked]
    merged = merge(shared, held.events, trust)
    events = sorted([*alone, *merged.shown], key=lambda event: (event.evidence.start, event.evidence.end, event.id))
    stated = voices(reader.stated(taken), held.statements)
    record = reader.record(taken._replace(events=events), stated)
    record = msgspec.structs.replace(
        record,
        aside=merged.aside,
        unsure=[*record.unsure, *held.refused, *_missing(taken, heard)],
        second=Second(
            model=next(iter(heard.models), model),
            prompt=prompt(language(taken)).digest,
            trust=trust, asked=len(asked), answered=len(asked) == len(taken.readings),
        ),
    )  # fmt: skip
    return Read(record, shared, held, heard.failures)


def _missing(taken: Taken, heard: Heard) -> list[Unsure]:
    """Why sentences have no second reading."""
    left = len(taken.readings) - len(heard.sentences)
    if not left:
        return []
    whole = "the page" if not heard.answers else f"{left:,} of its {len(taken.readings):,} sentences"
    causes = heard.failures or ["the page is longer than is asked about"]
    return [refusal(f"{whole} {ALONE}: {cause}") for cause in causes]
