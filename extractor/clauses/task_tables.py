"""Which rows of which tables are tasks: tables that say who does what, under a heading row."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.lexicon.layout import layout
from extractor.model import Text

SHORTEST_DUTY = 6  # characters of what a department is to do


def task_rows(text: Text) -> dict[int, int | None]:
    """First paragraph of each row of a task table → its number: tables that say who does what.

    A row without a number shares the one above (merged cells); over the first that has one it is 0 (the
    name of a group of rows).
    """
    tables: dict[int, dict[int, list[int]]] = {}
    for index, paragraph in enumerate(text.paragraphs):
        if paragraph.cell is not None:
            tables.setdefault(paragraph.cell.table, {}).setdefault(paragraph.cell.row, []).append(index)
    found: dict[int, int | None] = {}
    for rows in tables.values():
        head = _task_head(text, rows)
        if head is None:
            continue
        firsts = [members[0] for row, members in rows.items() if row > head]
        column = _number_column(text, rows[head])
        printed = [
            int(line) if _column(text, first) == column and _is_number(line := _words(text, first)) else None
            for first in firsts
        ]
        number = None if printed[:1] == [None] and 1 not in printed else 0
        for first, own in zip(firsts, printed, strict=True):
            number = number if own is None else own
            found[first] = number
    return found


def _number_column(text: Text, head: Sequence[int]) -> int:
    """Where the numbers of the rows stand: under 序号, else first."""
    columns = (_column(text, i) for i in head if layout().row_column.match(_words(text, i)))
    return next(columns, 0)


def _column(text: Text, index: int) -> int:
    cell = text.paragraphs[index].cell
    return cell.col if cell is not None else 0


def _is_number(line: str) -> bool:
    return line.isdecimal() and len(line) <= 3


def _task_head(text: Text, rows: dict[int, list[int]]) -> int | None:
    """The heading row of a task table, or None: it names a column of tasks and one of units."""
    for row in sorted(rows)[:3]:
        titles = [_words(text, index) for index in rows[row]]
        units = any(layout().unit_column.search(title) for title in titles)
        tasks = (layout().row_column.search(title) or layout().task_column.search(title) for title in titles)
        if (units and any(tasks)) or _gives_duties(text, rows, row, titles):
            return row
    return None


def _gives_duties(text: Text, rows: dict[int, list[int]], head: int, titles: Sequence[str]) -> bool:
    """部门 | 职责与任务: who does what, in words; not 单位 | 任务数, which gives each a figure."""
    if not any(layout().whose_column.fullmatch(title) for title in titles):
        return False
    given = {
        cell.col
        for index, title in zip(rows[head], titles, strict=True)
        if (cell := text.paragraphs[index].cell) is not None and layout().given_column.search(title)
    }
    told = [
        len(_words(text, index)) >= SHORTEST_DUTY
        for row in rows
        if row > head
        for index in rows[row]
        if (cell := text.paragraphs[index].cell) is not None and cell.col in given
    ]
    return 2 * sum(told) > len(told)


def _words(text: Text, index: int) -> str:
    span = text.paragraphs[index].span
    return text.text[span.start : span.end].strip()
