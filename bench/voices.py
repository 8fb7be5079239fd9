"""Voices: who says it, whose words, whose judgement, measured on corpora that others and we have marked.

- CEC (``shared/data/zh/cec/attribution.tsv``): each row is made a sentence of its own, the words of the speech and what
  it tells. The speaker is right where a source of a statement holds or is held by it; the overlap is that of the
  characters told (intersection over union) with what statements of a source cover.
- ECOB (``shared/data/zh/ecob``): its opinion spans by sentence, with persona words taken out of the pages. It marks the
  opinions of sources too, so both what the writer judges and that with what people say in it are printed.
- The seeds: opinions that are found as the writer's own, and reported sentences that are called so; what the writer
  asks and forecasts is neither.

The score gate has the figures of our fresh pages (``training/voices.jsonl``).
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from attache.pipeline import Reader
from attache.record import Record, Statement

SHARED = Path(__file__).parents[2] / "shared"
CEC = SHARED / "data" / "zh" / "cec" / "attribution.tsv"
ECOB = SHARED / "data" / "zh" / "ecob"
SEEDS = {"munich": "000_86a52667dd7f9c5c.txt", "brussels": "002_7838fce540fbb3fb.txt"}
PERSONA = re.compile("笔者|小编|本人认为|我认为|我觉得|在我看来|依我看|小[\\u4e00-\\u9fff](?=认为|觉得|看来)")
PEOPLE = frozenset(["person", "official", "party", "unnamed"])


class Share(NamedTuple):
    """How many of how many."""

    right: int
    all: int

    def __str__(self) -> str:
        return f"{self.right} of {self.all} ({self.right / self.all:.3f})" if self.all else "none"


def bare(text: str) -> str:
    """Words without the marks that only surround them."""
    return re.sub(r"[\s《》“”\"'「」『』]", "", text)


def alike(want: str, told: str) -> bool:
    """Whether one of two sources holds the other's words."""
    want, told = bare(want), bare(told)
    return bool(want and told) and (want in told or told in want)


def rows() -> Iterator[tuple[str, str, str]]:
    """Speaker, words of the speech, what it tells: each row of CEC."""
    with CEC.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            told = "，".join(piece.strip("，。 ") for piece in row["content_text"].split(" / "))
            yield row["speaker(sid)"], row["speech_text"].strip("，：。 "), told


def voiced(record: Record) -> list[Statement]:
    """Statements that a source answers for."""
    return [s for s in record.statements if s.voice == "attributed" and s.claimants and s.wording != "label"]


def cec(reader: Reader) -> None:
    """Print the share of speakers and the overlap of what they tell."""
    speakers = named = 0
    overlap: list[float] = []
    missed: list[str] = []
    for speaker, speech, told in rows():
        if not told:
            continue
        text = f"{speech}，{told}。"
        record = reader.read(f"{text}\n".encode(), "row", media_type="text/plain")
        found = voiced(record)
        offset = record.capture.text.find(text)
        region = set(range(offset + len(speech) + 1, offset + len(text) - 1))
        covered = {i for s in found for i in range(s.evidence.start, s.evidence.end)}
        spoken = set(range(offset, offset + len(speech) + 1))
        overlap.append(len(region & covered) / len(region | (covered - spoken)))
        if speaker:
            named += 1
            right = any(alike(one, c.text) for one in speaker.split("|") for s in found for c in s.claimants)
            speakers += right
            if not right:
                missed.append(f"{speaker} | {speech} | {_sources(found)} | {told[:40]}")
        elif overlap[-1] < 0.5:
            missed.append(
                f"- | {speech} | {[c.text for s in found for c in s.claimants]} | {overlap[-1]:.2f} {told[:40]}"
            )
    print(f"CEC: speaker right where one is named {Share(speakers, named)}")
    print(f"CEC: overlap of what is told {sum(overlap) / len(overlap):.3f} over {len(overlap)} rows")
    if "--errors" in sys.argv:
        print("\n".join(missed))


def _sources(found: list[Statement]) -> str:
    return ", ".join(dict.fromkeys(claimant.text for statement in found for claimant in statement.claimants))


