"""The command that says what is wrong with facts: `correct`."""

from __future__ import annotations

import getpass
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractor.cli_common import DATABASE, NEW_DATABASE, examples, fail, messages, reading, say, wrong
from extractor.cli_completion import PLACES, held
from extractor.cli_help import Command
from extractor.language import spoken
from extractor.messages import Message

if TYPE_CHECKING:
    from extractor.correcting import Report
    from extractor.corrections.model import Correction, Fact, Outcome, Subject, Verdict
    from extractor.corrections.standing import Standing

CORRECTIONS = "The file of corrections.  [default: corrections.db beside the database]"
_BY = "Who says so.  [default: the name you are logged in with]"


def apply_corrections(database: Path, corrections: Path | None) -> None:
    """Make the database show what the file of corrections says; one line where there is something to say."""
    from extractor.correcting import bring_up_to_date
    from extractor.corrections.book import BookError, beside
    from extractor.store import StoreError

    path = corrections or beside(database)
    with messages(database, BookError, StoreError):
        report = bring_up_to_date(database, path)
    if report.missing:
        words = (
            "{path} is not there: the {count} corrections that {database} shows stay as they are. "
            "Put it back, or name it with --corrections."
        )
        say(words, err=True, path=path, count=report.missing, database=database)
    elif report.counts or report.absent:
        say(_summary(path, report), err=True)


@click.command(
    cls=Command,
    epilog=examples(
        "extractor correct policies.db xihu-2023-8.2.3.9",
        "extractor correct policies.db xihu-2023-8.2.3.9_a1 per=人 beneficiary=幼儿 --by 张三 --why 上文写明",
        "extractor correct policies.db xihu-2023-8.2.4.11_a4 --reject --by 张三 --why 不是钱",
        "extractor correct policies.db",
        "extractor correct policies.db --conflicts",
        "extractor correct policies.db --apply",
        "extractor correct policies.db --export corrections.csv",
        "extractor correct policies.db --import corrections.csv",
    ),
)
@click.argument("database", type=DATABASE)
@click.argument(
    "name", required=False, metavar="[FACT_ID|CLAUSE_ID|DOCUMENT_ID]", shell_complete=held(PLACES)
)
@click.argument("values", nargs=-1, metavar="[FIELD=VALUE]…")
@click.option("--confirm", "verdict", flag_value="confirm", help="The fact is right as it is parsed.")
@click.option("--reject", "verdict", flag_value="reject", help="It is none: take it out; dismiss a finding.")
@click.option("--withdraw", "verdict", flag_value="withdraw", help="Take back what was said before.")
@click.option("--by", metavar="NAME", help=_BY)
@click.option(
    "--why", default="", metavar="NOTE", help="Why; only --confirm may go without.", show_default=False
)
@click.option("--corrections", "path", type=NEW_DATABASE, metavar="FILE", help=CORRECTIONS)
@click.option("--conflicts", is_flag=True, help="List those that could not be applied, and why.")
@click.option(
    "--apply", "apply", is_flag=True, help="Make the database show what was said; no source is read."
)
@click.option("--export", "output", type=NEW_DATABASE, metavar="FILE", help="Write all as an editable CSV.")
@click.option("--import", "table", type=DATABASE, metavar="FILE", help="Read such a CSV back.")
def correct(
    database: Path,
    name: str | None,
    values: tuple[str, ...],
    verdict: Verdict | None,
    by: str | None,
    why: str,
    path: Path | None,
    conflicts: bool,
    apply: bool,
    output: Path | None,
    table: Path | None,
) -> None:
    """Confirm, correct and reject facts; what was said is kept beside the database and survives it.

    With a fact alone: what may be corrected and what was said of it; with a clause: that of all its facts;
    with a document: its findings. With values: correct the fact (FIELD= empties one). Without anything: list
    the corrections in force.
    What is said is applied at once, and again at every ingest.
    """
    from extractor.corrections import book
    from extractor.corrections.book import BookError
    from extractor.corrections.making import CorrectionProblem
    from extractor.corrections.sheet_reading import SheetError

    asked = [bool(name), conflicts, apply, output is not None, table is not None]
    if sum(asked) > 1 or (not name and (values or verdict)):
        raise wrong("name a fact, or one of --conflicts, --apply, --export and --import.")
    if values and verdict:
        raise wrong("--{verdict} takes no values.", verdict=verdict)
    path = path or book.beside(database)
    by = getpass.getuser() if by is None else by
    with reading(database) as db, messages(path, BookError, CorrectionProblem, SheetError, OSError):
        if apply:
            apply_corrections(database, path)
        elif output:
            _export(path, output)
        elif table:
            _add(database, path, _read_table(db, path, table))
        elif name and (values or verdict):
            _add(database, path, (_made(db, path, name, values, verdict, by, why),))
        elif name:
            _show(db, path, name)
        else:
            _list(database, path, only_conflicts=conflicts)


# --- what is asked -----------------------------------------------------------------------------------


def _made(
    db: sqlite3.Connection,
    path: Path,
    name: str,
    values: Sequence[str],
    verdict: Verdict | None,
    by: str,
    why: str,
) -> Correction:
    from extractor.corrections import book
    from extractor.corrections.making import make, taken_back
    from extractor.corrections.model import in_force

    known = in_force(book.read(path))
    named = [each for each in known if each.id == name]
    if named and verdict == "withdraw":
        return taken_back(named, by=by, why=why)
    found = _standing(db, path, name)
    if verdict == "withdraw":
        if not found.outcomes:
            fail("nothing is in force about {name}: there is nothing to withdraw.", name=name)
        return taken_back(found.in_force, by=by, why=why)
    return make(
        found.document.subject, found.fact, verdict or "correct", typed=_typed(values), by=by, why=why,
        replaces=found.in_force,
    )  # fmt: skip


