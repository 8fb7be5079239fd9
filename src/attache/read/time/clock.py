"""Clock times: hours told beside a day or alone, as ISO 8601 (15:30, 20/21 for from eight to nine at night).

A part of the day (晚上, the evening) has no hours of its own and is kept as such; with an hour it only tells which half
of the day is meant.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from attache.read.quantity.number import amount
from attache.read.time.hit import PartOfDay

NO_HOUR = "there is no such hour"
CONTRADICTED = "the part of the day and the hour contradict each other"
_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])([0-9]{1,2})(?::?([0-9]{2}))?")
_MINUTES = {"半": 30, "一刻": 15, "1刻": 15, "三刻": 45, "3刻": 45}
_FROM_NOON = {"noon": 4, "afternoon": 12, "evening": 12}  # up to which hour twelve are added
_SMALL_HOURS = 4  # up to which an hour of the evening is one after midnight


class Clock(NamedTuple):
    """Hours of a day. ``iso`` is a time or interval, None where only ``part`` is told."""

    iso: str | None
    part: PartOfDay | None


class _Moment(NamedTuple):
    hour: int
    minute: int | None
    second: int | None

    def __str__(self) -> str:
        return ":".join(f"{x:02}" for x in self if x is not None)


def clock(match: re.Match[str], part: PartOfDay | None, end_part: PartOfDay | None) -> Clock | str:
    """Return the hours of a match of the pattern of clocks, or why there are none such.

    Args:
        match: with the groups hour, colon, minute, second and the same with ``to_``.
        part: the part of the day that is told before the hour.
        end_part: the same before the end of a range, None where it is the same.
    """
    groups = match.groupdict()
    if not groups.get("hour"):
        return Clock(None, part)
    first, high = _moment(groups, "", part)
    if first is None:
        return NO_HOUR
    told = amount(groups["hour"] or "")
    if part in ("dawn", "morning") and told and 12 < told.low < 24:
        return CONTRADICTED
    if not groups.get("to_hour"):
        if high is None:
            return Clock(str(first), part)
        last = _half_of_day(high + 1, part) if high < first.hour % 12 + 12 else high + 1
        return Clock(f"{first}/{_Moment(max(last, first.hour + 1), None, None)}", part)
    last_moment, _ = _moment(groups, "to_", end_part or part)
    if last_moment is None:
        return NO_HOUR
    if last_moment[0] < first.hour and last_moment[0] + 12 > first.hour and last_moment[0] <= 12 and not end_part:
        last_moment = last_moment._replace(hour=last_moment.hour + 12)
    return Clock(f"{first}/{last_moment}", part)


def offset(written: str) -> str | None:
    """Return a zone told by its distance from UTC as ISO 8601 (+08:00), UTC for none; None where there is none such."""
    match = _OFFSET.fullmatch(written)
    if match is None:
        return "UTC" if written in ("Z", "UTC", "GMT") else None
    hours, minutes = int(match[2]), int(match[3] or 0)
    if hours > 14 or minutes > 59:
        return None
    return f"{match[1]}{hours:02}:{minutes:02}" if hours or minutes else "UTC"


def _moment(groups: dict[str, str | None], end: str, part: PartOfDay | None) -> tuple[_Moment | None, int | None]:
    """Return one end of it, None where there is no such hour; and the later of two hours (七八点)."""
    read = amount(groups[end + "hour"] or "")
    if read is None or not isinstance(read.low, int) or not 0 <= read.low <= 24:
        return None, None
    minute = _minute(groups, end)
    seconds = amount(groups.get(end + "second") or groups.get(end + "second_zh") or "")
    second = seconds.low if seconds and isinstance(seconds.low, int) and minute is not None else None
    if (minute or 0) > 59 or (second or 0) > 59 or (read.low == 24 and (minute or second)):
        return None, None
    high = read.high if isinstance(read.high, int) and read.high <= 24 else None
    return _Moment(_half_of_day(read.low, part), minute, second), high


def _minute(groups: dict[str, str | None], end: str) -> int | None:
    if colon := groups.get(end + "colon"):
        return int(colon)
    words = groups.get(end + "minute")
    if not words or words in ("许", "多", "多钟", "整"):
        return None
    if words in _MINUTES:
        return _MINUTES[words]
    read = amount(words.removesuffix("分"))
    return read.low if read and isinstance(read.low, int) else None


def _half_of_day(hour: int, part: PartOfDay | None) -> int:
    """Return the hour of twenty-four: 下午五点 is 17, 晚上十二点 24, 凌晨十二点 0."""
    if part == "evening" and 1 <= hour <= _SMALL_HOURS:
        return hour  # 晚上3点 is in the small hours, whichever day it is called by
    if part in _FROM_NOON and hour < _FROM_NOON[part]:
        return hour + 12
    if part == "night" and 6 <= hour <= 12:
        return hour + 12
    if part == "evening" and hour == 12:
        return 24
    return 0 if part == "dawn" and hour == 12 else hour
