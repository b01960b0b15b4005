"""Number words whose shape alone tells what they are: dates, document numbers, telephones, ages, fractions.

All patterns are matched at a known place, never searched, and repeat within bounds.
"""

from __future__ import annotations

import re
from typing import Final

_YEAR: Final = r"(?:19|20)[0-9]{2}"
_DASH: Final = r"\s?[-—–~～－至到]{1,2}\s?"
_CN: Final = "〇零○一二三四五六七八九"
# behind a sum or a measure, never behind a year or a month: 2094.4元, 2000—2050元
_MEASURED: Final = "0-9.%‰元万亿千百倍吨亩公平立米克升个人户家名角"

ARABIC_SHAPE = re.compile(
    rf"""
    # 2023〕9号 · 2021]30号 · 2023年第5号 · 2024）第12-3号
    (?P<doc>[0-9]{{4}}(?:[〕\]）)］】]|年(?=\s?第?\s?[0-9]{{1,5}}\s?号(?!楼|线)))\s?[第字]?\s?[0-9]{{1,6}}(?:[-—][0-9]{{1,4}})?\s?号)
    # 2023年10月16日 · 2025年 · 2023-10-16 · 2023/10/16 · 2023.10.16
  | (?P<date>{_YEAR}\s?年(?:\s?[0-9]{{1,2}}\s?月(?:\s?[0-9]{{1,2}}\s?[日号](?!文))?)?
      | {_YEAR}(?P<mark>[-./])[0-9]{{1,2}}(?P=mark)[0-9]{{1,2}}(?![0-9])
      | {_YEAR}[-./][0-9]{{1,2}}(?!\s?[年{_MEASURED}])
      # 2023 of 2023—2025年 and 2023/2024学年, 2025 of 到2025,
      | {_YEAR}(?=(?:{_DASH}|/){_YEAR}(?!\s?[{_MEASURED}])|(?<=[0-9]{{4}})学年)
      | (?<=[-—–~～－至到/]){_YEAR}(?=[）)，。、；])
      # 11月30日 · 6月 · 1 of 1—3月 and 1月至3月
      | [0-9]{{1,2}}\s?月(?!龄)(?:\s?[0-9]{{1,2}}\s?[日号])?
      | [0-9]{{1,2}}(?={_DASH}[0-9]{{1,2}}\s?月(?!龄))
      # 8:30 · 24时 · 9点30分 · 90年代 · 21世纪
      | (?<![0-9])[0-9]{{1,2}}[:：][0-9]{{2}}(?![0-9])
      | [0-9]{{1,2}}(?:时(?!间)|点(?!位))(?:[0-9]{{1,2}}分)?
      | [0-9]{{2}}年代 | [0-9]{{1,2}}世纪 )
    # 0791-83752009 · 13800000000 · 400-123-4567 · 83752009
  | (?P<phone>0[0-9]{{2,3}}[-—－][0-9]{{7,8}}(?:[-—转][0-9]{{1,5}})?(?![0-9])
      | 1[3-9][0-9]{{9}}(?![0-9]) | 400[-—－]?[0-9]{{3}}[-—－]?[0-9]{{4}}(?![0-9])
      # 12325 of 12325热线
      | (?:12[0-9]{{3}}|9[56][0-9]{{3,4}})(?=[“”]?[一-龥]{{0,6}}(?:热线|电话|专线)))
    # 107 of 107国道, 7×24小时 · 5+2 · 1+3+N · 1+X · 2030 of “健康中国2030” · 3 of 3大工程
  | (?P<name>[0-9]{{1,4}}(?=[国省县乡]道(?!德)) | 20[0-9]{{2}}(?=[”’])(?<![到至—-]20[0-9]{{2}})
      | [0-9](?=大[一-龥])(?<![0-9.][0-9]) | [0-9]{{2}}(?=大[一-龥])(?<![0-9.][0-9]{{2}})
      | [0-9]{{1,4}}(?:\s?[+＋]\s?(?:[0-9]{{1,4}}|[A-Za-z]|多))+ | [0-9]{{1,2}}\s?[×xX*]\s?24)
    # 1.1.2
  | (?P<section>[0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{2,4}}(?![0-9%]))
    # 0 of 0—3岁, 6 of 6周岁, 36 of 36月龄, 0 of 0—36个月婴幼儿
  | (?P<age>[0-9]{{1,3}}(?:\.[0-9])?(?:\s?周?岁|\s?(?=个?月龄)
      | (?={_DASH}[0-9]{{1,3}}\s?(?:周?岁|个?月龄))))
    # 8/10万 · 1/3
  | (?P<fraction>[0-9]{{1,6}}(?:\.[0-9]{{1,4}})?/[0-9]{{1,6}}万?)(?![0-9/])
    # 1:1 · 1∶3
  | (?P<ratio>[0-9]{{1,4}}(?:\.[0-9]+)?\s?[:：∶]\s?[0-9]{{1,4}}(?:\.[0-9]+)?(?:\s?[:：∶]\s?[0-9]{{1,4}})*)
    """,
    re.VERBOSE,
)

