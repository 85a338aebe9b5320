"""A release: the files through which ingest and api meet.

    releases/
      current -> 2018-08-07-0f3a…        moved in one atomic step, last of all
      2018-08-07-0f3a…/
        manifest.json  graph.nq.gz  search.sqlite  texts/<slug>.txt  report.ttl  report.json  findings.csv
      rejected/                          the last draft that did not conform, for its report; never served

Whoever reads opens a release with `Release.open`, which checks verdict and hashes. `release_writer` writes one.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from baligraph import search_index
from baligraph.errors import GateError, ReleaseError

FORMAT = 2
"""Version of the layout; a reader refuses others."""

ID = re.compile(r"\d{4}-\d{2}-\d{2}-[0-9a-f]{12}")
"""What the name of a release looks like: its date and a hash."""

DERIVED = ("graph.nq.gz", search_index.NAME)
"""Files whose bytes may differ with the libraries that wrote them."""


@dataclass(frozen=True, slots=True)
class Release:
    """A release that conforms and whose files are those that its manifest names."""

    path: Path
    manifest: Mapping[str, Any]

    @classmethod
    def open(cls, path: Path | str) -> Release:
        """Open the release in `path`, or the one that `path/current` points to.

        Raises ReleaseError (what is wrong, and what to do) if there is none, if a file is missing, changed or not listed, and GateError
        if it does not conform.
        """
        folder = Path(path)
        if not (folder / "manifest.json").is_file() and (folder / "current").exists():
            folder = folder / "current"
        if not (folder / "manifest.json").is_file():
            raise ReleaseError(f"{path}: no release here (no manifest.json); run `baligraph build`, or name the folder of a release")
        folder = folder.resolve()  # a later move of `current` must not mix two releases
        manifest = read_manifest(folder)
        if manifest["gate"].get("conforms") is not True:
            raise GateError(f"{folder}: this draft does not conform and is not served; its report.json says why")
        _verify(folder, manifest["files"])
        return cls(folder, manifest)

    @property
    def id(self) -> str:
        """`{date}-{12 hex of the content}`."""
        return str(self.manifest["id"])

    @property
    def quads_path(self) -> Path:
        """The graph: gzipped N-Quads, sorted; its default graph is the accepted view."""
        return self.path / "graph.nq.gz"

    def lines(self) -> TextIO:
        """The graph as text, a line for each quad; to be closed."""
        return gzip.open(self.quads_path, "rt", encoding="utf-8", newline="\n")

    @property
    def search_path(self) -> Path | None:
        """The full-text index; None for a release that was built without one."""
        return self.path / search_index.NAME if search_index.NAME in self.manifest["files"] else None

    @property
    def slugs(self) -> list[str]:
        """The documents whose text the release holds (not those that may only be quoted)."""
        return sorted(name[len("texts/") : -len(".txt")] for name in self.manifest["files"] if name.startswith("texts/"))

    @property
    def date(self) -> str | None:
        """The newest date in what it was built of."""
        return str(self.manifest["date"]) if "date" in self.manifest else None

    @property
    def withdrawn(self) -> frozenset[str]:
        """The marks of IRIs that were withdrawn (`baligraph.withdrawn`)."""
        return frozenset(self.manifest.get("withdrawn", ()))

    def text(self, slug: str) -> str:
        """The text that evidence offsets of this document point into. Raises KeyError if the release holds none."""
        if f"texts/{slug}.txt" not in self.manifest["files"]:
            raise KeyError(slug)
        return (self.path / "texts" / f"{slug}.txt").read_bytes().decode()


def kept_releases(folder: Path) -> list[Release]:
    """The releases that lie in a folder, the newest first. Their files are not compared with the manifest: `Release.open` does."""
    found = []
    for path in folder.iterdir() if folder.is_dir() else ():
        if ID.fullmatch(path.name):
            with contextlib.suppress(ReleaseError, OSError):
                found.append(Release(path, read_manifest(path)))
    good = [release for release in found if release.manifest["gate"].get("conforms") is True and release.id == release.path.name]
    return sorted(good, key=lambda release: (release.id[:10], release.path.stat().st_mtime_ns, release.id), reverse=True)


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of the release in `folder`. Raises ReleaseError if it is none, or was edited."""
    path = folder / "manifest.json"
    try:
        manifest = json.loads(path.read_bytes())
    except ValueError as error:
        raise ReleaseError(f"{path}: not JSON ({error}); build the release again") from None
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise ReleaseError(f"{path}: not a manifest of format {FORMAT}; build the release with this version of baligraph")
    if not all(isinstance(manifest.get(key), dict) for key in ("files", "gate")) or not ID.fullmatch(str(manifest.get("id"))):
        raise ReleaseError(f"{path}: id, files or gate are missing; build the release again")
    if manifest["id"] != identity(manifest):
        raise ReleaseError(f"{path}: its id is not the hash of its content, so it was edited; build the release again")
    return manifest


def _verify(folder: Path, files: Mapping[str, Mapping[str, Any]]) -> None:
    found = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if not p.is_dir()} - {"manifest.json"}
    for name in sorted(found ^ files.keys()):
        what = "is listed but missing" if name in files else "is not listed in the manifest"
        raise ReleaseError(f"{folder / name}: {what}; build the release again")
    for name, expected in files.items():
        path = folder / name
        if path.stat().st_size != expected["size"] or file_sha256(path) != expected["sha256"]:
            raise ReleaseError(f"{path}: changed since it was built (size or sha256 differ); restore it or build the release again")


def file_sha256(path: Path) -> str:
    """The hash of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def identity(manifest: Mapping[str, Any]) -> str:
    """Date and hash of all that the manifest says. The graph counts uncompressed, and its index not at all: another zlib may pack the same
    lines differently, another SQLite lay out the same words differently."""
    files = {name: entry for name, entry in manifest["files"].items() if name not in DERIVED}
    content = {**manifest, "files": files}
    content.pop("id", None)
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, allow_nan=False)  # without line breaks it is ten times as fast
    return f"{manifest.get('date')}-{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def as_json(value: Mapping[str, Any]) -> bytes:
    """The one form in which the files of a release hold JSON."""
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False) + "\n").encode()
