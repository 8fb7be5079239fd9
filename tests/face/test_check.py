"""``attache check`` and ``attache verdict``: the sheet, its findings, and people's verdicts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from attache.brief.sheet import Verdict
from attache.face.cli import app
from attache.face.verdicts import VerdictError, add, load
from attache.pipeline import Reader
from attache.record import Check

PAGE = """芬兰总统访问基辅 签署“百年协定”

2024-04-05

芬兰总统斯图布4月3日访问基辅，与乌克兰总统泽连斯基签署了安全合作协议。

芬兰总统尼尼斯托在致辞中说，“我们同乌克兰站在一起”。双方一致同意设立联合委员会。

《海港晚报》4月4日披露，两国外长还打算会见德国日内瓦的代表。俄罗斯外交部悍然指责芬兰挑衅。
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "kyiv.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(arguments))
    return result.exit_code, result.stdout, result.stderr


def sheet(page: Path, file: Path) -> dict[str, Any]:
    code, out, _ = run("check", "--json", "--file", str(file), str(page))
    assert code == 0
    return dict(json.loads(out))


def findings(found: dict[str, Any]) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for check in found["findings"]:
        out.setdefault(check["kind"], []).append(check["spans"][0]["text"])
    return out


def test_findings_name_their_words(page: Path, tmp_path: Path) -> None:
    told = findings(sheet(page, tmp_path / "v.jsonl"))
    assert told["headline against body"] == ["“百年协定”"]
    assert told["agreement without a source"] == ["双方一致同意设立联合委员会"]
    assert told["city in another country"] == ["德国日内瓦"]
    assert told["loaded word"] == ["悍然"]
    assert [words for words in told["office at another date"] if "尼尼斯托" in words]


def test_claims_stand_by_how_checkable_they_are(page: Path, tmp_path: Path) -> None:
    found = sheet(page, tmp_path / "v.jsonl")
    points = [claim["points"] for claim in found["claims"]]
    assert points == sorted(points, reverse=True)
    first = found["claims"][0]
    assert first["kind"] == "CONSULT"
    assert {"actual", "day", "both sides known"} <= set(first["why"])
    assert all(one["outcome"] for one in found["paragraphs"])
    assert sum(found["shares"].values()) == 5


def test_a_verdict_is_kept_apart_and_shown(page: Path, tmp_path: Path) -> None:
    file = tmp_path / "deep" / "verdicts.jsonl"
    claim = sheet(page, file)["claims"][0]["id"]
    given = (
        "--by",
        "A. Reader",
        "--evidence",
        "https://example.org/a",
        "--evidence",
        "an archive",
        "--file",
        str(file),
    )
    code, out, _ = run("verdict", str(page), claim[:6], "mostly true", *given, "--date", "2024-05-01", "--note", "seen")
    assert code == 0
    assert str(file) in out
    found = sheet(page, file)
    (verdict,) = found["verdicts"]
    assert (verdict["claim"], verdict["rating"], verdict["date"]) == (claim, "mostly true", "2024-05-01")
    (review,) = found["claim_reviews"]
    assert review["@type"] == "ClaimReview"
    assert review["citation"] == ["https://example.org/a", "an archive"]
    _, shown, _ = run("check", "--file", str(file), str(page))
    assert "verdict of A. Reader, 2024-05-01: mostly true" in shown
    run("verdict", str(page), claim, "false", *given)
    assert [one.rating for one in load(file)] == ["mostly true", "false"]


@pytest.mark.parametrize(
    ("claim", "rating", "more", "cause"),
    [
        ("000000000000", "true", [], "no such claim on this page"),
        ("", "true", [], "no such claim on this page"),
        ("0", "right", [], "one of true, mostly true"),
        ("0", "true", ["--date", "2024-02-30"], "no date"),
        ("0", "true", ["--by", " "], "must not be empty"),
    ],
)
def test_a_verdict_that_does_not_hold_is_refused(
    page: Path, tmp_path: Path, claim: str, rating: str, more: list[str], cause: str
) -> None:
    file = tmp_path / "v.jsonl"
    given = ["--by", "B", "--evidence", "x", *more] if "--by" not in more else ["--evidence", "x", *more]
    code, _, error = run("verdict", str(page), claim, rating, *given, "--file", str(file))
    assert code == 2
    assert cause in error
    assert not file.exists()


def test_a_damaged_file_of_verdicts_is_named_with_its_line(page: Path, tmp_path: Path) -> None:
    file = tmp_path / "v.jsonl"
    one = Verdict(page="p", uri="u", claim="c", words="w", rating="true", by="B", date="2024-05-01", evidence=["e"])
    add(file, one)
    file.write_bytes(file.read_bytes() + b'{"page": 1}\n')
    code, _, error = run("check", "--file", str(file), str(page))
    assert code == 2
    assert f"{file}, line 2" in error
    with pytest.raises(VerdictError, match="line 2"):
        load(file)


def test_a_file_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    one = Verdict(page="p", uri="u", claim="c", words="w", rating="true", by="B", date="2024-05-01", evidence=["e"])
    with pytest.raises(VerdictError):
        add(tmp_path, one)


def checks(reader: Reader, title: str, *paragraphs: str, day: str = "2024-04-05") -> list[Check]:
    return reader.read("\n\n".join([title, day, *paragraphs, ""]).encode(), "p").checks


@pytest.mark.parametrize(
    ("title", "body", "message"),
    [
        ("美国袭击伊朗核设施", "美国官员说，如果谈判破裂，美国可能袭击伊朗的核设施。", "as hypothetical"),
        ("以色列空袭大马士革", "叙利亚官方通讯社报道，以色列周二空袭了大马士革郊区。", "the body by"),
        (
            "美国向乌克兰提供300枚导弹",
            "美国4月2日宣布向乌克兰提供一批导弹，数量没有公布。",
            "does not have this figure",
        ),
    ],
)
def test_a_headline_firmer_than_the_body_is_found(reader: Reader, title: str, body: str, message: str) -> None:
    told = [check.message for check in checks(reader, title, body) if check.kind == "headline against body"]
    assert any(message in one for one in told), told


def test_a_headline_that_the_body_bears_out_is_left_alone(reader: Reader) -> None:
    body = "以色列军方4月1日空袭了叙利亚首都大马士革，造成7人死亡。"
    assert not [c for c in checks(reader, "以色列空袭叙利亚 7人死亡", body) if c.kind == "headline against body"]


def test_a_numbered_meeting_of_another_year_is_found(reader: Reader) -> None:
    body = "2021年第59届慕尼黑安全会议上，各国代表讨论了乌克兰局势，会议持续三天。"
    told = [check for check in checks(reader, "慕安会观察", body) if check.kind == "edition and year do not fit"]
    assert [check.spans[0].text for check in told] == ["2021年第59届慕尼黑安全会议上"]


def test_an_act_later_than_the_page_is_found(reader: Reader) -> None:
    body = "中国外长王毅2024年4月9日在北京会见了俄罗斯外长拉夫罗夫，双方就乌克兰局势交换了意见。"
    told = [check.kind for check in checks(reader, "王毅会见拉夫罗夫", body, day="2024-04-05")]
    assert "dates out of order" in told
