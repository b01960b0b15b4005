"""The commands that put notices side by side: `compare` and `redline`."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import click

from extractor.cli_common import (
    DATABASE,
    NEW_DATABASE,
    SHOW_PRIVATE,
    examples,
    messages,
    reading,
    say,
    shown,
    wrong,
)
from extractor.cli_completion import JURISDICTIONS, PLACES, TOPICS, held
from extractor.cli_help import Command
from extractor.language import spoken
from extractor.messages import Message

_FORMS = ".docx, .xlsx, .html, .csv or .json"


def bring_up_to_date(database: Path, *, topics: Path | None = None) -> None:
    """Topics, pairs of clauses and of facts, and gaps, for notices that have none yet."""
    from extractor.compare.topics import TopicsError, load_topics
    from extractor.compare.update import update

    with messages(database, TopicsError, OSError), closing(sqlite3.connect(database)) as db:
        updated = update(db, topics=load_topics(topics) if topics else None)
    if updated.documents:
        say(
            "{documents} documents compared, {pairs} pairs of clauses",
            err=True,
            documents=updated.documents,
            pairs=updated.pairs,
        )


@click.command(
    cls=Command,
    epilog=examples(
        "extractor compare policies.db --topic 托位供给 -o table.docx",
        "extractor compare policies.db --query 公租房 --jurisdiction 西湖区 --jurisdiction 漳州市 -o t.xlsx",
    ),
)
@click.argument("database", type=DATABASE)
@click.option(
    "--topic", help="A topic by name or id; one above others: each of those.", shell_complete=held(TOPICS)
)
@click.option("--query", help="Words that the clauses hold.")
@click.option(
    "--jurisdiction", "jurisdictions", multiple=True, shell_complete=held(JURISDICTIONS),
    help="Name or code; columns in this order.",
)  # fmt: skip
@click.option("--topics", type=DATABASE, help="A list of topics in place of the one that the database has.")
@click.option("-o", "--output", required=True, type=NEW_DATABASE, help=_FORMS)
@SHOW_PRIVATE
def compare(
    database: Path,
    topic: str | None,
    query: str | None,
    jurisdictions: tuple[str, ...],
    topics: Path | None,
    output: Path,
    show_private: bool,
) -> None:
    """The same matter side by side: a row a matter, a column a jurisdiction."""
    from extractor.compare.details import detailed
    from extractor.compare.files import write
    from extractor.compare.table import CompareError
    from extractor.compare.table import compare as table_of

    if (topic is None) == (not query):
        raise wrong("name either --topic or --query.")
    with reading(database):
        pass
    bring_up_to_date(database, topics=topics)
    public = shown(database, show_private=show_private)
    with reading(public) as db, messages(database, CompareError, OSError):
        table = table_of(db, topics=(topic,) if topic else (), query=query, jurisdictions=jurisdictions)
        table = detailed(db, table)
        write(table, output)
    say(
        "{file}  {matters} matters × {columns} jurisdictions, {figures} figures, {gaps} gaps",
        file=output,
        matters=len(table.rows),
        columns=len(table.columns),
        figures=len(table.facts),
        gaps=len(table.gaps),
    )


@click.command(
    cls=Command,
    epilog=examples(
        "extractor redline policies.db xihu-2023-8-draft xihu-2023-8 -o changes.docx",
        "extractor redline policies.db xihu-2023-8.2.3.10 zhangzhou-zhengzonggui-2023-6.2.3.6 -o clause.html",
    ),
)
@click.argument("database", type=DATABASE)
@click.argument("before", metavar="BEFORE", shell_complete=held(PLACES))
@click.argument("after", metavar="AFTER", shell_complete=held(PLACES))
@click.option("-o", "--output", required=True, type=NEW_DATABASE, help=_FORMS)
@SHOW_PRIVATE
def redline(database: Path, before: str, after: str, output: Path, show_private: bool) -> None:
    """What became of one document or clause in another: copied, changed, added, left out, by character."""
    from extractor.compare.files import write
    from extractor.compare.redlines import redlines
    from extractor.compare.table import CompareError

    with reading(database):
        pass
    public = shown(database, show_private=show_private)
    with reading(public) as db, messages(database, CompareError, OSError):
        found = redlines(db, before, after)
        write(found, output)
    counts = Counter(row.change for row in found.rows)
    named = [
        Message("{count} same", count=counts["same"]),
        Message("{count} changed", count=counts["changed"]),
        Message("{count} added", count=counts["added"]),
        Message("{count} left out", count=counts["left out"]),
    ]
    words = [spoken(each) for each in named if each.values["count"]]
    say("{file}  {counts}", file=output, counts=", ".join(words))
