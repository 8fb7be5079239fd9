"""The second reader at the terminal: options of ``read``, ``second ask`` and ``second answer``, ``compare``."""

from __future__ import annotations

import codecs
import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from attache.brief.phrases import safe
from attache.face.pages import Paths, each, finish, leave, open_reader, plain

if TYPE_CHECKING:
    from attache.pipeline import Reader
    from attache.record import Record, Trust, Version
    from attache.second.desk import Desk
    from attache.second.reader import Read, SecondReader
    from attache.second.settings import Settings
    from attache.second.tape import Reply

second_app = typer.Typer(no_args_is_help=True, help="Ask a second reader by hand or in batches.")

Address = Annotated[
    str | None,
    typer.Option("--second", metavar="URL[#MODEL]", help="Let a large model read too; - for the one of your settings."),
]
Policy = Annotated[
    str | None, typer.Option("--trust", metavar="agree|either|second|first", help="Which events are shown.")
]
Tokens = Annotated[int | None, typer.Option("--tokens", help="Tokens that may be spent at most.", min=1)]
Money = Annotated[float | None, typer.Option("--money", help="What may be spent at most, by the prices set.", min=0)]
Recording = Annotated[str | None, typer.Option("--record", metavar="DIR", help="Keep every answer in this folder.")]
Recorded = Annotated[
    str | None, typer.Option("--replay", metavar="DIR", help="Take the answers from this folder, ask no server.")
]
TRUSTS = ("agree", "either", "second", "first")


class Wish:
    """What the options ask of a second reader."""

    def __init__(
        self,
        address: str | None,
        trust: str | None,
        tokens: int | None = None,
        money: float | None = None,
        record: str | None = None,
        replay: str | None = None,
    ) -> None:
        """Leaves with 2 where the options do not go together."""
        self.address, self.tokens, self.money, self.record, self.replay = address, tokens, money, record, replay
        self.trust = trust
        if "" in (address, replay, record):
            leave("--second, --replay and --record want a value")
        if replay and (address or record):
            leave("--replay goes without --second and --record: either a server answers or a recording does")
        if trust is not None and trust not in TRUSTS:
            leave(f"--trust {trust}: {', '.join(TRUSTS)}")
        if not self and any(one is not None for one in (trust, tokens, money, record)):
            leave("--trust, --tokens, --money and --record need --second or --replay")

    def __bool__(self) -> bool:
        return bool(self.address or self.replay)

    def open(self) -> tuple[Desk, Trust]:
        """The desk that answers, and the policy; leaves with 2 where there is none."""
        from attache.second.desk import Replay  # noqa: PLC0415
        from attache.second.settings import SettingsError, load  # noqa: PLC0415
        from attache.second.tape import Tape  # noqa: PLC0415

        try:
            settings = load()
            trust: Trust = self.trust or settings.trust  # type: ignore[assignment]  # checked above
            if self.replay is not None:
                if not Path(self.replay).is_dir():
                    leave(f"--replay {plain(self.replay)}: no such folder")
                return Replay(Tape(Path(self.replay))), trust
            return self._live(settings), trust
        except SettingsError as error:
            leave(safe(str(error)))

    def _live(self, settings: Settings) -> Desk:
        import msgspec  # noqa: PLC0415

        from attache.second.desk import Live  # noqa: PLC0415
        from attache.second.server import Failed, Server  # noqa: PLC0415
        from attache.second.settings import SettingsError, address, key  # noqa: PLC0415
        from attache.second.tape import Tape, TapeError  # noqa: PLC0415

        told = settings.url if self.address == "-" else self.address
        if not told:
            raise SettingsError("--second -: neither ATTACHE_SECOND nor the settings tell an address")
        settings = msgspec.structs.replace(
            settings, tokens=self.tokens or settings.tokens, money=settings.money if self.money is None else self.money
        )
        if settings.money is not None and not (settings.price_in or settings.price_out):
            raise SettingsError("a budget in money needs prices: price_in and price_out in the settings")
        base, model = address(told)
        kept = Tape(Path(self.record)) if self.record else None
        try:
            if kept:
                kept.check()
            return Live(Server(base, model, key(settings, base), settings), settings, kept)
        except (Failed, TapeError) as error:
            raise SettingsError(str(error)) from None


