"""Who does it to whom: passives, clipped names, and words in which a clipped name only seems to stand."""

from __future__ import annotations

import pytest

from attache.face.trial import read_alone
from attache.pipeline import Reader
from pages import codes

PASSIVES = ["被", "遭", "遭到", "受到"]


@pytest.mark.parametrize("word", PASSIVES)
@pytest.mark.parametrize(
    ("sentence", "doer", "done_to"),
    [
        ("日本渔船{}俄罗斯扣押。", "RUS", "JPN"),
        ("立陶宛{}中国制裁。", "CHN", "LTU"),
        ("哈马斯领导人{}以色列谴责。", "ISR", "HAMAS"),
        ("朝鲜{}联合国安理会谴责。", "UN", "PRK"),
        ("法国大使{}尼日尔政府驱逐。", "NER", "FRA"),
    ],
)
def test_a_passive_turns_the_sides(grammar: Reader, word: str, sentence: str, doer: str, done_to: str) -> None:
    (event,) = read_alone(grammar, sentence.format(word))[1]
    assert (codes(event.actors), codes(event.recipients)) == ((doer,), (done_to,))


@pytest.mark.parametrize(
    ("sentence", "doer", "done_to"),
    [
        ("日本首相访美。", "JPN", "USA"),
        ("法国总统访华。", "FRA", "CHN"),
        ("德国外长将于下周访俄。", "DEU", "RUS"),
        ("美国对华加征关税。", "USA", "CHN"),
        ("欧盟对俄制裁。", "EU", "RUS"),
        ("美方谴责俄方。", "USA", "RUS"),
        ("美军轰炸伊朗。", "USA", "IRN"),
    ],
)
def test_clipped_names_stand_for_their_states(grammar: Reader, sentence: str, doer: str, done_to: str) -> None:
    told = [(codes(event.actors), codes(event.recipients)) for event in read_alone(grammar, sentence)[1]]
    assert ((doer,), (done_to,)) in told or ((done_to,), (doer,)) in told


# sentence, and the code of the state that its words only seem to name
SEEMING = [
    ("德国谴责对中小企业的歧视。", "CHN"),
    ("德国总理向中层官员发出警告。", "CHN"),
    ("德国制裁与中药有关的公司。", "CHN"),
    ("韩国对日常用品加征关税。", "JPN"),
    ("韩国谴责向日军慰安所道歉不足的说法。", "USA"),
    ("印度批评对加工食品征税的做法。", "CAN"),
    ("印度对加薪要求表示拒绝。", "CAN"),
    ("德国谴责对美好生活的破坏。", "USA"),
    ("德国批评对法治的破坏。", "FRA"),
    ("俄罗斯商人被法院判处有期徒刑十年。", "FRA"),
    ("俄罗斯商人被法官下令拘留。", "FRA"),
    ("俄罗斯公民被德高望重的长老批评。", "DEU"),
    ("德国拒绝与英才学校合作。", "GBR"),
    ("美国谴责对以往协议的破坏。", "ISR"),
    ("法国支持对韩愈文章的翻译。", "KOR"),
    ("意大利要求在中午以前答复。", "CHN"),
    ("日本谴责对俄语学校的袭击。", "CHN"),
    ("菅义伟首次以首相身份访问越南。", "ISR"),
    ("岸田文雄以总理名义谴责俄罗斯。", "ISR"),
]


@pytest.mark.parametrize(("sentence", "code"), SEEMING)
@pytest.mark.parametrize("judged", [False, True], ids=["grammar", "judged"])
def test_a_word_that_only_begins_like_a_clipped_name_names_no_state(
    grammar: Reader, reader: Reader, sentence: str, code: str, judged: bool
) -> None:
    for event in read_alone(reader if judged else grammar, sentence)[1]:
        assert code not in codes(event.actors + event.recipients)


def test_whoever_lets_a_medium_visit_him_gives_an_interview(grammar: Reader) -> None:
    """访问 of a newsroom is an interview in part of the Chinese press."""
    for word in ("共同社", "路透社"):
        told = read_alone(grammar, f"法国外长在接受{word}访问时表示，法国愿意与德国会谈。")[1]
        assert [event.type for event in told] == ["AGREE"]


def test_two_characters_of_a_foreign_name_are_no_pair_of_states(grammar: Reader) -> None:
    readings, _ = read_alone(grammar, "以军对卡迈勒·阿德万医院发动袭击。")
    named = {party.code for item in readings[0].chunks if item.phrase for party in item.phrase.parties}
    assert named == {"ISR"}


@pytest.mark.parametrize("word", ["不要", "不得", "切勿", "不要再", "不要用导弹"])
def test_what_somebody_is_told_not_to_do_is_no_act_of_his(reader: Reader, grammar: Reader, word: str) -> None:
    for one in (reader, grammar):
        told = read_alone(one, f"法国要求德国{word}攻击波兰。")[1]
        assert [(event.type, codes(event.recipients)) for event in told] == [("REQUEST", ("DEU",))]


def test_a_measure_that_somebody_refuses_to_join_is_not_his(reader: Reader, grammar: Reader) -> None:
    for one in (reader, grammar):
        told = read_alone(one, "塞尔维亚拒绝加入西方对俄制裁。")[1]
        assert [event.type for event in told] == ["REJECT"]


def test_what_somebody_plans_to_buy_he_has_not_bought(grammar: Reader) -> None:
    told = read_alone(grammar, "菲律宾计划明年从印度购买布拉莫斯导弹。")[1]
    assert [event.type for event in told] == ["AGREE"]


def test_what_stands_behind_another_verb_is_not_forbidden(grammar: Reader) -> None:
    """不要忘记俄罗斯入侵乌克兰: the forgetting is forbidden, the invasion is told."""
    cases = (("法国敦促各方不要忘记俄罗斯去年入侵乌克兰。", False), ("法国敦促俄罗斯不要入侵乌克兰。", True))
    for text, barred in cases:
        ((here,), _) = read_alone(grammar, text)
        assert [site.barred for site in here.proposed if site.trigger[2] == "入侵"] == [barred]
