"""Copies of sources, read and drawn with distrust: a database may name any path, a file may have changed.

A file is read only where it lies in its folder under the name that `ingest --keep-sources` gives (its hash
and a suffix, no link), and only if its bytes have that hash: no other file of the machine can be had so.
Pages are drawn one at a time, in a thread of their own, for PDFium draws in one thread only.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
from concurrent.futures import ThreadPoolExecutor
from functools import cache, lru_cache
from pathlib import Path, PurePosixPath
from typing import Final

from extractor.model import ReadError
from extractor.site.questions.originals import Original, Page

MOST_BYTES: Final = 64 * 1024 * 1024  # of a source; ingest reads no larger one
SECONDS: Final = 20.0  # until an answer is due
_PICTURES: Final = 32  # drawn pages that are remembered
_NAME = re.compile(r"(?P<sha256>[0-9a-f]{64})(?:\.[a-z]{1,5})?")


class Unusable(Exception):
    """A source that cannot be shown: "missing", "changed", "undrawn" (no such page, damaged) or "slow"."""


async def source(database: Path, original: Original) -> bytes:
    """The bytes of a kept source. Raises Unusable: missing, changed."""
    return await asyncio.to_thread(_read, database, original)


async def picture(database: Path, page: Page) -> bytes:
    """The page as PNG, with its boxes marked. Raises Unusable."""
    drawing = asyncio.get_running_loop().run_in_executor(_drawer(), _drawn, database, page)
    try:
        return await asyncio.wait_for(drawing, SECONDS)
    except TimeoutError as error:
        raise Unusable("slow") from error


def _read(database: Path, original: Original) -> bytes:
    path = _path(database, original)
    try:
        if path.stat().st_size != original.bytes or original.bytes > MOST_BYTES:
            raise Unusable("changed")
        content = path.read_bytes()
    except OSError as error:
        raise Unusable("missing") from error
    if hashlib.sha256(content).hexdigest() != original.sha256:
        raise Unusable("changed")
    return content


def _path(database: Path, original: Original) -> Path:
    """Where the source is. Raises Unusable where the database names another place than ingest writes to."""
    named = PurePosixPath(original.path)
    name = _NAME.fullmatch(named.name)
    if named.is_absolute() or "\0" in original.path or name is None or name["sha256"] != original.sha256:
        raise Unusable("missing")
    path = database.resolve().parent / named
    folder = path.parent.resolve()
    if path.resolve() != folder / named.name or not path.is_file():
        raise Unusable("missing")
    return folder / named.name


@lru_cache(maxsize=_PICTURES)
def _drawn(database: Path, page: Page) -> bytes:
    # Drawing needs the readers of sources, as nothing else here does: not before a page is asked for.
    from extractor.page_image import page_image

    source, number, boxes = page
    content = _read(database, source)
    try:
        return page_image(source.name, content, number, boxes, media_type=source.media_type)
    except ReadError as error:
        raise Unusable("undrawn") from error


@cache
def _drawer() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="page-image")