def second_records(paths: list[str], reader: Reader, problems: list[str], wish: Wish) -> Iterator[Record]:
    """The record of page after page, read by both readers; a page without an answer is told and read by one."""
    for found in reads(paths, reader, problems, wish):
        yield found.record


def reads(paths: list[str], reader: Reader, problems: list[str], wish: Wish) -> Iterator[Read]:
    """Page after page as both readers have it."""
    with both(wish, reader) as second:
        for found in second.read(each(paths, problems, reader.take)):
            tell(found)
            yield found


@contextlib.contextmanager
def both(wish: Wish, reader: Reader) -> Iterator[SecondReader]:
    """The reader with the second one beside it; ends with a line of what was asked and spent."""
    from attache.second.reader import SecondReader  # noqa: PLC0415

    desk, trust = wish.open()
    try:
        yield SecondReader(reader, desk, trust)
    finally:
        typer.echo(safe(f"attache: second reader: {desk.summary()}"), err=True)
        desk.close()


def tell(found: Read) -> None:
    """Say on standard error why a page, or a part of it, was read by one reader."""
    from attache.second.reader import ALONE  # noqa: PLC0415

    for failure in found.failures:
        typer.echo(safe(f"attache: {found.record.capture.uri}: {ALONE}: {failure}"), err=True)


@second_app.command("ask")
def ask_command(
    paths: Paths, model: Annotated[str, typer.Option(help="The model that the batch is for.")] = "any"
) -> None:
    """Write the prompts for the pages, one a line, in the form of OpenAI's batches."""
    import sys  # noqa: PLC0415

    import msgspec  # noqa: PLC0415

    from attache.second.prompt import questions  # noqa: PLC0415
    from attache.second.server import bound  # noqa: PLC0415

    problems: list[str] = []
    for taken in each(paths, problems, open_reader().take):
        for question in questions(taken):
            body = {"model": model, "messages": question.messages} | bound(question.schema, "json_schema")
            line = {"custom_id": question.id, "method": "POST", "url": "/v1/chat/completions", "body": body}
            sys.stdout.buffer.write(msgspec.json.encode(line) + b"\n")
    sys.stdout.buffer.flush()
    finish(problems)


@second_app.command("answer")
def answer_command(
    answers: Annotated[str, typer.Argument(help="The answers, one a line.", metavar="ANSWERS.JSONL")],
    record: Annotated[str, typer.Option("--record", metavar="DIR", help="The folder that takes them in.")],
    model: Annotated[str | None, typer.Option(help="Who answered, where the lines do not say.")] = None,
) -> None:
    """Take answers in: lines of a batch's output, or {"custom_id", "answer"}; then read with --replay DIR."""
    from attache.second.tape import Tape, TapeError  # noqa: PLC0415

    tape, taken, problems = Tape(Path(record)), 0, list[str]()
    try:
        tape.check()
        with open(answers, "rb") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    if line.strip():
                        tape.put(_answered(line.removeprefix(codecs.BOM_UTF8), model))
                        taken += 1
                except ValueError as error:
                    problems.append(str(number))
                    typer.echo(safe(f"attache: {plain(answers)}, line {number}: {error}"), err=True)
    except TapeError as error:
        leave(safe(str(error)))
    except (OSError, ValueError) as error:
        leave(f"{plain(answers)}: {error.strerror if isinstance(error, OSError) else error}")
    typer.echo(f"{taken:,} answers taken in, {len(problems):,} refused")
    finish(problems)


