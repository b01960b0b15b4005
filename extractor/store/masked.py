"""A copy of a database without the private words of its notices: what may be shown, exported and given away.

Guarantees: no private word of a notice is in the file, neither in a row nor in the index nor in what rows
leave behind; all else is as in the original, the ids, the offsets and the order of rows too, and `extractor
check` proves it as it proves the original. Originals that hold private words are not referred to.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from extractor.contract import Table, load_contract, quoted
from extractor.extractors.private import private_in_file_name
from extractor.lexicon.private import load_private_words
from extractor.model import Private
from extractor.search import spaced
from extractor.store.clause_facets import gather
from extractor.store.masking import Mask, Words, masked_row, wordy
from extractor.store.name_counts import count_names
from extractor.store.schema import StoreError, ensure

# Whose rows are of no notice, and hold no word of one.
_OF_NO_NOTICE = frozenset(("jurisdictions", "programs", "program_parts", "kept_sources", "fact_names"))
_NUMERIC = ("targets", "amounts", "durations")
_PRAGMAS = ("journal_mode = off", "synchronous = off", "foreign_keys = off", "secure_delete = on")
_NUMBER_KINDS = "'phone', 'id_number', 'account'"


def private_words_in(database: Path) -> int:
    """How many private words the database shows, in texts and names of files.

    Raises StoreError where it cannot tell.
    """
    with closing(_reading(database)) as db:
        if not db.execute("select 1 from sqlite_master where name = 'private_spans'").fetchone():
            (number, first) = db.execute("select count(*), min(id) from documents").fetchone()
        else:
            (number, first) = db.execute(
                "select count(*), min(id) from documents where program_id is null"
            ).fetchone()
        if number:
            raise StoreError(
                "{database}: {number} documents (such as {first}) were read by a version that did "
                "not look for private words. Ingest them again into a new file, or show all with "
                "--show-private.",
                database=database,
                number=number,
                first=first,
            )
        (count,) = db.execute("select count(*) from private_spans where masked = 0").fetchone()
        return int(count) + sum(len(found) for _, _, found in _file_names(db))


def write_masked(database: Path, target: Path) -> int:
    """Write the copy to `target`, whole or not at all; how many words are masked.

    Raises StoreError where documents were read before private words were looked for, and OSError or
    sqlite3.Error where the copy cannot be written.
    """
    found = private_words_in(database)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with closing(_reading(database)) as db:
            db.execute("vacuum into ?", (str(part),))
        with closing(sqlite3.connect(part.resolve().as_uri(), uri=True)) as copy:
            _mask(copy, database, target)
        os.replace(part, target)
    finally:
        with suppress(FileNotFoundError):
            part.unlink()
    return found


def _reading(database: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)


def _mask(db: sqlite3.Connection, database: Path, target: Path) -> None:
    for pragma in _PRAGMAS:
        db.execute(f"pragma {pragma}")
    ensure(Database(db, execute_plugins=False), str(target))  # of a database made before a table was added
    _index_again(db, database)
    db.commit()
    db.execute("begin")
    documents = [
        row[0] for row in db.execute("select distinct document_id from private_spans where masked = 0")
    ]
    sure: set[str] = set()
    for document in documents:
        mask = _mask_of(db, document)
        sure |= mask.sure
        _forget_private_numbers(db, document)
        for table in load_contract():
            _mask_rows(db, table, document, mask)
        gather(Database(db, execute_plugins=False), document)
    _mask_shared(db, Words.of(sure))
    _mask_file_names(db)
    _mask_originals(db, database, target)
    db.execute("update private_spans set masked = 1")
    count_names(Database(db, execute_plugins=False))
    db.execute("insert into clauses_fts (clauses_fts) values ('optimize')")
    db.commit()
    db.execute("analyze")
    db.commit()


def _mask_of(db: sqlite3.Connection, document: str) -> Mask:
    ((text,),) = db.execute("select text from documents where id = ?", (document,))
    return Mask(text, db.execute('select start, "end" from private_spans where document_id = ?', (document,)))


def _mask_rows(db: sqlite3.Connection, table: Table, document: str, mask: Mask) -> None:
    """Mask what the rows of a table hold of one notice."""
    for rowid, row in [pair for pair in _rows_of(db, table, document) if mask.touches(pair[1])]:
        changed = masked_row(table, row, mask, _place(db, table, row, mask))
        if not changed:
            continue
        if table.name == "clauses" and "text" in changed:
            _index(db, rowid, row["text"], changed["text"])
        sets = ", ".join(f"{quoted(name)} = ?" for name in changed)
        db.execute(f"update {quoted(table.name)} set {sets} where rowid = ?", (*changed.values(), rowid))


def _rows_of(db: sqlite3.Connection, table: Table, document: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows of a table that are of a notice, by the columns that name it or one of its clauses."""
    owners = _owners(table)
    if not owners or not wordy(table):
        return
    bounds = (document, f"{document}.", f"{document}/")
    where = " or ".join(f"{name} = ?1 or ({name} >= ?2 and {name} < ?3)" for name in map(quoted, owners))
    cursor = db.execute(f"select rowid, * from {quoted(table.name)} where {where}", bounds)
    names = [column[0] for column in cursor.description]
    for rowid, *values in cursor:
        yield rowid, dict(zip(names[1:], values, strict=True))


