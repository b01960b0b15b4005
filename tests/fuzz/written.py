"""Whole notices made at random together with everything that they state: the outline and the facts of each clause.

A plan behind its cover notice, an opinion that is signed at its end, or a regulation in articles; parts, subparts,
articles and items in any mixture, lists that run in a paragraph, a table of tasks in an annex.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from random import Random

from tests.fuzz.sentences import ALL, OFFICES, Fact, Sentence, chinese, duties, prose

PARTS = ("总体要求", "重点任务", "工作措施", "保障机制", "组织实施", "监督管理")
TITLES = (
    "加强组织领导", "完善服务体系", "扩大优质供给", "落实资金保障", "推进数据共享", "严格监督考核", "优化营商环境", "夯实基层基础", "健全标准规范",
)  # fmt: skip
SUBJECTS = ("公共服务提升", "养老服务高质量发展", "城市更新", "河湖管护", "就业促进", "数字政府建设")
CITIES = (
    ("南昌市", "市", "洪府发"),
    ("漳州市", "市", "漳政综"),
    ("襄阳市", "市", "襄政发"),
    ("陆河县", "县", "陆河府"),
    ("安吉县", "县", "安政发"),
)
CIRCLED = "①②③④⑤"


@dataclass
class Written:
    """Paragraphs, the rows of the annex if there is one, and what is stated, with the ref of its clause."""

    paragraphs: list[str] = field(default_factory=list)
    rows: list[tuple[str, ...]] = field(default_factory=list)
    facts: Counter[Fact] = field(default_factory=Counter)

    @property
    def text(self) -> str:
        """As plain text: the table with bars, as Markdown has it."""
        if not self.rows:
            return "\n".join(self.paragraphs)
        head, *rows = (f"| {' | '.join(row)} |" for row in self.rows)
        bar = "|" + "---|" * len(self.rows[0])
        return "\n".join((*self.paragraphs, head, bar, *rows))

    def clause(self, ref: str, level: str, marker: str | None, heading: str | None = None) -> None:
        self.facts["clause", ref, level, marker, heading] += 1

    def state(self, ref: str, sentences: list[Sentence]) -> str:
        """The words of sentences whose facts are those of a clause."""
        for sentence in sentences:
            self.facts.update((fact[0], ref, *fact[1:]) for fact in sentence.facts)
        return "".join(sentence.words for sentence in sentences)


def written(rng: Random) -> Written:
    """A notice: the same for the same state of `rng`."""
    made = Written()
    rng.choice((_plan, _plan, _opinion, _regulation))(made, rng)
    return made


def _issued(made: Written, rng: Random, title: str, kind: str, city: str, sign: str, body: str) -> str:
    """State the head; the date as it is printed."""
    year, month, day = rng.randint(2018, 2026), rng.randint(1, 12), rng.randint(1, 28)
    number = f"{sign}〔{year}〕{rng.randint(1, 99)}号"
    made.facts[
        "head",
        title,
        "办法" if kind == "管理办法" else kind,
        number,
        (f"{city}人民政府",),
        f"{year}-{month:02}-{day:02}",
    ] += 1
    made.clause("front", "front", None)
    made.paragraphs += [number, body]
    return f"{year}年{month}月{day}日"


def _covered(made: Written, rng: Random, kind: str) -> str:
    """A cover notice and the title of what it issues; the word for the level of its offices."""
    city, level, sign = rng.choice(CITIES)
    title = f"{city}{rng.choice(SUBJECTS)}{kind}"
    date = _issued(made, rng, title, kind, city, sign, f"{city}人民政府关于印发{title}的通知")
    quoted = f"现将《{title}》印发给你们，请认真贯彻执行。"
    made.paragraphs += ["各县（区）人民政府，各有关单位：", quoted, f"{city}人民政府", date, title]
    made.facts["citation", "front", title, None, "issues"] += 1
    return level


def _plan(made: Written, rng: Random) -> None:
    level = _covered(made, rng, rng.choice(("实施方案", "行动方案")))
    made.clause("0", "preamble", None)
    made.paragraphs.append("为贯彻落实上级部署，结合实际，制定本方案。")
    _parts(made, rng, level)
    made.clause("closing", "closing", None)
    made.paragraphs.append("本方案自印发之日起施行。")
    if rng.random() < 0.4:
        _annex(made, rng, level)


def _opinion(made: Written, rng: Random) -> None:
    city, level, sign = rng.choice(CITIES)
    title = f"{city}人民政府关于加强{rng.choice(SUBJECTS)}的意见"
    date = _issued(made, rng, title, "意见", city, sign, title)
    made.clause("0", "preamble", None)
    made.paragraphs += ["各县（区）人民政府，各有关单位：", "为贯彻落实上级部署，结合实际，提出如下意见。"]
    _parts(made, rng, level)
    made.clause("closing", "closing", None)
    made.paragraphs += ["本意见自印发之日起施行。", f"{city}人民政府", date]


def _regulation(made: Written, rng: Random) -> None:
    _covered(made, rng, rng.choice(("管理办法", "实施细则")))
    chaptered, article = rng.random() < 0.5, 0
    for chapter in range(1, rng.randint(2, 4) + 1):
        if chaptered:
            heading = rng.choice(PARTS)
            made.clause(f"{chapter}", "chapter", f"第{chinese(chapter)}章", heading)
            made.paragraphs.append(f"第{chinese(chapter)}章 {heading}")
        for _ in range(rng.randint(1, 4)):
            article += 1
            ref = f"{chapter}.{article}" if chaptered else f"{article}"
            made.clause(ref, "article", f"第{chinese(article)}条")
            items = rng.choice((0, 0, 0, 2, 3, 4))
            words = made.state(ref, prose(rng, last=not items))
            made.paragraphs.append(f"第{chinese(article)}条 {words}")
            if items:
                for number in range(1, items + 1):
                    own = f"{ref}.{number}"
                    made.clause(own, "subpart", f"（{chinese(number)}）")
                    made.paragraphs.append(
                        f"（{chinese(number)}）{made.state(own, prose(rng, most=1, last=number == items))}"
                    )


def _parts(made: Written, rng: Random, level: str) -> None:
    runs_on, article = rng.random() < 0.5, 0
    for part in range(1, rng.randint(2, 5) + 1):
        heading = rng.choice(PARTS)
        made.clause(f"{part}", "part", f"{chinese(part)}、", heading)
        made.paragraphs.append(f"{chinese(part)}、{heading}")
        subs = rng.randint(0, 4)
        if rng.random() < 0.4:
            made.paragraphs.append(made.state(f"{part}", prose(rng, last=not subs)))
        for sub in range(1, subs + 1):
            article = _subpart(made, rng, f"{part}.{sub}", sub, level, article if runs_on else 0)


def _subpart(made: Written, rng: Random, ref: str, number: int, level: str, article: int) -> int:
    heading, marker = rng.choice(TITLES), f"（{chinese(number)}）"
    made.clause(ref, "subpart", marker, heading)
    count = rng.choice((0, 0, 1, 2, 3))
    words = [] if count and rng.random() < 0.5 else prose(rng, last=not count)
    if words and not count and rng.random() < 0.6:
        words.append(duties(rng, level))
    made.paragraphs.append(f"{marker}{heading}" + (f"。{made.state(ref, words)}" if words else ""))
    for _ in range(count):
        article += 1
        _article(made, rng, f"{ref}.{article}", article, level)
    return article


def _article(made: Written, rng: Random, ref: str, number: int, level: str) -> None:
    heading = rng.choice(TITLES)
    made.clause(ref, "article", f"{number}.", heading)
    form = rng.choice(("none", "none", "run", "circled", "below"))
    words = made.state(ref, prose(rng, last=form == "none"))
    if form == "none":
        if rng.random() < 0.6:
            words += made.state(ref, [duties(rng, level)])
        made.paragraphs.append(f"{number}.{heading}。{words}")
        return
    if form == "below":
        made.paragraphs.append(f"{number}.{heading}。{words}")
    listed = []
    items = rng.randint(2, 4)
    for item in range(1, items + 1):
        own, title = f"{ref}.{item}", rng.choice(TITLES)
        marker = {"run": f"{chinese(item)}是", "circled": CIRCLED[item - 1], "below": f"（{item}）"}[form]
        made.clause(own, "item", marker, title)
        listed.append(f"{marker}{title}。{made.state(own, prose(rng, most=2, last=item == items))}")
    if form == "below":
        made.paragraphs += listed
    else:
        made.paragraphs.append(f"{number}.{heading}。{words}{''.join(listed)}")


def _annex(made: Written, rng: Random, level: str) -> None:
    made.paragraphs += ["附件", "重点任务分工清单"]
    made.clause("a1", "annex", "附件", "重点任务分工清单")
    made.rows.append(("序号", "重点任务", "牵头单位", "配合单位"))
    for number in range(1, rng.randint(2, 8) + 1):
        lead, *support = (level + office for office in rng.sample(OFFICES, rng.randint(2, 5)))
        support += ALL[: rng.randint(0, 1)]
        ref, task = f"a1.{number}", rng.choice(TITLES)
        made.rows.append((str(number), f"{task}，推动工作落实。", lead, "、".join(support)))
        made.clause(ref, "row", str(number))
        made.facts["duty", ref, lead, "lead", "table"] += 1
        made.facts.update(("duty", ref, name, "support", "table") for name in support)
