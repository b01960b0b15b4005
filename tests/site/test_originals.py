"""Sources on the site: pages as pictures and the file itself, and no other file of the machine."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner

pytest.importorskip("reportlab", reason="reportlab draws the pages of these tests; it is not installed")

from PIL import Image

from extractor.cli import main
from extractor.page_image import MARK
from extractor.site import originals
from tests.makers.drawn import lines, pdf
from tests.site.browser import browser, missing, served
from tests.site.opening import opened, page
from tests.site.test_browser import looked
from tests.stored import built, notice

FIRST = ("关于做好托育工作的通知", "一、主要目标", "到2025年普惠托位占比达到60%。")
SECOND = ("二、工作保障", "对普惠托位每个补助3000元。")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("originals")
    (folder / "通知.pdf").write_bytes(pdf(lines(*FIRST), lines(*SECOND)))
    words = ("ingest", folder / "通知.pdf", "--db", folder / "policies.db", "--keep-sources", folder / "kept")
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert "1 written" in result.stderr, result.stderr
    return folder


@pytest.fixture
def folder(kept: Path, tmp_path: Path) -> Path:
    """A copy that a test may harm."""
    return Path(shutil.copytree(kept, tmp_path / "copy"))


def asked(folder: Path, sql: str, *values: str) -> str:
    with closing(sqlite3.connect(folder / "policies.db")) as db, db:
        row = db.execute(sql, values).fetchone()
        return str(row[0]) if row else ""


def document(folder: Path) -> str:
    return f"/-/d/{asked(folder, 'select id from documents')}"


def status(folder: Path, *paths: str) -> list[int]:
    return [response.status_code for response in opened(folder / "policies.db", *paths)]


def marked(body: bytes) -> int:
    """How many points of a picture are marked."""
    picture = Image.open(BytesIO(body)).convert("RGB")
    return sum(
        picture.getpixel((x, y)) == MARK for x in range(0, picture.width, 2) for y in range(picture.height)
    )


def test_a_page_is_drawn_with_the_clause_or_the_fact_marked(kept: Path) -> None:
    fact = asked(kept, "select id from amounts")
    paths = [f"{document(kept)}/page/{rest}" for rest in ("2.png", "2.png?clause=2", f"2.png?fact={fact}", "1.png?clause=2")]  # fmt: skip
    responses = opened(kept / "policies.db", *paths)
    assert [response.headers["content-type"] for response in responses] == ["image/png"] * 4
    plain, clause, amount, elsewhere = (marked(response.content) for response in responses)
    assert plain == elsewhere == 0 and 0 < amount < clause
    assert responses[0].headers["x-content-type-options"] == "nosniff"


def test_a_source_is_saved_and_never_shown(kept: Path) -> None:
    (response,) = opened(kept / "policies.db", f"{document(kept)}/source")
    assert response.content == (kept / "通知.pdf").read_bytes()
    headers = response.headers
    assert headers["content-disposition"].startswith("attachment; ")
    assert headers["content-disposition"].endswith("filename*=UTF-8''%E9%80%9A%E7%9F%A5.pdf")
    assert (headers["content-type"], headers["x-content-type-options"]) == (
        "application/octet-stream",
        "nosniff",
    )
    assert headers["content-security-policy"] == "default-src 'none'; sandbox"


def test_the_document_shows_its_pages_and_links_its_source(kept: Path) -> None:
    html = page(kept / "policies.db", document(kept))
    assert f'href="{document(kept)}/source"' in html and "原件" in html
    assert f'src="{document(kept)}/page/2.png?clause=2"' in html


@pytest.mark.parametrize(
    "rest", ["page/3.png", "page/9999.png", "page/1.png?clause=none", "page/1.png?fact=none"]
)
def test_a_page_or_place_that_is_not_there(kept: Path, rest: str) -> None:
    assert status(kept, f"{document(kept)}/{rest}") == [404]


@pytest.mark.parametrize(
    "rest", ["page/0.png", "page/-1.png", "page/1e3.png", "page/99999.png", "page/1.svg", "source/../x"]
)
def test_no_other_address_is_answered(kept: Path, rest: str) -> None:
    assert status(kept, f"{document(kept)}/{rest}") == [404]


def test_a_fact_of_another_document_marks_nothing_here(kept: Path, folder: Path) -> None:
    (folder / "b.pdf").write_bytes(pdf(lines("关于养老工作的通知", "一、补助", "每张床位补助500元。")))
    CliRunner().invoke(main, ["ingest", str(folder / "b.pdf"), "--db", str(folder / "policies.db")])
    other = asked(folder, "select id from amounts where value = 500")
    assert other and status(folder, f"{document(kept)}/page/1.png?fact={other}") == [404]


def test_without_kept_sources_there_is_nothing_to_see(tmp_path: Path) -> None:
    database = built(tmp_path, [notice()], "policies.db")
    html = page(database, "/-/d/xihu-2023-8")
    assert "/source" not in html and "<img" not in html
    for drop in (False, True):
        if drop:
            with closing(sqlite3.connect(database)) as db:
                db.execute("drop table kept_sources")
        paths = ("/-/d/xihu-2023-8/source", "/-/d/xihu-2023-8/page/1.png", "/-/d/none/source")
        assert [response.status_code for response in opened(database, *paths)] == [404] * 3
        assert opened(database, paths[0])[0].text.count("--keep-sources") == 1


def test_a_file_that_is_gone_or_was_changed_is_not_shown(folder: Path) -> None:
    (file,) = (folder / "kept").iterdir()
    paths = (f"{document(folder)}/source", f"{document(folder)}/page/1.png")
    data = file.read_bytes()
    for changed in (data[:-1], data.replace(b"0", b"1", 1), b""):
        file.write_bytes(changed)
        assert status(folder, *paths) == [409, 409]
    file.unlink()
    assert status(folder, *paths) == [404, 404]


def stolen(folder: Path, kind: str) -> str:
    """A path that a hostile database could name, to a file whose hash it knows."""
    secret = folder / "secret"
    secret.mkdir()
    content = b"root:x:0:0"
    name = f"{sha256(content).hexdigest()}.txt"
    (secret / "passwd").write_bytes(content)
    (folder / "kept" / name).symlink_to(secret / "passwd")
    with closing(sqlite3.connect(folder / "policies.db")) as db, db:
        db.execute("update documents set source_sha256 = ?", (name[:64],))
        db.execute("update kept_sources set sha256 = ?, bytes = ?", (name[:64], len(content)))
    return {
        "up": "kept/../secret/passwd",
        "whole": str(secret / "passwd"),
        "link": f"kept/{name}",
        "nul": f"kept/{name}\0",
        "folder": "kept",
        "empty": "",
        "coded": "kept/%2e%2e/secret/passwd",
    }[kind]


@pytest.mark.parametrize("kind", ["up", "whole", "link", "nul", "folder", "empty", "coded"])
def test_a_database_cannot_name_another_file_of_the_machine(folder: Path, kind: str) -> None:
    path = stolen(folder, kind)
    with closing(sqlite3.connect(folder / "policies.db")) as db, db:
        db.execute("update kept_sources set path = ?", (path,))
    responses = opened(folder / "policies.db", f"{document(folder)}/source", f"{document(folder)}/page/1.png")
    assert [response.status_code for response in responses] == [404, 404]
    assert not any("root:" in response.text for response in responses)


def test_a_source_too_large_is_left_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(originals, "MOST_BYTES", 100)
    assert status(folder, f"{document(folder)}/source") == [409]


def test_a_page_that_takes_too_long_is_given_up(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(originals, "SECONDS", 0.0)
    assert status(folder, f"{document(folder)}/page/1.png") == [503]


@pytest.mark.skipif(missing() is not None, reason=missing() or "")
def test_the_picture_beside_a_clause_follows_the_fact_that_is_chosen(kept: Path) -> None:
    database, path = kept / "policies.db", f"{document(kept)}#2"
    with served(database) as address, browser() as window, looked(window, address, path) as looks:
        pane = looks.page
        image = pane.locator("[data-side]:not([hidden]) [data-picture]")
        assert not image.is_visible()
        pane.locator("[data-side]:not([hidden]) [data-pictures] summary").click()
        assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") > 600
        assert image.get_attribute("src").endswith("/page/2.png?clause=2")
        with pane.expect_response("**/page/2.png?fact=*") as answer:
            pane.locator(".m.amount").first.click()
        assert answer.value.status == 200 and (looks.errors, looks.away) == ([], [])
