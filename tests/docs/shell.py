"""Commands of the pages, run as they stand there: `extractor` and `python` are this checkout's or a copy's."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import tomllib
import urllib.request
from collections.abc import Mapping
from pathlib import Path

TOP = Path(__file__).parent.parent.parent
SECONDS = 300  # past which a command hangs
STARTING = 60  # seconds that a server may take to answer
PROJECT = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))["project"]
# What makes Datasette and spaCy know the project, also where it is not installed.
METADATA = {
    "METADATA": "Metadata-Version: 2.1\nName: policy-extractor\nVersion: 0\n",
    "entry_points.txt": "".join(
        f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in points.items())
        for group, points in PROJECT["entry-points"].items()
    ),
}


def sh(script: str, folder: Path, *, program: Path = TOP) -> subprocess.CompletedProcess[str]:
    """A script in `folder`, ended by the first command that fails; `program` holds the package."""
    words = ("/bin/sh", "-ec", script)
    environment = _environment(folder, program)
    return subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, timeout=SECONDS)


def page_of(command: str, folder: Path) -> str:
    """The page at / while a `serve` command runs, which is stopped then. It gets a free port in place of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    bare = re.sub(r" --port \d+", "", command.strip())
    words = ("/bin/sh", "-ec", f"exec {bare} --port {port}")
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        words, cwd=folder, env=_environment(folder, TOP), stdout=quiet, stderr=quiet
    ) as server:
        try:
            return _opened(f"http://127.0.0.1:{port}/", server)
        finally:
            server.terminate()


def _opened(address: str, server: subprocess.Popen[bytes]) -> str:
    for _ in range(STARTING * 10):
        try:
            with urllib.request.urlopen(address) as response:
                return str(response.read(), "utf-8")
        except OSError:
            if server.poll() is not None:
                raise
            time.sleep(0.1)
    raise TimeoutError(address)


def _environment(folder: Path, program: Path) -> Mapping[str, str]:
    names, plugin = folder / "bin", folder / "bin" / "policy_extractor-0.dist-info"
    plugin.mkdir(parents=True, exist_ok=True)
    for file, words in METADATA.items():
        (plugin / file).write_text(words)
    for name, module in (("extractor", "-m extractor"), ("python", "")):
        (names / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {module} "$@"\n')
        (names / name).chmod(0o755)
    path = f"{names}:{Path(sys.executable).parent}:{os.environ['PATH']}"
    return {**os.environ, "PYTHONPATH": f"{program}:{names}", "PATH": path}
