"""The terminal: every command of ``attache``."""

from __future__ import annotations

import datetime
import gc
import io
import os
import sys
from collections.abc import Iterator
from typing import Annotated

import typer

from attache import __version__
from attache.face.check import check_command, verdict_command
from attache.face.explain import explain_command, try_command
from attache.face.export.command import export_command
from attache.face.foreign import import_command
from attache.face.ingest import ingest_command
from attache.face.ledger import (
    act_command,
    acts_command,
    apart_command,
    log_command,
    same_command,
    undertakings_command,
    verdicts_app,
)
from attache.face.pages import Paths, complain, finish, leave, open_reader, records
from attache.face.search import search_command
from attache.face.second import compare_command, second_app
from attache.face.source import source_command
from attache.face.wish import NOBODY, Wish, read_pages, wishing

app = typer.Typer(
    add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False,
    help="Who did what to whom, according to whom.",
)  # fmt: skip
lexicon_app = typer.Typer(no_args_is_help=True, help="Check and count the lexicon.")
app.add_typer(lexicon_app, name="lexicon")
app.command("check")(check_command)
app.command("verdict")(verdict_command)
app.command("explain")(explain_command)
app.command("try")(try_command)
app.command("compare")(compare_command)
app.add_typer(second_app, name="second")
app.command("search")(search_command)
app.command("source")(source_command)
app.command("import")(import_command)
app.command("export")(export_command)
app.command("ingest")(ingest_command)
app.command("acts")(acts_command)
app.command("act")(act_command)
app.command("undertakings")(undertakings_command)
app.command("same")(same_command)
app.command("apart")(apart_command)
app.add_typer(verdicts_app, name="verdicts")
app.command("log")(log_command)


@app.callback(invoke_without_command=True)
def _root(
    version: Annotated[bool, typer.Option("--version", help="Print the version and leave.", is_eager=True)] = False,
) -> None:
    if version:
        typer.echo(f"attache {__version__}")
        raise typer.Exit


@app.command()
@wishing
def read(
    paths: Paths,
    json: Annotated[bool, typer.Option("--json", help="One record a line, for machines.")] = False,
    wish: Wish = NOBODY,
) -> None:
    """Read captured pages and show what each says happened, who says so and how sure."""
    problems: list[str] = []
    reader = open_reader()
    found = read_pages(paths, reader, problems, wish)
    if json:
        import msgspec  # noqa: PLC0415

        encoder = msgspec.json.Encoder()
        out = sys.stdout.buffer
        for one in found:
            out.write(encoder.encode(one) + b"\n")
        out.flush()
    else:
        from rich.console import Console  # noqa: PLC0415

        from attache.face.terminal import show  # noqa: PLC0415

        console = Console()
        for one in found:
            show(one, console, reader.tables)
    finish(problems)


@app.command()
@wishing
def brief(
    paths: Paths,
    lang: Annotated[str, typer.Option(help="zh or en.", metavar="zh|en")] = "en",
    wish: Wish = NOBODY,
) -> None:
    """The report home over the given pages, in Markdown, every sentence with its footnotes."""
    from attache.brief.markdown import brief as compose  # noqa: PLC0415
    from attache.lexicon.raw import LexiconError  # noqa: PLC0415

    if lang not in ("zh", "en"):
        leave(f"--lang {lang}: zh or en")
    problems: list[str] = []
    reader = open_reader()
    found = list(read_pages(paths, reader, problems, wish))
    if found:
        try:
            typer.echo(compose(found, "zh" if lang == "zh" else "en", reader.tables.names), nl=False)
        except LexiconError as error:
            leave(f"lexicon: {error}")
    finish(problems)


