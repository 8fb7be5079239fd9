"""A PostgreSQL server for one run: its own data in a folder of its own, its socket there, nothing kept."""

from __future__ import annotations

import contextlib
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

USERS = ("postgres", "nobody")  # whom the server runs as where the tests run as root, which it refuses to


def _program(name: str) -> str | None:
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(installed[-1]) if installed else None)


def missing() -> str:
    """Why no server can be started here, "" if one can."""
    try:
        import psycopg  # noqa: F401
    except ImportError:
        return "psycopg is not installed"
    lacking = [name for name in ("initdb", "pg_ctl") if _program(name) is None]
    return f"PostgreSQL is not installed: no {' and no '.join(lacking)}" if lacking else ""


def _user() -> str | None:
    """The unprivileged user to run as, None where the tests run as one already."""
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in USERS if name in known) if os.geteuid() == 0 else None


class Server(NamedTuple):
    """A running server, by the folder of its socket."""

    folder: str
    numbers: Iterator[int]

    @contextlib.contextmanager
    def database(self) -> Iterator[str]:
        """The address of an empty database, which goes when the test does."""
        import psycopg

        name = f"ledger{next(self.numbers)}"
        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            connection.execute(f"create database {name}".encode())
            try:
                yield self._address(name)
            finally:
                connection.execute(f"drop database {name} with (force)".encode())

    def _address(self, name: str) -> str:
        return f"postgresql://attache@/{name}?host={self.folder}"


@contextlib.contextmanager
def running() -> Iterator[Server]:
    """A server that listens on a socket only."""
    folder = tempfile.mkdtemp(prefix="attache-pg-")
    user = _user()
    data, log = f"{folder}/data", f"{folder}/log"
    if user:
        shutil.chown(folder, user)

    def call(name: str, *words: str) -> None:
        program = _program(name)
        assert program is not None
        done = subprocess.run([program, *words], user=user, cwd=folder, stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE, check=False)  # fmt: skip
        assert done.returncode == 0, f"{name}: {done.stderr.decode()}"

    try:
        call("initdb", "-D", data, "-A", "trust", "-U", "attache", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")
        call("pg_ctl", "-D", data, "-l", log, "-w", "-o", f"-k {folder} -h '' -c fsync=off", "start")
        try:
            yield Server(folder, itertools.count(1))
        finally:
            call("pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def location(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    """Where an empty ledger can be made, by the parameter of a fixture: ``sqlite``, in a folder, or ``postgresql``."""
    if request.param == "sqlite":
        yield str(folder / "ledger.db")
        return
    server: Server = request.getfixturevalue("postgres")
    with server.database() as address:
        yield address
