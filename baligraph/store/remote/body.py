"""The body of an answer of the store, which is whole or an error.

The status of HTTP is no proof of that: a server may write why it gave up behind half a result and end the body in good order. So only
forms whose end can be told are asked for: JSON and XML end with their last bracket, N-Triples with a whole line.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

import httpx

from baligraph.errors import EngineError, LimitError
from baligraph.store.remote.http import unreachable

JSON, XML, N_TRIPLES = "application/sparql-results+json", "application/sparql-results+xml", "application/n-triples"
_TAIL = 4096

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
    tail = b""
    menders = [Mender(*mend) for mend in mends]
    try:
        async for part in response.aiter_raw():
            chunk = part
            for mender in menders:
                chunk = mender.feed(chunk)
            if chunk:
                tail = (tail + chunk)[-_TAIL:]
                yield chunk
    except httpx.TransportError as error:
        raise unreachable(error) from None
    rest = b""
    for mender in menders:
        rest = mender.feed(rest) + mender.rest()
    if rest:
        tail = (tail + rest)[-_TAIL:]
        yield rest
    if not ends(tail, media_type):
        raise EngineError("the answer of the store behind this service breaks off")


def ends(tail: bytes, media_type: str) -> bool:
    """Whether the last bytes of an answer are an end of its form."""
    last = tail.rstrip()
    if media_type == N_TRIPLES:
        line = last.rpartition(b"\n")[2]
        return not last or (last.endswith(b".") and (len(last) == _TAIL or line.startswith((b"<", b"_:", b"#"))))
    return last.endswith(b"}") if media_type == JSON else last.endswith(b"sparql>")


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
