"""GDELT, ICEWS and POLECAT files are read as they are written, bad rows told, nothing mixed with what is read here."""

from __future__ import annotations

import contextlib
import gzip
import io
import struct
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from attache.ledger.noun import Party
from attache.lexicon.exchange import Exchange
from attache.pipeline import Reader
from attache.shelf.dialect import Base, open_base
from attache.shelf.foreign import FORMATS, gdelt, icews, polecat, store
from attache.shelf.foreign.noun import BadRow, ForeignAct, Provenance
from attache.shelf.foreign.rows import FileError
from attache.shelf.foreign.store import Asked

Row = dict[str, str]
GDELT: Row = {
    "GLOBALEVENTID": "1100000001", "SQLDATE": "20230310", "MonthYear": "202303", "Year": "2023",
    "FractionDate": "2023.1918", "Actor1Code": "SAUGOV", "Actor1Name": "SAUDI", "Actor1CountryCode": "SAU",
    "Actor1Type1Code": "GOV", "Actor2Code": "IRN", "Actor2Name": "IRAN", "Actor2CountryCode": "IRN", "IsRootEvent": "1",
    "EventCode": "057", "EventBaseCode": "057", "EventRootCode": "05", "QuadClass": "1", "GoldsteinScale": "8.0",
    "NumMentions": "10", "NumSources": "2", "NumArticles": "7", "AvgTone": "1.5", "ActionGeo_Type": "4",
    "ActionGeo_FullName": "Beijing, Beijing, China", "ActionGeo_CountryCode": "CH", "ActionGeo_Lat": "39.9289",
    "ActionGeo_Long": "116.388", "ActionGeo_FeatureID": "-1898541", "DATEADDED": "20230310141500",
    "SOURCEURL": "https://example.org/a",
}  # fmt: skip
ICEWS: Row = {
    "Event ID": "20718170", "Event Date": "2014-01-01", "Source Name": "Citizen (India)",
    "Source Sectors": "General Population / Civilian / Social,Social", "Source Country": "India",
    "Event Text": "Make statement", "CAMEO Code": "010", "Intensity": "0.0", "Target Name": "Hezbollah",
    "Target Sectors": "NULL", "Target Country": "Lebanon", "Story ID": "33", "Sentence Number": "5",
    "Publisher": "The \"Daily\" Example", "City": "Delhi", "Province": "National Capital Territory of Delhi",
    "Country": "India", "Latitude": "28.6667", "Longitude": "77.2167",
}  # fmt: skip
POLECAT: Row = {
    "Event ID": "2023-03-10_a_CONSULT_1", "Event Date": "2023-03-10", "Event Type": "CONSULT", "Event Mode": "visit",
    "Intensity": "4.0", "Quad Code": "VERBAL COOPERATION", "Contexts": "diplomatic;military",
    "Actor Name": "Saudi Arabia; Iran", "Actor Country": "SAU;IRN", "Recipient Name": "Wang Yi",
    "Recipient Country": "CHN", "Placename": "Beijing", "Country": "CHN", "Latitude": "39.9075",
    "Longitude": "116.39723", "GeoNames ID": "1816670", "Source": "Example Wire", "Publication Date": "2023-03-11",
    "Language": "eng", "Version": "NGEC_coder-Vers001",
}  # fmt: skip
SAMPLE = {"gdelt": (gdelt, GDELT), "icews": (icews, ICEWS), "polecat": (polecat, POLECAT)}


@pytest.fixture(scope="module")
def exchange(reader: Reader) -> Exchange:
    return Exchange(reader.tables)


@pytest.fixture
def base(place: str) -> Iterator[Base]:
    with closing(open_base(place, write=True)) as one:
        with one.write():
            store.create(one)
        yield one


def cells(row: Row, columns: tuple[str, ...]) -> list[str]:
    assert set(row) <= set(columns)
    return [row.get(name, "") for name in columns]


def text(format_: str, *rows: Row, head: bool = True) -> str:
    """A file of a collection with these rows, changed from its sample where they say so."""
    module, sample = SAMPLE[format_]
    named = ["\t".join(module.COLUMNS)] if module.HEAD and head else []
    return "\n".join([*named, *("\t".join(cells({**sample, **row}, module.COLUMNS)) for row in rows)]) + "\n"


