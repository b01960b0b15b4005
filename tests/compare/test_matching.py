"""Which facts are of one matter: by name alone or by their clauses too, one to one, of many only some."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from extractor.cli import main
from extractor.compare import fact_pairs
from extractor.compare.facts import Fact
from extractor.compare.matching import Match, match, mutual
from extractor.compare.update import update

RATE = Fact(
    "a.1_t1", "target", "a", "a.1", "婴儿死亡率", "", "", "total", "<=", 0.002, None, "1", "2025", "", True
)
SUM = RATE._replace(
    id="a.2_a1", kind="amount", clause_id="a.2", name="建设补助", beneficiary="新建托育机构", role="benefit", unit="元/托位",
)  # fmt: skip


def other(fact: Fact, **changes: object) -> Fact:
    """A fact like `fact` in another document."""
    document = str(changes.get("document_id", "b"))
    moved = fact._replace(
        id=fact.id.replace("a.", f"{document}.", 1), document_id=document, clause_id=f"{document}.1"
    )
    return moved._replace(**changes)  # type-checked by NamedTuple at run time


@pytest.mark.parametrize(
    ("a", "b", "by_name", "by_clause"),
    [
        (RATE, other(RATE), "same", "same"),
        (RATE, other(RATE, name="婴幼儿死亡率"), "close", "close"),
        (RATE, other(RATE, sure=False), None, "same"),  # 覆盖率 alone tells no matter
        (RATE, other(RATE, unit="个"), None, None),  # a rate and a count
        (RATE, other(RATE, kind="duration"), None, None),
        (RATE, RATE._replace(id="a.9_t1", clause_id="a.9"), None, None),  # of one document
        (SUM, other(SUM), "same", "same"),
        (SUM, other(SUM, beneficiary="新建普惠托育机构"), "close", "close"),
        (SUM, other(SUM, beneficiary="新建养老机构"), None, "close"),
        (SUM, other(SUM, beneficiary="改扩建托育机构"), None, None),  # opposite beneficiaries
        (SUM, other(SUM, beneficiary="", sure=False), None, "close"),
        (SUM, other(SUM, role="cap"), "same", "same"),
        (SUM, other(SUM, role="threshold"), None, None),
        (SUM, other(SUM, name=""), None, None),
    ],
)
def test_what_is_of_one_matter(a: Fact, b: Fact, by_name: str | None, by_clause: str | None) -> None:
    for aligned, wanted in ((False, by_name), (True, by_clause)):
        for found in (match(a, b, aligned=aligned), match(b, a, aligned=aligned)):
            assert (found.relation if found else None) == wanted
            assert found is None or found.a.id < found.b.id


def found(*pairs: tuple[Fact, Fact]) -> list[Match]:
    matches = [match(a, b, aligned=True) for a, b in pairs]
    return [each for each in matches if each is not None]


def test_each_fact_has_one_partner_the_best_of_both_sides() -> None:
    near = RATE._replace(id="a.1_t2", name="婴幼儿死亡率")
    there, nearer = other(RATE), other(near)
    best = mutual(found((RATE, there), (RATE, nearer), (near, there), (near, nearer)))
    assert {(each.a.id, each.b.id) for each in best} == {(RATE.id, there.id), (near.id, nearer.id)}


def test_a_fact_whose_partner_has_a_better_one_has_none() -> None:
    near = RATE._replace(id="a.1_t2", name="婴幼儿死亡率")
    there = other(RATE)
    assert [each.a.id for each in mutual(found((RATE, there), (near, there)))] == [RATE.id]


def test_facts_of_several_years_meet_those_of_the_same_year() -> None:
    years = [RATE._replace(id=f"a.1_t{year}", deadline=year) for year in ("2023", "2024", "2025")]
    there = [other(year) for year in years]
    best = mutual(found(*((a, b) for a in years for b in there)))
    assert [(each.a.deadline, each.b.deadline) for each in best] == [(y, y) for y in ("2023", "2024", "2025")]


# --- in a database ---------------------------------------------------------------------------------------


def compared(folder: Path, *texts: str) -> sqlite3.Connection:
    for number, text in enumerate(texts):
        (folder / f"{number}.txt").write_text(text, "utf-8")
    result = CliRunner().invoke(main, ["ingest", str(folder), "--db", str(folder / "p.db")])
    assert result.exit_code == 0, result.output
    db = sqlite3.connect(folder / "p.db")
    update(db)
    return db


def plan(number: int, goal: str) -> str:
    return f"关于妇幼健康的实施方案\n甲卫发〔2023〕{number}号\n\n一、主要目标。到2025年，{goal}。\n二、加强宣传。开展第{number}次宣传。\n"


def test_where_one_name_stands_for_many_a_close_one_takes_no_place_of_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fact_pairs, "MOST", 1)
    texts = [
        plan(1, "婴儿死亡率控制在2‰以下"),
        plan(2, "婴儿死亡率、婴幼儿死亡率分别控制在3‰、4‰以下"),
        plan(3, "婴儿死亡率控制在5‰以下"),
    ]
    with closing(compared(tmp_path, *texts)) as db:
        names = db.execute(
            "select a.name, b.name from fact_pairs join normal_facts a on a.id = a_id "
            "join normal_facts b on b.id = b_id where fact_pairs.kind = 'target'"
        ).fetchall()
    assert set(names) == {("婴儿死亡率", "婴儿死亡率")} and len(names) == 2


def test_rows_that_restate_a_clause_do_not_count_twice(tmp_path: Path) -> None:
    weixi = (Path(__file__).parents[2] / "corpora" / "weixi.txt").read_text("utf-8")
    with closing(compared(tmp_path, weixi)) as db:
        restated = db.execute(
            "select count(*) from normal_facts join clause_links l on from_clause_id = clause_id and l.kind = 'task_of'"
        ).fetchone()
        names = [name for (name,) in db.execute("select name from normal_facts where kind = 'amount'")]
    assert restated == (0,)
    assert names.count("育儿补助") == 1
