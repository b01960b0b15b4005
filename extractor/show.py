"""A document or a clause as lines for the terminal, with the facts it holds. Reads a database only."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any

Row = Mapping[str, Any]

ROLES = {"lead": "牵头", "support": "配合", "implement": "落实", "guide": "指导", "responsible": "责任"}
PERIODS = {"once": "一次性", "day": "每日", "month": "每月", "quarter": "每季度", "year": "每年"}
RELATIONS = {"basis": "依据", "implements": "落实", "issues": "印发", "mentions": "提及"}
SAID = {"confirm": "已确认", "correct": "已更正", "reject": "已驳回"}
COMPARATORS = {">=": "≥", "<=": "≤", "~": "约", "=": "", None: ""}
HEAD = {
    "文号": "doc_number",
    "文种": "kind",
    "状态": "status",
    "发文": "issuers",
    "地区": "jurisdiction_id",
    "成文": "issued_on",
    "施行": "effective_from",
    "有效期至": "effective_until",
    "来源": "source_name",
}


def show(db: sqlite3.Connection, name: str) -> tuple[str, ...]:
    """The outline of document `name`, or the text and facts of clause `name`; () where there is neither."""
    document = _one(db, "select * from documents where id = ?", name)
    if document:
        return tuple(_document(db, document))
    clause = _one(db, "select * from clauses where id = ?", name)
    return tuple(_clause(db, clause)) if clause else ()


def similar_names(db: sqlite3.Connection, name: str, *, limit: int = 5) -> tuple[str, ...]:
    """Ids that `name` may have been meant for: those that begin as it does."""
    stem = name.split(".")[0][:4]
    sql = "select id from documents where id like ? || '%' order by id limit ?"
    return tuple(row["id"] for row in _all(db, sql, stem, limit))


def _document(db: sqlite3.Connection, document: Row) -> Iterator[str]:
    yield str(document["title"] or document["id"])
    for label, column in HEAD.items():
        if document[column] not in (None, "[]"):
            yield f"  {label} {document[column]}"
    counts = _all(
        db,
        "select c.id, (select count(*) from responsibilities f where f.clause_id = c.id) as 责, "
        "(select count(*) from targets f where f.clause_id = c.id) as 标, "
        "(select count(*) from amounts f where f.clause_id = c.id) as 金, "
        "(select count(*) from durations f where f.clause_id = c.id) as 期, c.* "
        "from clauses c where c.document_id = ? order by c.position",
        document["id"],
    )
    yield ""
    for clause in counts:
        facts = " ".join(f"{tag}{clause[tag]}" for tag in "责标金期" if clause[tag])
        title = clause["heading"] or _cut(clause["text"], 32)
        indent = "  " * int(clause["depth"])
        yield f"{indent}{clause['marker'] or ''}{title}  [{clause['ref']}]{'  ' + facts if facts else ''}"


def _clause(db: sqlite3.Connection, clause: Row) -> Iterator[str]:
    document = _one(db, "select * from documents where id = ?", clause["document_id"]) or {}
    yield f"{document.get('title') or clause['document_id']} · {clause['ref']} ({clause['level']})"
    yield ""
    yield f"{clause['marker'] or ''}{clause['text']}"
    facts = tuple(_facts(db, str(clause["id"])))
    said = tuple(_said(db, str(clause["id"])))
    if facts or said:
        yield ""
        yield from (*facts, *said)
    for child in _all(db, "select * from clauses where parent_id = ? order by position", clause["id"]):
        yield f"  › {child['id']}  {child['heading'] or _cut(child['text'], 32)}"


def _facts(db: sqlite3.Connection, clause: str) -> Iterator[str]:
    duties = (
        "select f.*, u.name as unit from responsibilities f join units u on u.id = f.unit_id "
        "where clause_id = ? order by f.start, f.position"
    )
    for row in _all(db, duties, clause):
        yield f"  责 {row['unit']}  {ROLES.get(row['role'], row['role'])}"
    for row in _all(db, "select * from targets where clause_id = ? order by start", clause):
        yield "  标 " + _words(row["scope"], row["indicator"], _figure(row), row["deadline"])
    for row in _all(db, "select * from amounts where clause_id = ? order by start", clause):
        per = f"/{row['per']}" if row["per"] else ""
        period = PERIODS.get(row["period"], row["period"])
        who = _words(row["payer"], row["action"], row["beneficiary"], row["purpose"])
        yield "  金 " + _words(who, period, _figure(row) + per)
    for row in _all(db, "select * from durations where clause_id = ? order by start", clause):
        yield "  期 " + _words(row["beneficiary"], row["subject"], row["action"], _figure(row))
    for row in _all(db, "select * from deadlines where clause_id = ? order by start", clause):
        yield "  限 " + _words(row["due"], row["task"])
    for row in _all(db, "select * from citations where clause_id = ? order by start", clause):
        title = f"《{row['title']}》" if row["title"] else None
        yield "  据 " + _words(
            title, row["doc_number"], f"（{RELATIONS.get(row['relation'], row['relation'])}）"
        )


def _said(db: sqlite3.Connection, clause: str) -> Iterator[str]:
    """What people said of its facts, and came true; nothing in a database older than corrections."""
    if not _one(db, "select 1 from sqlite_master where name = ?", "corrections"):
        return
    sql = "select * from corrections where clause_id = ? and state <> 'conflict' order by made_at, id"
    for row in _all(db, sql, clause):
        changes = json.loads(row["changes"]).items()
        changed = "；".join(f"{name} {_plain(before)} → {_plain(after)}" for name, (before, after) in changes)
        who = _words(row["made_by"], row["made_at"][:10], row["why"].replace("\n", " "))
        yield "  " + _words(
            SAID.get(row["verdict"], row["verdict"]), f"“{row['quote']}”", changed, f"（{who}）"
        )


def _plain(value: Any) -> str:
    return "未写明" if value is None else _number(value) if isinstance(value, int | float) else str(value)


def _figure(row: Row) -> str:
    high = f"–{_number(row['value_high'])}" if row["value_high"] is not None else ""
    return (
        f"{COMPARATORS.get(row['comparator'], row['comparator'])}{_number(row['value'])}{high}{row['unit']}"
    )


def _number(value: Any) -> str:
    """A stored number without a decimal point that says nothing."""
    return f"{value:.10g}" if isinstance(value, float) and abs(value) < 1e10 else f"{value:.0f}"


def _words(*words: Any) -> str:
    return "  ".join(str(word) for word in words if word)


def _cut(text: str, length: int) -> str:
    line = text.replace("\n", " ")
    return line if len(line) <= length else line[: length - 1] + "…"


def _all(db: sqlite3.Connection, sql: str, *values: object) -> list[dict[str, Any]]:
    cursor = db.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _one(db: sqlite3.Connection, sql: str, value: object) -> dict[str, Any] | None:
    return next(iter(_all(db, sql, value)), None)
