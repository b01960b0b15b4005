"""Whether the wheel is the same bytes wherever and whenever it is built."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.audit.locked import TOP

EPOCH = "1577836800"  # 2020-01-01: any moment, stated
# What the wheel is made of, and what the build reads.
_PARTS = ("extractor", "pyproject.toml", "README.md", "LICENSE")
_LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.pyc")


def build(folder: Path, *, program: Path = TOP, hours: int = 0) -> Path:
    """The wheel, built in `folder` from a copy of the project whose files are `hours` old.

    Raises CalledProcessError with the words of the build where it fails. Nothing is downloaded.
    """
    tree = folder / "tree"
    tree.mkdir(parents=True)
    for part in _PARTS:
        source = program / part
        if source.is_dir():
            shutil.copytree(source, tree / part, ignore=_LEFT_OUT)
        else:
            shutil.copy(source, tree / part)
    for path in tree.rglob("*"):
        moment = path.stat().st_mtime - hours * 3600
        os.utime(path, (moment, moment))
    words = (
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        str(folder / "dist"),
        str(tree),
    )
    environment = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH, "PYTHONHASHSEED": str(hours)}
    subprocess.run(words, env=environment, check=True, capture_output=True, text=True)
    (wheel,) = (folder / "dist").glob("*.whl")
    return wheel


def digest(wheel: Path) -> str:
    """SHA-256, hexadecimal."""
    return hashlib.sha256(wheel.read_bytes()).hexdigest()
