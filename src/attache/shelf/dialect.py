"""One way to speak SQL to SQLite and to PostgreSQL.

Statements are written once, with ``?`` for what is filled in; words in braces stand for what the two call differently
(``WORDS``). Whatever the database refuses becomes a ShelfError: one line that names the ledger and the cause.
"""

from __future__ import annotations

import contextlib
import json
import re
import sqlite3
import time
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import unquote

if TYPE_CHECKING:
    import psycopg

Row = tuple[Any, ...]
Kind = Literal["sqlite", "postgresql"]

WORDS: dict[Kind, dict[str, str]] = {
    "sqlite": {"blob": "blob", "int": "integer", "real": "real", "compact": " without rowid"},
    "postgresql": {"blob": "bytea", "int": "bigint", "real": "double precision", "compact": ""},
}
TRIES = 8
WAIT = 60  # seconds that a writer waits for another
OURS = 0x41545443  # SQLite's application_id of a ledger: ATTC
WRITERS = 0x41545443  # the advisory lock that PostgreSQL's writers take turns by
PAGE_CACHE = 256_000  # KB of SQLite's page cache, taken only as it is filled
LOG_PAGES = 8_000  # pages of the log after which it is written back into the file
_POSTGRES = re.compile(r"postgres(?:ql)?://")
CAUSES = {
    "SQLITE_FULL": "the disk is full; what was taken in before is safe",
    "SQLITE_READONLY": "it cannot be written",
    "SQLITE_BUSY": f"another process has been writing to it for more than {WAIT} seconds; try again later",
    "SQLITE_LOCKED": "another process is writing to it; try again later",
    "SQLITE_CORRUPT": "the file is damaged",
    "SQLITE_NOTADB": "it is no ledger, or its head is damaged",
    "SQLITE_CANTOPEN": "it cannot be opened",
    "SQLITE_IOERR": "the disk failed to read or write; what was taken in before is safe if it can be read again",
    "SQLITE_PERM": "it may not be opened",
}


class ShelfError(Exception):
    """Something about a ledger that its user must know; the message is one line and names the ledger."""


class Base(ABC):
    """A connection. ``kind`` says to what; ``name`` is how messages call it, without any password."""

    kind: Kind
    name: str
    _inside = False  # a transaction

    @abstractmethod
    def run(self, sql: str, params: Sequence[Any] = ()) -> list[Row]:
        """The rows of one statement, none where it gives none. Raises ShelfError."""

    @abstractmethod
    def many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """One statement for each row of parameters. Raises ShelfError."""

    @abstractmethod
    def _begin(self, *, write: bool) -> None: ...

    @abstractmethod
    def _end(self, how: Literal["commit", "rollback"]) -> None: ...

    @abstractmethod
    def close(self) -> None:
        """Let go of the ledger."""

    @abstractmethod
    def has(self, table: str) -> bool:
        """Whether there is a table of that name."""

    @abstractmethod
    def check(self) -> list[str]:
        """What the database's own check finds wrong with its file, one line each."""

    @abstractmethod
    def within(self, column: str, values: Sequence[Any]) -> tuple[str, list[Any]]:
        """The condition that a column is one of many values, and its parameter."""

    def one(self, sql: str, params: Sequence[Any] = ()) -> Row | None:
        """The first row, None where there is none."""
        rows = self.run(sql, params)
        return rows[0] if rows else None

    def script(self, sql: str) -> None:
        """Several statements parted by semicolons at line ends, with the words of this database."""
        for statement in re.split(r";\s*\n", sql.rstrip().rstrip(";") + ";\n"):
            if statement.strip():
                self.run(statement.format(**WORDS[self.kind]))

    @contextlib.contextmanager
    def write(self) -> Iterator[None]:
        """All or nothing: no other writer comes between, and an exception leaves all as it was."""
        self._begin(write=True)
        self._inside = True
        try:
            yield
            self._end("commit")
        except BaseException:
            with contextlib.suppress(ShelfError):
                self._end("rollback")
            raise
        finally:
            self._inside = False

    @contextlib.contextmanager
    def read(self) -> Iterator[None]:
        """Several statements that see one state, whatever others write meanwhile. One inside another is part of it."""
        if self._inside:
            yield
            return
        self._begin(write=False)
        self._inside = True
        try:
            yield
        finally:
            self._inside = False
            with contextlib.suppress(ShelfError):
                self._end("rollback")


def open_base(location: str, *, write: bool) -> Base:
    """A connection to a file or to ``postgresql://…``. Raises ShelfError where it cannot be had."""
    if _POSTGRES.match(location):
        return Postgres(location, write=write)
    return Sqlite(location, write=write)


