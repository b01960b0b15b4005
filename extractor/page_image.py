"""A page of a kept source as a picture, with places on it marked: where a clause or a fact stands.

PDF pages are drawn by PDFium, scans are shown as they are; an OFD page is drawn from its own characters.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.kept import kept_path
from extractor.location import Location
from extractor.messages import Message
from extractor.model import Box, ReadError
from extractor.sources import DEFAULT_LIMITS, Limits, is_archive
from extractor.sources.archives import members

if TYPE_CHECKING:
    from PIL import Image

DPI = 110
MARK = (255, 226, 89)  # multiplied with the page, so that words stay black
EDGE = (214, 120, 0)
MARGIN = 1.5  # points round each place
PDF, OFD = "application/pdf", "application/ofd"


def draw(place: Location, image: Path, *, database: Path, source: Path | None = None) -> Iterator[Path]:
    """Write the pages on which a clause or a fact stands, marked: out.png, out-2.png …; the files, in order.

    They are drawn from `source`, a file or an archive that holds it, or from what the database keeps. Raises
    ReadError where neither is what the database was made of, or where it has no pages; OSError where a file
    cannot be read or written.
    """
    if not place.boxes:
        raise ReadError(
            place.source_name,
            "a source of type {media_type} has no pages to draw.",
            "Show the clause without --page-image.",
            media_type=place.media_type,
        )
    data = _source(place, database, source)
    for number, (page, boxes) in enumerate(place.boxes.items(), 1):
        path = image if number == 1 else image.with_stem(f"{image.stem}-{number}")
        path.write_bytes(page_image(place.source_name, data, page, boxes, media_type=place.media_type))
        yield path


def _source(place: Location, database: Path, source: Path | None) -> bytes:
    """The bytes that the document was made of."""
    path = source or kept_path(database, place.source_sha256)
    if path is None:
        raise ReadError(
            place.source_name,
            "this source is not kept.",
            "Name the file with --source, or ingest it again with --keep-sources.",
        )
    data = path.read_bytes()
    inside = members(path.name, data, DEFAULT_LIMITS) if is_archive(data) else ()
    for content in chain((data,), (found for _, found in inside if isinstance(found, bytes))):
        if hashlib.sha256(content).hexdigest() == place.source_sha256:
            return content
    raise ReadError(
        str(path),
        "it is not what {document} was made of ({source}).",
        "Name the file that was ingested, unchanged.",
        document=place.document_id,
        source=place.source_name,
    )


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
            name,
            "a file of type {media_type} has no pages.",
            "Show the clause without its page.",
            media_type=media_type,
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
        base = box.bottom - 0.14 * (box.bottom - box.top)
        draw.text((box.x0, base), char, fill="black", font=ImageFont.truetype(path, size), anchor="ls")


def _font_path() -> str | None:
    """A font of this machine with Chinese characters."""
    places = (
        "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
        "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
        "/System/Library/Fonts/PingFang.ttc",
        "C:/Windows/Fonts/simsun.ttc",
    )
    return next((place for place in places if Path(place).exists()), None)


def _missing(name: str, page: int, count: int | None) -> ReadError:
    has = Message("; it has {count}", count=count) if count is not None else ""
    return ReadError(name, "there is no page {page}{has}.", "Ingest the file again.", page=page, has=has)
