"""The command line: records and reports on standard output, one line for each page that cannot be read."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner, Result

from attache.face.cli import app
from attache.record import Record
from jsonschema import faults
from pages import ROOT, SAMPLES

TEXT = """里昂会谈结束

2024-05-08 10:00

法国总统马克龙五月七日在里昂会见德国总理，双方谈了两个小时。法国外交部随后谴责德国拒绝让步。
会谈之后没有发表声明，下一次会谈的日子也没有定下来。
"""
GOOD = TEXT.encode()
ENTRY = [sys.executable, "-c", "from attache.face.cli import main; main()"]
PLAIN_ENV = {k: v for k, v in os.environ.items() if k not in ("FORCE_COLOR", "NO_COLOR", "COLUMNS", "TERM")}


def run(*args: str) -> Result:
    return CliRunner().invoke(app, args)


def lines(result: Result) -> list[str]:
    """What stands on standard error."""
    return result.stderr.splitlines()


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.txt"
    path.write_bytes(GOOD)
    return path


# --- records


def test_every_sample_gives_one_line_that_reads_back_to_the_same_bytes() -> None:
    result = run("read", "--json", *map(str, SAMPLES))
    assert (result.exit_code, result.stderr) == (0, "")
    told = result.stdout_bytes.splitlines()
    assert len(told) == len(SAMPLES)
    for line, path in zip(told, SAMPLES, strict=True):
        record = msgspec.json.decode(line, type=Record)
        assert record.capture.uri == str(path)
        assert msgspec.json.encode(record) == line


def test_every_line_is_as_the_schema_says() -> None:
    schema = json.loads(run("schema").stdout)
    result = run("read", "--json", *map(str, SAMPLES[::3]))
    for line in result.stdout_bytes.splitlines():
        assert list(faults(json.loads(line), schema, schema)) == []


def test_the_schema_refuses_what_is_no_record() -> None:
    schema = json.loads(run("schema").stdout)
    record = json.loads(run("read", "--json", str(SAMPLES[6])).stdout)
    assert record["events"]
    del record["capture"]["id"]
    record["page"]["language"] = 3
    record["events"][0]["type"] = "BLAME"
    record["odd"] = True
    assert len(list(faults(record, schema, schema))) == 4


def test_a_path_is_kept_as_given(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(good.parent)
    for name in ("good.txt", "./good.txt", str(good)):
        assert json.loads(run("read", "--json", name).stdout)["capture"]["uri"] == name


# --- pages that cannot be read

BAD = {
    "empty": (b"", "empty"),
    "blank": (b" \n\t\r\n", "empty"),
    "binary": (bytes(range(256)) * 64, "binary"),
    "noise": (b"\x8f\xfe\x01\x02\x03\x04\x05\x06" * 512, "binary|encoding"),
    "nul": (b"\x00" * 65536, "NUL"),
    "text then nul": (GOOD + b"\x00" * 65536, "NUL|binary"),
    "image": (b"\x89PNG\r\n\x1a\n" + b"\x00\x01" * 500, "PNG"),
    "pdf": (b"%PDF-1.7\n1 0 obj << >> endobj", "PDF"),
    "archive": (b"PK\x03\x04" + b"\x14\x00" * 200, "ZIP"),
    "compressed": (b"\x1f\x8b\x08" + bytes(range(200)), "gzip"),
    "html without text": (b"<html><head><script>1</script></head><body></body></html>", "no text"),
}


def refused(result: Result, name: Path | str, why: str) -> None:
    """The page is refused in one line that names it and the cause; the exit status says so."""
    assert result.exit_code == 2
    (line,) = lines(result)
    assert line.startswith(f"attache: {name}: ")
    assert re.search(why, line.removeprefix(f"attache: {name}: "))
    assert result.exception is None or isinstance(result.exception, SystemExit)


@pytest.mark.parametrize("case", BAD)
@pytest.mark.parametrize("options", [["read", "--json"], ["read"], ["brief"]], ids=" ".join)
def test_what_is_no_page_is_told_and_the_others_are_read(good: Path, case: str, options: list[str]) -> None:
    data, why = BAD[case]
    bad = good.with_name("bad.txt")
    bad.write_bytes(data)
    alone = run(*options, str(good))
    result = (
        run(*options, str(good), str(bad), str(good)) if options[0] == "read" else run(*options, str(bad), str(good))
    )
    refused(result, bad, why)
    assert result.stdout == alone.stdout * (2 if options[0] == "read" else 1) != ""


def test_only_bad_pages_print_nothing(good: Path) -> None:
    good.write_bytes(b"")
    for options in (["read", "--json"], ["read"], ["brief"]):
        result = run(*options, str(good))
        refused(result, good, "empty")
        assert result.stdout == ""


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("cut", range(1, 7))
def test_a_page_that_was_cut_off_is_read_as_far_as_it_goes(good: Path, encoding: str, cut: int) -> None:
    """A capture cut inside a character loses that character and no more; nothing is made up in its place."""
    good.write_bytes(TEXT.rstrip().encode(encoding)[:-cut])
    result = run("read", "--json", str(good))
    assert (result.exit_code, result.stderr) == (0, "")
    text = json.loads(result.stdout)["capture"]["text"]
    assert TEXT.startswith(text)
    assert len(TEXT.rstrip()) - len(text) <= cut


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_page_with_a_few_damaged_bytes_is_read_or_refused_in_one_line(good: Path, encoding: str) -> None:
    data = bytearray(TEXT.encode(encoding))
    data[len(data) // 2] = 0xFF
    good.write_bytes(data)
    result = run("read", "--json", str(good))
    if result.exit_code:
        refused(result, good, ".")
    else:
        assert json.loads(result.stdout)["capture"]["text"].startswith("里昂会谈结束")


def test_a_page_over_the_limit_is_refused_unread(good: Path) -> None:
    large = good.with_name("large.txt")
    with large.open("wb") as file:
        file.truncate(100_000_000)
    start = time.perf_counter()
    result = run("read", "--json", str(large), str(good))
    assert time.perf_counter() - start < 2
    refused(result, large, "100,000,000 bytes")
    assert len(result.stdout.splitlines()) == 1


@pytest.mark.parametrize("closed", [False, True])
def test_200_000_nested_tags_are_read_in_time(good: Path, closed: bool) -> None:
    deep = "<div>" * 200_000 + "法国谴责德国。" + "</div>" * 200_000 * closed
    good.write_text(f"<html><body>{deep}<p>法国谴责意大利。</p></body></html>", encoding="utf-8")
    start = time.process_time()
    result = run("read", "--json", str(good))
    assert time.process_time() - start < 20
    if result.exit_code:
        refused(result, good, ".")
    else:
        assert "法国谴责意大利。" in json.loads(result.stdout)["capture"]["text"]


def test_what_is_not_there_is_told(good: Path) -> None:
    result = run("read", "--json", str(good.with_name("none.txt")), str(good))
    refused(result, good.with_name("none.txt"), "No such file")
    assert len(result.stdout.splitlines()) == 1


def test_a_name_that_no_file_can_have_is_told() -> None:
    refused(run("read", "a" * 5000), "a" * 5000, "too long")
    result = run("read", "a\x00b")
    assert (result.exit_code, len(lines(result))) == (2, 1)


def test_a_page_that_may_not_be_read_is_told(good: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    closed = good.with_name("closed.txt")
    closed.write_bytes(GOOD)
    closed.chmod(0)
    refused(run("read", str(closed)), closed, "denied")


def test_a_pipe_is_refused_without_waiting_for_a_writer(good: Path) -> None:
    fifo = good.with_name("fifo")
    os.mkfifo(fifo)
    result = run("read", "--json", str(fifo), str(good))
    refused(result, fifo, "not a regular file")
    assert len(result.stdout.splitlines()) == 1


def test_a_name_with_a_line_break_still_gives_one_line(good: Path) -> None:
    odd = good.with_name("a\nb.txt")
    odd.write_bytes(b"")
    result = run("read", str(odd))
    assert (result.exit_code, len(lines(result))) == (2, 1)


def test_a_name_that_is_no_utf8_is_told_or_read(good: Path) -> None:
    """A file of another system's encoding: the name can be kept only as far as it can be written."""
    name = os.fsencode(good.parent) + b"/\xb7\xa8.txt"
    Path(os.fsdecode(name)).write_bytes(GOOD)
    done = subprocess.run([*ENTRY, "read", "--json", name, str(good)], capture_output=True, check=False)
    assert b"Traceback" not in done.stderr
    assert done.stdout.splitlines()[-1].endswith(b"}")
    assert len(done.stdout.splitlines()) + len(done.stderr.splitlines()) == 2
    assert done.returncode == (2 if done.stderr else 0)


