"""The words of a notice with × for each character of a private one. Pure.

Guarantees: offsets stay, so that each quote is still the text between its offsets; nothing but characters of
private words is changed; no private word of `SURE` characters or more is left in a value that is masked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from extractor.contract import Column, Table

MARK: Final = "×"
SURE: Final = (
    3  # characters of a word that is masked wherever it stands; a shorter one may be a part of others
)
_KEYS: Final = frozenset(("id", "ref", "rule", "path", "sha256", "source_sha256"))
Row = Mapping[str, Any]


class Mask:
    """The private words of one notice."""

    def __init__(self, text: str, spans: Iterable[tuple[int, int]]) -> None:
        self._text = text
        self._spans = tuple(sorted(spans))
        self._words = {text[start:end] for start, end in self._spans}
        self.text = _over(text, self._spans)

    def touches(self, row: Row) -> bool:
        """Whether a row can change: it stands on a private word, or holds one."""
        start, end = row.get("start"), row.get("end")
        if start is not None and end is not None and self.within(start, end):
            return True
        whole = "\n".join(value for value in row.values() if isinstance(value, str))
        return any(word in whole for word in self._words)

    def within(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """The spans that touch a range."""
        return tuple(span for span in self._spans if span[0] < end and span[1] > start)

    def part(self, value: str, start: int, end: int) -> str | None:
        """`value`, which stands in the text between `start` and `end`, masked; None where it does not."""
        at = self._text.rfind(value, start, end)
        return None if at < 0 else self.text[at : at + len(value)]

    def words(self, value: str, start: int, end: int) -> str:
        """A value made of words of the text between `start` and `end`: the private ones of these, masked."""
        found = {self._text[a:b] for a, b in self.within(start, end)}
        found |= self.sure
        for word in sorted(found, key=len, reverse=True):
            value = value.replace(word, MARK * len(word))
        return value

    @property
    def sure(self) -> frozenset[str]:
        """The words that are masked wherever they stand."""
        return frozenset(word for word in self._words if len(word) >= SURE)


class Words(NamedTuple):
    """Private words of all notices, looked up by what a value holds: the cost is that of the value."""

    words: frozenset[str]
    lengths: tuple[int, ...]

    @classmethod
    def of(cls, words: Iterable[str]) -> Words:
        held = frozenset(words)
        return cls(held, tuple(sorted({len(word) for word in held}, reverse=True)))

    def over(self, value: str) -> str:
        """`value` with these words masked, the longest first."""
        for length in self.lengths:
            for at in range(len(value) - length + 1):
                if value[at : at + length] in self.words:
                    value = value[:at] + MARK * length + value[at + length :]
        return value


def wordy(table: Table) -> tuple[Column, ...]:
    """The columns that may hold words of a source: no key, no closed vocabulary, no date."""
    return tuple(
        column
        for column in table.columns
        if column.type == "TEXT"
        and not (column.values or column.references or column.name in _KEYS or column.name.endswith("_id"))
        and column.form not in ("date", "due")
    )


def masked_row(table: Table, row: Row, mask: Mask, place: tuple[int, int]) -> dict[str, Any]:
    """What changes in a row of a notice; `place` is where the words that it is made of stand."""
    changed: dict[str, Any] = {
        column.name: _value(column.name, row, mask, place)
        for column in wordy(table)
        if isinstance(row[column.name], str)
    }
    if table.name == "documents":
        changed["text"] = mask.text
    if "value" in row and changed and _was_private(table, row, changed, mask):
        changed["value"] = None
    return {name: value for name, value in changed.items() if value != row[name]}


def _value(name: str, row: Row, mask: Mask, place: tuple[int, int]) -> str:
    value = str(row[name])
    if name == "quote" and "start" in row:
        return mask.text[row["start"] : row["end"]]
    exact = mask.part(value, *place) if name in ("text", "heading", "marker", "validity_quote") else None
    return mask.words(value, *place) if exact is None else exact


def _was_private(table: Table, row: Row, changed: Row, mask: Mask) -> bool:
    """Whether the number of a row is a private one: of the ledger, or of a cell."""
    if table.name == "numbers":
        return bool(mask.within(row["start"], row["end"]))
    return table.name == "cells" and changed["text"] != row["text"]


def _over(text: str, spans: Sequence[tuple[int, int]]) -> str:
    pieces, at = [], 0
    for start, end in spans:
        pieces += [text[at:start], MARK * (end - start)]
        at = end
    return "".join((*pieces, text[at:]))
