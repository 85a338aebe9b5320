"""Load a release into another store over the SPARQL 1.1 Graph Store Protocol, verify it there, and say last that it is to be served.

While graphs are replaced the store says that nothing is published, and gateways answer 503: no answer is made of two releases. A load that
fails leaves it so, and the same command mends it. Graphs that no publication wrote are never touched.
"""

from __future__ import annotations

import gzip
import re
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import httpx

from baligraph.errors import PublishError, SettingsError
from baligraph.release import Release
from baligraph.settings import Settings, variable
from baligraph.store.remote.http import LONGEST_REASON, misfit
from baligraph.store.remote.published import Published, Reader, accepted, marker

PIECE = 4 << 20
"""Bytes of one request, about."""

HELD = 32 << 20
"""Bytes of all graphs together that wait for their next request."""

_TIMES = httpx.Timeout(600.0, connect=10.0)
_DEFAULT = ""
_QUAD = re.compile(
    rb'((?:<[^>]*>|_:\S+) <[^>]*> (?:<[^>]*>|_:\S+|"(?:[^"\\]|\\.)*"(?:\^\^<[^>]*>|@[\w-]+)?))(?: <([^>]*)>)? \.\n?', re.ASCII
)
_BLANK = re.compile(rb"(?:^|[> ])_:")

Told = Callable[[str, int, int], None]
"""Called with the step, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of it: quads and requests that were sent, graphs that were there before and left, and graphs of others beside ours."""

    published: Published
    quads: int = 0
    requests: int = 0
    removed: int = 0
    foreign: tuple[str, ...] = ()
    already: bool = False


def publish(release: Release, settings: Settings, told: Told = lambda *_: None) -> Loaded:
    """Load `release` into the store of the settings, unless it stands there already.

    Raises SettingsError if the store is not what the settings say, StoreError if it does not answer, PublishError if it did not take all.
    """
    for name in ("store", "store_graphs"):
        if not getattr(settings, name):
            raise SettingsError(f"{variable(name)} is not set; it names the store that a release is loaded into")
    counts = _count(release.quads_path, told)
    with Reader(settings, _TIMES) as reader:
        graphs = _Graphs(reader.client, settings.store_graphs)
        old = reader.published()
        wanted = Published(release.id, uuid.uuid4().hex, "", counts.pop(_DEFAULT, 0), counts, release.withdrawn)
        if old.publication and wanted == replace(old, publication=wanted.publication, default_graph="") and not _wrong(reader, old):
            return Loaded(old, already=True)
        left = old.graphs.keys() - counts.keys()
        # what a load that is killed may leave is named before it begins, so that the next one finds it
        graphs.put(marker(), Published("", "", old.default_graph, 0, counts | dict.fromkeys(left, 0)).lines().encode())
        wanted = replace(wanted, default_graph=accepted() if _is_union(reader) else "")
        _load(release.quads_path, graphs, wanted, told)
        for name in sorted(left):
            graphs.drop(name)
        told("verify", 0, 1)
        wrong = _wrong(reader, wanted)
        if wrong:
            raise PublishError(
                f"{settings.store}: the store does not hold what was sent: {'; '.join(wrong[:5])}"
                f"{f' and {len(wrong) - 5} more' if len(wrong) > 5 else ''}. It serves nothing now; publish again"
            )
        graphs.put(marker(), wanted.lines().encode())
        if reader.published() != wanted:
            raise PublishError(
                f"{settings.store}: the store does not say what was written to {settings.store_graphs}; are both of one store?"
            )
        told("verify", 1, 1)
        own = {marker(), accepted(), *counts}
        foreign = () if wanted.default_graph else tuple(sorted(_named(reader).keys() - own))
    return Loaded(wanted, sum(counts.values()) + wanted.triples, graphs.requests, len(left), foreign)


# --- the file --------------------------------------------------------------------------------------------------------------------------


def _quads(path: Path) -> Iterator[tuple[str, bytes]]:
    """(graph, triple as a line) of each quad."""
    with gzip.open(path) as lines:
        for number, line in enumerate(lines, 1):
            match = _QUAD.fullmatch(line)
            if match is None:
                raise PublishError(f"{path}:{number}: not a quad of a release; build the release again")
            yield (match[2] or b"").decode(), match[1] + b" .\n"


