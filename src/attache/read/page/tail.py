"""The labeller of what follows the article: notices, recommendations, account cards, channels, comments, footer."""

from __future__ import annotations

import re

from attache.read.page.rows import Row, clean, stops
from attache.read.page.words import PageWords
from attache.record import PartKind

_COUNT = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*([万亿k]?)")
_TIMES = {"": 1, "万": 10_000, "亿": 100_000_000, "k": 1_000}
_TAG = re.compile(r"#\S{1,20}")
_AGO = re.compile(
    r"(?P<who>.{0,24}?)\s*(?P<when>\d{1,3}\s*(?:秒|分钟|小时|天|周|个月|月|年)前|昨天|前天|今天)(?:\s.*)?"
)
MOST_BACK = 5  # lines of an account card above its counts


def ends_body(rows: list[Row], first: int) -> int:
    """Where the article of a plain text ends: the first line that closes it and has less text after it than before."""
    masses = [row.size if row.prose and row.cue is None and stops(row) else 0 for row in rows]
    after = sum(masses[first:])
    before = 0
    for index in range(first, len(rows)):
        row = rows[index]
        if row.cue is not None and row.cue.ends and before and before >= after:
            return index
        before += masses[index]
        after -= masses[index]
    return len(rows)


def label_tail(rows: list[Row], first: int, words: PageWords, kinds: list[PartKind | None] | None = None) -> None:
    """Label the rows from ``first`` on. ``kinds``: per box what its markup says."""
    card = _find_card(rows, first, words)
    opened: PartKind | None = None
    channel = False
    index = first
    while index < len(rows):
        row = rows[index]
        if row.kind is not None:
            if row.kind == "account card":
                opened, channel = None, False
            index += 1
            continue
        cue = row.cue
        named = channel_name(row, words)
        by_markup = kinds[row.line.box] if kinds and row.line.box >= 0 else None
        if named and (channel or card is not None or opened is None or opened == "related link"):
            index = _take_headline(rows, index, words)
            opened, channel = "related link", True
            continue
        if cue is not None and cue.opens:
            row.kind, opened = "navigation", cue.opens
            channel = channel and cue.opens == "related link"
        elif cue is not None and cue.where != "head" and not (opened == "recommendation" and row.size > 20):
            row.kind = cue.kind
            if cue.kind in ("notice", "footer"):
                opened = None
        elif opened == "recommendation":
            index = _take_recommendations(rows, index, words)
            continue
        else:
            listed = opened is not None and by_markup in ("recommendation", "related link", "navigation")
            row.kind = opened if listed else by_markup or _by_shape(row, opened, channel)
        index += 1


def _by_shape(row: Row, opened: PartKind | None, channel: bool) -> PartKind:
    """The kind of a line after the article that no cue names."""
    if channel and row.size <= 5:
        return "navigation"
    if opened is not None:
        return opened
    if row.bare:
        return "dateline"
    if _TAG.fullmatch(row.text) or not row.prose or row.links > 0.3 or row.line.box >= 0:
        return "related link"
    return "paragraph"


def channel_name(row: Row, words: PageWords) -> bool:
    """Whether a line names a channel (头条要闻)."""
    return row.size <= words.layout.channel_most and any(
        row.text.endswith(end) and row.size > len(end) for end in words.layout.channel_ends
    )


def _take_headline(rows: list[Row], index: int, words: PageWords) -> int:
    """A channel and the headline under it, one part; gives the row after them."""
    row = rows[index]
    after = rows[index + 1] if index + 1 < len(rows) else None
    if after is None or after.kind is not None or after.cue is not None or channel_name(after, words):
        row.kind = "navigation"
        return index + 1
    row.kind = after.kind = "channel headline"
    after.joined = True
    row.fields = {"channel": clean(row.raw), "title": clean(after.raw)}
    return index + 2


