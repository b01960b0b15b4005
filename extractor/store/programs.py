"""The programs that read the documents, as rows of `programs` and `program_parts`."""

from __future__ import annotations

from sqlite_utils import Database

from extractor.provenance import program

UNKNOWN = "unknown"  # version and Python of a program that read a shard elsewhere


def note_program(db: Database, name: str) -> None:
    """Note the program of the id `name`. Inside a transaction of the caller, before a document refers to it.

    Of a program other than this one, which read on a cluster, the id alone is known.
    """
    this = program()
    if name != this.id:
        db.conn.execute("insert or ignore into programs values (?, ?, ?)", (name, UNKNOWN, UNKNOWN))
        return
    if db.conn.execute("select 1 from programs where id = ?", (this.id,)).fetchone():
        return
    db.conn.execute("insert or ignore into programs values (?, ?, ?)", (this.id, this.version, this.python))
    db.conn.executemany(
        "insert or ignore into program_parts values (?, ?, ?, ?)", ((this.id, *part) for part in this.parts)
    )


def forget_programs(db: Database) -> None:
    """Take out the programs that read no document any more. Inside a transaction of the caller."""
    for table, column in (("program_parts", "program_id"), ("programs", "id")):
        db.conn.execute(
            f"delete from {table} where {column} not in "
            "(select program_id from documents where program_id is not null)"
        )
