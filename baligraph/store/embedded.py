"""The embedded engine, gateway side: a pool of workers in processes of their own. Nothing here parses or evaluates a query.

A query that passes its time, whose reader has gone or whose answer is too long is ended by ending its process, and another worker takes
its place. Nothing is tried twice: a query that ended one worker would end the next.
"""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import AsyncIterator, Coroutine
from pathlib import Path
from typing import Any, TypeVar

from baligraph.errors import BusyError, EngineError, LimitError, QueryError, StoreError
from baligraph.settings import Settings
from baligraph.store import Answer, Query, frames
from baligraph.store.process import Loader, Worker

T = TypeVar("T")


class EmbeddedEngine:
    """Serves one dataset file (the `graph.nq.gz` of a release, or any RDF file) from memory."""

    def __init__(self, path: Path, settings: Settings) -> None:
        self._path = path
        self._settings = settings
        self._loader: Loader | None = None
        self._idle: asyncio.Queue[Worker] = asyncio.Queue()
        self._workers: set[Worker] = set()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._waiting = 0
        self.ended = 0
        """How many workers were ended and replaced so far."""

    async def start(self) -> None:
        """Load the file and fork the workers. Raises EngineError if it can't be loaded."""
        self._loader = await Loader.start(self._path, self._settings.query_memory << 20)
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

    async def ask(self, query: Query) -> Answer:
        """See `Engine.ask`."""
        limit = min(self._settings.query_timeout, query.timeout or self._settings.query_timeout)
        answer = _EmbeddedAnswer(self, await self._lease(), limit, self._settings.max_result_bytes)
        try:
            await answer.begin(query)
        except BaseException:
            await answer.close()
            raise
        return answer

    def give_back(self, worker: Worker) -> None:
        """The worker has finished its answer and is ready for the next."""
        if worker in self._workers:  # else the loader was started anew meanwhile
            self._idle.put_nowait(worker)

    def end(self, worker: Worker) -> asyncio.Task[tuple[int, str]]:
        """End a worker and put another in its place; goes on whoever waits. The result is how it ended (negative: by that signal) and
        what it said."""
        return self.background(self._replace(worker))

    def background(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """A task that lives until it ends or the engine closes."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _lease(self) -> Worker:
        while True:
            worker = await self._next_idle()
            if worker in self._workers and not worker.reader.at_eof():
                return worker
            if worker in self._workers:  # ended while idle, by somebody outside
                self.end(worker)

    async def _next_idle(self) -> Worker:
        if not self._idle.empty():
            return self._idle.get_nowait()
        if self._waiting >= self._settings.queue:
            raise BusyError(f"{self._waiting} queries wait already; ask again in a moment")
        self._waiting += 1
        try:
            async with asyncio.timeout(self._settings.queue_timeout):
                return await self._idle.get()
        except TimeoutError:
            raise BusyError(f"no worker was free within {self._settings.queue_timeout:g} s; ask again in a moment") from None
        finally:
            self._waiting -= 1

    async def _replace(self, worker: Worker) -> tuple[int, str]:
        self._workers.discard(worker)
        worker.writer.close()
        self.ended += 1
        loader, status = self._loader, 0
        try:
            if loader is not None:
                status = await loader.end(worker.pid)
                await self._add(loader)
        except EngineError:
            if self._loader is loader and loader is not None:
                self._loader = None
                self.background(self._restart(loader))
        words = worker.last_words()
        worker.close()
        return status, words

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
        self._idle.put_nowait(worker)

    async def _stop(self) -> None:
        for worker in self._workers:
            worker.close()
        self._workers.clear()
        loader, self._loader = self._loader, None
        if loader is not None:
            await loader.close()


class _EmbeddedAnswer(Answer):
    def __init__(self, engine: EmbeddedEngine, worker: Worker, limit: float, size: int) -> None:
        super().__init__()
        self._engine = engine
        self._worker = worker
        self._limit = limit
        self._size = size
        self._first = b""
        self._expired = False
        self._finished = False
        self._ending: asyncio.Task[tuple[int, str]] | None = None
        # Not a timeout around the reads: a client that reads slowly must not hold the worker either
        self._timer = asyncio.get_running_loop().call_later(limit, self._expire)

    async def begin(self, query: Query) -> None:
        request = {
            "text": query.text,
            "solutions": query.solutions,
            "triples": query.triples,
            "default_graphs": query.default_graphs,
            "named_graphs": query.named_graphs,
        }
        try:
            self._worker.writer.write(frames.pack(frames.REQUEST, json.dumps(request).encode()))
            await self._worker.writer.drain()
        except ConnectionError:
            raise await self._death() from None
        self.media_type = (await self._frame())[1].decode()
        kind, self._first = await self._frame()
        if kind == frames.LAST:
            self.whole = self._first

    async def chunks(self) -> AsyncIterator[bytes]:
        sent = len(self._first)
        yield self._first
        while not self._finished:
            _, chunk = await self._frame()
            sent += len(chunk)
            if sent > self._size:
                raise LimitError("result size", f"the answer has more than {self._size} bytes")
            yield chunk

    async def close(self) -> None:
        self._timer.cancel()
        if not self._finished:
            await asyncio.shield(self._end())

    async def _frame(self) -> tuple[bytes, bytes]:
        try:
            kind, payload = await frames.read(self._worker.reader)
        except (asyncio.IncompleteReadError, ConnectionError):
            raise await self._death() from None
        if kind in {frames.LAST, frames.ERROR}:
            self._finished = True
            self._timer.cancel()
            if self._ending is None:
                self._engine.give_back(self._worker)
        if kind == frames.ERROR:
            raise _refusal(json.loads(payload))
        return kind, payload

    def _expire(self) -> None:
        self._expired = True
        self._end()

    def _end(self) -> asyncio.Task[tuple[int, str]]:
        if self._ending is None:
            self._ending = self._engine.end(self._worker)
        return self._ending

    async def _death(self) -> StoreError:
        if self._expired:
            return LimitError("time", f"the query took longer than {self._limit:g} s and was ended")
        status, words = await asyncio.shield(self._end())
        if "panicked" in words:
            return StoreError(f"the engine failed on this query ({_panic(words)})")
        if status == -signal.SIGABRT:
            return LimitError("memory", "the query needed more memory than it may have and was ended")
        if status == -signal.SIGSEGV:
            return LimitError("nesting", "the query is nested too deeply, or needed more memory than it may have, and was ended")
        return EngineError(f"the process that evaluated the query ended (status {status}); ask again")


def _panic(words: str) -> str:
    if "total order" in words:
        return "it can't sort values of such different kinds; ORDER BY STR(…) of them works"
    return next((line for line in words.splitlines()[1:] if line), "panic")[:200]


def _refusal(body: dict[str, Any]) -> StoreError:
    if body["kind"] == "memory":
        return LimitError("memory", body["message"])
    return QueryError(body["message"], body["line"], body["column"])
