"""Real stores, started for the tests: the server of the package `oxigraph`, and Virtuoso 7."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from baligraph.confined import die_with
from baligraph.settings import Settings
from bench import virtuoso as virtuoso_7
from bench.servers import free_port

OXIGRAPH = Path(sys.executable).parent / "oxigraph"
WAIT = 60.0  # seconds until a store has started


@dataclass(frozen=True, slots=True)
class Place:
    """A running store."""

    name: str
    store: str
    graphs: str
    user: str = ""
    password: str = ""
    pid: int = 0

    @property
    def known(self) -> dict[str, str]:
        """As settings."""
        return {"store": self.store, "store_graphs": self.graphs, "store_user": self.user, "store_password": self.password}

    def settings(self, **other: object) -> Settings:
        return Settings(**{**self.known, **other})  # type: ignore[arg-type]


def lacking(what: str) -> None:
    message = f"NOT TESTED: {what}"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


@contextlib.contextmanager
def running(command: list[str], address: str, folder: Path) -> Iterator[int]:
    """The process id of a store that answers."""
    own = os.getpid()
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, cwd=folder, preexec_fn=lambda: die_with(own))  # noqa: PLW1509
    try:
        until = time.monotonic() + WAIT
        while True:
            assert process.poll() is None, (folder / "said").read_text()
            assert time.monotonic() < until, "the store did not start"
            with contextlib.suppress(httpx.TransportError):
                if httpx.get(address, params={"query": "ASK {}"}).status_code == 200:
                    break
            time.sleep(0.05)
        yield process.pid
    finally:
        process.send_signal(signal.SIGKILL)  # what it holds is for this test alone
        process.wait()


@contextlib.contextmanager
def oxigraph(folder: Path, *options: str, port: int = 0) -> Iterator[Place]:
    if not OXIGRAPH.exists():
        lacking("the oxigraph server (install the extra `dev`)")
    root = f"http://127.0.0.1:{(port := port or free_port())}"
    with running([str(OXIGRAPH), "serve", "--bind", f"127.0.0.1:{port}", *options], f"{root}/query", folder) as pid:
        yield Place("oxigraph", f"{root}/query", f"{root}/store", pid=pid)


@contextlib.contextmanager
def virtuoso(folder: Path) -> Iterator[Place]:
    if shutil.which(virtuoso_7.SERVER) is None:
        lacking("Virtuoso (install the Debian package virtuoso-opensource-7-bin)")
    port = free_port()
    root = f"http://127.0.0.1:{port}"
    with running(virtuoso_7.command(folder / "home", folder, free_port(), port, buffers=10_000), f"{root}/sparql", folder) as pid:
        yield Place("virtuoso", f"{root}/sparql", f"{root}/sparql-graph-crud-auth", "dba", "dba", pid)
