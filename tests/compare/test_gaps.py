"""Matters that most have and one has not: silent, or not parsed with confidence; and who is compared at all."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from extractor.cli import main
from extractor.compare.details import detailed
from extractor.compare.gaps import missing
from extractor.compare.silence import of_words, readings, silence
from extractor.compare.table import compare
from extractor.compare.topics import topic
from extractor.compare.update import update
from tests.compare import farming

CORPORA = Path(__file__).parents[2] / "corpora"
NOTICE = """甲县育儿支持实施方案

一、发放津贴
（一）育儿津贴。对二孩家庭发放育儿津贴。（责任单位：县托位管理中心）
（二）规范收费。按照《托位建设指南》执行，护理假另行规定，每月3次元的标准。
二、加强宣传
（三）广泛宣传。开展政策宣传。
"""


def ingested(path: Path, *sources: Path) -> sqlite3.Connection:
    result = CliRunner().invoke(main, ["ingest", *map(str, sources), "--db", str(path)])
    assert result.exit_code == 0, result.output
    return sqlite3.connect(path)


@pytest.fixture
def notice(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    (tmp_path / "a.txt").write_text(NOTICE, "utf-8")
    with closing(ingested(tmp_path / "p.db", tmp_path / "a.txt")) as db:
        yield db


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    folder = tmp_path_factory.mktemp("gaps")
    (folder / "farming.txt").write_text(farming.A.replace("甲县", "崇仁县"), "utf-8")
    with closing(ingested(folder / "p.db", *CORPORA.glob("*.txt"), folder / "farming.txt")) as db:
        update(db)
        yield db


@pytest.mark.parametrize(
    ("words", "state", "said"),
    [
        (["公积金"], "silent", ""),
        (["育儿津贴"], "unparsed", "未归入此事"),
        (["托位"], "unparsed", "只在单位名单或所引文件名中"),
        (["?护理假"], "unparsed", "只是线索，未归入此事"),
        (["护理假…标准"], "unparsed", "“护理假…标准”"),
        (["护理假", "-护理假另行规定"], "silent", ""),
    ],
)
def test_why_a_notice_has_no_clause_on_a_matter(
    notice: sqlite3.Connection, words: list[str], state: str, said: str
) -> None:
    documents = [name for (name,) in notice.execute("select id from documents")]
    found = silence(topic("t", "事", words), readings(notice, documents).values())
    assert found.state == state and said in found.reason
    assert bool(found.reason) == (state == "unparsed")


def test_a_place_that_was_not_read_with_confidence_is_said(notice: sqlite3.Connection) -> None:
    ((document, clause),) = notice.execute(
        "select document_id, id from clauses where text like '%护理假%'"
    ).fetchall()
    with notice:
        notice.execute(
            "insert into findings values (?, ?, ?, 'warning', 'doubtful-line', '此行字迹不清', null, null)",
            (f"{document}.f9", document, clause),
        )
    found = silence(topic("t", "事", ["?护理假"]), readings(notice, [document]).values())
    assert "该处读得不可靠" in found.reason


def test_a_notice_with_an_unread_page_is_not_silent(notice: sqlite3.Connection) -> None:
    (document,) = notice.execute("select id from documents").fetchone()
    assert of_words(["公积金"], readings(notice, [document]).values()).state == "silent"
    with notice:
        notice.execute(
            "insert into findings values (?, ?, null, 'error', 'page-without-text', '第3页没有文字', null, null)",
            (f"{document}.f9", document),
        )
    notices = readings(notice, [document]).values()
    for found in (silence(topic("t", "事", ["公积金"]), notices), of_words(["公积金"], notices)):
        assert found == ("unparsed", "第3页没有文字")


def test_only_places_with_notices_of_the_subject_are_compared() -> None:
    care = {"托位", "补助", "监管", "宣传"}
    places = {"甲": care, "乙": care, "丙": care, "丁": care - {"补助"}, "戊": {"农田", "灌溉", "宣传"}}
    names = set().union(*places.values())
    present = {name: {place for place, own in places.items() if name in own} for name in names}
    assert list(missing(present)) == [("补助", "丁", 3, 4)]


@pytest.mark.parametrize(
    "present",
    [
        {"甲事": {"1", "2"}, "乙事": {"1", "2", "3", "4"}, "丙事": {"1", "2", "3", "4"}},  # half have it
        {"甲事": {"1"}, "乙事": {"1", "2"}, "丙事": {"1", "2"}},  # two places are no majority of others
        {"甲事": {"1", "2", "3"}, "乙事": {"1", "2", "3"}},  # all have it
        {},
    ],
)
def test_no_gap_is_told_where_most_do_not_have_the_matter(present: dict[str, set[str]]) -> None:
    assert not list(missing(present))


def test_the_table_of_gaps_tells_the_silent_from_the_unparsed(corpus: sqlite3.Connection) -> None:
    rows = {
        (name, place): (state, reason)
        for name, place, state, reason in corpus.execute(
            "select t.name, j.short_name, g.state, g.reason from topic_gaps g "
            "join topics t on t.id = g.topic_id join jurisdictions j on j.id = g.jurisdiction_id"
        )
    }
    assert rows["公积金", "新建区"] == ("silent", None)
    state, reason = rows["假期", "漳州市"]
    assert state == "unparsed" and "护理假" in reason
    assert not any(place == "崇仁县" and name in ("公积金", "假期", "托位供给") for name, place in rows)


def test_gaps_are_told_of_places_that_have_no_clause(corpus: sqlite3.Connection) -> None:
    sql = """select count(*) from topic_gaps g join clause_topics ct using (topic_id) join clauses c on c.id = ct.clause_id
      join documents d on d.id = c.document_id and d.jurisdiction_id = g.jurisdiction_id"""
    assert corpus.execute(sql).fetchone() == (0,)
    assert corpus.execute("select count(*) from topic_gaps where 2 * present <= compared").fetchone() == (0,)


def test_a_comparison_shows_gaps_facts_and_duties(corpus: sqlite3.Connection) -> None:
    places = ("漳州市", "西湖区", "新建区", "陆河县", "维西傈僳族自治县")
    table = detailed(corpus, compare(corpus, topics=("母婴安全", "公积金", "假期"), jurisdictions=places))
    gaps = {(row.matter, row.column): row for row in table.gaps}
    assert gaps["公积金", "南昌市新建区"].state == "未提及"
    assert gaps["假期", "漳州市"].state == "未能识别" and "护理假" in gaps["假期", "漳州市"].reason
    cells = {row.matter: row.cells for row in table.rows}
    assert cells["假期"][0].reason == gaps["假期", "漳州市"].reason
    rates = next(row for row in table.facts if row.name == "婴儿死亡率")
    weixi = rates.cells[4][0]
    assert (weixi.relation, weixi.verdict, weixi.deadline_verdict) == ("close", "higher", "equal")
    assert (weixi.differs, weixi.words) == (("婴儿／婴幼儿",), "婴幼儿死亡率 ≤4‰（2025）")
    assert rates.cells[0][0].relation == "" and all(len(cell) <= 1 for cell in rates.cells)
    health = next(row for row in table.duties if (row.matter, row.sector) == ("母婴安全", "卫生健康"))
    assert [(d.unit, d.role) for d in health.cells[0]] == [("市卫健委", "lead")]
    assert any(d.role == "lead" for d in health.cells[4])  # said in the row of a task table


def test_each_fact_of_a_comparison_stands_in_one_row(corpus: sqlite3.Connection) -> None:
    table = detailed(corpus, compare(corpus, topics=("总体目标", "母婴安全", "托位供给", "出生缺陷")))
    ids = [cell.fact_id for row in table.facts for own in row.cells for cell in own]
    assert len(ids) == len(set(ids)) > 20
    shown = " ".join(e.text for row in table.rows for cell in row.cells for e in cell.entries)
    assert all(len(own) <= 1 for row in table.facts for own in row.cells)
    assert all(cell.quote in shown for row in table.facts for own in row.cells for cell in own)
    assert json.dumps([row._asdict() for row in table.facts], ensure_ascii=False)
