"""The command that serves the site: `serve`."""

from __future__ import annotations

from pathlib import Path

import click

from extractor.cli_common import (
    DATABASE,
    NEW_DATABASE,
    SHOW_PRIVATE,
    examples,
    fail,
    reading,
    say,
    shown,
    wrong,
)
from extractor.cli_help import Command
from extractor.messages import Message

_WORKERS = "Processes that answer.  [default: cores, 4 at most]"
_TOKEN = "What reviewers must know; made and printed on another --host where none is given."
_FILE = "Where --review keeps corrections.  [default: corrections.db beside the database]"


@click.command(
    cls=Command,
    epilog=examples(
        "extractor serve policies.db",
        "extractor serve policies.db --port 9000 --workers 8",
        "extractor serve jiangxi.db fujian.db yunnan.db",
        "extractor serve policies.db --review",
    ),
)
@click.argument("databases", type=DATABASE, nargs=-1, required=True, metavar="DATABASE…")
@click.option("--port", default=8001, type=click.IntRange(1, 65535))
@click.option("--host", default="127.0.0.1", help="Who may reach it: by default this machine alone.")
@click.option("--workers", type=click.IntRange(1, 64), help=_WORKERS)
@click.option("--review", is_flag=True, help="Confirm, correct and reject facts in the browser.")
@click.option("--token", envvar="EXTRACTOR_TOKEN", help=_TOKEN)
@click.option("--corrections", type=NEW_DATABASE, metavar="FILE", help=_FILE)
@SHOW_PRIVATE
def serve(
    databases: tuple[Path, ...],
    port: int,
    host: str,
    workers: int | None,
    review: bool,
    token: str | None,
    corrections: Path | None,
    show_private: bool,
) -> None:
    """Browse databases, read-only, private words masked. The first is the one that is opened.

    With --review, what is said of facts goes to a file beside the database. A reviewer needs the very words
    of the notices, so that all are shown: to this machine at once, to others with --show-private alone.
    """
    from extractor.corrections.book import beside
    from extractor.serving import SHORTEST_TOKEN, Review, is_free, is_loopback, new_token, workers_here
    from extractor.serving import serve as run

    if not review and (token or corrections):
        raise wrong("--token and --corrections are of use with --review alone.")
    if token and len(token) < SHORTEST_TOKEN:
        raise wrong("--token must have at least {least} characters.", least=SHORTEST_TOKEN)
    for database in databases:
        with reading(database):
            pass
    if not is_free(port, host):
        fail(
            "port {port} is taken, or not for you to take on {host}. Name another with --port.",
            port=port,
            host=host,
        )
    if review and not show_private and is_loopback(host):
        show_private = True
    public = tuple(shown(database, show_private=show_private) for database in databases)
    if review and public != databases:
        fail("the notices hold private words, which reviewers see: allow it with --show-private.")
    if review and not token and not is_loopback(host):
        token = new_token()
        say("token for review: {token}", err=True, token=token)
    masked = "" if public == databases else Message(", private words masked")
    names = ", ".join(map(str, databases))
    place = f"[{host}]" if ":" in host else host
    say(
        "{names}: served on http://{place}:{port}/{masked} (stop with Ctrl+C)",
        err=True,
        names=names,
        place=place,
        port=port,
        masked=masked,
    )
    reviewed = Review(corrections or beside(databases[0]), token or "") if review else None
    run(public, port=port, host=host, workers=workers or workers_here(), review=reviewed)
