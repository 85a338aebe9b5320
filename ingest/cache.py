"""Readings as JSON, for the cache of a build and for `baligraph extract --json`.

A reading is kept under the hash of all that decides it: the document's text, the code that read it, the tables and concept schemes that it
was read by. Nothing in the cache is trusted: what can't be decoded is read again.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import fields
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from baligraph import data
from ingest import findings
from ingest.findings import DateRead, Finding, Reading, Source, Span

_CLASSES: Final[dict[str, type]] = {
    cls.__name__: cls
    for cls in (
        *(Span, Source, DateRead, findings.MeetingFound, findings.Fact, findings.ParticipationFound, findings.MembershipFound),
        *(findings.AppointmentFound, findings.ProvisionFound, findings.ObservationFound, findings.MentionFound, findings.PersonFound),
        findings.Unresolved,
    )
}
_GENRE: Final = re.compile(rb'\{"slug": "[^"\\]*", "genre": "([^"\\]*)", "findings": \[')
_HEAD: Final = 512  # bytes of a kept reading that hold slug and genre
# Modules that see a reading only after it is done: a change there does not change what is read.
_AFTER: Final = frozenset(
    f"{name}.py"
    for name in (
        *("accept", "assemble", "build", "cache", "candidates", "cluster", "contribution", "curation", "curation_quads", "frame", "gather"),
        *("infer", "meetings", "nodes", "quads", "readers", "redact", "register", "resolve", "similar", "statistics", "steps"),
        *("trial", "withhold"),
    )
)


@cache
def extractor_version() -> str:
    """`0.1.0+1a2b3c4d`: the package and the hash of the code that reads documents."""
    folder = Path(__file__).parent
    code = sha256()
    for path in sorted(folder.rglob("*.py")):
        name = path.relative_to(folder).as_posix()
        # files become texts before, and a text has its own hash; parts are made of what was read
        if name not in _AFTER and not name.startswith(("read/", "parts/")):
            code.update(f"{name}\n".encode() + path.read_bytes())
    return f"{version('baligraph')}+{code.hexdigest()[:8]}"


def context_digest(corpus: Path) -> str:
    """The hash of the tables and schemes that a reader knows beforehand."""
    digest = sha256()
    for folder in (corpus / "reference", data.ontology("concepts")):
        for path in sorted(folder.iterdir()):
            digest.update(path.name.encode() + b"\n" + path.read_bytes())
    return digest.hexdigest()


class ReadingCache:
    """One JSON file per reading below `folder`; None keeps nothing."""

    def __init__(self, folder: Path | None, context: str):
        self.folder, self.context = folder, context

    def get(self, slug: str, text_sha: str) -> Reading | None:
        """The reading of this text by this code and these tables, if it is kept and whole."""
        if self.folder is None:
            return None
        try:
            return from_json(json.loads(self._path(slug, text_sha).read_bytes()))
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def genre(self, slug: str, text_sha: str) -> str | None:
        """The genre of the reading that is kept, without decoding the rest of it: `to_json` begins with it."""
        if self.folder is None:
            return None
        try:
            with self._path(slug, text_sha).open("rb") as file:
                found = _GENRE.match(file.read(_HEAD))
            return found[1].decode() if found else None
        except (OSError, ValueError):
            return None

    def put(self, reading: Reading, text_sha: str) -> None:
        """Keep a reading. A cache that can't be written is no reason to fail."""
        if self.folder is None:
            return
        path = self._path(reading.slug, text_sha)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            file = tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, suffix=".tmp", encoding="utf-8")  # noqa: SIM115
            try:
                with file:
                    file.write(json.dumps(to_json(reading), ensure_ascii=False))  # `dump` encodes many times slower
                Path(file.name).replace(path)  # whole or not at all
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
        except OSError:
            return

    def key(self, text_sha: str) -> str:
        """The hash of all that decides the reading of a text."""
        return sha256(f"{extractor_version()}|{self.context}|{text_sha}".encode()).hexdigest()[:24]

    def _path(self, slug: str, text_sha: str) -> Path:
        return (self.folder or Path()) / f"{slug}-{self.key(text_sha)}.json"


def to_json(reading: Reading) -> dict[str, Any]:
    """A reading as plain values; `from_json` gives it back unchanged."""
    return {
        "slug": reading.slug,
        "genre": reading.genre,
        "findings": [_plain(f) for f in reading.findings],
        "passages": [[p.start, p.end] for p in reading.passages],
    }


def from_json(value: dict[str, Any]) -> Reading:
    """The reading that `to_json` wrote. Raises KeyError, TypeError or ValueError for anything else."""
    found: Iterable[Finding] = [_typed(f) for f in value["findings"]]
    return Reading(value["slug"], value["genre"], list(found), [Span(*p) for p in value["passages"]])


def _plain(value: Any) -> Any:
    name = type(value).__name__
    if name in _CLASSES:
        return {"is": name} | {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def _typed(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_typed(v) for v in value)  # findings hold tuples only
    if not isinstance(value, dict):
        return value
    make: Callable[..., Any] = _CLASSES[value["is"]]
    found = {name: _typed(v) for name, v in value.items() if name != "is"}
    if make is DateRead:
        found |= {name: dt.date.fromisoformat(found[name]) for name in ("start", "end")}
    return make(**found)
