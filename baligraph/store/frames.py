"""Frames on a stream socket: one letter, the length, the bytes.

    R  request        JSON: the query                    gateway → worker
    H  head           the media type of the answer       worker → gateway
    D  data           bytes of the answer, more follow
    Z  last data      bytes of the answer, which is now whole
    E  error          JSON: kind, message, line, column; nothing follows

Blocking reads and writes only: the worker's limits forbid everything that would open a descriptor.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from typing import Final

REQUEST: Final = b"R"
HEAD: Final = b"H"
DATA: Final = b"D"
LAST: Final = b"Z"
ERROR: Final = b"E"

SIZE: Final = 1 << 16
"""Bytes of data in a frame: the first leaves when this many are there, or all."""

_HEADER: Final = struct.Struct("!cI")


def send(connection: socket.socket, kind: bytes, payload: bytes | bytearray) -> None:
    """Write one frame."""
    connection.sendall(pack(kind, payload))


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


def take(buffer: bytearray) -> Iterator[tuple[bytes, bytes]]:
    """The whole frames at the start of a buffer, which are removed from it."""
    while len(buffer) >= _HEADER.size:
        kind, length = _HEADER.unpack_from(buffer)
        end = _HEADER.size + length
        if len(buffer) < end:
            return
        yield kind, bytes(buffer[_HEADER.size : end])
        del buffer[:end]


def pack(kind: bytes, payload: bytes | bytearray) -> bytes:
    """One frame as bytes."""
    return _HEADER.pack(kind, len(payload)) + payload
