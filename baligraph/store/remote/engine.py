"""The engine in front of another SPARQL service. Nothing here evaluates a query, and none is sent on before our own parser has read it.

The parser works in confined processes over an empty dataset: so a text that ends its parser ends nothing else, errors have a line and a
column whatever the store says, and what looks like a string to us is one for the store, too. SERVICE is refused then by its word.
"""

from __future__ import annotations

import asyncio
import logging
import re
import tempfile
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import httpx

from baligraph.errors import BaligraphError, BusyError, EngineError, QueryError, SettingsError, UnknownGraphError
from baligraph.settings import Settings
from baligraph.sparql_text import sketch
from baligraph.store import ALL_GRAPHS, TRUTH, Answer, Query, Status
from baligraph.store.embedded import EmbeddedEngine
from baligraph.store.remote import convert
from baligraph.store.remote.answer import Plan, RemoteAnswer, Store
from baligraph.store.remote.body import N_TRIPLES, XML
from baligraph.store.remote.dialect import Dialect, learn
from baligraph.store.remote.http import misfit, options, refusal, unreachable
from baligraph.store.remote.published import Published, confirm_query, marker, plain_rows

log = logging.getLogger("api.store")

_PARSERS = 2
_STACK = 512 << 10
"""Bytes of the stack on which they read and plan a query. A server has 2 MiB for it, often, and ends where that is not enough: a query that
needs so much must not reach it. A hundred brackets, and as many OPTIONAL, fit in."""
_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_NO_GRAPH = "urn:baligraph:no-graph"
_LOOK = 5.0  # seconds between looks whether the store answers, where nobody asks


