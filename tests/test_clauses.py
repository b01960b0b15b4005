"""The tree of clauses: readable outlines of short notices, and properties of generated ones."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.clauses import build
from extractor.model import Clause, Text
from extractor.sources import read_source
from extractor.text import normalise
from tests.notices import Made, notices, wrapped


def read(text: str) -> tuple[Text, tuple[Clause, ...]]:
    normal = normalise(read_source("notice.txt", text.encode()))
    return normal, build(normal)[0]


def outline(text: str) -> list[str]:
    """ref level «heading» of each clause, one a line."""
    _, clauses = read(text)
    return [f"{c.ref} {c.level}" + (f" «{c.heading}»" if c.heading else "") for c in clauses]


PLAN = """某某市人民政府文件
某政发〔2024〕3号
某某市人民政府关于印发《某某市养老服务提升方案》的通知
各县（区）人民政府：
现将《某某市养老服务提升方案》印发给你们，请认真贯彻执行。
某某市人民政府
2024年3月5日
某某市养老服务提升方案
为提升养老服务水平，制定本方案。
"""

CASES: dict[str, tuple[str, list[str]]] = {
    "a plan below its cover notice": (
        PLAN + "一、总体目标\n到2026年，体系基本建立。\n二、重点任务\n（一）增加供给。新建养老机构。\n1.扩建。支持扩建。\n"
        "2.改建。支持改建。\n（二）加强监管\n3、严格执法。依法查处。\n本方案自印发之日起施行。",
        ["front front", "0 preamble", "1 part «总体目标»", "2 part «重点任务»", "2.1 subpart «增加供给»",
         "2.1.1 article «扩建»", "2.1.2 article «改建»", "2.2 subpart «加强监管»", "2.2.3 article «严格执法»",
         "closing closing"],
    ),
    "a cover notice with numbered points of its own": (
        PLAN.replace("请认真贯彻执行。", "并就有关事项通知如下：\n一、提高认识。各地要高度重视。\n二、抓好落实。各地要抓紧实施。")
        + "一、总体目标\n提升质量。",
        ["front front", "0 preamble", "1 part «总体目标»"],
    ),
    "a regulation": (
        "某某市扬尘污染防治条例\n（2021年6月1日某某市人民代表大会常务委员会通过）\n目录\n第一章 总则\n第二章 附则\n"
        "第一章 总则\n第一条 为了防治扬尘污染，制定本条例。\n第二条 建设单位应当遵守下列规定：\n（一）设置围挡；\n"
        "（二）按照第（一）项执行。\n违反的，依照第三条规定处理。\n第二章 附则\n第三条 本条例自2022年1月1日起施行。",
        ["front front", "1 chapter «总则»", "1.1 article", "1.2 article", "1.2.1 subpart", "1.2.2 subpart",
         "2 chapter «附则»", "2.3 article"],
    ),
    "lists that run in a paragraph": (
        "关于某某建议的答复\n您提出的建议收悉，现答复如下：\n一、主要做法\n一是加强宣传。开展活动。二是完善制度。出台文件；"
        "三是强化保障。\n二、下一步打算\n重点抓好：（1）扩大覆盖；（2）提高质量。首先，摸清底数，其次，分类施策。\n"
        "感谢您的关心！",
        ["front front", "0 preamble", "1 part «主要做法»", "1.1 item «加强宣传»", "1.2 item «完善制度»",
         "1.3 item", "2 part «下一步打算»", "2.1 item", "2.2 item «提高质量»", "2.2.1 item", "2.2.2 item",
         "closing closing"],
    ),
    "contents that nothing heads, and 1. under （1）": (
        "某某市救助应急预案\n1总则\n1.1编制目的\n2应急响应\n2.1Ⅰ级响应\n3附则\n1总则\n1.1编制目的\n健全应对突发自然灾害的救助体系和运行机制，规范救助行为，保障受灾人员的基本生活。\n2应急响应\n2.1Ⅰ级响应\n采取以下措施：\n"
        "（1）启动机制\n1.市公安局维护秩序。2.市妇联\n组织安置。3.市水务局抢修。\n（2）信息管理\n1.市气象局通报。\n2.市教育局复课。\n3附则\n3.1市应急局解释。\n3.2发布实施\n本预案自发布之日起施行。",
        ["front front", "1 article «总则»", "1.1 item «编制目的»", "2 article «应急响应»", "2.1 item «Ⅰ级响应»", "2.1.1 item «启动机制»",
         "2.1.1.1 article", "2.1.1.2 article", "2.1.1.3 article", "2.1.2 item «信息管理»", "2.1.2.1 article", "2.1.2.2 article",
         "3 article «附则»", "3.1 item", "3.2 item «发布实施»"],
    ),
    "articles titled by a sentence on a line of its own": (
        "某某区创新奖补办法\n第一条 为推动创新，制定本办法。\n第二条 支持创新平台。\n首次认定的，补助50万元。\n对备案的，补助10万元。\n第三条 支持孵化载体。\n首次认定的，补助20万元。\n"
        "第四条 支持科技人才。\n入选的，奖励5万元。\n第五条 本办法自2024年3月1日起施行。",
        ["front front", "1 article", "2 article «支持创新平台»", "3 article «支持孵化载体»", "4 article «支持科技人才»", "5 article"],
    ),
    "a decision that quotes the articles it changes": (
        "某某市人民政府关于修改《某某办法》的决定\n市人民政府决定对《某某办法》作如下修改：\n一、将第七条修改为：“第七条 申请使用海域，应当提交材料。”\n"
        "二、增加一条，作为第十五条：“第十五条 有下列情形之一的，免缴：\n（一）军事用海；\n（二）公务用海。”\n三、删去第十八条。\n本决定自2024年3月1日起施行。",
        ["front front", "0 preamble", "1 part", "2 part", "3 part", "closing closing"],
    ),
    "titles of articles in brackets on lines of their own, offices that sign side by side": (
        "某某市招牌管理办法\n第一条（目的）\n为规范管理，制定本办法。\n第二条（处罚）\n违反第一条的规定的，责令改正；属于前条第\n（一）项情形的，处罚款。\n"
        "第三条（施行日期）\n本办法自2024年3月1日起施行。\n某某市城管局 某某市住建局\n某某市公安局\n2024年1月2日",
        ["front front", "1 article «目的»", "2 article «处罚»", "3 article «施行日期»", "closing closing"],
    ),
    "a form below the signature, Roman parts, a list 首先 … 最后": (
        "关于举办培训班的通知\n各学校：\n现就有关事项通知如下：\nⅠ、培训内容\n首先，学理论，其次，学技能，最后，要考核。\nⅡ、有关要求\n按时参加。\n某某市教育局\n2024年9月12日\n"
        "联系电话：0452-2790000\n参训回执\n姓名\t\t职务\t\t手机",
        ["front front", "0 preamble", "1 part «培训内容»", "1.1 item", "1.2 item", "1.3 item", "2 part «有关要求»", "closing closing",
         "back back"],
    ),
    "parts without numbers, the first and the last with text alone": (
        "某某区市场改造方案\n为改善经营环境，结合我区实际，制定本方案，请各有关单位认真组织实施。\n工作目标\n用两年时间，完成全区12家农贸市场升级改造，创建星级市场。\n主要任务\n改善硬件设施\n"
        "按照标准化要求，改造地面、给排水、电气线路，实现人车分流。\n规范经营秩序\n实行划行归市、亮证经营、明码标价，设置公平秤供群众使用。\n保障措施\n各街道要加强协调配合，及时解决困难，确保按期完成任务。",
        ["front front", "0 preamble", "1 part «工作目标»", "2 part «主要任务»", "2.1 subpart «改善硬件设施»", "2.2 subpart «规范经营秩序»",
         "3 part «保障措施»"],
    ),
    "an emergency plan that counts 1, 1.1, 1.1.1, with a table of contents": (
        "某某市人民政府办公室关于印发某某市粮食应急预案的通知\n各县人民政府：\n现将预案印发给你们，请认真实施。\n某某市人民政府办公室\n2024年5月1日\n某某市粮食应急预案\n"
        "目录\n1总则\n1.1编制目的\n1.2工作原则\n2组织机构\n2.1指挥部\n3附则\n1总则\n1.1编制目的\n为保障供应，制定本预案。\n1.2工作原则\n（1）统一领导。分级负责。\n"
        "（2）科学监测。快速处置。\n2组织机构\n2.1指挥部\n市指挥部由市长任总指挥。\n2.1.1成员单位职责\n1.市粮食局负责调运。\n2.市公安局负责治安。\n2.1.2专家组\n15日内组成。\n"
        "3附则\n本预案由市粮食局解释。",
        ["front front", "1 article «总则»", "1.1 item «编制目的»", "1.2 item «工作原则»", "1.2.1 item «统一领导»",
         "1.2.2 item «科学监测»", "2 article «组织机构»", "2.1 item «指挥部»", "2.1.1 item «成员单位职责»", "2.1.1.1 article",
         "2.1.1.2 article", "2.1.2 item «专家组»", "3 article «附则»"],
    ),
    "an annex that counts 1, 1.1 under a plan of parts": (
        PLAN + "一、任务\n（一）甲事。做好甲事。\n1.甲一。\n附件\n技术导则\n1 范围\n1.1 本导则用于甲。\n2 要求\n2.1 应符合乙。\n2.2 应符合丙。",
        ["front front", "0 preamble", "1 part «任务»", "1.1 subpart «甲事»", "1.1.1 article", "a1 annex «技术导则»", "a1.1 article «范围»",
         "a1.1.1 item", "a1.2 article «要求»", "a1.2.1 item", "a1.2.2 item"],
    ),
    "figures at the head of lines, over decimals of another list": (
        PLAN + "一、标准\n1.1 甲\n3个工作日\n2.1 乙\n5个工作日\n二、其他\n每月一次。",
        ["front front", "0 preamble", "1 part «标准»", "1.1 item «甲»", "1.2.1 item «乙»", "2 part «其他»"],
    ),
    "annexes with parts of their own": (
        "关于开展评选的通知\n各单位：\n现就有关事项通知如下：\n一、范围\n全市各单位。\n二、程序\n逐级推荐。\n"
        "附件：1.评分办法\n2.推荐名额表\n某某市某某局\n2024年5月1日\n附件1\n评分办法\n一、计分\n按百分制。\n"
        "1.1 基础分\n六十分。\n1.2 加分\n四十分。\n附件2：\n推荐名额表\n每县两名。",
        ["front front", "0 preamble", "1 part «范围»", "2 part «程序»", "closing closing", "a1 annex «评分办法»",
         "a1.1 part «计分»", "a1.1.1 item «基础分»", "a1.1.2 item «加分»", "a2 annex «推荐名额表»"],
    ),
    "numbering that was lost": (
        "某某县关于促进就业的意见\n为促进高质量充分就业，结合我县实际，提出如下意见，请认真贯彻执行到位。\n总体要求\n"
        "指导思想\n坚持就业优先，强化政策协同，推动实现更加充分更高质量的就业，不断增强群众获得感。\n主要措施\n"
        "拓展就业空间\n支持企业稳岗。落实失业保险稳岗返还政策，引导企业不裁员。\n鼓励自主创业。发放创业担保贷款，"
        "建设创业孵化基地。\n组织保障\n加强领导\n各乡镇要把促进就业摆在突出位置，健全机制，压实责任，确保政策落实到位。",
        ["front front", "0 preamble", "1 part «总体要求»", "1.1 subpart «指导思想»", "2 part «主要措施»",
         "2.1 subpart «拓展就业空间»", "2.1.1 article «支持企业稳岗»", "2.1.2 article «鼓励自主创业»",
         "3 part «组织保障»", "3.1 subpart «加强领导»"],
    ),
    "numbering that was lost, of two levels": (
        "某某县关于促进就业的意见\n为促进高质量充分就业，结合我县实际，提出如下意见，请认真贯彻执行到位。\n"
        "主要措施\n支持企业稳岗。落实失业保险稳岗返还政策，引导企业不裁员、少裁员。\n鼓励自主创业。发放创业担保贷款，"
        "建设创业孵化基地。\n组织保障\n各乡镇要把促进就业摆在突出位置，健全机制，压实责任，确保政策落实到位。",
        ["front front", "0 preamble", "1 part «主要措施»", "1.1 subpart «支持企业稳岗»", "1.2 subpart «鼓励自主创业»",
         "2 part «组织保障»"],
    ),
    "provisions with a task list in the annex below the signature": (
        PLAN.split("某某市养老服务提升方案\n为")[0].replace("现将《某某市养老服务提升方案》印发给你们，请认真贯彻执行。",
        "现就推广有关事项通知如下：\n一、主要举措\n（一）养老方面5项。\n二、抓好落实\n各地要抓紧实施。\n附件：养老举措推广清单")
        + "附件\n养老举措推广清单\n| 序号 | 举措 | 指导部门 |\n|---|---|---|\n| 一、养老方面 |\n| 1 | 甲举措 | 民政部 |\n"
        "| 二、健康方面 |\n| 2 | 乙举措 | 财政部 |",
        ["front front", "0 preamble", "1 part «主要举措»", "1.1 subpart «养老方面5项»", "2 part «抓好落实»", "closing closing",
         "a1 annex «养老举措推广清单»", "a1.0 row", "a1.1 row", "a1.1-2 row", "a1.2 row"],
    ),
    "a last part that brings the notice into force": (
        PLAN + "一、标准\n每月一百元。\n二、其他事宜\n本通知自印发之日起施行，有效期5年。\n某某市人民政府\n2024年4月1日",
        ["front front", "0 preamble", "1 part «标准»", "2 part «其他事宜»", "closing closing"],
    ),
    "a last part with nothing below what it says": (
        PLAN + "一、标准\n每月一百元。\n二、附则\n本通知自印发之日起施行，有效期5年。",
        ["front front", "0 preamble", "1 part «标准»", "2 part «附则»"],
    ),
    "a notice that is signed before its body": (
        "某某市人民政府关于支持创业的意见\n各县人民政府：\n为支持创业，现提出如下意见。\n某某市人民政府\n2026年4月20日\n（此件公开发布）\n"
        "一、支持贷款\n发放贷款。\n二、支持就业\n发放补贴。",
        ["front front", "0 preamble", "1 part «支持贷款»", "2 part «支持就业»"],
    ),
    "articles of one sentence, among which two sentences are no title": (
        PLAN + "一、增收\n1.适时适度调整全省最低工资标准。对事业单位允许增加编制外用工。\n2.缴纳职工基本养老保险费。\n3.加强监测。定期通报。\n"
        + "".join(f"{number}.推出重点项目。\n" for number in range(4, 11)),
        ["front front", "0 preamble", "1 part «增收»", "1.1 article", "1.2 article", "1.3 article «加强监测»",
         *(f"1.{number} article" for number in range(4, 11))],
    ),
    "articles that run on in a paragraph": (
        PLAN + "一、优惠\n1.支持贷款。各银行要降低门槛。2.支持首付。各银行执行20%的首付。3.支持就业。做好服务。",
        ["front front", "0 preamble", "1 part «优惠»", "1.1 article «支持贷款»", "1.2 article «支持首付»", "1.3 article «支持就业»"],
    ),
    "a regulation whose articles title lists, and a list that begins with a figure": (
        "某某市扶持资金管理规定\n第一条 为规范扶持资金管理，制定本规定。\n第二条 鼓励平台建设。\n（一）综合园区。对入驻企业给予补助。\n（二）支付平台。对交易给予补助。\n"
        "第三条 鼓励人才引进。\n（一）引进专业人才，按有关规定执行的，给予补助。\n第四条 申报条件。\n（一）年满一年。\n（二）制度健全。\n"
        "第五条 市财政局应当加强监督管理，提高资金使用效益。\n第六条 符合下列条件之一的老年人可以申请：\n1.80周岁及以上的；\n2.独居的。",
        ["front front", "1 article", "2 article «鼓励平台建设»", "2.1 subpart «综合园区»", "2.2 subpart «支付平台»", "3 article «鼓励人才引进»",
         "3.1 subpart", "4 article «申报条件»", "4.1 subpart", "4.2 subpart", "5 article", "6 article", "6.1 article", "6.2 article"],
    ),
    "a list of materials, each one sentence": (
        PLAN + "一、材料\n（一）身份证明及银行卡。\n（二）购房发票。\n（三）村委会出具的农村户籍证明，须经公安部门认定。\n"
        "二、监督\n（一）财政部门应自觉接受监督。资金必须专款专用。\n（二）强化考核。定期通报。",
        ["front front", "0 preamble", "1 part «材料»", "1.1 subpart", "1.2 subpart", "1.3 subpart", "2 part «监督»",
         "2.1 subpart", "2.2 subpart «强化考核»"],
    ),
    "titles, of which one ends with a stop before its office": (
        PLAN + "一、任务\n（一）加强组织领导\n（二）完善政策措施\n（三）压实工作责任。（责任单位：市民政局）",
        ["front front", "0 preamble", "1 part «任务»", "1.1 subpart «加强组织领导»", "1.2 subpart «完善政策措施»",
         "1.3 subpart «压实工作责任»"],
    ),
    "what all are to do, below the last measure": (
        PLAN + "一、消费\n（一）促进消费。发放消费券。\n责任单位：市商务局\n（二）促进旅游。减免门票。\n责任单位：市文旅局\n（三）促进外贸。给予奖励。\n"
        "责任单位：市商务局\n（四）促进就业。给予补贴。\n责任单位：市人社局\n各县区、各部门要提高政治站位，压实责任。\n市财政部门要做好资金保障。",
        ["front front", "0 preamble", "1 part «消费»", "1.1 subpart «促进消费»", "1.2 subpart «促进旅游»", "1.3 subpart «促进外贸»",
         "1.4 subpart «促进就业»", "closing closing"],
    ),
    "duties of a part, below its title": (
        PLAN + "一、甲\n做好甲。\n二、乙\n做好乙。\n三、丙\n做好丙。\n四、组织保障\n各部门要加强领导。",
        ["front front", "0 preamble", "1 part «甲»", "2 part «乙»", "3 part «丙»", "4 part «组织保障»"],
    ),
    "parts of a list, each one sentence": (
        PLAN + "一、标准\n每月一百元。\n附件\n申请材料\n一、《补贴申请表》；\n二、身份证和户口本（留存复印件）；\n三、学历证明。\n四、其他相关材料（以另行通知为准）。\n"
        "流程：局核实后发放。",
        ["front front", "0 preamble", "1 part «标准»", "a1 annex «申请材料»", "a1.1 part", "a1.2 part", "a1.3 part", "a1.4 part"],
    ),
    "a regulation whose subparts have titles, one with a comma": (
        "某某市数据办法\n第一章 总则\n第一条 为规范共享，制定本办法。\n第二条 共享遵循下列原则：\n（一）以共享为原则，不共享为例外。数据应当共享。\n"
        "（二）无偿共享原则。不得收费。\n（三）需求导向原则。按需提供。",
        ["front front", "1 chapter «总则»", "1.1 article", "1.2 article", "1.2.1 subpart «以共享为原则，不共享为例外»",
         "1.2.2 subpart «无偿共享原则»", "1.2.3 subpart «需求导向原则»"],
    ),
    "articles that are titles, over measures with titles, and a last part without a number": (
        "某某区支持创业若干措施\n为支持创业，制定本措施。\n第一条 人才支持\n（一）人才引育。对新引进人才给予补贴。\n（二）“菁英”奖励。对团队给予奖励。\n"
        "第二条 应当遵守下列规定：\n（一）不得转让。违反的，收回补贴。\n（二）接受检查。拒绝的，取消资格。\n附则\n（一）适用范围\n本措施适用于本区企业。",
        ["front front", "0 preamble", "1 article «人才支持»", "1.1 subpart «人才引育»", "1.2 subpart «“菁英”奖励»", "2 article",
         "2.1 subpart", "2.2 subpart", "3 article «附则»", "3.1 subpart «适用范围»"],
    ),
    "a sentence among sentences is no title, a name is; so is what stands over a list": (
        PLAN + "一、主要措施\n1.完善创业担保贷款办法，扩大贷款对象的范围，提高贷款的额度，降低贷款的利率。简化手续。\n"
        "2.支持企业和社会团体参加各类职业技能培训。对参加的给予补贴。\n3.实施人才培育行动。引进人才一百名。\n"
        "4.对新开办的养老机构，按照核定的床位给予一次性建设补贴，并且连续三年给予运营补贴。加强监管。\n"
        "5.全面提升各级各类政务服务热线的服务水平。重点抓好：（1）扩大覆盖；（2）提高质量。\n"
        "6.对吸纳毕业生就业的企业，按照实际招用的人数和期限，逐月发放岗位补贴和社会保险补贴。及时公示。\n"
        "7.对参加技能竞赛并且取得名次的职工，按照名次给予奖励，并且优先推荐参加上级的评选。广泛宣传。",
        ["front front", "0 preamble", "1 part «主要措施»", "1.1 article", "1.2 article", "1.3 article «实施人才培育行动»",
         "1.4 article", "1.5 article «全面提升各级各类政务服务热线的服务水平»", "1.5.1 item", "1.5.2 item",
         "1.6 article", "1.7 article"],
    ),
    "the second paragraph of a measure begins after its title": (
        "某某市适配办法\n第一条 为规范适配，制定本办法。\n第二条 按下列程序办理：\n（一）需求评估。区残联组织评估。\n（二）适配评估。\n前置评估由中心承担。\n"
        "（三）保修服务。由机构提供。\n第三条 本办法自2024年1月1日起施行。",
        ["front front", "1 article", "2 article", "2.1 subpart «需求评估»", "2.2 subpart «适配评估»", "2.3 subpart «保修服务»", "3 article"],
    ),
    "the last of a list whose words go on": (
        PLAN + "一、范围\n优先选择：（1）负担较重的病种；（2）影响较大的病种；（3）病因明确并且具备循证医学支持的成熟防控方案。清单由市卫健委公布。",
        ["front front", "0 preamble", "1 part «范围»", "1.1 item", "1.2 item", "1.3 item"],
    ),
    "a list of forms at the end of an annex": (
        PLAN + "一、标准\n每月一百元。\n附件：申请程序\n某某市民政局\n2024年3月5日\n附件\n申请程序\n一、受理\n二、材料\n1.身份证；\n"
        "2.《学员花名册》。\n附表：1.某某申请表\n2.某某花名册\n3.某某评估表\n附表1\n某某申请表\n姓名",
        ["front front", "0 preamble", "1 part «标准»", "closing closing", "a1 annex «申请程序»", "a1.1 part «受理»", "a1.2 part «材料»",
         "a1.2.1 article", "a1.2.2 article", "a1-2 annex «某某申请表»"],
    ),
    "the name of a file under the word annex is a link": (
        PLAN + "一、标准\n每月一百元。\n本方案自印发之日起施行。\n附表：联系方式\n附表\n联系方式.docx",
        ["front front", "0 preamble", "1 part «标准»", "closing closing", "back back"],
    ),
    "a signature with its day in one line": (
        PLAN + "一、标准\n每月一百元。\n二、督导\n适时督导。\n国家医保局 财政部 2021年4月12日\n国家医疗保障局办公室",
        ["front front", "0 preamble", "1 part «标准»", "2 part «督导»", "closing closing"],
    ),
    "the day that a page says the notice was published": (
        PLAN + "一、标准\n每月一百元。\n二、督导\n适时督导。\n某某市科技局（乡村振兴局）2026年3月17日发布。",
        ["front front", "0 preamble", "1 part «标准»", "2 part «督导»", "closing closing"],
    ),
    "the imprint after the annexes": (
        PLAN + "一、标准\n每月一百元。\n附件：分值表\n附件\n分值表\n分值从高到低排名。\n公开方式：主动公开\n某某市人民政府办公室2025年7月4日印发",
        ["front front", "0 preamble", "1 part «标准»", "closing closing", "a1 annex «分值表»", "back back"],
    ),
    "a list of annexes with a form, line by line": (
        PLAN + "一、标准\n每月一百元。\n附件：\n1.评分办法\n2.某某申请表\n3.情况汇总表",
        ["front front", "0 preamble", "1 part «标准»", "closing closing"],
    ),
    "a list of levels with their offices, and subparts with titles in a regulation": (
        "某某市助餐办法\n第一章 总则\n第一条 为规范助餐，制定本办法。\n第二条 区科委工作职责：\n（一）拟订规划。\n（二）组织实施。\n"
        "第三条 采取下列方式：\n（一）自主供给模式。由政府自建厨房。\n（二）集体配送模式。引入单位配餐。\n（三）邻里互助模式。由亲属代为加工。",
        ["front front", "1 chapter «总则»", "1.1 article", "1.2 article «区科委工作职责»", "1.2.1 subpart", "1.2.2 subpart",
         "1.3 article", "1.3.1 subpart «自主供给模式»", "1.3.2 subpart «集体配送模式»", "1.3.3 subpart «邻里互助模式»"],
    ),
    "a level with its office is no title": (
        PLAN + "一、主要目标\n1.生产总值增长8%左右。（牵头单位：区发改局）\n2.居民收入稳步增长。（牵头单位：区农业农村局）\n"
        "3.财政收入同步增长。\n责任单位：市财政局",
        ["front front", "0 preamble", "1 part «主要目标»", "1.1 article", "1.2 article", "1.3 article"],
    ),
    "a closing with a label": (
        PLAN + "1.支持创业。给予补贴。\n2.支持就业。发放奖励。\n施行说明：本措施自印发之日起施行。",
        ["front front", "0 preamble", "1 article «支持创业»", "2 article «支持就业»", "closing closing"],
    ),
    "a figure is no marker": (
        "通知\n各单位：\n为加强管理，通知如下：\n一、对象\n1.60岁以上老人。\n2.残疾人。\n二、标准\n1.5万元以下的不予补助。",
        ["front front", "0 preamble", "1 part «对象»", "1.1 article", "1.2 article", "2 part «标准»"],
    ),
    "a chapter between two others whose marker was lost": (
        "某市物业管理条例\n第一章 总则\n第一条 为了规范管理，制定本条例。\n第二章 业主\n第二条 业主应当守约。\n物业管理服务\n"
        "第三条 服务应当达标。\n第四章 监督\n第四条 应当检查。\n法律责任\n第五条 违反的，处罚款。\n附则\n第六条 本条例自2022年3月1日起施行。",
        ["front front", "1 chapter «总则»", "1.1 article", "2 chapter «业主»", "2.2 article", "3 chapter «物业管理服务»",
         "3.3 article", "4 chapter «监督»", "4.4 article", "5 chapter «法律责任»", "5.5 article", "6 chapter «附则»",
         "6.6 article"],
    ),
    "annexes that are files to be had from the page": (
        "通知\n各单位：\n为加强管理，通知如下：\n一、对象\n凡年满六十周岁的老人均可申请。\n附件：\n1.汇总表\n2.进展表\n某某县民政局\n2024年2月1日\n"
        "相关附件\n附件1-5.docx\n关闭窗口\n附件（官方直链）\n- e6e15e.docx\n- 40b0fa.pdf",
        ["front front", "0 preamble", "1 part «对象»", "closing closing", "back back"],
    ),
    "no number at all": (
        "关于放假的通知\n各单位：\n根据安排，定于5月1日放假。\n请做好值班工作。\n某某县人民政府办公室\n2024年4月20日",
        ["front front", "0 preamble", "closing closing"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_outline(text: str, expected: list[str]) -> None:
    assert outline(text) == expected


def test_the_line_over_the_imprint_is_no_part_of_the_annex() -> None:
    text, clauses = read(
        PLAN
        + "一、标准\n每月一百元。\n附件：分值表\n附件\n分值表\n从高到低排名。\n公开方式：主动公开\n某某市人民政府办公室2025年7月4日印发"
    )
    words = {clause.ref: text.text[clause.span.start : clause.span.end] for clause in clauses}
    assert words["a1"].endswith("从高到低排名。")
    assert words["back"].startswith("公开方式")


def test_the_number_of_a_row_stands_in_its_own_column() -> None:
    page = (
        "<html><body><p>关于印发河长制考核表的通知</p><p>各乡镇：</p><p>现将考核表印发给你们。</p><table><tr><th>序号</th><th>考核项目</th><th>分值</th><th>考核内容</th><th>负责考核部门</th></tr>"
        "<tr><td rowspan=2>1</td><td rowspan=2>水利</td><td>20</td><td>专项整治行动</td><td>县水利局</td></tr>"
        "<tr><td>15</td><td>采砂整治行动</td><td>县公安局</td></tr></table></body></html>"
    )
    normal = normalise(read_source("a.html", page.encode()))
    clauses, _ = build(normal)
    assert [(c.ref, c.number) for c in clauses if c.level == "row"] == [("1", 1), ("1-2", 1)]


def test_rows_of_a_task_table() -> None:
    text = (
        PLAN
        + "一、任务\n完善设施，增加床位。\n附件1\n任务分工表\n序号\t任务\t责任单位\n1\t完善设施\t市民政局牵头\n1\t增加床位\t市财政局\n"
    )
    assert outline(text)[-4:] == ["1 part «任务»", "a1 annex «任务分工表»", "a1.1 row", "a1.1-2 row"]
    normal, clauses = read(text)
    assert [normal.text[c.body : c.span.end] for c in clauses[-2:]] == [
        "完善设施\n市民政局牵头",
        "增加床位\n市财政局",
    ]


@pytest.mark.parametrize(
    ("head", "cells", "levels"),
    [
        ("部门\t职责与任务", "市教育局\t加强健康教育，改善学校卫生环境。\n市财政局\t加大经费支持，做好预算安排。", ["row", "row"]),
        ("单位\t任务数（亩）", "东区\t1200\n西区\t1500", []),
        ("单位\t电话", "市教育局办公室\t83752009\n市财政局办公室\t83752010", []),
    ],
    ids=["duties in words", "a figure for each", "no duties at all"],
)  # fmt: skip
def test_a_table_of_departments_is_one_of_tasks_where_it_tells_them_in_words(
    head: str, cells: str, levels: list[str]
) -> None:
    rows = (head + "\n" + cells).split("\n")
    table = "\n".join(f"| {row.replace(chr(9), ' | ')} |" for row in [rows[0], "---\t---", *rows[1:]])
    _, clauses = read(f"{PLAN}一、任务\n完善设施，增加床位。\n附件1\n分解表\n{table}\n")
    assert [clause.level for clause in clauses if clause.level == "row"] == levels


def test_inferred_clauses_say_so() -> None:
    _, clauses = read(CASES["numbering that was lost"][0])
    assert {c.ref: c.inferred for c in clauses if c.level in ("front", "preamble")} == {
        "front": False,
        "0": False,
    }
    assert all(c.inferred and c.marker is None for c in clauses if c.level not in ("front", "preamble"))


def test_a_number_out_of_sequence_is_found() -> None:
    text = PLAN + "一、甲\n做好甲。\n三、丙\n做好丙。"
    _, findings = build(normalise(read_source("x.txt", text.encode())))
    assert [(f.code, f.severity) for f in findings] == [("number-out-of-sequence", "warning")]


@given(notices())
def test_what_went_in_comes_out(made: Made) -> None:
    _, clauses = read(made.text)
    assert [(c.ref, c.level, c.heading) for c in clauses] == made.outline


@given(notices(), st.integers(24, 40), st.sampled_from([None, 20, 23]))
def test_wrapping_and_page_numbers_change_nothing(made: Made, width: int, page: int | None) -> None:
    _, clauses = read(wrapped(made.text, width, page=page))
    assert [(c.ref, c.level, c.heading) for c in clauses] == made.outline


def assert_tiles(text: Text, clauses: tuple[Clause, ...]) -> None:
    covered = ["" if c == "\n" else " " for c in text.text]
    for clause in clauses:
        for offset in range(*clause.span):
            if covered[offset]:
                assert covered[offset] == " ", f"{offset} stands in two clauses"
                covered[offset] = "x"
    assert " " not in covered, "a character stands in no clause"
    assert len({c.ref for c in clauses}) == len(clauses)
    for index, clause in enumerate(clauses):
        assert clause.span.start <= clause.body <= clause.span.end <= clause.subtree_end
        if clause.parent is not None:
            parent = clauses[clause.parent]
            assert clause.parent < index and clause.depth == parent.depth + 1
            assert parent.span.end <= clause.span.start and clause.subtree_end <= parent.subtree_end


PIECES = ("一、", "（一）", "1.", "第一条 ", "（1）", "①", "一是", "二是", "附件1", "附件：", "。", "，", "\n", "\n\n", "目标", "抄送：",
          "2024年1月1日", "本办法自印发之日起施行", "序号 任务 责任单位", "|", "\t", "1", "（", "）", "为做好工作，", "通知如下：", "各单位：")  # fmt: skip


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_clauses_tile_any_text(words: str) -> None:
    text = normalise(read_source("x.txt", ("通知" + words).encode()))
    assert_tiles(text, build(text)[0])
