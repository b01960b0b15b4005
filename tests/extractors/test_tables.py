"""Tables with their headers, and the clauses that task rows restate."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractor.clauses import build
from extractor.extractors.tables import tables
from extractor.extractors.task_links import links
from extractor.model import CellRef, Clause, Finding, Line, Link, Source, Span, Table
from extractor.sources import read_source
from extractor.text import normalise

BODY = (
    "关于提升养老服务的方案\n为提升养老服务水平，制定本方案。\n一、增加供给\n到2026年新建一批社区养老服务设施，完善居家养老服务网络。\n"
    "二、加强监管\n建立养老机构综合监管制度，依法查处违法违规行为。\n"
)


def read(text: str) -> tuple[tuple[Table, ...], list[Link | Finding], list[str]]:
    normal = normalise(read_source("a.txt", text.encode()))
    clauses, _ = build(normal)
    found = tuple(tables(normal, clauses))
    for table in found:
        for cell in table.cells:
            assert normal.text[cell.span.start : cell.span.end] == cell.text
    return found, list(links(normal, clauses, found)), [clause.ref for clause in clauses]


def test_headers_of_rows_and_columns_and_values() -> None:
    (table,), _, _ = read(BODY + "附件1\n床位任务表\n单位：张\n地区\t2025年\t2026年\n东区\t1,200\t85%\n")
    assert table.caption == "床位任务表 单位：张"
    assert (table.n_rows, table.n_cols) == (2, 3)
    assert [(c.text, c.row_header, c.col_header, c.value) for c in table.cells if c.row] == [
        ("东区", None, "地区", None),
        ("1,200", "东区", "2025年", Decimal(1200)),
        ("85%", "东区", "2026年", Decimal(85)),
    ]


def test_heads_over_several_columns() -> None:
    (table,), _, _ = read(BODY + "附件1\n任务表\n2025年\t\t2026年\n总数\t新增\t总数\n5\t2\t7\n")
    assert [c.col_header for c in table.cells if c.row == 2] == ["2025年 总数", "2025年 新增", "2026年 总数"]


def test_each_table_belongs_to_the_clause_it_stands_in() -> None:
    found, _, refs = read(
        "关于分配指标的通知\n一、床位\n床位分配如下。\n床位表\n地区\t数量\t备注\n东区\t12\t已建\n"
        "二、学位\n学位分配如下。\n学位表\n地区\t数量\t备注\n西区\t30\t在建\n"
    )
    assert [(refs[t.clause], t.caption, t.n_rows, t.n_cols) for t in found] == [
        ("1", "床位表", 2, 3), ("2", "学位表", 2, 3),
    ]  # fmt: skip
    assert [[c.text for c in t.cells if c.row] for t in found] == [
        ["东区", "12", "已建"],
        ["西区", "30", "在建"],
    ]
    assert [(c.row, c.col) for c in found[1].cells] == [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)]


@pytest.mark.parametrize(
    ("above", "caption"),
    [
        ("甲表\n乙表\n丙表", "乙表 丙表"),  # two lines at most
        ("按下列标准执行。\n床位表", "床位表"),  # a sentence is none, nor what stands above it
        ("床位表\n按下列标准执行；", None),
        ("床" * 60, "床" * 60),
        ("床" * 61, None),
    ],
)
def test_a_caption_is_made_of_the_short_lines_above(above: str, caption: str | None) -> None:
    (table,), _, _ = read(
        f"关于分配指标的通知\n一、床位\n现分配如下。\n{above}\n地区\t数量\t备注\n东区\t12\t已建\n"
    )
    assert table.caption == caption


LONG, LONGER = "甲" * 20, "甲" * 41  # the longest title of a column; words too long for any head


@pytest.mark.parametrize(
    ("rows", "heads"),
    [
        (["地区\t数量\t备注", "东区\t12\t已建"], 1),
        (["2025年\t\t2026年", "总数\t新增\t总数", "5\t2\t7"], 2),
        (["地区\t负责人\t备注", "东区\t甲某\t已建"], 1),  # words alone: the first row
        ([f"{LONG}\t负责人\t备注", "东区\t甲某\t已建"], 1),
        ([f"{LONG}甲\t负责人\t备注", "东区\t甲某\t已建"], 0),  # no titles
        (["地区\t负责人\t备注"], 0),  # nothing below
        (["东区\t12\t已建", "西区\t7\t在建"], 0),  # figures from the first row on
        (["类型\t说明\t备注", f"甲类\t{LONGER}\t无"], 1),
        ([f"类型\t{LONGER}\t备注", "甲类\t乙\t无"], 0),
        (["工作清单\t\t", "序号\t任务\t责任单位", "1\t建库\t市水利局"], 2),
        (["部门\t职责\t备注", "市水利局\t建设水库\t无"], 1),
    ],
)
def test_how_many_rows_head_a_table(rows: list[str], heads: int) -> None:
    (table,), _, _ = read("关于分配指标的通知\n一、床位\n现分配如下。\n表\n" + "\n".join(rows) + "\n")
    under = {c.row for c in table.cells if c.col_header is not None}
    assert under == set(range(heads, table.n_rows)) if heads else not under
    assert all(c.row_header is None for c in table.cells if c.row < heads or c.col == 0)


def test_a_head_stands_over_its_columns_alone() -> None:
    """地区 | 床位: 公办 民办 | 备注 – the head of two columns is over these, and a cell of two lines is one."""
    source = Source(
        "a.docx", "0", "x",
        tuple(
            Line(words, cell=CellRef(0, row, col, 1, span))
            for row, col, span, words in (
                (0, 0, 1, "地区"), (0, 1, 2, "床位"), (0, 3, 1, "备注"),
                (1, 1, 1, "公办"), (1, 2, 1, "民办"), (2, 0, 1, "东区"), (2, 1, 1, "12"), (2, 2, 1, "8"), (2, 3, 1, "已建"),
                (2, 3, 1, "在用"),
            )
        ), False,
    )  # fmt: skip
    normal = normalise(source)
    (table,) = tables(normal, [Clause("0", "preamble", Span(0, len(normal.text)), 0)])
    assert [(c.text, c.col_header, c.row_header) for c in table.cells if c.row == 2] == [
        ("东区", "地区", None), ("12", "床位 公办", "东区"), ("8", "床位 民办", "东区"), ("已建\n在用", "备注", "东区"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "value"),
    [("1,200", 1200), ("85%", 85), ("-3", -3), ("2.5", Decimal("2.5")), ("9" * 20, int("9" * 20)), ("9" * 21, None),
     ("约12", None), ("1,20", None)],
)  # fmt: skip
def test_the_value_of_a_cell(words: str, value: Decimal | int | None) -> None:
    (table,), _, _ = read(
        f"关于分配指标的通知\n一、床位\n现分配如下。\n表\n地区\t数量\t备注\n东区\t{words}\t无\n"
    )
    assert [c.value for c in table.cells if (c.row, c.col) == (1, 1)] == [value]


ROWS = (
    "附件1\n任务分工表\n序号\t任务\t责任单位\n1\t到2026年新建一批社区养老服务设施，完善居家养老服务网络。\t市民政局牵头\n"
    "2\t建立养老机构综合监管制度，依法严肃查处各类违法行为。\t市市场监管局\n3\t举办老年运动会。\t市体育局\n"
)


def test_a_task_row_is_tied_to_the_clause_it_restates() -> None:
    _, found, refs = read(BODY + ROWS)
    tied = [(refs[x.source], refs[x.target], x.score) for x in found if isinstance(x, Link)]
    assert [(row, clause) for row, clause, _ in tied] == [("a1.1", "1"), ("a1.2", "2")]
    assert tied[0][2] == 1.0 and 0.3 <= tied[1][2] < 0.97
    assert tied[1][2] == round(tied[1][2], 3)
    told = [x for x in found if isinstance(x, Finding)]
    assert [(x.severity, x.code, refs[x.clause or 0]) for x in told] == [
        ("info", "row-differs", "a1.2"), ("info", "row-without-clause", "a1.3"),
    ]  # fmt: skip
    assert told[0].message == f"第2行与正文不同：有{1 - tied[1][2]:.0%}的文字在对应条款中没有"
    assert told[1].message == "第3行在正文中找不到对应的条款"
    assert all(x.span is not None for x in told)


def test_a_row_without_a_number_is_named_by_its_ref_and_an_annex_is_no_body() -> None:
    """The row restates a rule of the annex itself: it is tied to no clause of the body."""
    annex = "附件1\n任务分工表\n一、说明\n举办全市老年运动会并且评选先进单位。\n序号\t任务\t责任单位\n"
    _, found, _ = read(BODY + annex + "1\t举办全市老年运动会并且评选先进单位。\t市体育局\n")
    assert [type(x) for x in found] == [Finding]
    assert (
        read("任务分工表\n序号\t任务\t责任单位\n1\t举办全市老年运动会并且评选先进单位。\t市体育局\n")[1] == []
    )
