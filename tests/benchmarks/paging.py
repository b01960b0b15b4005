"""What reading PDF with text costs: `python -m tests.benchmarks.paging`. No test: it times.

Pages a second of processor time from the file to facts, for plain pages and for pages that hold a task table;
and the peak of memory for a PDF of 1,000 pages, read in a process of its own.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from io import BytesIO
from pathlib import Path

import pypdfium2

from extractor.pipeline import read_bytes
from tests.makers.reportlab_pdf import pdf_of
from tests.sources.compared import notices

ROOT = Path(__file__).parent.parent.parent
PLAIN, TABLES = ("luhe", "xihu", "zhangzhou", "xinjian"), ("weixi",)
MANY = 1000  # pages
PEAK = """
import resource, sys
from pathlib import Path
from extractor.pipeline import read_bytes
notice = read_bytes("many.pdf", Path(sys.argv[1]).read_bytes())
print(notice.source.page_count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.paging", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="the best of so many (3)")
    rounds = parser.parse_args().rounds
    read = notices()
    files = {name: pdf_of(read[name].text) for name in (*PLAIN, *TABLES)}
    for label, names, wanted in (("plain pages", PLAIN, "60"), ("with a task table", TABLES, "")):
        pages, seconds = best([files[name] for name in names], rounds)
        print(f"{label:24}{pages:5} pages{pages / seconds:9.0f} pages/s   {wanted}", flush=True)
    pages, seconds, megabytes = many(files["xihu"])
    print(f"{'one file':24}{pages:5} pages{pages / seconds:9.0f} pages/s, {megabytes} MB at most   600 MB")


def best(files: list[bytes], rounds: int) -> tuple[int, float]:
    """Pages of the files together, and the least processor time that they took."""
    pages, least = 0, float("inf")
    for _ in range(rounds):
        began = time.process_time()
        pages = sum(read_bytes("a.pdf", file).source.page_count or 0 for file in files)
        least = min(least, time.process_time() - began)
    return pages, least


def many(file: bytes) -> tuple[int, float, int]:
    """Pages, seconds and peak megabytes of a PDF that holds the pages of `file` again and again."""
    source, target = pypdfium2.PdfDocument(file), pypdfium2.PdfDocument.new()
    while len(target) < MANY:
        target.import_pages(source)
    stream = BytesIO()
    target.save(stream)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "many.pdf"
        path.write_bytes(stream.getvalue())
        began = time.perf_counter()
        words = [sys.executable, "-c", PEAK, str(path)]
        out = subprocess.run(words, check=True, capture_output=True, text=True, cwd=ROOT)
        seconds = time.perf_counter() - began
    pages, megabytes = map(int, out.stdout.split())
    return pages, seconds, megabytes


if __name__ == "__main__":
    main()
