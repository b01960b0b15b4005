"""OFD (GB/T 33190): the five notices, the parts of the standard one by one, and hostile packages."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from extractor.model import Notice, ReadError
from extractor.pipeline import read as read_notice
from extractor.pipeline import read_bytes
from extractor.sources import Limits, read_source
from tests.makers.ofd_writer import NS, ofd_of, packed
from tests.sources.test_pdf import CORPORA, NAMES, facts, squeezed, tree


def text_object(
    words: str, attributes: str = "", *, code: str = 'X="0" Y="5" DeltaX="g 40 5"', inner: str = ""
) -> str:
    return (
        f'<ofd:TextObject ID="9" Boundary="30 50 150 8" Font="2" Size="5" {attributes}>{inner}'
        f"<ofd:TextCode {code}>{words}</ofd:TextCode></ofd:TextObject>"
    )


def words(*objects: str) -> list[str]:
    return [line.text for line in read_source("a.ofd", packed([list(objects)])).lines if "—" not in line.text]


@pytest.mark.parametrize("name", NAMES)
def test_same_notice(name: str) -> None:
    notice: Notice = read_notice(CORPORA / f"{name}.txt")
    found = read_bytes("notice.ofd", ofd_of(notice.text))
    assert tree(found) == tree(notice)
    assert facts(found) == facts(notice)
    cells = [[(c.row, c.col, squeezed(c.text), c.col_header) for c in table.cells] for table in found.tables]
    assert cells == [[(c.row, c.col, squeezed(c.text), c.col_header) for c in t.cells] for t in notice.tables]
    assert found.source.media_type == "application/ofd"


def test_another_writer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """easyofd turns a PDF into OFD with a namespace of its own, misspelt sizes and points for millimetres."""
    easyofd = pytest.importorskip("easyofd.ofd", reason="easyofd, which writes this file, is not installed")
    from tests.makers.reportlab_pdf import pdf_of

    monkeypatch.chdir(tmp_path)  # it writes beside where it runs
    notice = read_notice(CORPORA / "xihu.txt")
    made = easyofd.OFD().pdf2ofd(pdf_of(notice.text), optional_text=True)
    found = read_bytes("notice.ofd", made)
    assert squeezed(found.text.text) == squeezed(notice.text.text)
    assert [c.ref for c in found.clauses] == [c.ref for c in notice.clauses]


@pytest.mark.parametrize(
    ("attributes", "code", "x0", "x1"),
    [
        ("", 'X="0" Y="5" DeltaX="g 3 5"', 30, 50),
        ("", 'X="2" Y="5" DeltaX="5 5 5"', 32, 52),
        ("", 'X="0" Y="5" DeltaX="6 g 2 5"', 30, 51),
        ('CTM="2 0 0 2 10 0"', 'X="0" Y="5" DeltaX="g 3 5"', 40, 80),
        ('HScale="0.5"', 'X="0" Y="5" DeltaX="g 3 2.5"', 30, 40),
    ],
)  # fmt: skip
def test_place_of_characters(attributes: str, code: str, x0: float, x1: float) -> None:
    (line,) = read_source("a.ofd", packed([[text_object("四个汉字", attributes, code=code)]])).lines[:1]
    assert line.text == "四个汉字"
    assert line.box is not None
    assert line.box.x0 == pytest.approx(x0 * 72 / 25.4, abs=0.1)
    assert line.box.x1 == pytest.approx(x1 * 72 / 25.4, abs=0.1)


@pytest.mark.parametrize(
    ("attributes", "inner"),
    [
        ('Visible="false"', ""),
        ('Alpha="0"', ""),
        ('Fill="false"', ""),
        ("", '<ofd:FillColor Value="255 255 255"/>'),
        ('CTM="0.7 0.7 -0.7 0.7 0 0"', ""),
    ],
)
def test_what_nobody_sees_is_left_out(attributes: str, inner: str) -> None:
    shown = text_object("看得见的话").replace("30 50", "30 90")
    assert words(text_object("藏起来的话", attributes, inner=inner), shown) == ["看得见的话"]


def test_page_printed_sideways_is_read_upright() -> None:
    lines = [
        text_object(line, 'CTM="0 1 -1 0 0 0"', code='X="0" Y="0" DeltaX="g 40 5"').replace(
            "30 50", f"{150 - 10 * n} 40"
        )
        for n, line in enumerate(("附件2", "重点任务分工清单", "责任单位：市教育局"))
    ]
    assert words(*lines) == ["附件2", "重点任务分工清单", "责任单位：市教育局"]


def test_template_lies_under_the_page() -> None:
    data = rewritten(
        {"Doc_0/Tpls/Tpl_0/Content.xml": page(text_object("某某市人民政府文件").replace("30 50", "30 20"))}
    )
    assert read_source("a.ofd", data).lines[0].text == "某某市人民政府文件"


def page(*objects: str) -> str:
    return f'<ofd:Page {NS}><ofd:Content><ofd:Layer ID="1">{"".join(objects)}</ofd:Layer></ofd:Content></ofd:Page>'


def rewritten(parts: dict[str, str]) -> bytes:
    """A package of one page with these parts in place of its own."""
    old = ZipFile(BytesIO(packed([[text_object("正文照常阅读")]])))
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name in old.namelist():
            archive.writestr(name, parts.get(name, old.read(name).decode()))
        for name in parts.keys() - set(old.namelist()):
            archive.writestr(name, parts[name])
    return stream.getvalue()


# --- bad packages -------------------------------------------------------------------------------------


def refused(data: bytes, **limits: int) -> str:
    with pytest.raises(ReadError) as error:
        read_source("bad.ofd", data, limits=Limits(**limits))
    assert error.value.remedy
    return error.value.problem


@pytest.mark.parametrize("path", ["../../etc/passwd", "Doc_0/../../x.xml", "C:/x.xml"])
def test_path_that_climbs_out(path: str) -> None:
    assert "outside the file" in refused(packed([[text_object("话")]], document=path))


def test_member_that_climbs_out() -> None:
    assert "outside the archive" in refused(rewritten({"../evil.xml": "<a/>"}))


def test_entities_are_not_resolved() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "话话话话">]>' + page(
        text_object("正文&x;照常")
    )
    try:
        lines = read_source("a.ofd", rewritten({"Doc_0/Pages/Page_0/Content.xml": bomb})).lines
    except ReadError:
        return
    assert "root" not in "".join(line.text for line in lines)


def test_steps_without_end() -> None:
    assert words(text_object("四个汉字", code='X="0" Y="5" DeltaX="g 999999999999 5"')) == ["四个汉字"]


def test_numbers_that_are_none() -> None:
    assert words(text_object("四个汉字", 'CTM="a b c"', code='X="x" Y="5" DeltaX="nan inf g"'))


def test_too_many_pages() -> None:
    assert "3 pages, over the limit of 2" in refused(packed([[text_object("话")]] * 3), max_pages=2)


def test_damaged_part() -> None:
    assert "damaged" in refused(rewritten({"Doc_0/Pages/Page_0/Content.xml": "<a><b></a>"}))


def test_truncated() -> None:
    assert "cut short" in refused(packed([[text_object("话")]])[:400])


def test_missing_document() -> None:
    assert "missing" in refused(packed([[text_object("话")]], document="Doc_9/Document.xml"))


def test_no_text() -> None:
    assert "no page has text" in refused(rewritten({"Doc_0/Pages/Page_0/Content.xml": page()}))
