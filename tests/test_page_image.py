"""Pages drawn with marks: the mark is where the place is, words stay black."""

from __future__ import annotations

from io import BytesIO

import pytest

pytest.importorskip("reportlab", reason="reportlab draws the pages of these tests; it is not installed")

from PIL import Image

from extractor.model import Box, ReadError
from extractor.page_image import MARK, page_image
from extractor.sources import read_source
from tests.makers.drawn import lines, pdf
from tests.makers.ofd_writer import Book, packed


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGB")


def ofd() -> bytes:
    book = Book()
    book.text("一、总体要求", 30, 60, 5.6)
    return packed(book.pages)


@pytest.mark.parametrize(("name", "media_type"), [("a.pdf", "application/pdf"), ("a.ofd", "application/ofd")])
def test_box_is_marked(name: str, media_type: str) -> None:
    data = pdf(lines("一、总体要求")) if name == "a.pdf" else ofd()
    box = read_source(name, data).lines[0].box
    assert box is not None
    picture = opened(page_image(name, data, 1, [box], media_type=media_type, dpi=72))
    marked = {
        (x, y)
        for x in range(picture.width)
        for y in range(picture.height)
        if picture.getpixel((x, y)) == MARK
    }
    assert marked
    assert all(box.x0 - 3 <= x <= box.x1 + 3 and box.top - 3 <= y <= box.bottom + 3 for x, y in marked)
    inside = picture.crop(tuple(map(round, box)))
    assert min(sum(inside.getpixel((x, y))) for x in range(inside.width) for y in range(inside.height)) < 250


def test_picture_is_shown_as_it_is() -> None:
    stream = BytesIO()
    Image.new("RGB", (800, 1000), "white").save(stream, "PNG", dpi=(144, 144))
    picture = opened(page_image("a.png", stream.getvalue(), 1, [Box(10, 10, 50, 20)], media_type="image/png"))
    assert picture.size == (800, 1000)
    assert picture.getpixel((60, 30)) == MARK


@pytest.mark.parametrize("page", [0, 2, 99])
def test_page_that_is_not_there(page: int) -> None:
    with pytest.raises(ReadError, match="no page"):
        page_image("a.pdf", pdf(lines("话")), page, [])


def test_file_without_pages() -> None:
    with pytest.raises(ReadError, match="has no pages"):
        page_image("a.txt", b"", 1, [], media_type="text/plain")
