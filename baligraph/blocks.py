"""Sorted lines in blocks that are packed one by one, so that a block that is known need not be packed again.

A block begins with a subject whose hash says so, not after so many lines: lines that come or go change the blocks into which they fall, and
no others. Between HEAD and `end` blocks are one member of a gzip file.
"""

from __future__ import annotations

import os
import zlib
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, TypeAlias

from baligraph.errors import ReleaseError
from baligraph.search_index import sift

HEAD: Final = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
"""Of a gzip file without time and name: the same lines give the same bytes."""

_LEVEL: Final = 6
_RAW: Final = -15  # a window of 32 KiB, without a head of its own
_EVERY: Final = 32  # of so many subjects, one begins a block
_AHEAD: Final = 16  # texts that may wait to be packed


Known: TypeAlias = tuple[bytes, bytes]
"""What there was of a block: `packed` and `sought`."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines with their line feeds, as UTF-8 and packed. `sought` are those that the full-text index is made of."""

    text: bytes
    packed: bytes
    sought: bytes

    @classmethod
    def of(cls, text: bytes) -> Block:
        packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW)
        return cls(text, packer.compress(text) + packer.flush(zlib.Z_FULL_FLUSH), sift(text))

    @classmethod
    def known(cls, packed: bytes, sought: bytes) -> Block:
        """A block that was made before. Raises zlib.error if it is none."""
        return cls(zlib.decompressobj(_RAW).decompress(packed), packed, sought)

    @property
    def subject(self) -> str:
        """The first subject, and the space behind it."""
        return self.text[: self.text.index(b" ") + 1].decode()


def end(crc: int, size: int) -> bytes:
    """What closes a gzip file whose text has this CRC-32 and so many bytes."""
    return b"\x03\x00" + crc.to_bytes(4, "little") + (size & 0xFFFFFFFF).to_bytes(4, "little")


def begins(subject: str) -> bool:
    """Whether a block begins with this subject."""
    return zlib.crc32(subject.encode()) % _EVERY == 0


def cut(lines: Iterable[str]) -> Iterator[bytes]:
    """The texts of the blocks of sorted lines. Raises ReleaseError where they are not sorted, or one stands twice."""
    held: list[str] = []
    before, subject = "", ""
    for line in lines:
        if line <= before:
            raise ReleaseError(f"the quads are not sorted, or one stands twice: {line[:200]!r} follows {before[:200]!r}")
        before = line
        if not subject or not line.startswith(subject):
            subject = line[: line.index(" ") + 1]
            if held and begins(subject):
                yield "".join(held).encode()
                held = []
        held.append(line)
    if held:
        yield "".join(held).encode()


def packed(texts: Iterable[bytes | Sequence[Known]]) -> Iterator[Block]:
    """The blocks of these texts, in their order, and between them those that were made before."""
    waiting: deque[Future[list[Block]]] = deque()
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as packers:  # they release the interpreter
        for text in texts:
            waiting.append(packers.submit(_made, text))
            if len(waiting) > _AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _made(text: bytes | Sequence[Known]) -> list[Block]:
    return [Block.of(text)] if isinstance(text, bytes) else [Block.known(*known) for known in text]
