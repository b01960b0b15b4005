"""What a run says while it goes: a bar on a terminal; elsewhere a line a file, or nothing."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING

import click

from extractor.language import spoken
from extractor.messages import Message

if TYPE_CHECKING:
    from extractor.intake import Result

_STATUS = {"written": Message("written"), "known": Message("known"), "ignored": Message("ignored")}
REFRESH = 0.1  # seconds between two drawings of the bar


@contextmanager
def bar(what: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar on standard error while that is a terminal; call what you get with how many more are done.

    What is printed meanwhile stands above the bar where it goes to the terminal too, else where it goes.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    console = Console(stderr=True, highlight=False, soft_wrap=True)
    drawn = Bar(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        console=console, refresh_per_second=1 / REFRESH, transient=True, disable=not console.is_terminal,
        redirect_stdout=sys.stdout.isatty(),
    )  # fmt: skip
    with drawn:
        task = drawn.add_task(what, total=total)
        yield lambda more: drawn.advance(task, more)


class Progress:
    """Counts the results of a run and shows them on standard error; failures are always named."""

    def __init__(self, total: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        self._console = Console(stderr=True, highlight=False, soft_wrap=True)
        columns = (
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"), TimeRemainingColumn(),
        )  # fmt: skip
        self._bar = Bar(*columns, console=self._console, refresh_per_second=1 / REFRESH, transient=True)
        self._task = self._bar.add_task(spoken(Message("ingest")), total=total, rate="")
        self._began = time.monotonic()
        self._total, self._done = total, 0
        self.written = self.known = self.ignored = self.failed = self.characters = 0

    def __enter__(self) -> Progress:
        if self._console.is_terminal:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._console.is_terminal:
            self._bar.stop()

    def add(self, result: Result) -> None:
        """Count one result and show it."""
        from extractor.intake import shown

        self.written += result.status == "written"
        self.known += result.status == "known"
        self.ignored += result.status == "ignored"
        self.failed += result.status == "failed"
        self.characters += result.characters
        if result.status == "failed":
            said = Message("Error: {message}", message=result.message)
            self._console.print(spoken(said), markup=False)
        elif not self._console.is_terminal:
            name = f" → {result.document_id}" if result.document_id else ""
            said = Message(
                "{status:8}{file}{name}", status=_STATUS[result.status], file=shown(result.path), name=name
            )
            click.echo(spoken(said), err=True)
        self._done += 1  # an archive counts as one file before and as its members after
        self._bar.update(
            self._task, completed=self._done, total=max(self._total, self._done), rate=spoken(self.rate)
        )

    @property
    def rate(self) -> Message:
        """Characters a second since the start."""
        each = self.characters / max(time.monotonic() - self._began, 1e-9)
        return Message("{count:,.0f} chars/s", count=each)

    def summary(self, where: str) -> Message:
        """One line on the whole run into `where`."""
        ignored = Message(", {count} passed over", count=self.ignored) if self.ignored else ""
        return Message(
            "{where}: {written} written, {known} known already{ignored}, {failed} failed; "
            "{characters:,} characters, {rate}",
            where=where,
            written=self.written,
            known=self.known,
            ignored=ignored,
            failed=self.failed,
            characters=self.characters,
            rate=self.rate,
        )
