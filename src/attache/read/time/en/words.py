"""The closed word lists of English times: months, weekdays, units, numbers, parts of the day, words that relate."""

from __future__ import annotations

from typing import Literal

from attache.read.time.hit import Modifier, PartOfDay

Unit = Literal[
    "second", "minute", "hour", "day", "weekday", "night", "week", "weekend", "fortnight", "month", "quarter", "year",
    "decade", "century",
]  # fmt: skip

_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
MONTHS: dict[str, int] = {name: i + 1 for i, name in enumerate(_MONTH_NAMES)}
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
# words that are more often something else, and months only where a capital or a number tells so
PLAIN_WORDS = frozenset(["may", "march", "mar", "sat", "sun", "wed", "dec", "mon", "jan", "august"])

_WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAYS: dict[str, int] = {name: i for i, name in enumerate(_WEEKDAY_NAMES)}
FULL_WEEKDAYS = frozenset(WEEKDAYS)
WEEKDAYS |= {name[:3]: i for name, i in WEEKDAYS.items()}
WEEKDAYS |= {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
PLURAL_WEEKDAYS = frozenset(name + "s" for name in _WEEKDAY_NAMES)

UNITS: dict[str, Unit] = {
    "second": "second", "seconds": "second", "sec": "second", "secs": "second",
    "minute": "minute", "minutes": "minute", "min": "minute", "mins": "minute",
    "hour": "hour", "hours": "hour", "hr": "hour", "hrs": "hour",
    "day": "day", "days": "day", "night": "night", "nights": "night", "weekday": "weekday", "weekdays": "weekday",
    "week": "week", "weeks": "week", "wk": "week", "wks": "week", "weekend": "weekend", "weekends": "weekend",
    "fortnight": "fortnight", "fortnights": "fortnight", "month": "month", "months": "month",
    "quarter": "quarter", "quarters": "quarter", "year": "year", "years": "year", "yr": "year", "yrs": "year",
    "decade": "decade", "decades": "decade", "century": "century", "centuries": "century",
}  # fmt: skip
GLUED_UNITS: dict[str, Unit] = {"h": "hour", "y": "year", "m": "minute", "d": "day"}  # 3h, 3Y
# years and months counted in months, days and weeks in days, the rest in seconds
IN_MONTHS: dict[str, int] = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
IN_DAYS: dict[str, int] = {"day": 1, "weekday": 1, "night": 1, "week": 7, "weekend": 2, "fortnight": 14}
IN_SECONDS: dict[str, int] = {"second": 1, "minute": 60, "hour": 3600}


def _counted(words: str) -> dict[str, int]:
    return {word: i for i, word in enumerate(words.split(), 1)}


ONES: dict[str, int] = _counted(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
TENS: dict[str, int] = {
    word: 10 * (i + 2)
    for i, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"])
}
ORDINALS: dict[str, int] = _counted(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
) | {"thirtieth": 30}
SUFFIXES = frozenset(["st", "nd", "rd", "th"])
# how many these are taken for; a couple is two
SOME: dict[str, float] = {"few": 3, "several": 5, "some": 3, "couple": 2}

RELATIVE: dict[str, int] = {
    "last": -1, "past": -1, "previous": -1, "preceding": -1, "this": 0, "current": 0,
    "next": 1, "coming": 1, "upcoming": 1, "following": 1,
}  # fmt: skip
NAMED_DAYS: dict[str, int] = {
    "today": 0, "tonight": 0, "tonite": 0, "yesterday": -1, "tomorrow": 1, "tmr": 1, "tmrw": 1,
}  # fmt: skip
PARTS: dict[str, PartOfDay] = {
    "dawn": "dawn", "morning": "morning", "mornings": "morning", "daytime": "morning", "noon": "noon",
    "lunchtime": "noon", "midday": "noon", "afternoon": "afternoon", "afternoons": "afternoon", "evening": "evening",
    "evenings": "evening", "dinnertime": "evening", "night": "night", "nights": "night", "nighttime": "night",
}  # fmt: skip
SEASONS: dict[str, tuple[int, int]] = {
    "spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 14),
}  # fmt: skip
THIRDS: dict[str, tuple[int, int]] = {"early": (1, 10), "mid": (10, 20), "late": (21, 31)}
MONTHS_OF: dict[str, tuple[int, int]] = {"early": (1, 2), "mid": (6, 7), "late": (11, 12)}

# what narrows a month, year, week or day to its beginning, middle or end
EDGES: dict[tuple[str, ...], Modifier] = {
    ("early",): "early", ("earlier",): "early", ("mid",): "mid", ("late",): "late", ("later",): "late",
    ("beginning", "of"): "early", ("start", "of"): "early", ("middle", "of"): "mid", ("end", "of"): "late",
    ("turn", "of"): "early", ("close", "of"): "late", ("remainder", "of"): "late", ("rest", "of"): "late",
    ("remaining", "of"): "late", ("early", "in"): "early", ("earlier", "in"): "early", ("late", "in"): "late",
    ("later", "in"): "late", ("midway", "through"): "mid",
}  # fmt: skip
# what stands before a date and opens it on one side, longest first
OPENERS: dict[tuple[str, ...], Modifier] = {
    ("no", "later", "than"): "until", ("not", "later", "than"): "until", ("no", "earlier", "than"): "since",
    ("as", "early", "as"): "since", ("as", "late", "as"): "until", ("ever", "since"): "since",
    ("starting", "on"): "since", ("starting", "from"): "since", ("starting", "in"): "since",
    ("beginning", "on"): "since", ("beginning", "from"): "since", ("beginning", "in"): "since",
    ("as", "of"): "since",
    ("prior", "to"): "before", ("earlier", "than"): "before", ("later", "than"): "after", ("up", "to"): "until",
    ("since",): "since", ("starting",): "since", ("beginning",): "since", ("until",): "until", ("till",): "until",
    ("til",): "until", ("by",): "until", ("before",): "before", ("after",): "after", ("around",): "about",
    ("about",): "about", ("circa",): "about",
}  # fmt: skip
CLOSERS: dict[tuple[str, ...], Modifier] = {
    ("or", "later"): "since", ("and", "later"): "since", ("or", "after"): "since", ("onward",): "since",
    ("onwards",): "since", ("or", "earlier"): "until", ("and", "earlier"): "until", ("or", "before"): "until",
}  # fmt: skip
# a preposition before it makes a bare month or number a date
LEADS = frozenset(
    ["in", "since", "by", "until", "till", "from", "before", "after", "during", "on", "for", "of", "between", "to",
     "last", "next", "this", "through", "around", "about", "circa"]
)  # fmt: skip
ZONES: dict[tuple[str, ...], str] = {
    ("gmt",): "UTC", ("utc",): "UTC", ("local", "time"): "local", ("beijing", "time"): "Asia/Shanghai",
    ("moscow", "time"): "Europe/Moscow", ("kyiv", "time"): "Europe/Kyiv", ("tokyo", "time"): "Asia/Tokyo",
    ("bst",): "Europe/London", ("cet",): "Europe/Paris", ("cest",): "Europe/Paris", ("et",): "America/New_York",
    ("est",): "America/New_York", ("edt",): "America/New_York", ("pst",): "America/Los_Angeles",
    ("pdt",): "America/Los_Angeles", ("eastern", "time"): "America/New_York",
}  # fmt: skip
VAGUE: frozenset[tuple[str, ...]] = frozenset(
    [("recently",), ("currently",), ("at", "present"), ("soon",), ("lately",), ("these", "days")]
    + [("in", "recent", unit) for unit in ("hours", "days", "weeks", "months", "years", "decades")]
    + [("in", "the", "coming", unit) for unit in ("hours", "days", "weeks", "months", "years", "decades")]
    + [("in", "coming", unit) for unit in ("hours", "days", "weeks", "months", "years")]
)
PERSONS = frozenset(["may", "april", "june", "august"])  # months that are people's names too
# words after a four-digit number that tell that it counts something: 2000 people
COUNTED = frozenset(
    ["people", "men", "women", "children", "troops", "percent", "per", "million", "billion", "thousand", "dollars",
     "euros", "square", "feet", "miles", "km", "kg", "meters", "metres", "tons", "tonnes", "kilometers",
     "kilometres", "pounds", "rubles", "yuan", "or", "police"]
)  # fmt: skip
# words before a number that tell that it names something: Resolution 1701
NUMBERED = frozenset(
    ["resolution", "resolutions", "no", "number", "article", "section", "flight", "room", "page", "model", "boeing",
     "airbus", "route", "highway", "chapter", "paragraph", "case", "law", "decree", "act", "order", "file", "unit"]
)  # fmt: skip
