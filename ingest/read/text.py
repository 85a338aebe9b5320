"""Plain text files → the stored text that evidence points into.

The stored text is what the file says, character for character. UTF-8 is expected; a file in another encoding is read as Windows-1252
(a superset of Latin-1) and that is reported, because a wrong guess would put wrong words into a quotation.
"""

from __future__ import annotations

import hashlib
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from baligraph.errors import InputError

_LARGEST = 64 * 1024 * 1024  # bytes; longer than any record of a meeting
_CONTROL = re.compile(rb"[^\t\n\x0b\x0c\r\x20-\xff]")


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
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # a pipe would be waited for without end
            raise InputError(str(path), "is no regular file", "Name a text file.")
        if status.st_size > _LARGEST:
            raise InputError(str(path), f"has {status.st_size:,} bytes, more than {_LARGEST:,}", "Split it, or leave it out.")
        raw = path.read_bytes()
    except OSError as e:
        raise InputError(str(path), f"can't be read: {e.strerror}", "Check that the file exists and may be read.") from e
    if not raw.strip():
        raise InputError(str(path), "is empty", "Put the text of the document in it, or remove the file.")
    if control := _CONTROL.search(raw):
        problem = f"is a binary file, not a text (it holds the byte 0x{control[0][0]:02x})"
        line = raw.count(b"\n", 0, control.start()) + 1
        raise InputError(str(path), problem, "Extract its text first, and store that as UTF-8.", line=line)
    try:
        text, encoding = raw.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        text, encoding = raw.decode("cp1252", errors="replace"), "windows-1252"
    return TextRead(text, hashlib.sha256(text.encode()).hexdigest(), encoding, fallback=encoding != "utf-8")
