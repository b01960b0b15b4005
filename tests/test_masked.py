"""What leaves a database: no private word in any row, page, file or byte, and all else as it was."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from extractor import search
from extractor.check import check
from extractor.cli import main
from extractor.contract import load_contract
from extractor.public import public
from extractor.store import StoreError, masked, open_store
from extractor.store.masked import private_words_in, write_masked
from extractor.store.masking import MARK, Mask, Words
from tests.site.opening import opened
from tests.stored import built, notice

CORPORA = Path(__file__).parent.parent / "corpora"
REPLY = """云岭市民政局
云民函〔2024〕7号
关于对欧阳修文代表提出的第43号建议的答复
尊敬的欧阳修文代表：
您提出的《关于健全养老服务保障机制的建议》收悉，现答复如下：
一、工作情况
（一）增加床位。到2026年，全市护理型床位占比达到60%以上，由市民政局牵头，市财政局配合。按欧阳修文的意见，每张床位补助500元。
（二）发放补贴。对经济困难的高龄老人，按每人每月100元发放补贴，打入银行账号6222021234567890123。
二、联系方式
联系人：何小丽，手机：13812345678，邮箱：hexiaoli@163.com
| 代表人姓名 | 欧阳修文 | 家庭住址 | 云岭市城东区人民路12号3栋402室 | 身份证号 | 11010519491231002X |
|---|---|---|---|---|---|
| 承办单位 | 云岭市民政局 | 电话 | 83752009 | 邮政编码 | 330100 |
"""
PLAIN = "云岭市民政局关于做好养老服务工作的通知\n一、工作要求\n（一）增加床位。到2026年，全市护理型床位占比达到65%以上。\n"
PRIVATE = (
    "欧阳修文",
    "何小丽",
    "13812345678",
    "hexiaoli@163.com",
    "云岭市城东区人民路12号3栋402室",
    "11010519491231002X",
    "6222021234567890123",
)
STAYS = ("83752009", "云岭市民政局", "330100", "护理型床位占比")


def run(*words: str | Path) -> Result:
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exit_code == 0, (words, result.output, result.stderr)
    return result


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    notices = folder / "notices"
    notices.mkdir()
    (notices / "对欧阳修文代表的答复.md").write_text(REPLY, "utf-8")
    (notices / "通知.txt").write_text(PLAIN, "utf-8")
    run("ingest", notices, CORPORA, "--db", folder / "p.db", "--compare", "--keep-sources", folder / "kept")
    return folder


@pytest.fixture
def database(made: Path, tmp_path: Path) -> Path:
    """The database with its notices and kept sources, for one test."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path / "p.db"


def test_corrections_of_private_words_are_masked_and_still_borne_out(database: Path) -> None:
    with closing(sqlite3.connect(database)) as db:
        found = dict(db.execute(
            "select value, f.id from amounts f join clauses c on c.id = f.clause_id "
            "join documents d on d.id = c.document_id where d.doc_number = '云民函〔2024〕7号'"
        ))  # fmt: skip
    assert found.keys() == {500, 100}
    given = ("--by", "张三", "--why", "按欧阳修文的意见")
    run("correct", database, found[500], "purpose=欧阳修文的床位", *given)
    run("correct", database, found[100], "--reject", *given)
    copy = database.parent / "out" / "p.db"
    write_masked(database, copy)
    with closing(sqlite3.connect(copy)) as db:
        said = dict(db.execute("select fact_id, changes || why || coalesce(parsed, '') from corrections"))
        assert list(check(db)) == []
        assert db.execute("select purpose from amounts where id = ?", (found[500],)).fetchall() == [
            ("××××的床位",)
        ]
    assert said.keys() == set(found.values()) and all("按××××的意见" in words for words in said.values())
    assert not [word for word in PRIVATE if word in "".join(said.values())]
    assert "欧阳修文".encode() not in copy.read_bytes()


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as db:
        return {
            table.name: db.execute(f'select rowid, * from "{table.name}"').fetchall()
            for table in load_contract()
        }


def told(path: Path) -> list[str]:
    """The private words that the bytes of a file, or of the files of a folder, hold."""
    files = [path] if path.is_file() else [each for each in path.rglob("*") if each.is_file()]
    whole = b"\n".join(file.read_bytes() for file in files)
    return [word for word in PRIVATE if word.encode() in whole or word.encode("utf-16-le") in whole]


