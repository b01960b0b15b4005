"""Ingest for programs and notebooks: what `extractor ingest` does, with results as values."""

from __future__ import annotations

from pathlib import Path

from extractor.engine import ingest as results
from extractor.engine import writing
from extractor.intake import Result, expand
from extractor.sources import DEFAULT_LIMITS, Limits


def ingest(
    *paths: Path | str, database: Path | str, jobs: int = 1, limits: Limits = DEFAULT_LIMITS
) -> tuple[Result, ...]:
    """Read files, folders and zip archives into a database, which is made where there is none.

    One result a file or member of an archive, in order: `status` is written, known, ignored or failed, and
    `message` says what is wrong with a file that failed; the others are read all the same. `jobs` are worker
    processes. Raises `extractor.store.StoreError` where `database` is another program's or the disk is full.

    >>> ingest("corpora/xihu.txt", database="policies.db")[0].document_id
    'xihu-2023-8'
    """
    found = expand([Path(path) for path in paths])
    with writing(Path(database)) as writer:
        return tuple(results(found.files, writer, jobs=jobs, limits=limits))
