"""A client for load that is no bottleneck: one thread, sockets and epoll, HTTP/1.1 that is kept alive, and no more of it than is needed.

Each connection sends its next request when the answer to the last is whole. After the set time no new request leaves, and those under way
are awaited and counted: a server that is slow is not spared the end of its work, which would else disturb the next measurement.
"""

from __future__ import annotations

import select
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from bench.errors import BenchError

JSON = "application/sparql-results+json"
_PATIENCE = 300.0  # seconds without any byte after which a server counts as stuck


@dataclass(frozen=True, slots=True)
class Run:
    """How many requests were answered, how many bytes that were, and how long it took (seconds)."""

    requests: int
    size: int
    seconds: float

    @property
    def rate(self) -> float:
        """Requests per second."""
        return self.requests / self.seconds


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a server takes SPARQL queries, and what it has to be told beside the query."""

    port: int
    path: str
    also: tuple[tuple[str, str], ...] = ()
    host: str = "127.0.0.1"

    def request(self, query: str, *, headers: str = "") -> bytes:
        """A query by GET. `headers` are further lines, each with its CRLF."""
        target = f"{self.path}?{urlencode([('query', query), *self.also])}" if query else self.path
        return f"GET {target} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\nAccept: {JSON}\r\n{headers}\r\n".encode()


class _Connection:
    """One socket and the answer that is arriving on it."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self.open()

    def open(self) -> None:
        self.socket = socket.create_connection((self.endpoint.host, self.endpoint.port), timeout=_PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._clear()

    def _clear(self) -> None:
        self.received = bytearray()
        self.body = -1  # where the body begins; -1: not known yet
        self.end = -1  # where it ends; -1: in chunks
        self.chunk = 0
        self.closes = False

    def send(self, request: bytes) -> bool:
        """Send the next request; whether that took a new socket, because the server had closed the old one."""
        again = self.closes
        if again:
            self.socket.close()
            self.open()
        self._clear()
        self.socket.sendall(request)
        return again

    def receive(self) -> bool:
        """Take what is there; whether the answer is whole now."""
        part = self.socket.recv(1 << 18)
        if not part:
            raise BenchError("the server closed a connection in the middle of an answer")
        self.received += part
        return (self.body >= 0 or self._head()) and self._whole()

    @property
    def status(self) -> int:
        return int(self.received[9:12])

    def _head(self) -> bool:
        end = self.received.find(b"\r\n\r\n")
        if end < 0:
            return False
        self.body = self.chunk = end + 4
        head = bytes(self.received[:end]).lower()
        self.closes = b"\r\nconnection: close" in head
        at = head.find(b"\r\ncontent-length:")
        if at >= 0:
            self.end = self.body + int(head[at + 17 :].split(b"\r\n", 1)[0])
        elif self.status in (204, 304):
            self.end = self.body
        elif b"\r\ntransfer-encoding: chunked" not in head:
            raise BenchError(f"an answer without length: {head[:300]!r}")
        return True

    def _whole(self) -> bool:
        if self.end >= 0:
            return len(self.received) >= self.end
        while True:
            line = self.received.find(b"\r\n", self.chunk)
            if line < 0:
                return False
            size = int(self.received[self.chunk : line].split(b";")[0], 16)
            after = line + 2 + size + 2
            if len(self.received) < after:
                return False
            if size == 0:
                return True
            self.chunk = after

    def content(self) -> bytes:
        """The body of a whole answer."""
        if self.end >= 0:
            return bytes(self.received[self.body : self.end])
        parts: list[bytes] = []
        at = self.body
        while True:
            line = self.received.index(b"\r\n", at)
            size = int(self.received[at:line].split(b";")[0], 16)
            if size == 0:
                return b"".join(parts)
            parts.append(bytes(self.received[line + 2 : line + 2 + size]))
            at = line + 2 + size + 2


def fetch(endpoint: Endpoint, request: bytes) -> tuple[int, bytes, bytes]:
    """One request: status, head and body of its answer. Raises OSError where nobody listens."""
    connection = _Connection(endpoint)
    try:
        connection.send(request)
        while not connection.receive():
            pass
        return connection.status, bytes(connection.received[: connection.body]), connection.content()
    finally:
        connection.socket.close()


def load(endpoint: Endpoint, requests: Iterator[bytes], *, connections: int, seconds: float, status: int = 200) -> Run:
    """Keep `connections` requests under way for `seconds`. Raises BenchError at the first answer with another status."""
    poll = select.epoll()
    open_: dict[int, _Connection] = {}
    finished = size = 0
    try:
        for _ in range(connections):
            connection = _Connection(endpoint)
            open_[connection.socket.fileno()] = connection
            poll.register(connection.socket, select.EPOLLIN)
        began = time.perf_counter()
        until = began + seconds
        for connection in open_.values():
            connection.send(next(requests))
        under_way = len(open_)
        while under_way:
            events = poll.poll(_PATIENCE)
            if not events:
                raise BenchError(f"no answer for {_PATIENCE:g} s")
            for number, _ in events:
                connection = open_[number]
                if not connection.receive():
                    continue
                if connection.status != status:
                    raise BenchError(f"status {connection.status} instead of {status}: {connection.content()[:300]!r}")
                finished += 1
                size += len(connection.received)
                if time.perf_counter() >= until:
                    under_way -= 1
                    continue
                if connection.send(next(requests)):
                    del open_[number]
                    open_[connection.socket.fileno()] = connection
                    poll.register(connection.socket, select.EPOLLIN)
        return Run(finished, size, time.perf_counter() - began)
    finally:
        poll.close()
        for connection in open_.values():
            connection.socket.close()