def read(
    format_: Provenance, content: str | bytes, tmp_path: Path, exchange: Exchange
) -> list[tuple[int, ForeignAct | BadRow]]:
    path = tmp_path / "file"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(FORMATS[format_](str(path), exchange))


def one(format_: Provenance, row: Row, tmp_path: Path, exchange: Exchange) -> ForeignAct:
    ((_, act),) = read(format_, text(format_, row), tmp_path, exchange)
    assert isinstance(act, ForeignAct), act
    return act


def bad(format_: Provenance, row: Row, tmp_path: Path, exchange: Exchange) -> str:
    ((_, act),) = read(format_, text(format_, row), tmp_path, exchange)
    assert isinstance(act, BadRow), act
    return str(act)


def test_gdelt_has_its_61_columns() -> None:
    assert len(gdelt.COLUMNS) == len(set(gdelt.COLUMNS)) == 61
    assert gdelt.COLUMNS[26] == "EventCode"
    assert gdelt.COLUMNS[59:] == ("DATEADDED", "SOURCEURL")
    assert len(icews.COLUMNS) == 20
    assert len(polecat.COLUMNS) == 40


def test_a_gdelt_event(tmp_path: Path, exchange: Exchange) -> None:
    act = one("gdelt", {}, tmp_path, exchange)
    assert (act.id, act.type, act.cameo, act.goldstein) == ("1100000001", "SUPPORT", "057", 8.0)
    assert (act.actors, act.recipients) == ([Party(code="SAU", name="SAUDI")], [Party(code="IRN", name="IRAN")])
    assert (act.when, act.published, act.reports) == ("2023-03-10", "2023-03-10T14:15:00Z", 7)
    assert act.where is not None
    assert (act.where.country, act.where.latitude) == ("CHN", 39.9289)
    assert act.fields == GDELT


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        (
            {
                "Actor1Code": "IGOUNO",
                "Actor1Name": "UNITED NATIONS",
                "Actor1CountryCode": "",
                "Actor1KnownGroupCode": "UNO",
            },
            ["UN"],
        ),
        ({"Actor1Code": "LBNREBHEZ", "Actor1CountryCode": "LBN", "Actor1KnownGroupCode": "HEZ"}, ["HEZBOLLAH"]),
        ({"Actor1CountryCode": "ROM"}, ["ROU"]),
        ({"Actor1CountryCode": "WSB"}, ["PSE"]),
        ({"Actor1CountryCode": "AFR", "Actor1Name": "AFRICA"}, [None]),
        ({"Actor1CountryCode": "", "Actor1Name": "EUROPEAN UNION", "Actor1Code": "IGO"}, ["EU"]),
        ({"Actor1CountryCode": "", "Actor1Name": "POLICE", "Actor1Code": "COP"}, [None]),
        ({"Actor1CountryCode": "", "Actor1Name": "", "Actor1Code": ""}, []),
    ],
)
def test_a_party_of_gdelt_in_our_codes(row: Row, codes: list[str | None], tmp_path: Path, exchange: Exchange) -> None:
    assert [party.code for party in one("gdelt", row, tmp_path, exchange).actors] == codes


def test_a_mere_statement_has_no_type(tmp_path: Path, exchange: Exchange) -> None:
    assert one("gdelt", {"EventCode": "010"}, tmp_path, exchange).type is None


def test_an_icews_event(tmp_path: Path, exchange: Exchange) -> None:
    act = one("icews", {"CAMEO Code": "112", "Event Text": "Accuse", "Intensity": "-2.0"}, tmp_path, exchange)
    assert (act.id, act.type, act.mode, act.goldstein) == ("20718170:2014-01-01", "ACCUSE", "disapprove", -2.0)
    assert act.actors == [Party(code="IND", name="Citizen (India)")]
    assert act.recipients == [Party(code="HEZBOLLAH", name="Hezbollah")]
    assert act.source == 'The "Daily" Example'
    assert "Target Sectors" not in act.fields


