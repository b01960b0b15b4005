"""COMPARE as a browser gets it: the matrix, what differs, what is not there, and the table as a file."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from extractor.cli import main
from extractor.compare.table import QUERIES as OF_TABLE
from extractor.site.questions.compare import QUERIES, CompareAsked, Comparison, comparison
from tests.site.comparing import compared
from tests.site.opening import answer, opened, page, questions_of
from tests.stored import built, notice

FOUR = ("360103", "441523", "350600", "533423")
PLACES = "&".join(f"j={code}" for code in FOUR)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compared(tmp_path_factory.mktemp("compare"))


def asked(database: Path, wanted: CompareAsked) -> Comparison:
    found = answer(database, comparison, wanted)
    assert isinstance(found, Comparison)
    return found


def test_words_are_compared_with_figures_clauses_and_units(database: Path) -> None:
    html = page(database, f"/-/c?q=托位&{PLACES}")
    assert html.count('scope="col"') == 5 and "南昌市西湖区" in html
    assert 'href="/-/d/xihu-2023-8#2.3.10"' in html
    assert "每千人口婴幼儿托位数 4.5个（2025）" in html and "每千人口婴幼儿托位数达到4.5个" in html
    assert re.search(r'href="/-/u/[^"]+">区教体局|区卫健委</a>', html)


def test_the_state_of_the_page_is_in_its_address(database: Path) -> None:
    wanted = CompareAsked(FOUR, topics=("leave", "childcare-places"), pin="350600", tab="533423")
    found = asked(database, wanted)
    assert found.asked == CompareAsked(
        ("350600", "360103", "441523", "533423"), ("leave", "childcare-places"), "", "350600", "533423"
    )
    assert [row.matter for row in found.rows] == ["假期", "托位供给"]
    last = asked(database, CompareAsked(FOUR, topics=("leave",), pin="533423"))
    assert last.asked.jurisdictions == ("533423", "360103", "441523", "350600")
    html = page(database, f"/-/c?topic=leave&{PLACES}&pin=350600")
    assert (
        'href="/-/c.docx?j=350600&amp;j=360103&amp;j=441523&amp;j=533423&amp;topic=leave&amp;pin=350600"'
        in html
    )


def test_the_others_show_what_differs_from_the_pinned_column(database: Path) -> None:
    found = asked(database, CompareAsked(jurisdictions=FOUR, topics=("family-awards",)))
    shown = [item for cell in found.rows[0].cells for item in cell.entries]
    assert {item.likeness for item in found.rows[0].cells[0].entries} == {"pinned"}
    marked = [item for item in shown if item.likeness == "marked"]
    assert marked
    for item in shown:
        assert "".join(stretch.text for stretch in item.stretches) == item.entry.text
    pinned = "".join(item.entry.text for item in found.rows[0].cells[0].entries)
    for item in marked:
        assert any(stretch.text in pinned for stretch in item.stretches if not stretch.new)
    assert f"<ins>{next(s.text for s in marked[0].stretches if s.new)}</ins>" in page(
        database, f"/-/c?topic=family-awards&{PLACES}"
    )


def test_silence_is_told_from_what_was_not_understood(database: Path, tmp_path: Path) -> None:
    path = tmp_path / "policies.db"
    path.write_bytes(database.read_bytes())
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(
            "delete from clause_topics where topic_id = 'housing-fund' and clause_id like 'zhangzhou%'"
        )
    html = page(path, "/-/c?topic=housing-fund&j=350600&j=360112")
    silent, unread = (
        re.search(r'class="column silent[^>]*>(.*?)</td>', html, re.S),
        re.search(r'class="column unread[^>]*>(.*?)</td>', html, re.S),
    )
    assert silent and "未提及" in silent[1] and "未能识别" not in silent[1]
    assert unread and "未能识别" in unread[1] and 'href="/-/s?q=' in unread[1]


def test_long_cells_say_how_many_clauses_they_leave_out(database: Path, tmp_path: Path) -> None:
    path = tmp_path / "policies.db"
    path.write_bytes(database.read_bytes())
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("delete from clause_topics where topic_id = 'leave'")
        db.execute(
            "insert into clause_topics select id, 'leave', 0.6, '[]' from clauses "
            "where document_id = 'xihu-2023-8' and level = 'article' order by position limit 5"
        )
    (row,) = asked(path, CompareAsked(topics=("leave",), jurisdictions=("360103",))).rows
    assert (len(row.cells[0].entries), row.cells[0].cell.more) == (3, 2)
    assert "另有 2 条" in page(path, "/-/c?topic=leave&j=360103")


@pytest.mark.parametrize("form", ["docx", "xlsx", "csv", "html", "json"])
def test_the_same_table_comes_as_a_file(database: Path, form: str) -> None:
    (response,) = opened(database, f"/-/c.{form}?topic=leave&topic=childcare-places&{PLACES}")
    assert (
        response.status_code == 200
        and f'filename="compare.{form}"' in response.headers["content-disposition"]
    )
    body = response.content
    if form in ("docx", "xlsx"):
        assert zipfile.ZipFile(io.BytesIO(body)).testzip() is None
    elif form == "csv":
        rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
        assert [row[0] for row in rows] == ["事项", "假期", "托位供给"] and {len(row) for row in rows} == {5}
    elif form == "json":
        assert [row["matter"] for row in json.loads(body)["rows"]] == ["假期", "托位供给"]
    else:
        assert "托位供给" in body.decode()


def contents(body: bytes) -> dict[str, bytes]:
    """The parts of an office file without what says when it was made; any other file whole."""
    if not body.startswith(b"PK"):
        return {"": body}
    parts = zipfile.ZipFile(io.BytesIO(body))
    return {name: parts.read(name) for name in parts.namelist() if not name.startswith("docProps/")}


@pytest.mark.parametrize("form", ["docx", "xlsx", "csv", "html", "json"])
@pytest.mark.parametrize(
    ("path", "words"),
    [("?topic=childcare-places", ("--topic", "托位供给")), ("?q=托位", ("--query", "托位"))],
)
def test_a_file_of_the_site_is_that_of_the_command_line(
    database: Path, tmp_path: Path, path: str, words: tuple[str, ...], form: str
) -> None:
    (response,) = opened(database, f"/-/c.{form}{path}&{PLACES}")
    file = tmp_path / f"table.{form}"
    places = [word for code in FOUR for word in ("--jurisdiction", code)]
    result = CliRunner().invoke(main, ["compare", str(database), *words, *places, "-o", str(file)])
    assert result.exit_code == 0, result.stderr
    assert contents(response.content) == contents(file.read_bytes())


def test_a_file_has_facts_duties_and_gaps(database: Path) -> None:
    (response,) = opened(database, f"/-/c.json?topic=childcare-places&{PLACES}")
    table = json.loads(response.content)
    assert table["facts"] and table["duties"] and "gaps" in table


def test_a_page_asks_a_fixed_number_of_questions(database: Path) -> None:
    counts = [
        questions_of(database, path)
        for path in ("/-/c", f"/-/c?q=托位&{PLACES}", f"/-/c?topic=leave&topic=childcare-places&{PLACES}")
    ]
    assert max(counts) <= QUERIES and OF_TABLE < QUERIES, counts


def test_a_database_without_topics_is_compared_by_words(tmp_path: Path) -> None:
    path = built(tmp_path, [notice()], "policies.db")
    html = page(path, "/-/c")
    assert "只能按词语对照" in html
    assert "每个托位补助360元" in page(path, "/-/c?q=托位")


@pytest.mark.parametrize(
    "path",
    [
        "/-/c?topic=none",
        "/-/c?j=none",
        "/-/c?pin=x&tab=y",
        "/-/c?q=%22",
        "/-/c?q=%00",
        "/-/c?q='; drop table clauses",
        f"/-/c?q={'托' * 5000}",
    ],
)
def test_odd_addresses_are_answered(database: Path, path: str) -> None:
    (response,) = opened(database, path)
    assert response.status_code == 200 and "<main" in response.text


def test_a_file_of_what_is_not_there_is_refused_with_a_remedy(database: Path) -> None:
    (response,) = opened(database, "/-/c.csv?topic=none")
    assert response.status_code == 404 and "选择" in response.text
