"""A notice as an OFD package (GB/T 33190-2016) in the layout of GB/T 9704: written part by part.

Lines of one page are text objects with `DeltaX` in the abbreviated form; the page number stands in them, and the
letterhead's rule in a template. Tables are ruled with path objects; a row that finds no room is cut.
"""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from extractor.model import Text
from tests.sources.making import Cells, parts

NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
SIZE, LEADING, LEFT, TOP, WIDTH, BOTTOM = 5.64, 10.2, 28.0, 37.0, 158.0, 262.0  # millimetres
STOPS = "，。、；：！？）》〉”’」】〕%"


@dataclass
class Book:
    """The pages while they fill."""

    pages: list[list[str]] = field(default_factory=lambda: [[]])
    y: float = TOP

    def turn(self) -> None:
        self.pages.append([])
        self.y = TOP

    def text(self, words: str, x: float, y: float, size: float) -> None:
        """One printed line with its baseline at `y`."""
        steps = [size * width(char) for char in words[:-1]]
        deltas: list[str] = []
        while steps:
            run = next((i for i, step in enumerate(steps) if step != steps[0]), len(steps))
            deltas.append(
                f"g {run} {steps[0]:.3f}" if run > 2 else " ".join(f"{step:.3f}" for step in steps[:run])
            )
            steps = steps[run:]
        delta = f' DeltaX="{" ".join(deltas)}"' if deltas else ""
        self.pages[-1].append(
            f'<ofd:TextObject ID="{self.next()}" Boundary="{x} {y - size} {WIDTH} {size * 1.3:.3f}" Font="2" Size="{size}">'
            f'<ofd:TextCode X="0" Y="{size}"{delta}>{html.escape(words)}</ofd:TextCode></ofd:TextObject>'
        )

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.pages[-1].append(
            f'<ofd:PathObject ID="{self.next()}" Boundary="{x0} {y0} {x1 - x0} {y1 - y0}" LineWidth="0.2">'
            f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0} {y1 - y0}</ofd:AbbreviatedData></ofd:PathObject>"
        )

    def next(self) -> int:
        return 100 + sum(map(len, self.pages))


def width(char: str) -> float:
    return 0.5 if " " <= char <= "~" else 1.0


def broken(words: str, room: float, size: float, indent: float = 0.0) -> list[str]:
    """The words as lines `room` wide; a stop never begins a line, a figure is never parted."""
    lines: list[str] = []
    line, filled = "", indent
    tokens: list[str] = []
    for char in words:
        sticks = tokens and (
            (char.isascii() and char.isalnum() and tokens[-1][-1:].isascii() and tokens[-1][-1:].isalnum())
            or char in STOPS
        )
        if sticks:
            tokens[-1] += char
        else:
            tokens.append(char)
    for token in tokens:
        size_of = sum(map(width, token)) * size
        if line and filled + size_of > room + 0.01:
            lines.append(line)
            line, filled = "", 0.0
        line += token
        filled += size_of
    return [*lines, line]


def ofd_of(text: Text) -> bytes:
    book = Book()
    for part in parts(text):
        if isinstance(part, list):
            _table(book, part)
            continue
        for number, line in enumerate(broken(part, WIDTH, SIZE, 2 * SIZE)):
            if book.y + LEADING > BOTTOM:
                book.turn()
            book.text(line, LEFT + (2 * SIZE if number == 0 else 0), book.y + SIZE, SIZE)
            book.y += LEADING
    return packed(book.pages)


def _table(book: Book, cells: Cells) -> None:
    """Rules and words of a table; a row goes on where a page ends, without its rule."""
    cols = max(cell.col + cell.col_span for cell, _ in cells)
    longest = [
        max([len(w) for c, w in cells if c.col == col and c.col_span == 1] or [4]) for col in range(cols)
    ]
    shares = [min(max(n, 4), 60) for n in longest]
    xs = [LEFT + WIDTH * sum(shares[:i]) / sum(shares) for i in range(cols + 1)]
    size, leading = 4.2, 6.0
    for row in sorted({cell.row for cell, _ in cells}):
        own = [
            (cell, broken(words, xs[cell.col + cell.col_span] - xs[cell.col] - 2, size))
            for cell, words in cells
            if cell.row == row
        ]
        done = 0
        deepest = max(len(lines) for _, lines in own)
        while done < deepest:
            room = int((BOTTOM - book.y - 2) / leading)
            if room < 1:
                book.turn()
                continue
            count = min(room, deepest - done)
            height = count * leading + 2
            for cell, lines in own:
                for number, line in enumerate(lines[done : done + count]):
                    book.text(line, xs[cell.col] + 1, book.y + 1 + number * leading + size, size)
            taken = {c for cell, _ in own for c in range(cell.col + 1, cell.col + cell.col_span)}
            for index, x in enumerate(xs):
                if index not in taken:
                    book.rule(x, book.y, x, book.y + height)
            book.rule(xs[0], book.y, xs[-1], book.y)
            book.rule(xs[0], book.y + height, xs[-1], book.y + height)
            book.y += height
            done += count
    book.y += 4


def packed(pages: list[list[str]], *, document: str = "Doc_0/Document.xml") -> bytes:
    """The package; `document` is where OFD.xml says that the document is."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        archive.writestr(
            "OFD.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><ofd:OFD {NS} Version="1.1" DocType="OFD"><ofd:DocBody><ofd:DocInfo/>'
            f"<ofd:DocRoot>{document}</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        )
        refs = "".join(
            f'<ofd:Page ID="{i + 10}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(len(pages))
        )
        archive.writestr(
            "Doc_0/Document.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><ofd:Document {NS}><ofd:CommonData><ofd:PageArea>'
            "<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
            '<ofd:TemplatePage ID="5" BaseLoc="Tpls/Tpl_0/Content.xml"/></ofd:CommonData>'
            f"<ofd:Pages>{refs}</ofd:Pages></ofd:Document>",
        )
        archive.writestr(
            "Doc_0/Tpls/Tpl_0/Content.xml",
            _page(
                [
                    '<ofd:PathObject ID="7" Boundary="28 30 156 0" LineWidth="0.5"><ofd:AbbreviatedData>M 0 0 L 156 0</ofd:AbbreviatedData></ofd:PathObject>'
                ]
            ),
        )
        for index, objects in enumerate(pages):
            number = Book([[]])
            number.text(f"— {index + 1} —", 150, 275, 4.9)
            template = '<ofd:Template TemplateID="5" ZOrder="Background"/>' if index == 0 else ""
            archive.writestr(
                f"Doc_0/Pages/Page_{index}/Content.xml", _page([*objects, *number.pages[0]], template)
            )
    return stream.getvalue()


def _page(objects: list[str], template: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><ofd:Page {NS}>{template}<ofd:Content><ofd:Layer ID="1" Type="Body">'
        f"{''.join(objects)}</ofd:Layer></ofd:Content></ofd:Page>"
    )
