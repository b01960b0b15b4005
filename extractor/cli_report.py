"""The command that tells how far a database can be trusted: `report`."""

from __future__ import annotations

from pathlib import Path

import click

from extractor.cli_common import DATABASE, NEW_DATABASE, examples, messages, reading


@click.command(
    epilog=examples(
        "extractor report policies.db -o report.html",
        "extractor report policies.db -o report.html --sample 100 --seed 7 --site http://127.0.0.1:8001",
    )
)
@click.argument("database", type=DATABASE)
@click.option("-o", "--output", required=True, type=NEW_DATABASE, help="The page, one .html file.")
@click.option("--sample", "size", default=50, type=click.IntRange(0, 2000), help="Facts to check by eye.")
@click.option("--seed", default=1, help="Another number draws other facts.")
@click.option("--site", metavar="ADDRESS", help="Where the site is served: words are linked to its pages.")
def report(database: Path, output: Path, size: int, seed: int, site: str | None) -> None:
    """A page for a person: coverage, findings, doubtful facts, rules, and a sample to check by eye."""
    from extractor.report import report as page_of

    if site and not site.startswith(("http://", "https://")):
        raise click.UsageError("--site is an address such as http://127.0.0.1:8001.")
    with reading(database) as db, messages(output, OSError):
        page = page_of(db, name=database.name, size=size, seed=seed, site=site)
        output.write_text(page, "utf-8")
    click.echo(f"{output}  {len(page):,} characters")
