"""Sentences made at random together with the facts that they state, as the contract has them read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from random import Random

Fact = tuple[object, ...]  # its kind, then what it states; the ref of its clause is put before it


@dataclass(frozen=True)
class Sentence:
    words: str
    facts: tuple[Fact, ...] = ()
    holds: bool = False  # its deadline or scope would hold for what comes after it


PLAIN = (
    "建立健全工作机制，明确职责分工，确保各项任务落到实处。", "充分发挥基层组织作用，及时回应群众关切。",
    "对符合条件的家庭，按规定给予适当支持。", "鼓励社会力量参与，形成多元供给格局。", "坚持问题导向，因地制宜推进重点领域改革。",
    "加大宣传力度，营造良好氛围。", "推动部门之间数据互通、业务协同。",
)  # fmt: skip
RATES = (
    "养老机构护理型床位占比", "政务服务事项网办率", "农村自来水普及率", "生活垃圾回收利用率", "公共图书馆达标率", "高标准农田覆盖率", "社区服务设施覆盖率",
)  # fmt: skip
DEATHS = (("孕产妇死亡率", "/10万"), ("婴儿死亡率", "‰"), ("5岁以下儿童死亡率", "‰"))
PLACES = (
    ("社区食堂", "家"),
    ("智慧菜市场", "个"),
    ("公共充电站", "座"),
    ("职工子女托管班", "个"),
    ("老年大学", "所"),
    ("口袋公园", "个"),
)
NEW = (("养老床位", "张"), ("停车泊位", "个"), ("就业岗位", "个"), ("公办学位", "个"), ("保障性住房", "套"))
WORKS = (
    "老旧电梯改造",
    "农村公路养护工程",
    "政务数据目录编制",
    "古树名木普查",
    "燃气管道更新改造",
    "河道清淤疏浚工程",
)
PEOPLE = (
    "经济困难的高龄老人",
    "符合条件的创业者",
    "脱贫劳动力",
    "重度残疾人",
    "首次创业的高校毕业生",
    "省级示范农民合作社",
)
GRANTS = ("补贴", "补助", "奖励")
LEAVES = ("护理假", "育儿假", "婚假", "陪产假")
LAWS = (
    "养老服务条例",
    "就业促进办法",
    "物业管理条例",
    "科学技术进步条例",
    "公共图书馆管理办法",
    "节约用水办法",
)
OFFICES = (
    "民政局",
    "财政局",
    "教育局",
    "发展改革委",
    "公安局",
    "住房城乡建设局",
    "交通运输局",
    "水利局",
    "农业农村局",
    "商务局",
    "文化旅游局",
    "卫生健康委",
    "应急管理局",
    "市场监管局",
    "统计局",
)
ALL = ("各县（区）人民政府", "各开发区管委会")
CHINESE = "零一二三四五六七八九"


def chinese(value: int) -> str:
    """1 to 99 in Chinese numerals: 10 → 十, 12 → 十二, 20 → 二十."""
    tens, ones = divmod(value, 10)
    return (
        ("" if tens < 2 else CHINESE[tens])
        + ("十" if tens else "")
        + (CHINESE[ones] if ones or not tens else "")
    )


def _count(rng: Random, *, spoken: bool = True) -> tuple[str, Decimal]:
    """A number as printed, and its value. In Chinese only where it stands behind a verb: elsewhere it is not read."""
    value = rng.choice((rng.randint(3, 19), rng.randint(20, 999), rng.randint(1000, 9999)))
    if spoken and value < 20 and rng.random() < 0.4:
        return chinese(value), Decimal(value)
    return str(value), Decimal(value)


def _percent(rng: Random) -> tuple[str, Decimal]:
    printed = rng.choice((f"{rng.randint(11, 99)}", f"{rng.randint(10, 98)}.{rng.randint(1, 9)}"))
    return f"{printed}%", Decimal(printed)


def _by(rng: Random) -> tuple[str, str]:
    """A date by which, and as it is due."""
    year, month = rng.randint(2027, 2035), rng.randint(1, 12)
    return rng.choice((
        (f"到{year}年，", f"{year}"),
        (f"{year}年底前，", f"{year}-12-31"),
        (f"力争到{year}年，", f"{year}"),
        (f"到{year}年底，", f"{year}-12-31"),
        (f"{year}年{month}月底前，", f"{year}-{month:02}-{_last(year, month)}"),
    ))  # fmt: skip


def _last(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 else 28
    return 30 if month in (4, 6, 9, 11) else 31


def rate(rng: Random) -> Sentence:
    name, (printed, value) = rng.choice(RATES), _percent(rng)
    words, comparator = rng.choice((
        (f"{name}达到{printed}以上", ">="), (f"{name}不低于{printed}", ">="), (f"{name}达到{printed}", "="), (f"{name}超过{printed}", ">"),
        (f"{name}控制在{printed}以内", "<="),
    ))  # fmt: skip
    scope = rng.choice(("", "", "全市", "全县"))
    if rng.random() < 0.5:
        facts = (("target", name, comparator, value, "%", None, scope or None),)
        return Sentence(f"{scope}{words}。", facts, holds=bool(scope))
    by, due = _by(rng)
    facts = (
        ("target", name, comparator, value, "%", due, scope or None),
        ("deadline", due, f"{scope}{words}"),
    )
    return Sentence(f"{by}{scope}{words}。", facts, holds=True)


def deaths(rng: Random) -> Sentence:
    chosen = rng.sample(DEATHS, 2)
    values = [Decimal(rng.randint(2, 15)) for _ in chosen]
    printed = "、".join(f"{value}{unit}" for value, (_, unit) in zip(values, chosen, strict=True))
    facts = (
        ("target", name, "<=", value, unit, None, None)
        for value, (name, unit) in zip(values, chosen, strict=True)
    )
    return Sentence(f"{'、'.join(name for name, _ in chosen)}分别控制在{printed}以下。", tuple(facts))


def build(rng: Random) -> Sentence:
    thing, unit = rng.choice(PLACES)
    if rng.random() < 0.2:
        printed, value = _count(rng, spoken=False)
        return Sentence(f"建设{thing}{printed}{unit}。", (("target", thing, "=", value, unit, None, None),))
    printed, value = _count(rng)
    words, comparator = rng.choice((
        (f"建设{printed}{unit}{thing}。", "="), (f"建成{printed}{unit}以上{thing}。", ">="), (f"建成不少于{printed}{unit}{thing}。", ">="),
        (f"至少建设{printed}{unit}{thing}。", ">="),
    ))  # fmt: skip
    return Sentence(words, (("target", thing, comparator, value, unit, None, None),))


def new(rng: Random) -> Sentence:
    (thing, unit), (printed, value), (by, due) = rng.choice(NEW), _count(rng, spoken=False), _by(rng)
    task = f"新增{thing}{printed}{unit}"
    facts = (("target", f"新增{thing}", "=", value, unit, due, None), ("deadline", due, task))
    return Sentence(f"{by}{task}。", facts, holds=True)


def work(rng: Random) -> Sentence:
    by, due = _by(rng)
    task = f"完成{rng.choice(WORKS)}"
    if by.startswith(("到", "力争")):
        task = f"全面{task}"
    return Sentence(f"{by}{task}。", (("deadline", due, task),), holds=True)


def grant(rng: Random) -> Sentence:
    who, what = rng.choice(PEOPLE), rng.choice(GRANTS)
    value = rng.choice((100, 150, 300, 500, 1000, 1200))
    return rng.choice((
        Sentence(f"对{who}，按每人每月{value}元的标准发放{what}。", (("amount", "benefit", "=", value, "元", "人", "month", who, None),)),
        Sentence(f"对{who}，给予每户每年{value}元的{what}。", (("amount", "benefit", "=", value, "元", "户", "year", who, None),)),
        Sentence(f"对{who}，给予一次性{what}{value // 50}万元。", (("amount", "benefit", "=", value // 50 * 10000, "元", None, "once", who, None),)),
        Sentence(f"对{who}，由市财政给予一次性{what}{value}元。", (("amount", "benefit", "=", value, "元", None, "once", who, "市财政"),)),
        Sentence(f"对{who}，给予不超过{value}元的一次性{what}。", (("amount", "cap", "<=", value, "元", None, "once", who, None),)),
    ))  # fmt: skip


def term(rng: Random) -> Sentence:
    days, leave = rng.randint(3, 30), rng.choice(LEAVES)
    printed = rng.choice((str(days), chinese(days)))
    return rng.choice((
        Sentence(f"申请材料齐全的，应当在{printed}个工作日内办结。", (("duration", None, "<=", days, "工作日"),)),
        Sentence(f"增加{leave}{printed}日。", (("duration", leave, "=", days, "日"),)),
        Sentence(f"{leave}延长至{printed}日。", (("duration", leave, "=", days, "日"),)),
    ))  # fmt: skip


def cited(rng: Random) -> Sentence:
    number = f"某政发〔{rng.randint(2015, 2024)}〕{rng.randint(1, 99)}号" if rng.random() < 0.5 else None
    title = f"某某省{rng.choice(LAWS)}"
    printed = f"《{title}》" + (f"（{number}）" if number else "")
    words, relation = rng.choice((
        (f"严格落实{printed}要求。", "implements"), (f"按照{printed}执行。", "implements"), (f"{printed}另行修订。", "mentions"),
    ))  # fmt: skip
    return Sentence(words, (("citation", title, number, relation),))


KINDS: tuple[Callable[[Random], Sentence], ...] = (rate, deaths, build, new, work, grant, term, cited)


def prose(rng: Random, *, most: int = 4, last: bool = True) -> list[Sentence]:
    """One to `most` sentences; one with a date or a scope comes last, and only where nothing follows that it holds for."""
    made = [
        rng.choice(KINDS)(rng) if rng.random() < 0.55 else Sentence(rng.choice(PLAIN))
        for _ in range(rng.randint(1, most))
    ]
    holding = [sentence for sentence in made if sentence.holds]
    free = [sentence for sentence in made if not sentence.holds]
    return (free + holding[:1] if last else free) or [Sentence(rng.choice(PLAIN))]


def duties(rng: Random, level: str) -> Sentence:
    """The offices of a measure in brackets; the level is said once and holds for what follows."""
    offices = rng.sample(OFFICES, rng.randint(1, 5))
    first, *others = (level + offices[0], *offices[1:])
    names = [level + office for office in offices]
    if others and rng.random() < 0.4:
        words = rng.choice((
            f"（牵头单位：{first}；配合单位：{level}{'、'.join(others)}）", f"（{first}牵头，{level}{'、'.join(others)}配合）",
        ))  # fmt: skip
        return Sentence(words, tuple(_duties(names, ("lead", *("support" for _ in others)))))
    everybody = list(ALL[: rng.randint(0, 2)])
    listed = "，".join(filter(None, ("、".join((first, *others)), "、".join(everybody))))
    bracket = rng.choice(("（责任单位：{}）", "〔责任单位：{}〕"))
    return Sentence(
        bracket.format(listed),
        tuple(_duties(names + everybody, ["responsible"] * (len(names) + len(everybody)))),
    )


def _duties(names: Iterable[str], roles: Iterable[str]) -> Iterable[Fact]:
    return (("duty", name, role, "listed") for name, role in zip(names, roles, strict=True))
