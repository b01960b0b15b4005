"""The division that a notice is of (contract: `jurisdiction_id`).

The first of these that says it: the division in the name of an issuing office, the nation for a central one;
the division in a title; the one that the text calls its own (我县, 市政府各部门, 结合抚州实际); the one that
it names by far the most. A name that several bear is settled by the rest of the text, or stays open.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from extractor.extractors.headlines import HeadLine
from extractor.lexicon.divisions import NATIONAL, Division, Divisions
from extractor.lexicon.notices import NoticeWords

# 我县, 本市, 全区: the notice speaks of its own division
_OWN_CLASS = re.compile(r"(?:我|本)([省市县区州旗盟])(?![级域])")
# 市政府各部门, 县直各单位: so do its recipients
_OWN_OFFICES = re.compile(
    r"([省市县区州旗盟])(?:(?:人民)?政府(?:各|有关|直属)|[直属](?:各|有关|机关|单位|部门))"
)
# 结合抚州实际, 抚州高新区管委会: the bare name of the city
_OWN_STEM = re.compile(
    r"结合(?P<fact>[㐀-鿿]{2,5})实际"
    r"|(?:^|[、，])(?P<zone>[㐀-鿿]{2,5}(?:高新|经开|经济|新)[㐀-鿿]{0,8}区)"
)
_NATIONWIDE = "中华人民共和国境内"  # where a regulation of the nation applies
_FEWEST = 3  # times that a division is named which nothing else points to
_PLAIN_OFFICE = re.compile(
    r"([省市县区州旗盟])((?:人民)?政府(?:办公[室厅])?|[㐀-鿿]{2,14}(?:局|厅|办公室|管委会)"
    r"|人(?:民代表)?大(?:会)?[㐀-鿿]{0,5})$"
)

# 安徽|银保监局, 武汉|海关 in a list of offices: branches that have but one at the place of the notice
_OWN_BRANCH = re.compile(
    r"(?<![㐀-鿿])(?P<of>[㐀-鿿]{2,4}?)(?:银保监分?局|证监局|海关|金融监管局|金融监管分局|通信管理局)(?![㐀-鿿])"
)
# 、区商务局、 in a list of offices
_LISTED_OFFICE = re.compile(r"(?<=[、，：（])([省市县区州旗盟])[㐀-鿿]{2,8}(?:局|委|厅|办)(?=[、，）牵负等])")
# 由区商务局负责认定, ，区政府一次性补贴30万元: the notice speaks of its own offices
_OWN_OFFICE = re.compile(
    r"(?:(?<=[由经向])|(?<![㐀-鿿、]))([省市县区州旗盟])(?:[㐀-鿿]{2,4}局|(?:人民)?政府)(?![㐀-鿿]{0,8}[、和及])"
)
MOST_LISTED = 5  # offices that show whose a notice is
# 中国银保监会|浙江监管局, 国家税务总局|南昌市税务局: a branch is of its place
_BRANCH = re.compile(
    r"(?:中国|国家)[㐀-鿿]{2,14}?(?:委员会|会|总局|局|银行|总署|署)(?P<of>[㐀-鿿]{2,8}(?:局|分局|分行|支行|税务局|海关|专员办)[㐀-鿿]{0,6})$"
)

# （湖北省）武汉市…方案
_PROVINCE = re.compile(r"^[（(]([㐀-鿿]{2,8}(?:省|自治区))[）)]")


def read_jurisdiction(
    text: str,
    front: Sequence[HeadLine],
    *,
    offices: Iterable[str],
    titles: Iterable[str | None],
    divisions: Divisions,
    notices: NoticeWords,
) -> tuple[Division, ...]:
    """The divisions that the notice may be of: one where it says so clearly."""
    named = tuple(offices)
    for office in named:
        found = divisions.denoted(office, context=text)
        if found:
            return found
        nation = divisions.get(NATIONAL)
        if office.startswith(notices.national) and nation is not None:
            branch = _BRANCH.match(office)
            return (branch and divisions.heading(branch["of"])) or (nation,)
    headed = [_PROVINCE.sub(r"\1", title) for title in titles if title]
    for found in (
        *(divisions.denoted(title, context=text) for title in headed),
        *(divisions.heading(name) for name in (*named, *headed)),
    ):
        if found:
            return found
    nation = divisions.get(NATIONAL)
    central = tuple(name for name in notices.national if len(name) > 2)
    if nation is not None and any(title.startswith(central) for title in headed):
        return (nation,)
    return _own(text, front, divisions) or ((nation,) if nation is not None and _NATIONWIDE in text else ())


def in_full(office: str, division: Division) -> str:
    """县教育局 of a notice of 汉阴县 → 汉阴县教育局; 市政府办公室 → …市人民政府办公室."""
    short = _PLAIN_OFFICE.match(office)
    if short is None or not division.short_name.endswith(short[1]) or "市委" in office or "县委" in office:
        return office
    rest = short[2] if not short[2].startswith("政府") else f"人民{short[2]}"
    return division.short_name + rest


def _own(text: str, front: Sequence[HeadLine], divisions: Divisions) -> tuple[Division, ...]:
    """The division that the text calls its own; else the one that it names by far the most."""
    recipients = "\n".join(line.words for line in front if line.kind == "recipients")
    own, said = _OWN_OFFICES.search(recipients), _OWN_CLASS.search(text)
    ending = own[1] if own else _ending(text) or (said[1] if said else None)
    stem = _OWN_STEM.search(recipients) or _OWN_STEM.search(text[:2000])
    if stem is not None:
        city = divisions.heading(stem["fact"] or stem["zone"])
        if len(city) == 1 and (ending is None or city[0].short_name.endswith(ending)):
            return city
    found = _most_named(text, ending, divisions)
    if found:
        return found
    branches = {
        each
        for match in _OWN_BRANCH.finditer(text)
        if len(each := divisions.heading(match["of"])) == 1 and ending and each[0].short_name.endswith(ending)
    }
    return branches.pop() if len(branches) == 1 else ()


def _ending(text: str) -> str | None:
    """区 where nearly all offices that lists name are a district's (区商务局、区住建局): its class."""
    for offices in (_LISTED_OFFICE, _OWN_OFFICE):
        counts = Counter(match[1] for match in offices.finditer(text))
        (letter, count), *_ = [*counts.most_common(1), ("", 0)]
        if count >= MOST_LISTED and count >= 0.9 * counts.total():
            return letter
    return None


