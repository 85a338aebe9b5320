"""Write a release: everything is written and synced beside, and only then renamed, so a writer that is killed leaves at most a
`.building-…` folder for the next to sweep. What a release is, and how it is read, says `release`.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import fcntl
import hashlib
import os
import re
import shutil
import tempfile
import zlib
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO

import pyoxigraph

from baligraph import search_index
from baligraph.blocks import HEAD, Block, cut, end, packed
from baligraph.errors import GateError, ReleaseError
from baligraph.release import DERIVED, FORMAT, ID, Release, as_json, file_sha256, identity, read_manifest

KEPT = 5
"""How many releases stay in the folder."""

_SLUG = re.compile(r"[a-z0-9][a-z0-9_-]*")
_SWEPT = ".building-"
_TOGETHER = 16  # blocks that are measured at once
_AHEAD = 4  # of these, how many may wait
_SYNCS = 8  # files that are synced at once: a disk takes as long for one as for several


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a build hands over.

    `date` is the newest date in the inputs, never today's, so that the same inputs give the same release. `quads` are sorted N-Quads
    lines without repetition, or blocks of such lines (or pyoxigraph quads, which are then sorted here). `gate` holds at least `conforms`;
    `about` whatever else the manifest shall say (versions, counts, sources). `findings` is the text of findings.csv.
    """

    date: dt.date
    quads: Iterable[str] | Iterable[pyoxigraph.Quad] | Iterable[Block]
    texts: Mapping[str, str]
    report_turtle: str
    report: Mapping[str, Any]
    findings: Iterable[str]
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
                manifest = _write_files(folder, draft, releases / "current")
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


def _write_files(folder: Path, draft: Draft, before: Path) -> dict[str, Any]:
    files: dict[str, dict[str, Any]] = {}
    written: list[Path] = []

    def put(name: str, content: bytes) -> None:
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        if not _linked(path, before / name, content):
            path.write_bytes(content)
            written.append(path)
        files[name] = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}

    for slug, text in draft.texts.items():
        if not _SLUG.fullmatch(slug):
            raise ReleaseError(f"{slug!r} can't name a text: a slug has only a-z, 0-9, - and _")
        put(f"texts/{slug}.txt", text.encode())
    put("report.ttl", draft.report_turtle.encode())
    put("report.json", as_json(draft.report))
    put("findings.csv", "".join(draft.findings).encode())
    with ThreadPoolExecutor(_SYNCS) as pool:
        list(pool.map(_sync_file, written))
    graph, sought = _write_graph(folder / "graph.nq.gz", draft.quads)
    search_index.write(folder / search_index.NAME, sought)
    _sync_file(folder / search_index.NAME)
    for name in DERIVED:
        files[name] = {"sha256": file_sha256(folder / name), "size": (folder / name).stat().st_size}

    manifest = {**draft.about, "format": FORMAT, "date": draft.date.isoformat(), "files": files, "gate": dict(draft.gate), "graph": graph}
    manifest["id"] = identity(manifest)
    with (folder / "manifest.json").open("wb") as file:
        file.write(as_json(manifest))
        _sync(file)
    for inner in (folder / "texts", folder):
        if inner.is_dir():
            _sync_folder(inner)
    return manifest


def _linked(path: Path, before: Path, content: bytes) -> bool:
    """Whether the file of the release before has just this content and stands in the new folder too. No release is ever written to, so
    two may share a file, which is then neither written nor synced nor, when the older release goes, freed block by block.
    """
    try:
        if before.stat().st_size != len(content) or before.read_bytes() != content:
            return False
        os.link(before, path)
    except OSError:  # nothing stands there, or this disk knows no links
        return False
    return True


def _write_graph(path: Path, quads: Iterable[str] | Iterable[pyoxigraph.Quad] | Iterable[Block]) -> tuple[dict[str, Any], bytes]:
    """What the manifest says of the graph, and its lines that the full-text index is made of."""
    digest, crc, size, count = hashlib.sha256(), 0, 0, 0
    sought: list[bytes] = []

    def measure(texts: list[bytes]) -> None:
        nonlocal crc, size, count
        for text in texts:
            digest.update(text)
            crc = zlib.crc32(text, crc)
            size += len(text)
            count += text.count(b"\n")

    with path.open("wb") as file:
        file.write(HEAD)
        with ThreadPoolExecutor(1) as measurer:  # it releases the interpreter: the next blocks are made meanwhile
            waiting: deque[Future[None]] = deque()
            blocks = _blocks(quads)
            while some := list(islice(blocks, _TOGETHER)):
                waiting.append(measurer.submit(measure, [block.text for block in some]))
                sought += [block.sought for block in some]
                file.writelines(block.packed for block in some)
                if len(waiting) > _AHEAD:
                    waiting.popleft().result()
            for measuring in waiting:
                measuring.result()
        file.write(end(crc, size))
        _sync(file)
    return {"quads": count, "sha256": digest.hexdigest()}, b"".join(sought)


def _blocks(quads: Iterable[str] | Iterable[pyoxigraph.Quad] | Iterable[Block]) -> Iterator[Block]:
    iterator = iter(quads)
    first = next(iterator, None)
    if isinstance(first, Block):
        yield first
        yield from iterator  # type: ignore[misc]  # all are like the first
    elif first is not None:
        yield from packed(cut(_lines(chain([first], iterator))))  # type: ignore[arg-type]


def _lines(quads: Iterator[str] | Iterator[pyoxigraph.Quad]) -> Iterator[str]:
    for first in quads:
        if isinstance(first, str):
            yield first if first.endswith("\n") else first + "\n"
        else:
            rest = (str(quad) for quad in quads)
            yield from sorted({f"{text} .\n" for text in (str(first), *rest)})
            return


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
    found = [p for p in releases.iterdir() if ID.fullmatch(p.name) and p.name != current.name]
    old = sorted(found, key=lambda p: (p.stat().st_mtime_ns, p.name), reverse=True)
    for path in [p for n, p in enumerate(old) if n >= max(keep, 1) - 1 or (withdrawn and not withdrawn <= _withdrawn(p))]:
        doomed = releases / f"{_SWEPT}{path.name}"
        path.rename(doomed)  # first out of sight: a half-deleted folder must not look like a release
        shutil.rmtree(doomed, ignore_errors=True)


def _withdrawn(release: Path) -> frozenset[str]:
    try:
        return frozenset(read_manifest(release).get("withdrawn", ()))
    except ReleaseError:
        return frozenset()


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
