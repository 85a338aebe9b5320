"""The embedded engine, gateway side: a pool of workers in processes of their own. Nothing here parses or evaluates a query.

A query that passes its time, whose reader has gone or whose answer is too long is ended by ending its process, and another worker takes
its place. Nothing is tried twice: a query that ended one worker would end the next.
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Coroutine
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from baligraph.errors import BusyError, EngineError
from baligraph.settings import Settings
from baligraph.store import Answer, Query, Status
from baligraph.store.answer import EmbeddedAnswer, cause
from baligraph.store.process import Loader, Worker
from baligraph.store.turns import within
from baligraph.store.worker import STACK

T = TypeVar("T")


class EmbeddedEngine:
    """Serves one dataset file (the `graph.nq.gz` of a release, or any RDF file) from memory, or from disk if `folder` is given."""

    def __init__(self, path: Path, settings: Settings, folder: Path | None = None, stack: int = STACK) -> None:
        self._path = path
        self._folder = folder
        self._settings = settings
        self._stack = stack
        self._loader: Loader | None = None
        self._idle: list[Worker] = []  # the last that worked is the next to work: its pages are copied already
        self._line: deque[asyncio.Future[Worker]] = deque()
        self._workers: set[Worker] = set()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._ended: Counter[str] = Counter()

    async def start(self) -> None:
        """Load the file and fork the workers. Raises EngineError if it can't be loaded."""
        self._loader = await Loader.start(self._path, self._settings.query_memory << 20, self._stack, self._folder)
        for _ in range(self._settings.workers):
            await self._add(self._loader)

    async def close(self) -> None:
        """End the workers and the loader."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._stop()

    @property
    def pids(self) -> list[int]:
        """The processes of the workers."""
        return sorted(worker.pid for worker in self._workers)

    @property
    def ended(self) -> int:
        """How many workers were ended and replaced so far."""
        return self._ended.total()

    def status(self) -> Status:
        """See `Engine.status`."""
        return Status(len(self._workers), len(self._idle), len(self._line), dict(self._ended))

    async def ask(self, query: Query) -> Answer:
        """See `Engine.ask`."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        answer = EmbeddedAnswer(self, await self._lease(), query, self._settings)
        answer.queued = answer.began - began
        try:
            await answer.begin()
        except BaseException:
            await answer.close()
            raise
        return answer

    def give_back(self, worker: Worker) -> None:
        """The worker has finished its answer and is ready for the next."""
        if worker not in self._workers:  # the loader was started anew meanwhile
            return
        if worker.channel.lost:
            self.end(worker)
            return
        while self._line:
            waiting = self._line.popleft()
            if not waiting.done():
                waiting.set_result(worker)
                return
        self._idle.append(worker)

    def end(self, worker: Worker, reason: str = "") -> asyncio.Task[tuple[str, str]]:
        """See `Pool.end`; goes on whoever waits."""
        return self._background(self._replace(worker, reason))

    def _background(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """A task that lives until it ends or the engine closes."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _lease(self) -> Worker:
        if self._idle:
            return self._idle.pop()
        if len(self._line) >= self._settings.queue:
            raise BusyError(f"{len(self._line)} queries wait already; ask again in a moment")
        waiting: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._line.append(waiting)
        try:
            return await within(self._settings.queue_timeout, waiting)
        except BaseException as error:
            if waiting.done() and not waiting.cancelled() and waiting.exception() is None:  # it came in the same moment
                self.give_back(waiting.result())
            elif waiting in self._line:
                self._line.remove(waiting)
            if isinstance(error, TimeoutError):
                raise BusyError(f"no worker was free within {self._settings.queue_timeout:g} s; ask again in a moment") from None
            raise

    async def _replace(self, worker: Worker, reason: str) -> tuple[str, str]:
        self._workers.discard(worker)
        worker.channel.close()
        loader, status = self._loader, 0
        try:
            if loader is not None:
                status = await loader.end(worker.pid)
                await self._add(loader)
        except EngineError:
            if self._loader is loader and loader is not None:
                self._loader = None
                self._background(self._restart(loader))
        words = worker.last_words()
        worker.close()
        reason = reason or cause(status, words)
        self._ended[reason] += 1
        return reason, words

    async def _restart(self, loader: Loader) -> None:
        """The loader itself is gone: begin anew, until that succeeds."""
        await loader.close()
        await self._stop()
        while True:
            try:
                return await self.start()
            except EngineError:
                await self._stop()
                await asyncio.sleep(1)

    async def _add(self, loader: Loader) -> None:
        worker = await loader.fork()
        self._workers.add(worker)
        worker.channel.on_lost = partial(self._lost, worker)
        self.give_back(worker)

    def _lost(self, worker: Worker) -> None:
        """A worker that nobody ended has gone. If it had a query, whoever reads the answer sees it and acts."""
        if worker in self._idle:
            self._idle.remove(worker)
            self.end(worker)

    async def _stop(self) -> None:
        workers, self._workers = self._workers, set()
        self._idle.clear()
        for worker in workers:
            worker.close()
        loader, self._loader = self._loader, None
        if loader is not None:
            await loader.close()
