"""Days that come round each year: fixed, lunar, by a solar term, or the so-manieth weekday of a month."""

from __future__ import annotations

import re
from typing import NamedTuple

from attache.read.time import calendar, lunar
from attache.read.time.calendar import Stretch

_FIXED = re.compile(r"([0-9]{2})-([0-9]{2})(?:/([0-9]{2})-([0-9]{2}))?")
_LUNAR = re.compile(r"lunar ([0-9]{2})-([0-9]{2}|last)")
_TERM = re.compile(r"term (\S{2})")
_WEEKDAY = re.compile(r"([0-9]{2}) (Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday) ([1-5]|last)")
_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Yearly(NamedTuple):
    """A rule for the days of a year, checked: its kind, and its numbers or the term's name."""

    kind: str
    numbers: tuple[int, ...] = ()
    term: str = ""


def parse(text: str) -> Yearly | None:
    """Return the rule written as "12-25", "03-04/03-11", "lunar 08-15", "lunar 12-last", "term 清明", "05 Sunday 2"."""
    if match := _FIXED.fullmatch(text):
        first = (int(match[1]), int(match[2]))
        rule = Yearly("fixed", (*first, *((int(match[3]), int(match[4])) if match[3] else first)))
    elif match := _LUNAR.fullmatch(text):
        rule = Yearly("lunar", (int(match[1]), -1 if match[2] == "last" else int(match[2])))
    elif (match := _TERM.fullmatch(text)) and match[1] in lunar.TERMS:
        rule = Yearly("term", (), match[1])
    elif match := _WEEKDAY.fullmatch(text):
        rule = Yearly("weekday", (int(match[1]), _NAMES.index(match[2]), -1 if match[3] == "last" else int(match[3])))
    else:
        return None
    return rule if days(rule, 2024) else None


def days(rule: Yearly, year: int) -> Stretch | None:
    """Return the days of a year, None where it has none."""
    if rule.kind == "term":
        return lunar.term(year, rule.term)
    if rule.kind == "lunar":
        number, of = rule.numbers
        return lunar.day(year, number, of)
    if rule.kind == "weekday":
        number, weekday, count = rule.numbers
        month = calendar.month(year, number)
        return calendar.nth(month, calendar.Nth(count, "weekday", weekday)) if month else None
    first_month, first, last_month, last = rule.numbers
    lo, hi = calendar.day(year, first_month, first), calendar.day(year, last_month, last)
    return Stretch(lo.lo, hi.hi) if lo and hi and lo.lo <= hi.hi else None
