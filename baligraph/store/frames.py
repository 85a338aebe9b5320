"""Frames on a stream socket: one letter, the length, the bytes.

    R  request        the query, marshalled              gateway → worker
    H  head           the media type of the answer       worker → gateway
    D  data           bytes of the answer, more follow
    Z  last data      bytes of the answer, which is now whole
    E  error          JSON: kind, message, line, column; nothing follows

Blocking reads and writes only: the worker's limits forbid everything that would open a descriptor. A request is marshalled, which costs a
fifth of JSON, because both ends are the same interpreter and a worker trusts the gateway; never the other way round.
"""

from __future__ import annotations

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


def send(connection: socket.socket, kind: bytes, payload: bytes | bytearray) -> None:
    """Write one frame."""
    connection.sendall(pack(kind, payload))


def receive(connection: socket.socket) -> tuple[bytes, bytes] | None:
    """Read one frame; None where the other side has closed. The other side awaits the answer, so nothing follows it yet."""
    buffer = bytearray()
    while part := connection.recv(1 << 16):
        buffer += part
        if found := take(buffer):
            return found[0]
    return None


def take(buffer: bytearray) -> list[tuple[bytes, bytes]]:
    """The whole frames at the start of a buffer, which are removed from it."""
    found: list[tuple[bytes, bytes]] = []
    at, there = 0, len(buffer)
    while there - at >= _HEADER.size:
        kind, length = _HEADER.unpack_from(buffer, at)
        end = at + _HEADER.size + length
        if there < end:
            break
        found.append((kind, bytes(buffer[at + _HEADER.size : end])))
        at = end
    del buffer[:at]
    return found


def pack(kind: bytes, payload: bytes | bytearray) -> bytes:
    """One frame as bytes."""
    return _HEADER.pack(kind, len(payload)) + payload
