"""A database told to a person who has to trust it: how much was read, what is doubtful, what to check.

`report` reads only and gives one HTML page that needs nothing else: no network, no script, made to be
printed. The same database and the same seed give the same bytes.
"""

from __future__ import annotations

import sqlite3
from typing import Final

from extractor.report.coverage import documents, totals
from extractor.report.facts import facts
from extractor.report.findings import doubtful, findings
from extractor.report.page import page
from extractor.report.rules import rules
from extractor.report.sample import sample

__all__ = ["MOST_DOCUMENTS", "report"]

MOST_DOCUMENTS: Final = 100  # that are listed, those with most to look at first


def report(
    db: sqlite3.Connection,
    *,
    name: str,
    size: int = 50,
    seed: int = 1,
    site: str | None = None,
    most: int = MOST_DOCUMENTS,
) -> str:
    """The page about the database `name`, with `size` facts to check by eye, drawn by `seed`.

    `site` is the address of the site over this database: words are then linked to their pages.
    """
    chosen = sorted(
        facts(db, sample(db, size, seed)), key=lambda fact: (fact.document_id, fact.start, fact.id)
    )
    return page(
        name=name, site=site, seed=seed, totals=totals(db), documents=documents(db, most),
        findings=findings(db), doubtful=doubtful(db), rules=rules(db), sample=chosen,
    )  # fmt: skip
