"""A page of a kept source as a picture, with places on it marked: where a clause or a fact stands.

PDF pages are drawn by PDFium, scans are shown as they are; an OFD page is drawn from its own characters.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from extractor.model import Box, ReadError
from extractor.sources import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from PIL import Image

DPI = 110
MARK = (255, 226, 89)  # multiplied with the page, so that words stay black
EDGE = (214, 120, 0)
MARGIN = 1.5  # points round each place
PDF, OFD = "application/pdf", "application/ofd"


def page_image(
    name: str,
    data: bytes,
    page: int,
    boxes: Sequence[Box],
    *,
    media_type: str = PDF,
    dpi: int = DPI,
    limits: Limits = DEFAULT_LIMITS,
) -> bytes:
    """Page `page` (from 1) of the file `name` with content `data` as PNG, with the boxes (points) marked.

    Raises ReadError where the file has no such page or cannot be drawn.
    """
    if media_type == PDF:
        picture, scale = _pdf_page(name, data, page, dpi, limits)
    elif media_type == OFD:
        picture, scale = _ofd_page(name, data, page, dpi, limits)
    elif media_type.startswith("image/"):
        picture, scale = _scan_page(name, data, page, limits)
    else:
        raise ReadError(
            name, f"a file of type {media_type} has no pages.", "Show the clause without its page."
        )
    stream = BytesIO()
    _marked(picture, [Box(*(value * scale for value in box)) for box in boxes], MARGIN * scale).save(
        stream, "PNG"
    )
    return stream.getvalue()


def _marked(picture: Image.Image, boxes: Sequence[Box], margin: float) -> Image.Image:
    from PIL import Image, ImageChops, ImageDraw

    layer = Image.new("RGB", picture.size, "white")
    draw = ImageDraw.Draw(layer)
    for box in boxes:
        draw.rectangle(
            (box.x0 - margin, box.top - margin, box.x1 + margin, box.bottom + margin), fill=MARK, outline=EDGE
        )
    return ImageChops.multiply(picture.convert("RGB"), layer)


def _pdf_page(name: str, data: bytes, page: int, dpi: int, limits: Limits) -> tuple[Image.Image, float]:
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise ReadError(name, "the file cannot be opened.", "Ingest it again.") from error
    try:
        if not 1 <= page <= len(document):
            raise _missing(name, page, len(document))
        sheet = document[page - 1]
        width, height = sheet.get_size()
        scale = min(dpi / 72, (limits.max_pixels / max(1.0, width * height)) ** 0.5)
        return sheet.render(scale=scale).to_pil().convert("RGB"), scale
    finally:
        document.close()


def _scan_page(name: str, data: bytes, page: int, limits: Limits) -> tuple[Image.Image, float]:
    from PIL import Image

    from extractor.sources.scan import frames

    for number, frame in enumerate(frames(name, data, limits), 1):
        if number == page:
            return Image.fromarray(frame.pixels), frame.dpi / 72
    raise _missing(name, page, None)


def _ofd_page(name: str, data: bytes, page: int, dpi: int, limits: Limits) -> tuple[Image.Image, float]:
    from PIL import Image, ImageDraw

    from extractor.sources.ofd import canvas_of
    from extractor.sources.pages.order import turned

    canvas = canvas_of(name, data, page, limits)
    if canvas is None:
        raise _missing(name, page, None)
    scale = dpi / 72
    sheets = canvas.sheets(page)
    width, height = sheets[0].width, sheets[0].height
    if sheets[0].turns % 2:
        width, height = height, width
    picture = Image.new("RGB", (round(width * scale), round(height * scale)), "white")
    draw = ImageDraw.Draw(picture)
    for sheet in sheets:
        for rule in sheet.rules:
            box = turned(Box(*rule), sheet.width, sheet.height, sheet.turns)
            draw.line(tuple(value * scale for value in box), fill="black")
        for glyph in sheet.glyphs:
            top = glyph.base - 0.86 * glyph.size
            box = turned(
                Box(glyph.x0, top, glyph.x1, top + glyph.size), sheet.width, sheet.height, sheet.turns
            )
            _draw(draw, glyph.text, Box(*(value * scale for value in box)))
    return picture, scale


def _draw(draw: object, char: str, box: Box) -> None:
    """A character, or a grey box where the machine has no font with Chinese characters."""
    from PIL import ImageDraw, ImageFont

    assert isinstance(draw, ImageDraw.ImageDraw)
    size = max(4, round(box.bottom - box.top))
    path = _font_path()
    if path is None:
        draw.rectangle((box.x0, box.top, box.x1 - 1, box.bottom), fill=(190, 190, 190))
    else:
        draw.text((box.x0, box.top), char, fill="black", font=ImageFont.truetype(path, size))


def _font_path() -> str | None:
    """A font of this machine with Chinese characters."""
    from pathlib import Path

    places = (
        "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
        "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
        "/System/Library/Fonts/PingFang.ttc",
        "C:/Windows/Fonts/simsun.ttc",
    )
    return next((place for place in places if Path(place).exists()), None)


def _missing(name: str, page: int, count: int | None) -> ReadError:
    has = f"; it has {count}" if count is not None else ""
    return ReadError(name, f"there is no page {page}{has}.", "Ingest the file again.")
