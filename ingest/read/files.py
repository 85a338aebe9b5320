"""Reads files of any format: a clean UTF-8 text as it stands, another as it was frozen, and the rest in a child process."""

from __future__ import annotations

import hashlib
import os
import stat
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from baligraph.settings import Settings
from ingest.read.extraction import Extraction, RefusedError
from ingest.read.formats import is_text
from ingest.read.frozen import Frozen
from ingest.read.parsers import Child, Parsers, processors
from ingest.read.text import own_text

NOT_FROZEN = "could not be frozen: neither its folder nor a cache can be written, so another version of a library may move its offsets."


@dataclass(frozen=True, slots=True)
class FileRead:
    """The text of a file, and the sha256 of the file itself."""

    sha256: str
    extraction: Extraction


def read_file(path: Path, settings: Settings | None = None, frozen: Frozen | None = None) -> FileRead:
    """Read one file; nothing is frozen. Raises RefusedError where it can't be read."""
    ((_, found),) = read_files([path], settings or Settings(), frozen or Frozen(), freeze=False)
    if isinstance(found, RefusedError):
        raise found
    return found


def read_files(
    paths: Iterable[Path], settings: Settings, frozen: Frozen, *, freeze: bool = True
) -> Iterator[tuple[Path, FileRead | RefusedError]]:
    """Each file with its text, or why it has none, in the order given. What is extracted is frozen."""
    at_once = processors()
    waiting: deque[tuple[Path, FileRead | RefusedError | Child]] = deque()
    with Parsers(settings) as parsers:
        for path in paths:
            waiting.append((path, _begin(path, settings, frozen, parsers)))
            if len(waiting) > at_once:
                yield _finish(*waiting.popleft(), frozen if freeze else None, parsers)
        while waiting:
            yield _finish(*waiting.popleft(), frozen if freeze else None, parsers)


def _begin(path: Path, settings: Settings, frozen: Frozen, parsers: Parsers) -> FileRead | RefusedError | Child:
    """What can be said at once, or the child that has begun to parse the file."""
    try:
        # without waiting: a pipe would be waited for without end
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as opened:
            raw = _content(opened, settings.max_document_bytes)
            sha256 = hashlib.sha256(raw).hexdigest()
            own = own_text(raw, path.name) if raw.strip() and is_text(raw, path.name) else None
            if found := own or frozen.get(path, sha256):
                return FileRead(sha256, found)
            os.lseek(opened.fileno(), 0, os.SEEK_SET)
            return parsers.start(opened.fileno(), path.name)
    except RefusedError as error:
        return error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = error.strerror if isinstance(error, OSError) else "no file can have its name"
        return RefusedError(f"can't be read: {reason}", "Check that the file exists and may be read.")


def _content(opened: BinaryIO, limit: int) -> bytes:
    status = os.fstat(opened.fileno())
    if not stat.S_ISREG(status.st_mode):
        raise RefusedError("is no regular file", "Name a document.")
    if status.st_size > limit:
        mend = "Split it, leave it out, or raise BALIGRAPH_MAX_DOCUMENT_BYTES."
        raise RefusedError(f"has {status.st_size:,} bytes, more than {limit:,}", mend)
    return opened.read(limit)


def _finish(
    path: Path, found: FileRead | RefusedError | Child, frozen: Frozen | None, parsers: Parsers
) -> tuple[Path, FileRead | RefusedError]:
    if not isinstance(found, Child):
        return path, found
    try:
        sha256, extraction = parsers.finish(found)
    except RefusedError as error:
        return path, error
    if frozen is not None and not frozen.put(path, sha256, extraction):
        extraction = replace(extraction, notes=(*extraction.notes, NOT_FROZEN))
    return path, FileRead(sha256, extraction)
