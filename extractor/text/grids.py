"""Tables in plain text: Markdown pipes, tabs, and tables whose columns ran together.

Lines that are cells get a `CellRef`, and a cell that a page cut in two is put together again. Sources that
know their tables (DOCX, HTML, PDF) arrive with cells and pass through.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from extractor.lexicon.layout import layout
from extractor.markers import starts_clause
from extractor.model import CellRef, Line
from extractor.text.stacked import ends_table, stacked

PIPE_RULE = re.compile(r"\|?(?:\s{0,9}:?-{2,80}:?\s{0,9}\|){1,60}\s{0,9}:?-{0,80}:?\s{0,9}\|?")
BARE_NUMBER = re.compile(r"[0-9]{1,3}")
NUMBERED = re.compile(r"([0-9]{1,3})\s+(?=\S)")
YEAR = re.compile(r"(?:19|20)[0-9]{2}年")
LONGEST_TITLE = 80  # characters of a line over a table
MOST_UNITS = 80  # lines of one cell of units
MOST_HEADS = 60  # lines of column heads above a grid of figures
FIGURES = re.compile(r"-?[0-9][0-9,.]{0,14}%?(?:\s{1,9}-?[0-9][0-9,.]{0,14}%?){1,40}")

NAME_SPLIT = re.compile(r"[、，；,;\s]+")


def with_cells(lines: list[Line | None]) -> list[Line | None]:
    """The lines in reading order with the cells of tables marked; page ends inside a table are dropped."""
    if any(line is not None and line.cell is not None for line in lines):
        return _titles_freed(lines)
    figures = [i for i, line in enumerate(lines) if line is not None and FIGURES.fullmatch(line.text.strip())]
    result: list[Line | None] = []
    table = 0
    index = 0
    while index < len(lines):
        ahead = bisect_right(figures, index)
        near = ahead < len(figures) and figures[ahead] - index <= MOST_HEADS
        found = _table_at(lines, index, table, figures=near)
        if found is None:
            result.append(lines[index])
            index += 1
        else:
            cells, index = found
            result.extend(cells)
            table += 1
    return result


# --- rows that a source knows ----------------------------------------------------------------------


def _titles_freed(lines: list[Line | None]) -> list[Line | None]:
    """Rows that stand over a table as wide as it are the lines above it: 附件2任务分工表, 单位：万元."""
    tables: dict[int, dict[int, list[Line]]] = {}
    for line in lines:
        if line is not None and line.cell is not None:
            tables.setdefault(line.cell.table, {}).setdefault(line.cell.row, []).append(line)
    titles = {table: count for table, rows in tables.items() if (count := _titles(rows))}
    if not titles:
        return lines
    return [line if line is None else _below(line, titles) for line in lines]


def _titles(rows: Mapping[int, Sequence[Line]]) -> int:
    """How many rows from the top are titles: one cell over all columns each, and a row of more below."""
    width = max(cell.col + cell.col_span for row in rows.values() for line in row if (cell := line.cell))
    for row in range(len(rows)):
        cells = {line.cell for line in rows.get(row, ()) if line.cell}
        if len(cells) != 1:
            return row if cells else 0
        (cell,) = cells
        whole = width > 1 and cell.col == 0 and cell.col_span == width and cell.row_span == 1
        if not whole or any(_tells(line.text.strip()) for line in rows[row]):
            return 0
    return 0


def _tells(words: str) -> bool:
    return len(words) > LONGEST_TITLE or words[-1:] in "。；：:"


def _below(line: Line, titles: Mapping[int, int]) -> Line:
    """The line out of its cell where that is a title, else in a row counted from below the titles."""
    cell = line.cell
    count = titles.get(cell.table, 0) if cell else 0
    if cell is None or not count:
        return line
    return replace(line, cell=None if cell.row < count else cell._replace(row=cell.row - count))


def _table_at(
    lines: list[Line | None], index: int, table: int, *, figures: bool
) -> tuple[list[Line], int] | None:
    line = lines[index]
    if line is None:
        return None
    if "|" in line.text or ("\t" in line.text and not starts_clause(line.text)):
        return _ruled(lines, index, table)
    if layout().row_column.match(line.text.strip()) and len(line.text) < 60:
        return _tasks(lines, index, table)
    return _figures(lines, index, table) if figures else None


# --- rows whose cells are parted by | or by tabs ---------------------------------------------------


def _ruled(lines: list[Line | None], index: int, table: int) -> tuple[list[Line], int] | None:
    sign = "|" if "|" in (lines[index] or Line("")).text else "\t"
    rows: list[tuple[Line, list[str]]] = []
    while index < len(lines):
        line = lines[index]
        if line is None:
            index += 1
            continue
        if sign not in line.text or (sign == "|" and line.text.count("|") < 2):
            break
        if not (sign == "|" and PIPE_RULE.fullmatch(line.text.strip())):
            words = line.text.strip().strip("|") if sign == "|" else line.text.strip("\n ")
            rows.append((line, [cell.strip() for cell in words.split(sign)]))
        index += 1
    if not rows or (sign == "\t" and len(rows) == 1 and len(rows[0][1]) < 3):
        return None
    cells = [
        replace(line, text=words, cell=CellRef(table, row, col))
        for row, (line, columns) in enumerate(rows)
        for col, words in enumerate(columns)
        if words
    ]
    return cells, index


# --- 序号 工作任务 责任单位, with every cell wrapped into lines of its own -----------------------------


def _tasks(lines: list[Line | None], index: int, table: int) -> tuple[list[Line], int] | None:
    header = lines[index]
    assert header is not None
    titles = header.text.split()
    if len(titles) == 1:
        return stacked(lines, index, table)
    if len(titles) < 3 or not layout().unit_column.search(titles[-1]):
        return None
    cells = [replace(header, text=title, cell=CellRef(table, 0, col)) for col, title in enumerate(titles)]
    index += 1
    row = 0
    while (head := _row_number(lines, index, row + 1)) is not None:
        row += 1
        number, rest, index = head
        body: list[Line | None] = [rest] if rest is not None else []
        while (
            index < len(lines) and _row_number(lines, index, row + 1) is None and not ends_table(lines[index])
        ):
            body.append(lines[index])
            index += 1
        cells.append(_in_cell(number, CellRef(table, row, 0)))
        tasks, units = _task_and_units(body)
        cells.extend(_in_cell(line, CellRef(table, row, 1)) for line in tasks)
        cells.extend(_in_cell(line, CellRef(table, row, len(titles) - 1)) for line in units)
    return (cells, index) if row else None


def _in_cell(line: Line, cell: CellRef) -> Line:
    """`dataclasses.replace` for the cell alone; this runs for every line of every table."""
    look = (line.page, line.box, line.size, line.bold)
    return Line(line.text, *look, None, cell, line.confidence, line.begins)


def _row_number(lines: list[Line | None], index: int, expected: int) -> tuple[Line, Line | None, int] | None:
    """The line that opens row `expected`: its number alone, or the number and the first words."""
    while index < len(lines) and lines[index] is None:
        index += 1
    line = lines[index] if index < len(lines) else None
    if line is None:
        return None
    words = line.text.strip()
    if BARE_NUMBER.fullmatch(words) and int(words) == expected:
        return replace(line, text=words), None, index + 1
    match = NUMBERED.match(words)
    if match and int(match[1]) == expected:
        return replace(line, text=match[1]), replace(line, text=words[match.end() :]), index + 1
    return None


def _task_and_units(body: list[Line | None]) -> tuple[list[Line], list[Line]]:
    """The lines of one row, page by page: on each page the task's lines, then the units' lines."""
    tasks: list[Line] = []
    units: list[Line] = []
    page: list[Line] = []
    for line in [*body, None]:
        if line is not None:
            page.append(line)
            continue
        words = [piece.text.strip() for piece in page]
        cut_short = bool(units) and not layout().roles.search(units[-1].text.strip()[-6:])
        first = max(0, len(page) - MOST_UNITS)
        starts = (i for i in range(first, len(page)) if _is_unit_list("".join(words[i:]), goes_on=cut_short))
        cut = next(starts, len(page))
        tasks.extend(page[:cut])
        units.extend(page[cut:])
        page = []
    return tasks, units


def _is_unit_list(words: str, *, goes_on: bool) -> bool:
    """Whether the words are a list of offices with their roles, or the part of one that a page holds.

    `goes_on` tells that the page before broke the list off, perhaps within a name.
    """
    if "。" in words[:-1] or not (goes_on or layout().office_start.match(words)):
        return False
    words_of = layout()
    names = [words_of.roles.sub("", name) for name in NAME_SPLIT.split(words.rstrip("。"))]
    names = [name for name in names if name]
    if not names:
        return goes_on
    whole = names if words_of.roles.search(words[-6:]) else names[:-1] or names
    return all(len(n) <= 26 and words_of.office.search(n) and not words_of.verbal.search(n) for n in whole)


# --- a grid of figures under headings that were wrapped -----------------------------------------------


def _figures(lines: list[Line | None], index: int, table: int) -> tuple[list[Line], int] | None:
    """2023年 2024年 / 总托 位数 普惠托 位数 … / 442 266 586 352: short heading lines, then figures."""
    heads: list[Line] = []
    at = index
    while at < len(lines) and len(heads) < MOST_HEADS:
        line = lines[at]
        if line is None or len(line.text) > 40 or line.text.rstrip()[-1] in "。；，：":
            return None
        if FIGURES.fullmatch(line.text.strip()):
            break
        heads.append(line)
        at += 1
    else:
        return None
    _, first = next(_figure_rows(lines, at))
    count = len(first)
    grid = _head_rows(heads, count)
    if grid is None:
        return None  # before the rows are read, or a column of figures would be read for each of its lines
    rows = list(_figure_rows(lines, at))
    if any(len(row) != count for _, row in rows):
        return None
    cells = [
        replace(line, text=words, cell=CellRef(table, row, col, 1, span))
        for row, columns in enumerate(grid)
        for line, words, col, span in columns
    ]
    for offset, (line, values) in enumerate(rows):
        for col, value in enumerate(values):
            cells.append(replace(line, text=value, cell=CellRef(table, len(grid) + offset, col)))
    return cells, at + len(rows)


def _figure_rows(lines: list[Line | None], at: int) -> Iterator[tuple[Line, list[str]]]:
    while at < len(lines):
        line = lines[at]
        if line is None or not FIGURES.fullmatch(line.text.strip()):
            return
        yield line, line.text.split()
        at += 1


def _head_rows(heads: list[Line], count: int) -> list[list[tuple[Line, str, int, int]]] | None:
    """Heading lines as rows of cells over `count` columns; None where they do not fit.

    A line of several words is a row of its own, each word over an equal share of the columns; lines of one
    word are pieces of the column heads, the same number of pieces a column.
    """
    rows: list[list[tuple[Line, str, int, int]]] = []
    pieces: list[Line] = []
    for line in heads:
        years = YEAR.findall(line.text)
        words = years if years and "".join(years) == line.text.replace(" ", "") else line.text.split()
        if len(words) > 1 and count % len(words) == 0:
            span = count // len(words)
            rows.append([(line, word, i * span, span) for i, word in enumerate(words)])
        elif len(words) == 1 and rows:
            pieces.append(line)
        else:
            return None
    if pieces:
        if len(pieces) % count:
            return None
        size = len(pieces) // count
        rows.append([(piece, piece.text.strip(), i // size, 1) for i, piece in enumerate(pieces)])
    return rows or None
