"""The command that serves the site: `serve`."""

from __future__ import annotations

from pathlib import Path

import click

from extractor.cli_common import DATABASE, NEW_DATABASE, examples, reading

_TOKEN = "What reviewers must know; made and printed on another --host where none is given."
_FILE = "Where --review keeps corrections.  [default: corrections.db beside the database]"


@click.command(
    epilog=examples(
        "extractor serve policies.db",
        "extractor serve policies.db --port 9000",
        "extractor serve policies.db --review",
    )
)
@click.argument("database", type=DATABASE)
@click.option("--port", default=8001, type=click.IntRange(1, 65535))
@click.option("--host", default="127.0.0.1", help="Who may reach it: by default this machine alone.")
@click.option("--review", is_flag=True, help="Confirm, correct and reject facts in the browser.")
@click.option("--token", envvar="EXTRACTOR_TOKEN", help=_TOKEN)
@click.option("--corrections", type=NEW_DATABASE, metavar="FILE", help=_FILE)
def serve(
    database: Path, port: int, host: str, review: bool, token: str | None, corrections: Path | None
) -> None:
    """Browse the database on this machine. It is read-only; what --review says goes to a file beside it."""
    from extractor.serving import SHORTEST_TOKEN, Review, is_loopback, new_token
    from extractor.serving import serve as run

    if not review and (token or corrections):
        raise click.UsageError("--token and --corrections are of use with --review alone.")
    if token and len(token) < SHORTEST_TOKEN:
        raise click.UsageError(f"--token must have at least {SHORTEST_TOKEN} characters.")
    if review and not token and not is_loopback(host):
        token = new_token()
        click.echo(f"token for review: {token}", err=True)
    place = f"[{host}]" if ":" in host else host
    with reading(database):
        click.echo(f"{database} is served on http://{place}:{port}/ (stop with Ctrl+C)", err=True)
    reviewed = Review(corrections or database.with_name("corrections.db"), token or "") if review else None
    run(database, port=port, host=host, review=reviewed)
