"""The whole line: what holds for every page, however it is written and whatever stands on it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from attache.lexicon.fold import fold
from attache.pipeline import Reader
from attache.read.page.capture import CaptureError
from attache.record import Record
from pages import SAMPLES, gaps, kinds, misplaced, outline
from timing import seconds

PLAIN = [path for path in SAMPLES if path.suffix == ".txt" and not path.stem.startswith(("25-english", "27-"))]
each_sample = pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
each_plain = pytest.mark.parametrize("path", PLAIN, ids=lambda path: path.stem)
QUESTION = re.compile("[？?][”’」』\"']*$")


# --- what holds for every record


@each_sample
def test_the_parts_cover_the_text(records: dict[Path, Record], path: Path) -> None:
    record = records[path]
    assert gaps(record.page.parts, len(record.capture.text)) == []


@each_sample
def test_every_span_is_the_words_that_it_says(records: dict[Path, Record], path: Path) -> None:
    assert misplaced(records[path]) == []


@each_sample
def test_every_paragraph_is_accounted_for(records: dict[Path, Record], path: Path) -> None:
    """Its sentences cover its words in order, and each came to something."""
    record = records[path]
    for index, part in enumerate(record.page.parts):
        if part.kind != "paragraph":
            continue
        inside = [sentence for sentence in record.sentences if sentence.part == index]
        at = part.start
        for sentence in inside:
            assert sentence.outcome, record.capture.text[sentence.start : sentence.end]
            assert len(set(sentence.outcome)) == len(sentence.outcome)
            assert at <= sentence.start < sentence.end <= part.end
            assert not visible(record.capture.text[at : sentence.start])
            at = sentence.end
        assert not visible(record.capture.text[at : part.end])


def visible(text: str) -> str:
    """Text without blanks and characters that nobody sees."""
    return "".join(fold(text).text.split())


@each_sample
def test_outcomes_are_borne_out_by_the_record(records: dict[Path, Record], path: Path) -> None:
    """`events` stands where an event does, `statements` where a statement or a forecast does."""
    record = records[path]
    told = [(span.start, span.end) for event in record.events for span in [event.evidence, *event.also]]
    said = [(s.evidence.start, s.evidence.end) for s in record.statements if s.kind != "judgement"]
    said += [(forecast.evidence.start, forecast.evidence.end) for forecast in record.forecasts]
    open_ = [(one.span.start, one.span.end) for one in record.unsure if one.span]
    for sentence in record.sentences:
        for name, spans in (("events", told), ("statements", said), ("unsure", open_)):
            if name in sentence.outcome:
                assert any(start < sentence.end and sentence.start < end for start, end in spans), (
                    name, record.capture.text[sentence.start : sentence.end],
                )  # fmt: skip


@each_sample
def test_events_stand_in_body_paragraphs_only(records: dict[Path, Record], path: Path) -> None:
    """Titles, headings, captions, notices, recommendations and comments hold no events."""
    record = records[path]
    body = [(part.start, part.end) for part in record.page.parts if part.kind == "paragraph"]
    for event in record.events:
        for span in [event.evidence, *event.also]:
            assert any(start <= span.start < span.end <= end for start, end in body), span
        here = record.sentences[event.sentence]
        assert here.start <= event.evidence.start < event.evidence.end <= here.end
        assert "events" in here.outcome


@each_sample
def test_a_rhetorical_question_makes_no_event(records: dict[Path, Record], path: Path) -> None:
    record = records[path]
    for event in record.events:
        here = record.sentences[event.sentence]
        assert not QUESTION.search(record.capture.text[here.start : here.end].rstrip())


@each_sample
def test_events_say_who_when_and_by_which_rule(records: dict[Path, Record], reader: Reader, path: Path) -> None:
    record = records[path]
    assert len({event.id for event in record.events}) == len(record.events)
    for event in record.events:
        assert event.actors
        assert all(actor.code in reader.tables.names for actor in event.actors + event.recipients)
        assert event.rule
        assert 0 < event.confidence <= 1
        assert (event.when is None) == (event.when_basis is None)
        assert 0 <= event.sentence < len(record.sentences)


def test_samples_of_every_kind_give_events(records: dict[Path, Record]) -> None:
    """The tests above say nothing about pages without events: those are the two English ones."""
    empty = [path.stem for path, record in records.items() if not record.events]
    assert [name for name in empty if "english" not in name] == []


# --- the same page, the same record

SCRIPT = """
import sys
from pathlib import Path
import msgspec
from attache.pipeline import Reader
reader = Reader()
for name in sys.argv[1:]:
    sys.stdout.buffer.write(msgspec.json.encode(reader.read_file(Path(name))) + b"\\n")
