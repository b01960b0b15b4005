"""Stored notices are hostile text: whatever they hold, a page is inert, and every answer has a policy."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from extractor.contract import Column, Table, load_contract
from extractor.site.questions.figures import VIEWS
from tests.site.opening import opened
from tests.stored import built, notice

HOSTILE = (
    "{{777*777}}<script>alert(1)</script>\"><img src=x onerror=alert(1)>' onmouseover='alert(1)' javascript:alert(1)"
    "'; drop table documents; -- {% raw %} \u202e倒\u2066\u200f\0</main></body>&lt;b&gt;"
)
PATHS = (
    "/", "/-/s?q=alert", "/-/s?kind=target&q=", f"/-/s?q={quote(HOSTILE)}", "/-/d/xihu-2023-8",
    f"/-/d/{quote(HOSTILE, safe='')}", f"/-/home?db={quote(HOSTILE)}", f"/-/s?jurisdiction={quote(HOSTILE)}&topic={quote(HOSTILE)}",
    "/-/s?document=xihu-2023-8", "/-/c", f"/-/c?q={quote(HOSTILE)}", "/-/c?topic=t&q=", f"/-/c?topic={quote(HOSTILE)}&j=360103",
    *(f"/-/f?view={view}" for view in VIEWS), f"/-/f?i={quote(HOSTILE)}&q={quote(HOSTILE)}&j={quote(HOSTILE)}", "/-/u",
    f"/-/u?q={quote(HOSTILE)}", f"/-/u/{quote(HOSTILE, safe='')}",
    "/-/r", "/-/r?show=facts&d=xihu-2023-8", "/-/r?show=history", "/-/r?show=conflicts", "/-/r/f/xihu-2023-8.1.1_t1",
    "/-/r/f/xihu-2023-8.1.1_r1", "/-/r/f/xihu-2023-8_f1", f"/-/r?code={quote(HOSTILE)}&d={quote(HOSTILE)}&j={quote(HOSTILE)}",
    f"/-/r/f/{quote(HOSTILE, safe='')}", "/-/r/enter",
)  # fmt: skip
TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\0]")


def is_free(table: Table, column: Column) -> bool:
    """Whether a column holds words of a source: no key, no closed vocabulary, no date."""
    keys = {"id", "ref", "document_id", "clause_id", "path", "rule", "origin", *table.pk}
    closed = column.values or column.references or column.form or column.name in keys
    return column.type == "TEXT" and not closed and table.name != "compared"


def made_hostile(database: Path, value: str) -> Path:
    """Every column of `database` that holds words of a source holds `value`."""
    with closing(sqlite3.connect(database)) as db:
        db.execute("insert into topics (id, name, origin) values ('t', 't', 'list')")
        db.execute("insert into clause_topics select id, 't', 0.5, '[]' from clauses where level = 'subpart'")
        for table in load_contract():
            for column in table.columns:
                if is_free(table, column) and table.name != "jurisdictions":
                    db.execute(f'update "{table.name}" set "{column.name}" = ?', (value,))
        db.execute("update jurisdictions set name = ?1, short_name = ?1 where id = '360103'", (value,))
        # The words of the last clause are the value as it stands, whole; those before it are cut by facts.
        text = value.replace("\0", "") * 4  # SQLite's substr ends at a NUL
        db.execute("update documents set text = ?", (text,))
        db.execute("update clauses set end = ?1, subtree_end = ?1 where ref = 'a1.1'", (len(text),))
        db.execute("update clauses set text = text || ' 条'")  # more than its heading
        db.execute("delete from cells")
        db.execute("insert into clauses_fts (clauses_fts) values ('rebuild')")
        db.commit()
    return database


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    return made_hostile(built(folder, [notice()], "policies.db"), HOSTILE)


class Parts(HTMLParser):
    """The elements of a page, with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))


def elements(html: str) -> list[tuple[str, dict[str, str]]]:
    parser = Parts()
    parser.feed(html)
    return parser.elements


