"""One peculiarity of PDF pages a test: what is read, in which order, and what is left out."""

from __future__ import annotations

import pytest

pytest.importorskip("reportlab", reason="reportlab draws the pages of these tests; it is not installed")

from reportlab.lib.pagesizes import A4

from extractor.model import Source
from extractor.sources import read_source
from tests.makers.drawn import LEFT, SENTENCE, TOP, lines, pdf, prose, ruled, together
from tests.makers.reportlab_pdf import font


def words(data: bytes) -> list[str]:
    return [line.text for line in read(data).lines]


def read(data: bytes) -> Source:
    return read_source("notice.pdf", data)


def test_lines_know_page_box_and_size():
    source = read(pdf(lines("一、总体要求"), lines("二、重点任务")))
    first, second = source.lines
    assert (first.text, first.page, second.page, source.page_count, source.wrapped) == (
        "一、总体要求",
        1,
        2,
        2,
        True,
    )
    assert first.size == 16
    assert first.box is not None
    assert first.box.x0 == pytest.approx(LEFT, abs=1)
    assert first.box.x1 == pytest.approx(LEFT + 6 * 16, abs=2)
    assert first.box.top == pytest.approx(A4[1] - TOP - 0.86 * 16, abs=0.5)


def test_glyphs_doubled_for_bold_count_once():
    def draw(canvas):
        for shift in (0, 0.4, 0.8):
            canvas.drawString(LEFT + shift, TOP, "（一）加强组织领导。各级各部门要高度重视")

    (line,) = read(pdf(draw)).lines
    assert line.text == "（一）加强组织领导。各级各部门要高度重视"


def test_doubled_characters_that_are_meant_stay():
    assert words(pdf(lines("一一对应，层层压实，户户通达"))) == ["一一对应，层层压实，户户通达"]


@pytest.mark.parametrize("hide", ["mode", "white", "off", "clear"])
def test_what_nobody_sees_is_left_out(hide):
    def draw(canvas):
        canvas.drawString(LEFT, TOP, "看得见的话在这里")
        if hide == "white":
            canvas.setFillColorRGB(1, 1, 1)
        if hide == "clear":
            canvas.setFillAlpha(0)
        y = -60 if hide == "off" else TOP - 40
        text = canvas.beginText(LEFT, y)
        text.setTextRenderMode(3 if hide == "mode" else 0)
        text.textOut("藏起来的话")
        canvas.drawText(text)

    assert words(pdf(draw)) == ["看得见的话在这里"]


