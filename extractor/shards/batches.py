"""Files → the batches that tasks read. Pure but for the sizes of local files.

A batch ends where the hash of a file's name says so: a file that is added, changed or removed changes its own
batch alone, and the parts of all others are found again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from extractor.intake import File

MEAN = 128  # files of a batch, one with another
_MOST = 4  # times the mean, whatever the names say
_BYTES = 16 * 1024 * 1024  # of local files in a batch: scans are few to a task, and none is read for hours


def batches(files: Iterable[File], *, mean: int = MEAN) -> Iterator[tuple[File, ...]]:
    """The files in their order, cut into batches."""
    batch: list[File] = []
    size = 0
    for file in files:
        batch.append(file)
        size += _size(file)
        if _ends(file.name, mean) or len(batch) >= _MOST * mean or size >= _BYTES:
            yield tuple(batch)
            batch, size = [], 0
    if batch:
        yield tuple(batch)


def _ends(name: str, mean: int) -> bool:
    digest = hashlib.blake2b(name.encode("utf-8", "surrogateescape"), digest_size=8).digest()
    return int.from_bytes(digest, "big") % mean == 0


def _size(file: File) -> int:
    try:
        return file.path.stat().st_size if isinstance(file.path, Path) else 0
    except OSError:
        return 0
