"""Quantities and numerals: every case under cases/quantity, and what must hold for any text at all."""

from __future__ import annotations

import re
import time
import tomllib
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attache.lexicon.fold import fold
from attache.lexicon.raw import LexiconError
from attache.read.quantity.find import QuantityHit, find_quantities, load_units
from attache.read.quantity.number import amount, chinese, number
from attache.read.quantity.numbers import find_numbers
from attache.read.quantity.scan import Value
from attache.record import Bound

HOME = Path(__file__).parents[2]
LEXICON = HOME / "src/attache/lexicon"
TABLE = load_units(LEXICON)
CASES = [
    pytest.param(case, id=f"{path.stem}-{i}")
    for path in sorted((HOME / "cases/quantity").glob("*.toml"))
    for i, case in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["case"])
]


def show(hit: QuantityHit) -> list[Value | str | None]:
    """A hit in the shape of the case files."""
    shown: list[Value | str | None] = [
        hit.text,
        hit.value,
        hit.unit or "",
        hit.bound,
        "" if hit.high is None else hit.high,
        hit.what or "",
    ]
    while shown[-1] == "":
        shown.pop()
    return shown


@pytest.mark.parametrize("case", CASES)
def test_case(case: dict[str, Any]) -> None:
    assert [show(hit) for hit in find_quantities(fold(case["text"]).text, TABLE)] == case["quantities"]


NUMBERS = {
    "3,500": 3500, "1.5亿": 150000000, "1亿2000万": 120000000, "3万5千": 35000, "三千五百万": 35000000,
    "二〇二五": 2025, "三万五": 35000, "一百零五": 105, "十二": 12, "廿五": 25, "两百五": 250, "七亿三千万": 730000000,
    "一万零三": 10003, "7.75亿": 775000000, "八点九": 8.9, "二万亿": 2000000000000, "0.1": 0.1, "36万8,000": 368000,
    "百": 100,
}  # fmt: skip


@pytest.mark.parametrize("text", NUMBERS)
def test_number(text: str) -> None:
    assert number(text) == NUMBERS[text]


@pytest.mark.parametrize("text", ["", "点五", "五点", "abc", "1.2.3", "九" * 30, "三三十"])
def test_no_number(text: str) -> None:
    assert number(text) is None


AMOUNTS = {
    "数十": (20, 99),
    "几": (2, 9),
    "数十万": (200000, 999999),
    "十几": (11, 19),
    "二十几": (21, 29),
    "两三百": (200, 300),
    "三五": (3, 5),
    "十七八": (17, 18),
    "五十": (50, None),
}


@pytest.mark.parametrize("text", AMOUNTS)
def test_amount(text: str) -> None:
    assert amount(text) == AMOUNTS[text]


def spell(value: int) -> str:
    """A whole number below 10^8 in Chinese numerals by place."""
    digits = "零一二三四五六七八九"

    def section(part: int) -> str:
        out, gap = "", False
        for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit = part // unit % 10
            if digit:
                out += ("零" if gap and out else "") + digits[digit] + name
            gap = not digit
        return out

    high, low = divmod(value, 10000)
    if not high:
        return section(low)
    return section(high) + "万" + (("零" if low < 1000 else "") + section(low) if low else "")


@given(st.integers(1, 99_999_999))
def test_spelled_numbers_come_back(value: int) -> None:
    assert chinese(spell(value)) == value


@given(st.integers(1, 10**9), st.sampled_from(["人", "美元", "公里", "架", "%"]))
def test_figures_come_back(value: int, unit: str) -> None:
    hits = find_quantities(f"据称{value:,}{unit}，", TABLE)
    assert [hit.value for hit in hits] == [value]


PIECES = st.sampled_from(
    [
        "0",
        "1",
        "3",
        "7.5",
        "25",
        "3,000",
        "一",
        "三",
        "两",
        "十",
        "百",
        "千",
        "万",
        "亿",
        "兆",
        "数",
        "几",
        "半",
        "多",
        "余",
        "来",
        "十几",
        "上千",
        "两位数",
        "数以千计",
        "逾",
        "近",
        "约",
        "至少",
        "不超过",
        "左右",
        "以上",
        "至",
        "到",
        "-",
        "、",
        ",",
        ".",
        "%",
        "成",
        "百分之",
        "分之",
        "个百分点",
        "美元",
        "元",
        "欧元",
        "$",
        "新台币",
        "人",
        "名",
        "个",
        "架",
        "枚",
        "公里",
        "吨",
        "年",
        "天",
        "小时",
        "票",
        "赞成",
        "第",
        "届",
        "的",
        "俄罗斯",
        "导弹",
        "国家",
        "，",
        "。",
        "点",
        "壹",
        "拾",
        "仟",
        "廿",
        "俩",
        "负",
        "零下",
        "度",
        "又",
        "打",
        "折",
        "千分之",
        "万分之",
        "/",
        "^",
        "e5",
        "k",
        "½",
        "块",
        "角",
        "毛",
        "比索",
        "卢比",
        "菲律宾",
        "USD",
        " million",
        "对",
        "比",
        "第三大",
        "排名",
        "一半",
        "翻番",
        "过",
        "时速",
        "个多",
        "一切",
        "·",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=60), st.lists(PIECES, max_size=16).map("".join), st.lists(PIECES, max_size=12).map(" ".join)
)


