"""The gateway's end of a worker's socket: whole frames out of the event loop, with as little between as can be."""

from __future__ import annotations

import asyncio
import socket
from collections import deque
from collections.abc import Callable
from typing import cast

from baligraph.store import frames

_MOST = 4
"""Frames that may wait to be read; then the worker has to wait, so that no reader's slowness fills the memory."""


class Channel(asyncio.Protocol):
    """Frames to and from one worker. `on_lost` is called when the other side has gone, or we have closed."""

    def __init__(self) -> None:
        self.lost = False
        self.on_lost: Callable[[], None] | None = None
        self._transport: asyncio.Transport | None = None
        self._bytes = bytearray()
        self._frames: deque[tuple[bytes, bytes]] = deque()
        self._waiter: asyncio.Future[None] | None = None
        self._paused = False

    @classmethod
    async def open(cls, end: socket.socket) -> Channel:
        """Take over our end of a socket pair."""
        _, channel = await asyncio.get_running_loop().create_unix_connection(cls, sock=end)
        return channel

    def send(self, kind: bytes, payload: bytes) -> None:
        """Write one frame; to a worker that has gone it is lost, which the next read tells."""
        if self._transport is not None:
            self._transport.write(frames.pack(kind, payload))

    async def frame(self) -> tuple[bytes, bytes]:
        """The next frame. Raises ConnectionResetError where the other side has gone."""
        while not self._frames:
            if self.lost:
                raise ConnectionResetError
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter
        found = self._frames.popleft()
        if self._paused and not self._frames and self._transport is not None:
            self._paused = False
            self._transport.resume_reading()
        return found

    def close(self) -> None:
        """Let go of the socket."""
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by the event loop."""
        self._transport = cast("asyncio.Transport", transport)  # what every loop gives for a stream, though uvloop's is of no such class

    def data_received(self, data: bytes) -> None:
        """Called by the event loop."""
        self._bytes += data
        self._frames.extend(frames.take(self._bytes))
        if self._frames:
            self._wake()
        if len(self._frames) > _MOST and not self._paused and self._transport is not None:
            self._paused = True
            self._transport.pause_reading()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  (the protocol's signature)
        """Called by the event loop."""
        self.lost = True
        self._wake()
        if self.on_lost is not None:
            self.on_lost()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)
