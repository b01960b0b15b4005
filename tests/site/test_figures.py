"""FIGURES: what each chart is drawn from, and that its table, its CSV and the database say the same."""

from __future__ import annotations

import csv
import re
import sqlite3
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest

from extractor.lexicon.families import child_orders
from extractor.site.questions.charts import Chart, FiguresAsked, measured, number
from extractor.site.questions.figures import QUERIES, VIEWS, chart, chart_csv
from tests.site.comparing import compared
from tests.site.opening import answer, opened, page, questions_of
from tests.stored import built, notice

PLACES_CHILDCARE = "每千人口3岁以下婴幼儿托位数"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compared(tmp_path_factory.mktemp("figures"))


def drawn(
    database: Path, view: str, *, names: tuple[str, ...] = (), jurisdictions: tuple[str, ...] = ()
) -> Chart:
    wanted = FiguresAsked(view, jurisdictions, names, day="2024-05-01")
    found = answer(database, chart, wanted)
    assert isinstance(found, Chart)
    return found


@pytest.mark.parametrize(
    ("value", "shown"), [(4.5, "4.5"), (2000, "2000"), (2000.0, "2000"), (0.00008, "0.00008"), (None, "")]
)
def test_a_number_keeps_all_its_digits(value: float | None, shown: str) -> None:
    assert number(value) == shown


@pytest.mark.parametrize(
    ("comparator", "high", "said"),
    [(">=", None, "≥4.5个"), ("=", None, "4.5个"), ("=", 5, "4.5–5个"), ("~", None, "≈4.5个")],
)
def test_a_measure_is_said_with_its_comparator(comparator: str, high: float | None, said: str) -> None:
    assert measured(comparator, 4.5, high, "个") == said


@pytest.mark.parametrize(
    ("beneficiary", "orders"),
    [
        ("新出生的二孩", ("二孩",)),
        ("二孩、三孩幼儿", ("二孩", "三孩")),
        ("第一个子女", ("一孩",)),
        ("生育妇女", ()),
        (None, ()),
    ],
)
def test_the_order_of_a_child_is_what_the_beneficiary_says(
    beneficiary: str | None, orders: tuple[str, ...]
) -> None:
    assert child_orders(beneficiary) == orders


def test_names_that_mean_the_same_are_one_choice_and_alike_ones_are_offered_beside(database: Path) -> None:
    found = drawn(database, "targets")
    choice = next(choice for choice in found.choices if PLACES_CHILDCARE in choice.names)
    assert choice.documents == 3 and "每千人口婴幼儿托位数" in choice.names
    chosen = drawn(database, "targets", names=choice.names)
    assert {mark.cells[0] for mark in chosen.marks} == {"西湖区", "陆河县", "漳州市"}
    assert "每千常住人口婴幼儿托位" in {near.label for near in chosen.near}
    assert {place.label for place in chosen.absent} == {"新建区", "维西傈僳族自治县"}


def test_marks_equal_the_database_to_the_last_digit(database: Path) -> None:
    with closing(sqlite3.connect(database)) as db:
        stored = {
            (f"/-/d/{clause.partition('.')[0]}#{clause.partition('.')[2]}", number(value))
            for clause, value in db.execute("select clause_id, value from targets")
        }
    for choice in drawn(database, "targets").choices:
        for mark in drawn(database, "targets", names=choice.names).marks:
            assert (mark.path, mark.x) in stored


def test_a_row_of_a_task_table_is_not_counted_again(database: Path) -> None:
    assert not [mark for mark in drawn(database, "benefits").marks if mark.path and "#a2." in mark.path]
    assert [mark for mark in drawn(database, "benefits").marks if mark.path == "/-/d/weixi-2023-15#5.14"]


def test_sums_for_institutions_are_no_benefits_of_a_family(database: Path) -> None:
    cells = [mark.cells for mark in drawn(database, "benefits").marks]
    assert ("二孩",) in {cell[5:6] for cell in cells} and not [
        cell for cell in cells if "托育机构" in str(cell[6])
    ]