def test_the_database_itself_keeps_the_words(database: Path) -> None:
    assert told(database) == list(PRIVATE)
    assert private_words_in(database) > len(PRIVATE)
    assert list(check(database)) == []


def test_the_copy_holds_none_in_any_byte_and_keeps_its_promises(database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "given" / "p.db"
    assert write_masked(database, copy) == private_words_in(database)
    assert told(copy) == []
    assert list(check(copy)) == []
    assert private_words_in(copy) == 0 and public(copy) == copy
    assert os.listdir(copy.parent) == ["p.db"]


def test_a_database_from_before_a_table_was_added_is_masked_too(database: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(database)) as db:
        db.execute("drop table clause_facets")
        db.commit()
    write_masked(database, tmp_path / "masked.db")
    assert not list(check(tmp_path / "masked.db"))


def test_only_private_characters_differ(database: Path, tmp_path: Path) -> None:
    write_masked(database, tmp_path / "m.db")
    before, after = rows(database), rows(tmp_path / "m.db")
    assert [row[-1] for row in after["documents"]] == [row[-1] for row in before["documents"]]
    changed = 0
    for name, held in before.items():
        if name in ("kept_sources", "private_spans"):
            continue
        assert len(after[name]) == len(held), name
        for old, new in zip(held, after[name], strict=True):
            for was, now in zip(old, new, strict=True):
                if was == now:
                    continue
                changed += 1
                if isinstance(was, str) and isinstance(now, str):
                    assert len(was) == len(now) and MARK in now
                    assert all(b in (a, MARK) for a, b in zip(was, now, strict=True)), (name, was, now)
                else:
                    assert name in ("numbers", "cells") and now is None
    assert changed > 20
    with closing(sqlite3.connect(tmp_path / "m.db")) as db:
        text = "".join(row[0] for row in db.execute("select text from documents"))
    assert all(word in text for word in STAYS)


def test_search_finds_the_words_no_more_and_all_others_still(database: Path, tmp_path: Path) -> None:
    write_masked(database, tmp_path / "m.db")

    def hits(path: Path, words: str) -> int:
        with closing(sqlite3.connect(path)) as db:
            search.register(db)
            sql = "select count(*) from clauses_fts where clauses_fts match fts_query(?)"
            return int(db.execute(sql, (words,)).fetchone()[0])

    assert hits(database, "欧阳修文") and hits(database, "13812345678")
    assert not hits(tmp_path / "m.db", "欧阳修文") and not hits(tmp_path / "m.db", "13812345678")
    assert hits(tmp_path / "m.db", "护理型床位") == hits(database, "护理型床位") > 0


def test_the_index_is_made_anew_where_copying_moved_rows(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a version of SQLite might: the copy's clauses get other rowids."""
    again = masked._index_again

    def moved(db: sqlite3.Connection, original: Path) -> None:
        db.execute("update clauses set rowid = -rowid")
        db.commit()
        again(db, original)

    monkeypatch.setattr(masked, "_index_again", moved)
    write_masked(database, tmp_path / "m.db")
    assert list(check(tmp_path / "m.db")) == []


def test_originals_with_private_words_are_out_of_reach(database: Path, tmp_path: Path) -> None:
    """The others are still found from where the copy is."""
    copy = tmp_path / "elsewhere" / "deep" / "p.db"
    write_masked(database, copy)
    with closing(sqlite3.connect(copy)) as db:
        private = {row[0] for row in db.execute("select distinct document_id from private_spans")}
        found = {
            document: path
            for document, path in db.execute(
                "select d.id, k.path from documents d left join kept_sources k on k.sha256 = d.source_sha256"
            )
        }
    for document, path in found.items():
        if document in private:
            assert path is None
        elif path is not None:
            assert (copy.parent / path).is_file()
    assert len([path for path in found.values() if path]) == len(found) - len(private) > 0


OUTPUTS = [
    ("export", "-o", "out", "--format", "csv"),
    ("export", "-o", "out", "--format", "jsonl"),
    ("report", "-o", "out.html", "--sample", "500"),
    ("compare", "--query", "补贴", "-o", "out.html"),
    ("compare", "--query", "床位", "-o", "out.csv"),
    ("compare", "--query", "补贴", "-o", "out.json"),
    ("redline", "REPLY", "NOTICE", "-o", "out.html"),
]  # fmt: skip


@pytest.mark.parametrize("words", OUTPUTS, ids=" ".join)
def test_no_output_tells_them_unless_it_is_asked_to(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    with closing(sqlite3.connect(database)) as db:
        names = dict(
            db.execute(
                "select case when source_name like '%.md' then 'REPLY' else 'NOTICE' end, id from documents where source_name in ('对欧阳修文代表的答复.md', '通知.txt')"
            )
        )
    command, *rest = [names.get(word, word) for word in words]
    run(command, database, *rest)
    (output,) = (path for path in tmp_path.iterdir() if path.name.startswith("out"))
    assert told(output) == []
    again = ("--overwrite",) if command == "export" else ()
    run(command, database, *rest, *again, "--show-private")
    assert told(output)


def test_a_word_table_tells_them_no_more(database: Path, tmp_path: Path) -> None:
    def words(*more: str) -> str:
        run("compare", database, "--query", "补贴", "-o", tmp_path / "t.docx", *more)
        return "".join(
            cell.text
            for table in Document(str(tmp_path / "t.docx")).tables
            for row in table.rows
            for cell in row.cells
        )

    assert "6222021234567890123" in words("--show-private")
    assert not [word for word in PRIVATE if word in words()]


def test_no_page_of_the_site_tells_them(database: Path) -> None:
    """Our pages, Datasette's tables, its JSON and CSV, its SQL and the file itself, of what `serve` opens."""
    shown = public(database)
    with closing(sqlite3.connect(database)) as db:
        (document,) = db.execute("select id from documents where source_name like '%.md'").fetchone()
        tables = [
            name for (name,) in db.execute("select name from sqlite_master where type in ('table', 'view')")
        ]
    paths = [
        "/", "/-/s?q=联系人", "/-/s.csv?q=联系人", "/-/s.json?q=补贴", f"/-/d/{document}", "/-/c?q=补贴", "/-/c.json?q=补贴",
        *(f"/p/{table}{form}?_size=1000" for table in tables for form in ("", ".json", ".csv")),
        "/p.json?sql=select+*+from+documents", "/p.db", f"/-/d/{document}/source", f"/-/d/{document}/page/1.png",
    ]  # fmt: skip
    answers = opened(shown, *paths)
    assert [a.status_code for a in answers[-3:]] == [200, 404, 404]
    for path, answer in zip(paths, answers, strict=True):
        assert not [word for word in PRIVATE if word.encode() in answer.content], path
    assert any("×××" in answer.text for answer in answers[:-3])


def test_the_copy_is_made_once_and_again_after_a_change(database: Path, tmp_path: Path) -> None:
    copy = public(database)
    assert copy == tmp_path / ".masked" / "p.db" and copy.name == database.name
    made = copy.stat().st_ino
    assert public(database).stat().st_ino == made
    (tmp_path / "更多.txt").write_text(PLAIN.replace("65%", "66%") + "联系人：周涛13900001111\n", "utf-8")
    run("ingest", tmp_path / "更多.txt", "--db", database)
    assert "周涛".encode() not in public(database).read_bytes()
    assert copy.stat().st_ino != made
    with closing(sqlite3.connect(copy)) as db:
        assert db.execute("select count(*) from documents").fetchone() == (8,)


def test_a_database_without_private_words_is_shown_itself(tmp_path: Path) -> None:
    (tmp_path / "通知.txt").write_text(PLAIN, "utf-8")
    run("ingest", tmp_path / "通知.txt", "--db", tmp_path / "p.db")
    assert public(tmp_path / "p.db") == tmp_path / "p.db"
    assert not (tmp_path / ".masked").exists()


def test_what_was_read_before_is_not_shown_by_mistake(database: Path, tmp_path: Path) -> None:
    with closing(open_store(database)) as db:
        db.conn.execute("update documents set program_id = null where source_name = '通知.txt'")
        db.conn.commit()
    with pytest.raises(StoreError, match="1 documents"):
        public(database)
    done = CliRunner().invoke(main, ["export", str(database), "-o", str(tmp_path / "out")])
    assert done.exit_code == 1 and "--show-private" in done.stderr
    run("export", database, "-o", tmp_path / "out", "--show-private")


def test_a_folder_that_takes_no_copy_is_told_with_remedies(database: Path, tmp_path: Path) -> None:
    (tmp_path / ".masked").write_text("no folder")
    done = CliRunner().invoke(main, ["export", str(database), "-o", str(tmp_path / "out")])
    assert done.exit_code == 1 and "extractor mask" in done.stderr and "--show-private" in done.stderr
    assert not (tmp_path / "out").exists()


def test_mask_writes_a_new_file_only(database: Path, tmp_path: Path) -> None:
    assert "private words masked" in run("mask", database, "-o", tmp_path / "new" / "p.db").output
    assert told(tmp_path / "new") == []
    again = CliRunner().invoke(main, ["mask", str(database), "-o", str(database)])
    assert again.exit_code == 1 and told(database) == list(PRIVATE)


def test_what_was_deleted_before_is_not_in_the_copy(database: Path, tmp_path: Path) -> None:
    """Pages that a replaced notice left behind hold its words still; the copy has none of them."""
    changed = REPLY.replace("欧阳修文", "司马相如")
    (tmp_path / "notices" / "对欧阳修文代表的答复.md").write_text(changed, "utf-8")
    run("ingest", tmp_path / "notices", "--db", database)
    write_masked(database, tmp_path / "m.db")
    assert told(tmp_path / "m.db") == []
    assert "司马相如".encode() not in (tmp_path / "m.db").read_bytes()


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("对欧阳修文代表的答复.md", "对××××代表的答复.md"),
        ("2024/答复-王芳委员(43号).pdf", "2024/答复-××委员(43号).pdf"),
        ("张三13812345678.docx", "张三×××××××××××.docx"),
        ("市人大代表建议办理规定.docx", "市人大代表建议办理规定.docx"),
        ("通知.zip/2023/托育方案.pdf", "通知.zip/2023/托育方案.pdf"),
    ],
)
def test_names_of_files_are_masked_too(tmp_path: Path, name: str, masked: str) -> None:
    shown = public(built(tmp_path, [notice(name)]))
    with closing(sqlite3.connect(shown)) as db:
        assert db.execute("select source_name from documents").fetchall() == [(masked,)]
    assert (shown.parent == tmp_path) == (name == masked)


# --- the words alone -------------------------------------------------------------------------------

SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 8)), max_size=5)


