"""A server on loopback that speaks chat completions well or in one of many wrong ways, chosen by the model's name."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

GOOD: dict[str, Any] = {"events": [], "voices": []}


class Double(ThreadingHTTPServer):
    """``answers``: what a good model says, by words that the page must hold. ``seen``: the bodies that came."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, answers: dict[str, Any]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers = answers
        self.seen: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.stopped = threading.Event()
        self.models = ["good"]
        self.released = threading.Event()  # until then nobody is answered who asks for "held"
        self.open, self.most, self._count = 0, 0, threading.Lock()

    def held(self, step: int) -> None:
        """Count the requests that wait."""
        with self._count:
            self.open += step
            self.most = max(self.most, self.open)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, *_: Any) -> None:
        """A client that goes away is what many tests are about."""


@contextmanager
def double(answers: dict[str, Any] | None = None) -> Iterator[Double]:
    """A server that runs as long as the block."""
    server = Double(answers or {})
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.stopped.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: Double
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        pass

    def do_GET(self) -> None:
        self._send(200, {"data": [{"id": name} for name in self.server.models]})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.seen.append(body)
        self.server.keys.append(self.headers.get("Authorization"))
        number = sum(one["model"] == body["model"] for one in self.server.seen)
        getattr(self, "_" + body["model"].replace("-", "_"))(body, number)

    def _send(self, status: int, data: Any, headers: dict[str, str] | None = None) -> None:
        raw = data if isinstance(data, bytes) else json.dumps(data, ensure_ascii=False).encode()
        self.send_response(status)
        for name, value in {"Content-Length": str(len(raw)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(raw)

    def _complete(self, content: str | None, **more: Any) -> None:
        message: dict[str, Any] = {"role": "assistant", "content": content} | more.pop("message", {})
        choice = {"message": message, "finish_reason": "stop"} | more
        usage = {"prompt_tokens": 5000, "completion_tokens": 100}
        self._send(200, {"model": "double-1", "choices": [choice], "usage": usage})

    def _answer(self, body: dict[str, Any]) -> Any:
        page = body["messages"][1]["content"]
        return next((answer for words, answer in self.server.answers.items() if words in page), GOOD)

    def _good(self, body: dict[str, Any], _: int) -> None:
        self._complete(json.dumps(self._answer(body), ensure_ascii=False))

    def _slow(self, body: dict[str, Any], _: int) -> None:
        self.server.stopped.wait(0.05)
        self._good(body, 0)

    def _held(self, body: dict[str, Any], _: int) -> None:
        self.server.held(1)
        self.server.released.wait(30)
        self.server.held(-1)
        self._good(body, 0)

    def _fenced(self, body: dict[str, Any], _: int) -> None:
        self._complete("<think>{what?}</think>\n```json\n" + json.dumps(self._answer(body)) + "\n```")

    def _tools_only(self, body: dict[str, Any], _: int) -> None:
        if "response_format" in body:
            self._send(400, {"error": {"message": "response_format is not supported"}})
            return
        call = {"function": {"name": "marks", "arguments": json.dumps(self._answer(body))}}
        self._complete(None, message={"tool_calls": [call]})

    def _plain_only(self, body: dict[str, Any], _: int) -> None:
        if "response_format" in body or "tools" in body:
            self._send(422, {"detail": "unknown field"})
            return
        self._good(body, 0)

    def _busy_once(self, body: dict[str, Any], number: int) -> None:
        if number == 1:
            self._send(429, {"error": {"message": "slow down"}}, {"Retry-After": "0"})
            return
        self._good(body, 0)

    def _busy(self, _body: dict[str, Any], _: int) -> None:
        self._send(429, {"error": {"message": "slow down"}}, {"Retry-After": "0"})

    def _broken(self, _body: dict[str, Any], _: int) -> None:
        self._send(500, b"<html>oops</html>")

    def _cut(self, _body: dict[str, Any], _: int) -> None:
        self._complete('{"events": [{"n": 1, "words": "')

    def _length(self, _body: dict[str, Any], _: int) -> None:
        self._complete('{"events": [', finish_reason="length")

    def _half(self, _body: dict[str, Any], _: int) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "100000")
        self.end_headers()
        self.wfile.write(b'{"choices": [')
        self.close_connection = True

    def _wrong_schema(self, _body: dict[str, Any], _: int) -> None:
        self._complete(json.dumps({"marks": "none", "events": {"type": "CONSULT"}}))

    def _deep(self, _body: dict[str, Any], _: int) -> None:
        self._complete('{"events": ' + "[" * 100_000 + "]" * 100_000 + "}")

    def _no_json(self, _body: dict[str, Any], _: int) -> None:
        self._complete("I cannot help with that.")

    def _no_completion(self, _body: dict[str, Any], _: int) -> None:
        self._send(200, {"hello": "world"})

    def _no_http_json(self, _body: dict[str, Any], _: int) -> None:
        self._send(200, b"<html>a login page</html>")

    def _unknown(self, body: dict[str, Any], _: int) -> None:
        self._send(404, {"error": {"message": f"model {body['model']} not found"}})

    def _locked(self, _body: dict[str, Any], _: int) -> None:
        self._send(401, {"error": {"message": "invalid key"}})

    def _echo(self, _body: dict[str, Any], _: int) -> None:
        self._send(401, {"error": {"message": f"invalid key {(self.headers.get('Authorization') or '')[7:]}"}})

    def _endless(self, _body: dict[str, Any], _: int) -> None:
        self._stream(b"x" * 65536, 0.0)

    def _drip(self, _body: dict[str, Any], _: int) -> None:
        self._stream(b" ", 0.05)

    def _stream(self, piece: bytes, pause: float) -> None:
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        until = time.monotonic() + 20
        while time.monotonic() < until and not self.server.stopped.wait(pause):
            self.wfile.write(piece)
