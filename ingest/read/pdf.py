"""PDF → lines with their places, which `ingest.read.pdf_layout` makes a text of."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Any, Final

import pypdfium2
from pypdfium2 import raw as pdfium

from ingest.read.extraction import Extraction, RefusedError, clean
from ingest.read.pdf_layout import Line, Page, text_of

LIBRARY: Final = f"pypdfium2 {version('pypdfium2')}"

_BOLD: Final = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_FORCED_BOLD: Final = 1 << 18  # flag of a font descriptor
_HYPHEN: Final = "\x02"  # by this the library marks a hyphen at the end of a line
_WORD: Final = 0.18  # a gap of so many font sizes parts words,
_CELL: Final = 2.5  # and of so many, cells of a table
_LIGATURES: Final = dict(zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "ft", "st"), strict=True))
_MARK: Final = re.compile(r"\s*(?:[•·‣▪●◦–-]|\(?\w{1,3}[.)])\s*")
_BULLETS: Final = frozenset("\uf0b7\uf0a7\uf0d8\uf02d\uf0fc\uf076\uf071\uf0a8\uf06e\uf06f")  # of symbol fonts, as word processors use them
_FEW: Final = 0.1


def parse(raw: bytes, _name: str) -> Extraction:
    """The text layer of a PDF. Raises RefusedError for a file that is damaged or encrypted, or has no such layer."""
    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD or "assword" in str(error):
            raise RefusedError("is encrypted", "Save it without a password.") from None
        raise RefusedError("is a damaged PDF", "Save it anew.") from None
    pages = [_page(document, number) for number in range(len(document))]
    if not any(page.lines for page in pages):
        raise RefusedError("has no text layer (a scan?)", "Run OCR on it and add the text.")
    unknown, known = sum(page.unknown for page in pages), sum(len(line.text) for page in pages for line in page.lines)
    if unknown > _FEW * known:
        raise RefusedError("does not say which letters its fonts show", "Run OCR on it and add the text.")
    text, segments, around = text_of(pages)
    cleaned, notes = clean(text)
    if cleaned != text:  # lines hold no such characters: see _character
        raise AssertionError("offsets of pages would not hold")
    empty = [str(page.number) for page in pages if not page.lines and page.drawn]
    if empty:
        notes += (f"has no text on page {', '.join(empty)} (a scan?). Run OCR on it if something is written there.",)
    return Extraction(text=text, format="pdf", library=LIBRARY, pages=segments, notes=notes, left_out=around)


@dataclass(frozen=True, slots=True)
class _Character:
    """A character with its place on a page that is turned upright; `size` is that of its font as drawn."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool


