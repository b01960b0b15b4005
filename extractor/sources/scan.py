"""Pictures of pages → `Source`, by optical recognition (rapidocr, whose models ship in its wheel).

It is an optional extra; without it a picture ends in a ReadError that says how to install it.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from statistics import median
from typing import Any, NamedTuple

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from extractor.model import Box, Finding, ReadError, Source
from extractor.sources import Limits
from extractor.sources.pages import Glyph, Layout, Rule, Sheet
from extractor.sources.pages.assemble import layout, lines
from extractor.sources.pages.cells import boxes
from extractor.sources.pages.margins import NUMBER
from extractor.sources.scan_numbers import renumbered
from extractor.sources.scan_repairs import repaired

MEDIA_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "TIFF": "image/tiff", "BMP": "image/bmp"}
DPI = 200  # where the picture does not state its own
SCREEN = 100  # dots per inch below which the statement of a picture is not about paper
SMALLER = "Save it at 300 dpi or less, or raise the limit."
NEEDED = ("cv2", "numpy", "rapidocr_onnxruntime")
CLOSE_SIZE = (0.72, 1.35)  # of the usual height; boxes as high as this hold type of one size
FEW, CLOSE_SIZE_OF_FEW = 3, (0.6, 1.6)  # characters round which the box is looser
OPENERS, CLOSERS = "（〔【《〈", "，。、；：！？）〕】》〉"
BLANK = re.compile(r"(?<=[，。、；：）〕】》]) +")  # the white half of a sign, taken for a space
HALF = 0.5  # of their square that these leave white, outside the box of a line that begins or ends with one
EDGE = 0.25  # of a line's height; what is narrower beside a rule is the rule itself
HEIGHT = 0.86  # of a recognised box that the type fills

Recogniser = Callable[[Any, int, float], tuple[Layout, list[Finding]]]


class Found(NamedTuple):
    """A recognised line: its box in pixels, its words, the confidence 0..1."""

    box: Box
    words: str
    confidence: float


def read(name: str, data: bytes, sha256: str, limits: Limits) -> Source:
    """The lines of a picture or of the pages of a TIFF. Raises ReadError where it is damaged or too large."""
    recognise = recogniser(name, limits)
    layouts: list[Layout] = []
    findings: list[Finding] = []
    media_type = "image"
    for number, picture in enumerate(frames(name, data, limits), 1):
        media_type = MEDIA_TYPES.get(picture.form, f"image/{picture.form.lower()}")
        found, doubts = recognise(picture.pixels, number, 72 / picture.dpi)
        layouts.append(found)
        findings += doubts
    made = lines(layouts)
    if not made:
        raise ReadError(name, "no text was recognised on it.", "Scan it again at 200 dpi or more.")
    return Source(name, sha256, media_type, made, page_count=len(layouts), findings=tuple(findings))


class Frame(NamedTuple):
    """One page of a picture file."""

    pixels: Any  # height × width × 3
    dpi: float
    form: str


def frames(name: str, data: bytes, limits: Limits) -> Iterator[Frame]:
    """The pages of a picture file. Raises ReadError where it is damaged or too large."""
    import numpy as np

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limits decide
            image = Image.open(BytesIO(data))
        form = image.format or "image"
        for number, frame in enumerate(ImageSequence.Iterator(image), 1):
            if number > limits.max_pages:
                raise ReadError(
                    name, f"it has more than {limits.max_pages:,} pages.", "Split it, or raise the limit."
                )
            wide, high = frame.size
            if wide * high > limits.max_pixels:
                what = (
                    f"page {number} has {wide:,} × {high:,} pixels, over the limit of {limits.max_pixels:,}."
                )
                raise ReadError(name, what, SMALLER)
            stated = float((frame.info.get("dpi") or (0, 0))[0])
            pixels = np.asarray(ImageOps.exif_transpose(frame).convert("RGB"))
            yield Frame(pixels, stated if stated >= SCREEN else _paper(wide, high), form)
    except Image.DecompressionBombError as error:
        what = f"it has more pixels than can be read, over the limit of {limits.max_pixels:,}."
        raise ReadError(name, what, SMALLER) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise ReadError(name, "the picture is damaged or cut short.", "Scan or save it again.") from error


def _paper(wide: int, high: int) -> float:
    """The resolution at which the shorter side is that of A4."""
    return max(SCREEN, min(wide, high) / (210 / 25.4))


def recogniser(name: str, limits: Limits) -> Recogniser:
    """What recognises pages: picture, page number, points a pixel → layout and findings.

    Raises ReadError where the extra is not installed.
    """
    if any(find_spec(module) is None for module in NEEDED):
        raise ReadError(
            name, "it is a scan, and optical recognition is not installed.",
            "Install it with `pip install policy-extractor[ocr]`.",
        )  # fmt: skip
    return _recognise


@cache
def _engine() -> Any:
    from rapidocr_onnxruntime import RapidOCR

    return RapidOCR()


def _recognise(pixels: Any, number: int, points: float) -> tuple[Layout, list[Finding]]:
    """The blocks of one page, boxes on the page as it was scanned."""
    from extractor.sources.scan_image import ruled_lines, upright, without_seals

    page = upright(pixels[..., :3])
    clean = without_seals(page.picture)
    drawn = list(ruled_lines(clean))
    rules = tuple(Rule(*(value * points for value in rule)) for rule in drawn)
    cells = [Box(*(value / points for value in cell)) for table in boxes(rules) for cell in table]
    read = [line for line in _in_cells(clean, drawn, cells) if line.words.strip()] if cells else _free(clean)
    findings: list[Finding] = []
    glyphs = tuple(_glyphs(read, number, points, findings))
    height, width = clean.shape[:2]
    made = layout(Sheet(number, width * points, height * points, glyphs, rules))
    blocks = tuple(renumbered(block, findings) for block in made.blocks)
    return made._replace(blocks=blocks, angle=page.angle), findings


def _free(page: Any) -> list[Found]:
    """The lines of a page without tables."""
    found, _ = _engine()(page[..., ::-1], use_cls=False)
    lines = (Found(_around(corners), words, float(sure)) for corners, words, sure in found or ())
    return [line for line in lines if line.words.strip()]


def _in_cells(page: Any, drawn: list[Rule], cells: list[Box]) -> Iterator[Found]:
    """The lines of a page with tables, none beyond its cell.

    A line that is found over the border of cells is parted there; a cell with ink in which none is found is
    read as one. The rules themselves are wiped out before words are read: an upright one reads as 1.
    """
    from extractor.sources.scan_image import ink_in, without_rules

    engine = _engine()
    corners, _ = engine(page[..., ::-1], use_det=True, use_cls=False, use_rec=False)
    pieces = [piece for each in corners or () for piece in _parted(_around(each), drawn)]
    clean = without_rules(page, drawn)
    for cell in cells:
        if not any(_inside(piece, cell) for piece in pieces):
            pieces += ink_in(clean, cell)
    for piece in pieces:
        left, top, right, bottom = (max(0, round(value)) for value in piece)
        part = clean[max(0, top - 2) : bottom + 2, max(0, left - 2) : right + 2, ::-1]
        if part.size == 0:
            continue
        found, _ = engine(part, use_det=False, use_cls=False, use_rec=True)
        for words, sure in found or ():
            yield Found(piece, words, float(sure))


def _parted(box: Box, drawn: list[Rule]) -> Iterator[Box]:
    """The box, parted at the upright rules that cross it."""
    middle, edge = (box.top + box.bottom) / 2, EDGE * (box.bottom - box.top)
    cuts = sorted(
        (rule.x0 + rule.x1) / 2
        for rule in drawn
        if rule.bottom - rule.top > rule.x1 - rule.x0 and rule.top < middle < rule.bottom
    )
    left = box.x0
    for cut in cuts:
        if left < cut < box.x1:
            if cut - left > edge:
                yield Box(left, box.top, cut, box.bottom)
            left = cut
    if box.x1 - left > edge:
        yield Box(left, box.top, box.x1, box.bottom)


def _inside(box: Box, cell: Box) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    return cell.x0 <= x <= cell.x1 and cell.top <= y <= cell.bottom


def _around(corners: Any) -> Box:
    xs, ys = [float(x) for x, _ in corners], [float(y) for _, y in corners]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _glyphs(read: list[Found], number: int, points: float, findings: list[Finding]) -> Iterator[Glyph]:
    """The characters of the lines, each given its share of the line's box; misreadings put right."""
    usual = median([line.box.bottom - line.box.top for line in read]) if read else 0.0
    for line in read:
        words, changes = repaired(BLANK.sub("", line.words.strip()))
        if NUMBER.fullmatch(words):  # of the page, which is left out
            changes, line = (), line._replace(confidence=1.0)
        for was, meant in changes:
            text = f"第{number}页：识别为“{was}”，应为“{meant}”：“{words[:40]}”。"
            findings.append(Finding("info", "repaired-misread", text))
        height = line.box.bottom - line.box.top
        least, most = CLOSE_SIZE if len(words) > FEW else CLOSE_SIZE_OF_FEW
        size = usual if least * usual < height < most * usual else height
        units = [0.5 if char.isascii() else 1.0 for char in words]
        before, after = HALF * (words[0] in OPENERS), HALF * (words[-1] in CLOSERS)
        step = (line.box.x1 - line.box.x0) / max(0.5, sum(units) - before - after)
        x, base = line.box.x0 - before * step, line.box.bottom - 0.5 * height + 0.36 * size * HEIGHT
        for char, unit in zip(words, units, strict=True):
            yield Glyph(
                char, x * points, (x + unit * step) * points, base * points, round(size * HEIGHT * points, 1),
                confidence=line.confidence,
            )  # fmt: skip
            x += unit * step
