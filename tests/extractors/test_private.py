"""Private words: what is masked, and what is not because it is an office's, an official's, or policy."""

from __future__ import annotations

from itertools import pairwise

import pytest

from extractor.extractors.private import private_in_file_name, private_words
from extractor.lexicon import load
from extractor.pipeline import read_bytes

HEAD = "云岭市民政局\n关于做好养老服务工作的通知\n一、工作要求\n"


def found(words: str) -> list[tuple[str, str, str]]:
    """(kind, rule, words) of what is private in a notice with these words."""
    notice = read_bytes("a.txt", (HEAD + words + "\n").encode())
    text = notice.text.text
    return [(each.kind, each.rule, text[slice(*each.span)]) for each in notice.private]


def names(words: str) -> list[str]:
    return [said for kind, _, said in found(words) if kind == "name"]


NAMES = [
    # the deputy or member who is answered
    ("尊敬的程绮南代表：", ["程绮南"]),
    ("王芳委员：", ["王芳"]),
    ("尊敬的欧阳修文、李四代表：", ["欧阳修文", "李四"]),
    ("张三、李四、赵小六等5位代表：", ["张三", "李四", "赵小六"]),
    ("阿依古丽·买买提委员：", ["阿依古丽·买买提"]),
    ("关于对程绮南代表提出的第43号建议的答复", ["程绮南"]),
    ("收到王芳委员关于完善托育服务的提案后，我局高度重视。", ["王芳"]),
    ("市人大代表周建国、政协委员吴敏提出的建议收悉。", ["周建国", "吴敏"]),
    ("市人大代表周建国提出的建议收悉，政协委员吴敏反映的情况属实。", ["周建国", "吴敏"]),
    ("根据周建国、吴敏代表在市十六届人大二次会议提出的建议，现答复如下。", ["周建国", "吴敏"]),
    ("县政协十届三次会议王芳、李四委员提出的提案收悉。", ["王芳", "李四"]),
    ("关于市十六届人大二次会议第43号程绮南代表建议的答复", ["程绮南"]),
    # whom to call, who filled a form
    ("联系人：张三，联系电话：0791-83752009", ["张三"]),
    ("联系人：张三 83752009", ["张三"]),
    ("联系人及电话：李晓明0791-83752009", ["李晓明"]),
    ("联系人：市卫健委李晓明，电话：83752009", ["李晓明"]),
    ("联系人：赵敏（市民政局养老服务科）", ["赵敏"]),
    ("政策咨询联系人：孙立、周涛", ["孙立", "周涛"]),
    ("承办人：刘洋 联系电话：83752009", ["刘洋"]),
    ("建议人签名：程绮南", ["程绮南"]),
    ("申请人（签字）：", []),
    ("姓名：何小丽 性别：女", ["何小丽"]),
    ("建议人签名：", []),
    ("联系人：张三，王主任", ["张三"]),
    ("联系人：张三，任务要求另行通知。", ["张三"]),
    # the name again, wherever it stands
    ("尊敬的程绮南代表：\n您好。程绮南提出的建议收悉。", ["程绮南", "程绮南"]),
    ("高明代表：\n您提出的关于高明区托育的建议收悉。高明代表的建议很好。", ["高明", "高明"]),
    # a name of two characters may be other words: only where it stands alone
    ("高明代表：\n我局在佛山高明，设立托育机构。\n高明\n2024年5月", ["高明", "高明"]),
]
NO_NAMES = [
    "尊敬的各位代表：",
    "全体委员：",
    "会议应到代表提出意见。",
    "会议由代表提出建议。",
    "各位代表、委员：",
    "有关单位代表：",
    "党组委员：",
    "常务委员：",
    "请各单位代表提出意见建议。",
    "由项目单位代表提出申请。",
    "充分听取人大代表、政协委员提出的建议。",
    "认真办理人大代表关于养老的建议和政协委员提案。",
    "对企业代表、职工代表反映的问题及时处理。",
    "关于市十六届人大二次会议第43号建议的答复",
    "落实计划生育特殊家庭“双岗”联系人制度。",
    "联系人：市民政局养老服务科",
    "联系人：办公室",
    "联系人：财务科",
    "联系人：高技处",
    "联系人：安全科",
    "承办单位：新建区卫健委",
    "经办人员应当及时核对姓名、住址等信息。",
    # officials acting as such
    "组长：张三（市委副书记、市长）",
    "市长张三主持会议，副市长李四出席。",
    "签发人：王五",
    "任命张三同志为市民政局局长。",
    "主要负责人：李四",
    "联系人：王主任 83752009",
]


@pytest.mark.parametrize(("words", "said"), NAMES)
def test_names_of_private_persons(words: str, said: list[str]) -> None:
    assert names(words) == said


@pytest.mark.parametrize("words", NO_NAMES)
def test_offices_officials_and_policy_keep_their_words(words: str) -> None:
    assert found(words) == []


