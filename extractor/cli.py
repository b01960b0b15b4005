"""The command line, and the only printer: what the program says, and its exit status.

Exit status 0: done; 1: something failed that the message names; 2: wrong usage; 130: stopped by Ctrl+C.
Results go to standard output, progress and errors to standard error. Each command imports what it needs when
it runs, so that `extractor --help` is there at once.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from extractor import __version__

if TYPE_CHECKING:
    from extractor.export import Format
    from extractor.scores import Outcome, Score

EXISTING = click.Path(exists=True, path_type=Path)
DATABASE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_DATABASE = click.Path(dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
SECONDS = click.FloatRange(0, 86_400, min_open=True)
INTERRUPTED = 130  # 128 + SIGINT, as shells have it


def _examples(*lines: str) -> str:
    """What stands under the options of a command: lines as they are typed."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100, "show_default": True},
    epilog=_examples("extractor ingest notices/ --db policies.db", "extractor serve policies.db"),
)
@click.version_option(__version__, prog_name="extractor")
def main() -> None:
    """Official Chinese policy notices (公文) into one SQLite file.

    Clauses (条款), responsible units (责任单位), targets (目标), amounts (金额), durations (期限), deadlines
    and citations (依据) become rows that quote the very words they stand for.
    """


@main.command(
    epilog=_examples(
        "extractor ingest corpora/ --db policies.db",
        "extractor ingest a.pdf b.docx notices.zip --db policies.db --jobs 4 --timeout 300",
    )
)
@click.argument("paths", nargs=-1, required=True, type=EXISTING)
@click.option("--db", "database", default="policies.db", type=NEW_DATABASE)
@click.option("--jobs", default=1, type=click.IntRange(1, 256), help="Worker processes.")
@click.option("--engine", default="process", type=click.Choice(["process"]), help="What runs them.")
@click.option("--timeout", default=120.0, type=SECONDS, help="Seconds that a worker may take for a file.")
@click.option("--max-memory", default=4096, type=click.IntRange(256), help="Megabytes a worker may take.")
def ingest(
    paths: tuple[Path, ...], database: Path, jobs: int, engine: str, timeout: float, max_memory: int
) -> None:
    """Read files, folders and zip archives into a database. Files that it already holds are skipped."""
    from dataclasses import replace

    from extractor.engine import expand, writing
    from extractor.engine import ingest as results
    from extractor.progress import Progress
    from extractor.sources import DEFAULT_LIMITS
    from extractor.store import StoreError

    files, ignored = expand(paths)
    for line in _by_suffix(ignored):
        click.echo(line, err=True)
    if not files:
        _fail("no notice was found: name a file, or a folder or zip archive with notices.")
    limits = replace(DEFAULT_LIMITS, max_seconds=timeout, max_memory=max_memory * 1024 * 1024)
    progress = Progress(len(files))
    try:
        with (
            _messages(database, StoreError),
            writing(database) as writer,
            progress,
            closing(results(files, writer, jobs=jobs, limits=limits)) as found,
        ):
            for result in found:
                progress.add(result)
    except KeyboardInterrupt:
        click.echo(f"{progress.summary(database)}. Stopped: run it again to go on.", err=True)
        raise SystemExit(INTERRUPTED) from None
    click.echo(progress.summary(database), err=True)
    if progress.failed:
        raise SystemExit(1)


@main.command(epilog=_examples("extractor check policies.db"))
@click.argument("database", type=DATABASE)
def check(database: Path) -> None:
    """Prove that the database keeps what it promises; exit 1 and the rows that break it otherwise."""
    from extractor.check import check as violations

    with _reading(database) as db:
        broken = 0
        for violation in violations(db):
            broken += 1
            click.echo(str(violation))
        (documents,) = db.execute("select count(*) from documents").fetchone()
    if broken:
        _fail(f"{database}: {broken} rows break an invariant. Ingest their documents again into a new file.")
    click.echo(f"{database}: all invariants hold for {documents} documents.")


@main.command(epilog=_examples("extractor serve policies.db", "extractor serve policies.db --port 9000"))
@click.argument("database", type=DATABASE)
@click.option("--port", default=8001, type=click.IntRange(1, 65535))
@click.option("--review", is_flag=True, help="Confirm and correct facts in the browser (later version).")
def serve(database: Path, port: int, review: bool) -> None:
    """Browse the database on 127.0.0.1, read-only."""
    if review:
        _later("--review")
    from extractor.serving import serve as run

    with _reading(database):
        click.echo(f"{database} is served on http://127.0.0.1:{port}/ (stop with Ctrl+C)", err=True)
    run(database, port=port)


@main.command(
    epilog=_examples(
        "extractor compare policies.db --topic 托位供给 -o table.docx",
        "extractor compare policies.db --query 公租房 --jurisdiction 西湖区 --jurisdiction 漳州市 -o t.xlsx",
    )
)
@click.argument("database", type=DATABASE)
@click.option("--topic", help="A topic by name or id; one above others: each of those.")
@click.option("--query", help="Words that the clauses hold.")
@click.option("--jurisdiction", "jurisdictions", multiple=True, help="Name or code; columns in this order.")
@click.option("--topics", type=DATABASE, help="A list of topics in place of the one that the database has.")
@click.option("-o", "--output", required=True, type=NEW_DATABASE, help=".docx, .xlsx, .html, .csv or .json")
def compare(
    database: Path,
    topic: str | None,
    query: str | None,
    jurisdictions: tuple[str, ...],
    topics: Path | None,
    output: Path,
) -> None:
    """The same matter side by side: a row a matter, a column a jurisdiction."""
    from extractor.compare.files import write
    from extractor.compare.table import CompareError
    from extractor.compare.table import compare as table_of
    from extractor.compare.topics import TopicsError, load_topics
    from extractor.compare.update import update

    if (topic is None) == (not query):
        raise click.UsageError("name either --topic or --query.")
    with _reading(database):
        pass
    with _messages(database, CompareError, TopicsError, OSError), closing(sqlite3.connect(database)) as db:
        updated = update(db, topics=load_topics(topics) if topics else None)
        table = table_of(db, topic=topic, query=query, jurisdictions=jurisdictions)
        write(table, output)
    if updated.documents:
        click.echo(f"{updated.documents} documents compared, {updated.pairs} pairs of clauses", err=True)
    click.echo(f"{output}  {len(table.rows)} matters × {len(table.columns)} jurisdictions")


