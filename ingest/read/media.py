"""Media types of the formats, for the graph: nothing here needs a parser."""

from __future__ import annotations

from typing import Final

MEDIA_TYPES: Final = {
    "text": "text/plain",
    "markdown": "text/markdown",
    "html": "text/html",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
