"""The documents of a build: those of the corpus, as `documents.csv` registers them, and those of further folders.

What is wrong with the corpus itself stops the build (`InputError`: a registry row without file, a wrong hash, a file without row, a slug
given twice). A file of a further folder that can't be read is a `Problem`: it is left out and named, and the others go on.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from baligraph.errors import InputError
from baligraph.iris import IriError, slug
from ingest.contribution import TextInput
from ingest.read.text import read_text
from ingest.reference import DocumentRecord, Reference

SUFFIXES: Final = (".txt", ".md")
_SLUG: Final = re.compile(r"[a-z0-9][a-z0-9_-]*")


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A document that was left out, or (`blocking` False) one that was read otherwise than it should be."""

    file: str
    message: str
    blocking: bool = True


@dataclass(slots=True)
class Documents:
    """The texts by slug, in the order of the slugs, the problems met, and the newest date that the registry names."""

    texts: list[TextInput] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    newest: dt.date | None = None


def gather(reference: Reference, folders: Sequence[Path] = ()) -> Documents:
    """Read all documents. Raises InputError for what is wrong with the corpus, with a folder, or with a slug that is given twice."""
    found = Documents()
    places: dict[str, str] = {}
    for record in reference.documents.values():
        path = reference.corpus / "documents" / f"{record.slug}.txt"
        found.texts.append(_registered(record, path))
        places[record.slug] = str(path)
    for path in _entries(reference.corpus / "documents", "Restore the folder: the texts of the corpus belong there."):
        if path.name.startswith(".") or path.stem in places:
            continue
        mend = "Register it there with source and hash, or read it from another folder with --documents."
        raise InputError(f"corpus/documents/{path.name}", "has no row in corpus/documents.csv", mend)
    for folder in {folder.resolve(): folder for folder in folders}.values():  # one that is named twice is read once
        _further(folder, found, places)
    found.texts.sort(key=lambda t: t.slug)
    found.problems.sort()
    found.newest = max((r.retrieved for r in reference.documents.values() if r.retrieved), default=None)
    return found


def _registered(record: DocumentRecord, path: Path) -> TextInput:
    if not path.is_file():
        record.row.fail("slug", f"there is no file corpus/documents/{path.name}", "Put the text there, or remove the row.")
    sha = hashlib.sha256(path.read_bytes()).hexdigest()
    if sha != record.sha256:
        problem = f"corpus/documents/{path.name} has the hash {sha}"
        record.row.fail("sha256", problem, "Restore the text; if the change is meant, write the new hash into this row.")
    text = read_text(path)
    if text.fallback or text.sha256 != sha:
        mend = "Save it as UTF-8 without byte order mark and register the new hash."
        raise InputError(f"corpus/documents/{path.name}", f"is not plain UTF-8 (read as {text.encoding})", mend)
    return TextInput(slug=record.slug, text=text.text, language=record.language, title=record.title, public=record.rights == "full text")


def _further(folder: Path, found: Documents, places: dict[str, str]) -> None:
    for path in _entries(folder, "Give --documents a folder of text files."):
        if path.name.startswith(".") or path.is_dir():
            continue
        shown = str(path).encode(errors="backslashreplace").decode()
        try:
            if shown != str(path):
                raise InputError(shown, "its name is not UTF-8", "Rename the file.")
            if path.suffix.lower() not in SUFFIXES:
                raise InputError(str(path), f"has no format that is read ({', '.join(SUFFIXES)})", "Extract its text first, as UTF-8.")
            name, text = _slug(path), read_text(path)
        except InputError as error:
            found.problems.append(Problem(shown, str(error)))
            continue
        if name in places:
            raise InputError(str(path), f"the slug {name!r} is that of {places[name]}", "Rename one of the two files.")
        places[name] = str(path)
        if text.fallback:
            told = f"{path}: is not UTF-8; it was read as {text.encoding}. Check its quotations, or save it as UTF-8."
            found.problems.append(Problem(str(path), told, blocking=False))
        found.texts.append(TextInput(slug=name, text=text.text, registered=False, title=path.stem))


def _entries(folder: Path, mend: str) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except NotADirectoryError:
        raise InputError(str(folder), "is no folder", mend) from None
    except OSError as error:
        problem = "is no folder" if isinstance(error, FileNotFoundError) else f"can't be read: {error.strerror}"
        raise InputError(str(folder), problem, mend) from error


def _slug(path: Path) -> str:
    """The file's stem where it is a slug, else folded to one."""
    if _SLUG.fullmatch(path.stem):
        return path.stem
    try:
        return slug(path.stem)
    except IriError as error:
        raise InputError(str(path), "its name makes no slug", "Name the file with letters and digits.") from error
