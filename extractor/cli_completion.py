"""The command that tells a shell how to complete the others, `completion`, and what names a database offers.

A shell asks at each key: nothing here reads more than an index of the database, or imports more than SQLite.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

import click

from extractor.cli_common import examples
from extractor.cli_help import Command

PROGRAM: Final = "extractor"
VARIABLE: Final = "_EXTRACTOR_COMPLETE"  # what click takes a shell's question from
MOST: Final = 200  # names that are offered at once
# :typed is what the word begins with, :after the first text that does not begin so.
DOCUMENTS: Final = "select id from documents where id >= :typed and id < :after"
PLACES: Final = (
    "select id from documents where id >= :typed and id < :after"
    " union all select id from clauses where :typed like '%.%' and id >= :typed and id < :after"
)
TOPICS: Final = (
    "select name from topics where name >= :typed and name < :after"
    " union all select id from topics where :typed <> '' and id >= :typed and id < :after"
)
JURISDICTIONS: Final = (
    "select short_name from jurisdictions where id in (select jurisdiction_id from documents)"
    " and short_name >= :typed and short_name < :after"
)
TABLES: Final = (
    "select name from sqlite_master where type = 'table' and name not like '%\\_fts%' escape '\\'"
    " and name >= :typed and name < :after"
)


def held(question: str) -> Callable[[click.Context, click.Parameter, str], list[str]]:
    """What completes a word by the database of the command line; nothing where that cannot be asked."""

    def complete(context: click.Context, _: click.Parameter, typed: str) -> list[str]:
        # Where an option lacks its value yet, click leaves the arguments among the words that are left over.
        database = Path(context.params.get("database") or next(iter(context.args), ""))
        if not database.is_file():
            return []
        words = {"typed": typed, "after": typed + chr(0x10FFFF)}
        try:
            with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as db:
                return [name for (name,) in db.execute(f"{question} limit {MOST}", words)]
        except sqlite3.Error:
            return []

    return complete


@click.command(
    cls=Command,
    epilog=examples(
        "extractor completion bash > extractor.bash",
        "extractor completion zsh > extractor.zsh",
        "extractor completion fish > extractor.fish",
    ),
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print what makes a shell complete commands, options, files, ids, topics and places.

    Keep the file and let the shell read it at its start: `source FILE` in ~/.bashrc; in ~/.zshrc, below
    compinit; fish reads what lies in ~/.config/fish/completions.
    """
    from click.shell_completion import get_completion_class

    complete = get_completion_class(shell)
    if complete is None:
        raise LookupError(shell)
    click.echo(complete(context.find_root().command, {}, PROGRAM, VARIABLE).source(), nl=False)
