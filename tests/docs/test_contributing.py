"""What CONTRIBUTING.md says of adding words, formats and facts, done in a copy: it works and touches that many files."""

from __future__ import annotations

import re
import sqlite3
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.compare.farming import A, B
from tests.docs import catalogue
from tests.docs.recipes import PAGE, SHELL, STATED, TOP, done, edited, program, sections, touched
from tests.docs.shell import sh

HEAD = "云岭市公共服务提升实施方案\n云政发〔2024〕3号\n为做好公共服务工作，制定本方案。\n一、重点任务\n"
MAIL = EmailMessage()
MAIL["From"], MAIL["To"], MAIL["Subject"] = "a@example.cn", "b@example.cn", "方案"
MAIL.set_content(f"{HEAD}（一）加大支持。给予每家补助5万元。\n", charset="gb18030", cte="base64")

# title, file, query, its rows before, its rows after
ADDED = [
    ("a unit name", ("a.txt", f"{HEAD}（一）建设起降点。布局场地。（责任单位：市低空办）\n".encode()),
     "select canonical_name || ' ' || sector from units",
     ["市低空办 其他"], ["市低空经济办公室 发展改革"]),
    ("a measure", ("a.txt", f"{HEAD}（一）发展物流。到2027年，水路货运周转量达到30亿吨海里。\n".encode()),
     "select indicator || ' ' || unit from targets", ["海里 亿吨"], ["水路货运周转量 亿吨海里"]),
    ("a reader for a new format", ("a.eml", bytes(MAIL)),
     "select media_type || ' ' || value from documents, amounts", None, ["message/rfc822 50000"]),
    ("a new kind of fact", ("a.txt", f"{HEAD}（一）规范招标。严禁转包和违法分包，不得低于20%。\n".encode()),
     "select id || ' ' || act || ' ' || quote from prohibitions",
     None, ["doc-zhengfa-2024-3.1.1_p1 转包和违法分包 严禁转包和违法分包"]),
]  # fmt: skip


def rows(folder: Path, file: tuple[str, bytes], query: str) -> list[str] | None:
    """What a database of the one file holds; None where it cannot be asked."""
    (folder / "notices").mkdir(exist_ok=True)
    (folder / "notices" / file[0]).write_bytes(file[1])
    (folder / "p.db").unlink(missing_ok=True)
    sh("extractor ingest notices --db p.db", folder, program=folder)
    db = sqlite3.connect(folder / "p.db")
    try:
        return [row[0] for row in db.execute(query)] or None
    except sqlite3.OperationalError:
        return None
    finally:
        db.close()


@pytest.mark.parametrize(
    ("title", "file", "query", "before", "after"), ADDED, ids=[case[0] for case in ADDED]
)
def test_it_is_added_as_the_page_says(
    tmp_path: Path,
    title: str,
    file: tuple[str, bytes],
    query: str,
    before: list[str] | None,
    after: list[str],
) -> None:
    body, folder = sections()[title], program(tmp_path)
    assert rows(folder, file, query) == before
    done(body, folder)
    for script in SHELL.findall(body):
        made = sh(script, folder, program=folder)
        assert made.returncode == 0, made.stderr
    assert rows(folder, file, query) == after
    checked = sh("extractor check p.db", folder, program=folder)
    assert checked.returncode == 0, checked.stdout
    (stated,) = STATED.findall(body)
    assert len(touched(folder)) == int(stated), touched(folder)


def test_a_topic_list_for_another_subject_is_one_file(tmp_path: Path) -> None:
    body = sections()["a topic list for another subject"]
    folder = program(tmp_path)
    done(body, folder)
    assert touched(folder) == ["farming.toml"]
    assert STATED.findall(body) == ["1"]
    (folder / "notices").mkdir()
    for name, words in (("a.txt", A), ("b.txt", B)):
        (folder / "notices" / name).write_text(words, "utf-8")
    (script,) = SHELL.findall(body)
    compared = sh(f"extractor ingest notices --db farming.db\n{script}", folder, program=folder)
    assert compared.returncode == 0, compared.stderr
    table = (folder / "upkeep.csv").read_text("utf-8")
    assert "村集体" in table
    assert "机耕道路" not in table


def test_what_is_added_says_nothing_that_lacks_its_chinese(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = program(tmp_path)
    done(sections()["a reader for a new format"], folder)
    monkeypatch.setattr(catalogue, "PROGRAM", folder / "extractor")
    assert any("eml.py" in place for place in catalogue.wanted().values())
    assert catalogue.wanted().keys() <= dict(catalogue.entries()).keys()


def test_the_loop_names_what_an_edit_gains_and_loses(tmp_path: Path) -> None:
    first, second = SHELL.findall(PAGE.read_text("utf-8"))[:2]
    folder = program(tmp_path)
    (folder / "corpora").symlink_to(TOP / "corpora")
    before = sh(first, folder, program=folder)
    assert before.returncode == 0, before.stderr
    path = folder / "extractor" / "lexicon" / "measures.toml"
    path.write_text(path.read_text("utf-8").replace('"‰", ', ""), "utf-8")
    after = sh(second, folder, program=folder)
    assert re.search(r"since the last run: \d+ facts gained, [1-9]\d* lost", after.stdout)
    assert re.search("^lost .*targets", after.stdout, re.MULTILINE)


def test_a_diff_that_does_not_fit_is_refused() -> None:
    assert edited("a\nb\n", " a\n+c\n") == "a\nc\nb\n"
    for diff in (" d\n+c\n", "-a\n+c\n"):
        with pytest.raises(ValueError, match="do not stand there once"):
            edited("a\na\n", diff)


def test_every_recipe_is_tried() -> None:
    assert set(sections()) == {case[0] for case in ADDED} | {"a topic list for another subject"}
