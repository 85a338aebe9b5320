"""What was read last, kept for the next request: whoever copies documents asks for all forms of one, one after the other."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable
from typing import Any, Final, TypeVar

from api.service import Service

_LAST: Final = 32
"""Readings that are kept; of one document there are up to four."""

T = TypeVar("T")


async def lately(service: Service, key: Hashable, make: Callable[[], Awaitable[T]]) -> T:
    """What `make` read lately under this key in this release, else what it reads now. What it raises is not kept."""
    last: dict[Hashable, Any] = service.kept.setdefault("lately", {})
    if key in last:
        before: T = last[key]
        return before
    found = await make()
    while len(last) >= _LAST:
        last.pop(next(iter(last)), None)
    last[key] = found
    return found