"""


def printed(paths: list[Path], **env: str) -> list[bytes]:
    """The records of pages, one a line, from a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *map(str, paths)], capture_output=True, check=True, env=os.environ | env
    )
    return done.stdout.splitlines()


def test_the_same_bytes_come_out_whatever_the_hash_seed_the_locale_and_the_order() -> None:
    one = printed(SAMPLES, PYTHONHASHSEED="1", LC_ALL="C.UTF-8")
    two = printed(SAMPLES[::-1], PYTHONHASHSEED="4242", LC_ALL="C", LANG="C", TZ="Pacific/Auckland")
    assert one == two[::-1]
    assert len(one) == len(SAMPLES)


def test_a_page_read_twice_gives_the_same(reader: Reader, records: dict[Path, Record]) -> None:
    """The reader keeps nothing of the pages that it read before."""
    for path in SAMPLES[::5]:
        assert reader.read_file(path) == records[path]


def test_the_capture_is_named_as_given(reader: Reader) -> None:
    record = reader.read("法国谴责德国。".encode(), "https://example.org/页?a=1#b", captured_at="2024-05-01T10:00:00Z")
    assert record.capture.uri == "https://example.org/页?a=1#b"
    assert record.capture.captured_at == "2024-05-01T10:00:00Z"


# --- ways of writing

