"""DOCX: automatic numbers, tables, what is anchored, what is tracked and hidden; hostile packages."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from extractor.model import CellRef, ReadError, Source
from extractor.sources import Limits, read_source
from extractor.sources.counting import counted
from tests.sources.making import number, saved

NS = nsdecls("w")


def texts(source: Source) -> list[str]:
    return [line.text for line in source.lines]


def with_body(*elements: str) -> Source:
    """A document of the given block elements, in WordprocessingML."""
    document = Document()
    for element in elements:
        document.element.body.insert(
            -1,
            parse_xml(element.replace(">", f" {NS}>", 1) if "/>" not in element.split(">")[0] else element),
        )
    return read_source("notice.docx", saved(document))


def p(runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def r(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


# --- numbering ------------------------------------------------------------------------------------

COUNTED = [
    ("chineseCounting", 1, "一"), ("chineseCounting", 10, "十"), ("chineseCounting", 12, "十二"),
    ("chineseCounting", 20, "二十"), ("chineseCountingThousand", 101, "一百零一"), ("chineseCountingThousand", 110, "一百一十"),
    ("chineseCountingThousand", 1001, "一千零一"), ("japaneseCounting", 11, "十一"), ("japaneseCounting", 101, "百一"),
    ("ideographTraditional", 3, "丙"), ("ideographZodiac", 12, "亥"), ("ideographDigital", 20, "二〇"),
    ("chineseLegalSimplified", 21, "贰拾壹"), ("decimalEnclosedCircle", 3, "③"), ("decimalEnclosedCircleChinese", 21, "㉑"),
    ("decimalEnclosedParen", 2, "⑵"), ("decimalEnclosedFullstop", 2, "⒉"), ("decimalZero", 7, "07"), ("upperRoman", 4, "IV"),
    ("lowerLetter", 28, "bb"), ("none", 5, ""), ("unheardOf", 5, "5"), ("decimalEnclosedCircle", 99, "99"), ("upperRoman", -1, "-1"),
]  # fmt: skip


@pytest.mark.parametrize(("form", "value", "printed"), COUNTED)
def test_counting(form: str, value: int, printed: str) -> None:
    assert counted(form, value) == printed


def numbered(levels: list[tuple[str, str]], sequence: list[int], extra: str = "") -> list[str]:
    """The lines of a document with one list; `sequence` gives the level of each paragraph."""
    document = Document()
    root = document.part.numbering_part.element
    inner = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{extra if i else ""}<w:lvlText w:val="{text}"/></w:lvl>'
        for i, (form, text) in enumerate(levels)
    )
    root.insert(0, parse_xml(f'<w:abstractNum {NS} w:abstractNumId="900">{inner}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {NS} w:numId="900"><w:abstractNumId w:val="900"/></w:num>'))
    for level in sequence:
        number(document.add_paragraph("目标"), 900, level)
    return texts(read_source("a.docx", saved(document)))


NOTICE = [
    ("chineseCounting", "%1、"),
    ("chineseCounting", "（%2）"),
    ("decimal", "%3."),
    ("decimalEnclosedCircle", "%4"),
]


def test_levels_begin_anew_under_a_higher_one() -> None:
    assert numbered(NOTICE, [0, 1, 1, 2, 2, 1, 2, 0, 1, 3]) == [
        "一、目标", "（一）目标", "（二）目标", "1. 目标", "2. 目标", "（三）目标", "1. 目标", "二、目标", "（一）目标", "①目标",
    ]  # fmt: skip


def test_a_level_that_never_restarts_runs_on() -> None:
    found = numbered(
        [("chineseCounting", "%1、"), ("decimal", "%2.")], [0, 1, 1, 0, 1], '<w:lvlRestart w:val="0"/>'
    )
    assert [line.split("目")[0] for line in found] == ["一、", "1. ", "2. ", "二、", "3. "]


def test_legal_numbers_and_levels_that_were_left_out() -> None:
    levels = [("chineseCounting", "第%1章"), ("decimal", "%1.%2"), ("decimal", "%1.%2.%3")]
    assert numbered(levels, [0, 1, 2, 0, 2], "<w:isLgl/>") == [
        "第一章 目标", "1.1 目标", "1.1.1 目标", "第二章 目标", "2.1.1 目标",
    ]  # fmt: skip


def test_bullets_print_no_number() -> None:
    assert numbered([("bullet", "\uf06c"), ("bullet", "●")], [0, 1]) == ["目标", "目标"]


def test_numbers_of_styles_and_of_overrides() -> None:
    document = Document()
    root = document.part.numbering_part.element
    root.insert(0, parse_xml(
        f'<w:abstractNum {NS} w:abstractNumId="900"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
        '<w:pStyle w:val="Heading1"/><w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:pStyle w:val="Heading2"/><w:suff w:val="space"/><w:lvlText w:val="%2."/></w:lvl></w:abstractNum>'))  # fmt: skip
    for num, override in (
        (900, ""),
        (901, '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="5"/></w:lvlOverride>'),
    ):
        root.append(
            parse_xml(f'<w:num {NS} w:numId="{num}"><w:abstractNumId w:val="900"/>{override}</w:num>')
        )
    for style in ("Heading 1", "Heading 2"):
        properties = document.styles[style].element.get_or_add_pPr()
        properties.append(parse_xml(f'<w:numPr {NS}><w:numId w:val="900"/></w:numPr>'))
    document.add_paragraph("总体要求", "Heading 1")
    document.add_paragraph("目标", "Heading 2")
    number(document.add_paragraph("措施", "Heading 2"), 0)
    document.add_paragraph("任务", "Heading 2")
    number(document.add_paragraph("保障", "Heading 2"), 901, 1)
    number(document.add_paragraph("监督", "Heading 2"), 901, 1)
    lines = read_source("a.docx", saved(document)).lines
    assert [(line.text, line.outline) for line in lines] == [
        ("一、总体要求", 1), ("1. 目标", 2), ("措施", 2), ("2. 任务", 2), ("5. 保障", 2), ("6. 监督", 2),
    ]  # fmt: skip


# --- words ------------------------------------------------------------------------------------------

WORDS = {
    "runs of one paragraph": (p(r("到") + r("2025") + r("年")), ["到2025年"]),
    "soft break": (p(r("一、目标") + "<w:r><w:br/></w:r>" + r("正文")), ["一、目标", "正文"]),
    "tab and hyphen": (p(r("甲") + "<w:r><w:tab/></w:r>" + r("3") + "<w:r><w:noBreakHyphen/></w:r>" + r("5")), ["甲 3-5"]),
    "accepted and deleted": (p(f"<w:ins>{r('新')}</w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>{r('词')}"), ["新词"]),
    "moved": (p(f"<w:moveFrom>{r('走')}</w:moveFrom><w:moveTo>{r('来')}</w:moveTo>"), ["来"]),
    "hidden": (p(r("见") + r("不见", "<w:vanish/>") + r("也见", '<w:vanish w:val="0"/>')), ["见也见"]),
    "link and content control": (p(f"<w:hyperlink>{r('网')}</w:hyperlink><w:sdt><w:sdtContent>{r('页')}</w:sdtContent></w:sdt>"), ["网页"]),
    "placeholder": (p(f"{r('名：')}<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('点击输入')}</w:sdtContent></w:sdt>"), ["名："]),
    "symbol": (p('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + r("同意") + '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'), ["☑同意≥"]),
    "raised digits": (p(r("70m") + r("2", '<w:vertAlign w:val="superscript"/>')), ["70m²"]),
    "field": (p(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("4")}<w:r><w:fldChar w:fldCharType="end"/></w:r>{r("页")}'), ["4页"]),
    "enclosed character": (p(
        r'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>eq \o\ac(○,3)</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="end"/></w:r>{r("落实")}'), ["③落实"]),
}  # fmt: skip


@pytest.mark.parametrize(("element", "expected"), WORDS.values(), ids=WORDS)
def test_words_of_a_paragraph(element: str, expected: list[str]) -> None:
    assert texts(with_body(element)) == expected


def test_a_paragraph_whose_mark_was_deleted_goes_on() -> None:
    source = with_body(
        p(r("前半，"), "<w:rPr><w:del/></w:rPr>"), p(r("后半。")), p(r("末"), "<w:rPr><w:del/></w:rPr>")
    )
    assert texts(source) == ["前半，后半。", "末"]


def test_findings_tell_what_was_decided() -> None:
    source = with_body(
        p(
            f"<w:ins>{r('新')}</w:ins>{r('隐', '<w:vanish/>')}"
            '<w:r><w:sym w:font="Webdings" w:char="F041"/></w:r>'
        )
    )
    assert [finding.code for finding in source.findings] == [
        "tracked-changes",
        "hidden-text",
        "unknown-symbol",
    ]
    assert with_body(p(r("平常"))).findings == ()


TEXT_BOX = (
    '<w:p {ns} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml">'
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent><w:p><w:r><w:t>框中</w:t></w:r></w:p>"
    "</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>框中</w:t>"
    "</w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>文中</w:t></w:r></w:p>"
)


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    document = Document()
    document.element.body.insert(0, parse_xml(TEXT_BOX.format(ns=NS)))
    assert texts(read_source("a.docx", saved(document))) == ["文中", "框中"]


def replaced(data: bytes, change: dict[str, bytes]) -> bytes:
    """The package with parts added or replaced."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in change:
                new.writestr(name, old.read(name))
        for name, content in change.items():
            new.writestr(name, content)
    return out.getvalue()


