"""A release: the files through which ingest and api meet.

    releases/
      current -> 2018-08-07-0f3a…        moved in one atomic step, last of all
      2018-08-07-0f3a…/
        manifest.json  graph.nq.gz  search.sqlite  texts/<slug>.txt  report.ttl  report.json  findings.csv
      rejected/                          the last draft that did not conform, for its report; never served

Whoever reads opens a release with `Release.open`, which checks verdict and hashes. Whoever writes calls `write_release`: everything is
written and synced beside, and only then renamed, so a writer that is killed leaves at most a `.building-…` folder for the next to sweep.
"""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import errno
import fcntl
import gzip
import hashlib
import io
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import chain, islice, pairwise
from pathlib import Path
from typing import Any, BinaryIO

import pyoxigraph

from baligraph import search_index
from baligraph.errors import GateError, ReleaseError

FORMAT = 1
"""Version of the layout; a reader refuses others."""

KEPT = 5
"""How many releases stay in the folder."""

_ID = re.compile(r"\d{4}-\d{2}-\d{2}-[0-9a-f]{12}")
_SLUG = re.compile(r"[a-z0-9][a-z0-9_-]*")
_DERIVED = ("graph.nq.gz", search_index.NAME)
_SWEPT = ".building-"
_LINES = 1 << 13  # lines that are packed at once
_SYNCS = 8  # files that are synced at once: a disk takes as long for one as for several


# --- reading -------------------------------------------------------------------------------------------------------------------------


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
        manifest = _read_manifest(folder)
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
        if _ID.fullmatch(path.name):
            with contextlib.suppress(ReleaseError, OSError):
                found.append(Release(path, _read_manifest(path)))
    good = [release for release in found if release.manifest["gate"].get("conforms") is True and release.id == release.path.name]
    return sorted(good, key=lambda release: (release.id[:10], release.path.stat().st_mtime_ns, release.id), reverse=True)


def _read_manifest(folder: Path) -> dict[str, Any]:
    path = folder / "manifest.json"
    try:
        manifest = json.loads(path.read_bytes())
    except ValueError as error:
        raise ReleaseError(f"{path}: not JSON ({error}); build the release again") from None
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise ReleaseError(f"{path}: not a manifest of format {FORMAT}; build the release with this version of baligraph")
    if not all(isinstance(manifest.get(key), dict) for key in ("files", "gate")) or not _ID.fullmatch(str(manifest.get("id"))):
        raise ReleaseError(f"{path}: id, files or gate are missing; build the release again")
    if manifest["id"] != _identity(manifest):
        raise ReleaseError(f"{path}: its id is not the hash of its content, so it was edited; build the release again")
    return manifest


