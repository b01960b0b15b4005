"""A part: what one task read, as a file in the data set of each table.

Guarantees: a part is named by what went in (files by name and hash, and the version of the program) and what
came out (documents by hash and id), so that to write it twice is to write it once; it is there, whole, from
the moment its file in `documents` is, which is written last and removed first; no file is ever changed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, Literal, NamedTuple

from extractor import __version__
from extractor.contract import load_contract
from extractor.records import TABLES, Record
from extractor.records.facets import facets
from extractor.shards.parquet import Row, columns_of, note_of, rows_of, to_bytes
from extractor.storage import Folder

COMMIT = "documents"  # the table whose file says that the part is whole
OFFICES = "_units"  # offices of each part: those of all parts are one file in `units`
_SIZE = 10  # bytes of a hash in the name of a part
_OWN = re.compile(r"[^._]+")  # an id begins with that of its document
_OWNED_BY = ("document_id", "clause_id", "table_id", "from_clause_id")  # a column that begins with its id
_FILE = re.compile(r"part-(?P<part>(?P<batch>[0-9a-f]{20})-[0-9a-f]{20})\.parquet")

State = Literal["held", "failed", "dropped"]


class Entry(NamedTuple):
    """A source of a part. A dropped one was read, and another of the set stands in its place."""

    name: str
    sha256: str
    state: State
    document_id: str = ""
    characters: int = 0


class Part(NamedTuple):
    """A part that is there, and its sources in order."""

    name: str
    entries: tuple[Entry, ...]

    @property
    def batch(self) -> str:
        """What went in."""
        return self.name.partition("-")[0]


def batch_key(sources: Iterable[tuple[str, str]]) -> str:
    """The name of what goes in: sources by name and hash, read by this version of the program."""
    told = [__version__, str(load_contract().version)]
    return _hash([*told, *(f"{name}\0{sha256}" for name, sha256 in sources)])


def find(folder: Folder, batch: str) -> Part | None:
    """The part that was made of these sources, if there is one."""
    names = [name for name in part_names(folder) if name.startswith(batch)]
    return held(folder, names[0]) if names else None


def part_names(folder: Folder) -> tuple[str, ...]:
    """The parts that are there and whole."""
    found = map(_FILE.fullmatch, folder.names(COMMIT))
    return tuple(match["part"] for match in found if match)


def is_name(words: object) -> bool:
    """Whether a part can be called so."""
    return isinstance(words, str) and _FILE.fullmatch(f"part-{words}.parquet") is not None


def held(folder: Folder, name: str) -> Part:
    """A part by its name. Raises FileNotFoundError."""
    return Part(name, tuple(Entry(*entry) for entry in _note(folder, name)["entries"]))


def write(folder: Folder, batch: str, records: Sequence[Record], entries: Sequence[Entry]) -> Part:
    """Write what was read of a batch: the records of the entries that are held, in their order."""
    part = Part(f"{batch}-{_hash(map(repr, entries))}", tuple(entries))
    tables = {table: [row for new in records for row in new.rows[table]] for table in TABLES}
    tables["units"] = list(dict.fromkeys(tables["units"]))
    filled = [table for table in TABLES if tables[table] or table == COMMIT]
    for table in sorted(filled, key=COMMIT.__eq__):  # that one last
        note = {"entries": entries, "tables": filled} if table == COMMIT else None
        folder.write(file_name(table, part.name), to_bytes(table, tables[table], note))
    return part


def check(new: Record) -> None:
    """Raises `ArrowError` where a value of a record does not suit its column."""
    for table in TABLES:
        to_bytes(table, new.rows[table])


def settle(folder: Folder, part: Part, entries: Sequence[Entry]) -> Part:
    """The part with other ids, or without some of its documents. The one before stays where it is."""
    wanted = {entry.sha256: entry.document_id for entry in entries if entry.state == "held"}
    records = [new.renamed(wanted[new.sha256]) for new in read(folder, part.name) if new.sha256 in wanted]
    return write(folder, part.batch, records, entries)


def read(folder: Folder, name: str) -> Iterator[Record]:
    """The records of a part, in order."""
    filled = _note(folder, name)["tables"]
    tables = {
        table: rows_of(table, folder.read(file_name(table, name))) if table in filled else []
        for table in TABLES
    }
    offices = {str(row[0]): row for row in tables.pop("units")}
    of_document = {
        table: {own: list(rows) for own, rows in groupby(found, key=_owners(table))}
        for table, found in tables.items()
    }
    unit = load_contract()["responsibilities"].names.index("unit_id")
    for own in of_document[COMMIT]:
        rows = {table: found.get(own, []) for table, found in of_document.items()}
        named = dict.fromkeys(str(row[unit]) for row in rows["responsibilities"])
        whole = {"units": [offices[name] for name in named], **rows}
        whole["clause_facets"] = whole["clause_facets"] or facets(whole)  # parts made before lack them
        yield Record(whole)


def offices(folder: Folder, name: str) -> list[Row]:
    """The offices that a part names."""
    if "units" not in _note(folder, name)["tables"]:
        return []
    return rows_of("units", folder.read(file_name("units", name)))


def identities(folder: Folder, name: str) -> list[tuple[str, str]]:
    """Hash and id of the documents of a part."""
    content = folder.read(file_name(COMMIT, name))
    return [(str(sha256), str(own)) for sha256, own in columns_of(content, ("source_sha256", "id"))]


def remove(folder: Folder, name: str) -> None:
    """Remove what there is of a part."""
    for table in (COMMIT, *TABLES):
        folder.remove(file_name(table, name))


def file_name(table: str, part: str) -> str:
    return f"{OFFICES if table == 'units' else table}/part-{part}.parquet"


def strays(folder: Folder, kept: Iterable[str]) -> Iterator[str]:
    """The names of files of parts other than `kept`, those of parts that were never finished included."""
    wanted = set(kept)
    for table in (COMMIT, *TABLES):
        place = OFFICES if table == "units" else table
        for file in folder.names(place):
            match = _FILE.fullmatch(file)
            if match and match["part"] not in wanted:
                yield f"{place}/{file}"


def _note(folder: Folder, name: str) -> Any:
    return note_of(folder.read(file_name(COMMIT, name)))


def _owners(table: str) -> Any:
    """Row → the id of its document."""
    names = load_contract()[table].names
    at = next((names.index(name) for name in _OWNED_BY if name in names), 0)

    def owner(row: Row) -> str:
        match = _OWN.match(str(row[at]))
        return match[0] if match else ""

    return owner


def _hash(words: Iterable[str]) -> str:
    return hashlib.blake2b("\n".join(words).encode(), digest_size=_SIZE).hexdigest()
