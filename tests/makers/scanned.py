"""A PDF as a scanner would see it: pictures at 200 dpi, turned by a degree, with noise, and a red seal if wanted."""

from __future__ import annotations

from io import BytesIO

import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageDraw

numpy = pytest.importorskip("numpy", reason="the extra [ocr] is not installed")


def pages_of(
    pdf: bytes, *, dpi: int = 200, skew: float = 1.0, noise: float = 8.0, seal: bool = False
) -> list[Image.Image]:
    """The pages as pictures. The same input gives the same pictures."""
    random = numpy.random.default_rng(2023)
    made = []
    document = pdfium.PdfDocument(pdf)
    for page in document:
        picture = page.render(scale=dpi / 72).to_pil().convert("RGB")
        if seal:
            _stamp(picture, dpi)
        picture = picture.rotate(skew, resample=Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
        pixels = numpy.asarray(picture).astype(numpy.float32)
        pixels += random.normal(-4, noise, pixels.shape[:2])[..., None]
        made.append(Image.fromarray(numpy.clip(pixels, 0, 255).astype(numpy.uint8)))
    document.close()
    return made


def _stamp(picture: Image.Image, dpi: int) -> None:
    """A round seal of 42 mm over the middle of the page."""
    size = int(42 / 25.4 * dpi)
    x, y = (picture.width - size) // 2, (picture.height - size) // 2
    layer = Image.new("RGB", picture.size, "white")
    draw = ImageDraw.Draw(layer)
    draw.ellipse((x, y, x + size, y + size), outline=(220, 40, 40), width=dpi // 25)
    draw.regular_polygon((x + size // 2, y + size // 2, size // 6), 5, fill=(220, 40, 40))
    pixels = numpy.minimum(numpy.asarray(picture), numpy.asarray(layer))
    picture.paste(Image.fromarray(pixels))


def scan_of(pdf: bytes, **options) -> bytes:
    """A PDF of the pictures, without any text."""
    first, *rest = pages_of(pdf, **options)
    stream = BytesIO()
    first.save(
        stream, "PDF", save_all=True, append_images=rest, resolution=options.get("dpi", 200), quality=80
    )
    return stream.getvalue()


def picture_of(pdf: bytes, **options) -> bytes:
    """The first page as PNG."""
    stream = BytesIO()
    pages_of(pdf, **options)[0].save(stream, "PNG", dpi=(200, 200))
    return stream.getvalue()
