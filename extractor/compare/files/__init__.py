"""A comparison as a file: the suffix says which kind. Each kind of file has one module here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from extractor.compare.table import CompareError, Table

SUFFIXES = (".docx", ".xlsx", ".html", ".csv", ".json")


def write(table: Table, file: Path) -> None:
    """Write `table` to `file` in the form that its suffix names. Raises `CompareError` for another suffix."""
    writer = _writer(file.suffix.lower())
    if writer is None:
        raise CompareError(f"{file}: no form of file ends so. Name it with one of {', '.join(SUFFIXES)}.")
    writer(table, file)


def _writer(suffix: str) -> Callable[[Table, Path], None] | None:
    """Each library is loaded where its file is wanted, and not before."""
    if suffix == ".docx":
        from extractor.compare.files.docx import write_docx

        return write_docx
    if suffix == ".xlsx":
        from extractor.compare.files.xlsx import write_xlsx

        return write_xlsx
    if suffix == ".html":
        from extractor.compare.files.html import write_html

        return write_html
    from extractor.compare.files.plain import write_csv, write_json

    return {".csv": write_csv, ".json": write_json}.get(suffix)
