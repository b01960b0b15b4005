"""Every command of the pages and the README is run, every command of the program is documented."""

from __future__ import annotations

import re
import shutil
import sqlite3
from pathlib import Path

import click
import pytest

from extractor.cli import main
from tests.docs import commands
from tests.docs.shell import TOP, page_of, sh

DOCS = TOP / "docs"
PAGES = ("tutorial.md", "tutorial.en.md", "howto.md", "scale.md", "deploy.md", "limits.md")
ELSEWHERE = {"CONTRIBUTING.md"}  # run by test_contributing
SPEAKING = {"tutorial.md": "export EXTRACTOR_LANG=zh\n"}  # as its first commands say
BLOCK = re.compile(
    r"(?P<note><!--[^\n]*-->\n)?^```sh\n(?P<script>.*?)^```\n(?:\n```text\n(?P<said>.*?)^```\n)?",
    re.MULTILINE | re.DOTALL,
)
NOT_RUN = re.compile("<!-- (?:不运行|not run)")
# A registry, a cluster, Docker, root: what a test has not. tests/docs/test_deploy.py looks at the last two.
NEEDS_MORE = ("make install\n", "extractor ingest s3://", "docker ", "sudo ")
README = (TOP / "README.md").read_text("utf-8")
EXAMPLE = re.compile(r"^\| `\w+` \|.*\| `(extractor [^`]+)` \|$", re.MULTILINE)
FENCED = re.compile(r"^```(?P<form>\w*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
# What an example calls something of the reader's own → what stands for it here
STAND_INS = {
    "征求意见稿的编号": "xihu-2023-8", "定稿的编号": "zhangzhou-zhengzonggui-2023-6",
    "xihu-2023-8-draft": "weixi-2023-15", "notices/": "corpora/",
    "jiangxi.db fujian.db yunnan.db": "policies.db policies.db",
    "a.pdf": "corpora/xihu.txt", "b.docx": "corpora/weixi.txt",
}  # fmt: skip
# A file with pages of the reader's own; tests/test_page_image.py draws from one.
NEEDS_A_FILE = ("--page-image",)
# `displacy.serve` ends with Ctrl+C only.
QUIET = "from spacy import displacy\ndisplacy.serve = lambda *words, **options: None\n"
EPILOG = re.compile(r"^  (extractor \S.*)$", re.MULTILINE)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What the pages take to be there: the notices that come with the project."""
    (tmp_path / "corpora").symlink_to(TOP / "corpora")
    return tmp_path


def test_no_page_is_passed_over() -> None:
    with_commands = {page.name for page in DOCS.glob("*.md") if "```sh" in page.read_text("utf-8")}
    assert with_commands == {*PAGES, *ELSEWHERE}


@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_the_page_runs_and_says_what_the_page_says(page: str, folder: Path) -> None:
    for block in BLOCK.finditer((DOCS / page).read_text("utf-8")):
        script = block["script"]
        if NOT_RUN.match(block["note"] or ""):
            assert script.startswith(NEEDS_MORE)
        elif script.startswith("extractor serve"):
            assert "政策" in page_of(script, folder)
        else:
            done = sh(SPEAKING.get(page, "") + script, folder)
            assert done.returncode == 0, (script, done.stderr)
            said = [squeezed(line) for line in (done.stdout + done.stderr).splitlines()]
            for line in map(squeezed, (block["said"] or "").splitlines()):
                assert any(line in each for each in said), (line, said)


def test_every_example_of_the_readme_runs(folder: Path) -> None:
    examples = EXAMPLE.findall(README)
    assert {words.split()[1] for words in examples} == set(main.commands)
    shutil.make_archive(str(folder / "a"), "zip", TOP / "corpora")
    assert sh("extractor ingest corpora --engine dask --shards policies.shards", folder).returncode == 0
    run_examples(examples, folder)


def first_cells(page: str) -> set[str]:
    """What the tables of a page name in their first columns: commands, tables, suffixes."""
    cells = re.findall(r"^\| ([^|]+) \|", page, re.MULTILINE)
    return set(re.findall(r"`(\.?\w+)`", " ".join(cells)))


def test_the_readme_in_english_has_the_same_commands_tables_and_formats() -> None:
    english = (DOCS / "README.en.md").read_text("utf-8")
    assert first_cells(english) == first_cells(README)
    assert set(main.commands) <= first_cells(english)


def test_every_example_of_the_help_runs(folder: Path) -> None:
    found = [
        line for command in (main, *main.commands.values()) for line in EPILOG.findall(command.epilog or "")
    ]
    assert {words.split()[1] for words in found} == set(main.commands)
    shutil.make_archive(str(folder / "notices"), "zip", TOP / "corpora")
    assert sh("extractor ingest corpora --db policies.db", folder).returncode == 0
    run_examples([words for words in found if not any(option in words for option in NEEDS_A_FILE)], folder)


def run_examples(examples: list[str], folder: Path) -> None:
    for words in examples:
        command = words
        for name, stand_in in STAND_INS.items():
            command = command.replace(name, stand_in)
        if command.startswith("extractor serve"):
            assert page_of(command, folder)
        else:
            done = sh(command, folder)
            assert done.returncode == 0, (command, done.stderr)


@pytest.mark.parametrize(
    ("page", "forms"), [("README.md", {"", "sql", "python"}), ("docs/howto.md", {"sh", "python"})]
)
def test_the_sql_and_the_python_of_the_page_run(page: str, forms: set[str], folder: Path) -> None:
    assert sh("extractor ingest corpora --db policies.db", folder).returncode == 0
    text = (TOP / page).read_text("utf-8")
    for command in re.findall(r"^extractor export .*$", text, re.MULTILINE):
        assert sh(command, folder).returncode == 0
    blocks = list(FENCED.finditer(text))
    assert {block["form"] for block in blocks} == forms
    db = sqlite3.connect(folder / "policies.db")
    for block in blocks:
        if block["form"] == "sql":
            for statement in filter(str.strip, block["body"].split(";")):
                assert db.execute(statement).fetchall()
        elif block["form"] == "python":
            (folder / "example.py").write_text(QUIET + block["body"], "utf-8")
            done = sh("python example.py", folder)
            assert done.returncode == 0 and done.stdout.strip(), done.stderr
    db.close()


def test_every_target_of_make_that_is_named_is_there() -> None:
    targets = set(re.findall(r"^([a-z]+):", (TOP / "Makefile").read_text("utf-8"), re.MULTILINE))
    for page in (TOP / "README.md", *DOCS.glob("*.md")):
        text = page.read_text("utf-8")
        named = re.findall(r"(?:^|`)make ((?:[a-z]+ ?)+)", text, re.MULTILINE)
        assert {target for words in named for target in words.split()} <= targets, page.name


def test_every_command_and_option_is_documented() -> None:
    page = commands.PAGE.read_text("utf-8")
    assert page == commands.page(), "run `python -m tests.docs`"
    assert re.findall(r"^## (\S+)$", page, re.MULTILINE) == sorted(main.commands)
    for name, command in main.commands.items():
        section = page.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
        options = [word for param in command.params if isinstance(param, click.Option) for word in param.opts]
        assert all(option in section for option in options)
        assert (command.help or "").split(".")[0][:40] in squeezed(section)
