"""A release that is asked through its engine, in the shape of a store: for code that reads a store, run in a thread of its own."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, QueryResultsFormat, QuerySolutions

from baligraph.errors import LimitError, QueryError
from baligraph.store import Engine, Query

_SLOTS = ("s", "p", "o")


class AskedStore:
    """Reads quads by queries. Blank nodes have no name in a query, so nothing is found of them.

    Every method may be called from any thread but that of the loop, and raises StoreError; LimitError after `seconds`.
    """

    def __init__(self, engine: Engine, loop: asyncio.AbstractEventLoop, seconds: float) -> None:
        self._engine = engine
        self._loop = loop
        self._until = time.monotonic() + seconds

    def __contains__(self, quad: Quad) -> bool:
        return next(self.quads_for_pattern(quad.subject, quad.predicate, quad.object, quad.graph_name), None) is not None  # type: ignore[arg-type]

    def quads_for_pattern(
        self,
        subject: NamedNode | BlankNode | None,
        predicate: NamedNode | None,
        object: NamedNode | BlankNode | Literal | None,
        graph_name: NamedNode | BlankNode | DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        """The quads of a pattern, of all graphs where none is named."""
        given = (subject, predicate, object)
        if any(isinstance(term, BlankNode) for term in (*given, graph_name)):
            return iter(())
        text = " ".join(str(term) if term is not None else f"?{slot}" for slot, term in zip(_SLOTS, given, strict=True))
        named = f"GRAPH {graph_name if isinstance(graph_name, NamedNode) else '?g'} {{ {text} }}"
        pattern = text if isinstance(graph_name, DefaultGraph) else named if graph_name else f"{{ {text} }} UNION {{ {named} }}"
        rows = self.query(f"SELECT * {{ {pattern} }}")
        names = {variable.value for variable in rows.variables}
        return iter([self._quad(row, names, given, graph_name) for row in rows])

    @staticmethod
    def _quad(row: pyoxigraph.QuerySolution, names: set[str], given: tuple[object, ...], graph: object) -> Quad:
        s, p, o = (term if term is not None else row[slot] for slot, term in zip(_SLOTS, given, strict=True))
        found = graph or (row["g"] if "g" in names else None) or DefaultGraph()
        return Quad(s, p, o, found)  # type: ignore[arg-type]  # what a store gives back is a quad

    def query(self, query: str) -> QuerySolutions:
        """The rows of a SELECT query."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise LimitError("time", "the explanation takes too long here; ask for it with `baligraph why`")
        body = asyncio.run_coroutine_threadsafe(self._ask(query, left), self._loop).result()
        found = pyoxigraph.parse_query_results(body, format=QueryResultsFormat.JSON)
        if not isinstance(found, QuerySolutions):
            raise QueryError("only SELECT has rows")
        return found

    async def _ask(self, query: str, seconds: float) -> bytes:
        async with await self._engine.ask(Query(text=query, timeout=seconds)) as answer:
            return await answer.read()
