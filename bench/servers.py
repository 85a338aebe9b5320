"""The servers that are compared, each started over the same file, and ended by its process id."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TypeAlias
from urllib.request import Request, urlopen

from baligraph.confined import die_with
from baligraph.settings import documentation
from bench import virtuoso
from bench.client import Endpoint, fetch
from bench.errors import BenchError
from bench.machine import finish

OURS = "baligraph"
# One client asks all that is measured: what a client of many may take, where the service limits that, is no matter here.
_UNLIMITED = {"BALIGRAPH_CLIENT_QUERIES": "0", "BALIGRAPH_CLIENT_SECONDS": "0"}
_START = 900.0  # seconds to load and answer
_BIN = Path(sys.executable).parent


@dataclass(frozen=True, slots=True)
class Server:
    """A running server. `ready` is how long it took from the file to the first answer, in seconds."""

    name: str
    about: str
    endpoint: Endpoint
    pid: int
    ready: float


Running: TypeAlias = AbstractContextManager[Server]
"""A server as long as the context lasts."""
Start: TypeAlias = Callable[[str, Path, Path], Running]
"""(name, file, folder of its own) → a server over the file."""


@contextmanager
def ours(name: str, file: Path, folder: Path, **settings: str) -> Iterator[Server]:
    """The service over a file or a folder of releases, with settings (`BALIGRAPH_…`) that are not as by default."""
    port = free_port()
    source = "--release" if file.is_dir() else "--dataset"
    command = [sys.executable, "-m", "baligraph.cli", "serve", source, str(file), "--port", str(port)]
    with _running(
        name,
        f"baligraph {version('baligraph')}, set as by default, without limits of a single client",
        command,
        Endpoint(port, "/sparql"),
        folder,
        settings=settings,
    ) as server:
        yield server


@contextmanager
def _oxigraph_in_memory(name: str, file: Path, folder: Path) -> Iterator[Server]:
    port = free_port()
    command = [str(_BIN / "oxigraph"), "serve", "--bind", f"127.0.0.1:{port}"]

    def load() -> None:
        request = Request(f"http://127.0.0.1:{port}/store", file.read_bytes(), {"Content-Type": "application/n-quads"}, method="POST")
        with urlopen(request, timeout=_START):
            pass

    with _running(name, f"oxigraph {version('oxigraph')} serve", command, Endpoint(port, "/query"), folder, load) as server:
        yield server


@contextmanager
def _oxigraph_on_disk(name: str, file: Path, folder: Path) -> Iterator[Server]:
    port, store, program, began = free_port(), str(folder / "store"), str(_BIN / "oxigraph"), time.perf_counter()
    folder.mkdir()
    finish([program, "load", "--location", store, "--file", str(file)])
    finish([program, "optimize", "--location", store])
    command = [program, "serve", "--location", store, "--bind", f"127.0.0.1:{port}"]
    about = f"oxigraph {version('oxigraph')} serve --location, loaded in bulk and optimised"
    with _running(name, about, command, Endpoint(port, "/query"), folder, began=began) as server:
        yield server


@contextmanager
def _rdflib_endpoint(name: str, file: Path, folder: Path) -> Iterator[Server]:
    port = free_port()
    command = [str(_BIN / "rdflib-endpoint"), "serve", "--host", "127.0.0.1", "--port", str(port), str(file)]
    about = f"rdflib-endpoint {version('rdflib-endpoint')} serve, rdflib {version('rdflib')}"
    with _running(name, about, command, Endpoint(port, "/"), folder) as server:
        yield server


@contextmanager
def _virtuoso(name: str, file: Path, folder: Path) -> Iterator[Server]:
    port, http = free_port(), free_port()
    command = virtuoso.command(folder / "home", file.parent, port, http)
    endpoint = Endpoint(http, "/sparql", (("default-graph-uri", virtuoso.DEFAULT),))
    with _running(name, virtuoso.about(), command, endpoint, folder, lambda: virtuoso.load(file, port)) as server:
        yield server


@contextmanager
def bare(name: str, folder: Path) -> Iterator[Server]:
    """A server of `bench.bare`, which answers without work: `bare asyncio` or `bare asgi`."""
    port = free_port()
    command = [sys.executable, "-m", "bench.bare", name.removeprefix("bare "), str(port)]
    with _running(name, "does nothing", command, Endpoint(port, "/"), folder) as server:
        yield server


STARTS: Mapping[str, Start] = {
    OURS: ours,
    "oxigraph in memory": _oxigraph_in_memory,
    "oxigraph on disk": _oxigraph_on_disk,
    "rdflib-endpoint": _rdflib_endpoint,
    "Virtuoso": _virtuoso,
}


def missing() -> dict[str, str]:
    """The peers that can't be started here, each with the mend."""
    found = {}
    for name, package in (("oxigraph in memory", "oxigraph"), ("oxigraph on disk", "oxigraph"), ("rdflib-endpoint", "rdflib-endpoint")):
        try:
            version(package)
        except PackageNotFoundError:
            found[name] = "install the extra `bench`, as `make bench` does"
    if not virtuoso.installed():
        found["Virtuoso"] = "install the Debian package virtuoso-opensource-7-bin"
    return found


def free_port() -> int:
    """A port that nobody has at this moment."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def _running(
    name: str,
    about: str,
    command: Sequence[str],
    endpoint: Endpoint,
    folder: Path,
    load: Callable[[], None] | None = None,
    *,
    began: float | None = None,
    settings: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """Start a process, wait until it answers, let it load; end it at last. What it says goes to `folder/said`."""
    began = time.perf_counter() if began is None else began
    folder.mkdir(exist_ok=True)
    known = {name for name, _, _ in documentation()}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BALIGRAPH_")}
    environment |= {name: value for name, value in _UNLIMITED.items() if name in known}
    environment |= settings or {}
    own = os.getpid()
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env=environment,
            preexec_fn=lambda: die_with(own),  # noqa: PLW1509  (no thread runs here)
        )
    try:
        _await(name, process, endpoint, folder)
        if load is not None:
            load()
        yield Server(name, about, endpoint, process.pid, time.perf_counter() - began)
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _await(name: str, process: subprocess.Popen[bytes], endpoint: Endpoint, folder: Path) -> None:
    until = time.monotonic() + _START
    while time.monotonic() < until:
        if process.poll() is not None:
            said = (folder / "said").read_text(encoding="utf-8", errors="replace")
            raise BenchError(f"{name} ended with {process.returncode} before it answered: {said[-1000:]}")
        try:
            if fetch(endpoint, endpoint.request("ASK {}"))[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise BenchError(f"{name} did not answer within {_START:g} s")
