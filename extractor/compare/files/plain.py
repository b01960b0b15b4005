"""A comparison as .csv for spreadsheets and .json for programs."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path

from extractor.compare.files.marks import notes, title
from extractor.compare.table import Cell, Table
from extractor.spreadsheet import inert


def write_csv(table: Table, file: Path) -> None:
    """A matter a line, a jurisdiction a column."""
    head = ("事项", *(column.name for column in table.columns))
    rows_to_csv(file, head, ((row.matter, *map(_words, row.cells)) for row in table.rows))


def rows_to_csv(file: Path, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """UTF-8 with a byte order mark, so that Excel opens it."""
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(head)
        writer.writerows(map(inert, row) for row in rows)


def _words(cell: Cell) -> str:
    if not cell.entries:
        return f"（{cell.state}）{cell.reason}"
    return "\n\n".join(
        "\n".join((title(entry), entry.text, *(f"{label}：{words}" for label, words in notes(entry))))
        for entry in cell.entries
    )


def write_json(table: Table, file: Path) -> None:
    """The table as it is: `columns`, `rows` of a `matter` and `cells`, and the facts."""
    file.write_text(as_json(table), "utf-8")


def as_json(value: object) -> str:
    """A frozen value with all that is in it, under the names of its fields."""
    return json.dumps(_plain(value), ensure_ascii=False, indent=1) + "\n"


def _plain(value: object) -> object:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        names = getattr(value, "_fields", ())
        own = [_plain(each) for each in value]
        return dict(zip(names, own, strict=True)) if names else own
    return value
