from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import get_args

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import scene
from attache.brief.compose import Report, compose
from attache.brief.markdown import brief
from attache.brief.names import Names
from attache.brief.phrases import date_words, figure_words
from attache.brief.telling import Line, Note
from attache.brief.told import acts, page_origins
from attache.brief.wording import Lang, fill, load_wording
from attache.ledger.ground import share
from attache.lexicon.load import HOME
from attache.lexicon.raw import LexiconError
from attache.record import EventType, Mark, Published, Quantity, Record, Unsure
from build import Draft, party

LANGS: tuple[Lang, ...] = ("zh", "en")
FOOT = re.compile(r"^\[\^(\d+)\]: (.*?)(?:第|, )(\d+)–(\d+)字?(?:：|: )“(.*)”$")


def report(records: list[Record], lang: Lang = "zh") -> Report:
    wording = load_wording(lang)
    return compose(records, wording, Names(lang, wording, scene.NAMES))


def lines(told: Report) -> list[Line]:
    out = [told.lead] if told.lead else []
    for section in told.sections:
        out += [*section.lines, *([section.more] if section.more else [])]
    return out


def section(told: Report, name: str, lang: Lang = "zh") -> list[Line]:
    heading = load_wording(lang).report[name]
    return next((one.lines for one in told.sections if one.heading == heading), [])


def without(record: Record, *indexes: int) -> Record:
    kept = [event for i, event in enumerate(record.events) if i not in indexes]
    return msgspec.structs.replace(record, events=kept)


def cited(told: Report) -> set[Note]:
    return {note for line in lines(told) for note in line.notes}


# every sentence stands on words


@pytest.mark.parametrize("lang", LANGS)
def test_every_sentence_has_footnotes_that_stand_in_the_capture(lang: Lang) -> None:
    records = scene.everything()
    texts = {record.capture.uri: record.capture.text for record in records}
    told = report(records, lang)
    assert len(told.sections) == 7
    for line in lines(told):
        assert line.notes
        for note in line.notes:
            assert texts[note.uri][note.start : note.end] == note.words


@pytest.mark.parametrize("lang", LANGS)
def test_markdown_footnotes_name_file_offsets_and_words(lang: Lang) -> None:
    records = scene.everything()
    texts = {record.capture.uri: record.capture.text for record in records}
    text = brief(records, lang, scene.NAMES)
    feet = {match[1]: match for line in text.splitlines() if (match := FOOT.match(line))}
    used = re.findall(r"\[\^(\d+)\](?!:)", text)
    assert set(used) == set(feet)
    assert [int(number) for number in dict.fromkeys(used)] == list(range(1, len(feet) + 1))
    for match in feet.values():
        uri = re.split("，|, ", match[2])[0]
        assert texts[uri][int(match[3]) : int(match[4])] == match[5]
    for line in text.splitlines():
        if line.startswith("- "):
            assert re.search(r"\[\^\d+\]$", line), line


def test_outlet_stands_in_the_footnote() -> None:
    text = brief([scene.page()], "zh", scene.NAMES)
    assert re.search(r"^\[\^\d+\]: lyon\.txt，榕江社，第\d+–\d+字：“德国承诺", text, re.MULTILINE)


def test_languages_say_the_same() -> None:
    records = scene.everything()
    chinese, english = report(records, "zh"), report(records, "en")
    assert [len(one.lines) for one in chinese.sections] == [len(one.lines) for one in english.sections]
    assert [line.notes for line in lines(chinese)] == [line.notes for line in lines(english)]
    assert not re.search("[㐀-鿿]", english.sections[0].heading)


@settings(deadline=None)  # the first example loads the lexicon
@given(st.sets(st.integers(0, 4)))
def test_taking_events_away_takes_their_sentences_and_footnotes_away(gone: set[int]) -> None:
    record = scene.page()
    full = {event.id: teller_line(record, i) for i, event in enumerate(record.events)}
    for lang in LANGS:
        told = report([without(record, *gone)], lang)
        quotes = {(note.start, note.end) for note in cited(told)}
        shown = [line.notes for line in section(told, "events", lang)]
        for i, event in enumerate(record.events):
            span = (event.evidence.start, event.evidence.end)
            assert (span in quotes) == (i not in gone)
            assert (full[event.id] in shown) == (i not in gone)


def teller_line(record: Record, index: int) -> tuple[Note, ...]:
    (line,) = section(report([without(record, *(i for i in range(len(record.events)) if i != index))]), "events")
    return line.notes