@app.command("who")
def who_command(
    name: Annotated[str, typer.Argument(help="A name as a page words it: 鲁比奥, 美方, 中国外长.")],
    at: Annotated[str | None, typer.Option(help="At which date, YYYY, YYYY-MM or YYYY-MM-DD; default today.")] = None,
    json: Annotated[bool, typer.Option("--json", help="One list, for machines.")] = False,
) -> None:
    """Who that is: every reading of a name, with offices and memberships at a date."""
    from attache.face.who import near, who  # noqa: PLC0415
    from attache.lexicon.load import load  # noqa: PLC0415
    from attache.lexicon.terms import is_date  # noqa: PLC0415

    name = name.encode(errors="surrogateescape").decode(errors="replace")
    day = datetime.date.today().isoformat() if at is None else at
    if not name.strip():
        leave("no name")
    if not is_date(day) or not day[-1].isdigit():
        leave(f"--at {day}: no date")
    reader = open_reader()
    lexicon = load()
    found = who(name, day, lexicon, reader.tables)
    if json:
        import msgspec  # noqa: PLC0415

        typer.echo(msgspec.json.encode([reading.json() for reading in found]).decode())
    for reading in found if not json else []:
        where = f"  [{reading.file}]" if reading.file else ""
        typer.echo(f"{reading.name}: {reading.kind}{', ' + reading.code if reading.code else ''}{where}")
        for line in reading.lines:
            typer.echo(f"    {line}")
    if not found:
        like = near(name, lexicon)
        hint = f"; names like it: {', '.join(like)}" if like else ""
        complain(f"nobody in the lexicon is called {name}{hint}")
        raise typer.Exit(1)


Words = Annotated[str, typer.Argument(help="The words to read; - for standard input.", metavar="TEXT")]
LONGEST = 1_000_000  # characters of a text given to when or amount


def _words(text: str) -> str:
    """The text given, or standard input for ``-``; leaves with 2 where there is none, too much, or no text."""
    from attache.face.measure import decoded  # noqa: PLC0415
    from attache.read.page.capture import CaptureError  # noqa: PLC0415

    try:
        given = decoded(sys.stdin.buffer.read(4 * LONGEST + 1), "-") if text == "-" else text
    except CaptureError as error:
        leave(f"{error}")
    given = given.encode(errors="surrogateescape").decode(errors="replace")
    if not given.strip() or len(given) > LONGEST:
        leave(f"{'no text' if not given.strip() else f'more than {LONGEST:,} characters'}")
    return given


def _print_readings(readings: Iterator[dict[str, object]], json: bool, none: str) -> None:
    """Print what was found, as one list or for a person; leaves with 1 where nothing was."""
    from attache.face.measure import shown  # noqa: PLC0415

    found = list(readings)
    if json:
        import msgspec  # noqa: PLC0415

        typer.echo(msgspec.json.encode(found).decode())
    for reading in found if not json else []:
        typer.echo("\n".join(shown(reading)))
    if not found:
        complain(f"{none}")
        raise typer.Exit(1)


@app.command("when")
def when_command(
    text: Words,
    at: Annotated[
        str | None,
        typer.Option(help="The date that the text speaks from: EDTF, or YYYY-MM-DDThh:mm. Without it 昨天 has none."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="One list, for machines.")] = False,
) -> None:
    """The times in a text: EDTF date, precision, hours, what each was reckoned from, and the rule."""
    from attache.face.measure import anchor, times  # noqa: PLC0415

    from_day = anchor(at)
    if from_day is None:
        leave(f"--at {at}: no date")
    _print_readings(times(_words(text), from_day), json, "no time in the text")


@app.command("amount")
def amount_command(
    text: Words, json: Annotated[bool, typer.Option("--json", help="One list, for machines.")] = False
) -> None:
    """The figures in a Chinese text: value or range, unit, bound, what is counted, and the rule."""
    from attache.face.measure import amounts  # noqa: PLC0415

    _print_readings(amounts(_words(text)), json, "no figure in the text")


@app.command()
def schema() -> None:
    """The JSON Schema of what `attache read --json` prints."""
    import msgspec  # noqa: PLC0415

    from attache.record import Record  # noqa: PLC0415

    text = msgspec.json.format(msgspec.json.encode(msgspec.json.schema(Record)), indent=2)
    typer.echo(text.decode())


@lexicon_app.command("check")
def lexicon_check() -> None:
    """Load the lexicon and refuse what does not hold together, naming file and entry."""
    from attache.brief.wording import load_wording  # noqa: PLC0415
    from attache.lexicon.exchange import Exchange  # noqa: PLC0415
    from attache.lexicon.load import files, load  # noqa: PLC0415
    from attache.lexicon.raw import LexiconError  # noqa: PLC0415

    try:
        load()
        Exchange(open_reader().tables)
        for lang in ("zh", "en"):
            load_wording(lang)
    except LexiconError as error:
        leave(f"lexicon: {error}")
    typer.echo(f"{len(files())} files hold together")


