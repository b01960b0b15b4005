"""Web pages: the article alone, its paragraphs and tables, its charset; what the page states; hostile pages."""

from __future__ import annotations

import pytest

from extractor.model import CellRef, ReadError, Source
from extractor.sources import Limits, read_source
from extractor.sources.html import most_attributes

ARTICLE = (
    "<p>某某市人民政府关于促进就业的通知</p><p>某政发〔2023〕8号</p><p>各县（区）人民政府：</p><p>为促进就业，现通知如下。</p>"
    "<p><strong>一、总体要求</strong></p><p>坚持就业优先，到2025年新增就业10万人。</p>"
)
WORDS = [
    "某某市人民政府关于促进就业的通知",
    "某政发〔2023〕8号",
    "各县（区）人民政府：",
    "为促进就业，现通知如下。",
    "一、总体要求",
    "坚持就业优先，到2025年新增就业10万人。",
]


def read(page: str, charset: str = "utf-8") -> Source:
    return read_source("page.html", page.encode(charset))


def texts(body: str) -> list[str]:
    return [line.text for line in read(f"<html><body>{body}</body></html>").lines]


# --- the article ------------------------------------------------------------------------------------

LINKS = "".join(f'<li><a href="/{i}">某某市印发第{i}份通知，全面部署有关工作。</a></li>' for i in range(5))
AROUND = {
    "named by the content system": f'<div id="UCAP-CONTENT">{ARTICLE}</div>',
    "named, beside prose": f'<div><p>本站声明：转载请注明。欢迎访问。</p></div><div class="TRS_Editor">{ARTICLE}</div>',
    "two named parts": f'<div class="TRS_Editor">{ARTICLE[: ARTICLE.index("<p><strong>")]}</div><div class="TRS_Editor">{ARTICLE[ARTICLE.index("<p><strong>") :]}</div>',
    "unnamed": f"<div><div>{ARTICLE}</div></div>",
    "with navigation and foot": f'<div class="nav"><ul>{LINKS}</ul></div><div><div>{ARTICLE}</div></div><div><p>主办：某某市人民政府。</p><p>版权所有 某ICP备0号</p></div>',
    "with recommended links": f"<div>{ARTICLE}<div><h3>相关文章</h3><ul>{LINKS}</ul></div></div>",
    "with a bar of facts": f"<div><div>发布时间：2023-10-20 来源：某某市人民政府办公室 浏览次数：12</div><div>{ARTICLE}</div></div>",
    "with share buttons": f'<div>{ARTICLE}<div class="bdsharebuttonbox">分享到：</div><p>【打印本页】【关闭窗口】</p><p>上一篇：<a href="/1">某某通知</a></p></div>',
    "with hidden parts and scripts": f'<div>{ARTICLE}<p style="display: none">隐藏。</p><script>document.write("写。")</script><style>p{{}}</style><!-- 注释。 --></div>',
    "in tables": f'<table><tr><td><table><tr><td>首页</td></tr></table></td></tr><tr><td align="center">{ARTICLE}</td></tr></table>',
    "in a form": f"<form><div>{ARTICLE}</div><input value='查询'></form>",
    "as a fragment": ARTICLE,
    "front beside the rest": f"<div><div>{ARTICLE[: ARTICLE.index('<p>为')]}</div><div>{ARTICLE[ARTICLE.index('<p>为') :]}</div></div>",
}


@pytest.mark.parametrize("body", AROUND.values(), ids=AROUND)
def test_the_article_alone(body: str) -> None:
    assert texts(body) == WORDS


FIELDS = "---\nlayout: default\ntitle: 某某市人民政府关于促进就业的通知\ntags:\n  - 就业\n---\n\n"
STYLE = "<style>:root { --bg: #fff; }</style><base target='_blank'>"


@pytest.mark.parametrize(
    "page",
    [
        f"{FIELDS}{STYLE}<div>{ARTICLE}</div>",
        f"{FIELDS}{STYLE}<article><div>{ARTICLE}</div></article><nav><a href='#'>上一篇</a></nav>",
        f"{FIELDS}{STYLE}<article><header><div><span>政策原文</span></div><div>2026-04-24</div></header>"
        f"<div>{ARTICLE}</div></article><div><a href='./'>返回文件列表</a></div>",
        f"<main><article>{ARTICLE}</article></main><div><a href='./'>返回文件列表</a></div>",
    ],
)
def test_a_page_of_a_static_site_with_fields_above_it_and_no_body(page: str) -> None:
    source = read(page)
    assert (source.media_type, [line.text for line in source.lines]) == ("text/html", WORDS)
    assert page[0] == "<" or source.meta["title"] == WORDS[0]


