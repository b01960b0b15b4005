"""The numbers that word processors and browsers put before list paragraphs: 一, 二, ③, 甲, iv …

Formats are those of ECMA-376 part 1, 17.18.59 (ST_NumberFormat); the few that HTML lists add map to them.
"""

from __future__ import annotations

from collections.abc import Callable

DIGITS = "〇一二三四五六七八九"
LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
         (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def chinese(value: int) -> str:
    """105 → 一百零五, 12 → 十二."""
    return (
        _myriads(value, DIGITS, "十百千").removeprefix("一")
        if 10 <= value < 20
        else _myriads(value, DIGITS, "十百千")
    )


def _myriads(value: int, digits: str, places: str) -> str:
    if not 0 < value < 10_000:
        return str(value)
    out, gap = "", False
    for power in (3, 2, 1, 0):
        digit = value // 10**power % 10
        if digit:
            zero = "零" if gap and out else ""
            out += zero + digits[digit] + (places[power - 1] if power else "")
        gap = not digit
    return out


def _japanese(value: int) -> str:
    """As Word prints it: 百一 for 101, without 一 and 零."""
    if not 0 < value < 10_000:
        return str(value)
    out = ""
    for power, place in ((3, "千"), (2, "百"), (1, "十"), (0, "")):
        digit = value // 10**power % 10
        if digit:
            out += ("" if digit == 1 and power else DIGITS[digit]) + place
    return out


def _series(first: int, last: int) -> Callable[[int], str]:
    """Enclosed signs that Unicode holds as a series; beyond it plain digits."""
    return lambda value: chr(first + value - 1) if 0 < value <= last else str(value)


def _circle(value: int) -> str:
    if 20 < value <= 50:
        return chr(0x3251 + value - 21) if value <= 35 else chr(0x32B1 + value - 36)
    return _series(0x2460, 20)(value)


def _letter(value: int) -> str:
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1) if 0 < value < 1000 else str(value)


def _roman(value: int) -> str:
    if not 0 < value < 4000:
        return str(value)
    out = ""
    for size, sign in ROMAN:
        count, value = divmod(value, size)
        out += sign * count
    return out


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda value: signs[(value - 1) % len(signs)] if value > 0 else str(value)


def _digital(value: int) -> str:
    return "".join(DIGITS[int(digit)] for digit in str(abs(value)))


FORMATS: dict[str, Callable[[int], str]] = {
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "japaneseCounting": _japanese,
    "koreanCounting": _japanese,
    "ideographDigital": _digital,
    "japaneseDigitalTenThousand": _digital,
    "taiwaneseDigital": _digital,
    "chineseLegalSimplified": lambda value: _myriads(value, LEGAL_DIGITS, "拾佰仟"),
    "ideographLegalTraditional": lambda value: _myriads(value, "零壹貳參肆伍陸柒捌玖", "拾佰仟"),
    "ideographTraditional": _cycle(STEMS),
    "ideographZodiac": _cycle(BRANCHES),
    "ideographZodiacTraditional": lambda value: _cycle(STEMS)(value) + _cycle(BRANCHES)(value),
    "decimalEnclosedCircle": _circle,
    "decimalEnclosedCircleChinese": _circle,
    "ideographEnclosedCircle": _series(0x3280, 10),
    "decimalEnclosedParen": _series(0x2474, 20),
    "decimalEnclosedFullstop": _series(0x2488, 20),
    "decimalZero": lambda value: f"{value:02d}",
    "numberInDash": lambda value: f"- {value} -",
    "upperRoman": lambda value: _roman(value).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda value: _letter(value).upper(),
    "lowerLetter": _letter,
    "none": lambda value: "",
}
# list-style-type and the attribute `type` of HTML lists
OF_LISTS = {
    "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "lower-alpha": "lowerLetter", "lower-latin": "lowerLetter", "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter", "lower-roman": "lowerRoman", "upper-roman": "upperRoman",
    "cjk-ideographic": "chineseCounting", "simp-chinese-informal": "chineseCounting",
    "trad-chinese-informal": "chineseCounting", "cjk-decimal": "ideographDigital",
    "simp-chinese-formal": "chineseLegalSimplified", "cjk-heavenly-stem": "ideographTraditional",
    "cjk-earthly-branch": "ideographZodiac", "decimal-leading-zero": "decimalZero", "none": "none",
}  # fmt: skip


def counted(form: str, value: int) -> str:
    """`value` as the format prints it; a format that is not known prints digits, as Word does."""
    return FORMATS.get(form, str)(value)
