"""Kills `attache ingest` in the middle of its work and looks at what is left: for the tests, and bench/kill.py."""

from __future__ import annotations

import json
import os
import random
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

from attache.record import Record
from attache.shelf import pages
from attache.shelf.store import Shelf, open_shelf

ENTRY = [sys.executable, "-c", "from attache.face.cli import main; main()"]
MOST = 60.0  # seconds that a run may take before it is given up


def copies(samples: list[Path], folder: Path, times: int) -> int:
    """Many pages: each sample several times, with another last line; gives how many."""
    folder.mkdir()
    for number in range(times):
        for path in samples:
            (folder / f"{number:03}-{path.name}").write_bytes(path.read_bytes() + f"\n{number}\n".encode())
    return times * len(samples)


def killed(folder: Path, ledger: Path, chosen: random.Random, jobs: int) -> set[str]:
    """Start to take the folder in, kill the process at some moment of its work; gives the captures it told as safe."""
    run = subprocess.Popen(
        [*ENTRY, "ingest", "--json", "--jobs", str(jobs), "--ledger", str(ledger), str(folder)],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert run.stdout is not None
    children: list[int] = []
    told = b""
    end = time.monotonic() + MOST
    # killed at once after some lines, or a moment later: while it reads, or while it writes
    least, later = chosen.choice([1, 2, 40, 90]), chosen.choice([0.0, 0.005, 0.05, 0.3])
    while run.poll() is None and time.monotonic() < end:
        if select.select([run.stdout], [], [], 0.05)[0]:
            part = os.read(run.stdout.fileno(), 1 << 16)
            told += part
            if not part:
                break
        if new_lines(told) >= least:
            children = below(run.pid)
            time.sleep(later)
            break
    run.send_signal(signal.SIGKILL)
    told += run.stdout.read()
    run.stdout.close()
    run.wait()
    assert gone(children), "the readers end with the process that writes"
    whole = told[: told.rfind(b"\n") + 1]
    return {row["capture"] for row in map(json.loads, whole.splitlines()) if row["outcome"] != "failed"}


def new_lines(told: bytes) -> int:
    """How many pages were told to be new."""
    return told.count(b'"outcome":"new"')


def below(pid: int) -> list[int]:
    """The processes that a process has started, by Linux's list of them."""
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def gone(pids: list[int]) -> bool:
    """Whether processes end within some seconds."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        if not any(alive(pid) for pid in pids):
            return True
        time.sleep(0.02)
    return False


def alive(pid: int) -> bool:
    """Whether a process is there and no mere entry of one that has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in ("Z", "X")
    except OSError:
        return False


def faults(shelf: Shelf, acknowledged: set[str]) -> list[str]:
    """What is wrong with a ledger: a page told as safe that is not there, half a page, a loose end, a damaged file."""
    run = shelf.base.run
    there = {row[0] for row in run("select digest from capture")}
    found = [f"lost: {one}" for one in sorted(acknowledged - there)]
    for sql, what in (
        ("select digest from capture where capture_pk not in (select capture_pk from page)", "a capture without page"),
        (
            """select ref from event where event_pk not in (select event_pk from telling where until is null)""",
            "an event that tells no act",
        ),
        ("select act_pk from telling t where until is null and not exists "
         "(select 1 from state s where s.act_pk = t.act_pk and s.until is null)", "a telling without state of its act"),
        ("select act_pk from state s where until is null and not exists "
         "(select 1 from telling t where t.act_pk = s.act_pk and t.until is null)", "a state without telling"),
        ("select page_pk from page where page_pk not in (select page from search_page)", "a page not to be searched"),
        ("select since from page where since not in (select number from revision)", "a page without revision"),
    ):  # fmt: skip
        found += [f"{what}: {row[0]}" for row in run(sql)]
    for digest in sorted(there):
        record = pages.record(shelf.base, digest)
        told = run("select count(*) from event join page using (page_pk) join capture using (capture_pk) "
                   "where digest = ?", [digest])  # fmt: skip
        if told[0][0] != len(record.events):
            found.append(f"half a page: {digest}")
    return found + shelf.base.check()


def records(shelf: Shelf) -> list[Record]:
    """What stands of every page, in the order in which they were taken in."""
    sql = "select digest from page join capture using (capture_pk) where until is null order by page_pk"
    return [pages.record(shelf.base, digest) for (digest,) in shelf.base.run(sql)]


def after(ledger: Path, acknowledged: set[str]) -> list[str]:
    """The faults of a ledger in a file."""
    if not ledger.exists():
        return ["no ledger"] if acknowledged else []
    with open_shelf(str(ledger), write=True) as shelf:
        return faults(shelf, acknowledged)
