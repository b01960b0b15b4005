"""Sums of money and lengths of time: comparators that stand apart, ellipsis, thresholds, per, period, payees."""

from __future__ import annotations

import re
from decimal import Decimal
from types import ModuleType

import pytest

from extractor.extractors.quantities import (
    comparators,
    conditions,
    groups,
    leadins,
    payees,
    per,
    purposes,
    quantities,
    sums,
    terms,
)
from extractor.lexicon.measures import load_measures
from extractor.model import Amount, Clause, Duration, Level, Span, Target, Text


def amounts(words: str) -> list[Amount]:
    return [fact for fact in read(words) if isinstance(fact, Amount)]


def read(words: str) -> list[Amount | Duration | Target]:
    clause = Clause(ref="1", level="article", span=Span(0, len(words)), body=0)
    found = quantities(Text(words, ()), (clause,), (), load_measures())
    return [fact for fact in found if isinstance(fact, Amount | Duration | Target)]


def tree(*parts: tuple[str, Level, int | None]) -> list[Amount | Target]:
    """The facts of a notice of several clauses: words, level and parent of each."""
    text, clauses = "", []
    for number, (words, level, parent) in enumerate(parts):
        start = len(text)
        text += words + "\n"
        clauses.append(Clause(str(number), level, Span(start, len(text) - 1), start, parent))
    found = quantities(Text(text, ()), tuple(clauses), (), load_measures())
    return [fact for fact in found if isinstance(fact, Amount | Target)]


