"""Pictures of pages → `Source`, by optical recognition (rapidocr, whose models ship in its wheel).

It is an optional extra; without it a picture ends in a ReadError that says how to install it.
"""

from __future__ import annotations

import struct
import warnings
import zlib
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from io import BytesIO
from typing import Any, NamedTuple

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from extractor.model import Finding, ReadError, Source
from extractor.sources import Limits
from extractor.sources.pages import Layout
from extractor.sources.pages.assemble import lines

MEDIA_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "TIFF": "image/tiff", "BMP": "image/bmp"}
DPI = 200  # where the picture does not state its own
SCREEN = 100  # dots per inch below which the statement of a picture is not about paper
SMALLER = "Save it at 300 dpi or less, or raise the limit."
NEEDED = ("cv2", "numpy", "rapidocr_onnxruntime")

# What Pillow raises where a file is no picture or a damaged one: whatever its parsers run into.
DAMAGED = (
    UnidentifiedImageError, OSError, SyntaxError, ValueError, TypeError, LookupError, AttributeError,
    EOFError, ArithmeticError, struct.error, zlib.error,
)  # fmt: skip
Recogniser = Callable[[Any, int, float], tuple[Layout, list[Finding]]]


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
                    name,
                    "it has more than {most:,} pages.",
                    "Split it, or raise the limit.",
                    most=limits.max_pages,
                )
            wide, high = frame.size
            if wide * high > limits.max_pixels:
                what = "page {number} has {wide:,} × {high:,} pixels, over the limit of {most:,}."
                sizes = {"wide": wide, "high": high, "most": limits.max_pixels}
                raise ReadError(name, what, SMALLER, number=number, **sizes)
            stated = float((frame.info.get("dpi") or (0, 0))[0])
            pixels = np.asarray(_on_paper(ImageOps.exif_transpose(frame)))
            yield Frame(pixels, stated if stated >= SCREEN else _paper(wide, high), form)
    except Image.DecompressionBombError as error:
        what = "it has more pixels than can be read, over the limit of {most:,}."
        raise ReadError(name, what, SMALLER, most=limits.max_pixels) from error
    except DAMAGED as error:
        raise ReadError(name, "the picture is damaged or cut short.", "Scan or save it again.") from error


def _on_paper(image: Image.Image) -> Image.Image:
    """The picture in colour, white where it is transparent, 16 bits a pixel made 8."""
    if image.mode.startswith("I;16"):
        image = image.convert("I").point(lambda level: level / 257).convert("L")
    if image.has_transparency_data:
        return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image.convert("RGBA")).convert(
            "RGB"
        )
    return image.convert("RGB")


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
    from extractor.sources.scan_page import recognised

    return recognised
