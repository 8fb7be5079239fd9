"""The date of each act: of the act itself, not of the page, nor of who tells it.

In this order: a time in the act's own clause, or before it where no cue parts them (*clause*); a year back from an
anniversary told there (*anniversary*); for what a party tells without a day, the day of the telling (*telling*); the
day told last of the same speaker, for acts of speech (*carried*). An agency's dateline dates no act.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from attache.lexicon.rows import PEOPLE
from attache.lexicon.tables import Tables
from attache.read.act import Act
from attache.read.quantity.number import number
from attache.read.reading import Read
from attache.read.scope import Scope
from attache.read.sentence import Line, clause_start
from attache.read.time import calendar
from attache.read.time.hit import TimeHit

SPEECH_TYPES = frozenset(["ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT", "AGREE", "CONCEDE"])
FORCE = frozenset(["ASSAULT", "COERCE"])  # of which parties tell day by day
TELLING_WITHIN = 3  # sentences in which the other side tells of the same day
CARRIED_WITHIN = 12  # sentences that a day is carried over
SUNDAY = 6  # as Python counts the days of the week
RECENT = 10  # days before the anchor: what goes on is news, not history


class Cues(NamedTuple):
    """The patterns and words of ``[when]`` in ``lang/zh/statements.toml``, where each is explained."""

    disclosing: frozenset[str]
    dateline: re.Pattern[str]
    not_then: re.Pattern[str]
    subordinate: re.Pattern[str]
    closed: re.Pattern[str]
    of_noun: re.Pattern[str]
    often: re.Pattern[str]
    also: re.Pattern[str]
    topic: re.Pattern[str]
    topic_before: re.Pattern[str]
    history: re.Pattern[str]
    welcome: re.Pattern[str]
    up_to: re.Pattern[str]
    record: re.Pattern[str]
    anniversary: re.Pattern[str]


@lru_cache(maxsize=2)
def cues(tables: Tables) -> Cues:
    """The patterns of a lexicon, made once."""
    patterns = {name: tables.patterns["when"][f"{name}_re"] for name in Cues._fields[1:]}
    return Cues(tables.cues["when"]["disclosing"], **patterns)


class Dated(NamedTuple):
    """The day of an act in EDTF, the time that tells it with its sentence, and how it was found."""

    hit: TimeHit
    line: Line
    edtf: str
    how: str


class _Told(NamedTuple):
    dated: Dated
    at: int


def dates(readings: list[Read], tables: Tables) -> dict[int, Dated]:
    """The dates of all acts of a page, kept and unlikely ones, by their ``id``."""
    by = cues(tables)
    out: dict[int, Dated] = {}
    told: dict[str, _Told] = {}
    telling: _Told | None = None
    for reading in readings:
        telling = _tellings(by, reading, told) or telling
        for act in (*reading.acts, *reading.weak):
            found = _own(by, act, reading) or _of_telling(by, act, reading, telling) or _carried(by, act, reading, told)
            if found:
                out[id(act)] = found
                if found.how == "clause" and act.status == "actual":
                    known = _Told(found._replace(how="carried"), reading.index)
                    told.update({p.reading.name: known for p in act.actors if p.reading and p.reading.kind in PEOPLE})
    return out


def _own(cues: Cues, act: Act, reading: Read) -> Dated | None:
    """The date that stands in the act's clause or before it."""
    hit = _beside(cues, act, reading)
    if hit is None or hit.edtf is None:
        return None
    text = reading.line.text
    match = cues.anniversary.match(text, act.trigger[1])
    if match and (day := _years_before(hit.edtf, match["years"])):
        return Dated(hit, reading.line, day, "anniversary")
    hit = _with_the_day_before(_from_telling(cues, hit, reading), reading)
    return Dated(hit, reading.line, day_told(hit, act.status, reading.anchor), "clause")


def _with_the_day_before(hit: TimeHit, reading: Read) -> TimeHit:
    """16日和17日: both days, where they follow each other."""
    text = reading.line.text
    for other in reading.times:
        if other.end + 1 == hit.start and text[other.end] in "和、与及" and other.edtf and hit.edtf:
            lo, hi = calendar.bounds(other.edtf), calendar.bounds(hit.edtf)
            if lo[0] and hi[0] and lo[0] == lo[1] and hi[0] == hi[1] and (hi[0] - lo[0]).days == 1:
                return hit._replace(edtf=f"{other.edtf}/{hit.edtf}")
    return hit


def _from_telling(cues: Cues, hit: TimeHit, reading: Read) -> TimeHit:
    """某国军方5日称，过去一天…: what is told relatively counts from the day of the telling, where that is another."""
    if hit.anchor is None or not hit.rule.startswith(("span", "ago", "later")) or hit.clock:
        return hit
    today = calendar.bounds(hit.anchor)[1]
    for scope in reading.scopes:
        if scope.source.home is not None or not scope.start <= hit.start < scope.end:
            continue
        told = telling(cues, reading, scope.source.start, scope.start)
        day = calendar.one_day(told.edtf) if told else None
        if day and today and day != today:
            return hit._replace(edtf=_moved(hit.edtf or "", (day - today).days), anchor=day.isoformat())
    return hit


