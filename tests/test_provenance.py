"""Which program read a document: the same describes itself the same, another rule or word makes it another."""

from __future__ import annotations

import re
import shutil
from contextlib import closing
from pathlib import Path

import pytest

import extractor
from extractor import __version__, provenance, store
from extractor.check import check
from extractor.provenance import RULES, describe, program
from extractor.store import schema
from tests.stored import built, dump, notice, open_new

PACKAGE = Path(extractor.__file__).parent
LEFT_OUT = shutil.ignore_patterns("__pycache__", "static", "templates")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PACKAGE, tmp_path / "copy", ignore=LEFT_OUT))


def test_a_copy_elsewhere_describes_itself_the_same(copy: Path) -> None:
    this = program()
    assert describe(copy) == this
    assert re.fullmatch("[0-9a-f]{12}", this.id) and this.version == __version__
    kinds = {part.kind for part in this.parts}
    assert kinds == {"rules", "words", "library"}
    assert {part.name for part in this.parts if part.kind == "rules"} == {
        name.removesuffix(".py") for name in RULES
    }
    assert {"lexicon/units.csv", "lexicon/measures.toml"} <= {part.name for part in this.parts}


@pytest.mark.parametrize(
    ("file", "kind", "name"),
    [
        ("lexicon/units.csv", "words", "lexicon/units.csv"),
        ("extractors/quantities/amounts.py", "rules", "extractors"),
        ("sources/pages/new.py", "rules", "sources"),
        ("numerals.py", "rules", "numerals"),
    ],
)
def test_another_rule_or_word_is_another_program(copy: Path, file: str, kind: str, name: str) -> None:
    path = copy / file
    path.write_text(path.read_text("utf-8") + "\n" if path.exists() else "", "utf-8")
    other, this = describe(copy), program()
    assert other.id != this.id
    assert [(new.kind, new.name) for new, old in zip(other.parts, this.parts, strict=True) if new != old] == [
        (kind, name)
    ]


def test_what_only_shows_rows_changes_nothing(copy: Path) -> None:
    (copy / "show.py").write_text("", "utf-8")
    (copy / "site" / "visit.py").write_text("", "utf-8")
    assert describe(copy) == program()


def test_another_library_is_another_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provenance, "version", lambda name: "0.0")
    assert describe(PACKAGE).id != program().id


def test_each_document_names_its_program_and_the_database_holds_no_other(tmp_path: Path) -> None:
    with closing(open_new(tmp_path)) as db:
        store.write(db, notice("a.txt"))
        db.conn.execute("insert into programs values ('gone', '0', '0')")
        db.conn.execute("insert into program_parts values ('gone', 'rules', 'x', 'y')")
        store.finish(db)
        rows = dump(db)
        assert rows["programs"] == [(program().id, __version__, program().python)]
        assert rows["program_parts"] == sorted(((program().id, *part) for part in program().parts), key=repr)
        assert db.conn.execute("select program_id from documents").fetchall() == [(program().id,)]
    assert list(check(tmp_path / "made.db")) == []


def test_a_database_of_before_says_nothing_of_its_documents(tmp_path: Path) -> None:
    database = built(tmp_path, [notice()])
    with closing(store.open_store(database)) as db:
        db.conn.execute("pragma foreign_keys = off")
        for sql in (
            "update documents set program_id = null",
            "drop index idx_documents_program_id",
            "alter table documents drop column program_id",
            "drop table program_parts",
            "drop table programs",
        ):
            db.conn.execute(sql)
        db.conn.commit()
        schema.ensure(db, str(database))
        assert db.conn.execute("select program_id from documents").fetchall() == [(None,)]
        store.write(db, notice("b.txt", number="西发〔2023〕9号", salt="b"))
        store.finish(db)
        assert db.conn.execute("select program_id from documents order by id").fetchall() == [
            (None,),
            (program().id,),
        ]
