"""The account of a page: what each sentence yielded, as nouns of the record; every sentence shows an outcome."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Literal

import msgspec

from attache.lexicon.tables import Tables
from attache.read.denial import Denial
from attache.read.event import actor, claimant, quantity_record, time_record
from attache.read.reading import Read
from attache.read.sentence import Line
from attache.read.statement import JOINING, Remark
from attache.read.where import place_record
from attache.record import Actor, Claimant, Event, Forecast, Mention, Page, Sentence, Statement, Unsure

Outcome = Literal["events", "statements", "judgement", "unsure"]


def commentary(page: Page) -> bool:
    """Whether the page looks like self-media commentary: its furniture, not its words, says so."""
    kinds = {part.kind for part in page.parts}
    return bool({"account card", "paragraph mark", "recommendation"} & kinds) or (
        page.account is not None and page.outlet is None
    )


def sentences(readings: list[Read], found: list[Event]) -> list[Sentence]:
    """Every sentence with its outcome."""
    told = {event.sentence for event in found} | {read.index for read in readings if read.acts}
    return [
        Sentence(
            start=read.line.place(0, len(read.line.text))[0],
            end=read.line.place(0, len(read.line.text))[1],
            part=read.line.paragraph.part,
            outcome=outcome(read, read.index in told),
        )
        for read in readings
    ]


def outcome(read: Read, told: bool) -> list[Outcome]:
    """What a sentence came to; a heading comes to nothing by itself."""
    if read.line.paragraph.heading:
        return []
    out: list[Outcome] = ["events"] if told else []
    if read.said is not None:
        if read.said.judgement:
            out.append("judgement")
        if any(remark.kind != "judgement" for remark in read.said.remarks) or read.said.predictions:
            out.append("statements")
    return out or ["unsure"]


def mentions(readings: list[Read], capture: str, day: str | None) -> list[Mention]:
    """All mentions: parties (unlinked ones too) with their offices that ``day``, times, places, figures."""
    out: list[Mention] = []
    for read in readings:
        for party in read.names:
            start, end = read.line.place(party.start, party.end)
            one = actor(party, read.line, day, capture)
            out.append(Mention(kind="actor", sentence=read.index, start=start, end=end, actors=[one]))
        for item in read.chunks:
            if item.phrase is None:
                continue
            start, end = read.line.place(item.start, item.end)
            if item.phrase.meant:
                actors = [actor(party, read.line, day, capture) for party in item.phrase.meant]
                out.append(Mention(kind="actor", sentence=read.index, start=start, end=end, actors=actors))
        for named in read.spots:
            if not named.state:
                place = place_record(named, read.line, capture)
                out.append(Mention(kind="place", sentence=read.index, start=place.start, end=place.end, place=place))
        for hit in read.times:
            time = time_record(hit, read.line, capture)
            out.append(Mention(kind="time", sentence=read.index, start=time.start, end=time.end, time=time))
        for figure in read.figures:
            quantity = quantity_record(figure, read.line, capture)
            out.append(
                Mention(kind="quantity", sentence=read.index, start=quantity.start, end=quantity.end, quantity=quantity)
            )
    return sorted(out, key=lambda mention: (mention.start, mention.end, mention.kind))


def tied(mentions: list[Mention], statements: list[Statement], events: list[Event]) -> list[Mention]:
    """The times, places and figures with what they belong to: their events, the narrowest statement around."""
    owners: dict[tuple[int, int], list[str]] = {}
    for event in events:
        ends = [(item.start, item.end) for item in event.quantities] + [(item.start, item.end) for item in event.where]
        if event.when_basis:
            ends.append((event.when_basis.start, event.when_basis.end))
        for span in ends:
            owners.setdefault(span, []).append(event.id)
    around: dict[int, list[int]] = {}
    for index, statement in enumerate(statements):
        around.setdefault(statement.sentence, []).append(index)
    out = []
    for mention in mentions:
        if mention.kind == "actor":
            out.append(mention)
            continue
        holding = [
            index for index in around.get(mention.sentence, [])
            if statements[index].evidence.start <= mention.start and mention.end <= statements[index].evidence.end
        ]  # fmt: skip
        narrowest = min(holding, key=lambda i: len(statements[i].evidence.text), default=None)
        ids = owners.get((mention.start, mention.end), [])
        out.append(msgspec.structs.replace(mention, events=ids, statement=narrowest))
    return out


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without the punctuation that only joins it to what stands around it."""
    while start < end and text[start] in "，：、；。,:; ”":
        start += 1
    while end > start and text[end - 1] in "，：、；“ ":
        end -= 1
    return start, end


