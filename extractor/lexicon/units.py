"""Names of offices: what an office is called in full, its sector, and what its name is made of.

The vocabulary is units.csv and units.toml (their sources stand in the latter's head). `UnitNames.parse`
takes a name apart, `UnitNames.unit` gives it its canonical name and its sector (contract, «units and
responsibilities»). Both are pure functions of the name, and remember the names they have seen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from extractor.lexicon import read_csv, read_toml
from extractor.lexicon.unit_patterns import (
    ACTS,
    BRACKETED,
    FOLD_BRACKETS,
    KINDS,
    LEAGUE,
    LEVELS_OR,
    LONGEST_NAME,
    NOT_A_LEVEL,
    NOT_A_PLACE,
    NOT_IN_A_NAME,
    PREFIX_ENDS,
    SECOND_NAME,
    WHOLE_OFFICE,
    Office,
    Parsed,
    alternation,
    area,
    better,
    by_duty,
    by_form,
    label_forms,
    seat,
    two_names,
    verbs,
    whoever,
)
from extractor.model import Role, Unit


@dataclass(frozen=True, eq=False)
class UnitNames:
    """The vocabulary of offices, and the patterns made of it."""

    offices: Mapping[str, Office]
    longest: int
    levels: frozenset[str]
    party: Mapping[str, str]
    suffixes: frozenset[str]
    expanded: Mapping[str, str]
    shared: tuple[str, ...]
    branches: frozenset[str]
    endings: tuple[str, ...]
    complete: tuple[str, ...]
    area: re.Pattern[str]
    no_areas: tuple[str, ...]  # offices that end as areas do: 警备区
    whoever: re.Pattern[str]
    government: frozenset[str]
    admin: frozenset[str]
    zone_bodies: frozenset[str]
    labels: Mapping[str, Role]
    label_forms: Mapping[Role, re.Pattern[str]]
    label_ends: tuple[str, ...]
    longest_label: int
    header_words: re.Pattern[str]
    tail: re.Pattern[str]
    roles: tuple[tuple[Role, re.Pattern[str]], ...]
    joint: re.Pattern[str]
    helper: re.Pattern[str]
    opener: re.Pattern[str]
    nobody: frozenset[str]
    bearers: tuple[str, ...]
    institutions: tuple[str, ...]
    groups: tuple[str, ...]
    of_many: tuple[str, ...]
    committees: tuple[str, ...]

    def parse(self, name: str) -> Parsed:
        """The parts of a name. Never fails: what nothing knows has kind `unknown`."""
        return _parse(self, name)

    def unit(self, name: str) -> Unit:
        """The name with its canonical name and sector (其他 where no row knows it)."""
        return _unit(self, name)

    def label(self, words: str) -> Role | None:
        """The role that a label such as 牵头单位 gives; None where it is none."""
        found = self.labels.get(words)
        if found is None and words.endswith(self.label_ends):
            found = next((role for role, form in self.label_forms.items() if form.fullmatch(words)), None)
        return found

    def header(self, words: str) -> Role | None:
        """The role that a column's header gives: 牵头单位, 县级责任单位, 责任单位及责任人."""
        found = self.header_words.search(words)
        return self.labels.get(found[0] if found else words)

    def has_ending(self, name: str) -> bool:
        """Whether a name ends as names of offices do."""
        return name.rstrip("）)").endswith(self.endings)


@cache
def load_units() -> UnitNames:
    """The shipped vocabulary, read once a process."""
    data = read_toml("units.toml")
    offices: dict[str, Office] = {}
    for row in read_csv("units.csv"):
        sector, kind = row["sector"], KINDS[row["kind"]]
        for name in (row["canonical"], *row["names"].split()):
            offices.setdefault(name, Office(row["canonical"], sector, kind))
        for name in row["kin"].split():
            offices.setdefault(name, Office(name, sector, kind))
    labels: dict[str, Role] = {
        label: role for role, words in data["labels"].items() for label in words.split()
    }
    return UnitNames(
        offices=MappingProxyType(offices),
        longest=max(map(len, offices)),
        levels=frozenset(data["levels"].split()),
        party=MappingProxyType(data["party"]),
        suffixes=frozenset(data["suffixes"].split()),
        expanded=MappingProxyType(data["expanded"]),
        shared=tuple(data["shared"].split()),
        branches=frozenset(data["branches"].split()),
        endings=tuple(data["endings"].split()),
        complete=tuple(data["complete"].split()),
        area=area(data),
        no_areas=tuple(
            name
            for name, office in offices.items()
            if office.kind == "body" and name.endswith("区") and name != "军区"  # 点军区 is a county
        ),
        whoever=whoever(data),
        government=frozenset(data["government"].split()),
        admin=frozenset(data["admin"].split()),
        zone_bodies=frozenset(data["zone_bodies"].split()),
        labels=MappingProxyType(labels),
        label_forms=MappingProxyType(label_forms(data["label_forms"])),
        label_ends=tuple(data["label_forms"]["bodies"].split()),
        longest_label=max(map(len, labels)),
        bearers=tuple(data["bearers"].split()),
        institutions=tuple(data["institutions"].split()),
        groups=tuple(data["groups"].split()),
        of_many=tuple(data["of_many"].split()),
        committees=tuple(data["committees"].split()),
        header_words=re.compile(alternation(word for word in labels if len(word) > 3)),
        **verbs(data),
    )


