"""Requests that came before, word for word: what they ask for is known without reading them again.

Most of what a small answer costs is the understanding of its request. So an address and an Accept header that were understood once are
remembered with the tag of their answer, and `wire` answers what is in the cache, or at the client already, before any other layer is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from api.cache import Cache, Key
from api.headers import ALWAYS, Fields, rendered

_MOST: Final = 4096
_LONGEST: Final = 8000
"""Bytes of an address that is worth remembering."""
_UNCHANGED, _WHOLE = b"HTTP/1.1 304 Not Modified\r\n", b"HTTP/1.1 200 OK\r\n"


@dataclass(slots=True)
class Before:
    """What such a request asks for: its key in the cache, the tag and the fields of its answer, and what the log says of it."""

    key: Key
    tag: bytes
    fields: Fields
    log: dict[str, str]
    head: bytes = b""


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer but for the fields that the server itself adds between `line` and `head`."""

    asked: Before
    status: int
    line: bytes
    head: bytes
    body: bytes = b""


class Known:
    """The requests of one release; the oldest are forgotten first."""

    def __init__(self) -> None:
        self._asked: dict[tuple[bytes, bytes], Before] = {}

    def remember(self, url: bytes, accept: bytes, asked: Before) -> None:
        """`url` is the address as the client wrote it."""
        if len(url) > _LONGEST:
            return
        if len(self._asked) >= _MOST:
            del self._asked[next(iter(self._asked))]
        self._asked[url, accept] = asked

    def reply(self, url: bytes, headers: Sequence[tuple[bytes, bytes]], cache: Cache) -> Reply | None:
        """The answer to a GET, if no more than this is needed for it."""
        accept = given = b""
        for name, value in headers:
            if name == b"accept":
                if accept:
                    return None
                accept = value
            elif name == b"if-none-match":
                if given:
                    return None
                given = value
        asked = self._asked.get((url, accept))
        if asked is None or (given and given != asked.tag):
            return None
        asked.head = asked.head or rendered(asked.fields) + rendered(ALWAYS)
        if given:
            return Reply(asked, 304, _UNCHANGED, asked.head + b"\r\n")
        if asked.key not in cache or (kept := cache.get(asked.key)) is None:
            return None
        return Reply(asked, 200, _WHOLE, asked.head + rendered(kept.fields()) + b"\r\n", kept.body)
