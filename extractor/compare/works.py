"""One notice in several files: the documents that are readings of one work, and where the readings differ.

Two documents are one work where both rest on the same words: near-equal texts, found by a sketch, a number or
a title, with nothing that tells them apart (another number, jurisdiction, date or status: a draft and its
final are two). Comparisons take one reading of each work, the one that leaves fewest doubts.

Each update looks at the documents that are new and at what they are like. Differences are findings:
`readings-differ` of the reading that stands for the work, `same-number` where one number stands on two texts.
Inside a transaction of the caller.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import count
from typing import NamedTuple

from extractor.compare.readings import (
    Difference,
    Folded,
    characters,
    differences,
    folded,
    gaps,
    likeness,
    sketch,
)

SAME = 0.97  # of the shorter text in common: one work, where nothing tells the two apart
SAME_NAME = 0.9  # so much is enough where number or title are the same as well
_CROWD = 12  # documents that share a number, a title or a band: what more share tells no work
_NEW = (
    "select id from documents where id not in (select document_id from sketches where band = -1) order by id"
)
# Of sixteen bands, texts of which nine tenths are the same share about ten, texts of which half is, one.
_NEAR = """
select other.document_id from sketches own
join sketches other on other.band = own.band and other.value = own.value
where own.document_id = ? and own.band >= 0 and other.document_id != own.document_id
group by 1 having count(*) >= 3 limit ?
"""
_NUMBERED = """
select other.id from documents own join documents other on other.doc_number = own.doc_number
where own.id = ? and other.id != own.id limit ?
"""
_TITLED = _NUMBERED.replace("doc_number", "title")
_DOCUMENT = """
select id, title, doc_number, jurisdiction_id, issued_on, status, text,
  (select count(*) from findings where document_id = documents.id and id not glob '*_f[swx]*'),
  exists (select 1 from lines where document_id = documents.id), source_name
