"""The same notice in every format: what differs from the text itself. `python -m tests.sources.compared` prints a table."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from extractor.model import Notice, Text
from extractor.pipeline import read_bytes
from tests.sources.making import docx_of, html_of

CORPORA = Path(__file__).parents[2] / "corpora"
LEFT_OUT = ("source", "findings", "text")

MADE: Mapping[str, Callable[[Text], bytes]] = {
    "DOCX, automatic numbers": docx_of,
    "DOCX, typed numbers": lambda text: docx_of(text, numbered=False),
    "HTML, named article": html_of,
    "HTML, GBK, unnamed": lambda text: html_of(text, box="box", charset="gb18030"),
    "HTML, <br>": lambda text: html_of(text, breaks=True),
}
# Written by LibreOffice from the DOCX: its own format and filter, and whether the numbers stay automatic.
# (Its RTF loses 、 of a level's text and its HTML all Chinese counting; there numbers are typed.)
EXPORTED: Mapping[str, tuple[str, str, bool]] = {
    "DOC, LibreOffice": ("doc", "MS Word 97", True),
    "ODT, LibreOffice": ("odt", "writer8", True),
    "RTF, LibreOffice": ("rtf", "Rich Text Format", False),
    "HTML, LibreOffice": ("html", "HTML (StarWriter)", False),
}


def notices() -> dict[str, Notice]:
    """The notices of corpora/, read from their text."""
    return {path.stem: read_bytes(path.name, path.read_bytes()) for path in sorted(CORPORA.glob("*.txt"))}


def exported(files: Mapping[str, bytes], suffix: str, kind: str) -> dict[str, bytes]:
    """DOCX files as LibreOffice writes them in another format, by one process."""
    program = shutil.which("soffice")
    assert program is not None
    with TemporaryDirectory() as folder:
        home = Path(folder)
        for name, data in files.items():
            (home / f"{name}.docx").write_bytes(data)
        subprocess.run(
            [program, "--headless", "--norestore", f"-env:UserInstallation={(home / 'profile').as_uri()}", "--convert-to",
             f"{suffix}:{kind}", "--outdir", str(home / "out"), *(str(home / f"{name}.docx") for name in files)],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
        return {name: (home / "out" / f"{name}.{suffix}").read_bytes() for name in files}


def said(notice: Notice) -> dict[str, Any]:
    """Everything a notice says, by kind."""
    kinds = {f.name: getattr(notice, f.name) for f in fields(notice) if f.name not in LEFT_OUT}
    return {"text": notice.text.text, **kinds}


def differing(notice: Notice, other: Notice) -> list[str]:
    """The kinds of facts in which two readings differ."""
    one, two = said(notice), said(other)
    return [kind for kind in one if one[kind] != two[kind]]


def table() -> Iterator[str]:
    read = notices()
    yield "| format | " + " | ".join(read) + " |"
    yield "|---" * (len(read) + 1) + "|"
    columns: dict[str, dict[str, bytes]] = {
        form: {name: make(notice.text) for name, notice in read.items()} for form, make in MADE.items()
    }
    for form, (suffix, kind, numbered) in EXPORTED.items() if shutil.which("soffice") else ():
        files = {name: docx_of(notice.text, numbered=numbered) for name, notice in read.items()}
        columns[form] = exported(files, suffix, kind)
    for form, files in columns.items():
        found = (differing(read[name], read_bytes(name, data)) for name, data in files.items())
        yield f"| {form} | " + " | ".join(", ".join(kinds) or "equal" for kinds in found) + " |"


if __name__ == "__main__":
    for line in table():
        print(line, flush=True)
