"""Servers that do nothing, to compare with: python -m bench.bare {asyncio|asgi} PORT

`asyncio` answers any request with fixed bytes: what the client gets from it is the least that the client itself is able to. `asgi` answers
304 in the server that ours runs in: what ours falls short of it, ours costs.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import uvicorn

BODY = b'{"head":{"vars":["p","o"]},"results":{"bindings":[' + b" " * 1500 + b"]}}"
ETAG = b'"bare"'
_ANSWER = b"HTTP/1.1 200 OK\r\ncontent-type: application/sparql-results+json\r\ncontent-length: %d\r\n\r\n%s" % (len(BODY), BODY)


class _Fixed(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        if data.endswith(b"\r\n\r\n"):
            self.transport.write(_ANSWER)


async def _fixed(port: int) -> None:
    server = await asyncio.get_running_loop().create_server(_Fixed, "127.0.0.1", port)
    await server.serve_forever()


async def not_modified(scope: dict[str, Any], _: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]) -> None:
    """The least ASGI application that knows `If-None-Match`."""
    assert scope["type"] == "http"
    known = any(name == b"if-none-match" and ETAG in value for name, value in scope["headers"])
    body = b"" if known else BODY
    headers = [(b"etag", ETAG)] if known else [(b"etag", ETAG), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": 304 if known else 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def main(kind: str, port: int) -> None:
    """Serve until ended."""
    if kind == "asyncio":
        asyncio.run(_fixed(port))
    else:
        # as ours is run
        uvicorn.run(not_modified, port=port, log_level="warning", access_log=False, server_header=False, lifespan="off")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
