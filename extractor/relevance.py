"""How well texts answer a search. Pure.

The index's own rank weighs a word by how many clauses of the whole database hold it, which costs as
much as finding them all. Among clauses that hold every word that weight changes little, so it is left
out: what counts is how often each word is said and how short the text is, as in BM25 (Robertson and
Zaragoza 2009, k1 1.2, b 0.75).
"""

from __future__ import annotations

from collections.abc import Sequence

_K, _B = 1.2, 0.75


def relevance(texts: Sequence[str], terms: Sequence[Sequence[str]]) -> tuple[float, ...]:
    """A score for each text, larger is better. Of each term any word counts, whatever its case.

    >>> relevance(["托育，托育", "托育，公租房", "产假"], [["托育", "入托"]])[2]
    0.0
    """
    folded = [[word.casefold() for word in words] for words in terms]
    mean = sum(map(len, texts)) / max(len(texts), 1) or 1.0
    found = []
    for text in texts:
        own = text.casefold()
        least = _K * (1 - _B + _B * len(own) / mean)
        score = 0.0
        for words in folded:
            count = sum(map(own.count, words))
            score += count * (_K + 1) / (count + least)
        found.append(score)
    return tuple(found)
