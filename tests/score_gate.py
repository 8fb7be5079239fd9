"""The score gate: reads the marked pages and refuses a fall below ``scores.json``.

Our own cases always; where the lent folder is there, its gold pages (which the judge has learnt from) and our blind
pages (which it has not). ``--update`` pins what is better; ``--allow-fall`` pins what is worse too, and wants a
decision record that says why.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import msgspec

import party_scoring
import scoring
import voice_scoring
from attache.lexicon.load import load
from attache.lexicon.raw import people
from attache.pipeline import Reader

ROOT = Path(__file__).parents[1]
PINS = ROOT / "scores.json"
sys.path.insert(0, str(ROOT / "training"))
PARTIES = ("precision", "recall", "f1", "right code", "titled known", "back told", "back right")
VOICES = (
    "speaker", "chain", "voices told right", "wording", "judgement recall", "judgement precision", "denials",
)  # fmt: skip
EVENTS = ("strict precision", "strict recall", "strict f1", "relaxed f1")
WATCHED = (*EVENTS, "status", "claimant", "when", "no date made up")
SLACK = 0.0005  # figures are kept to three digits


class Page(NamedTuple):
    """A page's bytes and its marks."""

    name: str
    data: bytes
    events: list[scoring.Marked]


def cases() -> list[Page]:
    """The sample pages that are marked by hand."""
    found = []
    for path in sorted((ROOT / "cases" / "pages").glob("*.json")):
        case = json.loads(path.read_text(encoding="utf-8"))
        found.append(Page(case["page"], (ROOT / "samples" / Path(case["page"]).name).read_bytes(), case["events"]))
    return found


def sets() -> dict[str, list[Page]]:
    """All sets of marked pages that this machine has."""
    import marked

    found = {"cases": cases()}
    if marked.LENT.exists():
        blind = [page for page in marked.ours() if page.blind]
        for name, pages in (("gold news (learnt from)", list(marked.lent("news"))), ("own blind pages", blind)):
            found[name] = [Page(page.name, page.text.encode(), page.events) for page in pages]
        for name in ("dates", "voices"):
            fresh = marked.ours(f"{name}.jsonl")
            found[f"fresh pages, marked for {name}"] = [
                Page(page.name, page.text.encode(), page.events) for page in fresh
            ]
    else:
        print(f"skipped: the gold pages, as {marked.LENT} is absent")
    return found


def figures(pages: Iterable[Page], reader: Reader) -> dict[str, float]:
    """Scores of a set."""
    tally = scoring.Tally()
    for page in pages:
        record = reader.read(page.data, page.name)
        tally.add(page.events, msgspec.to_builtins(record.events), record.capture.text)
    return tally.figures()


def voice_figures(reader: Reader) -> dict[str, dict[str, float]]:
    """Scores of the pages marked for who says what."""
    import marked

    if not marked.LENT.exists():
        return {}
    tally = voice_scoring.VoiceTally()
    for page in marked.marked_voices():
        record = msgspec.to_builtins(reader.read(page.text.encode(), page.name))
        voices = [voice_scoring.MarkedVoice(*voice) for voice in page.voices]
        tally.add(voice_scoring.VoiceMarks(voices, page.quotes, page.judgement, page.denials), record)
    return {"voices of fresh pages": tally.figures()}


def second_figures(reader: Reader) -> dict[str, dict[str, float]]:
    """Scores of both readers together on the sample pages, by the default policy, from the answers that ship."""
    import readers

    from attache.second.desk import Replay
    from attache.second.tape import Tape

    desk = Replay(Tape(ROOT / "cases" / "answers"))
    pages = [page for page in readers.taken(readers.samples(), reader, desk) if page.heard.answers]
    return {"sample pages with the second reader": readers.figures(pages, reader, "second")}


def party_figures(reader: Reader) -> dict[str, dict[str, float]]:
    """Scores of the pages marked for the parties that they mention, those not learnt from apart."""
    import marked

    if not marked.LENT.exists():
        return {}
    names = {holder.person.zh[0] for holder in people(load())}
    tallies = {"parties": party_scoring.PartyTally(), "parties, own blind pages": party_scoring.PartyTally()}
    for page in marked.marked_parties():
        record = msgspec.to_builtins(reader.read(page.text.encode(), page.name))
        tallies["parties, own blind pages" if page.blind else "parties"].add(
            [party_scoring.read_mark(*mark) for mark in page.parties],
            party_scoring.mentioned(record, names),
            page.outside,
        )
    return {name: tally.figures() for name, tally in tallies.items()}


def main() -> int:
    """Compare with the pins; 1 if anything fell."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--update", action="store_true")
    options.add_argument("--allow-fall", action="store_true")
    chosen = options.parse_args()
    pins = json.loads(PINS.read_text(encoding="utf-8")) if PINS.exists() else {}
    reader = Reader()
    fallen = []
    found: dict[str, tuple[dict[str, float], tuple[str, ...]]] = {
        name: (told := figures(pages, reader), (*WATCHED, *(key for key in scoring.TIED if key in told)))
        for name, pages in sets().items()
    }
    found |= {name: (told, WATCHED) for name, told in second_figures(reader).items()}
    found |= {name: (told, PARTIES) for name, told in party_figures(reader).items()}
    found |= {name: (told, VOICES) for name, told in voice_figures(reader).items()}
    for name, (told, watched) in found.items():
        pin = pins.get(name, {})
        print(f"{name}: " + ", ".join(f"{key} {told[key]}" for key in ("marks", *watched)))
        if told["marks"] < pin.get("marks", 0):
            fallen.append(f"{name}: {pin['marks']} marks were pinned, {told['marks']} are there")
        fallen += [
            f"{name}: {key} fell from {pin[key]} to {told[key]}"
            for key in watched
            if told[key] < pin.get(key, 0) - SLACK
        ]
        pins[name] = {key: told[key] for key in ("marks", *watched)}
    print("\n".join(fallen) if fallen else "nothing fell")
    if chosen.update and (chosen.allow_fall or not fallen):
        PINS.write_text(json.dumps(pins, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return int(bool(fallen) and not (chosen.update and chosen.allow_fall))


if __name__ == "__main__":
    sys.exit(main())