def _typed(values: Iterable[str]) -> Mapping[str, str]:
    pairs = [value.partition("=") for value in values]
    for name, equals, _ in pairs:
        if not equals:
            raise wrong("{name} is no FIELD=VALUE.", name=repr(name))
    return {name.strip(): value for name, _, value in pairs}


def _standing(db: sqlite3.Connection, path: Path, name: str) -> Standing:
    from extractor.corrections import book
    from extractor.corrections.model import in_force
    from extractor.corrections.standing import standing

    found = standing(db, in_force(book.read(path)), name)
    if found is None:
        fail(
            "the database has no fact {name}. `correct DATABASE CLAUSE_ID` lists those of a clause.",
            name=name,
        )
    return found


def _read_table(db: sqlite3.Connection, path: Path, table: Path) -> tuple[Correction, ...]:
    from extractor.corrections import book, sheet_reading
    from extractor.corrections.model import in_force
    from extractor.corrections.standing import standing

    known = book.read(path)
    there = in_force(known)

    def find(name: str) -> tuple[Subject, Fact, Sequence[Correction]] | None:
        found = standing(db, there, name)
        return found and (found.document.subject, found.fact, found.in_force)

    return sheet_reading.read(table, {each.id: each for each in known}, find)


def _add(database: Path, path: Path, corrections: Sequence[Correction]) -> None:
    from extractor.corrections import book

    count = book.add(path, corrections)
    say("{path}: {count} corrections added", err=True, path=path, count=count)
    apply_corrections(database, path)


def _export(path: Path, output: Path) -> None:
    from extractor.corrections import book, sheet

    found = book.read(path)
    sheet.write(output, found)
    say("{file}  {count} corrections", file=output, count=len(found))


# --- what is printed ---------------------------------------------------------------------------------


def _list(database: Path, path: Path, *, only_conflicts: bool) -> None:
    from extractor.correcting import look

    report = look(database, path)
    found = [each for _, outcomes in sorted(report.outcomes.items()) for each in outcomes]
    for outcome in found:
        if not only_conflicts or outcome.state == "conflict":
            click.echo(_line(outcome))
    for correction in report.absent:
        click.echo(f"{correction.id}  absent    {correction.fact_id}  {_said(correction)}")
    say(_summary(path, report), err=True)


def _show(db: sqlite3.Connection, path: Path, name: str) -> None:
    from extractor.corrections import book
    from extractor.corrections.assigning import Documents
    from extractor.corrections.document import document_of
    from extractor.corrections.model import FINDINGS, in_force
    from extractor.corrections.standing import outcomes, standing

    known = in_force(book.read(path))
    found = standing(db, known, name)
    if found:
        _print_fact(found.fact, found.outcomes)
        return
    documents = Documents(db)
    try:
        document = documents[document_of(name) or name]
    except KeyError:
        fail("the database has no clause or fact {name}.", name=name)
    if name == document.subject.document_id:
        facts = [fact for fact in document.facts if fact.kind == FINDINGS]
    else:
        facts = [fact for fact in document.facts if fact.clause_id == name]
    if not facts:
        fail("{name} is no fact of the database, and no clause or document that has any.", name=name)
    own = outcomes(documents, document, known)
    for fact in facts:
        _print_fact(fact, [each for each in own if each.fact and each.fact.id == fact.id])


def _print_fact(fact: Fact, outcomes: Iterable[Outcome]) -> None:
    from extractor.corrections.fields import written

    click.echo(f"{fact.id}  {fact.place.quote}")
    click.echo("  " + "  ".join(f"{name}={written(value)}" for name, value in fact.fields.items()))
    for outcome in outcomes:
        click.echo(f"  {_line(outcome)}")


def _line(outcome: Outcome) -> str:
    correction = outcome.correction
    name = outcome.fact.id if outcome.fact else correction.fact_id
    reason = f" ({outcome.reason})" if outcome.reason else ""
    return f"{correction.id}  {outcome.state:9}{reason} {name}  {_said(correction)}"


def _said(correction: Correction) -> str:
    """What a correction says, who said it, when and why, in one line."""
    from extractor.corrections.fields import written

    changes = ", ".join(
        f"{name} {written(correction.seen.get(name)) or '∅'} → {written(new) or '∅'}"
        for name, new in correction.changes.items()
    )
    why = f": {' '.join(correction.why.split())}" if correction.why else ""
    said = f"{correction.verdict} {changes}".rstrip()
    return f"“{correction.place.quote[:40]}” {said}  [{correction.made_by} {correction.made_at[:10]}{why}]"


def _summary(path: Path, report: Report) -> Message:
    counts = [f"{count} {state}" for state, count in sorted(report.counts.items())]
    if report.absent:
        absent = Message("{count} of documents that are not here", count=len(report.absent))
        counts.append(spoken(absent))
    said = ", ".join(counts) or Message("none in force")
    hint = Message("; see extractor correct --conflicts") if report.counts.get("conflict") else ""
    return Message("{path}: corrections: {counts}{hint}", path=path, counts=said, hint=hint)
