"""The documents say what the code does: every noun and field, every command, every kind of file, every link."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
import typer

from attache import record
from attache.brief import wording
from attache.face.cli import app
from attache.lexicon import schema
from attache.lexicon.load import HOME
from attache.read import judge
from attache.read.page import words
from attache.read.quantity import table as quantities
from attache.read.time import table as times

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.glob("*.md")])
NOUNS = {
    name: noun
    for name, noun in vars(record).items()
    if isinstance(noun, type) and issubclass(noun, record.Noun) and noun is not record.Noun
}
# files whose tables are named by the code that reads them, not by a schema
FREE = ["words", "clips", "speech", "statements"]


def sections(page: Path) -> dict[str, str]:
    """Text under each second-level heading of a page."""
    return {
        part.split("\n", 1)[0].strip(): part.split("\n", 1)[1]
        for part in re.split(r"^## ", page.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    }


def rows(section: str, heading: str) -> set[str]:
    """What the first cells of the tables under ``heading`` name in code type, e.g. ``| `start`, `end` | ...``."""
    found: set[str] = set()
    inside = False
    for line in section.splitlines():
        if line.startswith("|"):
            first = line.split("|")[1]
            inside = inside or first.strip() == heading
            if inside:
                found |= set(re.findall(r"`([^`]+)`", first))
        else:
            inside = False
    return found


RECORD = sections(DOCS / "record.md")
CLI = sections(DOCS / "cli.md")
LEXICON = (DOCS / "lexicon.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NOUNS)
def test_noun_is_documented_field_by_field(name: str) -> None:
    """Each noun of record.py has a section in docs/record.md whose table has its fields, no more and no fewer."""
    assert name in RECORD, f"docs/record.md has no section {name}"
    assert rows(RECORD[name], "field") == set(NOUNS[name].__struct_fields__)


def test_no_section_of_the_record_outlives_its_noun() -> None:
    """docs/record.md tells of no noun that record.py does not have."""
    assert set(RECORD) == set(NOUNS)


@pytest.mark.parametrize("name", NOUNS)
def test_every_value_of_a_closed_field_is_documented(name: str) -> None:
    """Where a field takes one of a few strings, the section of its noun lists them all."""
    for field in msgspec.structs.fields(NOUNS[name]):
        for value in closed(field.type):
            assert f'`"{value}"`' in RECORD[name], f"docs/record.md, {name}.{field.name}: {value} is missing"


def closed(kind: Any) -> Iterator[str]:
    """The strings that a type spells out, however deep they stand in it."""
    for argument in get_args(kind):
        if isinstance(argument, str):
            yield argument
        else:
            yield from closed(argument)


def commands(group: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Full names of all commands, e.g. ``attache lexicon check``."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


COMMANDS = dict(commands(typer.main.get_command(app), "attache"))


@pytest.mark.parametrize("name", COMMANDS)
def test_command_is_documented_with_its_options(name: str) -> None:
    """Each command has a section in docs/cli.md whose table has its options, and a line of help of its own."""
    assert name in CLI, f"docs/cli.md has no section {name}"
    options = {option for one in COMMANDS[name].params for option in one.opts if option.startswith("--")}
    assert rows(CLI[name], "option") == options - {"--help"}
    assert COMMANDS[name].help


def test_no_section_outlives_its_command() -> None:
    """docs/cli.md tells of no command that there is not."""
    assert {name for name in CLI if name.startswith("attache ")} == set(COMMANDS)


def test_environment_is_documented() -> None:
    """Each variable that the code asks for stands in docs/cli.md."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    asked = set(re.findall(r"environ(?:\.get\(|\[)\s*\"([A-Z_]+)\"", code))
    assert "ATTACHE_CACHE" in asked
    assert asked <= rows(CLI["Environment"], "variable")


