"""What a request to `/sparql` asks for, understood as far as it can be without parsing the query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import unquote_plus

from starlette.types import Receive, Scope

from api.headers import header
from api.pinned import one_release
from api.problems import Problem
from baligraph.sparql_text import Sketch, normalised, sketch

READ_ONLY: Final = "This service only answers queries: the graph is built from documents and never written to."
_FORM: Final = "application/x-www-form-urlencoded"
_MOST_FIELDS: Final = 1000
_SHORT: Final = 8000
"""Bytes of parameters that are worth remembering, since many clients ask the same again and again."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with its dataset, what was seen of it, and what it is under as a key (see `normalised`)."""

    query: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    format: str | None
    timeout: float | None
    seen: Sketch
    text: str
    release: str | None = None
    """What a posted form names; of an address it is taken before (see `pinned`)."""


async def understand(scope: Scope, receive: Receive, limit: int) -> Asked | None:
    """None for a GET without a query, which asks for the service description. `limit`: bytes of a query. Raises Problem."""
    if scope["method"] != "POST":
        asked = _parameters(scope["query_string"])
    else:
        kind = header(scope, b"content-type").partition(";")[0].strip().lower()
        body = await _body(receive, limit)
        if kind == _FORM:
            asked = _parameters(body)
        elif kind == "application/sparql-query":
            asked = _of_fields(
                [*((name, value) for name, value in _pairs(scope["query_string"]) if name != "query"), ("query", _utf8(body))]
            )
        elif kind == "application/sparql-update":
            raise Problem(403, "Updates are refused", READ_ONLY)
        else:
            detail = f"A query is posted as application/sparql-query or as a form ({_FORM}), not as {kind or 'a body of no type'}."
            raise Problem(415, "Unsupported media type", detail, headers={"Accept-Post": f"application/sparql-query, {_FORM}"})
        if asked is None:
            raise _not_one(0)
    if asked is not None and 4 * len(asked.query) > limit and len(asked.query.encode(errors="replace")) > limit:
        raise _too_long(limit)
    return asked


def _parameters(text: bytes) -> Asked | None:
    return _remembered(text) if len(text) <= _SHORT else _of_fields(_pairs(text))


@lru_cache(maxsize=1024)
def _remembered(text: bytes) -> Asked | None:
    return _of_fields(_pairs(text))


def _of_fields(fields: Sequence[tuple[str, str]]) -> Asked | None:
    given: dict[str, tuple[str, ...]] = {}
    for name, value in fields:
        given[name] = (*given.get(name, ()), value)
    if "update" in given:
        raise Problem(403, "Updates are refused", READ_ONLY)
    queries = given.get("query")
    if queries is None:
        return None
    if len(queries) != 1:
        raise _not_one(len(queries))
    query = queries[0]
    return Asked(
        query,
        given.get("default-graph-uri", ()),
        given.get("named-graph-uri", ()),
        given.get("format", ("",))[0] or None,
        _seconds(given.get("timeout", ("",))[0]),
        sketch(query),
        normalised(query),
        one_release(given.get("release", ())),
    )


def _not_one(count: int) -> Problem:
    return Problem(400, "One query, please", f"The request has {count} parameters named query; it needs exactly one.")


async def _body(receive: Receive, limit: int) -> bytes:
    parts = bytearray()
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Problem(400, "The request broke off", "The client left before its query was whole.")
        parts += message.get("body", b"")
        more = message.get("more_body", False)
        if len(parts) > limit:
            raise _too_long(limit)
    return bytes(parts)


def _too_long(limit: int) -> Problem:
    return Problem(413, "The query is too long", f"A query may have {limit} bytes here.", limit="query length")


def _pairs(text: bytes) -> list[tuple[str, str]]:
    fields = text.split(b"&")
    try:
        if len(fields) > _MOST_FIELDS or not text.isascii():
            raise ValueError
        parted = [field.partition(b"=") for field in fields if field]
        return [(_decoded(name), _decoded(value)) for name, _, value in parted]
    except ValueError:  # also what is not UTF-8
        raise Problem(
            400, "The parameters can't be read", f"Parameters are percent-encoded UTF-8, at most {_MOST_FIELDS} of them."
        ) from None


def _decoded(text: bytes) -> str:
    """Without the percent signs, as `unquote_plus` does it in four times the time: Python's own escapes are undone in C."""
    escaped = text.replace(b"+", b" ").replace(b"\\", b"\\\\").replace(b"%", b"\\x")
    try:
        return text.decode("ascii") if escaped == text else escaped.decode("unicode_escape").encode("latin-1").decode()
    except UnicodeDecodeError:  # a percent sign that stands for itself, or no UTF-8
        return unquote_plus(text.decode("ascii"), errors="strict")


def _utf8(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise Problem(400, "The query can't be read", f"A query is UTF-8; byte {error.start} is not.") from None


def _seconds(text: str) -> float | None:
    if not text:
        return None
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise Problem(400, "Bad timeout", f"timeout is a number of seconds above 0, not {text[:40]!r}.")
    return seconds
