"""The same notice as a PDF printed by programs that offices use: Chromium (a page saved as PDF) and LibreOffice."""

from __future__ import annotations

import html
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Pt

from extractor.model import Text
from tests.sources.making import docx_of, html_table, parts

SECONDS = 180
PAGE = """<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><style>
@page {{ size: A4; margin: 37mm 26mm 35mm 28mm; @bottom-center {{ content: "— " counter(page) " —"; }} }}
body {{ font-family: "Noto Serif CJK SC", "WenQuanYi Zen Hei", serif; font-size: 16pt; line-height: 28pt; text-align: justify; margin: 0 }}
p {{ {paragraph} }} table {{ border-collapse: collapse; width: 100%; font-size: 12pt; line-height: 16pt }}
td {{ border: 1px solid black; padding: 2px 4px }} td p {{ text-indent: 0 }}
</style></head><body>{body}</body></html>"""
INDENTED, BLOCKS = "text-indent: 2em; margin: 0", "margin: 0 0 12pt"  # how paragraphs are set


def program(*names: str) -> str:
    """The path of the first of these programs that is there; else the test is skipped."""
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip(f"{names[0]} is not installed")
    return found


def chromium_pdf(text: Text, folder: Path, *, paragraph: str = INDENTED) -> bytes:
    """Chromium's print of a page in the layout of GB/T 9704, its paragraphs indented or in blocks set apart."""
    chromium = program("chromium", "google-chrome", "chromium-browser")
    body = "\n".join(
        f"<p>{html.escape(part)}</p>" if isinstance(part, str) else html_table(part) for part in parts(text)
    )
    page, made = folder / "notice.html", folder / "notice.pdf"
    page.write_text(PAGE.format(body=body, paragraph=paragraph), "utf-8")
    command = [
        chromium, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}", "--no-pdf-header-footer",
        f"--print-to-pdf={made}", page.as_uri(),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
    return made.read_bytes()


def office_pdf(text: Text, folder: Path, *, indented: bool = True) -> bytes:
    """LibreOffice's export of a DOCX with automatic numbers and ruled tables, its paragraphs indented or in blocks."""
    office = program("soffice", "libreoffice")
    source = folder / "notice.docx"
    document = Document(BytesIO(docx_of(text)))
    document.styles["Normal"].font.size = Pt(16)
    for paragraph in document.paragraphs:
        if indented:
            paragraph.paragraph_format.first_line_indent = Pt(32)
    for table in document.tables:
        table.style = "Table Grid"
    document.save(str(source))
    command = [
        office, f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless", "--convert-to", "pdf", "--outdir", str(folder),
        str(source),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
    return (folder / "notice.pdf").read_bytes()
