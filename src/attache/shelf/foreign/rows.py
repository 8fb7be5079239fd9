"""The rows of a foreign file: plain, gzip or zip, parted by tabs or commas, each with the number of its line."""

from __future__ import annotations

import csv
import gzip
import math
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, cast

from attache.shelf.foreign.noun import BadRow

GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"
LONGEST = 1_000_000  # bytes of a line; what is longer is no table
MOST = 2**63 - 1  # the largest whole number that a database keeps
MARK = "\ufeff"


class FileError(Exception):
    """A file that is no table of that collection; the message is one line and names it."""


def lines(path: str) -> Iterator[tuple[int, str]]:
    """The lines of a file with their numbers from 1, without their ends; UTF-8, a line that is none as Latin-1.

    Raises:
        FileError: where the file cannot be read, or is no text.
    """
    try:
        with _opened(path) as stream:
            for number, line in enumerate(iter(lambda: stream.readline(LONGEST), b""), 1):
                if len(line) == LONGEST:
                    raise FileError(f"{path}: line {number}: no table of text")
                yield number, _text(line).removeprefix(MARK if number == 1 else "").rstrip("\r\n")
    except (OSError, EOFError, zipfile.BadZipFile, zlib.error, RuntimeError, ValueError) as error:
        # a zip that is encrypted or packed in a way of its own is a RuntimeError
        cause = error.strerror if isinstance(error, OSError) and error.strerror else " ".join(str(error).split())
        raise FileError(f"{path}: {cause}") from None


@contextmanager
def _opened(path: str) -> Iterator[IO[bytes]]:
    head = b""
    with Path(path).open("rb") as file:
        head = file.read(4)
    if head.startswith(GZIP):
        with gzip.open(path) as stream:
            yield cast("IO[bytes]", stream)
    elif head == ZIP:
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if not name.endswith("/")]
            if len(names) != 1:
                raise FileError(f"{path}: {len(names)} files in the archive, one is wanted")
            with archive.open(names[0]) as stream:
                yield stream
    else:
        with Path(path).open("rb") as stream:
            yield stream


def _text(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("latin-1")


def table(path: str, columns: tuple[str, ...], *, head: bool) -> Iterator[tuple[int, list[str] | BadRow]]:
    """The rows of a table with the numbers of their lines; a row of another width is a BadRow.

    Args:
        path: the file.
        columns: the names of the columns, in order.
        head: whether the first line names them. A head that lacks one is refused; one that names
            more is read by its names where the rows have as many cells, and passed over where they have only the wanted
            ones, as in some published files.

    Raises:
        FileError: where the file is no such table.
    """
    rows = lines(path)
    comma = False
    named = list(columns)
    if head:
        _, first = next(rows, (0, ""))
        comma = "\t" not in first
        named = _named(path, first, columns, comma=comma)
    places = [named.index(name) for name in columns]
    for number, line in rows:
        if line:
            try:
                row = split(line, comma=comma)
                if "\0" in line:
                    if number == 1 and len(row) != len(named):
                        raise FileError(f"{path}: line 1: no table of text")
                    raise BadRow("a NUL byte, which no text holds")
                yield number, [row[place] for place in places] if len(row) == len(named) else _short(row, columns)
            except BadRow as error:
                yield number, error


def _named(path: str, head: str, columns: tuple[str, ...], *, comma: bool) -> list[str]:
    """The names of a table's columns. Raises FileError where one that is wanted is not among them."""
    try:
        named = [name.strip() for name in split(head, comma=comma)]
    except BadRow as error:
        raise FileError(f"{path}: line 1: {error}") from None
    for name in columns:
        if name not in named:
            raise FileError(f"{path}: line 1: no column {name}")
    return named


def _short(row: list[str], columns: tuple[str, ...]) -> list[str]:
    """A row under a head that names more than it has: it has the wanted ones. Raises BadRow where it has not."""
    while len(row) > len(columns) and not row[-1]:
        row.pop()
    if len(row) != len(columns):
        raise BadRow(f"{len(row)} columns, {len(columns)} wanted")
    return row


def split(line: str, *, comma: bool) -> list[str]:
    """The cells of a line; between tabs a quotation mark is a letter like others. Raises BadRow for what is none."""
    if not comma:
        return line.split("\t")
    try:
        return next(csv.reader([line], strict=True), [])
    except csv.Error as error:
        raise BadRow(f"no row of a table: {error}") from None


def day(text: str, what: str) -> str:
    """A date written YYYY-MM-DD or YYYYMMDD, as EDTF. Raises BadRow for what is no day of the calendar."""
    digits = text.strip()
    if len(digits) == 8 and digits.isdecimal():
        digits = f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
    try:
        if len(digits) != 10:
            raise ValueError
        return date.fromisoformat(digits).isoformat()
    except ValueError:
        raise BadRow(f"{what} {text!r} is no date") from None


def number(text: str, what: str) -> float | None:
    """A number, None for an empty cell. Raises BadRow for what is none."""
    if not text.strip():
        return None
    try:
        value = float(text)
    except ValueError:
        raise BadRow(f"{what} {text!r} is no number") from None
    if not math.isfinite(value):
        raise BadRow(f"{what} {text!r} is no number")
    return value


def whole(text: str, what: str) -> int | None:
    """A whole number that a database can keep, None for an empty cell. Raises BadRow for what is none."""
    value = number(text, what)
    if value is None:
        return None
    if value != int(value) or abs(value) > MOST:
        raise BadRow(f"{what} {text!r} is no whole number that can be kept")
    return int(value)


def degrees(text: str, what: str, most: int) -> float | None:
    """Latitude (``most`` 90) or longitude (180). Raises BadRow for what is outside."""
    value = number(text, what)
    if value is not None and abs(value) > most:
        raise BadRow(f"{what} {text!r} is no place on Earth")
    return value