@given(st.text("程绮南甲乙一二 \n", max_size=50), SPANS)
def test_masked_text_has_the_length_and_all_other_characters(text: str, found: list[tuple[int, int]]) -> None:
    spans, at = [], 0
    for gap, length in found:
        start = min(at + gap, len(text))
        at = min(start + length, len(text))
        if start < at:
            spans.append((start, at))
    mask = Mask(text, spans)
    private = {place for start, end in spans for place in range(start, end)}
    assert len(mask.text) == len(text)
    assert all(
        new == (MARK if place in private else old)
        for place, (old, new) in enumerate(zip(text, mask.text, strict=True))
    )
    for start, end in spans:
        if end - start >= 3:
            assert text[start:end] not in mask.words(f"甲{text[start:end]}乙", 0, 0) or text[start:end] in (
                MARK * 9
            )


@pytest.mark.parametrize(
    ("value", "start", "end", "said"),
    [
        ("高明区的托位", 20, 30, "高明区的托位"),  # elsewhere a short name may be part of another word
        ("高明代表的建议", 0, 10, "××代表的建议"),
        ("欧阳修文的建议", 20, 30, "××××的建议"),
        ("高明、欧阳修文", 0, 10, "××、××××"),
    ],
)
def test_words_made_of_a_clause(value: str, start: int, end: int, said: str) -> None:
    mask = Mask("高明、欧阳修文代表：高明区的托位不够。", [(0, 2), (3, 7)])
    assert mask.words(value, start, end) == said


def test_shared_words_are_looked_up_by_what_a_value_holds() -> None:
    words = Words.of(["欧阳修", "欧阳修文", "13812345678"])
    assert words.over("致欧阳修文、欧阳修，电13812345678") == "致××××、×××，电×××××××××××"
    assert Words.of([]).over("欧阳修文") == "欧阳修文"
