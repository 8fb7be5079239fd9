"""A server that speaks OpenAI's chat completions: one question at a time, whatever goes wrong told in a line."""

from __future__ import annotations

import asyncio
import email.utils
import random
import re
import time
from typing import Any

import httpx
import msgspec

from attache.second.budget import Budget
from attache.second.ground import shown
from attache.second.prompt import Question
from attache.second.settings import Settings
from attache.second.tape import Reply

BYTES = 2  # of a prompt for a token: Chinese has three a character, and tokenizers take a token or less for one
LARGEST = 4_000_000  # bytes of a body that are taken in
LONGEST_WAIT = 120.0  # seconds that a server's Retry-After is obeyed
AGAIN = frozenset([408, 409, 425, 429])  # and all from 500 on, but for 501
UNKNOWN_FORM = frozenset([400, 415, 422, 501])  # what servers say to a form of output they lack
FORM_WORDS = ("response_format", "json_schema", "json_object", "tool")  # or what a 500 says of it
HOPELESS = frozenset([401, 402, 403, 404])  # key, credit, model: the next question would fare no better
FORMS = ("json_schema", "json_object", "tool", "plain")
_THOUGHT = re.compile(r"^\s*<think(?:ing)?>.*?</think(?:ing)?>", re.S)


class Failed(Exception):  # noqa: N818  (the page falls back; the run goes on)
    """No answer; the message names the server and the cause. ``fatal``: no other question would fare better."""

    def __init__(self, why: str, *, fatal: bool = False) -> None:
        super().__init__(why)
        self.fatal = fatal


class _Refused(Exception):  # noqa: N818
    """A status other than 200, with what the server says of it and how long it wants to be left alone."""

    def __init__(self, status: int, why: str, wait: float | None) -> None:
        super().__init__(f"{status}{' ' + why if why else ''}")
        self.status = status
        self.wait = wait
        self.of_form = status in UNKNOWN_FORM or (status == 500 and any(word in why for word in FORM_WORDS))


