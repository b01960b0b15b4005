"""What the modules of the command line share: kinds of arguments, messages, the database read-only."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from extractor.language import spoken
from extractor.messages import message
from extractor.storage import Remote, place

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class _Place(click.ParamType[Path | Remote]):
    """A file or folder that is there, or an address on other storage."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path | Remote:
        found = place(str(value)) if isinstance(value, str) else value
        return found if isinstance(found, Remote) else EXISTING.convert(found, param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        return EXISTING.shell_complete(ctx, param, incomplete)


EXISTING = click.Path(exists=True, path_type=Path)
DATABASE = click.Path(exists=True, dir_okay=False, path_type=Path)
PLACE = _Place()
NEW_DATABASE = click.Path(dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
SHOW_PRIVATE = click.option(
    "--show-private", is_flag=True, help="Names, telephones and the like of private persons too."
)


def examples(*lines: str) -> str:
    """What stands under the options of a command: lines as they are typed."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def say(words: str, /, *, err: bool = False, **values: object) -> None:
    """Print a message, a template of `values`, in the language that is spoken."""
    click.echo(spoken(message(words, values)), err=err)


def wrong(words: str, /, **values: object) -> click.UsageError:
    """What is wrong with how the command was called: to be raised."""
    return click.UsageError(spoken(message(words, values)))


def fail(words: str, /, **values: object) -> NoReturn:
    """The message, and exit status 1."""
    say("Error: {message}", err=True, message=message(words, values))
    raise SystemExit(1)


@contextmanager
def messages(database: Path, *errors: type[Exception]) -> Iterator[None]:
    """Errors of broken input as one line with a remedy; a fault of the program keeps its traceback."""
    from extractor.model import ReadError

    broken: tuple[type[Exception], ...] = (ReadError, *errors)
    try:
        yield
    except broken as error:
        fail("{error}", error=error)
    except sqlite3.Error as error:
        fail(
            "{database}: {error}. Check that it is a database that extractor made and may be used.",
            database=database,
            error=error,
        )


def shown(database: Path, *, show_private: bool) -> Path:
    """What of a database is shown: all of it, or a copy without private words, where it holds any."""
    from extractor.public import public
    from extractor.store import StoreError

    if show_private:
        return database
    with messages(database, StoreError):
        said = "{database}: private words are masked in a copy beside it (--show-private shows them)"
        return public(database, begin=lambda: say(said, err=True, database=database))


@contextmanager
def reading(database: Path) -> Iterator[sqlite3.Connection]:
    """The database, read-only; a message where the file is none of ours."""
    with (
        messages(database),
        closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as db,
    ):
        db.execute("select id from documents limit 1")
        yield db
