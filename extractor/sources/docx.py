"""DOCX → `Source`: whole paragraphs with their automatic numbers, tables, text boxes and notes, in order.

Read from the XML (ECMA-376 part 1), as no library resolves numbering. Page furniture (headers, footers) and
comments are left out; tracked changes are accepted; hidden words are left out. Findings tell of both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from extractor.model import Finding, Line, ReadError, Severity, Source
from extractor.sources import Limits, grid
from extractor.sources.docx_numbering import Numbering, read_numbering
from extractor.sources.docx_package import Element, Package, W, open_package
from extractor.sources.docx_styles import Styles, integer, num_pr, on, read_styles, value
from extractor.sources.docx_words import MC, WordReader, Words
from extractor.sources.grid import Block, Grid, GridCell

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_COLUMNS = 1_000
# What `WordReader` counted → severity, code and message of the finding
FINDINGS: tuple[tuple[tuple[str, ...], Severity, str, str], ...] = (
    (("inserted", "deleted"), "info", "tracked-changes", "{}处修订按接受后的文字读取。"),
    (("hidden",), "info", "hidden-text", "{}处隐藏文字未读取。"),
    (("symbols",), "warning", "unknown-symbol", "{}个符号字体的字符未读取。"),
    (("pictures",), "info", "picture", "{}幅图片未读取。"),
    (("chunks",), "warning", "embedded-document", "{}个嵌入的文档未读取。"),
)  # fmt: skip


def read(name: str, data: bytes, sha256: str, limits: Limits) -> Source:
    """The lines of a DOCX. Raises ReadError where it is damaged, encrypted or hostile."""
    package = open_package(name, data, limits)
    with package.archive:
        return read_package(package, sha256, MEDIA_TYPE)


def read_package(package: Package, sha256: str, media_type: str) -> Source:
    body = package.document().find(f"{W}body")
    if body is None:
        raise ReadError(
            package.name, "it holds no document text.", "Open it in a word processor and save it."
        )
    styles = read_styles(package.part("styles"))
    reader = _Reader(
        styles, read_numbering(package.part("numbering"), styles), WordReader(styles), _notes(package)
    )
    lines = grid.lines(list(reader.blocks(body)))
    return Source(
        package.name, sha256, media_type, lines, wrapped=False, meta=package.properties(),
        findings=tuple(reader.findings()),
    )  # fmt: skip


def _notes(package: Package) -> dict[tuple[str, str], Element]:
    """Footnotes and endnotes by kind and id."""
    found = {}
    for kind, tag in (("footnotes", "footnote"), ("endnotes", "endnote")):
        root = package.part(kind)
        for note in () if root is None else root.iterchildren(f"{W}{tag}"):
            if note.get(f"{W}type") in (None, "normal"):
                found[kind, note.get(f"{W}id") or ""] = note
    return found


@dataclass(slots=True)
class _Reader:
    """Walks a document once; paragraphs are numbered in the order in which they are met."""

    styles: Styles
    numbering: Numbering
    words: WordReader
    notes: dict[tuple[str, str], Element]
    _kept: Words | None = None  # of a paragraph whose mark was deleted: the next one goes on with it
    _told: set[tuple[str, str]] = field(default_factory=set)

    def blocks(self, parent: Element) -> Iterator[Block]:
        """The paragraphs and tables in an element of block level."""
        for element in parent.iterchildren("*"):
            if element.tag == f"{W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{W}tbl":
                yield from self._left_over()
                yield Grid(tuple(self._cells(element)))
            elif element.tag == f"{W}sdt":
                content = element.find(f"{W}sdtContent")
                if content is not None and not on(element.find(f"{W}sdtPr"), "showingPlcHdr"):
                    yield from self.blocks(content)
            elif element.tag in (f"{W}customXml", f"{W}ins", f"{W}moveTo"):
                yield from self.blocks(element)
            elif element.tag == f"{MC}AlternateContent":
                chosen = next(element.iterchildren(f"{MC}Choice", f"{MC}Fallback"), None)
                if chosen is not None:
                    yield from self.blocks(chosen)
            elif element.tag == f"{W}altChunk":
                self.words.counts["chunks"] += 1
        yield from self._left_over()

    def _left_over(self) -> Iterator[Block]:
        """A paragraph whose mark was deleted, though none follows that could go on with it."""
        if self._kept is not None:
            words, self._kept = self._kept, None
            yield from self._lines(words, "", None)

    def _paragraph(self, element: Element) -> Iterator[Block]:
        properties = element.find(f"{W}pPr")
        words = self.words.read(element, self._kept)
        self._kept = None
        mark = None if properties is None else properties.find(f"{W}rPr")
        if mark is not None and (mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None):
            self._kept = words
            return
        style = value(properties, "pStyle")
        marker = ""
        if mark is None or not on(mark, "vanish") or any(words.lines):
            marker = self.numbering.marker(num_pr(properties), style)
        outline = integer(value(properties, "outlineLvl"))
        outline = self.styles.outline(style) if outline is None else outline
        level = outline + 1 if outline is not None and 0 <= outline < 9 else None
        yield from self._lines(words, marker, level)

    def _lines(self, words: Words, marker: str, outline: int | None) -> Iterator[Block]:
        """The lines of a paragraph, then what is anchored in it: text boxes, footnotes."""
        for text in words.lines:
            if text.strip():
                yield Line(marker + text.strip(), outline=outline)
                marker = ""
        for box in words.boxes:
            yield from self.blocks(box)
        for key in words.notes:
            if key in self.notes and key not in self._told:
                self._told.add(key)
                yield from self.blocks(self.notes[key])

    def _cells(self, table: Element) -> Iterator[GridCell]:
        """The cells of a table; those merged downwards are one cell at their first row."""
        rows = [list(self._placed(row)) for row in self._table_rows(table)]
        merged = [{col: cell for col, _, cell in row if _merge(cell) == "continue"} for row in rows]
        for number, row in enumerate(rows):
            for col, span, cell in row:
                if _merge(cell) == "continue" and number and self._has_top(rows, merged, number, col):
                    continue
                end = number + 1
                while _merge(cell) and end < len(rows) and col in merged[end]:
                    end += 1
                yield GridCell(number, col, end - number, span, tuple(self.blocks(cell)))

    @staticmethod
    def _has_top(
        rows: list[list[tuple[int, int, Element]]], merged: list[dict[int, Element]], number: int, col: int
    ) -> bool:
        """Whether the cell above, in the same column, is one that this one goes on with."""
        if col in merged[number - 1]:
            return True
        return any(above == col and _merge(cell) for above, _, cell in rows[number - 1])

    def _table_rows(self, table: Element) -> Iterator[Element]:
        for element in table.iterchildren("*"):
            if element.tag == f"{W}tr":
                properties = element.find(f"{W}trPr")
                if properties is not None and properties.find(f"{W}del") is not None:
                    self.words.counts["deleted"] += 1
                elif not on(properties, "hidden"):
                    yield element
            elif element.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins"):
                yield from self._table_rows(element)

    def _placed(self, row: Element) -> Iterator[tuple[int, int, Element]]:
        """Column, span and element of each cell of a row; cells merged into the one before are left out."""
        col = min(integer(value(row.find(f"{W}trPr"), "gridBefore")) or 0, MOST_COLUMNS)
        for cell in _table_cells(row):
            properties = cell.find(f"{W}tcPr")
            span = min(max(integer(value(properties, "gridSpan")) or 1, 1), MOST_COLUMNS)
            yield col, span, cell
            col += span

    def findings(self) -> Iterator[Finding]:
        for kinds, severity, code, message in FINDINGS:
            number = sum(self.words.counts[kind] for kind in kinds)
            if number:
                yield Finding(severity, code, message.format(number))


def _table_cells(row: Element) -> Iterator[Element]:
    for element in row.iterchildren("*"):
        if element.tag == f"{W}tc":
            yield element
        elif element.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml"):
            yield from _table_cells(element)


def _merge(cell: Element) -> str | None:
    """restart: the first of cells merged downwards; continue: one of the others; None: not merged."""
    properties = cell.find(f"{W}tcPr")
    element = None if properties is None else properties.find(f"{W}vMerge")
    return None if element is None else element.get(f"{W}val") or "continue"
