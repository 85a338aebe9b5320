"""Older releases, for `?release=`: loaded from disk when somebody asks for one, a few at once, the least recently asked leaves."""

from __future__ import annotations

import asyncio
import logging
import tempfile
from collections import Counter, OrderedDict
from dataclasses import replace
from pathlib import Path

from api.fairness import FairEngine
from api.problems import Problem
from api.service import Service
from baligraph.errors import BusyError, EngineError, ReleaseError
from baligraph.release import Release, kept_releases
from baligraph.settings import Settings
from baligraph.store.embedded import EmbeddedEngine

log = logging.getLogger(__name__)


def releases_of(service: Service) -> list[Release]:
    """The releases that can be asked, the newest first; none of a plain file."""
    release = service.release
    if not isinstance(release, Release):
        return []
    if service.settings.kept_loaded == 0:
        return [release]
    others = [other for other in kept_releases(release.path.parent) if other.id != release.id]
    return [release, *others]


def find_release(service: Service, name: str) -> Release:
    """The release of that id. Raises Problem (404)."""
    found = next((release for release in releases_of(service) if release.id == name), None)
    if found is None:
        raise Problem(404, "No such release", f"The release {name[:60]!r} is not kept here; /releases lists those that are.")
    return found


class Kept:
    """Services over older releases; requests `take` and `leave` them."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._loaded: OrderedDict[str, Service] = OrderedDict()
        self._users: Counter[str] = Counter()
        self._changing = asyncio.Lock()
        self._temporary: tempfile.TemporaryDirectory[str] | None = None

    async def take(self, current: Service, name: str) -> Service:
        """The service of a release, which must be left. Raises Problem and StoreError."""
        if name == current.release.id:
            return replace(current, pinned=True)
        async with self._changing:
            service = self._loaded.get(name)
            if service is None:
                found = find_release(current, name)
                await self._make_room()
                service = await self._load(current, found)
                self._loaded[name] = service
            self._loaded.move_to_end(name)
            self._users[name] += 1
            return service

    def leave(self, service: Service) -> None:
        """A request is over."""
        if self._loaded.get(service.release.id) is service:
            self._users[service.release.id] -= 1

    async def close(self) -> None:
        """End everything."""
        for service in self._loaded.values():
            await service.engine.close()
        self._loaded.clear()
        if self._temporary is not None:
            self._temporary.cleanup()

    async def _make_room(self) -> None:
        while len(self._loaded) >= self._settings.kept_loaded:
            idle = next((name for name in self._loaded if self._users[name] <= 0), None)
            if idle is None:
                raise BusyError("other older releases are being read; try again in a moment")
            service = self._loaded.pop(idle)
            del self._users[idle]
            await service.engine.close()

    async def _load(self, current: Service, found: Release) -> Service:
        try:
            release = await asyncio.to_thread(Release.open, found.path)
        except ReleaseError as error:
            raise EngineError(f"the release {found.id} can't be read") from error
        settings = replace(self._settings, workers=1)
        engine = FairEngine(EmbeddedEngine(release.quads_path, settings, self._folder() / release.id), current.ledger)
        try:
            await engine.start()
        except BaseException:
            await engine.close()
            raise
        log.info("loaded the older release %s", release.id)
        return replace(current, release=release, engine=engine, kept={}, pinned=True)

    def _folder(self) -> Path:
        """Where older releases lie as stores: an operator's folder, else one that goes when we go."""
        if self._settings.disk is not None:
            return self._settings.disk / "kept"
        if self._temporary is None:
            self._temporary = tempfile.TemporaryDirectory(prefix="baligraph-kept-")
        return Path(self._temporary.name)
