"""Redlines of clauses and documents: nothing lost on either side, in every kind of file."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import zipfile
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from docx import Document

from extractor.cli import main
from extractor.compare.redlines import Redlines, redlines

CORPORA = Path(__file__).parents[2] / "corpora"
XIHU = (CORPORA / "xihu.txt").read_text("utf-8")
DRAFT = (
    XIHU.replace("（试行）", "（征求意见稿）")
    .replace("西发〔2023〕8号", "")
    .replace("360", "300")
    .replace("积极建设", "主动建设")
    .replace("（四）加强督导", "（四）开展督导")
)
FINAL = "xihu-2023-8"


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("redlines")
    (folder / "draft.txt").write_text(DRAFT, "utf-8")
    path = folder / "p.db"
    assert run("ingest", str(CORPORA), str(folder / "draft.txt"), "--db", str(path)).exit_code == 0
    return path


@pytest.fixture(scope="module")
def draft(database: Path) -> str:
    with closing(sqlite3.connect(database)) as db:
        ((name,),) = db.execute("select id from documents where source_name = 'draft.txt'").fetchall()
    return str(name)


def found(database: Path, a: str, b: str) -> Redlines:
    with closing(sqlite3.connect(database)) as db:
        return redlines(db, a, b)


@pytest.mark.parametrize("other", ["draft", "zhangzhou-zhengzonggui-2023-6", FINAL])
def test_every_clause_of_both_is_there_once_with_all_its_words(
    database: Path, draft: str, other: str
) -> None:
    before = draft if other == "draft" else other
    rows = found(database, before, FINAL).rows
    with closing(sqlite3.connect(database)) as db:
        for name, sides in ((before, [row.before for row in rows]), (FINAL, [row.after for row in rows])):
            texts = dict(db.execute("select id, text from clauses where document_id = ?", (name,)))
            assert {side.clause_id: side.text for side in sides if side} == texts
            assert Counter(side.clause_id for side in sides if side).most_common(1)[0][1] == 1
    for row in rows:
        assert row.redline.before == (row.before.text if row.before else "")
        assert row.redline.after == (row.after.text if row.after else "")


def test_a_draft_and_its_final_differ_where_they_differ(database: Path, draft: str) -> None:
    rows = found(database, draft, FINAL).rows
    assert {row.change for row in rows} == {"same", "changed"}
    changed = {row.after.ref: row.redline for row in rows if row.after and row.change == "changed"}
    assert set(changed) == {"front", "2.2", "2.4.11"}
    assert [(p.before, p.after) for p in changed["2.4.11"].pieces if p.kind != "copied"] == [("0", "6")]


def test_the_same_document_is_the_same(database: Path) -> None:
    assert {row.change for row in found(database, FINAL, FINAL).rows} == {"same"}


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".html", ".csv", ".json"])
def test_every_kind_of_file_holds_both_texts(database: Path, draft: str, tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"r{suffix}"
    result = run("redline", str(database), draft, FINAL, "-o", str(file))
    assert result.exit_code == 0, result.output
    assert "changed" in result.output
    words = WORDS[suffix](file)
    with closing(sqlite3.connect(database)) as db:
        texts = [
            {line for (text,) in db.execute(sql, (name,)) for line in text.split("\n")}
            for sql in ["select text from clauses where document_id = ?"]
            for name in (draft, FINAL)
        ]
    both = texts[0] & texts[1]
    assert len(both) > 30 and all(line in words for line in both)


def _docx(file: Path) -> str:
    document = Document(str(file))
    assert document.sections[0].page_width > document.sections[0].page_height
    assert "tblHeader" in document.tables[0].rows[0]._tr.xml
    runs = [r for row in document.tables[0].rows[1:] for p in row.cells[3].paragraphs for r in p.runs]
    assert any(r.font.strike for r in runs) and any(r.font.underline for r in runs)
    return "\n".join(cell.text for row in document.tables[0].rows for cell in row.cells)


def _xlsx(file: Path) -> str:
    with zipfile.ZipFile(file) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert 'state="frozen"' in sheet and "<autoFilter" in sheet
        return re.sub(r"<[^>]+>", "", book.read("xl/sharedStrings.xml").decode())


def _html(file: Path) -> str:
    page = file.read_text("utf-8")
    assert "<ins>" in page and "<del>" in page and "<script" not in page and "http" not in page
    return re.sub(r"<[^>]+>", "", page)


def _csv(file: Path) -> str:
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(file.read_text("utf-8-sig").splitlines(keepends=True)))
    assert {len(row) for row in rows} == {5}
    return "\n".join(cell for row in rows for cell in row)


def _json(file: Path) -> str:
    data = json.loads(file.read_text("utf-8"))
    for row in data["rows"]:
        pieces = row["redline"]["pieces"]
        assert "".join(piece["after"] for piece in pieces) == (row["after"] or {"text": ""})["text"]
    return "\n".join(row["after"]["text"] for row in data["rows"] if row["after"])


WORDS = {".docx": _docx, ".xlsx": _xlsx, ".html": _html, ".csv": _csv, ".json": _json}


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("nowhere", FINAL, "no document or clause nowhere"),
        (f"{FINAL}.1", FINAL, "two clauses or two documents"),
    ],
)
def test_what_cannot_be_compared_is_named(database: Path, before: str, after: str, said: str) -> None:
    result = run("redline", str(database), before, after, "-o", "r.csv")
    assert result.exit_code == 1 and said in result.stderr


def test_two_clauses(database: Path) -> None:
    (row,) = found(database, f"{FINAL}.2.3.10", "zhangzhou-zhengzonggui-2023-6.2.3.6").rows
    assert row.change == "changed" and row.before and row.before.place.startswith("2.3.10")