def plain_docx(*paragraphs: str) -> bytes:
    document = Document()
    for words in paragraphs or ("一、目标",):
        document.add_paragraph(words)
    return saved(document)


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.read(name)


def test_a_footnote_follows_its_paragraph() -> None:
    data = plain_docx("正文", "下文")
    body = part(data, "word/document.xml").replace(
        "正文</w:t></w:r>".encode(), '正文</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'.encode()
    )
    relations = part(data, "word/_rels/document.xml.rels").replace(
        b"</Relationships>",
        b'<Relationship Id="rN" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" Target="footnotes.xml"/></Relationships>',
    )
    notes = f'<w:footnotes {NS}><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote><w:footnote w:id="2">{p(r("注文"))}</w:footnote></w:footnotes>'
    change = {
        "word/document.xml": body,
        "word/_rels/document.xml.rels": relations,
        "word/footnotes.xml": notes.encode(),
    }
    assert texts(read_source("a.docx", replaced(data, change))) == ["正文", "注文", "下文"]


def test_strict_files_are_read_too() -> None:
    data = plain_docx()
    body = part(data, "word/document.xml").replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert texts(read_source("a.docx", replaced(data, {"word/document.xml": body}))) == ["一、目标"]


def test_comments_headers_and_footers_are_left_out() -> None:
    document = Document()
    document.sections[0].footer.paragraphs[0].text = "— 1 —"
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.add_comment(document.add_paragraph("正文").runs, "批注")
    assert texts(read_source("a.docx", saved(document))) == ["正文"]


