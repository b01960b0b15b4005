"""What became of a superior notice, of a draft, and which provisions are in force on a day."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from click.testing import CliRunner

from extractor.cli import main
from extractor.compare.superior import Version, bare_title, descent, superiors, versions
from extractor.compare.validity import Period, in_force, validities
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
