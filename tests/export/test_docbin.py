"""DocBin: what spaCy reads back is the text of the documents and the facts of the database."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, DocBin
from spacy.training import Corpus

from extractor.export import ExportError, Order, docbin, export
from extractor.nlp import KEYS, LABELS
from tests.stored import built, notice


@pytest.fixture(scope="module")
def folder(corpus_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docbin")
    with closing(sqlite3.connect(corpus_file)) as db:
        list(export(db, folder, Order("spacy")))
    return folder


@pytest.fixture(scope="module")
def docs(folder: Path) -> dict[str, Doc]:
    (file,) = folder.iterdir()
    found = DocBin().from_disk(file).get_docs(spacy.blank("zh").vocab)
    return {doc.user_data["id"]: doc for doc in found}


def test_the_documents_with_their_texts(corpus: sqlite3.Connection, docs: dict[str, Doc]) -> None:
    assert {name: doc.text for name, doc in docs.items()} == dict(
        corpus.execute("select id, text from documents")
    )


@pytest.mark.parametrize("key", KEYS)
def test_the_spans_are_those_of_the_database(
    corpus: sqlite3.Connection, docs: dict[str, Doc], key: str
) -> None:
    label = LABELS.get(key)
    join = "" if key == "clauses" else "join clauses c on c.id = f.clause_id"
    sql = f"""
        select f.id, f.start, f.end, {f"f.{label}" if label else f"'{key[:-1]}'"} from {key} f {join}
        where {"f" if key == "clauses" else "c"}.document_id = ? order by {"f" if key == "clauses" else "c"}.position, f.rowid
    """
    for name, doc in docs.items():
        rows = corpus.execute(sql, (name,)).fetchall()
        facts = doc.user_data["policy_facts"][key]
        assert len(rows) == len(facts) == len(doc.spans[key])
        for row, fact, span in zip(rows, facts, doc.spans[key], strict=True):
            assert (fact["id"], fact["start"], fact["end"], span.label_) == row
            assert span.start_char <= row[1] < row[2] <= span.end_char
            outside = doc.text[span.start_char : row[1]] + doc.text[row[2] : span.end_char]
            assert len(outside) < len(doc[span.start].text) + len(doc[span.end - 1].text)


def test_a_duty_has_its_office(docs: dict[str, Doc]) -> None:
    duties = docs["xihu-2023-8"].user_data["policy_facts"]["responsibilities"]
    offices = {(duty["name"], duty["canonical_name"], duty["sector"]) for duty in duties}
    assert ("区卫健委", "区卫生健康委员会", "卫生健康") in offices


def test_spacy_trains_on_the_folder(folder: Path) -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("spancat", config={"spans_key": "responsibilities", "max_positive": 1})
    examples = sorted(Corpus(folder)(nlp), key=lambda example: len(example.reference))
    assert len(examples) == 5
    shortest = examples[:1]
    optimizer = nlp.initialize(lambda: shortest)
    assert nlp.get_pipe("spancat").labels == ("responsible",)
    assert nlp.update(shortest, sgd=optimizer)["spancat"] > 0


def test_files_hold_a_bounded_number_of_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docbin, "DOCUMENTS", 2)
    notices = [notice(f"{n}.txt", number=f"西发〔2023〕{n}号", salt=str(n)) for n in range(1, 6)]
    random.Random(1).shuffle(notices)
    with closing(sqlite3.connect(built(tmp_path, notices))) as db:
        files = list(export(db, tmp_path / "out", Order("spacy")))
        assert [(each.path.name, each.rows) for each in files] == [
            ("notices-00001.spacy", 2), ("notices-00002.spacy", 2), ("notices-00003.spacy", 1),
        ]  # fmt: skip
        ids = [
            doc.user_data["id"]
            for each in files
            for doc in DocBin().from_disk(each.path).get_docs(spacy.blank("zh").vocab)
        ]
        assert ids == sorted(ids) and len(ids) == 5
        with pytest.raises(ExportError, match=r"notices-00002\.spacy and 1 others"):
            list(export(db, tmp_path / "out", Order("spacy", documents=(ids[0],), overwrite=True)))
