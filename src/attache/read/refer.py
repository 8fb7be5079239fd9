"""Words that point back (他, 双方, 该国, 外交部 without its state), where the page leaves no doubt whom they mean.

Doubt begins where two candidates stand in the words since the sentence before: then nobody is meant, and the word
stays without a link.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attache.lexicon.tables import Tables
from attache.read.actor import PEOPLE, Party
from attache.read.chunk import Chunk, Phrase
from attache.read.reading import Read

SINGLE = frozenset(["他", "她", "他本人", "她本人"])


def refer(read: Read, tables: Tables, before: Sequence[Read]) -> None:
    """Tell the words of a sentence that point back whom they mean. ``before``: earlier sentences."""
    for i, item in enumerate(read.chunks):
        if item.phrase is not None and item.phrase.head == "pronoun":
            meant = _meant(item, item.phrase, read, tables, before)
            if meant:
                read.chunks[i] = item._replace(phrase=item.phrase._replace(meant=meant))


def _meant(item: Chunk, phrase: Phrase, read: Read, tables: Tables, before: Sequence[Read]) -> tuple[Party, ...]:
    if phrase.pronoun not in ("person", "both", "office", "other"):
        return ()
    here = [party for party in read.names if party.end <= item.start]
    last = _names(before[-1:])
    if item.text in ("前者", "后者"):
        pair = _distinct(here) if len(_distinct(here)) == 2 else _distinct(last)
        return (pair[0 if item.text == "前者" else 1],) if len(pair) == 2 else ()
    if item.text == "对方":
        return _other(here, last)
    if phrase.pronoun == "person":
        return _person(here, last, before) if item.text in SINGLE else ()
    if phrase.pronoun == "both":
        return _two(here, last, before)
    if (phrase.pronoun == "office" and item.text.endswith(tables.naming.beside["back_ends"])) or item.text == "该国":
        return _only(here, last)
    return ()


def _names(reads: Iterable[Read]) -> list[Party]:
    """The parties that sentences name, each with its sentence."""
    return [party._replace(home=read.line) for read in reads for party in read.names]


def _person(here: list[Party], last: list[Party], before: Sequence[Read]) -> tuple[Party, ...]:
    """The one person named since the sentence before, else in the one before that."""
    people = _distinct([party for party in last + here if party.reading and party.reading.kind in PEOPLE])
    if not people and len(before) > 1:
        people = _distinct([p for p in _names(before[-2:-1]) if p.reading and p.reading.kind in PEOPLE])
    return tuple(people) if len(people) == 1 else ()


def _two(here: list[Party], last: list[Party], before: Sequence[Read]) -> tuple[Party, ...]:
    """The two parties of this sentence so far, else with the one before, else of the page so far, if just two."""
    for found in (here, last + here, _names(before) + here):
        parties = _distinct(found)
        if len(parties) == 2:
            return tuple(parties)
        if len(parties) > 2:
            return ()
    return ()


def _other(here: list[Party], last: list[Party]) -> tuple[Party, ...]:
    """The other one of the two parties named since the sentence before, where this sentence names one of them."""
    subject = _distinct(here)
    pair = _distinct(last + here)
    if len(subject) != 1 or len(pair) != 2:
        return ()
    return tuple(party for party in pair if party.code != subject[0].code)


def _only(here: list[Party], last: list[Party]) -> tuple[Party, ...]:
    """The one party named since the sentence before."""
    for found in (here, last + here):
        parties = _distinct(found)
        if parties:
            return tuple(parties) if len(parties) == 1 else ()
    return ()


def _distinct(parties: list[Party]) -> list[Party]:
    """One party a code, the last one named, in the order in which the codes came up; those without a code left out."""
    found: dict[str, Party] = {}
    for party in parties:
        if party.code:
            found[party.code] = party
    return list(found.values())
