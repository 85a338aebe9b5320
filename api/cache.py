"""Finished answers, kept to be sent again: bounded in bytes, the least recently used leave first."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TypeAlias

from api.headers import Fields

Key: TypeAlias = tuple[str | tuple[str, ...], ...]
"""Release, normalised query (or graph), dataset and format: whatever decides the bytes."""

_OVERHEAD = 500
"""Bytes that an entry takes beside its text, about."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A whole answer, and the bytes that it takes with all that belongs to it."""

    content_type: str
    body: bytes
    weight: int

    def fields(self) -> Fields:
        """What the answer tells of itself when it is sent again."""
        length = b"%d" % len(self.body)
        return [(b"content-type", self.content_type.encode("latin-1")), (b"server-timing", b"cache;desc=hit"), (b"content-length", length)]


class Cache:
    """Answers by key. One answer may take an eighth of the whole, so that it does not drive out everything else."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self.longest = size // 8
        self.bytes = 0
        self.hits = 0
        self.misses = 0

    def __len__(self) -> int:
        return len(self._kept)

    def __contains__(self, key: Key) -> bool:
        """Whether the answer is kept; this is no use of it."""
        return key in self._kept

    def get(self, key: Key) -> Kept | None:
        """The answer, if it is kept."""
        found = self._kept.get(key)
        if found is None:
            self.misses += 1
            return None
        self.hits += 1
        self._kept.move_to_end(key)
        return found

    def put(self, key: Key, content_type: str, body: bytes) -> None:
        """Keep an answer, unless it is too long."""
        weight = _weight(key, body)
        if len(body) > self.longest or weight > self._size:
            return
        self._drop(key)
        self._kept[key] = Kept(content_type, body, weight)
        self.bytes += weight
        while self.bytes > self._size:
            self._drop(next(iter(self._kept)))

    def _drop(self, key: Key) -> None:
        old = self._kept.pop(key, None)
        if old is not None:
            self.bytes -= old.weight


def _weight(key: Key, body: bytes) -> int:
    return len(body) + _OVERHEAD + 4 * sum(len(part) if isinstance(part, str) else sum(map(len, part)) for part in key)
