"""Dates as pages print them: full dates with or without a time of day, in the ways of Chinese and English pages.

All texts are in the normal form of ``pagewords.normal`` (ASCII punctuation, lower case).
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

_CLOCK = (
    r"(?:(?:\s|t|,|，|\||·|-|at|日|星期.|周.|礼拜.|\(.\)){0,4}?"
    r"(?P<noon>上午|下午|晚上|晚间|凌晨|中午|早上|am|pm)?\s*"
    r"(?P<hour>\d{1,2})(?::|时|点)(?P<minute>\d{2})分?(?:(?::)?(?P<second>\d{2})秒?)?(?:\.\d{1,9})?"
    r"\s*(?P<half>[ap]\.?m\.?)?(?P<zone>z(?![a-z])|[+-]\d{2}:?\d{2}(?!\d))?)?"
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ],
        1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_FORMS = (
    re.compile(
        r"(?<![\d.])(?P<year>(?:19|20)\d\d)\s?(?:年|[-/.])\s?(?P<month>\d{1,2})\s?(?:月|[-/.])\s?(?P<day>\d{1,2})(?!\d)\s?日?"
        + _CLOCK
    ),
    re.compile(r"(?<![\d/])(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>(?:19|20)\d\d)(?!\d)" + _CLOCK),
    re.compile(
        rf"(?<![a-z])(?P<name>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)(?!\d)"
        + _CLOCK
    ),
    re.compile(
        rf"(?<![\d.])(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<name>{_MONTH})\.?,?\s+(?P<year>(?:19|20)\d\d)(?!\d)"
        + _CLOCK
    ),
    re.compile(r"民国\s?(?P<roc>\d{2,3})\s?年\s?(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?日" + _CLOCK),
    re.compile(r"(?<!\d)(?P<year>20[0-3]\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d)" + _CLOCK),
)
_YEARLESS = re.compile(
    r"(?<![\d./-])(?P<month>\d{1,2})\s?(?:[-/]|月)\s?(?P<day>\d{2}|\d(?!\d))日?\s*(?P<hour>\d{2}):(?P<minute>\d{2})(?!\d)"
)
_ENDING = re.compile(r"[)。]\s*1(?P<roc>\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)$")
_ZONE_WORDS = re.compile(
    r"\b(?:cst|est|edt|pst|pdt|gmt|utc|bst|hkt|jst)\b|北京时间|当地时间|香港时间|台北时间|格林尼治时间"
)
_WEEKDAY = re.compile(
    r"(?:星期|周|礼拜)[一二三四五六日天]|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b"
)


class Dated(NamedTuple):
    """A date in a line: where, and its EDTF form (a day, or a day with a time).

    Without a year the form is ``XXXX-MM-DD``; ``fine`` is how exact it is: 1 day, 2 minute, 3 second.
    """

    start: int
    end: int
    edtf: str
    fine: int

    @property
    def day(self) -> str:
        """The day without its time of day."""
        return self.edtf[:10]


def find_dates(text: str, *, day_first: bool = True) -> list[Dated]:
    """Full dates in ``text``, in order, not overlapping.

    ``day_first`` says how 03/04/2021 is read; where the numbers decide, they do.
    """
    if not any(c.isdigit() for c in text):
        return []
    found: list[Dated] = []
    for form in _FORMS:
        for match in form.finditer(text):
            one = _read(match, day_first)
            if one is not None and not any(one.start < f.end and f.start < one.end for f in found):
                found.append(one)
    return sorted(found)


def find_yearless(text: str) -> Dated | None:
    """A month, day and time without a year, as some platforms print it."""
    match = _YEARLESS.search(text)
    if match is None or not _valid(2000, int(match["month"]), int(match["day"])) or int(match["hour"]) > 23:
        return None
    edtf = f"XXXX-{int(match['month']):02}-{int(match['day']):02}T{match['hour']}:{match['minute']}:00"
    return Dated(match.start(), match.end(), edtf, 2)


def find_ending(text: str) -> Dated | None:
    """The date code that closes a text of Taiwan's agency: （編輯：…）1110228 is 28 February of year 111."""
    match = _ENDING.search(text)
    if match is None:
        return None
    year, month, day = 2011 + int(match["roc"]), int(match["month"]), int(match["day"])
    if not _valid(year, month, day):
        return None
    return Dated(match.end() - 7, match.end(), f"{year:04}-{month:02}-{day:02}", 1)


def without_dates(text: str, dates: list[Dated]) -> str:
    """``text`` less its dates, weekdays and time zones: what else the line says."""
    for one in reversed(dates):
        text = text[: one.start] + " " + text[one.end :]
    return _WEEKDAY.sub(" ", _ZONE_WORDS.sub(" ", text))


def _read(match: re.Match[str], day_first: bool) -> Dated | None:
    parts = match.groupdict()
    year = int(parts["year"]) if parts.get("year") else 1911 + int(parts["roc"])
    month = _MONTHS[parts["name"]] if parts.get("name") else int(parts["month"])
    day = int(parts["day"])
    if "/" in match[0][:6] and not parts.get("name") and match.re is _FORMS[1]:
        month, day = (month, day) if day_first else (day, month)
        if month > 12:
            month, day = day, month
    if not _valid(year, month, day):
        return None
    edtf = f"{year:04}-{month:02}-{day:02}"
    clock, fine = _clock(parts)
    return Dated(match.start(), match.start() + len(match[0].rstrip()), edtf + clock, 1 + fine)


def _clock(parts: dict[str, str | None]) -> tuple[str, int]:
    """``Thh:mm:ss`` with its zone, and 2 where seconds are printed, 1 where not; nothing for an impossible time.

    EDTF knows no times to the minute: the seconds of such a time are 00.
    """
    if not parts.get("hour"):
        return "", 0
    hour, minute = int(parts["hour"] or 0), int(parts["minute"] or 0)
    second = int(parts["second"] or 0)
    half = (parts.get("half") or parts.get("noon") or "").replace(".", "")
    if half in ("pm", "下午", "晚上", "晚间") and hour < 12:
        hour += 12
    elif half == "am" and hour == 12:
        hour = 0
    if hour > 23 or minute > 59 or second > 59:
        return "", 0
    zone = (parts.get("zone") or "").upper()
    if len(zone) == 5:
        zone = zone[:3] + ":" + zone[3:]
    return f"T{hour:02}:{minute:02}:{second:02}{zone}", 2 if parts["second"] else 1


def _valid(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return 1990 <= year <= 2100
