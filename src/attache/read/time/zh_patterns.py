"""The patterns of Chinese times, made once from the table of words.

Every pattern is tried at a place that ``gate`` let through, by ``match``; none can backtrack over more than a
few characters, as all repetitions are bounded.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from attache.read.quantity.number import DIGITS
from attache.read.time.table import TimeTable

Z = f"[{DIGITS}十廿卅]"  # numerals of days, months and hours
_ANY = f"[{DIGITS}十廿卅百千万]"
TO = r" ?(?:起?至|起?到|—{1,2}|-|~|[和与](?=[^，。、]{2,9}(?:之间|期间|年间|日间))) ?"
_COUNT = rf"(?:[0-9]{{1,4}}(?:\.[0-9])?|[二三四五六七八九]?十几|{_ANY}{{1,6}}|数十|数百|好几|几十|几百|若干|[半几数多])"
_UNIT = (
    r"(?:个?半?(?:年|小时|钟头)(?!代|级|轻|龄|薪|货|会费|均|期)|载(?!人|体|有|荷|着)|个?半?月(?!球|亮|薪|租|饼)"
    r"|个?季度|周(?!年|边|刊|报|[一二三四五六日末])"
    r"|个?(?:星期|礼拜)(?![一二三四五六日天])|天(?!津|然|空|安门|主|气|际|平|文|堂|地|下|涯|才|线|宫|问|舟|王|皇)"
    r"|昼夜|日(?!本|元|圆|均|报|常|游|内瓦)"
    r"|分钟|秒钟?|个?世纪)"
)


def words(items: Iterable[str]) -> str:
    """Return an alternation of literal words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(set(items), key=lambda w: (-len(w), w)))


class Patterns(NamedTuple):
    """Compiled patterns; groups are named where the readers use them."""

    gate: re.Pattern[str]  # finds the places where an expression may begin
    iso: re.Pattern[str]
    slash: re.Pattern[str]
    relative_day: re.Pattern[str]
    week: re.Pattern[str]
    century: re.Pattern[str]
    calendar: re.Pattern[str]
    amount: re.Pattern[str]
    every: re.Pattern[str]
    clock: re.Pattern[str]
    tail: re.Pattern[str]  # part of the day and clock after a day
    vague: re.Pattern[str]
    to: re.Pattern[str]
    suffix: re.Pattern[str]
    amount_suffix: re.Pattern[str]
    prefix: re.Pattern[str]
    duration_prefix: re.Pattern[str]
    bracket: re.Pattern[str]
    forward: re.Pattern[str]
    back: re.Pattern[str]
    speech: re.Pattern[str]
    no_forward: re.Pattern[str]
    object_verbs: re.Pattern[str]
    bare_number_before: re.Pattern[str]
    occasion_before: re.Pattern[str]
    occasion_after: re.Pattern[str]
    occasion_blocked: re.Pattern[str]
    occasions: AhoCorasick
    occasion_names: tuple[str, ...]


@lru_cache(maxsize=4)
def patterns(table: TimeTable) -> Patterns:
    """Return the patterns of a table."""
    w = table.words
    compiled = {name: re.compile(source) for name, source in _sources(table).items()}
    names = tuple(table.names["zh"])
    return Patterns(
        **compiled,
        gate=_gate(table),
        to=re.compile(TO),
        occasions=AhoCorasick(names or ("\0",), matchkind=MatchKind.LeftmostLongest),
        occasion_names=names or ("\0",),
        no_forward=re.compile(words(w.words.no_forward)),
        speech=re.compile(words(w.words.speech)),
        object_verbs=re.compile(rf"将[^，。；：]{{1,20}}?(?:{words(w.words.object_verbs)})"),
    )


