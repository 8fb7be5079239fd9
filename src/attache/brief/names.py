"""What parties, places and sources are called in a report: state, office and person, in Chinese or English.

Chinese prints the page's words in simplified script. English looks people and offices up in the files of the parties
that occur, and quotes what has no English name rather than inventing one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from attache.brief.phrases import quoted, simplified
from attache.brief.wording import Lang, Wording, fill
from attache.lexicon import schema
from attache.lexicon.fold import fold
from attache.lexicon.load import HOME, read_toml
from attache.record import Actor, Claimant, Place

MOST = 4  # parties, sources or places that a sentence names before it only counts them
_HAN = re.compile("[\u3400-\u9fff]")
_PRONOUNS = frozenset(["他", "她", "他们", "她们", "其", "双方", "对方", "两国"])
_SMALL = frozenset(["of", "and", "the", "for", "to", "in"])


class Entries:
    """People, offices, organs and names of one code, keyed by folded Chinese words; values are English."""

    def __init__(self) -> None:
        self.people: dict[str, str] = {}
        self.offices: dict[str, str] = {}
        self.bodies: dict[str, str] = {}
        self.capitals: set[str] = set()

    def add_people(self, people: Sequence[schema.Person]) -> None:
        """Take in people; one without an English name keeps an empty one."""
        for person in people:
            for name in person.zh:
                self.people.setdefault(fold(name).text, person.en[0] if person.en else "")


@cache
def _offices(home: Path) -> dict[str, str]:
    return _office_names(read_toml(home / "lang/zh/offices.toml", schema.OfficeFile).office)


def _office_names(offices: Sequence[schema.Office]) -> dict[str, str]:
    return {fold(title).text: office.en[0] for office in offices if office.en for title in office.zh}


@cache
def _holders(home: Path) -> tuple[tuple[str, schema.Body | schema.Group], ...]:
    """Bodies and groups with their codes."""
    found: list[schema.Body | schema.Group] = []
    for path in sorted(home.glob("bodies/*.toml")):
        found += read_toml(path, schema.BodyFile).body
    for path in sorted(home.glob("groups/*.toml")):
        found += read_toml(path, schema.GroupFile).group
    return tuple((holder.code, holder) for holder in found)


@cache
def _entries(code: str, home: Path) -> Entries:
    """What the lexicon says of one code; empty for a code without a file."""
    out = Entries()
    out.offices.update(_offices(home))
    path = home / "actors" / f"{code.lower()}.toml"
    if re.fullmatch("[A-Za-z0-9_-]+", code) and path.is_file():
        file = read_toml(path, schema.StateFile)
        out.add_people(file.person)
        out.offices.update(_office_names(file.office))
        out.capitals.add(fold(file.state.capital or "").text)
        # an organ's first names in both languages are one name; the others need not pair up
        out.bodies.update({fold(organ.zh[0]).text: organ.en[0] for organ in file.organ if organ.bare and organ.en})
    for holder, entry in _holders(home):
        if holder == code:
            out.add_people(entry.person)
            out.bodies.update({fold(name).text: entry.en[0] for name in entry.zh if entry.en})
    return out


@cache
def _media(home: Path) -> dict[str, str]:
    files = [read_toml(path, schema.MediumFile) for path in sorted(home.glob("media/*.toml"))]
    return {fold(zh).text: medium.en[0] for file in files for medium in file.medium if medium.en for zh in medium.zh}


class Names:
    """Names in one language. ``names``: code → (Chinese, English), as in ``tables().names``."""

    def __init__(self, lang: Lang, wording: Wording, names: Mapping[str, tuple[str, str]], home: Path = HOME) -> None:
        self.lang = lang
        self.wording = wording
        self.names = names
        self.home = home

    def code(self, code: str) -> str:
        """The printed name of a code; the code itself where it has none."""
        if code not in self.names:
            return self.wording.party.unnamed if code == "UNK" else code
        name = self.names[code][0 if self.lang == "zh" else 1]
        return f"the {name}" if self.lang == "en" and name in self.wording.party.article else name

    def words(self, text: str) -> str:
        """Words of a page inside a sentence: as they are in Chinese, quoted in English where they are Chinese."""
        plain = simplified(text)
        return quoted(plain, self.wording) if self.lang == "en" and _HAN.search(plain) else plain

    def party(self, actor: Actor) -> str:
        """A party: 法国总统马克龙, President Emmanuel Macron of France; its own words where it is linked to nothing."""
        if actor.code is None:
            return self.words(actor.name or actor.text) or self.wording.party.unnamed
        state = self.code(actor.code)
        known = _entries(actor.code, self.home)
        name = fold(actor.name or "").text
        text = fold(actor.text).text
        if name in known.people or actor.proposed or (actor.office and name and not self._is_state(name, actor.code)):
            return self._person(actor, known, state)
        if actor.office and (not name or self._is_state(name, actor.code)):
            return self._holder(actor.office, known, state, actor.code)
        if not name or self._is_state(name, actor.code) or {name, text} & known.capitals:
            return state
        return self._body(text or name, name, known, state, actor.code)

    def _is_state(self, name: str, code: str) -> bool:
        return name in (fold(one).text for one in self.names.get(code, ()))

    def _office(self, title: str, known: Entries) -> str:
        """An office in the language: part by part where one person holds several; quoted where it has no English."""
        if self.lang == "zh":
            return simplified(title)
        if not _HAN.search(title):
            return title
        parts = [known.offices.get(part) for part in fold(title).text.split("兼")]
        if all(parts):
            return " and ".join(part for part in parts if part)
        return quoted(title, self.wording)

    def _person(self, actor: Actor, known: Entries, state: str) -> str:
        w = self.wording.party
        name = fold(actor.name or actor.text).text
        shown = (known.people.get(name) if self.lang == "en" else None) or self.words(actor.name or actor.text)
        if not actor.office:
            return fill(w.person, name=shown, state=state)
        office = self._office(actor.office, known)
        if self.lang == "zh" and office and shown.endswith(office):
            shown = shown[: -len(office)]
        own = self._tells(office, actor.code)
        return fill(w.own if own else w.office, name=shown, office=_capitals(office), state=state)

    def _holder(self, title: str, known: Entries, state: str, code: str) -> str:
        office = self._office(title, known)
        w = self.wording.party
        return fill(w.own if self._tells(office, code) else w.holder, name="", office=office, state=state).strip()

    def _body(self, text: str, name: str, known: Entries, state: str, code: str) -> str:
        """An organ or body: the page's own words for it, with its state where they do not tell it."""
        if self.lang == "en":
            english = known.bodies.get(text) or (known.bodies.get(name) if name == text else None)
            if english:
                told = self._tells(english, code)
                return english if told else fill(self.wording.party.organ, name=english, state=state)
            return fill(self.wording.party.organ, name=self.words(text), state=state)
        if not _HAN.search(text):
            return state
        return text if self._tells(text, code) else fill(self.wording.party.organ, name=text, state=state)

    def _tells(self, words: str, code: str | None) -> bool:
        """Whether words name the state of a code themselves."""
        return any(fold(name).text in words for name in self.names.get(code or "", ()) if name)

    def parties(self, actors: Sequence[Actor]) -> str:
        """Several parties in one phrase, each once."""
        return self.listed([self.party(actor) for actor in actors])

    def listed(self, items: Sequence[str]) -> str:
        """A list in words; beyond ``MOST`` the others are only counted."""
        w = self.wording.party
        once = list(dict.fromkeys(item for item in items if item))
        if len(once) > MOST:
            return fill(w.more, names=w.joiner.join(once[: MOST - 1]), count=len(once))
        return w.last.join(part for part in (w.joiner.join(once[:-1]), once[-1] if once else "") if part)

    def place(self, place: Place) -> str:
        """A place: the page's words in Chinese, the usual English name in English."""
        text = simplified(place.text)
        if self.lang == "zh":
            return text if _HAN.search(text) or not place.city else place.city
        if place.city and not _HAN.search(place.city):
            return place.city
        if _HAN.search(text) and place.country and self._is_state(text, place.country):
            return self.code(place.country)
        return self.words(text)

    def source(self, claimant: Claimant) -> str:
        """Who answers for a report. Empty where the page has no words for it and no code is known."""
        text = simplified(claimant.text)
        if not text:
            return self.code(claimant.code) if claimant.code else ""
        if text in _PRONOUNS and claimant.code:
            return fill(self.wording.party.person, name=self.words(text), state=self.code(claimant.code))
        if self.lang == "zh" or not _HAN.search(text):
            return text
        w, kind = self.wording.source, self.wording.kind[claimant.kind]
        shown = quoted(text, self.wording)
        if claimant.kind == "medium" and (name := _media(self.home).get(text.strip("《》“”"))):
            return fill(w["known"], name=name, text=shown)
        if claimant.code and claimant.kind != "medium":
            state = self.code(claimant.code)
            people = _entries(claimant.code, self.home).people
            person = next((english for name, english in people.items() if english and name in text), None)
            if person or claimant.kind == "party":
                return fill(w["known"], name=person or state, text=shown)
            return fill(w["state"], kind=kind, state=state, text=shown)
        return fill(w["bare"], kind=kind, text=shown)

    def sources(self, claimants: Sequence[Claimant]) -> str:
        """A chain of sources, outermost first: 据甲援引乙. Words that are such a phrase already (据报道) stay."""
        # a pronoun behind another source means that source
        telling = [c for c in claimants if c.text not in _PRONOUNS] or list(claimants)
        chain = list(dict.fromkeys(name for claimant in telling if (name := self.source(claimant))))
        if not chain:
            return ""
        phrase = chain[-1]
        for outer in reversed(chain[:-1]):
            phrase = fill(self.wording.source["citing"], outer=outer, inner=phrase)
        hearsay = len(chain) == 1 and telling[0].kind == "hearsay"
        if self.lang == "zh" and (hearsay or phrase.startswith(("据", "有"))):
            return phrase
        return fill(self.wording.source["by"], names=phrase)


def _capitals(title: str) -> str:
    """A title with capital letters: Secretary-General, Minister of Defence."""
    words = re.split("([ -])", title)
    return "".join(word if word in _SMALL and i else word[:1].upper() + word[1:] for i, word in enumerate(words))
