"""Pages as they come off scanners and phones: which way up, on what ground, under which seal, in which file."""

from __future__ import annotations

from io import BytesIO

import pytest

from extractor.model import Box
from extractor.sources import DEFAULT_LIMITS, read_source, scan
from extractor.sources.pages.order import projected

pytest.importorskip("reportlab", reason="reportlab draws the pages of these tests; it is not installed")
pytest.importorskip("rapidocr_onnxruntime", reason="the extra [ocr] is not installed")

import cv2
import numpy
from PIL import Image

from extractor.sources import scan_engine, scan_image, scan_lines, scan_outline, scan_page
from extractor.sources.pages import Rule
from tests.makers.drawn import lines, pdf, prose, ruled
from tests.makers.scanned import pages_of, scan_of

WORDS = ("一、总体要求", "（一）到2025年，普惠性幼儿园覆盖率达到93%以上。", "二、保障措施")


@pytest.fixture(scope="module")
def page() -> Image.Image:
    return pages_of(pdf(lines(*WORDS)), skew=0, noise=2)[0]


def saved(image: Image.Image, form: str = "PNG") -> bytes:
    stream = BytesIO()
    image.save(stream, form, dpi=(200, 200))
    return stream.getvalue()


def read(image: Image.Image, form: str = "PNG"):
    return read_source("scan", saved(image, form)).lines


def inked(image: Image.Image, box: Box) -> float:
    """The share of a page's ink that stands in a box (points)."""
    ink = numpy.asarray(image.convert("L")) < 100
    left, top, right, bottom = (round(value * 200 / 72) for value in box)
    return ink[max(0, top) : bottom, max(0, left) : right].sum() / ink.sum()


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_pages_that_lie_on_their_side_or_head(page, degrees):
    laid = page.rotate(degrees, expand=True)
    found = read(laid)
    assert [line.text for line in found] == list(WORDS)
    assert sum(inked(laid, line.box) for line in found) > 0.95


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(lambda page: Image.fromarray(numpy.asarray(page.convert("L")).astype(numpy.uint16) * 257), id="16 bit"),
        pytest.param(lambda page: Image.merge("RGBA", [Image.new("L", page.size)] * 3 + [page.convert("L").point(lambda v: 255 - v)]), id="transparent"),
        pytest.param(lambda page: page.convert("P"), id="palette"),
        pytest.param(lambda page: page.convert("L").point(lambda v: 255 * (v > 128)).convert("1"), id="black and white"),
    ],
)  # fmt: skip
def test_pictures_of_any_depth(page, made):
    assert [line.text for line in read(made(page))] == list(WORDS)


def photograph(page: Image.Image, corners, ground=(60, 50, 40)) -> Image.Image:
    """The page seen from aside: its corners at these shares of the picture, clockwise from the top left."""
    wide, high = page.size
    square = numpy.array([(0, 0), (wide, 0), (wide, high), (0, high)], numpy.float32)
    seen = numpy.array([(x * wide, y * high) for x, y in corners], numpy.float32)
    matrix = cv2.getPerspectiveTransform(square, seen)
    return Image.fromarray(cv2.warpPerspective(numpy.asarray(page), matrix, page.size, borderValue=ground))


ASIDE = ((0.09, 0.05), (0.93, 0.08), (0.99, 0.97), (0.02, 0.94))


def test_a_photographed_table_keeps_its_cells():
    rows = [
        ["序号", "工作任务", "责任单位"],
        ["1", "建设托育机构", "县卫生健康局"],
        ["2", "发放补贴", "县财政局"],
    ]
    (drawn,) = pages_of(pdf(ruled(rows, [80, 140, 330, 520], [700, 650, 600, 550], size=14)), skew=0, noise=2)
    shot = photograph(drawn, ASIDE)
    found = read(shot, "JPEG")
    assert {(line.cell.row, line.cell.col): line.text for line in found if line.cell} == {
        (row, col): words for row, line in enumerate(rows) for col, words in enumerate(line)
    }
    assert all(inked(Image.fromarray(255 - numpy.asarray(shot)), line.box) < 0.01 for line in found)


@pytest.mark.parametrize(
    ("corners", "ground"),
    [
        (ASIDE, (230, 230, 230)),  # hardly darker than the page
        (((0.09, 0.05), (1.1, 0.08), (1.1, 0.97), (0.02, 0.94)), (60, 50, 40)),  # not seen whole
        (((0.4, 0.4), (0.6, 0.4), (0.6, 0.6), (0.4, 0.6)), (60, 50, 40)),  # a slip of paper
    ],
)
def test_what_is_no_photograph_of_a_page_is_left_as_it_is(page, corners, ground):
    assert scan_outline.outline(numpy.asarray(photograph(page, corners, ground))) is None
    assert scan_outline.outline(numpy.asarray(page)) is None