def _most_named(text: str, ending: str | None, divisions: Divisions) -> tuple[Division, ...]:
    """The division (of one class: 市) that is named three times as often as any other, or as all others.

    Where no class is known, what lies above or below the division does not count against it.
    """
    counts: dict[tuple[Division, ...], int] = {}
    for name in divisions.find(text):
        if ending is None or text[name.span.end - 1] == ending:
            counts[name.divisions] = counts.get(name.divisions, 0) + 1
    ranked = sorted(counts, key=lambda candidates: -counts[candidates])
    if not ranked:
        return ()
    first = ranked[0]
    if ending is None:
        others = sum(counts[other] for other in ranked[1:] if not _related(first, other, divisions))
        if counts[first] < max(_FEWEST, 3 * others):
            return ()
    elif len(ranked) > 1 and counts[first] < 3 * counts[ranked[1]]:
        return ()
    return divisions.settle(first, text)


def _related(ours: Sequence[Division], other: Sequence[Division], divisions: Divisions) -> bool:
    """Whether one of the divisions lies in one of the other."""
    above = {ancestor.code for division in ours for ancestor in divisions.ancestors(division.code)}
    return any(
        division.code in above
        or any(ancestor.code == mine.code for mine in ours for ancestor in divisions.ancestors(division.code))
        for division in other
    )
