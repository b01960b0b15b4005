"""Words that tell of a private person: names, telephones, identity numbers, accounts, mail, addresses.

The database keeps them, for a quote is the text; what leaves it masks them (`extractor.store.masked`).

The rule: a person who writes to an office (a deputy, a member, an applicant) or whom one is to call (联系人,
承办人) is private; an office is not, nor is an official named with a post, nor the line of an office. Two
mistakes are possible: a word of policy masked, which a reader sees and can have shown; a private word shown,
which cannot be taken back. So numbers that only a person has are masked wherever they stand; names, addresses
and lines of telephones only where a label or a phrase says whose they are, for a word that merely could be a
name is most often none; and a name once found is masked again throughout its notice.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import groupby, pairwise

from extractor.lexicon.private import PrivateWords
from extractor.model import Paragraph, Private, PrivateKind, Span, Text

# 13812345678, 138-1234-5678, +86 138 1234 5678; not 13812345678元
_MOBILE = re.compile(
    r"(?<![0-9A-Za-z.,〔])(?:\+?86[- ]?)?1[3-9][0-9](?:[- ]?[0-9]{4}){2}"
    r"(?![0-9A-Za-z]|[.,][0-9]| ?[元万亿个人户吨米亩件页份%％‰])"
)
_ELEVEN = re.compile(r"1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}")  # without it no mobile; found faster
# 83752009, 0791-83752009, 0791-83752009转8001
_LANDLINE = re.compile(r"(?<![0-9-])(?:0[0-9]{2,3}[-—－ ]?)?[0-9]{7,8}(?:[-—转][0-9]{1,5})?(?![0-9])")
# a region, a day of birth, a sequence, a check digit (GB 11643)
_IDENTITY = re.compile(
    r"(?<![0-9A-Za-z])[1-9][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
    r"[0-9]{3}[0-9Xx](?![0-9A-Za-z])"
)
_SEVENTEEN = re.compile(r"[0-9]{17}")  # without it no identity number; found faster
_OLD_IDENTITY = re.compile(r"[1-9][0-9]{14}(?:[0-9]{2}[0-9Xx])?(?![0-9A-Za-z])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_ACCOUNT = re.compile(r"[0-9](?:[- ]?[0-9]){11,24}(?![0-9])")
_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}"
)
# one of 程绮南、王 芳
_ONE_NAME = re.compile(r"[㐀-鿿] [㐀-鿿](?![㐀-鿿])|[㐀-鿿·•]+")
_FIELD, _FIELDS = re.compile(r"\n[^\n：:，。；]{1,8}[：:][^\n。]{0,80}(?=\n|$)"), 6
_HOLDER_NEAR = 160  # characters before and after an account in which its holder is named
_SHORTEST_AGAIN = (
    3  # characters of a name that is masked wherever else it stands; a shorter one where it stands alone
)
_BEFORE, _AFTER = frozenset("：:、，\n（"), re.compile(r"$|[\n、，。；（）]|同志|先生|女士|代表|委员")


def private_words(text: Text, words: PrivateWords) -> tuple[Private, ...]:
    """Every private word, by place, none within another. Linear in the length of the text."""
    found = [*_numbers(text.text, words), *_prose(text, words), *_forms(text, words)]
    names = {text.text[each.span.start : each.span.end] for each in found if each.kind == "name"}
    found += _again(text.text, names)
    return tuple(_apart(found))


def private_in_file_name(name: str, words: PrivateWords) -> tuple[Private, ...]:
    """What the name of a file tells: 对程绮南代表的答复.docx. It is no policy: 代表 alone is enough."""
    found = [
        *_numbers(name, words),
        *(each for match in words.in_file_name.finditer(name) for each in _names(match, words, "file")),
    ]
    return tuple(_apart(found))


def _apart(found: list[Private]) -> Iterator[Private]:
    """The longest of those that overlap, in the order of the text."""
    reached = 0
    for each in sorted(found, key=_precedence):
        if each.span.start >= reached:
            yield each
            reached = each.span.end


def _precedence(each: Private) -> tuple[int, int, bool, str, str]:
    return each.span.start, -each.span.end, each.rule == "again", each.kind, each.rule


def _numbers(text: str, words: PrivateWords) -> Iterator[Private]:
    """What its form alone makes a person's, and what its label does."""
    for match in _MOBILE.finditer(text) if _ELEVEN.search(text) else ():
        yield Private(Span(*match.span()), "phone", "mobile")
    for match in _IDENTITY.finditer(text) if _SEVENTEEN.search(text) else ():
        if _checked(match.group()):
            yield Private(Span(*match.span()), "id_number", "identity")
    yield from _after(text, words.identity, _OLD_IDENTITY, "id_number", "identity")
    if any(label in text for label in words.home_phones):
        yield from _after(text, words.home_phone, _LANDLINE, "phone", "landline")
    for account in _after(text, words.account, _ACCOUNT, "account", "account"):
        near = (max(account.span.start - _HOLDER_NEAR, 0), account.span.end + _HOLDER_NEAR)
        if not words.holder.search(text, *near):
            yield account
    for match in _EMAIL.finditer(text) if "@" in text else ():
        of_person = words.email.search(text, max(match.start() - 12, 0), match.start())
        if of_person or _MOBILE.match(match.group().partition("@")[0]):
            yield Private(Span(*match.span()), "email", "email")


