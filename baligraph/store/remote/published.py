"""What a store says of the release that was loaded into it: one small graph, written by `baligraph publish`, read by every gateway.

    <…/graph/published>  dcterms:identifier  the id of the release
                         schema:version      the id of this publication; it is missing while one is under way
                         void:triples        triples of the default graph
                         void:subset         each named graph, with its own void:triples
                         sd:defaultGraph     the graph that stands for the default graph, where the store's own is the union of all
    <…#withdrawn>        schema:value        the marks of withdrawn IRIs

The graph is taken away before anything else is touched and comes back last, with another id. So an answer that was computed while the same
id stood there, before and after, comes from one whole release.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pyoxigraph as ox

from baligraph.errors import EngineError, SettingsError
from baligraph.prefixes import expand, sparql_header
from baligraph.settings import Settings
from baligraph.store.remote.body import XML
from baligraph.store.remote.http import misfit, options, refusal, unreachable

_NOTHING = "unpublished"
_TIMES = httpx.Timeout(10.0)


def marker() -> str:
    """The graph that says what is published, which is also the node that it says it of."""
    return expand("g:published")


def accepted() -> str:
    """The graph of the accepted view, in a store whose own default graph is the union of all."""
    return expand("g:accepted")


@dataclass(frozen=True, slots=True)
class Published:
    """A release in a store. `publication` is empty where none is served: nothing was published, or it is under way.

    `default_graph` is empty where the store has a default graph of its own; `graphs` has the number of triples of each named graph,
    `triples` that of the default graph.
    """

    id: str = _NOTHING
    publication: str = ""
    default_graph: str = ""
    triples: int = 0
    graphs: Mapping[str, int] = field(default_factory=dict)
    withdrawn: frozenset[str] = frozenset()

    @property
    def date(self) -> str | None:
        """The date of the release, with which its id begins."""
        return self.id[:10] if self.publication else None

    @property
    def search_path(self) -> Path | None:
        """The full-text index is not in the store."""
        return None

    def text(self, slug: str) -> str:
        """The texts of documents are not in the store. Raises KeyError."""
        raise KeyError(slug)

    def lines(self) -> str:
        """N-Triples."""
        node, number = ox.NamedNode(marker()), ox.NamedNode(expand("xsd:integer"))
        said: list[tuple[ox.NamedNode, str, ox.NamedNode | ox.Literal]] = [
            (node, "rdf:type", ox.NamedNode(expand("sd:Dataset"))),
            (node, "dcterms:identifier", ox.Literal(self.id)),
            (node, "void:triples", ox.Literal(str(self.triples), datatype=number)),
            *((ox.NamedNode(f"{node.value}#withdrawn"), "schema:value", ox.Literal(mark)) for mark in sorted(self.withdrawn)),
        ]
        if self.publication:
            said.append((node, "schema:version", ox.Literal(self.publication)))
        if self.default_graph:
            said.append((node, "sd:defaultGraph", ox.NamedNode(self.default_graph)))
        for name, count in sorted(self.graphs.items()):
            said.append((node, "void:subset", ox.NamedNode(name)))
            said.append((ox.NamedNode(name), "void:triples", ox.Literal(str(count), datatype=number)))
        return "".join(f"{s} {ox.NamedNode(expand(p))} {o} .\n" for s, p, o in said)

    @classmethod
    def of(cls, rows: list[dict[str, str]]) -> Published:
        """From the rows of `READ`; what is not there is missing."""
        node = marker()
        own = {row["p"]: row["o"] for row in rows if row["s"] == node}
        counts = {row["s"]: row["o"] for row in rows if row["p"] == expand("void:triples")}
        graphs = {row["o"]: int(counts.get(row["o"], 0)) for row in rows if (row["s"], row["p"]) == (node, expand("void:subset"))}
        return cls(
            own.get(expand("dcterms:identifier"), _NOTHING),
            own.get(expand("schema:version"), ""),
            own.get(expand("sd:defaultGraph"), ""),
            int(own.get(expand("void:triples"), 0)),
            graphs,
            frozenset(row["o"] for row in rows if row["s"] == f"{node}#withdrawn"),
        )


def read_query() -> str:
    """All that the graph says."""
    return f"SELECT ?s ?p ?o {{ GRAPH <{marker()}> {{ ?s ?p ?o }} }}"


def confirm_query() -> str:
    """The publication that is served."""
    return f"{sparql_header(('schema',))}SELECT ?o {{ GRAPH <{marker()}> {{ <{marker()}> schema:version ?o }} }}"


def plain_rows(body: bytes) -> list[dict[str, str]]:
    """The rows of a query of ours, whose answer holds no blank nodes. Raises EngineError if the body is no answer in XML."""
    try:
        found = ox.parse_query_results(body, format=ox.QueryResultsFormat.XML)
        if not isinstance(found, ox.QuerySolutions):
            raise EngineError("the store answers with a truth value where rows are asked for")
        names = [variable.value for variable in found.variables]
        return [{name: str(getattr(term, "value", "")) for name in names if (term := row[name]) is not None} for row in found]
    except (SyntaxError, ValueError):
        raise EngineError("the answer of the store is not SPARQL results in XML") from None


class Reader:
    """Small questions to the store, asked in turn. A context manager."""

    def __init__(self, settings: Settings, times: httpx.Timeout = _TIMES) -> None:
        """Raises SettingsError."""
        self._address = settings.store
        self.client = httpx.Client(**options(settings), timeout=times)

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *about: object) -> None:
        self.client.close()

    def rows(self, query: str) -> list[dict[str, str]]:
        """Rows of IRIs and literals. Raises SettingsError if the store is not what the settings say, else StoreError."""
        try:
            response = self.client.post(self._address, data={"query": query}, headers={"Accept": XML})
        except httpx.TransportError as error:
            raise unreachable(error) from None
        wrong = misfit(response.status_code)
        if wrong is not None:
            raise SettingsError(f"{self._address}: {wrong}")
        if response.status_code != 200:
            raise refusal(response.status_code, response.content)
        return plain_rows(response.content)

    def published(self) -> Published:
        """What the store says of itself."""
        return Published.of(self.rows(read_query()))


def open_store(settings: Settings) -> Published:
    """The release that the store holds now. Raises SettingsError, and EngineError if it does not answer."""
    with Reader(settings) as reader:
        return reader.published()
