"""`extractor compare`: matters × jurisdictions, and each kind of file."""

from __future__ import annotations

import csv
import json
import re
import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from docx import Document

from extractor.check import check
from extractor.cli import main
from extractor.compare.table import QUERIES, CompareError, Table, compare
from extractor.compare.topics import topic
from extractor.compare.update import update

CORPORA = Path(__file__).parents[2] / "corpora"


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("compare") / "p.db"
    assert run("ingest", str(CORPORA), "--db", str(path)).exit_code == 0
    with closing(sqlite3.connect(path)) as db:
        update(db)
    return path


def table(
    database: Path, *, topic: str | None = None, query: str | None = None, jurisdictions: tuple[str, ...] = ()
) -> Table:
    with closing(sqlite3.connect(database)) as db:
        return compare(db, topics=(topic,) if topic else (), query=query, jurisdictions=jurisdictions)


def test_a_jurisdiction_that_is_silent_is_told_from_one_that_was_not_understood(database: Path) -> None:
    found = table(database, topic="公积金")
    states = dict(
        zip((column.name for column in found.columns), (c.state for c in found.rows[0].cells), strict=True)
    )
    assert states["漳州市"] == "present"
    assert states["南昌市新建区"] == "未提及"


def test_a_topic_above_others_gives_a_row_for_each(database: Path) -> None:
    found = table(database, topic="住房与税收", jurisdictions=("漳州市", "360103"))
    assert [row.matter for row in found.rows] == ["公租房", "公积金", "个税"]
    assert [column.name for column in found.columns] == ["漳州市", "南昌市西湖区"]


def test_text_is_of_the_clause_and_figures_are_of_the_text(database: Path) -> None:
    with closing(sqlite3.connect(database)) as db:
        found = compare(db, query="托位")
        texts = dict(db.execute("select id, text from clauses"))
    entries = [entry for row in found.rows for cell in row.cells for entry in cell.entries]
    assert entries
    for entry in entries:
        assert "托位" in entry.text
        for sentence in re.split("……|。", entry.text):
            assert sentence in texts[entry.clause_id]
        assert all(figure.quote in entry.text for figure in entry.figures)


def test_a_table_costs_a_fixed_number_of_queries(database: Path) -> None:
    statements: list[str] = []
    with closing(sqlite3.connect(database)) as db:
        db.set_trace_callback(statements.append)
        for words, names in ((None, ("公积金", "住房与税收")), ("托位", ()), ("没有的词", ())):
            statements.clear()
            compare(db, query=words, topics=names)
            own = [each for each in statements if not each.startswith("--")]
            assert len(own) <= QUERIES, own


def test_what_a_task_table_says_of_duties_counts_for_its_clause(database: Path) -> None:
    found = table(database, topic="托位供给", jurisdictions=("533423",))
    assert any("县卫生健康局" in entry.leads for entry in found.rows[0].cells[0].entries)


def test_what_is_not_there_is_named(database: Path) -> None:
    with pytest.raises(CompareError, match="Did you mean 托位供给"):
        table(database, topic="托位")
    with pytest.raises(CompareError, match="火星"):
        table(database, query="托位", jurisdictions=("火星",))


