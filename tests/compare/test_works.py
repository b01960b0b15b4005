"""One notice in several files is one work; a draft and its final, or one number on two texts, are not."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from extractor.check import check
from extractor.cli import main
from extractor.compare import works
from extractor.compare.table import compare
from extractor.compare.update import update
from tests.notices import wrapped

XIHU = (Path(__file__).parents[2] / "corpora" / "xihu.txt").read_text("utf-8")
LUHE = (Path(__file__).parents[2] / "corpora" / "luhe.txt").read_text("utf-8")
HALF_WIDTH = str.maketrans("（）：；", "():;")


@contextmanager
def ingested(folder: Path, **texts: str) -> Iterator[sqlite3.Connection]:
    """A database of these texts, compared."""
    path = folder / "works.db"
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
        result = CliRunner().invoke(main, ["ingest", str(folder / f"{name}.txt"), "--db", str(path)])
        assert result.exit_code == 0, result.output
    with closing(sqlite3.connect(path)) as db:
        update(db)
        yield db


def findings(db: sqlite3.Connection, code: str) -> list[str]:
    return [
        words for (words,) in db.execute("select message from findings where code = ? order by id", (code,))
    ]


def works_of(db: sqlite3.Connection) -> list[set[str]]:
    """The sources of each work of more than one reading."""
    sql = "select work_id, source_name from works join documents on documents.id = document_id"
    groups: dict[str, set[str]] = {}
    for work, source in db.execute(sql):
        groups.setdefault(work, set()).add(source)
    return list(groups.values())


@pytest.mark.parametrize(
    "reading",
    [
        lambda text: text.translate(HALF_WIDTH),
        lambda text: wrapped(text, 31),
        lambda text: text.replace("\n", "\n\n"),
        lambda text: text.replace("（责任单位", "西湖区人民政府办公室 第12页\n（责任单位", 3),
        lambda text: text.replace("360", "300", 1),
    ],
    ids=["bracket width", "wrapped", "spaced", "footer left in", "one figure"],
)
def test_readings_of_one_notice_are_one_work(tmp_path: Path, reading: Callable[[str], str]) -> None:
    with ingested(tmp_path, a=XIHU, b=reading(XIHU), c=LUHE) as db:
        assert works_of(db) == [{"a.txt", "b.txt"}]
        assert not list(check(db))


def test_each_difference_of_readings_is_a_finding_at_its_place(tmp_path: Path) -> None:
    with ingested(tmp_path, a=XIHU, b=XIHU.replace("360", "300", 1)) as db:
        (words,) = findings(db, "readings-differ")
        assert "3【6】0" in words and "3【0】0" in words
        sql = """
            select substr(text, start + 1, "end" - start), severity, source_name from findings
            join documents on documents.id = document_id where code = 'readings-differ'
        """
        assert db.execute(sql).fetchall() in ([("6", "warning", "a.txt")], [("0", "warning", "b.txt")])


def test_comparisons_count_a_work_once(tmp_path: Path) -> None:
    with ingested(tmp_path, a=XIHU, b=wrapped(XIHU, 31), c=LUHE) as db:
        (left_out,) = works.other_readings(db)
        within = f"{left_out}.*"
        for table, column in (
            ("clause_pairs", "a_id"),
            ("clause_pairs", "b_id"),
            ("clause_topics", "clause_id"),
        ):
            assert not db.execute(f"select 1 from {table} where {column} glob ?", (within,)).fetchall()
        found = compare(db, query="托位")
        assert sum(len(column.documents) for column in found.columns) == 2


def test_the_reading_with_fewest_doubts_stands_for_the_work(tmp_path: Path) -> None:
    doubtful = XIHU.replace("2.加强数据监测", "5.加强数据监测")
    assert doubtful != XIHU
    with ingested(tmp_path, a=doubtful, b=XIHU) as db:
        sql = "select source_name from documents where id in (select work_id from works)"
        assert db.execute(sql).fetchall() == [("b.txt",)]


def test_order_of_arrival_makes_no_difference(tmp_path: Path) -> None:
    texts = {"a": XIHU, "b": XIHU.replace("360", "300", 1), "c": LUHE}
    found = []
    for number, names in enumerate(("abc", "cba")):
        folder = tmp_path / str(number)
        folder.mkdir()
        with ingested(folder, **{name: texts[name] for name in names}) as db:
            found.append((works_of(db), findings(db, "readings-differ")))
    assert found[0] == found[1]


@pytest.mark.parametrize(
    "other",
    [
        XIHU.replace("（试行）", "（征求意见稿）"),
        XIHU.replace("2023年10月16日", "2024年3月1日"),
        XIHU.replace("西发〔2023〕8号", "西发〔2024〕5号"),
    ],
    ids=["draft", "date", "number"],
)
def test_what_states_something_else_is_another_work(tmp_path: Path, other: str) -> None:
    assert other != XIHU
    with ingested(tmp_path, a=XIHU, b=other) as db:
        assert works_of(db) == [] and findings(db, "readings-differ") == []


def test_one_number_on_two_texts_is_a_finding_of_both(tmp_path: Path) -> None:
    body = LUHE.partition("\n")[2]
    head = "西湖区人民政府文件\n西发〔2023〕8号\n关于做好另一件工作的通知\n"
    with ingested(tmp_path, a=XIHU, b=head + body) as db:
        assert works_of(db) == []
        words = findings(db, "same-number")
        assert len(words) == 2 and all(
            re.search(r"文号同为西发〔2023〕8号，但不是同一文件", each) for each in words
        )


def test_an_update_looks_at_nothing_twice(tmp_path: Path) -> None:
    with ingested(tmp_path, a=XIHU, b=wrapped(XIHU, 31)) as db:
        before = list(db.iterdump())
        assert works.update(db) == 0
        assert list(db.iterdump()) == before
