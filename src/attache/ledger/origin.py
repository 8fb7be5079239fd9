"""Which tellings of an act come from one place: same page, same maker, same text, same source cited.

Independent is what is left when all this is taken away, so the count can be too high (two reporters who sat with one
official, unsaid) and every bond says why it was made.
"""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import combinations
from typing import NamedTuple

from attache.ledger.dispute import figures_apart
from attache.ledger.ground import NAMELESS
from attache.ledger.item import Item, prepare
from attache.ledger.light import NO_MEDIA, Media, medium
from attache.ledger.noun import Bond, Report, Told
from attache.ledger.words import PERMUTATIONS, near, shared, unpacked
from attache.lexicon.fold import fold

COPY = 0.7  # of the shorter page's runs of three words in the other: one text
LEAST_RUNS = 24  # of a page; less is no text to copy
SAME_WORDS, SAME_LENGTH = 0.8, 12  # of two tellings: pairs of words shared, words
BANDS = 32  # of a page's signature: half alike meets with .87, seven tenths with .9998
MEDIA_KINDS = frozenset(["medium"])


class Leaning(NamedTuple):
    """Whom a telling leans on: the medium it cites first or that signs it, its nameless sources, its documents."""

    media: frozenset[str]
    nameless: frozenset[str]
    documents: frozenset[str]


class Origins(NamedTuple):
    """Number of its origin, from 1, and what binds it there, for each ref; ``total``: how many there are."""

    number: dict[str, int]
    why: dict[str, str]
    total: int


def bands(report: Report) -> list[int]:
    """Keys of a page's text, signed numbers of 64 bits: near-copies share one. None of a page too short."""
    if report.shingles < LEAST_RUNS:
        return []
    numbers = unpacked(report.signature)
    rows = PERMUTATIONS // BANDS
    cuts = [struct.pack(f"<B{rows}I", band, *numbers[band * rows : (band + 1) * rows]) for band in range(BANDS)]
    return [int.from_bytes(blake2b(cut, digest_size=8).digest(), "big", signed=True) for cut in cuts]


def copied(one: Report, two: Report) -> bool:
    """Whether two pages carry one text, or the one stands in the other."""
    if one.id == two.id:
        return True
    if min(one.shingles, two.shingles) < LEAST_RUNS:
        return False
    return shared(one.signature, one.shingles, two.signature, two.shingles) >= COPY


def copies(reports: Iterable[Report]) -> list[tuple[str, str]]:
    """Pairs of pages (ids in order) that carry one text, found through their bands."""
    blocks: dict[int, list[Report]] = defaultdict(list)
    for report in reports:
        for band in bands(report):
            blocks[band].append(report)
    pairs = {
        (min(one.id, two.id), max(one.id, two.id)): (one, two)
        for block in blocks.values()
        for one, two in combinations(block, 2)
        if one.id != two.id
    }
    return sorted(pair for pair, (one, two) in pairs.items() if copied(one, two))


def page_bond(one: Report, two: Report) -> Bond | None:
    """What makes two pages one source whatever they tell; None where nothing does."""
    if one.id == two.id:
        return "one capture"
    if one.address == two.address:
        return "one address"
    return maker_bond(one, two) or ("copy of the page" if copied(one, two) else None)


def maker_bond(one: Report, two: Report) -> Bond | None:
    """What makes two pages those of one maker; None where nothing does.

    Two accounts of one platform are two makers, though the platform is named on both.
    """
    if not set(one.makers) & set(two.makers):
        return None
    if not (one.account and two.account):
        return "one outlet"
    return "one account" if fold(one.account).text == fold(two.account).text else None


def leaning(told: Told, report: Report, known: Media = NO_MEDIA) -> Leaning:
    """Whom a telling leans on. A page that cites nobody leans on the agency that signs it, else on itself."""
    claimants = told.event.claimants
    cited = [medium(one.text, known) for one in claimants[:1] if one.kind in MEDIA_KINDS and one.text]
    media = cited or report.credits or ([] if claimants else report.makers[-1:])
    nameless = [fold(one.text).text for one in claimants[-1:] if one.kind in NAMELESS and one.text]
    documents = [fold(one.text).text for one in claimants if one.kind == "document" and one.text]
    return Leaning(frozenset(media), frozenset(nameless), frozenset(documents))


