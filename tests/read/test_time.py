"""Times: every case under cases/time, and what must hold for any text at all."""

from __future__ import annotations

import re
import time
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attache.lexicon.fold import fold
from attache.lexicon.raw import LexiconError
from attache.read.time.find import NO_CONTEXT, Anchor, TimeHit, find_times, load_times, read_times

HOME = Path(__file__).parents[2]
LEXICON = HOME / "src/attache/lexicon"
TABLE = load_times(LEXICON)
CASES = [
    pytest.param(case, id=f"{path.stem}-{i}")
    for path in sorted((HOME / "cases/time").glob("*.toml"))
    for i, case in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["case"])
]
ATOM = r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?~?"
EDTF = re.compile(rf"{ATOM}(?:/(?:{ATOM}|\.\.))?|\.\./{ATOM}")


def show(hit: TimeHit) -> list[str]:
    """A hit in the shape of the case files."""
    if hit.unsure:
        return [hit.text, "", "unsure"]
    if hit.edtf is None:
        return [hit.text, "", hit.kind]
    return [hit.text, hit.edtf, "occasion"] if hit.kind == "occasion" else [hit.text, hit.edtf]


@pytest.mark.parametrize("case", CASES)
def test_case(case: dict[str, Any]) -> None:
    anchor, context = Anchor(case["anchor"], "publish date"), NO_CONTEXT
    for sentence in case.get("before", []):
        context = read_times(fold(sentence).text, anchor, TABLE, context).context
    hits = read_times(fold(case["text"]).text, anchor, TABLE, context).hits
    assert [show(hit) for hit in hits] == case["times"]


PIECES = st.sampled_from(
    [
        "0",
        "1",
        "2",
        "3",
        "7",
        "12",
        "25",
        "31",
        "99",
        "2014",
        "2025",
        "〇",
        "一",
        "三",
        "十",
        "廿",
        "百",
        "年",
        "月",
        "日",
        "号",
        "时",
        "点",
        "分",
        "周",
        "星期",
        "上",
        "下",
        "本",
        "这",
        "去年",
        "今天",
        "当日",
        "次日",
        "初",
        "底",
        "中旬",
        "年底",
        "至",
        "到",
        "-",
        "—",
        "~",
        "/",
        ".",
        ":",
        "自",
        "从",
        "截至",
        "约",
        "左右",
        "以来",
        "前",
        "后",
        "内",
        "将",
        "已",
        "过去",
        "未来",
        "近",
        "两",
        "半",
        "几",
        "多",
        "个",
        "天",
        "小时",
        "季度",
        "世纪",
        "年代",
        "民国",
        "第",
        "届",
        "慕尼黑安全会议",
        "圣诞节",
        "春节",
        "G20峰会",
        "农历",
        "（",
        "）",
        "，",
        "。",
        "、",
        "和",
        "同期",
        "上午",
        "当地时间",
        "每",
        "战后",
        "日前",
        ".",
        "May",
        "December",
        "Friday",
        "ago",
        "last",
        "since",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=60), st.lists(PIECES, max_size=16).map("".join), st.lists(PIECES, max_size=12).map(" ".join)
)
ANCHORS = st.sampled_from(
    [
        None,
        "2025-12-08",
        "2024-02-29",
        "2025-12",
        "2025",
        "2025-12-07/2026-03-12",
        "../2026-02-18",
        "2020/..",
        "rubbish",
        "9999-12-31",
        "1000-01-01",
    ]
)


def real(year: str, month: str | None, day: str | None) -> bool:
    """Whether the parts of an EDTF date are a real day, month or year."""
    if month is None:
        return 1 <= int(year) <= 9999
    return bool(date(int(year), int(month), int(day or 1)))


@settings(max_examples=1500, deadline=None)
@given(TEXTS, ANCHORS)
def test_any_text(text: str, anchor: str | None) -> None:
    folded = fold(text).text
    end = 0
    for hit in find_times(folded, Anchor(anchor, "test"), TABLE):
        assert folded[hit.start : hit.end] == hit.text
        assert end <= hit.start < hit.end <= len(folded)
        end = hit.end
        if hit.edtf is None:
            assert hit.unsure or hit.kind in ("vague", "duration", "set")
            continue
        assert hit.unsure is None
        match = EDTF.fullmatch(hit.edtf)
        assert match, hit.edtf
        groups = match.groups()
        for at in range(0, 9, 3):
            assert groups[at] is None or real(*groups[at : at + 3])
        first, slash, last = hit.edtf.replace("~", "").partition("/")
        same = min(len(first), len(last), 7)  # 0999-12-11/0999: no finer than both ends are told
        assert not slash or ".." in (first, last) or first[:same] <= last[:same]