def unit(name: str) -> Unit:
    """The office of that name, by the shipped vocabulary."""
    return load_units().unit(name)


@lru_cache(maxsize=1 << 15)
def _parse(names: UnitNames, name: str) -> Parsed:
    if not name or len(name) > LONGEST_NAME:
        return Parsed("unknown", core=name, known=False)
    if (folded := name.translate(FOLD_BRACKETS)) != name:
        return _parse(names, folded)
    exact = _core(names, name, "")
    if exact and exact.kind != "full" and exact.end == len(name):
        return exact
    if names.whoever.match(name):
        return Parsed("whoever", core=name)
    if two_names(name, names.offices):
        return _unknown(names, name)
    if league := LEAGUE.match(name):
        level = league[1] or league[2]
        return Parsed("league", level.removesuffix("党"), "", Office("共青团", "共青团", "league"))
    found = names.area.match(name)
    if (
        found
        and not name.endswith(names.no_areas)
        and (name.startswith("所在") or not NOT_A_PLACE.match(name))
    ):
        return Parsed(
            "area", core=name, place=found["place"], body=found["body"] or "", named=bool(found["named"])
        )
    if name.endswith(("管委会", "管理委员会")):
        place = name.removesuffix("管委会").removesuffix("管理委员会")
        return Parsed("area", core=name, place=place, body=name[len(place) :], named=True)
    if bracketed := BRACKETED.match(name):  # 市发展改革委（市能源局）, but not 市教育局（张三）
        base = _parse(names, bracketed["base"])
        inner = bracketed["inner"].split("、")
        if not base.known or not all(_second_name(names, part) for part in inner):
            return _unknown(names, name)
        return base._replace(core=name[len(base.prefix) :])
    if described := by_duty(name):
        return described
    if NOT_IN_A_NAME.search(name):
        return _unknown(names, name)
    known = better(exact, _prefixed(names, name)) or by_form(name)
    return known or _contained(names, name) or _unknown(names, name)


def _second_name(names: UnitNames, words: str) -> bool:
    """市发展改革委|（市能源局）, 区卫生健康局|（社会发展局）; but not 市教育局|（张三）"""
    parsed = _parse(names, words)
    if parsed.known:
        return parsed.kind != "bare"
    return bool(SECOND_NAME.match(words)) and not NOT_IN_A_NAME.search(words)


def _core(names: UnitNames, core: str, prefix: str) -> Parsed | None:
    """A name that begins with an office the vocabulary knows."""
    for size in range(min(names.longest, len(core)), 1 if core[0] != "委" else 0, -1):
        office = names.offices.get(core[:size])
        if office is None:
            continue
        whole = size == len(core)
        if office.kind == "field":
            if whole:
                ends = "field" if core.endswith("中心") else "bare"  # 大数据中心 takes no 局 of others
                return Parsed(KINDS[ends], prefix, core, office, end=size)
            if _suffixed(names, core, size):
                return Parsed("field", prefix, core, office, end=size)
        elif office.kind == "common":
            if whole:
                return Parsed("whoever", "", core, office, end=size) if not prefix else None
        elif whole or (office.kind == "full" and names.has_ending(core) and not ACTS.search(core, size)):
            return Parsed(office.kind, prefix, core, office, end=size)
        elif office.kind != "seat" and _suffixed(names, core, size):
            return Parsed("body", prefix, core, office, end=size)
    return None