def _answered(line: bytes, model: str | None) -> Reply:
    """The reply that a line holds; ValueError, saying why, where it holds none."""
    import msgspec  # noqa: PLC0415

    from attache.second.hold import decode  # noqa: PLC0415
    from attache.second.server import Failed, reply  # noqa: PLC0415
    from attache.second.tape import ID, Reply  # noqa: PLC0415

    try:
        found: dict[str, Any] = msgspec.json.decode(line, type=dict)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise ValueError(f"no JSON object: {error}") from None
    name = found.get("custom_id")
    if not isinstance(name, str) or not ID.fullmatch(name):
        raise ValueError("custom_id is no digest of a prompt")
    if "answer" in found:
        maker = found.get("model") or model
        if not isinstance(maker, str):
            raise ValueError("nobody is named as its maker; give --model")
        answer = found["answer"]
        content = answer if isinstance(answer, str) else msgspec.json.encode(answer).decode()
        out = Reply(question=name, model=maker, content=content)
    else:
        response = found.get("response")
        if found.get("error"):
            raise ValueError(f"an error instead of an answer: {msgspec.json.encode(found['error']).decode()[:160]}")
        try:
            out = reply(response.get("body") if isinstance(response, dict) else None, name, model or "")
        except Failed as error:
            raise ValueError(str(error)) from None
        if not out.model:
            raise ValueError("nobody is named as its maker; give --model")
    decode(out.content)
    return out


def compare_command(
    paths: Paths,
    second: Address = None,
    replay: Recorded = None,
    record: Recording = None,
    json: Annotated[bool, typer.Option("--json", help="One page a line, for machines.")] = False,
) -> None:
    """Both readers side by side: what both hold, where they differ, what only one of them holds."""
    wish = Wish(second, None, record=record, replay=replay)
    if not wish:
        leave("compare needs --second or --replay")
    problems: list[str] = []
    for found in reads(paths, open_reader(), problems, wish):
        for line in [_json(found)] if json else _lines(found):
            typer.echo(line if json else safe(line))
    finish(problems)


def _sorted(found: Read) -> dict[str, list[list[Version]]]:
    """The events of a page by who holds them, as versions, the built-in reader's first."""
    from attache.second.merge import paired, version  # noqa: PLC0415

    pairs, first, second = paired(found.first, found.held.events)
    both = [(pair.same, [version(pair.first, "built-in"), version(pair.second, "second")]) for pair in pairs]
    return {
        "both": [versions for same, versions in both if same],
        "differ": [versions for same, versions in both if not same],
        "built-in only": [[version(event, "built-in")] for event in first],
        "second only": [[version(event, "second")] for event in second],
    }


def _lines(found: Read) -> Iterator[str]:
    """A page for a person."""
    from attache.second.merge import differs  # noqa: PLC0415

    page, text = found.record.page, _sorted(found)
    counts = ", ".join(f"{name} {len(items)}" for name, items in text.items())
    yield f"{found.record.capture.uri}: {page.title or ''}"
    yield f"  {counts}, refused {len(found.held.refused)}"
    for name, items in text.items():
        for versions in items:
            shown = versions if len(versions) > 1 and differs(*versions) else versions[-1:]
            for number, one in enumerate(shown):
                yield f"  {name if number == 0 else '':14}{one.reader:9} {_told(one)}"
    for refused in found.held.refused:
        yield f"  {'refused':14}{refused.why}"


def _told(one: Version) -> str:
    sides = " → ".join(filter(None, ("+".join(one.actors), "+".join(one.recipients))))
    status = "" if one.status == "actual" else f" {one.status}"
    words = " ".join(one.evidence.text.split())
    return f"{one.when or 'no date':12} {one.type:9} {sides}{status}  “{words}”"


def _json(found: Read) -> str:
    import msgspec  # noqa: PLC0415

    data = {"page": found.record.capture.id, "uri": found.record.capture.uri, **_sorted(found)}
    return msgspec.json.encode(data | {"refused": [one.why for one in found.held.refused]}).decode()
