"""Files of an export: none half written, none replaced unasked, none outside its folder."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from extractor.messages import Message, Trouble


class ExportError(Trouble):
    """What cannot be exported. Names the file or the row and the remedy."""


def file_name(document_id: str, suffix: str) -> str:
    """The name of a document's file: its id, with what could not stand in a name escaped as in a URL.

    Ids of the contract need no escape. Whatever an id is, the file is in the folder it is put into.

    >>> file_name("xihu-2023-8", ".xml"), file_name("../西湖", ".xml")
    ('xihu-2023-8.xml', '..%2F%E8%A5%BF%E6%B9%96.xml')
    """
    return quote(document_id, safe="") + suffix


def refuse_existing(paths: Iterable[Path]) -> None:
    """Raise `ExportError` where a file would be replaced."""
    there = [path for path in paths if os.path.lexists(path)]
    if there:
        others = Message(" and {count} others", count=len(there) - 1) if len(there) > 1 else ""
        raise ExportError(
            "{file}{others}: there already. Name another folder, or let them be replaced (--overwrite).",
            file=there[0],
            others=others,
        )


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Another name in the same folder, to write to; it becomes `path` at the end, and goes if that fails.

    Who reads `path` sees the old file or the whole new one; a link of that name is replaced, not followed.
    """
    part = path.with_name(f".{os.getpid()}.part")
    part.unlink(missing_ok=True)
    try:
        yield part
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
