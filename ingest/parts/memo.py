"""What was made before, under the hash of all that it was made from: one SQLite file, which is no more than a cache.

Nothing in it is trusted to be whole: a file that can't be used is begun again. Values are bytes that the caller reads back without
evaluating anything.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import zlib
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Final

_KEPT: Final = 5  # builds that an entry outlives without being asked for
_TABLES: Final = """
    CREATE TABLE IF NOT EXISTS made (key TEXT PRIMARY KEY, seen INTEGER NOT NULL, value BLOB NOT NULL);
    CREATE TABLE IF NOT EXISTS builds (number INTEGER NOT NULL);
"""


def digest(*parts: str | bytes) -> str:
    """One hash of several values, told apart."""
    found = sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        found.update(b"%d:" % len(data) + data)
    return found.hexdigest()[:32]


class Memo:
    """Values by key. Only the process that made it may write; those that it forks look up what was `flush`ed."""

    def __init__(self, path: Path):
        self.path = path
        self._asked: set[str] = set()
        self._process = os.getpid()
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._base = self._open()
        except sqlite3.DatabaseError:
            for left in path.parent.glob(f"{path.name}*"):
                left.unlink()
            self._base = self._open()

    def _open(self) -> sqlite3.Connection:
        base = sqlite3.connect(self.path)
        try:
            base.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;" + _TABLES)
            (self._build,) = base.execute("SELECT coalesce(max(number), 0) + 1 FROM builds").fetchone()
            base.execute("SELECT key, seen, value FROM made LIMIT 1").fetchone()
        except sqlite3.DatabaseError:
            base.close()
            raise
        return base

    def get(self, key: str) -> bytes | None:
        """The value, if it is kept and whole."""
        self._asked.add(key)
        if self._process != os.getpid():  # an open connection may not be taken into another process
            self._process, self._base = os.getpid(), sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)
        try:
            row = self._base.execute("SELECT value FROM made WHERE key = ?", (key,)).fetchone()
            return zlib.decompress(row[0]) if row else None
        except (sqlite3.DatabaseError, zlib.error):
            return None

    def kept(self, key: str) -> bytes:
        """The value of a key that this build has put or found. Raises OSError if it has vanished since; the next build begins anew."""
        value = self.get(key)
        if value is None:
            for left in self.path.parent.glob(f"{self.path.name}*"):
                left.unlink(missing_ok=True)
            raise OSError(f"{self.path}: an entry has vanished while it was in use; build again")
        return value

    def has(self, key: str) -> bool:
        self._asked.add(key)
        try:
            return self._base.execute("SELECT 1 FROM made WHERE key = ?", (key,)).fetchone() is not None
        except sqlite3.DatabaseError:
            return False

    def ask(self, keys: Iterable[str]) -> None:
        """These are in use, though nobody looks at their values."""
        self._asked.update(keys)

    def put(self, items: Iterable[tuple[str, bytes]]) -> None:
        """Keep values. Raises OSError where the disk is full: later steps read what earlier ones have put."""
        rows = [(key, self._build, zlib.compress(value, 1)) for key, value in items]
        self._asked.update(key for key, _, _ in rows)
        try:
            self._base.executemany("INSERT OR REPLACE INTO made (key, seen, value) VALUES (?, ?, ?)", rows)
        except sqlite3.OperationalError as error:
            raise OSError(f"{self.path}: {error}") from error

    def flush(self) -> None:
        """Make what was put visible to other processes."""
        self._base.commit()

    def close(self) -> None:
        """End the build: what nobody has asked for in the last builds is dropped."""
        with contextlib.suppress(sqlite3.DatabaseError), self._base:
            self._base.execute("INSERT INTO builds VALUES (?)", (self._build,))
            self._base.executemany("UPDATE made SET seen = ? WHERE key = ?", ((self._build, key) for key in self._asked))
            self._base.execute("DELETE FROM made WHERE seen <= ?", (self._build - _KEPT,))
        self._base.close()
