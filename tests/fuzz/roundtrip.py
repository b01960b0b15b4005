"""Made notices through a format and back: what went in must come out. `python -m tests.fuzz.roundtrip --notices 10000`

Text is wrapped at random or not; the other formats are made of the same text. Recall is the share of what a notice
states that is found, precision the share of what is found that it states. Status 1 where either is below 100 %.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from extractor.model import Clause, Notice, Text
from extractor.pipeline import read_bytes
from extractor.sources import read_source
from extractor.text import normalise
from tests.fuzz.sentences import Fact
from tests.fuzz.written import Written, written
from tests.sources.compared import EXPORTED, exported
from tests.sources.making import docx_of, html_of

Files = Iterator[tuple[Written, bytes]]


def text_of(made: Written, rng: Random) -> bytes:
    """In an encoding of its own, its paragraphs as they are or in indented lines of one width."""
    encoding = rng.choice(("utf-8", "utf-8", "gb18030", "utf-16"))
    if made.rows or rng.random() < 0.5:
        return made.text.encode(encoding)
    width, lines = rng.randint(26, 40), []
    for words in made.paragraphs:
        whole = f"\u3000\u3000{words}" if words[-1] in "。）〕" else words
        lines += [whole[at : at + width] for at in range(0, len(whole), width)]
    return "\n".join(lines).encode(encoding)


def as_text(made: Written) -> Text:
    return normalise(read_source("a.txt", made.text.encode()))


def pdf_of(text: Text) -> bytes:
    from tests.makers import reportlab_pdf

    return reportlab_pdf.pdf_of(text, face="STSong-Light")


def ofd_of(text: Text) -> bytes:
    from tests.makers import ofd_writer

    return ofd_writer.ofd_of(text)


def printed_of(text: Text, *, program: str) -> bytes:
    """A PDF that Chromium or LibreOffice printed."""
    from tests.makers import converted_pdf

    make = converted_pdf.chromium_pdf if program == "chromium" else converted_pdf.office_pdf
    with TemporaryDirectory() as folder:
        return make(text, Path(folder))


ONE_BY_ONE: Mapping[str, Callable[[Text], bytes]] = {
    "docx": docx_of,
    "docx-typed": partial(docx_of, numbered=False),
    "html": html_of,
    "html-breaks": partial(html_of, breaks=True),
    "pdf": pdf_of,
    "pdf-chromium": partial(printed_of, program="chromium"),
    "pdf-office": partial(printed_of, program="soffice"),
    "ofd": ofd_of,
}
WRITTEN_BY_OFFICE = {
    f"{suffix}-office": (suffix, kind, numbered) for suffix, kind, numbered in EXPORTED.values()
}
FORMATS = ("text", *ONE_BY_ONE, *WRITTEN_BY_OFFICE)


def found(notice: Notice) -> Counter[Fact]:
    """What was read of a notice, as `Written` states it. A number that no rule understands is a fact too many."""
    refs = [clause.ref for clause in notice.clauses]
    facts: Counter[Fact] = Counter(_clause(clause) for clause in notice.clauses if clause.level != "table")
    facts.update(("duty", refs[d.clause], d.unit.name, d.role, d.basis) for d in notice.responsibilities)
    facts.update(
        ("target", refs[t.clause], t.indicator, t.comparator, t.value, t.unit, t.deadline, t.scope)
        for t in notice.targets
    )
    facts.update(
        (
            "amount",
            refs[a.clause],
            a.kind,
            a.comparator,
            a.value,
            a.unit,
            a.per,
            a.period,
            a.beneficiary,
            a.payer,
        )
        for a in notice.amounts
    )
    facts.update(
        ("duration", refs[d.clause], d.subject, d.comparator, d.value, d.unit) for d in notice.durations
    )
    facts.update(("deadline", refs[d.clause], d.due, d.task) for d in notice.deadlines)
    facts.update(("citation", refs[c.clause], c.title, c.doc_number, c.relation) for c in notice.citations)
    facts.update(("unclassified", n.value) for n in notice.numbers if n.cls == "unclassified")
    head = notice.head
    facts["head", head.title, head.kind, head.doc_number, tuple(head.issuers), head.issued_on] += 1
    return facts


def _clause(clause: Clause) -> Fact:
    """The heading counts where one is printed: a row has none, nor an article of a regulation."""
    titled = (
        clause.level != "row" and not (clause.marker or "").startswith("第")
    ) or clause.level == "chapter"
    return (
        "clause",
        clause.ref,
        clause.level,
        clause.marker and clause.marker.strip(),
        clause.heading if titled else None,
    )


def files(form: str, notices: int, seed: int) -> Files:
    """So many made notices and each as a file of the format; what LibreOffice writes it writes in one run."""
    made = ((at, written(Random(f"{seed} {at}"))) for at in range(notices))
    if form == "text":
        yield from ((each, text_of(each, Random(f"text {seed} {at}"))) for at, each in made)
    elif form in ONE_BY_ONE:
        yield from ((each, ONE_BY_ONE[form](as_text(each))) for _, each in made)
    else:
        suffix, kind, numbered = WRITTEN_BY_OFFICE[form]
        held = {str(at): each for at, each in made}
        sent = {name: docx_of(as_text(each), numbered=numbered) for name, each in held.items()}
        back = exported(sent, suffix, kind)
        yield from ((each, back[name]) for name, each in held.items())


class Tally:
    """Facts stated, found, and both; notices in which all are equal."""

    def __init__(self) -> None:
        self.notices = self.equal = self.stated = self.read = self.kept = 0

    def add(self, stated: Counter[Fact], read: Counter[Fact]) -> None:
        self.notices += 1
        self.equal += stated == read
        self.stated += stated.total()
        self.read += read.total()
        self.kept += (stated & read).total()

    @property
    def recall(self) -> float:
        return 100 * self.kept / self.stated if self.stated else 100.0

    @property
    def precision(self) -> float:
        return 100 * self.kept / self.read if self.read else 100.0

    def __str__(self) -> str:
        return (f"{self.notices} notices, {self.equal} equal; {self.stated} facts stated, {self.read} found, {self.kept} both; "
                f"recall {self.recall:.4f} %, precision {self.precision:.4f} %")  # fmt: skip


def tried(form: str, notices: int, seed: int, *, show: int = 0) -> Tally:
    """The round trip of a format; `show` notices with what was lost and what came are printed."""
    tally = Tally()
    for at, (made, data) in enumerate(files(form, notices, seed)):
        read = found(read_bytes("notice", data))
        tally.add(made.facts, read)
        if read != made.facts and show > 0:
            show -= 1
            lost, come = made.facts - read, read - made.facts
            print(f"{form}, notice {at}\n  lost  {list(lost)[:4]}\n  found {list(come)[:4]}", flush=True)
    return tally


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.fuzz.roundtrip", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("formats", nargs="*", metavar="FORMAT", help=f"of {', '.join(FORMATS)}; else text")
    parser.add_argument("--notices", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=5, help="notices that differ, at most")
    asked = parser.parse_args(words)
    failed = False
    for form in asked.formats or ("text",):
        if form.endswith("-office") and shutil.which("soffice") is None:
            print(f"{form}: left out, LibreOffice (soffice) is not installed")
            continue
        begun = time.process_time()
        tally = tried(form, asked.notices, asked.seed, show=asked.show)
        print(
            f"{form}: {tally}; {(time.process_time() - begun) / 60:.1f} CPU minutes (seed {asked.seed})",
            flush=True,
        )
        failed = failed or tally.equal < tally.notices
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