class Sqlite(Base):
    """A file. Readers never wait for the writer (write-ahead log); each commit is on the disk when it returns."""

    kind: Kind = "sqlite"

    def __init__(self, location: str, *, write: bool) -> None:
        self.name = location
        path = Path(location)
        fresh = not path.exists() or path.stat().st_size == 0
        if fresh and not write:
            raise ShelfError(f"{location}: there is no ledger; attache ingest makes one")
        if path.is_dir():
            raise ShelfError(f"{location}: it is a folder")
        try:
            if fresh:
                path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = self._open(path, write=write)
        except OSError as error:
            raise ShelfError(f"{location}: {error.strerror or error}") from None
        try:
            self._claim(fresh=fresh, write=write)
        except BaseException:
            self.close()
            raise

    def _open(self, path: Path, *, write: bool) -> sqlite3.Connection:
        uri = path.absolute().as_uri() + ("?mode=rwc" if write else "?mode=ro")
        try:
            return sqlite3.connect(uri, uri=True, timeout=WAIT, isolation_level=None, cached_statements=512)
        except sqlite3.Error as error:
            raise self._told(error) from None

    def _claim(self, *, fresh: bool, write: bool) -> None:
        """Make sure that the file is a ledger, and set how it is written."""
        if not write and not self._readable():
            self._connection.close()
            self._all_in_one_file()
            uri = Path(self.name).absolute().as_uri() + "?mode=ro&immutable=1"
            self._connection = sqlite3.connect(uri, uri=True, isolation_level=None)
        self.run(f"pragma cache_size = -{PAGE_CACHE}")
        found = self.run("pragma application_id")[0][0]
        if not fresh and found != OURS:
            empty = not self.run("select 1 from sqlite_master limit 1")
            if not (empty and write):
                raise ShelfError(f"{self.name}: it is an SQLite file, but no ledger")
        if write:
            self._log_ahead()
            self.run("pragma synchronous = full")
            self.run(f"pragma wal_autocheckpoint = {LOG_PAGES}")
            self.run(f"pragma journal_size_limit = {LOG_PAGES * 4096 * 2}")
            self.run("pragma foreign_keys = on")

    def _all_in_one_file(self) -> None:
        """Refuse a file whose log still holds pages: who reads the file alone would never hear of them."""
        log = Path(f"{Path(self.name).resolve()}-wal")  # beside the file itself, also where a link led to it
        if log.exists() and log.stat().st_size > 0:
            raise ShelfError(
                f"{self.name}: its log {log.name} holds what is not in the file yet, and the folder cannot be written;"
                " open it once where it can be written, as attache ingest does"
            )

    def _log_ahead(self) -> None:
        """Switch to the write-ahead log; of two that make a file at once, one waits for the other."""
        for attempt in range(TRIES):
            try:
                if self.run("pragma journal_mode")[0][0] == "wal" or self.run("pragma journal_mode = wal"):
                    return
            except ShelfError:
                if attempt == TRIES - 1:
                    raise
                time.sleep(0.05 * (attempt + 1))

    def _readable(self) -> bool:
        """Whether a reader can take part in the log: not in a folder that cannot be written, with no writer at work."""
        try:
            self._connection.execute("select 1 from sqlite_master limit 1").fetchall()
        except sqlite3.OperationalError as error:
            return not str(getattr(error, "sqlite_errorname", "")).startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY"))
        except sqlite3.Error:
            return True  # the next statement tells what is wrong
        return True

    def _told(self, error: sqlite3.Error) -> ShelfError:
        name = str(getattr(error, "sqlite_errorname", "") or "")
        cause = next((text for code, text in CAUSES.items() if name.startswith(code)), None)
        detail = " ".join(str(error).split())
        return ShelfError(f"{self.name}: {cause} ({detail})" if cause else f"{self.name}: {detail}")

    def run(self, sql: str, params: Sequence[Any] = ()) -> list[Row]:
        """As in Base."""
        try:
            return self._connection.execute(sql, params).fetchall()
        except sqlite3.Error as error:
            raise self._told(error) from None

    def many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """As in Base."""
        try:
            self._connection.executemany(sql, rows)
        except sqlite3.Error as error:
            raise self._told(error) from None

    def _begin(self, *, write: bool) -> None:
        self.run("begin immediate" if write else "begin")

    def _end(self, how: Literal["commit", "rollback"]) -> None:
        if self._connection.in_transaction:  # a full disk may have rolled back already
            self.run(how)
        elif how == "commit":
            raise ShelfError(f"{self.name}: the change was undone by the database")

    def close(self) -> None:
        """As in Base."""
        self._connection.close()

    def has(self, table: str) -> bool:
        """As in Base."""
        return bool(self.run("select 1 from sqlite_master where type = 'table' and name = ?", [table]))

    def within(self, column: str, values: Sequence[Any]) -> tuple[str, list[Any]]:
        """As in Base."""
        return f"{column} in (select value from json_each(?))", [json.dumps(values)]

    def check(self) -> list[str]:
        """As in Base."""
        found = [str(row[0]) for row in self.run("pragma integrity_check(20)")]
        wrong = self.run("pragma foreign_key_check")
        return ([] if found == ["ok"] else found) + [f"{row[0]}, row {row[1]}: no such {row[2]}" for row in wrong]


