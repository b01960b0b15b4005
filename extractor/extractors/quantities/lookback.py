"""What is, against what shall be: levels that a notice reports are no targets (contract, «targets»).

现有托育机构3家, 截至目前覆盖率达到90%, 圆满完成改造100户, and nearly every number of a reply to a deputy tell
what is held; 力争, 到2025年, 下一步 turn the words to what is to come.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from extractor.lexicon.measures import Measures

# Words that turn to what shall be.
_AHEAD = re.compile(
    r"力争|争取|确保|下一步|下步|今后|未来|预计|接下来|将(?:达|于|新|建|再|继续|进一步|在|完成|全面|实现|升)"
    r"|(?:到|至)20[0-9]{2}年|(?:目标|任务)(?:是|为|：)|计划(?:到|在|于|新|建|完成|用|再)|拟"
)
# A reply reports; a bare verb of intent turns it to what shall be as well.
_INTENT = re.compile(r"继续|加快推进|我[省市区县局委]将|要(?:在|求|加)|将(?!近)")
# 据第七次全国人口普查，…, 测算结果显示，…: what was found
_ACCORDING = re.compile(
    "(?:^|[，。；])据[^，。；]{2,14}(?:普查|统计|监测|测算|调查)|(?:结果|数据|统计|监测|调查|成果)显示，"
)
# 全县已划定责任区312个，设立护林员…: what has been done goes on along the sentence
_HAS_DONE = re.compile(
    r"^[^，；。]{0,8}已(?:划定|建成|完成|实现|建立|创建|培育|设立|开通|组建)[^，；。]{0,24}[0-9][^；。]{0,80}$"
)
_DONE = re.compile("(?:^|[，、])已(?!知)[一-龥]{2,8}$")  # 已吸收采纳|31条
# 造成3个乡镇受灾，紧急转移…; 共出动执法人员1860人次，检查市场73个
_EVENT = re.compile(
    "造成[^。；0-9]{0,8}[0-9][^。；]{0,24}(?:受灾|死亡|损失|受伤)(?!的)|(?:共|累计)(?:出动|排查|查处|立案)"
)
# 已建成居住区, 现有基础: where, not how many
_SETTLED = re.compile(r"的|居住|小区|区|投|基础|资源|条件|设施|政策|项目库|体系")
# 与上年相比, 比去年: a base of comparison
_COMPARED: Final = frozenset("较比与同于在按照和")
_BASE: Final = ("基础", "水平", "同期", "相比", "度末")
_STARTS: Final = frozenset("\n。；：，、 （(“")
_NEAR: Final = 16  # characters before a number in which 已有 is said of this very number


@cache
def _reported(measures: Measures) -> re.Pattern[str]:
    """现有规范机构3家，…: the word and the number that it reports, in one segment."""
    already = measures.background["already"].pattern.pattern
    return re.compile(rf"(?:{already})(?!的|居住|小区|区|投|基础|资源)[^，。；0-9\n]{{0,30}}[0-9]")


def looks_back(before: str, left: str, measures: Measures, *, reply: bool, due: bool) -> bool:
    """Do the words before a number tell of what is? `before` is its sentence up to it, `left` its segment."""
    turned = 0
    for ahead in _AHEAD.finditer(before):
        turned = ahead.end()
    if reply and not turned and not due and not _INTENT.search(before):
        return True
    if left.endswith("了") and not due:
        return True
    since = before[max(turned, before.rfind("基础上，") + 1) :]
    if not due and (
        _ACCORDING.search(since) or _HAS_DONE.search(since) or _DONE.search(left) or _EVENT.search(since)
    ):
        return True
    return _said(since, measures) or _already(left, measures) or _reported(measures).search(since) is not None


def titles_look_back(heading: str, measures: Measures) -> bool:
    """发展基础, 一、工作回顾; but 夯实工作基础 is what shall be done."""
    words = measures.background
    found = words["headings"].pattern.search(heading)
    return found is not None and words["strengthening"].end(heading[: found.start()]) is None


def _said(words: str, measures: Measures) -> bool:
    """截至, 目前, 去年; not 比去年, 在目前基础上."""
    for found in measures.background["words"].pattern.finditer(words):
        now = found.group() == "目前"
        if now and words.endswith(("项", "题"), 0, found.start()):
            continue  # 项目|前期工作, 题目|前
        compared = found.start() and words[found.start() - 1] in _COMPARED and not now
        if not compared and not words.startswith(_BASE, found.end()):
            return True
    return False


def _already(left: str, measures: Measures) -> bool:
    """共有养老机构1200家; but not in 已建成居住区按 …"""
    near, stop = left[-_NEAR:], 0
    for found in measures.background["already"].pattern.finditer(near):
        stop = found.end()
    return stop > 0 and _SETTLED.match(near, stop) is None
