"""Targets, amounts, durations and deadlines in made-up sentences of the genre."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from extractor.extractors.quantities import quantities
from extractor.lexicon.measures import load_measures
from extractor.model import Amount, Cell, Clause, Deadline, Duration, Level, Span, Table, Target, Text


def read(words: str, kind: type[Any], *, level: Level = "article") -> list[Any]:
    """The facts of one kind in a notice of one clause; the first 「」 mark numbers of the record."""
    plain = words.replace("「", "").replace("」", "")
    clause = Clause(ref="1", level=level, span=Span(0, len(plain)), body=0)
    found = quantities(Text(plain, ()), (clause,), (), load_measures())
    facts = [fact for fact in found if isinstance(fact, kind)]
    for fact in facts:
        assert 0 <= fact.span.start < fact.span.end <= len(plain)
    return facts


def drawn(words: str) -> list[str]:
    return [piece.partition("」")[0] for piece in words.split("「")[1:]]


def numbers(words: str, facts: list[Any]) -> list[str]:
    plain = words.replace("「", "").replace("」", "")
    return [plain[span.start : span.end] for fact in facts for span in fact.numbers]


TARGETS = [
    # value, unit, comparator, deadline, indicator
    ("力争到2025年全市公办园在园幼儿占比达到「60」%，普惠率达到「90」%以上。",
     [("60", "%", "=", "2025", "公办园在园幼儿占比"), ("90", "%", ">=", "2025", "普惠率")]),
    ("到2025年，孕产妇死亡率、婴儿死亡率分别控制在「9/10万」、「3」‰以下。",
     [("9", "/10万", "<=", "2025", "孕产妇死亡率"), ("3", "‰", "<=", "2025", "婴儿死亡率")]),
    ("甲率、乙率、丙率分别不低于「70」%、「93」%和「92」%。",
     [("70", "%", ">=", None, "甲率"), ("93", "%", ">=", None, "乙率"), ("92", "%", ">=", None, "丙率")]),
    ("2024年底前新建中小学「3」所，新增学位近「5000」个。",
     [("3", "所", "=", "2024-12-31", "新建中小学"), ("5000", "个", "~", "2024-12-31", "新增学位")]),
    ("实现每千人口3岁以下婴幼儿托位数「4.6」个的目标。", [("4.6", "个", "=", None, "每千人口3岁以下婴幼儿托位数")]),
    ("新建居住区按每千人口不少于「8」个托位配套建设。", [("8", "个", ">=", None, "新建居住区每千人口托位")]),
    ("建设「1」个急救中心和「1」个转运中心。", [("1", "个", "=", None, "急救中心"), ("1", "个", "=", None, "转运中心")]),
    ("支持机构建设“书香小屋”，人口5万以上的镇至少建成「1」所。", [("1", "所", ">=", None, "“书香小屋”")]),
    ("再建设「一」所公办养老院。", [("1", "所", "=", None, "公办养老院")]),
    ("到2025年，全市地区生产总值突破「500亿」元，年均增长「6.5」%左右。",
     [("500", "亿元", ">", "2025", "地区生产总值"), ("6.5", "%", "~", "2025", "地区生产总值年均增长")]),
    ("到2027年，细颗粒物年均浓度控制在「28」微克/立方米以下，单位能耗比2020年下降「13.5」%。",
     [("28", "微克/立方米", "<=", "2027", "细颗粒物年均浓度"), ("13.5", "%", "=", "2027", "单位能耗")]),
    ("建成高标准农田「1.5万」亩。", [("1.5", "万亩", "=", None, "高标准农田")]),
    ("“十四五”期间从业人员培训比例达到「百分之八十」以上。", [("80", "%", ">=", "2025", "从业人员培训比例")]),
    ("2023年、2024年、2025年绿化率分别达到「30」%、「32」%、「35」%。",
     [("30", "%", "=", "2023", "绿化率"), ("32", "%", "=", "2024", "绿化率"), ("35", "%", "=", "2025", "绿化率")]),
    ("力争到2030年旅游总收入「翻一番」。".replace("「翻一番」", "翻「一」番"), [("1", "番", "=", "2030", "旅游总收入")]),
    ("到2025年，街道托育中心全覆盖。", [("100", "%", "=", "2025", "街道托育中心")]),
    ("到2025年，老年助餐点实现城区全覆盖。", [("100", "%", "=", "2025", "老年助餐点")]),
    ("人均预期寿命提高到「79」岁。", [("79", "岁", "=", None, "人均预期寿命")]),
    ("每个社区支持「3」—「5」家机构。", [("3", "家", "=", None, "机构")]),
    ("受训率由60%提高到「80」%。", [("80", "%", "=", None, "受训率")]),
]  # fmt: skip


@pytest.mark.parametrize(("words", "rows"), TARGETS)
def test_targets(words: str, rows: list[tuple[Any, ...]]) -> None:
    found = read(words, Target)
    assert [(f.value, f.unit, f.comparator, f.deadline) for f in found] == [
        (Decimal(r[0]), *r[1:4]) for r in rows
    ]
    for fact, row in zip(found, rows, strict=True):
        assert (fact.indicator is not None and row[4] in fact.indicator) or fact.indicator in row[4]
    assert numbers(words, found) == drawn(words)


@pytest.mark.parametrize(
    "words",
    [
        "床位50张以上的医院应当设置门诊。",
        "免费提供基因检测等8项服务。",
        "落实母婴安全五项制度。",
        "国家卫生健康委等17部委印发意见。",
        "筹集一定数量的70平方米的住房。",
        "每新增1个托位，补助1000元。",
        "设一等奖1名、二等奖2名。",
        "开展三年行动，健全覆盖全人群的体系。",
        "截至2022年底，全市共有机构1200家，入住率为45%。",
        "坚持全覆盖、零容忍、严执法。",
        "申请人应当具备下列条件：有3名以上技术人员，办公场所不少于100平方米。",
        "推广“5+2”模式，开通12345热线，开展5G应用。",
    ],
)
def test_no_target(words: str) -> None:
    assert read(words, Target) == []


AMOUNTS = [
    # value, unit, comparator, per, period, kind
    ("对机构按收托人数每人每月「126」元的标准给予运营补助。", [("126", "元", "=", "人", "month", "benefit")]),
    ("给予运营补助「126」元/人·月。", [("126", "元", "=", "人", "month", "benefit")]),
    ("发放不低于「100」元/人。年的护理补贴。", [("100", "元", ">=", "人", "year", "benefit")]),
    ("对入托幼儿按人按月减免保育费「100」元。", [("100", "元", "=", "人", "month", "benefit")]),
    ("减免疫苗接种费（「18」元/剂次）。", [("18", "元", "=", "剂次", None, "benefit")]),
    ("资助标准为「2000」元/年。", [("2000", "元", "=", None, "year", "benefit")]),
    ("区财政对新建、改建机构分别按每个托位「360」元、「300」元的标准予以一次性建设补助。",
     [("360", "元", "=", "托位", "once", "benefit"), ("300", "元", "=", "托位", "once", "benefit")]),
    ("对二孩、三孩分别发放「2000」元、「5000」元的一次性生育补贴，并按年度发放「800」元育儿补助。",
     [("2000", "元", "=", None, "once", "benefit"), ("5000", "元", "=", None, "once", "benefit"), ("800", "元", "=", None, "year", "benefit")]),
    ("给予一次性「2万」元救助。", [("20000", "元", "=", None, "once", "benefit")]),
    ("自费部分按照每户累计不超过「5000」元的标准予以补助。", [("5000", "元", "<=", "户", None, "cap")]),
    ("减免「5」%保教费。", [("5", "%", "=", None, None, "benefit")]),
    ("由政府代缴不低于「50」%的养老保险费。", [("50", "%", ">=", None, None, "benefit")]),
    ("对固定资产投资「1000万」元以上的项目，按设备投资额的「10」%给予补助，单个项目最高不超过「500万」元。",
     [("10000000", "元", ">=", None, None, "threshold"), ("10", "%", "=", None, None, "benefit"), ("5000000", "元", "<=", "项目", None, "cap")]),
    ("每新增1家企业，奖励「20万」元。", [("200000", "元", "=", "企业", None, "benefit")]),
    ("处「二千」元以上「二万」元以下的罚款。", [("2000", "元", "=", None, None, "price")]),
    ("住院费用报销比例稳定在「70」%左右，担保费率不超过「1」%。",
     [("70", "%", "~", None, None, "benefit"), ("1", "%", "<=", None, None, "cap")]),
    ("返还比例大型企业为「30」%，中小微企业为「60」%。", [("30", "%", "=", None, None, "benefit"), ("60", "%", "=", None, None, "benefit")]),
    ("基本生活标准不低于当地低保标准的「1.3」倍。", [("1.3", "倍", ">=", None, None, "other")]),
    ("由政府给予全额资助。", [("100", "%", "=", None, None, "benefit")]),
    ("减半收取维护费。", [("50", "%", "=", None, None, "benefit")]),
    ("对种粮大户每亩补贴「150」元。", [("150", "元", "=", "亩", None, "benefit")]),
    ("安排「五百万」元经费。", [("5000000", "元", "=", None, None, "benefit")]),
]  # fmt: skip


@pytest.mark.parametrize(("words", "rows"), AMOUNTS)
def test_amounts(words: str, rows: list[tuple[Any, ...]]) -> None:
    found = read(words, Amount)
    got = [(f.value, f.unit, f.comparator, f.per, f.period, f.kind) for f in found]
    assert got == [(Decimal(r[0]), *r[1:]) for r in rows]
    assert numbers(words, found) == drawn(words)


def test_fine_is_one_row_with_both_ends() -> None:
    (fine,) = read("处五千元以上五万元以下罚款。", Amount)
    assert (fine.value, fine.value_high) == (5000, 50000)


DURATIONS = [
    ("增加婚假「十五」日；给予男方护理假「三十」日。", [("15", "日", "="), ("30", "日", "=")]),
    ("每年给予累计不超过「10」天的护理假。", [("10", "日", "<=")]),
    ("给予最长「3」年的贷款期限。", [("3", "年", "<=")]),
    ("应当自受理之日起「15」个工作日内作出决定。", [("15", "工作日", "<=")]),
    ("申报时间延长至分娩「3」年内，支付期限延长至「六」个月。", [("3", "年", "<="), ("6", "月", "=")]),
    ("本办法自印发之日起施行，试行「二」年。", [("2", "年", "=")]),
    ("每月给予3000元补贴，连续补贴「3」年。", [("3", "年", "=")]),
    ("办理时限由20个工作日压缩至「5」个工作日以内。", [("5", "工作日", "<=")]),
]  # fmt: skip


@pytest.mark.parametrize(("words", "rows"), DURATIONS)
def test_durations(words: str, rows: list[tuple[Any, ...]]) -> None:
    found = read(words, Duration)
    assert [(f.value, f.unit, f.comparator) for f in found] == [(Decimal(r[0]), *r[1:]) for r in rows]
    assert numbers(words, found) == drawn(words)


@pytest.mark.parametrize(
    "words",
    [
        "学前三年毛入园率达到90%。",
        "实施三年行动计划。",
        "近三年无违法记录。",
        "具有5年以上工作经验。",
        "子女三周岁以下期间。",
    ],
)
def test_no_duration(words: str) -> None:
    assert read(words, Duration) == []


@pytest.mark.parametrize(
    ("words", "due", "task"),
    [
        ("2023年底前组建辅助中心。", "2023-12-31", "组建辅助中心"),
        ("各乡镇每年11月底前报告工作。", "--11-30", "报告工作"),
        ("2024年6月底前完成编制。", "2024-06-30", "完成编制"),
        ("2025年3月15日前完成整改。", "2025-03-15", "完成整改"),
        ("到2025年，体系基本建立。", "2025", "体系基本建立"),
        ("“十四五”末建成网络。", "2025", "建成网络"),
        ("2024年上半年完成摸底。", "2024-06-30", "完成摸底"),
    ],
)
def test_deadlines(words: str, due: str, task: str) -> None:
    (row,) = read(words, Deadline)
    assert (row.due, row.task) == (due, task)


@pytest.mark.parametrize(
    "words", ["自2023年1月1日起执行。", "2023年8月16日印发通知。", "与2020年相比有所改善。"]
)
def test_no_deadline(words: str) -> None:
    assert read(words, Deadline) == []


@pytest.mark.parametrize("kind", [Target, Amount, Deadline])
def test_front_gives_no_facts(kind: type[Any]) -> None:
    assert read("到2025年覆盖率达到90%，每人每月补助100元。", kind, level="front") == []


def test_lead_in_governs_its_children() -> None:
    head, item = "到2025年，实现以下目标：", "覆盖率达到90%。"
    text = f"{head}\n{item}"
    parent = Clause(ref="1", level="part", span=Span(0, len(head)), body=0)
    child = Clause(
        ref="1.1", level="article", span=Span(len(head) + 1, len(text)), body=len(head) + 1, parent=0, depth=2
    )
    (target,) = [
        f for f in quantities(Text(text, ()), (parent, child), (), load_measures()) if isinstance(f, Target)
    ]
    assert target.deadline == "2025"


def test_cells_of_a_target_table() -> None:
    text = "学位建设任务表\n单位：个\n442\n266"
    at = text.index("442")
    cells = (
        Cell(2, 0, "442", Span(at, at + 3), None, "2023年 总学位数", Decimal(442)),
        Cell(2, 1, "266", Span(at + 4, at + 7), None, "2024年 总学位数", Decimal(266)),
    )
    clause = Clause(ref="a1", level="annex", span=Span(0, len(text)), body=0)
    table = Table(0, 3, 2, cells, "学位建设任务表\n单位：个")
    found = [
        f for f in quantities(Text(text, ()), (clause,), (table,), load_measures()) if isinstance(f, Target)
    ]
    rows = [(f.value, f.unit, f.deadline, f.indicator) for f in found]
    assert rows == [(442, "个", "2023", "总学位数"), (266, "个", "2024", "总学位数")]


def of_cell(caption: str, cell: str, row: str, col: str) -> list[Target]:
    """The targets of a table with this caption and one cell below and beside its headers."""
    text = f"{caption}\n{cell}"
    at = len(caption) + 1
    cells = (Cell(1, 1, cell, Span(at, len(text)), row, col, None),)
    clause = Clause(ref="a1", level="annex", span=Span(0, len(text)), body=0)
    found = quantities(Text(text, ()), (clause,), (Table(0, 2, 2, cells, caption),), load_measures())
    return [fact for fact in found if isinstance(fact, Target)]


@pytest.mark.parametrize(
    ("caption", "cell", "row", "col", "wanted"),
    [
        # comparator, value, unit, deadline, indicator, normal value
        ("主要指标表", "≥95%", "入园率", "2025年", ">= 95 % 2025 入园率 0.95"),
        ("主要指标表", "≤ 3 ‰", "婴儿死亡率", "2025年底", "<= 3 ‰ 2025-12-31 婴儿死亡率 0.003"),
        ("主要指标表", "3‰以下", "婴儿死亡率", "2025年", "<= 3 ‰ 2025 婴儿死亡率 0.003"),
        ("主要指标表", "约1,200户", "适老化改造", "2026年末", "~ 1200 户 2026-12-31 适老化改造 1200"),
        ("主要指标表", "50以内", "平均住院日（天）", "2025年", "<= 50 天 2025 平均住院日 50"),
        ("主要指标表", "50左右", "新增床位(张)", "2025年", "~ 50 张 2025 新增床位 50"),
        ("主要指标表", "50张以上", "新增床位", "2025年", ">= 50 张 2025 新增床位 50"),
        ("主要指标表", "＞7公里", "绿道", "2025年", "> 7 公里 2025 绿道 7"),
        # 万 of the cell, of its header, of the caption
        ("主要指标表", "1.5万个", "新增学位", "2025年", "= 1.5 万个 2025 新增学位 15000"),
        ("主要指标表", "1.5万", "新增学位（个）", "2025年", "= 1.5 万个 2025 新增学位 15000"),
        ("主要指标表", "2亿", "固定资产投资（元）", "2025年", "= 2 亿元 2025 固定资产投资 200000000"),
        ("主要指标表", "1.5", "高标准农田（万亩）", "2025年", "= 1.5 万亩 2025 高标准农田 15000"),
        ("建设任务表 单位：万亩", "1.5", "高标准农田", "2025年", "= 1.5 万亩 2025 高标准农田 15000"),
        ("建设任务表 单位：亩", "15", "养殖场（个）", "2025年", "= 15 个 2025 养殖场 15"),
        # the year of the row, of the caption
        ("2025年建设任务表", "50", "2024年新增床位（张）", "合计", "= 50 张 2024 新增床位合计 50"),
        ("2025年建设任务表", "50", "新增床位（张）", "合计", "= 50 张 2025 新增床位合计 50"),
        ("2025年建设任务表", "50", "3", "床位（张）", "= 50 张 2025 床位 50"),
        # no level to be reached
        ("建设任务表", "50", "新增床位（张）", "合计", None),
        ("2025年花名册", "50", "床位（张）", "合计", None),
        ("2025年建设任务表", "50", "", "", None),
        ("2025年建设任务表", "50", "床位", "序号", None),
        ("2025年建设任务表", "500万元", "经费", "市级", None),
        ("2025年建设任务表", "6月", "床位", "市级", None),
        ("2025年建设任务表", "2024年", "床位", "市级", None),
        ("2025年建设任务表", "市民政局", "床位", "市级", None),
    ],
)
def test_what_a_cell_says(caption: str, cell: str, row: str, col: str, wanted: str | None) -> None:
    found = [
        f"{t.comparator} {t.value} {t.unit} {t.deadline} {t.indicator} {t.normal_value.normalize():f}"
        for t in of_cell(caption, cell, row, col)
        if t.normal_value is not None
    ]
    assert found == ([wanted] if wanted else [])


def test_the_number_of_a_cell_is_drawn_without_its_mark_and_unit() -> None:
    (target,) = of_cell("主要指标表", "≥ 95 %", "入园率", "2025年")
    assert [(span.start, span.end) for span in target.numbers] == [(8, 10)]


def test_words_above_a_table_without_a_caption_may_say_that_it_has_goals() -> None:
    text = "附件\n主要目标\n50"
    cells = (Cell(1, 1, "50", Span(8, 10), "新增床位（张）", "2025年", None),)
    clause = Clause(ref="a1", level="annex", span=Span(0, len(text)), body=0)
    found = quantities(Text(text, ()), (clause,), (Table(0, 2, 2, cells, None),), load_measures())
    assert [fact.value for fact in found if isinstance(fact, Target)] == [50]
