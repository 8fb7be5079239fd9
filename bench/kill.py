"""Kills `attache ingest` again and again in the middle of its work, and says what was lost.

Each time the process is killed (signal 9) at some moment after it told its first page as safe, with one and with
several readers by turns; then the ledger is looked through: pages told and not there, halves of pages, loose ends, the
database's own check. ``--times N`` for other than 50.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from crash import after, copies, killed
from pages import SAMPLES

TIMES = 50


def main() -> None:
    """Run the bench; leaves with 1 where anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=TIMES)
    times = parser.parse_args().times
    chosen = random.Random(50)
    short = [path for path in SAMPLES if path.stat().st_size < 2000]
    lost: list[str] = []
    acknowledged: set[str] = set()
    told, ledgers = 0, 0
    with tempfile.TemporaryDirectory() as folder:
        total = copies(short, Path(folder, "pages"), 40)
        for number in range(times):
            if number == 0 or len(acknowledged) == total:  # all are in: begin anew, so that each kill meets work
                ledgers, acknowledged = ledgers + 1, set()
            ledger = Path(folder, f"{ledgers}.db")
            before = len(acknowledged)
            acknowledged |= killed(Path(folder, "pages"), ledger, chosen, jobs=1 + number % 2)
            lost += after(ledger, acknowledged)
            told += len(acknowledged) - before
    print(f"killed {times} times in the middle of work, over {ledgers} ledgers; {told:,} pages told as safe")
    print("lost or broken:", "; ".join(lost) or "nothing")
    sys.exit(1 if lost else 0)


if __name__ == "__main__":
    main()