# what it is and the rule that says so, the words
NUMBERS = [
    ("电话：13812345678", [("phone mobile", "13812345678")]),
    ("咨询电话13812345678。", [("phone mobile", "13812345678")]),
    ("手机：138-1234-5678", [("phone mobile", "138-1234-5678")]),
    ("手机：138 1234 5678", [("phone mobile", "138 1234 5678")]),
    ("手机：+8613812345678", [("phone mobile", "+8613812345678")]),
    ("建议人：周建国\n单位：某某学校\n电话：83752009\n联系电话：83752010", [("name label", "周建国"), ("phone landline", "83752009"), ("phone landline", "83752010")]),
    ("家庭电话：0791-83752009", [("phone landline", "0791-83752009")]),
    ("提案人姓名：王芳，联系电话：83752009", [("name label", "王芳"), ("phone landline", "83752009")]),
    (
        "提案人：王芳，地址：云岭市城东区人民路12号，电话：0791-83752009转8001",
        [("name label", "王芳"), ("address address", "云岭市城东区人民路12号"), ("phone landline", "0791-83752009转8001")],
    ),
    # of a contact the name alone: the line and the address are the office's
    ("联系人：张三，通讯地址：云岭市城东区人民路12号，电话：83752009", [("name label", "张三")]),
    ("身份证号：11010519491231002X", [("id_number identity", "11010519491231002X")]),
    ("身份证号 11010519491231002x。", [("id_number identity", "11010519491231002x")]),
    # a wrong check digit, but so labelled
    ("证件号码：110105194912310021", [("id_number identity", "110105194912310021")]),
    ("编号440524188001010014的人员", [("id_number identity", "440524188001010014")]),
    ("身份证：130503670401001", [("id_number identity", "130503670401001")]),
    ("银行账号：6222 0212 3456 7890 123", [("account account", "6222 0212 3456 7890 123")]),
    ("账号：6222-0212-3456-7890", [("account account", "6222-0212-3456-7890")]),
    # the office is too far away to hold the account
    ("户名：云岭市财政局。" + "做好资金管理工作。" * 30 + "账号：62220212345678901", [("account account", "62220212345678901")]),
    ("一卡通账号：62220212345678901", [("account account", "62220212345678901")]),
    ("联系人：张三，邮箱：zhangsan@163.com", [("name label", "张三"), ("email email", "zhangsan@163.com")]),
    ("请发至13812345678@139.com。", [("email email", "13812345678@139.com")]),
    ("个人邮箱：a.b@qq.com", [("email email", "a.b@qq.com")]),
    ("家庭住址：云岭市城东区人民路12号3栋402室", [("address address", "云岭市城东区人民路12号3栋402室")]),
    (
        "建议人：王芳，通讯地址：云岭市城东区人民路12号，邮编：330000",
        [("name label", "王芳"), ("address address", "云岭市城东区人民路12号")],
    ),
    ("尊敬的程绮南代表：", [("name salutation", "程绮南")]),
    ("关于对程绮南代表提出的第43号建议的答复", [("name proposer", "程绮南")]),
    ("程绮南代表：\n感谢程绮南的建议。", [("name salutation", "程绮南"), ("name again", "程绮南")]),
]  # fmt: skip
NO_NUMBERS = [
    "联系单位及电话：区卫健委83752009",
    "联系电话：0791-83752009，传真：0791-83752010",
    "监督举报电话：12345",
    "邮政编码：330100",
    "投入资金13800000000元。",
    "覆盖人口13800000000人。",
    "总产值138.12345678亿元。",
    "统一社会信用代码：113601037841234567",
    "编号110105194912310021的事项",  # no identity number: the check digit is wrong
    "项目代码：2023-360103-84-01-123456",
    "户名：云岭市财政局\n开户行：某某银行云岭支行\n账号：1502201009024900123",
    "账号：1502201009024900123，户名：云岭市非税收入专户",
    "电子邮箱：ylmzj@126.com",
    "请将电子版发送至yunling2023@163.com。",
    "通讯地址：云岭市城东区人民路12号（云岭市民政局）",
    "申请时应当提供家庭住址、银行账号和身份证号。",
    "联系人：办公室，邮箱：ylmzj@126.com",
    "联系人：办公室，通讯地址：云岭市城东区人民路12号，电话：83752009",
    "账号：1502201009024900123\n户名：云岭市非税收入专户",
    "编号11010519491231002X1的事项",  # one digit too many
    "编号110105194913310020的事项",  # no month 13
]


@pytest.mark.parametrize(("words", "said"), NUMBERS)
def test_numbers_mail_and_addresses_of_persons(words: str, said: list[tuple[str, str]]) -> None:
    assert [(f"{kind} {rule}", value) for kind, rule, value in found(words)] == said


