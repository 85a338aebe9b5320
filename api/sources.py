"""Where the release comes from that is served: a folder of releases, a file in its place, or another store."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from baligraph.dataset import Dataset, Served
from baligraph.errors import BaligraphError, EngineError, StoreError
from baligraph.release import Release
from baligraph.settings import Settings
from baligraph.store import Engine
from baligraph.store.embedded import EmbeddedEngine


class Source(Protocol):
    """A place that may hold another release later."""

    def place(self) -> str:
        """What stands there now, by a cheap look: another text where another release may be served."""
        ...

    def open(self) -> Served:
        """What is to be served. Raises ReleaseError, SettingsError, EngineError."""
        ...

    def engine(self, served: Served) -> Engine:
        """An engine that answers from it."""
        ...


class Files:
    """A folder of releases, or a file."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def place(self) -> str:
        """Where the release lies, without its hashes; of a file, what changes with it."""
        settings = self._settings
        try:
            if settings.dataset is not None:
                status = settings.dataset.stat()
                return f"{settings.dataset} {status.st_ino} {status.st_size} {status.st_mtime_ns}"
            current = settings.release / "current"
            folder = (current if current.exists() and not (settings.release / "manifest.json").is_file() else settings.release).resolve()
            return f"{folder} {(folder / 'manifest.json').stat().st_mtime_ns}"
        except OSError as error:
            return str(error)

    def open(self) -> Served:
        """See `Source.open`."""
        return Release.open(self._settings.release) if self._settings.dataset is None else Dataset.open(self._settings.dataset)

    def engine(self, served: Served) -> Engine:
        """The embedded engine, in memory or on disk."""
        if not isinstance(served, Release | Dataset):
            raise TypeError(f"{served.id} lies in no file here")
        folder = self._settings.disk / served.id if self._settings.disk else None
        return EmbeddedEngine(served.quads_path, self._settings, folder)


class Remote:
    """Another store. One that does not answer, or holds no release yet, is served as it is: every query is told so until it does."""

    def __init__(self, settings: Settings, changed: Callable[[], None]) -> None:
        from baligraph.store.remote import published  # noqa: PLC0415  (an HTTP client takes its time: only who has a store waits for it)

        self._settings = settings
        self._changed = changed
        self._published = published
        self._first = True

    def place(self) -> str:
        """The publication that the store names; empty where it names none or can't be asked, so that what was found stays."""
        try:
            return self._published.open_store(self._settings).publication
        except BaligraphError:
            return ""

    def open(self) -> Served:
        """See `Source.open`."""
        first, self._first = self._first, False
        try:
            found = self._published.open_store(self._settings)
        except StoreError:
            if not first:
                raise
            return self._published.Published()
        if not found.publication and not first:
            raise EngineError("no release is published in the store")
        return found

    def engine(self, served: Served) -> Engine:
        """The engine that asks the store."""
        from baligraph.store.remote.engine import RemoteEngine  # noqa: PLC0415

        if not isinstance(served, self._published.Published):
            raise TypeError(f"{served.id} is in no store")
        return RemoteEngine(served, self._settings, self._changed)


def source_of(settings: Settings, changed: Callable[[], None]) -> Source:
    """The place that the settings name; `changed` is called where the engine finds another release in it."""
    return Remote(settings, changed) if settings.store else Files(settings)
