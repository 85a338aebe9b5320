"""Frozen extractions: what was once extracted from a file stays its text, whatever a newer library would make of it.

Offsets point into the text, so it must not move. Beside the original, in the folder `extracted/`, stand two files named by the hash of the
original: `{sha256}.txt`, the text, and `{sha256}.json`, what made it and where its pages begin. Where that folder can't be written, they go
to the folder of the cache. To have a file extracted anew, remove both.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Final

from ingest.read.extraction import Extraction, RefusedError
from ingest.read.parsers import extraction_of

FOLDER: Final = "extracted"


class Frozen:
    """`cache` is the folder that is used where there may be none beside the original; None: then nothing is kept."""

    def __init__(self, cache: Path | None = None):
        self._cache = cache

    def get(self, original: Path, sha256: str) -> Extraction | None:
        """The frozen text of a file with this hash, if there is one. Raises RefusedError if it was changed since."""
        for folder in self._folders(original):
            about, text = folder / f"{sha256}.json", folder / f"{sha256}.txt"
            try:
                if not about.is_file():
                    continue
                found = json.loads(about.read_bytes())
                content = text.read_bytes()
                if hashlib.sha256(content).hexdigest() != found.pop("text_sha256"):
                    raise ValueError
                return extraction_of({name: found[name] for name in _KEPT} | {"text": content.decode()})
            except (OSError, ValueError, KeyError, TypeError, AttributeError):
                problem = f"has a frozen text that is damaged ({text})"
                raise RefusedError(
                    problem, "Restore both files, or remove them: then it is extracted anew, and offsets may move."
                ) from None
        return None

    def put(self, original: Path, sha256: str, found: Extraction) -> bool:
        """Freeze a text; whether there was a place for it."""
        about = asdict(found)
        content = about.pop("text").encode()
        about |= {"file": original.name, "sha256": sha256, "text_sha256": hashlib.sha256(content).hexdigest()}
        written = (json.dumps(about, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
        for folder in self._folders(original):
            try:
                folder.mkdir(parents=True, exist_ok=True)
                _write(folder / f"{sha256}.txt", content)
                _write(folder / f"{sha256}.json", written)  # last: without it the text does not count
            except OSError:
                continue
            return True
        return False

    def _folders(self, original: Path) -> list[Path]:
        beside = original.resolve().parent / FOLDER
        return [beside] if self._cache is None else [beside, self._cache / FOLDER]


_KEPT: Final = ("format", "library", "encoding", "pages", "notes", "left_out")


def _write(path: Path, content: bytes) -> None:
    """The whole file or nothing of it."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as draft:
        draft.write(content)
    os.chmod(draft.name, 0o644)  # noqa: PTH101
    os.replace(draft.name, path)  # noqa: PTH105
