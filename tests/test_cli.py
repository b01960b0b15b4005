"""The command line: what it says, where, and its exit status."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from extractor import __version__
from extractor.cli import main
from extractor.sources import DEFAULT_LIMITS

TOP = Path(__file__).parent.parent
NOTICE = """云岭市促进托育服务发展实施方案

云政发〔2023〕9号

为贯彻落实《关于促进养老托育服务健康发展的意见》（国办发〔2020〕52号），制定本方案。

一、主要目标

到2025年，每千人口拥有托位数达到4.5个。

二、重点任务

（一）加大支持。对新建普惠托位每个给予一次性补助10000元。（责任单位：市卫健委、财政局）

云岭市人民政府

2023年5月6日
"""


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of one notice; copied by tests that change it."""
    folder = tmp_path_factory.mktemp("cli")
    (folder / "云岭.txt").write_text(NOTICE, "utf-8")
    result = run("ingest", folder / "云岭.txt", "--db", folder / "p.db")
    assert result.exit_code == 0, result.stderr
    return folder / "p.db"


def document_id(database: Path) -> str:
    db = sqlite3.connect(database)
    ((name,),) = db.execute("select id from documents").fetchall()
    db.close()
    return str(name)


# --- help and usage ------------------------------------------------------------------------------

HEAVY = {"jieba", "spacy", "sqlite_utils", "datasette", "pdfplumber", "rich", "numpy"}
COMMANDS = (
    "ingest", "merge", "check", "serve", "compare", "redline", "correct", "mask", "report", "show", "evaluate", "export",
    "completion",
)  # fmt: skip


def test_help_lists_every_command() -> None:
    result = run("--help")
    assert result.exit_code == 0
    listed = re.findall(r"^  (\w+) {2,}\S", result.output.split("Commands:")[1], re.MULTILINE)
    assert sorted(listed) == sorted(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_with_examples(name: str) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    assert re.search(rf"^ +extractor {name} ", result.output.split("Examples:")[1], re.MULTILINE)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_readme(name: str) -> None:
    assert f"extractor {name} " in (TOP / "README.md").read_text("utf-8")


def test_version() -> None:
    assert run("--version").output == f"extractor, version {__version__}\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["ingest"], "Missing argument"),
        (["ingest", "no-such-file"], "no-such-file"),
        (["ingest", ".", "--jobs", "0"], "--jobs"),
        (["ingest", ".", "--engine", "steam"], "--engine"),
        (["ingest", ".", "--timeout", "0"], "--timeout"),
        (["ingest", ".", "--max-memory", "1"], "--max-memory"),
        (["check", "no.db"], "no.db"),
        (["serve", "no.db"], "no.db"),
        (["export", "p.db"], "p.db"),
        (["evaluate", "no.db", "--gold", "."], "no.db"),
        (["fly"], "No such command"),
    ],
)
def test_wrong_usage_is_status_2(words: list[str], said: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert said in result.stderr


def test_help_imports_none_of_the_heavy_libraries() -> None:
    program = f"import sys, extractor.cli; print({HEAVY} & sys.modules.keys())"
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=TOP)
    assert out.stdout.strip() == "set()"


# --- ingest ----------------------------------------------------------------------------------------


def test_ingest_again_skips_what_is_known(database: Path, tmp_path: Path) -> None:
    copy = shutil.copy(database, tmp_path / "p.db")
    result = run("ingest", database.parent / "云岭.txt", "--db", copy)
    assert result.exit_code == 0
    assert "0 written, 1 known already, 0 failed" in result.stderr


