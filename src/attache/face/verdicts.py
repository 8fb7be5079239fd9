"""People's verdicts on claims: one JSON object a line in a file of the user's, only ever added to."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import platformdirs

from attache.brief.sheet import Verdict


class VerdictError(Exception):
    """A verdict file that cannot be read or written; the message names file, line and cause."""


def default_file() -> Path:
    """Where verdicts are kept unless told otherwise."""
    return Path(platformdirs.user_data_dir("attache")) / "verdicts.jsonl"


def load(path: Path) -> list[Verdict]:
    """All verdicts of a file, in the order in which they were given; none where there is no file.

    Raises:
        VerdictError: for a line that is no verdict, or a file that cannot be read.
    """
    if not path.exists():
        return []
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise VerdictError(f"{path}: {error.strerror}") from None
    out = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                out.append(msgspec.json.decode(line, type=Verdict))
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                raise VerdictError(f"{path}, line {number}: {error}") from None
    return out


def add(path: Path, verdict: Verdict) -> None:
    """Add one line; a file that does not end in one gets its line end first.

    Raises:
        VerdictError: if the file holds a line that is no verdict, or cannot be written.
    """
    load(path)
    line = msgspec.json.encode(verdict) + b"\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_bytes() if path.exists() else b""
        if before and not before.endswith(b"\n"):
            line = b"\n" + line
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            if os.write(handle, line) != len(line):
                raise VerdictError(f"{path}: the disk took only a part of the line")
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        raise VerdictError(f"{path}: {error.strerror}") from None
