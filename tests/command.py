"""The command as a person calls it, in this process."""

from __future__ import annotations

from typer.testing import CliRunner, Result

from attache.face.cli import app


def run(*words: object, given: bytes | None = None) -> Result:
    """What a command line comes to. ``given``: what stands on standard input."""
    return CliRunner().invoke(app, [str(one) for one in words], input=given)


def output(*words: object, code: int = 0) -> str:
    """All that a command line prints, where it leaves with ``code``."""
    result = run(*words)
    assert result.exit_code == code, result.output
    return result.output
