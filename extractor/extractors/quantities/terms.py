"""Lengths of time: which grant or limit something (durations), which only tell how long.

A condition of eligibility (满3年的企业, 2年以上工作经验) makes no record: its own length grants nothing. An
age, a school stage (学前三年), a campaign (三年行动) and a look back (近三年) are no terms either.
"""

from __future__ import annotations

import re
from typing import Final

from .scene import Scene
from .verdict import Verdict

_WORKING: Final = frozenset({"工作日", "个工作日"})
# 婚假…, 护理假期间
_LEAVE_BEFORE = re.compile(r"假(?:期)?[^，。；]{0,10}$")
# 3年以上工作经验; but 3年以上5年以下, 3年以上有期徒刑
_QUALIFIES = re.compile(r"以上(?!的?(?:[0-9一二三四五六七八九十]|有期|禁))[的一-龥]")
_IN_A_ROW = re.compile(r"(?:连续|累计)[^，。；]{0,6}$")
_GRANT = re.compile(r"给予|补|奖|发放|享受|减|免|每年|返还|支持")
# 可按规定享受1～3个月的待遇, also among conditions
_GRANTED = re.compile(r"(?:享受|给予)(?:期限为|不超过|最长|最多)?$")
# 6个月的月平均工资: how much, not how long
_AS_SUM = re.compile(r"的[^，。；]{0,20}(?:工资|收入|基数|养老金|生活费标准|低保标准)")
# 期满前30日申请延续 · 限期3个月内完成整改
_LIMITS = re.compile(r"(?:(?:[期届]满|到期|终止|届期)(?:之日)?前|限期|限时|之日起)$")
# 毕业2年内, 成立1年以上: who or what is meant
_STATUS = re.compile(
    r"(?:毕业|离校|退役|退伍|择业|成立|注册|登记|经营|存续|从业|参保|居住|落户|迁入|初创|创业|建成|投产)(?:已?满)?$"
)
_LONG: Final = frozenset({"年", "个月", "周年"})
# 一个年度内享受不超过2次: how often, not how long
_A_YEAR = re.compile(r"[一1]个(?:自然|会计|参保|保险|医保|结算|学)?年度?内")
# 设立6个月|的费用缓缴期
_BRACKET = re.compile("^（[^（）]{1,10}）")  # 每年7天|（6晚）|的免费住宿
_AGE_OF = re.compile("[房树党车教工船机]龄(?:达到?|满|超过|在)?$")  # 房龄|30年以上
_EARLIER = re.compile("(?:较|比)[^，。；]{1,8}(?:提前|推迟|缩短|延长)$")  # 较原计划提前|半年
_PART_OF_PLAN = re.compile("(?:[”五]|时期|期间)[前后]$")  # “十四五”后|两年
_EACH_SPELL = re.compile(r"每(?![年月周天日个季学])[一-龥]{1,4}$")  # 每服务|一年|补助10元
_SPELL = re.compile(
    r"的[一-龥]{0,6}(?:缓缴|过渡|宽限|试用|减免|免租|免息|贴息|保护|补贴|补助|优惠|支持|孵化|免费)期"
)
# 给予补贴、5年|的房屋租金减免
_RELIEF = re.compile(
    r"的[一-龥“”]{0,10}(?:减免|免费(?:住宿|入住)?|补贴|补助|优惠|支持|贴息)(?=[，。；、等和及以]|$)"
)
# 连续两年|在库的再奖励5万元: a condition
_STAYS = re.compile(
    r"(?![^，。；的]{0,12}(?:给予|每年|补|奖))[^，。；的]{1,12}的(?:再|可|均|给予|予以|奖|补|按|分别)"
)
# 连续3年|，每年安排1亿元
_EACH_YEAR = re.compile(r"[，,](?:每年|每月)?(?:按|安排|给予|予以|补|奖|发放|最高|支持)")
# 奖励资金分2年|兑现
_IN_PARTS = re.compile(r"(?:进行|等额|平均)?(?:兑现|拨付|发放|支付|给付|到位|返还|兑付)")
_AFTER_ALL: Final = ("届满", "提前", "之日起", "延后", "每次", "每天")
# 储备动用后在12个月内
_SINCE = re.compile(r"后(?:的|应当?|须|必须|要)?在?$")
_DATE = Verdict("date")
_BARE = Verdict("duration")
_TERM = Verdict("duration", "term")