from documents where id = ?
"""
_CLAUSE_AT = "select id from clauses where document_id = ? and start <= ? order by start desc limit 1"


class Reading(NamedTuple):
    """A document as a reading of a work. `findings` and `placed` say how good a reading it is."""

    id: str
    title: str | None
    doc_number: str | None
    jurisdiction: str | None
    issued_on: str | None
    status: str
    text: str
    findings: int
    placed: int
    source_name: str

    @property
    def rank(self) -> tuple[int, int, int, str]:
        """Fewest findings first, then places on pages, then the longest text."""
        return (self.findings, -self.placed, -len(self.text), self.id)


class Pair(NamedTuple):
    """Two readings, whether they are one work, and how much of the shorter text both have."""

    a: Reading
    b: Reading
    same: bool
    likeness: float


def update(db: sqlite3.Connection) -> int:
    """Bring works up to date: the number of documents that were new. Nothing is done twice."""
    new = [name for (name,) in db.execute(_NEW)]
    for name in new:
        _write_sketch(db, name)
    known: dict[str, tuple[Reading, Folded]] = {}
    names = {(min(name, other), max(name, other)) for name in new for other in _near(db, name)}
    pairs = [_pair(_reading(db, a, known), _reading(db, b, known)) for a, b in sorted(names)]
    for group in _groups(pairs):
        _write_work(db, group)
    for pair in pairs:
        if not pair.same and pair.a.doc_number is not None and pair.a.doc_number == pair.b.doc_number:
            _write_same_number(db, pair)
    return len(new)


def other_readings(db: sqlite3.Connection) -> frozenset[str]:
    """The documents that comparisons leave out: another reading of the same work stands for them."""
    rows = db.execute("select document_id from works where document_id != work_id")
    return frozenset(name for (name,) in rows)


# --- which documents are one work ------------------------------------------------------------------


def _write_sketch(db: sqlite3.Connection, name: str) -> None:
    """The bands of a document, and one row (band -1) that says that it was looked at."""
    (text,) = db.execute("select text from documents where id = ?", (name,)).fetchone()
    bands = sketch(characters(text))
    rows = [(name, -1, 0), *((name, band, value) for band, value in enumerate(bands))]
    db.executemany("insert into sketches values (?, ?, ?)", rows)


def _near(db: sqlite3.Connection, name: str) -> Iterator[str]:
    """Documents that may be readings of the same work, those already known to be among them."""
    for sql in (_NEAR, _NUMBERED, _TITLED):
        others = [other for (other,) in db.execute(sql, (name, _CROWD + 1))]
        if len(others) <= _CROWD:
            yield from others


def _reading(
    db: sqlite3.Connection, name: str, known: dict[str, tuple[Reading, Folded]]
) -> tuple[Reading, Folded]:
    if name not in known:
        reading = Reading(*db.execute(_DOCUMENT, (name,)).fetchone())
        known[name] = reading, folded(reading.text)
    return known[name]


def _pair(one: tuple[Reading, Folded], other: tuple[Reading, Folded]) -> Pair:
    (a, ours), (b, theirs) = one, other
    alike = likeness(ours.text, theirs.text, gaps(ours.text, theirs.text))
    named = (a.doc_number is not None and a.doc_number == b.doc_number) or _name(a) == _name(b)
    return Pair(a, b, not _apart(a, b) and alike >= (SAME_NAME if named else SAME), alike)


def _name(reading: Reading) -> str:
    """The title without punctuation; the id where there is none, which no other reading has."""
    return re.sub(r"\W", "", reading.title or "") or reading.id


def _apart(a: Reading, b: Reading) -> tuple[str, ...]:
    """What both state that tells them apart."""
    stated = (
        ("文号", a.doc_number, b.doc_number), ("地区", a.jurisdiction, b.jurisdiction),
        ("成文日期", a.issued_on, b.issued_on), ("文本状态", a.status, b.status),
    )  # fmt: skip
    return tuple(what for what, one, other in stated if one and other and one != other)


def _groups(pairs: Iterable[Pair]) -> list[tuple[Reading, ...]]:
    """Works of two and more readings, the best first; no two of a work are told apart by what they state."""
    groups: dict[str, tuple[Reading, ...]] = {}
    for pair in sorted((pair for pair in pairs if pair.same), key=lambda pair: -pair.likeness):
        one, other = groups.get(pair.a.id, (pair.a,)), groups.get(pair.b.id, (pair.b,))
        if one is other or any(_apart(a, b) for a in one for b in other):
            continue
        joined = tuple(sorted((*one, *other), key=lambda reading: reading.rank))
        groups |= {reading.id: joined for reading in joined}
    return list(dict.fromkeys(groups.values()))


# --- what is written -------------------------------------------------------------------------------


def _write_work(db: sqlite3.Connection, group: tuple[Reading, ...]) -> None:
    """One row a reading, and findings of the best reading that say where each other one differs."""
    best = group[0]
    ours = folded(best.text)
    ordinal = count(1)
    for reading in group:
        db.execute("delete from works where document_id = ?", (reading.id,))
        db.execute("delete from findings where document_id = ? and code = 'readings-differ'", (reading.id,))
    for reading in group:
        theirs = folded(reading.text)
        found = gaps(ours.text, theirs.text)
        alike = round(likeness(ours.text, theirs.text, found), 4)
        db.execute("insert into works values (?, ?, ?)", (reading.id, best.id, alike))
        for said in differences((best.text, ours), (reading.text, theirs), found):
            words = f"与另一来源“{reading.source_name}”不同：{said.words}"
            finding = (f"{best.id}_fw{next(ordinal)}", "readings-differ", said._replace(words=words))
            _write(db, best.id, *finding)


def _write_same_number(db: sqlite3.Connection, pair: Pair) -> None:
    """A finding of both documents: the number of one is a slip, or one is a draft of the other."""
    why = "、".join(_apart(pair.a, pair.b))
    reason = f"{why}不同" if why else f"文字相同的仅 {pair.likeness:.0%}"
    for own, other in ((pair.a, pair.b), (pair.b, pair.a)):
        key = hashlib.blake2b(other.id.encode(), digest_size=4).hexdigest()
        words = f"与“{other.source_name}”文号同为{own.doc_number}，但不是同一文件：{reason}"
        _write(db, own.id, f"{own.id}_fs{key}", "same-number", Difference(None, None, words, True))


def _write(db: sqlite3.Connection, document: str, name: str, code: str, said: Difference) -> None:
    """A finding of a document."""
    severity = "warning" if said.weighty else "info"
    clause = None
    if said.start is not None:
        (clause,) = db.execute(_CLAUSE_AT, (document, said.start)).fetchone() or (None,)
    row = (name, document, clause, severity, code, said.words, said.start, said.end)
    db.execute("insert or replace into findings values (?, ?, ?, ?, ?, ?, ?, ?)", row)