def test_white_lettering_on_a_shaded_box_is_seen():
    def draw(canvas):
        canvas.setFillColorRGB(0.1, 0.3, 0.6)
        canvas.rect(LEFT - 4, TOP - 6, 200, 26, stroke=0, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(LEFT, TOP, "主要指标")

    assert words(pdf(draw)) == ["主要指标"]


def test_slanting_watermark_is_left_out():
    def draw(canvas):
        canvas.drawString(LEFT, TOP, "正文照常阅读")
        canvas.saveState()
        canvas.rotate(45)
        canvas.drawString(500, 200, "内部资料")
        canvas.restoreState()

    assert words(pdf(draw)) == ["正文照常阅读"]


@pytest.mark.parametrize("quarter", [90, 270])
def test_page_printed_sideways_is_read_upright(quarter):
    def draw(canvas):
        canvas.translate(*((A4[0], 0) if quarter == 90 else (0, A4[1])))
        canvas.rotate(quarter if quarter == 90 else -90)
        for number, line in enumerate(("附件2", "重点任务分工清单", "责任单位：市教育局")):
            canvas.drawString(80, 500 - 30 * number, line)

    source = read(pdf(draw))
    assert [line.text for line in source.lines] == ["附件2", "重点任务分工清单", "责任单位：市教育局"]
    for line in source.lines:  # the box stands on the page as it is shown: upright and narrow
        assert line.box is not None
        assert line.box.bottom - line.box.top > line.box.x1 - line.box.x0
        assert 0 <= line.box.x0 < line.box.x1 <= A4[0]
        assert 0 <= line.box.top < line.box.bottom <= A4[1]


def test_rotated_page_is_read_as_it_is_shown():
    def draw(canvas):
        canvas.setPageRotation(90)
        canvas.translate(A4[0], 0)
        canvas.rotate(90)
        canvas.drawString(80, 500, "横放的附件")

    (line,) = read(pdf(draw)).lines
    assert line.text == "横放的附件"
    assert line.box is not None and line.box.x0 == pytest.approx(80, abs=1)


def test_two_columns_are_read_one_after_the_other():
    left = [f"左栏第{n}行文字写满这一栏的宽度一二" for n in "一二三四五六七八"]
    right = [f"右栏第{n}行文字写满这一栏的宽度一二" for n in "一二三四五六七八"]
    page = together(
        lines("两栏之上的标题横贯全页两栏之上的标题横贯全页两栏之上", top=780, size=14),
        lines(*left, x=60, size=13, leading=20),
        lines(*right, x=310, size=13, leading=20),
    )
    assert words(pdf(page))[1:] == left + right


def test_names_beside_posts_are_no_columns():
    def draw(canvas):
        for number in range(8):
            canvas.drawString(LEFT, TOP - 28 * number, "张 伟")
            canvas.drawString(LEFT + 200, TOP - 28 * number, "市财政局副局长")

    assert words(pdf(draw)) == ["张 伟 市财政局副局长"] * 8


def test_letters_spaced_out_have_no_spaces():
    def draw(canvas):
        for number, char in enumerate("某某市人民政府文件"):
            canvas.drawString(LEFT + 40 * number, TOP, char)

    assert words(pdf(draw)) == ["某某市人民政府文件"]


def test_running_heads_and_page_numbers_go():
    def page(number):
        return together(
            lines("某某市人民政府公报", top=800, size=10),
            prose(4, top=740 - number),
            lines(f"{number}", x=295, top=40, size=10),
        )

    source = read(pdf(*(page(n) for n in range(1, 6))))
    texts = {line.text for line in source.lines}
    assert "某某市人民政府公报" not in texts
    assert not texts & set("12345")
    assert sum(line.begins is True for line in source.lines) == 19


@pytest.mark.parametrize(("left", "kept"), [("——", False), ("一—", False), ("一", True), ("——完", True)])
def test_page_number_without_its_figure_goes(left, kept):
    """Recognition misses the 8 of — 8 —; what it leaves would part a paragraph that runs on over the page."""
    page = together(prose(2), lines(left, x=295, top=40))
    assert (left in words(pdf(page))) is kept


def test_strokes_in_the_text_stay():
    assert "——" in words(pdf(together(prose(2), lines("——", x=295, top=400))))


def test_form_printed_again_keeps_its_heading():
    page = together(lines("征询意见表", "单位：某某局"), prose(2, top=600))
    assert words(pdf(page, page, page, page)).count("征询意见表") == 4


def test_figure_alone_in_the_text_stays():
    page = together(prose(2), lines("43", x=295, top=400))
    assert "43" in words(pdf(page, prose(3)))


def test_indents_tell_where_paragraphs_begin():
    source = read(pdf(prose(3), prose(3)))
    assert [line.begins for line in source.lines][1:9] == [
        False,
        False,
        True,
        False,
        False,
        True,
        False,
        False,
    ]


def test_a_page_of_short_paragraphs_has_the_edges_of_the_others():
    """What its few lines share is the indent of paragraphs; one that goes on begins at the edge of the other pages."""

    def short(canvas):
        alike = [f"（{number}）充分发挥基层组织作用，及时回应群众关切。" for number in "一二三"]
        words = [*alike, f"（四）{(SENTENCE * 2)[:23]}", "到实处。", "（五）及时报告。"]
        for place, line in enumerate(words):
            canvas.drawString(LEFT if line == "到实处。" else LEFT + 32, TOP - 28 * place, line)

    begins = {line.text: line.begins for line in read(pdf(prose(3), short)).lines}
    assert begins["到实处。"] is False


def test_a_circled_number_at_the_edge_goes_on_with_its_paragraph():
    """Also below a line that has room for it only where the stops of other lines stand over the edge."""

    def page(canvas):
        hanging = f"{(SENTENCE * 2)[:27]}。"
        words = [
            *[f"　　{hanging[2:]}", hanging] * 3,
            f"　　{(SENTENCE * 2)[:23]}1。",
            "②完善服务体系。推动业务协同。",
        ]
        for place, line in enumerate(words):
            canvas.drawString(LEFT, TOP - 28 * place, line)

    begins = {line.text.strip(): line.begins for line in read(pdf(page)).lines}
    assert begins["②完善服务体系。推动业务协同。"] is False


def blocks(*paragraphs: tuple[str, ...], apart: float, top: float = TOP):
    """Paragraphs of these lines, none indented, `apart` points more between them than between lines."""

    def draw(canvas):
        y = top
        for paragraph in paragraphs:
            for line in paragraph:
                canvas.drawString(LEFT, y, line)
                y -= 20
            y -= apart

    return draw


FULL = (SENTENCE * 2)[:27]
STOPPED = FULL[:-1] + "。"
PROSE = [(FULL, FULL, "取得实效。")] * 3


@pytest.mark.parametrize("apart", [8, 16])
def test_blank_space_tells_where_paragraphs_begin(apart):
    """Also where a line ends with its sentence at the edge, and where a paragraph ends there."""
    page = blocks(
        *PROSE, (FULL, STOPPED, "取得实效。"), (FULL, STOPPED), ("各级要高度重视。",), *PROSE, apart=apart
    )
    begins = [line.begins for line in read(pdf(page)).lines]
    first = [place for place, begin in enumerate(begins) if begin or place == 0]
    assert first == [0, 3, 6, 9, 12, 14, 15, 18, 21]
    assert all(begin is not None for begin in begins[1:])


def test_without_indents_and_blank_space_the_edge_tells():
    """A sentence that ends at the very edge goes on more often than it ends its paragraph; not before a marker."""
    page = blocks(*PROSE, (FULL, STOPPED), ("重视工作。",), (FULL, STOPPED), ("（二）加强领导。",), apart=0)
    begins = {line.text: line.begins for line in read(pdf(page)).lines}
    assert begins["重视工作。"] is False
    assert begins["（二）加强领导。"] is None


@pytest.mark.parametrize(
    ("first", "second", "indent", "begins"),
    [
        ("附件：某某市农机购置与应用补贴机具种类范", "围", 5, False),
        ("附件：1.某某市农机购置与应用补贴机具种类范", "围", 6, False),
        ("附件：1.某某市农机购置与应用补贴机具种类范围", "2.某某市补贴申请表", 5, None),
        ("附件：某某市农机购置与应用补贴实施方案", "某某市补贴资金安排", 5, None),
        ("附件：某某市农机购置与应用补贴机具种类范", "某某市农业农村局", 12, None),
    ],
)
def test_title_of_an_annex_goes_on_under_its_first_word(first, second, indent, begins):
    """GB/T 9704-2012, 7.3.4: 附件： two characters in, each further line of its title under its first word."""

    def page(canvas):
        prose(3)(canvas)
        canvas.drawString(LEFT + 2 * 16, TOP - 12 * 28, first)
        canvas.drawString(LEFT + indent * 16, TOP - 13 * 28, second)

    found = {line.text: line.begins for line in read(pdf(page)).lines}
    assert found[second] is begins


def test_space_between_names_stays():
    (line,) = read(pdf(lines("召集人：李春 市政府副市长，王明远 市教育局局长"))).lines
    assert line.text == "召集人：李春 市政府副市长，王明远 市教育局局长"


def test_paragraph_runs_on_over_the_page():
    def first(canvas):
        prose(2)(canvas)
        lines("　　最后一段在这一页只有头一行写满了整行直到右边的边距处", x=LEFT, top=TOP - 168)(canvas)

    source = read(pdf(first, together(lines("下一页接着写完。", top=TOP), prose(2, top=TOP - 28))))
    after = next(line for line in source.lines if line.page == 2)
    assert after.begins is False


def test_footnote_waits_for_the_end_of_its_paragraph():
    full = "正文写满整行直到右边的边距处正文写满整行直到右边的边距"
    first = together(
        prose(2), lines(full, top=TOP - 168), lines("①本方案所称企业是指规模以上工业企业。", top=100, size=9)
    )
    second = together(lines("接着写完。", top=TOP), prose(2, top=TOP - 28))
    found = words(pdf(first, second))
    assert found.index("接着写完。") < found.index("①本方案所称企业是指规模以上工业企业。")
    assert found[found.index("接着写完。") - 1] == full


def test_raised_mark_stays_in_its_line():
    def draw(canvas):
        canvas.drawString(LEFT, TOP, "规模以上企业")
        canvas.setFont(font("wqy"), 8)
        canvas.drawString(LEFT + 96, TOP + 7, "[1]")
        canvas.setFont(font("wqy"), 16)
        canvas.drawString(LEFT + 108, TOP, "数量稳步增长")

    assert words(pdf(draw)) == ["规模以上企业[1]数量稳步增长"]


# --- tables -----------------------------------------------------------------------------------------

XS = [80.0, 120.0, 380.0, 520.0]
HEAD = ["序号", "工作任务", "责任单位"]


def cells(data: bytes) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    for line in read(data).lines:
        if line.cell is not None:
            assert line.cell.table == 0
            key = (line.cell.row, line.cell.col)
            found[key] = found.get(key, "") + line.text
    return found


def test_table_cells_have_their_place():
    page = ruled([HEAD, ["1", "推进普惠托育服务\n体系建设", "市卫生健康委"]], XS, [700, 670, 620])
    assert cells(pdf(page)) == {
        (0, 0): "序号", (0, 1): "工作任务", (0, 2): "责任单位", (1, 0): "1", (1, 1): "推进普惠托育服务体系建设", (1, 2): "市卫生健康委",
    }  # fmt: skip


def test_merged_cells_have_spans():
    def draw(canvas):
        for x in (80, 230, 380, 530):
            canvas.line(x, 640 if x in (230, 380) else 700, x, 600)
        for y in (700, 640, 600):
            canvas.line(80, y, 530, y)
        canvas.drawString(90, 660, "2025年目标")
        for x, word in zip((90, 240, 390), ("总数", "普惠", "公办"), strict=True):
            canvas.drawString(x, 612, word)

    refs = {line.text: line.cell for line in read(pdf(draw)).lines}
    assert refs["2025年目标"] is not None and refs["2025年目标"].col_span == 3
    assert refs["公办"] is not None and (refs["公办"].row, refs["公办"].col) == (1, 2)


@pytest.mark.parametrize("bottom", [True, False])
def test_row_cut_by_a_page_is_one_row(bottom):
    task = "完善政策支持体系加强服务供给能力推进资源均衡"
    first = ruled(
        [HEAD, ["1", f"{task[:21]}\n{task[:21]}", "市教育局、市财政局"]], XS, [200, 170, 90], bottom=bottom
    )
    second = ruled(
        [HEAD, ["", "并按时完成建设任务。", ""], ["2", "落实资金保障。", "市财政局"]],
        XS,
        [760, 730, 690, 650],
    )
    found = cells(pdf(first, second))
    assert found[1, 1] == task[:21] * 2 + "并按时完成建设任务。"
    assert found[2, 0] == "2"
    assert (3, 0) not in found
    assert list(found.values()).count("工作任务") == 1


# --- a row of which the page before held all cells but one: words in one column are no table of their own

FULL, REST = "完善政策支持体系加强服务供给能力推进资源均衡", "并按时完成建设任务。"
FIRST = ["1", f"{FULL[:21]}\n{FULL[:21]}", "市教育局、市财政局"]


def last_row(row: list[str], *, before: list[list[str]] | None = None):
    """A page that ends with a table whose last row this is."""
    rows = [HEAD, *(before or []), row]
    return ruled(rows, XS, [200 - 35 * at for at in range(len(rows))] + [40], bottom=False)


def alone(row: list[str], xs: list[float] = XS, *, top: bool = True):
    """A page that begins with rules round this one row."""
    return ruled([row], xs, [760, 720], top=top)


@pytest.mark.parametrize("top", [True, False])
def test_one_cell_of_the_last_row_goes_on_over_the_page(top):
    found = cells(pdf(last_row(FIRST), alone(["", REST, ""], top=top)))
    assert [found[1, col] for col in range(3)] == ["1", FULL[:21] * 2 + REST, "市教育局、市财政局"]
    assert (2, 1) not in found


def test_two_cells_of_the_last_row_go_on_under_no_rule():
    row = ["1", FULL[:21], "市教育局、财政局、审计"]
    found = cells(pdf(last_row(row), alone(["", REST, "局、统计局"], top=False)))
    assert [found[1, col] for col in range(3)] == ["1", FULL[:21] + REST, "市教育局、财政局、审计局、统计局"]


def test_a_name_broken_in_its_cell_goes_on_over_the_page():
    xs = [80.0, 120.0, 165.0, 520.0]
    first = ruled([HEAD, ["2", "县发\n展改", "推动工作落实。"]], xs, [200, 170, 120])
    source = read(pdf(first, ruled([["", "革委", ""]], xs, [760, 735]), lines("附则")))
    assert (
        "".join(line.text for line in source.lines if line.cell and line.cell.col == 1)
        == "工作任务县发展改革委"
    )
    assert [line.page for line in source.lines if line.text == "革委"] == [2]  # where it is printed
    assert source.lines[-1].cell is None


def test_one_cell_goes_on_over_two_pages():
    data = pdf(last_row(FIRST), alone(["", f"{FULL[:21]}\n{FULL[:21]}", ""]), alone(["", REST, ""]))
    assert cells(data)[1, 1] == FULL[:21] * 4 + REST
    assert all(line.cell for line in read(data).lines)  # none stands outside besides


def test_the_next_sentence_of_a_numbered_row_goes_on_over_the_page():
    found = cells(pdf(last_row(["1", "落实资金保障。", "市教育局"]), alone(["", REST, ""])))
    assert found[1, 1] == "落实资金保障。" + REST


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(last_row(["教育", "落实资金保障。", "市教育局"]), alone(["", REST, ""]), id="sentence-ended"),
        pytest.param(last_row(["1", "落实资金保障", "市教育局"]), alone(["", REST, ""]), id="line-with-room"),
        pytest.param(last_row(["1", "落实资金保障。", "123456789012345678"]), alone(["", "", "95"]), id="figures"),
        pytest.param(last_row(["教育", FULL[:21], "市教育局"]), alone(["其他", "", ""]), id="first-column"),
        pytest.param(last_row(FIRST), alone(["", REST, ""], [80.0, 150.0, 380.0, 520.0]), id="other-columns"),
        pytest.param(last_row(FIRST), alone(["", REST], [80.0, 120.0, 520.0]), id="merged-cell"),
        pytest.param(last_row(["1", FULL[:21], "市教育局、市财政局、"]), alone(["", "", "", "市审计局"], [80.0, 120.0, 250.0, 380.0, 520.0]), id="more-columns"),
        pytest.param(last_row(["1", FULL[:21], ""]), alone(["", "", REST]), id="nothing-above"),
        pytest.param(last_row(["", FULL[:21], ""], before=[FIRST]), alone(["", REST, ""]), id="row-without-name"),
        pytest.param(last_row(FIRST), ruled([["", REST, ""], ["", REST, ""]], XS, [760, 720, 680]), id="two-rows"),
        pytest.param(last_row(FIRST), together(lines("以上任务。", top=790), alone(["", REST, ""])), id="words-over"),
        pytest.param(last_row(FIRST), together(lines("注", x=60, top=744.4, size=12), alone(["", REST, ""])), id="words-beside"),
        pytest.param(last_row(FIRST), lambda canvas: lines(REST, x=123)(canvas), id="no-rules"),
    ],
)  # fmt: skip
def test_words_that_may_be_no_rest_stay_outside_the_table(first, second):
    """A wrong join makes one fact of two: whatever is in doubt stays the line that it is."""
    found = read(pdf(first, second)).lines
    assert {line.page for line in found if line.cell} == {1}
    assert {line.page for line in found if not line.cell} == {2}


