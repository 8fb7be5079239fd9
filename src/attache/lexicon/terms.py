"""Dates of terms and memberships: EDTF, as fine as each is known, open where none is given."""

from __future__ import annotations

import datetime
import re

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?[~?%]?")


def plain(edtf: str | None) -> str | None:
    """A date without the marks of doubt."""
    return edtf.rstrip("~?%") if edtf else None


def before(one: str | None, two: str | None) -> bool:
    """Whether a date is surely before another, as fine as both are known; nothing is sure of one that is not given."""
    if not one or not two:
        return False
    size = min(len(one), len(two))
    return one[:size] < two[:size]


def covers(start: str | None, end: str | None, day: str) -> bool:
    """Whether a day (or month, or year) may lie between two dates, both included."""
    return not before(day, plain(start)) and not before(plain(end), day)


def day_of(edtf: str | None) -> str | None:
    """The date at which to ask for offices: of an interval its start, its end where it has no start; None if none."""
    ends = [part for part in (edtf or "").split("/") if part not in ("", "..")]
    return plain(ends[0]) if ends else None


def is_date(edtf: str) -> bool:
    """Whether it is a year, a month or a day of the calendar, with a mark of doubt or without."""
    if not _DATE.fullmatch(edtf):
        return False
    try:
        datetime.date.fromisoformat((edtf.rstrip("~?%") + "-01-01")[:10])
    except ValueError:
        return False
    return True
