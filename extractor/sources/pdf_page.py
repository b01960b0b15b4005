"""A page of a PDF → `Sheet`: glyphs and rules by PDFium, which reads them some ten times as fast as pdfminer.

What nobody sees is left out: text drawn invisibly, in white on white, wholly transparent or off the page, and
lettering at odd angles (watermarks, seals).
"""

from __future__ import annotations

import ctypes
import math
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as c

from extractor.sources.pages import Glyph, Rule, Sheet
from extractor.sources.pdf_rules import WHITE, Drawn, colour_of, drawn_on

LEANING = 4.0  # degrees off the upright at which lettering is a watermark
INVISIBLE = frozenset((c.FPDF_TEXTRENDERMODE_INVISIBLE, c.FPDF_TEXTRENDERMODE_CLIP))
FORCE_BOLD = 1 << 18  # font flag, ISO 32000-1, table 123
BOLD_WEIGHT = 600
SPACE = 0.1  # of the type size, that a space has at least
UNKNOWN = "\ufffd"


class Look(NamedTuple):
    """How the glyphs of a text object are drawn. `quarter` turns make them upright; None: no quarter does."""

    size: float
    quarter: int | None
    bold: bool
    seen: bool
    white: bool


class Reading(NamedTuple):
    """What a page holds. `sheets`: as it is read, then lettering across it; `hidden`: what is not seen."""

    sheets: tuple[Sheet, ...]
    hidden: tuple[Sheet, ...]
    pictured: float


class Frame(NamedTuple):
    """The page box in the file's coordinates."""

    left: float
    bottom: float
    right: float
    top: float

    def place(self, x: float, y: float, quarter: int) -> tuple[float, float]:
        """The point from the top left of the page after clockwise quarter turns."""
        if quarter == 0:
            return x - self.left, self.top - y
        if quarter == 1:
            return y - self.bottom, x - self.left
        if quarter == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def size(self, quarter: int) -> tuple[float, float]:
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if quarter % 2 else (width, height)


def read_page(page: pdfium.PdfPage, number: int) -> Reading:
    """The glyphs and rules of a page. Raises PdfiumError where it cannot be read."""
    frame = Frame(*page.get_bbox())
    rotation = page.get_rotation() // 90
    drawn = drawn_on(page)
    seen: dict[int, list[Glyph]] = defaultdict(list)
    hidden: dict[int, list[Glyph]] = defaultdict(list)
    for look, glyph in _glyphs(page, frame):
        if look.quarter is None:
            continue
        width, height = frame.size(look.quarter)
        middle = (glyph.x0 + glyph.x1) / 2
        inside = 0 <= middle <= width and 0 <= glyph.base <= height + glyph.size
        visible = look.seen and inside and (not look.white or _shaded(glyph, look.quarter, drawn, frame))
        (seen if visible else hidden)[look.quarter].append(glyph)
    main = max(seen, key=lambda q: len(seen[q])) if seen else rotation
    rules = [_turned(rule, frame, main) for rule in drawn.rules]
    sheets = [_sheet(number, frame, main, rotation, seen.pop(main, []), rules)]
    sheets += [_sheet(number, frame, q, rotation, glyphs, []) for q, glyphs in sorted(seen.items())]
    unseen = [_sheet(number, frame, q, rotation, glyphs, []) for q, glyphs in sorted(hidden.items())]
    return Reading(tuple(sheets), tuple(unseen), drawn.pictured)


def _sheet(
    number: int, frame: Frame, quarter: int, rotation: int, glyphs: list[Glyph], rules: list[Rule]
) -> Sheet:
    width, height = frame.size(quarter)
    return Sheet(number, width, height, tuple(glyphs), tuple(rules), (quarter - rotation) % 4)


