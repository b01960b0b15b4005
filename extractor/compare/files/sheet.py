"""What all .xlsx files of the comparison share: looks, pages for printing, text that fits a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Part = tuple[Format, str]

LINES = 25  # a row of Excel is at most 409 points high: what is longer goes on in the next row
_LINE = 15.5  # points
_FONT = "宋体"
_ENDS = "。；\n"


class Look:
    """The formats of one workbook."""

    def __init__(self, book: Workbook) -> None:
        plain = {"font_name": _FONT, "font_size": 10.5}
        base = plain | {"text_wrap": True, "valign": "top", "border": 1}
        self.cell: Format = book.add_format(base)
        self.head: Format = book.add_format(
            base | {"bold": True, "bg_color": "#EEF1F5", "align": "center", "valign": "vcenter"}
        )
        self.state: Format = book.add_format(base | {"font_color": "#666666", "align": "center"})
        self.plain: Format = book.add_format(plain)
        self.new: Format = book.add_format(plain | {"font_color": "#B00020", "underline": 1})
        self.gone: Format = book.add_format(plain | {"font_color": "#1C4587", "font_strikeout": True})
        self.bold: Format = book.add_format(plain | {"bold": True})
        self.alone: Mapping[Format, Format] = {  # for a cell that has one of them alone
            self.plain: self.cell,
            self.new: book.add_format(base | {"font_color": "#B00020", "underline": 1}),
            self.gone: book.add_format(base | {"font_color": "#1C4587", "font_strikeout": True}),
            self.bold: book.add_format(base | {"bold": True}),
        }


def set_up(
    sheet: Worksheet, title: str, heads: Sequence[tuple[str, int]], look: Look, *, frozen: int
) -> None:
    """The head with its widths, frozen with the first columns, and how the sheet is printed."""
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_margins(0.4, 0.4, 0.6, 0.5)
    sheet.set_header(f"&C{title.replace('&', '&&')}")
    sheet.set_footer("&C第 &P 页，共 &N 页")
    sheet.freeze_panes(1, frozen)
    for place, (head, width) in enumerate(heads):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, head, look.head)
    sheet.set_row(0, _LINE * max(1, *(lines(head, width) for head, width in heads)))


def write_parts(sheet: Worksheet, at: tuple[int, int], parts: Sequence[Part], look: Look) -> None:
    """Words in several formats in one cell."""
    kept = [(form, words) for form, words in parts if words]
    if not kept:
        sheet.write_blank(*at, None, look.cell)
    elif len(kept) == 1:  # Excel takes a row of formats for no fewer than two
        sheet.write_string(*at, kept[0][1], look.alone[kept[0][0]])
    else:
        sheet.write_rich_string(*at, *(piece for part in kept for piece in part), look.cell)


def set_height(sheet: Worksheet, row: int, count: int) -> None:
    """A row for so many lines of text."""
    sheet.set_row(row, min(409.0, _LINE * max(count, 1)))


def lines(words: str, width: int) -> int:
    """How many lines words take in a column of `width` half-width characters."""
    room = max(width - 2, 2)
    return sum(1 + (_width(line) - 1) // room if line else 1 for line in words.split("\n"))


def _width(line: str) -> int:
    return sum(1 if char < "\u2000" else 2 for char in line)


def blocks(parts: Iterable[Part], width: int) -> Iterator[tuple[Part, ...]]:
    """`parts` in blocks of at most `LINES` lines, cut where a sentence ends; joined, they are the same."""
    block: list[Part] = []
    for form, words in parts:
        for piece in _sentences(words):
            filled = lines("".join(text for _, text in (*block, (form, piece))), width)
            if block and filled > LINES:
                yield tuple(block)
                block = []
            block.append((form, piece))
    if block:
        yield tuple(block)


def _sentences(words: str) -> Iterator[str]:
    """Pieces of at most 200 characters, by sentences."""
    start = 0
    for place, char in enumerate(words, 1):
        if char in _ENDS or place - start == 200:
            yield words[start:place]
            start = place
    if start < len(words):
        yield words[start:]
