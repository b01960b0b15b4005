"""The administrative divisions of China of county level and above (GB/T 2260), and their names in text.

The rows are data (divisions.csv, whose head names its sources). A division is found in text by its name
with its class: the official one (维西傈僳族自治县) or the usual short one (维西县). A name that several
divisions bear (西湖区, 朝阳区) is settled by the names before it (南昌市西湖区), else by which of their
cities and provinces the context names; never by guessing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

from extractor.model import Span

DivisionLevel = Literal["national", "province", "prefecture", "county"]
_LEVELS: Mapping[str, DivisionLevel] = {
    "national": "national", "province": "province", "prefecture": "prefecture", "county": "county",
}  # fmt: skip
NATIONAL = "100000"

# The end of a division's name: 省 市 区 县 旗 盟 州, but not the first half of another word (合作市场,
# 各区域, 三级).
_CLASS_END = re.compile(
    r"省(?!级|直)|市(?![场民容级值面])|区(?![域间块段分级位])|县(?![级域城乡])|[旗州]|盟(?![友员])"
)
_AUTONOMOUS = re.compile(r"自治([州县旗])$|族(区)$")
# 和县 and 达县 are names only where a word begins: not in 市和县, 到达县城.
_BEFORE_SHORT = frozenset(["", "\n", " ", "共", "省", "市", "州", "《", "、", "，", "。", "（", "“"])
_LONGEST_NAME = 15  # 双江拉祜族佤族布朗族傣族自治县 has 14 characters


class Division(NamedTuple):
    """A division as it stands, or stood until the revision `until` (YYYY-MM, None for one of today)."""

    code: str  # GB/T 2260, six digits
    name: str  # 南昌市西湖区: with the prefecture, or the municipality, that it belongs to
    short_name: str  # 西湖区
    stem: str  # 西湖
    level: DivisionLevel
    parent: str | None  # code
    slug: str  # xihu
    until: str | None = None


class NameFound(NamedTuple):
    """A division's name in a text, with all the divisions that bear it."""

    span: Span
    divisions: tuple[Division, ...]


