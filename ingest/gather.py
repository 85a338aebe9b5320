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
from baligraph.settings import Settings
from ingest.contribution import Original, TextInput
from ingest.read.extraction import RefusedError
from ingest.read.files import FileRead, read_files
from ingest.read.frozen import FOLDER, Frozen
from ingest.reference import DocumentRecord, Reference

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


def gather(reference: Reference, folders: Sequence[Path] = (), settings: Settings | None = None, cache: Path | None = None) -> Documents:
    """Read all documents. Raises InputError for what is wrong with the corpus, with a folder, or with a slug that is given twice.

    `settings` has the limits of files; `cache` is where extracted texts are kept that have no place beside their file.
    """
    settings, frozen = settings or Settings(), Frozen(cache)
    found = Documents()
    places: dict[str, str] = {}
    own = _own_files(reference)
    for (slug_, path), (_, read) in zip(own.items(), read_files(own.values(), settings, frozen), strict=True):
        found.texts.append(_registered(reference.documents[slug_], path, read, found))
        places[slug_] = str(path)
    for folder in {folder.resolve(): folder for folder in folders}.values():  # one that is named twice is read once
        _further(folder, settings, frozen, found, places)
    found.texts.sort(key=lambda t: t.slug)
    found.problems.sort()
    found.newest = max((r.retrieved for r in reference.documents.values() if r.retrieved), default=None)
    return found


def _own_files(reference: Reference) -> dict[str, Path]:
    """The file of each registered document: the one that is named by its slug, whatever its format."""
    by_slug: dict[str, Path] = {}
    for path in _entries(reference.corpus / "documents", "Restore the folder: the texts of the corpus belong there."):
        if path.name.startswith(".") or (path.name == FOLDER and path.is_dir()):
            continue
        if path.stem not in reference.documents:
            mend = "Register it there with source and hash, or read it from another folder with --documents."
            raise InputError(f"corpus/documents/{path.name}", "has no row in corpus/documents.csv", mend)
        if path.stem in by_slug:
            mend = "Keep the one whose hash the row has."
            raise InputError(f"corpus/documents/{path.name}", f"is a second file of that name beside {by_slug[path.stem].name}", mend)
        by_slug[path.stem] = path
    for record in reference.documents.values():
        if record.slug not in by_slug:
            record.row.fail("slug", f"there is no file corpus/documents/{record.slug}.*", "Put the document there, or remove the row.")
    return {slug_: by_slug[slug_] for slug_ in reference.documents}


def _registered(record: DocumentRecord, path: Path, read: FileRead | RefusedError, found: Documents) -> TextInput:
    name = f"corpus/documents/{path.name}"
    if isinstance(read, RefusedError):
        raise InputError(name, read.problem, read.mend, line=read.line)
    if read.sha256 != record.sha256:
        mend = "Restore the file; if the change is meant, write the new hash into this row."
        record.row.fail("sha256", f"{name} has the hash {read.sha256}", mend)
    got = read.extraction
    if got.encoding or (got.format in ("text", "markdown") and got.library):
        how = f" (read as {got.encoding})" if got.encoding else ""
        mend = "Save it as UTF-8 without byte order mark and invisible characters, and register the new hash."
        raise InputError(name, f"is not plain UTF-8{how}", mend)
    found.problems += [Problem(name, f"{name}: {note}", blocking=False) for note in got.notes]
    return TextInput(
        slug=record.slug,
        text=got.text,
        language=record.language,
        title=record.title,
        public=record.rights == "full text",
        original=_original(read),
        pages=got.pages,
    )


def _further(folder: Path, settings: Settings, frozen: Frozen, found: Documents, places: dict[str, str]) -> None:
    named: list[tuple[str, str, Path]] = []
    known = {text.sha256: text.slug for text in found.texts}
    for path in _entries(folder, "Give --documents a folder of documents."):
        if path.name.startswith(".") or path.is_dir():
            continue
        shown = _shown(path)
        try:
            str(path).encode()
            name = slug_of(path)
        except UnicodeEncodeError:
            found.problems.append(Problem(shown, str(InputError(shown, "its name is not UTF-8", "Rename the file."))))
            continue
        except InputError as error:
            found.problems.append(Problem(shown, str(error)))
            continue
        named.append((name, shown, path))
    for (name, shown, path), (_, read) in zip(named, read_files((p for _, _, p in named), settings, frozen), strict=True):
        if isinstance(read, RefusedError):
            found.problems.append(Problem(shown, str(InputError(shown, read.problem, read.mend, line=read.line))))
            continue
        if name in places:
            raise InputError(shown, f"the slug {name!r} is that of {places[name]}", "Rename one of the two files.")
        places[name] = shown
        sha256 = hashlib.sha256(read.extraction.text.encode()).hexdigest()
        if same := known.get(sha256):
            found.problems.append(Problem(shown, f"{shown}: has the same text as {same}, and is read as that alone.", blocking=False))
            continue
        known[sha256] = name
        found.problems += [Problem(shown, f"{shown}: {told}", blocking=False) for told in told_of(read)]
        found.texts.append(
            TextInput(
                slug=name,
                text=read.extraction.text,
                registered=False,
                title=_printable(path.stem),
                original=_original(read),
                pages=read.extraction.pages,
            )
        )


def told_of(read: FileRead) -> list[str]:
    """What there is to say of a file that was read, each a sentence about it."""
    guess = f"is not UTF-8; it was read as {read.extraction.encoding}. Check its quotations, or save it as UTF-8."
    return [guess] * bool(read.extraction.encoding) + list(read.extraction.notes)


def _original(read: FileRead) -> Original:
    return Original(read.sha256, read.extraction.format, read.extraction.library)


def _shown(path: Path) -> str:
    """A path as it can be printed: what is no character, and what would steer a terminal, is escaped."""
    return _printable(str(path).encode(errors="backslashreplace").decode())


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _entries(folder: Path, mend: str) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except NotADirectoryError:
        raise InputError(str(folder), "is no folder", mend) from None
    except OSError as error:
        problem = "is no folder" if isinstance(error, FileNotFoundError) else f"can't be read: {error.strerror}"
        raise InputError(str(folder), problem, mend) from error


def slug_of(path: Path) -> str:
    """The file's stem where it is a slug, else folded to one. Raises InputError where it makes none."""
    if _SLUG.fullmatch(path.stem):
        return path.stem
    try:
        return slug(path.stem)
    except IriError as error:
        raise InputError(_shown(path), "its name makes no slug", "Name the file with letters and digits.") from error