@pytest.mark.parametrize("words", NO_NUMBERS)
def test_numbers_mail_and_addresses_of_offices(words: str) -> None:
    assert found(words) == []


def table(*rows: str) -> str:
    """A table in Markdown; its cells are parted by |, the first row is its head."""
    width = rows[0].count("|") + 1
    return "".join(f"| {row} |\n" for row in (rows[0], "|".join(["---"] * width), *rows[1:]))


TABLES = {
    "a form masks the person who proposes and not the office": (
        ["代表人姓名|程绮南|通讯地址|云岭市城东区人民路12号|联系电话|83752001", "承办单位|云岭市民政局|电话|83752009|邮政编码|330100"],
        ["name cell 程绮南", "address address 云岭市城东区人民路12号", "phone cell 83752001"],
    ),
    "the line and the address of one who applies may be an office's": (
        ["申请人|王芳|联系电话|83752001|地址|云岭市城东区人民路12号"], ["name cell 王芳"],
    ),
    "what only a person has": (
        ["姓名：|王芳|身份证号|130503670401001|银行账号|6222021234567890123", "单位|甲厂|家庭住址|云岭市城东区人民路12号|宅电|83752001"],
        ["name cell 王芳", "id_number cell 130503670401001", "account cell 6222021234567890123",
         "address address 云岭市城东区人民路12号", "phone cell 83752001"],
    ),
    "cells that hold no value": (["姓名|王主任|账号|无|身份证号|见附件", "住宅电话|保密|家庭住址|略|邮箱|无"], []),
    "a list of persons by its columns": (
        ["序号|姓名|身份证号|联系电话|家庭住址|补助金额", "1|张三|11010519491231002X|83752001|云岭市城东区人民路12号|500",
         "2|李小四|440524188001010014|13812345678|云岭市城西区和平街3号|500"],
        ["name cell 张三", "id_number cell 11010519491231002X", "phone cell 83752001", "address address 云岭市城东区人民路12号",
         "name cell 李小四", "id_number cell 440524188001010014", "phone mobile 13812345678", "address address 云岭市城西区和平街3号"],
    ),
    "a list of persons with a blank in its head": (
        ["序号|姓 名|电话|账号", "1|张三|83752001|6222021234567890123"],
        ["name cell 张三", "phone cell 83752001", "account cell 6222021234567890123"],
    ),
    "a list of officials stays": (
        ["姓名|单位及职务|办公电话", "张三|市民政局局长|83752001", "李小四|市财政局副局长|83752002"], [],
    ),
    "a list of officials with their lines stays": (["序号|姓名|职务|电话", "1|张三|局长|83752001"], []),
    "a list of offices stays": (["序号|单位|电话|地址", "1|云岭市民政局|83752001|云岭市城东区人民路12号"], []),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "said"), TABLES.values(), ids=TABLES)
def test_tables(rows: list[str], said: list[str]) -> None:
    assert [" ".join(each) for each in found(table(*rows))] == said


def test_each_table_has_a_head_of_its_own() -> None:
    people = table("序号|姓名|电话", "1|张三|83752001")
    offices = table("序号|单位|电话", "1|云岭市民政局|83752009")
    for words in (f"{people}\n下列单位负责。\n\n{offices}", f"{offices}\n下列人员领取。\n\n{people}"):
        assert [" ".join(each) for each in found(words)] == ["name cell 张三", "phone cell 83752001"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("对程绮南代表的答复.docx", ["name file 程绮南"]),
        ("答复（王芳代表）.doc", ["name file 王芳"]),
        ("关于县十七届人大一次会议王芳、李四委员提案的答复.pdf", ["name file 王芳", "name file 李四"]),
        ("程绮南代表13812345678.pdf", ["name file 程绮南", "phone mobile 13812345678"]),
        ("11010519491231002X.pdf", ["id_number identity 11010519491231002X"]),
        ("各位代表的答复.docx", []),
        ("关于印发民政局工作方案的通知.docx", []),
    ],
)
def test_names_of_files(name: str, said: list[str]) -> None:
    private = private_in_file_name(name, load().private)
    assert [f"{each.kind} {each.rule} {name[slice(*each.span)]}" for each in private] == said


def test_a_name_stands_alone_at_the_beginning_of_a_text_too() -> None:
    notice = read_bytes(
        "a.txt", "王芳\n关于王芳的建议的答复\n王芳代表：\n您的建议收悉，现答复如下。\n".encode()
    )
    assert [each.span.start for each in private_words(notice.text, load().private)] == [0, 14]


def test_none_lies_within_another_and_each_is_of_the_text() -> None:
    notice = read_bytes(
        "a.txt", (HEAD + table("姓名|程绮南") + "尊敬的程绮南代表：\n联系人：程绮南13812345678\n").encode()
    )
    spans = [each.span for each in notice.private]
    assert spans == sorted(spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert private_words(notice.text, load().private) == notice.private
