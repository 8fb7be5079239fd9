"""Times in sentences: how many are read right, and how fast, beside what others do with the same sentences.

The lent cases (``shared/data/time/cases.json.gz``) hold Recognizers-Text's parser cases for Chinese, its English models
and JioNLP's tests, each a sentence, an anchor and the readings that are right. A mention counts as read where the
hit that overlaps it most means one of them: as [start, exclusive end), the start to the minute, the end within a
day for stretches of several days; a length within a few percent. Silence is wrong. Sets (每年) are not compared.

Peers that are not installed are left out, and said so: ``make bench`` installs those that the package index has.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from reading import NEWS, SENTENCE, pages, timed
from time_peers import Peer, Reading, peers

from attache.lexicon.fold import fold
from attache.lexicon.load import HOME
from attache.read.quantity.find import find_quantities, load_units
from attache.read.time import calendar
from attache.read.time.find import Anchor, TimeHit, find_times, load_times

CASES = Path(__file__).parents[2] / "shared" / "data" / "time" / "cases.json.gz"
SUITES = {"ms_zh_parsers": "Recognizers, parsers zh", "jio_time": "JioNLP's own", "ms_en_model": "Recognizers, English"}
# Days of the lunar calendar, for which the suite accepts the solar day of the same numbers (中秋节 is 15 August there).
# Our reader takes them from the almanac and is wrong by the suite, so their share is told apart.
LUNAR = re.compile(r"农历|正月|初一|大年|中秋|春节|除夕|元宵|端午|重阳|神龙|康熙|雍正")
# A part of the day has no hours of its own; each suite has fixed some, by word.
_MS: dict[str, tuple[float, float]] = {
    "凌晨": (0, 8), "早": (8, 12), "上午": (8, 12), "中午": (11, 13), "下午": (12, 16), "晚": (16, 20),
    "深夜": (20, 24), "夜": (20, 24), "morning": (8, 12), "afternoon": (12, 16), "evening": (16, 20), "night": (20, 24),
}  # fmt: skip
_JIO: dict[str, tuple[float, float]] = {
    "凌晨": (0, 5), "黎明": (4, 7), "清晨": (5, 7), "早": (6, 10), "上午": (7, 12), "中午": (12, 14), "午后": (13, 15),
    "下午": (12, 18), "傍晚": (17, 19), "后半夜": (2, 5), "晚": (18, 24), "深夜": (23, 24), "夜": (20, 24),
}  # fmt: skip
# the English models end a night with its last minute
_MS_EN = _MS | {
    "night": (20, 24 - 1 / 60), "tonite": (20, 24 - 1 / 60), "night-time": (0, 8), "lunchtime": (11, 13),
    "daytime": (8, 18), "dinnertime": (16, 20),
}  # fmt: skip
PARTS = {"ms_zh_parsers": _MS, "jio_time": _JIO, "ms_en_model": _MS_EN}


def cases() -> list[dict[str, Any]]:
    """The cases with at least one reading to compare."""
    with gzip.open(CASES, "rt", encoding="utf-8") as rows:
        return [case for case in json.load(rows) if any(gold["alts"] for gold in case["gold"])]


def same(reading: Reading, alternative: dict[str, Any]) -> bool:
    """Whether a reading means what the case accepts."""
    if "0001-01-01" in str(alternative.get("s")):
        return reading.lo is None and reading.hi is None  # .NET's way of saying that there is no such day
    if alternative["kind"] == "duration":
        return reading.seconds is not None and alternative["lo"] <= reading.seconds <= alternative["hi"]
    if alternative["kind"] == "time":
        return reading.clock is not None and all(
            want in ("*", got) for want, got in zip((alternative["s"], alternative["e"]), reading.clock, strict=True)
        )
    ends = zip((reading.lo, reading.hi), (alternative["s"], alternative["e"]), strict=True)
    return all(_within(value, window) for value, window in ends)


def _within(value: datetime | None, window: Any) -> bool:
    if window is None or "*" in window:
        return True
    if value is None or "-" in window:
        return value is None and "-" in window
    lo, hi = (datetime.fromisoformat(text) if text else None for text in window)
    value = value.replace(second=0, microsecond=0)
    return (lo is None or lo.replace(second=0, microsecond=0) <= value) and (hi is None or value <= hi)


def score(
    peer: Peer, suite: str, wrong: list[str] | None = None, but: re.Pattern[str] | None = None
) -> tuple[int, int]:
    """Mentions of a suite that a reader gets right, and all; without those whose words match ``but``."""
    right = total = 0
    for case in cases():
        if case["suite"] != suite:
            continue
        found = list(peer(case["text"], datetime.fromisoformat(case["anchor"]), suite))
        for gold in case["gold"]:
            if not gold["alts"] or (but and but.search(gold["text"])):
                continue
            total += 1
            over = [(min(r.end, gold["end"]) - max(r.start, gold["start"]), r) for r in found]
            most = max((shared for shared, _ in over), default=0)
            best = [r for shared, r in over if shared == most > 0]
            good = any(same(r, alternative) for r in best for alternative in gold["alts"])
            right += good
            if wrong is not None and not good:
                told = f"{case['text']} @{case['anchor'][:16]} | {gold['text']} | {_shown(gold['alts'])}"
                wrong.append(f"{told} | {'; '.join(map(str, best))}")
    return right, total


def _shown(alternatives: list[dict[str, Any]]) -> str:
    return " or ".join(
        f"{one['lo']:.0f}-{one['hi']:.0f} s" if one["kind"] == "duration" else f"{_end(one['s'])}..{_end(one['e'])}"
        for one in alternatives[:2]
    )


def _end(window: Any) -> str:
    end = str(window if isinstance(window, str) or window is None else window[-1])
    return end.replace(":00:00", "h").replace("T00h", "")


class Attache:
    """Our reader of times, as a peer among others."""

    def __init__(self) -> None:
        self.times = load_times(HOME)
        self.units = load_units(HOME)

    def hits(self, text: str, anchor: datetime) -> list[TimeHit]:
        """The times of a text, offsets in its folded form."""
        at = Anchor(anchor.date().isoformat(), "the case", anchor.time())
        return find_times(text, at, self.times)

    def __call__(self, text: str, anchor: datetime, suite: str) -> list[Reading]:
        folded = fold(text)
        read = (one for hit in self.hits(folded.text, anchor) for one in _readings(hit, anchor, PARTS[suite]))
        return [
            one._replace(start=start, end=end) for one in read for start, end in [folded.original(one.start, one.end)]
        ]


def length(iso: str) -> float:
    """Return the seconds of an ISO 8601 duration, a month of 30.44 days and a year of twelve."""
    units = {"Y": 31556952, "M": 2629746, "W": 604800, "D": 86400, "TH": 3600, "TM": 60, "TS": 1}
    days, _, hours = iso.removeprefix("P").partition("T")
    parts = [(n, u) for n, u in re.findall(r"([0-9.]+)([YMWD])", days)]
    parts += [(n, "T" + u) for n, u in re.findall(r"([0-9.]+)([HMS])", hours)]
    return sum(float(number) * units[unit] for number, unit in parts)


def _readings(hit: TimeHit, now: datetime, parts: dict[str, tuple[float, float]]) -> list[Reading]:
    """What a hit means to the minute; twice where a word beside the date (以后) may or may not be told with it."""
    seconds = None
    if hit.length:
        ends = [length(end) for end in hit.length.split("/")]
        seconds = sum(ends) / len(ends)
    if hit.modifier == "within" and seconds is not None:
        return [Reading(hit.start, hit.end, now, now + timedelta(seconds=seconds), None, seconds)]
    first, slash, last = (hit.edtf or "").partition("/")
    whole = _days(hit, now, parts, hit.edtf or "", seconds)
    bare = first if first != ".." else last
    if not slash or ".." in (first, last):
        alone = _days(hit._replace(modifier=None), now, parts, bare, seconds)
        return [whole, alone] if alone != whole else [whole]
    return [whole]


def _days(
    hit: TimeHit, now: datetime, parts: dict[str, tuple[float, float]], edtf: str, seconds: float | None
) -> Reading:
    lo, hi = calendar.bounds(edtf)
    start = datetime.combine(lo, time()) if lo else None
    end = datetime.combine(hi + timedelta(days=1), time()) if hi and hi < date.max else None
    clock = _hours(hit, parts)
    if clock and start and hi:
        start, end = start + clock[0], datetime.combine(hi, time()) + clock[1]
        end += timedelta(days=end <= start)
    elif clock and (start or hi):
        start = start + clock[0] if start else None
        end = datetime.combine(hi, time()) + clock[0] if hi else None
    if not hit.clock:  # an end that is the anchor's day is its minute
        start = now if hit.rule == "span.future" and hit.anchor else start
        if hit.rule == "span.past" and hit.anchor:
            start = datetime.combine(lo, now.time()) if lo and seconds is None and "~" not in edtf else start
            end = now
        if hit.rule in ("ago", "later") and start and any(word in hit.text for word in ("周", "星期", "礼拜")):
            end = start + timedelta(days=7)  # a day told in weeks is so to the week
    if hit.modifier in ("before", "until") and start and hit.rule in ("ago", "later"):
        start = None
    ahead = hit.modifier in ("before", "until") and not hit.rule.startswith("en.")
    if ahead and start is None and end and end > now:
        start = now  # a term that lies ahead runs from now
    if hit.modifier == "after" and hit.rule in ("ago", "later"):
        end = None
    names = (_name(clock[0]), _name(clock[1])) if clock else None
    return Reading(hit.start, hit.end, start, end, names, seconds)


def _name(hours: timedelta) -> str:
    minutes = int(hours.total_seconds()) // 60
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def _hours(hit: TimeHit, parts: dict[str, tuple[float, float]]) -> tuple[timedelta, timedelta] | None:
    if hit.clock:
        first, _, last = hit.clock.partition("/")
        begin, fine = _moment(first)
        return begin, _moment(last)[0] if last else begin + fine
    if hit.part:
        word = next((word for word in sorted(parts, key=len, reverse=True) if word in hit.text), None)
        if word is None:
            return None
        lo, hi = parts[word]
        if hit.modifier in ("early", "late") and hit.rule.startswith("en."):  # late this morning: its second half
            lo, hi = (lo, (lo + hi) / 2) if hit.modifier == "early" else ((lo + hi) / 2, hi)
        return timedelta(hours=lo), timedelta(hours=hi)
    return None


def _moment(text: str) -> tuple[timedelta, timedelta]:
    """Hours since midnight, and the length of what is told: a minute, or an hour."""
    numbers = [int(x) for x in text.split(":")]
    whole = timedelta(hours=numbers[0], minutes=numbers[1] if len(numbers) > 1 else 0)
    return whole, timedelta(hours=1) if len(numbers) == 1 else timedelta(minutes=1)


FEW = {"attache, dates": 20_000, "attache, dates and figures": 20_000}  # sentences for the speed; 600 for the others


def run(peer: Peer, sentences: list[str], day: datetime) -> None:
    """One reader over all sentences."""
    for sentence in sentences:
        list(peer(sentence, day, "jio_time"))


def speeds(ours: Attache, others: dict[str, Peer]) -> None:
    """Sentences a second on one core, all on the same pages in the same run, and the ratio to JioNLP's."""
    known = [sentence for text in pages() for sentence in SENTENCE.findall(text)]
    day = datetime(2022, 3, 1)
    units = load_units(HOME)

    def both(text: str, anchor: datetime, _: str) -> list[Reading]:
        folded = fold(text).text
        ours.hits(folded, anchor)
        find_quantities(folded, units)
        return []

    def alone(text: str, anchor: datetime, _: str) -> list[Reading]:
        ours.hits(fold(text).text, anchor)
        return []

    rows = {"attache, dates": alone, "attache, dates and figures": both, **others}
    told: dict[str, float] = {}
    for name, peer in rows.items():
        few = known[:: max(len(known) // FEW.get(name, 600), 1)][: FEW.get(name, 600)]
        told[name] = len(few) / timed(partial(run, peer, few, day))
    base = told.get("JioNLP")
    print(f"\nspeed on {'news pages' if NEWS.exists() else 'samples'}, one core, folding included")
    for name, speed in told.items():
        print(f"{name:30}{speed:12,.0f} sentences/s{f'{speed / base:10.1f}' if base else ''}")


def main() -> None:
    """Run the bench; suites named as arguments list their errors."""
    ours = Attache()
    others = peers()
    if not CASES.exists():
        print(f"skipped: the cases, as {CASES} is absent")
    else:
        readers: dict[str, Peer] = {"attache": ours, **others}
        print(f"{'share of mentions read':30}" + "".join(f"{name:>26}" for name in SUITES.values()))
        for name, reader in readers.items():
            errors: dict[str, list[str]] = {suite: [] for suite in SUITES}
            shares = [score(reader, suite, errors[suite]) for suite in SUITES]
            print(f"{name:30}" + "".join(f"{f'{right}/{all_} {right / all_:.3f}':>26}" for right, all_ in shares))
            if reader is ours:
                right, all_ = score(reader, "ms_zh_parsers", but=LUNAR)
                print(f"  without days of the lunar calendar: {right}/{all_} {right / all_:.3f} of the first suite")
                for suite in SUITES:
                    print("\n".join(errors[suite]) if suite in sys.argv else "", end="")
    speeds(ours, others)


if __name__ == "__main__":
    main()
