"""Levels in a unit that nobody states them in: 婴儿死亡率 of 4 % is a ‰ that was misread or mistyped.

The level stays as it is printed; a finding says what is odd.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.lexicon.measures import Measures
from extractor.model import Finding, Target, Text


def odd_units(text: Text, targets: Sequence[Target], measures: Measures) -> Iterator[Finding]:
    """A finding for each level of at least 1 in per cent that is usually told per thousand or 100,000."""
    for target in targets:
        if target.unit != "%" or target.value < 1 or target.indicator is None:
            continue
        usual = next((unit for name, unit in measures.usual_units if target.indicator.endswith(name)), None)
        if usual is not None:
            quote = text.text[target.span.start : target.span.end]
            words = (
                f"“{target.indicator}”通常以{usual}计，此处是{target.value}%：“{quote[:40]}”，请对照原件。"
            )
            yield Finding("warning", "odd-unit", words, target.span, target.clause)
