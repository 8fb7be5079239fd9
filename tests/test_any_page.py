"""Any page at all: random text, bytes and markup; what takes long; what tells of no act."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import cycle, islice

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from attache.pipeline import Reader
from attache.read.page.capture import CaptureError
from attache.record import Record
from pages import gaps, misplaced
from timing import seconds

# --- any text at all

CHINESE = """
法国 德国总理 美方 中美 欧盟 北约秘书长 双方 该国 普京 克里姆林宫 路透社 知情人士 外交部发言人 他 对方 谴责
会见 举行 会谈 制裁 援助 拒绝 要求 宣布 威胁 发动 袭击 撤军 同意 将 已 未 不 如果 可能 被 遭 对 与 和 向 由 把
的 了 说 称 表示 据 报道 透露 否认 敦促 指责 5月7日 去年 周二 两天后 当天 2023年 约3亿美元 逾百人 第二轮 在里昂
从布鲁塞尔改至迈阿密 “ ” 《 》 （ ） 『 「 」 ， 。 、 ； ： ？ ！ … —— · ' " , . ? ! 难道 究竟 笔者认为
大概率 因为 导致 记者： 问： 答： 援引 接受采访 了解到 显示 声明 尚未证实 毫无根据 该报 电 讯
1 关于我们 特别声明：以上内容 相关推荐 分享至 责任编辑 10:00 😀 𠮷
"""
MARKUP = """
<p> </p> <div> </div> <h1> </h1> <title> </title> <br> <a> </a> <script> </script> <li> <table> <td> </table>
<!-- --> <![CDATA[ &nbsp; &#x4e2d; &amp &#0; < > <p <html> <head> <body> </html> <style> <template> <svg>
"""
WHOLE_TAGS = ["<div class='article'>", "<a href='/x'>", "<img alt='法国'>", "<time datetime='2024-99-99'>"]
BLANKS = ["\n", "\n\n", "\r\n", " ", "\u200b", "\u3000", "\u2028", "\t", "e\u0301"]
PIECES = st.one_of(
    st.sampled_from(CHINESE.split()),
    st.sampled_from(BLANKS),
    st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=4),
    st.text(max_size=4),
)
TEXTS = st.lists(PIECES, max_size=60).map("".join)
HTML = st.lists(st.one_of(st.sampled_from(MARKUP.split() + WHOLE_TAGS), PIECES), max_size=50).map("".join)
fuzz = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def read_or_refuse(reader: Reader, data: bytes) -> None:
    """Read bytes: a record that holds, or a CaptureError of one line; no other outcome."""
    try:
        record = reader.read(data, "a")
    except CaptureError as error:
        refusal = str(error)
    else:
        holds(record)
        return
    assert re.fullmatch("a: .+", refusal)


def holds(record: Record) -> None:
    """Parts, spans and outcomes hold, and the record reads back as it was written."""
    assert gaps(record.page.parts, len(record.capture.text)) == []
    assert misplaced(record) == []
    for one in record.statements:
        assert all(0 <= number < len(record.statements) for number in one.about_statements)
        assert one.evidence.start < one.evidence.end
        assert one.claimants or one.voice != "attributed" or one.wording in ("verbatim", "label")
        assert one.voice == "attributed" or not one.claimants
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
CLAUSES = [f"{a}{verb}{b}" for a in NAMES for verb in VERBS for b in NAMES]
LONG: dict[str, Callable[[int], str]] = {
    "one sentence": lambda n: "法国总统说" + "，".join(islice(cycle(CLAUSES), n // 6)) + "。",
    "one sentence without a comma": lambda n: "".join(islice(cycle("山高水长云淡风轻日月星辰春夏秋冬"), n)) + "。",
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
    "poem": "溪水绕过三座石桥，\n晚风把灯一盏盏点上。\n谁家的孩子在数星星，\n数到一半，就睡着了。\n\n"
    "桥下的船还没有系好，\n橹声里有人轻轻地唱：\n去年的雁今年又来，\n带着北边下雪的消息。",
    "sports table": "小组赛积分榜\n\n排名 球队 场次 胜 平 负 进球 积分\n1 法国 3 2 1 0 6 7\n2 德国 3 2 0 1 5 6\n"
    "3 日本 3 1 0 2 3 3\n4 巴西 3 0 1 2 2 1\n\n法国 2-1 德国\n日本 0-3 巴西\n射手榜：某某 4 球，某某 3 球。",
    "match report": "法国队在决赛中以二比一击败德国队，夺得冠军。下半场德国队连续进攻，攻破法国队球门。\n\n"
    "赛后法国队主教练会见了球迷。",
    "horoscope": "白羊座本周会与贵人会面，但要提防小人攻击。财运方面宜守不宜攻，水星将支持你的谈判。\n\n"
    "金牛座要向家人道歉，与同事和解；周五前后可能受到上司批评，幸运数字七，幸运颜色蓝。",
    "medal table": "奖牌榜\n\n1 中国 38 32 18\n2 美国 39 41 33\n3 日本 27 14 17\n4 法国 10 12 11\n\n"
    "女子接力：中国队击退美国队的反扑，日本队威胁不大，英国队失利出局。",
    "recipe": "把两个鸡蛋打散，加少许盐，倒进烧热的锅里。等蛋液凝固以后翻面，盛出来，撒上葱花就可以吃了。",
    "weather": "今天夜间多云，北风三到四级，最低气温零下二度。明天白天晴间多云，最高气温九度，出门请注意保暖。",
    "questions": "法国会不会制裁德国？德国难道会拒绝会见法国总统吗？究竟是谁在威胁谁？美国又将如何应对？",
    "marks": "？？？！！！。。。，，，“”“”（）（）《》",
}  # fmt: skip


@pytest.mark.parametrize("name", TELLS_NOTHING)
def test_what_tells_of_no_act_gives_no_event(reader: Reader, name: str) -> None:
    record = reader.read(page(TELLS_NOTHING[name]), "a")
    assert [event.evidence.text for event in record.events] == []
