"""The words beside a sum or a term that users read: per, unit, payee, subject, quote; names in the ledger."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractor.extractors.quantities import quantities
from extractor.lexicon.measures import load_measures
from extractor.model import Amount, Clause, Deadline, Duration, Finding, Number, Span, Text


def facts(words: str) -> list[object]:
    clause = Clause(ref="1", level="article", span=Span(0, len(words)), body=0)
    return list(quantities(Text(words, ()), (clause,), (), load_measures()))


def amounts(words: str) -> list[Amount]:
    return [fact for fact in facts(words) if isinstance(fact, Amount)]


PER = [
    ("按人民币30万元给予奖励。", None, None),
    ("按人每月补助50元。", "人", "month"),
    ("每入库1家给予运营管理者1万元奖励。", "家", None),
    ("大学生创业者，以户为单位，一次性补贴5000元。", "户", "once"),
    ("每新开一家分店奖励5万元。", "家", None),
    ("每项引荐扶持金额不超过25万元。", "项", None),
    ("给予不超过单项工程批量示范额20%的生产资助。", None, None),
    ("对种植基地给予100元/亩奖励。", "亩", None),
    ("标准化球场每块奖励1万元。", "块", None),
    ("施用有机肥的予以补贴300元/吨（含上级补贴）。", "吨", None),
    ("发放300元/月育儿补贴。", None, "month"),
    ("发放80元/人·月生活补贴。", "人", "month"),
    ("每吸纳一名就业者给予3000元补贴。", "名", None),
    ("对单项冠军企业给予10万元奖励。", None, None),
    ("对上年贷款（每家贷款10万元以内）给予贴息支持。", "家", None),
    ("亩均税收不低于20万元。", "亩", None),
    ("每平方千米主营业务收入不低于500万元。", "平方千米", None),
    ("按3.8万元/亩进行扶持。", "亩", None),
    ("按总出口额给予0.03元/美元扶持。", "美元", None),
    ("给予企业500元/人培训补贴。", "人", None),
    ("给予100元/家庭补助。", "家庭", None),
    ("为企业统一购买150万元/家保额的保险。", "家", None),
    ("按1名游客300元给予奖补。", "游客", None),
    ("按演出单位单场售票收入的2%奖励。", None, None),
    ("单个场景投入不低于5万元。", "场景", None),
    ("一个资助年度内的补贴上限为10000元。", None, "year"),
    ("按照每平方米1000元的标准，给予一次性补贴。", "平方米", "once"),
    ("求职创业补贴1500元/人，一次性发放。", "人", "once"),
    ("每新入驻1家电商企业，给予园区1万元。", "企业", None),
    ("每超养一只并处二百元罚款。", "只", None),
    ("每月每平方米居住面积租金补贴标准是：甲丘区为160元。", "平方米", "month"),
    ("每年遴选一批项目，给予10万元奖励。", None, None),
    ("按照初中每生每学年（每生每学期3000元）的标准补贴。", "生", None),
]


@pytest.mark.parametrize(("words", "per", "period"), PER)
def test_per(words: str, per: str | None, period: str | None) -> None:
    assert [(row.per, row.period) for row in amounts(words)] == [(per, period)]


def test_each_sum_has_its_own_terms() -> None:
    rows = amounts("分别按3.5万元/列、6.5万元/架次的标准给予奖补。")
    assert [row.per for row in rows] == ["列", "架次"]
    rows = amounts("可享受每人最高200万元购房补贴或者每月最高1万元的租房补贴。")
    assert [row.period for row in rows] == [None, "month"]


def test_what_one_payment_is_for_holds_for_its_sum_alone() -> None:
    found = amounts("每吸纳1人给予3000元补贴，累计不超过30万元。")
    assert [row.per for row in found] == ["人", None]
    found = amounts("对新建机构给予5万元，每新增1个托位，给予1万元。")
    assert [row.per for row in found] == [None, "托位"]
    found = amounts("每引进1名博士补贴5万元，给予单位10万元奖励。")
    assert [row.per for row in found] == ["名", None]
    found = amounts("每引进1名博士，给予单位10万元、个人5万元奖励。")
    assert [row.per for row in found] == ["名", "名"]
    found = amounts("给予每平方米300元、最高500万元的装修补贴。")
    assert [row.per for row in found] == ["平方米", None]
    found = amounts("按照每平方米1000元给予最高10万元购房补贴。")
    assert [row.per for row in found] == ["平方米", None]
    found = amounts("给予不超过购买费用的60%、每年最高500万元补贴。")
    assert [row.period for row in found] == [None, "year"]
    found = amounts("按每平方米不超过1000元且总额不超过50万元的标准给予补助。")
    assert [row.per for row in found] == ["平方米", None]
    found = amounts("对单户担保金额500万元以上的，担保费率原则上不超过1.5%。")
    assert [(row.value, row.per) for row in found if row.unit == "%"] == [(Decimal("1.5"), None)]


UNITS = [
    ("按日加收滞纳部分万分之五的滞纳金。", "0.05", "%"),
    ("按实际到资额的8‰给予奖励。", "0.8", "%"),
    ("收取200万美元的保证金。", "2000000", "美元"),
    ("奖励5万港元。", "50000", "港元"),
    ("可按公积金账户余额的15倍计算贷款额度。", "15", "倍"),
    ("享受最高4倍公积金贷款。", "4", "倍"),
    ("最高贷款额度提高1.2倍。", "1.2", "倍"),
    ("对企业贷款给予2个百分点的贴息补助。", "2", "%"),
]


@pytest.mark.parametrize(("words", "value", "unit"), UNITS)
def test_units(words: str, value: str, unit: str) -> None:
    assert [(row.value, row.unit) for row in amounts(words)] == [(Decimal(value), unit)]


COMPARATORS = [
    ("由市财政按不超过区、县（市）实际承担金额的20%进行补助。", "<="),
    ("在80000元限额内据实扣除。", "<="),
    ("每人分摊的额度不能超过每月1000元。", "<="),
    ("取消1000元起付线。", "="),
    ("设备投资达到5万元（含税）以上的，给予奖励。", ">="),
    ("年销售收入100万元（含100万元）以上的，给予表彰。", ">="),
    ("享受每年最高价值1000元的健康体检。", "<="),
    ("按不超过算力、语料、模型（算法）合同执行金额的30%给予补助。", "<="),
    ("上缴增值税50元/平方米以上的，给予奖励。", ">="),
    ("新增投资1亿元以上（含1亿元，不含土地费用）的，给予奖励。", ">="),
    ("同一企业每年支持金额不超过100万。", "<="),
    ("对月销售额未超过10万元的免征增值税。", "<="),
    ("按不超过模型调用产生的年度词元（Token）消耗量对应实际费用的30%给予补贴。", "<="),
    ("给予最高200万一次性认定补助。", "<="),
    ("公积金贷款最高额度上浮20%。", "="),
    ("拖拉机单机补贴限额可提高到25万元。", "<="),
    ("家庭人均月收入低于本市最低生活保障标准的2.5倍的老年人给予补贴。", "<"),
]


@pytest.mark.parametrize(("words", "comparator"), COMPARATORS)
def test_comparators(words: str, comparator: str) -> None:
    assert [row.comparator for row in amounts(words)] == [comparator]


PAYEES = [
    ("区财政对新建、改扩建托育机构分别补助360元、300元。", ["新建托育机构", "改扩建托育机构"]),
    ("对落户本市的二孩、三孩分别发放2000元、5000元补贴。", ["落户本市的二孩", "落户本市的三孩"]),
    ("对新落户的婴幼儿购买意外伤害险给予每人50元补贴。", ["新落户的婴幼儿"]),
    (
        "对本区户籍女方35周岁以上，在市内接受治疗并成功生育的，按不超过5000元予以补助。",
        ["本区户籍女方35周岁以上，在市内接受治疗并成功生育"],
    ),
    ("本区户籍家庭的二孩、三孩幼儿在幼儿园接受学前教育，减免5%保教费。", ["本区户籍家庭的二孩、三孩幼儿"]),
    ("补助经费由市财政按不超过实际承担金额的20%进行补助。", [None]),
    ("各级政府应当对生活困难的老年人发放100元补贴。", ["生活困难的老年人"]),
    ("对获评省级示范社的合作社，一次性奖励5万元。", ["获评省级示范社的合作社"]),
    ("机具的补贴额测算比例可提高至35%。", [None]),
    ("逾期不改正的，处5000元的罚款。", [None]),
    ("新入规企业一次性奖励10万元。", ["新入规企业"]),
    ("第一年给予企业10万元。", ["企业"]),
    ("获得省著名商标的企业奖励20万元。", ["获得省著名商标的企业"]),
    ("对个人处500元罚款。", ["个人"]),
    ("违反本条例第九条规定，处500元罚款。", [None]),
    ("财政按基准利率的50%给予贴息。", [None]),
    (
        "对首次认定的高新技术企业给予奖励20万元，重新认定的奖励10万元。",
        ["首次认定的高新技术企业", "重新认定"],
    ),
    (
        "80周岁至89周岁老年人每人每月发放50元，90周岁以上每人每月100元。",
        ["80周岁至89周岁老年人", "90周岁以上"],
    ),
    ("在岗村医每月补助600元。", ["在岗村医"]),
    ("给予园区扶持资金1万元，最多给予200万元扶持资金。", [None, None]),
]


@pytest.mark.parametrize(("words", "names"), PAYEES)
def test_payees(words: str, names: list[str | None]) -> None:
    assert [row.beneficiary for row in amounts(words)] == names


WHOLE = [
    ("购买出口信用保险给予全额保费支持。", "支持"),
    ("采购国产设备全额退还增值税。", "退还"),
    ("实施100%暂退服务质量保证金政策。", "暂退"),
]


@pytest.mark.parametrize(("words", "action"), WHOLE)
def test_the_whole_of_a_sum(words: str, action: str) -> None:
    assert [(row.value, row.unit, row.action) for row in amounts(words)] == [(Decimal(100), "%", action)]


def test_a_purpose_is_not_the_name_of_who_is_paid() -> None:
    (row,) = amounts("对获得驰名商标的企业奖励100万元。")
    assert (row.beneficiary, row.purpose) == ("获得驰名商标的企业", None)


def test_steps_of_a_scale_are_no_payees() -> None:
    rows = amounts("对年出口额达到1000万美元、2000万美元的企业，分别奖励2万元、3万元。")
    assert [row.beneficiary for row in rows if row.kind == "benefit"] == ["企业", "企业"]


PURPOSES = [
    ("提交孕期检查缴费凭证（检查费在500元以上）。", "检查费"),
    ("新入规企业一次性奖励10万元。", "一次性奖励"),
    ("脱贫户子女就读中职每学期补助1500元。", None),
    ("村卫生室每年补助运行经费5000元。", "运行经费"),
    ("在校大学生创业的，可申请最高30万元的创业担保贷款。", "创业担保贷款"),
    ("设立总规模20亿元的产业引导基金。", "产业引导基金"),
    ("公共卫生服务经费人均财政补助标准提高至94元。", "公共卫生服务经费"),
    ("按照初中每生（每生每学期3000元）的标准进行学位补贴。", "学位补贴"),
]


@pytest.mark.parametrize(("words", "purpose"), PURPOSES)
def test_purposes(words: str, purpose: str | None) -> None:
    assert [row.purpose for row in amounts(words)] == [purpose]


def test_two_fen_are_a_fiftieth_of_a_yuan() -> None:
    (row,) = amounts("加收每千瓦时2分钱的还贷资金。")
    assert (row.value, row.unit, row.per) == (Decimal("0.02"), "元", "千瓦时")


def test_a_number_with_a_sign_of_its_own_font_is_named_and_has_no_value() -> None:
    found = facts("增加值年均增长7\ue0105%左右。")
    assert [(fact.cls, fact.value) for fact in found if isinstance(fact, Number)] == [
        ("unclassified", None)
    ] * 2
    assert [fact.code for fact in found if isinstance(fact, Finding)] == ["unclassified-number"] * 2


def test_what_the_last_sum_of_a_list_says_holds_for_all() -> None:
    rows = amounts("对新建充电桩按直流桩400元/千瓦、交流桩100元/千瓦给予一次性建设补助。")
    assert [(row.per, row.period, row.purpose, row.kind) for row in rows] == [
        ("千瓦", "once", "建设补助", "benefit")
    ] * 2
    rows = amounts("保教费标准为每生每月680元，一级园520元，二级园及以下420元。")
    assert [(row.per, row.period) for row in rows] == [("生", "month")] * 3
    rows = amounts("综合定额为每人每天500元，其中住宿费300元、伙食费130元。")
    assert [(row.per, row.period) for row in rows] == [("人", "day")] * 3
    rows = amounts("可申请一次性安家费，博士研究生每人15万元，硕士研究生每人10万元。")
    assert [row.period for row in rows] == ["once", "once"]


def test_below_the_deductible_nothing_is_paid() -> None:
    rows = amounts("住院起付线：一级医院200元、二级医院500元，报销比例分别为95%、90%。")
    assert [row.kind for row in rows] == ["threshold", "threshold", "benefit", "benefit"]


def test_what_the_insured_pay_themselves_is_no_benefit() -> None:
    rows = amounts("保费60元，其中财政补贴48元、养殖户自缴12元。")
    assert [(row.kind, row.action) for row in rows[1:]] == [("benefit", "补贴"), ("price", None)]


def test_the_noun_of_payment_beside_the_sum_names_the_action() -> None:
    (row,) = amounts("对企业联合承担的重大专项，给予单个项目最高1000万元支持。")
    assert row.action == "支持"


def test_a_fine_for_what_has_happened_is_a_sum() -> None:
    rows = amounts("造成3人以上死亡或者损失100万元以上的，处10万元以上50万元以下罚款。")
    assert [(row.value, row.value_high) for row in rows][-1] == (Decimal(100000), Decimal(500000))


def test_a_range_without_its_yuan() -> None:
    (row,) = amounts("对获奖项目给予5万—30万的资助。")
    assert (row.value, row.value_high, row.unit) == (Decimal(50000), Decimal(300000), "元")


NO_SUM = [
    "产值过100亿元的企业达到5家。",
    "景区应备足1元、5元、10元等小面额零钱。",
    "严格执行《县级财政3万元以下小额支出管理办法》。",
    "前三季度，每百元营业收入中的成本同比减少0.4元。",
    "在确保建设费用全额保障的前提下推进。",
    "布设城市摄像头、智能三角牌等终端。",
    "贷款利率不超过贷款合同签订日LPR+50BP。",
    "借款利率不超过一年期贷款基础利率（LPR）加15个基点（BP）。",
]


@pytest.mark.parametrize("words", NO_SUM)
def test_no_sum(words: str) -> None:
    assert amounts(words) == []


def test_the_most_of_one_sum_is_the_most_of_the_next_of_its_list() -> None:
    rows = amounts("企业法人最高可申请500万元信用贷款、3000万元抵押担保贷款。")
    assert [(row.comparator, row.kind) for row in rows] == [("<=", "cap"), ("<=", "cap")]


TERMS = [
    ("所在单位应当每年给予累计不超过10天的护理假。", [("护理假", None)]),
    ("给予男方护理假30日。", [("护理假", "男方")]),
    ("分别延长产假15天。", [("产假", None)]),
    ("对符合条件的托育机构按照规定给予最长3年的贷款期限和财政贴息。", [("贷款期限", "符合条件的托育机构")]),
    ("本方案自印发之日起施行，试行二年。", [("本方案", None)]),
    ("组织青年参加3—12个月的就业见习，按规定给予补贴。", [("就业见习", None)]),
    ("参照其年度贡献给予企业连续5年奖励。", [("奖励", "企业")]),
    ("储备动用后在12个月内完成等量补库。", [("完成等量补库", None)]),
    ("在一对夫妻生育一个子女期间，所在单位给予每年5天的护理假。", [("护理假", None)]),
    ("请于每季度末月20日前报送进展。", []),
    ("为来访青年提供7天免费住宿。", [("免费住宿", None)]),
    ("给予最高三年零租工位支持。", [("零租工位支持", None)]),
    ("合同期限届满3个月前递交续租申请。", [("合同期限", None)]),
    ("2004年8月5日至8日赴基层考察。", []),
    ("每次就餐时间不少于30分钟，连续补助2学期。", []),
    ("可继续免征五年企业所得税。", [("企业所得税", None)]),
    ("从2024年开始，连续3年，每年安排1亿元给予奖补。", [(None, None)]),
    ("连续3年，营业收入增长的企业可以申报。", []),
    ("给予600万元以内的运营费补贴、5年的房屋租金减免等。", [("房屋租金减免", None)]),
    ("奖励资金分2年兑现。", [("奖励资金", None)]),
    ("设立5年过渡期。", [(None, None)]),
    ("按年度公告近三年补贴受益信息。", []),
    ("提前1年完成任务，提前3个月竣工，提前2年建成。", []),
    ("仍不办理的，5日内公告。", [(None, None)]),
    ("贷款期限3年，可提前1年还款。", [("贷款期限", None), (None, None)]),
    ("可享受60天生育奖励假，护理假15天。", [("生育奖励假", None), ("护理假", None)]),
    ("给予15天的配偶陪产假。", [("配偶陪产假", None)]),
    ("对获得的一年期贷款给予贴息。", []),
    ("女职工产假为98天，难产的增加15天。", [("女职工产假", None), ("女职工产假", None)]),
    ("情况复杂的可延长10个工作日。", [(None, None)]),
    ("房龄30年以上、存在安全隐患的住房优先改造。", []),
    ("排水系统达到3-5年一遇，防洪标准达到100年一遇。", []),
    ("村卫生室建设任务提前一年半完成。", []),
    ("为党龄达到50周年的党员颁发纪念章。", []),
    ("危房改造任务全部竣工，较原计划提前半年。", []),
    ("职工已满10年的，年休假10天。", [("年休假", None)]),
    ("生活补助按天计算，每学年按250天计算。", []),
    ("离岗村医每服务一年每月补助10元。", []),
    ("“十四五”后两年原则上不得新增产能。", []),
    ("为来杭人才提供每年7天（6晚）的“驿站”免费住宿。", [(None, None)]),
    ("将办理期限缩短至20个自然日。", [("办理期限", None)]),
    ("市民政部门应当在区民政部门核实同意后的1个月内完成核实。", [("完成核实", None)]),
    ("连续三年内给予财政扶持。", [("财政扶持", None)]),
    ("对新增企业，每家奖励10万元，连续两年在库的再奖励5万元。", []),
    ("见习补贴标准为最低工资标准的70%，见习期限3至12个月。", [("见习期限", None)]),
    ("出生后满2年内未申领，视为放弃。", [(None, None)]),
    (
        "职工生育医疗费用报销和生育津贴申报时间延长至分娩3年内。",
        [("职工生育医疗费用报销和生育津贴申报时间", None)],
    ),
    (
        "将新生儿参加居民医保期限，以及参保前所发生医疗费用支付期限延长至六个月。",
        [("参保前所发生医疗费用支付期限", None)],
    ),
]


@pytest.mark.parametrize(("words", "rows"), TERMS)
def test_terms(words: str, rows: list[tuple[str, str | None]]) -> None:
    found = [fact for fact in facts(words) if isinstance(fact, Duration)]
    assert [(row.subject, row.beneficiary) for row in found] == rows


def test_one_year_and_a_half_is_one_number() -> None:
    (row,) = [f for f in facts("基层挂职时间一般为一年半。") if isinstance(f, Duration)]
    assert (row.value, row.unit) == (Decimal("1.5"), "年")


@pytest.mark.parametrize(
    ("words", "dues"),
    [
        ("于2025年9月15日前报市教育局人事科。", ["2025-09-15"]),
        ("最迟于2024年10月15日将报告报送市财政局。", ["2024-10-15"]),
        ("每年3月底前报送报告，6月底前完成评价。", ["--03-31", "--06-30"]),
        ("在2023年12月31日前已签订合同的，仍按原政策执行。", []),
        ("成交价款已于2030年4月30日前全部缴清。", []),
        ("2030年3月至8月间反映的诉求已归档。", []),
    ],
)
def test_days_by_which(words: str, dues: list[str]) -> None:
    assert [f.due for f in facts(words) if isinstance(f, Deadline)] == dues


def test_the_bracket_around_a_date_is_no_task() -> None:
    found = [f for f in facts("（责任单位：县林业局；完成时限：2025年12月底）") if isinstance(f, Deadline)]
    assert [(row.due, row.task) for row in found] == [("2025-12-31", None)]


QUOTES = [
    ("到2025年，全市基本实现全覆盖。", "到2025年，全市基本实现全覆盖"),
    ("“十四五”期间完成改造。", "“十四五”期间完成改造"),
]


@pytest.mark.parametrize(("words", "quote"), QUOTES)
def test_quotes_of_deadlines_are_whole(words: str, quote: str) -> None:
    found = [fact for fact in facts(words) if isinstance(fact, Deadline)]
    assert [words[slice(*row.span)] for row in found] == [quote]


def test_a_window_of_eligibility_is_no_deadline() -> None:
    words = "对2023年1月1日--2025年12月31日期间新出生的婴儿发放2000元补贴。"
    assert not [fact for fact in facts(words) if isinstance(fact, Deadline)]


def test_a_point_between_units_that_came_out_as_a_stop_ends_no_sentence() -> None:
    words = "对老年人发放不低于100元/人。年的护理补贴。"
    (row,) = amounts(words)
    assert (words[slice(*row.span)], row.per, row.period, row.purpose) == (
        words[:-1],
        "人",
        "year",
        "护理补贴",
    )


def test_a_stop_behind_a_unit_ends_its_sentence() -> None:
    (row,) = amounts("发放补贴100元/人。年底前完成改造。")
    assert (row.per, row.period) == ("人", None)


@pytest.mark.parametrize(
    "words",
    ["对三、四、五星级的给予支持。", "推进数字平台3大工程。", "落实“健康中国2030”规划。", "拨打12325热线。"],
)
def test_every_number_has_a_class(words: str) -> None:
    assert not [fact for fact in facts(words) if isinstance(fact, Finding)]
