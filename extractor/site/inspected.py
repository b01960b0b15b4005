"""What Datasette is told of a file that does not change, and would else read all of it to find out.

Datasette counts every table of such a file before it answers at all, the full-text index by making the text
of each clause anew (half a minute for 2,000 notices), and names the file by the hash of all its bytes. Told
are instead the counts of tables that are counted at once, and a hash of size and time.
"""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from extractor.site.ours import ours

if TYPE_CHECKING:
    from datasette.app import Datasette

_COUNTED: Final = 100_000  # rows of a table at most; of others Datasette says that they are many
_INDEX: Final = "clauses_fts"
_TABLES = "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"


def tell(datasette: Datasette) -> None:
    """Tell of the databases of ours that do not change, but for those that `datasette inspect` told of."""
    told: dict[str, Any] = dict(datasette.inspect_data or {})
    for name in ours(datasette):
        database = datasette.get_database(name)
        if not database.is_mutable and name not in told:
            told[name] = _inspected(Path(str(database.path)))
    datasette.inspect_data = told


def _inspected(path: Path) -> dict[str, Any]:
    found = path.stat()
    key = hashlib.sha256(f"{found.st_size} {found.st_mtime_ns}".encode()).hexdigest()
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
        names = [name for (name,) in db.execute(_TABLES)]
        tables = {name: {"count": _count(db, name)} for name in names}
    return {"hash": key, "size": found.st_size, "file": str(path), "tables": tables}


def _count(db: sqlite3.Connection, table: str) -> int | None:
    if table.startswith(_INDEX):
        return None
    quoted = table.replace('"', '""')
    (last,) = db.execute(f'select max(rowid) from "{quoted}"').fetchone()
    if last is None or last > _COUNTED:
        return None if last else 0
    return int(db.execute(f'select count(*) from "{quoted}"').fetchone()[0])