def test_csv_begins_with_a_byte_order_mark(database: Path, tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    assert run("compare", str(database), "--topic", "公租房", "-o", str(file)).exit_code == 0
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    head, row = csv.reader(file.read_text("utf-8-sig").splitlines(keepends=True))
    assert head[0] == "事项" and row[0] == "公租房" and len(row) == len(head)


def test_json_holds_the_table(database: Path, tmp_path: Path) -> None:
    file = tmp_path / "t.json"
    run("compare", str(database), "--topic", "公租房", "-o", str(file))
    data = json.loads(file.read_text("utf-8"))
    assert data["rows"][0]["matter"] == "公租房"
    assert len(data["rows"][0]["cells"]) == len(data["columns"])


def test_html_needs_nothing_else(database: Path, tmp_path: Path) -> None:
    file = tmp_path / "t.html"
    run("compare", str(database), "--query", "托位", "-o", str(file))
    page = file.read_text("utf-8")
    assert page.count("<td>") >= 5 and not any(
        word in page for word in ("<script", "http:", "https:", "src=")
    )


def test_docx_is_landscape_and_repeats_its_head(database: Path, tmp_path: Path) -> None:
    file = tmp_path / "t.docx"
    assert run("compare", str(database), "--topic", "计生家庭奖扶", "-o", str(file)).exit_code == 0
    document = Document(str(file))
    section, grid = document.sections[0], document.tables[0]
    assert section.page_width > section.page_height
    assert "tblHeader" in grid.rows[0]._tr.xml
    runs = [r for cell in grid.rows[1].cells[1:] for p in cell.paragraphs for r in p.runs]
    assert any(r.font.underline for r in runs) and all("eastAsia" in r._element.xml for r in runs)


def test_xlsx_has_frozen_heads_filters_and_numbers(database: Path, tmp_path: Path) -> None:
    file = tmp_path / "t.xlsx"
    assert run("compare", str(database), "--query", "托位", "-o", str(file)).exit_code == 0
    with zipfile.ZipFile(file) as book:
        sheets = [book.read(f"xl/worksheets/sheet{n}.xml").decode() for n in (1, 2)]
    assert all('state="frozen"' in sheet and "<autoFilter" in sheet for sheet in sheets)
    assert "<v>4.5</v>" in sheets[1]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("-o", "t.csv"), 2, "either"),
        (("--topic", "a", "--query", "b", "-o", "t.csv"), 2, "either"),
        (("--topic", "公租房", "-o", "t.odt"), 1, ".docx"),
        (("--topic", "没有的主题", "-o", "t.csv"), 1, "--query"),
    ],
)
def test_wrong_usage_names_the_remedy(database: Path, words: tuple[str, ...], status: int, said: str) -> None:
    result = run("compare", str(database), *words)
    assert result.exit_code == status and said in result.stderr


# --- the tables that it fills ------------------------------------------------------------------------


def test_the_invariants_hold_and_a_second_update_does_nothing(database: Path) -> None:
    with closing(sqlite3.connect(database)) as db:
        assert not list(check(db))
        assert update(db) == (0, 0)


def test_documents_that_come_one_by_one_give_the_same_rows(database: Path, tmp_path: Path) -> None:
    path = tmp_path / "p.db"
    for source in reversed(sorted(CORPORA.glob("*.txt"))):
        assert run("ingest", str(source), "--db", str(path)).exit_code == 0
        with closing(sqlite3.connect(path)) as db:
            assert update(db).documents == 1
    for name in ("topics", "clause_topics", "clause_pairs", "compared"):
        with closing(sqlite3.connect(path)) as one, closing(sqlite3.connect(database)) as other:
            rows = [sorted(db.execute(f"select * from {name}"), key=repr) for db in (one, other)]
        assert rows[0] == rows[1], name


def test_another_list_of_topics_takes_the_place_of_the_first(database: Path, tmp_path: Path) -> None:
    path = tmp_path / "p.db"
    shutil.copy(database, path)
    with closing(sqlite3.connect(path)) as db:
        assert update(db, topics=[topic("fund", "基金", ["公积金"])]).documents == 5
        assert update(db) == (0, 0)  # the list stays
        listed = db.execute("select id from topics where origin = 'list'").fetchall()
        assert listed == [("fund",)]
        assert compare(db, topics=("基金",)).rows[0].matter == "基金"


def test_a_document_that_left_leaves_nothing_behind(database: Path, tmp_path: Path) -> None:
    path = tmp_path / "p.db"
    shutil.copy(database, path)
    (tmp_path / "xihu.txt").write_text("关于停止执行的通知\n\n一、停止执行。原方案停止执行。\n", "utf-8")
    assert run("ingest", str(tmp_path / "xihu.txt"), "--db", str(path)).exit_code == 0
    with closing(sqlite3.connect(path)) as db:
        update(db)
        names = {name for (name,) in db.execute("select document_id from compared")}
        assert names == {name for (name,) in db.execute("select id from documents")}
        assert not list(check(db))