@pytest.mark.parametrize(
    ("code", "words", "cameo"),
    [
        ("014", "", "014"),
        ("14", "Protest", "14"),
        ("14", "Consider policy option", "014"),
        ("42", "Make a visit", "042"),
    ],
)
def test_zeros_lost_before_a_code_of_icews_come_back(
    code: str, words: str, cameo: str, tmp_path: Path, exchange: Exchange
) -> None:
    assert one("icews", {"CAMEO Code": code, "Event Text": words}, tmp_path, exchange).cameo == cameo


def test_a_polecat_event(tmp_path: Path, exchange: Exchange) -> None:
    act = one("polecat", {}, tmp_path, exchange)
    assert (act.type, act.mode, act.contexts) == ("CONSULT", "visit", ["diplomatic", "military"])
    assert [party.code for party in act.actors] == ["SAU", "IRN"]
    assert act.recipients == [Party(code="CHN", name="Wang Yi")]
    assert act.where is not None
    assert (act.where.geonames, act.where.country) == (1816670, "CHN")
    assert act.goldstein is None  # its intensity is another scale
    assert act.fields["Intensity"] == "4.0"


def test_a_mode_that_plover_lacks_is_left_in_its_column(tmp_path: Path, exchange: Exchange) -> None:
    act = one("polecat", {"Event Mode": "teleport"}, tmp_path, exchange)
    assert (act.mode, act.fields["Event Mode"]) == (None, "teleport")


@pytest.mark.parametrize(
    ("format_", "row", "cause"),
    [
        ("gdelt", {"GLOBALEVENTID": ""}, "no GLOBALEVENTID"),
        ("gdelt", {"SQLDATE": "20230231"}, "SQLDATE '20230231' is no date"),
        ("gdelt", {"SQLDATE": ""}, "SQLDATE '' is no date"),
        ("gdelt", {"EventCode": "999"}, "EventCode '999' is no CAMEO code"),
        ("gdelt", {"GoldsteinScale": "high"}, "GoldsteinScale 'high' is no number"),
        ("gdelt", {"GoldsteinScale": "nan"}, "GoldsteinScale 'nan' is no number"),
        ("gdelt", {"ActionGeo_Lat": "116.3"}, "ActionGeo_Lat '116.3' is no place on Earth"),
        ("gdelt", {"DATEADDED": "20230310251500"}, "DATEADDED '20230310251500' is no time"),
        ("icews", {"CAMEO Code": "13y"}, "CAMEO Code '13y' is none"),
        ("icews", {"Event Date": "1.1.2014"}, "Event Date '1.1.2014' is no date"),
        ("polecat", {"Event Type": "DANCE"}, "Event Type 'DANCE' is none of PLOVER's"),
        ("polecat", {"Event Date": "None"}, "Event Date '' is no date"),
    ],
)
def test_a_bad_row_says_why(format_: Provenance, row: Row, cause: str, tmp_path: Path, exchange: Exchange) -> None:
    assert bad(format_, row, tmp_path, exchange) == cause


def test_a_row_of_another_width_is_told_with_its_line_and_the_rest_goes_on(tmp_path: Path, exchange: Exchange) -> None:
    whole = text("gdelt", {"GLOBALEVENTID": "1"}, {"GLOBALEVENTID": "2"}, {"GLOBALEVENTID": "3"}).splitlines()
    whole[1] = whole[1].rsplit("\t", 1)[0]
    found = read("gdelt", "\n".join(whole), tmp_path, exchange)
    assert [number for number, _ in found] == [1, 2, 3]
    assert str(found[1][1]) == "60 columns, 61 wanted"
    assert [act.id for _, act in found if isinstance(act, ForeignAct)] == ["1", "3"]


@pytest.mark.parametrize("pack", ["gzip", "zip"])
def test_packed_files_are_read(pack: str, tmp_path: Path, exchange: Exchange) -> None:
    content = text("gdelt", {}).encode()
    path = tmp_path / "packed"
    if pack == "gzip":
        path.write_bytes(gzip.compress(content))
    else:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("20230310.export.CSV", content)
    assert [act for _, act in FORMATS["gdelt"](str(path), exchange)] == [one("gdelt", {}, tmp_path, exchange)]


