"""Lines of a head, one a row: what each is by its form, the offices in it, the title without its brackets."""

from __future__ import annotations

import pytest

from extractor.extractors.headlines import LineKind, bare_title, line_kind, offices_in, second_name, signed_by
from extractor.lexicon.notices import load_notices

NOTICES = load_notices()

LINES: dict[LineKind, list[str]] = {
    "number": [
        "余府发〔2023〕6号", "（余府发[2023]6号）", "余府发〔2023〕6号　签发人：李某", "渝府令第121号", "（国令第711号）",
        "财政部公告2023年第12号",
    ],
    "date": [
        "2023年12月7日", "（2023年12月7日）", "2023年12月7日（此件公开发布）", "2026年3月12日发布", "二〇二三年十二月七日",
        "2023-12-07",
    ],
    "serial": ["第162号", "2023年第12号", "（第12号）", "第五十七号", "第57号令", "令"],
    "annex": ["附件", "附件2：", "附 件 1", "附表", "附录一"],
    "contents": ["目 录", "第一章 总则", "1.总则", "一、总体要求"],
    "imprint": ["湖州市民政局办公室 2022年2月18日印发", "2022年2月18日印"],
    "bracket": ["（征求意见稿）", "（试行）", "（公开征求意见稿，此件主动公开）", "（爱国卫生运动委员会）"],
    "note": [
        "（此件主动公开）", "二〇二二年四月", "（2015年11月27日贵州省第十二届人民代表大会常务委员会第十九次会议通过）",
        "2010年6月24日 某市人民代表大会常务委员会第十次会议通过", "2019年5月1日 施行",
    ],
    "label": [
        "2023-01-05 10:00 来源", "61072/2024-1005", "【字体：大 中 小】", "【发布日期】2024-01-01", "索引号：0034/2019",
        "发文机关生态环境部", "首页 > 政务公开", "收藏本站 | 设为首页", "返回顶部", "打印本页", "所属行业：所有行业", "type: 政策",
        "导读：" + "为了解决问题，" * 30,
    ],
    "recipients": ["各乡镇人民政府，县直各单位：", "各乡镇人民政府，县直各单位", "尊敬的李某某委员:"],
    "sentence": ["现将《方案》印发给你们。", "请予以重视！", "提出意见如下；", "提出意见如下;", "是否可行？", "为了解决问题，" * 30],
    "signed": ["某市教育局 2023年12月7日发布。", "某市教育局2023年12月7日", "1999年7月13日，国家海洋局"],
    "letterhead": ["余干县人民政府文件", "中共靖安县委 靖安县人民政府文件"],
    "order": ["甘肃省人民政府令", "中华人民共和国国务院令 第711号", "海关总署公告", "中华人民共和国主席令"],
    "office": [
        "余干县人民政府", "国家发展改革委 教育部", "农业农村部、财政部", "中共 维西县委",
        "海南省健康委员会（爱国卫生运动委员会）",
    ],
    "person": ["省长 王某", "市长", "教育部部长 张某某", "主任 李某"],
    "other": ["关于印发《节水方案》的通知", "节水方案", "某某文件", "各县人民政府", "政务公开网", "第一条 总则"],
}  # fmt: skip


@pytest.mark.parametrize(("line", "kind"), [(line, kind) for kind, lines in LINES.items() for line in lines])
def test_what_a_line_is(line: str, kind: LineKind) -> None:
    assert line_kind(line, NOTICES) == kind


@pytest.mark.parametrize(
    ("line", "offices"),
    [
        ("甘肃省财政厅甘肃省民政厅", ["甘肃省财政厅", "甘肃省民政厅"]),
        ("黄浦区教育局黄浦区文化和旅游局", ["黄浦区教育局", "黄浦区文化和旅游局"]),
        ("中共南昌市委南昌市人民政府", ["中共南昌市委", "南昌市人民政府"]),
        ("中共甲市委员会甲市人民政府", ["中共甲市委员会", "甲市人民政府"]),
        ("市交通委市公安局", ["市交通委", "市公安局"]),
        ("市市场监督管理局市公安局", ["市市场监督管理局", "市公安局"]),
        ("财政部国家税务总局", ["财政部", "国家税务总局"]),
        ("国家发展和改革委员会工业和信息化部", ["国家发展和改革委员会", "工业和信息化部"]),
        ("省委宣传部 省教育厅", ["省委宣传部", "省教育厅"]),
        ("国务院办公厅", ["国务院办公厅"]),
        ("市委市政府办公室", ["市委市政府办公室"]),
        ("余干县人民政府 及时", []),
        ("关于余干县人民政府", []),
        ("各县人民政府", []),
        ("", []),
    ],
)
def test_offices_of_a_line(line: str, offices: list[str]) -> None:
    assert list(offices_in(line, NOTICES)) == offices


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("养老实施方案（试行）（2025年版）", "养老实施方案"),
        ("养老实施方案 [修订]", "养老实施方案"),
        ("《养老实施方案》", "养老实施方案"),
        ("养老（助餐）实施方案", "养老（助餐）实施方案"),
    ],
)
def test_a_title_without_its_brackets(title: str, bare: str) -> None:
    assert bare_title(title) == bare


@pytest.mark.parametrize(
    ("line", "offices"),
    [
        ("某市教育局 某市财政局 2023年12月7日", "某市教育局 某市财政局"),
        ("某市教育局2023年12月7日（代章）", "某市教育局"),
        ("1999年7月13日，国家海洋局", "国家海洋局"),
        ("联系人 2023年12月7日", None),
    ],
)
def test_who_signs_a_line(line: str, offices: str | None) -> None:
    assert signed_by(line, NOTICES) == offices


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("（爱国卫生运动委员会）", "（爱国卫生运动委员会）"),
        ("（爱国卫生运动委员会）（代章）", "（爱国卫生运动委员会）"),
        ("（此件主动公开）", ""),
        ("爱国卫生运动委员会", ""),
    ],
)
def test_the_second_name_of_an_office(line: str, name: str) -> None:
    assert second_name(line, NOTICES) == name