def test_boxes_go_back_to_the_photograph():
    shift = (1, 0, 10, 0, 1, 20, 0, 0, 1)
    assert projected(Box(0, 0, 5, 5), shift) == Box(10, 20, 15, 25)
    half = (1, 0, 0, 0, 1, 0, 0, 0.01, 1)
    assert projected(Box(0, 0, 100, 100), half) == Box(0, 0, 100, 50)


def test_a_rule_under_a_seal_is_no_gap(page):
    (drawn,) = pages_of(pdf(ruled([["甲", "乙"]], [80, 297, 520], [740, 100])), skew=0, noise=4, seal=True)
    stream = BytesIO()
    drawn.save(stream, "JPEG", quality=70)
    clean = scan_image.without_seals(numpy.asarray(Image.open(stream)))
    upright = [rule for rule in scan_image.ruled_lines(clean) if rule.bottom - rule.top > rule.x1 - rule.x0]
    assert len(upright) == 3
    assert all(rule.bottom - rule.top > 1700 for rule in upright)


def test_pages_of_a_pdf_are_recognised_red_first(monkeypatch):
    """Seals are known by their red, which PDFium gives last unless it is asked."""
    seen = []

    def recognised(pixels, number, points):
        seen.append(pixels.astype(int))
        return scan_page.recognised(pixels, number, points)

    monkeypatch.setattr(scan, "recogniser", lambda name, limits: recognised)
    read_source("scan.pdf", scan_of(pdf(prose(2)), seal=True))
    coloured = seen[0][numpy.ptp(seen[0], axis=2) > 100]
    assert len(coloured) > 1000
    assert (coloured[:, 0] > coloured[:, 2]).all()


def test_a_line_reads_the_same_whatever_else_is_read(page):
    picture = numpy.asarray(page)
    parts = [scan_engine.cut(picture, line) for line in scan_engine.lines_on(picture)]
    assert len(parts) == len(WORDS)
    assert scan_engine.words_in(parts) == [scan_engine.words_in([part])[0] for part in parts]
    assert scan_engine.words_in([]) == []


def test_large_pictures_are_read_smaller_and_their_places_kept(page, monkeypatch):
    usual = scan.recogniser("a", DEFAULT_LIMITS)(numpy.asarray(page), 1, 0.36)[0]
    monkeypatch.setattr(scan_image, "LARGEST", 1600)
    smaller = scan.recogniser("a", DEFAULT_LIMITS)(numpy.asarray(page), 1, 0.36)[0]
    assert [row.text for row in smaller.blocks] == [row.text for row in usual.blocks]
    for one, other in zip(smaller.blocks, usual.blocks, strict=True):
        assert tuple(one.box) == pytest.approx(tuple(other.box), abs=5)  # a third of a character


TOO_FAR = 100 - 0.6 * 40


@pytest.mark.parametrize(
    ("beside", "rules", "found"),
    [
        ([], [], (100, 300)),
        ([(60, 90)], [], (58, 300)),  # 二 of 二、
        ([(60, 90), (30, 50)], [], (28, 300)),  # （二
        ([(302, 312)], [], (100, 314)),  # a full stop
        ([(88, 90)], [], (100, 300)),  # dirt
        ([(40, TOO_FAR)], [], (100, 300)),
        ([(60, 90)], [(94, 96)], (100, 300)),  # in the next cell
        ([(94, 95)], [(94, 95)], (100, 300)),  # the rule itself
    ],
)
def test_lines_go_as_far_as_their_ink(beside, rules, found):
    picture = numpy.full((140, 400, 3), 255, numpy.uint8)
    for x0, x1 in [(104, 150), (155, 296), *beside]:
        high = (66, 70) if x1 - x0 == 2 else (60, 80)
        picture[high[0] : high[1], int(x0) : int(x1)] = 20
    corners = numpy.array([(100, 50), (300, 50), (300, 90), (100, 90)], numpy.float32)
    drawn = [Rule(x0, 0, x1, 140) for x0, x1 in rules]
    (line,) = scan_lines.whole(picture, [corners], drawn)
    assert (line[0][0], line[1][0]) == pytest.approx(found, abs=2)
    assert (line[:, 1] == corners[:, 1]).all()


