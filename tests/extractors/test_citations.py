"""The documents that a text cites; each case is one clause."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.extractors.citations import citations
from extractor.lexicon.notices import load_notices
from extractor.model import Citation, Clause, Level, Paragraph, Span, Text

Row = tuple[str, str | None, str | None]  # relation, title, number


def of(words: str, level: Level = "part") -> tuple[Text, tuple[Clause, ...]]:
    text = Text(words, (Paragraph(Span(0, len(words))),))
    return text, (Clause("1", level, Span(0, len(words)), 0, subtree_end=len(words)),)


def found(words: str, level: Level = "part") -> list[Citation]:
    text, clauses = of(words, level)
    return list(citations(text, clauses, load_notices()))


def rows(words: str, level: Level = "part") -> list[Row]:
    return [(cited.relation, cited.title, cited.doc_number) for cited in found(words, level)]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("根据《湿地保护法》，制定本办法。", [("basis", "湿地保护法", None)]),
        (
            "废止《公益金管理办法》（市民发〔2018〕42号）。",
            [("mentions", "公益金管理办法", "市民发〔2018〕42号")],
        ),
        ("严格执行《防火规范》（GB 55037—2022）等标准。", [("implements", "防火规范", "GB55037—2022")]),
        (
            "废止：临政办发〔2012〕33号和临政办字〔2013〕7号。",
            [("mentions", None, "临政办发〔2012〕33号"), ("mentions", None, "临政办字〔2013〕7号")],
        ),
        ("支持黄梅戏《女驸马》、越剧《梁祝》等剧目复排。", []),
        ("按照《全省规划》（皖政〔2021〕16号）执行。", [("implements", "全省规划", "皖政〔2021〕16号")]),
        (
            "深入贯彻落实《防洪法》《河道条例》和《湖泊条例》，加强宣传。",
            [
                ("implements", "防洪法", None),
                ("implements", "河道条例", None),
                ("implements", "湖泊条例", None),
            ],
        ),
        (
            "为全面贯彻落实《甲意见》（国办发〔2019〕15号）、《乙意见》（赣府厅发〔2020〕6号）精神，",
            [("basis", "甲意见", "国办发〔2019〕15号"), ("basis", "乙意见", "赣府厅发〔2020〕6号")],
        ),
        (
            "根据《中共湘潭市委 湘潭市人民政府关于印发〈湘潭市养老方案〉的通知》（潭发〔2023〕9号）精神",
            [("basis", "中共湘潭市委 湘潭市人民政府关于印发〈湘潭市养老方案〉的通知", "潭发〔2023〕9号")],
        ),
        ("落实《关于《养老规划》的通知》要求", [("implements", "关于《养老规划》的通知", None)]),
        (
            "2023年制定印发了《区政府关于印发养老方案》的通知（新发[2023] 9 号）。",
            [("mentions", "区政府关于印发养老方案", "新发〔2023〕9号")],
        ),
        ("围绕党中央、国务院《关于乡村振兴的决定》，坚持", [("basis", "关于乡村振兴的决定", None)]),
        (
            "为贯彻落实中央有关文件精神，以及民政部、财政部等17部委印发的《养老意见》要求，",
            [("basis", "养老意见", None)],
        ),
        ("对符合《划拨用地目录》的，可采取划拨方式。", [("mentions", "划拨用地目录", None)]),
        ("根据《土地法》，修订《用地目录》。", [("basis", "土地法", None), ("mentions", "用地目录", None)]),
        (
            "落实《种子法》规定，开展宣传，发放《种子手册》。",
            [("implements", "种子法", None), ("mentions", "种子手册", None)],
        ),
        ("依据《信息条例》（国务院令第711号）公开。", [("basis", "信息条例", "国务院令第711号")]),
        ("依据《登记条件暂行规定》（省政府令290号）办理。", [("basis", "登记条件暂行规定", "省政府令290号")]),
        (
            "符合《税收公告》（财政部 税务总局公告2023年第12号）的。",
            [("mentions", "税收公告", "财政部税务总局公告2023年第12号")],
        ),
        ("《用水办法》（试行）（水规〔2020〕3号）同时废止。", [("mentions", "用水办法", "水规〔2020〕3号")]),
        (
            "《用水办法》（水规〔2020〕3号，以下简称《办法》）。",
            [("mentions", "用水办法", "水规〔2020〕3号")],
        ),
        ("按照国办发〔2019〕15号文件要求办理。", [("implements", None, "国办发〔2019〕15号")]),
        (
            "落实苏政办发〔2020〕8号《关于养老的意见》。",
            [("implements", "关于养老的意见", "苏政办发〔2020〕8号")],
        ),
        ("原洪府发〔2010〕7号文件同时废止。", [("mentions", None, "洪府发〔2010〕7号")]),
        ("根据和政发〔2020〕1号办理。", [("basis", None, "和政发〔2020〕1号")]),
        ("按《防火规范》设计。", [("implements", "防火规范", None)]),
        ("填写《工伤认定申请表》，凭《营业执照》和《健康证明》领取。", []),
        ("《人民日报》刊登后生效。", []),
        ("在《某省人民政府公报》和《某某证券报》上刊登。", []),
        ("发出《统计检查查询书》。", []),
        ("本《办法》自公布之日起施行。", []),
        ("根据《临汾市防汛目标责任书》，签订《目标责任书》。", [("basis", "临汾市防汛目标责任书", None)]),
        ("没有关的《养老办法", []),
        ("《旧办法，然后按照《新办法》执行。", [("implements", "新办法", None)]),
        ("没有开的》，第（2023）号，2023年8号。", []),
        ("《》《 》", []),
        ("投资500万元（2023）以上。", []),
    ],
)
def test_citations(words: str, wanted: list[Row]) -> None:
    assert rows(words) == wanted


@pytest.mark.parametrize(
    ("words", "title", "number"),
    [
        # the number in brackets of any shape, after what may end a title
        ("依据《信息条例》(国务院令第711号)公开。", "信息条例", "国务院令第711号"),
        ("依据《信息条例》[豫政〔2016〕9号]公开。", "信息条例", "豫政〔2016〕9号"),
        ("依据《用水办法》〔水规（2020）3号〕公开。", "用水办法", "水规〔2020〕3号"),
        ("依据《用水办法》（经修订（2020年）的水规〔2020〕3号）办理。", "用水办法", "水规〔2020〕3号"),
        ("《用水办法》（水规〔2020〕3号）（2022年修正）废止。", "用水办法", "水规〔2020〕3号"),
        ("《用水办法》（2022年修正）（水规〔2020〕3号）废止。", "用水办法", "水规〔2020〕3号"),
        ("落实《用水办法》文件精神（水规〔2020〕3号）。", "用水办法", "水规〔2020〕3号"),
        ("落实《用水办法》等文件（水规〔2020〕3号）。", "用水办法", "水规〔2020〕3号"),
        ("落实《用水办法》的规定（水规〔2020〕3号）。", "用水办法", "水规〔2020〕3号"),
        ("落实《用水办法》等规定，见附件（水规〔2020〕3号）。", "用水办法", None),
        ("落实《用水办法》（水规〔2020〕3号", "用水办法", None),  # a bracket that never ends
        # the number before the title, and the words that join them
        ("落实苏政办发〔2020〕8号文《养老意见》。", "养老意见", "苏政办发〔2020〕8号"),
        ("落实苏政办发〔2020〕8号文件《养老意见》。", "养老意见", "苏政办发〔2020〕8号"),
        ("落实苏政办发〔2020〕8号印发的《养老意见》。", "养老意见", "苏政办发〔2020〕8号"),
        ("落实苏政办发〔2020〕8号文件印发的《养老意见》。", "养老意见", "苏政办发〔2020〕8号"),
        ("落实民发〔2020〕8号公布的《养老目录》。", "养老目录", "民发〔2020〕8号"),
        # where a title ends, and how it is printed on one line
        ("落实《云南省\n人口与\n发展条例》。\n各地\n抓好\n宣传。", "云南省人口与发展条例", None),
        ("落实《某省委  某省政府关于养老的意见》。", "某省委 某省政府关于养老的意见", None),
        ("落实《关于修订〈甲法〉和《乙法》的决定》。", "关于修订〈甲法〉和《乙法》的决定", None),
        ("落实《关于转发国办发〔2019〕15号的通知》。", "关于转发国办发〔2019〕15号的通知", None),
    ],
)
def test_title_and_number_belong_together(words: str, title: str, number: str | None) -> None:
    assert [(cited.title, cited.doc_number) for cited in found(words)[:1]] == [(title, number)]


@pytest.mark.parametrize(
    "words",
    [
        "落实《云南省\n人口\n与发展\n条例》。",  # on four lines
        f"落实《{'关于养老' * 60}的通知》。",  # longer than a title is
        "落实《甲》。",
    ],
)
def test_what_no_title_looks_like(words: str) -> None:
    assert rows(words) == []


VERBS = ["对照", "遵守", "根据", "修订", "发布", "违反", "结合", "详见", "印发了", "按照", "落实", "和", "原"]


@pytest.mark.parametrize("verb", VERBS)
def test_the_verb_before_a_bare_number_is_none_of_its_sign(verb: str) -> None:
    assert [cited.doc_number for cited in found(f"{verb}临政办发〔2012〕33号文件。")] == [
        "临政办发〔2012〕33号"
    ]


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("废止国办发〔2019〕1号国办发〔2020〕2号文件。", ["国办发〔2019〕1号", "国办发〔2020〕2号"]),
        ("根据国办发〔2019〕15号，制定《防汛方案》。", ["国办发〔2019〕15号", None]),
        ("制定《防汛方案》，废止国办发〔2019〕15号。", [None, "国办发〔2019〕15号"]),
    ],
)
def test_a_number_of_its_own_belongs_to_no_title(words: str, numbers: list[str | None]) -> None:
    assert [cited.doc_number for cited in found(words)] == numbers


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        # a short name that is given, or used by the notice of itself
        ("执行《养老意见》（以下简称《意见》）。", ["养老意见"]),
        ("执行《养老意见》（以下统称为“《意见》”）。", ["养老意见"]),
        ("执行《养老意见》（下称《意见》）。", ["养老意见"]),
        ("执行《养老意见》，下文简称：《意见》。", ["养老意见"]),
        ("以往的《意见》并称好。", ["意见"]),
        # forms, unless they have a number or are named with 关于
        ("填写《工伤认定申请表（试行）》。", []),
        ("填写《工伤认定申请表》（苏人社发〔2020〕8号）。", ["工伤认定申请表"]),
        ("落实《关于加强居民身份证》要求。", ["关于加强居民身份证"]),
        ("签订《水费代收协议》。", []),
        ("落实《云岭市水污染防治目标责任书》。", ["云岭市水污染防治目标责任书"]),
        ("公布《某市权力责任清单》《居民公约》。", ["某市权力责任清单", "居民公约"]),
        ("评选《优秀职工代表》。", ["优秀职工代表"]),
        # works of art
        ("放映电影《长津湖》和《万里归途》，演唱歌曲《我的祖国》。", []),
        ("放映电影《长津湖》，落实《电影法》。", ["电影法"]),
        ("拍摄纪录片《河西走廊》（广发〔2020〕3号）。", ["河西走廊"]),
    ],
)
def test_what_is_a_document(words: str, titles: list[str]) -> None:
    assert [cited.title for cited in found(words)] == titles


@pytest.mark.parametrize(
    ("level", "words", "wanted"),
    [
        ("part", "落实《防洪法》以及新修订的《湖泊条例》，抓好宣传。", ["implements", "implements"]),
        ("part", "落实《防洪法》及其《实施条例》。", ["implements", "implements"]),
        ("part", "落实《防洪法》，开展宣传活动，《防洪手册》免费发放。", ["implements", "mentions"]),
        ("part", "落实《防洪法》。《防洪手册》免费发放。", ["implements", "mentions"]),
        ("part", "根据中央部署，以及《防洪法》要求，制定本办法。", ["basis"]),
        ("part", "根据中央部署，宣传《防洪法》。", ["mentions"]),
        ("part", "根据《防洪法》精神，以及《湖泊条例》要求，制定本办法。", ["basis", "basis"]),
        ("part", "根据《防洪法》等规定，结合《湖泊条例》，制定本办法。", ["basis", "mentions"]),
        ("part", f"根据{'有关文件、' * 20}上级要求和《防洪法》办理。", ["mentions"]),  # too far away
        ("part", "为做好节水工作，现将《节水清单》公布如下：", ["mentions"]),
        ("preamble", "县政府制定了《节水方案》。\n现将《节水清单》公布如下：", ["mentions", "issues"]),
        ("preamble", "现将《节水方案》（临政发〔2023〕8号）和《治污方案》印发给你们。", ["issues", "issues"]),
        ("front", "关于节水的通知\n《节水方案》已经市政府同意，现予印发。", ["issues"]),
        ("front", "关于节水的通知\n（2019年3月1日《节水方案》第一次修正）", ["mentions"]),
        ("front", "某省河道条例\n根据《水法》，制定本条例。", ["basis"]),
        ("front", "市政府文件\n根据临政发〔2023〕8号，制定本办法。", ["basis"]),
        ("front", "市政府文件\n根据临政发〔2023〕8号，制定本办法", ["basis"]),
        (
            "front",
            "河道条例\n目录\n2019年3月1日《修改甲的决定》修正，现予发布\n第一章 总则\n总则",
            ["mentions"],
        ),
        ("front", "市政府文件\n根据临政发〔2023〕8号制定本办法。\n各乡镇：", ["basis"]),
        ("front", "市政府文件\n临政发〔2023〕8号\n关于节水，保护水源的通知。", []),
        ("front", "市政府文件\n临政发〔2023〕8号　签发人：市长\n关于节水的通知", []),
        ("part", "各乡镇抓好落实。\n（临政发〔2023〕8号）\n某市人民政府", []),
        ("part", "抓好落实。\n做好宣传。\n（临政发〔2023〕8号）\n某市人民政府\n2023年5月1日", []),
        ("part", "各乡镇抓好落实。\n按临政发〔2023〕8号办理\n某市人民政府", ["implements"]),
        ("closing", "《节水办法》（临政发〔2018〕8号）同时废止。", ["mentions"]),
        ("back", "《节水办法》见临政发〔2023〕8号。", ["mentions"]),
    ],
)
def test_relation_by_the_place_and_the_verb(level: Level, words: str, wanted: list[str]) -> None:
    assert [cited.relation for cited in found(words, level)] == wanted


def test_the_cover_notice_issues_its_plan() -> None:
    cover = "关于印发《节水方案》的通知\n各乡镇：\n现将《节水方案》印发给你们，请按照《水法》执行。"
    assert [cited.relation for cited in found(cover, "front")] == ["issues", "issues", "implements"]


def test_a_notice_with_provisions_of_its_own_issues_its_annexes() -> None:
    opening = "根据《水法》，现将《节水任务》《治污任务》印发给你们，请对照《节水方案》落实。"
    relations = [cited.relation for cited in found(opening, "preamble")]
    assert relations == ["basis", "issues", "issues", "implements"]
    asked = "现将《节水任务》征求意见，按照省政府印发的《节水方案》办理。"
    assert [cited.relation for cited in found(asked, "preamble")] == ["mentions", "implements"]


def test_the_decision_that_amended_a_regulation_is_only_mentioned() -> None:
    history = "2019年3月1日《某省关于修改河道条例的决定》修正，现予发布"
    assert rows(f"某省河道条例\n{history}", "front") == [("mentions", "某省关于修改河道条例的决定", None)]


@pytest.mark.parametrize("level", ["front", "back"])
def test_the_number_of_a_letterhead_is_no_citation(level: Level) -> None:
    assert rows("县政府文件\n县政发〔2023〕8号\n关于节水的通知", level) == []


def test_a_title_over_a_line_break_is_one_line() -> None:
    assert rows("贯彻《云南省人口\n与发展条例》。") == [("implements", "云南省人口与发展条例", None)]


@pytest.mark.parametrize(
    ("words", "quote"),
    [
        ("根据《水法》（国办发〔2019〕15号）精神", "《水法》（国办发〔2019〕15号）"),
        ("根据《水法》的通知（国办发〔2019〕15号）", "《水法》的通知（国办发〔2019〕15号）"),
        ("根据《水法》（2021年修订）。", "《水法》"),
        ("根据《水法》（国办发〔2019〕15号，以下简称《水法》）。", "《水法》（国办发〔2019〕15号"),
        ("根据《水法》（ 国务院令第711号 ）。", "《水法》（ 国务院令第711号 ）"),
        ("根据《水法》（试行）（国办发〔2019〕15号）。", "《水法》（试行）（国办发〔2019〕15号）"),
        ("根据国办发〔2019〕15号。", "国办发〔2019〕15号"),
        ("根据 国办发[2019] 15号《水利意见》。", "国办发[2019] 15号《水利意见》"),
    ],
)
def test_quote(words: str, quote: str) -> None:
    assert [words[cited.span.start : cited.span.end] for cited in found(words)] == [quote]


def test_each_citation_lies_in_one_clause() -> None:
    words = "根据《甲法》制定。\n《乙\n法》与《丙法》。"
    spans = [Span(0, 10), Span(10, 12), Span(12, len(words))]
    clauses = tuple(Clause(str(n), "part", span, span.start) for n, span in enumerate(spans))
    text = Text(words, (Paragraph(Span(0, len(words))),))
    assert [(cited.clause, cited.title) for cited in citations(text, clauses, load_notices())] == [
        (0, "甲法"),
        (2, "丙法"),
    ]


@given(st.text(alphabet="《》〈〉（）〔2023〕15号发国办根据落实条例，。\n的通知以下简称", max_size=120))
def test_quotes_are_in_order_and_hold_their_title(words: str) -> None:
    end = 0
    for cited in found(words):
        quote = words[cited.span.start : cited.span.end]
        assert cited.span.start >= end
        end = cited.span.end
        assert cited.title is not None or cited.doc_number is not None
        if cited.title is not None:
            assert f"《{cited.title}》" in quote.replace("\n", "")


@pytest.mark.parametrize(
    "unit", ["《", "》", "《甲法》", "《甲", "（", "国办发〔2019〕15号", "《甲》（", "《《》"]
)
def test_hostile_text_is_read_in_linear_time(unit: str) -> None:
    assert len(found(unit * 50_000)) <= 50_000
