"""Normalised facts and their pairs in the database: the tables `normal_facts` and `fact_pairs`.

Guarantees: facts of documents that are not new are read, never made again. A fact is compared with the facts
of its clause's partners, with `MOST` of its own name and `MOST_CLOSE` of close names, so that the cost grows
as the number of facts; where there are more, those of the smallest ids stand for them (`normal_facts` has
all). Facts of two documents are compared once, when the later of the two is looked at.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence

from extractor.compare.facts import Fact, facts
from extractor.compare.likeness import likeness
from extractor.compare.matching import Match, like_names, match, mutual
from extractor.compare.verdicts import judged

MOST = 20
MOST_CLOSE = 10
TABLES = ("fact_pairs", "normal_facts")
_COLUMNS = ", ".join(f"f.{name}" for name in Fact._fields)
_MARKS = ", ".join("?" * len(Fact._fields))
_NAMES = "select distinct name from normal_facts where kind = ? and name != ''"
_OF_DOCUMENT = f"select {_COLUMNS} from normal_facts f where f.document_id = ? order by f.id"
_NAMED = f"""
select {_COLUMNS} from normal_facts f where f.kind = ? and f.name = ? and f.sure = 1 order by f.id limit ?
"""
_HOLDERS = "select distinct document_id from normal_facts where kind = ? and name = ?"
# Where both names tell the matter by themselves, the clauses need not be asked; of sums, they may help.
_PARTNERS = f"""
select own.id, {_COLUMNS} from normal_facts own
cross join clause_pairs p on p.{{own}} = own.clause_id
cross join normal_facts f on f.clause_id = p.{{other}} and f.kind = own.kind
where own.document_id = :document and (own.sure = 0 or f.sure = 0 or own.kind = 'amount')
  and own.name != '' and f.name != ''
"""
_ALIGNED = " union all ".join(
    _PARTNERS.format(own=own, other=other) for own, other in (("a_id", "b_id"), ("b_id", "a_id"))
)


def clear_facts(db: sqlite3.Connection) -> None:
    """Empty both tables."""
    for table in TABLES:
        db.execute(f"delete from {table}")


def forget_facts(db: sqlite3.Connection, documents: Collection[str]) -> None:
    """Take out the facts of these documents and their pairs."""
    for name in documents:
        bounds = (f"{name}.", f"{name}/")
        for column in ("a_id", "b_id"):
            db.execute(f"delete from fact_pairs where {column} >= ? and {column} < ?", bounds)
        db.execute("delete from normal_facts where document_id = ?", (name,))


def write_facts(db: sqlite3.Connection, new: Collection[str]) -> int:
    """The facts of `new` documents and their pairs with those of all; how many pairs.

    The clauses of `new` have been paired before.
    """
    for document in sorted(new):
        db.executemany(f"insert or replace into normal_facts values ({_MARKS})", facts(db, (document,)))
    index = _Index(db, new)
    count = 0
    for document in sorted(new):
        rows = [_row(each) for each in _pairs(db, document, index)]
        db.executemany(f"insert or replace into fact_pairs values ({', '.join('?' * 11)})", rows)
        count += len(rows)
    return count


class _Index:
    """Where facts of like names are: each name is looked up once an update."""

    def __init__(self, db: sqlite3.Connection, new: Collection[str]) -> None:
        self._db = db
        self.new = frozenset(new)
        self._near: dict[str, Mapping[str, Sequence[str]]] = {}
        self._facts: dict[tuple[str, str], tuple[Fact, ...]] = {}
        self._holders: dict[tuple[str, str], frozenset[str]] = {}

    def like(self, fact: Fact) -> tuple[Fact, ...]:
        """Facts of its name, then of the likest others."""
        key = fact.kind, fact.name
        if key not in self._facts:
            self._facts[key] = tuple(self._named(*key))
        return self._facts[key]

    def holds(self, document: str, kind: str, name: str) -> bool:
        """Whether a document has a fact of this name."""
        if (kind, name) not in self._holders:
            rows = self._db.execute(_HOLDERS, (kind, name))
            self._holders[kind, name] = frozenset(each for (each,) in rows)
        return document in self._holders[kind, name]

    def _named(self, kind: str, name: str) -> Iterator[Fact]:
        own, *others = self._names(kind, name)
        yield from (Fact(*row) for row in self._db.execute(_NAMED, (kind, own, MOST)))
        left = MOST_CLOSE
        for other in others:
            for row in self._db.execute(_NAMED, (kind, other, left)):
                left -= 1
                yield Fact(*row)

    def _names(self, kind: str, name: str) -> list[str]:
        """The names that may be of one matter with `name`, itself first, then the likest."""
        if kind not in self._near:
            there = [each for (each,) in self._db.execute(_NAMES, (kind,))]
            self._near[kind] = like_names(self._new_names(kind), there)
        others = self._near[kind].get(name, (name,))
        scored = [(each.score, other) for other in others if (each := likeness(name, other))]
        scored.sort(key=lambda pair: (pair[1] != name, -pair[0], pair[1]))
        return [other for _, other in scored[: 1 + MOST_CLOSE]]

    def _new_names(self, kind: str) -> set[str]:
        sql = (
            "select distinct name from normal_facts where kind = ? and sure = 1 "
            "and document_id in (select value from json_each(?))"
        )
        return {name for (name,) in self._db.execute(sql, (kind, json.dumps(sorted(self.new))))}


def _pairs(db: sqlite3.Connection, document: str, index: _Index) -> Iterator[Match]:
    """The best matches of the facts of one new document with those of earlier ones and of those not new."""
    own = {fact.id: fact for fact in (Fact(*row) for row in db.execute(_OF_DOCUMENT, (document,)))}
    found: dict[tuple[str, str], Match] = {}
    aligned_rows = db.execute(_ALIGNED, {"document": document})
    candidates = [(own[name], Fact(*row), True) for name, *row in aligned_rows]
    candidates += [(fact, other, False) for fact in own.values() if fact.sure for other in index.like(fact)]
    for fact, other, aligned in candidates:
        if other.document_id in index.new and other.document_id >= document:
            continue
        each = match(fact, other, aligned=aligned)
        if each and not _rivalled(each, index):
            found.setdefault((each.a.id, each.b.id), each)
    yield from mutual(found.values())


def _rivalled(each: Match, index: _Index) -> bool:
    """Whether one of two close names stands in the other document as it is: that is then its partner."""
    a, b = each.a, each.b
    return a.name != b.name and (
        index.holds(b.document_id, a.kind, a.name) or index.holds(a.document_id, b.kind, b.name)
    )


def _row(each: Match) -> tuple[object, ...]:
    verdict = judged(each.a, each.b)
    return (
        each.a.id, each.b.id, each.a.kind, each.relation, verdict.verdict, verdict.difference,
        each.a.unit if verdict.difference is not None else None, verdict.deadline_verdict,
        verdict.calculation or None, verdict.reason or None,
        json.dumps([f"{own}／{other}" for own, other in each.words], ensure_ascii=False),
    )  # fmt: skip
