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

from starlette.types import Receive, Scope, Send

from api.cache import Key
from api.headers import Fields, header
from api.service import Service
from baligraph.errors import LimitError, StoreError
from baligraph.store import Answer, Query

log = logging.getLogger(__name__)

_PATIENCE = 0.05
"""Seconds after which we begin to look whether the client is still there: most answers are there before."""

_MOST_OLD = 16 << 20
"""Bytes of an answer by HTTP/1.0, which has to be held whole."""


async def stream(scope: Scope, query: Query, types: Mapping[str, str], fields: Fields, key: Key | None, send: Send) -> None:
    """Answer by what the engine says. `types` gives the content type for media types of the engine; `key` is None for what is not kept.

    Raises StoreError as long as no byte has been sent.
    """
    service: Service = scope["service"]
    head = scope["method"] == "HEAD"
    began = time.perf_counter()
    async with await service.engine.ask(query) as answer:
        worked = time.perf_counter() - began - answer.queued
        whole = answer.whole
        if whole is None and scope["http_version"] == "1.0":
            whole = await _held(answer)
        timing = b"queue;dur=%.1f, eval;dur=%.1f" % (answer.queued * 1000, worked * 1000)
        content_type = types.get(answer.media_type, answer.media_type)  # the engine knows the query's form better than our glance at it
        fields = [*fields, (b"content-type", content_type.encode("latin-1")), (b"server-timing", timing)]
        if whole is not None:
            if key is not None:
                service.cache.put(key, content_type, whole)
            await send_whole(send, [*fields, (b"content-length", b"%d" % len(whole))], whole, head=head)
            return
        await send({"type": "http.response.start", "status": 200, "headers": fields})
        if head:
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


def digest(key: Key) -> str:
    """A name for an answer."""
    return hashlib.sha256(repr(key).encode(errors="surrogatepass")).hexdigest()[:20]


def etag(service: Service, name: str) -> str:
    """The tag of an answer that only another release changes, by its `digest`."""
    return f'"{service.release.id}-{name}"'


def cache_control(service: Service) -> str:
    """How long what only another release changes stays good."""
    seconds = service.settings.cache_seconds
    return f"public, max-age={seconds}" if seconds else "no-cache"


def caching(service: Service, tag: str) -> Fields:
    """How long such an answer stays good, and its tag."""
    return [(b"cache-control", cache_control(service).encode()), (b"etag", tag.encode("latin-1"))]


def unchanged(scope: Scope, tag: str) -> bool:
    """Whether the client has this answer already (RFC 9110, section 13.1.2: tags are compared weakly, and `*` is any)."""
    given = header(scope, b"if-none-match")
    return bool(given) and not {tag, "*"}.isdisjoint(part.strip().removeprefix("W/") for part in given.split(","))


async def send_unchanged(send: Send, fields: Fields) -> None:
    """304: the client has it."""
    await send({"type": "http.response.start", "status": 304, "headers": fields})
    await send({"type": "http.response.body", "body": b""})


async def send_whole(send: Send, fields: Fields, body: bytes, *, head: bool) -> None:
    """A finished answer, whose `fields` tell its length; `head` leaves its body out."""
    await send({"type": "http.response.start", "status": 200, "headers": fields})
    await send({"type": "http.response.body", "body": b"" if head else body})


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