def _moved(edtf: str, days: int) -> str:
    """An EDTF date or interval so many days on, where it is told to the day."""
    out = []
    for end in edtf.split("/"):
        only = calendar.one_day(end) if len(end.rstrip("~")) == 10 else None
        moved = calendar.shift_days(only, days) if only else None
        out.append((moved.isoformat() + "~" * end.endswith("~")) if moved else end)
    return "/".join(out)


def _beside(cues: Cues, act: Act, reading: Read) -> TimeHit | None:
    """The time that dates the act: in its clause before or after the predicate, else in a clause before it.

    What a speech tells of is not dated by the speech; the speech itself is, wherever in its sentence it stands.
    """
    trigger = act.trigger[0]
    doers = {party.code for party in act.actors}
    around = [s for s in reading.scopes if s.start <= trigger < s.end and not cues.welcome.fullmatch(s.verb)]
    own = act.frame.type in SPEECH_TYPES and any(
        doers & {p.code for p in s.source.parties} and s.verb not in cues.disclosing for s in around
    )
    floor = 0 if own else max((s.start for s in around), default=0)
    text = reading.line.text
    usable = [
        hit for hit in _days_told(cues, reading)
        if hit.start >= floor and not _of_noun(cues, hit, act, text)
        and not (own and any(s.start <= hit.start < s.end and hit.start > trigger for s in around))
    ]  # fmt: skip
    start = clause_start(text, trigger)
    inside = [hit for hit in usable if start <= hit.start and hit.end <= trigger]
    if inside:
        topic = cues.topic.match(text, act.trigger[1]) and cues.topic_before.search(text, inside[-1].end, trigger)
        return None if topic else inside[-1]
    after = [
        hit for hit in usable if act.trigger[1] <= hit.start < act.clause[1] and text[hit.end : hit.end + 1] != "的"
    ]
    if after and act.frame.type not in SPEECH_TYPES and "，" not in text[act.trigger[1] : after[0].start]:
        return after[0]
    if cues.not_then.search(text, start, trigger) or cues.subordinate.match(text, act.trigger[1]):
        return None
    for hit in reversed([hit for hit in usable if hit.end <= start]):
        gap = text[hit.end : trigger]
        if cues.not_then.search(gap) or cues.also.search(text, start, trigger):
            return None
        begun = (hit.edtf or "").endswith("/..") and not hit.text.endswith("起")
        if "；" not in gap and gap.count("，") <= 3 and not begun and not cues.closed.search(gap.partition("，")[0]):
            return hit
    return None


def _of_noun(cues: Cues, hit: TimeHit, act: Act, text: str) -> bool:
    """Whether a time only marks a noun (2015年的核协议, 周一的行动), and not the act that the noun names."""
    if not cues.of_noun.match(text, hit.end):
        return False
    between = text[hit.end : act.trigger[0]]
    return not ("/noun" in act.rule and 0 < len(between) <= 10 and "，" not in between)


def _days_told(cues: Cues, reading: Read) -> list[TimeHit]:
    """The times of a sentence that may date an act: no dateline, no term (到2024年), no record (三年来首次)."""
    text = reading.line.text
    return [
        hit for hit in reading.times
        if hit.edtf and hit.kind in ("date", "occasion")
        and not cues.dateline.match(text, hit.end)
        and not cues.up_to.search(text, max(0, hit.start - 3), hit.start)
        and not cues.record.match(text, hit.end)
    ]  # fmt: skip


def day_told(hit: TimeHit, status: str, today: str | None) -> str:
    """The EDTF date of an act of that status by a time: one that began at a day and goes on is dated by that day.

    An early, middle or late part of a month is told to the month, as nobody means its days; what is done lies in no
    day after the page's own (本周).
    """
    edtf = (hit.edtf or "").removesuffix("/..")
    first, slash, last = edtf.partition("/")
    if hit.modifier in ("early", "mid", "late") and slash and first[:7] == last[:7] and calendar.one_day(first):
        return first[:7]
    if slash and "~" in edtf:
        return _roughly(edtf)
    ended = _before_today(today) if hit.text.endswith("早些时候") else today
    if hit.rule == "week" and status == "actual" and ended and first <= ended < last:
        return ended if first == ended else f"{first}/{ended}"
    if hit.rule == "weekday" and status == "actual" and hit.direction != "ahead":
        return _last_sunday(edtf, today)
    return edtf


def _last_sunday(edtf: str, today: str | None) -> str:
    """本周日, told as past on a Monday: to many the week begins with its Sunday. Any other day stays."""
    day, now = calendar.one_day(edtf), calendar.one_day(today or "")
    if not day or not now or now.weekday() != 0 or (day - now).days != SUNDAY:
        return edtf
    moved = calendar.shift_days(day, -7)
    return moved.isoformat() if moved else edtf


def _before_today(today: str | None) -> str | None:
    day = calendar.bounds(today)[1]
    moved = calendar.shift_days(day, -1) if day else None
    return moved.isoformat() if moved else None


