"""An element of a web page → its paragraphs and tables, as a browser would break them.

Block elements and <br> end a paragraph; white space is collapsed, and a line end of the file between two
Chinese characters is no space. Walked without recursion.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from lxml import etree

from extractor.model import Line
from extractor.sources.counting import OF_LISTS, counted
from extractor.sources.docx_package import Element
from extractor.sources.docx_words import SCRIPT, SUPERSCRIPT
from extractor.sources.grid import Block, Grid, GridCell

BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre",
    "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
BOLD = frozenset(("b", "strong", "h1", "h2", "h3", "h4", "h5", "h6"))
WIDE = "\u2014\u2018-\u201d\u2026\u3000-\u303f\u3400-\u9fff\uff00-\uffef"
FILE_BREAK = re.compile(rf"(?<=[{WIDE}])[ \t\r\f]*\n[ \t\r\n\f]*(?=[{WIDE}])")
SPACES = re.compile(r"[ \t\r\n\f\v]+")
MOST_COLUMNS, MOST_ROWS = 100, 10_000  # that one cell may span
WIDEST = 300  # columns in which cells from above are minded
STYLED_LIST = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)")


def blocks(top: Element, dropped: Collection[Element], *, keeps_breaks: bool = False) -> list[Block]:
    """The paragraphs and tables in `top`, without the elements in `dropped`.

    `keeps_breaks`: the program that wrote the page breaks lines of the file at spaces only.
    """
    walk = _Walk(keeps_breaks)
    walker = etree.iterwalk(top, events=("start", "end"))
    for event, element in walker:
        if event == "start":
            if element in dropped:
                walker.skip_subtree()
                if element.tag in BLOCKS:
                    walk.flush()
            else:
                walk.start(element)
        else:
            if element not in dropped:
                walk.end(element)
            if element is not top and element.tail:
                walk.text(element.tail)
    walk.flush()
    return walk.found[0]


@dataclass(slots=True)
class _Table:
    """A table while it is read. `taken` tells until which row a column is held by a cell from above."""

    cells: list[GridCell] = field(default_factory=list)
    row: int = -1
    col: int = 0
    taken: dict[int, int] = field(default_factory=dict)
    cell: tuple[int, int, int] | None = None  # column, row span, column span of the open cell

    def open(self, rows: int, cols: int) -> None:
        self.row = max(self.row, 0)
        while self.col < WIDEST and self.taken.get(self.col, -1) >= self.row:
            self.col += 1
        if rows > 1 and self.col < WIDEST:
            self.taken.update(dict.fromkeys(range(self.col, self.col + cols), self.row + rows - 1))
        self.cell = (self.col, rows, cols)
        self.col += cols

    def grid(self) -> Grid:
        """The cells, each ending with the table at the latest."""
        end = self.row + 1
        return Grid(tuple(cell._replace(row_span=min(cell.row_span, end - cell.row)) for cell in self.cells))


@dataclass(slots=True)
class _Walk:
    keeps_breaks: bool = False
    found: list[list[Block]] = field(default_factory=lambda: [[]])  # of the page, of the open cell …
    tables: list[_Table] = field(default_factory=list)
    lists: list[tuple[str, int]] = field(default_factory=list)  # format and last number of open lists
    marker: str = ""
    pieces: list[str] = field(default_factory=list)
    bold: int = 0
    plain: bool = False  # whether something in the paragraph is not bold
    outline: int | None = None
    pre: int = 0
    raised: int = 0

    def text(self, words: str) -> None:
        if self.raised and SCRIPT.fullmatch(words.strip()):
            words = words.strip().translate(SUPERSCRIPT)
        if self.pre and "\n" in words:
            for line in words.split("\n"):
                self.pieces.append(line)
                self.flush()
            return
        self.pieces.append(words)
        if not self.bold and not words.isspace():
            self.plain = True

    def flush(self) -> None:
        """End the paragraph."""
        words = "".join(self.pieces)
        words = SPACES.sub(" ", words if self.keeps_breaks else FILE_BREAK.sub("", words)).strip()
        if words:
            marker = "" if words.startswith(self.marker.strip()) else self.marker
            self.found[-1].append(Line(marker + words, outline=self.outline, bold=not self.plain))
            self.marker = ""
        self.pieces.clear()
        self.plain = False

    def start(self, element: Element) -> None:
        tag = element.tag
        if tag in BLOCKS or tag == "br":
            self.flush()
        if tag in BOLD:
            self.bold += 1
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.outline = int(tag[1])
        elif tag == "pre":
            self.pre += 1
        elif tag == "sup":
            self.raised += 1
        elif tag in ("ol", "ul"):
            self.lists.append((_list_format(element), _number(element.get("start"), 1, -9999, 9999) - 1))
        elif tag == "li":
            self._item(element)
        elif tag == "table":
            self.tables.append(_Table())
        elif self.tables:
            self._in_table(element, tag)
        if element.text:
            self.text(element.text)

    def _in_table(self, element: Element, tag: str) -> None:
        table = self.tables[-1]
        if tag == "tr":
            table.row, table.col = table.row + 1, 0
        elif tag in ("td", "th") and table.cell is None:
            rows = _number(element.get("rowspan"), 1, 0, MOST_ROWS) or MOST_ROWS  # 0: to the table's end
            table.open(rows, _number(element.get("colspan"), 1, 1, MOST_COLUMNS))
            self.found.append([])

    def end(self, element: Element) -> None:
        tag = element.tag
        if tag in BLOCKS:
            self.flush()
        if tag in BOLD:
            self.bold -= 1
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.outline = None
        elif tag == "pre":
            self.pre -= 1
        elif tag == "sup":
            self.raised -= 1
        elif tag in ("ol", "ul") and self.lists:
            self.lists.pop()
        elif tag == "li":
            self.marker = ""
        elif tag == "table" and self.tables:
            self.found[-1].append(self.tables.pop().grid())
        elif tag in ("td", "th") and self.tables and self.tables[-1].cell is not None:
            table = self.tables[-1]
            assert table.cell is not None
            col, rows, cols = table.cell
            table.cells.append(GridCell(table.row, col, rows, cols, tuple(self.found.pop())))
            table.cell = None

    def _item(self, element: Element) -> None:
        """The number that a browser prints before an item of a numbered list."""
        if not self.lists:
            return
        form, last = self.lists[-1]
        number = _number(element.get("value"), last + 1, -9999, 99_999)
        self.lists[-1] = (form, number)
        sign = counted(form, number) if form else ""
        stop = "、" if form == "chineseCounting" else "."
        self.marker = f"{sign}{stop} " if sign else ""


def _list_format(element: Element) -> str:
    """The number format of a list; "" for bullets and where the style says none."""
    style = STYLED_LIST.search((element.get("style") or "").lower())
    kind = style[1] if style else element.get("type") or "decimal"
    if element.tag == "ul":
        return ""
    form = OF_LISTS.get(kind, "decimal")
    return "" if form == "none" else form


def _number(words: str | None, default: int, low: int, high: int) -> int:
    words = (words or "").strip()
    if not re.fullmatch(r"-?[0-9]{1,9}", words):
        return default
    return min(max(int(words), low), high)
