"""Rates that a lead-in or a label names for the numbers under it: 月缴费费率按以下标准执行： · 补偿比例：."""

from __future__ import annotations

import re
from typing import Final

_PAID: Final = "缴[费存]|报销|支付|补[偿助贴]|救助|资助|奖补|分担|承担|返还|结算|贴息|减免|赔付"
_RATE: Final = rf"(?:费率|利率|税率|(?:{_PAID})比例)"
# 个人缴费费率： · 月缴费费率按以下标准执行： · 长护险费用按以下比例支付：
_LEADS = re.compile(
    rf"(?P<rate>[一-龥]{{0,12}}?{_RATE})"
    r"(?:[及和与]?标准)?[^，。；：:\n0-9]{0,16}[：:]?$"
    r"|(?P<thing>[一-龥]{0,16}?)按照?(?:以下|下列|如下)(?:规定)?比例(?:予以|给予|进行)?"
    r"(?:支付|分担|承担|负担|报销|补[偿助贴]|结算|缴[纳费]|救助|返还|扣减|给付)[^，。；：:\n0-9]{0,8}[：:]$"
)
# 单位缴费费率，在职职工均为 … · 补偿比例：乡级 …
_LABELS = re.compile(rf"(?:^|[，。；：、\n（(）) ])(?P<rate>[一-龥]{{0,10}}{_RATE})(?:标准)?[：:，,]")
_PAYMENT = re.compile(r"[一-龥]{2,16}(?:补助|补贴|奖励|津贴|补偿|救助金?|标准|费|奖补|资助|贴息|救助)$")
_TAIL: Final = 48
_HEADING: Final = 40  # longer words without 。 are no heading


def rate_led_in(own_words: str, above: str | None) -> str | None:
    """The rate that a clause names for its children; a heading between hands on what stands above it."""
    end = own_words[-_TAIL:].rstrip()
    found = _LEADS.search(end) if "率" in end or "比例" in end else None
    if found is not None:
        return found["rate"] or found["thing"] or "比例"
    return above if len(own_words) <= _HEADING and "。" not in own_words else None


def rate_labelled(sentence: str) -> str | None:
    """The last rate that a label in the sentence before the number names."""
    if "率" not in sentence and "比例" not in sentence:
        return None
    labels = [found["rate"] for found in _LABELS.finditer(sentence)]
    return labels[-1] if labels else None


def payment_headed(heading: str | None) -> str | None:
    """外出招聘补助: a short heading that names a payment."""
    found = _PAYMENT.search(heading.rstrip("。： ")) if heading and len(heading) <= _HEADING else None
    return None if found is None else found.group()
