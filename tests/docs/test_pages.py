"""The pages of docs/ and the README: what they name is there, and what they state is so."""

from __future__ import annotations

import ast
import re
from dataclasses import asdict
from pathlib import Path

import pytest

from extractor.sources import DEFAULT_LIMITS
from tests.docs.shell import TOP

PAGES = (*sorted((TOP / "docs").glob("*.md")), TOP / "README.md")
LINK = re.compile(r"\]\((?!https?:|#)(?P<path>[^)#\s]+)(?:#(?P<anchor>[^)]+))?\)")
PATH = re.compile(r"`((?:extractor|tests|corpora|schemas|notebooks)/[\w./-]*)`")
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
LIMIT = re.compile(r"^\| [^|]+ \| `(\w+)` \| ([0-9.]+) \|$", re.MULTILINE)


def words_of(path: Path) -> str:
    """A page without its blocks of code."""
    return re.sub(r"^```.*?^```$", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in LINK.finditer(words_of(page)):
        target = page.parent / link["path"]
        assert target.exists(), link[0]
        if link["anchor"]:
            assert f'id="{link["anchor"]}"' in target.read_text("utf-8"), link[0]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_path_that_is_named_is_there(page: Path) -> None:
    missing = [path for path in PATH.findall(words_of(page)) if not any(TOP.glob(path.rstrip("/")))]
    assert not missing


def test_every_test_that_the_security_page_names_is_there() -> None:
    named = TEST.findall((TOP / "docs" / "SECURITY.md").read_text("utf-8"))
    assert len(named) > 20
    for path, name in named:
        tree = ast.parse((TOP / path).read_text("utf-8"))
        functions = (ast.FunctionDef, ast.AsyncFunctionDef)
        assert name in {node.name for node in tree.body if isinstance(node, functions)}, f"{path}::{name}"


def test_the_limits_of_the_security_page_are_those_of_the_readers() -> None:
    stated = dict(LIMIT.findall((TOP / "docs" / "SECURITY.md").read_text("utf-8")))
    assert stated == {name: str(value) for name, value in asdict(DEFAULT_LIMITS).items()}


def test_the_built_pages_are_all_pages() -> None:
    """`make docs` leaves none out: each page of docs/ stands once in the order of the site."""
    order = re.findall(r":\s(\S+\.md)$", (TOP / ".ci/mkdocs.yml").read_text("utf-8"), re.MULTILINE)
    assert sorted(order) == sorted(page.name for page in (TOP / "docs").glob("*.md"))
