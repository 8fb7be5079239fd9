"""Answers kept as files, one a question: a cache that spares asking twice, recordings to replay without a server."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
from pathlib import Path

import msgspec
import platformdirs

ID = re.compile("[0-9a-f]{64}")


class TapeError(OSError):
    """A folder or file of answers that cannot be used; the message names it and the cause."""


class Reply(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a model answered to a question, in its own words. ``model``: its name as its maker gives it."""

    question: str
    model: str
    content: str
    tokens_in: int = 0
    tokens_out: int = 0


class Tape:
    """A folder of replies; each stands in a file named by its question's digest."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, question: str) -> Reply | None:
        """The reply to a question, None if there is none.

        Raises:
            TapeError: if its file cannot be read.
        """
        path = self.folder / f"{question}.json"
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise TapeError(f"{path}: {error.strerror}") from None
        try:
            found = msgspec.json.decode(data, type=Reply)
        except (msgspec.DecodeError, ValueError) as error:
            raise TapeError(f"{path}: {error}") from None
        if found.question != question:
            raise TapeError(f"{path}: it answers another question, {found.question[:12]}…")
        return found

    def put(self, reply: Reply) -> None:
        """Keep a reply; the file is there whole or not at all.

        Raises:
            TapeError: if it cannot be written.
        """
        if not ID.fullmatch(reply.question):
            raise TapeError(f"{reply.question[:80]!r}: no digest of a question")
        self._write(f"{reply.question}.json", msgspec.json.format(msgspec.json.encode(reply), indent=1) + b"\n")

    def _write(self, name: str, data: bytes) -> None:
        part: str | None = None
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            number, part = tempfile.mkstemp(dir=self.folder, prefix=".", suffix=".part")
            with os.fdopen(number, "wb") as file:
                file.write(data)
            Path(part).chmod(0o644)  # a folder of answers may be shared
            Path(part).replace(self.folder / name)
        except OSError as error:
            if part is not None:
                Path(part).unlink(missing_ok=True)
            raise TapeError(f"{self.folder}: {error.strerror}") from None

    def check(self) -> None:
        """Make the folder and see that it can be written. Raises TapeError."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.folder):
                pass
        except OSError as error:
            raise TapeError(f"{self.folder}: {error.strerror}") from None

    def recall(self, name: str) -> str | None:
        """A word kept beside the replies, None if it is not there."""
        try:
            return (self.folder / f"{name}.txt").read_text(encoding="utf-8").strip()
        except (OSError, ValueError):
            return None

    def remember(self, name: str, word: str) -> None:
        """Keep a word beside the replies; what cannot be kept is found out again."""
        with contextlib.suppress(TapeError):
            self._write(f"{name}.txt", f"{word}\n".encode())


def cache(base: str, model: str) -> Tape:
    """The user's cache of what a server's model answered."""
    name = hashlib.sha256(f"{base}#{model}".encode()).hexdigest()[:16]
    return Tape(platformdirs.user_cache_path("attache") / "second" / name)