def _page(document: Any, number: int) -> Page:
    page = document[number]
    try:
        text = page.get_textpage()
        try:
            characters, turns, unknown = _characters(text)
        finally:
            text.close()
        width, height = page.get_size()
        if turns % 2 and (page.get_rotation() // 90) % 2 == 0:
            width, height = height, width
        return Page(number + 1, width, height, tuple(_lines(characters)), unknown, pdfium.FPDFPage_CountObjects(page) > 0)
    finally:
        page.close()


def _characters(text: Any) -> tuple[list[_Character], int, int]:
    """The characters of a page that stand upright with most of the others, how often they are turned, how many are no known letter."""
    fonts: dict[bytes, tuple[float, bool, int]] = {}
    x, y, box, found, unknown = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF(), [], 0
    for index in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue
        letters = _letters(code)
        if letters is None:
            unknown += 1
            continue
        shown = pdfium.FPDFText_GetTextObject(text, index)
        key = bytes(shown)  # the address of the text object, in which all characters look alike
        if key not in fonts:
            fonts[key] = _font(text, index)
        size, bold, turned = fonts[key]
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        pdfium.FPDFText_GetLooseCharBox(text, index, box)
        found.append((turned, letters, x.value, y.value, box.left, box.right, box.bottom, box.top, size, bold))
    turns = Counter(one[0] for one in found).most_common(1)[0][0] if found else 0
    return [_upright(*one[1:], turns=turns) for one in found if one[0] == turns], turns, unknown


def _upright(
    letters: str, x: float, y: float, left: float, right: float, bottom: float, top: float, size: float, bold: bool, *, turns: int
) -> _Character:
    base, start, end = {0: (y, left, right), 1: (-x, bottom, top), 2: (-y, -right, -left), 3: (x, -top, -bottom)}[turns]
    return _Character(letters, start, end, base, size, bold)


@cache
def _letters(code: int) -> str | None:
    """The letters of a code point; None for one that says nothing."""
    if code == ord(_HYPHEN):
        return _HYPHEN
    letter = chr(code) if code < 0x110000 else "\ufffd"
    if letter in _BULLETS:
        return "•"
    if letter in "\t\r\n\xa0" or letter.isspace():
        return " "
    if letter == "\xad":
        return "-"
    if 0xE000 <= code <= 0xF8FF or letter == "\ufffd":
        return None
    return _LIGATURES.get(letter) or clean(letter)[0]


def _font(text: Any, index: int) -> tuple[float, bool, int]:
    """Size as drawn, whether it is bold, and by how many quarters it is turned."""
    matrix, flags, name = pdfium.FS_MATRIX(), ctypes.c_int(), ctypes.create_string_buffer(128)
    pdfium.FPDFText_GetMatrix(text, index, matrix)
    pdfium.FPDFText_GetFontInfo(text, index, name, len(name), flags)
    scale = math.hypot(matrix.c, matrix.d) or 1.0
    bold = bool(_BOLD.search(name.value.decode(errors="replace"))) or bool(flags.value & _FORCED_BOLD)
    turned = round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4
    return pdfium.FPDFText_GetFontSize(text, index) * scale, bold or pdfium.FPDFText_GetFontWeight(text, index) >= 600, turned


def _lines(characters: list[_Character]) -> Iterator[Line]:
    """Characters in the order of the file, in lines: a line ends where the next character stands higher, lower, or further left."""
    line: list[_Character] = []
    for one in characters:
        if line and _ends(line, one):
            yield from _line(line)
            line = []
        line.append(one)
    yield from _line(line)


def _ends(line: list[_Character], following: _Character) -> bool:
    last = line[-1]
    size = max(last.size, following.size, 1.0)
    return abs(following.base - last.base) > 0.55 * size or following.left < last.right - 1.5 * size


def _line(characters: list[_Character]) -> Iterator[Line]:
    drawn = [one for one in characters if one.text.strip()]
    if not drawn:
        return
    size = Counter(round(one.size, 1) for one in drawn).most_common(1)[0][0]
    base = Counter(round(one.base, 1) for one in drawn if round(one.size, 1) == size).most_common(1)[0][0]
    words: list[str] = []
    kept: list[_Character] = []
    for one in characters:
        if one.text in "0123456789*†‡" and one.size < 0.8 * size and one.base > base + 0.1 * size and kept:
            continue  # the mark of a footnote: glued to a year it would be another year
        if kept and one.text.strip():
            gap = one.left - kept[-1].right
            if gap > _CELL * size and not _MARK.fullmatch("".join(words)):
                words.append(" | ")
            elif gap > _WORD * size and not words[-1].isspace():
                words.append(" ")
        words.append(one.text)
        if one.text.strip():
            kept.append(one)
    text = re.sub(r"\s+", " ", "".join(words)).strip().replace(_HYPHEN, "-")
    if text:
        bold = sum(one.bold for one in drawn) > len(drawn) / 2
        yield Line(text, min(one.left for one in kept), max(one.right for one in kept), base, size, bold, _first(characters))


def _first(characters: list[_Character]) -> float:
    """The width of the first word."""
    word: list[_Character] = []
    for one in characters:
        if word and (not one.text.strip() or one.left - word[-1].right > _WORD * one.size):
            break
        if one.text.strip():
            word.append(one)
    return word[-1].right - word[0].left