def _verify(folder: Path, files: Mapping[str, Mapping[str, Any]]) -> None:
    found = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if not p.is_dir()} - {"manifest.json"}
    for name in sorted(found ^ files.keys()):
        what = "is listed but missing" if name in files else "is not listed in the manifest"
        raise ReleaseError(f"{folder / name}: {what}; build the release again")
    for name, expected in files.items():
        path = folder / name
        if path.stat().st_size != expected["size"] or _sha256(path) != expected["sha256"]:
            raise ReleaseError(f"{path}: changed since it was built (size or sha256 differ); restore it or build the release again")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# --- writing -------------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a build hands over.

    `date` is the newest date in the inputs, never today's, so that the same inputs give the same release. `quads` are sorted N-Quads
    lines without repetition (or pyoxigraph quads, which are then sorted here). `gate` holds at least `conforms`; `about` whatever
    else the manifest shall say (versions, counts, sources). `findings` begins with its header row.
    """

    date: dt.date
    quads: Iterable[str] | Iterable[pyoxigraph.Quad]
    texts: Mapping[str, str]
    report_turtle: str
    report: Mapping[str, Any]
    findings: Iterable[Sequence[object]]
    gate: Mapping[str, Any]
    about: Mapping[str, Any] = field(default_factory=dict)


def write_release(releases: Path | str, draft: Draft, *, keep: int = KEPT) -> Release:
    """Write a draft as a release below `releases`, move `current` to it, and drop all but the newest `keep`.

    Where `about` names withdrawn IRIs, older releases that were built without that decision are dropped too.

    Raises GateError if the draft does not conform (it then lies in `releases/rejected`), ReleaseError if it can't be written; whatever
    is raised, the release that was current stays so.
    """
    releases = Path(releases)
    try:
        releases.mkdir(parents=True, exist_ok=True)
        with _locked(releases):
            _sweep(releases)
            folder = Path(tempfile.mkdtemp(prefix=_SWEPT, dir=releases))
            try:
                folder.chmod(0o755)
                manifest = _write_files(folder, draft)
                return _publish(releases, folder, manifest, keep)
            finally:
                shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise ReleaseError(f"{releases}: the disk is full; free some space and build again (the old release stays)") from error
        raise ReleaseError(f"{releases}: {error.strerror or error} ({error.filename or 'while writing'}); the old release stays") from error


@contextlib.contextmanager
def _locked(releases: Path) -> Iterator[None]:
    """One writer at a time; the kernel frees the lock of a killed one."""
    with (releases / ".lock").open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ReleaseError(f"{releases}: another build is writing here; wait for it, or build with --out into another folder") from None
        yield


def _sweep(releases: Path) -> None:
    for left in releases.glob(f"{_SWEPT}*"):
        shutil.rmtree(left) if left.is_dir() and not left.is_symlink() else left.unlink()


def _write_files(folder: Path, draft: Draft) -> dict[str, Any]:
    files: dict[str, dict[str, Any]] = {}

    def put(name: str, content: bytes) -> None:
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        files[name] = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}

    for slug, text in draft.texts.items():
        if not _SLUG.fullmatch(slug):
            raise ReleaseError(f"{slug!r} can't name a text: a slug has only a-z, 0-9, - and _")
        put(f"texts/{slug}.txt", text.encode())
    put("report.ttl", draft.report_turtle.encode())
    put("report.json", _json(draft.report))
    table = io.StringIO()
    csv.writer(table, lineterminator="\n").writerows(draft.findings)
    put("findings.csv", table.getvalue().encode())
    with ThreadPoolExecutor(_SYNCS) as pool:
        list(pool.map(_sync_file, [folder / name for name in files]))
    graph = _write_graph(folder / "graph.nq.gz", draft.quads)
    search_index.write(folder / search_index.NAME, folder / "graph.nq.gz")
    _sync_file(folder / search_index.NAME)
    for name in _DERIVED:
        files[name] = {"sha256": _sha256(folder / name), "size": (folder / name).stat().st_size}

    manifest = {**draft.about, "format": FORMAT, "date": draft.date.isoformat(), "files": files, "gate": dict(draft.gate), "graph": graph}
    manifest["id"] = _identity(manifest)
    with (folder / "manifest.json").open("wb") as file:
        file.write(_json(manifest))
        _sync(file)
    for inner in (folder / "texts", folder):
        if inner.is_dir():
            _sync_folder(inner)
    return manifest


def _write_graph(path: Path, quads: Iterable[str] | Iterable[pyoxigraph.Quad]) -> dict[str, Any]:
    """Gzip without time and name: the same lines give the same bytes."""
    digest = hashlib.sha256()
    count, last = 0, ""
    with path.open("wb") as file:
        with gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=file, mtime=0) as packed:
            lines = _lines(quads)
            while some := list(islice(lines, _LINES)):
                for before, line in pairwise(chain([last], some)):
                    if line <= before:
                        raise ReleaseError(f"the quads are not sorted, or one stands twice: {line[:200]!r} follows {before[:200]!r}")
                count, last = count + len(some), some[-1]
                block = "".join(some).encode()
                digest.update(block)
                packed.write(block)
        _sync(file)
    return {"quads": count, "sha256": digest.hexdigest()}


def _lines(quads: Iterable[str] | Iterable[pyoxigraph.Quad]) -> Iterator[str]:
    iterator = iter(quads)
    for first in iterator:
        if isinstance(first, str):
            yield first if first.endswith("\n") else first + "\n"
        else:
            rest = (str(quad) for quad in iterator)
            yield from sorted({f"{text} .\n" for text in (str(first), *rest)})
            return


def _identity(manifest: Mapping[str, Any]) -> str:
    """Date and hash of all that the manifest says. The graph counts uncompressed, and its index not at all: another zlib may pack the same
    lines differently, another SQLite lay out the same words differently."""
    files = {name: entry for name, entry in manifest["files"].items() if name not in _DERIVED}
    content = {**manifest, "files": files}
    content.pop("id", None)
    return f"{manifest.get('date')}-{hashlib.sha256(_json(content)).hexdigest()[:12]}"


def _publish(releases: Path, folder: Path, manifest: Mapping[str, Any], keep: int) -> Release:
    if manifest["gate"].get("conforms") is not True:
        _replace(folder, releases / "rejected")
        raise GateError(f"the release does not conform and was not published; see {releases / 'rejected' / 'report.json'}")
    target = releases / manifest["id"]
    try:
        Release.open(target)  # the same inputs again: the same bytes stand there already
        os.utime(target)
    except ReleaseError:
        _replace(folder, target)
    release = Release.open(target)
    link = releases / f"{_SWEPT}current"
    link.symlink_to(target.name)
    link.replace(releases / "current")
    _sync_folder(releases)
    _drop_old(releases, target, keep, frozenset(manifest.get("withdrawn", ())))
    return release


def _replace(folder: Path, target: Path) -> None:
    """Rename `folder` to `target`; whatever stood there leaves under a name that is swept."""
    if target.exists():
        target.rename(folder.with_name(f"{folder.name}-old"))
    folder.rename(target)
    _sync_folder(target.parent)
    shutil.rmtree(folder.with_name(f"{folder.name}-old"), ignore_errors=True)


def _drop_old(releases: Path, current: Path, keep: int, withdrawn: frozenset[str]) -> None:
    found = [p for p in releases.iterdir() if _ID.fullmatch(p.name) and p.name != current.name]
    old = sorted(found, key=lambda p: (p.stat().st_mtime_ns, p.name), reverse=True)
    for path in [p for n, p in enumerate(old) if n >= max(keep, 1) - 1 or not withdrawn <= _withdrawn(p)]:
        doomed = releases / f"{_SWEPT}{path.name}"
        path.rename(doomed)  # first out of sight: a half-deleted folder must not look like a release
        shutil.rmtree(doomed, ignore_errors=True)


def _withdrawn(release: Path) -> frozenset[str]:
    try:
        return frozenset(_read_manifest(release).get("withdrawn", ()))
    except ReleaseError:
        return frozenset()


def _json(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False) + "\n").encode()


def _sync(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _sync_file(path: Path) -> None:
    with path.open("rb+") as file:
        _sync(file)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