def _sources(table: TimeTable) -> dict[str, str]:
    w = table.words
    clock = _clock()
    part = words(w.words.part_of_day)
    day_part = words([*w.words.part_of_day, *w.words.part_after_day])
    zone = words(w.zone.words)
    return {
        "iso": (
            r"(?<![0-9.])([12][0-9]{3})([-./])([0-9]{1,2})\2([0-9]{1,2})(?![0-9]|[./][0-9]"
            r"|-[0-9]{1,2}(?![0-9]))(?:T[0-9:.]{4,15}Z?)?"
        ),
        "slash": r"(?<![0-9./-])([0-9]{1,2})/([0-9]{1,2})(?:/([12][0-9]{3}))?(?![0-9/%]|的|以上|左右)[日号]?",
        "relative_day": rf"(?:{words([*w.day, *w.day_told])})",
        "week": (
            rf"(?P<week>{words(w.week)})?(?:周的?(?=[周星礼]))?(?:周|星期"
            rf"|礼拜)(?:(?P<weekday>[{''.join(w.weekday)}])(?![季级维国月方个级])|(?P<weekend>末)|"
            r"(?P<whole>(?![年边刊报期转密到全围折游])))"
        ),
        "century": _century(),
        "calendar": _calendar(table),
        "amount": (
            rf"(?P<pre>{words(w.span_before)})?的? ?(?P<num>{_COUNT}) ?(?P<more>个?多|个?余"
            rf"|来)? ?(?P<unit>{_UNIT})(?P<half>半)?(?P<more2>多|有余)?"
        ),
        "every": (
            rf"(?:每(?:隔)?(?:个)?(?:[0-9]{{1,3}}|{Z}{{1,2}}|半|两)?个?(?:年|季度|月|周|星期|礼拜|天|日|小时|分钟"
            rf"|晚|逢)(?:[一二三四五六日天](?![个位名次]))?(?:的?(?:[0-9]{{1,2}}月)?[0-9]{{1,2}}[日号])?"
            rf"|逢(?:周|星期)[一二三四五六日]|(?:一|两|三|四|五)年一[度次届])"
        ),
        "clock": rf"(?P<part>{part})? ?{clock}(?:{TO}(?:{part})? ?{clock.replace('?P<', '?P<to_')})?",
        "tail": (
            rf"(?:的|[（(]?当地时间[)）]?)? ?(?P<part>(?:{day_part})(?!些|期|报))? ?(?:约"
            rf"|大约)?(?:{clock})?(?:{TO}(?:{part})?(?:{clock.replace('?P<', '?P<to_')}))?"
        ),
        "vague": rf"(?!日内瓦)(?:{words(w.words.vague)})(?!{words(w.words.vague_not_before)})",
        "suffix": _suffix(table),
        "amount_suffix": (
            rf"的?(?:时间)?(?:(?P<front>(?:之|以)?前)(?!{words(w.words.front_not_before)})|(?P<after>(?:之|以)?后"
            rf"|过后)(?!{words(w.words.after_not_before)})"
            r"|(?P<since>以来|来(?!自|到|访|华|说|宾|源|信|电|袭))|(?P<within>(?:之|以)?内(?!部|阁|政|容|战|陆|地"
            r"|蒙|外|塔|罗|华|贾|线)|间(?!接|谍|隔)|里(?!面|程|斯|约|海)|期间|当中))?"
        ),
        "prefix": (
            rf"(?:(?P<since>(?<![来亲各独私擅])自从?)|(?P<from>从)|(?P<until>截至|截止到?|不迟于|不晚于|最迟到?"
            rf"|最晚))? ?(?:(?P<about>约|大约|大概|约莫|不到|将近|不足)(?:在|于)?)? ?(?P<zone>{zone})? ?$"
        ),
        "duration_prefix": (
            r"(?:连续|为期|历时|长达|整整|持续|时隔|耗时|近乎|大约|约|逾|超过|至少|将近|近|不到|不足)+$"
        ),
        "bracket": r" ?[（(](?P<inner>[^（）()]{2,14})[）)]",
        **_surroundings(table),
    }


def _surroundings(table: TimeTable) -> dict[str, str]:
    """Return the patterns of what stands around a date: markers that pull it, words that deny it."""
    w = table.words
    return {
        "forward": rf"(?<![的该此项个份这核平助展动济作资])(?:{words(w.words.forward)})",
        "back": rf"(?:{words(w.words.back)})",
        "bare_number_before": rf"(?:{words(w.words.number_not_after)})$",
        "occasion_before": (
            rf"(?:第 ?(?P<number>[0-9]{{1,3}}|{_ANY}{{1,5}}) ?[届次]|(?P<year>[12][0-9]{{3}}) ?年?(?:度|的)?"
            rf"|(?P<relative>{words(w.year)})的?|(?P<first>首届)|(?P<this>[本该此]届|本次|这次|今次)|(?P<last>上届"
            rf"|上次|上一届)|(?P<next>下届|下次|下一届))$"
        ),
        "occasion_after": (
            r"(?:期间|上(?!演|任|述|海|升)|(?P<front>(?:举行|召开|开幕)?(?:之|以)?前(?!主|总|首|官|任|外)|前夕)"
            r"|(?P<after>(?:结束)?(?:之|以)?后(?!续|勤|备|方)|结束|闭幕)|间隙|场边|当天|当日|假期|前后)"
        ),
        "occasion_blocked": rf"(?:{words(w.words.occasion_not_before)})",
    }


