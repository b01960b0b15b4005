"""What became of a superior notice, of a draft, and which provisions are in force on a day."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from extractor import search
from extractor.cli import main
from extractor.compare.superior import Version, bare_title, descent, superiors, versions
from extractor.compare.validity import Period, in_force, validities
from extractor.site.queries import load_queries
from extractor.site.questions.validity import STATE
from tests.compare import benefits

SUPERIOR, LOCAL, OLD = "superior.txt", "local.txt", "old.txt"
TEXTS = {
    SUPERIOR: benefits.SUPERIOR, LOCAL: benefits.LOCAL, OLD: benefits.REPEALED, "draft.txt": benefits.DRAFT
}  # fmt: skip


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    folder = tmp_path_factory.mktemp("superior")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, "utf-8")
    result = CliRunner().invoke(main, ["ingest", str(folder), "--db", str(folder / "p.db")])
    assert result.exit_code == 0, result.output
    with closing(sqlite3.connect(folder / "p.db")) as found:
        yield found


@pytest.fixture(scope="module")
def ids(db: sqlite3.Connection) -> dict[str, str]:
    return dict(db.execute("select source_name, id from documents"))


def test_a_notice_that_rests_on_another_in_the_database(db: sqlite3.Connection, ids: dict[str, str]) -> None:
    assert (ids[SUPERIOR], ids[LOCAL]) in superiors(db)
    assert (ids[OLD], ids[LOCAL]) not in superiors(db)  # repealed, not obeyed


def test_each_clause_is_copied_raised_lowered_added_or_omitted(
    db: sqlite3.Connection, ids: dict[str, str]
) -> None:
    found = descent(db, ids[SUPERIOR], ids[LOCAL])
    said = [
        (
            (each.superior_clause or "").partition(".")[2],
            (each.local_clause or "").partition(".")[2],
            each.kind,
        )
        for each in found
    ]
    assert said == [
        ("1.1", "1.1", "raised"), ("1.2", "1.2", "copied"), ("2.3", "2.3", "lowered"), ("2.4", "2.4", "raised"),
        ("2.5", "2.5", "raised"), ("3.6", "3.6", "copied"), ("3.7", "", "omitted"), ("", "4.7", "added"),
    ]  # fmt: skip
    leave = {change.local.name: change for change in found[0].figures}
    assert (leave["产假"].judged.verdict, leave["产假"].judged.difference) == ("higher", 30)
    assert leave["护理假"].judged.verdict == "equal"
    places = {change.local.name: change.judged for change in found[2].figures}
    assert places["每千人口婴幼儿托位"].deadline_verdict == "earlier"


def test_a_redline_gives_back_both_clauses(db: sqlite3.Connection, ids: dict[str, str]) -> None:
    texts = dict(db.execute("select id, text from clauses"))
    for each in descent(db, ids[SUPERIOR], ids[LOCAL]):
        if each.redline is not None:
            pair = texts[str(each.superior_clause)], texts[str(each.local_clause)]
            assert (each.redline.before, each.redline.after) == pair


def test_a_draft_and_what_became_of_it(db: sqlite3.Connection, ids: dict[str, str]) -> None:
    assert versions(db) == (Version(ids["draft.txt"], ids[LOCAL], "draft"),)
    changed = [each for each in descent(db, ids["draft.txt"], ids[LOCAL]) if each.kind != "copied"]
    assert [(each.kind, str(each.local_clause).partition(".")[2]) for each in changed] == [("raised", "1.1")]


def test_a_document_that_is_not_there_has_no_descent(db: sqlite3.Connection, ids: dict[str, str]) -> None:
    assert descent(db, ids[SUPERIOR], "none") == ()


@pytest.mark.parametrize(
    "title",
    ["乙市育儿补贴办法", "乙市育儿补贴办法（征求意见稿）", "乙市育儿补贴办法（试行）", "乙市育儿补贴办法(送审稿)", "乙市育儿补贴办法（草案）"],
)  # fmt: skip
def test_the_status_of_a_text_is_no_part_of_its_title(title: str) -> None:
    assert bare_title(title) == "乙市育儿补贴办法"


# --- validity ------------------------------------------------------------------------------------------


def test_the_states_of_a_notice_over_time(db: sqlite3.Connection, ids: dict[str, str]) -> None:
    states = {each.document_id: each for each in validities(db)}
    assert states[ids[LOCAL]].periods == (
        Period("before", None, "2023-06-30"), Period("in_force", "2023-07-01", "2025-06-30"),
        Period("expired", "2025-07-01", None),
    )  # fmt: skip
    assert states[ids[LOCAL]].stated and not states[ids[SUPERIOR]].stated
    assert states[ids[SUPERIOR]].periods[-1] == Period("in_force", "2022-03-01", None)
    assert states[ids[OLD]].periods[-1] == Period("repealed", "2023-07-01", None, ids[LOCAL])
    assert states[ids["draft.txt"]].periods == (Period("draft", None, None),)


@pytest.mark.parametrize(
    ("day", "names"),
    [
        ("2019-12-31", set()), ("2020-02-01", {OLD}), ("2023-06-30", {OLD, SUPERIOR}),
        ("2023-07-01", {SUPERIOR, LOCAL}), ("2025-06-30", {SUPERIOR, LOCAL}), ("2025-07-01", {SUPERIOR}),
    ],
)  # fmt: skip
def test_what_is_in_force_on_a_day(
    db: sqlite3.Connection, ids: dict[str, str], day: str, names: set[str]
) -> None:
    provisions = list(in_force(db, day))
    assert {name.partition(".")[0] for name in provisions} == {ids[name] for name in names}
    assert len(provisions) == len(set(provisions))


def test_only_what_is_asked_for_is_answered(db: sqlite3.Connection, ids: dict[str, str]) -> None:
    assert [each.document_id for each in validities(db, [ids[OLD]])] == [ids[OLD]]


# --- in the database -----------------------------------------------------------------------------------

TABLES = ("descents", "document_states")


def rows(db: sqlite3.Connection) -> dict[str, set[tuple[object, ...]]]:
    return {name: set(db.execute(f"select * from {name}")) for name in TABLES}


@pytest.fixture
def compared(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """All of the notices, compared; more can be ingested from the folder of the database."""
    with closing(_compared(tmp_path, *TEXTS)) as db:
        yield db


def _compared(folder: Path, *names: str) -> sqlite3.Connection:
    for name in names:
        (folder / name).write_text(TEXTS[name], "utf-8")
    files = [str(folder / name) for name in names]
    result = CliRunner().invoke(main, ["ingest", *files, "--db", str(folder / "p.db"), "--compare"])
    assert result.exit_code == 0, result.output
    return sqlite3.connect(folder / "p.db")


def test_descents_and_states_are_tables(compared: sqlite3.Connection) -> None:
    ids = dict(compared.execute("select source_name, id from documents"))
    sql = "select kind, kept, figures from descents where superior_id = ? and local_id = ? order by position"
    found = list(compared.execute(sql, (ids[SUPERIOR], ids[LOCAL])))
    assert [kind for kind, _, _ in found] == [
        "raised", "copied", "lowered", "raised", "raised", "copied", "omitted", "added",
    ]  # fmt: skip
    assert found[1][1] > 0.9 and found[6][1] is None
    assert "→" in found[0][2] and "（高于）" in found[0][2]
    relations = dict(compared.execute("select superior_id, relation from descents"))
    assert relations == {ids[SUPERIOR]: "cited", ids["draft.txt"]: "draft"}
    sql = "select state, start, repealed_by from document_states where document_id = ? order by position"
    assert list(compared.execute(sql, (ids[OLD],)))[-1] == ("repealed", "2023-07-01", ids[LOCAL])


@pytest.mark.parametrize("last", sorted(TEXTS))
def test_a_notice_that_comes_later_finds_its_place(
    tmp_path: Path, last: str, compared: sqlite3.Connection
) -> None:
    folder = tmp_path / "later"
    folder.mkdir()
    _compared(folder, *(name for name in TEXTS if name != last)).close()
    with closing(_compared(folder, last)) as db:
        assert rows(db) == rows(compared)


def test_what_leaves_the_database_leaves_no_descent(compared: sqlite3.Connection, tmp_path: Path) -> None:
    from extractor.store import open_store
    from extractor.store.remove import remove

    ids = dict(compared.execute("select source_name, id from documents"))
    compared.close()
    with closing(open_store(tmp_path / "p.db")) as db:
        with db.atomic():
            remove(db, ids[LOCAL])
        assert not any(ids[LOCAL] in row for name in TABLES for row in rows(db.conn)[name])
        assert rows(db.conn)["descents"]
        assert db.execute("pragma foreign_key_check").fetchall() == []


def test_saved_queries_know_what_became_of_a_clause_and_what_was_repealed(
    compared: sqlite3.Connection,
) -> None:
    ids = dict(compared.execute("select source_name, id from documents"))
    asked = {query.name: query.sql for query in load_queries()}
    search.register(compared)
    found = compared.execute(
        asked["superior_in_local"], {"document": ids[SUPERIOR], "kind": "omitted"}
    ).fetchall()
    assert {(row[3], row[6]) for row in found} == {("omitted", f"{ids[SUPERIOR]}.3.7")}
    for day, state in (("2023-06-30", "有效 in force"), ("2023-07-01", "已废止 repealed")):
        states = {row[1]: row[5] for row in compared.execute(asked["documents_on_day"], {"day": day})}
        assert states[ids[OLD]] == state
        clauses = compared.execute(asked["clauses_in_force"], {"day": day, "word": ""}).fetchall()
        assert (ids[OLD] in {row[2].partition(".")[0] for row in clauses}) == (state == "有效 in force")
        state_on_page = compared.execute(
            f"select {STATE} from documents d where id = :id", {"day": day, "id": ids[OLD]}
        )
        assert (state_on_page.fetchone() == ("repealed",)) == (state != "有效 in force")
