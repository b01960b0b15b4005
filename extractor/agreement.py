"""When two values of an evaluation agree: text without its typography, names by their characters, units.

The gold is written by people who read the notice, so brackets, dashes, widths and white space do not
count. NFKC is right here, where texts are only compared; it would be wrong for the stored text.
"""

from __future__ import annotations

import unicodedata
from collections import Counter

_TYPOGRAPHY = str.maketrans(
    {
        "\u00ad": "-",
        "〔": "[",
        "〕": "]",
        "〈": "《",
        "〉": "》",
        "“": '"',
        "”": '"',
        "‘": "'",
        "’": "'",
        "—": "-",
        "–": "-",
        "*": None,
        "#": None,
    }
)
_UNITS = {
    "天": "日",
    "个月": "月",
    "平米": "平方米",
    "㎡": "平方米",
    "人民币": "元",
    "周年": "年",
    "周岁": "岁",
}


def bare(value: object) -> str:
    """The characters of `value` that count in a comparison; "" for None.

    >>> bare("西发〔2023〕 8 号")
    '西发[2023]8号'
    """
    if value is None:
        return ""
    text = unicodedata.normalize("NFKC", str(value).replace("\u00ad", "-")).translate(_TYPOGRAPHY)
    return "".join(text.split())


def likeness(one: object, other: object) -> float:
    """How much two short names share, 0..1: 1 where one holds the other, else the F1 of their characters."""
    a, b = bare(one), bare(other)
    if not a or not b:
        return float(a == b)
    if a in b or b in a:
        return 1.0
    return 2 * (Counter(a) & Counter(b)).total() / (len(a) + len(b))


def figure(value: object) -> float | None:
    """A number of either side, to the millionth."""
    return None if value is None else round(float(str(value)), 6)


def measure(unit: object) -> str:
    """A unit under one of its names: 天 is 日, 个月 is 月."""
    name = bare(unit)
    return _UNITS.get(name, name)
