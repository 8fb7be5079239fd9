"""Reads the lexicon's TOML."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from attache.lexicon import schema
from attache.lexicon.check import check
from attache.lexicon.raw import Lexicon, LexiconError

HOME = Path(__file__).parent
WORD_CLASSES = "lang/zh/word_classes.json"
T = TypeVar("T")


# Parsed files by path, filled from the cache of compiled tables when its digest holds: parsing TOML takes longer
# than all else at start-up.
PARSED: dict[Path, tuple[tuple[int, int], Any]] = {}


def stamp(path: Path) -> tuple[int, int]:
    """Size and time of change of a file: while they stay, its parsed form does."""
    status = path.stat()
    return status.st_size, status.st_mtime_ns


def read_toml(path: Path, shape: type[T]) -> T:
    """One TOML file in its shape. Raises LexiconError for bad syntax, unknown keys and wrong types."""
    try:
        kept = PARSED.get(path)
        found = kept[1] if kept and kept[0] == stamp(path) else tomllib.loads(path.read_text(encoding="utf-8"))
        return msgspec.convert(found, shape)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LexiconError(path, "", str(error)) from None
    except msgspec.ValidationError as error:
        raise LexiconError(path, "", str(error)) from None
    except OSError as error:
        raise LexiconError(path, "", error.strerror or str(error)) from None


def read_verbs(home: Path = HOME) -> dict[str, schema.VerbFile]:
    """The files of frames, by path. Raises LexiconError for one that cannot be read."""
    return dict(_each(home, "lang/zh/verbs", schema.VerbFile))


def read_ledger_words(home: Path = HOME) -> schema.LedgerWords:
    """The words of the ledger. Raises LexiconError for a file that cannot be read."""
    return read_toml(home / "lang/zh/ledger.toml", schema.LedgerWords)


def read_media(home: Path = HOME) -> list[schema.Medium]:
    """All media. Raises LexiconError for a file that cannot be read."""
    return [medium for _, file in _each(home, "media", schema.MediumFile) for medium in file.medium]


def _each(home: Path, folder: str, shape: type[T]) -> Iterator[tuple[str, T]]:
    """The files of a folder in their shape, by path relative to ``home``."""
    for path in sorted((home / folder).glob("*.toml")):
        yield str(path.relative_to(home)), read_toml(path, shape)


def read_word_classes(home: Path) -> list[list[str]]:
    """The classes of words that were learnt, none where there is no file. Raises LexiconError for a damaged one."""
    path = home / WORD_CLASSES
    try:
        return msgspec.json.decode(path.read_bytes(), type=schema.WordClasses).classes if path.exists() else []
    except msgspec.DecodeError as error:
        raise LexiconError(path, "", str(error)) from None


def files(home: Path = HOME) -> list[Path]:
    """All files of the lexicon in a fixed order."""
    return sorted(home.rglob("*.toml"))


def digest(home: Path = HOME) -> str:
    """SHA-256 over names and bytes of all files of the lexicon, what was learnt and the code that compiles them."""
    total = hashlib.sha256()
    code = [HOME / f"{name}.py" for name in ("fold", "schema", "raw", "rows", "terms", "compile", "tables")]
    for path in [*files(home), home / "judge.json", home / WORD_CLASSES, *code]:
        data = path.read_bytes() if path.exists() else b""
        name = path.relative_to(home) if path.is_relative_to(home) else path.name
        total.update(f"{name}\0{len(data)}\0".encode())
        total.update(data)
    return total.hexdigest()


def load(home: Path = HOME) -> Lexicon:
    """Read and check the whole lexicon.

    Raises:
        LexiconError: at the first thing that does not hold together.
    """
    each = partial(_each, home)
    verbs = read_verbs(home)
    classes: dict[str, list[str]] = {}
    for name, file in verbs.items():
        for group in file.class_:
            if group.id in classes:
                raise LexiconError(name, f"class {group.id}", "stands twice")
            classes[group.id] = group.words
    lexicon = Lexicon(
        states=dict(each("actors", schema.StateFile)),
        bodies={name: file.body for name, file in each("bodies", schema.BodyFile)},
        groups={name: file.group for name, file in each("groups", schema.GroupFile)},
        media={name: file.medium for name, file in each("media", schema.MediumFile)},
        places={name: file.place for name, file in each("places", schema.PlaceFile)},
        offices=read_toml(home / "lang/zh/offices.toml", schema.OfficeFile).office,
        classes=classes,
        frames={name: file.frame for name, file in verbs.items()},
        codebook=read_toml(home / "codebook.toml", schema.Codebook),
        words=read_toml(home / "lang/zh/words.toml", dict[str, dict[str, list[str]]]),
        word_classes=read_word_classes(home),
        clips=read_toml(home / "lang/zh/clips.toml", dict[str, dict[str, list[str]]]),
        speech=read_toml(home / "lang/zh/speech.toml", dict[str, list[str]]),
        statements=read_toml(home / "lang/zh/statements.toml", dict[str, dict[str, list[str] | str]]),
        loaded=read_toml(home / "lang/zh/loaded.toml", schema.LoadedFile).word,
        naming=read_toml(home / "lang/zh/names.toml", schema.NameFile),
    )
    check(lexicon)
    return lexicon
