"""The commands that fill a database: `ingest` here or on a cluster, and `merge` of what a cluster wrote."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractor.cli_common import FOLDER, NEW_DATABASE, PLACE, examples, fail, messages, say, wrong
from extractor.cli_compare import bring_up_to_date
from extractor.cli_correct import CORRECTIONS, apply_corrections
from extractor.cli_help import Command
from extractor.messages import Message

if TYPE_CHECKING:
    from extractor.engine import Store
    from extractor.intake import File, Place, Result
    from extractor.progress import Progress
    from extractor.shards.task import Kept
    from extractor.sources import Limits

SECONDS = click.FloatRange(0, 86_400, min_open=True)
INTERRUPTED = 130  # 128 + SIGINT, as shells have it
DATABASE_OPTION = click.option("--db", "database", default="policies.db", type=NEW_DATABASE)
COMPARE_OPTION = click.option(
    "--compare", "compared", is_flag=True, help="Put the new notices side by side with the others."
)
CORRECTIONS_OPTION = click.option("--corrections", type=NEW_DATABASE, metavar="FILE", help=CORRECTIONS)
MISSING_OPTION = click.option(
    "--remove-missing", "mirrored", is_flag=True, help="Remove notices that are in none of those named now."
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What `ingest` was asked for."""

    database: Path
    jobs: int
    limits: Limits
    folder: Path | None
    mirrored: bool
    compared: bool
    corrections: Path | None


@click.command(
    cls=Command,
    epilog=examples(
        "extractor ingest corpora/ --db policies.db",
        "extractor ingest a.pdf b.docx notices.zip --db policies.db --jobs 4 --timeout 300",
        "extractor ingest notices/ --db policies.db --keep-sources kept --compare",
        "extractor ingest notices/ --db policies.db --engine dask --jobs 2",
    ),
)
@click.argument("paths", nargs=-1, required=True, type=PLACE)
@DATABASE_OPTION
@click.option("--jobs", default=1, type=click.IntRange(1, 256), help="Worker processes.")
@click.option("--engine", default="process", type=click.Choice(["process", "dask"]), help="What runs them.")
@click.option("--scheduler", metavar="ADDRESS", help="A Dask cluster: tcp://host:port (in place of --jobs).")
@click.option("--shards", metavar="URL", help="Where the cluster keeps what it read, as Parquet.")
@click.option("--timeout", default=120.0, type=SECONDS, help="Seconds that a worker may take for a file.")
@click.option("--max-memory", default=4096, type=click.IntRange(256), help="Megabytes a worker may take.")
@click.option("--keep-sources", "folder", type=FOLDER, help="Keep a copy of each source in this folder.")
@MISSING_OPTION
@COMPARE_OPTION
@CORRECTIONS_OPTION
@click.pass_context
def ingest(
    context: click.Context,
    paths: tuple[Place, ...],
    database: Path,
    jobs: int,
    engine: str,
    scheduler: str | None,
    shards: str | None,
    timeout: float,
    max_memory: int,
    folder: Path | None,
    mirrored: bool,
    compared: bool,
    corrections: Path | None,
) -> None:
    """Read files, folders and zip archives into a database. Files that it already holds are skipped.

    With --engine dask, the processes of a cluster read them and write Parquet files into the folder of
    --shards (by default beside the database, policies.shards); the database is made of these at the end.
    Where --shards is given and --db is not, no database is made: see `extractor merge`.
    """
    from dataclasses import replace

    from extractor.intake import expand
    from extractor.sources import DEFAULT_LIMITS
    from extractor.storage import StorageError

    named = _named(context)
    _check_usage(engine, scheduler, shards, named)
    with messages(database, StorageError, OSError):
        files, ignored = expand(paths, without=folder)
    for line in _by_suffix(ignored):
        say(line, err=True)
    if not files:
        fail("no notice was found: name a file, or a folder or zip archive with notices.")
    limits = replace(DEFAULT_LIMITS, max_seconds=timeout, max_memory=max_memory * 1024 * 1024)
    asked = _Asked(database, jobs, limits, folder, mirrored, compared, corrections)
    if engine == "process":
        _into_database(asked, len(files), lambda store: _here(files, asked, store))
        return
    where = shards or str(database.with_suffix(".shards"))
    _on_cluster(files, paths, asked, scheduler, where, merged=shards is None or "database" in named)


@click.command(
    cls=Command,
    epilog=examples(
        "extractor merge policies.shards --db all.db",
        "extractor merge policies.shards --db policies.db --remove-missing --compare",
    ),
)
@click.argument("shards", nargs=-1, required=True)
@DATABASE_OPTION
@MISSING_OPTION
@COMPARE_OPTION
@CORRECTIONS_OPTION
def merge(
    shards: tuple[str, ...], database: Path, mirrored: bool, compared: bool, corrections: Path | None
) -> None:
    """Make a database of what clusters wrote, or add it to one. Notices that it holds already are skipped."""
    from extractor.shards.merging import chosen
    from extractor.shards.merging import merge as merged
    from extractor.sources import DEFAULT_LIMITS
    from extractor.storage import Folder, StorageError

    asked = _Asked(database, 1, DEFAULT_LIMITS, None, mirrored, compared, corrections)
    with _needs_extra(), messages(database, StorageError, OSError):
        parts = chosen(map(Folder, shards))
        _into_database(asked, len(parts), lambda store: merged(parts, store))