@settings(max_examples=1500, deadline=None)
@given(TEXTS)
def test_any_text(text: str) -> None:
    folded = fold(text).text
    end = 0
    for hit in find_quantities(folded, TABLE):
        assert folded[hit.start : hit.end] == hit.text
        assert end <= hit.start < hit.end <= len(folded)
        end = hit.end
        assert hit.bound in get_args(Bound)
        assert hit.value is not None
        assert hit.value >= 0 or hit.unit in ("percent", "percentage point", "per mille", "degC", "degF")
        assert hit.high is None or hit.high > hit.value
        assert hit.high is None or hit.bound in ("between", "at least", "at most")
        assert (
            hit.what is None or folded.find(hit.what, end) in (end, end + 1) or folded[: hit.start].endswith(hit.what)
        )


BARE: dict[str, list[tuple[Value, Value | None]]] = {
    "7万5千4百、五兆六十二亿和40k": [(75400, None), (5006200000000, None), (40000, None)],
    "壹佰贰拾、廿五、俩、三又四分之一": [(120, None), (25, None), (2, None), (3.25, None)],
    "1/2、1 3/5、½和3½": [(0.5, None), (1.6, None), (0.5, None), (3.5, None)],
    "负三十二，-1.5，--9": [(-32, None), (-1.5, None), (9, None)],
    "2^5、2e5、1e-2": [(32, None), (200000, None), (0.01, None)],
    "五百余万人、二十几万人、两三百人": [(5000000, None), (200000, 299999), (200, 300)],
    "十打鸡蛋，一打开就少": [(120, None), (1, None)],
    "三 百 五 十 和 7 万 5 千": [(350, None), (75000, None)],
    "八点九，2.5M，1,234.5": [(8.9, None), (2500000, None), (1234.5, None)],
    "一切都好，放肆的四川队伍登陆五台山": [],
    "万一如此，美味十足，5G和A123无关，24/03/2022": [],
    "零分之一，3/0，两两": [],
    "12,34,567.8.9": [(12, None), (34, None), (567, None), (8, None), (9, None)],
    "9" * 400: [],
    "一万" * 60: [],
}


@pytest.mark.parametrize("text", BARE)
def test_bare_numerals(text: str) -> None:
    assert [(hit.value, hit.high) for hit in find_numbers(fold(text).text)] == BARE[text]


@settings(max_examples=1500, deadline=None)
@given(TEXTS)
def test_any_text_has_sound_numerals(text: str) -> None:
    folded = fold(text).text
    end = 0
    for hit in find_numbers(folded, TABLE):
        assert folded[hit.start : hit.end] == hit.text
        assert end <= hit.start < hit.end <= len(folded)
        end = hit.end
        assert abs(hit.value) < float("inf")
        assert hit.high is None or hit.high > hit.value


@given(st.integers(1, 99_999_999))
def test_spelled_numbers_are_found(value: int) -> None:
    assert [hit.value for hit in find_numbers(f"共计{spell(value)}。", TABLE)] == [value]


BANKERS = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")


@given(st.integers(11, 99_999_999))
def test_bankers_numerals_mean_the_same(value: int) -> None:
    words = spell(value)
    found = [[hit.value for hit in find_numbers(f"计{one}元", TABLE)] for one in (words, words.translate(BANKERS))]
    assert found[0] == found[1] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "9" * 400 + "人",
        "1" * 20000,
        "一" * 20000,
        "3," * 10000,
        "百分之" * 5000,
        "1,000" * 5000,
        "数" * 9000,
        "一万" * 9000,
        "1/" * 9000,
        "一又" * 9000,
        "三成" * 9000,
        "$1 " * 7000,
        "1至" * 9000,
        "负-" * 9000,
        "2^" * 9000,
        "比索" * 9000 + "5比索",
    ],
)
def test_long_runs_are_fast(text: str) -> None:
    start = time.perf_counter()
    find_quantities(text, TABLE)
    find_numbers(text, TABLE)
    assert time.perf_counter() - start < 2


def test_400_digits_are_no_quantity() -> None:
    assert find_quantities("据称" + "9" * 400 + "人", TABLE) == []


BROKEN = {
    "unknown key": ('[[money]]\ncode = "USD"', '[[money]]\ncolour = 1\ncode = "USD"', "colour"),
    "name twice": ('zh = ["欧元"]', 'zh = ["欧元", "美元"]', "美元"),
    "unknown bound": ("[bound.after]", '[bound.after]\nnever = ["从未"]', "never"),
    "word twice": ('over = ["逾",', 'over = ["逾", "近",', "近"),
    "no range": ('"上百" = [100, 0]', '"上百" = [100, 9]', "上百"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_units_are_refused(name: str, tmp_path: Path) -> None:
    old, new, word = BROKEN[name]
    source = (LEXICON / "lang/zh/units.toml").read_text(encoding="utf-8")
    assert old in source
    (tmp_path / "lang/zh").mkdir(parents=True)
    (tmp_path / "lang/zh/units.toml").write_text(source.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LexiconError, match=re.escape(word)) as error:
        load_units(tmp_path)
    assert "units.toml" in str(error.value)
