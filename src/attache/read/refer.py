"""Words that point back (他, 双方, 该国, 外交部 without its state), where the page leaves no doubt whom they mean.

Doubt begins where two candidates stand in the words since the sentence before: then nobody is meant, and the word
stays without a link.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attache.lexicon.rows import PEOPLE
from attache.lexicon.tables import Tables
from attache.read.actor import Party
from attache.read.chunk import Chunk, Phrase
from attache.read.reading import Read

SINGLE = frozenset(["他", "她", "他本人", "她本人"])


def refer(read: Read, tables: Tables, before: Sequence[Read]) -> None:
    """Tell the words of a sentence that point back whom they mean. ``before``: earlier sentences."""
    for i, item in enumerate(read.chunks):
        if item.phrase is not None and item.phrase.head == "pronoun":
            meant = _seat(read.chunks, i, tables) or _meant(item, item.phrase, read, tables, before)
            if meant:
                read.chunks[i] = item._replace(phrase=item.phrase._replace(meant=meant))


def _meant(item: Chunk, phrase: Phrase, read: Read, tables: Tables, before: Sequence[Read]) -> tuple[Party, ...]:
    if phrase.pronoun not in ("person", "both", "office", "other"):
        return ()
    here = [party for party in read.names if party.end <= item.start]
    last = _names(before[-1:])
    if item.text in ("前者", "后者"):
        pair = _sides(here) if len(_sides(here)) == 2 else _sides(last)
        return (pair[0 if item.text == "前者" else 1],) if len(pair) == 2 else ()
    if item.text == "对方":
        return _other(here, last)
    if phrase.pronoun == "person":
        return _person(here, last, before) if item.text in SINGLE else ()
    if phrase.pronoun == "both":
        return _two(here, last, before)
    if (phrase.pronoun == "office" and item.text.endswith(tables.naming.beside.back_ends)) or item.text == "该国":
        return _only(here, last)
    return ()


def _seat(chunks: Sequence[Chunk], i: int, tables: Tables) -> tuple[Party, ...]:
    """在北京，外交部…: the state whose capital the sentence opens with."""
    phrase = chunks[i].phrase
    if i != 3 or phrase is None or phrase.pronoun != "office" or [chunks[0].text, chunks[2].text] != ["在", "，"]:
        return ()
    at = chunks[1]
    country = at.place.country if at.place is not None else None
    entry = tables.entry(at.text)
    capital = entry is not None and any(reading.code == country for reading in entry.readings)  # stands for its state
    return (Party(country, at.start, at.end, None, ""),) if country and capital else ()


def _names(reads: Iterable[Read]) -> list[Party]:
    """The parties that sentences name, each with its sentence."""
    return [party._replace(home=read.line) for read in reads for party in read.names]


def _person(here: list[Party], last: list[Party], before: Sequence[Read]) -> tuple[Party, ...]:
    """The one person named since the sentence before, else in the one before that."""
    people = _people(last + here)
    if not people and len(before) > 1:
        people = _people(_names(before[-2:-1]))
    return (people[0],) if len(people) == 1 and people[0].code else ()


def _people(parties: list[Party]) -> list[Party]:
    """The different people among parties, those without a state included."""
    found = {(p.code, p.reading.name): p for p in parties if p.reading is not None and p.reading.kind in PEOPLE}
    return list(found.values())


def _two(here: list[Party], last: list[Party], before: Sequence[Read]) -> tuple[Party, ...]:
    """The two sides of this sentence so far, else with the one before, else of all that stand before, if just two."""
    for found in (here, last + here, _names(before) + here):
        sides = _sides(found)
        if len(sides) == 2:
            return tuple(sides)
        if len(sides) > 2:
            return ()
    return ()


def _other(here: list[Party], last: list[Party]) -> tuple[Party, ...]:
    """The other one of the two sides named since the sentence before, where this sentence names one of them."""
    subject = _sides(here)
    pair = _sides(last + here)
    if len(subject) != 1 or len(pair) != 2:
        return ()
    return tuple(side for side in pair if side.code != subject[0].code)


def _only(here: list[Party], last: list[Party]) -> tuple[Party, ...]:
    """The one side named since the sentence before."""
    for found in (here, last + here):
        sides = _sides(found)
        if sides:
            return tuple(sides) if len(sides) == 1 else ()
    return ()


def _sides(parties: list[Party]) -> list[Party]:
    """The different states and bodies among parties, in the order in which they came up; not who spoke for them."""
    found: dict[str, Party] = {}
    for party in parties:
        if party.code:
            found[party.code] = party._replace(reading=None, office="")
    return list(found.values())