AMOUNTS = [
    # value, unit, comparator, per, period, kind
    # the comparator stands before the base, the verb, or the noun
    ("按不超过设备购置费的20%给予补助。", [("20", "%", "<=", None, None, "cap")]),
    ("可按照不高于合同实际执行金额的15%予以补贴。", [("15", "%", "<=", None, None, "cap")]),
    ("最高分别奖励40万元、15万元。", [("400000", "元", "<=", None, None, "cap"), ("150000", "元", "<=", None, None, "cap")]),
    ("限额标准为职工每人每天90元、居民每人每天45元。",
     [("90", "元", "<=", "人", "day", "cap"), ("45", "元", "<=", "人", "day", "cap")]),
    # a unit, a bracket or a slash that all sums of a row share
    ("给予最高40万、20万、5万元经费支持。",
     [("400000", "元", "<=", None, None, "cap"), ("200000", "元", "<=", None, None, "cap"), ("50000", "元", "<=", None, None, "cap")]),
    ("分别给予不超过80万元/项、30万元/项的奖励。",
     [("800000", "元", "<=", "项", None, "cap"), ("300000", "元", "<=", "项", None, "cap")]),
    ("由基金按机构照护70%、上门照护85%的比例支付。",
     [("70", "%", "=", None, None, "benefit"), ("85", "%", "=", None, None, "benefit")]),
    ("起付标准一级150元、二级400元，报销比例一级85%、二级75%。",
     [("150", "元", "=", None, None, "threshold"), ("400", "元", "=", None, None, "threshold"),
      ("85", "%", "=", None, None, "benefit"), ("75", "%", "=", None, None, "benefit")]),
    # per: across the verb, by abbreviation, never from 单位 or 订单
    ("按每个算法给予企业最高6万元的一次性奖励。", [("60000", "元", "<=", "算法", "once", "cap")]),
    ("每家OPC发放总计不超过70万元的“算力券”。", [("700000", "元", "<=", "OPC", None, "cap")]),
    ("给予研发单位最高90万元一次性奖励。", [("900000", "元", "<=", None, "once", "cap")]),
    ("对签订订单80万元以上的企业，给予补助3万元。",
     [("800000", "元", ">=", None, None, "threshold"), ("30000", "元", "=", None, None, "benefit")]),
    ("评估费用标准为每人每次150元。", [("150", "元", "=", "人次", None, "price")]),
    ("危房改造户均补助1.8万元。", [("18000", "元", "=", "户", None, "benefit")]),
    # period: once for the whole phrase, the year of 年度 that governs the sum
    ("一次性给予最高4万元的补贴。", [("40000", "元", "<=", None, "once", "cap")]),
    ("每个承办主体年度补贴不超过20万元。", [("200000", "元", "<=", "承办主体", "year", "cap")]),
    ("按不超过年度交易金额的10%给予奖励。", [("10", "%", "<=", None, None, "cap")]),
    # money that looks like a date
    ("基本生活标准为每人每月2094.4元。", [("2094.4", "元", "=", "人", "month", "price")]),
    ("每人每年补助1950-2000元。", [("1950", "元", "=", "人", "year", "benefit")]),
    ("每年最高给予15万元经费资助和10万元交通补贴。",
     [("150000", "元", "<=", None, "year", "cap"), ("100000", "元", "=", None, "year", "benefit")]),
    ("给予购房补贴，标准为硕士3万元、本科2万元。购房补贴以货币形式一次性发放。",
     [("30000", "元", "=", None, "once", "benefit"), ("20000", "元", "=", None, "once", "benefit")]),
    ("可提高公积金贷款额度，最高可放宽至4倍。", [("4", "倍", "<=", None, None, "cap")]),
    ("购房补贴以货币形式一次性发放。购车的每辆补贴2000元。", [("2000", "元", "=", "辆", None, "benefit")]),
    ("单月单个企业奖励上限200万元。", [("2000000", "元", "<=", "企业", "month", "cap")]),
    # thresholds, caps and ranges
    ("对冬春两季销售额达2000万元且增速较快的汽车销售企业，每户奖励5万元。",
     [("20000000", "元", "=", None, None, "threshold"), ("50000", "元", "=", "户", None, "benefit")]),
    ("对年海外销售额达200万美元以上，且海外仓年使用费用超过5万美元的，给予最高30万元资金支持。",
     [("2000000", "美元", ">=", None, None, "threshold"), ("50000", "美元", ">", None, None, "threshold"),
      ("300000", "元", "<=", None, None, "cap")]),
    ("单月零售额增量每达到1000万元（汽车除外）给予10万元奖励。",
     [("10000000", "元", "=", None, "month", "threshold"), ("100000", "元", "=", None, "month", "benefit")]),
    ("对完成固定资产投资5000万元以上、1亿元以上和2亿元以上的，分别奖励10万元、30万元、50万元。",
     [("50000000", "元", ">=", None, None, "threshold"), ("100000000", "元", ">=", None, None, "threshold"),
      ("200000000", "元", ">=", None, None, "threshold"), ("100000", "元", "=", None, None, "benefit"),
      ("300000", "元", "=", None, None, "benefit"), ("500000", "元", "=", None, None, "benefit")]),
    ("对活动按政策给予最高800万支持。", [("8000000", "元", "<=", None, None, "cap")]),
    ("对营收首次达到3000万元的奖励6万元。",
     [("30000000", "元", "=", None, None, "threshold"), ("60000", "元", "=", None, None, "benefit")]),
    ("给予企业补贴，每年总额最高不超过400万元。", [("4000000", "元", "<=", None, "year", "cap")]),
    ("对研发投入1000万元（含）至3000万元（不含）/年的企业，给予补助50万元。",
     [("10000000", "元", "=", None, "year", "threshold"), ("500000", "元", "=", None, None, "benefit")]),
    ("并处违法所得一倍以上五倍以下罚款。", [("1", "倍", "=", None, None, "price")]),
    ("处五十万元以上一百万元以下的罚款。", [("500000", "元", "=", None, None, "price")]),
    ("并处工程造价百分之五以上百分之十以下的罚款。", [("5", "%", "=", None, None, "price")]),
    ("税收在100万元至300万元（含300万元）的，扶持12%。",
     [("1000000", "元", "=", None, None, "threshold"), ("12", "%", "=", None, None, "benefit")]),
    ("资产在1000万元（含，本金余额、下同）以下的项目，公开转让。", [("10000000", "元", "<=", None, None, "threshold")]),
    ("对入选的总部企业，分别给予企业10万、20万。",
     [("100000", "元", "=", None, None, "benefit"), ("200000", "元", "=", None, None, "benefit")]),
    ("将年签约服务费的80%用于薪酬分配，20%用于统筹。",
     [("80", "%", "=", None, None, "other"), ("20", "%", "=", None, None, "other")]),
    ("购房按契税额度全额给予补贴。", [("100", "%", "=", None, None, "benefit")]),
]  # fmt: skip


