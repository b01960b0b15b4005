"""Tables of a database as pandas DataFrames. Needs the extra `notebooks`.

Types: text is string, dates are datetime64, numbers float64, whole numbers Int64, JSON columns lists; NULL is
a missing value. The database is only read.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.contract import Column, load_contract, quoted

if TYPE_CHECKING:
    import pandas as pd

    from extractor.compare.table import Cell, Table

KINDS = ("responsibilities", "targets", "amounts", "durations", "deadlines", "citations")
_OF_DOCUMENT = ("title", "status", "issued_on", "effective_until")
_OF_CLAUSE = ("document_id", "ref", "level", "heading", "page_from")
_OF_UNIT = ("name", "canonical_name", "sector")


def table(database: Path | str, name: str) -> pd.DataFrame:
    """A table of the contract, columns and rows as the database has them.

    Raises `KeyError` where the contract has no such table.

    >>> from extractor import ingest, table
    >>> _ = ingest("corpora/xihu.txt", database="xihu.db")
    >>> table("xihu.db", "documents")[["id", "status"]].to_numpy().tolist()
    [['xihu-2023-8', 'trial']]
    """
    columns = _columns(name)
    return _frame(database, f"select {', '.join(columns)} from {quoted(name)} order by rowid", columns)


def facts(database: Path | str, kind: str) -> pd.DataFrame:
    """All facts of a kind with their documents, clauses and places; duties with their offices.

    `kind` is one of `KINDS`, a table of the contract; `place` is the short name of the jurisdiction. Rows of
    task tables restate the body: leave out those whose `level` is `row` to count each fact once.

    >>> from extractor import facts, ingest
    >>> _ = ingest("corpora/xihu.txt", database="xihu.db")
    >>> leave = facts("xihu.db", "durations").query("subject == '育儿假'")
    >>> leave[["place", "ref", "value", "unit"]].to_numpy().tolist()
    [['西湖区', '2.2.3', 10.0, '日']]
    """
    if kind not in KINDS:
        raise KeyError(f"{kind!r} is no kind of fact; there are {', '.join(KINDS)}")
    columns = _columns(kind, "f")
    columns |= _columns("units", "u", *_OF_UNIT) if kind == "responsibilities" else {}
    columns |= _columns("clauses", "c", *_OF_CLAUSE) | _columns("documents", "d", *_OF_DOCUMENT)
    columns |= {'j."short_name" as "place"': load_contract()["jurisdictions"].columns[2]}
    units = "join units u on u.id = f.unit_id" if kind == "responsibilities" else ""
    sql = f"""
        select {", ".join(columns)} from {quoted(kind)} f {units}
        join clauses c on c.id = f.clause_id join documents d on d.id = c.document_id
        left join jurisdictions j on j.id = d.jurisdiction_id order by d.id, c.position, f.rowid
    """
    return _frame(database, sql, columns)


def side_by_side(compared: Table) -> pd.DataFrame:
    """A comparison: a row a matter, a column a jurisdiction; a cell is the text of its clauses, or its state.

    >>> from extractor import compare, ingest, side_by_side
    >>> _ = ingest("corpora/xihu.txt", "corpora/zhangzhou.txt", database="policies.db")
    >>> side_by_side(compare("policies.db", topic="假期")).shape
    (1, 2)
    """
    pandas = _pandas()
    rows = [[_words(cell) for cell in row.cells] for row in compared.rows]
    index = pandas.Index([row.matter for row in compared.rows], name="事项")
    return pandas.DataFrame(rows, index=index, columns=[column.name for column in compared.columns])


def _words(cell: Cell) -> str:
    return "\n".join(entry.text for entry in cell.entries) or cell.state


def _columns(table: str, alias: str | None = None, *names: str) -> dict[str, Column]:
    """Expressions of SQL for columns of a table, all where none is named → what the contract says of each."""
    contract = {each.name: each for each in load_contract()}
    if table not in contract:
        raise KeyError(f"{table!r} is no table; there are {', '.join(contract)}")
    prefix = f"{alias}." if alias else ""
    return {f"{prefix}{quoted(c.name)}": c for c in contract[table].columns if not names or c.name in names}


def _frame(database: Path | str, sql: str, columns: Mapping[str, Column]) -> pd.DataFrame:
    pandas = _pandas()
    uri = f"{Path(database).resolve(strict=True).as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as db:
        cursor = db.execute(sql)
        names = [column[0] for column in cursor.description]
        frame = pandas.DataFrame.from_records(cursor.fetchall(), columns=names, coerce_float=False)
    for name, column in zip(names, columns.values(), strict=True):
        frame[name] = _typed(frame[name], column)
    return frame


def _typed(values: pd.Series, column: Column) -> pd.Series:
    """A column with the type that the contract gives it."""
    pandas = _pandas()
    if column.form == "date":
        return pandas.to_datetime(values, format="%Y-%m-%d")
    if column.form == "json":
        return values.map(json.loads, na_action="ignore")
    return values.astype({"INTEGER": "Int64", "NUMERIC": "float64", "TEXT": "string"}[column.type])


def _pandas() -> Any:
    try:
        import pandas
    except ImportError as error:
        raise ImportError("DataFrames need pandas: pip install 'policy-extractor[notebooks]'") from error
    return pandas