def test_only_leave_is_shown_unless_more_is_asked_for(database: Path) -> None:
    assert {str(mark.cells[1])[-1] for mark in drawn(database, "leave").marks} == {"假"}
    assert drawn(database, "leave", names=("贷款期限",)).marks


def test_duties_of_a_task_table_count_for_the_clause_it_restates(database: Path) -> None:
    found = drawn(database, "heat", jurisdictions=("533423",))
    health = {mark.cells[1]: mark.cells[3] for mark in found.marks if mark.cells[0] == "卫生健康"}
    assert health["托位供给"] != "0"
    for mark in found.marks:
        total, lead, support, others = map(int, map(str, mark.cells[2:]))
        assert max(lead, support, others) <= total <= lead + support + others and mark.query[0][0] == "topic"


def test_a_year_is_drawn_at_its_end_and_printed_as_stated(database: Path) -> None:
    marks = [mark for mark in drawn(database, "time").marks if mark.symbol == "deadline"]
    assert ("2025-12-31", "2025") in {(mark.x, mark.label) for mark in marks}
    assert (None, "--11-30") in {(mark.x, mark.label) for mark in marks}


def test_of_a_notice_without_a_day_nothing_is_inferred(database: Path) -> None:
    luhe = next(
        mark
        for mark in drawn(database, "time").marks
        if mark.symbol == "validity" and mark.cells[0] == "陆河县"
    )
    assert (luhe.x, luhe.x_to) == (None, None)


def test_what_most_notices_cite_comes_first(database: Path) -> None:
    found = drawn(database, "cited")
    assert dict(found.says)["by"] == len({mark.y for mark in found.marks if mark.x == found.marks[0].x}) == 3


def test_shared_wording_leads_to_the_clause_with_most_of_it(database: Path) -> None:
    mark = drawn(database, "reuse").marks[0]
    first, second = str(mark.cells[4]).split(" ↔ ")
    with closing(sqlite3.connect(database)) as db:
        (shared,) = db.execute(
            "select shared_text from clause_pairs where a_id = ? and b_id = ?", (first, second)
        ).fetchone()
    assert 0 < shared <= int(mark.label)


@pytest.mark.parametrize("view", VIEWS)
def test_every_mark_leads_to_its_words_and_the_table_comes_as_csv(database: Path, view: str) -> None:
    html, table = opened(database, f"/-/f?view={view}", f"/-/f.csv?view={view}")
    rows = list(csv.reader(StringIO(table.text.removeprefix("\ufeff"))))
    assert len(rows) - 1 == len(re.findall(r'<tr class="mark', html.text)) > 0
    links = set(re.findall(r'<a href="(/-/[du]/[^"]+)"', html.text.replace("&amp;", "&")))
    assert {row[-1] for row in rows[1:]} <= links
    assert "<figcaption>" in html.text and {len(row) for row in rows} == {len(rows[0])}


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_asks_a_fixed_number_of_questions(database: Path, view: str) -> None:
    assert questions_of(database, f"/-/f?view={view}") <= QUERIES


def test_nothing_to_draw_says_what_to_do(tmp_path: Path) -> None:
    path = built(tmp_path, [notice()], "policies.db")
    assert "extractor compare" in page(path, "/-/f?view=heat")
    assert "换一个名称" in page(path, "/-/f?view=leave&i=没有")


def test_no_cell_of_a_csv_is_a_formula() -> None:
    assert chart_csv(["甲"], [["=1+1"], ["@x"], ["-5"], ["5"]]).split() == ["甲", "'=1+1", "'@x", "'-5", "5"]


@pytest.mark.parametrize("path", ["/-/f?view=none", "/-/f?j=none", "/-/f?i=none", "/-/f?q=%00"])
def test_odd_addresses_are_answered(database: Path, path: str) -> None:
    assert "<h1>" in page(database, path)