def judge_time(scene: Scene) -> Verdict:
    """`duration` always; with a record only where it grants or limits."""
    left, item, terms = scene.left.removesuffix("原则上"), scene.group.items[0], scene.measures.terms
    at = item.hits[0].start
    if item.unit == "日" and at and scene.text[at - 1] == "月":
        return _DATE  # 每季度末月20日前, 每月5日
    behind_unit = _BRACKET.sub("", scene.text[item.hits[-1].after : scene.stop])
    if item.unit in _WORKING:
        return Verdict("duration", "working-days")
    if "假" in scene.right[:6] or scene.right.startswith("哺乳") or _LEAVE_BEFORE.search(left):
        return Verdict("duration", "leave")
    if (_EACH_SPELL.search(left) and item.value == 1) or (
        left.endswith("按") and behind_unit.startswith(("计", "折算"))
    ):
        return _BARE
    if _LIMITS.search(left) or (item.after == "<=" and _SINCE.search(left)):
        return _TERM
    if left.endswith("分") and _IN_PARTS.match(behind_unit):
        return _TERM
    if _tells_how_long(scene, left, behind_unit) or _asks(scene, left, behind_unit):
        return _BARE
    opened = terms["before"].end(left) or _IN_A_ROW.search(left)
    limits = left.endswith("满") and item.after == "<="  # 满2年内未申请的
    if opened and item.before == "=" and not limits and not _grants(left, scene.right or _behind(scene)):
        return _BARE
    if item.comparator in {"<=", ">=", ">"} or item.high is not None or opened:
        return _TERM
    lasts = terms["after"].begin(behind_unit) or _SPELL.match(behind_unit)
    lasts = lasts or (_RELIEF.match(behind_unit) and _GRANT.search(scene.before[-40:]))
    return _TERM if left and lasts else _BARE


def _behind(scene: Scene) -> str:
    """What the next segment gives, where it does: ，每年安排."""
    given = _EACH_YEAR.match(scene.behind)
    return given.group() if given is not None else ""


def _tells_how_long(scene: Scene, left: str, behind_unit: str) -> bool:
    """A plan, a course, a look back, the measure of a sum: 三年行动, 近三年, 6个月的月平均工资."""
    terms, start = scene.measures.terms, scene.group.items[0].hits[0].start
    if scene.text[start - 1 : start] == "近" and not scene.text.startswith("最", start - 2):
        return True  # 公告近三年的信息
    if _PART_OF_PLAN.search(left):
        return True
    done = left.endswith("提前") and behind_unit.startswith(("完成", "实现", "竣工", "建成"))
    if _AGE_OF.search(left) or _EARLIER.search(left) or done:
        return True
    whole = behind_unit.startswith("总额")  # 最长6个月总额不超过20万元
    if (terms["not_after"].begin(behind_unit) and not whole) or _AS_SUM.match(scene.right):
        return True
    if left in {"", "在"} and _A_YEAR.match(scene.text, start):
        return True
    return terms["not_before"].end(left.rstrip("约")) is not None and not left.endswith(_AFTER_ALL)


def _asks(scene: Scene, left: str, behind_unit: str) -> bool:
    """A condition of eligibility: 3年以上工作经验, 毕业2年内的毕业生, 成立1年以上."""
    item = scene.group.items[0]
    if scene.conditional and item.comparator != "<=" and not _GRANTED.search(left):
        return True
    if _QUALIFIES.match(behind_unit):
        return True
    compared = item.before == "=" and item.after != "="
    return compared and item.unit in _LONG and _STATUS.search(left) is not None


def _grants(left: str, right: str) -> bool:
    """满3年后, 连续补贴3年; not 满3年的企业, 连续3年盈利."""
    if left.endswith("满"):
        return right.startswith(("后", "之日", "方可", "的，可", "前"))
    if _IN_A_ROW.search(left):
        if _STAYS.match(right):
            return False
        return _GRANT.search(left[-8:] + right) is not None
    return True
