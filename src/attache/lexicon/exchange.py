"""How other collections of events call states and bodies: ``exchange.toml``, with the way there and back."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from attache.lexicon.fold import fold
from attache.lexicon.load import HOME, read_toml
from attache.lexicon.raw import LexiconError
from attache.lexicon.schema import Codebook, CodebookCameo, ExchangeFile
from attache.lexicon.tables import Tables

PARTIES = ("state", "body", "group")
_EAST = "\u2e80"  # from here on characters are those of East Asian scripts
_DASHES = str.maketrans("–—‑’", "---'")


class Exchange:
    """Codes of GDELT, ICEWS and POLECAT in ours and ours in GDELT's; CAMEO in PLOVER.

    ``cameo``: the codebook's entries by CAMEO code. ``digest``: of the lexicon, as records carry it.
    """

    def __init__(self, tables: Tables, home: Path = HOME) -> None:
        """Load the file. Raises LexiconError where it names a code that the lexicon does not know."""
        file = read_toml(home / "exchange.toml", ExchangeFile)
        self.digest = tables.digest[:16]
        self._tables = tables
        self._known = set(tables.names)
        for table in ("country", "group", "name", "fips"):
            for theirs, ours in getattr(file, table).items():
                if ours not in self._known:
                    raise LexiconError(home / "exchange.toml", f"[{table}] {theirs}", f"no party has the code {ours}")
        self._file = file
        self._strings: dict[str, str] | None = None
        self._country = _back(file.country)
        self._group = _back(file.group)
        self._fips = _back(file.fips)
        codebook = read_toml(home / "codebook.toml", Codebook)
        self.types = {str(entry.code): entry for entry in codebook.type}
        self.modes = {(str(entry.type), entry.code): entry for entry in codebook.mode}
        self.contexts = {entry.code for entry in codebook.context}
        self.cameo: dict[str, CodebookCameo] = {entry.code: entry for entry in codebook.cameo}

    def country(self, code: str) -> str | None:
        """Our code for a CAMEO country code, None for a region or what is unknown."""
        ours = self._file.country.get(code, code)
        return ours if ours in self._fips else None

    def group(self, code: str) -> str | None:
        """Our code for a CAMEO code of a known group, None where the lexicon has none."""
        return self._file.group.get(code)

    def place(self, fips: str) -> str | None:
        """Our code for a FIPS 10-4 country code."""
        return self._file.fips.get(fips)

    def named(self, name: str) -> str | None:
        """Our code for a party by one of its English names, in whatever case."""
        name = _spelt(" ".join(name.split()))
        if not name:
            return None
        if name in self._file.name:
            return self._file.name[name]
        if self._strings is None:
            latin = (string for string in self._tables.strings if string.isascii() or max(string) < _EAST)
            self._strings = {_spelt(string): string for string in latin}
        entry = self._tables.entry(self._strings.get(name, ""))
        readings = [reading for reading in entry.readings if reading.kind in PARTIES] if entry else []
        return readings[0].code if readings else None

    def to_country(self, code: str) -> str | None:
        """CAMEO's country code for a state of ours, None for a body or group."""
        if code in self._country:
            return self._country[code]
        return code if code in self._fips else None

    def to_group(self, code: str) -> str | None:
        """CAMEO's code for a body or group of ours."""
        return self._group.get(code)

    def to_place(self, code: str) -> str | None:
        """The FIPS 10-4 code of a state of ours."""
        return self._fips.get(code)

    def is_body(self, code: str) -> bool:
        """Whether a party of ours is an intergovernmental body."""
        entry = self._tables.entry(fold(self.english(code)).text)
        return entry is not None and any(one.code == code and one.kind == "body" for one in entry.readings)

    def english(self, code: str) -> str:
        """The English name of a party."""
        return self._tables.names[code][1] if code in self._known else code


def _spelt(name: str) -> str:
    """A name as names are compared: in lower case, without accents, with one kind of dash."""
    if not name.isascii():
        name = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
        name = name.translate(_DASHES)
    return name.lower()


def _back(codes: dict[str, str]) -> dict[str, str]:
    """The way back; of several the first."""
    back: dict[str, str] = {}
    for theirs, ours in codes.items():
        back.setdefault(ours, theirs)
    return back
