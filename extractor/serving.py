"""The site on this machine: Datasette with the project's own plugin, in some processes."""

from __future__ import annotations

import json
import os
import secrets
import socket
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NoReturn

HOST: Final = "127.0.0.1"
MOST_WORKERS: Final = 64
_FEW: Final = 4  # workers where nothing is said: readers are few, and each worker takes 100 MB
_DATABASES: Final = "EXTRACTOR_DATABASES"  # the variable that tells a worker what to serve
_SECRET: Final = "DATASETTE_SECRET"  # what Datasette signs cookies with: one for all workers


def workers_here() -> int:
    """How many processes serve where nothing is said: one a core, four at most."""
    return min(os.cpu_count() or 1, _FEW)


def is_free(port: int) -> bool:
    """Whether a server can listen on `port` of this machine now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # what a server that just ended left
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def command(*, port: int, workers: int) -> tuple[str, ...]:
    """The command line of the server, which listens on this machine only."""
    place = ("--host", HOST, "--port", str(port))
    quiet = ("--no-access-log", "--log-level", "warning")
    words = (sys.executable, "-m", "uvicorn", "--factory", "extractor.site.worker:create")
    return (*words, *place, "--workers", str(workers), *quiet)


def environment(databases: Sequence[Path]) -> Mapping[str, str]:
    """The variables of the server, which its workers inherit."""
    told = json.dumps([str(database.resolve()) for database in databases])
    secret = os.environ.get(_SECRET) or secrets.token_hex(32)
    return {**os.environ, _DATABASES: told, _SECRET: secret}


def databases_told(variables: Mapping[str, str]) -> tuple[Path, ...]:
    """What `environment` told a worker."""
    return tuple(map(Path, json.loads(variables[_DATABASES])))


def serve(databases: Sequence[Path], *, port: int, workers: int) -> NoReturn:
    """Become the server; returns only by a signal."""
    words = command(port=port, workers=workers)
    os.execve(words[0], words, environment(databases))
