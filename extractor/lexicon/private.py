"""What tells of private persons, as patterns (see private.toml)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from extractor.lexicon import read_toml
from extractor.lexicon.layout import either

_GIVEN = "[㐀-鿿]"
# 阿卜杜拉·买买提: a name of parts
_OF_PARTS = rf"{_GIVEN}{{2,6}}(?:[·•]{_GIVEN}{{1,8}}){{1,3}}"
# What stands before a name in a sentence; a name is never the end of other words
_BEFORE = "(?:(?<=[对就由给与请和、收到致据照将经复])|(?<=关于)|(?<=会议)|(?<=[0-9]号)|(?<![一-龥]))"


@dataclass(frozen=True, slots=True)
class PrivateWords:
    """One idea a pattern, and the labels of cells."""

    tells: re.Pattern[str]  # searched: words without which a paragraph names nobody
    salutation: re.Pattern[str]  # the whole paragraph
    proposer: re.Pattern[str]  # searched
    posted: re.Pattern[str]  # searched: the post first
    in_file_name: re.Pattern[str]  # searched
    labelled: re.Pattern[str]  # searched: a label of a person with its colon
    value: re.Pattern[str]  # matched after the colon: names
    bare: re.Pattern[str]  # the whole cell: names alone
    proposers: frozenset[str]  # labels, whole
    people: frozenset[str]  # all labels of persons, whole
    posts: frozenset[str]
    home: re.Pattern[str]  # searched: a label of an address with its colon
    homes: frozenset[str]
    addresses: frozenset[str]
    address: re.Pattern[str]  # searched, after a proposer: a label with its colon
    place: re.Pattern[str]  # matched: the words of an address
    phones: frozenset[str]
    home_phones: frozenset[str]
    home_phone: re.Pattern[str]  # searched: its label and colon
    phone: re.Pattern[str]  # searched, after a proposer
    identities: frozenset[str]
    identity: re.Pattern[str]  # searched: its label
    accounts: frozenset[str]
    account: re.Pattern[str]  # searched: its label
    holder: re.Pattern[str]  # searched: an office that holds an account
    email: re.Pattern[str]  # the end of the words before: its label
    no_names: frozenset[str]
    titles: frozenset[str]
    office_ends: str
    part_ends: str

    def is_name(self, words: str) -> bool:
        """Whether words of a name's form can be one."""
        bare = words.replace(" ", "")
        if bare[:2] in self.no_names or bare[1:] in self.titles or bare[-1] in self.office_ends:
            return False
        return len(bare) < 3 or bare[-1] not in self.part_ends


@cache
def load_private_words() -> PrivateWords:
    """The shipped words, compiled once a process."""
    data = read_toml("private.toml")
    labels = data["labels"]
    people = (*labels["proposers"], *labels["persons"], *labels["contacts"])
    after = either(labels["next"])
    names = _names(data)
    member = r"(?:等(?:[0-9一二三四五六七八九十]{1,3}[名位])?)? ?(?:人大|政协)?(?:代表|委员)"
    proposes = (
        r"(?:在[^，。；]{0,30})?(?:提出|所提|联名提|的?第?[0-9]{1,5}号|的?《|关于|的?建议|的?提案|反映)"
    )
    posts = "(?:人大|人民|政协|党)(?:代表|委员)"
    office = rf"[一-龥]{{2,20}}[{data['office_ends']}{data['part_ends']}心院]"
    place = "(?=[^，。；：\n]{0,60}[省市区县旗镇乡村路街巷号室栋幢弄组园苑])[^，。；：\n]{4,60}?"
    held = (
        rf"{either(labels['holders'])} ?[：:]?\n? ?[^，。；：\n]{{2,40}}{either(data['offices']['holders'])}"
    )
    return PrivateWords(
        tells=re.compile(either(("代表", "委员", *people, *labels["homes"]))),
        salutation=re.compile(rf"(?:尊敬的)?(?P<names>{names}){member}们?[：:，,]"),
        proposer=re.compile(rf"{_BEFORE}(?P<names>{names}){member}(?={proposes})"),
        posted=re.compile(rf"{posts}(?P<names>{names})(?={proposes}|、[省市县区州]?{posts})"),
        in_file_name=re.compile(rf"{_BEFORE}(?P<names>{names}){member}"),
        labelled=re.compile(rf"(?P<label>{either(people)})(?:{either(labels['and_more'])})?[：:]"),
        value=re.compile(rf" ?(?:{office} ?)??(?P<names>{names})(?=$|[^一-龥]|{after})"),
        bare=re.compile(rf"(?P<names>{names})"),
        proposers=frozenset(labels["proposers"]),
        people=frozenset(people),
        posts=frozenset(labels["posts"]),
        home=_labelled(labels["homes"]),
        homes=frozenset(labels["homes"]),
        addresses=frozenset(labels["addresses"]),
        address=_labelled(labels["addresses"]),
        place=re.compile(rf" ?(?P<words>{place})(?=$|[，。；\n]|{after}[：:])"),
        phones=frozenset(labels["phones"]),
        home_phones=frozenset(labels["home_phones"]),
        home_phone=_labelled(labels["home_phones"]),
        phone=_labelled(labels["phones"]),
        identities=frozenset(labels["identities"]),
        identity=_before(labels["identities"]),
        accounts=frozenset(labels["accounts"]),
        account=_before(labels["accounts"]),
        holder=re.compile(held),
        email=re.compile(_before(labels["emails"]).pattern + "$"),
        no_names=frozenset(data["no_names"]),
        titles=frozenset(data["titles"]),
        office_ends=data["office_ends"],
        part_ends=data["part_ends"],
    )


def _names(data: Mapping[str, Any]) -> str:
    """程绮南, 王 芳, 欧阳修文、李四: each the shortest that what follows allows, as many as there are."""
    single = "".join(dict.fromkeys("".join(data["surnames"].split())))
    name = rf"(?:(?:{either(data['double'])}|[{single}] ?){_GIVEN}{{1,2}}?|{_OF_PARTS})"
    return rf"{name}(?:[、，,/ ]{name}){{0,30}}"


def _labelled(labels: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![一-龥])(?P<label>{either(labels)})[：:]")


def _before(labels: Iterable[str]) -> re.Pattern[str]:
    """A label right before a value, with or without a colon."""
    return re.compile(rf"{either(labels)}[为是]?[：:]? ?")