def test_ingest_can_put_notices_side_by_side(tmp_path: Path) -> None:
    result = run(
        "ingest", TOP / "corpora/xihu.txt", TOP / "corpora/luhe.txt", "--db", tmp_path / "p.db", "--compare"
    )
    assert result.exit_code == 0, result.output
    assert "2 documents compared" in result.stderr
    with closing(sqlite3.connect(tmp_path / "p.db")) as db:
        assert db.execute("select count(*) > 0 from clause_pairs").fetchone() == (1,)
    assert run("check", tmp_path / "p.db").exit_code == 0


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_bad_files_are_named_and_harm_no_other(tmp_path: Path, jobs: str) -> None:
    folder = tmp_path / "notices"
    folder.mkdir()
    (folder / "a.txt").write_bytes(b"")
    (folder / "b.txt").write_bytes(bytes(range(256)) * 8)
    (folder / "c.txt").write_text(NOTICE, "gb18030")
    (folder / "d.txt").write_bytes(NOTICE.encode() + NOTICE.encode("gb18030"))
    (folder / "e.txt").write_text("（" * 100_000, "utf-8")
    (folder / "f.pdf").write_bytes(b"%PDF-1.7")
    (folder / "g.mp3").write_bytes(b"ID3")
    result = run("ingest", folder, "--db", tmp_path / "p.db", "--jobs", jobs)
    assert result.exit_code == 1
    for name in ("a.txt", "b.txt", "d.txt", "e.txt", "f.pdf"):
        assert f"Error: {folder / name}: " in result.stderr
    assert "passed over: 1 × .mp3" in result.stderr
    assert "1 written, 0 known already, 5 failed" in result.stderr
    db = sqlite3.connect(tmp_path / "p.db")
    assert db.execute("select source_name from documents").fetchall() == [("c.txt",)]
    db.close()
    assert run("check", tmp_path / "p.db").exit_code == 0


def test_members_of_an_archive_are_named(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "通知.zip", "w") as archive:
        archive.writestr("市/a.txt", NOTICE)
        archive.writestr("市/b.txt", "")
        archive.writestr("市/c.mp3", "ID3")
    result = run("ingest", tmp_path, "--db", tmp_path / "p.db")
    assert result.exit_code == 1
    assert f"Error: {tmp_path}/通知.zip/市/b.txt: the file is empty." in result.stderr
    assert re.search(r"ignored .*通知\.zip/市/c\.mp3", result.stderr)
    assert "1 written, 0 known already, 1 passed over, 1 failed" in result.stderr
    db = sqlite3.connect(tmp_path / "p.db")
    assert db.execute("select source_name from documents").fetchall() == [("通知.zip/市/a.txt",)]
    db.close()


def test_limits_of_the_options_are_those_of_the_program() -> None:
    options = {option.name: option.default for option in main.commands["ingest"].params}
    assert options["timeout"] == DEFAULT_LIMITS.max_seconds
    assert options["max_memory"] * 1024 * 1024 == DEFAULT_LIMITS.max_memory


