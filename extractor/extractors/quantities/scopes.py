"""Where a target holds: 全市, 县级, 每个乡镇; and the head of a segment, cut away from an indicator."""

from __future__ import annotations

import re

from extractor.lexicon.measures import Words

from .scene import Scene

# 全市 · 县级 · 每个乡镇 · 各县
_SCOPE = re.compile(
    r"全(?:国|省|市|区|县|州|盟|旗|镇|乡|街道|域|系统|行业)(?!面|性|程)"
    r"|[省市州区县乡镇村]级(?!以上|财|政|医|妇|公立|示范|重点|配套|龙头|企业|科技|平台|基地|园区|名|品牌|孵化|众创|工程|实验|创新|技术|研|文明|生态|美丽"
    r"|田园|家庭农场|合作社|非遗|文物|先进|优秀|标杆|样板|试点|特色|产业|专精|瞪羚|独角兽|制造业|绿色|单项|现代|集体|组织|活动)"
    r"|每个?(?:设区市|行政村|乡镇|街道|社区|县（市、区）|[县区市镇乡村])"
    r"|各(?:设区市|乡镇|街道|[省市区县镇村地])"
)
# 2025年底前 · 到2025年， · 十四五”期间
_DATE = re.compile(
    r"(?:[0-9〇零○一二三四五六七八九]{4}年(?:[0-9一二十]{1,2}月)?(?:[0-9]{1,2}日)?(?:底|末)?(?:之?前|以前|内|期间|度)?"
    r"(?:第?[一二三四]季度|[上下]半年)?(?:[、和及][0-9]{4}年(?:底|末)?){0,8}每?年?"
    r"|(?<=五)[”\"]?(?:期间|期末|末|时期)"
    r"|(?:^|(?<=确保|力争))(?:用?[0-9一二两三四五]年(?:内|时间)|[上下]半年|全年(?=完成|新|实现|举|开展|组织|培|引|建|力争|确保|举行)|[0-9]{1,2}月底前|(?:今年|明年|当年|本年)?年底之?前))[，,]?"
)
# 其中：丹江口市, 、郧县
_PART_OF = re.compile(
    r"[、和与及]?(?:其中)?[：:]?(?P<place>[\u4e00-\u9fff]{1,10}(?:[省市县区旗州盟镇乡]|街道|新城|其他区域|其他地区)|其[他余](?:区域|地区))$"
)
# 示范区, 超市, 特色小镇: things, no places
_NO_PLACE = re.compile(
    r"(?:示范|试点|先进|模范|文明|卫生|特色|重点|园林|强|名|大|园|景|社|小|校|库|灌|林|牧|街|厂|矿|片|功能|保护|试验|实验|先行|集聚|创新|度假|风景|产业|商务|生态|办公|棚户"
    r"|服务|核心|超|集|门)[省市县区镇乡]$"
)
_AND = ("和", "及", "、", "并")
_COMPARED = ("较", "比", "与", "同", "于", "以")


def scope_of(scene: Scene, carried: str | None) -> str | None:
    """The scope at the head of the segment; else what the sentences before said."""
    return scope_in(cut_head(scene, scene.left)) or carried


def place_of(scene: Scene) -> str | None:
    """丹江口市 of 建设1500公里，其中丹江口市230公里、郧县260公里: whose part of what was said a number is."""
    unit = scene.group.items[0].unit
    found = _PART_OF.match(scene.left) if unit in scene.setting.said else None
    if found is None or _SCOPE.match(found["place"]) or _NO_PLACE.search(found["place"]):
        return None
    return found["place"]


def scope_in(words: str) -> str | None:
    """The scope that `words` begin with."""
    found = _SCOPE.match(words)
    return found.group() if found is not None else None


def without_scope(name: str) -> str:
    """全市孕产妇死亡率 → 孕产妇死亡率; 县级 and 每个乡镇 are part of a name and stay."""
    found = _SCOPE.match(name)
    if found is not None and found.group()[0] in "全各" and len(name) > found.end():
        return name[found.end() :]
    return name


def _led(lead: Words, whole: Words, left: str, at: int) -> str | None:
    """The leading word at `at`; not 使 of 使用率."""
    word = lead.begin(left, at)
    return None if word is None or whole.begin(left, at) is not None else word


def cut_head(scene: Scene, left: str) -> str:
    """Without the date and the leading verbs: 力争到2025年全区公办 … → 全区公办 …; 入统率2025年 → 入统率"""
    for found in _DATE.finditer(left):
        if not left.endswith(_COMPARED, 0, found.start()):
            behind = left[found.end() :]
            left = behind if behind.strip("，, 分别均都") or found.start() < 2 else left[: found.start()]
            break
    lead, whole = scene.measures.indicators["lead"], scene.measures.indicators["whole"]
    at = 0
    while (word := _led(lead, whole, left, at)) is not None or left[at : at + 1].isspace():
        at += len(word) if word is not None else 1
        if word is not None and left[at : at + 1] in _AND and lead.begin(left, at + 1) is not None:
            at += 1  # 培育|和|引进
    return left[at:]
