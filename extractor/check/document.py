"""One document: its clauses tile the text, its facts quote it, its numbers are all in the ledger."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping

from extractor.check.rows import Row, Violation, rows
from extractor.contract import quoted

Broken = tuple[str, str | None, str]  # table, id, what
Scan = Callable[[str], Iterable[tuple[int, int]]]
FACTS = ("responsibilities", "targets", "amounts", "durations", "deadlines", "citations")
RECORDS = ("targets", "amounts", "durations")


def _head(row: Row) -> Iterator[Broken]:
    """A number with 〔〕 and no spaces, validity in its own words, an end after the beginning."""
    name, number = row["id"], row["doc_number"]
    if number is not None and re.search(r"[\s\[\]【】]", number):
        yield "documents", name, f"doc_number {number!r} is not as 西发〔2023〕8号"
    if row["validity_quote"] is not None and row["validity_quote"] not in row["text"]:
        yield "documents", name, "validity_quote is not in the text"
    start, end = row["effective_from"], row["effective_until"]
    if start and end and end < start:
        yield "documents", name, f"effective_until {end} is before effective_from {start}"


def document(db: sqlite3.Connection, row: Row, numbers_in: Scan) -> Iterator[Violation]:
    """What breaks a promise in the document whose row this is."""
    name, text = str(row["id"]), str(row["text"])
    clauses = tuple(rows(db, "select * from clauses where document_id = ? order by position, id", name))
    numbers = tuple(rows(db, 'select * from numbers where document_id = ? order by start, "end"', name))
    own = {str(clause["id"]): (clause["start"], clause["end"]) for clause in clauses}
    found = [*_head(row), *_clauses(clauses, name, text), *_tiling(clauses, text)]
    for table in FACTS:
        sql = f"select * from {quoted(table)} where clause_id >= ? and clause_id < ?"
        found += _facts(table, rows(db, sql, f"{name}.", f"{name}/"), own, text)
    found += _facts("numbers", numbers, own, text)
    found += _ledger(numbers, text, numbers_in)
    found += _records(db, numbers)
    found += _cells(db, name)
    for table in ("lines", "findings", "private_spans"):
        found += _ranges(table, rows(db, f"select * from {table} where document_id = ?", name), text)
    found += _masked(rows(db, "select * from private_spans where document_id = ? and masked = 1", name), text)
    return (Violation(name, *broken) for broken in found)


def _clauses(clauses: tuple[Row, ...], document: str, text: str) -> Iterator[Broken]:
    """Ids, positions 0, 1, 2 …, the tree, and each clause's words where it says they stand."""
    above: dict[str, Row] = {}
    last = _ends(clauses)
    for position, clause in enumerate(clauses):
        name, parent = clause["id"], above.get(clause["parent_id"])
        if name != f"{document}.{clause['ref']}":
            yield "clauses", name, "id is not that of its document and its ref"
        if clause["position"] != position:
            yield "clauses", name, f"position is {clause['position']}, not {position}"
        if clause["parent_id"] is not None and parent is None:
            yield "clauses", name, f"stands before its parent {clause['parent_id']}"
        if clause["depth"] != (parent["depth"] + 1 if parent else 1):
            yield "clauses", name, f"depth {clause['depth']} does not follow its parent's"
        if clause["subtree_end"] < last[name] or text[last[name] : clause["subtree_end"]].strip("\n"):
            yield "clauses", name, f"subtree_end is {clause['subtree_end']}, not {last[name]}"
        for what in _words(clause, text[clause["start"] : clause["end"]].strip()):
            yield "clauses", name, what
        above[name] = clause


def _ends(clauses: tuple[Row, ...]) -> dict[str, int]:
    """Clause → where the last clause under it ends."""
    last = {str(clause["id"]): int(clause["end"]) for clause in clauses}
    for clause in reversed(clauses):
        parent = clause["parent_id"]
        if parent in last:
            last[parent] = max(last[parent], last[clause["id"]])
    return last


def _words(clause: Row, own: str) -> Iterator[str]:
    """A clause's own words are its marker and its text, and the heading is of them."""
    marker, heading = clause["marker"] or "", clause["heading"] or ""
    if not own.startswith(marker):
        yield f"marker {marker!r} does not begin it"
    elif own.removeprefix(marker).strip() != clause["text"]:
        yield "text is not the words between start and end"
    if heading not in own:
        yield "heading is not in its words"


