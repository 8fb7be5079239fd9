from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from attache.ledger import noun
from attache.record import EventType, Mark, Noun

DOCS = Path(__file__).parents[2] / "docs/ledger.md"
KEPT_INSIDE = {"Report", "Told", "Denial"}  # what the ledger keeps of a page, and prints nowhere
NOUNS = {
    name: kind
    for name, kind in vars(noun).items()
    if isinstance(kind, type) and issubclass(kind, Noun) and kind.__module__ == noun.__name__
}
SECTIONS = {
    part.split("\n", 1)[0].strip(): part.split("\n## ", 1)[0]
    for part in re.split(r"^### ", DOCS.read_text(encoding="utf-8").split("\n## Nouns\n", 1)[1], flags=re.MULTILINE)[1:]
}


def values(kind: Any) -> set[str]:
    """The strings that a type spells out."""
    found: set[str] = set()
    for one in get_args(kind):
        found |= {one} if isinstance(one, str) else values(one)
    return found


@pytest.mark.parametrize("name", sorted(set(NOUNS) - KEPT_INSIDE))
def test_a_noun_is_documented_field_by_field(name: str) -> None:
    named = {
        word
        for line in SECTIONS[name].splitlines()
        if line.startswith("| `")
        for word in re.findall(r"`([^`]+)`", line.split("|")[1])
    }
    assert named == set(NOUNS[name].__struct_fields__)


@pytest.mark.parametrize("name", sorted(set(NOUNS) - KEPT_INSIDE))
def test_every_value_of_a_closed_field_is_documented(name: str) -> None:
    for field in msgspec.structs.fields(NOUNS[name]):
        for value in values(field.type) - values(EventType) - values(Mark):
            assert f'`"{value}"`' in SECTIONS[name], f"{name}.{field.name}: {value} is missing"


def test_no_section_outlives_its_noun() -> None:
    assert set(SECTIONS) == set(NOUNS) - KEPT_INSIDE


@pytest.mark.parametrize("name", sorted(NOUNS))
def test_a_noun_has_a_schema(name: str) -> None:
    assert msgspec.json.schema(NOUNS[name])
