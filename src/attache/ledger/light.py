"""From a page's record to what the ledger keeps of it: the report, its events as told, its denials."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

from attache.ledger.noun import Denial, Report, Told
from attache.ledger.words import signature
from attache.lexicon.fold import fold
from attache.lexicon.load import HOME, read_ledger_words, read_media
from attache.record import Claimant, Event, Record, Span, Statement

BODY = frozenset(["paragraph", "heading"])
HEAD, HEAD_PARTS = frozenset(["title", "notice", "paragraph"]), 2
REF_DIGITS = 16
_TRACKING = re.compile(r"utm_|spm$|from$|share(_\w+)?$|scene$|isappinstalled$|timestamp$|sessionid$", re.IGNORECASE)
OWN = ("canonical", "og:url")  # under which the head of a page gives its address, the surest first
_INDEX = re.compile(r"/(index\.\w+)?$")


class Medium(NamedTuple):
    """A medium as the lexicon knows it: its first name, folded, and its country."""

    name: str
    country: str | None


Media = Mapping[str, Medium]
NO_MEDIA: Media = {}


@cache
def media(home: Path = HOME) -> Media:
    """Every name of every medium of the lexicon, folded, to the medium. Raises LexiconError as its loading does."""
    out: dict[str, Medium] = {}
    for one in read_media(home):
        known = Medium(fold(one.zh[0]).text, one.country)
        out.update({fold(name).text.lower(): known for name in (*one.zh, *one.en)})
    return out


def medium(name: str, known: Media) -> str:
    """The one name of a medium, however it is written: title marks and 网/网站 at the end fall away."""
    plain = fold(name).text.strip('《》“”‘’" ').lower()
    for cut in (plain, plain.removesuffix("网站"), plain.removesuffix("网")):
        if cut in known:
            return known[cut].name
    return plain


class Lit(NamedTuple):
    """All that the ledger keeps of one page."""

    report: Report
    tolds: list[Told]
    denials: list[Denial]


def lit(record: Record, known: Media = NO_MEDIA, *, taken_in: str | None = None) -> Lit:
    """All that the ledger keeps of one page. ``taken_in``: ISO 8601 instant, if known."""
    return Lit(light(record, known, taken_in=taken_in), tolds(record), denials(record))


def ref(page: str, event: str) -> str:
    """How the ledger names an event of a page. ``page``: the capture's id."""
    return f"{page[:REF_DIGITS]}:{event}"


def address(uri: str) -> str:
    """An address without what differs between versions and shares of one page; a path stays as it is."""
    parts = _web(uri)
    if parts is None:
        return uri
    kept = parse_qsl(parts.query, keep_blank_values=True)
    query = urlencode(sorted((k, v) for k, v in kept if not _TRACKING.match(k)))
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    return f"{host}{_INDEX.sub('', parts.path)}" + (f"?{query}" if query else "")


