"""The lexicon: the real one holds together; what does not is refused, naming file and entry; tables are cached."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from attache.lexicon import tables as compiled
from attache.lexicon.compile import compile_lexicon
from attache.lexicon.fold import fold
from attache.lexicon.load import HOME, files, load
from attache.lexicon.raw import LexiconError, actor_codes
from attache.lexicon.rows import Stored
from attache.lexicon.tables import Tables
from attache.pipeline import Reader

COPIED = [
    "codebook.toml",
    *(f"lang/zh/{name}.toml" for name in ("offices", "words", "clips", "names", "speech", "statements", "loaded")),
]
SMALL = {
    "actors/fra.toml": """
[state]
code = "FRA"
zh = ["法国", "法兰西"]
en = ["France"]
clip = ["法"]

[[person]]
zh = ["马克龙"]
en = ["Emmanuel Macron"]
terms = [{ office = "president", from = "2017-05-14" }]
""",
    "actors/deu.toml": '[state]\ncode = "DEU"\nzh = ["德国"]\nen = ["Germany"]\nclip = ["德"]\n',
    "bodies/a.toml": '[[body]]\ncode = "EU"\nid = "eu"\nzh = ["欧盟"]\nen = ["European Union"]\n',
    "groups/a.toml": '[[group]]\ncode = "HAMAS"\nzh = ["哈马斯"]\nen = ["Hamas"]\n',
    "media/a.toml": '[[medium]]\nzh = ["榕江社"]\ncountry = "FRA"\nkind = "private"\n',
    "places/a.toml": '[[place]]\nzh = ["里昂"]\nen = ["Lyon"]\ncountry = "FRA"\n',
    "lang/zh/verbs/accuse.toml": """
[[class]]
id = "tax"
words = ["关税", "税率"]

[[frame]]
id = "accuse.condemn"
type = "ACCUSE"
mode = "disapprove"
cameo = "111"
contexts = ["military"]
case = "target"
words = ["谴责"]
yes = [{ text = "法国谴责德国。", gives = "FRA>DEU" }]
no = ["人们谴责这种做法。"]

