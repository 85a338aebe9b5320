"""Finished answers, kept to be sent again: bounded in bytes, the least recently used leave first."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TypeAlias

Key: TypeAlias = tuple[str | tuple[str, ...], ...]
"""Release, normalised query (or graph), dataset and format: whatever decides the bytes."""

_OVERHEAD = 500
"""Bytes that an entry takes beside its text, about."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A whole answer."""

    content_type: str
    body: bytes


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
        if len(body) > self.longest or _weight(key, body) > self._size:
            return
        self._drop(key)
        self._kept[key] = Kept(content_type, body)
        self.bytes += _weight(key, body)
        while self.bytes > self._size:
            self._drop(next(iter(self._kept)))

    def _drop(self, key: Key) -> None:
        old = self._kept.pop(key, None)
        if old is not None:
            self.bytes -= _weight(key, old.body)


def _weight(key: Key, body: bytes) -> int:
    return len(body) + _OVERHEAD + 4 * sum(len(part) if isinstance(part, str) else sum(map(len, part)) for part in key)
