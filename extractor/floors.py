"""The least figures that an evaluation must reach, as a user writes them; errors say how to write them."""

from __future__ import annotations

import tomllib
from pathlib import Path

from extractor.scores import KINDS


def floors_in(file: Path) -> dict[str, float]:
    """Kind → least F1 in percent, from a TOML file. Raises ValueError where it is written otherwise."""
    try:
        return {kind: float(floor) for kind, floor in tomllib.loads(file.read_text("utf-8")).items()}
    except (ValueError, TypeError) as error:
        raise ValueError(f"{file}: {error}. Write lines such as: targets = 97.0") from error


def floor(text: str) -> tuple[str, float]:
    """Kind and least F1 of a word such as targets=97. Raises ValueError where it is written otherwise."""
    kind, _, figure = text.partition("=")
    try:
        least = float(figure)
    except ValueError as error:
        raise ValueError(f"--min {text}: write KIND=F1, such as targets=97") from error
    if kind not in KINDS:
        raise ValueError(f"--min {text}: no such kind; there are {', '.join(KINDS)}")
    return kind, least