[[frame]]
id = "sanction.tax"
type = "SANCTION"
cameo = "163"
case = "target"
words = ["加征"]
with = ["@tax"]
yes = [{ text = "法国对德国加征关税。", gives = "FRA>DEU" }]
no = ["税务局加征滞纳金。"]
""",
}
FRAME = """
[[frame]]
id = "accuse.other"
type = "ACCUSE"
case = "target"
words = ["痛批"]
yes = [{ text = "法国痛批德国。", gives = "FRA>DEU" }]
no = ["影评人痛批此片。"]
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A small lexicon that holds together."""
    folder = tmp_path / "lexicon"
    for name in COPIED:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(HOME / name, folder / name)
    for name, text in SMALL.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    clips = tomllib.loads((folder / "lang/zh/clips.toml").read_text(encoding="utf-8"))
    wanted = {code for table in ("pair", "after", "shared") for codes in clips[table].values() for code in codes}
    for code in sorted(wanted - {"FRA", "DEU", "EU", "HAMAS"}):
        state = f'[state]\ncode = "{code}"\nzh = ["{code}国"]\nen = ["{code}"]\n'
        (folder / f"actors/{code.lower()}.toml").write_text(state, encoding="utf-8")
    return folder


def change(home: Path, name: str, old: str, new: str) -> None:
    """Put ``new`` in the place of ``old``, which stands in the file once."""
    text = (home / name).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (home / name).write_text(text.replace(old, new), encoding="utf-8")


def test_the_lexicon_that_ships_holds_together() -> None:
    lexicon = load()
    assert {"CHN", "USA", "RUS", "UKR", "TWN", "PSE", "EU", "NATO", "UN", "HAMAS"} <= actor_codes(lexicon)
    assert len(lexicon.states) > 190
    assert {frame.type for frames in lexicon.frames.values() for frame in frames} == {
        entry.code for entry in lexicon.codebook.type
    }


def test_a_small_lexicon_holds_together(home: Path) -> None:
    lexicon = load(home)
    assert {"FRA", "DEU", "EU", "HAMAS", "UNK"} <= actor_codes(lexicon) == {*lexicon_codes(home), "UNK"}


def lexicon_codes(home: Path) -> set[str]:
    """Every `code = "..."` of the files of parties."""
    files_ = [path for folder in ("actors", "bodies", "groups") for path in (home / folder).glob("*.toml")]
    return {code for path in files_ for code in re.findall(r'^code = "(\w+)"', path.read_text(encoding="utf-8"), re.M)}


ACCUSE = "lang/zh/verbs/accuse.toml"
REFUSED = {
    # name: (file, what stands there, what is put there, words that the message must have)
    "unknown key of a state": ("actors/fra.toml", "clip =", 'flag = "x"\nclip =', ["flag", "state"]),
    "unknown key of a person": ("actors/fra.toml", "terms =", "born = 1977\nterms =", ["born", "person"]),
    "unknown key of a term": ("actors/fra.toml", "from =", "since =", ["since", "terms"]),
    "unknown key of a frame": (ACCUSE, 'mode = "disapprove"', "weight = 2", ["weight", "frame"]),
    "unknown key of a place": ("places/a.toml", "country =", "land =", ["land", "place"]),
    "unknown table": ("media/a.toml", "[[medium]]", "[[paper]]", ["paper"]),
    "missing field": ("media/a.toml", 'kind = "private"', "", ["kind", "medium"]),
    "wrong value": ("media/a.toml", '"private"', '"royal"', ["royal", "medium"]),
    "duplicate key": ("actors/deu.toml", "en =", 'code = "DEU"\nen =', ["line"]),
    "duplicate table": ("actors/deu.toml", "[state]", '[state]\ncode = "DEU"\n[state]', ["state"]),
    "bad TOML": ("actors/deu.toml", '["德国"]', '["德国"', ["line"]),
    "unknown class": (ACCUSE, '"@tax"', '"@toll"', ["frame sanction.tax", "@toll"]),
    "mode that leads to another type": ("codebook.toml", 'cameo = "042"', 'cameo = "111"', ["CONSULT visit", "ACCUSE"]),
    "type that leads nowhere": ("codebook.toml", 'cameo = "030"', 'cameo = "999"', ["AGREE", "999", "unknown"]),
    "class that stands twice": (ACCUSE, "[[class]]", '[[class]]\nid = "tax"\nwords = ["x"]\n[[class]]', ["class tax"]),
    "unknown office": ("actors/fra.toml", '"president"', '"harbourmaster"', ["person 马克龙", "harbourmaster"]),
    "term that ends before it starts": (
        "actors/fra.toml", '"2017-05-14"', '"2017-05-14", to = "2017-03"', ["person 马克龙", "president"],
    ),
    "person without a term": (
        "actors/fra.toml", 'terms = [{ office = "president", from = "2017-05-14" }]', "terms = []", ["person 马克龙"],
    ),
    "term without a date": ("actors/fra.toml", ', from = "2017-05-14"', "", ["person 马克龙", "president"]),
    "term from a day that does not exist": (
        "actors/fra.toml", '"2017-05-14"', '"2017-02-30"', ["person 马克龙", "2017-02-30"],
    ),
    "term from no date": ("actors/fra.toml", '"2017-05-14"', '"soon"', ["person 马克龙", "soon"]),
    "membership from no date": (
        "bodies/a.toml", 'id = "eu"', 'id = "eu"\nmembers = [{ code = "FRA", from = "2002-13" }]',
        ["body eu", "2002-13"],
    ),
    "code of a state for a body": ("bodies/a.toml", '"EU"', '"FRA"', ["body eu", "FRA"]),
    "unknown base of a group": ("groups/a.toml", "zh =", 'base = "XYZ"\nzh =', ["group HAMAS", "XYZ"]),
    "office of an unknown sector": (
        "actors/deu.toml", 'clip = ["德"]', 'clip = ["德"]\n[[office]]\nid = "x"\nzh = ["某长"]\nsector = "XXX"',
        ["office x", "XXX"],
    ),
    "office without a title": (
        "actors/deu.toml", 'clip = ["德"]', 'clip = ["德"]\n[[office]]\nid = "x"\nzh = []', ["office x", "title"],
    ),
    "homonym that is a party": (
        "lang/zh/names.toml", 'words = ["麦克马洪线"', 'words = ["法兰西", "麦克马洪线"', ["homonym.words", "法兰西"],
    ),
    "terms of one person that overlap": (
        "actors/fra.toml", '"2017-05-14" }', '"2017-05-14" }, { office = "president", from = "2022-05-14" }',
        ["person 马克龙", "president", "2022-05-14"],
    ),
    "two holders of one office": (
        "actors/fra.toml", "[[person]]",
        '[[person]]\nzh = ["某甲"]\nen = ["A"]\n'
        'terms = [{ office = "president", from = "2012", to = "2017-06" }]\n[[person]]',
        ["person 马克龙", "president", "某甲"],
    ),
    "name of two people of one state": (
        "actors/fra.toml", "[[person]]",
        '[[person]]\nzh = ["马克龙"]\nen = ["A"]\nterms = [{ office = "minister", from = "2012" }]\n[[person]]',
        ["person 马克龙", "FRA"],
    ),
    "name of two people in the other script": (
        "actors/fra.toml", "[[person]]",
        '[[person]]\nzh = ["馬克龍"]\nen = ["A"]\nterms = [{ office = "minister", from = "2012" }]\n[[person]]',
        ["person 马克龙", "FRA"],
    ),
    "name of two people of two states": (
        "actors/deu.toml", 'clip = ["德"]',
        'clip = ["德"]\n[[person]]\nzh = ["马克龙"]\nen = ["A"]\nterms = [{ office = "minister", from = "2012" }]',
        ["马克龙", "shared"],
    ),
    "person without an English name": ("actors/fra.toml", '["Emmanuel Macron"]', "[]", ["person 马克龙", "English"]),
    "person without a Chinese name": ("actors/fra.toml", 'zh = ["马克龙"]', "zh = []", ["person", "Chinese"]),
    "Chinese name in Latin letters": (
        "actors/fra.toml", '["马克龙"]', '["马克龙", "Macron"]', ["person 马克龙", "Macron"],
    ),
    "English name in characters": (
        "actors/fra.toml", '["Emmanuel Macron"]', '["Emmanuel Macron", "马克龙"]', ["person 马克龙", "English"],
    ),
    "unknown code of a shared clip": ("lang/zh/clips.toml", '"巴" = ["PSE",', '"巴" = ["XYZ",', ["shared.巴", "XYZ"]),
    "unknown key of names": ("lang/zh/names.toml", "[body]", "[body]\nodd = 1", ["odd"]),
    "unknown code of a member": (
        "bodies/a.toml", 'id = "eu"', 'id = "eu"\nmembers = [{ code = "XYZ" }]', ["body eu", "XYZ"],
    ),
    "member that leaves before it joins": (
        "bodies/a.toml", 'id = "eu"', 'id = "eu"\nmembers = [{ code = "FRA", from = "2000", to = "1999" }]',
        ["body eu", "FRA"],
    ),
    "name of a state claimed twice": ("actors/deu.toml", '["德国"]', '["德国", "法兰西"]', ["FRA", "法兰西"]),
    "name claimed in the other script": ("actors/deu.toml", '["德国"]', '["德国", "法國"]', ["FRA", "法国"]),
    "name of a state claimed by a body": ("bodies/a.toml", '["欧盟"]', '["欧盟", "法国"]', ["body eu", "法国"]),
    "code of a state claimed twice": ("actors/deu.toml", '"DEU"', '"FRA"', ["FRA"]),
    "frame id that stands twice": (ACCUSE, '"sanction.tax"', '"accuse.condemn"', ["frame accuse.condemn"]),
    "unknown CAMEO code": (ACCUSE, '"111"', '"999"', ["frame accuse.condemn", "999"]),
    "CAMEO code of another type": (ACCUSE, '"111"', '"190"', ["frame accuse.condemn", "190"]),
    "unknown type": (ACCUSE, 'type = "ACCUSE"', 'type = "BLAME"', ["frame", "BLAME"]),
    "unknown mode": (ACCUSE, '"disapprove"', '"frown"', ["frame accuse.condemn", "frown"]),
    "mode of another type": (ACCUSE, '"disapprove"', '"embargo"', ["frame accuse.condemn", "embargo"]),
    "unknown context": (ACCUSE, '"military"', '"weather"', ["frame accuse.condemn", "weather"]),
    "word in two frames": (ACCUSE, '["谴责"]', '["谴责"]\nnouns = ["痛批"]\n', ["frame accuse.", "痛批"]),
    "word and noun in two frames": (
        ACCUSE, '["谴责"]', '["谴责", "加征"]\nwith = ["税率"]', ["frame sanction.tax", "加征", "税率"],
    ),
    "frame without yes": (
        ACCUSE, 'yes = [{ text = "法国谴责德国。", gives = "FRA>DEU" }]', "yes = []", ["frame accuse.condemn"],
    ),
    "frame without no": (ACCUSE, '["人们谴责这种做法。"]', "[]", ["frame accuse.condemn"]),
    "unknown country of a place": ("places/a.toml", '"FRA"', '"XYZ"', ["place 里昂", "XYZ"]),
    "unknown country of a medium": ("media/a.toml", '"FRA"', '"XYZ"', ["medium 榕江社", "XYZ"]),
    "word that stands twice in a list": (
        "lang/zh/words.toml", 'verbs = ["举行"', 'verbs = ["举行", "举行"', ["light.verbs", "举行"],
    ),
    "unknown table of words": ("lang/zh/words.toml", "[preposition]", "[odd]\nx = []\n[preposition]", ["odd"]),
    "missing table of words": ("lang/zh/words.toml", "[hearsay]", "[hearsays]", ["hearsay"]),
    "unknown list of words": ("lang/zh/words.toml", "[preposition]", '[preposition]\nodd = ["x"]', ["preposition.odd"]),
    "unknown code of a pair": ("lang/zh/clips.toml", "[pair]", '[pair]\n"乙丙" = ["FRA", "XYZ"]', ["乙丙", "XYZ"]),
    "office that stands twice": (
        "lang/zh/offices.toml", 'id = "monarch"', 'id = "president"', ["office president"],
    ),
    "no regular expression": (
        "lang/zh/statements.toml", "[question]", '[question]\nodd_re = "("', ["question.odd_re"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_does_not_hold_together_is_refused_naming_file_and_entry(home: Path, case: str) -> None:
    name, old, new, words = REFUSED[case]
    (home / "lang/zh/verbs/other.toml").write_text(FRAME, encoding="utf-8")
    load(home)
    change(home, name, old, new)
    with pytest.raises(LexiconError) as caught:
        load(home)
    message = str(caught.value)
    # two entries that clash may be told from either side
    named = [Path(name).name, "fra.toml", "other.toml"] if "twice" in case or "two" in case else [Path(name).name]
    assert any(file in message for file in named)
    for word in words:
        assert word in message
    assert "\n" not in message


def test_what_is_no_clash_is_taken(home: Path) -> None:
    """The day that ends one term may begin the next; coarse dates do not clash; deputies are many; shared names are."""
    others = """