def _roughly(edtf: str) -> str:
    """最近几天, 近两年: what is only about so long is told to the month, what is longer than a year to the year."""
    lo, hi = calendar.bounds(edtf)
    if lo is None or hi is None:
        return edtf
    size = 7 if (hi - lo).days <= 366 else 4
    first, last = lo.isoformat()[:size], hi.isoformat()[:size]
    return first if first == last else f"{first}/{last}"


def _years_before(edtf: str, count: str) -> str | None:
    years = number(count)
    only = calendar.one_day(edtf)
    day = calendar.day(only.year - years, only.month, only.day) if only and isinstance(years, int) else None
    return calendar.edtf(day) if day else None


def _of_telling(cues: Cues, act: Act, reading: Read, last: _Told | None) -> Dated | None:
    """What a party tells without a day of its own: its own measures on that day, force used about then.

    军方14日称，甲军空袭…；乙方称…: where the other side then tells of the same day, it is the day told last.
    """
    if act.status != "actual" or act.frame.type in SPEECH_TYPES or cues.history.search(act.trigger[2]):
        return None
    text, trigger = reading.line.text, act.trigger[0]
    if _some_time(reading, act.clause[0], trigger) or cues.often.search(text, clause_start(text, trigger), trigger):
        return None
    doers = {party.code for party in act.actors}
    for scope in reading.scopes:
        if scope.source.home is not None or not scope.start <= act.trigger[0] < scope.end:
            continue
        own = bool(doers) and doers <= {party.code for party in scope.source.parties}
        if not own and (act.frame.type not in FORCE or scope.source.kind == "medium"):
            continue
        hit = telling(cues, reading, scope.source.start, scope.start)
        if hit and hit.edtf and (calendar.one_day(hit.edtf) or (own and "/" not in hit.edtf)):
            return Dated(hit, reading.line, hit.edtf + ("" if own and act.frame.type not in FORCE else "~"), "telling")
        if (
            act.frame.type in FORCE
            and last
            and reading.index - last.at <= TELLING_WITHIN
            and _recent(last.dated.edtf, reading.anchor)
        ):
            return last.dated._replace(edtf=last.dated.edtf.rstrip("~") + "~", how="telling")
    return None


def _some_time(reading: Read, start: int, end: int) -> bool:
    """Whether a word there tells a time that is no date (近日, 日前): then it is not the day of the telling either."""
    return any(hit.kind == "vague" and start <= hit.start and hit.end <= end for hit in reading.times)


def _tellings(cues: Cues, reading: Read, told: dict[str, _Told]) -> _Told | None:
    """Note who speaks on which day; the last of them. Who discloses tells of another day than his own."""
    last = None
    for scope in reading.scopes:
        if scope.source.home is not None or scope.verb in cues.disclosing:
            continue
        if hit := telling(cues, reading, scope.source.start, scope.start):
            last = _Told(Dated(hit, reading.line, hit.edtf or "", "carried"), reading.index)
            told.update({p.reading.name: last for p in scope.source.parties if p.reading and p.reading.name})
    return last


def telling(cues: Cues, reading: Read, source: int, content: int) -> TimeHit | None:
    """The day that stands between the clause's beginning, the source and what it says."""
    text = reading.line.text
    start = clause_start(text, source)
    days = [hit for hit in _days_told(cues, reading) if hit.end <= content and not cues.of_noun.match(text, hit.end)]
    # 星期二，国防部称: a day with a comma of its own is of the clause after it
    return next((hit for hit in reversed(days) if start <= hit.start or hit.end + 1 == start), None)


def _carried(cues: Cues, act: Act, reading: Read, told: dict[str, _Told]) -> Dated | None:
    """The day told last of the speaker, for what is said on."""
    text, trigger = reading.line.text, act.trigger[0]
    start = clause_start(text, trigger)
    if act.status != "actual" or cues.often.search(text, start, trigger) or _some_time(reading, start, trigger):
        return None
    doers = {party.code for party in act.actors}
    around = [scope for scope in reading.scopes if scope.start <= trigger < scope.end]
    if any(codes and not doers & codes for codes in ({p.code for p in scope.source.parties} for scope in around)):
        return None  # what another party says of it
    for speaker in _speakers(act, around):
        last = told.get(speaker)
        if last and reading.index - last.at <= CARRIED_WITHIN and _recent(last.dated.edtf, reading.anchor):
            return last.dated
    return None


def _speakers(act: Act, around: list[Scope]) -> Iterable[str]:
    """The names of those who speak in an act of speech."""
    if act.frame.type not in SPEECH_TYPES:
        return
    for party in (*act.actors, *(party for scope in around for party in scope.source.parties)):
        if party.reading is not None and party.reading.name:
            yield party.reading.name


def _recent(edtf: str, today: str | None) -> bool:
    lo = calendar.bounds(edtf.rstrip("~"))[0]
    now = calendar.bounds(today)[1]
    return lo is not None and now is not None and 0 <= (now - lo).days <= RECENT