def test_a_commitment_goes_with_its_event() -> None:
    record = scene.page()
    assert len(section(report([record]), "commitments")) == 2
    assert ["承诺" in line.text for line in section(report([without(record, 3)]), "commitments")] == [True]


def test_a_span_that_does_not_read_so_is_no_evidence() -> None:
    record = scene.page()
    event = record.events[1]
    moved = msgspec.structs.replace(event, evidence=msgspec.structs.replace(event.evidence, start=0, end=5))
    broken = msgspec.structs.replace(record, events=[moved])
    assert section(report([broken]), "events") == []


# what happened


def test_dates_are_sorted_and_undated_acts_come_last() -> None:
    labels = [line.label for line in section(report([scene.page()]), "events")]
    assert labels == ["2024年5月7日：", "2024年5月9日：", "2025年：", "日期不详：", "日期不详："]


def test_an_act_in_chinese() -> None:
    first, second, third, demand, plan = [line.text for line in section(report([scene.page()]), "events")]
    assert first == f"法国总统马克龙在里昂与德国会晤（访问）：“{scene.TOLD}”。"
    assert "据《莱茵晚报》援引知情人士" in second
    assert "2024年5月10日披露" in second
    assert "美国国务院否认或未予证实" in second
    assert "数字：超过3亿欧元" in third
    assert demand.startswith("法国向德国提出要求或呼吁")
    assert plan.startswith("法国和德国将对某临时委员会实施制裁")
    assert "尚未发生" in plan
    assert "（据传）" in plan


def test_an_act_in_english() -> None:
    first, second, third, _, plan = [line.text for line in section(report([scene.page()], "en"), "events", "en")]
    assert first == f"President Emmanuel Macron of France met Germany on a visit in Lyon: “{scene.TOLD}”."
    assert second.startswith("The United States refused or called off a meeting with France and Germany")
    assert "a medium (“《莱茵晚报》”), citing an unnamed source (“知情人士”)" in second
    assert "denied or not confirmed by the United States (“美国国务院”)" in second
    assert "figures: more than 300 million euros" in third
    assert plan.startswith("France and Germany will impose sanctions on “某临时委员会”")


@pytest.mark.parametrize(("status", "chinese", "english"), [
    ("actual", "法国对德国表示支持", "France expressed support for Germany"),
    ("future", "法国将对德国表示支持（尚未发生）", "France will express support for Germany (not yet done)"),
    ("hypothetical", "法国可能对德国表示支持（未定）", "France may express support for Germany (not settled)"),
    ("negated", "法国并未对德国表示支持（或已不再）", "France did not express support for Germany (or no longer does)"),
])  # fmt: skip
def test_status_marks(status: Mark, chinese: str, english: str) -> None:
    page = Draft("表态", ["法国就此事谈到德国。"])
    page.event("SUPPORT", [scene.FRANCE], [scene.GERMANY], "法国就此事谈到德国", status=status)
    for lang, start in (("zh", chinese), ("en", english)):
        (line,) = section(report([page.record()], lang), "events", lang)  # type: ignore[arg-type]
        assert line.text.startswith(start)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("type_", get_args(EventType))
def test_every_type_has_words_with_and_without_another_side(lang: Lang, type_: EventType) -> None:
    page = Draft("短讯", ["法国先动手。", "法国又向德国动手。"])
    page.event(type_, [scene.FRANCE], [], "法国先动手")
    page.event(type_, [scene.FRANCE], [scene.GERMANY], "法国又向德国动手")
    alone, both = [line.text for line in section(report([page.record()], lang), "events", lang)]
    germany = scene.NAMES["DEU"][LANGS.index(lang)]
    assert germany not in alone.split("“")[0]
    assert germany in both.split("“")[0]
    assert not re.search(r"[{}\[\]]|  ", alone + both)


def test_too_many_acts_are_counted_and_the_weightiest_kept() -> None:
    page = Draft("清单", [f"法国第{i}次批评德国。" for i in range(10, 40)])
    for i in range(10, 40):
        sure = 0.9 if i == 39 else 0.5
        page.event("ACCUSE", [scene.FRANCE], [scene.GERMANY], f"法国第{i}次批评德国", confidence=sure)
    told = report([page.record()])
    happened = told.sections[0]
    assert len(happened.lines) == 16
    assert happened.more is not None
    assert "14" in happened.more.text
    assert any("第39次" in line.text for line in happened.lines)


