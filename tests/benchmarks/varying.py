"""Notices like those of the corpus, in any number: other places, figures, wording and order of sentences.

Each is a new text of the same shape, so that nothing can be fast by remembering what it has seen.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

from extractor.lexicon.divisions import load_divisions

CORPORA = Path(__file__).parent.parent.parent / "corpora"
PLACES = re.compile("西湖区|南昌市|陆河县|汕尾市|漳州市|维西县|新建区")
FIGURE = re.compile(r"(?<![\d.〔])\d{1,6}(?:\.\d{1,2})?(?=[%‰元万个名人所家户张日天])")
SENTENCES = re.compile(r"[^。\n]+。")
SYNONYMS = (
    ("加强", "强化"),
    ("推进", "推动"),
    ("提高", "提升"),
    ("支持", "扶持"),
    ("建立", "构建"),
    ("完善", "健全"),
    ("鼓励", "引导"),
    ("落实", "执行"),
    ("积极", "主动"),
    ("全面", "全方位"),
)
SWAPS = {a: b for pair in SYNONYMS for a, b in (pair, pair[::-1])}
WORDING = re.compile("|".join(SWAPS))


def notices(characters: int, *, seed: int = 1) -> Iterator[str]:
    """Varied notices until they have `characters` together; the same ones for the same seed."""
    rng = random.Random(seed)
    originals = [path.read_text("utf-8") for path in sorted(CORPORA.glob("*.txt"))]
    places = [division.short_name for division in load_divisions()]
    made = 0
    while made < characters:
        text = vary(rng.choice(originals), rng, places)
        made += len(text)
        yield text


def vary(text: str, rng: random.Random, places: list[str]) -> str:
    """A notice of the same shape that says other things."""
    renamed = {name: rng.choice(places) for name in sorted(set(PLACES.findall(text)))}
    text = PLACES.sub(lambda match: renamed[match[0]], text)
    text = FIGURE.sub(lambda match: _figure(match[0], rng), text)
    text = WORDING.sub(lambda match: SWAPS[match[0]] if rng.random() < 0.5 else match[0], text)
    return "\n".join(_reordered(line, rng) for line in text.split("\n"))


def _figure(printed: str, rng: random.Random) -> str:
    """Another number of as many digits."""
    digits = re.sub(r"\d", lambda _: str(rng.randrange(10)), printed)
    return digits if digits[0] != "0" else "1" + digits[1:]


def _reordered(line: str, rng: random.Random) -> str:
    """The sentences of a paragraph, all but the first and the last in another order."""
    sentences = SENTENCES.findall(line)
    if len(sentences) < 4 or "".join(sentences) != line:
        return line
    middle = sentences[1:-1]
    rng.shuffle(middle)
    return "".join((sentences[0], *middle, sentences[-1]))