def _clock() -> str:
    """Hours and minutes; ``unit`` is missing in 15:30."""
    return (
        rf"(?P<hour>[0-9]{{1,2}}|{Z}{{1,3}})(?:[:：](?P<colon>[0-5][0-9])(?:[:：][0-5][0-9])?(?![0-9:：])"
        rf"|(?P<unit>点钟?|时)(?!间|候|代|期|任|而|常|隔|差|效|光|刻|机|段|评|名|火|燃|点|共|意见|建议|主张|要求"
        rf"|看法|启示|内容|原因|声明|倡议)"
        rf"(?P<minute>半|整|许|[一三]刻|[0-9]{{1,2}}分?|{Z}{{1,3}}分)?(?:[0-9]{{1,2}}秒)?)"
    )


def _century() -> str:
    part = r"(?P<part>初期?|前期|中期|中叶|后期|末期?|末叶)?"
    return (
        rf"(?:(?:公元)?(?:(?P<number>[0-9]{{1,2}}|{Z}{{1,3}})|(?P<relative>本|上个?|这个"
        rf"|下个?)) ?世纪(?:(?P<decade>[0-9]0|{Z}十) ?年代)?"
        rf"|(?P<year>[12][0-9]{{2}}0|{Z}{{4}}) ?年代|(?<![0-9〇零一二两三四五六七八九])(?P<bare>[0-9]0"
        rf"|[二三四五六七八九]十) ?年代){part}"
    )


def _calendar(table: TimeTable) -> str:
    """Year, month, day and parts of them, in that order, each optional; whoever matches sees that one is there."""
    w = table.words
    han = r"[㐀-鿿]"
    end_of_word = rf"(?!{han})|(?=前|以|之|左右|至|到|开始|举行|召开|完成|时)"
    single = (
        rf"中(?:{end_of_word})|[春夏秋冬](?![至节运晚假游招耕训奥泳令残联装眠])"
        rf"|初(?![一二三四五六七八九十0-9步选审期中赛始衷级])|[底末](?![线特层部牌气价期])"
    )
    of_year = words(part for part in w.part_of_year if len(part) > 1)
    of_month = words(part for part in w.part_of_month if len(part) > 1)
    digit_year = (
        rf"(?<![0-9])[12][0-9]{{3}}(?= ?年(?!{words(w.words.year_not_before)})|{TO}[12][0-9]{{3}} ?年|财年|年度)"
    )
    year = (
        rf"(?:(?:公元)?(?P<year>{digit_year}|[一二][〇零一二三四五六七八九]{{3}}(?=年))(?: ?(?:财年|年度|年份?))?"
        rf"|民国 ?(?P<roc>[0-9]{{1,3}}|{Z}{{1,4}}) ?年"
        rf"|(?<![0-9])(?:(?P<short_sure>0[0-9]|[〇零][〇零一二三四五六七八九]) ?年"
        rf"|(?P<short_zh>[一二三四五六七八九][〇零一二三四五六七八九])年(?!多|余)"
        rf"|(?P<short>[0-9]{{2}}) ?年(?= ?(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]) ?月"
        rf"|年?[初底末](?![线特层部步选])))"
        rf"|(?P<year_word>{words([*w.year, *w.year_told])}))"
    )
    number = r"1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]"
    month = (
        rf"(?:(?<![0-9.])(?P<month>[0-9]{{1,2}}|{number}) ?(?:月份?(?!余|来|有余|内|嫂|球|牙|光|亮|租|薪|供|票|饼"
        rf"|台|[十廿][一二三四五六七八九]?(?![日号一二三四五六七八九])|初[一二三四五六七八九十])"
        rf"|(?={TO}(?:{number}) ?月))"
        rf"|(?P<month_word>{words([*w.month, *w.month_told])}))"
    )
    day_block = words(w.words.day_not_before)
    number_block = words(w.words.number_not_before)
    ended = rf"日(?!{day_block}|报(?![道导告称])|本(?![月周届次来轮台])|后(?=[计为])|均)|号(?!{number_block})"
    day = (
        rf"(?<![0-9.])(?P<day>[0-9]{{1,2}}|{Z}{{1,4}}) ?(?:{ended}|(?={TO}[0-9]{{1,2}} ?[日号](?!{day_block}))"
        rf"|(?=、 ?[0-9]{{1,2}} ?[日号]))"
    )
    quarter = r"第?(?P<quarter>[一二三四1-4]) ?季度?(?![报军赛])"
    season = words(w.season)
    return (
        rf"(?P<season>{season})|(?:{year}(?:的| )?)?(?:(?P<of_year>{of_year})|{quarter}|(?P<quarter_word>上个?|本"
        rf"|这个|下个?)季度|(?:前|头)(?P<first>[0-9]{{1,2}}|{Z}{{1,2}})个(?P<first_unit>月|季度)"
        rf"|(?P<of_year_1>(?<=[年度0-9])(?:{single}))|"
        rf"(?:{month} ?)?(?:(?P<of_month>{of_month})|(?P<of_month_1>(?<=[月份])(?:{single}))|的?{day})?)?(?:全年"
        rf"|全月)?"
    )


