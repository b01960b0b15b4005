"""PDF as a whole: the five notices by three makers, hostile files, and the two libraries compared."""

from __future__ import annotations

from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest

pytest.importorskip("reportlab", reason="reportlab makes the PDF of these tests; it is not installed")

import pdfplumber
import pypdfium2 as pdfium

from extractor.model import Notice, ReadError
from extractor.pipeline import read as read_notice
from extractor.pipeline import read_bytes
from extractor.sources import Limits, read_source
from extractor.sources.pages.plausible import is_garbage
from extractor.sources.pdf_page import read_page
from tests.makers import converted_pdf, drawn, reportlab_pdf

CORPORA = Path(__file__).parents[2] / "corpora"
NAMES = ("xihu", "luhe", "zhangzhou", "weixi", "xinjian")


def squeezed(words: str) -> str:
    return "".join(words.split())


def tree(notice: Notice) -> list[object]:
    return [
        (c.ref, c.level, c.marker, squeezed(notice.text.text[c.body : c.span.end])) for c in notice.clauses
    ]


def facts(notice: Notice) -> Counter[object]:
    ref = [clause.ref for clause in notice.clauses]
    found: list[object] = [(ref[r.clause], r.unit.name, r.role, r.basis) for r in notice.responsibilities]
    found += [(ref[t.clause], t.indicator, t.value, t.unit, t.comparator, t.deadline) for t in notice.targets]
    found += [(ref[a.clause], a.value, a.unit, a.action, a.per, a.period) for a in notice.amounts]
    found += [(ref[d.clause], d.value, d.unit, d.subject) for d in notice.durations]
    found += [(ref[c.clause], c.title and squeezed(c.title), c.doc_number) for c in notice.citations]
    found += [(link.source, link.target) for link in notice.links]
    return Counter(found)


def same(made: bytes, notice: Notice) -> None:
    """The clause tree, the facts and the table cells are those of the text."""
    found = read_bytes("notice.pdf", made)
    assert tree(found) == tree(notice)
    assert facts(found) == facts(notice)
    cells = [[(c.row, c.col, squeezed(c.text), c.col_header) for c in table.cells] for table in found.tables]
    assert cells == [[(c.row, c.col, squeezed(c.text), c.col_header) for c in t.cells] for t in notice.tables]
    assert found.text.places
    for place in found.text.places:
        assert found.text.text[place.span.start : place.span.end].strip()


@pytest.fixture(scope="module", params=NAMES)
def notice(request) -> Notice:
    return read_notice(CORPORA / f"{request.param}.txt")


def test_reportlab(notice):
    same(reportlab_pdf.pdf_of(notice.text, head="某某市人民政府公报 2023年第3期"), notice)


def test_reader_without_the_font(notice):
    """A CID font that is not embedded: its characters come from the reader's own tables."""
    found = read_bytes("notice.pdf", reportlab_pdf.pdf_of(notice.text, face="STSong-Light"))
    assert [c.ref for c in found.clauses] == [c.ref for c in notice.clauses]


def test_chromium(notice, tmp_path):
    same(converted_pdf.chromium_pdf(notice.text, tmp_path), notice)


def test_chromium_in_blocks(notice, tmp_path):
    """Paragraphs that are not indented but set apart."""
    same(converted_pdf.chromium_pdf(notice.text, tmp_path, paragraph=converted_pdf.BLOCKS), notice)


def test_libreoffice(notice, tmp_path):
    same(converted_pdf.office_pdf(notice.text, tmp_path), notice)


def test_both_libraries_see_the_same_glyphs():
    made = reportlab_pdf.pdf_of(read_notice(CORPORA / "weixi.txt").text)
    with pdfplumber.open(BytesIO(made)) as document:
        theirs = [[c for c in page.chars if not c["text"].isspace()] for page in document.pages]
    document = pdfium.PdfDocument(made)
    for index, chars in enumerate(theirs):
        glyphs = [g for g in read_page(document[index], index + 1).sheets[0].glyphs if not g.text.isspace()]
        assert Counter(c["text"] for c in chars) == Counter(g.text for g in glyphs)
        for char, glyph in zip(
            sorted(chars, key=lambda c: (round(c["bottom"]), c["x0"])),
            sorted(glyphs, key=lambda g: (round(g.base), g.x0)),
            strict=True,
        ):
            assert glyph.x0 == pytest.approx(char["x0"], abs=0.5)
            assert glyph.size == pytest.approx(char["size"], abs=0.1)
    document.close()


# --- bad files --------------------------------------------------------------------------------------


def refused(data: bytes, **limits: int) -> str:
    with pytest.raises(ReadError) as error:
        read_source("bad.pdf", data, limits=Limits(**limits))
    assert error.value.name == "bad.pdf" and error.value.remedy
    return error.value.problem


def test_encrypted():
    from reportlab.lib.pdfencrypt import StandardEncryption

    data = drawn.pdf(drawn.lines("保密的话"), encrypt=StandardEncryption("secret", ownerPassword="owner"))
    assert "encrypted" in refused(data)


def test_truncated():
    data = drawn.pdf(drawn.prose(4))
    assert "damaged" in refused(data[:600])


def test_not_a_pdf_after_its_head():
    assert "damaged" in refused(b"%PDF-1.7\n" + bytes(range(256)) * 8)


def test_too_many_pages():
    data = drawn.pdf(*[lambda canvas: None] * 12)
    assert "12 pages, over the limit of 10" in refused(data, max_pages=10)


def test_five_thousand_empty_pages():
    assert "no page has text" in refused(drawn.pdf(*[lambda canvas: None] * 5000))


def test_page_tree_that_holds_itself():
    data = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF"
    )
    refused(data)


def test_form_that_holds_itself():
    stream = b"/F Do"
    data = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>endobj\n"
        b"4 0 obj<</Length 5>>stream\n/F Do\nendstream endobj\n"
        b"5 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</F 5 0 R>>>>/Length 5>>stream\n"
        + stream
        + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )
    assert "no page has text" in refused(data)


# --- text layers that cannot be trusted -------------------------------------------------------------

PROSE = "为深入贯彻落实上级部署，结合我市实际，制定本方案。各级各部门要加强组织领导，完善工作机制，" * 4


@pytest.mark.parametrize(
    ("words", "garbage"),
    [
        (PROSE, False),
        ("".join(chr(0xE000 + ord(c) % 800) for c in PROSE), True),  # private characters
        ("\ufffd" * 60, True),
        ("".join(chr(0x4E00 + (ord(c) * 7919) % 20000) for c in PROSE), True),  # any characters at all
        ("".join(c if c in "，。" else chr(ord(c) + 1) for c in PROSE), True),  # each the next one
        ("张伟 李娜 王芳 刘洋 陈静 杨敏 赵磊 黄强 周军 吴勇" * 2, False),
        ("Page 1 of 3 contact: office@example.org", False),
        ("短", False),
    ],
)
def test_garbage(words, garbage):
    assert is_garbage(words) is garbage
