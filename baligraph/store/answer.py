"""One answer of the embedded engine: the frames of one worker, and the end of that worker where a limit is passed."""

from __future__ import annotations

import asyncio
import json
import marshal
import signal
from collections.abc import AsyncIterator
from typing import Any, Protocol

from baligraph.errors import EngineError, LimitError, QueryError, StoreError, UnknownGraphError
from baligraph.settings import Settings
from baligraph.store import Answer, Query, frames
from baligraph.store.process import Worker

_PATIENCE = 0.25
"""Seconds of a processor after which a query steps back behind all shorter ones. Waiting, for its turn or its reader, is not its fault."""
_LOOK = 0.05
"""Seconds between two looks at what it has used, at least."""


class Pool(Protocol):
    """What an answer needs of the engine."""

    def give_back(self, worker: Worker) -> None:
        """The worker has finished its answer and is ready for the next."""
        ...

    def end(self, worker: Worker, reason: str = "") -> asyncio.Task[tuple[str, str]]:
        """End a worker and put another in its place. The result is the reason (what was found, if none is given) and its last words."""
        ...


class EmbeddedAnswer(Answer):
    """See `Answer`. Its time begins when it is made."""

    def __init__(self, pool: Pool, worker: Worker, query: Query, settings: Settings) -> None:
        super().__init__()
        self._pool = pool
        self._worker = worker
        self._query = query
        self._base = f"{settings.base_iri}sparql"
        self._limit = query.timeout or settings.query_timeout
        self._size: float = settings.max_result_bytes
        if query.unlimited:
            self._size = float("inf")
        else:
            self._limit = min(self._limit, settings.query_timeout)
        self._first = b""
        self._expired = False
        self._slow = False
        self._finished = False
        self._ending: asyncio.Task[tuple[str, str]] | None = None
        loop = asyncio.get_running_loop()
        self.began = loop.time()
        self._used_before = worker.used()
        # Not a timeout around the reads: a client that reads slowly must not hold the worker either
        self._timer = loop.call_later(min(self._limit, _PATIENCE), self._ring)

    async def begin(self) -> None:
        """Send the query and wait for the first bytes. Raises StoreError."""
        query = self._query
        request = {
            "text": query.text,
            "dump": query.dump,
            "form_only": query.form_only,
            "solutions": query.solutions,
            "triples": query.triples,
            "default_graphs": query.default_graphs,
            "named_graphs": query.named_graphs,
            "base_iri": self._base,
        }
        self._worker.channel.send(frames.REQUEST, marshal.dumps(request))
        self.media_type = (await self._frame())[1].decode()
        kind, self._first = await self._frame()
        if kind == frames.LAST:
            self.whole = self._first

    async def chunks(self) -> AsyncIterator[bytes]:
        """See `Answer.chunks`."""
        sent = len(self._first)
        yield self._first
        while not self._finished:
            _, chunk = await self._frame()
            sent += len(chunk)
            if sent > self._size:
                self._end("result size")
                raise LimitError("result size", f"the answer has more than {self._size} bytes")
            yield chunk

    async def close(self) -> None:
        """See `Answer.close`."""
        self._stop_clock()
        if not self._finished:
            await asyncio.shield(self._end("client"))

    async def _frame(self) -> tuple[bytes, bytes]:
        try:
            kind, payload = await self._worker.channel.frame()
        except ConnectionResetError:
            raise await self._death() from None
        if kind in {frames.LAST, frames.ERROR}:
            self._finished = True
            self._stop_clock()
            if self._slow:
                self._end("slow")  # a process that stepped back has no right to step forward again
            elif self._ending is None:
                self._pool.give_back(self._worker)
        if kind == frames.ERROR:
            raise _refusal(json.loads(payload))
        return kind, payload

    def _stop_clock(self) -> None:
        self._timer.cancel()
        self.worked = self.worked or asyncio.get_running_loop().time() - self.began

    def _ring(self) -> None:
        loop = asyncio.get_running_loop()
        left = self._limit - (loop.time() - self.began)
        if left <= 0:
            self._expired = True
            self._end("time")
            return
        patience = _PATIENCE - (self._worker.used() - self._used_before)
        if patience <= 0 and not self._slow:
            self._slow = True
            self._worker.step_back()
        self._timer = loop.call_later(left if self._slow else min(left, max(patience, _LOOK)), self._ring)

    def _end(self, reason: str = "") -> asyncio.Task[tuple[str, str]]:
        if self._ending is None:
            self._ending = self._pool.end(self._worker, reason)
        return self._ending

    async def _death(self) -> StoreError:
        if self._expired:
            return LimitError("time", f"the query took longer than {self._limit:g} s and was ended")
        reason, words = await asyncio.shield(self._end())
        match reason:
            case "panic":
                return StoreError(f"the engine failed on this query ({_panic(words)})")
            case "memory":
                return LimitError("memory", "the query needed more memory than it may have and was ended")
            case "nesting":
                return LimitError("nesting", "the query is nested too deeply, or needed more memory than it may have, and was ended")
            case _:
                return EngineError("the process that evaluated the query ended; ask again")


def cause(status: int, words: str) -> str:
    """Why a worker ended that we did not end: by its exit status (negative: the signal) and its last words."""
    if "panicked" in words:
        return "panic"
    return {-signal.SIGABRT: "memory", -signal.SIGSEGV: "nesting"}.get(status, "died")


def _panic(words: str) -> str:
    if "total order" in words:
        return "it can't sort values of such different kinds; ORDER BY STR(…) of them works"
    return next((line for line in words.splitlines()[1:] if line), "panic")[:200]


def _refusal(body: dict[str, Any]) -> StoreError:
    match body["kind"]:
        case "memory":
            return LimitError("memory", body["message"])
        case "graph":
            return UnknownGraphError(body["message"])
        case _:
            return QueryError(body["message"], body["line"], body["column"])
