"""Captures: what bytes decode to, what is refused, and how HTML flattens into lines."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attache.read.page.capture import MOST_BYTES, CaptureError, CaptureRead, read_capture

SAYS = "外交部发言人今天表示，两国将继续保持对话，这对地区的和平与稳定很重要。"
SAYS_TRAD = "外交部發言人今天表示，兩國將繼續保持對話，這對地區的和平與穩定很重要。"


def page(body: str, charset: str = "utf-8") -> str:
    return f'<html><head><meta charset="{charset}"><title>p</title></head><body>{body}</body></html>'


def lines(read: CaptureRead) -> list[str]:
    return [read.capture.text[line.start : line.end] for line in read.lines]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("markup", [False, True])
def test_simplified_text_decodes_whatever_its_encoding(encoding: str, markup: bool) -> None:
    source = f"<html><body><p>{SAYS}</p></body></html>" if markup else f"{SAYS}\n第二行。"
    read = read_capture(source.encode(encoding), "a")
    assert lines(read)[0] == SAYS


@pytest.mark.parametrize("source", [SAYS_TRAD + "\n記者會下午舉行。", f"<html><body><p>{SAYS_TRAD}</p></body></html>"])
def test_big5_decodes_without_a_declaration(source: str) -> None:
    assert lines(read_capture(source.encode("big5"), "a"))[0] == SAYS_TRAD


@pytest.mark.parametrize(
    ("charset", "encoding", "text"),
    [
        ("utf-8", "gb18030", SAYS),
        ("big5", "utf-8", SAYS),
        ("gb2312", "big5", SAYS_TRAD),
        ("iso-8859-1", "gb18030", SAYS),
        ("no-such-thing", "utf-8", SAYS),
    ],
)
def test_a_wrong_declaration_does_not_win(charset: str, encoding: str, text: str) -> None:
    assert text in read_capture(page(f"<p>{text}</p>", charset).encode(encoding), "a").capture.text


def test_a_right_declaration_decides_where_bytes_leave_it_open() -> None:
    french = "Le président a déclaré que l’été serait chaud à Genève."
    assert french in read_capture(page(f"<p>{french}</p>", "windows-1252").encode("cp1252"), "a").capture.text


def test_the_transport_may_declare_the_charset() -> None:
    read = read_capture("Žofín, Příbram, Říčany".encode("cp1250"), "a", media_type="text/plain; charset=windows-1250")
    assert read.capture.text == "Žofín, Příbram, Říčany"


def test_plain_text_is_kept_as_it_stands() -> None:
    read = read_capture(b"\xef\xbb\xbf" + "题\r\n\r\n 正文。\n".encode(), "a", captured_at="2024-05-01")
    assert read.capture.text == "题\r\n\r\n 正文。\n"
    assert read.capture.media_type == "text/plain"
    assert read.capture.captured_at == "2024-05-01"
    assert len(read.capture.id) == 64
    assert lines(read) == ["题", "", " 正文。"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b"\x00" * 4000, "NUL"),
        (b"text " * 20 + b"\x00" * 3000, "NUL"),
        (bytes(range(256)) * 40, "binary"),
        (b"\x89PNG\r\n\x1a\n" + b"abc" * 50, "PNG"),
        (b"%PDF-1.7 and so on", "PDF"),
        (b"<html><head></head><body><script>var a;</script></body></html>", "no text"),
    ],
)
def test_what_is_no_page_is_refused_with_the_reason(data: bytes, why: str) -> None:
    with pytest.raises(CaptureError, match=why) as caught:
        read_capture(data, "http://example.org/x")
    assert caught.value.uri == "http://example.org/x"
    assert why in caught.value.why


def test_what_is_too_large_is_refused_at_once() -> None:
    data = b"a" * (MOST_BYTES + 1)
    start = time.perf_counter()
    with pytest.raises(CaptureError, match="20,000,001 bytes"):
        read_capture(data, "a")
    assert time.perf_counter() - start < 0.5


def test_a_text_cut_off_inside_a_character_is_read() -> None:
    assert read_capture("第一段说明情况。第二段".encode()[:-1], "a").capture.text == "第一段说明情况。第二"


@pytest.mark.parametrize("tag", ["div", "b", "table", "span"])
@pytest.mark.parametrize("closed", [False, True])
def test_deep_nesting_is_read_in_time(tag: str, closed: bool) -> None:
    deep = f"<{tag}>" * 200_000 + "深处的一句话。" + (f"</{tag}>" * 200_000 if closed else "") + "<p>外面的一句话。</p>"
    start = time.perf_counter()
    read = read_capture(deep.encode(), "a")
    assert "深处的一句话。" in read.capture.text
    assert "外面的一句话。" in read.capture.text
    assert time.perf_counter() - start < 10


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        (page("<p>一</p>"), "text/html"),
        ("<p>一段。</p><p>二段。</p>", "text/html"),
        ("<?xml version='1.0' encoding='utf-8'?>\n<html><body>一段。</body></html>", "text/html"),
        ("他说，<p> 是段落的标记，<div> 不是。其余都是普通的字。" * 20, "text/plain"),
        ("a < b, c > d, 一段。", "text/plain"),
    ],
)
def test_the_content_decides_what_is_html(source: str, kind: str) -> None:
    assert read_capture(source.encode(), "page.txt", media_type="text/plain").capture.media_type == kind


def test_block_elements_and_breaks_end_lines_inline_elements_do_not() -> None:
    body = "<div>一<b>二</b><a href='/x'>三</a><br>四<p>五</p>六</div><ul><li>七</li><li> 八&nbsp;&amp;九 </li></ul>"
    assert lines(read_capture(page(body).encode(), "a")) == ["p", "一二三", "四", "五", "六", "七", "八 &九"]


def test_scripts_and_styles_are_dropped() -> None:
    body = "<style>p{}</style><script>var x='不要';</script><noscript>不要</noscript><template>不要</template><p>要</p>"
    assert lines(read_capture(page(body).encode(), "a")) == ["p", "要"]


def test_lines_carry_the_evidence_of_their_markup() -> None:
    body = (
        "<div class='Nav Top' id='menu'><a href='/a'>首页</a></div>"
        "<p><b>粗体</b>字<time datetime='2024-05-01T10:00'>五月一日</time></p>"
    )
    read = read_capture(page(body).encode(), "a")
    nav, text = read.lines[1:]
    assert (nav.tag, nav.classes, nav.href, nav.linked) == ("div", "nav top menu", "/a", 2)
    assert (text.tag, text.href, text.bold, text.when) == ("p", None, 2, "2024-05-01T10:00")
    assert read.boxes[nav.box].tag == "div"


def test_the_head_is_kept_as_meta_data() -> None:
    head = (
        '<html><head><meta property="og:title" content="题"><meta name="PubDate" content="2024-05-01">'
        '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-05-02",'
        '"author":[{"name":"甲"},{"name":"乙"}]}</script><script type="application/ld+json">{broken</script>'
        "</head><body><p>正文。</p></body></html>"
    )
    meta = read_capture(head.encode(), "a").meta
    assert meta["og:title"] == "题"
    assert meta["pubdate"] == "2024-05-01"
    assert meta["ld:datepublished"] == "2024-05-02"
    assert meta["ld:author"] == "甲; 乙"


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        read = read_capture(data, "a")
    except CaptureError:
        return
    assert read.capture.text.strip()
    ends = [0]
    for line in read.lines:
        assert ends[-1] <= line.start <= line.end <= len(read.capture.text)
        ends.append(line.end)
