"""Where questions are answered: from recordings, from the cache, or by a server, many at a time, within a budget."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any, Protocol, TypeVar

from attache.second.budget import Spent
from attache.second.hold import Unreadable, decode
from attache.second.prompt import Question
from attache.second.server import FORMS, Failed, Server
from attache.second.settings import Settings
from attache.second.tape import Reply, Tape, TapeError, cache

T = TypeVar("T")
FAILURES = 3  # in a row, after which a server is left alone


class Desk(Protocol):
    """Answers questions. ``width``: how many it may have at once."""

    model: str
    width: int

    def ask(self, question: Question) -> Future[Reply]:
        """The reply to come; its exception is Failed."""

    def summary(self) -> str:
        """What was asked and spent, in a line."""

    def close(self) -> None:
        """Let go of what is held."""


class Replay:
    """Answers from recordings alone."""

    width = 1

    def __init__(self, tape: Tape) -> None:
        self._tape = tape
        self.model = "replay"
        self._found, self._missing = 0, 0

    def ask(self, question: Question) -> Future[Reply]:
        """The recorded reply, or Failed where there is none."""
        out: Future[Reply] = Future()
        try:
            reply = self._tape.get(question.id)
        except TapeError as error:
            reply = None
            out.set_exception(Failed(str(error)))
        else:
            if reply is None:
                out.set_exception(Failed(f"{self._tape.folder}: no recorded answer to this page and prompt"))
            else:
                out.set_result(reply)
        self._found += reply is not None
        self._missing += reply is None
        return out

    def summary(self) -> str:
        """How many answers were there."""
        return f"{self._found:,} recorded answers, {self._missing:,} missing"

    def close(self) -> None:
        """Hold nothing."""


class Live:
    """Answers by a server, through the cache; its requests run in a thread of their own."""

    def __init__(
        self, server: Server, settings: Settings, record: Tape | None, kept: Callable[[str, str], Tape] = cache
    ) -> None:
        """Find out the server's model.

        Raises:
            Failed: where the server does not tell it.
        """
        self.width = settings.concurrency
        self._server = server
        self._record = record
        self._turn = asyncio.Semaphore(settings.concurrency)
        self._under_way: dict[str, asyncio.Task[Reply]] = {}
        self._asked, self._cached, self._failed, self._in_a_row = 0, 0, 0, 0
        self._closed: str | None = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="second reader", daemon=True)
        self._thread.start()
        try:
            self.model = self._wait(server.find_model())
        except Failed:
            self.close()
            raise
        self._cache = kept(server.base, self.model)
        known = self._cache.recall("form")
        server.form = known if known in FORMS else server.form

    def _wait(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def ask(self, question: Question) -> Future[Reply]:
        """The reply to come: the cached one, else the server's."""
        return asyncio.run_coroutine_threadsafe(self._once(question), self._loop)

    async def _once(self, question: Question) -> Reply:
        """The answer to a question; to one that is under way already, the same."""
        if question.id not in self._under_way:
            task = asyncio.create_task(self._answer(question))
            self._under_way[question.id] = task
            task.add_done_callback(lambda _: self._under_way.pop(question.id, None))
        return await self._under_way[question.id]

    async def _answer(self, question: Question) -> Reply:
        """The cached reply, else the server's; a cache that cannot be read or written only costs."""
        reply = None
        with contextlib.suppress(TapeError):
            reply = self._cache.get(question.id)
        if reply is not None:
            self._cached += 1
        else:
            async with self._turn:
                reply = await self._asking(question)
            with contextlib.suppress(TapeError):
                self._cache.put(reply)
                self._cache.remember("form", self._server.form)
        if self._record:
            try:
                self._record.put(reply)
            except TapeError as error:
                raise Failed(str(error)) from None
        return reply

    async def _asking(self, question: Question) -> Reply:
        """The server's reply; after it failed too often, or for good, nothing more is asked."""
        if self._closed:
            raise Failed(self._closed)
        try:
            self._asked += 1
            reply = await self._server.ask(question)
            decode(reply.content)
        except Spent as error:
            self._asked -= 1
            self._closed = f"not asked: {error}"
            raise Failed(self._closed) from None
        except (Failed, Unreadable) as error:
            self._failed += 1
            self._in_a_row += 1
            fatal = isinstance(error, Failed) and error.fatal
            if fatal or self._in_a_row >= FAILURES:
                self._closed = f"not asked: {error}"
            raise Failed(str(error)) from None
        self._in_a_row = 0
        return reply

    def summary(self) -> str:
        """What was asked, found in the cache, failed and spent."""
        budget = self._server.budget
        money = f", {budget.money:.4f} in money" if budget.money else ""
        return (
            f"{self.model}: {self._asked:,} questions asked, {self._cached:,} answered from the cache, "
            f"{self._failed:,} without an answer; {budget.tokens_in:,} tokens in, {budget.tokens_out:,} out{money}"
        )

    def close(self) -> None:
        """Close connections and end the thread; questions under way are given up."""

        async def end() -> None:
            others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)
            await self._server.close()

        self._wait(end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
