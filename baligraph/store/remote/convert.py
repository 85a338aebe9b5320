"""One form of results into another while they come: the parsers and serialisers of the engine, in a thread, between two streams."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, BinaryIO, TypeVar, cast

import pyoxigraph as ox

from baligraph.errors import EngineError
from baligraph.store import frames

T = TypeVar("T")
Emit = Callable[[bytes], Awaitable[None]]
Work = Callable[[BinaryIO, BinaryIO], None]


def solutions(given: str, wanted: str) -> Work:
    """The rows of a SELECT, from one media type to another."""
    source, target = _results(given), _results(wanted)

    def work(read: BinaryIO, write: BinaryIO) -> None:
        _rows(read, source).serialize(write, format=target)

    return work


def triples(given: str, wanted: str) -> Work:
    """Triples, from one media type to another."""
    source, target = _rdf(given), _rdf(wanted)

    def work(read: BinaryIO, write: BinaryIO) -> None:
        ox.serialize(ox.parse(read, format=source), write, format=target)

    return work


def quads(given: str, wanted: str) -> Work:
    """The rows of a SELECT of ?s, ?p, ?o and perhaps ?g as quads."""
    source, target = _results(given), _rdf(wanted)

    def work(read: BinaryIO, write: BinaryIO) -> None:
        rows = _rows(read, source)
        found = (ox.Quad(row["s"], row["p"], row["o"], row["g"] or ox.DefaultGraph()) for row in rows)
        ox.serialize(found, write, format=target)

    return work


def _rows(read: BinaryIO, kind: ox.QueryResultsFormat) -> ox.QuerySolutions:
    found = ox.parse_query_results(read, format=kind)
    if not isinstance(found, ox.QuerySolutions):
        raise SyntaxError("a truth value where rows are expected")
    return found


def _results(media_type: str) -> ox.QueryResultsFormat:
    found = ox.QueryResultsFormat.from_media_type(media_type)
    if found is None:
        raise EngineError(f"{media_type} is no form of SPARQL results")
    return found


def _rdf(media_type: str) -> ox.RdfFormat:
    found = ox.RdfFormat.from_media_type(media_type)
    if found is None:
        raise EngineError(f"{media_type} is no form of RDF")
    return found


async def convert(work: Work, body: AsyncIterator[bytes], emit: Emit, threads: ThreadPoolExecutor) -> None:
    """Run `work` from `body` to `emit`. Memory holds a chunk of either. Raises what `body` and `emit` raise, and EngineError."""
    loop = asyncio.get_running_loop()
    bridge = _Bridge(loop, body, emit)
    try:
        await loop.run_in_executor(threads, bridge.run, work)
    finally:
        bridge.end()


class _Bridge:
    """The file that the thread reads and the file that it writes; each call waits for the event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop, body: AsyncIterator[bytes], emit: Emit) -> None:
        self._loop = loop
        self._body = body
        self._emit = emit
        self._left = b""
        self._written = bytearray()
        self._failure: BaseException | None = None
        self._ended = False
        self._task: asyncio.Task[Any] | None = None

    def run(self, work: Work) -> None:
        """In the thread."""
        files = cast(BinaryIO, self)
        try:
            work(files, files)
            self._flush()
        except Exception as error:
            if self._failure is not None:
                raise self._failure from None
            if isinstance(error, (SyntaxError, ValueError, TypeError)):
                raise EngineError("the answer of the store behind this service breaks off or can't be read") from None
            raise

    def end(self) -> None:
        """In the event loop: nobody waits any more."""
        self._ended = True
        if self._task is not None:
            self._task.cancel()

    def read(self, size: int = -1) -> bytes:
        """Called by the parser."""
        if not self._left:
            self._left = self._wait(self._next())
        size = len(self._left) if size < 0 else size
        part, self._left = self._left[:size], self._left[size:]
        return part

    def write(self, part: bytes) -> int:
        """Called by the serialiser."""
        self._written += part
        if len(self._written) >= frames.SIZE:
            self._flush()
        return len(part)

    def flush(self) -> None:
        """Nothing: whole chunks leave by themselves."""

    def _flush(self) -> None:
        part, self._written = bytes(self._written), bytearray()
        self._wait(self._send(part))

    async def _next(self) -> bytes:
        return await anext(self._body, b"")

    async def _send(self, part: bytes) -> None:
        await self._emit(part)

    def _wait(self, work: Coroutine[Any, Any, T]) -> T:
        try:
            return asyncio.run_coroutine_threadsafe(self._kept(work), self._loop).result()
        except BaseException as error:
            self._failure = self._failure or error
            raise

    async def _kept(self, work: Coroutine[Any, Any, T]) -> T:
        """Ended with the rest, even if it comes after the end."""
        if self._ended:
            work.close()
            raise EngineError("nobody waits for the answer any more")
        self._task = asyncio.current_task()
        return await work