@pytest.mark.parametrize(
    "above",
    [
        '<%@ page language="java" pageEncoding="UTF-8"%>\n<jsp:include page="/head.jsp"></jsp:include>\n',
        "<?php include 'head.php'; ?>\n<!-- head -->\n",
        '<%-- 说明 --%><link href="<%=path %>/common.css" rel="stylesheet">',
    ],
)
def test_a_page_with_places_that_its_server_fills_in(above: str) -> None:
    source = read(f"{above}<div>{ARTICLE}</div>")
    assert (source.media_type, [line.text for line in source.lines]) == ("text/html", WORDS)


def test_rules_over_a_text_are_no_fields_of_a_page() -> None:
    assert read(f"---\n某某市人民政府文件\n---\n<div>{ARTICLE}</div>").media_type == "text/plain"


PANEL = (
    "<div>基本信息</div><ul><li><span>统一编号：</span>GZ0320240034</li><li><span>文　　号：</span>某政发〔2023〕8号</li>"
    "<li><span>实施日期：</span>2023年6月1日</li><li><span>文件状态：</span></li></ul>"
)


def test_the_panel_over_a_published_document_is_no_part_of_it() -> None:
    source = read(f"<html><body><div>{PANEL}<div>{ARTICLE}</div></div></body></html>")
    assert [line.text for line in source.lines] == WORDS
    assert source.meta["文号"] == "某政发〔2023〕8号"
    assert source.meta["实施日期"] == "2023年6月1日"


@pytest.mark.parametrize(
    "line",
    ["点击查看政策解读：【音频解读】关于办法的解读", "一图读懂：https://www.example.cn/1.html", "标签："],
)
def test_links_to_explanations_are_left_out(line: str) -> None:
    page = f'<html><body><div id="zoom"><p><a href="/1.html">{line}</a></p>{ARTICLE}</div></body></html>'
    assert [found.text for found in read(page).lines] == WORDS


@pytest.mark.parametrize("tag", ["h1", "h4", "div"])
def test_the_title_over_the_article(tag: str) -> None:
    title = "某某市促进就业实施办法"
    page = (
        f'<html><head><meta name="ArticleTitle" content="{title}"></head><body><{tag}>{title}</{tag}>'
        f'<div id="zoom"><p>一、坚持就业优先，到2025年新增就业10万人。</p></div></body></html>'
    )
    assert read(page).lines[0].text == title


def test_links_to_attachments_stay() -> None:
    links = "".join(f'<p>{i}.<a href="/files/{i}.docx">第{i}个附表</a></p>' for i in range(1, 5))
    assert texts(f"<div>{ARTICLE}<div><p>附件：</p>{links}</div></div>")[6:] == [
        "附件：",
        "1.第1个附表",
        "2.第2个附表",
        "3.第3个附表",
        "4.第4个附表",
    ]


def test_what_the_page_states_is_kept_beside() -> None:
    page = (
        '<html><head><title>关于促进就业的通知_某某市人民政府</title><meta name="ArticleTitle" content="某某市人民政府关于促进就业的通知">'
        '<meta name="PubDate" content="2023-10-20 09:00"><meta name="ContentSource" content="某某市人民政府办公室"></head><body>'
        "<table><tr><td>索引号：</td><td>000-2023-1</td><td>发文字号</td><td>某政发〔2023〕8号</td></tr>"
        '<tr><td><b>成文日期：</b>2023年10月16日</td></tr></table><h1>某某市人民政府关于促进就业的通知</h1>'
        f'<div class="TRS_Editor">{ARTICLE[ARTICLE.index("<p>各") :]}</div></body></html>'
    )  # fmt: skip
    source = read(page)
    stated = {"ArticleTitle": "某某市人民政府关于促进就业的通知", "PubDate": "2023-10-20 09:00", "ContentSource": "某某市人民政府办公室",
              "索引号": "000-2023-1", "发文字号": "某政发〔2023〕8号", "成文日期": "2023年10月16日"}  # fmt: skip
    assert {key: source.meta.get(key) for key in stated} == stated
    assert (source.lines[0].text, source.lines[0].outline) == ("某某市人民政府关于促进就业的通知", 1)
    assert source.lines[1].text == "各县（区）人民政府："