def _tiling(clauses: tuple[Row, ...], text: str) -> Iterator[Broken]:
    """Each character outside line breaks belongs to exactly one clause."""
    reached = 0
    for clause in clauses:
        start, end = clause["start"], clause["end"]
        if not 0 <= start <= end <= len(text):
            yield "clauses", clause["id"], f"{start}..{end} is outside the text"
        elif start < reached:
            yield "clauses", clause["id"], f"begins at {start}, inside the clause before it"
        elif text[reached:start].strip("\n"):
            yield "clauses", clause["id"], f"{text[reached:start].strip()[:20]!r} before it is in no clause"
        reached = max(reached, end)
    if text[reached:].strip("\n"):
        yield "clauses", None, f"{text[reached:].strip()[:20]!r} at the end is in no clause"


def _facts(
    table: str, facts: Iterable[Row], own: Mapping[str, tuple[int, int]], text: str
) -> Iterator[Broken]:
    """Every quote is the text between its offsets, inside its clause; its values are in order."""
    for row in facts:
        start, end = row["start"], row["end"]
        if not 0 <= start < end <= len(text) or text[start:end] != row["quote"]:
            yield table, row["id"], f"quote {row['quote']!r} is not the text at {start}..{end}"
            continue
        first, last = own.get(row["clause_id"], (0, 0))
        if row.get("basis") != "default" and not first <= start < end <= last:
            yield table, row["id"], f"quote at {start}..{end} is outside its clause {row['clause_id']}"
        if not str(row["id"]).startswith(f"{row['clause_id']}_"):
            yield table, row["id"], f"id does not begin with that of its clause {row['clause_id']}"
        high = row.get("value_high")
        if high is not None and high < row["value"]:
            yield table, row["id"], f"value_high {high} is less than value {row['value']}"


def _ledger(numbers: tuple[Row, ...], text: str, numbers_in: Scan) -> Iterator[Broken]:
    """Every number of the text is in the ledger exactly once."""
    reached = 0
    held = bytearray(len(text))
    for row in numbers:
        if row["start"] < reached:
            yield "numbers", row["id"], f"{row['quote']!r} is in the ledger twice"
        reached = max(reached, row["end"])
        held[row["start"] : row["end"]] = b"\1" * len(text[row["start"] : row["end"]])
    for start, end in numbers_in(text):
        if not all(held[start:end]):
            yield "numbers", None, f"{text[start:end]!r} at {start} is not in the ledger"


def _masked(spans: Iterable[Row], text: str) -> Iterator[Broken]:
    """In a masked copy nothing is left of private words."""
    for row in spans:
        if set(text[row["start"] : row["end"]]) != {"×"}:
            yield "private_spans", None, f"{row['start']}..{row['end']} is not masked"


def _records(db: sqlite3.Connection, numbers: Iterable[Row]) -> Iterator[Broken]:
    """A number's record is a row of targets, amounts or durations."""
    for row in numbers:
        record = row["record_id"]
        if record is not None and not any(
            db.execute(f"select 1 from {table} where id = ?", (record,)).fetchone() for table in RECORDS
        ):
            yield "numbers", row["id"], f"record {record} is in no table"


def _cells(db: sqlite3.Connection, document: str) -> Iterator[Broken]:
    """Cells lie inside their table."""
    sql = """
        select id, row, col from tables join cells on table_id = id where clause_id >= ? and clause_id < ?
        and not (row between 0 and n_rows - 1 and col between 0 and n_cols - 1)
    """
    for name, row, col in db.execute(sql, (f"{document}.", f"{document}/")):
        yield "cells", f"{name} {row} {col}", "lies outside its table"


def _ranges(table: str, ranges: Iterable[Row], text: str) -> Iterator[Broken]:
    """Lines and findings lie inside the text, boxes are not inside out."""
    for row in ranges:
        start, end = row["start"], row["end"]
        if start is not None and not 0 <= start <= end <= len(text):
            yield table, row.get("id"), f"{start}..{end} is outside the text"
        if table == "lines" and not (row["x0"] <= row["x1"] and row["top"] <= row["bottom"]):
            yield table, None, f"the box of {start}..{end} on page {row['page']} is inside out"