class Divisions:
    """All divisions, by code and by name. Immutable."""

    __slots__ = ("_by_name", "_by_stem", "_rows")

    def __init__(self, rows: Iterable[Sequence[str]]) -> None:
        self._rows: Mapping[str, Sequence[str]] = {row[0]: row for row in rows}
        by_name: dict[str, list[str]] = {}
        by_stem: dict[str, list[str]] = {}
        for code, name, stem, level, _, until in self._rows.values():
            by_name.setdefault(name, []).append(code)
            if level in ("province", "prefecture") and not until:
                by_stem.setdefault(stem, []).append(code)
            short = _AUTONOMOUS.search(name) if "自治" in name or "族区" in name else None
            if short:
                by_name.setdefault(stem + (short[1] or short[2]), []).append(code)
        self._by_name: Mapping[str, Sequence[str]] = by_name
        self._by_stem: Mapping[str, Sequence[str]] = by_stem

    def __iter__(self) -> Iterator[Division]:
        return map(self._division, self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def get(self, code: str) -> Division | None:
        return self._division(code) if code in self._rows else None

    def _division(self, code: str) -> Division:
        _, name, stem, level, slug, until = self._rows[code]
        parent = self._parent(code)
        whole = self._rows[parent][1] + name if parent is not None and _is_named_with_parent(code) else name
        return Division(code, whole, name, stem, _LEVELS[level], parent, slug, until or None)

    def _parent(self, code: str) -> str | None:
        """350602 → 350600; 429004 (directly under its province) → 420000; 350000 → 100000."""
        if code == NATIONAL:
            return None
        if code.endswith("0000"):
            return NATIONAL
        prefecture = code[:4] + "00"
        return prefecture if prefecture != code and prefecture in self._rows else code[:2] + "0000"

    def ancestors(self, code: str) -> tuple[Division, ...]:
        """The divisions above `code`, nearest first, the nation last."""
        found: list[Division] = []
        parent = self._parent(code) if code in self._rows else None
        while parent is not None:
            found.append(self._division(parent))
            parent = self._parent(parent)
        return tuple(found)

    def named(self, name: str) -> tuple[Division, ...]:
        """The divisions that `name` (西湖区, 维西县, 江西省南昌市西湖区) denotes, those of today first."""
        found = self._chain(self.find(name))
        return found[1] if found is not None and found[0] == Span(0, len(name)) else ()

    def find(self, text: str) -> tuple[NameFound, ...]:
        """The names of divisions in `text`, in order, the longest at each place."""
        found: list[NameFound] = []
        for end in (match.end() for match in _CLASS_END.finditer(text)):
            for start in range(max(0, end - _LONGEST_NAME), end - 1):
                codes = self._by_name.get(text[start:end])
                if codes is None or (end - start == 2 and text[start - 1 : start] not in _BEFORE_SHORT):
                    continue
                while found and found[-1].span.end > start:  # 前郭县 within a longer name
                    found.pop()
                found.append(NameFound(Span(start, end), tuple(map(self._division, codes))))
                break
        return tuple(found)

    def denoted(self, name: str, *, context: str = "") -> tuple[Division, ...]:
        """The divisions that the first name in `name` may mean: one where the names beside it or in
        `context` settle it.

        江西省南昌市西湖区卫生健康局 denotes its district; 西湖区教育局 two of them, or the one whose city
        `context` names.
        """
        chain = self._chain(self.find(name))
        return () if chain is None else self.settle(chain[1], context)

    def heading(self, name: str) -> tuple[Division, ...]:
        """The provinces and prefectures of today whose bare name begins `name`.

        苏州工业园区 → 苏州市, 上海海关 → 上海市.
        """
        lengths = range(min(len(name), _LONGEST_NAME), 1, -1)
        codes = next(
            (self._by_stem[name[:length]] for length in lengths if name[:length] in self._by_stem), ()
        )
        return tuple(map(self._division, codes))

    def settle(self, candidates: tuple[Division, ...], context: str) -> tuple[Division, ...]:
        """Those of `candidates` whose ancestors `context` names most often; all where it names none."""
        if len(candidates) < 2:
            return candidates
        weights = [self._weight(division, context) for division in candidates]
        best = max(weights)
        kept = tuple(division for division, weight in zip(candidates, weights, strict=True) if weight == best)
        today = tuple(division for division in kept if division.until is None)
        return today or kept

    def _weight(self, division: Division, context: str) -> tuple[int, int]:
        above = [ancestor for ancestor in self.ancestors(division.code) if ancestor.code != NATIONAL]
        counts = [context.count(ancestor.short_name) for ancestor in above]
        return (counts[0], sum(counts)) if counts else (0, 0)

    def _chain(self, found: Sequence[NameFound]) -> tuple[Span, tuple[Division, ...]] | None:
        """The first run of adjoining names, and the divisions that its last name means under the others."""
        if not found:
            return None
        span, candidates = found[0].span, found[0].divisions
        for name in found[1:]:
            above = {division.code for division in candidates}
            within = tuple(d for d in name.divisions if any(a.code in above for a in self.ancestors(d.code)))
            if name.span.start != span.end or not within:
                break
            span, candidates = Span(span.start, name.span.end), within
        return span, tuple(sorted(candidates, key=lambda division: division.until is not None))


def _is_named_with_parent(code: str) -> bool:
    """南昌市西湖区 and 重庆市渝中区, but 仙桃市 and 漳州市 alone."""
    municipality = code[:2] in {"11", "12", "31", "50"} and not code.endswith("0000")
    return municipality or (not code.endswith("00") and code[2:4] != "90")


@cache
def load_divisions() -> Divisions:
    """The shipped divisions, read once a process."""
    text = files(__package__).joinpath("divisions.csv").read_text("utf-8")
    _, _, rows = text.partition("until\n")  # the notes at the head, and the names of the columns
    return Divisions(line.split(",") for line in rows.splitlines())
