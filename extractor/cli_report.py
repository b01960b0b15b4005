"""What is given out of a database: `report`, how far it can be trusted, and `mask`, a copy to publish."""

from __future__ import annotations

from pathlib import Path

import click

from extractor.cli_common import (
    DATABASE,
    NEW_DATABASE,
    SHOW_PRIVATE,
    examples,
    fail,
    messages,
    reading,
    say,
    shown,
    wrong,
)
from extractor.cli_help import Command


@click.command(
    cls=Command,
    epilog=examples(
        "extractor report policies.db -o report.html",
        "extractor report policies.db -o report.html --sample 100 --seed 7 --site http://127.0.0.1:8001",
    ),
)
@click.argument("database", type=DATABASE)
@click.option("-o", "--output", required=True, type=NEW_DATABASE, help="The page, one .html file.")
@click.option("--sample", "size", default=50, type=click.IntRange(0, 2000), help="Facts to check by eye.")
@click.option("--seed", default=1, help="Another number draws other facts.")
@click.option("--site", metavar="ADDRESS", help="Where the site is served: words are linked to its pages.")
@SHOW_PRIVATE
def report(database: Path, output: Path, size: int, seed: int, site: str | None, show_private: bool) -> None:
    """A page for a person: coverage, findings, doubtful facts, rules, and a sample to check by eye."""
    from extractor.report import report as page_of

    if site and not site.startswith(("http://", "https://")):
        raise wrong("--site is an address such as http://127.0.0.1:8001.")
    with reading(database):
        pass
    public = shown(database, show_private=show_private)
    with reading(public) as db, messages(output, OSError):
        page = page_of(db, name=database.name, size=size, seed=seed, site=site)
        output.write_text(page, "utf-8")
    say("{file}  {count:,} characters", file=output, count=len(page))


@click.command(cls=Command, epilog=examples("extractor mask policies.db -o public/policies.db"))
@click.argument("database", type=DATABASE)
@click.option("-o", "--output", required=True, type=NEW_DATABASE, help="The copy, a new file.")
def mask(database: Path, output: Path) -> None:
    """A copy of the database without the words of private persons, to be published or given away.

    Names, mobile telephones, identity numbers, accounts, mail and addresses become ×××. `serve`, `export`,
    `compare`, `redline` and `report` do the same by themselves, unless --show-private says otherwise.
    """
    from extractor.store import StoreError
    from extractor.store.masked import write_masked

    if output.exists():
        fail("{output} is there already. Name a new file, or take that one away.", output=output)
    with reading(database):
        pass
    with messages(database, StoreError), messages(output, OSError):
        found = write_masked(database, output)
    say("{file}  {count} private words masked", file=output, count=found)
