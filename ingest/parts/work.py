"""The same task for many items, in this process or in forked ones."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Any, Final, TypeVar

from baligraph.confined import die_with
from baligraph.errors import BaligraphError

Item = TypeVar("Item")
Result = TypeVar("Result")
_AHEAD: Final = 3  # tasks per process that are given out before their results are taken: bounds what waits in memory


class WorkError(BaligraphError, RuntimeError):
    """A process was ended from outside while it worked, most often for want of memory."""


def cores() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0))


def pool(processes: int) -> ProcessPoolExecutor:
    """Forked processes, which inherit what this one holds and end with it even where it is killed."""
    return ProcessPoolExecutor(processes, mp_context=get_context("fork"), initializer=die_with, initargs=(os.getpid(),))


class _Inherited:
    task: Callable[[Any], Any]


def _run(item: Any) -> Any:
    return _Inherited.task(item)


def mapped(task: Callable[[Item], Result], items: Iterable[Item], processes: int) -> Iterator[Result]:
    """The results in the order of the items. `task` may hold whatever it likes: it is inherited, not sent.

    Raises WorkError if a process is ended, and whatever the task raises.
    """
    todo = list(items)
    if processes < 2 or len(todo) < 2:
        yield from map(task, todo)
        return
    _Inherited.task = task
    waiting: deque[Future[Any]] = deque()
    with pool(min(processes, len(todo))) as workers:
        try:
            for item in todo:
                waiting.append(workers.submit(_run, item))
                if len(waiting) >= processes * _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as error:
            raise WorkError("a process of the build was ended; is there enough memory? Build again with fewer --jobs") from error
