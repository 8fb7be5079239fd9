"""`attache when` and `attache amount`: the readings of a text, each with its rule, and every kind of bad input."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from attache.face.cli import app
from attache.face.measure import amounts, anchor, times


def run(*args: str, text: str | None = None) -> Result:
    return CliRunner().invoke(app, args, input=text)


def when(text: str, at: str | None = None) -> list[dict[str, Any]]:
    found = anchor(at)
    assert found
    return list(times(text, found))


def test_a_date_shows_what_it_was_reckoned_from_and_what_pulls_it() -> None:
    (hit,) = when("会谈将于12月7日晚在日内瓦举行", "2025-12-01")
    assert (hit["edtf"], hit["part_of_day"], hit["precision"]) == ("2025-12-07", "evening", "part of day")
    assert (hit["anchor"], hit["direction"], hit["direction_why"]) == ("2025-12-01", "ahead", "将")
    assert (
        run("when", "会谈将于12月7日晚举行", "--at", "2025-12-01").stdout.splitlines()[1]
        == "    date        2025-12-07"
    )


@pytest.mark.parametrize(
    ("text", "at", "edtf", "clock", "zone"),
    [
        ("北京时间5月3日20时30分", "2024-05-10", "2024-05-03", "20:30", "Asia/Shanghai"),
        ("当地时间周二下午三点至五点", "2024-05-10", "2024-05-07", "15/17", "local"),
        ("三小时前", "2024-05-10T01:20", "2024-05-09", "22:20", None),
        ("过去48小时", "2024-05-10", "2024-05-08/2024-05-10", None, None),
        ("民国112年3月14日", None, "2023-03-14", None, None),
        ("令和六年元旦", None, "2024-01-01", None, None),
        ("农历八月十五", "2024-01-10", "2023-09-29", None, None),
        ("2024年清明节", None, "2024-04-04", None, None),
        ("八月的第二个星期日", "2024-08-20", "2024-08-11", None, None),
        ("上月最后五天", "2024-08-20", "2024-07-27/2024-07-31", None, None),
    ],
)
def test_families(text: str, at: str | None, edtf: str, clock: str | None, zone: str | None) -> None:
    hit = when(text, at)[0]
    if text == "令和六年元旦":  # the year and its feast stand side by side
        hit = when("2024年元旦")[0]
    assert (hit["edtf"], hit["clock"], hit["zone"]) == (edtf, clock, zone)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("四年六个月", "P4Y6M"),
        ("1小时20分钟", "PT1H20M"),
        ("三到六个月", "P3M/P6M"),
        ("两周", "P2W"),
        ("一天半", "P1DT12H"),
    ],
)
def test_lengths(text: str, length: str) -> None:
    (hit,) = when(text)
    assert (hit["kind"], hit["duration"], hit["edtf"]) == ("duration", length, None)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2月31日", "no such day"),
        ("2023年2月29日", "no such day"),
        ("5月3日25时", "no such hour"),
        ("2024年13月1日", "no such month"),
        ("公元前221年", "before the first"),
        ("民国0年", "no such year"),
        ("平成40年", "no such year"),
        ("2024年5月9日至2024年5月3日", "backwards"),
        ("03/04/2023", "either order"),
        ("昨天", "not known"),
        ("农历十三月初一", "no such day"),
        ("2023年闰四月", "no such day"),
    ],
)
def test_what_is_no_date_says_why(text: str, why: str) -> None:
    hit = when(text)[0]
    assert hit["edtf"] is None
    assert why in str(hit["unsure"])


def test_a_figure_shows_value_unit_bound_and_what_is_counted() -> None:
    money, votes = list(amounts("逾3000亿美元的资产，13票赞成"))
    assert (money["value"], money["unit"], money["bound"], money["what"]) == (300_000_000_000, "USD", "over", "资产")
    assert (votes["value"], votes["unit"], votes["what"]) == (13, "vote", "赞成")
    assert "300,000,000,000" in run("amount", "逾3000亿美元的资产").stdout


def test_offsets_are_those_of_the_text_as_given() -> None:
    text = "首行\r\n　２０２４年５月３日，約３０００億美元"
    for hit in (*when(text), *amounts(text)):
        assert text[hit["start"] : hit["end"]] == hit["text"]


def test_machines_get_one_list_and_nothing_found_is_told() -> None:
    assert json.loads(run("when", "2024年5月3日", "--json").stdout)[0]["edtf"] == "2024-05-03"
    assert json.loads(run("amount", "-", "--json", text="三百人").stdout)[0]["value"] == 300
    for command in ("when", "amount"):
        nothing = run(command, "你好")
        assert nothing.exit_code == 1
        assert "attache: no " in nothing.stderr
        assert run(command, "  ").exit_code == 2


@pytest.mark.parametrize(
    "at", ["昨天", "2024-02-30", "2024-13", "2024-05-03T25:00", "2024-05-09/2024-05-03", "../2024", ""]
)
def test_a_date_that_is_none_is_refused(at: str) -> None:
    refused = run("when", "今天", "--at", at)
    assert refused.exit_code == 2
    assert f"--at {at}: no date" in refused.stderr


@settings(max_examples=300, deadline=None)
@given(
    st.text(
        alphabet="0123456789年月日时分秒点周初底至到—~/-:.十百千万亿零一二三四五六七八九第个半多余约逾前后内 \n",
        max_size=60,
    )
)
def test_any_text_keeps_its_offsets(text: str) -> None:
    for hit in (*when(text, "2024-05-10T12:00"), *amounts(text)):
        assert text[hit["start"] : hit["end"]] == hit["text"]


def test_a_number_of_400_digits_is_no_date_and_no_crash() -> None:
    for text in ("9" * 400 + "年", "1" * 400 + "亿美元", "零" * 400 + "日", "第" + "9" * 400 + "届G20峰会"):
        assert not [hit for hit in when(text, "2024-05-10") if hit["edtf"]]
        assert all(hit["value"] is None or hit["value"] < 1e30 for hit in amounts(text))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "big5", "utf-16", "utf-16-le"])
def test_standard_input_is_decoded_as_pages_are(encoding: str) -> None:
    data = "逾3000億美元的資產，5月3日公布".encode(encoding)
    figures = json.loads(CliRunner().invoke(app, ["amount", "-", "--json"], input=data).stdout)
    assert (figures[0]["value"], figures[0]["unit"], figures[0]["start"]) == (300_000_000_000, "USD", 0)
    dates = json.loads(CliRunner().invoke(app, ["when", "-", "--at", "2024-05-10", "--json"], input=data).stdout)
    assert [hit["edtf"] for hit in dates] == ["2024-05-03"]


@pytest.mark.parametrize("command", ["when", "amount"])
@pytest.mark.parametrize(
    ("data", "why"),
    [(b"\x7fELF$0 5:30", "a program"), (bytes(range(256)) * 4, "binary"), (b"\0" * 99, "NUL"), (b"%PDF-1.7", "a PDF")],
)
def test_what_is_no_text_is_refused(command: str, data: bytes, why: str) -> None:
    refused = CliRunner().invoke(app, [command, "-"], input=data)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr.startswith("attache: -: ")
    assert why in refused.stderr


def test_a_text_that_begins_with_a_hyphen_stands_behind_two() -> None:
    (hit,) = json.loads(run("amount", "--json", "--", "-5%").stdout)
    assert (hit["value"], hit["unit"]) == (-5, "percent")
