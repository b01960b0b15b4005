"""What a file that does not change was asked before is not asked again.

A question marked `remembered` looks for its answer in the memory that the visit gives; without one (a
file that may change, a test, another program) it asks. Only what many pages show alike is marked: pages
as such are not kept.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from threading import Lock
from typing import Concatenate, Final, ParamSpec, TypeVar

MOST: Final = 200  # answers in one memory
Params = ParamSpec("Params")
Answer = TypeVar("Answer")
Question = Callable[Concatenate[sqlite3.Connection, Params], Answer]


class Memory:
    """Answers of one file, the last `MOST` of them. For threads: at worst two ask the same at once."""

    def __init__(self) -> None:
        self._answers: dict[Hashable, object] = {}
        self._lock = Lock()

    def recall(self, key: Hashable, ask: Callable[[], Answer]) -> Answer:
        """The answer that is known by `key`, else that of `ask`, which is kept."""
        with self._lock:
            if key in self._answers:
                self._answers[key] = self._answers.pop(key)  # asked last: forgotten last
                return self._answers[key]  # type: ignore[return-value]  # kept under this key by the same question
        answer = ask()
        with self._lock:
            self._answers[key] = answer
            while len(self._answers) > MOST:
                del self._answers[next(iter(self._answers))]
        return answer


_MEMORY: ContextVar[Memory | None] = ContextVar("memory", default=None)


@contextmanager
def recalling(memory: Memory | None) -> Iterator[None]:
    """Questions asked inside use `memory`; None: they ask."""
    token = _MEMORY.set(memory)
    try:
        yield
    finally:
        _MEMORY.reset(token)


def remembered(question: Question[Params, Answer]) -> Question[Params, Answer]:
    """`question`, asked once a memory for the same (hashable) arguments. Its answers must be frozen."""

    @wraps(question)
    def recalled(db: sqlite3.Connection, /, *args: Params.args, **kwargs: Params.kwargs) -> Answer:
        memory = _MEMORY.get()
        if memory is None:
            return question(db, *args, **kwargs)
        return memory.recall((question, args, *kwargs.items()), lambda: question(db, *args, **kwargs))

    return recalled
