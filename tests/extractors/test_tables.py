"""Tables with their headers, and the clauses that task rows restate."""

from __future__ import annotations

from decimal import Decimal

from extractor.clauses import build
from extractor.extractors.tables import tables
from extractor.extractors.task_links import links
from extractor.model import Finding, Link, Table
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


ROWS = (
    "附件1\n任务分工表\n序号\t任务\t责任单位\n1\t到2026年新建一批社区养老服务设施，完善居家养老服务网络。\t市民政局牵头\n"
    "2\t建立养老机构综合监管制度，依法严肃查处各类违法行为。\t市市场监管局\n3\t举办老年运动会。\t市体育局\n"
)


def test_a_task_row_is_tied_to_the_clause_it_restates() -> None:
    _, found, refs = read(BODY + ROWS)
    tied = [(refs[x.source], refs[x.target], x.score) for x in found if isinstance(x, Link)]
    assert [(row, clause) for row, clause, _ in tied] == [("a1.1", "1"), ("a1.2", "2")]
    assert tied[0][2] == 1.0 and 0.3 <= tied[1][2] < 0.97
    told = [(x.code, refs[x.clause or 0]) for x in found if isinstance(x, Finding)]
    assert told == [("row-differs", "a1.2"), ("row-without-clause", "a1.3")]
