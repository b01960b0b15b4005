"""docs/rules.md: each sentence gives what the page says, and each rule that the code can make is in the page."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from extractor.cli import main
from tests.docs.examples import PAGE, Example, examples, facts, outcome, read
from tests.docs.rule_names import made_by_code

TOP = PAGE.parent.parent
EXAMPLES = examples()
TABLES = ("responsibilities", "targets", "amounts", "durations", "deadlines", "citations")


def test_no_example_is_passed_over() -> None:
    assert len(EXAMPLES) == PAGE.read_text("utf-8").count("\n### ")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title)
def test_the_sentence_gives_what_the_page_says(example: Example) -> None:
    assert outcome(example) == example.facts


def test_each_rule_of_the_code_is_in_the_page_and_no_other() -> None:
    assert {example.rule for example in EXAMPLES if example.rule} == made_by_code()


def test_the_rules_read_from_the_code_are_those_that_facts_carry(tmp_path: Path) -> None:
    made = CliRunner().invoke(main, ["ingest", str(TOP / "corpora"), "--db", str(tmp_path / "p.db")])
    assert made.exit_code == 0, made.stderr
    db = sqlite3.connect(tmp_path / "p.db")
    seen = {rule for table in TABLES for (rule,) in db.execute(f"select distinct rule from {table}")}
    db.close()
    assert len(seen) > 10
    seen |= {fact.rule for example in EXAMPLES for fact in facts(read(example))}
    assert seen <= made_by_code()
