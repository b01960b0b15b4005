"""A comparison as .csv for spreadsheets and .json for programs."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from extractor.compare.files.marks import notes, title
from extractor.compare.table import Cell, Table


def write_csv(table: Table, file: Path) -> None:
    """UTF-8 with a byte order mark, so that Excel opens it; a matter a line, a jurisdiction a column."""
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["事项", *(column.name for column in table.columns)])
        for row in table.rows:
            writer.writerow([row.matter, *map(_words, row.cells)])


def _words(cell: Cell) -> str:
    if not cell.entries:
        return f"（{cell.state}）"
    return "\n\n".join(
        "\n".join((title(entry), entry.text, *(f"{label}：{words}" for label, words in notes(entry))))
        for entry in cell.entries
    )


def write_json(table: Table, file: Path) -> None:
    """The table as it is: `columns`, and `rows` of a `matter` and `cells`."""
    data = {
        "title": table.title,
        "columns": [column._asdict() for column in table.columns],
        "rows": [{"matter": row.matter, "cells": [_cell(cell) for cell in row.cells]} for row in table.rows],
    }
    file.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _cell(cell: Cell) -> dict[str, object]:
    entries = [entry._asdict() | {"figures": [f._asdict() for f in entry.figures]} for entry in cell.entries]
    return {"state": cell.state, "entries": entries}