[[person]]
zh = ["某甲"]
en = ["A"]
terms = [{ office = "president", from = "2012", to = "2017-05-14" }, { office = "minister", from = "2000" }]

[[person]]
zh = ["某乙"]
en = ["B"]
terms = [{ office = "president", from = "2007", to = "2012" }, { office = "minister", from = "2001" }]

[[person]]
zh = ["马克龙二世"]
titled = ["马克龙"]
en = ["C"]
terms = [{ office = "minister", from = "2012" }]
"""
    path = home / "actors/fra.toml"
    path.write_text(path.read_text(encoding="utf-8") + others, encoding="utf-8")
    path = home / "actors/deu.toml"
    shared = (
        '[[person]]\nzh = ["马克龙"]\nen = ["D"]\nshared = true\nterms = [{ office = "minister", from = "2012" }]\n'
    )
    path.write_text(path.read_text(encoding="utf-8") + shared, encoding="utf-8")
    load(home)


def test_a_missing_file_is_refused_by_name(home: Path) -> None:
    (home / "codebook.toml").unlink()
    with pytest.raises(LexiconError, match=r"codebook\.toml"):
        load(home)


def test_bytes_that_are_no_utf8_are_refused_by_name(home: Path) -> None:
    (home / "places/a.toml").write_bytes('[[place]]\nzh = ["里昂"]'.encode("gb18030"))
    with pytest.raises(LexiconError, match=r"places/a\.toml"):
        load(home)


OTHERS = ["lang/zh/page.toml", "lang/zh/times.toml", "lang/zh/units.toml", "outlets/a.toml", "calendar/a.toml"]


@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize("text", [b'a = "', b"\xb7\xa8"], ids=["bad TOML", "no UTF-8"])
def test_files_of_the_readers_are_refused_by_name_too(home: Path, tmp_path: Path, name: str, text: bytes) -> None:
    for folder in ("outlets", "calendar", "lang/en"):
        shutil.copytree(HOME / folder, home / folder)
    for rest in ("page", "times", "units"):
        shutil.copyfile(HOME / f"lang/zh/{rest}.toml", home / f"lang/zh/{rest}.toml")
    (home / name).write_bytes(text)
    with pytest.raises(LexiconError, match=re.escape(Path(name).name)):
        compile_in(home, tmp_path / "cache")


def test_a_damaged_judge_is_refused_by_name(home: Path) -> None:
    """The whole reader, not the tables alone, stands on a lexicon that was checked."""
    for folder in ("outlets", "calendar", "lang/en"):
        shutil.copytree(HOME / folder, home / folder)
    for rest in ("page", "times", "units"):
        shutil.copyfile(HOME / f"lang/zh/{rest}.toml", home / f"lang/zh/{rest}.toml")
    assert Reader(home).judge is None
    (home / "judge.json").write_text('{"pages": 1', encoding="utf-8")
    with pytest.raises(LexiconError, match=r"judge\.json"):
        Reader(home)


# --- the cache of compiled tables


def compile_in(home: Path, cache: Path) -> Tables:
    """Tables by way of the cache in a folder, not by what the process remembers."""
    return compiled.tables.__wrapped__(home, cache)


def everything(known: Tables) -> list[object]:
    """All that tables hold."""
    entries = [msgspec.to_builtins(known.at(i)) for i in range(len(known.strings))]
    return [known.digest, known.strings, entries, known.frames, known.words, known.cues, known.names, known.loaded]


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The digests for which the lexicon was compiled since the test began."""
    made: list[str] = []

    def counting(*args: Any) -> Stored:
        made.append(args[1])
        return compile_lexicon(*args)

    monkeypatch.setattr(compiled, "compile_lexicon", counting)
    return made


