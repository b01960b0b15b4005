"""One notice into the database: all of its rows or none.

Guarantees: writing the same notice again changes nothing; writing other bytes under a source name replaces
what it held; the rows depend on the set of notices, not on the order in which they came.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from sqlite_utils import Database

from extractor.contract import load_contract, quoted
from extractor.lexicon.divisions import Division, load_divisions
from extractor.model import Notice, Unit
from extractor.search import spaced
from extractor.store.cited import resolve_cited, resolve_own
from extractor.store.ids import assigned, base_id, base_of, unit_id
from extractor.store.remove import remove, rename
from extractor.store.rows import Row, rows

_SAME_SOURCE = """
select id, source_sha256, source_name, doc_number, title from documents
where source_sha256 = ? or source_name = ?
"""
_FTS_INSERT = "insert into clauses_fts (rowid, text) values (?, ?)"
_TEXT = load_contract()["clauses"].names.index("text")


def known(db: Database, sha256: str) -> bool:
    """Whether a file with this hash (hexadecimal) is in the database."""
    return (
        db.conn.execute("select 1 from documents where source_sha256 = ?", (sha256,)).fetchone() is not None
    )


def write(db: Database, notice: Notice) -> str:
    """Write `notice` in one transaction and return the id of its document.

    Bytes that the database holds under another source name stay one document, named by the smaller name.
    """
    with db.atomic():
        document_id, texts = put(db, notice)
        index(db, texts)
    return document_id


def replaces(db: Database, notice: Notice) -> bool:
    """Whether the database holds a document of these bytes or of this source name."""
    return db.conn.execute(_SAME_SOURCE, (notice.source.sha256, notice.source.name)).fetchone() is not None


def put(db: Database, notice: Notice) -> tuple[str, list[tuple[int, str]]]:
    """All rows of `notice` but those of the index: the id of its document, and what is to be indexed.

    Inside a transaction of the caller, who calls `index` last: each statement after it would make FTS5 flush.
    What is replaced must have been indexed.
    """
    sha256, name = notice.source.sha256, notice.source.name
    above = divisions_of(notice.head.jurisdiction_id)
    base = base_id(
        notice.head, sha256, place=above[0].slug if above else None,
        names="".join(division.short_name for division in above),
    )  # fmt: skip
    old = db.conn.execute(_SAME_SOURCE, (sha256, name)).fetchall()
    for row in old:
        remove(db, row[0])
    document_id = _settle(db, base, sha256)
    for gone in {base_of(row[0], row[1]) for row in old} - {base}:
        _settle(db, gone)
    texts = _insert(db, notice, document_id, above)
    _keep_smallest_name(db, document_id, [name, *(row[2] for row in old if row[1] == sha256)])
    resolve_own(db, document_id)
    seen = {(notice.head.doc_number, notice.head.title)} | {(row[3], row[4]) for row in old}
    for doc_number, title in seen:
        resolve_cited(db, doc_number, title)
    return document_id, texts


def index(db: Database, texts: Sequence[tuple[int, str]]) -> None:
    """Make clauses findable: their rowids with their texts, characters apart."""
    db.conn.executemany(_FTS_INSERT, texts)


def _settle(db: Database, base: str, new: str | None = None) -> str:
    """Give all documents that share `base` the ids that are theirs in any order; the id of hash `new`."""
    stems = db.conn.execute(
        "select id, source_sha256 from documents where id = ? or (id >= ? and id < ?)",
        (base, f"{base}-", f"{base}."),
    )
    held = {sha256: name for name, sha256 in stems if base_of(name, sha256) == base}
    hashes = {*held, new} if new else set(held)
    if not hashes:
        return base
    ids = assigned(base, (sha256 for sha256 in hashes if sha256))
    moves = [(held[sha256], ids[sha256]) for sha256 in held if held[sha256] != ids[sha256]]
    for before, after in sorted(moves, key=lambda move: move[1] == base):  # the plain id is free at last
        rename(db, before, after)
    return ids[new] if new else base


def _keep_smallest_name(db: Database, document_id: str, names: list[str]) -> None:
    if min(names) != names[0]:
        db.conn.execute("update documents set source_name = ? where id = ?", (min(names), document_id))


def _insert(
    db: Database, notice: Notice, document_id: str, chain: tuple[Division, ...]
) -> list[tuple[int, str]]:
    """Insert all rows; what remains to be indexed: the rowid and the characters of each clause."""
    units: dict[Unit, Row] = {}

    def row_of(unit: Unit) -> str:
        if unit not in units:
            code = home(unit.name, chain)
            units[unit] = (unit_id(unit, code), *unit, code)
        return str(units[unit][0])

    found = rows(notice, document_id, row_of)
    connection = db.conn
    connection.executemany(_insert_sql("units"), units.values())
    last = connection.execute("select coalesce(max(rowid), 0) from clauses").fetchone()[0]
    for table, values in found.items():
        if table == "clauses":
            values = [(last + place, *row) for place, row in enumerate(values, 1)]
        connection.executemany(_insert_sql(table), values)
    return [(last + place, spaced(str(row[_TEXT]))) for place, row in enumerate(found["clauses"], 1)]


@cache
def _insert_sql(table: str) -> str:
    names = load_contract()[table].names
    columns = ("rowid", *names) if table == "clauses" else names  # the index refers to clauses by rowid
    verb = "insert or ignore" if table == "units" else "insert"
    marks = ", ".join("?" * len(columns))
    return f"{verb} into {quoted(table)} ({', '.join(map(quoted, columns))}) values ({marks})"


def divisions_of(jurisdiction_id: str | None) -> tuple[Division, ...]:
    """The division and those above it, nearest first; () where the notice's is unknown."""
    if jurisdiction_id is None:
        return ()
    divisions = load_divisions()
    division = divisions.get(jurisdiction_id)
    return () if division is None else (division, *divisions.ancestors(jurisdiction_id))


def home(name: str, chain: tuple[Division, ...]) -> str | None:
    """The code of the division that an office belongs to: the notice's, unless its name says otherwise.

    南昌市财政局 in a notice of its 西湖区 is the city's, 省卫健委 the province's, 国家统计局 the nation's; a
    branch (国家金融监督管理总局漳州监管分局) is where the notice is.
    """
    if not chain:
        return None
    if name.endswith(_BRANCHES):
        return chain[0].code
    for division in chain:
        if name.startswith((division.short_name, division.name)) or _BY_CLASS.get(name[:2]) == division.level:
            return division.code
        if _fits(name[:1], division):
            return division.code
    return chain[0].code


_BRANCHES = ("分局", "支局", "分行", "支行", "分公司", "支队", "大队", "调查队")
_BY_CLASS: Mapping[str, str] = {
    "国家": "national",
    "国务": "national",
    "全国": "national",
    "中央": "national",
}
_ENDINGS: Mapping[str, tuple[str, ...]] = {
    "省": ("province",), "市": ("province", "prefecture", "county"),
    "州": ("prefecture",), "盟": ("prefecture",), "县": ("county",), "区": ("county",), "旗": ("county",),
}  # fmt: skip


def _fits(letter: str, division: Division) -> bool:
    """Whether 市 in 市财政局 can stand for `division`, by the end of its name."""
    return division.level in _ENDINGS.get(letter, ()) and division.short_name.endswith(letter)
