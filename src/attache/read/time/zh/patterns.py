"""The patterns of Chinese times, made once from the table of words.

Each is tried where ``gate`` lets it, by ``match``; none can backtrack far, as all repetitions are bounded.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from attache.read.quantity.number import DIGITS
from attache.read.time.table import TimeTable

Z = f"[{DIGITS}十廿卅]"  # numerals of days, months and hours
_ANY = f"[{DIGITS}十廿卅百千万]"
TO = r" ?(?:起?至|起?到|—{1,2}|-|~|[和与](?=[^，。、]{2,9}(?:之间|期间|年间|日间))) ?"
_COUNT = (
    rf"(?:[0-9]{{1,9}}(?:\.[0-9]{{1,2}})?[百千万亿]{{0,2}}|[二三四五六七八九]?十几|{_ANY}{{1,6}}|数十|数百|好几|几十|几百|若干"
    rf"|大半|小半|[半几数多俩仨])"
)
_UNIT = (
    r"(?:个?半?(?:年|小时|钟头)(?!代|级|轻|龄|薪|货|会费|均|期)|载(?!人|体|有|荷|着)|个?半?月(?!球|亮|薪|租|饼)"
    r"|个?季度|周(?!年|边|刊|报|[一二三四五六日末])"
    r"|个?(?:星期|礼拜)(?![一二三四五六日天])|天(?!津|然|空|安门|主|气|际|平|文|堂|地|下|涯|才|线|宫|问|舟|王|皇)"
    r"|昼夜|日(?!本|元|圆|均|报|常|游|内瓦)|(?<!一)个?(?:工作日|交易日)"
    r"|分半?钟|秒钟?|刻钟|个?世纪)"
)
# what may be added to an amount: 四年六个月, 8天又二十个小时, 三小时二十分
_FURTHER = (
    rf"(?P<and>又|外加|零)?(?:[多余])? ?(?P<num>[0-9]{{1,4}}|{_ANY}{{1,4}}|半) ?"
    r"(?P<unit>个半?月|个?(?:小时|钟头|星期|礼拜)|天(?![津然空安主气际平文堂地下涯才线宫问舟王皇])|周(?![年边刊报一二三四五六日末])"
    r"|时(?![间候代期任])|分钟?(?![之别布析歧])|秒钟?)(?P<half>半)?"
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
    lunar: re.Pattern[str]
    amount: re.Pattern[str]
    amount_further: re.Pattern[str]
    amount_range: re.Pattern[str]
    every: re.Pattern[str]
    clock: re.Pattern[str]
    tail: re.Pattern[str]  # part of the day and clock after a day
    vague: re.Pattern[str]
    to: re.Pattern[str]
    suffix: re.Pattern[str]
    amount_suffix: re.Pattern[str]
    name_after: re.Pattern[str]  # 内 or 后 of a name or word: 内塔尼亚胡, 后藤
    length_before: re.Pattern[str]
    unknown: re.Pattern[str]  # years of calendars that are not reckoned
    pair: re.Pattern[str]
    offset: re.Pattern[str]
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
    alone_before: re.Pattern[str]
    alone_after: re.Pattern[str]
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
    to_clock = clock.replace("?P<", "?P<to_")
    part = words(w.part_of_day)
    day_part = words([*w.part_of_day, *w.part_after_day, *w.words.day_tail])
    zone = words(w.zone)
    within = _other(w.words.within_not_before, w.words.within_but_before)
    return {
        "iso": (
            r"(?<![0-9.])([12][0-9]{3})([-./])([0-9]{1,2})\2([0-9]{1,2})(?![0-9]|[./][0-9]"
            r"|-[0-9]{1,2}(?![0-9]))"
            r"(?:T(?P<stamp>[0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?[0-9:.]{0,15}(?P<offset>Z|[+-][0-9]{2}:?[0-9]{2}(?![0-9]))?)?"
        ),
        "slash": r"(?<![0-9./-])([0-9]{1,2})/([0-9]{1,2})(?:/([12][0-9]{3}))?(?![0-9/%]|的|以上|左右)[日号]?",
        "week": (
            rf"(?P<week>{words(w.week)})?(?:周的?(?=[周星礼]))?(?:周|星期"
            rf"|礼拜)(?:(?P<weekday>[{''.join(w.weekday)}])(?![季级维国月方个级])|(?P<weekend>末)|"
            r"(?P<whole>(?![年边刊报期转密到全围折游])))"
        ),
        "century": _century(),
        "calendar": _calendar(table),
        "lunar": _lunar(table),
        "amount": (
            rf"(?P<pre>{words(w.span_before)})?的? ?(?P<num>{_COUNT}) ?(?P<more>个?多|个?余"
            rf"|来)? ?(?P<unit>{_UNIT})(?P<half>半)?(?P<more2>多|有余)?"
        ),
        "amount_further": _FURTHER,
        "amount_range": rf"(?P<low>[0-9]{{1,4}}|{_ANY}{{1,5}}){TO}(?P<num>{_COUNT}) ?(?P<unit>{_UNIT})(?P<half>半)?",
        "every": (
            rf"(?:每?逢(?:周|星期|礼拜)[一二三四五六日天末]"
            rf"|每(?:隔)?(?:个)?(?:[0-9]{{1,3}}|{Z}{{1,2}}|半|两)?个?(?:年|季度|月|周|星期|礼拜|天|日|小时|分钟"
            rf"|晚|逢)(?:[一二三四五六日天](?![个位名次月十]))?"
            rf"(?:的?(?:(?:[0-9]{{1,2}}|{Z}{{1,2}})月份?)?(?:(?:[0-9]{{1,2}}|{Z}{{1,3}})[日号])?(?<=[月份日号]))?"
            rf"|(?:一|两|三|四|五)年一[度次届])"
        ),
        "clock": rf"(?P<part>{part}|[早晚](?=[0-9{DIGITS}十]))? ?{clock}(?:{TO}(?P<to_part>{part})? ?{to_clock})?",
        "tail": (
            rf"(?:的|[（(]?(?P<zone>{zone})[)）]?)? ?(?P<part>(?:{day_part})(?!些|期|报))? ?(?:约|大约)?"
            rf"(?:{clock})?(?:{TO}(?P<to_part>{part})?(?:{to_clock}))?"
        ),
        "vague": rf"(?!日内瓦)(?:{words(w.words.vague)})(?!{words(w.words.vague_not_before)})",
        "suffix": _suffix(table),
        "amount_suffix": (
            rf"的?(?:时间)?(?:(?P<front>(?:之|以)?前)(?!{words(w.words.front_not_before)})|(?P<after>(?:之|以)?后"
            rf"|过后)(?!{_other(w.words.after_not_before, w.words.after_but_before)})"
            rf"|(?P<since>以来|来(?!自|到|访|华|说|宾|源|信|电|袭))|(?P<within>(?:之|以)?内(?!{within})"
            r"|间(?!接|谍|隔)|里(?!面|程|斯|约|海)|期间|当中))?"
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
        "relative_day": rf"(?:{words([*w.day, *w.day_told])})",
        "name_after": (
            rf"内(?:{_other(w.words.within_not_before, w.words.within_but_before)})"
            rf"|后(?:{_other(w.words.after_not_before, w.words.after_but_before)})"
        ),
        "length_before": rf"(?:{words(w.words.length_after)})(?:了|过)?(?:已经|已|约)?$",
        "unknown": _unknown(),
        "pair": _pair(table),
        "offset": r" ?[（(]?(?:UTC|GMT)(?:[+-][01]?[0-9](?::?[0-9]{2})?)?(?![0-9])[)）]?",
        "forward": rf"(?<![的该此项个份这核平助展动济作资])(?:{words(w.words.forward)})",
        "back": rf"(?:{words(w.words.back)})",
        "bare_number_before": rf"(?:{words(w.words.number_not_after)})$",
        "occasion_before": (
            rf"(?:第 ?(?P<number>[0-9]{{1,3}}|{_ANY}{{1,5}}) ?[届次]"
            rf"|(?P<year>[12][0-9]{{3}}|[一二][〇零{DIGITS}]{{3}}(?=年)"
            rf"|[0〇零][0-9{DIGITS}](?=年)) ?年?(?:度|的)?"
            rf"|(?P<relative>{words(w.year)})的?|(?P<first>首届)|(?P<this>[本该此]届|本次|这次|今次)|(?P<last>上届"
            rf"|上次|上一届)|(?P<next>下届|下次|下一届))$"
        ),
        "occasion_after": (
            r"(?:期间|上(?!演|任|述|海|升)|(?P<about>前后|左右)|(?P<front>(?:举行|召开|开幕)?(?:之|以)?前(?!后|主|总|首|官|任|外)|前夕)"
            r"|(?P<after>(?:结束)?(?:之|以)?后(?!续|勤|备|方)|结束|闭幕)|间隙|场边|当天|当日|假期)"
        ),
        "alone_before": r"(?:^|[^㐀-鿿]|[在于和与及至到从自的是年逢过度、]|[今明去]年|农历)$",
        "alone_after": r"$|[^㐀-鿿]|[期前后长假黄当到至是和与之已将在的晚]",
        "occasion_blocked": rf"(?:{words(w.words.occasion_not_before)})",
    }


def _other(names: Iterable[str], but: Iterable[str]) -> str:
    """What may not follow a word, save these that begin like it: 内部 is a word, 内部署 is not."""
    return rf"(?!{words(but)})(?:{words(names)})"


def _unknown() -> str:
    """Years that are not reckoned, with month and day: of the cycle of sixty, and centuries before the first."""
    number = rf"(?:[0-9]{{1,4}}|[{DIGITS}十百千廿卅]{{1,6}})"
    return (
        rf"(?:[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年|公元前 ?{number} ?世纪)"
        rf"(?: ?{number} ?月(?: ?{number} ?[日号])?)?"
    )


def _pair(table: TimeTable) -> str:
    """Months of one year with one 月: 五六月间, 5、6月."""
    one = r"1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九]"
    run = "|".join(a + b for a, b in pairwise("一二三四五六七八九"))
    return (
        rf"(?:{_year(table)}(?:的| )?)?(?<![0-9{DIGITS}十、])"
        rf"(?P<row>{run}|(?:(?:{one})、){{1,5}}(?:{one})) ?两?月份?"
        rf"(?![份余来]|有余|{words(table.words.words.month_not_before)}|[0-9{DIGITS}十]{{1,3}}[日号])"
    )


def _clock() -> str:
    """Hours and minutes; ``unit`` is missing in 15:30."""
    return (
        rf"(?P<hour>[0-9]{{1,2}}|{Z}{{1,3}})(?:[:：](?P<colon>[0-9]{{2}})(?:[:：](?P<second>[0-9]{{2}}))?(?![0-9:：])时?"
        rf"|(?={TO}(?:[0-9]{{1,2}}|{Z}{{1,3}})(?:点|时(?![间候代])))"
        rf"|(?P<unit>点钟?|时)(?!间|候|代|期|任|而|常|隔|差|效|光|刻|机|段|评|名|火|燃|点|共|意见|建议|主张|要求"
        rf"|看法|启示|内容|原因|声明|倡议)"
        rf"(?:过?(?P<minute>半|整|许|多钟?|[一三13]刻|[0-9]{{1,2}}分?(?!钟)|{Z}{{1,3}}分(?!钟)|{Z}{{2,3}}(?![{DIGITS}十个人名点年月日天]))"
        rf"(?:(?P<second_zh>[0-9]{{1,2}}|{Z}{{1,3}})秒)?)?)"
    )


def _century() -> str:
    part = r"(?P<part>初期?|前期|中期|中叶|后期|末期?|末叶)?"
    return (
        rf"(?:(?:公元)?(?:(?P<number>[0-9]{{1,2}}|{Z}{{1,3}})|(?P<relative>本|上个?|这个"
        rf"|下个?)) ?世纪(?:(?P<decade>[0-9]0|{Z}十) ?年代)?"
        rf"|(?P<year>[12][0-9]{{2}}0|{Z}{{4}}) ?年代|(?<![0-9〇零一二两三四五六七八九])(?P<bare>[0-9]0"
        rf"|[二三四五六七八九]十) ?年代){part}"
    )


def _year(table: TimeTable) -> str:
    """Return a year: in figures, of an era, clipped, or a word."""
    w = table.words
    digit_year = (
        rf"(?<![0-9])[12][0-9]{{3}}(?= ?年(?!{words(w.words.year_not_before)})|{TO}[12][0-9]{{3}} ?年|财年|年度)"
    )
    return (
        rf"(?:(?P<year>{digit_year}|[一二][〇零一二三四五六七八九]{{3}}(?=年))(?: ?(?:财年|年度|年份?))?"
        rf"|公元(?P<before_christ>前)?(?P<ad>[0-9]{{1,4}}|{Z}{{1,4}}) ?年"
        rf"|(?P<by_place>(?:一千[一二三四五六七八九]百|[两二]千)[零〇{DIGITS}十]{{0,4}}|[1-9][0-9]{{2}}|{Z}{{3}})年"
        rf"(?= ?(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月)"
        rf"|(?P<nought>0000) ?年"
        rf"|(?P<era>{words(w.era)}) ?(?P<era_year>元|[0-9]{{1,4}}|[{DIGITS}十百千廿卅]{{1,6}}) ?年"
        rf"|(?<![0-9])(?:(?P<short_sure>0[0-9]|[〇零][〇零一二三四五六七八九]) ?年"
        rf"|(?P<short_zh>[一二三四五六七八九][〇零一二三四五六七八九])年(?!多|余)"
        rf"|(?P<short>[0-9]{{2}}) ?年(?= ?(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]) ?月"
        rf"|第(?:{Z}{{1,3}}|[0-9]{{1,2}})个?(?:周|星期|礼拜|月)|年?[初底末](?![线特层部步选])))"
        rf"|(?P<year_word>{words([*w.year, *w.year_told])})(?!(?<=这一年)[来多半间龄级轻代度]))"
    )


def _lunar(table: TimeTable) -> str:
    mark = "农历|阴历|旧历|夏历"
    return (
        rf"(?:(?P<mark>{mark})的?)?(?:{_year(table)}(?:的| )?)?(?P<mark2>{mark})?(?P<leap>闰)?"
        rf"(?P<lunar_month>[正冬腊]|(?P<new_year>大年)(?=初)|[0-9]{{1,2}}|十[一二三四五六七八九]?|[一二三四五六七八九])(?:(?<=大年)|月份?)"
        rf"(?P<lunar_day>初[一二三四五六七八九十0-9]{{1,2}}|廿[一二三四五六七八九]?|三十|[一二]?十[一二三四五六七八九]?|[1-3]?[0-9](?![0-9年月]))?"
        rf"(?:(?<=[0-9一二三四五六七八九十])[日号])?"
    )


def _calendar(table: TimeTable) -> str:
    """Year, month, day and parts of them, in that order, each optional; whoever matches sees that one is there."""
    w = table.words
    han = r"[㐀-鿿]"
    end_of_word = rf"(?!{han})|(?=前|以|之|左右|至|到|开始|举行|召开|完成|时)"
    no_month = words(w.words.month_not_before)
    single = (
        rf"中(?:{end_of_word})|[春夏秋冬](?![至节运晚假游招耕训奥泳令残联装眠])"
        rf"|初(?![一二三四五六七八九十0-9步选审期中赛始衷级])|[底末](?![线特层部牌气价期])"
    )
    of_year = words(part for part in w.part_of_year if len(part) > 1)
    of_month = words(part for part in w.part_of_month if len(part) > 1)
    year = _year(table)
    number = r"1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]"
    month = (
        rf"(?:(?<![0-9.])(?P<month>[0-9]{{1,2}}|{number}) ?(?:月份?(?!{no_month}|余|来|有余|内|嫂|球|牙|光|亮|租|薪|供"
        rf"|票|饼|台|廿[一二三四五六七八九]?(?![日号一二三四五六七八九])|十[一二三四五六七八九]?(?![日号一二三四五六七八九]|$|[，。；！？）)至到])|初[一二三四五六七八九十])"
        rf"|(?={TO}(?:{number}) ?月))"
        rf"|(?P<month_word>{words([*w.month, *w.month_told])}))"
    )
    day_block = words(w.words.day_not_before)
    number_block = words(w.words.number_not_before)
    ended = rf"日(?!{day_block}|报(?![道导告称])|本(?![月周届次来轮台])|后(?=[计为])|均)|号(?!{number_block})"
    ended_bare = "$|[，。；！？）)]|[至到—][0-9一二三四五六七八九十]"  # 1月3至2月10
    day = (
        rf"(?<![0-9.])(?P<day>[0-9]{{1,2}}|{Z}{{1,4}}) ?(?:{ended}|(?={TO}[0-9]{{1,2}} ?[日号](?!{day_block}))"
        rf"|(?=、 ?[0-9]{{1,2}} ?[日号])|(?:(?<=月[1-9])|(?<=月[0-9{DIGITS}十][0-9{DIGITS}十])"
        rf"|(?<=月[{DIGITS}十廿][{DIGITS}十][{DIGITS}]))(?={ended_bare}))"
    )
    quarter = r"第?(?P<quarter>[一二三四首1-4]) ?季度?(?P<quarter_part>[初末底])?(?![报军赛])"
    weekday = f"(?:周|星期|礼拜)[{''.join(w.weekday)}]"
    nth = (
        rf"(?:(?<=[年月份度])|(?<=月的)|(?<=年的)|(?<=份的))(?:(?P<nth>第(?:[0-9]{{1,2}}|{Z}{{1,3}})|最后一)个?(?P<nth_unit>{weekday}|周(?!年)|星期|礼拜|天|日(?!本)|月)"
        rf"|(?P<run>前|头|最后|后) ?(?P<run_count>[0-9]{{1,2}}|{Z}{{1,2}})个?(?P<run_unit>周|星期|礼拜|天|日|月)"
        rf"|首个?(?P<head_unit>周|天|日(?!本)|月))"
    )
    season = words(w.season)
    return (
        rf"(?P<season>{season})|(?:{year}(?:的| )?)?(?:(?P<of_year>{of_year})|{quarter}|(?P<quarter_word>上个?|本"
        rf"|这个|下个?)季度(?P<quarter_word_part>[初末底])?"
        rf"|(?:前|头)(?P<first>[0-9]{{1,2}}|{Z}{{1,2}})个(?P<first_unit>月|季度)"
        rf"|(?P<of_year_1>(?<=[年度0-9])(?:{single}))|"
        rf"(?:{month} ?)?(?:的?{nth}|(?P<of_month>{of_month})|(?P<of_month_1>(?<=[月份])(?:{single}))|的?{day})?)?"
        rf"(?:全年|全月)?"
    )


def _suffix(table: TimeTable) -> str:
    w = table.words.words
    within = _other(w.within_not_before, w.within_but_before)
    after = _other(w.after_not_before, w.after_but_before)
    return (
        rf"(?:(?P<since>以来|至今|迄今|[至到](?:今日|现在|目前|今)|以降|起至今|起(?!{words(w.from_not_before)})"
        rf"|(?P<begun>开始)|(?:之|以)后|过后|后(?!{after}))"
        rf"|(?P<until>(?:之|以)前|前(?!后|{words(w.front_not_before)})|为?止)|(?P<about>左右|前后|上下|许)"
        rf"|(?P<plain>期间|间(?!接|谍|隔)|之间|之际|(?:之|以)?内(?!{within})|里(?!面"
        r"|程|斯|约)|早些时候|稍早(?:时候)?|晚些时候|稍晚时候))"
    )


def _gate(table: TimeTable) -> re.Pattern[str]:
    """Where an expression may begin: numerals before a unit or connector, and words, by their first character."""
    w = table.words
    unit = r"(?: ?[年月日号财时点天周星礼季昼分秒世载刻钟工交/:：.~至到、—-]|个|半|多|余|来|小时)"
    sources = [
        rf"(?<![0-9.第])[0-9]{{1,4}}(?=[0-9]{{0,2}}{unit})",
        rf"(?<![{DIGITS}十廿卅百千万第])(?={_ANY}{{1,6}}{unit})",
        r"[半几数多好若十俩仨](?=[数几十百个年月周天日小星礼分钟])|[早晚](?=[0-9一二三四五六七八九十]{1,2}点)",
        r"(?<![0-9])[01][0-9](?=-[0-3][0-9] [0-2][0-9]:)|今明(?=两)|大年(?=初)|公元(?=前)",
        r"[12][0-9]{3}(?= [01][0-9] [0-3][0-9](?![0-9]))|(?<![0-9])[12][0-9]{7}(?![0-9])",
        r"(?:周|星期|礼拜)(?=[一二三四五六日天末])",
        rf"(?:{words(w.week)})(?=周|星期|礼拜)",
        rf"(?:{words(w.era)})(?= ?[0-9元〇零一二三四五六七八九十百千廿卅]{{1,6}} ?年)"
        r"|公元(?=前?[0-9〇零一二三四五六七八九])",
        r"[甲乙丙丁戊己庚辛壬癸](?=[子丑寅卯辰巳午未申酉戌亥]年)",
        r"农历|阴历|旧历|夏历|[正腊冬闰](?=[0-9一二三四五六七八九十]{0,2}月)",
        r"每(?=隔|个|逢|[0-9一二两三四五六七八九十半年月周天日星礼小分季晚])|逢(?=周|星期)",
        r"[上本这下]个?(?=季度)|[前头](?=[0-9一二两三四五六七八九十]{1,2}个[月季])|[本上这下]个?(?=世纪)"
        r"|第(?=[一二三四1-4] ?季)",
        rf"(?<![马附])(?!(?<=最)后)(?:{words(w.span_before)})(?=的? ?(?:[0-9]|{_ANY}|[半几数多好若俩仨]))",
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
        *w.part_of_day,
    ]
    literal += [p for p in (*w.part_of_year, *w.part_of_month) if len(p) > 1]
    grouped: dict[str, list[str]] = defaultdict(list)
    for word in set(literal):
        grouped[word[0]].append(word[1:])
    # 马上一年, 工作日内, 大年初一, 三年底
    not_after = {
        "上": "(?<!马)",
        "次": "(?<![上本这首每下几一二三四五六七八九十0-9])",
        "本": "(?<!日)",
        "后": "(?<!最)",
        **dict.fromkeys("日年月周", "(?<![0-9十一二三四五六七八九作易大个正腊闰财])"),
    }
    sources += [f"{not_after.get(first, '')}{first}(?:{words(rest)})" for first, rest in sorted(grouped.items())]
    heads = "周星礼农阴旧夏正腊冬闰公每逢本上这下第半几数多好若十前头俩仨早晚今大甲乙丙丁戊己庚辛壬癸"
    named = (*w.era, *w.week, *w.span_before)
    firsts = "".join(sorted({*grouped, *heads, *(v[0] for v in named)}))
    return re.compile(rf"(?=[0-9{DIGITS}十廿卅百千万{firsts}])(?:{'|'.join(sources)})")