def ecob(reader: Reader) -> None:
    """Print sentence-level F1 over the opinion spans."""
    documents = json.loads((ECOB / "dev.doc.json").read_text(encoding="utf-8"))
    marked: dict[int, set[int]] = {}
    for mark in json.loads((ECOB / "dev.ann.json").read_text(encoding="utf-8")):
        marked.setdefault(mark["doc_id"], set()).update(range(mark["start_sent_idx"], mark["end_sent_idx"] + 1))
    own: Counter[str] = Counter()
    held: Counter[str] = Counter()
    for document in (item["Doc"] for item in documents):
        sentences = [PERSONA.sub("", row["sent_text"]) for row in document["content"]]
        text = "\n".join([document["title"], "", "".join(sentences)]) + "\n"
        record = reader.read(text.encode(), str(document["doc_id"]), media_type="text/plain")
        at = record.capture.text.find("".join(sentences)[:20])
        starts = [at]
        for sentence in sentences:
            starts.append(starts[-1] + len(sentence))
        told = {_sentence(starts, s.evidence.start) for s in record.statements if s.kind == "judgement"}
        spoken = {
            index for s in voiced(record) if s.claimants[-1].kind in PEOPLE
            for index in range(_sentence(starts, s.evidence.start), _sentence(starts, s.evidence.end - 1) + 1)
        }  # fmt: skip
        want = marked.get(document["doc_id"], set())
        inside = set(range(len(sentences)))
        for tally, found in ((own, told & inside), (held, (told | spoken) & inside)):
            tally.update(right=len(found & want), told=len(found), want=len(want), all=len(sentences))
    for name, tally in (("the writer's judgement", own), ("with what people say in it", held)):
        precision, recall = tally["right"] / tally["told"], tally["right"] / tally["want"]
        f1 = 2 * precision * recall / (precision + recall)
        print(f"ECOB: {name}: F1 {f1:.3f} (P {precision:.3f}, R {recall:.3f})")
    base = own["want"] / own["all"]
    print(f"ECOB: every sentence called an opinion: F1 {2 * base / (1 + base):.3f}")


def _sentence(starts: list[int], at: int) -> int:
    return sum(start <= at for start in starts) - 1


def seeds(reader: Reader) -> None:
    """Print how many marked opinions are found and how many reported sentences are called judgement."""
    for name, file in SEEDS.items():
        gold = json.loads((SHARED / "gold" / "seeds" / f"{name}.json").read_text(encoding="utf-8"))
        record = reader.read_file(SHARED / "seeds" / file)
        text = record.capture.text
        told = [(s.evidence.start, s.evidence.end) for s in record.statements if s.kind == "judgement"]
        opinions = [found for found in (_find(words, text) for words in gold["opinions"]) if found]
        hit = sum(_meets(span, told) for span in opinions)
        ahead = [found for found in (_find(one["evidence"], text) for one in gold["forecasts"]) if found]
        body = [
            (s.start, s.end) for s in record.sentences
            if record.page.parts[s.part].kind == "paragraph" and not _meets((s.start, s.end), opinions + ahead)
            and not text[s.start : s.end].rstrip().endswith(("？", "?"))
        ]  # fmt: skip
        wrong = [span for span in body if _meets(span, told)]
        false = Share(len(wrong), len(body))
        print(f"seed {name}: opinions found {Share(hit, len(opinions))}, reported called so {false}")
        if "--errors" in sys.argv:
            print("\n".join(f"   missed: {text[a:b]}" for a, b in opinions if not _meets((a, b), told)))
            print("\n".join(f"   wrong: {text[a:b]}" for a, b in wrong))


def _find(words: str, text: str) -> tuple[int, int] | None:
    loose = "".join("[，,]" if c in "，," else "[：:]" if c in "：:" else re.escape(c) for c in words)
    match = re.search(loose, text)
    return match.span() if match else None


def _meets(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def main() -> int:
    """Print all figures that this machine has the pages for."""
    if not CEC.exists():
        print(f"skipped: {SHARED} is absent")
        return 0
    reader = Reader()
    cec(reader)
    ecob(reader)
    seeds(reader)
    return 0


if __name__ == "__main__":
    sys.exit(main())
