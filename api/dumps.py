"""The dumps of a release, made in a process of their own when they are first asked for, and kept as files."""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from baligraph.dumps import LISTING
from baligraph.errors import EngineError
from baligraph.release import Release
from baligraph.settings import Settings


class Dumps:
    """Folders of dumps, one for each release that was asked for."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._making = asyncio.Lock()
        self._temporary: tempfile.TemporaryDirectory[str] | None = None

    async def of(self, release: Release) -> Path:
        """The folder with the dumps of a release. Raises EngineError if they can't be made."""
        folder = self._folder() / f"dumps-{release.id}"
        if not (folder / LISTING).is_file():
            async with self._making:
                if not (folder / LISTING).is_file():
                    await _make(release, folder)
        return folder

    async def listing(self, release: Release) -> list[dict[str, Any]]:
        """What there is of a release: its own files, and the dumps."""
        files = release.manifest["files"]
        own = [("graph.nq.gz", "application/gzip", "All graphs as N-Quads, packed with gzip")]
        own += [(f"texts/{slug}.txt", "text/plain", f"Text of {slug}") for slug in release.slugs]
        own += [("report.json", "application/json", "What the gate found"), ("report.ttl", "text/turtle", "The same of the shapes (SHACL)")]
        listed = [{"path": name, "mediaType": media, "title": title, **files[name]} for name, media, title in own]
        made = await asyncio.to_thread((await self.of(release) / LISTING).read_text, "utf-8")
        dumps: list[dict[str, Any]] = json.loads(made)
        return listed + dumps

    def close(self) -> None:
        """Remove what was made for this run."""
        if self._temporary is not None:
            self._temporary.cleanup()

    def _folder(self) -> Path:
        if self._settings.disk is not None:
            return self._settings.disk
        if self._temporary is None:
            self._temporary = tempfile.TemporaryDirectory(prefix="baligraph-dumps-")
        return Path(self._temporary.name)


async def _make(release: Release, folder: Path) -> None:
    half = folder.with_name(f"{folder.name}.making")
    await asyncio.to_thread(shutil.rmtree, half, ignore_errors=True)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "baligraph.dumps", str(release.path), str(half), stderr=asyncio.subprocess.PIPE
    )
    try:
        _, errors = await process.communicate()
    except BaseException:
        process.kill()
        raise
    if process.returncode != 0:
        raise EngineError(f"the dumps of {release.id} could not be made: {errors.decode(errors='replace')[-500:]}")
    half.rename(folder)
