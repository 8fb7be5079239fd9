"""Who is meant: of the parties that share a name the one beside that title, in office that day, or met before.

Works on tokens before they become phrases. A name beside a title that the lexicon does not hold is proposed with the
state of its office (``name.py`` finds where it ends), never guessed: without a state it stays unlinked.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from attache.lexicon.rows import PEOPLE, Entry, Reading
from attache.lexicon.schema import BesideWords, TitleWords
from attache.lexicon.tables import Tables
from attache.lexicon.terms import day_of
from attache.read.known import Known, family_name
from attache.read.lex import Token
from attache.read.name import ends_before, run
from attache.read.sentence import Line

STAGES = frozenset(TitleWords.__struct_fields__)  # roles of words before a title
SETTLED = frozenset("AO")  # kinds that may want settling
WITHIN = frozenset("AOGLNnxj")  # kinds that stand between a state and the title of its official


class Party(NamedTuple):
    """A party as a phrase names it. ``home``: the sentence, for one that an earlier sentence named."""

    code: str
    start: int
    end: int
    reading: Reading | None
    office: str
    home: Line | None = None


def in_office(reading: Reading, day: str | None) -> tuple[bool, str]:
    """Rank of a reading at a date: in office then, and by how late its last term ends."""
    if not reading.terms:
        return (True, "")
    first = day_of(day) or "9999"
    return (any(term.covers(first) for term in reading.terms), max(term.end or "9999" for term in reading.terms))


def choose(
    readings: Sequence[Reading], day: str | None, *, titles: Collection[str] = (), beside: Collection[str] = ()
) -> Reading:
    """The reading that fits best: of a code named beside it, with such a title, sure by itself, in office that day.

    Of several the one whose last term ends latest, a party before a person.
    """
    if len(readings) == 1:
        return readings[0]
    return max(
        readings,
        key=lambda r: (
            r.code in beside, any(t.office in titles for t in r.terms), not r.loose, in_office(r, day),
            r.kind != "person",
        ),
    )  # fmt: skip


def settle(tokens: list[Token], tables: Tables, known: Known, day: str | None = None) -> list[Token]:
    """The tokens of a sentence with each title and the name beside it settled, and capitals told from places.

    ``known`` grows by whom the sentence names.
    """
    out = list(tokens)
    beside = tables.naming.beside
    i = 0
    while i < len(out):
        token = out[i]
        if token.kind not in SETTLED and token.text not in ("长", "兼"):
            i += 1
            continue
        if token.text == "长" and i and out[i - 1].kind in "AGLn" and out[i - 1].text.endswith(beside.organ_ends):
            token = out[i] = _head_of(out[i - 1], token, tables)
        elif token.text == "兼" and 0 < i < len(out) - 1 and out[i - 1].kind == "O" and out[i + 1].kind == "O":
            out[i] = token._replace(kind="j", role="and")
        if token.kind == "O" or (token.clips and token.clips[-1].head == "official"):
            i = _stage(out, i, tables)
            named_before = i > 0 and out[i - 1].kind == "A" and _is_person(out[i - 1])
            if named_before or i + 1 >= len(out) or not _name_after(out, i, tables, known, day):
                i = _name_before(out, i, tables, known, day)
        elif token.kind == "A" and i and _borrowed(out, i):
            out[i] = token._replace(kind="G")
        elif token.kind == "A" and "·" in token.text:
            if token.entry is not None:
                known.meet(token.text, token.entry)
        elif token.kind == "A" and _is_place(out, i, tables):
            out[i] = token._replace(kind="L")
        i += 1
    return out


def _is_person(token: Token) -> bool:
    return token.entry is not None and not token.clips and any(r.kind in PEOPLE for r in token.entry.readings)


def _borrowed(tokens: list[Token], i: int) -> bool:
    """Whether an organ that elsewhere tells its state by itself stands right after another state's name: it is its."""
    before, entry = tokens[i - 1], tokens[i].entry
    if before.kind != "A" or before.clips or before.entry is None or entry is None or tokens[i].clips:
        return False
    codes = {r.code for r in before.entry.readings if r.kind in ("state", "organ")}
    return bool(codes) and all(r.kind == "organ" and r.code not in codes for r in entry.readings)


def _head_of(organ: Token, token: Token, tables: Tables) -> Token:
    """长 after an organ as the title that both make (美国国防部|长: 国防部长)."""
    words = organ.text + "长"
    for start in range(len(words) - 2):
        entry = tables.entry(words[start:])
        if entry is not None and entry.office:
            return token._replace(kind="O", text=words[start:], entry=entry)
    return token._replace(kind="O", text=words[-2:])


