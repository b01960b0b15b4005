"""The answer of the rules."""

from __future__ import annotations

from typing import NamedTuple

from extractor.model import NumberClass


class Verdict(NamedTuple):
    """The class of a number in the ledger, and the rule that makes its record (None: no record)."""

    cls: NumberClass
    rule: str | None = None