# --- here -----------------------------------------------------------------------------------------


def _here(files: Sequence[File], asked: _Asked, store: Store) -> Generator[Result, None, None]:
    from extractor.engine import ingest as results
    from extractor.kept import SourceFolder

    keeper = SourceFolder(asked.folder, asked.database, store.db) if asked.folder else None
    return results(files, store, jobs=asked.jobs, limits=asked.limits, keeper=keeper)


def _into_database(
    asked: _Asked,
    total: int,
    begin: Callable[[Store], Generator[Result, None, None]],
    *,
    before: Iterable[Result] = (),
    kept: Iterable[Kept] = (),
) -> None:
    """Write what `begin` gives, and end the command. `before`: what failed until then."""
    from extractor.engine import writing
    from extractor.kept import note
    from extractor.missing import Seen, remove_missing
    from extractor.progress import Progress
    from extractor.store import StoreError

    progress, seen = Progress(total), Seen()
    failures = [result for result in before if result.status == "failed"]
    for result in failures:
        seen.add(result)
    with (
        _stoppable(progress, str(asked.database)),
        messages(asked.database, StoreError),
        writing(asked.database) as store,
    ):
        with progress, closing(begin(store)) as results:
            for result in results:
                progress.add(result)
                seen.add(result)
        note(store.db, asked.database, kept)
        if asked.mirrored:
            store.batch.keep()
            for document_id in remove_missing(store.db, seen):
                say("removed  {document_id}", err=True, document_id=document_id)
    say(progress.summary(str(asked.database)), err=True)
    apply_corrections(asked.database, asked.corrections)
    if asked.compared:
        bring_up_to_date(asked.database)
    if progress.failed or failures:
        raise SystemExit(1)


# --- on a cluster ---------------------------------------------------------------------------------


def _on_cluster(
    files: Sequence[File],
    paths: Sequence[Place],
    asked: _Asked,
    scheduler: str | None,
    url: str,
    *,
    merged: bool,
) -> None:
    """Read the files into a set of shards, and make the database of it where that is wanted."""
    from extractor.progress import Progress
    from extractor.storage import Folder, StorageError, address, place

    if asked.folder and not merged:
        raise wrong("--keep-sources notes in a database where they are: name it with --db.")
    folder, progress = Folder(address(place(url))), Progress(len(files))
    results: list[Result] = []
    kept: list[Kept] = []
    with _needs_extra(), messages(asked.database, StorageError, OSError), _stoppable(progress, url):
        from extractor.shards.cluster import ClusterError, cluster
        from extractor.shards.merging import chosen, merge
        from extractor.shards.run import ingest as run
        from extractor.shards.task import Order

        order = Order(folder, asked.limits, asked.folder and asked.folder.absolute())
        whole = [file._replace(path=place(address(file.path))) for file in files]
        with (
            messages(asked.database, ClusterError),
            cluster(scheduler, jobs=asked.jobs, limits=asked.limits) as tasks,
            progress,
        ):
            for outcome in run(whole, tuple(map(address, paths)), tasks, order):
                for result in outcome.results:
                    progress.add(result)
                results += outcome.results
                kept += outcome.kept
        parts = chosen((folder,))
    say(progress.summary(url), err=True)
    if merged:
        _into_database(asked, len(parts), lambda store: merge(parts, store), before=results, kept=kept)
    elif progress.failed:
        raise SystemExit(1)


# --- shared -----------------------------------------------------------------------------------------


def _named(context: click.Context) -> frozenset[str]:
    """The parameters that were given on the command line."""
    source = click.core.ParameterSource.COMMANDLINE
    return frozenset(name for name in context.params if context.get_parameter_source(name) == source)


def _check_usage(engine: str, scheduler: str | None, shards: str | None, named: frozenset[str]) -> None:
    if engine == "process" and (scheduler or shards):
        raise wrong("--scheduler and --shards are of use with --engine dask alone.")
    if scheduler and "jobs" in named:
        raise wrong("--jobs begins processes here; a cluster (--scheduler) has its own workers.")


@contextmanager
def _stoppable(progress: Progress, where: str) -> Iterator[None]:
    """Ctrl+C ends the command; what was written is kept."""
    try:
        yield
    except KeyboardInterrupt:
        say("{summary}. Stopped: run it again to go on.", err=True, summary=progress.summary(where))
        raise SystemExit(INTERRUPTED) from None


@contextmanager
def _needs_extra() -> Iterator[None]:
    """A message where the libraries for a cluster are not installed."""
    from extractor.storage import EXTRA

    try:
        yield
    except ModuleNotFoundError as error:
        if error.name not in ("dask", "distributed", "fsspec", "pyarrow"):
            raise
        fail("this needs {name}. {extra}", name=error.name, extra=EXTRA)


def _by_suffix(files: Iterable[Place]) -> Iterator[Message]:
    """One line a kind of file that is passed over, with an example."""
    groups: dict[str, list[Place]] = {}
    for file in files:
        groups.setdefault(file.suffix or Message("without suffix"), []).append(file)
    for suffix, group in sorted(groups.items()):
        words = "passed over: {count} × {suffix}, not read in folders (such as {file})"
        yield Message(words, count=len(group), suffix=suffix, file=group[0])
