"""`attache who` and `attache lexicon propose`: every reading of a name; what pages name and the lexicon lacks."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from attache.face.cli import app
from attache.face.proposals import Proposals
from attache.lexicon.tables import tables

PAGE = """汉堡防务会谈

2024-05-08 10:00

德国国防部长鲍里斯·穆斯特曼（Boris Mustermann）五月七日在汉堡会见法国国防部长勒科尔尼，双方谈了两个小时。
穆斯特曼说，援助将继续。德国前防长埃里克·贝施皮尔没有出席，校长张三丰也没有。
"""


def run(*args: str) -> Result:
    return CliRunner().invoke(app, args)


@pytest.mark.parametrize("name", ["鲁比奥", "盧比奧", "Marco Rubio", "marco rubio"])
def test_a_person_in_any_script_with_the_offices_of_that_day(name: str) -> None:
    result = run("who", name, "--at", "2025-06-01")
    assert result.exit_code == 0
    assert "person, USA  [actors/usa.toml]" in result.stdout
    held = [line for line in result.stdout.splitlines() if line.startswith("    * ")]
    assert any("2025-01-21" in line for line in held)
    assert not any("2011" in line for line in held)


def test_a_title_without_a_name_tells_who_held_it_that_day() -> None:
    assert "秦刚" in run("who", "中国外长", "--at", "2023-05-01").stdout
    assert "王毅" in run("who", "中国外长", "--at", "2023-09-01").stdout


def test_a_title_of_one_organ_of_a_union_is_not_that_of_another() -> None:
    found = run("who", "欧盟委员会主席", "--at", "2022-01-01").stdout
    assert "冯德莱恩" in found
    assert "米歇尔" not in found
    assert len(found.splitlines()) == 3


def test_a_title_that_two_states_use_for_different_offices() -> None:
    found = run("who", "英国首相", "--at", "2023-05-01").stdout
    assert "苏纳克" in found
    assert len(found.splitlines()) == 3


def test_former_holders_of_an_office_the_latest_first() -> None:
    found = run("who", "美国前总统", "--at", "2022-01-01").stdout.splitlines()[2:]
    assert ["特朗普" in found[0], "奥巴马" in found[1]] == [True, True]


def test_no_name_is_a_wrong_use() -> None:
    assert run("who", " ").exit_code == 2


def test_every_reading_of_a_name_that_several_bear() -> None:
    found = json.loads(run("who", "约翰逊", "--at", "2020", "--json").stdout)
    assert {(reading["kind"], reading["code"]) for reading in found} >= {("person", "GBR"), ("person", "USA")}


def test_members_of_a_body_by_date() -> None:
    assert "GBR" in run("who", "欧盟", "--at", "2019").stdout.split("members:")[1].split("\n")[0]
    later = run("who", "欧盟", "--at", "2021").stdout
    assert "GBR" not in later.split("members:")[1].split("\n")[0]
    assert "no longer: GBR" in later


def test_a_clipped_name_that_several_states_share() -> None:
    (reading,) = json.loads(run("who", "巴方", "--json").stdout)
    assert reading["kind"] == "clipped name"
    assert "PSE or PAK" in " ".join(reading["lines"])


def test_a_name_that_is_also_a_place() -> None:
    assert "also stands for RUS" in run("who", "莫斯科").stdout


def test_nobody_of_that_name_is_told_with_names_like_it() -> None:
    result = run("who", "马克隆龙")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "nobody in the lexicon is called 马克隆龙" in result.stderr
    assert "马克龙" in result.stderr


@pytest.mark.parametrize("day", ["2023-13", "2023-02-30", "yesterday", "23-01-01", ""])
def test_what_is_no_date_is_refused(day: str) -> None:
    result = run("who", "法国", "--at", day)
    assert result.exit_code == 2
    assert "no date" in result.stderr


def test_proposals_are_toml_with_state_office_and_the_latin_name(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PAGE, encoding="utf-8")
    result = run("lexicon", "propose", str(tmp_path))
    assert result.exit_code == 0
    found = tomllib.loads(result.stdout)["person"]
    assert {"zh": ["鲍里斯·穆斯特曼"], "en": ["Boris Mustermann"]}.items() <= found[0].items()
    assert found[0]["terms"] == [{"office": "defence_minister", "from": "2024-05-08", "uncertain": True}]
    assert "# DEU 鲍里斯·穆斯特曼: 国防部长 (1); 2 mentions on 1 pages" in result.stdout
    former = next(person for person in found if person["zh"] == ["埃里克·贝施皮尔"])
    assert former["terms"] == [{"office": "defence_minister", "to": "2024-05-08", "uncertain": True}]
    assert "张三丰" not in result.stdout  # a head of a school holds no public office


def test_a_title_that_the_lexicon_does_not_give_at_that_date_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PAGE.replace("穆斯特曼", "皮斯托里乌斯").replace("2024", "2019"), encoding="utf-8")
    result = run("lexicon", "propose", str(tmp_path))
    assert "# DEU 皮斯托里乌斯: pages say 国防部长 on 2019-05-08" in result.stdout


@pytest.mark.parametrize(
    ("title", "stage", "office"),
    [
        ("国防部长", None, "defence_minister"), ("前国防部长", "former", "defence_minister"),
        ("候任总统", "elect", "president"), ("准将", None, "military_rank"), ("代办", None, "ambassador"),
        ("影子外交大臣", "shadow", "foreign_minister"), ("杂务", None, None),
    ],
)  # fmt: skip
def test_the_office_and_the_stage_of_a_title(title: str, stage: str | None, office: str | None) -> None:
    found = Proposals(tables()).offices(title)
    assert found[0] == stage
    assert found[1][:1] == ([office] if office else [])


def test_a_page_that_cannot_be_read_does_not_stop_the_rest(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PAGE, encoding="utf-8")
    (tmp_path / "b.bin").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    result = run("lexicon", "propose", str(tmp_path))
    assert result.exit_code == 2
    assert "穆斯特曼" in result.stdout
    assert "b.bin" in result.stderr
