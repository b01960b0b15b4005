"""Messages and help in Chinese or English, by the locale or by choice."""

from __future__ import annotations

import os
import pickle
import re
import subprocess
import sys
from pathlib import Path
from unicodedata import east_asian_width

import click
import pytest
from click.testing import CliRunner, Result

from extractor.cli import main
from extractor.cli_help import Command, Context
from extractor.language import looked_up, preferred, speak, speaking, spoken
from extractor.messages import Message, Trouble
from extractor.model import ReadError
from tests.test_cli import NOTICE

CHINESE = re.compile("[一-龥]")
LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE", "EXTRACTOR_LANG")


def run(*words: str | Path, **variables: str) -> Result:
    none = dict.fromkeys(LOCALES)
    return CliRunner().invoke(main, [str(word) for word in words], env={**none, **variables})


def columns(line: str) -> int:
    return sum(1 + (east_asian_width(character) in "WF") for character in line)


# --- which language --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW.UTF-8"}, "zh"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LANGUAGE": "en_US:en"}, "en"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "zh_CN:zh"}, "zh"),
        ({"LANG": "C.UTF-8", "LANGUAGE": "zh"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "EXTRACTOR_LANG": "en"}, "en"),
        ({"LANG": "C", "EXTRACTOR_LANG": "zh"}, "zh"),
    ],
)
def test_the_locale_and_the_choice_decide(variables: dict[str, str], language: str) -> None:
    assert preferred(variables) == language


def test_the_option_decides_above_all() -> None:
    assert "选项" in run("--lang", "zh", "check", "--help").output
    assert "Options" in run("--lang", "en", "check", "--help", LANG="zh_CN.UTF-8").output
    assert run("--lang", "fr", "check").exit_code == 2


def test_what_was_told_before_is_told_again(monkeypatch: pytest.MonkeyPatch) -> None:
    for told in ("de:en", None):
        if told is None:
            monkeypatch.delenv("LANGUAGE", raising=False)
        else:
            monkeypatch.setenv("LANGUAGE", told)
        with speaking():
            speak("zh")
            assert looked_up("Examples:") == "例："
        assert os.environ.get("LANGUAGE") == told
        assert looked_up("Examples:") == "Examples:"


# --- messages --------------------------------------------------------------------------------------


def test_a_message_is_english_and_is_said_in_chinese() -> None:
    error = ReadError(
        "a.pdf",
        "the file has {count:,} pages, over the limit of {most:,}.",
        "Split the file.",
        count=6000,
        most=5000,
    )
    english = "a.pdf: the file has 6,000 pages, over the limit of 5,000. Split the file."
    assert str(error) == english == spoken(error.message)
    with speaking():
        speak("zh")
        said = spoken(pickle.loads(pickle.dumps(error.message)))
    assert said == "a.pdf：文件有 6,000 页，超过上限 5,000。请分成几个文件。"


def test_the_words_of_a_file_are_left_as_they_are() -> None:
    """A file may be called like a sentence of the catalogue, or like a template."""
    with speaking():
        speak("zh")
        said = spoken(
            Trouble("{file}: {words}", file="rows", words=Message("{error}", error="{file}")).message
        )
    assert said == "rows：{file}"


def test_an_error_in_an_error_is_said_too() -> None:
    within = Trouble("the page holds no text.")
    message = Message("{database}: {words}", database="p.db", words=within)
    with speaking():
        speak("zh")
        assert spoken(message) == "p.db：网页里没有文字。"


# --- the command line ------------------------------------------------------------------------------


def test_a_run_speaks_chinese_from_the_first_line_to_the_last(tmp_path: Path) -> None:
    (tmp_path / "云岭.txt").write_text(NOTICE, "utf-8")
    (tmp_path / "空.txt").write_text("")
    database = tmp_path / "p.db"
    result = run("ingest", tmp_path, "--db", database, LANG="zh_CN.UTF-8")
    assert result.exit_code == 1
    assert "空.txt：文件是空的。请重新保存，或不要读它。" in result.stderr
    assert re.search(r"^已读入 +\S+云岭\.txt → \S+$", result.stderr, re.MULTILINE)
    assert "读入 1 份，已有 0 份，失败 1 份" in result.stderr
    assert "全部守约" in run("check", database, LANG="zh_CN.UTF-8").output


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_a_worker_says_is_said_in_chinese(tmp_path: Path, jobs: str) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4\nbroken")
    result = run("ingest", tmp_path / "a.pdf", "--db", tmp_path / "p.db", "--jobs", jobs, EXTRACTOR_LANG="zh")
    assert "文件已损坏或不完整。" in result.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["ingest"], "缺少参数"),
        (["ingest", "none"], "不存在"),
        (["ingest", ".", "--jobs", "0"], "不在"),
        (["fly"], "没有命令"),
        (["compare", __file__, "-o", "t.csv"], "请写一个"),
        (["check", __file__], "是不是 extractor 做的"),
    ],
)
def test_errors_are_chinese(words: list[str], said: str) -> None:
    result = run(*words, EXTRACTOR_LANG="zh")
    assert result.exit_code in (1, 2)
    assert said in result.stderr and "Error" not in result.stderr


@pytest.mark.parametrize("name", ["", *main.commands])
def test_help_is_chinese_and_fits_the_terminal(name: str) -> None:
    words = [name, "--help"] if name else ["--help"]
    output = run(*words, EXTRACTOR_LANG="zh", COLUMNS="80").output
    shown, _, typed = output.partition("例：")
    assert CHINESE.search(shown) and typed
    for line in shown.splitlines():
        assert columns(line) <= 80, line
        assert not line.lstrip().startswith(("，", "。", "；", "）"))


def test_help_follows_the_language_within_a_process() -> None:
    for _ in range(2):
        assert "显示这份帮助。" in run("check", "--help", EXTRACTOR_LANG="zh").output
        assert "Show this message and exit." in run("check", "--help").output


@pytest.mark.parametrize("name", ["", *main.commands])
def test_english_help_is_what_click_makes_of_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    words = [name, "--help"] if name else ["--help"]
    output = run(*words).output
    assert output == run(*words, LANG="fr_FR.UTF-8").output
    monkeypatch.setattr(Context, "formatter_class", click.HelpFormatter)
    monkeypatch.setattr(Command, "get_short_help_str", click.Command.get_short_help_str)
    assert output == run(*words).output


def test_a_program_of_its_own_reads_the_catalogue(tmp_path: Path) -> None:
    variables = {name: value for name, value in os.environ.items() if name not in LOCALES}
    words = (sys.executable, "-m", "extractor", "check", "none.db")
    top = Path(__file__).parents[1]
    done = subprocess.run(
        words,
        env={**variables, "LANG": "zh_CN.UTF-8"},
        cwd=top,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert (done.returncode, "不存在" in done.stderr) == (2, True)
