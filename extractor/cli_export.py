"""The command that writes a database as files for other programs: `export`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractor.cli_common import (
    DATABASE,
    FOLDER,
    SHOW_PRIVATE,
    examples,
    messages,
    reading,
    say,
    shown,
    wrong,
)
from extractor.cli_completion import DOCUMENTS, TABLES, held
from extractor.cli_help import Command
from extractor.language import spoken
from extractor.messages import Message

if TYPE_CHECKING:
    from extractor.export import Format


@click.command(
    cls=Command,
    epilog=examples(
        "extractor export policies.db -o tables",
        "extractor export policies.db -o facts --format jsonl --table targets --table amounts",
        "extractor export policies.db -o parquet --format parquet",
        "extractor export policies.db -o xml --format akn --document xihu-2023-8",
        "extractor export policies.db -o corpus --format spacy --overwrite",
    ),
)
@click.argument("database", type=DATABASE)
@click.option("-o", "--output", required=True, type=FOLDER, help="Folder for the files.")
@click.option(
    "--format", "form", default="csv", type=click.Choice(["csv", "jsonl", "parquet", "akn", "spacy"])
)
@click.option(
    "--table", "tables", multiple=True, shell_complete=held(TABLES),
    help="Only this table; for csv, jsonl and parquet.",
)  # fmt: skip
@click.option(
    "--document", "documents", multiple=True, shell_complete=held(DOCUMENTS),
    help="Only this document, by id; for akn and spacy.",
)  # fmt: skip
@click.option("--overwrite", is_flag=True, help="Replace files that are there already.")
@SHOW_PRIVATE
def export(
    database: Path,
    output: Path,
    form: Format,
    tables: tuple[str, ...],
    documents: tuple[str, ...],
    overwrite: bool,
    show_private: bool,
) -> None:
    """Write the database as files for other programs.

    A file a table: csv for spreadsheets, with datapackage.json (Frictionless); jsonl for programs; parquet
    for DuckDB, pandas, R and Spark. A file a document: akn, Akoma Ntoso 3.0 XML. A hundred documents a file:
    spacy, DocBin for training.
    """
    from extractor.export import OF_DOCUMENTS, ExportError, Order, size
    from extractor.export import export as write
    from extractor.progress import bar

    if tables and form in OF_DOCUMENTS:
        raise wrong("--table is of use with csv, jsonl and parquet, not with {form}.", form=form)
    if documents and form not in OF_DOCUMENTS:
        raise wrong("--document is of use with akn and spacy, not with {form}.", form=form)
    order = Order(form, tables=tables, documents=documents, overwrite=overwrite)
    what = Message("documents") if form in OF_DOCUMENTS else Message("rows")
    with reading(database):
        pass
    with (
        reading(shown(database, show_private=show_private)) as db,
        messages(database, ExportError, OSError),
        bar(spoken(what), size(db, order)) as tick,
    ):
        for file in write(db, output, order, tick=tick):
            say("{file}  {count} {what}", file=file.path, count=file.rows, what=what)
