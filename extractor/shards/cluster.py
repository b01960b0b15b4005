"""A Dask cluster as the place where tasks run: the only user of dask and distributed (extra `dask`).

A worker that dies is no error: Dask gives its tasks to another, and what it had written it had written whole.
Each worker reads files as an engine on one machine does, under the same limits of time and memory a file.
"""

from __future__ import annotations

import logging
import signal
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager
from threading import current_thread, main_thread
from typing import Any

import distributed
from distributed.comm import CommClosedError

from extractor import __version__
from extractor.engine import Machine
from extractor.messages import Message, Trouble
from extractor.model import Notice
from extractor.pipeline import read_bytes
from extractor.sources import Limits
from extractor.workers import Reader

WAITING = 60  # seconds for the scheduler, and for a first worker
TRIES = 3  # more of a task that raised: storage that was away
AHEAD = 4  # batches a thread of the cluster that are under way or waiting to be taken


class ClusterError(Trouble):
    """A cluster that cannot be used. Names it, what is wrong and the remedy."""


class Reading(distributed.WorkerPlugin):  # type: ignore[misc]
    """What reads files in a worker of the cluster, from its beginning to its end."""

    def __init__(self, name: str, reader: Reader[Notice], limits: Limits, *, ours: bool) -> None:
        self.name, self._ours = name, ours
        self._reader, self._limits = reader, limits

    def setup(self, worker: Any) -> None:
        if self._ours and current_thread() is main_thread():
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the command, which ends its workers
        self.machine = Machine(self._reader, worker.state.nthreads, self._limits)

    def teardown(self, worker: Any) -> None:
        self.machine.close()


class DaskCluster:
    """What `extractor.shards.run` submits to."""

    def __init__(self, client: distributed.Client, plugin: str) -> None:
        self._client, self._plugin = client, plugin
        self.ahead = AHEAD * max(1, sum(client.nthreads().values()))

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Promise:
        words = (_on_worker, self._plugin, function, *arguments)
        return Promise(self._client.submit(*words, pure=False, retries=TRIES))


class Promise:
    """A task. What it raised is raised here."""

    def __init__(self, future: distributed.Future) -> None:
        self._future = future

    def result(self) -> Any:
        """Wait for it. Raises `ClusterError` where the cluster is to blame."""
        try:
            return self._future.result()
        except distributed.KilledWorker as error:
            raise ClusterError(
                "a task was lost with its worker, and again each time ({error}). Give them more memory, "
                "or fewer threads each, and run the command again.",
                error=error,
            ) from error
        except (CancelledError, CommClosedError) as error:
            raise ClusterError(
                "the scheduler is gone ({error}). Start it, and run the command again.", error=error
            ) from error


@contextmanager
def cluster(
    scheduler: str | None, *, jobs: int, limits: Limits, reader: Reader[Notice] = read_bytes
) -> Iterator[DaskCluster]:
    """The cluster of `scheduler`, or one of `jobs` processes of this machine. Raises `ClusterError`."""
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is raised
    with ExitStack() as stack:
        name = f"extractor-{uuid.uuid4().hex}"
        try:
            at = scheduler or stack.enter_context(
                distributed.LocalCluster(
                    n_workers=jobs, threads_per_worker=1, processes=True, host="127.0.0.1",
                    dashboard_address=None, silence_logs=logging.CRITICAL,
                )
            )  # fmt: skip
            client = stack.enter_context(distributed.Client(at, timeout=WAITING))
            client.wait_for_workers(1, timeout=WAITING)
            _same_version(client.run(_version))
            client.register_plugin(Reading(name, reader, limits, ours=scheduler is None))
        except (OSError, TimeoutError) as error:
            raise ClusterError(
                "{scheduler}: no cluster with workers answers ({error}). Check its address "
                "(tcp://host:port), and start workers.",
                scheduler=scheduler,
                error=error,
            ) from error
        except (ImportError, AttributeError) as error:
            raise ClusterError(
                "a worker cannot run the program ({error}). {install}", error=error, install=_INSTALL
            ) from error
        try:
            yield DaskCluster(client, name)
        finally:
            if scheduler:
                client.unregister_worker_plugin(name)


_INSTALL = Message("Install policy-extractor[dask] {version} where the workers run.", version=__version__)


def _version() -> str:
    return __version__


def _same_version(found: dict[str, str]) -> None:
    for worker, version in found.items():
        if version != __version__:
            raise ClusterError(
                "worker {worker} has version {version} of the program. {install}",
                worker=worker,
                version=version,
                install=_INSTALL,
            )


def _on_worker(plugin: str, function: Callable[..., Any], *arguments: Any) -> Any:
    """In a worker: call the function with what reads files there."""
    return function(distributed.get_worker().plugins[plugin].machine, *arguments)
