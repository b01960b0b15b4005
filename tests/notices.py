"""Made-up notices for property tests: a tree of clauses, the text that prints it, and ways to print it anew."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

PARTS = ("总体要求", "重点任务", "工作措施", "保障机制", "组织实施")
TITLES = (
    "加强组织领导",
    "完善服务体系",
    "扩大优质供给",
    "落实资金保障",
    "推进数据共享",
    "严格监督考核",
    "优化营商环境",
)
SENTENCES = (
    "各单位要结合实际抓好落实。",
    "建立健全工作机制，明确职责分工，确保各项任务落到实处。",
    "充分发挥基层组织作用，及时回应群众关切。",
    "对符合条件的家庭，按规定给予适当支持。",
    "鼓励社会力量参与，形成多元供给格局。",
    "坚持问题导向，因地制宜推进重点领域改革。",
)
UNITS = "（责任单位：市民政局、财政局，各县（区）人民政府）"
FACTS = (
    "到2026年，全市养老机构护理型床位占比达到60%以上。",
    "对新建社区食堂的，给予每家一次性建设补助5万元。",
    "申请材料齐全的，应当在五个工作日内办结。",
    "落实《某某省养老服务条例》（某发〔2023〕12号）要求。",
    "2025年底前完成改造任务，新增床位300张。",
    UNITS,
    "对经济困难的高龄老人，按每人每月100元发放补贴。",
)
CHINESE = "一二三四五六七八九十"


@dataclass(frozen=True)
class Printed:
    """A paragraph with the ref, level and heading of the clause that it begins (None: it goes on)."""

    words: str
    ref: str | None = None
    level: str | None = None
    heading: str | None = None


@dataclass(frozen=True)
class Made:
    paragraphs: tuple[Printed, ...]

    @property
    def text(self) -> str:
        return "\n".join(p.words for p in self.paragraphs)

    @property
    def outline(self) -> list[tuple[str, str, str | None]]:
        return [(p.ref, p.level or "", p.heading) for p in self.paragraphs if p.ref is not None]


sentences = st.lists(st.sampled_from(SENTENCES + FACTS), min_size=1, max_size=4).map("".join)
titles = st.sampled_from(TITLES)


@st.composite
def notices(draw: st.DrawFn) -> Made:
    """A plan of parts, subparts and articles; the numbers of articles run on or begin anew."""
    runs_on = draw(st.booleans())
    paragraphs = [
        Printed("某某市人民政府关于印发某某市公共服务提升实施方案的通知", "front", "front"),
        Printed("各县（区）人民政府，市直有关单位："),
        Printed("为贯彻落实上级部署，结合我市实际，制定本实施方案。", "0", "preamble"),
    ]
    article = 0
    for part in range(1, draw(st.integers(1, 4)) + 1):
        heading = draw(st.sampled_from(PARTS))
        paragraphs.append(Printed(f"{CHINESE[part - 1]}、{heading}", f"{part}", "part", heading))
        if draw(st.booleans()):
            paragraphs.append(Printed(draw(sentences)))
        for sub in range(1, draw(st.integers(0, 4)) + 1):
            ref, heading = f"{part}.{sub}", draw(titles)
            words = draw(st.one_of(st.just(""), sentences))
            articles = draw(st.integers(0, 3))
            end = "。" if words else ""
            paragraphs.append(
                Printed(f"（{CHINESE[sub - 1]}）{heading}{end}{words}", ref, "subpart", heading)
            )
            article = article if runs_on else 0
            for _ in range(articles):
                article += 1
                heading, words = draw(titles), draw(sentences)
                titled = heading if words.replace(UNITS, "") else None  # alone with its units, it is the task
                paragraphs.append(
                    Printed(f"{article}.{heading}。{words}", f"{ref}.{article}", "article", titled)
                )
    paragraphs.append(Printed("本方案自印发之日起施行，有效期三年。", "closing", "closing"))
    return Made(tuple(paragraphs))


def wrapped(text: str, width: int, *, page: int | None = None) -> str:
    """The text broken into lines of `width` characters, with a page number after each `page` lines."""
    lines = [line[i : i + width] for line in text.split("\n") for i in range(0, max(len(line), 1), width)]
    if page is None:
        return "\n".join(lines)
    out: list[str] = []
    for number, start in enumerate(range(0, len(lines), page), 1):
        out += [*lines[start : start + page], f"— {number} —"]
    return "\n".join(out)
