"""Who else may be on either side of an act, where the grammar's own answer is wrong or none: for the judge to weigh."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from attache.read.actor import Party
from attache.read.assign import addressed
from attache.read.chunk import Chunk
from attache.read.discourse import Discourse

if TYPE_CHECKING:
    from attache.read.scope import Scope

MOST = 3  # parties tried as actors
MOST_OTHERS = 4  # parties tried as recipients of the grammar's own actor, one fewer of others'


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
    codes: frozenset[str]


def _codes(parties: tuple[Party, ...]) -> frozenset[str]:
    return frozenset([party.code for party in parties])


class _Sentence:
    """A sentence with its predicate: describes each phrase once, however often it is tried."""

    def __init__(self, chunks: list[Chunk], v: int) -> None:
        self.chunks, self.v = chunks, v
        self.named = [i for i, c in enumerate(chunks) if c.phrase is not None and c.phrase.codes]
        self._seen: dict[tuple[int, str, str], Option] = {}
        commas = [c.kind == "u" and c.text in "，：；" for c in chunks]
        self._commas = [0, *accumulate(commas)]

    def option(self, i: int, name: str, letter: str) -> Option:
        """A side taken from the phrase at ``i``: where it stands and what stands before it."""
        key = (i, name, letter)
        if key not in self._seen:
            self._seen[key] = _describe(
                self.chunks, i, self.v, abs(self._commas[self.v] - self._commas[i]), name, letter
            )
        return self._seen[key]

    def own(self, parties: tuple[Party, ...], name: str, letter: str) -> Option:
        """The grammar's own side, described like the others where it stands in the sentence."""
        if parties:
            codes = _codes(parties)
            for i in self.named:
                if self.chunks[i].phrase.codes == codes:  # type: ignore[union-attr]
                    return self.option(i, name, letter)._replace(parties=parties)
        return _away(parties, name, letter)


def _describe(chunks: list[Chunk], i: int, v: int, commas: int, name: str, letter: str) -> Option:
    item = chunks[i]
    assert item.phrase is not None  # only phrases with parties are asked
    before = chunks[i - 1] if i else None
    after = chunks[i + 1] if i + 1 < len(chunks) else None
    pre = "#" if before is None else before.text[-2:] if before.kind in "pdVvSlk" else before.kind
    features = (
        f"{letter}={name}", f"{letter}far={min(abs(i - v), 9)}", f"{letter}comma={min(commas, 3)}",
        f"{letter}head={item.role}", f"{letter}pre={pre}",
        f"{letter}post={after.kind if after else '#'}", f"{letter}n={min(len(item.phrase.parties), 3)}",
    )  # fmt: skip
    return Option(item.phrase.parties, name, features, item.phrase.codes)


def _add(found: list[Option], option: Option) -> None:
    if option.codes and option.codes not in [other.codes for other in found]:
        found.append(option)


def _away(parties: tuple[Party, ...], name: str, letter: str) -> Option:
    """A side that this sentence does not name."""
    features = (f"{letter}={name}", f"{letter}far=away", f"{letter}n={min(len(parties), 3)}")
    return Option(parties, name, features, _codes(parties))


def _actors(
    here: _Sentence, actors: tuple[Party, ...], how: str, scopes: list[Scope], discourse: Discourse
) -> list[Option]:
    found: list[Option] = []
    if actors:
        found.append(here.own(actors, f"own-{how}", "a"))
    trigger = here.chunks[here.v].start
    for scope in reversed(scopes):
        if scope.start <= trigger < scope.end and scope.source.parties and scope.source.kind != "medium":
            _add(found, here.own(scope.source.parties, "speaker", "a"))
            break
    for i in [i for i in reversed(here.named) if i < here.v][:2]:
        _add(found, here.option(i, "left", "a"))
    if len(found) < MOST:
        _add(found, _away(discourse.subject, "last", "a"))
    return found[:MOST]


def _recipients(
    here: _Sentence, end: int, actors: tuple[Party, ...], recipients: tuple[Party, ...], discourse: Discourse
) -> list[Option]:
    found: list[Option] = []
    if recipients:
        found.append(here.own(recipients, "own", "r"))
    _add(found, here.own(addressed(here.chunks, end, actors), "content", "r"))
    doers = _codes(actors)
    named = [i for i in here.named if not doers & here.chunks[i].phrase.codes]  # type: ignore[union-attr]
    for i in [i for i in named if i > here.v][:1]:
        _add(found, here.option(i, "right", "r"))
    for i in [i for i in reversed(named) if i < here.v][:1]:
        _add(found, here.option(i, "left", "r"))
    if actors and actors[0].end:
        _add(found, _away(discourse.other(actors), "pair", "r"))
        _add(found, _away(discourse.partner(actors), "page", "r"))
    return found[: MOST_OTHERS - bool(recipients)]


def sides(
    chunks: list[Chunk], v: int, end: int, actors: tuple[Party, ...], recipients: tuple[Party, ...], how: str,
    scopes: list[Scope], discourse: Discourse, *, mutual: bool,
) -> list[Side]:  # fmt: skip
    """Pairs of sides for the predicate at ``v``, the grammar's own first."""
    out: list[Side] = []
    here = _Sentence(chunks, v)
    tried = _actors(here, actors, how, scopes, discourse)
    for first in tried:
        own = first.parties is actors
        others = _recipients(here, end, first.parties, recipients, discourse)
        if not recipients or not own:
            others.append(_away((), "none", "r"))
        for second in others if own or not actors else others[:2]:
            if first.codes & second.codes and not mutual:
                continue
            plain = own and (second.parties is recipients or not recipients)
            out.append(_side(first, second, plain, discourse))
    if actors and recipients and not any(side.plain for side in out):
        own_sides = here.own(actors, f"own-{how}", "a"), here.own(recipients, "own", "r")
        out.insert(0, _side(*own_sides, True, discourse))
    return out


def _side(first: Option, second: Option, plain: bool, discourse: Discourse) -> Side:
    """Both sides together, with what only the pair tells."""
    actor = first.parties[0]
    kinds = [p.reading.kind if p.reading else "" for p in (actor, *second.parties[:1])]
    name = f"{first.name}-{second.name}"
    features = (
        *first.features, *second.features, f"n={min(len(first.parties), 3)}-{min(len(second.parties), 3)}",
        f"akind={kinds[0]}", f"rkind={kinds[-1] if len(kinds) > 1 else ''}", f"unk={actor.code == 'UNK'}",
        f"carried={actor.home is not None}", f"pair={discourse.known(first.codes, second.codes)}", f"ar={name}",
    )  # fmt: skip
    return Side(first.parties, second.parties, name, features, plain)


def addressees(inside: list[Chunk], speakers: tuple[Party, ...], discourse: Discourse) -> list[Side]:
    """Whom a speech may be about: the parties of its content, the other side of the pair, the page's."""
    here = _Sentence(inside, 0)
    speaker = _away(speakers, "speaker", "a")
    found: list[Option] = []
    for i in [i for i in here.named if not speaker.codes & inside[i].phrase.codes][:1]:  # type: ignore[union-attr]
        _add(found, here.option(i, "content", "r"))
    _add(found, _away(discourse.other(speakers), "pair", "r"))
    _add(found, _away(discourse.partner(speakers), "page", "r"))
    return [_side(speaker, option, False, discourse) for option in found[:1]]