def kind_of(path: Path) -> str:
    """The kind of a lexicon file as the document names it, e.g. ``lang/<xx>/verbs/*.toml``."""
    folder, *rest = path.relative_to(HOME).parts
    if not rest:
        return folder
    if folder == "lang":
        return "/".join(["lang/<xx>", *(["verbs/*.toml"] if rest[1] == "verbs" else rest[1:])])
    return "actors/<iso3>.toml" if folder == "actors" else f"{folder}/*.toml"


KINDS = sorted({kind_of(path) for path in [*HOME.rglob("*.toml"), *HOME.glob("*.json")]})


@pytest.mark.parametrize("kind", KINDS)
def test_kind_of_file_is_documented(kind: str) -> None:
    """Each kind of file of the lexicon stands in the list of docs/lexicon.md and over a section."""
    headings = [line for line in LEXICON.splitlines() if line.startswith("## ")]
    assert any(f"`{kind}`" in heading for heading in headings), f"docs/lexicon.md has no section on {kind}"
    listed = [line for line in LEXICON.splitlines() if line.startswith("| ") and f"`{kind}`" in line]
    assert listed, f"{kind} is missing in the list at the head of docs/lexicon.md"


SHAPES = [
    shape
    for module in (schema, words, times, quantities, wording, judge)
    for shape in vars(module).values()
    if isinstance(shape, type) and issubclass(shape, msgspec.Struct) and shape.__module__ == module.__name__
]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: str(shape.__name__))
def test_key_is_documented(shape: type[msgspec.Struct]) -> None:
    """Each key of each file of the lexicon stands in docs/lexicon.md; those of brief.toml are explained there."""
    if shape.__module__ == wording.__name__ and shape is not wording.Wording:
        assert shape.__doc__
        return
    for field in msgspec.structs.fields(shape):
        name = re.escape(field.encode_name)
        known = rf"`{name}`|`\[{name}\]`|\[\[?(?:\w+\.)?{name}\]|\b{name} ="
        assert re.search(known, LEXICON), f"docs/lexicon.md does not explain {shape.__name__}.{field.encode_name}"


@pytest.mark.parametrize("name", FREE)
def test_list_of_words_is_documented(name: str) -> None:
    """Each table and list of the files without a schema stands in its section of docs/lexicon.md."""
    section = next(text for head, text in sections(DOCS / "lexicon.md").items() if f"/{name}.toml" in head)
    for path in HOME.glob(f"lang/*/{name}.toml"):
        for table, lists in tomllib.loads(path.read_text(encoding="utf-8")).items():
            names = [key for key in lists if key.isascii()] if isinstance(lists, dict) else []
            for known in [table, *names]:
                assert re.search(rf"`\[?{known}\]?`", section), f"docs/lexicon.md, {name}.toml: {table}.{known}"


def test_examples_of_the_lexicon_are_toml() -> None:
    """What docs/lexicon.md shows can be copied: it parses."""
    blocks = re.findall(r"```toml\n(.*?)```", LEXICON, re.DOTALL)
    assert len(blocks) > 5
    for block in blocks:
        assert tomllib.loads(block)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """Each link to a file or a heading of this repository is one that is there."""
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)\s]+)\)", text):
        name, _, anchor = target.partition("#")
        path = page.parent / name if name else page
        assert path.exists(), f"{target} does not exist"
        if anchor:
            assert anchor in anchors(path), f"{target} has no such heading"


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as code hosts make them."""
    heads = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_make_targets_exist(page: Path) -> None:
    """Each `make` target that a document names is one of the Makefile."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`make ([a-z]+)`", page.read_text(encoding="utf-8")):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"the Makefile has no {target}"


def test_both_readmes_have_the_same_sections() -> None:
    """The Chinese README has as many sections, tables rows and code blocks as the English one."""

    def shape(name: str) -> tuple[int, int, int]:
        text = (ROOT / name).read_text(encoding="utf-8")
        lines = text.splitlines()
        return (
            sum(line.startswith("## ") for line in lines),
            sum(line.startswith("| ") for line in lines),
            text.count("```"),
        )

    assert shape("README.md") == shape("README.zh.md")
