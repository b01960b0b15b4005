"""Whether every locked package may be used for any purpose, by what its own metadata says.

A licence that is not in `licences.toml` is unknown until a person has read it: it fails, as the AGPL does.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from tests.audit.locked import Package, normal

Verdict = Literal["permitted", "refused", "unknown", "absent"]
# What pip-licenses calls its sources, the most exact first.
_SOURCES = ("License-Expression", "License-Classifier", "License-Metadata")
_REFUSED = re.compile(r"\bA?GPL|Affero|Commercial|Proprietary|SSPL|Non-?Commercial", re.IGNORECASE)


class Licence(NamedTuple):
    """A locked package, what it says of its licence, and what that means. `absent`: not installed here."""

    package: Package
    words: str
    verdict: Verdict


@cache
def _lists() -> tuple[frozenset[str], Mapping[str, str]]:
    data = tomllib.loads(Path(__file__).with_name("licences.toml").read_text("utf-8"))
    return frozenset(name.lower() for name in data["permitted"]), data["read"]


def licences(packages: Iterable[Package], installed: Iterable[Mapping[str, Any]]) -> tuple[Licence, ...]:
    """The licence of each package; `installed` are the rows of `pip-licenses --from=all --format=json`."""
    rows = {normal(row["Name"]): row for row in installed}
    return tuple(_licence(package, rows.get(package.name)) for package in packages)


def judge(words: str) -> Verdict:
    """What a licence means: each part of an expression must be permitted, or one of those to choose from.

    >>> judge("Apache-2.0 OR GPL-2.0-only"), judge("MIT AND AGPL-3.0"), judge("see file")
    ('permitted', 'refused', 'unknown')
    """
    permitted, _ = _lists()
    if words.lower() in permitted:
        return "permitted"
    choices = re.split(r"\s+OR\s+", words)
    if len(choices) > 1:
        verdicts = [judge(choice.strip("() ")) for choice in choices]
        return next((wanted for wanted in ("permitted", "refused") if wanted in verdicts), "unknown")
    parts = [part.strip("() ") for part in re.split(r"\s+AND\s+|;|,", words) if part.strip("() ")]
    if any(_REFUSED.search(part) for part in parts):
        return "refused"
    return "permitted" if parts and all(part.lower() in permitted for part in parts) else "unknown"


def _licence(package: Package, row: Mapping[str, Any] | None) -> Licence:
    if row is None:
        return Licence(package, "", "absent")
    said = [row[source] for source in _SOURCES if row.get(source, "UNKNOWN") != "UNKNOWN"]
    words = said[0] if said else "UNKNOWN"
    _, read = _lists()
    if read.get(package.name) == words:
        return Licence(package, words, "permitted")
    return Licence(package, words, judge(words))
