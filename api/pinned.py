"""Which release an answer comes from: asked for by `?release=`, and told in every answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from urllib.parse import parse_qsl, urlencode

from starlette.types import Scope

from api.citation import cite
from api.document import uri
from api.problems import Problem
from api.service import Service

_LONGEST: Final = 300
"""Bytes of a query that a `Link` header may repeat."""

_FOREVER: Final = b"public, max-age=31536000, immutable"
_UNCITED: Final = ("static", "healthz", "readyz", "metrics", "robots.txt", "cite")


def take_release(scope: Scope) -> str | None:
    """The release that the address names, taken off its query: the routes need not know of it. None where it names none.

    Raises Problem (400) where it names several.
    """
    if b"release=" not in scope["query_string"]:
        return None
    try:
        pairs = parse_qsl(scope["query_string"].decode("ascii"), keep_blank_values=True, errors="strict")
    except ValueError:
        return None  # the route says what is wrong with it
    name = one_release([value for name, value in pairs if name == "release"])
    if name is None:
        return None
    scope["query_string"] = urlencode([pair for pair in pairs if pair[0] != "release"]).encode()
    return name


def one_release(names: Sequence[str]) -> str | None:
    """The release that a request names, perhaps more than once; None for none. Raises Problem (400) for several."""
    if len(set(names)) > 1:
        raise Problem(400, "One release, please", "The request names several releases; an answer comes from one.")
    return names[0] if names else None


def told(scope: Scope, status: int, headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The headers of an answer with its release, the address by which to cite it (RFC 8574), and, of a named release, that it stays."""
    service: Service = scope["service"]
    found = [*headers, (b"baligraph-release", service.release.id.encode())]
    if status >= 400 or not service.release.date:
        return found
    path = scope["path"].removeprefix(scope.get("root_path", "")).strip("/")
    query = scope["query_string"].decode("latin-1")
    if status == 200 and scope["method"] in {"GET", "HEAD"} and path.partition("/")[0] not in _UNCITED and len(query) < _LONGEST:
        address = uri(cite(service, path + (f"?{query}" if query else "")).link)
        found.append((b"link", f'<{address}>; rel="cite-as"'.encode("ascii")))
    if service.pinned and scope["method"] in {"GET", "HEAD"}:
        found = [(n, _FOREVER if n.lower() == b"cache-control" and b"no-store" not in v else v) for n, v in found]
    return found
