"""`Source` → `Text`: glyphs folded, mark-up and page furniture off, wrapped lines joined.

Guarantees (contract, «Text and provenance»):
1. No wording is changed, dropped or invented: apart from white space, page furniture and mark-up every
   character of the source stands in the text, in reading order, folded one to one.
2. One paragraph a line; no empty line; no space at the end of a line.
3. Every paragraph knows its table cell, and every printed line its place on the page.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractor.lexicon.glyphs import folded
from extractor.model import Line, Paragraph, Place, Source, Span, Text
from extractor.text.furniture import without_furniture
from extractor.text.grids import with_cells
from extractor.text.joining import joined
from extractor.text.splitting import parted
from extractor.text.unrolled import INDENT, articles, indented, runs_articles_together

HAN = "\u3007\u3400-\u9fff"
CLOSED = "\u2018-\u201d\u2026\u3001-\u3003\u3008-\u3011\u3014-\u301b\uff01\uff08\uff09\uff0c\uff1a\uff1b？"
WIDE = HAN + CLOSED + "\u2014"

# <br/>  </p>  <o:p>  <input checked="" type="checkbox"/>  <!-- x -->; not <关于…>, which is a title
TAG = re.compile(
    r"</?[A-Za-z][A-Za-z0-9]{0,15}(?::[A-Za-z0-9]{1,16})?(?:\s[^<>\n]{0,500})?/?>|<!--[^\n]{0,500}?-->"
)
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});")
IMAGE_OR_LINK = re.compile(
    r"!?\[([^\[\]\n]{0,200})\]\([a-z]{2,5}:[^()\n]{0,500}\)|!\[([^\[\]\n]{0,200})\]\([^()\n]{1,500}\)"
)
ESCAPE = re.compile(r"\\(?=[-\\`*_{}\[\]()#+.!|])")
STARS = re.compile(r"\*{2,}|(?<![0-9])\*|\*(?![0-9])")
# 带*号的为牵头单位, 标注“*”的: where a notice says what its stars mean, they are no mark-up
STARS_MEAN = re.compile(r"[带加标有注打][“\"（(]?\\?[*＊][”\"）)]?(?:号|的|者|为|单位|部门)")
# __一、总体目标__; not 姓名__电话__, where it is room to write in (the rule of CommonMark for underscores)
UNDERSCORES = re.compile(r"(?<!\w)__(?=[^\s_])([^_\n]{1,500})(?<=\S)__(?!\w)")
# 第一章 总则{align="center"}, {#t1 .title}: the attributes of a line (pandoc, kramdown)
ATTRIBUTE = r'(?:[.#][A-Za-z][\w-]{0,30}|[A-Za-z][\w-]{0,30}="[^"{}\n]{0,60}")'
ATTRIBUTES = re.compile(rf"[ \t]*\{{:?[ ]?{ATTRIBUTE}(?:[ ]{ATTRIBUTE}){{0,6}}[ ]?\}}[ \t]*$", re.MULTILINE)
# ::: details 目录, :::: the fence of a box (pandoc's divs, the boxes of site builders)
CONTAINER = re.compile(r"^[ \t]*:{3,}[ \t]*(?:[A-Za-z-]{1,20}(?![A-Za-z:]))?[ \t]*", re.MULTILINE)
TILDES = re.compile("~{3,}")
PAIRS_OF_STARS = re.compile(r"\*{2,}")
RULE = re.compile(r"^[ \t]*(?:[-_=][ \t]*){3,}$", re.MULTILINE)
BULLET = re.compile(rf"^[ \t]*[-+•●▪◆■][ \t]+(?=[{WIDE}])", re.MULTILINE)

HALF_WIDTH = re.compile("[,;:!?()]")
TO_FULL_WIDTH = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", "(": "（", ")": "）"}
IS_WIDE = re.compile(f"[{WIDE}]").match
IS_HAN = re.compile(f"[{HAN}]").match
IS_CLOSED = re.compile(f"[!-~‰{CLOSED}]").match

SPACES = re.compile(" +")
TO_A_STOP = re.compile("[^\n，。；]{0,80}[，。；]")
# 第 1 0 条 → 第10条
SPACED_NUMBER = re.compile("(?<=第)[ 0-9]{2,6}(?=[编章节条款项])")
# the end of an office, after which a space parts two names: 中共某某市委 某某市人民政府
OFFICE_END = "委央院府部局厅会办署行中"
CUT_CAPITALS = re.compile("[A-Z]{1,6}(?![A-Za-z ])")
LONGEST_TITLE = 120
CITED_BEFORE, CITED_AFTER = re.compile("[^《》。；\n]*《"), re.compile("[^《》。；\n]*》")
PROSE_FROM = 24  # characters into a line: what stands before may be a title, set apart by a space


def normalise(source: Source) -> Text:
    """The text of a source. Linear in its length."""
    whole, printed = "\n".join(line.text for line in source.lines), source.lines
    if INDENT in whole:
        printed = tuple(piece for line in printed for piece in _indented(line))
        whole = "\n".join(line.text for line in printed)
    cleaned = _spaced(_unmarked(folded(whole)))
    lines = [
        line if line.text == words else _reworded(line, words)
        for line, words in zip(printed, cleaned.split("\n"), strict=True)
        if words and not words.isspace()
    ]
    if runs_articles_together(cleaned):
        lines = [piece for line in _by_article(lines) for piece in line]
    kept = without_furniture([piece for line in lines for piece in parted(line)])
    paragraphs = joined(with_cells(kept), wrapped=source.wrapped)
    return _assembled(paragraphs, source)


def _indented(line: Line) -> Iterator[Line]:
    """The line, or the paragraphs that it holds; a cell, or a line with its place on a page, holds one."""
    pieces = [line.text] if line.cell or line.box else indented(line.text)
    return (_reworded(line, piece) for piece in pieces) if len(pieces) > 1 else iter((line,))


def _by_article(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines, those parted in which articles begin; cells and printed lines stay whole."""
    free = [line for line in lines if line.cell is None and line.box is None]
    pieces = iter(list(articles(line.text for line in free)))
    for line in lines:
        own = next(pieces) if line.cell is None and line.box is None else [line.text]
        yield [line] if len(own) == 1 else [replace(line, text=words, begins=True) for words in own]


