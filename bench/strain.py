"""The service under strain, alone: an answer of 50 MB, a worker that is ended, lookups beside queries that mean harm."""

from __future__ import annotations

import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from rich.console import Console

from bench import quads, servers
from bench.client import Endpoint, fetch, load
from bench.errors import BenchError
from bench.machine import peak
from bench.questions import Question, questions, requests
from bench.serve import SEED
from bench.servers import OURS, Server
from bench.spread import Spread, figure
from bench.table import Table

_LONG, _ROWS = 50_000_000, 250_000  # bytes and rows of the long answer
_SOON = 0.2  # seconds that the runaway may take where the end of its worker is measured
_HOSTILE = 2
_STRANGER = "127.0.0.2"
"""Where the hostile client sits: the limits of a single client hold for it, as they would outside."""
_RUNAWAY = "SELECT (COUNT(*) AS ?n{n}) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c = ?f && ?f = ?i) }}"


def table(size: int, rounds: int, seconds: float, console: Console) -> Table:
    """All of it over `size` generated quads. Raises BenchError where the service does not answer as it should."""
    result = Table(f"Under strain, {size:,} quads", ("what", "unit", "median", "least–most", "asked"), words=2)
    with tempfile.TemporaryDirectory(prefix="bench-") as name, console.status("writing the data …") as status:
        folder = Path(name)
        file = folder / "data.nq"
        made = quads.write(file, size, SEED)
        lookup = next(question for question in questions(made) if question.name == "lookup")
        status.update("a long answer …")
        with _server(file, folder / "long", BALIGRAPH_QUERY_TIMEOUT="120") as server:
            fetch(server.endpoint, server.endpoint.request(lookup.word(0)))
            before = peak(server.pid)
            firsts = [_first_byte(server.endpoint, number, made.quads) for number in range(rounds)]
            _row(result, "first byte of 50 MB", "ms", firsts, 1000, most=50)
            _row(result, "growth of the gateway by it", "MiB", [float(peak(server.pid) - before)], 1 / 2**20, most=64)
        status.update("a worker that is ended …")
        with _server(file, folder / "ended", BALIGRAPH_WORKERS="1") as server:
            _row(result, "from a limit to the next answer", "ms", [_replaced(server, lookup, n) for n in range(rounds)], 1000, most=50)
        status.update("hostile queries …")
        with _server(file, folder / "hostile", BALIGRAPH_CLIENT_QUERIES="3", BALIGRAPH_CLIENT_SECONDS="0") as server:
            _row(result, f"lookups beside {_HOSTILE} hostile queries", "of alone", _kept(server, lookup, rounds, seconds), 1, least=0.5)
    return result


def _server(file: Path, folder: Path, **settings: str) -> servers.Running:
    return servers.ours(OURS, file, folder, BALIGRAPH_CACHE_BYTES="0", **settings)


def _row(table: Table, what: str, unit: str, values: list[float], scale: float, *, most: float = 0, least: float = 0) -> None:
    spread = Spread.of([value * scale for value in values])
    held = spread.median <= most if most else spread.median >= least
    asked = f"{'≤' if most else '≥'} {figure(most or least)} {'✓' if held else '✗'}"
    table.add(what, unit, figure(spread.median), f"{figure(spread.low)}–{figure(spread.high)}", asked)


@contextmanager
def _sent(endpoint: Endpoint, query: str, source: str = "127.0.0.1") -> Iterator[socket.socket]:
    with socket.create_connection((endpoint.host, endpoint.port), 300, (source, 0)) as connection:
        connection.sendall(endpoint.request(query))
        yield connection


def _first_byte(endpoint: Endpoint, number: int, quads: int) -> float:
    """Seconds to the first byte of a long answer, which is then read to its end."""
    began = time.perf_counter()
    often = max(2, 2 * _ROWS // quads + 1)  # half of the quads are in the default graph
    rows = " UNION ".join([f"{{ ?s{number} ?p ?o }}"] * often)  # a join would be gathered before its first row
    with _sent(endpoint, f"SELECT * {{ {rows} }} LIMIT {_ROWS}") as connection:
        head = connection.recv(1 << 16)
        first, size, end = time.perf_counter() - began, len(head), head[-5:]
        if not head.startswith(b"HTTP/1.1 200 "):
            raise BenchError(f"the long answer is none: {head[:200]!r}")
        while end != b"0\r\n\r\n":
            part = connection.recv(1 << 18)
            if not part:
                raise BenchError("the long answer was cut")
            size += len(part)
            end = (end + part)[-5:]
    if size < _LONG:
        raise BenchError(f"the long answer has {size} bytes only")
    return first


def _replaced(server: Server, lookup: Question, number: int) -> float:
    """Seconds from the moment when the only worker is to be ended until its successor has answered who waited."""
    endpoint = Endpoint(server.endpoint.port, server.endpoint.path, (("timeout", str(_SOON)),))
    began = time.perf_counter()
    with _sent(endpoint, _RUNAWAY.format(n=number)):
        time.sleep(_SOON / 2)
        status, _, body = fetch(server.endpoint, server.endpoint.request(lookup.word(number)))
        if status != 200:
            raise BenchError(f"a lookup was answered {status}: {body[:200]!r}")
        return time.perf_counter() - began - _SOON


def _kept(server: Server, lookup: Question, rounds: int, seconds: float) -> list[float]:
    """The rate of lookups while hostile queries run, as a part of their rate alone, round by round."""
    numbers = count(1_000_000, 1_000_000)

    def rate() -> float:
        return load(server.endpoint, requests(lookup, server.endpoint, next(numbers)), connections=16, seconds=seconds).rate

    rate()
    found = []
    for _ in range(rounds):
        alone = rate()
        with _hostile(server.endpoint, numbers):
            found.append(rate() / alone)
    return found


@contextmanager
def _hostile(endpoint: Endpoint, numbers: Iterator[int]) -> Iterator[None]:
    """Keep hostile queries under way."""
    stop = threading.Event()

    def ask() -> None:
        while not stop.is_set():
            with _sent(endpoint, _RUNAWAY.format(n=next(numbers)), _STRANGER) as connection:
                connection.settimeout(0.05)
                while not stop.is_set():
                    try:
                        connection.recv(1 << 16)
                        break
                    except TimeoutError:
                        pass

    threads = [threading.Thread(target=ask) for _ in range(_HOSTILE)]
    for thread in threads:
        thread.start()
    time.sleep(0.2)
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()
        time.sleep(0.5)  # they are ended