def test_a_line_that_is_no_utf8_is_read_as_latin_1(tmp_path: Path, exchange: Exchange) -> None:
    ((_, act),) = read("icews", text("icews", {"City": "Bogotá"}).encode("latin-1"), tmp_path, exchange)
    assert isinstance(act, ForeignAct)
    assert act.fields["City"] == "Bogotá"


def test_a_polecat_head_with_more_names_than_columns_is_let_pass(tmp_path: Path, exchange: Exchange) -> None:
    """Some published files name columns that their rows do not have, others end their rows with empty cells."""
    head, row = text("polecat", {}).splitlines()
    for content in (f"{head}\tHeadline\tStory\n{row}\n", f"{head}\t\t\n{row}\t\t\n", f"Headline\t{head}\nA\t{row}\n"):
        ((_, act),) = read("polecat", content, tmp_path, exchange)
        assert act == one("polecat", {}, tmp_path, exchange)


def test_columns_in_another_order_and_commas_are_read(tmp_path: Path, exchange: Exchange) -> None:
    order = sorted(polecat.COLUMNS)
    row = ",".join(f'"{POLECAT.get(name, "")}"' for name in order)
    ((_, act),) = read("polecat", ",".join(order) + "\n" + row + "\n", tmp_path, exchange)
    assert act == one("polecat", {}, tmp_path, exchange)


