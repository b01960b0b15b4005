"""The built wheel, away from the checkout: installed in an empty environment, it reads a PDF and serves a page.

Its libraries come from the environment that runs the tests, by a path file: nothing is downloaded.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import sysconfig
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from extractor.model import Paragraph, Span, Text
from tests.audit.wheels import build

WORDS = (
    "云岭市人民政府关于印发云岭市养老服务提升实施方案的通知",
    "为做好养老服务工作，制定本方案。",
    "一、重点任务",
    "（一）增加床位。到2026年，全市护理型床位占比达到60%以上，由市民政局牵头，市财政局配合。",
    "（二）发放补贴。对经济困难的高龄老人，按每人每月100元发放补贴。",
)
STARTING = 60  # seconds that the server may take to answer


def notice() -> Text:
    spans, at = [], 0
    for line in WORDS:
        spans.append(Paragraph(Span(at, at + len(line))))
        at += len(line) + 1
    return Text("\n".join(WORDS), tuple(spans))


def environment() -> dict[str, str]:
    """This environment without what leads to the checkout."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def run(*words: str | Path, cwd: Path) -> str:
    done = subprocess.run(words, cwd=cwd, env=environment(), capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, (words, done.stdout, done.stderr)
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with `extractor` and `python` of an environment that holds the wheel alone."""
    folder = tmp_path_factory.mktemp("wheel")
    wheel = build(folder / "built")
    run(sys.executable, "-m", "venv", "--without-pip", folder / "empty", cwd=folder)
    bin_ = folder / "empty" / "bin"
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", bin_ / "python")
    run(*pip, "install", "--quiet", "--no-index", "--no-deps", wheel, cwd=folder)
    (site,) = (folder / "empty" / "lib").glob("python*/site-packages")
    (site / "libraries.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    return bin_


@contextmanager
def serving(command: Path, database: Path) -> Iterator[str]:
    """The address of the site while `extractor serve` runs."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = (command, "serve", database, "--port", str(port))
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        words, cwd=database.parent, env=environment(), stdout=quiet, stderr=quiet
    ) as server:
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def fetched(address: str) -> str:
    for _ in range(STARTING * 10):
        try:
            with urllib.request.urlopen(address) as answer:
                return str(answer.read(), "utf-8")
        except ConnectionError:
            time.sleep(0.1)
        except urllib.error.URLError as error:
            if not isinstance(error.reason, ConnectionError):
                raise
            time.sleep(0.1)
    raise TimeoutError(address)


def test_the_wheel_reads_a_pdf_and_serves_its_page(programs: Path, tmp_path: Path) -> None:
    from tests.makers.reportlab_pdf import pdf_of  # skips where reportlab is missing

    where = run(programs / "python", "-c", "import extractor; print(extractor.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(programs.parent)
    (tmp_path / "方案.pdf").write_bytes(pdf_of(notice(), face="STSong-Light"))
    said = run(programs / "extractor", "ingest", "方案.pdf", "--db", "p.db", cwd=tmp_path)
    name = re.search(r"written 方案\.pdf → (\S+)", said)
    assert name, said
    assert "all invariants hold" in run(programs / "extractor", "check", "p.db", cwd=tmp_path)
    with serving(programs / "extractor", tmp_path / "p.db") as address:
        assert "政策条款库" in fetched(f"{address}/")
        page = fetched(f"{address}/-/d/{name[1]}")
        assert "护理型床位占比" in page and "市民政局" in page
        style = re.search(r'href="([^"]+site\.css)"', page)
        assert style and "--accent" in fetched(address + style[1].replace("site.css", "tokens.css"))


def test_the_wheel_writes_the_report_and_the_export(programs: Path, tmp_path: Path) -> None:
    (tmp_path / "方案.txt").write_text("\n".join(WORDS), "utf-8")
    extractor = programs / "extractor"
    run(extractor, "ingest", "方案.txt", "--db", "p.db", "--compare", cwd=tmp_path)
    run(extractor, "report", "p.db", "-o", "report.html", cwd=tmp_path)
    run(extractor, "export", "p.db", "-o", "tables", cwd=tmp_path)
    assert "护理型床位占比" in (tmp_path / "report.html").read_text("utf-8")
    assert (tmp_path / "tables" / "amounts.csv").exists()
