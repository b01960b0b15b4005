"""Normalised text: what is folded, taken off and joined; and that nothing else changes."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.model import CellRef, Line, Source
from extractor.sources import read_source
from extractor.text import normalise
from tests.notices import Made, notices, wrapped


def lines(text: str) -> list[str]:
    return normalise(read_source("notice.txt", text.encode())).text.split("\n")


FOLDED = [
    ("到 2025 年，达到 ９５％ 以上", "到2025年，达到95%以上"),
    ("⺠⽣⻄⻓", "民生西长"),
    ("2014\u00ad2020年", "2014-2020年"),
    ("责任单位:市教育局,市财政局;", "责任单位：市教育局，市财政局；"),
    ("共1,200元，8:30开始", "共1,200元，8:30开始"),
    ("中 共 某 某 县 委", "中共某某县委"),
    ("李 明 县财政局局长", "李明 县财政局局长"),
    ("中共中央 国务院关于", "中共中央 国务院关于"),
    ("市卫健委、**市教育局**", "市卫健委、市教育局"),
    ("## （一）目标", "（一）目标"),
    ("__一、总体目标__", "一、总体目标"),
    ("按照__就业优先__，落实", "按照__就业优先__，落实"),  # as in CommonMark: not within a word
    ("姓名__电话__，__年__月__日", "姓名__电话__，__年__月__日"),  # room to write in
    (
        "印发《某某市促进就业 高质量发展实施方案（试行）》的通知",
        "印发《某某市促进就业高质量发展实施方案（试行）》的通知",
    ),
    ("《中国人民银行 财政部关于就业的通知》", "《中国人民银行 财政部关于就业的通知》"),
    ("<p>到2025年<br/></p>", "到2025年"),
    ("印发<关于促进就业的意见>的通知", "印发<关于促进就业的意见>的通知"),
    (
        "第 1 0 条 设立总规模不低于一亿元的重点产业发展引导 资金，支持战略新 兴产业。",
        "第10条 设立总规模不低于一亿元的重点产业发展引导资金，支持战略新兴产业。",
    ),
    (
        "根据《中共某某市委 某某市人民政府关于就业的意见》，",
        "根据《中共某某市委 某某市人民政府关于就业的意见》，",
    ),
    ("低于&lt;5%&nbsp;的", "低于<5%的"),
    ("1\\. 目标", "1.目标"),
    ("\u202e隐藏\u200b字符", "隐藏字符"),
    ("①2020年", "①2020年"),
    ("每千人口 4.5 个", "每千人口4.5个"),
    ('第一章 总则{align="center"}', "第一章 总则"),
    ("::: details 目录", "目录"),
    ("流程如下：![](images/a1.jpg)", "流程如下："),
]


@pytest.mark.parametrize(("raw", "expected"), FOLDED)
def test_folded(raw: str, expected: str) -> None:
    assert lines(raw) == [expected]


JOINED = [
    ("有条件的单位应当积极探索建立健全职工子女托管服务机制，鼓励各类用人单位依托现有场地和人员条件，给予用\n\n人单位补助。",
     ["有条件的单位应当积极探索建立健全职工子女托管服务机制，鼓励各类用人单位依托现有场地和人员条件，给予用人单位补助。"]),
    ("（责任单位：市教育局、\n残联）", ["（责任单位：市教育局、残联）"]),
    ("一、总体目标\n到2025年完成。", ["一、总体目标", "到2025年完成。"]),
    ("完成任务。\n— 4 —\n下一段。", ["完成任务。", "下一段。"]),
    ("依法有\n— 4 —\n，序实施", ["依法有，序实施"]),
    ("某局公文\n一、甲\n— 1 —\n某局公文\n二、乙\n— 2 —\n某局公文\n三、丙\n— 3 —\n某局公文\n四、丁",
     ["某局公文", "一、甲", "二、乙", "三、丙", "四、丁"]),  # the first may be the letterhead: it stays
    ("第 3 页 共 9 页\n目标。\n扫描全能王 创建", ["目标。"]),
    ("关于促进某某市人口\n长期均衡发展的实施方案", ["关于促进某某市人口长期均衡发展的实施方案"]),
    ("某某市人民政府关于印发某某市养老服务高质量发展三年行动方案和配套措施清单等文件的通知\n各县（区）人民政府：",
     ["某某市人民政府关于印发某某市养老服务高质量发展三年行动方案和配套措施清单等文件的通知", "各县（区）人民政府："]),
    ("您提出的关于养老服务的建议收悉，经研究，现答复\n如下：\n一、甲", ["您提出的关于养老服务的建议收悉，经研究，现答复如下：", "一、甲"]),
]  # fmt: skip


JOINED += [
    (  # lines that begin with what only looks like a marker
        "第一条 为了加强校车安全管理，保障乘坐校车学生的\n人身安全，根据《校车安全管理条例》，结合本县实际，制\n定本细则。\n第二条 本细则所称校车，是指依法取得使用许可，用于\n接送接受义务教育的学生上下学的7座以上载客汽车。接送\n"
        "三、四年级以下学生的，应当使用小学生专用校车。\n第三条 学生居住地距离学校超过\n2.5公里且没有公共交通的，由县教育局统筹提供校车服务。\n第四条 申请校车使用许可，应当向县教育局提出书面\n— 2 —\n申请，并提交下列材料：\n（一）校车安全技术检验合格证明；\n"
        "（二）驾驶人取得校车驾驶资格的证明；\n（三）包括行驶线路、开行时间和停靠站点的校车运\n行方案；\n（四）已经投保机动车承运人责任保险的证明。\n第五条 县教育局应当自收到申请之日起3个工作日内，\n将申请材料送县公安、交通运输部门征求意见。依照本细则\n"
        "第六条的规定应当补正的，一次性告知；其中属于前条第\n（二）项情形的，由县公安部门核实。\n第六条 校车运载学生，不得超过核定人数，随车照管\n— 3 —\n人员不得少于1名。校车行驶速度在高速公路上不得超过80\n公里每小时，在其他道路上不得超过60公里每小时。\n"
        "第七条 本细则自2022年9月1日起施行。",
        [
            "第一条 为了加强校车安全管理，保障乘坐校车学生的人身安全，根据《校车安全管理条例》，结合本县实际，制定本细则。",
            "第二条 本细则所称校车，是指依法取得使用许可，用于接送接受义务教育的学生上下学的7座以上载客汽车。接送三、四年级以下学生的，应当使用小学生专用校车。",
            "第三条 学生居住地距离学校超过2.5公里且没有公共交通的，由县教育局统筹提供校车服务。",
            "第四条 申请校车使用许可，应当向县教育局提出书面申请，并提交下列材料：",
            "（一）校车安全技术检验合格证明；",
            "（二）驾驶人取得校车驾驶资格的证明；",
            "（三）包括行驶线路、开行时间和停靠站点的校车运行方案；",
            "（四）已经投保机动车承运人责任保险的证明。",
            "第五条 县教育局应当自收到申请之日起3个工作日内，将申请材料送县公安、交通运输部门征求意见。依照本细则第六条的规定应当补正的，一次性告知；其中属于前条第（二）项情形的，由县公安部门核实。",
            "第六条 校车运载学生，不得超过核定人数，随车照管人员不得少于1名。校车行驶速度在高速公路上不得超过80公里每小时，在其他道路上不得超过60公里每小时。",
            "第七条 本细则自2022年9月1日起施行。",
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "expected"), JOINED)
def test_joined(raw: str, expected: list[str]) -> None:
    assert lines(raw) == expected


PARAGRAPHS = (
    "完善普惠托育服务体系，增加托位供给，支持社会力量举办托育机构，推动用人单位提供托育服务，到2025年底前建成示范机构三家以上并投入使用。",
    "健全养老服务网络，改造提升乡镇敬老院，扩大居家上门服务的覆盖面，每年面向护理人员开展培训不少于两次，建立常态化的督导考核机制。",
    "一、严格落实各级国家机关的责任，加强对特殊困难群体的兜底保障，做到应保尽保、应助尽助，及时公开政策的执行情况，接受社会监督。",
)


def broken(paragraphs: Sequence[str], width: int, indent: str = "") -> str:
    """The paragraphs as lines of `width` characters, each with an indent if any."""
    lines = []
    for paragraph in paragraphs:
        words = indent + paragraph
        lines += [words[at : at + width] for at in range(0, len(words), width)]
    return "\n".join(lines)


@pytest.mark.parametrize("indent", ["", "　　"])
@pytest.mark.parametrize(
    "width", [width for width in range(18, 31) if all(len(p) % width for p in PARAGRAPHS)]
)
def test_a_text_cut_after_a_number_of_characters_is_put_together(width: int, indent: str) -> None:
    assert lines(broken(PARAGRAPHS, width, indent)) == list(PARAGRAPHS)


def test_where_paragraphs_are_indented_a_line_without_an_indent_goes_on() -> None:
    """Also where a sentence ends with its line, or what follows looks like a marker."""
    ended = "按照分工抓好落实，把各项任务落实到位，让群众满意。"  # as long as a line less its indent
    marked = "按照分工抓好落实，把各项任务落实到位，让群众对第"
    praised = "对成绩突出的予以表扬，对推进不力的予以通报。"
    raw = f"　　{ended}\n{praised}\n　　{marked}\n一、二批项目按期完成。\n"
    assert lines(raw + broken(PARAGRAPHS, len(ended) + 2, "　　"))[:2] == [
        ended + praised,
        f"{marked}一、二批项目按期完成。",
    ]


def test_where_paragraphs_are_indented_a_full_line_without_a_stop_goes_on() -> None:
    ended = "按照分工抓好落实，把各项任务落实到位，让群众满意。"
    unstopped = "支持用人单位制定有利于职工平衡工作与家庭关系的具体措"
    raw = f"　　{ended}\n{unstopped}\n施。\n" + broken(PARAGRAPHS, len(ended) + 2, "　　")
    assert lines(raw)[:2] == [f"{ended}{unstopped}施。", PARAGRAPHS[0]]


def test_where_paragraphs_are_indented_a_list_of_annexes_stays_a_list() -> None:
    annexes = ["附件：1.某某市优化营商环境工作部门联席会议制度", "2.重点任务分工清单"]
    raw = broken(PARAGRAPHS, len(annexes[0]), "　　") + "\n" + "\n".join(annexes)
    assert lines(raw)[-2:] == annexes


def test_a_tag_that_is_broken_over_lines_goes_and_no_line_with_it() -> None:
    assert lines("一、目标<br\n/>\n二、措施<td\nrowspan=2>。\n三、保障") == [
        "一、目标",
        "二、措施。",
        "三、保障",
    ]


def test_the_number_of_a_cited_document_goes_on_with_its_title() -> None:
    text = "一、监督管理\n加大宣传力度。《某省节约用水办法》\n（某政发〔2024〕75号）另行修订。\n二、总结"
    assert (
        "《某省节约用水办法》（某政发〔2024〕75号）另行"
        in normalise(read_source("a.txt", text.encode())).text
    )


@pytest.mark.parametrize(("before", "after"), [("39", ".2%以内。"), ("39.", "2%以内。")])
def test_a_number_that_a_line_cuts_at_its_point_is_whole(before: str, after: str) -> None:
    text = f"（一）{5 * '2030年前，'}养老机构护理型床位占比控制在{before}\n{after}\n（二）加强领导。"
    assert "控制在39.2%以内。\n（二）" in normalise(read_source("a.txt", text.encode())).text


def test_a_bracket_at_the_end_of_a_line_is_closed_in_the_next() -> None:
    raw = "开展培训，建立督导机制，严格执行有关规定（\n牵头单位：市教育局）\n二、加强保障。"
    assert lines(raw) == ["开展培训，建立督导机制，严格执行有关规定（牵头单位：市教育局）", "二、加强保障。"]


def test_stars_stay_where_the_notice_says_what_they_mean() -> None:
    plan = "**一、重点任务**\n（责任单位：*市财政局、市教育局）"
    assert lines(plan) == ["一、重点任务", "（责任单位：市财政局、市教育局）"]
    assert lines(f"{plan}\n注：带*号的为牵头单位。")[1:] == [
        "（责任单位：*市财政局、市教育局）",
        "注：带*号的为牵头单位。",
    ]


def test_an_abbreviation_cut_by_a_line_end_stays_one() -> None:
    cut = "依托综合支援平台，加强政策宣传和业务培训，为企业在其他R\nCEP国家开展活动提供援助。"
    assert lines(cut) == [cut.replace("\n", "")]


PARTED = [
    ("某某市人民政府关于加快学前教育发展的若干意见（试行）（某政函〔2005〕39号）各区、县人民政府：为加快发展，提出如下意见。",
     ["某某市人民政府关于加快学前教育发展的若干意见（试行）（某政函〔2005〕39号）", "各区、县人民政府：", "为加快发展，提出如下意见。"]),
    ("一、明确目标任务，促进快速发展1、学前教育目标。", ["一、明确目标任务，促进快速发展", "1、学前教育目标。"]),
    ("　第二章　规划 第一节　编制　　第三条 　应当编制规划。", ["第二章 规划", "第一节 编制", "第三条 应当编制规划。"]),
    ("（二）完成第1、第2批项目建设", ["（二）完成第1、第2批项目建设"]),
    ("一、建设3、4号楼", ["一、建设3、4号楼"]),
    ("（一）到2025年完成1.5万个", ["（一）到2025年完成1.5万个"]),
]  # fmt: skip


PARTED += [
    ("第一章总则第一条为保护蓝莓，制定本办法。第二条本办法适用于全区。第三条违反第二条的规定的，责令改正。第四条各县应当加强管理。第二章附则\n第五条由市局解释。第六条自发布之日起施行。",
     ["第一章总则", "第一条为保护蓝莓，制定本办法。", "第二条本办法适用于全区。", "第三条违反第二条的规定的，责令改正。", "第四条各县应当加强管理。", "第二章附则",
      "第五条由市局解释。", "第六条自发布之日起施行。"]),
    ("新华社北京2月13日电 中共中央 国务院关于做好重点工作的意见", ["新华社北京2月13日电", "中共中央 国务院关于做好重点工作的意见"]),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "expected"), PARTED)
def test_parted(raw: str, expected: list[str]) -> None:
    assert lines(raw) == expected


def test_an_annex_or_a_row_number_is_no_running_head() -> None:
    text = "".join(f"附件 {n}：\n甲表。\n— {n} —\n" for n in range(1, 5))
    assert [line for line in lines(text) if line.startswith("附件")] == [f"附件{n}：" for n in range(1, 5)]


def test_whole_paragraphs_are_never_joined() -> None:
    source = Source("a.docx", "0", "x", (Line("第一段没有句号"), Line("第二段")), wrapped=False)
    assert normalise(source).text == "第一段没有句号\n第二段"


def cells(text: str) -> list[tuple[int, int, str]]:
    normal = normalise(read_source("notice.txt", text.encode()))
    return [
        (p.cell.row, p.cell.col, normal.text[p.span.start : p.span.end])
        for p in normal.paragraphs
        if p.cell is not None
    ]


def test_table_with_one_cell_a_line_and_a_merged_row() -> None:
    text = "序号\n任务\n责任单位\n完成时限\n\n1\n新建公园。\n县住建局\n县水务局\n12月底前\n改建广场。\n县城管局\n持续推进\n2\n修路。\n县交通局\n"
    assert cells(text)[4:] == [
        (1, 0, "1"), (1, 1, "新建公园。"), (1, 2, "县住建局"), (1, 2, "县水务局"), (1, 3, "12月底前"),
        (2, 1, "改建广场。"), (2, 2, "县城管局"), (2, 3, "持续推进"), (3, 0, "2"), (3, 1, "修路。"), (3, 2, "县交通局"),
    ]  # fmt: skip


def test_table_with_one_cell_a_line_whose_cells_are_broken_and_titles_repeated() -> None:
    text = (
        "序号\n任务类型\n重点内容\n责任单位\n参考文件\n1\n公共\n管理\n负责指导全区建设，会同各部门编制年度计划。\n"
        "区建设管理委、区财政局、区规划资源局、区发展改革委、\n区水务局等相关部门，\n各街镇\n《区建设管理工作指引（试行）》\n2\n"
        "公园\n公园项目落实以下要求：（1）新建3个；（2）改造6个。\n区绿化市容局，各街镇\n《上海市住建委关于开展2024年\n本市建设工作\n的函》\n"
        "（沪建综规〔2024〕61号）\n序号\n任务类型\n重点内容\n责任单位\n参考文件\n3\n水系\n疏浚河道，\n恢复岸线。\n区水务局\n"
    )
    assert cells(text)[5:] == [
        (1, 0, "1"), (1, 1, "公共管理"), (1, 2, "负责指导全区建设，会同各部门编制年度计划。"),
        (1, 3, "区建设管理委、区财政局、区规划资源局、区发展改革委、区水务局等相关部门，各街镇"), (1, 4, "《区建设管理工作指引（试行）》"),
        (2, 0, "2"), (2, 1, "公园"), (2, 2, "公园项目落实以下要求：（1）新建3个；（2）改造6个。"), (2, 3, "区绿化市容局，各街镇"),
        (2, 4, "《上海市住建委关于开展2024年本市建设工作的函》（沪建综规〔2024〕61号）"),
        (3, 0, "3"), (3, 1, "水系"), (3, 2, "疏浚河道，恢复岸线。"), (3, 3, "区水务局"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "titles",
    [("序号", "任务", "牵头单位", "责任单位", "完成时限"), ("序号", "项目", "任务", "责任单位"), ("序号", "工作内容", "责任单位")],
)  # fmt: skip
def test_each_line_of_a_table_with_one_cell_a_line_is_in_its_column(titles: tuple[str, ...]) -> None:
    says = {
        "序号": ("1", "2"), "任务": ("新建三所学校。", "修路。"), "项目": ("学校", "道路"), "工作内容": ("新建学校", "修路"),
        "牵头单位": ("县教育局", "县交通局"), "责任单位": ("县发改局、县财政局", "各镇人民政府"), "完成时限": ("12月底前", "长期坚持"),
    }  # fmt: skip
    rows = [[says[title][row] for title in titles] for row in (0, 1)]
    found = cells("\n".join([*titles, *rows[0], *rows[1]]))
    assert found[len(titles) :] == [
        (row, col, words) for row, each in enumerate(rows, 1) for col, words in enumerate(each)
    ]


def test_markdown_table() -> None:
    assert cells("| 项目 | 标准 |\n|---|:--:|\n| 新建 | 300元 |") == [
        (0, 0, "项目"), (0, 1, "标准"), (1, 0, "新建"), (1, 1, "300元"),
    ]  # fmt: skip


def test_task_table_whose_columns_ran_together_and_a_row_cut_by_a_page() -> None:
    text = (
        "序号 工作任务 责任单位\n1\n完善托育服务体系，新建一批普惠托育机构，支持用\n县卫健局、县发\n改局牵头；县财政局\n— 2 —\n"
        "人单位开办托班。\n配合\n2\n加强监管。\n县卫健局牵头"
    )
    assert cells(text)[3:] == [
        (1, 0, "1"),
        (1, 1, "完善托育服务体系，新建一批普惠托育机构，支持用人单位开办托班。"),
        (1, 2, "县卫健局、县发改局牵头；县财政局配合"),
        (2, 0, "2"),
        (2, 1, "加强监管。"),
        (2, 2, "县卫健局牵头"),
    ]


def test_grid_of_figures_under_wrapped_heads() -> None:
    text = "任务表\n2023 年 2024 年\n总床\n位数\n新增\n数\n总床\n位数\n新增\n数\n100 20 120 20"
    assert cells(text) == [
        (0, 0, "2023年"), (0, 2, "2024年"), (1, 0, "总床位数"), (1, 1, "新增数"), (1, 2, "总床位数"), (1, 3, "新增数"),
        (2, 0, "100"), (2, 1, "20"), (2, 2, "120"), (2, 3, "20"),
    ]  # fmt: skip


def test_cells_of_the_source_pass_through() -> None:
    source = Source(
        "a.docx", "0", "x", (Line("甲", cell=CellRef(0, 0, 0)), Line("乙", cell=CellRef(0, 0, 1))), False
    )
    assert [p.cell for p in normalise(source).paragraphs] == [CellRef(0, 0, 0), CellRef(0, 0, 1)]


def table(*rows: tuple[tuple[str, int], ...]) -> Source:
    """A table of a source: rows of (words, columns that the cell takes)."""
    lines = []
    for row, members in enumerate(rows):
        col = 0
        for words, span in members:
            lines.append(Line(words, cell=CellRef(0, row, col, 1, span)))
            col += span
    return Source("a.docx", "0", "x", tuple(lines), False)


def test_a_row_as_wide_as_its_table_is_a_line_above_it() -> None:
    heads, row = (("序号", 1), ("任务", 1), ("责任单位", 1)), (("1", 1), ("建库", 1), ("市水利局", 1))
    made = normalise(table((("附件2任务分工表", 3),), (("单位：万元", 3),), heads, row)).paragraphs
    assert [p.cell for p in made[:2]] == [None, None]
    assert [p.cell and (p.cell.row, p.cell.col) for p in made[2:]] == [
        (row, col) for row in (0, 1) for col in (0, 1, 2)
    ]


@pytest.mark.parametrize(
    "rows",
    [
        ((("一、约束性指标", 1),), (("耕地保有量", 1),)),  # one column
        (
            (("填表说明：本表一式两份，由申请人填写后报送。", 2),),
            (("姓名", 1), ("年龄", 1)),
        ),  # tells something
        (
            (("序号", 1), ("任务", 1)),
            (("一、约束性指标", 2),),
            (("1", 1), ("耕地", 1)),
        ),  # names a group of rows
        ((("名单", 2),), (("全部", 2),)),  # nothing but wide rows
    ],
)
def test_other_wide_rows_are_rows(rows: tuple[tuple[tuple[str, int], ...], ...]) -> None:
    made = normalise(table(*rows)).paragraphs
    assert [p.cell and p.cell.row for p in made] == [at for at, row in enumerate(rows) for _ in row]


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


@given(notices(), st.integers(20, 45))
def test_no_character_is_lost_or_moved(made: Made, width: int) -> None:
    assert bare(normalise(read_source("a.txt", wrapped(made.text, width, page=21).encode())).text) == bare(
        made.text
    )


@given(st.text(st.sampled_from("一二甲乙丙，。（）“”《》0123456789 \n、：；"), max_size=200))
def test_only_white_space_goes_from_plain_words(words: str) -> None:
    text = "甲" + words
    normal = normalise(read_source("a.txt", text.encode()))
    kept = [line for line in text.split("\n") if line.strip()]
    if not any(re.search(r"—|第.*页|序", line) for line in kept):
        assert bare(normal.text) == bare(text)
    for paragraph in normal.paragraphs:
        own = normal.text[paragraph.span.start : paragraph.span.end]
        assert own and own == own.strip() and "\n" not in own


def one_line(gap: str) -> str:
    """A notice whose line breaks were lost; `gap` stands where its paragraphs begin."""
    words = "坚持问题导向，完善工作机制，压实各方责任，形成工作合力，确保取得实效。" * 4
    parts = [
        "各省人民政府：", f"为加强管理，提出以下意见：{gap}一、总体要求{gap}（一）指导思想。{words}", f"（二）工作目标。{words}",
        f"二、主要任务{gap}（三）健全机制。{words}", f"（四）压实责任，按一、二级分类。{words}", f"三、保障措施。{words}",
    ]  # fmt: skip
    return gap.join(parts)


@pytest.mark.parametrize("gap", ["", "　　"], ids=["run together", "with the indents of its paragraphs"])
def test_a_notice_on_one_line_is_parted_at_the_markers_that_count_on(gap: str) -> None:
    text = normalise(read_source("a.txt", one_line(gap).encode()))
    heads = [text.text[p.span.start :][:8] for p in text.paragraphs]
    marked = [head for head in heads if head.startswith(("一、", "二、", "三、", "（"))]
    assert [head.partition("、")[0][:3] for head in marked] == [
        "一",
        "（一）",
        "（二）",
        "二",
        "（三）",
        "（四）",
        "三",
    ]
    assert text.text.replace("\n", "").replace(" ", "") == one_line("")


def test_the_head_and_the_signature_of_a_notice_on_one_line_are_lines() -> None:
    duty = "各地区要完善工作机制，压实各方责任，形成工作合力，确保取得实效。" * 12
    lines = [
        "某省人民政府转发能源局关于发展光伏产业的若干意见的通知", "某政发〔2013〕24号", "各市、县人民政府：",
        f"能源局《关于发展光伏产业的若干意见》已经同意，现转发给你们。{duty}", "某省人民政府", "2013年7月4日", "（此件公开发布）",
        "关于发展光伏产业的若干意见", f"光伏产业很重要。{duty}",
    ]  # fmt: skip
    text = normalise(read_source("a.txt", "".join(lines).encode()))
    assert [text.text[slice(*p.span)] for p in text.paragraphs] == lines


@pytest.mark.parametrize(
    "byline", ["国土资源部发展改革委", "国土资源部、发展改革委", "国土资源部 发展改革委"]
)
def test_the_offices_below_a_title_on_one_line_are_a_line_of_their_own(byline: str) -> None:
    duty = "各地区要完善工作机制，压实各方责任，形成工作合力，确保取得实效。" * 12
    lines = [
        f"国土资源部、发展改革委《找矿行动纲要（试行）》已经同意，现转发给你们。{duty}", "某省人民政府", "2013年7月4日",
        "找矿行动纲要（试行）", byline, f"矿产资源是重要的物质基础。{duty}",
    ]  # fmt: skip
    text = normalise(read_source("a.txt", "".join(lines).encode()))
    assert [text.text[slice(*p.span)] for p in text.paragraphs] == lines


def test_a_notice_on_one_line_below_its_letterhead() -> None:
    duty = "各地区要完善工作机制，压实各方责任，形成工作合力，确保取得实效。" * 12
    lines = [
        "生态环境部国家能源局文件", "环综合〔2022〕42号", "关于印发《减排实施方案》的通知", "各省、自治区、直辖市能源局：",
        f"《减排实施方案》已经同意，现印发给你们。{duty}", "生态环境部 国家能源局", "2022年6月10日", "（此件社会公开）",
        "抄送：教育部、科技部。", "生态环境部办公厅", "2022年6月13日印发", "减排实施方案", f"为落实部署，制定本方案。{duty}",
    ]  # fmt: skip
    text = normalise(read_source("a.txt", "".join(lines).encode()))
    assert [text.text[slice(*p.span)] for p in text.paragraphs] == lines


def test_the_articles_of_a_notice_on_one_line_are_lines_and_lists_within_a_sentence_are_not() -> None:
    duty = "各地区要完善工作机制，压实各方责任，形成工作合力，确保取得实效。" * 4
    lines = [
        "一、总体要求。", f"（一）调查。{duty}", "1.基础调查。做好调查。", "2.远景调查。包括：1.勘查；2.评价。", f"（二）勘查。{duty}",
        "1.油气勘查。推进勘查。", f"二、保障措施。{duty}",
    ]  # fmt: skip
    text = normalise(read_source("a.txt", "".join(lines).encode()))
    assert [text.text[slice(*p.span)] for p in text.paragraphs] == lines


def test_tags_of_word_are_no_words() -> None:
    text = normalise(
        read_source("a.txt", '一、医疗<o:p></o:p>质量<st1:chsdate w:st="on">。</st1:chsdate>'.encode())
    )
    assert text.text == "一、医疗质量。"


def test_words_set_apart_by_wide_spaces_stay_together() -> None:
    spaced = "关　　于　　放　　假　　的　　通　　知"
    text = normalise(read_source("a.txt", f"{spaced}\n各单位：请做好值班。".encode()))
    assert text.text.replace(" ", "") == "关于放假的通知\n各单位：请做好值班。"
