"""The same notice in other formats, made from its normalised text: DOCX with automatic numbers, HTML."""

from __future__ import annotations

import html
from collections.abc import Iterator
from io import BytesIO
from itertools import groupby

from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from extractor.markers import parse
from extractor.model import CellRef, Text
from extractor.sources.counting import counted

Cells = list[tuple[CellRef, str]]


def parts(text: Text) -> Iterator[str | Cells]:
    """The paragraphs and tables of a text in order."""
    pieces = ((p.cell, text.text[p.span.start : p.span.end]) for p in text.paragraphs)
    for table, group in groupby(pieces, key=lambda piece: None if piece[0] is None else piece[0].table):
        if table is None:
            yield from (words for _, words in group)
        else:
            yield [(cell, words) for cell, words in group if cell is not None]


SHAPES = {  # form of a marker → format and shape of the list's level, and how the marker is typed
    "part": ("chineseCounting", "%{}、", "{}、"),
    "subpart": ("chineseCountingThousand", "（%{}）", "（{}）"),
    "law": ("chineseCountingThousand", "第%{}条", "第{}条"),
    "article": ("decimal", "%{}.", "{}."),
}
LEVELS = ("part", "subpart", "article")


class Numbers:
    """The lists of a document. A marker that is not what its list would count next has to be typed.

    One list of three levels where articles begin anew under each heading; lists of their own for articles that
    count on through the notice and for 第一条.
    """

    def __init__(self, document, texts: list[str]) -> None:
        self.root = document.part.numbering_part.element
        markers = [m for words in texts if (m := parse(words)) is not None]
        articles = [m.number for m in markers if m.form == "article"]
        runs_on = articles.count(1) < sum(m.form == "subpart" for m in markers) / 2
        main = LEVELS[:2] if runs_on else LEVELS
        self.lists = [main, ("article",), ("law",)] if runs_on else [main, ("law",)]
        for key, levels in enumerate(self.lists, 900):
            self._define(key, levels)
        self.counts = [[0] * len(levels) for levels in self.lists]

    def split(self, words: str) -> tuple[int, int, str] | None:
        """The list, the level and the words without their marker; None where the marker must be typed."""
        marker = parse(words)
        found = [
            (i, levels.index(marker.form))
            for i, levels in enumerate(self.lists)
            if marker and marker.form in levels
        ]
        if marker is None or not found:
            return None
        which, level = found[0]
        counts = self.counts[which]
        shown = counted(SHAPES[marker.form][0], counts[level] + 1)
        if (
            marker.printed != SHAPES[marker.form][2].format(shown)
            or words[marker.end - 1] == " "
            or 0 in counts[:level]
        ):
            return None
        counts[level] += 1
        counts[level + 1 :] = [0] * (len(counts) - level - 1)
        return 900 + which, level, words[marker.end :]

    def _define(self, key: int, levels: tuple[str, ...]) -> None:
        inner = "".join(
            f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{SHAPES[form][0]}"/><w:suff w:val="nothing"/>'
            f'<w:lvlText w:val="{SHAPES[form][1].format(i + 1)}"/></w:lvl>'
            for i, form in enumerate(levels)
        )
        kind = "multilevel" if len(levels) > 1 else "singleLevel"
        abstract = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{key}"><w:multiLevelType w:val="{kind}"/>{inner}</w:abstractNum>'
        )
        self.root.insert(list(self.root).index(self.root.find(qn("w:num"))), abstract)
        self.root.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>')
        )


def number(paragraph, num: int, level: int = 0) -> None:
    """Make a paragraph an item of a list."""
    properties = paragraph._p.get_or_add_pPr()
    element = OxmlElement("w:numPr")
    for tag, value in (("w:ilvl", level), ("w:numId", num)):
        child = OxmlElement(tag)
        child.set(qn("w:val"), str(value))
        element.append(child)
    properties.append(element)


