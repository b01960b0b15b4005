"""What a notice says of itself: made-up heads in the layouts that offices use."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.extractors.metadata import read_head
from extractor.lexicon.divisions import load_divisions
from extractor.lexicon.notices import load_notices
from extractor.model import Clause, Finding, Head, Level, Paragraph, Span, Text
from extractor.pipeline import read_bytes

BODY = "一、总体目标。到2025年，全面建成服务体系。"
PLAN_COVER = """余干县人民政府文件
余府发〔2023〕6号
余干县人民政府关于印发余干县健康行动实施方案的通知
各乡（镇）人民政府，县直各单位：
现将《余干县健康行动实施方案》印发给你们，请认真贯彻落实。
余干县人民政府
2023年12月7日
（此件主动公开）
余干县健康行动
实施方案"""


def notice(front: str, *parts: tuple[Level, str]) -> tuple[Text, tuple[Clause, ...]]:
    """A text of which each part is one clause."""
    pieces: list[tuple[Level, str]] = [("front", front), *parts]
    text = "\n".join(words for _, words in pieces)
    clauses: list[Clause] = []
    paragraphs: list[Paragraph] = []
    start = 0
    for position, (level, words) in enumerate(pieces):
        end = start + len(words)
        clauses.append(Clause(str(position), level, Span(start, end), start, subtree_end=end))
        at = start
        for line in words.split("\n"):
            paragraphs.append(Paragraph(Span(at, at + len(line))))
            at += len(line) + 1
        start = end + 1
    return Text(text, tuple(paragraphs)), tuple(clauses)


def read(front: str, *parts: tuple[Level, str]) -> tuple[Head, tuple[Finding, ...]]:
    text, clauses = notice(front, *(parts or (("part", BODY),)))
    return read_head(text, clauses, divisions=load_divisions(), notices=load_notices())


HEADS: Mapping[str, tuple[str, dict[str, object]]] = {
    "a plan under its cover": (
        PLAN_COVER,
        {
            "title": "余干县健康行动实施方案", "kind": "实施方案", "status": "final", "doc_number": "余府发〔2023〕6号",
            "issuers": ("余干县人民政府",), "jurisdiction_id": "361127", "issued_on": "2023-12-07",
        },
    ),
    "party and government, number in other brackets, a plan on trial": (
        "中共靖安县委文件\n靖发[2023] 8 号\n中共靖安县委 靖安县人民政府 关于印发《靖安县养老方案（试行）》的通知\n各乡镇党委：\n"
        "现将《靖安县养老方案（试行）》印发给你们。\n中共靖安县委\n靖安县人民政府\n2023年10月16日\n靖安县养老方案（试行）",
        {
            "title": "靖安县养老方案（试行）", "kind": "方案", "status": "trial", "doc_number": "靖发〔2023〕8号",
            "issuers": ("中共靖安县委", "靖安县人民政府"), "jurisdiction_id": "360925",
        },
    ),
    "a signature that shows one of the two offices of the title": (
        "维发〔2023〕15号\n中共维西县委 维西县人民政府印发《关于发展畜牧业的实施方案》的通知\n各乡（镇）党委：\n"
        "现将《关于发展畜牧业的实施方案》印发给你们。\n中共维西县委\n2023年6月28日\n维西县关于发展畜牧业的实施方案",
        {
            "title": "维西县关于发展畜牧业的实施方案", "issuers": ("中共维西县委", "维西县人民政府"),
            "jurisdiction_id": "533423", "issued_on": "2023-06-28",
        },
    ),
    "ministries, signed in a column, Chinese date": (
        "农业农村部 财政部\n关于做好奶业振兴工作的通知\n农计财发〔2022〕13号\n各省、自治区农业农村厅：",
        {
            "title": "农业农村部 财政部关于做好奶业振兴工作的通知", "kind": "通知", "issuers": ("农业农村部", "财政部"),
            "jurisdiction_id": "100000", "doc_number": "农计财发〔2022〕13号", "issued_on": None,
        },
    ),
    "a draft on three lines without any office": (
        "关于加强湿地保护\n修复工作的实施方案\n（征求意见稿）",
        {
            "title": "关于加强湿地保护修复工作的实施方案（征求意见稿）", "kind": "实施方案", "status": "draft", "doc_number": None,
            "issuers": (), "issued_on": None, "jurisdiction_id": None,
        },
    ),
    "an order": (
        "甘肃省人民政府令\n第162号\n《甘肃省节水办法》已经省政府常务会议通过，现予公布，自2022年3月1日起施行。\n省长 王某\n"
        "2022年1月12日\n甘肃省节水办法",
        {
            "title": "甘肃省节水办法", "kind": "办法", "doc_number": "甘肃省人民政府令第162号", "issuers": ("甘肃省人民政府",),
            "issued_on": "2022-01-12", "effective_from": "2022-03-01", "effective_until": None, "jurisdiction_id": "620000",
        },
    ),
    "a regulation with the note of its adoption and a table of contents": (
        "贵州省湿地条例\n（2015年11月27日贵州省第十二届人民代表大会常务委员会第十九次会议通过）\n目 录\n第一章 总则\n第二章 附则",
        {
            "title": "贵州省湿地条例", "kind": "条例", "issuers": ("贵州省人民代表大会常务委员会",), "jurisdiction_id": "520000",
            "issued_on": "2015-11-27",
        },
    ),
    "a reply": (
        "东乡县民政局\n东民提字〔2024〕1号\n分类：A\n关于县政协第43号提案的答复\n尊敬的李某某委员：",
        {
            "title": "关于县政协第43号提案的答复", "kind": "答复", "doc_number": "东民提字〔2024〕1号", "issuers": ("东乡县民政局",),
            "issued_on": None,
        },
    ),
    "a table of labels from the web": (
        "索引号：0034/2019\n发布机构：太湖县人民政府办公室\n成文日期：2019年1月17日\n发文字号：太政办〔2019〕3号\n"
        "发布日期：2019-01-23\n太湖县人民政府工作规则",
        {
            "title": "太湖县人民政府工作规则", "kind": "工作规则", "doc_number": "太政办〔2019〕3号",
            "issuers": ("太湖县人民政府办公室",), "issued_on": "2019-01-17", "jurisdiction_id": "340825",
        },
    ),
    "only the day it was put on the web": ("发布日期：2023-04-06\n关于规范集市秩序的通告", {"issued_on": None, "kind": "通告"}),
    "a short office in the title, its full name in the letterhead": (
        "长阳土家族自治县人民政府办公室文件\n长政办发〔2023〕21号\n县人民政府办公室关于印发长阳土家族自治县节水措施的通知\n"
        "各乡镇人民政府：\n现印发给你们。\n2023年9月20日\n长阳土家族自治县节水措施",
        {
            "title": "长阳土家族自治县节水措施", "issuers": ("长阳土家族自治县人民政府办公室",), "jurisdiction_id": "420528",
            "issued_on": "2023-09-20",
        },
    ),
    "a name that two cities share": (
        "鼓楼区人民政府关于做好防汛工作的通知\n各街道办事处：\n按照《开封市防汛预案》执行。",
        {"jurisdiction_id": "410204", "issuers": ("鼓楼区人民政府",)},
    ),
    "labels without colons, and offices of nation and provinces together": (
        "发文机关生态环境部\n发文日期2020年10月29日\n发文字号环大气〔2020〕62号\n施行日期2020年11月1日\n关于印发《空气改善方案》的通知\n"
        "各省人民政府，各公司\n现将《空气改善方案》印发给你们。\n生态环境部 发展改革委\n上海市人民政府 江苏省人民政府\n2020年10月30日\n空气改善方案",
        {
            "title": "空气改善方案", "issuers": ("生态环境部", "发展改革委", "上海市人民政府", "江苏省人民政府"),
            "jurisdiction_id": "100000", "issued_on": "2020-10-30", "effective_from": "2020-11-01",
        },
    ),
    "a plan with a cover page": (
        "湖北省高标准农田建设规划\n（2022—2030年）\n二〇二二年四月\n目录\n一、规划背景 1",
        {"title": "湖北省高标准农田建设规划（2022—2030年）", "kind": "规划", "jurisdiction_id": "420000", "issued_on": None},
    ),
    "a short office without its full name": (
        "市委市政府治水领导小组办公室关于印发嵊州市治水方案的通知\n各乡镇：\n现将《嵊州市治水方案》印发给你们。\n"
        "市委市政府治水领导小组办公室\n2023年3月30日\n嵊州市治水方案",
        {"issuers": ("市委市政府治水领导小组办公室",), "jurisdiction_id": "330683"},
    ),
    "titles within the title, over two lines": (
        "怀政办发〔2023〕9号\n怀化市人民政府办公室\n关于印发《怀化市贯彻〈关于扩大\n消费的措施〉方案》的通知\n各县人民政府：\n"
        "现将《怀化市贯彻〈关于扩大消费的措施〉方案》印发给你们。\n怀化市人民政府办公室\n2023年3月15日\n"
        "怀化市贯彻《关于扩大\n消费的措施》方案",
        {"title": "怀化市贯彻《关于扩大消费的措施》方案", "kind": "方案", "jurisdiction_id": "431200"},
    ),
    "a forwarded opinion": (
        "国务院办公厅转发国家卫生健康委等部门关于发展康复服务意见的通知\n国办函〔2022〕7号\n各省人民政府：\n"
        "国家卫生健康委《关于发展康复服务的意见》已经国务院同意，现转发给你们。\n国务院办公厅\n2022年1月12日\n"
        "关于发展康复服务的意见\n国家卫生健康委 民政部",
        {"title": "关于发展康复服务的意见", "kind": "意见", "issuers": ("国务院办公厅",), "jurisdiction_id": "100000"},
    ),
    "many offices sign for one that the title names": (
        "绍兴市柯桥区住房和城乡建设局等3部门关于印发《柯桥区租房实施办法》的通知\n绍柯建〔2023〕101号\n各单位：\n"
        "现将《柯桥区租房实施办法》印发给你们。\n绍兴市柯桥区住房和城乡建设局 绍兴市柯桥区财政局\n绍兴市柯桥区民政局\n"
        "二○二三年十二月二十九日\n柯桥区租房实施办法",
        {
            "issuers": ("绍兴市柯桥区住房和城乡建设局", "绍兴市柯桥区财政局", "绍兴市柯桥区民政局"),
            "issued_on": "2023-12-29", "kind": "实施办法", "jurisdiction_id": "330603",
        },
    ),
}  # fmt: skip


@pytest.mark.parametrize(("front", "wanted"), HEADS.values(), ids=HEADS)
def test_head(front: str, wanted: dict[str, object]) -> None:
    head, _ = read(front)
    assert {name: getattr(head, name) for name in wanted} == wanted


MANY: list[tuple[Level, str]] = [
    ("part", f"{number}、做好工作。各地要抓好落实。") for number in "一二三四五六七八"
]
ENDS: Mapping[str, tuple[str, list[tuple[Level, str]], dict[str, object]]] = {
    "signed in the words that lead in, far above the end": (
        "宁波市支持创业的意见",
        [("preamble", "为支持创业，提出如下意见。\n宁波市人民政府办公厅\n2026年4月20日\n（此件公开发布）"), *MANY, *MANY],
        {"issuers": ("宁波市人民政府办公厅",), "issued_on": "2026-04-20"},
    ),
    "signed on one line of the words that lead in": (
        "宁波市支持创业的意见", [("preamble", "为支持创业，提出意见。\n宁波市人民政府办公厅2026年4月20日"), *MANY, *MANY],
        {"issuers": ("宁波市人民政府办公厅",), "issued_on": "2026-04-20"},
    ),
    "the note of adoption as the first of the words that lead in": (
        "贵州省湿地条例",
        [("preamble", "（2015年11月27日贵州省第十二届人民代表大会常务委员会第十九次会议通过）\n为保护湿地，制定本条例。"), *MANY],
        {"issuers": ("贵州省人民代表大会常务委员会",), "issued_on": "2015-11-27"},
    ),
    "an order that is signed and says no more": (
        "甘肃省人民政府令\n第162号\n省长 王某\n2022年1月12日\n甘肃省节水办法", MANY,
        {"title": "甘肃省节水办法", "doc_number": "甘肃省人民政府令第162号", "issued_on": "2022-01-12"},
    ),
    "a date below the title": ("湖州市防汛规定\n2023年5月1日", MANY, {"issued_on": "2023-05-01", "issuers": ()}),
    "a date in a bracket below the title": (
        "湖州市防汛规定\n（2023年5月1日）\n各县人民政府：\n为防汛，规定如下。", MANY, {"issued_on": "2023-05-01"},
    ),
    "the title names more offices than the signature, whose wording counts": (
        "维西县委 维西县人民政府关于发展畜牧业的通知\n各乡镇：", [("closing", "维西傈僳族自治县人民政府\n2023年6月28日")],
        {"issuers": ("维西县委", "维西傈僳族自治县人民政府"), "jurisdiction_id": "533423"},
    ),
    "the title says whose the offices of the signature are": (
        "上海市交通委员会 上海市公安局关于大件运输的通知\n各单位：", [("closing", "市交通委 市公安局\n2025年4月1日")],
        {"issuers": ("上海市交通委员会", "上海市公安局")},
    ),
    "an office over the number": (
        "湖州市民政局\n湖民发〔2023〕5号\n殡葬改革方案\n各县民政局：", MANY,
        {"issuers": ("湖州市民政局",), "doc_number": "湖民发〔2023〕5号"},
    ),
    "an office over nothing that says it issued": ("湖州市民政局\n殡葬改革方案\n各县民政局：", MANY, {"issuers": ()}),
    "offices below a cover without a date": (
        "关于印发方案的通知\n各单位：\n现将方案印发给你们。\n湖州市民政局 湖州市财政局\n养老方案", MANY,
        {"issuers": ("湖州市民政局", "湖州市财政局")},
    ),
    "an office and a number below the recipients are of another document": (
        "关于殡葬改革的通知\n各县民政局：\n湖州市水利局\n湖水发〔2023〕5号", MANY, {"issuers": (), "doc_number": None},
    ),
    "the office behind a telephone": (
        "湖州市防汛规定", [*MANY, ("closing", "联系电话：0572-81234567湖州市民政局\n2023年5月1日")],
        {"issuers": ("湖州市民政局",), "issued_on": "2023-05-01"},
    ),
    "the number of an order in a bracket, that of an announcement with its year": (
        "湖州市人民政府令\n（第5号）\n湖州市助餐办法", MANY, {"doc_number": "湖州市人民政府令第5号", "issuers": ("湖州市人民政府",)},
    ),
    "the number beside the title": ("湖州市助餐办法 湖政发〔2023〕5号\n各县：", MANY, {"doc_number": "湖政发〔2023〕5号"}),
    "at the end of the body": (
        "湖州市防汛规定", [("part", f"{BODY}\n湖州市水利局\n2023年5月1日")], {"issuers": ("湖州市水利局",), "issued_on": "2023-05-01"},
    ),
    "on one line at the end of the body": (
        "湖州市防汛规定", [("part", f"{BODY}\n湖州市水利局2023年5月1日")], {"issuers": ("湖州市水利局",), "issued_on": "2023-05-01"},
    ),
    "a bare date at the end of the body": ("湖州市防汛规定", [("part", f"{BODY}\n2023年5月1日")], {"issued_on": "2023-05-01"}),
    "a date in the head, and another at the end of the body": (
        "湖州市防汛规定\n2023年5月1日", [("part", f"{BODY}\n湖州市水利局\n2020年1月1日")], {"issued_on": "2023-05-01", "issuers": ()},
    ),
    "a bare date that does not end the body": (
        "湖州市防汛规定", [("part", f"{BODY}\n2023年5月1日\n报名表下载")], {"issued_on": None},
    ),
    "at the end of the body, before an annex with a date of its own": (
        "湖州市防汛规定", [("part", f"{BODY}\n湖州市水利局\n2023年5月1日"), ("annex", "附件\n登记表\n2020年1月1日")],
        {"issuers": ("湖州市水利局",), "issued_on": "2023-05-01"},
    ),
    "in a closing behind an annex": (
        "湖州市防汛规定", [("part", BODY), ("annex", "附件\n登记表"), ("closing", "湖州市水利局\n2023年5月1日")],
        {"issuers": ("湖州市水利局",), "issued_on": "2023-05-01"},
    ),
    "what stands behind an annex is a form": (
        "湖州市防汛规定", [("part", BODY), ("annex", "附件\n登记表"), ("back", "湖州市水利局\n2023年5月1日")],
        {"issuers": (), "issued_on": None},
    ),
    "days of the table of labels": (
        "成文日期：2019-01-20\n印发日期：2019-01-23\n施行日期：2019-02-01\n失效日期：2021-02-01\n太湖县养老方案", MANY,
        {"issued_on": "2019-01-20", "effective_from": "2019-02-01", "effective_until": "2021-02-01"},
    ),
    "the day of sending where there is no other": ("印发日期：2019-01-23\n太湖县养老方案", MANY, {"issued_on": "2019-01-23"}),
}  # fmt: skip


@pytest.mark.parametrize(("front", "parts", "wanted"), ENDS.values(), ids=ENDS)
def test_who_signed_and_when(front: str, parts: list[tuple[Level, str]], wanted: dict[str, object]) -> None:
    head, _ = read(front, *parts)
    assert {name: getattr(head, name) for name in wanted} == wanted


@pytest.mark.parametrize(
    ("front", "title", "kind", "status"),
    [
        ("巴中市防汛方案\n巴中市防汛方案\n一、总则", "巴中市防汛方案", "方案", "final"),
        ("关于节水的通知\n关于防汛的通知\n各县：", "关于防汛的通知", "通知", "final"),
        ("名称：\n太湖县人民政府工作规则\n索引号：0034/2019", "太湖县人民政府工作规则", "工作规则", "final"),
        # what converters ran together
        ("来源：长兴县人民政府网关于加强防汛工作的通知\n各县：", "关于加强防汛工作的通知", "通知", "final"),
        ("关于做好防汛工作的通知国家能源局\n各县：", "关于做好防汛工作的通知", "通知", "final"),
        ("湖州市防汛办法2023年5月1日\n各县：", "湖州市防汛办法", "办法", "final"),
        ("湖州市防汛办法各县人民政府：\n现通知如下。", "湖州市防汛办法", "办法", "final"),
        ("湖州市防汛安排（湖民发〔2023〕5号）各县人民政府：", "湖州市防汛安排", "安排", "final"),
        ("湖州市防汛办法（湖民发〔2023〕5号）各县人民政府：", "湖州市防汛办法", "办法", "final"),
        ("湖州市防汛办法 发布时间：2023-05-01 来源：某网", "湖州市防汛办法", "办法", "final"),
        ("湖州市防汛通知\n湖州市水利局关于节水的通知\n各县：", "湖州市水利局关于节水的通知", "通知", "final"),
        # a notice of its own that sends out a list as well
        (
            "湖州市助餐的通知\n各县：\n现将《湖州市助餐清单》发布给你们，请落实。\n湖州市民政局\n2023年5月1日",
            "湖州市助餐的通知",
            "通知",
            "final",
        ),
        # a signed notice that sends out nothing
        (
            "关于防汛的通知\n各县：\n现通知如下。\n湖州市水利局\n2023年5月1日",
            "关于防汛的通知",
            "通知",
            "final",
        ),
        # of what follows a cover, that which it names
        (
            "关于印发《关于加强养老服务的意见》的通知\n各县：\n现印发给你们。\n湖州市民政局\n2023年5月1日\n"
            "湖州市加强养老服务的意见\n湖州市民政局\n任务分工方案",
            "湖州市加强养老服务的意见",
            "意见",
            "final",
        ),
        (
            "国家市场监督管理总局公告\n2023年第5号\n关于发布助餐标准的公告\n现予公布。\n国家市场监督管理总局\n2023年5月1日",
            "助餐标准",
            "标准",
            "final",
        ),
        ("中共浙江省委办公厅印发《浙江省养老实施方案》\n一、总则", "浙江省养老实施方案", "实施方案", "final"),
        ("湖州市养老办法\n（草案征求意见稿）", "湖州市养老办法（草案征求意见稿）", "办法", "draft"),
        ("湖州市养老条例（草案）", "湖州市养老条例（草案）", "条例", "draft"),
        ("湖州市养老办法（送审稿）", "湖州市养老办法（送审稿）", "办法", "draft"),
        ("湖州市养老暂行规定", "湖州市养老暂行规定", "规定", "trial"),
        ("湖州市养老办法（暂行）（2024年版）", "湖州市养老办法（暂行）（2024年版）", "办法", "trial"),
        ("湖州市试行意见的办法", "湖州市试行意见的办法", "办法", "final"),
    ],
)
def test_title_kind_and_status(front: str, title: str, kind: str, status: str) -> None:
    head, _ = read(front)
    assert (head.title, head.kind, head.status) == (title, kind, status)


@pytest.mark.parametrize(
    ("front", "wanted"),
    [
        ("发文字号：\n太政办〔2019〕3号\n太湖县养老方案", {"doc_number": "太政办〔2019〕3号"}),
        ("发文字号：\n太湖县养老方案", {"doc_number": None, "title": "太湖县养老方案"}),
        (
            "发布机构：\n太湖县民政局\n太湖县养老方案",
            {"issuers": ("太湖县民政局",), "title": "太湖县养老方案"},
        ),
        ("成文日期：\n2019年1月1日\n太湖县养老方案", {"issued_on": "2019-01-01", "title": "太湖县养老方案"}),
        ("成文日期：\n太湖县养老方案", {"issued_on": None, "title": "太湖县养老方案"}),
        ("施行日期：\n2019年2月1日\n太湖县养老方案", {"effective_from": "2019-02-01"}),
        (
            "名称：\n太湖县老年助餐服务事项\n索引号：1\n某某栏目里的最新消息",
            {"title": "太湖县老年助餐服务事项"},
        ),
        (
            "名称：\n养老服务：十大任务安排\n索引号：1\n某某栏目里的最新消息",
            {"title": "养老服务：十大任务安排"},
        ),
    ],
)
def test_a_label_and_its_value_on_the_next_line(front: str, wanted: dict[str, object]) -> None:
    head, _ = read(front)
    assert {name: getattr(head, name) for name in wanted} == wanted


def test_labels_and_values_in_the_cells_of_a_table() -> None:
    table = (
        "| 索引号 | 0034/2019 | 发文字号 | 太政办〔2019〕3号 |\n|---|---|---|---|\n"
        "| 发布机构 | 太湖县民政局 | 成文日期 | 2019年1月17日 |\n"
    )
    title = "太湖县助餐办法\n"
    head = read_bytes(
        "a.md", f"{table}\n{title}\n第一条 为规范助餐，制定本办法。\n\n第二条 助餐应当安全。\n".encode()
    ).head
    assert (head.title, head.doc_number) == ("太湖县助餐办法", "太政办〔2019〕3号")
    assert (head.issuers, head.issued_on) == (("太湖县民政局",), "2019-01-17")


def test_the_quote_of_a_term_in_the_table_of_labels_is_label_and_value() -> None:
    text, clauses = notice("索引号：1\n施行日期：\n2019年2月1日\n太湖县养老方案", ("part", BODY))
    head, _ = read_head(text, clauses, divisions=load_divisions(), notices=load_notices())
    assert head.validity is not None
    assert text.text[head.validity.start : head.validity.end] == "施行日期：\n2019年2月1日"


@pytest.mark.parametrize(
    ("front", "code"),
    [
        (
            "鼓楼区防汛方案\n各街道办事处：\n按照《开封市防汛预案》执行。",
            "410204",
        ),  # a name that two cities share
        ("国家税务总局南昌市税务局关于办税的通告", "360100"),
        ("国家税务总局关于办税的通告", "100000"),
        ("养老服务条例\n第一条 在中华人民共和国境内从事养老服务。", "100000"),
        ("关于节水的通知\n各乡镇：\n我县要落实安吉县节水方案。", "330523"),
        ("关于节水的通知\n各县人民政府、抚州高新区管委会：\n请落实。", "361000"),
        ("关于金融的通知\n市财政局、抚州银保监分局，市直各单位：\n请落实。", "361000"),
        ("关于节水的通知\n各单位：\n按照安吉县节水方案落实。", None),  # named once, and nothing points to it
    ],
)
def test_the_division_of_a_notice(front: str, code: str | None) -> None:
    head, _ = read(front)
    assert head.jurisdiction_id == code


def test_a_plan_in_the_annex_of_its_notice() -> None:
    head, _ = read(
        "徐教规〔2022〕3号\n关于印发《徐州市培训管理暂行办法》的通知\n各县教育局：\n现将《徐州市培训管理暂行办法》印发给你们。",
        ("closing", "附件：徐州市培训管理暂行办法\n徐州市教育局\n二〇二二年十一月三日"),
        ("annex", "附件\n徐州市培训管理暂行办法\n第一条 为规范培训，制定本办法。"),
    )
    assert (head.title, head.kind, head.status) == ("徐州市培训管理暂行办法", "办法", "trial")
    assert (head.issuers, head.issued_on) == (("徐州市教育局",), "2022-11-03")


def test_a_plan_below_its_signed_cover_without_a_title_of_its_own() -> None:
    front = "关于印发天河区支持创业实施办法的通知\n区属各单位：\n现将办法印发给你们。\n广州市天河区教育局\n2023年8月9日"
    text, clauses = notice(front, ("article", "第一条 为支持创业，制定本办法。"))
    head, _ = read_head(text, clauses, divisions=load_divisions(), notices=load_notices())
    assert (head.title, head.kind) == ("天河区支持创业实施办法", "实施办法")


def test_a_signature_between_the_words_that_lead_in_and_the_body() -> None:
    text = (
        "宁波市人民政府办公厅关于支持创业的意见\n甬政办发〔2026〕7号\n各区人民政府：\n为支持创业，现提出如下意见。\n"
        "宁波市人民政府办公厅\n2026年4月20日\n（此件公开发布）\n一、支持贷款\n发放贷款。\n二、支持就业\n发放补贴。"
    )
    head = read_bytes("a.txt", text.encode()).head
    assert (head.issued_on, head.issuers) == ("2026-04-20", ("宁波市人民政府办公厅",))


def test_a_notice_may_call_itself_by_more_than_its_kind() -> None:
    words = "本操作办法自2023年4月19日起实施，有效期至2025年12月31日。"
    head, _ = read("扶持光伏发电项目操作办法\n修水县人民政府\n2023年4月1日", ("article", BODY + words))
    assert (head.effective_from, head.effective_until) == ("2023-04-19", "2025-12-31")


@pytest.mark.parametrize(
    ("closing", "status"),
    [
        ("本准入条件和优惠政策自发布之日起施行，试行一年，由县委办公室负责解释。", "trial"),
        ("本办法自2024年1月1日起施行，有效期一年。", "final"),
        ("本办法自2024年1月1日起施行，《旧办法》试行一年后废止。", "final"),
    ],
)
def test_a_notice_that_says_it_is_on_trial(closing: str, status: str) -> None:
    head, _ = read("修水县招商办法\n修水县人民政府\n2024年1月1日", ("part", BODY), ("closing", closing))
    assert head.status == status


def test_the_day_of_publishing_signs_a_notice() -> None:
    head, _ = read(
        "上城区支持创业的若干措施",
        ("part", BODY),
        ("closing", "杭州市上城区人民政府办公室2026年3月17日发布。"),
    )
    assert (head.issuers, head.issued_on) == (("杭州市上城区人民政府办公室",), "2026-03-17")


def test_the_date_of_the_printer_behind_an_annex() -> None:
    head, _ = read(
        "广州市人民政府关于入户的办法\n广州市人民政府\n2025年6月30日",
        ("closing", "本办法自印发之日起施行。"), ("annex", "附件\n分值表"),
        ("back", "公开方式：主动公开\n广州市人民政府办公厅秘书处2025年7月4日印发"),
    )  # fmt: skip
    assert (head.issued_on, head.effective_from) == ("2025-06-30", "2025-07-04")


def test_a_signature_after_the_body_and_the_date_of_the_printer() -> None:
    head, _ = read(
        "湖州市人民政府办公室关于加强防火工作的意见\n各县人民政府：",
        ("part", BODY),
        ("closing", "本意见自印发之日起施行，有效期5年。\n湖州市人民政府办公室\n2022年2月17日"),
        ("back", "抄送：市委各部门。\n湖州市人民政府办公室 2022年2月18日印发"),
    )
    assert (head.issued_on, head.effective_from, head.effective_until) == (
        "2022-02-17",
        "2022-02-18",
        "2027-02-17",
    )


def test_the_date_of_the_printer_where_there_is_no_other() -> None:
    head, _ = read(
        "湖州市民政局关于殡葬改革的通知", ("part", BODY), ("back", "湖州市民政局办公室 2022年2月18日印发")
    )
    assert head.issued_on == "2022-02-18"


def test_dates_of_forms_are_none_of_the_notice() -> None:
    head, _ = read(
        "湖州市民政局关于殡葬改革的通知", ("part", BODY), ("annex", "附件\n征询意见表\n填表人\n2024年6月28日"),
        ("back", "征询意见表\n2024年6月28日"),
    )  # fmt: skip
    assert head.issued_on is None


def test_the_division_that_a_text_calls_its_own() -> None:
    words = "为促进我县发展，落实《安吉县人民政府办公室关于发展竹产业的通知》，根据《浙江省竹产业条例》，制定本方案。"
    head, _ = read("关于发展竹产业的方案", ("preamble", words))
    assert head.jurisdiction_id == "330523"


def test_the_offices_that_a_text_calls_its_own_tell_the_class_of_its_division() -> None:
    words = (
        "第一条 落实《中国（大连）综合试验区方案》《大连市资金办法》，支持大连市企业，促进大连市发展，建设大连园区，根据大连市实际，制定本办法。资金由甘井子区人民政府设立，用于甘井子区企业。"
        "由区商务局负责认定，区政府给予补贴。项目单位向区商务局申请，区政府审批。区财政局拨付，区政府公示。甘井子区企业优先。"
    )
    head, _ = read("外贸扶持办法", ("article", words))
    assert head.jurisdiction_id == "210211"


@pytest.mark.parametrize(
    ("closing", "start", "end", "quote"),
    [
        ("本方案自印发之日起施行，试行二年。", "2023-12-07", "2025-12-06", "本方案自印发之日起施行，试行二年"),
        (
            "本方案自印发之日起执行，有效期至2025年12月31日，对国家支持政策同时有效。", "2023-12-07", "2025-12-31",
            "本方案自印发之日起执行，有效期至2025年12月31日",
        ),
        ("本办法自2024年1月1日起施行，有效期5年。", "2024-01-01", "2028-12-31", "本办法自2024年1月1日起施行，有效期5年"),
        ("本办法自2024年2月29日起施行，有效期一年。", "2024-02-29", "2025-02-28", "本办法自2024年2月29日起施行，有效期一年"),
        ("本办法自2024年8月31日起施行，试行期6个月。", "2024-08-31", "2025-02-28", "本办法自2024年8月31日起施行，试行期6个月"),
        ("本规定自发布之日起30日后施行，有效期三年。", "2024-01-06", "2027-01-05", "本规定自发布之日起30日后施行，有效期三年"),
        (
            "本措施执行期限为2023年1月1日至2025年12月31日。", "2023-01-01", "2025-12-31",
            "本措施执行期限为2023年1月1日至2025年12月31日",
        ),
        (
            "本通知自2024年1月15日起施行。有效期自施行之日起5年。", "2024-01-15", "2029-01-14",
            "本通知自2024年1月15日起施行。有效期自施行之日起5年",
        ),
        ("本政策自二〇二四年一月一日起实施，执行至2025年底。", "2024-01-01", "2025-12-31", None),
        ("本实施意见自公布之日起实施。", "2023-12-07", None, "本实施意见自公布之日起实施"),
        ("自印发之日起施行，暂定3年。", "2023-12-07", "2026-12-06", "自印发之日起施行，暂定3年"),
        ("本办法自2024年2月30日起施行。", None, None, "本办法自2024年2月30日起施行"),
        ("《旧办法》自2018年1月1日起施行，有效期5年。", None, None, None),
        ("请认真贯彻执行。", None, None, None),
    ],
)  # fmt: skip
def test_validity(closing: str, start: str | None, end: str | None, quote: str | None) -> None:
    text, clauses = notice(PLAN_COVER, ("part", BODY), ("closing", closing))
    head, _ = read_head(text, clauses, divisions=load_divisions(), notices=load_notices())
    assert (head.effective_from, head.effective_until) == (start, end)
    if quote is not None:
        assert head.validity is not None
        assert text.text[head.validity.start : head.validity.end] == quote


@pytest.mark.parametrize(
    "measure",
    [
        "1.补贴标准。本市购房补贴自2024年1月1日起执行，执行期限至2024年12月31日。",
        "2.新标准自2024年1月1日起实施。",
        "3.对2023年1月1日至2025年12月31日出生的婴儿发放补贴。",
    ],
)
def test_the_term_of_one_measure_is_not_that_of_the_notice(measure: str) -> None:
    head, _ = read(PLAN_COVER, ("article", measure))
    assert (head.effective_from, head.effective_until, head.validity) == (None, None, None)


def test_a_validity_without_the_date_it_counts_from() -> None:
    head, findings = read("关于发展旅游的实施办法", ("closing", "本办法自印发之日起施行，有效期2年。"))
    assert (head.effective_from, head.effective_until) == (None, None)
    assert "validity-open" in {finding.code for finding in findings}


def test_a_reply_does_not_come_into_force() -> None:
    head, _ = read("关于县人大第3号建议的答复", ("part", "本办法自2024年1月1日起施行。"))
    assert head.validity is None


@pytest.mark.parametrize(
    ("front", "doubts"),
    [
        ("湖州市防汛办法", []),
        ("关于防汛的通知", ["info no-jurisdiction"]),
        ("第一段没有标题。", ["warning no-title", "info no-jurisdiction"]),
        ("鼓楼区人民政府关于做好防汛工作的通知", ["warning jurisdiction-ambiguous"]),
        (
            "鼓楼区防汛办法\n本办法自印发之日起施行，有效期2年。",
            ["warning jurisdiction-ambiguous", "info validity-open"],
        ),
    ],
)
def test_doubts_are_findings(front: str, doubts: list[str]) -> None:
    _, findings = read(front)
    assert [f"{finding.severity} {finding.code}" for finding in findings] == doubts


def test_a_doubt_names_the_divisions() -> None:
    _, (finding,) = read("鼓楼区人民政府关于做好防汛工作的通知")
    assert finding.message.endswith("：南京市鼓楼区、徐州市鼓楼区、福州市鼓楼区、开封市鼓楼区")


LISTED = (
    "（区商务局、区住建局、区教育局、区民政局、区财政局、区水利局、{}负责）。支持甘井子区企业。"
    + "支持大连市发展。" * 4
)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        # named three times, and three times as often as all others that do not lie above or below it
        ("安吉县要节水。安吉县要治水。", None),
        ("安吉县要节水。安吉县要治水。安吉县要护水。", "330523"),
        ("安吉县要节水。安吉县要治水。安吉县要护水。向长兴县学习。", "330523"),
        ("安吉县要节水。安吉县要治水。安吉县要护水。向长兴县学习。请长兴县支持。", None),
        ("湖州市安吉县要节水。安吉县要治水。安吉县要护水。湖州市、浙江省支持。", "330523"),
        ("鼓楼区要节水。鼓楼区要治水。鼓楼区要护水。开封市支持。", "410204"),
        # the class that the notice calls its own: only those of it count, and three times as often as the next
        ("我县落实节水。安吉县要节水。湖州市、湖州市、湖州市支持。", "330523"),
        ("我县落实节水。安吉县要节水。安吉县要治水。安吉县要护水。向长兴县学习。", "330523"),
        ("我县落实节水。安吉县要节水。安吉县要治水。向长兴县学习。", None),
        ("我区落实节水。鼓楼区要节水。开封市支持。", "410204"),
        ("我区落实节水。鼓楼区要节水。", None),
        ("结合抚州实际，我市制定本方案。", "361000"),
        ("结合抚州实际，我县制定本方案。", None),  # of a county in it
        # the class of nearly all offices that lists name
        (LISTED.format("区审计局"), "210211"),
        (LISTED.format("市公安局"), "210200"),
    ],
)
def test_the_division_that_a_text_names_most(words: str, code: str | None) -> None:
    head, _ = read("关于节水的通知", ("part", words))
    assert head.jurisdiction_id == code


def test_a_notice_without_a_title_may_say_that_it_is_on_trial() -> None:
    head, _ = read("各单位：", ("closing", "本办法自印发之日起施行，试行一年。"))
    assert (head.title, head.status) == (None, "trial")


def test_without_a_front_clause_the_first_lines_are_read() -> None:
    text, clauses = notice(PLAN_COVER, ("part", BODY))
    body = tuple(Clause("1", "part", clause.span, clause.body) for clause in clauses)
    head, _ = read_head(text, body, divisions=load_divisions(), notices=load_notices())
    assert (head.title, head.doc_number) == ("余干县健康行动实施方案", "余府发〔2023〕6号")


def test_without_a_front_clause_the_head_ends_with_the_first_sentence() -> None:
    text, clauses = notice("关于防汛的通知\n请各地做好防汛。\n防汛演练方案")
    body = tuple(Clause("1", "part", clause.span, clause.body) for clause in clauses)
    head, _ = read_head(text, body, divisions=load_divisions(), notices=load_notices())
    assert head.title == "关于防汛的通知"


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [*PLAN_COVER.split("\n"), BODY, "附件", "《" * 40, "（" * 200, "2024年2月30日", "目录", "第12号", "（试行）"]
        ),
        st.text(alphabet="关于印发《》的通知（）〔2023〕8号年月日市县令：。 \t", max_size=40),
    ),
    min_size=1,
    max_size=25,
)  # fmt: skip


@given(LINES, LINES)
def test_whatever_the_lines_the_head_is_of_the_text(front: list[str], closing: list[str]) -> None:
    text, clauses = notice("\n".join(front), ("closing", "\n".join(closing)))
    head, _ = read_head(text, clauses, divisions=load_divisions(), notices=load_notices())
    if head.title is not None:
        assert "\n" not in head.title
        assert set(head.title) <= {*text.text, " "}
    if head.validity is not None:
        assert 0 <= head.validity.start < head.validity.end <= len(text.text)


@pytest.mark.parametrize(
    "line", ["《" * 100_000, "（" * 100_000, "自2024年" * 20_000, "本办法有效期" * 20_000, "市" * 100_000]
)
def test_hostile_lines_are_read_in_linear_time(line: str) -> None:
    head, _ = read(line, ("closing", line))
    assert head.effective_from is None