def _claim_bond(one: Leaning, two: Leaning) -> Bond | None:
    """What makes two tellings lean on one source of this claim."""
    if one.media & two.media:
        return "one medium"
    return "one document" if one.documents & two.documents else None


def _same_words(one: Item, two: Item) -> bool:
    return min(one.length, two.length) >= SAME_LENGTH and near(one.evidence, two.evidence) >= SAME_WORDS


class _Source(NamedTuple):
    """A telling with what may bind it."""

    told: Told
    report: Report
    item: Item
    leaning: Leaning


def _bond(one: _Source, two: _Source) -> Bond | None:
    """What makes two tellings of one act one origin, whoever else tells it; None where nothing does."""
    found = page_bond(one.report, two.report) or _claim_bond(one.leaning, two.leaning)
    if found or not _same_words(one.item, two.item) or figures_apart(one.told, two.told):
        return found  # who copies words copies their figures
    return "same words"


class _Web:
    """Tellings by number, tied together bond by bond: ``first`` of its origin for each, ``media`` of each origin."""

    def __init__(self, sources: Sequence[_Source]) -> None:
        self.first = list(range(len(sources)))
        self.media = [source.leaning.media for source in sources]
        self.bonds: list[list[tuple[int, Bond]]] = [[] for _ in sources]

    def tie(self, one: int, two: int, bond: Bond) -> None:
        """Make one origin of those of two tellings, which are two as yet."""
        low, high = sorted((self.first[one], self.first[two]))
        self.first = [low if at == high else at for at in self.first]
        self.media[low] |= self.media[high]
        self.bonds[one].append((two, bond))
        self.bonds[two].append((one, bond))

    def why(self) -> Iterator[tuple[int, int, Bond]]:
        """Each telling but the first of its origin, the one through which it is bound to that first one, and how."""
        waiting = [(at, -1) for at in dict.fromkeys(self.first)]
        for at, over in waiting:
            for to, bond in self.bonds[at]:
                if to != over:
                    yield to, at, bond
                    waiting.append((to, at))


def origins(group: Sequence[Told], reports: Mapping[str, Report], known: Media = NO_MEDIA) -> Origins:
    """The origins of an act's tellings, numbered by the date of publication, then by ref.

    Bonds chain: a copy of a page that leans on an agency is that agency's. Only nameless words do not tie what leans on
    one medium to what leans on another: both may have heard somebody.
    """
    ordered = sorted(group, key=lambda told: (told.published is None, told.published or "", told.ref))
    sources = [
        _Source(told, reports[told.page], prepare(told), leaning(told, reports[told.page], known)) for told in ordered
    ]
    web = _Web(sources)
    nameless: list[tuple[int, int]] = []
    for i, source in enumerate(sources):
        for j in range(i):
            if web.first[i] == web.first[j]:
                continue
            found = _bond(sources[j], source)
            if found:
                web.tie(j, i, found)
            elif sources[j].leaning.nameless & source.leaning.nameless:
                nameless.append((j, i))
    for j, i in nameless:  # last, when it is known what each origin leans on
        one, two = web.first[j], web.first[i]
        if one != two and not (web.media[one] and web.media[two]):
            web.tie(j, i, "one unnamed source")
    numbers = {one: number for number, one in enumerate(dict.fromkeys(web.first), 1)}
    why = {i: f"{bond}: {sources[j].report.title or sources[j].report.uri}" for i, j, bond in web.why()}
    return Origins(
        {source.told.ref: numbers[web.first[i]] for i, source in enumerate(sources)},
        {source.told.ref: why.get(i, "") for i, source in enumerate(sources)},
        len(numbers),
    )


def page_origins(reports: Sequence[Report]) -> list[int]:
    """For each page the first page of its origin, by place in the list: one maker, one address, one text."""
    first = list(range(len(reports)))
    for i, report in enumerate(reports):
        for j in range(i):
            if first[i] != first[j] and page_bond(reports[j], report):
                low, high = sorted((first[i], first[j]))
                first = [low if one == high else one for one in first]
    return first
