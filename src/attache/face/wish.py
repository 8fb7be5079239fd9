"""What the options ask of a second reader, for every command that reads pages."""

from __future__ import annotations

import contextlib
import functools
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from attache.face.pages import complain, each, leave, plain, records

if TYPE_CHECKING:
    from attache.pipeline import Reader
    from attache.record import Record, Trust
    from attache.second.desk import Desk
    from attache.second.reader import Read, SecondReader
    from attache.second.settings import Settings

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


@dataclass(frozen=True)
class Wish:
    """The options, each a field. False where no second reader is asked for; leaves with 2 for what does not fit."""

    second: Address = None
    trust: Policy = None
    tokens: Tokens = None
    money: Money = None
    record: Recording = None
    replay: Recorded = None

    def __post_init__(self) -> None:
        if self.trust is not None:
            from attache.record import Trust  # noqa: PLC0415  (start-up time)

            if self.trust not in get_args(Trust):
                leave(f"--trust {self.trust}: {', '.join(get_args(Trust))}")
        if "" in (self.second, self.replay, self.record):
            leave("--second, --replay and --record want a value")
        if self.replay and (self.second or self.record):
            leave("--replay goes without --second and --record: either a server answers or a recording does")
        if not self and any(one is not None for one in (self.trust, self.tokens, self.money, self.record)):
            leave("--trust, --tokens, --money and --record need --second or --replay")

    def __bool__(self) -> bool:
        return bool(self.second or self.replay)

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
            leave(str(error))

    def _live(self, settings: Settings) -> Desk:
        import msgspec  # noqa: PLC0415

        from attache.second.desk import Live  # noqa: PLC0415
        from attache.second.server import Failed, Server  # noqa: PLC0415
        from attache.second.settings import SettingsError, address, key  # noqa: PLC0415
        from attache.second.tape import Tape, TapeError  # noqa: PLC0415

        told = settings.url if self.second == "-" else self.second
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


NOBODY = Wish()  # no second reader


def wishing(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of a second reader; what they ask comes to it as its argument ``wish``."""
    own = inspect.signature(command, eval_str=True)
    options = inspect.signature(Wish, eval_str=True).parameters
    keyword = inspect.Parameter.KEYWORD_ONLY
    parameters = [one for one in own.parameters.values() if one.name != "wish"] + list(options.values())
    parameters = [one.replace(kind=keyword) for one in parameters]

    @functools.wraps(command)
    def run(**given: Any) -> None:
        wish = Wish(**{name: given.pop(name) for name in options})
        command(**given, wish=wish)

    run.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined]  # what Typer goes by
    run.__annotations__ = {one.name: one.annotation for one in parameters}
    return run


def read_pages(paths: list[str], reader: Reader, problems: list[str], wish: Wish) -> Iterator[Record]:
    """The record of page after page, as of ``pages.records``, by both readers where a second one is asked for."""
    if not wish:
        yield from records(paths, reader, problems)
        return
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
        complain(f"second reader: {desk.summary()}")
        desk.close()


def tell(found: Read) -> None:
    """Say on standard error why a page, or a part of it, was read by one reader."""
    from attache.second.reader import ALONE  # noqa: PLC0415

    for failure in found.failures:
        complain(f"{found.record.capture.uri}: {ALONE}: {failure}")