def _speaker(remark: Remark, line: Line, capture: str) -> Actor | None:
    """The innermost source as a party, where its words link to one."""
    source = remark.sources[-1] if remark.sources else None
    return actor(source.parties[-1], source.home or line, None, capture) if source and source.parties else None


def _statement(read: Read, remark: Remark, capture: str) -> Statement:
    line = read.line
    start, end = trimmed(line.text, remark.start, remark.end)
    return Statement(
        voice=remark.voice,  # type: ignore[arg-type]  # a Remark uses the record's words
        kind=remark.kind,  # type: ignore[arg-type]
        mark=remark.mark,  # type: ignore[arg-type]
        evidence=line.span(start, end, capture),
        sentence=read.index,
        claimants=[claimant(source, line, capture) for source in remark.sources],
        speaker=_speaker(remark, line, capture),
        addressee=actor(remark.to[-1], line, None, capture) if remark.to else None,
        wording=remark.wording,  # type: ignore[arg-type]
        cause=line.span(*remark.cause, capture) if remark.cause else None,
        effect=line.span(*remark.effect, capture) if remark.effect else None,
        persona=remark.persona,
        stance=remark.stance or None,
        verb=line.span(*remark.verb, capture) if remark.verb else None,
        certainty=remark.certainty[0],  # type: ignore[arg-type]
        certainty_why=line.span(*remark.certainty[1], capture) if remark.certainty[1] else None,
    )


def _credit(read: Read, capture: str, tables: Tables) -> list[Statement]:
    """The medium that signs a paragraph at its head (某社首尔9月18日电): it reports all of it."""
    paragraph = read.line.paragraph
    match = tables.patterns["speaker"]["credit_re"].match(paragraph.folded.text) if read.line.start == 0 else None
    if match is None or match["name"] is None:
        return []
    whole = read.line._replace(end=len(paragraph.folded.text))
    name = whole.span(*match.span("name"), capture)
    told = whole.span(match.end(), len(whole.text), capture)
    who = Claimant(text=name.text, kind="medium", start=name.start, end=name.end)
    if not told.text:
        return []
    return [
        Statement(
            voice="attributed", kind="report", mark="actual", evidence=told, sentence=read.index, claimants=[who],
            wording="paraphrase", stance="credit",
        )
    ]  # fmt: skip


def statements(readings: list[Read], found: list[Event], capture: str, tables: Tables) -> list[Statement]:
    """All statements; a denial points at what it denies."""
    out: list[Statement] = []
    for read in readings:
        if read.said is None or read.line.paragraph.heading:
            continue
        out += _credit(read, capture, tables)
        denied = {denial.source[:3] for denial in read.said.denials}
        out += [
            _statement(read, remark, capture) for remark in read.said.remarks
            if read.line.text[remark.start : remark.end].strip(JOINING)
            and not (remark.kind == "denial" and remark.sources and remark.sources[-1][:3] in denied)
        ]  # fmt: skip
        for denial in read.said.denials:
            out.append(_denial(denial, read, readings, found, capture))
    return _linked(out, readings)


def _denial(denial: Denial, read: Read, readings: list[Read], found: list[Event], capture: str) -> Statement:
    """A denial as a statement about what it denies: the events that it disputes, else the sentence told before it."""
    who = claimant(denial.source, read.line, capture)
    outer = [claimant(source, read.line, capture) for source in denial.chain]
    about = [event.evidence for event in found if any(who.start == other.start for other in event.disputed_by)]
    if not about:
        before = reversed(readings[: read.index])
        last = next((other for other in before if other.scopes or other.acts), None)
        about = [last.line.span(0, len(last.line.text), capture)] if last else []
    return Statement(
        voice="attributed", kind="denial", mark="actual" if denial.confirmed else "negated",
        evidence=read.line.span(denial.start, denial.end, capture), sentence=read.index, claimants=[*outer, who],
        wording="paraphrase", stance="deny" if denial.confirmed else "answer",
        certainty="stated" if denial.confirmed else "unconfirmed", about=about,
    )  # fmt: skip