def _stage(tokens: list[Token], i: int, tables: Tables) -> int:
    """Mark 前, 时任, 候任 before the title at ``i`` or the state in front of it; the title's index after that."""
    first = i
    while first and tokens[first - 1].kind in "AG" and tokens[first - 1].text not in tables.naming.stages:
        first -= 1
    for at in dict.fromkeys((i, first)):
        for length in (1, 2):
            before = tokens[max(at - length, 0) : at]
            words = "".join(token.text for token in before)
            stage = tables.naming.stages.get(words)
            if stage and len(before) == length and not _measured(tokens, at - length):
                merged = Token(before[0].start, before[-1].end, words, "j", stage, "", None)
                tokens[at - length : at] = [merged]
                return i - length + 1
    return i


def _measured(tokens: list[Token], i: int) -> bool:
    """Whether 前 at ``i`` tells a time: 三天前, 会谈前."""
    return bool(i) and (tokens[i - 1].kind in "TQ" or tokens[i - 1].tag in ("m", "t", "vn", "q"))


def _titles(tokens: list[Token], i: int) -> set[str]:
    """Ids of the offices that the title at ``i`` may mean."""
    entry = tokens[i].entry
    return set(entry.office) if entry else set()


def _home(tokens: list[Token], i: int, beside: BesideWords, *, public: bool) -> str | None:
    """The party whose title stands at ``i``: of the names before it the nearest, not where somebody is posted (驻)."""
    if tokens[i].clips:
        return tokens[i].clips[-1].code
    place = None
    k = i - 1
    while k >= 0:
        token = tokens[k]
        if token.kind not in WITHIN and token.text != "驻":
            k = _beyond(tokens, k, beside)
            if k < 0:
                break
            token = tokens[k]
        posted = bool(k) and tokens[k - 1].text in beside.matter_before
        posted = posted or (k + 1 < len(tokens) and tokens[k + 1].text.startswith(beside.matter_after))
        if token.kind == "A" and not posted:
            if token.clips:
                return token.clips[-1].code
            return choose(token.entry.readings, None).code if token.entry else None
        if token.kind == "L" and public and not posted and place is None and token.entry and token.entry.place:
            place = token.entry.place.country
        k -= 1
    return place


def _beyond(tokens: list[Token], k: int, beside: BesideWords) -> int:
    """Where a state may still stand before what interrupts its official's title at ``k``; -1 if nowhere.

    美国|负责东亚事务的|助理国务卿; 乌克兰国防部|和|总统府顾问; 美国|的|国务卿.
    """
    if tokens[k].kind == "de":
        for m in range(k - 1, max(k - 9, 0), -1):
            if tokens[m].text in beside.charged and tokens[m - 1].kind in "AG":
                return m - 1
        return k - 1 if tokens[k - 1].kind in "AG" else -1
    if tokens[k].text in ("和", "与", "及", "、") and k and tokens[k - 1].kind in "AG" and tokens[k + 1].kind == "G":
        return k - 1
    return -1


def _name_after(tokens: list[Token], i: int, tables: Tables, known: Known, day: str | None) -> bool:
    """Settle the name right after the title at ``i``; False where none stands there."""
    j = i + 1
    token = tokens[j]
    titles = _titles(tokens, i)
    public = bool(titles - tables.private)
    home = _home(tokens, i, tables.naming.beside, public=public)
    end = run(tokens, j, tables.naming)
    people = [r for r in token.entry.readings if r.kind in PEOPLE] if token.entry and token.kind in "AN" else []
    if people and end <= j + 1:
        fitting = [r for r in people if r.code == home] if home else people
        if not home and token.kind == "N":
            fitting = [r for r in people if any(t.office in titles for t in r.terms)]
        if not fitting and token.kind == "A" and len(token.text) > 2:
            return True  # a name that is only theirs: the state before the title is not whose it is
        if fitting:
            _firm(tokens, j, choose(fitting, day, titles=titles), known)
            return True
        if home is None:
            return True
        end = j + 1
    if end <= j or (token.kind == "A" and not people and end == j + 1):
        return False
    if home is None and not public:
        return False  # a director, a professor: perhaps no public office at all
    _propose(tokens, j, end, home, known, tables)
    return True


