"""Aligned facts: the gold made by reading, the tables that update fills, and what is never compared."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner

from extractor.check import check
from extractor.cli import main
from extractor.compare.fact_pairs import TABLES
from extractor.compare.update import update
from tests.compare import benefits, farming

CORPORA = Path(__file__).parents[2] / "corpora"
GOLD = json.loads((CORPORA / "gold" / "facts" / "birth-support.json").read_text("utf-8"))
FLOOR = 0.95  # precision and recall of pairs; relations, verdicts and deadlines of those found are all right
_PAIRS = """
select p.*, a.clause_id as a_clause, b.clause_id as b_clause, da.source_name as a_source, db.source_name as b_source,
  coalesce(ta.indicator, la.task, xa.purpose, ua.subject) as a_name,
  coalesce(tb.indicator, lb.task, xb.purpose, ub.subject) as b_name
from fact_pairs p join normal_facts a on a.id = p.a_id join normal_facts b on b.id = p.b_id
join documents da on da.id = a.document_id join documents db on db.id = b.document_id
left join targets ta on ta.id = p.a_id left join targets tb on tb.id = p.b_id
left join deadlines la on la.id = p.a_id left join deadlines lb on lb.id = p.b_id
left join amounts xa on xa.id = p.a_id left join amounts xb on xb.id = p.b_id
left join durations ua on ua.id = p.a_id left join durations ub on ub.id = p.b_id
"""
_TURNED = {"higher": "lower", "lower": "higher", "earlier": "later", "later": "earlier"}


class Found(NamedTuple):
    kind: str
    a: tuple[str, str, str]
    b: tuple[str, str, str]
    relation: str
    verdict: str | None
    deadline: str | None

    def turned(self) -> Found:
        """The same, the second against the first."""
        return Found(
            self.kind, self.b, self.a, self.relation, _TURNED.get(self.verdict or "", self.verdict),
            _TURNED.get(self.deadline or "", self.deadline),
        )  # fmt: skip


def ingested(path: Path, *sources: Path) -> sqlite3.Connection:
    result = CliRunner().invoke(main, ["ingest", *map(str, sources), "--db", str(path)])
    assert result.exit_code == 0, result.output
    return sqlite3.connect(path)


def named(db: sqlite3.Connection, sql: str) -> list[dict[str, Any]]:
    cursor = db.execute(sql)
    return [dict(zip([column[0] for column in cursor.description], row, strict=True)) for row in cursor]


def written(folder: Path, **texts: str) -> list[Path]:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return [folder / f"{name}.txt" for name in texts]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path = tmp_path_factory.mktemp("facts") / "p.db"
    with closing(ingested(path, *sorted(CORPORA.glob("*.txt")))) as db:
        update(db)
        yield db


@pytest.fixture
def two(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    sources = written(tmp_path, superior=benefits.SUPERIOR, local=benefits.LOCAL)
    with closing(ingested(tmp_path / "p.db", *sources)) as db:
        update(db)
        yield db


def found_in(db: sqlite3.Connection) -> list[Found]:
    return [
        Found(
            row["kind"], *(
                (row[f"{side}_source"], row[f"{side}_clause"].partition(".")[2], row[f"{side}_name"] or "")
                for side in "ab"
            ), row["relation"], row["verdict"], row["deadline_verdict"],
        )
        for row in named(db, _PAIRS)
    ]  # fmt: skip


def is_of(found: Found, row: dict[str, object]) -> bool:
    """Whether a pair is the one that a row of the gold names; of a deadline the gold has some words."""
    sides = [
        (side[0], side[1]) == (own[0], own[1]) and (own[2] in side[2] if found.kind == "deadline" else own[2] == side[2])
        for side, own in ((found.a, row["a"]), (found.b, row["b"]))
        if isinstance(own, list)
    ]  # fmt: skip
    return found.kind == row["kind"] and all(sides)


def either_way(found: Found, row: dict[str, object]) -> Found | None:
    return next((each for each in (found, found.turned()) if is_of(each, row)), None)


def test_facts_keep_the_floor_of_the_gold(corpus: sqlite3.Connection) -> None:
    found = found_in(corpus)
    missed = [row for row in GOLD["pairs"] if not any(either_way(each, row) for each in found)]
    known = [*GOLD["pairs"], *GOLD["optional"]]
    spurious = [each for each in found if not any(either_way(each, row) for row in known)]
    hits = len(GOLD["pairs"]) - len(missed)
    assert hits / len(GOLD["pairs"]) >= FLOOR, missed
    assert hits / (hits + len(spurious)) >= FLOOR, spurious


def test_what_facts_are_against_each_other_is_as_read(corpus: sqlite3.Connection) -> None:
    for row in [*GOLD["pairs"], *GOLD["optional"]]:
        for each in found_in(corpus):
            own = either_way(each, row)
            if own:
                said = (own.relation, own.verdict, own.deadline)
                assert said == (row["relation"], row["verdict"], row["deadline"]), row


def test_what_differs_is_said(corpus: sqlite3.Connection) -> None:
    rows = named(corpus, _PAIRS + "where p.relation = 'close' and p.kind = 'target'")
    words = {frozenset((row["a_name"], row["b_name"])): json.loads(row["words"]) for row in rows}
    assert words[frozenset(("婴儿死亡率", "婴幼儿死亡率"))] in (["婴儿／婴幼儿"], ["婴幼儿／婴儿"])
    assert all(words.values())
    same = corpus.execute("select distinct words from fact_pairs where relation = 'same'").fetchall()
    assert [row[0] for row in same] == ["[]"]


def test_sums_are_compared_by_person_and_year_with_the_calculation(two: sqlite3.Connection) -> None:
    rows = named(two, "select * from fact_pairs where kind = 'amount' order by a_id")
    said = [(r["relation"], r["verdict"], r["difference"], r["unit"], r["calculation"]) for r in rows]
    assert said == [
        ("same", "lower", -2000, "元/托位（一次性）", None),
        ("same", "lower", -1400, "元/年", "300元/月 × 12 = 3600元/年"),
    ]


def test_leave_is_compared_in_its_own_unit(two: sqlite3.Connection) -> None:
    sql = (
        "select a.name, p.verdict, p.difference, p.unit from fact_pairs p "
        "join normal_facts a on a.id = a_id where p.kind = 'duration' order by a.name"
    )
    assert two.execute(sql).fetchall() == [
        ("产假", "lower", -30, "日"), ("护理假", "equal", 0, "日"), ("育儿假", "equal", 0, "日/年"),
    ]  # fmt: skip


def test_a_subject_that_no_vocabulary_knows(tmp_path: Path) -> None:
    sources = written(tmp_path, a=farming.A, b=farming.B)
    with closing(ingested(tmp_path / "p.db", *sources)) as db:
        update(db)
        found = {(each.a[2], each.b[2], each.verdict) for each in found_in(db) if each.kind != "deadline"}
    turned = {frozenset((a, b)): verdict for a, b, verdict in found}
    assert turned[frozenset(("亩均粮食产能",))] in ("higher", "lower")
    assert turned[frozenset(("发展高效节水灌溉面积", "新增高效节水灌溉面积"))] == "incomparable"
    assert frozenset(("田间机耕道路通达率", "田间机耕道路通达率平原区")) in turned


# --- the tables ----------------------------------------------------------------------------------------


def rows_of(db: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    names = (*TABLES, "topic_gaps")
    return {name: sorted(db.execute(f"select * from {name}"), key=repr) for name in names}


def test_documents_that_come_one_by_one_give_the_same_facts(
    corpus: sqlite3.Connection, tmp_path: Path
) -> None:
    for source in reversed(sorted(CORPORA.glob("*.txt"))):
        with closing(ingested(tmp_path / "p.db", source)) as db:
            assert update(db).documents == 1
            found = rows_of(db)
    assert found == rows_of(corpus)
    assert all(found.values())


def test_a_document_that_was_compared_is_not_read_again(two: sqlite3.Connection) -> None:
    before = rows_of(two)
    with two:
        two.execute("update normal_facts set name = 'kept'")
    kept = rows_of(two)
    assert update(two).documents == 0
    assert rows_of(two) == kept != before


def test_the_invariants_hold(two: sqlite3.Connection) -> None:
    assert not list(check(two))
    (broken,) = two.execute("select count(*) from fact_pairs where a_id >= b_id").fetchone()
    assert not broken


def test_a_document_that_left_leaves_no_facts(two: sqlite3.Connection, tmp_path: Path) -> None:
    path = tmp_path / "q.db"
    shutil.copy(tmp_path / "p.db", path)
    (tmp_path / "local.txt").write_text("关于停止执行的通知\n\n一、停止执行。原办法停止执行。\n", "utf-8")
    with closing(ingested(path, tmp_path / "local.txt")) as db:
        assert not db.execute("select count(*) from fact_pairs").fetchone()[0]
        update(db)
        left = {name for (name,) in db.execute("select distinct document_id from normal_facts")}
        assert left <= {name for (name,) in db.execute("select id from documents")}
        assert not list(check(db))