def _after(
    text: str, label: re.Pattern[str], value: re.Pattern[str], kind: PrivateKind, rule: str
) -> Iterator[Private]:
    for match in label.finditer(text):
        found = value.match(text, match.end())
        if found:
            yield Private(Span(*found.span()), kind, rule)


def _checked(identity: str) -> bool:
    """Whether the check digit is right."""
    total = sum(int(digit) * weight for digit, weight in zip(identity, _WEIGHTS, strict=False))
    return _CHECK[total % 11] == identity[17].upper()


# --- paragraphs ------------------------------------------------------------------------------------


def _prose(text: Text, words: PrivateWords) -> Iterator[Private]:
    """Salutations, who proposed what, names and addresses after their labels."""
    for paragraph in _telling(text, words):
        start, end = paragraph.span
        whole = words.salutation.fullmatch(text.text, start, end)
        if whole:
            yield from _names(whole, words, "salutation")
        for pattern in (words.proposer, words.posted):
            for match in pattern.finditer(text.text, start, end):
                yield from _names(match, words, "proposer")
        yield from _labels(text.text, paragraph.span, words)


def _telling(text: Text, words: PrivateWords) -> Iterator[Paragraph]:
    """The paragraphs that may name somebody: few of most notices, none of many."""
    starts = [paragraph.span.start for paragraph in text.paragraphs]
    found = (
        match
        for match in words.tells.finditer(text.text)
        if not text.text.startswith("委员会", match.start())
    )
    held = {bisect_right(starts, match.start()) - 1 for match in found}
    return (text.paragraphs[index] for index in sorted(held) if index >= 0)


def _labels(text: str, span: Span, words: PrivateWords) -> Iterator[Private]:
    """In one paragraph: names after labels, and what else of those persons stands after them."""
    proposer = person = -1
    for label in words.labelled.finditer(text, *span):
        value = words.value.match(text, label.end(), span.end)
        named = list(_names(value, words, "label")) if value else []
        yield from named
        if named:
            person = label.end()
            proposer = label.end() if label["label"] in words.proposers else proposer
    for home in words.home.finditer(text, *span):
        yield from _place(text, Span(home.end(), span.end), words)
    if person >= 0:
        for match in _EMAIL.finditer(text, person, span.end):
            yield Private(Span(*match.span()), "email", "email")
    if proposer >= 0:
        end = _end_of_fields(text, span.end)
        for label in words.address.finditer(text, proposer, end):
            yield from _place(text, Span(label.end(), end), words)
        for label in words.phone.finditer(text, proposer, end):
            yield from _whole(_LANDLINE.match(text, label.end(), end), "phone", "landline")


def _end_of_fields(text: str, at: int) -> int:
    """Where the lines below a person's end that tell of that person: 建议人：王芳|电话：…|地址：…"""
    for _ in range(_FIELDS):
        field = _FIELD.match(text, at)
        if field is None:
            break
        at = field.end()
    return at


