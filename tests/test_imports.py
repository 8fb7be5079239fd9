"""Imports run one way: face → second, brief → shelf, pipeline → relations → ledger → read → lexicon → record."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src/attache"
BELOW = {
    "record": set[str](),
    "lexicon": {"record"},
    "read": {"lexicon", "record"},
    "ledger": {"read", "lexicon", "record"},
    "relations": {"ledger", "read", "lexicon", "record"},
    "pipeline": {"relations", "read", "lexicon", "record"},
    "second": {"pipeline", "read", "lexicon", "record"},
    "shelf": {"ledger", "read", "lexicon", "record"},
    "brief": {"relations", "ledger", "read", "lexicon", "record"},
    "face": {"second", "brief", "shelf", "pipeline", "relations", "ledger", "read", "lexicon", "record"},
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    """The room of a module: the name of its top folder, or its own where it stands in none."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(source: str) -> Iterator[str]:
    """Rooms that a module imports from, wherever in it the import stands; "" is the package itself."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level:
            raise AssertionError(f"line {node.lineno}: a relative import")
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            first, _, rest = name.partition(".")
            if first == "attache":
                here = rest.split(".")[0]
                yield here if here in BELOW else ""


def wrong(room_: str, source: str) -> list[str]:
    """Rooms that a module of a room must not import from."""
    return sorted(set(imported(source)) - BELOW[room_] - {room_, ""})


def test_every_module_stands_in_a_known_room() -> None:
    assert {room(path) for path in MODULES} - {"__init__"} == set(BELOW)


@pytest.mark.parametrize("path", [p for p in MODULES if room(p) in BELOW], ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_room_imports_from_those_below_it_only(path: Path) -> None:
    assert wrong(room(path), path.read_text(encoding="utf-8")) == []


def test_the_package_itself_imports_nothing_of_its_own() -> None:
    """Else `import attache` loads a room, and the rooms that ask for its version a ring."""
    assert list(imported((PACKAGE / "__init__.py").read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("room_", "source", "found"),
    [
        ("lexicon", "from attache.read.lex import lex", ["read"]),
        ("read", "def f():\n    import attache.pipeline", ["pipeline"]),
        ("read", "from attache import brief, __version__", ["brief"]),
        ("relations", "if TYPE_CHECKING:\n    from attache.face.cli import app", ["face"]),
        ("pipeline", "from attache.brief.names import Names", ["brief"]),
        ("face", "from attache.pipeline import Reader\nfrom os import path", []),
    ],
)
def test_a_wrong_import_is_seen_wherever_it_hides(room_: str, source: str, found: list[str]) -> None:
    assert wrong(room_, source) == found
