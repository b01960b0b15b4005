"""Corrections on the rows of one document. Inside a transaction of the caller.

Guarantees: what is written depends on the rows as parsed and on the corrections alone, not on what was
applied before; a row that is corrected keeps its id, its quote, its place and its rule, one that is rejected
leaves its id unused; the ledger keeps every number (one whose fact was rejected is `unclassified`); what
follows from a corrected column is made anew. All of it is noted in `corrections`, with the row as parsed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from extractor.contract import load_contract, quoted
from extractor.corrections.document import Document, Row
from extractor.corrections.fields import normal_value, written
from extractor.corrections.model import Fact, Outcome, Value, canonical
from extractor.lexicon.units import unit as office
from extractor.model import Unit
from extractor.records.ids import unit_id
from extractor.records.record import divisions_of, home
from extractor.store.cited import resolve_row
from extractor.store.clause_facets import gather
from extractor.store.duty_counts import recount
from extractor.store.remove import FORGET_UNIT

_CLASSES = {"targets": "target", "amounts": "amount", "durations": "duration"}
_OFFICE = ("unit", "canonical_name", "sector")  # of the unit of a responsibility
_MADE_ANEW = {"id", "clause_id", "document_id", "cited_document_id"}  # not kept with a row as parsed
_TIE = "update numbers set record_id = ?, class = ? where document_id = ? and start = ?"
_REASONS = {
    "clause-gone": "条款的文字已变", "clause-ambiguous": "相同的条文有几处", "fact-gone": "这一要素不再读出",
    "fact-ambiguous": "这些字有几个要素或别的读法", "value-changed": "读出的值已变",
    "disagree": "几人的判断不一致", "invalid": "更正后不合数据规范",
}  # fmt: skip
_VERDICTS = {"confirm": "确认", "correct": "更正", "reject": "驳回"}


def correct(db: Database, document: Document, outcomes: Sequence[Outcome]) -> frozenset[str]:
    """Make the rows of `document` what `outcomes` say; the kinds of facts that may have changed."""
    name = document.subject.document_id
    db.conn.execute("delete from corrections where document_id = ?", (name,))
    db.conn.execute("delete from findings where document_id = ? and code = 'correction-conflict'", (name,))
    changed = [held["fact_id"] for held in document.held if held["parsed"]]
    for held in document.held:
        if held["parsed"]:
            _put_back(db, held["kind"], document.rows[held["fact_id"]])
    kinds = {fact.kind for fact in document.facts if fact.id in changed}
    for outcome in outcomes:
        if outcome.state == "applied" and outcome.fact is not None:
            kinds.add(outcome.fact.kind)
            _apply(db, document, outcome, outcome.fact)
    db.conn.executemany(_insert("corrections"), [noted(document, outcome) for outcome in outcomes])
    conflicts = [outcome for outcome in outcomes if outcome.state == "conflict"]
    db.conn.executemany(_insert("findings"), [_finding(name, outcome) for outcome in conflicts])
    if "responsibilities" in kinds:
        recount(db, name)
    if kinds:
        gather(db, name)
    return frozenset(kinds)


def noted(document: Document, outcome: Outcome) -> tuple[Value, ...]:
    """The row of `corrections`: what came of one, and what it takes to put the fact back."""
    correction, fact = outcome.correction, outcome.fact
    changes: Mapping[str, Sequence[Value]] = outcome.changes
    if outcome.state == "conflict":
        changes = {name: (correction.seen.get(name), new) for name, new in correction.changes.items()}
    parsed = None
    if outcome.state == "applied" and fact is not None:
        row = document.rows[fact.id]
        parsed = canonical({name: row[name] for name in row if name not in _MADE_ANEW})
    return (
        correction.id, document.subject.document_id, correction.kind, fact.id if fact else None,
        outcome.clause_id, correction.verdict, outcome.state, outcome.reason, correction.place.quote,
        canonical(changes), correction.made_by, correction.made_at, correction.why, parsed,
    )  # fmt: skip


def _finding(document_id: str, outcome: Outcome) -> tuple[Value, ...]:
    """A conflict as a finding, in words."""
    correction, fact = outcome.correction, outcome.fact
    said = f"{correction.made_at[:10]} {correction.made_by}的{_VERDICTS[correction.verdict]}没有采用："
    words = f"{said}{_REASONS[outcome.reason or 'invalid']}。"
    if fact is not None and outcome.reason == "value-changed":
        for name, seen in correction.seen.items():
            if fact.fields[name] != seen:
                words += f"{name} 当时为“{written(seen)}”，现为“{written(fact.fields[name])}”。"
    words += f"原文“{correction.place.quote[:60]}”。"
    start, end = (fact.start, fact.end) if fact else (None, None)
    return (
        f"{document_id}_fx{correction.id}", document_id, outcome.clause_id, "warning", "correction-conflict",
        words, start, end,
    )  # fmt: skip


# --- one row ---------------------------------------------------------------------------------------


def _apply(db: Database, document: Document, outcome: Outcome, fact: Fact) -> None:
    row = document.rows[fact.id]
    if outcome.correction.verdict == "reject":
        db.conn.execute(f"delete from {quoted(fact.kind)} where id = ?", (fact.id,))
        for start, own in row["numbers"]:
            left = "unclassified" if own == _CLASSES.get(fact.kind) else own
            db.conn.execute(_TIE, (None, left, document.subject.document_id, start))
        _forget_unit(db, row)
        return
    changes = {name: new for name, (_, new) in outcome.changes.items()}
    if "unit_id" in row and set(_OFFICE) & set(changes):
        changes = _with_unit(db, document, row, {**outcome.correction.changes, **changes})
    if "normal_value" in row and {"value", "unit"} & set(changes):
        new = {**row, **changes}
        before = (row["value"], row["unit"], row["normal_value"])
        changes["normal_value"] = normal_value(new["value"], new["unit"], before)
    _update(db, fact.kind, fact.id, changes)
    _forget_unit(db, row)
    if fact.kind == "citations":
        resolve_row(db, fact.id)


def _put_back(db: Database, kind: str, row: Row) -> None:
    """The row as parsed, whether it was changed or taken out."""
    there = db.conn.execute(f"select * from {quoted(kind)} where id = ?", (row["id"],))
    names = [column[0] for column in there.description]
    now = dict(zip(names, there.fetchone() or (), strict=False))
    if "unit_id" in row:
        _insert_unit(db, row["unit_id"], Unit(*(row[name] for name in _OFFICE)), row["unit_jurisdiction"])
    values = {name: row[name] for name in names if name in row}
    if now:
        _update(db, kind, row["id"], values)
    else:
        marks = ", ".join("?" * len(values))
        columns = ", ".join(map(quoted, values))
        db.conn.execute(f"insert into {quoted(kind)} ({columns}) values ({marks})", tuple(values.values()))
    _forget_unit(db, now)
    if kind == "citations":
        resolve_row(db, row["id"])
    for start, own in row["numbers"]:
        document_id = row["document_id"]
        db.conn.execute(_TIE, (row["id"], own, document_id, start))


def _with_unit(db: Database, document: Document, row: Row, changes: Mapping[str, Value]) -> dict[str, Value]:
    """`changes` with the unit they come to. What they leave open of another unit, the vocabulary says."""
    name = str(changes.get("unit", row["unit"]))
    known = office(name) if "unit" in changes else Unit(*(row[each] for each in _OFFICE))
    canonical, sector = (changes.get(each, getattr(known, each)) for each in _OFFICE[1:])
    unit = Unit(name, str(canonical), str(sector))
    code = home(name, divisions_of(document.subject.jurisdiction_id))
    key = unit_id(unit, code)
    _insert_unit(db, key, unit, code)
    return {**{each: value for each, value in changes.items() if each not in _OFFICE}, "unit_id": key}


def _insert_unit(db: Database, key: str, unit: Unit, code: str | None) -> None:
    db.conn.execute(_insert("units", "or ignore"), (key, *unit, code))


def _forget_unit(db: Database, row: Mapping[str, Any]) -> None:
    """Take the unit of a row that no longer names it out, unless another does."""
    if "unit_id" in row:
        db.conn.execute(FORGET_UNIT, (row["unit_id"],))


def _update(db: Database, kind: str, name: str, values: Mapping[str, Value]) -> None:
    sets = ", ".join(f"{quoted(column)} = ?" for column in values)
    db.conn.execute(f"update {quoted(kind)} set {sets} where id = ?", (*values.values(), name))


def _insert(table: str, otherwise: str = "") -> str:
    names = load_contract()[table].names
    marks = ", ".join("?" * len(names))
    return f"insert {otherwise} into {quoted(table)} ({', '.join(map(quoted, names))}) values ({marks})"