def _suffixed(names: UnitNames, core: str, size: int) -> bool:
    """Whether what follows the office's name ends with a suffix (局, 委员会 …)."""
    rest = core[size:]
    if rest in names.suffixes:
        return True
    if not 2 <= len(rest) <= 16:
        return False
    ends = (rest[-size:] for size in range(min(8, len(rest) - 1), 0, -1))
    longest = next((end for end in ends if end in names.suffixes), "")
    if not longest:
        return False
    between = rest[: -len(longest)]
    # 公安局|交警|支队 and 生态环境局|维西|分局 are one office; 财政局|组织 and 教育部门|制定|办 are not
    if ACTS.search(between):
        return False
    return not WHOLE_OFFICE.search(between) or (longest in names.branches and "部门" not in between)


def _prefixed(names: UnitNames, name: str) -> Parsed | None:
    """市|教育局, 市委|组织部, 南昌市|卫健委, 县级以上人民政府|教育行政部门, 各县（区）|教育局"""
    if NOT_A_PLACE.match(name):
        return None
    either = LEVELS_OR.match(name)
    first = either.end() if either else 0
    for i in range(max(1, first), min(24, len(name))):
        if name[i - 1] not in PREFIX_ENDS and name[:i] not in names.levels and i != first:
            continue
        found = _core(names, name[i:], name[:i])
        if found and found.kind == "full" and not (i == 1 and found.end == len(found.core)):
            continue  # 市|人行, but not 上海市|海关学院
        if found and not (
            found.kind == "bare" and i > 3 and not (either or name[:i].endswith(("政府", "国务院", "以上")))
        ):
            return found
    return None


def _contained(names: UnitNames, name: str) -> Parsed | None:
    """西湖|公安|分局: the name of a branch, known by what it holds. It takes no prefix."""
    if not names.has_ending(name) or NOT_A_PLACE.match(name):
        return None
    found = None
    for at in range(1, min(12, len(name) - 1)):
        if found and at >= found.end:
            break
        for size in range(min(names.longest, len(name) - at), found.end - found.at if found else 1, -1):
            office = names.offices.get(name[at : at + size])
            if office is None or office.kind in ("seat", "common") or office.canonical == "办公室":
                continue
            if name.startswith("人民政府", at - 1):  # 人|民政|府
                continue
            if office.kind == "full" or at + size == len(name) or _suffixed(names, name[at:], size):
                found = Parsed(
                    "full", "", name, office, at=at, end=at + size
                )  # 上海|警备区, not 上|海警|备区
                break
    return found


def _unknown(names: UnitNames, name: str) -> Parsed:
    prefix = next((name[:n] for n in (3, 2, 1) if name[:n] in names.levels and len(name) > n + 1), "")
    if NOT_A_LEVEL.match(name):
        prefix = ""
    return Parsed("unknown", prefix, name[len(prefix) :], known=False)


@lru_cache(maxsize=1 << 15)
def _unit(names: UnitNames, name: str) -> Unit:
    parsed = _parse(names, name)
    office = parsed.office
    if parsed.kind == "league":
        return Unit(name, f"共青团{parsed.prefix}委员会", "共青团")
    if parsed.kind == "area":
        return Unit(name, seat(name), "党委政府")
    if parsed.kind == "whoever":
        return Unit(name, name, _common_sector(names, name))
    if office is None:
        return Unit(name, name, "其他")
    return Unit(name, _canonical(names, parsed, office), office.sector)


def _common_sector(names: UnitNames, name: str) -> str:
    """各学校 → 教育, 各医疗机构 → 卫生健康: by the longest name of institutions it ends with."""
    for at in range(max(0, len(name) - names.longest), len(name) - 1):
        office = names.offices.get(name[at:])
        if office and office.kind == "common":
            return office.sector
    return "其他"


def _canonical(names: UnitNames, parsed: Parsed, office: Office) -> str:
    core, rest = parsed.core, parsed.core[parsed.end :]
    if office.kind == "full":
        alias = core[parsed.at : parsed.end]
        replaced = not rest or office.canonical.endswith(alias)
        said = office.canonical if replaced and not parsed.at else alias
        return f"{parsed.prefix}{core[: parsed.at]}{said}{rest}"
    if rest and rest not in names.suffixes:
        return f"{parsed.prefix}{core}"
    return f"{parsed.prefix}{core[: parsed.at]}{office.canonical}{names.expanded.get(rest, rest)}"
