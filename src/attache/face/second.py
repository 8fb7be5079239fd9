"""The second reader at the terminal: ``second ask`` and ``second answer``, ``compare``."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from attache.face.pages import Paths, complain, each, finish, leave, open_reader, plain
from attache.face.wish import Address, Recorded, Recording, Wish, reads

if TYPE_CHECKING:
    from attache.record import Version
    from attache.second.reader import Read
    from attache.second.tape import Reply

second_app = typer.Typer(no_args_is_help=True, help="Ask a second reader by hand or in batches.")


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
                    complain(f"{plain(answers)}, line {number}: {error}")
    except TapeError as error:
        leave(str(error))
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
    wish = Wish(second=second, record=record, replay=replay)
    if not wish:
        leave("compare needs --second or --replay")
    from attache.brief.phrases import safe  # noqa: PLC0415  (start-up time)

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
