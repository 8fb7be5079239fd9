"""Pages: every case under cases/page, what never changes its parts, and what must hold for any text at all."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from attache.lexicon.raw import LexiconError
from attache.read.page.assemble import language_of, load_page_words, read_page
from attache.read.page.capture import CaptureRead, read_capture
from attache.read.page.dates import find_dates, find_ending, find_yearless
from attache.record import Page

HOME = Path(__file__).parents[2]
LEXICON = HOME / "src/attache/lexicon"
WORDS = load_page_words(LEXICON)
CASES = sorted((HOME / "cases/page").glob("*.toml"))
TEXTS = sorted((HOME / "cases/page").glob("*.txt"))


def source(case: Path) -> Path:
    return next(path for path in case.parent.glob(f"{case.stem}.*") if path.suffix != ".toml")


def take_apart(data: bytes, uri: str = "a", **given: Any) -> tuple[CaptureRead, Page]:
    read = read_capture(data, uri, **given)
    return read, read_page(read, WORDS)


def kinds(page: Page) -> list[str]:
    return [part.kind for part in page.parts if part.kind != "blank"]


def words_of(read: CaptureRead, page: Page, *wanted: str) -> list[str]:
    return [read.capture.text[part.start : part.end] for part in page.parts if part.kind in wanted]


def assert_covers(read: CaptureRead, page: Page) -> None:
    at = 0
    for part in page.parts:
        assert part.start == at < part.end
        at = part.end
    assert at == len(read.capture.text)


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_case(case: Path) -> None:
    """A page gives the parts, fields and data that its case names."""
    expected = tomllib.loads(case.read_text(encoding="utf-8"))
    read, page = take_apart(source(case).read_bytes(), source(case).name)
    assert kinds(page) == expected["kinds"]
    assert page.title == expected["title"]
    assert page.outlet == expected.get("outlet")
    assert page.account == expected.get("account")
    assert page.authors == expected["authors"]
    assert page.language == expected["language"]
    assert (page.published.edtf, page.published.basis) == (expected.get("published"), expected["basis"])
    for entry in expected.get("fields", []):
        assert entry["is"] in [part.fields for part in page.parts if part.kind == entry["kind"]]
    assert_covers(read, page)


def test_every_page_has_its_case() -> None:
    pages = {path.stem for path in (HOME / "cases/page").iterdir() if path.suffix != ".toml"}
    assert pages == {case.stem for case in CASES}


ASCII = str.maketrans("，：；？！（）。“”", ',:;?!().""')
WIDE = str.maketrans({",": "，", ";": "；", "?": "？", "!": "！"})
VARIANTS: dict[str, Callable[[str], str]] = {
    "crlf": lambda text: text.replace("\n", "\r\n"),
    "ascii": lambda text: text.translate(ASCII),
    "wide": lambda text: text.translate(WIDE),
    "traditional": OpenCC("s2t").convert,
    "simplified": OpenCC("t2s").convert,
    "indented": lambda text: text.replace("\n", "\n\u3000\u3000"),
    "invisible": lambda text: "\n".join(
        line[:2] + "\u200b" + line[2:] + "\ufeff" if line else line for line in text.split("\n")
    ),
}


@pytest.mark.parametrize("name", VARIANTS)
@pytest.mark.parametrize("path", [p for p in TEXTS if p.stem != "english"], ids=lambda path: path.stem)
def test_ways_of_writing_change_no_part(path: Path, name: str) -> None:
    text = path.read_text(encoding="utf-8")
    _, plain = take_apart(text.encode())
    read, varied = take_apart(VARIANTS[name](text).encode())
    assert kinds(varied) == kinds(plain)
    assert varied.published.edtf == plain.published.edtf
    assert varied.outlet == plain.outlet
    assert_covers(read, varied)


def test_parts_are_the_lines_without_their_edges() -> None:
    read, page = take_apart("题目在这里\n2024-05-01\n\n  　第一段说了一件事。  \r\n第二段说了另一件事。\n".encode())
    assert words_of(read, page, "paragraph") == ["第一段说了一件事。", "第二段说了另一件事。"]
    assert words_of(read, page, "title") == ["题目在这里"]


def test_only_the_article_of_an_html_page_is_read_as_text() -> None:
    read, page = take_apart((HOME / "cases/page/report.html").read_bytes())
    body = "".join(words_of(read, page, "paragraph", "heading"))
    assert "共同管理湄公河口的航道" in body
    for furniture in ("无关文字", "首页", "希望航道", "上游水位", "版权"):
        assert furniture not in body


def test_an_article_is_not_lost_beside_longer_summaries_of_others() -> None:
    others = "".join(
        f"<li><a href='/{i}'>别处的一条新闻标题{i}</a><p>这是另一篇文章的摘要，写得比正文还要长，"
        f"说了很多与本页无关的事情，读者不应把它当作正文。第{i}条。</p><span><a>评论</a></span></li>"
        for i in range(30)
    )
    data = (
        "<html><head><title>港口今晨恢复通航_某网</title></head><body><div class='top'><a href='/'>首页</a></div>"
        "<div><h1>港口今晨恢复通航</h1><div class='c'>"
        "<p>海事部门说，停航三天的港口今晨恢复通航，首批离港的是四艘渡轮。</p>"
        f"<p>码头工人表示，积压的货物还要两天才能运完。</p></div></div><ul class='list'>{others}</ul></body></html>"
    )
    read, page = take_apart(data.encode())
    assert page.title == "港口今晨恢复通航"
    assert words_of(read, page, "paragraph") == [
        "海事部门说，停航三天的港口今晨恢复通航，首批离港的是四艘渡轮。",
        "码头工人表示，积压的货物还要两天才能运完。",
    ]


@pytest.mark.parametrize(
    ("head", "outlet"),
    [
        ("<title>港口今晨恢复通航 - 南岬日报</title>", "南岬日报"),
        ("<title>磺溪時報 - 國際 - 港口今晨恢复通航</title>", "磺溪時報"),
        (
            "<meta property='og:site_name' content='The Harbour Ledger'><title>港口今晨恢复通航</title>",
            "The Harbour Ledger",
        ),
        ("<title>港口今晨恢复通航 - 渡轮明日加班</title>", None),
    ],
)
def test_a_site_that_no_list_knows_is_called_what_it_calls_itself(head: str, outlet: str | None) -> None:
    data = (
        f"<html><head>{head}<meta name='author' content='顾砚'></head><body><article><h1>港口今晨恢复通航</h1>"
        "<div>顾砚 2023-08-19 11:30</div><p>海事部门说，停航三天的港口今晨恢复通航，首批离港的是四艘渡轮。</p>"
        "<p>码头工人表示，积压的货物还要两天才能运完。</p></article></body></html>"
    )
    _, page = take_apart(data.encode())
    assert (page.outlet, page.authors) == (outlet, ["顾砚"])


def test_a_label_without_a_value_gives_no_name() -> None:
    text = "港口今晨恢复通航\n来源： 发布时间：2022-08-03 作者： 编辑：未知\n海事部门说，停航三天的港口今晨恢复通航。\n"
    _, page = take_apart(text.encode())
    assert (page.outlet, page.authors) == (None, [])


def test_a_label_in_traditional_script_is_no_outlet() -> None:
    text = "港口今晨恢復通航\n發布時間：2022年8月3日 14:05\n海事部門說，停航三天的港口今晨恢復通航，渡輪先行。\n"
    assert take_apart(text.encode())[1].outlet is None


def test_no_date_is_made_up() -> None:
    text = (
        "两国重开口岸\n\n口岸关闭了两年。2019年5月3日以前，每天有三百辆卡车从这里经过。\n双方说，明年还要再开一处。\n"
    )
    _, page = take_apart(text.encode())
    assert (page.published.edtf, page.published.basis) == (None, "unknown")


def test_the_times_of_recommended_pages_are_not_the_date_of_the_page() -> None:
    _, page = take_apart((HOME / "cases/page/platform.txt").read_bytes())
    assert page.published.edtf is None


def test_when_a_page_was_fetched_is_not_its_date() -> None:
    _, page = take_apart((HOME / "cases/page/platform.txt").read_bytes(), captured_at="2025-06-14T09:00:00Z")
    assert (page.published.edtf, page.published.basis) == (None, "unknown")


@pytest.mark.parametrize(
    ("captured_at", "edtf"),
    [("2024-11-02T08:00:00Z", "2024-10-08T12:00:00"), ("2024-03-01", "2023-10-08T12:00:00"), (None, None)],
)
def test_a_date_without_a_year_takes_it_from_the_capture_only(captured_at: str | None, edtf: str | None) -> None:
    text = "山谷里的新邮路开通了\n发布时间：10-08 12:00\n\n邮递员说，这条路走了三年才修通。现在每周有两趟车。\n"
    _, page = take_apart(text.encode(), captured_at=captured_at)
    assert page.published.edtf == edtf
    assert [span.text for span in page.published.evidence] == ["发布时间：10-08 12:00"]


def test_a_stated_date_has_its_words_as_evidence() -> None:
    read, page = take_apart((HOME / "cases/page/portal.txt").read_bytes())
    (span,) = page.published.evidence
    assert span.text == read.capture.text[span.start : span.end] == "2022-09-14 10:22"


def test_meta_data_date_a_page_that_shows_none() -> None:
    data = (
        "<html><head><title>题目在这里</title>"
        '<meta property="article:published_time" content="2021-02-03T04:05:06+08:00">'
        "</head><body><h1>题目在这里</h1><p>正文有两句话，这是第一句。这是第二句，比第一句要长一些。</p></body></html>"
    )
    _, page = take_apart(data.encode())
    assert (page.published.edtf, page.published.basis) == ("2021-02-03T04:05:06+08:00", "stated")


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("2026-02-17 17:19:33", "2026-02-17T17:19:33"),
        ("2020-07-30t09:03:25", "2020-07-30T09:03:25"),
        ("2022-03-10t12:52:21.097z", "2022-03-10T12:52:21Z"),
        ("july 23, 2020", "2020-07-23"),
        ("mon 6 feb 2023 at 6:41pm", "2023-02-06T18:41:00"),
        ("29/09/2020 - 10:35", "2020-09-29T10:35:00"),
        ("12/25/2020", "2020-12-25"),
        ("2020年 7月 28日", "2020-07-28"),
        ("2023年3月4日下午2:30 cst 更新", "2023-03-04T14:30:00"),
        ("2020.09.29 11:07", "2020-09-29T11:07:00"),
        ("民国111年2月28日", "2022-02-28"),
        ("20240516", "2024-05-16"),
        ("2021年2月30日", None),
        ("13800138000", None),
        ("版本 2.6.2020", None),
    ],
)
def test_dates_are_read_in_all_their_forms(text: str, edtf: str | None) -> None:
    assert [one.edtf for one in find_dates(text)] == ([edtf] if edtf else [])


def test_dates_without_a_year_say_so() -> None:
    found = find_yearless("发布时间:09-3022:46")
    assert found is not None
    assert found.edtf == "XXXX-09-30T22:46:00"
    assert find_yearless("比分 3-2 结束") is None


def test_a_closing_code_is_a_date_of_the_republican_calendar() -> None:
    found = find_ending("双方同意再谈。(编辑:某某)1110228")
    assert found is not None
    assert found.edtf == "2022-02-28"
    assert find_ending("电话是(02)1111328") is None


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("两国领导人举行会谈，双方同意继续对话。", "zh-Hans"),
        ("兩國領導人舉行會談，雙方同意繼續對話。", "zh-Hant"),
        ("The two leaders met and agreed to talk.", "en"),
        ("首相は会談で、両国の対話を続けることで一致した。", "ja"),
        ("1234 — 5678", "und"),
    ],
)
def test_language(text: str, tag: str) -> None:
    assert language_of(text) == tag


LURES = [
    *("相关推荐", "2024-05-01 10:00:00", "特别声明:以上内容", "1", "2", "分享至", "头条要闻", "第一段说了一件事。" * 6),
    *(
        "5227文章数 253关注度",
        "作者：",
        "图像来源，Reuters",
        "结语",
        "返回搜狐，查看更多",
        "(路透社)",
        "\u200b",
        "",
        " ",
    ),
]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.text(max_size=40),
            st.sampled_from(LURES),
        ),
        max_size=25,
    ),
    st.sampled_from(["\n", "\r\n", "\r", "\u2028", "</p><p>"]),
)
def test_parts_cover_any_text(pieces: list[str], end: str) -> None:
    text = end.join(pieces)
    data = (f"<p>{text}</p>" if "p" in end else text).encode("utf-8", "ignore")
    try:
        read = read_capture(data, "a")
    except ValueError:
        return
    assert_covers(read, read_page(read, WORDS))


def test_speed() -> None:
    """A text of 30 KB comes apart in tens of milliseconds at the very worst."""
    data = ((HOME / "cases/page/platform.txt").read_bytes() * 12)[:30_000]
    take_apart(data)
    start = time.perf_counter()
    take_apart(data)
    assert time.perf_counter() - start < 0.25


@pytest.mark.parametrize(
    ("path", "text", "why"),
    [
        ("lang/zh/page.toml", '[[cue]]\nid="a"\nkind="footer"\nmatch="whole"\nwords=["x"]\nodd=1', "odd"),
        ("lang/zh/page.toml", '[[cue]]\nid="a"\nkind="feet"\nmatch="whole"\nwords=["x"]', "feet"),
        ("lang/zh/page.toml", '[[cue]]\nid="a"\nkind="footer"\nmatch="whole"\nwords=["关于", "關於"]', "關於"),
        ("lang/zh/page.toml", '[[pattern]]\nid="bad"\nkind="footer"\nregex="("', "bad"),
        (
            "lang/zh/page.toml",
            '[[pattern]]\nid="a"\nkind="footer"\nregex="x"\n[[pattern]]\nid="a"\nkind="footer"\nregex="y"',
            "twice",
        ),
        (
            "outlets/a.toml",
            '[[outlet]]\nname="甲"\nen="A"\nkind="agency"\n[[outlet]]\nname="乙"\nen="A"\nkind="agency"',
            "甲",
        ),
        ("outlets/a.toml", '[[outlet]]\nname="甲"\nen="A"\nkind="agency"\nhosts=["a.b", "a.b"]', "a.b"),
    ],
)
def test_a_faulty_lexicon_is_refused_naming_file_and_entry(tmp_path: Path, path: str, text: str, why: str) -> None:
    (tmp_path / "lang/zh").mkdir(parents=True)
    (tmp_path / "outlets").mkdir()
    (tmp_path / "lang/zh/page.toml").write_text("", encoding="utf-8")
    (tmp_path / path).write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError, match=why) as caught:
        load_page_words(tmp_path)
    assert Path(path).name in str(caught.value)