def merged(row: int):
    """The last rows of a page; this one and the next share their cell of the first column."""
    texts = [["序号", *HEAD[1:]], ["1", FULL[:21], "市教育局"], ["2", FULL[:21], "市教育局"]]
    texts[row + 1][0] = ""
    ys = [200, 170, 130, 90]

    def draw(canvas):
        ruled(texts[:1], XS, [ys[0], ys[-1]])(canvas)  # the outer borders, and the words of the first row
        for at, y in enumerate(ys[1:-1]):
            canvas.line(XS[at == row], y, XS[-1], y)
            for word, x in zip(texts[at + 1], XS, strict=False):
                canvas.drawString(x + 3, y - 16, word)

    return draw


def test_rows_beside_a_merged_cell_are_rows_of_their_own():
    assert cells(pdf(merged(1), alone(["", REST, ""])))[2, 1] == FULL[:21]


def test_one_cell_goes_on_below_a_heading_of_two_rows():
    found = cells(pdf(merged(0), alone(["", REST, ""])))
    assert found[2, 1] == FULL[:21] + REST and (1, 0) not in found


@pytest.mark.parametrize(
    ("level", "heights"),
    [
        pytest.param((80, 300, 520), (600, 600, 600, 420), id="chart"),
        pytest.param((80, 700, 520), (600, 600, 600, 600), id="rule-apart"),
        pytest.param((40, 300, 560), (600, 600, 600, 600), id="rule-wider"),
    ],
)
def test_lines_between_columns_of_words_over_one_level_rule_are_no_table(level, heights):
    def draw(canvas):
        left, y, right = level
        canvas.line(left, y, right, y)
        for x, top in zip((80, 200, 320, 520), heights, strict=True):
            canvas.line(x, 300, x, top)
        for x in (100, 220, 340):
            canvas.drawString(x, 400, "甲乙")

    assert all(line.cell is None for line in read(pdf(draw)).lines)


