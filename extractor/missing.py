"""Notices of a database whose files are gone: what a run over all files did not see any more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlite_utils import Database

from extractor.intake import Result
from extractor.store import forget


@dataclass(slots=True)
class Seen:
    """What a run saw: bytes by their hash, and by their names the files that it could not read."""

    hashes: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)

    def add(self, result: Result) -> None:
        """Note one result of the run."""
        if result.status in ("written", "known"):
            self.hashes.add(result.sha256)
        elif result.status == "failed":
            self.unread.add(result.name)

    def __contains__(self, source: tuple[str, str]) -> bool:
        """Whether a source, name and hash, was there; so is what an archive holds that could not be read."""
        name, sha256 = source
        above = (name[:at] for at, character in enumerate(name) if character == "/")
        return sha256 in self.hashes or name in self.unread or any(each in self.unread for each in above)


def remove_missing(db: Database, seen: Seen) -> Iterator[str]:
    """Remove the documents whose sources the run did not see; their ids."""
    for document_id, name, sha256 in db.conn.execute(
        "select id, source_name, source_sha256 from documents order by id"
    ).fetchall():
        if (name, sha256) not in seen:
            forget(db, sha256)
            yield document_id