def _name_before(tokens: list[Token], i: int, tables: Tables, known: Known, day: str | None) -> int:
    """Settle the name right before the title at ``i`` (鲁比奥国务卿); the title's index after that."""
    if not i:
        return i
    token = tokens[i - 1]
    titles = _titles(tokens, i)
    if token.kind in "AN" and token.entry:
        people = [r for r in token.entry.readings if r.kind == "person" and any(t.office in titles for t in r.terms)]
        if people and (token.kind == "N" or len(token.entry.readings) > 1):
            _firm(tokens, i - 1, choose(people, day, titles=titles), known)
        return i
    start = ends_before(tokens, i, tables.naming)
    if start < i:
        home = _home(tokens, start, tables.naming.beside, public=bool(titles - tables.private))
        if home is None and not titles - tables.private:
            return i
        _propose(tokens, start, i, home, known, tables)
        return start + 1
    return i


def _firm(tokens: list[Token], j: int, reading: Reading, known: Known) -> None:
    """Make the name at ``j`` that person's."""
    entry = Entry(readings=[reading])
    tokens[j] = tokens[j]._replace(kind="A", entry=entry)
    known.meet(tokens[j].text, entry)


def _propose(tokens: list[Token], start: int, end: int, home: str | None, known: Known, tables: Tables) -> None:
    """Make one token of a name that the lexicon does not hold; of its title's state where one is told.

    One that only spells a known one otherwise (沃洛季米尔-泽连斯基) is that person's.
    """
    text = "".join(token.text for token in tokens[start:end])
    merged = Token(tokens[start].start, tokens[end - 1].end, text, "A", "proposed", "nr", None)
    titles = {
        one for t in (*tokens[max(start - 1, 0) : start], *tokens[end : end + 1]) if t.entry for one in t.entry.office
    }
    own = _kin(text, home, titles, tables)
    reading = own or Reading(home or "", "proposed", text, "GOV")
    entry = Entry(readings=[reading])
    tokens[start:end] = [
        merged._replace(entry=entry, kind="A" if reading.code else "N", role="" if own else "proposed")
    ]
    if reading.code:
        known.meet(text, entry)


def _kin(name: str, home: str | None, titles: set[str], tables: Tables) -> Reading | None:
    """The one person of that family name who serves that state, or bears such a title where no state is told."""
    family = family_name(name)
    entry = tables.entry(family) if family != name else None
    people = [r for r in entry.readings if r.kind == "person"] if entry else []
    own = [r for r in people if (r.code == home if home else any(t.office in titles for t in r.terms))]
    return own[0] if len({(r.code, r.name) for r in own}) == 1 else None


def _is_place(tokens: list[Token], i: int, tables: Tables) -> bool:
    """Whether a capital is only where something is: 在莫斯科, 首都伦敦, 伦敦的商业街, 台北自由广场."""
    beside = tables.naming.beside
    entry = tokens[i].entry
    if entry is None or entry.place is None or any(r.kind != "capital" for r in entry.readings):
        return False
    before = tokens[i - 1] if i else None
    if before and before.text in beside.place_before:
        return True
    if "/" in (before.text if before else "", tokens[i + 1].text if i + 1 < len(tokens) else ""):
        return True  # 路透马德里/伦敦
    if i + 1 < len(tokens) and tokens[i + 1].kind in "TQn" and _is_dateline(tokens, i, beside):
        return True
    nouns = tables.words["noun"]
    k = i + 1
    if k < len(tokens) and tokens[k].kind == "de":
        k += 1
    after = tokens[k] if k < len(tokens) else None
    if after is not None and k == i + 1 and after.kind == "A" and after.entry and not after.clips:
        last = tokens[k + 1].kind if k + 1 < len(tokens) else ""
        return last == "n" and any(r.kind == "state" for r in after.entry.readings)  # 北京俄罗斯文化中心
    if after is None or after.kind not in "nLxf":
        return False
    if k == i + 1 and after.kind in "nx" and after.tag not in ("ns", "s") and not after.text.endswith(beside.sites):
        return False  # 抵制北京冬奥会
    return after.kind == "f" or not (
        after.text in nouns["organs"]
        or after.text in nouns["other"]
        or after.text.endswith(tables.documents)
        or after.text.endswith(beside.seats)
    )


def _is_dateline(tokens: list[Token], i: int, beside: BesideWords) -> bool:
    """Whether a capital before a date opens a report: （中央社记者某某台北18日电）, 路透北京9月23日."""
    if i and tokens[i - 1].kind == "M":
        return True
    return any(token.text in beside.credits for token in tokens[i + 1 : i + 5])
