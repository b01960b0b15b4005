"""Which sources of a set stand in it, and under which ids: what an ingest into a new database leaves. Pure.

Bytes that came before stand for those that come again, a source for the one before it under its name, and of
notices that share an id the one with the smallest hash keeps it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from extractor.records.ids import assigned, base_of
from extractor.shards.parts import Entry, Part


def settled(entries: Iterable[Entry]) -> list[Entry]:
    """The entries in their order, each held under its id or dropped. Those that failed stay as they are."""
    told = list(entries)
    standing: dict[str, int] = {}  # hash → place
    named: dict[str, int] = {}
    for place, entry in enumerate(told):
        if entry.state == "failed" or entry.sha256 in standing:
            continue
        if (before := named.get(entry.name)) is not None:
            del standing[told[before].sha256]
        standing[entry.sha256] = named[entry.name] = place
    ids = _ids(told[place] for place in standing.values())
    return [
        entry
        if entry.state == "failed"
        else entry._replace(state="held", document_id=ids[entry.sha256])
        if standing.get(entry.sha256) == place
        else entry._replace(state="dropped", document_id=base_of(entry.document_id, entry.sha256))
        for place, entry in enumerate(told)
    ]


def settled_parts(parts: Sequence[Part]) -> list[tuple[Entry, ...]]:
    """The same for the parts of a set: the entries that each is to have."""
    flat = iter(settled(entry for part in parts for entry in part.entries))
    return [tuple(next(flat) for _ in part.entries) for part in parts]


def _ids(entries: Iterable[Entry]) -> dict[str, str]:
    """Hash → id."""
    sharing: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        sharing[base_of(entry.document_id, entry.sha256)].append(entry.sha256)
    return {
        sha256: name for base, hashes in sharing.items() for sha256, name in assigned(base, hashes).items()
    }
