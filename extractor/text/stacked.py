"""A task table with one cell a line, as copied from a page: 序号 / 任务 / 责任单位 / 完成时限 / 1 / …

A cell may be broken over lines, or be missing where it was merged with the one above. Which column each line
of a row belongs to is told by the whole row: columns follow each other, and a line suits some better.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from extractor.lexicon.layout import layout
from extractor.markers import starts_clause
from extractor.model import CellRef, Line

# 12月底前, 2025年底, 5月底前动工, 持续推进
DUE = re.compile(
    r"""(?:20[0-9]{2}年)?(?:[0-9]{1,2}月)?[上中下]?[旬底末]?前?[^。]{0,8}(?<=[年月底末旬前期续工用])$
      | 持续|长期|全年|每年|常态|年底|年内|[0-9]{1,2}月""",
    re.VERBOSE,
)
CITED = re.compile("《|[（(]?[\u3400-\u9fff]{1,8}〔20")
NAMES = re.compile("[、，；\\s]+")
MOST_COLUMNS: Final = 8
MOST_LINES: Final = 200  # of a row: a longer one is no row of a table
MOST_BROKEN: Final = 6  # lines over which a title is broken
LONG: Final = 24  # characters of a line that is a sentence and no name
Kind = Literal["number", "task", "group", "unit", "due", "cited"]
# What it costs to leave out the cell of a column, to go back to an earlier one (a row of merged cells), and
# to hold a line for what it does not look like.
_MISSING: Final[dict[Kind, float]] = {
    "number": 0,
    "task": 1,
    "group": 0.8,
    "unit": 1,
    "due": 0.4,
    "cited": 0.4,
}
_BACK: Final = 0.9
_UNLIKE: Final = 2.0


@dataclass(frozen=True, slots=True)
class Columns:
    """The titles of the columns, and what each holds."""

    titles: tuple[Line, ...]
    kinds: tuple[Kind, ...]

    def repeated(self, lines: Sequence[Line | None], at: int) -> bool:
        """Whether the titles stand at `at` again, as on a new page."""
        here = lines[at : at + len(self.titles)]
        return [line and line.text.strip() for line in here] == [line.text.strip() for line in self.titles]

    def of(self, words: Sequence[str]) -> list[int]:
        """The column of each line of a row: those that together cost least."""
        size = len(self.kinds)
        costs: list[list[float]] = []
        came: list[list[int]] = []
        for place, line in enumerate(words):
            within = _open("".join(words[max(0, place - MOST_BROKEN) : place]))
            own = [_unlike(line, kind, self.kinds, within=within) for kind in self.kinds]
            row, back = [], []
            for column in range(size):
                if place:
                    before = costs[-1]
                    ways = [before[last] + self._step(last, column) for last in range(size)]
                else:
                    ways = [self._step(0, column) if last == 0 else float("inf") for last in range(size)]
                least = min(range(size), key=ways.__getitem__)
                row.append(ways[least] + own[column])
                back.append(least)
            costs.append(row)
            came.append(back)
        found: list[int] = []
        column = min(range(1, size), key=lambda last: costs[-1][last] + self._left_out(last + 1, size))
        for back in reversed(came):
            found.append(column)
            column = back[column]
        return found[::-1]

    def _step(self, last: int, column: int) -> float:
        if column == 0:
            return float("inf")  # the number has its line already
        if column == last:
            return 0
        if column > last:
            return self._left_out(last + 1, column)
        return _BACK + self._left_out(last + 1, len(self.kinds))

    def _left_out(self, first: int, end: int) -> float:
        return sum(_MISSING[kind] for kind in self.kinds[first:end])


def stacked(lines: list[Line | None], index: int, table: int) -> tuple[list[Line], int] | None:
    """The cells of the table that begins at `index`, and where it ends; None where none begins.

    Titles that are printed again on a later page are left out, as the furniture of pages is.
    """
    columns = _columns(lines, index)
    if columns is None:
        return None
    cells = [replace(line, cell=CellRef(table, 0, col)) for col, line in enumerate(columns.titles)]
    at, row, number = index + len(columns.titles), 0, 0
    while at < len(lines) and not ends_table(lines[at]):
        line = lines[at]
        if line is None:
            at += 1
        elif columns.repeated(lines, at):
            at += len(columns.titles)
        elif line.text.strip() == str(number + 1):
            row, number, at = row + 1, number + 1, at + 1
            cells.append(replace(line, cell=CellRef(table, row, 0), begins=True))
        elif number:
            body, at = _body(lines, at, columns, str(number + 1))
            for rows, group in _rows(body, columns):
                row += rows
                cells += _cell(group, CellRef(table, row, group[0][1]))
        else:
            return None
    return (cells, at) if number else None


def _body(lines: Sequence[Line | None], at: int, columns: Columns, following: str) -> tuple[list[Line], int]:
    """The lines up to the next number, titles or end of the table."""
    body: list[Line] = []
    while at < len(lines) and len(body) < MOST_LINES:
        line = lines[at]
        if line is not None:
            if ends_table(line) or line.text.strip() == following or columns.repeated(lines, at):
                break
            body.append(line)
        at += 1
    return body, at


def _rows(body: Sequence[Line], columns: Columns) -> list[tuple[int, list[tuple[Line, int]]]]:
    """The lines of a number as cells: 1 where a row of merged cells begins, else 0; their lines."""
    groups: list[tuple[int, list[tuple[Line, int]]]] = []
    last = 0
    for line, column in zip(body, columns.of([line.text.strip() for line in body]), strict=True):
        if groups and column == last:
            groups[-1][1].append((line, column))
        else:
            groups.append((int(column < last), [(line, column)]))
        last = column
    return groups


def _cell(group: Sequence[tuple[Line, int]], cell: CellRef) -> list[Line]:
    """The lines of a cell: those that go on in the middle of a name or a sentence are one paragraph."""
    found: list[Line] = []
    before = ""  # of the paragraph
    for line, _ in group:
        words = line.text.strip()
        goes_on = bool(before) and not starts_clause(words) and _goes_on(before, words)
        before = before + words if goes_on else words
        found.append(replace(line, cell=cell, begins=not goes_on))
    return found


def _goes_on(before: str, after: str) -> bool:
    if before[-1] in "。；：":
        return False
    offices = layout().office
    return before[-1] in "、，" or _open(before) or not (offices.search(before) and offices.search(after))


def _open(words: str) -> bool:
    """Whether 《 or a bracket is not closed."""
    return words.count("《") > words.count("》") or words.count("（") > words.count("）")


def _unlike(words: str, kind: Kind, kinds: Sequence[Kind], *, within: bool) -> float:
    """What it costs to hold a line for a cell of this kind. `within`: a bracket before it is not closed."""
    cited = "cited" in kinds and (within or CITED.match(words) is not None)
    due = "due" in kinds and len(words) <= 14 and DUE.match(words) is not None
    units = _names_offices(words)
    if kind == "cited":
        return 0 if cited else _UNLIKE
    if kind == "due":
        return 0 if due else _UNLIKE
    if kind == "unit":
        return 0.0 if units else _UNLIKE + (due or cited)
    sentence = words[-1] in "。；" or (len(words) > LONG and not units)
    cost = 1.0 * due + 1.0 * cited + 0.6 * units
    if kind == "group":
        return cost + (_UNLIKE if sentence or words[-1] in "，：" else 0)
    return cost + (0.3 if "group" in kinds and len(words) <= 8 else 0)


def _names_offices(words: str) -> bool:
    """Whether a line is a list of offices or a piece of one: 区水务局、区交通委、|各街镇"""
    if "。" in words:
        return False
    *whole, last = [name for name in NAMES.split(words) if name] or [""]
    known = [len(name) <= LONG and layout().office.search(name) is not None for name in whole]
    ends = words[-1:] in "、，；" or last.startswith("各") or layout().office.search(last) is not None
    return all(known) and ends and len(last) <= LONG and layout().verbal.search(last) is None


def _columns(lines: list[Line | None], index: int) -> Columns | None:
    found = [line for line in lines[index : index + MOST_COLUMNS] if line is not None]
    size = next((i for i, line in enumerate(found) if line.text.strip() == "1"), 0)
    titles = [line.text.strip() for line in found[:size]]
    if None in lines[index : index + size] or not all(0 < len(title) <= 12 for title in titles):
        return None
    kinds: list[Kind] = ["number" if i == 0 else _kind(title) for i, title in enumerate(titles)]
    if "unit" not in kinds or kinds.count("task") + kinds.count("group") == 0:
        return None
    if "task" not in kinds:
        kinds[len(kinds) - 1 - kinds[::-1].index("group")] = "task"
    return Columns(tuple(found[:size]), tuple(kinds))


def _kind(title: str) -> Kind:
    if layout().unit_column.search(title):
        return "unit"
    if layout().due_column.search(title):
        return "due"
    if layout().cited_column.search(title):
        return "cited"
    return "group" if layout().group_column.search(title) else "task"


def ends_table(line: Line | None) -> bool:
    """Whether a line stands below a table: the next annex, a note, the distribution list."""
    return line is not None and layout().after_table.match(line.text.strip()) is not None
