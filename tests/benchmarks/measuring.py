"""What the parts of `make bench` share: the cost of a command, medians of rounds, and the machine."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent.parent
Figures = dict[str, Any]


class Cost(NamedTuple):
    """Seconds of the clock, seconds of all processors, megabytes of the largest process."""

    wall: float
    cpu: float
    peak: float


def cost(words: Sequence[object]) -> Cost:
    """What `extractor …` takes, its workers included. Raises where it fails."""
    command = [sys.executable, "-m", "extractor", *map(str, words)]
    began = time.perf_counter()
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=ROOT, stdout=quiet, stderr=quiet) as process:
        _, status, usage = os.wait4(process.pid, 0)  # of the process and of those that it waited for
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed with exit status {process.returncode}")
    wall = time.perf_counter() - began
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def seconds(run: Callable[[], object], rounds: int) -> float:
    """The median of the processor seconds that a call takes in this process, once it is warm."""
    run()
    taken = []
    for _ in range(rounds):
        began = time.process_time()
        run()
        taken.append(time.process_time() - began)
    return median(taken)


def machine() -> Figures:
    """What the figures were taken on, and when."""
    return {
        "taken": date.today().isoformat(),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9),
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
        "python": platform.python_version(),
        "load_before": round(os.getloadavg()[0], 1),
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())
