"""``exchange.toml``: codes of other collections lead to codes of ours, and back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pycountry
import pytest

from attache.lexicon.exchange import Exchange
from attache.lexicon.load import HOME, read_toml
from attache.lexicon.raw import LexiconError
from attache.lexicon.schema import ExchangeFile
from attache.pipeline import Reader

FILE = read_toml(HOME / "exchange.toml", ExchangeFile)
# FIPS 10-4 codes that differ most from ISO 3166-1, from the standard itself
FIPS = {
    "CH": "CHN", "RS": "RUS", "UP": "UKR", "JA": "JPN", "KS": "KOR", "KN": "PRK", "GM": "DEU", "UK": "GBR", "SP": "ESP",
    "IZ": "IRQ", "IS": "ISR", "TU": "TUR", "SZ": "CHE", "AU": "AUT", "AS": "AUS", "SF": "ZAF", "NI": "NGA", "NG": "NER",
    "CI": "CHL", "CG": "COD", "CF": "COG", "BM": "MMR", "VM": "VNM", "RP": "PHL", "DA": "DNK", "SW": "SWE", "PO": "PRT",
    "EZ": "CZE", "LO": "SVK", "SU": "SDN", "OD": "SSD", "TW": "TWN", "HK": "HKG", "MC": "MAC", "KV": "XKX", "WE": "PSE",
}  # fmt: skip


@pytest.fixture(scope="module")
def exchange(reader: Reader) -> Exchange:
    return Exchange(reader.tables)


@pytest.mark.parametrize("fips", FIPS)
def test_fips_codes_are_those_of_the_standard(fips: str, exchange: Exchange) -> None:
    assert exchange.place(fips) == FIPS[fips]
    assert exchange.to_place(FIPS[fips]) == fips


def test_every_state_with_an_iso_code_and_a_fips_code_has_both(exchange: Exchange) -> None:
    ours = {code for code in FILE.fips.values() if code != "XKX"}
    assert ours <= {country.alpha_3 for country in pycountry.countries}
    assert len(ours) > 230
    for code in ours:
        assert exchange.country(exchange.to_country(code) or "") == code
        assert exchange.place(exchange.to_place(code) or "") == code


@pytest.mark.parametrize("group", FILE.group)
def test_groups_lead_there_and_back(group: str, exchange: Exchange) -> None:
    ours = exchange.group(group)
    assert ours is not None
    assert exchange.group(exchange.to_group(ours) or "") == ours


@pytest.mark.parametrize("code", ["AFR", "EUR", "MEA", "WHO", "UNK", "chn", ""])
def test_what_is_no_state_is_none(code: str, exchange: Exchange) -> None:
    assert exchange.country(code) is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("UNITED STATES", "USA"),
        ("  viet   nam ", "VNM"),
        ("Al-Shabaab", "ALSHABAAB"),
        ("VISEGRAD GROUP", "V4"),
        ("Lancang-Mekong Cooperation", "LMC"),
        ("Côte d'Ivoire", "CIV"),
        ("COTE D’IVOIRE", "CIV"),
        ("Citizen (India)", None),
        ("President", None),
        ("", None),
    ],
)
def test_a_name_in_any_case_and_with_or_without_accents(name: str, code: str | None, exchange: Exchange) -> None:
    assert exchange.named(name) == code


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        ('UNO = "UN"', 'UNO = "UNION"', r"exchange.toml.*\[group\] UNO.*no party has the code UNION"),
        ('ROM = "ROU"', 'ROM = "ROM"', r"\[country\] ROM.*no party has the code ROM"),
        ("[fips]", "[fipz]", "fipz|fips"),
    ],
)
def test_a_file_that_does_not_hold_is_refused(old: str, new: str, cause: str, tmp_path: Path, reader: Reader) -> None:
    text = (HOME / "exchange.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "exchange.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    shutil.copy(HOME / "codebook.toml", tmp_path)
    with pytest.raises(LexiconError, match=cause):
        Exchange(reader.tables, tmp_path)
