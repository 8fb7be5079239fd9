"""What an outlet or account is like, told by its pages in the ledger: how much, how well sourced, how much its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

import msgspec

from attache.ledger.ground import NAMELESS, Share, share
from attache.ledger.noun import Report
from attache.ledger.origin import bands, copied, maker_bond
from attache.lexicon.fold import fold
from attache.record import Page, Record
from attache.shelf import pages
from attache.shelf.dialect import Base
from attache.shelf.listing import days, key
from attache.shelf.pages import standing

UNREAD = "en"  # a language of which no statements and no outcomes are read yet: nothing can be said of its sentences
SOURCES = 10  # sources named most often that a profile lists


class Card(msgspec.Struct, frozen=True):
    """What an account card said on a day: articles and followers. ``as_of`` is EDTF."""

    as_of: str | None
    articles: int | None
    followers: int | None


class Rate(msgspec.Struct, frozen=True):
    """So many pages or articles a day from one day to another, and what that was reckoned from."""

    per_day: float
    first: str
    last: str
    ground: str


class Sentences(msgspec.Struct, frozen=True):
    """Sentences of the body by what they rest on."""

    named: int
    unnamed: int
    none: int
    judgement: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.named + self.unnamed + self.none + self.judgement


class Copy(msgspec.Struct, frozen=True):
    """A page of this source and one of another that carry one text. ``which``: which of them was published later."""

    uri: str
    other: str
    maker: str
    which: str


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """A source.

    ``names``: outlets and accounts meant; ``pages``: its pages, ``addresses`` where versions of one count once,
    ``undated``: those without a day, ``unread``: those in a language whose sentences are not read, which count for
    nothing that is told of sentences and statements. ``rates``: by its pages in the ledger and by its account cards.
    ``attributed``: statements that somebody answers for, ``attributed_named`` those of them whose source has a name.
    ``personas``: words by which the writer appears, with the pages that have them. ``sources``: who is named most
    often. ``copies``: pages that carry one text with a page of another source. ``corrections``, ``withdrawals``: pages
    that say they are.
    """

    names: list[str]
    country: str | None
    pages: int
    addresses: int
    undated: int
    unread: int
    first: str | None
    last: str | None
    rates: list[Rate]
    cards: list[Card]
    sentences: Sentences
    attributed: int
    attributed_named: int
    personas: dict[str, int]
    sources: dict[str, int]
    copies: list[Copy]
    corrections: int
    withdrawals: int
    events: int
    denied_events: int


class _Kept(NamedTuple):
    """A page as the ledger keeps it: the digest of its capture, its report."""

    digest: str
    report: Report


def profile(base: Base, name: str, at: int | None = None) -> Profile | None:
    """The profile of an outlet or account by its name, None where no page is of it.

    Args:
        base: the database.
        name: its name, in either script.
        at: the revision as of which to tell; None for now.

    Raises:
        ShelfError: where a page of it is damaged.
    """
    kept = list(_reports(base, at))
    wanted = key(name)
    mine = [one for one in kept if any(key(maker) == wanted for maker in _makers(one.report))]
    if not mine:
        return None
    records = [pages.record(base, one.digest, at) for one in mine]
    own = [one.report for one in mine]
    dated = sorted((low, high) for one in own for low, high in [days(one.published)] if low and high)
    read = [record for record in records if not record.page.language.startswith(UNREAD)]
    sentences, attributed, named = _grounds(read)
    cards = sorted({card for record in records for card in _cards(record.page)}, key=lambda card: card.as_of or "")
    return Profile(
        names=sorted({maker for one in own for maker in _makers(one) if key(maker) == wanted}),
        country=next((one.country for one in own if one.country), None),
        pages=len(own),
        addresses=len({one.address for one in own}),
        undated=len(own) - len(dated),
        unread=len(records) - len(read),
        first=dated[0][0] if dated else None,
        last=max(high for _, high in dated) if dated else None,
        rates=[*rate_of_pages(own), *rate_of_cards(cards)],
        cards=cards,
        sentences=sentences,
        attributed=attributed,
        attributed_named=named,
        personas=_most(
            persona for record in records for persona in {s.persona for s in record.statements if s.persona}
        ),
        sources=_most(_named(records), SOURCES),
        copies=sorted(_copies(own, [one.report for one in kept]), key=lambda copy: (copy.uri, copy.other)),
        corrections=sum(one.corrects == "correction" for one in own),
        withdrawals=sum(one.corrects == "withdrawal" for one in own),
        events=sum(len(record.events) for record in records),
        denied_events=sum(bool(event.disputed_by) for record in records for event in record.events),
    )


def makers_of(base: Base, name: str, at: int | None = None) -> list[str]:
    """The outlets and accounts that a name means, each as its pages write it."""
    wanted = key(name)
    rows = base.run(f"select distinct outlet, account from page p where {standing('p', at)}")
    return sorted({maker for row in rows for maker in row if maker and key(maker) == wanted})


def makers_like(base: Base, name: str, at: int | None = None, most: int = 5) -> list[str]:
    """Names of outlets and accounts that hold a name, or that it holds."""
    wanted = key(name) or ""
    rows = base.run(f"select distinct outlet, account from page p where {standing('p', at)}")
    found = {maker for row in rows for maker in row if maker}
    return sorted(maker for maker in found if wanted in (key(maker) or "") or (key(maker) or "\0") in wanted)[:most]


def _reports(base: Base, at: int | None) -> Iterator[_Kept]:
    sql = f"""select c.digest, p.page_pk, p.light, c.taken_in from page p join capture c using (capture_pk)
        where {standing("p", at)} order by p.page_pk"""
    for digest, *row in base.run(sql):
        yield _Kept(digest, pages.report(base, *row))


def _makers(report: Report) -> list[str]:
    return [name for name in (report.outlet, report.account) if name]


def _grounds(records: Sequence[Record]) -> tuple[Sentences, int, int]:
    """Sentences by their ground; attributed statements, and those of them with a named source."""
    shares = [share(record) for record in records]
    total = Sentences(*(sum(len(getattr(one, ground)) for one in shares) for ground in Share._fields))
    attributed = named = 0
    for record in records:
        for statement in record.statements:
            if statement.voice == "attributed" and statement.stance != "credit":
                attributed += 1
                named += any(claimant.kind not in NAMELESS for claimant in statement.claimants)
    return total, attributed, named


def _named(records: Iterable[Record]) -> Iterator[str]:
    """Sources by name: each once a statement."""
    for record in records:
        for statement in record.statements:
            if statement.stance != "credit":
                yield from {
                    fold(claimant.text).text
                    for claimant in statement.claimants
                    if claimant.text and claimant.kind not in NAMELESS
                }


def _most(words: Iterable[str], most: int | None = None) -> dict[str, int]:
    """Words with how often they come, the most frequent first, of equals by their order."""
    counts = Counter(words)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most])


def _cards(page: Page) -> Iterator[Card]:
    for part in page.parts:
        if part.kind == "account card":
            fields = part.fields
            as_of = fields.get("as_of")
            yield Card(
                as_of if isinstance(as_of, str) else None, _count(fields.get("article_count")),
                _count(fields.get("follower_count")),
            )  # fmt: skip


def _count(value: str | int | None) -> int | None:
    return value if isinstance(value, int) else None


def a_day(count: int, days_: int) -> float:
    """So many in so many days, to four digits that count: two in three years are 0.001825 a day, not none."""
    return float(f"{count / days_:.4g}")


def rate_of_pages(reports: Sequence[Report]) -> Iterator[Rate]:
    """Pages a day from the first that has a day of its own to the last; none where all are of one day."""
    spans = {one.address: days(one.published) for one in reports}
    exact = sorted(low for low, high in spans.values() if low and low == high)
    if len(exact) > 1 and exact[0] != exact[-1]:
        length = (date.fromisoformat(exact[-1]) - date.fromisoformat(exact[0])).days + 1
        yield Rate(a_day(len(exact), length), exact[0], exact[-1], "pages in the ledger")


def rate_of_cards(cards: Sequence[Card]) -> Iterator[Rate]:
    """Articles a day between the first and the last account card that count them."""
    counted = sorted((day, card.articles) for card in cards for day in [days(card.as_of)[0]] if day and card.articles)
    if counted and counted[0][0] != counted[-1][0]:
        (first, before), (last, after) = counted[0], counted[-1]
        length = (date.fromisoformat(last) - date.fromisoformat(first)).days
        yield Rate(a_day(after - before, length), first, last, "article counts of its account card")


def _copies(own: Sequence[Report], all_of_them: Sequence[Report]) -> Iterator[Copy]:
    """Pages of another maker that carry one text with a page of this one."""
    blocks: dict[int, list[Report]] = {}
    for report in own:
        for band in bands(report):
            blocks.setdefault(band, []).append(report)
    mine = {report.id for report in own}
    for other in all_of_them:
        if other.id not in mine:
            near = {report.id: report for band in bands(other) for report in blocks.get(band, [])}
            for report in near.values():
                if maker_bond(report, other) is None and copied(report, other):
                    yield Copy(report.uri, other.uri, (_makers(other) or [""])[-1], _later(report, other))


def _later(mine: Report, other: Report) -> str:
    """Which of two pages was surely published later."""
    one, two = days(mine.published), days(other.published)
    if one[0] and two[1] and one[0] > two[1]:
        return "this"
    return "other" if two[0] and one[1] and two[0] > one[1] else "unknown"