class RemoteEngine:
    """Asks the store of the settings for the release that is published in it. `changed` is called once if another takes its place."""

    def __init__(self, published: Published, settings: Settings, changed: Callable[[], None]) -> None:
        self._published = published
        self._settings = settings
        self._changed: Callable[[], None] | None = changed
        self._dialect = Dialect(())
        self._turns = asyncio.Semaphore(settings.workers)
        self._free = settings.workers
        self._waiting = 0
        self._ended: Counter[str] = Counter()
        self._up = False
        self._asking: asyncio.Task[None] | None = None
        self._asked_next: asyncio.Task[None] | None = None
        self._watcher: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Find out how the store answers. Raises EngineError, SettingsError."""
        settings = self._settings
        limits = httpx.Limits(max_connections=2 * settings.workers + 4, max_keepalive_connections=settings.workers + 2)
        times = httpx.Timeout(settings.query_timeout, connect=min(5.0, settings.query_timeout), read=None)
        self._client = httpx.AsyncClient(**options(settings), limits=limits, timeout=times)
        self._threads = ThreadPoolExecutor(settings.workers, thread_name_prefix="convert")
        self._folder = tempfile.TemporaryDirectory(prefix="baligraph-")
        empty = Path(self._folder.name) / "empty.nq"
        empty.write_bytes(b"")
        self._parser = EmbeddedEngine(empty, replace(settings, workers=_PARSERS), stack=_STACK)
        await self._parser.start()
        if self._published.publication:
            async with asyncio.timeout(60):
                self._dialect = await learn(self._client, settings, self._published)
                await self._confirm()
            self._watcher = asyncio.get_running_loop().create_task(self._watch())

    async def close(self) -> None:
        """End what was started."""
        if self._watcher is not None:
            self._watcher.cancel()
            await asyncio.gather(self._watcher, return_exceptions=True)
        if hasattr(self, "_client"):
            await self._client.aclose()
            self._threads.shutdown(wait=False, cancel_futures=True)
            await self._parser.close()
            self._folder.cleanup()

    def status(self) -> Status:
        """See `Engine.status`. Its workers are the queries that the store may be asked at once; none while it serves no release of ours."""
        return Status(self._settings.workers if self._up else 0, self._free if self._up else 0, self._waiting, dict(self._ended))

    async def ask(self, query: Query) -> Answer:
        """See `Engine.ask`."""
        if not self._published.publication:
            raise EngineError("no release is published in the store behind this service yet; ask again later")
        loop = asyncio.get_running_loop()
        came = loop.time()
        plan = await self._plan(query)
        await self._turn()
        store = Store(self._settings.store, self._client, self._threads, self._confirm, self._over)
        answer = RemoteAnswer(store, plan, query, self._settings)
        answer.queued = answer.began - came
        try:
            await answer.begin()
        except BaseException:
            await answer.close()
            raise
        return answer

    # --- the query -------------------------------------------------------------------------------------------------------------------

    async def _plan(self, query: Query) -> Plan:
        first = self._dialect.solutions[0]
        if query.dump is not None:
            text, rows = self._dump(query.dump), query.dump == ALL_GRAPHS
            if rows:
                return self._made(query, text, first, query.triples, convert.quads(first, query.triples))
            return self._made(query, text, N_TRIPLES, query.triples, self._from_triples(query.triples))
        match await self._form(query):
            case "truth":
                if query.solutions not in {"application/sparql-results+json", XML}:
                    raise QueryError("the answer to ASK has no CSV or TSV form; ask for JSON or XML")
                return replace(self._made(query, query.text, first, query.solutions, None), truth=True)
            case "triples":
                return self._made(query, query.text, N_TRIPLES, query.triples, self._from_triples(query.triples))
            case _ if query.solutions in self._dialect.solutions:
                return self._made(query, query.text, query.solutions, query.solutions, None)
            case _:
                return self._made(query, query.text, first, query.solutions, convert.solutions(first, query.solutions))

    async def _form(self, query: Query) -> str:
        """What kind of query it is. Raises QueryError if it is none, or one that is not sent on."""
        for match in _ESCAPED.finditer(query.text):
            character = int(match[1] or match[2], 16)
            if character < 0x80 and not chr(character).isalnum():
                raise QueryError(f"{match[0]} stands for a sign of the language; write the sign itself")  # a store may see it as one
        async with await self._parser.ask(
            replace(query, form_only=True, solutions="solutions", triples="triples", default_graphs=(), named_graphs=())
        ) as read:
            form = read.media_type
        if sketch(query.text).service:
            raise QueryError("SERVICE is refused: it would make the store behind this service call another one")
        return {TRUTH: "truth"}.get(form, form)

    def _from_triples(self, wanted: str) -> convert.Work | None:
        return None if wanted == N_TRIPLES else convert.triples(N_TRIPLES, wanted)

    def _dump(self, name: str) -> str:
        if name == ALL_GRAPHS:
            own = f"FILTER(?g != <{marker()}>)"
            return f"SELECT ?g ?s ?p ?o {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} {own} }} }}"
        if not name:
            return "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
        if name not in self._published.graphs:
            raise UnknownGraphError(f"there is no graph {name}")
        return f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{name}> {{ ?s ?p ?o }} }}"

    def _made(self, query: Query, text: str, asked: str, media_type: str, work: convert.Work | None) -> Plan:
        text, dataset = self._dataset(query, text)
        fields = (("query", text), *dataset)
        return Plan(fields, asked, tuple(self._dialect.mends.get(asked, ())), media_type, work)

    def _dataset(self, query: Query, text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The text and the parameters that name its dataset. A store with a default graph of its own knows it; where that is the union of
        all graphs, we name ours, and with it all named graphs, since the protocol takes those that are not named for absent."""
        default, named = query.default_graphs, query.named_graphs
        union, inline = self._published.default_graph, False
        if union and (default or named):
            default, named = default or (_NO_GRAPH,), named or (_NO_GRAPH,)
        elif union and not sketch(text).dataset:
            default, named, inline = (union,), tuple(self._published.graphs), self._dialect.inline
        fields = [("default-graph-uri", iri) for iri in default] + [("named-graph-uri", iri) for iri in named]
        if not inline:
            return text, tuple(fields)
        return " ".join([*(f"define input:{name} <{iri}>" for name, iri in fields), text]), ()

    # --- turns -----------------------------------------------------------------------------------------------------------------------

    async def _turn(self) -> None:
        settings = self._settings
        if self._waiting >= settings.queue and self._turns.locked():
            raise BusyError(f"{self._waiting} queries wait already; ask again in a moment")
        self._waiting += 1
        try:
            async with asyncio.timeout(settings.queue_timeout):
                await self._turns.acquire()
        except TimeoutError:
            raise BusyError(f"the store was not free within {settings.queue_timeout:g} s; ask again in a moment") from None
        finally:
            self._waiting -= 1
        self._free -= 1

    def _over(self, reason: str) -> None:
        if reason:
            self._ended[reason] += 1
        self._free += 1
        self._turns.release()

    # --- the release -----------------------------------------------------------------------------------------------------------------

    async def _confirm(self) -> None:
        """The release that is served stood in the store until now. Raises EngineError.

        Many answers share a question, but it has to be asked after the last byte of each has come.
        """
        if self._asked_next is None:
            self._asked_next = asyncio.get_running_loop().create_task(self._ask_next(self._asking))
        await asyncio.shield(self._asked_next)

    async def _ask_next(self, before: asyncio.Task[None] | None) -> None:
        if before is not None:
            await asyncio.wait((before,))
        self._asking, self._asked_next = self._asked_next, None
        try:
            found = await self._publication()
        except EngineError:
            self._up = False
            raise
        self._up = found == self._published.publication
        if not self._up:
            changed, self._changed = self._changed, None
            if changed is not None:
                changed()
            raise EngineError("the release in the store behind this service changes just now; ask again in a moment")

    async def _publication(self) -> str:
        try:
            response = await self._client.post(
                self._settings.store, data={"query": confirm_query()}, headers={"Accept": XML}, timeout=self._settings.query_timeout
            )
        except httpx.TransportError as error:
            raise unreachable(error) from None
        if response.status_code != 200:
            wrong = misfit(response.status_code)
            if wrong is not None:
                log.error("%s", wrong)
            raise EngineError(str(refusal(response.status_code, b"")))
        return next((row["o"] for row in plain_rows(response.content)), "")

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(self._settings.release_poll or _LOOK)
            try:
                await self._confirm()
            except (BaligraphError, SettingsError) as error:
                log.warning("%s", error)
