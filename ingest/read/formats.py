"""The formats that are read, told apart by the first bytes of a file; its name only decides where the content does not."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ingest.read import docx, html, pdf, text
from ingest.read.extraction import Extraction, RefusedError

_HEAD: Final = 4096


@dataclass(frozen=True, slots=True)
class Format:
    """A format: how a file of it begins, and what reads it (bytes and name → text, or RefusedError)."""

    name: str
    is_like: Callable[[bytes, str], bool]
    parse: Callable[[bytes, str], Extraction]


_HTML: Final = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_PAGE: Final = (".html", ".htm", ".xhtml")
_TEXT: Final = ("", ".txt", ".text", ".md", ".markdown")
_SUFFIX: Final = re.compile(r"\.[a-z0-9]{1,8}$")

FORMATS: Final = (
    Format("pdf", lambda head, _: b"%PDF-" in head[:1024] and not head.lstrip().startswith(b"<"), pdf.parse),
    Format("docx", lambda head, _: head.startswith(b"PK\x03\x04"), docx.parse),
    Format("html", lambda head, name: bool(_HTML.match(_plain(head))) or (name.lower().endswith(_PAGE) and b"<" in head), html.parse),
    Format("text", lambda _, name: _suffix(name) in _TEXT, text.parse),
)
SUFFIXES: Final = (".txt", ".md", ".html", ".pdf", ".docx")
"""As files of these formats are usually named: for messages."""

# Files that are met beside documents and are none that can be read: what they begin with, what they are, what to do.
_OTHERS: Final = (
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an old Word, Excel or PowerPoint file, or an encrypted one",
        "Save it as DOCX or PDF, without a password.",
    ),
    (b"{\\rtf", "an RTF file", "Save it as DOCX or PDF."),
    (b"\x89PNG", "an image", "Run OCR on it and add the text."),
    (b"\xff\xd8\xff", "an image", "Run OCR on it and add the text."),
    (b"GIF8", "an image", "Run OCR on it and add the text."),
    (b"II*\x00", "an image", "Run OCR on it and add the text."),
    (b"MM\x00*", "an image", "Run OCR on it and add the text."),
    (b"\x1f\x8b", "a compressed file", "Unpack it first."),
    (b"7z\xbc\xaf", "a compressed file", "Unpack it first."),
    (b"Rar!", "a compressed file", "Unpack it first."),
)


def is_text(raw: bytes, name: str) -> bool:
    """Whether a file is a text, or Markdown."""
    found = format_of(raw, name)
    return found is not None and found.parse is text.parse


def format_of(raw: bytes, name: str) -> Format | None:
    """The format of a file; None for one that is not read. A text is known by its name, since any code or table is text too."""
    head = raw[:_HEAD]
    if head.startswith(tuple(begin for begin, _, _ in _OTHERS)):
        return None
    return next((f for f in FORMATS if f.is_like(head, name)), None)


def parse(raw: bytes, name: str) -> Extraction:
    """The text of a file. Raises RefusedError where it can't be read, or has none."""
    if not raw.strip():
        raise RefusedError("is empty", "Put the text of the document in it, or remove the file.")
    for begin, what, mend in _OTHERS:
        if raw.startswith(begin):
            raise RefusedError(f"is {what}", mend)
    known = format_of(raw, name)
    if known is None:
        raise RefusedError(f"has no format that is read ({', '.join(SUFFIXES)})", "If it is a text, let its name end in .txt.")
    found = known.parse(raw, name)
    if not found.text.strip():
        raise RefusedError("holds no text", "Add the text, or remove the file.")
    return found


def _plain(head: bytes) -> bytes:
    """The head of a file in UTF-16 or with a mark, as far as its ASCII goes."""
    return head.lstrip(b"\xef\xbb\xbf\xfe\xff").replace(b"\0", b"") if head[:2] in {b"\xff\xfe", b"\xfe\xff", b"\xef\xbb"} else head


def _suffix(name: str) -> str:
    found = _SUFFIX.search(name.lower())
    return found[0] if found else ""
