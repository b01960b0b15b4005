"""The database contract as values: tables and columns with their types, labels and closed vocabularies.

The rows are data (`contract.toml`). The store creates its tables from them, `check` proves that a database
keeps to them, and the site shows their labels, so that the three cannot disagree.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Form = Literal["date", "due", "json"]
FactKind = Literal["duty", "target", "amount", "duration", "deadline", "citation"]
VIEW = "clauses_characters"  # what the full-text index is built of; see `extractor.search`
# Kind of fact → its table.
FACT_TABLES: Mapping[FactKind, str] = {
    "duty": "responsibilities", "target": "targets", "amount": "amounts", "duration": "durations",
    "deadline": "deadlines", "citation": "citations",
}  # fmt: skip
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
# 2025, 2025-06, 2025-06-30, --11-30
_DUE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?|--\d{2}(?:-\d{2})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `type` is an SQLite affinity; `references` is (table, column)."""

    name: str
    type: Literal["TEXT", "INTEGER", "NUMERIC"]
    zh: str
    en: str
    about_zh: str
    about: str
    unit: str | None = None
    required: bool = False
    references: tuple[str, str] | None = None
    values: tuple[str | int, ...] = ()
    form: Form | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `label` is the column that names a row where another table refers to it."""

    name: str
    zh: str
    en: str
    about_zh: str
    about: str
    columns: tuple[Column, ...]
    pk: tuple[str, ...] = ()
    label: str | None = None
    sort: str | None = None
    facets: tuple[str, ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns, in order."""
        return tuple(column.name for column in self.columns)

    @property
    def ddl(self) -> str:
        """The statement that creates the table."""
        lines = [column_ddl(column) for column in self.columns]
        if self.pk:
            lines.append(f"PRIMARY KEY ({', '.join(map(quoted, self.pk))})")
        return f"CREATE TABLE {quoted(self.name)} (\n  " + ",\n  ".join(lines) + "\n)"


@dataclass(frozen=True, slots=True)
class Contract:
    """All tables, in an order in which each comes after those it refers to."""

    version: int
    tables: tuple[Table, ...]

    def __iter__(self) -> Iterator[Table]:
        return iter(self.tables)

    def __getitem__(self, name: str) -> Table:
        return next(table for table in self.tables if table.name == name)


def quoted(name: str) -> str:
    """An SQL identifier. Names of the contract hold no quotes."""
    return f'"{name}"'


def column_ddl(column: Column) -> str:
    """The definition of a column in the statement that creates or alters its table."""
    parts = [quoted(column.name), column.type]
    if column.required:
        parts.append("NOT NULL")
    if column.references:
        table, other = column.references
        parts.append(f"REFERENCES {quoted(table)} ({quoted(other)})")
    return " ".join(parts)


def is_date(value: Any) -> bool:
    """Whether a value of form `date` is one: an ISO date that there is."""
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def is_due(value: Any) -> bool:
    """Whether a value of form `due` is one: 2025, 2025-06, 2025-06-30, --11-30."""
    if not isinstance(value, str) or not _DUE.fullmatch(value):
        return False
    return "-" not in value or is_date((value.replace("--", "2000-", 1) + "-01")[:10])


@cache
def load_contract() -> Contract:
    """The contract that this program keeps, read once a process."""
    data = tomllib.loads(files("extractor").joinpath("contract.toml").read_text("utf-8"))
    return Contract(data["version"], tuple(_table(name, row) for name, row in data["tables"].items()))


def _table(name: str, row: Mapping[str, Any]) -> Table:
    rest = {key: row[key] for key in ("zh", "en", "about_zh", "about", "label", "sort") if key in row}
    return Table(
        name=name,
        columns=tuple(_column(key, value) for key, value in row["columns"].items()),
        pk=tuple(row["pk"]),
        facets=tuple(row.get("facets", ())),
        indexes=tuple(map(tuple, row.get("indexes", ()))),
        **rest,
    )


def _column(name: str, row: Mapping[str, Any]) -> Column:
    rest = {key: value for key, value in row.items() if key not in ("references", "values")}
    table, _, other = row.get("references", "").partition(".")
    return Column(
        name=name,
        references=(table, other) if table else None,
        values=tuple(row.get("values", ())),
        **rest,
    )
