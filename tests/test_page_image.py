"""Pages drawn with marks: the mark is where the place is, words stay black."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result

pytest.importorskip("reportlab", reason="reportlab draws the pages of these tests; it is not installed")

from PIL import Image

from extractor.cli import main
from extractor.model import Box, ReadError
from extractor.page_image import DPI, MARK, page_image
from extractor.sources import read_source
from tests.makers.drawn import lines, pdf, together
from tests.makers.ofd_writer import Book, packed


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGB")


def ofd() -> bytes:
    book = Book()
    book.text("一、总体要求", 30, 60, 5.6)
    return packed(book.pages)


@pytest.mark.parametrize(("name", "media_type"), [("a.pdf", "application/pdf"), ("a.ofd", "application/ofd")])
def test_box_is_marked(name: str, media_type: str) -> None:
    data = pdf(lines("一、总体要求")) if name == "a.pdf" else ofd()
    box = read_source(name, data).lines[0].box
    assert box is not None
    picture = opened(page_image(name, data, 1, [box], media_type=media_type, dpi=72))
    marked = {
        (x, y)
        for x in range(picture.width)
        for y in range(picture.height)
        if picture.getpixel((x, y)) == MARK
    }
    assert marked
    assert all(box.x0 - 3 <= x <= box.x1 + 3 and box.top - 3 <= y <= box.bottom + 3 for x, y in marked)
    inside = picture.crop(tuple(map(round, box)))
    assert min(sum(inside.getpixel((x, y))) for x in range(inside.width) for y in range(inside.height)) < 250


def test_picture_is_shown_as_it_is() -> None:
    stream = BytesIO()
    Image.new("RGB", (800, 1000), "white").save(stream, "PNG", dpi=(144, 144))
    picture = opened(page_image("a.png", stream.getvalue(), 1, [Box(10, 10, 50, 20)], media_type="image/png"))
    assert picture.size == (800, 1000)
    assert picture.getpixel((60, 30)) == MARK


@pytest.mark.parametrize("page", [0, 2, 99])
def test_page_that_is_not_there(page: int) -> None:
    with pytest.raises(ReadError, match="no page"):
        page_image("a.pdf", pdf(lines("话")), page, [])


def test_file_without_pages() -> None:
    with pytest.raises(ReadError, match="has no pages"):
        page_image("a.txt", b"", 1, [], media_type="text/plain")


FIRST = ("关于做好托育工作的通知", "一、主要目标", "到2025年普惠托位占比达到60%。", "二、工作保障")
SECOND = ("（一）加大支持。各县（区）对新建的", "普惠托位每个补助3000元，并做好")


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PDF whose last clause runs over a page, an archive with it, and a database of that without and with sources."""
    folder = tmp_path_factory.mktemp("pages")
    data = pdf(together(lines(*FIRST), lines(*SECOND, top=160)), lines("登记、公示和监督检查工作。"))
    (folder / "通知.pdf").write_bytes(data)
    with ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr("readme.md", "# 说明")
        archive.writestr("内/通知.pdf", data)
    for words in (("a.zip", "p.db"), ("通知.pdf", "kept.db", "--keep-sources", folder / "kept")):
        result = run("ingest", folder / words[0], "--db", folder / words[1], *words[2:])
        assert "1 written" in result.stderr, result.stderr
    return folder


def ids(database: Path, sql: str) -> list[str]:
    with closing(sqlite3.connect(database)) as db:
        return [row[0] for row in db.execute(sql)]


def marked_rows(picture: Image.Image) -> list[int]:
    """The heights, in points, at which something is marked."""
    scale = DPI / 72
    middle = picture.width
    rows = {y for y in range(picture.height) for x in range(0, middle, 2) if picture.getpixel((x, y)) == MARK}
    return sorted({round(y / scale) for y in rows})


@pytest.mark.parametrize("source", ["通知.pdf", "a.zip", None])
def test_a_clause_over_two_pages_is_two_pictures(folder: Path, tmp_path: Path, source: str | None) -> None:
    database = folder / ("p.db" if source else "kept.db")
    (clause,) = ids(database, "select id from clauses where page_to > page_from")
    words = ("--source", folder / source) if source else ()
    result = run("show", database, clause, "--page-image", tmp_path / "out.png", *words)
    assert result.stdout.split() == [str(tmp_path / "out.png"), str(tmp_path / "out-2.png")], result.stderr
    first, second = (marked_rows(opened((tmp_path / name).read_bytes())) for name in ("out.png", "out-2.png"))
    assert 660 < first[0] < first[-1] < 720
    assert 80 < second[0] < second[-1] < 110


def test_a_fact_is_marked_where_it_stands(folder: Path, tmp_path: Path) -> None:
    (amount,) = ids(folder / "kept.db", "select id from amounts")
    result = run("show", folder / "kept.db", amount, "--page-image", tmp_path / "out.png")
    assert result.stdout.split() == [str(tmp_path / "out.png")]
    said = run("show", folder / "kept.db", amount).stdout
    assert "金" in said and "3000元" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["p.db", "CLAUSE", "--page-image", "o.png"], "this source is not kept. Name the file with --source"),
        (["p.db", "CLAUSE", "--page-image", "o.png", "--source", "p.db"], "it is not what"),
        (["p.db", "DOCUMENT", "--page-image", "o.png"], "draws a clause or a fact"),
        (["p.db", "CLAUSE", "--source", "通知.pdf"], "with --page-image alone"),
        (["p.db", "nothing", "--page-image", "o.png"], "no document, clause or fact nothing"),
    ],
)
def test_what_cannot_be_drawn(folder: Path, words: list[str], said: str) -> None:
    names = {
        "CLAUSE": ids(folder / "p.db", "select id from clauses where page_to > page_from")[0],
        "DOCUMENT": ids(folder / "p.db", "select id from documents")[0],
    }
    files = ("p.db", "o.png", "通知.pdf")
    result = run("show", *(names.get(word, folder / word if word in files else word) for word in words))
    assert result.exit_code != 0
    assert said in " ".join(result.stderr.split())
    assert not (folder / "o.png").exists()


def test_a_source_without_pages_is_not_drawn(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("\n".join(FIRST), "utf-8")
    run("ingest", tmp_path / "a.txt", "--db", tmp_path / "p.db", "--keep-sources", tmp_path / "kept")
    (target,) = ids(tmp_path / "p.db", "select id from targets")
    result = run("show", tmp_path / "p.db", target, "--page-image", tmp_path / "o.png")
    assert result.exit_code == 1
    assert "text/plain has no pages" in result.stderr
