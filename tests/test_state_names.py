"""The names of states, held against CLDR in four locales and ISO 3166; what differs is listed with its reason."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pycountry
import pytest
from babel import Locale

from attache.lexicon.fold import fold
from attache.lexicon.load import load
from attache.lexicon.schema import State

LISTED = tomllib.loads(Path(__file__).with_name("state_names.toml").read_text(encoding="utf-8"))
CHINESE = ["zh_Hans", "zh_Hant_TW", "zh_Hant_HK"]


@pytest.fixture(scope="module")
def states() -> dict[str, State]:
    return {file.state.code: file.state for file in load().states.values()}


def plain(name: str) -> str:
    """A name without differences that folding a page undoes, or that only typesetting makes."""
    return fold(name).text.replace(" ", "").replace("(", "（").replace(")", "）").casefold()


def differences(states: dict[str, State]) -> Iterator[str]:
    """Names of CLDR and ISO that the lexicon does not have."""
    for country in pycountry.countries:
        state = states.get(country.alpha_3)
        if state is None:
            continue
        own = {plain(name) for name in state.zh + state.en}
        wanted = [Locale.parse(tag).territories[country.alpha_2] for tag in [*CHINESE, "en"]]
        wanted.append(getattr(country, "common_name", country.name))
        yield from (name for name in wanted if plain(name) not in own)


def test_every_code_of_iso_has_a_file_or_a_reason(states: dict[str, State]) -> None:
    codes = {country.alpha_3 for country in pycountry.countries}
    assert codes - states.keys() == set(LISTED["no_file"])
    assert states.keys() - codes == set(LISTED["no_iso"])


def test_names_differ_only_where_a_reason_is_given(states: dict[str, State]) -> None:
    assert set(differences(states)) == set(LISTED["names"])


def test_every_reason_says_something() -> None:
    assert all(len(reason) > 10 for table in LISTED.values() for reason in table.values())


def test_every_state_has_capital_and_demonym_in_both_languages_or_a_reason(states: dict[str, State]) -> None:
    bare = {
        state.code
        for state in states.values()
        if not (state.capital and state.capital_en and state.demonym and state.demonym_en)
    }
    assert bare == set(LISTED["no_capital_or_demonym"])
