"""One answer of a remote store: asked for, read, mended, converted, counted, and ended with its connection where a limit is passed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import httpx
import pyoxigraph as ox

from baligraph.errors import EngineError, LimitError, StoreError
from baligraph.settings import Settings
from baligraph.store import Answer, Query, frames
from baligraph.store.remote.body import JSON, Mend, checked, refuse_half
from baligraph.store.remote.convert import Work, convert
from baligraph.store.remote.http import LONGEST_REASON, misfit, refusal, unreachable

log = logging.getLogger("api.store")

_MOST = 4
"""Chunks that may wait to be read; then the store has to wait, so that no reader's slowness fills the memory."""
_LONGEST_TRUTH = 10_000
_TRUTH_XML = '<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head></head><boolean>{}</boolean></sparql>'
_TRUTH_JSON = '{{"head":{{}},"boolean":{}}}'


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked of the store and what becomes of it: the parameters, the form asked for with what has to be mended in it, the form of
    our answer, and how the one becomes the other (None: as it is; `truth`: the whole is read, and written anew)."""

    fields: tuple[tuple[str, str], ...]
    asked: str
    mends: tuple[Mend, ...]
    media_type: str
    work: Work | None = None
    truth: bool = False


@dataclass(frozen=True, slots=True)
class Store:
    """What an answer needs of the engine. `confirm` raises EngineError unless the release that is served still stands in the store;
    `over` is called once, when the store has no more to do with the query: with the reason, if it was ended."""

    address: str
    client: httpx.AsyncClient
    threads: ThreadPoolExecutor
    confirm: Callable[[], Awaitable[None]]
    over: Callable[[str], None]


class RemoteAnswer(Answer):
    """See `Answer`. Its time begins when it is made."""

    def __init__(self, store: Store, plan: Plan, query: Query, settings: Settings) -> None:
        super().__init__()
        self._store = store
        self._plan = plan
        self._limit = query.timeout or settings.query_timeout
        self._size: float = settings.max_result_bytes
        if query.unlimited:
            self._size = float("inf")
        else:
            self._limit = min(self._limit, settings.query_timeout)
        self.media_type = plan.media_type
        self._chunks: asyncio.Queue[tuple[bool, bytes]] = asyncio.Queue(_MOST)
        self._waiting = bytearray()
        self._sent = 0
        self._first = b""
        self._expired = False
        self._reason = ""
        self._error: StoreError | None = None
        loop = asyncio.get_running_loop()
        self.began = loop.time()
        self._task = loop.create_task(self._run())
        self._task.add_done_callback(self._done)
        # Not a timeout around the reads: a client that reads slowly must not hold the store either
        self._timer = loop.call_later(self._limit, self._expire)

    async def begin(self) -> None:
        """Wait for the first bytes. Raises StoreError."""
        last, self._first = await self._next()
        if last:
            self.whole = self._first

    async def chunks(self) -> AsyncIterator[bytes]:
        """See `Answer.chunks`."""
        yield self._first
        last = self.whole is not None
        while not last:
            last, chunk = await self._next()
            if chunk:
                yield chunk

    async def close(self) -> None:
        """See `Answer.close`."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    # --- read by the client ----------------------------------------------------------------------------------------------------------

    async def _next(self) -> tuple[bool, bytes]:
        """The next chunk, and whether it is the last."""
        found = await self._chunks.get()
        if self._error is not None:
            raise self._error
        return found

    # --- read of the store -----------------------------------------------------------------------------------------------------------

    async def _run(self) -> None:
        try:
            await self._answer()
        except asyncio.CancelledError:
            if not self._expired:
                self._fail("client", EngineError("the query was ended, since nobody waited for its answer"))
                raise
            self._fail("time", LimitError("time", f"the query took longer than {self._limit:g} s and was ended"))
        except LimitError as error:
            self._fail(error.limit, error)
        except StoreError as error:
            self._fail("store", error)
        except httpx.TransportError as error:
            self._fail("store", unreachable(error))

    def _fail(self, reason: str, error: StoreError) -> None:
        """Nothing that still waits to be read is worth it."""
        self._reason, self._error = reason, error
        while not self._chunks.empty():
            self._chunks.get_nowait()
        self._chunks.put_nowait((True, b""))

    def _done(self, _: object) -> None:
        self._timer.cancel()
        self.worked = asyncio.get_running_loop().time() - self.began
        self._store.over(self._reason)

    async def _answer(self) -> None:
        plan, store = self._plan, self._store
        data: dict[str, list[str]] = {}
        for name, value in plan.fields:
            data.setdefault(name, []).append(value)
        async with store.client.stream("POST", store.address, data=data, headers={"Accept": plan.asked}) as response:
            await _refuse(response)
            refuse_half(response)
            given = response.headers.get("content-type", "").partition(";")[0].strip().lower()
            if given != plan.asked:
                raise EngineError(f"the store behind this service answers in {given or 'a form without a name'}, not in {plan.asked}")
            body = checked(response, plan.asked, plan.mends)
            if plan.truth:
                await self._emit(await _truth(body, plan))
            elif plan.work is not None:
                await convert(plan.work, body, self._emit, store.threads)
            else:
                async for chunk in body:
                    await self._emit(chunk)
        await store.confirm()
        await self._chunks.put((True, bytes(self._waiting)))

    async def _emit(self, chunk: bytes) -> None:
        self._sent += len(chunk)
        if self._sent > self._size:
            raise LimitError("result size", f"the answer has more than {self._size} bytes")
        self._waiting += chunk
        while len(self._waiting) > frames.SIZE:  # the last bytes wait until the whole is confirmed
            part = bytes(self._waiting[: frames.SIZE])
            del self._waiting[: frames.SIZE]
            await self._chunks.put((False, part))

    def _expire(self) -> None:
        self._expired = True
        self._task.cancel()


async def _refuse(response: httpx.Response) -> None:
    """Raises StoreError unless the store has an answer. What is wrong with our settings is for the log, not for clients."""
    if response.status_code == 200:
        return
    wrong = misfit(response.status_code)
    if wrong is not None:
        log.error("%s", wrong)
        raise EngineError("the store behind this service does not let it ask; whoever runs it finds the reason in the log")
    said = b""
    async for part in response.aiter_raw():
        said += part
        if len(said) > 4 * LONGEST_REASON:
            break
    raise refusal(response.status_code, said)


async def _truth(body: AsyncIterator[bytes], plan: Plan) -> bytes:
    """The answer to ASK; Virtuoso gives it as a row."""
    whole = b""
    async for part in body:
        whole += part
        if len(whole) > _LONGEST_TRUTH:
            raise EngineError("the store behind this service answers an ASK with rows")
    try:
        found = ox.parse_query_results(whole, format=ox.QueryResultsFormat.from_media_type(plan.asked))
        if isinstance(found, ox.QueryBoolean):
            truth = bool(found)
        else:
            cells = [term for row in found for term in row]
            truth = bool(cells) and isinstance(cells[0], ox.Literal) and cells[0].value in {"1", "true"}
    except (SyntaxError, ValueError):
        raise EngineError("the answer of the store behind this service breaks off or can't be read") from None
    form = _TRUTH_JSON if plan.media_type == JSON else _TRUTH_XML
    return form.format(str(truth).lower()).encode()