@given(st.integers(1001, 2999), st.integers(0, 13), st.integers(0, 32))
def test_only_real_days(year: int, month: int, day: int) -> None:
    """A full date reads as itself, or, where there is no such day, as no day at all."""
    readings = [h.edtf for h in find_times(f"会议{year}年{month}月{day}日举行。", Anchor("2025-12-08", "test"), TABLE)]
    try:
        expected = date(year, month, day).isoformat()
    except ValueError:
        assert not any(edtf and edtf.startswith(f"{year}-{month:02}-") for edtf in readings)
    else:
        assert readings == [expected]


@pytest.mark.parametrize(
    "text", ["9" * 400 + "日", "一" * 5000, "12月" * 2000, "2014年至" * 2000, "(" * 5000, "1:" * 4000, "上" * 5000]
)
def test_long_runs_are_fast(text: str) -> None:
    start = time.perf_counter()
    find_times(text, Anchor("2025-12-08", "test"), TABLE)
    assert time.perf_counter() - start < 2


def test_anchor_is_told_only_where_used() -> None:
    hits = find_times("2014年和昨天，", Anchor("2025-12-08", "publish date"), TABLE)
    assert [(h.anchor, h.anchor_why) for h in hits] == [(None, None), ("2025-12-08", "publish date")]


def test_context_is_carried_not_kept() -> None:
    first = read_times("谈判12月4日举行。", Anchor("2026-03-08", "x"), TABLE)
    again = read_times("5日继续。", Anchor("2026-03-08", "x"), TABLE, first.context)
    alone = read_times("5日继续。", Anchor("2026-03-08", "x"), TABLE)
    assert (again.hits[0].edtf, alone.hits[0].edtf) == ("2025-12-05", "2026-03-05")


BROKEN = {
    "unknown key": (
        "calendar/x.toml",
        '[[occasion]]\nid = "x"\nzh = []\nen = []\nyearly = "01-01"\ncolour = 1\n',
        "colour",
    ),
    "no such day": ("calendar/x.toml", '[[occasion]]\nid = "x"\nzh = []\nen = []\nyearly = "02-31"\n', "occasion x"),
    "neither": ("calendar/x.toml", '[[occasion]]\nid = "x"\nzh = ["某会"]\nen = []\n', "occasion x"),
    "name twice": ("calendar/x.toml", '[[occasion]]\nid = "x"\nzh = ["慕安会"]\nen = []\nyearly = "01-01"\n', "msc"),
    "id twice": ("calendar/x.toml", '[[occasion]]\nid = "msc"\nzh = []\nen = []\nyearly = "01-01"\n', "msc"),
    "backwards": (
        "calendar/x.toml",
        '[[occasion]]\nid = "x"\nzh = []\nen = []\neditions = [{ when = "2025-02-03/2025-02-01" }]\n',
        "2025-02-03/2025-02-01",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_calendar_is_refused(name: str, tmp_path: Path) -> None:
    file, content, word = BROKEN[name]
    for folder in ("calendar", "lang/zh"):
        (tmp_path / folder).mkdir(parents=True)
    for path in [*(LEXICON / "calendar").glob("*.toml"), LEXICON / "lang/zh/times.toml"]:
        (tmp_path / path.relative_to(LEXICON)).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    assert load_times(tmp_path).names["zh"].keys() == TABLE.names["zh"].keys()
    (tmp_path / file).write_text(content, encoding="utf-8")
    with pytest.raises(LexiconError, match=re.escape(word)) as error:
        load_times(tmp_path)
    assert "x.toml" in str(error.value)


def test_broken_words_are_refused(tmp_path: Path) -> None:
    (tmp_path / "lang/zh").mkdir(parents=True)
    words = (LEXICON / "lang/zh/times.toml").read_text(encoding="utf-8")
    (tmp_path / "lang/zh/times.toml").write_text(words.replace("vague = [", 'vague = ["日前", '), encoding="utf-8")
    with pytest.raises(LexiconError, match=r"times\.toml.*vague.*日前"):
        load_times(tmp_path)
