"""What a comparison shows beside the clauses: facts side by side, who leads and supports, what is missing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace

from extractor.compare.duties import duty_rows
from extractor.compare.fact_rows import Shown, fact_rows
from extractor.compare.table import GapRow, Table


def detailed(db: sqlite3.Connection, table: Table) -> Table:
    """`table` with its `facts`, `duties` and `gaps`, of the clauses that it shows. Six queries more."""
    shown = tuple(
        Shown(row.matter, column, entry.clause_id, entry.text, entry.words)
        for row in table.rows
        for column, cell in enumerate(row.cells)
        for entry in cell.entries
    )
    count = len(table.columns)
    return replace(
        table,
        facts=fact_rows(db, shown, columns=count),
        duties=duty_rows(db, shown, columns=count),
        gaps=tuple(gap_rows(table)),
    )


def gap_rows(table: Table) -> Iterator[GapRow]:
    """The cells without a clause in rows where more than half of the columns have one."""
    names = [column.name for column in table.columns]
    for row in table.rows:
        present = tuple(name for name, cell in zip(names, row.cells, strict=True) if cell.entries)
        if 2 * len(present) > len(names):
            for name, cell in zip(names, row.cells, strict=True):
                if not cell.entries:
                    yield GapRow(row.matter, name, cell.state, cell.reason, present)
