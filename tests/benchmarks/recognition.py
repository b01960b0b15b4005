"""What reading a scan costs beside recognition alone: `python -m tests.benchmarks.recognition`. No test: it times.

The same picture files (200 dpi, 1° of skew, noise) → the lines on them, by three readers in turn:

- `alone`: rapidocr by itself, with its own settings;
- `alike`: rapidocr by itself, its models run as the reader of scans runs them (one line at a time, memory kept,
  no spinning threads, no line asked which way up it is);
- `read`: the reader of scans, which also sets the page upright, lightens seals, finds ruled lines, reads cells
  and orders the lines.

Each opens the picture itself. A scanned PDF is drawn by PDFium first, which costs all three the same. Figures
are the least of some rounds, in seconds of processor time, which other work on the machine disturbs less, and
of wall time.
"""

from __future__ import annotations

import argparse
import os
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
READERS = ("alone", "alike", "read")
WANTED = 1.0  # of what rapidocr takes alone


def pictures() -> Iterator[tuple[str, bytes]]:
    read = notices()
    for name, numbers in PAGES.items():
        pages = pages_of(pdf_of(read[name].text))
        for number in numbers:
            stream = BytesIO()
            pages[number].save(stream, "PNG", dpi=(200, 200))
            yield f"{name} p. {number + 1}", stream.getvalue()


def alike() -> Any:
    """rapidocr's own engine, its models run as the reader of scans runs them."""
    from rapidocr_onnxruntime import RapidOCR

    from extractor.sources.scan_engine import Session, settings

    engine, config = RapidOCR(rec_batch_num=1), settings()
    engine.text_det.infer, engine.text_rec.session = Session(config["Det"]), Session(config["Rec"])
    return partial(engine, use_cls=False)


def recognise(engine: Any, data: bytes) -> None:
    engine(np.asarray(Image.open(BytesIO(data)).convert("RGB"))[..., ::-1])


def read(data: bytes) -> None:
    recognise = recogniser("page.png", DEFAULT_LIMITS)
    for frame in frames("page.png", data, DEFAULT_LIMITS):
        recognise(frame.pixels, 1, 72 / frame.dpi)


def seconds(actions: list[Callable[[], None]], rounds: int) -> np.ndarray[Any, Any]:
    """The least processor time and the least wall time of each action, done in turn."""
    least = np.full((len(actions), 2), np.inf)
    for _ in range(rounds):
        for place, action in enumerate(actions):
            began = time.process_time(), time.perf_counter()
            action()
            ended = time.process_time(), time.perf_counter()
            least[place] = np.minimum(least[place], np.subtract(ended, began))
    return least


def row(label: str, found: np.ndarray[Any, Any]) -> str:
    cells = [f"{name} {cpu:6.2f} {wall:6.2f}" for name, (cpu, wall) in zip(READERS, found, strict=True)]
    alone, alike = found[2] / found[0], found[2] / found[1]
    ratios = f"read/alone {alone[0]:.2f} {alone[1]:.2f}   read/alike {alike[0]:.2f} {alike[1]:.2f}"
    return f"{label:12} " + "   ".join([*cells, ratios])


def main() -> None:
    from rapidocr_onnxruntime import RapidOCR

    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.recognition", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="times that each page is read (3)")
    options = parser.parse_args()
    engines = RapidOCR(), alike()
    print(
        f"seconds of processor time, of wall time; load {os.getloadavg()[0]:.1f}, {os.cpu_count()} processors"
    )
    total = np.zeros((len(READERS), 2))
    for label, data in pictures():
        actions = [*(partial(recognise, engine, data) for engine in engines), partial(read, data)]
        found = seconds(actions, options.rounds)
        total += found
        print(row(label, found), flush=True)
    print(row("all", total), f"  wanted <= {WANTED}; load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
