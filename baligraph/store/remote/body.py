"""The body of an answer of the store, which is whole or an error.

The status of HTTP is no proof of that: a server may write why it gave up behind half a result and end the body in good order. So only
forms whose end can be told are asked for: JSON and XML end with their last bracket, N-Triples with a whole line.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence

import httpx

from baligraph.errors import EngineError, LimitError
from baligraph.store.remote.http import unreachable

JSON, XML, N_TRIPLES = "application/sparql-results+json", "application/sparql-results+xml", "application/n-triples"
_TAIL = 4096

_JSON_END = re.compile(rb"\]\s*\}\s*\}$|[{,]\s*\"boolean\"\s*:\s*(?:true|false)\s*(?:,[^{}]*)?\}$")
"""The list of rows, `results` and the whole are closed; or a truth value."""

Mend = tuple[bytes, bytes]
"""What a store writes, and what it should write. The first must not be able to stand in a value."""


def refuse_half(response: httpx.Response) -> None:
    """Raises LimitError where the store says in a header that it left something out, EngineError where its end could not be seen."""
    headers = response.headers
    if "x-sql-state" in headers:  # Virtuoso, 200: "Returning incomplete results, query interrupted by result timeout"
        raise LimitError("time", "the store behind this service gave up at a time limit of its own")
    if "x-sparql-maxrows" in headers:  # Virtuoso, 200
        raise LimitError("rows", f"the store behind this service gives {headers['x-sparql-maxrows']} rows at most; ask for fewer (LIMIT)")
    if "content-length" not in headers and headers.get("transfer-encoding", "").lower() != "chunked":
        raise EngineError("the store behind this service does not say where its answer ends")
    if headers.get("content-encoding", "identity").lower() != "identity":
        raise EngineError("the store behind this service compresses its answer, though it was asked not to")


async def checked(response: httpx.Response, media_type: str, mends: Sequence[Mend]) -> AsyncIterator[bytes]:
    """The bytes, mended. Raises EngineError where they break off, and at last where they do not end as the form ends."""
    end, menders = End(media_type), [Mender(*mend) for mend in mends]
    try:
        async for part in response.aiter_raw():
            chunk = part
            for mender in menders:
                chunk = mender.feed(chunk)
            if chunk:
                end.feed(chunk)
                yield chunk
    except httpx.TransportError as error:
        raise unreachable(error) from None
    rest = b""
    for mender in menders:
        rest = mender.feed(rest) + mender.rest()
    if rest:
        end.feed(rest)
        yield rest
    if not end.reached:
        raise EngineError("the answer of the store behind this service breaks off")


class End:
    """Whether a stream has come to an end of its form."""

    def __init__(self, media_type: str) -> None:
        self._media_type = media_type
        self._tail = b""
        self._quotes = 0
        self._escape = b""

    def feed(self, chunk: bytes) -> None:
        """Further bytes."""
        self._tail = (self._tail + chunk)[-_TAIL:]
        if self._media_type == JSON:
            text = (self._escape + chunk).replace(b"\\\\", b"")
            self._escape = b"\\" if text.endswith(b"\\") else b""
            self._quotes += text.count(b'"') - text.count(b'\\"')

    @property
    def reached(self) -> bool:
        """Whether it could be whole. In JSON that is not within a string, where anything may stand."""
        last = self._tail.rstrip()
        match self._media_type:
            case "application/n-triples":
                line = last.rpartition(b"\n")[2]
                return not last or (last.endswith(b".") and (len(line) == _TAIL or line.startswith((b"<", b"_:", b"#"))))
            case "application/sparql-results+json":
                return self._quotes % 2 == 0 and _JSON_END.search(last) is not None
            case _:
                return last.endswith(b"sparql>")


class Mender:
    """Replaces bytes in a stream, also where they come in two parts."""

    def __init__(self, wrong: bytes, right: bytes) -> None:
        self._wrong = wrong
        self._right = right
        self._kept = b""

    def feed(self, chunk: bytes) -> bytes:
        """What is settled by now."""
        text = (self._kept + chunk).replace(self._wrong, self._right)
        keep = next((n for n in range(min(len(self._wrong) - 1, len(text)), 0, -1) if text.endswith(self._wrong[:n])), 0)
        self._kept = text[len(text) - keep :]
        return text[: len(text) - keep]

    def rest(self) -> bytes:
        """What was kept back."""
        rest, self._kept = self._kept, b""
        return rest
