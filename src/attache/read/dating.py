"""When a page was published, where it does not say: bounds, never a guess.

Upper bound: the page's own clock (an as-of time, the newest recommendation, the capture). Lower bound: the latest
dated act told as past. Until a page is dated, expressions are reckoned from the upper bound, and say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from attache.read.reading import Read
from attache.read.sentence import DATELINE
from attache.read.time.calendar import bounds
from attache.read.time.hit import Anchor, TimeHit
from attache.record import Page, Published, Span

NUMBERED = re.compile("[0-9一二三四五六七八九十]")
DAY = re.compile("(\\d{4})-(\\d{2})-(\\d{2})")


def clock(page: Page, captured_at: str | None) -> tuple[str | None, str]:
    """The latest day that the page's furniture names, and which furniture that is; None where there is none."""
    days: list[tuple[str, str]] = [
        (match[0], part.kind)
        for part in page.parts
        for key in ("as_of", "published")
        if (match := DAY.match(str(part.fields.get(key) or "")))
    ]
    if captured_at and (match := DAY.match(captured_at)):
        days.append((match[0], "capture"))
    return max(days) if days else (None, "")


def anchor(page: Page, captured_at: str | None, opening: str = "") -> Anchor:
    """The date that relative expressions of the page are reckoned from. ``opening``: the body's first words, folded.

    An agency's dateline (华盛顿17日电) tells the day of writing, which a feed's date may miss by a day.
    """
    if page.published.edtf:
        written = _dateline(page.published.edtf, opening)
        if written:
            return Anchor(written, "dateline of the agency")
        return Anchor(page.published.edtf[:10], "published: " + page.published.why)
    day, source = clock(page, captured_at)
    if day:
        return Anchor(day, f"latest day on the page ({source}), as it has no date of its own")
    return Anchor(None, "the page has no date and no clock")


def _dateline(published: str, opening: str) -> str | None:
    """The day of the dateline, if it lies within three days before or one day after the date of publication."""
    match = DATELINE.match(opening)
    if not match or not DAY.fullmatch(published[:10]):
        return None
    day = date.fromisoformat(published[:10])
    for shift in (0, -1, 1, -2, -3):
        other = day + timedelta(days=shift)
        if other.day == int(match[2]) and (not match[1] or other.month == int(match[1])):
            return other.isoformat()
    return None


def settle(page: Page, captured_at: str | None, readings: Iterable[Read], capture: str) -> Page:
    """The page with its publication bounded, where it does not tell its date."""
    times = ((hit, read.line.span(hit.start, hit.end, capture)) for read in readings for hit in read.times)
    return msgspec.structs.replace(page, published=bounded(page, captured_at, times))


def bounded(page: Page, captured_at: str | None, times: Iterable[tuple[TimeHit, Span]]) -> Published:
    """The interval in which an undated page must have been published."""
    if page.published.edtf:
        return page.published
    upper, source = clock(page, captured_at)
    reckoned = anchor(page, captured_at).why
    last = date.fromisoformat(upper) if upper else None
    best: tuple[date, TimeHit, Span] | None = None
    for hit, span in times:
        # a year that only the clock supplied is as good as the clock
        if not hit.edtf or hit.forward or hit.kind not in ("date", "occasion") or hit.edtf.startswith(".."):
            continue
        if hit.anchor_why == reckoned and not NUMBERED.search(hit.text):
            continue  # 今天 and 当天 are reckoned from the clock: they bound nothing
        low = bounds(hit.edtf)[0]
        if (
            low
            and (last is None or low <= last)
            and hit.kind in ("date", "occasion")
            and len(hit.edtf) >= 10
            and (best is None or low > best[0])
        ):
            best = (low, hit, span)
    if best is None and upper is None:
        return Published(edtf=None, basis="unknown", why="the page shows no date, no clock and no dated act")
    lower = best[0].isoformat() if best else ""
    edtf = f"{lower or '..'}/{upper or '..'}"
    why = "no publication date on the page; " + "; ".join(
        part
        for part in (
            f"not before the latest dated act ({best[1].text} = {best[1].edtf})" if best else "no dated act",
            f"not after its {source}" if upper else "no clock on the page",
        )
    )
    return Published(edtf=edtf, basis="bounded", why=why, evidence=[best[2]] if best else [])