def _turned(rule: Rule, frame: Frame, quarter: int) -> Rule:
    (ax, ay), (bx, by) = (
        frame.place(rule.x0, rule.top, quarter),
        frame.place(rule.x1, rule.bottom, quarter),
    )
    return Rule(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def _shaded(glyph: Glyph, quarter: int, drawn: Drawn, frame: Frame) -> bool:
    """Whether white lettering stands on a shaded box or a picture."""
    if drawn.pictured > 0.02:
        return True
    x, y = (glyph.x0 + glyph.x1) / 2, glyph.base - 0.36 * glyph.size
    boxes = (_turned(shade, frame, quarter) for shade in drawn.shades)
    return any(box.x0 <= x <= box.x1 and box.top <= y <= box.bottom for box in boxes)


# --- glyphs ---------------------------------------------------------------------------------------


def _glyphs(page: pdfium.PdfPage, frame: Frame) -> Iterator[tuple[Look, Glyph]]:
    """Each glyph as it stands after its own quarter turns, in the order of the file."""
    text = c.FPDFText_LoadPage(page)
    if not text:
        return
    try:
        yield from _characters(text, frame)
    finally:
        c.FPDFText_ClosePage(text)


def _characters(text: Any, frame: Frame) -> Iterator[tuple[Look, Glyph]]:
    box, x, y = c.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    box_at, x_at, y_at = ctypes.byref(box), ctypes.byref(x), ctypes.byref(y)
    unicode_of, box_of, origin_of = (
        c.FPDFText_GetUnicode,
        c.FPDFText_GetLooseCharBox,
        c.FPDFText_GetCharOrigin,
    )
    object_of, address = c.FPDFText_GetTextObject, ctypes.addressof
    place = frame.place
    looks: dict[int, Look] = {}
    fonts: dict[int, bool] = {}
    high = 0
    last: tuple[Look, Glyph] | None = None
    for index in range(c.FPDFText_CountChars(text)):
        code = unicode_of(text, index)
        if code in (2, 10, 13):
            continue  # line ends that PDFium makes up
        if code == 32 and c.FPDFText_IsGenerated(text, index) == 1:
            if last is not None:  # drawn or only seen by PDFium: how wide it is the next glyph tells
                yield last[0], last[1]._replace(text=" ", x0=last[1].x1, x1=last[1].x1 + SPACE * last[1].size)
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if high and 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
        high = 0
        owner = object_of(text, index)
        if not owner:
            continue
        key = address(owner.contents)
        look = looks.get(key)
        if look is None:
            look = looks[key] = _look(text, index, owner, fonts)
        if look.quarter is None or not box_of(text, index, box_at) or not origin_of(text, index, x_at, y_at):
            continue
        first = place(box.left, box.bottom, look.quarter)[0]
        second = place(box.right, box.top, look.quarter)[0]
        base = place(x.value, y.value, look.quarter)[1]
        word = UNKNOWN if code == 0 or 0xD800 <= code < 0xE000 else chr(code)
        x0, x1 = (first, second) if first <= second else (second, first)
        last = look, Glyph(word, x0, x1, base, look.size, look.bold)
        yield last


def _look(text: Any, index: int, owner: Any, fonts: dict[int, bool]) -> Look:
    matrix = c.FS_MATRIX()
    c.FPDFText_GetMatrix(text, index, matrix)
    size = c.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
    angle = math.degrees(math.atan2(matrix.b, matrix.a))
    quarter = round(angle / 90)
    upright = abs(angle - 90 * quarter) <= LEANING
    mode = c.FPDFTextObj_GetTextRenderMode(owner)
    colour = colour_of(owner, stroke=mode == c.FPDF_TEXTRENDERMODE_STROKE)
    seen = mode not in INVISIBLE and colour[3] > 8 and size > 0.5
    font = c.FPDFTextObj_GetFont(owner)
    key = ctypes.addressof(font.contents) if font else 0
    if key not in fonts:
        fonts[key] = _is_bold(font)
    bold = mode == c.FPDF_TEXTRENDERMODE_FILL_STROKE or fonts[key]
    return Look(
        round(size, 2),
        quarter % 4 if upright else None,
        bold,
        seen,
        all(part >= WHITE for part in colour[:3]),
    )


def _is_bold(font: Any) -> bool:
    if not font:
        return False
    if c.FPDFFont_GetFlags(font) & FORCE_BOLD or c.FPDFFont_GetWeight(font) >= BOLD_WEIGHT:
        return True
    name = ctypes.create_string_buffer(128)
    c.FPDFFont_GetBaseFontName(font, name, len(name))
    return b"bold" in name.value.lower()