# --- paragraphs -------------------------------------------------------------------------------------

PARAGRAPHS = [
    ("<p>　　甲。<br>　　乙。<br/><br/>丙。</p>", ["甲。", "乙。", "丙。"]),
    ("<div>甲<span>乙</span><b>丙</b>。</div>丁", ["甲乙丙。", "丁"]),
    ("<p>到&nbsp;2025&nbsp;年，\n  就业\n  增长。</p>", ["到\xa02025\xa0年，就业增长。"]),
    ("<p>in the\ntext</p>", ["in the text"]),
    ("<p>70m<sup>2</sup>以上，占<sup>（注）</sup></p>", ["70m²以上，占（注）"]),
    ("<pre>一、甲\n二、乙</pre>", ["一、甲", "二、乙"]),
    ("<ol><li>甲</li><li>乙</li></ol>", ["1. 甲", "2. 乙"]),
    ("<ol start=3 type=a><li>甲<ul><li>乙</li></ul></li><li value=9>丙</li></ol>", ["c. 甲", "乙", "i. 丙"]),
    ('<ol style="list-style-type: cjk-ideographic"><li>甲</li></ol>', ["一、 甲"]),
    ('<ol style="list-style: none"><li>1.甲</li></ol>', ["1.甲"]),
    ("<p>a&lt;b &amp; c</p>", ["a<b & c"]),
    ("<![if !supportLists]><p>1.<span>&nbsp; </span>甲</p><![endif]>", ["1.\xa0 甲"]),
]


@pytest.mark.parametrize(("body", "expected"), PARAGRAPHS)
def test_paragraphs(body: str, expected: list[str]) -> None:
    assert texts(body) == expected


def test_headings_and_bold_lines() -> None:
    lines = read(
        "<html><body><h2>一、目标</h2><p><strong>二、措施</strong></p><p><b>甲</b>乙</p></body></html>"
    ).lines
    assert [(line.text, line.outline, line.bold) for line in lines] == [
        ("一、目标", 2, True), ("二、措施", None, True), ("甲乙", None, False),
    ]  # fmt: skip


def test_a_break_is_a_space_where_the_writer_breaks_at_spaces() -> None:
    head = '<html><head><meta name="generator" content="LibreOffice 7.4"></head><body>'
    assert [line.text for line in read(f"{head}<p>中共中央\n国务院</p></body></html>").lines] == [
        "中共中央 国务院"
    ]


# --- tables -----------------------------------------------------------------------------------------


def cells(table: str) -> list[tuple[str, CellRef | None]]:
    return [
        (line.text, line.cell)
        for line in read(f"<html><body><p>表。</p>{table}<p>后。</p></body></html>").lines[1:-1]
    ]


def test_spans() -> None:
    table = (
        "<table><thead><tr><th rowspan=2>序号</th><th colspan=2>标准</th></tr><tr><th>新建</th><th>改建</th></tr></thead>"
        "<tbody><tr><td>1</td><td>300<br>元</td><td></td></tr><tr><td rowspan=0>2</td><td rowspan=99>乙</td></tr></tbody></table>"
    )
    assert cells(table) == [
        ("序号", CellRef(0, 0, 0, 2, 1)), ("标准", CellRef(0, 0, 1, 1, 2)), ("新建", CellRef(0, 1, 1)), ("改建", CellRef(0, 1, 2)),
        ("1", CellRef(0, 2, 0)), ("300元", CellRef(0, 2, 1)), ("2", CellRef(0, 3, 0)), ("乙", CellRef(0, 3, 1)),
    ]  # fmt: skip


def test_nested_tables_captions_and_frames() -> None:
    inner = "<table><tr><td>内表甲项</td><td>内表乙项</td></tr></table>"
    table = f"<table><caption>表一</caption><tr><td>外</td><td>{inner}</td><td>末</td></tr></table>"
    assert cells(table) == [
        ("表一", None),
        ("外", CellRef(0, 0, 0)),
        ("内表甲项 内表乙项", CellRef(0, 0, 1)),
        ("末", CellRef(0, 0, 2)),
    ]
    assert cells(f"<table><tr><td>{inner}</td></tr></table>") == [
        ("内表甲项", CellRef(0, 0, 0)),
        ("内表乙项", CellRef(0, 0, 1)),
    ]
    assert cells("<table><tr><td>一、目标</td></tr><tr><td>正文。</td></tr></table>") == [
        ("一、目标", None),
        ("正文。", None),
    ]


