"""Parts of an Office file: a zip archive of XML, read with limits.

Only the parts that are asked for are unpacked, and no more of each than the limit. XML with a document type declaration is refused: no
Office program writes one, and every entity that could be expanded is declared there.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Final
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from ingest.read.extraction import RefusedError

_LARGEST: Final = 64 << 20  # bytes of one part; the text of a thousand pages takes a tenth
_NAMESPACES: Final = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
}
_KINDS: Final = (  # what a part of this name shows, and what to do
    ("xl/workbook.xml", "a spreadsheet", "Save what is to be read as DOCX or PDF."),
    ("ppt/presentation.xml", "a presentation", "Save it as PDF."),
    ("content.xml", "an OpenDocument file", "Save it as DOCX or PDF."),
    ("META-INF/container.xml", "an e-book", "Save it as DOCX or PDF."),
)


class Package:
    """The parts of a word processor's file. Raises RefusedError for an archive that is none, or that is damaged."""

    def __init__(self, raw: bytes):
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(raw))
            self._names = frozenset(self._zip.namelist())
        except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
            raise RefusedError(f"is a damaged DOCX ({error})", "Save it anew.") from None
        for name, what, mend in _KINDS:
            if name in self._names and "word/document.xml" not in self._names:
                raise RefusedError(f"is {what}", mend)

    def part(self, name: str) -> Element | None:
        """The root of a part, None where there is none of that name. Tags are like `w_p`, names of attributes have no prefix."""
        if name not in self._names:
            return None
        try:
            with self._zip.open(name) as opened:
                content = opened.read(_LARGEST + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError) as error:
            raise RefusedError(f"is a damaged DOCX ({name}: {error})", "Save it anew.") from None
        if len(content) > _LARGEST:
            raise RefusedError(f"unpacks to more than {_LARGEST:,} bytes ({name})", "Leave it out: no document is like that.")
        return _tree(content, name)


def _tree(content: bytes, name: str) -> Element:
    builder = TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True

    def start(tag: str, attributes: dict[str, str]) -> None:
        builder.start(_short(tag), {key.rpartition("}")[2]: value for key, value in attributes.items()})

    def declared(*_: object) -> None:
        raise RefusedError(f"declares entities ({name}), as no word processor does", "Leave it out, or save it anew.")

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda tag: builder.end(_short(tag)) and None
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = declared
    try:
        parser.Parse(content, True)
        return builder.close()
    except expat.ExpatError as error:
        raise RefusedError(f"is a damaged DOCX ({name}: {error})", "Save it anew.") from None


def _short(tag: str) -> str:
    space, _, local = tag.rpartition("}")
    return f"{_NAMESPACES.get(space, 'other')}_{local}"
