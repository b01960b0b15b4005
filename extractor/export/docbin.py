"""Documents as spaCy Docs for training: DocBins of the project's words, with every fact as a span.

A Doc is a document and no clause, so that a fact keeps what stands around it, and a duty by a rule stated
elsewhere has the words of the rule in its Doc. `doc.spans` has the groups and labels of `extractor.nlp`.
`doc.user_data["policy_facts"]` has, by group and in the order of the spans, the rows of the database with the
places of the very characters, `doc.user_data["id"]` the id of the document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import spacy
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from extractor.export.notices import Record, Stored
from extractor.nlp import KEYS, set_spans
from extractor.words import words

DOCUMENTS = 100  # of a file: what is in memory at a time
_LEFT_OUT = frozenset(("document_id", "text"))


def file_name(number: int) -> str:
    """The name of the file with that number, from 1. `spacy train` takes the folder as its corpus."""
    return f"notices-{number:05}.spacy"


def write(notices: Iterable[Stored], path: Path) -> int:
    """Write the documents to one file; returns how many."""
    vocab = spacy.blank("zh").vocab
    docs = DocBin(attrs=["ORTH", "SPACY"], store_user_data=True)
    for notice in notices:
        docs.add(doc(notice, vocab))
    docs.to_disk(path)
    return len(docs)


def doc(notice: Stored, vocab: Vocab) -> Doc:
    """The Doc of a document; `doc.text` is `documents.text` to the letter."""
    tokens = words(notice.text)
    made = Doc(vocab, words=list(tokens), spaces=[False] * len(tokens))
    facts = {key: [dict(_fact(row, notice)) for row in _rows(key, notice)] for key in KEYS}
    set_spans(made, facts)
    made.user_data = {"id": notice.id, "policy_facts": facts}
    return made


def _rows(key: str, notice: Stored) -> Iterable[Record]:
    return notice.clauses if key == "clauses" else notice.facts[key]


def _fact(row: Record, notice: Stored) -> Iterator[tuple[str, Any]]:
    """A row without what the Doc says already, a duty with the names of its office."""
    yield from ((name, value) for name, value in row.items() if name not in _LEFT_OUT)
    if "unit_id" in row:
        unit = notice.units[row["unit_id"]]
        yield from (
            ("name", unit["name"]),
            ("canonical_name", unit["canonical_name"]),
            ("sector", unit["sector"]),
        )
