"""The site on this machine: Datasette over one immutable database, with the project's own plugin."""

from __future__ import annotations

import json
import os
import secrets
import sys
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Final, NamedTuple, NoReturn

HOST: Final = "127.0.0.1"
SETTINGS = {
    "sql_time_limit_ms": "5000",
    "suggest_facets": "off",
    "allow_download": "on",
    "num_sql_threads": "4",
}
REVIEW: Final = "EXTRACTOR_REVIEW"  # the variable that tells the plugin that there is review, and how
SHORTEST_TOKEN: Final = 16  # characters


class Review(NamedTuple):
    """Review is on. `corrections`: where they go; `token`: what a visitor must know, "" for loopback."""

    corrections: Path
    token: str = ""


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches a server on `host`."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def new_token() -> str:
    """A token that nobody can guess."""
    return secrets.token_urlsafe(24)


def command(database: Path, *, port: int, host: str = HOST) -> tuple[str, ...]:
    """The Datasette command line. The file is opened as immutable: nothing on the site can change it."""
    settings = (word for pair in SETTINGS.items() for word in ("--setting", *pair))
    place = ("--host", host, "--port", str(port))
    return (sys.executable, "-m", "datasette", "serve", "--immutable", str(database), *place, *settings)


def environment(review: Review | None) -> Mapping[str, str]:
    """The variables of the server: review is told by one, so that no token stands on a command line."""
    found = {name: value for name, value in os.environ.items() if name != REVIEW}
    if review is not None:
        told = {"corrections": str(review.corrections.resolve()), "token": review.token}
        found[REVIEW] = json.dumps(told)
    return found


def review_told(variables: Mapping[str, str]) -> Review | None:
    """What `environment` told. Raises ValueError where the variable says something else."""
    told = variables.get(REVIEW)
    if not told:
        return None
    try:
        found = json.loads(told)
        return Review(Path(found["corrections"]), str(found["token"]))
    except (ValueError, TypeError, KeyError) as error:
        raise ValueError(f"{REVIEW} is not as `extractor serve --review` sets it: unset it.") from error


def serve(database: Path, *, port: int, host: str = HOST, review: Review | None = None) -> NoReturn:
    """Become the server; returns only by a signal."""
    words = command(database, port=port, host=host)
    os.execve(words[0], words, environment(review))