def _count(path: Path, told: Told) -> dict[str, int]:
    told("count", 0, 1)
    counts = Counter(graph for graph, _ in _quads(path))
    told("count", 1, 1)
    clash = {marker(), accepted()} & counts.keys()
    if clash:
        raise PublishError(f"{path}: the graph {clash.pop()} is for what is said of a publication; build the release again")
    return dict(counts)


def _load(path: Path, graphs: _Graphs, wanted: Published, told: Told) -> None:
    """One pass over the file, whose graphs stand mixed: each waits until it has a piece, or until all together hold too much."""
    total, done = sum(wanted.graphs.values()) + wanted.triples, 0
    waiting: dict[str, bytearray] = {}
    blank: dict[str, bytearray] = {}  # a blank node is one only within one request
    begun: set[str] = set()
    held = 0

    def send(graph: str, triples: bytearray) -> None:
        nonlocal held, done
        name = graph or wanted.default_graph
        (graphs.add if graph in begun else graphs.put)(name, bytes(triples))
        begun.add(graph)
        held -= len(triples)
        done += triples.count(b"\n")
        told("load", done, total)

    told("load", 0, total)
    for graph, line in _quads(path):
        (blank if _BLANK.search(line) else waiting).setdefault(graph, bytearray()).extend(line)
        held += len(line)
        if len(waiting.get(graph, b"")) >= PIECE:
            send(graph, waiting.pop(graph))
        elif held >= HELD and waiting:
            largest = max(waiting, key=lambda name: len(waiting[name]))
            send(largest, waiting.pop(largest))
    for graph in sorted({*waiting, *blank}):
        for part in (waiting.pop(graph, None), blank.pop(graph, None)):
            if part is not None:
                send(graph, part)
    if _DEFAULT not in begun:
        graphs.put(wanted.default_graph, b"")


# --- the store -------------------------------------------------------------------------------------------------------------------------


class _Graphs:
    """The store by the Graph Store Protocol. A graph without a name is the default graph."""

    def __init__(self, client: httpx.Client, address: str) -> None:
        self._client = client
        self._address = address
        self.requests = 0

    def put(self, graph: str, triples: bytes) -> None:
        """Let the graph hold these triples and no others. Raises SettingsError, PublishError."""
        self._send("PUT", graph, triples)

    def add(self, graph: str, triples: bytes) -> None:
        """Add triples."""
        self._send("POST", graph, triples)

    def drop(self, graph: str) -> None:
        """Remove the graph, if it is there."""
        self._send("DELETE", graph, None)

    def _send(self, method: str, graph: str, triples: bytes | None) -> None:
        headers = {} if triples is None else {"Content-Type": "application/n-triples"}
        which = {"graph": graph} if graph else {"default": ""}
        where = f"{self._address}: {method} of {graph or 'the default graph'}"
        self.requests += 1
        try:
            response = self._client.request(method, self._address, params=which, content=triples, headers=headers)
        except httpx.TransportError as error:
            raise PublishError(f"{where}: the store can't be reached ({type(error).__name__}: {error}); publish again") from None
        if response.is_success or (method == "DELETE" and response.status_code == 404):
            return
        wrong = misfit(response.status_code)
        if wrong is not None:
            raise SettingsError(f"{where}: {wrong}")
        said = " ".join(response.text.split())[:LONGEST_REASON]
        raise PublishError(f"{where}: refused with {response.status_code} ({said}); mend it and publish again")


def _is_union(reader: Reader) -> bool:
    """Whether the store's own default graph shows what stands in a named graph alone."""
    node = marker()
    return bool(reader.rows(f"SELECT ?o {{ <{node}> a ?o . GRAPH <{node}> {{ <{node}> a ?o }} }} LIMIT 1"))


def _named(reader: Reader) -> dict[str, int]:
    """Triples by named graph."""
    rows = reader.rows("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    return {row["g"]: int(row["n"]) for row in rows if "g" in row}


def _wrong(reader: Reader, wanted: Published) -> list[str]:
    """What the store holds otherwise."""
    expected = dict(wanted.graphs)
    found = _named(reader)
    if wanted.default_graph:
        expected[wanted.default_graph] = wanted.triples
    else:
        rows = reader.rows("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
        expected["the default graph"], found["the default graph"] = wanted.triples, int(rows[0]["n"])
    off = [name for name, count in sorted(expected.items()) if found.get(name, 0) != count]
    return [f"{name} has {found.get(name, 0):,} of {expected[name]:,} triples" for name in off]
