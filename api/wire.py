"""uvicorn's own protocol, with two shortcuts: known requests are answered at once, and an answer leaves in one piece."""

from __future__ import annotations

import asyncio
import time
from typing import Any, Final, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from api.current import Current
from api.headers import rendered
from api.record import record

_MOST: Final = 1 << 16
"""Bytes that are gathered at most."""


class Gathered:
    """A transport that sends what one step of the loop writes in one piece: uvloop would send the head of an answer before its body, and
    each would wake the client."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._parts: list[bytes] = []
        self._size = 0
        self.is_closing = transport.is_closing

    def write(self, part: bytes) -> None:
        """As that of the transport, a moment later."""
        if not self._parts:
            self._loop.call_soon(self._flush)
        self._parts.append(part)
        self._size += len(part)
        if self._size > _MOST:
            self._flush()

    def close(self) -> None:
        """As that of the transport."""
        self._flush()
        self._transport.close()

    def _flush(self) -> None:
        if self._parts:
            parts, self._parts, self._size = self._parts, [], 0
            self._transport.write(b"".join(parts))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


class _Answered:
    """Stands for the answer to a request that needed no task."""

    response_complete = True

    def __init__(self) -> None:
        self.message_event = asyncio.Event()


class Wire(HttpToolsProtocol):
    """See above. `current` has the service that answers."""

    def __init__(self, current: Current, **given: Any) -> None:
        super().__init__(**given)
        self._current = current
        self._answered = cast(RequestResponseCycle, _Answered())

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Called by the event loop."""
        super().connection_made(cast(asyncio.Transport, Gathered(transport, self.loop)))

    def on_headers_complete(self) -> None:
        """Called by the parser."""
        if not self._at_once():
            self._unset_keepalive_if_required()  # of an answer at once, before this request came on its heels
            super().on_headers_complete()

    def _at_once(self) -> bool:
        parser, before = self.parser, self.cycle
        if not (before is None or before.response_complete) or parser.get_method() != b"GET" or self.flow.write_paused:
            return False
        began = time.perf_counter()
        service = self._current.service
        reply = service.known.reply(self.url, self.headers, service.cache)
        if reply is None or parser.get_http_version() != "1.1" or not parser.should_keep_alive() or parser.should_upgrade():
            return False
        self.transport.write(b"".join((reply.line, rendered(self.server_state.default_headers), reply.head, reply.body)))
        self.cycle = self._answered
        self.on_response_complete()
        path = self.url.partition(b"?")[0].decode("ascii")
        record(service, "GET", path, "/sparql", reply.status, len(reply.body), time.perf_counter() - began, reply.asked.log)
        return True