@lru_cache(maxsize=512)
def _placeholders(sql: str) -> str:
    """A statement with psycopg's placeholders."""
    return sql.replace("%", "%%").replace("?", "%s")


def _named(location: str) -> tuple[str, list[str]]:
    """How messages call a server's database, and what of its address they must never tell, the longest first.

    A raw ``@``, ``/`` or ``?`` in a password is no right address, but nothing of it is told for that.
    """
    scheme, _, rest = location.partition("://")
    place, _, query = rest.partition("?")
    who, at, where = place.rpartition("@")
    user, _, password = who.partition(":")
    options = [one.rpartition("=") for one in query.split("&")]
    secrets = [password, *(value for key, _, value in options if not key or "pass" in key)]
    secrets += [piece for value in secrets for piece in re.split(r"[@/?&=]", value)]
    secrets = sorted({form for value in secrets for form in (value, unquote(value))} - {""}, key=len, reverse=True)
    if not at and "@" in query:  # a "?" in the password, or an "@" in an option: nobody can tell
        return f"{scheme}://…", [*secrets, place]
    return f"{scheme}://{user}{at}{where}", secrets


def _kept(row: Sequence[Any]) -> Sequence[Any]:
    """Values as PostgreSQL can keep them: its texts hold no NUL."""
    if any(isinstance(value, str) and "\0" in value for value in row):
        return [value.replace("\0", "\ufffd") if isinstance(value, str) else value for value in row]
    return row


class Postgres(Base):
    """A database on a server, by psycopg. Writers take turns by an advisory lock."""

    kind: Kind = "postgresql"

    def __init__(self, location: str, *, write: bool) -> None:
        self.name, secrets = _named(location)
        try:
            import psycopg  # noqa: PLC0415  (an extra)
        except ImportError:
            raise ShelfError(f"{self.name}: psycopg is not installed: pip install 'attache[postgres]'") from None
        self._error = psycopg.Error
        try:
            self._connection: psycopg.Connection[Row] = psycopg.connect(
                location, autocommit=True, connect_timeout=10, prepare_threshold=3
            )
        except psycopg.Error as error:
            told = str(self._told(error)).removeprefix(self.name)
            for secret in secrets:
                told = told.replace(secret, "…")
            raise ShelfError(self.name + told) from None
        self.run(f"set lock_timeout = '{WAIT}s'")
        self.run("set client_min_messages = warning")
        if not write:
            self.run("set default_transaction_read_only = on")

    def _told(self, error: Exception) -> ShelfError:
        name = type(error).__name__
        lines = [line for line in str(error).splitlines() if line.strip()] or [name]
        if name == "LockNotAvailable":
            return ShelfError(f"{self.name}: {CAUSES['SQLITE_BUSY']}")
        if name == "DiskFull":
            return ShelfError(f"{self.name}: {CAUSES['SQLITE_FULL']}")
        return ShelfError(f"{self.name}: {' '.join(lines[0].split())}")

    def run(self, sql: str, params: Sequence[Any] = ()) -> list[Row]:
        """As in Base."""
        try:
            cursor = self._connection.execute(_placeholders(sql) if params else sql, _kept(params) if params else None)
            return cursor.fetchall() if cursor.description else []
        except self._error as error:
            raise self._told(error) from None

    def many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """As in Base."""
        try:
            with self._connection.cursor() as cursor:
                cursor.executemany(_placeholders(sql), map(_kept, rows))
        except self._error as error:
            raise self._told(error) from None

    def _begin(self, *, write: bool) -> None:
        self.run("begin" if write else "begin isolation level repeatable read read only")
        if write:
            try:
                self.run("select pg_advisory_xact_lock(?)", [WRITERS])
            except ShelfError:
                self._end("rollback")
                raise

    def _end(self, how: Literal["commit", "rollback"]) -> None:
        self.run(how)

    def close(self) -> None:
        """As in Base."""
        self._connection.close()

    def has(self, table: str) -> bool:
        """As in Base."""
        found = self.run("select to_regclass(?)", [table])
        return bool(found and found[0][0])

    def within(self, column: str, values: Sequence[Any]) -> tuple[str, list[Any]]:
        """As in Base."""
        return f"{column} = any(?)", [list(values)]

    def check(self) -> list[str]:
        """As in Base: the server keeps its own house; nothing to check from here."""
        return []