@main.command(
    epilog=_examples("extractor show policies.db xihu-2023-8", "extractor show policies.db xihu-2023-8.2.1")
)
@click.argument("database", type=DATABASE)
@click.argument("name", metavar="CLAUSE_ID|DOCUMENT_ID")
def show(database: Path, name: str) -> None:
    """The outline of a document, or the words of a clause with the facts in them."""
    from extractor.show import show as lines_of
    from extractor.show import similar_names

    with _reading(database) as db:
        lines = lines_of(db, name)
        others = () if lines else similar_names(db, name)
    if not lines:
        hint = f" Did you mean {', '.join(others)}?" if others else ""
        _fail(f"{database} has no document or clause {name}.{hint}")
    for line in lines:
        click.echo(line)


@main.command(
    epilog=_examples(
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
    from extractor.floors import floor, floors_in

    try:
        least = (floors_in(floors) if floors else {}) | dict(map(floor, minima))
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    state = state or database.with_suffix(".last-run.json")
    with _reading(database) as db:
        annotations = gold.load(golds)
        for source in gold.absent(db, annotations):
            click.echo(f"{source}: not in {database}; all its facts count as missed.", err=True)
        outcomes = tuple(gold.compare(db, annotations))
    figures = scores.tabulate(outcomes)
    _print_scores(figures)
    if details:
        _print_outcomes("", (o for o in outcomes if o.verdict != "hit"))
    before = gold.last_run(state)
    if before is not None:
        gained, lost = scores.changes(outcomes, before)
        click.echo(f"since the last run: {len(gained)} facts gained, {len(lost)} lost")
        _print_outcomes("gained ", gained)
        _print_outcomes("lost   ", lost)
    gold.keep_run(state, outcomes)
    short = scores.shortfalls(figures, least)
    if short:
        _fail("short of: " + "; ".join(short))


@main.command(epilog=_examples("extractor export policies.db -o tables --format csv"))
@click.argument("database", type=DATABASE)
@click.option("-o", "--output", required=True, type=FOLDER, help="Folder for the files.")
@click.option("--format", "form", default="csv", type=click.Choice(["csv", "jsonl"]))
def export(database: Path, output: Path, form: Format) -> None:
    """Every table as a file: CSV for spreadsheets, JSON lines for programs. Other formats come later."""
    from extractor.export import export as write

    with _reading(database) as db:
        for file in write(db, output, form=form):
            click.echo(f"{file.path}  {file.rows} rows")


# --- shared by the commands ------------------------------------------------------------------------


def _fail(message: str) -> NoReturn:
    click.echo(f"Error: {message}", err=True)
    raise SystemExit(1)


def _later(what: str) -> NoReturn:
    raise click.UsageError(f"{what} comes in a later version.")


@contextmanager
def _messages(database: Path, *errors: type[Exception]) -> Iterator[None]:
    """Errors of broken input as one line with a remedy; a fault of the program keeps its traceback."""
    from extractor.model import ReadError

    broken: tuple[type[Exception], ...] = (ReadError, *errors)
    try:
        yield
    except broken as error:
        _fail(str(error))
    except sqlite3.Error as error:
        _fail(f"{database}: {error}. Check that it is a database that extractor made and may be used.")


@contextmanager
def _reading(database: Path) -> Iterator[sqlite3.Connection]:
    """The database, read-only; a message where the file is none of ours."""
    with (
        _messages(database),
        closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as db,
    ):
        db.execute("select id from documents limit 1")
        yield db


def _by_suffix(files: Iterable[Path]) -> Iterator[str]:
    """One line a kind of file that is passed over, with an example."""
    groups: dict[str, list[Path]] = {}
    for file in files:
        groups.setdefault(file.suffix or "without suffix", []).append(file)
    for suffix, group in sorted(groups.items()):
        yield f"passed over: {len(group)} × {suffix}, not read in folders (such as {group[0]})"


def _print_scores(figures: Sequence[Score]) -> None:
    click.echo(f"{'kind':18}{'P':>7}{'R':>7}{'F1':>7}{'hit':>6}{'miss':>6}{'extra':>6}")
    for score in figures:
        ratios = "".join(f"{ratio * 100:7.1f}" for ratio in (score.precision, score.recall, score.f1))
        click.echo(f"{score.kind:18}{ratios}{score.hits:6}{score.missed:6}{score.spurious:6}")


def _print_outcomes(label: str, outcomes: Iterable[Outcome]) -> None:
    for outcome in outcomes:
        detail = f": {outcome.detail}" if outcome.detail else ""
        click.echo(f"{label}{outcome.verdict:9}{outcome.kind}: {outcome.fact}{detail}")