def test_the_content_counts_and_not_the_extension(good: Path) -> None:
    told = []
    for name in ("page.pdf", "page.html", "page.jpg", "page", "page.json"):
        path = good.with_name(name)
        path.write_bytes(GOOD)
        result = run("read", "--json", str(path))
        assert result.exit_code == 0
        told.append(json.loads(result.stdout) | {"capture": None})
    assert told == [told[0]] * 5


def test_a_folder_stands_for_its_files_in_a_fixed_order(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    for name, data in {"b/2.txt": GOOD, "a.html": GOOD, "b/1.bin": b"\x00" * 99, "c.txt": b"", ".odd": GOOD}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    (folder / "none").mkdir()
    os.mkfifo(folder / "pipe")
    (folder / "gone").symlink_to("nowhere")
    result = run("read", "--json", str(folder))
    assert result.exit_code == 2
    read = [json.loads(line)["capture"]["uri"] for line in result.stdout.splitlines()]
    assert read == [str(folder / "a.html"), str(folder / "b/2.txt")]
    told = " ".join(lines(result))
    assert str(folder / "b/1.bin") in told
    assert str(folder / "c.txt") in told


def test_a_folder_without_files_is_told(tmp_path: Path) -> None:
    result = run("read", "--json", str(tmp_path))
    assert (result.exit_code, len(lines(result)), result.stdout) == (2, 1, "")


# --- options


@pytest.mark.parametrize("lang", ["de", "", "ZH", "zh-Hant"])
def test_a_language_that_no_report_is_written_in_is_refused(good: Path, lang: str) -> None:
    result = run("brief", "--lang", lang, str(good))
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = lines(result)
    assert "--lang" in line
    assert "zh" in line


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_report_comes_in_both_languages(good: Path, lang: str) -> None:
    result = run("brief", "--lang", lang, str(good))
    assert (result.exit_code, result.stderr) == (0, "")
    assert ("法国" if lang == "zh" else "France") in result.stdout


@pytest.mark.parametrize("args", [["read"], ["read", "--odd", "x"], ["odd"], ["brief"]], ids=" ".join)
def test_a_wrong_use_is_status_2_without_a_traceback(args: list[str]) -> None:
    result = run(*args)
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert result.stdout == ""


@pytest.mark.parametrize("args", [[], ["read"], ["brief"], ["schema"], ["lexicon"], ["lexicon", "check"]], ids=" ".join)
def test_every_command_explains_itself(args: list[str]) -> None:
    result = run(*args, "--help")
    assert result.exit_code == 0
    assert "Usage" in result.output


def test_the_lexicon_is_checked_and_counted() -> None:
    assert "hold together" in run("lexicon", "check").stdout
    assert re.search(r"frames +\d+", run("lexicon", "stats").stdout)


# --- where it prints to


def test_what_goes_into_a_pipe_is_plain(good: Path) -> None:
    for args in (["read"], ["brief"], ["read", "--json"]):
        done = subprocess.run([*ENTRY, *args, str(good)], capture_output=True, check=True, env=PLAIN_ENV)
        assert done.stdout.decode().strip()
        assert b"\x1b" not in done.stdout
        assert done.stderr == b""


def on_terminal(args: list[str], **env: str) -> str:
    """What a command prints on a terminal."""
    ours, theirs = pty.openpty()
    known = PLAIN_ENV | {"TERM": "xterm-256color"} | env
    with subprocess.Popen([*ENTRY, *args], stdout=theirs, stderr=theirs, stdin=theirs, env=known) as process:
        os.close(theirs)
        out = b""
        while select.select([ours], [], [], 30)[0]:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # the other end is closed
                break
            out += piece
        assert process.wait(timeout=30) == 0
    os.close(ours)
    return out.decode()


def test_a_terminal_gets_style_but_no_colour_where_none_is_wanted(good: Path) -> None:
    assert "\x1b[1m" in on_terminal(["read", str(good)])
    assert not re.search(r"\x1b\[[\d;]*(?:3|4|9|10)\d[\d;]*m", on_terminal(["read", str(good)], NO_COLOR="1"))
    assert "\x1b" not in on_terminal(["read", str(good)], TERM="dumb")


@pytest.mark.parametrize("args", [["read", "--json"], ["read"], ["brief"]], ids=" ".join)
@pytest.mark.parametrize("taken", [0, 100])
def test_a_closed_pipe_ends_quietly(args: list[str], taken: int) -> None:
    """As with `head -c 100`: what is printed after that is many times what a pipe holds."""
    command = [*ENTRY, *args, *map(str, SAMPLES * 3)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=PLAIN_ENV, cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        if taken:
            os.read(process.stdout.fileno(), taken)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) in (0, 1)


def test_a_full_disk_is_told_in_one_line(good: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    with full.open("wb") as out:
        done = subprocess.run([*ENTRY, "read", "--json", str(good)], stdout=out, stderr=subprocess.PIPE, check=False)
    assert done.returncode != 0
    assert b"Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
@pytest.mark.parametrize("args", [["read"], ["read", "--json"], ["explain", "--json", "1"], ["explain", "1"]])
def test_no_encoding_of_the_output_ends_the_run(tmp_path: Path, encoding: str, args: list[str]) -> None:
    good = tmp_path / "good.txt"
    good.write_bytes(GOOD)
    given = [*args[:-1], str(good), args[-1]] if args[0] == "explain" else [*args, str(good)]
    done = subprocess.run(
        [*ENTRY, *given], capture_output=True, check=False, env=PLAIN_ENV | {"PYTHONIOENCODING": encoding}
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "--json" not in args or "法国".encode() in done.stdout


def test_closed_output_ends_no_run_in_a_traceback(tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_bytes(GOOD)
    command = f"exec {sys.executable} -c 'from attache.face.cli import main; main()' read --json {good} >&-"
    done = subprocess.run(["sh", "-c", command], stderr=subprocess.PIPE, check=False, env=PLAIN_ENV)
    assert b"Traceback" not in done.stderr
