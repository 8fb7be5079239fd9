"""What the report home says and in which order, as data: sections of sentences, each with its footnotes.

No span, no sentence: whatever has no words of a page to stand on is not said. Nothing here depends on the language
but the wording, so reports in two languages have the same sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from attache.brief.judgement import judgement_lines
from attache.brief.names import Names
from attache.brief.phrases import clean, date_words, quoted
from attache.brief.telling import Line, Note, Teller, capital, maker, notes
from attache.brief.told import Act, acts, alike, page_origins, pairs
from attache.brief.wording import Wording, fill
from attache.read.time.calendar import bounds
from attache.record import Claimant, Commitment, Forecast, Record, Span, Statement, Unsure

EVENTS, EVENTS_PER_PAGE, EVENTS_MOST = 16, 6, 48  # lines for one page, for each page more, at most
LINES = 8  # of any other section
EXAMPLES = 2
LEAD_NOTES = 3  # pages that the first line cites; the section of sources has them all

T = TypeVar("T")


class Section(NamedTuple):
    """A heading and its sentences; ``more`` says how many were left out, standing on the first of them."""

    heading: str
    lines: list[Line]
    more: Line | None


class Report(NamedTuple):
    """The report: title, one line of what it rests on, sections without empty ones."""

    title: str
    lead: Line | None
    sections: list[Section]


def compose(records: Sequence[Record], wording: Wording, names: Names) -> Report:
    """The report over pages, in their order. ``records`` may be empty: then there is nothing to say."""
    told = acts(records)
    teller = Teller(records, wording, names)
    origins = page_origins(records)
    sections = [
        _section("events", *_events(told, teller, len(records)), wording),
        _section("commitments", _commitments(records, teller), LINES, wording),
        _section("disputes", _disputes(records, told, teller), LINES, wording),
        _section("forecasts", _forecasts(records, teller), LINES, wording),
        _section("judgement", judgement_lines(records, wording), LINES, wording),
        _section("unsure", _unsure(records, wording), LINES, wording),
        _section("sources", _sources(records, origins, wording), EVENTS_MOST, wording),
    ]
    counts = {"pages": len(records), "origins": len(set(origins)), "events": len(told)}
    heads = [note for record in records[:LEAD_NOTES] for note in head(record)]
    lead = Line(fill(wording.report["lead"], **counts), tuple(heads)) if heads else None
    return Report(wording.report["title"], lead, [section for section in sections if section.lines])


def _section(name: str, lines: list[Line], limit: int, wording: Wording) -> Section:
    kept, left = lines[:limit], lines[limit:]
    if len(left) == 1:
        kept, left = lines, []
    more = Line(fill(wording.report["more"], count=len(left)), left[0].notes[:1]) if left else None
    return Section(wording.report[name], kept, more)


def head(record: Record) -> list[Note]:
    """The stretch that shows which page it is: its title, else its first words."""
    for kind in ("title", None):
        for part in record.page.parts:
            words = record.capture.text[part.start : part.end]
            if part.kind != "blank" and kind in (part.kind, None) and words.strip():
                start = part.start + len(words) - len(words.lstrip())
                short = words.strip().split("\n")[0].rstrip()
                return notes(record, [Span(start=start, end=start + len(short), text=short)])
    return []


def title(record: Record, wording: Wording) -> str:
    """A page as sentences name it."""
    name = clean(record.page.title or "")
    return fill(wording.origin["title"], title=name) if name else wording.origin["untitled"]


def _weight(act: Act) -> tuple[int, bool, float, float]:
    """What makes an act worth its line when there are too many: origins, a date, certainty, weight of the deed."""
    events = [report.event for report in act.reports]
    return (
        act.origins,
        any(event.when for event in events),
        max(event.confidence for event in events),
        max(abs(event.goldstein or 0.0) for event in events),
    )


def _when(act: Act) -> tuple[bool, str, str, int, int]:
    """Sorts acts by first day, then last, undated ones last, then by place on the pages."""
    when = next((report.event.when for report in act.reports if report.event.when), None)
    first, last = bounds(when.replace("~", "").replace("?", "").replace("%", "") if when else None)
    report = act.reports[0]
    known = str(first or last or when or "")
    return when is None, known, str(last or ""), report.page, report.event.evidence.start


def _events(told: list[Act], teller: Teller, pages: int) -> tuple[list[Line], int]:
    """Acts in order of date. Beyond the limit the weightiest are kept in that order; the rest follow, uncounted."""
    limit = min(EVENTS + EVENTS_PER_PAGE * max(pages - 1, 0), EVENTS_MOST)
    ranked = sorted(told, key=_weight, reverse=True)
    if len(ranked) == limit + 1:
        limit += 1  # a line that says "one more" is no shorter than the one more
    first, rest = sorted(ranked[:limit], key=_when), sorted(ranked[limit:], key=_when)
    lines = [line for act in first + rest if (line := teller.line(act))]
    return lines, limit


def _once(items: list[tuple[Record, T]], words: list[str]) -> list[list[tuple[Record, T]]]:
    """Items of several pages, near-copies of one another gathered."""
    groups: list[tuple[frozenset[str], list[tuple[Record, T]]]] = []
    for item, text in zip(items, words, strict=True):
        said = pairs(text)
        for others, group in groups:
            if group[0][0] is not item[0] and alike(said, others):
                group.append(item)
                break
        else:
            groups.append((said, [item]))
    return [group for _, group in groups]


def _overlaps(one: Span, two: Span) -> bool:
    return one.start < two.end and two.start < one.end


def _commitments(records: Sequence[Record], teller: Teller) -> list[Line]:
    """Pledges, offers and demands with their answers. Each is a reading of an event and goes when that goes."""
    items: list[tuple[Record, Commitment]] = [
        (record, item)
        for record in records
        for item in record.commitments
        if any(_overlaps(event.evidence, item.about) for event in record.events)
    ]
    w = teller.wording
    out = []
    for group in _once(items, [item.kind + item.about.text for _, item in items]):
        item = group[0][1]
        cited = [note for record, one in group for note in notes(record, [one.about, *_standing(record, one.steps)])]
        text = fill(
            w.commitment[item.kind],
            who=teller.names.party(item.by),
            whom=teller.names.parties(item.to),
            about=quoted(item.about.text, w),
            answer=w.commitment[item.status],
        )
        if cited:
            out.append(Line(capital(text), tuple(dict.fromkeys(cited))))
    return out


def _standing(record: Record, steps: Sequence[Span]) -> list[Span]:
    """Steps of a commitment whose event still stands."""
    return [step for step in steps if any(_overlaps(event.evidence, step) for event in record.events)]


def _disputes(records: Sequence[Record], told: Sequence[Act], teller: Teller) -> list[Line]:
    """Denials as the pages tell them, then denied acts that no told denial covers."""
    out = []
    w = teller.wording
    for group in _denials(records):
        statement = group[0][1]
        about = next((one.about[0] for _, one in group if one.about), None)
        text = fill(
            w.dispute["unconfirmed" if statement.mark == "negated" else "denied"],
            who=_deniers([one for _, one in group], teller),
            words=quoted(statement.evidence.text, w),
            about=quoted(about.text, w) if about else "",
        )
        cited = [note for record, one in group for note in notes(record, [one.evidence, *one.about])]
        if cited:
            out.append(Line(capital(text), tuple(dict.fromkeys(cited))))
    for act in told:
        out += _claims(act, records, teller)
    return out


def _denials(records: Sequence[Record]) -> list[list[tuple[Record, Statement]]]:
    """Denials, gathered where they stand on the same words of a page or are copies on two."""
    groups: list[list[tuple[Record, Statement]]] = []
    items = [(record, one) for record in records for one in record.statements if one.kind == "denial"]
    for same in _once(items, [statement.evidence.text for _, statement in items]):
        record, new = same[0]
        for group in groups:
            if any(one is record and _overlaps(told.evidence, new.evidence) for one, told in group):
                group.extend(same)
                break
        else:
            groups.append(same)
    return groups


def _deniers(statements: Sequence[Statement], teller: Teller) -> str:
    claimants = [claimant for statement in statements for claimant in statement.claimants]
    return teller.names.listed([teller.names.source(one) for one in claimants]) or teller.wording.dispute["somebody"]


def _claims(act: Act, records: Sequence[Record], teller: Teller) -> list[Line]:
    """A denied act whose denier is not quoted by any statement of denial."""
    out = []
    for report in act.reports:
        record = records[report.page]
        heard = {c.start for one in record.statements if one.kind == "denial" for c in one.claimants}
        left: list[Claimant] = [c for c in report.event.disputed_by if c.start not in heard]
        who = teller.names.listed([teller.names.source(claimant) for claimant in left])
        cited = notes(record, [report.event.evidence, *left])
        if who and cited:
            about = quoted(report.event.evidence.text, teller.wording)
            out.append(Line(capital(fill(teller.wording.dispute["claim"], who=who, about=about)), tuple(cited)))
    return out


def _forecasts(records: Sequence[Record], teller: Teller) -> list[Line]:
    items: list[tuple[Record, Forecast]] = [(record, item) for record in records for item in record.forecasts]
    w = teller.wording
    out = []
    for group in _once(items, [item.what.text for _, item in items]):
        item = group[0][1]
        details = [
            fill(w.forecast["condition"], words=quoted(item.condition.text, w)) if item.condition else "",
            fill(w.forecast["horizon"], words=quoted(item.horizon.text, w)) if item.horizon else "",
            "" if item.scorable else w.forecast["unscorable"],
        ]
        shown = w.event["joiner"].join(part for part in details if part)
        who = w.source["writer"] if item.by_writer or not item.who else teller.names.words(item.who)
        text = fill(
            w.forecast["line"],
            who=who,
            what=quoted(item.what.text, w),
            details=fill(w.event["details"], names=shown) if shown else "",
        )
        spans = [[one.evidence, *(s for s in (one.what, one.condition, one.horizon) if s)] for _, one in group]
        cited = [
            note for (record, one), parts in zip(group, spans, strict=True) for note in notes(record, _outer(parts))
        ]
        if cited:
            out.append(Line(capital(text), tuple(dict.fromkeys(cited))))
    return out


def _outer(spans: Sequence[Span]) -> list[Span]:
    """Spans that lie in no other one, each once."""
    once = list(dict.fromkeys(spans))
    return [
        span
        for span in once
        if not any(other != span and other.start <= span.start and span.end <= other.end for other in once)
    ]


def _unsure(records: Sequence[Record], wording: Wording) -> list[Line]:
    """What could not be decided, counted by reason; what has no span stands on the page's head."""
    groups: dict[tuple[str, str], list[tuple[Record, Unsure]]] = {}
    for record in records:
        for item in record.unsure:
            groups.setdefault((item.what, item.why), []).append((record, item))
    out = []
    for (what, why), items in sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])):
        shown = [(record, item.span) for record, item in items if item.span and notes(record, [item.span])][:EXAMPLES]
        text = fill(
            wording.unsure["line"],
            what=wording.what.get(what, what),
            why=wording.why.get(why, why),
            count=len(items),
            examples=wording.party.joiner.join(quoted(span.text, wording) for _, span in shown),
        )
        cited = [note for record, span in shown for note in notes(record, [span])] or head(items[0][0])
        if cited:
            out.append(Line(capital(clean(text)), tuple(dict.fromkeys(cited))))
    return out


