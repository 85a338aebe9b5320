"""Plain text and Markdown. A clean UTF-8 file is its own text, character for character; any other is decoded and cleaned."""

from __future__ import annotations

import re
from importlib.metadata import version
from typing import Final

from ingest.read.encoding import guessed, marked
from ingest.read.extraction import Extraction, RefusedError, clean, is_clean

_CONTROL: Final = re.compile(rb"[^\t\n\x0b\x0c\r\x20-\xff]")
_MARKDOWN: Final = (".md", ".markdown")
LIBRARY: Final = f"charset-normalizer {version('charset-normalizer')}"


def own_text(raw: bytes, name: str) -> Extraction | None:
    """The text of a file that is its own text; None for any other."""
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return None
    return Extraction(text=text, format=_format(name)) if is_clean(text) else None


def parse(raw: bytes, name: str) -> Extraction:
    """The text of a text file. Raises RefusedError for a file that is none."""
    text, encoding = marked(raw), ""
    if text is None:
        if control := _CONTROL.search(raw):
            problem = f"is a binary file, not a text (it holds the byte 0x{control[0][0]:02x})"
            line = raw.count(b"\n", 0, control.start()) + 1
            raise RefusedError(problem, "Extract its text first, and store that as UTF-8.", line)
        try:
            text = raw.decode()
        except UnicodeDecodeError:
            text, encoding = guessed(raw)
    text, notes = clean(text)
    return Extraction(text=text, format=_format(name), library=LIBRARY, encoding=encoding, notes=notes)


def _format(name: str) -> str:
    """A Markdown file is a text whose marks the layout reader knows: only its name tells them apart."""
    return "markdown" if name.lower().endswith(_MARKDOWN) else "text"
