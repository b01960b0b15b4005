"""The tables of a database, created from the contract, and what SQLite needs beside them."""

from __future__ import annotations

from sqlite_utils import Database

from extractor.contract import VIEW, Contract, Table, column_ddl, load_contract, quoted
from extractor.messages import Message, Trouble
from extractor.search import SPACE, TOKENIZER
from extractor.store.cited import WRAPPED_INDEX
from extractor.store.clause_facets import gather

# The text of each clause with its characters apart, so that SQLite alone can rebuild and verify the index.
_CHARACTERS = f"""
select clauses.rowid as rowid, (
  with recursive place(n) as (
    select 1 where length(clauses.text) > 0 union all select n + 1 from place where n < length(clauses.text)
  )
  select group_concat(replace(substr(clauses.text, n, 1), ' ', '{SPACE}'), ' ') from place
) as text from clauses
"""
# Of all classes only this one is asked for across documents, and it has few rows.
_UNCLASSIFIED_INDEX = (
    "create index idx_numbers_unclassified on numbers (document_id) where class = 'unclassified'"
)
_FTS = f"""
CREATE VIRTUAL TABLE clauses_fts USING fts5(
  text, content="{VIEW}", content_rowid="rowid", tokenize="{TOKENIZER}"
)
"""


ROOM = Message("Make room on the disk or free the file, and run the command again.")


class StoreError(Trouble):
    """A database that cannot be written to. Names the file, what is wrong and the remedy."""


def create(db: Database, contract: Contract) -> None:
    """Make all tables, indexes, the full-text index and the version, in one transaction."""
    with db.atomic():
        for table in contract:
            _create_table(db, table)
        db.execute(WRAPPED_INDEX)
        db.execute(_UNCLASSIFIED_INDEX)
        db.create_view(VIEW, _CHARACTERS)
        db.execute(_FTS)
        db.execute(f"PRAGMA user_version = {contract.version}")


def ensure(db: Database, path: str) -> None:
    """Create what a new file lacks.

    Raises `StoreError` where the file is another program's or of another version of the contract.
    """
    contract = load_contract()
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if version == contract.version and "documents" in db.table_names():
        _add_missing(db, contract)
        return
    if version or db.table_names():
        words = "{path}: is no policy database. Name another file with --db; it is made anew."
        if version:
            words = (
                "{path}: has contract version {version}, not {contract}. "
                "Name another file with --db; it is made anew."
            )
        raise StoreError(words, path=path, version=version, contract=contract.version)
    create(db, contract)


def _add_missing(db: Database, contract: Contract) -> None:
    """Add the tables, columns and indexes that the contract gained since the database was made."""
    there = set(db.table_names())
    with db.atomic():
        for table in contract:
            if table.name not in there:
                _create_table(db, table)
                continue
            names = {row[1] for row in db.execute(f"pragma table_info({quoted(table.name)})")}
            for column in table.columns:
                if column.name not in names:
                    db.execute(f"alter table {quoted(table.name)} add column {column_ddl(column)}")
            _create_indexes(db, table)
        if "clause_facets" not in there:
            gather(db)


def _create_table(db: Database, table: Table) -> None:
    db.execute(table.ddl)
    _create_indexes(db, table)


def _create_indexes(db: Database, table: Table) -> None:
    for columns in table.indexes:
        db.table(table.name).create_index(list(columns), if_not_exists=True)


def ddl() -> str:
    """The statements that make an empty database, for reading."""
    db = Database(memory=True, execute_plugins=False)
    create(db, load_contract())
    rows = db.execute(
        "select sql from sqlite_master where sql is not null and name not like 'clauses_fts_%' order by rowid"
    )
    return (
        ";\n\n".join(sql.strip() for (sql,) in rows)
        + f";\n\nPRAGMA user_version = {load_contract().version};\n"
    )
