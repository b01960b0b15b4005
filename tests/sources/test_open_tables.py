"""Tables with level rules alone: read where white parts their columns throughout, else left as lines."""

from __future__ import annotations

import pytest

pytest.importorskip("reportlab", reason="reportlab draws the pages of these tests; it is not installed")

from extractor.sources import read_source
from tests.makers.drawn import LEFT, SENTENCE, pdf

HEAD = (650, ["指标", "2023年", "2025年"])
BODY = [
    (620, ["托位数（个）", "442", "884"]),
    (596, ["婚检率（%）", "80", "90"]),
    (572, ["覆盖率（%）", "60", "85"]),
]
THREE = (670, 640, 560)
XS = (LEFT + 4, 280.0, 420.0)


def page(*rows, rules=THREE, right=500.0):
    """Words at three columns, a line each, and level rules."""

    def draw(canvas):
        for y in rules:
            canvas.line(LEFT, y, right, y)
        for y, words in rows:
            for x, word in zip(XS, words, strict=False):
                canvas.drawString(x, y, word)

    return pdf(draw)


def cells(data: bytes) -> list[tuple[int, int, str]]:
    lines = read_source("a.pdf", data).lines
    return [(line.cell.row, line.cell.col, line.text) for line in lines if line.cell]


def test_three_rules():
    assert cells(page(HEAD, *BODY)) == [
        (0, 0, "指标"), (0, 1, "2023年"), (0, 2, "2025年"),
        (1, 0, "托位数（个）"), (1, 1, "442"), (1, 2, "884"),
        (2, 0, "婚检率（%）"), (2, 1, "80"), (2, 2, "90"),
        (3, 0, "覆盖率（%）"), (3, 1, "60"), (3, 2, "85"),
    ]  # fmt: skip


def test_a_rule_under_each_row_and_a_cell_of_two_lines():
    rows = [
        HEAD,
        (620, ["", "完成", ""]),
        (608, ["托位数", "", "884"]),
        (596, ["", "442个", ""]),
        (572, ["婚检率", "80", "90"]),
    ]
    found = cells(page(*rows, rules=(670, 640, 586, 560)))
    assert {cell[:2] for cell in found} == {(row, col) for row in range(3) for col in range(3)}
    assert [text for row, col, text in found if (row, col) == (1, 1)] == ["完成", "442个"]


def test_a_line_that_begins_in_a_later_column_goes_on_with_its_row():
    found = cells(page(HEAD, BODY[0], (604, ["", "（含家庭）", ""]), BODY[2]))
    assert [text for row, col, text in found if (row, col) == (1, 1)] == ["442", "（含家庭）"]
    assert max(row for row, _, _ in found) == 2


def test_two_tables_with_prose_between_them():
    def draw(canvas):
        for top in (700, 400):
            for y in (top, top - 30, top - 80):
                canvas.line(LEFT, y, 500, y)
            for y, words in ((top - 20, HEAD[1]), (top - 50, BODY[0][1]), (top - 70, BODY[1][1])):
                for x, word in zip(XS, words, strict=True):
                    canvas.drawString(x, y, word)
        canvas.drawString(LEFT, 560, SENTENCE[:26])

    lines = read_source("a.pdf", pdf(draw)).lines
    assert [line.cell.table if line.cell else None for line in lines] == [0] * 9 + [None] + [1] * 9


LEFT_AS_LINES = {
    "imprint": page((650, ["抄送：市委各部门，市人大常委会办公室，市政协。"]), (620, ["某某市办公室", "", "2023年5月6日印发"])),
    "heading over two columns": page((650, ["指标", "     2023年至2025年各年"]), *BODY),
    "column without a heading": page((650, ["指标", "", "2025年"]), *BODY),
    "first cell set in the middle of its row": page(
        HEAD, (624, ["", "442", "884"]), (612, ["托位数", "", ""]), (590, ["", "80", "90"]), (578, ["婚检率", "", ""])
    ),
    "prose between rules": page((650, [SENTENCE[:20]]), (620, [SENTENCE[:24]]), (590, [SENTENCE[3:20]])),
    "one row": page(HEAD, BODY[0]),
    "two rules": page(HEAD, *BODY, rules=(670, 560)),
}  # fmt: skip


@pytest.mark.parametrize("data", LEFT_AS_LINES.values(), ids=LEFT_AS_LINES)
def test_what_is_in_doubt_is_left_as_lines(data):
    assert cells(data) == []
