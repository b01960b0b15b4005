"""What a shell is offered when somebody presses Tab."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner

from extractor.cli import main
from tests.stored import built, notice
from tests.test_cli import HEAVY

SHELLS = ("bash", "zsh", "fish")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("completion")
    return built(folder, [notice()], "p.db")


def offered(*words: str | Path, typed: str = "") -> list[str]:
    shell = ShellComplete(main, {}, "extractor", "_EXTRACTOR_COMPLETE")
    return [item.value for item in shell.get_completions([str(word) for word in words], typed)]


def kinds(*words: str | Path, typed: str = "") -> list[str]:
    shell = ShellComplete(main, {}, "extractor", "_EXTRACTOR_COMPLETE")
    return [item.type for item in shell.get_completions([str(word) for word in words], typed)]


def test_commands_options_and_choices() -> None:
    assert offered() == sorted(main.commands)
    assert offered(typed="re") == ["redline", "report"]
    assert "--topic" in offered("compare", "p.db", typed="--")
    assert offered("export", "p.db", "--format", typed="p") == ["parquet"]
    assert offered("completion") == list(SHELLS)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (("ingest",), "file"),
        (("check",), "file"),
        (("serve",), "file"),
        (("report", "p.db", "-o"), "file"),
        (("export", "p.db", "-o"), "dir"),
    ],
)
def test_files_are_left_to_the_shell(words: tuple[str, ...], kind: str) -> None:
    assert kinds(*words, typed="x") == [kind]


def test_names_that_the_database_holds(database: Path) -> None:
    (document,) = offered("show", database)
    assert offered("show", database, typed=document[:3]) == [document]
    assert offered("show", database, typed="zz") == []
    clauses = offered("show", database, typed=f"{document}.")
    assert clauses and all(clause.startswith(f"{document}.") for clause in clauses)
    assert offered("redline", database, f"{document}.1", typed=document[:2]) == [document]
    assert offered("export", database, "-o", "x", "--document") == [document]
    assert "targets" in offered("export", database, "-o", "x", "--table", typed="ta")
    assert not any("fts" in name for name in offered("export", database, "-o", "x", "--table"))
    assert len(offered("compare", database, "--jurisdiction")) == 1


def test_topics_by_name_and_by_id(database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "p.db"
    shutil.copy(database, copy)
    done = CliRunner().invoke(main, ["compare", str(copy), "--query", "托位", "-o", str(tmp_path / "t.csv")])
    assert done.exit_code == 0, done.stderr
    assert "托位供给" in offered("compare", copy, "--topic", typed="托位")
    assert "policy-transition" not in offered("compare", copy, "--topic")
    assert "policy-transition" in offered("compare", copy, "--topic", typed="policy-")


def test_nothing_where_nothing_can_be_asked(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    other.write_text("no database")
    assert offered("show", other) == offered("show", tmp_path / "none.db") == []
    assert offered("compare", "--topic") == []


def test_a_question_of_a_shell_loads_nothing_heavy(database: Path) -> None:
    program = (
        "import atexit, sys; sys.argv[0] = 'extractor'\n"
        f"atexit.register(lambda: print({HEAVY} & sys.modules.keys(), file=sys.stderr))\n"
        "from extractor.cli import main; main()"
    )
    asked = {
        "_EXTRACTOR_COMPLETE": "bash_complete",
        "COMP_WORDS": f"extractor show {database} ",
        "COMP_CWORD": "3",
    }
    done = subprocess.run(
        (sys.executable, "-c", program), env={**os.environ, **asked}, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr.strip()) == (0, "set()")
    assert done.stdout.startswith("plain,")


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_is_one_of_its_shell(shell: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["completion", shell])
    assert done.exit_code == 0 and f"_EXTRACTOR_COMPLETE={shell}_complete" in done.stdout
    if shutil.which(shell):
        script = tmp_path / "script"
        script.write_text(done.stdout)
        subprocess.run((shell, "-n", script), check=True)