@pytest.mark.parametrize("path", PATHS)
def test_hostile_words_are_words(hostile: Path, path: str) -> None:
    (response,) = opened(hostile, path)
    assert response.status_code in (200, 404) or (path, response.status_code) == ("/-/r/enter", 403)
    found = elements(response.text)
    tags = [tag for tag, _ in found]
    assert not {"img", "iframe", "object", "embed", "base", "style"} & set(tags)
    assert tags.count("main") == tags.count("body") == 1 and response.text.count("</main>") == 1
    for tag, attributes in found:
        assert not [name for name in attributes if name.startswith("on") or name == "style"], (
            tag,
            attributes,
        )
        assert tag != "script" or attributes["src"].startswith("/-/static-plugins/")
        assert not re.match(r"\s*javascript:", attributes.get("href", ""), re.IGNORECASE)
        for name in ("href", "src", "action"):
            assert not attributes.get(name, "").startswith(("//", "http")), (tag, attributes)
    assert not TURNING.search(response.text)
    assert str(777 * 777) not in response.text


def test_the_words_are_there_all_the_same(hostile: Path) -> None:
    document, found = opened(hostile, "/-/d/xihu-2023-8", "/-/s?q=alert")
    assert "&lt;script&gt;alert(1)" in document.text
    assert "&lt;script&gt;<mark>alert</mark>(1)" in found.text


def test_a_table_for_spreadsheets_runs_nothing(tmp_path: Path) -> None:
    database = made_hostile(built(tmp_path, [notice()], "policies.db"), '=cmd|" /C calc"!A0')
    (response,) = opened(database, "/-/s.csv?q=cmd")
    cells = [cell for line in response.text.splitlines()[1:] for cell in re.split(r',(?=")|^', line)]
    assert any("'=cmd" in cell for cell in cells) and not re.search(
        r'(?:^|,)"?=', response.text, re.MULTILINE
    )


def test_names_of_a_megabyte_are_cut(tmp_path: Path) -> None:
    database = built(tmp_path, [notice()], "policies.db")
    with closing(sqlite3.connect(database)) as db:
        for table, columns in (("documents", ("title", "doc_number", "source_name", "validity_quote")),
                               ("units", ("name", "canonical_name")), ("targets", ("indicator",)),
                               ("amounts", ("purpose", "beneficiary")), ("deadlines", ("task",)),
                               ("findings", ("message", "code")),
                               ("clauses", ("heading", "marker"))):  # fmt: skip
            for column in columns:
                db.execute(f"update {table} set {column} = ?", ("长" * 1_000_000,))
        db.execute(
            "update jurisdictions set name = ?1, short_name = ?1 where id = '360103'", ("长" * 1_000_000,)
        )
        db.commit()
    paths = ("/", f"/-/s?q={quote('托位')}", "/-/d/xihu-2023-8", f"/-/c?q={quote('托位')}", "/-/u", f"/-/u/{quote('卫生健康')}",
             *(f"/-/f?view={view}" for view in VIEWS))  # fmt: skip
    for path in paths:
        (response,) = opened(database, path)
        assert response.status_code == 200 and len(response.content) < 500_000, (path, len(response.content))


# --- headers ---------------------------------------------------------------------------------------


def policy(response: Any) -> dict[str, str]:
    """Directive → its sources."""
    header = response.headers["content-security-policy"]
    return {name: sources for name, _, sources in (each.strip().partition(" ") for each in header.split(";"))}


@pytest.mark.parametrize(
    "path", [path for path in PATHS if quote(HOSTILE) not in path] + ["/-/d/none", "/-/u/none"]
)
def test_our_pages_allow_no_inline_script(hostile: Path, path: str) -> None:
    (response,) = opened(hostile, path)
    found = policy(response)
    assert found["script-src"] == found["style-src"] == found["connect-src"] == "'self'"
    assert found["default-src"] == found["base-uri"] == found["frame-ancestors"] == "'none'"
    assert found["form-action"] == "'self'" and "unsafe" not in response.headers["content-security-policy"]


@pytest.mark.parametrize(
    "path",
    ["/policies", "/policies/documents", "/policies.json", "/-/datasette", "/-/static/app.css", "/none", "/-/s.csv?q=x",
     "/policies/documents/xihu-2023-8", "/-/set/theme/dark"],
)  # fmt: skip
def test_datasette_s_own_pages_have_a_policy_too(hostile: Path, path: str) -> None:
    (response,) = opened(hostile, path)
    found = policy(response)
    assert found["default-src"] == "'none'" and "*" not in response.headers["content-security-policy"]
    assert found["script-src"] == "'self' 'unsafe-inline'" and found["connect-src"] == "'self'"
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path", ["/-/d/../../etc/passwd", "/-/d/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "/-/d/..%5c..%5cx"]
)
def test_a_path_leads_nowhere_but_to_documents(hostile: Path, path: str) -> None:
    (response,) = opened(hostile, path)
    assert response.status_code == 404 and "root:" not in response.text