CHINESE_SHAPE = re.compile(
    rf"""
    # 二〇二三年十月十六日 · 十一月底 · 一季度
    (?P<date>[一二][{_CN}]{{3}}年(?:[一二三四五六七八九十]{{1,2}}月(?:[一二三四五六七八九十]{{1,3}}日)?)?
      | [一二三四五六七八九十]{{1,2}}月(?!龄|子|饼|嫂)(?:[一二三四五六七八九十]{{1,3}}日)?
      | [一二三四]季度)
    # 三周岁 · 十八岁
  | (?P<age>[一二两三四五六七八九十]{{1,4}}周?岁
      | [一二三四五六七八九十]{{1,3}}(?={_DASH}[一二三四五六七八九十]{{1,3}}周?岁))
    # 百分之六十 · 千分之三 · 三分之二
  | (?P<fraction>(?:百|千|万|[二三四五六七八九十])分之[{_CN}两十百点0-9]{{1,8}})
    # 一是 … 二要 … of a list that runs on
  | (?P<marker>(?<=[，。；：、\n])[一二三四五六七八九十]{{1,2}}(?:是|要))
    """,
    re.VERBOSE,
)

# 附件3 · 表1 · 专栏2 · No.3
_PRINTED = (
    "附件",
    "附表",
    "附录",
    "表",
    "图",
    "专栏",
    "附图",
    "No.",
    "NO.",
    "样表",
    "模块",
    "清单",
    "步骤",
    "方案",
    "阶段",
    "附",
)
# 百家领军企业, 万场以上; not 百家企业培育工程, which is the name of a programme
ROUND = re.compile(
    r"[百千万](?:家|项|个|名|所|场|件|座|户|种|款|支|条)(?:以上)?[一-龥“](?![^，。；、”]{0,14}(?:工程|计划|行动|”))"
)
GENERIC = re.compile(r"[个家所名座处项间栋幢台套张辆条支头亩吨人户次件口]")
_CAPITALS = re.compile("[A-Z]{2,8}")
# 一、二、三等奖
ROW_OF_RANKS = re.compile(r"一(?:、[二三四五六七八九]){1,8}[等级类期档孩]")
# 三、四 of 三、四、五星级
ROW_OF_STARS = re.compile(r"[二三四五](?:、[二三四五]){1,4}星级")
QUOTED = re.compile(r"(?P<numeral>[一二两三四五六七八九十百千万]{1,4})[一-龥]{0,7}(?=”)")
# 20.2025年改造…: a marker and a year, no number with a fraction
BEFORE_YEAR = re.compile(r"(?P<number>[0-9]{1,3})\.(?=(?:19|20)[0-9]{2}年)")
OF_A_RATE = re.compile("(?:常住|户籍)?(?:人口|人)[^，。；、0-9]{0,14}[率数量比]")
_LATIN = re.compile(r"[A-Za-z0-9+\-./@_:×]*[A-Za-z0-9]")


def printed_ordinal(text: str, at: int) -> bool:
    """附件3, 表1: the number of a thing."""
    return text.endswith(_PRINTED, 0, at) and text[at - 1] in "件表录图栏.块单骤案段附"


def latin_start(text: str, at: int, floor: int) -> int:
    """Where the Latin word begins whose digits stand at `at`: PM2.5, GB/T 2260, G60; else `at`."""
    start = at
    while (
        start > floor
        and start > at - 40
        and (text[start - 1].isascii() and (text[start - 1].isalnum() or text[start - 1] in "/-_.@:"))
    ):
        start -= 1
    if (
        start == at
        and at - 1 > floor
        and text[at - 1] == " "
        and text[at - 2].isascii()
        and text[at - 2].isupper()
    ):
        return latin_start(text, at - 1, floor)
    piece = text[start:at]
    return start + next((i for i, c in enumerate(piece) if c.isalpha()), len(piece))


def latin_stop(text: str, at: int) -> int:
    """Where the Latin word ends that goes on at `at`: 5G, 3D打印, 2.5@x.cn; else `at`."""
    if not (
        text[at : at + 1].isascii()
        and (text[at : at + 1].isalpha() or text[at : at + 1] in {"@", "_", "-", "/"})
    ):
        return at
    found = _LATIN.match(text, at)
    if found is None:
        return at
    behind = text[found.end() : found.end() + 1]
    if text[at] in "-/" and ("一" <= behind <= "龥" or behind in {"%", "‰"}) and found.group()[1:].isdigit():
        return at  # 8-10个: the two ends of a range
    return found.end()


def counts_a_name(text: str, start: int, at: int, stop: int) -> bool:
    """集聚OPC|5000家: the thing text[start:at] and how many of it, no name such as G60."""
    return _CAPITALS.fullmatch(text, start, at) is not None and GENERIC.match(text, stop) is not None


_SIGN_BEHIND, _SIGN_BEFORE = re.compile("[\ue000-\uf8ff][0-9]"), re.compile("[0-9][\ue000-\uf8ff]$")


def lost_sign(text: str, start: int, end: int) -> bool:
    r"""Is text[start:end] part of 7\ue0105, a number with a sign of the source's own font, its value lost?"""
    if _SIGN_BEHIND.match(text, end):
        return True
    return _SIGN_BEFORE.search(text, max(start - 2, 0), start) is not None
