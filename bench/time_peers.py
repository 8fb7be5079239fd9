"""Other readers of times, for bench/times.py: JioNLP, Recognizers-Text, dateparser, each only where it is installed."""

from __future__ import annotations

import contextlib
import io
import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple


class Reading(NamedTuple):
    """What a reader makes of a stretch: days or minutes [lo, hi), a clock without a day, or a length in seconds."""

    start: int
    end: int
    lo: datetime | None = None
    hi: datetime | None = None
    clock: tuple[str, str] | None = None
    seconds: float | None = None

    def __str__(self) -> str:
        days = " ".join(f"{end:%Y-%m-%dT%H:%M}".replace("T00:00", "") for end in (self.lo, self.hi) if end)
        return f"[{self.start}:{self.end}] {days or self.clock or ''}{f' {self.seconds:.0f} s' if self.seconds else ''}"


Peer = Callable[[str, datetime, str], Iterable[Reading]]


def peers() -> dict[str, Peer]:
    """The readers that are installed, by name; the others are named on standard output."""
    found: dict[str, Peer] = {}
    for name, make in (("JioNLP", _jionlp), ("Recognizers-Text", _recognizers), ("dateparser", _dateparser)):
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                found[name] = make()
        except ImportError:
            print(f"{name} is not installed: make bench")
    return found


def _moment(text: str) -> datetime | None:
    with contextlib.suppress(ValueError):
        return datetime.fromisoformat(text)
    return None


def _jionlp() -> Peer:
    import jionlp  # noqa: PLC0415

    logging.disable(logging.CRITICAL)  # it logs what it cannot parse

    def read(text: str, anchor: datetime, _: str) -> Iterable[Reading]:
        found: list[dict[str, Any]] = []
        with contextlib.suppress(Exception):
            found = jionlp.ner.extract_time(text, time_base=anchor.timestamp(), with_parsing=True)
        return [one for hit in found for one in _from_jionlp(hit)]

    return read


def _from_jionlp(hit: dict[str, Any]) -> Iterable[Reading]:
    start, end = hit["offset"]
    told = (hit.get("detail") or {}).get("time")
    if isinstance(told, list) and len(told) == 2 and all(isinstance(item, str) for item in told):
        lo, hi = map(_moment, told)
        yield Reading(start, end, lo, hi + timedelta(seconds=1) if hi else None)
    elif isinstance(told, dict):
        sizes = {"year": 31556952, "month": 2629746, "day": 86400, "hour": 3600, "minute": 60, "second": 1}
        counted = ((unit, count) for unit, count in told.items() if isinstance(count, int | float))
        parts = [(sizes[unit], count) for unit, count in counted if unit in sizes]
        yield Reading(start, end, None, None, None, sum(size * count for size, count in parts))


def _recognizers() -> Peer:
    from recognizers_date_time import Culture, recognize_datetime  # noqa: PLC0415

    def read(text: str, anchor: datetime, suite: str) -> Iterable[Reading]:
        culture = Culture.English if suite == "ms_en_model" else Culture.Chinese
        found: list[Any] = []
        with contextlib.suppress(Exception):
            found = recognize_datetime(text, culture, reference=anchor)
        return [
            one
            for hit in found
            for value in (hit.resolution or {}).get("values", [])
            for one in _from_recognizers(hit.start, hit.end + 1, value)
        ]

    return read


def _from_recognizers(start: int, end: int, value: dict[str, str]) -> Iterable[Reading]:
    kind = value.get("type", "")
    if kind == "duration":
        with contextlib.suppress(ValueError, KeyError):
            yield Reading(start, end, seconds=float(value["value"]))
    elif kind in ("time", "timerange"):
        first = value.get("value") or value.get("start", "")
        yield Reading(start, end, clock=(first[:5], value.get("end", "")[:5]))
    elif kind in ("date", "datetime"):
        lo = _moment(value.get("value", ""))
        size = timedelta(days=1) if kind == "date" else timedelta(minutes=1)
        yield Reading(start, end, lo, lo + size if lo else None)
    else:
        yield Reading(start, end, _moment(value.get("start", "")), _moment(value.get("end", "")))


def _dateparser() -> Peer:
    from dateparser.search import search_dates  # noqa: PLC0415

    def read(text: str, anchor: datetime, suite: str) -> Iterable[Reading]:
        found: list[tuple[str, datetime]] | None = None
        with contextlib.suppress(Exception):
            language = "en" if suite == "ms_en_model" else "zh"
            found = search_dates(text, languages=[language], settings={"RELATIVE_BASE": anchor})
        for words, told in found or []:
            moment = told.replace(tzinfo=None)
            at = text.find(words)
            whole = (moment.hour, moment.minute) == (0, 0)
            size = timedelta(days=1) if whole else timedelta(minutes=1)
            clock = f"{moment:%H:%M}"
            yield Reading(max(at, 0), max(at, 0) + len(words), moment, moment + size, (clock, clock))

    return read
