"""The least figures that an evaluation must reach, as a user writes them; errors say how to write them."""

from __future__ import annotations

import tomllib
from pathlib import Path

from extractor.messages import Trouble
from extractor.scores import KINDS


class FloorError(Trouble, ValueError):
    """A figure that is not written as one. Names it and says how it is written."""


def floors_in(file: Path) -> dict[str, float]:
    """Kind → least F1 in percent, from a TOML file. Raises FloorError where it is written otherwise."""
    try:
        return {kind: float(floor) for kind, floor in tomllib.loads(file.read_text("utf-8")).items()}
    except (ValueError, TypeError) as error:
        raise FloorError(
            "{file}: {error}. Write lines such as: targets = 97.0", file=file, error=error
        ) from error


def floor(text: str) -> tuple[str, float]:
    """Kind and least F1 of a word such as targets=97. Raises FloorError where it is written otherwise."""
    kind, _, figure = text.partition("=")
    try:
        least = float(figure)
    except ValueError as error:
        raise FloorError("--min {text}: write KIND=F1, such as targets=97", text=text) from error
    if kind not in KINDS:
        raise FloorError("--min {text}: no such kind; there are {kinds}", text=text, kinds=", ".join(KINDS))
    return kind, least
