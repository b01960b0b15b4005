"""A run on a cluster: files → a set of parts. Which cluster is not its concern.

Guarantees: the set is the one that any other run over the same files leaves, in whatever order tasks end,
however often they are tried and whether workers or an earlier run died; a part that is there is not made
again; results come in the order of the files; at most `Cluster.ahead` batches are under way.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from typing import Any, NamedTuple, Protocol

from extractor.intake import File
from extractor.shards.batches import MEAN, batches
from extractor.shards.collection import manifest, publish
from extractor.shards.parts import Part
from extractor.shards.settling import settled_parts
from extractor.shards.task import Order, Outcome, ingest_batch, settle_part
from extractor.storage import StorageError


class Promise(Protocol):
    """What a cluster was asked to do."""

    def result(self) -> Any: ...


class Cluster(Protocol):
    """Where tasks run. `submit` begins `function(machine, …)` there, `machine` being what reads files."""

    ahead: int

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Promise: ...


class _Made(NamedTuple):
    """A part and the batch of files that it came of."""

    part: Part
    files: tuple[File, ...]


def ingest(
    files: Iterable[File], paths: Sequence[str], cluster: Cluster, order: Order, *, mean: int = MEAN
) -> Generator[Outcome, None, None]:
    """Read files into the set; what became of them in their order, a result a file or member.

    `paths` is what was named: the set is the image of it, and of nothing else. Raises `StorageError` where
    the folder holds the set of other paths. The set changes at the very end.
    """
    before = manifest(order.folder)
    if before and before.paths != tuple(paths):
        words = "{url}: it holds the notices of {paths}. Name another folder for these, and merge both."
        raise StorageError(words, url=order.folder.url, paths=", ".join(before.paths))
    made: list[_Made] = []
    for batch, outcomes in _in_order(cluster, batches(files, mean=mean), order):
        for outcome in outcomes:
            yield outcome
            made += [_Made(outcome.part, batch)] if outcome.part else []
    whole = _settled(cluster, made, order)
    publish(order.folder, paths, [part.name for part in whole])


def _in_order(
    cluster: Cluster, found: Iterable[tuple[File, ...]], order: Order
) -> Iterator[tuple[tuple[File, ...], list[Outcome]]]:
    """Each batch with what became of it, in their order."""
    under_way: deque[tuple[tuple[File, ...], Promise]] = deque()
    for files in found:
        under_way.append((files, cluster.submit(ingest_batch, files, order)))
        if len(under_way) >= cluster.ahead:
            first, promise = under_way.popleft()
            yield first, promise.result()
    while under_way:
        first, promise = under_way.popleft()
        yield first, promise.result()


def _settled(cluster: Cluster, made: Sequence[_Made], order: Order) -> list[Part]:
    """The parts of the set: each document once, under an id that no other has."""
    wanted = settled_parts([each.part for each in made])
    promises = [
        cluster.submit(settle_part, each.part, entries, each.files, order)
        if entries != each.part.entries
        else None
        for each, entries in zip(made, wanted, strict=True)
    ]
    parts = [promise.result() if promise else each.part for each, promise in zip(made, promises, strict=True)]
    return [part for part in parts if any(entry.state == "held" for entry in part.entries)]
