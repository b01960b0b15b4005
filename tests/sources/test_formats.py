"""The same clauses and facts whatever the format, for the notices of corpora/; and detection by content."""

from __future__ import annotations

import shutil

import pytest
from hypothesis import given, settings

from extractor.model import Notice, ReadError
from extractor.pipeline import read_bytes
from extractor.sources import Content, _module, _names, read_source
from extractor.text import normalise
from tests.notices import Made, notices
from tests.sources import compared
from tests.sources.making import docx_of, html_of
from tests.sources.test_archives import packed
from tests.sources.test_docx import plain_docx


@pytest.fixture(scope="module")
def read() -> dict[str, Notice]:
    return compared.notices()


@pytest.mark.parametrize("form", compared.MADE)
@pytest.mark.parametrize("name", ["luhe", "weixi", "xihu", "xinjian", "zhangzhou"])
def test_the_same_notice(read: dict[str, Notice], name: str, form: str) -> None:
    data = compared.MADE[form](read[name].text)
    assert compared.differing(read[name], read_bytes("notice", data)) == []


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize("form", compared.EXPORTED)
def test_the_same_notice_written_by_libreoffice(read: dict[str, Notice], form: str) -> None:
    suffix, kind, numbered = compared.EXPORTED[form]
    names = ["weixi", "xihu"] if suffix in ("odt", "rtf") else list(read)
    files = compared.exported(
        {name: docx_of(read[name].text, numbered=numbered) for name in names}, suffix, kind
    )
    found = {name: compared.differing(read[name], read_bytes("notice", data)) for name, data in files.items()}
    assert found == {name: [] for name in names}


@pytest.mark.parametrize("form", ["pdf", "ofd"])
def test_a_table_comes_out_wherever_a_page_cuts_it(form: str) -> None:
    """Also where the page has room for all cells of the last row but one, so that this one alone goes on."""
    from tests.fuzz.roundtrip import ONE_BY_ONE

    task = "建立健全协同推进机制，强化督促检查和跟踪问效，及时研究解决推进过程中遇到的困难和问题。" * 3
    rows = [
        ["序号", "重点任务", "牵头单位"],
        ["1", "加强组织领导。", "市教育局"],
        ["2", task, "市卫生健康委"],
    ]
    alone = 0
    for pushed in range(22):  # lines of a page
        table = "".join(f"| {' | '.join(row)} |\n" for row in (rows[0], ["---"] * 3, *rows[1:]))
        words = "一、总体要求\n" + "推动工作落实。\n" * pushed + "附件\n重点任务清单\n" + table
        data = ONE_BY_ONE[form](normalise(read_source("a.txt", words.encode())))
        (found,) = read_bytes("notice", data).tables
        assert [[cell.text for cell in found.cells if cell.row == row] for row in range(3)] == rows, pushed
        columns: dict[int | None, set[int]] = {}
        for line in read_source("notice", data).lines:
            if line.cell is not None:
                columns.setdefault(line.page, set()).add(line.cell.col)
        alone += {1} in columns.values()
    assert alone


@given(notices())
@settings(max_examples=25, deadline=None)
def test_made_notices(made: Made) -> None:
    text = normalise(read_source("a.txt", made.text.encode()))
    for data in (docx_of(text), html_of(text), html_of(text, box="x", breaks=True)):
        assert normalise(read_source("notice", data)).text == text.text


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
KINDS = {
    "pdf": b"%PDF-1.7\n",
    "pdf after rubbish": b"\r\n%PDF-1.4\n",
    "ofd": packed(("OFD.xml", b""), ("Doc_0/Document.xml", b"")),
    "docx": plain_docx(),
    "docx cut short": plain_docx()[:-500],
    "office: doc": OLE + bytes(512),
    "office: rtf": b"{\\rtf1 a}",
    "office: odt": packed(("mimetype", b""), ("content.xml", b""), ("META-INF/manifest.xml", b"")),
    "scan: png": b"\x89PNG\r\n\x1a\n",
    "scan: jpeg": b"\xff\xd8\xff\xe0",
    "scan: tiff": b"II*\x00",
    "scan: bmp": b"BM\x00\x00\x00\x00\x00\x00\x00\x00",
    "html": b"\xef\xbb\xbf\n<!DOCTYPE html><html>",
    "html: xhtml": b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">',
    "html: utf-16": "<html><body>".encode("utf-16"),
    "html: fragment": b"<div><p>1</p><p>2</p><p>3</p></div>",
    "html: the body of a table": b"<tbody><tr><td><p>1</p><p>2</p></td></tr></tbody>",
    "plain": "一、目标".encode(),
    "plain: a tag": "<p>到2025年<br/></p>".encode(),
    "plain: markdown": "# 标题\n\n<table><tr><td>1</td></tr></table>".encode(),
    "plain: BM": "BMI指数".encode(),
}


@pytest.mark.parametrize(("kind", "data"), KINDS.items(), ids=KINDS)
def test_detection(kind: str, data: bytes) -> None:
    assert _module("whatever.txt", data) == kind.partition(":")[0].partition(" ")[0]


REFUSED = {
    "spreadsheet": packed(("[Content_Types].xml", b""), ("xl/workbook.xml", b"")),
    "presentation": packed(("[Content_Types].xml", b""), ("ppt/presentation.xml", b"")),
    "zip archive": packed(("a.txt", b"")),
    "not read": b"Rar!\x1a\x07\x00",
    "XML of 2003": b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>',
}


@pytest.mark.parametrize(("problem", "data"), REFUSED.items(), ids=REFUSED)
def test_what_is_known_and_not_read(problem: str, data: bytes) -> None:
    with pytest.raises(ReadError, match=problem):
        read_source("notice.docx", data)


def test_members_of_a_cut_archive_are_named_by_their_headers() -> None:
    data = plain_docx()
    assert Content(data, _names(data[: len(data) // 2])).has("word/.*")