def test_a_second_load_does_not_compile(home: Path, tmp_path: Path, counted: list[str]) -> None:
    first = compile_in(home, tmp_path / "cache")
    second = compile_in(home, tmp_path / "cache")
    assert counted == [first.digest]
    assert everything(second) == everything(first)
    assert [path.suffix for path in (tmp_path / "cache").iterdir()] == [".msgpack"]


def test_a_change_of_any_file_compiles_afresh(home: Path, tmp_path: Path, counted: list[str]) -> None:
    compile_in(home, tmp_path / "cache")
    for path in files(home):
        path.write_text(path.read_text(encoding="utf-8") + "\n# a remark\n", encoding="utf-8")
        compile_in(home, tmp_path / "cache")
    assert len(set(counted)) == len(counted) == 1 + len(files(home))


def test_a_file_that_moves_to_another_folder_is_read_anew(home: Path, tmp_path: Path) -> None:
    """What a file means hangs on its folder: media are no places, whatever the cache knew of them."""
    (home / "places/a.toml").unlink()
    compile_in(home, tmp_path / "cache")
    (home / "media/a.toml").rename(home / "places/a.toml")
    with pytest.raises(LexiconError, match=r"places/a\.toml"):
        compile_in(home, tmp_path / "cache")


def test_what_the_cache_holds_is_not_taken_for_what_the_files_say(home: Path, tmp_path: Path) -> None:
    compile_in(home, tmp_path / "cache")
    compile_in(home, tmp_path / "cache")
    change(home, "lang/zh/loaded.toml", '[[word]]\nloaded = "窜访"', '[[word]]\nodd = 1\nloaded = "窜访"')
    with pytest.raises(LexiconError, match="odd"):
        load(home)


