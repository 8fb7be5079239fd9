"""Who else may be on either side of an act, where the grammar's own answer is wrong or none: for the judge to weigh."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from attache.read.assign import addressed
from attache.read.chunk import Chunk, Party
from attache.read.discourse import Discourse

if TYPE_CHECKING:
    from attache.read.voice import Scope

MOST = 4  # other parties tried on each side


class Side(NamedTuple):
    """A pair of sides and how it was found. ``plain``: by the grammar alone."""

    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    name: str
    features: tuple[str, ...]
    plain: bool = False


class Option(NamedTuple):
    """One side."""

    parties: tuple[Party, ...]
    name: str
    features: tuple[str, ...]


def _codes(parties: tuple[Party, ...]) -> frozenset[str]:
    return frozenset(party.code for party in parties)


def _option(chunks: list[Chunk], i: int, v: int, name: str, letter: str) -> Option:
    """A side taken from the phrase at ``i``: where it stands and what stands before it."""
    item = chunks[i]
    assert item.phrase is not None  # only phrases with parties are asked
    before = chunks[i - 1] if i else None
    after = chunks[i + 1] if i + 1 < len(chunks) else None
    low, high = sorted((i, v))
    commas = sum(c.kind == "u" and c.text in "，：；" for c in chunks[low:high])
    features = (
        f"{letter}={name}", f"{letter}far={min(abs(i - v), 9)}", f"{letter}comma={min(commas, 3)}",
        f"{letter}head={item.role}", f"{letter}pre={before.text[-2:] if before and before.kind in 'pdVvSlk' else before.kind if before else '#'}",
        f"{letter}post={after.kind if after else '#'}", f"{letter}n={min(len(item.phrase.parties), 3)}",
    )  # fmt: skip
    return Option(item.phrase.parties, name, features)


def _named(chunks: list[Chunk]) -> list[int]:
    return [i for i, c in enumerate(chunks) if c.phrase is not None and c.phrase.parties]


def _add(found: list[Option], option: Option) -> None:
    if option.parties and all(_codes(option.parties) != _codes(other.parties) for other in found):
        found.append(option)


def _place_of(chunks: list[Chunk], parties: tuple[Party, ...]) -> int | None:
    """The phrase that names these parties in this sentence."""
    codes = _codes(parties)
    return next((i for i in _named(chunks) if _codes(chunks[i].phrase.parties) == codes), None)  # type: ignore[union-attr]


def _own(chunks: list[Chunk], v: int, parties: tuple[Party, ...], name: str, letter: str) -> Option:
    """The grammar's own side, described like the others where it stands in the sentence."""
    at = _place_of(chunks, parties) if parties else None
    if at is not None:
        found = _option(chunks, at, v, name, letter)
        return Option(parties, name, found.features)
    return Option(parties, name, (f"{letter}={name}", f"{letter}far=away", f"{letter}n={min(len(parties), 3)}"))


def _actors(
    chunks: list[Chunk], v: int, actors: tuple[Party, ...], how: str, scopes: list[Scope], discourse: Discourse
) -> list[Option]:
    found: list[Option] = []
    if actors:
        found.append(_own(chunks, v, actors, f"own-{how}", "a"))
    trigger = chunks[v].start
    for scope in reversed(scopes):
        if scope.start <= trigger < scope.end and scope.source.parties and scope.source.kind != "medium":
            _add(found, _own(chunks, v, scope.source.parties, "speaker", "a"))
            break
    for i in [i for i in reversed(_named(chunks)) if i < v][:2]:
        _add(found, _option(chunks, i, v, "left", "a"))
    _add(found, Option(discourse.subject, "last", ("a=last", "afar=away")))
    return found[:MOST]


def _recipients(
    chunks: list[Chunk], v: int, end: int, actors: tuple[Party, ...], recipients: tuple[Party, ...], discourse: Discourse
) -> list[Option]:
    found: list[Option] = []
    if recipients:
        found.append(_own(chunks, v, recipients, "own", "r"))
    _add(found, _own(chunks, v, addressed(chunks, end, actors), "content", "r"))
    doers = _codes(actors)
    named = [i for i in _named(chunks) if not doers & _codes(chunks[i].phrase.parties)]  # type: ignore[union-attr]
    for i in [i for i in named if i > v][:1]:
        _add(found, _option(chunks, i, v, "right", "r"))
    for i in [i for i in reversed(named) if i < v][:1]:
        _add(found, _option(chunks, i, v, "left", "r"))
    if actors and actors[0].end:
        _add(found, Option(discourse.other(actors), "pair", ("r=pair", "rfar=away")))
        _add(found, Option(discourse.partner(actors), "page", ("r=page", "rfar=away")))
    return found[: MOST + 1]


def sides(
    chunks: list[Chunk], v: int, end: int, actors: tuple[Party, ...], recipients: tuple[Party, ...], how: str,
    scopes: list[Scope], discourse: Discourse, *, mutual: bool,
) -> list[Side]:  # fmt: skip
    """Pairs of sides for the predicate at ``v``, the grammar's own first."""
    out: list[Side] = []
    options = _actors(chunks, v, actors, how, scopes, discourse)
    for first in options:
        own = first.parties is actors
        doers = _codes(first.parties)
        others = _recipients(chunks, v, end, first.parties, recipients, discourse)
        if not recipients or not own:
            others.append(Option((), "none", ("r=none",)))
        for second in others if own or not actors else others[:2]:
            if doers & _codes(second.parties) and not (mutual and second.parties):
                continue
            name = f"{first.name}-{second.name}"
            plain = own and (second.parties is recipients or not recipients)
            out.append(Side(first.parties, second.parties, name, (*first.features, *second.features, f"ar={name}"), plain))
    if actors and recipients and not any(side.plain for side in out):
        name = f"own-{how}-own"
        both = (*_own(chunks, v, actors, f"own-{how}", "a").features, *_own(chunks, v, recipients, "own", "r").features)
        out.insert(0, Side(actors, recipients, name, (*both, f"ar={name}"), True))
    return out


def addressees(inside: list[Chunk], speakers: tuple[Party, ...], discourse: Discourse) -> list[Side]:
    """Whom a speech may be about: the parties of its content, the other side of the pair, the page's."""
    found: list[Option] = []
    codes = _codes(speakers)
    for i in [i for i in _named(inside) if not codes & _codes(inside[i].phrase.parties)][:2]:  # type: ignore[union-attr]
        _add(found, _option(inside, i, 0, "content", "r"))
    _add(found, Option(discourse.other(speakers), "pair", ("r=pair", "rfar=away")))
    _add(found, Option(discourse.partner(speakers), "page", ("r=page", "rfar=away")))
    return [Side(speakers, option.parties, option.name, option.features) for option in found[:3]]
