"""Files of a comparison: sheets a kind of fact, rows that fit, spreadsheets that run nothing."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook

from extractor.compare.columns import Column
from extractor.compare.duties import Duty, DutyRow
from extractor.compare.fact_rows import FactCell, FactRow
from extractor.compare.files import write
from extractor.compare.files.facts import listed, said, sheets
from extractor.compare.files.sheet import LINES, Look, blocks, lines
from extractor.compare.table import Cell, Entry, GapRow, Row, Table

WEST = FactCell(
    "w.1_t1", "w.1", "婴儿死亡率 ≤5‰（2025）", 5.0, "‰", "2025", 0.005, "1", "5‰ = 0.005", "", (), "", "", "", "5‰"
)  # fmt: skip
EAST = WEST._replace(
    fact_id="e.2_t1", clause_id="e.2", words="婴幼儿死亡率 ≤4‰（2024）", value=4.0, deadline="2024",
    relation="close", differs=("婴儿", "婴幼儿"), verdict="lower", deadline_verdict="earlier",
)  # fmt: skip
LONG = "。".join(f"第{n}项工作由各单位按照职责分工抓好落实" for n in range(80)) + "。"


def entry(clause: str, text: str) -> Entry:
    return Entry(clause, "1 一、 第4页", "死亡率", text, 0.9, ("死亡率",), (), ("区卫健委",))


TABLE = Table(
    "死亡率",
    (Column("1", "西区", ("w",), ("西区方案",)), Column("2", "东区", ("e",), ("东区方案",))),
    (
        Row(
            "死亡率",
            (Cell("present", (entry("w.1", LONG),)), Cell("present", (entry("e.2", "=1+1 降低。"),))),
        ),
        Row(
            "接种",
            (Cell("present", (entry("w.1", "接种。"),)), Cell("未能识别", (), reason="“接种”见于 e.3")),
        ),
    ),
    facts=(FactRow("target", "死亡率", "婴儿死亡率", ((WEST,), (EAST,))),),
    duties=(DutyRow("死亡率", "卫生健康", ((Duty("区卫健委", "lead", "w.1"),), ())),),
    gaps=(GapRow("接种", "东区", "未能识别", "“接种”见于 e.3", ("西区",)),),
)


def test_what_a_fact_says_against_the_first() -> None:
    assert said(WEST) == "婴儿死亡率 ≤5‰（2025）"
    assert said(EAST) == "婴幼儿死亡率 ≤4‰（2024）〔相近：婴儿/婴幼儿；低于；早于〕"


def test_sheets_hold_numbers_as_numbers() -> None:
    found = {sheet.name: sheet for sheet in (*sheets(TABLE), listed(TABLE))}
    assert [name for name, sheet in found.items() if sheet.rows] == ["指标", "职责", "缺项", "明细"]
    assert found["指标"].rows == (("死亡率", "婴儿死亡率", 5.0, said(WEST), 4.0, said(EAST)),)
    assert found["职责"].rows == (("死亡率", "卫生健康", "牵头：区卫健委", ""),)
    assert found["缺项"].rows == (("接种", "东区", "未能识别", "“接种”见于 e.3", "西区"),)
    heads = [head for head, _ in found["明细"].heads]
    row = dict(zip(heads, found["明细"].rows[1], strict=True))
    assert (row["数值"], row["折算值"], row["数值比较"], row["条款"]) == (4.0, 0.005, "低于", "e.2")
    for sheet in found.values():
        assert all(len(row) == len(sheet.heads) for row in sheet.rows)


def test_xlsx_has_a_sheet_a_kind_of_fact(tmp_path: Path) -> None:
    write(TABLE, tmp_path / "t.xlsx")
    with zipfile.ZipFile(tmp_path / "t.xlsx") as book:
        names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
        pages = [book.read(f"xl/worksheets/sheet{n + 1}.xml").decode() for n in range(len(names))]
        words = re.sub(r"<[^>]+>", "", book.read("xl/sharedStrings.xml").decode())
    assert names == ["条文", "指标", "职责", "缺项", "明细"]
    assert all('state="frozen"' in page and "<autoFilter" in page and "landscape" in page for page in pages)
    assert "<v>5</v>" in pages[1] and "<v>0.005</v>" in pages[4]
    assert max(float(height) for page in pages for height in re.findall(r'ht="([\d.]+)"', page)) <= 409
    assert LONG.split("。")[79] in words and "第4页" in words  # nothing of a long clause is cut off


def test_html_and_docx_show_the_facts(tmp_path: Path) -> None:
    from docx import Document

    write(TABLE, tmp_path / "t.html")
    write(TABLE, tmp_path / "t.docx")
    page = (tmp_path / "t.html").read_text("utf-8")
    document = Document(str(tmp_path / "t.docx"))
    for place in (page, "\n".join(c.text for t in document.tables for r in t.rows for c in r.cells)):
        assert all(words in place for words in (said(EAST), "牵头：区卫健委", "“接种”见于 e.3"))
    assert len(document.tables) == 4 and all("tblHeader" in t.rows[0]._tr.xml for t in document.tables)


def test_csv_runs_nothing_and_json_holds_everything(tmp_path: Path) -> None:
    row = Row("=cmd()", TABLE.rows[0].cells)
    write(Table("t", TABLE.columns, (row,), TABLE.facts), tmp_path / "t.csv")
    rows = list(csv.reader(io.StringIO((tmp_path / "t.csv").read_text("utf-8-sig"))))
    assert rows[1][0] == "'=cmd()"
    write(TABLE, tmp_path / "t.json")
    data = json.loads((tmp_path / "t.json").read_text("utf-8"))
    assert data["facts"][0]["cells"][1][0]["differs"] == ["婴儿", "婴幼儿"]
    assert data["gaps"][0]["present"] == ["西区"] and data["duties"][0]["cells"][0][0]["role"] == "lead"


@given(st.lists(st.text(st.sampled_from("托育服务。；\n1a"), max_size=400), max_size=6))
def test_blocks_fit_a_row_and_lose_nothing(texts: list[str]) -> None:
    with Workbook(io.BytesIO()) as book:
        look = Look(book)
        book.add_worksheet()
    parts = [(look.plain if n % 2 else look.new, text) for n, text in enumerate(texts)]
    found = list(blocks(parts, 40))
    assert "".join(words for block in found for _, words in block) == "".join(texts)
    for block in found:
        text = "".join(words for _, words in block)
        assert lines(text, 40) <= LINES or len(block) == 1