def test_a_folder_without_notices(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{}", "utf-8")
    result = run("ingest", tmp_path, "--db", tmp_path / "p.db")
    assert (result.exit_code, "no notice was found" in result.stderr) == (1, True)
    assert not (tmp_path / "p.db").exists()


@pytest.mark.parametrize(
    "words", [["ingest", "{txt}", "--db", "{file}"], ["check", "{file}"], ["show", "{file}", "x"]]
)
def test_a_file_that_is_no_database(database: Path, tmp_path: Path, words: list[str]) -> None:
    file = tmp_path / "notes.db"
    file.write_text("no database" * 100, "utf-8")
    result = run(*(word.format(file=file, txt=database.parent / "云岭.txt") for word in words))
    assert result.exit_code == 1
    assert f"Error: {file}" in result.stderr
    assert "Check that it is" in result.stderr
    assert file.read_text("utf-8").startswith("no database")


# --- reading a database ------------------------------------------------------------------------------


def test_check(database: Path, tmp_path: Path) -> None:
    assert run("check", database).exit_code == 0
    broken = Path(shutil.copy(database, tmp_path / "broken.db"))
    db = sqlite3.connect(broken)
    db.execute("update targets set quote = quote || '。'")
    db.commit()
    db.close()
    result = run("check", broken)
    assert result.exit_code == 1
    assert "targets" in result.stdout


def test_show_a_document_and_a_clause(database: Path) -> None:
    name = document_id(database)
    outline = run("show", database, name).output
    assert outline.startswith("云岭市促进托育服务发展实施方案\n  文号 云政发〔2023〕9号\n")
    assert "  一、主要目标  [1]" in outline
    clause = run("show", database, f"{name}.2.1").output
    assert "责 市卫健委" in clause
    assert re.search(r"金 .*一次性  10000元", clause)


def test_show_offers_names_that_begin_alike(database: Path) -> None:
    name = document_id(database)
    result = run("show", database, f"{name}.77")
    assert result.exit_code == 1
    assert f"Did you mean {name}?" in result.stderr


def test_export(database: Path, tmp_path: Path) -> None:
    assert run("export", database, "-o", tmp_path / "out", "--format", "jsonl").exit_code == 0
    rows = [json.loads(line) for line in (tmp_path / "out/targets.jsonl").read_text("utf-8").splitlines()]
    assert [(row["value"], row["unit"]) for row in rows] == [(4.5, "个")]
    assert run("export", database, "-o", tmp_path / "out").exit_code == 0
    with (tmp_path / "out/documents.csv").open(encoding="utf-8-sig") as stream:
        assert stream.readline().startswith("id,title,kind,")
    assert not list((tmp_path / "out").glob("*fts*"))


# --- evaluate ----------------------------------------------------------------------------------------


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    folder.mkdir()
    row = {
        "clause": "1",
        "indicator": "每千人口拥有托位数",
        "comparator": "=",
        "value": 4.5,
        "unit": "个",
        "deadline": "2025",
    }
    clause = {
        "ref": "1",
        "level": "part",
        "heading": "主要目标",
        "starts": "主要目标",
        "ends": "4.5个。",
        "parent": None,
    }
    annotation = {
        "source": "云岭.txt",
        "sha256": sha256(NOTICE.encode()).hexdigest(),
        "document": {"kind": "实施方案"},
        "clauses": [clause],
        "targets": [row, {**row, "value": 9}],
    }
    (folder / "云岭.json").write_text(json.dumps(annotation, ensure_ascii=False), "utf-8")
    return folder


def test_evaluate_prints_figures_errors_and_changes(database: Path, gold: Path, tmp_path: Path) -> None:
    words = ("evaluate", database, "--gold", gold, "--state", tmp_path / "state.json")
    first = run(*words, "--show")
    assert first.exit_code == 0
    assert "targets             100.0   50.0   66.7     1     1     0" in first.stdout
    assert "missed   targets: 云岭.txt 1 每千人口拥有托位数 9个" in first.stdout
    assert "since the last run" not in first.stdout
    (file,) = gold.iterdir()
    file.write_text(file.read_text("utf-8").replace('"value": 9', '"value": 4.5'), "utf-8")
    annotation = json.loads(file.read_text("utf-8"))
    annotation["targets"].pop()
    annotation["document"]["kind"] = "通知"
    file.write_text(json.dumps(annotation), "utf-8")
    second = run(*words)
    assert "since the last run: 0 facts gained, 1 lost" in second.stdout
    assert "lost   hit      document: 云岭.txt kind" in second.stdout


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["--min", "targets=66.7"], 0, ""),
        (["--min", "targets=66.8"], 1, "short of: targets 66.7 < 66.8"),
        (["--min", "targets"], 2, "KIND=F1"),
        (["--min", "tagrets=9"], 2, "no such kind"),
    ],
)
def test_floors(database: Path, gold: Path, tmp_path: Path, words: list[str], status: int, said: str) -> None:
    result = run("evaluate", database, "--gold", gold, "--state", tmp_path / "s", *words)
    assert result.exit_code == status
    assert said in result.stderr


def test_floors_from_a_file(database: Path, gold: Path, tmp_path: Path) -> None:
    floors = tmp_path / "floors.toml"
    floors.write_text("targets = 70.0\n", "utf-8")
    words = ("evaluate", database, "--gold", gold, "--state", tmp_path / "s", "--floors", floors)
    assert "short of: targets 66.7 < 70.0" in run(*words).stderr
    assert run(*words, "--min", "targets=50").exit_code == 0