# --- charsets and pages that are refused ---------------------------------------------------------------

CHARSETS = [
    ("gb2312", "gb2312"),
    ("gbk", "gbk"),
    ("utf-8", "utf-8"),
    ("gb18030", "utf-8"),
    ("utf-8", "gbk"),
    ("utf-8-sig", "gbk"),
    ("utf-16", "utf-8"),
]


@pytest.mark.parametrize(("kept", "stated"), CHARSETS)
def test_charsets(kept: str, stated: str) -> None:
    page = f'<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset={stated}"></head><body>{ARTICLE}</body></html>'
    assert [line.text for line in read(page, kept).lines] == WORDS


def test_mhtml() -> None:
    page = f"<html><body>{ARTICLE}</body></html>".encode("gbk")
    data = (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; charset="gb2312"\r\n'
        b"Content-Transfer-Encoding: 8bit\r\n\r\n" + page + b"\r\n--b--\r\n"
    )
    assert [line.text for line in read_source("notice.doc", data).lines] == WORDS


@pytest.mark.parametrize("charset", ["utf-8\0", "undefined", "idna", "base64", "no such"])
def test_a_charset_that_is_none_is_passed_over(charset: str) -> None:
    head = f'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; charset={charset}\r\n'
    page = f"Content-Transfer-Encoding: 8bit\r\n\r\n<html><body>{ARTICLE}</body></html>\r\n--b--\r\n"
    assert [line.text for line in read_source("notice.mht", (head + page).encode()).lines] == WORDS


REFUSED = {
    "too large": ("<html>" + "<p>甲。</p>" * 20_000, "over the limit"),
    "too deep": ("<html><body>" + "<div>" * 60_000 + "甲", "nested more than"),
    "deep tables": ("<html><body>" + "<table><tr><td>" * 20_000 + "甲", "nested more than"),
    "attributes": (
        "<html><body><p " + " ".join(f"a{n}=b" for n in range(60_000)) + ">甲</p>",
        "has 60,000 attributes",
    ),
    "attributes between quotation marks": (
        '<html><body><p x=y" ' + " ".join(f"a{n}='b'" for n in range(5_000)) + '">甲</p>',
        "has 5,002 attributes",
    ),
    "no text": ("<html><body><script>var a</script></body></html>", "holds no text"),
    "nothing": ("<html></html>", "holds no text"),
}


@pytest.mark.parametrize(("page", "problem"), REFUSED.values(), ids=REFUSED)
def test_a_hostile_page_is_refused(page: str, problem: str) -> None:
    limits = Limits(max_markup=200_000 if problem == "over the limit" else 1_000_000)
    with pytest.raises(ReadError) as caught:
        read_source("page.html", page.encode(), limits=limits)
    assert problem in caught.value.problem and caught.value.remedy.endswith(".")


HOSTILE = [
    "<table>" + "<tr><td colspan=99999 rowspan=99999>甲</td></tr>" * 3_000,
    "<table><tr><td>" * 500 + "甲",
    "<a href=x>" * 3_000 + "甲",
    '<div class="zoom">甲。</div>' * 10_000,
    "&lt;" * 100_000,
    "<ul><li>" * 1_000 + "甲",
    "<!--" * 50_000,
    '<p title="' + "甲" * 100_000,
]


@pytest.mark.parametrize("body", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_page_ends(body: str) -> None:
    try:
        assert read(f"<html><body><p>一、目标。</p>{body}").lines
    except ReadError as error:
        assert error.remedy


@pytest.mark.parametrize(
    ("page", "count"),
    [
        ("""<p a=1 b='x y' c="<p d e f>" disabled/>""", 4),
        ("<p>甲</p><br/>", 0),
        ("<!-- <p a b c> --><p a>", 1),
        ("<script>if(a<b c d e f)</script><p a b>", 2),
        ("<p a='x", 1),
        ("<p =a b =c>", 2),
        ("<p a='1'b='2'c>", 3),
        ("a < b c d", 0),
    ],
)
def test_attributes_are_counted_as_the_parser_sees_them(page: str, count: int) -> None:
    assert most_attributes(page) == count


def test_entities_name_no_files() -> None:
    page = (
        '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><html><body><p>甲&a;乙。</p></body></html>'
    )
    assert "root" not in "".join(line.text for line in read(page).lines)
