"""Responsibilities of whole notices: lists, roles, rules, running text, task tables."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.extractors.units import responsibilities
from extractor.lexicon.units import load_units
from extractor.model import (
    Cell,
    CellRef,
    Clause,
    Finding,
    Level,
    Paragraph,
    Responsibility,
    Span,
    Table,
    Text,
)
from extractor.pipeline import read_bytes


def notice(*paragraphs: str, levels: tuple[Level, ...] = ()) -> tuple[Text, tuple[Clause, ...]]:
    """Each paragraph is a clause (an article, unless `levels` says otherwise)."""
    spans: list[Span] = []
    for paragraph in paragraphs:
        start = spans[-1].end + 1 if spans else 0
        spans.append(Span(start, start + len(paragraph)))
    clauses = tuple(
        Clause(str(i + 1), levels[i] if levels else "article", span, span.start, subtree_end=span.end)
        for i, span in enumerate(spans)
    )
    return Text("\n".join(paragraphs), tuple(Paragraph(span) for span in spans)), clauses


def found(*paragraphs: str, levels: tuple[Level, ...] = ()) -> list[Responsibility | Finding]:
    text, clauses = notice(*paragraphs, levels=levels)
    return list(responsibilities(text, clauses, (), load_units()))


def said(*paragraphs: str, levels: tuple[Level, ...] = ()) -> list[str]:
    """One string a clause: name/role for each unit in the order found."""
    rows = [row for row in found(*paragraphs, levels=levels) if isinstance(row, Responsibility)]
    return [
        " ".join(f"{row.unit.name}/{row.role}" for row in rows if row.clause == index)
        for index in range(len(paragraphs))
    ]


@pytest.mark.parametrize(
    ("paragraph", "units"),
    [
        ("做好宣传。（责任单位：市卫健委、教育局等）", "市卫健委/responsible 市教育局/responsible"),
        ("做好宣传。〔责任单位:市卫健委，市妇联)", "市卫健委/responsible 市妇联/responsible"),
        ("做好宣传。（责任单位：市卫健委、教育局", "市卫健委/responsible 市教育局/responsible"),
        ("做好宣传。责任部门：市卫健委 市教育局", "市卫健委/responsible 市教育局/responsible"),
        ("牵头单位：市民政局；配合单位：财政局、公安局。", "市民政局/lead 市财政局/support 市公安局/support"),
        ("（市民政局牵头，市财政局、公安局配合，各县区人民政府负责落实）",
         "市民政局/lead 市财政局/support 市公安局/support 各县区人民政府/implement"),
        ("（由市民政局牵头，会同市财政局等部门落实）", "市民政局/lead 市财政局/support"),
        ("（市发展改革委会同市财政局、教育局等部门负责）", "市发展改革委/lead 市财政局/support 市教育局/support"),
        ("（市教育局负责，市财政局配合；完成时间：2025年12月底前）", "市教育局/responsible 市财政局/support"),
        ("（责任单位：市卫健委（牵头）、市教育局）", "市卫健委/lead 市教育局/support"),
        ("（牵头单位为市教育局，配合单位为财政局）", "市教育局/lead 市财政局/support"),
        ("（牵头领导：张三；责任单位：县教育局；责任人：李四）", "县教育局/responsible"),
        ("指导单位：市教育局；责任单位：各学校、幼儿园。", "市教育局/guide 各学校/responsible 各幼儿园/responsible"),
        ("干。（市发改委、市教育局）", "市发改委/responsible 市教育局/responsible"),
        ("（国家卫生健康委牵头，教育部、财政部等按职责分工负责）", "国家卫生健康委/lead 教育部/support 财政部/support"),
        ("两份清单（市公安局负责）继续推进（市民政局负责）", "市公安局/responsible 市民政局/responsible"),
        ("（甲部、商务部等和各有关省级人民政府负责）", "甲部/responsible 商务部/responsible 各有关省级人民政府/responsible"),
        ("（市商务局会同有关部门负责）", "市商务局/lead"),
        ("（由市民政局牵头，会同市财政局、市教育局等部门组织实施）", "市民政局/lead 市财政局/support 市教育局/support"),
        ("（市民政局牵头，市财政局、各县（市、区）人民政府结合实际落实）",
         "市民政局/lead 市财政局/implement 各县（市、区）人民政府/implement"),
        ("（牵头单位：市司法局；责任单位：市直相关单位，6月底完成）", "市司法局/lead 市直相关单位/responsible"),
        ("牵头责任单位：省商务厅。协同责任单位：省财政厅、某地海关。", "省商务厅/lead 省财政厅/support 某地海关/support"),
        ("（责任单位：各区人民政府〈含开发区管委会，下同〉、市交通委（市道运局））",
         "各区人民政府/responsible 市交通委（市道运局）/responsible"),
        ("（5月底完成，牵头考核单位：市住建局、审批服务局）", "市住建局/lead 市审批服务局/lead"),
        ("（持续推进，牵头单位：市住建局；配合单位：公安局）", "市住建局/lead 市公安局/support"),
        ("（各县、区人民政府（管委会）负责落实）", "各县人民政府（管委会）/implement 各区人民政府（管委会）/implement"),
        ("（甲市、乙丘、丙湾经济开发区管委会负责）", "乙丘经济开发区管委会/responsible 丙湾经济开发区管委会/responsible"),
        ("（省推进“一湾两带”建设领导小组成员单位按职责分工负责）", "省推进“一湾两带”建设领导小组成员单位/support"),
        ("（技工院校内由教育行政部门负责）", "教育行政部门/responsible"),
        ("责任单位：市建委，各区县政府及开发区管委会（各单位按职责分工落实，下同）", "市建委/responsible 各区县政府/responsible 各开发区管委会/responsible"),
        ("牵头单位：市商务局，责任单位：各县区人民政府，市政府相关单位",
         "市商务局/lead 各县区人民政府/responsible 市政府相关单位/responsible"),
        ("（市商务局牵头，市供销社和各县区政府配合）", "市商务局/lead 市供销社/support 各县区政府/support"),
        ("（责任单位：市科委、市数据局、市卫健委、申康医院发展中心）",
         "市科委/responsible 市数据局/responsible 市卫健委/responsible 申康医院发展中心/responsible"),
        ("（责任单位：市科委、低空发展中心）", "市科委/responsible 市低空发展中心/responsible"),
        ("（省政务局牵头。市州、县市区人民政府负责落实）", "省政务局/lead 市州人民政府/implement 县市区人民政府/implement"),
        ("（责任单位：省人力资源社会\n保障厅、省自然资源和\n规划厅）", "省人力资源社会保障厅/responsible 省自然资源和规划厅/responsible"),
        ("（责任单位：省教育厅，各市〔州〕、各县〔市、区〕人民政府）",
         "省教育厅/responsible 各市〔州〕人民政府/responsible 各县〔市、区〕人民政府/responsible"),
        ("（责任单位：市财政局、创投集团）", "市财政局/responsible 市创投集团/responsible"),
        ("健全工作机制。（各有关单位）", "各有关单位/responsible"),
        ("（责任单位：市财政局、各县（区）人民政府、教育局）", "市财政局/responsible 各县（区）人民政府/responsible 市教育局/responsible"),
        ("（广州、深圳市政府牵头，省卫生健康委配合）", "广州市政府/lead 深圳市政府/lead 省卫生健康委/support"),
        ("（牵头单位：经济技术开发区、九里亭街道，支撑单位：区规划资源局、区经委）",
         "经济技术开发区/lead 九里亭街道/lead 区规划资源局/support 区经委/support"),
        ("（市级督办部门：市教育局；技术保障单位：市大数据中心）", "市教育局/guide 市大数据中心/support"),
        ("参与单位：省公安厅、省市场监管局完成时限：2019年9月底", "省公安厅/support 省市场监管局/support"),
        ("参与单位：各设区市政府，杨凌示范区、西咸新区管委会完成时限：2019年9月底",
         "各设区市政府/support 杨凌示范区管委会/support 西咸新区管委会/support"),
    ],
)  # fmt: skip
def test_lists(paragraph: str, units: str) -> None:
    assert said(paragraph) == [units]


@pytest.mark.parametrize(
    "paragraph",
    [
        "见附件（经期、孕期、哺乳期）（2023—2025年）（以下简称联席会议）。",
        "推进卫生健康、公安等部门协作，促进教育、民政部门信息共享。",
        "根据市卫健局牵头代拟的方案，经当地民政部门认定，报市财政局备案。",
        "市教育局组织开展了检查，负责人由县长担任，工会组织要关心职工。",
        "政府要强化监管，街道要明确人员，用人单位应当为职工提供便利。",
        "由市场监督管理部门责令改正，由公安机关依法给予处罚。",
        "由省教育厅、便民大厅负责。",
        "鼓励基层医疗卫生机构负责，全部社区卫生服务中心应当提供服务，镇卫生院要加强管理。",
        "促进经济和社会同步发展，配合街道办事处应当做好工作，主管部门负责人要到场。",
        "市教育局：张三，88123456",
        "优化农机装备产业结构布局。加强装备研发，推进成果转化。",
        "建设十六座公共充电站。加大宣传力度，营造良好氛围。",
        "涉嫌犯罪的，移送司法机关依法追究刑事责任。",
        "向数据提供部门提出申请，接到申请的政务部门应当在五个工作日内予以答复。",
        "各类企业、事业单位和社会组织应当规范自身行为。",
        "数字经济项目须经相关部门按规定审核同意。",
        "面向全市（各有关单位）征集项目。",
        "市教育局指导学校开展活动，市水利局依法处理。",
        "两个以上审批部门需要进行勘验的，可以联合勘验。",
        "市公安局、市民政局依法收集的录音可以作为证据。",
    ],
)
def test_a_mere_mention_is_no_responsibility(paragraph: str) -> None:
    assert said(paragraph) == [""]


@pytest.mark.parametrize(
    ("paragraph", "units"),
    [
        ("依托平台，由公安部门牵头，充分共享。", "公安部门/lead"),
        ("卫生健康部门履行牵头职责，建立机制。", "卫生健康部门/lead"),
        ("由市财政局组织实施，具体工作由市教育局承担。", "市财政局/implement 市教育局/responsible"),
        ("由市教育局牵头，财政局、公安局配合。", "市教育局/lead 市财政局/support 市公安局/support"),
        ("市教育局负责指导，市卫健委会同财政、民政等部门制定细则。",
         "市教育局/guide 市卫健委/lead 财政部门/support 民政部门/support"),
        ("卫生健康、财政、公安等部门要围绕目标狠抓落实。", "卫生健康部门/responsible 财政部门/responsible 公安部门/responsible"),
        ("工会、妇联等群团组织要主动作为。", "工会/responsible 妇联/responsible"),
        ("各级发改部门、行政审批部门根据批准的计划，负责项目审批；各级审计部门按计划负责监督。",
         "各级发改部门/responsible 各级行政审批部门/responsible 各级审计部门/responsible"),
        ("各级教育部门负责人才住房施教区政策落实。", "各级教育部门/responsible"),
        ("由所在地的县（市、区）、乡（镇）人民政府统一负责。", "县（市、区）人民政府/responsible 乡（镇）人民政府/responsible"),
        ("省联席会议统筹工作，联席会议办公室具体负责协调。", "联席会议办公室/responsible"),
        ("市住房保障办公室（以下称市住房保障部门）是具体实施机构，负责筹集建设。", "市住房保障办公室/responsible"),
        ("发展改革、审计等政府相关职能部门按照职责分工，协同做好工作。", "发展改革部门/support 审计部门/support"),
        ("市场监管总局要发挥牵头作用，加强统筹协调。", "市场监管总局/lead"),
        ("做好挖掘。（市科委）", "市科委/responsible"),
        ("市工作专班负责统筹和协调。", "市工作专班/responsible"),
        ("各级党委和政府要提高站位。", "各级党委/responsible 各级政府/responsible"),
        ("各乡（镇）党委、政府每年11月底前要向县委报告。", "各乡（镇）党委/responsible 各乡（镇）政府/responsible"),
        ("各有关部门要认真贯彻落实。", "各有关部门/implement"),
        ("县级以上人民政府教育行政部门负责本区域内的工作。", "县级以上人民政府教育行政部门/responsible"),
        ("各乡镇（街道）对托育服务承担监管责任。", "各乡镇（街道）/responsible"),
        ("（一）住房城乡建设主管部门负责施工工地。", "住房城乡建设主管部门/responsible"),
        ("市民政部门主管本市养老工作。", "市民政部门/responsible"),
        ("生态环境主管部门对扬尘防治实施统一监督管理。", "生态环境主管部门/responsible"),
        ("财政、水利等部门，按照各自职责做好相关工作。", "财政部门/support 水利部门/support"),
        ("市医疗保险经办机构（以下简称经办机构）负责经办。", "市医疗保险经办机构/responsible"),
        ("市（区）财政、民政部门按照各自职能开展工作。", "市（区）财政部门/support 市（区）民政部门/support"),
        ("市、县（区）教育主管部门负责管理。", "市教育主管部门/responsible 县（区）教育主管部门/responsible"),
        ("教育、民政等部门和妇女联合会应当按照各自职责，加强指导。",
         "教育部门/support 民政部门/support 妇女联合会/support"),
        ("发展改革、公安、房屋管理等部门在各自的职责范围内，做好管理。",
         "发展改革部门/support 公安部门/support 房屋管理部门/support"),
        ("由市场监管、房屋管理等部门和消防救援机构按照各自职责依法查处。",
         "市场监管部门/support 房屋管理部门/support 消防救援机构/support"),
        ("公安机关、消防救援机构以及应急管理、水行政等部门在职责范围内负责监管。",
         "公安机关/responsible 消防救援机构/responsible 应急管理部门/responsible 水行政部门/responsible"),
        ("教育、卫生健康、统计以及其他有关部门负责开展预测。",
         "教育部门/responsible 卫生健康部门/responsible 统计部门/responsible"),
        ("公安、民政和卫生健康等部门应当落实规定。", "公安部门/implement 民政部门/implement 卫生健康部门/implement"),
        ("市发展改革和财政部门负责审核。", "市发展改革部门/responsible 市财政部门/responsible"),
        ("市教育和体育部门负责审核。", "市教育和体育部门/responsible"),
        ("财政、城市管理部门负责清理。", "财政部门/responsible 城市管理部门/responsible"),
        ("国务院教育行政部门、民政部门在规定的职责范围内，分别负责有关工作。",
         "国务院教育行政部门/responsible 国务院民政部门/responsible"),
        ("国务院茶叶行政部门负责全国的茶叶工作。", "国务院茶叶行政部门/responsible"),
        ("省、自治区、直辖市人民政府管理茶叶工作的部门负责管理。",
         "省人民政府管理茶叶工作的部门/responsible 自治区人民政府管理茶叶工作的部门/responsible "
         "直辖市人民政府管理茶叶工作的部门/responsible"),
        ("省、设区的市、县（市、区）人民政府应当加强领导。",
         "省人民政府/responsible 设区的市人民政府/responsible 县（市、区）人民政府/responsible"),
        ("县级以上人民政府教育、公安等有关部门按照各自职责做好工作。",
         "县级以上人民政府教育部门/support 县级以上人民政府公安部门/support"),
        ("区、县（市）卫生健康局（社会发展局）负责审核。",
         "区卫生健康局（社会发展局）/responsible 县（市）卫生健康局（社会发展局）/responsible"),
        ("由查处案件的粮食行政管理部门负责。", "查处案件的粮食行政管理部门/responsible"),
        ("由市教育局会同市财政局、农发行某地分行按照本办法发放。",
         "市教育局/lead 市财政局/support 农发行某地分行/support"),
        ("民政部门应会同财政部门加强监管。", "民政部门/lead 财政部门/support"),
        ("市教育局负责统筹，会同市民政局等部门组织实施。", "市教育局/responsible 市民政局/support"),
        ("各县（区）人民政府、经开区管委会是责任主体。", "各县（区）人民政府/responsible 经开区管委会/responsible"),
        ("市和区人民政府应当加大投入。", "市人民政府/responsible 区人民政府/responsible"),
        ("教育、气象等部门（机构）按照各自职责，做好工作。", "教育部门/support 气象部门/support"),
        ("州人民政府授权州数据资源主管部门负责统筹。", "州数据资源主管部门/responsible"),
        ("日常管理由街镇（园区）牵头，区绿化市容局配合落实。", "街镇（园区）/lead 区绿化市容局/support"),
        ("审计、纪监等部门负责监督。", "审计部门/responsible 纪监部门/responsible"),
        ("财政部门负责筹措资金.各地计生办负责认定。", "财政部门/responsible 各地计生办/responsible"),
        ("由联合采购办公室负责拟定。", "联合采购办公室/responsible"),
        ("由省教育厅、省黄灌厅牵头。", "省教育厅/lead 省黄灌厅/lead"),
        ("城区由城市综合管理委员会办公室负责调度。", "城市综合管理委员会办公室/responsible"),
        ("各级财政、社会组织管理部门和市残疾人联合会按各自职责实施。",
         "各级财政部门/support 各级社会组织管理部门/support 市残疾人联合会/support"),
        ("区工信局、中小企业局、房产储备局等部门负责组织清雪。",
         "区工信局/responsible 区中小企业局/responsible 区房产储备局/responsible"),
        ("米山镇负责站前路的清雪。", "米山镇/responsible"),
        ("财政、水利等有关部门，根据本级人民政府确定的职责，做好工作。", "财政部门/responsible 水利部门/responsible"),
        ("乡（镇）人民政府、街道办事处在县人民政府领导下，组织开展防治。", "乡（镇）人民政府/responsible 街道办事处/responsible"),
        ("甲县经济开发区、高新区管理委员会根据市人民政府授权，依照本条例负责防治。",
         "甲县经济开发区管理委员会/responsible 高新区管理委员会/responsible"),
        ("省、自治区、直辖市人民政府茶叶行业主管部门负责管理。",
         "省人民政府茶叶行业主管部门/responsible 自治区人民政府茶叶行业主管部门/responsible 直辖市人民政府茶叶行业主管部门/responsible"),
        ("在各省设立的煤矿安全监察机构负责颁发。", "煤矿安全监察机构/responsible"),
        ("由其户籍所在地的区级残联组织负责追回。", "区级残联组织/responsible"),
        ("司法行政、审计部门对实施情况进行监督指导。", "司法行政部门/guide 审计部门/guide"),
        ("市妇联、市总工会按照各自章程协助开展工作。", "市妇联/support 市总工会/support"),
        ("各省、自治区、直辖市和计划单列市税务局要做好宣传。",
         "各省税务局/responsible 各自治区税务局/responsible 各直辖市税务局/responsible 各计划单列市税务局/responsible"),
        ("村道日常养护由村民委员会负责。", "村民委员会/responsible"),
        ("市住建局作为牵头部门要加强调度，市残联作为配合部门要主动对接。", "市住建局/lead 市残联/support"),
        ("由县农业农村局总牵头，县财政局、县供销社参与。", "县农业农村局/lead 县财政局/support 县供销社/support"),
        ("由市总工会牵头，市工商联、市律师协会协助。", "市总工会/lead 市工商联/support 市律师协会/support"),
        ("由县教育局指导。县公安局牵头，县民政局组织实施。", "县教育局/guide 县公安局/lead"),
        ("由县教育局指导，县公安局组织实施。", "县教育局/guide 县公安局/implement"),
        ("省安委会办公室对各地排查整治情况开展督导。", "省安委会办公室/guide"),
        ("县级人民政府对耕地保护负总责，乡镇人民政府负直接责任。", "县级人民政府/responsible 乡镇人民政府/responsible"),
        ("市民政局牵头，文物、档案部门予以配合。", "市民政局/lead 文物部门/support 档案部门/support"),
        ("省政府办公厅牵头，省信息中心配合，年内出台办法。", "省政府办公厅/lead 省信息中心/support"),
        ("教育、财政、建设等部门，应当按照各自职责做好养犬管理工作。", "教育部门/support 财政部门/support 建设部门/support"),
        ("综合行政执法部门是养犬管理工作的主管部门，应当建立信息平台。", "综合行政执法部门/responsible"),
        ("县级以上网信、公安、公共数据等主管部门应当履行监管职责。", "县级以上网信主管部门/responsible 县级以上公安主管部门/responsible 县级以上公共数据主管部门/responsible"),
        ("教育数据，由教育主管部门、人力资源社会保障部门、科学研究机构负责。", "教育主管部门/responsible 人力资源社会保障部门/responsible"),
        ("登记数据由市场监督管理部门、事业单位登记管理机关等登记管理部门负责。", "市场监督管理部门/responsible 事业单位登记管理机关/responsible"),
        ("技术规程由省林业主管部门商省财政部门、省市场监督管理部门拟订。",
         "省林业主管部门/lead 省财政部门/support 省市场监督管理部门/support"),
        ("项目由市级生态环境部门会同财政部门组织申报。", "市级生态环境部门/lead 市级财政部门/support"),
        ("具体办法由市财政局商市教育局制定。", "市财政局/lead 市教育局/support"),
        ("园区完成建设任务后，由市发展改革委组织验收。", "市发展改革委/responsible"),
        ("铁道部、交通部负责安排应急粮食的运输。", "铁道部/responsible 交通部/responsible"),
        ("中国农业发展银行负责安排所需贷款。", "中国农业发展银行/responsible"),
        ("居民委员会、村民委员会协助做好养老服务工作。", "居民委员会/support 村民委员会/support"),
        ("实体政务大厅需由办事群众提供材料。", ""),
        ("由生态环境部牵头，会同财政部、国家林草局研究制定核算办法。", "生态环境部/lead 财政部/support 国家林草局/support"),
        ("由项目所在地乡镇人民政府负责审核。", "项目所在地乡镇人民政府/responsible"),
        ("由望花区OPC工作专班负责解释。", "望花区OPC工作专班/responsible"),
        ("由县人民政府确定的部门负责。", "县人民政府确定的部门/responsible"),
        ("由市财政局组织开展评审。", "市财政局/responsible"),
        ("各区人民政府、各功能区管理机构分别负责统筹。", "各区人民政府/responsible 各功能区管理机构/responsible"),
        ("各镇（街）积分入户受理窗口负责预审。", "各镇（街）积分入户受理窗口/responsible"),
        ("失业保险经办机构应当建立缴费记录。", "失业保险经办机构/responsible"),
        ("由迁入地失业保险经办机构负责发放。", "迁入地失业保险经办机构/responsible"),
        ("市青年人才公共就业服务机构是日常管理机构，负责受理。", "市青年人才公共就业服务机构/responsible"),
        ("各街道、镇作为垃圾处理工作的责任主体，负责日常监管。", "各街道/responsible 各镇/responsible"),
        ("市财政局按照职责，协同实施本办法。", "市财政局/support"),
        ("学生处负责审核和发放。", "学生处/responsible"),
        ("由市财政局会同甲东新区、乙河区和丙港地区管委会制定。", "市财政局/lead 丙港地区管委会/support"),
        ("由市财政局牵头，会同甲丘（乙湾）工业园管委会核定。", "市财政局/lead 甲丘（乙湾）工业园管委会/support"),
        ("某省健康某省建设委员会（爱国卫生运动委员会）实行定期会议制度，牵头推进工作。",
         "某省健康某省建设委员会（爱国卫生运动委员会）/lead"),
        # without 要 a department acts, and all of a level
        ("教育部门加强监管，确保安全。", "教育部门/responsible"),
        ("各县教育局加强监管，确保安全。", "各县教育局/responsible"),
        # words that begin with a joint, and levels that stand before others
        ("并联审批牵头部门应当提前告知。", "并联审批牵头部门/responsible"),
        ("市、区（县级市）民政部门负责具体工作。", "市民政部门/responsible 区（县级市）民政部门/responsible"),
        ("市、县级市民政部门应当会同有关部门制定规划。", "市民政部门/lead 县级市民政部门/lead"),
        ("市和区县（市）人民政府应急管理部门负责综合监督管理。",
         "市人民政府应急管理部门/responsible 区县（市）人民政府应急管理部门/responsible"),
        # what stands between 等 and 部门
        ("由农业、卫生等监督管理部门负责监督。", "农业监督管理部门/responsible 卫生监督管理部门/responsible"),
        ("教育、公安等并联审批相关部门，应当按照牵头部门确定的流程提供材料。", "教育部门/responsible 公安部门/responsible"),
        ("市应急局、市公安局和其他有安全监管职责的部门要加强合作。", "市应急局/responsible 市公安局/responsible"),
        ("应急管理、消防等负有监督管理职责的部门应当加强检查。", "应急管理部门/responsible 消防部门/responsible"),
        ("文广旅游、燃气管理等部门，依法在各自职责范围内负责监督管理。", "文广旅游部门/responsible 燃气管理部门/responsible"),
        # what offices hold together, divisions of ministries, the committee of the zone
        ("市安全生产委员会道路交通安全专业委员会（以下简称“市交安委”）要健全体系。",
         "市安全生产委员会道路交通安全专业委员会/responsible"),
        ("市交安委、市安委会办公室要开展督办。", "市交安委/responsible 市安委会办公室/responsible"),
        ("县防汛抗旱指挥部办公室负责协调。", "县防汛抗旱指挥部办公室/responsible"),
        ("监测由卫生部医政司负责组织与管理。", "卫生部医政司/responsible"),
        ("管委会负责对扶持项目进行监督。", "管委会/responsible"),
        ("教育、统计等部门和工会、妇联等社会团体，应当按照各自职责做好工作。",
         "教育部门/support 统计部门/support 工会/support 妇联/support"),
        ("卫生健康、医疗保障等政府其他部门按照各自职责做好工作。", "卫生健康部门/support 医疗保障部门/support"),
        ("民政、教育等部门按照管行业必须管安全、管业务必须管安全、管生产经营必须管安全的要求，做好工作。",
         "民政部门/responsible 教育部门/responsible"),
        ("强化省发展改革委牵头抓总作用。", "省发展改革委/lead"),
        ("市交通委要会同市公安局查处非法营运。", "市交通委/lead 市公安局/support"),
        # paragraphs that begin with the name of an office
        ("区科委工作职责：", "区科委/responsible"),
        ("自治区公安厅、民政厅：及时推送信息。", "自治区公安厅/responsible 自治区民政厅/responsible"),
        ("1.市财政局：牵头做好资金保障。", "市财政局/lead"),
        ("各县（区）人民政府：落实属地责任，组织实施。", "各县（区）人民政府/implement"),
        ("市公安局。负责打击违法行为。", "市公安局/responsible"),
        ("勤工助学指导中心负责组织和管理勤工助学活动。", "勤工助学指导中心/responsible"),
        ("北京市大数据工作推进小组负责数据专区的总体指导。", "北京市大数据工作推进小组/responsible"),
        ("董事会按照国家有关规定负责本行的薪酬管理制度。", ""),  # between the name and its verb stands more
        ("建设便民中心，负责受理申请。", ""),
    ],
)  # fmt: skip
def test_running_text(paragraph: str, units: str) -> None:
    assert said(paragraph) == [units]


def test_in_a_list_of_duties_a_name_is_known_by_its_end() -> None:
    paragraph = "应急局：统筹救援力量。\n市水网调度总队：负责水情监测。\n商务局：组织生活物资供应。\n演练内容：开展转移避险。"
    assert said(paragraph) == ["应急局/responsible 市水网调度总队/responsible 商务局/responsible"]
    assert said("市水网调度总队：负责水情监测。") == [""]


def test_members_of_a_list_that_begin_with_offices_are_their_duties() -> None:
    text = (
        "某市救助预案\n各单位：\n为做好救助工作，制定本预案。\n一、响应措施\n1.市公安局维护社会治安。2.市妇联组织安置妇女儿童。\n3.某市军分区根据请求，协调军队参加救援。\n"
        "4.市水务局、气象局等涉灾部门及时通报灾情。\n5.视情请求支援。\n二、保障措施\n1.推动市级平台建设。\n2.市公安局维护治安。\n3.加强演练。\n4.统筹优化空间布局。\n"
    )
    rows = read_bytes("a.txt", text.encode()).responsibilities
    assert [f"{row.unit.name}/{row.role}" for row in rows] == [
        "市公安局/responsible",
        "市妇联/responsible",
        "某市军分区/responsible",
        "市水务局/responsible",
        "市气象局/responsible",
    ]


def test_under_a_heading_of_duties_an_office_heads_its_clause() -> None:
    text = (
        "某街道消防方案\n各单位：\n为做好消防工作，制定本方案。\n一、职责分工\n1.派出所。配合开展巡查，负责核查。\n2.服务办。牵头收集信息。\n"
        "3.居委会。具体负责排摸。\n二、建设服务中心\n1.服务中心。加强建设。\n三、落实责任分工。市教育局指导学校开展演练，"
        "提请市民政局指导。市水利局依法对工程进行检查。市科技局加强统筹，牵头做好创新。\n"
    )
    rows = read_bytes("a.txt", text.encode()).responsibilities
    assert [f"{row.unit.name}/{row.role}" for row in rows] == [
        "派出所/support",
        "服务办/lead",
        "居委会/responsible",
        "市教育局/guide",
        "市水利局/responsible",
        "市科技局/lead",
    ]


def test_a_mere_duty_does_not_count_where_the_clause_has_a_list() -> None:
    assert said("各级政府要加大投入，由市民政局牵头。（责任单位：市财政局）") == [
        "市财政局/responsible 市民政局/lead"
    ]


FIRST = "列在首位的为牵头单位，其他单位按职责分工负责"


def test_first_of_every_list_leads_from_where_it_is_said() -> None:
    assert said(
        "（责任单位：市民政局、财政局）", f"（责任单位：市民政局、财政局。{FIRST}，下同）", "（责任单位：市公安局、教育局）", "（责任单位：市残联）",
    ) == [
        "市民政局/responsible 市财政局/responsible", "市民政局/lead 市财政局/support", "市公安局/lead 市教育局/support", "市残联/lead",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "rule",
    [
        "各责任单位中排在第一位的为牵头单位。",
        "责任单位列第一位者为牵头部门，其余为配合单位。",
        "任务分工中第一个单位为牵头单位。",
        "牵头单位列首位。",
    ],
)
def test_a_rule_in_running_text_holds_for_the_whole_notice(rule: str) -> None:
    assert said("（责任单位：市民政局、财政局）", rule)[0] == "市民政局/lead 市财政局/support"


@pytest.mark.parametrize(
    ("rule", "first", "second"),
    [
        ("第一个逗号前为牵头单位，多个牵头部门的按照职责分工负责，下同", "市民政局/lead 市财政局/lead 市公安局/support",
         "市教育局/lead 市司法局/lead"),
        ("“，”前为牵头单位，逗号后为配合单位，下同", "市民政局/lead 市财政局/lead 市公安局/support",
         "市教育局/lead 市司法局/lead"),
        ("除标注“分别牵头”外，列第一位的为牵头或汇总单位，下同", "市民政局/lead 市财政局/support 市公安局/support",
         "市教育局/lead 市司法局/support"),
        ("加粗的为牵头单位，下同", "市民政局/responsible 市财政局/responsible 市公安局/responsible",
         "市教育局/responsible 市司法局/responsible"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("frame", ["（责任单位：{}；{}）", "责任单位：{}（{}）"])
def test_who_leads_by_position(frame: str, rule: str, first: str, second: str) -> None:
    lists = [frame.format("市民政局、市财政局，市公安局", rule), "（责任单位：市教育局、司法局）"]
    assert said(*lists) == [first, second]


def test_who_leads_by_a_star() -> None:
    assert said("（责任单位：市民政局、*市财政局）", "带*号的为牵头单位。") == [
        "市民政局/support 市财政局/lead",
        "",
    ]


def test_a_task_row_says_who_leads_in_its_own_words() -> None:
    words = "1 卫生健康部门履行牵头职责，各部门要配合。"
    assert said(words, levels=("row",)) == ["卫生健康部门/lead"]


def test_a_rule_leaves_roles_that_a_list_states() -> None:
    rule = f"{FIRST}，下同。"
    assert (
        said("（市民政局、财政局牵头，市公安局配合）", rule)[0]
        == "市民政局/lead 市财政局/lead 市公安局/support"
    )


def test_units_added_to_every_later_list() -> None:
    rule = "以下任务均需各县（区）人民政府、开发区（投资区）管委会落实，不再列出"
    own = "各县（区）人民政府、开发区（投资区）管委会"
    rows = found(
        f"（责任单位：市卫健委，{own}。{FIRST}，下同；{rule}）",
        "没有名单。",
        "（责任单位：市卫健委、财政局）",
    )
    added = [row for row in rows if isinstance(row, Responsibility) and row.basis == "default"]
    text, _ = notice(
        f"（责任单位：市卫健委，{own}。{FIRST}，下同；{rule}）",
        "没有名单。",
        "（责任单位：市卫健委、财政局）",
    )
    assert [(row.clause, row.unit.name, row.role, row.position) for row in added] == [
        (2, "各县（区）人民政府", "implement", 2),
        (2, "各开发区（投资区）管委会", "implement", 3),
    ]
    assert {text.text[row.span.start : row.span.end] for row in added} == {rule}
    assert not any(isinstance(row, Finding) for row in rows)


def test_a_rule_of_the_body_adds_nothing_to_an_annex() -> None:
    rule = "以下各项工作均需各县区人民政府落实，不再列出。"
    levels: tuple[Level, ...] = ("article", "article", "annex")
    assert said(f"（市教育局牵头。{rule}）", "（市民政局牵头）", "（市公安局牵头）", levels=levels) == [
        "市教育局/lead", "市民政局/lead 各县区人民政府/implement", "市公安局/lead",
    ]  # fmt: skip


def test_front_and_back_name_recipients() -> None:
    assert said("（责任单位：市教育局）", "市直有关单位：市教育局、财政局。", levels=("front", "back")) == [
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("header", "words", "units"),
    [
        ("责任单位", "县财政局、县教育局牵头；县司法局配合；各乡（镇）党委、政府落实",
         "县财政局/lead 县教育局/lead 县司法局/support 各乡（镇）党委/implement 各乡（镇）政府/implement"),
        ("责任单位", "县财政局、教育局", "县财政局/responsible 县教育局/responsible"),
        ("牵头单位", "县财政局", "县财政局/lead"),
        ("牵头 单位", "县财政局", "县财政局/lead"),
        ("配合单位", "县财政局 县教育局", "县财政局/support 县教育局/support"),
        ("县级责任部门", "县财政局", "县财政局/responsible"),
        ("工作任务", "县财政局", ""),
    ],
)  # fmt: skip
def test_task_table(header: str, words: str, units: str) -> None:
    text, clauses = notice("工作任务 责任单位", f"1 各级政府要加大投入 {words}", levels=("table", "row"))
    span = Span(clauses[1].span.end - len(words), clauses[1].span.end)
    table = Table(0, 2, 3, (Cell(1, 2, words, span, col_header=header),))
    rows = [
        r for r in responsibilities(text, clauses, (table,), load_units()) if isinstance(r, Responsibility)
    ]
    assert " ".join(f"{row.unit.name}/{row.role}" for row in rows) == units
    assert {(row.clause, row.basis) for row in rows} <= {(1, "table")}


def test_a_merged_cell_names_the_units_of_every_row_it_reaches() -> None:
    lines = ("工作任务 责任单位", "建设中心", "县财政局、教育局", "开展培训", "公开收费", "县公安局")
    text, paragraphs = notice(*lines)
    spans = [clause.span for clause in paragraphs]
    places = ((0, 0, 1), (1, 0, 1), (1, 1, 2), (2, 0, 1), (3, 0, 1), (3, 1, 1))
    text = Text(
        text.text,
        tuple(
            Paragraph(span, cell=CellRef(0, row, col, row_span=rows))
            for span, (row, col, rows) in zip(spans, places, strict=True)
        ),
    )
    rows = (Span(spans[1].start, spans[2].end), spans[3], Span(spans[4].start, spans[5].end))
    clauses = (
        Clause("a1", "annex", spans[0], 0, subtree_end=spans[5].end),
        *(
            Clause(f"a1.{number}", "row", span, span.start, parent=0, subtree_end=span.end)
            for number, span in enumerate(rows, 1)
        ),
    )
    cells = (
        Cell(1, 1, lines[2], spans[2], col_header="责任单位"),
        Cell(3, 1, lines[5], spans[5], col_header="责任单位"),
    )
    read = responsibilities(text, clauses, (Table(0, 4, 2, cells),), load_units())
    assert [
        (row.clause, row.unit.name, row.basis, row.position, text.text[row.span.start : row.span.end])
        for row in read
        if isinstance(row, Responsibility)
    ] == [
        (1, "县财政局", "table", 0, "县财政局"),
        (1, "县教育局", "table", 1, "教育局"),
        (2, "县财政局", "default", 0, "县财政局"),
        (2, "县教育局", "default", 1, "教育局"),
        (3, "县公安局", "table", 0, "县公安局"),
    ]


def test_a_rule_also_adds_to_a_task_without_a_list_beside_others() -> None:
    text, plain = notice(
        "（市教育局负责。以下任务均需各县人民政府落实，不再列出）", "没有名单。", "有分项。", "甲。"
    )
    parents = (3, 3, 3, 2)
    levels: tuple[Level, ...] = ("article", "article", "article", "item")
    clauses = tuple(
        replace(
            clause,
            parent=parent,
            level=level,
            subtree_end=plain[3].span.end if index == 2 else clause.span.end,
        )
        for index, (clause, parent, level) in enumerate(zip(plain, parents, levels, strict=True))
    )
    read = responsibilities(text, clauses, (), load_units())
    rows = [row for row in read if isinstance(row, Responsibility)]
    assert [(row.clause, row.unit.name, row.basis) for row in rows] == [
        (0, "市教育局", "listed"), (1, "各县人民政府", "default"),
    ]  # fmt: skip


def test_doubt_is_a_finding() -> None:
    rows = found("（责任单位：市教育局、星光网络公司、李四、把各项工作做到位）")
    codes = [(row.code, row.span) for row in rows if isinstance(row, Finding)]
    names = [row.unit for row in rows if isinstance(row, Responsibility)]
    assert [code for code, _ in codes] == ["unknown-unit", "unreadable-unit", "unreadable-unit"]
    assert [(name.name, name.sector) for name in names] == [("市教育局", "教育"), ("星光网络公司", "其他")]


PIECES = st.sampled_from(
    [
        "市教育局",
        "财政局",
        "各县（区）人民政府",
        "（",
        "）",
        "〔",
        "责任单位：",
        "牵头单位：",
        "牵头",
        "配合",
        "、",
        "，",
        "；",
        "。",
        "要",
        "由",
        "会同",
        "和",
        "等部门",
        "下同",
        "列在首位的为牵头单位",
        "以下均需",
        "不再列出",
        "2023年",
        "部门",
        "政府",
        "\x00",
        "x",
    ]
)


@given(st.lists(st.lists(PIECES, max_size=14).map("".join), min_size=1, max_size=5))
def test_every_quote_lies_in_its_clause_and_a_unit_has_a_role_once(paragraphs: list[str]) -> None:
    text, clauses = notice(*paragraphs)
    rows = [r for r in responsibilities(text, clauses, (), load_units()) if isinstance(r, Responsibility)]
    for row in rows:
        span = clauses[row.clause].span
        assert row.span.start < row.span.end <= len(text.text)
        assert row.basis == "default" or span.start <= row.span.start < row.span.end <= span.end
    keys = [(row.clause, row.unit.name, row.role) for row in rows]
    assert len(keys) == len(set(keys))


NAMES = st.lists(
    st.sampled_from(
        ["卫健委", "教育局", "财政局", "民政局", "公安局", "市场监管局", "总工会", "妇联", "残联", "气象局"]
    ),
    min_size=1,
    max_size=8,
    unique=True,
)


@given(
    NAMES,
    st.sampled_from(
        ["（责任单位：{}）", "〔责任部门：{}等〕", "责任单位：{}。", "（{}负责）", "[责任单位:{}]"]
    ),
)
def test_a_prefix_said_once_reaches_every_name(names: list[str], frame: str) -> None:
    printed = "、".join([f"市{names[0]}", *names[1:]])
    rows = [row for row in found("做好工作。" + frame.format(printed)) if isinstance(row, Responsibility)]
    assert [row.unit.name for row in rows] == [f"市{name}" for name in names]
    assert [row.position for row in rows] == list(range(len(names)))
    assert {row.basis for row in rows} == {"listed"}


@pytest.mark.parametrize(
    "piece",
    [
        "（",
        "）",
        "（）",
        "责任单位：",
        "（责任单位：",
        "（甲",
        "县区",
        "局和",
        "部门要",
        "第一为牵头",
        "均需县不再列出",
        "会同",
        "等",
        "各",
        "、",
        "每年",
    ],
)
def test_hostile_input_is_read_to_its_end(piece: str) -> None:
    assert all(isinstance(row, Finding) for row in found(piece * 40_000))


PAGE = (
    "<html><body><p>某某市促进就业实施方案</p><p>为促进就业，制定本方案。</p><p>一、主要任务</p>"
    "<p>做好稳岗扩岗工作，落实各项政策，确保完成全年目标任务。</p><p>附件</p><p>任务分工清单</p><table>{}</table></body></html>"
)
TABLES = {
    "a title that is spaced, and units that go on counting in the next column": (
        [["序号", "重点任务", "牵 头 单 位", "配合单位"], ["1", "稳岗", "市人社局", "市财政局、教育局"], ["2", "扩岗", "市教育局", "市民政局"]],
        ["a1.1 0 市人社局/lead", "a1.1 1 市财政局/support", "a1.1 2 市教育局/support", "a1.2 0 市教育局/lead", "a1.2 1 市民政局/support"],
    ),
    "who does what, by department": (
        [["序号", "部门", "职责"], ["1", "市人社局", "负责稳岗返还工作"], ["2", "市教育局", "负责校园招聘工作"]],
        ["a1.1 0 市人社局/responsible", "a1.2 0 市教育局/responsible"],
    ),
    "a cell merged over two rows comes before the next column of the second": (
        [["序号", "重点任务", "牵头单位", "配合单位"], ["1", "稳岗", "2市人社局", "市财政局"], ["2", "扩岗", "市民政局"]],
        ["a1.1 0 市人社局/lead", "a1.1 1 市财政局/support", "a1.2 0 市人社局/lead", "a1.2 1 市民政局/support"],
    ),
    "two cells merged over the same rows": (
        [["序号", "重点任务", "牵头单位", "配合单位"], ["1", "稳岗", "2市人社局", "2市财政局"], ["2", "扩岗"]],
        ["a1.1 0 市人社局/lead", "a1.1 1 市财政局/support", "a1.2 0 市人社局/lead", "a1.2 1 市财政局/support"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "units"), TABLES.values(), ids=TABLES)
def test_the_units_of_a_task_table_in_their_order(rows: list[list[str]], units: list[str]) -> None:
    def cell(words: str) -> str:
        merged = words.startswith("2市")
        return f"<td rowspan=2>{words[1:]}</td>" if merged else f"<td>{words}</td>"

    table = "".join(f"<tr>{''.join(map(cell, row))}</tr>" for row in rows)
    notice = read_bytes("a.html", PAGE.format(table).encode())
    read = [(notice.clauses[row.clause].ref, row.position, row) for row in notice.responsibilities]
    assert sorted(f"{ref} {position} {row.unit.name}/{row.role}" for ref, position, row in read) == units
