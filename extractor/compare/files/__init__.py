"""A comparison or a redline as a file: the suffix says which kind. Each kind of file has one module here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from extractor.compare.redlines import Redlines
from extractor.compare.table import CompareError, Table

SUFFIXES = (".docx", ".xlsx", ".html", ".csv", ".json")


def write(found: Table | Redlines, file: Path) -> None:
    """Write `found` to `file` in the form that its suffix names. Raises `CompareError` for another suffix."""
    suffix = file.suffix.lower()
    if suffix not in SUFFIXES:
        raise CompareError(
            "{file}: no form of file ends so. Name it with one of {suffixes}.",
            file=file,
            suffixes=", ".join(SUFFIXES),
        )
    if isinstance(found, Table):
        _table_writer(suffix)(found, file)
    else:
        _redline_writer(suffix)(found, file)


def _table_writer(suffix: str) -> Callable[[Table, Path], None]:
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

    return write_csv if suffix == ".csv" else write_json


def _redline_writer(suffix: str) -> Callable[[Redlines, Path], None]:
    if suffix == ".docx":
        from extractor.compare.files.redline_docx import write_redline_docx

        return write_redline_docx
    if suffix == ".xlsx":
        from extractor.compare.files.redline_xlsx import write_redline_xlsx

        return write_redline_xlsx
    from extractor.compare.files import redline

    writers = {".html": redline.write_redline_html, ".csv": redline.write_redline_csv}
    return writers.get(suffix, redline.write_redline_json)
