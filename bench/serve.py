"""Ours beside other SPARQL servers: the same data, the same queries, turn and turn about in one run."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import count, product
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from rich.console import Console
from rich.progress import Progress

from bench import bare, quads, servers
from bench.client import Endpoint, fetch, load
from bench.errors import BenchError
from bench.machine import memory
from bench.questions import Question, questions, requests
from bench.servers import OURS, Server
from bench.spread import Spread, figure, ratios
from bench.table import Table

SEED = 2002
QUADS = 100_000
CONNECTIONS = (1, 16)
NOT_MODIFIED, CEILING = "not modified", "nothing"
BARE_ASGI, BARE_ASYNCIO = "bare asgi", "bare asyncio"
ASKED = {  # (question, connections, peer) → the least ratio that the service is to reach, on QUADS quads
    ("lookup", 16, "oxigraph on disk"): 0.5,
    ("1,000 rows", 16, "oxigraph on disk"): 4.0,
    ("lookup", 16, "oxigraph in memory"): 0.35,
    ("1,000 rows", 16, "oxigraph in memory"): 0.8,
    ("lookup", 1, "oxigraph in memory"): 0.6,
    ("repeated", 16, "oxigraph in memory"): 1.0,
    ("lookup", 16, "rdflib-endpoint"): 8.0,
    ("1,000 rows", 16, "rdflib-endpoint"): 50.0,
    (NOT_MODIFIED, 16, BARE_ASGI): 0.9,
}
_COMPARED = range(5)  # wordings whose answers are compared before anything is measured
Cell = tuple[str, int, str]
"""(question, connections, server)"""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured. `peers` are names of `servers.STARTS`; each cell runs for `seconds` in each round."""

    quads: int = QUADS
    rounds: int = 5
    seconds: float = 1.0
    peers: Sequence[str] = tuple(name for name in servers.STARTS if name != OURS)


