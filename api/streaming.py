"""From an engine to a client: an answer is whole or looks broken.

A limit that is reached before the first byte is a problem document; after it, the body is left unfinished, so that the server cuts the
connection and every client sees an error. Finished answers are kept, and sent again without asking the engine.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import time
from collections.abc import Coroutine, Mapping

from starlette.requests import Request
from starlette.types import Message, Receive, Send

from api.cache import Key
from api.service import Service
from baligraph.errors import LimitError, StoreError
from baligraph.store import Answer, Query

log = logging.getLogger(__name__)

_PATIENCE = 0.05
"""Seconds after which we begin to look whether the client is still there: most answers are there before."""

_MOST_OLD = 16 << 20
"""Bytes of an answer by HTTP/1.0, which has to be held whole."""


async def stream(
    request: Request, service: Service, query: Query, types: Mapping[str, str], headers: dict[str, str], key: Key | None, send: Send
) -> None:
    """Answer by what the engine says. `types` gives the content type for each media type of the engine; `key` is None for what is not kept.

    Raises StoreError as long as no byte has been sent.
    """
    began = time.perf_counter()
    async with await service.engine.ask(query) as answer:
        worked = time.perf_counter() - began - answer.queued
        whole = answer.whole
        if whole is None and request.scope["http_version"] == "1.0":
            whole = await _held(answer)
        timing = f"queue;dur={answer.queued * 1000:.1f}, eval;dur={worked * 1000:.1f}"
        content_type = types.get(answer.media_type, answer.media_type)  # the engine knows the query's form better than our glance at it
        fields = {**headers, "Content-Type": content_type, "Server-Timing": timing}
        if whole is not None:
            if key is not None:
                service.cache.put(key, content_type, whole)
            await send_whole(send, fields, whole, head=request.method == "HEAD")
            return
        await send(start(fields))
        if request.method == "HEAD":
            await send({"type": "http.response.body", "body": b""})
            return
        kept: bytearray | None = bytearray() if key is not None else None
        try:
            async for chunk in answer.chunks():
                if kept is not None:
                    kept += chunk
                    if len(kept) > service.cache.longest:
                        kept = None
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
        except StoreError as error:
            log.warning("an answer was cut: %s", error)
            return
        await send({"type": "http.response.body", "body": b""})
        if kept is not None and key is not None:
            service.cache.put(key, content_type, bytes(kept))


async def _held(answer: Answer) -> bytes:
    """HTTP/1.0 ends a body by closing, so a cut would pass for an end: such a client gets the whole or a problem document."""
    held = bytearray()
    async for chunk in answer.chunks():
        held += chunk
        if len(held) > _MOST_OLD:
            raise LimitError("result size", f"by HTTP/1.0 an answer may have {_MOST_OLD} bytes; ask by HTTP/1.1")
    return bytes(held)


def caching(service: Service, key: Key) -> dict[str, str]:
    """For an answer that only another release changes: how long it stays good, and its tag."""
    seconds = service.settings.cache_seconds
    control = f"public, max-age={seconds}" if seconds else "no-cache"
    return {"Cache-Control": control, "ETag": f'"{service.release.id}-{digest(key)}"'}


def digest(key: Key) -> str:
    """A name for an answer."""
    return hashlib.sha256(repr(key).encode(errors="surrogatepass")).hexdigest()[:20]


async def send_whole(send: Send, headers: Mapping[str, str], body: bytes, *, head: bool) -> None:
    """A finished answer; `head` leaves its body out, and says how long it would be."""
    await send(start({**headers, "Content-Length": str(len(body))}))
    await send({"type": "http.response.body", "body": b"" if head else body})


async def send_unchanged(send: Send, headers: Mapping[str, str]) -> None:
    """304: the client has it."""
    await send(start(headers, 304))
    await send({"type": "http.response.body", "body": b""})


def start(headers: Mapping[str, str], status: int = 200) -> Message:
    """The start of an answer."""
    raw = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    return {"type": "http.response.start", "status": status, "headers": raw}


def unchanged(request: Request, tag: str | None) -> bool:
    """Whether the client has this answer already (RFC 9110, section 13.1.2: tags are compared weakly, and `*` is any)."""
    given = request.headers.get("if-none-match")
    return bool(tag and given) and not {tag, "*"}.isdisjoint(part.strip().removeprefix("W/") for part in (given or "").split(","))


async def while_connected(work: Coroutine[None, None, None], receive: Receive) -> None:
    """Do the work, but end it when the client goes away."""
    task = asyncio.current_task()
    loop = asyncio.get_running_loop()
    left = False
    watcher: asyncio.Task[None] | None = None

    async def watch() -> None:
        nonlocal left
        while (await receive())["type"] != "http.disconnect":
            pass
        left = True
        if task is not None:
            task.cancel()

    def look() -> None:
        nonlocal watcher
        watcher = loop.create_task(watch())

    timer = loop.call_later(_PATIENCE, look)
    try:
        await work
    except asyncio.CancelledError:
        if not left:
            raise
        if task is not None:
            task.uncancel()
    finally:
        timer.cancel()
        if watcher is not None:
            watcher.cancel()
