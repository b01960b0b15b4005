"""`extractor correct`, and corrections at ingest: what is said, where, and the exit status."""

from __future__ import annotations

import csv
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.test_cli import NOTICE, document_id, run


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("correct")
    (folder / "云岭.txt").write_text(NOTICE, "utf-8")
    assert run("ingest", folder / "云岭.txt", "--db", folder / "p.db").exit_code == 0
    return folder


@pytest.fixture
def database(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path / "p.db"


def fact(database: Path, place: str) -> str:
    return f"{document_id(database)}.{place}"


def value(database: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(database)) as db:
        return db.execute(sql).fetchall()


def test_a_fact_is_corrected_at_once_and_after_every_ingest(database: Path) -> None:
    result = run(
        "correct",
        database,
        fact(database, "1_t1"),
        "value=5",
        "scope=全市",
        "--by",
        "张三",
        "--why",
        "表中为5",
    )
    assert (result.exit_code, result.stdout) == (0, "")
    assert f"{database.parent}/corrections.db: 1 corrections added" in result.stderr
    assert "corrections: 1 applied" in result.stderr
    assert value(database, "select value, scope, normal_value from targets") == [(5, "全市", 5)]
    database.unlink()
    again = run("ingest", database.parent / "云岭.txt", "--db", database)
    assert "corrections: 1 applied" in again.stderr
    assert "corrections: 1 applied" in run("ingest", database.parent / "云岭.txt", "--db", database).stderr
    assert value(database, "select value, scope from targets") == [(5, "全市")]
    assert run("check", database).exit_code == 0


def test_corrections_come_to_files_that_are_known_already(database: Path) -> None:
    name = fact(database, "1_t1")
    run(
        "correct",
        database,
        name,
        "--reject",
        "--by",
        "张三",
        "--why",
        "不是目标",
        "--corrections",
        database.parent / "own.db",
    )
    assert value(database, "select id from targets") == []
    known = run(
        "ingest", database.parent / "云岭.txt", "--db", database
    )  # of corrections.db, which is not there
    assert (
        "1 known already" in known.stderr
        and "the 1 corrections that" in known.stderr
        and "stay as they are" in known.stderr
    )
    assert value(database, "select id from targets") == []
    (database.parent / "own.db").rename(database.parent / "corrections.db")
    run("correct", database, name, "--withdraw", "--by", "李四", "--why", "是目标")
    assert value(database, "select id from targets") == [(name,)]


def test_what_may_be_corrected_and_what_was_said_is_shown(database: Path) -> None:
    name = fact(database, "2.1_a1")
    run("correct", database, name, "period=year", "--by", "张三", "--why", "每年\n一次")
    shown = run("correct", database, name).stdout
    assert re.search(r"^\S+_a1  .*10000元\n  kind=benefit .*value=10000 ", shown)
    assert re.search(
        r"\n  c[0-9a-f]{16}  applied   \S+  “.*” correct period once → year  \[张三 \d{4}-\d\d-\d\d: 每年 一次\]\n",
        shown,
    )
    clause = run("correct", database, fact(database, "2.1")).stdout
    assert shown in clause and f"{fact(database, '2.1')}_r2" in clause
    listed = run("correct", database)
    assert shown.splitlines()[-1].strip() in listed.stdout and "1 applied" in listed.stderr


def test_findings_of_a_document_are_listed_and_dismissed(database: Path) -> None:
    document = document_id(database)
    ((name, code),) = value(database, "select id, code from findings")
    listed = run("correct", database, document).stdout
    assert re.fullmatch(rf"{name}  \n  severity=\w+  code={code}  message=.+\n", listed)
    refused = run("correct", database, str(name), "message=x", "--why", "x")
    assert (
        refused.exit_code == 1 and "findings have no such value to correct; there are: none" in refused.stderr
    )
    run("correct", database, str(name), "--reject", "--by", "张三", "--why", "题名在附件")
    assert value(database, "select count(*) from findings") == [(0,)]
    assert (
        "reject  [张三" in run("correct", database, document).stdout
    )  # what was dismissed can be told again
    none = run("correct", database, f"{document}.7")
    assert (
        none.exit_code == 1
        and "is no fact of the database, and no clause or document that has any" in none.stderr
    )


def test_show_tells_what_was_corrected(database: Path) -> None:
    run("correct", database, fact(database, "1_t1"), "value=5", "scope=全市", "--by", "张三", "--why", "表")
    shown = run("show", database, fact(database, "1")).stdout
    assert re.search(
        r"标 全市  .*5个(?s:.*)\n  已更正  “[^”]+”  scope 未写明 → 全市；value 4\.5 → 5  （张三  \d{4}-\d\d-\d\d  表）",
        shown,
    )
    run("correct", database, fact(database, "1_t1"), "--reject", "--by", "李四", "--why", "不是目标")
    assert "已驳回  “" in run("show", database, fact(database, "1")).stdout
    with closing(sqlite3.connect(database)) as db:
        db.execute("drop table corrections")
    assert "已" not in run("show", database, fact(database, "1")).stdout


def test_conflicts_are_listed_with_their_reason(database: Path) -> None:
    name = fact(database, "1_t1")
    run("correct", database, name, "value=5", "--by", "张三", "--why", "表")
    assert run("correct", database, "--conflicts").stdout == ""
    notice = database.parent / "云岭.txt"
    notice.write_text(NOTICE.replace("达到4.5个", "达到4.6个"), "utf-8")
    result = run("ingest", notice, "--db", database)
    assert "corrections: 1 conflict; see extractor correct --conflicts" in result.stderr
    assert re.match(
        r"c\w+  conflict  \(clause-gone\) \S+  “.*4\.5个” correct value 4\.5 → 5",
        run("correct", database, "--conflicts").stdout,
    )
    assert value(database, "select value from targets") == [(4.6,)]
    assert value(database, "select count(*) from findings where code = 'correction-conflict'") == [(1,)]
    (said,) = value(database, "select id from corrections")
    assert run("correct", database, said[0], "--withdraw", "--by", "张三", "--why", "已读对").exit_code == 0
    assert run("correct", database, "--conflicts").stdout == ""
    assert value(database, "select count(*) from findings where code = 'correction-conflict'") == [(0,)]


def test_what_was_said_elsewhere_is_applied_without_reading_a_source(database: Path) -> None:
    name = fact(database, "1_t1")
    before = shutil.copy(database, database.parent / "before.db")
    run("correct", database, name, "value=5", "--by", "张三", "--why", "表")
    shutil.copy(before, database)
    assert "1 applied" in run("correct", database).stderr  # what it would come to
    assert value(database, "select value from targets") == [(4.5,)]
    assert "1 applied" in run("correct", database, "--apply").stderr
    assert value(database, "select value from targets") == [(5,)]


def test_a_correction_of_another_notice_is_listed_as_absent(database: Path, tmp_path: Path) -> None:
    run("correct", database, fact(database, "1_t1"), "--confirm", "--by", "张三")
    other = tmp_path / "other.txt"
    other.write_text(
        NOTICE.replace("云岭市", "青石县").replace("云政发〔2023〕9号", "青政发〔2022〕1号"), "utf-8"
    )
    database.unlink()
    assert "1 of documents that are not here" in run("ingest", other, "--db", database).stderr
    assert re.match(r"c\w+  absent ", run("correct", database, "--conflicts").stdout)


def test_the_table_goes_out_and_comes_back(database: Path, tmp_path: Path) -> None:
    table = tmp_path / "c.csv"
    for words in (("1_t1", "value=5"), ("2.1_a1", "period=year", "per=个")):
        run("correct", database, fact(database, words[0]), *words[1:], "--by", "张三", "--why", "=看错")
    assert run("correct", database, "--export", table).stdout == f"{table}  2 corrections\n"
    before = table.read_bytes()
    assert "0 corrections added" in run("correct", database, "--import", table).stderr
    (database.parent / "corrections.db").unlink()
    assert "2 corrections added" in run("correct", database, "--import", table).stderr
    run("correct", database, "--export", table)
    assert table.read_bytes() == before
    table.write_text(table.read_text("utf-8-sig").replace(",4.5,5,", ",4.5,6,"), "gb18030")
    assert "1 corrections added" in run("correct", database, "--import", table).stderr
    assert value(database, "select value from targets") == [(6,)]


def test_a_row_by_hand_names_the_fact(database: Path, tmp_path: Path) -> None:
    table = tmp_path / "c.csv"
    with table.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["id", "fact_id", "verdict", "field", "new_value", "made_by", "made_at", "why"])
        writer.writerow(["", fact(database, "2.1_r1"), "correct", "role", "lead", "甲", "", "列在首位"])
        writer.writerow(["", fact(database, "2.1_r9"), "correct", "role", "lead", "甲", "", "列在首位"])
    result = run("correct", database, "--import", table)
    assert result.exit_code == 1 and f"{table}: nothing was read." in result.stderr
    assert "line 3, column fact_id: the database has no fact" in result.stderr
    assert not (database.parent / "corrections.db").exists()
    table.write_text("\n".join(table.read_text("utf-8").splitlines()[:2]), "utf-8")
    assert "1 applied" in run("correct", database, "--import", table).stderr


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["NAME", "value=5", "--reject"], 2, "--reject takes no values"),
        (["--reject"], 2, "name a fact, or one of --conflicts, --apply, --export and --import"),
        (["NAME", "--conflicts"], 2, "name a fact, or one of"),
        (["NAME", "value"], 2, "'value' is no FIELD=VALUE"),
        (["NAME", "value=viele", "--why", "x"], 1, "value: 'viele' is no number such as 1200 or 4.5"),
        (["NAME", "colour=red", "--why", "x"], 1, "colour: targets have no such value to correct; there are: indicator"),
        (["NAME", "value=5"], 1, "why: say why; correct needs a note"),
        (["NAME", "value=4.5", "--why", "x"], 1, "verdict: no value differs from what the parser reads"),
        (["NAME", "--reject", "--why", "x", "--by", " "], 1, "by: say who makes the correction"),
        (["NAME", "--withdraw", "--why", "x"], 1, "nothing is in force about"),
        (["none.1_t1", "--reject", "--why", "x"], 1, "the database has no fact none.1_t1"),
        (["none.1_t1"], 1, "the database has no clause or fact none.1_t1"),
        (["--import", "FILE"], 1, "line 1, column 云岭市促进托育服务发展实施方案: is no column of corrections: remove it"),
        (["--corrections", "FILE"], 1, "云岭.txt: file is not a database"),
        (["--export", "none/c.csv"], 1, "No such file or directory"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_plain_words(
    database: Path, words: list[str], status: int, said: str
) -> None:
    given = {"NAME": fact(database, "1_t1"), "FILE": str(database.parent / "云岭.txt")}
    result = run(
        "correct",
        database,
        *(given.get(word, word) for word in words),
        *([] if "--by" in words else ["--by", "张三"]),
    )
    assert (result.exit_code, said in result.stderr) == (status, True), result.output
    assert result.stderr.count("Error: ") == 1
    assert not (database.parent / "corrections.db").exists()


def test_who_says_so_is_by_default_who_is_logged_in(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "zhangsan")
    run("correct", database, fact(database, "1_t1"), "--confirm")
    assert value(database, "select made_by from corrections") == [("zhangsan",)]
