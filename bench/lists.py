"""The lists of REST over a large release: pages at the beginning, in the middle and at the end, with evidence, by a filter, by words.

No answer is kept by the service, and the requests of a round are sent in turn, so that what slows the machine slows all of them. What a
list costs once, when it is first asked of a release, stands beside what each page costs.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles
from typing import Any, TypeAlias
from urllib.parse import parse_qs, urlencode, urlsplit

from rich.console import Console
from rich.progress import Progress

from bench import large, servers
from bench.errors import BenchError
from bench.serve import SEED
from bench.servers import OURS
from bench.spread import figure
from bench.table import Table

_PAGE = 50
_STRIDE = 500  # the most that a page may hold: steps on the way to the end
_PLACES = ("first", "middle", "last")
_FIXED = ("id", "key", "type", "facts")
_EVIDENCE = (("include", "evidence"),)
_NARROWED = {  # of the collections that grow with the documents
    "meetings": ((("year", "2010"),), (("q", "border"),), (("sort", "-date"),)),
    "participations": ((("role", "observer"),), (("q", "malay"),), (("year", "2010"), ("role", "observer"))),
    "provisions": ((("wording", "agree"),), (("q", "border region"),), (("theme", "victim-protection"), ("wording", "agree"))),
    "commitments": ((("theme", "victim-protection"),), (("q", "border region"),)),
    "documents": ((("type", "recommendations"),), (("q", "0001"),)),
}

Query: TypeAlias = tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Listed:
    """A list: how many items it has, seconds of its first request, and of its pages by their place, round by round."""

    collection: str
    query: Query
    total: int = 0
    once: float = 0.0
    cursors: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, list[float]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return " ".join([self.collection, *(value if name == "include" else f"{name}={value}" for name, value in self.query)])


@dataclass(slots=True)
class Measured:
    """The lists, and the evidence of a page: (requests, seconds round by round, bytes) by how it was had."""

    quads: int
    lists: list[Listed]
    evidence: dict[str, tuple[int, list[float], int]] = field(default_factory=dict)
    facts: int = 0


class _Client:
    """One connection that is kept."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=300)

    def get(self, path: str, query: Query = ()) -> tuple[float, bytes]:
        """Seconds and body. Raises BenchError for anything but 200."""
        target = f"/api/v1{path}{'?' if query else ''}{urlencode(query)}"
        began = time.perf_counter()
        self._connection.request("GET", target)
        answer = self._connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise BenchError(f"{target} is answered {answer.status}: {body[:300]!r}")
        return time.perf_counter() - began, body

    def json(self, path: str, query: Query = ()) -> Any:
        return json.loads(self.get(path, query)[1])


