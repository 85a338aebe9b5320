"""Headers: those of a request by name, those of an answer as ASGI wants them, and those that every answer carries, errors too: CORS for a
public read-only service, and the security headers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from starlette.types import Scope

Fields: TypeAlias = list[tuple[bytes, bytes]]
"""Header fields of an answer: names in lower case."""


def header(scope: Scope, name: bytes) -> str:
    """The header of a request, all of its lines in one; empty where it has none. `name` in lower case."""
    found = [value for field, value in scope["headers"] if field == name]
    return b", ".join(found).decode("latin-1") if found else ""


def fields(headers: Mapping[str, str]) -> Fields:
    """For ASGI."""
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]


def rendered(headers: Fields) -> bytes:
    """As they stand in an answer."""
    return b"".join([b"%s: %s\r\n" % field for field in headers])


_POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"  # no script

ALWAYS = fields(
    {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "Baligraph-Release, ETag, Link, Location, RateLimit, RateLimit-Policy, Retry-After, Server-Timing",
        "Content-Security-Policy": _POLICY,
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }
)
PREFLIGHT = fields(
    {
        "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
        "Access-Control-Allow-Headers": "Accept, Authorization, Content-Type, If-None-Match",
        "Access-Control-Max-Age": "86400",
    }
)
