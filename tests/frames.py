"""The files of frames, each with its frames."""

from __future__ import annotations

import tomllib
from pathlib import Path

import msgspec

from attache.lexicon.load import HOME
from attache.lexicon.schema import Frame, VerbFile

FILES = sorted((HOME / "lang/zh/verbs").glob("*.toml"))


def frames(path: Path) -> list[Frame]:
    """The frames of one file."""
    return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), VerbFile).frame