@lexicon_app.command("test")
def lexicon_test(
    frame: Annotated[list[str] | None, typer.Argument(help="Ids of frames; all if left out.", metavar="FRAME")] = None,
) -> None:
    """Read the sentences that each frame must and must not code, by the grammar alone, and tell which fail."""
    from attache.face.trial import failures  # noqa: PLC0415
    from attache.lexicon.load import read_verbs  # noqa: PLC0415

    reader = open_reader(judged=False)
    asked = set(frame or [])
    frames = [one for file in read_verbs().values() for one in file.frame if not asked or one.id in asked]
    unknown = sorted(asked - {one.id for one in frames})
    for name in unknown:
        complain(f"no frame is called {name}")
    if unknown:
        raise typer.Exit(2)
    told = [str(failure) for one in frames for failure in failures(reader, one)]
    for line in told:
        typer.echo(line)
    typer.echo(
        f"{sum(len(one.yes) + len(one.no) for one in frames):,} sentences of {len(frames)} frames, {len(told)} fail"
    )
    if told:
        raise typer.Exit(1)


@lexicon_app.command("coverage")
def lexicon_coverage(paths: Paths, most: Annotated[int, typer.Option(help="Rows of each list.", min=1)] = 30) -> None:
    """Words that stand with two parties in the pages and made no event: predicates of the lexicon, and other verbs."""
    from attache.face.coverage import coverage, rows  # noqa: PLC0415

    problems: list[str] = []
    found = coverage(paths, open_reader(), problems)
    for line in rows(found, most):
        typer.echo(line)
    finish(problems)


@lexicon_app.command("stats")
def lexicon_stats() -> None:
    """Count what the lexicon holds."""
    from attache.lexicon.load import load  # noqa: PLC0415
    from attache.lexicon.raw import LexiconError, people  # noqa: PLC0415

    try:
        lexicon = load()
    except LexiconError as error:
        leave(f"lexicon: {error}")
    persons = list(people(lexicon))
    frames = [frame for group in lexicon.frames.values() for frame in group]
    counts = {
        "states": len(lexicon.states),
        "organs": sum(len(file.organ) for file in lexicon.states.values()),
        "firms and think tanks": sum(
            organ.kind in ("company", "think_tank") for file in lexicon.states.values() for organ in file.organ
        ),
        "people": len(persons),
        "terms": sum(len(holder.person.terms) for holder in persons),
        "terms marked uncertain": sum(term.uncertain for holder in persons for term in holder.person.terms),
        "bodies": sum(map(len, lexicon.bodies.values())),
        "groups": sum(map(len, lexicon.groups.values())),
        "memberships": sum(len(body.members) for bodies in lexicon.bodies.values() for body in bodies),
        "media": sum(map(len, lexicon.media.values())),
        "media of states": sum(m.kind == "state" for media in lexicon.media.values() for m in media),
        "places": sum(map(len, lexicon.places.values())),
        "frames": len(frames),
        "predicates": len({word for frame in frames for word in frame.words + frame.nouns}),
    }
    for name, count in counts.items():
        typer.echo(f"{name:24}{count:>8,}")


@lexicon_app.command("propose")
def lexicon_propose(paths: Paths) -> None:
    """People and bodies that the pages name beside a title and the lexicon lacks, as TOML to review."""
    from attache.face.proposals import propose  # noqa: PLC0415

    problems: list[str] = []
    reader = open_reader()
    for block in propose(records(paths, reader, problems), reader.tables):
        typer.echo(block)
    finish(problems)


def seldom_collect() -> None:
    """Collect garbage less often: records hold no cycles, and pages come and go by the thousand."""
    gc.set_threshold(50_000, 20, 50)


def _write_anyhow() -> None:
    """Let no output fail for what its encoding lacks, or because nobody listens."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115  (as long as the process)
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def main() -> None:
    """Entry point. A reader that goes away (a closed pipe) ends the run quietly."""
    seldom_collect()
    _write_anyhow()
    try:
        app()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        print(f"attache: standard output: {error.strerror or error}", file=sys.stderr)
        sys.exit(2)
