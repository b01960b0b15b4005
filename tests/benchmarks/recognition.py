"""What reading a scan costs beside recognition alone: `python -m tests.benchmarks.recognition`. No test: it times.

The same pages (200 dpi, 1° of skew, noise), the same engine: rapidocr by itself on the picture, and the reader
of scans, which sets the page upright, lightens seals, finds ruled lines, reads cells and orders the lines.
The least of some rounds in turn, in seconds of processor time, which other work on the machine disturbs less.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image

from extractor.sources import DEFAULT_LIMITS
from extractor.sources.scan import frames, recogniser
from tests.makers.reportlab_pdf import pdf_of
from tests.makers.scanned import pages_of
from tests.sources.compared import notices

PAGES = {"luhe": (0, 4, 9), "xihu": (2, 8), "weixi": (1, 12, 24, 25)}  # prose; the last two hold a task table
WANTED = 1.05


def pictures() -> Iterator[tuple[str, bytes]]:
    read = notices()
    for name, numbers in PAGES.items():
        pages = pages_of(pdf_of(read[name].text))
        for number in numbers:
            stream = BytesIO()
            pages[number].save(stream, "PNG", dpi=(200, 200))
            yield f"{name} p. {number + 1}", stream.getvalue()


def alone(engine: Any, data: bytes) -> None:
    engine(np.asarray(Image.open(BytesIO(data)).convert("RGB"))[..., ::-1])


def read(data: bytes) -> None:
    recognise = recogniser("page.png", DEFAULT_LIMITS)
    for frame in frames("page.png", data, DEFAULT_LIMITS):
        recognise(frame.pixels, 1, 72 / frame.dpi)


def seconds(*actions: Callable[[], None], rounds: int) -> list[float]:
    """The least processor time of each action, done in turn."""
    least = [float("inf")] * len(actions)
    for _ in range(rounds):
        for place, action in enumerate(actions):
            began = time.process_time()
            action()
            least[place] = min(least[place], time.process_time() - began)
    return least


def main() -> None:
    from rapidocr_onnxruntime import RapidOCR

    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.recognition", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="times that each page is read (3)")
    options = parser.parse_args()
    engine = RapidOCR()
    total = [0.0, 0.0]
    for label, data in pictures():
        found = seconds(partial(alone, engine, data), partial(read, data), rounds=options.rounds)
        total = [before + own for before, own in zip(total, found, strict=True)]
        print(
            f"{label:14} alone {found[0]:6.2f}   read {found[1]:6.2f}   ratio {found[1] / found[0]:.2f}",
            flush=True,
        )
    print(
        f"{'all':14} alone {total[0]:6.2f}   read {total[1]:6.2f}   ratio {total[1] / total[0]:.2f}   wanted <= {WANTED}"
    )


if __name__ == "__main__":
    main()
