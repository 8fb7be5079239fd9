"""Train the judge: weights for features of proposed acts, from pages marked by hand.

One softmax a site over its proposals and none of them, fitted by L-BFGS with an L2 penalty. ``--check`` prints the
figures of a cross-validation by pages and of the blind pages; without it the weights are written.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import msgspec
import numpy as np
import scipy.sparse as sp
from agreed import agreed
from marked import LENT, Marked, learnt, lent, ours
from scipy.optimize import minimize

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
import scoring
from attache.lexicon.load import HOME
from attache.lexicon.tables import tables
from attache.pipeline import Reader
from attache.read.act import Act
from attache.read.event import events
from attache.read.judge import Judge, Kept
from attache.read.page.assemble import read_page
from attache.read.page.capture import read_capture
from attache.read.reading import Read
from attache.read.when import SPEECH_TYPES

PENALTY = 12.0
RAREST = 3  # a feature seen less often than this is left out
FLOOR = 0.3  # the chance under which an act is left out; by cross-validation, of two that do alike the more precise
FOLDS = 5
SMALLEST = 0.01  # weights nearer to nothing are not shipped
Array: TypeAlias = "np.ndarray[Any, np.dtype[Any]]"


class Sample(NamedTuple):
    """A page as the grammar reads it."""

    page: Marked
    reads: list[Read]


class Proposals(NamedTuple):
    """All proposals: features, 1 right 0 wrong -1 unknown, the site and the page of each."""

    features: list[list[str]]
    right: Array
    site: Array
    page: Array


def read_samples(pages: Sequence[Marked], reader: Reader) -> list[Sample]:
    """Let the grammar propose on every page."""
    samples = []
    for page in pages:
        captured = read_capture(page.text.encode(), page.name)
        samples.append(Sample(page, reader.sentences(read_page(captured, reader.page_words), captured.capture.text)))
    return samples


def names(act: Act) -> list[str]:
    """All features of a proposal, as such and with its type."""
    found = dict.fromkeys(("bias", *act.features, *act.roles))
    return [*found, *(f"{act.frame.type}|{feature}" for feature in found)]


def label(act: Act, read: Read, sample: Sample, gold: list[tuple[dict[str, Any], set[int]]], marks: list[Any]) -> int:
    """2 if the proposal is a marked event of its sentence, 1 if near, -1 if marked elsewhere or unknown, else 0."""
    told = proposed(act, read)
    near = scoring.touched(told, sample.page.text, marks)
    same = [(event, where) for event, where in gold if scoring.strict(event, told)]
    here = [event for event, where in same if where & near]
    if here:
        return 2 if any(exact(event, told) for event in here) else 1
    start, end = told["evidence"]["start"], told["evidence"]["end"]
    if any(start < last and first < end for first, last in sample.page.unknown):
        return -1
    return -1 if same and act.frame.type not in SPEECH_TYPES else 0


def proposed(act: Act, read: Read) -> dict[str, Any]:
    """A proposal as an event, for what the scorer compares."""
    start, end = read.line.place(*act.clause)
    return {
        "type": act.frame.type,
        "actors": [party.code for party in act.actors],
        "recipients": [party.code for party in act.recipients],
        "evidence": {"start": start, "end": end},
    }


def exact(gold: dict[str, Any], told: dict[str, Any]) -> bool:
    """The same parties to the last."""
    sides = [scoring.codes(event[side]) for event in (gold, told) for side in ("actors", "recipients")]
    if gold["type"] in scoring.MUTUAL:
        return sides[0] | sides[1] == sides[2] | sides[3]
    return sides[0] == sides[2] and sides[1] == sides[3]


def gather(samples: Sequence[Sample]) -> Proposals:
    """All proposals of the samples with their labels."""
    features, right, site, page = [], [], [], []
    number, last, here = -1, -1, None
    for index, sample in enumerate(samples):
        marks = scoring.sentences(sample.page.text)
        gold = [(event, scoring.touched(event, sample.page.text, marks)) for event in sample.page.events]
        for read in sample.reads:
            for act in (site.build(choice) for site in read.proposed for choice in site.choices):
                if act.site != last or read is not here:
                    number, last, here = number + 1, act.site, read
                features.append(names(act))
                right.append(label(act, read, sample, gold, marks))
                site.append(number)
                page.append(index)
    return Proposals(features, _strictest(np.array(right), np.array(site)), np.array(site), np.array(page))


def _strictest(right: Array, site: Array) -> Array:
    """Where a site has a proposal that is right to the last, those that are only near enough teach nothing."""
    best = np.zeros(int(site.max()) + 1, dtype=int)
    np.maximum.at(best, site, right)
    return np.where(right == 1, np.where(best[site] == 2, -1, 1), np.where(right == 2, 1, right))


def matrix(features: Sequence[Sequence[str]]) -> tuple[list[str], Any]:
    """Names of the features that are not too rare, and the proposals as a sparse matrix over them."""
    count = Counter(name for row in features for name in row)
    kept = sorted(name for name, times in count.items() if times >= RAREST)
    at = {name: i for i, name in enumerate(kept)}
    pointer, indices = [0], []
    for row in features:
        indices += sorted(at[name] for name in row if name in at)
        pointer.append(len(indices))
    return kept, sp.csr_matrix((np.ones(len(indices)), indices, pointer), shape=(len(features), len(kept)))


def fit(rows: Any, right: Array, site: Array) -> Array:
    """Weights of largest penalised likelihood; none of a site's proposals has score 0."""
    known = right >= 0
    rows, right = rows[np.flatnonzero(known)], right[known] == 1
    _, site = np.unique(site[known], return_inverse=True)
    count = int(site.max()) + 1
    found = np.zeros(count, dtype=bool)
    np.logical_or.at(found, site, right)

    def loss(weights: Array) -> tuple[float, Array]:
        score = rows @ weights
        high = np.zeros(count)
        np.maximum.at(high, site, score)
        mass = np.exp(score - high[site])
        none = np.exp(-high)
        total = np.bincount(site, mass, count) + none
        good = np.bincount(site, mass * right, count)
        value = -np.log(np.maximum(np.where(found, good, none), 1e-300) / total).sum()
        wanted = np.where(right, mass / np.maximum(good[site], 1e-300), 0.0)
        slope = rows.T @ (mass / total[site] - wanted)
        return value + 0.5 * PENALTY * float(weights @ weights), slope + PENALTY * weights

    return np.asarray(minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 150}).x)


