"""Plain text files → the stored text that evidence points into.

The stored text is what the file says, character for character. UTF-8 is expected; a file in another encoding is read as Windows-1252
(a superset of Latin-1) and that is reported, because a wrong guess would put wrong words into a quotation.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from baligraph.errors import InputError

_LARGEST = 64 * 1024 * 1024  # bytes; longer than any record of a meeting
_CONTROL = frozenset(range(32)) - {9, 10, 11, 12, 13, 27}


@dataclass(frozen=True, slots=True)
class TextRead:
    """The stored text, the sha256 of its UTF-8 bytes, and the encoding by which the file was read (`fallback` where it was a guess)."""

    text: str
    sha256: str
    encoding: str
    fallback: bool = False


def read_text(path: Path) -> TextRead:
    """Read one text file.

    Raises:
        InputError: the file is missing, empty, too large or no text; the message says what to do.
    """
    try:
        size = path.stat().st_size
        if size > _LARGEST:
            raise InputError(str(path), f"has {size:,} bytes, more than {_LARGEST:,}", "Split it, or leave it out.")
        raw = path.read_bytes()
    except OSError as e:
        raise InputError(str(path), f"can't be read: {e.strerror}", "Check that the file exists and may be read.") from e
    if not raw.strip():
        raise InputError(str(path), "is empty", "Put the text of the document in it, or remove the file.")
    if any(b in _CONTROL for b in raw[:8192]):
        raise InputError(str(path), "is a binary file, not a text", "Extract its text first, and store that as UTF-8.")
    try:
        text, encoding = raw.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        text, encoding = raw.decode("cp1252", errors="replace"), "windows-1252"
    return TextRead(text, hashlib.sha256(text.encode()).hexdigest(), encoding, fallback=encoding != "utf-8")