def _web(uri: str) -> SplitResult | None:
    """The parts of an address on the web, None of what is none."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return None
    return parts if parts.scheme in ("http", "https") and parts.hostname else None


def own_address(meta: Mapping[str, str]) -> str | None:
    """The address that the head of a page gives it; None where it gives none, or only that of the whole site."""
    for given in filter(None, map(meta.get, OWN)):
        parts = _web(given)
        if parts and (_INDEX.sub("", parts.path) or parts.query):
            return given
    return None


def light(
    record: Record, known: Media = NO_MEDIA, *, taken_in: str | None = None, address_: str | None = None
) -> Report:
    """What the ledger keeps of a page beside its events and denials.

    Args:
        record: the page.
        known: the media of the lexicon.
        taken_in: when the ledger took it in, ISO 8601.
        address_: where its versions stand: what it says of itself, or its full path; the capture's uri if left out.
    """
    page, capture = record.page, record.capture
    body = "\n".join(capture.text[part.start : part.end] for part in page.parts if part.kind in BODY)
    sketch, count = signature(body)
    named = [medium(name, known) for name in (page.outlet, page.account) if name]
    countries = [known[name].country for name in named if name in known]
    return Report(
        id=capture.id, uri=capture.uri, address=address(address_ or capture.uri), outlet=page.outlet,
        account=page.account, makers=list(dict.fromkeys(named)), country=countries[0] if countries else None,
        published=page.published.edtf, taken_in=taken_in, language=page.language, title=page.title, signature=sketch,
        shingles=count, credits=_credits(record, known), corrects=_corrects(record),
        commitments=list(record.commitments),
    )  # fmt: skip


@cache
def mending(home: Path = HOME) -> Mapping[Literal["withdrawal", "correction"], tuple[str, ...]]:
    """The folded words by which a page withdraws or corrects an earlier one, by what it does."""
    found = read_ledger_words(home)
    return {
        "withdrawal": tuple(fold(word).text for word in found.withdrawal),
        "correction": tuple(fold(word).text for word in found.correction),
    }


def _corrects(record: Record) -> Literal["withdrawal", "correction"] | None:
    """What a page says at its head that it does to an earlier one."""
    parts = [part for part in record.page.parts if part.kind in HEAD][:HEAD_PARTS]
    head = fold("\n".join(record.capture.text[part.start : part.end] for part in parts)).text
    return next((kind for kind, words in mending().items() if any(word in head for word in words)), None)


def _credits(record: Record, known: Media) -> list[str]:
    """Media that sign stretches of the page as theirs."""
    signed = [claimant for one in record.statements if one.stance == "credit" for claimant in one.claimants]
    return list(dict.fromkeys(medium(claimant.text, known) for claimant in signed))


def tolds(record: Record) -> list[Told]:
    """The events of a page as the ledger joins them."""
    return [
        Told(
            ref=ref(record.capture.id, event.id),
            page=record.capture.id,
            published=record.page.published.edtf,
            title=record.page.title,
            event=event,
            context=_sentence(record, event),
        )
        for event in record.events
    ]


def _sentence(record: Record, event: Event) -> str:
    if not 0 <= event.sentence < len(record.sentences):
        return event.evidence.text
    sentence = record.sentences[event.sentence]
    start, end = min(sentence.start, event.evidence.start), max(sentence.end, event.evidence.end)
    return record.capture.text[start:end]


def denials(record: Record) -> list[Denial]:
    """The denials that a page tells, each with the events of the page that it is about."""
    return [_denial(record, i, one) for i, one in enumerate(record.statements) if one.kind == "denial"]


def _denial(record: Record, number: int, statement: Statement) -> Denial:
    about = statement.about or [statement.evidence]
    met = [event for event in record.events if _denied(event, statement, about)]
    codes = [claimant.code for claimant in statement.claimants]
    named = [
        actor.code
        for mention in record.mentions
        if any(span.start <= mention.start < span.end for span in (*about, statement.evidence))
        for actor in mention.actors
    ]
    parties = [actor.code for event in met for actor in (*event.actors, *event.recipients)]
    return Denial(
        ref=f"{record.capture.id[:REF_DIGITS]}:d{number}",
        page=record.capture.id,
        published=record.page.published.edtf,
        statement=number,
        by=list(statement.claimants),
        declined=statement.mark == "negated",
        evidence=statement.evidence,
        about=list(statement.about),
        events=[ref(record.capture.id, event.id) for event in met],
        parties=sorted({code for code in (*codes, *named, *parties) if code}),
    )


def _denied(event: Event, statement: Statement, about: list[Span]) -> bool:
    """Whether a denial is about an event: the event says who disputes it, or its words are those denied."""
    deniers = {_place(claimant) for claimant in statement.claimants}
    if deniers & {_place(claimant) for claimant in event.disputed_by}:
        return True
    spans = [event.evidence, *event.also]
    return bool(event.disputed_by) and any(a.start < s.end and s.start < a.end for a in about for s in spans)


def _place(claimant: Claimant) -> tuple[int, int]:
    return claimant.start, claimant.end
