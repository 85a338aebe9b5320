"""The steps of a build: how long each takes, and a bar for each on a terminal."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn


class Steps:
    """Times each step, and shows it where there is a terminal to show it on. No thread: the readers are forked from this process."""

    def __init__(self, console: Console | None):
        self.timings: dict[str, float] = {}
        columns = (TextColumn("{task.description:10}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[took]}"))
        hidden = console is None or not console.is_terminal
        self._progress = Progress(*columns, console=console, auto_refresh=False, disable=hidden)
        self._task: TaskID | None = None

    @contextmanager
    def shown(self) -> Iterator[None]:
        with self._progress:
            yield

    @contextmanager
    def __call__(self, name: str, total: int = 1) -> Iterator[None]:
        task = self._task = self._progress.add_task(name, total=total, took="")
        self._progress.refresh()
        start = time.perf_counter()
        yield
        self.timings[name] = self.timings.get(name, 0.0) + time.perf_counter() - start
        self._progress.update(task, completed=total, took=f"{self.timings[name]:.2f} s")
        self._progress.refresh()

    def advance(self) -> None:
        if self._task is not None:
            self._progress.advance(self._task)
            self._progress.refresh()
