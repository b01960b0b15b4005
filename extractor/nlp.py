"""The facts as a spaCy component over character spans, so that researchers can draw and train on them.

`pipeline()` makes Docs of normalised text with the project's own words; `policy_facts` can also be added
to any pipeline of Chinese. Facts come from characters: where a border of a fact lies inside a token, the
span takes the whole token, and `doc._.policy_facts` keeps the very characters. No fact is lost to tokens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan
from spacy.util import DummyTokenizer
from spacy.vocab import Vocab

from extractor.alignment import align
from extractor.lexicon.glyphs import fold_table
from extractor.model import Notice, Span
from extractor.pipeline import read_bytes
from extractor.sources import read_source
from extractor.text import normalise
from extractor.words import words

NAME = "text.txt"
KEYS = ("clauses", "responsibilities", "targets", "amounts", "durations", "deadlines", "citations")

# For displaCy: one colour a label, those of the site.
COLOURS = MappingProxyType(
    {
        **dict.fromkeys(("lead", "support", "implement", "guide", "responsible"), "#2a6f97"),
        "target": "#2d6a4f",
        **dict.fromkeys(("benefit", "threshold", "cap", "price", "other"), "#b5651d"),
        "duration": "#6a4c93",
        "deadline": "#8a1c4a",
        **dict.fromkeys(("basis", "implements", "issues", "mentions"), "#5c6770"),
    }
)
# Which field of a fact is the label of its span; without one, the kind itself is.
LABELS = {"clauses": "level", "responsibilities": "role", "amounts": "kind", "citations": "relation"}


def pipeline() -> Language:
    """A blank Chinese pipeline whose Docs hold normalised text, the project's words and the facts."""
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "policy_words.v1"}}})
    nlp.add_pipe("policy_facts")
    return nlp


def displacy_options(key: str) -> dict[str, Any]:
    """Options of `displacy.render(doc, style="span", options=…)` for the spans under `key`."""
    return {"spans_key": key, "colors": dict(COLOURS)}


class PolicyTokenizer(DummyTokenizer):
    """Text, normalised, into a Doc of the project's words; `doc.text` is that text to the letter."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        if text.strip():
            text = normalise(read_source(NAME, text.encode())).text
        tokens = words(text)
        return Doc(self.vocab, words=list(tokens), spaces=[False] * len(tokens))


def make_tokenizer() -> Callable[[Language], PolicyTokenizer]:
    """What `[nlp.tokenizer] @tokenizers = "policy_words.v1"` names in a spaCy config (an entry point)."""
    return _tokenizer_of


def _tokenizer_of(nlp: Language) -> PolicyTokenizer:
    return PolicyTokenizer(nlp.vocab)


@Language.factory("policy_facts", assigns=["doc.spans", "doc._.policy_facts", "doc._.policy_head"])
def make_policy_facts(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """The component of a spaCy config. It holds nothing, so that there is nothing to save or train."""
    for extension in ("policy_facts", "policy_head"):
        if not Doc.has_extension(extension):
            Doc.set_extension(extension, default=None)
    return policy_facts


def policy_facts(doc: Doc) -> Doc:
    """Set `doc.spans[key]` and `doc._.policy_facts[key]` for each of `KEYS`, one entry a fact in both.

    An entry of `policy_facts` is a dict of plain values: `start` and `end` in `doc.text`, `quote` (the words
    of the normalised text), and the columns of the contract. Raises ReadError where the text is no notice.
    """
    facts: dict[str, tuple[dict[str, Any], ...]] = dict.fromkeys(KEYS, ())
    head: dict[str, Any] = {}
    if doc.text.strip():
        notice = read_bytes(NAME, doc.text.encode())
        head = _plain(asdict(notice.head))
        places = align(notice.text.text, doc.text, fold=_fold)
        for key in KEYS:
            facts[key] = tuple(_entries(key, notice, places))
    set_spans(doc, facts)
    doc._.policy_facts, doc._.policy_head = facts, head
    return doc


def set_spans(doc: Doc, facts: Mapping[str, Iterable[Mapping[str, Any]]]) -> None:
    """Set `doc.spans[key]` for each kind of fact: the tokens from `start` to `end`, with the kind's label."""
    for key, entries in facts.items():
        spans = (_span(doc, entry, label=entry.get(LABELS.get(key, "")) or key[:-1]) for entry in entries)
        doc.spans[key] = [span for span in spans if span is not None]


def _span(doc: Doc, entry: Mapping[str, Any], *, label: str) -> DocSpan | None:
    """The tokens that hold an entry's characters; None only for an entry of no characters."""
    return doc.char_span(entry["start"], entry["end"], label=label, alignment_mode="expand")


def _entries(key: str, notice: Notice, places: tuple[int | None, ...]) -> Iterator[dict[str, Any]]:
    for fact in getattr(notice, key):
        here = _place(fact.span, places)
        if here is not None:
            entry = _plain(asdict(fact))
            entry.pop("span")
            entry.pop("numbers", None)
            if "clause" in entry:
                entry["clause"] = notice.clauses[fact.clause].ref
            quote = notice.text.text[fact.span.start : fact.span.end]
            yield {"start": here.start, "end": here.end, "quote": quote, **entry}


def _place(span: Span, places: tuple[int | None, ...]) -> Span | None:
    """Where the span's characters stand in the Doc: from the first to the last that stand there."""
    there = [place for place in places[span.start : span.end] if place is not None]
    return Span(min(there), max(there) + 1) if there else None


def _fold(character: str) -> str:
    return character.translate(fold_table())


def _plain(fields: dict[str, Any]) -> dict[str, Any]:
    """Values that msgpack holds and gives back as they were: numbers for Decimals, dicts for units."""
    return {name: _value(value) for name, value in fields.items()}


def _value(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return _plain(value._asdict())
    if isinstance(value, Iterable) and not isinstance(value, str | dict):
        return tuple(_value(item) for item in value)
    return value
