"""Counts of duties: what pages read of them is what the rows say, after each run."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from extractor import store
from extractor.lexicon.families import load_families
from extractor.model import Unit
from extractor.pipeline import read
from extractor.store.remove import remove
from tests.stored import built, notice, open_new

CORPORA = Path(__file__).parents[1] / "corpora"
ROLES = ("lead", "support", "implement", "guide", "responsible")
# The same by another way: clause by clause.
_ROWS = """
select d.id, d.jurisdiction_id, d.issued_on, u.sector, u.canonical_name, r.clause_id, r.role, r.unit_id,
  (select json_group_array(to_clause_id) from clause_links where from_clause_id = r.clause_id)
from responsibilities r join units u on u.id = r.unit_id
join clauses c on c.id = r.clause_id join documents d on d.id = c.document_id
"""


def counts(path: Path) -> set[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as db:
        return set(
            db.execute(
                "select kind, name, document_id, clauses, lead, support, implement, guide, responsible from duty_counts"
            )
        )


def totals(path: Path) -> dict[tuple[str, str], tuple[int, ...]]:
    with closing(sqlite3.connect(path)) as db:
        return {
            (row[0], row[1]): row[2:]
            for row in db.execute("select kind, name, documents, clauses, lead, support from duty_totals")
        }


def by_place(path: Path) -> set[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as db:
        return set(db.execute("select * from duty_places"))


def counted(path: Path) -> set[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as db:
        rows = db.execute(_ROWS).fetchall()
    named = {(row[5], row[7]) for row in rows}
    found: dict[tuple[str, str, str], dict[str, set[str]]] = {}
    for document, _, _, sector, unit, clause, role, unit_id, links in rows:
        if any((body, unit_id) in named for body in json.loads(links)):
            continue
        for kind, name in (("sector", sector), ("unit", unit)):
            found.setdefault((kind, name, document), {}).setdefault(role, set()).add(clause)
    return {
        (*key, len(set().union(*roles.values())), *(len(roles.get(role, ())) for role in ROLES))
        for key, roles in found.items()
    }


def test_the_counts_are_those_of_the_rows(tmp_path: Path) -> None:
    path = built(tmp_path, [read(file) for file in sorted(CORPORA.glob("*.txt"))])
    assert counts(path) == counted(path) and len(counts(path)) > 100
    sectors = {key: row for key, row in totals(path).items() if key[0] == "sector"}
    assert sectors["sector", "教育"][1] == sum(
        row[3] for row in counts(path) if row[:2] == ("sector", "教育")
    )


def test_the_counts_of_places_are_sums_and_a_notice_of_none_stands_by_itself(tmp_path: Path) -> None:
    city = notice("b.txt", number="洪发〔2023〕2号", salt="2")
    alone = notice("c.txt", number="洪发〔2023〕3号", place=None, salt="3")
    found = by_place(built(tmp_path, [notice(), city, alone]))
    health = {row[2:] for row in found if row[:2] == ("sector", "卫生健康")}
    assert health == {("360103", 2, 4, 2, 0, 0, 0, 2), ("doc-2023-3", 1, 2, 1, 0, 0, 0, 1)}


def test_names_are_counted_by_document_without_restated_rows(tmp_path: Path) -> None:
    path = built(tmp_path, [read(file) for file in sorted(CORPORA.glob("*.txt"))])
    with closing(sqlite3.connect(path)) as db:
        restated = {
            row[0] for row in db.execute("select from_clause_id from clause_links where kind = 'task_of'")
        }
        rows = db.execute("select indicator, clause_id from targets where indicator is not null").fetchall()
        found = {
            row[0]: row[1:]
            for row in db.execute("select name, documents, facts from fact_names where kind = 'target'")
        }
    kept = [(name, clause.partition(".")[0]) for name, clause in rows if clause not in restated]
    assert len(kept) < len(rows)
    assert found == {
        name: (
            len({document for each, document in kept if each == name}),
            sum(each == name for each, _ in kept),
        )
        for name, _ in kept
    }


def test_sums_for_families_are_counted_by_name(tmp_path: Path) -> None:
    path = built(tmp_path, [read(file) for file in sorted(CORPORA.glob("*.txt"))])
    with closing(sqlite3.connect(path)) as db:
        found = dict(db.execute("select name, facts from fact_names where kind = 'benefit'"))
        rows = db.execute(
            "select coalesce(purpose, action), beneficiary, per from amounts where kind in ('benefit', 'cap') and clause_id"
            " not in (select from_clause_id from clause_links)"
        ).fetchall()
    words = load_families()
    kept = [
        name
        for name, beneficiary, per in rows
        if name
        and per not in words.per
        and not any(word in (beneficiary or "") for word in words.institutions)
    ]
    assert len(kept) < len(rows) and found == Counter(kept)


def test_a_unit_named_in_two_roles_is_one_clause(tmp_path: Path) -> None:
    plan = notice()
    both = replace(
        plan,
        responsibilities=(
            *plan.responsibilities,
            replace(plan.responsibilities[0], role="guide", position=5),
        ),
    )
    found = {row[:2]: row[3:] for row in counts(built(tmp_path, [both]))}
    assert found["unit", "区卫生健康委员会"] == (2, 1, 0, 0, 1, 1)
    assert found["sector", "教育"] == (1, 0, 1, 0, 0, 0)


def test_each_run_adds_what_is_new_and_drops_what_left(tmp_path: Path) -> None:
    path = built(tmp_path, [notice()])
    before = counts(path)
    women = notice(
        "b.txt",
        number="洪发〔2023〕2号",
        place="360100",
        salt="2",
        unit=Unit("市妇联", "市妇女联合会", "妇联"),
    )
    built(tmp_path, [women])
    assert before < counts(path) == counted(path)
    assert totals(path)["unit", "市妇女联合会"] == (1, 2, 1, 0)
    with closing(open_new(tmp_path)) as db:
        with db.atomic():
            remove(db, "nanchang-2023-2")
        store.finish(db)
    assert {row[2] for row in by_place(path)} == {"360103"}
    assert counts(path) == before and ("unit", "市妇女联合会") not in totals(path)
