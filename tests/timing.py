"""Time taken, measured so that other work on the machine counts as little as may be."""

from __future__ import annotations

import time
from collections.abc import Callable


def seconds(work: Callable[[], object], runs: int = 4) -> float:
    """Processor seconds of the fastest of several runs, after one to warm up."""
    work()
    best = float("inf")
    for _ in range(runs):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best