def _sources(records: Sequence[Record], origins: Sequence[int], wording: Wording) -> list[Line]:
    """Every page: title, maker, date or its bounds with the reason, and with which page it shares its origin."""
    out = []
    for i, record in enumerate(records):
        dated = record.page.published
        cited = head(record) + notes(record, dated.evidence)
        text = fill(
            wording.origin["line"],
            page=title(record, wording),
            maker=clean(maker(record.page)),
            published=_published(record, wording),
            copy=fill(wording.origin["copy"], page=title(records[origins[i]], wording)) if origins[i] != i else "",
        )
        if cited:
            out.append(Line(text, tuple(dict.fromkeys(cited))))
    return out


def _published(record: Record, wording: Wording) -> str:
    dated, w = record.page.published, wording.origin
    if dated.edtf is None or dated.basis == "unknown":
        return w["unknown"]
    words = date_words(dated.edtf, wording)
    if dated.basis != "bounded":
        return fill(w[dated.basis], date=words)
    ends = dated.edtf.split("/")
    closed = len(set(ends)) == 2 and all(end not in ("", "..") for end in ends)
    text = fill(w["between" if closed else "bounded"], date=words)
    if dated.evidence:
        latest = fill(w["latest"], words=quoted(dated.evidence[0].text, wording))
        text = wording.event["joiner"].join([text, latest])
    return text
