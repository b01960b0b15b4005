"""What goes wrong with a file, told so that the same fault has the same name; and the file made small."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from extractor.workers import Problem

# Broken in looking.py line 73: a-2023-8 targets a-2023-8.1_t3: value_high 60 is less than value 15000
_BROKEN = re.compile(r"\(Broken in \S+ line \d+: (?P<what>.*?)\)\. Please report", re.DOTALL)
_OWN = re.compile(r"'(?:[^'\\]|\\.)*'|\"[^\"]*\"|\b\S*-\S*|[0-9]+(?:\.+[0-9]+)?")
# the program failed on it (ValueError in pdf.py line 12: …); the process that read it died (SIGSEGV)
_FAULT = re.compile(r"the program failed on it \((?P<what>\w+ in \S+ line \d+)")
_DIED = re.compile(r"the process that read it (?P<what>died \(\w+\)|stopped by itself)")


def fault_of(result: Any) -> str | None:
    """The name of the fault; None where the file was read or refused in words."""
    if not isinstance(result, Problem):
        return None
    words = result.words
    broken = _BROKEN.search(words)
    if broken:
        return "Broken: " + " ".join(_OWN.sub("…", broken["what"]).split())[:100]
    for pattern in (_FAULT, _DIED):
        found = pattern.search(words)
        if found:
            return found["what"]
    if "takes more than" in words:
        return "memory" if "of memory" in words else "slow"
    return None


def smaller(data: bytes, fails: Callable[[bytes], bool], *, tries: int = 150) -> bytes:
    """`data` with as much taken out as can be while it still fails: halves first, then ever smaller pieces."""
    size = max(len(data) // 2, 1)
    while tries > 0 and size >= 1 and len(data) > 1:
        at, cut = 0, False
        while at < len(data) and tries > 0:
            without = data[:at] + data[at + size :]
            tries -= 1
            if without and fails(without):
                data, cut = without, True
            else:
                at += size
        if not cut:
            if size == 1:
                break
            size //= 2
        size = min(size, max(len(data) // 2, 1))
    return data
