"""Text to facts against JioNLP and recognizers-text: speed in one run, precision and recall on the same gold.

The peers run in an environment of their own (peers/requirements.txt); each gets the paragraphs that this
program's reader makes, one by one, and finds what it can: sums of money, percentages, lengths of time, the place.
A fact counts as found where its document has a fact of that kind with that value and unit. What the gold says
that may be found or not (`optional`) counts neither way. This program finds all else at the same time.
"""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from extractor.lexicon.divisions import load_divisions
from extractor.model import Notice
from extractor.pipeline import read_bytes
from tests.benchmarks.measuring import ROOT, Figures, seconds
from tests.benchmarks.varying import CORPORA, notices

PEERS = Path(__file__).parent / "peers"
NAMES = {"JioNLP": "jionlp_facts.py", "recognizers-text": "recognizers_facts.py"}
KINDS = ("money", "percentage", "duration", "place")
GOLDEN = (
    ROOT / "tests/golden/n"
)  # as plain text, and the last that were annotated before the program read them
MORE = 40_000  # characters of varied notices beside those of the gold
Fact = tuple[str, float | str, str]


def facts(python: Path, rounds: int) -> Figures:
    """Characters a second of each, and scores by kind."""
    told = [(CORPORA, path) for path in sorted((CORPORA / "gold").glob("*.json"))]
    told += [(path.parent, path) for path in sorted(GOLDEN.glob("*.json"))]
    golds = [json.loads(path.read_text("utf-8")) for _, path in told]
    files = [(folder / gold["source"]).read_bytes() for (folder, _), gold in zip(told, golds, strict=True)]
    files += [text.encode() for text in notices(MORE, seed=5)]
    read = [read_bytes("a.txt", file) for file in files]
    characters = sum(len(notice.text.text) for notice in read)
    ours = seconds(lambda: [read_bytes("a.txt", file) for file in files], rounds)
    wanted = [list(_wanted(gold)) for gold in golds]
    systems = {"extractor": _system(characters, {"all facts": ours}, [list(_found(n)) for n in read], wanted)}
    for name, program in NAMES.items():
        said = _peer(python, program, [notice.text.text.split("\n") for notice in read], rounds)
        taken = {what: median(each) for what, each in said["seconds"].items()}
        systems[name] = _system(characters, taken, said["facts"], wanted)
    for name, system in systems.items():
        system["times"] = (
            round(systems["extractor"]["rate"] / system["rate"], 1) if name != "extractor" else 1
        )
    return {"characters": characters, "rounds": rounds, "documents": len(files), "systems": systems}


def installed(python: Path) -> bool:
    """Whether the peers can be run."""
    words = [python, "-c", "import jionlp, recognizers_suite"]
    try:
        return subprocess.run(words, capture_output=True).returncode == 0
    except OSError:
        return False


def _peer(python: Path, program: str, documents: Sequence[Sequence[str]], rounds: int) -> Any:
    asked = json.dumps({"documents": documents, "rounds": rounds})
    words = [python, "-W", "ignore", PEERS / program]
    done = subprocess.run(words, input=asked, capture_output=True, text=True, check=True, cwd=ROOT)
    return json.loads(done.stdout.splitlines()[-1])


def _system(
    characters: int,
    taken: dict[str, float],
    found: Sequence[Iterable[Sequence[Any]]],
    wanted: Sequence[list[tuple[Fact, bool]]],
) -> Figures:
    told = [[(str(kind), value, str(unit)) for kind, value, unit in document] for document in found]
    return {
        "rate": round(characters / sum(taken.values())),
        "seconds": {what: round(each, 3) for what, each in taken.items()},
        "scores": {
            kind: score
            for kind in KINDS
            if (score := _score(kind, told, wanted)) and any(f[0] == kind for d in told for f in d)
        },
    }


def _score(kind: str, found: Sequence[Sequence[Fact]], wanted: Sequence[list[tuple[Fact, bool]]]) -> Figures:
    hits = missed = extra = 0
    for told, gold in zip(found, wanted, strict=False):  # the varied notices have no gold
        own = Counter(_plain(fact) for fact in told if fact[0] == kind)
        required = Counter(_plain(fact) for fact, optional in gold if fact[0] == kind and not optional)
        may = Counter(_plain(fact) for fact, optional in gold if fact[0] == kind and optional)
        both = own & required
        hits += both.total()
        missed += (required - both).total()
        extra += (own - both - may).total()
    if not hits + missed:
        return {}
    precision, recall = hits / (hits + extra) if hits else 0.0, hits / (hits + missed)
    f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
    shares = {"precision": precision, "recall": recall, "f1": f1}
    return {"gold": hits + missed, **{name: round(100 * share, 1) for name, share in shares.items()}}


def _plain(fact: Fact) -> Fact:
    kind, value, unit = fact
    return kind, round(value, 6) if isinstance(value, float) else value, "日" if unit == "天" else unit


def _wanted(gold: dict[str, Any]) -> Iterator[tuple[Fact, bool]]:
    """The facts of the gold that a peer could know, and whether each may be left out."""
    for row in (*gold["amounts"], *gold["targets"]):
        kind = {"元": "money", "%": "percentage"}.get(row["unit"])
        if kind:
            yield from (((kind, v, row["unit"]), row.get("optional", False)) for v in _values(row))
    for row in gold["durations"]:
        yield from ((("duration", v, row["unit"]), row.get("optional", False)) for v in _values(row))
    if gold["document"].get("jurisdiction"):
        yield ("place", _place(gold["document"]["jurisdiction"]), ""), False


def _values(row: dict[str, Any]) -> list[float]:
    return [float(row[name]) for name in ("value", "value_high") if row.get(name) is not None]


def _found(notice: Notice) -> Iterator[Fact]:
    """The same of a notice that this program read."""
    for fact in (*notice.amounts, *notice.targets):
        kind = {"元": "money", "%": "percentage"}.get(fact.unit)
        if kind:
            yield from ((kind, float(v), fact.unit) for v in (fact.value, fact.value_high) if v is not None)
    for term in notice.durations:
        yield from (("duration", float(v), term.unit) for v in (term.value, term.value_high) if v is not None)
    if notice.head.jurisdiction_id:
        yield "place", _place(notice.head.jurisdiction_id), ""


def _place(code: str) -> str:
    """A division as JioNLP has it: 江西省/南昌市/西湖区, with nothing for levels below it."""
    divisions = load_divisions()
    own = divisions.get(code)
    if own is None:
        return code
    chain = [each for each in (own, *divisions.ancestors(code)) if each.level != "national"]
    names = {each.level: each.short_name for each in chain}
    return "/".join(names.get(level, "") for level in ("province", "prefecture", "county"))
