"""The site on this machine: Datasette over one immutable database, with the project's own plugin."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn

HOST = "127.0.0.1"
SETTINGS = {
    "sql_time_limit_ms": "5000",
    "suggest_facets": "off",
    "allow_download": "on",
    "num_sql_threads": "4",
}


def command(database: Path, *, port: int) -> tuple[str, ...]:
    """The Datasette command line. The file is opened as immutable: nothing on the site can change it."""
    settings = (word for pair in SETTINGS.items() for word in ("--setting", *pair))
    place = ("--host", HOST, "--port", str(port))
    return (sys.executable, "-m", "datasette", "serve", "--immutable", str(database), *place, *settings)


def serve(database: Path, *, port: int) -> NoReturn:
    """Become the server; returns only by a signal."""
    words = command(database, port=port)
    os.execv(words[0], words)