@dataclass(slots=True)
class Measured:
    """Requests per second of each cell, round by round; the servers with their bytes of memory; the cells that failed, and why."""

    quads: int = 0
    servers: list[tuple[Server, int]] = field(default_factory=list)
    rates: dict[Cell, list[float]] = field(default_factory=dict)
    failed: dict[Cell, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Load:
    """What one cell sends: `words(n)` are its requests from number n on, each to be answered with `status`."""

    endpoint: Endpoint
    words: Callable[[int], Iterator[bytes]]
    status: int = 200


def measure(plan: Plan, console: Console) -> Measured:
    """Start the servers over generated data, compare their answers with those of the library, then measure in interleaved rounds.

    Raises BenchError if a server does not start, if one answers wrongly, or if ours fails in a round. A peer that fails in a round loses
    that cell.
    """
    result = Measured()
    with ExitStack() as stack, console.status("writing the data …") as status:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        (folder / "data").mkdir()
        file = folder / "data" / "generated.nq"
        made = quads.write(file, plan.quads, SEED)
        result.quads, mix = made.quads, questions(made)
        expected = _expected(file, mix)
        cells: dict[Cell, _Load] = {}
        for name in (OURS, *plan.peers):
            status.update(f"{name}: loading {made.quads:,} quads …")
            server = stack.enter_context(servers.STARTS[name](name, file, folder / name.replace(" ", "-")))
            cells |= _loads(server, mix, expected)
            result.servers.append((server, memory(server.pid)))
        asgi, plain = (stack.enter_context(servers.bare(name, folder / name.replace(" ", "-"))) for name in (BARE_ASGI, BARE_ASYNCIO))
        cells |= _conditional(asgi, bare.ETAG.decode(), "") | _always(CEILING, plain, plain.endpoint.request(""))
        status.stop()
        _rounds(plan, cells, result, console)
    return result


def _loads(server: Server, mix: Sequence[Question], expected: Mapping[tuple[str, int], Counter[str]]) -> dict[Cell, _Load]:
    """The cells of one server, once its answers have been found right."""
    cells: dict[Cell, _Load] = {}
    for question in mix:
        for number in _COMPARED:
            status, head, body = fetch(server.endpoint, server.endpoint.request(question.word(number)))
            if status != 200:
                raise BenchError(f"{server.name} answers «{question.name}» with status {status}: {body[:300]!r}")
            if _rows(json.loads(body), question.decided) != expected[question.name, number]:
                raise BenchError(f"{server.name} answers «{question.name}» otherwise than the library: {body[:300]!r}")
        for connections in CONNECTIONS:
            cells[question.name, connections, server.name] = _worded(server, question)
    if server.name == OURS:
        etag = next(line[6:].decode() for line in head.split(b"\r\n") if line.lower().startswith(b"etag: "))
        cells |= _conditional(server, etag, question.word(number))
    return cells


def _worded(server: Server, question: Question) -> _Load:
    return _Load(server.endpoint, lambda start: requests(question, server.endpoint, start))


def _always(name: str, server: Server, request: bytes, status: int = 200) -> dict[Cell, _Load]:
    same = _Load(server.endpoint, lambda _: (request for _ in count()), status)
    return {(name, connections, server.name): same for connections in CONNECTIONS}


def _conditional(server: Server, etag: str, query: str) -> dict[Cell, _Load]:
    return _always(NOT_MODIFIED, server, server.endpoint.request(query, headers=f"If-None-Match: {etag}\r\n"), 304)


def _expected(file: Path, mix: Sequence[Question]) -> dict[tuple[str, int], Counter[str]]:
    """What the library answers to a few wordings of each question."""
    store = ox.Store()
    store.bulk_load(path=file, format=ox.RdfFormat.N_QUADS)
    found = {}
    for question, number in product(mix, _COMPARED):
        answer = store.query(question.word(number))
        assert not isinstance(answer, ox.QueryTriples)
        found[question.name, number] = _rows(json.loads(answer.serialize(format=ox.QueryResultsFormat.JSON) or b""), question.decided)
    return found


def _rows(answer: dict[str, Any], decided: bool) -> Counter[str]:
    """The rows of an answer in JSON, as far as two servers must agree on them."""
    if "boolean" in answer:
        return Counter([str(answer["boolean"])])
    rows = answer["results"]["bindings"]
    if answer["head"]["vars"] == ["__ASK_RETVAL"]:  # how Virtuoso says no, and sometimes yes
        return Counter([str(bool(rows))])
    return Counter(json.dumps(sorted((name, cell["value"]) for name, cell in row.items())) if decided else "a row" for row in rows)


def _rounds(plan: Plan, cells: Mapping[Cell, _Load], result: Measured, console: Console) -> None:
    """All cells in each round; those of the same question one after the other, beginning with another server each time. The first round
    warms up and is not kept."""
    groups: dict[tuple[str, int], list[Cell]] = {}
    for cell in cells:
        groups.setdefault(cell[:2], []).append(cell)
    numbers = count(1_000_000, 1_000_000)
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("measuring", total=(plan.rounds + 1) * len(cells))
        for turn in range(plan.rounds + 1):
            for group in groups.values():
                for cell in group[turn % len(group) :] + group[: turn % len(group)]:
                    progress.update(task, advance=1, description=" · ".join(map(str, cell)))
                    if cell in result.failed:
                        continue
                    what, seconds = cells[cell], plan.seconds if turn else plan.seconds / 3
                    try:
                        run = load(what.endpoint, what.words(next(numbers)), connections=cell[1], seconds=seconds, status=what.status)
                    except (BenchError, OSError) as error:
                        if cell[2] == OURS:
                            raise BenchError(f"{' · '.join(map(str, cell))}: {error}") from error
                        result.failed[cell] = str(error)
                        result.rates.pop(cell, None)
                        continue
                    if turn:
                        result.rates.setdefault(cell, []).append(run.rate)


def tables(measured: Measured) -> Iterator[Table]:
    """The servers, and the ratios."""
    started = Table(f"Servers over {measured.quads:,} quads", ("server", "what it is", "ready after s", "memory MiB"), words=2)
    for server, size in measured.servers:
        started.add(server.name, server.about, figure(server.ready), figure(size / 2**20))
    yield started
    columns = ("query", "against", "at once", "ours per s", "theirs per s", "ratio", "least–most", "asked")
    table = Table(f"Ours against theirs, {measured.quads:,} quads", columns, words=2)
    table.note = _note(measured)
    order = list(dict.fromkeys(cell[0] for cell in measured.rates))
    for question, connections, peer in sorted(measured.rates | measured.failed, key=lambda cell: (order.index(cell[0]), cell[1])):
        if peer == OURS or (question, connections, OURS) not in measured.rates:
            continue
        cell, ours = (question, connections, peer), measured.rates[question, connections, OURS]
        asked = f"≥ {ASKED[cell]:g}" if cell in ASKED and measured.quads < 2 * QUADS else ""
        mine = _rate(measured, ours, connections)
        if cell in measured.failed:
            table.add(question, peer, connections, mine, "failed", "", "", asked)
            continue
        ratio = ratios(ours, measured.rates[cell])
        verdict = asked and f"{asked} {'✓' if ratio.median >= ASKED[cell] else '✗'}"
        span, theirs = f"{figure(ratio.low)}–{figure(ratio.high)}", _rate(measured, measured.rates[cell], connections)
        table.add(question, peer, connections, mine, theirs, figure(ratio.median), span, verdict)
    yield table


def _rate(measured: Measured, rates: Sequence[float], connections: int) -> str:
    """The median, with a star where the client had a part in it."""
    most = Spread.of(measured.rates[CEILING, connections, BARE_ASYNCIO]).median
    middle = Spread.of(rates).median
    return f"{figure(middle)}{'*' if middle > most / 2 else ''}"


def _note(measured: Measured) -> str:
    tops = ", ".join(f"{Spread.of(measured.rates[CEILING, n, BARE_ASYNCIO])} with {n} at once" for n in CONNECTIONS)
    failed = "".join(f" «{cell[0]}» with {cell[1]} at once failed on {cell[2]}: {why[:200]}." for cell, why in measured.failed.items())
    return (
        "Ratios are medians over the rounds, each round with itself; then the least and the most. The client gets from a server that does "
        f"nothing {tops} answers per second; * marks what is more than half of that, and so partly the client's own.{failed}"
    )
