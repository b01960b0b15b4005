"""`python -m tests.makers` prints how far PDF, OFD and scans of the five notices agree with their text."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from _pytest.outcomes import Skipped

from extractor.model import Notice, Text
from extractor.pipeline import read_bytes
from tests.makers import converted_pdf, ofd_writer, reportlab_pdf, scanned
from tests.sources.compared import notices

KINDS = ("responsibilities", "targets", "amounts", "durations", "citations", "links")


def in_folder(make: Callable[[Text, Path], bytes]) -> Callable[[Text], bytes]:
    def made(text: Text) -> bytes:
        with TemporaryDirectory() as folder:
            return make(text, Path(folder))

    return made


MADE: dict[str, tuple[str, Callable[[Text], bytes]]] = {
    "PDF, reportlab": ("pdf", reportlab_pdf.pdf_of),
    "PDF, Chromium": ("pdf", in_folder(converted_pdf.chromium_pdf)),
    "PDF, Chromium, in blocks": (
        "pdf",
        in_folder(partial(converted_pdf.chromium_pdf, paragraph=converted_pdf.BLOCKS)),
    ),
    "PDF, LibreOffice": ("pdf", in_folder(converted_pdf.office_pdf)),
    "OFD": ("ofd", ofd_writer.ofd_of),
}
SCAN = ("pdf", lambda text: scanned.scan_of(reportlab_pdf.pdf_of(text)))


def kept(found: Notice, notice: Notice, kind: str) -> str:
    """How many facts of a kind are found again in their clause, of how many; and how many are found at all."""
    sets = []
    for one in (found, notice):
        refs = [clause.ref for clause in one.clauses]
        sets.append(Counter(_key(mention, refs) for mention in getattr(one, kind)))
    return f"{(sets[0] & sets[1]).total()}/{sets[1].total()}/{sets[0].total()}"


def _key(mention: object, refs: list[str]) -> object:
    if hasattr(mention, "source"):
        return mention.source, mention.target
    words = [getattr(mention, name, None) for name in ("value", "unit", "role", "comparator", "doc_number")]
    return refs[mention.clause], tuple(map(str, words))


def main() -> None:
    formats = MADE | ({"scan, 200 dpi, 1° of skew, noise": SCAN} if "--scans" in sys.argv else {})
    print("format, notice: pages; clause tree; kept/stated/found of", ", ".join(KINDS))
    for label, (suffix, make) in formats.items():
        for name, notice in notices().items():
            try:
                found = read_bytes(f"{name}.{suffix}", make(notice.text))
            except Skipped as skipped:
                print(f"{label}: left out, {skipped}")
                break
            tree = [(c.ref, c.level, c.marker) for c in found.clauses] == [
                (c.ref, c.level, c.marker) for c in notice.clauses
            ]
            figures = "  ".join(kept(found, notice, kind) for kind in KINDS)
            print(
                f"{label:34} {name:10} {found.source.page_count:3}  {'same' if tree else 'DIFFERS':8} {figures}",
                flush=True,
            )


if __name__ == "__main__":
    main()
