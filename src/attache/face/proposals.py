"""People and bodies that pages name and the lexicon does not hold, as TOML to review; and where the two differ."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from attache.lexicon.fold import fold
from attache.lexicon.tables import Tables
from attache.record import Actor, Record

GENERIC = frozenset(["leader", "official"])  # whoever holds any office may be called so
GLOSS = re.compile(r"\s*[（(]\s*([A-ZÀ-Ý][\w.'’ -]+?)\s*[）),，、]")


@dataclass
class Proposal:
    """A name with all that pages tell of it. ``titles``: in words, with 前 or 候任; ``days``: of the pages, EDTF."""

    code: str | None
    name: str
    titles: Counter[str] = field(default_factory=Counter)
    latin: Counter[str] = field(default_factory=Counter)
    days: set[str] = field(default_factory=set)
    pages: int = 0
    mentions: int = 0


class Proposals:
    """Gathers proposals over records, and titles that the lexicon does not give their bearers at that date."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.found: dict[tuple[str | None, str], Proposal] = {}
        self.differ: Counter[str] = Counter()

    def add(self, record: Record) -> None:
        """Take in a page."""
        day = _day(record.page.published.edtf)
        here = set()
        for mention in record.mentions:
            for actor in mention.actors:
                if actor.start != mention.start:
                    continue  # a word that points back
                if actor.proposed:
                    here.add(self._propose(actor, record.capture.text, day))
                elif actor.office and actor.office in fold(actor.text).text and day:
                    self._compare(actor, day)
        for key in here:
            self.found[key].pages += 1

    def _propose(self, actor: Actor, text: str, day: str | None) -> tuple[str | None, str]:
        name = fold(actor.name or actor.text).text
        key = (actor.code, name)
        proposal = self.found.setdefault(key, Proposal(*key))
        proposal.mentions += 1
        if actor.office:
            proposal.titles[actor.office] += 1
        if day:
            proposal.days.add(day)
        gloss = GLOSS.match(text, actor.end or 0)
        if gloss:
            proposal.latin[gloss[1]] += 1
        return key

    def offices(self, title: str) -> tuple[str | None, list[str]]:
        """前 or 候任 before a title, and the ids of the offices that it may mean, the closest reading first."""
        words = fold(title).text
        found = self._ids(words)
        if found:
            return None, found
        stage, rest = self.tables.naming.stage(words)
        return stage, self._closest(rest)

    def _ids(self, words: str) -> list[str]:
        entry = self.tables.entry(words)
        return list(entry.office) if entry is not None else []

    def _closest(self, words: str) -> list[str]:
        """Ids of the longest title that ends so."""
        return next((ids for start in range(len(words)) if (ids := self._ids(words[start:]))), [])

    def _compare(self, actor: Actor, day: str) -> None:
        """Note a title that a person of the lexicon does not bear that day."""
        stage, offices = self.offices(actor.office or "")
        person = fold(re.split(r"[^\w·-]", actor.name or "")[0]).text
        entry = self.tables.entry(person)
        readings = [r for r in entry.readings if r.code == actor.code and r.kind == "person"] if entry else []
        if stage or set(offices) <= GENERIC or not readings or fold(actor.text).text in (person, actor.office):
            return
        terms = [term for reading in readings for term in reading.terms]
        words = fold(actor.office or "").text
        if any(term.covers(day) and (term.office in offices or term.title.endswith(words)) for term in terms):
            return
        held = ", ".join(f"{t.title} {t.start or '..'}/{t.end or '..'}" for t in terms)
        self.differ[f"{actor.code} {person}: pages say {actor.office} on {day}; the lexicon has {held}"] += 1

    def toml(self) -> Iterator[str]:
        """The proposals as blocks of TOML, the most named first, then the differences as remarks."""
        ranked = sorted(self.found.values(), key=lambda p: (-p.mentions, p.code or "~", p.name))
        yield from (self._person(p) for p in ranked if p.code)
        loose = [p for p in ranked if not p.code]
        if loose:
            yield "# No state is told for these:"
            yield from (f"# {_told(p)}" for p in loose)
        if self.differ:
            yield "# Titles that the lexicon does not give at that date:"
            yield from (
                f"# {what} ({n})" for what, n in sorted(self.differ.items(), key=lambda item: (-item[1], item[0]))
            )

    def _person(self, proposal: Proposal) -> str:
        """A block for ``actors/<iso3>.toml``; what a reviewer has to fill in stays empty, and the load refuses it."""
        terms = []
        for title in proposal.titles:
            stage, offices = self.offices(title)
            day = min(proposal.days, default=None)
            bound = f', {"to" if stage == "former" else "from"} = "{day}"' if day else ""
            if offices and stage not in ("elect", "shadow"):
                terms.append(f'{{ office = "{offices[0]}"{bound}, uncertain = true }}')
        latin = ", ".join(f'"{name}"' for name, _ in proposal.latin.most_common(2))
        return "\n".join(
            [
                f"# {_told(proposal)}",
                "[[person]]",
                f'zh = ["{proposal.name}"]',
                f"en = [{latin}]",
                f"terms = [{', '.join(dict.fromkeys(terms))}]",
                "",
            ]
        )


def _told(proposal: Proposal) -> str:
    """What pages tell of a name, in one line."""
    titles = ", ".join(f"{title} ({n})" for title, n in proposal.titles.most_common())
    days = f", {min(proposal.days)} to {max(proposal.days)}" if proposal.days else ""
    times = f"{proposal.mentions} mentions on {proposal.pages} pages{days}"
    return f"{proposal.code or '?'} {proposal.name}: {titles or 'no title'}; {times}"


def _day(published: str | None) -> str | None:
    """The day of a page, if it is known to the day."""
    return published[:10] if published and re.match(r"\d{4}-\d\d-\d\d", published) else None


def propose(records: Iterable[Record], tables: Tables) -> Iterator[str]:
    """TOML of everything that the records propose."""
    proposals = Proposals(tables)
    for record in records:
        proposals.add(record)
    yield from proposals.toml()
