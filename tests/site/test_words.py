"""The labels of the interface: each that is used is there in both languages, and each that is there is used."""

from __future__ import annotations

import ast
import re
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest

import extractor.site
from extractor.model import Severity
from extractor.site.words import Speech, load_words

SITE = Path(extractor.site.__file__).parent
SOURCES = (*SITE.glob("**/*.py"), *SITE.glob("**/*.html"))
TEXT = "\n".join(path.read_text("utf-8") for path in SOURCES)
# t("home.due"), visit.speech("…"), Refused(404, "document.unknown") and any other name of a label in quotes
USED = re.compile(r"""["']([a-z_]+\.[a-z0-9_]+)["'](?! ?~)""")
# t("home.ask_" ~ name)
BEGUN = re.compile(r"""["']([a-z_]+\.[a-z0-9_]*)["'] ?~""")
PAGES = {path.stem for path in (SITE / "words").glob("*.toml")}


@pytest.mark.parametrize("key", sorted(load_words()))
def test_a_label_is_there_in_both_languages_with_the_same_values(key: str) -> None:
    word = load_words()[key]
    assert word.zh.strip() and word.en.strip()
    assert set(re.findall(r"{(\w+)}", word.zh)) == set(re.findall(r"{(\w+)}", word.en))


def test_each_label_that_is_used_is_there() -> None:
    named = {key for key in USED.findall(TEXT) if key.partition(".")[0] in PAGES}
    files = {key for key in named if key.endswith((".csv", ".json", ".html", ".css", ".js"))}
    assert named - files - set(load_words()) == set()
    for refusal in re.findall(r'Refused\(\d+, "([a-z._]+)"', TEXT):
        assert {refusal, f"{refusal}_remedy"} <= set(load_words())


def test_each_label_of_a_page_is_used() -> None:
    named, begun = set(USED.findall(TEXT)), tuple(set(BEGUN.findall(TEXT)))
    own = {key for key in load_words() if key.partition(".")[0] in PAGES}
    unused = {key for key in own - named if not key.startswith(begun) and not key.endswith("_remedy")}
    assert unused == set()


def made_codes() -> set[str]:
    """The codes of all findings that the program can make: what stands after a severity in its source, and
    names of that form where a module writes into the table itself."""
    found: set[str] = set()
    for path in SITE.parent.rglob("*.py"):
        source = path.read_text("utf-8")
        for node in ast.walk(ast.parse(source)):
            parts = (
                node.args if isinstance(node, ast.Call) else node.elts if isinstance(node, ast.Tuple) else []
            )
            words = [part.value if isinstance(part, ast.Constant) else None for part in parts]
            found |= {
                str(code) for severity, code in pairwise(words) if severity in get_args(Severity) and code
            }
            if "into findings" in source:
                found |= {
                    word
                    for word in words
                    if isinstance(word, str) and re.fullmatch(r"[a-z]+(-[a-z]+)+", word)
                }
    return found - set(get_args(Severity))


def test_each_code_of_a_finding_has_a_label_and_each_label_is_of_one() -> None:
    labels = {key.partition(".")[2] for key in load_words() if key.startswith("finding.")}
    codes = made_codes()
    assert {"row-differs", "number-out-of-sequence", "picture", "same-number", "tracked-changes"} <= codes
    assert labels == codes


def test_a_stored_value_without_a_label_is_shown_as_it_is() -> None:
    speech = Speech("en")
    assert (speech.of("role", "lead"), speech.of("role", "new"), speech.of("x", "{y}")) == (
        "lead",
        "new",
        "{y}",
    )
    assert Speech("zh")("document.page", page=3) == "第 3 页"
