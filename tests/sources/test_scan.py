"""Scans: what recognition is known to misread, skew, seals, ruled lines, and whole pages where it is installed."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from extractor.model import Box, ReadError
from extractor.sources import Limits, read_source, scan
from extractor.sources.pages.order import tilted, turned
from extractor.sources.scan_repairs import repaired

CORPORA = Path(__file__).parents[2] / "corpora"


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("控制在4%o以下", "控制在4‰以下"),
        ("控制在2%0以下", "控制在2‰以下"),
        ("达到100%以上", "达到100%以上"),
        ("洪发【2023】9号", "洪发〔2023〕9号"),
        ("洪发[2023]9号", "洪发〔2023〕9号"),
        ("洪发〔2023]9号", "洪发〔2023〕9号"),
        ("洪发（2023）9号", "洪发（2023）9号"),
        ("【责任单位：市教育局】", "【责任单位：市教育局】"),
        ("〔责任单位：市教育局〕", "（责任单位：市教育局）"),
        ("婴幼儿死亡率控制在4%以下，新生儿死亡率2.5%", "婴幼儿死亡率控制在4‰以下，新生儿死亡率2.5‰"),
        ("婴儿死亡率下降到0.4%，入园率4%", "婴儿死亡率下降到0.4%，入园率4%"),
        ("孕产妇、婴儿死亡率分别控制在10/10万、4%以下", "孕产妇、婴儿死亡率分别控制在10/10万、4‰以下"),
        ("降低婴儿死亡率、筛查率4%", "降低婴儿死亡率、筛查率4%"),
        ("2023一2025年", "2023—2025年"),
        ("0一3岁婴幼儿", "0—3岁婴幼儿"),
        ("一2一", "— 2 —"),
        ("一一对应", "一一对应"),
        ("二O二三年十月", "二〇二三年十月"),
        ("二0二五年", "二〇二五年"),
        ("二〇二三年", "二〇二三年"),
        ('实施“一站式"服务', "实施“一站式”服务"),
        ('树立"重领证、轻婚宴"的观念', "树立“重领证、轻婚宴”的观念"),
        ('落实"双减”工作', "落实“双减”工作"),
        ('暖心家园"或“援助中心”', "暖心家园”或“援助中心”"),
        ('"平台，实现联网', "”平台，实现联网"),
        ('开展"向日葵亲子小', '开展"向日葵亲子小'),  # of the line alone it is open which mark it is
        ('12"屏', '12"屏'),
    ],
)
def test_misreadings_are_put_right(read, meant):
    words, changes = repaired(read)
    assert words == meant
    assert bool(changes) is (read != meant)


@pytest.mark.parametrize(
    ("above", "read", "meant"),
    [
        ("孕产妇死亡率、婴幼", "儿死亡率分别控制在10/10万、4%以", "儿死亡率分别控制在10/10万、4‰以"),
        ("新生儿死亡率控制在", "3%以下", "3‰以下"),
        ("新生儿死亡率控制在4%以下，筛查率", "3%以下", "3%以下"),  # and the line above is put right by itself
        ("降低新生儿死亡率。", "3%以下", "3%以下"),
        ("（云发[2022", "]28号）", "]28号）"),  # what would change it, too, is left
    ],
)
def test_the_line_above_may_show_what_is_misread(above, read, meant):
    words, changes = repaired(read, above)
    assert words == meant
    assert len(changes) == (read != meant)


def test_boxes_go_back_to_the_page_as_it_was():
    box = Box(100, 200, 300, 220)
    assert turned(turned(box, 595, 842, 1), 842, 595, 3) == box
    assert tilted(box, 595, 842, 0.0) == box
    back = tilted(box, 595, 842, 1.0)
    assert back.x0 == pytest.approx(100, abs=6) and back.top < 200 + 6


def test_without_the_extra_the_message_says_what_to_install(monkeypatch):
    monkeypatch.setattr(scan, "find_spec", lambda name: None)
    with pytest.raises(ReadError, match=r"pip install policy-extractor\[ocr\]"):
        read_source("scan.png", picture())


def picture(size=(400, 300), form="PNG") -> bytes:
    from PIL import Image

    stream = BytesIO()
    Image.new("RGB", size, "white").save(stream, form)
    return stream.getvalue()


def installed() -> None:
    for module in scan.NEEDED:
        pytest.importorskip(module, reason="the extra [ocr] is not installed")


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "BMP", "WEBP"])
def test_empty_page(form):
    installed()
    with pytest.raises(ReadError, match="no text was recognised"):
        read_source("scan", picture(form=form))


def test_picture_too_large():
    installed()
    with pytest.raises(ReadError, match="over the limit"):
        read_source("scan.png", picture((3000, 3000)), limits=Limits(max_pixels=1_000_000))


def test_picture_of_30000_by_30000():
    installed()
    import struct
    import zlib

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    data = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(1000)))
        + chunk(b"IEND", b"")
    )
    with pytest.raises(ReadError, match="over the limit"):
        read_source("scan.png", data)


def test_truncated_picture():
    installed()
    with pytest.raises(ReadError, match="damaged"):
        read_source("scan.png", picture((2000, 2000))[:300])


def test_skew_is_measured():
    installed()
    pytest.importorskip("reportlab")
    import numpy

    from extractor.sources.scan_image import upright
    from tests.makers.drawn import pdf, prose
    from tests.makers.scanned import pages_of

    for skew in (-2.0, 0.0, 1.0):
        (page,) = pages_of(pdf(prose(6)), skew=skew)
        assert upright(numpy.asarray(page)).angle == pytest.approx(-skew, abs=0.2)


def test_seal_is_lightened_and_red_lettering_stays():
    installed()
    pytest.importorskip("reportlab")
    import numpy

    from extractor.sources.scan_image import without_seals
    from tests.makers.drawn import lines, pdf, prose, together
    from tests.makers.scanned import pages_of

    def red(canvas):
        canvas.setFillColorRGB(0.9, 0.1, 0.1)
        lines("某某市人民政府文件", top=780, size=30)(canvas)
        canvas.setFillColorRGB(0, 0, 0)

    (page,) = pages_of(pdf(together(red, prose(6))), skew=0, noise=0, seal=True)
    pixels = numpy.asarray(page)
    clean = without_seals(pixels)
    is_red = (clean[..., 0].astype(int) - clean[..., 1:].max(axis=2)) > 60
    middle = slice(pixels.shape[0] // 3, 2 * pixels.shape[0] // 3)
    assert is_red[middle].sum() < 200
    assert is_red[: pixels.shape[0] // 6].sum() > 2000


def test_ruled_lines_are_seen():
    installed()
    pytest.importorskip("reportlab")
    import numpy

    from extractor.sources.scan_image import ruled_lines
    from tests.makers.drawn import pdf, ruled
    from tests.makers.scanned import pages_of

    (page,) = pages_of(pdf(ruled([["甲", "乙"], ["丙", "丁"]], [80, 300, 520], [700, 600, 500])), skew=0)
    found = list(ruled_lines(numpy.asarray(page)))
    assert sum(rule.x1 - rule.x0 > rule.bottom - rule.top for rule in found) == 3
    assert sum(rule.bottom - rule.top > rule.x1 - rule.x0 for rule in found) == 3


def test_scanned_pages_are_read():
    """Two pages with a seal, a degree of skew and noise: the words, the confidence, the places on the page."""
    installed()
    pytest.importorskip("reportlab")
    from tests.makers.drawn import lines, pdf, ruled, together
    from tests.makers.scanned import scan_of

    first = together(
        lines(
            "一、总体要求",
            "（一）到2025年，普惠性幼儿园覆盖率达到93%以上。",
            "（责任单位：市教育局、市财政局）",
        ),
        ruled([["序号", "工作任务"], ["1", "建设托育机构"]], [80, 200, 480], [500, 460, 420], size=14),
    )
    source = read_source("scan.pdf", scan_of(pdf(first, lines("二、保障措施", "加强组织领导。")), seal=False))
    text = "".join(line.text for line in source.lines)
    for words in ("一、总体要求", "覆盖率达到93%以上", "市教育局、市财政局", "二、保障措施", "加强组织领导"):
        assert words in text
    assert all(line.confidence is not None and 0 <= line.confidence <= 1 for line in source.lines)
    cells = {line.text: line.cell for line in source.lines if line.cell}
    assert cells["建设托育机构"].row == 1 and cells["建设托育机构"].col == 1
    assert {line.page for line in source.lines} == {1, 2}


def numbered(*words: str):
    from extractor.sources.pages import Part, PartCell, Row

    cells = []
    for row, word in enumerate(words):
        box = Box(80, 100 + 30 * row, 95, 112 + 30 * row)
        rows = (Row(word, box, 12, 1),) if word else ()
        cells += [PartCell(row, 0, 1, 1, rows, 40), PartCell(row, 1, 1, 1, (Row("任务", box, 12, 1),), 200)]
    return Part(tuple(cells), Box(70, 90, 520, 500), (70.0, 110.0, 520.0), 1)


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        (("序号", "1", "2", "L", "4"), ["序号", "1", "2", "3", "4"]),
        (("序号", "1", "", "3", "4"), ["序号", "1", "2", "3", "4"]),
        (("7", "8", "g", "10"), ["7", "8", "9", "10"]),
        (("", "8", "9", "10"), ["", "8", "9", "10"]),  # the rest of a row that the page before holds
        (("2019", "2021", "x"), ["2019", "2021", "x"]),
        (("序号", "1", "1", "1"), ["序号", "1", "1", "1"]),
    ],
)
def test_row_numbers_count_on(read, meant):
    from extractor.sources.scan_numbers import renumbered

    findings = []
    block = renumbered(numbered(*read), findings)
    assert ["".join(r.text for r in cell.rows) for cell in block.cells if cell.col == 0] == meant
    assert len(findings) == sum(a != b for a, b in zip(read, meant, strict=True))