def _names(match: re.Match[str], words: PrivateWords, rule: str) -> Iterator[Private]:
    """Each name of a list, without what stands between, up to the first that is none."""
    start = match.start("names")
    for name in _ONE_NAME.finditer(match["names"]):
        if not words.is_name(name.group()):
            return
        yield Private(Span(start + name.start(), start + name.end()), "name", rule)


def _place(text: str, span: Span, words: PrivateWords) -> Iterator[Private]:
    found = words.place.match(text, *span)
    if found:
        yield Private(Span(*found.span("words")), "address", "address")


def _whole(match: re.Match[str] | None, kind: PrivateKind, rule: str) -> Iterator[Private]:
    if match:
        yield Private(Span(*match.span()), kind, rule)


# --- tables -----------------------------------------------------------------------------------------


def _forms(text: Text, words: PrivateWords) -> Iterator[Private]:
    """Cells: the value beside a label, and the columns of a list of persons."""
    cells = (paragraph for paragraph in text.paragraphs if paragraph.cell is not None)
    for _, table in groupby(cells, key=lambda paragraph: paragraph.cell.table if paragraph.cell else -1):
        grid = [(paragraph, text.text[slice(*paragraph.span)].rstrip("：: ")) for paragraph in table]
        for _, row in groupby(grid, key=lambda each: each[0].cell.row if each[0].cell else -1):
            yield from _row(text.text, list(row), words)
        yield from _columns(text.text, grid, words)


def _row(text: str, row: list[tuple[Paragraph, str]], words: PrivateWords) -> Iterator[Private]:
    """A label and the cell that touches it."""
    proposed = any(label in words.proposers for _, label in row)
    for (left, label), (right, _) in pairwise(row):
        if left.cell and right.cell and right.cell.col == left.cell.col + left.cell.col_span:
            yield from _value(text, label, right.span, words, of_person=proposed)


def _columns(text: str, grid: list[tuple[Paragraph, str]], words: PrivateWords) -> Iterator[Private]:
    """A list under 姓名 is one of persons, unless a column tells their posts."""
    heads = {p.cell.col: label.replace(" ", "") for p, label in grid if p.cell and p.cell.row == 0}
    if "姓名" not in heads.values() or any(label in words.posts for label in heads.values()):
        return
    for paragraph, _ in grid:
        if paragraph.cell and paragraph.cell.row > 0:
            label = heads.get(paragraph.cell.col, "")
            yield from _value(text, label, paragraph.span, words, of_person=True)


def _value(text: str, label: str, span: Span, words: PrivateWords, *, of_person: bool) -> Iterator[Private]:
    """What a cell with this label holds. A telephone or an address may be an office's, unless `of_person`."""
    if label in words.people:
        match = words.bare.fullmatch(text, *span)
        yield from _names(match, words, "cell") if match else ()
    elif label in words.homes or (of_person and label in words.addresses):
        yield from _place(text, span, words)
    elif label in words.home_phones or (of_person and label in words.phones):
        yield from _whole(_LANDLINE.match(text, *span), "phone", "cell")
    elif label in words.identities:
        yield from _whole(_OLD_IDENTITY.fullmatch(text, *span), "id_number", "cell")
    elif label in words.accounts:
        yield from _whole(_ACCOUNT.fullmatch(text, *span), "account", "cell")


def _again(text: str, names: set[str]) -> Iterator[Private]:
    """Where else a name of this notice stands."""
    if not names:
        return
    lengths = sorted({len(name) for name in names})
    for begin in re.finditer(f"[{''.join(sorted({name[0] for name in names}))}]", text):
        start = begin.start()
        for end in (start + length for length in lengths if start + length <= len(text)):
            if text[start:end] in names and (end - start >= _SHORTEST_AGAIN or _alone(text, start, end)):
                yield Private(Span(start, end), "name", "again")


def _alone(text: str, start: int, end: int) -> bool:
    """Whether words stand by themselves, or before what is said of persons."""
    return (start == 0 or text[start - 1] in _BEFORE) and _AFTER.match(text, end) is not None