def _suffix(table: TimeTable) -> str:
    w = table.words.words
    return (
        rf"(?:(?P<since>以来|至今|迄今|[至到](?:今日|现在|目前|今)|以降|起至今|起(?!{words(w.from_not_before)})"
        rf"|(?P<begun>开始)|(?:之|以)后|过后|后(?!{words(w.after_not_before)}))"
        rf"|(?P<until>(?:之|以)前|前(?!{words(w.front_not_before)})|为?止)|(?P<about>左右|前后|上下|许)"
        r"|(?P<plain>期间|间(?!接|谍|隔)|之间|之际|(?:之|以)?内(?!部|阁|政|容|战|陆|地|蒙|外|塔|罗|华|贾)|里(?!面"
        r"|程|斯|约)|早些时候|稍早(?:时候)?|晚些时候|稍晚时候))"
    )


def _gate(table: TimeTable) -> re.Pattern[str]:
    """Where an expression may begin: numerals that run on into a unit or connector, and words.

    Words are grouped by their first character, so that most characters of a text fail at one look-up.
    """
    w = table.words
    unit = r"(?: ?[年月日号财时点天周星礼季昼分秒世载/:.~至到、—-]|个|半|多|余|来|小时|钟头)"
    sources = [
        rf"(?<![0-9.第])[0-9]{{1,4}}(?=[0-9]{{0,2}}{unit})",
        rf"(?<![{DIGITS}十廿卅百千万第])(?={_ANY}{{1,6}}{unit})",
        r"[半几数多好若十](?=[数几十百个年月周天日小星礼分])",
        r"(?:周|星期|礼拜)(?=[一二三四五六日天末])",
        rf"(?:{words(w.week)})(?=周|星期|礼拜)",
        r"民国(?= ?[0-9一二三四五六七八九十])|公元(?=[0-9])",
        r"每(?=隔|个|逢|[0-9一二两三四五六七八九十半年月周天日星礼小分季晚])|逢(?=周|星期)",
        r"[上本这下]个?(?=季度)|[前头](?=[0-9一二两三四五六七八九十]{1,2}个[月季])|[本上这下]个?(?=世纪)"
        r"|第(?=[一二三四1-4] ?季)",
        rf"(?:{words(w.span_before)})(?=的? ?(?:[0-9]|{_ANY}|[半几数多好若]))",
    ]
    literal = [
        *w.day,
        *w.day_told,
        *w.year,
        *w.year_told,
        *w.month,
        *w.month_told,
        *w.season,
        *w.words.vague,
        *w.words.part_of_day,
    ]
    literal += [p for p in (*w.part_of_year, *w.part_of_month) if len(p) > 1]
    grouped: dict[str, list[str]] = defaultdict(list)
    for word in set(literal):
        grouped[word[0]].append(word[1:])
    # 马上一年, 工作日内, 大年初一, 三年底
    not_after = {"上": "(?<!马)", **dict.fromkeys("日年月周", "(?<![0-9十一二三四五六七八九作易大个正腊闰财])")}
    sources += [f"{not_after.get(first, '')}{first}(?:{words(rest)})" for first, rest in sorted(grouped.items())]
    firsts = "".join(
        sorted({*grouped, *(v[0] for v in (*w.week, *w.span_before)), *"周星礼民公每逢本上这下第半几数多好若十前头"})
    )
    return re.compile(rf"(?=[0-9{DIGITS}十廿卅百千万{firsts}])(?:{'|'.join(sources)})")
