"""What pip-audit says, told without its kindness: a package that was not asked about is not a sound one.

pip-audit ends with «No known vulnerabilities found» and status 0 also where the advisory database answered
nothing at all (a mirror without it). Here every locked package must have been asked about.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from tests.audit.locked import Package, normal


class Known(NamedTuple):
    """A vulnerability of a locked package."""

    package: Package
    id: str
    mended_in: tuple[str, ...]


class Answer(NamedTuple):
    """What the advisory database knows, and the packages that it was not or could not be asked about."""

    known: tuple[Known, ...]
    unasked: tuple[Package, ...]
    reason: str = ""


def understand(packages: Iterable[Package], output: str, complaint: str) -> Answer:
    """The answer in `output` (`pip-audit --format json`); `complaint` is what it wrote to standard error."""
    wanted = tuple(packages)
    try:
        rows = json.loads(output)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return Answer((), wanted, _last_line(complaint) or "pip-audit gave no answer")
    asked = {normal(row["name"]): row for row in rows if "vulns" in row}
    skipped = [row["skip_reason"] for row in rows if "skip_reason" in row]
    known = tuple(found for package in wanted for found in _of(package, asked.get(package.name)))
    unasked = tuple(package for package in wanted if package.name not in asked)
    return Answer(known, unasked, skipped[0] if skipped else _last_line(complaint) if unasked else "")


def _of(package: Package, row: Mapping[str, Any] | None) -> Iterable[Known]:
    for each in row["vulns"] if row else ():
        yield Known(package, each["id"], tuple(each.get("fix_versions", ())))


def _last_line(words: str) -> str:
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    return lines[-1][:300] if lines else ""