def test_tables_of_one_lexicon_are_not_taken_for_those_of_another(home: Path, tmp_path: Path) -> None:
    first = compile_in(home, tmp_path / "cache")
    (kept,) = (tmp_path / "cache").iterdir()
    change(home, "actors/deu.toml", '"德国"', '"德意志"')
    other = compile_in(home, tmp_path / "cache")
    (new,) = set((tmp_path / "cache").iterdir()) - {kept}
    new.write_bytes(kept.read_bytes())
    assert everything(compile_in(home, tmp_path / "cache")) == everything(other) != everything(first)


CUT = {"empty": 0.0, "a tenth": 0.1, "half": 0.5, "all but the end": 0.999}


@pytest.mark.parametrize("share", CUT.values(), ids=CUT.keys())
def test_a_cut_cache_is_compiled_afresh(home: Path, tmp_path: Path, counted: list[str], share: float) -> None:
    whole = compile_in(home, tmp_path / "cache")
    (kept,) = (tmp_path / "cache").iterdir()
    data = kept.read_bytes()
    kept.write_bytes(data[: int(len(data) * share)])
    assert everything(compile_in(home, tmp_path / "cache")) == everything(whole)
    assert len(counted) == 2
    assert kept.read_bytes() == data


@pytest.mark.parametrize(
    "data",
    [b"not msgpack", b"\x80", b"\xc1" * 100, b"\x93\x01\x02\x03"],
    ids=["words", "an empty map", "a reserved byte", "a list"],
)
def test_a_cache_of_something_else_is_compiled_afresh(
    home: Path, tmp_path: Path, counted: list[str], data: bytes
) -> None:
    whole = compile_in(home, tmp_path / "cache")
    (kept,) = (tmp_path / "cache").iterdir()
    kept.write_bytes(data)
    assert everything(compile_in(home, tmp_path / "cache")) == everything(whole)
    assert len(counted) == 2


