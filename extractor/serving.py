"""The site on this machine: Datasette with the project's own plugin, in some processes."""

from __future__ import annotations

import json
import os
import secrets
import socket
import sys
from collections.abc import Mapping, Sequence
from ipaddress import ip_address
from pathlib import Path
from typing import Final, NamedTuple, NoReturn

HOST: Final = "127.0.0.1"
_FEW: Final = 4  # workers where nothing is said: readers are few, and each worker takes 100 MB
_DATABASES: Final = "EXTRACTOR_DATABASES"  # the variable that tells a worker what to serve
SECRET: Final = "DATASETTE_SECRET"  # what cookies are signed with: one for all workers
REVIEW: Final = "EXTRACTOR_REVIEW"  # the variable that tells a worker that there is review, and how
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


def workers_here() -> int:
    """How many processes serve where nothing is said: one a core, four at most."""
    return min(os.cpu_count() or 1, _FEW)


def is_free(port: int, host: str = HOST) -> bool:
    """Whether a server can listen on `port` of `host` now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # what a server that just ended left
        try:
            probe.bind((host.strip("[]"), port))
        except OSError:
            return False
        return True


def command(*, port: int, workers: int, host: str = HOST) -> tuple[str, ...]:
    """The command line of the server."""
    place = ("--host", host.strip("[]"), "--port", str(port))
    quiet = ("--no-access-log", "--log-level", "warning")
    words = (sys.executable, "-m", "uvicorn", "--factory", "extractor.site.worker:create")
    return (*words, *place, "--workers", str(workers), *quiet)


def environment(databases: Sequence[Path], review: Review | None = None) -> Mapping[str, str]:
    """The variables of the server, which its workers inherit: no token stands on a command line."""
    found = {name: value for name, value in os.environ.items() if name != REVIEW}
    found[_DATABASES] = json.dumps([str(database.resolve()) for database in databases])
    found[SECRET] = os.environ.get(SECRET) or secrets.token_hex(32)
    if review is not None:
        found[REVIEW] = json.dumps({"corrections": str(review.corrections.resolve()), "token": review.token})
    return found


def databases_told(variables: Mapping[str, str]) -> tuple[Path, ...]:
    """What `environment` told a worker."""
    return tuple(map(Path, json.loads(variables[_DATABASES])))


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


def serve(
    databases: Sequence[Path], *, port: int, workers: int, host: str = HOST, review: Review | None = None
) -> NoReturn:
    """Become the server; returns only by a signal."""
    words = command(port=port, workers=workers, host=host)
    os.execve(words[0], words, environment(databases, review))
