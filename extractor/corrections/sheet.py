"""Corrections as a table (CSV) that can be edited; `sheet_reading` reads it back.

A row is one changed value of a correction, or one correction without any; rows with one id belong together.
UTF-8 with a byte-order mark. A cell that a spreadsheet would take for a formula, a date or a number in
disguise (=…, 2025-12-31, 2.10) begins with an apostrophe, which is taken off again when it is read.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any, Final

from extractor.corrections.fields import written
from extractor.corrections.model import Correction, Value, canonical

EDITABLE: Final = ("verdict", "field", "new_value", "made_by", "made_at", "why")
COLUMNS: Final = (
    "id", "verdict", "kind", "document_id", "clause_ref", "quote", "field", "seen_value", "new_value",
    "made_by", "made_at", "why", "fact_id", "replaces", "title", "doc_number", "jurisdiction_id",
    "source_sha256", "clause_sha256", "clause_rank", "clause_total", "offset", "anchor", "rank", "total",
    "twins", "seen",
)  # fmt: skip
NUMBERS: Final = frozenset(("clause_rank", "clause_total", "offset", "rank", "total", "twins"))
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")
# 2025-12-31, 1/2, 2.10, 1E5: digits and what makes a spreadsheet write them otherwise
_FIGURES = re.compile(r"[\d.,/:%Ee+\- ]+", re.ASCII)
_REWRITTEN = re.compile(r"[.,/:%Ee\- ]|^0\d|^\d{16}", re.ASCII)


def text_of(corrections: Iterable[Correction]) -> str:
    """The table, the oldest correction first."""
    stream = StringIO(newline="")
    writer = csv.DictWriter(stream, COLUMNS)
    writer.writeheader()
    for correction in sorted(corrections, key=lambda each: (each.made_at, each.id)):
        writer.writerows(
            {name: cell_of(name, value) for name, value in row.items()} for row in rows_of(correction)
        )
    return stream.getvalue()


def write(path: Path, corrections: Iterable[Correction]) -> None:
    """The table as a file that Excel opens. Raises OSError."""
    path.write_bytes(text_of(corrections).encode("utf-8-sig"))


def rows_of(correction: Correction) -> Iterator[dict[str, Any]]:
    """Its rows: column → value."""
    place = correction.place
    common = {
        **correction.subject._asdict(), **place._asdict(), "anchor": canonical(place.anchor),
        "id": correction.id, "verdict": correction.verdict, "kind": correction.kind,
        "fact_id": correction.fact_id,
        "made_by": correction.made_by, "made_at": correction.made_at, "why": correction.why,
        "replaces": " ".join(correction.replaces), "seen": canonical(correction.seen),
    }  # fmt: skip
    for name, value in correction.changes.items() or (("", None),):
        seen = correction.seen.get(name) if name else None
        yield {**common, "field": name, "seen_value": _shown(seen), "new_value": _shown(value)}


def _shown(value: Value) -> Value:
    """A number as such, but never with an exponent."""
    return written(value) if isinstance(value, float) and "e" in repr(value) else value


def cell_of(name: str, value: Any) -> str:
    """What stands in the cell of column `name`."""
    text = "" if value is None else str(value)
    taken_otherwise = isinstance(value, str) and _FIGURES.fullmatch(text) and _REWRITTEN.search(text)
    return f"'{text}" if name not in NUMBERS and (text.startswith(_FORMULA) or taken_otherwise) else text