def _linked(statements: list[Statement], readings: list[Read]) -> list[Statement]:
    """Statements about others, with the narrowest that holds what each is about."""
    at: dict[int, list[int]] = {}
    for index, one in enumerate(statements):
        if one.kind != "denial" and one.wording != "label":
            at.setdefault(one.sentence, []).append(index)
    starts = [read.line.place(0, 1)[0] for read in readings]
    out = []
    for one in statements:
        holding = []
        for span in one.about:
            sentence = bisect_right(starts, span.start) - 1
            around = [
                (len(statements[i].evidence.text), i) for i in at.get(sentence, [])
                if statements[i].evidence.start < span.end and span.start < statements[i].evidence.end
            ]  # fmt: skip
            holding += [min(around)[1]] if around else []
        out.append(msgspec.structs.replace(one, about_statements=sorted(set(holding))) if holding else one)
    return out


def forecasts(readings: list[Read], capture: str) -> list[Forecast]:
    """All forecasts, the writer's own and those of sources."""
    out = []
    for read in readings:
        if read.said is None or read.line.paragraph.heading:
            continue
        for item in read.said.predictions:
            span = read.line.span(item.start, item.end, capture)
            source = item.sources[-1] if item.sources else None
            out.append(
                Forecast(
                    who=claimant(source, read.line, capture).text if source else None,
                    by_writer=source is None,
                    condition=read.line.span(*item.condition, capture) if item.condition else None,
                    what=span,
                    horizon=read.line.span(*item.horizon, capture) if item.horizon else None,
                    scorable=item.scorable,
                    evidence=span,
                )
            )
    return out


def unsure(readings: list[Read], found: list[Event], capture: str) -> list[Unsure]:
    """What could not be decided: dates that are none, parties that no rule names, sentences that came to nothing."""
    out: list[Unsure] = []
    told = {event.sentence for event in found} | {read.index for read in readings if read.acts}
    for read in readings:
        line = read.line
        out += _open_marks(read, readings, capture)
        for scope in read.scopes:
            if scope.source.kind == "unnamed" and scope.source.text == scope.verb:
                why = "a verb of speech, and nobody who speaks"
                span = line.span(scope.source.start, scope.source.end, capture)
                out.append(Unsure(what="speaker", why=why, span=span))
        for hit in read.times:
            if hit.unsure:
                out.append(Unsure(what="date", why=hit.unsure, span=line.span(hit.start, hit.end, capture)))
        if outcome(read, read.index in told) == ["unsure"]:
            parties = any(item.phrase is not None and item.phrase.parties for item in read.chunks)
            why = "names a party, but no predicate with the parties that it asks for" if parties else "names no party"
            out.append(Unsure(what="sentence", why=why, span=line.span(0, len(line.text), capture)))
    return out


def _open_marks(read: Read, readings: list[Read], capture: str) -> Iterator[Unsure]:
    """Quotation marks of a paragraph that do not pair; one that the next paragraph opens anew goes on there."""
    line = read.line
    if line.start:
        return
    text = line.paragraph.folded.text
    if not any(mark in text for mark in "“”‘’"):
        return
    whole = line._replace(end=len(text))
    later = (readings[i].line for i in range(read.index + 1, len(readings)))
    following = next((other for other in later if other.paragraph.part != line.paragraph.part), None)
    for left, right in (("“", "”"), ("‘", "’")):
        opened: list[int] = []
        for i, mark in enumerate(text):
            if mark == left:
                opened.append(i)
            elif mark == right and opened:
                opened.pop()
            elif mark == right and left == "“":  # ’ is an apostrophe as often
                why = "closes a quotation that nothing opened"
                yield Unsure(what="quotation", why=why, span=whole.span(i, i + 1, capture))
        if opened and not (following is not None and following.text.lstrip().startswith(left)):
            why = "opens a quotation that its paragraph does not close"
            yield Unsure(what="quotation", why=why, span=whole.span(opened[-1], opened[-1] + 1, capture))