@pytest.mark.parametrize(("words", "rows"), AMOUNTS)
def test_amounts(words: str, rows: list[tuple[str, str, str, str | None, str | None, str]]) -> None:
    got = [(a.value, a.unit, a.comparator, a.per, a.period) for a in amounts(words)]
    assert got == [(Decimal(value), *fields) for value, *fields, _ in rows]
    assert [a.kind for a in amounts(words) if a.kind in {"cap", "threshold"}] == [
        kind for *_, kind in rows if kind in {"cap", "threshold"}
    ]


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("处一万元以上十万元以下罚款。", 10000, 100000),
        ("对投资1000万元及以上至5000万元的项目予以支持。", 10000000, 50000000),
        ("货值金额十倍以上二十倍以下罚款。", 10, 20),
        ("给予5至10万元奖励。", 50000, 100000),
    ],
)
def test_a_range_is_one_row(words: str, low: int, high: int) -> None:
    (row,) = amounts(words)
    assert (row.value, row.value_high) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    "words",
    [
        "到2027年工业增加值达到500亿元，年均增长8%。",
        "全年完成固定资产投资100亿元。",
        "税收收入增长5%，社会消费品零售总额增长9%左右。",
        "补助资金市县按6:4比例分担。",
    ],
)
def test_levels_of_the_plan_are_no_amounts(words: str) -> None:
    assert amounts(words) == []


def test_a_lead_in_names_the_rate_of_its_items() -> None:
    facts = tree(
        ("个人缴费费率：", "article", None),
        ("满35周岁的参保人员为0.02%；", "item", 0),
        ("退休人员为0.12%。", "item", 0),
    )
    assert [(type(f), f.value, f.unit) for f in facts] == [
        (Amount, Decimal("0.02"), "%"),
        (Amount, Decimal("0.12"), "%"),
    ]
    assert [f.purpose for f in facts if isinstance(f, Amount)] == ["个人缴费费率"] * 2


def test_a_heading_hands_on_the_lead_in() -> None:
    facts = tree(
        ("护理费用按以下比例支付：", "article", None),
        ("（一）照料费用", "subpart", 0),
        ("职工由基金负担80%；", "item", 1),
    )
    assert [(type(f), f.value) for f in facts] == [(Amount, Decimal(80))]


def test_conditions_end_where_the_next_label_begins() -> None:
    rows = amounts("补助条件：签订1年以上劳动合同。\n补助标准：按每人800元给予一次性补贴。")
    assert [(a.value, a.per, a.period, a.kind) for a in rows] == [(Decimal(800), "人", "once", "benefit")]


@pytest.mark.parametrize("words", ["新增托位1.5万到60%。", "按5万元到3万元给予补助。", "由10万—5万元。"])
def test_what_falls_is_no_range(words: str) -> None:
    assert all(getattr(fact, "value_high", None) is None for fact in amounts(words))