def saved(document) -> bytes:
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def docx_of(text: Text, *, numbered: bool = True) -> bytes:
    """A DOCX by python-docx; markers become automatic numbers."""
    document = Document()
    numbers = Numbers(document, [part for part in parts(text) if isinstance(part, str)])
    for part in parts(text):
        if isinstance(part, list):
            fill_docx_table(document, part)
            document.add_paragraph()
            continue
        split = numbers.split(part) if numbered else None
        paragraph = document.add_paragraph(split[2] if split else part)
        if split:
            number(paragraph, split[0], split[1])
    return saved(document)


def fill_docx_table(document, cells: Cells) -> None:
    rows = max(cell.row + cell.row_span for cell, _ in cells)
    cols = max(cell.col + cell.col_span for cell, _ in cells)
    table = document.add_table(rows, cols)
    for cell, words in cells:
        place = table.cell(cell.row, cell.col)
        if cell.row_span > 1 or cell.col_span > 1:
            place = place.merge(table.cell(cell.row + cell.row_span - 1, cell.col + cell.col_span - 1))
        place.text = words


PAGE = """<!DOCTYPE html>
<html><head><meta charset="{charset}"><title>{title}_某某市人民政府门户网站</title>
<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="2023-10-20 09:00">
<meta name="ContentSource" content="某某市人民政府办公室">
<style>.nav {{ color: red }}</style><script>var a = "<p>脚本。</p>";</script></head>
<body><div class="header"><ul class="nav"><li><a href="/">首页</a></li><li><a href="/zwgk">政务公开</a></li></ul></div>
<div class="crumbs">您当前的位置：<a href="/">首页</a> &gt; <a href="/zwgk">政策文件</a></div>
<div class="{box}">
{article}
</div>
<div class="share">分享到：<a href="#">微信</a><a href="#">微博</a></div>
<div class="related"><h3>相关文章</h3><ul><li><a href="/1">某某市印发另一份通知。</a></li><li><a href="/2">图解：政策要点。</a></li></ul></div>
<div class="bottom">主办单位：某某市人民政府办公室。 版权所有 某ICP备00000000号 <a href="/map">网站地图</a></div>
<div style="display:none">隐藏的话。</div>
</body></html>"""


def html_of(text: Text, *, box: str = "TRS_Editor", charset: str = "utf-8", breaks: bool = False) -> bytes:
    """A page with furniture round the article. `breaks`: paragraphs parted by <br> alone."""
    pieces: list[str] = []
    run: list[str] = []
    for part in [*parts(text), []]:
        if isinstance(part, str) and breaks:
            run.append("\u3000\u3000" + html.escape(part))
            continue
        if run:
            pieces.append("<p>" + "<br/>\n".join(run) + "</p>")
            run = []
        if isinstance(part, str):
            pieces.append(f"<p>&nbsp;&nbsp;&nbsp;&nbsp;<span>{html.escape(part)}</span></p>")
        elif part:
            pieces.append(html_table(part))
    title = html.escape(next(line for line in text.text.split("\n") if len(line) > 8))
    page = PAGE.format(charset=charset, title=title, box=box, article="\n".join(pieces))
    return page.encode(charset)


def html_table(cells: Cells) -> str:
    rows = []
    held = {
        (r, c)
        for cell, _ in cells
        for r in range(cell.row, cell.row + cell.row_span)
        for c in range(cell.col, cell.col + cell.col_span)
    }
    width = 1 + max(col for _, col in held)
    for number, row in groupby(cells, key=lambda item: item[0].row):
        line = ""
        empty = [(CellRef(0, number, col), "") for col in range(width) if (number, col) not in held]
        for cell, words in sorted([*row, *empty], key=lambda item: item[0].col):
            spans = "".join(
                f' {name}="{size}"'
                for name, size in (("rowspan", cell.row_span), ("colspan", cell.col_span))
                if size > 1
            )
            line += f"<td{spans}><p>{html.escape(words)}</p></td>"
        rows.append(f"<tr>{line}</tr>")
    return f"<table border=1>{''.join(rows)}</table>"