def learn(proposals: Proposals, use: Array) -> Judge:
    """A judge from the proposals that ``use`` marks."""
    chosen = np.flatnonzero(use)
    kept, rows = matrix([proposals.features[i] for i in chosen])
    weights = fit(rows, proposals.right[chosen], proposals.site[chosen])
    common: dict[str, float] = {}
    by_type: dict[str, dict[str, float]] = {}
    for name, weight in zip(kept, weights.tolist(), strict=True):
        if abs(weight) >= SMALLEST:
            kind, bar, feature = name.partition("|")
            (by_type.setdefault(kind, {}) if bar and kind.isupper() else common)[
                feature if bar and kind.isupper() else name
            ] = round(weight, 3)
    return Judge(common, by_type, FLOOR)


def calibrate(samples: Sequence[Sample], proposals: Proposals) -> tuple[float, float]:
    """Slope and rise of the log odds that a told event is right, over those of its chance, on pages not learnt from.

    The judges of ``learn`` give chances as they are.
    """
    told: list[tuple[float, bool]] = []
    for judge, unseen in held_out(samples, proposals):
        for sample in unseen:
            found = read_with(sample, judge)
            right = {j for _, j in scoring.pairs(sample.page.events, found, sample.page.text, scoring.strict)}
            told += [(event["confidence"], j in right) for j, event in enumerate(found)]
    chance, right_ = np.clip(np.array([one for one, _ in told]), 1e-6, 1 - 1e-6), np.array([good for _, good in told])
    odds = np.log(chance / (1 - chance))

    def loss(line: Array) -> float:
        score = line[0] * odds + line[1]
        return float(np.logaddexp(0, np.where(right_, -score, score)).sum())

    slope, rise = minimize(loss, np.array([1.0, 0.0])).x
    return round(float(slope), 3), round(float(rise), 3)