PAYEES = [
    # beneficiary, purpose
    ("对购买审计服务的企业，给予最高5万元的“服务券”补贴。", "购买审计服务的企业", "服务券"),
    ("给予研发单位最高90万元一次性奖励。", "研发单位", None),
    ("床位费不高于每人每天35元。", None, "床位费"),
    ("按每人每月补助500元。", None, None),
    ("每月生活补贴300元。", None, "生活补贴"),
    ("限额标准为职工参保人员每人每天90元。", "职工参保人员", None),
    ("区财政对普惠机构按每个托位300元予以建设资金补助。", "普惠机构", "建设资金补助"),
    ("给予每户企业不超过算力购买费用的50%补贴。", "企业", "算力购买费用"),
    ("在省级特别扶助标准基础上每人每月提高500元。", None, "省级特别扶助标准"),
]


@pytest.mark.parametrize(("words", "beneficiary", "purpose"), PAYEES)
def test_payees(words: str, beneficiary: str | None, purpose: str | None) -> None:
    (row,) = amounts(words)
    assert (row.beneficiary, row.purpose) == (beneficiary, purpose)


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("对获得国家级、省级示范平台的，分别给予80万元、40万元奖励。", ["国家级示范平台", "省级示范平台"]),
        ("对获得省级一、二、三等奖的，分别给予9万元、6万元、3万元补助。", ["省级一等奖", "省级二等奖", "省级三等奖"]),
        ("分别给予300万元（达到甲类）、100万元（达到乙类）资助。", ["达到甲类", "达到乙类"]),
    ],
)  # fmt: skip
def test_payees_are_dealt_out(words: str, names: list[str]) -> None:
    assert [row.beneficiary for row in amounts(words)] == names


DURATIONS = [
    ("可享受1～3个月的护理待遇。", [("1", "月", "=")]),
    ("符合下列条件之一的，按规定享受2个月的待遇：", [("2", "月", "=")]),
    ("限期3个月内完成整改。", [("3", "月", "<=")]),
    ("证书到期前3个月申请复审。", [("3", "月", "=")]),
    ("合同期限原则上不超过3年，续租不超过5年。", [("3", "年", "<="), ("5", "年", "<=")]),
    ("贷款期限为学制加15年、最长不超过22年。", [("22", "年", "<=")]),
    ("自受理之日起20日内办结，公示不少于7个工作日。", [("20", "日", "<="), ("7", "工作日", ">=")]),
    ("见习期为3—12个月。", [("3", "月", "=")]),
    ("给予最长三个月的生活补贴。", [("3", "月", "<=")]),
    ("给予最长6个月总额不超过20万元的租金补助。", [("6", "月", "<=")]),
    ("设立6个月的费用缓缴期。", [("6", "月", "=")]),
    ("硕士以上人才免费入住3年。", [("3", "年", "=")]),
    ("对毕业2年内未就业的毕业生提供帮扶。", []),
    ("成立1年以上、签订1年以上劳动合同的企业。", []),
    ("一个年度内享受待遇次数不超过2次。", []),
    ("补助金为6个月的上年度职工月平均工资。", []),
]


@pytest.mark.parametrize(("words", "rows"), DURATIONS)
def test_durations(words: str, rows: list[tuple[str, str, str]]) -> None:
    found = [fact for fact in read(words) if isinstance(fact, Duration)]
    assert [(f.value, f.unit, f.comparator) for f in found] == [(Decimal(r[0]), *r[1:]) for r in rows]


def patterns() -> list[re.Pattern[str]]:
    modules: tuple[ModuleType, ...] = (
        comparators, conditions, groups, leadins, payees, per, purposes, sums, terms,
    )  # fmt: skip
    own = [v for module in modules for v in vars(module).values() if isinstance(v, re.Pattern)]
    measures = load_measures()
    return [*own, payees._person(measures), *purposes._patterns(measures), *per._patterns(measures)]


@pytest.mark.parametrize(
    "unit", ["一", "对", "的", "每", "（", "A", "补助", "给予", "每个", "国家级、", "比例"]
)
def test_every_pattern_is_linear(unit: str) -> None:
    words = unit * (20_000 // len(unit))
    for pattern in patterns():
        assert sum(1 for _ in pattern.finditer(words)) <= len(words) + 1