def _owners(table: Table) -> tuple[str, ...]:
    """The columns whose values are or begin with the id of the notice that a row is of."""
    if table.name == "documents":
        return ("id",)
    within = {"clauses", "tables", "normal_facts"}
    return tuple(
        column.name
        for column in table.columns
        if column.name == "document_id" or (column.references and column.references[0] in within)
    )


def _place(db: sqlite3.Connection, table: Table, row: dict[str, Any], mask: Mask) -> tuple[int, int]:
    """Where the words stand that a row is made of: its own place, its clause, or the whole notice."""
    if table.name == "clauses":
        return row["start"], row["end"]
    clause = db.execute("select start, end from clauses where id = ?", (row.get("clause_id"),)).fetchone()
    if clause is None:
        return 0, len(mask.text)
    start, end = row.get("start"), row.get("end")
    return clause if start is None else (min(clause[0], start), max(clause[1], end))


def _index(db: sqlite3.Connection, rowid: int, before: str, after: str) -> None:
    delete = "insert into clauses_fts (clauses_fts, rowid, text) values ('delete', ?, ?)"
    db.execute(delete, (rowid, spaced(before)))
    db.execute("insert into clauses_fts (rowid, text) values (?, ?)", (rowid, spaced(after)))


def _forget_private_numbers(db: sqlite3.Connection, document: str) -> None:
    """Take out facts whose number is a telephone, an identity number or an account: their values tell it."""
    for name in _NUMERIC:
        overlaps = (
            f"select f.id from {name} f join private_spans p "
            f"on p.document_id = ?1 and p.kind in ({_NUMBER_KINDS}) "
            'and p.start < f."end" and p."end" > f.start where f.clause_id >= ?2 and f.clause_id < ?3'
        )
        for (fact,) in db.execute(overlaps, (document, f"{document}.", f"{document}/")).fetchall():
            db.execute("update numbers set record_id = null where record_id = ?", (fact,))
            db.execute("delete from corrections where fact_id = ?", (fact,))
            db.execute("delete from fact_pairs where a_id = ?1 or b_id = ?1", (fact,))
            for table in ("normal_facts", name):
                db.execute(f"delete from {table} where id = ?", (fact,))


def _mask_shared(db: sqlite3.Connection, words: Words) -> None:
    """Mask rows that are of no one notice: topics that were found, and any table that names no notice."""
    for table in load_contract():
        if table.name in _OF_NO_NOTICE or _owners(table) or not words.words:
            continue
        for column in map(quoted, (column.name for column in wordy(table))):
            held = db.execute(
                f"select distinct {column} from {quoted(table.name)} where {column} is not null"
            )
            for value in [row[0] for row in held.fetchall()]:
                masked = words.over(value)
                if masked != value:
                    change = f"update or ignore {quoted(table.name)} set {column} = ? where {column} = ?"
                    db.execute(change, (masked, value))


def _mask_file_names(db: sqlite3.Connection) -> None:
    """The name of a file may tell a person whom its text does not name."""
    for document, name, found in list(_file_names(db)):
        masked = Mask(name, (each.span for each in found)).text
        db.execute("update documents set source_name = ? where id = ?", (masked, document))


def _file_names(db: sqlite3.Connection) -> Iterator[tuple[str, str, tuple[Private, ...]]]:
    """The documents whose sources are called by a private word: id, name, words."""
    words = load_private_words()
    for document, name in db.execute("select id, source_name from documents"):
        found = private_in_file_name(name, words)
        if found:
            yield document, name, found


def _mask_originals(db: sqlite3.Connection, database: Path, target: Path) -> None:
    """Keep no way to an original with private words; name the others from where the copy will be."""
    private = "select source_sha256 from documents where id in (select document_id from private_spans)"
    db.execute(f"delete from kept_sources where sha256 in ({private})")
    moved = os.path.relpath(database.resolve().parent, target.resolve().parent)
    if moved != ".":
        for sha256, path in db.execute("select sha256, path from kept_sources").fetchall():
            named = Path(os.path.normpath(Path(moved) / path)).as_posix()
            db.execute("update kept_sources set path = ? where sha256 = ?", (named, sha256))


def _index_again(db: sqlite3.Connection, database: Path) -> None:
    """Index all clauses anew where copying gave them other rowids: SQLite does not promise to keep them."""
    db.execute("attach ? as original", (f"{database.resolve().as_uri()}?mode=ro",))
    moved = "select 1 from clauses a join original.clauses b on a.id = b.id where a.rowid <> b.rowid limit 1"
    found = db.execute(moved).fetchone()
    db.execute("detach original")
    if found:
        db.execute("insert into clauses_fts (clauses_fts) values ('delete-all')")
        texts = db.execute("select rowid, text from clauses order by rowid")
        insert = "insert into clauses_fts (rowid, text) values (?, ?)"
        db.executemany(insert, ((rowid, spaced(text)) for rowid, text in texts))
