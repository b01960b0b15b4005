"""Pages → the lines of a source: furniture off, tables numbered, paragraphs marked by their place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import isfinite

from extractor.model import CellRef, Line
from extractor.sources.pages import Glyph, Layout, Part, Row, Sheet, runon
from extractor.sources.pages.cells import tables
from extractor.sources.pages.indents import Frames, begins
from extractor.sources.pages.margins import without_margins
from extractor.sources.pages.order import projected, rows, tilted, turned

NOTE = re.compile(r"[①-⑳*※]|\[?[0-9]{1,2}[\]\s]|注")
LEAST = 0.1  # points; nobody sees smaller type
SMALL = 0.88  # of the body's type size; a footnote is not larger


def laid_out(sheets: Sequence[Sheet]) -> Layout:
    """The blocks of a page; lettering that stands across it comes last, placed as on the page first read."""
    first, *across = (layout(sheet) for sheet in sheets)
    others: list[Row | Part] = []
    for page in across:
        quarters = (page.turns - first.turns) % 4
        for block in page.blocks:
            if isinstance(block, Row):
                others.append(replace(block, box=turned(block.box, page.width, page.height, quarters)))
    return first._replace(blocks=(*first.blocks, *others))


def layout(sheet: Sheet) -> Layout:
    """The blocks of a page in reading order."""
    glyphs = [glyph for glyph in sheet.glyphs if _is_drawn(glyph)]
    parts, loose, frames = tables(glyphs, sheet.rules, sheet.number)
    blocks: list[Row | Part] = []
    flow = rows(loose, sheet.number)
    for part in sorted(parts, key=lambda p: (p.box.top, p.box.x0)):
        cut = next((i for i, row in enumerate(flow) if row.box.top >= part.box.top), len(flow))
        blocks += [*flow[:cut], part]
        flow = flow[cut:]
    filled = (frame for frame in frames if any(cell.rows for cell in frame.cells))
    rest = min(filled, key=lambda frame: frame.box.top, default=None)
    return Layout(sheet.number, sheet.width, sheet.height, (*blocks, *flow), sheet.turns, rest=rest)


def _is_drawn(glyph: Glyph) -> bool:
    """Whether it has a size and a place; a damaged file gives type of no size, or none that is a number."""
    return glyph.size >= LEAST and isfinite(glyph.size + glyph.x0 + glyph.x1 + glyph.base)


def lines(layouts: Sequence[Layout]) -> tuple[Line, ...]:
    """All pages as lines in reading order, boxes on the page as it is shown."""
    kept = without_margins(layouts)
    frames = Frames(kept)
    shown = {page.number: page for page in layouts}
    out: list[tuple[Row, CellRef | None, bool | None]] = []
    table: runon.Table | None = None
    number = 0
    before: Row | None = None
    rests, taken = _rests(kept), set[int]()
    for block in _blocks(kept, frames):
        if id(block) in taken:
            continue
        rest = rests.get(id(block))
        if rest is not None and table is not None and runon.take_rest(table, rest[0]):
            taken.update(map(id, rest[1]))
            continue
        if isinstance(block, Part):
            if table is not None and runon.goes_on(table, block):
                runon.extend(table, block)
            else:
                if table is not None:
                    out.extend(_cells(table))
                table, number = runon.start(block, number), number + 1
            before = None
            continue
        if table is not None:
            out.extend(_cells(table))
            table = None
        out.append((block, None, begins(block, before, frames)))
        before = block
    if table is not None:
        out.extend(_cells(table))
    return tuple(_line(row, cell, begin, shown[row.page]) for row, cell, begin in out)


def _rests(layouts: Sequence[Layout]) -> dict[int, tuple[Part, list[Row]]]:
    """Each page's `rest` with its lines among the blocks, by the first of these.

    Only where they are the same lines: where some were left out as furniture, or reach over the borders, to
    take the one for the other would lose or double words.
    """
    out: dict[int, tuple[Part, list[Row]]] = {}
    for layout in layouts:
        if layout.rest is None:
            continue
        left, top, right, bottom = layout.rest.box
        own = [
            block
            for block in layout.blocks
            if isinstance(block, Row)
            and left < (block.box.x0 + block.box.x1) / 2 < right
            and top < (block.box.top + block.box.bottom) / 2 < bottom
        ]
        if [row.box for row in own] == [row.box for cell in layout.rest.cells for row in cell.rows]:
            out[id(own[0])] = (layout.rest, own)
    return out


def _cells(table: runon.Table) -> Iterator[tuple[Row, CellRef | None, bool | None]]:
    return ((row, cell, begin) for cell, row, begin in table.lines())


def _line(row: Row, cell: CellRef | None, begin: bool | None, page: Layout) -> Line:
    box = tilted(row.box, page.width, page.height, page.angle) if page.angle else row.box
    if page.turns:
        box = turned(box, page.width, page.height, page.turns)
    if page.back:
        box = projected(box, page.back)
    return Line(
        row.text, page=row.page, box=box, size=row.size, bold=row.bold, cell=cell,
        confidence=row.confidence, begins=begin,
    )  # fmt: skip


def _blocks(layouts: Sequence[Layout], frames: Frames) -> Iterator[Row | Part]:
    """The blocks of all pages; footnotes wait until the paragraph that they would cut has ended."""
    waiting: list[Row] = []
    before: Row | None = None
    for page in layouts:
        blocks, notes = _parted(page, frames.size)
        for block in blocks:
            if waiting and (isinstance(block, Part) or begins(block, before, frames) is not False):
                yield from waiting
                waiting = []
            yield block
            before = block if isinstance(block, Row) else None
        waiting += notes
    yield from waiting


def _parted(page: Layout, size: float) -> tuple[Sequence[Row | Part], list[Row]]:
    """The blocks of a page without its footnotes, and these."""
    first = len(page.blocks)
    for index in range(len(page.blocks) - 1, -1, -1):
        block = page.blocks[index]
        if isinstance(block, Part) or block.size > SMALL * size or block.box.top < page.height / 3:
            break
        if NOTE.match(block.text):
            first = index
    notes = [block for block in page.blocks[first:] if isinstance(block, Row)]
    return page.blocks[:first], notes
