"""Heads as web pages, law collections and converters print them: made-up notices in each of those layouts."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.extractors.adoption import is_history, read_adoption
from extractor.extractors.docnumbers import find_numbers, normal_number
from extractor.extractors.headlabels import read_labels
from extractor.extractors.jurisdiction import in_full
from extractor.lexicon.divisions import load_divisions
from extractor.lexicon.notices import load_notices
from extractor.model import Level
from tests.extractors.test_metadata import PLAN_COVER, notice, read

NOTICES = load_notices()

HEADS: Mapping[str, tuple[str, dict[str, object]]] = {
    "a regulation with its history on lines without brackets": (
        "# 台州市河道条例\n2018年12月27日 台州市第五届人民代表大会常务委员会第十八次会议通过\n"
        "2019年2月12日 浙江省第十三届人民代表大会常务委员会第十次会议批准\n2019年5月1日 施行",
        {
            "issuers": ("台州市人民代表大会常务委员会",), "jurisdiction_id": "331000", "issued_on": "2018-12-27",
            "effective_from": "2019-05-01", "kind": "条例",
        },
    ),
    "the history joined to the title": (
        "台州市河道条例2018年12月27日台州市第五届人民代表大会常务委员会第十八次会议通过",
        {"title": "台州市河道条例", "issued_on": "2018-12-27"},
    ),
    "a rule promulgated by an order": (
        "电梯安全检查办法\n2022年5月26日 国家市场监督管理总局令第57号公布",
        {
            "title": "电梯安全检查办法", "doc_number": "国家市场监督管理总局令第57号", "issuers": ("国家市场监督管理总局",),
            "issued_on": "2022-05-26", "jurisdiction_id": "100000",
        },
    ),
    "a short office in the history": (
        "台州市医疗急救条例\n2014年6月27日 市四届人大常委会第二十次会议通过",
        {"issuers": ("台州市人大常委会",), "issued_on": "2014-06-27"},
    ),
    "labels and stamps of a page, the title twice": (
        "首页 > 政务公开 > 文件\n巴中市人民政府办公室关于印发巴中市防汛方案的通知\n来源：市政府办 发布时间：2023-03-15 09:28 浏览：12\n"
        "巴府办发〔2023〕9号\n巴中市人民政府办公室\n关于印发巴中市防汛方案的通知\n各县人民政府：\n"
        "现将《巴中市防汛方案》印发给你们。\n巴中市人民政府办公室\n2023年3月10日\n巴中市防汛方案",
        {
            "title": "巴中市防汛方案", "doc_number": "巴府办发〔2023〕9号", "issuers": ("巴中市人民政府办公室",),
            "issued_on": "2023-03-10",
        },
    ),
    "labels with their values on the next lines": (
        "返回顶部\n南江县防汛规定\n索引号：\n61072/2024-1005\n发文机构：\n县政府网站\n发文字号：\n南政发〔2024〕7号\n"
        "发文日期：\n2024年04月06日16:40\n内容概述：\n南江县防汛规定",
        {"title": "南江县防汛规定", "doc_number": "南政发〔2024〕7号", "issued_on": "2024-04-06", "issuers": ()},
    ),
    "labels without colons": (
        "南江县人民政府关于防汛的通知\n索引号MB15/2023-05发文日期2023-01-03\n发布机构 南江县人民政府 文号 南政发〔2023〕1号\n各乡镇：",
        {"doc_number": "南政发〔2023〕1号", "issuers": ("南江县人民政府",), "issued_on": "2023-01-03"},
    ),
    "labels at the end of the title's line": (
        "国务院关于同意设立滨江新区的批复时间：2015-09-09信息来源：作者：某某\n国函〔2015〕7号\n浙江省人民政府：",
        {"title": "国务院关于同意设立滨江新区的批复", "kind": "批复", "doc_number": "国函〔2015〕7号", "jurisdiction_id": "100000"},
    ),
    "a title in a table of labels": (
        "发文标题：甘肃省财政厅关于车船税的公告\n发文文号：甘肃省财政厅公告2016年第6号\n发文部门：甘肃省财政厅\n所属行业：所有行业\n加入收藏",
        {
            "title": "甘肃省财政厅关于车船税的公告", "kind": "公告", "doc_number": "甘肃省财政厅公告2016年第6号",
            "issuers": ("甘肃省财政厅",),
        },
    ),
    "the number joined to the title": (
        "甘肃省人民政府关于防疫工作的通知甘政明电〔2005〕16号\n各市人民政府：",
        {"title": "甘肃省人民政府关于防疫工作的通知", "doc_number": "甘政明电〔2005〕16号"},
    ),
    "a number with a sign of three characters joined to the title": (
        "甘肃省人民政府关于防疫工作的通知甘政电〔2005〕16号\n各市人民政府：",
        {"title": "甘肃省人民政府关于防疫工作的通知", "doc_number": "甘政电〔2005〕16号"},
    ),
    "the number before the title": (
        "甘政发〔2014〕20号《甘肃省人民政府关于预算的实施意见》\n各市人民政府：",
        {"title": "甘肃省人民政府关于预算的实施意见", "doc_number": "甘政发〔2014〕20号"},
    ),
    "title, number and recipients in one line": (
        "天水市人民政府关于发展学前教育的意见（试行）（天政函〔2005〕39号）各区人民政府，市直各单位：",
        {
            "title": "天水市人民政府关于发展学前教育的意见（试行）", "status": "trial", "kind": "意见",
            "doc_number": "天政函〔2005〕39号", "jurisdiction_id": "620500",
        },
    ),
    "advice that the page adds": (
        "莆田市人民政府关于养老的实施意见\n莆政综〔2014〕76号\n某税®提示：根据2019年5月16日《清理结果的通知》规定，继续有效\n各县人民政府：",
        {"title": "莆田市人民政府关于养老的实施意见", "kind": "实施意见"},
    ),
    "an order by the sign of its office": (
        "重庆市人民政府\n渝府令第121号\n《重庆市采石通告》已经市政府会议通过，现予发布，自2002年1月1日起施行。\n"
        "市长\n二○○一年十二月三十日\n重庆市采石通告",
        {"doc_number": "渝府令第121号", "issued_on": "2001-12-30", "effective_from": "2002-01-01"},
    ),
    "an order of two ministries": (
        "中华人民共和国教育部 中华人民共和国财政部\n令\n第58号\n《食堂规定》已经审议通过，现予公布，自2023年9月1日起施行。\n"
        "教育部部长 张某某\n2023年6月20日\n食堂规定",
        {"title": "食堂规定", "jurisdiction_id": "100000", "issued_on": "2023-06-20"},
    ),
    "an announcement named by its number": (
        "海关总署公告2023年第158号（关于申报的公告）\n为优化环境，公告如下：", {"kind": "公告", "jurisdiction_id": "100000"}
    ),
    "date before office": (
        "海洋预报管理暂行规定\n1999年7月13日，国家海洋局",
        {"issuers": ("国家海洋局",), "issued_on": "1999-07-13", "status": "trial"},
    ),
    "names of offices run together": (
        "甘肃省财政厅甘肃省民政厅关于发放补贴的通知\n各市民政局：", {"issuers": ("甘肃省财政厅", "甘肃省民政厅")}
    ),
    "offices of a district run together": (
        "关于印发《黄浦区行动方案》的通知\n各单位：\n现将方案印发给你们。\n黄浦区教育局黄浦区文化和旅游局\n2025年2月24日",
        {"issuers": ("黄浦区教育局", "黄浦区文化和旅游局")},
    ),
    "the province in a bracket before the city": (
        "（湖北省）武汉市2023年《政府工作报告》目标任务责任分解方案\n--推进教育高质量发展", {"jurisdiction_id": "420100"}
    ),
    "a cover notice of what is on trial": ("关于印发某某市补贴实施细则（试行）的通知\n各县（区）教育局：", {"status": "trial"}),
    "offices with a comma between": (
        "最高人民法院、最高人民检察院关于适用法律的解释", {"issuers": ("最高人民法院", "最高人民检察院"), "kind": "解释"}
    ),
    "the second reading of a draft": (
        "关于《湘西土家族苗族自治州条例》（修正草案·二审稿）公开征求意见的通知\n现将条例予以公布。\n州人大常委会法工委\n2023年11月20日\n"
        "《湘西土家族苗族自治州条例》\n（修正草案·二审稿）",
        {"status": "draft", "kind": "条例", "jurisdiction_id": "433100"},
    ),
    "a short office, and a text that names the county": (
        "县人民政府办公室关于做好防火工作的通知\n各乡镇人民政府，县政府有关部门：\n为切实做好竹溪县防火工作，现通知如下：",
        {"issuers": ("竹溪县人民政府办公室",), "jurisdiction_id": "420324"},
    ),
    "a second name of an office, on a line of its own": (
        "海南省健康海南建设委员会\n（爱国卫生运动委员会）\n关于印发《海南省健康实施方案》的通知\n各市、县人民政府：\n"
        "《海南省健康实施方案》已经研究通过，现印发你们。\n海南省健康海南建设委员会\n（爱国卫生运动委员会）（代章）\n2025年3月17日\n海南省健康实施方案",
        {"issuers": ("海南省健康海南建设委员会（爱国卫生运动委员会）",), "issued_on": "2025-03-17"},
    ),
    "recipients that tell which city": (
        "印发推动敬老院发展措施的通知\n各县（区）人民政府、抚州高新区管委会，市政府各部门：\n为落实《江西省养老意见》，结合抚州实际，提出如下：",
        {"jurisdiction_id": "361000"},
    ),
    "two offices that sign by their short names": (
        "上海市交通委员会 上海市公安局关于印发《大件运输方案》的通知\n各有关单位：\n现将《大件运输方案》印发给你们。\n"
        "市交通委                市公安局\n2025年4月1日\n大件运输方案",
        {"issuers": ("上海市交通委员会", "上海市公安局"), "jurisdiction_id": "310000"},
    ),
    "a branch of a national body": (
        "中国银保监会浙江监管局关于规范转让行为的通知\n浙银保监发〔2021〕28号\n各银保监分局：\n为规范秩序，现通知如下：",
        {"issuers": ("中国银保监会浙江监管局",), "jurisdiction_id": "330000"},
    ),
    "a cover without a title, below fields of the converter": (
        "type: 政策\ntitle: 现将《大庆市补贴实施办法》印发给你们，请执行。\n各县（区）财政局：\n现将《大庆市补贴实施办法》印发给你们，请执行。\n"
        "大庆市卫生健康委员会 大庆市财政局\n大庆市补贴实施办法",
        {"title": "大庆市补贴实施办法", "kind": "实施办法", "issuers": ("大庆市卫生健康委员会", "大庆市财政局")},
    ),
    "ministries that lost the spaces between them": (
        "关于印发《减排实施方案》的通知\n各省、自治区、直辖市生态环境厅：\n现印发给你们，请贯彻落实。\n"
        "生态环境部 国家发展和改革委员会工业和信息化部 农业农村部国家能源局\n2022年6月10日\n减排实施方案",
        {"issuers": ("生态环境部", "国家发展和改革委员会", "工业和信息化部", "农业农村部", "国家能源局")},
    ),
    "names of the page are no title": ("政务公开\n某县信访\n索引号：12\n成文日期：2025-04-01", {"title": None, "issued_on": "2025-04-01"}),
}  # fmt: skip


@pytest.mark.parametrize(("front", "wanted"), HEADS.values(), ids=HEADS)
def test_head(front: str, wanted: dict[str, object]) -> None:
    head, _ = read(front.removeprefix("# "))
    assert {name: getattr(head, name) for name in wanted} == wanted


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("发文字号：府办〔2023〕1号", [("number", "府办〔2023〕1号")]),
        ("【生效日期】2007-09-01", [("starts", "2007-09-01")]),
        (
            "时间：2024-06-16 05:10:14浏览：93来源：某网",
            [("other", "2024-06-16 05:10:14"), ("other", "93"), ("other", "某网")],
        ),
        ("制发机关：某市教育局", [("issuer", "某市教育局")]),
        ("各县人民政府，市政府各部门：", []),
        ("各主办单位：", []),
        ("关于做好来源地监测工作的通知", []),
        ("时间就是生命", []),
        ("索引号MB15/2023-05发文日期2023-01-03", [("other", "MB15/2023-05"), ("sent", "2023-01-03")]),
        ("发文机关甘肃省财政厅", [("issuer", "甘肃省财政厅")]),
        ("来源 | 某网 | 时间 | 2023-01-01", [("other", "某网"), ("other", "2023-01-01")]),
        ("关于防汛的通知 时间：2023-01-01 来源：", [("other", "2023-01-01"), ("other", "")]),
        ("来源：", [("other", "")]),
        ("时间", []),
        ("标题公告", []),
    ],
)
def test_labels(words: str, wanted: list[tuple[str, str]]) -> None:
    assert [(label.role, label.value) for label in read_labels(words, NOTICES)] == wanted


@pytest.mark.parametrize(
    ("words", "history"),
    [
        ("2010年6月24日 某市人民代表大会常务委员会第十次会议通过", True),
        ("（1991年3月26日某市人民政府令19号发布）", True),
        ("根据2019年5月1日《关于修改〈某条例〉的决定》修正", True),
        ("2010年6月24日", False),
        ("2024年1月1日起施行的标准按本办法执行。", False),
        ("2023年全市工作要点", False),
    ],
)
def test_what_a_history_is(words: str, history: bool) -> None:
    assert is_history(words) is history


def test_a_revision_makes_a_regulation_anew_but_an_amendment_does_not() -> None:
    first = "2001年2月12日某省第十一届人民代表大会第四次会议通过"
    amended = "2004年10月19日某省第十二届人民代表大会常务委员会第十五次会议《关于修改条例的决定》修正"
    revised = "2010年5月14日某省第十三届人民代表大会常务委员会第十七次会议修订"
    assert str(read_adoption([first, amended]).day) == "2001-02-12"
    assert str(read_adoption([first, amended, revised]).day) == "2010-05-14"
    assert read_adoption([first]).office == "某省人民代表大会"


def test_what_a_notice_on_standards_says_of_them_holds_for_it() -> None:
    closing = ("closing", "上述申请条件和配租标准自2022年1月1日起实施。")
    head, _ = read("某市人民政府关于调整本市住房政策标准的通知", closing)
    assert str(head.effective_from) == "2022-01-01"
    head, _ = read(PLAN_COVER, closing)
    assert head.effective_from is None


@pytest.mark.parametrize(
    ("notes", "wanted"),
    [
        (
            ["（2009年7月22日四川省第十一届人民代表大会常务委员会第十次会议通过）"],
            ("四川省人民代表大会常务委员会", "2009-07-22", None, None),
        ),
        (
            ["（2015年3月1日市政府第28次常务会议审议通过，2015年4月1日某市人民政府令第5号公布，自2015年5月1日起施行）"],
            ("某市人民政府", "2015-04-01", "某市人民政府令第5号", "2015-05-01"),
        ),
        (
            [
                "2014年6月27日 市四届人大常委会第二十次会议通过",
                "2014年9月1日浙江省第十二届人民代表大会常务委员会第十三次会议批准",
            ],
            ("市人大常委会", "2014-06-27", None, None),
        ),
        (
            ["2001年2月12日省第十一届人民代表大会第四次会议通过", "2010年5月14日省第十三届人大常委会第七次会议修订",
             "2015年6月1日省第十四届人大常委会第二次会议修订", "2018年1月1日起施行"],
            ("省人民代表大会", "2015-06-01", None, "2018-01-01"),
        ),
        # made anew under an order of its own, or amended under one that leaves the first as it is
        (
            ["1998年5月1日某省人民政府令第20号发布", "2010年3月1日某省人民政府令第80号修订"],
            ("某省人民政府", "2010-03-01", "某省人民政府令第80号", None),
        ),
        (
            ["1998年5月1日某省人民政府令第20号发布", "2010年3月1日某省人民政府令第80号修正"],
            ("某省人民政府", "1998-05-01", "某省人民政府令第20号", None),
        ),
        (["2020年1月1日由某市政府第10次常务会议通过"], ("某市政府", "2020-01-01", None, None)),
        (["2020年1月1日某市中级人民法院审判委员会第3次会议通过"], ("某市中级人民法院", "2020-01-01", None, None)),
        (["2020年1月1日通过"], (None, "2020-01-01", None, None)),
        (["2020年5月1日财政部公告2020年第3号公布"], (None, None, None, None)),
        ([], (None, None, None, None)),
    ],
)  # fmt: skip
def test_what_the_history_tells(notes: list[str], wanted: tuple[str | None, ...]) -> None:
    told = read_adoption(notes)
    days = [day.isoformat() if day is not None else None for day in (told.day, told.starts)]
    assert (told.office, days[0], told.number, days[1]) == wanted


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("国办发〔2019〕15号", ["国办发〔2019〕15号"]),
        ("根据国办发〔2019〕15号和豫政[2016]9号", ["国办发〔2019〕15号", "豫政〔2016〕9号"]),
        ("国办发〔2019〕15号豫政〔2016〕9号", ["国办发〔2019〕15号", "豫政〔2016〕9号"]),
        ("（和民发【2018】第42号）", ["和民发〔2018〕第42号"]),
        ("和政发（2020） 8 号", ["和政发〔2020〕8号"]),
        ("原洪府发﹝2010﹞7号", ["洪府发〔2010〕7号"]),
        ("〔2020〕8号，见2020年8号", []),
    ],
)
def test_numbers_with_their_signs(words: str, numbers: list[str]) -> None:
    spans = find_numbers(words, NOTICES.lead_ins)
    assert [normal_number(words[span.start : span.end]) for span in spans] == numbers


LEVELS: list[tuple[Level, str, str | None]] = [
    ("closing", "自2024年1月1日起施行。", "2024-01-01"),
    ("closing", "现予公布，自2024年1月1日起施行。", "2024-01-01"),
    ("closing", "经市政府同意，自2024年1月1日起施行。", "2024-01-01"),
    ("closing", "符合条件的企业，自2024年1月1日起享受补贴。", None),
    ("closing", "2024年1月1日起执行的价格不变。", None),
    ("front", "自2024年1月1日起施行。", "2024-01-01"),
    ("chapter", "第二十条 自2024年1月1日起施行。", "2024-01-01"),
    ("section", "第二十条 自2024年1月1日起施行。", "2024-01-01"),
    ("article", "第二十条 自2024年1月1日起施行。", "2024-01-01"),
    ("subpart", "第二十条 自2024年1月1日起施行。", None),
    ("part", "七、执行时间：自2024年1月1日起施行。", "2024-01-01"),
    ("part", "七、执行时间:自2024年1月1日起施行。", "2024-01-01"),
    ("subpart", "（三）执行时间：自2024年1月1日起施行。", None),
    ("part", "自2024年1月1日起施行。", None),
    ("row", "本办法自2024年1月1日起施行。", None),
    ("back", "本办法自2024年1月1日起施行。", None),
]


@pytest.mark.parametrize(("level", "words", "start"), LEVELS)
def test_words_without_a_subject_count_by_their_place(level: Level, words: str, start: str | None) -> None:
    head, _ = read(PLAN_COVER, (level, words))
    assert head.effective_from == start


@pytest.mark.parametrize(
    ("closing", "start", "end"),
    [
        ("本办法自2024年1月1日起施行，有效期2年零6个月。", "2024-01-01", "2026-06-30"),
        ("本办法自2024年1月1日起施行，有效期6个月。", "2024-01-01", "2024-06-30"),
        ("本办法有效期自2024年1月1日起至2026年12月31日止。", "2024-01-01", "2026-12-31"),
        ("本办法执行至2025年6月。", None, "2025-06-30"),
        ("本办法自印发之日起10个工作日后施行。", None, None),
        ("本办法自公布之日起满三个月后施行。", "2024-03-07", None),
        ("自即日起执行。", "2023-12-07", None),
        ("有效期：2024年1月1日至2025年12月31日。", "2024-01-01", "2025-12-31"),
        ("六、执行时间：2024年1月1日至2025年12月31日。", "2024-01-01", "2025-12-31"),
        ("本通知自下发之日起执行，暂定执行2年。", "2023-12-07", "2025-12-06"),
        ("本办法自印发之日（2024年2月1日）起施行。", "2024-02-01", None),
        ("本办法自2024年1月1日（含当日）起施行。", "2024-01-01", None),
        # the sentence after it: of the notice where it names nothing else
        ("本办法自2024年1月1日起施行。由市财政局负责解释，有效期2年。", "2024-01-01", "2025-12-31"),
        ("本办法自2024年1月1日起施行。《旧办法》有效期5年。", "2024-01-01", None),
        ("本办法自2024年1月1日起施行；旧标准执行至2024年6月30日。", "2024-01-01", None),
        ("本办法有效期5年。调整后的标准自2024年1月1日起执行。", None, None),
        ("本办法自2024年1月1日起施行。政策期限为2024年至2026年。", "2024-01-01", "2026-12-31"),
        ("本办法自2024年1月1日起施行；补贴的政策期限为2024年至2026年。", "2024-01-01", None),
        ("各地要贯彻执行。本办法自2024年1月1日起施行，有效期3年。请遵照执行。", "2024-01-01", "2026-12-31"),
        ("上述标准从2025年1月1日起执行。", None, None),
        ("调整后的标准自2025年1月1日起执行。", None, None),
        ("根据本办法，新的补贴标准自2025年1月1日起执行。", None, None),
        ("该办法自2025年1月1日起施行。", None, None),
        ("本项目自2025年1月1日起实施，期限三年。", None, None),
        ("提高后的待遇，自2025年1月1日起执行。", None, None),
        ("本办法由市财政局负责解释，自2024年1月1日起施行，有效期5年。", "2024-01-01", "2028-12-31"),
        ("本政策自发布之日起施行，有效期至2024年12月31日。", "2023-12-07", "2024-12-31"),
        ("本通告自即日起施行。", "2023-12-07", None),
        ("本意见政策期限为2016年至2018年。", "2016-01-01", "2018-12-31"),
        ("本项目资金总额为2016年至2018年。", None, None),
        ("本办法及其实施细则自2024年3月1日起施行。", "2024-03-01", None),
        ("本意见自2023年5月1日起试行，试行期两年，由市教育局负责解释。", "2023-05-01", "2025-04-30"),
        ("本办法2024年3月1日起施行。", "2024-03-01", None),
        ("本通知自2024年3月1日零时起施行。", "2024-03-01", None),
        ("以上政策自2024年3月1日起执行，有效期1年。", "2024-03-01", "2025-02-28"),
        (
            "本政策自公布之日起施行，有效期暂定一年（2022年9月1日-2023年8月31日）。",
            "2022-09-01",
            "2023-08-31",
        ),
    ],
)
def test_only_the_validity_of_the_notice_counts(closing: str, start: str | None, end: str | None) -> None:
    head, _ = read(PLAN_COVER, ("closing", closing))
    assert (head.effective_from, head.effective_until) == (start, end)


@pytest.mark.parametrize(
    ("office", "code", "whole"),
    [
        ("县教育局", "361127", "余干县教育局"),
        ("县人民政府办公室", "420324", "竹溪县人民政府办公室"),
        ("县政府办公室", "330523", "安吉县人民政府办公室"),
        ("县人大常委会", "330523", "安吉县人大常委会"),
        ("县教育局", "420528", "长阳土家族自治县教育局"),
        ("安吉县教育局", "330523", "安吉县教育局"),
        ("县委办公室", "330523", "县委办公室"),
        ("市民政局", "330523", "市民政局"),  # of the city above
    ],
)
def test_a_short_office_in_full(office: str, code: str, whole: str) -> None:
    division = load_divisions().get(code)
    assert division is not None
    assert in_full(office, division) == whole


@pytest.mark.parametrize(
    ("measure", "end"),
    [
        ("（五）本措施由区科技局会同有关部门解释；自发布之日起施行，有效期至2024年12月31日。", "2024-12-31"),
        ("（五）新标准由区科技局负责解释；自发布之日起施行，有效期至2024年12月31日。", None),
        ("（五）本措施由区科技局会同有关部门解释。新标准自发布之日起施行，有效期至2024年12月31日。", None),
    ],
)
def test_a_measure_on_who_explains_the_notice_goes_on_with_its_term(measure: str, end: str | None) -> None:
    head, _ = read(PLAN_COVER, ("subpart", measure))
    assert head.effective_until == end


def test_a_heading_that_names_the_term() -> None:
    head, _ = read(PLAN_COVER, ("part", "七、执行时间：自2024年1月1日起施行，有效期2年。"))
    assert (head.effective_from, head.effective_until) == ("2024-01-01", "2025-12-31")


def test_the_standard_is_the_notice_itself() -> None:
    head, _ = read("嵊州市殡葬服务收费标准", ("closing", "本标准自2025年1月1日起执行。"))
    assert head.effective_from == "2025-01-01"


def test_a_bare_date_at_the_end_is_that_of_the_notice() -> None:
    head, _ = read("莱西市支持发展政策清单", ("closing", "2026年3月12日发布"))
    assert head.issued_on == "2026-03-12"
    head, _ = read("关于命名示范街道的通报", ("closing", "二○○三年十月三十一日\n来源：某市人民政府办公厅"))
    assert head.issued_on == "2003-10-31"


@given(
    st.lists(
        st.text(alphabet="：|【】 时间来源发文号2023-年月日〔〕号的通知各区府办，。", max_size=40), max_size=8
    )
)
def test_labels_and_lines_of_anything(lines: list[str]) -> None:
    for line in lines:
        starts = [label.start for label in read_labels(line, NOTICES)]
        assert starts == sorted(starts)
    text, _ = notice("\n".join(lines) or "文")
    head, _ = read("\n".join(lines) or "文")
    assert head.title is None or set(head.title) <= {*text.text, " "}


@pytest.mark.parametrize(
    "unit", ["：", "时间：", "〔2023〕8号", "2023年1月1日", "的通知", "来源", "各区", "2023年1月1日通过"]
)
def test_hostile_heads_are_read_in_linear_time(unit: str) -> None:
    head, _ = read(unit * 40_000, ("closing", unit * 20_000))
    assert head.kind is None or head.title