@pytest.mark.parametrize("place", [0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95])
def test_a_damaged_cache_is_compiled_afresh(home: Path, tmp_path: Path, place: float) -> None:
    """One wrong byte, wherever it stands, neither changes what is read nor stops the reading."""
    whole = compile_in(home, tmp_path / "cache")
    (kept,) = (tmp_path / "cache").iterdir()
    data = bytearray(kept.read_bytes())
    data[int(len(data) * place)] ^= 0x5A
    kept.write_bytes(data)
    assert everything(compile_in(home, tmp_path / "cache")) == everything(whole)


def test_a_cache_folder_that_cannot_be_made_is_no_error(home: Path, tmp_path: Path, counted: list[str]) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    assert compile_in(home, tmp_path / "file/cache").digest
    assert compile_in(home, tmp_path / "file/cache").digest
    assert len(counted) == 2


def test_a_cache_that_cannot_be_replaced_is_no_error_and_leaves_nothing(home: Path, tmp_path: Path) -> None:
    """A folder stands where the file belongs: not readable as a cache, not to be replaced by one."""
    known = compile_in(home, tmp_path / "cache")
    (kept,) = (tmp_path / "cache").iterdir()
    kept.unlink()
    kept.mkdir()
    (kept / "x").touch()
    assert everything(compile_in(home, tmp_path / "cache")) == everything(known)
    assert list((tmp_path / "cache").iterdir()) == [kept]


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("計畫", "计划"),
        ("規畫", "规划"),
        ("企畫", "企划"),
        ("設計畫冊", "设计画册"),
        ("設計畫廊", "设计画廊"),
        ("動畫", "动画"),
    ],
)
def test_a_plan_is_folded_as_a_plan_and_a_picture_as_a_picture(written: str, folded: str) -> None:
    assert fold(written).text == folded
