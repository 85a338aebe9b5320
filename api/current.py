"""The release that is served now, and the change to another without losing a request.

The new one is loaded beside the old; then every new request takes it, while those under way keep the old, which ends after the last of
them. A release that can't be served changes nothing: the old one stays, and the log says why.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Coroutine
from dataclasses import replace

from api.cache import Cache
from api.fairness import FairEngine, Ledger
from api.kept import Kept
from api.known import Known
from api.metrics import Metrics
from api.service import Service
from api.sources import source_of
from baligraph.dataset import Served
from baligraph.errors import BaligraphError
from baligraph.settings import Settings
from baligraph.store import Engine

log = logging.getLogger(__name__)


class Current:
    """Holds the service; requests `take` and `leave` it."""

    def __init__(self, settings: Settings, engine: Callable[[Served], Engine] | None = None) -> None:
        """`engine` makes the engine of a release, if another than the embedded one shall answer.

        Raises ReleaseError if there is no release or file to serve, or a damaged one, SettingsError if the store is not what they say.
        """
        self._settings = settings
        self._source = source_of(settings, self.look)
        self._engine = engine or self._source.engine
        self._users: Counter[int] = Counter()
        self._changing = asyncio.Lock()
        self._seen = self._source.place()  # served, or tried in vain
        self._tasks: set[asyncio.Task[None]] = set()
        self.kept = Kept(settings)
        release = self._source.open()
        ledger, metrics, cache = Ledger(settings), Metrics(), Cache(settings.cache_bytes)
        engine_ = FairEngine(self._engine(release), ledger)
        self.service = Service(settings, release, engine_, ledger, cache, metrics)
        metrics.watch(lambda: (self.service.release.id, self.service.engine.status()), cache, ledger)

    async def start(self) -> None:
        """Load the release. Raises EngineError if that fails."""
        await self.service.engine.start()
        if self._settings.release_poll and self._settings.dataset is None:
            self._background(self._poll())

    async def close(self) -> None:
        """End everything."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.kept.close()
        await self.service.engine.close()

    def take(self) -> Service:
        """The service for one request, which must `leave` it."""
        service = self.service
        self._users[id(service)] += 1
        return service

    def leave(self, service: Service) -> None:
        """A request is over."""
        self._users[id(service)] -= 1

    def look(self) -> None:
        """Look for another release now, even for one that failed before."""
        self._seen = ""
        self._background(self._look())

    async def refresh(self) -> bool:
        """Serve another release if there is one. Returns whether it did; what goes wrong is logged."""
        async with self._changing:
            old = self.service
            place = await asyncio.to_thread(self._source.place)
            if place in {"", self._seen}:
                return False
            self._seen = place
            try:
                release = await asyncio.to_thread(self._source.open)
                if release == old.release:
                    return False
                new = replace(old, release=release, engine=FairEngine(self._engine(release), old.ledger), kept={}, known=Known())
                try:
                    await new.engine.start()
                except BaseException:
                    await new.engine.close()
                    raise
            except (BaligraphError, OSError) as error:
                old.metrics.switched(done=False)
                log.error("another release can't be served, so %s stays: %s", old.release.id, error)
                return False
            self.service = new
            old.metrics.switched(done=True)
            log.info("now serving %s, after %s", release.id, old.release.id)
            self._background(self._end(old))
            return True

    async def _look(self) -> None:
        await self.refresh()

    async def _poll(self) -> None:
        while True:
            await asyncio.sleep(self._settings.release_poll)
            await self.refresh()

    async def _end(self, service: Service) -> None:
        try:
            while self._users[id(service)]:
                await asyncio.sleep(0.05)
        finally:
            await service.engine.close()
            del self._users[id(service)]

    def _background(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