# --- tables -----------------------------------------------------------------------------------------


def test_merged_cells_are_one_line_with_their_span() -> None:
    document = Document()
    table = document.add_table(3, 3)
    for row in range(3):
        for col in range(3):
            table.cell(row, col).text = f"{row}{col}"
    table.cell(0, 0).merge(table.cell(1, 0)).text = "竖"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "横"
    lines = read_source("a.docx", saved(document)).lines
    assert [(line.text, line.cell) for line in lines] == [
        ("竖", CellRef(0, 0, 0, 2, 1)), ("横", CellRef(0, 0, 1, 1, 2)), ("11", CellRef(0, 1, 1)), ("12", CellRef(0, 1, 2)),
        ("20", CellRef(0, 2, 0)), ("21", CellRef(0, 2, 1)), ("22", CellRef(0, 2, 2)),
    ]  # fmt: skip


def test_a_nested_table_is_flat_in_its_cell_and_tables_are_counted() -> None:
    document = Document()
    for _ in range(2):
        table = document.add_table(1, 2)
        table.cell(0, 0).text = "外"
        inner = table.cell(0, 1).add_table(1, 2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "内表甲项", "内表乙项"
    lines = read_source("a.docx", saved(document)).lines
    assert [(line.text, line.cell.table if line.cell else None) for line in lines] == [
        ("外", 0), ("内表甲项 内表乙项", 0), ("外", 1), ("内表甲项 内表乙项", 1),
    ]  # fmt: skip


CELLS = [
    (["市教育局", "市财政局"], "市教育局 市财政局"),
    (["总托", "位数"], "总托位数"),
    (["序", "号"], "序号"),
    (["县委", "县政府"], "县委 县政府"),
    (["完善政策。", "加强监管。"], "完善政策。加强监管。"),
]


@pytest.mark.parametrize(("paragraphs", "expected"), CELLS)
def test_paragraphs_of_a_cell(paragraphs: list[str], expected: str) -> None:
    document = Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "\n".join(paragraphs)
    table.cell(0, 1).text = "乙"
    assert texts(read_source("a.docx", saved(document)))[0] == expected


def test_a_frame_is_no_table_nor_is_the_imprint() -> None:
    document = Document()
    frame = document.add_table(1, 1)
    frame.cell(0, 0).text = "某某市人民政府文件"
    frame.cell(0, 0).add_paragraph("一、目标")
    imprint = document.add_table(2, 2)
    imprint.cell(0, 0).merge(imprint.cell(0, 1)).text = "抄送：市委办公室。"
    imprint.cell(1, 0).text, imprint.cell(1, 1).text = "某某市人民政府办公室", "2023年10月16日印发"
    lines = read_source("a.docx", saved(document)).lines
    assert [(line.text, line.cell) for line in lines] == [
        ("某某市人民政府文件", None), ("一、目标", None), ("抄送：市委办公室。", None), ("某某市人民政府办公室 2023年10月16日印发", None),
    ]  # fmt: skip


# --- hostile packages ---------------------------------------------------------------------------------

LAUGHS = b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
OUTSIDE = b'<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def declared(doctype: bytes) -> bytes:
    data = plain_docx("甲")
    body = re.sub(rb"^(<\?xml[^>]*\?>)?", doctype, part(data, "word/document.xml"), count=1)
    return replaced(data, {"word/document.xml": body.replace("甲".encode(), b"&a;")})


def deep() -> bytes:
    data = plain_docx("甲")
    body = part(data, "word/document.xml").replace(
        b"<w:body>", b"<w:body>" + b"<w:sdt><w:sdtContent>" * 5000, 1
    )
    return replaced(data, {"word/document.xml": body})


HOSTILE = {
    "cut short": (plain_docx()[:-400], "damaged or cut short"),
    "entities in entities": (declared(LAUGHS), "declares a document type"),
    "external entity": (declared(OUTSIDE), "declares a document type"),
    "wide characters": (declared("<!DOCTYPE l []>".encode("utf-16-le")), "declares a document type"),
    "no XML": (replaced(plain_docx(), {"word/document.xml": b"<w:document"}), "is no XML"),
    "too deep": (deep(), "is no XML"),
    "no main part": (replaced(plain_docx(), {"word/document.xml": b"<a/>"}), "holds no document text"),
    "path that climbs out": (replaced(plain_docx(), {"../../evil.xml": b"<a/>"}), "outside the archive"),
    "bomb": (replaced(plain_docx(), {"word/media/a.bin": bytes(8_000_000)}), "grows more than"),
    "too much": (replaced(plain_docx(), {f"word/{i}.xml": b"x" * 900_000 for i in range(12)}), "more than"),
    "too many members": (
        replaced(plain_docx(), {f"word/a{i}": b"" for i in range(2100)}),
        "members, over the limit",
    ),
}


@pytest.mark.parametrize(("data", "problem"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_package_is_refused(data: bytes, problem: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_source("bad.docx", data, limits=Limits(max_unpacked=10_000_000))
    assert caught.value.name == "bad.docx"
    assert problem in caught.value.problem
    assert caught.value.remedy.endswith(".")


def test_lists_that_never_end_in_themselves() -> None:
    """Styles based on one another in a circle, and a level that does not exist."""
    document = Document()
    style = document.styles["Heading 1"].element
    style.find(qn("w:basedOn")).set(qn("w:val"), "Heading1")
    number(document.add_paragraph("目标", "Heading 1"), 1, 77)
    assert texts(read_source("a.docx", saved(document))) == ["目标"]
