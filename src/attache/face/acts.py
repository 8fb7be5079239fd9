"""Acts and revisions in words, line by line. Words of a page are shown only where they stand in its capture."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec.structs import replace

from attache.brief.phrases import clean
from attache.ledger.noun import Act, Dispute, Party, Revision, Telling, Undertaking
from attache.record import Span
from attache.shelf.dialect import ShelfError
from attache.shelf.pages import stands

MOST = 12  # rows of a list before it says how many more there are
DIGITS = 8  # of an act's id in a list
Text = Callable[[str], str]


def listed(acts: Iterable[Act]) -> Iterator[str]:
    """A table of acts: its head, a row each."""
    rows = [("id", "date", "type", "parties", "standing", "reports", "outlets", "origins")]
    rows += [
        (act.id[:DIGITS], act.when or "-", _kind(act), sides(act), act.standing,
         f"{act.reports}", f"{act.outlets}", f"{act.origins}")
        for act in acts
    ]  # fmt: skip
    return aligned(rows)


def aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows of as many cells each as lines, each column as wide as its widest cell."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _kind(act: Act) -> str:
    status = "" if act.status == "actual" else f", {act.status}"
    return f"{act.type}{f' ({act.mode})' if act.mode else ''}{status}"


def sides(act: Act) -> str:
    """The parties by code."""
    arrow = " → " if act.recipients else ""
    return f"{_codes(act.actors)}{arrow}{_codes(act.recipients)}"


def _codes(parties: Sequence[Party]) -> str:
    return ", ".join(dict.fromkeys(clean(party.code or f"“{party.name}”") for party in parties)) or "-"


def shown(act: Act, history: Sequence[Revision], text: Text) -> tuple[list[str], list[str]]:
    """An act for a person, and what is wrong with its ground: spans whose words do not stand where they should."""
    wrong: list[str] = []
    lines = [f"{act.id}  {_kind(act)}  {sides(act)}", *_head(act), *_tellings(act, text, wrong)]
    lines += _listing("Joined because", [f"{j.one} = {j.two}: {', '.join(j.reasons)}" for j in act.joins])
    lines += _listing("Disputes", [_dispute(one, text, wrong) for one in act.disputes])
    lines += _listing("History", [revised(one) for one in history])
    return lines, wrong


def _head(act: Act) -> Iterator[str]:
    yield f"  date        {act.when or 'not told'}"
    for role, parties in (("actors", act.actors), ("recipients", act.recipients)):
        if parties:
            yield f"  {role:12}" + ", ".join(f"{party.code or '-'} {clean(party.name)}" for party in parties)
    if act.contexts:
        yield f"  contexts    {', '.join(act.contexts)}"
    if act.cameo:
        yield f"  CAMEO       {act.cameo}" + (f", Goldstein {act.goldstein:g}" if act.goldstein is not None else "")
    if act.where:
        yield "  where       " + "; ".join(
            f"{place.role} {place.city or clean(place.text)}{f', {place.country}' if place.country else ''}"
            for place in act.where
        )
    yield f"  standing    {act.standing}: {act.standing_why}"
    countries = f", in {', '.join(act.countries)}" if act.countries else ""
    yield f"  told by     reports {act.reports}, outlets {act.outlets}, independent origins {act.origins}{countries}"


def _tellings(act: Act, text: Text, wrong: list[str]) -> Iterator[str]:
    yield f"Tellings ({len(act.tellings)})"
    for telling in act.tellings[:MOST]:
        yield from _telling(telling, text, wrong)
    if len(act.tellings) > MOST:
        yield f"  {len(act.tellings) - MOST} more, see --json"


def _telling(telling: Telling, text: Text, wrong: list[str]) -> Iterator[str]:
    why = f" ({clean(telling.origin_why)})" if telling.origin_why else ""
    yield f"  {telling.ref}  origin {telling.origin}{why}"
    maker = clean(telling.outlet or telling.account or "no outlet told")
    yield f"      page        {clean(telling.uri)}, {maker}, {telling.published or 'no date'}"
    chain = " citing ".join(dict.fromkeys(clean(one.text) or one.kind for one in telling.claimants))
    sure = f"{telling.status}, {telling.when or 'no date'}, {telling.confidence:.2f}"
    yield f"      according   to {chain or 'the page'}; {sure}"
    yield f"      words       {_quote(telling.evidence, telling.page, telling.uri, text, wrong)}"


def _quote(span: Span, page: str, uri: str, text: Text, wrong: list[str]) -> str:
    """The words of a span with their place, if they stand there."""
    fault = _fault(span, page, uri, text)
    if fault is None:
        return f"“{clean(span.text)}” [{span.start}–{span.end}]"
    wrong.append(fault)
    return f"not shown [{span.start}–{span.end}]: see below"


def _fault(span: Span, page: str, uri: str, text: Text) -> str | None:
    """What keeps the words of a span from being shown, None where nothing does."""
    try:
        found = text(page)
    except ShelfError as error:
        return str(error)
    return None if stands(found, span) else f"{uri}: other words stand at {span.start}–{span.end} of its capture"


def founded(act: Act, text: Text) -> tuple[Act, list[str]]:
    """An act for machines: words of a telling or denial that do not stand in its capture are empty; and the causes."""
    wrong: list[str] = []
    tellings = [replace(one, evidence=_held(one.evidence, one.page, one.uri, text, wrong)) for one in act.tellings]
    disputes = [
        replace(one, denial=_held(one.denial, one.page, one.page, text, wrong)) if one.denial and one.page else one
        for one in act.disputes
    ]
    return (replace(act, tellings=tellings, disputes=disputes), wrong) if wrong else (act, [])


def followed_up(found: Undertaking, text: Text) -> tuple[Undertaking, list[str]]:
    """An undertaking for machines: words of a step that do not stand in its capture are empty; and the causes."""
    wrong: list[str] = []
    steps = [replace(step, span=_held(step.span, step.page, step.page, text, wrong)) for step in found.steps]
    return (replace(found, steps=steps), wrong) if wrong else (found, [])


def _held(span: Span, page: str, uri: str, text: Text, wrong: list[str]) -> Span:
    """A span, without its words where they do not stand in the capture."""
    fault = _fault(span, page, uri, text)
    if fault is None:
        return span
    wrong.append(fault)
    return replace(span, text="")


def _dispute(dispute: Dispute, text: Text, wrong: list[str]) -> str:
    if dispute.sides:
        told = " against ".join(
            f"{clean(side.value)} (origins {', '.join(map(str, side.origins))})" for side in dispute.sides
        )
        return f"{dispute.what}{f' of {clean(dispute.about)}' if dispute.about else ''}: {told}"
    by = ", ".join(dict.fromkeys(clean(one.text) or one.kind for one in dispute.by)) or "the page"
    verb = "does not confirm" if dispute.declined else "denies"
    words = ""
    if dispute.denial is not None and dispute.page is not None:
        words = ": " + _quote(dispute.denial, dispute.page, dispute.page, text, wrong)
    return f"{by} {verb} the {dispute.what}{words}"


def followed(found: Undertaking, text: Text) -> tuple[list[str], list[str]]:
    """A pledge, an offer or a demand with its steps, and what is wrong with its ground."""
    wrong: list[str] = []
    to = f" → {_codes(found.to)}" if found.to else ""
    fields = f"  ({', '.join(found.fields)})" if found.fields else ""
    lines = [f"{found.kind}, {found.status}: {_codes([found.by])}{to}{fields}  act {found.act[:DIGITS]}"]
    told = found.steps[:MOST]
    width = max((len(step.when or "no date") for step in told), default=0)
    for step in told:
        words = _quote(step.span, step.page, step.page, text, wrong)
        lines.append(f"  {step.what:10}  {step.when or 'no date':{width}}  {step.page[:DIGITS]}  {words}")
    if len(found.steps) > MOST:
        lines.append(f"  {len(found.steps) - MOST} more, see --json")
    return lines, wrong


def _listing(heading: str, rows: Sequence[str]) -> Iterator[str]:
    if rows:
        yield f"{heading} ({len(rows)})"
        yield from (f"  {row}" for row in rows[:MOST])
        if len(rows) > MOST:
            yield f"  {len(rows) - MOST} more, see --json or attache log"


def revised(revision: Revision) -> str:
    """A revision on one line."""
    why = f": {clean(revision.why)}" if revision.why else ""
    act = f"{revision.act[:DIGITS]} " if revision.act else ""
    return f"{revision.number:>6}  {revision.at[:19]}  {revision.kind:7} {act}{clean(revision.what)}{why}"