@pytest.mark.parametrize(
    ("format_", "content", "cause"),
    [
        ("icews", "a\tb\n1\t2\n", "line 1: no column Event ID"),
        ("polecat", "", "line 1: no column Event ID"),
        ("polecat", b"Event ID,\r\x01", "line 1: no row of a table"),
        ("gdelt", b"\x00\x01\x02", "line 1: no table of text"),
        ("gdelt", b"\x1f\x8b\x08\x00broken", ""),
        ("gdelt", b"PK\x03\x04broken", "File is not a zip file"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused(
    format_: Provenance, content: str | bytes, cause: str, tmp_path: Path, exchange: Exchange
) -> None:
    with pytest.raises(FileError, match=f"{tmp_path}/file: .*{cause}"):
        read(format_, content, tmp_path, exchange)


def damaged_gzip() -> bytes:
    """A gzip file whose packed bytes are no longer such, though head and tail are."""
    good = gzip.compress(text("gdelt", {}).encode(), mtime=0)
    return good[:10] + b"\xff" * 20 + good[30:]


def zipped(method: int, flags: int) -> bytes:
    """A zip file whose head says that it is packed by that method, or encrypted (flag 1)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("events", text("gdelt", {}))
    data = bytearray(out.getvalue())
    middle = data.index(b"PK\x01\x02")
    for at in (6, middle + 8):  # the flags, with the method after them, in both heads
        data[at : at + 4] = struct.pack("<HH", flags, method)
    return bytes(data)


@pytest.mark.parametrize(
    ("content", "cause"),
    [(damaged_gzip(), "Error -3"), (zipped(0, 1), "encrypted"), (zipped(97, 0), "compression method")],
)
def test_a_packed_file_that_cannot_be_unpacked_is_refused(
    content: bytes, cause: str, tmp_path: Path, exchange: Exchange
) -> None:
    with pytest.raises(FileError, match=f"{tmp_path}/file: .*{cause}"):
        read("gdelt", content, tmp_path, exchange)


@pytest.mark.parametrize(("format_", "column"), [("gdelt", "NumArticles"), ("polecat", "GeoNames ID")])
@pytest.mark.parametrize("number", ["9223372036854775808", "1" + "0" * 30])
def test_a_number_too_large_to_keep_is_a_bad_row(
    format_: Provenance, column: str, number: str, tmp_path: Path, exchange: Exchange
) -> None:
    assert (
        bad(format_, {column: number}, tmp_path, exchange) == f"{column} '{number}' is no whole number that can be kept"
    )


def test_what_is_kept_comes_back_whole(base: Base, tmp_path: Path, exchange: Exchange) -> None:
    acts = [one(name, {}, tmp_path, exchange) for name in ("gdelt", "icews", "polecat")]
    assert list(store.add(base, acts)) == [(3, 0, 0)]
    assert list(store.each(base, ("gdelt", "icews", "polecat"))) == acts
    assert list(store.each(base, ("icews",))) == [acts[1]]
    assert list(store.each(base, ())) == []
    assert base.check() == []


def test_the_same_file_twice_changes_nothing_and_a_newer_one_replaces(
    base: Base, tmp_path: Path, exchange: Exchange
) -> None:
    first = one("gdelt", {}, tmp_path, exchange)
    newer = one("gdelt", {"Actor1CountryCode": "EGY"}, tmp_path, exchange)
    assert list(store.add(base, [first])) == [(1, 0, 0)]
    assert list(store.add(base, [first])) == [(0, 0, 1)]
    assert list(store.add(base, [newer])) == [(0, 1, 0)]
    assert list(store.each(base, ("gdelt",))) == [newer]
    assert store.count(base, ("gdelt",), Asked(parties=["SAU"])) == 0
    assert store.count(base, ("gdelt",), Asked(parties=["EGY"])) == 1


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        (Asked(parties=["SAU"]), ["2", "1"]),
        (Asked(parties=["IRN", "SAU"]), ["2", "1"]),
        (Asked(parties=["SAU", "USA"]), []),
        (Asked(actor="SAU"), ["1"]),
        (Asked(actor="IRN", recipient="SAU"), ["2"]),
        (Asked(recipient="IRN"), ["1", "3"]),
        (Asked(type="ACCUSE"), ["3"]),
        (Asked(low="2023-03-11"), ["2"]),
        (Asked(high="2023-03-09"), ["3"]),
        (Asked(), ["2", "1", "3"]),
    ],
)
def test_foreign_acts_are_found_by_party_type_and_day(
    asked: Asked, ids: list[str], base: Base, tmp_path: Path, exchange: Exchange
) -> None:
    rows: list[Row] = [
        {"GLOBALEVENTID": "1"},
        {"GLOBALEVENTID": "2", "SQLDATE": "20230312", "Actor1CountryCode": "IRN", "Actor2CountryCode": "SAU"},
        {"GLOBALEVENTID": "3", "SQLDATE": "20230301", "Actor1CountryCode": "USA", "EventCode": "112"},
    ]
    list(store.add(base, [one("gdelt", row, tmp_path, exchange) for row in rows]))
    assert [act.id for act in store.find(base, ("gdelt",), asked)] == ids
    assert store.count(base, ("gdelt",), asked) == len(ids)


CELL = st.one_of(
    st.text(max_size=8),
    st.sampled_from(["", "NULL", "20230310", "2023-03-10", "057", "CONSULT", "1e999", "1e30", "9" * 19, "-0", "inf"]),
)


@pytest.mark.parametrize("format_", ["gdelt", "icews", "polecat"])
@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_a_row_holds_it_is_an_act_or_a_bad_row(
    format_: Provenance, data: st.DataObject, exchange: Exchange
) -> None:
    """No row ends the import, and what is taken comes back from its packed form as it went in."""
    module, sample = SAMPLE[format_]
    changed = data.draw(st.dictionaries(st.sampled_from(module.COLUMNS), CELL, max_size=6))
    row = [{**sample, **changed}.get(name, "") for name in module.COLUMNS]
    act = None
    with contextlib.suppress(BadRow):
        act = module.act(row, exchange)
    assert act is None or msgspec.msgpack.decode(msgspec.msgpack.encode(act), type=ForeignAct) == act


@given(content=st.binary(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_a_file_holds_it_is_read_or_refused(content: bytes, tmp_path: Path, exchange: Exchange) -> None:
    path = tmp_path / "any"
    path.write_bytes(content)
    for read_file in FORMATS.values():
        told = f"{path}: "
        try:
            list(read_file(str(path), exchange))
        except FileError as error:
            told = str(error)
        assert told.startswith(f"{path}: ")
        assert "\n" not in told