def test_parties_beyond_four_are_counted() -> None:
    page = Draft("声明", ["多国发表声明批评法国。"])
    codes = [party(code) for code in ("AAA", "BBB", "CCC", "DDD", "EEE")]
    page.event("ACCUSE", codes, [scene.FRANCE], "多国发表声明批评法国")
    (line,) = section(report([page.record()]), "events")
    assert line.text.startswith("AAA、BBB、CCC等共5方对法国提出批评或指责")


def test_acts_done_to_each_other() -> None:
    page = Draft("互驱", ["法国和德国互相驱逐外交官。"])
    both = [scene.FRANCE, scene.GERMANY]
    page.event("SANCTION", both, both, "法国和德国互相驱逐外交官", mode="expel")
    assert section(report([page.record()]), "events")[0].text.startswith("法国和德国驱逐对方的人员")
    (line,) = section(report([page.record()], "en"), "events", "en")
    assert "of each other" in line.text


# several pages


def test_one_act_of_several_pages_stands_once_with_all_footnotes() -> None:
    told = acts(scene.everything())
    meeting = told[0]
    assert [one.page for one in meeting.reports] == [0, 1, 2]
    assert meeting.origins == 2
    first = section(report(scene.everything()), "events")[0]
    assert {note.uri for note in first.notes} == {"lyon.txt", "copy.txt", "other.txt"}
    assert "3个页面报道，计2个来源" in first.text


def test_near_copies_are_one_origin_whatever_the_script() -> None:
    (meeting, *_) = acts([scene.page(), scene.copy()])
    assert (len(meeting.reports), meeting.origins, meeting.copies) == (2, 1, True)
    assert "文字雷同" in section(report([scene.page(), scene.copy()]), "events")[0].text


def test_pages_of_one_account_are_one_origin() -> None:
    one = Draft("早报", ["法国批评德国。"], uri="a", account="莱茵小站", outlet=None).record()
    two = Draft("晚报", ["里昂今天下了一整天的雨。"], uri="b", account="萊茵小站", outlet=None).record()
    assert page_origins([one, two, scene.other()]) == [0, 0, 2]
    assert "与《早报》同源" in section(report([one, two]), "sources")[1].text


@pytest.mark.parametrize(("change", "joined"), [
    ({}, True),
    ({"when": "2024-05-08"}, False),
    ({"when": None}, False),
    ({"type": "SUPPORT"}, False),
    ({"status": "negated"}, True),  # the one page says it happened, the other that it did not: one act, disputed
    ({"status": "future"}, False),
    ({"recipients": [scene.AMERICA]}, False),
    ({"actors": [scene.GERMANY], "recipients": [scene.FRANCE]}, True),
])  # fmt: skip
def test_acts_are_joined_where_type_parties_and_date_agree(change: dict[str, object], joined: bool) -> None:
    record = scene.other()
    changed = msgspec.structs.replace(record, events=[msgspec.structs.replace(record.events[0], **change)])
    (first, *_) = acts([scene.page(), changed])
    assert (len(first.reports) == 2) is joined


def test_a_page_that_says_it_did_not_happen_disputes_the_act() -> None:
    record = scene.other()
    negated = msgspec.structs.replace(record.events[0], status="negated")
    pages = [scene.page(), msgspec.structs.replace(record, events=[negated])]
    (line,) = [one for one in section(report(pages), "events") if one.label == "2024年5月7日："]
    assert "“远峰网”否认或未予证实" in line.text


def test_an_undated_copy_joins_the_dated_act() -> None:
    record = scene.copy()
    undated = msgspec.structs.replace(record, events=[msgspec.structs.replace(record.events[0], when=None)])
    for pages in ([scene.page(), undated], [undated, scene.page()]):
        assert len(acts(pages)[0].reports) == 2


def test_two_events_of_one_page_stay_two() -> None:
    page = Draft("两次", ["法国上午批评德国。", "法国下午批评德国。"])
    for words in ("法国上午批评德国", "法国下午批评德国"):
        page.event("ACCUSE", [scene.FRANCE], [scene.GERMANY], words, when="2024-05-07")
    assert len(acts([page.record()])) == 2


# the other sections


def test_disputes_tell_who_denies_what() -> None:
    (line,) = section(report([scene.page()]), "disputes")
    assert line.text.startswith("美国国务院否认：“美国国务院否认收到过邀请”，所指为“《莱茵晚报》援引")