def measure(quads: int, rounds: int, console: Console) -> Measured:
    """Build and serve a release of so many quads, and ask for all its lists. Raises BenchError where one is answered wrongly."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name, console.status("building the release …") as status:
        folder = Path(name)
        release, _ = large.build(folder, quads, SEED)
        status.update("loading it …")
        with servers.ours(OURS, release.path.parent, folder / "server", BALIGRAPH_CACHE_BYTES="0") as server:
            client = _Client(server.endpoint.port)
            result = Measured(int(release.manifest["graph"]["quads"]), list(_lists(client)))
            for listed in result.lists:
                status.update(f"{listed.name}: to its end …")
                _walk(client, listed)
            status.stop()
            with Progress(console=console, transient=True) as progress:
                for _ in progress.track(range(rounds), description="asking"):
                    _round(client, result.lists)
                for _ in progress.track(range(min(rounds, 10)), description="evidence"):
                    _evidence(client, result)
    return result


def _lists(client: _Client) -> Iterator[Listed]:
    for entry in client.json("")["collections"]:
        for query in ((), _EVIDENCE, *_NARROWED.get(entry["name"], ())):
            yield Listed(entry["name"], query)


def _walk(client: _Client, listed: Listed) -> None:
    """Ask for a list for the first time, and go through it to its end."""
    listed.once, body = client.get(f"/{listed.collection}", listed.query)
    answer = json.loads(body)
    listed.total = answer["total"]
    stride = _STRIDE if listed.total > 2 * _STRIDE else _PAGE
    fields = [name for item in answer["items"][:1] for name in item if name not in _FIXED]
    query = (*(pair for pair in listed.query if pair not in _EVIDENCE), ("fields", ",".join(fields[-1:])), ("limit", str(stride)))
    cursors, seen, onward = [""], 0, listed.total > 0
    while onward:
        answer = client.json(f"/{listed.collection}", (*query, *_after(cursors[-1])))
        seen, onward = seen + len(answer["items"]), answer["next"] is not None
        if onward:
            cursors.append(parse_qs(urlsplit(answer["next"]).query)["cursor"][0])
    if seen != listed.total:
        raise BenchError(f"{listed.name} has {listed.total} items, of which {seen} stand on its pages")
    whole = max(1, (listed.total - _PAGE) // stride + 1)  # the places after which a whole page follows
    chosen = (0, (whole - 1) // 2, whole - 1) if whole > 2 else (0,)
    listed.cursors = {place: cursors[number] for place, number in zip(_PLACES, chosen, strict=False)}


def _after(cursor: str) -> Query:
    return (("cursor", cursor),) if cursor else ()


def _round(client: _Client, lists: Sequence[Listed]) -> None:
    for listed in lists:
        for place, cursor in listed.cursors.items():
            listed.seconds.setdefault(place, []).append(client.get(f"/{listed.collection}", (*listed.query, *_after(cursor)))[0])


def _evidence(client: _Client, result: Measured) -> None:
    """The sources of all facts of a page of meetings: with the page, and in one more request for each of its items."""
    seconds, whole = client.get("/meetings", _EVIDENCE)
    _add(result, "with the page", 1, seconds, len(whole))
    seconds, page = client.get("/meetings")
    size, keys = len(page), [item["key"] for item in json.loads(page)["items"]]
    for key in keys:
        more, body = client.get(f"/meetings/{key}", _EVIDENCE)
        seconds, size = seconds + more, size + len(body)
    _add(result, "in one more request for each item", 1 + len(keys), seconds, size)
    result.facts = sum(len(item["facts"]) for item in json.loads(whole)["items"])


def _add(result: Measured, how: str, requests: int, seconds: float, size: int) -> None:
    result.evidence.setdefault(how, (requests, [], size))[1].append(seconds)


def tables(measured: Measured) -> Iterator[Table]:
    """A row for each list, then how the evidence of a page is had."""
    columns = ("list", "items", "once, ms", *(f"{place} {part}" for place in _PLACES for part in ("p50", "p95")), "last / first")
    table = Table(f"Lists of REST, {measured.quads:,} quads, ms for {_PAGE} items", columns)
    for listed in measured.lists:
        cells = [cell for place in _PLACES for cell in _cells(listed.seconds.get(place))]
        deep = figure(median(listed.seconds["last"]) / median(listed.seconds["first"])) if "last" in listed.seconds else ""
        table.add(listed.name, f"{listed.total:,}", figure(1000 * listed.once), *cells, deep)
    rounds = len(measured.lists[0].seconds["first"])
    table.note = (
        f"{rounds} rounds, one client, no kept answers. «once» is the first request after the start: it reads what the list holds, and in"
        " what order, which is kept for all its pages. Lists of a page or two have no middle. A page costs what its items hold."
    )
    yield table
    how = Table(f"The evidence of a page of {_PAGE} meetings, {measured.quads:,} quads", ("how", "requests", "p50, ms", "p95, ms", "KiB"))
    for name, (requests, seconds, size) in measured.evidence.items():
        how.add(name, requests, *_cells(seconds), figure(size / 1024))
    one, more = (median(seconds) for _, seconds, _ in measured.evidence.values())
    how.note = (
        f"{measured.facts:,} facts with their sources. In one request it takes 1/{figure(more / one)} of the time, without any network."
    )
    yield how


def _cells(seconds: Sequence[float] | None) -> tuple[str, str]:
    """Median and 95th percentile in milliseconds."""
    if not seconds:
        return "", ""
    return figure(1000 * median(seconds)), figure(
        1000 * (quantiles(seconds, n=20, method="inclusive")[-1] if len(seconds) > 1 else seconds[0])
    )