@pytest.mark.parametrize(
    ("ink", "found"),
    [
        ([(104, 296)], [(100, 300)]),
        ([(104, 150), (200, 296)], [(100, 300)]),  # a full stop and an opening bracket
        ([(104, 150), (220, 296)], [(100, 152), (218, 300)]),  # a gutter
        ([(104, 120), (185, 215), (280, 296)], [(100, 122), (183, 217), (278, 300)]),
        ([(104, 150)], [(100, 152)]),
        ([(180, 240)], [(178, 242)]),
        ([], [(100, 300)]),
    ],
)
def test_lines_are_parted_at_gutters(ink, found):
    picture = numpy.full((140, 400, 3), 255, numpy.uint8)
    picture[55:85:3, ::3] = 20  # dots
    for x0, x1 in ink:
        picture[60:80, x0:x1] = 20
    corners = numpy.array([(100, 50), (300, 50), (300, 90), (100, 90)], numpy.float32)
    made = scan_lines.parted(picture, [corners])
    assert [(line[0][0], line[1][0]) for line in made] == [pytest.approx(edges, abs=2) for edges in found]
    upright = numpy.array([(100, 0), (130, 0), (130, 140), (100, 140)], numpy.float32)
    assert scan_lines.parted(picture, [upright])[0] is upright


def test_faint_words_beside_black_ones_are_no_blank():
    picture = numpy.full((140, 400, 3), 255, numpy.uint8)
    picture[60:80, 104:150] = picture[60:80, 250:296] = 20
    picture[60:80, 160:240] = 180
    corners = numpy.array([(100, 50), (300, 50), (300, 90), (100, 90)], numpy.float32)
    assert len(scan_lines.parted(picture, [corners])) == 1


def test_ink_of_another_line_stays_there():
    picture = numpy.full((140, 400, 3), 255, numpy.uint8)
    picture[60:80, 20:80] = picture[60:80, 90:296] = 20
    pair = [
        numpy.array([(x, 50), (y, 50), (y, 90), (x, 90)], numpy.float32) for x, y in ((15, 84), (86, 300))
    ]
    for found, line in zip(scan_lines.whole(picture, pair, []), pair, strict=True):
        assert (found == line).all()


@pytest.mark.parametrize(
    ("pieces", "kept"),
    [
        ([Box(10, 0, 15, 20), Box(0, 0, 20, 20)], [1]),  # a strip of what another line holds
        ([Box(10, 0, 40, 20), Box(0, 0, 20, 20)], [0, 1]),  # a third is shared
        ([Box(0, 0, 20, 20), Box(0, 20, 20, 40)], [0, 1]),
        ([Box(0, 0, 20, 20), Box(0, 0, 20, 20)], [0, 1]),
    ],
)
def test_ink_is_read_once(pieces, kept):
    assert scan_page._once(pieces) == [pieces[index] for index in kept]


def test_what_looks_like_words_and_cannot_be_read_is_named(page, monkeypatch):
    sure = {WORDS[0]: 0.4, WORDS[2]: 0.1}  # both as long as words are
    words_in = scan_engine.words_in
    monkeypatch.setattr(
        scan_engine, "words_in", lambda parts: [(words, sure.get(words, 0.9)) for words, _ in words_in(parts)]
    )
    layout, findings = scan_page.recognised(numpy.asarray(page), 3, 0.36)
    assert [row.text for row in layout.blocks] == [WORDS[1]]
    assert [(finding.code, "2处" in finding.message) for finding in findings] == [("unread-line", True)]


@pytest.mark.parametrize(("width", "sure", "named"), [(20, 0.1, 0), (20, 0.3, 1), (200, 0.1, 1)])
def test_dirt_is_not_named(width, sure, named):
    found = [scan_page.Found(Box(0, 0, width, 20), "", sure), scan_page.Found(Box(0, 30, 90, 50), "甲", 0.9)]
    assert len(list(scan_page._unread(found, [], 1))) == named


@pytest.mark.parametrize("size", [(1, 1), (10, 10), (3000, 1), (1, 5000), (3000, 12), (8, 5000)])
def test_no_page_is_too_small_or_too_thin(size):
    white = numpy.full((size[1], size[0], 3), 255, numpy.uint8)
    assert scan_engine.lines_on(white) == []
    layout, findings = scan_page.recognised(white, 1, 0.36)
    assert layout.blocks == () and findings == []
