"""What may be corrected: the kinds of facts, their columns, and what a value of each must be. Pure.

Kinds and columns follow from the contract: a kind is a table whose rows quote a clause and carry a rule. A
correction changes what the row says of its quote, never the quote, its place or the clause: so every
invariant of those holds after it. Columns that follow from others (`normal_value`, `unit_id`,
`cited_document_id`) are made anew when it is applied.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Final, Literal

from extractor.contract import Column, is_due, load_contract
from extractor.corrections.model import FINDINGS, Fields, Value
from extractor.messages import message

LONGEST: Final = 1000  # characters of a value
LONGEST_NAME: Final = 100  # of who made a correction
LONGEST_NOTE: Final = 2000
_OF_A_FACT = {"id", "clause_id", "quote", "start", "end", "rule"}
_FIXED = {*_OF_A_FACT, "position", "basis", "normal_value"}
_SEEN_OF_FINDINGS = ("severity", "code", "message")
OF_OFFICE: Final = ("canonical_name", "sector")  # of the unit of a responsibility, beside its name
_NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,30})?", re.ASCII)
_SLASHED_DATE = re.compile(
    r"(\d{4})/(\d{1,2})(?:/(\d{1,2}))?", re.ASCII
)  # 2025/12/31: as spreadsheets have it
# /10万, /万, /1000
_RATE = re.compile(r"/(?P<number>\d{1,9})?(?P<scale>[万亿])?(?![\d万亿])", re.ASCII)
_MULTIPLE = re.compile(r"(?P<small>[百千])?(?P<scale>[万亿])")
_SCALES = {None: 1, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_RATIOS = {"%": 100, "％": 100, "‰": 1000, "成": 10}


Code = Literal["empty", "line", "number", "due", "choice", "order", "untitled"]


class ValueProblem(ValueError):
    """A value that may not stand in a column. `words` say why and what may, `code` why in a word."""

    def __init__(self, column: str, code: Code, words: str, /, **values: object) -> None:
        self.column, self.code, self.words = column, code, message(words, values)
        super().__init__(self.words)


@cache
def kinds() -> Mapping[str, Mapping[str, Column]]:
    """Kind → the columns that may be corrected, in the order of the contract; findings have none."""
    contract = load_contract()
    found: dict[str, Mapping[str, Column]] = {}
    for table in contract:
        if not set(table.names) >= _OF_A_FACT:
            continue
        columns = {c.name: c for c in table.columns if c.name not in _FIXED and c.references is None}
        if "unit_id" in table.names:
            office = {c.name: c for c in contract["units"].columns}
            columns = {"unit": office["name"], **{name: office[name] for name in OF_OFFICE}, **columns}
        found[table.name] = columns
    return {**found, FINDINGS: {}}


def seen_columns(kind: str) -> tuple[str, ...]:
    """The columns of a fact that a person judges."""
    return _SEEN_OF_FINDINGS if kind == FINDINGS else tuple(kinds()[kind])


def read(column: Column, text: str) -> Value:
    """The value that `text` writes; None where it is empty. Raises ValueProblem."""
    text = text.strip()
    if not text:
        if column.required:
            raise ValueProblem(column.name, "empty", "it may not be empty")
        return None
    if len(text) > LONGEST or not is_plain(text):
        words = "it must be one line of at most {most} characters, without control characters"
        raise ValueProblem(column.name, "line", words, most=LONGEST)
    if column.type != "TEXT":
        return _number(column.name, text)
    if column.form == "due":
        text = _SLASHED_DATE.sub(_dashed, text)
        if not is_due(text):
            words = "{value} is none of 2025, 2025-06, 2025-06-30, --11-30 (every year)"
            raise ValueProblem(column.name, "due", words, value=repr(text))
    if column.values and text not in column.values:
        raise ValueProblem(
            column.name, "choice", "{value} is none of {listed}", value=repr(text), listed=_listed(column)
        )
    return text


def written(value: Value) -> str:
    """A value as text that `read` reads back."""
    if value is None:
        return ""
    return f"{Decimal(repr(value)):f}" if isinstance(value, float) else str(value)


def problems(kind: str, fields: Fields) -> Iterator[ValueProblem]:
    """What is wrong with a whole fact, where each of its values by itself is allowed."""
    for name, column in kinds()[kind].items():
        value = fields.get(name)
        if value is None and column.required:
            yield ValueProblem(name, "empty", "it may not be empty")
        if value is not None and column.values and value not in column.values:
            yield ValueProblem(
                name, "choice", "{value} is none of {listed}", value=repr(value), listed=_listed(column)
            )
    low, high = fields.get("value"), fields.get("value_high")
    if isinstance(low, int | float) and isinstance(high, int | float) and high < low:
        yield ValueProblem(
            "value_high",
            "order",
            "{high} is less than value {low}",
            high=written(high),
            low=written(low),
        )
    if kind == "citations" and fields.get("title") is None and fields.get("doc_number") is None:
        yield ValueProblem("title", "untitled", "a citation has a title or a doc_number")


def is_plain(text: str) -> bool:
    """Whether a text is of characters that can be stored and shown in one line."""
    return not any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in text)


def normal_value(value: Value, unit: str, before: tuple[Value, str, Value]) -> float | int | None:
    """`targets.normal_value` of a corrected target; `before` is (value, unit, normal_value) as parsed.

    In proportion to what it was where the unit stays; else a rate as a fraction and 万, 亿 multiplied out:

    >>> normal_value(8, "/10万", (8, "‰", 0.008)), normal_value(1.5, "万个", (1, "个", 1))
    (8e-05, 15000)
    """
    if value is None:
        return None
    exact = Decimal(str(value))
    old, old_unit, old_normal = before
    if unit == old_unit and old_normal is None:
        return None
    if unit == old_unit and old:
        return _plain(exact * Decimal(str(old_normal)) / Decimal(str(old)))
    return _plain(exact * _factor(unit))


def _factor(unit: str) -> Decimal:
    if unit in _RATIOS or unit.endswith("百分点"):
        return Decimal(1) / _RATIOS.get(unit, 100)
    rate, multiple = _RATE.match(unit), _MULTIPLE.match(unit)
    if rate and (rate["number"] or rate["scale"]):
        return Decimal(1) / (int(rate["number"] or 1) * _SCALES[rate["scale"]])
    if multiple:
        return Decimal(_SCALES[multiple["small"]] * _SCALES[multiple["scale"]])
    return Decimal(1)


def _plain(value: Decimal) -> float | int:
    """As SQLite holds it best: an integer where it is one."""
    return int(value) if value == value.to_integral_value() else float(value)


def _number(column: str, text: str) -> int | float:
    if not _NUMBER.fullmatch(text):
        words = "{value} is no number such as 1200 or 4.5 (at most 15 digits before the point)"
        raise ValueProblem(column, "number", words, value=repr(text))
    return _plain(Decimal(text))


def _listed(column: Column) -> str:
    return ", ".join(map(str, column.values))


def _dashed(found: re.Match[str]) -> str:
    year, month, day = found.groups()
    return f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")