def _take_recommendations(rows: list[Row], first: int, words: PageWords) -> int:
    """Recommended pages from ``first`` on: title (often twice), account, time. Gives the row after the last."""
    index, group = first, first
    while index < len(rows):
        row = rows[index]
        if row.kind is not None or (row.cue is not None and (row.cue.opens or row.size <= 20) and not _ago(row)):
            break
        if channel_name(row, words):
            break
        index += 1
        stamp = row.dates[-1].edtf if row.dates and row.bare else None
        ago = _ago(row)
        if stamp is None and ago is None and not _dated_account(row):
            if row.dates and row.bare:
                break
            continue
        if stamp and group == index - 1:
            row.kind = "dateline"  # a time with nothing above it belongs to no recommendation
            group = index
            continue
        _join_recommendation(rows[group:index], stamp)
        group = index
    _join_titles(rows[group:index])
    return max(index, first + 1)


def _ago(row: Row) -> str | None:
    """A line that closes a recommendation with a time that is no date (3小时前), with or without its account."""
    match = _AGO.fullmatch(row.text) if row.size <= 40 else None
    return match["who"] if match else None


def _dated_account(row: Row) -> bool:
    """A line with an account and a date."""
    return bool(row.dates) and not row.bare and row.size - (row.dates[-1].end - row.dates[-1].start) <= 24


def _join_recommendation(rows: list[Row], stamp: str | None) -> None:
    """Make one part of ``rows``, the last of which carries the time."""
    names = [clean(row.raw) for row in rows]
    closing = rows[-1]
    title = names[0]
    account: str | None = None
    body = names[:-1] if len(names) > 1 else []
    if stamp is None:
        dates = closing.dates
        stamp = dates[-1].edtf if dates else None
        if dates and len(rows) > 1:
            account = clean(names[-1][: dates[-1].start]) or None
        elif (who := _ago(closing)) and len(rows) > 1:
            account = clean(names[-1][: len(who)]) or None
    if account is None and len(body) > 1 and body[-1] != body[0]:
        account = body[-1]
    for index, row in enumerate(rows):
        row.kind = "recommendation"
        row.joined = index > 0
    rows[0].fields = {"title": title, "account": account, "published": stamp}


def _join_titles(rows: list[Row]) -> None:
    """Recommendations that are nothing but titles; the same title twice is one."""
    for index, row in enumerate(rows):
        row.kind = "recommendation"
        row.joined = index > 0 and row.text == rows[index - 1].text
        if not row.joined:
            row.fields = {"title": clean(row.raw), "account": None, "published": None}


def _find_card(rows: list[Row], first: int, words: PageWords) -> int | None:
    """Label the account card around its counts (文章数, 关注度); gives the row of the counts."""
    for index in range(first, len(rows)):
        cue = rows[index].cue
        if cue is None or cue.id != "card.counts" or cue.match is None or rows[index].kind is not None:
            continue
        start, as_of = index, None
        for back in range(index - 1, max(first, index - MOST_BACK) - 1, -1):
            row = rows[back]
            if row.kind is not None or (row.cue is not None and row.cue.kind != "account card"):
                break
            if row.dates:
                if row.bare:
                    start, as_of = back, row.dates[-1].edtf
                break
        if as_of is None:
            start = max(first, index - 2)
            while start < index and (rows[start].prose or rows[start].cue is not None):
                start += 1
        end = index + 1
        while end < len(rows) and (after := rows[end].cue) is not None and after.kind == "account card":
            end += 1
        for at in range(start, end):
            rows[at].kind = "account card"
            rows[at].joined = at > start
        said = [_without_noise(row.raw, words) for row in rows[start + (as_of is not None) : index]]
        rows[start].fields = _card_fields(said, cue.match, as_of)
        return index
    return None


def _card_fields(said: list[str], counts: re.Match[str], as_of: str | None) -> dict[str, str | int | None]:
    """Fields of an account card from the lines above its counts: the name, often twice, then what it says of itself."""
    name = said[0] if said else None
    bio = " ".join(dict.fromkeys(s for s in said[1:] if s != name)) or None
    found = counts.groupdict()
    return {
        "name": name,
        "bio": bio,
        "article_count": count(found.get("articles")),
        "follower_count": count(found.get("followers")),
        "as_of": as_of,
    }


def _without_noise(text: str, words: PageWords) -> str:
    text = clean(text)
    for noise in words.layout.noise:
        text = text.replace(noise, "")
    return text.strip()


def count(text: str | None) -> int | None:
    """A printed count as a number: 5227, 5,227, 1.2万."""
    match = _COUNT.search(text or "")
    if match is None:
        return None
    return round(float(match[1].replace(",", "")) * _TIMES[match[2]])