class Server:
    """One model of one server. ``form``: how it binds its output to a schema; ``sure`` once it has answered so."""

    def __init__(self, base: str, model: str | None, key: str | None, settings: Settings) -> None:
        self.budget = Budget(settings)
        self._key = key
        self.base = base
        self.model = model
        self.form = FORMS[0]
        self.sure = False
        self._settings = settings
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        limits = httpx.Limits(max_connections=settings.concurrency, max_keepalive_connections=settings.concurrency)
        self._client = httpx.AsyncClient(headers=headers, limits=limits, timeout=settings.timeout, trust_env=False)

    async def close(self) -> None:
        """Close its connections."""
        await self._client.aclose()

    async def find_model(self) -> str:
        """The model's name: the one given, else the only one that the server has.

        Raises:
            Failed: where there is none, or more than one.
        """
        if self.model is None:
            found = await self._models()
            data = found.get("data") if isinstance(found, dict) else None
            models = data if isinstance(data, list) else []
            names = [str(one.get("id")) for one in models if isinstance(one, dict)]
            if len(names) != 1:
                told = ", ".join(sorted(names)[:8]) or "none"
                raise Failed(f"{self.base}: which model? name one after #; it has {told}", fatal=True)
            self.model = names[0]
        return self.model

    async def _models(self) -> Any:
        try:
            return await self._again("GET", "models", None)
        except _Refused as error:
            raise Failed(f"{self.base}: {error}", fatal=True) from None

    async def ask(self, question: Question) -> Reply:
        """The reply to a question.

        Raises:
            Failed: after all tries, or at once where trying again is no use.
            Spent: where another try might pass the budget.
        """
        model = await self.find_model()
        tried: list[str] = []
        while True:
            form = self.form if self.sure or not tried else FORMS[FORMS.index(tried[-1]) + 1]
            try:
                found = await self._again("POST", "chat/completions", self._body(question, form))
            except _Refused as error:
                tried.append(form)
                if error.of_form and form != FORMS[-1] and not (self.sure and self.form in tried):
                    continue
                raise Failed(f"{self.base}: {error}", fatal=error.status in HOPELESS) from None
            if not self.sure:
                self.form, self.sure = form, True
            return reply(found, question.id, model)

    def _body(self, question: Question, form: str) -> dict[str, Any]:
        body: dict[str, Any] = {
            "model": self.model,
            "messages": question.messages,
            "temperature": 0,
            "max_tokens": self._settings.max_tokens,
            "stream": False,
        }
        return body | bound(question.schema, form)

    async def _again(self, method: str, path: str, body: dict[str, Any] | None) -> Any:
        """What a request brings, tried again with growing pauses where the server may come round."""
        settings = self._settings
        held = (len(msgspec.json.encode(body["messages"])) // BYTES, settings.max_tokens) if body else (0, 0)
        for number in range(1, settings.tries + 1):
            await self.budget.set_aside(*held)
            used = held  # whatever breaks off may have been billed
            wait = settings.backoff * 2 ** (number - 1) * random.uniform(0.5, 1.0)
            try:
                async with asyncio.timeout(settings.timeout):
                    found = await self._send(method, path, body)
                used = _usage(found, held)
                return found
            except TimeoutError:
                why = f"no answer within {settings.timeout:g} s"
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                used = (0, 0)  # nothing was sent
                why = str(error) or "no connection"
                if "CERTIFICATE" in why.upper() or "SSL" in why.upper():
                    raise Failed(f"{self.base}: {why}", fatal=True) from None
            except httpx.TimeoutException:
                why = f"no answer within {settings.timeout:g} s"
            except (httpx.InvalidURL, UnicodeError) as error:
                raise Failed(f"{self.base}: {error}", fatal=True) from None
            except httpx.HTTPError as error:
                why = str(error) or type(error).__name__
            except _Refused as error:
                used = (0, 0)
                if error.of_form or (error.status not in AGAIN and error.status < 500):
                    raise
                why = str(error)
                wait = wait if error.wait is None else min(error.wait, LONGEST_WAIT)
            finally:
                await self.budget.settle(held, used)
            if number < settings.tries:
                await asyncio.sleep(wait)
        raise Failed(f"{self.base}: {why}, tried {settings.tries} times")

    async def _send(self, method: str, path: str, body: dict[str, Any] | None) -> Any:
        """What the server says, decoded; of a body too large nothing more is taken in."""
        data = bytearray()
        async with self._client.stream(method, f"{self.base}/{path}", json=body) as response:
            async for piece in response.aiter_bytes():
                data += piece
                if len(data) > LARGEST:
                    raise Failed(f"{self.base}: the answer is longer than {LARGEST:,} bytes")
            if response.status_code != 200:
                raise _Refused(response.status_code, self._why(bytes(data)), _wait(response.headers.get("Retry-After")))
        try:
            return msgspec.json.decode(bytes(data))
        except (msgspec.DecodeError, ValueError, RecursionError) as error:
            raise Failed(f"{self.base}: the answer is no JSON: {error}") from None

    def _why(self, data: bytes) -> str:
        """What a server says of an error, in one short line, without the key, which some repeat."""
        try:
            found = msgspec.json.decode(data)
            error = found.get("error", found)
            text = str(error.get("message") or error.get("detail") or "") if isinstance(error, dict) else str(error)
        except (msgspec.DecodeError, ValueError, AttributeError, RecursionError):
            text = data[:400].decode(errors="replace")
        if self._key:
            text = text.replace(self._key, "…")
        return " ".join(shown(text, 160).split())


def bound(schema: dict[str, Any], form: str) -> dict[str, Any]:
    """What binds a server's output to a schema, in one of the forms that servers know."""
    if form == "json_schema":
        return {"response_format": {"type": form, "json_schema": {"name": "marks", "strict": True, "schema": schema}}}
    if form == "json_object":
        return {"response_format": {"type": form, "schema": schema}}
    if form == "tool":
        function = {"name": "marks", "description": "Hand in the marks of the page.", "parameters": schema}
        return {
            "tools": [{"type": "function", "function": function}],
            "tool_choice": {"type": "function", "function": {"name": "marks"}},
        }
    return {}


def reply(found: Any, question: str, model: str) -> Reply:
    """The reply in a server's answer; Failed where it is cut or shaped otherwise."""
    try:
        choice = found["choices"][0]
        message = choice["message"]
        calls = message.get("tool_calls")
        content = calls[0]["function"]["arguments"] if calls else message["content"]
        content = _THOUGHT.sub("", content)
    except (LookupError, TypeError, AttributeError, ValueError):
        raise Failed("the server's answer is no chat completion") from None
    if choice.get("finish_reason") == "length":
        raise Failed("the answer was cut at the limit of tokens")
    named = found.get("model")
    spent = _usage(found, (0, 0))
    return Reply(
        question=question, model=shown(named, 100) if isinstance(named, str) and named else model, content=content,
        tokens_in=spent[0], tokens_out=spent[1],
    )  # fmt: skip


def _usage(found: Any, otherwise: tuple[int, int]) -> tuple[int, int]:
    """Tokens in and out by a server's own count, where it tells them."""
    usage = found.get("usage") if isinstance(found, dict) else None
    if not isinstance(usage, dict):
        return otherwise
    told_in, told_out = usage.get("prompt_tokens"), usage.get("completion_tokens")
    if (
        isinstance(told_in, int)
        and isinstance(told_out, int)
        and min(told_in, told_out) >= 0
        and max(told_in, told_out) < 10**9
    ):
        return told_in, told_out
    return otherwise


def _wait(header: str | None) -> float | None:
    """Seconds of a Retry-After, which tells them or a date."""
    if not header:
        return None
    if header.strip().isdecimal():
        return float(header)
    try:
        return max(email.utils.parsedate_to_datetime(header).timestamp() - time.time(), 0.0)
    except (ValueError, TypeError):
        return None
