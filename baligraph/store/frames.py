"""Frames on a stream socket: one letter, the length, the bytes.

    R  request        JSON: the query                    gateway → worker
    H  head           the media type of the answer       worker → gateway
    D  data           bytes of the answer, more follow
    Z  last data      bytes of the answer, which is now whole
    E  error          JSON: kind, message, line, column; nothing follows

Blocking reads and writes only: the worker's limits forbid everything that would open a descriptor.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from typing import Final

REQUEST: Final = b"R"
HEAD: Final = b"H"
DATA: Final = b"D"
LAST: Final = b"Z"
ERROR: Final = b"E"

SIZE: Final = 1 << 16
"""Bytes of data in a frame: the first leaves when this many are there, or all."""

_HEADER: Final = struct.Struct("!cI")
_LONGEST: Final = 1 << 27


def send(connection: socket.socket, kind: bytes, payload: bytes | bytearray) -> None:
    """Write one frame."""
    connection.sendall(_HEADER.pack(kind, len(payload)) + payload)


def receive(connection: socket.socket) -> tuple[bytes, bytes] | None:
    """Read one frame; None where the other side has closed."""
    header = _exactly(connection, _HEADER.size)
    if header is None:
        return None
    kind, length = _HEADER.unpack(header)
    payload = _exactly(connection, length)
    return None if payload is None else (kind, payload)


def _exactly(connection: socket.socket, length: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < length:
        part = connection.recv(min(length - len(parts), 1 << 20))
        if not part:
            return None
        parts += part
    return bytes(parts)


async def read(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """Read one frame in the event loop. Raises asyncio.IncompleteReadError where the other side has closed."""
    kind, length = _HEADER.unpack(await reader.readexactly(_HEADER.size))
    if length > _LONGEST:
        raise asyncio.IncompleteReadError(b"", length)
    return kind, await reader.readexactly(length)


def pack(kind: bytes, payload: bytes) -> bytes:
    """One frame as bytes."""
    return _HEADER.pack(kind, len(payload)) + payload
