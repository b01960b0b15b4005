"""Single pages drawn with reportlab, for one peculiarity of a PDF each."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.makers.reportlab_pdf import font

LEFT, RIGHT, TOP = 80.0, 520.0, 740.0
SENTENCE = "各有关单位要提高认识完善机制压实责任确保各项任务落到实处取得实效"
Draw = Callable[[Canvas], None]


def pdf(*pages: Draw, size: tuple[float, float] = A4, **options: object) -> bytes:
    """A PDF of these pages; each starts with a Chinese font of 16 points."""
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=size, invariant=1, **options)
    for draw in pages:
        canvas.setFont(font("wqy"), 16)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def prose(count: int = 6, *, words: str = SENTENCE, top: float = TOP) -> Draw:
    """Paragraphs of three full lines each, two characters in."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(font("wqy"), 16)
        y = top
        for _ in range(count):
            for number in range(3):
                x = LEFT + (32 if number == 0 else 0)
                room = int((RIGHT - x) / 16)
                line = (words * 2)[:room]
                canvas.drawString(x, y, line[:-1] + "。" if number == 2 else line)
                y -= 28

    return draw


def lines(*texts: str, x: float = LEFT, top: float = TOP, leading: float = 28, size: float = 16) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(font("wqy"), size)
        for number, words in enumerate(texts):
            canvas.drawString(x, top - number * leading, words)

    return draw


def together(*draws: Draw) -> Draw:
    def draw(canvas: Canvas) -> None:
        for part in draws:
            part(canvas)

    return draw


def ruled(
    rows: list[list[str]],
    xs: list[float],
    ys: list[float],
    *,
    size: float = 12,
    top: bool = True,
    bottom: bool = True,
) -> Draw:
    """A table: words at the top left of each cell, lines of a cell parted by \\n. `top`, `bottom`: which rules are drawn."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(font("wqy"), size)
        for x in xs:
            canvas.line(x, ys[0], x, ys[-1])
        for y in ys[0 if top else 1 : None if bottom else -1]:
            canvas.line(xs[0], y, xs[-1], y)
        for row, y in zip(rows, ys, strict=False):
            for words, x in zip(row, xs, strict=False):
                for number, line in enumerate(words.split("\n")):
                    canvas.drawString(x + 3, y - (number + 1) * size * 1.3, line)

    return draw
