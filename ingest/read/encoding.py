"""Bytes → characters. An encoding is known (a mark at the start, a declaration, UTF-8 that is valid) or it is a guess, and then said so.

A text that is not UTF-8 is read as Windows-1252, a superset of Latin-1, where that is plausible: the documents are English. Otherwise the
guess of the library counts where the language of the text confirms it. What is not sure is refused: a wrong guess would put wrong words
into a quotation.
"""

from __future__ import annotations

import codecs
import importlib
import re
from encodings.aliases import aliases
from typing import Final

from charset_normalizer import from_bytes
from charset_normalizer.constant import IANA_SUPPORTED

from ingest.read.extraction import RefusedError

_MARKS: Final = (  # the longer first: that of UTF-32 begins like that of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WESTERN: Final = "cp1252"
_USED: Final = (  # what documents are written in, of all that there is
    *(f"cp{page}" for page in (874, 932, 949, 950, 1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258)),
    *("big5", "euc_jp", "euc_kr", "gb18030", "koi8_r", "koi8_u", "iso8859_2", "iso8859_5", "iso8859_7", "utf_16_le", "utf_16_be"),
)
_SURE: Final = 0.2  # share of the letters that fits a language
_MEND: Final = "Save it as UTF-8."


def preload() -> None:
    """Import all codecs: a confined process can't."""
    for name in IANA_SUPPORTED:
        importlib.import_module(f"encodings.{name}")


def marked(raw: bytes) -> str | None:
    """The text of bytes that begin with a byte order mark, without it. Raises RefusedError where the mark is wrong."""
    for mark, name in _MARKS:
        if raw.startswith(mark):
            try:
                return raw[len(mark) :].decode(name)
            except UnicodeDecodeError as error:
                raise RefusedError(f"begins with the mark of {name.upper()} but is not (byte {error.start + len(mark)})", _MEND) from None
    return None


def declared(raw: bytes, name: str) -> str | None:
    """The text by the encoding that the file itself names; None where there is none of that name, or it does not fit."""
    plain = re.sub(r"[^a-z0-9]+", "_", name.lower())
    codec = aliases.get(plain, plain)
    if codec in {"ascii", "latin_1"}:
        codec = _WESTERN  # as every browser does
    if codec not in IANA_SUPPORTED:  # Python knows others that are no encodings of documents
        return None
    try:
        return raw.decode(codec)
    except (UnicodeDecodeError, ValueError):
        return None


def guessed(raw: bytes) -> tuple[str, str]:
    """The text of bytes that are not UTF-8, and the encoding that it was read by. Raises RefusedError where none is plausible enough."""
    _refuse_damaged(raw)
    matches = from_bytes(raw, cp_isolation=list(_USED))
    if any(_WESTERN in match.could_be_from_charset for match in matches):
        return raw.decode(_WESTERN, errors="replace"), "windows-1252"
    best = matches.best()
    if best is None or best.coherence < _SURE:
        perhaps = f" (perhaps {best.encoding})" if best else ""
        raise RefusedError(f"is not UTF-8, and its encoding is not sure{perhaps}", _MEND)
    return str(best), best.encoding


def _refuse_damaged(raw: bytes) -> None:
    """Refuse UTF-8 with a few bytes that are wrong: in any other encoding, its quotation marks would be read as other characters."""
    text = raw.decode(errors="replace")
    wrong = text.count("\ufffd")
    if sum(c > "\x7f" for c in text) - wrong > wrong:
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        raise RefusedError("is damaged: it is UTF-8, but for some bytes", "Take it from its source again, or save it as UTF-8.", line)
