"""The words that show what a line of a notice is, as patterns (see layout.toml)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from extractor.lexicon import read_toml

NUMERAL = "[0-9一二三四五六七八九十]{1,3}(?:-[0-9]{1,2})?"
DAY = "[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日"


@dataclass(frozen=True, slots=True)
class Layout:
    """One pattern an idea; all are matched at the start of a line unless the name says otherwise."""

    watermark: re.Pattern[str]  # the whole line
    alone: re.Pattern[str]
    title_end: re.Pattern[str]  # searched: the end of a title, with its （试行）
    after_title: re.Pattern[str]
    purpose: re.Pattern[str]  # searched
    closing: re.Pattern[str]
    calls: re.Pattern[str]  # 各县区、各部门要…
    back: re.Pattern[str]
    imprint: re.Pattern[str]
    signed: re.Pattern[str]  # the whole line: the office that signed, and the day
    form_title: re.Pattern[str]  # the whole line
    row_column: re.Pattern[str]  # searched, as the five that follow
    task_column: re.Pattern[str]
    unit_column: re.Pattern[str]
    due_column: re.Pattern[str]
    cited_column: re.Pattern[str]
    group_column: re.Pattern[str]
    whose_column: re.Pattern[str]  # the whole title of a column of departments …
    given_column: re.Pattern[str]  # … where another says what each is to do
    after_table: re.Pattern[str]
    units_alone: re.Pattern[str]  # the whole words: a line of a list, not the title of one, has them after it
    units_below: re.Pattern[str]  # the whole lines
    office: re.Pattern[str]  # searched: the end of an office's name
    office_start: re.Pattern[str]
    duty: re.Pattern[str]  # 市公安局|维护…: a member of a list of duties
    roles: re.Pattern[str]  # searched: the words that give the roles, at the end
    verbal: re.Pattern[str]  # searched
    ruling: re.Pattern[str]  # searched
    no_label: re.Pattern[str]  # searched
    last_part: re.Pattern[str]  # searched
    last_chapter: re.Pattern[str]  # of a regulation, the whole title
    closing_part: re.Pattern[str]  # the whole title
    named: re.Pattern[str]  # 医养结合补贴。|…: of a list of two too such a sentence is a title
    no_heading: re.Pattern[str]


def either(words: Iterable[str]) -> str:
    """An alternation of the words, the longest first."""
    return "(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + ")"


@cache
def layout() -> Layout:
    """The shipped words, compiled once a process."""
    data = read_toml("layout.toml")
    kinds = either(read_toml("notices.toml")["kinds"])
    closing, back, columns = data["closing"], data["back"], data["columns"]
    offices, headings = data["offices"], data["headings"]
    named = f"(?:{kinds}|{either(closing['self_names'])})"
    itself = f"{either(closing['subjects'])}{either(closing['modifiers'])}?{named}"
    entry = "(?:施行|实施|执行|生效)"
    duties = either(columns["duties"])
    unit_column = (
        f"{duties}{either(columns['between'])}?{either(columns['bodies'])}|{either(columns['others'])}"
    )
    roles = either(offices["roles"])
    return Layout(
        watermark=re.compile(rf"(?:由\s?)?{either(data['watermarks'])}\s?{either(data['watermark_verbs'])}?"),
        alone=re.compile(either(data["alone"])),
        title_end=re.compile(rf"{kinds}(?:（[^（）]{{1,20}}）)?$"),
        after_title=re.compile(
            rf"{either(data['after_title'])}|[一二三四五六七八九十]{{1,3}}、|(?!如下)[^，。]{{2,40}}：$"
        ),
        purpose=re.compile(either(data["purposes"])),
        closing=re.compile(
            rf"""(?:{either(closing["labels"])}[：:])?{itself}[^。]{{0,40}}?(?:[自从][^。]{{0,40}}{entry}|由[^。]{{0,40}}解释|{either(closing["predicates"])})
            | {either(closing["starts"])}[^。]{{0,30}}{entry}
            | 自[0-9]{{4}}年[^。]{{0,30}}{entry}
            | (?:上述|以上)[^，。；]{{2,20}}自[^，。；]{{4,20}}起{entry}
            | 附\s?[件表]\s?[：:]
            | {either(closing["formulas"])}
            | {either(closing["reporters"])}[^。]{{0,60}}{either(closing["reported"])}""",
            re.VERBOSE,
        ),
        calls=re.compile(
            rf"各{either(closing['callers'])}[^，。；：\n]{{0,30}}?{either(closing['calls'])}(?!求)"
        ),
        back=re.compile(
            rf"[（【]?{either(back['labels'])}|[^。，：]{{0,12}}{either(back['telephones'])}|[^。，]{{2,30}}{either(back['imprint_offices'])}\s?{DAY}印发"
            rf"|(?![（〔【\[]?{duties})[^：，。]{{0,12}}{either(back['recipients'])}[：:][^。]{{0,40}}、[^。]{{0,60}}、"
        ),
        imprint=re.compile(rf"抄\s?[送报]|[^。，]{{2,30}}{DAY}印发$"),
        signed=re.compile(
            rf"[^，。；：《》0-9\n]{{2,60}}{either(headings['signatures'])}(?:（[^（）]{{2,20}}）)?\s?{DAY}(?:发布|印发|公布)?。?"
        ),
        form_title=re.compile(rf"[^，。；：]{{2,40}}{either(back['forms'])}"),
        row_column=re.compile(either(columns["row"])),
        task_column=re.compile(either(columns["tasks"])),
        unit_column=re.compile(unit_column),
        due_column=re.compile(either(columns["due"])),
        cited_column=re.compile(either(columns["cited"])),
        group_column=re.compile(either(columns["groups"])),
        whose_column=re.compile(either(columns["whose"])),
        given_column=re.compile(either(columns["given"])),
        after_table=re.compile(either(columns["after"])),
        # 地区生产总值增长8%以上。|（牵头单位：区发改局）
        units_alone=re.compile(rf"[（(【〔\[][^（()）]{{0,30}}{duties}[^\n。]{{0,400}}[）)】〕\]]。?"),
        # … and its offices on lines of their own: 责任单位：市发改委
        units_below=re.compile(
            rf"(?:[（(【〔\[]?{duties}[^\n：:]{{0,8}}[：:][^\n。]{{0,400}}。?(?:\n|$)){{1,4}}"
        ),
        office=re.compile(rf"{either(offices['ends'])}(?:（[^（）]{{1,12}}）)?$"),
        office_start=re.compile(
            rf"{either(offices['starts'])}|[\u3400-\u9fff]{{2,8}}{either(offices['local_ends'])}"
        ),
        duty=re.compile(
            rf"(?:(?![，。；：的])[\u4e00-\u9fff（）、]){{1,40}}?(?:(?<![布全结大格])局|{either(offices['bearers'])})"
            rf"(?:等(?:有关|相关)?(?:单位|部门))?(?={either(offices['duties'])}|[0-9])"
        ),
        roles=re.compile(rf"(?:按职责分工)?(?:分别)?{roles}{{1,3}}(?:单位|落实|实施)?[。：:]?$|等$"),
        verbal=re.compile(either(offices["verbal"]) + r"|落实(?!$)"),
        ruling=re.compile(
            rf"""{either(headings["ruling"])}|由.{{1,20}}{either(headings["assigning"])}|到20[0-9]{{2}}年
            |{either(headings["bound"])}{either(headings["binding"])}
            |^{either(headings["own"])}{either(headings["own_nouns"])}|[0-9](?:%|‰|万|亿|元)""",
            re.VERBOSE,
        ),
        no_label=re.compile(either(headings["no_label"])),
        last_part=re.compile(either(headings["last"])),
        last_chapter=re.compile(either(headings["last_chapter"])),
        closing_part=re.compile(either(headings["closing"])),
        named=re.compile(rf"[^，。；：\n]{{2,12}}{either(headings['nouns'])}。"),
        no_heading=re.compile(
            rf"""[0-9]{{4}}年[0-9]{{1,2}}月|（?{either(headings["fields"])}|[^：:]{{0,3}}[：:]|[0-9\s./%-]{{1,40}}$
            |[^\n]{{0,40}}{either(headings["signatures"])}$|第?[0-9]+页""",
            re.VERBOSE,
        ),
    )
