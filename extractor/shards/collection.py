"""A set as a whole: which parts it has, in which order, and of which places.

`set.json` says it, and is replaced at once: until a run is through, the set is what it was before; what it
no longer names is removed after that.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import NamedTuple

from extractor import __version__
from extractor.contract import load_contract
from extractor.lexicon.divisions import load_divisions
from extractor.records import TABLES
from extractor.shards import parts
from extractor.shards.parquet import Row, to_bytes
from extractor.storage import Folder, StorageError
from extractor.store import division_rows

FILE = "set.json"


class Manifest(NamedTuple):
    """`paths`: what was named to ingest; `parts` in the order of their sources."""

    version: str
    contract: int
    paths: tuple[str, ...]
    parts: tuple[str, ...]


def manifest(folder: Folder) -> Manifest | None:
    """What the set is; None where no run into it was ever through. Raises `StorageError`."""
    try:
        told = json.loads(folder.read(FILE))
        found = Manifest(told["version"], told["contract"], tuple(told["paths"]), tuple(told["parts"]))
        if odd := [part for part in found.parts if not parts.is_name(part)]:
            raise ValueError(f"{odd[0]!r} is no part")
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StorageError(
            "{url}: {file} cannot be read ({error}). Check its address; a set is made by "
            "`extractor ingest --engine dask --shards`.",
            url=folder.url,
            file=FILE,
            error=error,
        ) from error
    if found.contract != load_contract().version:
        raise StorageError(
            "{url}: its contract has version {version}. Read its files again with this version.",
            url=folder.url,
            version=found.contract,
        )
    return found


def publish(folder: Folder, paths: Sequence[str], names: Sequence[str]) -> None:
    """Make these parts the set, then remove what else there is of parts."""
    offices = dict.fromkeys(row for name in names for row in parts.offices(folder, name))
    shared: dict[str, Sequence[Row]] = {
        "units": sorted(offices),
        "jurisdictions": division_rows(load_divisions()),
    }
    common = [_one_file(folder, table, rows) for table, rows in shared.items()]
    told = {"version": __version__, "contract": load_contract().version, "paths": paths, "parts": names}
    folder.write(FILE, json.dumps(told, ensure_ascii=False, indent=1).encode())
    older = [f"{table}/{name}" for table in shared for name in folder.names(table)]
    for stray in [*parts.strays(folder, names), *(name for name in older if name not in common)]:
        folder.remove(stray)
    for table in TABLES:
        if table not in shared and not folder.names(table):
            _one_file(folder, table, ())  # a data set that can be asked


def _one_file(folder: Folder, table: str, rows: Sequence[Row]) -> str:
    """Write a file that holds rows of many parts, named by what it holds; its name."""
    content = to_bytes(table, rows)
    name = f"{table}/part-{hashlib.blake2b(content, digest_size=10).hexdigest()}.parquet"
    folder.write(name, content)
    return name