def held_out(samples: Sequence[Sample], proposals: Proposals) -> Iterator[tuple[Judge, list[Sample]]]:
    """Each page that a marker marked once, in folds, with a judge that has learnt from all others."""
    fold = np.random.RandomState(7).randint(0, FOLDS, len(samples))
    for number in range(FOLDS):
        judge = learn(proposals, fold[proposals.page] != number)
        unseen = [sample for sample, f in zip(samples, fold, strict=True) if f == number]
        yield judge, [sample for sample in unseen if sample.page.by == "marker"]


def read_with(sample: Sample, judge: Judge) -> list[dict[str, Any]]:
    """The events of a page as a judge alone has them: denials and questions are not taken out, nor opinions doubted."""
    for read in sample.reads:
        read.acts, read.weak = judge.choose(read.proposed)
    found: list[dict[str, Any]] = msgspec.to_builtins(events(sample.reads, sample.page.text, tables(HOME)))
    return found


def score(samples: Sequence[Sample], judge: Judge, tally: scoring.Tally) -> None:
    """Add the figures of a judge on some pages to a tally."""
    for sample in samples:
        tally.add(sample.page.events, read_with(sample, judge), sample.page.text)


def check(samples: list[Sample], proposals: Proposals, blind: list[Sample]) -> None:
    """Print the figures of a cross-validation by pages, and of the blind pages."""
    gold_news = {page.name for page in lent("news")}
    tally, news = scoring.Tally(), scoring.Tally()
    for judge, unseen in held_out(samples, proposals):
        score(unseen, judge, tally)
        score([sample for sample in unseen if sample.page.name in gold_news], judge, news)
    print("cross-validation", tally.figures())
    print("of it gold news", news.figures())
    tally = scoring.Tally()
    score(blind, learn(proposals, proposals.page >= 0), tally)
    print("blind pages", tally.figures())


def _agreed(answers: Path, folder: Path) -> list[Marked]:
    """Pages of a folder with what both readers hold of them; those that people have marked are left out."""
    known = {page.text for page in [*learnt(), *ours(), *ours("dates.jsonl"), *ours("voices.jsonl")]}
    texts = ((path.name, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.txt")))
    found = list(agreed(((name, text) for name, text in texts if text not in known), answers, Reader()))
    print(f"{len(found)} pages that both readers read, {sum(len(page.events) for page in found)} marks of nobody's")
    return found


def main() -> None:
    """Train, or check."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--check", action="store_true", help="print figures, write nothing")
    options.add_argument(
        "--agreed", nargs=2, type=Path, metavar=("ANSWERS", "PAGES"),
        help="learn too from what both readers agree on: a folder of recorded answers, a folder of text files",
    )  # fmt: skip
    options.add_argument("--all", action="store_true", help="learn from the blind pages too, once they are reported")
    chosen = options.parse_args()
    if not LENT.exists():
        sys.exit(f"train: {LENT} is absent: the marked pages' texts are lent, not ours to keep")
    reader = Reader(judged=False)
    held = [page for page in ours() if page.blind]
    extra = _agreed(*chosen.agreed) if chosen.agreed else []
    samples = read_samples([*learnt(), *(held if chosen.all else []), *extra], reader)
    proposals = gather(samples)
    if chosen.check:
        check(samples, proposals, read_samples(held, reader))
        return
    judge = learn(proposals, proposals.page >= 0)
    digest = hashlib.sha256("".join(sample.page.text for sample in samples).encode()).hexdigest()
    line = calibrate(samples, proposals)
    kept = Kept(len(samples), digest, FLOOR, line, judge.weights, judge.by_type, agreed=len(extra))
    data = msgspec.json.format(msgspec.json.encode(kept, order="sorted"), indent=1)
    (HOME / "judge.json").write_bytes(data + b"\n")
    print(f"{len(judge.weights) + sum(map(len, judge.by_type.values()))} weights from {len(samples)} pages")


if __name__ == "__main__":
    main()
