"""A task table with one cell a line, as copied from a page: 序号 / 任务 / 责任单位 / 完成时限 / 1 / …"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extractor.lexicon.layout import layout
from extractor.model import CellRef, Line

# 12月底前, 2025年底, 5月底前动工, 持续推进
DUE = re.compile(
    r"""(?:20[0-9]{2}年)?(?:[0-9]{1,2}月)?[上中下]?[旬底末]?前?[^。]{0,8}(?<=[年月底末旬前期续工用])$
      | 持续|长期|全年|每年|常态|年底|年内|[0-9]{1,2}月""",
    re.VERBOSE,
)
HEADS_DUE = re.compile("时限|时间|进度|期限")
MOST_COLUMNS = 8


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds what; `due` is None where no column tells when."""

    titles: tuple[Line, ...]
    task: int
    unit: int
    due: int | None

    def of(self, words: str, last: int) -> int:
        """The column that a cell suits which follows one of column `last`."""
        if last < self.task:
            return self.task
        if self.due is not None and len(words) <= 14 and DUE.match(words):
            return self.due
        if len(words) <= 24 and "。" not in words and layout().office.search(words):
            return self.unit
        return self.task


def stacked(lines: list[Line | None], index: int, table: int) -> tuple[list[Line], int] | None:
    """The cells of the table that begins at `index`, and where it ends; None where none begins."""
    columns = _columns(lines, index)
    if columns is None:
        return None
    cells = [replace(line, cell=CellRef(table, 0, col)) for col, line in enumerate(columns.titles)]
    at, row, number, last = index + len(columns.titles), 0, 0, columns.task
    while at < len(lines) and not ends_table(lines[at]):
        line = lines[at]
        at += 1
        if line is None:
            continue
        words = line.text.strip()
        if words == str(number + 1):
            row, number, last = row + 1, number + 1, 0
        else:
            column = columns.of(words, last)
            row += column == columns.task and last > column  # a second task under one number: a merged cell
            last = column
        cells.append(replace(line, cell=CellRef(table, row, last), begins=True))
    return (cells, at) if number else None


def _columns(lines: list[Line | None], index: int) -> Columns | None:
    found = [line for line in lines[index : index + MOST_COLUMNS] if line is not None]
    size = next((i for i, line in enumerate(found) if line.text.strip() == "1"), 0)
    titles = [line.text.strip() for line in found[:size]]
    unit = next((i for i, title in enumerate(titles) if layout().unit_column.search(title)), None)
    task = next((i for i, title in enumerate(titles) if i and i != unit and len(title) <= 12), None)
    if unit is None or task is None or None in lines[index : index + size]:
        return None
    due = next((i for i, title in enumerate(titles) if HEADS_DUE.search(title)), None)
    return Columns(tuple(found[:size]), task, unit, due)


def ends_table(line: Line | None) -> bool:
    """Whether a line stands below a table: the next annex, a note, the distribution list."""
    return line is not None and layout().after_table.match(line.text.strip()) is not None