def test_a_denied_act_without_a_told_denial_is_a_dispute_too() -> None:
    record = msgspec.structs.replace(scene.page(), statements=[])
    (line,) = section(report([record]), "disputes")
    assert line.text == "美国国务院否认或未予证实这一说法：“美国五月九日拒绝派人参加”。"


def test_forecasts_have_condition_and_are_the_writers() -> None:
    (line,) = section(report([scene.page()]), "forecasts")
    assert line.text.startswith("作者预测：“如果六月仍无答复，")
    assert line.text.endswith("（前提：“如果六月仍无答复”；无从验证）。")


def test_commitments_say_open_or_answered() -> None:
    texts = [line.text for line in section(report([scene.page()]), "commitments")]
    assert texts == [
        "德国向法国承诺：“德国承诺明年提供超过3亿欧元的援助”（未见答复）。",
        "法国向德国提出要求：“法国要求德国在六月底以前答复”（未见答复）。",
    ]


def test_judgement_share_sorts_every_sentence() -> None:
    record = scene.page()
    found = share(record)
    assert found.total == len(record.sentences) == 9
    assert [len(group) for group in found] == [2, 1, 5, 1]
    (line,) = section(report([record]), "judgement")
    assert "作者判断1句，例如“说到底，这不过是一场秀”" in line.text


def test_every_kind_of_doubt_has_its_chinese_name() -> None:
    (kinds,) = (field.type for field in msgspec.structs.fields(Unsure) if field.name == "what")
    assert set(get_args(kinds)) == set(load_wording("zh").what)


def test_unsure_is_counted_by_reason_and_spanless_reasons_stand_on_the_head() -> None:
    told = section(report([scene.page()]), "unsure")
    assert [line.text.split("，")[0] for line in told] == ["日期：a reason without a span", "句子：没有提到任何一方"]
    assert told[0].notes[0].words == "法德代表在里昂会谈"


def test_sources_tell_dates_or_their_bounds() -> None:
    texts = [line.text for line in section(report(scene.everything()), "sources")]
    assert texts[0] == "《法德代表在里昂会谈》，榕江社，发布于2024年5月8日。"
    assert "推定在2024年5月7日至5月9日之间" in texts[1]
    day = Published(edtf="2024-05-07/2024-05-07", basis="bounded", why="by hand")
    told = Draft("一日", ["里昂下雨。"], published=day).record()
    assert "推定为2024年5月7日" in section(report([told]), "sources")[0].text


def test_nothing_to_say() -> None:
    assert brief([], "en", {}) == "# Report home\n"


def test_words_of_a_page_are_never_markup() -> None:
    page = Draft("<b>标题*</b>", ["法国<script>批评\x1b[31m_德国_\u202e。"], uri="a_b.txt", outlet=None)
    page.event("ACCUSE", [scene.FRANCE], [scene.GERMANY], "法国<script>批评\x1b[31m_德国_\u202e")
    text = brief([page.record()], "zh", scene.NAMES)
    assert not re.search(r"(?<!\\)[<_]|[\x00-\x09\x0b-\x1f\u202e]", text)


def test_same_pages_same_report() -> None:
    assert brief(scene.everything(), "en", scene.NAMES) == brief(scene.everything(), "en", scene.NAMES)


# names, dates, figures, wording


@pytest.mark.parametrize(("code", "name", "office", "text", "shown"), [
    ("FRA", "法国", None, "法方", ["法国", "France"]),
    ("FRA", "马克龙", "总统", "马克龙", ["法国总统马克龙", "President Emmanuel Macron of France"]),
    ("FRA", "马克龙", None, "马克龙", ["马克龙（法国）", "Emmanuel Macron (France)"]),
    ("FRA", "爱丽舍宫", None, "爱丽舍宫", ["法国爱丽舍宫", "France (Elysee Palace)"]),
    ("FRA", "巴黎", None, "巴黎", ["法国", "France"]),
    ("FRA", "法国", "外长", "法国外长", ["法国外长", "the foreign minister of France"]),
    ("FRA", "某某某", "外长", "某某某", ["法国外长某某某", "Foreign Minister “某某某” of France"]),
    ("FRA", None, None, "", ["法国", "France"]),
    ("USA", "美国", None, "美方", ["美国", "the United States"]),
    ("UNK", None, None, "", ["不明方", "an unnamed party"]),
    (None, None, None, "某商会", ["某商会", "“某商会”"]),
])  # fmt: skip
def test_parties(code: str | None, name: str | None, office: str | None, text: str, shown: list[str]) -> None:
    actor = party(code, name, office, text)
    assert [Names(lang, load_wording(lang), scene.NAMES).party(actor) for lang in LANGS] == shown


