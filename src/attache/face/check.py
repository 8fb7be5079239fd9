"""``attache check``: the fact-checker's sheet of a page; ``attache verdict``: what a person found about one claim."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from attache.face.pages import Paths, day, finish, leave, open_reader, plain, records

if TYPE_CHECKING:
    from attache.brief.sheet import Claim, Sheet, Verdict

MOST = 12  # rows of a list before it says how many more there are
File = Annotated[
    Path | None,
    typer.Option("--file", help="The file of verdicts; verdicts.jsonl in the user's data folder if left out."),
]


def check_command(
    paths: Paths,
    json: Annotated[bool, typer.Option("--json", help="One sheet a line, for machines.")] = False,
    file: File = None,
) -> None:
    """The fact-checker's sheet of each page: findings, claims by how checkable they are, paragraphs by outcome."""
    import msgspec  # noqa: PLC0415  (start-up time)

    from attache.brief.sheet import claim_review, sheet  # noqa: PLC0415

    verdicts = _verdicts(file)
    problems: list[str] = []
    reader = open_reader()
    for record in records(paths, reader, problems):
        found = sheet(record, verdicts)
        if not json:
            typer.echo("\n".join(_shown(found)))
            continue
        by_id = {claim.id: claim for claim in found.claims}
        reviews = [claim_review(by_id[one.claim], one, found) for one in found.verdicts if one.claim in by_id]
        line = msgspec.to_builtins(found) | {"claim_reviews": reviews}
        sys.stdout.buffer.write(msgspec.json.encode(line) + b"\n")
    sys.stdout.flush()
    finish(problems)


def verdict_command(
    path: Annotated[str, typer.Argument(help="The page.", metavar="PATH")],
    claim: Annotated[str, typer.Argument(help="The claim's id, as attache check shows it; its first digits do.")],
    rating: Annotated[str, typer.Argument(help="true, mostly true, misleading, mostly false, false or unproven.")],
    by: Annotated[str, typer.Option(help="Who found so.")],
    evidence: Annotated[list[str], typer.Option(help="An address or a document that it rests on; may be repeated.")],
    date: Annotated[str | None, typer.Option(help="YYYY-MM-DD; today if left out.")] = None,
    note: Annotated[str, typer.Option(help="In a sentence or two, why.")] = "",
    file: File = None,
) -> None:
    """Attach a person's verdict, with its evidence, to a claim of a page. It is added, never changed or removed."""
    from attache.brief.sheet import Rating, Verdict, claims  # noqa: PLC0415
    from attache.face.verdicts import VerdictError, add, default_file  # noqa: PLC0415

    rating, claim = rating.lower(), claim.lower()
    by, note, evidence = plain(by).strip(), plain(note).strip(), [plain(one).strip() for one in evidence]
    if Path(path).is_dir():
        leave(f"{path}: a folder; a verdict is on one page")
    if rating not in get_args(Rating):
        leave(f"rating {rating}: one of {', '.join(get_args(Rating))}")
    if not by or not all(evidence):
        leave("--by and --evidence must not be empty")
    found = day(date, "--date")
    problems: list[str] = []
    record = next(records([path], open_reader(), problems), None)
    if record is None:
        raise typer.Exit(2)
    known = claims(record)
    meant = [one for one in known if one.id.startswith(claim)] if claim else []
    if len(meant) != 1:
        cause = "several claims begin so" if meant else "no such claim on this page"
        leave(f"{path}: {claim}: {cause}; attache check shows their ids")
    (one,) = meant
    verdict = Verdict(
        page=record.capture.id, uri=record.capture.uri, claim=one.id, words=one.words.text, rating=rating,  # type: ignore[arg-type]
        by=by, date=found, evidence=evidence, note=note,
    )  # fmt: skip
    target = file or default_file()
    try:
        add(target, verdict)
    except VerdictError as error:
        leave(str(error))
    typer.echo(f"{rating}: {_words(one)}\n{target}")


def _verdicts(file: Path | None) -> list[Verdict]:
    from attache.face.verdicts import VerdictError, default_file, load  # noqa: PLC0415

    try:
        return load(file or default_file())
    except VerdictError as error:
        leave(str(error))


def _words(claim: Claim) -> str:
    from attache.brief.phrases import clean  # noqa: PLC0415

    words = clean(claim.words.text).strip('“”「」"')
    return f"“{words}” [{claim.words.start}–{claim.words.end}]"


def _shown(found: Sheet) -> list[str]:
    """A sheet for a person, line by line."""
    from attache.brief.phrases import clean  # noqa: PLC0415

    shares = found.shares
    total = sum(shares.values())
    out = [clean(found.title or "(no title)"), f"  {clean(found.uri)}, published {found.published or 'unknown'}"]
    out.append(
        f"  {total} sentences: {shares['named']} with a named source, {shares['unnamed']} with an unnamed one, "
        f"{shares['none']} with none, {shares['judgement']} judgement"
    )
    kinds: dict[str, list[str]] = {}
    for check in found.findings:
        words = "; ".join(f"“{clean(span.text)}” [{span.start}–{span.end}]" for span in check.spans)
        kinds.setdefault(check.kind, []).append(f"    {words or '-'}: {clean(check.message)}")
    out += ["", f"Findings ({len(found.findings)})"]
    for kind, rows in kinds.items():
        out += [f"  {kind} ({len(rows)})", *_cut(rows)]
    out += ["", f"Claims, the most checkable first ({len(found.claims)})"]
    judged = {one.claim for one in found.verdicts}
    shown = [claim for i, claim in enumerate(found.claims) if i < MOST or claim.id in judged]
    out += [line for claim in shown for line in _claim(claim, found)]
    if len(shown) < len(found.claims):
        out.append(f"  {len(found.claims) - len(shown)} more claims, see --json")
    came = {
        what: sum(what in one.outcome for one in found.paragraphs) for what in ("events", "statements", "judgement")
    }
    unsure = sum(one.outcome == ["unsure"] for one in found.paragraphs)
    out += ["", f"Paragraphs ({len(found.paragraphs)}): " + ", ".join(f"{n} with {what}" for what, n in came.items())]
    out[-1] += f", {unsure} not decided"
    return [*out, ""]


def _claim(claim: Claim, found: Sheet) -> list[str]:
    """A claim with its sources, who disputes it, and the verdicts on it."""
    from attache.brief.phrases import clean  # noqa: PLC0415

    by = " > ".join(clean(source.text) for source in claim.sources) or "the page itself"
    against = "; disputed by " + ", ".join(clean(one.text) for one in claim.disputed_by) if claim.disputed_by else ""
    out = [f"  {claim.id}  {claim.points} ({', '.join(claim.why)})  {claim.kind}", f"    {_words(claim)}"]
    out.append(f"    by {by}{against}")
    for one in found.verdicts:
        if one.claim == claim.id:
            out.append(
                f"    verdict of {clean(one.by)}, {one.date}: {one.rating} ({', '.join(map(clean, one.evidence))})"
            )
    return out


def _cut(rows: list[str]) -> list[str]:
    return rows if len(rows) <= MOST else [*rows[:MOST], f"    {len(rows) - MOST} more, see --json"]