def _reworded(line: Line, words: str) -> Line:
    """`dataclasses.replace` for the text alone; this runs once for every line of every notice."""
    look = (line.page, line.box, line.size, line.bold, line.outline, line.cell)
    return Line(words, *look, line.confidence, line.begins)


def _unmarked(raw: str) -> str:
    """Without HTML and Markdown; each pass runs only where its sign occurs at all."""
    if "<" in raw:
        raw = TAG.sub(_line_ends, raw)
    if "&" in raw:
        raw = ENTITY.sub(lambda m: html.unescape(m[0]).replace("\n", " ").replace("\xa0", " "), raw)
    if "](" in raw:
        raw = IMAGE_OR_LINK.sub(r"\1\2", raw)
    if "\\" in raw:
        raw = ESCAPE.sub("", raw)
    if "*" in raw:
        raw = (PAIRS_OF_STARS if STARS_MEAN.search(raw) else STARS).sub("", raw)
    if "}" in raw:
        raw = ATTRIBUTES.sub("", raw)
    if ":::" in raw:
        raw = CONTAINER.sub("", raw)
    if "~~~" in raw:
        raw = TILDES.sub("", raw)
    raw = RULE.sub("", raw)
    if "__" in raw:
        raw = UNDERSCORES.sub(r"\1", raw)
    return BULLET.sub("", raw)


def _line_ends(tag: re.Match[str]) -> str:
    """The line ends of a tag that is broken over lines: each line stays one."""
    return "\n" * tag[0].count("\n")


def _spaced(raw: str) -> str:
    """With full-width punctuation and without the spaces that converters leave."""
    raw = HALF_WIDTH.sub(_full_width, raw)
    if " " not in raw:
        return raw
    return SPACED_NUMBER.sub(lambda m: m[0].replace(" ", ""), SPACES.sub(_space, raw))


def _full_width(match: re.Match[str]) -> str:
    """The full-width form of a sign beside Chinese or at a line's end; brackets always."""
    sign, text, at = match[0], match.string, match.start()
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if sign in "()" or after in ("", "\n") or IS_WIDE(before) or IS_WIDE(after):
        return TO_FULL_WIDTH[sign]
    return sign


def _space(match: re.Match[str]) -> str:
    """Nothing for a space that a converter left, one space for one that parts words.

    到 2025 年; ” 联系人; 中 共 某 某 县 委 (spaced out); 新 兴 in prose whose lines were put together.
    """
    text, start, end = match.string, match.start(), match.end()
    before, after = text[start - 1 : start], text[end : end + 1]
    if (IS_WIDE(before) and IS_CLOSED(after)) or (IS_CLOSED(before) and IS_WIDE(after)):
        return ""
    if not (IS_HAN(before) and IS_HAN(after)):
        return " "
    if not IS_HAN(text[start - 2 : start - 1]) and not IS_HAN(text[end + 1 : end + 2]):
        return ""
    if before in OFFICE_END:
        return " "
    prose = start - text.rfind("\n", 0, start) > PROSE_FROM and _in_prose(text, end)
    return "" if prose or _in_cited_title(text, start, end) else " "


def _in_cited_title(text: str, start: int, end: int) -> bool:
    """Whether 《…》 holds the space: its title was printed over two lines (《…人口 长期均衡发展方案》)."""
    return CITED_BEFORE.match(text[max(start - LONGEST_TITLE, 0) : start][::-1]) is not None and (
        CITED_AFTER.match(text, end, end + LONGEST_TITLE) is not None
    )


def _in_prose(text: str, at: int) -> bool:
    """Whether a stop follows before the line ends."""
    return TO_A_STOP.match(text, at) is not None


def _assembled(paragraphs: list[tuple[Line, ...]], source: Source) -> Text:
    """The joined lines as one string, with the span of each paragraph and the place of each line."""
    pieces: list[str] = []
    spans: list[Paragraph] = []
    places: list[Place] = []
    offset = 0
    for lines in paragraphs:
        start = offset
        for position, line in enumerate(lines):
            words = line.text.strip()
            if position and _needs_space(pieces[-1], words):
                pieces.append(" ")
                offset += 1
            pieces.append(words)
            if line.page is not None and line.box is not None:
                span = Span(offset, offset + len(words))
                places.append(Place(span, line.page, line.box, line.confidence))
            offset += len(words)
        spans.append(Paragraph(Span(start, offset), lines[0].outline, lines[0].cell))
        pieces.append("\n")
        offset += 1
    text = "".join(pieces[:-1])
    return Text(text, tuple(spans), tuple(places), source.findings)


def _needs_space(before: str, after: str) -> bool:
    """Between two Latin words, where a line end was their only border; not within an abbreviation (R|CEP)."""
    last, first = before[-1:], after[:1]
    if not (last.isascii() and last.isalpha() and first.isascii() and first.isalpha()):
        return False
    return not (last.isupper() and CUT_CAPITALS.match(after) is not None)
