"""Targets and deadlines by class of wording: what each made-up sentence of the genre gives."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from extractor.extractors.quantities import quantities
from extractor.lexicon.measures import load_measures
from extractor.model import Cell, Clause, Deadline, Level, Number, Span, Table, Target, Text


def facts(words: str, kind: type[Any], *, level: Level = "article", body: int = 0) -> list[Any]:
    clause = Clause(ref="1", level=level, span=Span(0, len(words)), body=body)
    return [f for f in quantities(Text(words, ()), (clause,), (), load_measures()) if isinstance(f, kind)]


def rows(words: str, **place: Any) -> list[str]:
    """`>= 20% 2025 覆盖率` for each target."""
    return [
        f"{t.comparator} {t.value}{t.unit} {t.deadline or '-'} {t.indicator}"
        for t in facts(words, Target, **place)
    ]


LISTS = [
    # one verb governs the members behind it
    ("培育3家综合型平台，20家行业型平台，100家企业级平台。",
     ["= 3家 - 综合型平台", "= 20家 - 行业型平台", "= 100家 - 企业级平台"]),
    ("推动全市200家企业实施分级管理。", ["= 200家 - 企业实施分级管理"]),
    ("遴选首批20个技术先进、价值显著的行业高质量数据集。", ["= 20个 - 行业高质量数据集"]),
    ("建成5-8个林果示范基地，打造蔬菜示范园8-10个。", ["= 5个 - 林果示范基地", "= 8个 - 蔬菜示范园"]),
    ("新增单项冠军、独角兽企业等10家。", ["= 10家 - 新增单项冠军、独角兽企业"]),
    ("培育亿元以上企业50家，其中10亿元以上5家。", ["= 50家 - 亿元以上企业", "= 5家 - 10亿元以上"]),
    ("到2027年，年营收超500亿元的5个、超300亿元的20个。",
     ["= 5个 2027 年营收超500亿元", "= 20个 2027 超300亿元"]),
    ("全市建成20个以上、功能完善、特色鲜明的标杆社区。", [">= 20个 - 标杆社区"]),
    # chosen by number, with what each is paid behind
    ("每年选树不超过10名名医、50名骨干医师，分别给予3万元、1万元奖励。", ["<= 10名 - 名医", "= 50名 - 骨干医师"]),
    ("每年评选不超过60个创业项目、不超过15个创新项目，最高给予20万元支持。", ["<= 60个 - 创业项目", "<= 15个 - 创新项目"]),
    ("推选1家市级示范机构和2家省级示范机构。", ["= 1家 - 市级示范机构", "= 2家 - 省级示范机构"]),
    ("完成剩余3万亩高标准农田建设任务。", ["= 3万亩 - 高标准农田建设任务"]),
    ("研制并获批3—5种新食品原料。", ["= 3种 - 新食品原料"]),
    ("对有贡献的人员进行奖励，每年选树不超过20名专家、100名教师，分别给予5万元、1万元奖励。", ["<= 20名 - 专家", "= 100名 - 教师"]),
    ("全市要建有一所床位不低于500张、集医养于一体的老年人养护中心。", ["= 1所 - 老年人养护中心", ">= 500张 - 床位"]),
    ("持续落实省政府“33条+19条”和我市“72条”政策措施。", []),
    ("应提供居住证或至少一种其他有效材料。", []),
    ("完成1.5万户农村厕所改造，创建示范村10个、森林乡村20个。",
     ["= 1.5万户 - 农村厕所改造", "= 10个 - 示范村", "= 20个 - 森林乡村"]),
]  # fmt: skip

PATTERNS = [
    ("公办学位占比由2022年的52%提高到2025年的60%以上。", [">= 60% 2025 公办学位占比"]),
    ("组建10支服务队，开展培训200场次、5000人次。", ["= 10支 - 服务队", "= 200场次 - 培训", "= 5000人次 - 培训"]),
    ("自然损耗定额为：原粮：储存6个月以内的，不超过0.1%；储存12个月以上的，累计不超过0.2%（不得叠加）。",
     ["<= 0.1% - 自然损耗", "<= 0.2% - 自然损耗"]),
    ("货物贸易、对外投资和利用外资分别占比达30%、20%和10%。",
     ["= 30% - 货物贸易占比", "= 20% - 对外投资占比", "= 10% - 利用外资占比"]),
    ("应当设置一所规模为六个班以上的幼儿园。", ["= 1所 - 幼儿园"]),
    ("发动群众3000余人次参与。", ["~ 3000人次 - 群众"]),
    ("东部地区入园率达到95%以上，西部地区达到80%以上。", [">= 95% - 东部地区入园率", ">= 80% - 西部地区入园率"]),
]  # fmt: skip

SHARES = [
    ("到2025年，其中60%以上的市级医院达到“三级甲等”水平。", [">= 60% 2025 市级医院达到“三级甲等”水平"]),
    ("2025年全省80%以上的学校纳入教联体建设。", [">= 80% 2025 学校纳入教联体建设"]),
    ("力争2025年底75%的县至少建成一所三级医院。",
     ["= 75% 2025-12-31 县至少建成一所三级医院", ">= 1所 2025-12-31 三级医院"]),
    ("泊位岸电覆盖率达到90%以上，力争实现全覆盖。", ["= 100% - 泊位岸电", ">= 90% - 泊位岸电覆盖率"]),
    ("到2025年老年助餐服务实现中心城区社区全覆盖。", ["= 100% 2025 老年助餐服务"]),
    ("到2025年日间照料中心实现建设运营全覆盖。", ["= 100% 2025 日间照料中心"]),
    ("养老设施覆盖所有社区、90%以上乡镇和60%以上村。", [">= 90% - 养老设施覆盖乡镇", ">= 60% - 村"]),
    ("100%的社区卫生中心完成中医馆设置，加强15%的中医馆建设。",
     ["= 100% - 社区卫生中心完成中医馆设置", "= 15% - 中医馆建设"]),
    ("探索在10%的卫生站设置中医阁。", ["= 10% - 卫生站设置中医阁"]),
    ("预留30%的号源（其中专家号源不低于20%）给基层。", ["= 30% - 号源", ">= 20% - 专家号源"]),
    ("协议应约定保留不低于20%的床位用于接收特困人员。", [">= 20% - 床位"]),
    ("推动不少于80%的规模以上企业完成改造。", [">= 80% - 规模以上企业完成改造"]),
    # of an area, of a plan: no sums
    ("配套设施比例应不小于住宅建筑面积的11%，其中，商业设施比例应按不大于住宅建筑面积的5%进行设置。",
     [">= 11% - 配套设施比例", "<= 5% - 商业设施比例"]),
    ("2023年专项债券项目年底前支付率达到100%。", ["= 100% 2023 专项债券项目支付率"]),
    ("湿地保护率达到55%，60%可治理沙化土地得到治理。", ["= 55% - 湿地保护率", "= 60% - 可治理沙化土地得到治理"]),
]  # fmt: skip

LEVELS = [
    ("社会消费品零售总额增长9%左右，税收收入增长6%。", ["~ 9% - 社会消费品零售总额增长", "= 6% - 税收收入增长"]),
    ("居民消费价格涨幅控制在3%左右。", ["~ 3% - 居民消费价格涨幅"]),
    ("研发投入占地区生产总值的2.5%。", ["= 2.5% - 研发投入占地区生产总值"]),
    ("到2025年，农村居民人均可支配收入达到3万元以上。", [">= 3万元 2025 农村居民人均可支配收入"]),
    ("规上工业亩均增加值达到150万元/亩。", ["= 150万元/亩 - 规上工业亩均增加值"]),
    ("平均受教育年限达到11.3年，空气质量优良天数达到330天以上。",
     ["= 11.3年 - 平均受教育年限", ">= 330天 - 空气质量优良天数"]),
    ("市区幼儿入园率达到50%以上，县（市）达到30%以上。", [">= 50% - 市区幼儿入园率", ">= 30% - 县（市）幼儿入园率"]),
    ("到2025年，创新平台达到300家；到2027年，达到400家左右。", ["= 300家 2025 创新平台", "~ 400家 2027 创新平台"]),
    ("全市人工智能社区（即依托园区建设的社区，以下简称社区）数量突破100家。", ["> 100家 - 人工智能社区数量"]),
    ("每千人口执业（助理）医师数达到3.2人。", ["= 3.2人 - 每千人口执业（助理）医师数"]),
    ("至2028年达到2000名的招生规模。", ["= 2000名 2028 招生规模"]),
    ("每年评选10家市级示范站并逐级推荐。", ["= 10家 - 市级示范站"]),
    ("对全区1918个垃圾箱房（收集点）进行升级改造。", ["= 1918个 - 垃圾箱房（收集点）"]),
    ("设置四分类垃圾桶（240升）至少1组。", [">= 1组 - 四分类垃圾桶"]),
    ("引进一家企业。", ["= 1家 - 企业"]),
    ("到2025年，推出100项精品赛事。", ["= 100项 2025 精品赛事"]),
    ("完成城乡结合部117公里道路改造。", ["= 117公里 - 道路改造"]),
    ("抓好18处安全隐患和12处污染源整治。", ["= 18处 - 安全隐患", "= 12处 - 污染源整治"]),
    ("完成耕地修复2000亩。", ["= 2000亩 - 耕地修复"]),
    ("货运周转量达到30亿吨公里。", ["= 30亿吨公里 - 货运周转量"]),
    ("新增垃圾处理能力24万吨/日。", ["= 24万吨/日 - 新增垃圾处理能力"]),
]  # fmt: skip

DEADLINES = [
    ("到2022年和2030年，生长迟缓率分别低于7%和5%。", ["< 7% 2022 生长迟缓率", "< 5% 2030 生长迟缓率"]),
    ("2025年底前和2027年底前，分别新建学校1所和2所。", ["= 1所 2025-12-31 新建学校", "= 2所 2027-12-31 新建学校"]),
    ("按照《养老服务三年行动计划（2021—2023年）》要求，新建养老机构5家。", ["= 5家 - 新建养老机构"]),
    ("推动签约项目开工率、入统率2025年第一季度分别达到70%、50%。", ["= 70% 2025-03-31 签约项目开工率", "= 50% 2025-03-31 入统率"]),
    ("2025年第一季度重点项目投资额均完成年度计划的30%以上。", [">= 30% 2025-03-31 重点项目投资额"]),
    ("实施居家适老化改造，力争2024年和2025年每年改造2.5万户以上。", [">= 2.5万户 2025 居家适老化改造"]),
    ("筹集保障性租赁住房，力争2025年以前全省每年新增5万套以上。", [">= 5万套 2025 保障性租赁住房"]),
    ("20.2025年改造提升300个社区助餐点。", ["= 300个 2025 社区助餐点"]),
    ("力争2025年重点商圈便利化支付环境改造率达100%。", ["= 100% 2025 重点商圈便利化支付环境改造率"]),
    ("推进项目前期工作，2025年第一季度储备项目1000个以上。", [">= 1000个 2025-03-31 项目"]),
]  # fmt: skip


@pytest.mark.parametrize(("words", "wanted"), [*LISTS, *PATTERNS, *SHARES, *LEVELS, *DEADLINES])
def test_rows(words: str, wanted: list[str]) -> None:
    assert rows(words) == wanted


@pytest.mark.parametrize(
    "words",
    [
        # what is held
        "您的建议收悉，现答复如下：我区现有托育机构3家，托位数2380个，普惠率100%。",
        "全市圆满完成改造100户，覆盖率达到90%。",
        "近年来，我市新增高新技术企业50家，研发投入强度达到2.5%。",
        "2021年以来，全市累计建成高标准农田30万亩。",
        # sizes of things, what is defined, what was last
        "号牌规格为480毫米×140毫米。",
        "小微团队（指全职人员一般在10人以内、独立核算的团队）可以申请。",
        "以最近一次核定的收入作为依据。",
        # tariffs, caps and thresholds
        "在职职工、退休人员均为0.15%。",
        "全市每年总额最高不超过500万元。",
        "对营收规模首次达到2000万元的奖励5万元。",
        "投资5000万元以上，实行一事一议。",
        "当年实到外资达到1000万美元的，在市级奖励的基础上，再给予一次性奖励。",
        "当年销售总收入达100至200万元（需法定证据证明）。",
        "深化“最多跑一次”改革。",
        "奖励投资额度的5%—20%。",
        # definitions, steps of a tariff, conditions and quorums
        "本办法所称小微企业，是指从业人员300人以下、年营业收入2000万元以下的企业。",
        "第二档水量为180立方米以上260立方米以下。",
        "保护区范围为河道两岸各50米。",
        "申报企业须注册满1年，职工占比达到30%以上。",
        "参加单位不少于3家的，由牵头单位提出申请。",
        "会议应当有三分之二以上成员出席，并经80%以上的成员同意。",
        "办理大件运输（车货总高度超过4.5米，或者总长度超过28米）许可。",
        "设备使用寿命应在20年以上。",
        "投诉人为两人以上的，应当推选代表。",
        "鼓励个人依法设立一人公司。",
    ],
)
def test_no_target(words: str) -> None:
    assert rows(words) == []


@pytest.mark.parametrize(
    "words",
    [
        "您的建议收悉，现答复如下：下一步，力争到2025年入园率达到90%以上。",
        "比去年增长6%的基础上，力争入园率达到90%以上。",
    ],
)
def test_what_shall_be_is_a_target_in_a_reply_too(words: str) -> None:
    assert [t.value for t in facts(words, Target)] == [90]


def test_a_total_that_is_dealt_out_to_places() -> None:
    found = facts("新建通村公路500公里，其中丹江口市300公里、郧县200公里。", Target)
    assert [(t.value, t.indicator, t.scope) for t in found] == [
        (500, "新建通村公路", None),
        (300, "新建通村公路", "丹江口市"),
        (200, "新建通村公路", "郧县"),
    ]


@pytest.mark.parametrize(
    ("heading", "count"), [("夯实工作基础，加快设施建设", 1), ("工作基础", 0), ("一、发展基础", 0)]
)
def test_only_a_heading_that_looks_back_makes_levels_of_the_past(heading: str, count: int) -> None:
    words = f"{heading}。建设学校3所。"
    clause = Clause(ref="1", level="article", span=Span(0, len(words)), body=0, heading=heading)
    found = quantities(Text(words, ()), (clause,), (), load_measures())
    assert sum(isinstance(fact, Target) for fact in found) == count


def test_column_of_deadlines_holds_for_its_row() -> None:
    words = "28\n遴选20个示范案例。\n市经信局\n2026年9月底前"
    (target,) = facts(words, Target, level="row", body=3)
    assert (target.value, target.deadline) == (20, "2026-09-30")
    (due,) = facts(words, Deadline, level="row", body=3)
    assert (due.due, due.task) == ("2026-09-30", "遴选20个示范案例。")


def test_words_of_a_row_prevail_over_its_column() -> None:
    words = "1\n2025年底前建成中心3个。\n市民政局\n2026年"
    (target,) = facts(words, Target, level="row", body=2)
    assert target.deadline == "2025-12-31"


def test_dates_said_together_share_their_task() -> None:
    found = facts("到2022年和2030年，死亡率分别低于7%和5%。", Deadline)
    assert [(d.due, d.task) for d in found] == [
        ("2022", "死亡率分别低于7%和5%"),
        ("2030", "死亡率分别低于7%和5%"),
    ]


def test_no_deadline_inside_a_title() -> None:
    assert facts("落实《到2025年发展规划》和《行动方案（2021—2023年）》。", Deadline) == []


def test_dates_in_cells_are_no_levels() -> None:
    text = "2023年重点任务进度表\n12月底前"
    at = text.index("12月")
    cell = Cell(1, 1, "12月底前", Span(at, at + 5), "项目建设", "完成目标", None)
    clause = Clause(ref="a1", level="annex", span=Span(0, len(text)), body=0)
    table = Table(0, 2, 2, (cell,), "2023年重点任务进度表")
    found = quantities(Text(text, ()), (clause,), (table,), load_measures())
    assert [f for f in found if isinstance(f, Target)] == []


@pytest.mark.parametrize(
    ("words", "classes"),
    [
        ("补贴期限为6、18个月", {"6": "duration", "18": "duration"}),
        ("设一、二、三等奖", {"一": "ordinal", "二": "ordinal", "三": "ordinal"}),
        ("按照第三、四、五条办理", {"三": "ordinal", "四": "ordinal", "五": "ordinal"}),
        ("每月1963.5元", {"1963.5": "amount"}),
        ("发布日期：2021-09-30 01:40", {"2021-09-30": "date", "01:40": "date"}),
        ("实施“633”人才工程、“八八战略”", {"633": "name", "八八": "name"}),
    ],
)
def test_ledger(words: str, classes: dict[str, str]) -> None:
    found = {words[n.span.start : n.span.end]: n.cls for n in facts(words, Number)}
    assert found == classes


@pytest.mark.parametrize("words", ["建设1.5万个学位", "建成10万亩示范田"])
def test_normal_value_multiplies_out(words: str) -> None:
    (target,) = facts(words, Target)
    assert target.normal_value == target.value * Decimal(10_000)


@pytest.mark.parametrize(
    "unit",
    [
        "2023年、",
        "到2025年5%和",
        "（1个",
        "）1个",
        "其中1%，",
        "《2023年",
        "现有1个，",
        "1、",
        "8-10",
        "2023年\n",
    ],
)
@pytest.mark.parametrize("level", ["article", "row"])
def test_hostile_text_is_linear(unit: str, level: Level) -> None:
    words = unit * (20_000 // len(unit))
    assert len(facts(words, Number, level=level)) <= len(words)
