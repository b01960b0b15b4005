"""What all .docx files of the comparison share: landscape A4, Chinese fonts, heads on every page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docx import Document
from docx.document import Document as Doc
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.table import Table as Grid
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

BODY, HEAD = "宋体", "黑体"
NEW = RGBColor(0xB0, 0x00, 0x20)
GREY = RGBColor(0x59, 0x59, 0x59)
_WIDTH, _HEIGHT, _MARGIN = Mm(297), Mm(210), Mm(14)
USABLE = Length(_WIDTH - 2 * _MARGIN)


def landscape() -> Doc:
    """An empty document on landscape A4, with the number of each page at its foot."""
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = _WIDTH, _HEIGHT
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin = section.bottom_margin = _MARGIN
    section.footer_distance = Mm(7)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(9)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), BODY)
    style.paragraph_format.space_after = Pt(2)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _page_number(foot)
    return document


def say(
    paragraph: Paragraph,
    words: str,
    *,
    font: str = BODY,
    size: float = 9,
    bold: bool = False,
    centred: bool = False,
    colour: RGBColor | None = None,
) -> Run:
    """Add words to a paragraph."""
    run = paragraph.add_run(words)
    run.font.size, run.font.bold = Pt(size), bold or None
    run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if colour is not None:
        run.font.color.rgb = colour
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return run


def title(document: Doc, words: str, *, size: float = 16) -> None:
    """A title on a line of its own, kept with what follows."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_before = Pt(size * 0.8)
    say(paragraph, words, font=HEAD, size=size, bold=True, centred=True)


def grid(document: Doc, heads: Sequence[str], widths: Sequence[int], *, rows: int) -> Grid:
    """A head that every page repeats, and empty `rows`. `widths` are parts of the width of the page."""
    table: Grid = document.add_table(rows=1 + rows, cols=len(heads))
    table.style = "Table Grid"
    table.autofit = False
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(mark)
    for cell, words in zip(table.rows[0].cells, heads, strict=True):
        say(cell.paragraphs[0], words, font=HEAD, bold=True, centred=True)
        _shade(cell)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Length(USABLE * width // sum(widths))
        for cell in column.cells:
            cell.width = column.width
    return table


def body(table: Grid) -> Iterator[tuple[_Cell, ...]]:
    """The cells of each row under the head."""
    return (tuple(row.cells) for row in table.rows[1:])


def _shade(cell: _Cell) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), "EEF1F5")
    cell._tc.get_or_add_tcPr().append(shade)


def _page_number(paragraph: Paragraph) -> None:
    run = say(paragraph, "", size=8, colour=GREY)
    for kind, words in (("begin", None), (None, " PAGE "), ("end", None)):
        part = OxmlElement("w:instrText" if words else "w:fldChar")
        if words:
            part.text = words
        else:
            part.set(qn("w:fldCharType"), str(kind))
        run._r.append(part)