@pytest.mark.parametrize(("edtf", "chinese", "english"), [
    ("2025-11-30", "2025年11月30日", "30 November 2025"),
    ("2025-11", "2025年11月", "November 2025"),
    ("2025", "2025年", "2025"),
    ("2025-11~", "2025年11月前后", "about November 2025"),
    ("2025-11-28/2025-12-02", "2025年11月28日至12月2日", "28 November to 2 December 2025"),
    ("2024-12-30/2025-01-02", "2024年12月30日至2025年1月2日", "30 December 2024 to 2 January 2025"),
    ("2021/2022", "2021年至2022年", "2021 to 2022"),
    ("2025-04-03~/2025-04-09~", "2025年4月3日至4月9日前后", "about 3 April to 9 April 2025"),
    ("2025-04-03/2025-04-03", "2025年4月3日", "3 April 2025"),
    ("2022-02-24/..", "2022年2月24日起", "from 24 February 2022 on"),
    ("../2022-02-24", "2022年2月24日以前", "up to 24 February 2022"),
    ("2024-11-11T12:40:07Z", "2024年11月11日12:40 UTC", "11 November 2024, 12:40 UTC"),
    ("2024-99", "2024-99", "2024-99"),
    ("19XX", "19XX", "19XX"),
])  # fmt: skip
def test_dates(edtf: str, chinese: str, english: str) -> None:
    assert [date_words(edtf, load_wording(lang)) for lang in LANGS] == [chinese, english]


@pytest.mark.parametrize(("value", "unit", "more", "chinese", "english"), [
    (300_000_000_000, "USD", {"bound": "over"}, "超过3000亿美元", "more than 300 billion US dollars"),
    (162_000_000_000, "EUR", {}, "1620亿欧元", "162 billion euros"),
    (5227, "person", {"bound": "at least"}, "至少5227人", "at least 5,227 people"),
    (12.5, "percent", {"bound": "about"}, "约12.5%", "about 12.5 per cent"),
    (3, "day", {"bound": "between", "high": 5}, "3至5天", "3 to 5 days"),
    (137, "item", {"what": "卡车"}, "137（卡车）", "137 items (卡车)"),
    (23456, None, {}, "2.3456万", "23,456"),
    (None, "USD", {}, "“原文数字”", "“原文数字”"),
    (7, "parsec", {}, "“原文数字”", "“原文数字”"),
])  # fmt: skip
def test_figures(value: float | None, unit: str | None, more: dict[str, object], chinese: str, english: str) -> None:
    quantity = Quantity(text="原文数字", start=0, end=4, value=value, unit=unit, **more)  # type: ignore[arg-type]
    assert [figure_words(quantity, load_wording(lang)) for lang in LANGS] == [chinese, english]


def test_brackets_fall_away_with_their_braces() -> None:
    assert fill("{a}[，{b}]。", a="甲", b="") == "甲。"
    assert fill("{a}[，{b}]。", a="[甲]{x}", b="乙") == "[甲]{x}，乙。"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for lang in LANGS:
        (tmp_path / "lang" / lang).mkdir(parents=True)
        shutil.copy(HOME / f"lang/{lang}/brief.toml", tmp_path / f"lang/{lang}/brief.toml")
    shutil.copy(HOME / "codebook.toml", tmp_path / "codebook.toml")
    return tmp_path


@pytest.mark.parametrize(("lang", "old", "new", "complaint"), [
    ("zh", 'USD = "美元"\n', "", "unit.USD: is missing"),
    ("en", 'USD = "US dollars"\n', "", "unit.USD: is missing"),
    ("en", "[unit]\n", '[unit]\nzorkmid = "zorkmids"\n', "unit.zorkmid: is missing"),
    ("zh", "[date]\n", '[date]\nera = "纪元"\n', "era"),
    ("zh", '"CONSULT.visit"', '"CONSULT.seance"', "act.CONSULT"),
    ("zh", 'title = "外电摘报"', 'title = "外电{摘报"', "report.title"),
    ("zh", "[status]", "[status", "brief.toml"),
])  # fmt: skip
def test_wording_that_does_not_agree_is_refused(home: Path, lang: str, old: str, new: str, complaint: str) -> None:
    load_wording("zh", home)
    load_wording.cache_clear()
    path = home / f"lang/{lang}/brief.toml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(LexiconError, match=re.escape(complaint)):
        load_wording("zh", home)
    load_wording.cache_clear()
