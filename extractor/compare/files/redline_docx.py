"""A redline as .docx, on landscape A4."""

from __future__ import annotations

from pathlib import Path

from docx.shared import RGBColor

from extractor.compare.files.redline import CHANGES, LEGEND, marks, places
from extractor.compare.files.word import GREY, HEAD, NEW, body, grid, landscape, say, title
from extractor.compare.redlines import Redlines

_GONE = RGBColor(0x1C, 0x45, 0x87)


def write_redline_docx(found: Redlines, file: Path) -> None:
    """A clause a row: where it stands on either side, the change, and the text with its marks."""
    document = landscape()
    title(document, "修改对照表")
    for label, name in (("前者", found.before), ("后者", found.after)):
        say(document.add_paragraph(), f"{label}：{name}")
    say(document.add_paragraph(), LEGEND, size=8, colour=GREY)
    table = grid(document, ("前者", "后者", "变化", "条文"), (4, 4, 2, 20), rows=len(found.rows))
    for row, cells in zip(found.rows, body(table), strict=True):
        for cell, words in zip(cells, places(row), strict=False):
            say(cell.paragraphs[0], words, size=8, colour=GREY)
        say(cells[2].paragraphs[0], CHANGES[row.change], font=HEAD, size=8.5, centred=True)
        for mark in marks(row):
            colour = {"same": None, "new": NEW, "gone": _GONE}[mark.kind]
            run = say(cells[3].paragraphs[0], mark.text, colour=colour)
            run.font.underline = mark.kind == "new" or None
            run.font.strike = mark.kind == "gone" or None
    document.save(str(file))
