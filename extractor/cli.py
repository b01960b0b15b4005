"""The command line, and the only printer: what the program says, and its exit status.

Exit status 0: done; 1: something failed that the message names; 2: wrong usage; 130: stopped by Ctrl+C.
Results go to standard output, progress and errors to standard error. Each command imports what it needs when
it runs, so that `extractor --help` is there at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractor import __version__
from extractor.cli_common import (
    DATABASE,
    EXISTING,
    NEW_DATABASE,
    examples,
    fail,
    messages,
    reading,
    say,
    wrong,
)
from extractor.cli_compare import compare, redline
from extractor.cli_completion import PLACES, completion, held
from extractor.cli_correct import correct
from extractor.cli_export import export
from extractor.cli_help import Group
from extractor.cli_ingest import ingest, merge
from extractor.cli_report import mask, report
from extractor.cli_serve import serve
from extractor.language import Language, speak
from extractor.messages import Message

if TYPE_CHECKING:
    from extractor.scores import Outcome, Score


def _speak(context: click.Context, parameter: click.Parameter, language: Language | None) -> None:
    if language:
        speak(language)


@click.group(
    cls=Group,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100, "show_default": True},
    epilog=examples("extractor ingest notices/ --db policies.db", "extractor serve policies.db"),
)
@click.version_option(__version__, prog_name="extractor")
@click.option(
    "--lang", type=click.Choice(["zh", "en"]), is_eager=True, expose_value=False, callback=_speak,
    help="The language of messages and help.  [default: by the locale]", show_default=False,
)  # fmt: skip
def main() -> None:
    """Official Chinese policy notices (公文) into one SQLite file.

    Clauses (条款), responsible units (责任单位), targets (目标), amounts (金额), durations (期限), deadlines
    and citations (依据) become rows that quote the very words they stand for.
    """


@main.command(epilog=examples("extractor check policies.db"))
@click.argument("database", type=DATABASE)
def check(database: Path) -> None:
    """Prove that the database keeps what it promises; exit 1 and the rows that break it otherwise."""
    from extractor.check import check as violations

    with reading(database) as db:
        broken = 0
        for violation in violations(db):
            broken += 1
            click.echo(str(violation))
        (documents,) = db.execute("select count(*) from documents").fetchone()
    if broken:
        fail(
            "{database}: {broken} rows break an invariant. Ingest their documents again into a new file.",
            database=database,
            broken=broken,
        )
    say("{database}: all invariants hold for {documents} documents.", database=database, documents=documents)


@main.command(
    epilog=examples(
        "extractor show policies.db xihu-2023-8",
        "extractor show policies.db xihu-2023-8.2.1",
        "extractor show policies.db xihu-2023-8.2.1_t1 --page-image out.png --source 方案.pdf",
    )
)
@click.argument("database", type=DATABASE)
@click.argument("name", metavar="DOCUMENT_ID|CLAUSE_ID|FACT_ID", shell_complete=held(PLACES))
@click.option("--page-image", "image", type=NEW_DATABASE, help="Draw where it stands: out.png, out-2.png …")
@click.option("--source", type=DATABASE, help="The file to draw from, or an archive that holds it.")
def show(database: Path, name: str, image: Path | None, source: Path | None) -> None:
    """The outline of a document; the words of a clause, or of the clause of a fact, with its facts."""
    from extractor.location import locate
    from extractor.show import show as lines_of
    from extractor.show import similar_names

    if source and not image:
        raise wrong("--source is of use with --page-image alone.")
    with reading(database) as db:
        place = locate(db, name)
        lines = lines_of(db, name if place is None else place.clause_id)
        others = () if lines else similar_names(db, name)
    if not lines:
        hint = Message(" Did you mean {names}?", names=", ".join(others)) if others else ""
        words = "{database} has no document, clause or fact {name}.{hint}"
        fail(words, database=database, name=name, hint=hint)
    if image and place is None:
        raise wrong("--page-image draws a clause or a fact, not a whole document.")
    if image and place:
        from extractor.page_image import draw

        with messages(database, OSError):
            lines = tuple(map(str, draw(place, image, database=database, source=source)))
    for line in lines:
        click.echo(line)


@main.command(
    epilog=examples(
        "extractor evaluate policies.db --gold corpora/gold",
        "extractor evaluate policies.db --gold corpora/gold --show --min targets=97",
    )
)
@click.argument("database", type=DATABASE)
@click.option("--gold", "golds", multiple=True, required=True, type=EXISTING, help="Gold file or folder.")
@click.option("--show", "details", is_flag=True, help="Print every error.")
@click.option("--min", "minima", multiple=True, metavar="KIND=F1", help="Fail under this figure (percent).")
@click.option("--floors", type=DATABASE, help="A TOML file of such figures.")
@click.option(
    "--state", type=NEW_DATABASE, help="Where the last run is kept.  [default: beside the database]"
)
def evaluate(
    database: Path,
    golds: tuple[Path, ...],
    details: bool,
    minima: Sequence[str],
    floors: Path | None,
    state: Path | None,
) -> None:
    """Score the database against gold annotations, by kind of fact; name what changed since the last run."""
    from extractor import gold, scores
    from extractor.floors import FloorError, floor, floors_in

    try:
        least = (floors_in(floors) if floors else {}) | dict(map(floor, minima))
    except FloorError as error:
        raise wrong(error.message) from error
    state = state or database.with_suffix(".last-run.json")
    with reading(database) as db:
        annotations = gold.load(golds)
        for source in gold.absent(db, annotations):
            say(
                "{source}: not in {database}; all its facts count as missed.",
                err=True,
                source=source,
                database=database,
            )
        outcomes = tuple(gold.compare(db, annotations))
    figures = scores.tabulate(outcomes)
    _print_scores(figures)
    if details:
        _print_outcomes("", (o for o in outcomes if o.verdict != "hit"))
    before = gold.last_run(state)
    if before is not None:
        gained, lost = scores.changes(outcomes, before)
        say("since the last run: {gained} facts gained, {lost} lost", gained=len(gained), lost=len(lost))
        _print_outcomes("gained ", gained)
        _print_outcomes("lost   ", lost)
    gold.keep_run(state, outcomes)
    short = scores.shortfalls(figures, least)
    if short:
        fail("short of: {kinds}", kinds="; ".join(short))


main.add_command(ingest)
main.add_command(merge)
main.add_command(compare)
main.add_command(correct)
main.add_command(serve)
main.add_command(redline)
main.add_command(export)
main.add_command(mask)
main.add_command(report)
main.add_command(completion)


# --- shared by the commands ------------------------------------------------------------------------


def _print_scores(figures: Sequence[Score]) -> None:
    click.echo(f"{'kind':18}{'P':>7}{'R':>7}{'F1':>7}{'hit':>6}{'miss':>6}{'extra':>6}")
    for score in figures:
        ratios = "".join(f"{ratio * 100:7.1f}" for ratio in (score.precision, score.recall, score.f1))
        click.echo(f"{score.kind:18}{ratios}{score.hits:6}{score.missed:6}{score.spurious:6}")


def _print_outcomes(label: str, outcomes: Iterable[Outcome]) -> None:
    for outcome in outcomes:
        detail = f": {outcome.detail}" if outcome.detail else ""
        click.echo(f"{label}{outcome.verdict:9}{outcome.kind}: {outcome.fact}{detail}")