def test_row_that_begins_on_a_page_is_a_new_row():
    first = ruled([HEAD, ["1", "完成建设任务。", "市教育局"]], XS, [200, 170, 90])
    second = ruled(
        [["2", "落实资金保障。", "市财政局"], ["3", "加强督导。", "市审计局"]], XS, [760, 720, 680]
    )
    found = cells(pdf(first, second))
    assert [found[row, 0] for row in range(1, 4)] == ["1", "2", "3"]


def test_heading_parted_from_its_columns_by_a_page():
    def first(canvas):
        for x in (80, 230, 380):
            canvas.line(x, 120, x, 90)
        for y in (120, 90):
            canvas.line(80, y, 380, y)
        canvas.drawString(90, 98, "2023年")
        canvas.drawString(240, 98, "2024年")

    second = ruled(
        [["总数", "普惠", "总数", "普惠"], ["442", "266", "586", "352"]],
        [80, 155, 230, 305, 380],
        [760, 730, 700],
    )
    source = read(pdf(first, second))
    refs = {line.text: line.cell for line in source.lines}
    assert refs["2024年"] is not None and (refs["2024年"].col, refs["2024年"].col_span) == (2, 2)
    assert refs["352"] is not None and (refs["352"].row, refs["352"].col) == (2, 3)


def test_table_open_at_its_sides_is_closed():
    def draw(canvas):
        for y in (700, 660, 620):
            canvas.line(80, y, 520, y)
        for x in (200, 380):
            canvas.line(x, 700, x, 620)
        for y, row in ((672, ("指标", "单位", "目标")), (632, ("覆盖率", "%", "95"))):
            for x, word in zip((90, 210, 390), row, strict=True):
                canvas.drawString(x, y, word)

    assert cells(pdf(draw))[1, 2] == "95"


def test_frame_round_text_is_no_table():
    def draw(canvas):
        canvas.rect(70, 600, 460, 160)
        lines("框里的话也是正文", "第二行也是")(canvas)

    assert all(line.cell is None for line in read(pdf(draw)).lines)


def test_rule_of_the_letterhead_is_no_table():
    def draw(canvas):
        canvas.line(70, 700, 530, 700)
        canvas.line(70, 100, 530, 100)
        lines("某发〔2023〕8号", top=720)(canvas)
        lines("正文", top=660)(canvas)

    assert all(line.cell is None for line in read(pdf(draw)).lines)