ASCII = str.maketrans("，：；？！（）“”", ',:;?!()""')
WIDE = str.maketrans({",": "，", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"})
HAN = re.compile("(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])")
WRITTEN: dict[str, Callable[[str], str]] = {
    "ascii punctuation": lambda text: text.translate(ASCII),
    "full-width punctuation": lambda text: text.translate(WIDE),
    "full-width digits": lambda text: text.translate({ord(c): chr(ord(c) + 0xFEE0) for c in "0123456789"}),
    "corner brackets": lambda text: text.translate(str.maketrans("“”‘’", "「」『』")),
    "crlf": lambda text: text.replace("\r\n", "\n").replace("\n", "\r\n"),
    "zero width": lambda text: HAN.sub("\u200b", text),
    "joiners and marks": lambda text: "\ufeff" + re.sub("(?<=[，。])", "\u2060", text),
    "traditional": OpenCC("s2t").convert,
    "traditional of Taiwan": OpenCC("s2tw").convert,
    "traditional of Hong Kong": OpenCC("s2hk").convert,
    "simplified": OpenCC("t2s").convert,
}  # fmt: skip
ENCODED = {"gb18030": "simplified", "utf-16": "simplified", "utf-8-sig": "simplified", "big5hkscs": "traditional"}


def assert_same(told: Record, plain: Record) -> None:
    """The same parts, dates and events, however the page is written."""
    assert kinds(told) == kinds(plain)
    assert told.page.published.edtf == plain.page.published.edtf
    assert sorted(map(outline, told.events)) == sorted(map(outline, plain.events))
    assert misplaced(told) == []


@each_plain
@pytest.mark.parametrize("name", WRITTEN)
def test_ways_of_writing_change_no_event(reader: Reader, records: dict[Path, Record], path: Path, name: str) -> None:
    text = WRITTEN[name](records[path].capture.text)
    assert_same(reader.read(text.encode(), str(path)), records[path])


@each_plain
@pytest.mark.parametrize("encoding", ENCODED)
def test_encodings_change_no_event(reader: Reader, records: dict[Path, Record], path: Path, encoding: str) -> None:
    """What an encoding cannot write is left out of both pages."""
    text = WRITTEN[ENCODED[encoding]](records[path].capture.text)
    data = text.encode(encoding, "ignore")
    assert_same(reader.read(data, str(path)), reader.read(data.decode(encoding).encode(), str(path)))


# --- any text at all

PIECES = st.one_of(
    st.sampled_from(
        "法国 德国总理 美方 中美 欧盟 北约秘书长 双方 该国 普京 克里姆林宫 路透社 知情人士 外交部发言人 他 对方 谴责 会见 举行 会谈 制裁 援助 拒绝 "
        "要求 宣布 威胁 发动 袭击 撤军 同意 将 已 未 不 如果 可能 被 遭 对 与 和 向 由 把 的 了 说 称 表示 据 报道 透露 否认 敦促 指责 5月7日 去年 "
        "周二 两天后 当天 2023年 约3亿美元 逾百人 第二轮 在里昂 从布鲁塞尔改至迈阿密 “ ” 《 》 （ ） 『 「 」 ， 。 、 ； ： ？ ！ … —— · ' \" , . ? ! "
        "难道 究竟 笔者认为 大概率 因为 导致 \n \n\n \r\n 1 关于我们 特别声明：以上内容 相关推荐 分享至 责任编辑 2024-05-08 10:00 \u200b \u3000 😀 𠮷 e\u0301".split(" ")
    ),
    st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=4),
    st.text(max_size=4),
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=60).map("".join)
TAGS = st.sampled_from(
    "<p> </p> <div class='article'> </div> <h1> </h1> <title> </title> <meta property='og:title' content='x'> <br> <a href='/x'> </a> "
    "<script> </script> <li> <table> <td> </table> <!-- --> <![CDATA[ &nbsp; &#x4e2d; &amp &#0; < > <p <html> <head> <body> </html> <img alt='法国'> "
    "<time datetime='2024-99-99'> <style> <template> <svg>".split(" ")
)
HTML = st.lists(st.one_of(TAGS, PIECES), max_size=50).map("".join)
fuzz = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def read_or_refuse(reader: Reader, data: bytes) -> None:
    """Read bytes: a record that holds, or a CaptureError of one line; no other outcome."""
    try:
        record = reader.read(data, "a")
    except CaptureError as error:
        assert error.uri == "a"
        assert "\n" not in str(error)
        return
    assert gaps(record.page.parts, len(record.capture.text)) == []
    assert misplaced(record) == []
    assert all(s.outcome or record.page.parts[s.part].kind == "heading" for s in record.sentences)
    assert msgspec.json.decode(msgspec.json.encode(record), type=Record) == record


@fuzz
@given(text=TEXTS)
def test_any_text_is_read(reader: Reader, text: str) -> None:
    read_or_refuse(reader, text.encode("utf-8", "ignore"))


@fuzz
@given(text=TEXTS)
def test_any_text_is_read_as_a_paragraph_too(reader: Reader, text: str) -> None:
    page = f"题目在这里\n\n2024-05-08 10:00\n\n法国外长说，{text}\n\n德国总理五月七日会见法国总统。\n"
    read_or_refuse(reader, page.encode("utf-8", "ignore"))


@fuzz
@given(data=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(reader: Reader, data: bytes) -> None:
    read_or_refuse(reader, data)


@fuzz
@given(text=HTML)
def test_any_markup_is_read(reader: Reader, text: str) -> None:
    read_or_refuse(reader, text.encode("utf-8", "ignore"))


@fuzz
@given(
    text=TEXTS,
    encoding=st.sampled_from(["gb18030", "big5", "utf-16", "utf-16-le", "shift_jis", "cp1251"]),
    captured_at=st.sampled_from([None, "2024", "2024-05", "2024-05-08", "2024-05-08T10:00:00+08:00"]),
    media_type=st.sampled_from([None, "text/html; charset=gbk", "text/plain; charset=nonsense", "application/pdf"]),
)
def test_any_declaration_is_borne(
    reader: Reader, text: str, encoding: str, captured_at: str | None, media_type: str | None
) -> None:
    try:
        reader.read(text.encode(encoding, "ignore"), "a", media_type=media_type, captured_at=captured_at)
    except CaptureError:
        return


# --- what takes long, and what tells nothing

NAMES = ["法国", "德国", "意大利", "西班牙", "波兰", "日本", "韩国", "印度", "巴西", "埃及", "土耳其", "加拿大"]
VERBS = ["谴责", "会见", "制裁", "敦促", "援助", "拒绝"]
LONG: dict[str, Callable[[int], str]] = {
    "one sentence": lambda n: "法国总统说" + "，".join(islice(cycle(f"{a}{v}{b}" for a in NAMES for v in VERBS for b in NAMES), n // 6)) + "。",
    "one sentence without a comma": lambda n: "".join(islice(cycle("山高水长云淡风轻日月星辰春夏秋冬东南西北"), n)) + "。",
    "coordinated names": lambda n: "、".join(islice(cycle(NAMES), n // 6)) + "谴责俄罗斯。",
    "names alone": lambda n: "、".join(islice(cycle(NAMES), n // 4)),
    "verbs alone": lambda n: "".join(islice(cycle(VERBS), n // 2)) + "。",
    "quotations in quotations": lambda n: "法国说：“" * (n // 6) + "谴责德国" + "”" * (n // 6) + "。",
    "many speakers": lambda n: "".join(islice(cycle(f"{name}外长说" for name in NAMES), n // 6)) + "不同意。",
    "many dates": lambda n: "、".join(f"{i % 12 + 1}月{i % 28 + 1}日" for i in range(n // 5)) + "法国会见德国。",
    "many figures": lambda n: "、".join(f"{i}亿美元" for i in range(n // 6)) + "。",
    "particles": lambda n: "的" * n + "。",
    "digits": lambda n: "1" * n,
    "commas": lambda n: "，" * n,
    "nested reports": lambda n: "据法国" * (n // 3) + "报道，德国会见法国。",
    "occasions": lambda n: "峰会" * (n // 2) + "。",
    "stops": lambda n: "？x" * (n // 2),
    "brackets": lambda n: "（" * n + "法国谴责德国" + "）" * n,
}  # fmt: skip


def page(body: str) -> bytes:
    return f"题目在这里\n\n2024-05-08 10:00\n\n两国的港口今天都照常开放。\n\n{body}\n".encode()


@pytest.mark.parametrize("name", LONG)
def test_time_grows_with_length_and_no_faster(reader: Reader, name: str) -> None:
    """Twice the text takes about twice the time; measured well above the reader's fixed costs."""
    short, long = page(LONG[name](5_000)), page(LONG[name](10_000))
    took = seconds(lambda: reader.read(short, "a"), runs=2)
    assert took < 1.5
    assert seconds(lambda: reader.read(long, "a"), runs=2) < 3 * took + 0.02
    assert misplaced(reader.read(long, "a")) == []


def test_a_title_of_any_length_is_taken_apart_in_time(reader: Reader) -> None:
    """A line that a page fills with characters nobody sees (copy protection) costs no more than another."""

    def titled(n: int) -> bytes:
        words = "海\u200b" * n
        return f"<html><head><title>{words}</title></head><body><h1>题</h1><p>港口开放。</p></body></html>".encode()

    short, long = titled(3_000), titled(6_000)
    took = seconds(lambda: reader.read(short, "a"), runs=2)
    assert seconds(lambda: reader.read(long, "a"), runs=2) < 3 * took + 0.02


def test_many_acts_take_time_in_proportion(reader: Reader) -> None:
    """Each act is held against the others of its page; four times the acts may not take sixteen times as long."""
    said = [f"{a}外长五月{i}日{v}{b}。" for i in range(1, 7) for a in NAMES for v in VERBS for b in NAMES if a != b]
    short, long = page("\n\n".join(said[:800])), page("\n\n".join(said[:3200]))
    took = seconds(lambda: reader.read(short, "a"), runs=2)
    assert seconds(lambda: reader.read(long, "a"), runs=1) < 6 * took + 0.05


TELLS_NOTHING = {
    "no verb": "春江花月夜。\n\n" + "、".join(islice(cycle(NAMES), 400)) + "。",
    "names on lines": "\n\n".join(islice(cycle(NAMES), 60)),
    "poem": "溪水绕过三座石桥，\n晚风把灯一盏盏点上。\n谁家的孩子在数星星，\n数到一半，就睡着了。\n\n桥下的船还没有系好，\n橹声里有人轻轻地唱：\n去年的雁今年又来，\n带着北边下雪的消息。",
    "sports table": "小组赛积分榜\n\n排名 球队 场次 胜 平 负 进球 积分\n1 法国 3 2 1 0 6 7\n2 德国 3 2 0 1 5 6\n3 日本 3 1 0 2 3 3\n"
    "4 巴西 3 0 1 2 2 1\n\n法国 2-1 德国\n日本 0-3 巴西\n射手榜：某某 4 球，某某 3 球。",
    "match report": "法国队在决赛中以二比一击败德国队，夺得冠军。下半场德国队连续进攻，攻破法国队球门。赛后法国队主教练会见了球迷。",
    "recipe": "把两个鸡蛋打散，加少许盐，倒进烧热的锅里。等蛋液凝固以后翻面，盛出来，撒上葱花就可以吃了。",
    "weather": "今天夜间多云，北风三到四级，最低气温零下二度。明天白天晴间多云，最高气温九度，出门请注意保暖。",
    "questions": "法国会不会制裁德国？德国难道会拒绝会见法国总统吗？究竟是谁在威胁谁？美国又将如何应对？",
    "marks": "？？？！！！。。。，，，“”“”（）（）《》",
}  # fmt: skip


@pytest.mark.parametrize("name", TELLS_NOTHING)
def test_what_tells_of_no_act_gives_no_event(reader: Reader, name: str) -> None:
    record = reader.read(page(TELLS_NOTHING[name]), "a")
    assert [event.evidence.text for event in record.events] == []
